import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSealer } from '../adapters/esign/index.ts';
import { openPrinter } from '../adapters/pdf/index.ts';
import { transact, type SignedIn } from '../core/context.ts';
import { setDeadline, tick } from '../core/deadlines.ts';
import { readBytes, sha256 } from '../core/files.ts';
import { tell } from '../core/outbox.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { editOrganisation } from '../identity/service.ts';
import { municipalHeard } from '../municipal/jobs.ts';
import { orderPurchase, quoteAgain, readPurchase } from '../municipal/service.ts';
import { readEnvelope, requestCode, sign } from '../signing/service.ts';
import { contractsDue, contractsHeard } from './jobs.ts';
import { draftIfReady, mayReadFile, readContract } from './service.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const identity = { legalForm: 'association', siret: '73282932000074', address: '1 rue Haute', postcode: '29200', city: 'Brest', representative: 'Maëlle Cariou', capacity: 'présidente' };
const heard = { contracts: contractsHeard, municipal: municipalHeard };

async function organisation(kind: 'artist' | 'venue' | 'municipality', complete = true): Promise<string> {
  const id = world.ctx.newId('org');
  await world.db.organisation.create({ data: {
    id, kind, name: `The ${kind}`, email: `${id.toLowerCase()}@rooms.example`, createdAt: world.ctx.now(), ...(complete ? { ...identity, legalName: `${kind} de Brest` } : {}),
    ...(kind === 'artist' ? { licence: 'PLATESV-R-2024-001234', licenceUntil: fromDay('2029-03-01'), vatNumber: 'FR44732829320', iban: 'FR7630006000011234567890189' } : {}),
  } });
  return id;
}

/** A booking whose offer of 1 200,00 has just been accepted. */
async function agreed(over: { insee?: string; buyer?: 'venue' | 'municipality'; complete?: boolean; artistComplete?: boolean } = {}) {
  const { buyer = 'venue', complete = true, artistComplete = true, insee = '' } = over;
  const [orgId, buyerOrgId, bookingId] = [await organisation('artist', artistComplete), await organisation(buyer, complete), world.ctx.newId('bkg')];
  const owners = { orgId, buyerOrgId };
  const createdAt = world.ctx.now();
  const offerId = world.ctx.newId('off');
  await world.db.epk.create({ data: { orgId, slug: orgId.toLowerCase().replace('_', '-'), name: 'Nuit Claire', genres: ['chanson'], lineUp: 4, technical: 'Deux micros voix', updatedAt: createdAt } });
  await world.db.booking.create({ data: {
    id: bookingId, ...owners, reference: bookingId, status: 'agreed', createdAt,
    request: { create: { ...owners, asker: 'venue', contactName: 'Léa', organisation: 'La salle', email: 'lea@salle.example', occasion: 'Fête du port', showDay: fromDay('2027-07-14'), place: 'Salle du port', city: 'Vannes', budgetMinor: 1n, currency: 'EUR', technical: 'Scène de 6 m' } },
    offers: { create: { id: offerId, ...owners, proposedBy: 'artist', showDay: fromDay('2027-07-14'), priceMinor: 120_000n, currency: 'EUR', terms: 'Deux passages.', expiresAt: createdAt, createdAt, status: 'accepted' } },
    show: { create: { id: world.ctx.newId('shw'), ...owners, title: 'Nuit Claire', day: fromDay('2027-07-14'), startTime: '20:30', place: 'Salle du port', city: 'Vannes', insee } },
  } });
  return { bookingId, offerId, orgId, buyerOrgId, artist: world.as({ orgId }), buyer: world.as({ orgId: buyerOrgId }) };
}

type Agreed = Awaited<ReturnType<typeof agreed>>;

const draft = (bookingId: string) => transact(world.ctx, (tx) => draftIfReady(tx, bookingId));
const facts = async (bookingId: string) => (await world.db.fact.findMany({ where: { subject: bookingId }, orderBy: { id: 'asc' } })).map(({ topic }) => topic);

