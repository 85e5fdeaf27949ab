import { COUNTRIES, unknown } from '../columns.ts';
import { curve } from '../curve.ts';
import type { Pair } from '../pair.ts';
import { capacityOf, known, nameOf, type Thing } from './thing.ts';

/**
 * Euros of a Swiss franc, for comparing alone: never for what is paid. 1 EUR was 0.93 CHF or so on average in 2026; a fit to a fifth needs no
 * more, and a search must not change with the hour.
 */
const francs = 1.07;
/** An amount in cents of euro, for comparing alone. */
export const inEuros = (amount: number, currency: number | undefined): number => (currency === 1 ? amount * francs : amount);
/** A currency by its number in a column. */
export const currencyOf = (currency: number | undefined): string => (currency === 1 ? 'CHF' : 'EUR');

/** The smallest and the largest fee, and the same of a budget, in cents of euro; the one stands for the other where it was not said. */
export const feeMin = ({ A, a }: Pair): number => inEuros(known(A.feeMin[a] === unknown.u32 ? A.feeMax[a] : A.feeMin[a], unknown.u32), A.currency[a]);
const feeMax = ({ A, a }: Pair): number => inEuros(known(A.feeMax[a] === unknown.u32 ? A.feeMin[a] : A.feeMax[a], unknown.u32), A.currency[a]);
export const budgetMax = ({ P, p }: Pair): number => inEuros(known(P.budgetMax[p] === unknown.u32 ? P.budgetMin[p] : P.budgetMax[p], unknown.u32), P.currency[p]);

/** Both ranges as they were said, each in its own currency. */
export const feeFigures = ({ A, a, P, p }: Pair) => ({
  min: said(A.feeMin[a], A.feeMax[a]), max: said(A.feeMax[a], A.feeMin[a]), currency: currencyOf(A.currency[a]),
  budgetMin: said(P.budgetMin[p], 0), budgetMax: said(P.budgetMax[p], P.budgetMin[p]), budgetCurrency: currencyOf(P.currency[p]),
});
const said = (value: number | undefined, instead: number | undefined): number => (value === undefined || value === unknown.u32 ? (instead === unknown.u32 ? 0 : instead ?? 0) : value);

// At half the smallest fee nothing is left to talk about; at the smallest there is; from the largest on all is well.
const enough = 0.6;
function feeFit(pair: Pair): number {
  const [min, max, budget] = [feeMin(pair), feeMax(pair), budgetMax(pair)];
  if (Number.isNaN(min) || Number.isNaN(budget)) return NaN;
  if (budget >= max) return 1;
  if (budget >= min) return max > min ? enough + ((1 - enough) * (budget - min)) / (max - min) : 1;
  return budget <= min / 2 ? 0 : (enough * (budget - min / 2)) / (min / 2);
}

/*
 * What a show costs a place beside the fee. A van: 0.697 euros a kilometre, the tax scale for 7 horsepower and more, to 5,000 km
 * (arrêté of 27 March 2023, unchanged in 2025, read 2026-11-22), there and back by road, a third longer than the crow flies; one for eight people. A
 * night: 75 euros a head beyond 200 km, ours.
 */
const vanCents = 69.7;
const road = 1.3;
const seats = 8;
const nightCents = 7_500;
const homeKm = 200;
/** Fee, travel and nights, in cents of euro, at the artist's smallest fee; NaN when the fee or the way is not known. */
function fullCost(pair: Pair): number {
  const heads = headsOf(pair);
  const vans = Math.ceil(heads / seats);
  return feeMin(pair) + pair.km * road * 2 * vanCents * vans + (pair.km > homeKm ? heads * nightCents : 0);
}
const headsOf = ({ A, a }: Pair): number => (A.lineUp[a] === unknown.u8 ? 3 : A.lineUp[a] ?? 3) + (A.crew[a] === unknown.u8 ? 0 : A.crew[a] ?? 0);

const within = curve([[0.5, 1], [0.9, 0.85], [1, 0.7], [1.3, 0.2], [1.6, 0]]);
/** The part of the house that has to be sold at the usual ticket to earn the whole cost; NaN where nothing is sold: a free show breaks even by other means. */
const evenAt = (pair: Pair): number => fullCost(pair) / (capacityOf(pair) * inEuros(known(pair.P.ticket[pair.p] || NaN, unknown.u32), pair.P.currency[pair.p]));
const even = curve([[0.25, 1], [0.6, 0.7], [1, 0.2], [1.5, 0]]);
const againstMarket = curve([[0.8, 1], [1, 0.75], [1.2, 0.45], [1.6, 0.1], [2, 0]]);
// Half at the signature is as good as it gets; money within thirty days is the law's own pace between firms (C. com. L441-10, read 2026-11-21).
const pay = curve([[0, 1], [30, 0.8], [45, 0.5], [60, 0.3], [120, 0]]);
const spare = curve([[0, 0], [0.8, 0.3], [1, 0.6], [2, 0.9], [4, 1]]);

