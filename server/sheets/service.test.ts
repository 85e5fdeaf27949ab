import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import type { SignedIn } from '../core/context.ts';
import { fromDay } from '../core/time.ts';
import { openTestWorld } from '../core/test-world.ts';
import { addPromise, dropPromise, readSheet, updateSheet } from './service.ts';

type World = Awaited<ReturnType<typeof openTestWorld>>;
type Kind = 'artist' | 'booker' | 'venue' | 'camping' | 'municipality';

let world: World;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

const refusal = (code: string, details: unknown = expect.anything()) => expect.objectContaining({ code, details }) as Error;
const euro = (minor: number) => ({ minor, currency: 'EUR' as const });

async function organisation(kind: Kind, role: SignedIn['actor']['role'] = 'owner'): Promise<SignedIn> {
  const { ctx } = world;
  const orgId = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id: orgId, kind, name: 'Les Ondes', email: 'a@ondes.example', insee: '44109', city: 'Nantes', createdAt: new Date() } });
  return { ...ctx, actor: { userId: ctx.newId('usr'), orgId, role } };
}

describe('what is said of oneself to be matched (PR-10, PR-11, MA-06)', () => {
  test('begins with nothing known, and says what a profile lacks, the weightiest first (PR-01)', async () => {
    const mine = await readSheet(await organisation('artist'));
    expect(mine).toMatchObject({ seen: 'artist', currency: 'EUR', updatedAt: null, promises: [], sheet: { level: null, settings: [], ticket: null, family: null, season: [], figuresAt: null } });
    expect(mine.complete).toMatchObject({ percent: 10, level: null, proposed: false, proposedFrom: 80 });
    expect(mine.complete.missing.slice(0, 3)).toEqual(['genres', 'fee', 'home']);
    expect(mine.complete.levels).toEqual([{ level: 'basic', percent: 30, reached: false }, { level: 'complete', percent: 70, reached: false }, { level: 'expert', percent: 100, reached: false }]);
  });

  test('keeps what is said, leaves what is not said as it was, and takes back what is null', async () => {
    const me = await organisation('artist');
    await updateSheet(me, { level: 'confirmed', settings: ['seated', 'seated'], family: false, ticket: euro(1_850), mobilityKm: 600, influences: ['Barbara', 'Barbara'], weekdays: [5, 6] });
    const later = await updateSheet(me, { audiences: ['adults'], level: null });
    expect(later.sheet).toMatchObject({ level: null, settings: ['seated'], audiences: ['adults'], family: false, ticket: euro(1_850), mobilityKm: 600, influences: ['Barbara'], weekdays: [5, 6] });
    expect((await updateSheet(me, { settings: null, family: null, ticket: null })).sheet).toMatchObject({ settings: [], family: null, ticket: null, mobilityKm: 600 });
  });

  test('a place says other things than an artist, and neither says the other’s', async () => {
    const [artist, place] = [await organisation('artist'), await organisation('venue')];
    const season = [20, 20, 30, 50, 60, 80, 100, 100, 60, 40, 20, 20];
    expect((await updateSheet(place, { placeKind: 'theatre', season, funding: euro(2_500_000), curfew: '22:30', stepFree: true, daysToPay: 30 })).sheet)
      .toMatchObject({ placeKind: 'theatre', season, funding: euro(2_500_000), curfew: '22:30', stepFree: true, daysToPay: 30 });
    await expect(updateSheet(artist, { curfew: '22:30' })).rejects.toThrow(refusal('input_invalid', { field: 'curfew' }));
    await expect(updateSheet(place, { listeners: 5 })).rejects.toThrow(refusal('input_invalid', { field: 'listeners' }));
    await expect(updateSheet(place, { ticket: { minor: 1_000, currency: 'CHF' } })).rejects.toThrow(refusal('input_invalid', { field: 'ticket' }));
  });

  test('figures that are counted elsewhere carry the day on which they were read', async () => {
    const me = await organisation('artist');
    expect((await updateSheet(me, { listeners: 12_000, followers: 3_000, figuresAt: '2027-01-15' })).sheet.figuresAt).toBe('2027-01-15');
    expect((await updateSheet(me, { level: 'emerging' })).sheet.figuresAt).toBe('2027-01-15');
    expect((await updateSheet(me, { followers: 3_400 })).sheet.figuresAt).toBe('2027-03-01');
    expect((await updateSheet(me, { listeners: null, followers: null })).sheet.figuresAt).toBeNull();
    expect((await updateSheet(me, { figuresAt: '2027-01-15' })).sheet.figuresAt).toBeNull();
    await expect(updateSheet(me, { listeners: 1, figuresAt: '2027-03-02' })).rejects.toThrow(refusal('input_invalid', { field: 'figuresAt' }));
  });

  test('two saves at once keep both', async () => {
    const me = await organisation('artist');
    await Promise.all([updateSheet(me, { restDays: 2 }), updateSheet(me, { crew: 3 }), updateSheet(me, { listeners: 900 })]);
    expect((await readSheet(me)).sheet).toMatchObject({ restDays: 2, crew: 3, listeners: 900, figuresAt: '2027-03-01' });
  });

  test('a whole profile is an expert’s, and proposed from 80 on (PR-01, PR-02)', async () => {
    const me = await organisation('artist');
    const { orgId } = me.actor;
    await me.db.epk.create({ data: { orgId, slug: 'ondes', name: 'Les Ondes', genres: ['jazz'], bio: { fr: 'Trois voix.' }, technical: 'Piano.', feeMinMinor: 1n, feeMaxMinor: 2n, audienceMax: 200, insee: '44109', city: 'Nantes', updatedAt: new Date() } });
    expect((await readSheet(me)).complete).toMatchObject({ percent: 70, level: 'complete', proposed: false, missing: ['photo', 'level', 'settings', 'audiences', 'mobility'] });
    await me.db.media.create({ data: { id: me.newId('med'), orgId, kind: 'photo', title: 'scène', fileId: 'fil_1', position: 0 } });
    const ready = await updateSheet(me, { level: 'confirmed', settings: ['seated'] });
    expect(ready.complete).toMatchObject({ percent: 90, level: 'complete', proposed: false, shown: false });
    await me.db.epk.update({ where: { orgId }, data: { publishedAt: new Date() } });
    expect((await readSheet(me)).complete).toMatchObject({ proposed: true, shown: true });
    expect((await updateSheet(me, { audiences: ['adults'], mobilityKm: 0 })).complete).toMatchObject({ percent: 100, level: 'expert', missing: [] });
  });

  test('a place is whole by its hall and its sheet', async () => {
    const me = await organisation('camping');
    const { orgId } = me.actor;
    await me.db.venue.create({ data: { orgId, slug: 'anse', name: 'Anse', capacity: 400, genres: ['bal'], about: { fr: 'Au bord du lac.' }, budgetMaxMinor: 90_000n, insee: '40046', city: 'Biscarrosse', updatedAt: new Date() } });
    expect((await readSheet(me)).complete).toMatchObject({ percent: 91, missing: ['level', 'stage', 'audiences'] });
    expect((await updateSheet(me, { level: 'emerging', stageMetres: 24, audiences: ['families'] })).complete).toMatchObject({ percent: 100, level: 'expert' });
  });

  test('memory hears of a sheet that changed (MA-06)', async () => {
    const me = await organisation('artist');
    const told: string[] = [];
    const ear = await world.pool.connect();
    await ear.query('LISTEN profiles');
    ear.on('notification', ({ payload }) => { told.push(payload ?? ''); });
    await updateSheet(me, { restDays: 2 });
    await expect.poll(() => told).toContain(me.actor.orgId);
    ear.release(true);
  });
});

