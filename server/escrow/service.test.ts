import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { hookOf, openSandbox, type Sandbox } from '../adapters/payments/sandbox.ts';
import { makeCode } from '../core/codes.ts';
import { transact, type Context } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { tick } from '../core/deadlines.ts';
import { euros } from '../core/money.ts';
import { addJob, tell, type Tasks } from '../core/outbox.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { capture, refund } from '../ledger/entries.ts';
import { book } from '../ledger/service.ts';
import { moneyTasks } from '../core/test-till.ts';
import { escrowDue, escrowHeard } from './jobs.ts';
import { lapseWhenDue, openSchedule, readLedger, readMoney, releaseWhenDue } from './service.ts';
import { recordNotice, replayNotices } from '../notices/service.ts';
import { sendPayout } from '../outgoing/service.ts';
import { reconcile } from '../reconciliation/service.ts';
import { beginPayment, charge, payByTransfer, requestPayCode } from '../till/service.ts';

let world: TestWorld;
let provider: Sandbox;

beforeAll(async () => {
  world = await openTestWorld();
  provider = openSandbox(world.ctx as Parameters<typeof openSandbox>[0]);
  Object.assign(world.ctx.adapters, { payments: provider });
});
afterAll(() => world.close());
beforeEach(() => { world.at('2027-03-01T12:00:00Z'); });

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

/** Carries a webhook of the sandbox through the door, as HTTP would. */
const carry = async (ctx: Context, id: string, times = 1) => {
  const { raw, signature } = await hookOf(world.db, id, { config: ctx.config, realNow: ctx.realNow() });
  await Promise.all(Array.from({ length: times }, () => recordNotice(ctx, provider.readNotice(raw, signature, ctx.realNow()), raw)));
};
const tasks: Tasks = { ...moneyTasks, 'sandbox.hook': (ctx, { id = '' }) => carry(ctx, id), 'sandbox.clear': (_, { id = '' }) => provider.clear(id) };
const drain = () => world.drain({ escrow: escrowHeard }, tasks);
const to = async (instant: string) => {
  world.at(instant);
  while (await tick(world.ctx, escrowDue) > 0) await drain();
  await drain();
};
const buyer = ({ buyerOrgId }: TestDeal) => world.as({ orgId: buyerOrgId });
const artist = ({ orgId }: TestDeal) => world.as({ orgId });
const enter = async (clientSecret: string, method: string) =>
  (await provider.handle(new Request('http://platform.localhost/sandbox/payments/confirm', { method: 'POST', body: JSON.stringify({ clientSecret, method }) }))).json() as Promise<{ status: string }>;
const open = async (over: Parameters<typeof signedDeal>[1] = {}) => {
  const deal = await signedDeal(world.ctx, over);
  await drain();
  return deal;
};
/** The buyer enters a card for what is due; its webhook waits. */
const enterCard = async (deal: TestDeal, card: string) => enter((await beginPayment(buyer(deal), { bookingId: deal.bookingId })).clientSecret, card);
const pay = async (deal: TestDeal, card = 'pm_ok') => {
  await enterCard(deal, card);
  await drain();
};
const payments = async ({ bookingId }: TestDeal) =>
  (await world.db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } })).map(({ part, minor, dueDay, automatic, status }) => [part, minor, dueDay.toISOString().slice(0, 10), automatic, status]);
const paymentOf = ({ bookingId }: TestDeal, part: 'deposit' | 'balance') => world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId, part } } });
const topics = async ({ bookingId }: TestDeal) => (await world.db.fact.findMany({ where: { subject: bookingId }, orderBy: { id: 'asc' } })).map(({ topic }) => topic);
const kinds = async ({ bookingId }: TestDeal) => (await world.db.transfer.findMany({ where: { bookingId }, orderBy: { id: 'asc' } })).map(({ kind }) => kind);
const events = async (ref: string) => (await world.db.sandboxObject.findMany({ where: { kind: 'event' } })).filter(({ body }) => (body as { raw: string }).raw.includes(ref)).map(({ id }) => id);
const status = async ({ bookingId }: TestDeal) => (await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).status;
const held = async (account: string) => (await world.db.entry.aggregate({ where: { account }, _sum: { minor: true } }))._sum.minor ?? 0n;

test('the golden case, from the signature to the producer’s bank (ES-01, ES-03)', async () => {
  const deal = await open();
  const { bookingId, orgId } = deal;
  expect(await payments(deal)).toEqual([['deposit', 37_980n, '2027-03-08', false, 'due'], ['balance', 88_620n, '2027-04-10', true, 'due']]);
  expect(await readMoney(buyer(deal), bookingId)).toMatchObject({ path: 'secured', total: { minor: 126_600 }, due: { minor: 126_600 }, held: { minor: 0 }, released: { minor: 0 }, mandate: null, payout: null });

  await pay(deal);
  expect(await readMoney(buyer(deal), bookingId)).toMatchObject({ due: { minor: 88_620 }, held: { minor: 37_980 }, mandate: { label: 'Visa •••• 4242' } });
  await to('2027-04-10T05:59:00Z');
  expect((await paymentOf(deal, 'balance')).status).toBe('due');
  await to('2027-04-10T06:00:00Z'); // 08:00 in Paris
  expect(await readMoney(artist(deal), bookingId)).toMatchObject({ due: { minor: 0 }, held: { minor: 126_600 }, released: { minor: 0 } });

  world.at('2027-05-09T09:00:00Z');
  await play(world.ctx, deal);
  await drain();
  expect(await readMoney(artist(deal), bookingId)).toMatchObject({ held: { minor: 0 }, released: { minor: 126_600 }, payout: { amount: { minor: 112_200 }, status: 'paid' } });
  expect(await status(deal)).toBe('settled');
  expect(await topics(deal)).toEqual(['contract.signed', 'payment.scheduled', 'payment.completed', 'payment.completed', 'show.played', 'escrow.released', 'payout.paid']);

  const ledger = await readLedger(artist(deal), bookingId);
  expect(ledger.transfers.map(({ kind, entries }) => [kind, ...entries.map(({ account, amount, balance }) => [account, amount.minor, balance.minor])])).toEqual([
    ['capture', ['provider:clearing', -37_980, -37_980], [`escrow:${bookingId}`, 37_980, 37_980]],
    ['capture', ['provider:clearing', -88_620, -126_600], [`escrow:${bookingId}`, 88_620, 126_600]],
    ['release', [`escrow:${bookingId}`, -126_600, 0], ['commission:platform', 12_000, 12_000], ['vat:FR', 2_400, 2_400], [`payable:${orgId}`, 112_200, 112_200]],
    ['payout', [`payable:${orgId}`, -112_200, 0], ['provider:clearing', 112_200, -14_400]],
  ]);
  expect(ledger.sum).toEqual({ minor: 0, currency: 'EUR' });
});

