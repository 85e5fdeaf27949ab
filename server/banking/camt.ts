import type { Currency } from '../core/money.ts';
import { clean, currencyOf, isDay, marked, type Fault, type Moved, type Read, type Told, type Unmarked } from './statement.ts';

/** An element of XML as the parser gives it: its children by name, text, attributes with `@`. */
export type Tree = string | readonly Tree[] | { readonly [name: string]: Tree } | undefined;

const all = (tree: Tree): readonly Tree[] => (tree === undefined ? [] : Array.isArray(tree) ? tree as readonly Tree[] : [tree]);
function at(tree: Tree, ...path: readonly string[]): Tree {
  let here: Tree = tree;
  for (const name of path) {
    const [first] = all(here);
    here = typeof first === 'object' ? (first as { readonly [name: string]: Tree })[name] : undefined;
  }
  return here;
}
function said(tree: Tree): string {
  const [first] = all(tree);
  if (typeof first === 'string') return unescaped(first).trim();
  return typeof first === 'object' ? said((first as { readonly [name: string]: Tree })['#text']) : '';
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/* The parser leaves every entity as it stands, so that none is ever looked up; these five and the numbers are XML's own. */
const unescaped = (text: string): string => text.replaceAll(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/giu, (whole, name?: string, number?: string, hex?: string) => {
  if (name) return entities[name.toLowerCase()] ?? whole;
  const code = number ? Number(number) : Number.parseInt(hex ?? '0', 16);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
});

/** `1266.00` in minor units; null when it is no amount. */
function minorOf(text: string): bigint | null {
  const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d{1,5}))?$/u.exec(text) ?? [];
  if (!whole || !/^\d{0,2}0*$/u.test(part)) return null;
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, '0').slice(0, 2));
}

/** What a statement of a bank holds. */
export interface Statement extends Told {
  /** Empty when the bank does not say it. */
  readonly iban: string;
}

interface Entry {
  readonly currency: Currency;
  readonly sign: 1n | -1n;
  readonly day: string;
}

/**
 * The booked movements of a bank-to-customer statement, CAMT.053 in its versions 001.02 and 001.08 (ISO 20022; the two differ in where a party's name and an entry's
 * status stand). A collected entry becomes a movement for each of its transactions when their amounts are its own. Entries that are pending or told for information are left out, those in a currency that
 * we do not hold are left out and counted.
 *
 * @param lineOf The line of the file on which the nth entry begins, from 0.
 */
export function readCamt(document: Tree, lineOf: (nth: number) => number): Read<Statement> {
  const statements = all(at(document, 'Document', 'BkToCstmrStmt', 'Stmt'));
  if (statements.length === 0) return { fault: { code: 'bank_file_unknown' } };
  const lines: Moved[] = [];
  let [nth, foreign] = [-1, 0];
  const ibans = statements.map((statement) => said(at(statement, 'Acct', 'Id', 'IBAN')));
  for (const [i, statement] of statements.entries()) {
    const account = ibans[i] ?? '';
    const found: Unmarked[] = [];
    for (const entry of all(at(statement, 'Ntry'))) {
      nth += 1;
      if ((said(at(entry, 'Sts', 'Cd')) || said(at(entry, 'Sts'))) !== 'BOOK') continue;
      const place = nth;
      const read = entryOf(entry, () => lineOf(place));
      if ('fault' in read) return read;
      if (!read.ok) foreign += 1;
      const ref = said(at(entry, 'AcctSvcrRef'));
      found.push(...(read.ok ?? []).map((part) => ({ ...part, ref })));
    }
    lines.push(...marked(found, account));
  }
  return { ok: { iban: new Set(ibans).size === 1 ? ibans[0] ?? '' : '', lines, foreign } };
}

/** The movements of an entry; null when it is in a currency that we do not hold. */
function entryOf(entry: Tree, line: () => number): Read<Unmarked[] | null> {
  const wrong = (field: 'day' | 'amount' | 'currency'): { fault: Fault } => ({ fault: { code: 'bank_line_invalid', line: line(), field } });
  const named = said(at(entry, 'Amt', '@Ccy'));
  const currency = currencyOf(named);
  if (!currency) return /^[A-Z]{3}$/u.test(named) ? { ok: null } : wrong('currency');
  const minor = minorOf(said(at(entry, 'Amt')));
  const direction = said(at(entry, 'CdtDbtInd'));
  if (minor === null || !['CRDT', 'DBIT'].includes(direction)) return wrong('amount');
  const date = at(entry, 'BookgDt') ?? at(entry, 'ValDt');
  const day = said(at(date, 'Dt')).slice(0, 10) || said(at(date, 'DtTm')).slice(0, 10);
  if (!isDay(day)) return wrong('day');
  // A reversal says the direction of what it takes back in some banks and its own in others; ISO: its own.
  const sign = direction === 'CRDT' ? 1n : -1n;
  const whole = sign * minor;
  const head: Entry = { currency, sign, day };
  const details = all(at(entry, 'NtryDtls')).flatMap((one) => all(at(one, 'TxDtls')));
  const amounts = details.map((one) => minorOf(said(at(one, 'Amt')) || said(at(one, 'AmtDtls', 'TxAmt', 'Amt'))));
  const split = details.length > 1 && amounts.every((one) => one !== null && one > 0n) && amounts.reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n) === minor;
  const parts = split ? details.map((one, i) => partOf(one, entry, head, sign * (amounts[i] ?? 0n))) : [partOf(details[0], entry, head, whole)];
  return { ok: parts.filter((part) => part.minor !== 0n) };
}

function partOf(details: Tree, entry: Tree, { currency, sign, day }: Entry, minor: bigint): Unmarked {
  const party = sign > 0n ? 'Dbtr' : 'Cdtr';
  const name = said(at(details, 'RltdPties', party, 'Nm')) || said(at(details, 'RltdPties', party, 'Pty', 'Nm')) || said(at(details, 'RltdPties', `Ultmt${party}`, 'Nm'));
  const remittance = all(at(details, 'RmtInf', 'Ustrd')).map(said);
  const structured = all(at(details, 'RmtInf', 'Strd')).flatMap((one) => [said(at(one, 'CdtrRefInf', 'Ref')), ...all(at(one, 'RfrdDocInf', 'Nb')).map(said)]);
  const end = said(at(details, 'Refs', 'EndToEndId'));
  const text = [...remittance, ...structured, end === 'NOTPROVIDED' ? '' : end, said(at(entry, 'AddtlNtryInf'))].filter((one) => one !== '').join(' ');
  return { day, minor, currency, counterparty: clean(name, 140), text: clean(text, 500) };
}
