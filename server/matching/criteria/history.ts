import { flagBit, unknown } from '../columns.ts';
import { curve } from '../curve.ts';
import { LEVELS, PLACE_KINDS } from '../filters.ts';
import { kmTo, type Pair } from '../pair.ts';
import { kindOf, KINDS_OF_PLACE } from '../profile.ts';
import { known, nameOf, type Thing } from './thing.ts';

/** How shows of the two went, drawn to the middle while there are few: two more, of neither kind. */
function past(pair: Pair): number {
  const found = pair.quest.past.get(pair.sought);
  return found ? (found.went * found.shows + 1) / (found.shows + 2) : NaN;
}
const larger = Uint8Array.from(PLACE_KINDS, (kind) => KINDS_OF_PLACE.indexOf(kindOf[kind]));
/** How the artist's shows went at such places, and the place's with artists of such a level. */
const peers = ({ A, a, P, p }: Pair): number => {
  const [kind, level] = [P.kind[p] ?? unknown.u8, A.level[a] ?? unknown.u8];
  const mine = kind === unknown.u8 ? NaN : known(A.went[a * 5 + (larger[kind] ?? 0)], unknown.u8) / 100;
  const theirs = level === unknown.u8 ? NaN : known(P.went[p * 3 + level], unknown.u8) / 100;
  return Number.isNaN(mine) ? theirs : Number.isNaN(theirs) ? mine : (mine + theirs) / 2;
};
const kept = curve([[70, 0], [90, 0.5], [97, 0.85], [100, 1]]);
const paid = curve([[0, 1], [30, 0.85], [45, 0.5], [90, 0.1], [180, 0]]);
const record = ({ P, p }: Pair): number => {
  const disputes = known(P.disputes[p], unknown.u8);
  return paid(known(P.daysToPay[p], unknown.u16)) / (Number.isNaN(disputes) ? 1 : 1 + disputes);
};
const answers = curve([[1, 1], [24, 0.8], [72, 0.45], [240, 0.05], [480, 0]]);
const hoursOf = (quarters: number | undefined): number => known(quarters, unknown.u16) / 4;
/** The slower of the two is how long it takes. */
const slower = ({ A, a, P, p }: Pair): number => {
  const [one, other] = [hoursOf(A.answer[a]), hoursOf(P.answer[p])];
  return Number.isNaN(one) ? other : Number.isNaN(other) ? one : Math.max(one, other);
};
/* Drawn towards the mean of all while there are few: four of 4.2 stars, which is about what platforms see. */
const few = 4;
const usual = 4.2;
const starsOf = (stars: number | undefined, count: number | undefined): number => {
  const n = count ?? 0;
  return n === 0 || n === unknown.u16 ? NaN : ((known(stars, unknown.u8) / 50) * n + usual * few) / (n + few);
};
const good = curve([[2, 0], [3, 0.2], [4, 0.7], [4.8, 1]]);
const ratings = ({ A, a, P, p }: Pair): number => {
  const [one, other] = [starsOf(A.stars[a], A.ratings[a]), starsOf(P.stars[p], P.ratings[p])];
  return good(Number.isNaN(one) ? other : Number.isNaN(other) ? one : (one + other) / 2);
};
// From eighty per cent on a profile is recommended (criterion 46, PR-02).
const filled = curve([[0, 0], [50, 0.3], [80, 0.8], [100, 1]]);
const checked = (flags: number | undefined): boolean => ((flags ?? 0) & flagBit.verified) !== 0;
const complete = ({ A, a, P, p }: Pair): number => Math.min(1, filled(Math.min(known(A.complete[a], unknown.u8), known(P.complete[p], unknown.u8))) * 0.8 + (checked(A.flags[a]) ? 0.1 : 0) + (checked(P.flags[p]) ? 0.1 : 0));

