import assert from 'node:assert/strict';
import type { Currency } from '../core/money.ts';
import { addDays, type Day } from '../core/time.ts';
import type { Role } from './chart.ts';

/** Who stands on the other side: a customer, a producer, or we. */
export interface Other {
  readonly id: string;
  readonly name: string;
}

/** An invoice or credit note that an organisation issued or received, in minor units. */
export interface Paper {
  readonly side: 'sale' | 'purchase';
  readonly kind: 'deposit' | 'final' | 'commission' | 'subscription';
  /** A credit note takes back an invoice of that kind; its amounts are positive all the same. */
  readonly credit: boolean;
  readonly number: string;
  readonly day: Day;
  readonly other: Other;
  readonly label: string;
  readonly net: bigint;
  readonly vat: bigint;
  readonly currency: Currency;
  /** What the deposit invoice billed before, which a final one takes off. */
  readonly deducted: { readonly net: bigint; readonly vat: bigint };
  /** Of a purchase under reverse charge: the tax that its buyer owes on it in the seller's place, beyond what the deposit had, and whether it deducts it again. Null on every other. */
  readonly reverse: { readonly vat: bigint; readonly deducts: boolean } | null;
}

/** Money that moved, in minor units, always positive: `from` gives it, `to` receives it. */
export interface Movement {
  /** What tells it from every other of the organisation, for ever. */
  readonly key: string;
  readonly day: Day;
  readonly ref: string;
  readonly label: string;
  readonly other: Other;
  readonly to: Role;
  readonly from: Role;
  readonly minor: bigint;
  readonly currency: Currency;
}

/** One line of a piece. One of both amounts is nothing. */
export interface Line {
  readonly role: Role;
  /** The customer's or supplier's own account. */
  readonly other: Other | null;
  readonly debit: bigint;
  readonly credit: bigint;
}

/** Sales, purchases, bank, and the rest. */
export type Journal = 'VE' | 'HA' | 'BQ' | 'OD';

/** One piece of the books: its debits are its credits. `number` runs from 1 through the year. */
export interface Piece {
  /** What it is a piece of: the same for ever. */
  readonly key: string;
  readonly number: number;
  readonly journal: Journal;
  readonly day: Day;
  readonly ref: string;
  readonly label: string;
  readonly currency: Currency;
  readonly lines: readonly Line[];
}

const personal: readonly Role[] = ['customers', 'suppliers'];

/** A signed amount on an account: positive is a debit. */
type Signed = readonly [Role, bigint];

function pieceOf(head: Omit<Piece, 'number' | 'lines'>, other: Other, signed: readonly Signed[]): Omit<Piece, 'number'> | null {
  const lines = signed.filter(([, minor]) => minor !== 0n).map(([role, minor]): Line => ({
    role, other: personal.includes(role) ? other : null, debit: minor > 0n ? minor : 0n, credit: minor < 0n ? -minor : 0n,
  }));
  assert(lines.reduce((all, { debit, credit }) => all + debit - credit, 0n) === 0n, 'debits are credits');
  return lines.length > 0 ? { ...head, lines } : null;
}

/* A deposit is a debt to the customer until the show is sold: the final invoice turns it into a sale, and owes the rest of the tax. */
function written(paper: Paper): Omit<Piece, 'number'> | null {
  const { side, kind, credit, number, day, other, label, net, vat, currency, deducted, reverse } = paper;
  const sign = credit ? -1n : 1n;
  const rest = net + vat - deducted.net - deducted.vat;
  const [person, advance, result, tax]: readonly [Role, Role, Role, Role] = side === 'sale'
    ? ['customers', 'deposits', 'sales', 'vatCollected'] : ['suppliers', 'depositsPaid', kind === 'commission' || kind === 'subscription' ? kind : 'purchases', 'vatDeductible'];
  // A sale debits the customer; a purchase is its mirror.
  const way = side === 'sale' ? sign : -sign;
  const lines: Signed[] = kind === 'deposit'
    ? [[person, way * (net + vat)], [advance, -way * net], [tax, -way * vat]]
    : [[person, way * rest], [advance, way * deducted.net], [result, -way * net], [tax, -way * (vat - deducted.vat)]];
  // What is owed is deducted on the same day; who deducts nothing has it in the price of what it bought.
  const own: Signed[] = reverse ? [[reverse.deducts ? tax : result, sign * reverse.vat], ['vatSelfAssessed', -sign * reverse.vat]] : [];
  return pieceOf({ key: `${side}:${number}`, journal: side === 'sale' ? 'VE' : 'HA', day, ref: number, label, currency }, other, [...lines, ...own]);
}

const moved = ({ key, day, ref, label, other, to, from, minor, currency }: Movement): Omit<Piece, 'number'> | null =>
  pieceOf({ key, journal: to === 'bank' || from === 'bank' ? 'BQ' : 'OD', day, ref, label, currency }, other, [[to, minor], [from, -minor]]);

const order: readonly Journal[] = ['VE', 'HA', 'OD', 'BQ'];

/**
 * The books of a year: every paper and every movement as a balanced piece, by day, numbered from 1 without a gap. What is exported for a
 * month bears the numbers of its year.
 */
export function booksOf(papers: readonly Paper[], movements: readonly Movement[]): Piece[] {
  return [...papers.map(written), ...movements.map(moved)].filter((piece) => piece !== null)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : order.indexOf(a.journal) - order.indexOf(b.journal) || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0)))
    .map((piece, i) => ({ ...piece, number: i + 1 }));
}

/** A piece as it stands in a file that was handed over: under its number, booked on `entryDay`, on `bookedDay`. */
export interface Booked {
  readonly piece: Piece;
  readonly entryDay: Day;
  readonly bookedDay: Day;
}

/**
 * The pieces that come behind those that were booked before, each under the next number of its year. One whose day was handed over already, `closed`, is booked on the first day
 * after it, so that no number goes back in time; what that carries beyond `until` waits.
 *
 * @param before What was booked: the day and the number of the last one of each year.
 */
export function bookedAfter(fresh: readonly Piece[], before: { readonly closed: Day | null; readonly last: Day | null; readonly numbers: ReadonlyMap<number, number> }, { until, today }: { readonly until: Day; readonly today: Day }): Booked[] {
  const numbers = new Map(before.numbers);
  let last = before.last ?? '';
  const open = before.closed ? addDays(before.closed, 1) : '';
  return [...fresh].map((piece) => ({ piece, day: piece.day < open ? open : piece.day })).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)).flatMap(({ piece, day }) => {
    const entryDay = day < last ? last : day;
    if (entryDay > until) return [];
    last = entryDay;
    const year = Number(entryDay.slice(0, 4));
    const number = (numbers.get(year) ?? 0) + 1;
    numbers.set(year, number);
    return [{ piece: { ...piece, number }, entryDay, bookedDay: today }];
  });
}
