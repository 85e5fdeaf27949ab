import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { billingTasks } from '../billing/jobs.ts';
import { transact, type SignedIn } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { tick } from '../core/deadlines.ts';
import { signedDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay, toDay } from '../core/time.ts';
import { recordNotice } from '../notices/service.ts';
import { represent } from '../identity/service.ts';
import { balanceOf } from '../ledger/service.ts';
import { planNamed, type PlanName } from '../prices/catalogue.ts';
import { commissionOn, previewPrice, previewRate, readPrices, setPrice, setRate, turnoverOf } from '../prices/service.ts';
import { plansDue, plansTasks } from './jobs.ts';
import { beginCard, chargePlan, hearPlanNotice, payNow, readPlans, takeCode, takePlan, tryPlan, turnPlan } from './service.ts';
import { spendSuperLike } from '../subscriptions/service.ts';

let world: TestWorld;
let count = 0;
beforeAll(async () => { world = await openTestWorld({ OPERATORS: 'ops@flow.example' }); });
afterAll(() => world.close());
beforeEach(() => {
  world.at('2027-01-31T12:00:00Z');
  world.provider.goes = { status: 'captured' };
  world.provider.away = false;
});

const refusal = (code: string, details?: object): Error => expect.objectContaining({ code, ...(details && { details }) }) as Error;
const tasks = { ...plansTasks, ...billingTasks };
const drain = () => world.drain({}, tasks);
const sweep = async (): Promise<void> => { while (await tick(world.ctx, plansDue) > 0) await drain(); await drain(); };

/** An organisation that could be invoiced, and its owner. */
async function newcomer(kind: 'booker' | 'artist' | 'venue' = 'booker', over: object = {}): Promise<SignedIn> {
  const id = `org_plan${(count += 1)}`;
  await world.db.organisation.create({
    data: { id, kind, name: `Maison ${count}`, legalName: `Maison ${count} SARL`, email: `${id}@maison.example`, claimed: true, siret: '73282932000074', address: '1 rue Haute', postcode: '35000', city: 'Rennes', createdAt: world.ctx.now(), ...over },
  });
  return world.as({ orgId: id });
}

/** A notice of the provider, as its webhook brings it. */
const told = (notice: object): Promise<void> => {
  const raw = JSON.stringify({ id: `evt_${(count += 1)}`, ...notice });
  return recordNotice(world.ctx, world.ctx.adapters.payments.parseNotice(raw), raw);
};

async function withCard(someone: SignedIn): Promise<SignedIn> {
  const { ref } = await beginCard(someone);
  await told({ kind: 'method.saved', ref, method: { customerRef: `cus_${someone.actor.orgId}`, methodRef: 'pm_1', label: 'Visa •••• 4242' } });
  return someone;
}

const dueOf = async (someone: SignedIn, plan: PlanName) => (await readPlans(someone)).plans.find((one) => one.plan === plan)?.due ?? null;

async function take(someone: SignedIn, plan: PlanName): Promise<void> {
  await takePlan(someone, { plan, due: (await dueOf(someone, plan))?.total ?? null });
  await drain();
}

/** What was asked of an organisation's card. */
const charges = ({ actor }: SignedIn) => world.provider.calls.filter(({ name, ask }) => name === 'chargeMandate' && ask['bookingId'] === actor.orgId).map(({ ask }) => ask as { key: string; amount: { minor: bigint }; methodRef: string });

/** What is on the account of an organisation's Super Likes. */
const credits = async ({ actor }: SignedIn): Promise<number> => (await world.db.superLike.findFirst({ where: { orgId: actor.orgId }, orderBy: { seq: 'desc' } }))?.after ?? 0;

test('every plan has a price today, as the requirements say, and a technician pays nothing (BI-01, BI-02, BI-03, BI-05, BI-06, BI-16)', async () => {
  const operator = await operate();
  const { prices, rates } = await readPrices(operator);
  const month = Object.fromEntries(prices.map(({ plan, month: sum, artistsMax }) => [plan, [sum?.minor ?? null, artistsMax]]));
  expect(month).toMatchObject({ booker_starter: [9_900, 5], booker_professional: [29_900, 15], booker_agency: [59_900, null], booker_enterprise: [null, null], artist_pro: [2_900, null], venue_premium: [4_900, null], technician_free: [0, null] });
  expect(prices.every(({ plan }) => planNamed(plan) !== null)).toBe(true);
  // Fees of the marketplace, by category, are dated already (ES-24), and not offered to anybody while nothing is sold by them.
  const fees = await world.db.rate.findMany({ where: { kind: { startsWith: 'marketplace.' } } });
  expect(fees.map(({ kind, bps }) => [kind, bps])).toEqual(expect.arrayContaining([['marketplace.crew', 1_000], ['marketplace.lodging', 800], ['marketplace.lodging', 500]]));
  expect(new Set(rates.map(({ kind }) => kind))).toEqual(new Set(['commission.contract', 'commission.booker', 'commission.volume', 'cashback.volume']));
});

