import { afterAll, beforeAll, expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { commissionRate } from './commission.ts';
import { ratesOn } from './service.ts';

let world: TestWorld;

beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

const rateOn = async (day: string, minor: bigint) => commissionRate(euros(minor), await ratesOn(world.ctx, 'commission.contract', day));

test.each([
  [100_000n, 1_200n], [100_001n, 1_000n], [500_000n, 1_000n], [500_001n, 800n], [1_500_000n, 800n], [1_500_001n, 600n], [5_000_000n, 600n], [5_000_001n, 400n],
])('the scale of 2026: %s cents at %s basis points, in euros and in francs', async (minor, bps) => {
  expect(await rateOn('2026-11-21', minor)).toBe(bps);
  expect(commissionRate({ minor, currency: 'CHF' }, await ratesOn(world.ctx, 'commission.contract', '2026-11-21'))).toBe(bps);
});

test('a new scale holds from its day on, and the day before keeps the old one', async () => {
  const { db } = world.ctx;
  await db.rate.updateMany({ where: { kind: 'commission.contract', currency: 'EUR' }, data: { validTo: fromDay('2028-01-01') } });
  await db.rate.create({ data: { id: 'rat_2028', kind: 'commission.contract', upToMinor: null, bps: 900, validFrom: fromDay('2028-01-01'), source: 'a later decision' } });
  expect(await rateOn('2027-12-31', 120_000n)).toBe(1_000n);
  expect(await rateOn('2028-01-01', 120_000n)).toBe(900n);
  expect(await ratesOn(world.ctx, 'commission.contract', '2025-12-31')).toEqual([]);
});
