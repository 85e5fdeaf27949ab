import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kilometres } from './crow.ts';

test.each([
  ['Nantes to Paris', { lat: 47.2184, lng: -1.5536 }, { lat: 48.8566, lng: 2.3522 }, 343],
  ['Besançon to Lausanne', { lat: 47.2378, lng: 6.0241 }, { lat: 46.5197, lng: 6.6323 }, 92],
  ['over the date line', { lat: 0, lng: 179.5 }, { lat: 0, lng: -179.5 }, 111],
  ['to the other side of the earth', { lat: 0, lng: 0 }, { lat: 0, lng: 180 }, 20_015],
])('%s', (_, a, b, km) => {
  expect(Math.round(kilometres(a, b))).toBe(km);
});

test('a way is as long back, and never longer than by a third point', () => {
  const point = fc.record({ lat: fc.double({ min: -90, max: 90, noNaN: true }), lng: fc.double({ min: -180, max: 180, noNaN: true }) });
  fc.assert(fc.property(point, point, point, (a, b, c) => {
    expect(kilometres(a, b)).toBeCloseTo(kilometres(b, a), 6);
    expect(kilometres(a, c)).toBeLessThanOrEqual(kilometres(a, b) + kilometres(b, c) + 1e-6);
    // Almost antipodes: there a sine says little.
  }), { examples: [[{ lat: 0, lng: 0 }, { lat: -6.037091348628667e-7, lng: 0 }, { lat: 0, lng: 179.99999790869023 }]] });
});
