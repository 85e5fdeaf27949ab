import { expect, test } from 'vitest';
import { billingHeard } from '../billing/jobs.ts';
import { transact } from '../core/context.ts';
import { tick } from '../core/deadlines.ts';
import { euros } from '../core/money.ts';
import type { TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { disputesHeard } from '../disputes/jobs.ts';
import { bookChargeback, closeChargeback, decideDispute, readDispute, simulateDecision } from '../disputes/service.ts';
import { escrowDue } from '../escrow/jobs.ts';
import { takeUpMoney } from '../reconciliation/service.ts';
import { charge } from '../till/service.ts';
import { refundsHeard } from './jobs.ts';
import { cancelBooking, readAccount, settleWaiting, simulateCancellation } from './service.ts';

const { world, provider, drain, to, buyer, artist, open, enter, pay } = await openTill({ billing: billingHeard, refunds: refundsHeard, disputes: disputesHeard }, {}, { OPERATORS: 'ops@flow.example' });
await world.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
const ops = () => ({ ...world.ctx, userId: 'usr_ops' });

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const wire = (minor: number) => ({ minor, currency: 'EUR' as const });
const held = async (account: string) => (await world.db.entry.aggregate({ where: { account }, _sum: { minor: true } }))._sum.minor ?? 0n;
const kinds = async ({ bookingId }: TestDeal) => (await world.db.transfer.findMany({ where: { bookingId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ kind }) => kind);
const told = async ({ bookingId }: TestDeal, topic: string) => world.db.fact.count({ where: { subject: bookingId, topic } });
const partOf = ({ bookingId }: TestDeal, part: 'deposit' | 'balance') => world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId, part } } });
const seenBy = async (side: ReturnType<typeof buyer>, { bookingId }: TestDeal, cause: 'organiser' | 'producer') => {
  const { kept, owed, refund } = await simulateCancellation(side, { bookingId, cause });
  return { kept: kept.minor, owed: owed.minor, refund: refund.minor };
};
const cancel = async (side: ReturnType<typeof buyer>, deal: TestDeal, cause: 'organiser' | 'producer') =>
  cancelBooking(side, { bookingId: deal.bookingId, cause, reason: 'La salle est inondée.', seen: await seenBy(side, deal, cause) });

/** A deal whose deposit is with the buyer's bank: a debit that it will draw, or return. */
async function debited(account: 'pm_sepa' | 'pm_sepa_refused' = 'pm_sepa'): Promise<TestDeal> {
  world.at('2027-03-01T12:00:00Z');
  const deal = await open();
  await pay(deal, account);
  expect((await partOf(deal, 'deposit')).status).toBe('processing');
  return deal;
}
/** The bank answers: its webhook is told, and all that follows from it. */
const answer = async (deal: TestDeal) => {
  await provider.clear((await partOf(deal, 'deposit')).providerRef ?? '');
  await drain();
};

