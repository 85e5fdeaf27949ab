import { afterAll, beforeAll, expect, test } from 'vitest';
import { layOut } from '../../prisma/world/index.ts';
import { declineRequest } from '../booking/service.ts';
import { sendRequest } from '../requests/service.ts';
import { transact } from '../core/context.ts';
import { euros } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { HEARD } from '../worker.ts';
import { actorOfLink, makeLink } from '../identity/service.ts';
import { follow, followSteps, readFile, readSteps } from './service.ts';

const artist = 'org_demolesvagueslentes';
const until = async (so: () => boolean) => { for (let i = 0; i < 200 && !so(); i += 1) await new Promise((resolve) => { setTimeout(resolve, 20); }); };
let world: TestWorld;
let bookingId: string;
let reference: string;

beforeAll(async () => {
  world = await openTestWorld();
  await layOut(world.ctx);
  const theatre = await world.db.site.findFirstOrThrow({ where: { keys: { some: { key: 'pk_demo_theatre' } } } });
  const sold = await world.db.dayMark.findFirstOrThrow({ where: { orgId: artist, state: 'free', day: { gt: new Date('2027-05-01') } }, orderBy: { day: 'asc' } });
  const guest = world.from({ siteId: theatre.id, orgId: theatre.orgId, key: 'pk_demo_theatre', origins: theatre.origins });
  ({ reference } = await sendRequest(guest, {
    key: 'dossier-test-0001', artist: 'les-vagues-lentes', asker: 'private', contactName: 'Ada Vernier', organisation: '', publicBody: false, email: 'ada@visiteurs.example', phone: '', occasion: 'Anniversaire',
    showDay: sold.day.toISOString().slice(0, 10), seasonUntil: null, shows: 1, startTime: '20:30', place: '', address: '', insee: '', city: '', outdoor: false, audience: 80, budget: euros(120_000n),
    technical: '', message: '', locale: 'fr', pageUrl: '', website: '',
  }));
  ({ id: bookingId } = await world.db.booking.findUniqueOrThrow({ where: { reference } }));
  await world.drain(HEARD);
}, 120_000);
afterAll(() => world.close());

test('a request is in the file of its artist, with its timeline and who acts next (DA-01)', async () => {
  const file = await readFile(world.as({ orgId: artist }), bookingId);
  expect(file).toMatchObject({ side: 'artist', status: 'requested', path: 'secured', next: { act: 'answer_request', by: 'artist' } });
  expect(file.timeline.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['request.sent', 'match.found']));
  expect(file.may).toEqual(expect.arrayContaining(['hold.place', 'offer.send', 'request.decline']));
});

test('a stranger learns nothing of it, nor does a link to another booking', async () => {
  await expect(readFile(world.as({ orgId: 'org_demobrassdenuit' }), bookingId)).rejects.toMatchObject({ code: 'not_found' });
  const { buyerOrgId } = await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } });
  const elsewhere = world.as({ orgId: buyerOrgId, userId: null, link: { purpose: 'follow', bookingId: 'bkg_other' } });
  await expect(readFile(elsewhere, bookingId)).rejects.toMatchObject({ code: 'not_found' });
});

test('a partner’s page knows the names of the steps and nothing else', async () => {
  const guest = world.from({ siteId: 'sit_x', orgId: 'org_x', key: 'pk_x', origins: [] });
  const said = await readSteps(guest, reference);
  expect(said.steps[0]).toEqual({ step: 'request', state: 'done' });
  expect(JSON.stringify(said)).not.toMatch(/Ada|1200|120000|visiteurs/);
  await expect(readSteps(guest, 'ref-unknown')).rejects.toMatchObject({ code: 'not_found' });
});

test('one fact heard by two at once stands in the timeline once, and numbers have no gap', async () => {
  await Promise.all(Array.from({ length: 20 }, () => transact(world.ctx, (tx) => tell(tx, 'match.found', { bookingId }))));
  await world.drain(HEARD);
  const entries = await world.db.timelineEntry.findMany({ where: { bookingId }, orderBy: { seq: 'asc' } });
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
  expect(new Set(entries.map(({ factId }) => factId)).size).toBe(entries.length);
});

