import assert from 'node:assert/strict';
import { zoneOf } from '../calendar/holidays.ts';
import { addDays } from '../core/time.ts';
import type { Binding, Conflict, Unused } from './answer.ts';
import { cannibals, inOrder, waysOf, worthOf, worthOfArtist, type Board } from './board.ts';
import { callOf, callsOfBid, excludes, groundOf, visitOf, worthOfCall, type Call, type Ground } from './ground.ts';
import type { Ways } from './legs.ts';
import { CANNIBAL, type Question, type Visit } from './question.ts';
import { alone, boardOf, conflictsOf, exclusive, told, tooClose, undrivable } from './reckon.ts';
import { search } from './search.ts';

/** How many sweeps are spent on what a rule holds back. */
const EFFORT = 60;

/**
 * Why bids are not in a tour, those that nearly were first: for each the day that would cost least, with what would have to go for it, and what keeps its other days. `more` is how many there are beyond `limit`.
 */
export function whyNot(question: Question, visits: readonly Visit[], of: { readonly artist?: string; readonly limit: number }): { readonly unused: readonly Unused[]; readonly more: number } {
  const ground = groundOf(question);
  const ways = waysOf(ground);
  const { board } = boardOf(ground, visits);
  const stages = new Map<string, Call[]>();
  for (const call of board.flat()) stages.set(`${call.venue} ${call.day}`, [...stages.get(`${call.venue} ${call.day}`) ?? [], call]);
  const asked = question.artists.flatMap(({ id }, artist) => (of.artist === undefined || of.artist === id ? [artist] : []));
  const open = asked.flatMap((artist) => (ground.bidsOf[artist] ?? []).filter(({ venue }) => !board[artist]?.some((call) => call.venue === venue)).map(({ venue, bid }) => ({ artist, venue, bid })));
  // What pays most is asked about first; of very many the rest is a number.
  const asking = open.sort((one, other) => other.bid.priceMinor - one.bid.priceMinor).slice(0, Math.max(of.limit, 400));
  const rivals = new Map(asked.map((artist) => [artist, rivalsOf(ground, board, artist)]));
  const unused = asking.map(({ artist, venue, bid }) => unusedOf(ground, ways[artist] ?? assert.fail(), { board, artist, venue, stages, rivals: rivals.get(artist) ?? assert.fail(), days: [...ground.freeAt.get(bid) ?? []] }));
  unused.sort((one, other) => (one.best?.losesMinor ?? Infinity) - (other.best?.losesMinor ?? Infinity) || other.priceMinor - one.priceMinor);
  return { unused: unused.slice(0, of.limit), more: Math.max(0, open.length - of.limit) };
}

interface Asked { readonly board: Board; readonly artist: number; readonly venue: number; readonly stages: ReadonlyMap<string, readonly Call[]>; readonly rivals: (call: Call) => number; readonly days: readonly number[] }

function unusedOf(ground: Ground, ways: Ways, { board, artist, venue, stages, rivals, days }: Asked): Unused {
  const own = board[artist] ?? [];
  const reasons = new Map<string, { days: number; conflict: Conflict }>();
  let best: Unused['best'] = null;
  const first = callOf(ground, artist, venue, days[0] ?? 0) ?? assert.fail();
  const now = worthAround(ground, ways, own, rivals);
  for (const day of days) {
    const call = callOf(ground, artist, venue, day) ?? assert.fail();
    const kept = keptOff(ground, call, stages, own);
    const note = (conflict: Conflict) => { const known = reasons.get(conflict.rule); if (known) known.days += 1; else reasons.set(conflict.rule, { days: 1, conflict }); };
    if (kept) { note(kept); continue; }
    const { without, against } = madeRoom(ground, ways, own, call);
    if (against) note(against);
    if (without === null) continue;
    const loses = Math.round(now - worthAround(ground, ways, inOrder([...own.filter((one) => !without.includes(one)), call]), rivals));
    if (best && loses >= best.losesMinor) continue;
    const { weekend, schoolHolidays, publicHolidays } = call;
    best = {
      day: addDays(ground.question.from, day), losesMinor: loses, detourMetres: detourOf(ways, own.filter((one) => !without.includes(one)), call), instead: without.map((one) => visitOf(ground, one)),
      wishes: told({ weekend, schoolHolidays, publicHolidays }), zone: schoolHolidays < 0 ? zoneOf(ground.question.spots[call.place]?.insee ?? '') ?? '' : '',
    };
  }
  return {
    artist: ground.question.artists[artist]?.id ?? '', venue: ground.question.venues[venue]?.id ?? '', priceMinor: first.priceMinor, best,
    reasons: [...reasons.values()].sort((one, other) => other.days - one.days),
  };
}

