import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { damaged, emptyServer, matchingOf, models } from '../widgets/workspace/flow-matching/flow-matching.fixture.ts';
import type { FlowMatching } from '../widgets/workspace/flow-matching/flow-matching.ts';
import { fits } from './fits.ts';

/** Matching as our own people see it: what serves, whom it shows, what came of it, and what waits for them. */
export default {
  title: 'Workspace/Matching',
  component: 'flow-matching',
  loaders: [() => Promise.all([define('flow-matching'), define('flow-site')])],
  render: ({ api }) => html`<flow-matching .api=${api}></flow-matching>`,
} satisfies Meta<FlowMatching>;

type Story = StoryObj<FlowMatching>;
const soon = async (holds: () => unknown): Promise<void> => {
  for (let turn = 0; turn < 200 && !holds(); turn += 1) await new Promise((resolve) => { setTimeout(resolve, 20); });
  if (!holds()) throw new Error('It did not come.');
};
const seen = (api: Api, act?: (root: ShadowRoot) => Promise<void>): Story => ({
  args: { api },
  ...(act && { play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('flow-matching')?.shadowRoot;
    if (!root) throw new Error('There is no widget.');
    await soon(() => root.querySelector('#served'));
    await act(root);
  } }),
});
const press = (root: ShadowRoot, words: string): void => { [...root.querySelectorAll('button')].find((button) => button.textContent.trim().startsWith(words))?.click(); };
const openAll = (root: ParentNode): void => { for (const one of root.querySelectorAll('details')) one.open = true; };

export const Everything = seen(matchingOf());
export const Opened = seen(matchingOf(), (root) => { openAll(root); return Promise.resolve(); });
export const Damaged = seen(matchingOf({ models: () => [damaged, ...models] }));
export const Nothing = seen(emptyServer());
export const RollingBack = seen(matchingOf(), async (root) => { press(root, 'Servir la version 3'); await soon(() => root.querySelector('#roll table')); });
export const RollingBackToPublished = seen(matchingOf(), async (root) => { press(root, 'Revenir'); await soon(() => root.querySelector('#roll table')); });
export const ChangesDown = seen(matchingOf({ compare: () => Promise.reject(new Error('down')) }), async (root) => { press(root, 'Revenir'); await soon(() => root.querySelector('#roll [role=alert]')); });
export const Refusing = seen(matchingOf(), async (root) => { press(root, 'Refuser'); await soon(() => root.querySelector('#refuse[open]')); });
export const NotForYou = seen(matchingOf({ served: () => Promise.reject(refusal('not_found')) }));
export const StillLoading = seen(matchingOf({ served: () => new Promise(() => undefined) }));
export const ServerDown = seen(matchingOf({ served: () => Promise.reject(new Error('down')) }));

/** A column of 320 pixels in the languages with the longest words, with everything opened: nothing may run out of its box. */
const narrow = (lang: string): Story => ({
  args: { api: matchingOf({ models: () => [damaged, ...models] }) },
  render: ({ api }) => html`<div id="column" style="width: 320px"><flow-site lang=${lang} theme="light"><flow-matching .api=${api}></flow-matching></flow-site></div>`,
  play: async ({ canvasElement }) => {
    const column = canvasElement.querySelector<HTMLElement>('#column');
    if (!column) throw new Error('There is no column.');
    const root = () => column.querySelector('flow-matching')?.shadowRoot;
    await soon(() => root()?.querySelector('#served') && root()?.querySelector('h1')?.textContent !== 'Mises en relation');
    openAll(root()!);
    fits(column);
  },
});
export const GermanNarrow = narrow('de');
export const DutchNarrow = narrow('nl');
