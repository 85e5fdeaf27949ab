import type { Tasks } from '../core/outbox.ts';
import { replayNotices } from '../notices/service.ts';
import { lookForStrays } from '../strays/service.ts';
import { keepReport } from './service.ts';

/** The look at the books of each night. */
export const operationsTasks: Tasks = {
  // What was told and could not be acted on is tried once more before the books are compared.
  reconcile: async (ctx) => {
    await replayNotices(ctx);
    await lookForStrays(ctx);
    await keepReport(ctx);
  },
};
