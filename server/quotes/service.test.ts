import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { exportBooks } from '../accounting/service.ts';
import { billingTasks } from '../billing/jobs.ts';
import { mayReadFile } from '../invoices/service.ts';
import type { SignedIn } from '../core/context.ts';
import { tick } from '../core/deadlines.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { balanceOf } from '../ledger/service.ts';
import { plansDue, plansTasks } from '../plans/jobs.ts';
import { beginCard, readPlans, takeCode, takePlan, tryPlan, turnPlan } from '../plans/service.ts';
import { refusedPlace } from '../subscriptions/service.ts';
import { quotesDue } from './jobs.ts';
import { askQuote, assignQuote, declineQuote, endQuote, previewQuote, readQuotes, receiveQuote, type Agreed } from './service.ts';

let world: TestWorld;
let operator: SignedIn;
let count = 0;
beforeAll(async () => {
  world = await openTestWorld({ OPERATORS: 'ops@flow.example' });
  await world.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true } });
  operator = { ...world.as({ orgId: 'org_ops' }), userId: 'usr_ops' };
});
afterAll(() => world.close());
beforeEach(() => { world.at('2027-01-31T12:00:00Z'); });

const refusal = (code: string, details?: object): Error => expect.objectContaining({ code, ...(details && { details }) }) as Error;
const drain = () => world.drain({}, { ...plansTasks, ...billingTasks });
const sweep = async (): Promise<void> => { while (await tick(world.ctx, { ...plansDue, ...quotesDue }) > 0) await drain(); await drain(); };
const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** An organisation that asked for a plan on quote, and the quote's id. */
async function asker(kind: 'booker' | 'municipality' | 'venue' = 'booker', over: object = {}): Promise<{ asker: SignedIn; id: string }> {
  const orgId = `org_quote${(count += 1)}`;
  await world.db.organisation.create({
    data: { id: orgId, kind, name: `Maison ${count}`, legalName: `Maison ${count}`, email: `${orgId}@maison.example`, claimed: true, siret: '73282932000074', address: '1 rue Haute', postcode: '35000', city: 'Rennes', createdAt: world.ctx.now(), ...over },
  });
  const one = world.as({ orgId });
  await askQuote(one, { plan: ({ booker: 'booker_enterprise', municipality: 'town_service', venue: 'venue_premium' } as const)[kind], message: 'Quarante artistes' });
  return { asker: one, id: (await world.db.planQuote.findFirstOrThrow({ where: { orgId } })).id };
}

const agreed = (id: string, over: Partial<Agreed> = {}): Agreed => ({ id, month: euros(90_000), months: 12, since: '2027-01-31', orderNumber: '', serviceCode: '', commitmentNumber: '', marketNumber: '', ...over });
const planOf = async (one: SignedIn) => { const { plan, state, until } = await readPlans(one); return [plan, state, until]; };
const invoiceOf = ({ actor }: SignedIn) => world.db.planInvoice.findFirst({ where: { orgId: actor.orgId } });
const paper = async (fileId: string): Promise<string> => Buffer.from((await world.db.file.findUniqueOrThrow({ where: { id: fileId } })).bytes).toString();

test('a plan on quote is asked for, once until it is answered, and nothing else is', async () => {
  const { asker: booker, id } = await asker();
  expect((await world.db.mail.findFirstOrThrow({ where: { to: 'ops@flow.example' } })).text).toContain('Quarante artistes');
  await askQuote(booker, { plan: 'booker_enterprise', message: 'Cinquante artistes' });
  expect((await readQuotes(operator)).filter((one) => one.id === id)).toMatchObject([{ plan: 'booker_enterprise', message: 'Cinquante artistes', status: 'asked', organisation: { isPublic: false }, paidUntil: null, assigned: null }]);
  expect((await readPlans(booker)).quotes).toEqual([{ plan: 'booker_enterprise', askedAt: '2027-01-31T12:00:00.000Z', assigned: null }]);
  await expect(askQuote(booker, { plan: 'booker_starter', message: '' })).rejects.toThrow(refusal('not_found'));
  await expect(askQuote(booker, { plan: 'town_service', message: '' })).rejects.toThrow(refusal('not_found'));
  await expect(takePlan(booker, { plan: 'booker_enterprise', due: null })).rejects.toThrow(refusal('plan_on_quote'));
});

