import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact, type Context } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { ulid } from '../core/ids.ts';
import { euros, fromWire, sum } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { capture, captureToRefund, payout, refund, release, returned, type Entry } from './entries.ts';
import { audit, balanceOf, book, entriesOf, statementOf } from './service.ts';

let world: TestWorld;
let keys = 0;
/** As in the product: ids grow with the time, and are nobody's to guess. */
let ctx: Context;

beforeAll(async () => {
  world = await openTestWorld();
  ctx = { ...world.ctx, newId: (prefix) => `${prefix}_${ulid(Date.now(), crypto.getRandomValues(new Uint8Array(16)))}` };
});
afterAll(() => world.close());

const refusal = (code: ErrorCode): unknown => expect.objectContaining({ code } satisfies Partial<AppError>);
const put = (tx: Context, entries: readonly Entry[], key = `test:${(keys += 1)}`, bookingId = 'bkg_1') => book(tx, { kind: 'capture', key, bookingId, orgId: 'org_1', entries, reason: 'test' });
const give = (from: `payable:${string}`, to: `payable:${string}`, minor: bigint): Entry[] => [{ account: from, amount: euros(-minor) }, { account: to, amount: euros(minor) }];
const inOne = (...all: Entry[][]) => transact(ctx, async (tx) => { for (const entries of all) await put(tx, entries); });
const holds = async (account: string) => (await balanceOf(ctx, account, 'EUR')).minor;
/** The constraint that the database held. */
const held = (work: Promise<unknown>) => work.then(() => 'nothing', (error: unknown) => conflict(error)?.constraint ?? error);

test('a balance is what its entries sum to, for any transfers at once', async () => {
  const some = fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.bigInt({ min: 1n, max: 10n ** 9n })).filter(([a, b]) => a !== b), { minLength: 1, maxLength: 12 });
  await fc.assert(fc.asyncProperty(some, async (moves) => {
    await Promise.all(moves.map(([a, b, minor]) => inOne(give(`payable:org_${a}`, `payable:org_${b}`, minor))));
    expect(await audit(ctx)).toEqual([]);
  }), { numRuns: 12 });
});

test('twenty with one key book once; another sum, account or booking under it is refused by its code', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => transact(ctx, (tx) => put(tx, capture('bkg_k', euros(100n)), 'one key'))));
  expect(all.filter(({ fresh }) => fresh)).toHaveLength(1);
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  for (const [entries, bookingId] of [[capture('bkg_k', euros(101n)), 'bkg_1'], [capture('bkg_other', euros(100n)), 'bkg_1'], [capture('bkg_k', euros(100n)), 'bkg_2']] as const) {
    await expect(transact(ctx, (tx) => put(tx, entries, 'one key', bookingId))).rejects.toThrow(refusal('key_reused'));
  }
  expect(await holds('escrow:bkg_k')).toBe(100n);
});

test('an account that every booking uses makes nobody wait: one more is booked while eight have not ended', async () => {
  const before = await holds('provider:clearing');
  let open = 0;
  let goOn = (): void => undefined;
  const enough = new Promise<void>((resolve) => { goOn = resolve; });
  const eight = Array.from({ length: 8 }, (_, i) => transact(ctx, async (tx) => {
    await put(tx, capture(`bkg_w${i}`, euros(10n)));
    open += 1;
    if (open === 8) goOn();
    await enough;
  }));
  await Promise.all(eight);
  expect(await holds('provider:clearing')).toBe(before - 80n);
  expect(await world.db.balance.count({ where: { account: 'provider:clearing' } })).toBeGreaterThanOrEqual(8);
  expect(await world.db.balance.count({ where: { account: 'escrow:bkg_w1' } })).toBe(1);
});

test('more at once than there are rows of a hot account wait, and nothing is lost', async () => {
  const before = await holds('vat:FR');
  const booking = (i: number) => ({ id: `bkg_m${i}`, orgId: 'org_m' });
  await Promise.all(Array.from({ length: 60 }, (_, i) => inOne(capture(`bkg_m${i}`, euros(100n)), release(booking(i), euros(100n), { commission: euros(10n), vat: euros(2n), jurisdiction: 'FR' }))));
  expect([await holds('vat:FR') - before, await holds('payable:org_m')]).toEqual([120n, 88n * 60n]);
  expect(await audit(ctx)).toEqual([]);
});

