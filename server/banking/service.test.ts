import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { billingHeard } from '../billing/jobs.ts';
import { readInvoices } from '../invoices/service.ts';
import { conflict } from '../core/database.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { acceptMatch, importStatement, previewStatement, readBank } from './service.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());
beforeEach(() => { world.at('2027-06-20T12:00:00Z'); });

const refusal = (code: string, details?: object) => expect.objectContaining(details ? { code, details } : { code }) as Error;
const artist = ({ orgId }: TestDeal) => world.as({ orgId });
async function owed(over: Parameters<typeof signedDeal>[1] = {}) {
  world.at('2027-05-21T09:00:00Z');
  const deal = await signedDeal(world.ctx, { path: 'public', price: 400_000n, showDay: '2027-05-20', ...over });
  await play(world.ctx, deal);
  await world.drain({ billing: billingHeard });
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  world.at('2027-06-20T12:00:00Z');
  return { deal, invoice: invoice! };
}

interface Entry { readonly amount: string; readonly way?: 'CRDT' | 'DBIT'; readonly day?: string; readonly name?: string; readonly text?: string; readonly ref?: string; readonly status?: string; readonly currency?: string }
/** A statement as a bank writes it, in one of the two versions. */
function camt(entries: readonly Entry[], version: '02' | '08' = '08'): string {
  const status = (text: string) => (version === '08' ? `<Sts><Cd>${text}</Cd></Sts>` : `<Sts>${text}</Sts>`);
  const party = (name: string, way: string) => `<${way === 'CRDT' ? 'Dbtr' : 'Cdtr'}>${version === '08' ? `<Pty><Nm>${name}</Nm></Pty>` : `<Nm>${name}</Nm>`}</${way === 'CRDT' ? 'Dbtr' : 'Cdtr'}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
${entries.map(({ amount, way = 'CRDT', day = '2027-06-18', name = '', text = '', ref = '', status: state = 'BOOK', currency = 'EUR' }) => `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${way}</CdtDbtInd>${status(state)}<BookgDt><Dt>${day}</Dt></BookgDt>${ref && `<AcctSvcrRef>${ref}</AcctSvcrRef>`}<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties>${party(name, way)}</RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`).join('\n')}
</Stmt></BkToCstmrStmt></Document>`;
}

test.each(['02', '08'] as const)('a statement of version 001.%s is read, kept once, and proposes; the person accepts, and only then the invoice is settled (ES-13)', async (version) => {
  const { deal, invoice } = await owed();
  const ctx = artist(deal);
  const content = camt([
    { amount: '4220.00', name: 'COMMUNE DE DEMONVILLE', text: `Facture ${invoice.number} &amp; merci`, ref: 'A1' }, { amount: '12.5', way: 'DBIT', text: 'Frais', ref: 'A2' }, { amount: '99.00', status: 'PDNG', ref: 'A3' },
  ], version);
  expect(previewStatement(ctx, { content })).toMatchObject({ format: 'camt', iban: 'FR7630006000011234567890189', count: 2 });
  expect(await importStatement(ctx, { name: 'juin.xml', content })).toEqual({ lines: 2, fresh: 2, foreign: 0, again: false });
  expect(await importStatement(ctx, { name: 'juin (1).xml', content })).toEqual({ lines: 2, fresh: 0, foreign: 0, again: true });
  // A file of more days brings the same movements: the bank's own numbers tell.
  expect(await importStatement(ctx, { name: 'juin-juillet.xml', content: camt([{ amount: '4220.00', name: 'COMMUNE DE DEMONVILLE', text: `Facture ${invoice.number} &amp; merci`, ref: 'A1' }, { amount: '1.00', ref: 'B1' }], version) })).toEqual({ lines: 2, fresh: 1, foreign: 0, again: false });

  const bank = await readBank(ctx);
  expect(bank.statements).toHaveLength(2);
  expect(bank.lines).toHaveLength(3);
  const line = bank.lines.find(({ amount }) => amount.minor === 422_000)!;
  expect(line).toMatchObject({ day: '2027-06-18', counterparty: 'COMMUNE DE DEMONVILLE', text: `Facture ${invoice.number} & merci`, settled: [], proposals: [{ invoiceId: invoice.id, number: invoice.number, score: 100, reasons: ['number', 'amount', 'name'] }] });
  // Nothing happens by itself.
  expect(await world.db.invoice.findUniqueOrThrow({ where: { id: invoice.id } })).toMatchObject({ paidAt: null });

  await expect(acceptMatch(world.as({ orgId: deal.buyerOrgId }), { lineId: line.id, invoiceId: invoice.id })).rejects.toThrow(refusal('not_found'));
  await expect(acceptMatch(world.as({ orgId: deal.orgId, role: 'member' }), { lineId: line.id, invoiceId: invoice.id })).rejects.toThrow(refusal('role_too_low'));
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => acceptMatch(ctx, { lineId: line.id, invoiceId: invoice.id })));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await readInvoices(ctx, deal.bookingId))[0]).toMatchObject({ due: { minor: 0 }, paidAt: '2027-06-18T10:00:00.000Z' });
  expect((await readBank(ctx)).lines.find(({ id }) => id === line.id)).toMatchObject({ settled: [{ number: invoice.number, principal: { minor: 422_000 }, late: { minor: 0 } }], rest: { minor: 0 }, proposals: [] });
  expect(await world.db.booking.findUniqueOrThrow({ where: { id: deal.bookingId } })).toMatchObject({ status: 'settled' });
});

