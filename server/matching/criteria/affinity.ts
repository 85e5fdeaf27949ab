import { hourOf } from '../../core/time.ts';
import { BACKLINE, bits, flagBit, unknown, type Flag } from '../columns.ts';
import { curve } from '../curve.ts';
import { AUDIENCES, LYRICS, SETTINGS } from '../filters.ts';
import { nearest, type Pair } from '../pair.ts';
import { known, type Thing } from './thing.ts';

const own = ({ world, A, a, P, p }: Pair): number => nearest(world, A.genres, { own: a, other: p, others: P.genres });
const billed = ({ world, A, a, P, p }: Pair): number => nearest(world, A.genres, { own: a, other: p, others: P.billed });
/** The pair of genres that is nearest, by their numbers: the page has the names. */
function pairOf({ world, A, a }: Pair, others: Uint16Array, other: number) {
  let best = { near: -1, own: -1, wanted: -1 };
  for (let i = a * 4; i < a * 4 + 4; i += 1) {
    for (let j = other * 4; j < other * 4 + 4; j += 1) {
      const [one, two] = [A.genres[i] ?? unknown.u16, others[j] ?? unknown.u16];
      if (one === unknown.u16 || two === unknown.u16) continue;
      const near = world.kin[one * world.genres + two] ?? 0;
      if (near > best.near) best = { near, own: one, wanted: two };
    }
  }
  return { ownGenre: best.own, wantedGenre: best.wanted };
}

/** What two sets have in common, of all that is in either; NaN when one says nothing. */
const overlap = (one: number | undefined, other: number | undefined): number => {
  if (!one || !other) return NaN;
  return bits(one & other) / bits(one | other);
};
/** Of what one wants, what the other has; NaN when one says nothing. */
const meets = (wanted: number | undefined, there: number | undefined): number => (!wanted || !there ? NaN : (wanted & there) !== 0 ? 1 : 0.1);
const namesOf = (names: readonly string[], set: number | undefined): string => names.filter((_, i) => ((set ?? 0) & (1 << i)) !== 0).join(' ');

/** Names that both gave, of those of the one who gave fewer. */
function influences({ A, a, P, p }: Pair): { shared: number; of: number } {
  let [shared, mine, theirs] = [0, 0, 0];
  for (let i = a * 4; i < a * 4 + 4; i += 1) if ((A.influences[i] ?? unknown.u16) !== unknown.u16) mine += 1;
  for (let j = p * 4; j < p * 4 + 4; j += 1) if ((P.influences[j] ?? unknown.u16) !== unknown.u16) theirs += 1;
  for (let i = a * 4; i < a * 4 + mine; i += 1) for (let j = p * 4; j < p * 4 + theirs; j += 1) if (A.influences[i] === P.influences[j]) shared += 1;
  return { shared, of: Math.min(mine, theirs) };
}
const sharing = curve([[0, 0.3], [0.5, 0.8], [1, 1]]);
function shared({ A, a, P, p }: Pair): number {
  // Most say nothing: no loop for them.
  if ((A.influences[a * 4] ?? unknown.u16) === unknown.u16 || (P.influences[p * 4] ?? unknown.u16) === unknown.u16) return NaN;
  const found = influences({ A, a, P, p } as Pair);
  return sharing(found.shared / found.of);
}

// Two square metres a head are tight, four are good (ours); a show that is played seated in a seated house is at home.
const metres = curve([[1, 0], [2, 0.4], [4, 1]]);
const room = ({ A, a, P, p }: Pair): number => known(P.stage[p], unknown.u16) / Math.max(1, known(A.lineUp[a], unknown.u8));
function format(pair: Pair): number {
  const { A, a, P, p } = pair;
  const [stage, setting] = [metres(room(pair)), meets(A.settings[a], P.settings[p])];
  return Number.isNaN(stage) ? setting : Number.isNaN(setting) ? stage : (stage + setting) / 2;
}

const flagOf = (flags: number | undefined, said: number | undefined, flag: Flag): number => (((said ?? 0) & flagBit[flag]) === 0 ? NaN : ((flags ?? 0) & flagBit[flag]) !== 0 ? 1 : 0);
/** Lyrics in a language that is wanted, and a show for families where families come. */
function language({ A, a, P, p }: Pair): number {
  const sung = meets(P.lyrics[p], A.lyrics[a]);
  const [for_, wants] = [flagOf(A.flags[a], A.said[a], 'family'), flagOf(P.flags[p], P.said[p], 'family')];
  const family = Number.isNaN(for_) || Number.isNaN(wants) ? NaN : wants === 0 || for_ === 1 ? 1 : 0.1;
  return Number.isNaN(sung) ? family : Number.isNaN(family) ? sung : (sung + family) / 2;
}

const enough = curve([[0.4, 0], [0.8, 0.6], [1, 1]]);
/** The needs of a rider that the place meets, of those that both speak of: stage, inputs, power, backline. */
function technical({ A, a, P, p }: Pair): number {
  const stage = met(known(A.stage[a], unknown.u16), known(P.stage[p], unknown.u16));
  const inputs = met(known(A.inputs[a], unknown.u8), known(P.inputs[p], unknown.u8));
  const power = met(known(A.power[a], unknown.u8), known(P.power[p], unknown.u8));
  const [asked, there] = [A.backline[a] ?? 0, P.backline[p] ?? 0];
  const backline = asked !== 0 && there !== 0 ? met(bits(asked), bits(asked & there)) : NaN;
  let sum = 0;
  let count = 0;
  if (stage === stage) { sum += stage; count += 1; }
  if (inputs === inputs) { sum += inputs; count += 1; }
  if (power === power) { sum += power; count += 1; }
  if (backline === backline) { sum += backline; count += 1; }
  return count === 0 ? NaN : sum / count;
}
/** How far what is there is enough for what is wanted. */
const met = (wanted: number, there: number): number => (wanted === 0 ? 1 : enough(there / wanted));