test('a producer abroad is charged commission without French tax, and a booker’s scale of nothing takes nothing', async () => {
  const deal = await open({ country: 'BE', vatBps: 0n, showDay: '2027-03-10' });
  const free = await open({ commissionBps: 0n, showDay: '2027-03-10' });
  for (const one of [deal, free]) { await pay(one); await pay(one); await play(world.ctx, one); }
  await drain();
  expect(await held(`payable:${deal.orgId}`)).toBe(0n);
  expect((await world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).minor).toBe(108_000n);
  expect((await world.db.payout.findFirstOrThrow({ where: { bookingId: free.bookingId } })).minor).toBe(126_600n);
});

test('a signature heard twice opens one schedule', async () => {
  const deal = await open();
  await Promise.all(Array.from({ length: 6 }, () => transact(world.ctx, (tx) => openSchedule(tx, deal.bookingId))));
  expect(await payments(deal)).toHaveLength(2);
  expect((await topics(deal)).filter((topic) => topic === 'payment.scheduled')).toHaveLength(1);
});

test('a booking that was cancelled before its signature was heard asks for nothing', async () => {
  const deal = await signedDeal(world.ctx);
  await world.db.booking.update({ where: { id: deal.bookingId }, data: { status: 'cancelled' } });
  await drain();
  expect(await payments(deal)).toEqual([]);
  expect(await topics(deal)).not.toContain('payment.scheduled');
});

test('a public buyer owes nothing here: no schedule, no card, nothing held (PUB-07)', async () => {
  const deal = await open({ path: 'public' });
  expect(await payments(deal)).toEqual([]);
  await expect(beginPayment(buyer(deal), { bookingId: deal.bookingId })).rejects.toThrow(refusal('payment_path_public'));
  await play(world.ctx, deal);
  await drain();
  expect(await kinds(deal)).toEqual([]);
  expect(await readMoney(buyer(deal), deal.bookingId)).toMatchObject({ path: 'public', held: { minor: 0 }, due: { minor: 0 }, payments: [] });
});

test('the same webhook twice makes one transfer, and so does the same one twenty times at once', async () => {
  const twice = await open();
  await pay(twice, 'pm_twice');
  expect(await kinds(twice)).toEqual(['capture']);

  const deal = await open();
  await enterCard(deal, 'pm_ok');
  const { providerRef } = await paymentOf(deal, 'deposit');
  await Promise.all((await events(providerRef!)).map((id) => carry(world.ctx, id, 20)));
  expect(await kinds(deal)).toEqual(['capture']);
  expect((await topics(deal)).filter((topic) => topic === 'payment.completed')).toHaveLength(1);
  expect(await world.db.providerEvent.count({ where: { object: providerRef! } })).toBe(1);
  await drain();
  expect(await kinds(deal)).toEqual(['capture']);
});

test('twenty releases at once release once, and twenty payouts pay once', async () => {
  const deal = await open({ showDay: '2027-03-10' });
  await pay(deal);
  await pay(deal);
  await transact(world.ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId: deal.bookingId }, data: { playedAt: tx.now() } });
    await tx.db.booking.update({ where: { id: deal.bookingId }, data: { status: 'played' } });
  });
  await Promise.all(Array.from({ length: 20 }, () => transact(world.ctx, (tx) => releaseWhenDue(tx, deal.bookingId))));
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release']);
  const { id } = await world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } });
  await Promise.all(Array.from({ length: 20 }, () => sendPayout(world.ctx, id)));
  await drain();
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release', 'payout']);
  expect((await world.db.sandboxObject.findMany({ where: { kind: 'payout' } })).filter(({ body }) => (body as { bookingId: string }).bookingId === deal.bookingId)).toHaveLength(1);
});

test('far ahead a card is saved now, and both parts are charged on their days', async () => {
  const deal = await open({ showDay: '2027-09-18' });
  const begun = await beginPayment(buyer(deal), { bookingId: deal.bookingId });
  expect(begun).toMatchObject({ act: 'save', part: 'deposit', dueDay: '2027-06-27' });
  await enter(begun.clientSecret, 'pm_authenticate');
  await provider.handle(new Request('http://platform.localhost/sandbox/payments/challenge', { method: 'POST', body: JSON.stringify({ clientSecret: begun.clientSecret, outcome: 'pass' }) }));
  await drain();
  expect(await topics(deal)).toEqual(['contract.signed', 'payment.scheduled', 'mandate.saved']);
  expect(await kinds(deal)).toEqual([]);
  await expect(beginPayment(buyer(deal), { bookingId: deal.bookingId })).rejects.toThrow(refusal('payment_not_due'));
  await to('2027-06-26T12:00:00Z');
  expect(await status(deal)).toBe('contracted');
  await to('2027-06-27T12:00:00Z');
  expect(await payments(deal)).toMatchObject([['deposit', 37_980n, '2027-06-27', true, 'captured'], ['balance', 88_620n, '2027-08-21', true, 'due']]);
  await to('2027-08-21T12:00:00Z');
  expect(await kinds(deal)).toEqual(['capture', 'capture']);
});

