import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conflict } from '../server/core/database.ts';
import { euros, type Money } from '../server/core/money.ts';
import { openTestWorld, type TestWorld } from '../server/core/test-world.ts';
import { fromDay } from '../server/core/time.ts';

let world: TestWorld;
let id = 0;
const at = new Date('2027-03-01T12:00:00Z');
const next = (prefix: string) => `${prefix}_${(id += 1)}`;

beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

/** The constraint that `work` breaks, or `nothing` when the database lets it pass. */
async function broken(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'nothing';
  } catch (error) {
    const found = conflict(error);
    if (!found) throw error;
    return `${found.kind} ${found.constraint}`;
  }
}

const booking = () => {
  const key = next('bkg');
  return world.db.booking.create({ data: { id: key, orgId: 'org_artist', buyerOrgId: 'org_buyer', reference: key, createdAt: at } });
};
const offer = (bookingId: string, over: object = {}) => world.db.offer.create({
  data: { id: next('off'), bookingId, orgId: 'org_artist', buyerOrgId: 'org_buyer', proposedBy: 'artist', showDay: fromDay('2027-07-14'), priceMinor: 120_000n, currency: 'EUR', expiresAt: at, createdAt: at, ...over },
});
const transfer = (entries: [string, Money][]) => {
  const key = next('trf');
  return world.db.transfer.create({
    data: { id: key, kind: 'capture', key, hash: 'x', at, reason: 'test', entries: { create: entries.map(([account, amount], line) => ({ line, account, minor: amount.minor, currency: amount.currency })) } },
  });
};
const hold = (bookingId: string, rank: number, over: object = {}) => world.db.hold.create({
  data: { id: next('hld'), orgId: 'org_artist', buyerOrgId: 'org_buyer', bookingId, day: fromDay('2027-07-14'), rank, expiresAt: at, createdAt: at, ...over },
});
const invoice = (over: object = {}) => world.db.invoice.create({
  data: {
    id: next('inv'), issuerOrgId: 'platform', payerOrgId: 'org_artist', bookingId: next('bkg'), kind: 'commission', series: 'C', number: 'C-1', sequence: id, netMinor: 12_000n, vatBps: 2_000, vatMinor: 2_400n,
    totalMinor: 14_400n, currency: 'EUR', issuedDay: fromDay('2027-07-16'), dueDay: fromDay('2027-08-15'), content: { lines: [1] }, fileId: 'fil_1', ...over,
  },
});
const file = (over: object = {}) => world.db.file.create({ data: { id: next('fil'), orgId: 'org_artist', name: 'contrat.pdf', mime: 'application/pdf', sha256: 'x', size: 1, bytes: Buffer.from('a'), createdAt: at, ...over } });

