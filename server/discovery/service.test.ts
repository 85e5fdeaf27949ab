import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { setWishes, wishes } from '../alerts/service.ts';
import { transact, type SignedIn } from '../core/context.ts';
import { tick } from '../core/deadlines.ts';
import { openLimits } from '../core/limits.ts';
import { tell } from '../core/outbox.ts';
import { purge } from '../core/purge.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { noFilters } from '../matching/filters.ts';
import type { Score } from '../matching/score.ts';
import { webhooksHeard } from '../webhooks/jobs.ts';
import { discoveryDue, discoveryHeard, discoveryTasks } from './jobs.ts';
import { admirers, choose, exceptional, find, follow, funnel, hide, history, keep, matches, noteTalk, noteWritten } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
const refusal = (code: string, details?: object) => expect.objectContaining({ code, ...(details && { details: expect.objectContaining(details) as object }) }) as Error;

/** What the engine would say: the score of each pair, by both ids, and 60 of one that nobody named. */
const scores = new Map<string, number>();
const scoreOf = (a: string, b: string): Score => {
  const value = scores.get(`${a} ${b}`) ?? scores.get(`${b} ${a}`) ?? 60;
  const reason = (criterion: string, degree: number) => ({ criterion, degree, points: 10 * degree, code: criterion, figures: { km: 3 } });
  return {
    scorecard: 'touring', model: 'touring-1', score: value, sides: { artist: value, place: value }, confidence: 0.5, groups: [], blockers: [], against: [],
    criteria: [{ ...reason('fee', 1), group: 'budget', known: true, worth: 10, of: null }, { ...reason('distance', 0.5), group: 'geography', known: true, worth: 10, of: null }, { ...reason('sound', 0.5), group: 'affinity', known: false, worth: 10, of: null }],
    for: [reason('fee', 1), reason('distance', 0.5)],
  };
};

vi.mock('../finds/service.ts', () => {
  const sideOf = (kind: string) => (kind === 'artist' ? 'artist' as const : 'place' as const);
  const open = async ({ db }: SignedIn) => {
    const [epks, venues] = await Promise.all([db.epk.findMany({ where: { publishedAt: { not: null } } }), db.venue.findMany()]);
    return { artist: epks.map(({ orgId }) => orgId), place: venues.map(({ orgId }) => orgId) };
  };
  return {
    seenOf: sideOf,
    pairScore: (ctx: SignedIn, a: string, b: string) => {
      if (ctx.inTransaction) throw new Error('nobody searches in a transaction');
      return Promise.resolve(scoreOf(a, b));
    },
    discover: async (ctx: SignedIn, input: { limit: number }) => {
      const { orgId } = ctx.actor;
      const own = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
      const seen = sideOf(own.kind) === 'artist' ? 'place' as const : 'artist' as const;
      const ids = (await open(ctx))[seen];
      const choices = await ctx.db.choice.findMany({ where: { orgId } });
      const found = ids.map((id) => {
        const choice = choices.find(({ otherOrgId }) => otherOrgId === id);
        return { orgId: id, seen, name: `Chez ${id}`, kind: 'venue', city: 'Nantes', score: scoreOf(orgId, id), choice: { verdict: choice?.verdict ?? null, favourite: false, hidden: choice?.hidden ?? false }, match: null };
      }).sort((a, b) => b.score.score - a.score.score || (a.orgId < b.orgId ? -1 : 1)).slice(0, input.limit);
      return { seeker: { orgId, name: own.name, seen: sideOf(own.kind), completePercent: 100, missing: [] }, seen, card: 'touring', model: 'touring-1', met: ids.length, eligible: ids.length, blocked: {}, found };
    },
  };
});

let world: TestWorld;
let count = 0;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());
beforeEach(async () => {
  world.at(noon);
  scores.clear();
  await world.db.epk.updateMany({ data: { publishedAt: null } });
  await world.db.venue.deleteMany();
  await world.db.savedSearch.deleteMany();
});

type Kind = 'artist' | 'venue';

