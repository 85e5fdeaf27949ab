import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { transact, type Context } from '../core/context.ts';
import { euros } from '../core/money.ts';
import { signedDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { commission, subscription } from '../ledger/entries.ts';
import { book } from '../ledger/service.ts';
import { commissionOn, previewPromotion, readPrices, readRevenue, setPromotion, type NewPromotion } from './service.ts';

let world: TestWorld;
let operator: Context;
beforeAll(async () => {
  world = await openTestWorld({ OPERATORS: 'ops@flow.example' });
  await world.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true } });
  operator = { ...world.ctx, userId: 'usr_ops' };
});
afterAll(() => world.close());
beforeEach(() => { world.at('2027-01-31T12:00:00Z'); });

const refusal = (code: string, details?: object): Error => expect.objectContaining({ code, ...(details && { details }) }) as Error;
const summer: NewPromotion = { code: 'SUMMER', from: '2027-02-01', terms: { bps: 100, months: 2, thenBps: 500, to: '2027-06-01', ends: '2027-12-01' } };
const rows = async (code: string) => (await readPrices(operator)).promotions.filter((one) => one.code === code).map(({ bps, from, to, taken }) => [bps, from, to, taken]);

test('our own people make a promotion after seeing whom it reaches, change it by dating it anew, and end it; whoever took it keeps what it said (BI-09)', async () => {
  const deal = await signedDeal(world.ctx, { price: 1_200_000n });
  const { orgId, commissionBps } = await world.db.contract.findUniqueOrThrow({ where: { bookingId: deal.bookingId } });
  // 12,000.00 in a year at 10 % and at 1 %, a twelfth of each.
  expect(commissionBps).toBe(1_000);
  expect(await previewPromotion(operator, summer)).toEqual({ organisations: 1, contracts: 1, before: { minor: 10_000, currency: 'EUR' }, after: { minor: 1_000, currency: 'EUR' }, over: 0 });
  await setPromotion(operator, summer);
  expect(await rows('SUMMER')).toEqual([[100, '2027-02-01', '2027-06-01', 0]]);

  world.at('2027-02-10T12:00:00Z');
  const { id } = await world.db.promotion.findFirstOrThrow({ where: { code: 'SUMMER' } });
  await world.db.promotionGrant.create({ data: { orgId, promotionId: id, since: fromDay('2027-02-10') } });
  const dearer: NewPromotion = { ...summer, from: '2027-03-01', terms: { ...summer.terms!, bps: 300 } };
  expect(await previewPromotion(operator, dearer)).toMatchObject({ organisations: 0, over: 1 });
  await setPromotion(operator, dearer);
  expect(await rows('SUMMER')).toEqual([[100, '2027-02-01', '2027-03-01', 1], [300, '2027-03-01', '2027-06-01', 0]]);
  // Who dated a row stands there, and the paper that another comes from.
  const { promotions, prices, rates } = await readPrices(operator);
  expect(promotions.filter(({ code }) => code === 'SUMMER').map(({ by }) => by)).toEqual(['Ops', 'Ops']);
  expect(prices.find(({ plan }) => plan === 'camping_season')).toMatchObject({ by: null, decision: '0006' });
  expect(rates.find(({ kind }) => kind === 'commission.contract')).toMatchObject({ currency: 'EUR', by: null, decision: null });
  const rate = (day: string) => commissionOn(world.ctx, { orgId, price: euros(1_200_000n), day });
  expect([await rate('2027-03-05'), await rate('2027-04-10'), await rate('2027-12-01')]).toEqual([100n, 500n, 800n]);

  world.at('2027-03-10T12:00:00Z');
  const end: NewPromotion = { code: 'SUMMER', from: '2027-04-01', terms: null };
  expect(await previewPromotion(operator, end)).toMatchObject({ before: { minor: 0 }, after: { minor: 0 } });
  await setPromotion(operator, end);
  expect(await rows('SUMMER')).toEqual([[100, '2027-02-01', '2027-03-01', 1], [300, '2027-03-01', '2027-04-01', 0]]);
  await expect(setPromotion(operator, end)).rejects.toThrow(refusal('not_found'));
});

test.each<[string, NewPromotion, string, string]>([
  ['begins today', { ...summer, code: 'WINTER', from: '2027-01-31' }, 'price_from_past', 'from'],
  ['ends before it begins', { ...summer, code: 'WINTER', terms: { ...summer.terms!, to: '2027-02-01' } }, 'input_invalid', 'to'],
  ['is over before it cannot be taken any more', { ...summer, code: 'WINTER', terms: { ...summer.terms!, ends: '2027-05-31' } }, 'input_invalid', 'ends'],
  ['says nothing of what follows', { ...summer, code: 'WINTER', terms: { ...summer.terms!, thenBps: null } }, 'input_invalid', 'thenBps'],
  ['gives nothing', { code: 'REFERRAL', from: '2027-02-01', terms: { bps: 0, months: 3, thenBps: null, to: null, ends: null } }, 'input_invalid', 'bps'],
])('a promotion that %s is refused', async (_, ask, code, field) => {
  await expect(previewPromotion(operator, ask)).rejects.toThrow(refusal(code, { field }));
  await expect(setPromotion(operator, ask)).rejects.toThrow(refusal(code, { field }));
});

