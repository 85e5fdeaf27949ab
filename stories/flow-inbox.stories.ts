import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import type { Api } from '../widgets/core/api.ts';
import { fakeApi } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { line, towns, wish } from '../widgets/workspace/flow-inbox/flow-inbox.fixture.ts';
import type { FlowInbox } from '../widgets/workspace/flow-inbox/flow-inbox.ts';

/** Every booking of an organisation: those that wait for the reader first. */
export default {
  title: 'Workspace/Inbox',
  component: 'flow-inbox',
  loaders: [() => define('flow-inbox')],
  render: ({ api }) => html`<flow-inbox .api=${api}></flow-inbox>`,
} satisfies Meta<FlowInbox>;

type Story = StoryObj<FlowInbox>;
const seen = (api: Api): Story => ({ args: { api } });
export const SomeWait = seen(fakeApi<AppRouter>({ booking: { inbox: () => [
  line(), line({ id: 'bkg_2', occasion: 'Fête du village', asker: 'commune', buyer: 'Commune de Saint-Aubin', yours: false, status: 'negotiating', score: { score: 54, confidence: 0.5 } }),
  line({ id: 'bkg_3', occasion: 'Soirées des campeurs', asker: 'camping', buyer: 'Camping de l’Anse', seasonUntil: '2027-08-31', score: null, budget: { minor: 0, currency: 'EUR' } }),
  line({ id: 'bkg_4', side: 'buyer', occasion: 'Concert de saison', status: 'contracted', yours: false, score: null }),
] } }));
export const Empty = seen(fakeApi<AppRouter>({ booking: { inbox: () => [] } }));
export const StillLoading = seen(fakeApi<AppRouter>({ booking: { inbox: () => new Promise(() => undefined) } }));
export const ServerDown = seen(fakeApi<AppRouter>({ booking: { inbox: () => Promise.reject(new Error('down')) } }));
const asked = { booking: { inbox: () => [line(), line({ id: 'bkg_2', occasion: 'Fête du village', yours: false, status: 'negotiating' as const })] }, nearby: { wishes: () => ({ asks: [wish(), wish({ id: 'wsh_2', kind: 'private', organisation: '', name: 'Ana Privée', city: 'Genève', country: 'CH', period: '', message: '' })], towns }) } };
export const AskedNear = seen(fakeApi<AppRouter>(asked));
export const AskedNearAlone = seen(fakeApi<AppRouter>({ ...asked, booking: { inbox: () => [] } }));
export const AskedNearAnswered = seen(fakeApi<AppRouter>({ ...asked, nearby: { wishes: () => ({ asks: [wish({ status: 'offered', bookingId: 'bkg_9' }), wish({ id: 'wsh_2', status: 'declined' }), wish({ id: 'wsh_3', status: 'written' })], towns: [{ ...towns[0]!, fans: 1_250 }, { ...towns[1]!, artist: 'Donaudampfschifffahrtsgesellschaftskapelle' }] }) } }));
export const AskedNearNarrow: Story = { ...AskedNear, render: ({ api }) => html`<div style="width: 343px"><flow-inbox .api=${api}></flow-inbox></div>` };