describe('promises not to play near (MA-06)', () => {
  test('are kept until their last day, two at most, and taken back', async () => {
    const me = await organisation('artist');
    await me.db.exclusivity.create({ data: { id: me.newId('exc'), orgId: me.actor.orgId, place: 'Lyon', lat: 45.7, lng: 4.8, km: 50, from: fromDay('2026-01-01'), until: fromDay('2027-02-28') } });
    const first = await addPromise(me, { insee: '25056', km: 60, from: '2027-05-01', until: '2027-06-30' });
    expect(first.promises).toMatchObject([{ place: 'Besançon', km: 60, from: '2027-05-01', until: '2027-06-30' }]);
    const many = await Promise.allSettled(Array.from({ length: 6 }, () => addPromise(me, { insee: '44109', km: 20, from: '2027-03-01', until: '2027-03-01' })));
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(addPromise(me, { insee: '44109', km: 20, from: '2027-03-01', until: '2027-03-01' })).rejects.toThrow(refusal('promises_full', { most: '2' }));
    expect((await dropPromise(me, first.promises[0]!.id)).promises).toMatchObject([{ place: 'Nantes' }]);
    await expect(dropPromise(me, first.promises[0]!.id)).rejects.toThrow(refusal('not_found'));
  });

  test.each([
    [{ insee: '00000' }, 'insee'],
    [{ from: '2027-07-01' }, 'until'],
    [{ from: '2027-01-01', until: '2027-02-28' }, 'until'],
  ])('%j cannot be promised', async (wrong, field) => {
    const me = await organisation('artist');
    await expect(addPromise(me, { insee: '25056', km: 60, from: '2027-05-01', until: '2027-06-30', ...wrong })).rejects.toThrow(refusal('input_invalid', { field }));
  });

  test('are an artist’s own: a place makes none, and nobody takes back another’s', async () => {
    const [artist, other, place] = [await organisation('artist'), await organisation('artist'), await organisation('venue')];
    const [kept] = (await addPromise(artist, { insee: '25056', km: 60, from: '2027-05-01', until: '2027-06-30' })).promises;
    await expect(addPromise(place, { insee: '25056', km: 60, from: '2027-05-01', until: '2027-06-30' })).rejects.toThrow(refusal('not_found'));
    await expect(dropPromise(other, kept!.id)).rejects.toThrow(refusal('not_found'));
    expect((await readSheet(artist)).promises).toHaveLength(1);
  });
});