test('cancelled while a debit is with the bank: at once, and its money is shared by that day’s scale when it comes (ES-01)', async () => {
  const deal = await debited();
  const { bookingId } = deal;
  expect(await simulateCancellation(buyer(deal), { bookingId, cause: 'organiser' })).toMatchObject({
    daysBefore: 68, held: wire(0), underWay: wire(37_980), kept: wire(36_000), refund: wire(1_980), owed: wire(0), otherwise: { indemnity: wire(36_000), kept: wire(0), owed: wire(36_000), refund: wire(0) },
  });
  expect(await cancel(buyer(deal), deal, 'organiser')).toEqual({ status: 'waiting' });
  await drain();
  expect((await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).status).toBe('cancelled');
  expect(await world.db.slot.count({ where: { bookingId } })).toBe(0);
  expect([await kinds(deal), await told(deal, 'booking.cancelled'), await told(deal, 'closing.settled')]).toEqual([[], 1, 0]);
  expect(await readAccount(artist(deal), bookingId)).toMatchObject({ underWay: wire(37_980), cancellation: { status: 'waiting', doneAt: null, kept: wire(36_000) } });
  // What was accepted stays accepted: neither side takes it back or changes it.
  await expect(cancelBooking(artist(deal), { bookingId, cause: 'producer', reason: 'x', seen: { kept: 0, owed: 0, refund: 37_980 } })).rejects.toThrow(refusal('cancellation_too_late'));
  await expect(world.db.cancellation.update({ where: { bookingId }, data: { daysBefore: 1 } })).rejects.toThrow('cancellation_waits');
  // A month later it would be a half, fifteen days before all of it: it is the day on which it was asked that counts.
  world.at('2027-04-25T12:00:00Z');
  await answer(deal);
  expect((await world.db.cancellation.findUniqueOrThrow({ where: { bookingId } }))).toMatchObject({ status: 'done', daysBefore: 68, heldMinor: 37_980n, keptMinor: 36_000n, refundMinor: 1_980n });
  expect((await kinds(deal)).slice(0, 3).sort()).toEqual(['capture', 'indemnity', 'refund']);
  expect([await held(`escrow:${bookingId}`), await held(`payable:${deal.orgId}`), await held(`refund:${deal.buyerOrgId}`)]).toEqual([0n, 0n, 0n]);
  expect([await told(deal, 'payment.cleared'), await told(deal, 'payment.completed'), await told(deal, 'closing.settled')]).toEqual([1, 0, 1]);
  // Nothing was sold: no deposit is invoiced, our commission on the indemnity is.
  expect((await world.db.invoice.findMany({ where: { bookingId } })).map(({ kind, totalMinor }) => [kind, totalMinor])).toEqual([['commission', 4_320n]]);
  await expect(world.db.cancellation.update({ where: { bookingId }, data: { reason: 'y' } })).rejects.toThrow('cancellation_done_once');
  expect((await readAccount(buyer(deal), bookingId)).proofs).toMatchObject({ sumIsZero: true, heldIsDue: true });
});

test('a debit that the bank returns leaves nothing to share, asks nobody again, and says so', async () => {
  const deal = await debited('pm_sepa_refused');
  const { bookingId } = deal;
  await cancel(buyer(deal), deal, 'organiser');
  await answer(deal);
  expect(await world.db.cancellation.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ status: 'done', heldMinor: 0n, keptMinor: 0n, refundMinor: 0n, indemnityMinor: 36_000n });
  expect([await kinds(deal), await told(deal, 'payment.refused'), await told(deal, 'closing.settled')]).toEqual([[], 0, 1]);
  expect((await readAccount(artist(deal), bookingId)).cancellation).toMatchObject({ owed: wire(36_000), kept: wire(0) });
  await to('2027-04-20T12:00:00Z');
  expect([(await partOf(deal, 'deposit')).status, await told(deal, 'payment.reminded'), await told(deal, 'booking.lapsed')]).toEqual(['lapsed', 0, 0]);
});

test('a producer who cancels gives back what is held and what comes, all of it', async () => {
  const deal = await debited();
  expect(await cancel(artist(deal), deal, 'producer')).toEqual({ status: 'waiting' });
  await answer(deal);
  expect(await world.db.refund.findMany({ where: { bookingId: deal.bookingId } })).toMatchObject([{ minor: 37_980n, status: 'paid' }]);
  expect(await kinds(deal)).not.toContain('indemnity');
});

