import { describe, expect, test } from 'vitest';
import { billingHeard } from '../billing/jobs.ts';
import { settleInvoice } from '../billing/service.ts';
import { transact, type SignedIn } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { readMoney } from '../escrow/service.ts';
import { updateOrganisation } from '../identity/service.ts';
import { stoppedFor } from '../legal/service.ts';
import { recordNotice } from '../notices/service.ts';
import { cancelBooking, simulateCancellation } from '../refunds/service.ts';
import { payoutsDue, payoutsHeard } from './jobs.ts';
import { askDirect, askPaid, changeIban, fileReport, letterFile, openAccount, readLetters, readPayouts, readReports, readStatement, readStop, reportFile, reportMessage, requestIbanCode, saveSeller, statementFile, stopByToken, stopOwn, tellSellers, yearFile } from './service.ts';

const { world, tasks, to, drain, pay: enter } = await openTill({ billing: billingHeard, payouts: payoutsHeard }, payoutsDue);

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const wire = (minor: number, currency = 'EUR') => ({ minor, currency });
const [first, second] = ['FR7630006000011234567890189', 'BE68539007547034'];

/** An owner of an organisation, signed in. */
async function owner(orgId: string): Promise<SignedIn> {
  const userId = world.ctx.newId('usr');
  await world.db.user.create({ data: { id: userId, name: 'Ana', email: `${userId}@artist.example`, emailVerified: true } });
  await world.db.member.create({ data: { orgId, userId, role: 'owner' } });
  return { ...world.as({ orgId, userId }), userId };
}
const pay = async (deal: TestDeal) => {
  await drain();
  await enter(deal);
};
/** A deal whose show is played and paid for. */
const played = async (over: Parameters<typeof signedDeal>[1] = {}) => {
  const deal = await signedDeal(world.ctx, over);
  await pay(deal);
  await to(`${over.showDay ?? '2027-05-08'}T22:00:00Z`);
  await play(world.ctx, deal);
  await drain();
  return deal;
};
const payoutOf = ({ bookingId }: TestDeal) => world.db.payout.findFirstOrThrow({ where: { bookingId } });
const codeFor = async (email: string) => /\b\d{6}\b/.exec((await world.db.mail.findFirstOrThrow({ where: { to: email, subject: { contains: 'code' } }, orderBy: { id: 'desc' } })).text)![0];
const emailOf = async (who: SignedIn) => (await world.db.user.findUniqueOrThrow({ where: { id: who.userId! } })).email;
const change = async (who: SignedIn, iban: string) => {
  await requestIbanCode(who);
  return changeIban(who, { iban, code: await codeFor(await emailOf(who)) });
};
const tokenIn = async (email: string) => /\/stop#t=([\w-]+)/.exec((await world.db.mail.findFirstOrThrow({ where: { to: email, subject: { contains: 'va changer' } }, orderBy: { id: 'desc' } })).text)![1]!;

describe('what is paid out and what is to come (ES-05)', () => {
  test('a signed booking is expected 48 hours after its show, then it is paid and has a statement', async () => {
    const deal = await signedDeal(world.ctx);
    const me = await owner(deal.orgId);
    await pay(deal);
    const before = await readPayouts(me);
    expect(before.payouts).toEqual([]);
    expect(before.expected).toEqual([{ bookingId: deal.bookingId, artist: 'Les Marées', show: { title: 'Grande marée', day: '2027-05-08', place: 'La Halle, Rennes' }, amount: wire(112_200), state: 'foreseen', at: '2027-05-10T18:30:00.000Z' }]);
    expect(before.months.map(({ month, amount }) => [month, amount.minor])).toEqual([['2027-03', 0], ['2027-04', 0], ['2027-05', 112_200], ['2027-06', 0], ['2027-07', 0], ['2027-08', 0]]);
    await to('2027-05-08T22:00:00Z');
    await play(world.ctx, deal);
    await drain();
    const after = await readPayouts(me);
    expect(after.expected).toEqual([]);
    expect(after.payouts).toMatchObject([{ bookingId: deal.bookingId, amount: wire(112_200), state: 'paid', account: 'FR76 •••• 0189', missing: [] }]);
  });

  test('a show that was played and not paid, or is contested, has no date', async () => {
    const unpaid = await signedDeal(world.ctx);
    await drain();
    await to('2027-05-08T22:00:00Z');
    await play(world.ctx, unpaid);
    await drain();
    expect((await readPayouts(world.as({ orgId: unpaid.orgId }))).expected).toMatchObject([{ state: 'unpaid', at: null }]);
    const contested = await signedDeal(world.ctx);
    await world.db.show.update({ where: { bookingId: contested.bookingId }, data: { contestedAt: world.ctx.now(), contestedBy: 'buyer', contest: 'Personne n’est venu.' } });
    expect((await readPayouts(world.as({ orgId: contested.orgId }))).expected).toMatchObject([{ state: 'contested', at: null }]);
  });

  test('a booker sees those of its artists; for an artist it sees all but the account; a buyer and an observer see nothing', async () => {
    const deal = await played();
    const booker = world.ctx.newId('org');
    await world.db.organisation.create({ data: { id: booker, kind: 'booker', name: 'Agence', email: 'a@agence.example', createdAt: new Date() } });
    await world.db.representation.create({ data: { id: world.ctx.newId('rep'), bookerOrgId: booker, artistOrgId: deal.orgId, since: world.ctx.now() } });
    const { id } = await payoutOf(deal);
    expect((await readPayouts(world.as({ orgId: booker }))).payouts.map((one) => one.id)).toEqual([id]);
    expect((await readStatement(world.as({ orgId: booker }), id)).amount).toEqual(wire(112_200));
    expect(await readPayouts(world.as({ orgId: deal.orgId, mandated: true }))).toMatchObject({ payouts: [{ id }], account: null, seller: null });
    expect((await readPayouts(world.as({ orgId: deal.buyerOrgId }))).payouts).toEqual([]);
    for (const who of [world.as({ orgId: deal.buyerOrgId }), world.as({ orgId: world.ctx.newId('org') })]) await expect(readStatement(who, id)).rejects.toThrow(refusal('not_found'));
    await expect(readPayouts(world.as({ orgId: deal.orgId, role: 'observer' }))).rejects.toThrow(refusal('role_too_low'));
    await expect(requestIbanCode(world.as({ orgId: deal.orgId, mandated: true }))).rejects.toThrow(refusal('role_too_low'));
  });
});