test('our own people assign it with a price and dates: it begins, is invoiced at once for all of its months, and ends at its date (BI-04, BI-07)', async () => {
  const { asker: booker, id } = await asker();
  const bringer = (await asker()).asker;
  await takeCode(booker, bringer.actor.orgId.slice(4));
  expect(await previewQuote(operator, agreed(id))).toEqual({ since: '2027-01-31', until: '2028-01-31', net: euros(1_080_000), vat: euros(216_000), total: euros(1_296_000), invoiceDay: '2027-01-31', dueDay: '2027-03-02' });
  await assignQuote(operator, agreed(id, { orderNumber: 'BC-77' }));
  await drain();
  expect(await planOf(booker)).toEqual(['booker_enterprise', 'active', '2028-01-31']);
  expect((await readPlans(booker)).usage).toEqual({ artists: 0, most: null });
  expect((await readPlans(booker)).quotes).toMatchObject([{ assigned: { month: euros(90_000), since: '2027-01-31', until: '2028-01-31' } }]);
  const mine = async () => (await readQuotes(operator)).find((one) => one.id === id)!;
  expect(await mine()).toMatchObject({ status: 'assigned', assigned: { total: euros(1_296_000), dueDay: '2027-03-02', number: expect.stringMatching(/^AB-2027-/) as string, paidAt: null, orderNumber: 'BC-77' } });
  const text = await paper((await invoiceOf(booker))!.fileId);
  for (const said of ['À régler par virement au plus tard le 2 mars 2027', 'Bon de commande : BC-77']) expect(text).toContain(said);
  expect(text).not.toContain('acquittée');
  expect((await world.db.mail.findFirstOrThrow({ where: { orgId: booker.actor.orgId, subject: 'Votre formule est prête' } })).text).toMatch(/12\s960,00/);
  await expect(assignQuote(operator, agreed(id))).rejects.toThrow(refusal('plan_quote_closed'));

  // The transfer comes: the ledger, the Super Likes of its months, and the thanks to whoever brought it, once.
  const done = await Promise.allSettled(Array.from({ length: 5 }, () => receiveQuote(operator, id)));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await mine()).toMatchObject({ assigned: { paidAt: '2027-01-31T12:00:00.000Z' } });
  const transfer = await world.db.transfer.findFirstOrThrow({ where: { orgId: booker.actor.orgId }, include: { entries: { orderBy: { line: 'asc' } } } });
  expect(transfer.entries.map(({ account, minor }) => [account, minor])).toEqual([['bank:platform', -1_296_000n], ['subscription:platform', 1_080_000n], ['vat:FR', 216_000n]]);
  expect((await readPlans(bringer)).discount).toMatchObject({ months: 3, bps: 5_000 });

  world.at('2028-01-31T08:00:00Z');
  await sweep();
  expect(await planOf(booker)).toEqual(['booker_free', 'ended', '2028-01-31']);
  expect((await balanceOf(world.ctx, 'bank:platform', 'EUR')).minor).toBe(-1_296_000n);
});

test('one that begins later waits for its day, and nothing else is taken or charged on the way', async () => {
  const { asker: booker, id } = await asker();
  await tryPlan(booker, 'booker_starter');
  await world.db.planCard.create({ data: { orgId: booker.actor.orgId, customerRef: 'cus', methodRef: 'pm', label: 'Visa', savedAt: world.ctx.now() } });
  await assignQuote(operator, agreed(id, { since: '2027-03-15', months: 6 }));
  await drain();
  expect(await planOf(booker)).toEqual(['booker_starter', 'trial', '2027-03-02']);
  await expect(takePlan(booker, { plan: 'booker_agency', due: euros(71_880) })).rejects.toThrow(refusal('plan_closed', { state: 'quoted' }));
  expect((await readPlans(booker)).plans.every(({ act }) => act !== 'take')).toBe(true);
  world.at('2027-03-02T08:00:00Z');
  await sweep();
  expect(await planOf(booker)).toEqual(['booker_free', 'ended', '2027-03-02']);
  await expect(tryPlan(booker, 'booker_starter')).rejects.toThrow(refusal('plan_closed', { state: 'quoted' }));
  expect(world.provider.calls.filter(({ ask }) => ask['bookingId'] === booker.actor.orgId)).toEqual([]);
  world.at('2027-03-14T23:04:00Z');
  await sweep();
  expect((await planOf(booker))[1]).toBe('ended');
  world.at('2027-03-14T23:05:00Z');
  await sweep();
  expect(await planOf(booker)).toEqual(['booker_enterprise', 'active', '2027-09-15']);
  expect(await refusedPlace(world.ctx, booker.actor.orgId, 'Une artiste')).toBe(null);
});