test('a balance that nothing saved can pay is paid by hand once its day has come, by a transfer too', async () => {
  const deal = await open();
  const { bookingId } = deal;
  const send = async () => {
    await beginPayment(buyer(deal), { bookingId });
    await payByTransfer(buyer(deal), bookingId);
    await drain();
  };
  await send();
  expect(await payments(deal)).toMatchObject([['deposit', 37_980n, '2027-03-08', false, 'captured'], ['balance', 88_620n, '2027-04-10', true, 'due']]);
  expect(await beginPayment(buyer(deal), { bookingId })).toMatchObject({ act: 'save', ways: ['card', 'sepa_debit'] });
  await to('2027-04-11T12:00:00Z');
  expect((await topics(deal)).at(-1)).toBe('payment.reminded');
  expect(await beginPayment(buyer(deal), { bookingId })).toMatchObject({ act: 'pay', part: 'balance', ways: ['card', 'bancontact', 'paypal', 'sepa_debit', 'transfer'] });
  await send();
  expect(await readMoney(buyer(deal), bookingId)).toMatchObject({ due: { minor: 0 }, held: { minor: 126_600 }, mandate: null });
});

test.each([['pm_balance_declined', 'card_declined'], ['pm_offsession_auth', 'authentication_required']])('a balance that %s refuses is paid by hand, and only then released', async (card, why) => {
  const deal = await open();
  await pay(deal, card);
  await to('2027-04-10T12:00:00Z');
  expect(await paymentOf(deal, 'balance')).toMatchObject({ status: 'refused', refusal: why, attempts: 1 });
  await to('2027-04-12T12:00:00Z');
  expect((await paymentOf(deal, 'balance')).attempts).toBe(1); // never tried again by itself
  await to('2027-04-13T12:00:00Z');
  expect((await topics(deal)).slice(-2)).toEqual(['payment.refused', 'payment.reminded']);
  world.at('2027-05-09T09:00:00Z');
  await play(world.ctx, deal);
  await drain();
  expect(await kinds(deal)).toEqual(['capture']);
  expect(await status(deal)).toBe('played');
  expect((await beginPayment(buyer(deal), { bookingId: deal.bookingId })).part).toBe('balance');
  await pay(deal);
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release', 'payout']);
  expect(await status(deal)).toBe('settled');
  // Captured and released at one instant, and read in the order of the trade: no escrow is ever below zero.
  const { transfers } = await readLedger(artist(deal), deal.bookingId);
  expect(new Set(transfers.slice(1).map(({ at }) => at)).size).toBe(1);
  for (const { entries } of transfers) for (const { account, balance } of entries) if (account.startsWith('escrow:')) expect(balance.minor).toBeGreaterThanOrEqual(0);
});

test('a declined card takes nothing; the buyer goes on with the same attempt', async () => {
  const deal = await open();
  const first = await beginPayment(buyer(deal), { bookingId: deal.bookingId });
  await enter(first.clientSecret, 'pm_declined');
  await drain();
  expect(await paymentOf(deal, 'deposit')).toMatchObject({ status: 'refused', refusal: 'card_declined' });
  expect((await beginPayment(buyer(deal), { bookingId: deal.bookingId })).ref).toBe(first.ref);
  await pay(deal);
  expect(await payments(deal)).toMatchObject([['deposit', 37_980n, '2027-03-08', false, 'captured'], {}]);
  expect((await paymentOf(deal, 'deposit')).refusal).toBe('');
});

test('what was captured and not yet told cannot be paid a second time', async () => {
  const deal = await open();
  await enterCard(deal, 'pm_late');
  await expect(beginPayment(buyer(deal), { bookingId: deal.bookingId })).rejects.toThrow(refusal('payment_done'));
  await drain();
  expect(await kinds(deal)).toEqual(['capture']);
});

test('a deposit that does not come is reminded, lapses, and frees the day; nobody can pay it any more', async () => {
  const deal = await open();
  const late = await open();
  const begun = await beginPayment(buyer(late), { bookingId: late.bookingId });
  await to('2027-03-08T12:00:00Z');
  expect((await topics(deal)).at(-1)).toBe('payment.reminded');
  await to('2027-03-15T07:59:00Z');
  expect(await status(deal)).toBe('contracted');
  await to('2027-03-15T12:00:00Z');
  for (const one of [deal, late]) {
    expect(await status(one)).toBe('lapsed');
    expect((await payments(one)).map((row) => row.at(-1))).toEqual(['lapsed', 'lapsed']);
    expect((await topics(one)).filter((topic) => topic === 'booking.lapsed')).toHaveLength(1);
    await expect(beginPayment(buyer(one), { bookingId: one.bookingId })).rejects.toThrow(refusal('payment_not_due'));
  }
  expect((await enter(begun.clientSecret, 'pm_ok')).status).toBe('cancelled');
  await drain();
  expect(await kinds(late)).toEqual([]);
  const subject = { in: [late.bookingId, ...(await world.db.payment.findMany({ where: { bookingId: late.bookingId } })).map(({ id }) => id)] };
  expect(await world.db.deadline.count({ where: { subject } })).toBe(0);
});

/** Lapses the deposit; what is to be asked of the provider waits for the next drain. */
const lapseNow = async (deal: TestDeal) => {
  const { id } = await paymentOf(deal, 'deposit');
  await transact(world.ctx, (tx) => lapseWhenDue(tx, id));
  expect(await status(deal)).toBe('lapsed');
};
const errors = () => vi.spyOn(world.ctx.log, 'error').mockImplementation(() => undefined);

test('money that comes after the lapse is given back, once, and its buyer is told', async () => {
  const deal = await open();
  const { clientSecret, ref } = await beginPayment(buyer(deal), { bookingId: deal.bookingId });
  await lapseNow(deal);
  const alert = errors();
  await enter(clientSecret, 'pm_twice'); // quicker than our word to the provider
  await drain();
  expect(alert).toHaveBeenCalledTimes(1);
  alert.mockRestore();
  expect(await kinds(deal)).toEqual(['refund', 'return']);
  expect([await held(`escrow:${deal.bookingId}`), await held(`refund:${deal.buyerOrgId}`)]).toEqual([0n, 0n]);
  expect(await world.db.refund.findMany({ where: { bookingId: deal.bookingId } })).toMatchObject([{ minor: 37_980n, status: 'paid', capturedRef: ref }]);
  expect((await topics(deal)).slice(-2)).toEqual(['booking.lapsed', 'payment.returned']);
  for (const event of await events(ref)) await carry(world.ctx, event, 5);
  await drain();
  expect(await kinds(deal)).toEqual(['refund', 'return']);
});

