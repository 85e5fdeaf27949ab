import { afterAll, beforeEach } from 'vitest';
import { hookOf, openSandbox, type Sandbox } from '../adapters/payments/sandbox.ts';
import { escrowDue, escrowHeard } from '../escrow/jobs.ts';
import { noticesTasks } from '../notices/jobs.ts';
import { outgoingTasks } from '../outgoing/jobs.ts';
import { reconciliationTasks } from '../reconciliation/jobs.ts';
import { tillTasks } from '../till/jobs.ts';
import { recordNotice } from '../notices/service.ts';
import { beginPayment } from '../till/service.ts';
import type { SignedIn } from './context.ts';
import { tick, type Due } from './deadlines.ts';
import type { Heard, Tasks } from './outbox.ts';
import { play, signedDeal, type TestDeal } from './test-deal.ts';
import { openTestWorld, type TestWorld } from './test-world.ts';
import type { Consumer } from './topics.ts';

/** What is done with money on its own time, of every room. */
export const moneyTasks: Tasks = { ...tillTasks, ...noticesTasks, ...outgoingTasks, ...reconciliationTasks };

/** A world in which money moves: the sandbox takes it, and the secured payment and the rooms above it hear of it. */
export interface TestTill {
  readonly world: TestWorld;
  readonly provider: Sandbox;
  readonly tasks: Tasks;
  /** Lets every fact be heard and every task be done, the provider's webhooks among them. */
  readonly drain: () => Promise<void>;
  /** Moves the trade's clock and has done all that falls due until then. */
  readonly to: (instant: string) => Promise<void>;
  readonly buyer: (deal: TestDeal) => SignedIn;
  readonly artist: (deal: TestDeal) => SignedIn;
  /** A signed deal whose first facts were heard. */
  readonly open: (over?: Parameters<typeof signedDeal>[1]) => Promise<TestDeal>;
  /** The buyer enters a card for what is due; its webhook waits. */
  readonly enter: (deal: TestDeal, card?: string) => Promise<void>;
  /** The buyer enters a card, and all that follows has followed. */
  readonly pay: (deal: TestDeal, card?: string) => Promise<void>;
  /** The show is played, at that moment. */
  readonly playAt: (deal: TestDeal, instant: string) => Promise<void>;
}

/** Opens a till for one test file, at noon of 1 March 2027 before each test, and closes it after the last. `heard` and `due` are those of the rooms above the secured payment. */
export async function openTill(heard: Readonly<Partial<Record<Consumer, Heard>>> = {}, due: Due = {}, env: Readonly<Record<string, string>> = {}): Promise<TestTill> {
  const world = await openTestWorld(env);
  const provider = openSandbox(world.ctx as Parameters<typeof openSandbox>[0]);
  Object.assign(world.ctx.adapters, { payments: provider });
  beforeEach(() => { world.at('2027-03-01T12:00:00Z'); });
  afterAll(() => world.close());

  const tasks: Tasks = { ...moneyTasks, 'sandbox.hook': async (ctx, { id = '' }) => {
    const { raw, signature } = await hookOf(world.db, id, { config: ctx.config, realNow: ctx.realNow() });
    await recordNotice(ctx, provider.readNotice(raw, signature, ctx.realNow()), raw);
  } };
  const drain = () => world.drain({ escrow: escrowHeard, ...heard }, tasks);
  const to = async (instant: string) => {
    world.at(instant);
    while (await tick(world.ctx, { ...escrowDue, ...due }) > 0) await drain();
    await drain();
  };
  const buyer = ({ buyerOrgId }: TestDeal) => world.as({ orgId: buyerOrgId });
  const artist = ({ orgId }: TestDeal) => world.as({ orgId });
  const open: TestTill['open'] = async (over = {}) => {
    const deal = await signedDeal(world.ctx, over);
    await drain();
    return deal;
  };
  const enter: TestTill['enter'] = async (deal, method = 'pm_ok') => {
    const { clientSecret } = await beginPayment(buyer(deal), { bookingId: deal.bookingId });
    await provider.handle(new Request('http://platform.localhost/sandbox/payments/confirm', { method: 'POST', body: JSON.stringify({ clientSecret, method }) }));
  };
  const pay: TestTill['pay'] = async (deal, card) => {
    await enter(deal, card);
    await drain();
  };
  const playAt: TestTill['playAt'] = async (deal, instant) => {
    world.at(instant);
    await play(world.ctx, deal);
    await drain();
  };
  return { world, provider, tasks, drain, to, buyer, artist, open, enter, pay, playAt };
}
