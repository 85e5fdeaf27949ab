import { afterAll, beforeEach, expect, test } from 'vitest';
import { bookingDue } from '../booking/jobs.ts';
import type { Context, SignedIn } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { tick } from '../core/deadlines.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTestWorld } from '../core/test-world.ts';
import { actorOfLink } from '../identity/service.ts';
import { notificationsHeard } from '../notifications/jobs.ts';
import { reviewsDue, reviewsHeard } from './jobs.ts';
import { answerReport, askReviews, readReports, readReviews, replyTo, reportReview, setReminders, showReviews, writeReview } from './service.ts';

const world = await openTestWorld();
const { db } = world;
beforeEach(() => { world.at('2027-03-01T12:00:00Z'); });
afterAll(() => world.close());

await db.user.create({ data: { id: 'usr_ops', name: 'Ada', email: 'ada@flow.example', emailVerified: true, createdAt: world.ctx.now(), updatedAt: world.ctx.now() } });
const config = { ...world.ctx.config, operators: ['ada@flow.example'] };
const ops = (): Context => ({ ...world.ctx, userId: 'usr_ops', config });

const drain = () => world.drain({ reviews: reviewsHeard, notifications: notificationsHeard });
const to = async (instant: string) => {
  world.at(instant);
  while (await tick(world.ctx, { ...bookingDue, ...reviewsDue }) > 0) await drain();
  await drain();
};
const artist = ({ orgId }: TestDeal): SignedIn => ({ ...world.as({ orgId }), config });
const buyer = ({ buyerOrgId }: TestDeal): SignedIn => ({ ...world.as({ orgId: buyerOrgId }), config });
const refusal = (code: string, details?: Record<string, string>) => expect.objectContaining({ code, ...(details && { details: expect.objectContaining(details) as unknown }) }) as Error;

/** A show of 8 May 2027 that counted as played the same night. */
async function playedDeal(over: { showDay?: string; at?: string } = {}): Promise<TestDeal> {
  const { showDay = '2027-05-08', at = '2027-05-08T21:30:00Z' } = over;
  const deal = await signedDeal(world.ctx, { showDay });
  await drain();
  world.at(at);
  await play(world.ctx, deal);
  await drain();
  return deal;
}
const good = { stars: 5, parts: {}, words: 'Une belle soirée.', attendance: null };
const byArtist = (deal: TestDeal, over: object = {}) => writeReview(artist(deal), { bookingId: deal.bookingId, ...good, parts: { welcome: 4, technical: 5, agreed: 5 }, attendance: 180, ...over });
const byBuyer = (deal: TestDeal, over: object = {}) => writeReview(buyer(deal), { bookingId: deal.bookingId, ...good, stars: 3, parts: { performance: 4, audience: 2, agreed: 3 }, words: 'Bon, mais long.', attendance: 210, ...over });
const meanOf = async (orgId: string) => { const { _avg, _count } = await db.rating.aggregate({ where: { aboutOrgId: orgId }, _avg: { stars: true }, _count: true }); return { stars: _avg.stars, count: _count }; };
const facts = async ({ bookingId }: TestDeal) => (await db.fact.findMany({ where: { subject: bookingId, topic: { startsWith: 'review.' } }, orderBy: { id: 'asc' } })).map(({ topic, payload }) => [topic, (payload as { side?: string }).side ?? '']);
const people = async ({ bookingId }: TestDeal) => (await db.show.findUniqueOrThrow({ where: { bookingId } })).attendance;
/** Who of the two was written to, under a subject of these words. */
const mails = async ({ orgId, buyerOrgId }: TestDeal, words: string) => (await db.mail.findMany({ where: { subject: { contains: words }, orgId: { in: [orgId, buyerOrgId] } }, orderBy: { id: 'asc' } })).map((mail) => (mail.orgId === orgId ? 'artist' : 'buyer'));