/** Deposit and delay together: what is asked and given, what is paid late; each by itself when the other is not known. */
function terms({ A, a, P, p }: Pair): number {
  const [wanted, given, days] = [known(A.deposit[a], unknown.u8), known(P.deposit[p], unknown.u8), pay(known(P.daysToPay[p], unknown.u16))];
  const deposit = wanted === 0 ? 1 : Math.min(1, given / wanted);
  if (Number.isNaN(deposit)) return days;
  return Number.isNaN(days) ? deposit : (deposit + days) / 2;
}

const union = new Set(['FR', 'BE', 'LU', 'DE', 'NL', 'ES', 'IT'].map((code) => (COUNTRIES as readonly string[]).indexOf(code)));
/** One country and one currency; within the Union the tax is reversed; beyond it there is tax at the source and a customs paper. */
function friction({ A, a, P, p }: Pair): number {
  const [from, to] = [A.country[a] ?? unknown.u8, P.country[p] ?? unknown.u8];
  if (from === unknown.u8 || to === unknown.u8) return NaN;
  const tax = from === to ? 1 : union.has(from) && union.has(to) ? 0.7 : 0.4;
  return A.currency[a] === P.currency[p] ? tax : Math.min(tax, 0.5);
}

/** What it costs and what there is to pay it with (criteria 11 to 17 of domain/matching.md, read 2026-11-21). */
export const budget = {
  fee: { prior: 0.5, degree: feeFit, figures: feeFigures },
  market: { prior: 0.6, of: 'place', degree: (pair) => ((pair.A.deals[pair.a] ?? 0) < 8 ? NaN : againstMarket(feeMin(pair) / inEuros(known(pair.A.market[pair.a], unknown.u32), pair.A.currency[pair.a]))), figures: ({ A, a }) => ({ fee: said(A.feeMin[a], A.feeMax[a]), median: A.market[a] ?? 0, deals: A.deals[a] ?? 0, currency: currencyOf(A.currency[a]) }) },
  full_cost: { prior: 0.5, of: 'place', degree: (pair) => within(fullCost(pair) / budgetMax(pair)), figures: (pair) => ({ cost: Math.round(fullCost(pair)), fee: Math.round(feeMin(pair)), km: Math.round(pair.km), heads: headsOf(pair), budgetMax: said(pair.P.budgetMax[pair.p], pair.P.budgetMin[pair.p]), currency: 'EUR', budgetCurrency: currencyOf(pair.P.currency[pair.p]) }) },
  break_even: { prior: 0.5, of: 'place', degree: (pair) => even(evenAt(pair)), figures: (pair) => ({ percent: Math.round(evenAt(pair) * 100), cost: Math.round(fullCost(pair)), ticket: pair.P.ticket[pair.p] ?? 0, capacity: capacityOf(pair), currency: 'EUR' }) },
  terms: { prior: 0.6, of: 'artist', degree: terms, figures: ({ A, a, P, p }) => figuresOf({ wanted: known(A.deposit[a], unknown.u8), given: known(P.deposit[p], unknown.u8), days: known(P.daysToPay[p], unknown.u16) }) },
  taxes: { prior: 0.8, degree: friction, figures: ({ A, a, P, p }) => ({ from: nameOf(COUNTRIES, A.country[a]), to: nameOf(COUNTRIES, P.country[p]), currency: currencyOf(A.currency[a]), budgetCurrency: currencyOf(P.currency[p]) }) },
  funding: { prior: 0.5, degree: (pair) => spare(inEuros(known(pair.P.funding[pair.p], unknown.u32), pair.P.currency[pair.p]) / feeMin(pair)), figures: (pair) => ({ left: pair.P.funding[pair.p] ?? 0, fee: said(pair.A.feeMin[pair.a], pair.A.feeMax[pair.a]), currency: currencyOf(pair.P.currency[pair.p]), feeCurrency: currencyOf(pair.A.currency[pair.a]) }) },
} as const satisfies Record<string, Thing>;

/** The figures that are known. */
const figuresOf = (figures: Readonly<Record<string, number>>): Record<string, number> => Object.fromEntries(Object.entries(figures).filter(([, value]) => !Number.isNaN(value)));

/** The smallest fee is above twice the largest budget: there is nothing to talk about (domain/matching.md, blockers). */
export const outOfReach = (pair: Pair): boolean => feeMin(pair) > 2 * budgetMax(pair);
