import { toWire } from '../core/money.ts';
import type { Side } from '../core/permissions.ts';
import type { Net } from '../legal/net.ts';
import type { Offer } from './offer.ts';

/** What a price leaves, with the rates that were applied, in basis points. */
export interface Deal extends Net {
  readonly vatBps: bigint;
  /** The rule of that rate, as a paper prints it. */
  readonly vatCitation: string;
  readonly commissionBps: bigint;
  readonly commissionVatBps: bigint;
}

/** What a price leaves, as it crosses the wire; null where the tax is not known. */
export const netView = (deal: Deal | null) => deal && ({
  price: toWire(deal.price), vatBps: Number(deal.vatBps), vatCitation: deal.vatCitation, vat: toWire(deal.vat), total: toWire(deal.total),
  commissionBps: Number(deal.commissionBps), commission: toWire(deal.commission), commissionVat: toWire(deal.commissionVat), payout: toWire(deal.payout),
});

/** The offer as `reader` sees it, as it crosses the wire. */
export const offerView = (offer: Offer, reader: Side, deal: Deal | null) => ({
  id: offer.id, bookingId: offer.bookingId, proposedBy: offer.proposedBy, showDay: offer.showDay, startTime: offer.startTime, price: toWire(offer.price), terms: offer.terms,
  expiresAt: offer.expiresAt.toISOString(), createdAt: offer.createdAt.toISOString(), status: offer.status,
  yours: offer.status === 'sent' && offer.proposedBy !== reader, replaces: offer.replaces, net: netView(deal),
});
