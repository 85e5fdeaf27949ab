import { expect, test } from 'vitest';
import { at, codeOf, hallOf, openTours, planned } from '../core/test-tours.ts';
import { fromDay } from '../core/time.ts';
import { read, scenario, searchersOf } from '../tours/service.ts';
import { searchesTasks } from './jobs.ts';
import { cancel, follow, keep, runSearch, search, type Search } from './service.ts';

const { world, booker, begin, beginSmall, add } = await openTours();

async function heard(runId: string): Promise<Search[]> {
  const all: Search[] = [];
  for await (const one of follow(booker, runId, undefined)) all.push(one);
  return all;
}

test('a search says how far it is and what it found, the same for the same seed, and what is kept becomes a scenario (TO-06)', async () => {
  const { plan, first } = await beginSmall();
  const runs = await Promise.all([1, 2].map(() => search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick', seed: 7 })));
  const [one = '', two = ''] = runs.map(({ runId }) => runId).sort();
  const follower = follow(booker, two, undefined);
  expect((await follower.next()).value).toMatchObject({ kind: 'progress', spent: 0, waits: 1 });
  await follower.return(undefined);
  const told = [heard(one), heard(two)];
  await world.drain({}, searchesTasks);
  const [firsts = [], seconds = []] = await Promise.all(told);
  expect(firsts.some(({ kind }) => kind === 'progress')).toBe(true);
  const [done, same] = [firsts.at(-1), seconds.at(-1)];
  expect(done).toMatchObject({ kind: 'done', cancelled: false });
  expect(same).toEqual(done);
  const variants = done?.kind === 'done' ? done.variants : [];
  expect(variants.length).toBeGreaterThan(0);
  const kept = await keep(booker, { runId: one, index: 0, name: 'Variante' });
  expect(planned(kept)).toEqual(variants[0]?.stops.filter(({ standing }) => standing !== 'fixed').map(({ artist: of, venue, day }) => `${of} ${venue} ${day}`).sort());
  expect((await read(booker, plan.id)).scenarios.map(({ name }) => name)).toEqual(['Premier jet', 'Variante']);
  expect(await codeOf(keep(booker, { runId: one, index: 9, name: 'x' }))).toBe('tour_search_open');
  // Heard again it is said again, at once.
  expect(await heard(one)).toEqual([done]);
}, 60_000);

test('a search ends when it is cancelled, whether it waits or runs, and no more than three are asked at once (TO-06)', async () => {
  const { first } = await beginSmall();
  const asked = () => search(booker, { scenarioId: first.id, version: 1, count: 5, effort: 'thorough' });
  const [running, waiting, third] = [await asked(), await asked(), await asked()];
  expect(await codeOf(asked())).toBe('tour_searching');
  await cancel(booker, waiting.runId);
  expect(await heard(waiting.runId)).toEqual([{ kind: 'done', reading: '', variants: [], missed: [], bindings: [], cancelled: true }]);
  await cancel(booker, third.runId);
  const work = runSearch(world.ctx, running.runId);
  for await (const one of follow(booker, running.runId, undefined)) if (one.kind === 'progress' && one.waits === undefined) { await cancel(booker, running.runId); break; }
  await work;
  expect((await heard(running.runId)).at(-1)).toMatchObject({ kind: 'done', cancelled: true });
  await world.drain({}, searchesTasks);
}, 60_000);

test('a plan, its scenarios and what was found name the reading whose rows their places are; a reading that has moved is told by another name (TO-06, TO-18)', async () => {
  const { plan, first } = await begin(booker, ['org_duo'], { from: '2027-05-01', until: '2027-05-30' });
  const view = await add(first, at(hallOf(6), '2027-05-12', 'org_duo'));
  const { runId } = await search(booker, { scenarioId: first.id, version: view.version, count: 3, effort: 'quick', seed: 7 });
  await runSearch(world.ctx, runId);
  const done = (await heard(runId)).at(-1);
  if (done?.kind !== 'done') expect.fail('it found something');
  expect([view.reading, done.reading, (await read(booker, plan.id)).reading]).toEqual([plan.reading, plan.reading, plan.reading]);
  await world.db.show.create({ data: { id: 'shw_moves', orgId: 'org_duo', title: 'Ailleurs', day: fromDay('2027-05-29'), startTime: '20:30', place: 'Ailleurs', city: 'Marseille', lat: 43.2965, lng: 5.3698, insee: '13055' } });
  const later = await read(booker, plan.id);
  expect(later.reading).not.toBe(plan.reading);
  const now = await scenario(booker, view.id);
  const again = (await heard(runId)).at(-1);
  if (again?.kind !== 'done') expect.fail('it found something');
  expect([now.reading, again.reading]).toEqual([later.reading, later.reading]);
  const towns = (of: readonly { readonly place: number; readonly city: string }[]) => of.every(({ place, city }) => later.spots[place]?.city === city);
  expect([towns(now.tour.stops), again.variants.every(({ stops }) => towns(stops)), again.variants.length]).toEqual([true, true, done.variants.length]);
  await world.db.show.deleteMany({ where: { id: 'shw_moves' } });
}, 60_000);

test('a search that the database did not hear once goes on saying how far it is, and is called off all the same (TO-06)', async () => {
  const { first } = await beginSmall();
  const { runId } = await search(booker, { scenarioId: first.id, version: 1, count: 5, effort: 'thorough' });
  let [broken, heardSince] = [false, 0];
  const deaf = new Proxy(world.db, { get: (db, name) => (name !== 'tourRun' ? Reflect.get(db, name) as unknown : new Proxy(db.tourRun, { get: (runs, act) => {
    const own = Reflect.get(runs, act) as unknown;
    if (act !== 'updateManyAndReturn') return own;
    return (...given: unknown[]) => {
      if (!broken) { broken = true; return Promise.reject(new Error('the connection was lost')); }
      heardSince += 1;
      return (own as (...given: unknown[]) => unknown)(...given);
    };
  } })) });
  const work = runSearch({ ...world.ctx, db: deaf }, runId);
  await expect.poll(() => broken, { timeout: 10_000 }).toBe(true);
  await cancel(booker, runId);
  await work;
  expect(heardSince).toBeGreaterThan(0);
  expect((await heard(runId)).at(-1)).toMatchObject({ kind: 'done', cancelled: true });
  await world.drain({}, searchesTasks);
}, 60_000);

test('a search whose thread is killed is searched again; one whose process died is taken up, and given up after three times (TO-06)', async () => {
  const { first } = await beginSmall();
  const { runId } = await search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick', seed: 7 });
  const work = runSearch(world.ctx, runId);
  await new Promise((resolve) => { setTimeout(resolve, 60); });
  searchersOf(world.ctx).kill();
  await work;
  expect((await heard(runId)).at(-1)).toMatchObject({ kind: 'done', cancelled: false });

  const dead = await search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick', seed: 7 });
  await world.db.tourRun.update({ where: { id: dead.runId }, data: { state: 'running', begun: 1, heartbeatAt: new Date() } });
  // It may live yet: whoever comes at once leaves it alone, and looks again later.
  await runSearch(world.ctx, dead.runId);
  expect(await world.db.tourRun.findUniqueOrThrow({ where: { id: dead.runId } })).toMatchObject({ state: 'running', begun: 1 });
  await world.db.tourRun.update({ where: { id: dead.runId }, data: { heartbeatAt: new Date(Date.now() - 60_000) } });
  await runSearch(world.ctx, dead.runId);
  expect(await world.db.tourRun.findUniqueOrThrow({ where: { id: dead.runId } })).toMatchObject({ state: 'done', begun: 2 });

  const deadly = await search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick' });
  await world.db.tourRun.update({ where: { id: deadly.runId }, data: { state: 'running', begun: 3, heartbeatAt: new Date(Date.now() - 60_000) } });
  await runSearch(world.ctx, deadly.runId);
  expect(await heard(deadly.runId)).toEqual([{ kind: 'failed', code: 'tour_search_failed' }]);
}, 60_000);