test('a refund that fails is an alert, and stays owed to the buyer', async () => {
  const deal = await open();
  const { clientSecret } = await beginPayment(buyer(deal), { bookingId: deal.bookingId });
  await lapseNow(deal);
  const alert = errors();
  await enter(clientSecret, 'pm_refund_failed');
  await drain();
  expect(alert.mock.calls.map(([, text]) => text)).toContain('a refund failed: the money stays owed to the buyer, and somebody has to look');
  alert.mockRestore();
  expect(await kinds(deal)).toEqual(['refund']);
  expect(await held(`refund:${deal.buyerOrgId}`)).toBe(37_980n);
  expect(await topics(deal)).not.toContain('payment.returned');
  expect(await world.db.refund.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ status: 'failed' });
});

test('a payment that lapses while it is begun cannot be paid', async () => {
  const deal = await open();
  let ref = '';
  const slow = { ...provider, beginPayment: async (ask: Parameters<Sandbox['beginPayment']>[0]) => {
    const intent = await provider.beginPayment(ask);
    ref = intent.ref;
    await lapseNow(deal);
    return intent;
  } };
  const ctx = { ...buyer(deal), adapters: { ...world.ctx.adapters, payments: slow } };
  await expect(beginPayment(ctx, { bookingId: deal.bookingId })).rejects.toThrow(refusal('payment_not_due'));
  expect((await provider.readIntent(ref)).status).toBe('cancelled');
});

test('a contract signed just before its show is not paid, is played, and stays to be paid', async () => {
  world.at('2027-03-01T15:00:00Z'); // 16:00 for 20:30
  const deal = await open({ showDay: '2027-03-01' });
  await to('2027-03-01T16:59:00Z');
  expect(await topics(deal)).toEqual(['contract.signed', 'payment.scheduled']);
  await to('2027-03-01T17:00:00Z');
  expect((await topics(deal)).at(-1)).toBe('payment.unsecured');
  await to('2027-03-01T22:00:00Z');
  expect(await status(deal)).toBe('contracted');
  await play(world.ctx, deal);
  await drain();
  expect(await status(deal)).toBe('played');
  for (const day of ['03', '09', '10', '17']) await to(`2027-03-${day}T20:00:00Z`);
  // The deposit alone is asked for: the balance comes after it.
  expect((await topics(deal)).slice(4)).toEqual(Array(3).fill('payment.reminded'));
  await pay(deal);
  await to('2027-03-25T20:00:00Z');
  expect((await topics(deal)).slice(7)).toEqual(['payment.completed', 'payment.reminded']);
  await pay(deal);
  expect(await status(deal)).toBe('settled');
  const { id } = await paymentOf(deal, 'balance');
  expect(await world.db.deadline.count({ where: { subject: { in: [deal.bookingId, id] } } })).toBe(0);
});

test('nobody is asked to pay for a show while it is contested; once it no longer is, the next week begins again', async () => {
  const deal = await open({ showDay: '2027-03-20' });
  const { bookingId } = deal;
  await pay(deal);
  const reminders = async () => (await topics(deal)).filter((topic) => topic === 'payment.reminded').length;
  await to('2027-03-20T20:00:00Z');
  await world.db.show.update({ where: { bookingId }, data: { contestedAt: world.ctx.now(), contestedBy: 'buyer', contest: 'Nobody came on stage.' } });
  const before = await reminders();
  const days = async (from: string, count: number) => {
    for (let day = 0; day < count; day += 1) await to(new Date(Date.parse(from) + day * 86_400_000).toISOString());
  };
  // Longer than a payment is asked for after its show.
  await days('2027-03-21T20:00:00Z', 120);
  expect(await reminders()).toBe(before);
  await world.db.show.update({ where: { bookingId }, data: { buyerConfirmedAt: world.ctx.now(), contestedAt: null, contestedBy: null } });
  await days('2027-07-19T20:00:00Z', 8);
  expect(await reminders()).toBe(before + 1);
  expect((await readMoney(buyer(deal), bookingId)).due.minor).toBe(88_620);
});

test('a contract signed on the day of its show ends four hours before it', async () => {
  const deal = await open({ showDay: '2027-03-01' });
  await to('2027-03-01T15:29:00Z');
  expect(await status(deal)).toBe('contracted');
  await to('2027-03-01T15:30:00Z');
  expect(await status(deal)).toBe('lapsed');
  // Nobody is reminded in the minute in which the schedule was sent.
  expect(await topics(deal)).not.toContain('payment.reminded');
});

test('a balance that nobody pays is asked for before the show and after it, its producer is warned, and money held too long is an alert (PAY-02)', async () => {
  const deal = await open({ showDay: '2027-03-20' });
  await pay(deal);
  const told: string[] = [];
  const alert = errors();
  for (let day = 0; day < 150; day += 1) {
    const before = (await topics(deal)).length;
    const now = new Date(Date.UTC(2027, 2, 2 + day, 21));
    world.at(now);
    if (now.toISOString().startsWith('2027-03-21')) { await play(world.ctx, deal); await drain(); }
    await to(now.toISOString());
    for (const topic of (await topics(deal)).slice(before)) told.push(`${now.toISOString().slice(5, 10)} ${topic}`);
  }
  const alerts = alert.mock.calls.filter(([what]) => (what as { bookingId?: string }).bookingId === deal.bookingId).map(([, text]) => text);
  alert.mockRestore();
  expect(told.slice(0, 8)).toEqual([
    '03-08 payment.reminded', '03-11 payment.reminded', '03-14 payment.reminded', '03-17 payment.reminded', '03-19 payment.unsecured', '03-19 payment.reminded', '03-21 show.played', '03-21 payment.reminded',
  ]);
  expect(told.filter((one) => one.endsWith('payment.held'))).toEqual(['05-20 payment.held', '05-25 payment.held']);
  const last = told.filter((one) => one.endsWith('payment.reminded')).at(-1)!;
  expect(last > '06-01' && last < '06-20').toBe(true);
  expect(alerts.filter((text) => text?.includes('90 days'))).toHaveLength(2);
  expect(alerts.filter((text) => text?.includes('months after its show'))).toHaveLength(1);
  // And it still can be paid.
  await pay(deal);
  expect(await status(deal)).toBe('settled');
});

