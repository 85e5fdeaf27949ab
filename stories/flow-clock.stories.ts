import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { define } from '../widgets/registry.ts';
import type { FlowClock } from '../widgets/workspace/flow-clock/flow-clock.ts';

const clock = () => Promise.resolve({ now: '2027-02-01T10:00:00.000Z', realNow: '2026-11-21T10:00:00.000Z' });

/** Development: the trade's clock. */
export default {
  title: 'Workspace/Clock',
  component: 'flow-clock',
  loaders: [() => define('flow-clock')],
  render: ({ doors }) => html`<flow-clock .doors=${doors}></flow-clock>`,
} satisfies Meta<FlowClock>;

type Story = StoryObj<FlowClock>;
const seen = (doors: FlowClock['doors']): Story => ({ args: { doors } });
export const Stands = seen({ read: clock, move: clock });
export const StillLoading = seen({ read: () => new Promise(() => undefined), move: clock });
