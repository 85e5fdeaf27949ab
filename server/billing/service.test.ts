import { expect, test } from 'vitest';
import { openPrinter } from '../adapters/pdf/index.ts';
import { transact, type Context } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { readBytes } from '../core/files.ts';
import { euros } from '../core/money.ts';
import { signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { readLedger, readMoney } from '../escrow/service.ts';
import { billingDue, billingHeard } from './jobs.ts';
import { billingRouter } from './router.ts';
import { creditInvoice, issueReleased, issueWaiting, issuePublic, readOwedToUs, readWaiting, receiveCommission, settleInvoice, settleLate } from './service.ts';
import { issueCredit, mayReadFile, readInvoices } from '../invoices/service.ts';

const { world, to, drain, buyer, artist, open, pay, playAt } = await openTill({ billing: billingHeard }, billingDue);

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const printed = async (ctx: Context, fileId: string) => (await readBytes(ctx, fileId)).toString().replaceAll(/[\u00a0\u202f]/gu, ' ');
const cents = ({ minor }: { minor: number }) => minor;

test('the golden case in invoices: deposit and balance at their capture, final and commission at the release (ES-03, VAT-FR-10, INV-03)', async () => {
  const deal = await open();
  const { bookingId } = deal;
  await pay(deal);
  const [deposit, ...none] = await readInvoices(buyer(deal), bookingId);
  expect(none).toEqual([]);
  const { sellerNumber } = await world.db.organisation.findUniqueOrThrow({ where: { id: deal.orgId } });
  const own = `FS-${String(sellerNumber).padStart(5, '0')}-2027`;
  expect(deposit).toMatchObject({ kind: 'deposit', number: `${own}-0001`, issuer: 'Les Marées Productions', payer: 'La Halle SARL', vatBps: 550, issuedDay: '2027-03-01', dueDay: '2027-03-01', overdue: false, late: null });
  expect([deposit!.net, deposit!.vat, deposit!.total, deposit!.due].map(cents)).toEqual([36_000, 1_980, 37_980, 0]);

  await to('2027-04-10T12:00:00Z');
  const [, balance, ...later] = await readInvoices(buyer(deal), bookingId);
  expect(later).toEqual([]);
  expect(balance).toMatchObject({ kind: 'balance', number: `${own}-0002`, vatBps: 550, issuedDay: '2027-04-10', dueDay: '2027-04-10', paidAt: expect.stringContaining('2027-04-10') as string });
  expect([balance!.net, balance!.vat, balance!.total, balance!.due].map(cents)).toEqual([84_000, 4_620, 88_620, 0]);
  for (const word of ['Facture d’acompte', 'Solde de 70 %, payé avant le spectacle', 'TVA exigible à l’encaissement : solde, le 10 avril 2027']) expect(await printed(world.ctx, balance!.fileId)).toContain(word);
  await playAt(deal, '2027-05-09T09:00:00Z');
  const [, , final, commission, ...others] = await readInvoices(artist(deal), bookingId);
  expect(others).toEqual([]);
  expect(final).toMatchObject({ kind: 'final', number: `${own}-0003`, issuedDay: '2027-05-09' });
  expect([final!.net, final!.vat, final!.total, final!.paid, final!.due].map(cents)).toEqual([120_000, 6_600, 126_600, 126_600, 0]);
  expect(commission).toMatchObject({ kind: 'commission', number: 'F-2027-0001', payer: 'Les Marées Productions', vatBps: 2_000 });
  expect([commission!.net, commission!.vat, commission!.total, commission!.due].map(cents)).toEqual([12_000, 2_400, 14_400, 0]);
  for (const word of [`reçu le 1 mars 2027 (facture ${own}-0001 du 1 mars 2027, TVA 19,80 €)`, `reçu le 10 avril 2027 (facture ${own}-0002 du 10 avril 2027, TVA 46,20 €)`, '379,80 €', '886,20 €', '1 266,00 €']) expect(await printed(world.ctx, final!.fileId)).toContain(word);
  // Each is its payment's, and the final one nobody's.
  const payments = await world.db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } });
  expect((await world.db.invoice.findMany({ where: { bookingId }, orderBy: { kind: 'asc' } })).map(({ paymentId }) => paymentId)).toEqual([payments[0]!.id, payments[1]!.id, null, null]);
  const xml = (await readBytes(world.ctx, final!.xmlFileId!)).toString();
  for (const [number, day] of [[`${own}-0001`, '20270301'], [`${own}-0002`, '20270410']]) expect(xml).toMatch(new RegExp(`<ram:IssuerAssignedID>${number}</ram:IssuerAssignedID>\\s*<ram:FormattedIssueDateTime>\\s*<qdt:DateTimeString format="102">${day}<`, 'u'));
  // What the invoice says we keep is what the ledger says.
  const ledger = await readLedger(artist(deal), bookingId);
  expect(ledger.accounts.filter(({ account }) => /commission|vat/u.test(account)).map(({ balance }) => balance.minor)).toEqual([12_000, 2_400]);

  // Facts heard again issue nothing again.
  await world.db.delivery.updateMany({ where: { consumer: 'billing' }, data: { doneAt: null } });
  await drain();
  expect(await readInvoices(artist(deal), bookingId)).toHaveLength(4);
});

