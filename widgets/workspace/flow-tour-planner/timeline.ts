import { html, nothing, svg, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { day, longDay, month as monthName, part } from '../../core/format.ts';
import { tag } from '../../core/format-page.ts';
import { daysAfter, daysBetween, lastOf, monthsAfter, monthsOf, weekdayOf } from '../../parts/days.ts';
import { dayOf, km, placeOf, spoken, zoneName, type Bench } from './bench.ts';
import { isWrong, legTo, nameOf, rowsOf, runs, same, stopsOf } from './known.ts';
import type { Stop, Visit } from './model.ts';

/** How much of the time is in sight, and how wide a day is then, in pixels. A year is drawn by months. */
const ZOOMS = { month: 44, quarter: 24, year: 0 } as const;
type Zoom = keyof typeof ZOOMS;

/** Days drawn on either side of what is in sight, and by how many the window moves. */
const MARGIN = 30;
const STEP = 15;
/** How long the keys may rest before a day that they chose is taken, in milliseconds. */
const REST_MS = 900;
/** From how many pixels on a press is a drag. */
const DRAG_PX = 4;

/** The days that the place of a stop offered and on which its artist is free, the first one first; its own is among them. */
function daysFor({ known, stops }: Bench, { artist, venue, day }: Stop): string[] {
  const taken = new Set([...known.artist(artist)?.busy ?? [], ...stops.filter((one) => one.artist === artist).map((one) => one.day)]);
  return (known.bid(artist, venue)?.days ?? []).filter((one) => one === day || !taken.has(one)).sort();
}

/** How many days the name of a stop may run over, its own and those on which nobody plays and that are not taken. */
function wideOf(stop: Stop, next: Stop | undefined, busy: readonly string[]): number {
  const room = Math.min(3, next ? daysBetween(stop.day, next.day) : 3);
  const taken = [1, 2].find((days) => busy.includes(daysAfter(stop.day, days))) ?? 3;
  return Math.max(1, Math.min(room, taken));
}

/**
 * All artists of a plan over its whole time: one lane an artist, a block a show. A block is dragged to another day, or moved by the arrow keys; what is not in
 * sight is not drawn, so that twenty-five artists over a year stay smooth.
 */
export class Timeline implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #zoom: Zoom = 'month';
  /** First and last day drawn, counted from the plan's first. */
  #seen: readonly [number, number] = [0, 90];
  /** The stop that is being moved, and by how many days. */
  #lifted: { readonly visit: Visit; readonly days: number } | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** A drag ends in a click, which opens nothing. */
  #dragged = false;
  /** Where to look once it is drawn, in days. */
  #aim: number | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void { clearTimeout(this.#rest); }

  hostUpdated(): void {
    const plot = this.#plot;
    if (!plot || this.#aim === null) return;
    plot.scrollLeft = Math.max(0, this.#aim * ZOOMS[this.#zoom] - 8);
    this.#aim = null;
    this.#look();
  }

  get #plot(): HTMLElement | null { return this.#host.shadowRoot?.querySelector('.plot') ?? null; }

  render(bench: Bench): TemplateResult {
    const { words: { say } } = bench;
    return html`<div class="row between"><div class="segments" role="group" aria-label=${say('zoom')}>${(['month', 'quarter', 'year'] as const).map((zoom) => html`
      <button type="button" aria-pressed=${zoom === this.#zoom ? 'true' : 'false'} @click=${() => { this.#turn(zoom, bench); }}>${say(`zoom_${zoom}`)}</button>`)}</div>
      ${this.#zoom === 'year' ? nothing : html`<div class="row"><button type="button" class="small-button" aria-label=${say('tourEarlier')} @click=${() => { this.#go(-1, bench); }}>←</button><button type="button" class="small-button" aria-label=${say('tourLater')} @click=${() => { this.#go(1, bench); }}>→</button></div>`}</div>
      ${this.#zoom === 'year' ? this.#year(bench) : this.#lanes(bench)}${this.#key(bench)}`;
  }

  #key({ words, plan }: Bench): TemplateResult {
    const { say } = words;
    return html`<p class="legend small muted"><span><i class="sw weekend"></i>${say('tourWeekend')}</span>${plan.holidays.length > 0 ? html`<span><i class="sw public"></i>${say('tourPublicHoliday')}</span><span><i class="sw school"></i>${say('tourSchoolHoliday')}</span>` : nothing}${plan.events.length > 0 ? html`<span><i class="sw fest"></i>${say('tourFestival')}</span>` : nothing}<span><i class="sw busy"></i>${say('tourBusy')}</span></p>
      ${this.#zoom === 'year' ? nothing : html`<p class="small muted">${say('tourHowToMove')}</p>`}${plan.holidays.length + plan.events.length > 0 ? this.#holidays(words, plan) : nothing}`;
  }

  /** The holidays and festivals that are drawn, by zone and country, as words. */
  #holidays({ say, locale }: Bench['words'], { holidays, events }: Pick<Bench['plan'], 'holidays' | 'events'>): TemplateResult {
    const names = new Intl.DisplayNames(tag(locale), { type: 'region' });
    const groups = [...new Set(holidays.map(({ zone, kind }) => `${kind} ${zone}`))];
    return html`<details class="holidays"><summary>${say(events.length > 0 ? 'tourHolidaysEvents' : 'tourHolidays')}</summary><dl class="small">${groups.map((group) => {
      const [kind = '', zone = ''] = group.split(' ');
      const own = holidays.filter((one) => one.kind === kind && one.zone === zone);
      return html`<div><dt>${kind === 'school' ? say('tourZone', { zone: zoneName(zone) }) : say('tourFeasts', { country: names.of(zone) ?? zone })}</dt><dd>${own.map(({ from, until }) => (from === until ? day(from, locale) : say('tourFromTo', { from: day(from, locale), to: day(until, locale) }))).join(' ; ')}</dd></div>`;
    })}${events.length > 0 ? html`<div><dt>${say('tourFestivals')}</dt><dd>${events.map((one) => `${one.city ? `${one.name} (${one.city})` : one.name}, ${one.from === one.until ? day(one.from, locale) : say('tourFromTo', { from: day(one.from, locale), to: day(one.until, locale) })}`).join(' ; ')}</dd></div>` : nothing}</dl></details>`;
  }

  /** Days side by side. */
  #lanes(bench: Bench): TemplateResult {
    const { plan, words } = bench;
    const width = ZOOMS[this.#zoom];
    const days = daysBetween(plan.from, plan.until) + 1;
    return html`<div class="plot" tabindex="0" role="region" aria-label=${words.say('tourTimeline')} @scroll=${this.#look}>
      <div class="sheet" .style=${`--w:${width}px;width:${days * width}px`}>${this.#ground(bench, days)}${this.#scale(bench, days)}
        <ul class="lanes">${plan.artists.map(({ id }) => this.#lane(bench, id))}</ul></div></div>`;
  }

  /** Weekends and public holidays behind everything, as one drawing. */
  #ground({ plan }: Bench, days: number): TemplateResult {
    const first = weekdayOf(plan.from);
    const weekends = [...Array(Math.ceil((days + 7) / 7)).keys()].map((week) => week * 7 + 5 - first).map((at) => `M${at} 0h2v1h-2z`).join('');
    const feasts = plan.holidays.filter(({ kind }) => kind === 'public').map(({ from, until }) => `M${daysBetween(plan.from, from)} 0h${daysBetween(from, until) + 1}v1h-${daysBetween(from, until) + 1}z`).join('');
    return html`<svg class="ground" viewBox="0 0 ${days} 1" preserveAspectRatio="none" aria-hidden="true">${svg`<path class="weekend" d=${weekends}></path><path class="public" d=${feasts}></path>`}</svg>`;
  }

  /** Months, days, and the school holidays of each zone. */
  #scale({ plan, words }: Bench, days: number): TemplateResult {
    const { locale, say } = words;
    const months = monthsOf(plan.from, plan.until);
    const [from, until] = this.#seen;
    const ticks = [...Array(days).keys()].filter((at) => at >= from && at <= until).map((at) => [at, daysAfter(plan.from, at)] as const)
      .filter(([, day]) => this.#zoom === 'month' || weekdayOf(day) === 0);
    const zones = [...new Set(plan.holidays.filter(({ kind }) => kind === 'school').map(({ zone }) => zone))];
    return html`<div class="scale" aria-hidden="true"><div class="months">${months.map((month) => {
      const start = Math.max(0, daysBetween(plan.from, `${month}-01`));
      const end = Math.min(days - 1, daysBetween(plan.from, lastOf(month)));
      return html`<span .style=${`left:calc(${start}*var(--w));width:calc(${end - start + 1}*var(--w))`}><b>${monthName(`${month}-01`, locale)}</b></span>`;
    })}</div><div class="ticks ${this.#zoom}">${ticks.map(([at, day]) => html`<span .style=${`left:calc(${at}*var(--w))`}>${this.#zoom === 'month' ? html`<i>${part(day, locale, 'weekday').slice(0, 2)}</i>` : nothing}${Number(day.slice(8))}</span>`)}</div>
      ${zones.map((zone) => html`<div class="zone">${plan.holidays.filter((one) => one.kind === 'school' && one.zone === zone).map((one) => this.#span({ plan, days }, one, say('tourZone', { zone: zoneName(zone) })))}</div>`)}
      ${rowsOf(plan.events).map((row) => html`<div class="zone fest">${row.map((one) => this.#span({ plan, days }, one, one.city ? `${one.name} (${one.city})` : one.name))}</div>`)}</div>`;
  }

  /** Something of several days on the scale; its name stays in sight. */
  #span({ plan, days }: { readonly plan: Bench['plan']; readonly days: number }, { from, until }: { readonly from: string; readonly until: string }, name: string): TemplateResult | typeof nothing {
    const start = Math.max(0, daysBetween(plan.from, from));
    const end = Math.min(days - 1, daysBetween(plan.from, until));
    return end < start ? nothing : html`<span .style=${`left:calc(${start}*var(--w));width:calc(${end - start + 1}*var(--w))`} title=${name}><b>${name}</b></span>`;
  }

  #lane(bench: Bench, artist: string): TemplateResult {
    const { plan, known, words: { say }, stops } = bench;
    const { tone } = known.look(artist);
    const all = stopsOf(stops, artist);
    const [from, until] = this.#seen;
    const at = (day: string): number => daysBetween(plan.from, day);
    const shown = all.map((stop, index) => ({ stop, index, next: all[index + 1] })).filter(({ stop }) => at(stop.day) >= from - 3 && at(stop.day) <= until);
    const name = known.artist(artist)?.name ?? '';
    const busy = runs(known.artist(artist)?.busy ?? []).filter((run) => at(run.from) + run.days > from && at(run.from) <= until);
    const lifted = this.#lifted && all.find((one) => this.#lifted && same(one, this.#lifted.visit));
    const fit = lifted ? daysFor(bench, lifted) : [];
    return html`<li class="lane" .style=${`--tone:var(--${tone})`}><p class="who"><span><i class="sw tone"></i><b>${name}</b> <span class="muted small">${say('tourShows', { n: all.length })}</span></span></p>
      <div class="track">${busy.map((run) => html`<i class="off" .style=${`left:calc(${at(run.from)}*var(--w));width:calc(${run.days}*var(--w))`}></i>`)}
        ${fit.filter((day) => at(day) >= from && at(day) <= until).map((day) => html`<i class="suits" .style=${`left:calc(${at(day)}*var(--w))`}></i>`)}
        ${shown.map(({ stop, next }) => (next ? this.#leg(bench, stop, next) : nothing))}
        <ol aria-label=${name}>${repeat(shown, ({ stop, index }) => `${stop.venue} ${all.slice(0, index).filter((one) => one.venue === stop.venue).length}`, ({ stop, next }) => html`<li>${this.#block(bench, stop, next)}</li>`)}</ol></div></li>`;
  }

  #leg({ plan, tour, words, known }: Bench, stop: Stop, next: Stop): TemplateResult | typeof nothing {
    const start = daysBetween(plan.from, stop.day);
    const wide = wideOf(stop, next, known.artist(stop.artist)?.busy ?? []);
    const gap = daysBetween(stop.day, next.day) - wide;
    const leg = legTo(tour, next);
    return gap < 1 ? nothing : html`<span class="leg" aria-hidden="true" .style=${`left:calc(${start + wide}*var(--w));width:calc(${gap}*var(--w))`}>${leg && gap >= (this.#zoom === 'month' ? 2 : 3) ? html`<b>${km(words, leg.metres)}</b>` : nothing}</span>`;
  }

  #block(bench: Bench, stop: Stop, next: Stop | undefined): TemplateResult {
    const { plan, words, tour, still, known } = bench;
    const lift = this.#lifted && same(this.#lifted.visit, stop) ? this.#lifted.days : 0;
    const at = daysBetween(plan.from, stop.day) + lift;
    const wide = wideOf(stop, next, known.artist(stop.artist)?.busy ?? []);
    const wrong = isWrong(tour, stop);
    const mark = wrong ? '!' : stop.standing === 'fixed' ? '■' : stop.standing === 'pinned' ? '●' : '';
    return html`<button type="button" class="block ${stop.standing} ${wrong ? 'wrong' : ''} ${lift ? 'lifted' : ''}" data-stop=${nameOf(stop)} aria-haspopup="dialog" aria-label=${spoken(bench, stop)} title=${`${dayOf(words, stop.day)} · ${placeOf(bench, stop)}`}
      .style=${`left:calc(${at}*var(--w) + 1px);width:calc(${lift ? 1 : wide}*var(--w) - 3px)`}
      @click=${() => { if (!this.#dragged) bench.open(stop); this.#dragged = false; }} @keydown=${(event: KeyboardEvent) => { this.#press(event, bench, stop); }} @blur=${() => { this.#settle(bench); }}
      @pointerdown=${(event: PointerEvent) => { if (!still && stop.standing !== 'fixed' && event.button === 0) this.#drag(event, bench, stop); }}><span data-mark=${mark}>${stop.city || stop.title}</span></button>`;
  }

  /** A hand takes a block, and lets go of it on another day. Only the block moves until then. */
  #drag(event: PointerEvent, bench: Bench, stop: Stop): void {
    const block = event.currentTarget as HTMLElement;
    const plot = this.#plot;
    const { words } = bench;
    const width = ZOOMS[this.#zoom];
    const [startX, startScroll] = [event.clientX, plot?.scrollLeft ?? 0];
    let days = 0;
    let moving = false;
    this.#dragged = false;
    const move = (at: PointerEvent): void => {
      const pixels = at.clientX - startX + (plot?.scrollLeft ?? 0) - startScroll;
      if (!moving && Math.abs(pixels) < DRAG_PX) return;
      if (!moving) {
        moving = true;
        block.setPointerCapture(event.pointerId);
        block.classList.add('held');
        this.#lifted = { visit: stop, days: 0 };
        this.#host.requestUpdate();
      }
      const box = plot?.getBoundingClientRect();
      if (plot && box && at.clientX > box.right - 32) plot.scrollLeft += 12;
      else if (plot && box && at.clientX < box.left + 32) plot.scrollLeft -= 12;
      days = Math.round(pixels / width);
      block.style.translate = `${pixels}px`;
      block.dataset['to'] = dayOf(words, daysAfter(stop.day, days));
    };
    const end = (put: boolean) => (): void => {
      block.removeEventListener('pointermove', move);
      for (const [name, listener] of Object.entries(ends)) block.removeEventListener(name, listener);
      removeEventListener('keydown', escape);
      block.style.translate = '';
      delete block.dataset['to'];
      block.classList.remove('held');
      this.#lifted = null;
      this.#dragged = moving;
      // Where no click follows, as after a finger, the next one is a click of its own.
      setTimeout(() => { this.#dragged = false; });
      const to = daysAfter(stop.day, days);
      if (put && moving && days !== 0) this.#put(bench, stop, to);
      else if (moving) this.#host.requestUpdate();
    };
    const ends = { pointerup: end(true), pointercancel: end(false) };
    const escape = (key: KeyboardEvent): void => { if (key.key === 'Escape') ends.pointercancel(); };
    block.addEventListener('pointermove', move);
    for (const [name, listener] of Object.entries(ends)) block.addEventListener(name, listener);
    addEventListener('keydown', escape);
  }

  /** Arrows move a block a day, with Shift to the next day that suits the place and is free; it stands there once the keys rest, or at Enter. Escape puts it back. */
  #press(event: KeyboardEvent, bench: Bench, stop: Stop): void {
    const { plan, words, known, still } = bench;
    const { say, locale } = words;
    const lifted = this.#lifted && same(this.#lifted.visit, stop) ? this.#lifted : null;
    if (lifted && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); this.#settle(bench); return; }
    if (lifted && event.key === 'Escape') { this.#lifted = null; clearTimeout(this.#rest); bench.tell(say('tourPutBack', { day: longDay(stop.day, locale) })); this.#host.requestUpdate(); return; }
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (!step || still) return;
    event.preventDefault();
    if (stop.standing === 'fixed') { bench.tell(say('tourFixedStays')); return; }
    const good = known.bid(stop.artist, stop.venue)?.days ?? [];
    const now = daysAfter(stop.day, lifted?.days ?? 0);
    const open = event.shiftKey ? daysFor(bench, stop) : [];
    const to = event.shiftKey ? (step > 0 ? open.find((day) => day > now) : open.findLast((day) => day < now)) ?? now : daysAfter(now, step);
    if (to < plan.from || to > plan.until) return;
    this.#lifted = { visit: stop, days: daysBetween(stop.day, to) };
    bench.tell(say(good.includes(to) ? 'tourDaySuits' : 'tourDaySuitsNot', { day: longDay(to, locale) }));
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => { this.#settle(bench); }, REST_MS);
    this.#host.requestUpdate();
  }

  #settle(bench: Bench): void {
    clearTimeout(this.#rest);
    const lifted = this.#lifted;
    if (!lifted) return;
    this.#lifted = null;
    const stop = bench.stops.find((one) => same(one, lifted.visit));
    if (stop && lifted.days !== 0) this.#put(bench, stop, daysAfter(stop.day, lifted.days));
    else this.#host.requestUpdate();
  }

  #put(bench: Bench, stop: Stop, day: string): void {
    const { plan, words, edit } = bench;
    const to = day < plan.from ? plan.from : day > plan.until ? plan.until : day;
    const { artist, venue } = stop;
    edit({ kind: 'move', visit: { artist, venue, day: stop.day }, to }, words.say('tourMoved', { place: placeOf(bench, stop), day: dayOf(words, to) }));
  }

  /** Twelve months at once: how many shows an artist has in each, and where they lie; a month pressed is opened. */
  #year(bench: Bench): TemplateResult {
    const { plan, words, known, stops } = bench;
    const { locale, say } = words;
    const months = monthsOf(plan.from, plan.until);
    const marks = (month: string, days: readonly string[]): TemplateResult => html`<svg viewBox="0 0 31 4" preserveAspectRatio="none" aria-hidden="true">${svg`<path d=${days.filter((day) => day.startsWith(month)).map((day) => `M${Number(day.slice(8)) - 1} 0h.8v4h-.8z`).join('')}></path>`}</svg>`;
    return html`<div class="plot year" tabindex="0" role="region" aria-label=${say('tourTimeline')}><table><thead><tr><th scope="col"><span class="sr">${say('tourArtist')}</span></th>${months.map((month) => html`<th scope="col">${part(`${month}-01`, locale, 'month')} <span class="muted">${month.slice(2, 4)}</span></th>`)}</tr></thead>
      <tbody>${plan.artists.map(({ id, name, busy }) => {
        const all = stopsOf(stops, id);
        return html`<tr .style=${`--tone:var(--${known.look(id).tone})`}><th scope="row"><i class="sw tone"></i>${name}</th>${months.map((month) => {
          const n = all.filter(({ day }) => day.startsWith(month)).length;
          const wrong = bench.tour.conflicts.some((one) => one.stops.some((stop) => stop?.artist === id && stop.day.startsWith(month)));
          return html`<td><button type="button" class="cell ${n === 0 ? 'none' : ''}" aria-label=${`${name}, ${monthName(`${month}-01`, locale)}, ${say('tourShows', { n })}${wrong ? `, ${say('tourInConflict')}` : ''}`} @click=${() => { this.#turn('month', bench, daysBetween(plan.from, `${month}-01`)); }}>
            <b class=${wrong ? 'wrong' : ''}>${n}</b><span class="shows">${marks(month, all.map(({ day }) => day))}</span><span class="taken">${marks(month, busy)}</span></button></td>`;
        })}</tr>`;
      })}</tbody></table></div>`;
  }

  /** Another scale, about the same days. */
  #turn(zoom: Zoom, bench: Bench, to?: number): void {
    const plot = this.#plot;
    const now = ZOOMS[this.#zoom] > 0 && plot ? plot.scrollLeft / ZOOMS[this.#zoom] : 0;
    this.#zoom = zoom;
    this.aim(bench, daysAfter(bench.plan.from, Math.round(Math.max(0, to ?? now))));
  }

  /** Looks at a day. */
  aim({ plan }: Pick<Bench, 'plan'>, day: string): void {
    this.#aim = Math.max(0, daysBetween(plan.from, day));
    this.#seen = [this.#aim - MARGIN, this.#aim + 90];
    this.#host.requestUpdate();
  }

  #go(months: number, { plan }: Bench): void {
    const plot = this.#plot;
    if (!plot) return;
    const day = daysAfter(plan.from, Math.round(plot.scrollLeft / ZOOMS[this.#zoom]));
    const to = daysBetween(plan.from, `${monthsAfter(day.slice(0, 7), months)}-01`);
    plot.scrollTo({ left: to * ZOOMS[this.#zoom], behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  /** What is in sight is drawn, and some days on either side. */
  readonly #look = (): void => {
    const plot = this.#plot;
    const width = ZOOMS[this.#zoom];
    if (!plot || width === 0) return;
    const from = Math.floor((plot.scrollLeft / width - MARGIN) / STEP) * STEP;
    const until = Math.ceil(((plot.scrollLeft + plot.clientWidth) / width + MARGIN) / STEP) * STEP;
    if (from === this.#seen[0] && until === this.#seen[1]) return;
    this.#seen = [from, until];
    this.#host.requestUpdate();
  };
}
