import { AppError } from '../core/errors.ts';
import type { Day } from '../core/time.ts';
import { isSame, usualLimits, usualRates, usualWeights, type Bid, type Forbidden, type Hours, type Limits, type Question, type Rates, type Visit, type Weights } from './question.ts';
import type { Edit } from './view.ts';

/* A scenario as it is kept, and what one change by hand makes of it. */

/** What somebody says that a venue pays an artist, in minor units, instead of what it says itself. */
export interface Priced { readonly artist: string; readonly venue: string; readonly priceMinor: number }

/** A scenario, whole. A pin is one of its visits. */
export interface Doc {
  readonly visits: readonly Visit[];
  readonly pins: readonly Visit[];
  readonly forbidden: readonly Forbidden[];
  readonly prices: readonly Priced[];
  /** Not there before it could be said. */
  readonly hours?: readonly Hours[];
  readonly limits: Limits;
  readonly rates: Rates;
  readonly weights: Weights;
}

/** A scenario that nobody has touched. */
export const blank: Doc = { visits: [], pins: [], forbidden: [], prices: [], limits: usualLimits, rates: usualRates, weights: usualWeights };

/** What a change is looked at against. `today` is the first day on which anything can still be. */
export interface Ground extends Pick<Question, 'from' | 'until' | 'artists' | 'bids'> { readonly today: Day }

const has = (visits: readonly Visit[], visit: Visit): boolean => visits.some((one) => isSame(one, visit));
const without = (visits: readonly Visit[], visit: Visit): Visit[] => visits.filter((one) => !isSame(one, visit));
/** In order of days, artists and venues, so that the same scenario is always written alike. */
const inOrder = (visits: readonly Visit[]): Visit[] => [...visits].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
const keyOf = ({ day, artist, venue }: Visit): string => `${day} ${artist} ${venue}`;
const plain = ({ artist, venue, day }: Visit): Visit => ({ artist, venue, day });
const isForbidden = (one: Forbidden, { artist, venue, day }: Forbidden): boolean => one.artist === artist && one.venue === venue && one.day === day;

/**
 * A scenario after one change by hand. What rules say of it is reckoned later: here is refused only what cannot be meant.
 *
 * @throws AppError `tour_date_signed` for a date that stands, `tour_day_outside`, `tour_no_bid`, `tour_stop_unknown`, `not_found` for an artist who is not of the plan.
 */
export function applied(doc: Doc, edit: Edit, ground: Ground): Doc {
  switch (edit.kind) {
    case 'move': return moved(doc, ground, edit.visit, { artist: edit.artist ?? edit.visit.artist, venue: edit.visit.venue, day: edit.to });
    case 'add': return { ...doc, visits: inOrder([...doc.visits, fresh(doc, ground, edit.visit)]), forbidden: open(doc.forbidden, edit.visit) };
    case 'remove': {
      const visit = known(doc, ground, edit.visit);
      return { ...doc, visits: without(doc.visits, visit), pins: without(doc.pins, visit) };
    }
    case 'pin': {
      // A day that has no stop yet is pinned by putting one there.
      const visits = has(doc.visits, edit.visit) ? doc.visits : inOrder([...doc.visits, fresh(doc, ground, edit.visit)]);
      return { ...doc, visits, pins: inOrder([...without(doc.pins, edit.visit), plain(edit.visit)]), forbidden: open(doc.forbidden, edit.visit) };
    }
    case 'unpin': return { ...doc, pins: without(doc.pins, known(doc, ground, edit.visit)) };
    case 'swap': {
      const [one, other] = edit.visits.map((visit) => known(doc, ground, visit)) as [Visit, Visit];
      const between = moved({ ...doc, visits: without(doc.visits, other), pins: without(doc.pins, other) }, ground, one, { ...one, day: other.day });
      const there = fresh(between, ground, { ...other, day: one.day });
      return { ...between, visits: inOrder([...between.visits, there]), pins: has(doc.pins, other) ? inOrder([...between.pins, there]) : between.pins };
    }
    case 'forbid': {
      const { artist, venue, day } = edit;
      mine(ground, artist);
      const kept = (visit: Visit): boolean => visit.artist !== artist || visit.venue !== venue || (day !== null && visit.day !== day);
      return { ...doc, forbidden: [...doc.forbidden.filter((one) => !isForbidden(one, edit)), { artist, venue, day }], visits: doc.visits.filter(kept), pins: doc.pins.filter(kept) };
    }
    case 'allow': return { ...doc, forbidden: doc.forbidden.filter((one) => !isForbidden(one, edit)) };
    case 'price': {
      const { artist, venue, priceMinor } = edit;
      bid(ground, { artist, venue });
      return { ...doc, prices: [...doc.prices.filter((one) => one.artist !== artist || one.venue !== venue), { artist, venue, priceMinor }] };
    }
    case 'hours': {
      const { artist, venue, soundCheck, doors } = edit;
      mine(ground, artist);
      const others = (doc.hours ?? []).filter((one) => one.artist !== artist || one.venue !== venue);
      return { ...doc, hours: soundCheck || doors ? [...others, { artist, venue, soundCheck, doors }] : others };
    }
    case 'limits': return { ...doc, limits: edit.limits };
    case 'rates': return { ...doc, rates: edit.rates };
    case 'weights': return { ...doc, weights: edit.weights };
  }
}

