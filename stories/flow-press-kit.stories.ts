import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { define } from '../widgets/registry.ts';
import { kit, kitServer } from '../widgets/workspace/flow-press-kit/flow-press-kit.fixture.ts';
import type { FlowPressKit } from '../widgets/workspace/flow-press-kit/flow-press-kit.ts';

/** The press kit as its artist writes it. */
export default {
  title: 'Workspace/Press kit',
  component: 'flow-press-kit',
  loaders: [() => define('flow-press-kit')],
  render: ({ api }) => html`<flow-press-kit .api=${api}></flow-press-kit>`,
} satisfies Meta<FlowPressKit>;

type Story = StoryObj<FlowPressKit>;
const seen = (api: Api): Story => ({ args: { api } });
export const Ready = seen(kitServer(() => kit()));
export const Published = seen(kitServer(() => kit({ publishedAt: '2027-02-05T10:00:00.000Z' }), {}, 'pk_trio'));
export const PublishedWithoutSite = seen(kitServer(() => kit({ publishedAt: '2027-02-05T10:00:00.000Z' })));
export const JustBegun = seen(kitServer(() => kit({ genres: [], tagline: {}, bio: {}, media: [], city: '', insee: '', missing: ['genres', 'fee', 'insee', 'bio', 'photo'] })));
export const StillLoading = seen(kitServer(() => new Promise<never>(() => undefined) as never));
export const ServerDown = seen(kitServer(() => { throw new Error('down'); }));
