import { toWire, type Currency, type Money, type WireMoney } from '../core/money.ts';
import { addDays, daysBetween, fromDay, type Day } from '../core/time.ts';
import { yearBefore } from '../prices/period.ts';

/** From how many on a share or a middle is claimed of them: of fewer, the numbers alone are said. */
const ENOUGH = 5;
/** How many names a list shows. */
const mostNames = 8;
/** Where one distance ends and the next begins, in kilometres from home as the crow flies. */
const bands = [50, 150, 300] as const;

/** Who asks, as the form of a request tells them apart. */
export const ASKERS = ['private', 'venue', 'camping', 'commune'] as const;
export type Asker = (typeof ASKERS)[number];

/** A request as figures are made of it. */
export interface Asked {
  /** The day it came, at the home of who reads. */
  readonly day: Day;
  /** The day wanted; of a season, its first. */
  readonly showDay: Day;
  readonly asker: Asker;
  readonly artist: string;
  /** The town of the show, and how far it is from home in whole kilometres; empty and null where that is not the reader's to know. */
  readonly city: string;
  readonly km: number | null;
  /** Host and path of the page it came from; empty where none is known. */
  readonly page: string;
  /** Whether the reader is one of its two sides: of what others asked through its pages, no answer and no amount is the reader's. */
  readonly own: boolean;
  /** Minutes to the artist's first hold, offer or refusal; null before it, and of others' requests. */
  readonly answerMinutes: number | null;
  readonly signed: boolean;
  /** What the signed contract grants the artist, before tax; null without one, and of others' requests. */
  readonly fee: Money | null;
  /** What was named as a budget; null of others' requests. */
  readonly budget: Money | null;
}

/** The fees of signed contracts in one currency, before tax. `median` is null below five. */
export interface Fees {
  readonly currency: Currency;
  readonly n: number;
  readonly sum: WireMoney;
  readonly median: WireMoney | null;
}

/** What became of some requests. Shares and middles are null where there were too few to claim any. */
export interface Sums {
  readonly requests: number;
  /** Of them, those that the reader is a side of: `answered`, `answerMinutes` and `fees` are of these. */
  readonly own: number;
  readonly answered: number;
  readonly contracts: number;
  /** Contracts of requests, in basis points, rounded down. */
  readonly conversionBps: number | null;
  /** The middle of the minutes to the first answer. */
  readonly answerMinutes: number | null;
  /** The middle of the days from the request to the day it wanted. */
  readonly leadDays: number | null;
  readonly fees: Fees[];
}

/** The one in the middle; of an even number, the mean of the two in the middle, rounded down. Null where there are fewer than `ENOUGH`. */
export function middle(values: readonly bigint[]): bigint | null {
  if (values.length < ENOUGH) return null;
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const half = sorted.length >> 1;
  const [low = 0n, high = 0n] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return (low + high) / 2n;
}

const middleOf = (values: readonly number[]): number | null => {
  const found = middle(values.map(BigInt));
  return found === null ? null : Number(found);
};

/** The fees among some amounts, each currency apart. */
export function feesOf(amounts: readonly (Money | null)[]): Fees[] {
  const there = amounts.filter((one) => one !== null);
  return [...new Set(there.map(({ currency }) => currency))].sort().map((currency) => {
    const minors = there.filter((one) => one.currency === currency).map(({ minor }) => minor);
    const half = middle(minors);
    return { currency, n: minors.length, sum: toWire({ minor: minors.reduce((sum, minor) => sum + minor, 0n), currency }), median: half === null ? null : toWire({ minor: half, currency }) };
  });
}

/** What became of some requests. */
export function sumsOf(all: readonly Asked[]): Sums {
  const answers = all.flatMap(({ answerMinutes }) => (answerMinutes === null ? [] : [answerMinutes]));
  const contracts = all.filter(({ signed }) => signed).length;
  return {
    requests: all.length, own: all.filter(({ own }) => own).length, answered: answers.length, contracts,
    conversionBps: all.length < ENOUGH ? null : Math.floor((contracts * 10_000) / all.length),
    answerMinutes: middleOf(answers), leadDays: middleOf(all.map(({ day, showDay }) => Math.max(0, daysBetween(day, showDay)))), fees: feesOf(all.map(({ fee }) => fee)),
  };
}

/** A month, `2027-03`, beside the same one a year before: that one no further than this one has come. */
export interface Month extends Sums {
  readonly month: string;
  readonly before: Sums;
}

