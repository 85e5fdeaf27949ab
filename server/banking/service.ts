import { XMLParser } from 'fast-xml-parser';
import { settleInvoice, settleLate } from '../billing/service.ts';
import { lateOf, readLate, readOwed } from '../invoices/service.ts';
import { delimiterOf, type Delimiter, type Row } from '../core/cells.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { rowsOf } from '../core/csv.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { toWire, type Currency, type Money } from '../core/money.ts';
import { permit } from '../core/permissions.ts';
import { dayIn, fromDay, instantAt, toDay, type Day } from '../core/time.ts';
import { readCamt, type Statement, type Tree } from './camt.ts';
import { matcher, type Awaited } from './match.ts';
import { clean, type Fault, type Read } from './statement.ts';
import { guess, readTable, type Layout } from './table.ts';

/** Movements shown at once: the latest. */
const shown = 200;

/** Whether a text is a page of XML rather than a table. */
const isXml = (content: string): boolean => /^\ufeff?\s*</u.test(content);

const refusalOf = (fault: Fault): AppError =>
  new AppError(fault.code, 'line' in fault ? { line: String(fault.line), ...('field' in fault ? { field: fault.field } : {}) } : {});

function taken<T>(read: Read<T>): T {
  if ('fault' in read) throw refusalOf(read.fault);
  return read.ok;
}

const lineAt = (content: string, index: number): number => content.slice(0, index).split('\n').length;

/** A CAMT.053 file. Entities are never looked up, and a file that declares any is refused. */
function camtOf(content: string): Statement {
  const declared = content.search(/<!(DOCTYPE|ENTITY)/iu);
  if (declared >= 0) throw refusalOf({ code: 'bank_file_unreadable', line: lineAt(content, declared) });
  const entries = [...content.matchAll(/<(?:\w+:)?Ntry[\s>]/gu)].map(({ index }) => index);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false, processEntities: false });
  let tree: Tree;
  try {
    // Without the check a file that breaks off would be read as far as it goes. Its successor is a package of its own, which is none of ours.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    tree = parser.parse(content, true) as Tree;
  } catch (error) {
    // Its words end with the line and the column.
    throw refusalOf({ code: 'bank_file_unreadable', line: Number(/:(\d+):\d+$/u.exec((error as Error).message)?.[1] ?? 1) });
  }
  return taken(readCamt(tree, (nth) => lineAt(content, entries[nth] ?? 0)));
}

/** The rows of a table. A quote that is never closed is found at its line. */
function tableOf(content: string, delimiter: Delimiter): readonly Row[] {
  const read = rowsOf(content, delimiter);
  if ('unreadable' in read) throw refusalOf({ code: 'bank_file_unreadable', line: read.unreadable });
  return read.rows;
}

/**
 * What a file seems to be, and how its first movements would be read, for the person to confirm. Nothing is kept.
 *
 * @throws AppError `bank_file_unknown`, `bank_file_unreadable`, `bank_line_invalid`; and as `permit` does.
 */
export function previewStatement(ctx: SignedIn, { content, layout }: { readonly content: string; readonly layout?: Layout | undefined }) {
  permit(ctx.actor, 'accounts.edit', { orgId: ctx.actor.orgId });
  if (isXml(content)) {
    const { iban, lines, foreign } = camtOf(content);
    return { format: 'camt' as const, iban, count: lines.length, foreign, layout: null, columns: [], lines: lines.slice(0, 5).map(movedView) };
  }
  const delimiter = layout?.delimiter ?? delimiterOf(content);
  const rows = tableOf(content, delimiter);
  const chosen = layout ?? guess(rows, delimiter);
  if (!chosen) throw refusalOf({ code: 'bank_file_unknown' });
  const { lines, foreign } = taken(readTable(rows, chosen));
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const columns = Array.from({ length: width }, (_, i) => clean(rows[chosen.skip - 1]?.cells[i] ?? '', 60) || clean(rows[chosen.skip]?.cells[i] ?? '', 60));
  return { format: 'csv' as const, iban: '', count: lines.length, foreign, layout: chosen, columns, lines: lines.slice(0, 5).map(movedView) };
}

