import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStripeDouble, type StripeDouble } from '../../server/adapters/payments/double/stripe.ts';
import { openStripe } from '../../server/adapters/payments/stripe.ts';
import { readConfig } from '../../server/core/config.ts';
import { transact, type Context } from '../../server/core/context.ts';
import { openDatabase } from '../../server/core/database.ts';
import { setDeadline } from '../../server/core/deadlines.ts';
import { ulid } from '../../server/core/ids.ts';
import { openLog } from '../../server/core/log.ts';
import { signedDeal } from '../../server/core/test-deal.ts';
import { fromDay } from '../../server/core/time.ts';
import { makeLink } from '../../server/identity/service.ts';
import { holder, Refusal, type Person } from '../people.ts';
import { pause, type Product } from '../product.ts';
import { faultsOf } from './check.ts';
import { openLine, type Line } from './line.ts';
import { phases, planRound, type Deal } from './plan.ts';
import { openPower, type Power } from './power.ts';

/** Money under blows: what is to be done, and who listens. */
export interface Trial {
  readonly seed: number;
  /** The rounds, by number: each is the same whatever came before it. */
  readonly rounds: readonly number[];
  /** Bookings a round. */
  readonly deals: number;
  readonly say: (line: string) => void;
}

/** How a round went. */
export interface Outcome {
  readonly round: number;
  readonly faults: readonly string[];
  readonly seconds: number;
}

const dayMs = 86_400_000;
const workers = 8;
const producers = 6;

/** A booking of a round with its buyer's link. */
interface Booked extends Deal {
  readonly bookingId: string;
  readonly orgId: string;
  readonly buyer: Person;
  readonly artist: number;
  readonly confirm: Person;
  /** The attempt that a late buyer has open. */
  secret: string;
}

interface Stage {
  readonly power: Power;
  readonly double: StripeDouble;
  readonly line: Line;
  readonly ctx: Context;
  readonly orgs: readonly string[];
}

/**
 * Runs the rounds one after another on one installation: the built server, a PostgreSQL of its own, and a double of the provider in this
 * process, which outlives both. Stops after the first round with a fault.
 */
export async function money({ seed, rounds, deals, say }: Trial): Promise<Outcome[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flow-chaos-'));
  const double = await openStripeDouble();
  let random = () => 1;
  const line = await openLine(double, () => random());
  const keys = { PAYMENTS: 'stripe', STRIPE_SECRET_KEY: double.keys.secret, STRIPE_PUBLISHABLE_KEY: double.keys.publishable, STRIPE_WEBHOOK_SECRET: double.keys.webhookSecrets.join(','), STRIPE_API: line.address, SESSION_SECRET: 'a secret of the trial by fire, thirty-two letters long' };
  const power = await openPower(folder, keys, await freePort());
  const { db, close } = openDatabase(power.databaseUrl, 8);
  const log = openLog('silent');
  const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: power.databaseUrl, DATA_DIR: folder, LOG_LEVEL: 'silent', ...keys });
  const ctx: Context = {
    db, config, log, live: { news: () => { throw new Error('nobody listens here'); }, onProfile: () => () => undefined, close: () => Promise.resolve() }, inTransaction: false, now: () => new Date(Date.now() + ahead), realNow: () => new Date(),
    newId: (prefix) => `${prefix}_${ulid(Date.now(), crypto.getRandomValues(new Uint8Array(16)))}`, userId: null, actor: null, partner: null, caller: { ip: '127.0.0.1', userAgent: 'chaos' },
    adapters: { payments: openStripe({ db, keys: double.keys, realNow: () => new Date(), log, api: double.api }) } as unknown as Context['adapters'],
  };
  const outcomes: Outcome[] = [];
  try {
    const orgs = Array.from({ length: producers }, () => ctx.newId('org'));
    for (const orgId of orgs) {
      await ctx.adapters.payments.openAccount({ orgId, country: 'FR', email: `${orgId}@artist.example`, done: 'https://flow.example', again: 'https://flow.example' });
      const account = double.all('account').at(-1);
      if (account) double.account(account.id, 'open');
    }
    for (const round of rounds) {
      const began = performance.now();
      const plan = planRound(seed, round, deals);
      random = plan.random;
      const faults = await runRound({ power, double, line, ctx, orgs }, plan).catch((error: unknown) => [`the round did not end: ${error instanceof Error ? error.message : String(error)}`]);
      const seconds = (performance.now() - began) / 1_000;
      outcomes.push({ round, faults, seconds });
      const struck = [...plan.blows].map(([phase, { what, at }]) => `${what} in phase ${phase} after ${at} ms`).join(', ');
      say(`round ${round}: ${faults.length === 0 ? 'whole' : 'BROKEN'}, ${seconds.toFixed(1)} s (${struck})`);
      for (const fault of faults.slice(0, 20)) say(`  ${fault}`);
      if (faults.length > 0) break;
    }
    return outcomes;
  } finally {
    await close();
    await power.close();
    await line.close();
    await double.close();
    if (!process.env['KEEP']) rmSync(folder, { recursive: true, force: true });
  }
}

