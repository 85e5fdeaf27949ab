import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deploy } from '../prisma/migrate.ts';
import { openSandbox } from '../server/adapters/payments/sandbox.ts';
import { readConfig } from '../server/core/config.ts';
import { transact, type Context } from '../server/core/context.ts';
import { openDatabase, startEmbedded } from '../server/core/database.ts';
import { ulid } from '../server/core/ids.ts';
import { openLive } from '../server/core/live.ts';
import { openLog } from '../server/core/log.ts';
import { euros } from '../server/core/money.ts';
import { SUBSCRIBERS } from '../server/core/topics.ts';
import { reconcile } from '../server/reconciliation/service.ts';
import { capture, type Entry } from '../server/ledger/entries.ts';
import { audit, balanceOf, book, statementOf } from '../server/ledger/service.ts';

/*
 * The ledger on a PostgreSQL of its own that keeps what it says (fsync, synchronous_commit), load and database on the same processors. A
 * transfer is what the rooms do: `book` with the fact that it makes true, so that its entries, the fact, its deliveries and the work that
 * hears it are there together. First at speed, in slices that take turns so that whatever else the machine does falls on all alike; then
 * among a million entries; and at last the nightly look at all of it.
 */

/** Seconds of measuring for each kind, in three slices. */
const seconds = Number(process.env['BENCH_SECONDS'] ?? 12);
const slices = 3;
const bookings = Number(process.env['BOOKINGS'] ?? 100_000);
const workers = Number(process.env['WORKERS'] ?? 16);
const dir = mkdtempSync(path.join(tmpdir(), 'flow-bench-'));
const embedded = await startEmbedded({ dir });
const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: embedded.url, SESSION_SECRET: 'a secret of the benchmark, thirty-two letters long', LOG_LEVEL: 'error', DATA_DIR: dir });
const log = openLog('error');
await deploy(embedded.url);
const { db, pool, close } = openDatabase(embedded.url, workers);
const live = await openLive(embedded.url, log);
const ctx: Context = {
  db, config, log, live, inTransaction: false, now: () => new Date(), realNow: () => new Date(), newId: (prefix) => `${prefix}_${ulid(Date.now(), crypto.getRandomValues(new Uint8Array(16)))}`,
  userId: null, actor: null, partner: null, caller: { ip: '127.0.0.1', userAgent: 'bench' },
  adapters: { payments: openSandbox({ db, config, realNow: () => new Date() }) } as unknown as Context['adapters'],
};
const say = (line: string) => { process.stderr.write(`${line}\n`); };
const setting = async (name: string) => String((await pool.query<Record<string, string>>(`SHOW ${name}`)).rows[0]?.[name]);

/** Runs `work` by all workers together for one slice, after a warm-up of a sixth of it. Says how many were done, and in how many seconds. */
async function slice(work: (n: number) => Promise<unknown>): Promise<{ done: number; took: number }> {
  let done = 0;
  const began = performance.now();
  const [from, until] = [began + seconds * 1_000 / slices / 6, began + seconds * 1_000 / slices * 7 / 6];
  await Promise.all(Array.from({ length: workers }, async () => {
    while (performance.now() < until) {
      await work(next += 1);
      const now = performance.now();
      if (now >= from && now < until) done += 1;
    }
  }));
  return { done, took: (until - from) / 1_000 };
}

let next = 0;
let told = 0;
/** One transfer as the rooms book it. */
const transfer = async (key: string, bookingId: string, kind: 'capture' | 'payout', entries: readonly Entry[]) => {
  await book(ctx, { kind, key, bookingId, orgId: `org_${bookingId}`, entries, reason: 'Bench' }, { topic: 'payout.paid', payload: { bookingId, payoutId: key } });
  told += 1;
};

