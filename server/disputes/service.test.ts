import { expect, test } from 'vitest';
import { billingHeard } from '../billing/jobs.ts';
import { noteContested, noteDecided } from '../chargebacks/service.ts';
import { transact } from '../core/context.ts';
import { euros } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { dayIn } from '../core/time.ts';
import { readMoney, releaseWhenDue } from '../escrow/service.ts';
import { refund, release } from '../ledger/entries.ts';
import { book } from '../ledger/service.ts';
import { recordNotice } from '../notices/service.ts';
import { sendPayout } from '../outgoing/service.ts';
import { cancelBooking, readAccount, simulateCancellation } from '../refunds/service.ts';
import { disputesHeard } from './jobs.ts';
import { disputesRouter } from './router.ts';
import { addEvidence, bookChargeback, closeChargeback, decideDispute, mayReadEvidence, openDispute, readDispute, readOpenDisputes, readWaiting, replayWaiting, simulateDecision } from './service.ts';

const { world, drain, to, buyer, artist, open: sign, pay } = await openTill({ disputes: disputesHeard, billing: billingHeard }, {}, { OPERATORS: 'ops@flow.example' });
await world.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const ops = () => ({ ...world.ctx, userId: 'usr_ops' });
const wire = (minor: number) => ({ minor, currency: 'EUR' as const });
const held = async (account: string) => (await world.db.entry.aggregate({ where: { account }, _sum: { minor: true } }))._sum.minor ?? 0n;
const kinds = async ({ bookingId }: TestDeal) => (await world.db.transfer.findMany({ where: { bookingId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ kind }) => kind);
const status = async ({ bookingId }: TestDeal) => (await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).status;

/** A deal whose deposit, or all, is held. */
async function paid(all = true, card = 'pm_ok', over: Parameters<typeof sign>[0] = {}): Promise<TestDeal> {
  world.at('2027-03-01T12:00:00Z');
  const deal = await sign(over);
  await pay(deal, card);
  if (all) await to('2027-04-10T06:00:00Z');
  world.at('2027-05-09T09:00:00Z');
  return deal;
}

/** As the booking room does it when a side says that the show was not played as agreed. */
async function contest({ bookingId }: TestDeal, side: 'artist' | 'buyer' = 'buyer'): Promise<void> {
  await transact(world.ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId }, data: { contestedAt: tx.now(), contestedBy: side, contest: 'Une heure de retard.' } });
    await tell(tx, 'show.contested', { bookingId, side });
  });
  await drain();
}

const decision = ({ bookingId }: TestDeal, released: number, refunded: number) => ({ bookingId, release: wire(released), refund: wire(refunded), words: 'Le second acte n’a pas été joué.' });