/** How far the trade's clock stands ahead of the wall, in milliseconds. */
let ahead = 0;

async function runRound(stage: Stage, plan: ReturnType<typeof planRound>): Promise<string[]> {
  const { power, line, double, ctx } = stage;
  await power.restore();
  const base = ctx.now();
  const booked = await Promise.all(plan.deals.map((deal) => layOut(stage, deal, base)));
  const over = new AbortController();
  const carrier = (async () => {
    while (!over.signal.aborted) {
      await line.carry(power.address);
      await pause(25);
    }
  })();
  try {
    line.bad = true;
    for (const [phase, days] of phases.entries()) {
      const blow = plan.blows.get(phase);
      if (days > 0) await moveTo(power, new Date(base.getTime() + days * dayMs));
      const struck = blow ? strike(power, blow) : Promise.resolve();
      const queue = [...booked];
      await Promise.all(Array.from({ length: workers }, async () => {
        for (let deal = queue.shift(); deal; deal = queue.shift()) await act(stage, deal, phase);
      }));
      await struck;
      await quiet(stage, 4_000);
    }
    line.bad = false;
    await power.restore();
    // What the hour brings: it takes up what stands still.
    await patiently(() => ctx.db.$queryRaw`SELECT 1 AS done FROM graphile_worker.add_job('mend')`);
    const left = await quiet(stage, 40_000);
    if (left) return [`not quiet: ${left}`, ...await faultsOf(ctx, double)];
    return await faultsOf(ctx, double);
  } finally {
    line.bad = false;
    over.abort();
    await carrier;
  }
}

async function strike(power: Power, { at, what, away }: { at: number; what: 'server' | 'database' | 'both'; away: number }): Promise<void> {
  await pause(at);
  if (what !== 'server') await power.kill('database');
  if (what !== 'database') await power.kill('server');
  await pause(away);
  await power.restore();
}

/** A signed contract, and the links that its mails would carry. */
async function layOut({ power, ctx, orgs }: Stage, deal: Deal, base: Date): Promise<Booked> {
  const orgId = orgs[deal.artist] ?? '';
  const begins = new Date(base.getTime() + deal.showIn * dayMs);
  const made = await signedDeal(ctx, { price: deal.price, showDay: begins.toISOString().slice(0, 10), artistOrgId: orgId });
  const { bookingId, buyerOrgId } = made;
  await ctx.db.request.create({ data: {
    bookingId, orgId, buyerOrgId, asker: 'venue', contactName: 'Ana Exemple', organisation: 'La Halle', email: `${buyerOrgId}@buyer.example`, occasion: 'Concert', showDay: fromDay(begins.toISOString().slice(0, 10)),
    place: 'La Halle', city: 'Rennes', budgetMinor: deal.price, currency: 'EUR',
  } });
  await transact(ctx, (tx) => setDeadline(tx, 'show.presumed', bookingId, new Date(begins.getTime() + 3 * dayMs)));
  const link = async (purpose: 'pay' | 'confirm') => holder(productOf(power), await makeLink(ctx, { purpose, bookingId, orgId: buyerOrgId, email: `${buyerOrgId}@buyer.example`, days: 30 }));
  return { ...deal, bookingId, orgId, buyer: await link('pay'), confirm: await link('confirm'), secret: '' };
}

