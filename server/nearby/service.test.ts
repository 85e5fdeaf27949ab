import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context, Guest } from '../core/context.ts';
import { openLimits } from '../core/limits.ts';
import { purge } from '../core/purge.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { sendMail } from '../notifications/service.ts';
import { enterDeliveries } from '../webhooks/service.ts';
import { nearbyHeard, nearbyTasks } from './jobs.ts';
import { nearbyRouter } from './router.ts';
import { answerWish, askNear, confirmWish, demandNear, eraseWish, offerTo, readWish, readWishes, tellFans } from './service.ts';
import type { Wish } from './wish.ts';

const noon = new Date('2027-03-01T12:00:00Z');
const refusal = (code: string, details?: object) => expect.objectContaining({ code, ...(details && { details }) }) as Error;

let world: TestWorld;
let ctx: Context;
let page: Guest;
let [artist, other, booker, stranger] = ['', '', '', ''];
let keys = 0;

beforeAll(async () => {
  world = await openTestWorld({ PROOF_EFFORT: '0' });
  ({ ctx } = world);
  artist = await organisation('artist', 'Les Essais', 'lea@essais.example');
  other = await organisation('artist', 'Les Autres', 'luc@autres.example');
  booker = await organisation('booker', 'Bureau des Essais', 'bea@bureau.example');
  stranger = await organisation('booker', 'Bureau d’à côté', 'sam@ailleurs.example');
  await ctx.db.representation.create({ data: { id: ctx.newId('rep'), artistOrgId: artist, bookerOrgId: booker, since: noon } });
  for (const [orgId, slug, name] of [[artist, 'les-essais', 'Les Essais'], [other, 'les-autres', 'Les Autres']] as const) await ctx.db.epk.create({ data: { orgId, slug, name, genres: [], publishedAt: noon, updatedAt: noon } });
  await show('shw_besancon', '2027-05-14', 'Besançon', 47.24, 6.02);
  page = world.from({ siteId: `sit_essais`, orgId: artist, key: 'pk_essais', origins: ['https://essais.example'] });
});
afterAll(() => world.close());

async function organisation(kind: 'artist' | 'booker', name: string, email: string): Promise<string> {
  const id = ctx.newId('org');
  const user = await ctx.db.user.create({ data: { id: ctx.newId('usr'), email, name, emailVerified: true, createdAt: noon, updatedAt: noon } });
  await ctx.db.organisation.create({ data: { id, kind, name, email: `${id}@rooms.example`, claimed: true, createdAt: noon, members: { create: { userId: user.id, role: 'owner' } } } });
  return id;
}

const show = (id: string, day: string, city: string, lat: number, lng: number) => ctx.db.show.create({
  data: { id, orgId: artist, title: 'Les Essais', day: fromDay(day), startTime: '20:30', place: city, city, lat, lng, published: true },
});

const fan = (over: Partial<Wish> = {}): Wish => ({ asker: 'fan', insee: '21231', email: '', optIn: false, name: '', organisation: '', kind: null, period: '', message: '', locale: 'fr', ...over });
const organiser = (over: Partial<Wish> = {}): Wish => fan({ asker: 'organiser', email: 'jo@halle.example', name: 'Jo Exemple', organisation: 'La Halle', kind: 'venue', period: 'un vendredi de mai', message: 'Nous avons 300 places.', ...over });
const ask = (wish: Wish, over: { key?: string; artist?: string; website?: string; from?: Guest } = {}) =>
  askNear(over.from ?? page, { ...wish, key: over.key ?? `near-near-near-near-${(keys += 1)}`, artist: over.artist ?? 'les-essais', website: over.website ?? '', proof: '' });
const drain = () => world.drain({ nearby: nearbyHeard }, { mail: (from, { cause }) => sendMail(from, cause ?? '') });
const wishes = (orgId: string, status: 'open' | 'closed' | 'all' = 'open') => readWishes(world.as({ orgId }), status);
const last = () => ctx.db.wish.findFirstOrThrow({ orderBy: { id: 'desc' } });

/** The token of the last letter to an address. */
const tokenTo = (email: string): string => /near#t=([\w-]+)/.exec(world.letters.filter(({ to }) => to === email).at(-1)?.text ?? '')?.[1] ?? '';

