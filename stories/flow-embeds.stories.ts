import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { embedsServer, manifest, noViews, strict, viewsOf, well } from '../widgets/workspace/flow-embeds/flow-embeds.fixture.ts';
import type { FlowEmbeds } from '../widgets/workspace/flow-embeds/flow-embeds.ts';
import { entry } from '../widgets/workspace/flow-sites/flow-sites.fixture.ts';

/** Where a partner gets a widget onto their page. There is no platform behind stories: the test in the preview says that its script does not load. */
export default {
  title: 'Workspace/Embeds',
  component: 'flow-embeds',
  loaders: [() => define('flow-embeds')],
  render: ({ api }) => html`<flow-embeds .api=${api} .manifest=${manifest}></flow-embeds>`,
} satisfies Meta<FlowEmbeds>;

type Story = StoryObj<FlowEmbeds>;
const seen = (api: Api, play?: (page: ShadowRoot) => void | Promise<void>): Story => ({
  args: { api },
  ...(play && { play: async ({ canvasElement }) => {
    const page = canvasElement.querySelector('flow-embeds')?.shadowRoot;
    for (let tries = 0; tries < 100 && !page?.querySelector('.snippet'); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
    if (page) await play(page);
  } }),
});
const check = async (page: ShadowRoot): Promise<void> => {
  page.querySelector<HTMLInputElement>('[name=url]')?.form?.requestSubmit();
  for (let tries = 0; tries < 100 && !page.querySelector('[role=status] .notice, [role=alert]'); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
};
const set = (page: ShadowRoot, name: string, value: string, event = 'change'): void => {
  const input = page.querySelector<HTMLInputElement>(`[name=${name}]`);
  if (!input) throw new Error(`no field ${name}`);
  input.value = value;
  input.dispatchEvent(new Event(event, { bubbles: true }));
};

export const Chosen = seen(embedsServer());
export const BrandColours = seen(embedsServer(), (page) => { set(page, 'ground', '#101a38', 'input'); set(page, 'ink', '#f5ecd9', 'input'); set(page, 'accent', '#e2b65a', 'input'); });
export const ColoursTooPale = seen(embedsServer(), (page) => { set(page, 'accent', '#ffd400', 'input'); });
export const AnotherWidget = seen(embedsServer(), (page) => { set(page, 'tag', 'flow-booking-request'); });
export const WayThatLosesSomething = seen(embedsServer(), (page) => { set(page, 'accent', '#b00020', 'input'); page.querySelector<HTMLInputElement>('[name=way][value=frame]')?.click(); });
export const PolicyLacks = seen(embedsServer({ check: () => strict }), check);
export const AllInPlace = seen(embedsServer({ check: () => well }), check);
export const PageNotReadable = seen(embedsServer({ check: () => ({ ...well, outcome: 'unknown_host', findings: [] }) }), check);
export const TooManyChecks = seen(embedsServer({ check: () => Promise.reject(refusal('rate_limited', { seconds: '60' })) }), check);
export const SeveralSites = seen(embedsServer({ sites: () => [entry(), entry({ id: 'sit_2', name: 'Billetterie', origins: ['https://theatre.example', 'https://staging.theatre.example'] })] }));
export const AYear = seen(embedsServer(), (page) => { set(page, 'period', '365'); });
export const NothingYet = seen(embedsServer({}, () => noViews));
export const FewViews = seen(embedsServer({}, ({ from, until }) => viewsOf(from, until, (n) => (n === 12 ? 1 : 0))));
export const NumbersDown = seen(embedsServer({}, () => Promise.reject(new Error('down'))));
export const EveryKeyRevoked = seen(embedsServer({ sites: () => [entry({ keys: [{ key: 'pk_lost', createdAt: '2026-11-04T10:00:00.000Z', expiresAt: null, revokedAt: '2026-12-04T10:00:00.000Z' }] })] }));
export const NoSite = seen(embedsServer({ sites: () => [] }));
export const StillLoading = seen(embedsServer({ sites: () => new Promise(() => undefined) as never }));
export const ServerDown = seen(embedsServer({ sites: () => { throw new Error('down'); } }));