const productOf = (power: Power): Product => ({
  address: power.address, origins: { platform: `http://platform.localhost:${new URL(power.address).port}` } as Product['origins'], start: power.restore, kill: () => power.kill('server'), data: '', close: power.close,
});

/** What the buyer of a booking does in a phase. */
async function act(stage: Stage, deal: Booked, phase: number): Promise<void> {
  const { double } = stage;
  await pause(deal.after / (phase + 1));
  const { story } = deal;
  if (phase === 0) {
    if (story === 'never') return;
    // The mail with the link leaves once something is to be paid, however long a struck or busy server takes to say so.
    await patiently(async () => {
      if (await stage.ctx.db.payment.count({ where: { bookingId: deal.bookingId } }) === 0) throw new Error('nothing was asked for yet');
    });
    if (story === 'late') deal.secret = (await begin(deal))?.clientSecret ?? '';
    else await pay(stage, deal);
    if (story === 'cancels') await cancel(deal);
  }
  if (phase === 1) {
    if (story === 'late' && deal.secret) await double.confirm(deal.secret, 'pm_card_visa');
    if (story === 'cancels_late' || story === 'wont_refund') await cancel(deal);
  }
  if (phase === 2) {
    if (story === 'balance_fails') await pay(stage, deal);
    if (deal.after % 2 === 0) await insist(() => deal.confirm.act('booking.confirmPlayed', { bookingId: deal.bookingId }));
  }
  if (phase === 3 && story === 'charged_back') {
    for (const { payment_intent: intent, status } of double.all('dispute')) {
      if (typeof intent === 'string' && status === 'needs_response' && bookingOf(double, intent) === deal.bookingId) double.decide(intent, deal.twice);
    }
  }
}

const bookingOf = (double: StripeDouble, intent: string): unknown => (double.all('payment_intent').find(({ id }) => id === intent)?.['metadata'] as { bookingId?: string } | undefined)?.bookingId;

interface Begun {
  readonly clientSecret: string;
  readonly ref: string;
}

/** Begins what is to be paid, twice at once when the buyer is impatient; null when there is nothing. */
async function begin({ buyer, bookingId, twice }: Booked): Promise<Begun | null> {
  const one = () => insist(() => buyer.act<Begun & Record<string, unknown>>('till.beginPayment', { bookingId }));
  const [begun] = await Promise.all([one(), ...(twice ? [one()] : [])]);
  return begun instanceof Refusal ? null : begun;
}

/** Pays all that may be paid by hand now, as the story goes. */
async function pay({ double, ctx }: Stage, deal: Booked): Promise<void> {
  const first: Readonly<Partial<Record<Deal['story'], string>>> = {
    declined: 'pm_card_chargeDeclined', asked: 'pm_card_authenticationRequiredOnSetup', debit: 'FR1420041010050500013M02606', bounced: 'FR1420041010050500013M02606', balance_fails: 'pm_card_authenticationRequired',
    charged_back: 'pm_card_createDisputeProductNotReceived', wont_refund: 'pm_card_refundFail',
  };
  for (let tries = 0; tries < 4; tries += 1) {
    const begun = await begin(deal);
    if (!begun) return;
    const fresh = tries === 0 || deal.story === 'balance_fails' || deal.story === 'charged_back' || deal.story === 'wont_refund';
    const method = (fresh ? first[deal.story] : undefined) ?? 'pm_card_visa';
    await double.confirm(begun.clientSecret, method);
    const intent = [...double.all('payment_intent'), ...double.all('setup_intent')].find(({ id }) => id === begun.ref);
    if (intent?.['status'] === 'requires_action') double.authenticate(begun.clientSecret, true);
    if (intent?.['status'] === 'processing') double.clear(begun.ref, deal.story === 'debit');
    if (intent?.['status'] !== 'requires_payment_method') await heard(ctx, deal.bookingId, begun.ref);
  }
}

