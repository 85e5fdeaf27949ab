import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { waysOf, worthOf } from '../server/tours/board.ts';
import { drawnTour } from '../server/tours/drawn.ts';
import { groundOf } from '../server/tours/ground.ts';
import { mend } from '../server/tours/mend.ts';
import { planTours } from '../server/tours/plan.ts';
import type { Question, Spot } from '../server/tours/question.ts';
import { boardOf, reckon, visitsOf } from '../server/tours/reckon.ts';
import { search } from '../server/tours/search.ts';
import { bestByMilp, type Highs } from './tours-milp.ts';

const round = (value: number, digits = 1) => Number(value.toFixed(digits));
const middle = (values: readonly number[], at = 0.5): number => [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(at * values.length))] ?? NaN;
const since = (from: number) => (performance.now() - from) / 1_000;

/** True municipalities of the French mainland above 4,000 people, with their places: [code, name, postcodes, country, people, latitude, longitude, …]. */
export function communesOf(file: string): Spot[] {
  const rows = JSON.parse(readFileSync(file, 'utf8')) as [string, string, string, string, number, number, number][];
  return rows.filter(([insee, , , country, people]) => country === 'FR' && people > 4_000 && !/^(2[AB]|97|98)/.test(insee)).map(([insee, city, , country, , lat, lng]) => ({ lat, lng, city, country, insee }));
}

/** Tours of eight dates and twelve venues for one artist, every fifth of six dates and eight venues for two of one public, beside the best that a mixed-integer programme finds. */
export function milp(highs: Highs, communes: readonly Spot[], seeds: number) {
  const rows = Array.from({ length: seeds }, (_, i) => {
    const seed = i + 1;
    const two = seed % 5 === 0;
    const question = drawnTour({ seed, artists: two ? 2 : 1, venues: two ? 8 : 12, days: two ? 6 : 8, free: 0.5, reach: [120, 250, 600][seed % 3] ?? 250, exclusive: 0.3, kin: true }, communes);
    const from = performance.now();
    const found = search(groundOf(question), { seed: 1, effort: 12_000 }).worth;
    const took = since(from);
    const exactly = performance.now();
    const best = bestByMilp(highs, question);
    // The programme is right to a millionth of its sum.
    const equal = Math.abs(best - found) <= 2;
    if (!equal) console.log(`seed ${seed}: ${found} of ${best}`);
    return { seed, equal, search_s: took, milp_s: since(exactly) };
  });
  return { milp_equal: rows.filter(({ equal }) => equal).length, milp_of: seeds, milp_search_median_s: round(middle(rows.map(({ search_s }) => search_s)), 3), milp_median_s: round(middle(rows.map(({ milp_s }) => milp_s)), 3) };
}

/** Ten shows of a band among forty venues that would have it in two months, beside the order in which their offers came and beside going home each time. The road: transport, beds, crew, meals. */
export function savings(communes: readonly Spot[], tours: number) {
  const rows = Array.from({ length: tours }, (_, i) => {
    const drawn = drawnTour({ seed: i + 1, artists: 1, venues: 40, days: 60, free: 0.15, exclusive: 0.15 }, communes);
    const question: Question = { ...drawn, limits: { ...drawn.limits, mostShows: 10 } };
    const { sums, inOrder, pointToPoint, conflicts } = reckon(question, planTours(question, { seed: 1, count: 1, share: 0.6, effort: 300 }).variants[0] ?? []);
    assert.equal(conflicts.length, 0);
    const own = sums.transportMinor + sums.lodgingMinor + sums.crewMinor + sums.mealsMinor - sums.sharedMinor;
    return { order: 100 * (1 - own / sums.shows / (inOrder.logisticsMinor / inOrder.shows)), home: 100 * (1 - own / sums.shows / (pointToPoint.logisticsMinor / pointToPoint.shows)), grams: 100 * (1 - sums.grams / sums.shows / (inOrder.grams / inOrder.shows)) };
  });
  const order = rows.map((row) => row.order);
  console.log(`saved beside the order of the offers, %: ${order.map((one) => Math.round(one)).sort((a, b) => a - b).join(' ')}`);
  return {
    saving_median_pct: round(middle(order)), saving_least_pct: round(Math.min(...order)), saving_quartiles_pct: [0.25, 0.75].map((at) => round(middle(order, at))), saving_home_median_pct: round(middle(rows.map(({ home }) => home))), saving_co2_median_pct: round(middle(rows.map(({ grams }) => grams))),
  };
}

/**
 * Twenty-five bands, a year, 2,000 venues that would each have each of them (50,000 bids of some 55 days), sixty shows a band at most. Usable: every band has its shows, and no rule is broken. Then the
 * same again with thirty seconds, and what a hand changes.
 */
export function season(communes: readonly Spot[], shorter: number, longer: number) {
  const drawn = drawnTour({ seed: 1, artists: 25, venues: 2_000, days: 365, free: 0.15 }, communes);
  const question: Question = { ...drawn, limits: { ...drawn.limits, mostShows: 60 } };
  const counting = performance.now();
  const ground = groundOf(question);
  const counted = since(counting);
  const ways = waysOf(ground);
  const timed = (seconds: number, from = performance.now()) => {
    let usable = Infinity;
    const { board } = search(ground, {
      seed: 1, spent: () => since(from) / seconds,
      onProgress: (_, __, now) => { if (usable === Infinity && now().every((calls) => calls.length >= 60)) usable = since(from); },
    });
    assert.equal(reckon(question, visitsOf(ground, board)).conflicts.length, 0);
    return { board, usable, worth: worthOf(ground, ways, board) };
  };
  const [first, last] = [timed(shorter), timed(longer)];
  const visits = visitsOf(ground, last.board);
  const at = (i: number) => visits[(i * 37) % visits.length] ?? assert.fail();
  reckon(question, visits);
  const recost = Array.from({ length: 200 }, (_, i) => {
    const moved = at(i);
    const day = question.bids.find(({ artist, venue }) => artist === moved.artist && venue === moved.venue)?.days[i % 20] ?? moved.day;
    const from = performance.now();
    reckon({ ...question, pins: [{ ...moved, day }] }, visits.map((visit) => (visit === moved ? { ...moved, day } : visit)));
    return performance.now() - from;
  });
  const repair = Array.from({ length: 200 }, (_, i) => {
    const out = at(i);
    const from = performance.now();
    const mended = mend({ ...question, forbidden: [out] }, visits.filter((visit) => visit !== out), { seed: i + 1, touched: [out.artist], days: [out.day] });
    const took = performance.now() - from;
    assert.equal(boardOf(ground, mended).strange.length, 0);
    return took;
  });
  return {
    bids: question.bids.length, counted_s: round(counted, 2), usable_s: round(Math.min(first.usable, last.usable) + counted, 2), worth_10s_minor: first.worth, worth_30s_minor: last.worth, gap_10s_pct: round((100 * (last.worth - first.worth)) / last.worth, 2), season_shows: visits.length,
    recost_p50_ms: round(middle(recost)), recost_p95_ms: round(middle(recost, 0.95)), repair_p50_ms: round(middle(repair)), repair_p95_ms: round(middle(repair, 0.95)), rss_mb: Math.round(process.memoryUsage().rss / 1e6),
  };
}