test('a booker takes a plan: the card is charged once, the ledger and a numbered invoice say so, and what is shown was what was taken (BI-01)', async () => {
  const booker = await newcomer();
  await expect(takePlan(booker, { plan: 'booker_starter', due: (await dueOf(booker, 'booker_starter'))!.total })).rejects.toThrow(refusal('plan_card_missing'));
  await withCard(booker);
  await expect(takePlan(booker, { plan: 'booker_starter', due: { minor: 9_900, currency: 'EUR' } })).rejects.toThrow(refusal('plan_sum_changed'));
  const due = await dueOf(booker, 'booker_starter');
  expect(due).toMatchObject({ since: '2027-01-31', until: '2027-02-28', net: { minor: 9_900 }, vat: { minor: 1_980 }, vatBps: 2_000, total: { minor: 11_880 } });
  await takePlan(booker, { plan: 'booker_starter', due: due!.total });
  // Pressed twice, it is charged once.
  await expect(takePlan(booker, { plan: 'booker_starter', due: due!.total })).rejects.toThrow(refusal('plan_charge_open'));
  await drain();
  const now = await readPlans(booker);
  expect(now).toMatchObject({ plan: 'booker_starter', state: 'active', since: '2027-01-31', until: '2027-02-28', card: { label: 'Visa •••• 4242' }, usage: { artists: 0, most: 5 } });
  expect(await credits(booker)).toBe(10);
  const [charge] = now.charges;
  expect(charge).toMatchObject({ status: 'captured', invoice: { number: expect.stringMatching(/^AB-2027-\d{4}$/) as string } });
  expect(charges(booker)).toHaveLength(1);
  const transfer = await world.db.transfer.findFirstOrThrow({ where: { orgId: booker.actor.orgId }, include: { entries: { orderBy: { line: 'asc' } } } });
  expect(transfer.entries.map(({ account, minor }) => [account, minor])).toEqual([['provider:clearing', -11_880n], ['subscription:platform', 9_900n], ['vat:FR', 1_980n]]);
  const paper = Buffer.from((await world.db.file.findUniqueOrThrow({ where: { id: charge!.invoice!.fileId } })).bytes).toString();
  expect(paper).toContain('Facture d’abonnement');
  expect(paper).toContain('Facture acquittée par carte.');
  // The webhook that comes after the answer, twice, changes nothing.
  const { providerRef } = await world.db.planCharge.findUniqueOrThrow({ where: { id: charge!.id } });
  for (let time = 0; time < 2; time += 1) await told({ kind: 'payment.captured', ref: providerRef, amount: { minor: 11_880, currency: 'EUR' } });
  await drain();
  expect(await world.db.transfer.count({ where: { orgId: booker.actor.orgId } })).toBe(1);
  expect(await world.db.planInvoice.count({ where: { orgId: booker.actor.orgId } })).toBe(1);
});

test('twenty presses at once charge once', async () => {
  const booker = await withCard(await newcomer());
  const due = (await dueOf(booker, 'booker_starter'))!.total;
  const done = await Promise.allSettled(Array.from({ length: 20 }, () => takePlan(booker, { plan: 'booker_starter', due })));
  await drain();
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await world.db.planCharge.count({ where: { orgId: booker.actor.orgId } })).toBe(1);
});

test.each([['BE', '', 2_000, 580], ['BE', 'BE0123456749', 0, 0], ['LU', 'LU12345613', 0, 0], ['BE', '-', 2_000, 580], ['CH', '', 0, 0], ['FR', '', 2_000, 580]])('the tax on a plan, %s with number "%s": %i', async (country, vatNumber, vatBps, vat) => {
  const artist = await newcomer('artist', { country, vatNumber });
  expect(await dueOf(artist, 'artist_pro')).toMatchObject({ vatBps, vat: { minor: vat } });
});

test('without a name and an address nobody is charged', async () => {
  const booker = await newcomer('booker', { legalName: '' });
  await expect(beginCard(booker)).rejects.toThrow(refusal('plan_party_incomplete', { field: 'legalName' }));
});

test('a plan renews on the last day of February and on 31 March, in the night the clocks change at eight all the same', async () => {
  const artist = await withCard(await newcomer('artist'));
  await take(artist, 'artist_pro');
  for (const [at, until] of [['2027-02-28T07:00:00Z', '2027-03-31'], ['2027-03-31T06:00:00Z', '2027-04-30'], ['2027-04-30T06:00:00Z', '2027-05-31']] as const) {
    const before = charges(artist).length;
    world.at(new Date(new Date(at).getTime() - 1));
    await sweep();
    expect(charges(artist)).toHaveLength(before);
    world.at(at);
    await sweep();
    await sweep();
    expect(charges(artist)).toHaveLength(before + 1);
    expect(await readPlans(artist)).toMatchObject({ state: 'active', until });
  }
  // Five with each month that was paid, kept on an account of their own (BI-10).
  expect(await credits(artist)).toBe(20);
});

test('an upgrade costs the days that are left of both, and keeps the date (BI-15)', async () => {
  world.at('2027-04-01T12:00:00Z');
  const booker = await withCard(await newcomer());
  await take(booker, 'booker_starter');
  world.at('2027-04-16T12:00:00Z');
  expect(await dueOf(booker, 'booker_professional')).toMatchObject({ since: '2027-04-16', until: '2027-05-01', full: { minor: 14_950 }, off: { minor: 4_950 }, net: { minor: 10_000 }, total: { minor: 12_000 } });
  await take(booker, 'booker_professional');
  expect(await readPlans(booker)).toMatchObject({ plan: 'booker_professional', until: '2027-05-01', usage: { most: 15 } });
  expect(await credits(booker)).toBe(30);
  // A smaller one waits for the end of the month, and is what the next month costs.
  await take(booker, 'booker_starter');
  expect(await readPlans(booker)).toMatchObject({ plan: 'booker_professional', nextPlan: 'booker_starter' });
  world.at('2027-05-01T06:00:00Z');
  await sweep();
  expect(await readPlans(booker)).toMatchObject({ plan: 'booker_starter', nextPlan: null, until: '2027-06-01' });
  expect(charges(booker).at(-1)?.amount.minor).toBe(11_880n);
});