test('what one side writes waits in nobody’s sight and moves no mean; when the other has written both are shown, and the place’s count goes first (PR-16, TE-06)', async () => {
  const deal = await playedDeal();
  expect(await readReviews(buyer(deal), deal.bookingId)).toMatchObject({ side: 'buyer', state: 'open', until: '2027-06-07', own: null, other: null, attendance: null, parts: ['performance', 'audience', 'agreed'], may: { write: true, reply: false, report: false } });
  await byArtist(deal);
  expect(await readReviews(buyer(deal), deal.bookingId)).toMatchObject({ state: 'open', own: null, other: null, attendance: null });
  expect(await readReviews(artist(deal), deal.bookingId)).toMatchObject({ state: 'open', own: { stars: 5, parts: { welcome: 4, technical: 5, agreed: 5 }, attendance: 180, shownAt: null }, other: null, may: { write: true } });
  expect([await meanOf(deal.orgId), await meanOf(deal.buyerOrgId), await people(deal), await facts(deal)]).toEqual([{ stars: null, count: 0 }, { stars: null, count: 0 }, null, []]);
  // Said anew until it is shown.
  await byArtist(deal, { stars: 4, words: 'Très bien.' });
  await byBuyer(deal);
  await drain();
  expect(await readReviews(buyer(deal), deal.bookingId)).toMatchObject({ state: 'shown', own: { stars: 3 }, other: { stars: 4, words: 'Très bien.', attendance: 180 }, attendance: 210, may: { write: false, reply: true, report: true } });
  expect([await meanOf(deal.orgId), await meanOf(deal.buyerOrgId), await people(deal)]).toEqual([{ stars: 3, count: 1 }, { stars: 4, count: 1 }, 210]);
  expect(await facts(deal)).toEqual([['review.shown', 'artist'], ['review.shown', 'buyer']]);
  // Each is told of the other's.
  expect(await mails(deal, 'a donné son avis')).toEqual(['buyer', 'artist']);
  expect(await db.deadline.count({ where: { subject: deal.bookingId, kind: { startsWith: 'review.' } } })).toBe(0);
  await expect(byArtist(deal, { stars: 1 })).rejects.toThrow(refusal('review_shown'));
});

test('when the time is over what was written is shown alone, and nobody writes any more; the last day is whole on the night the clock changes (PR-16)', async () => {
  const deal = await playedDeal({ showDay: '2027-10-01', at: '2027-10-01T21:00:00Z' });
  await byArtist(deal);
  await to('2027-10-31T22:59:59Z');
  expect(await meanOf(deal.buyerOrgId)).toEqual({ stars: null, count: 0 });
  await byArtist(deal, { stars: 2 });
  await to('2027-10-31T23:00:00Z');
  expect([await meanOf(deal.buyerOrgId), await meanOf(deal.orgId), await people(deal)]).toEqual([{ stars: 2, count: 1 }, { stars: null, count: 0 }, 180]);
  await expect(byBuyer(deal)).rejects.toThrow(refusal('review_late', { until: '2027-10-31' }));
  expect(await readReviews(buyer(deal), deal.bookingId)).toMatchObject({ state: 'shown', own: null, other: { stars: 2 }, may: { write: false, reply: true } });
  await showReviews(world.ctx, deal.bookingId);
  expect(await facts(deal)).toEqual([['review.due', ''], ['review.shown', 'artist']]);

  const silent = await playedDeal({ showDay: '2027-10-01', at: '2027-10-01T21:00:00Z' });
  for (const instant of ['2027-10-02T09:00:00Z', '2027-10-31T23:00:00Z']) await to(instant);
  expect([await facts(silent), (await readReviews(artist(silent), silent.bookingId)).state]).toEqual([[['review.due', '']], 'over']);
});

