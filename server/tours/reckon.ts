import assert from 'node:assert/strict';
import { daysBetween } from '../core/time.ts';
import { NO_WAY } from '../roads/great-circle.ts';
import type { Compared, Conflict, Leg, Stop, Sums, Tour } from './answer.ts';
import { basinsOf } from './basins.ts';
import { inOrder, pairsOf, waysOf, type Board } from './board.ts';
import { callAt, dateOf, excludes, groundOf, keyOf, nameOf, pinnedOf, visitOf, type Call, type Ground } from './ground.ts';
import { roomFor, type Ride, type Way, type Ways } from './legs.ts';
import { naiveOf } from './naive.ts';
import type { Question, Visit } from './question.ts';
import { sharedOf } from './shares.ts';

/** A tour reckoned anew from its visits, those that stand included: every leg, every sum, and whatever is wrong with it. Nothing is put right. What the question has no venue or artist for is left out. */
export function reckon(question: Question, visits: readonly Visit[]): Tour {
  const ground = groundOf(question);
  const ways = waysOf(ground);
  const { board, strange } = boardOf(ground, visits);
  const pinned = pinnedOf(ground);
  const ridden = board.map((calls, artist) => rideOf(ways[artist] ?? assert.fail(), calls));
  const shared = sharedOf(ground, board, ridden);
  const pairs = pairsOf(ground, board);
  const { cannibal } = question.weights;
  const byArtist = board.map((calls, artist) => ({ artist: question.artists[artist]?.id ?? '', ...sumsOf([{ calls, ride: ridden[artist] ?? [] }], {
    shared: shared.reduce((sum, { parts }) => sum + parts.filter((part) => part.artist === question.artists[artist]?.id).reduce((own, { aloneMinor, paysMinor }) => own + aloneMinor - paysMinor, 0), 0), cannibal: 0,
  }) }));
  const stops = inOrder(board.flat()).map((call) => stopOf(ground, call, pinned));
  return {
    stops, basins: basinsOf(question.spots, stops),
    legs: board.flatMap((_, artist) => legsOf(ground, artist, ridden[artist] ?? [])),
    sums: sumsOf(board.map((calls, artist) => ({ calls, ride: ridden[artist] ?? [] })), { shared: shared.reduce((sum, { saved }) => sum + saved, 0), cannibal: cannibal * pairs.length }),
    byArtist, shared,
    conflicts: [...strange, ...conflictsOf(ground, ways, board)],
    inOrder: comparedBy(ways, board.map((calls, artist) => naiveOf(ground, ways, artist, calls.length))),
    pointToPoint: comparedBy(ways, board, true),
    cannibal: pairs.map(({ one, other, km }) => ({ stops: [visitOf(ground, one), visitOf(ground, other)] as const, km: Math.round(km), minor: cannibal })),
  };
}

/** Visits as shows, with what stands. A visit nobody bids for stands at no price, and is told. */
export function boardOf(ground: Ground, visits: readonly Visit[]): { readonly board: Board; readonly strange: readonly Conflict[] } {
  const { question } = ground;
  const board = ground.fixed.map((calls) => [...calls]);
  const strange: Conflict[] = [];
  const seen = new Set<string>();
  for (const visit of visits) {
    const [artist, venue] = [ground.artistAt.get(visit.artist), ground.venueAt.get(visit.venue)];
    const where = question.venues[venue ?? -1];
    if (artist === undefined || venue === undefined || !where) continue;
    const own = callAt(ground, visit);
    if (!own) strange.push({ rule: 'no_bid', stops: [visit] });
    const { place, capacity, loadIn, ends, exclusive } = where;
    const call = own ?? { artist, venue, day: daysBetween(question.from, visit.day), place, capacity, loadIn, ends, exclusive, priceMinor: 0, commissionMinor: 0, weekend: 0, schoolHolidays: 0, publicHolidays: 0, fixed: null };
    if (seen.has(nameOf(call)) || ground.fixed[artist]?.some((one) => one.venue === venue && one.day === call.day)) continue;
    seen.add(nameOf(call));
    board[artist]?.push(call);
  }
  return { board: board.map(inOrder), strange };
}

/** The ways of an artist: out, on, and home. */
function rideOf(ways: Ways, calls: readonly Call[]): Ride[] {
  const stations = [null, ...calls, null];
  return calls.length === 0 ? [] : stations.slice(1).map((to, i) => {
    const from = stations[i] ?? null;
    return { from, to, way: ways.way(from, to) ?? ways.forced(from, to) };
  });
}