/** What keeps a show off a day whatever else is played: rules of the show itself, a stage that is taken, a show that stands. */
function keptOff(ground: Ground, call: Call, stages: ReadonlyMap<string, readonly Call[]>, own: readonly Call[]): Conflict | null {
  const [wrong] = alone(ground, call);
  if (wrong) return wrong;
  const there = stages.get(`${call.venue} ${call.day}`) ?? [];
  const other = there[0];
  if (other && there.length >= (ground.question.venues[call.venue]?.stages ?? 1)) return { rule: 'venue_full', stops: [visitOf(ground, other), visitOf(ground, call)] };
  for (const one of own) {
    if (one.fixed === null) continue;
    const why = excludes(ground, one, call);
    if (why) return exclusive(ground, one, call, why);
    if (one.day === call.day) return tooClose(ground, one, call);
  }
  return null;
}

/** The fewest neighbours that have to go so that a show can be, and the rule by which the first of them does; null when what stands does not let it in. */
function madeRoom(ground: Ground, ways: Ways, own: readonly Call[], call: Call): { readonly without: readonly Call[] | null; readonly against: Conflict | null } {
  const out: Call[] = [];
  let against: Conflict | null = null;
  for (;;) {
    const left = own.filter((one) => !out.includes(one));
    const hit = inTheWay(ground, ways, left, call);
    if (!hit) return { without: out, against };
    against ??= hit.conflict;
    if (hit.call.fixed !== null) return { without: null, against: hit.conflict };
    out.push(hit.call);
  }
}

/** One that a show cannot stand beside, and why. */
function inTheWay(ground: Ground, ways: Ways, own: readonly Call[], call: Call): { readonly call: Call; readonly conflict: Conflict } | null {
  for (const one of own) {
    const close = tooClose(ground, one, call);
    if (close) return { call: one, conflict: close };
    const why = excludes(ground, one, call);
    if (why) return { call: one, conflict: exclusive(ground, one, call, why) };
  }
  const before = own.findLast(({ day }) => day < call.day);
  const after = own.find(({ day }) => day > call.day);
  for (const [from, to, other] of [[before, call, before], [call, after, after]] as const) {
    if (from && to && other && ways.cost(from, to) === Infinity) return { call: other, conflict: undrivable(ground, from, to) };
  }
  const { mostShows } = ground.question.limits;
  if (mostShows > 0 && own.length >= mostShows) {
    const least = own.filter(({ fixed }) => fixed === null).sort((one, other) => worthOfCall(one) - worthOfCall(other))[0];
    if (least) return { call: least, conflict: { rule: 'most_shows', stops: own.map((one) => visitOf(ground, one)), most: mostShows } };
  }
  return null;
}

/** How many shows of others take a show's public. They are found by their days, and each show is asked about once: a year of twenty-five artists is asked about a hundred thousand times. */
function rivalsOf(ground: Ground, board: Board, artist: number): (call: Call) => number {
  const onDay = new Map<number, Call[]>();
  if (ground.question.weights.cannibal > 0) board.forEach((calls, other) => { if (other !== artist) for (const call of calls) onDay.set(call.day, [...onDay.get(call.day) ?? [], call]); });
  const known = new Map<Call, number>();
  return (call) => {
    let count = known.get(call);
    if (count === undefined) {
      count = 0;
      for (let day = call.day - CANNIBAL.days; day <= call.day + CANNIBAL.days; day += 1) for (const other of onDay.get(day) ?? []) if (cannibals(ground, call, other) !== null) count += 1;
      known.set(call, count);
    }
    return count;
  };
}

/** What an artist's shows are worth beside those of the others. */
function worthAround(ground: Ground, ways: Ways, own: readonly Call[], rivals: (call: Call) => number): number {
  const { cannibal } = ground.question.weights;
  let worth = worthOfArtist(ways, own);
  for (const call of own) worth -= cannibal * rivals(call);
  return worth;
}