/** Waits as a page does that says how a payment stands: until the server has heard of it, some seconds at most. */
async function heard({ db }: Context, bookingId: string, ref: string): Promise<void> {
  const until = Date.now() + 6_000;
  while (Date.now() < until) {
    await pause(60);
    const waits = await patiently(() => db.payment.count({ where: { bookingId, providerRef: ref, status: 'due' } }));
    const saved = await patiently(() => db.mandate.count({ where: { bookingId } }));
    if (waits === 0 || (ref.startsWith('seti_') && saved > 0)) return;
  }
}

async function cancel({ buyer, bookingId }: Booked): Promise<void> {
  interface Plan { kept: { minor: number }; owed: { minor: number }; refund: { minor: number } }
  for (let tries = 0; tries < 5; tries += 1) {
    const seen = await insist(() => buyer.ask<Plan & Record<string, unknown>>('refunds.simulate', { bookingId, cause: 'organiser' }));
    if (seen instanceof Refusal) return;
    const { kept, owed, refund } = seen;
    const done = await insist(() => buyer.act('refunds.cancel', { bookingId, cause: 'organiser', reason: 'Plus de salle.', seen: { kept: kept.minor, owed: owed.minor, refund: refund.minor } }));
    // A card is being charged, or money came meanwhile: the buyer looks again.
    if (!(done instanceof Refusal) || !['payment_under_way', 'cancellation_changed'].includes(done.reason)) return;
    await pause(100);
  }
}

/** Asks as somebody does who reloads the page until it answers; a refusal by the rules of the trade is an answer. */
async function insist<T>(ask: () => Promise<T>): Promise<T | Refusal> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refusal && error.status < 500 && error.status !== 429) return error;
      if (Date.now() > until) throw error;
    }
    await pause(80);
  }
}

/** Asks the database until it is there. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await pause(80);
  }
}

/** Moves the trade's clock, however often the server is struck meanwhile. */
async function moveTo(power: Power, to: Date): Promise<void> {
  await patiently(async () => {
    const answer = await fetch(`${power.address}/dev/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to: to.toISOString() }), signal: AbortSignal.timeout(30_000) });
    // It was moved in a try whose answer was lost.
    const { now } = await (await fetch(`${power.address}/dev/clock`)).json() as { now: string };
    if (!answer.ok && new Date(now) < to) throw new Error(`the clock was not moved: ${answer.status}`);
    ahead = new Date(now).getTime() - Date.now();
  });
}

/** Waits until nothing is under way any more, `most` milliseconds; what failed is tried again at once and not when its pause is over. Says what is left. */
async function quiet({ power, line, ctx }: Stage, most: number): Promise<string> {
  const until = Date.now() + most;
  let left = '';
  let still = 0;
  while (Date.now() < until) {
    const waiting = await line.carry(power.address);
    const jobs = await patiently(() => ctx.db.$queryRaw<{ what: string }[]>`
      SELECT task.identifier || ' ' || job.attempts || coalesce(' ' || left(job.last_error, 120), '') || CASE WHEN job.locked_at IS NULL THEN '' ELSE ' under way' END AS what FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id
      WHERE job.attempts < job.max_attempts AND task.identifier NOT IN ('tick', 'purge', 'forget_views', 'reconcile') ORDER BY job.id LIMIT 5`);
    left = [...jobs.map(({ what }) => what), ...(waiting > 0 ? [`${waiting} webhooks`] : [])].join('; ');
    if (left === '') still += 1;
    else {
      still = 0;
      await patiently(() => ctx.db.$queryRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL AND run_at > now() RETURNING 1 AS done`);
    }
    if (still === 2) return '';
    await pause(40);
  }
  return left;
}

const freePort = () => new Promise<number>((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const found = probe.address();
    probe.close(() => { resolve(typeof found === 'object' && found ? Math.min(found.port, 65_000) : 0); });
  });
});