test('what is paid once the show has begun has no invoice of its own: the final one names it and its day (VAT-FR-10, INV-03)', async () => {
  const deal = await open({ showDay: '2027-03-10' });
  await pay(deal);
  // The balance is paid a minute after half past eight.
  world.at('2027-03-10T19:31:00Z');
  await pay(deal);
  expect((await readInvoices(artist(deal), deal.bookingId)).map(({ kind }) => kind)).toEqual(['deposit']);
  await playAt(deal, '2027-03-11T09:00:00Z');
  const [deposit, final] = await readInvoices(artist(deal), deal.bookingId);
  const text = await printed(world.ctx, final!.fileId);
  expect(final).toMatchObject({ kind: 'final', total: { minor: 126_600 }, due: { minor: 0 } });
  for (const word of [`(facture ${deposit!.number} du 1 mars 2027, TVA 19,80 €)`, 'Solde, reçu le 10 mars 2027', 'acompte, le 1 mars 2027 ; solde, le 10 mars 2027']) expect(text).toContain(word);
  expect(text).not.toContain('Solde, reçu le 10 mars 2027 (');
});

test('a sale whose balance was paid before its invoice was ours to write has it with the final one', async () => {
  const deal = await open();
  await pay(deal);
  await world.db.delivery.updateMany({ where: { consumer: 'billing', doneAt: null }, data: { doneAt: world.ctx.now() } });
  world.at('2027-04-10T12:00:00Z');
  await world.db.payment.updateMany({ where: { bookingId: deal.bookingId, part: 'balance' }, data: { status: 'captured', capturedAt: world.ctx.now() } });
  world.at('2027-05-09T09:00:00Z');
  await transact(world.ctx, (tx) => issueReleased(tx, deal.bookingId));
  expect(await numbers(deal)).toMatchObject([['deposit', '0001', '2027-03-01'], ['balance', '0002', '2027-05-09'], ['final', '0003', '2027-05-09'], ['commission', expect.any(String), '2027-05-09']]);
  expect(await printed(world.ctx, (await readInvoices(artist(deal), deal.bookingId))[2]!.fileId)).toContain('reçu le 10 avril 2027 (facture');
});

test('the producer’s side reads all invoices, the buyer’s all but ours to the producer; others none', async () => {
  const deal = await open({ showDay: '2027-03-10' });
  const other = await open();
  await pay(deal);
  await pay(deal);
  await playAt(deal, '2027-03-11T09:00:00Z');
  const { bookingId } = deal;
  const all = await readInvoices(artist(deal), bookingId);
  expect(all.map(({ kind }) => kind)).toEqual(['deposit', 'balance', 'final', 'commission']);
  expect((await readInvoices(buyer(deal), bookingId)).map(({ kind }) => kind)).toEqual(['deposit', 'balance', 'final']);
  await expect(readInvoices(buyer(other), bookingId)).rejects.toThrow(refusal('not_found'));

  const link = world.as({ orgId: deal.buyerOrgId, link: { purpose: 'follow', bookingId } });
  const otherLink = world.as({ orgId: deal.buyerOrgId, link: { purpose: 'follow', bookingId: other.bookingId } });
  const may = (ctx: Parameters<typeof mayReadFile>[0]) => Promise.all(all.map(({ fileId }) => mayReadFile(ctx, fileId)));
  expect(await may(artist(deal))).toEqual([true, true, true, true]);
  expect(await may(buyer(deal))).toEqual([true, true, true, false]);
  expect(await may(link)).toEqual([true, true, true, false]);
  expect(await may(otherLink)).toEqual([false, false, false, false]);
  expect(await may(buyer(other))).toEqual([false, false, false, false]);
  expect(await mayReadFile(artist(deal), 'fil_none')).toBe(false);
});