describe('what was told, booked or filed stays (ES-03, NF-10)', () => {
  test('a fact is neither changed nor removed', async () => {
    const { id: fact } = await world.db.fact.create({ data: { topic: 'request.sent', subject: 'bkg_1', payload: {}, toldAt: at } });
    expect(await broken(world.db.fact.update({ where: { id: fact }, data: { topic: 'offer.sent' } }))).toBe('check fact_append_only');
    expect(await broken(world.db.fact.delete({ where: { id: fact } }))).toBe('check fact_append_only');
    expect(await broken(world.pool.query('TRUNCATE fact CASCADE'))).toBe('check fact_kept');
  });

  test('an entry and its transfer are neither changed nor removed', async () => {
    const { id: key } = await transfer([['a', euros(1n)], ['b', euros(-1n)]]);
    expect(await broken(world.db.entry.updateMany({ where: { transferId: key }, data: { account: 'c' } }))).toBe('check entry_append_only');
    expect(await broken(world.db.entry.deleteMany({ where: { transferId: key } }))).toBe('check entry_append_only');
    expect(await broken(world.db.transfer.update({ where: { id: key }, data: { reason: 'another' } }))).toBe('check transfer_append_only');
    expect(await broken(world.pool.query('TRUNCATE entry'))).toBe('check entry_kept');
  });

  test('a line of a timeline stays', async () => {
    await world.db.timelineEntry.create({ data: { bookingId: 'bkg_1', seq: 1, orgId: 'org_artist', buyerOrgId: 'org_buyer', factId: 1n, topic: 'request.sent', payload: {}, at } });
    expect(await broken(world.db.timelineEntry.deleteMany({}))).toBe('check timeline_entry_append_only');
  });

  test('a document stays; a press photo may go; neither changes', async () => {
    const document = await file();
    const photo = await file({ isPublic: true });
    expect(await broken(world.db.file.update({ where: { id: document.id }, data: { bytes: Buffer.from('b') } }))).toBe('check file_content_fixed');
    expect(await broken(world.db.file.update({ where: { id: document.id }, data: { isPublic: true } }))).toBe('check file_stays_private');
    expect(await broken(world.db.file.delete({ where: { id: document.id } }))).toBe('check file_document_kept');
    expect(await broken(world.db.file.update({ where: { id: photo.id }, data: { bytes: Buffer.from('b') } }))).toBe('check file_content_fixed');
    expect(await broken(world.db.file.delete({ where: { id: photo.id } }))).toBe('nothing');
  });

  test('an invoice can be paid and nothing else', async () => {
    const { id: key } = await invoice();
    expect(await broken(world.db.invoice.update({ where: { id: key }, data: { paidMinor: 14_400n, paidAt: at } }))).toBe('nothing');
    expect(await broken(world.db.invoice.update({ where: { id: key }, data: { paidMinor: 14_401n } }))).toBe('check invoice_adds_up');
    expect(await broken(world.db.invoice.update({ where: { id: key }, data: { dueDay: at } }))).toBe('check invoice_content_fixed');
    expect(await broken(world.db.invoice.update({ where: { id: key }, data: { content: { lines: [2] } } }))).toBe('check invoice_content_fixed');
    expect(await broken(world.db.invoice.delete({ where: { id: key } }))).toBe('check invoice_never_deleted');
  });

  test('a signature is never taken back (CO-13)', async () => {
    await world.db.envelope.create({ data: { id: 'env_1', orgId: 'org_artist', buyerOrgId: 'org_buyer', bookingId: 'bkg_1', title: 'Contrat', fileId: 'fil_1', sha256: 'x', createdAt: at } });
    const where = { envelopeId_side: { envelopeId: 'env_1', side: 'artist' as const } };
    await world.db.signer.create({ data: { envelopeId: 'env_1', side: 'artist', orgId: 'org_artist', name: 'A', email: 'a@ondes.example' } });
    expect(await broken(world.db.signer.update({ where, data: { name: 'Ana', signedAt: at } }))).toBe('nothing');
    expect(await broken(world.db.signer.update({ where, data: { signedAt: null } }))).toBe('check signer_signed_once');
    expect(await broken(world.db.signer.update({ where, data: { consent: 'another' } }))).toBe('check signer_signed_once');
    expect(await broken(world.db.signer.update({ where, data: { viewedAt: at } }))).toBe('nothing');
    expect(await broken(world.db.signer.delete({ where }))).toBe('check signer_kept');
  });

  test('a signed contract says for ever what was signed', async () => {
    const where = { id: 'ctr_1' };
    await world.db.contract.create({
      data: {
        ...where, bookingId: 'bkg_1', orgId: 'org_artist', buyerOrgId: 'org_buyer', number: '1', path: 'secured', priceMinor: 100n, vatBps: 550, vatMinor: 6n, totalMinor: 106n, currency: 'EUR', commissionBps: 1_000,
        vatCitation: 'CIBS', commissionVatBps: 2_000, commissionVatCitation: 'CIBS',
        clauses: [], rules: [], fileId: 'fil_1', draftedAt: at,
      },
    });
    expect(await broken(world.db.contract.update({ where, data: { priceMinor: 101n } }))).toBe('check contract_adds_up');
    expect(await broken(world.db.contract.update({ where, data: { status: 'signed', signedAt: at } }))).toBe('nothing');
    expect(await broken(world.db.contract.update({ where, data: { sealedFileId: 'fil_2' } }))).toBe('nothing');
    expect(await broken(world.db.contract.update({ where, data: { clauses: ['more'] } }))).toBe('check contract_signed_fixed');
    expect(await broken(world.db.contract.delete({ where }))).toBe('check contract_kept');
  });
});

