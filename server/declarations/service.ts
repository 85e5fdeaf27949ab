import { stringify } from 'csv-stringify/sync';
import { isPeriod, daysOf, nameOf, type Period, type Stretch } from '../accounting/period.ts';
import { booksIn, readYears } from '../accounting/service.ts';
import { harmless, units } from '../accounting/signs.ts';
import { marksOf } from '../accounting/table.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import type { Organisation } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/locale.ts';
import { toWire, type Currency, type Money } from '../core/money.ts';
import { permit } from '../core/permissions.ts';
import { dayIn, fromDay, type Day } from '../core/time.ts';
import { vatNumberOf } from '../legal/vat-number.ts';
import { invoicedBy, leftOf } from './objective.ts';
import { taxedOf, type BookRow, type Taxed } from './taxed.ts';
import { unionListOf, unionSales } from './union.ts';
import { fillReturn, naturesOf, type Regime } from './vat-return.ts';
import { headOf, natureName } from './words.ts';

const ownerOf = (ctx: SignedIn, act: 'accounts.read' | 'accounts.edit'): string => {
  const { orgId } = ctx.actor;
  permit(ctx.actor, act, { orgId });
  return orgId;
};

/** The currency that the tax of a country is declared in. */
const currencyOf = (country: string): Currency => (country === 'CH' ? 'CHF' : 'EUR');

const regimeOf = ({ vatFranchise, vatNumber, country }: Organisation): Regime => (vatFranchise ? 'franchise' : vatNumberOf(vatNumber, country) === '' ? 'unknown' : 'declares');

/** The month before the one of today: that which is declared next. */
function monthBefore(today: Day): Period {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return month === 1 ? { kind: 'month', year: year - 1, part: 12 } : { kind: 'month', year, part: month - 1 };
}

interface Declared {
  readonly org: Organisation;
  readonly period: Period;
  readonly stretch: Stretch;
  readonly rows: readonly BookRow[];
  readonly papers: readonly Taxed[];
}

/** The books of the organisation until the end of a period, and what of them falls due in it. @throws AppError `input_invalid`. */
async function declaredIn(ctx: SignedIn, orgId: string, asked: Period | null): Promise<Declared> {
  const known = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const period = asked ?? monthBefore(dayIn(ctx.now(), known.timeZone));
  const stretch = isPeriod(period) && period.kind !== 'financial' ? daysOf(period, []) : null;
  if (!stretch) throw new AppError('input_invalid', { field: 'part' });
  const begun = dayIn(known.createdAt, known.timeZone);
  const { org, rows, pieces } = await booksIn(ctx, orgId, { first: begun < stretch.first ? begun : stretch.first, last: stretch.last });
  const corrected = await ctx.db.creditNote.findMany({ where: { issuerOrgId: orgId }, select: { number: true, invoiceId: true } });
  const paid = new Map((await ctx.db.invoice.findMany({ where: { id: { in: corrected.map(({ invoiceId }) => invoiceId) } }, select: { id: true, paidAt: true } })).map(({ id, paidAt }) => [id, paidAt && dayIn(paidAt, org.timeZone)]));
  const paidDay = ({ credit, number, paidDay: own }: BookRow): Day | null => (credit ? paid.get(corrected.find((one) => one.number === number)?.invoiceId ?? '') ?? null : own);
  return { org, period, stretch, rows, papers: taxedOf({ rows, pieces }, stretch, { buyer: org, paidDay }) };
}

/** The buyers' VAT numbers as the papers of an organisation's sales print them, by the number of the paper. */
async function buyersOf(ctx: Context, orgId: string, papers: readonly Taxed[]): Promise<(number: string) => string> {
  const where = { issuerOrgId: orgId, number: { in: papers.filter(({ side, kind }) => side === 'sale' && kind === 'reversed').map(({ number }) => number) } };
  const all = [...await ctx.db.invoice.findMany({ where, select: { number: true, content: true } }), ...await ctx.db.creditNote.findMany({ where, select: { number: true, content: true } })];
  const numbers = new Map(all.map(({ number, content }) => {
    const { payer } = content as { payer?: { vatNumber?: string; country?: string } };
    return [number, vatNumberOf(payer?.vatNumber ?? '', payer?.country ?? '')];
  }));
  return (number) => numbers.get(number) ?? '';
}

