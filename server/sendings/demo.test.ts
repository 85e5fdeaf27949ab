import { afterAll, beforeAll, expect, test } from 'vitest';
import { layOut } from '../../prisma/world/index.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { addDays, dayIn } from '../core/time.ts';
import { closeHall } from '../hall/service.ts';
import { searchesTasks } from '../searches/jobs.ts';
import { follow, keep, search, type Search } from '../searches/service.ts';
import { closeTours, create } from '../tours/service.ts';
import { sendHolds } from './service.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
  await layOut(world.ctx);
}, 120_000);
afterAll(async () => {
  await closeTours(world.ctx);
  await closeHall(world.ctx);
  await world.close();
});

test('in the demo world a booker plans a tour of ten dates for two artists at once, and sends its holds (TO-01, TO-19)', async () => {
  const booker = world.as({ orgId: 'org_demoagencelisiere', userId: 'usr_demoagencelisiere' });
  const today = dayIn(world.ctx.now(), 'Europe/Paris');
  const artists = ['org_demoquatuorlisiere', 'org_demoondineferrat'];
  const plan = await create(booker, { name: 'Printemps', from: addDays(today, 30), until: addDays(today, 89), currency: 'EUR', artists: artists.map((id) => ({ id })), scenario: 'Premier jet' });
  for (const id of artists) {
    const asked = plan.bids.filter(({ artist, standing }) => artist === id && standing === 'asked');
    expect(asked.length).toBeGreaterThanOrEqual(9);
    expect(asked.every(({ days, priceMinor }) => days.length >= 20 && priceMinor > 100_000)).toBe(true);
  }
  expect(plan.bids.some(({ standing }) => standing === 'found')).toBe(true);
  const { runId } = await search(booker, { scenarioId: plan.scenarios[0]?.id ?? '', version: 1, count: 3, effort: 'quick', seed: 1 });
  await world.drain({}, searchesTasks);
  const told: Search[] = [];
  for await (const one of follow(booker, runId, undefined)) told.push(one);
  const done = told.at(-1);
  const best = done?.kind === 'done' ? done.variants[0] : undefined;
  expect(best?.conflicts).toEqual([]);
  expect(best?.stops.filter(({ standing }) => standing === 'planned').length).toBeGreaterThanOrEqual(10);
  const kept = await keep(booker, { runId, index: 0, name: 'La meilleure' });
  const sent = await sendHolds(booker, { scenarioId: kept.id, version: kept.version, mode: 'all', days: 14, key: 'demo-sending' });
  expect(sent.each.filter(({ state }) => state === 'refused')).toEqual([]);
}, 120_000);
