import { describe, expect, test } from 'vitest';
import type { RoadLeg, RoadPoint, Roads } from '../../ports.ts';

const lyon: RoadPoint = { lat: 45.764, lon: 4.8357 };
const marseille: RoadPoint = { lat: 43.2965, lon: 5.3698 };
const paris: RoadPoint = { lat: 48.8566, lon: 2.3522 };
/** Saint-Denis, Réunion. */
const away: RoadPoint = { lat: -20.8823, lon: 55.4504 };

/** A double's roads lead nowhere from here. */
export const isAway = ({ lat }: RoadPoint): boolean => lat < 0;

/** How whoever tells ways tells them, by great circle or by road. */
export function roadsSuite(name: string, open: () => Pick<Roads, 'most' | 'measure'>): void {
  describe(`${name} as a source of ways (TO-03, TO-24)`, () => {
    const measured = async (from: readonly RoadPoint[], to: readonly RoadPoint[]): Promise<readonly RoadLeg[]> => {
      const answer = await open().measure(from, to);
      if ('failed' in answer) throw new Error(answer.failed);
      return answer;
    };
    const sure = (leg: RoadLeg | undefined) => {
      if (leg === undefined || typeof leg === 'string') throw new Error(`no way: ${leg ?? ''}`);
      return leg;
    };

    test('a way for each origin and each destination, row by row, in whole metres and minutes', async () => {
      const legs = (await measured([paris, lyon], [marseille, paris, lyon])).map(sure);
      expect(legs).toHaveLength(6);
      expect(legs.every(({ metres, minutes }) => Number.isInteger(metres) && Number.isInteger(minutes))).toBe(true);
      // Kilometres of the crow, of which a road is up to a third longer.
      [660.5, 0, 391.5, 277.6, 391.5, 0].forEach((crow, i) => {
        expect(legs[i]?.metres).toBeGreaterThanOrEqual(crow * 1_000);
        expect(legs[i]?.metres).toBeLessThanOrEqual(crow * 1_340);
        expect(legs[i]?.minutes).toBeGreaterThanOrEqual(crow / 2);
      });
    });

    test('from a place to itself there is nothing to drive', async () => {
      expect(await measured([lyon], [lyon])).toEqual([{ metres: 0, minutes: 0 }]);
    });

    test('no way is told apart from a long one', async () => {
      expect((await measured([paris, away], [lyon, away])).map((leg) => leg === 'no_way')).toEqual([false, true, true, expect.any(Boolean)]);
    });

    test('as much as it takes at once, it answers at once', async () => {
      const { legs, places } = open().most;
      const side = Math.floor(Math.min(Math.sqrt(legs), places / 2));
      const many = Array.from({ length: side }, (_, i) => ({ lat: 45 + i / 100, lon: 3 + (i % 7) / 10 }));
      expect((await measured(many, many)).filter((leg) => typeof leg === 'object')).toHaveLength(side * side);
    });
  });
}

/** How a provider that is asked over the wire fails: it says why, rests where another question would fail too, and keeps its key to itself. */
export function failuresSuite(name: string, open: () => { readonly roads: Roads; readonly double: { readonly trouble: string[]; readonly requests: readonly unknown[] }; readonly later: (seconds: number) => void; readonly logged: () => string; readonly secret: string }): void {
  describe(`${name} when it fails (TO-24)`, () => {
    test.each([
      ['broken', 'provider_down', true], ['silent', 'provider_down', true], ['limited', 'provider_busy', true], ['refused', 'provider_refused', true], ['cut', 'provider_odd', false], ['page', 'provider_odd', false],
    ])('%s: it says %s', async (trouble, failed, rests) => {
      const { roads, double, later, logged, secret } = open();
      double.trouble.push(trouble);
      expect(await roads.measure([paris], [lyon])).toEqual({ failed });
      expect(roads.rests()).toBe(rests ? failed : null);
      later(29);
      expect(roads.rests()).toBe(rests ? failed : null);
      // Half a minute, or as long as it asked for itself.
      later(2);
      expect(roads.rests()).toBe(trouble === 'limited' ? failed : null);
      later(60);
      expect(roads.rests()).toBeNull();
      expect(await roads.measure([paris], [lyon])).toEqual([{ metres: expect.any(Number) as number, minutes: expect.any(Number) as number }]);
      expect(logged()).toContain(failed);
      expect(logged()).not.toContain(secret);
    });

    test('what it leaves out is unknown, and the rest stands', async () => {
      const { roads, double } = open();
      double.trouble.push('partial');
      const legs = await roads.measure([paris, lyon], [marseille]);
      expect(legs).toEqual([{ metres: expect.any(Number) as number, minutes: expect.any(Number) as number }, 'unknown']);
    });
  });
}
