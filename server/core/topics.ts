/**
 * Every fact the platform tells, and what it carries: ids, never rows. One past-tense name for the outbox, the webhook
 * and, with dashes, the DOM event: `offer.accepted`, `flow-offer-accepted`.
 */
export interface Topics {
  'request.sent': { bookingId: string };
  'request.declined': { bookingId: string };
  'match.found': { bookingId: string };
  'match.made': { matchId: string; orgId: string; placeOrgId: string };
  'match.expired': { matchId: string; orgId: string; placeOrgId: string };
  'tour.sent': { planId: string; orgId: string; scenarioId: string };
  'tour.fell': { planId: string; orgId: string; artistOrgId: string; bookingId: string; why: 'declined' | 'lapsed' };
  'tour.shared': { planId: string; orgId: string; scenarioId: string };
  'near.asked': { wishId: string; orgId: string; asker: 'fan' | 'organiser' };
  'hold.placed': { bookingId: string; holdId: string };
  'hold.lapsed': { bookingId: string; holdId: string };
  'hold.released': { bookingId: string; holdId: string };
  'offer.sent': { bookingId: string; offerId: string };
  'offer.countered': { bookingId: string; offerId: string; byOfferId: string };
  'offer.accepted': { bookingId: string; offerId: string };
  'offer.declined': { bookingId: string; offerId: string };
  'offer.withdrawn': { bookingId: string; offerId: string };
  'offer.expired': { bookingId: string; offerId: string };
  'party.completed': { bookingId: string; side: 'artist' | 'buyer' };
  'quote.issued': { bookingId: string };
  'purchase.ordered': { bookingId: string };
  'contract.drafted': { bookingId: string; contractId: string };
  'envelope.signed': { bookingId: string; envelopeId: string; side: 'artist' | 'buyer' };
  'envelope.completed': { bookingId: string; envelopeId: string };
  'contract.signed': { bookingId: string; contractId: string };
  'payment.scheduled': { bookingId: string };
  'mandate.saved': { bookingId: string };
  'payment.completed': { bookingId: string; paymentId: string; transferId: string };
  'payment.debited': { bookingId: string; paymentId: string };
  'payment.refused': { bookingId: string; paymentId: string };
  'payment.cleared': { bookingId: string; paymentId: string };
  'payment.reminded': { bookingId: string; paymentId: string };
  'payment.unsecured': { bookingId: string };
  'payment.held': { bookingId: string; paymentId: string };
  'payment.returned': { bookingId: string; paymentId: string; refundId: string };
  'booking.lapsed': { bookingId: string };
  'cancellation.asked': { bookingId: string; side: 'artist' | 'buyer' };
  'booking.cancelled': { bookingId: string; side: 'artist' | 'buyer' };
  'closing.settled': { bookingId: string };
  'dispute.opened': { bookingId: string; disputeId: string; side: 'artist' | 'buyer' };
  'dispute.argued': { bookingId: string; disputeId: string; side: 'artist' | 'buyer' };
  'dispute.decided': { bookingId: string; disputeId: string };
  'payment.contested': { bookingId: string; paymentId: string; noticeId: string };
  'chargeback.booked': { bookingId: string };
  'chargeback.closed': { bookingId: string };
  'claim.opened': { bookingId: string; claimId: string };
  'claim.contested': { bookingId: string; claimId: string };
  'claim.decided': { bookingId: string; claimId: string };
  'claim.reduced': { bookingId: string; claimId: string; partId: string };
  'show.due': { bookingId: string };
  'show.confirmed': { bookingId: string; side: 'artist' | 'buyer' };
  'show.contested': { bookingId: string; side: 'artist' | 'buyer' };
  'show.played': { bookingId: string };
  'review.due': { bookingId: string };
  'review.shown': { bookingId: string; side: 'artist' | 'buyer' };
  'review.replied': { bookingId: string; side: 'artist' | 'buyer' };
  'review.hidden': { bookingId: string; side: 'artist' | 'buyer'; what: 'review' | 'reply' };
  'escrow.released': { bookingId: string; transferId: string };
  'payout.waiting': { bookingId: string; payoutId: string };
  'payout.paid': { bookingId: string; payoutId: string };
  'invoice.waiting': { bookingId: string };
  'invoice.issued': { bookingId: string; invoiceId: string };
  'invoice.credited': { bookingId: string; invoiceId: string; creditId: string };
  'invoice.overdue': { bookingId: string; invoiceId: string };
  'invoice.dunned': { bookingId: string; invoiceId: string; step: 'friendly' | 'firm' | 'notice' };
  'invoice.paid': { bookingId: string; invoiceId: string };
  'invoice.contested': { bookingId: string; invoiceId: string };
  'invoice.answered': { bookingId: string; invoiceId: string };
}

