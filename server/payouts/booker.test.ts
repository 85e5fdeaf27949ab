import { expect, test } from 'vitest';
import { billingHeard } from '../billing/jobs.ts';
import { transact } from '../core/context.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { decideDispute, simulateDecision, bookChargeback } from '../disputes/service.ts';
import { readMoney } from '../escrow/service.ts';
import { audit } from '../ledger/service.ts';
import { sendPayout } from '../outgoing/service.ts';
import { cancelBooking, readAccount, simulateCancellation } from '../refunds/service.ts';
import { payoutsDue, payoutsHeard } from './jobs.ts';
import { readPayouts, readStatement, reportFile, statementFile } from './service.ts';

/* A deal of a represented artist: what is released is shared between the producer, its booker, us and the tax office. */

const { world, to, drain, pay } = await openTill({ billing: billingHeard, payouts: payoutsHeard }, payoutsDue);

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const wire = (minor: number) => ({ minor, currency: 'EUR' });
const held = async (account: string) => Number((await world.db.entry.aggregate({ where: { account }, _sum: { minor: true } }))._sum.minor ?? 0n);
const entries = async ({ bookingId }: TestDeal, kind: string) =>
  (await world.db.entry.findMany({ where: { transfer: { bookingId, kind } }, orderBy: [{ transferId: 'asc' }, { line: 'asc' }] })).map(({ account, minor }) => [account.replace(/:(bkg|org)_.*/u, ''), Number(minor)]);
const sign = async (booker: Parameters<typeof signedDeal>[1] & object = {}) => {
  const deal = await signedDeal(world.ctx, { booker: {}, ...booker });
  await drain();
  return deal;
};
const played = async (over: Parameters<typeof sign>[0] = {}) => {
  const deal = await sign(over);
  await pay(deal);
  await to('2027-05-08T22:00:00Z');
  await play(world.ctx, deal);
  await drain();
  return deal;
};
const payouts = async ({ bookingId }: TestDeal) => (await world.db.payout.findMany({ where: { bookingId }, orderBy: { share: 'asc' } })).map(({ share, minor, status }) => [share, Number(minor), status]);
const artist = ({ orgId }: TestDeal) => world.as({ orgId });
const booker = ({ bookerOrgId }: TestDeal) => world.as({ orgId: bookerOrgId });

test('the golden case of a represented artist: ten per cent to a provider, the rest to the producer, each to its own bank (ES-03, ES-11, FEE-04)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await played();
  expect(await entries(deal, 'release')).toEqual([['escrow', -126_600], ['commission:platform', 12_000], ['vat:FR', 2_400], ['commission:booker', 14_400], ['payable', 97_800]]);
  expect(await payouts(deal)).toEqual([['producer', 97_800, 'paid'], ['booker', 14_400, 'paid']]);
  expect([await held(`escrow:${deal.bookingId}`), await held(`payable:${deal.orgId}`), await held(`commission:booker:${deal.bookerOrgId}`)]).toEqual([0, 0, 0]);
  expect(await audit(world.ctx)).toEqual([]);
  const account = await readAccount(artist(deal), deal.bookingId);
  expect(account).toMatchObject({ held: wire(0), released: wire(126_600), proofs: { sumIsZero: true, heldIsDue: true } });
  expect(account.movements.flatMap((movement) => movement.entries).filter(({ owner }) => owner === 'booker').map(({ amount }) => amount.minor)).toEqual([14_400, -14_400]);
  // We invoice our own commission alone.
  expect(await world.db.invoice.findFirstOrThrow({ where: { bookingId: deal.bookingId, kind: 'commission' } })).toMatchObject({ netMinor: 12_000n, vatMinor: 2_400n });
});

test.each([
  ['an agent on the wages, at its cap', { capacity: 'agent', bps: 1_000, capBps: 1_000, wageBps: 6_000 }, 7_200, 1_440],
  ['an agent whom the law caps below what was agreed', { capacity: 'agent', bps: 1_500, capBps: 1_000, wageBps: 6_000 }, 7_200, 1_440],
  ['a producer without tax', { capacity: 'producer', bps: 3_333, vatBps: 0 }, 39_996, 0],
] as const)('%s (FEE-01, FEE-04)', async (_, of, net, vat) => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await played({ booker: of });
  expect(await payouts(deal)).toEqual([['producer', 112_200 - net - vat, 'paid'], ['booker', net + vat, 'paid']]);
  const { booker: seen } = await readMoney(artist(deal), deal.bookingId);
  expect(seen).toMatchObject({ name: 'Agence de la Lisière', commission: wire(net), vat: wire(vat), state: 'paid' });
});

