import { html, type TemplateResult } from 'lit';
import { field, onSubmit } from '../../parts/desk.ts';
import { sum, symbolOf, type Bench } from './bench.ts';
import { AIMS, USUAL, usualWeights, type Aim } from './known.ts';
import type { Limits, Weights } from './model.ts';

/** The sliders as a hand has set them, before they are sent. */
export interface Ruling {
  readonly draft: Weights | null;
  readonly slide: (draft: Weights) => void;
}

/** The limits that hold, in the units in which people say them. */
const LIMITS: readonly (readonly [name: keyof Limits, unit: number, least: number, most: number, step: number])[] = [
  ['driveMinutes', 60, 1, 16, 0.5], ['restMinutes', 60, 6, 24, 0.5], ['breakAfter', 60, 1, 9, 0.5], ['breakMinutes', 1, 0, 180, 5], ['leastGap', 1, 1, 30, 1], ['mostShows', 1, 0, 365, 1], ['wantedShows', 1, 0, 365, 1],
];
const RATES = ['nightMinor', 'crewDayMinor', 'mealsMinor'] as const;

/** What must hold, what things cost, and what each wish is worth: a slider and a number beside it, in money, explained in a sentence. */
export function rules(bench: Bench, { draft, slide }: Ruling): TemplateResult {
  const { scenario, words, edit } = bench;
  const { say, currency } = words;
  const weights = draft ?? scenario.weights;
  const send = (next: Weights): void => { slide(next); edit({ kind: 'weights', weights: next }, say('tourWeightsSet')); };
  return html`<section aria-labelledby="limits"><h2 id="limits">${say('tourLimits')}</h2>
    <form @submit=${onSubmit((values) => { edit({ kind: 'limits', limits: Object.fromEntries(LIMITS.map(([name, unit]) => [name, Math.round(Number(values[name] ?? 0) * unit)])) as unknown as Limits }, say('tourLimitsSet')); })}>
      <div class="fields">${LIMITS.map(([name, unit, least, most, step]) => field({ label: say(`limit_${name}`), hint: say(`limitHow_${name}`) }, html`<input type="number" name=${name} min=${least} max=${most} step=${step} required .value=${String(scenario.limits[name] / unit)}>`))}</div>
      <div><button type="submit">${say('tourLimitsDo')}</button></div></form></section>
    <section aria-labelledby="weights"><div class="row between"><h2 id="weights">${say('tourWeights')}</h2><button type="button" @click=${() => { send(usualWeights); }}>${say('tourUsual')}</button></div>
      <p>${say('tourWeightsHow')}</p>
      <div class="row" role="group" aria-label=${say('tourAim')}>${(Object.keys(AIMS) as Aim[]).map((aim) => html`<button type="button" aria-pressed=${same(weights, AIMS[aim]) ? 'true' : 'false'} @click=${() => { send(AIMS[aim]); }}>${say(`aim_${aim}`)}</button>`)}</div>
      <ul class="sliders">${(Object.keys(USUAL) as (keyof Weights)[]).map((name) => slider(name, weights, { slide, send, say: words }))}</ul></section>
    <section aria-labelledby="rates"><h2 id="rates">${say('tourRates')}</h2><form @submit=${onSubmit((values) => { edit({ kind: 'rates', rates: { nightMinor: cents(values['nightMinor']), crewDayMinor: cents(values['crewDayMinor']), mealsMinor: cents(values['mealsMinor']) } }, say('tourRatesSet')); })}>
      <div class="fields">${RATES.map((name) => field({ label: say(`rate_${name}`, { currency }) }, html`<input type="number" name=${name} min="0" max="10000" step="0.01" required .value=${String(scenario.rates[name] / 100)}>`))}</div><div><button type="submit">${say('tourRatesDo')}</button></div></form></section>`;
}

const cents = (said: string | undefined): number => Math.round(Number(said ?? 0) * 100);
const same = (one: Weights, other: Weights): boolean => (Object.keys(USUAL) as (keyof Weights)[]).every((name) => one[name] === other[name]);

interface Slider { readonly slide: (draft: Weights) => void; readonly send: (next: Weights) => void; readonly say: Bench['words'] }

function slider(name: keyof Weights, weights: Weights, { slide, send, say: words }: Slider): TemplateResult {
  const { say, currency } = words;
  const value = weights[name];
  const most = Math.max(USUAL[name][1], value);
  const read = (event: Event): Weights => ({ ...weights, [name]: Math.max(0, Math.round(Number((event.currentTarget as HTMLInputElement).value) * 100)) });
  return html`<li><label for=${`w-${name}`}>${say(`weight_${name}`)}</label><p class="small muted" id=${`h-${name}`}>${value === 0 ? say('weightNone') : say(`weightHow_${name}`, { sum: sum(words, value) })}</p>
    <div class="slide"><input id=${`w-${name}`} type="range" min="0" max=${most / 100} step=${most / 100 > 200 ? 10 : 1} .value=${String(value / 100)} aria-describedby=${`h-${name}`} aria-valuetext=${sum(words, value)} @input=${(event: Event) => { slide(read(event)); }} @change=${(event: Event) => { send(read(event)); }}>
      <input type="number" min="0" max="10000" step="1" .value=${String(value / 100)} aria-label=${`${say(`weight_${name}`)} (${currency})`} @change=${(event: Event) => { send(read(event)); }}><span class="small muted" aria-hidden="true">${symbolOf(words)}</span></div></li>`;
}
