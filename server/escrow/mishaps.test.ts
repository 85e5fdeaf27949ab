import { expect, test } from 'vitest';
import { transact } from '../core/context.ts';
import { euros } from '../core/money.ts';
import type { TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { chargeback, chargebackWon } from '../ledger/entries.ts';
import { book } from '../ledger/service.ts';
import { sendPayout, takeUpMoney } from './service.ts';

const { world, drain, to, open, pay, playAt } = await openTill();

const payoutOf = ({ bookingId }: TestDeal) => world.db.payout.findUniqueOrThrow({ where: { bookingId } });
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