/** Our commission on each show, as our invoices and credit notes of the period say, with the price and the rate of its contract. */
async function commissionsOf(ctx: Context, orgId: string, { rows, stretch: { first, last } }: Declared) {
  const own = rows.filter((row) => row.side === 'purchase' && row.kind === 'commission' && row.day >= first && row.day <= last);
  const where = { payerOrgId: orgId, number: { in: own.map(({ number }) => number) } };
  const papers = [...await ctx.db.invoice.findMany({ where, select: { number: true, bookingId: true } }), ...await ctx.db.creditNote.findMany({ where, select: { number: true, bookingId: true } })];
  const bookingIds = papers.map(({ bookingId }) => bookingId);
  const contracts = await ctx.db.contract.findMany({ where: { bookingId: { in: bookingIds } }, select: { bookingId: true, priceMinor: true, commissionBps: true, currency: true } });
  const shows = await ctx.db.show.findMany({ where: { bookingId: { in: bookingIds } }, select: { bookingId: true, title: true } });
  return own.map((row) => {
    const bookingId = papers.find(({ number }) => number === row.number)?.bookingId ?? '';
    const contract = contracts.find((one) => one.bookingId === bookingId);
    const [net, vat] = row.credit ? [-row.net, -row.vat] : [row.net, row.vat];
    return {
      number: row.number, day: row.day, bookingId, booking: row.booking, title: shows.find((one) => one.bookingId === bookingId)?.title ?? '', credit: row.credit, currency: row.currency,
      price: contract?.priceMinor ?? 0n, rateBps: contract?.commissionBps ?? 0, net, vatBps: row.vatBps, vat,
    };
  });
}

const paperView = ({ number, contact, day, base, due, deductible, side, currency }: Taxed) => {
  const money = (minor: bigint) => toWire({ minor, currency });
  return { number, contact, day, base: money(base), tax: money(side === 'sale' ? due : deductible) };
};

/**
 * What a period is declared with (ES-16, AN-04): the return of tax as far as our papers know it, box by box where we know the form of the country, and to the cent by nature and rate; the list of sales in the
 * Union (VAT-X-03); and our commission by show and month. The month before today's where none is asked for.
 *
 * @throws AppError `input_invalid` for a period that is none; and as `permit` does.
 */
export async function readDeclarations(ctx: SignedIn, asked: Period | null) {
  const orgId = ownerOf(ctx, 'accounts.read');
  const declared = await declaredIn(ctx, orgId, asked);
  const { org, period, stretch, rows, papers } = declared;
  const currency = currencyOf(org.country);
  const money = (minor: bigint) => toWire({ minor, currency });
  const own = papers.filter((paper) => paper.currency === currency);
  const regime = regimeOf(org);
  const form = fillReturn(org.country, own, { last: stretch.last, regime });
  const list = unionListOf(org.country, stretch.last);
  const sales = list ? unionSales(own, list, await buyersOf(ctx, orgId, own)) : [];
  const commissions = await commissionsOf(ctx, orgId, declared);
  const turnover = rows.filter((row) => row.side === 'sale' && row.currency === currency && row.day.slice(0, 4) === String(period.year)).reduce((all, { net, credit }) => all + (credit ? -net : net), 0n);
  const unpaid = own.filter(({ unpaid: open, deductible }) => open && deductible > 0n);
  return {
    period, ...stretch, country: org.country, regime, turnover: money(turnover),
    foreign: [...new Set(papers.filter((paper) => paper.currency !== currency).map((paper) => paper.currency))],
    form: form && {
      name: form.name, source: form.source, whole: form.whole,
      boxes: form.boxes.map(({ line, code, label, base, tax, papers: made }) => ({ line, code, label, base: base === null ? null : money(base), tax: tax === null ? null : money(tax), papers: made.map(paperView) })),
      left: form.left.map(paperView),
    },
    natures: naturesOf(own).map(({ side, kind, vatBps, base, due, deductible, papers: made }) => ({ side, kind, vatBps, base: money(base), due: money(due), deductible: money(deductible), papers: made.map(paperView) })),
    unpaid: { count: unpaid.length, tax: money(unpaid.reduce((all, { deductible }) => all + deductible, 0n)) },
    union: list && { name: list.name, citation: list.citation, whole: list.whole, sales: sales.map(({ month, vatNumber, contact, exact, amount, papers: made }) => ({ month, vatNumber, contact, exact: money(exact), amount: money(amount), papers: made.map(paperView) })) },
    commissions: commissions.map(({ price, net, vat, currency: of, ...rest }) => {
      const said = (minor: bigint) => toWire({ minor, currency: of });
      return { ...rest, price: said(price), net: said(net), vat: said(vat), total: said(net + vat) };
    }),
  };
}

/** What can be saved of a period: the return, the list of sales in the Union, our commission. */
export type DeclarationFile = 'vat' | 'union' | 'commission';

