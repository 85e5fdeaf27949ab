import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { draw } from '../widgets/parts/map-svg.ts';
import { define } from '../widgets/registry.ts';
import { clash, conflicting, empty, followed, large, near, scenario, stops, tourOf, toursServer, withHand } from '../widgets/workspace/flow-tour-planner/flow-tour-planner.fixture.ts';
import type { FlowTourPlanner } from '../widgets/workspace/flow-tour-planner/flow-tour-planner.ts';
import { fits } from './fits.ts';

/** The planner of tours: the list and the form; one tour as timeline, map and table; variants, rules, sharing, holds. */
export default {
  title: 'Workspace/Tour planner',
  component: 'flow-tour-planner',
  loaders: [() => Promise.all([define('flow-site'), define('flow-tour-planner')])],
  render: ({ api, planId }) => html`<flow-tour-planner plan-id=${planId} .api=${api} .draw=${draw}></flow-tour-planner>`,
} satisfies Meta<FlowTourPlanner>;

type Story = StoryObj<FlowTourPlanner>;
const rest = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 40); });
const rootOf = (canvas: HTMLElement): ShadowRoot | null | undefined => canvas.querySelector('flow-tour-planner')?.shadowRoot;
/** Presses what a reader would, one after the other, each once it is there. */
async function press(canvas: HTMLElement, selectors: readonly string[]): Promise<void> {
  for (const selector of selectors) {
    for (let i = 0; i < 100 && !rootOf(canvas)?.querySelector(selector); i += 1) await rest();
    rootOf(canvas)?.querySelector<HTMLElement>(selector)?.click();
    await rest();
  }
  await rest();
}
const seen = (api: Api, planId: string, ...selectors: readonly string[]): Story => ({ args: { api, planId }, play: async ({ canvasElement }) => { await press(canvasElement, selectors); } });
const stay = (): Promise<never> => new Promise(() => undefined);
const api = toursServer();

