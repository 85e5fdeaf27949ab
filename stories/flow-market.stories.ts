import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import { fakeApi, refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { dates, farAbove, farBelow, likely, noBetter, noDates, notLearned, tooFew, usual } from '../widgets/workspace/flow-market/flow-market.fixture.ts';
import type { MarketPrice } from '../widgets/parts/market.ts';
import type { FlowMarket, MarketChance, MarketDates } from '../widgets/workspace/flow-market/flow-market.ts';

/** The market of a deal, beside the offer: from one that is known well to one of which nothing may be told. */
export default {
  title: 'Workspace/Market',
  component: 'flow-market',
  loaders: [() => define('flow-market')],
  render: ({ api }) => html`<flow-market booking-id="bkg_1" .api=${api}></flow-market>`,
} satisfies Meta<FlowMarket>;

type Story = StoryObj<FlowMarket>;
const seen = (price: MarketPrice, chance: MarketChance = likely, found: MarketDates = dates): Story => ({ args: { api: fakeApi<AppRouter>({ market: { price: () => price, chance: () => chance, bestDates: () => found } }) } });

export const WithinTheRange = seen(usual);
export const FarUnderTheMarket = seen(farBelow);
export const FarAboveTheMarket = seen(farAbove);
export const NoPriceYet = seen({ ...usual, price: null, position: null });
export const TooFewDeals = seen(tooFew, notLearned);
export const ChanceTeachesNothing = seen(usual, noBetter, noDates);
export const StillLoading: Story = { args: { api: fakeApi<AppRouter>({ market: { price: () => new Promise(() => undefined), chance: () => likely, bestDates: () => dates } }) } };
export const ServerDown: Story = { args: { api: fakeApi<AppRouter>({ market: { price: () => Promise.reject(refusal('internal')), chance: () => likely, bestDates: () => dates } }) } };
