import { expect, test } from 'vitest';
import { eventsOf } from './festivals.ts';

const at = (id: string, day: string, city = 'Annecy') => ({ id, name: `Festival ${id}`, city, lat: 45.9, lng: 6.13, day });

test('shows of a festival are one event from first to last, over a day of rest, and another in another season or town (TO-08)', () => {
  expect(eventsOf([at('a', '2027-06-04'), at('a', '2027-06-04'), at('b', '2027-06-05'), at('a', '2027-06-06'), at('a', '2027-06-09'), at('b', '2027-06-06', 'Dole')]).map(({ name, city, from, until }) => [name, city, from, until])).toEqual([
    ['Festival a', 'Annecy', '2027-06-04', '2027-06-06'], ['Festival b', 'Annecy', '2027-06-05', '2027-06-05'], ['Festival a', 'Annecy', '2027-06-09', '2027-06-09'], ['Festival b', 'Dole', '2027-06-06', '2027-06-06'],
  ]);
  expect(eventsOf([])).toEqual([]);
});
