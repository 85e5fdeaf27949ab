import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { define } from '../widgets/registry.ts';
import { charge, free, hall, pastDue, planServer, starter } from '../widgets/workspace/flow-plan/flow-plan.fixture.ts';
import type { FlowPlan } from '../widgets/workspace/flow-plan/flow-plan.ts';

/** The plan of an organisation: what it has and uses, what it could have for which sum, and what was charged. */
export default {
  title: 'Workspace/Plan',
  component: 'flow-plan',
  loaders: [() => define('flow-plan')],
  render: ({ api }) => html`<flow-plan .api=${api}></flow-plan>`,
} satisfies Meta<FlowPlan>;

type Story = StoryObj<FlowPlan>;
const seen = (api: Api, press = ''): Story => ({
  args: { api },
  ...(press && { play: async ({ canvasElement }) => {
    const page = canvasElement.querySelector('flow-plan')?.shadowRoot;
    const found = (): HTMLButtonElement | undefined => [...page?.querySelectorAll<HTMLButtonElement>('.plans button') ?? []].find(({ textContent }) => textContent.trim().startsWith(press));
    for (let tries = 0; tries < 100 && !found(); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
    if (!found()) throw new Error(`no button ${press}`);
    found()?.click();
  } }),
});

const artist = { ...free, plan: 'artist_free' as const, usage: null, plans: [{ ...free.plans[0]!, plan: 'artist_free' as const, artistsMax: null }, { ...free.plans[1]!, plan: 'artist_pro' as const, month: { minor: 2_900, currency: 'EUR' as const }, artistsMax: null }] };

export const Free = seen(planServer(() => free));
export const FreeLooking = seen(planServer(() => free), 'Choisir');
export const Artist = seen(planServer(() => artist));
export const Trial = seen(planServer(() => ({ ...starter, state: 'trial', card: null, charges: [] })));
export const Active = seen(planServer(() => starter));
export const Upgrading = seen(planServer(() => starter), 'Choisir');
export const Leaving = seen(planServer(() => starter), 'Arrêter');
export const AskingForAQuote = seen(planServer(() => starter), 'Demander');
export const AskedForAQuote = seen(planServer(() => ({ ...starter, quotes: [{ plan: 'booker_enterprise', askedAt: '2027-02-03T10:00:00.000Z', assigned: null }] })), 'Demander');
export const AssignedByQuote = seen(planServer(() => ({ ...starter, plan: 'booker_enterprise', until: '2028-02-05', usage: { artists: 41, most: null }, card: null, quotes: [{ plan: 'booker_enterprise', askedAt: '2027-02-03T10:00:00.000Z', assigned: { month: { minor: 90_000, currency: 'EUR' }, since: '2027-02-05', until: '2028-02-05' } }], charges: [charge({ kind: 'quoted', plan: 'booker_enterprise', status: 'invoiced', until: '2028-02-05', total: { minor: 1_296_000, currency: 'EUR' } })] })));
export const PublicBody = seen(planServer(() => hall), 'Demander');
export const Certified = seen(planServer(() => ({ ...starter, certified: { until: '2028-01-01', contracts: 112, turnover: { minor: 20_510_000, currency: 'EUR' } }, discount: { months: 3, bps: 10_000 } })));
export const Charging = seen(planServer(() => ({ ...starter, charging: true, charges: [charge({ id: 'pch_5', kind: 'upgrade', plan: 'booker_agency', status: 'processing', invoice: null }), ...starter.charges] })));
export const PastDue = seen(planServer(() => pastDue));
export const SmallerNextMonth = seen(planServer(() => ({ ...starter, plan: 'booker_agency', nextPlan: 'booker_starter', usage: { artists: 21, most: null } })));
export const Cancelled = seen(planServer(() => ({ ...starter, state: 'cancelled' })));
export const EndedWithMoreThanItHolds = seen(planServer(() => ({ ...free, state: 'ended', usage: { artists: 12, most: 1 }, charges: [charge({ status: 'dropped', invoice: null }), charge()] })));
export const Brought = seen(planServer(() => ({ ...starter, discount: { months: 3, bps: 5_000 }, referral: { ...starter.referral, brought: [{ name: 'Agence Lisière et compagnie', at: '2027-01-20T10:00:00.000Z', paid: true }, { name: 'Les Vagues', at: '2027-02-01T10:00:00.000Z', paid: false }] }, promotion: { code: 'PIONEER', until: '2028-07-01', bps: 0 } })));
export const NotForThisRole = seen(planServer(() => ({ ...starter, mayEdit: false })));
export const StillLoading = seen(planServer(() => new Promise(() => undefined)));
export const ServerDown = seen(planServer(() => Promise.reject(new Error('down'))));
