import type { inferRouterOutputs } from '@trpc/server';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { AppRouter } from '../../../server/app-router.ts';
import { day, dayIn } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import type { Acts } from '../../parts/acts.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';

/** Who wants to hear the artists near them. */
export type Wishes = inferRouterOutputs<AppRouter>['nearby']['wishes'];
type Wish = Wishes['asks'][number];

export const wishStyles = css`
.wishes { display: grid; gap: 12px } .wishes h2 { padding-bottom: 0 }
.wish { display: grid; gap: 12px; padding: 16px 0; border-top: 1px solid var(--line) }
.wish dl { display: grid; gap: 4px } .wish dt { display: inline; color: var(--muted) } .wish dd { display: inline; overflow-wrap: anywhere }
.wish h3 { font-weight: 600; overflow-wrap: anywhere }
.wish .acts { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: start } .wish details { flex: 1 1 auto } .wish details[open] { flex-basis: 100% }
.wish summary { display: inline-flex; align-items: center; min-height: 44px; padding: 0 4px; font-weight: 400; color: var(--accent); text-decoration: underline; text-underline-offset: .18em }
.wish details form, .wish details > div { display: grid; gap: 12px; padding: 4px 0 8px; max-width: 480px }
.towns { width: 100%; max-width: 640px; border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums }
.towns :is(th, td) { text-align: start; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere } .towns thead th { font-size: 13px; color: var(--muted) } .towns :is(th, td).end { text-align: end; padding-inline-end: 0; padding-inline-start: 12px }
.towns tbody th { font-weight: 600 }`;

/** How wishes are answered. */
export interface Answering {
  readonly site: Site;
  readonly acts: Acts;
  readonly answer: (id: string, how: 'written' | 'declined') => void;
  readonly offer: (id: string, day: string) => void;
}

/** The organisers who ask, each with the ways to answer. */
export function asksOf({ asks }: Wishes, answering: Answering): TemplateResult | typeof nothing {
  const { sayOwn: say } = answering.site;
  if (asks.length === 0) return nothing;
  return html`<section class="wishes" aria-labelledby="asks"><h2 id="asks">${say('nearAsks')} <span class="muted num">${asks.length}</span></h2><div>${asks.map((ask) => askLine(ask, answering))}</div></section>`;
}

function askLine(ask: Wish, { site, acts, answer, offer }: Answering): TemplateResult {
  const { sayOwn: say, locale, timeZone } = site;
  const { id, artist, name, organisation, kind, email, city, country, period, message, status, createdAt, bookingId } = ask;
  const who = organisation || name;
  const write = `mailto:${encodeURIComponent(email)}?subject=${encodeURIComponent(say('wishSubject', { artist, city }))}`;
  return html`<article class="wish" aria-labelledby=${id}>
    <div><h3 id=${id}>${who} <span class="muted">· ${city}${country === 'FR' ? '' : ` (${country})`}</span></h3>
      <p class="small muted">${say('forArtist', { name: artist })} · ${say(`wish_${kind}`)}${organisation ? ` · ${name}` : ''} · ${say('wishAsked', { day: day(createdAt.slice(0, 10), locale) })}</p></div>
    ${period ? html`<dl><div><dt class="small">${say('wishWhen')}</dt> <dd>${period}</dd></div></dl>` : nothing}
    ${message ? html`<p class="words">${message}</p>` : nothing}
    ${status === 'open' ? html`<div class="acts">
      <a class="button" href=${write}>${say('wishWrite')}</a>${button(acts, site, { act: `written:${id}`, label: say('wishWritten'), press: () => { answer(id, 'written'); } })}
      <details name="wish-${id}"><summary>${say('wishOffer')}</summary><form @submit=${onSubmit((values) => { offer(id, values['day'] ?? ''); })}>
        <p class="small muted">${say('wishOfferHow', { name: who })}</p>${field({ label: say('wishOfferDay') }, html`<input type="date" name="day" required min=${dayIn(timeZone)}>`)}
        ${outcome(acts, site, `offer:${id}`)}<div>${button(acts, site, { act: `offer:${id}`, label: say('wishOfferGo'), kind: 'primary' })}</div></form></details>
      <details name="wish-${id}"><summary>${say('wishNo')}</summary><div><p class="small muted">${say('wishNoHow', { name: who })}</p>
        ${outcome(acts, site, `declined:${id}`)}<div>${button(acts, site, { act: `declined:${id}`, label: say('wishNoGo'), kind: 'danger', press: () => { answer(id, 'declined'); } })}</div></div></details>
      ${outcome(acts, site, `written:${id}`)}</div>`
      : html`<p class="row" role="status"><span class="tag">${say(`wishIs_${status}`)}</span>${bookingId ? html`<a href="/booking?id=${bookingId}">${say('wishOfferGo')}</a>` : nothing}</p>`}
  </article>`;
}

/** Where the artists are wanted, by town: a number of people, never who. */
export function townsOf({ towns }: Wishes, { sayOwn: say }: Site): TemplateResult | typeof nothing {
  if (towns.length === 0) return nothing;
  const several = new Set(towns.map(({ artist }) => artist)).size > 1;
  return html`<section class="wishes" aria-labelledby="towns"><div><h2 id="towns">${say('wishTowns')}</h2><p class="small muted">${say('wishTownsHow')}</p></div>
    <table class="towns"><thead><tr><th scope="col">${say('wishTown')}</th><th scope="col" class="end">${say('wishFans')}</th><th scope="col" class="end">${say('wishOrganisers')}</th></tr></thead>
      <tbody>${towns.map(({ artist, city, country, fans, organisers }) => html`<tr><th scope="row">${city}${country === 'FR' ? '' : ` (${country})`}${several ? html` <span class="small muted">${say('forArtist', { name: artist })}</span>` : nothing}</th><td class="end">${fans}</td><td class="end">${organisers}</td></tr>`)}</tbody></table></section>`;
}
