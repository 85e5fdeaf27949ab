import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

type Ledger = inferRouterOutputs<AppRouter>['escrow']['ledger'];
const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** A deposit that was captured. */
export const ledger: Ledger = {
  transfers: [{ id: 'trf_1', kind: 'capture', at: '2027-02-03T10:00:00.000Z', reason: 'Captured: deposit', entries: [
    { account: 'provider:clearing', amount: euros(-37_980), balance: euros(-37_980) }, { account: 'escrow:bkg_1', amount: euros(37_980), balance: euros(37_980) },
  ] }],
  accounts: [{ account: 'provider:clearing', balance: euros(-37_980) }, { account: 'escrow:bkg_1', balance: euros(37_980) }], sum: euros(0),
};