test('an organiser lands in the inbox of the artist and of its booker, who are written to; nobody else sees it (TO-12)', async () => {
  expect(await ask(organiser())).toEqual({ artist: 'Les Essais', city: 'Dijon', fans: 0 });
  await drain();
  for (const orgId of [artist, booker]) {
    const { asks, towns } = await wishes(orgId);
    expect(asks).toMatchObject([{ artist: 'Les Essais', organisation: 'La Halle', name: 'Jo Exemple', email: 'jo@halle.example', city: 'Dijon', period: 'un vendredi de mai', message: 'Nous avons 300 places.', status: 'open' }]);
    expect(towns).toEqual([{ artist: 'Les Essais', city: 'Dijon', country: 'FR', fans: 0, organisers: 1 }]);
  }
  expect(await wishes(stranger)).toEqual({ asks: [], towns: [] });
  const { id } = await last();
  for (const orgId of [stranger, other]) {
    await expect(answerWish(world.as({ orgId }), { id, how: 'declined' })).rejects.toThrow(refusal('not_found'));
    await expect(offerTo(world.as({ orgId }), { id, day: '2027-06-04' })).rejects.toThrow(refusal('not_found'));
  }
  expect(world.letters.map(({ to }) => to).sort()).toEqual(['bea@bureau.example', 'jo@halle.example', 'lea@essais.example']);
  expect(world.letters.find(({ to }) => to === 'bea@bureau.example')?.text).toContain('Nous avons 300 places.');
  expect(world.letters.find(({ to }) => to === 'jo@halle.example')?.text).not.toContain('300 places');
});

test('a no is told to the organiser and counts as demand no more; it is said once (TO-12)', async () => {
  await ask(organiser({ insee: '67482', email: 'no@strasbourg.example' }));
  await drain();
  const { id } = await last();
  const answers = await Promise.allSettled([answerWish(world.as({ orgId: booker }), { id, how: 'declined' }), answerWish(world.as({ orgId: artist }), { id, how: 'declined' })]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await drain();
  expect(world.letters.filter(({ to, subject }) => to === 'no@strasbourg.example' && subject.includes('pour l’instant'))).toHaveLength(1);
  expect((await demandNear(ctx, artist)).map(({ city }) => city)).not.toContain('Strasbourg');
  expect((await wishes(artist, 'closed')).asks.map((one) => one.status)).toEqual(['declined']);
  await expect(offerTo(world.as({ orgId: artist }), { id, day: '2027-06-04' })).rejects.toThrow(refusal('wish_closed'));
});

test('a day makes a booking of a wish, in the artist’s name, as if it had been asked for; five at once make one (CH-20)', async () => {
  await ask(organiser({ kind: 'association', organisation: 'Les Amis du Kiosque', email: 'am@kiosque.example' }));
  const { id } = await last();
  await expect(offerTo(world.as({ orgId: booker }), { id, day: '2027-02-01' })).rejects.toThrow(refusal('day_past'));
  const made = await Promise.allSettled(Array.from({ length: 5 }, () => offerTo(world.as({ orgId: booker }), { id, day: '2027-06-04' })));
  const [first, ...more] = made.filter((one) => one.status === 'fulfilled');
  expect(more).toEqual([]);
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: first!.value.bookingId }, include: { request: true } });
  expect(booking).toMatchObject({ orgId: artist, siteId: 'sit_essais', status: 'requested', request: { asker: 'private', organisation: 'Les Amis du Kiosque', email: 'am@kiosque.example', city: 'Dijon', occasion: 'Dijon, un vendredi de mai', showDay: fromDay('2027-06-04') } });
  expect(await ctx.db.booking.count({ where: { request: { email: 'am@kiosque.example' } } })).toBe(1);
  expect((await wishes(artist, 'closed')).asks.find((one) => one.id === id)).toMatchObject({ status: 'offered', bookingId: booking.id });
});