test('a contested show is frozen, argued, decided and paid to both, and each side sees the same (ES-20)', async () => {
  const deal = await paid();
  const { bookingId, orgId, buyerOrgId } = deal;
  await contest(deal);
  await addEvidence(buyer(deal), { bookingId, text: 'Le concert a duré vingt minutes.' });
  await addEvidence(artist(deal), { bookingId, text: 'Le courant a sauté.', file: { name: 'facture.pdf', bytes: Buffer.from('%PDF-1.7\n…\n%%EOF') } });
  expect(await readDispute(artist(deal), bookingId)).toEqual(await readDispute(buyer(deal), bookingId));
  const seen = await readDispute(buyer(deal), bookingId);
  expect(seen).toMatchObject({ status: 'open', openedBy: 'buyer', reason: 'Une heure de retard.', held: wire(126_600), evidence: [{ side: 'buyer' }, { side: 'artist', fileName: 'facture.pdf' }] });
  const fileId = seen?.evidence[1]?.fileId ?? '';
  expect(await Promise.all([buyer(deal), artist(deal), ops(), world.as({ orgId: 'org_stranger' }), world.ctx].map((who) => mayReadEvidence(who, fileId)))).toEqual([true, true, true, false, false]);

  // Frozen: whoever tries, nothing is released.
  await play(world.ctx, deal);
  await drain();
  expect(await kinds(deal)).toEqual(['capture', 'capture']);
  const charges = { commission: euros(0n), vat: euros(0n), jurisdiction: 'FR' };
  await expect(transact(world.ctx, (tx) => book(tx, { kind: 'release', key: 'forced', bookingId, orgId, entries: release({ id: bookingId, orgId }, euros(126_600n), charges), reason: '' }))).rejects.toThrow('release_not_disputed');

  await expect(simulateDecision(buyer(deal), decision(deal, 0, 126_600))).rejects.toThrow(refusal('signed_out'));
  await expect(simulateDecision(ops(), decision(deal, 60_000, 66_599))).rejects.toThrow(refusal('decision_sum'));
  expect(await simulateDecision(ops(), decision(deal, 63_300, 63_300))).toEqual({ held: wire(126_600), underWay: wire(0), otherwise: null, release: wire(63_300), refund: wire(63_300), commission: wire(6_000), commissionVat: wire(1_200), booker: wire(0), payout: wire(56_100) });
  expect((await readOpenDisputes(ops())).map((one) => [one.bookingId, one.artist, one.buyer])).toContainEqual([bookingId, 'Les Marées', 'La Halle']);

  await decideDispute(ops(), decision(deal, 63_300, 63_300));
  await drain();
  expect(await status(deal)).toBe('settled');
  expect([await held(`escrow:${bookingId}`), await held(`payable:${orgId}`), await held(`refund:${buyerOrgId}`)]).toEqual([0n, 0n, 0n]);
  expect(await kinds(deal)).toEqual(expect.arrayContaining(['release', 'refund', 'payout', 'return']));
  expect((await world.db.payout.findFirstOrThrow({ where: { bookingId } })).minor).toBe(56_100n);
  // The balance's card alone gives back.
  expect((await world.db.refund.findMany({ where: { bookingId } })).map(({ minor, status: how }) => [minor, how])).toEqual([[63_300n, 'paid']]);
  const account = await readAccount(buyer(deal), bookingId);
  expect(account).toEqual(await readAccount(artist(deal), bookingId));
  expect(account).toMatchObject({ captured: wire(126_600), released: wire(63_300), refunded: wire(63_300), held: wire(0), proofs: { sumIsZero: true, heldIsDue: true } });
  expect(account.movements.filter(({ kind }) => kind === 'release' || kind === 'refund').map(({ why }) => why)).toEqual(['decision', 'decision']);
  expect(await readDispute(buyer(deal), bookingId)).toMatchObject({ status: 'decided', decision: 'Le second acte n’a pas été joué.', release: wire(63_300), refund: wire(63_300) });
  // What the papers say is what the ledger says.
  const invoices = await world.db.invoice.findMany({ where: { bookingId }, orderBy: { kind: 'asc' } });
  // The tax fell due when each part was captured, whenever the decision came (VAT-FR-10). The balance's invoice is credited as its card is given back, and the final one takes off what is left of both (INV-03).
  const { received } = invoices[2]!.content as unknown as { received: { day: string; invoice: string; amount: { minor: string }; credits?: string[] }[] };
  const credits = await world.db.creditNote.findMany({ where: { bookingId } });
  expect(credits.map(({ invoiceId, totalMinor, netMinor }) => [invoiceId, totalMinor, netMinor])).toEqual([[invoices[1]!.id, 63_300n, 60_000n]]);
  expect(received.map(({ invoice, amount, credits: taken = [] }) => [invoice, amount.minor, taken])).toEqual([[invoices[0]!.number, '37980', []], [invoices[1]!.number, '25320', [credits[0]!.number]]]);
  const payments = await world.db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } });
  expect(received.map(({ day }) => day)).toEqual(payments.map(({ capturedAt }) => dayIn(capturedAt!, 'Europe/Paris')));
  expect(invoices.map(({ kind, totalMinor }) => [kind, totalMinor])).toEqual([['deposit', 37_980n], ['balance', 88_620n], ['final', 63_300n], ['commission', 7_200n]]);

  await expect(decideDispute(ops(), decision(deal, 0, 0))).rejects.toThrow(refusal('dispute_closed'));
  await expect(addEvidence(buyer(deal), { bookingId, text: 'Encore.' })).rejects.toThrow(refusal('dispute_closed'));
  await expect(world.db.dispute.update({ where: { bookingId }, data: { decision: 'x' } })).rejects.toThrow('dispute_decided_once');
  await expect(world.db.evidence.updateMany({ where: { bookingId }, data: { text: 'x' } })).rejects.toThrow('evidence_append_only');
});

