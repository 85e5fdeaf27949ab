import { html, nothing, type TemplateResult } from 'lit';
import { field, onSubmit } from '../../parts/desk.ts';
import { conflictOf, dayOf, km, number, placeOf, sum, wantedWords, zoneName, type Bench } from './bench.ts';
import { relaxed } from './known.ts';
import { artistField } from './marks.ts';
import type { Unused, Why } from './model.ts';

/** How many of what was not used are there until somebody asks for more. */
export const UNUSED_PAGE = 20;

/** Why not. */
export interface Asking {
  readonly why: Why | null;
  readonly artist: string;
  readonly choose: (artist: string) => void;
  readonly shown: number;
  readonly more: () => void;
}

/** What is not in the tour, each with why in words and figures, and a button that puts it in all the same; before it, the rules that cannot hold together. */
export function whyNot(bench: Bench, { why, artist, choose, shown, more }: Asking): TemplateResult {
  const { words: { say }, plan } = bench;
  return html`<p>${say('tourWhyHow')}</p>${why && why.clash.length > 0 ? clash(bench, why) : nothing}
    ${artistField(bench, artist, choose)}
    ${why === null ? html`<p role="status">${say('loading')}</p>` : why.unused.length === 0 ? html`<p class="muted">${say('tourAllUsed')}</p>`
      : html`<ul class="unused">${why.unused.slice(0, shown).map((one) => unused(bench, one))}</ul>
      ${why.unused.length > shown ? html`<div><button type="button" @click=${more}>${say('tourMoreRows', { n: why.unused.length - shown })}</button></div>` : why.more > 0 ? html`<p class="muted small">${say('tourWhyMore', { n: why.more })}</p>` : nothing}`}
    ${plan.leftOut.length > 0 ? html`<details><summary>${say('tourLeftOut', { n: plan.leftOut.length })}</summary><ul class="small">${plan.leftOut.slice(0, 100).map(({ name, reason }) => html`<li>${name}, ${say(`left_${reason}`)}</li>`)}</ul></details>` : nothing}`;
}

function clash(bench: Bench, { clash: rules }: Why): TemplateResult {
  const { words: { say }, scenario } = bench;
  return html`<section class="notice bad" aria-labelledby="clash"><h2 id="clash">${say('tourClash')}</h2><p>${say('tourClashHow')}</p><ul class="lines">${rules.map((conflict) => {
    const way = relaxed(conflict, scenario);
    return html`<li><span>${conflictOf(bench, conflict)}</span>${way ? html`<button type="button" class="small-button" @click=${() => { bench.edit(way.edit, say('tourRelaxed')); }}>${say(`relax_${way.name as 'drive'}`)}</button>` : nothing}</li>`;
  })}</ul></section>`;
}

/** The best day for it, what it would take the place of, and what that brings or costs. */
function bestOf(bench: Bench, { day, losesMinor, detourMetres, instead }: NonNullable<Unused['best']>): string {
  const { words } = bench;
  const { say } = words;
  const worth = { day: dayOf(words, day), sum: sum(words, Math.abs(losesMinor)) };
  if (instead.length > 0) return say(losesMinor < 0 ? 'tourBestInsteadMore' : 'tourBestInstead', { ...worth, other: instead.map((one) => placeOf(bench, one)).join(', ') });
  return say(losesMinor < 0 ? 'tourBestDayMore' : 'tourBestDay', { ...worth, km: km(words, detourMetres) });
}

/** What the holidays of the day that comes nearest make of it. */
function against({ words }: Bench, { day, wishes, zone }: NonNullable<Unused['best']>, capacity: number): readonly string[] {
  const { say } = words;
  const { schoolHolidays = 0, publicHolidays = 0 } = wishes;
  return [
    ...(schoolHolidays < 0 ? [say('tourHolidaysThere', { day: dayOf(words, day), zone: zoneName(zone), seats: number(words, capacity), sum: sum(words, -schoolHolidays) })] : []),
    ...(publicHolidays < 0 ? [say('tourFeastThere', { day: dayOf(words, day), sum: sum(words, -publicHolidays) })] : []),
  ];
}

function unused(bench: Bench, { artist, venue, priceMinor, best, reasons }: Unused): TemplateResult {
  const { words, known, plan, still } = bench;
  const { say } = words;
  const place = placeOf(bench, { artist, venue, day: '' });
  const there = known.venue(venue);
  const bid = known.bid(artist, venue);
  const days = bid?.days ?? [];
  const wanted = wantedWords(bench, artist, there?.place);
  return html`<li><div><h3>${place}</h3><p class="small muted meta">${plan.artists.length > 1 ? html`<span>${known.artist(artist)?.name ?? ''}</span>` : nothing}<span class="num">${sum(words, priceMinor)}</span>${there && there.capacity > 0 ? html`<span>${say('tourSeats', { n: there.capacity })}</span>` : nothing}${bid ? html`<span>${say(`bid_${bid.standing}`)}</span>` : nothing}${wanted ? html`<span>${wanted}</span>` : nothing}</p></div>
    <ul class="reasons">${reasons.map(({ days: n, conflict }) => html`<li>${conflictOf(bench, conflict)} <span class="small muted">${say('tourDaysTaken', { n })}</span></li>`)}
      ${best ? html`<li>${bestOf(bench, best)}</li>${against(bench, best, there?.capacity ?? 0).map((one) => html`<li>${one}</li>`)}` : nothing}</ul>
    ${still || days.length === 0 ? nothing : html`<form class="inline" @submit=${onSubmit(({ day = '' }) => { bench.edit({ kind: 'add', visit: { artist, venue, day } }, say('tourAdded', { place, day: dayOf(words, day) })); })}>
      ${field({ label: say('tourColDay') }, html`<select name="day" aria-label=${`${say('tourColDay')}, ${place}`}>${days.map((one) => html`<option value=${one} ?selected=${one === best?.day}>${dayOf(words, one)}</option>`)}</select>`)}<button type="submit">${say('tourAddAnyway')} <span class="sr">${place}</span></button></form>`}</li>`;
}
