import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { XMLParser } from 'fast-xml-parser';
import { beforeAll, expect, test } from 'vitest';
import { billingDue, billingHeard } from '../billing/jobs.ts';
import { creditInvoice, issueClosed, issuePlan, issueWaiting, receiveCommission, settleInvoice, settleLate } from '../billing/service.ts';
import { readInvoices } from '../invoices/service.ts';
import { transact } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { readBytes } from '../core/files.ts';
import { euros } from '../core/money.ts';
import type { TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { book } from '../ledger/service.ts';
import { accountingDue, accountingHeard } from './jobs.ts';
import type { Period } from './period.ts';
import { acceptMandate, changeAccount, changeClosing, endMandate, exportBooks, readChart, readMandate, readMeters, readOpen, readOwing, readPapers, readYears, type Format } from './service.ts';

const { world, to, drain, buyer, artist, open, pay, playAt } = await openTill({ billing: billingHeard, accounting: accountingHeard }, { ...billingDue, ...accountingDue });

/** One of our own people. */
const us = () => ({ ...world.ctx, userId: 'usr_boss', config: { ...world.ctx.config, operators: ['boss@flow-stage.example'] } });
beforeAll(() => world.db.user.create({ data: { id: 'usr_boss', name: 'Nous', email: 'boss@flow-stage.example', emailVerified: true } }));
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
/** A producer's half-year: the golden case paid by card, a commune that paid, another that was partly credited and still owes. */
async function halfYear(): Promise<{ first: TestDeal; paid: TestDeal; owing: TestDeal }> {
  world.at('2027-03-01T12:00:00Z');
  const first = await open();
  const { orgId: artistOrgId } = first;
  await pay(first);
  await to('2027-04-10T12:00:00Z');
  await playAt(first, '2027-05-09T09:00:00Z');
  await to('2027-05-12T12:00:00Z');
  const paid = await open({ path: 'public', artistOrgId, price: 400_000n, showDay: '2027-05-20' });
  await playAt(paid, '2027-05-21T09:00:00Z');
  const owing = await open({ path: 'public', artistOrgId, price: 99_999n, showDay: '2027-05-30' });
  await playAt(owing, '2027-06-01T09:00:00Z');
  const [invoice] = await readInvoices(artist(paid), paid.bookingId);
  world.at('2027-06-15T12:00:00Z');
  await settleInvoice(artist(paid), invoice!.id);
  const [due] = await readInvoices(artist(owing), owing.bookingId);
  await creditInvoice(artist(owing), { id: due!.id, amount: { minor: 10_000, currency: 'EUR' }, reason: 'Heure perdue' });
  await drain();
  return { first, paid, owing };
}

const year: Period = { kind: 'year', year: 2027, part: 0 };
const exported = (deal: TestDeal, format: Format, period = year, locale: 'fr' | 'en' | 'nl' | 'de' = 'fr') => exportBooks(artist(deal), { format, period, locale });
const cents = (text: string | undefined): bigint => BigInt((text || '0').replace(/[.,]/u, ''));

/** What the papers of an organisation say, from the database: the sums that every export has to meet. */
async function truth(orgId: string) {
  const sales = await world.db.invoice.findMany({ where: { issuerOrgId: orgId, kind: 'final' } });
  const credits = await world.db.creditNote.findMany({ where: { issuerOrgId: orgId } });
  const add = (rows: readonly { netMinor: bigint; vatMinor: bigint }[], name: 'netMinor' | 'vatMinor') => rows.reduce((all, row) => all + row[name], 0n);
  const entries = await world.db.entry.findMany({ where: { transfer: { orgId } } });
  const on = (account: string) => entries.filter((entry) => entry.account === account).reduce((all, { minor }) => all + minor, 0n);
  return { net: add(sales, 'netMinor') - add(credits, 'netMinor'), vat: add(sales, 'vatMinor') - add(credits, 'vatMinor'), commission: on('commission:platform'), commissionVat: on('vat:FR') };
}

/** The first sheet of a spreadsheet, read as any program would: unzipped by its own directory, its strings looked up. */
function readSheet(bytes: Buffer): string[][] {
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16);
  while (bytes.readUInt32LE(at) === 0x02_01_4b_50) {
    const [size, name, extra, comment, start] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const packed = bytes.subarray(data, data + size);
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, isArray: (name) => ['row', 'c', 'si'].includes(name) });
  const strings = ((parser.parse(files.get('xl/sharedStrings.xml')!) as { sst: { si: { t: string | { '#text': string } }[] } }).sst.si).map(({ t }) => (typeof t === 'string' ? t : t['#text']));
  const sheet = parser.parse(files.get('xl/worksheets/sheet1.xml')!) as { worksheet: { sheetData: { row: { c?: { '@r': string; '@t'?: string; v?: string }[] }[] } } };
  return sheet.worksheet.sheetData.row.map(({ c = [] }) => {
    const cells: string[] = Array.from({ length: 15 }, () => '');
    for (const cell of c) cells[cell['@r'].charCodeAt(0) - 65] = cell['@t'] === 's' ? strings[Number(cell.v)] ?? '' : cell.v ?? '';
    return cells;
  });
}

let deals: Awaited<ReturnType<typeof halfYear>>;
beforeAll(async () => { deals = await halfYear(); }, 120_000);

test('the table of a year, read again from CSV and from a spreadsheet, has the sums of the papers and of the ledger (CR-15)', async () => {
  const { net, vat, commission, commissionVat } = await truth(deals.first.orgId);
  const csv = await exported(deals.first, 'csv');
  expect(csv.name).toBe('flow-stage-2027.csv');
  const rows = parse<Record<string, string>>(csv.bytes, { delimiter: ';', bom: true, columns: true });
  const total = (name: string) => rows.reduce((all, row) => all + cents(row[name]), 0n);
  expect([total('Montant HT'), total('TVA'), total('Montant TTC'), total('Commission HT'), total('TVA sur commission')]).toEqual([net, vat, net + vat, commission, commissionVat]);
  expect(rows[0]).toMatchObject({ Date: '2027-03-01', Pièce: 'Facture d’acompte', Contact: 'La Halle SARL', 'Date du spectacle': '2027-05-08', 'Payée le': '2027-03-01', 'Montant HT': '360,00', 'Taux de TVA': '5,50', Devise: 'EUR' });
  expect(rows.find((row) => row['Pièce'] === 'Avoir')).toMatchObject({ Contact: 'Commune de Démonville', 'Montant TTC': '-100,00' });

  const [head, ...lines] = readSheet((await exported(deals.first, 'xlsx', year, 'en')).bytes);
  expect(head![7]).toBe('Net amount');
  const sheet = lines.filter(([first]) => first !== 'Total');
  expect(sheet).toHaveLength(rows.length);
  const column = (of: string[][], n: number) => of.reduce((all, row) => all + BigInt(Math.round(Number(row[n]) * 100)), 0n);
  expect([7, 9, 10, 11, 12].map((n) => column(sheet, n))).toEqual([net, vat, net + vat, commission, commissionVat]);
  // And the row of sums says the same.
  expect([7, 9, 10, 11, 12].map((n) => column(lines.filter(([first]) => first === 'Total'), n))).toEqual([net, vat, net + vat, commission, commissionVat]);
});

