import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './address.ts';
import { AppError } from './errors.ts';

/**
 * How often one may ask, counted on this process. A batch counts as many calls as it holds. An address counts as `networkOf` says.
 *
 * Each throws AppError `rate_limited`, with the seconds to wait.
 */
export interface Limits {
  /** A visitor of a partner's page, by address: before anything is looked up for them. */
  readonly guest: (ip: string, calls?: number) => Promise<void>;
  /** The page they stand on, once its key is known: what one address may not ask is not counted against the page. */
  readonly page: (from: { key: string; origin: string }, calls?: number) => Promise<void>;
  /** The same two, for a calendar that looks by itself whether a day has changed: it takes nothing from who asks something. */
  readonly look: Limits['guest'];
  readonly lookPage: Limits['page'];
  /** Whoever comes to our own origin, by address: before anything is looked up for them. */
  readonly caller: (ip: string, calls?: number) => Promise<void>;
  /** Whoever opens something with a secret that no mail asks for, by address: before it is looked up. */
  readonly secret: (ip: string) => Promise<void>;
  /** A person of ours, or the holder of a link. */
  readonly person: (who: string, calls?: number) => Promise<void>;
  /** A request for a date: each makes an organisation and writes mails. */
  readonly request: (from: { ip: string; email: string; artist: string }) => Promise<void>;
  /** A wish to hear an artist near: each counts as demand, and may write mails. `insee` is the town it is for. */
  readonly wish: (from: { ip: string; email: string; artist: string; insee: string }) => Promise<void>;
  /** A request that came without a proof of work: from a page without cryptography, without scripts, or from a program. */
  readonly unproven: (from: { ip: string; key: string }) => Promise<void>;
  /** An organisation that has a page of its own read: each makes us ask a stranger's server. */
  readonly check: (orgId: string) => Promise<void>;
  /** Whom an organisation likes, passes, keeps or hides, by the minute and by the day. */
  readonly choice: (orgId: string) => Promise<void>;
  /** Somebody who tries to sign in, or lets a mail be sent, as `email`: guessing and flooding come from many addresses. */
  readonly account: (act: 'guess' | 'mail', email: string) => Promise<void>;
}

const minute = 60;
const tenMinutes = 600;
const day = 86_400;

/**
 * The limits of one process.
 *
 * @param factor Widens them all: a benchmark asks more in a minute than a town.
 */
export function openLimits(factor = 1): Limits {
  const counter = (keyPrefix: string, points: number, duration = minute) => new RateLimiterMemory({ keyPrefix, points: points * factor, duration });
  const [guest, key, origin] = [counter('guest', 240), counter('key', 3_000), counter('origin', 3_000)];
  const [look, lookKey, lookOrigin] = [counter('look', 240), counter('look-key', 6_000), counter('look-origin', 6_000)];
  const [caller, person] = [counter('caller', 1_200), counter('person', 600)];
  const opener = counter('secret', 60);
  const [asker, mailbox, artist] = [counter('asker', 20, tenMinutes), counter('mailbox', 5, tenMinutes), counter('artist', 100, tenMinutes)];
  const [wisher, wished, wishedHere] = [counter('wisher', 10, tenMinutes), counter('wished', 300, tenMinutes), counter('wished-here', 5, day)];
  const [stranger, unprovenKey] = [counter('stranger', 5, tenMinutes), counter('unproven', 60, tenMinutes)];
  const checked = counter('check', 20, tenMinutes);
  const [chosen, chosenInDay] = [counter('choice', 60), counter('choice-day', 500, day)];
  const [guess, mail] = [counter('guess', 30, tenMinutes), counter('mail', 5, tenMinutes)];
  return {
    guest: (ip, calls) => spend([[guest, networkOf(ip)]], calls),
    page: (from, calls) => spend([[key, from.key], [origin, from.origin]], calls),
    look: (ip, calls) => spend([[look, networkOf(ip)]], calls),
    lookPage: (from, calls) => spend([[lookKey, from.key], [lookOrigin, from.origin]], calls),
    caller: (ip, calls) => spend([[caller, networkOf(ip)]], calls),
    secret: (ip) => spend([[opener, networkOf(ip)]]),
    person: (who, calls) => spend([[person, who]], calls),
    request: (from) => spend([[asker, networkOf(from.ip)], [mailbox, from.email.toLowerCase()], [artist, from.artist]]),
    wish: (from) => spend([[wisher, networkOf(from.ip)], ...(from.email ? [[mailbox, from.email.toLowerCase()] as const] : []), [wished, from.artist], [wishedHere, `${networkOf(from.ip)} ${from.artist} ${from.insee}`]]),
    unproven: (from) => spend([[stranger, networkOf(from.ip)], [unprovenKey, from.key]]),
    check: (orgId) => spend([[checked, orgId]]),
    choice: (orgId) => spend([[chosen, orgId], [chosenInDay, orgId]]),
    account: (act, email) => spend([[act === 'guess' ? guess : mail, email.toLowerCase()]]),
  };
}

/** In turn: who is refused by one counter is not counted by those after it. */
async function spend(counts: readonly (readonly [RateLimiterMemory, string])[], calls = 1): Promise<void> {
  try {
    for (const [counter, who] of counts) await counter.consume(who, calls);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new AppError('rate_limited', { seconds: String(Math.ceil(error.msBeforeNext / 1_000)) });
  }
}