/** An organisation that can be found, with an owner who reads `locale`. */
async function newcomer(kind: Kind, locale = 'fr'): Promise<SignedIn> {
  const n = count += 1;
  const [orgId, userId] = [`org_${kind}${n}`, `usr_${kind}${n}`];
  const { db } = world;
  await db.organisation.create({ data: { id: orgId, kind, name: `${kind} ${n}`, email: `${orgId}@hall.example`, claimed: true, createdAt: noon } });
  await db.user.create({ data: { id: userId, name: userId, email: `${userId}@mail.example`, locale } });
  await db.member.create({ data: { orgId, userId, role: 'owner' } });
  if (kind === 'artist') await db.epk.create({ data: { orgId, slug: orgId.replace('_', '-'), name: `Artiste ${n}`, genres: [], publishedAt: noon, updatedAt: noon } });
  else await db.venue.create({ data: { orgId, slug: orgId.replace('_', '-'), name: `Salle ${n}`, genres: [], city: 'Nantes', updatedAt: noon } });
  return world.as({ orgId, userId });
}

const pair = async () => [await newcomer('artist'), await newcomer('venue', 'en')] as const;
const pick = (who: SignedIn, other: SignedIn, verdict: 'pass' | 'like' | 'super_like' | null, message = '') => choose(who, { orgId: other.actor.orgId, verdict, message });
const both = async (a: SignedIn, b: SignedIn) => {
  await pick(a, b, 'like');
  return (await pick(b, a, 'like')).match;
};
const sightings = (who: SignedIn, kind?: string) => world.db.sighting.findMany({ where: { orgId: who.actor.orgId, ...(kind && { kind }) }, orderBy: { id: 'asc' } });
const grant = ({ actor }: SignedIn, n: number) => world.db.superLike.create({ data: { orgId: actor.orgId, seq: 1, n, after: n, cause: `charge:${actor.orgId}`, at: noon } });
const hear = () => world.drain({ discovery: discoveryHeard }, discoveryTasks);
const due = () => tick(world.ctx, discoveryDue);
const mailsTo = (who: SignedIn) => world.db.mail.findMany({ where: { to: `${who.actor.userId}@mail.example` }, orderBy: { id: 'asc' } });

test('a like, a pass, a favourite and a hidden one are kept, and each can be undone (MA-10)', async () => {
  const [artist, hall] = await pair();
  const orgId = hall.actor.orgId;
  expect(await pick(artist, hall, 'like')).toEqual({ orgId, verdict: 'like', favourite: false, hidden: false, superLikes: 0, match: null });
  expect(await keep(artist, { orgId, favourite: true })).toMatchObject({ verdict: 'like', favourite: true });
  expect(await hide(artist, { orgId, hidden: true })).toMatchObject({ verdict: 'like', favourite: true, hidden: true });
  expect(await pick(artist, hall, 'pass')).toMatchObject({ verdict: 'pass', favourite: true });
  expect(await pick(artist, hall, null)).toMatchObject({ verdict: null, favourite: true, hidden: true });
  await keep(artist, { orgId, favourite: false });
  expect(await hide(artist, { orgId, hidden: false })).toMatchObject({ verdict: null, favourite: false, hidden: false });
});

test('whom one cannot choose: oneself, one’s own side, whoever is not shown; of the last two nothing is learned (MA-16)', async () => {
  const [artist] = await pair();
  const other = await newcomer('artist');
  const hidden = await newcomer('artist');
  await world.db.epk.update({ where: { orgId: hidden.actor.orgId }, data: { publishedAt: null } });
  for (const act of [(orgId: string) => choose(artist, { orgId, verdict: 'like', message: '' }), (orgId: string) => keep(artist, { orgId, favourite: true }), (orgId: string) => hide(artist, { orgId, hidden: true })]) {
    await expect(act(artist.actor.orgId)).rejects.toThrow(refusal('choice_own'));
    await expect(act(other.actor.orgId)).rejects.toThrow(refusal('choice_same_side'));
    await expect(act(hidden.actor.orgId)).rejects.toThrow(refusal('not_found'));
    await expect(act('org_nobody')).rejects.toThrow(refusal('not_found'));
  }
  const undone = { verdict: null, favourite: false, hidden: false, superLikes: 0, match: null };
  expect(await choose(artist, { orgId: 'org_nobody', verdict: null, message: '' })).toEqual({ orgId: 'org_nobody', ...undone });
  expect(await pick(artist, hidden, null)).toEqual({ orgId: hidden.actor.orgId, ...undone });
  expect(await world.db.choice.count({ where: { orgId: artist.actor.orgId } })).toBe(0);
});

