import { unknown } from '../columns.ts';
import { alike, curve, steps } from '../curve.ts';
import { LEVELS } from '../filters.ts';
import { chordOf, chordTo, kmTo, type Pair } from '../pair.ts';
import { currencyOf, inEuros } from './budget.ts';
import { capacityOf, known, nameOf, type Thing } from './thing.ts';

/** How many people an artist draws, by its own word: the middle of its range; NaN when it said nothing. */
const drawOf = ({ A, a }: Pair): number => {
  const [min, max] = [A.audienceMin[a] ?? unknown.u16, A.audienceMax[a] ?? unknown.u16];
  if (max === unknown.u16) return min === unknown.u16 ? NaN : min;
  return min === unknown.u16 ? max : (min + max) / 2;
};

// Best from six tenths of the house to all of it (domain/matching.md, criterion 1); a crowd of twice the house is turned away at the door.
const house = curve([[0, 0], [0.15, 0.2], [0.6, 1], [1, 1], [1.5, 0.6], [3, 0.2], [8, 0]]);
const crowd = curve([[0, 0], [0.1, 0.3], [0.5, 0.8], [1, 1]]);
/** A hundred kilometres around a place, whose people come: criterion 2. */
const around = chordOf(100);

/** The best crowd that an artist drew around the place: its number in the row, -1 when none is kept there. */
function localDraw(pair: Pair): number {
  const { A, a } = pair;
  for (let i = a * 4, end = i + 4; i < end; i += 1) {
    const people = A.drawn[i] ?? unknown.u16;
    if (people === unknown.u16) return -1;
    // They stand in falling order: the first that is near is the best.
    if (chordTo(pair, A.drawLat[i] ?? 0, A.drawLng[i] ?? 0) <= around) return i;
  }
  return -1;
}

// Listeners and followers for each place of the house: ours, until outcomes teach better ones. One in a hundred listeners comes, at best.
const heard = steps([[0.5, 0], [5, 0.4], [50, 0.8], [200, 1]]);
const followed = steps([[0.05, 0], [0.5, 0.4], [5, 0.85], [20, 1]]);
/** Those of the place's country: at home the part that listens there, elsewhere at most the rest. */
const listenersOf = ({ A, a, P, p }: Pair): number => {
  const all = known(A.listeners[a], unknown.u32);
  const home = known(A.listenersHome[a], unknown.u8);
  return Number.isNaN(home) ? all : (all * (A.country[a] === P.country[p] ? home : Math.max(0, 100 - home))) / 100;
};
const reachOf = ({ A, a }: Pair): number => (known(A.followers[a], unknown.u32) * known(A.engagement[a], unknown.u16)) / 1_000;

/** People that were said; 0 when they were not. */
const saidOf = (people: number | undefined): number => (people === undefined || people === unknown.u16 ? 0 : people);

const growth = curve([[-50, 0], [0, 0.5], [50, 0.9], [100, 1]]);
const taken = curve([[10, 0], [50, 0.5], [85, 1]]);
const month = curve([[0, 0], [100, 1]]);
// None is best; five in the two days before and after leave little.
const others = curve([[0, 1], [1, 0.85], [3, 0.5], [8, 0.1], [15, 0]]);

/** Shows announced in the place's square of the map within two days of the day; NaN without a day or a square. */
function competition({ P, p, day, world }: Pair): number {
  const square = P.square[p] ?? unknown.u16;
  if (day < 0 || square === unknown.u16) return NaN;
  const horizon = world.events.length / squaresCount;
  let sum = 0;
  for (let d = Math.max(0, day - 2); d <= Math.min(horizon - 1, day + 2); d += 1) sum += world.events[square * horizon + d] ?? 0;
  return sum;
}
/** Squares of the map: `squares` of profile.ts, 32 by 32. */
const squaresCount = 1_024;

/** Who would come, and how full it would be (criteria 1 to 10 of domain/matching.md, read 2026-11-21). */
export const fill = {
  capacity: { prior: 0.5, degree: (pair) => house(drawOf(pair) / capacityOf(pair)), figures: (pair) => ({ min: saidOf(pair.A.audienceMin[pair.a]), max: saidOf(pair.A.audienceMax[pair.a]), draw: Math.round(drawOf(pair)), capacity: capacityOf(pair) }) },
  local_draw: { prior: 0.4, of: 'place', degree: (pair) => {
    const i = localDraw(pair);
    return i < 0 ? NaN : crowd((pair.A.drawn[i] ?? 0) / capacityOf(pair));
  }, figures: (pair) => {
    const i = localDraw(pair);
    return { people: pair.A.drawn[i] ?? 0, km: Math.round(kmTo(pair, pair.A.drawLat[i] ?? 0, pair.A.drawLng[i] ?? 0)), capacity: capacityOf(pair) };
  } },
  listeners: { prior: 0.4, of: 'place', degree: (pair) => heard(listenersOf(pair) / capacityOf(pair)), figures: (pair) => ({ listeners: pair.A.listeners[pair.a] ?? 0, near: Math.round(listenersOf(pair)), capacity: capacityOf(pair) }) },
  followers: { prior: 0.4, of: 'place', degree: (pair) => followed(reachOf(pair) / capacityOf(pair)), figures: (pair) => ({ followers: pair.A.followers[pair.a] ?? 0, permille: pair.A.engagement[pair.a] ?? 0, capacity: capacityOf(pair) }) },
  growth: { prior: 0.5, of: 'place', degree: ({ A, a }) => growth(known(A.growth[a], unknown.i16)), figures: ({ A, a }) => ({ percent: A.growth[a] ?? 0 }) },
  house_fill: { prior: 0.5, of: 'artist', degree: ({ P, p }) => taken(known(P.fill[p], unknown.u8)), figures: ({ P, p }) => ({ percent: P.fill[p] ?? 0 }) },
  level: { prior: 0.5, degree: ({ A, a, P, p }) => {
    const apart = Math.abs(known(A.level[a], unknown.u8) - known(P.level[p], unknown.u8));
    return apart === 0 ? 1 : apart === 1 ? 0.5 : apart === 2 ? 0.1 : NaN;
  }, figures: ({ A, a, P, p }) => ({ artist: nameOf(LEVELS, A.level[a]), place: nameOf(LEVELS, P.level[p]) }) },
  ticket: { prior: 0.5, degree: ({ A, a, P, p }) => {
    const [one, other] = [known(A.ticket[a], unknown.u32), known(P.ticket[p], unknown.u32)];
    return Number.isNaN(one) || Number.isNaN(other) ? NaN : alike(inEuros(one, A.currency[a]), inEuros(other, P.currency[p]));
  }, figures: ({ A, a, P, p }) => ({ artist: A.ticket[a] ?? 0, place: P.ticket[p] ?? 0, currency: currencyOf(A.currency[a]), placeCurrency: currencyOf(P.currency[p]) }) },
  season: { prior: 0.5, degree: ({ P, p, day, world }) => (day < 0 ? NaN : month(known(P.season[p * 12 + (world.months[day] ?? 0)], unknown.u8))), figures: ({ P, p, day, world }) => ({ month: (world.months[day] ?? 0) + 1, percent: P.season[p * 12 + (world.months[day] ?? 0)] ?? 0 }) },
  competition: { prior: 0.6, degree: (pair) => others(competition(pair)), figures: (pair) => ({ shows: competition(pair), day: pair.day }) },
} as const satisfies Record<string, Thing>;
