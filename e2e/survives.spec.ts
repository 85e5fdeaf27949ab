import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProduct, type Product } from './product.ts';
import { agree, askForADay, freeDays, giveParty, payDeposit, playAndSettle, signBoth, waitForBalance, type Walk } from './walk.ts';

let product: Product;
beforeAll(async () => { product = await openProduct(); }, 120_000);
afterAll(() => product.close(), 60_000);

test('a power cut between any two steps loses none and does none twice (CO-17, ES-03, NF-08)', async () => {
  const [showDay = ''] = await freeDays(product, 'les-vagues-lentes', 60, 1);
  const walk: Walk = await askForADay(product, { email: 'coupure@visiteurs.example', showDay });
  for (const step of [agree, giveParty, signBoth, payDeposit, waitForBalance, playAndSettle]) {
    await product.kill();
    await product.start();
    await step(walk);
  }
  await product.kill();
  await product.start();

  const { artist, bookingId } = walk;
  const ledger = await artist.ask<{ transfers: { kind: string }[]; sum: { minor: number }; accounts: { account: string; balance: { minor: number } }[] }>('escrow.ledger', { bookingId });
  expect(ledger.transfers.map(({ kind }) => kind).sort()).toEqual(['capture', 'capture', 'payout', 'release']);
  expect(ledger.sum.minor).toBe(0);
  expect(ledger.accounts.find(({ account }) => account === 'commission:platform')?.balance.minor).toBe(12_000);
  const read = () => artist.ask<{ timeline: { seq: number; topic: string }[]; status: string }>('dossier.file', { bookingId });
  // What was told before the last cut is heard after it.
  await expect.poll(async () => (await read()).timeline.some(({ topic }) => topic === 'payout.paid'), { timeout: 30_000 }).toBe(true);
  const file = await read();
  const once = ['request.sent', 'hold.placed', 'offer.accepted', 'contract.drafted', 'contract.signed', 'payment.scheduled', 'show.played', 'escrow.released', 'payout.paid'];
  for (const topic of once) expect([topic, file.timeline.filter((entry) => entry.topic === topic).length]).toEqual([topic, 1]);
  expect(file.timeline.map(({ seq }) => seq)).toEqual(file.timeline.map((_, i) => i + 1));
  expect(file.status).toBe('settled');
  const invoices = async () => (await artist.ask<{ kind: string; number: string }[]>('billing.invoices', { bookingId })).map(({ kind }) => kind).sort();
  await expect.poll(invoices, { timeout: 30_000 }).toEqual(['balance', 'commission', 'deposit', 'final']);
}, 240_000);
