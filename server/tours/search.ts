import assert from 'node:assert/strict';
import { rng, type Rng } from '../core/rng.ts';
import { cannibals, inOrder, nearness, waysOf, worthOf, worthOfArtist, type Board } from './board.ts';
import { callAt, callsOf, callsOfBid, excludes, nameOf, worthOfCall, type Call, type Ground } from './ground.ts';
import type { Ways } from './legs.ts';
import { choose, type Part } from './part.ts';
import { CANNIBAL, type Bid } from './question.ts';
import { Walk } from './walk.ts';

/*
 * A tour of great worth. What is small enough goes to the core as one problem, exact in all but two artists of one public; what is larger goes to it in parts, an artist's few weeks at a time, with the
 * shows around them as they are, again and again, and by turns with whole periods of one artist, which are swept at once among the venues that look best.
 */

/** How to look: by `effort`, so that seed and effort say the plan, or by a clock, `spent` from 0 to 1. An effort of one is a sweep over some seventy shows, about a third of a millisecond. */
export interface Quest {
  readonly seed: number;
  readonly effort?: number;
  readonly spent?: () => number;
  readonly cancelled?: () => boolean;
  /** Told of each better board, at most once a step. */
  readonly onProgress?: (spent: number, worth: number, board: () => Board) => void;
  readonly from?: Board;
  /** How freely a part leaves what it began from; 1 unless said otherwise. */
  readonly warmth?: number;
  /** What a show counts for when it is looked for; null is not to be had. */
  readonly taste?: (call: Call) => number | null;
  /** Only these artists move. */
  readonly only?: readonly number[];
  /** The first and last day that may change. */
  readonly span?: readonly [number, number];
}

/** A board, and the pins that could not be kept in it. */
export interface FoundBoard { readonly board: Board; readonly worth: number; readonly missed: readonly Call[] }

/** So many shows at most go to the core as one problem; and how many sweeps it has when a clock ends it. */
const JOINT = 900;
const WHOLE = 4_000;
const SWEEPS = { least: 60, most: 12_000 } as const;
/** Weeks of a part in days, how many venues it looks at, how many shows; and how many iterations it has, at first and later. */
const SPAN = 28;
const VENUES = { first: 14, later: 10 } as const;
const CALLS = { first: 90, later: 70 } as const;
/** So many shows more than there may be in the end a part may choose, so that one month can give to another. */
const OVER = 3;
const STEPS = { first: 8, later: 6 } as const;
/** Of so many rounds so many look at whole periods; among how many venues, at first, more each round, at most; in how many sweeps, and how far worth is bent in all but the first. */
const WALKS = { of: 4, rounds: 2 } as const;
const SITES = { first: 80, more: 40, most: 200 } as const;
const WALKED = { sweeps: 6, bend: 0.05 } as const;
/** So many ways looked at are an effort of one. */
const WAYS = 60_000;

/** Looks for a board. The same seed and effort give the same. @throws when neither effort nor a clock ends it. */
export function search(ground: Ground, quest: Quest): FoundBoard {
  assert(quest.effort !== undefined || quest.spent, 'a search ends by effort or by a clock');
  const ways = waysOf(ground);
  const held = heldOf(ground);
  const size = ground.question.artists.reduce((sum, _, artist) => sum + sizeOf(ground, artist), 0);
  const run = new Run(ground, ways, held, quest);
  if (size <= JOINT && !quest.only && !quest.span) run.whole();
  else run.inParts();
  const missed = ground.question.pins.flatMap((pin) => callAt(ground, pin) ?? []).filter((call) => !run.best[call.artist]?.some((one) => nameOf(one) === nameOf(call)));
  return { board: run.best, worth: run.bestWorth, missed };
}

/** Shows that stand, and pins: what has to be, by artist. A pin that the question has no bid for is nobody's. */
function heldOf(ground: Ground): Call[][] {
  const held = ground.fixed.map((calls) => [...calls]);
  for (const pin of ground.question.pins) {
    const call = callAt(ground, pin);
    if (call && call.day >= 0 && call.day < ground.days && !held[call.artist]?.some((one) => nameOf(one) === nameOf(call) || (one.fixed !== null && one.day === call.day))) held[call.artist]?.push(call);
  }
  return held.map(inOrder);
}