test('two accounts, taken in both directions by many at once, never wait for each other', async () => {
  const errors: unknown[] = [];
  const both = Array.from({ length: 40 }, (_, i) => (ctx.db as TestWorld['db'])
    .$transaction((db) => put({ ...ctx, db, inTransaction: true }, i % 2 === 0 ? give('payable:org_x', 'payable:org_y', 1n) : give('payable:org_y', 'payable:org_x', 1n)), { maxWait: 20_000, timeout: 30_000 })
    .catch((error: unknown) => errors.push(error)));
  await Promise.all(both);
  expect(errors).toEqual([]);
  expect([await holds('payable:org_x'), await holds('payable:org_y')]).toEqual([0n, 0n]);
});

test('an escrow and what is owed to a buyer never fall below nothing; a producer may owe us', async () => {
  await inOne(capture('bkg_n', euros(100n)), captureToRefund('org_n', euros(50n)), payout('org_n', euros(5n)));
  expect(await held(inOne(refund({ id: 'bkg_n', buyerOrgId: 'org_n' }, euros(101n))))).toBe('balance_not_negative');
  expect(await held(inOne(refund({ id: 'bkg_none', buyerOrgId: 'org_n' }, euros(1n))))).toBe('balance_not_negative');
  expect(await held(inOne(returned('org_n', euros(51n))))).toBe('balance_not_negative');
  expect(await Promise.all(['escrow:bkg_n', 'refund:org_n', 'payable:org_n'].map(holds))).toEqual([100n, 50n, -5n]);
});

test('a transfer, its fact, its deliveries and its work come together or not at all', async () => {
  const jobs = async () => (await world.pool.query('SELECT FROM graphile_worker._private_jobs')).rowCount ?? 0;
  const counts = async () => [await world.db.transfer.count(), await world.db.fact.count(), await world.db.delivery.count(), await jobs()];
  const both = (fails: boolean) => transact(ctx, async (tx) => {
    const { id } = await put(tx, capture('bkg_f', euros(1n)));
    await tell(tx, 'payment.completed', { bookingId: 'bkg_f', paymentId: 'pay_f', transferId: id });
    if (fails) throw new Error('cut off');
  });
  const before = await counts();
  await expect(both(true)).rejects.toThrow('cut off');
  expect(await counts()).toEqual(before);
  await both(false);
  const fact = await world.db.fact.findFirstOrThrow({ where: { subject: 'bkg_f' }, include: { deliveries: true } });
  expect(await counts()).toEqual(before.map((count, i) => count + (i === 2 ? fact.deliveries.length : 1)));
  expect(fact.payload).toMatchObject({ bookingId: 'bkg_f', paymentId: 'pay_f' });
});

test('a statement goes page by page to the first entry, each with what the account held after it', async () => {
  for (let i = 1n; i <= 25n; i += 1n) await inOne(give('payable:org_p', 'payable:org_s', i * 100n));
  await inOne(give('payable:org_s', 'payable:org_p', 50n));
  const pages = await statement('payable:org_s', 10);
  expect(pages.map((page) => page.length)).toEqual([10, 10, 6]);
  const lines = pages.flat().reverse();
  expect(lines[0]).toMatchObject({ amount: { minor: 100 }, balance: { minor: 100 }, reason: 'test', bookingId: 'bkg_1', kind: 'capture' });
  lines.forEach((line, i) => expect(fromWire(line.balance)).toEqual(sum(fromWire(line.amount), i === 0 ? euros(0n) : fromWire(lines[i - 1]!.balance))));
  expect(lines.at(-1)?.balance).toEqual({ minor: 32_450, currency: 'EUR' });
});

