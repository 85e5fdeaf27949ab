import type { Side } from '../core/permissions.ts';
import { talking, type Status } from './show.ts';

/** What decides whose turn it is. */
export interface Standing {
  readonly status: Status;
  /** Who made the open offer; null when there is none. */
  readonly offerBy: Side | null;
  /** Sides whose legal identity the contract still lacks. */
  readonly incomplete: readonly Side[];
  /** A public buyer's purchase order is still awaited. */
  readonly orderAwaited: boolean;
  /** Sides that have not signed a contract that waits for them. */
  readonly unsigned: readonly Side[];
  /** The buyer's money, or card, is still awaited. */
  readonly paymentAwaited: boolean;
  /** Sides that have not said yet whether a show that began was played. */
  readonly unconfirmed: readonly Side[];
}

/** Whether `side` is one of those who act next. */
export function isTurnOf(side: Side, standing: Standing): boolean {
  const { status, offerBy, incomplete, orderAwaited, unsigned, paymentAwaited, unconfirmed } = standing;
  if (talking.includes(status)) return offerBy ? offerBy !== side : side === 'artist';
  if (status === 'agreed') return incomplete.includes(side) || (orderAwaited && side === 'buyer') || unsigned.includes(side);
  // Money that did not come before the show is owed after it.
  const pays = paymentAwaited && side === 'buyer';
  return status === 'contracted' ? pays || unconfirmed.includes(side) : status === 'played' && pays;
}
