import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import { daysOf, type Period } from '../accounting/period.ts';
import { booksIn } from '../accounting/service.ts';
import { billingDue, billingHeard } from '../billing/jobs.ts';
import { creditInvoice, settleInvoice } from '../billing/service.ts';
import { readInvoices } from '../invoices/service.ts';
import type { TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { changeObjective, declarationFile, readDeclarations, readObjective } from './service.ts';
import { onBooks } from './taxed.ts';

const { world, to, drain, buyer, artist, open, pay, playAt } = await openTill({ billing: billingHeard }, billingDue);

const month = (part: number, year = 2027): Period => ({ kind: 'month', year, part });
const quarter = (part: number): Period => ({ kind: 'quarter', year: 2027, part });
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const box = (all: Awaited<ReturnType<typeof readDeclarations>>, line: string) => all.form?.boxes.find((one) => one.line === line);

let golden: TestDeal;
let commune: TestDeal;
beforeAll(async () => {
  world.at('2027-03-01T12:00:00Z');
  golden = await open();
  await pay(golden);
  await to('2027-04-10T12:00:00Z');
  await playAt(golden, '2027-05-09T09:00:00Z');
  await to('2027-05-12T12:00:00Z');
  commune = await open({ path: 'public', artistOrgId: golden.orgId, price: 400_000n, showDay: '2027-05-20' });
  await playAt(commune, '2027-05-21T09:00:00Z');
  await drain();
}, 120_000);

test('what each month declares is what its books have, and the year is the golden case (ES-16, VAT-FR-10, AN-04)', async () => {
  const { orgId } = golden;
  const { pieces } = await booksIn(world.ctx, orgId, { first: '2027-01-01', last: '2027-12-31' });
  const sums = { due: 0, deductible: 0 };
  for (const part of Array.from({ length: 12 }, (_, i) => i + 1)) {
    const { natures } = await readDeclarations(artist(golden), month(part));
    const stretch = daysOf(month(part), [])!;
    const due = natures.reduce((all, one) => all + one.due.minor, 0);
    const deductible = natures.reduce((all, one) => all + one.deductible.minor, 0);
    expect([part, due, deductible]).toEqual([part, Number(onBooks(pieces, 'vatCollected', stretch)), Number(-onBooks(pieces, 'vatDeductible', stretch))]);
    [sums.due, sums.deductible] = [sums.due + due, sums.deductible + deductible];
  }
  // The commune has not paid: the tax on its show is not due yet.
  expect(sums).toEqual({ due: 6_600, deductible: 2_400 });
  const march = await readDeclarations(artist(golden), month(3));
  expect(box(march, '09')).toMatchObject({ code: '0105', base: { minor: 36_000 }, tax: { minor: 2_000 }, papers: [{ base: { minor: 36_000 }, tax: { minor: 1_980 }, contact: 'La Halle SARL', day: '2027-03-01' }] });
  const may = await readDeclarations(artist(golden), month(5));
  expect(box(may, '20')).toMatchObject({ tax: { minor: 2_400 }, papers: [{ tax: { minor: 2_400 }, base: { minor: 12_000 } }] });
  expect(may.regime).toBe('declares');
});

test('the tax of a commune’s show is declared in the month of its payment, and of what was credited before it not at all (VAT-FR-10, INV-05)', async () => {
  const [invoice] = await readInvoices(artist(commune), commune.bookingId);
  world.at('2027-06-10T12:00:00Z');
  await creditInvoice(artist(commune), { id: invoice!.id, amount: { minor: 105_500, currency: 'EUR' }, reason: 'Heure perdue' });
  world.at('2027-07-03T12:00:00Z');
  await settleInvoice(artist(commune), invoice!.id);
  await drain();
  const june = await readDeclarations(artist(commune), month(6));
  expect(box(june, '09')).toBeUndefined();
  const july = await readDeclarations(artist(commune), month(7));
  expect(box(july, '09')).toMatchObject({ base: { minor: 300_000 }, tax: { minor: 16_500 } });
  expect(box(july, '09')!.papers.map(({ base }) => base.minor)).toEqual([400_000, -100_000]);
  const { pieces } = await booksIn(world.ctx, golden.orgId, { first: '2027-01-01', last: '2027-12-31' });
  expect(onBooks(pieces, 'vatCollected', { first: '2027-07-01', last: '2027-07-31' })).toBe(16_500n);
  // The month before is what is declared next, on the organisation's own day.
  world.at('2027-07-31T22:30:00Z');
  expect((await readDeclarations(artist(golden), null)).period).toEqual(month(7));
});

test('our commission is what the ledger took, by show, and its file says the same (ES-12, AN-04)', async () => {
  const { commissions } = await readDeclarations(artist(golden), quarter(2));
  const entries = await world.db.entry.findMany({ where: { transfer: { bookingId: golden.bookingId } } });
  const on = (account: string) => entries.filter((entry) => entry.account === account).reduce((all, { minor }) => all + minor, 0n);
  const own = commissions.filter(({ bookingId }) => bookingId === golden.bookingId);
  expect(own).toMatchObject([{ title: 'Grande marée', price: { minor: 120_000 }, rateBps: 1_000, vatBps: 2_000, total: { minor: 14_400 } }]);
  expect([BigInt(own[0]!.net.minor), BigInt(own[0]!.vat.minor)]).toEqual([on('commission:platform'), on('vat:FR')]);
  const file = await declarationFile(artist(golden), { what: 'commission', period: quarter(2), locale: 'fr' });
  expect(file.name).toBe('flow-stage-commissions-2027-T2.csv');
  const rows = parse<Record<string, string>>(file.bytes, { delimiter: ';', bom: true, columns: true });
  expect(rows.map((row) => [row['Commission HT'], row['Taux %'], row['TVA'], row['Total']])).toEqual(commissions.map(() => ['120,00', '10,00', '24,00', '144,00']));
  const vat = await declarationFile(artist(golden), { what: 'vat', period: month(3), locale: 'en' });
  expect(parse<Record<string, string>>(vat.bytes, { delimiter: ',', bom: true, columns: true })).toContainEqual({ Line: '09', Code: '0105', Label: 'Taux réduit 5,5 %', 'Net base': '360.00', Tax: '20.00' });
});

test('a sale to a Belgian house is on the list of its month under the number that its invoice printed, and tax-free on the return (VAT-X-03, VAT-X-01)', async () => {
  const deal = await open();
  const { orgId, buyerOrgId, bookingId } = deal;
  const deposit = await world.db.payment.findFirstOrThrow({ where: { bookingId, part: 'deposit' } });
  // As the invoices of such a sale are written.
  const content = { vatCitation: 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', payer: { vatNumber: 'BE 0403.019.261', country: 'BE' } };
  const invoice = (sequence: number, kind: 'deposit' | 'final', issuedDay: string, minor: bigint, received: readonly object[] = []) => world.db.invoice.create({ data: {
    id: world.ctx.newId('inv'), issuerOrgId: orgId, payerOrgId: buyerOrgId, bookingId, kind, paymentId: kind === 'deposit' ? deposit.id : null, series: 'UE-2027', number: `UE-2027-000${sequence}`, sequence, netMinor: minor, vatBps: 0, vatMinor: 0n, totalMinor: minor, currency: 'EUR',
    issuedDay: new Date(issuedDay), dueDay: new Date(issuedDay), content: { ...content, received: [...received] }, fileId: 'fil_none',
  } });
  await invoice(1, 'deposit', '2027-03-01', 30_015n);
  await invoice(2, 'final', '2027-05-09', 100_050n, [{ invoice: 'UE-2027-0001', amount: { minor: '30015', currency: 'EUR' }, vat: { minor: '0', currency: 'EUR' } }]);
  await world.db.organisation.update({ where: { id: buyerOrgId }, data: { country: 'BE', vatNumber: '' } });
  const all = await Promise.all([1, 2].map((part) => readDeclarations(artist(deal), quarter(part))));
  const sales = all.flatMap(({ union }) => union!.sales);
  expect(sales.every(({ vatNumber }) => vatNumber === 'BE0403019261')).toBe(true);
  expect(sales.reduce((sum, { exact }) => sum + exact.minor, 0)).toBe(100_050);
  expect(sales[0]).toMatchObject({ month: '2027-03', exact: { minor: 30_015 }, amount: { minor: 30_000 } });
  expect(all.map((one) => box(one, '09'))).toEqual([undefined, undefined]);
  expect(box(all[0]!, 'E2')?.base?.minor).toBe(30_000);
  const file = await declarationFile(artist(deal), { what: 'union', period: month(3), locale: 'fr' });
  expect(file.name).toBe('flow-stage-des-2027-03.csv');
  expect(parse<Record<string, string>>(file.bytes, { delimiter: ';', bom: true, columns: true })).toEqual([{ Mois: '2027-03', Pays: 'BE', 'N° de TVA du client': 'BE0403019261', Client: 'La Halle SARL', 'Montant hors taxe': '300' }]);
  // Who bought it in Belgium exempts nothing of its own: the return there says what was bought.
  const bought = await readDeclarations(buyer(deal), quarter(2));
  expect(bought.country).toBe('BE');
  expect(bought.union?.sales).toEqual([]);
});

test('an objective is stated for the financial year of today, and what is signed and not invoiced stands beside what is (AN-04)', async () => {
  world.at('2027-04-15T12:00:00Z');
  const deal = await open({ price: 200_000n, showDay: '2027-06-10' });
  expect(await readObjective(artist(deal))).toMatchObject({ first: '2027-01-01', last: '2027-12-31', aim: null, invoiced: { minor: 0 }, signed: { minor: 200_000 }, signedShows: 1 });
  await pay(deal);
  const stated = await changeObjective(artist(deal), 1_000_000n);
  expect(stated).toMatchObject({ aim: { minor: 1_000_000 }, invoiced: { minor: 60_000 }, signed: { minor: 140_000 } });
  expect(stated.months).toHaveLength(12);
  expect(stated.months[3]).toEqual({ month: '2027-04', invoiced: { minor: 60_000, currency: 'EUR' }, sum: { minor: 60_000, currency: 'EUR' }, begun: true });
  expect(stated.months[4]).toMatchObject({ begun: false, sum: { minor: 60_000 } });
  // The next year has none yet.
  world.at('2028-02-01T12:00:00Z');
  expect(await readObjective(artist(deal))).toMatchObject({ first: '2028-01-01', aim: null, signed: { minor: 0 } });
  world.at('2027-04-15T12:00:00Z');
  expect((await changeObjective(artist(deal), null)).aim).toBeNull();
});

test('a period is one, and the books are those of their own people', async () => {
  await expect(readDeclarations(artist(golden), { kind: 'quarter', year: 2027, part: 5 })).rejects.toThrow(refusal('input_invalid'));
  const helper = { ...artist(golden), actor: { ...artist(golden).actor, role: 'member' as never } };
  await expect(readObjective(helper)).rejects.toThrow();
  const stranger = await readDeclarations(buyer(golden), month(5));
  expect(stranger.natures.every(({ side }) => side === 'purchase')).toBe(true);
});