test('what is booked while somebody reads a statement does not shift its balances, whether begun before it or after', async () => {
  const account = 'payable:org_late';
  for (let i = 0; i < 6; i += 1) await inOne(give('payable:org_p', account, 10n));
  let end = (): void => undefined;
  let begun = (): void => undefined;
  const read = new Promise<void>((resolve) => { end = resolve; });
  const booked = new Promise<void>((resolve) => { begun = resolve; });
  // Its id is older than all that the first page shows, and it is committed after that page was read.
  const early = (ms: number, of: Context): Context => ({ ...of, newId: (prefix) => `${prefix}_${ulid(Date.now() - ms, new Uint8Array(16))}` });
  const late = transact(ctx, async (tx) => {
    await put(early(60_000, tx), give('payable:org_q', account, 1_000n));
    begun();
    await read;
  });
  await booked;
  const first = await statementOf(ctx, { account, currency: 'EUR', size: 3 });
  end();
  await late;
  await inOne(give('payable:org_p', account, 5n));
  await transact(early(61_000, ctx), (tx) => put(tx, give('payable:org_p', account, 7n)));
  const rest = await statement(account, 3, first.next ?? undefined);
  const lines = [first.entries, ...rest].flat().reverse();
  expect(lines[0]?.balance).toEqual(lines[0]?.amount);
  expect(lines).toHaveLength(6);
  expect((await statement(account, 3)).flat()).toHaveLength(9);
});

test('a statement goes on from a place of its own alone, and an account without entries has an empty one', async () => {
  for (const after of ['', 'x', '{', 'trf_1~1~0~1:1:~org_1', `trf_1~1~0~1:1:~trf_1'--`]) await expect(statementOf(ctx, { account: 'payable:org_s', currency: 'EUR', after })).rejects.toThrow(refusal('input_invalid'));
  expect(await statementOf(ctx, { account: 'payable:org_none', currency: 'EUR' })).toEqual({ entries: [], next: null });
});

test('an audit names each rule that was broken, and where', async () => {
  const broken = await openTestWorld();
  await transact(broken.ctx, (tx) => put(tx, capture('bkg_1', euros(100n))));
  expect(await audit(broken.ctx)).toEqual([]);
  await broken.pool.query('ALTER TABLE entry DISABLE TRIGGER USER; ALTER TABLE balance DISABLE TRIGGER balance_follows_entries');
  await broken.pool.query(`UPDATE entry SET minor = minor + 1 WHERE account = 'escrow:bkg_1'; UPDATE balance SET minor = 7 WHERE account = 'escrow:bkg_1'`);
  const faults = await audit(broken.ctx);
  expect(faults).toContainEqual({ rule: 'ledger_sums_to_zero', found: 'EUR 1' });
  expect(faults).toContainEqual({ rule: 'entry_keeps_balance', found: 'escrow:bkg_1 EUR 7 for 101' });
  expect(faults).toContainEqual({ rule: 'balance_follows_entries', found: 'not in force' });
  expect(new Set(faults.map(({ rule }) => rule))).toEqual(new Set(['ledger_sums_to_zero', 'transfer_sums_to_zero', 'entry_keeps_balance', 'entry_append_only', 'entry_kept', 'transfer_sums_to_zero', 'entry_with_its_transfer', 'balance_follows_entries']));
  await broken.close();
});

/** All pages of an account. */
async function statement(account: string, size: number, after?: string) {
  const pages: Awaited<ReturnType<typeof statementOf>>['entries'][] = [];
  for (let next: string | null | undefined = after; next !== null;) {
    const page: Awaited<ReturnType<typeof statementOf>> = await statementOf(ctx, { account, currency: 'EUR', size, after: next });
    pages.push(page.entries);
    next = page.next;
  }
  return pages;
}

test('a booking whose entries are of two currencies is read all the same: each account by its currency, each sum zero', async () => {
  const bookingId = 'bkg_two';
  const swiss = (minor: bigint) => ({ minor, currency: 'CHF' as const });
  await transact(ctx, (tx) => put(tx, capture(bookingId, euros(126_600n)), undefined, bookingId));
  await transact(ctx, (tx) => put(tx, capture(bookingId, swiss(500n)), undefined, bookingId));
  const { transfers, accounts, sum: all } = await entriesOf(ctx, bookingId);
  expect(transfers.map(({ entries }) => entries.map(({ amount, balance }) => [amount, balance]))).toEqual([euros(126_600n), swiss(500n)].map(({ minor, currency }) =>
    [-minor, minor].map((one) => [{ minor: Number(one), currency }, { minor: Number(one), currency }])));
  expect(accounts.map(({ account, balance }) => `${account} ${balance.minor} ${balance.currency}`)).toEqual(['provider:clearing -126600 EUR', `escrow:${bookingId} 126600 EUR`, 'provider:clearing -500 CHF', `escrow:${bookingId} 500 CHF`]);
  expect(all).toEqual({ minor: 0, currency: 'EUR' });
});