test('a trial that was cancelled is no paid month: what was agreed takes its place at once', async () => {
  const { asker: booker, id } = await asker();
  await tryPlan(booker, 'booker_starter');
  await turnPlan(booker, false);
  expect((await readQuotes(operator)).find((one) => one.id === id)).toMatchObject({ paidUntil: null });
  await assignQuote(operator, agreed(id));
  expect(await planOf(booker)).toEqual(['booker_enterprise', 'active', '2028-01-31']);
});

test('nobody pays twice for a day: after a paid month it begins when that has ended, and two never overlap', async () => {
  const { asker: booker, id } = await asker();
  const { orgId } = booker.actor;
  await world.db.subscription.create({ data: { orgId, plan: 'booker_agency', state: 'active', since: fromDay('2027-01-15'), until: fromDay('2027-02-15'), anchor: 15, paidMinor: 59_900n, changedAt: world.ctx.now() } });
  await world.db.deadline.create({ data: { kind: 'plan.renew', subject: orgId, dueAt: new Date('2027-02-15T07:00:00Z') } });
  await expect(previewQuote(operator, agreed(id))).rejects.toThrow(refusal('plan_quote_closed', { field: 'since' }));
  await expect(previewQuote(operator, agreed(id, { since: '2027-01-30' }))).rejects.toThrow(refusal('input_invalid', { field: 'since' }));
  await assignQuote(operator, agreed(id, { since: '2027-02-15', months: 1 }));
  world.at('2027-02-15T07:00:00Z');
  await sweep();
  expect(await planOf(booker)).toEqual(['booker_enterprise', 'active', '2027-03-15']);
  await askQuote(booker, { plan: 'booker_enterprise', message: 'encore' });
  const again = await world.db.planQuote.findFirstOrThrow({ where: { orgId, status: 'asked' } });
  await expect(assignQuote(operator, agreed(again.id, { since: '2027-03-14' }))).rejects.toThrow(refusal('plan_quote_closed', { field: 'since' }));
  await assignQuote(operator, agreed(again.id, { since: '2027-03-15', months: 2 }));
  world.at('2027-03-15T07:00:00Z');
  await sweep();
  expect(await planOf(booker)).toEqual(['booker_enterprise', 'active', '2027-05-15']);
  const overlap = world.db.planQuote.create({ data: { id: 'plq_over', orgId, plan: 'booker_enterprise', message: '', askedAt: world.ctx.now(), status: 'assigned', monthMinor: 1n, months: 1, since: fromDay('2027-04-01'), until: fromDay('2027-05-01'), decidedBy: 'usr_ops', decidedAt: world.ctx.now(), chargeId: (await world.db.planCharge.create({ data: { id: 'pch_over', orgId, kind: 'quoted', plan: 'booker_enterprise', since: fromDay('2027-04-01'), until: fromDay('2027-05-01'), fullMinor: 1n, offMinor: 0n, netMinor: 1n, vatBps: 0, vatMinor: 0n, vatCitation: 'x', totalMinor: 1n, currency: 'EUR', status: 'invoiced', createdAt: world.ctx.now() } })).id } });
  await expect(overlap).rejects.toThrow('plan_quote_one_at_a_time');
});

test('a town pays by transfer for what was done: its invoice comes when the year is over (PUB-06)', async () => {
  const { asker: town, id } = await asker('municipality');
  const ask = agreed(id, { month: euros(4_900), orderNumber: 'BC-2027-12', serviceCode: 'CULTURE', commitmentNumber: 'ENG-2027-12', marketNumber: 'MP-9' });
  expect(await previewQuote(operator, ask)).toMatchObject({ total: euros(70_560), invoiceDay: '2028-01-31', dueDay: '2028-03-01' });
  await assignQuote(operator, ask);
  await drain();
  expect(await planOf(town)).toEqual(['town_service', 'active', '2028-01-31']);
  expect(await invoiceOf(town)).toBe(null);
  await expect(receiveQuote(operator, id)).rejects.toThrow(refusal('plan_quote_closed'));
  world.at('2028-01-31T08:00:00Z');
  await sweep();
  const text = await paper((await invoiceOf(town))!.fileId);
  for (const said of ['service fait le 30 janvier 2028', '1 mars 2028', 'Bon de commande : BC-2027-12', 'Numéro d’engagement : ENG-2027-12', 'Code service : CULTURE', 'Numéro de marché : MP-9', 'Chorus Pro']) expect(text).toContain(said);
  expect(text).not.toContain('au nom et pour le compte');
  const xml = await paper((await invoiceOf(town))!.xmlFileId);
  for (const said of ['ENG-2027-12', 'CULTURE', 'MP-9']) expect(xml).toContain(said);
  await receiveQuote(operator, id);
  expect((await readQuotes(operator)).find((one) => one.id === id)?.assigned?.paidAt).toBe('2028-01-31T08:00:00.000Z');
});

