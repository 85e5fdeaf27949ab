import { expect, test } from 'vitest';
import { drawnSpots, drawnTour } from './drawn.ts';
import type { Question } from './question.ts';
import { whyNot } from './why.ts';

/* One artist and one hall of Burgundy, which is in zone A: its schools are closed from 10 to 25 April 2027. */
const drawn = drawnTour({ seed: 2, artists: 1, venues: 1, days: 60, free: 1, from: '2027-04-01' }, drawnSpots(2, 4));
const asked = (days: readonly string[], capacity: number, weights: Partial<Question['weights']> = {}): Question => ({
  ...drawn, venues: drawn.venues.map((venue) => ({ ...venue, capacity })), bids: drawn.bids.map((bid) => ({ ...bid, days, priceMinor: 90_000 })), weights: { ...drawn.weights, ...weights }, artists: drawn.artists.map((artist) => ({ ...artist, busy: [] })),
});
const bestOf = (question: Question) => whyNot(question, [], { limit: 1 }).unused[0]?.best;

test.each<[string, Question, { wishes: object; zone: string }]>([
  ['holidays of the schools, in a small hall', asked(['2027-04-20'], 400), { wishes: { schoolHolidays: -15_000 }, zone: 'FR-A' }],
  ['not in a hall of a thousand', asked(['2027-04-20'], 1_000), { wishes: {}, zone: '' }],
  ['not where nobody counts them', asked(['2027-04-20'], 400, { schoolHolidays: 0 }), { wishes: {}, zone: '' }],
  ['not where another day is better', asked(['2027-04-20', '2027-05-11'], 400), { wishes: {}, zone: '' }],
  ['a public holiday that is a Saturday', asked(['2027-05-01'], 400), { wishes: { weekend: 10_000, publicHolidays: -10_000 }, zone: '' }],
])('what speaks against the best day of a bid is told with it: %s (TO-09)', (_, question, said) => {
  expect(bestOf(question)).toMatchObject({ ...said, instead: [] });
});