/** What became of the requests of each month named, the month of `today` as far as it has come. */
export function monthsOf(all: readonly Asked[], names: readonly string[], today: Day): Month[] {
  const until = yearBefore(today);
  const known = all.filter(({ day }) => day <= today);
  return names.map((month) => {
    const before = `${String(Number(month.slice(0, 4)) - 1)}-${month.slice(5)}`;
    return { month, ...sumsOf(known.filter(({ day }) => day.startsWith(month))), before: sumsOf(known.filter(({ day }) => day.startsWith(before) && (month !== today.slice(0, 7) || day <= until))) };
  });
}

/** How many of something, and how many of these became contracts. */
export interface Part {
  readonly name: string;
  readonly n: number;
  readonly contracts: number;
}

/** The parts that `name` tells apart, the largest first, eight at most. What has no name is in none. */
function parts(all: readonly Asked[], name: (one: Asked) => string): Part[] {
  const found = new Map<string, { n: number; contracts: number }>();
  for (const one of all) {
    const key = name(one);
    const sum = found.get(key) ?? { n: 0, contracts: 0 };
    if (key !== '') found.set(key, { n: sum.n + 1, contracts: sum.contracts + (one.signed ? 1 : 0) });
  }
  return [...found].map(([key, sum]) => ({ name: key, ...sum })).sort((a, b) => b.n - a.n || b.contracts - a.contracts || (a.name < b.name ? -1 : 1)).slice(0, mostNames);
}

/** Which distance a request lies in: the kilometres at which its band ends, `0` beyond the last. */
const bandOf = (km: number): string => String(bands.find((end) => km < end) ?? 0);

/** What is wanted, and by whom. */
export interface Wanted {
  /** Requests by the weekday that they want, Monday first, and by the month, January first. */
  readonly weekdays: number[];
  readonly months: number[];
  readonly askers: Part[];
  readonly artists: Part[];
  readonly towns: Part[];
  /** By `50`, `150`, `300` kilometres, and `0` beyond. Only those whose place is known. */
  readonly distances: Part[];
  readonly pages: Part[];
}

/** What some requests want. */
export function wantedOf(all: readonly Asked[]): Wanted {
  const weekday = (day: Day): number => (fromDay(day).getUTCDay() + 6) % 7;
  const count = (length: number, of: (one: Asked) => number): number[] => Array.from({ length }, (_, at) => all.filter((one) => of(one) === at).length);
  const near = parts(all, ({ km }) => (km === null ? '' : bandOf(km)));
  return {
    weekdays: count(7, ({ showDay }) => weekday(showDay)), months: count(12, ({ showDay }) => Number(showDay.slice(5, 7)) - 1),
    askers: parts(all, ({ asker }) => asker), artists: parts(all, ({ artist }) => artist), towns: parts(all, ({ city }) => city),
    distances: [...bands.map(String), '0'].flatMap((band) => near.filter(({ name }) => name === band)), pages: parts(all, ({ page }) => page),
  };
}

/* The season of a place. */

/** A night on the programme of a place: `fee` where the place pays it. */
export interface Night {
  readonly day: Day;
  readonly startTime: string;
  readonly title: string;
  readonly place: string;
  readonly fee: Money | null;
}

/** A month to come of a place: what is on, what is asked for, and what is free. */
export interface SeasonMonth {
  readonly month: string;
  /** Days of the month from today on. */
  readonly days: number;
  /** Days with a show, and days without one that somebody has asked for. */
  readonly played: number;
  readonly asked: number;
  readonly free: number;
  /** Fridays and Saturdays without a show. */
  readonly freeWeekends: number;
  /** What the contracts of the place grant for shows of this month, beside the budgets that their requests named. */
  readonly fees: Fees[];
  readonly budgets: Fees[];
}

/** The months named, from `today` on. `open` are the days wanted by requests that nobody has answered for good. */
export function seasonOf({ nights, open, deals }: { readonly nights: readonly Night[]; readonly open: readonly Day[]; readonly deals: readonly Asked[] }, names: readonly string[], today: Day): SeasonMonth[] {
  const played = new Set(nights.map(({ day }) => day));
  const asked = new Set(open.filter((day) => !played.has(day)));
  return names.map((month) => {
    const days: Day[] = [];
    for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) if (day >= today) days.push(day);
    const free = days.filter((day) => !played.has(day));
    const agreed = deals.filter(({ showDay, fee }) => fee !== null && showDay.startsWith(month));
    return {
      month, days: days.length, played: days.length - free.length, asked: days.filter((day) => asked.has(day)).length, free: free.length,
      freeWeekends: free.filter((day) => [5, 6].includes(fromDay(day).getUTCDay())).length, fees: feesOf(agreed.map(({ fee }) => fee)), budgets: feesOf(agreed.map(({ budget }) => budget)),
    };
  });
}
