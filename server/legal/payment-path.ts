/** How a booking is paid: `secured` is taken by card and held until the show; `public` is an invoice after service. */
export type PaymentPath = 'secured' | 'public';

/**
 * The way of the money for a buyer. A French public body (a commune, or a régie, an EPCI or a school that says so) pays once the service
 * is done, in 30 days, by credit transfer: nothing may be taken before or held (décret 2012-1246 art. 33, PUB-07; CCP R2192-10, PUB-06;
 * read 2026-11-21). Those rules are French: a commune abroad pays as any other buyer.
 */
export const paymentPath = ({ kind, country, publicBody }: { readonly kind: string; readonly country: string; readonly publicBody: boolean }): PaymentPath =>
  (country === 'FR' && kind !== 'person' && (kind === 'municipality' || publicBody) ? 'public' : 'secured');
