import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { figuresServer, recent, stage, sums, year } from '../widgets/workspace/flow-figures/flow-figures.fixture.ts';
import type { FlowFigures } from '../widgets/workspace/flow-figures/flow-figures.ts';

/** What an organisation was asked, or asked for, and what became of it. */
export default {
  title: 'Workspace/Figures',
  component: 'flow-figures',
  loaders: [() => define('flow-figures')],
  render: ({ api }) => html`<flow-figures .api=${api}></flow-figures>`,
} satisfies Meta<FlowFigures>;

type Story = StoryObj<FlowFigures>;
const seen = (api: Api): Story => ({ args: { api } });

export const Year = seen(figuresServer());
export const Booker = seen(figuresServer({ ...stage, side: 'artist', kind: 'booker', plan: 'booker_starter' }));
export const Season = seen(figuresServer(stage));
export const TwoCurrencies = seen(figuresServer({ ...year, all: sums(43, { fees: [...year.all.fees, { currency: 'CHF', n: 1, sum: { minor: 90_050, currency: 'CHF' }, median: null }] }) }));
export const TooFew = seen(figuresServer({ ...year, all: sums(4), before: sums(0) }));
export const Nothing = seen(figuresServer({ ...year, all: sums(0), before: sums(0), months: [] }));
export const FreePlan = seen(figuresServer(recent()));
export const FreeVenue = seen(figuresServer(recent({ side: 'buyer', kind: 'venue', plan: 'venue_premium' })));
export const NoPlanToTake = seen(figuresServer(recent({ side: 'buyer', kind: 'person', plan: null })));
export const NotForYou = seen(figuresServer(() => Promise.reject(refusal('not_found'))));
export const StillLoading = seen(figuresServer(() => new Promise(() => undefined)));
export const ServerDown = seen(figuresServer(() => Promise.reject(new Error('down'))));
