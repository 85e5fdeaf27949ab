import { html, nothing, type TemplateResult } from 'lit';
import { day, dayIn, money } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import type { ToursSpeech } from '../../core/tours-words.ts';
import type { Acts } from '../../parts/acts.ts';
import { daysAfter } from '../../parts/days.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import { castField, castFrom, type Cast } from './cast.ts';
import { AIMS, type Aim } from './known.ts';
import type { ArtistRow, Begun, PlanRow } from './model.ts';

/** What a tour is begun with. */
export interface Beginning { readonly name: string; readonly artists: readonly Cast[]; readonly from: string; readonly until: string; readonly wantedShows: number; readonly aim: Aim; readonly currency: NonNullable<Begun['currency']>; /** The name of the first scenario. */ readonly scenario: string }

/** The tours that are planned, and the form of another one. */
export interface Listing {
  readonly site: Site;
  readonly say: ToursSpeech;
  readonly acts: Acts;
  readonly plans: readonly PlanRow[];
  readonly artists: readonly ArtistRow[];
  /** What is wrong with the form. */
  readonly wrong: string;
  readonly create: (beginning: Beginning) => void;
  readonly refuse: (why: string) => void;
}

export function list(listing: Listing): TemplateResult {
  const { site, say, plans } = listing;
  const { locale } = site;
  return html`<p>${say('toursHow')}</p>
    ${plans.length === 0 ? html`<div class="empty"><h2>${say('toursNone')}</h2><p>${say('toursNoneHow')}</p></div>`
      : html`<ul class="lines tours">${plans.map((one) => html`<li><span><a href=${`/tours?plan=${one.id}`}><strong>${one.name}</strong></a><span class="small muted">${day(one.from, locale)} – ${day(one.until, locale)} · ${one.artists.join(', ')}</span></span><span class="small muted num">${say('toursScenarios', { n: one.scenarios })} · ${say('tourFigMargin')} ${money({ minor: Math.round(one.marginMinor / 100) * 100, currency: one.currency }, locale, true)}</span></li>`)}</ul>`}
    ${form(listing)}`;
}

function form({ site, say, acts, artists, wrong, create, refuse }: Listing): TemplateResult {
  const today = dayIn(site.timeZone);
  if (artists.length === 0) return html`<p class="notice"><span>${say('toursNoArtist')}</span></p>`;
  return html`<section aria-labelledby="new"><h2 id="new">${say('toursNew')}</h2><form @submit=${onSubmit((values, element) => {
    const chosen = castFrom(element, artists);
    const { name = '', from = '', until = '', wanted = '0', aim = 'margin' } = values;
    if (chosen.length === 0) refuse(say('toursWhoNone'));
    else if (until < from) refuse(say('toursEndsBefore'));
    else create({ name, artists: chosen, from, until, wantedShows: Number(wanted), aim: aim as Aim, currency: artists.find(({ id }) => chosen.some((one) => one.id === id))?.currency ?? 'EUR', scenario: say('toursFirstScenario') });
  })}>
    ${field({ label: say('toursName') }, html`<input name="name" required maxlength="80" autocomplete="off">`)}
    ${castField({ say, locale: site.locale }, artists, new Map(artists.length === 1 ? artists.map(({ id, people, vehicle }) => [id, { people, vehicle }]) : []))}
    <div class="fields">${field({ label: say('toursFrom') }, html`<input type="date" name="from" required min=${today} value=${daysAfter(today, 30)}>`)}${field({ label: say('toursUntil') }, html`<input type="date" name="until" required min=${today} value=${daysAfter(today, 120)}>`)}
      ${field({ label: say('toursWanted'), hint: say('toursWantedHow') }, html`<input type="number" name="wanted" min="0" max="365" step="1" value="10" required>`)}</div>
    <fieldset><legend>${say('tourAim')}</legend>${(Object.keys(AIMS) as Aim[]).map((aim) => html`<label class="check"><input type="radio" name="aim" value=${aim} ?checked=${aim === 'margin'}><span>${say(`aim_${aim}`)}<small> ${say(`aimHow_${aim}`)}</small></span></label>`)}</fieldset>
    <p id="wrong" class="bad" role="alert">${wrong || nothing}</p>${outcome(acts, site, 'create')}
    <div>${button(acts, site, { act: 'create', label: say('toursCreate'), kind: 'primary' })}</div></form></section>`;
}