test('an observer reads and chooses nothing; the holder of a link does neither; a booker chooses for the artist (MA-31)', async () => {
  const [artist, hall] = await pair();
  const observer = world.as({ ...artist.actor, role: 'observer' });
  await expect(pick(observer, hall, 'like')).rejects.toThrow(refusal('role_too_low'));
  await expect(setWishes(observer, { exceptional: false, mails: false })).rejects.toThrow(refusal('role_too_low'));
  expect((await matches(observer)).matches).toEqual([]);
  const link = world.as({ orgId: artist.actor.orgId, link: { purpose: 'answer', bookingId: 'bkg_1' } });
  await expect(matches(link)).rejects.toThrow(refusal('not_found'));
  await expect(pick(link, hall, 'like')).rejects.toThrow(refusal('not_found'));
  const booker = world.as({ ...artist.actor, userId: 'usr_booker', role: 'manager', mandated: true });
  expect(await pick(booker, hall, 'like')).toMatchObject({ verdict: 'like' });
  expect(await pick(artist, hall, 'like')).toMatchObject({ verdict: 'like' });
  expect(await sightings(artist)).toHaveLength(1);
});

test('who liked is told to nobody before it is mutual (MA-16)', async () => {
  const [artist, hall] = await pair();
  await pick(artist, hall, 'like');
  await hear();
  expect(await matches(hall)).toEqual({ matches: [], superLikes: 0 });
  expect(await admirers(hall)).toEqual([]);
  expect(await mailsTo(hall)).toEqual([]);
  expect(await pick(hall, artist, 'pass')).toMatchObject({ match: null });
});

test('two who like each other have one match, for thirty days, and both are told, in their language (MA-16, MA-17)', async () => {
  const [artist, hall] = await pair();
  scores.set(`${artist.actor.orgId} ${hall.actor.orgId}`, 88);
  const match = await both(artist, hall);
  expect(match).toMatchObject({ id: expect.stringMatching(/^mat_/) as string, status: 'open', expiresAt: '2027-03-31T12:00:00.000Z' });
  await hear();
  expect((await mailsTo(artist)).map(({ subject }) => subject)).toEqual(['Vous avez un nouveau match !']);
  const [mail] = await mailsTo(hall);
  expect(mail).toMatchObject({ subject: 'You have a new match!' });
  expect(mail?.text).toContain('88 of 100');
  expect(mail?.text).toContain('March 31, 2027');
  world.at('2027-03-11T11:00:00Z');
  expect((await matches(hall)).matches).toMatchObject([{
    id: match?.id, status: 'open', score: 88, daysLeft: 21, other: { orgId: artist.actor.orgId, seen: 'artist', page: `${world.ctx.config.urls.platform}/@${artist.actor.orgId.replace('_', '-')}` }, contact: { email: `${artist.actor.orgId}@hall.example` }, bookingId: null, contactedAt: null,
  }]);
  expect((await matches(artist)).matches).toMatchObject([{ id: match?.id, other: { seen: 'place', page: null, city: 'Nantes' } }]);
  // The same word again makes nothing new; neither does taking it back end what both were told.
  await pick(artist, hall, 'like');
  await pick(artist, hall, null);
  await pick(artist, hall, 'like');
  await hear();
  expect(await world.db.match.count({ where: { artistOrgId: artist.actor.orgId } })).toBe(1);
  expect(await mailsTo(artist)).toHaveLength(1);
});

test('fifty likes at once, from both sides, make one match, which is told once (MA-16)', async () => {
  const [artist, hall] = await pair();
  const done = await Promise.all(Array.from({ length: 50 }, (_, i) => (i % 2 ? pick(artist, hall, 'like') : pick(hall, artist, 'like'))));
  const { id } = await world.db.match.findFirstOrThrow({ where: { artistOrgId: artist.actor.orgId } });
  expect(new Set(done.flatMap(({ match }) => (match ? [match.id] : [])))).toEqual(new Set([id]));
  expect(await world.db.fact.count({ where: { topic: 'match.made', subject: id } })).toBe(1);
  expect(await sightings(artist, 'like')).toHaveLength(1);
  expect(await sightings(hall, 'like')).toHaveLength(1);
});

test('whoever wants no mail gets none, and the other side does (MA-20)', async () => {
  const [artist, hall] = await pair();
  expect(await wishes(artist)).toEqual({ exceptional: true, mails: true });
  expect(await setWishes(artist, { exceptional: true, mails: false })).toEqual({ exceptional: true, mails: false });
  await both(artist, hall);
  await hear();
  expect(await mailsTo(artist)).toEqual([]);
  expect(await mailsTo(hall)).toHaveLength(1);
});