test('who has not written is reminded once, the next morning, unless they want none; the link of the mail opens the review and nothing else (PR-16)', async () => {
  const [deal, quiet] = [await playedDeal(), await playedDeal()];
  await byArtist(deal);
  await setReminders(buyer(quiet), { bookingId: quiet.bookingId, mails: false });
  await to('2027-05-09T07:59:00Z');
  for (const one of [deal, quiet]) expect(await mails(one, 'Comment')).toEqual([]);
  for (const instant of ['2027-05-09T08:00:00Z', '2027-05-20T08:00:00Z']) await to(instant);
  expect([await mails(deal, 'Comment'), await mails(quiet, 'Comment')]).toEqual([['buyer'], ['artist']]);
  expect((await readReviews(buyer(quiet), quiet.bookingId)).mails).toBe(false);

  const mail = await db.mail.findFirstOrThrow({ where: { to: `${deal.buyerOrgId}@buyer.example`, subject: { contains: 'Comment' } } });
  expect(mail.text).toContain('lundi 7 juin 2027');
  const actor = await actorOfLink(db, /#t=([\w-]+)/.exec(mail.text)?.[1] ?? '', world.ctx.realNow());
  expect(actor?.link).toMatchObject({ purpose: 'review', bookingId: deal.bookingId });
  await writeReview({ ...world.ctx, actor: actor! }, { bookingId: deal.bookingId, ...good });
  expect(await db.review.findUniqueOrThrow({ where: { bookingId_side: { bookingId: deal.bookingId, side: 'buyer' } } })).toMatchObject({ userId: null, stars: 5 });
  // Who holds a link to follow the file only reads.
  const follower: SignedIn = { ...world.ctx, actor: { ...actor!, link: { ...actor!.link!, purpose: 'follow' } } };
  expect((await readReviews(follower, deal.bookingId)).may).toEqual({ write: false, reply: false, report: false, reportReply: false });
  await expect(replyTo(follower, { bookingId: deal.bookingId, words: 'Non.' })).rejects.toThrow(refusal('link_other_purpose'));
});

test('both at the same moment, each pressed many times: one review a side, shown once, with one fact each (PR-16)', async () => {
  const deal = await playedDeal();
  const presses = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => (i % 2 ? byArtist(deal) : byBuyer(deal))));
  expect(presses.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(await db.review.count({ where: { bookingId: deal.bookingId } })).toBe(2);
  expect((await facts(deal)).sort()).toEqual([['review.shown', 'artist'], ['review.shown', 'buyer']]);
  expect([await meanOf(deal.orgId), await meanOf(deal.buyerOrgId), await people(deal)]).toEqual([{ stars: 3, count: 1 }, { stars: 5, count: 1 }, 210]);
  // A reply that nobody heard the answer of is given again.
  await byArtist(deal);
  expect((await facts(deal))).toHaveLength(2);
});

test('nothing is said of a show that is to come, was cancelled, or is contested; dates are asked for when it was played', async () => {
  const planned = await signedDeal(world.ctx);
  const cancelled = await signedDeal(world.ctx);
  await db.show.update({ where: { bookingId: cancelled.bookingId }, data: { status: 'cancelled' } });
  await db.booking.update({ where: { id: cancelled.bookingId }, data: { status: 'cancelled' } });
  const contested = await playedDeal();
  await db.show.update({ where: { bookingId: contested.bookingId }, data: { contestedAt: world.ctx.now(), contestedBy: 'buyer' } });
  for (const deal of [planned, cancelled, contested]) {
    await expect(byArtist(deal)).rejects.toThrow(refusal('show_not_played'));
    expect(await readReviews(buyer(deal), deal.bookingId)).toMatchObject({ state: 'not_played', until: null, may: { write: false } });
  }
  for (const deal of [planned, cancelled]) {
    await askReviews(world.ctx, deal.bookingId);
    expect(await db.deadline.count({ where: { subject: deal.bookingId, kind: { startsWith: 'review.' } } })).toBe(0);
  }
});

