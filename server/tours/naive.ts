import assert from 'node:assert/strict';
import { callsOfBid, excludes, type Call, type Ground } from './ground.ts';
import type { Ways } from './legs.ts';
import type { Bid } from './question.ts';

/*
 * What a tour is measured against: the same artist takes the offers in the order in which they come, each on the first day that suits both and can be driven to, until it has as many shows. That is how a
 * diary fills when nobody plans.
 */

interface Filling { readonly calls: Call[]; next: number }
const fillings = new WeakMap<readonly Bid[], Map<string, Filling>>();

/** The first so many shows that a diary would fill with, besides those that stand, which count among them; fewer when no more fit. */
export function naiveOf(ground: Ground, ways: readonly Ways[], artist: number, shows: number): Call[] {
  const { bids, limits, artists } = ground.question;
  const known = fillings.get(bids) ?? new Map<string, Filling>();
  fillings.set(bids, known);
  const key = JSON.stringify([artist, artists[artist], limits, ground.question.from, ground.question.until, ground.question.forbidden, ground.question.rates]);
  const filling = known.get(key) ?? { calls: [...ground.fixed[artist] ?? []], next: 0 };
  if (known.size > 200) known.clear();
  known.set(key, filling);
  const way = ways[artist] ?? assert.fail();
  const count = ground.bidsOf[artist]?.length ?? 0;
  const own = filling.calls.length < shows && filling.next < count ? [...ground.bidsOf[artist] ?? []].sort((one, other) => one.bid.order - other.bid.order) : [];
  while (filling.calls.length < shows && filling.next < own.length) {
    const offer = own[filling.next];
    filling.next += 1;
    if (!offer) break;
    const call = callsOfBid(ground, { artist, ...offer, from: 0, until: ground.days - 1 }).find((one) => fits(ground, way, filling.calls, one));
    if (call) filling.calls.push(call);
  }
  // In order of acceptance up to here: the first so many of them, then by day.
  return filling.calls.slice(0, Math.max(shows, ground.fixed[artist]?.length ?? 0)).sort((one, other) => one.day - other.day);
}

/** Whether a show can come between others. */
export function fits(ground: Ground, way: Ways, calls: readonly Call[], call: Call): boolean {
  let [before, after]: [Call | null, Call | null] = [null, null];
  for (const other of calls) {
    if (other.day === call.day || (other.venue >= 0 && other.venue === call.venue) || excludes(ground, other, call)) return false;
    if (other.day < call.day && (!before || other.day > before.day)) before = other;
    if (other.day > call.day && (!after || other.day < after.day)) after = other;
  }
  return way.cost(before, call) < Infinity && way.cost(call, after) < Infinity;
}