test('what was held before waits with what is under way, and both are shared together, once', async () => {
  const deal = await open();
  const { bookingId } = deal;
  await pay(deal, 'pm_sepa');
  await answer(deal);
  expect(await held(`escrow:${bookingId}`)).toBe(37_980n);
  // The balance is drawn by itself from the account that was named with the deposit.
  await to('2027-04-10T06:00:00Z');
  expect((await partOf(deal, 'balance')).status).toBe('processing');
  world.at('2027-04-20T12:00:00Z');
  expect(await cancel(buyer(deal), deal, 'organiser')).toEqual({ status: 'waiting' });
  expect(await held(`escrow:${bookingId}`)).toBe(37_980n);
  await provider.clear((await partOf(deal, 'balance')).providerRef ?? '');
  await drain();
  expect(await world.db.cancellation.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ status: 'done', daysBefore: 18, keptMinor: 120_000n, refundMinor: 6_600n });
  expect(await held(`escrow:${bookingId}`)).toBe(0n);
  expect((await kinds(deal)).filter((kind) => kind === 'indemnity' || kind === 'refund')).toHaveLength(2);
});

test('the bank’s answer and the cancellation at once: shared once, whoever comes first', async () => {
  for (let round = 0; round < 4; round += 1) {
    const deal = await debited();
    const { bookingId } = deal;
    const seen = await seenBy(buyer(deal), deal, 'organiser');
    // With the answer, the same is held as was under way: what was seen holds either way.
    const [done] = await Promise.allSettled([cancelBooking(buyer(deal), { bookingId, cause: 'organiser', reason: 'x', seen }), answer(deal)]);
    expect(done.status).toBe('fulfilled');
    await drain();
    expect(await world.db.cancellation.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ status: 'done', keptMinor: 36_000n });
    expect([await held(`escrow:${bookingId}`), (await kinds(deal)).filter((kind) => kind === 'indemnity').length]).toEqual([0n, 1]);
    // Its deposit invoice, where one was written, is credited whole.
    const invoiced = await world.db.invoice.count({ where: { bookingId, kind: 'deposit' } });
    expect((await world.db.creditNote.findMany({ where: { bookingId } })).map(({ totalMinor }) => totalMinor)).toEqual(invoiced > 0 ? [37_980n] : []);
  }
});

test('the answer heard twenty times at once, and again, settles once', async () => {
  const deal = await debited();
  await cancel(buyer(deal), deal, 'organiser');
  // Before the answer nothing is settled, however often somebody looks.
  await Promise.all(Array.from({ length: 5 }, () => transact(world.ctx, (tx) => settleWaiting(tx, deal.bookingId))));
  expect(await kinds(deal)).toEqual([]);
  await answer(deal);
  await Promise.all(Array.from({ length: 20 }, () => transact(world.ctx, (tx) => settleWaiting(tx, deal.bookingId))));
  expect([(await kinds(deal)).filter((kind) => kind === 'indemnity').length, await told(deal, 'closing.settled')]).toEqual([1, 1]);
});

test('words of the bank that come late or the wrong way round change nothing; what nobody tells is asked for', async () => {
  const deal = await open();
  await enter(deal, 'pm_sepa');
  const { providerRef } = await partOf(deal, 'deposit');
  // We have not heard that the debit is under way: for us nothing was paid, and what comes all the same goes back whole.
  expect(await cancel(buyer(deal), deal, 'organiser')).toEqual({ status: 'done' });
  await provider.clear(providerRef ?? '');
  await drain();
  expect(await world.db.refund.findMany({ where: { bookingId: deal.bookingId } })).toMatchObject([{ minor: 37_980n, status: 'paid' }]);
  expect((await kinds(deal)).sort()).toEqual(['refund', 'return']);

  const silent = await debited();
  await cancel(buyer(silent), silent, 'organiser');
  await provider.clear((await partOf(silent, 'deposit')).providerRef ?? '');
  await world.db.$executeRaw`DELETE FROM graphile_worker._private_jobs USING graphile_worker._private_tasks task WHERE task.id = task_id AND task.identifier = 'sandbox.hook'`;
  await takeUpMoney(world.ctx);
  await drain();
  expect(await world.db.cancellation.findUniqueOrThrow({ where: { bookingId: silent.bookingId } })).toMatchObject({ status: 'done', keptMinor: 36_000n });
});