test('other organisations find nothing; an observer reads and does not write; a side does not say the other’s parts; absurd crowds are refused (ID-22, PR-16)', async () => {
  const [deal, other] = [await playedDeal(), await playedDeal()];
  const { bookingId } = deal;
  for (const stranger of [artist(other), buyer(other)]) {
    for (const act of [
      () => readReviews(stranger, bookingId), () => writeReview(stranger, { bookingId, ...good }), () => replyTo(stranger, { bookingId, words: 'Non.' }),
      () => reportReview(stranger, { bookingId, what: 'review', reason: 'Injure' }), () => setReminders(stranger, { bookingId, mails: false }),
    ]) await expect(act()).rejects.toThrow(refusal('not_found'));
  }
  await expect(readReviews(artist(deal), 'bkg_none')).rejects.toThrow(refusal('not_found'));
  const observer = world.as({ orgId: deal.orgId, role: 'observer' });
  expect((await readReviews(observer, bookingId)).may.write).toBe(false);
  await expect(writeReview(observer, { bookingId, ...good })).rejects.toThrow(refusal('role_too_low'));
  await expect(byArtist(deal, { parts: { performance: 5 } })).rejects.toThrow(refusal('input_invalid', { field: 'parts.performance' }));
  await db.venue.create({ data: { orgId: deal.buyerOrgId, slug: bookingId.toLowerCase().replace('_', '-'), name: 'La Halle', capacity: 250, genres: [], about: {}, city: 'Rennes', insee: '35238', updatedAt: world.ctx.now() } });
  expect(await readReviews(artist(deal), bookingId)).toMatchObject({ capacity: 250, most: 500 });
  await expect(byArtist(deal, { attendance: 501 })).rejects.toThrow(refusal('attendance_absurd', { most: '500' }));
  await byArtist(deal, { attendance: 500 });
  await expect(byBuyer(other, { attendance: 500_001 })).rejects.toThrow(refusal('attendance_absurd', { most: '500000' }));
  expect(await db.review.count({ where: { bookingId: other.bookingId } })).toBe(0);
});

test('the other side answers once, after it is shown; its answer is nobody’s to change (PR-16)', async () => {
  const deal = await playedDeal();
  const { bookingId } = deal;
  await byArtist(deal);
  // That there is one is not told.
  await expect(replyTo(buyer(deal), { bookingId, words: 'Merci.' })).rejects.toThrow(refusal('not_found'));
  await byBuyer(deal);
  await Promise.all([replyTo(buyer(deal), { bookingId, words: 'Merci.' }), replyTo(buyer(deal), { bookingId, words: 'Merci.' })]);
  await expect(replyTo(buyer(deal), { bookingId, words: 'Merci beaucoup.' })).rejects.toThrow(refusal('reply_made'));
  expect(await readReviews(artist(deal), bookingId)).toMatchObject({ own: { reply: 'Merci.', replyReported: null }, may: { reportReply: true, reply: true } });
  expect((await facts(deal)).at(-1)).toEqual(['review.replied', 'buyer']);
  const broken = async (work: Promise<unknown>) => work.then(() => 'nothing', (error: unknown) => conflict(error)?.constraint);
  const row = { where: { bookingId_side: { bookingId, side: 'artist' as const } } };
  expect([
    await broken(db.review.update({ ...row, data: { stars: 1 } })), await broken(db.review.update({ ...row, data: { reply: 'Non.' } })), await broken(db.review.delete(row)), await broken(db.review.update({ ...row, data: { shownAt: null } })),
  ]).toEqual(['review_kept', 'review_reply_kept', 'review_never_deleted', 'review_kept']);
});

