import { expect, test, vi } from 'vitest';
import { billingHeard } from '../billing/jobs.ts';
import { transact } from '../core/context.ts';
import { euros } from '../core/money.ts';
import { fromDay } from '../core/time.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { chargeback, refund } from '../ledger/entries.ts';
import { book } from '../ledger/service.ts';
import { cancelBooking, readAccount, simulateCancellation } from './service.ts';

const { world, to, drain, buyer, artist, enter, open: sign } = await openTill({ billing: billingHeard });

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const wire = (minor: number) => ({ minor, currency: 'EUR' });
const held = async (account: string) => (await world.db.entry.aggregate({ where: { account }, _sum: { minor: true } }))._sum.minor ?? 0n;
const kinds = async ({ bookingId }: TestDeal) => (await world.db.transfer.findMany({ where: { bookingId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ kind }) => kind);
const open = async (over: Parameters<typeof signedDeal>[1] = {}) => {
  const deal = await sign(over);
  await world.db.slot.create({ data: { orgId: deal.orgId, day: fromDay(over.showDay ?? '2027-05-08'), bookingId: deal.bookingId } });
  return deal;
};
const paid = async (over: Parameters<typeof signedDeal>[1] = {}) => {
  const deal = await open(over);
  await enter(deal);
  await drain();
  return deal;
};
const seenOf = async (side: ReturnType<typeof buyer>, bookingId: string, cause: 'organiser' | 'producer' | 'force_majeure') => {
  const { kept, owed, refund } = await simulateCancellation(side, { bookingId, cause });
  return { kept: kept.minor, owed: owed.minor, refund: refund.minor };
};
const cancel = async (side: ReturnType<typeof buyer>, { bookingId }: TestDeal, cause: 'organiser' | 'producer' | 'force_majeure') =>
  cancelBooking(side, { bookingId, cause, reason: 'La salle est inondée.', seen: await seenOf(side, bookingId, cause) });

test('an organiser cancels 68 days before: 30 % to the producer, less commission, the rest back, the day free (ES-01)', async () => {
  const deal = await paid();
  const { bookingId, orgId, buyerOrgId } = deal;
  expect(await simulateCancellation(buyer(deal), { bookingId, cause: 'organiser' })).toMatchObject({
    daysBefore: 68, rateBps: 3_000, held: wire(37_980), indemnity: wire(36_000), kept: wire(36_000), owed: wire(0), refund: wire(1_980), commission: wire(3_600), commissionVat: wire(720), payout: wire(31_680),
  });
  // The provider keeps its price of the deposit, 2.9 % and 30 cents, and nobody but us bears it (ES-08).
  expect(await simulateCancellation(buyer(deal), { bookingId, cause: 'organiser' })).toMatchObject({ providerPrice: wire(1_131) });
  // Looking does nothing.
  expect(await kinds(deal)).toEqual(['capture']);
  expect(await cancel(buyer(deal), deal, 'organiser')).toEqual({ status: 'done' });
  await drain();
  expect((await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).status).toBe('cancelled');
  expect(await world.db.slot.count({ where: { bookingId } })).toBe(0);
  expect((await world.db.show.findUniqueOrThrow({ where: { bookingId } })).status).toBe('cancelled');
  expect([await held(`escrow:${bookingId}`), await held(`payable:${orgId}`), await held(`refund:${buyerOrgId}`)]).toEqual([0n, 0n, 0n]);
  expect((await world.db.payout.findFirstOrThrow({ where: { bookingId } }))).toMatchObject({ minor: 31_680n, status: 'paid' });
  expect(await world.db.refund.findMany({ where: { bookingId } })).toMatchObject([{ minor: 1_980n, status: 'paid' }]);
  // The balance is not charged any more, whatever day comes.
  await to('2027-04-20T12:00:00Z');
  expect((await world.db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } })).map(({ status }) => status)).toEqual(['captured', 'lapsed']);
  const account = await readAccount(buyer(deal), bookingId);
  expect(account).toEqual(await readAccount(artist(deal), bookingId));
  expect(account).toMatchObject({
    captured: wire(37_980), released: wire(36_000), refunded: wire(1_980), held: wire(0), due: [], proofs: { sum: wire(0), sumIsZero: true, heldIsDue: true },
    cancellation: { status: 'done', cause: 'organiser', by: 'buyer', reason: 'La salle est inondée.', indemnity: wire(36_000), refund: wire(1_980) },
  });
  expect(account.movements.map(({ kind, why }) => [kind, why])).toEqual(expect.arrayContaining([['capture', 'deposit'], ['indemnity', 'indemnity'], ['refund', 'cancelled'], ['return', 'return']]));
  // The sale is cancelled: its deposit invoice is credited whole; our invoice says what the ledger took.
  expect(await world.db.creditNote.findMany({ where: { bookingId } })).toMatchObject([{ totalMinor: 37_980n }]);
  expect(await world.db.invoice.findFirst({ where: { bookingId, kind: 'commission' } })).toMatchObject({ netMinor: 3_600n, vatMinor: 720n });
  expect((await world.db.fact.findMany({ where: { subject: bookingId, topic: 'booking.cancelled' } }))).toHaveLength(1);
});

