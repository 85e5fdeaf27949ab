import { expect, test } from 'vitest';
import { booksIn } from '../accounting/service.ts';
import { transact, type Context } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import { AppError } from '../core/errors.ts';
import { euros } from '../core/money.ts';
import type { TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { noteContested, noteDecided } from '../chargebacks/service.ts';
import { disputesHeard } from '../disputes/jobs.ts';
import { bookChargeback, closeChargeback } from '../disputes/service.ts';
import { audit, balanceOf } from '../ledger/service.ts';
import { decide, propose, proposeForClaim, readProposals, readReceivables } from '../operations/service.ts';
import { sendPayout } from '../outgoing/service.ts';
import { readPayouts, readStatement, statementFile } from '../payouts/service.ts';
import { reconcile, takeUpMoney } from '../reconciliation/service.ts';
import { readAccount } from '../refunds/service.ts';
import { claimsDue, claimsHeard } from './jobs.ts';
import { answerClaim, contestClaim, readClaimsOf, readOpenClaims, readOwnClaims } from './service.ts';

const { world, provider, to, drain, artist, buyer, open, pay, playAt } = await openTill({ disputes: disputesHeard, claims: claimsHeard }, claimsDue, { OPERATORS: 'ada@flow.example,leo@flow.example' });
for (const name of ['ada', 'leo']) await world.db.user.create({ data: { id: `usr_${name}`, name, email: `${name}@flow.example`, emailVerified: true, createdAt: world.ctx.now(), updatedAt: world.ctx.now() } });
const [ada, leo] = ['ada', 'leo'].map((name) => ({ ...world.ctx, userId: `usr_${name}` })) as [Context, Context];

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const wire = (minor: number) => ({ minor, currency: 'EUR' });
const broken = async (work: Promise<unknown>): Promise<string | undefined> => work.then(() => undefined, (error: unknown) => conflict(error)?.constraint);
const balance = async (account: string): Promise<number> => Number((await balanceOf(world.ctx, account, 'EUR')).minor);
const payoutOf = (deal: TestDeal, share: 'producer' | 'booker' = 'producer') => world.db.payout.findUniqueOrThrow({ where: { bookingId_share: { bookingId: deal.bookingId, share } } });
const claimOf = async ({ bookingId }: TestDeal, share: 'producer' | 'booker' = 'producer') => (await world.db.claim.findMany({ where: { bookingId, share } }))[0]!;
const mails = async ({ orgId }: { orgId: string }) => (await world.db.mail.findMany({ where: { orgId, cause: { startsWith: 'claim:' } }, orderBy: { createdAt: 'asc' } })).map(({ subject, text }) => `${subject}\n${text}`);

/** A show that was played and paid out, on 8 May. */
async function paidOut(over: Parameters<typeof open>[0] = {}): Promise<TestDeal> {
  world.at('2027-03-01T12:00:00Z');
  const deal = await open(over);
  await pay(deal);
  await to('2027-05-08T22:00:00Z');
  await playAt(deal, '2027-05-08T22:30:00Z');
  return deal;
}

/** Another show of the same producer, which is paid and played on its day, and its payout sent; `waits`, nobody is asked for it yet. */
async function playedOn(showDay: string, { orgId }: TestDeal, price = 120_000n, waits = false): Promise<TestDeal> {
  const deal = await open({ artistOrgId: orgId, price, showDay });
  const { bookingId } = deal;
  while (await world.db.payment.count({ where: { bookingId, status: 'due' } }) > 0) await pay(deal);
  await to(`${showDay}T20:00:00Z`);
  const seller = waits ? await world.db.seller.delete({ where: { orgId } }) : null;
  await playAt(deal, `${showDay}T22:00:00Z`);
  if (seller) await world.db.seller.create({ data: seller });
  return deal;
}

/** Its buyer's bank takes a part back, and finds for the buyer, at noon of 1 June. */
async function lost({ bookingId }: TestDeal, part: 'deposit' | 'balance' = 'deposit'): Promise<void> {
  world.at('2027-06-01T10:00:00Z');
  const { id: paymentId, minor, providerRef } = await world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId, part } } });
  const ref = `du_${bookingId}_${part}`;
  await world.db.sandboxObject.create({ data: { id: ref, kind: 'dispute', key: ref, hash: '', secret: '', body: { minor: String(minor), currency: 'EUR', intent: providerRef, status: 'lost' }, createdAt: new Date() } });
  await transact(world.ctx, async (tx) => {
    await noteContested(tx, { bookingId, paymentId, ref, amount: euros(minor), reason: 'product_not_received', answerBy: null });
    await bookChargeback(tx, { bookingId, ref, amount: euros(minor) });
  });
  await Promise.all(Array.from({ length: 4 }, () => transact(world.ctx, async (tx) => {
    await noteDecided(tx, { ref, won: false });
    await closeChargeback(tx, { bookingId, ref, won: false });
  })));
  await drain();
}
const claimed = async (over: Parameters<typeof open>[0] = {}): Promise<TestDeal> => {
  const deal = await paidOut(over);
  await lost(deal);
  return deal;
};
const confirm = (id: string, words = 'Le contrat met la contestation à votre charge.') => answerClaim(ada, { id, words, confirm: true });
/** Every euro is where the ledger says, and the provider says the same. */
const sound = async () => {
  expect(await audit(world.ctx)).toEqual([]);
  expect((await reconcile(world.ctx)).map(({ ours, theirs }) => theirs - ours)).toEqual([0n, 0n]);
};

