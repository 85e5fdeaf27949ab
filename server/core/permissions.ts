import { AppError } from './errors.ts';

/** What a person may be in an organisation. */
export type Role = 'owner' | 'manager' | 'member' | 'observer';

/** What a link in a mail is good for. `review` outlives the booking's other acts, `file` is a frame that was opened with a one-time code. */
export type Purpose = 'answer' | 'sign' | 'pay' | 'confirm' | 'follow' | 'file' | 'review';

/**
 * Who acts: a person, in one organisation, with one role there; or whoever holds the link of a mail, for one booking and one
 * purpose, in the name of the organisation it was sent to. Only a door makes one.
 */
export interface Actor {
  readonly userId: string | null;
  readonly orgId: string;
  readonly role: Role;
  /** Belongs to a booker who represents `orgId`, and not to it. */
  readonly mandated?: boolean;
  readonly link?: { readonly id?: string; readonly purpose: Purpose; readonly bookingId: string };
}

/** The two sides of a booking and of all that hangs on it. */
export type Side = 'artist' | 'buyer';

/** What an owned row tells about its owners. */
export interface Owned {
  /** The organisation it belongs to; of what two sides share, the artist's. */
  readonly orgId: string;
  readonly buyerOrgId?: string | null;
  /** The booking it hangs on: what a link is checked against. */
  readonly bookingId?: string | null;
  /** The bookers who act for the artist, each by a live `Representation`. */
  readonly representedBy?: readonly string[];
}

const everybody: readonly Role[] = ['owner', 'manager', 'member', 'observer'];
const crew: readonly Role[] = ['owner', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'manager'];

/** Which roles may do what. Tests print it as a matrix. */
export const ACTS = {
  'booking.read': everybody,
  'request.decline': heads,
  'hold.place': crew,
  'hold.release': crew,
  'offer.send': crew,
  'offer.answer': heads,
  'party.edit': heads,
  'purchase.order': heads,
  'contract.read': everybody,
  'contract.sign': heads,
  'payment.read': everybody,
  'payment.pay': heads,
  'ledger.read': heads,
  'show.confirm': crew,
  'show.contest': crew,
  'review.write': crew,
  'booking.cancel': heads,
  'dispute.argue': crew,
  'invoice.read': everybody,
  'invoice.issue': heads,
  'invoice.settle': heads,
  'invoice.credit': heads,
  'invoice.contest': heads,
  'plan.read': everybody,
  'plan.edit': heads,
  'organisation.read': everybody,
  'organisation.edit': heads,
  'profile.edit': crew,
  'calendar.read': everybody,
  'calendar.edit': crew,
  'site.read': everybody,
  'site.edit': heads,
  'webhook.read': heads,
  'webhook.edit': heads,
  'accounts.read': heads,
  'accounts.edit': heads,
  'payout.read': heads,
  'payout.edit': heads,
  'link.revoke': heads,
  'discovery.read': everybody,
  'discovery.choose': crew,
  'tour.read': everybody,
  'tour.edit': crew,
} as const satisfies Record<string, readonly Role[]>;

export type Act = keyof typeof ACTS;

/** What an artist's own people do, and no booker for them: who it is by law, where its money goes, whom it mandates, what is sent to its servers, its books, what it says of its invoices. */
const own: readonly Act[] = ['organisation.edit', 'plan.edit', 'party.edit', 'webhook.read', 'webhook.edit', 'accounts.read', 'accounts.edit', 'invoice.settle', 'invoice.credit', 'invoice.contest', 'payout.edit'];

const following: readonly Act[] = ['booking.read', 'contract.read', 'payment.read', 'invoice.read'];

/** What each kind of link opens, beyond reading the file it belongs to. */
export const PURPOSES: Readonly<Record<Purpose, readonly Act[]>> = {
  follow: following,
  answer: [...following, 'offer.answer', 'party.edit', 'purchase.order'],
  sign: [...following, 'party.edit', 'contract.sign'],
  pay: [...following, 'payment.pay', 'booking.cancel'],
  confirm: [...following, 'show.confirm', 'show.contest', 'dispute.argue', 'booking.cancel', 'review.write'],
  review: [...following, 'review.write'],
  file: [...following, 'offer.answer', 'party.edit', 'purchase.order', 'contract.sign', 'payment.pay', 'show.confirm', 'show.contest', 'dispute.argue', 'booking.cancel', 'review.write'],
};

/**
 * The side on which `actor` may do `act` to `thing`.
 *
 * @throws AppError `not_found` when the thing is somebody else's, `role_too_low` when a colleague could do it,
 * `link_other_purpose` when another link of the same file could.
 */
export function permit(actor: Actor, act: Act, thing: Owned): Side {
  const artist = thing.orgId === actor.orgId || thing.representedBy?.includes(actor.orgId) === true;
  if (!artist && thing.buyerOrgId !== actor.orgId) throw new AppError('not_found');
  if (actor.link) {
    if (actor.link.bookingId !== thing.bookingId) throw new AppError('not_found');
    if (!PURPOSES[actor.link.purpose].includes(act)) throw new AppError('link_other_purpose', { act });
  }
  const roles: readonly Role[] = ACTS[act];
  const mandated = actor.mandated === true || (artist && thing.orgId !== actor.orgId);
  if (!roles.includes(actor.role) || (artist && mandated && own.includes(act))) throw new AppError('role_too_low', { act });
  return artist ? 'artist' : 'buyer';
}