test('on the morning of its renewal a plan can be looked at and left, and made larger once the month is paid', async () => {
  const booker = await withCard(await newcomer());
  await take(booker, 'booker_starter');
  world.at('2027-02-28T06:59:00Z');
  const acts = async () => (await readPlans(booker)).plans.map(({ plan, act }) => `${plan} ${act}`);
  expect(await acts()).toEqual(['booker_free leave', 'booker_starter current', 'booker_professional none', 'booker_agency none', 'booker_enterprise quote']);
  world.at('2027-02-28T07:00:00Z');
  await sweep();
  expect(await acts()).toContain('booker_agency take');
});

test('two upgrades in a month cost together what one to the largest costs (BI-15)', async () => {
  world.at('2027-04-01T12:00:00Z');
  const [steps, leap] = [await withCard(await newcomer()), await withCard(await newcomer())];
  for (const booker of [steps, leap]) await take(booker, 'booker_starter');
  world.at('2027-04-16T12:00:00Z');
  await take(steps, 'booker_professional');
  expect(await dueOf(steps, 'booker_agency')).toMatchObject({ full: { minor: 29_950 }, off: { minor: 14_950 }, net: { minor: 15_000 } });
  await take(steps, 'booker_agency');
  await take(leap, 'booker_agency');
  const paid = async (booker: SignedIn) => (await readPlans(booker)).charges.reduce((sum, { net }) => sum + net.minor, 0);
  // 99.00 for the month, then half of 599.00 less half of 99.00.
  expect([await paid(steps), await paid(leap)]).toEqual([34_900, 34_900]);
});

test('a first month, or an upgrade, that hangs over the end of the period and is then refused does not make it endless', async () => {
  const [tries, larger] = [await withCard(await newcomer('artist')), await withCard(await newcomer())];
  await tryPlan(tries, 'artist_pro');
  await take(larger, 'booker_starter');
  world.provider.goes = { status: 'processing' };
  world.at('2027-02-27T12:00:00Z');
  await take(larger, 'booker_professional');
  world.at('2027-02-28T07:00:00Z');
  await sweep();
  world.at('2027-03-01T12:00:00Z');
  await take(tries, 'artist_pro');
  world.at('2027-03-02T07:00:00Z');
  await sweep();
  // Their periods are over, and nobody is charged for another while the one before is not answered.
  expect([(await readPlans(tries)).state, (await readPlans(larger)).until]).toEqual(['trial', '2027-02-28']);
  world.provider.goes = { status: 'captured' };
  for (const { actor } of [tries, larger]) {
    const { providerRef } = await world.db.planCharge.findFirstOrThrow({ where: { orgId: actor.orgId, status: 'processing' } });
    await told({ kind: 'payment.refused', ref: providerRef, refusal: 'card_declined' });
  }
  await sweep();
  expect(await readPlans(tries)).toMatchObject({ plan: 'artist_pro', state: 'active', since: '2027-03-02', until: '2027-04-02' });
  expect(await readPlans(larger)).toMatchObject({ plan: 'booker_starter', state: 'active', since: '2027-02-28', until: '2027-03-31' });
});

test('an upgrade that the bank refuses changes nothing, and may be tried again', async () => {
  const booker = await withCard(await newcomer());
  await take(booker, 'booker_starter');
  world.provider.goes = { status: 'refused', refusal: 'card_declined' };
  await take(booker, 'booker_professional');
  const after = await readPlans(booker);
  expect(after).toMatchObject({ plan: 'booker_starter', state: 'active', dunning: null });
  expect(after.charges[0]).toMatchObject({ status: 'dropped', refusal: 'card_declined' });
  world.provider.goes = { status: 'captured' };
  await take(booker, 'booker_professional');
  expect((await readPlans(booker)).plan).toBe('booker_professional');
});

test.each([['captured', ['1 pm_1', '1 pm_1']], ['refused', ['1 pm_1', '1 pm_1', '2 pm_2']]] as const)('a card that is changed while the answer to its charge is lost: the same is asked again, and %s (BI-01, ES-03)', async (outcome, asked) => {
  const artist = await withCard(await newcomer('artist'));
  const { ref } = await beginCard(artist);
  await takePlan(artist, { plan: 'artist_pro', due: (await dueOf(artist, 'artist_pro'))!.total });
  const { id } = await world.db.planCharge.findFirstOrThrow({ where: { orgId: artist.actor.orgId } });
  const { payments } = world.ctx.adapters;
  const chargeMandate: typeof payments.chargeMandate = async (ask) => { await payments.chargeMandate(ask); throw new Error('no answer'); };
  world.provider.goes = outcome === 'refused' ? { status: 'refused', refusal: 'card_declined' } : { status: 'captured' };
  await expect(chargePlan({ ...world.ctx, adapters: { ...world.ctx.adapters, payments: { ...payments, chargeMandate } } }, id)).rejects.toThrow('no answer');
  // The page on which the other card was entered stood open.
  await told({ kind: 'method.saved', ref, method: { customerRef: `cus_${artist.actor.orgId}`, methodRef: 'pm_2', label: 'Visa •••• 1881' } });
  world.provider.goes = { status: 'captured' };
  await drain();
  expect(charges(artist).map(({ key, methodRef }) => `${key.at(-1)} ${methodRef}`)).toEqual(asked);
  expect(await readPlans(artist)).toMatchObject({ plan: 'artist_pro', state: 'active', card: { label: 'Visa •••• 1881' } });
  expect(await world.db.transfer.count({ where: { orgId: artist.actor.orgId, kind: 'subscription' } })).toBe(1);
});

