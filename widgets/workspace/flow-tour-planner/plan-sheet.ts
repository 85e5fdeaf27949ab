import { html, nothing, type TemplateResult } from 'lit';
import { day } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import { daysAfter, daysBetween } from '../../parts/days.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import type { TypeAhead } from '../../parts/type-ahead.ts';
import { placeOf, type Bench } from './bench.ts';
import { castField, castFrom, type Cast } from './cast.ts';
import { listForm, type Listing } from './list-sheet.ts';
import { sheetHead } from './marks.ts';
import type { ArtistRow } from './model.ts';

/** What the sheets of a plan itself ask. */
export type PlanAsked = 'amend' | 'stops' | 'list' | 'removePlan';
/** The marks of a stop that was added by hand. */
export const BY_HAND = 'tst_';

/** A plan as a form says it. */
export interface Amended { readonly name: string; readonly from: string; readonly until: string; readonly artists: readonly Cast[] }
/** A stop by hand as a form says it: its town as it was typed. `put` has it in the scenario at once, on its first day. */
export interface Added { readonly artist: string; readonly name: string; readonly town: string; readonly priceMinor: number; readonly capacity: number; readonly days: readonly string[]; readonly put: boolean }

/** What the sheets of a plan do. */
export interface Planning {
  readonly kind: PlanAsked;
  readonly site: Site;
  /** Whom one may plan for; null until it is known. */
  readonly artists: readonly ArtistRow[] | null;
  readonly places: TypeAhead<string>;
  /** What is wrong with the form. */
  readonly wrong: string;
  readonly refuse: (why: string) => void;
  readonly shut: () => void;
  readonly amend: (to: Amended) => void;
  readonly add: (stop: Added) => void;
  readonly list: Pick<Listing, 'listed' | 'add'>;
  readonly drop: (id: string) => void;
  readonly dropAll: () => void;
  readonly remove: () => void;
}

/** The plan itself: its name, days and artists; stops that nobody offered; its end. */
export function planSheet(bench: Bench, planning: Planning): TemplateResult {
  const { words: { say }, plan, acts } = bench;
  const { kind, site, shut, remove } = planning;
  const title = sheetHead(bench.words, html`<h2 id="sheet-title">${say(`tourPlan_${kind}`)}</h2>`, shut);
  if (kind === 'amend') return html`${title}${amendForm(bench, planning)}`;
  if (kind === 'stops') return html`${title}${handStops(bench, planning)}${stopForm(bench, planning)}`;
  if (kind === 'list') return html`${title}${listForm(bench, { ...planning, ...planning.list })}`;
  return html`${title}<form @submit=${onSubmit(remove)}><p>${say('planRemoveSure', { name: plan.name, n: plan.scenarios.length })}</p>${outcome(acts, site, 'plan')}<div class="row">${button(acts, site, { act: 'plan', label: say('tourPlan_removePlan'), kind: 'danger' })}<button type="button" @click=${shut}>${say('cancel')}</button></div></form>`;
}

function amendForm({ plan, words: { say, locale }, acts }: Bench, { site, artists, wrong, refuse, amend, shut }: Planning): TemplateResult {
  if (!artists) return html`<p role="status">${say('loading')}</p>${outcome(acts, site, 'cast')}`;
  const said = new Map(plan.cast.map((one) => [one.id, one]));
  const chosen = new Map(plan.artists.map(({ id, people, carriage }) => [id, { people, vehicle: carriage.kind, said: said.get(id) }]));
  return html`<form @submit=${onSubmit(({ name = '', from = '', until = '' }, form) => {
    const cast = castFrom(form, artists);
    if (cast.length === 0) refuse(say('toursWhoNone'));
    else if (until < from) refuse(say('toursEndsBefore'));
    else amend({ name, from, until, artists: cast });
  })}>${field({ label: say('toursName') }, html`<input name="name" required maxlength="80" autocomplete="off" value=${plan.name}>`)}
    <div class="fields">${field({ label: say('toursFrom') }, html`<input type="date" name="from" required value=${plan.from}>`)}${field({ label: say('toursUntil') }, html`<input type="date" name="until" required value=${plan.until}>`)}</div>
    ${castField({ say, locale }, artists, chosen)}<p class="small muted">${say('planAmendHow')}</p><p id="wrong" class="bad" role="alert">${wrong || nothing}</p>${outcome(acts, site, 'plan')}
    <div class="row">${button(acts, site, { act: 'plan', label: say('save'), kind: 'primary' })}<button type="button" @click=${shut}>${say('cancel')}</button></div></form>`;
}