test('what a lost dispute leaves after the payout is claimed of its producer, once, with thirty days, in a letter; the buyer reads none of it (ES-20)', async () => {
  const deal = await claimed();
  const { claims, account } = await readOwnClaims(artist(deal));
  expect(claims).toMatchObject([{ share: 'producer', amount: wire(37_980), left: wire(37_980), reason: 'product_not_received', status: 'asked', until: '2027-07-01', over: false, title: 'Grande marée', mayContest: true, parts: [] }]);
  expect(account).toEqual({ name: world.ctx.config.company.name, iban: world.ctx.config.company.iban });
  expect(await readClaimsOf(artist(deal), deal.bookingId)).toMatchObject([{ id: claims[0]!.id }]);
  expect(await readClaimsOf(buyer(deal), deal.bookingId)).toEqual([]);
  expect((await readOwnClaims(buyer(deal))).claims).toEqual([]);
  const [letter, ...others] = await mails(deal);
  for (const said of ['379,80', 'Grande marée', 'jeudi 1 juillet 2027']) expect(letter).toContain(said);
  expect(others).toEqual([]);
  expect(await readOpenClaims(ada)).toMatchObject([{ id: claims[0]!.id, debtor: 'Les Marées' }]);
  // What is claimed of somebody is not listed again as what nobody is asked for.
  expect((await readReceivables(ada)).filter((row) => row.account.includes(deal.bookingId))).toEqual([]);
  expect(await balance(`dispute:${deal.bookingId}`)).toBe(-37_980);
  await sound();
});

test('a balance that was paid after the show, released at once and taken back by its bank is claimed by what the provider tells alone (ES-20, ES-02)', async () => {
  const deal = await open({ showDay: '2027-03-10' });
  await pay(deal);
  await playAt(deal, '2027-03-10T22:30:00Z');
  expect(await world.db.payout.count({ where: { bookingId: deal.bookingId } })).toBe(0);
  await pay(deal, 'pm_dispute_lost');
  await drain();
  expect(await claimOf(deal)).toMatchObject({ status: 'asked', minor: 88_620n, reason: 'product_not_received' });
  expect(await balance(`dispute:${deal.bookingId}`)).toBe(-88_620);
  await sound();
});