test('a show that is paid in full and played in time alarms nobody', async () => {
  const deal = await open();
  await pay(deal);
  const alert = errors();
  for (const day of ['2027-04-10', '2027-04-11', '2027-05-07', '2027-05-09']) await to(`${day}T21:00:00Z`);
  await play(world.ctx, deal);
  await drain();
  await to('2027-09-01T12:00:00Z');
  expect(alert.mock.calls.filter(([what]) => (what as { bookingId?: string }).bookingId === deal.bookingId)).toEqual([]);
  alert.mockRestore();
  expect((await topics(deal)).filter((topic) => ['payment.reminded', 'payment.unsecured', 'payment.held'].includes(topic))).toEqual([]);
});

/** What the worker was to do and lost. */
const lose = async (...names: string[]) => {
  const { rowCount } = await world.pool.query('DELETE FROM graphile_worker._private_jobs job USING graphile_worker._private_tasks task WHERE task.id = job.task_id AND task.identifier = ANY($1)', [names]);
  return rowCount;
};
const mend = () => moneyTasks['mend']!(world.ctx, {});

test('money that stands still is taken up, with an alert, and nothing is done twice', async () => {
  const deal = await open({ showDay: '2027-03-10' });
  const alert = errors();
  await enterCard(deal, 'pm_ok');
  expect(await lose('sandbox.hook')).toBe(1); // captured, and never told
  await mend();
  expect(await kinds(deal)).toEqual(['capture']);
  await mend();
  await pay(deal);
  await transact(world.ctx, (tx) => play(tx, deal));
  await world.drain({ escrow: escrowHeard });
  expect(await lose('payout')).toBe(1);
  await mend();
  await mend();
  await drain();
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release', 'payout']);
  const { providerRef, id } = await world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } });
  expect(await world.db.sandboxObject.count({ where: { kind: 'payout', key: `payout:${id}` } })).toBe(1);
  expect(providerRef).toBeTruthy();
  expect(alert.mock.calls.map(([, text]) => text)).toEqual(['the provider did not tell the outcome of an attempt; it was asked', 'money was to be moved and nobody was about to: it is taken up again']);
  alert.mockRestore();
});

test.each([['pm_ok', 'captured'], ['pm_balance_declined', 'refused']])('a charge of %s that was lost under way is %s once', async (card, outcome) => {
  const deal = await open();
  await pay(deal, card);
  world.at('2027-04-10T12:00:00Z');
  await tick(world.ctx, escrowDue);
  expect(await lose('charge')).toBe(1);
  const alert = errors();
  await mend();
  await world.drain({}, moneyTasks);
  await lose('sandbox.hook');
  expect((await paymentOf(deal, 'balance')).status).toBe('processing');
  await mend();
  await mend();
  await drain();
  alert.mockRestore();
  const { id, status: stands, attempts } = await paymentOf(deal, 'balance');
  expect([stands, attempts]).toEqual([outcome, 1]);
  expect(await world.db.sandboxObject.count({ where: { key: `charge:${id}:1` } })).toBe(1);
  expect(await kinds(deal)).toEqual(outcome === 'captured' ? ['capture', 'capture'] : ['capture']);
});

/** The buyer's card becomes another one of the same customer's, as a late notice may say. */
async function changeCard({ bookingId }: TestDeal, card: string): Promise<void> {
  const { customerRef } = await world.db.mandate.findUniqueOrThrow({ where: { bookingId } });
  const id = `pm_sbx_${world.ctx.newId('pay')}`;
  await world.db.sandboxObject.create({ data: { id, kind: 'method', key: id, hash: '', secret: '', body: { card, customerRef }, createdAt: world.ctx.realNow() } });
  await world.db.mandate.update({ where: { bookingId }, data: { methodRef: id } });
}
/** The provider is asked, and its answer is lost. */
async function loseAnswer(id: string): Promise<void> {
  const { adapters } = world.ctx;
  const chargeMandate: Sandbox['chargeMandate'] = async (ask) => { await provider.chargeMandate(ask); throw new Error('no answer'); };
  await expect(charge({ ...world.ctx, adapters: { ...adapters, payments: { ...provider, chargeMandate } } }, id)).rejects.toThrow('no answer');
}
const attemptsOf = async (id: string) => (await world.db.sandboxObject.findMany({ where: { key: { startsWith: `charge:${id}:` } }, orderBy: { key: 'asc' } })).map(({ key, body }) => [key.slice(-1), (body as { card: string; status: string }).card, (body as { status: string }).status]);

test('a card that is changed between two tries of one charge: the same is asked again, and taken once (ES-03, ES-08)', async () => {
  const deal = await open();
  await pay(deal);
  world.at('2027-04-10T12:00:00Z');
  await tick(world.ctx, escrowDue);
  const { id } = await paymentOf(deal, 'balance');
  await loseAnswer(id);
  await changeCard(deal, 'pm_declined');
  // Twenty at once, and again: what stands is what was written down before the provider was asked.
  await Promise.all(Array.from({ length: 20 }, () => charge(world.ctx, id)));
  await drain();
  expect(await paymentOf(deal, 'balance')).toMatchObject({ status: 'captured', attempts: 1 });
  expect(await attemptsOf(id)).toEqual([['1', 'pm_ok', 'captured']]);
  expect(await kinds(deal)).toEqual(['capture', 'capture']);
  expect(await world.db.chargeAsk.findMany({ where: { key: { startsWith: `charge:${id}:` } } })).toMatchObject([{ key: `charge:${id}:1`, minor: 88_620n, currency: 'EUR' }]);
  expect(await world.db.chargeAsk.updateMany({ where: { key: `charge:${id}:1` }, data: { methodRef: 'pm_other' } }).catch((error: unknown) => conflict(error)?.constraint)).toBe('charge_ask_append_only');
});

