import { Logger, run, type Runner, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import { sandboxTasks } from './adapters/payments/sandbox.ts';
import { billingDue, billingHeard } from './billing/jobs.ts';
import { bookingDue } from './booking/jobs.ts';
import { calendarDue } from './calendar/jobs.ts';
import { contractsHeard } from './contracts/jobs.ts';
import { transact, type Context } from './core/context.ts';
import { tick, type Due } from './core/deadlines.ts';
import type { Heard, Tasks } from './core/outbox.ts';
import type { Consumer, Topic } from './core/topics.ts';
import { dossierHeard } from './dossier/jobs.ts';
import { escrowDue, escrowHeard, escrowTasks } from './escrow/jobs.ts';
import { matchingHeard } from './matching/jobs.ts';
import { municipalHeard } from './municipal/jobs.ts';
import { notificationsHeard, notificationsTasks } from './notifications/jobs.ts';

/** Which room hears as which consumer. */
export const HEARD: Readonly<Record<Consumer, Heard>> = {
  matching: matchingHeard, municipal: municipalHeard, contracts: contractsHeard, escrow: escrowHeard, billing: billingHeard,
  notifications: notificationsHeard, dossier: dossierHeard,
};

/** Everything that becomes due, of every room. */
export const DUE: Due = { ...calendarDue, ...bookingDue, ...escrowDue, ...billingDue };

/** Everything that is done on its own time, of every room. */
const TASKS: Tasks = { ...escrowTasks, ...notificationsTasks, ...sandboxTasks };

/** Lets every subscriber hear a fact, each in a transaction of its own; those who could not are tried again later. */
export async function deliver(ctx: Context, factId: bigint): Promise<void> {
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

/** Works until it is stopped: deliveries and tasks as they come, deadlines each minute and whenever the trade's clock is moved. */
export async function work(ctx: Context, pool: pg.Pool): Promise<Runner> {
  const taskList: TaskList = {
    deliver: (payload) => deliver(ctx, BigInt((payload as { factId: string }).factId)),
    tick: async () => { await sweep(ctx); },
    ...Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, (payload: unknown) => task(ctx, payload as Readonly<Record<string, string>>)])),
  };
  return run({ pgPool: pool, taskList, concurrency: 5, noHandleSignals: true, crontab: '* * * * * tick ?max=1', pollInterval: 1_000, logger: quiet(ctx) });
}

/** The worker's own words, at our level: its news is our debug. */
const quiet = (ctx: Context): Logger => new Logger(() => (level, message) => {
  if (level === 'error') ctx.log.warn({ worker: message }, 'worker');
  else ctx.log.debug({ worker: message }, 'worker');
});