describe('a statement is the ledger, to the cent (ES-03)', () => {
  const booked = async ({ bookingId }: TestDeal, account: string) =>
    Number((await world.db.entry.aggregate({ where: { account: { startsWith: account }, transfer: { bookingId, kind: { in: ['release', 'indemnity'] } } }, _sum: { minor: true } }))._sum.minor ?? 0n);

  test.each([[120_000n, 550n, 1_000n, 'FR'], [33_333n, 2_000n, 733n, 'FR'], [99_999n, 0n, 800n, 'BE'], [1_234_567n, 550n, 0n, 'FR']] as const)('a price of %i at %i and %i', async (price, vatBps, commissionBps, country) => {
    const deal = await played({ price, vatBps, commissionBps, country });
    const { id, minor } = await payoutOf(deal);
    const { lines: [line], amount } = await readStatement(world.as({ orgId: deal.orgId }), id);
    expect(line).toMatchObject({ kind: 'release', price: wire(Number(price)), vatBps: Number(vatBps) });
    expect([line!.total.minor, line!.commission.minor, line!.commissionVat.minor, line!.payout.minor, amount.minor]).toEqual([
      -await booked(deal, 'escrow:'), await booked(deal, 'commission:'), await booked(deal, 'vat:'), await booked(deal, 'payable:'), Number(minor),
    ]);
    expect(line!.price.minor + line!.vat.minor).toBe(line!.total.minor);
    expect(line!.total.minor - line!.commission.minor - line!.commissionVat.minor).toBe(line!.payout.minor);
  });

  test('of an indemnity too; as PDF, as CSV, and the whole year in one file', async () => {
    const deal = await signedDeal(world.ctx);
    await pay(deal);
    const buyer = world.as({ orgId: deal.buyerOrgId });
    const { kept, owed, refund } = await simulateCancellation(buyer, { bookingId: deal.bookingId, cause: 'organiser' });
    await cancelBooking(buyer, { bookingId: deal.bookingId, cause: 'organiser', reason: 'La salle est inondée.', seen: { kept: kept.minor, owed: owed.minor, refund: refund.minor } });
    await drain();
    const me = world.as({ orgId: deal.orgId });
    const { id } = await payoutOf(deal);
    expect((await readStatement(me, id)).lines).toMatchObject([{ kind: 'indemnity', vat: wire(0), total: wire(-await booked(deal, 'escrow:')), payout: wire(await booked(deal, 'payable:')) }]);
    const csv = await statementFile(me, { id, format: 'csv', locale: 'fr' });
    expect(csv.bytes.toString()).toContain('Indemnité d’annulation');
    expect((await yearFile(me, { year: 2027, locale: 'fr' })).bytes.toString()).toBe(csv.bytes.toString());
    expect((await yearFile(me, { year: 2026, locale: 'fr' })).bytes.toString().trim().split('\r\n')).toHaveLength(1);
    expect(await statementFile(me, { id, format: 'pdf', locale: 'nl' })).toMatchObject({ mime: 'application/pdf', name: expect.stringMatching(/\.pdf$/) as string });
  });
});