test('a charge that nobody was asked for yet is not made: the cancellation is done at once', async () => {
  const deal = await open();
  await pay(deal);
  world.at('2027-04-10T06:00:00Z');
  await tick(world.ctx, escrowDue);
  const { id, status } = await partOf(deal, 'balance');
  expect(status).toBe('processing');
  expect(await cancel(artist(deal), deal, 'producer')).toEqual({ status: 'done' });
  await charge(world.ctx, id);
  await drain();
  expect([(await partOf(deal, 'balance')).status, await held(`escrow:${deal.bookingId}`), (await kinds(deal)).filter((kind) => kind === 'capture').length]).toEqual(['lapsed', 0n, 1]);

  // Asked for and not answered is with the bank: it may be made, and waits.
  world.at('2027-03-01T12:00:00Z');
  const crashed = await open();
  await pay(crashed);
  world.at('2027-04-10T06:00:00Z');
  await tick(world.ctx, escrowDue);
  const { id: asked } = await partOf(crashed, 'balance');
  await world.db.payment.update({ where: { id: asked }, data: { submittedAt: world.ctx.now() } });
  expect(await cancel(artist(crashed), crashed, 'producer')).toEqual({ status: 'waiting' });
  await drain();
  expect(await world.db.cancellation.findUniqueOrThrow({ where: { bookingId: crashed.bookingId } })).toMatchObject({ status: 'done', refundMinor: 126_600n });
  expect(await held(`escrow:${crashed.bookingId}`)).toBe(0n);
});

/** A contested show whose deposit is with a bank. */
async function contested(account: 'pm_sepa' | 'pm_sepa_refused' = 'pm_sepa'): Promise<TestDeal> {
  const deal = await debited(account);
  world.at('2027-05-09T09:00:00Z');
  await transact(world.ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId: deal.bookingId }, data: { contestedAt: tx.now(), contestedBy: 'buyer', contest: 'Une heure de retard.' } });
    await tx.db.dispute.create({ data: { id: tx.newId('dsp'), bookingId: deal.bookingId, orgId: deal.orgId, buyerOrgId: deal.buyerOrgId, currency: 'EUR', openedBy: 'buyer', openedAt: tx.now() } });
  });
  return deal;
}
const decision = ({ bookingId }: TestDeal, released: number, refunded: number) => ({ bookingId, release: wire(released), refund: wire(refunded), words: 'Le second acte n’a pas été joué.' });

test('a decision while a debit is with the bank stands at once, and its money waits, frozen (ES-20)', async () => {
  const deal = await contested();
  const { bookingId, orgId } = deal;
  await expect(simulateDecision(ops(), decision(deal, 0, 0))).rejects.toThrow(refusal('decision_sum'));
  expect(await simulateDecision(ops(), decision(deal, 20_000, 17_980))).toMatchObject({ held: wire(37_980), underWay: wire(37_980), release: wire(20_000), otherwise: { release: wire(0), refund: wire(0) } });
  await decideDispute(ops(), decision(deal, 20_000, 17_980));
  await drain();
  expect(await readDispute(buyer(deal), bookingId)).toMatchObject({ status: 'open', decision: 'Le second acte n’a pas été joué.', release: wire(20_000), refund: wire(17_980), underWay: wire(37_980) });
  expect([await kinds(deal), await told(deal, 'dispute.decided')]).toEqual([[], 1]);
  await expect(decideDispute(ops(), decision(deal, 0, 37_980))).rejects.toThrow(refusal('dispute_closed'));
  await expect(world.db.dispute.update({ where: { bookingId }, data: { decision: 'x' } })).rejects.toThrow('dispute_decision_waits');
  await answer(deal);
  expect(await readDispute(buyer(deal), bookingId)).toMatchObject({ status: 'decided', release: wire(20_000), refund: wire(17_980) });
  expect([await held(`escrow:${bookingId}`), await held(`payable:${orgId}`), await told(deal, 'closing.settled')]).toEqual([0n, 0n, 1]);
  expect((await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).status).toBe('settled');
});