test('a public buyer is invoiced after the show, has thirty days, and its transfer settles the booking (PUB-06, PUB-07)', async () => {
  const deal = await open({ path: 'public', price: 1_000_000n, commissionBps: 800n });
  const { bookingId, orgId } = deal;
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice, ...others] = await readInvoices(buyer(deal), bookingId);
  expect(others).toEqual([]);
  expect(invoice).toMatchObject({ kind: 'final', payer: 'Commune de Démonville', total: { minor: 1_055_000 }, paid: { minor: 0 }, due: { minor: 1_055_000 }, dueDay: '2027-06-09', paidAt: null, overdue: false });
  for (const word of ['BC-2027-118', 'CULTURE', '9 juin 2027', 'huit points']) expect(await printed(world.ctx, invoice!.fileId)).toContain(word);
  expect(await readMoney(buyer(deal), bookingId)).toMatchObject({ path: 'public', due: { minor: 1_055_000 }, held: { minor: 0 } });

  await to('2027-06-09T20:00:00Z');
  expect(await world.db.fact.count({ where: { subject: bookingId, topic: 'invoice.overdue' } })).toBe(0);
  await to('2027-06-29T12:00:00Z');
  expect(await world.db.fact.count({ where: { subject: bookingId, topic: 'invoice.overdue' } })).toBe(1);
  // 10,550.00 for 20 days at 10.15 %: 58.68, and 40.00.
  expect((await readInvoices(buyer(deal), bookingId))[0]).toMatchObject({ overdue: true, late: { rateBps: 1_015, interest: { minor: 5_868 }, fixed: { minor: 4_000 }, total: { minor: 9_868 } }, days: -20,
    chorus: { process: 'A1', seller: '73282932000074', buyer: '73282932000074', order: 'BC-2027-118', serviceCode: 'CULTURE', commitment: '', market: '', iban: 'FR7630006000011234567890189', rib: 'banque 30006, guichet 00001, compte 12345678901, clé 89' }, });

  await expect(settleInvoice(buyer(deal), invoice!.id)).rejects.toThrow(refusal('role_too_low'));
  await expect(settleInvoice(world.as({ orgId, role: 'member' }), invoice!.id)).rejects.toThrow(refusal('role_too_low'));
  await expect(settleInvoice(world.as({ orgId: 'org_else' }), invoice!.id)).rejects.toThrow(refusal('not_found'));
  const answers = await Promise.allSettled(Array.from({ length: 10 }, () => settleInvoice(artist(deal), invoice!.id)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'invoice_settled' });
  await drain();

  const [paid, commission] = await readInvoices(artist(deal), bookingId);
  // Paid late, interest and the 40 euros are owed still, and no more of them runs.
  expect(paid).toMatchObject({ overdue: false, late: { total: { minor: 9_868 }, owed: { minor: 9_868 } }, due: { minor: 0 }, paidAt: '2027-06-29T12:00:00.000Z' });
  expect(commission).toMatchObject({ kind: 'commission', total: { minor: 96_000 }, due: { minor: 96_000 }, dueDay: '2027-07-29' });
  await expect(settleInvoice(artist(deal), commission!.id)).rejects.toThrow(refusal('invoice_is_ours'));
  expect((await readLedger(artist(deal), bookingId)).accounts).toEqual([
    { account: `payable:${orgId}`, balance: { minor: -96_000, currency: 'EUR' } },
    { account: 'commission:platform', balance: { minor: 80_000, currency: 'EUR' } },
    { account: 'vat:FR', balance: { minor: 16_000, currency: 'EUR' } },
  ]);
  expect(await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).toMatchObject({ status: 'settled' });
  expect(await world.db.deadline.count({ where: { subject: invoice!.id } })).toBe(0);
  expect((await world.db.fact.findMany({ where: { subject: bookingId }, orderBy: { id: 'asc' } })).map(({ topic }) => topic))
    .toEqual(['contract.signed', 'show.played', 'invoice.issued', 'invoice.overdue', 'invoice.paid', 'invoice.issued']);
});

test('what a late public buyer owes besides arrives with its transfer or after it, once (PUB-06)', async () => {
  const owing = async () => {
    const deal = await open({ path: 'public', price: 1_000_000n });
    await playAt(deal, '2027-05-10T09:00:00Z');
    const [invoice] = await readInvoices(artist(deal), deal.bookingId);
    return { deal, id: invoice!.id };
  };
  const [both, after, inTime] = [await owing(), await owing(), await owing()];
  await settleInvoice(artist(inTime.deal), inTime.id);
  await expect(settleLate(artist(inTime.deal), inTime.id)).rejects.toThrow(refusal('invoice_settled'));
  await to('2027-06-29T12:00:00Z');
  await expect(settleLate(artist(after.deal), after.id)).rejects.toThrow(refusal('invoice_settled'));
  expect(await settleInvoice(artist(both.deal), both.id, { withLate: true })).toMatchObject({ late: { total: { minor: 9_868 }, owed: { minor: 0 } } });
  expect(await settleInvoice(artist(after.deal), after.id)).toMatchObject({ late: { total: { minor: 9_868 }, owed: { minor: 9_868 } } });
  // It does not run on once the invoice is paid.
  await to('2027-08-01T12:00:00Z');
  await expect(settleLate(buyer(after.deal), after.id)).rejects.toThrow(refusal('role_too_low'));
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => settleLate(artist(after.deal), after.id)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await world.db.settlement.findMany({ where: { invoiceId: after.id }, orderBy: { id: 'asc' } })).toMatchObject([{ principalMinor: 1_055_000n, lateMinor: 0n }, { principalMinor: 0n, lateMinor: 9_868n, arrivedAt: new Date('2027-08-01T12:00:00Z') }]);
  expect(await world.db.settlement.updateMany({ data: { lateMinor: 1n } }).catch((error: unknown) => conflict(error)?.constraint)).toBe('settlement_append_only');
});

