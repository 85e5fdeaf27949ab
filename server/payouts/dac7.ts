import { units } from '../accounting/signs.ts';
import { halfUp, type Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import { separated } from './csv.ts';

/* The yearly report of a platform to the tax office: directive (EU) 2021/514 (DAC7), CGI art. 1649 ter A to E; OECD, Model Reporting Rules for Digital
   Platforms: XML Schema, version 1.0 of June 2022 (namespace, elements and codes; read 2026-11-21). France sends what concerns other states on to them. */

/** What one booking moved for its producer at one moment. `consideration` is net of `fees`, as the directive wants it; minor units. */
export interface Move {
  readonly orgId: string;
  readonly bookingId: string;
  readonly currency: Currency;
  /** The calendar day in our own zone. */
  readonly day: Day;
  readonly consideration: bigint;
  readonly fees: bigint;
  /** Whether a show was paid by it; what only corrects fees is no activity of its own. */
  readonly activity: boolean;
}

type Quarters<T> = readonly [T, T, T, T];

/** What one producer was credited with in a year, in one currency. */
export interface Sum {
  readonly orgId: string;
  readonly currency: Currency;
  readonly consideration: Quarters<bigint>;
  readonly fees: Quarters<bigint>;
  readonly activities: Quarters<number>;
}

/** The quarter of a day, from 0 to 3. */
const quarterOf = (day: Day): number => Math.floor((Number(day.slice(5, 7)) - 1) / 3);

/** Adds a year's moves up, by producer and currency and quarter, in the order of their ids. An activity is counted once, in the quarter in which it was first paid. */
export function sumsOf(moves: readonly Move[], year: number): Sum[] {
  const own = new Map<string, [Move, ...Move[]]>();
  for (const one of moves) {
    if (!one.day.startsWith(`${String(year)}-`)) continue;
    const key = `${one.orgId} ${one.currency}`;
    const mine = own.get(key);
    if (mine) mine.push(one); else own.set(key, [one]);
  }
  return [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mine]): Sum => {
    const [{ orgId, currency }] = mine;
    const of = <T>(work: (quarter: number) => T): Quarters<T> => [work(0), work(1), work(2), work(3)];
    const total = (what: 'consideration' | 'fees') => of((quarter) => mine.filter(({ day }) => quarterOf(day) === quarter).reduce((sum, move) => sum + move[what], 0n));
    const first = new Map<string, number>();
    for (const { bookingId, day, activity } of [...mine].sort((a, b) => a.day.localeCompare(b.day))) if (activity && !first.has(bookingId)) first.set(bookingId, quarterOf(day));
    return { orgId, currency, consideration: total('consideration'), fees: total('fees'), activities: of((quarter) => [...first.values()].filter((one) => one === quarter).length) };
  });
}

/** A producer of the report. An empty text is not known. */
export interface Reported extends Sum {
  readonly kind: 'individual' | 'entity';
  readonly country: string;
  readonly legalName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string | null;
  readonly tin: string;
  readonly vatNumber: string;
  readonly siret: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly iban: string;
  readonly ibanHolder: string;
}

/** Who reports: the company that runs the platform. */
export interface Reporter { readonly name: string; readonly siret: string; readonly vatNumber: string; readonly address: string; readonly postcode: string; readonly city: string; readonly country: string }

/** The states of the Union among those that we serve: who is resident elsewhere is not reported. */
const inUnion: readonly string[] = ['FR', 'BE', 'LU', 'DE', 'NL', 'AT', 'BG', 'CY', 'CZ', 'DK', 'EE', 'ES', 'FI', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LV', 'MT', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'];

/** Whether a producer of that country stands in the report. */
export const isReported = (country: string): boolean => inUnion.includes(country);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** An element with a text; nothing where the text is empty. */
const el = (name: string, text: string, attributes = ''): string => (text === '' ? '' : `<${name}${attributes}>${escaped(text)}</${name}>`);
const group = (name: string, ...parts: readonly string[]): string => `<${name}>${parts.join('')}</${name}>`;

const addressOf = ({ country, address, postcode, city }: Pick<Reporter, 'country' | 'address' | 'postcode' | 'city'>): string =>
  `<Address legalAddressType="OECD304">${el('CountryCode', country)}${group('AddressFix', el('Street', address), el('PostCode', postcode), el('City', city))}</Address>`;

