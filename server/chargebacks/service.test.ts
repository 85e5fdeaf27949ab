import { expect, test } from 'vitest';
import type { DisputeAnswer, DisputeDesk } from '../adapters/ports.ts';
import { transact } from '../core/context.ts';
import type { TestDeal } from '../core/test-deal.ts';
import { openTestWorld } from '../core/test-world.ts';
import { openTill } from '../core/test-till.ts';
import { disputesHeard } from '../disputes/jobs.ts';
import { addEvidence, mayReadEvidence } from '../disputes/service.ts';
import { chargebacksTasks } from './jobs.ts';
import { acceptChargeback, answerChargeback, noteContested, noteDecided, readChargebacks, readOwnChargebacks, sendAnswer } from './service.ts';

const { world, provider, tasks, drain, buyer, artist, open, pay } = await openTill({ disputes: disputesHeard }, {}, { OPERATORS: 'ops@flow.example' });
await world.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
const ops = { ...world.ctx, userId: 'usr_ops' };
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const pdf = { name: 'facture.pdf', bytes: Buffer.from('%PDF-1.7\n…\n%%EOF') };
const one = async ({ bookingId }: TestDeal) => (await world.db.chargeback.findMany({ where: { bookingId } }))[0]!;

/** A payment that its holder contests, and whose bank decides for us: all of it is told. */
async function contested(): Promise<TestDeal> {
  const deal = await open();
  await pay(deal, 'pm_dispute_won');
  return deal;
}

/** As above, without the sandbox's bank, which has its mind made up. */
async function noted(answerBy: Date | null = new Date(Date.now() + 86_400_000)): Promise<{ deal: TestDeal; id: string }> {
  const deal = await open();
  await pay(deal);
  const payment = await world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId: deal.bookingId, part: 'deposit' } } });
  const { ref } = await provider.beginPayment({ key: crypto.randomUUID(), amount: { minor: 37_980n, currency: 'EUR' }, paymentId: payment.id, bookingId: deal.bookingId, saveMethod: false, ways: ['card'] });
  const matter = `du_${deal.bookingId}`;
  await world.db.sandboxObject.create({ data: { id: matter, kind: 'dispute', key: matter, hash: '', secret: '', body: { minor: '37980', currency: 'EUR', intent: ref, status: 'won' }, createdAt: new Date() } });
  await transact(world.ctx, (tx) => noteContested(tx, { bookingId: deal.bookingId, paymentId: payment.id, ref: matter, amount: { minor: 37_980n, currency: 'EUR' }, reason: 'product_not_received', answerBy }));
  return { deal, id: (await one(deal)).id };
}

test('what a bank contests is kept with its deadline and its end, once, whichever is told first', async () => {
  const deal = await contested();
  expect(await world.db.chargeback.findMany({ where: { bookingId: deal.bookingId } })).toMatchObject([{ minor: 37_980n, reason: 'product_not_received', status: 'won' }]);
  const { id: late } = await noted();
  const { ref } = await world.db.chargeback.findUniqueOrThrow({ where: { id: late } });
  await Promise.all(Array.from({ length: 6 }, () => transact(world.ctx, (tx) => noteDecided(tx, { ref, won: false }))));
  await transact(world.ctx, (tx) => noteDecided(tx, { ref, won: true }));
  expect((await world.db.chargeback.findUniqueOrThrow({ where: { id: late } })).status).toBe('lost');
  await expect(world.db.chargeback.update({ where: { id: late }, data: { status: 'asked', closedAt: null } })).rejects.toThrow('chargeback_closed_once');
});

