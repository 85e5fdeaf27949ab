import { html, nothing, type TemplateResult } from 'lit';
import { dayOf, hours, houseOf, isUnpriced, km, number, placeOf, sum, wantedWords, type Bench } from './bench.ts';
import { isWrong, legTo, nameOf, same, suggestedOf } from './known.ts';
import type { Leg, Stop, Why } from './model.ts';
import { basinMark } from './map-view.ts';
import { stroke } from './marks.ts';

/** How many rows are there until somebody asks for more. */
export const PAGE = 60;

/** How the weights see a day, or a way: `week-end, + 100 €`. */
export function wishesOf({ words }: Pick<Bench, 'words'>, { wishes }: Pick<Stop, 'wishes'> | Pick<Leg, 'wishes'>): readonly string[] {
  return Object.entries(wishes).filter(([, minor]) => minor !== 0).map(([name, minor]) => `${words.say(`wish_${name as 'weekend'}`)} (${minor > 0 ? '+' : '−'}\u00a0${sum(words, Math.abs(minor))})`);
}

/** How a stop stands since holds were sent. */
export function sentOf({ scenario, words }: Pick<Bench, 'scenario' | 'words'>, stop: Stop): TemplateResult | typeof nothing {
  const sent = scenario.sent.find((one) => same(one, stop));
  if (!sent) return nothing;
  const tone = sent.state === 'agreed' ? 'good' : sent.state === 'held' ? 'now' : 'bad';
  return html`<span class="tag ${tone}">${words.say(`sent_${sent.state}`)}</span>${sent.state === 'held' ? html` <span class="small muted num until">${words.say('tourUntil', { day: dayOf(words, sent.until.slice(0, 10)) })}</span>` : nothing}`;
}

/** What lies near the way on a free day, each put in with one press (CL-05). */
export function onTheWay(bench: Bench, why: Why | null): TemplateResult | typeof nothing {
  const { words, known, plan, stops, still } = bench;
  const { say } = words;
  const some = why && !still ? suggestedOf(why, stops) : [];
  return some.length === 0 ? nothing : html`<section class="near" aria-labelledby="near"><h3 id="near">${say('tourNearWay')}</h3><p class="small muted">${say('tourNearWayHow')}</p><ul class="lines">${some.map(({ artist, venue, best: { day, losesMinor, detourMetres } }) => {
    const place = placeOf(bench, { artist, venue, day });
    const town = known.spot(known.venue(venue)?.place ?? -1)?.city || place;
    return html`<li><span>${place}${plan.artists.length > 1 ? html` · ${known.artist(artist)?.name ?? ''}` : nothing} <span class="small muted">${say(losesMinor > 0 ? 'tourNearWayLoses' : 'tourNearWayGains', { km: km(words, Math.max(0, detourMetres)), sum: sum(words, Math.abs(losesMinor)) })}</span></span>
      <button type="button" class="small-button" @click=${() => { bench.edit({ kind: 'add', visit: { artist, venue, day } }, say('tourAdded', { place, day: dayOf(words, day) })); }}>${say('tourNearWayAdd', { town, day: dayOf(words, day) })}</button></li>`;
  })}</ul></section>`;
}

/** The same tour as a table, by day and artist, with everything that can be done to a row. Narrow, each row is a card. */
export function table(bench: Bench, shown: number, more: () => void): TemplateResult {
  const { words, known, stops, tour } = bench;
  const { say } = words;
  const rows = [...stops].sort((a, b) => a.day.localeCompare(b.day) || a.artist.localeCompare(b.artist));
  if (rows.length === 0) return html`<p class="muted">${say('tourNoStop')}</p>`;
  const columns = ['Day', 'Artist', 'Place', 'Price', 'Before', 'Nights', ...(rows.some((stop) => wishesOf(bench, stop).length > 0) ? ['Wishes'] : []), 'State', 'Acts'];
  return html`<table class="rows" role="table"><caption class="sr">${say('view_table')}</caption><thead><tr role="row">${columns.map((name) => html`<th scope="col" role="columnheader" class=${name === 'Price' || name === 'Nights' || name === 'Before' ? 'end' : ''}>${name === 'Acts' ? html`<span class="sr">${say('tourColActs')}</span>` : say(`tourCol${name}` as 'tourColDay')}</th>`)}</tr></thead>
    <tbody>${rows.slice(0, shown).map((stop) => {
      const leg = legTo(tour, stop);
      const wrong = isWrong(tour, stop);
      const wishes = wishesOf(bench, stop);
      const wanted = wantedWords(bench, stop.artist, stop.place);
      return html`<tr role="row" class=${wrong ? 'wrong' : ''}><th scope="row" role="rowheader" class="num day">${dayOf(words, stop.day)}</th>
        <td role="cell" class="who">${stroke(known, stop.artist)} ${known.artist(stop.artist)?.name ?? ''}</td>
        <td role="cell" class="place"><b>${stop.city || houseOf(bench, stop)}</b><span class="small muted">${stop.city ? houseOf(bench, stop) : nothing}${stop.capacity > 0 ? html` · <span class="seats">${say('tourSeats', { n: stop.capacity })}</span>` : nothing}${basinMark(bench, stop.place)}${wanted ? html`<span>${wanted}</span>` : nothing}</span></td>
        <td role="cell" class="end num" data-label=${say('tourColPrice')}>${isUnpriced(stop) ? html`<span class="small muted unsaid">${say('tourPriceUnknown')}</span>` : sum(words, stop.priceMinor)}</td>
        <td role="cell" class="end num" data-label=${say('tourColBefore')}>${leg ? html`${km(words, leg.metres)} <span class="muted">${hours(words, leg.minutes)}</span>` : '·'}</td>
        <td role="cell" class="end num" data-label=${say('tourColNights')}>${leg ? number(words, leg.nights) : '·'}</td>
        ${columns.includes('Wishes') ? html`<td role="cell" class="small" data-label=${wishes.length > 0 ? say('tourColWishes') : nothing}>${wishes.join(', ')}</td>` : nothing}
        <td role="cell" class="state"><span class="tag ${wrong ? 'bad' : ''}">${wrong ? `! ${say('tourInConflict')}` : say(`standing_${stop.standing}`)}</span> ${sentOf(bench, stop)}</td>
        <td role="cell" class="acts"><button type="button" class="small-button" data-stop=${nameOf(stop)} aria-haspopup="dialog" aria-label=${say('tourActsOf', { name: placeOf(bench, stop), day: dayOf(words, stop.day) })} @click=${() => { bench.open(stop); }}>${say('tourColActs')}</button></td></tr>`;
    })}</tbody></table>
    ${rows.length > shown ? html`<div class="row"><button type="button" @click=${more}>${say('tourMoreRows', { n: rows.length - shown })}</button></div>` : nothing}`;
}