async function accepted(of: Agreed): Promise<void> {
  await transact(world.ctx, (tx) => tell(tx, 'offer.accepted', { bookingId: of.bookingId, offerId: of.offerId }));
  await world.drain(heard);
}

async function signAs(ctx: SignedIn, bookingId: string, name: string) {
  await requestCode(ctx, bookingId);
  const { text } = await world.db.mail.findFirstOrThrow({ where: { cause: { startsWith: 'sign:' } }, orderBy: { id: 'desc' } });
  return sign(ctx, { bookingId, code: /^\d{6}$/mu.exec(text)?.[0] ?? '', name });
}

test('CO-17: an accepted offer becomes a contract, sent out to both sides', async () => {
  const of = await agreed();
  await expect(readContract(of.artist, of.bookingId)).rejects.toThrow(refusal('contract_missing'));
  await accepted(of);
  const contract = await readContract(of.buyer, of.bookingId);
  expect(contract).toMatchObject({
    status: 'drafted', path: 'secured', price: { minor: 120_000 }, vatBps: 550, vat: { minor: 6_600 }, total: { minor: 126_600 }, commissionBps: 1_000, sealedFileId: null, signedAt: null,
  });
  expect(contract.number).toMatch(/^C-2027-\d{6}$/u);
  expect(contract.clauses).toHaveLength(20);
  const envelope = await readEnvelope(of.artist, of.bookingId);
  expect(envelope).toMatchObject({ status: 'sent', fileId: contract.fileId, signers: [{ side: 'artist', name: 'Maëlle Cariou' }, { side: 'buyer' }] });
  expect(sha256(await readBytes(world.ctx, contract.fileId))).toBe(envelope.sha256);
  expect(await facts(of.bookingId)).toEqual(['offer.accepted', 'contract.drafted']);
});

test('drafted at once by ten hands, or told twice, there is one contract', async () => {
  const of = await agreed();
  await Promise.all(Array.from({ length: 10 }, () => draft(of.bookingId)));
  await accepted(of);
  expect((await facts(of.bookingId)).filter((topic) => topic === 'contract.drafted')).toHaveLength(1);
  expect(await world.db.file.count({ where: { orgId: of.orgId } })).toBe(1);
});

test.each([['97411', 210, 'taux applicable en Guadeloupe, en Martinique et à La Réunion'], ['2A004', 210, 'Corse'], ['97302', 0, 'hors du champ de la TVA : TVA non applicable en Guyane'], ['', 550, 'L213-232']])(
  'the contract of a show in commune %s says its rate and its rule (VAT-FR-04, VAT-FR-05)', async (insee, bps, words) => {
    const of = await agreed({ insee });
    await accepted(of);
    const { vatBps, clauses } = await readContract(of.buyer, of.bookingId);
    expect(vatBps).toBe(bps);
    expect(clauses[5]!.paragraphs.join(' ')).toContain(words);
    expect(await world.db.contract.findUniqueOrThrow({ where: { bookingId: of.bookingId } })).toMatchObject({ commissionVatBps: 2_000, vatBps: bps });
  });

test('a seller under the franchise charges no tax, and the contract says why (VAT-FR-08)', async () => {
  const of = await agreed();
  await world.db.organisation.update({ where: { id: of.orgId }, data: { vatFranchise: true } });
  await accepted(of);
  const contract = await readContract(of.buyer, of.bookingId);
  expect(contract).toMatchObject({ vatBps: 0, total: { minor: 120_000 } });
  expect(contract.clauses[5]!.paragraphs.join(' ')).toContain('TVA non applicable, art. 293 B du CGI');
});

test('a buyer abroad accounts for the tax: the contract waits for the numbers of both, and says so (VAT-X-01, VAT-X-03)', async () => {
  const of = await agreed();
  await world.db.organisation.update({ where: { id: of.buyerOrgId }, data: { country: 'BE' } });
  await accepted(of);
  expect(await facts(of.bookingId)).toEqual(['offer.accepted']);
  await transact(of.buyer, (tx) => editOrganisation(tx, of.buyerOrgId, { vatNumber: 'BE0123456749' }));
  await world.drain(heard);
  const contract = await readContract(of.buyer, of.bookingId);
  expect(contract.clauses[5]!.paragraphs.join(' ')).toContain('Autoliquidation / Reverse charge');
  expect(contract.vatBps).toBe(0);
});