test('fans are summed by town, a replay counts once, twenty at once too, and nobody’s address is shown (EM-01)', async () => {
  const before = (await demandNear(ctx, artist)).find(({ city }) => city === 'Lyon')?.fans ?? 0;
  expect(before).toBe(0);
  const wish = fan({ insee: '69123', email: 'fan@lyon.example', optIn: true });
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(wish, { key: 'same-same-same-same' })));
  for (const answer of answers) expect(answer).toEqual({ artist: 'Les Essais', city: 'Lyon', fans: 1 });
  await ask(fan({ insee: '69123' }));
  expect(await demandNear(ctx, artist)).toEqual(expect.arrayContaining([expect.objectContaining({ city: 'Lyon', fans: 2, organisers: 0, lat: expect.closeTo(45.76, 1) as number, lng: expect.closeTo(4.83, 1) as number })]));
  expect(JSON.stringify(await wishes(artist, 'all'))).not.toContain('fan@lyon');
  await expect(ask(fan({ insee: '75056' }), { key: 'same-same-same-same' })).rejects.toThrow(refusal('key_reused'));
  expect(await demandNear(ctx, other)).toEqual([]);
});

test('a town that nobody knows, a town at sea, an unknown artist and a robot leave nothing', async () => {
  const before = await ctx.db.wish.count();
  for (const insee of ['', '00000', '99999', 'OCEAN', 'B']) await expect(ask(fan({ insee }))).rejects.toThrow(refusal('input_invalid', { field: 'insee' }));
  await expect(ask(fan(), { artist: 'nobody' })).rejects.toThrow(refusal('not_found'));
  await expect(ask(fan({ email: 'a@b.example' }))).rejects.toThrow(refusal('input_invalid', { field: 'optIn' }));
  await expect(ask(organiser({ kind: null }))).rejects.toThrow(refusal('input_invalid', { field: 'kind' }));
  expect(await ask(fan({ insee: '75056' }), { website: 'https://spam.example' })).toMatchObject({ city: 'Paris', fans: 1 });
  expect(await ctx.db.wish.count()).toBe(before);
});

test('what a fan types for an organiser is not kept', async () => {
  await ask(fan({ name: 'Zoé', organisation: 'Chez moi', message: 'Ici !', period: 'été', kind: 'bar', insee: '35238' }));
  expect(await last()).toMatchObject({ asker: 'fan', name: '', organisation: '', message: '', period: '', kind: null, email: '', tokenHash: null });
});

test('one address asks ten times in ten minutes, and five times a day for one town (EM-01)', async () => {
  const limited: Guest = { ...page, limits: openLimits() };
  for (let n = 0; n < 5; n += 1) await ask(fan({ insee: '44109' }), { from: limited });
  await expect(ask(fan({ insee: '44109' }), { from: limited })).rejects.toThrow(refusal('rate_limited'));
  for (let n = 0; n < 4; n += 1) await ask(fan({ insee: '33063' }), { from: limited });
  await expect(ask(fan({ insee: '31555' }), { from: limited })).rejects.toThrow(refusal('rate_limited'));
});

test('a fan says yes by our mail, hears once of a date announced near since, and is forgotten with it (TO-12)', async () => {
  await ask(fan({ email: 'yes@dijon.example', optIn: true }));
  await ask(fan({ email: 'silent@dijon.example', optIn: true }));
  await drain();
  const token = tokenTo('yes@dijon.example');
  expect(await readWish(ctx, token)).toMatchObject({ asker: 'fan', city: 'Dijon', artist: 'Les Essais', email: 'y•••@d•••.example', state: 'unconfirmed', until: '2028-02-29' });
  expect(await confirmWish(ctx, token)).toMatchObject({ state: 'kept' });
  // The date of Besançon was announced when they asked.
  await tellFans(ctx);
  await show('shw_far', '2027-06-01', 'Nantes', 47.22, -1.55);
  await tellFans(ctx);
  await drain();
  const told = () => world.letters.filter(({ subject }) => subject.includes('joue près de Dijon'));
  expect(told()).toEqual([]);
  await show('shw_beaune', '2027-06-18', 'Beaune', 47.02, 4.84);
  await Promise.all([tellFans(ctx), tellFans(ctx)]);
  await nearbyTasks['tell_near']!(ctx, {});
  await drain();
  expect(told().map(({ to, subject }) => [to, subject])).toEqual([['yes@dijon.example', 'Les Essais joue près de Dijon le vendredi 18 juin 2027']]);
  await expect(readWish(ctx, token)).rejects.toThrow(refusal('link_dead'));
  expect(await ctx.db.wish.count({ where: { email: 'yes@dijon.example' } })).toBe(0);
});

