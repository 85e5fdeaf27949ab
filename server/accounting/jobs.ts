import type { Due } from '../core/deadlines.ts';
import type { Heard } from '../core/outbox.ts';
import { beginDunning, dun, endDunning } from './service.ts';

/** An overdue invoice is asked for in steps, until it is paid or taken back. */
export const accountingHeard: Heard = {
  'invoice.overdue': (ctx, { invoiceId }) => beginDunning(ctx, invoiceId),
  'invoice.paid': (ctx, { invoiceId }) => endDunning(ctx, invoiceId),
  'invoice.credited': (ctx, { invoiceId }) => endDunning(ctx, invoiceId),
};

/** The day of the next reminder of an invoice, by its id. */
export const accountingDue: Due = { 'invoice.dun': dun };