function legsOf(ground: Ground, artist: number, ride: readonly Ride[]): Leg[] {
  const who = ground.question.artists[artist] ?? assert.fail();
  const day = (call: Call | null) => (call ? dateOf(ground, call.day) : null);
  return ride.map(({ from, to, way }): Leg => ({
    artist: who.id, from: day(from), to: day(to), places: [from?.place ?? who.home, ...(way.home ? [who.home] : []), to?.place ?? who.home],
    metres: way.metres, minutes: way.minutes, nights: way.nights, idleDays: way.idle, home: way.home, transportMinor: way.transport, lodgingMinor: way.lodging, crewMinor: way.crew, mealsMinor: way.meals, grams: way.grams,
    wishes: told({ spacing: -way.spacing, progression: -way.progression, carbonTonne: -way.carbonTonne, hour: -way.hour }),
  }));
}

function stopOf(ground: Ground, call: Call, pinned: ReadonlySet<string>): Stop {
  const { question } = ground;
  const visit = visitOf(ground, call);
  const fixed = call.fixed === null ? null : question.artists[call.artist]?.fixed.find(({ id }) => id === call.fixed);
  return {
    ...visit, standing: call.fixed !== null ? 'fixed' : pinned.has(nameOf(call)) ? 'pinned' : 'planned', title: fixed?.title ?? question.venues[call.venue]?.name ?? '',
    place: call.place, city: question.spots[call.place]?.city ?? '', capacity: call.capacity, priceMinor: call.priceMinor,
    wishes: told({ weekend: call.weekend, schoolHolidays: call.schoolHolidays, publicHolidays: call.publicHolidays }),
  };
}

/** What weights make of something, each by its name, where they make anything of it. */
export const told = <K extends string>(wishes: Record<K, number>): Partial<Record<K, number>> => Object.fromEntries(Object.entries(wishes).filter(([, minor]) => minor !== 0)) as Partial<Record<K, number>>;

interface Travelled { readonly calls: readonly Call[]; readonly ride: readonly Ride[] }

function sumsOf(all: readonly Travelled[], { shared, cannibal }: { readonly shared: number; readonly cannibal: number }): Sums {
  const calls = inOrder(all.flatMap((one) => one.calls));
  const ways = all.flatMap(({ ride }) => ride.map(({ way }) => way));
  const total = (value: (way: Way) => number) => ways.reduce((sum, way) => sum + value(way), 0);
  const [revenue, commission] = [calls.reduce((sum, { priceMinor }) => sum + priceMinor, 0), calls.reduce((sum, { commissionMinor }) => sum + commissionMinor, 0)];
  const costs = total(({ transport, lodging, crew, meals }) => transport + lodging + crew + meals) - shared;
  const wishes = calls.reduce((sum, { weekend, schoolHolidays, publicHolidays }) => sum + weekend + schoolHolidays + publicHolidays, 0) - total(({ spacing, progression, carbonTonne, hour }) => spacing + progression + carbonTonne + hour) - cannibal;
  let earned = 0;
  const even = calls.findIndex(({ priceMinor, commissionMinor }) => { earned += priceMinor - commissionMinor; return earned >= costs; });
  const margin = revenue - commission - costs;
  return {
    shows: calls.length, revenueMinor: revenue, commissionMinor: commission, transportMinor: total(({ transport }) => transport), lodgingMinor: total(({ lodging }) => lodging), crewMinor: total(({ crew }) => crew), mealsMinor: total(({ meals }) => meals),
    sharedMinor: shared, marginMinor: margin, wishesMinor: wishes, worthMinor: margin + wishes, metres: total(({ metres }) => metres), minutes: total(({ minutes }) => minutes), nights: total(({ nights }) => nights), grams: total(({ grams }) => grams), breaksEven: even < 0 ? null : even + 1,
  };
}

/** What the road costs, all in, of other plans of the same artists: as they are driven, or each show from home and back. */
function comparedBy(ways: readonly Ways[], board: Board, each = false): Compared {
  const rides = board.flatMap((calls, artist) => (each ? calls.flatMap((call) => rideOf(ways[artist] ?? assert.fail(), [call])) : rideOf(ways[artist] ?? assert.fail(), calls)));
  const total = (value: (way: Way) => number) => rides.reduce((sum, { way }) => sum + value(way), 0);
  return { shows: board.flat().length, logisticsMinor: total(({ transport, lodging, crew, meals }) => transport + lodging + crew + meals), metres: total(({ metres }) => metres), grams: total(({ grams }) => grams) };
}

