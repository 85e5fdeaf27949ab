import { likely, type Link } from './learn.ts';

/** What a score came to mean: points of a line that never falls, from a score (0 to 100) to a probability; the first is of 0 and the last of 100. */
export type Calibration = readonly (readonly [score: number, probability: number])[];

/** Blocks of fewer outcomes than this are joined with their neighbour: the share of fifty is known to seven in a hundred. */
const smallest = 50;
/** As many outcomes as the logistic is worth in each block: a block of fifty is believed half. */
const believed = 50;

/**
 * Isotonic regression of success on score (pool adjacent violators; Ayer et al. 1955, Zadrozny and Elkan 2002), careful with few: outcomes are gathered by rising score into
 * blocks, none smaller than fifty and no more than forty of them, each block is drawn towards what the logistic says of it, and neighbours that fall are pooled. Beyond the outermost
 * blocks, where nobody scored, the logistic's own course goes on. Without outcomes it is the logistic.
 */
export function calibrate(scores: ArrayLike<number>, success: ArrayLike<number>, link: Link): Calibration {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || a - b);
  const blocks: Block[] = [];
  const per = Math.max(smallest, Math.ceil(order.length / 40));
  for (let from = 0; from < order.length;) {
    let until = Math.min(order.length, from + per);
    // Equal scores stay together, and no remnant stands alone.
    while (until < order.length && (scores[order[until] ?? 0] === scores[order[until - 1] ?? 0] || order.length - until < smallest)) until += 1;
    blocks.push(blockOf(order.slice(from, until).map((i) => [scores[i] ?? 0, success[i] ?? 0] as const), link));
    from = until;
  }
  const pooled = pool(blocks);
  const [first, last] = [pooled[0], pooled.at(-1)];
  if (!first || !last) return Array.from({ length: 21 }, (_, i) => [i * 5, likely(link, i * 5)] as const);
  const beyond = (end: Block, score: number): number => likely({ intercept: logit(end.mean) - (link.slope * end.score) / 100, slope: link.slope }, score);
  return rising([
    ...ends.filter((score) => score < first.score).map((score) => [score, beyond(first, score)] as const),
    ...pooled.map(({ score, mean }) => [score, mean] as const),
    ...ends.filter((score) => score > last.score).map((score) => [score, beyond(last, score)] as const),
  ]);
}

/** The line without the hairs by which rounding lets it fall. */
function rising(line: Calibration): Calibration {
  let highest = 0;
  return line.map(([score, probability]) => [score, (highest = Math.max(highest, Math.min(1, probability)))] as const);
}

/** Where the logistic's course is followed beyond the blocks. */
const ends = Array.from({ length: 21 }, (_, i) => i * 5);

/** The probability that a score means: straight between two points. */
export function apply(line: Calibration, score: number): number {
  let [low, high] = [0, line.length - 1];
  if (score <= (line[low]?.[0] ?? 0)) return line[low]?.[1] ?? 0;
  if (score >= (line[high]?.[0] ?? 0)) return line[high]?.[1] ?? 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((line[middle]?.[0] ?? 0) <= score) low = middle;
    else high = middle;
  }
  const [[x0, y0], [x1, y1]] = [line[low] ?? [0, 0], line[high] ?? [0, 0]];
  // A hair beyond either end would be no probability between them.
  return Math.min(y1, Math.max(y0, y0 + ((y1 - y0) * (score - x0)) / (x1 - x0)));
}

interface Block {
  readonly score: number;
  readonly mean: number;
  readonly weight: number;
}

function blockOf(outcomes: readonly (readonly [score: number, success: number])[], link: Link): Block {
  const count = outcomes.length;
  const meanOf = (of: (outcome: readonly [number, number]) => number) => outcomes.reduce((sum, one) => sum + of(one), 0) / count;
  const [came, said] = [meanOf(([, success]) => success), meanOf(([score]) => likely(link, score))];
  return { score: meanOf(([score]) => score), mean: (count * came + believed * said) / (count + believed), weight: count + believed };
}

/** Neighbours that fall become one, until none does. */
function pool(blocks: readonly Block[]): Block[] {
  const pooled: Block[] = [];
  for (const block of blocks) {
    let last = block;
    for (let before = pooled.at(-1); before && before.mean >= last.mean; before = pooled.at(-1)) {
      pooled.pop();
      const weight = before.weight + last.weight;
      last = { weight, score: (before.weight * before.score + last.weight * last.score) / weight, mean: (before.weight * before.mean + last.weight * last.mean) / weight };
    }
    pooled.push(last);
  }
  return pooled;
}

const logit = (probability: number): number => {
  const inside = Math.min(1 - 1e-9, Math.max(1e-9, probability));
  return Math.log(inside / (1 - inside));
};
