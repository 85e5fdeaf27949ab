import { expect, test } from 'vitest';
import { acceptMandate, endMandate, readMandate } from '../accounting/service.ts';
import { transact, type Context } from '../core/context.ts';
import { readBytes } from '../core/files.ts';
import { euros } from '../core/money.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { bookChargeback, decideDispute } from '../disputes/service.ts';
import { payoutsDue, payoutsHeard } from '../payouts/jobs.ts';
import { readStatement } from '../payouts/service.ts';
import { cancelBooking, simulateCancellation } from '../refunds/service.ts';
import { billingHeard } from './jobs.ts';
import { billingRouter } from './router.ts';
import { issueWaiting, readWaiting } from './service.ts';
import { issueCredit, mayReadFile, readInvoices } from '../invoices/service.ts';

/* What a booker is paid out of a release: its own invoice to the producer. */

const { world, to, drain, pay } = await openTill({ billing: billingHeard, payouts: payoutsHeard }, payoutsDue);

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const wire = (minor: number) => ({ minor, currency: 'EUR' });
const artist = ({ orgId }: TestDeal) => world.as({ orgId });
const buyer = ({ buyerOrgId }: TestDeal) => world.as({ orgId: buyerOrgId });
const booker = ({ bookerOrgId }: TestDeal) => world.as({ orgId: bookerOrgId });
const text = async (ctx: Context, fileId: string) => (await readBytes(ctx, fileId)).toString().replaceAll(/[\u00a0\u202f]/gu, ' ');
const of = ({ bookingId }: TestDeal) => world.db.invoice.findFirstOrThrow({ where: { bookingId, kind: 'booker' } });
const sign = async (over: Parameters<typeof signedDeal>[1] & object = {}) => {
  const deal = await signedDeal(world.ctx, { booker: {}, ...over });
  await drain();
  return deal;
};
const played = async (over: Parameters<typeof sign>[0] = {}) => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await sign(over);
  await pay(deal);
  await to('2027-04-12T12:00:00Z');
  await to('2027-05-08T22:00:00Z');
  await play(world.ctx, deal);
  await drain();
  return deal;
};
const seriesOf = async ({ bookerOrgId }: TestDeal) => String((await world.db.organisation.findUniqueOrThrow({ where: { id: bookerOrgId } })).sellerNumber).padStart(5, '0');

test('at a release the booker’s share is invoiced to the producer, in its own series and under its own mandate (INV-01, INV-02, FEE-04, ES-12)', async () => {
  const deal = await played();
  const { bookingId } = deal;
  const mine = (await readInvoices(artist(deal), bookingId)).find(({ kind }) => kind === 'booker');
  expect(mine).toMatchObject({
    number: `FS-${await seriesOf(deal)}-2027-0001`, issuer: 'Agence de la Lisière SARL', payer: 'Les Marées Productions', net: wire(12_000), vatBps: 2_000, vat: wire(2_400), total: wire(14_400), due: wire(0),
    paidAt: expect.stringContaining('2027-05') as string, ublFileId: null,
  });
  const paper = await text(world.ctx, mine!.fileId);
  for (const words of [
    'Facture de commission', 'Commission : 10 % du prix HT, 1 200,00 €', 'TVA au taux de 20 % : CIBS livre II', 'Facture établie par Flow Stage (société de démonstration) au nom et pour le compte de Agence de la Lisière SARL',
    'par mandat du 1 mars 2027 (CGI, art. 289, I-2)', 'TVA exigible à l’encaissement : retenu sur le versement', 'montant retenu sur le versement du client', 'C. com., art. D441-5', 'SIRET 73282932000074',
  ]) expect(paper).toContain(words);
  const xml = await text(world.ctx, mine!.xmlFileId!);
  for (const element of ['<ram:TypeCode>380</ram:TypeCode>', '<ram:GrandTotalAmount>144.00</ram:GrandTotalAmount>', '<ram:DuePayableAmount>0.00</ram:DuePayableAmount>', '<ram:TypeCode>97</ram:TypeCode>', '<ram:RateApplicablePercent>20.00</ram:RateApplicablePercent>']) expect(xml).toContain(element);

  // Both read it, the booker when its mandate has ended too; the buyer knows nothing of it.
  expect((await readInvoices(booker(deal), bookingId)).map(({ kind }) => kind)).toContain('booker');
  expect((await readInvoices(buyer(deal), bookingId)).map(({ kind }) => kind)).toEqual(['deposit', 'balance', 'final']);
  for (const file of [mine!.fileId, mine!.xmlFileId!]) expect(await Promise.all([artist(deal), booker(deal), buyer(deal)].map((who) => mayReadFile(who, file)))).toEqual([true, true, false]);
  await world.db.representation.updateMany({ where: { bookerOrgId: deal.bookerOrgId }, data: { until: world.ctx.now() } });
  expect(await mayReadFile(booker(deal), mine!.fileId)).toBe(true);
  await expect(readInvoices(booker(deal), bookingId)).rejects.toThrow(refusal('not_found'));

  // The statements of both name it, and facts heard again issue nothing again.
  const payouts = await world.db.payout.findMany({ where: { bookingId }, orderBy: { share: 'asc' } });
  for (const [i, who] of [artist(deal), booker(deal)].entries()) expect((await readStatement(who, payouts[i]!.id)).lines[0]!.invoice).toEqual({ number: mine!.number, fileId: mine!.fileId });
  await world.db.delivery.updateMany({ where: { consumer: 'billing' }, data: { doneAt: null } });
  await drain();
  expect(await world.db.invoice.count({ where: { bookingId, kind: 'booker' } })).toBe(1);
});

