import { EventEmitter } from 'node:events';
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import { sandboxTasks } from './adapters/payments/sandbox.ts';
import { accountingDue, accountingHeard } from './accounting/jobs.ts';
import { analyticsHeard, analyticsTasks } from './analytics/jobs.ts';
import { billingDue, billingHeard, billingTasks } from './billing/jobs.ts';
import { bookingDue } from './booking/jobs.ts';
import { calendarDue } from './calendar/jobs.ts';
import { certificationTasks } from './certification/jobs.ts';
import { chargebacksTasks } from './chargebacks/jobs.ts';
import { claimsDue, claimsHeard } from './claims/jobs.ts';
import { contractsDue, contractsHeard } from './contracts/jobs.ts';
import { transact, type Context } from './core/context.ts';
import { tick, type Due } from './core/deadlines.ts';
import { purge } from './core/purge.ts';
import type { Heard, Tasks } from './core/outbox.ts';
import type { Consumer, Topic } from './core/topics.ts';
import { alertsTasks } from './alerts/jobs.ts';
import { discoveryDue, discoveryHeard, discoveryTasks } from './discovery/jobs.ts';
import { disputesHeard } from './disputes/jobs.ts';
import { dossierHeard } from './dossier/jobs.ts';
import { escrowDue, escrowHeard } from './escrow/jobs.ts';
import { matchingHeard } from './matching/jobs.ts';
import { learningTasks } from './learning/jobs.ts';
import { municipalHeard } from './municipal/jobs.ts';
import { nearbyHeard, nearbyTasks } from './nearby/jobs.ts';
import { noticesTasks } from './notices/jobs.ts';
import { notificationsHeard, notificationsTasks } from './notifications/jobs.ts';
import { operationsTasks } from './operations/jobs.ts';
import { outgoingTasks } from './outgoing/jobs.ts';
import { payoutsDue, payoutsHeard, payoutsTasks } from './payouts/jobs.ts';
import { plansDue, plansTasks } from './plans/jobs.ts';
import { quotesDue } from './quotes/jobs.ts';
import { reconciliationTasks } from './reconciliation/jobs.ts';
import { refundsHeard } from './refunds/jobs.ts';
import { reviewsDue, reviewsHeard } from './reviews/jobs.ts';
import { searchesTasks } from './searches/jobs.ts';
import { sendingsHeard } from './sendings/jobs.ts';
import { tillTasks } from './till/jobs.ts';
import { webhooksHeard, webhooksTasks } from './webhooks/jobs.ts';

/** Which room hears as which consumer. */
export const HEARD: Readonly<Record<Consumer, Heard>> = {
  nearby: nearbyHeard, matching: matchingHeard, discovery: discoveryHeard, municipal: municipalHeard, contracts: contractsHeard, escrow: escrowHeard, reviews: reviewsHeard, refunds: refundsHeard, disputes: disputesHeard, claims: claimsHeard, billing: billingHeard, accounting: accountingHeard,
  analytics: analyticsHeard, notifications: notificationsHeard, dossier: dossierHeard, payouts: payoutsHeard, tours: sendingsHeard, webhooks: webhooksHeard,
};

/** Everything that becomes due, of every room. */
const DUE: Due = { ...calendarDue, ...bookingDue, ...discoveryDue, ...contractsDue, ...escrowDue, ...claimsDue, ...reviewsDue, ...plansDue, ...quotesDue, ...billingDue, ...accountingDue, ...payoutsDue };

/** Everything that is done on its own time, of every room. */
const TASKS: Tasks = { ...tillTasks, ...noticesTasks, ...outgoingTasks, ...reconciliationTasks, ...chargebacksTasks, ...plansTasks, ...certificationTasks, ...billingTasks, ...payoutsTasks, ...analyticsTasks, ...alertsTasks, ...discoveryTasks, ...notificationsTasks, ...sandboxTasks, ...operationsTasks, ...learningTasks, ...searchesTasks, ...nearbyTasks };

/** What calls strangers' servers, and may wait for each: it has workers of its own, so that nothing else waits with it. */
const ABROAD: Tasks = { ...webhooksTasks };

