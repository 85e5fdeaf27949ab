import type { Act, Side } from '../core/permissions.ts';
import type { Known } from './steps.ts';

/** What `side` may do to a booking as it stands, before roles are asked. */
export function actsOf(known: Known, side: Side, now: Date): Act[] {
  const artist = side === 'artist';
  const talking = known.status === 'requested' || known.status === 'negotiating';
  const open = known.offers.find((offer) => offer.status === 'sent');
  const acts: [Act, boolean][] = [
    ['request.decline', artist && talking],
    ['hold.place', artist && talking],
    ['hold.release', artist && talking],
    ['offer.send', (artist && talking && !open) || (talking && open?.proposedBy === side)],
    ['offer.answer', talking && open !== undefined && open.proposedBy !== side],
    ['party.edit', known.status === 'agreed' && known.signed === null],
    ['purchase.order', !artist && known.path === 'public' && known.status === 'agreed' && !known.ordered],
    ['contract.read', known.signed !== null],
    ['contract.sign', known.signed !== null && known.status === 'agreed' && !known.signed[side]],
    ['payment.read', known.payments.length > 0],
    ['payment.pay', !artist && (known.status === 'contracted' || known.status === 'played') && known.payments.some((payment) => payment.status === 'due' || payment.status === 'refused')],
    ['show.confirm', known.status === 'contracted' && known.show !== null && known.show.begins <= now && !known.show.confirmed[side]],
    // Once the other side has contested, nothing is presumed any more: there is nothing to add.
    ['show.contest', known.status === 'contracted' && known.show !== null && known.show.begins <= now && !known.show.confirmed[side] && (known.show.contestedBy ?? side) === side],
    ['booking.cancel', known.status === 'contracted' && known.show !== null && known.show.begins > now],
    ['dispute.argue', known.disputed],
    ['invoice.read', known.payments.length > 0 || known.invoice !== null],
    ['invoice.issue', artist && known.waiting],
    ['invoice.credit', artist && known.path === 'public' && known.invoice !== null],
    ['invoice.settle', artist && known.path === 'public' && known.invoice !== null && !known.invoice.paid],
    ['invoice.contest', artist && (known.payments.length > 0 || known.invoice !== null)],
    ['link.revoke', artist],
    ['ledger.read', known.payments.length > 0 || known.invoice !== null],
  ];
  return acts.filter(([, possible]) => possible).map(([act]) => act);
}