test('a dispute over the dearest show is decided in full: its tax comes on top of a million', async () => {
  const deal = await paid(true, 'pm_ok', { price: 100_000_000n });
  await contest(deal);
  const desk = disputesRouter.createCaller(ops());
  const all = (await readDispute(buyer(deal), deal.bookingId))!.held;
  expect(all).toEqual(wire(105_500_000));
  expect(await desk.simulate({ bookingId: deal.bookingId, release: wire(0), refund: all })).toMatchObject({ refund: all });
  await expect(desk.decide({ ...decision(deal, 0, 0), release: wire(-1), refund: all })).rejects.toThrow();
  await desk.decide(decision(deal, 0, 105_500_000));
  await drain();
  expect([await held(`escrow:${deal.bookingId}`), await held(`refund:${deal.buyerOrgId}`)]).toEqual([0n, 0n]);
});

test('a decision is made once, among ten at once, and among a decision and a release (ES-20)', async () => {
  const deal = await paid();
  await contest(deal);
  const all = await Promise.allSettled([
    ...Array.from({ length: 10 }, (_, i) => decideDispute(ops(), decision(deal, 10_000 * i, 126_600 - 10_000 * i))),
    transact(world.ctx, (tx) => releaseWhenDue(tx, deal.bookingId)),
  ]);
  expect(all.slice(0, 10).filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  await drain();
  expect(await held(`escrow:${deal.bookingId}`)).toBe(0n);
  expect((await kinds(deal)).filter((kind) => kind === 'release').length).toBeLessThanOrEqual(1);
  expect((await kinds(deal)).filter((kind) => kind === 'refund')).toHaveLength(1);
});

test('all to the buyer: the cards that paid get it back, and the show was not (ES-20)', async () => {
  const deal = await paid();
  await contest(deal);
  await decideDispute(ops(), decision(deal, 0, 126_600));
  await drain();
  expect((await world.db.refund.findMany({ where: { bookingId: deal.bookingId }, orderBy: { minor: 'asc' } })).map(({ minor }) => minor)).toEqual([37_980n, 88_620n]);
  expect(await world.db.payout.count({ where: { bookingId: deal.bookingId } })).toBe(0);
  expect((await world.db.show.findUniqueOrThrow({ where: { bookingId: deal.bookingId } })).status).toBe('cancelled');
  // Both invoices of before the show are credited whole, and no final one is written.
  expect((await world.db.creditNote.findMany({ where: { bookingId: deal.bookingId }, orderBy: { sequence: 'asc' } })).map(({ totalMinor }) => totalMinor)).toEqual([88_620n, 37_980n]);
  expect(await world.db.invoice.count({ where: { bookingId: deal.bookingId, kind: 'final' } })).toBe(0);
});

test('a part smaller than the deposit credits the rest of the deposit’s invoice, and what is left is the final one’s (INV-03)', async () => {
  const deal = await paid(false);
  await contest(deal);
  await decideDispute(ops(), decision(deal, 20_000, 17_980));
  await drain();
  expect((await world.db.creditNote.findMany({ where: { bookingId: deal.bookingId } })).map(({ totalMinor }) => totalMinor)).toEqual([17_980n]);
  expect((await world.db.invoice.findMany({ where: { bookingId: deal.bookingId }, orderBy: { kind: 'asc' } })).map(({ kind, totalMinor }) => [kind, totalMinor])).toEqual([['deposit', 37_980n], ['final', 20_000n], ['commission', 2_275n]]);
  // The balance is not asked for any more.
  expect((await readMoney(buyer(deal), deal.bookingId)).due).toEqual(wire(0));
});

test('whoever contested confirms after all, and may contest anew', async () => {
  const deal = await paid();
  const { bookingId } = deal;
  await contest(deal);
  await contest(deal);
  expect(await world.db.dispute.count({ where: { bookingId } })).toBe(1);
  await transact(world.ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId }, data: { contestedAt: null, contestedBy: null } });
    await tell(tx, 'show.confirmed', { bookingId, side: 'buyer' });
  });
  await drain();
  expect((await readDispute(buyer(deal), bookingId))?.status).toBe('withdrawn');
  await contest(deal, 'artist');
  expect(await readDispute(buyer(deal), bookingId)).toMatchObject({ status: 'open', openedBy: 'artist' });
});

