import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { claim, claimsOf, contested, halfway } from '../widgets/workspace/flow-claims/flow-claims.fixture.ts';
import type { FlowClaims } from '../widgets/workspace/flow-claims/flow-claims.ts';

/** What lost disputes leave somebody to give back, as its debtor, a booking's readers and our own people see it. */
export default {
  title: 'Workspace/Claims',
  component: 'flow-claims',
  loaders: [() => define('flow-claims')],
  render: ({ api, operators, bookingId }) => html`<flow-claims booking-id=${bookingId} ?operators=${operators} .api=${api}></flow-claims>`,
} satisfies Meta<FlowClaims>;

type Story = StoryObj<FlowClaims>;
const seen = (api: Api, over: { readonly operators?: boolean; readonly bookingId?: string } = {}, choose = ''): Story => ({
  args: { api, operators: false, bookingId: '', ...over },
  ...(choose && { play: async ({ canvasElement }) => {
    const page = canvasElement.querySelector('flow-claims')?.shadowRoot;
    for (let tries = 0; tries < 100 && !page?.querySelector('select'); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
    const select = page?.querySelector('select');
    if (!select) throw new Error('nothing to choose');
    select.value = choose;
    select.dispatchEvent(new Event('change'));
  } }),
});
const settled = () => claim({ status: 'closed', left: { minor: 0, currency: 'EUR' }, mayContest: false, closedAt: '2027-07-25T09:00:00.000Z', parts: halfway().parts });

export const Asked = seen(claimsOf());
export const Contested = seen(claimsOf(() => [contested()]));
export const KeptInPart = seen(claimsOf(() => [halfway()]));
export const Settled = seen(claimsOf(() => [settled()]));
export const WithoutOurAccount = seen(claimsOf(undefined, {}, {}, ''));
export const OfABooking = seen(claimsOf(() => [claim({ mayContest: false })]), { bookingId: 'bkg_7' });
export const NothingClaimed = seen(claimsOf(() => []));
export const ForOurPeople = seen(claimsOf(() => [contested(), claim({ id: 'clm_2', mayContest: false }), { ...halfway(), id: 'clm_3', share: 'booker', debtor: 'Agence de la Lisière' }]), { operators: true });
export const OurPeopleGiveTime = seen(claimsOf(() => [contested()]), { operators: true }, 'prolong');
export const OurPeopleLetGo = seen(claimsOf(() => [contested()]), { operators: true }, 'waived');
export const NothingForOurPeople = seen(claimsOf(() => []), { operators: true });
export const StillLoading = seen(claimsOf(undefined, { own: () => new Promise(() => undefined) }));
export const ServerDown = seen(claimsOf(undefined, { own: () => Promise.reject(new Error('down')) }));
export const NotForThisRole = seen(claimsOf(undefined, { own: () => Promise.reject(refusal('role_too_low')) }));
