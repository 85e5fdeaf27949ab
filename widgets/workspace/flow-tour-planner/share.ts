import { html, nothing, type TemplateResult } from 'lit';
import { money } from '../../core/format.ts';
import { dayOf, sum, type Bench } from './bench.ts';
import { stroke } from './marks.ts';

/** What artists share on the road, what each pays and saves, to the cent, and how it was split. */
export function share(bench: Bench): TemplateResult {
  const { tour, words, known, plan } = bench;
  const { say, locale, currency } = words;
  const exact = (minor: number): string => money({ minor, currency }, locale);
  const name = (artist: string): string => known.artist(artist)?.name ?? '';
  return html`<p>${say('tourShareHow')}</p>
    ${tour.shared.length === 0 ? html`<p class="muted">${say(plan.artists.length > 1 ? 'tourShareNone' : 'tourShareOne')}</p>` : html`<p><strong>${say('tourShareTotal', { sum: sum(words, tour.sums.sharedMinor) })}</strong></p><ul class="shared">${tour.shared.map(({ what, from, to, place, saved, parts, by }) => html`<li>
      <h3>${say(`share_${what}`)}, ${from === to ? dayOf(words, from) : say('tourFromTo', { from: dayOf(words, from), to: dayOf(words, to) })}${known.spot(place) ? html` <span class="muted">${known.spot(place)?.city ?? ''}</span>` : nothing}</h3>
      <table class="sides"><thead><tr><th scope="col">${say('tourArtist')}</th><th scope="col" class="end">${say('tourAlone')}</th><th scope="col" class="end">${say('tourPays')}</th><th scope="col" class="end">${say('tourSaves')}</th></tr></thead><tbody>${parts.map(({ artist, aloneMinor, paysMinor }) => html`<tr><th scope="row">${stroke(known, artist)} ${name(artist)}</th><td class="end num">${exact(aloneMinor)}</td><td class="end num">${exact(paysMinor)}</td><td class="end num">${exact(aloneMinor - paysMinor)}</td></tr>`)}</tbody></table>
      <p class="small muted">${say(`split_${by}`)} ${say('tourSavedTogether', { sum: exact(saved) })}</p></li>`)}</ul>`}
    ${tour.cannibal.length > 0 ? html`<section><h3>${say('tourCannibal')}</h3><ul class="lines">${tour.cannibal.map(({ stops: [one, other], km, minor }) => html`<li>${say('tourCannibalPair', { one: one ? `${name(one.artist)}, ${dayOf(words, one.day)}` : '', other: other ? `${name(other.artist)}, ${dayOf(words, other.day)}` : '', km: String(Math.round(km)), sum: sum(words, minor) })}</li>`)}</ul></section>` : nothing}`;
}
