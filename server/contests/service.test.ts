import { expect, test } from 'vitest';
import { booksIn } from '../accounting/service.ts';
import { billingDue, billingHeard } from '../billing/jobs.ts';
import { settleInvoice } from '../billing/service.ts';
import { readInvoices } from '../invoices/service.ts';
import type { Context } from '../core/context.ts';
import { readBytes } from '../core/files.ts';
import type { TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { notificationsHeard } from '../notifications/jobs.ts';
import { answerContest, contestInvoice, readContests, readOpenContests, readOwnContests, withdrawContest } from './service.ts';

const { world, to, drain, buyer, artist, open, pay, playAt } = await openTill({ billing: billingHeard, notifications: notificationsHeard }, billingDue);
const { db } = world;

await db.user.create({ data: { id: 'usr_ops', name: 'Ada', email: 'ada@flow.example', emailVerified: true, createdAt: world.ctx.now(), updatedAt: world.ctx.now() } });
const config = { ...world.ctx.config, operators: ['ada@flow.example'] };
const ops = (): Context => ({ ...world.ctx, userId: 'usr_ops', config });
const producer = (deal: TestDeal) => ({ ...artist(deal), config });

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const printed = async (fileId: string) => (await readBytes(world.ctx, fileId)).toString().replaceAll(/[\u00a0\u202f]/gu, ' ');
const papers = async (deal: TestDeal) => (await readInvoices(artist(deal), deal.bookingId)).filter(({ kind }) => kind !== 'commission');
/** What the producer's books of the year end with, by account. */
async function balances(deal: TestDeal): Promise<Record<string, number>> {
  const { pieces } = await booksIn(world.ctx, deal.orgId, { first: '2027-01-01', last: '2027-12-31' });
  const all: Record<string, number> = {};
  for (const { role, debit, credit } of pieces.flatMap(({ lines }) => lines)) all[role] = (all[role] ?? 0) + Number(debit - credit);
  return all;
}
/** Every number of the producer's series, that none is missing nor given twice. */
async function sequences(deal: TestDeal): Promise<void> {
  for (const rows of [await db.invoice.findMany({ where: { issuerOrgId: deal.orgId }, orderBy: { sequence: 'asc' } }), await db.creditNote.findMany({ where: { issuerOrgId: deal.orgId }, orderBy: { sequence: 'asc' } })]) {
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, i) => i + 1));
  }
}
const owner = async (deal: TestDeal): Promise<string> => (await db.organisation.findUniqueOrThrow({ where: { id: deal.orgId } })).email;

