import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Out = inferRouterOutputs<AppRouter>['payouts'];
type All = Out['list'];
type Answers = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['payouts']>;

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
const show = { title: 'Grande marée', day: '2027-05-08', place: 'La Halle, Rennes' };

/** A payout that has arrived. */
export const payout = (over: Partial<All['payouts'][number]> = {}): All['payouts'][number] => ({
  id: 'pyo_1', bookingId: 'bkg_1', artist: 'Les Marées', show, amount: euros(112_200), kept: euros(0), state: 'paid', missing: [], account: 'FR76 •••• 0189', createdAt: '2027-05-10T18:30:00.000Z', paidAt: '2027-05-12T08:00:00.000Z', ...over,
});

/** A booking whose money is expected. */
export const expected = (over: Partial<All['expected'][number]> = {}): All['expected'][number] => ({ bookingId: 'bkg_2', artist: 'Les Marées', show: { ...show, title: 'Estran', day: '2027-06-12', place: 'La Passerelle Claire, Lyon' }, amount: euros(84_600), state: 'foreseen', at: '2027-06-14T18:30:00.000Z', ...over });

/** Where it goes, held here. */
export const account = (over: Partial<NonNullable<All['account']>> = {}): NonNullable<All['account']> => ({ elsewhere: false, iban: 'FR76 •••• 0189', state: null, wants: [], pending: null, ...over });

/** What the tax office asks, answered by an association. */
export const seller = (over: Partial<NonNullable<All['seller']>> = {}): NonNullable<All['seller']> => ({
  kind: 'entity', firstName: '', lastName: '', birthDate: null, tin: '732829320', noVat: true, ibanHolder: 'Les Marées Productions', vatNumber: '', country: 'FR', legalName: 'Les Marées Productions', missing: [], excluded: false, asked: null, leftOut: false, ...over,
});

/** The next six months, most of them with something. */
const months: All['months'] = [0, 84_600, 0, 240_050, 36_000, 0].map((minor, i) => ({ month: `2027-${String(i + 5).padStart(2, '0')}`, amount: euros(minor) }));

/** A page on which all that may be is. */
export const all = (over: Partial<All> = {}): All => ({ payouts: [payout()], expected: [expected()], months, account: account(), seller: seller(), ...over });

/** The statement of that payout: the golden case of the trade. */
const statement: Out['statement'] = {
  payoutId: 'pyo_1', orgName: 'Les Marées Productions', amount: euros(112_200), currency: 'EUR', createdDay: '2027-05-10', paidDay: '2027-05-12', account: 'FR76 •••• 0189',
  lines: [{
    bookingId: 'bkg_1', reference: 'C-2027-0012', title: 'Grande marée', showDay: '2027-05-08', place: 'La Halle, Rennes', buyer: 'La Halle SARL', kind: 'release', currency: 'EUR',
    price: euros(120_000), vatBps: 550, vat: euros(6_600), total: euros(126_600), commissionBps: 1_000, commission: euros(12_000), commissionVat: euros(2_400), booker: euros(0), payout: euros(112_200), invoice: null, claimId: null,
  }],
};

/** The same with a part kept for a lost dispute over another show. */
export const keptStatement: Out['statement'] = {
  ...statement, amount: euros(74_220),
  lines: [...statement.lines, { bookingId: 'bkg_7', reference: 'C-2027-0003', title: 'Estran', showDay: '2027-02-06', place: 'La Passerelle Claire, Lyon', buyer: '', kind: 'kept', currency: 'EUR', price: euros(0), vatBps: 0, vat: euros(0), total: euros(0), commissionBps: 0, commission: euros(0), commissionVat: euros(0), booker: euros(0), payout: euros(-37_980), invoice: null, claimId: 'clm_1' }],
};

/** A producer's server; with `operator`, one of our own people asks, who may have no organisation. */
export const payoutsServer = (list: () => All | Promise<All> = all, over: Answers = {}, { operator = false, org = true } = {}): Api => fakeApi<AppRouter>({
  identity: { me: () => ({
    user: { id: 'usr_1', name: 'Ana', email: 'ana@example.org', emailVerified: true }, organisations: org ? [{ id: 'org_1', name: 'Les Marées', kind: 'artist', role: 'owner', representedBy: null }] : [], link: null, development: false,
    now: '2027-05-20T10:00:00.000Z', mediaOrigin: '', ...(operator && { operator }),
  }) },
  payouts: { list, statement: () => statement, letters: () => [], reports: () => [], ...over },
});
