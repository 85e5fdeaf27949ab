import { afterAll, beforeAll, expect, test } from 'vitest';
import { purge } from './purge.ts';
import { openTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

test('what strangers left behind goes, what is of use stays', async () => {
  const { db, ctx } = world;
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
  for (const [name, days] of [['old', 40], ['new', 0.5]] as const) {
    await db.rateLimit.create({ data: { id: name, key: name, count: 1, lastRequest: BigInt(ago(days).getTime()) } });
    await db.oneTimeCode.create({ data: { id: `otc_${name}`, act: 'frame:bkg_1', email: 'a@b.example', codeHash: 'x', createdAt: ago(days), expiresAt: ago(days) } });
    await db.replay.create({ data: { id: name, hash: 'x', at: ago(days) } });
    await db.roadSpend.create({ data: { provider: name, day: ago(days), legs: 1 } });
    await db.roadLeg.create({ data: { provider: name, fromLat: 0, fromLon: 0, toLat: 0, toLon: 0, at: ago(days * 5) } });
    await db.verification.create({ data: { id: name, identifier: name, value: 'x', expiresAt: ago(days) } });
  }
  expect(await purge(ctx)).toBe(6);
  expect(await db.rateLimit.findMany({ select: { id: true } })).toEqual([{ id: 'new' }]);
  expect(await db.oneTimeCode.findMany({ select: { id: true } })).toEqual([{ id: 'otc_new' }]);
  expect(await db.replay.findMany({ select: { id: true } })).toEqual([{ id: 'new' }]);
  expect(await db.roadSpend.findMany({ select: { provider: true } })).toEqual([{ provider: 'new' }]);
  expect(await db.roadLeg.findMany({ select: { provider: true } })).toEqual([{ provider: 'new' }]);
  expect(await purge(ctx)).toBe(0);
});