test('nobody writes for thirty days: the match expires once, on its day; both like each other anew and have it again (MA-17)', async () => {
  const [artist, hall] = await pair();
  const match = await both(artist, hall);
  world.at('2027-03-31T11:59:00Z');
  await due();
  expect((await matches(artist)).matches).toMatchObject([{ status: 'open', daysLeft: 1 }]);
  world.at('2027-03-31T12:00:00Z');
  await due();
  await due();
  await hear();
  expect((await matches(artist)).matches).toMatchObject([{ status: 'expired', daysLeft: 0 }]);
  expect(await world.db.fact.count({ where: { topic: 'match.expired', subject: match?.id ?? '' } })).toBe(1);
  await expect(noteWritten(artist, match?.id ?? '')).rejects.toThrow(refusal('match_closed', { status: 'expired' }));
  world.at('2027-04-10T12:00:00Z');
  expect(await pick(artist, hall, 'like')).toMatchObject({ match: { status: 'expired' } });
  expect(await pick(hall, artist, 'like')).toMatchObject({ match: { id: match?.id, status: 'open', expiresAt: '2027-05-10T12:00:00.000Z' } });
  await hear();
  expect(await mailsTo(artist)).toHaveLength(2);
});

test('a match whose side says that it wrote does not expire; said twice it was said once; a stranger says nothing (MA-17)', async () => {
  const [artist, hall] = await pair();
  const stranger = await newcomer('venue');
  const { id } = await both(artist, hall) ?? { id: '' };
  await expect(noteWritten(stranger, id)).rejects.toThrow(refusal('not_found'));
  expect(await noteWritten(hall, id)).toMatchObject({ status: 'contacted', contactedAt: noon.toISOString(), daysLeft: 0 });
  expect(await noteWritten(artist, id)).toMatchObject({ status: 'contacted' });
  expect(await sightings(hall, 'contact')).toHaveLength(1);
  expect(await sightings(artist, 'contact')).toHaveLength(0);
  world.at('2027-06-01T12:00:00Z');
  await due();
  expect((await matches(hall)).matches).toMatchObject([{ id, status: 'contacted' }]);
});

async function request(artist: SignedIn, email: string, topic: 'request.sent' | 'offer.sent' = 'request.sent'): Promise<string> {
  const { db, ctx } = world;
  const [id, buyerOrgId, orgId] = [ctx.newId('bkg'), ctx.newId('org'), artist.actor.orgId];
  await db.organisation.create({ data: { id: buyerOrgId, kind: 'venue', name: 'Sans compte', email, createdAt: noon } });
  await db.booking.create({ data: {
    id, orgId, buyerOrgId, reference: `ref-${id}`, createdAt: ctx.now(),
    request: { create: { orgId, buyerOrgId, asker: 'venue', contactName: 'Jo', organisation: 'La Halle', email, occasion: 'Concert', showDay: new Date('2027-08-01'), shows: 1, startTime: '20:30', place: '', city: 'Nantes', insee: '44109', audience: 100, budgetMinor: 100_000n, currency: 'EUR' } },
  } });
  if (topic === 'offer.sent') await db.offer.create({ data: { id: `off_${id}`, bookingId: id, orgId, buyerOrgId, proposedBy: 'artist', showDay: new Date('2027-08-01'), startTime: '20:30', priceMinor: 1n, currency: 'EUR', expiresAt: new Date('2027-03-20'), status: 'sent', createdAt: ctx.now() } });
  await transact(ctx, (tx) => (topic === 'request.sent' ? tell(tx, topic, { bookingId: id }) : tell(tx, topic, { bookingId: id, offerId: `off_${id}` })));
  return id;
}