test('what was agreed and is not paid is asked for in three steps, with interest, until the transfer comes (PAY-11, ES-13)', async () => {
  const { asker: booker, id } = await asker();
  const { orgId } = booker.actor;
  await assignQuote(operator, agreed(id));
  await drain();
  const stands = async () => (await readQuotes(operator)).find((one) => one.id === id)!.assigned!;
  const letters = async () => (await world.db.mail.findMany({ where: { orgId, cause: { startsWith: 'plan.dunned' } }, orderBy: { createdAt: 'asc' } })).map(({ subject }) => subject.replace(/AB-\S+/u, 'AB'));
  world.at('2027-03-02T12:00:00Z');
  await sweep();
  expect(await stands()).toMatchObject({ dueDay: '2027-03-02', late: null, reminders: [] });
  world.at('2027-03-05T07:59:00Z');
  await sweep();
  expect(await letters()).toEqual([]);
  for (const day of ['2027-03-05', '2027-03-17', '2027-04-01']) {
    world.at(`${day}T08:00:00Z`);
    await sweep();
    await sweep();
  }
  expect(await letters()).toEqual(['Rappel : facture AB', 'Relance : facture AB impayée', 'Mise en demeure de payer : facture AB']);
  // 12,960.00 at 12.15 %, thirty days: 129.42, and 40.00.
  expect(await stands()).toMatchObject({ late: { days: 30, interest: euros(12_942), fixed: euros(4_000) }, reminders: [{ step: 'friendly' }, { step: 'firm' }, { step: 'notice' }] });
  expect((await world.db.mail.findFirstOrThrow({ where: { orgId, subject: { startsWith: 'Mise en demeure' } } })).text).toMatch(/169,42/);
  await receiveQuote(operator, id);
  world.at('2027-06-01T08:00:00Z');
  await sweep();
  expect(await letters()).toHaveLength(3);
  // What being late cost stands there after the transfer too.
  expect(await stands()).toMatchObject({ paidAt: '2027-04-01T08:00:00.000Z', late: { days: 30, interest: euros(12_942), fixed: euros(4_000) } });
  await expect(world.db.planReminder.deleteMany({ where: { charge: { orgId } } })).rejects.toThrow('plan_reminder_append_only');
});

test('who pays in time is not reminded, and a town late is by the law of public buyers (PUB-06)', async () => {
  const [one, { asker: town, id }] = [await asker(), await asker('municipality')];
  await assignQuote(operator, agreed(one.id));
  await assignQuote(operator, agreed(id, { month: euros(100_000), months: 1, orderNumber: 'BC-8' }));
  await drain();
  await receiveQuote(operator, one.id);
  world.at('2027-02-28T08:00:00Z');
  await sweep();
  // Due on 30 March; twenty days late, at 10.15 %.
  world.at('2027-04-19T08:00:00Z');
  await sweep();
  const of = async (quoteId: string) => (await readQuotes(operator)).find((each) => each.id === quoteId)!.assigned!;
  expect(await of(id)).toMatchObject({ total: euros(120_000), dueDay: '2027-03-30', late: { days: 20, interest: euros(667), fixed: euros(4_000) }, reminders: [{ step: 'firm' }] });
  expect(await of(one.id)).toMatchObject({ late: null, reminders: [] });
  expect(await world.db.mail.count({ where: { orgId: town.actor.orgId, cause: { startsWith: 'plan.dunned' } } })).toBe(1);
});

