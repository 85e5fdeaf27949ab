import { expect, test } from 'vitest';
import { homeOf } from './home.ts';

test.each([
  ['', 'FR', 'Europe/Paris'], ['44109', 'FR', 'Europe/Paris'], ['2B033', 'FR', 'Europe/Paris'], ['97411', 'FR', 'Indian/Reunion'], ['97209', 'FR', 'America/Martinique'],
  ['B0G7G', 'BE', 'Europe/Brussels'], ['C6621', 'CH', 'Europe/Zurich'], ['L0001', 'LU', 'Europe/Luxembourg'],
])('%s lies in %s, %s', (insee, country, timeZone) => {
  expect(homeOf(insee)).toEqual({ country, timeZone });
  expect(() => new Intl.DateTimeFormat('fr', { timeZone })).not.toThrow();
});