test('what a producer owes us is settled by our own people, once, and the ledger says that it reached our bank', async () => {
  const person = async (email: string, emailVerified = true) => {
    const id = world.ctx.newId('usr');
    await world.db.user.create({ data: { id, name: 'Ada', email, emailVerified } });
    return { ...world.ctx, userId: id, config: { ...world.ctx.config, operators: ['ada@flow.example', 'eve@flow.example'] } };
  };
  const [operator, stranger, unproven] = [await person('Ada@flow.example'), await person('bob@flow.example'), await person('eve@flow.example', false)];
  const deal = await open({ path: 'public', price: 1_000_000n, commissionBps: 800n });
  const { bookingId, orgId } = deal;
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [final] = await readInvoices(artist(deal), bookingId);
  await settleInvoice(artist(deal), final!.id);
  await drain();
  const [, ours] = await readInvoices(artist(deal), bookingId);
  const { id } = ours!;

  await expect(readOwedToUs(world.ctx)).rejects.toThrow(refusal('signed_out'));
  for (const other of [stranger, unproven]) {
    await expect(readOwedToUs(other)).rejects.toThrow(refusal('not_found'));
    await expect(receiveCommission(other, id)).rejects.toThrow(refusal('not_found'));
  }
  await expect(receiveCommission({ ...artist(deal), config: operator.config }, id)).rejects.toThrow(refusal('signed_out'));
  await expect(receiveCommission(operator, final!.id)).rejects.toThrow(refusal('not_found'));
  expect((await readOwedToUs(operator)).filter((owed) => owed.id === id)).toMatchObject([{ bookingId, number: ours!.number, payer: 'Les Marées Productions', due: { minor: 96_000 }, overdue: false }]);

  world.at('2027-06-02T10:00:00Z');
  const answers = await Promise.allSettled(Array.from({ length: 10 }, () => receiveCommission(operator, id)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'invoice_settled' });
  expect((await readInvoices(artist(deal), bookingId))[1]).toMatchObject({ id, paidAt: '2027-06-02T10:00:00.000Z', due: { minor: 0 }, overdue: false });
  expect((await readOwedToUs(operator)).filter((owed) => owed.id === id)).toEqual([]);
  const ledger = await readLedger(artist(deal), bookingId);
  expect(ledger.transfers.at(-1)).toMatchObject({ kind: 'settlement', reason: expect.stringContaining(operator.userId) as string });
  expect([ledger.sum.minor, ledger.accounts]).toEqual([0, [
    { account: `payable:${orgId}`, balance: { minor: 0, currency: 'EUR' } },
    { account: 'commission:platform', balance: { minor: 80_000, currency: 'EUR' } },
    { account: 'vat:FR', balance: { minor: 16_000, currency: 'EUR' } },
    { account: 'bank:platform', balance: { minor: -96_000, currency: 'EUR' } },
  ]]);
});

test('twenty invoices of one producer at once: numbers without a gap, none twice, and none lost with a failure (INV-01)', async () => {
  const artistOrgId = world.ctx.newId('org');
  const deals = await Promise.all(Array.from({ length: 22 }, () => signedDeal(world.ctx, { path: 'public', artistOrgId })));
  const failing = new Set([deals[3]!.bookingId, deals[11]!.bookingId]);
  const done = await Promise.allSettled(deals.map(({ bookingId }) => transact(world.ctx, async (tx) => {
    await issuePublic(tx, bookingId);
    if (failing.has(bookingId)) throw new Error('after the number was taken');
  })));
  expect(done.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  const rows = await world.db.invoice.findMany({ where: { issuerOrgId: artistOrgId }, orderBy: { sequence: 'asc' } });
  const { sellerNumber } = await world.db.organisation.findUniqueOrThrow({ where: { id: artistOrgId } });
  const own = `FS-${String(sellerNumber).padStart(5, '0')}`;
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => `${own}-2027-${String(i + 1).padStart(4, '0')}`));
  // A new year begins a new series.
  world.at('2028-01-02T12:00:00Z');
  await transact(world.ctx, (tx) => issuePublic(tx, deals[3]!.bookingId));
  expect(await world.db.invoice.findFirstOrThrow({ where: { bookingId: deals[3]!.bookingId } })).toMatchObject({ number: `${own}-2028-0001`, series: `${own}-2028` });
});

test('one booking invoiced twenty times at once has one invoice', async () => {
  const deal = await signedDeal(world.ctx, { path: 'public' });
  await Promise.all(Array.from({ length: 20 }, () => transact(world.ctx, (tx) => issuePublic(tx, deal.bookingId))));
  expect(await world.db.invoice.count({ where: { bookingId: deal.bookingId } })).toBe(1);
  expect(await world.db.fact.count({ where: { subject: deal.bookingId, topic: 'invoice.issued' } })).toBe(1);
});

