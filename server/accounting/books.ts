import assert from 'node:assert/strict';
import type { Currency } from '../core/money.ts';
import { addDays, type Day } from '../core/time.ts';
import type { Chart, ChartAccount, Role } from './chart.ts';
import type { Stretch } from './period.ts';

/** Who stands on the other side: a customer, a producer, or we. */
export interface Other {
  readonly id: string;
  readonly name: string;
}

/** An invoice or credit note that an organisation issued or received, in minor units. */
export interface Paper {
  readonly side: 'sale' | 'purchase';
  readonly kind: 'deposit' | 'balance' | 'final' | 'commission' | 'booker' | 'subscription';
  /** A credit note takes back an invoice of that kind; its amounts are positive all the same. */
  readonly credit: boolean;
  readonly number: string;
  readonly day: Day;
  readonly other: Other;
  readonly label: string;
  readonly net: bigint;
  readonly vat: bigint;
  readonly currency: Currency;
  /** What the invoices of before the show billed, which a final one takes off. */
  readonly deducted: { readonly net: bigint; readonly vat: bigint };
  /** Of a sale: its tax is not due before it is paid, and waits on an account of its own until then. */
  readonly pending: boolean;
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

/** The balances of the year before, sales, purchases, bank, and the rest. */
export type Journal = 'AN' | 'VE' | 'HA' | 'BQ' | 'OD';

/** One piece of the books: its debits are its credits. `number` runs from 1 through the financial year. */
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

/** What is bought and is no show: our commission and a booker's, and our plans. */
const costs: Readonly<Partial<Record<Paper['kind'], Role>>> = { commission: 'commission', booker: 'commission', subscription: 'subscription' };

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

/* What is paid before the show is a debt to the customer until it is played: its tax is owed at once, and the final invoice turns it into a sale and owes the rest of the tax. */
function written(paper: Paper): Omit<Piece, 'number'> | null {
  const { side, kind, credit, number, day, other, label, net, vat, currency, deducted, pending, reverse } = paper;
  const sign = credit ? -1n : 1n;
  const rest = net + vat - deducted.net - deducted.vat;
  const [person, advance, result, tax]: readonly [Role, Role, Role, Role] = side === 'sale'
    ? ['customers', 'deposits', 'sales', pending ? 'vatPending' : 'vatCollected'] : ['suppliers', 'depositsPaid', costs[kind] ?? 'purchases', 'vatDeductible'];
  // A sale debits the customer; a purchase is its mirror.
  const way = side === 'sale' ? sign : -sign;
  const lines: Signed[] = kind === 'deposit' || kind === 'balance'
    ? [[person, way * (net + vat)], [advance, -way * net], [tax, -way * vat]]
    : [[person, way * rest], [advance, way * deducted.net], [result, -way * net], [tax, -way * (vat - deducted.vat)]];
  // What is owed is deducted on the same day; who deducts nothing has it in the price of what it bought.
  const own: Signed[] = reverse ? [[reverse.deducts ? tax : result, sign * reverse.vat], ['vatSelfAssessed', -sign * reverse.vat]] : [];
  return pieceOf({ key: `${side}:${number}`, journal: side === 'sale' ? 'VE' : 'HA', day, ref: number, label, currency }, other, [...lines, ...own]);
}

const moved = ({ key, day, ref, label, other, to, from, minor, currency }: Movement): Omit<Piece, 'number'> | null =>
  pieceOf({ key, journal: to === 'bank' || from === 'bank' ? 'BQ' : 'OD', day, ref, label, currency }, other, [[to, minor], [from, -minor]]);

const order: readonly Journal[] = ['AN', 'VE', 'HA', 'OD', 'BQ'];

/**
 * The books of a stretch, a financial year: every paper and every movement as a balanced piece, by day, numbered from 1 without a gap. What is exported for a
 * month bears the numbers of its financial year.
 */
export function booksOf(papers: readonly Paper[], movements: readonly Movement[]): Piece[] {
  return [...papers.map(written), ...movements.map(moved)].filter((piece) => piece !== null)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : order.indexOf(a.journal) - order.indexOf(b.journal) || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0)))
    .map((piece, i) => ({ ...piece, number: i + 1 }));
}

/** A line as it stands in a file that was handed over: with the account that it was booked on, which no later change of the chart touches. */
export type BookedLine = Line & ChartAccount;

/** A piece as it stands in a file that was handed over: under its number, booked on `entryDay`, on `bookedDay`. */
export interface Booked {
  readonly piece: Omit<Piece, 'lines'> & { readonly lines: readonly BookedLine[] };
  readonly entryDay: Day;
  readonly bookedDay: Day;
}