test('our people answer with what the producer showed, once among ten at once, and nobody else does', async () => {
  const { deal, id } = await noted();
  const { bookingId } = deal;
  expect(await addEvidence(artist(deal), { bookingId, text: 'Nous avons joué deux heures.', file: pdf })).toMatchObject({ id: expect.stringMatching(/^evd_/u) as string });
  await expect(addEvidence(buyer(deal), { bookingId, text: 'Non.' })).rejects.toThrow(refusal('dispute_closed'));
  const [shown] = await readOwnChargebacks(artist(deal), bookingId);
  const proofId = shown!.pieces[0]!.fileId!;
  expect(shown).toMatchObject({ status: 'asked', late: false, pieces: [{ text: 'Nous avons joué deux heures.', fileName: 'facture.pdf' }] });
  expect(await readOwnChargebacks(buyer(deal), bookingId)).toEqual([]);
  expect(await Promise.all([artist(deal), ops, buyer(deal), world.ctx].map((who) => mayReadEvidence(who, proofId)))).toEqual([true, true, false, false]);
  expect((await readChargebacks(ops)).find((found) => found.id === id)).toMatchObject({ artist: 'Les Marées', buyer: 'La Halle', here: true, draft: expect.stringContaining('Contrat n°') as string });
  for (const who of [world.ctx, artist(deal)]) await expect(answerChargeback(who, { id, words: 'x', proofId: null })).rejects.toThrow(refusal('signed_out'));
  await expect(answerChargeback(ops, { id, words: 'x', proofId: 'fil_other' })).rejects.toThrow(refusal('not_found'));
  const all = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => (i % 2 ? acceptChargeback(ops, id) : answerChargeback(ops, { id, words: 'Le spectacle a eu lieu.', proofId }))));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(addEvidence(artist(deal), { bookingId, text: 'Encore.' })).rejects.toThrow(refusal('dispute_closed'));
  await expect(world.db.chargeback.update({ where: { id }, data: { answeredAt: new Date(0) } })).rejects.toThrow('chargeback_answered_once');
});

test('an answer goes to the bank with its papers, again after a failure, and is kept as sent', async () => {
  const { deal, id } = await noted();
  await addEvidence(artist(deal), { bookingId: deal.bookingId, text: '', file: pdf });
  const proofId = (await readOwnChargebacks(artist(deal), deal.bookingId))[0]!.pieces[0]!.fileId;
  await answerChargeback(ops, { id, words: 'Le spectacle a eu lieu.', proofId });
  const sent: { key: string; answer: DisputeAnswer }[] = [];
  let down = true;
  const disputes: DisputeDesk = { ...provider.disputes!, answer: (ask) => { sent.push(ask); return down ? Promise.reject(new Error('down')) : provider.disputes!.answer(ask); } };
  const ctx = { ...world.ctx, adapters: { ...world.ctx.adapters, payments: { ...provider, disputes } } };
  await expect(sendAnswer(ctx, id)).rejects.toThrow('down');
  down = false;
  await sendAnswer(ctx, id);
  await sendAnswer(ctx, id);
  expect(sent.map(({ key }) => key)).toEqual([`chargeback:${id}`, `chargeback:${id}`]);
  expect(sent[1]!.answer).toMatchObject({ words: 'Le spectacle a eu lieu.', serviceDay: '2027-05-08', customer: { name: expect.stringMatching(/./u) as string }, proof: { name: 'facture.pdf', mime: 'application/pdf' } });
  expect((await world.db.chargeback.findUniqueOrThrow({ where: { id } })).sentAt).not.toBeNull();
});

test('accepted, the matter is lost as soon as the provider says so', async () => {
  const { deal, id } = await noted();
  await acceptChargeback(ops, id);
  expect((await one(deal)).status).toBe('accepted');
  await world.drain({}, { ...tasks, ...chargebacksTasks });
  const told = await world.db.sandboxObject.findMany({ where: { kind: 'event', body: { path: ['raw'], string_contains: 'charge.dispute.closed' } } });
  expect(told.some(({ body }) => (body as { raw: string }).raw.includes(`du_${deal.bookingId}`))).toBe(true);
  expect((await one(deal)).sentAt).not.toBeNull();
  await drain();
});

test('after its day, or where it is answered elsewhere, nothing is answered here', async () => {
  const { id } = await noted(new Date(Date.now() - 1_000));
  await expect(answerChargeback(ops, { id, words: 'x', proofId: null })).rejects.toThrow(refusal('dispute_closed'));
  const other = await openTestWorld({ OPERATORS: 'ops@flow.example' });
  try {
    await other.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
    await other.db.chargeback.create({ data: { id: 'cbk_1', ref: 'du_1', bookingId: 'bkg_1', orgId: 'org_1', buyerOrgId: 'org_2', paymentId: 'pay_1', minor: 1n, currency: 'EUR', reason: 'fraudulent', openedAt: new Date() } });
    await expect(acceptChargeback({ ...other.ctx, userId: 'usr_ops' }, 'cbk_1')).rejects.toThrow(refusal('dispute_closed'));
    await expect(acceptChargeback({ ...other.ctx, userId: 'usr_ops' }, 'cbk_2')).rejects.toThrow(refusal('not_found'));
  } finally {
    await other.close();
  }
});