/** What a block of a message is: sent before and only repeated (us alone), new, corrected, deleted. */
type Indic = 'OECD0' | 'OECD1' | 'OECD2' | 'OECD3';

/** A block that was handed in before and still holds: us, whose `seller` is null, or one producer in one currency. */
export interface Filed {
  readonly docRef: string;
  readonly indic: 'OECD1' | 'OECD2' | 'OECD3';
  readonly seller: Reported | null;
  readonly company: Reporter | null;
}

interface Doc { readonly indic: Indic; readonly docRef: string; readonly corrects: string | null }

/** A message to hand in: what is new, what is corrected, or that there is nothing. New and corrected never share one. */
export interface Message {
  readonly ref: string;
  readonly kind: 'DPI401' | 'DPI402' | 'DPI403';
  readonly company: Reporter;
  readonly operator: Doc;
  readonly sellers: readonly (Doc & { readonly seller: Reported })[];
}

/** Whether the schema lets a producer be reported: a person with both names and the date of birth, everybody with a city. Who is not whole yet is added once it is. */
export const isWhole = ({ kind, firstName, lastName, birthDate, legalName, city }: Pick<Reported, 'kind' | 'firstName' | 'lastName' | 'birthDate' | 'legalName' | 'city'>): boolean =>
  city !== '' && (kind === 'entity' ? legalName !== '' : firstName !== '' && lastName !== '' && birthDate !== null);

/** A text of all that a block says, the same whatever order its fields are in. */
export const saidOf = (content: Reported | Reporter): string =>
  JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/**
 * What has to be handed in of a year today, given what was before: everything, when nothing was; else who is new in one message, and what changed or is gone in
 * another, each block naming the latest that it corrects. Nothing when nothing changed.
 *
 * @param filed The latest block of us and of each producer and currency.
 * @param refOf The reference of the first, second message; its blocks are numbered after it.
 */
export function messagesOf(filed: readonly Filed[], sellers: readonly Reported[], company: Reporter, refOf: (n: number) => string): Message[] {
  const keyOf = ({ orgId, currency }: Reported): string => `${orgId} ${currency}`;
  const us = filed.find(({ seller }) => seller === null);
  const latest = new Map(filed.flatMap((one) => (one.seller ? [[keyOf(one.seller), { ...one, seller: one.seller }] as const] : [])));
  const standing = (seller: Reported) => { const one = latest.get(keyOf(seller)); return one?.indic === 'OECD3' ? undefined : one; };
  const fresh = sellers.filter((seller) => !standing(seller));
  const changed = sellers.flatMap((seller) => { const one = standing(seller); return one && saidOf(one.seller) !== saidOf(seller) ? [{ seller, indic: 'OECD2' as const, corrects: one.docRef }] : []; });
  const here = new Set(sellers.map(keyOf));
  const gone = [...latest.values()].flatMap(({ seller, docRef, indic }) => (indic !== 'OECD3' && !here.has(keyOf(seller)) ? [{ seller, indic: 'OECD3' as const, corrects: docRef }] : []));
  const moved = us?.company !== undefined && us.company !== null && saidOf(us.company) !== saidOf(company);
  const drafts: { kind: Message['kind']; indic: Indic; blocks: { seller: Reported; indic: Indic; corrects: string | null }[] }[] = [];
  if (changed.length + gone.length > 0 || moved) drafts.push({ kind: 'DPI402', indic: moved ? 'OECD2' : 'OECD0', blocks: [...changed, ...gone] });
  if (fresh.length > 0 || !us) drafts.push({ kind: fresh.length > 0 ? 'DPI401' : 'DPI403', indic: us ? 'OECD0' : 'OECD1', blocks: fresh.map((seller) => ({ seller, indic: 'OECD1', corrects: null })) });
  let repeated = us?.docRef ?? '';
  return drafts.map(({ kind, indic, blocks }, n): Message => {
    const ref = refOf(n + 1);
    const operator: Doc = indic === 'OECD0' ? { indic, docRef: repeated, corrects: null } : { indic, docRef: `${ref}-1`, corrects: indic === 'OECD2' ? repeated : null };
    repeated = operator.docRef;
    return { ref, kind, company, operator, sellers: blocks.map((block, i) => ({ ...block, docRef: `${ref}-${String(i + 2)}` })) };
  });
}

/**
 * A message as the OECD's XML schema has it. Amounts are whole units, as the schema wants them, each half up; cents stand in the CSV file. The tax office's own
 * envelope is put around it where it is handed in.
 */