test('the producer contests a deposit’s invoice in its fifteen days; upheld, a credit note takes it back, a corrected one follows, and the final one takes that off (INV-02, INV-03)', async () => {
  const deal = await open();
  const { bookingId, orgId } = deal;
  await pay(deal);
  const [deposit] = await papers(deal);
  const id = deposit!.id;
  expect(await readContests(artist(deal), bookingId)).toEqual([{ invoiceId: id, contest: null, until: '2027-03-16' }]);
  expect(await readContests(buyer(deal), bookingId)).toEqual([]);

  await contestInvoice(producer(deal), { id, reason: 'Notre adresse a changé.' });
  for (const side of [artist(deal), buyer(deal)]) expect(await readContests(side, bookingId)).toMatchObject([{ invoiceId: id, contest: { reason: 'Notre adresse a changé.', status: 'open', closedAt: null }, until: null }]);
  expect(await readOwnContests(artist(deal))).toMatchObject([{ number: deposit!.number, payer: 'La Halle SARL', status: 'open', total: { minor: 37_980 }, paid: true }]);
  expect((await readOpenContests(ops())).map(({ invoiceId }) => invoiceId)).toEqual([id]);
  await drain();
  const told = async (word: string) => (await db.mail.findMany({ where: { subject: { contains: deposit!.number }, text: { contains: word } } })).map((mail) => mail.to).sort();
  expect(await told('Notre adresse a changé.')).toEqual([await owner(deal), (await db.organisation.findUniqueOrThrow({ where: { id: deal.buyerOrgId } })).email, 'ada@flow.example'].sort());

  await db.organisation.update({ where: { id: orgId }, data: { address: '9 quai Neuf' } });
  await expect(answerContest(ops(), { id, uphold: true, again: false, words: 'L’adresse est corrigée.' })).rejects.toThrow(refusal('contest_needs_corrected'));
  const presses = await Promise.allSettled(Array.from({ length: 6 }, () => answerContest(ops(), { id, uphold: true, again: true, words: 'L’adresse est corrigée.' })));
  expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const press of presses) if (press.status === 'rejected') expect(press.reason).toEqual(refusal('contest_closed'));
  const [before, after, ...none] = await papers(deal);
  expect(none).toEqual([]);
  expect(before).toMatchObject({ id, left: { minor: 0 }, credits: [{ total: { minor: 37_980 }, reason: 'Contestation du mandant accueillie : L’adresse est corrigée.' }] });
  expect(after).toMatchObject({ kind: 'deposit', total: { minor: 37_980 }, due: { minor: 0 }, net: deposit!.net, vat: deposit!.vat, credits: [] });
  expect([await printed(before!.fileId), await printed(after!.fileId)].map((text) => text.includes('9 quai Neuf'))).toEqual([false, true]);
  expect(await db.invoiceContest.findUniqueOrThrow({ where: { invoiceId: id } })).toMatchObject({ status: 'upheld', creditId: before!.credits[0]!.id, correctedId: after!.id, closedBy: expect.any(String) as string });
  expect(await readOpenContests(ops())).toEqual([]);
  await drain();
  expect(await told('L’adresse est corrigée.')).toHaveLength(2);

  await to('2027-04-10T12:00:00Z');
  await playAt(deal, '2027-05-09T09:00:00Z');
  const final = (await papers(deal)).at(-1);
  expect(final).toMatchObject({ kind: 'final', total: { minor: 126_600 }, due: { minor: 0 } });
  const text = await printed(final!.fileId);
  expect(text).toContain(`(facture ${after!.number} du 1 mars 2027, TVA 19,80 €)`);
  expect(text).not.toContain(deposit!.number);
  expect(await balances(deal)).toMatchObject({ customers: 0, deposits: 0, sales: -120_000, vatCollected: -6_600 });
  await sequences(deal);
  // Facts heard again issue nothing again.
  const count = (await papers(deal)).length;
  await db.delivery.updateMany({ where: { consumer: 'billing' }, data: { doneAt: null } });
  await drain();
  expect(await papers(deal)).toHaveLength(count);
});

test('a final invoice is taken back with what it took off, and a deposit’s together with the final one that took it off (INV-02, INV-03)', async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await open({ showDay: '2027-03-10' });
  await pay(deal);
  await pay(deal);
  await playAt(deal, '2027-03-11T09:00:00Z');
  const stands = await balances(deal);
  expect(stands).toMatchObject({ customers: 0, deposits: 0, sales: -120_000, vatCollected: -6_600 });
  const [deposit, ...rest] = await papers(deal);
  const final = rest.at(-1)!;
  await contestInvoice(producer(deal), { id: final.id, reason: 'Numéro de TVA absent.' });
  await answerContest(ops(), { id: final.id, uphold: true, again: true, words: 'Le numéro y est.' });
  expect(await balances(deal)).toEqual(stands);
  await contestInvoice(producer(deal), { id: deposit!.id, reason: 'Numéro de TVA absent.' });
  await answerContest(ops(), { id: deposit!.id, uphold: true, again: true, words: 'Le numéro y est.' });
  expect(await balances(deal)).toEqual(stands);
  const all = await papers(deal);
  expect(all.filter(({ left }) => left.minor > 0).map(({ kind, due }) => [kind, due.minor])).toEqual([['deposit', 0], ...rest.slice(0, -1).map(({ kind }) => [kind, 0]), ['final', 0]]);
  const corrected = all.findLast(({ kind }) => kind === 'deposit')!;
  const text = await printed(all.at(-1)!.fileId);
  expect([corrected.number, deposit!.number].map((number) => text.includes(number))).toEqual([true, false]);
  expect(await printed(final.fileId)).toContain(deposit!.number);
  expect(await printed((await papers(deal)).find(({ id }) => id === final.id)!.credits[0]!.fileId)).toContain('Net en votre faveur');
  await sequences(deal);
});

