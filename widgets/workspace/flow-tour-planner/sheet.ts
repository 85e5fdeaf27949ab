import { html, nothing, type TemplateResult } from 'lit';
import { day as dayWords, longDay } from '../../core/format.ts';
import { field, onSubmit } from '../../parts/desk.ts';
import { dayOf, hours, km, number, placeOf, priceOf, spoken, wantedWords, type Bench } from './bench.ts';
import { festivalsNear, legTo, same } from './known.ts';
import { sheetHead } from './marks.ts';
import type { Edit, Stop } from './model.ts';
import { wishesOf } from './table.ts';

/** The value of the field that takes any day. */
const ANY = 'any';

/** Everything that can be done to one date, without dragging anything: the days that suit the place, pin, swap, price, forbid, remove. */
export function stopSheet(bench: Bench, stop: Stop, shut: () => void): TemplateResult {
  const { words, plan, known, tour, still } = bench;
  const { say, locale } = words;
  const { artist, venue, day } = stop;
  const visit = { artist, venue, day };
  const place = placeOf(bench, stop);
  const leg = legTo(tour, stop);
  const act = (edit: Edit, told: string) => (): void => { shut(); bench.edit(edit, told); };
  const bid = known.bid(artist, venue);
  const takers = plan.artists.filter(({ id }) => id === artist || known.bid(id, venue));
  const others = bench.stops.filter((one) => one.standing !== 'fixed' && !same(one, stop)).sort((a, b) => Number(b.artist === artist) - Number(a.artist === artist) || a.day.localeCompare(b.day));
  const wishes = [...wishesOf(bench, stop), ...(leg ? wishesOf(bench, leg) : [])];
  const wanted = wantedWords(bench, artist, stop.place);
  const festivals = festivalsNear(plan.events, known.spot(stop.place), day);
  const evening = bench.scenario.hours.find((one) => one.artist === artist && one.venue === venue);
  return html`${sheetHead(words, html`<div><h2 id="sheet-title">${place}</h2><p class="muted">${longDay(day, locale)}, ${known.artist(artist)?.name ?? ''}</p></div>`, shut)}
    <dl class="facts"><div><dt>${say('tourColPrice')}</dt><dd class="num">${priceOf(words, stop)}</dd></div>${leg ? html`<div><dt>${say('tourColBefore')}</dt><dd class="num">${km(words, leg.metres)}, ${hours(words, leg.minutes)}</dd></div>` : nothing}
      <div><dt>${say('tourColState')}</dt><dd>${say(`standing_${stop.standing}`)}</dd></div>${wishes.length > 0 ? html`<div><dt>${say('tourColWishes')}</dt><dd>${wishes.join(', ')}</dd></div>` : nothing}${wanted ? html`<div><dt>${say('tourWanted')}</dt><dd>${wanted}</dd></div>` : nothing}
      ${festivals.length > 0 ? html`<div><dt>${say('tourFestivalsNear')}</dt><dd>${festivals.map(({ event, km: far }) => say('tourFestivalAt', { name: event.city ? `${event.name} (${event.city})` : event.name, km: number(words, far) })).join(' ; ')}</dd></div>` : nothing}</dl>
    ${stop.standing === 'fixed' ? html`<p class="notice"><span>${say('tourFixedStays')}</span></p>` : still ? html`<p class="notice"><span>${say('tourStill')}</span></p>` : html`
    <form @submit=${onSubmit(({ to = '', any = '', who = artist }) => {
      const target = to === ANY ? any : to;
      if (!target) return;
      act({ kind: 'move', visit, to: target, ...(who !== artist && { artist: who }) }, say('tourMoved', { place, day: dayOf(words, target) }))();
    })}><h3>${say('tourMoveTo')}</h3><div class="fields">
      ${field({ label: say('tourColDay'), hint: say('tourDaysThatSuit', { n: bid?.days.length ?? 0 }) }, html`<select name="to" @change=${(event: Event) => { const box = event.currentTarget as HTMLSelectElement; box.form?.classList.toggle('any', box.value === ANY); }}>
        ${(bid?.days ?? []).map((one) => html`<option value=${one} ?selected=${one === day}>${dayWords(one, locale)}${busyWords(bench, stop, one)}</option>`)}<option value=${ANY} ?selected=${!bid?.days.includes(day)}>${say('tourAnyDay')}</option></select>`)}
      <div class="anyday">${field({ label: say('tourAnyDay') }, html`<input type="date" name="any" min=${plan.from} max=${plan.until} value=${day}>`)}</div>
      ${takers.length > 1 ? field({ label: say('tourArtist') }, html`<select name="who">${takers.map(({ id, name }) => html`<option value=${id} ?selected=${id === artist}>${name}</option>`)}</select>`) : nothing}</div>
      <div><button type="submit" class="primary">${say('tourMove')}</button></div></form>
    <div class="row">${stop.standing === 'pinned'
      ? html`<button type="button" @click=${act({ kind: 'unpin', visit }, say('tourUnpinned', { place }))}>${say('tourUnpin')}</button>`
      : html`<button type="button" @click=${act({ kind: 'pin', visit }, say('tourPinned', { place }))}>${say('tourPin')}</button>`}
      <button type="button" @click=${act({ kind: 'remove', visit }, say('tourRemoved', { place }))}>${say('tourRemove')}</button>
      <button type="button" @click=${act({ kind: 'forbid', artist, venue, day }, say('tourForbidden', { place }))}>${say('tourForbidDay')}</button>
      <button type="button" @click=${act({ kind: 'forbid', artist, venue, day: null }, say('tourForbidden', { place }))}>${say('tourForbidVenue')}</button></div>
    ${others.length === 0 ? nothing : html`<form @submit=${onSubmit(({ other = '' }) => {
      const one = others[Number(other)];
      if (one) act({ kind: 'swap', visits: [visit, { artist: one.artist, venue: one.venue, day: one.day }] }, say('tourSwapped', { one: place, other: placeOf(bench, one) }))();
    })}><h3>${say('tourSwap')}</h3><div class="inline">${field({ label: say('tourSwapWith') }, html`<select name="other">${others.slice(0, 200).map((one, at) => html`<option value=${at}>${spoken(bench, one)}</option>`)}</select>`)}<button type="submit">${say('tourSwap')}</button></div></form>`}
    <form @submit=${onSubmit(({ price = '' }) => { act({ kind: 'price', artist, venue, priceMinor: Math.round(Number(price) * 100) }, say('tourPriced', { place }))(); })}><h3>${say('tourPriceChange')}</h3>
      <div class="inline">${field({ label: say('tourPriceIn', { currency: words.currency }) }, html`<input name="price" type="number" min="0" max="1000000" step="1" inputmode="decimal" required value=${stop.priceMinor / 100}>`)}<button type="submit">${say('tourPriceDo')}</button></div></form>`}
    ${still ? nothing : html`<form @submit=${onSubmit(({ soundCheck = '', doors = '' }) => { act({ kind: 'hours', artist, venue, soundCheck, doors }, say('tourHoursSet', { place }))(); })}><h3>${say('tourHoursOf')}</h3><p class="small muted">${say('tourHoursHow')}</p>
      <div class="inline">${field({ label: say('tourSoundCheck') }, html`<input type="time" name="soundCheck" value=${evening?.soundCheck ?? ''}>`)}${field({ label: say('tourDoors') }, html`<input type="time" name="doors" value=${evening?.doors ?? ''}>`)}<button type="submit">${say('tourHoursDo')}</button></div></form>`}`;
}

/** What stands on a day that is offered: the artist is busy, or plays elsewhere. */
function busyWords({ words: { say }, known, stops }: Bench, stop: Stop, day: string): string {
  if (known.artist(stop.artist)?.busy.includes(day)) return ` · ${say('tourBusy')}`;
  const other = stops.find((one) => one.artist === stop.artist && one.day === day && !same(one, stop));
  return other ? ` · ${other.city}` : '';
}