test('decided, and the bank returns the debit: the producer’s part is the first of what is there', async () => {
  const deal = await contested('pm_sepa_refused');
  await decideDispute(ops(), decision(deal, 20_000, 17_980));
  await answer(deal);
  expect(await readDispute(buyer(deal), deal.bookingId)).toMatchObject({ status: 'decided', release: wire(0), refund: wire(0) });
  expect([await kinds(deal), await told(deal, 'payment.refused')]).toEqual([[], 0]);
});

/** The bank took the deposit back for good; the dispute that it opened still is, while the balance is with another bank. */
async function halfTaken(): Promise<TestDeal> {
  const deal = await open();
  const { bookingId } = deal;
  await pay(deal, 'pm_sepa');
  await answer(deal);
  await to('2027-04-10T06:00:00Z');
  const matter = { bookingId, ref: `du_${bookingId}` };
  await transact(world.ctx, (tx) => bookChargeback(tx, { ...matter, amount: euros(37_980n) }));
  await transact(world.ctx, (tx) => closeChargeback(tx, { ...matter, won: false }));
  expect([(await readDispute(buyer(deal), bookingId))?.status, (await partOf(deal, 'balance')).status]).toEqual(['open', 'processing']);
  return deal;
}
const balanceComes = async (deal: TestDeal) => {
  await provider.clear((await partOf(deal, 'balance')).providerRef ?? '');
  await drain();
};

test('what was decided is not cancelled as well, and what was cancelled is not decided: the bank’s answer settles the one that stands (ES-20, ES-01)', async () => {
  const decided = await halfTaken();
  await decideDispute(ops(), decision(decided, 50_000, 38_620));
  for (const [side, cause] of [[buyer(decided), 'organiser'], [artist(decided), 'producer']] as const) {
    await expect(simulateCancellation(side, { bookingId: decided.bookingId, cause })).rejects.toThrow(refusal('cancellation_too_late'));
    await expect(cancelBooking(side, { bookingId: decided.bookingId, cause, reason: 'x', seen: { kept: 0, owed: 0, refund: 88_620 } })).rejects.toThrow(refusal('cancellation_too_late'));
  }
  await balanceComes(decided);
  expect([(await readDispute(buyer(decided), decided.bookingId))?.status, await held(`escrow:${decided.bookingId}`)]).toEqual(['decided', 0n]);
  expect((await world.db.booking.findUniqueOrThrow({ where: { id: decided.bookingId } })).status).toBe('settled');

  world.at('2027-03-01T12:00:00Z');
  const cancelled = await halfTaken();
  expect(await cancel(artist(cancelled), cancelled, 'producer')).toEqual({ status: 'waiting' });
  // Our people have nothing to decide any more.
  expect((await readDispute(buyer(cancelled), cancelled.bookingId))?.status).toBe('withdrawn');
  for (const ask of [() => simulateDecision(ops(), decision(cancelled, 50_000, 38_620)), () => decideDispute(ops(), decision(cancelled, 50_000, 38_620))]) await expect(ask()).rejects.toThrow(refusal('dispute_closed'));
  // Nor where it was contested a moment before.
  await world.db.dispute.update({ where: { bookingId: cancelled.bookingId }, data: { status: 'open' } });
  await expect(decideDispute(ops(), decision(cancelled, 50_000, 38_620))).rejects.toThrow(refusal('dispute_closed'));
  await balanceComes(cancelled);
  expect(await world.db.cancellation.findUniqueOrThrow({ where: { bookingId: cancelled.bookingId } })).toMatchObject({ status: 'done', refundMinor: 88_620n });
  expect([await held(`escrow:${cancelled.bookingId}`), await told(cancelled, 'closing.settled')]).toEqual([0n, 1]);
});