test.each(['request.sent', 'offer.sent'] as const)('%s between the two is the first contact: the place is known by the address of its people (MA-17)', async (topic) => {
  const [artist, hall] = await pair();
  const { id } = await both(artist, hall) ?? { id: '' };
  await hear();
  const bookingId = await request(artist, `${hall.actor.userId ?? ''}@MAIL.example`, topic);
  await hear();
  expect((await matches(artist)).matches).toMatchObject([{ id, status: 'contacted', bookingId }]);
  const noted = async () => (await world.db.sighting.findMany({ where: { kind: { in: ['contact', 'offer', 'signature', 'refusal'] }, orgId: { in: [artist.actor.orgId, hall.actor.orgId] } }, orderBy: { id: 'asc' } })).map(({ kind, orgId, otherOrgId, seeker }) => [kind, orgId, otherOrgId, seeker]);
  const [a, p] = [artist.actor.orgId, hall.actor.orgId];
  expect(await noted()).toEqual([topic === 'request.sent' ? ['contact', p, a, 'place'] : ['offer', a, p, 'artist']]);
  // How it ends is both sides' to learn from, once however often it is heard.
  await transact(world.ctx, (tx) => tell(tx, 'request.declined', { bookingId }));
  await hear();
  await noteTalk(world.ctx, { bookingId, kind: 'refusal', by: 'both', at: (await world.db.fact.findFirstOrThrow({ where: { topic: 'request.declined', subject: bookingId } })).toldAt });
  expect((await noted()).slice(1)).toEqual([['refusal', a, p, 'artist'], ['refusal', p, a, 'place']]);
  world.at('2027-06-01T12:00:00Z');
  await due();
  expect((await matches(artist)).matches).toMatchObject([{ status: 'contacted' }]);
});

test('a stranger’s request contacts nobody’s match, and a contact after the end revives none (MA-17)', async () => {
  const [artist, hall] = await pair();
  await both(artist, hall);
  await request(artist, 'jo@elsewhere.example');
  await hear();
  expect((await matches(artist)).matches).toMatchObject([{ status: 'open' }]);
  world.at('2027-03-31T12:00:00Z');
  await request(artist, `${hall.actor.orgId}@hall.example`);
  await hear();
  await due();
  expect((await matches(artist)).matches).toMatchObject([{ status: 'expired', contactedAt: null }]);
});

test('a Super Like without a credit is refused, and nothing is kept of it (MA-30)', async () => {
  const [artist, hall] = await pair();
  await expect(pick(artist, hall, 'super_like', 'Bonjour')).rejects.toThrow(refusal('super_likes_spent'));
  expect(await world.db.choice.count({ where: { orgId: artist.actor.orgId } })).toBe(0);
  expect(await sightings(artist)).toEqual([]);
  await expect(world.db.choice.create({ data: { orgId: 'org_a', otherOrgId: 'org_b', verdict: 'like', message: 'x', at: noon } })).rejects.toThrow('choice_message');
});

test('a Super Like reaches who it is for at once, with its whole message and where to answer, before any match (MA-30, PR-18)', async () => {
  const [artist, hall] = await pair();
  await grant(artist, 2);
  scores.set(`${artist.actor.orgId} ${hall.actor.orgId}`, 91);
  const message = `${'Nous jouons près de chez vous. '.repeat(32)}Fin.`;
  expect(await pick(artist, hall, 'super_like', message)).toMatchObject({ verdict: 'super_like', superLikes: 1, match: null });
  const [mail] = await mailsTo(hall);
  expect(mail).toMatchObject({ subject: expect.stringContaining('sends you a Super Like') as string });
  expect(mail?.text).toContain(message);
  expect(mail?.text).toContain(`${artist.actor.orgId}@hall.example`);
  expect(await admirers(hall)).toMatchObject([{ other: { orgId: artist.actor.orgId, page: expect.stringContaining('/@') as string }, contact: { email: `${artist.actor.orgId}@hall.example` }, message, score: 91, verdict: null, matchId: null }]);
  // Taken back and sent again it costs nothing, and is written once.
  await pick(artist, hall, null);
  expect(await admirers(hall)).toEqual([]);
  expect(await pick(artist, hall, 'super_like', 'Encore')).toMatchObject({ superLikes: 1 });
  expect(await mailsTo(hall)).toHaveLength(1);
  expect((await pick(hall, artist, 'like')).match).toMatchObject({ status: 'open' });
  expect((await matches(hall)).matches).toMatchObject([{ message: 'Encore' }]);
  expect(await admirers(hall)).toMatchObject([{ verdict: 'like', matchId: expect.stringMatching(/^mat_/) as string }]);
});