/** Lets every subscriber hear a fact, each in a transaction of its own; those who could not are tried again later. */
async function deliver(ctx: Context, factId: bigint): Promise<void> {
  const fact = await ctx.db.fact.findUniqueOrThrow({ where: { id: factId }, include: { deliveries: { where: { doneAt: null } } } });
  const failures: unknown[] = [];
  for (const { consumer } of fact.deliveries) {
    try {
      await transact(ctx, async (tx) => {
        const { count } = await tx.db.delivery.updateMany({ where: { factId, consumer, doneAt: null }, data: { doneAt: tx.realNow() } });
        if (count === 0) return;
        // The payload was typed when it was told.
        const hear = HEARD[consumer as Consumer][fact.topic as Topic] as ((ctx: Context, payload: unknown, fact: { id: bigint; toldAt: Date }) => Promise<void>) | undefined;
        await hear?.(tx, fact.payload, fact);
      });
    } catch (error) {
      ctx.log.error({ fact: fact.topic, subject: fact.subject, consumer, err: error }, 'a delivery failed and will be tried again');
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${fact.topic} was not heard by everybody`);
}

/** Sweeps until nothing more is due: what happens at one date may set another. */
export async function sweep(ctx: Context): Promise<number> {
  let done = 0;
  for (let round = 0; round < 50; round += 1) {
    const more = await tick(ctx, DUE);
    if (more === 0) break;
    done += more;
  }
  return done;
}

const listOf = (ctx: Context, tasks: Tasks): TaskList => Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task(ctx, payload as Readonly<Record<string, string>>)]));

/** What works: it can be stopped, and then finishes what it has begun. */
export interface Work {
  readonly stop: () => Promise<void>;
}

/**
 * What comes again by itself, in the words of cron, UTC. Each is tried three times, for a server or a database that is killed ends the try that is under
 * way.
 */
export const RECURRING = [
  '* * * * * tick ?max=3',
  '30 3 * * * reconcile ?max=3',
  '10 4 * * * forget_views ?max=3',
  '45 3 * * * purge ?max=3',
  '25 5 * * * tell_sellers ?max=3',
  '17 * * * * mend ?max=3',
  '20 4 1 * * certify ?max=3',
  '40 2 * * * learn ?max=3',
  '35 * * * * look_anew ?max=3',
  '50 * * * * tell_near ?max=3',
].join('\n');

/** Works until it is stopped: deliveries and tasks as they come, deadlines each minute and whenever the trade's clock is moved. */
export async function work(ctx: Context, pool: pg.Pool): Promise<Work> {
  const taskList: TaskList = {
    deliver: (payload) => deliver(ctx, BigInt((payload as { factId: string }).factId)),
    tick: async () => {
      await freeDead(ctx, pool);
      await sweep(ctx);
    },
    purge: async () => { await purge(ctx); },
    ...listOf(ctx, TASKS),
  };
  const events: WorkerEvents = new EventEmitter();
  const life = await openLife(ctx, pool);
  let named: Promise<unknown> = Promise.resolve();
  const hold = (name: string) => { named = named.then(() => life.hold(name)); };
  // Jobs are taken in the name of a worker, or of the pool that it belongs to.
  events.on('pool:create', ({ workerPool }) => { hold(workerPool.id); });
  events.on('worker:create', ({ worker }) => { hold(worker.workerId); });
  await freeDead(ctx, pool);
  const runner = await run({ pgPool: pool, taskList, concurrency: 5, noHandleSignals: true, crontab: RECURRING, pollInterval: 1_000, logger: quiet(ctx), events });
  const abroad = await run({ pgPool: pool, taskList: listOf(ctx, ABROAD), concurrency: 10, noHandleSignals: true, parsedCronItems: [], pollInterval: 3_000, logger: quiet(ctx), events });
  await named;
  return {
    stop: async () => {
      await Promise.all([runner.stop(), abroad.stop()]);
      life.end();
    },
  };
}

/**
 * The names of this process's workers, held as long as one connection lives: a killed process lets go of them at once. A connection
 * that is lost is opened again, with all its names.
 */
async function openLife(ctx: Context, pool: pg.Pool): Promise<{ hold: (name: string) => Promise<void>; end: () => void }> {
  const names = new Set<string>();
  let ended = false;
  let client = await open();
  async function open(): Promise<pg.PoolClient> {
    const fresh = await pool.connect();
    try {
      for (const name of names) await take(fresh, name);
    } catch (error) {
      fresh.release(true);
      throw error;
    }
    fresh.once('end', () => {
      if (ended) return;
      fresh.release(true);
      void again();
    });
    return fresh;
  }
  async function again(): Promise<void> {
    while (!ended) {
      try {
        client = await open();
        ctx.log.warn('the connection that names our workers was lost, and is open again');
        return;
      } catch {
        await new Promise((resolve) => { setTimeout(resolve, 500).unref(); });
      }
    }
  }
  return {
    hold: async (name) => {
      names.add(name);
      await take(client, name);
    },
    end: () => {
      ended = true;
      client.release(true);
    },
  };
}

const take = async (client: pg.PoolClient, name: string): Promise<void> => { await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [workers, name]); };

/** The space of advisory locks in which workers hold their names. */
const workers = 7_301;

/**
 * Gives back the jobs of workers that died with them in hand; without this they would wait four hours. A worker is dead when
 * nobody holds its name.
 */
async function freeDead(ctx: Context, pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`
      SELECT DISTINCT locked_by AS name FROM (
        SELECT locked_by FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
        UNION SELECT locked_by FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL) AS held`);
    for (const { name } of rows) {
      const { rows: [lock] } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1, hashtext($2)) AS free', [workers, name]);
      if (!lock?.free) continue;
      await client.query('SELECT graphile_worker.force_unlock_workers($1::text[])', [[name]]);
      await client.query('SELECT pg_advisory_unlock($1, hashtext($2))', [workers, name]);
      ctx.log.warn({ worker: name }, 'a worker died with work in hand; it was given back');
    }
  } finally {
    client.release();
  }
}

/** The worker's own words, at our level: its news is our debug. */
const quiet = (ctx: Context): Logger => new Logger(() => (level, message) => {
  const said: string = level;
  if (said === 'error') ctx.log.warn({ worker: message }, 'worker');
  else ctx.log.debug({ worker: message }, 'worker');
});