test('a transfer with interest is booked whole, one without leaves it owed, and a later one brings it (PUB-06)', async () => {
  const { deal, invoice: early } = await owed();
  const { invoice: plain } = await owed({ artistOrgId: deal.orgId, price: 100_000n });
  const ctx = artist(deal);
  world.at('2027-07-25T12:00:00Z');
  // Due on 20 June: 4,220.00 for 20 days at 10.15 % are 23.47, 1,055.00 for 21 days are 6.16; and 40.00 each.
  await importStatement(ctx, { name: 'a.xml', content: camt([
    { amount: '4283.47', text: early.number, ref: 'L1', day: '2027-07-10' }, { amount: '1055.00', text: plain.number, ref: 'L2', day: '2027-07-11' }, { amount: '46.16', text: `Interets ${plain.number}`, ref: 'L3', day: '2027-07-20' },
  ]) });
  const lineOf = async (minor: number) => (await readBank(ctx)).lines.find(({ amount }) => amount.minor === minor)!;
  expect((await lineOf(428_347)).proposals).toMatchObject([{ invoiceId: early.id, late: false, due: { minor: 422_000 }, reasons: ['number', 'amount_late'] }]);
  await acceptMatch(ctx, { lineId: (await lineOf(428_347)).id, invoiceId: early.id });
  await acceptMatch(ctx, { lineId: (await lineOf(105_500)).id, invoiceId: plain.id });
  expect(await lineOf(428_347)).toMatchObject({ rest: { minor: 0 }, settled: [{ number: early.number, principal: { minor: 422_000 }, late: { minor: 6_347 } }] });
  expect((await readInvoices(ctx, deal.bookingId))[0]).toMatchObject({ late: { total: { minor: 6_347 }, owed: { minor: 0 } } });
  expect((await lineOf(4_616)).proposals).toMatchObject([{ invoiceId: plain.id, late: true, due: { minor: 4_616 }, reasons: ['number', 'amount'] }]);
  await acceptMatch(ctx, { lineId: (await lineOf(4_616)).id, invoiceId: plain.id });
  expect(await lineOf(4_616)).toMatchObject({ rest: { minor: 0 }, proposals: [], settled: [{ number: plain.number, principal: { minor: 0 }, late: { minor: 4_616 } }] });
  await expect(acceptMatch(ctx, { lineId: (await lineOf(4_616)).id, invoiceId: plain.id })).rejects.toThrow(refusal('match_taken'));
  // The database itself lets no movement pay more than it brought.
  const { id: lineId } = await lineOf(4_616);
  expect(await world.db.settlement.create({ data: { invoiceId: plain.id, orgId: deal.orgId, lineId, principalMinor: 0n, lateMinor: 1n, currency: 'EUR', arrivedAt: world.ctx.now(), at: world.ctx.now() } }).catch((error: unknown) => conflict(error)?.constraint)).toBe('settlement_within_line');
});

