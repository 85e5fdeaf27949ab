import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import type { FlowAvailability } from '../widgets/public/flow-availability/flow-availability.ts';
import { define } from '../widgets/registry.ts';
import { availability, down, narrow, notAllowed, on, server, silent, twice, unknown } from './world.ts';

const days = (api: Api, day = ''): TemplateResult => html`<flow-availability artist="les-vagues-lentes" from="2027-06" day=${day} .api=${api}></flow-availability>`;
const some = server({ calendar: { availability } });

/** An artist's days, on somebody's page. */
export default {
  title: 'Public/Availability',
  component: 'flow-availability',
  loaders: [() => define('flow-site'), () => define('flow-availability')],
} satisfies Meta<FlowAvailability>;

type Story = StoryObj<FlowAvailability>;
const seen = (shown: () => TemplateResult): Story => ({ render: shown });
export const SomeDaysFree = seen(() => days(some));
export const DayChosen = seen(() => days(some, '2027-06-12'));
const several = server({ calendar: { availability: (asked) => ({ ...availability(asked), artist: asked.artist, name: asked.artist === 'nora-solveig' ? 'Nora Solveig' : 'Les Vagues Lentes' }) } });
export const SeveralArtists = seen(() => html`<flow-availability artists="les-vagues-lentes nora-solveig" from="2027-06" .api=${several}></flow-availability>`);
export const SeveralArtistsInGermanNarrow = seen(() => on({ theme: 'dark', lang: 'de' }, narrow(html`<flow-availability artists="les-vagues-lentes nora-solveig" from="2027-06" .api=${several}></flow-availability>`)));
export const AnotherTimeZone = seen(() => days(server({ calendar: { availability: (asked) => ({ ...availability(asked), timeZone: 'America/Guadeloupe' }) } })));
export const ListAlone = seen(() => html`<flow-availability artist="les-vagues-lentes" view="list" from="2027-06" .api=${some}></flow-availability>`);
export const RightToLeft = seen(() => html`<div dir="rtl">${days(some, '2027-06-12')}</div>`);
export const NoDayFree = seen(() => days(server({ calendar: { availability: (asked) => ({ ...availability(asked), days: availability(asked).days.map(({ day }) => ({ day, state: 'busy' as const })) }) } })));
export const InEnglish = seen(() => on({ theme: 'host', lang: 'en' }, days(some)));
export const Dark = seen(() => on({ theme: 'dark' }, days(some, '2027-06-12')));
export const HighContrast = seen(() => on({ theme: 'contrast' }, days(some, '2027-06-12')));
export const Narrow = seen(() => narrow(days(some)));
export const TwiceTheText = seen(() => twice(days(some)));
export const StillLoading = seen(() => days(server({ calendar: { availability: silent } })));
export const Withdrawn = seen(() => days(server({ calendar: { availability: unknown } })));
export const PageNotAllowed = seen(() => days(server({ calendar: { availability: notAllowed } })));
export const ServerDown = seen(() => days(server({ calendar: { availability: down } })));
