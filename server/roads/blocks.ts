/** Some ways to ask at once: from each of these to each of those, by the numbers of their places. */
export interface Block {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The most of one question. */
interface Most {
  readonly places: number;
  readonly legs: number;
}

/**
 * Covers ways that are missing with questions that a provider takes, near ones first: where not all can be asked, those count that a tour drives. Origins that
 * lack the same ways are asked together, and neighbours first of all; what a place lacks to itself asks for nothing and costs nothing. A question holds a way that nobody
 * lacks only on its diagonal.
 *
 * @param missing Row by row, 1 where a way is missing.
 * @param metres How far it is about, row by row.
 * @param near Numbers of the places, neighbours beside each other.
 */
export function blocksOf(missing: Uint8Array, metres: Int32Array, { near, most }: { readonly near: readonly number[]; readonly most: Most }): Block[] {
  const size = near.length;
  const lacks = (i: number, j: number): boolean => missing[i * size + j] === 1;
  // Whether a row is taken with or without itself makes it like its neighbours: all new places lack all, old ones lack the new.
  const plain = near.map((i) => near.filter((j) => lacks(i, j)).join(' '));
  const whole = near.map((i) => near.filter((j) => i === j || lacks(i, j)).join(' '));
  const often = new Map<string, number>();
  for (const key of [...plain, ...whole]) often.set(key, (often.get(key) ?? 0) + 1);
  const groups = new Map<string, number[]>();
  near.forEach((i, n) => {
    const [without = '', within = ''] = [plain[n], whole[n]];
    if (without === '') return;
    const key = (often.get(within) ?? 0) > (often.get(without) ?? 0) ? within : without;
    groups.set(key, [...groups.get(key) ?? [], i]);
  });
  return [...groups].flatMap(([key, from]) => cut(from, key.split(' ').map(Number), most))
    .map((block) => ({ block, mean: meanOf(block, (i, j) => metres[i * size + j] ?? 0) }))
    .sort((a, b) => a.mean - b.mean).map(({ block }) => block);
}

/** One question in several of the size that is taken, as square as they can be. */
function cut(from: readonly number[], to: readonly number[], { places, legs }: Most): Block[] {
  const [shorter, longer] = from.length < to.length ? [from.length, to.length] : [to.length, from.length];
  const side = Math.max(1, Math.floor(Math.min(Math.sqrt(legs), places / 2)));
  const short = Math.min(shorter, side);
  const long = Math.max(1, Math.min(longer, places - short, Math.floor(legs / short)));
  const [rows, columns] = from.length < to.length ? [short, long] : [long, short];
  return slices(from, rows).flatMap((some) => slices(to, columns).map((others) => ({ from: some, to: others })))
    // A single place asked of itself alone.
    .filter((block) => block.from.length > 1 || block.to.length > 1 || block.from[0] !== block.to[0]);
}

const slices = (list: readonly number[], most: number): (readonly number[])[] => Array.from({ length: Math.ceil(list.length / most) }, (_, i) => list.slice(i * most, (i + 1) * most));

function meanOf({ from, to }: Block, far: (i: number, j: number) => number): number {
  let sum = 0;
  for (const i of from) for (const j of to) sum += far(i, j);
  return sum / (from.length * to.length);
}

/** Numbers of points so that neighbours stand beside each other: along a curve of Morton, of some hundred metres. */
export function nearOrder(points: readonly { readonly lat: number; readonly lon: number }[]): number[] {
  const spread = (figure: number): bigint => BigInt(`0b${Math.floor(figure).toString(2).replaceAll(/(?!^)/g, '0')}`);
  const keys = points.map(({ lat, lon }) => (spread((lat + 90) * 1_000) << 1n) | spread((lon + 180) * 1_000));
  return points.map((_, i) => i).sort((a, b) => ((keys[a] ?? 0n) < (keys[b] ?? 0n) ? -1 : (keys[a] ?? 0n) > (keys[b] ?? 0n) ? 1 : a - b));
}
