import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Plans = inferRouterOutputs<AppRouter>['plans']['now'];
type Offered = Plans['plans'][number];
type Charge = Plans['charges'][number];
type Fakes = Parameters<typeof fakeApi<AppRouter>>[0];
type Answers = NonNullable<Fakes['plans']>;

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
const due = (full: number, off = 0): NonNullable<Offered['due']> => ({
  since: '2027-02-05', until: '2027-03-05', full: euros(full), off: euros(off), net: euros(full - off), vat: euros(Math.round((full - off) / 5)), vatBps: 2_000, total: euros(Math.round((full - off) * 1.2)),
});
const offered = (plan: Offered['plan'], month: number | null, artistsMax: number | null, over: Partial<Offered> = {}): Offered =>
  ({ plan, month: month === null ? null : euros(month), artistsMax, superLikes: month ? 10 : 0, trialDays: 0, act: 'none', due: null, ...over });

/** What was charged for a month of the smallest plan. */
export const charge = (over: Partial<Charge> = {}): Charge => ({
  id: 'pch_1', kind: 'first', plan: 'booker_starter', since: '2027-01-05', until: '2027-02-05', full: euros(9_900), off: euros(0), net: euros(9_900), vat: euros(1_980), total: euros(11_880), status: 'captured', refusal: '', at: '2027-01-05T10:00:00.000Z',
  invoice: { number: 'AB-2027-0001', fileId: 'fil_1', xmlFileId: 'fil_2' }, credit: null, ...over,
});

/** A booker that has the free plan, one artist, and no card. */
export const free: Plans = {
  plan: 'booker_free', state: null, since: null, until: null, nextPlan: null, card: null, charging: false, dunning: null, usage: { artists: 1, most: 1 }, superLikes: 0,
  plans: [
    offered('booker_free', 0, 1, { act: 'current' }), offered('booker_starter', 9_900, 5, { act: 'take', due: due(9_900), trialDays: 30 }), offered('booker_professional', 29_900, 15, { act: 'take', due: due(29_900), trialDays: 30 }),
    offered('booker_agency', 59_900, null, { act: 'take', due: due(59_900), trialDays: 30 }), offered('booker_enterprise', null, null, { act: 'quote' }),
  ],
  discount: { months: 0, bps: 0 }, referral: { code: '01ABCDEF', gives: { bps: 5_000, months: 3 }, brought: [] }, quotes: [], certified: null, promotion: null, charges: [], mayEdit: true,
};

/** A theatre that is a public body: it pays by transfer, so that what others pay by card is quoted; one that was agreed was ended before its date. */
export const hall: Plans = {
  ...free, plan: 'venue_free', state: 'ended', usage: null, plans: [offered('venue_free', 0, null, { act: 'current' }), offered('venue_premium', 4_900, null, { act: 'quote', trialDays: 30 })],
  charges: [
    charge({ id: 'pch_8', kind: 'quoted', plan: 'venue_premium', status: 'invoiced', total: euros(1_160), credit: { number: 'AAB-2027-0002', fileId: 'fil_8' } }),
    charge({ id: 'pch_7', kind: 'quoted', plan: 'venue_premium', status: 'dropped', invoice: { number: 'AB-2027-0003', fileId: 'fil_6', xmlFileId: 'fil_7' }, credit: { number: 'AAB-2027-0001', fileId: 'fil_5' } }),
  ],
};

/** The same as the first, in the middle of a paid month of the starter plan. */
export const starter: Plans = {
  ...free, plan: 'booker_starter', state: 'active', since: '2027-02-05', until: '2027-03-05', card: { label: 'Visa •••• 4242' }, usage: { artists: 3, most: 5 }, charges: [charge({ id: 'pch_2', kind: 'renewal', since: '2027-02-05', until: '2027-03-05', invoice: { number: 'AB-2027-0009', fileId: 'fil_3', xmlFileId: 'fil_4' } }), charge()],
  plans: [
    offered('booker_free', 0, 1, { act: 'leave' }), offered('booker_starter', 9_900, 5, { act: 'current' }), offered('booker_professional', 29_900, 15, { act: 'take', due: due(14_950, 4_950) }),
    offered('booker_agency', 59_900, null, { act: 'take', due: due(29_950, 4_950) }), offered('booker_enterprise', null, null, { act: 'quote' }),
  ],
};

/** Its renewal was refused once. */
export const pastDue: Plans = {
  ...starter, state: 'past_due', usage: { artists: 5, most: 5 }, dunning: { tries: 1, most: 3, amount: euros(11_880), retryAt: '2027-03-08T07:00:00.000Z', refusal: 'card_declined' }, charges: [charge({ id: 'pch_3', status: 'refused', invoice: null }), ...starter.charges],
  plans: starter.plans.map((one) => (one.act === 'take' ? { ...one, act: 'none' as const, due: null } : one)),
};

/** A server that shows `now` at each call. */
export const planServer = (now: () => Plans | Promise<Plans>, over: Answers = {}, quotes: Fakes['quotes'] = {}): Api => fakeApi<AppRouter>({ plans: { now, ...over }, quotes });
