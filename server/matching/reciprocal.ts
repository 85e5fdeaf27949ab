import { factored, inverseOf, solved } from './linear.ts';

/** Two who met, one of each side, and what each may see in the other: features of the same length, near 0 on average and about 1 wide; 0 where not known. */
export interface Meeting {
  /** Who it is of the first side, and of the second: names that are one person's within a round. */
  readonly a: string;
  readonly b: string;
  /** What `a` sees in `b`, and `b` in `a`. */
  readonly aSees: ArrayLike<number>;
  readonly bSees: ArrayLike<number>;
}

/** A meeting whose two decisions are known. */
export interface Decided extends Meeting {
  readonly aWants: boolean;
  readonly bWants: boolean;
}

/** How likely each side is to want the other, and both each other. */
export interface Foreseen {
  readonly a: number;
  readonly b: number;
  readonly mutual: number;
  /** How often the two are told yes, beyond the middle, times one another: above 0 where both are sought, or neither. */
  readonly alike: number;
}

/** A spread of two things of one person that go together or against each other: how easily they say yes, and how often they are told yes. */
type Pair = readonly [variance: number, covariance: number, varianceToo: number];

/** What earlier rounds taught. It never changes: a later round makes a new one. */
export interface Experience {
  /** How many features a meeting has. */
  readonly width: number;
  /** What everybody likes, and how the sides differ: mean and covariance of the coefficients. */
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** How people differ, of each side. */
  readonly people: readonly [Pair, Pair];
  /** How many people that is known of, of each side. */
  readonly known: readonly [number, number];
  /** What was foreseen of meetings before they were decided, and what came: the mutual choice is calibrated on them. */
  readonly past: readonly { readonly foreseen: Foreseen; readonly mutual: boolean }[];
}

/** Deviations before anything is known: of a base rate, of what all like in a feature, of how the sides differ in it. */
const [looseBase, looseTaste, looseSide] = [1.5, 0.1, 0.07];
/** Base rates change from round to round by about this much, so what is remembered of them is loosened. */
const drift = 0.3;
/** How people differ before any are known, and how many people that belief is worth. */
const differ: Pair = [1, 0, 0.8];
const believed = 10;

/** Nothing seen yet. */
export function novice(width: number): Experience {
  const size = 2 + 2 * width;
  const spread = new Float64Array(size * size);
  for (let j = 0; j < size; j += 1) spread[j * size + j] = (j < 2 ? looseBase : j < 2 + width ? looseTaste : looseSide) ** 2;
  return { width, mean: new Float64Array(size), spread, people: [differ, differ], known: [0, 0], past: [] };
}

/**
 * How likely those who are `asked` about are to want each other, from the decisions of this round that are `seen` and from earlier rounds. A decision is the sum, on the logit, of a
 * base rate of the side, how easily this one says yes, how often that one is told yes, and what is liked in what is seen; people are drawn towards the middle by how little is known
 * of them, and by how the two go together (who is often wanted is seldom easy). What is not known of the sums is averaged over.
 *
 * Both want each other by the square of the harmonic mean of both probabilities: their product where they are equal, and less where one seeks the other more than he is sought, as
 * people then say no more often than each alone would let expect. That is drawn a little towards what came of earlier forecasts.
 */
export function foresee(experience: Experience, seen: readonly Decided[], asked: readonly Meeting[]): Foreseen[] {
  const round = fitted(experience, seen, asked);
  const drawn = drawnTo(experience.past);
  return asked.map((meeting) => {
    const one = round.said(meeting);
    return { ...one, mutual: drawn(one) };
  });
}

/** What a round teaches once all of it is decided. `foreseen` is what was said beforehand of some of it, to learn from one's errors. */
export function taught(experience: Experience, decided: readonly Decided[], foreseen: readonly { readonly meeting: Decided; readonly foreseen: Foreseen }[] = []): Experience {
  return { ...fitted(experience, decided, []).after(), past: [...experience.past, ...foreseen.map(({ meeting, foreseen: said }) => ({ foreseen: said, mutual: meeting.aWants && meeting.bWants }))] };
}

/** A round with all that was seen of it taken in. */
interface Round {
  readonly said: (meeting: Meeting) => Omit<Foreseen, 'mutual'>;
  readonly after: () => Omit<Experience, 'past'>;
}