export const NoTour = seen(toursServer({ list: () => [] }), '');
export const Tours = seen(api, '');
export const NoArtist = seen(toursServer({ artists: () => [], list: () => [] }), '');
export const StillLoading = seen(toursServer({ read: stay }), 'tpl_1');
export const ServerDown = seen(toursServer({ read: () => Promise.reject(new Error('down')) }), 'tpl_1');
export const Empty = seen(toursServer({}, empty), 'tpl_1');
export const Timeline = seen(api, 'tpl_1');
export const TimelineByQuarter = seen(api, 'tpl_1', '.segments button:nth-child(2)');
export const TimelineByYear = seen(api, 'tpl_1', '.segments button:nth-child(3)');
export const TimelineOfManyArtists = seen(toursServer({}, large().scenario, large().plan), 'tpl_1');
export const Map = seen(api, 'tpl_1', '#tab-map');
export const MapAsAList: Story = { ...seen(api, 'tpl_1', '#tab-map'), render: ({ api: given, planId }) => html`<flow-tour-planner plan-id=${planId} .api=${given} .draw=${() => Promise.reject(new Error('There is no map here.'))}></flow-tour-planner>` };
export const MapByBasin = seen(api, 'tpl_1', '#tab-map', '.panel .segments button:last-child');
export const MapWithDemand = seen(api, 'tpl_1', '#tab-map', '[data-demand]', '.wanted');
export const OnTheWay = seen(toursServer({ why: () => near }), 'tpl_1', '#tab-table', '.near');
export const Table = seen(api, 'tpl_1', '#tab-table');
export const OneDate = seen(api, 'tpl_1', '.block.planned');
export const DateWithHours = seen(api, 'tpl_1', '.block.planned', 'dialog [type=time]');
export const SignedWithoutPrice = seen(toursServer({}, { ...scenario, tour: tourOf(stops.map((one) => (one.standing === 'fixed' ? { ...one, priceMinor: 0 } : one))) }), 'tpl_1', '#tab-table');
/** A place said no while the page was looked at. */
const answers = followed.sent.map(({ artist, venue, day }, at) => ({ artist, venue, day, state: at === 2 ? 'declined' as const : 'held' as const }));
export const AnAnswerHasCome = seen(toursServer({ answers: () => [answers] }, { ...followed, sent: followed.sent.map((one) => ({ ...one, state: 'held' })) }), 'tpl_1', '.news');
export const TermsOfAnArtist = seen(api, 'tpl_1', '[data-plan=amend]', 'dialog .terms:not([open]) summary');
export const InConflict = seen(toursServer({}, conflicting), 'tpl_1');
export const Reckoning = seen(toursServer({ edit: stay }), 'tpl_1', '.block.planned', 'dialog .row > button:first-child');
export const Refused = seen(toursServer({ edit: () => { throw refusal('invalid'); } }), 'tpl_1', '.block.planned', 'dialog .row > button:first-child', '.notice.bad');
export const ChangedElsewhere = seen(toursServer({ edit: () => { throw refusal('plan_changed'); } }), 'tpl_1', '.block.planned', 'dialog .row > button:first-child', '.notice.bad p');
export const Searching = seen(toursServer({ follow: async function* follow() { yield { kind: 'progress', spent: 0.35, worthMinor: 0, marginMinor: 910_000, shows: 12, variant: 1 }; await stay(); } }), 'tpl_1', '.search', 'progress');
export const Variants = seen(api, 'tpl_1', '.search', '.variants');
export const SideBySide = seen(api, 'tpl_1', '.search', '.variants', '.choice input');
export const SearchFailed = seen(toursServer({ follow: () => [{ kind: 'failed', code: 'internal' }] }), 'tpl_1', '.search', '[role=alert]');
export const WhyNot = seen(api, 'tpl_1', '#tab-why', '.unused');
export const NoFeasiblePlan = seen(toursServer({ why: () => clash, follow: () => [{ kind: 'done', reading: 'r1', variants: [], cancelled: false, missed: [], bindings: [] }] }, empty), 'tpl_1', '.search', '#clash');
export const Rules = seen(api, 'tpl_1', '#tab-rules');
export const Sharing = seen(api, 'tpl_1', '#tab-share');
export const Holds = seen(api, 'tpl_1', '#tab-holds');
export const SendingHolds = seen(api, 'tpl_1', '#tab-holds', '.panel .primary');
export const OneFell = seen(toursServer({}, followed), 'tpl_1', '#tab-holds');
export const AmendTour = seen(api, 'tpl_1', '[data-plan=amend]', 'dialog form');
export const StopByHand = seen(toursServer({}, undefined, withHand), 'tpl_1', '[data-plan=stops]');
export const ListOfPlaces = seen(api, 'tpl_1', '[data-plan=list]', 'dialog form');
export const RemoveTour = seen(api, 'tpl_1', '[data-plan=removePlan]');
export const RemoveScenario = seen(api, 'tpl_1', '.tools .plain:last-child');

/** In a narrow column, in German, where words are longest: nothing runs out of its box. */
const narrow = (selector: string, theme = 'light', width = 375): Story => ({
  args: { api, planId: selector === 'form' ? '' : 'tpl_1' },
  render: ({ api: given, planId }) => html`<div id="column" style="width: ${width}px; background: ${theme === 'dark' ? '#171614' : '#fbfaf6'}"><flow-site theme=${theme} lang="de"><flow-tour-planner plan-id=${planId} .api=${given} .draw=${draw}></flow-tour-planner></flow-site></div>`,
  play: async ({ canvasElement }) => {
    await press(canvasElement, [selector]);
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    const column = canvasElement.querySelector<HTMLElement>('#column');
    if (!column) throw new Error('There is no column.');
    fits(column);
  },
});
export const GermanPhone = narrow('#tab-timeline');
export const GermanPhoneForm = narrow('form');
export const GermanPhoneMap = narrow('#tab-map');
export const GermanPhoneTable = narrow('#tab-table');
export const GermanPhoneRules = narrow('#tab-rules');
export const GermanPhoneWhyNot = narrow('#tab-why');
export const GermanPhoneHolds = narrow('#tab-holds', 'light', 320);
export const GermanPhoneVariants = narrow('.search');
export const GermanAmend = narrow('[data-plan=amend]', 'light', 900);
export const GermanDate = narrow('.block.planned', 'light', 900);
export const GermanDarkStop = narrow('[data-plan=stops]', 'dark', 900);
export const GermanDark = narrow('#tab-table', 'dark', 900);