test('what is not paid may be ended: the days that were had are asked for, and the rest is credited (INV-01)', async () => {
  const { asker: booker, id } = await asker();
  const { orgId } = booker.actor;
  await assignQuote(operator, agreed(id));
  await drain();
  world.at('2027-04-01T08:00:00Z');
  await sweep();
  const stands = async () => (await readQuotes(operator)).find((one) => one.id === id)!.assigned!;
  // Sixty days of 365 of 10,800.00, and the tax on them.
  expect(await stands()).toMatchObject({ total: euros(1_296_000), ending: euros(213_041), endedAt: null, credit: null });
  const done = await Promise.allSettled(Array.from({ length: 5 }, () => endQuote(operator, id)));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await drain();
  await drain();
  expect((await planOf(booker)).slice(0, 2)).toEqual(['booker_free', 'ended']);
  expect(await stands()).toMatchObject({ total: euros(213_041), ending: null, endedAt: '2027-04-01T08:00:00.000Z', credit: expect.stringMatching(/^AAB-2027-\d{4}$/) as string, late: { days: 30, interest: euros(2_127) } });
  const credit = await world.db.planCredit.findFirstOrThrow({ where: { orgId } });
  expect([credit.netMinor, credit.vatMinor, credit.totalMinor]).toEqual([902_466n, 180_493n, 1_082_959n]);
  const invoice = (await invoiceOf(booker))!;
  for (const said of [`Avoir ${credit.number}`, `rectifie la facture ${invoice.number}`, 'Formule arrêtée avant son terme']) expect(await paper(credit.fileId)).toContain(said);
  const [charge] = (await readPlans(booker)).charges;
  expect(charge).toMatchObject({ until: '2027-04-01', total: euros(213_041), credit: { number: credit.number } });
  expect(await mayReadFile(booker, credit.fileId)).toBe(true);
  expect((await world.db.mail.findFirstOrThrow({ where: { orgId, cause: `plan.stopped:${id}` } })).text).toMatch(/2\s130,41/);
  await expect(world.db.planCredit.deleteMany({ where: { orgId } })).rejects.toThrow('plan_credit_append_only');
  await expect(world.db.planQuote.update({ where: { id }, data: { endedAt: null } })).rejects.toThrow('plan_quote_decided_once');
  // What comes then is what is left, and its days may be agreed anew.
  await receiveQuote(operator, id);
  const transfer = await world.db.transfer.findFirstOrThrow({ where: { orgId }, include: { entries: { orderBy: { line: 'asc' } } } });
  expect(transfer.entries.map(({ account, minor }) => [account, minor])).toEqual([['bank:platform', -213_041n], ['subscription:platform', 177_534n], ['vat:FR', 35_507n]]);
  const { bytes } = await exportBooks(booker, { format: 'fec', period: { kind: 'year', year: 2027, part: 0 }, locale: 'fr' });
  const suppliers = bytes.toString('latin1').split('\r\n').map((line) => line.split('\t')).filter(([, , , , account = '']) => account.startsWith('401'));
  // Of the supplier's account nothing is left: the invoice, less the credit note, was paid.
  expect(suppliers.map((line) => [line[8], line[11], line[12]])).toEqual([[invoice.number, '0,00', '12960,00'], [credit.number, '10829,59', '0,00'], [invoice.number, '2130,41', '0,00']]);
  await askQuote(booker, { plan: 'booker_enterprise', message: 'encore' });
  const again = await world.db.planQuote.findFirstOrThrow({ where: { orgId, status: 'asked' } });
  await assignQuote(operator, agreed(again.id, { since: '2027-04-01' }));
  expect((await planOf(booker))[1]).toBe('active');
});

test('what did not begin is credited whole, and asked for no more; what is paid runs to its end', async () => {
  const [{ asker: booker, id }, paid] = [await asker(), await asker()];
  await assignQuote(operator, agreed(id, { since: '2027-03-15' }));
  await assignQuote(operator, agreed(paid.id));
  await drain();
  await receiveQuote(operator, paid.id);
  await expect(endQuote(operator, paid.id)).rejects.toThrow(refusal('plan_quote_closed'));
  await endQuote(operator, id);
  await drain();
  const { totalMinor } = (await invoiceOf(booker))!;
  expect(await world.db.planCredit.findFirst({ where: { orgId: booker.actor.orgId } })).toMatchObject({ totalMinor });
  await expect(receiveQuote(operator, id)).rejects.toThrow(refusal('plan_quote_closed'));
  world.at('2027-04-15T08:00:00Z');
  await sweep();
  expect(await planOf(booker)).toEqual(['booker_free', null, null]);
  expect((await readQuotes(operator)).find((one) => one.id === id)!.assigned).toMatchObject({ total: euros(0), late: null, reminders: [], ending: null });
  // Nothing holds another plan back.
  await tryPlan(booker, 'booker_starter');
});

