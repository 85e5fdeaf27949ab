import { published, together, type Scorecard, type Weights } from './score.ts';

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

/** The exact score of a pair that has met, or -1 as soon as it cannot reach `floor`. */
function total<F>({ degrees, priors, artist, place, artistLeft, placeLeft }: Ready<F>, facts: F, floor: number): number {
  let [mine, theirs] = [0, 0];
  for (let k = 0; k < degrees.length; k += 1) {
    const found = degrees[k]?.(facts) ?? NaN;
    const degree = found === found ? found : priors[k] ?? 0;
    mine += (artist[k] ?? 0) * degree;
    theirs += (place[k] ?? 0) * degree;
    if (k % stride === stride - 1 && together(mine + (artistLeft[k] ?? 0), theirs + (placeLeft[k] ?? 0)) < floor) return -1;
  }
  return together(mine, theirs);
}

/**
 * The best `limit` of many, exactly: by score, or by `key` where something else is asked for (the highest first). Who is blocked is counted
 * and never ranked. `turn` lays the facts over the next one.
 */
export function rank<F>(card: Scorecard<F>, facts: F, how: { rows: Uint32Array; turn: (row: number) => void; limit: number; weights?: Weights; key?: ((facts: F) => number) | undefined }): Ranking {
  const { rows, turn, limit, weights = published(card), key } = how;
  const set = ready(card, weights);
  const best = openBest(limit);
  const blocked: Record<string, number> = {};
  let eligible = 0;
  for (const row of rows) {
    turn(row);
    card.meet?.(facts);
    const blocker = card.blockers.find(({ blocks }) => blocks(facts));
    if (blocker) {
      blocked[blocker.blocker] = (blocked[blocker.blocker] ?? 0) + 1;
      continue;
    }
    eligible += 1;
    const value = key ? key(facts) : card.first ? stepped(total(set, facts, best.floor() - step), card.first(facts)) : total(set, facts, best.floor());
    if (key ? value === value : value >= 0) best.offer(row, value);
  }
  return { best: best.sorted().map(({ row, total: value }) => ({ row, total: key || card.first ? exact(row) : value, by: value })), eligible, blocked };

  function exact(row: number): number {
    turn(row);
    card.meet?.(facts);
    return total(set, facts, -1);
  }
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
