import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import type { FlowIbanStop } from '../widgets/workspace/flow-iban-stop/flow-iban-stop.ts';

/** What the mail about a change of account opens. */
export default {
  title: 'Workspace/Stop a change of account',
  component: 'flow-iban-stop',
  loaders: [() => define('flow-iban-stop')],
  render: ({ api }) => html`<flow-iban-stop token="abc" .api=${api}></flow-iban-stop>`,
} satisfies Meta<FlowIbanStop>;

type Story = StoryObj<FlowIbanStop>;
const change = { organisation: 'Les Productions Les Vagues Lentes', before: 'FR76 •••• 0189', masked: 'BE68 •••• 7034', useAt: '2027-03-04T12:00:00.000Z' };
const seen = (readStop: () => Promise<never> | (typeof change & { state: 'pending' | 'used' | 'stopped' })): Story => ({ args: { api: fakeApi<AppRouter>({ payouts: { readStop } }) } });
export const Pending = seen(() => ({ ...change, state: 'pending' }));
export const Stopped = seen(() => ({ ...change, state: 'stopped' }));
export const InEffect = seen(() => ({ ...change, state: 'used' }));
export const DeadLink = seen(() => Promise.reject(refusal('link_dead')));
