import { published, together, type Blocker, type Scorecard, type Weights } from './score.ts';

/** A row and how well it fits, exactly; `by` is what it stands by, the highest first. Two of one stand by their rows. */
export interface Ranked {
  readonly row: number;
  readonly total: number;
  readonly by: number;
}

/** What ranking found: the best, how many could be, and how many could not for each reason. */
export interface Ranking {
  readonly best: readonly Ranked[];
  readonly eligible: number;
  readonly blocked: Readonly<Record<string, number>>;
}

/** A scorecard made ready to be summed: the heaviest criteria first, so that who cannot be among the best is known soon. */
interface Ready<F> {
  readonly degrees: readonly ((facts: F) => number)[];
  readonly priors: Float64Array;
  readonly artist: Float64Array;
  readonly place: Float64Array;
  /** What each side could still win after criterion `k`. */
  readonly artistLeft: Float64Array;
  readonly placeLeft: Float64Array;
}

function ready<F>(card: Scorecard<F>, weights: Weights): Ready<F> {
  const order = card.criteria.map((_, k) => k).filter((k) => (weights.artist[k] ?? 0) + (weights.place[k] ?? 0) > 0)
    .sort((a, b) => (weights.artist[b] ?? 0) + (weights.place[b] ?? 0) - (weights.artist[a] ?? 0) - (weights.place[a] ?? 0) || a - b);
  const pick = (from: ArrayLike<number>) => Float64Array.from(order, (k) => from[k] ?? 0);
  const [artist, place] = [pick(weights.artist), pick(weights.place)];
  const left = (all: Float64Array) => all.map((_, k) => all.slice(k + 1).reduce((sum, weight) => sum + weight, 0) + 1e-9);
  return {
    degrees: order.flatMap((k) => card.criteria[k]?.degree ?? []), priors: pick(card.criteria.map(({ prior }) => prior)), artist, place, artistLeft: left(artist), placeLeft: left(place),
  };
}

/** Criteria that are summed before one looks whether the best can still be reached. */
const stride = 8;

/** A pair's sums while it is scored: what each side won of the criteria before `at`. */
interface Sums {
  mine: number;
  theirs: number;
}

/** Adds the criteria from `from` to before `until`. */
function add<F>({ degrees, priors, artist, place }: Ready<F>, facts: F, { sums, from, until }: { sums: Sums; from: number; until: number }): void {
  let { mine, theirs } = sums;
  for (let k = from; k < until; k += 1) {
    const found = degrees[k]?.(facts) ?? NaN;
    const degree = found === found ? found : priors[k] ?? 0;
    mine += (artist[k] ?? 0) * degree;
    theirs += (place[k] ?? 0) * degree;
  }
  sums.mine = mine;
  sums.theirs = theirs;
}

/** What the two could be together if everything from `k` on went as well as it can. */
const most = <F>({ artistLeft, placeLeft }: Ready<F>, { mine, theirs }: Sums, k: number): number => (k === 0 ? 100 : together(mine + (artistLeft[k - 1] ?? 0), theirs + (placeLeft[k - 1] ?? 0)));

/** The exact score of a pair that has met, from criterion `from` on, or -1 as soon as it cannot reach `floor`. */
function total<F>(set: Ready<F>, facts: F, { sums, from, floor }: { sums: Sums; from: number; floor: number }): number {
  const count = set.degrees.length;
  for (let k = from; k < count; k += stride) {
    if (most(set, sums, k) < floor) return -1;
    add(set, facts, { sums, from: k, until: Math.min(count, k + stride) });
  }
  return together(sums.mine, sums.theirs);
}

/** How a search is ranked: which rows, how the facts are laid over the next one, how many are kept, and by what. */
interface How<F> {
  readonly rows: Uint32Array;
  readonly turn: (row: number) => void;
  readonly limit: number;
  readonly weights?: Weights;
  /** What the worst of somebody's best reached: one number that the threads of a search share, so that none looks at whom another has surpassed. */
  readonly reached?: Float64Array | undefined;
  /** By something else than the score, the highest first. */
  readonly key?: ((facts: F) => number) | undefined;
}

/**
 * The best `limit` of many, exactly. Who is blocked is counted and never ranked. The heaviest criteria are summed for all; then those who could
 * still come highest are looked at first, so that the rest need not be looked at any more.
 */
