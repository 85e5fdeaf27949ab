import type { MarketPrice } from '../../parts/market.ts';
import type { MarketChance, MarketDates } from './flow-market.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** A market of 36 deals around 1,250 euros, and an offer of 1,200. */
export const usual: MarketPrice = {
  market: {
    low: euros(100_000), median: euros(125_000), high: euros(150_000), deals: 36, artists: 12, buyers: 15, from: '2025-04', until: '2027-01', asOf: '2027-01-31', widened: ['level', 'region'],
    effects: [{ effect: 'weekend', percent: 10, deals: 40, others: 36, confidence: 97, here: true }, { effect: 'festival', percent: 20, deals: 22, others: 54, confidence: 84, here: false }],
  },
  why: null, price: euros(120_000), position: { verdict: 'usual', percent: -5, below: 45 },
};
export const farBelow: MarketPrice = { ...usual, price: euros(75_000), position: { verdict: 'far_below', percent: -40, below: 5 } };
export const farAbove: MarketPrice = { ...usual, price: euros(210_000), position: { verdict: 'far_above', percent: 70, below: 95 } };
export const tooFew: MarketPrice = { market: null, why: { code: 'too_few', deals: 8, artists: 5, buyers: 5, months: 24 }, price: euros(120_000), position: null };

const figures = { closed: 332, tried: 67, accuracy: 0.84, commoner: 0.61, brier: 0.118, plainBrier: 0.24, calibrationError: 0.04 };
export const likely: MarketChance = { chance: { percent: 62, factors: [{ factor: 'price', points: 14 }, { factor: 'lead', points: -6 }, { factor: 'past', points: 1 }, { factor: 'weekend', points: 0 }] }, why: null, figures, claim: 0.89 };
export const notLearned: MarketChance = { chance: null, why: { code: 'too_few', closed: 92, least: 200 }, figures: null, claim: 0.89 };
export const noBetter: MarketChance = { chance: null, why: { code: 'no_better', closed: 240, least: 200 }, figures: { ...figures, brier: 0.26 }, claim: 0.89 };
export const closed: MarketChance = { chance: null, why: { code: 'closed', closed: 0, least: 0 }, figures: null, claim: 0.89 };

export const dates: MarketDates = {
  from: '2027-02-02', until: '2027-07-31', free: 150,
  dates: [
    { day: '2027-05-15', score: 88, reasons: [{ code: 'weekday', points: 25, figures: { weekday: 6, percent: 240 } }, { code: 'free', points: 15, figures: {} }, { code: 'eve', points: 12, figures: {} }, { code: 'quiet', points: 8, figures: { km: 50, days: 2 } }] },
    { day: '2027-03-10', score: 41, reasons: [{ code: 'weekday', points: -15, figures: { weekday: 3, percent: 40 } }, { code: 'free', points: 15, figures: {} }, { code: 'competition', points: -10, figures: { shows: 2, km: 50, days: 2 } }, { code: 'lead', points: -8, figures: { ahead: 10, leadDays: 14 } }] },
  ],
};
export const noDates: MarketDates = { ...dates, free: 0, dates: [] };