describe('another account (ES-20)', () => {
  test('it takes a code, cools off for 72 hours in which payouts go to the one before, and then counts', async () => {
    const deal = await signedDeal(world.ctx);
    const me = await owner(deal.orgId);
    await requestIbanCode(me);
    await expect(changeIban(me, { iban: second, code: '000000' })).rejects.toThrow(refusal('code_wrong'));
    const account = await change(me, second);
    expect(account).toMatchObject({ iban: 'FR76 •••• 0189', pending: { masked: 'BE68 •••• 7034', useAt: '2027-03-04T12:00:00.000Z' } });
    // The organisation’s own address and each owner are told at once.
    const told = await world.db.mail.findMany({ where: { orgId: deal.orgId, subject: { contains: 'va changer' } } });
    expect(told.map((mail) => mail.to).sort()).toEqual([`${deal.orgId}@artist.example`, await emailOf(me)].map((one) => one.toLowerCase()).sort());
    for (const { text } of told) for (const said of ['FR76 •••• 0189', 'BE68 •••• 7034', '/stop#t=']) expect(text).toContain(said);
    await expect(change(me, second)).rejects.toThrow(refusal('iban_pending'));
    await to('2027-03-04T11:59:59Z');
    expect((await world.db.organisation.findUniqueOrThrow({ where: { id: deal.orgId } })).iban).toBe(first);
    await to('2027-03-04T12:00:01Z');
    expect((await world.db.organisation.findUniqueOrThrow({ where: { id: deal.orgId } })).iban).toBe(second);
    expect(await world.db.ibanChange.findMany({ where: { orgId: deal.orgId } })).toMatchObject([{ state: 'used', iban: '', masked: 'BE68 •••• 7034' }]);
    expect(await world.db.mail.count({ where: { orgId: deal.orgId, subject: { contains: 'a changé' } } })).toBe(2);
  });

  test('the mail’s link stops it, signed in or not, once; nothing changes and both are told', async () => {
    const deal = await signedDeal(world.ctx);
    const me = await owner(deal.orgId);
    await change(me, second);
    const token = await tokenIn(`${deal.orgId}@artist.example`.toLowerCase());
    expect(await readStop(world.ctx, token)).toMatchObject({ organisation: 'Les Marées', before: 'FR76 •••• 0189', masked: 'BE68 •••• 7034', state: 'pending' });
    expect(await stopByToken(world.ctx, token)).toMatchObject({ state: 'stopped' });
    await expect(stopByToken(world.ctx, token)).rejects.toThrow(refusal('iban_change_over'));
    await expect(stopByToken(world.ctx, 'a'.repeat(43))).rejects.toThrow(refusal('link_dead'));
    await to('2027-03-10T12:00:00Z');
    expect((await world.db.organisation.findUniqueOrThrow({ where: { id: deal.orgId } })).iban).toBe(first);
    expect(await world.db.mail.count({ where: { orgId: deal.orgId, subject: { contains: 'est arrêté' } } })).toBe(2);
    // A new one may be asked for.
    const again = await change(me, second);
    expect(await stopOwn(me, again.pending!.id)).toMatchObject({ pending: null });
    await expect(stopOwn(await owner((await signedDeal(world.ctx)).orgId), again.pending!.id)).rejects.toThrow(refusal('not_found'));
  });

  test('a payout that an account had sent back leaves for the new one as soon as that counts, once (ES-05)', async () => {
    const deal = await played();
    const me = await owner(deal.orgId);
    const { id, providerRef } = await payoutOf(deal);
    const raw = JSON.stringify({ id: 'evt_closed_account', type: 'payout.failed', data: { object: { id: providerRef, amount: '112200', currency: 'EUR' } } });
    await recordNotice(world.ctx, world.ctx.adapters.payments.parseNotice(raw), raw);
    expect(await payoutOf(deal)).toMatchObject({ status: 'failed' });
    await change(me, second);
    await drain();
    expect(await payoutOf(deal)).toMatchObject({ status: 'failed', pastRefs: [] });
    await to('2027-05-12T00:00:00Z');
    expect(await payoutOf(deal)).toMatchObject({ id, status: 'paid', pastRefs: [providerRef], sentTo: 'BE68 •••• 7034' });
    expect((await world.db.entry.aggregate({ where: { account: `payable:${deal.orgId}` }, _sum: { minor: true } }))._sum.minor).toBe(0n);
  });

  test('a number that fails its check, or is the same one, is refused; the form of the organisation changes none that is known', async () => {
    const deal = await signedDeal(world.ctx);
    const me = await owner(deal.orgId);
    await requestIbanCode(me);
    const code = await codeFor(await emailOf(me));
    for (const iban of ['FR7630006000011234567890188', 'BE68539007547035', 'XX', first]) await expect(changeIban(me, { iban, code })).rejects.toThrow(refusal('input_invalid'));
    for (const iban of [second, '']) await expect(updateOrganisation(me, { iban })).rejects.toThrow(refusal('iban_kept'));
    expect((await updateOrganisation(me, { iban: first, phone: '01' })).iban).toBe(first);
    await expect(openAccount({ ...me, config: { ...me.config, payments: 'off' } })).rejects.toThrow(refusal('provider_page_none'));
    // The sandbox has a page too, though payouts go to the account that is known here.
    expect((await openAccount(me)).url).toMatch(/\/sandbox\/payments\/account\?/u);
    expect((await readPayouts(me)).account).toMatchObject({ elsewhere: false, iban: 'FR76 •••• 0189', state: 'begun' });
  });

  test('the database refuses another account without a change that was asked for, and a change that does not cool off', async () => {
    const deal = await signedDeal(world.ctx);
    const broken = (work: Promise<unknown>) => work.then(() => 'nothing', (error: unknown) => conflict(error)?.constraint || String(error));
    expect(await broken(world.db.organisation.update({ where: { id: deal.orgId }, data: { iban: second } }))).toContain('an account is changed by asking for it');
    const row = { id: 'ibc_x', orgId: deal.orgId, iban: second, masked: 'BE68 •••• 7034', before: 'FR76 •••• 0189', askedBy: 'usr_1', askedAt: new Date('2027-03-01'), useAt: new Date('2027-03-04'), stopHash: `x${deal.orgId}` };
    expect(await broken(world.db.ibanChange.create({ data: { ...row, useAt: new Date('2027-03-03T23:59:59Z') } }))).toBe('iban_change_cools');
    await world.db.ibanChange.create({ data: row });
    expect(await broken(world.db.ibanChange.create({ data: { ...row, id: 'ibc_y', stopHash: 'y' } }))).toBe('iban_change_one_pending');
    expect(await broken(world.db.ibanChange.update({ where: { id: 'ibc_x' }, data: { useAt: new Date('2027-03-02') } }))).toContain('ends once');
    expect(await broken(world.db.ibanChange.update({ where: { id: 'ibc_x' }, data: { state: 'stopped', endedAt: new Date() } }))).toBe('iban_change_iban');
    await world.db.ibanChange.update({ where: { id: 'ibc_x' }, data: { state: 'stopped', iban: '', endedAt: new Date() } });
    expect(await broken(world.db.ibanChange.update({ where: { id: 'ibc_x' }, data: { state: 'used' } }))).toContain('ends once');
  });

  test('with the provider that holds accounts itself, its page is opened and no IBAN is taken here', async () => {
    const deal = await signedDeal(world.ctx);
    const me = await owner(deal.orgId);
    const stripe = { ...me, adapters: { ...me.adapters, payments: { ...me.adapters.payments, name: 'stripe' as const, openAccount: ({ orgId }: { orgId: string }) => Promise.resolve({ url: `https://provider.example/${orgId}` }), readAccount: () => Promise.resolve({ state: 'missing' as const, missing: ['external_account'] }) } } };
    await expect(requestIbanCode(stripe)).rejects.toThrow(refusal('iban_elsewhere'));
    await expect(changeIban(stripe, { iban: second, code: '123456' })).rejects.toThrow(refusal('iban_elsewhere'));
    expect(await openAccount(stripe)).toEqual({ url: `https://provider.example/${deal.orgId}` });
    expect((await readPayouts(stripe)).account).toEqual({ elsewhere: true, iban: '', state: 'missing', wants: ['external_account'], pending: null });
    const silent = { ...stripe, adapters: { ...stripe.adapters, payments: { ...stripe.adapters.payments, readAccount: () => Promise.reject(new Error('away')) } } };
    expect((await readPayouts(silent)).account).toMatchObject({ elsewhere: true, state: null });
  });
});