/** The artists whose days a change touches: around them a tour is mended. Limits, rates and weights touch all. */
export function touchedBy(edit: Edit, all: readonly string[]): readonly string[] {
  switch (edit.kind) {
    case 'move': return [...new Set([edit.visit.artist, edit.artist ?? edit.visit.artist])];
    case 'add': case 'remove': case 'pin': case 'unpin': return [edit.visit.artist];
    case 'swap': return [...new Set(edit.visits.map(({ artist }) => artist))];
    case 'forbid': case 'allow': case 'price': return [edit.artist];
    case 'hours': return [];
    case 'limits': case 'rates': case 'weights': return all;
  }
}

/** The days that a change touches: a tour is mended around them; none where it is about all. */
export function daysOf(edit: Edit): readonly Day[] {
  switch (edit.kind) {
    case 'move': return [edit.visit.day, edit.to];
    case 'add': case 'remove': case 'pin': case 'unpin': return [edit.visit.day];
    case 'swap': return edit.visits.map(({ day }) => day);
    case 'forbid': case 'allow': return edit.day === null ? [] : [edit.day];
    case 'price': case 'hours': case 'limits': case 'rates': case 'weights': return [];
  }
}

/** The stops that a change puts somewhere: when a tour is mended around it, they stay where the hand put them. */
export function placedBy(edit: Edit): readonly Visit[] {
  if (edit.kind === 'move') return [{ artist: edit.artist ?? edit.visit.artist, venue: edit.visit.venue, day: edit.to }];
  if (edit.kind === 'add' || edit.kind === 'pin') return [plain(edit.visit)];
  if (edit.kind !== 'swap') return [];
  const [one, other] = edit.visits;
  return [{ ...plain(one), day: other.day }, { ...plain(other), day: one.day }];
}

/** Bids with the prices of the scenario that asked last, by the list that they were made from: what is counted of a list of bids is counted once. */
const priced = new WeakMap<readonly Bid[], { readonly by: string; readonly bids: readonly Bid[] }>();

function pricedBy(bids: readonly Bid[], prices: readonly Priced[]): readonly Bid[] {
  if (prices.length === 0) return bids;
  const by = JSON.stringify(prices);
  const known = priced.get(bids);
  if (known?.by === by) return known.bids;
  const own = new Map(prices.map((one) => [`${one.artist} ${one.venue}`, one.priceMinor]));
  const made = bids.map((one) => {
    const priceMinor = own.get(`${one.artist} ${one.venue}`);
    // What a day alone cost is said no more.
    return priceMinor === undefined ? one : { ...one, priceMinor, prices: {} };
  });
  priced.set(bids, { by, bids: made });
  return made;
}

