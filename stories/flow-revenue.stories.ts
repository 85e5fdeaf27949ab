import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { revenue, revenueServer } from '../widgets/workspace/flow-revenue/flow-revenue.fixture.ts';
import type { FlowRevenue } from '../widgets/workspace/flow-revenue/flow-revenue.ts';

/** What we earned in twelve months, for our own people. */
export default {
  title: 'Workspace/Revenue',
  component: 'flow-revenue',
  loaders: [() => define('flow-revenue')],
  render: ({ api }) => html`<flow-revenue .api=${api}></flow-revenue>`,
} satisfies Meta<FlowRevenue>;

type Story = StoryObj<FlowRevenue>;
const seen = (api: Api): Story => ({ args: { api } });

export const Year = seen(revenueServer());
export const TakenBack = seen(revenueServer(() => revenue.map((one) => ({ ...one, lines: one.lines.map((line) => ({ ...line, share: null })) }))));
export const Nothing = seen(revenueServer(() => []));
export const NotForYou = seen(revenueServer(() => Promise.reject(refusal('not_found'))));
export const StillLoading = seen(revenueServer(() => new Promise(() => undefined)));
export const ServerDown = seen(revenueServer(() => Promise.reject(new Error('down'))));
