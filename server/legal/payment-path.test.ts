import { expect, test } from 'vitest';
import { paymentPath } from './payment-path.ts';

test.each([
  ['municipality', 'public'], ['venue', 'secured'], ['festival', 'secured'], ['camping', 'secured'], ['association', 'secured'], ['company', 'secured'], ['person', 'secured'],
])('a %s pays on the %s path', (kind, path) => {
  expect(paymentPath(kind)).toBe(path);
});