/** The question that a scenario asks: what is there, with its own prices, limits and wishes. */
export const questionOf = (base: Question, { prices, limits, rates, weights, pins, forbidden }: Doc): Question => ({ ...base, bids: pricedBy(base.bids, prices), limits, rates, weights, pins, forbidden });

/** A scenario without what is not its own any more: artists who left, and stops whose booking stands as a fixed date by now. */
export function settled(doc: Doc, { artists }: Pick<Question, 'artists'>, agreed: readonly Pick<Visit, 'artist' | 'venue'>[]): Doc {
  const here = new Set(artists.map(({ id }) => id));
  const gone = new Set(agreed.map(({ artist, venue }) => `${artist} ${venue}`));
  const stays = ({ artist, venue }: Pick<Visit, 'artist' | 'venue'>): boolean => here.has(artist) && !gone.has(`${artist} ${venue}`);
  if ([...doc.visits, ...doc.pins].every(stays) && [...doc.forbidden, ...doc.prices].every(({ artist }) => here.has(artist))) return doc;
  return { ...doc, visits: doc.visits.filter(stays), pins: doc.pins.filter(stays), forbidden: doc.forbidden.filter(({ artist }) => here.has(artist)), prices: doc.prices.filter(({ artist }) => here.has(artist)) };
}

/** Moves a stop, with its pin when it has one. */
function moved(doc: Doc, ground: Ground, visit: Visit, to: Visit): Doc {
  const from = known(doc, ground, visit);
  const rest = { ...doc, visits: without(doc.visits, from), pins: without(doc.pins, from) };
  const there = fresh(rest, ground, to);
  return { ...rest, visits: inOrder([...rest.visits, there]), pins: has(doc.pins, from) ? inOrder([...rest.pins, there]) : rest.pins, forbidden: open(doc.forbidden, there) };
}

/** What was forbidden and is now wanted by hand is not forbidden any more. */
const open = (forbidden: readonly Forbidden[], { artist, venue, day }: Visit): readonly Forbidden[] =>
  forbidden.filter((one) => one.artist !== artist || one.venue !== venue || (one.day !== null && one.day !== day));

/** A stop of the scenario. @throws AppError `tour_date_signed` when the day of the artist is a fixed one, `tour_stop_unknown`. */
function known(doc: Doc, ground: Ground, visit: Visit): Visit {
  if (has(doc.visits, visit)) return plain(visit);
  if (isFixed(ground, visit)) throw new AppError('tour_date_signed', { day: visit.day });
  throw new AppError('tour_stop_unknown');
}

/** A stop that can be put into the scenario. */
function fresh(doc: Doc, ground: Ground, visit: Visit): Visit {
  if (visit.day < ground.from || visit.day > ground.until || visit.day < ground.today) throw new AppError('tour_day_outside', { day: visit.day });
  bid(ground, visit);
  if (isFixed(ground, visit)) throw new AppError('tour_date_signed', { day: visit.day });
  if (has(doc.visits, visit)) throw new AppError('tour_stop_unknown');
  return plain(visit);
}

function mine({ artists }: Ground, id: string): Question['artists'][number] {
  const artist = artists.find((one) => one.id === id);
  if (!artist) throw new AppError('not_found');
  return artist;
}

function bid(ground: Ground, { artist, venue }: Pick<Visit, 'artist' | 'venue'>): void {
  mine(ground, artist);
  if (!ground.bids.some((one) => one.artist === artist && one.venue === venue)) throw new AppError('tour_no_bid');
}

const isFixed = (ground: Ground, { artist, day }: Visit): boolean => mine(ground, artist).fixed.some((one) => one.day === day);