test('the database refuses to change or remove an invoice, a second of its kind, and a number used twice', async () => {
  const deal = await signedDeal(world.ctx, { path: 'public' });
  const [one, two] = [deal, await signedDeal(world.ctx, { path: 'public', artistOrgId: deal.orgId })];
  for (const { bookingId } of [one, two]) await transact(world.ctx, (tx) => issuePublic(tx, bookingId));
  const sql = (text: string) => world.pool.query(text.replaceAll('$one', `'${one.bookingId}'`).replaceAll('$two', `'${two.bookingId}'`));
  const copy = (booking: string, sequence: string) => `INSERT INTO invoice SELECT (jsonb_populate_record(invoice, jsonb_build_object('id', 'inv_copy', 'booking_id', ${booking}, 'sequence', ${sequence}))).* FROM invoice WHERE booking_id = $one`;
  for (const [text, constraint] of [
    ['UPDATE invoice SET net_minor = 1, total_minor = vat_minor + 1 WHERE booking_id = $one', 'invoice_content_fixed'],
    ['UPDATE invoice SET number = $one WHERE booking_id = $one', 'invoice_content_fixed'],
    ['UPDATE invoice SET paid_minor = total_minor + 1 WHERE booking_id = $one', 'invoice_adds_up'],
    ['DELETE FROM invoice WHERE booking_id = $one', 'invoice_never_deleted'],
    [copy('$one', '99'), 'invoice_booking_id_kind_version_key'],
    [copy(`'bkg_free'`, 'sequence'), 'invoice_issuer_org_id_series_sequence_key'],
  ] as const) await expect(sql(text)).rejects.toMatchObject({ constraint });
});

test('credit notes take a public invoice back in part, then whole, numbered apart and leaving it as it was (INV-05)', async () => {
  const deal = await open({ path: 'public' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  const ask = (minor: number, reason = 'Durée réduite de moitié.') => creditInvoice(artist(deal), { id: invoice!.id, amount: { minor, currency: 'EUR' }, reason });
  const before = await world.db.invoice.findUniqueOrThrow({ where: { id: invoice!.id } });
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => ask(31_650)));
  // Four quarters fit, and no fifth.
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  await expect(ask(1)).rejects.toThrow(refusal('credit_too_large'));
  await drain();
  const [credited] = await readInvoices(artist(deal), deal.bookingId);
  expect(credited).toMatchObject({ total: { minor: 126_600 }, left: { minor: 0 }, due: { minor: 0 }, overdue: false, paidAt: null });
  const own = invoice!.number.replace(/^FS-(\d+-\d+).*/u, 'AS-$1');
  expect(credited!.credits.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4].map((n) => `${own}-000${n}`));
  const rows = await world.db.creditNote.findMany({ where: { invoiceId: invoice!.id } });
  expect([rows.reduce((all, one) => all + one.netMinor, 0n), rows.reduce((all, one) => all + one.vatMinor, 0n)]).toEqual([120_000n, 6_600n]);
  expect(await world.db.invoice.findUniqueOrThrow({ where: { id: invoice!.id } })).toEqual(before);
  for (const word of ['Avoir AS-', invoice!.number, 'Durée réduite de moitié.', '316,50 €', 'Net en votre faveur']) expect(await printed(world.ctx, rows[0]!.fileId)).toContain(word);
  expect(await printed(world.ctx, rows[0]!.fileId)).not.toMatch(/pénalités|À régler|Règlement par virement/u);
  // Nothing is owed any more: no alarm, no transfer to record, no commission; the sale has ended.
  expect(await world.db.booking.findUniqueOrThrow({ where: { id: deal.bookingId } })).toMatchObject({ status: 'settled' });
  expect((await readInvoices(artist(deal), deal.bookingId)).map(({ kind }) => kind)).toEqual(['final']);
  await to('2027-06-29T12:00:00Z');
  expect(await world.db.fact.count({ where: { subject: deal.bookingId, topic: 'invoice.overdue' } })).toBe(0);
  await expect(settleInvoice(artist(deal), invoice!.id)).rejects.toThrow(refusal('invoice_settled'));
  expect([await mayReadFile(buyer(deal), rows[0]!.fileId), await mayReadFile(world.as({ orgId: 'org_else' }), rows[0]!.fileId)]).toEqual([true, false]);
});

test('the invoice of the dearest show is credited whole: its tax comes on top of a million (INV-05)', async () => {
  const deal = await open({ path: 'public', price: 100_000_000n });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  const desk = billingRouter.createCaller(artist(deal));
  const of = (minor: number) => ({ id: invoice!.id, amount: { minor, currency: 'EUR' as const }, reason: 'Annulée.' });
  for (const minor of [0, 105_500_001]) await expect(desk.credit(of(minor))).rejects.toThrow();
  expect(await desk.credit(of(105_500_000))).toMatchObject({ left: { minor: 0 }, credits: [{ total: { minor: 105_500_000 } }] });
});