test('a card that was changed while the old one was refused is charged by a try of its own, once (ES-03)', async () => {
  const deal = await open();
  await pay(deal, 'pm_balance_declined');
  world.at('2027-04-10T12:00:00Z');
  await tick(world.ctx, escrowDue);
  const { id } = await paymentOf(deal, 'balance');
  await loseAnswer(id);
  await changeCard(deal, 'pm_ok');
  await charge(world.ctx, id);
  await drain();
  // It is tried at once.
  expect(await lose('tick')).toBe(1);
  await to('2027-04-10T12:01:00Z');
  expect(await paymentOf(deal, 'balance')).toMatchObject({ status: 'captured', attempts: 2, pastRefs: [expect.any(String)] });
  expect(await attemptsOf(id)).toEqual([['1', 'pm_balance_declined', 'refused'], ['2', 'pm_ok', 'captured']]);
  expect(await kinds(deal)).toEqual(['capture', 'capture']);
  // Nobody is asked to act for a card that is theirs no more.
  expect(await topics(deal)).not.toContain('payment.refused');
});

test('a changed card that is refused as well is not tried again by itself: its buyer is asked, once (ES-03)', async () => {
  const deal = await open();
  await pay(deal, 'pm_balance_declined');
  world.at('2027-04-10T12:00:00Z');
  await tick(world.ctx, escrowDue);
  const { id } = await paymentOf(deal, 'balance');
  await loseAnswer(id);
  await changeCard(deal, 'pm_balance_declined');
  await charge(world.ctx, id);
  await drain();
  expect(await lose('tick')).toBe(1);
  for (const minute of ['01', '02', '03']) await to(`2027-04-10T12:${minute}:00Z`);
  expect(await paymentOf(deal, 'balance')).toMatchObject({ status: 'refused', attempts: 2 });
  expect((await topics(deal)).filter((topic) => topic === 'payment.refused')).toHaveLength(1);
});

test('a card whose webhook comes after we had to ask is saved all the same', async () => {
  const deal = await open();
  await enterCard(deal, 'pm_ok');
  const alert = errors();
  await mend();
  alert.mockRestore();
  expect(await world.db.mandate.count({ where: { bookingId: deal.bookingId } })).toBe(0);
  await drain();
  expect(await world.db.mandate.count({ where: { bookingId: deal.bookingId } })).toBe(1);
  expect(await kinds(deal)).toEqual(['capture']);
});

test('work that was given up, and a fact that nobody says again, are taken up once', async () => {
  await drain();
  await world.db.delivery.updateMany({ where: { doneAt: null }, data: { doneAt: world.ctx.realNow() } });
  await lose('deliver', 'mail');
  await addJob(world.ctx, 'mail', { cause: 'given up' }, { key: 'given up' });
  await world.pool.query("UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = 'away' WHERE key = 'given up'");
  await transact(world.ctx, (tx) => tell(tx, 'show.due', { bookingId: 'bkg_lost' }));
  expect(await lose('deliver')).toBe(1);
  const alert = errors();
  await mend();
  expect(alert).toHaveBeenCalledTimes(2);
  await mend();
  expect(alert).toHaveBeenCalledTimes(2);
  alert.mockRestore();
  const { rows } = await world.pool.query('SELECT task.identifier AS task, job.attempts FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id ORDER BY task');
  expect(rows).toEqual([{ task: 'deliver', attempts: 0 }, { task: 'mail', attempts: 0 }]);
  await lose('mail', 'deliver');
  await world.db.delivery.updateMany({ where: { doneAt: null }, data: { doneAt: world.ctx.realNow() } });
});

test('a notice waits for whoever is at its booking, even when that was learnt a moment ago', async () => {
  const deal = await open();
  await enterCard(deal, 'pm_ok');
  const { id, providerRef } = await paymentOf(deal, 'deposit');
  const [event] = await events(providerRef!);
  await world.db.payment.update({ where: { id }, data: { providerRef: null } });
  const [one, two] = [await world.pool.connect(), await world.pool.connect()];
  const hold = async (client: typeof one, key: string) => { await client.query('BEGIN'); await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]); };
  const pause = () => new Promise((resolve) => { setTimeout(resolve, 250); });
  await hold(one, `notice:${providerRef!}`);
  const carried = carry(world.ctx, event!);
  await pause();
  await world.db.payment.update({ where: { id }, data: { providerRef } });
  await hold(two, `escrow:${deal.bookingId}`);
  await one.query('COMMIT');
  await pause();
  expect(await kinds(deal)).toEqual([]);
  await two.query('COMMIT');
  await carried;
  for (const client of [one, two]) client.release();
  expect(await kinds(deal)).toEqual(['capture']);
  await drain();
});

test('a deposit paid in time neither lapses nor is reminded', async () => {
  const deal = await open();
  await pay(deal);
  await to('2027-03-20T12:00:00Z');
  expect(await status(deal)).toBe('contracted');
  expect(await topics(deal)).not.toContain('payment.reminded');
});

test('a webhook that is quicker than we are waits, and is acted on later', async () => {
  const deal = await open();
  await pay(deal);
  world.at('2027-04-10T12:00:00Z');
  await tick(world.ctx, escrowDue);
  // The provider was asked; then we crashed before its answer was written down, and its webhook comes first.
  const { id, bookingId, attempts, minor } = await paymentOf(deal, 'balance');
  const { customerRef, methodRef } = await world.db.mandate.findUniqueOrThrow({ where: { bookingId } });
  const { ref } = await provider.chargeMandate({ key: `charge:${id}:${attempts}`, amount: euros(minor), paymentId: id, bookingId, customerRef, methodRef });
  for (const event of await events(ref)) await carry(world.ctx, event);
  expect(await world.db.providerEvent.findFirstOrThrow({ where: { object: ref } })).toMatchObject({ doneAt: null });
  expect(await replayNotices(world.ctx)).toBe(0);
  await charge(world.ctx, id);
  expect(await kinds(deal)).toEqual(['capture', 'capture']);
  expect((await paymentOf(deal, 'balance')).providerRef).toBe(ref);
  await drain();
  expect(await kinds(deal)).toEqual(['capture', 'capture']);
});