test('a contested show says by whom, why and since when, until that side confirms after all (ES-05)', async () => {
  const { buyerOrgId } = await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } });
  const contestedAt = new Date('2027-05-15T08:10:00.000Z');
  await world.db.show.create({ data: { id: 'shw_contest', orgId: artist, bookingId, title: 'x', day: new Date('2027-05-14'), startTime: '20:30', place: '', city: '', contestedBy: 'buyer', contest: 'Personne n’est monté sur scène.', contestedAt } });
  for (const orgId of [artist, buyerOrgId]) {
    expect((await readFile(world.as({ orgId }), bookingId)).show).toMatchObject({ contestedBy: 'buyer', contest: 'Personne n’est monté sur scène.', contestedAt: contestedAt.toISOString() });
  }
  // Whoever confirms after all takes the contest back: its words are read no more.
  await world.db.show.update({ where: { bookingId }, data: { contestedBy: null, contestedAt: null } });
  expect((await readFile(world.as({ orgId: artist }), bookingId)).show).toMatchObject({ contestedBy: null, contest: '', contestedAt: null });
  await world.db.show.delete({ where: { bookingId } });
});

test('who comes back hears what was missed, then what happens', async () => {
  const ending = new AbortController();
  const heard: number[] = [];
  const last = await world.db.timelineEntry.count({ where: { bookingId } });
  const reading = (async () => {
    for await (const { seq } of follow(world.as({ orgId: artist, userId: 'usr_demolesvagueslentes' }), { bookingId, lastEventId: String(last - 2) }, ending.signal)) {
      heard.push(seq);
      if (heard.length === 3) break;
    }
  })();
  await transact(world.ctx, (tx) => tell(tx, 'match.found', { bookingId }));
  await world.drain(HEARD);
  await reading;
  expect(heard).toEqual([last - 1, last, last + 1]);
});

/** What a stream says until it ends, or `stop` does. */
async function hearing(stream: AsyncIterable<unknown>) {
  const heard: unknown[] = [];
  return { heard, ended: (async () => { try { for await (const one of stream) heard.push(one); return 'ended'; } catch (error) { return (error as { code?: string }).code; } })() };
}
const happen = async () => {
  await transact(world.ctx, (tx) => tell(tx, 'match.found', { bookingId }));
  await world.drain(HEARD);
};

test('who follows by a link hears nothing more once it is revoked', async () => {
  const { buyerOrgId } = await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } });
  const token = await makeLink(world.ctx, { purpose: 'pay', bookingId, orgId: buyerOrgId, email: 'a@b.example', days: 1 });
  const actor = (await actorOfLink(world.db, token, new Date()))!;
  const last = await world.db.timelineEntry.count({ where: { bookingId } });
  const { heard, ended } = await hearing(follow({ ...world.ctx, actor }, { bookingId, lastEventId: String(last - 1) }, AbortSignal.timeout(8_000)));
  await until(() => heard.length === 1);
  await world.db.link.updateMany({ where: { bookingId, purpose: 'pay' }, data: { revokedAt: new Date() } });
  await happen();
  expect([await ended, heard.length]).toEqual(['link_dead', 1]);
});

