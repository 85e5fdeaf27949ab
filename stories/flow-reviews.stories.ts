import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { answered, hidden, notPlayed, observer, onlyTheirs, over, shown, toWrite, toWriteAsBuyer, waiting } from '../widgets/workspace/flow-reviews/flow-reviews.fixture.ts';
import type { FlowReviews, Reviews } from '../widgets/workspace/flow-reviews/flow-reviews.ts';

/** How a show went: from the form to what both sides read, and what our people took down. */
export default {
  title: 'Workspace/Reviews',
  component: 'flow-reviews',
  loaders: [() => define('flow-reviews')],
  render: ({ api }) => html`<flow-reviews booking-id="bkg_1" name="Théâtre de l’Horloge Bleue" .api=${api}></flow-reviews>`,
} satisfies Meta<FlowReviews>;

type Story = StoryObj<FlowReviews>;
const seen = (of: Reviews): Story => ({ args: { api: fakeApi<AppRouter>({ reviews: { ofBooking: () => of } }) } });

export const ToWriteAsTheArtist = seen(toWrite);
export const ToWriteAsTheBuyer = seen(toWriteAsBuyer);
export const WaitsForTheOther = seen(waiting);
export const BothAreShown = seen(shown);
export const AnsweredAndReported = seen(answered);
export const OnlyTheOtherWrote = seen(onlyTheirs);
export const TakenDown = seen(hidden);
export const NobodyWrote = seen(over);
export const NotPlayedYet = seen(notPlayed);
export const AsAnObserver = seen(observer);
export const StillLoading: Story = { args: { api: fakeApi<AppRouter>({ reviews: { ofBooking: () => new Promise(() => undefined) } }) } };
export const ServerDown: Story = { args: { api: fakeApi<AppRouter>({ reviews: { ofBooking: () => Promise.reject(refusal('internal')) } }) } };
