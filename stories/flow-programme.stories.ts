import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import type { FlowProgramme } from '../widgets/public/flow-programme/flow-programme.ts';
import { define } from '../widgets/registry.ts';
import { down, longWord, narrow, notAllowed, on, programme, server, shows, silent, twice } from './world.ts';

const list = (api: Api): TemplateResult => html`<flow-programme .api=${api}></flow-programme>`;
const some = server({ programme: { shows: ({ past }) => (past ? { ...programme, shows: [] } : programme) } });

/** What is on, on somebody's page. */
export default {
  title: 'Public/Programme',
  component: 'flow-programme',
  loaders: [() => define('flow-site'), () => define('flow-programme')],
} satisfies Meta<FlowProgramme>;

type Story = StoryObj<FlowProgramme>;
const seen = (shown: () => TemplateResult): Story => ({ render: shown });
export const SomeDates = seen(() => list(some));
export const AsAGrid = seen(() => html`<flow-programme view="grid" stage="theatre" .api=${some}></flow-programme>`);
export const AsACalendar = seen(() => html`<flow-programme view="calendar" stage="theatre" .api=${some}></flow-programme>`);
export const ACalendarOnAPhone = seen(() => narrow(html`<flow-programme view="calendar" .api=${some}></flow-programme>`));
export const FreeEntryOnly = seen(() => html`<flow-programme free .api=${some}></flow-programme>`);
export const NothingFits = seen(() => html`<flow-programme genre="bal" .api=${some}></flow-programme>`);
export const DatesAlone = seen(() => html`<flow-programme plain .api=${some}></flow-programme>`);
export const InGerman = seen(() => on({ theme: 'host', lang: 'de' }, list(some)));
export const FromRightToLeft = seen(() => html`<div dir="rtl">${list(some)}</div>`);
export const NothingAnnounced = seen(() => list(server({ programme: { shows: () => ({ ...programme, shows: [] }) } })));
export const NothingPast = seen(() => html`<flow-programme past .api=${some}></flow-programme>`);
export const InEnglish = seen(() => on({ theme: 'host', lang: 'en' }, list(some)));
export const Dark = seen(() => on({ theme: 'dark' }, list(some)));
export const HighContrast = seen(() => on({ theme: 'contrast' }, list(some)));
export const Narrow = seen(() => narrow(list(some)));
export const TwiceTheText = seen(() => twice(list(some)));
export const LongWords = seen(() => narrow(list(server({ programme: { shows: () => ({ ...programme, shows: shows.map((show) => ({ ...show, title: longWord, place: longWord })) }) } }))));
export const StillLoading = seen(() => list(server({ programme: { shows: silent } })));
export const PageNotAllowed = seen(() => list(server({ programme: { shows: notAllowed } })));
export const ServerDown = seen(() => list(server({ programme: { shows: down } })));
