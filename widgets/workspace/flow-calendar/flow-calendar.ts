import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { instant, longDay, month as monthName, weekdays } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { dayByKey, daysAfter, lastOf, monthsAfter, weeksOf } from '../../parts/days.ts';
import { button, desk, outcome, success } from '../../parts/desk.ts';
import { styles } from './flow-calendar.styles.ts';

type Day = inferRouterOutputs<AppRouter>['calendar']['days'][number];
interface Known { readonly today: string; readonly month: string; readonly days: ReadonlyMap<string, Day> }
const marks = ['free', 'flexible', 'busy'] as const;
/** How many months stand side by side. */
const months = 3;

/** Every day from one to the other, whichever comes first. */
function between(a: string, b: string): string[] {
  const [from, until] = [a, b].sort() as [string, string];
  const all: string[] = [];
  for (let day = from; day <= until; day = daysAfter(day, 1)) all.push(day);
  return all;
}

/**
 * An artist's calendar: which days are free, and what holds or sells the others. Days are chosen by a click, a second click with
 * Shift (or with "a period"), or the keyboard, and then marked together.
 */
export class FlowCalendar extends LitElement {
  static override styles = [...desk, styles];

  /** The first month shown, `YYYY-MM`; this one when absent. */
  @property() month = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private focused = '';
  /** Whether a second click ends a period. */
  @state() private period = false;

  #anchor = '';
  #refocus = false;
  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#days.run());
  readonly #days = new Task(this, {
    args: () => [this.#server(), this.month] as const,
    task: async ([api, wanted]): Promise<Known> => {
      const today = (await api.identity.me.query()).now.slice(0, 10);
      const month = wanted || today.slice(0, 7);
      const days = await api.calendar.days.query({ from: `${month}-01`, until: lastOf(monthsAfter(month, months - 1)) });
      return { today, month, days: new Map(days.map((day) => [day.day, day])) };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override updated(): void {
    if (!this.#refocus) return;
    this.#refocus = false;
    this.renderRoot.querySelector<HTMLElement>(`[data-day="${this.focused}"]`)?.focus();
  }

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#days;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_calendar')}</h1>
      ${value ? html`${this.#days.render({ error: this.#presence.states().error })}${this.#book(value)}` : this.#days.render({ ...this.#presence.states(44, 340), complete: () => nothing })}</div>`);
  }

  #book(known: Known) {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const shown = this.month || known.month;
    const all = Array.from({ length: months }, (_, i) => monthsAfter(shown, i));
    const focused = all.some((month) => this.focused.startsWith(month)) ? this.focused : known.today.startsWith(shown) ? known.today : `${shown}-01`;
    return html`
      <div class="row between"><div class="row"><button type="button" ?disabled=${shown <= known.today.slice(0, 7)} @click=${() => { this.month = monthsAfter(shown, -1); }}>‹ <span class="sr">${say('previousMonth')}</span></button>
          <button type="button" @click=${() => { this.month = monthsAfter(shown, 1); }}><span class="sr">${say('nextMonth')}</span> ›</button></div>
        <label class="check"><input type="checkbox" .checked=${this.period} @change=${(event: Event) => { this.period = (event.currentTarget as HTMLInputElement).checked; this.#anchor = ''; }}><span>${say('choosePeriod')}</span></label></div>
      <p class="small muted" id="how">${say('calendarHow')}</p>
      <p class="key small">${marks.map((mark) => html`<span><i class=${mark}></i>${say(mark)}</span>`)}<span><i class="held"></i>${say('hold')}</span><span><i class="sold"></i>${say('sold')}</span></p>
      <div class="months" @keydown=${(event: KeyboardEvent) => { this.#key(event, focused, known); }}>${all.map((month) => this.#grid(month, focused, known))}</div>
      ${this.#bar(known)}
      ${success(this.#acts, 'mark', say('marked'))}
      ${this.#list(known, all)}
      <span class="sr">${monthName(`${shown}-01`, locale)}</span>`;
  }

  #grid(month: string, focused: string, known: Known) {
    const { locale } = this.site;
    return html`<table role="grid" aria-label=${monthName(`${month}-01`, locale)} aria-describedby="how" aria-multiselectable="true">
      <caption>${monthName(`${month}-01`, locale)}</caption>
      <thead><tr>${weekdays(locale).map(({ short, long }) => html`<th scope="col" abbr=${long}>${short.replace('.', '')}</th>`)}</tr></thead>
      <tbody>${weeksOf(month).map((week) => html`<tr>${week.map((date) => (date ? this.#cell(date, focused, known) : html`<td></td>`))}</tr>`)}</tbody></table>`;
  }

  #cell(date: string, focused: string, { today, days }: Known) {
    const day = days.get(date);
    const past = date < today;
    const chosen = this.chosen.has(date);
    return html`<td role="gridcell" aria-selected=${chosen ? 'true' : 'false'}><button type="button" data-day=${date} tabindex=${date === focused ? 0 : -1} aria-label=${this.#name(date, day)} aria-pressed=${chosen ? 'true' : 'false'} aria-disabled=${past ? 'true' : 'false'}
      class="${day?.sold ? 'sold' : day?.holds.length ? 'held' : ''} ${day?.state ?? ''} ${date === today ? 'today' : ''}" @click=${(event: MouseEvent) => { if (!past) this.#press(date, event.shiftKey); }}
      data-holds=${day?.holds.length ? day.holds.length : nothing}>${Number(date.slice(8))}</button></td>`;
  }

  #name(date: string, day: Day | undefined): string {
    const { sayOwn: say, locale } = this.site;
    const said = [longDay(date, locale), day ? say(day.state) : ''];
    if (day?.sold) said.push(say('soldTo', { title: day.sold.title }));
    for (const hold of day?.holds ?? []) said.push(say('heldBy', { rank: hold.rank, buyer: hold.buyer }));
    return said.filter(Boolean).join(', ');
  }

  #bar({ today }: Known) {
    const { site } = this;
    const { sayOwn: say } = site;
    if (this.chosen.size === 0) return nothing;
    return html`<div class="bar" role="group" aria-label=${say('markChosen')}>
      <strong role="status">${say('daysChosen', { n: this.chosen.size })}</strong>
      ${marks.map((mark) => button(this.#acts, site, { act: `mark:${mark}`, label: say(`mark_${mark}`), press: () => { this.#mark(mark, today); } }))}
      ${button(this.#acts, site, { act: 'mark:clear', label: say('mark_clear'), press: () => { this.#mark(null, today); } })}
      <button type="button" class="plain" @click=${() => { this.chosen = new Set(); this.#anchor = ''; }}>${say('unchoose')}</button>
      ${['mark:free', 'mark:flexible', 'mark:busy', 'mark:clear'].map((act) => outcome(this.#acts, site, act))}</div>`;
  }

  /** What fills the months shown, for those who read rather than look. */
  #list({ days }: Known, all: readonly string[]) {
    const { sayOwn: say, locale, timeZone } = this.site;
    const taken = [...days.values()].filter(({ day, holds, sold }) => all.includes(day.slice(0, 7)) && (sold || holds.length > 0));
    return html`<section class="taken"><h2>${say('takenTitle')}</h2>${taken.length === 0 ? html`<p class="muted">${say('takenNone')}</p>` : html`<ul>${taken.map(({ day, holds, sold }) => html`
      ${sold ? html`<li><time datetime=${day}>${longDay(day, locale)}</time><span>${sold.bookingId ? html`<a href="/booking?id=${sold.bookingId}">${sold.title || say('sold')}</a>` : sold.title}</span><span class="tag good">${say('sold')}</span></li>` : nothing}
      ${holds.map((hold) => html`<li><time datetime=${day}>${longDay(day, locale)}</time><span><a href="/booking?id=${hold.bookingId}">${hold.buyer}</a> <span class="small muted">${say('holdUntil', { at: instant(hold.expiresAt, locale, timeZone) })}</span></span><span class="tag">${say('holdRank', { rank: hold.rank })}</span></li>`)}`)}</ul>`}</section>`;
  }