test('a trial is had once, ends without a card in the free plan with a word, and with one is charged', async () => {
  const [without, having] = [await newcomer('artist'), await newcomer('artist')];
  for (const artist of [without, having]) expect(await tryPlan(artist, 'artist_pro')).toMatchObject({ plan: 'artist_pro', state: 'trial', until: '2027-03-02' });
  await withCard(having);
  world.at('2027-03-02T07:00:00Z');
  await sweep();
  expect(await readPlans(without)).toMatchObject({ plan: 'artist_free', state: 'ended' });
  expect(await readPlans(having)).toMatchObject({ plan: 'artist_pro', state: 'active', since: '2027-03-02', until: '2027-04-02' });
  expect((await world.db.mail.findFirstOrThrow({ where: { orgId: without.actor.orgId } })).subject).toBe('Votre essai est terminé');
  await expect(tryPlan(without, 'artist_pro')).rejects.toThrow(refusal('plan_trial_used'));
});

test('three refusals end a plan with a word each, and nobody loses what they have', async () => {
  const booker = await withCard(await newcomer());
  await take(booker, 'booker_starter');
  world.provider.goes = { status: 'refused', refusal: 'insufficient_funds' };
  world.at('2027-02-28T07:00:00Z');
  await sweep();
  expect(await readPlans(booker)).toMatchObject({ plan: 'booker_starter', state: 'past_due', dunning: { tries: 1, most: 3, retryAt: '2027-03-03T07:00:00.000Z', refusal: 'insufficient_funds' } });
  // By hand, one more refusal changes nothing; nothing else can be bought meanwhile.
  await payNow(booker);
  await drain();
  expect(await readPlans(booker)).toMatchObject({ state: 'past_due', dunning: { tries: 1, retryAt: '2027-03-03T07:00:00.000Z' } });
  await expect(takePlan(booker, { plan: 'booker_agency', due: null })).rejects.toThrow(refusal('plan_charge_open'));
  world.at('2027-03-03T07:00:00Z');
  await sweep();
  expect(await readPlans(booker)).toMatchObject({ dunning: { tries: 2, retryAt: '2027-03-07T07:00:00.000Z' } });
  world.at('2027-03-07T07:00:00Z');
  await sweep();
  expect(await readPlans(booker)).toMatchObject({ plan: 'booker_free', state: 'ended', dunning: null });
  const letters = await world.db.mail.findMany({ where: { orgId: booker.actor.orgId }, orderBy: { createdAt: 'asc' } });
  expect(letters.map(({ subject }) => subject)).toEqual(['Le prélèvement de votre formule a été refusé', 'Le prélèvement de votre formule a été refusé', 'Votre formule s’arrête']);
  // Each try has a key of its own, and none is asked twice.
  const keys = charges(booker).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  // It may begin again.
  world.provider.goes = { status: 'captured' };
  await take(booker, 'booker_starter');
  expect(await readPlans(booker)).toMatchObject({ state: 'active', since: '2027-03-07' });
});

test('a late payment keeps the date of the month', async () => {
  const artist = await withCard(await newcomer('artist'));
  await take(artist, 'artist_pro');
  world.provider.goes = { status: 'refused', refusal: 'card_declined' };
  world.at('2027-02-28T07:00:00Z');
  await sweep();
  world.provider.goes = { status: 'captured' };
  world.at('2027-03-01T12:00:00Z');
  await payNow(artist);
  await sweep();
  expect(await readPlans(artist)).toMatchObject({ state: 'active', since: '2027-02-28', until: '2027-03-31', dunning: null });
});

test('what the provider keeps to itself is asked for a day later', async () => {
  const artist = await withCard(await newcomer('artist'));
  world.provider.goes = { status: 'processing' };
  await take(artist, 'artist_pro');
  expect(await readPlans(artist)).toMatchObject({ state: null, charging: true });
  const { providerRef } = await world.db.planCharge.findFirstOrThrow({ where: { orgId: artist.actor.orgId } });
  world.provider.intents.set(providerRef!, { ref: providerRef!, clientSecret: '', status: 'captured' });
  world.at('2027-02-01T12:00:00Z');
  await sweep();
  expect(await readPlans(artist)).toMatchObject({ state: 'active', charging: false });
});

test('cancelled, a plan runs to its end and may go on until then', async () => {
  const artist = await withCard(await newcomer('artist'));
  await take(artist, 'artist_pro');
  expect(await turnPlan(artist, false)).toMatchObject({ plan: 'artist_pro', state: 'cancelled', until: '2027-02-28' });
  expect(await turnPlan(artist, true)).toMatchObject({ state: 'active' });
  await turnPlan(artist, false);
  world.at('2027-02-28T07:00:00Z');
  const before = charges(artist).length;
  await sweep();
  expect(await readPlans(artist)).toMatchObject({ plan: 'artist_free', state: 'ended' });
  expect(charges(artist)).toHaveLength(before);
});

test('a portfolio stops at the limit of its plan, twenty at once included; nobody is put out, and the booker is told how to go on (BI-01, BI-07, BI-15)', async () => {
  const booker = await newcomer();
  const { orgId, userId } = booker.actor;
  const { email } = await world.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  await world.db.user.create({ data: { id: `usr_${orgId}`, name: 'Booker', email, emailVerified: true, members: { create: { orgId, role: 'owner' } } } });
  await world.db.user.upsert({ where: { id: userId! }, create: { id: userId!, name: 'Artists', email: 'artists@maison.example', emailVerified: true }, update: {} });
  const artists = await Promise.all(Array.from({ length: 8 }, () => newcomer('artist')));
  await world.db.member.createMany({ data: artists.map(({ actor }) => ({ orgId: actor.orgId, userId: userId!, role: 'owner' as const })) });
  // Free: one artist.
  await represent(artists[0]!, email);
  await expect(represent(artists[1]!, email)).rejects.toThrow(refusal('plan_limit', { most: '1' }));
  expect((await world.db.mail.findFirstOrThrow({ where: { orgId } })).subject).toMatch(/n’a pas pu vous confier son mandat/);
  // A mandate that lives is confirmed, not counted again.
  await represent(artists[0]!, email);
  await withCard(booker);
  await take(booker, 'booker_starter');
  const done = await Promise.allSettled(artists.slice(1).map((artist) => represent(artist, email)));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  expect(await readPlans(booker)).toMatchObject({ usage: { artists: 5, most: 5 } });
  // The plan ends: all five stay, and no sixth comes.
  await turnPlan(booker, false);
  world.at('2027-02-28T07:00:00Z');
  await sweep();
  expect(await readPlans(booker)).toMatchObject({ plan: 'booker_free', usage: { artists: 5, most: 1 } });
});

