import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import type { FlowWish } from '../widgets/workspace/flow-wish/flow-wish.ts';

/** What our mails about a wish to hear an artist near open: what is kept, the yes, and how it is erased. */
export default {
  title: 'Workspace/Wish to hear an artist near',
  component: 'flow-wish',
  loaders: [() => define('flow-wish')],
  render: ({ api }) => html`<flow-wish token="abcabcabcabcabcabcabc" .api=${api}></flow-wish>`,
} satisfies Meta<FlowWish>;

type Story = StoryObj<FlowWish>;
const left = { asker: 'fan' as const, artist: 'Les Vagues Lentes', city: 'Dijon', email: 'z•••@e•••.org', message: '', state: 'unconfirmed' as const, until: '2028-03-01' };
const seen = (answer: () => Promise<never> | (Omit<typeof left, 'asker' | 'state'> & { asker: 'fan' | 'organiser'; state: 'unconfirmed' | 'kept' | 'erased' })): Story => ({ args: { api: fakeApi<AppRouter>({ nearby: { left: answer } }) } });
export const FanToConfirm = seen(() => left);
export const FanConfirmed = seen(() => ({ ...left, state: 'kept' }));
export const Organiser = seen(() => ({ ...left, asker: 'organiser', state: 'kept', message: 'Nous avons 300 places et un piano.\nLe vendredi, de préférence.' }));
export const Erased = seen(() => ({ ...left, email: '', state: 'erased' }));
export const DeadLink = seen(() => Promise.reject(refusal('link_dead')));
export const StillLoading = seen(() => new Promise<never>(() => undefined));
