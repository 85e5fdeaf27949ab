import { addDays, type Day } from '../core/time.ts';
import { cellOf, TRAITS, type Cell, type Deal, type Trait } from './cells.ts';

/*
 * Nobody's price may be told by what we say of a market, not by one answer and not by the difference of two:
 *
 * - Deals of a currency are cut into groups once for everybody, by fixed classes (cells.ts) and never by what somebody asks: whatever is asked, the answer is of one of these groups.
 *   So groups are either apart or one holds the other whole. A class with too few deals is put with the other small ones of its kind, and these with the smallest large one
 *   until they are enough: what is left when a group is taken out of a larger one is again enough.
 * - Within a group weights hang on the age of a deal alone, in months. Weights by how near a deal is to what was asked would let somebody ask from many sides and solve for one deal.
 * - Everybody is told the same of a group. Who has deals of its own in it is told of a group in which those of others are enough.
 * - A sheet is that of the first of a month. New deals are let into a group three at a time or more, of two artists and two buyers at least, and grow too old in the same company;
 *   groups are parted only when each part was enough a month before, so that no part comes out by what was said then. When old deals go, groups may join again: what was said of them before they did stays known.
 * - Of an artist, and of a buyer, the newest three count in the smallest group. Bounds are rounded (guidance.ts), and all else that is told of a price is reckoned from the rounded bounds.
 */

/** Fewer than so many deals, or of fewer artists or buyers, would tell of somebody. */
export const LEAST = { deals: 8, artists: 5, buyers: 5 } as const;
const leastNew = { deals: 3, artists: 2, buyers: 2 } as const;
const mostOfOne = 3;
/** How far back deals count. Prices are taken as they were agreed: no index of prices is put on them, since none is of fees. */
export const MARKET_MONTHS = 24;

/** Deals that are told of together. `deals` are those that count. */
export interface Group {
  readonly deals: readonly Deal[];
  /** The classes that are in it, by trait. */
  readonly classes: Readonly<Record<Trait, ReadonlySet<string>>>;
  /** It, cut once more by the classes of `by`; empty where that would tell of somebody. */
  readonly parts: readonly Group[];
  readonly by: Trait | null;
}

/** The deals of one currency as everybody is told of them for a month; null when they are too few. */
export type Sheet = Group | null;

const distinct = (deals: readonly Deal[], side: 'artistOrgId' | 'buyerOrgId'): number => new Set(deals.map((deal) => deal[side])).size;

const reaches = (deals: readonly Deal[], least: { readonly deals: number; readonly artists: number; readonly buyers: number }): boolean =>
  deals.length >= least.deals && distinct(deals, 'artistOrgId') >= least.artists && distinct(deals, 'buyerOrgId') >= least.buyers;

/** The organisations that a person acts for, whose deals they know. */
export type Readers = ReadonlySet<string>;
const nobody: Readers = new Set();

/** Whether so many deals tell of nobody, without those that `readers` know for their own. */
export const enough = (deals: readonly Deal[], readers: Readers = nobody): boolean => reaches(deals.filter(({ artistOrgId, buyerOrgId }) => !readers.has(artistOrgId) && !readers.has(buyerOrgId)), LEAST);

/** Months since the year 0. */
export const monthOf = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** The deals of a group that count on the first of `month`: let in month by month in company, and gone in the same company once the oldest of it is too old. `deals` come the oldest first. */
function admitted(deals: readonly Deal[], month: number): Deal[] {
  const counted: Deal[] = [];
  let waiting: Deal[] = [];
  for (const [at, deal] of deals.entries()) {
    const agreed = monthOf(deal.agreedOn);
    if (agreed >= month) break;
    waiting.push(deal);
    const next = deals[at + 1];
    const monthEnds = next === undefined || monthOf(next.agreedOn) > agreed;
    if (!monthEnds || !reaches(waiting, leastNew)) continue;
    if (monthOf(waiting[0]?.agreedOn ?? deal.agreedOn) >= month - MARKET_MONTHS) counted.push(...waiting);
    waiting = [];
  }
  return counted;
}

