/** How a booking is paid: `secured` is taken by card and held until the show; `public` is an invoice after service. */
export type PaymentPath = 'secured' | 'public';

/**
 * The way of the money for a buyer of this kind. A French public buyer pays once the service is done, in 30 days, by credit transfer:
 * nothing may be taken before or held (décret 2012-1246 art. 33, PUB-07; CCP R2192-10, PUB-06; read 2026-11-21).
 */
export const paymentPath = (buyerKind: string): PaymentPath => (buyerKind === 'municipality' ? 'public' : 'secured');