test('a part credited is not owed; who buys, who is nobody here, and a secured payment write no credit note by hand', async () => {
  const [deal, secured] = [await open({ path: 'public' }), await open({ showDay: '2027-03-10' })];
  await pay(secured);
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  const of = (id: string) => ({ id, amount: { minor: 26_600, currency: 'EUR' as const }, reason: 'Erreur de prix.' });
  await expect(creditInvoice(buyer(deal), of(invoice!.id))).rejects.toThrow(refusal('role_too_low'));
  await expect(creditInvoice(world.as({ orgId: deal.orgId, role: 'member' }), of(invoice!.id))).rejects.toThrow(refusal('role_too_low'));
  await expect(creditInvoice(buyer(secured), of(invoice!.id))).rejects.toThrow(refusal('not_found'));
  await expect(creditInvoice(artist(deal), of('inv_none'))).rejects.toThrow(refusal('not_found'));
  await creditInvoice(artist(deal), of(invoice!.id));
  expect((await settleInvoice(artist(deal), invoice!.id)).paid).toEqual({ minor: 100_000, currency: 'EUR' });
  // Our commission is of what the invoice still stands for: 947.87 before tax.
  const [, ours] = await readInvoices(artist(deal), deal.bookingId);
  expect([ours!.net, ours!.vat].map(cents)).toEqual([9_479, 1_896]);
  expect((await readLedger(artist(deal), deal.bookingId)).accounts.filter(({ account }) => /commission|vat/u.test(account)).map(({ balance }) => balance.minor)).toEqual([9_479, 1_896]);

  const [deposit] = await readInvoices(artist(secured), secured.bookingId);
  await expect(creditInvoice(artist(secured), of(deposit!.id))).rejects.toThrow(refusal('invoice_paid_here'));
});

