import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import type { FlowEpk } from '../widgets/public/flow-epk/flow-epk.ts';
import { define } from '../widgets/registry.ts';
import { down, epk, fullEpk, longWord, narrow, notAllowed, on, server, silent, twice, unknown } from './world.ts';

const kit = (api: Api): TemplateResult => html`<flow-epk artist="les-vagues-lentes" request-href="https://example.org/demande" .api=${api}></flow-epk>`;
const whole = server({ profiles: { epk: () => epk } });

/** An artist's press kit, on somebody's page. */
export default {
  title: 'Public/Press kit',
  component: 'flow-epk',
  loaders: [() => define('flow-site'), () => define('flow-epk')],
} satisfies Meta<FlowEpk>;

type Story = StoryObj<FlowEpk>;
const seen = (shown: () => TemplateResult): Story => ({ render: shown });
export const Whole = seen(() => kit(whole));
export const FilmsAndDocuments = seen(() => kit(server({ profiles: { epk: () => fullEpk } })));
export const FilmsInGermanNarrow = seen(() => on({ theme: 'dark', lang: 'de' }, narrow(kit(server({ profiles: { epk: () => fullEpk } })))));
export const InDutch = seen(() => on({ theme: 'host', lang: 'nl' }, kit(whole)));
export const SomeParts = seen(() => html`<flow-epk artist="les-vagues-lentes" show="audio press" .api=${whole}></flow-epk>`);
export const RightToLeft = seen(() => html`<div dir="rtl">${kit(server({ profiles: { epk: () => fullEpk } }))}</div>`);
export const JustBegun = seen(() => kit(server({ profiles: { epk: () => ({ ...epk, bio: {}, media: [], quotes: [], links: [], upcoming: [], rating: null, reviews: [], technical: '', audience: { min: 0, max: 0 } }) } })));
export const InEnglish = seen(() => on({ theme: 'host', lang: 'en' }, kit(whole)));
export const Dark = seen(() => on({ theme: 'dark' }, kit(whole)));
export const HighContrast = seen(() => on({ theme: 'contrast' }, kit(whole)));
export const Narrow = seen(() => narrow(kit(whole)));
export const TwiceTheText = seen(() => twice(narrow(kit(whole))));
export const LongWords = seen(() => narrow(kit(server({ profiles: { epk: () => ({ ...epk, name: longWord, tagline: { fr: longWord }, genres: [longWord], city: longWord }) } }))));
export const StillLoading = seen(() => kit(server({ profiles: { epk: silent } })));
export const Withdrawn = seen(() => kit(server({ profiles: { epk: unknown } })));
export const PageNotAllowed = seen(() => kit(server({ profiles: { epk: notAllowed } })));
export const ServerDown = seen(() => html`<flow-epk artist="les-vagues-lentes" .api=${server({ profiles: { epk: down } })}><a href="mailto:residence@theatre.example">Demander le dossier par courriel</a></flow-epk>`);