test('what we do not know the tax of is not drafted, and nothing breaks', async () => {
  const of = await agreed();
  await world.db.organisation.update({ where: { id: of.orgId }, data: { country: 'DE' } });
  await accepted(of);
  await expect(readContract(of.buyer, of.bookingId)).rejects.toThrow(refusal('contract_missing'));
});

test('a public buyer’s quote waits for the producer’s IBAN (PUB-07)', async () => {
  const of = await agreed({ buyer: 'municipality' });
  await world.db.organisation.update({ where: { id: of.orgId }, data: { iban: '' } });
  await accepted(of);
  expect(await facts(of.bookingId)).toEqual(['offer.accepted']);
  await expect(orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber: 'BC-1', serviceCode: '' })).rejects.toThrow(expect.objectContaining({ code: 'party_incomplete', details: { missing: 'iban' } }) as Error);
  await transact(of.artist, (tx) => editOrganisation(tx, of.orgId, { iban: 'FR7630006000011234567890189' }));
  await world.drain(heard);
  expect((await facts(of.bookingId)).at(-1)).toBe('quote.issued');
  for (const orderNumber of ['\u200b', ' \u2060\u200d ', '---']) await expect(orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber, serviceCode: '' })).rejects.toThrow(refusal('order_number_missing'));
  expect(await orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber: '\u200bBC-1', serviceCode: 'CULTURE', commitmentNumber: 'EJ-9\u200b', marketNumber: 'M-3' })).toMatchObject({ orderNumber: 'BC-1', serviceCode: 'CULTURE', commitmentNumber: 'EJ-9', marketNumber: 'M-3' });
});

test('contracts drafted at once have numbers of their own', async () => {
  const many = await Promise.all(Array.from({ length: 12 }, () => agreed()));
  await Promise.all(many.map(({ bookingId }) => draft(bookingId)));
  const rows = await world.db.contract.findMany({ where: { bookingId: { in: many.map(({ bookingId }) => bookingId) } } });
  expect(new Set(rows.map(({ number }) => number)).size).toBe(12);
});

test('a contract waits for both identities, and comes with the second', async () => {
  const of = await agreed({ complete: false });
  await accepted(of);
  expect(await facts(of.bookingId)).toEqual(['offer.accepted']);
  await world.db.organisation.update({ where: { id: of.buyerOrgId }, data: { ...identity, legalName: 'La salle' } });
  await transact(world.ctx, (tx) => tell(tx, 'party.completed', { bookingId: of.bookingId, side: 'buyer' }));
  await world.drain(heard);
  expect((await facts(of.bookingId)).at(-1)).toBe('contract.drafted');
});

test('a public buyer: quote, order number (refused when missing), then the contract that names it', async () => {
  const of = await agreed({ buyer: 'municipality' });
  await accepted(of);
  expect(await facts(of.bookingId)).toEqual(['offer.accepted', 'quote.issued']);
  const quote = await readPurchase(of.buyer, of.bookingId);
  expect(quote).toMatchObject({ quoteNumber: expect.stringMatching(/^D-2027-\d{6}$/u) as string, orderNumber: '', orderedAt: null });
  await expect(orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber: '  ', serviceCode: '' })).rejects.toThrow(refusal('order_number_missing'));
  await expect(orderPurchase(of.artist, { bookingId: of.bookingId, orderNumber: 'BC-1', serviceCode: '' })).rejects.toThrow(refusal('not_found'));
  await expect(orderPurchase(world.as({ orgId: of.buyerOrgId, role: 'member' }), { bookingId: of.bookingId, orderNumber: 'BC-1', serviceCode: '' })).rejects.toThrow(refusal('role_too_low'));
  const orders = await Promise.allSettled(Array.from({ length: 8 }, () => orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber: 'BC-2027-118', serviceCode: 'CULTURE' })));
  expect(orders.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await world.drain(heard);
  expect(await facts(of.bookingId)).toEqual(['offer.accepted', 'quote.issued', 'purchase.ordered', 'contract.drafted']);
  const contract = await readContract(of.buyer, of.bookingId);
  expect(contract.path).toBe('public');
  expect(JSON.stringify(contract.clauses)).toContain('BC-2027-118');
  expect(JSON.stringify(contract.clauses)).toContain(quote.quoteNumber);
  await expect(orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber: 'BC-2', serviceCode: '' })).rejects.toThrow(refusal('purchase_closed'));
});