test('before anything is captured a dispute shares nothing, and a public buyer has none', async () => {
  const bare = await signedDeal(world.ctx);
  await drain();
  world.at('2027-05-09T09:00:00Z');
  await contest(bare);
  await decideDispute(ops(), decision(bare, 0, 0));
  await drain();
  expect([await status(bare), await kinds(bare)]).toEqual(['settled', []]);
  world.at('2027-03-01T12:00:00Z');
  const town = await signedDeal(world.ctx, { path: 'public' });
  await contest(town);
  expect(await readDispute(buyer(town), town.bookingId)).toBeNull();
});

test('another organisation and other people learn nothing', async () => {
  const deal = await paid(false);
  const { bookingId } = deal;
  await contest(deal);
  const stranger = world.as({ orgId: 'org_stranger' });
  for (const ask of [() => readDispute(stranger, bookingId), () => readAccount(stranger, bookingId), () => addEvidence(stranger, { bookingId, text: 'x' })]) await expect(ask()).rejects.toThrow(refusal('not_found'));
  await world.db.user.create({ data: { id: 'usr_other', name: 'O', email: 'other@flow.example', emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
  const other = { ...world.ctx, userId: 'usr_other' };
  for (const ask of [() => readOpenDisputes(other), () => decideDispute(other, decision(deal, 0, 37_980)), () => readWaiting(other), () => replayWaiting(other)]) await expect(ask()).rejects.toThrow(refusal('not_found'));
  await expect(addEvidence(world.as({ orgId: deal.buyerOrgId, link: { purpose: 'follow', bookingId } }), { bookingId, text: 'x' })).rejects.toThrow(refusal('link_other_purpose'));
  await expect(addEvidence(buyer(deal), { bookingId, text: '' })).rejects.toThrow(refusal('input_invalid'));
});

test('after a release a bank that takes money back leaves a receivable, once, and never less than nothing held', async () => {
  const deal = await paid();
  const { bookingId } = deal;
  await play(world.ctx, deal);
  await drain();
  const matter = { bookingId, ref: 'du_1', amount: euros(88_620n) };
  await Promise.all(Array.from({ length: 6 }, () => transact(world.ctx, (tx) => bookChargeback(tx, matter))));
  expect([await held(`dispute:${bookingId}`), await held(`escrow:${bookingId}`)]).toEqual([-88_620n, 0n]);
  expect(await world.db.fact.count({ where: { subject: bookingId, topic: 'chargeback.booked' } })).toBe(1);
  // Nothing is held: there is nothing to freeze.
  expect(await readDispute(buyer(deal), bookingId)).toBeNull();
  expect((await readAccount(artist(deal), bookingId)).proofs).toMatchObject({ sumIsZero: true, heldIsDue: true });
  const close = (won: boolean, ref = 'du_1') => transact(world.ctx, (tx) => closeChargeback(tx, { bookingId, ref, won }));
  expect(await close(true, 'du_unknown')).toBe(false);
  await Promise.all([close(true), close(true)]);
  expect(await held(`dispute:${bookingId}`)).toBe(0n);
  await transact(world.ctx, (tx) => bookChargeback(tx, { ...matter, ref: 'du_2' }));
  await close(false, 'du_2');
  expect([await held(`dispute:${bookingId}`), await held(`escrow:${bookingId}`)]).toEqual([-88_620n, 0n]);
});

test('while money is held a bank that takes it back freezes it, and what is held covers it', async () => {
  const deal = await paid();
  const { bookingId } = deal;
  await transact(world.ctx, (tx) => bookChargeback(tx, { bookingId, ref: 'du_3', amount: euros(37_980n) }));
  await play(world.ctx, deal);
  await drain();
  expect(await held(`escrow:${bookingId}`)).toBe(126_600n);
  await expect(decideDispute(ops(), decision(deal, 126_600, 0))).rejects.toThrow(refusal('chargeback_open'));
  await transact(world.ctx, (tx) => closeChargeback(tx, { bookingId, ref: 'du_3', won: false }));
  expect([await held(`dispute:${bookingId}`), await held(`escrow:${bookingId}`)]).toEqual([0n, 88_620n]);
  await decideDispute(ops(), decision(deal, 88_620, 0));
  await drain();
  expect((await readAccount(artist(deal), bookingId))).toMatchObject({ captured: wire(126_600), released: wire(88_620), covered: wire(37_980), held: wire(0), proofs: { heldIsDue: true } });
});

test('a matter whose amount is told anew when it is closed was booked once, as it was taken, and is closed all the same (ES-20)', async () => {
  const deal = await paid();
  const { bookingId } = deal;
  const { id: paymentId, providerRef } = await world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId, part: 'deposit' } } });
  const say = (type: 'charge.dispute.funds_withdrawn' | 'charge.dispute.closed', amount: string) => {
    const raw = JSON.stringify({ id: `evt_partly_${type}`, type, data: { object: { id: providerRef, amount, currency: 'EUR', dispute: { ref: 'du_partly', reason: 'general', answerBy: null, won: type === 'charge.dispute.closed' ? true : null } } } });
    return recordNotice(world.ctx, world.ctx.adapters.payments.parseNotice(raw), raw);
  };
  await say('charge.dispute.funds_withdrawn', '37980');
  await drain();
  // PayPal lets a buyer contest less in the end.
  await say('charge.dispute.closed', '20000');
  await drain();
  expect(await world.db.chargeback.findMany({ where: { bookingId } })).toMatchObject([{ paymentId, ref: 'du_partly', minor: 37_980n, status: 'won' }]);
  expect([await held(`dispute:${bookingId}`), await held(`escrow:${bookingId}`)]).toEqual([0n, 126_600n]);
});