test('a producer cancels: everything goes back to the cards that paid (ES-01)', async () => {
  const deal = await paid();
  await to('2027-04-10T06:00:00Z');
  expect(await held(`escrow:${deal.bookingId}`)).toBe(126_600n);
  await cancel(artist(deal), deal, 'producer');
  await drain();
  expect((await world.db.refund.findMany({ where: { bookingId: deal.bookingId }, orderBy: { minor: 'asc' } })).map(({ minor, status }) => [minor, status])).toEqual([[37_980n, 'paid'], [88_620n, 'paid']]);
  expect(await kinds(deal)).not.toContain('indemnity');
});

test('what the contract grants beyond what is held is owed outside', async () => {
  const deal = await paid();
  world.at('2027-03-20T12:00:00Z');
  expect(await simulateCancellation(buyer(deal), { bookingId: deal.bookingId, cause: 'organiser' })).toMatchObject({ daysBefore: 49, indemnity: wire(60_000), kept: wire(37_980), owed: wire(22_020), refund: wire(0) });
  await cancel(buyer(deal), deal, 'organiser');
  await drain();
  expect(await kinds(deal)).not.toContain('refund');
});

test('a contract keeps the scale of the day on which it was signed', async () => {
  const deal = await paid();
  await world.db.cancellationRate.updateMany({ data: { validTo: fromDay('2027-03-02') } });
  await world.db.cancellationRate.create({ data: { id: 'rat_later', upToDays: null, bps: 0, validFrom: fromDay('2027-03-02'), source: 'a later scale' } });
  world.at('2027-03-02T12:00:00Z');
  try {
    expect((await simulateCancellation(buyer(deal), { bookingId: deal.bookingId, cause: 'organiser' })).rateBps).toBe(3_000);
    const later = await open();
    expect((await simulateCancellation(buyer(later), { bookingId: later.bookingId, cause: 'organiser' })).rateBps).toBe(0);
  } finally {
    await world.db.cancellationRate.delete({ where: { id: 'rat_later' } });
    await world.db.cancellationRate.updateMany({ data: { validTo: null } });
  }
});

test('force majeure needs both sides, and gives everything back', async () => {
  const deal = await paid();
  const { bookingId } = deal;
  expect(await cancel(buyer(deal), deal, 'force_majeure')).toEqual({ status: 'asked' });
  expect(await cancel(buyer(deal), deal, 'force_majeure')).toEqual({ status: 'asked' });
  expect((await readAccount(artist(deal), bookingId)).cancellation).toMatchObject({ status: 'asked', by: 'buyer', cause: 'force_majeure' });
  expect(await kinds(deal)).toEqual(['capture']);
  expect(await cancel(artist(deal), deal, 'force_majeure')).toEqual({ status: 'done' });
  await drain();
  expect((await readAccount(artist(deal), bookingId))).toMatchObject({ refunded: wire(37_980), released: wire(0), cancellation: { status: 'done', by: 'buyer' } });
});

test('ten at once, from both sides, cancel once', async () => {
  const deal = await paid();
  const [mine, theirs] = [await seenOf(buyer(deal), deal.bookingId, 'organiser'), await seenOf(artist(deal), deal.bookingId, 'producer')];
  const all = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => (i % 2 === 0
    ? cancelBooking(buyer(deal), { bookingId: deal.bookingId, cause: 'organiser', reason: 'x', seen: mine })
    : cancelBooking(artist(deal), { bookingId: deal.bookingId, cause: 'producer', reason: 'x', seen: theirs }))));
  expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'cancellation_too_late' });
  await drain();
  expect(await held(`escrow:${deal.bookingId}`)).toBe(0n);
  expect((await kinds(deal)).filter((kind) => kind === 'refund')).toHaveLength(1);
  await expect(world.db.cancellation.update({ where: { bookingId: deal.bookingId }, data: { reason: 'y' } })).rejects.toThrow('cancellation_done_once');
});

test('what was shown no longer holds: a day has passed', async () => {
  const deal = await paid();
  const { bookingId } = deal;
  const seen = await seenOf(buyer(deal), bookingId, 'organiser');
  world.at('2027-03-20T12:00:00Z');
  await expect(cancelBooking(buyer(deal), { bookingId, cause: 'organiser', reason: 'x', seen })).rejects.toThrow(refusal('cancellation_changed'));
});

