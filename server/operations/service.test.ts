import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { transact, type Context } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { euros } from '../core/money.ts';
import { addJob } from '../core/outbox.ts';
import { signedDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { byHand, capture, chargeback, release } from '../ledger/entries.ts';
import { audit, balanceOf, book } from '../ledger/service.ts';
import { holdMoney } from '../escrow/service.ts';
import { operationsTasks } from './jobs.ts';
import { decide, propose, readDeadLetters, readProposals, readReceivables, readReports, replay, reportNow, whereIs } from './service.ts';

let world: TestWorld;
let ada: Context, leo: Context, stranger: Context;

beforeAll(async () => {
  world = await openTestWorld({ OPERATORS: 'ada@flow.example,leo@flow.example' });
  for (const name of ['ada', 'leo', 'eve']) await world.db.user.create({ data: { id: `usr_${name}`, name, email: `${name}@flow.example`, emailVerified: true, createdAt: world.ctx.now(), updatedAt: world.ctx.now() } });
  [ada, leo, stranger] = ['ada', 'leo', 'eve'].map((name) => ({ ...world.ctx, userId: `usr_${name}` })) as [Context, Context, Context];
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const broken = async (work: Promise<unknown>): Promise<string | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    return conflict(error)?.constraint;
  }
};
const deal = async () => {
  const made = await signedDeal(world.ctx);
  const { bookingId, orgId } = made;
  const paid = `pi_${bookingId}`;
  await transact(world.ctx, (tx) => book(tx, { kind: 'capture', key: paid, bookingId, orgId, entries: capture(bookingId, euros(126_600n)), reason: 'Captured: deposit' }));
  return { ...made, paid };
};

test('nobody but our own people sees any of it', async () => {
  const asks = [(ctx: Context) => readReports(ctx), (ctx: Context) => reportNow(ctx), (ctx: Context) => readDeadLetters(ctx), (ctx: Context) => replay(ctx, { kind: 'work', id: '1' }), (ctx: Context) => whereIs(ctx, 'x'), (ctx: Context) => readProposals(ctx), (ctx: Context) => readReceivables(ctx),
    (ctx: Context) => propose(ctx, { key: crypto.randomUUID(), from: 'provider:fees', to: 'bank:platform', amount: { minor: 1, currency: 'EUR' }, reason: 'x' }), (ctx: Context) => decide(ctx, { id: 'prp_1', approve: true })];
  for (const ask of asks) {
    await expect(ask(stranger)).rejects.toThrow(refusal('not_found'));
    await expect(ask(world.ctx)).rejects.toThrow(refusal('signed_out'));
  }
});

test('each night’s look at the books is kept as it was found, a difference is an alert, and nothing is repaired', async () => {
  await deal();
  world.provider.balance = 100_000n;
  const alert = vi.spyOn(world.ctx.log, 'error').mockImplementation(() => undefined);
  const transfers = await world.db.transfer.count();
  await operationsTasks['reconcile']!(world.ctx, {});
  expect(alert.mock.calls.map(([, text]) => text)).toContain('the ledger and the provider’s books differ');
  alert.mockRestore();
  expect(await world.db.transfer.count()).toBe(transfers);
  const [newest] = await readReports(ada);
  expect((await readReports(ada)).find(({ ours }) => ours.currency === 'EUR')).toMatchObject({ ours: { minor: 126_600 }, theirs: { minor: 100_000 }, difference: { minor: -26_600 }, waiting: 0, broken: 0, agrees: false });
  expect(newest).toBeDefined();
  expect(await broken(world.db.reconciliation.updateMany({ data: { ours: 0n } }))).toBe('reconciliation_append_only');
});

test('what a lost dispute leaves, over a show or over a plan, stands there until it is settled; what a bank still looks at does not (ES-20, BI-10)', async () => {
  const [lost, open] = [await deal(), await deal()];
  const take = (id: string, orgId: string, minor: bigint) => transact(world.ctx, (tx) => book(tx, { kind: 'chargeback', key: `chargeback:${id}`, bookingId: id.startsWith('bkg_') ? id : null, orgId, entries: chargeback(id, euros(minor)), reason: 'Contested' }));
  for (const [{ bookingId, orgId, buyerOrgId }, status] of [[lost, 'lost'], [open, 'asked']] as const) {
    await take(bookingId, orgId, 37_980n);
    await world.db.chargeback.create({ data: { id: world.ctx.newId('cbk'), ref: `du_${bookingId}`, bookingId, orgId, buyerOrgId, paymentId: 'pay_1', minor: 37_980n, currency: 'EUR', reason: 'fraudulent', status, openedAt: world.ctx.now(), ...(status === 'lost' && { closedAt: new Date('2027-06-01T08:00:00Z') }) } });
  }
  const charges = [['pch_lost', '2027-06-16'], ['pch_open', '2027-07-16']] as const;
  for (const [id, since] of charges) {
    await world.db.planCharge.create({ data: { id, orgId: lost.orgId, kind: 'renewal', plan: 'artist_pro', since: new Date(since), until: new Date('2027-08-16'), fullMinor: 2_900n, offMinor: 0n, netMinor: 2_900n, vatBps: 2_000, vatMinor: 580n, vatCitation: 'CIBS livre II', totalMinor: 3_480n, currency: 'EUR', status: 'captured', createdAt: world.ctx.now(), capturedAt: world.ctx.now(), providerRef: `pi_${id}` } });
    await take(id, lost.orgId, 3_480n);
  }
  await world.db.planTakenBack.create({ data: { chargeId: 'pch_lost', orgId: lost.orgId, ref: 'du_lost', at: new Date('2027-06-02T08:00:00Z') } });
  const [show, plan] = [
    { account: `dispute:${lost.bookingId}`, kind: 'show', who: 'Les Marées', what: 'Grande marée', amount: { minor: 37_980, currency: 'EUR' }, at: '2027-06-01T08:00:00.000Z' },
    { account: 'dispute:pch_lost', kind: 'plan', who: 'Les Marées', what: 'artist_pro', amount: { minor: 3_480, currency: 'EUR' }, at: '2027-06-02T08:00:00.000Z' },
  ];
  expect(await readReceivables(ada)).toEqual([show, plan]);
  // It was paid to our bank: two of us say so, and it is gone.
  const { id } = await propose(ada, { key: crypto.randomUUID(), from: 'bank:platform', to: 'dispute:pch_lost', amount: { minor: 3_480, currency: 'EUR' }, reason: 'Réglé par virement' });
  await decide(leo, { id, approve: true });
  expect(await readReceivables(ada)).toEqual([show]);
});

test('work, facts and notices that were given up are listed, and each is done again once', async () => {
  const before = await readDeadLetters(ada);
  await addJob(world.ctx, 'payout', { payoutId: 'pyo_lost' }, { key: 'payout:pyo_lost' });
  await world.pool.query(`UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = 'account_not_ready' WHERE key = 'payout:pyo_lost'`);
  await world.db.providerEvent.create({ data: { id: 'evt_lost', provider: 'sandbox', kind: 'payment.captured', object: 'pi_lost', raw: '{}', receivedAt: world.ctx.realNow() } });
  const { bookingId } = await signedDeal(world.ctx);
  const { id: factId } = await world.db.fact.findFirstOrThrow({ where: { subject: bookingId } });
  await world.pool.query('DELETE FROM graphile_worker._private_jobs WHERE key = $1', [`deliver:${factId}`]);
  const letters = (await readDeadLetters(ada)).filter(({ id }) => !before.some((one) => one.id === id));
  expect(letters.map(({ kind, what, about, why }) => [kind, what, about, kind === 'fact' ? '' : why])).toEqual(expect.arrayContaining([
    ['work', 'payout', '{"payoutId":"pyo_lost"}', 'account_not_ready'], ['notice', 'payment.captured', 'pi_lost', ''], ['fact', 'contract.signed', bookingId, ''],
  ]));
  for (const { kind, id } of letters.filter(({ kind: one }) => one !== 'notice')) {
    expect(await replay(ada, { kind, id })).toBeNull();
    await expect(replay(leo, { kind, id })).rejects.toThrow(refusal('not_found'));
  }
  const { rows } = await world.pool.query<{ key: string }>('SELECT key FROM graphile_worker._private_jobs WHERE attempts = 0 AND key = ANY($1) ORDER BY key', [['payout:pyo_lost', `deliver:${factId}`]]);
  expect(rows.map(({ key }) => key)).toEqual([`deliver:${factId}`, 'payout:pyo_lost']);
});

test('a euro is found by its amount, number, reference, booking and name, with its way and where it is now', async () => {
  const { bookingId, orgId, buyerOrgId, paid } = await deal();
  await world.db.organisation.update({ where: { id: buyerOrgId }, data: { name: 'Le Grenier à Sel' } });
  await transact(world.ctx, (tx) => book(tx, {
    kind: 'release', key: `release:${bookingId}`, bookingId, orgId, reason: 'The show was played',
    entries: release({ id: bookingId, orgId }, euros(126_600n), { commission: euros(12_000n), vat: euros(2_400n), jurisdiction: 'FR' }),
  }));
  for (const words of ['1 122,00', bookingId, `ref${bookingId}`, `C-${bookingId}`, paid, 'grenier à', buyerOrgId]) {
    expect([words, (await whereIs(ada, words)).paths.map((path) => path.bookingId)]).toEqual([words, [bookingId]]);
  }
  for (const words of ['gr', '%%%', '0,01', 'pi_nobody']) expect([words, (await whereIs(ada, words)).paths]).toEqual([words, []]);
  const [path] = (await whereIs(ada, bookingId)).paths;
  expect(path).toMatchObject({ buyer: 'Le Grenier à Sel', total: { minor: 126_600 }, steps: [{ kind: 'capture', why: 'deposit', from: [{ account: 'provider:clearing' }], to: [{ account: `escrow:${bookingId}` }] }, { kind: 'release', why: 'played', to: [{}, {}, { account: `payable:${orgId}`, amount: { minor: 112_200 } }] }] });
  expect(path!.stands.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(0);
  expect(path!.stands.find(({ account }) => account === `escrow:${bookingId}`)).toBeUndefined();
});

test('one of our people proposes a transfer by hand, another approves it, once among twenty at once', async () => {
  const { bookingId, buyerOrgId } = await deal();
  const ask = { key: crypto.randomUUID(), from: `escrow:${bookingId}`, to: `refund:${buyerOrgId}`, amount: { minor: 10_000, currency: 'EUR' as const }, reason: 'La salle était fermée.' };
  for (const wrong of [{ from: ask.to }, { to: 'refund:org_nobody' }, { to: 'escrow:bkg_nobody' }, { from: 'cash' }]) await expect(propose(ada, { ...ask, ...wrong })).rejects.toThrow(refusal('account_unknown'));
  const { id } = await propose(ada, ask);
  expect(await balanceOf(world.ctx, ask.to, 'EUR')).toEqual(euros(0n));
  await expect(decide(ada, { id, approve: true })).rejects.toThrow(refusal('proposal_own'));
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => decide(leo, { id, approve: true })));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await balanceOf(world.ctx, ask.to, 'EUR')).toEqual(euros(10_000n));
  expect((await readProposals(leo)).find((one) => one.id === id)).toMatchObject({ state: 'approved', own: false, askedBy: 'ada', decidedBy: 'leo', reason: ask.reason });
  expect(await world.db.transfer.count({ where: { kind: 'manual', bookingId } })).toBe(1);
  expect(await audit(world.ctx)).toEqual([]);

  const more = await propose(leo, { ...ask, key: crypto.randomUUID(), amount: { minor: 200_000, currency: 'EUR' } });
  await expect(decide(ada, { id: more.id, approve: true })).rejects.toThrow(refusal('account_short'));
  // Whoever asked may take it back.
  expect(await decide(leo, { id: more.id, approve: false })).toBeNull();
  await expect(decide(ada, { id: more.id, approve: true })).rejects.toThrow(refusal('proposal_closed'));
  await expect(decide(ada, { id: 'prp_nobody', approve: true })).rejects.toThrow(refusal('not_found'));
});

