import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { remembered } from '../widgets/core/own.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { artist, artists, asked, askedText, brief, cards, discoverServer, exceptional, found, kept, place, refusing, score, variety } from '../widgets/workspace/flow-discover/flow-discover.fixture.ts';
import type { FlowDiscover } from '../widgets/workspace/flow-discover/flow-discover.ts';
import { fits } from './fits.ts';

/** Whom one could play with, or put on: cards, a list, a grid, and why. */
export default {
  title: 'Workspace/Discover',
  component: 'flow-discover',
  loaders: [() => Promise.all([define('flow-discover'), define('flow-site')])],
  render: ({ api }) => html`<flow-discover .api=${api}></flow-discover>`,
} satisfies Meta<FlowDiscover>;

type Story = StoryObj<FlowDiscover>;
type View = 'swipe' | 'list' | 'grid';

const soon = async (holds: () => unknown): Promise<void> => {
  for (let turn = 0; turn < 200 && !holds(); turn += 1) await new Promise((resolve) => { setTimeout(resolve, 20); });
  if (!holds()) throw new Error('It did not come.');
};
interface Scene { readonly view?: View; readonly search?: string; readonly act?: (root: ShadowRoot) => Promise<void> | void }
/** A story of one view; `search` stands in its address, `act` is done once it is there. */
const seen = (api: Api, { view = 'swipe', search = '', act }: Scene = {}): Story => ({
  args: { api },
  beforeEach: () => {
    const before = location.search;
    remembered.write('flow-discover-view', view);
    history.replaceState(null, '', `${location.pathname}${before}${search && `${before ? '&' : '?'}${search}`}`);
    return () => { history.replaceState(null, '', `${location.pathname}${before}`); remembered.write('flow-discover-view', ''); };
  },
  ...(act && { play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('flow-discover')?.shadowRoot;
    if (!root) throw new Error('There is no widget.');
    await soon(() => root.querySelector('.toolbar'));
    await act(root);
  } }),
});
const press = (root: ShadowRoot, selector: string): void => { root.querySelector<HTMLElement>(selector)?.click(); };
const open = (root: ShadowRoot): void => { press(root, '.filters-open'); };
const said = 'genre=jazz&near=Lyon&insee=69123&lat=45.76&lng=4.84&km=50&fee=-200000&stage=3-3&from=2027-03-01&until=2027-03-31&weekdays=56&family=1&rating=4&hours=48';