const movedView = ({ day, minor, currency, counterparty, text }: { day: string; minor: bigint; currency: Currency; counterparty: string; text: string }) =>
  ({ day, amount: toWire({ minor, currency }), counterparty, text });

/**
 * Keeps the movements of a bank's file. The same file again, or the same movements in another one, are kept once. A table needs the layout that the person
 * confirmed. Nothing is settled by it.
 *
 * @throws AppError `bank_file_unknown`, `bank_file_unreadable`, `bank_line_invalid`; and as `permit` does.
 */
export function importStatement(ctx: SignedIn, { name, content, layout }: { readonly name: string; readonly content: string; readonly layout?: Layout | undefined }) {
  permit(ctx.actor, 'accounts.edit', { orgId: ctx.actor.orgId });
  const format = isXml(content) ? 'camt' : 'csv';
  if (format === 'csv' && !layout) throw new AppError('input_invalid', { field: 'layout' });
  const { iban, lines, foreign } = layout && format === 'csv' ? { iban: '', ...taken(readTable(tableOf(content, layout.delimiter), layout)) } : camtOf(content);
  if (lines.length + foreign === 0) throw refusalOf({ code: 'bank_file_unknown' });
  const { orgId } = ctx.actor;
  return transact(ctx, async (tx) => {
    await lock(tx, `bank:${orgId}`);
    const hash = sha256(content);
    if (await tx.db.bankStatement.count({ where: { orgId, sha256: hash } }) > 0) return { lines: lines.length, fresh: 0, foreign, again: true };
    const id = tx.newId('bst');
    await tx.db.bankStatement.create({ data: { id, orgId, name, format, sha256: hash, iban: clean(iban, 40), importedAt: tx.now() } });
    const { count } = await tx.db.bankLine.createMany({
      skipDuplicates: true,
      data: lines.map(({ day, mark, ...line }) => ({ ...line, id: tx.newId('bln'), statementId: id, orgId, day: fromDay(day), fingerprint: sha256(mark) })),
    });
    return { lines: lines.length, fresh: count, foreign, again: false };
  });
}

/** Invoices that the organisation waits to be paid by transfer, and those that were paid late, whose interest it waits for. */
async function awaitedBy(ctx: Context, orgId: string): Promise<(Awaited & { readonly late: boolean })[]> {
  const invoices = await ctx.db.invoice.findMany({
    where: { issuerOrgId: orgId, kind: 'final', content: { path: ['settlement'], equals: 'public' }, OR: [{ paidAt: null }, { paidAt: { gt: ctx.db.invoice.fields.dueDay } }] },
  });
  const owed = await readOwed(ctx, invoices);
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const late = await readLate(ctx, invoices, { timeZone });
  const bookingIds = invoices.map(({ bookingId }) => bookingId);
  const purchases = new Map((await ctx.db.purchase.findMany({ where: { bookingId: { in: bookingIds } } })).map((one) => [one.bookingId, one]));
  const contracts = new Map((await ctx.db.contract.findMany({ where: { bookingId: { in: bookingIds } }, select: { bookingId: true, number: true } })).map((one) => [one.bookingId, one.number]));
  const payers = new Map((await ctx.db.organisation.findMany({ where: { id: { in: invoices.map(({ payerOrgId }) => payerOrgId) } } })).map((one) => [one.id, one]));
  return invoices.flatMap((invoice) => {
    const due: Money = { minor: (invoice.paidAt ? late.get(invoice.id)?.owed : owed.get(invoice.id)?.minor) ?? 0n, currency: invoice.currency as Currency };
    if (due.minor === 0n) return [];
    const payer = payers.get(invoice.payerOrgId);
    const purchase = purchases.get(invoice.bookingId);
    const lateOn = (day: Day): bigint => {
      if (invoice.paidAt) return 0n;
      const { interest, fixed } = lateOf(invoice, due, day);
      return interest.minor + fixed.minor;
    };
    const references = [purchase?.orderNumber, purchase?.commitmentNumber, purchase?.marketNumber, contracts.get(invoice.bookingId)].filter((one): one is string => !!one);
    return [{ invoiceId: invoice.id, number: invoice.number, payer: payer?.legalName || (payer?.name ?? ''), references, due: due.minor, lateOn, currency: due.currency, late: invoice.paidAt !== null }];
  });
}