const louder = curve([[-3, 1], [0, 0.85], [3, 0.4], [8, 0]]);
// An hour and a half from nine in the evening ends at half past ten; outdoors what is left to the curfew counts.
const left = curve([[-60, 0], [0, 0.8], [30, 1]]);
const begins = 21 - 12;
/** Decibels made against those allowed (102 dB(A) over 15 minutes in France: CSP R1336-1, read 2026-11-21), and a show that ends before the curfew. */
function sound({ A, a, P, p }: Pair): number {
  const level = louder(known(A.sound[a], unknown.u8) - known(P.sound[p], unknown.u8));
  const end = left(known(P.curfew[p], unknown.u8) * 15 - begins * 60 - known(A.minutes[a], unknown.u16));
  return Number.isNaN(level) ? end : Number.isNaN(end) ? level : Math.min(level, end);
}

/** Outdoors a show that can be played there, under a roof or by itself; and a place that everybody can enter. */
function outdoors({ A, a, P, p }: Pair): number {
  const [outside, can, roof, alone, step] = [flagOf(P.flags[p], P.said[p], 'outdoor'), flagOf(A.flags[a], A.said[a], 'outdoor'), flagOf(P.flags[p], P.said[p], 'covered'), flagOf(A.flags[a], A.said[a], 'autonomous'), flagOf(P.flags[p], P.said[p], 'step_free')];
  const weather = outside === 0 ? 1 : outside === 1 && !Number.isNaN(can) ? (can === 0 ? (roof === 1 ? 0.5 : 0) : roof === 1 || alone === 1 ? 1 : 0.75) : NaN;
  const entry = Number.isNaN(step) ? NaN : step === 1 ? 1 : 0.4;
  return Number.isNaN(weather) ? entry : Number.isNaN(entry) ? weather : weather * 0.7 + entry * 0.3;
}

/** What is played, for whom, and whether it can be (criteria 31 to 39 of domain/matching.md, read 2026-11-21). */
export const affinity = {
  genre: { prior: 0.4, degree: own, figures: (pair) => pairOf(pair, pair.P.genres, pair.p) },
  programming: { prior: 0.4, degree: billed, figures: (pair) => pairOf(pair, pair.P.billed, pair.p) },
  audience: { prior: 0.5, degree: ({ A, a, P, p }) => overlap(A.audiences[a], P.audiences[p]), figures: ({ A, a, P, p }) => ({ artist: namesOf(AUDIENCES, A.audiences[a]), place: namesOf(AUDIENCES, P.audiences[p]) }) },
  influences: { prior: 0.4, degree: shared, figures: influences },
  format: { prior: 0.6, degree: format, figures: ({ A, a, P, p }) => ({ people: A.lineUp[a] ?? 0, metres: P.stage[p] === unknown.u16 ? 0 : P.stage[p] ?? 0, artist: namesOf(SETTINGS, A.settings[a]), place: namesOf(SETTINGS, P.settings[p]) }) },
  language: { prior: 0.6, degree: language, figures: ({ A, a, P, p }) => ({ sung: namesOf(LYRICS, A.lyrics[a]), wanted: namesOf(LYRICS, P.lyrics[p]) }) },
  technical: { prior: 0.5, degree: technical, figures: ({ A, a, P, p }) => {
    const shown: [string, number, number][] = [['stage', known(A.stage[a], unknown.u16), known(P.stage[p], unknown.u16)], ['inputs', known(A.inputs[a], unknown.u8), known(P.inputs[p], unknown.u8)], ['power', known(A.power[a], unknown.u8), known(P.power[p], unknown.u8)]];
    return { ...Object.fromEntries(shown.filter(([, wanted, there]) => !Number.isNaN(wanted + there)).flatMap(([name, wanted, there]) => [[`${name}Wanted`, wanted], [name, there]])), missing: namesOf(BACKLINE, (P.backline[p] ?? 0) === 0 ? 0 : (A.backline[a] ?? 0) & ~(P.backline[p] ?? 0)) };
  } },
  sound: { prior: 0.6, degree: sound, figures: ({ A, a, P, p }) => ({ makes: A.sound[a] === unknown.u8 ? 0 : A.sound[a] ?? 0, allows: P.sound[p] === unknown.u8 ? 0 : P.sound[p] ?? 0, curfew: P.curfew[p] === unknown.u8 ? '' : hourOf(720 + (P.curfew[p] ?? 0) * 15), minutes: A.minutes[a] === unknown.u16 ? 0 : A.minutes[a] ?? 0 }) },
  outdoors: { prior: 0.6, degree: outdoors, figures: ({ A, a, P, p }) => ({ outdoor: flagName(P, p, 'outdoor'), covered: flagName(P, p, 'covered'), stepFree: flagName(P, p, 'step_free'), artist: flagName(A, a, 'outdoor') }) },
} as const satisfies Record<string, Thing>;

const flagName = (side: Pair['A'] | Pair['P'], i: number, flag: Flag): string => {
  const value = flagOf(side.flags[i], side.said[i], flag);
  return Number.isNaN(value) ? 'unknown' : value === 1 ? 'yes' : 'no';
};
