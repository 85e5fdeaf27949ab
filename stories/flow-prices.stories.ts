import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { pricesServer } from '../widgets/workspace/flow-prices/flow-prices.fixture.ts';
import type { FlowPrices } from '../widgets/workspace/flow-prices/flow-prices.ts';

/** The dated prices and rates, for our own people. */
export default {
  title: 'Workspace/Prices',
  component: 'flow-prices',
  loaders: [() => define('flow-prices')],
  render: ({ api }) => html`<flow-prices .api=${api}></flow-prices>`,
} satisfies Meta<FlowPrices>;

type Story = StoryObj<FlowPrices>;
const seen = (api: Api, preview = false, press = ''): Story => ({
  args: { api },
  ...(press && { play: async ({ canvasElement }) => {
    const page = canvasElement.querySelector('flow-prices')?.shadowRoot;
    const found = (): HTMLButtonElement | undefined => [...page?.querySelectorAll('button') ?? []].find(({ ariaLabel }) => ariaLabel?.includes(press));
    for (let tries = 0; tries < 100 && !found(); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
    if (!found()) throw new Error(`no button ${press}`);
    found()?.click();
    if (!preview) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const from = page?.querySelector<HTMLInputElement>('[name=from]');
    if (from) from.value = '2027-04-01';
    page?.querySelector('form')?.requestSubmit();
  } }),
});

export const All = seen(pricesServer());
export const Dating = seen(pricesServer(), false, 'Booker Starter');
export const Effects = seen(pricesServer(), true, 'Booker Starter');
export const RateEffects = seen(pricesServer(), true, 'Commission par montant');
export const PromotionEffects = seen(pricesServer(), true, 'Modifier : PIONEER');
export const EndingAPromotion = seen(pricesServer(), true, 'Arrêter : REFERRAL');
export const Empty = seen(pricesServer({ all: () => ({ today: '2027-02-05', prices: [], rates: [], promotions: [] }) }));
export const NotForYou = seen(pricesServer({ all: () => Promise.reject(refusal('not_found')) }));
export const StillLoading = seen(pricesServer({ all: () => new Promise(() => undefined) }));
export const ServerDown = seen(pricesServer({ all: () => Promise.reject(new Error('down')) }));
