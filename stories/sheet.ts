import { html, render, type TemplateResult } from 'lit';
import type { Theme } from '../widgets/core/site.ts';
import { draw } from '../widgets/parts/map-svg.ts';
import { define } from '../widgets/registry.ts';
import { availability, epk, on, partner, places, programme, server, tour } from './world.ts';

/* One widget in every theme and language side by side, for eyes: `npm run sheet`. `?tag=flow-epk&languages=fr,en` */
const asked = new URLSearchParams(location.search);
const tag = asked.get('tag') ?? 'flow-epk';
const languages = (asked.get('languages') ?? 'fr').split(',');

const steps = (['request', 'hold', 'offer', 'agreement', 'contract', 'deposit', 'balance', 'show', 'release'] as const)
  .map((step, at) => ({ step, state: at < 4 ? 'done' as const : at === 4 ? 'now' as const : 'to_come' as const }));
const api = server({
  profiles: { epk: () => epk, places: () => places }, calendar: { availability }, partners: { partner: () => partner },
  programme: { shows: () => programme, tour: () => tour }, dossier: { steps: () => ({ steps }) },
});
const link = html`<a href="mailto:residence@theatre.example">Écrire</a>`;
const widgets: Readonly<Record<string, () => TemplateResult>> = {
  'flow-epk': () => html`<flow-epk artist="les-vagues-lentes" request-href="https://example.org/demande" .api=${api}>${link}</flow-epk>`,
  'flow-availability': () => html`<flow-availability artist="les-vagues-lentes" from="2027-06" day="2027-06-12" .api=${api}>${link}</flow-availability>`,
  'flow-booking-request': () => html`<flow-booking-request artist="les-vagues-lentes" asker="private" no-draft .api=${api}>${link}</flow-booking-request>`,
  'flow-programme': () => html`<flow-programme .api=${api}>${link}</flow-programme>`,
  'flow-tour-map': () => html`<flow-tour-map artist="les-vagues-lentes" .api=${api} .draw=${draw}>${link}</flow-tour-map>`,
  'flow-contract-status': () => html`<flow-contract-status reference="refu2p4n2m6zuuc7svurobpzatjqk" .api=${api}>${link}</flow-contract-status>`,
};
/** The fourth takes the look of a page that has one of its own. */
const themes: readonly (readonly [string, Theme])[] = [['light', 'light'], ['dark', 'dark'], ['contrast', 'contrast'], ['brand', 'host']];

const title = document.querySelector('h1');
const main = document.querySelector('main');
if (!title || !main) throw new Error('The sheet has no room.');
await define('flow-site');
await define(tag);
title.textContent = `<${tag}>`;
main.style.gridTemplateColumns = `repeat(${languages.length}, 680px)`;
render(themes.map(([name, theme]) => languages.map((lang) => html`<figure data-theme=${name}><figcaption>${name} · ${lang}</figcaption>${on({ theme, lang }, widgets[tag]?.() ?? html`no such widget`)}</figure>`)), main);
