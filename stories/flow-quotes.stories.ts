import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { quotesServer } from '../widgets/workspace/flow-quotes/flow-quotes.fixture.ts';
import type { FlowQuotes } from '../widgets/workspace/flow-quotes/flow-quotes.ts';

/** The plans on quote that were asked for, for our own people. */
export default {
  title: 'Workspace/Quotes',
  component: 'flow-quotes',
  loaders: [() => define('flow-quotes')],
  render: ({ api }) => html`<flow-quotes .api=${api}></flow-quotes>`,
} satisfies Meta<FlowQuotes>;

type Story = StoryObj<FlowQuotes>;
const seen = (api: Api, press = '', values: Readonly<Record<string, string>> = {}): Story => ({
  args: { api },
  ...(press && { play: async ({ canvasElement }) => {
    const page = canvasElement.querySelector('flow-quotes')?.shadowRoot;
    const found = (): HTMLButtonElement | undefined => [...page?.querySelectorAll('button') ?? []].find(({ ariaLabel, textContent }) => `${ariaLabel ?? ''} ${textContent}`.includes(press));
    for (let tries = 0; tries < 100 && !found(); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
    if (!found()) throw new Error(`no button ${press}`);
    found()?.click();
    if (Object.keys(values).length === 0) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    for (const [name, value] of Object.entries(values)) {
      const input = page?.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (input) input.value = value;
    }
    page?.querySelector('form')?.requestSubmit();
  } }),
});

export const All = seen(quotesServer());
export const Assigning = seen(quotesServer(), 'Attribuer');
export const Invoice = seen(quotesServer(), 'Attribuer', { month: '900', since: '2027-03-01' });
export const Refused = seen(quotesServer({ preview: () => Promise.reject(refusal('plan_quote_closed', { field: 'since' })) }), 'Attribuer', { month: '900', since: '2027-02-06' });
export const Ending = seen(quotesServer(), 'Arrêter');
export const Received = seen(quotesServer({ receive: () => [] }), 'Le virement');
export const Empty = seen(quotesServer({ all: () => [] }));
export const NotForYou = seen(quotesServer({ all: () => Promise.reject(refusal('not_found')) }));
export const StillLoading = seen(quotesServer({ all: () => new Promise(() => undefined) }));
export const ServerDown = seen(quotesServer({ all: () => Promise.reject(new Error('down')) }));
