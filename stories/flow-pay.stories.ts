import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { begun, money, payServer, transfer } from '../widgets/workspace/flow-pay/flow-pay.fixture.ts';
import type { FlowPay } from '../widgets/workspace/flow-pay/flow-pay.ts';

/** The card, in a frame of our own. */
export default {
  title: 'Workspace/Pay',
  component: 'flow-pay',
  loaders: [() => define('flow-pay')],
  render: ({ api, framed }) => html`<flow-pay booking-id="bkg_1" ?framed=${framed} .api=${api}></flow-pay>`,
} satisfies Meta<FlowPay>;

type Story = StoryObj<FlowPay>;
export const DepositToPay: Story = { args: { api: payServer() } };
export const CardToSave: Story = { args: { api: payServer({ till: { beginPayment: () => ({ ...begun, act: 'save' }) } }) } };
export const CodeFirst: Story = { args: { api: payServer(), framed: true } };
export const PaidAlready: Story = { args: { api: payServer({ till: { beginPayment: () => Promise.reject(refusal('payment_done')) } }) } };
/** The transfer that the buyer announced. */
export const TransferToMake: Story = { args: { api: payServer({ till: { beginPayment: () => ({ ...begun, transfer }) } }) } };
export const DebitUnderWay: Story = { args: { api: payServer({ escrow: { money: () => ({ ...money, payments: money.payments.map((one) => ({ ...one, status: 'processing' as const })) }) } }) } };
export const CardAlone: Story = { args: { api: payServer({ till: { beginPayment: () => ({ ...begun, ways: ['card'] }) } }) } };
export const AnotherProvider: Story = { args: { api: payServer({ till: { beginPayment: () => ({ ...begun, provider: 'paypal' as 'stripe' }) } }) } };
export const ProviderDown: Story = { args: { api: payServer({ till: { beginPayment: () => Promise.reject(refusal('provider_unreachable')) } }) } };
export const StillLoading: Story = { args: { api: payServer({ escrow: { money: () => new Promise(() => undefined) } }) } };
