import { allocate } from '../core/money.ts';

/** What we earn by: our shares of deals, plans, what else is sold through us, and training. */
export const REVENUE_LINES = ['commissions', 'subscriptions', 'marketplace', 'training'] as const;
export type RevenueLine = (typeof REVENUE_LINES)[number];

/** The mix that was aimed at, in basis points: business requirements, BI-08, read 2026-11-21. */
const aims: Readonly<Record<RevenueLine, number>> = { commissions: 7_000, subscriptions: 2_000, marketplace: 800, training: 200 };

/**
 * Each line with its share of all, in basis points that sum to the whole, and the share that was aimed at. There is no share of nothing, nor where credit
 * notes took back more than a line brought.
 */
export function mixOf(lines: readonly { readonly line: RevenueLine; readonly minor: bigint }[]): { line: RevenueLine; minor: bigint; share: number | null; aim: number }[] {
  const whole = lines.reduce((all, { minor }) => all + minor, 0n);
  const shares = whole > 0n && lines.every(({ minor }) => minor >= 0n) ? allocate({ minor: 10_000n, currency: 'EUR' }, lines.map(({ minor }) => minor)) : null;
  return lines.map(({ line, minor }, place) => ({ line, minor, share: shares ? Number(shares[place]?.minor ?? 0n) : null, aim: aims[line] }));
}