describe('what the tax office asks (PAY-08)', () => {
  const answers = { kind: 'individual' as const, firstName: 'Ana', lastName: 'Exemple', birthDate: '1990-04-01', tin: '0123456789012', noVat: true, ibanHolder: 'Ana Exemple', vatNumber: '' };

  test('a payout waits for it, says for what, is asked for again, and leaves with the answer', async () => {
    const deal = await signedDeal(world.ctx);
    await world.db.seller.delete({ where: { orgId: deal.orgId } });
    const me = await owner(deal.orgId);
    await pay(deal);
    await to('2027-05-08T22:00:00Z');
    await play(world.ctx, deal);
    await drain();
    expect(await payoutOf(deal)).toMatchObject({ status: 'waiting', providerRef: null });
    expect((await readMoney(me, deal.bookingId)).payout).toMatchObject({ status: 'waiting' });
    expect((await readPayouts(me)).payouts).toMatchObject([{ state: 'waiting', missing: ['kind'] }]);
    const asked = () => world.db.mail.count({ where: { orgId: deal.orgId, subject: { contains: 'attend quelques réponses' } } });
    expect(await asked()).toBe(1);
    await to('2027-05-22T22:00:01Z');
    expect(await asked()).toBe(2);
    await expect(saveSeller(me, { ...answers, tin: '9123456789012' })).rejects.toThrow(refusal('input_invalid'));
    await expect(saveSeller(me, { ...answers, birthDate: '2199-01-01' })).rejects.toThrow(refusal('input_invalid'));
    expect((await saveSeller(me, { ...answers, ibanHolder: '' })).missing).toEqual(['ibanHolder']);
    await drain();
    expect(await payoutOf(deal)).toMatchObject({ status: 'waiting' });
    expect((await saveSeller(me, answers)).missing).toEqual([]);
    await drain();
    expect(await payoutOf(deal)).toMatchObject({ status: 'paid', sentTo: 'FR76 •••• 0189' });
    await to('2027-06-30T00:00:00Z');
    expect(await asked()).toBe(2);
  });

  test('what is completed elsewhere is seen within the hour; a public body is asked nothing', async () => {
    const deal = await signedDeal(world.ctx);
    await world.db.organisation.update({ where: { id: deal.orgId }, data: { city: '' } });
    await pay(deal);
    await to('2027-05-08T22:00:00Z');
    await play(world.ctx, deal);
    await drain();
    expect((await readPayouts(world.as({ orgId: deal.orgId }))).payouts).toMatchObject([{ state: 'waiting', missing: ['city'] }]);
    await transact(world.ctx, (tx) => tx.db.organisation.update({ where: { id: deal.orgId }, data: { city: 'Rennes' } }));
    await tasks['mend']!(world.ctx, {});
    await drain();
    expect(await payoutOf(deal)).toMatchObject({ status: 'paid' });
    const town = await signedDeal(world.ctx);
    await world.db.seller.delete({ where: { orgId: town.orgId } });
    await world.db.organisation.update({ where: { id: town.orgId }, data: { publicBody: true } });
    expect((await readPayouts(world.as({ orgId: town.orgId }))).seller).toMatchObject({ excluded: true, missing: [] });
  });

  test('a producer whom only communes pay, directly, is asked too, and again until it has answered (PAY-08)', async () => {
    const deal = await signedDeal(world.ctx, { path: 'public', showDay: '2027-05-20' });
    await world.db.seller.deleteMany({ where: { orgId: deal.orgId } });
    await drain();
    await to('2027-05-20T22:00:00Z');
    await play(world.ctx, deal);
    await drain();
    const invoice = await world.db.invoice.findFirstOrThrow({ where: { bookingId: deal.bookingId, kind: 'final' } });
    const asked = () => world.db.mail.count({ where: { orgId: deal.orgId, subject: 'Quelques réponses pour l’administration fiscale' } });
    expect(await asked()).toBe(0);
    await settleInvoice(world.as({ orgId: deal.orgId }), invoice.id);
    await drain();
    expect(await asked()).toBe(1);
    await to('2027-06-04T12:00:00Z');
    expect(await asked()).toBe(2);
    await saveSeller(await owner(deal.orgId), { kind: 'entity', firstName: '', lastName: '', birthDate: null, tin: '732829320', noVat: true, ibanHolder: 'Les Marées', vatNumber: '' });
    await to('2027-07-30T12:00:00Z');
    expect(await asked()).toBe(2);
  });

  test('a producer whom communes pay and who stays silent is reminded, warned of the day, and stopped after it, until it has answered (PAY-08)', async () => {
    const deal = await signedDeal(world.ctx, { path: 'public', showDay: '2027-05-20' });
    await world.db.seller.deleteMany({ where: { orgId: deal.orgId } });
    await drain();
    await to('2027-05-20T22:00:00Z');
    await play(world.ctx, deal);
    await drain();
    const me = await owner(deal.orgId);
    const askOf = () => world.db.sellerAsk.findFirst({ where: { orgId: deal.orgId }, orderBy: { askedAt: 'desc' } });
    const stands = async () => (await readPayouts(me)).seller!.asked;
    const texts = async () => (await world.db.mail.findMany({ where: { orgId: deal.orgId, OR: [{ subject: 'Quelques réponses pour l’administration fiscale' }, { subject: 'Plus d’offre aux collectivités sans vos réponses' }] }, orderBy: { id: 'asc' } })).map(({ subject, text }) => `${subject} ${text}`);
    expect(await stands()).toBeNull();
    world.at('2027-06-20T12:00:00Z');
    const invoice = await world.db.invoice.findFirstOrThrow({ where: { bookingId: deal.bookingId, kind: 'final' } });
    await settleInvoice(me, invoice.id);
    await drain();
    expect(await stands()).toEqual({ since: '2027-06-20', by: '2027-08-19', stopped: false });
    // Heard again, and by many at once, it is one letter.
    await Promise.all(Array.from({ length: 5 }, () => transact(world.ctx, (tx) => askPaid(tx, invoice.id))));
    expect((await texts()).map((text) => text.includes('19 août 2027'))).toEqual([false]);
    for (const [day, reminders] of [['2027-07-04', 1], ['2027-07-18', 2], ['2027-08-01', 3], ['2027-08-15', 4], ['2027-08-19', 4]] as const) {
      await to(`${day}T12:00:00Z`);
      expect(await askOf(), day).toMatchObject({ reminders, stoppedAt: null });
      expect(await stoppedFor(world.ctx, deal.orgId)).toBeNull();
    }
    expect((await texts()).map((text) => text.includes('19 août 2027'))).toEqual([false, true, true, true, true]);
    await to('2027-08-20T12:00:00Z');
    expect((await texts()).at(-1)).toContain('Plus d’offre aux collectivités sans vos réponses');
    expect(await stands()).toEqual({ since: '2027-06-20', by: '2027-08-19', stopped: true });
    expect(await stoppedFor(world.ctx, deal.orgId)).toEqual(['kind']);
    await to('2027-09-03T12:00:00Z');
    expect(await texts()).toHaveLength(7);
    const kept = (data: object) => world.db.sellerAsk.updateMany({ where: { orgId: deal.orgId }, data }).catch((error: unknown) => conflict(error)?.constraint);
    expect([await kept({ stoppedAt: null }), await kept({ reminders: 0 }), await kept({ askedAt: new Date() })]).toEqual(['seller_ask_kept', 'seller_ask_kept', 'seller_ask_kept']);
    await saveSeller(me, { kind: 'entity', firstName: '', lastName: '', birthDate: null, tin: '', noVat: true, ibanHolder: 'Les Marées', vatNumber: '' });
    expect(await stoppedFor(world.ctx, deal.orgId)).toEqual(['tin']);
    expect((await saveSeller(me, { kind: 'entity', firstName: '', lastName: '', birthDate: null, tin: '732829320', noVat: true, ibanHolder: 'Les Marées', vatNumber: '' })).asked).toBeNull();
    expect(await stoppedFor(world.ctx, deal.orgId)).toBeNull();
    expect(await askOf()).toMatchObject({ askedAt: new Date('2027-06-20T12:00:00Z'), stoppedAt: expect.any(Date) as Date, endedAt: new Date('2027-09-03T12:00:00Z') });
    await to('2027-12-01T12:00:00Z');
    expect(await texts()).toHaveLength(7);
  });

  test('who was reminded once is not stopped, however long it is silent; the second reminder leaves it its days (PAY-08)', async () => {
    const deal = await signedDeal(world.ctx);
    await world.db.seller.deleteMany({ where: { orgId: deal.orgId } });
    await transact(world.ctx, (tx) => askDirect(tx, deal.orgId));
    const stopped = () => stoppedFor(world.ctx, deal.orgId);
    for (const [day, is] of [['2027-06-01', null], ['2027-06-20', null], ['2027-07-10', ['kind']]] as const) {
      await to(`${day}T12:00:00Z`);
      expect(await stopped(), day).toEqual(is);
    }
  });

  test('a person without a day of birth is left out of the report, reads so where it can be mended, is asked, and is added once it has answered (PAY-08)', async () => {
    const id = world.ctx.newId('usr');
    await world.db.user.create({ data: { id, name: 'Eva', email: `eva-${id}@flow.example`, emailVerified: true } });
    const operator = { ...world.ctx, userId: id, config: { ...world.ctx.config, operators: [`eva-${id}@flow.example`.toLowerCase()] } };
    world.at('2032-01-10T12:00:00Z');
    const deal = await played({ showDay: '2032-03-10' });
    await world.db.seller.update({ where: { orgId: deal.orgId }, data: { kind: 'individual', firstName: 'Ana', lastName: 'Exemple', birthDate: null, tin: '0123456789012' } });
    const me = await owner(deal.orgId);
    expect((await readPayouts(me)).seller).toMatchObject({ missing: ['birthDate'], leftOut: true });
    const mails = async () => (await world.db.mail.findMany({ where: { orgId: deal.orgId, subject: 'La déclaration de 2032 est partie sans vous' }, orderBy: { id: 'asc' } })).map(({ subject }) => subject);
    world.at('2033-01-12T12:00:00Z');
    // The first message says that there is nobody to report; pressed again, it is told once.
    for (const made of [1, 0]) expect(await fileReport(operator, 2032)).toEqual({ made, incomplete: 1 });
    expect(await mails()).toEqual(['La déclaration de 2032 est partie sans vous']);
    await to('2033-01-27T12:00:00Z');
    expect(await mails()).toEqual(['La déclaration de 2032 est partie sans vous', 'La déclaration de 2032 est partie sans vous']);
    expect(await saveSeller(me, { kind: 'individual', firstName: 'Ana', lastName: 'Exemple', birthDate: '1990-04-01', tin: '0123456789012', noVat: false, ibanHolder: 'Ana Exemple', vatNumber: '' })).toMatchObject({ missing: [], leftOut: false });
    expect(await fileReport(operator, 2032)).toEqual({ made: 1, incomplete: 0 });
    await to('2033-03-01T12:00:00Z');
    expect(await mails()).toHaveLength(2);
  });

  test('the yearly report is the ledger added up again, with what public buyers paid directly; for our own people alone', async () => {
    const id = world.ctx.newId('usr');
    await world.db.user.create({ data: { id, name: 'Ada', email: `ada-${id}@flow.example`, emailVerified: true } });
    const operator = { ...world.ctx, userId: id, config: { ...world.ctx.config, operators: [`ada-${id}@flow.example`.toLowerCase()] } };
    world.at('2028-12-10T12:00:00Z');
    const one = await played({ showDay: '2029-02-10', price: 33_333n, vatBps: 550n, commissionBps: 733n });
    world.at('2029-03-01T12:00:00Z');
    await played({ showDay: '2029-05-08', artistOrgId: one.orgId });
    world.at('2029-06-01T12:00:00Z');
    const publicDeal = await signedDeal(world.ctx, { path: 'public', showDay: '2029-06-20', artistOrgId: one.orgId });
    await drain();
    await to('2029-06-20T22:00:00Z');
    await play(world.ctx, publicDeal);
    await drain();
    const invoice = await world.db.invoice.findFirstOrThrow({ where: { bookingId: publicDeal.bookingId, kind: 'final' } });
    world.at('2029-07-10T12:00:00Z');
    await settleInvoice(world.as({ orgId: one.orgId }), invoice.id);
    await drain();
    world.at('2029-09-15T12:00:00Z');
    const swiss = await played({ showDay: '2029-11-20', country: 'CH' });
    const { bytes, sellers, incomplete } = await reportFile(operator, { year: 2029 });
    expect([sellers, incomplete]).toEqual([1, 0]);
    const [head = '', row = '', ...more] = bytes.toString().trim().split('\r\n');
    expect(more).toEqual([]);
    const figures = Object.fromEntries(head.split(',').map((name, i) => [name, row.split(',')[i]]));
    expect(figures).toMatchObject({ org: one.orgId, country: 'FR', tin: '732829320', registration: '73282932000074', iban: first, activities_q1: '1', activities_q2: '1', activities_q3: '1', activities_q4: '0' });
    const cents = (name: string) => [1, 2, 3, 4].map((quarter) => Math.round(Number(figures[`${name}_q${quarter}`]) * 100));
    // The ledger once more, another way: all that was credited or charged, by the accounts.
    const inQuarter = async (from: string, until: string, account: string) => Number((await world.db.entry.aggregate({ where: { account: { startsWith: account }, transfer: { orgId: one.orgId, kind: { in: ['release', 'commission'] }, at: { gte: new Date(from), lt: new Date(until) } } }, _sum: { minor: true } }))._sum.minor ?? 0n);
    const quarters = ['2028-12-31T23:00Z', '2029-03-31T22:00Z', '2029-06-30T22:00Z', '2029-09-30T22:00Z', '2029-12-31T23:00Z'];
    for (const [i, sum] of cents('consideration').entries()) expect(sum).toBe(await inQuarter(quarters[i]!, quarters[i + 1]!, 'payable:') + (i === 2 ? Number(invoice.totalMinor) : 0));
    for (const [i, sum] of cents('fees').entries()) expect(sum).toBe(await inQuarter(quarters[i]!, quarters[i + 1]!, 'commission:') + await inQuarter(quarters[i]!, quarters[i + 1]!, 'vat:'));
    expect(cents('fees').every((fees, i) => fees > 0 === i < 3)).toBe(true);
    // What is handed in says the same; made again at once, there is nothing to add.
    expect(await fileReport(operator, 2029)).toEqual({ made: 1, incomplete: 0 });
    const [message, ...none] = await readReports(operator, 2029);
    expect(none).toEqual([]);
    expect(message).toMatchObject({ kind: 'DPI401', sellers: 1, ref: `FR2029-${world.ctx.config.company.siret.slice(0, 9)}-1` });
    const xml = (await reportMessage(operator, message!.ref)).bytes.toString();
    expect(xml).toContain('<ReportingPeriod>2029-12-31</ReportingPeriod>');
    expect(xml).not.toContain(swiss.orgId);
    expect((await Promise.all(Array.from({ length: 5 }, () => fileReport(operator, 2029)))).map(({ made }) => made)).toEqual([0, 0, 0, 0, 0]);
    await expect(fileReport(await owner(one.orgId), 2029)).rejects.toThrow(refusal('not_found'));
    await expect(readReports(await owner(one.orgId), 2029)).rejects.toThrow(refusal('not_found'));
    await expect(reportMessage(await owner(one.orgId), message!.ref)).rejects.toThrow(refusal('not_found'));

    // By 31 January the producer is told, once, each in its own language; nobody who is not reported is.
    const me = await owner(one.orgId);
    await world.db.organisation.update({ where: { id: one.orgId }, data: { locale: 'de' } });
    const mails = async () => (await world.db.mail.findMany({ where: { subject: { contains: '2029' }, to: (await emailOf(me)).toLowerCase() }, orderBy: { id: 'asc' } })).map(({ subject }) => subject);
    for (const [day, sent] of [['2030-01-09', 0], ['2030-01-10', 1], ['2030-01-11', 1], ['2030-02-01', 1]] as const) {
      world.at(`${day}T12:00:00Z`);
      await tellSellers(world.ctx);
      expect(await readLetters(me), day).toHaveLength(sent);
    }
    const [letter] = await readLetters(me);
    const paper = (await letterFile(me, letter!.id)).bytes.toString();
    for (const said of ['Was wir von Ihren Einkünften des Jahres 2029 melden', '732829320', first, '3/2029']) expect(paper).toContain(said);
    expect(await mails()).toEqual(['Ce que nous déclarons de vos revenus de 2029']);
    expect(await world.db.dac7Letter.count({ where: { orgId: swiss.orgId } })).toBe(0);
    await expect(letterFile(await owner(swiss.orgId), letter!.id)).rejects.toThrow(refusal('not_found'));
    await expect(readLetters(world.as({ orgId: one.orgId, mandated: true }))).rejects.toThrow(refusal('role_too_low'));

    // A figure that changes afterwards is corrected, naming what it corrects, and the producer is told anew at once.
    world.at('2029-09-20T12:00:00Z');
    await played({ artistOrgId: one.orgId, showDay: '2029-11-24' });
    world.at('2030-03-01T12:00:00Z');
    expect(await fileReport(operator, 2029)).toMatchObject({ made: 1 });
    const [corrected] = await readReports(operator, 2029);
    expect(corrected).toMatchObject({ kind: 'DPI402', sellers: 1 });
    const correction = (await reportMessage(operator, corrected!.ref)).bytes.toString();
    expect(correction).toContain(`<stf:DocTypeIndic>OECD2</stf:DocTypeIndic><stf:DocRefId>${corrected!.ref}-2</stf:DocRefId><stf:CorrDocRefId>${message!.ref}-2</stf:CorrDocRefId>`);
    expect(correction).toContain('<NumbQ4>1</NumbQ4>');
    expect(await mails()).toEqual(['Ce que nous déclarons de vos revenus de 2029', 'Rectification : ce que nous déclarons de vos revenus de 2029']);
    expect(await readLetters(me)).toHaveLength(2);
    // The database keeps what was handed in, and lets nothing be corrected twice.
    const record = { messageRef: corrected!.ref, year: 2029, indic: 'OECD2', corrects: `${message!.ref}-2`, orgId: one.orgId, currency: 'EUR', content: {} };
    expect(await world.db.dac7Record.create({ data: { docRef: 'X', ...record } }).catch((error: unknown) => conflict(error)?.constraint)).toBe('dac7_record_corrects_key');
    expect(await world.db.dac7Record.updateMany({ data: { indic: 'OECD3' } }).catch((error: unknown) => conflict(error)?.constraint)).toBe('dac7_record_append_only');
    expect(await world.db.dac7Message.deleteMany().catch((error: unknown) => conflict(error)?.constraint)).toBe('dac7_message_append_only');
    expect((await reportFile(operator, { year: 2031 })).sellers).toBe(0);
    await expect(reportFile(await owner(one.orgId), { year: 2029 })).rejects.toThrow(refusal('not_found'));
    await expect(reportFile(world.ctx, { year: 2029 })).rejects.toThrow(refusal('signed_out'));
  });
});
