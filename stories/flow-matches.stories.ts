import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { define } from '../widgets/registry.ts';
import { all, funnel, history, match, matchesServer } from '../widgets/workspace/flow-matches/flow-matches.fixture.ts';
import type { FlowMatches } from '../widgets/workspace/flow-matches/flow-matches.ts';

/** Who liked back, how long that is good for, and what became of it. */
export default {
  title: 'Workspace/Matches',
  component: 'flow-matches',
  loaders: [() => define('flow-matches')],
  render: ({ api }) => html`<flow-matches .api=${api}></flow-matches>`,
} satisfies Meta<FlowMatches>;

type Story = StoryObj<FlowMatches>;
const seen = (api: Api): Story => ({ args: { api } });

export const All = seen(matchesServer(() => all));
export const OneOpen = seen(matchesServer(() => [match()], { admirers: () => [] }));
export const Nothing = seen(matchesServer(() => [], { admirers: () => [], history: () => history(), funnel: () => funnel({ total: { impressions: 0, likes: 0, matches: 0, contacts: 0, contracts: 0 }, shows: { over: 0, well: 0 }, shown: 0, rates: { liked: null, mutual: null, contacted: null, signed: null, succeeded: null } }) }));
export const StillLoading = seen(matchesServer(() => new Promise(() => undefined)));
export const ServerDown = seen(matchesServer(() => Promise.reject(new Error('down'))));
