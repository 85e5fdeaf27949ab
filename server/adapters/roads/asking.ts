import type { Context } from '../../core/context.ts';
import type { RoadFailure } from '../ports.ts';

/** What measuring needs of its surroundings; `timeoutMs` is for one answer. */
export interface Surroundings {
  readonly url: string;
  readonly realNow: () => Date;
  readonly log: Context['log'];
  readonly timeoutMs?: number;
}

/** Milliseconds for one answer: somebody waits for a plan. */
const patience = 10_000;
/** Milliseconds for which a provider is left alone after it failed, and the most that it may ask for itself. */
const [rest, longestRest] = [30_000, 600_000];

/** What a provider answered, or why nothing. */
type Answer = { readonly body: unknown; readonly ok: boolean } | { readonly failed: RoadFailure };

/** One provider that is asked. */
interface Asking {
  readonly rests: () => RoadFailure | null;
  readonly ask: (url: string, init?: RequestInit) => Promise<Answer>;
  /** Notes why nothing was measured, in the log as well; nonsense alone is no reason to rest. */
  readonly failed: (why: RoadFailure, details: object, forMs?: number) => { readonly failed: RoadFailure };
}

/**
 * Asks one provider, with a limit of time and without following it elsewhere. Silence, a failure of theirs, too many questions and a refused key are told
 * apart, and let it rest. What is logged has neither address nor key.
 */
export function asking(name: string, { realNow, log, timeoutMs = patience }: Surroundings): Asking {
  let resting: { readonly why: RoadFailure; readonly until: number } | null = null;
  const failed: Asking['failed'] = (why, details, forMs = rest) => {
    if (why !== 'provider_odd') resting = { why, until: realNow().getTime() + forMs };
    log.warn({ provider: name, why, ...details }, 'ways were not measured');
    return { failed: why };
  };
  return {
    failed,
    rests: () => (resting && resting.until > realNow().getTime() ? resting.why : null),
    ask: async (url, init) => {
      try {
        const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
        const { status } = answer;
        const text = await answer.text();
        if (status === 429) return failed('provider_busy', { status }, Math.min(longestRest, Number(answer.headers.get('retry-after') ?? 0) * 1_000 || rest));
        if (status === 401 || status === 403) return failed('provider_refused', { status });
        if (status >= 500) return failed('provider_down', { status });
        try {
          return { ok: answer.ok, body: JSON.parse(text) as unknown };
        } catch {
          return failed('provider_odd', { status });
        }
      } catch (error) {
        return failed('provider_down', { code: error instanceof Error ? error.name : '' });
      }
    },
  };
}

/** A way from what a provider says of it: nonsense is `unknown`. Half metres and half minutes go up. */
export function legOf(metres: unknown, seconds: unknown): { readonly metres: number; readonly minutes: number } | 'unknown' {
  const sound = (figure: unknown, most: number): figure is number => typeof figure === 'number' && Number.isFinite(figure) && figure >= 0 && figure <= most;
  // Once around the Earth, and a week.
  return sound(metres, 40_075_000) && sound(seconds, 604_800) ? { metres: Math.round(metres), minutes: Math.round(seconds / 60) } : 'unknown';
}