function detourOf(ways: Ways, own: readonly Call[], call: Call): number {
  const [before, after] = [own.findLast(({ day }) => day < call.day) ?? null, own.find(({ day }) => day > call.day) ?? null];
  const metres = (from: Call | null, to: Call | null) => (from || to ? ways.way(from, to)?.metres ?? 0 : 0);
  return metres(before, call) + metres(call, after) - metres(before, after);
}

/**
 * The fewest things that cannot hold together, when pins and shows that stand contradict each other: two of them and the rule between. Empty when all can be kept; and when nothing is pinned but nothing can be
 * played either, the fewest rules that keep a show away.
 */
export function clashOf(question: Question): readonly Conflict[] {
  const ground = groundOf(question);
  const ways = waysOf(ground);
  const { board, strange } = boardOf(ground, question.pins);
  const wrong = [...strange, ...conflictsOf(ground, ways, board)];
  if (wrong.length > 0) return wrong.sort((one, other) => one.stops.length - other.stops.length).slice(0, 3);
  if (board.some((calls) => calls.length > 0)) return [];
  const open = ground.bidsOf.flatMap((bids, artist) => bids.map(({ venue, bid }) => ({ artist, venue, bid, way: ways[artist] ?? assert.fail() })));
  // The way there and back is the same on each day of a bid: one day that the rules of a show let be is enough to know.
  const can = open.some(({ artist, venue, bid, way }) => {
    const [call] = callsOfBid(ground, { artist, venue, bid, from: 0, until: ground.days - 1 });
    return call !== undefined && way.way(null, call) !== null && way.way(call, null) !== null;
  });
  if (can) return [];
  let fewest: readonly Conflict[] | null = null;
  for (const { artist, venue, bid, way } of open) {
    for (const day of ground.freeAt.get(bid) ?? []) {
      const against = conflictsOf(ground, [way], [[callOf(ground, artist, venue, day) ?? assert.fail()]]);
      if (!fewest || against.length < fewest.length) fewest = against;
      // Nothing can be had: one rule is the fewest there can be.
      if (fewest.length === 1) return fewest;
    }
  }
  return fewest ?? [];
}

/** Rules that hold a tour back, and what a short search finds the tour would be worth more without each, the most first. A rule that holds nothing back is not named. */
export function bindingsOf(question: Question, visits: readonly Visit[]): readonly Binding[] {
  const ground = groundOf(question);
  const ways = waysOf(ground);
  const { board } = boardOf(ground, visits);
  const [worth, shows] = [worthOf(ground, ways, board), board.flat().length];
  const { limits, artists, venues } = question;
  const loosened: readonly (readonly [Binding['rule'], Question])[] = [
    ['drive', { ...question, limits: { ...limits, driveMinutes: limits.driveMinutes + 120 } }],
    ['rest', { ...question, limits: { ...limits, restMinutes: Math.max(0, limits.restMinutes - 120) } }],
    ...(limits.leastGap > 1 ? [['least_gap', { ...question, limits: { ...limits, leastGap: 1 } }] as const] : []),
    ...(limits.mostShows > 0 ? [['most_shows', { ...question, limits: { ...limits, mostShows: limits.mostShows + 1 } }] as const] : []),
    ...(venues.some(({ exclusive: zone }) => zone) ? [['exclusive', { ...question, venues: venues.map((venue) => ({ ...venue, exclusive: null })) }] as const] : []),
    ...(artists.some(({ floorMinor }) => floorMinor > 0) ? [['floor', { ...question, artists: artists.map((artist) => ({ ...artist, floorMinor: 0 })) }] as const] : []),
    ...(artists.some(({ busy }) => busy.length > 0) ? [['artist_busy', { ...question, artists: artists.map((artist) => ({ ...artist, busy: [] })) }] as const] : []),
  ];
  return loosened.flatMap(([rule, free]): Binding[] => {
    const open = groundOf(free);
    const { board: better } = search(open, { seed: 1, effort: EFFORT, from: boardOf(open, visits).board, warmth: 0.1 });
    const gains = Math.round(worthOf(open, waysOf(open), better) - worth);
    return gains > 0 ? [{ rule, gainsMinor: gains, gainsShows: better.flat().length - shows }] : [];
  }).sort((one, other) => other.gainsMinor - one.gainsMinor);
}
