import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import type { Api } from '../widgets/core/api.ts';
import { fakeApi } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { days, me } from '../widgets/workspace/flow-calendar/flow-calendar.fixture.ts';
import type { FlowCalendar } from '../widgets/workspace/flow-calendar/flow-calendar.ts';

/** An artist's own calendar. */
export default {
  title: 'Workspace/Calendar',
  component: 'flow-calendar',
  loaders: [() => define('flow-calendar')],
  render: ({ api }) => html`<flow-calendar .api=${api}></flow-calendar>`,
} satisfies Meta<FlowCalendar>;

type Story = StoryObj<FlowCalendar>;
const seen = (api: Api): Story => ({ args: { api } });
export const SomeDaysFree = seen(fakeApi<AppRouter>({ identity: { me: () => me }, calendar: { days } }));
export const DaysChosen: Story = {
  ...SomeDaysFree,
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('flow-calendar')?.shadowRoot;
    for (let tries = 0; !root?.querySelector('[data-day]') && tries < 100; tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
    for (const day of ['2027-02-08', '2027-02-09', '2027-02-13']) root?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.click();
  },
};
export const StillLoading = seen(fakeApi<AppRouter>({ identity: { me: () => me }, calendar: { days: () => new Promise(() => undefined) } }));
export const ServerDown = seen(fakeApi<AppRouter>({ identity: { me: () => me }, calendar: { days: () => Promise.reject(new Error('down')) } }));