function fitted(experience: Experience, seen: readonly Decided[], asked: readonly Meeting[]): Round {
  const { width } = experience;
  const shared = experience.mean.length;
  const places = new Map<string, number>();
  const sides: (0 | 1)[] = [];
  const placeOf = (side: 0 | 1, name: string): number => {
    const known = places.get(`${side} ${name}`);
    if (known !== undefined) return known;
    places.set(`${side} ${name}`, sides.length);
    return sides.push(side) - 1;
  };
  for (const { a, b } of [...seen, ...asked]) { placeOf(0, a); placeOf(1, b); }
  const size = shared + 2 * sides.length;

  // One decision as a sparse row: the coefficients that it adds up, by rising place, and how often each.
  const rowOf = (meeting: Meeting, chooser: 0 | 1): Row => {
    const [own, other] = chooser === 0 ? [placeOf(0, meeting.a), placeOf(1, meeting.b)] : [placeOf(1, meeting.b), placeOf(0, meeting.a)];
    const features = chooser === 0 ? meeting.aSees : meeting.bSees;
    const tastes = Array.from({ length: width }, (_, j) => [2 + j, features[j] ?? 0] as const);
    const row = [
      [chooser, 1] as const, ...tastes, ...tastes.map(([at, much]) => [at + width, chooser === 0 ? much : -much] as const),
      ...[[shared + 2 * own, 1] as const, [shared + 2 * other + 1, 1] as const].sort(([x], [y]) => x - y),
    ].filter(([, much]) => much !== 0);
    return { at: Int32Array.from(row, ([at]) => at), much: Float64Array.from(row, ([, much]) => much) };
  };
  const rows = seen.flatMap((meeting) => [{ row: rowOf(meeting, 0), wants: Number(meeting.aWants) }, { row: rowOf(meeting, 1), wants: Number(meeting.bWants) }]);

  // What is believed beforehand, as curves (the inverse of the spread).
  const loosened = Float64Array.from(experience.spread);
  for (const side of [0, 1]) loosened[side * shared + side] = (loosened[side * shared + side] ?? 0) + drift ** 2;
  const before = inverseOf(factored(loosened, shared), shared);
  const beliefOf = (people: readonly [Pair, Pair]): Float64Array => {
    const belief = new Float64Array(size * size);
    for (let j = 0; j < shared; j += 1) belief.set(before.subarray(j * shared, (j + 1) * shared), j * size);
    sides.forEach((side, person) => {
      const [easy, both, wanted] = people[side];
      const whole = easy * wanted - both * both;
      const at = shared + 2 * person;
      belief[at * size + at] = wanted / whole;
      belief[(at + 1) * size + at + 1] = easy / whole;
      belief[at * size + at + 1] = belief[(at + 1) * size + at] = -both / whole;
    });
    return belief;
  };

  const middle = new Float64Array(size);
  middle.set(experience.mean);
  const found = Float64Array.from(middle);
  let people = experience.people;
  let spread: Float64Array = new Float64Array(0);
  // How people differ is said by the round itself too: of each what is known and what is not, together (Dempster, Laird and Rubin, 1977).
  for (let turn = 0; turn < turns; turn += 1) {
    const belief = beliefOf(people);
    spread = inverseOf(climbed({ rows, belief, middle, found }), size);
    if (turn < turns - 1) people = [differing(0), differing(1)];
  }

  function differing(side: 0 | 1): Pair {
    const count = experience.known[side] + believed;
    const sums = experience.people[side].map((one) => one * count) as [number, number, number];
    const own = sides.flatMap((one, person) => (one === side ? [shared + 2 * person] : []));
    for (const at of own) {
      const [easy, wanted] = [found[at] ?? 0, found[at + 1] ?? 0];
      sums[0] += easy * easy + (spread[at * size + at] ?? 0);
      sums[1] += easy * wanted + (spread[at * size + at + 1] ?? 0);
      sums[2] += wanted * wanted + (spread[(at + 1) * size + at + 1] ?? 0);
    }
    const [easy, both, wanted] = sums.map((sum) => sum / (count + own.length)) as [number, number, number];
    return [easy, both, wanted];
  }

  const said = (row: Row): number => {
    const sum = row.at.reduce((all, place, i) => all + (row.much[i] ?? 0) * (found[place] ?? 0), 0);
    return averaged(sum, row.at.reduce((all, place, i) => all + (row.much[i] ?? 0) * row.at.reduce((own, too, k) => own + (row.much[k] ?? 0) * (spread[place * size + too] ?? 0), 0), 0));
  };
  const sought = (side: 0 | 1, name: string) => found[shared + 2 * placeOf(side, name) + 1] ?? 0;
  return {
    said: (meeting) => ({ a: said(rowOf(meeting, 0)), b: said(rowOf(meeting, 1)), alike: sought(0, meeting.a) * sought(1, meeting.b) }),
    after: () => {
      const kept = new Float64Array(shared * shared);
      for (let j = 0; j < shared; j += 1) kept.set(spread.subarray(j * size, j * size + shared), j * shared);
      const count = (side: 0 | 1) => experience.known[side] + sides.filter((one) => one === side).length;
      return { width, mean: found.slice(0, shared), spread: kept, people: [differing(0), differing(1)], known: [count(0), count(1)] };
    },
  };
}