test('fifty Super Likes at once with three credits: three are sent, and nothing is ever owed (MA-30)', async () => {
  const artist = await newcomer('artist');
  await grant(artist, 3);
  const halls = await Promise.all(Array.from({ length: 10 }, () => newcomer('venue')));
  const done = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => pick(artist, halls[i % 10]!, 'super_like', 'Bonjour')));
  expect(done.filter(({ status }) => status === 'rejected').every((one) => ((one as PromiseRejectedResult).reason as { code: string }).code === 'super_likes_spent')).toBe(true);
  expect(await world.db.choice.count({ where: { orgId: artist.actor.orgId, verdict: 'super_like' } })).toBe(3);
  expect(await world.db.superLike.findMany({ where: { orgId: artist.actor.orgId }, orderBy: { seq: 'asc' }, select: { after: true } })).toEqual([3, 2, 1, 0].map((after) => ({ after })));
});

test('whoever hid somebody hears nothing of their Super Like, and has no match with them (MA-30)', async () => {
  const [artist, hall] = await pair();
  await grant(artist, 1);
  await hide(hall, { orgId: artist.actor.orgId, hidden: true });
  await pick(artist, hall, 'super_like', 'Bonjour');
  expect(await mailsTo(hall)).toEqual([]);
  expect(await admirers(hall)).toEqual([]);
  expect((await pick(hall, artist, 'like')).match).toBeNull();
});

test('choices are limited by organisation: sixty in a minute, with the seconds to wait (MA-10)', async () => {
  const [artist, hall] = await pair();
  const limited: SignedIn = { ...artist, limits: openLimits() };
  const done = await Promise.allSettled(Array.from({ length: 200 }, (_, i) => choose(limited, { orgId: hall.actor.orgId, verdict: i % 2 ? 'like' : null, message: '' })));
  const refused = done.filter((one) => one.status === 'rejected');
  expect(refused).toHaveLength(140);
  expect(refused[0]?.reason).toMatchObject({ code: 'rate_limited', details: { seconds: expect.stringMatching(/^\d+$/) as string } });
  // Another organisation is not held up by it.
  await choose({ ...hall, limits: limited.limits }, { orgId: artist.actor.orgId, verdict: 'like', message: '' });
});

test('what was chosen is listed, the latest first, a page at a time (MA-10)', async () => {
  const [artist, hall] = await pair();
  const others = await Promise.all(Array.from({ length: 60 }, () => newcomer('venue')));
  for (const [i, other] of others.entries()) {
    world.at(new Date(noon.getTime() + Math.floor(i / 2) * 1_000));
    await pick(artist, other, 'pass');
  }
  await keep(artist, { orgId: hall.actor.orgId, favourite: true });
  const first = await history(artist, { which: 'passed' });
  const rest = await history(artist, { which: 'passed', before: first.more ?? '' });
  expect(rest.more).toBeNull();
  const ids = [...first.entries, ...rest.entries].map(({ other }) => other.orgId);
  expect(new Set(ids)).toEqual(new Set(others.map(({ actor }) => actor.orgId)));
  expect(ids).toHaveLength(60);
  expect(await history(artist, { which: 'favourites' })).toMatchObject({ entries: [{ other: { orgId: hall.actor.orgId }, verdict: null, favourite: true }], more: null });
  expect((await history(artist, { which: 'liked' })).entries).toEqual([]);
  expect((await history(hall, { which: 'passed' })).entries).toEqual([]);
});

test('a list that is shown is noted once, with its places and degrees; each choice as well (MA-10)', async () => {
  const [artist, hall] = await pair();
  const second = await newcomer('venue');
  scores.set(`${artist.actor.orgId} ${second.actor.orgId}`, 70);
  const ask = { filters: noFilters, sort: 'score' as const, limit: 24, diversity: 0, all: false, locale: 'fr' as const };
  await find(artist, ask);
  await find(artist, ask);
  const seen = await sightings(artist);
  expect(seen.map(({ kind, otherOrgId, position, score }) => [kind, otherOrgId, position, score])).toEqual([['impression', second.actor.orgId, 0, 70], ['impression', hall.actor.orgId, 1, 60]]);
  expect(seen[0]).toMatchObject({ seeker: 'artist', scorecard: 'touring', model: 'touring-1' });
  expect([...seen[0]!.degrees]).toEqual([254, 127, 255]);
  world.at(new Date(noon.getTime() + 11 * 60_000));
  await find(artist, ask);
  expect(await sightings(artist, 'impression')).toHaveLength(4);
  await pick(artist, hall, 'like');
  await keep(artist, { orgId: hall.actor.orgId, favourite: true });
  await keep(artist, { orgId: hall.actor.orgId, favourite: true });
  await hide(artist, { orgId: second.actor.orgId, hidden: true });
  expect((await sightings(artist)).slice(4).map(({ kind, position }) => [kind, position])).toEqual([['like', null], ['favourite', null], ['hide', null]]);
});