test('a town that leaves before its date is invoiced for the days it had, and no more', async () => {
  const { asker: town, id } = await asker('municipality');
  await assignQuote(operator, agreed(id, { month: euros(4_900), orderNumber: 'BC-3' }));
  await drain();
  world.at('2027-04-01T08:00:00Z');
  await endQuote(operator, id);
  await drain();
  // Sixty days of 365 of 588.00: 96.66, and the tax on it.
  expect(await invoiceOf(town)).toMatchObject({ netMinor: 9_666n, vatMinor: 1_933n });
  expect(await world.db.planCredit.count({ where: { orgId: town.actor.orgId } })).toBe(0);
  expect(await paper((await invoiceOf(town))!.fileId)).toContain('service fait le 31 mars 2027');
});

test('a public body is quoted a plan that others pay by card, and pays it once its time is over (PUB-06, PUB-07)', async () => {
  const { asker: hall, id } = await asker('venue', { publicBody: true });
  await expect(beginCard(hall)).rejects.toThrow(refusal('plan_public'));
  await expect(takePlan(hall, { plan: 'venue_premium', due: euros(5_880) })).rejects.toThrow(refusal('plan_public'));
  await expect(askQuote(hall, { plan: 'venue_free', message: '' })).rejects.toThrow(refusal('not_found'));
  const offered = async () => (await readPlans(hall)).plans.map(({ plan, act, trialDays }) => [plan, act, trialDays]);
  expect(await offered()).toEqual([['venue_free', 'current', 0], ['venue_premium', 'quote', 30]]);
  // It may try it first, for nothing.
  await tryPlan(hall, 'venue_premium');
  expect(await offered()).toEqual([['venue_free', 'leave', 0], ['venue_premium', 'quote', 0]]);
  await assignQuote(operator, agreed(id, { month: euros(4_900), orderNumber: 'BC-5' }));
  await drain();
  expect(await planOf(hall)).toEqual(['venue_premium', 'active', '2028-01-31']);
  expect(await invoiceOf(hall)).toBe(null);
});

test('the rules of French public bodies are not those of a town abroad', async () => {
  const { asker: town, id } = await asker('municipality', { country: 'BE', siret: '', postcode: '5500', city: 'Dinant' });
  expect(await previewQuote(operator, agreed(id))).toMatchObject({ invoiceDay: '2027-01-31', dueDay: '2027-03-02' });
  await assignQuote(operator, agreed(id, { orderNumber: 'BC-1' }));
  await drain();
  const text = await paper((await invoiceOf(town))!.fileId);
  expect(text).toContain('À régler par virement au plus tard le 2 mars 2027');
  for (const french of ['Chorus Pro', 'CCP', 'Numéro d’engagement']) expect(text).not.toContain(french);
});

test('what is declined changes nothing, and the organisation is told', async () => {
  const { asker: booker, id } = await asker();
  await declineQuote(operator, id);
  expect(await planOf(booker)).toEqual(['booker_free', null, null]);
  expect(await world.db.mail.count({ where: { orgId: booker.actor.orgId, subject: 'Votre demande de devis' } })).toBe(1);
  await expect(declineQuote(operator, id)).rejects.toThrow(refusal('plan_quote_closed'));
  await expect(world.db.planQuote.update({ where: { id }, data: { message: 'autre' } })).rejects.toThrow('plan_quote_decided_once');
  await expect(world.db.planQuote.delete({ where: { id } })).rejects.toThrow('plan_quote_kept');
});

test('nobody but our own people reads or answers what was asked for', async () => {
  const { asker: booker, id } = await asker();
  await world.db.user.create({ data: { id: 'usr_other', name: 'Other', email: 'other@maison.example', emailVerified: true } });
  const other = { ...booker, userId: 'usr_other' };
  for (const act of [() => endQuote(other, id), () => readQuotes(other), () => previewQuote(other, agreed(id)), () => assignQuote(other, agreed(id)), () => declineQuote(other, id), () => receiveQuote(other, id)]) await expect(act()).rejects.toThrow(refusal('not_found'));
});

test('without a name and an address for our invoice nothing is assigned', async () => {
  const { asker: booker, id } = await asker();
  await world.db.organisation.update({ where: { id: booker.actor.orgId }, data: { legalName: '' } });
  await expect(assignQuote(operator, agreed(id))).rejects.toThrow(refusal('plan_party_incomplete', { field: 'legalName' }));
  expect(await planOf(booker)).toEqual(['booker_free', null, null]);
});