test('whoever brings a paying customer has half off for three months, once for each (BI-11)', async () => {
  const [bringer, referee] = [await withCard(await newcomer()), await withCard(await newcomer())];
  await take(bringer, 'booker_starter');
  const { code } = (await readPlans(bringer)).referral;
  await expect(takeCode(bringer, code)).rejects.toThrow(refusal('plan_code_refused'));
  await takeCode(referee, code);
  await expect(takeCode(referee, code)).rejects.toThrow(refusal('plan_code_refused'));
  expect((await readPlans(bringer)).discount.months).toBe(0);
  await take(referee, 'booker_starter');
  expect(await readPlans(bringer)).toMatchObject({ discount: { months: 3, bps: 5_000 }, referral: { gives: { bps: 5_000, months: 3 }, brought: [{ name: (await world.db.organisation.findUniqueOrThrow({ where: { id: referee.actor.orgId } })).name, paid: true }] } });
  const paid: number[] = [];
  for (const at of ['2027-02-28T07:00:00Z', '2027-03-31T06:00:00Z', '2027-04-30T06:00:00Z', '2027-05-31T06:00:00Z']) {
    world.at(at);
    await sweep();
    paid.push((await readPlans(bringer)).charges[0]!.net.minor);
  }
  expect(paid).toEqual([4_950, 4_950, 4_950, 9_900]);
  expect((await readPlans(bringer)).discount.months).toBe(0);
  // Who has paid already was brought by nobody.
  await expect(takeCode(referee, code)).rejects.toThrow(refusal('plan_code_refused'));
});

test('nobody is given more than they brought: a month at half the price waits for what it takes off (BI-11)', async () => {
  world.at('2027-01-15T12:00:00Z');
  const [bringer, starter, artist] = [await withCard(await newcomer()), await withCard(await newcomer()), await withCard(await newcomer('artist'))];
  const { code } = (await readPlans(bringer)).referral;
  for (const referee of [starter, artist]) await takeCode(referee, code);
  await take(starter, 'booker_starter');
  await take(artist, 'artist_pro');
  // Who plays is seen as brought, and only a booker is thanked for.
  const { referral, discount } = await readPlans(bringer);
  expect([referral.brought.map(({ paid }) => paid), discount.months]).toEqual([[true, true], 3]);
  world.at('2027-01-31T12:00:00Z');
  await take(bringer, 'booker_professional');
  const paid = [(await readPlans(bringer)).charges[0]!.net.minor];
  for (const month of ['02-15', '02-28', '03-15', '03-31', '04-15', '04-30']) {
    world.at(`2027-${month}T07:00:00Z`);
    await sweep();
    if (!month.endsWith('15')) paid.push((await readPlans(bringer)).charges[0]!.net.minor);
  }
  // 99.00 on each fifteenth: 198.00 by February covers half of 299.00; of the 396.00 by April, 246.50 is left for another half.
  expect(paid).toEqual([29_900, 14_950, 29_900, 14_950]);
});

test('what a bank took back from whoever was brought brings nothing (BI-11)', async () => {
  const [bringer, referee] = [await withCard(await newcomer()), await withCard(await newcomer())];
  await takeCode(referee, (await readPlans(bringer)).referral.code);
  await take(referee, 'booker_starter');
  expect(await dueOf(bringer, 'booker_starter')).toMatchObject({ off: { minor: 4_950 } });
  const { id, providerRef } = await world.db.planCharge.findFirstOrThrow({ where: { orgId: referee.actor.orgId } });
  await told({ kind: 'dispute.opened', ref: providerRef, amount: { minor: 11_880, currency: 'EUR' }, dispute: { ref: `du_${id}`, reason: 'fraudulent', answerBy: null, won: null } });
  expect(await dueOf(bringer, 'booker_starter')).toMatchObject({ off: { minor: 0 } });
});

test('a month that cost nothing is no trial: turned off and on again, it runs on as it was paid', async () => {
  const artist = await withCard(await newcomer('artist'));
  await world.db.planDiscount.create({ data: { id: 'rat_merit_test', orgId: artist.actor.orgId, cause: 'merit:test', bps: 10_000, months: 1, createdAt: world.ctx.now() } });
  await take(artist, 'artist_pro');
  expect((await readPlans(artist)).charges).toMatchObject([{ net: { minor: 0 }, status: 'captured' }]);
  await turnPlan(artist, false);
  expect(await turnPlan(artist, true)).toMatchObject({ state: 'active' });
  const trying = await newcomer('artist');
  await tryPlan(trying, 'artist_pro');
  await turnPlan(trying, false);
  expect(await turnPlan(trying, true)).toMatchObject({ state: 'trial' });
  await expect(world.db.subscription.update({ where: { orgId: artist.actor.orgId }, data: { state: 'trial' } })).rejects.toThrow('subscription_tried');
});