test('confirmed and over its limit, it is kept of later payouts, never more than each, and each statement says so; what waited is sent, and no job does it twice (ES-20, ES-11)', async () => {
  const deal = await claimed();
  const { id } = await claimOf(deal);
  await confirm(id);
  // Within the limit a payout leaves whole.
  const within = await playedOn('2027-06-20', deal, 10_000n);
  expect(await payoutOf(within)).toMatchObject({ status: 'paid', keptMinor: 0n });
  await to('2027-07-01T21:59:00Z');
  expect((await claimOf(deal)).leftMinor).toBe(37_980n);
  await to('2027-07-02T00:00:00Z');
  const [small, large] = [await playedOn('2027-07-20', deal, 10_000n), await playedOn('2027-07-21', deal)];
  const [first, second] = [await payoutOf(small), await payoutOf(large)];
  const whole = first.keptMinor;
  expect(first).toMatchObject({ status: 'withheld', minor: 0n, providerRef: null });
  expect(second).toMatchObject({ status: 'paid', keptMinor: 37_980n - whole, minor: 112_200n - 37_980n + whole });
  await Promise.all([first, second].flatMap((one) => Array.from({ length: 10 }, () => sendPayout(world.ctx, one.id))));
  expect(await claimOf(deal)).toMatchObject({ status: 'closed', leftMinor: 0n });
  expect(await world.db.claimPart.findMany({ where: { claimId: id }, orderBy: { at: 'asc' }, select: { kind: true, minor: true, payoutId: true } })).toEqual([{ kind: 'kept', minor: whole, payoutId: first.id }, { kind: 'kept', minor: 37_980n - whole, payoutId: second.id }]);
  expect([await balance(`dispute:${deal.bookingId}`), await balance(`payable:${deal.orgId}`)]).toEqual([0, 0]);
  await sound();

  const statement = await readStatement(artist(deal), second.id);
  expect(statement).toMatchObject({ amount: wire(Number(second.minor)), lines: [{ kind: 'release', payout: wire(112_200), claimId: null }, { kind: 'kept', payout: wire(-Number(second.keptMinor)), claimId: id, bookingId: deal.bookingId, title: 'Grande marée' }] });
  const csv = (await statementFile(artist(deal), { id: second.id, format: 'csv', locale: 'fr' })).bytes.toString();
  expect(csv).toContain('Retenu pour une contestation perdue');
  expect((await statementFile(artist(deal), { id: second.id, format: 'pdf', locale: 'de' })).bytes.subarray(0, 4).toString()).toBe('%PDF');
  expect((await readStatement(artist(deal), first.id)).amount).toEqual(wire(0));
  expect((await readPayouts(artist(deal))).payouts.find((one) => one.id === first.id)).toMatchObject({ state: 'withheld', amount: wire(0), kept: wire(Number(whole)) });
  expect((await mails(deal)).at(-1)).toContain('C’est réglé');
  // Both sides read the movement in the booking's accounts, and its proofs hold.
  const accounts = await readAccount(buyer(deal), deal.bookingId);
  expect(accounts).toMatchObject({ proofs: { sumIsZero: true, heldIsDue: true } });
  expect(accounts.movements.filter(({ kind }) => kind === 'set_off').map(({ why }) => why)).toEqual(['set_off', 'set_off']);
});

test('the booking’s own payout, which had not left, waits for its claim and leaves with the rest (ES-20)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await open();
  await pay(deal);
  await to('2027-05-08T22:00:00Z');
  const seller = await world.db.seller.delete({ where: { orgId: deal.orgId } });
  await playAt(deal, '2027-05-08T22:30:00Z');
  await lost(deal);
  await world.db.seller.create({ data: seller });
  const { id } = await claimOf(deal);
  await sendPayout(world.ctx, (await payoutOf(deal)).id);
  expect(await payoutOf(deal)).toMatchObject({ status: 'waiting', minor: 112_200n, keptMinor: 0n });
  await confirm(id);
  await to('2027-07-02T00:00:00Z');
  expect(await payoutOf(deal)).toMatchObject({ status: 'paid', minor: 74_220n, keptMinor: 37_980n });
  await sound();
});