/** Those of shows that have to be which count against a limit of those to come: what stands does not move. */
const pinned = (held: readonly Call[]): number => held.filter(({ fixed }) => fixed === null).length;

const sizeOf = (ground: Ground, artist: number): number => (ground.bidsOf[artist] ?? []).reduce((sum, { bid }) => sum + (ground.freeAt.get(bid)?.length ?? 0), 0);

class Run {
  best: Board;
  bestWorth: number;
  readonly #ground: Ground;
  readonly #ways: readonly Ways[];
  readonly #held: readonly (readonly Call[])[];
  readonly #quest: Quest;
  readonly #next: Rng;
  #done = 0;
  /** By artist: what a show has to bring at least, where there may be only so many. */
  readonly #toll: (number | undefined)[] = [];

  constructor(ground: Ground, ways: readonly Ways[], held: readonly (readonly Call[])[], quest: Quest) {
    this.#ground = ground;
    this.#ways = ways;
    this.#held = held;
    this.#quest = quest;
    this.#next = rng(quest.seed);
    const from = quest.from ?? [];
    this.best = held.map((calls, artist) => inOrder([...calls.filter((call, i) => calls.findIndex(({ day }) => day === call.day) === i), ...(from[artist] ?? []).filter((call) => call.fixed === null && calls.every((one) => one.day !== call.day && (one.venue < 0 || one.venue !== call.venue)))]));
    this.bestWorth = this.#worth(this.best);
  }