test('an invoice that is written late bears the day of its writing, and says when the card was charged', async () => {
  const [late, soon] = [await withCard(await newcomer('artist')), await withCard(await newcomer('artist'))];
  await takePlan(late, { plan: 'artist_pro', due: (await dueOf(late, 'artist_pro'))!.total });
  // The charge goes through, and what writes invoices rests for three days.
  await world.drain({}, plansTasks);
  world.at('2027-02-03T12:00:00Z');
  await take(soon, 'artist_pro');
  await drain();
  const rows = await Promise.all([late, soon].map(({ actor }) => world.db.planInvoice.findFirstOrThrow({ where: { orgId: actor.orgId } })));
  const [first, second] = rows.sort((a, b) => a.sequence - b.sequence);
  expect([toDay(first!.issuedDay), toDay(second!.issuedDay)]).toEqual(['2027-02-03', '2027-02-03']);
  const { content } = rows.find(({ orgId }) => orgId === late.actor.orgId)!;
  expect(content).toMatchObject({ issuedDay: '2027-02-03', received: [{ label: 'Carte', day: '2027-01-31' }] });
});

test('early adopters give nothing for three months, then eight per cent; a contract keeps its day’s rate (BI-09, ES-05, ES-07)', async () => {
  const artist = await newcomer('artist');
  const { orgId } = artist.actor;
  const rate = (day: string) => commissionOn(world.ctx, { orgId, price: { minor: 120_000n, currency: 'EUR' }, day });
  expect(await rate('2027-01-31')).toBe(1_000n);
  expect(await takeCode(artist, 'pioneer')).toMatchObject({ promotion: { code: 'PIONEER', bps: 0 } });
  expect([await rate('2027-01-31'), await rate('2027-04-29'), await rate('2027-04-30'), await rate('2028-07-01')]).toEqual([0n, 0n, 800n, 1_000n]);
  await expect(takeCode(artist, 'PIONEER')).rejects.toThrow(refusal('plan_code_refused'));
  world.at('2027-07-01T12:00:00Z');
  await expect(takeCode(await newcomer('artist'), 'PIONEER')).rejects.toThrow(refusal('plan_code_refused'));
});

test('a subscribed booker has the rate of its year, one point less above a hundred contracts, and its cashback (ES-06, BI-12, BI-14)', async () => {
  const booker = await withCard(await newcomer());
  const artistOrgId = (await newcomer('artist')).actor.orgId;
  const price = { minor: 120_000n, currency: 'EUR' as const };
  const rate = () => commissionOn(world.ctx, { orgId: artistOrgId, price, day: '2027-01-31' });
  await world.db.representation.create({ data: { id: 'rep_plans', bookerOrgId: booker.actor.orgId, artistOrgId, since: new Date('2026-02-01T00:00:00Z') } });
  expect(await rate()).toBe(1_000n);
  await take(booker, 'booker_starter');
  expect(await rate()).toBe(800n);
  world.at('2026-06-01T12:00:00Z');
  for (let n = 0; n < 50; n += 1) await signedDeal(world.ctx, { price: 100_000n, artistOrgId });
  world.at('2027-01-31T12:00:00Z');
  // 50,000 of turnover: the middle tier, and a tenth of the month back.
  expect(await rate()).toBe(600n);
  world.at('2026-07-01T12:00:00Z');
  for (let n = 0; n < 51; n += 1) await signedDeal(world.ctx, { price: 1_000n, artistOrgId });
  world.at('2027-01-31T12:00:00Z');
  expect(await rate()).toBe(500n);
  world.at('2027-02-28T07:00:00Z');
  await sweep();
  expect((await readPlans(booker)).charges[0]).toMatchObject({ full: { minor: 9_900 }, off: { minor: 990 }, net: { minor: 8_910 } });
  // A year later it is another year.
  expect(await commissionOn(world.ctx, { orgId: artistOrgId, price, day: '2027-07-02' })).toBe(800n);
});

test('a trial that was cancelled is no plan that is paid for: it brings no booker’s rate (ES-06, BI-14)', async () => {
  const booker = await newcomer();
  const artistOrgId = (await newcomer('artist')).actor.orgId;
  await world.db.representation.create({ data: { id: 'rep_trial', bookerOrgId: booker.actor.orgId, artistOrgId, since: new Date('2026-02-01T00:00:00Z') } });
  const rate = () => commissionOn(world.ctx, { orgId: artistOrgId, price: { minor: 120_000n, currency: 'EUR' }, day: '2027-01-31' });
  await tryPlan(booker, 'booker_starter');
  expect(await rate()).toBe(1_000n);
  await turnPlan(booker, false);
  expect(await readPlans(booker)).toMatchObject({ state: 'cancelled' });
  expect(await rate()).toBe(1_000n);
});

