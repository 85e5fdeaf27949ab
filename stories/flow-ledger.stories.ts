import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import type { Account } from '../widgets/parts/whole.ts';
import { define } from '../widgets/registry.ts';
import { cancelled, decided, deposited, frozen, held, nothingPaid, takenBack } from '../widgets/workspace/flow-ledger/flow-ledger.fixture.ts';
import type { FlowLedger } from '../widgets/workspace/flow-ledger/flow-ledger.ts';

/** The money of a booking: what became of the whole, every entry, and the proofs. */
export default {
  title: 'Workspace/Ledger',
  component: 'flow-ledger',
  loaders: [() => define('flow-ledger')],
  render: ({ api }) => html`<flow-ledger booking-id="bkg_1" .api=${api}></flow-ledger>`,
} satisfies Meta<FlowLedger>;

type Story = StoryObj<FlowLedger>;
const seen = (account: Account | Promise<Account>): Story => ({ args: { api: fakeApi<AppRouter>({ refunds: { account: () => account } }) } });

export const NothingYet = seen(nothingPaid);
export const DepositHeld = seen(deposited);
export const AllHeld = seen(held);
export const Frozen = seen(frozen);
export const DecidedInParts = seen(decided);
export const Cancelled = seen(cancelled);
export const TakenBackByTheBank = seen(takenBack);
export const NotZero = seen({ ...deposited, proofs: { ...deposited.proofs, sum: { minor: 1, currency: 'EUR' }, sumIsZero: false, heldIsDue: false } });
export const StillLoading = seen(new Promise<Account>(() => undefined));
export const NotYours: Story = { args: { api: fakeApi<AppRouter>({ refunds: { account: () => Promise.reject(refusal('not_found')) } }) } };