test('months and quarters share out the year, and what a stranger typed is no formula', async () => {
  await world.db.organisation.update({ where: { id: deals.owing.buyerOrgId }, data: { legalName: '=HYPERLINK("http://evil")' } });
  const count = async (kind: Period['kind'], parts: number[]) => (await Promise.all(parts.map((part) => exported(deals.first, 'csv', { kind, year: 2027, part })))).map((file) => file.count);
  const whole = (await exported(deals.first, 'csv')).count;
  const months = await count('month', Array.from({ length: 12 }, (_, i) => i + 1));
  expect(months.reduce((a, b) => a + b)).toBe(whole);
  expect((await count('quarter', [1, 2, 3, 4])).reduce((a, b) => a + b)).toBe(whole);
  expect(months[1]).toBe(0);
  const text = (await exported(deals.first, 'csv')).bytes.toString();
  expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`);
  await world.db.organisation.update({ where: { id: deals.owing.buyerOrgId }, data: { legalName: 'Commune de Démonville' } });
  await expect(exported(deals.first, 'csv', { kind: 'quarter', year: 2027, part: 5 })).rejects.toThrow(refusal('input_invalid'));
});

/** A second reader of the fichier des écritures comptables, written from the official layout: LPF art. A47 A-1, VII and VIII. `first` is the first day of its stretch, that of its calendar year where it is not said. @returns The lines by their names. */
function readFec(name: string, bytes: Buffer, first?: string): Record<string, string>[] {
  expect(name).toMatch(/^\d{9}FEC\d{8}\.txt$/u);
  const text = new TextDecoder('iso-8859-15', { fatal: true }).decode(bytes);
  const [head, ...lines] = text.split('\r\n');
  expect(lines.pop()).toBe('');
  expect(head!.split('\t')).toEqual(['JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise']);
  const rows = lines.map((line) => {
    const cells = line.split('\t');
    expect(cells).toHaveLength(18);
    return Object.fromEntries(head!.split('\t').map((column, i) => [column, cells[i]!]));
  });
  const closing = /FEC(\d{8})/u.exec(name)![1]!;
  const begins = first ?? `${closing.slice(0, 4)}0101`;
  if (rows.length > 0 && rows[0]!['EcritureDate'] === begins) expect(rows[0]!['EcritureNum']).toBe('1');
  const sums = new Map<string, { minor: number; day: string; journal: string }>();
  let before = { number: 0, day: '' };
  for (const row of rows) {
    for (const must of ['JournalCode', 'JournalLib', 'EcritureNum', 'CompteNum', 'CompteLib', 'PieceRef', 'EcritureLib', 'Debit', 'Credit']) expect(row[must], must).not.toBe('');
    // The first three signs of an account are the plan comptable's.
    expect(row['CompteNum']).toMatch(/^[1-7]\d{2,}$/u);
    for (const day of ['EcritureDate', 'PieceDate', 'ValidDate']) expect(row[day]).toMatch(/^20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/u);
    expect(row['EcritureDate']! <= closing && row['EcritureDate']! >= begins).toBe(true);
    // The balances of the year before come first, on the first day, and are of the balance sheet.
    if (row['JournalCode'] === 'AN') expect([row['EcritureNum'], row['EcritureDate'], /^[1-5]/u.test(row['CompteNum']!)]).toEqual(['1', begins, true]);
    for (const amount of ['Debit', 'Credit']) expect(row[amount]).toMatch(/^\d+,\d\d$/u);
    expect(row['Debit'] === '0,00').not.toBe(row['Credit'] === '0,00');
    // Who has an account of their own has a name.
    expect(row['CompAuxNum'] === '').toBe(row['CompAuxLib'] === '');
    const number = Number(row['EcritureNum']);
    expect(number === before.number || number === before.number + 1).toBe(true);
    expect(row['EcritureDate']! >= before.day).toBe(true);
    before = { number, day: row['EcritureDate']! };
    const [debit, credit] = [Number(row['Debit']!.replace(',', '')), Number(row['Credit']!.replace(',', ''))];
    const key = row['EcritureNum']!;
    const piece = sums.get(key) ?? { minor: 0, day: row['EcritureDate']!, journal: row['JournalCode']! };
    expect([row['EcritureDate'], row['JournalCode']]).toEqual([piece.day, piece.journal]);
    sums.set(key, { ...piece, minor: piece.minor + debit - credit });
  }
  expect([...sums].filter(([, { minor }]) => minor !== 0)).toEqual([]);
  return rows;
}

test('a second reader accepts the file of entries, and its accounts are what papers and ledger say (ES-14)', async () => {
  const { orgId } = deals.first;
  const { net, vat, commission, commissionVat } = await truth(orgId);
  const file = await exported(deals.first, 'fec');
  expect(file.name).toBe('732829320FEC20271231.txt');
  const rows = readFec(file.name, file.bytes);
  const on = (account: string) => rows.filter((row) => row['CompteNum'] === account).reduce((all, row) => all + cents(row['Debit']) - cents(row['Credit']), 0n);
  expect([on('706000'), on('445710') + on('445740'), on('622200'), on('445660')]).toEqual([-net, -vat, commission, commissionVat]);
  // The tax of the commune that owes is not due before it pays: that of 899.99, for 100.00 with tax were credited.
  expect(on('445740')).toBe(-5_500n + 521n);
  // Its tax is booked with each payment, on its day, and the show owes none of it again (VAT-FR-10).
  const own = rows.filter((row) => row['CompteNum'] === '445710' && row['EcritureDate']! < '20270512').map((row) => [row['EcritureDate'], row['Credit']]);
  expect(own).toEqual([['20270301', '19,80'], ['20270410', '46,20']]);
  expect(rows.filter((row) => row['CompteNum'] === '419100').map((row) => [row['EcritureDate'], row['Debit'], row['Credit']])).toEqual([['20270301', '0,00', '360,00'], ['20270410', '0,00', '840,00'], ['20270509', '1200,00', '0,00']]);
  // A deposit that became a sale leaves nothing; the commune that owes still does.
  expect(on('419100')).toBe(0n);
  const [due] = await readOpen(artist(deals.first));
  expect(on('411000')).toBe(BigInt(due!.due.minor));
  // What is held for the producer and what it owes us is what the ledger says of it.
  const entries = await world.db.entry.findMany({ where: { transfer: { orgId } } });
  const held = entries.filter(({ account }) => account === `payable:${orgId}` || account === `escrow:${deals.first.bookingId}`).reduce((all, { minor }) => all + minor, 0n);
  expect(on('467000') + on('401000')).toBe(held);
  expect(on('512000')).toBe(112_200n + 422_000n);

  // A quarter has the numbers of its year, up to its own last day.
  const quarter = await exported(deals.first, 'fec', { kind: 'quarter', year: 2027, part: 1 });
  expect(quarter.name).toBe('732829320FEC20270331.txt');
  expect(readFec(quarter.name, quarter.bytes).length).toBeGreaterThan(0);
});

test('a show decided at a reduced price: what was paid before it is credited, sold and taxed to the cent, and leaves no advance (INV-03, VAT-FR-10)', async () => {
  const deal = await open();
  const { bookingId } = deal;
  await pay(deal);
  await to('2027-04-10T12:00:00Z');
  world.at('2027-05-12T12:00:00Z');
  await transact(world.ctx, async (tx) => {
    await book(tx, { kind: 'release', key: `release:${bookingId}`, bookingId, orgId: deal.orgId, entries: [{ account: `escrow:${bookingId}`, amount: euros(-63_333n) }, { account: `payable:${deal.orgId}`, amount: euros(63_333n) }], reason: 'Decided' });
    await issueClosed(tx, bookingId);
  });
  const file = await exported(deal, 'fec');
  const rows = readFec(file.name, file.bytes);
  const on = (account: string) => rows.filter((row) => row['CompteNum'] === account).reduce((all, row) => all + cents(row['Debit']) - cents(row['Credit']), 0n);
  // 633.33 with tax: 600.31 and 33.02.
  expect([on('706000'), on('445710'), on('419100')]).toEqual([-60_031n, -3_302n, 0n]);
  expect(rows.filter((row) => row['CompteNum'] === '445710').map((row) => [row['EcritureDate'], cents(row['Credit']) - cents(row['Debit'])])).toEqual([['20270301', 1_980n], ['20270410', 4_620n], ['20270512', -3_298n]]);
});

test('a piece that was handed over keeps its number, its day and its words; what is found later comes behind, on a day that is open (A47 A-1)', async () => {
  const fec = async (deal: TestDeal, of: number) => {
    const { name, bytes } = await exportBooks(artist(deal), { format: 'fec', period: { kind: 'year', year: of, part: 0 }, locale: 'fr' });
    return readFec(name, bytes);
  };
  const deal = await open({ path: 'public', price: 400_000n, showDay: '2027-05-20' });
  await playAt(deal, '2027-05-21T09:00:00Z');
  world.at('2027-06-16T12:00:00Z');
  const before = await fec(deal, 2027);
  expect(before.map((row) => row['EcritureNum'])).toEqual(['1', '1', '1']);
  // The bank's file of May is read in June only, and the commune has another name by now.
  await world.db.organisation.update({ where: { id: deal.buyerOrgId }, data: { legalName: 'Commune nouvelle' } });
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  await settleInvoice(artist(deal), invoice!.id, { at: new Date('2027-05-25T10:00:00Z') });
  await drain();
  const after = await fec(deal, 2027);
  expect(after.slice(0, before.length)).toEqual(before);
  const paid = after.filter((row) => row['CompteNum'] === '512000');
  expect(paid).toMatchObject([{ EcritureNum: '3', EcritureDate: '20270616', PieceDate: '20270525', ValidDate: '20270616' }]);
  // Ten at once book each piece once, and the database lets none be changed.
  const many = await Promise.all(Array.from({ length: 5 }, () => fec(deal, 2027)));
  for (const one of many) expect(one).toEqual(after);
  expect(await world.db.bookedPiece.updateMany({ data: { number: 9 } }).catch((error: unknown) => conflict(error)?.constraint)).toBe('booked_piece_append_only');
  // The year is handed over: what is found for it is of the next one.
  world.at('2028-01-20T12:00:00Z');
  const year2027 = await fec(deal, 2027);
  const more = await open({ artistOrgId: deal.orgId, path: 'public', showDay: '2027-12-30' });
  await playAt(more, '2027-12-31T09:00:00Z');
  world.at('2028-02-01T12:00:00Z');
  expect(await fec(deal, 2027)).toEqual(year2027);
  const year2028 = await fec(deal, 2028);
  expect(year2028.find((row) => row['CompteNum'] === '706000')).toMatchObject({ EcritureNum: '2', EcritureDate: '20280101', PieceDate: '20271231' });
  // The new year begins with what the old one left: 4,220.00 of the first commune at the bank, 220.00 of tax, our commission of 480.00, and what was earned, 3,600.00.
  expect(year2028.filter((row) => row['JournalCode'] === 'AN').map((row) => [row['CompteNum'], row['CompAuxLib'], row['Debit'], row['Credit']])).toEqual([
    ['401000', 'Flow Stage (société de démonstration)', '0,00', '480,00'], ['445660', '', '80,00', '0,00'], ['445710', '', '0,00', '220,00'], ['512000', '', '4220,00', '0,00'], ['120000', '', '0,00', '3600,00'],
  ]);
  // A year later that is a result of before, and another account for tax touches nothing that was handed over.
  await changeAccount(artist(deal), { role: 'vatCollected', account: '445719', label: 'TVA collectée, autre' });
  world.at('2029-02-01T12:00:00Z');
  expect(await fec(deal, 2028)).toEqual(year2028);
  expect(await fec(deal, 2027)).toEqual(year2027);
  const year2029 = await fec(deal, 2029);
  expect(year2029.every((row) => row['JournalCode'] === 'AN' && row['EcritureDate'] === '20290101')).toBe(true);
  const balance = (rows: Record<string, string>[], account: string) => rows.filter((row) => row['CompteNum'] === account).reduce((all, row) => all + cents(row['Debit']) - cents(row['Credit']), 0n);
  expect(['110000', '120000', '445710', '445719'].map((account) => balance(year2029, account))).toEqual([-360_000n, balance(year2028, '706000') + balance(year2028, '622200'), balance(year2028, '445710'), 0n]);
  for (const account of ['411000', '401000', '512000', '445660']) expect(balance(year2029, account)).toBe(balance(year2028, account));
});

test('tax waits until a commune has paid, and is due with the invoice of a seller that has opted for it, which says so (PUB-09, VAT-FR-10)', async () => {
  const taxOf = async (deal: TestDeal) => (await exported(deal, 'fec').then(({ name, bytes }) => readFec(name, bytes))).filter((row) => row['CompteNum']!.startsWith('4457')).map((row) => [row['PieceDate'], row['CompteNum'], row['Debit'], row['Credit']]);
  const due = async (debits: boolean) => {
    const deal = await open({ path: 'public', price: 400_000n, showDay: '2027-05-20' });
    await world.db.organisation.update({ where: { id: deal.orgId }, data: { vatOnDebits: debits } });
    await playAt(deal, '2027-05-21T09:00:00Z');
    const [invoice] = await readInvoices(artist(deal), deal.bookingId);
    const before = await taxOf(deal);
    world.at('2027-06-16T12:00:00Z');
    await settleInvoice(artist(deal), invoice!.id);
    await drain();
    return { before, after: await taxOf(deal), printed: (await readBytes(world.ctx, invoice!.xmlFileId!)).toString() };
  };
  const option = 'Option pour le paiement de la taxe d’après les débits.';
  const usual = await due(false);
  expect(usual.before).toEqual([['20270521', '445740', '0,00', '220,00']]);
  expect(usual.after).toEqual([...usual.before, ['20270616', '445740', '220,00', '0,00'], ['20270616', '445710', '0,00', '220,00']]);
  expect(usual.printed).not.toContain(option);
  const opted = await due(true);
  expect(opted.before).toEqual([['20270521', '445710', '0,00', '220,00']]);
  expect(opted.after).toEqual(opted.before);
  expect(opted.printed).toContain(option);
});

test('a financial year ends on the day that its organisation states; what was handed over of a year keeps its end (ES-14, A47 A-1)', async () => {
  const deal = await open({ path: 'public', price: 400_000n, showDay: '2027-05-20' });
  await playAt(deal, '2027-05-21T09:00:00Z');
  world.at('2027-07-10T12:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  await settleInvoice(artist(deal), invoice!.id);
  await drain();
  const fec = async (of: number, part: number, first: string, kind: Period['kind'] = 'financial') => {
    const { name, bytes } = await exported(deal, 'fec', { kind, year: of, part });
    return { name, rows: readFec(name, bytes, first) };
  };
  expect(await readYears(artist(deal))).toEqual({ closing: '12-31', since: null, years: [{ first: '2027-01-01', last: '2027-12-31', year: 2027, part: 12 }] });
  await expect(changeClosing(world.as({ orgId: deal.orgId, role: 'member' }), '06-30')).rejects.toThrow(refusal('role_too_low'));
  expect(await changeClosing(artist(deal), '06-30')).toEqual({ closing: '06-30', since: null, years: [{ first: '2027-07-01', last: '2028-06-30', year: 2028, part: 6 }, { first: '2026-07-01', last: '2027-06-30', year: 2027, part: 6 }] });
  const before = await fec(2027, 6, '20260701');
  expect(before.name).toBe('732829320FEC20270630.txt');
  expect(before.rows.map((row) => [row['EcritureNum'], row['CompteNum']])).toEqual([['1', '411000'], ['1', '706000'], ['1', '445740']]);
  const after = await fec(2028, 6, '20270701');
  // What was owed on 30 June is what the new year begins with; then it is paid.
  expect(after.rows.filter((row) => row['CompteNum'] === '411000').map((row) => [row['JournalCode'], row['EcritureNum'], row['Debit'], row['Credit']])).toEqual([['AN', '1', '4220,00', '0,00'], ['BQ', expect.stringMatching(/^[345]$/u), '0,00', '4220,00']]);
  expect(after.rows.find((row) => row['CompteNum'] === '120000')).toMatchObject({ Credit: '4000,00' });
  await expect(fec(2027, 0, '20270101', 'year')).rejects.toThrow(refusal('books_of_two_years'));
  await expect(fec(2027, 12, '20270101')).rejects.toThrow(refusal('input_invalid'));
  expect((await fec(2027, 3, '20270701', 'quarter')).rows).toEqual(after.rows);
  expect((await exported(deal, 'quickbooks', { kind: 'financial', year: 2028, part: 6 })).name).toBe('flow-stage-exercice-2028-06-quickbooks.csv');
  // The year of which a file was handed over ends as it was to, and the next is a short one.
  expect(await changeClosing(artist(deal), '12-31')).toMatchObject({ closing: '12-31', since: '2028-07-01', years: [{ last: '2028-06-30' }, { last: '2027-06-30' }] });
  world.at('2028-08-01T12:00:00Z');
  expect((await readYears(artist(deal))).years[0]).toEqual({ first: '2028-07-01', last: '2028-12-31', year: 2028, part: 12 });
  expect((await fec(2028, 12, '20280701')).rows.every((row) => row['JournalCode'] === 'AN')).toBe(true);
  const refused = await world.db.closingDay.create({ data: { orgId: deal.orgId, since: new Date('2027-01-01'), monthDay: '03-31' } }).then(() => null, (error: unknown) => conflict(error)?.constraint);
  expect(refused).toBe('closing_day_to_come');
});

test('a file of entries needs a SIREN and one currency', async () => {
  await expect(exportBooks(buyer({ ...deals.first, buyerOrgId: (await belgian()).orgId }), { format: 'fec', period: year, locale: 'fr' })).rejects.toThrow(refusal('fec_needs_siren'));
  await expect(exportBooks(world.as({ orgId: deals.first.orgId, role: 'member' }), { format: 'csv', period: year, locale: 'fr' })).rejects.toThrow(refusal('role_too_low'));
  await expect(exportBooks(world.as({ orgId: deals.first.orgId, mandated: true }), { format: 'csv', period: year, locale: 'fr' })).rejects.toThrow(refusal('role_too_low'));
});
const belgian = () => open({ country: 'BE', vatBps: 0n });

test('Sage reads lines of 112 signs that balance, QuickBooks entries by the names of the accounts that the organisation chose', async () => {
  const sage = await exported(deals.first, 'sage');
  expect(sage.name).toBe('flow-stage-2027-sage.pnm');
  const [company, ...lines] = new TextDecoder('windows-1252', { fatal: true }).decode(sage.bytes).trimEnd().split('\r\n');
  expect(company).toBe('Les Marées Productions');
  const sums = new Map<string, bigint>();
  for (const line of lines) {
    expect(line).toHaveLength(112);
    const [journal, day, account, aux, side, amount, number] = [line.slice(0, 3), line.slice(3, 9), line.slice(11, 24).trim(), line.slice(24, 25), line.slice(83, 84), line.slice(84, 104), line.slice(105)];
    expect(journal).toMatch(/^(VE|HA|BQ|OD) $/u);
    expect(day).toMatch(/^\d\d(0[1-9]|1[0-2])27$/u);
    expect(aux === 'X').toBe(account.startsWith('411') || account.startsWith('401'));
    expect(amount).toMatch(/^ *\d+\.\d\d$/u);
    sums.set(number, (sums.get(number) ?? 0n) + (side === 'D' ? 1n : -1n) * cents(amount.trim()));
  }
  expect(new Set(sums.values())).toEqual(new Set([0n]));
  // A number is longer than its field: what tells two papers apart is its end.
  const papers = new Map(lines.filter((line) => /^(VE|HA)/u.test(line)).map((line) => [line.slice(105), line.slice(38, 51)]));
  expect([...papers.values()].sort()).toEqual([...new Set(papers.values())].sort());

  await changeAccount(artist(deals.first), { role: 'sales', account: '706100', label: 'Cessions de spectacles' });
  const file = await exported(deals.first, 'quickbooks');
  const rows = parse<Record<string, string>>(file.bytes, { columns: true });
  const byEntry = new Map<string, bigint>();
  for (const row of rows) byEntry.set(row['JournalNo']!, (byEntry.get(row['JournalNo']!) ?? 0n) + cents(row['Debits']) - cents(row['Credits']));
  expect(new Set(byEntry.values())).toEqual(new Set([0n]));
  expect(rows.filter((row) => row['AccountName'] === 'Cessions de spectacles').reduce((all, row) => all + cents(row['Credits']) - cents(row['Debits']), 0n)).toBe((await truth(deals.first.orgId)).net);
  expect(rows[0]!['JournalDate']).toMatch(/^\d\d\/\d\d\/2027$/u);

  expect((await readChart(artist(deals.first))).find(({ role }) => role === 'sales')).toEqual({ role: 'sales', account: '706100', label: 'Cessions de spectacles', usual: false });
  await changeAccount(artist(deals.first), { role: 'sales', account: '706000', label: 'Prestations de services' });
  expect((await readChart(artist(deals.first))).every(({ usual }) => usual)).toBe(true);
  expect((await readChart(world.as({ orgId: (await belgian()).orgId }))).find(({ role }) => role === 'customers')!.account).toBe('400000');
});

test('every invoice and credit note of a year stands in one list on both sides, with what is owed and all of its files (INV-03, ES-12)', async () => {
  const { first, owing } = await halfYear();
  const { papers, ...years } = await readPapers(artist(first), null);
  expect(years).toEqual({ year: 2027, since: 2027, until: 2027 });
  const own = await world.db.invoice.findMany({ where: { OR: [{ issuerOrgId: first.orgId }, { payerOrgId: first.orgId }] } });
  const notes = await world.db.creditNote.findMany({ where: { issuerOrgId: first.orgId } });
  expect(papers.map(({ id }) => id).sort()).toEqual([...own, ...notes].map(({ id }) => id).sort());
  expect(papers.map(({ issuedDay }) => issuedDay)).toEqual(papers.map(({ issuedDay }) => issuedDay).sort().reverse());
  const of = (bookingId: string) => papers.filter((one) => one.bookingId === bookingId && one.issued).map(({ kind, state, total }) => [kind, state, total.minor]);
  expect(of(first.bookingId).sort()).toEqual([['balance', 'paid', 88_620], ['deposit', 'paid', 37_980], ['final', 'paid', 126_600]]);
  expect(of(owing.bookingId).sort()).toEqual([['credit', null, -10_000], ['final', 'due', 105_499]]);
  expect(papers.filter(({ kind }) => kind === 'commission').every(({ issued, other }) => !issued && other === world.ctx.config.company.name)).toBe(true);
  await to('2027-08-01T12:00:00Z');
  const commune = { ...buyer(owing) };
  expect((await readPapers(commune, 2027)).papers.map(({ kind, issued, state, other }) => [kind, issued, state, other])).toEqual([['credit', false, null, expect.any(String)], ['final', false, 'late', expect.any(String)]]);
  expect(await readPapers(artist(first), 2026)).toEqual({ year: 2026, since: 2026, until: 2027, papers: [] });
  for (const { fileId, xmlFileId } of papers) expect([fileId, xmlFileId].every(Boolean)).toBe(true);
});

test('a venue has what it bought: the mirror of the producer’s books', async () => {
  const file = await exportBooks(buyer(deals.first), { format: 'quickbooks', period: year, locale: 'fr' });
  const rows = parse<Record<string, string>>(file.bytes, { columns: true });
  const on = (name: string) => rows.filter((row) => row['AccountName'] === name).reduce((all, row) => all + cents(row['Debits']) - cents(row['Credits']), 0n);
  expect([on('Sous-traitance générale'), on('TVA déductible sur autres biens et services'), on('Fournisseurs'), on('Banque'), on('Fournisseurs, acomptes versés')]).toEqual([120_000n, 6_600n, 0n, -126_600n, 0n]);
});

test('what a plan was charged is a purchase, paid by card on its day', async () => {
  world.at('2027-06-16T12:00:00Z');
  const { orgId } = deals.first;
  await world.db.planCharge.create({ data: {
    id: 'pch_books', orgId, kind: 'renewal', plan: 'artist_pro', since: new Date('2027-06-16'), until: new Date('2027-07-16'), fullMinor: 2_900n, offMinor: 0n, netMinor: 2_900n, vatBps: 2_000, vatMinor: 580n, vatCitation: 'CIBS livre II', totalMinor: 3_480n,
    currency: 'EUR', status: 'captured', createdAt: world.ctx.now(), capturedAt: world.ctx.now(), providerRef: 'pi_books',
  } });
  await issuePlan(world.ctx, 'pch_books');
  const rows = parse<Record<string, string>>((await exported(deals.first, 'quickbooks')).bytes, { columns: true });
  const own = rows.filter((row) => row['JournalDate'] === '16/06/2027').map((row) => [row['AccountName'], row['Debits'], row['Credits']]);
  expect(own).toEqual([
    ['Fournisseurs', '', '34.80'], ['Abonnement Flow Stage', '29.00', ''], ['TVA déductible sur autres biens et services', '5.80', ''], ['Fournisseurs', '34.80', ''], ['Banque', '', '34.80'],
  ]);
  const table = parse<Record<string, string>>((await exported(deals.first, 'csv')).bytes, { delimiter: ';', bom: true, columns: true });
  expect(table.find((row) => row['Pièce'] === 'Abonnement Flow Stage')).toMatchObject({ 'Montant HT': '29,00', TVA: '5,80', 'Taux de TVA': '20,00', 'Date du spectacle': '' });
});

test('a plan on quote is owed from the day of its invoice, and paid on the day of its transfer, be it another year', async () => {
  world.at('2027-12-10T12:00:00Z');
  const { orgId } = await open();
  const read = (of: number) => exportBooks(world.as({ orgId }), { format: 'quickbooks', period: { kind: 'year', year: of, part: 0 }, locale: 'fr' }).then(({ bytes }) => parse<Record<string, string>>(bytes, { columns: true }).map((row) => [row['JournalDate'], row['AccountName'], row['Debits'], row['Credits']]));
  const table = () => exportBooks(world.as({ orgId }), { format: 'csv', period: year, locale: 'fr' }).then(({ bytes }) => parse<Record<string, string>>(bytes, { delimiter: ';', bom: true, columns: true }));
  await world.db.planCharge.create({ data: {
    id: 'pch_quoted', orgId, kind: 'quoted', plan: 'agency', since: new Date('2027-12-01'), until: new Date('2028-12-01'), fullMinor: 100_000n, offMinor: 0n, netMinor: 100_000n, vatBps: 2_000, vatMinor: 20_000n, vatCitation: 'CIBS livre II', totalMinor: 120_000n,
    currency: 'EUR', status: 'invoiced', createdAt: world.ctx.now(), quote: { create: { id: 'plq_books', orgId, plan: 'agency', message: '', askedAt: world.ctx.now(), status: 'assigned', monthMinor: 8_333n, months: 12, since: new Date('2027-12-01'), until: new Date('2028-12-01'), decidedBy: 'usr_boss', decidedAt: world.ctx.now() } },
  } });
  await issuePlan(world.ctx, 'pch_quoted');
  const owed = [['10/12/2027', 'Fournisseurs', '', '1200.00'], ['10/12/2027', 'Abonnement Flow Stage', '1000.00', ''], ['10/12/2027', 'TVA déductible sur autres biens et services', '200.00', '']];
  expect(await read(2027)).toEqual(owed);
  expect(await table()).toMatchObject([{ 'Payée le': '' }]);
  world.at('2028-01-14T12:00:00Z');
  await world.db.planCharge.update({ where: { id: 'pch_quoted' }, data: { status: 'captured', capturedAt: world.ctx.now() } });
  expect(await read(2027)).toEqual(owed);
  expect(await read(2028)).toEqual([['14/01/2028', 'Fournisseurs', '1200.00', ''], ['14/01/2028', 'Banque', '', '1200.00']]);
  expect(await table()).toMatchObject([{ 'Payée le': '2028-01-14' }]);
});

test('what a seller abroad leaves to its buyer to tax is owed and deducted on the day of its paper, and is a cost to whoever deducts nothing (VAT-X-01)', async () => {
  const reversed = 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196';
  const deal = await open({ country: 'BE', vatBps: 0n, vatCitation: reversed, price: 100_010n });
  await world.db.organisation.update({ where: { id: deal.buyerOrgId }, data: { vatNumber: 'FR44732829320' } });
  await pay(deal);
  await to('2027-04-10T12:00:00Z');
  await playAt(deal, '2027-05-09T09:00:00Z');
  await to('2027-05-12T12:00:00Z');
  const { name, bytes } = await exportBooks(buyer(deal), { format: 'fec', period: year, locale: 'fr' });
  const rows = readFec(name, bytes);
  const own = (account: string) => rows.filter((row) => row['CompteNum'] === account).map((row) => [row['PieceDate'], row['Debit'], row['Credit']]);
  // 300.03 at 5.5 % is 16.50, 700.07 is 38.50; the whole price owes 55.01, so the final one has a cent.
  expect(own('445200')).toEqual([['20270301', '0,00', '16,50'], ['20270410', '0,00', '38,50'], ['20270509', '0,00', '0,01']]);
  expect(own('445660')).toEqual([['20270301', '16,50', '0,00'], ['20270410', '38,50', '0,00'], ['20270509', '0,01', '0,00']]);
  expect(own('611000')).toEqual([['20270509', '1000,10', '0,00']]);
  // The producer owes our commission's tax in Belgium in the same way, and as an exempt one it deducts none of it.
  const books = async () => parse<Record<string, string>>((await exportBooks(artist(deal), { format: 'quickbooks', period: year, locale: 'fr' })).bytes, { columns: true })
    .filter((row) => ['Commissions', 'TVA à payer, due par le cocontractant', 'TVA à récupérer'].includes(row['AccountName']!)).map((row) => [row['AccountName'], row['Debits'], row['Credits']]);
  expect(await books()).toEqual([['Commissions', '100.01', ''], ['Commissions', '21.00', ''], ['TVA à payer, due par le cocontractant', '', '21.00']]);
  await world.db.organisation.update({ where: { id: deal.orgId }, data: { vatNumber: 'BE0403019261' } });
  expect(await books()).toEqual([['Commissions', '100.01', ''], ['TVA à récupérer', '21.00', ''], ['TVA à payer, due par le cocontractant', '', '21.00']]);
});

test('a commission that the producer pays later leaves the bank and the debt (ES-12)', async () => {
  const [, commission] = await readInvoices(artist(deals.paid), deals.paid.bookingId);
  world.at('2027-06-20T12:00:00Z');
  await receiveCommission(us(), commission!.id);
  const file = await exported(deals.first, 'fec');
  const rows = readFec(file.name, file.bytes);
  expect(rows.filter((row) => row['CompteNum'] === '401000').reduce((all, row) => all + cents(row['Debit']) - cents(row['Credit']), 0n)).toBe(0n);
});

test('an unpaid invoice is asked for in three steps, with interest and the 40 euros in the last, and no more once it is paid (ES-13, PUB-06)', async () => {
  const deal = await open({ path: 'public', price: 1_000_000n, commissionBps: 800n, showDay: '2027-05-09' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  const facts = async () => (await world.db.fact.findMany({ where: { subject: deal.bookingId, topic: 'invoice.dunned' }, orderBy: { id: 'asc' } })).map(({ payload }) => (payload as { step: string }).step);
  // Due on 9 June; before, its clock runs.
  expect(await readOpen(artist(deal))).toMatchObject([{ number: invoice!.number, dueDay: '2027-06-09', days: 30, late: false, interest: { minor: 0 }, fixed: { minor: 0 } }]);
  await to('2027-06-12T06:00:00Z');
  expect(await facts()).toEqual([]);
  await to('2027-06-12T07:30:00Z');
  expect(await facts()).toEqual(['friendly']);
  await to('2027-06-23T12:00:00Z');
  expect(await facts()).toEqual(['friendly']);
  await to('2027-06-24T12:00:00Z');
  expect(await facts()).toEqual(['friendly', 'firm']);
  await to('2027-07-09T12:00:00Z');
  expect(await facts()).toEqual(['friendly', 'firm', 'notice']);
  // 10,550.00 for 30 days at 10.15 %: 88.01, and 40.00.
  expect(await world.db.dunning.findMany({ where: { invoiceId: invoice!.id, step: 'notice' } })).toMatchObject([{ dueMinor: 1_055_000n, interestMinor: 8_801n, fixedMinor: 4_000n }]);
  expect((await readOpen(artist(deal)))[0]).toMatchObject({ days: -30, late: true, rateBps: 1_015, interest: { minor: 8_801 }, fixed: { minor: 4_000 } });
  expect((await readOpen(artist(deal)))[0]!.steps.map(({ takenAt }) => takenAt !== null)).toEqual([true, true, true]);
  await to('2027-12-01T12:00:00Z');
  expect(await facts()).toHaveLength(3);
  await expect(world.db.dunning.deleteMany({}).catch((error: unknown) => { throw new Error(conflict(error)!.constraint); })).rejects.toThrow('dunning_append_only');
});

test('a public buyer’s transfer with interest is in the books as the bank has it; without it the interest stays owed (ES-14, PUB-06)', async () => {
  const deal = await open({ path: 'public', price: 1_000_000n, showDay: '2027-05-09' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  await to('2027-06-29T12:00:00Z');
  await settleInvoice(artist(deal), invoice!.id);
  await drain();
  expect(await readOpen(artist(deal))).toMatchObject([{ number: invoice!.number, paidDay: '2027-06-29', days: -20, late: true, due: { minor: 9_868 }, interest: { minor: 5_868 }, fixed: { minor: 4_000 }, steps: [] }]);
  world.at('2027-07-20T12:00:00Z');
  await settleLate(artist(deal), invoice!.id);
  expect(await readOpen(artist(deal))).toEqual([]);
  const entries = async (ctx: Parameters<typeof exportBooks>[0]) => parse<Record<string, string>>((await exportBooks(ctx, { format: 'quickbooks', period: year, locale: 'fr' })).bytes, { columns: true })
    .filter((row) => row['Description']!.includes('Intérêts')).map((row) => [row['JournalDate'], row['AccountName'], row['Debits'], row['Credits']]);
  expect(await entries(artist(deal))).toEqual([['20/07/2027', 'Banque', '98.68', ''], ['20/07/2027', 'Revenus des créances commerciales', '', '98.68']]);
  expect(await entries(buyer(deal))).toEqual([['20/07/2027', 'Intérêts des dettes commerciales', '98.68', ''], ['20/07/2027', 'Banque', '', '98.68']]);
});

test('a reminder that was not sent in time is not made up for, and none follows a payment', async () => {
  const deal = await open({ path: 'public', showDay: '2027-05-09' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  await to('2027-06-25T12:00:00Z');
  const steps = async () => (await world.db.dunning.findMany({ where: { invoiceId: invoice!.id } })).map(({ step }) => step);
  expect(await steps()).toEqual(['firm']);
  expect(await world.db.deadline.count({ where: { subject: invoice!.id, kind: 'invoice.dun' } })).toBe(1);
  await settleInvoice(artist(deal), invoice!.id);
  await drain();
  expect(await world.db.deadline.count({ where: { subject: invoice!.id } })).toBe(0);
  await to('2027-08-01T12:00:00Z');
  expect(await steps()).toEqual(['firm']);
  // What its lateness cost is not asked for by reminders, and owed still.
  expect(await readOpen(artist(deal))).toMatchObject([{ paidDay: '2027-06-25', steps: [] }]);
});

test('the meter of the franchise counts the year’s sales and warns from eighty per cent (VAT-FR-07)', async () => {
  const deal = await open({ path: 'public', price: 2_999_999n, vatBps: 0n, showDay: '2027-05-09' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const read = async () => (await readMeters(artist(deal))).meters;
  expect(await read()).toMatchObject([{ nature: 'services', turnover: { minor: 2_999_999 }, limit: { minor: 3_750_000 }, tolerance: { minor: 4_125_000 }, standing: 'far', beforeOver: false }]);
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  const more = await open({ artistOrgId: deal.orgId, path: 'public', price: 1n, vatBps: 0n, commissionBps: 0n, showDay: '2027-05-09' });
  await playAt(more, '2027-05-10T09:00:00Z');
  expect(await read()).toMatchObject([{ standing: 'near' }]);
  const much = await open({ artistOrgId: deal.orgId, path: 'public', price: 900_000n, vatBps: 0n, showDay: '2027-05-10' });
  await playAt(much, '2027-05-11T09:00:00Z');
  expect(await read()).toMatchObject([{ turnover: { minor: 3_900_000 }, standing: 'tolerated' }]);
  const last = await open({ artistOrgId: deal.orgId, path: 'public', price: 300_000n, vatBps: 0n, showDay: '2027-05-10' });
  await playAt(last, '2027-05-11T09:00:00Z');
  expect(await read()).toMatchObject([{ standing: 'over' }]);
  // What is taken back does not count, and next year begins at nothing, knowing this one.
  await creditInvoice(artist(deal), { id: invoice!.id, amount: { minor: 2_999_999, currency: 'EUR' }, reason: 'Annulée' });
  expect(await read()).toMatchObject([{ turnover: { minor: 1_200_001 }, standing: 'far' }]);
  world.at('2028-01-02T12:00:00Z');
  expect(await read()).toMatchObject([{ turnover: { minor: 0 }, before: { minor: 1_200_001 }, beforeOver: false }]);
});

test('our own commission invoice is asked for in three steps, with what an enterprise owes for being late, until the transfer reached us (PAY-11)', async () => {
  world.at('2027-05-21T09:00:00Z');
  const deal = await open({ path: 'public', price: 400_000n, showDay: '2027-05-20' });
  await playAt(deal, '2027-05-21T09:00:00Z');
  const [final] = await readInvoices(artist(deal), deal.bookingId);
  await settleInvoice(artist(deal), final!.id);
  await drain();
  const [, commission] = await readInvoices(artist(deal), deal.bookingId);
  // 400.00 and 80.00 of tax, within thirty days.
  expect(commission).toMatchObject({ kind: 'commission', due: { minor: 48_000 }, dueDay: '2027-06-20', days: 30 });
  expect(await readOwing(artist(deal))).toMatchObject([{ number: commission!.number, days: 30, late: false }]);
  const steps = async () => (await world.db.dunning.findMany({ where: { invoiceId: commission!.id }, orderBy: { at: 'asc' } })).map(({ step, at }) => [step, at.toISOString().slice(0, 10)]);
  await to('2027-06-20T22:00:00Z');
  expect(await world.db.fact.count({ where: { topic: 'invoice.overdue', subject: deal.bookingId } })).toBe(0);
  await to('2027-06-23T08:00:00Z');
  expect(await steps()).toEqual([['friendly', '2027-06-23']]);
  await to('2027-07-05T08:00:00Z');
  expect(await steps()).toEqual([['friendly', '2027-06-23'], ['firm', '2027-07-05']]);
  // 480.00 for 15 days at 12.15 %: 2.40, and 40.00.
  expect(await readOwing(artist(deal))).toMatchObject([{ days: -15, late: true, rateBps: 1_215, interest: { minor: 240 }, fixed: { minor: 4_000 }, steps: [{ step: 'friendly', takenAt: expect.any(String) as string }, { step: 'firm', takenAt: expect.any(String) as string }, { takenAt: null }] }]);
  await expect(readOwing(world.as({ orgId: deal.orgId, role: 'member' }))).rejects.toThrow(refusal('role_too_low'));
  expect(await readOwing(buyer(deal))).toEqual([]);
  await receiveCommission(us(), commission!.id);
  await drain();
  await to('2027-08-30T12:00:00Z');
  expect((await steps()).map(([step]) => step)).not.toContain('notice');
  expect(await world.db.deadline.count({ where: { subject: commission!.id } })).toBe(0);
  expect(await readOwing(artist(deal))).toEqual([]);
});

test('a producer accepts the invoicing mandate once, and its later invoices say when (INV-02)', async () => {
  const deal = await open({ path: 'public', showDay: '2027-05-09', mandate: false });
  const before = await readMandate(artist(deal));
  expect([before.sells, (await readMandate(buyer(deal))).sells]).toEqual([true, false]);
  expect(before).toMatchObject({ acceptedAt: null, signedBy: '' });
  expect(before.paragraphs.join(' ')).toContain('CGI, art. 289, I-2');
  await expect(acceptMandate(world.as({ orgId: deal.orgId, role: 'member' }), 'Ana Exemple')).rejects.toThrow(refusal('role_too_low'));
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => acceptMandate(artist(deal), 'Ana Exemple')));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(acceptMandate(artist(deal), 'Ana Exemple')).rejects.toThrow(refusal('mandate_given'));
  expect(await readMandate(artist(deal))).toMatchObject({ acceptedAt: '2027-03-01T12:00:00.000Z', signedBy: 'Ana Exemple' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  const printed = (await readBytes(world.ctx, invoice!.fileId)).toString().replaceAll(/[\u00a0\u202f]/gu, ' ');
  expect(printed).toContain('par mandat du 1 mars 2027');
  expect(await transact(world.ctx, (tx) => tx.db.invoicingMandate.updateMany({ data: { signedBy: 'x' } })).catch((error: unknown) => conflict(error)?.constraint)).toBe('invoicing_mandate_append_only');
});

test('a mandate ends when its producer says so, for the invoices to come, and may be given again (INV-02)', async () => {
  const deal = await open({ path: 'public', showDay: '2027-05-09', mandate: false });
  await expect(endMandate(artist(deal))).rejects.toThrow(refusal('mandate_missing'));
  await acceptMandate(artist(deal), 'Ana Exemple');
  await expect(endMandate(world.as({ orgId: deal.orgId, role: 'member' }))).rejects.toThrow(refusal('role_too_low'));
  const ends = await Promise.allSettled(Array.from({ length: 5 }, () => endMandate(artist(deal))));
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await readMandate(artist(deal))).toMatchObject({ acceptedAt: null, signedBy: '' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  expect(await readInvoices(artist(deal), deal.bookingId)).toEqual([]);
  expect(await world.db.invoiceWaiting.count({ where: { bookingId: deal.bookingId } })).toBe(1);
  expect(await acceptMandate(artist(deal), 'Bo Exemple')).toMatchObject({ signedBy: 'Bo Exemple' });
  expect(await issueWaiting(artist(deal), deal.bookingId)).toEqual({ issued: 1 });
  expect(await world.db.mandateEnd.deleteMany({}).catch((error: unknown) => conflict(error)?.constraint)).toBe('mandate_end_append_only');
});

test('a represented artist owes its booker what was kept for it, and the booker’s own books say the same (ES-14, CR-15)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await open({ booker: {} });
  await pay(deal);
  await to('2027-04-10T12:00:00Z');
  await playAt(deal, '2027-05-09T09:00:00Z');
  await to('2027-05-12T12:00:00Z');
  const paper = await world.db.invoice.findFirstOrThrow({ where: { bookingId: deal.bookingId, kind: 'booker' } });
  const linesOf = async (orgId: string, other: string) => {
    const { bytes } = await exportBooks(world.as({ orgId }), { format: 'fec', period: year, locale: 'fr' });
    const rows = parse<Record<string, string>>(bytes.toString('latin1'), { columns: true, delimiter: '\t', relax_quotes: true });
    const sumOf = (name: string) => rows.reduce((all, row) => all + cents(row[name]), 0n);
    expect(sumOf('Debit')).toBe(sumOf('Credit'));
    // The invoice of the commission and what was kept for it leave nothing open between both.
    const open = rows.filter(({ CompAuxLib }) => CompAuxLib === other).reduce((all, { Debit, Credit }) => all + cents(Debit) - cents(Credit), 0n);
    expect([rows.some(({ CompAuxLib }) => CompAuxLib === other), open]).toEqual([true, 0n]);
    const invoiced = rows.filter(({ PieceRef }) => PieceRef === paper.number).map(({ CompteNum, Debit, Credit }) => [CompteNum?.slice(0, 5), cents(Debit) - cents(Credit)]);
    expect(invoiced).toEqual(expect.arrayContaining(orgId === deal.orgId ? [['40100', -14_400n], ['62220', 12_000n], ['44566', 2_400n]] : [['41100', 14_400n], ['70600', -12_000n], ['44571', -2_400n]]));
    expect(invoiced).toHaveLength(3);
    return rows.filter(({ EcritureLib }) => /^(Commission|Versement)/u.test(EcritureLib ?? '')).map(({ EcritureLib, CompteNum, CompAuxLib, Debit, Credit }) => [EcritureLib?.split(' \u00b7 ')[0], CompteNum?.slice(0, 3), CompAuxLib, cents(Debit) - cents(Credit)]);
  };
  expect(await linesOf(deal.orgId, 'Agence de la Lisière SARL')).toEqual(expect.arrayContaining([
    ['Commission déduite', '401', 'Flow Stage (société de démonstration)', 14_400n], ['Commission d\'agent déduite', '401', 'Agence de la Lisière SARL', 14_400n], ['Versement', '512', '', 97_800n],
  ]));
  expect(await linesOf(deal.bookerOrgId, 'Les Marées Productions')).toEqual(expect.arrayContaining([
    ['Commission réservée', '411', 'Les Marées Productions', -14_400n], ['Commission réservée', '467', '', 14_400n], ['Versement', '512', '', 14_400n], ['Versement', '467', '', -14_400n],
  ]));
});
