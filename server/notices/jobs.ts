import type { Tasks } from '../core/outbox.ts';
import { giveBackStray, lookAtCustomer } from '../strays/service.ts';
import { replayNotices } from './service.ts';

/** Money that the provider told of and nobody asked for. */
export const noticesTasks: Tasks = {
  'look-cash': (ctx, { customerRef = '' }) => lookAtCustomer(ctx, customerRef),
  stray: async (ctx, { strayId = '' }) => {
    await giveBackStray(ctx, strayId);
    // Its webhook may have been quicker than we were.
    await replayNotices(ctx);
  },
};
