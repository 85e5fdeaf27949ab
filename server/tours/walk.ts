import assert from 'node:assert/strict';
import { excludedDays, type Call, type Ground } from './ground.ts';
import type { Ways } from './legs.ts';
import { SPACING } from './question.ts';

/*
 * The whole period of one artist in one sweep: what it costs to follow one venue by another hangs on the two and on how many days lie between, and whoever has more days than that goes home meanwhile. So a
 * table of venues by venues by days says all ways, and the best that can have come before each show is found by looking back a week and, beyond it, at whoever got home best.
 */

/** Days between two shows that the table knows; with more of them an artist is at home for a while, and the spacing counts no further. */
const NEAR = SPACING.until + SPACING.most;

/** Shows that one artist could give, with what every way between them costs. */
export class Walk {
  readonly calls: readonly Call[];
  readonly #ground: Ground;
  readonly #ways: Ways;
  readonly #near: number;
  readonly #day: Int32Array;
  readonly #site: Int32Array;
  readonly #sites: number;
  /** The first show of each day. */
  readonly #firstOf: Int32Array;
  /** By the later venue, days between and the earlier venue. */
  readonly #between: Float64Array;
  readonly #out: Float64Array;
  readonly #back: Float64Array;
  /** What being home for more than a week costs beside the ways. */
  readonly #apart: number;
  /** By two venues: in so many days of one the other cannot be played; -1 where they do not mind. And the most of them. */
  readonly #excluded: Int16Array;
  readonly #longest: number;
  /** Days on which something has to be, so that no way leads over them. */
  readonly #must: Int32Array;
  /* Of the sweep. */
  readonly #value: Float64Array;
  readonly #link: Int32Array;
  readonly #words: number;
  readonly #used: Uint32Array;

