import type { Tasks } from '../core/outbox.ts';
import { cancelAttempt, charge, completeAttempt, nameMandate } from './service.ts';

/** What is taken from a buyer, and the attempts that end, on their own time. */
export const tillTasks: Tasks = {
  charge: (ctx, { paymentId = '' }) => charge(ctx, paymentId),
  'name-mandate': (ctx, { bookingId = '' }) => nameMandate(ctx, bookingId),
  cancel: (ctx, { ref = '' }) => cancelAttempt(ctx, ref),
  complete: async (ctx, { ref = '' }) => { await completeAttempt(ctx, ref); },
};
