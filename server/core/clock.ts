import pg from 'pg';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';

/** The two clocks of a process. The trade's may stand ahead of the wall, in development alone; sessions, codes and seals read the wall. */
export interface Clock {
  /** The trade's time. */
  readonly now: () => Date;
  /** The wall's time. */
  readonly realNow: () => Date;
  /** How far the trade's clock stands ahead, in milliseconds. */
  readonly ahead: () => number;
  /**
   * Moves the trade's clock, for every process on the database, to an instant or forward by milliseconds. It never goes back.
   *
   * @throws AppError `not_found` where FLOW_CLOCK is off, `input_invalid` for a time that is past.
   */
  readonly move: (to: Date | number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const channel = 'clock';
const pauseMs = 1_000;

/** Opens the clocks. With FLOW_CLOCK off the two are one, whatever the database says. */
export async function openClock(pool: pg.Pool, config: Pick<Config, 'flowClock'>): Promise<Clock> {
  const realNow = () => new Date();
  if (config.flowClock === 'off') {
    return { now: realNow, realNow, ahead: () => 0, move: () => Promise.reject(new AppError('not_found')), close: () => Promise.resolve() };
  }
  let aheadMs = 0;
  let closed = false;
  let client: pg.Client | undefined;
  const hear = (ms: unknown) => { aheadMs = Math.max(aheadMs, Number(ms ?? 0)); };
  const read = async () => { hear((await pool.query<{ ms: string }>('SELECT ahead_ms AS ms FROM clock WHERE id = 1')).rows[0]?.ms); };

  async function listen(): Promise<void> {
    const next = new pg.Client({ ...pool.options, keepAlive: true });
    next.on('notification', ({ payload }) => { hear(payload); });
    next.on('error', () => undefined);
    await next.connect();
    next.on('end', later);
    client = next;
    await next.query(`LISTEN ${channel}`);
    // Read after listening, so that no move falls between the two.
    await read();
  }
  let waiting = false;
  function later(): void {
    if (closed || waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (!closed) void listen().catch(later);
    }, pauseMs);
  }
  await listen();

  const now = () => new Date(Date.now() + aheadMs);
  return {
    now, realNow, ahead: () => aheadMs,
    async move(to) {
      const forwardMs = typeof to === 'number' ? to : to.getTime() - now().getTime();
      if (!Number.isFinite(forwardMs) || forwardMs < 0) throw new AppError('input_invalid', { field: 'to' });
      const target = Math.ceil(aheadMs + forwardMs);
      // Two who move it at once: it stands where the later of them wanted it.
      const { rows: [row] } = await pool.query<{ ms: string }>(
        'INSERT INTO clock (id, ahead_ms) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET ahead_ms = greatest(clock.ahead_ms, excluded.ahead_ms) RETURNING ahead_ms AS ms', [target]);
      hear(row?.ms);
      await pool.query('SELECT pg_notify($1, $2)', [channel, row?.ms]);
    },
    async close() {
      closed = true;
      await client?.end();
    },
  };
}