/** The p95 of a hundred and more looks, in milliseconds. */
async function p95(looks: readonly (() => Promise<unknown>)[]): Promise<number> {
  const times: number[] = [];
  for (const look of looks) {
    const from = performance.now();
    await look();
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return Math.round((times[Math.floor(times.length * 0.95)] ?? 0) * 100) / 100;
}

try {
  const [fsync, synchronousCommit] = [await setting('fsync'), await setting('synchronous_commit')];
  say(`fsync ${fsync}, synchronous_commit ${synchronousCommit}, ${workers} at once, ${seconds} s each`);
  const kinds = {
    spread: (n: number) => transfer(`spread:${n}`, `bkg_S${n % 20_000}`, 'payout', [
      { account: `payable:org_A${n % 20_000}`, amount: euros(-1_000n) }, { account: `payable:org_B${n * 7 % 20_000}`, amount: euros(1_000n) },
    ]),
    hot: (n: number) => transfer(`hot:${n}`, `bkg_H${n % 20_000}`, 'capture', capture(`bkg_H${n % 20_000}`, euros(1_000n))),
    naive: await naiveLedger(),
  };
  const sums = { spread: { done: 0, took: 0 }, hot: { done: 0, took: 0 }, naive: { done: 0, took: 0 } };
  // The first turn is for the machine to learn its way, and is not counted.
  for (let turn = -1; turn < slices; turn += 1) {
    for (const kind of ['spread', 'hot', 'naive'] as const) {
      const { done, took } = await slice(kinds[kind]);
      if (turn < 0) continue;
      sums[kind] = { done: sums[kind].done + done, took: sums[kind].took + took };
    }
  }
  const [spread, hot, naive] = [sums.spread, sums.hot, sums.naive].map(({ done, took }) => Math.round(done / took)) as [number, number, number];
  say(`spread ${spread}, hot ${hot} (all on provider:clearing), naive ${naive} transfers/s`);
  const [facts, deliveries] = [await db.fact.count(), await db.delivery.count()];
  assert(facts === told && deliveries === told * SUBSCRIBERS['payout.paid'].length, 'every transfer has its outbox rows');

  const laid = performance.now();
  for (let first = 0; first < bookings; first += 5_000) await layBookings(first, Math.min(first + 5_000, bookings));
  await pool.query('ANALYZE');
  const entries = await db.entry.count();
  say(`${entries} entries of ${bookings} more bookings laid out in ${((performance.now() - laid) / 1_000).toFixed(1)} s`);

  const some = Array.from({ length: 100 }, (_, i) => String(Math.floor(bookings * i / 100)));
  const accounts = ['provider:clearing', 'commission:platform', 'vat:FR', ...some.flatMap((n) => [`escrow:bkg_${n}`, `payable:org_${Number(n) % 2_000}`])];
  const balance = await p95(accounts.map((account) => () => balanceOf(ctx, account, 'EUR')));
  // Pages from the first and from the depth of the longest statement there is, and of everybody's.
  const depth: (string | undefined)[] = [undefined];
  for (let page = 0; page < 100; page += 1) depth.push((await statementOf(ctx, { account: 'provider:clearing', currency: 'EUR', size: 200, after: depth.at(-1) })).next ?? undefined);
  const statement = await p95([
    ...depth.map((after) => () => statementOf(ctx, { account: 'provider:clearing', currency: 'EUR', after })), ...accounts.map((account) => () => statementOf(ctx, { account, currency: 'EUR' })),
  ]);

  let peak = process.memoryUsage().rss;
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 20);
  const began = performance.now();
  const [books] = await reconcile(ctx);
  const broken = await audit(ctx);
  const took = (performance.now() - began) / 1_000;
  clearInterval(watch);
  for (const { rule, found } of broken) say(`BROKEN ${rule}: ${found}`);
  // The provider knows the bookings that were laid out, and nothing of the transfers that were booked for speed.
  assert(books && books.ours - books.theirs === BigInt(await db.transfer.count({ where: { kind: 'capture', key: { startsWith: 'hot:' } } })) * 1_000n, 'the books differ by what the provider was not told');

  console.log(JSON.stringify({
    bench: 'ledger', fsync, synchronous_commit: synchronousCommit, workers, spread_tps: spread, hot_tps: hot, naive_hot_tps: naive, hot_ratio: Math.round(hot / naive * 100) / 100,
    entries, invariants_failed: broken.length, balance_p95_ms: balance, statement_p95_ms: statement, reconcile_bookings: bookings, reconcile_s: Math.round(took * 100) / 100, reconcile_mb: Math.round(peak / 1_048_576),
  }));
} finally {
  await live.close();
  await close();
  await embedded.stop();
  rmSync(dir, { recursive: true });
}

/**
 * The ledger that everybody writes first, by the same client: one row holds the balance; it is read and locked, the sum is made here, and
 * all is written back, one question after another.
 */