/** How often what people differ by is said anew in a round. */
const turns = 6;

interface Row {
  readonly at: Int32Array;
  readonly much: Float64Array;
}

/** Moves `found` to where the decisions are likeliest, given what is believed (Newton), and gives the factor of the curves there. */
function climbed({ rows, belief, middle, found }: { readonly rows: readonly { readonly row: Row; readonly wants: number }[]; readonly belief: Float64Array; readonly middle: Float64Array; readonly found: Float64Array }): Float64Array {
  const size = found.length;
  for (let turn = 0; ; turn += 1) {
    const slopes = new Float64Array(size);
    const curves = Float64Array.from(belief);
    for (let j = 0; j < size; j += 1) {
      let sum = 0;
      for (let k = 0; k < size; k += 1) sum += (belief[j * size + k] as number) * ((found[k] as number) - (middle[k] as number));
      slopes[j] = sum;
    }
    for (const { row: { at, much }, wants } of rows) {
      let sum = 0;
      for (let i = 0; i < at.length; i += 1) sum += (much[i] as number) * (found[at[i] as number] as number);
      const said = logistic(sum);
      for (let i = 0; i < at.length; i += 1) {
        const [place, curve] = [at[i] as number, said * (1 - said) * (much[i] as number)];
        slopes[place] = (slopes[place] as number) + (said - wants) * (much[i] as number);
        const line = place * size;
        for (let k = 0; k <= i; k += 1) curves[line + (at[k] as number)] = (curves[line + (at[k] as number)] as number) + curve * (much[k] as number);
      }
    }
    const factor = factored(curves, size);
    const move = solved(factor, slopes);
    let furthest = 0;
    move.forEach((much, j) => { found[j] = (found[j] as number) - much; furthest = Math.max(furthest, Math.abs(much)); });
    if (furthest < 1e-3 || turn >= 12) return factor;
  }
}

const logistic = (sum: number): number => 1 / (1 + Math.exp(-sum));

/** Five points of the bell curve and their weights (Gauss and Hermite), which average any curve as smooth as the logistic. */
const points: readonly (readonly [deviation: number, weight: number])[] = [
  [-2.856970013872806, 0.011257411327720691], [-1.355626179974266, 0.22207592200561266], [0, 0.5333333333333333], [1.355626179974266, 0.22207592200561266], [2.856970013872806, 0.011257411327720691],
];

/** The probability of a decision whose sum is known to a spread. */
const averaged = (sum: number, variance: number): number => points.reduce((all, [deviation, weight]) => all + weight * logistic(sum + Math.sqrt(Math.max(variance, 0)) * deviation), 0);

/** How loosely what comes of earlier forecasts may move the next: the level and the steepness by a hair, so that rounds stay comparable; how much the alike seek each other, freely. */
const believedAs: readonly (readonly [middle: number, loose: number])[] = [[0, 0.03], [1, 0.03], [0, 0.3]];

/** The mutual choice, drawn to what earlier forecasts of it came to. */
function drawnTo(past: Experience['past']): (one: Omit<Foreseen, 'mutual'>) => number {
  const sight = ({ a, b, alike }: Omit<Foreseen, 'mutual'>): readonly number[] => [1, logit(((2 * a * b) / (a + b)) ** 2), alike];
  const size = believedAs.length;
  const found = Float64Array.from(believedAs, ([middle]) => middle);
  for (let turn = 0; turn < 20 && past.length > 0; turn += 1) {
    const [slopes, curves] = [new Float64Array(size), new Float64Array(size * size)];
    believedAs.forEach(([middle, loose], j) => {
      slopes[j] = ((found[j] ?? 0) - middle) / loose ** 2;
      curves[j * size + j] = 1 / loose ** 2;
    });
    for (const { foreseen, mutual } of past) {
      const row = sight(foreseen);
      const said = logistic(row.reduce((sum, much, j) => sum + much * (found[j] ?? 0), 0));
      row.forEach((much, j) => {
        slopes[j] = (slopes[j] ?? 0) + (said - Number(mutual)) * much;
        row.forEach((too, k) => { curves[j * size + k] = (curves[j * size + k] ?? 0) + said * (1 - said) * much * too; });
      });
    }
    solved(factored(curves, size), slopes).forEach((much, j) => { found[j] = (found[j] ?? 0) - much; });
  }
  return (one) => logistic(sight(one).reduce((sum, much, j) => sum + much * (found[j] ?? 0), 0));
}

const logit = (probability: number): number => {
  const inside = Math.min(1 - 1e-9, Math.max(1e-9, probability));
  return Math.log(inside / (1 - inside));
};