test('who has an address written to again and again, from anywhere and in any spelling, fills no mailbox; the inbox has all of it (TO-12)', async () => {
  const towns = ['21231', '67482', '31555', '75056', '35238'];
  for (const [n, insee] of towns.entries()) await ask(fan({ email: n % 2 === 0 ? 'victim@dijon.example' : 'Victim@Dijon.example', optIn: true, insee }));
  await drain();
  expect(world.letters.filter(({ to }) => to.toLowerCase() === 'victim@dijon.example')).toHaveLength(3);
  const before = { letters: world.letters.filter(({ to }) => to === 'luc@autres.example').length, asks: (await wishes(other)).asks.length };
  for (let n = 0; n < 32; n += 1) await ask(organiser({ email: `flood${n}@halle.example`, insee: '33063' }), { artist: 'les-autres' });
  await drain();
  expect(world.letters.filter(({ to }) => to === 'luc@autres.example').length - before.letters).toBe(30);
  expect((await wishes(other)).asks.length - before.asks).toBe(32);
});

test('no address holds the token of a mail: what it opens is asked for in the body (TO-12)', () => {
  const { left, confirm, erase } = nearbyRouter._def.procedures;
  expect([left, confirm, erase].map(({ _def: { type } }) => type)).toEqual(['mutation', 'mutation', 'mutation']);
});

test('whoever left a wish erases it: an organiser’s goes whole with our mails, a fan stays a number', async () => {
  await ask(organiser({ email: 'gone@halle.example', insee: '59350' }));
  await ask(fan({ email: 'gone@lille.example', optIn: true, insee: '59350' }));
  await drain();
  for (const email of ['gone@halle.example', 'gone@lille.example']) {
    const token = tokenTo(email);
    expect(await eraseWish(ctx, token)).toMatchObject({ state: 'erased', email: '', message: '' });
    await expect(eraseWish(ctx, token)).rejects.toThrow(refusal('link_dead'));
    expect([await ctx.db.wish.count({ where: { email } }), await ctx.db.mail.count({ where: { to: email } })]).toEqual([0, 0]);
  }
  expect((await demandNear(ctx, artist)).find(({ city }) => city === 'Lille')).toMatchObject({ fans: 1, organisers: 0 });
  await expect(readWish(ctx, 'nobody-nobody-nobody')).rejects.toThrow(refusal('link_dead'));
});

test('the artist’s and the booker’s servers hear that somebody asked; a fact carries ids alone (TO-12)', async () => {
  for (const orgId of [artist, booker, stranger]) await ctx.db.webhookEndpoint.create({ data: { id: ctx.newId('whe'), orgId, url: 'https://hook.example', topics: ['near.asked'], secret: 'x', createdAt: noon } });
  await ask(organiser());
  const fact = await ctx.db.fact.findFirstOrThrow({ where: { topic: 'near.asked' }, orderBy: { id: 'desc' } });
  await enterDeliveries(ctx, { topic: 'near.asked', payload: fact.payload as never, fact });
  const told = await ctx.db.webhookDelivery.findMany({ where: { topic: 'near.asked' } });
  expect(told.map(({ orgId }) => orgId).sort()).toEqual([artist, booker].sort());
  expect(JSON.parse(told[0]!.body)).toMatchObject({ type: 'near.asked', data: { wishId: (await last()).id, orgId: artist, asker: 'organiser' } });
});

test('a wish is gone after a year, and the address of a fan who never said yes after a week', async () => {
  const unconfirmed = { where: { asker: 'fan' as const, email: { not: '' } } };
  await ask(fan({ email: 'late@dijon.example', optIn: true }));
  world.at('2027-03-07T12:00:00Z');
  await purge(ctx);
  expect(await ctx.db.wish.count(unconfirmed)).toBeGreaterThan(0);
  world.at('2027-03-09T12:00:00Z');
  await purge(ctx);
  expect(await ctx.db.wish.count(unconfirmed)).toBe(0);
  expect((await demandNear(ctx, artist)).find(({ city }) => city === 'Dijon')!.fans).toBeGreaterThan(0);
  world.at('2028-03-02T12:00:00Z');
  expect(await demandNear(ctx, artist)).toEqual([]);
  await purge(ctx);
  expect(await ctx.db.wish.count()).toBe(0);
});