test('an exceptional find comes once a day with its reasons, above 95, never the same twice, and not to who wants none (MA-20)', async () => {
  const artist = await newcomer('artist');
  const halls = [await newcomer('venue'), await newcomer('venue'), await newcomer('venue')];
  const ids = halls.map(({ actor }) => actor.orgId);
  for (const [i, value] of [95, 96, 99].entries()) scores.set(`${artist.actor.orgId} ${ids[i] ?? ''}`, value);
  const today = async () => (await exceptional(artist))?.found.orgId ?? null;
  expect(await Promise.all([today(), today(), today()])).toEqual([ids[2], ids[2], ids[2]]);
  expect((await exceptional(artist))?.found.score.for.map(({ criterion }) => criterion)).toEqual(['fee', 'distance']);
  await pick(artist, halls[2]!, 'pass');
  expect(await today()).toBeNull();
  world.at('2027-03-02T12:00:00Z');
  expect(await today()).toBe(ids[1]);
  world.at('2027-03-03T12:00:00Z');
  expect(await today()).toBeNull();
  const other = await newcomer('artist');
  scores.set(`${other.actor.orgId} ${ids[0] ?? ''}`, 100);
  await setWishes(other, { exceptional: false, mails: true });
  expect(await exceptional(other)).toBeNull();
});

test('a match and a Super Like are heard by who looks at the page, without asking again; another organisation hears nothing (MA-19)', async () => {
  const [artist, hall] = await pair();
  const stranger = await newcomer('venue');
  await grant(artist, 1);
  const stop = new AbortController();
  const heard: string[] = [];
  const others: string[] = [];
  const listen = async (who: SignedIn, to: string[], last: string | null) => {
    for await (const { kind, id } of follow(who, last, stop.signal)) to.push(`${kind} ${id}`);
  };
  const listening = [listen(hall, heard, noon.toISOString()), listen(stranger, others, noon.toISOString())];
  world.at('2027-03-01T12:00:01Z');
  await pick(artist, hall, 'super_like', 'Bonjour');
  await vi.waitFor(() => expect(heard).toEqual([`super_like ${artist.actor.orgId}`]), { timeout: 5_000 });
  const { match } = await pick(hall, artist, 'like');
  await hear();
  await vi.waitFor(() => expect(heard).toEqual([`super_like ${artist.actor.orgId}`, `match ${match?.id ?? ''}`]), { timeout: 5_000 });
  // Whoever was away hears what was missed.
  const missed: string[] = [];
  listening.push(listen(hall, missed, '2027-03-01T11:00:00.000Z'));
  await vi.waitFor(() => expect(missed).toHaveLength(2), { timeout: 5_000 });
  stop.abort();
  await Promise.all(listening);
  expect(others).toEqual([]);
});

test('webhooks of both sides hear of a match and of its end; nobody else’s do (MA-16)', async () => {
  const [artist, hall] = await pair();
  const stranger = await newcomer('venue');
  for (const who of [artist, hall, stranger]) {
    await world.db.webhookEndpoint.create({ data: { id: `whe_${who.actor.orgId}`, orgId: who.actor.orgId, url: 'https://a.example', secret: 'x', topics: ['match.made', 'match.expired'], createdAt: noon } });
  }
  const match = await both(artist, hall);
  world.at('2027-04-01T12:00:00Z');
  await due();
  await world.drain({ discovery: discoveryHeard, webhooks: webhooksHeard });
  const sent = await world.db.webhookDelivery.findMany({ where: { endpoint: { orgId: { in: [artist, hall, stranger].map(({ actor }) => actor.orgId) } } }, orderBy: { id: 'asc' } });
  expect(sent.map(({ orgId, topic }) => `${orgId} ${topic}`).sort()).toEqual([artist, hall].flatMap(({ actor }) => ['match.expired', 'match.made'].map((topic) => `${actor.orgId} ${topic}`)).sort());
  expect(JSON.parse(sent[0]?.body ?? '{}')).toMatchObject({ type: 'match.made', data: { matchId: match?.id, orgId: artist.actor.orgId, placeOrgId: hall.actor.orgId } });
});

