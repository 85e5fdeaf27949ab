import type { Due } from '../core/deadlines.ts';
import { expireOffer, presumePlayed, showDue } from './service.ts';

/** The deadlines of a booking. */
export const bookingDue: Due = { 'offer.expires': expireOffer, 'show.due': showDue, 'show.presumed': presumePlayed };