test('the stream of a mandate ends with it, and that of a dead key', async () => {
  const booker = await world.db.member.findFirstOrThrow({ where: { org: { kind: 'booker' } } });
  const mandate = await world.db.representation.create({ data: { id: 'rep_dossier', bookerOrgId: booker.orgId, artistOrgId: artist, since: new Date('2027-01-01') } });
  const last = String(await world.db.timelineEntry.count({ where: { bookingId } }) - 1);
  const acting = await hearing(follow(world.as({ orgId: artist, userId: booker.userId, role: 'manager' }), { bookingId, lastEventId: last }, AbortSignal.timeout(8_000)));
  await until(() => acting.heard.length === 1);
  const { db } = world;
  const site = await db.site.create({ data: { id: 'sit_dossier', orgId: artist, name: 'x', url: 'https://x.example', origins: ['https://x.example'], createdAt: new Date(), keys: { create: { key: 'pk_dossierdossier', createdAt: new Date() } } } });
  const page = await hearing(followSteps(world.from({ siteId: site.id, orgId: artist, key: 'pk_dossierdossier', origins: site.origins }), { reference, lastEventId: last }, AbortSignal.timeout(8_000)));
  await until(() => page.heard.length === 1);
  await db.representation.update({ where: { id: mandate.id }, data: { until: world.ctx.now() } });
  await db.siteKey.update({ where: { key: 'pk_dossierdossier' }, data: { revokedAt: new Date() } });
  // A key is found anew after a second and a half.
  await new Promise((resolve) => { setTimeout(resolve, 1_700); });
  await happen();
  expect([await acting.ended, await page.ended]).toEqual(['not_found', 'key_unknown']);
  expect([acting.heard.length, page.heard.length]).toEqual([1, 1]);
});

test('an entry that is further than any is none', async () => {
  const stream = follow(world.as({ orgId: artist, userId: 'usr_demolesvagueslentes' }), { bookingId, lastEventId: '9'.repeat(30) }, AbortSignal.timeout(8_000));
  const next = stream.next();
  await happen();
  expect((await next).value).toMatchObject({ topic: 'match.found' });
  await stream.return(undefined);
});

test('the steps are followed live by reference', async () => {
  const guest = world.from({ siteId: 'sit_x', orgId: 'org_x', key: 'pk_demo_theatre', origins: [] });
  const steps = followSteps(guest, { reference, lastEventId: '0' }, new AbortController().signal);
  const { value } = await steps.next();
  expect((value as { steps: unknown[] }).steps).toHaveLength(9);
  await steps.return(undefined);
});

test('the artist and the visitor each have their mail, the visitor’s with a link that only follows (NO-04)', async () => {
  const mails = await world.db.mail.findMany({ where: { cause: { endsWith: ':ada@visiteurs.example' } } });
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toMatch(/\/b#t=[\w-]{20,}/);
  expect(await world.db.link.findMany({ where: { bookingId, email: 'ada@visiteurs.example' } })).toMatchObject([{ purpose: 'follow', email: 'ada@visiteurs.example' }]);
  expect(await world.db.mail.count({ where: { to: 'les-vagues-lentes@demo.example', text: { contains: `/booking?id=${bookingId}` } } })).toBe(1);
});

test('what the artist says when declining reaches whoever asked, in the mail and in the file (CH-20)', async () => {
  const { buyerOrgId } = await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } });
  const token = await makeLink(world.ctx, { purpose: 'answer', bookingId, orgId: buyerOrgId, email: 'ada@visiteurs.example', days: 1 });
  await declineRequest(world.as({ orgId: artist }), bookingId, 'En tournée <b>au Québec</b> ce mois-là.');
  await world.drain(HEARD);
  expect(await readFile(world.as({ orgId: artist }), bookingId)).toMatchObject({ status: 'declined', reason: 'En tournée <b>au Québec</b> ce mois-là.' });
  const mail = await world.db.mail.findFirstOrThrow({ where: { to: 'ada@visiteurs.example', text: { contains: 'En tournée' } } });
  expect(mail.text).toContain('Motif : En tournée <b>au Québec</b> ce mois-là.');
  expect(mail.html).toContain('&lt;b&gt;au Québec&lt;/b&gt;');
  // What is over can be read, and answered no more.
  expect(await actorOfLink(world.db, token, new Date())).toBeNull();
  expect(await actorOfLink(world.db, /\/b#t=([\w-]+)/.exec(mail.text)![1]!, new Date())).toMatchObject({ link: { purpose: 'follow' } });
});