/** Everything that is wrong with a board, by every hard rule. */
export function conflictsOf(ground: Ground, ways: readonly Ways[], board: Board): Conflict[] {
  const { question } = ground;
  const visit = (call: Call) => visitOf(ground, call);
  const stages = new Map<string, Call[]>();
  for (const call of board.flat()) if (call.venue >= 0) stages.set(`${call.venue} ${call.day}`, [...stages.get(`${call.venue} ${call.day}`) ?? [], call]);
  const full = [...stages.values()].flatMap((calls) => calls.slice(question.venues[calls[0]?.venue ?? -1]?.stages ?? 1).map((call): Conflict => ({ rule: 'venue_full', stops: [visit(calls[0] ?? call), visit(call)] })));
  return [...full, ...board.flatMap((calls, artist) => ofArtist(ground, ways[artist] ?? assert.fail(), calls))];
}

function ofArtist(ground: Ground, ways: Ways, calls: readonly Call[]): Conflict[] {
  const { question } = ground;
  const visit = (call: Call) => visitOf(ground, call);
  const found: Conflict[] = calls.flatMap((call) => alone(ground, call));
  [null, ...calls].forEach((from, i) => {
    const to = calls[i] ?? null;
    if (!from && !to) return;
    const close = from && to && tooClose(ground, from, to);
    if (close) found.push(close);
    else if (ways.way(from, to) === null) found.push(undrivable(ground, from, to));
  });
  calls.forEach((one, i) => {
    for (const other of calls.slice(i + 1)) {
      if (one.venue >= 0 && one.venue === other.venue) found.push({ rule: 'twice', stops: [visit(one), visit(other)] });
      const why = excludes(ground, one, other);
      if (why) found.push(exclusive(ground, one, other, why));
    }
  });
  const most = question.limits.mostShows;
  if (most > 0 && calls.length > most) found.push({ rule: 'most_shows', stops: calls.map(visit), most });
  return found;
}

/** Two shows of one artist nearer to each other than the limit lets be, in days; null when they are not. */
export function tooClose(ground: Ground, one: Call, other: Call): Conflict | null {
  const [days, least] = [Math.abs(other.day - one.day), Math.max(1, ground.question.limits.leastGap)];
  return days < least ? { rule: days === 0 ? 'same_day' : 'too_close', stops: [visitOf(ground, one), visitOf(ground, other)], days, least } : null;
}

/** A way that there is no time for, or that is none; null is home. */
export function undrivable(ground: Ground, from: Call | null, to: Call | null): Conflict {
  const { drive, available } = from && to ? roomFor(ground, from, to) : { drive: NO_WAY, available: 0 };
  return { rule: drive >= NO_WAY ? 'no_way' : 'drive', stops: [from && visitOf(ground, from), to && visitOf(ground, to)], minutes: drive >= NO_WAY ? 0 : drive, available: Math.max(0, available) };
}

/** Two shows that exclude each other, the one whose zone it is first. */
export function exclusive(ground: Ground, one: Call, other: Call, { km, rule, by }: NonNullable<ReturnType<typeof excludes>>): Conflict {
  const against = by === one ? other : one;
  return { rule: 'exclusive', stops: [visitOf(ground, by), visitOf(ground, against)], km: Math.round(km), within: rule.km, until: dateOf(ground, by.day + rule.days) };
}

/** What is wrong with a show by itself. */
export function alone(ground: Ground, call: Call): Conflict[] {
  if (call.fixed !== null) return [];
  const { question, forbidden, days } = ground;
  const { artist, venue, day } = call;
  const stops = [visitOf(ground, call)] as const;
  const bid = ground.bidAt.get(keyOf(ground, artist, venue));
  const net = call.priceMinor - call.commissionMinor;
  const floor = question.artists[artist]?.floorMinor ?? 0;
  return [
    ...(day < 0 || day >= days ? [{ rule: 'outside', stops } as const] : []),
    ...(ground.busy[artist]?.[day] ? [{ rule: 'artist_busy', stops } as const] : []),
    ...(bid && day >= 0 && day < days && !ground.freeAt.get(bid)?.includes(day) ? [{ rule: 'venue_not_free', stops } as const] : []),
    ...(forbidden.has(`${artist} ${venue} *`) || forbidden.has(`${artist} ${venue} ${day}`) ? [{ rule: 'forbidden', stops } as const] : []),
    ...(bid && net < floor ? [{ rule: 'floor', stops, netMinor: net, floorMinor: floor } as const] : []),
  ];
}

/** The shows of a board as visits, without those that stand. */
export const visitsOf = (ground: Ground, board: Board): Visit[] => inOrder(board.flat()).filter(({ fixed }) => fixed === null).map((call) => visitOf(ground, call));
