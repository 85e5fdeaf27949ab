import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { readPlans } from '../plans/service.ts';
import { certifyAll } from './service.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

const organisation = (id: string, kind: 'artist' | 'booker' | 'venue') =>
  world.db.organisation.create({ data: { id, kind, name: id, email: `${id}@maison.example`, claimed: true, createdAt: world.ctx.now() } });
const certified = async (orgId: string) => (await readPlans(world.as({ orgId }))).certified;

test('whoever reaches the top of the scale in a year is certified for the next one, free, and has months off; nobody else is (BI-13, FO-04)', async () => {
  for (const id of ['org_turnover', 'org_below', 'org_many']) await organisation(id, 'artist');
  await organisation('org_agency', 'booker');
  await world.db.representation.create({ data: { id: 'rep_1', bookerOrgId: 'org_agency', artistOrgId: 'org_turnover', since: new Date('2026-01-01T00:00:00Z') } });
  world.at('2026-06-01T12:00:00Z');
  await signedDeal(world.ctx, { price: 20_000_001n, artistOrgId: 'org_turnover' });
  await signedDeal(world.ctx, { price: 19_998_000n, artistOrgId: 'org_below' });
  // Many contracts are more than three from the next year on.
  await world.db.rate.updateMany({ where: { kind: 'commission.volume' }, data: { validTo: fromDay('2027-01-01') } });
  const volume = { kind: 'commission.volume', currency: 'EUR', validFrom: fromDay('2027-01-01'), source: 'a later decision' };
  await world.db.rate.createMany({ data: [{ id: 'rat_few', ...volume, upToMinor: 3n, bps: 0 }, { id: 'rat_many', ...volume, bps: 100 }] });
  for (let n = 0; n < 4; n += 1) await signedDeal(world.ctx, { price: 1_000n, artistOrgId: 'org_many' });
  for (let n = 0; n < 2; n += 1) await signedDeal(world.ctx, { price: 1_000n, artistOrgId: 'org_below' });
  world.at('2027-01-01T05:00:00Z');
  await certifyAll(world.ctx);
  await certifyAll(world.ctx);
  expect(await certified('org_turnover')).toEqual({ until: '2028-01-01', contracts: 1, turnover: { minor: 20_000_001, currency: 'EUR' } });
  expect(await certified('org_many')).toMatchObject({ contracts: 4 });
  // A booker by what its artists sold while it acted for them.
  expect(await certified('org_agency')).toMatchObject({ until: '2028-01-01', contracts: 1 });
  expect(await certified('org_below')).toBe(null);
  // Three months of its plan for nothing, as the promotion says, once; and a word, once.
  expect((await readPlans(world.as({ orgId: 'org_many' }))).discount).toEqual({ months: 3, bps: 10_000 });
  expect(await world.db.mail.count({ where: { orgId: 'org_many' } })).toBe(1);
  await expect(world.db.certification.updateMany({ data: { contracts: 9 } })).rejects.toThrow('certification_append_only');
  // A year later it was too long ago.
  world.at('2028-01-01T05:00:00Z');
  await certifyAll(world.ctx);
  expect(await certified('org_many')).toBe(null);
  expect(await world.db.certification.count()).toBe(3);
});