/** The newest three of each artist, and then of each buyer; the newest first. */
function capped(deals: readonly Deal[]): Deal[] {
  let kept = [...deals].sort((a, b) => (a.agreedOn < b.agreedOn || (a.agreedOn === b.agreedOn && a.id < b.id) ? 1 : -1));
  for (const side of ['artistOrgId', 'buyerOrgId'] as const) {
    const seen = new Map<string, number>();
    kept = kept.filter((deal) => {
      const count = (seen.get(deal[side]) ?? 0) + 1;
      seen.set(deal[side], count);
      return count <= mostOfOne;
    });
  }
  return kept;
}

interface Known { readonly deal: Deal; readonly cell: Cell }

/** Whether these deals, as a group of their own, are enough on the first of `month` and were a month before. */
function stands(known: readonly Known[], month: number): boolean {
  const deals = known.map(({ deal }) => deal);
  return enough(capped(admitted(deals, month))) && enough(capped(admitted(deals, month - 1)));
}

const inOrder = (known: readonly Known[]): Known[] => [...known].sort(({ deal: a }, { deal: b }) => (a.agreedOn < b.agreedOn || (a.agreedOn === b.agreedOn && a.id < b.id) ? -1 : 1));

/** Cuts deals by the classes of a trait; small classes stand together, with the smallest large ones until they are enough. One part when they cannot be cut. */
function cut(known: readonly Known[], trait: Trait, month: number): Known[][] {
  const byClass = new Map<string, Known[]>();
  for (const one of known) {
    const own = byClass.get(one.cell[trait]);
    if (own) own.push(one);
    else byClass.set(one.cell[trait], [one]);
  }
  // What is not known stands with the small ones: it is no class.
  const classes = [...byClass].sort(([a, one], [b, other]) => one.length - other.length || (a < b ? -1 : 1));
  const small = classes.filter(([name, own]) => name === '' || !stands(own, month)).map(([, own]) => own);
  const large = classes.filter(([name, own]) => name !== '' && stands(own, month)).map(([, own]) => own);
  let rest = inOrder(small.flat());
  while (rest.length > 0 && !stands(rest, month) && large.length > 0) rest = inOrder([...rest, ...large.shift() ?? []]);
  return rest.length > 0 ? [...large, rest] : large;
}

function groupOf(known: readonly Known[], traits: readonly Trait[], month: number): Group {
  const classes = Object.fromEntries(TRAITS.map((trait) => [trait, new Set(known.map(({ cell }) => cell[trait]))])) as unknown as Group['classes'];
  const [by, ...others] = traits;
  if (by === undefined) return { deals: capped(admitted(known.map(({ deal }) => deal), month)), classes, parts: [], by: null };
  const cuts = cut(known, by, month);
  if (cuts.length === 1) return groupOf(known, others, month);
  const parts = cuts.map((part) => groupOf(part, others, month));
  return { deals: parts.flatMap(({ deals }) => deals), classes, parts, by };
}

/** What everybody is told of the deals of one currency in the month of `today`: those of before it. */
export function sheetOf(deals: readonly Deal[], today: Day): Sheet {
  const month = monthOf(today);
  const known = inOrder(deals.map((deal) => ({ deal, cell: cellOf(deal) })));
  if (!stands(known, month)) return null;
  return groupOf(known, TRAITS, month);
}

/** The groups that an occasion lies in, the widest first, as far as those of others in them are enough for `readers`. */
export function groupsFor(sheet: Sheet, cell: Cell, readers: Readers = nobody): Group[] {
  const found: Group[] = [];
  for (let at: Group | undefined = sheet ?? undefined; at && enough(at.deals, readers);) {
    found.push(at);
    const { by, parts }: Group = at;
    at = by === null ? undefined : parts.find(({ classes }) => classes[by].has(cell[by]));
  }
  return found;
}

/** By what a group was widened beyond the occasion's own class. */
export const widened = ({ classes }: Group, cell: Cell): Trait[] => TRAITS.filter((trait) => cell[trait] === '' || classes[trait].size !== 1 || !classes[trait].has(cell[trait]));

/** The last day of which a deal counts in the month of `today`. */
export const knownUntil = (today: Day): Day => addDays(`${today.slice(0, 7)}-01`, -1);
