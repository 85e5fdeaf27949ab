import { html, nothing, type TemplateResult } from 'lit';
import { button, outcome } from '../../parts/desk.ts';
import type { Site } from '../../core/site.ts';
import { dayOf, hours, kilos, km, number, percent, placeOf, sum, type Bench, type Words } from './bench.ts';
import { byDay, logisticsOf, savedPart } from './known.ts';
import { sketch } from './map-view.ts';
import type { Variants } from './search.ts';
import type { Side, Tour } from './model.ts';

/** What is put side by side, and what can be done with it. */
export interface Comparing {
  readonly site: Site;
  readonly found: Variants | null;
  /** The variant that is looked at in the other views, counted from 0. */
  readonly looked: number | null;
  readonly look: (index: number | null) => void;
  readonly keep: (index: number, name: string) => void;
  /** Scenarios that were chosen, and what the server says of them. */
  readonly chosen: readonly string[];
  readonly choose: (scenarioIds: readonly string[]) => void;
  readonly sides: readonly Side[] | null;
}

type Of = Pick<Tour, 'sums' | 'inOrder' | 'pointToPoint'>;
interface Compared { readonly name: string; readonly of: Of; readonly conflicts: number }
interface Line { readonly name: string; readonly value: (of: Of) => number | null; readonly written: (words: Words, value: number) => string; readonly best?: 'most' | 'least' }
const line = (name: string, value: Line['value'], written: Line['written'], best?: Line['best']): Line => ({ name, value, written, ...(best && { best }) });

const LINES: readonly Line[] = [
  line('Shows', ({ sums }) => sums.shows, number, 'most'), line('Revenue', ({ sums }) => sums.revenueMinor, sum, 'most'), line('Transport', ({ sums }) => sums.transportMinor, sum, 'least'), line('Lodging', ({ sums }) => sums.lodgingMinor + sums.mealsMinor, sum, 'least'),
  line('Nights', ({ sums }) => sums.nights, number, 'least'), line('Crew', ({ sums }) => sums.crewMinor, sum, 'least'), line('Shared', ({ sums }) => sums.sharedMinor, sum, 'most'), line('Commission', ({ sums }) => sums.commissionMinor, sum), line('Margin', ({ sums }) => sums.marginMinor, sum, 'most'),
  line('Road', ({ sums }) => sums.metres, km, 'least'), line('Hours', ({ sums }) => sums.minutes, hours, 'least'), line('Carbon', ({ sums }) => sums.grams, kilos, 'least'),
  line('InOrder', (of) => savedPart(logisticsOf(of), of.inOrder.logisticsMinor), percent, 'most'), line('PointToPoint', (of) => savedPart(logisticsOf(of), of.pointToPoint.logisticsMinor), percent, 'most'),
];
/** The figures that a card draws. */
const DRAWN = ['Margin', 'Revenue', 'Transport', 'Nights', 'Road', 'Carbon'];
/** For what a variant is praised. */
const BADGES: readonly (readonly [string, (of: Of) => number, 'most' | 'least'])[] = [
  ['margin', ({ sums }) => sums.marginMinor, 'most'], ['road', ({ sums }) => sums.metres, 'least'], ['nights', ({ sums }) => sums.nights, 'least'], ['shows', ({ sums }) => sums.shows, 'most'], ['carbon', ({ sums }) => sums.grams, 'least'],
];

const bestOf = (values: readonly (number | null)[], best: Line['best']): number | null => {
  const known = values.filter((one) => one !== null);
  return !best || new Set(known).size < 2 ? null : best === 'most' ? Math.max(...known) : Math.min(...known);
};

/** Three to five tours as cards of the same scale, then everything side by side. */
export function compare(bench: Bench, comparing: Comparing): TemplateResult {
  const { words: { say }, plan } = bench;
  const { found, sides, chosen, choose } = comparing;
  const variants = found?.variants ?? [];
  const all: readonly Compared[] = [...variants.map((tour, at) => ({ name: say('tourVariant', { n: at + 1 }), of: tour, conflicts: tour.conflicts.length })), ...(sides ?? []).map((side) => ({ name: side.name, of: side, conflicts: side.conflicts }))];
  return html`${variants.length === 0 ? html`<p class="muted">${found ? say(found.cancelled ? 'tourCancelled' : 'tourNothingFound') : say('tourNoVariants')}</p>` : html`<p>${say('tourVariantsHow', { n: variants.length })}${found?.cancelled ? html` ${say('tourCancelled')}` : nothing}</p><ul class="variants">${variants.map((tour, at) => card(bench, comparing, tour, at))}</ul>`}
    ${found ? aside(bench, found) : nothing}
    <fieldset class="choice"><legend>${say('tourCompareWith')}</legend>${plan.scenarios.map(({ id, name }) => html`<label class="check"><input type="checkbox" .checked=${chosen.includes(id)} ?disabled=${!chosen.includes(id) && chosen.length >= 5} @change=${(event: Event) => { choose((event.currentTarget as HTMLInputElement).checked ? [...chosen, id] : chosen.filter((one) => one !== id)); }}><span>${name}</span></label>`)}</fieldset>
    ${outcome(bench.acts, comparing.site, 'compare')}
    ${all.length < 2 ? html`<p class="muted small">${say('tourCompareTwo')}</p>` : sideBySide(bench, all)}`;
}