/** The files that were read, and the latest movements: those that came in each with the invoices that it may settle. @throws AppError as `permit` does. */
export async function readBank(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'accounts.read', { orgId });
  const statements = await ctx.db.bankStatement.findMany({ where: { orgId }, orderBy: [{ importedAt: 'desc' }, { id: 'desc' }], take: 20, include: { _count: { select: { lines: true } } } });
  const lines = await ctx.db.bankLine.findMany({ where: { orgId }, orderBy: [{ day: 'desc' }, { id: 'desc' }], take: shown });
  const awaited = await awaitedBy(ctx, orgId);
  const [propose, byId] = [matcher(awaited), new Map(awaited.map((one) => [one.invoiceId, one]))];
  const settled = await ctx.db.settlement.findMany({ where: { orgId, lineId: { in: lines.map(({ id }) => id) } }, include: { invoice: { select: { number: true } } }, orderBy: { id: 'asc' } });
  return {
    statements: statements.map(({ id, name, format, iban, importedAt, _count }) => ({ id, name, format: format as 'camt' | 'csv', iban, importedAt: importedAt.toISOString(), lines: _count.lines })),
    lines: lines.map((line) => {
      const paid = settled.filter(({ lineId }) => lineId === line.id);
      const money = (minor: bigint) => toWire({ minor, currency: line.currency as Currency });
      const rest = line.minor - paid.reduce((all, one) => all + one.principalMinor + one.lateMinor, 0n);
      return {
        id: line.id, day: toDay(line.day), amount: money(line.minor), counterparty: line.counterparty, text: line.text, rest: money(rest),
        settled: paid.map(({ invoice, principalMinor, lateMinor }) => ({ number: invoice.number, principal: money(principalMinor), late: money(lateMinor) })),
        proposals: propose({ ...line, day: toDay(line.day), minor: rest }).flatMap((proposal) => {
          const invoice = byId.get(proposal.invoiceId);
          return invoice ? [{ ...proposal, number: invoice.number, payer: invoice.payer, due: money(invoice.due), late: invoice.late }] : [];
        }),
      };
    }),
  };
}

/**
 * The person says that a movement pays an invoice: it is settled on the day on which the bank had it, with what its lateness costs when exactly that came. Of an invoice that was
 * paid late, the movement brings the interest. What is left of the movement may pay another.
 *
 * @throws AppError `not_found`, `match_taken`, `match_short`; and as `settleInvoice` and `settleLate` do.
 */
export function acceptMatch(ctx: SignedIn, { lineId, invoiceId }: { readonly lineId: string; readonly invoiceId: string }) {
  return transact(ctx, async (tx) => {
    const { orgId } = tx.actor;
    permit(tx.actor, 'accounts.edit', { orgId });
    await lock(tx, `bank:${orgId}`);
    const line = await tx.db.bankLine.findUnique({ where: { id: lineId } });
    const invoice = await tx.db.invoice.findUnique({ where: { id: invoiceId } });
    if (line?.orgId !== orgId || invoice?.issuerOrgId !== orgId) throw new AppError('not_found');
    const { _sum: { principalMinor, lateMinor } } = await tx.db.settlement.aggregate({ where: { lineId }, _sum: { principalMinor: true, lateMinor: true } });
    const rest = line.minor - (principalMinor ?? 0n) - (lateMinor ?? 0n);
    if (line.minor > 0n && rest === 0n) throw new AppError('match_taken');
    const { timeZone } = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    const [noon, now] = [instantAt(toDay(line.day), '12:00', timeZone), tx.now()];
    const at = noon < now ? noon : now;
    const late = (await readLate(tx, [invoice], { timeZone, on: dayIn(at, timeZone) })).get(invoiceId)?.owed ?? 0n;
    const due = invoice.paidAt ? late : (await readOwed(tx, [invoice])).get(invoiceId)?.minor ?? 0n;
    if (line.currency !== invoice.currency || rest < due) throw new AppError('match_short', { missing: String(due - rest) });
    await (invoice.paidAt ? settleLate(tx, invoiceId, { at, lineId }) : settleInvoice(tx, invoiceId, { at, lineId, withLate: rest === due + late }));
    return readBank(tx);
  });
}
