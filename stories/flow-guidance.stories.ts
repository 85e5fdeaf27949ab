import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { guidanceServer, quiet } from '../widgets/workspace/flow-guidance/flow-guidance.fixture.ts';
import type { FlowGuidance } from '../widgets/workspace/flow-guidance/flow-guidance.ts';
import { narrow, twice } from './world.ts';

/** The market for whoever only thinks of a date, and what is asked for. */
export default {
  title: 'Workspace/Guidance',
  component: 'flow-guidance',
  loaders: [() => define('flow-guidance')],
  render: ({ api }) => html`<flow-guidance .api=${api}></flow-guidance>`,
} satisfies Meta<FlowGuidance>;

type Story = StoryObj<FlowGuidance>;

export const GenresAndMonths: Story = { args: { api: guidanceServer() } };
export const TooFewAsked: Story = { args: { api: guidanceServer(() => quiet) } };
export const OnAPhone: Story = { render: () => narrow(html`<flow-guidance .api=${guidanceServer()}></flow-guidance>`) };
export const TwiceTheText: Story = { render: () => twice(html`<flow-guidance .api=${guidanceServer()}></flow-guidance>`) };
export const StillLoading: Story = { args: { api: guidanceServer(() => new Promise(() => undefined)) } };
export const ServerDown: Story = { args: { api: guidanceServer(() => Promise.reject(refusal('internal'))) } };