test('a proposal lapses after three days', async () => {
  const { id } = await propose(ada, { key: crypto.randomUUID(), from: 'provider:fees', to: 'bank:platform', amount: { minor: 100, currency: 'EUR' }, reason: 'Frais' });
  world.atReal(new Date(Date.now() + 3 * 86_400_000 + 60_000));
  await expect(decide(leo, { id, approve: true })).rejects.toThrow(refusal('proposal_closed'));
  expect((await readProposals(leo)).find((one) => one.id === id)).toMatchObject({ state: 'expired' });
  world.atReal(null);
});

test('the database refuses a transfer by hand that nobody approved, one approved by whoever asked or too late, and any change of a proposal', async () => {
  const lines = byHand('provider:fees', 'bank:platform', euros(100n));
  const move = (entries = lines) => (tx: Context) => book(tx, { kind: 'manual', key: world.ctx.newId('trf'), bookingId: null, orgId: null, entries, reason: 'x' });
  expect(await broken(transact(world.ctx, move()))).toBe('transfer_by_hand_approved');
  const ask = async () => (await propose(ada, { key: crypto.randomUUID(), from: 'provider:fees', to: 'bank:platform', amount: { minor: 100, currency: 'EUR' }, reason: 'Frais' })).id;
  const approve = (id: string, over: object = {}, entries = lines) => transact(world.ctx, async (tx) => {
    const { id: transferId } = await move(entries)(tx);
    await tx.db.proposal.update({ where: { id }, data: { status: 'approved', decidedBy: 'usr_leo', decidedAt: tx.realNow(), transferId, ...over } });
  });
  const id = await ask();
  expect(await broken(approve(id, { decidedBy: 'usr_ada' }))).toBe('proposal_four_eyes');
  expect(await broken(approve(id, { decidedAt: new Date(Date.now() + 4 * 86_400_000) }))).toBe('proposal_in_time');
  expect(await broken(approve(id, { transferId: null }))).toBe('proposal_booked');
  expect(await broken(approve(id, {}, byHand('provider:fees', 'bank:platform', euros(101n))))).toBe('transfer_by_hand_approved');
  expect(await broken(world.db.proposal.update({ where: { id }, data: { minor: 101n } }))).toBe('proposal_decided_once');
  expect(await broken(world.db.proposal.delete({ where: { id } }))).toBe('proposal_decided_once');
  const row = await world.db.proposal.findUniqueOrThrow({ where: { id } });
  expect(await broken(world.db.proposal.create({ data: { ...row, id: 'prp_zero', key: 'zero', minor: 0n } }))).toBe('proposal_moves');
  expect(await broken(world.db.proposal.create({ data: { ...row, id: 'prp_again' } }))).toBe('proposal_key_key');
  expect(await broken(world.db.reconciliation.create({ data: { id: 'rec_x', at: world.ctx.now(), currency: 'EUR', ours: 0n, theirs: 0n, waiting: -1, broken: 0 } }))).toBe('reconciliation_counts');
  await approve(id);
  expect(await broken(world.db.proposal.update({ where: { id }, data: { status: 'rejected', transferId: null } }))).toBe('proposal_decided_once');
});

