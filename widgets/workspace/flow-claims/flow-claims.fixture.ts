import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Out = inferRouterOutputs<AppRouter>['claims'];
type Answers = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['claims']>;
type Operations = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['operations']>;

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** A deposit that a bank gave back after its show was paid out. */
export const claim = (over: Partial<Out['own']['claims'][number]> = {}): Out['own']['claims'][number] => ({
  id: 'clm_1', bookingId: 'bkg_7', share: 'producer', debtor: 'Les Marées', reference: 'C-2027-0012', title: 'Grande marée', showDay: '2027-05-08', place: 'La Halle, Rennes', amount: euros(37_980), left: euros(37_980), reason: 'product_not_received',
  status: 'asked', openedAt: '2027-06-01T10:00:00.000Z', until: '2027-07-01', over: false, contest: '', contestedAt: null, decision: '', decidedAt: null, closedAt: null, parts: [], mayContest: true, ...over,
});

/** One that the debtor contested and that our people have not answered. */
export const contested = (): Out['own']['claims'][number] => claim({ status: 'contested', contest: 'Nous avons joué deux heures devant 300 personnes.', contestedAt: '2027-06-12T10:00:00.000Z', mayContest: false });

/** One of which some was kept and some received, and whose limit is over. */
export const halfway = (): Out['own']['claims'][number] => claim({
  status: 'confirmed', over: true, left: euros(10_000), mayContest: false, decision: 'Le contrat met la contestation à votre charge.', decidedAt: '2027-06-20T10:00:00.000Z',
  parts: [{ id: 'clp_1', kind: 'kept', amount: euros(17_980), payoutId: 'pyo_3', at: '2027-07-20T22:00:00.000Z' }, { id: 'clp_2', kind: 'received', amount: euros(10_000), payoutId: null, at: '2027-07-25T09:00:00.000Z' }],
});

/** A server with these claims, for their debtor, for a booking's readers and for our own people. */
export const claimsOf = (claims: () => Out['own']['claims'] = () => [claim()], over: Answers = {}, operations: Operations = {}, iban = 'FR76 3000 6000 0112 3456 7890 189'): Api => fakeApi<AppRouter>({
  claims: { own: () => ({ claims: claims(), account: { name: 'Flow Stage SAS', iban } }), ofBooking: () => claims(), open: () => claims(), contest: () => null, confirm: () => null, prolong: () => null, ...over },
  operations: { proposeForClaim: () => ({ id: 'prp_9' }), ...operations },
});
