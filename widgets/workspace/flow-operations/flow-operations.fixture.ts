import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Out = inferRouterOutputs<AppRouter>['operations'];
type Owed = inferRouterOutputs<AppRouter>['billing']['owedToUs'];
type Reviews = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['reviews']>;
type Contests = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['contests']>;
type Answers = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['operations']>;
type Bills = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['billing']>;

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** A night on which the books agreed, and one on which they did not. */
export const reports: Out['reports'] = [
  { id: 'rec_2', at: '2027-05-16T03:30:00.000Z', ours: euros(1_266_00), theirs: euros(1_645_80), difference: euros(379_80), waiting: 1, broken: 0, agrees: false },
  { id: 'rec_1', at: '2027-05-15T03:30:00.000Z', ours: euros(1_266_00), theirs: euros(1_266_00), difference: euros(0), waiting: 0, broken: 0, agrees: true },
];

/** One of each that may be given up. */
export const dead: Out['deadLetters'] = [
  { kind: 'work', id: '12', what: 'payout', about: '{"payoutId":"pyo_01"}', why: 'account_not_ready', at: '2027-05-15T10:00:00.000Z' },
  { kind: 'fact', id: '7', what: 'show.played', about: 'bkg_1', why: 'billing', at: '2027-05-15T11:00:00.000Z' },
  { kind: 'notice', id: 'evt_1', what: 'payment.captured', about: 'pi_01JZ', why: '', at: '2027-05-15T12:00:00.000Z' },
];

/** A transfer that a colleague proposes. */
export const proposal: Out['proposals'][number] = {
  id: 'prp_1', from: 'refund:org_marais', to: 'bank:platform', amount: euros(379_80), reason: 'Remboursé par virement depuis notre banque, le compte de la carte étant fermé.', claimId: null, state: 'asked', own: false,
  askedBy: 'Ada Lorme', askedAt: '2027-05-15T09:00:00.000Z', expiresAt: '2027-05-18T09:00:00.000Z', decidedBy: null, decidedAt: null,
};

/** What a producer owes us since a town paid it. */
export const owed: Owed[number] = { id: 'inv_1', bookingId: 'bkg_9', number: 'FS-2027-000004', payer: 'Fanfare Piment', due: euros(144_00), dueDay: '2027-04-30', overdue: true };

/** A transfer that came once its booking had lapsed. */
export const stray: Out['strays'][number] = { id: 'str_1', bookingId: 'bkg_7', buyer: 'Compagnie du Marais', amount: euros(379_80), status: 'found', foundAt: '2027-05-15T07:00:00.000Z', returnedAt: null, mayReturn: true };

/** What a bank gave back to the holder of a card for good. */
export const receivable: Out['receivables'][number] = { account: 'dispute:bkg_7', kind: 'show', who: 'Les Marées', what: 'Grande marée', amount: euros(379_80), at: '2027-05-14T07:00:00.000Z' };

/** The golden case on its way. */
export const path: Out['whereIs']['paths'][number] = {
  bookingId: 'bkg_1', reference: 'RB4K-2M', status: 'settled', title: 'Concert de printemps', artist: 'Les Vagues Lentes', buyer: 'Compagnie du Marais', total: euros(126_600), invoices: ['LV-2027-000012'],
  payments: [{ id: 'pay_1', part: 'deposit', status: 'captured', amount: euros(37_980), providerRef: 'pi_1' }],
  steps: [
    { id: 'trf_1', kind: 'capture', at: '2027-04-10T08:00:00.000Z', why: 'deposit', reason: 'Captured: deposit', from: [{ account: 'provider:clearing', amount: euros(126_600) }], to: [{ account: 'escrow:bkg_1', amount: euros(126_600) }] },
    { id: 'trf_2', kind: 'release', at: '2027-05-16T08:00:00.000Z', why: 'played', reason: 'The show was played', from: [{ account: 'escrow:bkg_1', amount: euros(126_600) }], to: [{ account: 'commission:platform', amount: euros(12_000) }, { account: 'vat:FR', amount: euros(2_400) }, { account: 'payable:org_1', amount: euros(112_200) }] },
  ],
  stands: [{ account: 'provider:clearing', amount: euros(-126_600) }, { account: 'payable:org_1', amount: euros(112_200) }],
};

/** A payout that a bank sent back. */
export const cameBack: Out['returned'][number] = { id: 'pyo_1', kind: 'payout', bookingId: 'bkg_7', to: 'Les Marées', amount: euros(1_122_00), sentAt: '2027-05-11T07:00:00.000Z', times: 1 };

/** A review that somebody reports. */
export const reported = { bookingId: 'bkg_9', side: 'buyer' as const, what: 'review' as const, reason: 'Il n’était pas là.', at: '2027-05-16T07:00:00.000Z', by: 'Compagnie du Marais', about: 'Les Marées', day: '2027-05-08', stars: 1, words: 'Des voleurs.' };

/** A server of our own people, with this on its table. */
export const operationsOf = (known: { reports?: Out['reports']; dead?: Out['deadLetters']; strays?: () => Out['strays']; returned?: () => Out['returned']; receivables?: Out['receivables']; proposals?: () => Out['proposals']; owed?: () => Owed; found?: Out['whereIs'] } = {}, more: Answers = {}, bills: Bills = {}, contests: Contests = {}, reviews: Reviews = {}): Api => fakeApi<AppRouter>({
  operations: { reports: () => known.reports ?? [], deadLetters: () => known.dead ?? [], strays: () => known.strays?.() ?? [], giveBack: () => null, returned: () => known.returned?.() ?? [], sendAgain: () => null, receivables: () => known.receivables ?? [], proposals: () => known.proposals?.() ?? [], whereIs: () => known.found ?? { paths: [path], more: false }, reportNow: () => null, replay: () => null, decide: () => null, propose: () => ({ id: 'prp_2' }), ...more },
  billing: { owedToUs: () => known.owed?.() ?? [], receive: ({ id }) => ({ id }), ...bills },
  contests: { open: () => [], ...contests },
  reviews: { open: () => [], ...reviews },
});