test('the artist’s side reads what its booker has, before and after; the buyer does not (ES-01)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await sign({ booker: { capacity: 'agent', bps: 1_500, capBps: 1_000, wageBps: 6_000 } });
  expect((await readMoney(artist(deal), deal.bookingId)).booker).toEqual({
    name: 'Agence de la Lisière', capacity: 'agent', agreedBps: 1_500, bps: 1_000, capSource: 'Code du travail art. L7121-13', basis: wire(72_000), commission: wire(7_200), vat: wire(1_440), vatBps: 2_000, state: 'coming', paidAt: null,
  });
  expect((await readMoney(world.as({ orgId: deal.buyerOrgId }), deal.bookingId)).booker).toBeNull();
  const open = await sign({ path: 'public' });
  expect((await readMoney(artist(open), open.bookingId)).booker).toMatchObject({ state: 'outside', commission: wire(12_000) });
  const alone = await signedDeal(world.ctx);
  expect((await readMoney(artist(alone), alone.bookingId)).booker).toBeNull();
});

test('each reads what it is paid and what is to come, with a statement that is the ledger, to the cent (ES-03, ES-11)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const coming = await sign({ price: 33_333n });
  const [toArtist, toBooker] = [(await readPayouts(artist(coming))).expected, (await readPayouts(booker(coming))).expected];
  // A booker sees its artist's and its own.
  expect(toArtist.map(({ artist: who, amount }) => [who, amount.minor])).toEqual([['Les Marées', 27_166]]);
  expect(toBooker.map(({ artist: who, amount }) => [who, amount.minor])).toEqual(expect.arrayContaining([['Les Marées', 27_166], ['Agence de la Lisière', 4_000]]));
  expect(toBooker).toHaveLength(2);

  const deal = await played();
  const [producers, bookers] = await Promise.all(['producer', 'booker'].map((share) => world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId, share: share as 'producer' } })));
  expect((await readStatement(artist(deal), producers!.id)).lines).toMatchObject([{ kind: 'release', total: wire(126_600), commission: wire(12_000), commissionVat: wire(2_400), booker: wire(14_400), payout: wire(97_800) }]);
  expect((await readStatement(booker(deal), bookers!.id)).lines).toMatchObject([{ kind: 'booker', price: wire(12_000), vatBps: 2_000, vat: wire(2_400), total: wire(14_400), commission: wire(0), booker: wire(0), payout: wire(14_400) }]);
  expect(String((await statementFile(artist(deal), { id: producers!.id, format: 'csv', locale: 'fr' })).bytes)).toContain(';"120,00";"24,00";"144,00";"978,00";EUR');
  for (const format of ['pdf', 'csv'] as const) expect((await statementFile(booker(deal), { id: bookers!.id, format, locale: 'de' })).bytes.length).toBeGreaterThan(100);
  for (const who of [artist(deal), world.as({ orgId: deal.buyerOrgId })]) await expect(readStatement(who, bookers!.id)).rejects.toThrow(refusal('not_found'));
  // It stays its own when its mandate has ended.
  await world.db.representation.updateMany({ where: { bookerOrgId: deal.bookerOrgId }, data: { until: world.ctx.now() } });
  expect((await readPayouts(booker(deal))).payouts.map(({ id }) => id)).toEqual([bookers!.id]);
  expect((await readStatement(booker(deal), bookers!.id)).amount).toEqual(wire(14_400));
});

test('a booker who has not said what the tax office asks waits, and keeps its producer waiting for nothing (PAY-08)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await sign();
  await world.db.seller.delete({ where: { orgId: deal.bookerOrgId } });
  await pay(deal);
  await to('2027-05-08T22:00:00Z');
  await play(world.ctx, deal);
  await drain();
  expect(await payouts(deal)).toEqual([['producer', 97_800, 'paid'], ['booker', 14_400, 'waiting']]);
  expect(await held(`commission:booker:${deal.bookerOrgId}`)).toBe(14_400);
});

test('twenty payouts at once pay each of both once', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await played();
  const rows = await world.db.payout.findMany({ where: { bookingId: deal.bookingId } });
  await Promise.all(rows.flatMap(({ id }) => Array.from({ length: 10 }, () => sendPayout(world.ctx, id))));
  await drain();
  expect((await entries(deal, 'payout')).filter(([account]) => account !== 'provider:clearing').sort()).toEqual([['commission:booker', -14_400], ['payable', -97_800]]);
});