/** Stops by hand that are shown: of a long list the rest goes together. */
const SHOWN = 50;

/** The stops that were added by hand, each to be taken away, or all. */
function handStops(bench: Bench, { site, drop, dropAll }: Planning): TemplateResult | typeof nothing {
  const { plan, words: { say, locale }, acts } = bench;
  const own = plan.venues.filter(({ id }) => id.startsWith(BY_HAND));
  return own.length === 0 ? nothing : html`<ul class="lines">${own.slice(0, SHOWN).map(({ id }) => {
    const bid = plan.bids.find(({ venue }) => venue === id);
    const place = placeOf(bench, { artist: bid?.artist ?? '', venue: id, day: '' });
    const [first, last] = [bid?.days[0], bid?.days.at(-1)];
    return html`<li><span>${place}${first && last ? html` <span class="small muted">${first === last ? day(first, locale) : say('tourFromTo', { from: day(first, locale), to: day(last, locale) })}</span>` : nothing}</span><button type="button" class="plain small" aria-label=${say('stopDropOf', { place })} ?disabled=${acts.busy !== ''} @click=${() => { drop(id); }}>${say('stopDrop')}</button></li>`;
  })}</ul>${own.length > SHOWN ? html`<p class="small muted">${say('stopsMore', { n: own.length - SHOWN })}</p>` : nothing}${own.length > 1 ? html`<p><button type="button" class="plain small danger" ?disabled=${acts.busy !== ''} @click=${dropAll}>${say('stopsDrop', { n: own.length })}</button></p>` : nothing}${outcome(acts, site, 'drop')}`;
}

function stopForm({ plan, words: { say, currency }, acts }: Bench, { site, places, wrong, refuse, add, shut }: Planning): TemplateResult {
  return html`<form @submit=${onSubmit(({ artist = plan.artists[0]?.id ?? '', name = '', town = '', price = '0', capacity = '0', from = '', until = '', put }) => {
    const last = until || from;
    if (places.named(town) === undefined) refuse(say('stopTownUnknown'));
    else if (last < from) refuse(say('toursEndsBefore'));
    else add({ artist, name, town, priceMinor: Math.round(Number(price) * 100), capacity: Number(capacity) || 0, days: Array.from({ length: daysBetween(from, last) + 1 }, (_, at) => daysAfter(from, at)), put: put !== undefined });
  })}><p class="small muted">${say('stopHow')}</p>
    ${plan.artists.length > 1 ? field({ label: say('tourArtist') }, html`<select name="artist">${plan.artists.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</select>`) : nothing}
    <div class="fields">${field({ label: say('stopName') }, html`<input name="name" required maxlength="80" autocomplete="off">`)}
      ${field({ label: say('home'), hint: say('cityHow') }, html`<input name="town" list="places" autocomplete="off" required @input=${(event: InputEvent) => { places.ask((event.currentTarget as HTMLInputElement).value); }}>${places.list()}`)}
      ${field({ label: say('tourPriceIn', { currency }) }, html`<input name="price" type="number" min="0" max="1000000" step="1" inputmode="decimal" required>`)}${field({ label: say('stopSeats'), optional: say('optional') }, html`<input name="capacity" type="number" min="0" max="1000000" step="1" inputmode="numeric">`)}
      ${field({ label: say('toursFrom') }, html`<input type="date" name="from" required min=${plan.from} max=${plan.until}>`)}${field({ label: say('toursUntil'), hint: say('stopUntilHow'), optional: say('optional') }, html`<input type="date" name="until" min=${plan.from} max=${plan.until}>`)}</div>
    <label class="check"><input type="checkbox" name="put" value="yes" checked><span>${say('stopPut')}</span></label>
    <p id="wrong" class="bad" role="alert">${wrong || nothing}</p>${outcome(acts, site, 'plan')}
    <div class="row">${button(acts, site, { act: 'plan', label: say('stopAdd'), kind: 'primary' })}<button type="button" @click=${shut}>${say('cancel')}</button></div></form>`;
}