/** Accounts that begin each year at nothing: what was earned and spent. The balances of the others are carried. */
const ofTheYear: readonly Role[] = ['sales', 'purchases', 'commission', 'subscription', 'indemnity', 'indemnityPaid', 'late', 'latePaid'];

/**
 * The piece that a financial year begins with (LPF art. A47 A-1, VII, read 2026-11-22: the file's first entries take up the balances of the year before): each account's balance, by customer and
 * supplier, and what was earned or lost. The year before's result stands apart; that of earlier years is carried forward, where it is until its organisation decides on it. Reckoned from all
 * pieces that were ever booked, so that a year begins as the one before ended. Null where nothing is to be taken up.
 *
 * @param before The financial year before.
 */
function openingOf(booked: readonly Booked[], { year, before, chart }: { readonly year: Stretch; readonly before: Stretch; readonly chart: Chart }): Booked['piece'] | null {
  const balances = new Map<string, BookedLine & { readonly minor: bigint }>();
  const earned = { now: 0n, earlier: 0n };
  for (const { piece, entryDay } of booked) {
    if (piece.journal === 'AN' || entryDay >= year.first) continue;
    for (const line of piece.lines) {
      const minor = line.debit - line.credit;
      if (ofTheYear.includes(line.role)) earned[entryDay >= before.first ? 'now' : 'earlier'] -= minor;
      else {
        const key = `${line.account} ${line.other?.id ?? ''}`;
        balances.set(key, { ...line, minor: (balances.get(key)?.minor ?? 0n) + minor });
      }
    }
  }
  const result = (role: Role, minor: bigint) => ({ role, other: null, ...chart[role], minor });
  const lines = [
    ...[...balances].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line),
    result(earned.earlier > 0n ? 'profitBefore' : 'lossBefore', -earned.earlier), result(earned.now > 0n ? 'profit' : 'loss', -earned.now),
  ].filter(({ minor }) => minor !== 0n).map(({ minor, ...line }): BookedLine => ({ ...line, debit: minor > 0n ? minor : 0n, credit: minor < 0n ? -minor : 0n }));
  assert(lines.reduce((all, { debit, credit }) => all + debit - credit, 0n) === 0n, 'balances of pieces that balance do so');
  return lines.length === 0 ? null : {
    key: `opening:${year.first}`, number: 1, journal: 'AN', day: year.first, ref: `AN-${year.first}`, label: 'Reprise des soldes de l’exercice antérieur', currency: 'EUR', lines,
  };
}

/**
 * The pieces that come behind those that were booked before, each under the next number of its financial year. One whose day was handed over already, up to `closed`, is booked on the first day
 * after it, so that no number goes back in time; what that carries beyond `until`, or into a year that has not begun, waits. A year that begins takes up the balances of the one before as
 * its first piece; one whose first file was handed over without them stays as it was.
 *
 * @param before What was booked, in its order, and the day until which it was handed over.
 */
export function bookedAfter(fresh: readonly Piece[], before: { readonly closed: Day | null; readonly known: readonly Booked[] }, { until, today, yearOf, chart }: {
  readonly until: Day; readonly today: Day; readonly yearOf: (day: Day) => Stretch; readonly chart: Chart;
}): Booked[] {
  const { known, closed } = before;
  const booked: Booked[] = [];
  const latest = known.at(-1);
  let last = latest?.entryDay ?? '';
  let current = latest ? yearOf(latest.entryDay) : null;
  let number = latest?.piece.number ?? 0;
  const put = (piece: Booked['piece'], entryDay: Day): void => {
    [last, number] = [entryDay, number + 1];
    booked.push({ piece: { ...piece, number }, entryDay, bookedDay: today });
  };
  const reach = (day: Day): void => {
    current ??= yearOf(day);
    while (current.last < day) {
      const ended: Stretch = current;
      current = yearOf(addDays(ended.last, 1));
      number = 0;
      const opening = openingOf([...known, ...booked], { year: current, before: ended, chart });
      if (opening) put(opening, current.first);
    }
  };
  const open = closed ? addDays(closed, 1) : '';
  for (const { piece, day } of [...fresh].map((one) => ({ piece: one, day: one.day < open ? open : one.day })).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    const entryDay = day < last ? last : day;
    if (entryDay > until || yearOf(entryDay).first > today) continue;
    reach(entryDay);
    put({ ...piece, lines: piece.lines.map((line) => ({ ...line, ...chart[line.role] })) }, entryDay);
  }
  if (current) reach(until < today ? until : today);
  return booked;
}