const none = { apart: Infinity, at: -1 };
/** Kilometres to the edge of a promise not to play near, as a part of its width, on days near those of the promise; below 1 it holds. Infinity without one. */
function nearestPromise(pair: Pair): { apart: number; at: number } {
  const { A, a, day } = pair;
  if (A.nearKm[a * 2] === unknown.u16) return none;
  let best = none;
  for (let i = a * 2, end = i + 2; i < end; i += 1) {
    const km = A.nearKm[i] ?? unknown.u16;
    if (km === unknown.u16) break;
    // Where no day is left all of them are looked at: one of them is why.
    if (day >= 0 && (day < (A.nearFrom[i] ?? 0) || day > (A.nearUntil[i] ?? 0))) continue;
    const apart = kmTo(pair, A.nearLat[i] ?? 0, A.nearLng[i] ?? 0) / Math.max(1, km);
    if (apart < best.apart) best = { apart, at: i };
  }
  return best;
}
const edge = curve([[0.999, 0], [1, 0.2], [1.5, 0.8], [2, 1]]);

/** What was before (criteria 40 to 46 of domain/matching.md, read 2026-11-21). */
export const history = {
  together: { prior: 0.5, degree: past, figures: (pair) => ({ shows: pair.quest.past.get(pair.sought)?.shows ?? 0, percent: Math.round((pair.quest.past.get(pair.sought)?.went ?? 0) * 100) }) },
  peers: { prior: 0.5, degree: peers, figures: ({ A, a, P, p }) => ({ percent: Math.round(peers({ A, a, P, p } as Pair) * 100), kind: nameOf(PLACE_KINDS, P.kind[p]), level: nameOf(LEVELS, A.level[a]) }) },
  kept: { prior: 0.7, of: 'place', degree: ({ A, a }) => kept(known(A.kept[a], unknown.u8)), figures: ({ A, a }) => ({ percent: A.kept[a] ?? 0 }) },
  paid: { prior: 0.6, of: 'artist', degree: record, figures: ({ P, p }) => ({ days: P.daysToPay[p] ?? 0, disputes: P.disputes[p] === unknown.u8 ? 0 : P.disputes[p] ?? 0 }) },
  answers: { prior: 0.5, degree: (pair) => answers(slower(pair)), figures: (pair) => ({ hours: Math.round(slower(pair) * 10) / 10 }) },
  // Two of the usual stars: a bad rating is worth less than none.
  ratings: { prior: 0.775, degree: ratings, figures: ({ A, a, P, p }) => ({ artist: A.ratings[a] ? Math.round((A.stars[a] ?? 0) / 5) / 10 : 0, artistCount: A.ratings[a] ?? 0, place: P.ratings[p] ? Math.round((P.stars[p] ?? 0) / 5) / 10 : 0, placeCount: P.ratings[p] ?? 0 }) },
  complete: { prior: 0.5, degree: complete, figures: ({ A, a, P, p }) => ({ artist: A.complete[a] ?? 0, place: P.complete[p] ?? 0, checked: Number(checked(A.flags[a])) + Number(checked(P.flags[p])) }) },
} as const satisfies Record<string, Thing>;

/** Criterion 47: how far the place lies from where the artist promised not to play. Without a promise it is free. */
export const exclusivity = {
  exclusivity: { prior: 1, degree: (pair) => { if ((pair.A.nearKm[pair.a * 2] ?? unknown.u16) === unknown.u16) return 1; const { apart } = nearestPromise(pair); return apart === Infinity ? 1 : edge(apart); }, figures: (pair) => promiseFigures(pair) },
} as const satisfies Record<string, Thing>;

/** Whether the place lies within such promises, and they leave no day on which both could. */
export const isPromised = ({ shut }: Pair): boolean => shut;

/** The promise that is nearest: its width, how far it is, and its last day; nothing without one. */
export function promiseFigures(pair: Pair): Record<string, number> {
  const { at, apart } = nearestPromise(pair);
  if (at < 0) return {};
  const most = pair.A.nearKm[at] ?? 0;
  return { km: Math.round(apart * Math.max(1, most)), most, until: pair.A.nearUntil[at] ?? 0 };
}
