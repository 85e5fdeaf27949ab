import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import type { FlowPlanCard } from '../widgets/workspace/flow-plan-card/flow-plan-card.ts';

/** The card that a plan is charged to, in the provider's own fields. */
export default {
  title: 'Workspace/Plan card',
  component: 'flow-plan-card',
  loaders: [() => define('flow-plan-card')],
  render: ({ api }) => html`<flow-plan-card .api=${api}></flow-plan-card>`,
} satisfies Meta<FlowPlanCard>;

type Story = StoryObj<FlowPlanCard>;
type Card = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['plans']>['card'];
const seen = (card: NonNullable<Card>): Story => ({ args: { api: fakeApi<AppRouter>({ plans: { card } }) } });

export const Entering = seen(() => ({ provider: 'sandbox', ref: 'seti_1', clientSecret: 'seti_1_secret_x', publishableKey: '' }));
export const InvoiceIncomplete = seen(() => Promise.reject(refusal('plan_party_incomplete', { field: 'legalName' })));
export const ChargeUnderWay = seen(() => Promise.reject(refusal('plan_charge_open')));
export const StillLoading = seen(() => new Promise(() => undefined));
export const ServerDown = seen(() => Promise.reject(new Error('down')));