test('a proposal that is sent twenty times at once is asked for once; its key names no other', async () => {
  const ask = { key: crypto.randomUUID(), from: 'provider:fees', to: 'bank:platform', amount: { minor: 1_234, currency: 'EUR' as const }, reason: 'Frais' };
  const ids = new Set((await Promise.all(Array.from({ length: 20 }, () => propose(ada, ask)))).map(({ id }) => id));
  expect([ids.size, await world.db.proposal.count({ where: { minor: 1_234n } })]).toEqual([1, 1]);
  for (const other of [() => propose(ada, { ...ask, reason: 'Autre' }), () => propose(leo, ask)]) await expect(other()).rejects.toThrow(refusal('key_reused'));
});

test('an account of a booking takes no currency but its contract’s (ES-03)', async () => {
  const { bookingId } = await deal();
  const ask = { from: 'provider:fees', to: `dispute:${bookingId}`, amount: { minor: 500, currency: 'CHF' as const }, reason: 'x' };
  await expect(propose(ada, { ...ask, key: crypto.randomUUID() })).rejects.toThrow(refusal('account_currency'));
  await expect(propose(ada, { ...ask, from: `escrow:${bookingId}`, to: 'bank:platform', key: crypto.randomUUID() })).rejects.toThrow(refusal('account_currency'));
  const { id } = await propose(ada, { ...ask, amount: { minor: 500, currency: 'EUR' }, key: crypto.randomUUID() });
  const row = await world.db.proposal.findUniqueOrThrow({ where: { id } });
  expect(await broken(world.db.proposal.create({ data: { ...row, id: 'prp_chf', key: 'chf', currency: 'CHF' } }))).toBe('proposal_of_currency');
  await propose(ada, { ...ask, to: 'bank:platform', key: crypto.randomUUID() });
});