test('a report reaches our people, who hide it with a reason: it leaves the mean, the count of people and the other’s sight, and its author is told why; strangers to us decide nothing (PR-16)', async () => {
  const deal = await playedDeal();
  const { bookingId } = deal;
  const report = { bookingId, what: 'review', reason: 'Insulte un technicien.' } as const;
  await byBuyer(deal);
  await expect(reportReview(artist(deal), report)).rejects.toThrow(refusal('not_found'));
  await byArtist(deal);
  await reportReview(artist(deal), report);
  await reportReview(artist(deal), report);
  await expect(reportReview(artist(deal), { ...report, reason: 'Autre chose.' })).rejects.toThrow(refusal('report_made'));
  expect((await db.mail.findMany({ where: { subject: 'Avis signalé', text: { contains: report.reason } } })).map((mail) => mail.to)).toEqual(['ada@flow.example']);
  // Its author does not learn of a report.
  expect(await readReviews(buyer(deal), bookingId)).toMatchObject({ own: { reported: null, hidden: false } });
  expect(await readReviews(artist(deal), bookingId)).toMatchObject({ other: { reported: 'open' }, may: { report: false } });
  const verdict = { bookingId, side: 'buyer', what: 'review', hide: true, words: 'Propos injurieux.' } as const;
  for (const who of [artist(deal), buyer(deal)]) {
    await expect(answerReport(who, verdict)).rejects.toThrow();
    await expect(readReports(who)).rejects.toThrow();
  }
  expect(await readReports(ops())).toEqual([{ bookingId, side: 'buyer', what: 'review', reason: 'Insulte un technicien.', at: expect.any(String) as string, by: '', about: 'Grande marée', day: '2027-05-08', stars: 3, words: 'Bon, mais long.' }]);
  expect([await meanOf(deal.orgId), await people(deal)]).toEqual([{ stars: 3, count: 1 }, 210]);
  await answerReport(ops(), verdict);
  await expect(answerReport(ops(), { ...verdict, hide: false })).rejects.toThrow(refusal('report_closed'));
  await expect(answerReport(ops(), { ...verdict, side: 'artist' })).rejects.toThrow(refusal('not_found'));
  await drain();
  expect([await meanOf(deal.orgId), await meanOf(deal.buyerOrgId), await people(deal)]).toEqual([{ stars: null, count: 0 }, { stars: 5, count: 1 }, 180]);
  expect(await readReviews(artist(deal), bookingId)).toMatchObject({ other: { hidden: true, stars: 0, words: '', attendance: null, hiddenWhy: '', answered: 'Propos injurieux.' }, may: { reply: false, report: false } });
  expect(await readReviews(buyer(deal), bookingId)).toMatchObject({ own: { hidden: true, stars: 3, words: 'Bon, mais long.', hiddenWhy: 'Propos injurieux.' } });
  expect(await mails(deal, 'Votre avis')).toEqual(['buyer']);
  expect(await db.reviewReport.findMany({ where: { bookingId } })).toMatchObject([{ status: 'hidden', words: 'Propos injurieux.', closedBy: 'usr_ops' }]);
});

test('a reply is reported by the author of the review; kept, it stays, and the reporter reads why (PR-16)', async () => {
  const deal = await playedDeal();
  const { bookingId } = deal;
  await byArtist(deal);
  await byBuyer(deal);
  const report = { bookingId, what: 'reply', reason: 'C’est faux.' } as const;
  await expect(reportReview(artist(deal), report)).rejects.toThrow(refusal('not_found'));
  await replyTo(buyer(deal), { bookingId, words: 'Vous étiez en retard.' });
  await reportReview(artist(deal), report);
  expect((await readReports(ops())).filter((one) => one.bookingId === bookingId)).toMatchObject([{ what: 'reply', side: 'artist', stars: null, words: 'Vous étiez en retard.', about: 'Grande marée' }]);
  await answerReport(ops(), { bookingId, side: 'artist', what: 'reply', hide: false, words: 'Chacun dit sa version.' });
  expect(await readReviews(artist(deal), bookingId)).toMatchObject({ own: { reply: 'Vous étiez en retard.', replyReported: 'kept', answered: 'Chacun dit sa version.' }, may: { reportReply: false } });

  const rude = await playedDeal();
  await byArtist(rude);
  await byBuyer(rude);
  await replyTo(artist(rude), { bookingId: rude.bookingId, words: 'Menteur.' });
  await reportReview(buyer(rude), { ...report, bookingId: rude.bookingId });
  await answerReport(ops(), { bookingId: rude.bookingId, side: 'buyer', what: 'reply', hide: true, words: 'Injure.' });
  await drain();
  expect((await readReviews(buyer(rude), rude.bookingId)).own).toMatchObject({ reply: '', replyHidden: true });
  expect((await readReviews(artist(rude), rude.bookingId)).other).toMatchObject({ reply: 'Menteur.', replyHidden: true, replyHiddenWhy: 'Injure.' });
  expect(await meanOf(rude.orgId)).toEqual({ stars: 3, count: 1 });
  expect(await mails(rude, 'Votre réponse')).toEqual(['artist']);
});