test('what whoever brings a customer has is dated anew as well, with what it costs on plans that are paid today (BI-11)', async () => {
  await world.db.referral.create({ data: { refereeOrgId: 'org_new', orgId: 'org_bringer', at: world.ctx.now() } });
  await world.db.subscription.create({ data: { orgId: 'org_bringer', plan: 'booker_starter', state: 'active', since: fromDay('2027-01-10'), until: fromDay('2027-02-10'), anchor: 10, paidMinor: 9_900n, changedAt: world.ctx.now() } });
  const ask: NewPromotion = { code: 'REFERRAL', from: '2027-02-01', terms: { bps: 2_500, months: 4, thenBps: null, to: null, ends: null } };
  expect(await previewPromotion(operator, ask)).toEqual({ organisations: 1, contracts: 0, before: { minor: 4_950, currency: 'EUR' }, after: { minor: 7_425, currency: 'EUR' }, over: 0 });
  await setPromotion(operator, ask);
  expect(await rows('REFERRAL')).toEqual([[5_000, '2026-01-01', '2027-02-01', 0], [2_500, '2027-02-01', null, 0]]);
});

test('nobody but our own people sees or dates anything', async () => {
  await world.db.user.create({ data: { id: 'usr_other', name: 'Other', email: 'other@maison.example', emailVerified: true } });
  const other = { ...world.ctx, userId: 'usr_other' };
  for (const act of [() => previewPromotion(other, summer), () => setPromotion(other, summer), () => readRevenue(other), () => readPrices(other)]) await expect(act()).rejects.toThrow(refusal('not_found'));
});

test('the database keeps promotions: they may end before their day, and nothing else', async () => {
  const pioneer = { code: 'PIONEER' };
  await expect(world.db.promotion.updateMany({ where: pioneer, data: { bps: 1 } })).rejects.toThrow('promotion_history');
  await expect(world.db.promotion.updateMany({ where: pioneer, data: { validTo: fromDay('2028-01-01') } })).rejects.toThrow('promotion_history');
  await expect(world.db.promotion.updateMany({ where: pioneer, data: { validTo: null } })).rejects.toThrow(/promotion_history|promotion_ends/);
  await expect(world.db.promotion.deleteMany({ where: pioneer })).rejects.toThrow('promotion_kept');
  await expect(world.db.promotion.create({ data: { id: 'rat_two', kind: 'merit', code: 'OTHER', bps: 1, months: 1, validFrom: fromDay('2027-02-01'), source: 'x' } })).rejects.toThrow('promotion_code');
});

test('what we earned stands by month and currency, with its share and the mix that was aimed at (BI-08)', async () => {
  expect(await readRevenue(operator)).toEqual([]);
  const earn = (key: string, entries: ReturnType<typeof commission>) => transact(world.ctx, (tx) => book(tx, { kind: 'commission', key, bookingId: null, orgId: 'org_a', entries, reason: 'test' }));
  world.at('2026-01-31T22:00:00Z');
  await earn('old', commission('org_a', { commission: euros(5_000n), vat: euros(0n), jurisdiction: 'FR' }));
  // Eleven at night of a month is the next one here.
  world.at('2026-12-31T23:30:00Z');
  await earn('one', commission('org_a', { commission: euros(75_000n), vat: euros(15_000n), jurisdiction: 'FR' }));
  world.at('2027-01-31T12:00:00Z');
  await earn('two', subscription({ net: euros(25_000n), vat: euros(5_000n), jurisdiction: 'FR' }));
  await earn('francs', commission('org_a', { commission: { minor: 1_000n, currency: 'CHF' }, vat: { minor: 0n, currency: 'CHF' }, jurisdiction: 'FR' }));
  const [inEuros, inFrancs] = await readRevenue(operator);
  expect(inEuros).toMatchObject({ currency: 'EUR', total: { minor: 100_000 } });
  expect(inEuros!.lines.map(({ line, total, share, aim }) => [line, total.minor, share, aim])).toEqual([['commissions', 75_000, 7_500, 7_000], ['subscriptions', 25_000, 2_500, 2_000], ['marketplace', 0, 0, 800], ['training', 0, 0, 200]]);
  expect(inEuros!.months.map(({ month }) => month)).toEqual(['2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01']);
  expect(inEuros!.months.at(-1)).toMatchObject({ commissions: { minor: 75_000 }, subscriptions: { minor: 25_000 } });
  expect(inFrancs).toMatchObject({ currency: 'CHF', total: { minor: 1_000 } });
});
