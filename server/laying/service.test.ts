import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventedPlaces, layCandidates } from '../../bench/candidates.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { dayIn, type Day } from '../core/time.ts';
import { peopleWithin } from './catchment.ts';
import { profilesFrom, questionsOf, type Reading } from './read.ts';
import { layOut, readProfiles } from './service.ts';

let world: TestWorld;
let today: Day;

beforeAll(async () => {
  world = await openTestWorld();
  today = dayIn(world.ctx.now(), 'Europe/Paris');
  await layCandidates(world.pool, { artists: 230, places: inventedPlaces(40, today), today });
});
afterAll(() => world.close());

test('everybody is laid out, whether a page holds all of them or seven (MA-09)', async () => {
  const [whole, paged] = [await layOut(world.ctx, today), await layOut(world.ctx, today, 7)];
  expect([whole.laid.artist.directory.size(), whole.laid.place.directory.size()]).toEqual([230, 40]);
  for (const seen of ['artist', 'place'] as const) {
    const [one, two] = [whole.laid[seen], paged.laid[seen]];
    expect(two.directory.size()).toBe(one.directory.size());
    for (let row = 1; row < 20; row += 1) expect(two.directory.idOf(row)).toBe(one.directory.idOf(row));
    expect(Object.keys(two.shelf.columns).filter((name) => name !== 'influences' && !same(columnOf(one, name), columnOf(two, name)))).toEqual([]);
    expect([...two.shelf.sorted.money]).toEqual([...one.shelf.sorted.money]);
    expect([...two.shelf.facets]).toEqual([...one.shelf.facets]);
  }
});

test('who is read anew, because the profile may have changed, is laid out as before: one statement serves both ways (MA-06)', async () => {
  const { laid, market } = await layOut(world.ctx, today, 50);
  for (const seen of ['artist', 'place'] as const) {
    const keep = laid[seen];
    const before = structuredClone(Object.fromEntries(Object.entries(keep.shelf.columns).map(([name, column]) => [name, Array.from(column)])));
    const ids = Array.from({ length: keep.directory.size() }, (_, i) => keep.directory.idOf(i + 1));
    let read = 0;
    for (const one of await readProfiles(world.ctx, { seen, ids, market, origin: today })) {
      expect(keep.put(one.id, one.profile, one.proposed)).toBe(true);
      read += 1;
    }
    expect(read).toBe(ids.length);
    expect(Object.entries(keep.shelf.columns).filter(([name, column]) => !same(column, before[name] ?? [])).map(([name]) => name)).toEqual([]);
    expect(laid.hall[seen].control[2]).toBe(ids.length);
  }
});

test('one profile that cannot be drawn up costs nobody else theirs, and is named', () => {
  const reading: Reading = { seen: 'place', whose: { ids: [] }, market: new Map(), origin: today, catchment: () => { throw new Error('lies nowhere'); }, broken: (id) => { named.push(id); } };
  const named: string[] = [];
  const answers = questionsOf(reading).map(() => '[]');
  const row = (id: string) => [id, 'venue', 'Salle', 'FR', 'EUR', '', 47, -1, [], null, true, true, 100, 0, 0, false];
  expect([...profilesFrom(reading, [JSON.stringify([row('org_a'), row('org_b')]), ...answers.slice(1)])]).toEqual([]);
  expect(named).toEqual(['org_a', 'org_b']);
  const whole = [...profilesFrom({ ...reading, catchment: ({ insee }) => insee.length }, [JSON.stringify([row('org_a'), [...row('org_b').slice(0, 8), null, ...row('org_b').slice(9)]]), ...answers.slice(1)])];
  expect(whole.map(({ id }) => id)).toEqual(['org_a']);
});

test('a database that is away says so to who waits for the hall', async () => {
  const away = { ...world.ctx, config: { ...world.ctx.config, databaseUrl: 'postgresql://flow:flow@127.0.0.1:1/flow' } };
  await expect(layOut(away, today)).rejects.toThrow('ECONNREFUSED');
});

test.each([[47.2184, -1.5536, 30, 15], [47.2184, -1.5536, 60, 22], [0, 0, 30, 0]])('around %f %f within %i km live %i people of three towns (criterion 28)', (lat, lng, km, people) => {
  const towns = Float64Array.from([10, 47.2184, -1.5536, 5, 47.3, -1.7, 7, 47.47, -0.95]);
  expect(peopleWithin(towns, { lat, lng, km })).toBe(people);
});

const columnOf = (keep: { readonly shelf: { readonly columns: object } }, name: string) => (keep.shelf.columns as Readonly<Record<string, ArrayLike<number>>>)[name] ?? [];
const same = (one: ArrayLike<number>, two: ArrayLike<number>): boolean => one.length === two.length && Array.from(one).every((value, i) => Object.is(value, two[i]));