/** A bank takes back what was paid as one part of a booking, and finds for its holder or for us. */
async function contestedAtBank({ bookingId }: TestDeal, { part, won }: { part: 'deposit' | 'balance'; won: boolean }): Promise<void> {
  const { id: paymentId, providerRef, minor } = await world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId, part } } });
  const ref = `du_${bookingId}_${part}`;
  await world.db.sandboxObject.create({ data: { id: ref, kind: 'dispute', key: ref, hash: '', secret: '', body: { minor: String(minor), currency: 'EUR', intent: providerRef, status: won ? 'won' : 'lost' }, createdAt: new Date() } });
  await transact(world.ctx, async (tx) => {
    await noteContested(tx, { bookingId, paymentId, ref, amount: euros(minor), reason: 'product_not_received', answerBy: null });
    await bookChargeback(tx, { bookingId, ref, amount: euros(minor) });
  });
  await transact(world.ctx, async (tx) => {
    await noteDecided(tx, { ref, won });
    await closeChargeback(tx, { bookingId, ref, won });
  });
  await drain();
}
const returnedTo = async ({ bookingId }: TestDeal) => (await world.db.refund.findMany({ where: { bookingId } })).map(({ paymentId, minor, status: how }) => [paymentId, minor, how]);

test('what a bank took back is not given back to its card: the card whose money we have gets it (ES-20)', async () => {
  const [decided, cancelled] = [await paid(), await paid()];
  for (const deal of [decided, cancelled]) await contestedAtBank(deal, { part: 'balance', won: false });
  const depositOf = async ({ bookingId }: TestDeal) => (await world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId, part: 'deposit' } } })).id;
  await decideDispute(ops(), decision(decided, 0, 37_980));
  world.at('2027-04-20T12:00:00Z');
  const { kept, owed, refund: back } = await simulateCancellation(artist(cancelled), { bookingId: cancelled.bookingId, cause: 'producer' });
  expect(back).toEqual(wire(37_980));
  await cancelBooking(artist(cancelled), { bookingId: cancelled.bookingId, cause: 'producer', reason: 'x', seen: { kept: kept.minor, owed: owed.minor, refund: back.minor } });
  await drain();
  for (const deal of [decided, cancelled]) {
    expect(await returnedTo(deal)).toEqual([[await depositOf(deal), 37_980n, 'paid']]);
    expect([await held(`escrow:${deal.bookingId}`), await held(`refund:${deal.buyerOrgId}`), await held(`dispute:${deal.bookingId}`)]).toEqual([0n, 0n, 0n]);
  }
});

