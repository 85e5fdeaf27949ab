import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { nightsServer } from '../widgets/workspace/flow-nights/flow-nights.fixture.ts';
import type { FlowNights } from '../widgets/workspace/flow-nights/flow-nights.ts';

/** Days to fill, and for each the five places that suit best. */
export default {
  title: 'Workspace/Nights',
  component: 'flow-nights',
  loaders: [() => define('flow-nights')],
  render: ({ api, days }) => html`<flow-nights .api=${api} .days=${days}></flow-nights>`,
} satisfies Meta<FlowNights>;

type Story = StoryObj<FlowNights>;
const days = ['2099-05-13', '2099-05-14', '2099-05-16'];
/** The button is pressed, as a reader would. */
const found = (api: Api): Story => ({
  args: { api, days },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('flow-nights');
    for (let i = 0; i < 100 && !element?.shadowRoot?.querySelector('.primary'); i += 1) await new Promise((resolve) => { setTimeout(resolve, 20); });
    element?.shadowRoot?.querySelector<HTMLButtonElement>('.primary')?.click();
    for (let i = 0; i < 100 && !element?.shadowRoot?.querySelector('section, [role=alert]'); i += 1) await new Promise((resolve) => { setTimeout(resolve, 20); });
  },
});

export const Empty: Story = { args: { api: nightsServer(), days: [] } };
export const Chosen: Story = { args: { api: nightsServer(), days } };
export const Found = found(nightsServer());
export const Booker = found(nightsServer({ nights: () => { throw refusal('seeker_sideless'); } }));
export const ServerDown = found(nightsServer({ nights: () => Promise.reject(new Error('down')) }));