export const Cards = seen(discoverServer());
export const List = seen(discoverServer(), { view: 'list' });
export const Grid = seen(discoverServer(), { view: 'grid' });
export const Places = seen(discoverServer(found({ seen: 'place', seeker: { ...found().seeker, seen: 'artist' }, found: [place('Le Bateau Ivre', 84), place('Camping des Dunes', 71, { placeKind: 'campsite', picture: null }), place('Ville de Saint-Brieuc', 66, { placeKind: 'town' })] })), { view: 'list' });
export const Filtered = seen(discoverServer(), { view: 'list', search: said });
export const Filters = seen(discoverServer(), { view: 'list', search: said, act: open });
export const AskedInOwnWords = seen(discoverServer(found(), { ask: () => asked }), { view: 'grid', act: async (root) => {
  const input = root.querySelector<HTMLInputElement>('#text');
  if (input) input.value = askedText;
  root.querySelector<HTMLFormElement>('.ask form')?.requestSubmit();
  await soon(() => root.querySelector('mark'));
} });
/** The explanation of the first one with every criterion opened, up to `there`. */
const detailed = (over: Parameters<typeof discoverServer>[1], there: string): Story => seen(discoverServer(found(), over), { view: 'list', act: async (root) => {
  press(root, '.open');
  await soon(() => root.querySelector('.drawer[open]'));
  press(root, '.drawer summary');
  await soon(() => root.querySelector(`.drawer ${there}`));
} });
export const Explained = detailed({}, '.criteria');
export const ExplainedAnew = detailed({ pair: () => score(71) }, '.all .notice');
export const CriteriaLoading = detailed({ pair: () => new Promise(() => undefined) }, '.all .bone');
export const CriteriaDown = detailed({ pair: () => Promise.reject(new Error('down')) }, '.all [role=alert]');
export const CriteriaGone = detailed({ pair: () => null }, '.all > p:not(.sr)');
export const Impossible = seen(discoverServer(found({ found: [artist('Les Vagues Lentes', 41, { score: brief(score(41, { blockers: [{ criterion: 'fee_out_of_reach', degree: 0, points: 0, code: 'fee_out_of_reach', figures: { min: 900_000, max: 900_000, currency: 'EUR', budgetMin: 0, budgetMax: 160_000, budgetCurrency: 'EUR' } }] })) })] })), { view: 'list', act: async (root) => { press(root, '.open'); await soon(() => root.querySelector('.drawer[open]')); } });
/** How it is ranked, opened up to `there`. */
const weighing = (server: Api, there = '.weights'): Story => seen(server, { view: 'list', search: 'variety=50', act: async (root) => {
  press(root, '.ranking summary');
  await soon(() => root.querySelector(`.ranking ${there}`));
  for (const one of root.querySelectorAll('.cards details')) one.toggleAttribute('open', true);
} });
export const Ranking = weighing(discoverServer(found({ variety })));
export const RankingOfACommune = weighing(discoverServer(found({ card: 'municipal', variety: { ...variety, moved: 0 } }), { cards: () => ({ seen: 'place', cards: cards.cards.slice(0, 1).map((one) => ({ ...one, card: 'municipal' as const })) }) }));
export const RankingDown = weighing(discoverServer(found(), { cards: () => Promise.reject(new Error('down')) }), '[role=alert]');
export const SuperLike = seen(discoverServer(), { act: async (root) => { press(root, '[aria-keyshortcuts~=S]'); await soon(() => root.querySelector('#super[open]')); } });
export const NoSuperLikeLeft = seen(discoverServer(found(), { matches: () => ({ matches: [], superLikes: 0 }) }), { act: async (root) => { press(root, '[aria-keyshortcuts~=S]'); await soon(() => root.querySelector('#super[open]')); } });
export const Match = seen(discoverServer(found({ found: [...artists].slice(1) })), { act: async (root) => { press(root, '[aria-keyshortcuts~=L]'); await soon(() => root.querySelector('#match[open]')); } });
export const Passed = seen(discoverServer(), { act: async (root) => { press(root, '[aria-keyshortcuts~=P]'); await soon(() => root.querySelector('.said p')); } });
export const NotKept = seen(discoverServer(found(), refusing('unreachable')), { act: async (root) => { press(root, '[aria-keyshortcuts~=P]'); await soon(() => root.querySelector('.said [role=alert]')); } });
export const AllSeen = seen(discoverServer(found({ found: [artist('Trio Alouette', 74, { choice: { verdict: 'pass', favourite: false, hidden: false } })], eligible: 40 })));
export const NobodyMeets = seen(discoverServer(found({ found: [], met: 0, eligible: 0, blocked: {} })), { view: 'list', search: said });
export const NobodyCan = seen(discoverServer(found({ found: [], met: 15, eligible: 0 })), { view: 'list', search: said });
export const NobodyYet = seen(discoverServer(found({ found: [], met: 0, eligible: 0, blocked: {} })));
export const Searches = seen(discoverServer(found(), { searches: () => [kept('Jazz près de Lyon', asked.filters), kept('Été en plein air', { outdoor: true }, { alert: false, found: 1 })] }), { view: 'grid' });
export const Incomplete = seen(discoverServer(found({ seeker: { ...found().seeker, completePercent: 64, missing: ['capacity', 'genres', 'budget'] } })), { view: 'grid' });
export const FindOfTheDay = seen(discoverServer(found(), { exceptional: () => exceptional }), { view: 'grid' });
export const NotForYou = seen(discoverServer(() => Promise.reject(refusal('not_found'))));
export const StillLoading = seen(discoverServer(() => new Promise(() => undefined)));
export const ServerDown = seen(discoverServer(() => Promise.reject(new Error('down'))));

/** A column of 320 pixels in the languages with the longest words: nothing may run out of its box. */
const narrow = (lang: string, view: View): Story => ({
  ...seen(discoverServer(found({ seeker: { ...found().seeker, completePercent: 64, missing: ['capacity', 'genres', 'budget'] } }), { searches: () => [kept('Jazz', asked.filters)] }), { view, search: said }),
  render: ({ api }) => html`<div id="column" style="width: 320px"><flow-site lang=${lang} theme="light"><flow-discover .api=${api}></flow-discover></flow-site></div>`,
  play: async ({ canvasElement }) => {
    const column = canvasElement.querySelector<HTMLElement>('#column');
    if (!column) throw new Error('There is no column.');
    await soon(() => column.querySelector('flow-discover')?.shadowRoot?.querySelector('.toolbar'));
    // The words of the language come after the first ones.
    await soon(() => column.querySelector('flow-discover')?.shadowRoot?.querySelector('h1')?.textContent !== 'Découvrir');
    fits(column);
    const root = column.querySelector('flow-discover')?.shadowRoot;
    root?.querySelector<HTMLElement>('.ranking summary')?.click();
    await soon(() => root?.querySelector('.weights'));
    for (const one of root?.querySelectorAll('.cards details') ?? []) one.toggleAttribute('open', true);
    fits(column);
  },
});
export const GermanNarrow = narrow('de', 'swipe');
export const GermanNarrowList = narrow('de', 'list');
export const DutchNarrow = narrow('nl', 'grid');