describe('the ledger (ES-01, ES-03)', () => {
  test('two entries or more, that sum to zero in each currency', async () => {
    expect(await broken(transfer([]))).toBe('check transfer_has_entries');
    expect(await broken(transfer([['a', euros(0n)]]))).toBe('check transfer_has_entries');
    expect(await broken(transfer([['a', euros(2n)], ['b', euros(-1n)]]))).toBe('check transfer_sums_to_zero');
    expect(await broken(transfer([['a', euros(1n)], ['b', { minor: -1n, currency: 'CHF' }]]))).toBe('check transfer_sums_to_zero');
    expect(await broken(transfer([['a', euros(2n)], ['b', euros(-1n)], ['c', euros(-1n)]]))).toBe('nothing');
  });

  test('a transfer never grows once it is made, and a balance is never emptied', async () => {
    const { id: key } = await transfer([['a', euros(2n)], ['b', euros(-2n)]]);
    const more = [{ transferId: key, line: 8, account: 'payable:org_other', minor: 5n, currency: 'EUR' }, { transferId: key, line: 9, account: 'commission:platform', minor: -5n, currency: 'EUR' }];
    expect(await broken(world.db.entry.createMany({ data: more }))).toBe('check entry_with_its_transfer');
    // Nor by one that says it was made in a transaction to come.
    await world.db.transfer.create({ data: { id: 'trf_open', kind: 'capture', key: 'trf_open', hash: 'x', at, reason: 'test', madeIn: 2n ** 40n, entries: { create: [{ line: 0, account: 'a', minor: 1n, currency: 'EUR' }, { line: 1, account: 'b', minor: -1n, currency: 'EUR' }] } } });
    expect((await world.db.transfer.findUniqueOrThrow({ where: { id: 'trf_open' } })).madeIn).toBeLessThan(2n ** 40n);
    expect(await broken(world.pool.query('TRUNCATE balance'))).toBe('check balance_kept');
  });

  test('what is held is kept as a balance, is never less than nothing, and nobody writes it', async () => {
    const capture = (minor: bigint) => transfer([['provider:clearing', euros(-minor)], ['escrow:bkg_1', euros(minor)]]);
    await capture(37_980n);
    await capture(88_620n);
    const kept = () => world.db.balance.findMany({ where: { account: { startsWith: 'escrow:' } } });
    expect(await kept()).toEqual([{ account: 'escrow:bkg_1', currency: 'EUR', shard: 0, minor: 126_600n }]);
    expect(await broken(capture(-126_601n))).toBe('check balance_not_negative');
    expect(await broken(capture(-126_600n))).toBe('nothing');
    expect(await broken(capture(-1n))).toBe('check balance_not_negative');
    expect(await broken(world.db.balance.updateMany({ data: { minor: 5n } }))).toBe('check balance_follows_entries');
    expect(await broken(world.db.balance.create({ data: { account: 'escrow:bkg_2', currency: 'EUR', minor: 5n } }))).toBe('check balance_follows_entries');
    expect(await kept()).toEqual([{ account: 'escrow:bkg_1', currency: 'EUR', shard: 0, minor: 0n }]);
  });

  test('of fifty releases of one sum at once, one gets it', async () => {
    await transfer([['provider:clearing', euros(-100n)], ['escrow:bkg_50', euros(100n)]]);
    const all = await Promise.all(Array.from({ length: 50 }, () => broken(transfer([['escrow:bkg_50', euros(-100n)], ['payable:org_1', euros(100n)]]))));
    expect(all.filter((one) => one === 'nothing')).toHaveLength(1);
    expect(all.filter((one) => one === 'check balance_not_negative')).toHaveLength(49);
  });
});