/** One of those as a CSV file in the reader's language, its rows counted. @throws AppError `input_invalid`; and as `permit` does. */
export async function declarationFile(ctx: SignedIn, { what, period, locale }: { readonly what: DeclarationFile; readonly period: Period; readonly locale: Locale }) {
  const { form, natures, union, commissions, country } = await readDeclarations(ctx, period);
  const { delimiter, point } = marksOf(locale);
  const figure = (amount: { readonly minor: number } | null): string => (amount ? units(BigInt(amount.minor), point) : '');
  const rate = (bps: number): string => units(BigInt(bps), point);
  const tables: Readonly<Record<DeclarationFile, () => string[][]>> = {
    vat: () => (form && form.boxes.length > 0 ? form.boxes.map(({ line, code, label, base, tax }) => [line, code, label, figure(base), figure(tax)])
      : natures.map(({ side, kind, vatBps, base, due, deductible }) => ['', '', `${natureName(locale, side, kind)}${vatBps > 0 ? ` ${rate(vatBps)} %` : ''}`, figure(base), figure(side === 'sale' || due.minor > 0 ? due : deductible)])),
    union: () => (union?.sales ?? []).map(({ month, vatNumber, contact, amount }) => [month, vatNumber.slice(0, 2), vatNumber, contact, union?.whole ? String(amount.minor / 100) : figure(amount)]),
    commission: () => commissions.map(({ day, number, booking, title, price, rateBps, net, vatBps, vat, total }) => [day, number, booking, title, figure(price), rate(rateBps), figure(net), rate(vatBps), figure(vat), figure(total), total.currency]),
  };
  const rows = tables[what]();
  const name = { vat: country === 'FR' ? 'ca3' : 'tva', union: country === 'FR' ? 'des' : 'union', commission: 'commissions' }[what];
  const bytes = Buffer.from(stringify([headOf(locale, what), ...rows.map((row) => row.map(harmless))], { delimiter, bom: true, record_delimiter: 'windows' }));
  return { name: `flow-stage-${name}-${nameOf(period)}.csv`, mime: 'text/csv', bytes, count: rows.length };
}

/* What a year is to bring. */

/**
 * How far the financial year of today has come towards what the organisation wants to invoice in it (AN-04), before tax: month by month what was invoiced of shows, and what of the signed contracts whose show is in the
 * year is not invoiced yet. @throws AppError as `permit` does.
 */
export async function readObjective(ctx: SignedIn) {
  const orgId = ownerOf(ctx, 'accounts.read');
  const { years: [year] } = await readYears(ctx);
  const known = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const currency = currencyOf(known.country);
  const today = dayIn(ctx.now(), known.timeZone);
  const stretch: Stretch = year ?? { first: `${today.slice(0, 4)}-01-01`, last: `${today.slice(0, 4)}-12-31` };
  const begun = dayIn(known.createdAt, known.timeZone);
  const { rows } = await booksIn(ctx, orgId, { first: begun < stretch.first ? begun : stretch.first, last: stretch.last });
  const aim = await ctx.db.objective.findUnique({ where: { orgId_yearEnd: { orgId, yearEnd: fromDay(stretch.last) } } });
  const shows = await ctx.db.show.findMany({ where: { orgId, day: { gte: fromDay(stretch.first), lte: fromDay(stretch.last) } }, select: { bookingId: true } });
  const open = await ctx.db.booking.findMany({ where: { id: { in: shows.flatMap(({ bookingId }) => bookingId ?? []) }, status: { in: ['contracted', 'played'] } }, select: { id: true, reference: true } });
  const contracts = await ctx.db.contract.findMany({ where: { orgId, status: 'signed', currency, bookingId: { in: open.map(({ id }) => id) } }, select: { bookingId: true, priceMinor: true } });
  const signed = contracts.map(({ bookingId, priceMinor }) => {
    const reference = open.find(({ id }) => id === bookingId)?.reference ?? '';
    const own = rows.filter((row) => row.side === 'sale' && row.booking === reference);
    // A show that was sold is invoiced, whatever was credited of it since.
    return own.some(({ kind, credit }) => kind === 'final' && !credit) ? 0n : leftOf(priceMinor, own.reduce((all, { net, credit }) => all + (credit ? -net : net), 0n));
  });
  const money = (minor: bigint) => toWire({ minor, currency });
  const months = invoicedBy(rows, stretch, currency);
  return {
    first: stretch.first, last: stretch.last, aim: aim && toWire({ minor: aim.minor, currency: aim.currency as Currency }), invoiced: money(months.at(-1)?.sum ?? 0n), signed: money(signed.reduce((all, minor) => all + minor, 0n)), signedShows: signed.filter((minor) => minor > 0n).length,
    months: months.map(({ month, minor, sum }) => ({ month, invoiced: money(minor), sum: money(sum), begun: month <= today.slice(0, 7) })),
  };
}

/** States what the organisation wants to invoice in the financial year of today, before tax, in the currency of its country; nothing takes it back. @throws AppError as `permit` does. */
export function changeObjective(ctx: SignedIn, aim: Money['minor'] | null) {
  return transact(ctx, async (tx) => {
    const orgId = ownerOf(tx, 'accounts.edit');
    const { last } = await readObjective(tx);
    const key = { orgId, yearEnd: fromDay(last) };
    const { country } = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    if (aim === null) await tx.db.objective.deleteMany({ where: key });
    else await tx.db.objective.upsert({ where: { orgId_yearEnd: key }, create: { ...key, minor: aim, currency: currencyOf(country) }, update: { minor: aim, currency: currencyOf(country) } });
    return readObjective(tx);
  });
}