test('a notice whose act failed is kept raw and can be replayed', async () => {
  const deal = await open();
  await enterCard(deal, 'pm_ok');
  const { providerRef } = await paymentOf(deal, 'deposit');
  const [event] = await events(providerRef!);
  const broken = { ...world.ctx, newId: () => { throw new Error('no more ids'); } };
  await expect(carry(broken, event!)).rejects.toThrow('no more ids');
  expect(await kinds(deal)).toEqual([]);
  expect(await world.db.providerEvent.findUniqueOrThrow({ where: { id: event! } })).toMatchObject({ doneAt: null, object: providerRef, kind: 'payment.captured' });
  expect(await replayNotices(world.ctx)).toBe(1);
  expect(await kinds(deal)).toEqual(['capture']);
  expect(await replayNotices(world.ctx)).toBe(0);
});

test('a notice that could not be read waits, and is acted on by a release that can read it', async () => {
  const deal = await open();
  const { ref } = await beginPayment(buyer(deal), { bookingId: deal.bookingId });
  const raw = JSON.stringify({ id: 'evt_sbx_new', type: 'payment_intent.succeeded', data: { object: { ref } } });
  await expect(recordNotice(world.ctx, provider.parseNotice(raw), raw)).rejects.toThrow(refusal('notice_unreadable'));
  expect(await replayNotices(world.ctx)).toBe(0);
  expect((await reconcile(world.ctx))[0]).toMatchObject({ waiting: 1 });
  const { adapters } = world.ctx;
  const later: Context = { ...world.ctx, adapters: { ...adapters, payments: { ...provider, parseNotice: (text) => (text === raw ? { id: 'evt_sbx_new', kind: 'payment.captured', ref } : provider.parseNotice(text)) } } };
  expect(await replayNotices(later)).toBe(1);
  expect((await paymentOf(deal, 'deposit')).status).toBe('captured');
  expect(await replayNotices(later)).toBe(0);
});

test('money of another amount than was asked is owed back, not held', async () => {
  const deal = await open();
  const { ref } = await beginPayment(buyer(deal), { bookingId: deal.bookingId });
  const raw = JSON.stringify({ id: 'evt_sbx_other', type: 'payment_intent.succeeded', data: { object: { id: ref, amount: '37979', currency: 'EUR' } } });
  await recordNotice(world.ctx, provider.parseNotice(raw), raw);
  expect([await held(`escrow:${deal.bookingId}`), await held(`refund:${deal.buyerOrgId}`)]).toEqual([0n, 37_979n]);
  expect(await world.db.refund.findMany({ where: { bookingId: deal.bookingId } })).toMatchObject([{ minor: 37_979n, capturedRef: ref, status: 'sent' }]);
  expect((await paymentOf(deal, 'deposit')).status).toBe('due');
});

test('only the buyer pays, only theirs, and only with the right link', async () => {
  const deal = await open();
  const other = await open();
  const { bookingId } = deal;
  await expect(beginPayment(artist(deal), { bookingId })).rejects.toThrow(refusal('role_too_low'));
  await expect(beginPayment(world.as({ orgId: deal.buyerOrgId, role: 'member' }), { bookingId })).rejects.toThrow(refusal('role_too_low'));
  await expect(beginPayment(buyer(other), { bookingId })).rejects.toThrow(refusal('not_found'));
  await expect(readMoney(buyer(other), bookingId)).rejects.toThrow(refusal('not_found'));
  await expect(readLedger(buyer(other), bookingId)).rejects.toThrow(refusal('not_found'));
  const link = (purpose: 'pay' | 'follow' | 'file') => world.as({ orgId: deal.buyerOrgId, link: { purpose, bookingId } });
  await expect(beginPayment(link('follow'), { bookingId })).rejects.toThrow(refusal('link_other_purpose'));
  await expect(readLedger(link('pay'), bookingId)).rejects.toThrow(refusal('link_other_purpose'));
  expect((await beginPayment(link('pay'), { bookingId })).act).toBe('pay');
});

test('inside a frame a fresh code is asked for, and good once', async () => {
  const deal = await open();
  const { bookingId } = deal;
  const framed = world.as({ orgId: deal.buyerOrgId, link: { purpose: 'file', bookingId } });
  await expect(beginPayment(framed, { bookingId })).rejects.toThrow(refusal('code_wrong'));
  expect((await requestPayCode(framed, bookingId)).sentTo).toMatch(/^o•••@b•••\.example$/u);
  const mail = await world.db.mail.findFirstOrThrow({ where: { orgId: deal.buyerOrgId }, orderBy: { createdAt: 'desc' } });
  const code = /\b\d{6}\b/u.exec(mail.text)![0];
  await expect(beginPayment(framed, { bookingId, code: code === '000000' ? '000001' : '000000' })).rejects.toThrow(refusal('code_wrong'));
  expect((await beginPayment(framed, { bookingId, code })).amount.minor).toBe(37_980);
  await expect(beginPayment(framed, { bookingId, code })).rejects.toThrow(refusal('code_wrong'));
  const foreign = await transact(world.ctx, async (tx) => makeCode(tx, { act: `pay:${(await open()).bookingId}`, email: 'a@b.example', most: 1, hours: 1 }));
  await expect(beginPayment(framed, { bookingId, code: foreign })).rejects.toThrow(refusal('code_wrong'));
});

test('the same key with other entries is refused; with the same ones it is booked once', async () => {
  const deal = await open();
  const ask = (minor: bigint) => ({ kind: 'capture' as const, key: `test:${deal.bookingId}`, bookingId: deal.bookingId, orgId: deal.orgId, entries: capture(deal.bookingId, euros(minor)), reason: 'test' });
  const first = await transact(world.ctx, (tx) => book(tx, ask(100n)));
  expect(first.fresh).toBe(true);
  const others = await Promise.all(Array.from({ length: 20 }, () => transact(world.ctx, (tx) => book(tx, ask(100n)))));
  expect(new Set(others.map(({ id, fresh }) => `${id} ${fresh}`))).toEqual(new Set([`${first.id} false`]));
  await expect(transact(world.ctx, (tx) => book(tx, ask(101n)))).rejects.toThrow(refusal('key_reused'));
  expect(await held(`escrow:${deal.bookingId}`)).toBe(100n);
});