test('a public buyer’s invoice is not said to be paid while it is contested; corrected, it has thirty days again; not corrected, nothing is asked for (INV-02, PUB-06)', async () => {
  const deal = await open({ path: 'public' });
  await playAt(deal, '2027-05-24T09:00:00Z');
  const [invoice] = await papers(deal);
  const { id } = invoice!;
  await contestInvoice(producer(deal), { id, reason: 'Engagement erroné.' });
  await expect(settleInvoice(artist(deal), id)).rejects.toThrow(refusal('invoice_contested'));
  world.at('2027-06-01T09:00:00Z');
  await answerContest(ops(), { id, uphold: true, again: true, words: 'Engagement corrigé.' });
  const [before, after] = await papers(deal);
  expect([before!.due.minor, after!.due.minor, after!.dueDay]).toEqual([0, 126_600, '2027-07-01']);
  expect(await db.booking.findUniqueOrThrow({ where: { id: deal.bookingId } })).toMatchObject({ status: 'played' });
  expect((await db.deadline.findMany({ where: { kind: 'invoice.overdue', subject: { in: [id, after!.id] } } })).map(({ subject }) => subject)).toEqual([after!.id]);
  expect(await balances(deal)).toMatchObject({ customers: 126_600, sales: -120_000 });

  await contestInvoice(producer(deal), { id: after!.id, reason: 'Date de prestation.' });
  await withdrawContest(artist(deal), after!.id);
  await expect(withdrawContest(artist(deal), after!.id)).rejects.toThrow(refusal('contest_closed'));
  await expect(contestInvoice(producer(deal), { id: after!.id, reason: 'Encore.' })).rejects.toThrow(refusal('contest_made'));
  expect(await settleInvoice(artist(deal), after!.id)).toMatchObject({ paid: { minor: 126_600 } });

  const other = await open({ path: 'public' });
  await playAt(other, '2027-06-02T09:00:00Z');
  const [wrong] = await papers(other);
  await contestInvoice(producer(other), { id: wrong!.id, reason: 'Offert.' });
  await answerContest(ops(), { id: wrong!.id, uphold: true, again: false, words: 'Rien n’était dû.' });
  expect(await papers(other)).toMatchObject([{ left: { minor: 0 } }]);
  expect(await db.booking.findUniqueOrThrow({ where: { id: other.bookingId } })).toMatchObject({ status: 'settled' });
});