  /** Everything at once; then each artist beside the others, for what two of one public take from each other. */
  whole(): void {
    const parts = this.#ground.question.artists.map((_, artist): Part => this.#part(artist, this.#tasted(callsOf(this.#ground, artist))));
    const { chosen } = choose(this.#ground, this.#ways, parts, {
      seed: this.#quest.seed, iterations: this.#sweeps(parts.reduce((sum, { calls }) => sum + calls.length, 0)), from: this.best, warmth: this.#quest.warmth ?? 1, worth: this.#taste, stages: (venue, day) => this.#stages(venue, day, []), ...this.#heard(),
    });
    this.#accept(chosen);
  }

  /** As much work as the effort says, in sweeps over so many shows, which take their square; some in any case, and not more than are of use. */
  #sweeps(shows: number): number {
    const { effort } = this.#quest;
    return effort === undefined ? WHOLE : Math.round(Math.min(SWEEPS.most, Math.max(SWEEPS.least, effort * 8 * (70 / Math.max(1, shows)) ** 2)));
  }

  /** Week after week of artist after artist, then whole periods and any weeks by turns. */
  inParts(): void {
    const { artists } = this.#ground.question;
    const [from, until] = this.#quest.span ?? [0, this.#ground.days - 1];
    const who = this.#quest.only ?? artists.map((_, artist) => artist);
    if (this.#quest.from === undefined) {
      for (let day = from; day <= until && !this.#over(); day += SPAN) for (const artist of who) if (!this.#over()) this.#window(artist, day, Math.min(until, day + SPAN - 1), 'first');
    }
    const whole = !this.#quest.only && !this.#quest.span;
    for (let turn = 0; who.length > 0 && !this.#over(); turn += 1) {
      const artist = who[turn % who.length] ?? 0;
      const round = Math.floor(turn / Math.max(1, who.length));
      if (whole && round % WALKS.of < WALKS.rounds) {
        this.#walk(artist, Math.min(SITES.most, SITES.first + SITES.more * round));
        continue;
      }
      const length = Math.min(until - from + 1, Math.round(SPAN * (0.5 + this.#next())));
      const begins = from + Math.floor(this.#next() * (until - from + 2 - length));
      this.#window(artist, begins, begins + length - 1, 'later');
    }
  }

  /** The whole period of an artist anew, among the venues that it has and others that look good beside them. */
  #walk(artist: number, sites: number): void {
    const ground = this.#ground;
    const held = this.#held[artist] ?? [];
    const must = new Set(held);
    const taken = new Set(held.map(({ day }) => day));
    const there = new Set(held.map(({ venue }) => venue).filter((venue) => venue >= 0));
    const stages = this.#stagesBeside(this.best.filter((_, other) => other !== artist), 0, ground.days - 1);
    const free = this.#worthwhile(artist, there, sites)
      .flatMap(({ venue, bid }) => this.#tasted(callsOfBid(ground, { artist, venue, bid, from: 0, until: ground.days - 1 })))
      .filter(({ venue, day }) => !taken.has(day) && stages(venue, day) > 0);
    const walk = new Walk(ground, this.#ways[artist] ?? assert.fail(), inOrder([...held, ...free]), must);
    this.#done += Math.round(walk.laid / WAYS);
    const worth = this.#besideRivals(artist, walk);
    const { mostShows: most } = ground.question.limits;
    const room = most > 0 ? Math.max(held.length, most) : Infinity;
    // A toll on each show leaves as many as there may be; where it begins is of no matter.
    let toll = room === Infinity ? 0 : this.#toll[artist] ?? 0.3 * middleOf(worth);
    let step = 1.3;
    for (let turn = 0; turn < WALKED.sweeps && !this.#over(); turn += 1) {
      const by = turn === 0 ? 0 : WALKED.bend * this.#next();
      const bent = worth.map((its, i) => (must.has(walk.calls[i] ?? assert.fail()) ? 1e10 : its * (by > 0 ? 1 + by * (2 * this.#next() - 1) : 1) - toll));
      const path = walk.best(bent);
      this.#done += Math.max(1, Math.round(walk.ways / WAYS));
      this.#acceptOne(artist, this.#pruned(artist, path, most));
      toll = path.length > room ? toll * step : path.length < room ? toll / step : toll;
      step = 1 + (step - 1) * 0.8;
    }
    this.#toll[artist] = toll;
  }

  /** Bids worth a look for a whole period: those of its shows, and such as bring most for the way from the nearest of them, with luck in it. */
  #worthwhile(artist: number, there: ReadonlySet<number>, sites: number): { readonly venue: number; readonly bid: Bid }[] {
    const { artists, venues, roads } = this.#ground.question;
    const who = artists[artist] ?? assert.fail();
    const perMetre = who.carriage.perKmMinor / 1_000;
    const own = this.best[artist] ?? [];
    const has = new Set(own.map(({ venue }) => venue));
    const round = own.length > 0 ? own.map(({ place }) => place) : [who.home];
    const all = (this.#ground.bidsOf[artist] ?? []).filter(({ venue }) => !there.has(venue));
    const mine = all.filter(({ venue }) => has.has(venue));
    const luck = 0.4 + 0.6 * this.#next();
    const promise = Float64Array.from(all, ({ venue, bid }) => {
      if (has.has(venue)) return -Infinity;
      const place = venues[venue]?.place ?? 0;
      let least = Infinity;
      for (const other of round) least = Math.min(least, roads.metres[other * roads.size + place] as number);
      return (bid.priceMinor - 1.4 * least * perMetre) * (1 - luck * this.#next());
    });
    return [...mine, ...best(promise, Math.max(0, sites - mine.length)).map((at) => all[at] ?? assert.fail())];
  }

  /** What the shows of a walk are worth, less what they cost beside others of one public. */
  #besideRivals(artist: number, walk: Walk): Float64Array {
    const worth = Float64Array.from(walk.calls, (call) => (call.fixed === null ? this.#taste(call) : 0));
    const { question: { weights } } = this.#ground;
    const rivals = this.#rivals(artist, 0, this.#ground.days - 1);
    for (const shows of rivals.length > 0 ? walk.bySite() : []) {
      const place = walk.calls[shows[0] ?? -1]?.place ?? -1;
      for (const rival of rivals) {
        if (nearness(this.#ground, place, rival.place) === null) continue;
        for (const i of shows) if (Math.abs((walk.calls[i]?.day ?? 0) - rival.day) <= CANNIBAL.days) worth[i] = (worth[i] as number) - weights.cannibal;
      }
    }
    return worth;
  }

  /** What a tour would lose without one of its shows. */
  #brings(artist: number, calls: readonly Call[], i: number): number {
    const way = this.#ways[artist] ?? assert.fail();
    const [call, before, after] = [calls[i] ?? assert.fail(), calls[i - 1] ?? null, calls[i + 1] ?? null];
    return this.#taste(call) - way.cost(before, call) - way.cost(call, after) + (before || after ? way.cost(before, after) : 0);
  }

  /** No more shows than there may be: those go that bring least where they are. */
  #pruned(artist: number, calls: readonly Call[], most: number): readonly Call[] {
    if (most <= 0 || calls.length <= most) return calls;
    const must = new Set((this.#held[artist] ?? []).map((call) => call.fixed ?? nameOf(call)));
    const left = inOrder(calls);
    while (left.length > most) {
      let [least, at] = [Infinity, -1];
      left.forEach((call, i) => {
        if (must.has(call.fixed ?? nameOf(call))) return;
        const brings = this.#brings(artist, left, i);
        if (brings < least) { least = brings; at = i; }
      });
      if (at < 0) break;
      left.splice(at, 1);
    }
    return left;
  }

  /** Some weeks of an artist, with what is around them as it is. */
  #window(artist: number, from: number, until: number, when: 'first' | 'later'): void {
    const own = this.best[artist] ?? [];
    const [before, after] = [own.findLast(({ day }) => day < from) ?? null, own.find(({ day }) => day > until) ?? null];
    const inside = own.filter(({ day }) => day >= from && day <= until);
    const around = own.filter((call) => !inside.includes(call));
    const taken = new Set(around.map(({ venue }) => venue));
    const drawnCalls = this.#draw({ artist, from, until, when, near: this.#near([before, after], inside, artist), taken })
      .filter((call) => around.every((one) => excludes(this.#ground, one, call) === null) && (!before || call.day - before.day >= this.#ground.question.limits.leastGap) && (!after || after.day - call.day >= this.#ground.question.limits.leastGap));
    const held = (this.#held[artist] ?? []).filter(({ day }) => day >= from && day <= until);
    const names = new Set([...held, ...drawnCalls].map(nameOf));
    const calls = [...drawnCalls.filter((call) => !held.some((one) => one.day === call.day || (one.venue >= 0 && one.venue === call.venue))), ...inside.filter((call) => !names.has(nameOf(call)))];
    if (calls.length === 0) { this.#done += STEPS.first; return; }
    const others = this.best.filter((_, other) => other !== artist);
    const most = this.#ground.question.limits.mostShows;
    const { chosen } = choose(this.#ground, this.#ways, [{ artist, before, after, calls, held, most: most > 0 ? Math.max(pinned(held), most - around.length - held.length + pinned(held) + OVER) : Infinity }], {
      seed: Math.floor(this.#next() * 2 ** 30), iterations: STEPS[when], from: [inside], warmth: (this.#quest.warmth ?? 1) * (when === 'first' ? 1 : 0.5), worth: this.#besideOthers(artist, from, until), stages: this.#stagesBeside(others, from, until),
      ...(this.#quest.cancelled && { cancelled: this.#quest.cancelled }),
    });
    this.#done += STEPS[when];
    this.#acceptOne(artist, this.#pruned(artist, [...around, ...(chosen[0] ?? []), ...held.filter(({ fixed }) => fixed !== null)], when === 'first' && most > 0 ? Math.ceil((most * (until + 1)) / this.#ground.days) : most));
  }

  /** About where to look: one place, by chance that of a show within, of one around, or of any venue, so that shows near each other come together. */
  #near(around: readonly (Call | null)[], inside: readonly Call[], artist: number): readonly number[] {
    const some = [...inside, ...around.filter((call) => call !== null)];
    const bids = this.#ground.bidsOf[artist] ?? [];
    const venue = bids[Math.floor(this.#next() * bids.length)]?.venue ?? 0;
    const any = this.#ground.question.venues[venue]?.place ?? 0;
    const one = some[Math.floor(this.#next() * some.length)]?.place;
    return [one === undefined || this.#next() < 0.3 ? any : one];
  }

  /** Shows worth a look: of the venues that bring most for the way to them, with luck in it, those days that are free. */
  #draw({ artist, from, until, when, near, taken }: { artist: number; from: number; until: number; when: 'first' | 'later'; near: readonly number[]; taken: ReadonlySet<number> }): Call[] {
    const ground = this.#ground;
    const { artists, venues, roads } = ground.question;
    const who = artists[artist] ?? assert.fail();
    const round = near;
    const perMetre = who.carriage.perKmMinor / 1_000;
    const all = ground.bidsOf[artist] ?? [];
    const promise = Float64Array.from(all, ({ venue, bid }) => {
      const place = venues[venue]?.place ?? 0;
      let least = Infinity;
      for (const other of round) least = Math.min(least, roads.metres[other * roads.size + place] as number);
      return (bid.priceMinor - 1.4 * least * perMetre) * (0.6 + 0.8 * this.#next());
    });
    const calls: Call[] = [];
    let found = 0;
    for (const i of best(promise, 4 * VENUES[when])) {
      const { venue, bid } = all[i] ?? assert.fail();
      if (taken.has(venue)) continue;
      const own = this.#tasted(callsOfBid(ground, { artist, venue, bid, from, until }));
      if (own.length === 0) continue;
      calls.push(...own);
      found += 1;
      if (found >= VENUES[when] || calls.length >= CALLS[when]) break;
    }
    return calls;
  }

  #part(artist: number, calls: readonly Call[]): Part {
    const held = this.#held[artist] ?? [];
    const most = this.#ground.question.limits.mostShows;
    return { artist, before: null, after: null, held, calls: calls.filter((call) => !held.some((one) => one.day === call.day || (one.venue >= 0 && one.venue === call.venue))), most: most > 0 ? Math.max(pinned(held), most - held.length + pinned(held)) : Infinity };
  }

  #tasted = (calls: Call[]): Call[] => (this.#quest.taste ? calls.filter((call) => this.#quest.taste?.(call) !== null) : calls);
  #taste = (call: Call): number => this.#quest.taste?.(call) ?? worthOfCall(call);

  #besideOthers(artist: number, from: number, until: number): (call: Call) => number {
    const { cannibal } = this.#ground.question.weights;
    const rivals = this.#rivals(artist, from, until);
    return (call) => this.#taste(call) - (rivals.length === 0 ? 0 : cannibal * rivals.filter((other) => cannibals(this.#ground, call, other) !== null).length);
  }

  /** The same for some weeks, counted once. */
  #stagesBeside(others: Board, from: number, until: number): (venue: number, day: number) => number {
    const { venues } = this.#ground.question;
    const used = new Map<number, number>();
    for (const calls of others) for (const { venue, day } of calls) if (venue >= 0 && day >= from && day <= until) used.set(venue * this.#ground.days + day, (used.get(venue * this.#ground.days + day) ?? 0) + 1);
    return (venue, day) => (venues[venue]?.stages ?? 1) - (used.get(venue * this.#ground.days + day) ?? 0);
  }

  /** How many stages a venue has left beside some artists' shows. */
  #stages(venue: number, day: number, others: Board): number {
    const here = (calls: readonly Call[]) => calls.filter((call) => call.venue === venue && call.day === day).length;
    const standing = others.length > 0 ? others.reduce((sum, calls) => sum + here(calls), 0) : this.#ground.fixed.reduce((sum, calls) => sum + here(calls), 0);
    return (this.#ground.question.venues[venue]?.stages ?? 1) - standing;
  }

  /** Takes a board that is worth more; shows that stand are always in it. */
  #accept(found: Board): void {
    const whole = found.map((calls, artist) => inOrder([...new Map([...(this.#ground.fixed[artist] ?? []), ...calls].map((call) => [call.fixed ?? nameOf(call), call])).values()]));
    const worth = this.#worth(whole);
    if (worth <= this.bestWorth) return;
    this.best = whole;
    this.bestWorth = worth;
    this.#quest.onProgress?.(this.#spent(), worth, () => whole);
  }

  /** The same where one artist's shows are others, reckoned by what they change. */
  #acceptOne(artist: number, calls: readonly Call[]): void {
    const own = inOrder([...new Map([...(this.#ground.fixed[artist] ?? []), ...calls].map((call) => [call.fixed ?? nameOf(call), call])).values()]);
    const before = this.best[artist] ?? [];
    // What both have costs both the same beside others.
    const [kept, had] = [new Set(own), new Set(before)];
    const gains = this.#worthBeside(artist, own, had) - this.#worthBeside(artist, before, kept);
    if (gains <= 0) return;
    const whole = this.best.map((its, other) => (other === artist ? own : its));
    this.best = whole;
    this.bestWorth += gains;
    this.#quest.onProgress?.(this.#spent(), this.bestWorth, () => whole);
  }

  /** What an artist's shows are worth beside the others', by taste and pins; what `common` ones cost others is left out. */
  #worthBeside(artist: number, calls: readonly Call[], common: ReadonlySet<Call>): number {
    const { cannibal } = this.#ground.question.weights;
    const changed = calls.filter((call) => !common.has(call));
    const rivals = this.#rivals(artist, changed[0]?.day ?? 0, changed.at(-1)?.day ?? -1);
    let worth = worthOfArtist(this.#ways[artist] ?? assert.fail(), calls);
    if (this.#quest.taste) for (const call of calls) if (call.fixed === null) worth += this.#taste(call) - worthOfCall(call);
    for (const call of changed) {
      for (const rival of rivals) if (cannibals(this.#ground, call, rival) !== null) worth -= cannibal;
    }
    const pins = (this.#held[artist] ?? []).filter((pin) => pin.fixed === null);
    return worth + 1e10 * pins.filter((pin) => calls.some((call) => nameOf(call) === nameOf(pin))).length;
  }

  /** Shows of others of one public about those days. */
  #rivals(artist: number, from: number, until: number): Call[] {
    const { artists, weights } = this.#ground.question;
    const audience = artists[artist]?.audience ?? '';
    if (weights.cannibal === 0 || audience === '') return [];
    return this.best.flatMap((calls, other) => (other === artist || artists[other]?.audience !== audience ? [] : calls.filter(({ day }) => day >= from - CANNIBAL.days && day <= until + CANNIBAL.days)));
  }

  /** By taste while it is looked for: what is counted is the same for all boards. Pins come before any worth. */
  #worth(board: Board): number {
    let worth = worthOf(this.#ground, this.#ways, board);
    if (this.#quest.taste) for (const call of board.flat()) worth += call.fixed === null ? this.#taste(call) - worthOfCall(call) : 0;
    const pins = this.#held.flat().filter((pin) => pin.fixed === null);
    return worth + 1e10 * pins.filter((pin) => board[pin.artist]?.some((call) => nameOf(call) === nameOf(pin))).length;
  }

  #spent = (): number => Math.max(this.#quest.spent?.() ?? 0, this.#quest.effort === undefined ? 0 : this.#done / this.#quest.effort);
  #over = (): boolean => this.#quest.cancelled?.() === true || this.#spent() >= 1;

  #heard() {
    const { cancelled, spent, onProgress } = this.#quest;
    return {
      ...((cancelled || spent) && { cancelled: () => cancelled?.() === true || (spent?.() ?? 0) >= 1 }),
      ...(onProgress && { onProgress: (of: number, chosen: () => Call[][]) => { const board = chosen().map(inOrder); onProgress(of, this.#worth(board), () => board); } }),
    };
  }
}

/** The middle of some numbers; 0 of none. */
const middleOf = (numbers: Float64Array): number => Float64Array.from(numbers).sort()[numbers.length >> 1] ?? 0;

/** The places of the largest numbers, so many, the largest first. */
function best(numbers: Float64Array, count: number): number[] {
  const chosen: number[] = [];
  let least = -Infinity;
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i] as number;
    if (!(number > least)) continue;
    let at = chosen.length;
    while (at > 0 && (numbers[chosen[at - 1] as number] as number) < number) at -= 1;
    chosen.splice(at, 0, i);
    if (chosen.length > count) chosen.pop();
    if (chosen.length === count) least = numbers[chosen[count - 1] as number] as number;
  }
  return chosen;
}