export function rank<F>(card: Scorecard<F>, facts: F, how: How<F>): Ranking {
  const { rows, turn, limit, weights = published(card), key, reached } = how;
  const set = ready(card, weights);
  const best = openBest(limit);
  const blocked: Record<string, number> = {};
  const { blockers } = card;
  const sums: Sums = { mine: 0, theirs: 0 };
  const [mine, theirs, bounds] = [new Float64Array(rows.length), new Float64Array(rows.length), new Float64Array(rows.length)];
  let eligible = 0;
  for (let i = 0; i < rows.length; i += 1) {
    turn(rows[i] ?? 0);
    card.meet?.(facts);
    bounds[i] = -1;
    const blocker = firstOf(blockers, facts);
    if (blocker) {
      blocked[blocker.blocker] = (blocked[blocker.blocker] ?? 0) + 1;
      continue;
    }
    eligible += 1;
    if (key) {
      const value = key(facts);
      if (value === value) best.offer(rows[i] ?? 0, value);
      continue;
    }
    sums.mine = 0;
    sums.theirs = 0;
    add(set, facts, { sums, from: 0, until: Math.min(stride, set.degrees.length) });
    mine[i] = sums.mine;
    theirs[i] = sums.theirs;
    bounds[i] = most(set, sums, Math.min(stride, set.degrees.length));
  }
  if (!key) finish();
  return { best: best.sorted().map(({ row, total: value }) => ({ row, total: key || card.first ? exact(row) : value, by: value })), eligible, blocked };

  function finish(): void {
    const promising = highest(bounds, ahead * limit);
    for (const i of promising) look(i);
    // The rest in its own order: memory that lies side by side is read side by side.
    for (let i = 0; i < rows.length; i += 1) look(i);
  }
  function look(i: number): void {
    const bound = bounds[i] ?? -1;
    const own = best.floor();
    if (reached && own > (reached[0] ?? 0)) reached[0] = own;
    const surpassed = reached ? Math.max(own, reached[0] ?? 0) : own;
    const floor = card.first ? surpassed - step : surpassed;
    if (bound < 0 || bound < floor) return;
    bounds[i] = -1;
    turn(rows[i] ?? 0);
    card.meet?.(facts);
    sums.mine = mine[i] ?? 0;
    sums.theirs = theirs[i] ?? 0;
    const value = total(set, facts, { sums, from: stride, floor });
    if (value >= 0) best.offer(rows[i] ?? 0, card.first ? stepped(value, card.first(facts)) : value);
  }
  function exact(row: number): number {
    turn(row);
    card.meet?.(facts);
    return total(set, facts, { sums: { mine: 0, theirs: 0 }, from: 0, floor: -1 });
  }
}

function firstOf<F>(blockers: readonly Blocker<F>[], facts: F): Blocker<F> | null {
  for (const blocker of blockers) if (blocker.blocks(facts)) return blocker;
  return null;
}

/** How many of those who promise most are looked at first, for each one that is kept. */
const ahead = 20;

/** The places of about the `count` highest of all. */
function highest(bounds: Float64Array, count: number): number[] {
  const tenths = 1_001;
  const counts = new Uint32Array(tenths);
  for (const bound of bounds) if (bound >= 0) counts[Math.floor(bound * 10)] = (counts[Math.floor(bound * 10)] ?? 0) + 1;
  let from = tenths - 1;
  for (let sum = counts[from] ?? 0; sum < count && from > 0; sum += counts[from] ?? 0) from -= 1;
  const places: number[] = [];
  for (let i = 0; i < bounds.length && places.length < 2 * count; i += 1) if ((bounds[i] ?? -1) * 10 >= from) places.push(i);
  return places;
}

/** Whole scores are steps; on one of them who comes first stands above, and then the exact score decides. */
const stepped = (exact: number, first: boolean): number => (exact < 0 ? -1 : Math.round(exact) + (first ? 0.5 : 0) + exact / 1_000);
/** The most by which such a step may stand above the exact score. */
const step = 1.1;

/** The best of several rankings of parts of the same rows. */
export function joined(parts: readonly Ranking[], limit: number): Ranking {
  const blocked: Record<string, number> = {};
  for (const part of parts) for (const [name, count] of Object.entries(part.blocked)) blocked[name] = (blocked[name] ?? 0) + count;
  return { best: parts.flatMap(({ best }) => best).sort((a, b) => b.by - a.by || a.row - b.row).slice(0, limit), eligible: parts.reduce((sum, part) => sum + part.eligible, 0), blocked };
}

/** Keeps the `limit` best as a heap whose root is the worst of them. */
function openBest(limit: number) {
  const rows = new Uint32Array(limit);
  const totals = new Float64Array(limit);
  let count = 0;
  // Worse: a lower score, or the same and a later row.
  const worse = (a: number, b: number): boolean => (totals[a] ?? 0) < (totals[b] ?? 0) || (totals[a] === totals[b] && (rows[a] ?? 0) > (rows[b] ?? 0));
  const swap = (a: number, b: number): void => {
    const [row, value] = [rows[a] ?? 0, totals[a] ?? 0];
    rows[a] = rows[b] ?? 0; totals[a] = totals[b] ?? 0;
    rows[b] = row; totals[b] = value;
  };
  const up = (from: number): void => {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!worse(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  };
  const down = (): void => {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < count && worse(left, least)) least = left;
      if (right < count && worse(right, least)) least = right;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  return {
    /** What a score must reach to be kept: with that same score an earlier row is. */
    floor: (): number => (count < limit ? -1 : totals[0] ?? -1),
    offer: (row: number, value: number): void => {
      if (limit === 0) return;
      if (count < limit) {
        rows[count] = row; totals[count] = value;
        count += 1;
        up(count - 1);
      } else if (value > (totals[0] ?? 0) || (value === totals[0] && row < (rows[0] ?? 0))) {
        rows[0] = row; totals[0] = value;
        down();
      }
    },
    sorted: (): Omit<Ranked, 'by'>[] => Array.from({ length: count }, (_, i) => ({ row: rows[i] ?? 0, total: totals[i] ?? 0 })).sort((a, b) => b.total - a.total || a.row - b.row),
  };
}