test('nothing is moved by hand into or out of what a dispute has frozen, not even while it is being opened (ES-20)', async () => {
  const { bookingId, orgId, buyerOrgId } = await deal();
  const ask = (from: string, to: string) => propose(ada, { key: crypto.randomUUID(), from, to, amount: { minor: 100, currency: 'EUR' }, reason: 'x' });
  const [out, into, beside] = [await ask(`escrow:${bookingId}`, `refund:${buyerOrgId}`), await ask('provider:fees', `escrow:${bookingId}`), await ask('provider:fees', `dispute:${bookingId}`)];
  const row = { id: 'dsp_1', bookingId, orgId, buyerOrgId, currency: 'EUR', openedBy: 'buyer' as const, openedAt: world.ctx.now() };
  // Whoever opens a dispute holds the booking's money: an approval waits for it.
  let approval: Promise<unknown> = Promise.resolve();
  await transact(world.ctx, async (tx) => {
    await holdMoney(tx, bookingId);
    approval = decide(leo, { id: out.id, approve: true }).catch((error: unknown) => error);
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    await tx.db.dispute.create({ data: row });
  });
  expect(await approval).toMatchObject({ code: 'account_frozen' });
  await expect(decide(leo, { id: into.id, approve: true })).rejects.toThrow(refusal('account_frozen'));
  expect(await balanceOf(world.ctx, `escrow:${bookingId}`, 'EUR')).toEqual(euros(126_600n));
  // What a bank took may be made good meanwhile.
  expect(await decide(leo, { id: beside.id, approve: true })).toBeNull();
  expect(await broken(transact(world.ctx, async (tx) => {
    const { id: transferId } = await book(tx, { kind: 'manual', key: 'by hand', bookingId, orgId: null, entries: byHand(`escrow:${bookingId}`, `refund:${buyerOrgId}`, euros(100n)), reason: 'x' });
    await tx.db.proposal.update({ where: { id: out.id }, data: { status: 'approved', decidedBy: 'usr_leo', decidedAt: tx.realNow(), transferId } });
  }))).toBe('transfer_by_hand_not_disputed');
  await world.db.dispute.update({ where: { bookingId }, data: { status: 'withdrawn' } });
  expect(await decide(leo, { id: out.id, approve: true })).toBeNull();
});