describe('one of what can be only one', () => {
  test('an offer leaves `sent` once, its terms never change, and one waits or stands at a time (CH-20)', async () => {
    const { id: bookingId } = await booking();
    const first = await offer(bookingId);
    const where = { id: first.id };
    expect(await broken(offer(bookingId))).toBe('unique offer_one_sent');
    expect(await broken(world.db.offer.update({ where, data: { priceMinor: 1n } }))).toBe('check offer_terms_fixed');
    expect(await broken(world.db.offer.update({ where, data: { status: 'accepted', answeredAt: at } }))).toBe('nothing');
    expect(await broken(world.db.offer.update({ where, data: { status: 'sent' } }))).toBe('check offer_leaves_sent_once');
    expect(await broken(world.db.offer.update({ where, data: { status: 'declined' } }))).toBe('check offer_leaves_sent_once');
    const second = await offer(bookingId);
    expect(await broken(world.db.offer.update({ where: { id: second.id }, data: { status: 'accepted' } }))).toBe('unique offer_one_accepted');
  });

  test('each live hold has a rank of its own, and each booking one hold a day', async () => {
    const [a, b] = [await booking(), await booking()];
    const first = await hold(a.id, 1);
    expect(await broken(hold(b.id, 1))).toBe('unique hold_live_rank');
    expect(await broken(hold(a.id, 2))).toBe('unique hold_live_booking');
    expect(await broken(hold(b.id, 0))).toBe('check hold_rank_from_one');
    await world.db.hold.update({ where: { id: first.id }, data: { status: 'lapsed' } });
    expect(await broken(hold(b.id, 1))).toBe('nothing');
  });

  test('a rate holds alone for its kind, currency and band', async () => {
    const rate = (upToMinor: bigint | null, from: string, to: string | null, bps = 550) => world.db.rate.create({
      data: { id: next('rat'), kind: 'vat.test', upToMinor, bps, validFrom: fromDay(from), validTo: to ? fromDay(to) : null, source: 'test' },
    });
    expect(await broken(rate(null, '2026-01-01', '2027-01-01'))).toBe('nothing');
    expect(await broken(rate(null, '2026-12-31', null))).toBe('exclusion rate_one_at_a_time');
    expect(await broken(rate(null, '2027-01-01', null))).toBe('nothing');
    expect(await broken(rate(5n, '2027-01-01', null))).toBe('nothing');
    expect(await broken(rate(6n, '2027-01-01', '2027-01-01'))).toBe('check rate_days');
    expect(await broken(rate(6n, '2027-01-01', null, 10_001))).toBe('check rate_bps');
  });
});

describe('values that can be', () => {
  test.each([
    ['offer_price_positive', () => booking().then(({ id: of }) => offer(of, { priceMinor: 0n }))],
    ['offer_start_time', () => booking().then(({ id: of }) => offer(of, { startTime: '24:00' }))],
    ['epk_slug', () => world.db.epk.create({ data: { orgId: next('org'), slug: 'Été', name: 'x', updatedAt: at } })],
    ['site_key_format', () => world.db.siteKey.create({ data: { key: 'sk_secret_secret', siteId: 'sit_1', createdAt: at } })],
    ['invoice_adds_up', () => invoice({ totalMinor: 14_401n })],
    ['invoice_of_payment', () => invoice({ kind: 'balance' })],
    ['invoice_of_payment', () => invoice({ paymentId: 'pay_1' })],
    ['invoice_by_mandate', () => invoice({ issuerOrgId: 'org_artist' })],
    ['invoice_waiting_cause', () => world.db.invoiceWaiting.create({ data: { bookingId: next('bkg'), cause: 'whim', orgId: 'org_artist', since: at } })],
    ['invoice_waiting_payment', () => world.db.invoiceWaiting.create({ data: { bookingId: next('bkg'), cause: 'balance', orgId: 'org_artist', since: at } })],
    ['invoice_waiting_payment', () => world.db.invoiceWaiting.create({ data: { bookingId: next('bkg'), cause: 'deposit', orgId: 'org_artist', since: at } })],
    ['charge_ask_positive', () => world.db.chargeAsk.create({ data: { key: next('pay'), customerRef: 'cus_1', methodRef: 'pm_1', minor: 0n, currency: 'EUR', at } })],
    ['provider_price_bounds', () => world.db.providerPrice.create({ data: { id: next('rat'), currency: 'CHF', bps: 10_001, fixedMinor: 0n, validFrom: fromDay('2027-01-01'), source: 'x' } })],
    ['payout_positive', () => world.db.payout.create({ data: { id: next('pyo'), bookingId: next('bkg'), orgId: 'org_1', minor: 0n, currency: 'EUR', createdAt: at } })],
    ['clock_single', () => world.db.clock.create({ data: { id: 2 } })],
  ])('%s', async (constraint, work) => {
    expect(await broken(work())).toBe(`check ${constraint}`);
  });
});

test('no rule of ours reads the clock of the database', () => {
  for (const name of readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.endsWith('_init'))) {
    expect(readFileSync(`prisma/migrations/${name.name}/migration.sql`, 'utf8'), name.name).not.toMatch(/\bnow\(\)|current_timestamp/i);
  }
});
