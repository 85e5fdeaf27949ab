/** How often an event is tried before it is given up. */
export const MOST_TRIES = 5;

const firstPauseSeconds = 60;
const growth = 5;

/** The pauses between tries, in seconds: one minute, then five times as long each time. Two hours and a half in all. */
export const PAUSES: readonly number[] = Array.from({ length: MOST_TRIES - 1 }, (_, n) => firstPauseSeconds * growth ** n);

/** By how much a pause may be shorter or longer, as a part of it: so that all that failed together does not come back together. */
const JITTER = 0.2;

/**
 * The pause after try number `tries`, in milliseconds, rounded here; `null` when it was the last one.
 *
 * @param chance From 0 to 1: where within the jitter.
 */
export function pauseAfter(tries: number, chance: number): number | null {
  const pause = PAUSES[tries - 1];
  return pause === undefined ? null : Math.round(pause * 1_000 * (1 + JITTER * (2 * chance - 1)));
}
