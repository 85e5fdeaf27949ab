import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Out = inferRouterOutputs<AppRouter>['webhooks'];
type Endpoint = Out['create']['endpoint'];
type Delivery = Out['test'];
type Answers = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['webhooks']>;

/** A theatre's endpoint, that hears of two things. */
export const endpoint = (over: Partial<Endpoint> = {}): Endpoint => ({
  id: 'whe_1', url: 'https://theatre.example/hooks/flow-stage', topics: ['contract.signed', 'payout.paid'], offAt: null, gone: false, failing: false, previousUntil: null, createdAt: '2027-02-01T10:00:00.000Z', waiting: 0, failed: 0, ...over,
});

/** An event that arrived at the first try. */
export const delivery = (over: Partial<Delivery> = {}): Delivery => ({
  id: 'whd_1', eventId: 'evt_01', topic: 'contract.signed', body: '{"type":"contract.signed","timestamp":"2027-02-05T10:00:00.000Z","data":{"bookingId":"bkg_1","contractId":"ctr_1"}}', state: 'delivered', nextAt: null, createdAt: '2027-02-05T10:00:00.000Z',
  tries: [{ at: '2027-02-05T10:00:01.000Z', ms: 212, outcome: 'delivered', status: 200, answer: 'merci' }], ...over,
});

const refused = (at: string, over: Partial<Delivery['tries'][number]> = {}): Delivery['tries'][number] => ({ at, ms: 1_204, outcome: 'status', status: 500, answer: 'Internal Server Error', ...over });

/** A log in which everything that may happen has happened. */
export const log: readonly Delivery[] = [
  delivery({ id: 'whd_5', topic: 'webhook.test', tries: [refused('2027-02-05T11:00:00.000Z', { outcome: 'redirect', status: 302, answer: '' })], state: 'failed' }),
  delivery({ id: 'whd_4', topic: 'payout.paid', state: 'waiting', nextAt: '2027-02-05T10:30:00.000Z', tries: [refused('2027-02-05T10:00:00.000Z', { outcome: 'slow', status: null, answer: '', ms: 10_004 }), refused('2027-02-05T10:01:00.000Z')] }),
  delivery({ id: 'whd_3', state: 'failed', tries: ['10:00', '10:01', '10:06', '10:31', '12:36'].map((time) => refused(`2027-02-04T${time}:00.000Z`)) }),
  delivery({ id: 'whd_2', state: 'failed', tries: [] }),
  delivery(),
];

/** An artist's server, with the endpoints that `endpoints` names at each call. */
export const webhooksServer = (endpoints: () => Endpoint[] = () => [endpoint()], over: Answers = {}): Api => fakeApi<AppRouter>({ webhooks: {
  endpoints: () => ({ endpoints: endpoints(), topics: ['request.sent', 'offer.accepted', 'contract.signed', 'payment.completed', 'payout.paid', 'show.played', 'invoice.issued', 'review.replied', 'something.new'], pauses: [60, 300, 1_500, 7_500], tries: 5 }),
  log: ({ failed }) => ({ deliveries: log.filter(({ state }) => !failed || state === 'failed'), more: false }),
  ...over,
} });
