import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Out = inferRouterOutputs<AppRouter>;
const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** A deposit that may be paid now. */
export const begun: Out['till']['beginPayment'] = { provider: 'sandbox', act: 'pay', ref: 'pi_sbx_1', clientSecret: 'pi_sbx_1_secret_x', publishableKey: '', ways: ['card', 'bancontact', 'paypal', 'sepa_debit', 'transfer'], transfer: null, amount: euros(37_980), part: 'deposit', dueDay: '2027-02-09' };

/** Where a transfer goes. */
export const transfer: Out['till']['payByTransfer'] = { holder: 'Flow Stage', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPXXX', reference: 'FS7H2K9QWX' };

export const money: Out['escrow']['money'] = {
  path: 'secured', total: euros(126_600), due: euros(126_600), held: euros(0), released: euros(0), mandate: null, payout: null, booker: null,
  payments: [{ id: 'pay_1', part: 'deposit', amount: euros(37_980), dueDay: '2027-02-09', automatic: false, status: 'due', refusal: '', capturedAt: null }],
};

const file: Out['dossier']['file'] = {
  bookingId: 'bkg_1', reference: 'ref_1', side: 'buyer', path: 'secured', status: 'contracted', reason: '', artist: { orgId: 'org_1', name: 'Les Vagues Lentes', slug: 'les-vagues-lentes' }, buyer: { name: 'Compagnie du Marais', kind: 'association' },
  request: {
    asker: 'venue', contactName: 'Jeanne Roche', organisation: '', email: 'jeanne@example.org', phone: '', occasion: 'Concert', showDay: '2027-05-14', seasonUntil: null, shows: 1, startTime: '20:30', place: '', address: '', city: 'Besançon',
    outdoor: false, audience: 0, budget: euros(0), technical: '', message: '', createdAt: '2027-02-01T09:00:00.000Z',
  },
  steps: [], next: { act: 'pay', by: 'buyer', until: null }, may: ['payment.pay'], holds: [], offers: [], party: { missing: [], otherComplete: true, known: {} }, show: null, timeline: [],
};

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];

/** A server with one deposit to pay. */
export const payServer = (more: Answers = {}): Api => fakeApi<AppRouter>({
  dossier: { file: () => file, ...more.dossier },
  escrow: { money: () => money, ...more.escrow },
  till: { beginPayment: () => begun, ...more.till },
});