test('what was cancelled, lapsed unpaid or was given back whole is no turnover: it lowers no rate and gives nothing back (ES-06, BI-12, BI-14)', async () => {
  const booker = await withCard(await newcomer());
  const artistOrgId = (await newcomer('artist')).actor.orgId;
  await world.db.representation.create({ data: { id: 'rep_void', bookerOrgId: booker.actor.orgId, artistOrgId, since: new Date('2026-02-01T00:00:00Z') } });
  await take(booker, 'booker_starter');
  world.at('2026-06-01T12:00:00Z');
  for (const status of ['cancelled', 'lapsed'] as const) {
    const { bookingId } = await signedDeal(world.ctx, { price: 30_000_000n, artistOrgId });
    await world.db.booking.update({ where: { id: bookingId }, data: { status } });
  }
  // Given back whole by decision.
  const { bookingId, buyerOrgId } = await signedDeal(world.ctx, { price: 30_000_000n, artistOrgId });
  await world.db.booking.update({ where: { id: bookingId }, data: { status: 'settled' } });
  await world.db.dispute.create({ data: { id: 'dsp_turnover', bookingId, orgId: artistOrgId, buyerOrgId, currency: 'EUR', openedBy: 'buyer', openedAt: world.ctx.now(), status: 'decided', decidedAt: world.ctx.now(), decidedBy: 'usr_ops', decision: 'Rien n’a été joué.', heldMinor: 30_000_000n, releaseMinor: 0n, refundMinor: 30_000_000n } });
  await signedDeal(world.ctx, { price: 100_000n, artistOrgId });
  world.at('2027-01-31T12:00:00Z');
  expect(await turnoverOf(world.ctx, { id: booker.actor.orgId, kind: 'booker' }, '2027-01-31', 'EUR')).toEqual({ minor: 100_000n, contracts: 1 });
  expect(await turnoverOf(world.ctx, { id: artistOrgId, kind: 'artist' }, '2027-01-31', 'EUR')).toEqual({ minor: 100_000n, contracts: 1 });
  expect(await commissionOn(world.ctx, { orgId: artistOrgId, price: { minor: 120_000n, currency: 'EUR' }, day: '2027-01-31' })).toBe(800n);
  world.at('2027-02-28T07:00:00Z');
  await sweep();
  expect((await readPlans(booker)).charges[0]).toMatchObject({ full: { minor: 9_900 }, off: { minor: 0 } });
});

test('a plan says how many Super Likes come with its months, and how many are left (BI-10, MA-30)', async () => {
  const artist = await withCard(await newcomer('artist'));
  expect(await readPlans(artist)).toMatchObject({ superLikes: 0, plans: [{ plan: 'artist_free', superLikes: 0 }, { plan: 'artist_pro', superLikes: 5 }] });
  await take(artist, 'artist_pro');
  expect(await readPlans(artist)).toMatchObject({ superLikes: 5 });
  const [granted] = await world.db.superLike.findMany({ where: { orgId: artist.actor.orgId } });
  expect(granted).toMatchObject({ seq: 1, n: 5, after: 5, at: new Date('2027-01-31T12:00:00Z'), cause: expect.stringMatching(/^charge:pch_/) as string });
  await expect(world.db.superLike.updateMany({ where: { orgId: artist.actor.orgId }, data: { n: 6, after: 6 } })).rejects.toThrow('super_like_append_only');
});

test('Super Likes are spent one by one, once for each key, and never below nothing, among thirty at once (BI-10)', async () => {
  const artist = await withCard(await newcomer('artist'));
  await take(artist, 'artist_pro');
  const spend = (key: string) => transact(artist, (tx) => spendSuperLike(tx, key));
  expect([await spend('a'), await spend('a')]).toEqual([4, 4]);
  const done = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => spend(`b${n}`)));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  await expect(spend('c')).rejects.toThrow(refusal('super_likes_spent'));
  await expect(world.db.superLike.create({ data: { orgId: artist.actor.orgId, seq: 9, n: 5, after: 5, cause: 'forged', at: new Date() } })).rejects.toThrow('super_like_follows');
});

async function operate(): Promise<SignedIn> {
  await world.db.user.upsert({ where: { id: 'usr_ops' }, create: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true }, update: {} });
  return { ...world.as({ orgId: 'org_ops' }), userId: 'usr_ops' };
}

test('our own people date a price anew after seeing whom it reaches; what was said stays said', async () => {
  const operator = await operate();
  const venue = await withCard(await newcomer('venue'));
  await take(venue, 'venue_premium');
  const ask = { plan: 'venue_premium' as const, month: { minor: 5_900, currency: 'EUR' as const }, artistsMax: null, superLikes: 10, trialDays: 30, from: '2027-03-15' };
  await expect(previewPrice(venue, ask)).rejects.toThrow(refusal('not_found'));
  expect(await previewPrice(operator, ask)).toMatchObject({ organisations: 1, before: { minor: 4_900 }, after: { minor: 5_900 }, over: 0 });
  await expect(setPrice(operator, { ...ask, from: '2027-01-31' })).rejects.toThrow(refusal('price_from_past'));
  const { prices } = await setPrice(operator, ask);
  expect(prices.filter(({ plan }) => plan === 'venue_premium').map(({ month, from, to }) => [month?.minor, from, to])).toEqual([[4_900, '2026-01-01', '2027-03-15'], [5_900, '2027-03-15', null]]);
  await expect(setPrice(operator, { ...ask, from: '2027-03-01' })).rejects.toThrow(refusal('price_from_past'));
  const history = world.db.planPrice.updateMany({ where: { plan: 'venue_premium', validTo: { not: null } }, data: { monthMinor: 1n } });
  await expect(history).rejects.toThrow('plan_price_history');
  await expect(world.db.planPrice.create({ data: { id: 'rat_over', plan: 'venue_premium', monthMinor: 1n, validFrom: fromDay('2027-03-20'), source: 'x' } })).rejects.toThrow('plan_price_one_at_a_time');
  await expect(world.db.planPrice.deleteMany({ where: { plan: 'venue_premium' } })).rejects.toThrow('plan_price_kept');
  // The month that is paid stays as it was; the next one after that day costs the new price.
  for (const [at, net] of [['2027-02-28T07:00:00Z', 4_900], ['2027-03-31T06:00:00Z', 5_900]] as const) {
    world.at(at);
    await sweep();
    expect((await readPlans(venue)).charges[0]!.net.minor).toBe(net);
  }
});