test.each([
  ['an agent on the wages', { booker: { capacity: 'agent', bps: 1_500, capBps: 1_000, wageBps: 6_000 } }, 7_200n, 1_440n, 'Commission d’agent artistique : 10 % des rémunérations brutes, 720,00 €'],
  ['a producer with a margin', { booker: { capacity: 'producer', bps: 3_333 } }, 39_996n, 7_999n, 'Commission : 33,33 % du prix HT, 1 200,00 €'],
] as const)('%s bills what it was paid on (FEE-01, FEE-04)', async (_, over, netMinor, vatMinor, label) => {
  const invoice = await of(await played(over));
  expect(invoice).toMatchObject({ netMinor, vatMinor, totalMinor: netMinor + vatMinor, paidMinor: netMinor + vatMinor });
  expect(await text(world.ctx, invoice.fileId)).toContain(label);
});

test('a Belgian booker leaves its tax to the French producer, and Peppol carries its invoice (VAT-BE-05, VAT-X-01, INV-01)', async () => {
  const deal = await played({ booker: { country: 'BE' } });
  const { netMinor, vatMinor, fileId, ublFileId } = await of(deal);
  expect([netMinor, vatMinor]).toEqual([12_000n, 0n]);
  for (const words of ['Autoliquidation / Reverse charge', 'directive 2006/112/CE, art. 220', 'BCE 0403.019.261']) expect(await text(world.ctx, fileId)).toContain(words);
  for (const element of ['<cbc:ID>AE</cbc:ID>', '<cbc:PayableAmount currencyID="EUR">0.00</cbc:PayableAmount>', '<cbc:EndpointID schemeID="0208">']) expect((await text(world.ctx, ublFileId!)).replaceAll(/>\s+</gu, '><')).toContain(element);
});

test('without its mandate the booker’s invoice waits, is asked for once, and keeps neither payout nor the producer’s papers (INV-02)', async () => {
  const deal = await played({ booker: { mandate: false } });
  const { bookingId } = deal;
  expect((await readInvoices(artist(deal), bookingId)).map(({ kind }) => kind)).toEqual(['deposit', 'balance', 'final', 'commission']);
  expect(await world.db.payout.findMany({ where: { bookingId }, select: { share: true, status: true }, orderBy: { share: 'asc' } })).toEqual([{ share: 'producer', status: 'paid' }, { share: 'booker', status: 'paid' }]);
  await world.db.delivery.updateMany({ where: { consumer: 'billing' }, data: { doneAt: null } });
  await drain();
  expect(await world.db.mail.findMany({ where: { orgId: deal.bookerOrgId, cause: { startsWith: 'invoice-waiting:' } }, select: { subject: true } })).toEqual([{ subject: 'Votre facture de commission attend votre mandat' }]);
  const waiting = [{ bookingId, cause: 'booker', title: 'Grande marée', day: '2027-05-08', payer: 'Les Marées Productions', amount: wire(14_400), since: expect.stringContaining('2027-05') as string }];
  expect(await readWaiting(booker(deal))).toEqual(waiting);
  expect(await billingRouter.createCaller(booker(deal)).waiting()).toEqual(waiting);
  expect(await readWaiting(artist(deal))).toEqual([]);
  // It is the booker's to issue, and nobody else's.
  await expect(issueWaiting(artist(deal), bookingId)).rejects.toThrow(refusal('not_found'));
  await expect(issueWaiting(buyer(deal), bookingId)).rejects.toThrow(refusal('not_found'));
  await expect(issueWaiting(booker(deal), bookingId)).rejects.toThrow(refusal('mandate_missing'));
  expect((await readMandate(booker(deal))).paragraphs[0]).toContain('les factures et avoirs des commissions');
  expect((await readMandate(artist(deal))).acceptedAt).not.toBeNull();

  world.at('2027-06-15T12:00:00Z');
  await acceptMandate(booker(deal), 'Salomé Verdier');
  await world.db.representation.updateMany({ where: { bookerOrgId: deal.bookerOrgId }, data: { until: world.ctx.now() } });
  expect(await issueWaiting(booker(deal), bookingId)).toEqual({ issued: 1 });
  expect(await readWaiting(booker(deal))).toEqual([]);
  const invoice = await of(deal);
  expect(invoice.issuedDay.toISOString()).toContain('2027-06-15');
  for (const words of ['par mandat du 15 juin 2027', 'Retenu sur le versement, reçu le', 'mai 2027']) expect(await text(world.ctx, invoice.fileId)).toContain(words);
  await endMandate(booker(deal));
});

