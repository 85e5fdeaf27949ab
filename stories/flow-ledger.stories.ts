import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import type { Api } from '../widgets/core/api.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { ledger } from '../widgets/workspace/flow-ledger/flow-ledger.fixture.ts';
import type { FlowLedger } from '../widgets/workspace/flow-ledger/flow-ledger.ts';

/** Every entry of a booking, and the proof that they sum to zero. */
export default {
  title: 'Workspace/Ledger',
  component: 'flow-ledger',
  loaders: [() => define('flow-ledger')],
  render: ({ api }) => html`<flow-ledger booking-id="bkg_1" .api=${api}></flow-ledger>`,
} satisfies Meta<FlowLedger>;

type Story = StoryObj<FlowLedger>;
const seen = (api: Api): Story => ({ args: { api } });
export const DepositCaptured = seen(fakeApi<AppRouter>({ escrow: { ledger: () => ledger } }));
export const NothingYet = seen(fakeApi<AppRouter>({ escrow: { ledger: () => ({ transfers: [], accounts: [], sum: { minor: 0, currency: 'EUR' } }) } }));
export const NotZero = seen(fakeApi<AppRouter>({ escrow: { ledger: () => ({ ...ledger, sum: { minor: 1, currency: 'EUR' } }) } }));
export const NotYours = seen(fakeApi<AppRouter>({ escrow: { ledger: () => Promise.reject(refusal('not_found')) } }));
