import { takeUpWork, type Tasks } from '../core/outbox.ts';
import { takeUpMoney } from './service.ts';

/** Work of any room that nobody tries any more, and then money that stands still without any. */
export const reconciliationTasks: Tasks = {
  mend: async (ctx) => {
    await takeUpWork(ctx);
    await takeUpMoney(ctx);
  },
};