test('a producer and its booker who both gave no mandate each wait for their own (INV-02)', async () => {
  const deal = await played({ mandate: false, booker: { mandate: false } });
  await acceptMandate(booker(deal), 'Salomé Verdier');
  expect(await issueWaiting(booker(deal), deal.bookingId)).toEqual({ issued: 1 });
  expect(await world.db.invoiceWaiting.count({ where: { bookingId: deal.bookingId, orgId: deal.orgId } })).toBe(3);
  await acceptMandate(artist(deal), 'Ana Exemple');
  expect(await issueWaiting(artist(deal), deal.bookingId)).toEqual({ issued: 3 });
});

test('of an indemnity a provider bills its rate, and an agent nothing (FEE-01, ES-20)', async () => {
  for (const [terms, minor] of [[{}, 4_320n], [{ capacity: 'agent', capBps: 1_000, wageBps: 6_000 }, null]] as const) {
    world.at('2027-03-01T12:00:00Z');
    const deal = await sign({ booker: terms });
    await pay(deal);
    const { kept, owed, refund } = await simulateCancellation(buyer(deal), { bookingId: deal.bookingId, cause: 'organiser' });
    await cancelBooking(buyer(deal), { bookingId: deal.bookingId, cause: 'organiser', reason: 'Pluie', seen: { kept: kept.minor, owed: owed.minor, refund: refund.minor } });
    await drain();
    const invoice = await world.db.invoice.findFirst({ where: { bookingId: deal.bookingId, kind: 'booker' } });
    expect(invoice?.totalMinor ?? null).toBe(minor);
    if (invoice) expect(await text(world.ctx, invoice.fileId)).toContain('Commission : 10 % de l’indemnité d’annulation, 360,00 €');
  }
});

test('of what a dispute gives the producer the booker bills the same part; what is credited of it is in its own series (ES-20, INV-02)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await sign();
  const { bookingId } = deal;
  await pay(deal);
  await to('2027-04-20T12:00:00Z');
  await transact(world.ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId }, data: { contestedAt: tx.now(), contestedBy: 'buyer', contest: 'Un quart d’heure.' } });
    await tx.db.dispute.create({ data: { id: tx.newId('dsp'), bookingId, orgId: deal.orgId, buyerOrgId: deal.buyerOrgId, currency: 'EUR', openedBy: 'buyer', openedAt: tx.now() } });
  });
  await world.db.user.upsert({ where: { id: 'usr_ops' }, create: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true }, update: {} });
  const ops = { ...world.ctx, userId: 'usr_ops', config: { ...world.ctx.config, operators: ['ops@flow.example'] } };
  await decideDispute(ops, { bookingId, release: wire(63_300) as never, refund: wire(63_300) as never, words: 'Moitié.' });
  await drain();
  const invoice = await of(deal);
  expect(invoice).toMatchObject({ netMinor: 6_000n, vatMinor: 1_200n });
  expect(await text(world.ctx, invoice.fileId)).toContain('10 % du prix HT, 600,00 €');
  // A bank that takes money back is the producer's matter, and leaves the invoice as it is.
  await transact(world.ctx, (tx) => bookChargeback(tx, { bookingId, ref: `dp_${bookingId}`, amount: euros(37_980n) }));
  await drain();
  expect(await world.db.creditNote.count({ where: { invoiceId: invoice.id } })).toBe(0);

  const id = await transact(world.ctx, (tx) => issueCredit(tx, { invoiceId: invoice.id, amount: euros(3_600n), reason: 'Commission rendue pour moitié' }));
  const credit = await world.db.creditNote.findUniqueOrThrow({ where: { id } });
  expect(credit).toMatchObject({ number: `AS-${await seriesOf(deal)}-2027-0001`, netMinor: 3_000n, vatMinor: 600n, payerOrgId: deal.orgId });
  for (const words of [`Cet avoir rectifie la facture ${invoice.number}`, 'Avoir établi par Flow Stage (société de démonstration) au nom et pour le compte de Agence de la Lisière SARL', 'par mandat du 1 mars 2027']) expect(await text(world.ctx, credit.fileId)).toContain(words);
  expect(await Promise.all([artist(deal), booker(deal), buyer(deal)].map((who) => mayReadFile(who, credit.fileId)))).toEqual([true, true, false]);
});
