import { expect, test } from 'vitest';
import { score } from '../score.ts';
import { crew, type CrewFacts } from './crew.ts';

const facts: CrewFacts = {
  km: 30, skills: { sound: 3 }, asked: { sound: 2 }, styles: ['rock'], style: 'rock', consoles: ['X32', 'CL5'], there: ['CL5'], showsThere: 3, days: 2, free: 2, dayRate: 25_000, dayBudget: 50_000, stars: 5, ratings: 9, keptPercent: 100,
};
const degree = (over: Partial<CrewFacts>, criterion: string) => {
  const one = score(crew, { ...facts, ...over }).criteria.find((it) => it.criterion === criterion);
  return one?.known ? Math.round(one.degree * 1_000) / 1_000 : null;
};

test('the weights of FR-010 (TE-01), and all that is asked for is a hundred', () => {
  expect(crew.groups).toEqual({ proximity: 25, expertise: 20, knowledge: 15, availability: 15, budget: 15, reputation: 10 });
  expect(score(crew, facts)).toMatchObject({ score: 100, confidence: 1, blockers: [], sides: { artist: 100, place: 100 } });
});

test.each<[string, Partial<CrewFacts>, number | null]>([
  ['distance', { km: 50 }, 1], ['distance', { km: 100 }, 0.75], ['distance', { km: NaN }, null], ['skills', { asked: { sound: 3, light: 1 } }, 0.5], ['skills', { skills: {} }, null], ['style', { style: 'classique' }, 0.3], ['style', { style: '' }, null],
  ['consoles', { there: ['CL5', 'SD12'] }, 0.5], ['consoles', { there: [] }, null], ['shows_there', { showsThere: 1 }, 0.333], ['free_days', { free: 1 }, 0.5], ['free_days', { days: 0 }, null], ['rate', { dayRate: 50_000 }, 0.9], ['rate', { dayRate: 75_000 }, 0], ['ratings', { ratings: 0 }, null], ['kept', { keptPercent: 95 }, 0.7],
])('%s of %o is %s (TE-02 to TE-06)', (criterion, over, expected) => {
  expect(degree(over, criterion)).toBe(expected);
});

test('who is free on no day of the call is not called', () => {
  expect(score(crew, { ...facts, free: 0 }).blockers).toMatchObject([{ code: 'no_common_day', figures: { days: 2 } }]);
});
