import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { endpoint, webhooksServer } from '../widgets/workspace/flow-webhooks/flow-webhooks.fixture.ts';
import type { FlowWebhooks } from '../widgets/workspace/flow-webhooks/flow-webhooks.ts';

/** The addresses of an organisation that are told what happens to its bookings, and the log of what was sent. */
export default {
  title: 'Workspace/Webhooks',
  component: 'flow-webhooks',
  loaders: [() => define('flow-webhooks')],
  render: ({ api, endpoint: open }) => html`<flow-webhooks endpoint=${open} .api=${api}></flow-webhooks>`,
} satisfies Meta<FlowWebhooks>;

type Story = StoryObj<FlowWebhooks>;
const seen = (api: Api, open = '', press = ''): Story => ({
  args: { api, endpoint: open },
  ...(press && { play: async ({ canvasElement }) => {
    const page = canvasElement.querySelector('flow-webhooks')?.shadowRoot;
    const found = (): HTMLButtonElement | undefined => [...page?.querySelectorAll('button') ?? []].find(({ textContent }) => textContent.trim() === press);
    for (let tries = 0; tries < 100 && !found(); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
    if (!found()) throw new Error(`no button ${press}`);
    found()?.click();
  } }),
});

export const None = seen(webhooksServer(() => []));
export const Several = seen(webhooksServer(() => [
  endpoint({ waiting: 1, failed: 2 }), endpoint({ id: 'whe_2', url: 'https://a-very-long-name-that-does-not-fit-on-a-line.theatre.example/hooks/flow-stage/production', previousUntil: '2027-02-12T10:00:00.000Z' }),
  endpoint({ id: 'whe_3', offAt: '2027-02-05T10:00:00.000Z' }), endpoint({ id: 'whe_4', offAt: '2027-02-05T10:00:00.000Z', gone: true }), endpoint({ id: 'whe_5', offAt: '2027-02-05T10:00:00.000Z', failing: true }),
]));
export const Log = seen(webhooksServer(() => [endpoint({ waiting: 1, failed: 2 })]), 'whe_1');
export const LogEmpty = seen(webhooksServer(() => [endpoint()], { log: () => ({ deliveries: [], more: false }) }), 'whe_1');
export const LogLoading = seen(webhooksServer(() => [endpoint()], { log: () => new Promise(() => undefined) as never }), 'whe_1');
export const LogRefused = seen(webhooksServer(() => [endpoint()], { log: () => Promise.reject(refusal('not_found')) }), 'whe_1');
export const Changing = seen(webhooksServer(), '', 'Modifier');
export const StillLoading = seen(webhooksServer(() => new Promise(() => undefined) as never, { endpoints: () => new Promise(() => undefined) as never }));
export const ServerDown = seen(webhooksServer(() => { throw new Error('down'); }));
export const NotForThisRole = seen(webhooksServer(() => { throw refusal('role_too_low'); }));