test('too little settles nothing, and a movement may pay two invoices, as far as it goes', async () => {
  const { deal, invoice } = await owed();
  const { invoice: second } = await owed({ artistOrgId: deal.orgId, price: 100_000n });
  const ctx = artist(deal);
  await importStatement(ctx, { name: 'a.xml', content: camt([{ amount: '4219.99', text: invoice.number, ref: 'X1' }, { amount: '9000.00', text: `${invoice.number} ${second.number}`, ref: 'X2' }]) });
  const { lines } = await readBank(ctx);
  const [short, much] = [lines.find(({ amount }) => amount.minor === 421_999)!, lines.find(({ amount }) => amount.minor === 900_000)!];
  expect(short.proposals[0]).toMatchObject({ invoiceId: invoice.id, reasons: ['number', 'short'] });
  await expect(acceptMatch(ctx, { lineId: short.id, invoiceId: invoice.id })).rejects.toThrow(refusal('match_short', { missing: '1' }));
  await acceptMatch(ctx, { lineId: much.id, invoiceId: invoice.id });
  expect((await readBank(ctx)).lines.find(({ id }) => id === much.id)).toMatchObject({ rest: { minor: 478_000 }, proposals: [{ invoiceId: second.id }] });
  await acceptMatch(ctx, { lineId: much.id, invoiceId: second.id });
  expect((await readBank(ctx)).lines.find(({ id }) => id === much.id)).toMatchObject({ rest: { minor: 372_500 }, settled: [{ number: invoice.number }, { number: second.number }] });
  const { invoice: third } = await owed({ artistOrgId: deal.orgId });
  await expect(acceptMatch(ctx, { lineId: much.id, invoiceId: third.id })).rejects.toThrow(refusal('match_short', { missing: '49500' }));
  await expect(acceptMatch(ctx, { lineId: short.id, invoiceId: invoice.id })).rejects.toThrow(refusal('invoice_settled'));
  expect(await world.db.bankLine.update({ where: { id: short.id }, data: { minor: 1n } }).catch((error: unknown) => conflict(error)?.constraint)).toBe('bank_line_fixed');
  expect(await world.db.bankLine.delete({ where: { id: short.id } }).catch((error: unknown) => conflict(error)?.constraint)).toBe('bank_line_fixed');
});