test('what the provider may have been asked for stays as it was asked; what it refused untouched is kept of like any other (ES-20, ES-11)', async () => {
  const deal = await claimed();
  const { id } = await claimOf(deal);
  await to('2027-07-02T00:00:00Z');
  const [lostAnswer, refused, partly] = [await playedOn('2027-07-20', deal, 20_000n, true), await playedOn('2027-07-21', deal, 10_000n, true), await playedOn('2027-07-22', deal, 10_000n, true)];
  const asked: bigint[] = [];
  const send = async (one: TestDeal, answer?: () => Promise<never>) => {
    const payments = { ...provider, payOut: (ask: Parameters<typeof provider.payOut>[0]) => { asked.push(ask.amount.minor); return answer ? answer() : provider.payOut(ask); } };
    await sendPayout({ ...world.ctx, adapters: { ...world.ctx.adapters, payments } }, (await payoutOf(one)).id);
  };
  const says = (code: 'account_not_ready' | 'funds_under_way') => () => Promise.reject(new AppError(code));
  await expect(send(lostAnswer, () => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
  await send(refused, says('account_not_ready'));
  await send(partly, says('funds_under_way'));
  await confirm(id);
  const before = await payoutOf(lostAnswer);
  for (const one of [lostAnswer, refused, partly]) await send(one);
  await drain();
  expect(await payoutOf(lostAnswer)).toMatchObject({ status: 'paid', minor: before.minor, keptMinor: 0n });
  expect(await payoutOf(partly)).toMatchObject({ status: 'paid', keptMinor: 0n });
  expect(await payoutOf(refused)).toMatchObject({ status: 'withheld', minor: 0n });
  expect([asked[0], asked.length]).toEqual([asked[3], 5]);
  await sound();
});

test('what was kept stays kept when the process dies before the provider is asked, and the rest is sent once (ES-20)', async () => {
  const deal = await claimed();
  const { id } = await claimOf(deal);
  await confirm(id);
  await to('2027-07-02T00:00:00Z');
  const later = await playedOn('2027-07-20', deal, 120_000n, true);
  const dead = { ...provider, payOut: () => Promise.reject(new Error('killed')) };
  await expect(sendPayout({ ...world.ctx, adapters: { ...world.ctx.adapters, payments: dead } }, (await payoutOf(later)).id)).rejects.toThrow('killed');
  await takeUpMoney(world.ctx);
  await drain();
  expect(await payoutOf(later)).toMatchObject({ status: 'paid', minor: 74_220n, keptMinor: 37_980n });
  expect(await world.db.claimPart.count({ where: { claimId: id } })).toBe(1);
  await sound();
});

test('a debtor contests once, within the limit: nothing is kept until our people answer, who may give more time (ES-20)', async () => {
  const deal = await claimed();
  const { id } = await claimOf(deal);
  const says = (who = artist(deal), words = 'Nous avons joué deux heures.') => contestClaim(who, { id, words });
  await expect(says(buyer(deal))).rejects.toThrow(refusal('not_found'));
  await expect(says(world.as({ orgId: deal.orgId, role: 'member' }))).rejects.toThrow(refusal('role_too_low'));
  await confirm(id);
  const said = await Promise.allSettled(Array.from({ length: 10 }, () => says()));
  expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(says()).rejects.toThrow(refusal('claim_said'));
  expect((await readOpenClaims(leo))[0]).toMatchObject({ id, status: 'contested', contest: 'Nous avons joué deux heures.' });
  expect((await readOwnClaims(artist(deal))).claims[0]).toMatchObject({ mayContest: false });
  await to('2027-07-05T12:00:00Z');
  const later = await playedOn('2027-07-20', deal, 10_000n);
  expect(await payoutOf(later)).toMatchObject({ status: 'paid', keptMinor: 0n });
  await expect(answerClaim(ada, { id, words: 'Jusqu’en août.', confirm: false, until: '2027-06-30' })).rejects.toThrow(refusal('input_invalid'));
  await answerClaim(ada, { id, words: 'Jusqu’en août.', confirm: false, until: '2027-08-15' });
  await confirm(id, 'La preuve ne suffit pas.');
  await expect(confirm(id)).rejects.toThrow(refusal('claim_closed'));
  await drain();
  expect((await mails(deal)).filter((one) => one.includes('La preuve ne suffit pas.') && one.includes('15 août 2027'))).toHaveLength(1);
  expect(await claimOf(deal)).toMatchObject({ status: 'confirmed', leftMinor: 37_980n });
  const other = await claimed();
  await to('2027-07-02T00:00:00Z');
  await expect(contestClaim(artist(other), { id: (await claimOf(other)).id, words: 'Trop tard.' })).rejects.toThrow(refusal('claim_late'));
  await answerClaim(leo, { id: (await claimOf(other)).id, words: 'Encore un mois.', confirm: false, until: '2027-08-01' });
  await contestClaim(artist(other), { id: (await claimOf(other)).id, words: 'À temps.' });
});

test('what nobody decided is kept of nobody after the limit, and our people hear of it each week (ES-20)', async () => {
  const deal = await claimed();
  const { id } = await claimOf(deal);
  await to('2027-07-02T00:00:00Z');
  expect((await world.db.deadline.findFirstOrThrow({ where: { kind: 'claim.due', subject: id } })).dueAt).toEqual(new Date('2027-07-09T00:00:00Z'));
  const later = await playedOn('2027-07-20', deal, 10_000n);
  expect(await payoutOf(later)).toMatchObject({ status: 'paid', keptMinor: 0n });
  expect(await claimOf(deal)).toMatchObject({ status: 'asked', leftMinor: 37_980n });
});

test('two of our people note what came in and let go of the rest: never more than is left, and no other hand settles its account (ES-20)', async () => {
  const deal = await claimed();
  const { id } = await claimOf(deal);
  const ask = (kind: 'received' | 'waived', minor: number) => proposeForClaim(ada, { key: crypto.randomUUID(), claimId: id, kind, amount: { minor, currency: 'EUR' }, reason: 'Virement du 12 juin' });
  await expect(proposeForClaim(artist(deal), { key: crypto.randomUUID(), claimId: id, kind: 'waived', amount: { minor: 1, currency: 'EUR' }, reason: 'x' })).rejects.toThrow(refusal('signed_out'));
  await expect(ask('received', 37_981)).rejects.toThrow(refusal('claim_less'));
  const [some, tooMuch, rest] = [await ask('received', 30_000), await ask('waived', 10_000), await ask('waived', 7_980)];
  await expect(decide(ada, { id: some.id, approve: true })).rejects.toThrow(refusal('proposal_own'));
  expect((await claimOf(deal)).leftMinor).toBe(37_980n);
  const approved = await Promise.allSettled(Array.from({ length: 6 }, () => decide(leo, { id: some.id, approve: true })));
  expect(approved.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(decide(leo, { id: tooMuch.id, approve: true })).rejects.toThrow(refusal('claim_less'));
  // Settled beside the claim, it would be asked of its debtor again.
  const beside = await propose(ada, { key: crypto.randomUUID(), from: 'bank:platform', to: `dispute:${deal.bookingId}`, amount: { minor: 7_980, currency: 'EUR' }, reason: 'x' });
  await expect(decide(leo, { id: beside.id, approve: true })).rejects.toThrow(refusal('account_claimed'));
  await decide(leo, { id: rest.id, approve: true });
  await drain();
  expect(await claimOf(deal)).toMatchObject({ status: 'closed', leftMinor: 0n });
  expect([await balance(`dispute:${deal.bookingId}`), await balance('bank:platform'), await balance('loss:platform')]).toEqual([0, -30_000, -7_980]);
  expect((await mails(deal)).slice(1).map((one) => /300,00|79,80/u.exec(one)?.[0])).toEqual(['300,00', '79,80']);
  expect((await readProposals(ada)).find((one) => one.id === rest.id)).toMatchObject({ claimId: id, from: 'loss:platform' });
  await sound();
});

test('a producer and its booker owe what reached each, in their ratio; our own commission is asked of nobody (ES-20, FEE-04)', async () => {
  const deal = await claimed({ booker: {} });
  expect([(await claimOf(deal)).minor, (await claimOf(deal, 'booker')).minor]).toEqual([33_106n, 4_874n]);
  expect(await claimOf(deal, 'booker')).toMatchObject({ orgId: deal.bookerOrgId });
  const booker = world.as({ orgId: deal.bookerOrgId });
  expect((await readOwnClaims(booker)).claims).toMatchObject([{ share: 'booker', amount: wire(4_874) }]);
  expect(await readClaimsOf(artist(deal), deal.bookingId)).toHaveLength(1);
  await lost(deal, 'balance');
  const all = await world.db.claim.findMany({ where: { bookingId: deal.bookingId } });
  expect(all.filter(({ share }) => share === 'producer').reduce((sum, { minor }) => sum + minor, 0n)).toBe(97_800n);
  expect(all.filter(({ share }) => share === 'booker').reduce((sum, { minor }) => sum + minor, 0n)).toBe(14_400n);
  // The commission that we kept stands as before, for two of us to bear.
  expect((await readReceivables(ada)).filter((row) => row.account.includes(deal.bookingId))).toMatchObject([{ amount: wire(14_400) }]);
  await sound();
});

test('the debtor’s books say that its buyer owes again what it gave back (ES-15, ES-20)', async () => {
  const deal = await claimed();
  const { id } = await claimOf(deal);
  const received = await proposeForClaim(ada, { key: crypto.randomUUID(), claimId: id, kind: 'received', amount: { minor: 30_000, currency: 'EUR' }, reason: 'Virement' });
  await decide(leo, { id: received.id, approve: true });
  const { pieces } = await booksIn(world.ctx, deal.orgId, { first: '2027-01-01', last: '2027-12-31' });
  expect(pieces.filter(({ label }) => label.startsWith('Contestation perdue')).map(({ lines }) => lines.map(({ role, debit, credit }) => [role, Number(debit), Number(credit)]))).toEqual([[['customers', 30_000, 0], ['bank', 0, 30_000]]]);
});

test('the database refuses a claim that is changed, taken back or out of step with what brought it down (ES-20)', async () => {
  const deal = await claimed();
  const { id } = await claimOf(deal);
  const change = (data: Parameters<typeof world.db.claim.update>[0]['data']) => broken(world.db.claim.update({ where: { id }, data }));
  expect(await change({ minor: 1n })).toBe('claim_fixed');
  expect(await change({ dueDay: new Date('2027-06-02') })).toBe('claim_goes_on');
  expect(await change({ leftMinor: 1n })).toBe('claim_left');
  expect(await change({ status: 'closed', closedAt: world.ctx.now() })).toBe('claim_adds_up');
  expect(await change({ status: 'contested' })).toBe('claim_contested');
  expect(await broken(world.db.claim.delete({ where: { id } }))).toBe('claim_never_deleted');
  const payout = await payoutOf(deal);
  expect(await broken(world.db.payout.update({ where: { id: payout.id }, data: { keptMinor: 1n } }))).toBe('payout_share_kept');
  expect(await broken(world.db.payout.update({ where: { id: payout.id }, data: { keptMinor: 1n, minor: payout.minor - 1n } }))).toBe('payout_share_kept');
});