test('an organiser who cancels: a provider has its rate of the indemnity, an agent nothing, for no wage is paid (FEE-01, ES-20)', async () => {
  for (const [of, toBooker] of [[{}, 4_320], [{ capacity: 'agent', capBps: 1_000, wageBps: 6_000 }, 0]] as const) {
    world.at('2027-03-01T12:00:00Z');
    const deal = await sign({ booker: of });
    await pay(deal);
    const buyer = world.as({ orgId: deal.buyerOrgId });
    const { kept, owed, refund, payout, booker: share } = await simulateCancellation(buyer, { bookingId: deal.bookingId, cause: 'organiser' });
    expect([payout, share]).toEqual([wire(31_680 - toBooker), wire(toBooker)]);
    await cancelBooking(buyer, { bookingId: deal.bookingId, cause: 'organiser', reason: 'Pluie', seen: { kept: kept.minor, owed: owed.minor, refund: refund.minor } });
    await drain();
    expect(await payouts(deal)).toEqual([['producer', 31_680 - toBooker, 'paid'], ...(toBooker > 0 ? [['booker', toBooker, 'paid']] : [])]);
    expect([await held(`escrow:${deal.bookingId}`), await held(`commission:booker:${deal.bookerOrgId}`)]).toEqual([0, 0]);
    expect((await readMoney(artist(deal), deal.bookingId)).booker).toMatchObject({ state: toBooker > 0 ? 'paid' : 'nothing', commission: wire(toBooker > 0 ? 3_600 : 0) });
  }
});

test('a producer who cancels gives everything back, and its booker has nothing', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await sign();
  await pay(deal);
  await cancelBooking(artist(deal), { bookingId: deal.bookingId, cause: 'producer', reason: 'Malade', seen: { kept: 0, owed: 0, refund: 37_980 } });
  await drain();
  expect(await payouts(deal)).toEqual([]);
});

test('of a contested show that is half released the booker has half; what a bank takes back holds both payouts (ES-20)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await sign();
  await pay(deal);
  await to('2027-04-20T12:00:00Z');
  await transact(world.ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId: deal.bookingId }, data: { contestedAt: tx.now(), contestedBy: 'buyer', contest: 'Un quart d’heure.' } });
    await tx.db.dispute.create({ data: { id: tx.newId('dsp'), bookingId: deal.bookingId, orgId: deal.orgId, buyerOrgId: deal.buyerOrgId, currency: 'EUR', openedBy: 'buyer', openedAt: tx.now() } });
  });
  await world.db.user.upsert({ where: { id: 'usr_ops' }, create: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true }, update: {} });
  const ops = { ...world.ctx, userId: 'usr_ops', config: { ...world.ctx.config, operators: ['ops@flow.example'] } };
  const half = { bookingId: deal.bookingId, release: wire(63_300) as never, refund: wire(63_300) as never };
  expect(await simulateDecision(ops, half)).toMatchObject({ commission: wire(6_000), commissionVat: wire(1_200), booker: wire(7_200), payout: wire(48_900) });
  await decideDispute(ops, { ...half, words: 'Moitié.' });
  await transact(world.ctx, (tx) => bookChargeback(tx, { bookingId: deal.bookingId, ref: `dp_${deal.bookingId}`, amount: { minor: 37_980n, currency: 'EUR' } }));
  await drain();
  expect(await payouts(deal)).toEqual([['producer', 48_900, 'waiting'], ['booker', 7_200, 'waiting']]);
  expect(await audit(world.ctx)).toEqual([]);
});

test('what is reported of a producer counts what its booker took: it is no fee of ours (PAY-08)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await played();
  await world.db.organisation.update({ where: { id: deal.orgId }, data: { legalName: 'Compagnie Rapportée' } });
  await world.db.user.upsert({ where: { id: 'usr_ops' }, create: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true }, update: {} });
  const ops = { ...world.ctx, userId: 'usr_ops', config: { ...world.ctx.config, operators: ['ops@flow.example'] } };
  const row = String((await reportFile(ops, { year: 2027, locale: 'fr' } as never)).bytes).split('\r\n').find((one) => one.includes('Compagnie Rapportée'));
  expect(row).toContain('1122');
});