describe('who may', () => {
  test('a booker writes for the artist it acts for, and has no sheet of its own', async () => {
    const artist = await organisation('artist');
    const mandated: SignedIn = { ...artist, actor: { ...artist.actor, mandated: true } };
    expect((await updateSheet(mandated, { restDays: 3 })).sheet.restDays).toBe(3);
    await expect(readSheet(await organisation('booker'))).rejects.toThrow(refusal('not_found'));
  });

  test('an observer reads and does not write', async () => {
    const me = await organisation('artist', 'observer');
    expect((await readSheet(me)).seen).toBe('artist');
    await expect(updateSheet(me, { restDays: 3 })).rejects.toThrow(refusal('role_too_low'));
    await expect(addPromise(me, { insee: '25056', km: 60, from: '2027-05-01', until: '2027-06-30' })).rejects.toThrow(refusal('role_too_low'));
  });
});

describe('absurd figures stop at the door', () => {
  test.each([
    [{ decibels: 141 }, 'decibels'], [{ season: [1, 2, 3] }, 'season'], [{ curfew: '25:00' }, 'curfew'], [{ level: 'star' }, 'level'], [{ leadDays: -1 }, 'leadDays'], [{ engagement: 1_001 }, 'engagement'],
    [{ weekdays: [0] }, 'weekdays.0'], [{ influences: ['a', 'b', 'c', 'd', 'e'] }, 'influences'], [{ ticket: { minor: -1, currency: 'EUR' } }, 'ticket.minor'], [{ figuresAt: '2027-02-30' }, 'figuresAt'],
  ])('%j', async (patch, field) => {
    const caller = appRouter.createCaller(await organisation('artist'));
    const [issue] = await caller.sheets.update(patch as never).then(() => [], (error: unknown) => (error as { cause: { issues: { path: (string | number)[] }[] } }).cause.issues);
    expect(issue?.path.join('.')).toBe(field);
  });
});