async function naiveLedger(): Promise<(n: number) => Promise<void>> {
  await pool.query(`CREATE TABLE naive_account (id text PRIMARY KEY, minor bigint NOT NULL); CREATE TABLE naive_entry (id bigserial PRIMARY KEY, key text NOT NULL UNIQUE, account text NOT NULL, minor bigint NOT NULL);
    CREATE TABLE naive_outbox (id bigserial PRIMARY KEY, payload jsonb NOT NULL); INSERT INTO naive_account VALUES ('provider:clearing', 0)`);
  return (n) => transact(ctx, async ({ db }) => {
    const held = async (account: string) => (await db.$queryRaw<{ minor: bigint }[]>`SELECT minor FROM naive_account WHERE id = ${account} FOR UPDATE`)[0]?.minor ?? 0n;
    const clearing = await held('provider:clearing');
    const other = `escrow:bkg_H${n % 20_000}`;
    await db.$executeRaw`INSERT INTO naive_account VALUES (${other}, 0) ON CONFLICT DO NOTHING`;
    const before = await held(other);
    await db.$executeRaw`INSERT INTO naive_entry (key, account, minor) VALUES (${`${n}:1`}, 'provider:clearing', -1000)`;
    await db.$executeRaw`INSERT INTO naive_entry (key, account, minor) VALUES (${`${n}:2`}, ${other}, 1000)`;
    await db.$executeRaw`UPDATE naive_account SET minor = ${clearing - 1_000n} WHERE id = 'provider:clearing'`;
    await db.$executeRaw`UPDATE naive_account SET minor = ${before + 1_000n} WHERE id = ${other}`;
    await db.$executeRaw`INSERT INTO naive_outbox (payload) VALUES (${JSON.stringify({ n })}::jsonb)`;
  });
}

/**
 * Bookings that have gone their whole way, as the rooms book them and as the provider remembers them: deposit, balance, release, payout;
 * ten entries each. By the same tables with the same guards, many in one question.
 */
async function layBookings(first: number, until: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`INSERT INTO transfer (id, kind, key, hash, booking_id, org_id, at, reason)
      SELECT 'trf_9' || lpad(n::text, 24, '0') || step, (ARRAY['capture','capture','release','payout'])[step], 'laid:' || n || ':' || step, '', 'bkg_' || n, 'org_' || n % 2000, '2027-01-01', 'Bench'
      FROM generate_series($1::int, $2::int - 1) AS n, generate_series(1, 4) AS step`, [first, until]);
    await client.query(`INSERT INTO entry (transfer_id, line, account, minor, currency)
      SELECT 'trf_9' || lpad(n::text, 24, '0') || step, line, replace(replace(account, '#b', n::text), '#o', (n % 2000)::text), minor, 'EUR'
      FROM generate_series($1::int, $2::int - 1) AS n, (VALUES (1, 1, 'provider:clearing', -37980), (1, 2, 'escrow:bkg_#b', 37980), (2, 1, 'provider:clearing', -88620), (2, 2, 'escrow:bkg_#b', 88620),
        (3, 1, 'escrow:bkg_#b', -126600), (3, 2, 'commission:platform', 12000), (3, 3, 'vat:FR', 2400), (3, 4, 'payable:org_#o', 112200), (4, 1, 'payable:org_#o', -112200), (4, 2, 'provider:clearing', 112200)) AS lines (step, line, account, minor)`, [first, until]);
    await client.query(`INSERT INTO payout (id, booking_id, org_id, minor, currency, status, provider_ref, created_at, paid_at)
      SELECT 'pyo_' || n, 'bkg_' || n, 'org_' || n % 2000, 112200, 'EUR', 'paid', 'po_' || n, '2027-01-01', '2027-01-01' FROM generate_series($1::int, $2::int - 1) AS n`, [first, until]);
    await client.query(`INSERT INTO sandbox_object (id, kind, key, hash, secret, body, created_at)
      SELECT prefix || n, kind, prefix || n, '', '', jsonb_build_object('minor', minor, 'currency', 'EUR', 'status', 'captured'), '2027-01-01'
      FROM generate_series($1::int, $2::int - 1) AS n, (VALUES ('pi_d', 'intent', '37980'), ('pi_b', 'intent', '88620'), ('po_', 'payout', '112200')) AS objects (prefix, kind, minor)`, [first, until]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