test('the database refuses to change, remove or unbalance what was booked, and an escrow below zero', async () => {
  const deal = await open();
  await pay(deal);
  const { bookingId, orgId, buyerOrgId } = deal;
  const sql = (text: string) => world.pool.query(text.replaceAll('$booking', `'${bookingId}'`).replaceAll('$account', `'escrow:${bookingId}'`));
  for (const [text, constraint] of [
    ['UPDATE entry SET minor = minor + 1 WHERE account = $account', 'entry_append_only'],
    ['DELETE FROM entry WHERE account = $account', 'entry_append_only'],
    ['UPDATE transfer SET reason = $booking WHERE booking_id = $booking', 'transfer_append_only'],
    ['DELETE FROM transfer WHERE booking_id = $booking', 'transfer_append_only'],
    ['TRUNCATE entry', 'entry_kept'],
    ['UPDATE balance SET minor = 0 WHERE account = $account', 'balance_follows_entries'],
    [`INSERT INTO transfer (id, kind, key, hash, at, reason) VALUES ('trf_bare', 'capture', 'bare', '', '2027-03-01', '')`, 'transfer_has_entries'],
    [`WITH made AS (INSERT INTO transfer (id, kind, key, hash, at, reason) VALUES ('trf_odd', 'capture', 'odd', '', '2027-03-01', '') RETURNING id)
      INSERT INTO entry (transfer_id, line, account, minor, currency) SELECT id, line, 'vat:FR', minor, 'EUR' FROM made, (VALUES (1, 100), (2, -99)) AS lines (line, minor)`, 'transfer_sums_to_zero'],
    [`WITH made AS (INSERT INTO transfer (id, kind, key, hash, at, reason) VALUES ('trf_mixed', 'capture', 'mixed', '', '2027-03-01', '') RETURNING id)
      INSERT INTO entry (transfer_id, line, account, minor, currency) SELECT id, line, 'vat:FR', minor, currency FROM made, (VALUES (1, 100, 'EUR'), (2, -100, 'CHF')) AS lines (line, minor, currency)`, 'transfer_sums_to_zero'],
  ] as const) await expect(sql(text)).rejects.toMatchObject({ constraint });

  const giveBack = (minor: bigint, key: string) => transact(world.ctx, (tx) => book(tx, { kind: 'refund', key, bookingId, orgId, entries: refund({ id: bookingId, buyerOrgId }, euros(minor)), reason: 'test' }));
  await expect(giveBack(37_981n, 'too much')).rejects.toThrow(/balance_not_negative/u);
  // Refunded never exceeds paid, however many ask at once.
  const asked = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => giveBack(10_000n, `part ${i}`)));
  expect(asked.filter(({ status: outcome }) => outcome === 'fulfilled')).toHaveLength(3);
  expect(await held(`escrow:${bookingId}`)).toBe(7_980n);
});

test('all entries sum to zero, what is held is that of open bookings, and the books of both agree', async () => {
  const sums = await world.db.entry.groupBy({ by: ['currency'], _sum: { minor: true } });
  expect(sums.map(({ _sum }) => _sum.minor)).toEqual(sums.map(() => 0n));
  const balances = (await world.db.balance.groupBy({ by: ['account'], _sum: { minor: true } })).map(({ account, _sum }) => ({ account, minor: _sum.minor }));
  for (const { account, minor } of balances) expect(await held(account)).toBe(minor);
  const escrows = balances.filter(({ account }) => account.startsWith('escrow:'));
  expect(escrows.length).toBeGreaterThan(5);
  for (const { account, minor } of escrows) {
    const booking = await world.db.booking.findUniqueOrThrow({ where: { id: account.slice('escrow:'.length) } });
    if (booking.status === 'settled' || booking.status === 'lapsed') expect(minor).toBe(0n);
  }
});

test('what failed to arrive is an alert each night, until somebody looked', async () => {
  const alert = errors();
  await reconcile(world.ctx);
  expect(alert.mock.calls.map(([what]) => what)).toContainEqual({ refunds: await world.db.refund.findMany({ where: { status: 'failed' }, select: { id: true, bookingId: true } }), payouts: [] });
  alert.mockRestore();
});

test('a difference between the provider’s books and ours is an alert, and changes nothing', async () => {
  const clean = await openTestWorld();
  const sandbox = openSandbox(clean.ctx as Parameters<typeof openSandbox>[0]);
  Object.assign(clean.ctx.adapters, { payments: sandbox });
  const alerts: unknown[] = [];
  const ctx: Context = { ...clean.ctx, log: Object.assign(Object.create(clean.ctx.log) as Context['log'], { error: (what: unknown) => alerts.push(what) }) };
  const deal = await signedDeal(ctx);
  const hook: Tasks = { ...moneyTasks, 'sandbox.hook': async (inner, { id = '' }) => {
    const { raw, signature } = await hookOf(clean.db, id, { config: inner.config, realNow: inner.realNow() });
    await recordNotice(inner, sandbox.readNotice(raw, signature, inner.realNow()), raw);
  } };
  await clean.drain({ escrow: escrowHeard }, hook);
  const { clientSecret } = await beginPayment(clean.as({ orgId: deal.buyerOrgId }), { bookingId: deal.bookingId });
  await sandbox.handle(new Request('http://platform.localhost/sandbox/payments/confirm', { method: 'POST', body: JSON.stringify({ clientSecret, method: 'pm_ok' }) }));
  expect(await reconcile(ctx)).toMatchObject([{ currency: 'EUR', ours: 0n, theirs: 37_980n, agrees: false }, { currency: 'CHF', agrees: true }]);
  expect(alerts).toMatchObject([{ currency: 'EUR', ours: '0', theirs: '37980' }]);
  // But for the provider's own price, which is no repair: 2.9 % and 30 cents.
  expect((await clean.db.entry.findMany({ orderBy: { account: 'asc' } })).map(({ account, minor }) => [account, minor])).toEqual([['provider:clearing', 1_131n], ['provider:fees', -1_131n]]);
  await clean.drain({ escrow: escrowHeard }, hook);
  expect(await reconcile(ctx)).toMatchObject([{ ours: 37_980n, theirs: 37_980n, agrees: true }, { agrees: true }]);
  expect(alerts).toHaveLength(1);
  await clean.close();
});