test('a quote that was not ordered in its thirty days binds nobody: the producer quotes anew, and that one is ordered (PUB-11)', async () => {
  const noon = (day: string) => { world.at(`${day}T12:00:00Z`); };
  noon('2027-03-01');
  const of = await agreed({ buyer: 'municipality' });
  await accepted(of);
  const first = await readPurchase(of.buyer, of.bookingId);
  expect(first).toMatchObject({ validUntil: '2027-03-31', expired: false });
  noon('2027-03-31');
  expect(await readPurchase(of.buyer, of.bookingId)).toMatchObject({ expired: false });
  await expect(quoteAgain(of.artist, of.bookingId)).rejects.toThrow(refusal('quote_valid'));
  noon('2027-04-01');
  expect(await readPurchase(of.buyer, of.bookingId)).toMatchObject({ expired: true });
  await expect(orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber: 'BC-1', serviceCode: '' })).rejects.toThrow(expect.objectContaining({ code: 'quote_expired', details: { until: '2027-03-31' } }) as Error);
  await expect(quoteAgain(of.buyer, of.bookingId)).rejects.toThrow(refusal('not_found'));
  const again = await Promise.allSettled(Array.from({ length: 5 }, () => quoteAgain(of.artist, of.bookingId)));
  expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await world.drain(heard);
  const second = await readPurchase(of.buyer, of.bookingId);
  expect(second).toMatchObject({ validUntil: '2027-05-01', expired: false });
  expect(second.quoteNumber).not.toBe(first.quoteNumber);
  expect((await facts(of.bookingId)).filter((topic) => topic === 'quote.issued')).toHaveLength(2);
  noon('2027-04-30');
  expect(await orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber: 'BC-1', serviceCode: '' })).toMatchObject({ orderNumber: 'BC-1', expired: false });
  await expect(quoteAgain(of.artist, of.bookingId)).rejects.toThrow(refusal('purchase_closed'));
});

test('a private buyer has no quote, and a producer without licence or SIRET cannot quote yet', async () => {
  const hall = await agreed();
  await accepted(hall);
  await expect(readPurchase(hall.buyer, hall.bookingId)).rejects.toThrow(refusal('not_found'));
  await expect(orderPurchase(hall.buyer, { bookingId: hall.bookingId, orderNumber: 'BC-1', serviceCode: '' })).rejects.toThrow(refusal('purchase_closed'));
  const commune = await agreed({ buyer: 'municipality', artistComplete: false });
  await accepted(commune);
  await expect(orderPurchase(commune.buyer, { bookingId: commune.bookingId, orderNumber: 'BC-1', serviceCode: '' })).rejects.toThrow(refusal('party_incomplete'));
  await world.db.organisation.update({ where: { id: commune.orgId }, data: { ...identity, legalName: 'Les Marées' } });
  await transact(world.ctx, (tx) => tell(tx, 'party.completed', { bookingId: commune.bookingId, side: 'artist' }));
  await world.drain(heard);
  expect((await facts(commune.bookingId)).at(-1)).toBe('quote.issued');
});