  #press(date: string, extend: boolean): void {
    const ends = this.#anchor && (extend || this.period);
    const chosen = new Set(this.chosen);
    if (ends) for (const day of between(this.#anchor, date)) chosen.add(day);
    else if (chosen.has(date)) chosen.delete(date);
    else chosen.add(date);
    this.#anchor = this.period && ends ? '' : date;
    this.focused = date;
    this.chosen = chosen;
    this.#acts.clear();
  }

  #key(event: KeyboardEvent, focused: string, { today }: Known): void {
    if (event.key === 'Escape') { this.chosen = new Set(); this.#anchor = ''; return; }
    const to = dayByKey(focused, event.key);
    if (!to || to < today.slice(0, 8).concat('01')) return;
    event.preventDefault();
    if (event.shiftKey) {
      this.#anchor ||= focused;
      this.chosen = new Set([...this.chosen, ...between(this.#anchor, to).filter((day) => day >= today)]);
    } else {
      this.#anchor = '';
    }
    const shown = this.month || today.slice(0, 7);
    if (to < `${shown}-01`) this.month = monthsAfter(shown, -1);
    if (to > lastOf(monthsAfter(shown, months - 1))) this.month = monthsAfter(shown, 1);
    this.focused = to;
    this.#refocus = true;
  }

  #mark(mark: (typeof marks)[number] | null, today: string): void {
    const days = [...this.chosen].filter((day) => day >= today).sort().slice(0, 400);
    void this.#acts.run(`mark:${mark ?? 'clear'}`, () => this.#server().calendar.mark.mutate({ days, state: mark })).then(async (done) => {
      if (!done) return;
      this.chosen = new Set();
      this.#anchor = '';
      this.#acts.done = 'mark';
      await this.#days.run();
    });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-calendar': FlowCalendar }
}
