import { expect, test } from 'vitest';
import { billingDue, billingHeard } from '../billing/jobs.ts';
import { settleInvoice } from '../billing/service.ts';
import { issueCredit, readInvoices } from '../invoices/service.ts';
import { transact } from '../core/context.ts';
import { euros } from '../core/money.ts';
import { openTill } from '../core/test-till.ts';
import { notificationsHeard } from './jobs.ts';

const { world, to, drain, artist, open, playAt } = await openTill({ billing: billingHeard, notifications: notificationsHeard }, billingDue);

test('a public buyer that paid late reads what it owes besides', async () => {
  const deal = await open({ path: 'public', price: 1_000_000n, showDay: '2027-05-09' });
  await playAt(deal, '2027-05-10T09:00:00Z');
  const [invoice] = await readInvoices(artist(deal), deal.bookingId);
  await to('2027-06-29T12:00:00Z');
  await settleInvoice(artist(deal), invoice!.id);
  await drain();
  const { text } = await world.db.mail.findFirstOrThrow({ where: { orgId: deal.buyerOrgId, subject: { contains: 'réglée' } } });
  expect(text.replaceAll(/[\u00a0\u202f]/gu, ' ')).toContain('restent dus les intérêts moratoires et l’indemnité forfaitaire de 40 €, soit 98,68 €');
});

test('an overdue commission is asked for without what was credited of it', async () => {
  const deal = await open({ path: 'public', price: 400_000n, showDay: '2027-05-20' });
  await playAt(deal, '2027-05-21T09:00:00Z');
  const [final] = await readInvoices(artist(deal), deal.bookingId);
  await settleInvoice(artist(deal), final!.id);
  await drain();
  const [, commission] = await readInvoices(artist(deal), deal.bookingId);
  // 480.00 with tax, of which 120.00 are given back.
  await transact(world.ctx, (tx) => issueCredit(tx, { invoiceId: commission!.id, amount: euros(12_000n), reason: 'Geste' }));
  await to('2027-06-21T08:00:00Z');
  const { text } = await world.db.mail.findFirstOrThrow({ where: { orgId: deal.orgId, subject: { contains: 'est échue' } } });
  expect(text.replaceAll(/[\u00a0\u202f]/gu, ' ')).toContain('360,00 € TTC étaient à régler');
});
