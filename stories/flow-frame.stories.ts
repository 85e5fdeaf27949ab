import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import type { Api } from '../widgets/core/api.ts';
import { define } from '../widgets/registry.ts';
import type { FlowFrame } from '../widgets/workspace/flow-frame/flow-frame.ts';

/** The door of a file inside a partner's page. */
export default {
  title: 'Workspace/Frame',
  component: 'flow-frame',
  loaders: [() => define('flow-frame')],
  render: ({ api }) => html`<flow-frame reference="ref_1" .api=${api}></flow-frame>`,
} satisfies Meta<FlowFrame>;

type Story = StoryObj<FlowFrame>;
const ask: Story['play'] = ({ canvasElement }) => { canvasElement.querySelector('flow-frame')?.shadowRoot?.querySelector<HTMLElement>('button.primary')?.click(); };
const seen = (api: Api): Story => ({ args: { api } });
export const Closed = seen(fakeApi<AppRouter>({}));
export const CodeSent: Story = { ...seen(fakeApi<AppRouter>({ identity: { requestFrameCode: () => ({ sentTo: 'j•••@e•••.org' }) } })), play: ask };
export const TooManyCodes: Story = { ...seen(fakeApi<AppRouter>({ identity: { requestFrameCode: () => Promise.reject(refusal('rate_limited')) } })), play: ask };