test('figures from what was shown to what was signed, by day of the organisation’s own zone (MA-27)', async () => {
  const [artist, hall] = await pair();
  await newcomer('venue');
  const ask = { filters: noFilters, sort: 'score' as const, limit: 24, diversity: 0, all: false, locale: 'fr' as const };
  // Half past midnight in Paris.
  world.at('2027-03-04T23:30:00Z');
  await find(artist, ask);
  await find(hall, ask);
  await both(artist, hall);
  world.at('2027-03-07T12:00:00Z');
  const bookingId = await request(artist, `${hall.actor.orgId}@hall.example`);
  await hear();
  const at = new Date('2027-03-09T12:00:00Z');
  await world.db.contract.create({ data: {
    id: world.ctx.newId('ctr'), bookingId, orgId: artist.actor.orgId, buyerOrgId: hall.actor.orgId, number: `C-${bookingId}`, path: 'secured', status: 'signed', priceMinor: 1n, vatBps: 0, vatMinor: 0n, totalMinor: 1n, currency: 'EUR', commissionBps: 0, vatCitation: 'x',
    commissionVatBps: 0, commissionVatCitation: 'x', clauses: [], rules: [], fileId: 'fil_none', draftedAt: at, signedAt: at,
  } });
  expect(await funnel(artist, { from: '2027-03-05', until: '2027-03-09' })).toEqual({
    from: '2027-03-05', until: '2027-03-09', total: { impressions: 2, likes: 1, matches: 1, contacts: 1, contracts: 1 }, shown: 1, shows: { over: 0, well: 0 }, rates: { liked: 0.5, mutual: 1, contacted: 1, signed: 1, succeeded: null },
    days: [
      { day: '2027-03-05', impressions: 2, likes: 1, matches: 1, contacts: 0, contracts: 0 }, { day: '2027-03-07', impressions: 0, likes: 0, matches: 0, contacts: 1, contracts: 0 },
      { day: '2027-03-09', impressions: 0, likes: 0, matches: 0, contacts: 0, contracts: 1 },
    ],
  });
  // How its show went, of the day of the show.
  const show = (over: object) => world.db.show.upsert({ where: { bookingId }, update: over, create: { id: world.ctx.newId('shw'), bookingId, orgId: artist.actor.orgId, title: 'x', day: new Date('2027-03-09'), startTime: '20:30', place: '', city: 'Nantes', ...over } });
  const went = async (until = '2027-03-09') => { const { shows, rates } = await funnel(hall, { from: '2027-03-05', until }); return [shows.over, shows.well, rates.succeeded]; };
  await show({ status: 'planned' });
  expect(await went()).toEqual([0, 0, null]);
  await show({ status: 'played', playedAt: at });
  expect([await went(), await went('2027-03-08')]).toEqual([[1, 1, 1], [0, 0, null]]);
  await world.db.rating.create({ data: { bookingId, byOrgId: artist.actor.orgId, aboutOrgId: hall.actor.orgId, stars: 3, at } });
  expect(await went()).toEqual([1, 1, 1]);
  await world.db.rating.update({ where: { bookingId_byOrgId: { bookingId, byOrgId: artist.actor.orgId } }, data: { stars: 2 } });
  expect(await went()).toEqual([1, 0, 0]);
  await world.db.rating.deleteMany({ where: { bookingId } });
  for (const over of [{ contestedAt: at, contestedBy: 'buyer' }, { contestedAt: null, contestedBy: null, status: 'cancelled' }]) {
    await show(over);
    expect(await went()).toEqual([1, 0, 0]);
  }
  expect(await funnel(artist, { from: '2027-03-01', until: '2027-03-04' })).toMatchObject({ total: { impressions: 0 }, rates: { liked: null, mutual: null, contacted: null, signed: null }, days: [] });
  await expect(funnel(artist, { from: '2027-03-05', until: '2027-03-04' })).rejects.toThrow(refusal('input_invalid'));
  await expect(funnel(artist, { from: '2025-03-05', until: '2027-03-04' })).rejects.toThrow(refusal('input_invalid'));
});

test('what was noted is forgotten after 24 months (MA-18)', async () => {
  const [artist, hall] = await pair();
  await pick(artist, hall, 'like');
  world.at('2029-02-27T12:00:00Z');
  await purge(world.ctx);
  expect(await sightings(artist)).toHaveLength(1);
  world.at('2029-03-02T12:00:00Z');
  await purge(world.ctx);
  expect(await sightings(artist)).toEqual([]);
});
