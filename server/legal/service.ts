import type { Context } from '../core/context.ts';
import type { Currency } from '../core/money.ts';
import { fromDay, type Day } from '../core/time.ts';
import type { CancellationBand } from './cancellation.ts';
import type { Band } from './commission.ts';

/** The scales that an operator may date anew: our shares of a contract, of what a booker brings, of what else is sold through us, and what is given back. */
export const RATE_KINDS = ['commission.contract', 'commission.booker', 'commission.volume', 'cashback.volume', 'marketplace.lodging', 'marketplace.crew', 'marketplace.transport', 'marketplace.insurance'] as const;
export type RateKind = (typeof RATE_KINDS)[number];

/** The bands of a scale, `commission.contract`, as they stand on `day`. */
export async function ratesOn(ctx: Context, kind: RateKind, day: Day): Promise<Band[]> {
  const at = fromDay(day);
  const rows = await ctx.db.rate.findMany({
    where: { kind, validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] },
    orderBy: { upToMinor: { sort: 'asc', nulls: 'last' } },
  });
  return rows.map(({ upToMinor, currency, bps }) => ({ upToMinor, currency: currency as Currency, bps: BigInt(bps) }));
}

/** What an organiser who cancels owes, by the days left, as the scale stands on `day`: that of the signature. */
export async function cancellationBandsOn(ctx: Context, day: Day): Promise<CancellationBand[]> {
  const at = fromDay(day);
  const rows = await ctx.db.cancellationRate.findMany({ where: { validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] } });
  return rows.map(({ upToDays, bps }) => ({ upToDays, bps: BigInt(bps) }));
}