export function xmlOf({ ref, kind, company, operator: us, sellers }: Message, { year, at }: { readonly year: number; readonly at: Date }): string {
  const whole = (minor: bigint): string => halfUp(minor, 100n).toString();
  const numbered = <T>(name: string, mark: string, values: Quarters<T>, say: (value: T) => string, attributes = ''): string =>
    group(name, ...values.map((value, i) => el(`${mark}Q${String(i + 1)}`, say(value), attributes)));
  const docOf = ({ indic, docRef, corrects }: Doc): string => group('DocSpec', el('stf:DocTypeIndic', indic), el('stf:DocRefId', docRef), el('stf:CorrDocRefId', corrects ?? ''));
  const tin = (number: string, country: string): string => (number ? el('TIN', number, ` issuedBy="${escaped(country)}"`) : el('TIN', 'NOTIN', ' unknown="true"'));
  const reported = ({ seller: one, ...doc }: Message['sellers'][number]): string => {
    const account = one.iban ? group('FinancialIdentifier', el('Identifier', one.iban, ' AccountNumberType="IBAN"'), el('AccountHolderName', one.ibanHolder)) : '';
    const common = `${el('ResCountryCode', one.country)}${tin(one.tin, one.country)}`;
    const identity = one.kind === 'individual'
      ? group('IndividualSeller', group('Standard', group('IndSellerID', common, el('VAT', one.vatNumber), group('Name', el('FirstName', one.firstName), el('LastName', one.lastName)), addressOf(one), group('BirthInfo', el('BirthDate', one.birthDate ?? ''))), account))
      : group('EntitySeller', group('Standard', group('EntSellerID', common, el('IN', one.siret, ' INType="BRN" issuedBy="FR"'), el('VAT', one.vatNumber), el('Name', one.legalName), addressOf(one)), account));
    const currency = ` currCode="${one.currency}"`;
    return group('ReportableSeller', group('Identity', identity), group('RelevantActivities', group(
      'PersonalServices', numbered('Consideration', 'Cons', one.consideration, whole, currency), numbered('NumberOfActivities', 'Numb', one.activities, String), numbered('Fees', 'Fees', one.fees, whole, currency),
      numbered('Taxes', 'Tax', [0n, 0n, 0n, 0n], whole, currency),
    )), docOf(doc));
  };
  const head = group('MessageSpec', el('SendingEntityIN', company.siret), el('TransmittingCountry', company.country), el('ReceivingCountry', company.country), el('MessageType', 'DPI'), el('MessageRefId', ref),
    el('MessageTypeIndic', kind), el('ReportingPeriod', `${String(year)}-12-31`), el('Timestamp', at.toISOString().slice(0, 19)));
  const operator = group('PlatformOperator', el('ResCountryCode', company.country), tin(company.siret.slice(0, 9), company.country), el('VAT', company.vatNumber), el('Name', company.name), el('PlatformBusinessName', 'Flow Stage'),
    addressOf(company), el('Nexus', 'RPONEX1'), el('AssumedReporting', 'false'), docOf(us));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<DPI_OECD xmlns="urn:oecd:ties:dpi:v1" xmlns:stf="urn:oecd:ties:dpistf:v1" version="1.0">${head}${group('DPIBody', operator, ...sellers.map(reported))}</DPI_OECD>\n`;
}

const columns = ['org', 'country', 'kind', 'name', 'first_name', 'birth_date', 'tin', 'vat_number', 'registration', 'address', 'postcode', 'city', 'iban', 'iban_holder', 'currency',
  ...['consideration', 'fees', 'activities'].flatMap((what) => [1, 2, 3, 4].map((quarter) => `${what}_q${String(quarter)}`))] as const;

/** The same report as a CSV file, to the cent, one row for each producer and currency. */
export function reportCsv(sellers: readonly Reported[]): string {
  const cents = (minor: bigint): string => units(minor, '.');
  return separated([columns, ...sellers.map((one) => [
    one.orgId, one.country, one.kind, one.kind === 'individual' ? one.lastName || one.legalName : one.legalName, one.firstName, one.birthDate ?? '', one.tin, one.vatNumber, one.siret, one.address, one.postcode, one.city, one.iban, one.ibanHolder, one.currency,
    ...one.consideration.map(cents), ...one.fees.map(cents), ...one.activities.map(String),
  ])], ',');
}
