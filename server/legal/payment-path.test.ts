import { expect, test } from 'vitest';
import { paymentPath } from './payment-path.ts';

test.each([
  ['municipality', 'public'], ['venue', 'secured'], ['festival', 'secured'], ['camping', 'secured'], ['association', 'secured'], ['company', 'secured'], ['person', 'secured'],
])('in France, a %s pays on the %s path', (kind, path) => {
  expect(paymentPath({ kind, country: 'FR', publicBody: false })).toBe(path);
});

test('a régie, an EPCI and a school that say so are public; a person never is', () => {
  for (const kind of ['venue', 'association', 'camping', 'company']) expect(paymentPath({ kind, country: 'FR', publicBody: true })).toBe('public');
  expect(paymentPath({ kind: 'person', country: 'FR', publicBody: true })).toBe('secured');
});

test('the rules of French public purchases bind no commune abroad', () => {
  for (const country of ['BE', 'CH', 'LU']) expect(paymentPath({ kind: 'municipality', country, publicBody: true })).toBe('secured');
});
