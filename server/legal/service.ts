import type { Context } from '../core/context.ts';
import type { Currency } from '../core/money.ts';
import { fromDay, toDay, type Day } from '../core/time.ts';
import type { CancellationBand } from './cancellation.ts';
import type { FeeCap } from './booker.ts';
import type { Band } from './commission.ts';
import type { ProviderPrice } from './provider-price.ts';
import { missingOfSeller, type Seller, type SellerField } from './seller.ts';

/**
 * The scales that something reads, which an operator may date anew: our shares of a contract and of what a booker brings, and what is given back.
 * The rows `marketplace.…` wait for the rooms that will sell lodging, crews, transport and insurance.
 */
export const RATE_KINDS = ['commission.contract', 'commission.booker', 'commission.volume', 'cashback.volume'] as const;
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

/** What the provider of cards takes for a payment of `day` by its list; null where we know no price in that currency. */
export async function providerPriceOn(ctx: Context, currency: Currency, day: Day): Promise<ProviderPrice | null> {
  const at = fromDay(day);
  const row = await ctx.db.providerPrice.findFirst({ where: { currency, validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] } });
  return row && { bps: BigInt(row.bps), fixed: { minor: row.fixedMinor, currency } };
}

/** The caps on what an agent may take of an artist's remuneration, as they stand on `day`. */
export async function feeCapsOn(ctx: Context, day: Day): Promise<FeeCap[]> {
  const at = fromDay(day);
  const rows = await ctx.db.feeCap.findMany({ where: { validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] }, orderBy: { id: 'asc' } });
  return rows.map(({ country, career, solo, maxDays, bps, rule, source }) => ({ country, career, solo, maxDays, bps: BigInt(bps), rule, source }));
}

/** What a producer said for the yearly report to the tax office, and what of it is still missing: until then nothing is paid out to it. */
export async function sellerOf(ctx: Context, orgId: string): Promise<{ seller: Seller | null; missing: SellerField[] }> {
  const [row, known] = await Promise.all([ctx.db.seller.findUnique({ where: { orgId } }), ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } })]);
  const seller = row && { ...row, birthDate: row.birthDate && toDay(row.birthDate) };
  const publicBody = known.publicBody || known.kind === 'municipality';
  return { seller, missing: missingOfSeller(seller, { ...known, publicBody }, { ibanElsewhere: ctx.adapters.payments.name === 'stripe' }) };
}

/** What a producer still has to give before it may sell to a public buyer again; null for one that was not stopped, or has given it (PAY-08). */
export async function stoppedFor(ctx: Context, orgId: string): Promise<SellerField[] | null> {
  if (await ctx.db.sellerAsk.count({ where: { orgId, endedAt: null, stoppedAt: { not: null } } }) === 0) return null;
  const { missing } = await sellerOf(ctx, orgId);
  return missing.length > 0 ? missing : null;
}