export type Topic = keyof Topics;

/** What a fact hangs on, a plan of a tour, a booking, a match or a wish: facts of one subject are heard one after another. */
export const subjectOf = (payload: Topics[Topic]): string => ('planId' in payload ? payload.planId : 'bookingId' in payload ? payload.bookingId : 'matchId' in payload ? payload.matchId : payload.wishId);

/** The rooms that hear facts, each by its `jobs.ts`. */
export type Consumer = 'nearby' | 'matching' | 'discovery' | 'municipal' | 'contracts' | 'escrow' | 'reviews' | 'refunds' | 'disputes' | 'claims' | 'billing' | 'accounting' | 'analytics' | 'notifications' | 'dossier' | 'payouts' | 'tours' | 'webhooks';

/** Who hears of almost everything. */
const told = ['dossier', 'notifications'] as const;

const heardBy: Readonly<Record<Topic, readonly Consumer[]>> = {
  'request.sent': ['matching', 'discovery', 'analytics', ...told],
  'request.declined': ['discovery', 'tours', ...told],
  'match.found': told,
  'match.made': ['discovery'],
  'match.expired': ['discovery'],
  'tour.sent': [],
  'tour.fell': [],
  'tour.shared': [],
  'near.asked': ['nearby'],
  'hold.placed': told,
  'hold.lapsed': ['tours', ...told],
  'hold.released': ['tours', ...told],
  'offer.sent': ['discovery', ...told],
  'offer.countered': ['dossier'],
  'offer.accepted': ['municipal', 'contracts', 'tours', ...told],
  'offer.declined': ['discovery', 'tours', ...told],
  'offer.withdrawn': ['tours', ...told],
  'offer.expired': ['tours', ...told],
  'party.completed': ['municipal', 'contracts', 'dossier'],
  'quote.issued': told,
  'purchase.ordered': ['contracts', ...told],
  'contract.drafted': told,
  'envelope.signed': told,
  'envelope.completed': ['contracts'],
  'contract.signed': ['discovery', 'escrow', 'analytics', ...told],
  'payment.scheduled': told,
  'mandate.saved': told,
  'payment.completed': ['billing', ...told],
  'payment.debited': ['dossier'],
  'payment.cleared': ['refunds', 'disputes', 'dossier'],
  'payment.refused': told,
  'payment.reminded': told,
  'payment.unsecured': told,
  'payment.held': told,
  'payment.returned': told,
  'booking.lapsed': ['tours', ...told],
  'cancellation.asked': told,
  'booking.cancelled': ['billing', 'tours', ...told],
  'closing.settled': ['billing', ...told],
  'dispute.opened': told,
  'dispute.argued': told,
  'dispute.decided': ['billing', ...told],
  'payment.contested': ['disputes'],
  'chargeback.booked': ['dossier'],
  'chargeback.closed': ['refunds', 'disputes', 'dossier'],
  'claim.opened': ['claims'],
  'claim.contested': [],
  'claim.decided': ['claims'],
  'claim.reduced': ['claims'],
  'show.due': told,
  'show.confirmed': ['disputes', ...told],
  'show.contested': ['disputes', ...told],
  'show.played': ['escrow', 'billing', 'reviews', ...told],
  'review.due': ['notifications'],
  'review.shown': ['discovery', ...told],
  'review.replied': ['dossier'],
  'review.hidden': ['discovery', 'notifications'],
  'escrow.released': ['billing', ...told],
  'payout.waiting': ['payouts'],
  'payout.paid': told,
  'invoice.waiting': told,
  'invoice.issued': told,
  'invoice.credited': ['accounting', ...told],
  'invoice.overdue': ['accounting', ...told],
  'invoice.dunned': told,
  'invoice.paid': ['accounting', 'payouts', ...told],
  'invoice.contested': told,
  'invoice.answered': told,
};

/** Who hears of what: one `delivery` row for each, each idempotent at its end. Webhooks hear of everything. */
export const SUBSCRIBERS = Object.fromEntries(Object.entries(heardBy).map(([topic, rooms]) => [topic, [...rooms, 'webhooks']])) as unknown as Readonly<Record<Topic, readonly Consumer[]>>;
