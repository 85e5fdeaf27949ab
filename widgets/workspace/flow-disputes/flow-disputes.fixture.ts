import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { dispute } from '../flow-file/flow-file.fixture.ts';

type Out = inferRouterOutputs<AppRouter>['disputes'];
type Answers = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['disputes']>;

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** A dispute over the whole of the golden case, as our own people see it. */
export const openDispute: Out['open'][number] = { ...dispute(), title: 'Concert de printemps', showDay: '2027-05-14', place: 'Théâtre de l’Horloge Bleue', artist: 'Les Vagues Lentes', buyer: 'Compagnie du Marais' };

/** What half of it would give. */
const half: Out['simulate'] = { held: euros(126_600), underWay: euros(0), otherwise: null, release: euros(63_300), refund: euros(63_300), commission: euros(6_000), commissionVat: euros(1_200), booker: euros(0), payout: euros(56_100) };

/** A notice that came before what it speaks of. */
export const notice: Out['waiting'][number] = { id: 'evt_1', kind: 'payment.captured', object: 'pi_01JZ', receivedAt: '2027-05-15T10:00:00.000Z' };

/** A payment that a bank contests after its show was paid out. */
export const contested: Out['contested'][number] = {
  id: 'cbk_1', bookingId: 'bkg_1', amount: euros(88_620), reason: 'product_not_received', status: 'asked', openedAt: '2027-05-20T08:00:00.000Z', answerBy: '2027-05-27T21:59:00.000Z', late: false, answer: '', answeredAt: null, sentAt: null, closedAt: null,
  pieces: [{ id: 'evd_9', text: 'La salle était pleine, voici la feuille de présence.', fileId: 'fil_9', fileName: 'feuille-de-presence.pdf', at: '2027-05-21T09:00:00.000Z' }],
  missing: euros(88_620), title: 'Concert de printemps', showDay: '2027-05-14', place: 'Théâtre de l’Horloge Bleue', artist: 'Les Vagues Lentes', buyer: 'Compagnie du Marais', here: true,
  draft: 'Spectacle « Concert de printemps » du 14 mai 2027, Théâtre de l’Horloge Bleue.\nContrat n° LV-2027-000012, signé électroniquement par les deux parties le 3 février 2027 ; il est joint.',
};

/** A server with this on its table. */
export const tableOf = (known: { open?: Out['open']; contested?: () => Out['contested']; waiting?: Out['waiting'] } = {}, more: Answers = {}): Api =>
  fakeApi<AppRouter>({ disputes: { open: () => known.open ?? [openDispute], contested: () => known.contested?.() ?? [], answerBank: () => null, acceptBank: () => null, waiting: () => known.waiting ?? [], simulate: () => half, ...more } });