test('it is refused in words, and only its own producer may contest, once, in time, what stands and is not ours (INV-02)', async () => {
  const deal = await open({ path: 'public' });
  const stranger = await open();
  await playAt(deal, '2027-06-10T09:00:00Z');
  const [invoice] = await papers(deal);
  const { id } = invoice!;
  const ask = { id, reason: 'Montant.' };
  await expect(contestInvoice(buyer(deal), ask)).rejects.toThrow(refusal('role_too_low'));
  await expect(contestInvoice(world.as({ orgId: deal.orgId, role: 'member' }), ask)).rejects.toThrow(refusal('role_too_low'));
  for (const one of [artist(stranger), buyer(stranger)]) {
    await expect(contestInvoice(one, ask)).rejects.toThrow(refusal('not_found'));
    await expect(readContests(one, deal.bookingId)).rejects.toThrow(refusal('not_found'));
    await expect(withdrawContest(one, id)).rejects.toThrow(refusal('not_found'));
  }
  await expect(contestInvoice(artist(deal), { id: 'inv_none', reason: 'Montant.' })).rejects.toThrow(refusal('not_found'));
  await expect(withdrawContest(artist(deal), id)).rejects.toThrow(refusal('contest_closed'));
  await expect(answerContest(ops(), { id, uphold: true, again: true, words: 'Oui.' })).rejects.toThrow(refusal('contest_closed'));
  for (const act of [() => answerContest(world.ctx, { id, uphold: false, again: false, words: 'Non.' }), () => readOpenContests(artist(deal))]) await expect(act()).rejects.toThrow();
  // The last day is the producer's, in Paris.
  world.at('2027-06-25T22:30:00Z');
  await expect(contestInvoice(artist(deal), ask)).rejects.toThrow(refusal('contest_late'));
  expect(await readContests(artist(deal), deal.bookingId)).toEqual([]);
  world.at('2027-06-25T21:30:00Z');
  await contestInvoice(artist(deal), ask);
  await answerContest(ops(), { id, uphold: false, again: false, words: 'Le contrat le dit.' });
  expect(await readContests(buyer(deal), deal.bookingId)).toMatchObject([{ contest: { status: 'refused', words: 'Le contrat le dit.' } }]);
  expect(await papers(deal)).toMatchObject([{ id, left: { minor: 126_600 }, credits: [] }]);
  // What was answered stays so.
  await expect(db.invoiceContest.update({ where: { invoiceId: id }, data: { words: 'Autre chose.' } })).rejects.toThrow(/invoice_contest_kept/u);
  await expect(db.invoiceContest.delete({ where: { invoiceId: id } })).rejects.toThrow();

  await settleInvoice(artist(deal), id);
  const ours = (await readInvoices(artist(deal), deal.bookingId)).find(({ kind }) => kind === 'commission');
  await expect(contestInvoice(artist(deal), { id: ours!.id, reason: 'Montant.' })).rejects.toThrow(refusal('invoice_is_ours'));

  const paid = await open({ path: 'public' });
  await playAt(paid, '2027-06-26T09:00:00Z');
  const [done] = await papers(paid);
  await settleInvoice(artist(paid), done!.id);
  await expect(contestInvoice(artist(paid), { id: done!.id, reason: 'Montant.' })).rejects.toThrow(refusal('invoice_settled'));

  const ended = await open({ path: 'public' });
  await playAt(ended, '2027-06-26T10:00:00Z');
  const [last] = await papers(ended);
  await contestInvoice(artist(ended), { id: last!.id, reason: 'Montant.' });
  await db.mandateEnd.create({ data: { orgId: ended.orgId, turn: 1, endedAt: world.ctx.now(), userId: 'usr_test' } });
  await expect(answerContest(ops(), { id: last!.id, uphold: true, again: true, words: 'Oui.' })).rejects.toThrow(refusal('mandate_missing'));
  expect(await papers(ended)).toMatchObject([{ left: { minor: 126_600 } }]);
});

test('the booker’s invoice stands under the booker’s own mandate: its producer contests it nowhere here (INV-02, FEE-04)', async () => {
  const deal = await open({ booker: {} });
  await pay(deal);
  await to('2027-04-12T12:00:00Z');
  await playAt(deal, '2027-05-09T09:00:00Z');
  const { id } = await db.invoice.findFirstOrThrow({ where: { bookingId: deal.bookingId, kind: 'booker' } });
  expect((await readContests(artist(deal), deal.bookingId)).map(({ invoiceId }) => invoiceId)).not.toContain(id);
  await expect(contestInvoice(producer(deal), { id, reason: 'Trop cher.' })).rejects.toThrow(refusal('not_found'));
});