  /** `calls` in order of days; `must` are those among them that have to be. */
  constructor(ground: Ground, ways: Ways, calls: readonly Call[], must: ReadonlySet<Call>) {
    this.calls = calls;
    this.#ground = ground;
    this.#ways = ways;
    const near = this.#near = Math.max(NEAR, ground.question.limits.leastGap);
    const n = calls.length;
    this.#day = Int32Array.from(calls, ({ day }) => day);
    const sites = new Map<string, Call>();
    const numbers = new Map<string, number>();
    this.#site = Int32Array.from(calls, (call) => {
      const name = call.fixed ?? String(call.venue);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, numbers.size);
      sites.set(name, call);
      return numbers.size - 1;
    });
    const count = this.#sites = sites.size;
    this.#firstOf = new Int32Array(ground.days + 1).fill(n);
    for (let i = n - 1; i >= 0; i -= 1) this.#firstOf[calls[i]?.day ?? 0] = i;
    for (let day = ground.days - 1; day >= 0; day -= 1) this.#firstOf[day] = Math.min(this.#firstOf[day] as number, this.#firstOf[day + 1] as number);
    // A venue on a first day, and on each of the days after it.
    const on = [...sites.values()].map((call) => Array.from({ length: near + 1 }, (_, day): Call => ({ ...call, day })));
    this.#between = new Float64Array(count * near * count).fill(Infinity);
    this.#out = Float64Array.from(on, ([call]) => ways.cost(null, call ?? null));
    this.#back = Float64Array.from(on, ([call]) => ways.cost(call ?? null, null));
    on.forEach((later, to) => {
      for (let gap = 1; gap <= near; gap += 1) {
        on.forEach(([earlier], from) => { if (from !== to && earlier) this.#between[(to * near + gap - 1) * count + from] = ways.cost(earlier, later[gap] ?? null); });
      }
    });
    this.#apart = SPACING.most * ground.question.weights.spacing;
    this.#excluded = new Int16Array(count * count).fill(-1);
    let longest = -1;
    if (calls.some(({ exclusive }) => exclusive)) {
      on.forEach(([one], i) => {
        on.forEach(([other], j) => {
          const days = j < i && one && other ? excludedDays(ground, one, other) : -1;
          if (days < 0) return;
          this.#excluded[i * count + j] = this.#excluded[j * count + i] = days;
          longest = Math.max(longest, days);
        });
      });
    }
    this.#longest = longest;
    this.#must = new Int32Array(ground.days + 2);
    for (const { day } of must) this.#must[day + 1] = (this.#must[day + 1] as number) + 1;
    for (let day = 1; day < this.#must.length; day += 1) this.#must[day] = (this.#must[day] as number) + (this.#must[day - 1] as number);
    this.#value = new Float64Array(n);
    this.#link = new Int32Array(n);
    this.#words = Math.max(1, Math.ceil(count / 32));
    this.#used = new Uint32Array(n * this.#words);
  }

  /** How many ways a sweep looks at, about; and how many such ways the table took. */
  get ways(): number { return (this.#near * this.calls.length ** 2) / this.#ground.days; }
  get laid(): number { return 14 * this.#between.length; }

  /** The shows of each venue, by their place among all. */
  bySite(): number[][] {
    const shows: number[][] = Array.from({ length: this.#sites }, () => []);
    this.#site.forEach((site, i) => { shows[site]?.push(i); });
    return shows;
  }

  /** Whether the days between two are free of what has to be, both left out; -1 and the number of days for home. */
  #open = (from: number, to: number): boolean => to - from < 2 || (this.#must[Math.max(0, to)] as number) - (this.#must[Math.max(0, from + 1)] as number) === 0;

  /** The path that is worth most by these figures, as far as one memory a show can say: what it has visited already it does not visit again. */
  best(worth: Float64Array): Call[] {
    const { calls } = this;
    const n = calls.length;
    const [value, link, words] = [this.#value, this.#link, this.#words];
    const [count, near] = [this.#sites, this.#near];
    const days = this.#ground.days;
    // Of those who are home by a day, each better than all before it.
    const home: number[] = [];
    let homeUntil = 0;
    let bestHome = -Infinity;
    for (let j = 0; j < n; j += 1) {
      const day = this.#day[j] as number;
      const site = this.#site[j] as number;
      let [best, from] = [this.#open(-1, day) ? -(this.#out[site] as number) : -Infinity, -1];
      for (; homeUntil < (this.#firstOf[Math.max(0, day - near)] as number); homeUntil += 1) {
        const there = (value[homeUntil] as number) - (this.#back[this.#site[homeUntil] as number] as number);
        if (there > bestHome) { bestHome = there; home.push(homeUntil); }
      }
      for (let h = home.length - 1; h >= 0; h -= 1) {
        const i = home[h] as number;
        const far = (value[i] as number) - (this.#back[this.#site[i] as number] as number) - (this.#out[site] as number) - this.#apart;
        if (far <= best) break;
        if (!this.#open(this.#day[i] as number, day) || !this.#may(i, j)) continue;
        const truly = (value[i] as number) - this.#ways.cost(calls[i] ?? null, calls[j] ?? null);
        if (truly > best) { best = truly; from = i; }
        break;
      }
      for (let gap = 1; gap <= near && gap <= day; gap += 1) {
        if (!this.#open(day - gap, day)) break;
        const row = (site * near + gap - 1) * count;
        const until = this.#firstOf[day - gap + 1] as number;
        for (let i = this.#firstOf[day - gap] as number; i < until; i += 1) {
          const after = (value[i] as number) - (this.#between[row + (this.#site[i] as number)] as number);
          if (after > best && this.#may(i, j)) { best = after; from = i; }
        }
      }
      value[j] = best + (worth[j] as number);
      link[j] = from;
      const own = j * words;
      for (let w = 0; w < words; w += 1) this.#used[own + w] = from < 0 ? 0 : this.#used[from * words + w] as number;
      this.#used[own + (site >> 5)] = (this.#used[own + (site >> 5)] as number) | (1 << (site & 31));
    }
    let [most, last] = [0, -1];
    for (let i = 0; i < n; i += 1) {
      const whole = (value[i] as number) - (this.#back[this.#site[i] as number] as number);
      if (whole > most && this.#open(this.#day[i] as number, days)) { most = whole; last = i; }
    }
    const path: Call[] = [];
    for (let at = last; at >= 0; at = link[at] as number) path.push(calls[at] ?? assert.fail());
    return path.reverse();
  }

  /** Whether a show may come to the path that ends with another. */
  #may(path: number, show: number): boolean {
    const site = this.#site[show] as number;
    if (((this.#used[path * this.#words + (site >> 5)] as number) & (1 << (site & 31))) !== 0) return false;
    if (this.#longest < 0) return true;
    const day = this.#day[show] as number;
    for (let at = path; at >= 0; at = this.#link[at] as number) {
      const apart = day - (this.#day[at] as number);
      if (apart > this.#longest) break;
      if (apart <= (this.#excluded[site * this.#sites + (this.#site[at] as number)] as number)) return false;
    }
    return true;
  }
}
