import type { Tasks } from '../core/outbox.ts';
import { sendAnswer } from './service.ts';

/** What our people decided of a contested payment goes to its bank. */
export const chargebacksTasks: Tasks = { chargeback: (ctx, { chargebackId = '' }) => sendAnswer(ctx, chargebackId) };