test('a rate is dated anew after seeing the contracts that it reaches', async () => {
  const operator = await operate();
  world.at('2027-01-20T12:00:00Z');
  await signedDeal(world.ctx, { price: 1_200_000n });
  world.at('2027-01-31T12:00:00Z');
  const ask = { kind: 'commission.contract' as const, upTo: 1_500_000, currency: 'EUR' as const, bps: 700, from: '2027-02-10' };
  // 12,000.00 in a year at 8 % and at 7 %, a twelfth of each.
  expect(await previewRate(operator, ask)).toEqual({ organisations: 1, contracts: 1, before: { minor: 8_000, currency: 'EUR' }, after: { minor: 7_000, currency: 'EUR' }, over: 0 });
  await expect(previewRate(operator, { ...ask, upTo: 42 })).rejects.toThrow(refusal('not_found'));
  await setRate(operator, ask);
  const rate = (day: string) => commissionOn(world.ctx, { orgId: 'org_nobody', price: { minor: 1_200_000n, currency: 'EUR' }, day });
  expect([await rate('2027-02-09'), await rate('2027-02-10')]).toEqual([800n, 700n]);
  // The database keeps what was said, whoever asks.
  const band = { kind: 'commission.contract', currency: 'EUR', upToMinor: 1_500_000n };
  await expect(world.db.rate.updateMany({ where: { ...band, validTo: null }, data: { bps: 1 } })).rejects.toThrow('rate_history');
  await expect(world.db.rate.updateMany({ where: { ...band, validTo: { not: null } }, data: { validTo: null } })).rejects.toThrow('rate_history');
  await expect(world.db.rate.deleteMany({ where: band })).rejects.toThrow('rate_kept');
  expect((await previewRate(operator, { ...ask, kind: 'commission.booker', upTo: 20_000_000, from: '2027-03-01' })).organisations).toBe(1);
});

test('whoever only acts for an artist, or may not decide, changes nothing', async () => {
  const artist = await newcomer('artist');
  await expect(tryPlan({ ...artist, actor: { ...artist.actor, mandated: true } }, 'artist_pro')).rejects.toThrow(refusal('role_too_low'));
  await expect(tryPlan({ ...artist, actor: { ...artist.actor, role: 'member' } }, 'artist_pro')).rejects.toThrow(refusal('role_too_low'));
  expect((await readPlans({ ...artist, actor: { ...artist.actor, role: 'member' } })).mayEdit).toBe(false);
});

test('a contested charge is a receivable until the bank has found for us', async () => {
  const artist = await withCard(await newcomer('artist'));
  await take(artist, 'artist_pro');
  const { id, providerRef } = await world.db.planCharge.findFirstOrThrow({ where: { orgId: artist.actor.orgId } });
  const notice = (kind: string, won: boolean | null) => ({ kind, ref: providerRef, amount: { minor: 3_480, currency: 'EUR' }, dispute: { ref: `du_${id}`, reason: 'unrecognized', answerBy: null, won } });
  await told(notice('dispute.opened', null));
  expect((await balanceOf(world.ctx, `dispute:${id}`, 'EUR')).minor).toBe(-3_480n);
  await told(notice('dispute.closed', true));
  expect((await balanceOf(world.ctx, `dispute:${id}`, 'EUR')).minor).toBe(0n);
});

test('a charge that a bank gives back to its holder ends the plan, says so once, and stays owed (BI-10)', async () => {
  const artist = await withCard(await newcomer('artist'));
  await take(artist, 'artist_pro');
  const { orgId } = artist.actor;
  const { id, providerRef } = await world.db.planCharge.findFirstOrThrow({ where: { orgId } });
  const notice = (kind: string, won: boolean | null) => ({ kind, ref: providerRef, amount: { minor: 3_480, currency: 'EUR' }, dispute: { ref: `du_${id}`, reason: 'unrecognized', answerBy: null, won } });
  await told(notice('dispute.opened', null));
  expect(await world.db.subscription.findUniqueOrThrow({ where: { orgId } })).toMatchObject({ state: 'active' });
  expect(await world.db.planTakenBack.count({ where: { chargeId: id } })).toBe(0);
  for (let time = 0; time < 2; time += 1) await told(notice('dispute.closed', false));
  expect(await world.db.planTakenBack.findMany({ where: { orgId } })).toMatchObject([{ chargeId: id, ref: `du_${id}` }]);
  expect(await world.db.planTakenBack.deleteMany().catch((error: unknown) => conflict(error)?.constraint)).toBe('plan_taken_back_append_only');
  expect(await world.db.subscription.findUniqueOrThrow({ where: { orgId } })).toMatchObject({ state: 'ended' });
  expect((await balanceOf(world.ctx, `dispute:${id}`, 'EUR')).minor).toBe(-3_480n);
  expect(await world.db.mail.count({ where: { orgId, subject: 'Votre formule s’arrête' } })).toBe(1);
});

test('a notice of nothing of ours is left to others', async () => {
  expect(await transact(world.ctx, (tx) => hearPlanNotice(tx, { id: 'evt', kind: 'payment.captured', ref: 'pi_unknown' }))).toBe(false);
});

test('all of it sums to zero, and the numbers of invoices have no gap', async () => {
  const [row] = await world.db.$queryRaw<[{ sum: bigint }]>`SELECT coalesce(sum(minor), 0)::bigint AS sum FROM entry`;
  expect(row.sum).toBe(0n);
  const invoices = await world.db.planInvoice.findMany({ where: { series: 'AB-2027' }, orderBy: { sequence: 'asc' } });
  expect(invoices.map(({ sequence }) => sequence)).toEqual(invoices.map((_, i) => i + 1));
  expect(invoices.length).toBe(await world.db.planCharge.count({ where: { status: 'captured', totalMinor: { gt: 0 } } }));
  const captured = await world.db.planCharge.aggregate({ where: { status: 'captured' }, _sum: { netMinor: true } });
  expect((await balanceOf(world.ctx, 'subscription:platform', 'EUR')).minor).toBe(captured._sum.netMinor);
});
