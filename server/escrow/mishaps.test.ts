import { expect, test, vi } from 'vitest';
import { transact } from '../core/context.ts';
import { euros } from '../core/money.ts';
import type { TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { chargeback, chargebackWon } from '../ledger/entries.ts';
import { balanceOf, book } from '../ledger/service.ts';
import { holdSeller } from './service.ts';
import { recordNotice } from '../notices/service.ts';
import { readReturned, sendAgain, sendPayout } from '../outgoing/service.ts';
import { takeUpMoney } from '../reconciliation/service.ts';

const { world, drain, to, open, pay, playAt } = await openTill({}, {}, { OPERATORS: 'ops@flow.example' });
await world.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
const ops = () => ({ ...world.ctx, userId: 'usr_ops' });
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

const payoutOf = ({ bookingId }: TestDeal) => world.db.payout.findFirstOrThrow({ where: { bookingId } });
const paymentOf = ({ bookingId }: TestDeal, part: 'deposit' | 'balance') => world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId, part } } });
/** A bank takes an amount back, or gives it back, as the room of disputes books it. */
const bank = ({ bookingId, orgId }: TestDeal, kind: 'chargeback' | 'chargeback_won', minor = 88_620n) => transact(world.ctx, (tx) =>
  book(tx, { kind, key: `${kind}:${bookingId}`, bookingId, orgId, entries: (kind === 'chargeback' ? chargeback : chargebackWon)(bookingId, euros(minor)), reason: 'test' }));

test('a payout that still waits does not leave once the buyer’s bank took money back, and leaves when the bank finds for us (ES-20)', async () => {
  const deal = await open();
  const seller = await world.db.seller.delete({ where: { orgId: deal.orgId } });
  await pay(deal);
  await to('2027-04-10T06:00:00Z');
  await playAt(deal, '2027-05-08T22:00:00Z');
  expect((await payoutOf(deal)).status).toBe('waiting');
  await bank(deal, 'chargeback');
  await world.db.seller.create({ data: seller });
  await sendPayout(world.ctx, (await payoutOf(deal)).id);
  await takeUpMoney(world.ctx);
  await drain();
  expect(await payoutOf(deal)).toMatchObject({ status: 'waiting', providerRef: null });
  await bank(deal, 'chargeback_won');
  await takeUpMoney(world.ctx);
  await drain();
  expect((await payoutOf(deal)).status).toBe('paid');
});

test('a balance is not taken from whoever contests the deposit; once that is over it is, a day later (ES-20)', async () => {
  const deal = await open();
  await pay(deal);
  const { bookingId, orgId, buyerOrgId } = deal;
  await world.db.dispute.create({ data: { id: world.ctx.newId('dsp'), bookingId, orgId, buyerOrgId, openedBy: 'buyer', openedAt: world.ctx.now(), currency: 'EUR' } });
  await to('2027-04-10T06:00:00Z');
  await to('2027-04-12T06:00:00Z');
  expect(await paymentOf(deal, 'balance')).toMatchObject({ status: 'due', attempts: 0 });
  await world.db.dispute.update({ where: { bookingId }, data: { status: 'withdrawn' } });
  await to('2027-04-13T06:00:00Z');
  expect(await paymentOf(deal, 'balance')).toMatchObject({ status: 'captured' });
});

/** A bank sends back what the provider had sent. */
const comesBack = (ref: string, kind: 'payout.failed' | 'refund.failed' = 'payout.failed') => {
  const notice = { id: `evt_${ref}`, kind, ref };
  vi.spyOn(world.ctx.adapters.payments, 'parseNotice').mockReturnValue(notice);
  return recordNotice(world.ctx, notice, JSON.stringify(notice)).finally(() => { vi.restoreAllMocks(); });
};

test.each(['when the account was changed', 'when our people say so'])('a payout that comes back is the producer’s again, and is sent again %s, once (ES-03)', async (how) => {
  const deal = await open();
  await pay(deal);
  await to('2027-04-10T06:00:00Z');
  await playAt(deal, '2027-05-08T22:00:00Z');
  const { id, providerRef } = await payoutOf(deal);
  await comesBack(providerRef!);
  expect(await payoutOf(deal)).toMatchObject({ status: 'failed', paidAt: null });
  expect((await balanceOf(world.ctx, `payable:${deal.orgId}`, 'EUR')).minor).toBe(112_200n);
  expect(await readReturned(ops())).toContainEqual(expect.objectContaining({ id, kind: 'payout', to: 'Les Marées', times: 1 }));
  if (how === 'when our people say so') {
    await expect(sendAgain(world.as({ orgId: deal.orgId }), id)).rejects.toThrow(refusal('signed_out'));
    const presses = await Promise.allSettled(Array.from({ length: 5 }, () => sendAgain(ops(), id)));
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  } else await transact(world.ctx, async (tx) => (await holdSeller(tx, deal.orgId))());
  await drain();
  expect(await payoutOf(deal)).toMatchObject({ status: 'paid', pastRefs: [providerRef] });
  expect((await payoutOf(deal)).providerRef).not.toBe(providerRef);
  expect((await balanceOf(world.ctx, `payable:${deal.orgId}`, 'EUR')).minor).toBe(0n);
  // A late word of the first sending changes nothing.
  await comesBack(providerRef!);
  expect((await payoutOf(deal)).status).toBe('paid');
});