test('what a bank took back and found to be ours is given back to its card like any other', async () => {
  const deal = await paid();
  await contestedAtBank(deal, { part: 'balance', won: true });
  await contest(deal);
  await decideDispute(ops(), decision(deal, 86_600, 40_000));
  await drain();
  const balance = await world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId: deal.bookingId, part: 'balance' } } });
  expect(await returnedTo(deal)).toEqual([[balance.id, 40_000n, 'paid']]);
});

test.each([['before', true], ['after', false]])('what a bank froze and found to be ours is free again: a show played %s its word is released (ES-20, ES-03)', async (_, wonFirst) => {
  const deal = await paid();
  const { bookingId } = deal;
  if (!wonFirst) {
    await transact(world.ctx, (tx) => bookChargeback(tx, { bookingId, ref: `du_${bookingId}`, amount: euros(37_980n) }));
    await play(world.ctx, deal);
    await drain();
    expect([(await readDispute(buyer(deal), bookingId))?.status, await held(`escrow:${bookingId}`)]).toEqual(['open', 126_600n]);
    await transact(world.ctx, (tx) => closeChargeback(tx, { bookingId, ref: `du_${bookingId}`, won: true }));
  } else {
    await contestedAtBank(deal, { part: 'deposit', won: true });
    expect((await readDispute(buyer(deal), bookingId))?.status).toBe('withdrawn');
    await play(world.ctx, deal);
  }
  await drain();
  expect([(await readDispute(buyer(deal), bookingId))?.status, await status(deal), await held(`escrow:${bookingId}`), await held(`payable:${deal.orgId}`)]).toEqual(['withdrawn', 'settled', 0n, 0n]);
  expect((await kinds(deal)).filter((kind) => kind === 'release')).toHaveLength(1);
});

test('what a bank found to be ours stays frozen while a side contests the show, another bank has not decided, or one found for the buyer', async () => {
  const [argued, other, lost] = [await paid(), await paid(), await paid()];
  await contest(argued);
  await transact(world.ctx, (tx) => bookChargeback(tx, { bookingId: other.bookingId, ref: `du_${other.bookingId}`, amount: euros(88_620n) }));
  await contestedAtBank(lost, { part: 'balance', won: false });
  for (const deal of [argued, other, lost]) {
    await contestedAtBank(deal, { part: 'deposit', won: true });
    expect((await readDispute(buyer(deal), deal.bookingId))?.status).toBe('open');
  }
  // Whoever says that the show was played does not take back what the bank covered with it.
  await transact(world.ctx, (tx) => tell(tx, 'show.confirmed', { bookingId: lost.bookingId, side: 'buyer' }));
  await play(world.ctx, lost);
  await drain();
  expect([(await readDispute(buyer(lost), lost.bookingId))?.status, await held(`escrow:${lost.bookingId}`)]).toEqual(['open', 37_980n]);
});