test('a table is kept as the person confirmed its columns, ten at once keep it once', async () => {
  const { deal, invoice } = await owed();
  const ctx = artist(deal);
  const content = `Date;Libellé;Débit;Crédit\r\n18/06/2027;"Virement; ${invoice.number}";;4 220,00\r\n19/06/2027;Frais;12,50;\r\n`;
  const seen = previewStatement(ctx, { content });
  expect(seen).toMatchObject({ format: 'csv', count: 2, columns: ['Date', 'Libellé', 'Débit', 'Crédit'], layout: { delimiter: ';', day: 0, text: 1, debit: 2, credit: 3 }, lines: [{ day: '2027-06-18', amount: { minor: 422_000 } }, { amount: { minor: -1_250 } }] });
  await expect(async () => importStatement(ctx, { name: 'b.csv', content })).rejects.toThrow(refusal('input_invalid'));
  const answers = await Promise.all(Array.from({ length: 10 }, () => importStatement(ctx, { name: 'b.csv', content, layout: seen.layout! })));
  expect(answers.map(({ fresh }) => fresh).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
  expect((await readBank(ctx)).lines.find(({ amount }) => amount.minor === 422_000)!.proposals[0]).toMatchObject({ invoiceId: invoice.id, score: 85 });
});

test.each(['NONREF', 'NOTPROVIDED', 'LOT-7', ''])('movements that share the reference %j are each kept, once, whatever files bring them', async (ref) => {
  const { deal } = await owed();
  const ctx = artist(deal);
  const june = [{ amount: '100.00', name: 'ANA', ref }, { amount: '100.00', name: 'BO', ref }, { amount: '100.00', name: 'BO', ref }];
  const july = [{ amount: '100.00', name: 'ANA', ref, day: '2027-07-18' }];
  expect(await importStatement(ctx, { name: 'juin.xml', content: camt(june) })).toMatchObject({ lines: 3, fresh: 3 });
  expect(await importStatement(ctx, { name: 'juillet.xml', content: camt(july) })).toMatchObject({ lines: 1, fresh: 1 });
  expect(await importStatement(ctx, { name: 'été.xml', content: camt([...june, ...july]) })).toMatchObject({ lines: 4, fresh: 0 });
});

test('an account in a currency that we do not hold is left out and counted; the rest of the file is read', async () => {
  const { deal } = await owed();
  const content = camt([{ amount: '4220.00', ref: 'E1' }, { amount: '12.345', currency: 'USD', ref: 'U1' }, { amount: '7', currency: 'GBP', ref: 'U2' }]);
  expect(previewStatement(artist(deal), { content })).toMatchObject({ count: 1, foreign: 2, lines: [{ amount: { minor: 422_000, currency: 'EUR' } }] });
  expect(await importStatement(artist(deal), { name: 'a.xml', content })).toEqual({ lines: 1, fresh: 1, foreign: 2, again: false });
});

const entity = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<Document>&a;</Document>';
test.each([
  ['an entity', entity, 'bank_file_unreadable', { line: '2' }],
  ['XML that breaks off', camt([{ amount: '1.00' }]).slice(0, -30), 'bank_file_unreadable', undefined],
  ['another message', '<?xml version="1.0"?><Document><BkToCstmrDbtCdtNtfctn/></Document>', 'bank_file_unknown', undefined],
  ['an amount that is none', camt([{ amount: '1.00' }, { amount: '1,00' }]), 'bank_line_invalid', { line: '4', field: 'amount' }],
  ['a day that is none', camt([{ amount: '1.00', day: '2027-02-30' }]), 'bank_line_invalid', { line: '3', field: 'day' }],
  ['an amount without a currency', camt([{ amount: '1.00' }]).replace(' Ccy="EUR"', ''), 'bank_line_invalid', { line: '3', field: 'currency' }],
  ['a letter', 'Chère Madame,\nvoici mon relevé.', 'bank_file_unknown', undefined],
  ['a quote that is not closed', 'Date;Montant;Libellé\n18/06/2027;1,00;"Virement', 'bank_file_unreadable', undefined],
])('%s is refused with its code and line', (_, content, code, details) => {
  let said: unknown;
  try { previewStatement(world.as({ orgId: 'org_x' }), { content }); } catch (error) { said = error; }
  expect(said).toMatchObject(details ? { code, details } : { code });
  if (code === 'bank_file_unreadable') expect(Number((said as { details: { line: string } }).details.line)).toBeGreaterThan(0);
});

test('a collected entry is shared out when its parts are its sum', () => {
  const entry = (parts: string) => camt([{ amount: '30.00', ref: 'C1' }]).replace(/<NtryDtls>.*<\/NtryDtls>/u, `<NtryDtls>${parts}</NtryDtls>`);
  const part = (amount: string, name: string) => `<TxDtls><Amt Ccy="EUR">${amount}</Amt><RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr></RltdPties></TxDtls>`;
  const read = (content: string) => previewStatement(world.as({ orgId: 'org_x' }), { content }).lines.map(({ amount, counterparty }) => [amount.minor, counterparty]);
  expect(read(entry(part('10.00', 'Ana') + part('20.00', 'Bo')))).toEqual([[1_000, 'Ana'], [2_000, 'Bo']]);
  expect(read(entry(part('10.00', 'Ana') + part('21.00', 'Bo')))).toEqual([[3_000, 'Ana']]);
});
