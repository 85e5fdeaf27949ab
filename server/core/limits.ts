import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from './errors.ts';

/** How often one may ask, counted on this process: for each key, each origin and each address of a partner's page, and for each person of ours. */
export interface Limits {
  /** @throws AppError `rate_limited`, with the seconds to wait. */
  readonly guest: (from: { key: string; origin: string; ip: string }) => Promise<void>;
  /** @throws AppError `rate_limited`, with the seconds to wait. */
  readonly person: (from: { ip: string; who: string }) => Promise<void>;
}

/**
 * The limits of one process, in calls a minute.
 *
 * @param factor Widens them all: a benchmark asks more in a minute than a town.
 */
export function openLimits(factor = 1): Limits {
  const counter = (keyPrefix: string, points: number) => new RateLimiterMemory({ keyPrefix, points: points * factor, duration: 60 });
  const [key, origin, address] = [counter('key', 3_000), counter('origin', 3_000), counter('address', 240)];
  const [person, caller] = [counter('person', 600), counter('caller', 1_200)];
  return {
    guest: (from) => spend([[key, from.key], [origin, from.origin], [address, `${from.key}:${from.ip}`]]),
    person: (from) => spend([[caller, from.ip], ...(from.who ? [[person, from.who] as const] : [])]),
  };
}

async function spend(counts: readonly (readonly [RateLimiterMemory, string])[]): Promise<void> {
  try {
    await Promise.all(counts.map(([counter, who]) => counter.consume(who)));
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new AppError('rate_limited', { seconds: String(Math.ceil(error.msBeforeNext / 1_000)) });
  }
}
