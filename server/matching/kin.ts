import { GENRES, genreNamed, parentOf } from '../profiles/genres.ts';

const numbers: ReadonlyMap<string, number> = new Map(GENRES.map((genre, at) => [genre, at] as const));

/** The number of a genre, which is its place in GENRES, however it is spelled; -1 when it is not in our list. Numbers live as long as the process: a new genre moves them. */
export const genreNumber = (genre: string): number => numbers.get(genre) ?? numbers.get(genreNamed(genre)) ?? -1;

/**
 * How near two genres are by the steps between them in the tree: none, one (one right above the other), two (siblings), three, four (cousins)…
 * Scores were laid out with 0.8 and 0.6 for the first two; our own figures, which co-occurrence and learning mend.
 */
const BY_STEPS = [1, 0.8, 0.6, 0.45, 0.3, 0.2, 0.1] as const;

/** A genre and those above it, the nearest first. */
const lineOf = (genre: string): readonly string[] => {
  const above = parentOf(genre);
  return above === undefined ? [genre] : [genre, ...lineOf(above)];
};

/**
 * How near two genres are in the tree, 0 to 1: 1 the same, then less with each step up and down between them, 0 in different families.
 * A genre that is not in our list is near to itself alone.
 */
export const treeKinship = (a: string, b: string): number => nearness(lineOf(a), lineOf(b));

function nearness(a: readonly string[], b: readonly string[]): number {
  if (a.at(-1) !== b.at(-1)) return 0;
  const up = a.findIndex((genre) => b.includes(genre));
  return BY_STEPS[up + b.findIndex((genre) => genre === a[up])] ?? 0;
}

/** How near all genres are in the tree; it never changes while we run. */
let tree: Float32Array | undefined;

const size = GENRES.length;

/** A square matrix by genre numbers, symmetric, 1 on the diagonal: `near` says the rest, and is asked once for each two genres. */
function matrixOf(near: (a: number, b: number) => number): Float32Array {
  const matrix = new Float32Array(size * size);
  for (let a = 0; a < size; a += 1) {
    matrix[a * size + a] = 1;
    for (let b = a + 1; b < size; b += 1) matrix[a * size + b] = matrix[b * size + a] = near(a, b);
  }
  return matrix;
}

function treeMatrix(): Float32Array {
  if (tree) return tree;
  const lines = GENRES.map(lineOf);
  tree = matrixOf((a, b) => nearness(lines[a] ?? [], lines[b] ?? []));
  return tree;
}

/** How many profiles must name two genres for what they say to count half. */
const half = 10;

/**
 * How often genres stand together in profiles, 0 to 1, as a square matrix by genre numbers: symmetric, 1 on the diagonal.
 * The measure is phi, Pearson's correlation of “names a” and “names b” (Yule, On the Methods of Measuring Association between Two Attributes, JRSS 1912):
 * unlike the cosine or Jaccard it is 0 for two genres that are merely both frequent, and unlike pointwise mutual information it does not overrate rare ones.
 * What stands apart more than by chance counts as 0. Small counts are shrunk by n / (n + 10), n the profiles that name both, as in Koren, Factorization Meets the Neighborhood,
 * KDD 2008 (there with some 100 for ratings of films; 10 is our own). Genres that are not in our list are passed over, one named twice counts once.
 */
export function coOccurrence(profiles: readonly (readonly string[])[]): Float32Array {
  const [both, alone] = counted(profiles);
  return matrixOf((a, b) => association(both[a * size + b] ?? 0, alone[a] ?? 0, alone[b] ?? 0, profiles.length));
}

/** Phi of two genres, shrunk and not below 0: in how many of all profiles are both, the one, the other. */
function association(both: number, a: number, b: number, all: number): number {
  if (both === 0) return 0;
  const spread = Math.sqrt(a * (all - a) * b * (all - b));
  // All profiles name one of them: it says nothing about the other.
  const phi = spread === 0 ? 0 : (all * both - a * b) / spread;
  return Math.min(1, Math.max(0, phi)) * (both / (both + half));
}

/** In how many profiles each two genres are (the smaller number first), and each one. */
function counted(profiles: readonly (readonly string[])[]): [both: Int32Array, alone: Int32Array] {
  const [both, alone] = [new Int32Array(size * size), new Int32Array(size)];
  const known = new Map(numbers);
  const numberOf = (genre: string): number => {
    const number = known.get(genre) ?? genreNumber(genre);
    known.set(genre, number);
    return number;
  };
  for (const profile of profiles) {
    const named: number[] = [];
    for (const genre of profile) {
      const number = numberOf(genre);
      if (number < 0 || named.includes(number)) continue;
      alone[number] = (alone[number] ?? 0) + 1;
      for (const other of named) {
        const pair = Math.min(number, other) * size + Math.max(number, other);
        both[pair] = (both[pair] ?? 0) + 1;
      }
      named.push(number);
    }
  }
  return [both, alone];
}

/**
 * How near genres are by the tree and by who plays them together, 0 to 1, as a square matrix by genre numbers: symmetric, 1 on the diagonal, never below the tree's.
 * The two are joined as two witnesses are (noisy or): 1 less the chance that both are wrong, so that siblings played together are nearer than siblings never seen so. Without profiles it is the tree's.
 */
export function kinship(profiles: readonly (readonly string[])[]): Float32Array {
  const [byTree, together] = [treeMatrix(), coOccurrence(profiles)];
  return byTree.map((near, at) => Math.min(1, near + (1 - near) * (together[at] ?? 0)));
}

/** For each genre by its number, the best kinship to any of those wanted, 0 to 1; numbers that are none (-1) are passed over, and of none wanted nothing is near. */
export function reachOf(matrix: Float32Array, wanted: readonly number[]): Float32Array {
  const reach = new Float32Array(size);
  for (const one of wanted) {
    if (one < 0 || one >= size) continue;
    const row = matrix.subarray(one * size, (one + 1) * size);
    for (let genre = 0; genre < size; genre += 1) reach[genre] = Math.max(reach[genre] ?? 0, row[genre] ?? 0);
  }
  return reach;
}