test('before anything is captured nothing moves, and money that comes all the same goes back', async () => {
  const deal = await open();
  await enter(deal);
  // The card was charged and we are not told yet.
  await cancel(buyer(deal), deal, 'organiser');
  await drain();
  expect(await held(`escrow:${deal.bookingId}`)).toBe(0n);
  expect(await held(`refund:${deal.buyerOrgId}`)).toBe(0n);
  expect((await world.db.refund.findMany({ where: { bookingId: deal.bookingId } })).map(({ minor, status }) => [minor, status])).toEqual([[37_980n, 'paid']]);
});

test('a public buyer has nothing held: nothing moves, what is owed is owed outside (PUB-07)', async () => {
  const deal = await open({ path: 'public' });
  expect(await simulateCancellation(buyer(deal), { bookingId: deal.bookingId, cause: 'organiser' })).toMatchObject({ path: 'public', held: wire(0), owed: wire(36_000), refund: wire(0), providerPrice: null });
  await cancel(buyer(deal), deal, 'organiser');
  await drain();
  expect(await kinds(deal)).toEqual([]);
});

test('not after the show has begun, nor after the release, nor for the other side’s cause, nor by anybody else', async () => {
  const deal = await paid();
  const { bookingId } = deal;
  await expect(simulateCancellation(buyer(deal), { bookingId, cause: 'producer' })).rejects.toThrow(refusal('cancellation_cause'));
  await expect(simulateCancellation(world.as({ orgId: 'org_stranger' }), { bookingId, cause: 'organiser' })).rejects.toThrow(refusal('not_found'));
  await expect(readAccount(world.as({ orgId: 'org_stranger' }), bookingId)).rejects.toThrow(refusal('not_found'));
  await expect(simulateCancellation(world.as({ orgId: deal.buyerOrgId, role: 'member' }), { bookingId, cause: 'organiser' })).rejects.toThrow(refusal('role_too_low'));
  await expect(simulateCancellation(world.as({ orgId: deal.buyerOrgId, link: { purpose: 'follow', bookingId } }), { bookingId, cause: 'organiser' })).rejects.toThrow(refusal('link_other_purpose'));
  await to('2027-05-08T18:31:00Z');
  await expect(simulateCancellation(buyer(deal), { bookingId, cause: 'organiser' })).rejects.toThrow(refusal('cancellation_too_late'));
  await play(world.ctx, deal);
  await drain();
  await expect(cancelBooking(artist(deal), { bookingId, cause: 'producer', reason: 'x', seen: { kept: 0, owed: 0, refund: 0 } })).rejects.toThrow(refusal('cancellation_too_late'));
});

test('an entry of another currency than the contract’s breaks no page: the figures are those of the contract', async () => {
  const deal = await paid();
  const { bookingId, orgId } = deal;
  const before = await readAccount(buyer(deal), bookingId);
  await transact(world.ctx, (tx) => book(tx, { kind: 'chargeback', key: `swiss:${bookingId}`, bookingId, orgId, entries: chargeback(bookingId, { minor: 500n, currency: 'CHF' }), reason: 'test' }));
  const after = await readAccount(buyer(deal), bookingId);
  expect(after.movements.at(-1)?.entries.map(({ amount }) => amount)).toEqual([{ minor: -500, currency: 'CHF' }, { minor: 500, currency: 'CHF' }]);
  expect({ ...after, movements: [], proofs: null }).toEqual({ ...before, movements: [], proofs: null });
  expect(after.proofs).toMatchObject({ sum: wire(0), sumIsZero: true, heldIsDue: true });
});

test('money that was moved by hand stops no capture: what comes is held, nothing is released, and somebody is told', async () => {
  const deal = await paid();
  const { bookingId, orgId, buyerOrgId } = deal;
  await transact(world.ctx, (tx) => book(tx, { kind: 'refund', key: `cent:${bookingId}`, bookingId, orgId, entries: refund({ id: bookingId, buyerOrgId }, euros(1n)), reason: 'test' }));
  world.at('2027-05-08T22:00:00Z');
  await play(world.ctx, deal);
  await drain();
  const alert = vi.spyOn(world.ctx.log, 'error').mockImplementation(() => undefined);
  await to('2027-05-08T23:00:00Z');
  const told = alert.mock.calls.map(([about, words]) => [(about as { bookingId?: string }).bookingId, words]);
  alert.mockRestore();
  expect(await kinds(deal)).toEqual(['capture', 'refund', 'capture']);
  expect(await held(`escrow:${bookingId}`)).toBe(126_599n);
  expect(told).toContainEqual([bookingId, 'what is held is not what the contract says: nothing is released, and somebody has to look']);
});