function card(bench: Bench, { found, looked, look, keep, site }: Comparing, tour: Tour, at: number): TemplateResult {
  const { words, known, plan, acts } = bench;
  const { say } = words;
  const all = found?.variants ?? [];
  const name = say('tourVariant', { n: at + 1 });
  const badges = BADGES.filter(([, value, best]) => { const values = all.map(value); return bestOf(values, best) === value(tour); }).map(([badge]) => badge);
  const act = `keep:${at}`;
  return html`<li class=${looked === at ? 'looked' : ''}><div class="row between"><h3>${name}</h3><span class="small muted">${say('tourShows', { n: tour.sums.shows })}</span></div>${sketch(tour, known, plan.artists.map(({ id }) => id))}
    <p class="row badges">${badges.map((badge) => html`<span class="tag good">${say(`badge_${badge as 'margin'}`)}</span>`)}</p>
    <dl class="bars">${LINES.filter((one) => DRAWN.includes(one.name)).map(({ name: of, value, written }) => {
      const most = Math.max(1, ...all.map((one) => Math.abs(value(one) ?? 0)));
      return html`<div><dt>${say(`tourFig${of}` as 'tourFigMargin')}</dt><dd class="num">${written(words, value(tour) ?? 0)}</dd><dd aria-hidden="true" class="bar"><i class=${of === 'Margin' || of === 'Revenue' ? '' : 'cost'} .style=${`width:${Math.round((100 * Math.max(0, value(tour) ?? 0)) / most)}%`}></i></dd></div>`;
    })}</dl>
    <details><summary>${say('tourDatesOf', { n: tour.stops.length })}</summary><ol class="small dates">${byDay(tour.stops).slice(0, 60).map((stop) => html`<li><span class="num">${dayOf(words, stop.day)}</span><span>${stop.city || stop.title}${plan.artists.length > 1 ? html` <span class="muted">${known.artist(stop.artist)?.name ?? ''}</span>` : nothing}</span></li>`)}</ol></details>
    <div class="row">${button(acts, site, { act, label: say('tourKeep'), kind: 'primary', press: () => { keep(at, name); } })}<button type="button" aria-pressed=${looked === at ? 'true' : 'false'} @click=${() => { look(looked === at ? null : at); }}>${say(looked === at ? 'tourLookedAt' : 'tourLookAt')}</button></div>${outcome(acts, site, act)}</li>`;
}

/** What could not be had, and what holds the best of them back. */
function aside(bench: Bench, { missed, bindings }: Variants): TemplateResult | typeof nothing {
  const { words } = bench;
  const { say } = words;
  if (missed.length + bindings.length === 0) return nothing;
  return html`${missed.length > 0 ? html`<div class="notice warn"><p>${say('tourMissed', { n: missed.length })}</p><ul class="small">${missed.map((one) => html`<li>${placeOf(bench, one)}, ${dayOf(words, one.day)}</li>`)}</ul></div>` : nothing}
    ${bindings.length > 0 ? html`<section><h3>${say('tourBindings')}</h3><ul class="lines">${bindings.map(({ rule, gainsMinor, gainsShows }) => html`<li>${say(`binding_${rule}`)} <span class="muted">${say('tourGains', { sum: sum(words, gainsMinor) })}${gainsShows > 0 ? html`, ${say('tourGainsShows', { n: gainsShows })}` : nothing}</span></li>`)}</ul></section>` : nothing}`;
}

function sideBySide({ words }: Bench, all: readonly Compared[]): TemplateResult {
  const { say } = words;
  return html`<div class="across" tabindex="0" role="region" aria-label=${say('tourSideBySide')}><table class="sides"><thead><tr><th scope="col"><span class="sr">${say('tourFigure')}</span></th>${all.map(({ name }) => html`<th scope="col" class="end">${name}</th>`)}</tr></thead><tbody>${LINES.map(({ name, value, written, best }) => {
    const values = all.map(({ of }) => value(of));
    const top = bestOf(values, best);
    return html`<tr><th scope="row">${say(`tourFig${name}` as 'tourFigMargin')}</th>${values.map((one) => html`<td class="end num ${one !== null && one === top ? 'best' : ''}">${one === null ? '–' : written(words, one)}${one !== null && one === top ? html`<span class="sr"> ${say('tourBest')}</span>` : nothing}</td>`)}</tr>`;
  })}<tr><th scope="row">${say('tourFigConflicts')}</th>${all.map(({ conflicts }) => html`<td class="end num">${number(words, conflicts)}</td>`)}</tr></tbody></table></div>`;
}