test('our own credit note gives the commission back in the ledger, once, and whoever pays late owes the rest', async () => {
  const deal = await open({ path: 'public' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [final] = await readInvoices(artist(deal), deal.bookingId);
  await settleInvoice(artist(deal), final!.id);
  await drain();
  const [, ours] = await readInvoices(artist(deal), deal.bookingId);
  await expect(creditInvoice(artist(deal), { id: ours!.id, amount: { minor: 100, currency: 'EUR' }, reason: 'Geste.' })).rejects.toThrow(refusal('invoice_is_ours'));
  await transact(world.ctx, (tx) => issueCredit(tx, { invoiceId: ours!.id, amount: euros(7_200n), reason: 'Commission réduite de moitié.' }));
  const { accounts } = await readLedger(artist(deal), deal.bookingId);
  expect(accounts.map(({ account, balance }) => [account, balance.minor])).toEqual([[`payable:${deal.orgId}`, -7_200], ['commission:platform', 6_000], ['vat:FR', 1_200]]);
  expect((await readInvoices(artist(deal), deal.bookingId))[1]).toMatchObject({ due: { minor: 7_200 }, credits: [{ number: expect.stringMatching(/^A-2027-/u) as string }] });
  const row = await world.db.creditNote.findFirstOrThrow({ where: { invoiceId: ours!.id } });
  expect([await mayReadFile(artist(deal), row.fileId), await mayReadFile(buyer(deal), row.fileId)]).toEqual([true, false]);
});

test('the database refuses a credit note that is changed, exceeds its invoice, or is of another’s', async () => {
  const deal = await signedDeal(world.ctx, { path: 'public' });
  await transact(world.ctx, (tx) => issuePublic(tx, deal.bookingId));
  const { id: invoiceId } = await world.db.invoice.findFirstOrThrow({ where: { bookingId: deal.bookingId } });
  const id = await transact(world.ctx, (tx) => issueCredit(tx, { invoiceId, amount: euros(1_055n), reason: 'Geste.' }));
  const copy = (over: string) => `INSERT INTO credit_note SELECT (jsonb_populate_record(credit_note, jsonb_build_object('id', 'crn_copy', 'sequence', 99) || '${over}')).* FROM credit_note WHERE id = '${id}'`;
  for (const [text, constraint] of [
    [`UPDATE credit_note SET reason = 'x' WHERE id = '${id}'`, 'credit_note_append_only'],
    [`DELETE FROM credit_note WHERE id = '${id}'`, 'credit_note_append_only'],
    ['TRUNCATE credit_note', 'credit_note_kept'],
    [copy('{"sequence": 1}'), 'credit_note_issuer_org_id_series_sequence_key'],
    [copy('{"net_minor": 119001, "total_minor": 119056}'), 'credit_note_within_invoice'],
    [copy('{"net_minor": 999}'), 'credit_note_adds_up'],
    [copy('{"payer_org_id": "org_else"}'), 'credit_note_of_an_invoice'],
    [copy('{"invoice_id": "inv_none"}'), 'credit_note_of_an_invoice'],
  ] as const) await expect(world.pool.query(text), text).rejects.toMatchObject({ constraint });
});

test('each seller has a series of its own, and ours begins its year where we are (INV-02)', async () => {
  const deals = await Promise.all(Array.from({ length: 6 }, () => signedDeal(world.ctx, { path: 'public' })));
  await Promise.all(deals.map(({ bookingId }) => transact(world.ctx, (tx) => issuePublic(tx, bookingId))));
  const rows = await world.db.invoice.findMany({ where: { bookingId: { in: deals.map(({ bookingId }) => bookingId) } } });
  expect(new Set(rows.map(({ series }) => series)).size).toBe(6);
  // The last hours of the year in Guadeloupe are of the next one in Paris.
  const deal = await signedDeal(world.ctx, { path: 'public', showDay: '2027-12-30' });
  await world.db.organisation.update({ where: { id: deal.orgId }, data: { timeZone: 'America/Guadeloupe' } });
  await playAt(deal, '2028-01-01T02:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  await settleInvoice(artist(deal), invoice!.id);
  const [own, ours] = await readInvoices(artist(deal), deal.bookingId);
  expect([own!.issuedDay, ours!.issuedDay]).toEqual(['2027-12-31', '2028-01-01']);
  expect(ours!.number).toMatch(/^F-2028-/u);
  // What we are owed is for us to settle, and that is said.
  await expect(settleInvoice(artist(deal), ours!.id)).rejects.toThrow(refusal('invoice_is_ours'));
});

test.each(['BE', 'CH', 'DE'])('a producer who moves to %s after the signature is paid and invoiced as was signed', async (country) => {
  const deal = await open();
  await pay(deal);
  await to('2027-04-10T12:00:00Z');
  await world.db.organisation.update({ where: { id: deal.orgId }, data: { country } });
  await playAt(deal, '2027-05-09T09:00:00Z');
  expect(await world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ minor: 112_200n });
  const [, , final, commission] = await readInvoices(artist(deal), deal.bookingId);
  expect([final!.vatBps, commission!.vatBps, commission!.vat.minor]).toEqual([550, 2_000, 2_400]);
  expect(await printed(world.ctx, final!.fileId)).toContain('CIBS art. L213-230');
});

test('a secured payment is not invoiced as a public one', async () => {
  const deal = await open();
  await transact(world.ctx, (tx) => issuePublic(tx, deal.bookingId));
  expect(await readInvoices(artist(deal), deal.bookingId)).toEqual([]);
});

test('the XML of an invoice and of a credit note is kept beside what is printed, read by both sides; a Belgian firm has Peppol’s too (VAT-BE-05)', async () => {
  const deal = await open({ path: 'public' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  await creditInvoice(artist(deal), { id: invoice!.id, amount: { minor: 10_000, currency: 'EUR' }, reason: 'Geste.' });
  const [{ xmlFileId, ublFileId, credits: [credit] }] = await readInvoices(buyer(deal), deal.bookingId) as [typeof invoice & object];
  expect(ublFileId).toBe(null);
  for (const [id, number, code] of [[xmlFileId!, invoice!.number, 380], [credit!.xmlFileId!, credit!.number, 381]] as const) {
    const xml = (await readBytes(world.ctx, id)).toString();
    expect(xml).toContain(`<ram:ID>${number}</ram:ID>`);
    expect(xml).toContain(`<ram:TypeCode>${code}</ram:TypeCode>`);
    expect([await mayReadFile(buyer(deal), id), await mayReadFile(world.as({ orgId: 'org_else' }), id)]).toEqual([true, false]);
  }
  const belgian = await open({ path: 'public' });
  await world.db.organisation.update({ where: { id: belgian.buyerOrgId }, data: { kind: 'venue', country: 'BE', vatNumber: 'BE0403019261', siret: '' } });
  await playAt(belgian, '2027-05-10T09:00:00Z');
  const [sold] = await readInvoices(artist(belgian), belgian.bookingId);
  expect((await readBytes(world.ctx, sold!.ublFileId!)).toString()).toContain('<cbc:EndpointID schemeID="0208">0403019261<');
});

test('the printer makes a PDF of it', async () => {
  const deal = await signedDeal(world.ctx, { path: 'public' });
  await transact({ ...world.ctx, adapters: { ...world.ctx.adapters, print: openPrinter() } }, (tx) => issuePublic(tx, deal.bookingId));
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  const file = await world.db.file.findUniqueOrThrow({ where: { id: invoice!.fileId } });
  expect(file).toMatchObject({ name: `${invoice!.number}.pdf`, mime: 'application/pdf', orgId: deal.orgId, isPublic: false });
  expect(Buffer.from(file.bytes).subarray(0, 5).toString()).toBe('%PDF-');
});

const give = (deal: TestDeal) => world.db.invoicingMandate.create({ data: { orgId: deal.orgId, version: 1, acceptedAt: world.ctx.now(), userId: 'usr_test', signedBy: 'Ana Exemple', text: 'Mandat' } });
const numbers = async (deal: TestDeal) => (await readInvoices(artist(deal), deal.bookingId)).map(({ kind, number, issuedDay }) => [kind, number.slice(-4), issuedDay]);

test('without the producer’s mandate its invoices wait, money does not, and one press issues them in their order (INV-02)', async () => {
  const deal = await open({ mandate: false });
  await pay(deal);
  await to('2027-04-10T12:00:00Z');
  await playAt(deal, '2027-05-09T09:00:00Z');
  // All that is ours went its way: the release, the payout, our own invoice.
  expect((await readInvoices(artist(deal), deal.bookingId)).map(({ kind }) => kind)).toEqual(['commission']);
  expect(await world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ minor: 112_200n });
  expect(await readWaiting(artist(deal))).toMatchObject([
    { cause: 'deposit', payer: 'La Halle SARL', title: 'Grande marée', amount: { minor: 37_980 }, since: '2027-03-01T12:00:00.000Z' },
    { cause: 'balance', payer: 'La Halle SARL', amount: { minor: 88_620 }, since: '2027-04-10T12:00:00.000Z' }, { cause: 'release', amount: { minor: 126_600 }, since: '2027-05-09T09:00:00.000Z' },
  ]);
  // It is told once for a booking.
  expect(await world.db.fact.count({ where: { topic: 'invoice.waiting', subject: deal.bookingId } })).toBe(1);
  await expect(issueWaiting(artist(deal), deal.bookingId)).rejects.toThrow(refusal('mandate_missing'));
  await expect(issueWaiting(buyer(deal), deal.bookingId)).rejects.toThrow(refusal('not_found'));
  await expect(issueWaiting(world.as({ orgId: deal.orgId, role: 'member' }), deal.bookingId)).rejects.toThrow(refusal('role_too_low'));

  world.at('2027-05-12T12:00:00Z');
  await give(deal);
  const presses = await Promise.allSettled(Array.from({ length: 8 }, () => issueWaiting(artist(deal), deal.bookingId)));
  expect(presses.filter(({ status }) => status === 'fulfilled').map((one) => (one as PromiseFulfilledResult<unknown>).value)).toEqual([{ issued: 3 }]);
  expect(await numbers(deal)).toEqual([['deposit', '0001', '2027-05-12'], ['balance', '0002', '2027-05-12'], ['final', '0003', '2027-05-12'], ['commission', expect.any(String), '2027-05-09']]);
  const [deposit, balance, final] = await readInvoices(artist(deal), deal.bookingId);
  const text = await printed(world.ctx, final!.fileId);
  // Each is named with the day of its paper, and not of its money.
  for (const { number } of [deposit!, balance!]) expect(text).toContain(`(facture ${number} du 12 mai 2027,`);
  // The tax fell due when the money came, whatever day the paper bears.
  expect(text).toContain('TVA exigible à l’encaissement : acompte, le 1 mars 2027');
  expect(text).toContain('par mandat du 12 mai 2027');
  expect(await readWaiting(artist(deal))).toEqual([]);
  await expect(issueWaiting(artist(deal), deal.bookingId)).rejects.toThrow(refusal('not_found'));
});

test('a mandate given in time lets what waited go out with what follows, the deposit first', async () => {
  const deal = await open({ mandate: false });
  await pay(deal);
  await give(deal);
  await to('2027-04-10T12:00:00Z');
  await playAt(deal, '2027-05-09T09:00:00Z');
  expect(await numbers(deal)).toMatchObject([['deposit', '0001', '2027-04-10'], ['balance', '0002', '2027-04-10'], ['final', '0003', '2027-05-09'], ['commission', expect.any(String), '2027-05-09']]);
  expect(await readWaiting(artist(deal))).toEqual([]);
});

test('a public buyer’s thirty days run from the invoice that the mandate let out (PUB-06)', async () => {
  const deal = await open({ path: 'public', mandate: false });
  await playAt(deal, '2027-05-09T09:00:00Z');
  expect(await readInvoices(buyer(deal), deal.bookingId)).toEqual([]);
  world.at('2027-05-20T12:00:00Z');
  await give(deal);
  expect(await issueWaiting(artist(deal), deal.bookingId)).toEqual({ issued: 1 });
  expect(await readInvoices(buyer(deal), deal.bookingId)).toMatchObject([{ kind: 'final', issuedDay: '2027-05-20', dueDay: '2027-06-19', days: 30 }]);
});

test('the database itself refuses an invoice in the name of whoever gave no mandate', async () => {
  const deal = await open({ mandate: false });
  const invoice = (issuerOrgId: string) => world.db.invoice.create({ data: {
    id: world.ctx.newId('inv'), issuerOrgId, payerOrgId: deal.buyerOrgId, bookingId: deal.bookingId, kind: 'final', series: issuerOrgId, number: 'X', sequence: 1, netMinor: 1n, vatBps: 0, vatMinor: 0n, totalMinor: 1n, currency: 'EUR',
    issuedDay: new Date('2027-03-01'), dueDay: new Date('2027-03-01'), content: { lines: [1] }, fileId: 'fil_1',
  } }).then(() => 'kept', (error: unknown) => conflict(error)?.constraint);
  expect(await invoice(deal.orgId)).toBe('invoice_by_mandate');
  await give(deal);
  expect(await invoice(deal.orgId)).toBe('kept');
});