test('CO-13, CO-16: printed, signed by both and sealed for real; the booking is under contract', async () => {
  const real = { ...world.ctx.adapters, print: openPrinter(), sealer: openSealer() };
  const of = await agreed();
  await transact({ ...world.ctx, adapters: real }, (tx) => draftIfReady(tx, of.bookingId));
  // The commission keeps the rate of the day of the signature, not of the draft.
  const band = { kind: 'commission.contract', currency: 'EUR', upToMinor: 500_000n };
  await world.db.rate.updateMany({ where: { ...band, validTo: null }, data: { validTo: fromDay('2027-03-02') } });
  await world.db.rate.createMany({ data: [{ id: 'rat_900', ...band, bps: 900, validFrom: fromDay('2027-03-02'), validTo: fromDay('2027-03-03'), source: 'a later decision' }, { id: 'rat_1000', ...band, bps: 1_000, validFrom: fromDay('2027-03-03'), source: 'another one' }] });
  world.at('2027-03-02T12:00:00Z');
  await world.db.sealKey.deleteMany();
  await signAs({ ...of.artist, adapters: real }, of.bookingId, 'Maëlle Cariou');
  const last = await signAs({ ...of.buyer, adapters: real }, of.bookingId, 'Yann Le Goff');
  await world.drain(heard);
  const contract = await readContract(of.artist, of.bookingId);
  world.at('2027-03-01T12:00:00Z');
  expect(contract).toMatchObject({ status: 'signed', commissionBps: 900, sealedFileId: last.sealedFileId, evidenceFileId: last.evidenceFileId, signedAt: '2027-03-02T12:00:00.000Z' });
  expect((await world.db.booking.findUniqueOrThrow({ where: { id: of.bookingId } })).status).toBe('contracted');
  expect((await facts(of.bookingId)).at(-1)).toBe('contract.signed');

  const dir = mkdtempSync(path.join(tmpdir(), 'flow-contract-'));
  const file = path.join(dir, 'contract.pdf');
  writeFileSync(file, await readBytes(world.ctx, last.sealedFileId ?? ''));
  const run = (tool: string, ...args: string[]) => execFileSync(tool, [...args, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  expect(run('pdfsig')).toMatch(/Total document signed[^]*Signature is Valid/u);
  expect(run('pdfinfo')).toMatch(/Tagged: +yes/u);
  expect(run('pdfinfo', '-struct-text').match(/H2/gu)?.length).toBe(22);
  rmSync(dir, { recursive: true });
});

test('the same fact twice signs once; a booking that ended meanwhile leaves a contract without object', async () => {
  const of = await agreed();
  await accepted(of);
  await signAs(of.artist, of.bookingId, 'M');
  await signAs(of.buyer, of.bookingId, 'Y');
  await world.drain(heard);
  await world.db.delivery.updateMany({ where: { consumer: 'contracts', fact: { subject: of.bookingId } }, data: { doneAt: null } });
  await world.drain(heard);
  expect((await facts(of.bookingId)).filter((topic) => topic === 'contract.signed')).toHaveLength(1);

  const ended = await agreed();
  await accepted(ended);
  await signAs(ended.artist, ended.bookingId, 'M');
  await world.db.booking.update({ where: { id: ended.bookingId }, data: { status: 'lapsed' } });
  await signAs(ended.buyer, ended.bookingId, 'Y');
  await world.drain(heard);
  expect(await readContract(ended.artist, ended.bookingId)).toMatchObject({ status: 'void', sealedFileId: expect.stringMatching(/^fil_/u) as string });
  expect(await facts(ended.bookingId)).not.toContain('contract.signed');
});

test('both sides and their links may read the papers, nobody else', async () => {
  const of = await agreed({ buyer: 'municipality' });
  await accepted(of);
  await orderPurchase(of.buyer, { bookingId: of.bookingId, orderNumber: 'BC-1', serviceCode: '' });
  await world.drain(heard);
  await signAs(of.artist, of.bookingId, 'M');
  const last = await signAs(of.buyer, of.bookingId, 'Y');
  const stranger = await agreed();
  const papers = [last.fileId, last.sealedFileId, last.evidenceFileId, (await readPurchase(of.buyer, of.bookingId)).quoteFileId].map((id) => id ?? '');
  for (const id of papers) {
    expect(await mayReadFile(of.artist, id)).toBe(true);
    expect(await mayReadFile(world.as({ orgId: of.buyerOrgId, link: { purpose: 'follow', bookingId: of.bookingId } }), id)).toBe(true);
    expect(await mayReadFile(world.as({ orgId: of.buyerOrgId, link: { purpose: 'follow', bookingId: stranger.bookingId } }), id)).toBe(false);
    expect(await mayReadFile(stranger.artist, id)).toBe(false);
  }
  expect(await mayReadFile(of.artist, 'fil_none')).toBe(false);
});

test('a contract that not both signed in time is void, and the day is free again (CO-16)', async () => {
  const deal = await agreed();
  await accepted(deal);
  await world.db.slot.create({ data: { orgId: deal.orgId, day: fromDay('2027-07-14'), bookingId: deal.bookingId } });
  await setDeadline(world.ctx, 'contract.lapse', deal.bookingId, world.ctx.now());
  expect(await tick(world.ctx, contractsDue)).toBeGreaterThanOrEqual(1);
  expect(await world.db.booking.findUniqueOrThrow({ where: { id: deal.bookingId } })).toMatchObject({ status: 'lapsed' });
  expect(await readContract(deal.artist, deal.bookingId)).toMatchObject({ status: 'void' });
  expect(await world.db.slot.count({ where: { bookingId: deal.bookingId } })).toBe(0);
  await expect(requestCode(deal.buyer, deal.bookingId)).rejects.toThrow(refusal('envelope_closed'));
  expect((await facts(deal.bookingId)).at(-1)).toBe('booking.lapsed');
});

test('an agreement without a contract lapses too; one whose last signature is not heard of yet stands', async () => {
  const bare = await agreed({ complete: false });
  const signed = await agreed();
  await accepted(bare);
  await accepted(signed);
  await world.db.envelope.updateMany({ where: { bookingId: signed.bookingId }, data: { status: 'completed' } });
  for (const { bookingId } of [bare, signed]) await setDeadline(world.ctx, 'contract.lapse', bookingId, world.ctx.now());
  await tick(world.ctx, contractsDue);
  const statusOf = async ({ bookingId }: Agreed) => (await world.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).status;
  expect([await statusOf(bare), await statusOf(signed)]).toEqual(['lapsed', 'agreed']);
  expect(await readContract(signed.artist, signed.bookingId)).toMatchObject({ status: 'drafted' });
});

test('both signatures keep what the artist’s booker takes, by the terms of that day (FEE-04, CO-16)', async () => {
  const of = await agreed();
  await accepted(of);
  const { orgId: artistOrgId } = of.artist.actor;
  const [bookerOrgId, representationId, id] = [world.ctx.newId('org'), world.ctx.newId('rep'), world.ctx.newId('trm')];
  const at = world.ctx.now();
  await world.db.organisation.create({ data: { id: bookerOrgId, kind: 'booker', name: 'Agence', email: 'contrats@agence.example', postcode: '29200', createdAt: at } });
  await world.db.representation.create({ data: { id: representationId, artistOrgId, bookerOrgId, since: at } });
  await world.db.representationTerms.create({ data: { id, representationId, capacity: 'provider', bps: 1_200, wageBps: 10_000, status: 'agreed', proposedBy: 'booker', proposedUser: 'usr_b', proposedAt: at, answeredUser: 'usr_a', answeredAt: at } });
  await signAs(of.artist, of.bookingId, 'Maëlle Cariou');
  expect(await world.db.bookerShare.count({ where: { bookingId: of.bookingId } })).toBe(0);
  await signAs(of.buyer, of.bookingId, 'Yann Le Goff');
  await world.drain(heard);
  expect(await world.db.bookerShare.findUniqueOrThrow({ where: { bookingId: of.bookingId } })).toMatchObject({ orgId: artistOrgId, bookerOrgId, termsId: id, bps: 1_200, vatBps: 2_000 });
});