test('a show that is confirmed after all is released, whichever of the two is heard first', async () => {
  const deal = await paid();
  const { bookingId } = deal;
  await contest(deal);
  await play(world.ctx, deal);
  await drain();
  expect(await status(deal)).toBe('played');
  await transact(world.ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId }, data: { contestedAt: null, contestedBy: null } });
    await tell(tx, 'show.confirmed', { bookingId, side: 'buyer' });
  });
  await drain();
  expect([(await readDispute(buyer(deal), bookingId))?.status, await status(deal), await held(`escrow:${bookingId}`)]).toEqual(['withdrawn', 'settled', 0n]);
});

test('more than is held is never given back: the database refuses', async () => {
  const deal = await paid(false);
  const { bookingId, orgId, buyerOrgId } = deal;
  await expect(transact(world.ctx, (tx) => book(tx, { kind: 'refund', key: 'too much', bookingId, orgId, entries: refund({ id: bookingId, buyerOrgId }, euros(37_981n)), reason: '' }))).rejects.toThrow('balance_not_negative');
});

test('notices that wait are seen and acted on again by our own people', async () => {
  const deal = await paid(false);
  await world.db.providerEvent.create({ data: { id: 'evt_waits', provider: 'sandbox', kind: 'payment.captured', object: 'pi_none', raw: '{}', receivedAt: world.ctx.realNow() } });
  expect((await readWaiting(ops())).map(({ id }) => id)).toContain('evt_waits');
  expect(await replayWaiting(ops())).toEqual({ done: 0 });
  expect(await held(`escrow:${deal.bookingId}`)).toBe(37_980n);
});

test('the facts that open a dispute may be heard twice at once', async () => {
  const deal = await paid(false);
  await contest(deal);
  await Promise.all(Array.from({ length: 6 }, () => transact(world.ctx, (tx) => openDispute(tx, { bookingId: deal.bookingId, side: 'buyer' }))));
  expect(await world.db.dispute.count({ where: { bookingId: deal.bookingId } })).toBe(1);
  expect(await world.db.fact.count({ where: { topic: 'dispute.opened', payload: { path: ['bookingId'], equals: deal.bookingId } } })).toBe(1);
});

test.each([['pm_dispute_won', 0n], ['pm_dispute_lost', 0n]])('%s: what the provider tells of a contested payment is booked by itself', async (card, left) => {
  const deal = await paid(false, card);
  await drain();
  const found = await kinds(deal);
  expect(found.slice(0, 2)).toEqual(['capture', 'chargeback']);
  expect(found[2]).toBe(card === 'pm_dispute_won' ? 'chargeback_won' : 'chargeback_covered');
  expect([await held(`dispute:${deal.bookingId}`), await held(`escrow:${deal.bookingId}`)]).toEqual([0n, card === 'pm_dispute_won' ? 37_980n : left]);
});

test('a payout that waits for the buyer’s bank leaves as soon as the bank finds for us (ES-03, ES-20)', async () => {
  const deal = await paid();
  const { bookingId, orgId } = deal;
  const seller = await world.db.seller.delete({ where: { orgId } });
  await play(world.ctx, deal);
  await drain();
  await transact(world.ctx, (tx) => bookChargeback(tx, { bookingId, ref: `dp_${bookingId}`, amount: euros(37_980n) }));
  await world.db.seller.create({ data: seller });
  const { id } = await world.db.payout.findFirstOrThrow({ where: { bookingId } });
  await sendPayout(world.ctx, id);
  expect(await world.db.payout.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'waiting', providerRef: null });
  await transact(world.ctx, (tx) => closeChargeback(tx, { bookingId, ref: `dp_${bookingId}`, won: true }));
  await drain();
  expect(await world.db.payout.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'paid' });
});
