import { consume } from '@lit/context';
import { Task, initialState } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { month as monthName, shortDay } from '../../core/format-days.ts';
import { dates, day, dayIn } from '../../core/format-page.ts';
import type { Locale } from '../../core/messages.ts';
import { Presence } from '../../core/presence.ts';
import { room } from '../../core/room.ts';
import { dayOf, monthOf } from '../../core/said.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { hostedForm, openRequest, requestForm, want } from '../../core/wanted.ts';
import { lastOf, monthsAfter } from '../../parts/days.ts';
import { monthGrid, monthKey, monthStyles, type DayState } from '../../parts/month.ts';
import { styles } from './flow-availability.styles.ts';

/** How often the days are read again while somebody looks at them, in milliseconds: a hold that falls shows by itself. Less often once nothing has changed for a minute, and each time less while it is refused. */
const LOOK_MS = 5_000;
const CALM_MS = 30_000;
const LONGEST_MS = 480_000;

/** How the clocks of a zone are called on a day, as `longGeneric` or `longOffset` says it. */
const zoneName = (timeZone: string, day: string, locale: Locale, timeZoneName: 'longGeneric' | 'longOffset'): string =>
  dates(locale, { timeZone, timeZoneName }).formatToParts(new Date(`${day}T12:00:00Z`)).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

/** An artist that answered. */
interface Known { readonly artist: string; readonly name: string; readonly timeZone: string; readonly days: ReadonlyMap<string, DayState> }

/**
 * The days of an artist, or of several, a month at a time: free, to be confirmed or taken, as a grid and as a list. Choosing one tells the
 * page, and a `<flow-booking-request>` for the same artist takes it up; where the page has none, our own page with the form is a link.
 *
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart button - The buttons that turn the month, and the one that asks for the chosen day.
 */
export class FlowAvailability extends LitElement {
  static override styles = [...theme, room, monthStyles, styles];

  /** The artist, by the short name of its press kit. Of several, the one that is shown. */
  @property() artist = '';
  /** Several artists, by their short names: `les-vagues-lentes nora-solveig`. Each has its tab. */
  @property() artists = '';
  /** The first month to show, `YYYY-MM`; the one we are in when absent. */
  @property() from = '';
  /** The first month that may be shown, `YYYY-MM`. */
  @property() min = '';
  /** The last month that may be shown, `YYYY-MM`. */
  @property() max = '';
  /** `month` for the grid alone, `list` for the list alone; both when absent. */
  @property() view: '' | 'month' | 'list' = '';
  /** Where a date is asked for, when that is another page. */
  @property({ attribute: 'request-href' }) requestHref = '';
  /** The publishable key, for a page whose script tag cannot carry one. */
  @property() key = '';
  /** The chosen day, `YYYY-MM-DD`. */
  @property() day = '';
  /** Instead of the site's own. Tests and stories put a fake here. @internal */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  @state() private month = '';
  @state() private focused = '';
  /** The chosen day was taken by somebody else meanwhile. */
  @state() private gone = false;
  #today = '';
  #known = new Map<string, DayState>();
  /** Whose days those are. */
  #of = '';
  #seen = false;
  #clock: ReturnType<typeof setTimeout> | undefined;
  /** How many looks, one after the other, found nothing new; and how many were refused. */
  #calm = 0;
  #refused = 0;
  readonly #sight = new IntersectionObserver((all) => { this.#seen = all.at(-1)?.isIntersecting ?? false; });

  readonly #presence: Presence = new Presence(this, () => this.#days.run());
  readonly #days = new Task(this, {
    args: () => [this.#server(), this.artists || this.artist, this.month] as const,
    task: async ([api, artists, month]) => {
      if (!artists) return initialState;
      const all = await this.#read(api, artists, month);
      const shown = all.find(({ artist }) => artist === this.artist) ?? all[0];
      if (!shown) return all;
      this.#take(shown);
      // The server's clock is the trade's: what is past by it is not offered.
      if (this.focused < this.#today) this.#show([month, this.#today.slice(0, 7)].sort()[1] ?? month);
      return all;
    },
    onComplete: () => { this.#presence.arrived(); },
    onError: (error) => { this.#presence.failed(error); },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight.observe(this);
    this.#wait();
    document.addEventListener('visibilitychange', this.#hurry);
    document.addEventListener('flow-request-sent', this.#hurry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight.disconnect();
    clearTimeout(this.#clock);
    document.removeEventListener('visibilitychange', this.#hurry);
    document.removeEventListener('flow-request-sent', this.#hurry);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    Object.assign(this, { from: monthOf(this.from), min: monthOf(this.min), max: monthOf(this.max), day: dayOf(this.day) });
    if (changed.has('artists') || (changed.has('artist') && this.artist !== this.#of)) {
      this.#known = new Map();
      const to = changed.has('artists') ? undefined : this.#days.value?.find(({ artist }) => artist === this.artist);
      if (to) this.#take(to);
    }
    if (this.month && !changed.has('from')) return;
    this.#today = dayIn(this.site.timeZone);
    const wanted = (this.from || this.day || this.#today).slice(0, 7);
    this.#show([[wanted, this.min].sort()[1] ?? wanted, this.max || '9'].sort()[0] ?? wanted);
  }

  override render() {
    // While a month is read, its grid stands with its days not yet told: nothing moves.
    return this.#presence.stand(this.#days.render({
      ...this.#presence.states(), initial: () => this.#calendar(true), pending: () => this.#calendar(true), complete: () => this.#calendar(false),
    }));
  }

  /** Every artist that can be shown. One that was withdrawn is left out, as long as another stands. */
  async #read(api: TRPCClient<PublicRouter>, artists: string, month: string, how: 'availability' | 'look' = 'availability'): Promise<readonly Known[]> {
    const asked = artists.split(/[\s,]+/).filter(Boolean);
    const answers = await Promise.allSettled((asked.length ? asked : [artists]).map((artist) => api.calendar[how].query({ artist, from: `${month}-01`, until: lastOf(month) })));
    const there = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const [first] = answers;
    if (!there.length && first?.status === 'rejected') throw first.reason;
    this.#today = there[0]?.today ?? this.#today;
    return there.map(({ days, ...one }) => ({ ...one, days: new Map(days.map(({ day, state }) => [day, state])) }));
  }

  #take({ artist, days }: Known): void {
    this.artist = artist;
    this.#of = artist;
    this.#known = new Map([...this.#known, ...days]);
    if (this.day && days.get(this.day) === 'busy') Object.assign(this, { day: '', gone: true });
  }

  /** Beside the task: while that is under way, the calendar would not stand. What fails is tried again, later: what is shown stays. */
  readonly #look = (): void => {
    this.#wait();
    if (document.visibilityState !== 'visible' || !this.#seen || !this.#days.value) return;
    const { month, artist } = this;
    void this.#read(this.#server(), artist, month, 'look').then(([now]) => {
      if (!now || this.artist !== artist) return;
      this.#refused = 0;
      this.#calm = [...now.days].some(([day, is]) => this.#known.get(day) !== is) ? 0 : this.#calm + 1;
      this.#take(now);
      this.requestUpdate();
    }, () => { this.#refused += 1; }).then(() => { this.#wait(); });
  };

  /** At once, unless it was refused. */
  readonly #hurry = (): void => { if (!this.#refused) this.#look(); };

  #wait(): void {
    clearTimeout(this.#clock);
    if (this.isConnected) this.#clock = setTimeout(this.#look, this.#refused || this.#calm * LOOK_MS >= 60_000 ? Math.min(CALM_MS * 2 ** this.#refused, LONGEST_MS) : LOOK_MS);
  }

  #tabs(all: readonly Known[]) {
    if (all.length < 2) return nothing;
    const at = all.findIndex(({ artist }) => artist === this.artist);
    const turn = (event: KeyboardEvent): void => {
      const to = ({ ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 } as Readonly<Record<string, number>>)[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.#turn(all.at(to % all.length));
      void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus(); });
    };
    return html`<div class="tabs" role="tablist" aria-label=${this.site.say('artists')} @keydown=${turn}>${all.map((one, i) => html`<button type="button" role="tab" id="tab-${i}" aria-controls="days"
      aria-selected=${i === at ? 'true' : 'false'} tabindex=${i === at ? 0 : -1} @click=${() => { this.#turn(one); }}>${one.name}</button>`)}</div>`;
  }

  #turn(to: Known | undefined): void {
    if (!to || to.artist === this.artist) return;
    this.#known = new Map();
    Object.assign(this, { day: '', gone: false });
    this.#take(to);
  }

  #calendar(reading: boolean) {
    const { site: { say, locale, timeZone }, month, focused, view } = this;
    const all = this.#days.value ?? [];
    const shown = all.find(({ artist }) => artist === this.artist);
    const open = [...this.#known].filter(([date, is]) => date.startsWith(month) && is !== 'busy').sort();
    const first = `${month}-01`;
    const far = shown && zoneName(shown.timeZone, first, 'en', 'longOffset') !== zoneName(timeZone, first, 'en', 'longOffset');
    const several = all.length > 1;
    return html`${this.#tabs(all)}
      <section class=${view ? '' : 'both'} id="days" role=${several ? 'tabpanel' : nothing} aria-label=${say('daysOf', { name: shown?.name ?? '' })} aria-busy=${reading ? 'true' : 'false'}>
        <div>
          <div class="head">
            <h3 aria-live="polite">${monthName(first, locale)}</h3>
            <button type="button" part="button" aria-label=${say('previousMonth')} ?disabled=${month <= this.#first} @click=${() => { this.#show(monthsAfter(month, -1)); }}>←</button>
            <button type="button" part="button" aria-label=${say('nextMonth')} ?disabled=${this.max !== '' && month >= this.max} @click=${() => { this.#show(monthsAfter(month, 1)); }}>→</button>
          </div>
          ${view === 'list' ? nothing : html`${monthGrid({ month, focused, chosen: this.day, states: this.#known, say, locale, move: this.#move, choose: this.#choose })}
          ${monthKey(say)}`}
          ${far ? html`<p class="small muted zone">${say('daysZone', { zone: zoneName(shown.timeZone, first, locale, 'longGeneric') })}</p>` : nothing}
          <div class="foot row" role="status">${this.day ? html`<strong>${say('dayChosen', { day: day(this.day, locale) })}</strong>${this.#ask()}`
            : this.gone ? html`<span class="gone">${say('date_taken')}</span>` : html`<span class="muted small">${say('dayHow')}</span>`}</div>
        </div>
        ${view === 'month' ? nothing : html`<aside>
          <h4>${say('openDays', { month: monthName(first, locale) })}</h4>
          ${open.length ? html`<ol>${open.map(([date, is]) => html`<li><button type="button" class="plain" aria-pressed=${date === this.day ? 'true' : 'false'} @click=${() => { this.#choose(date); }}>${shortDay(date, locale)}</button><span class="muted">${say(is)}</span></li>`)}</ol>`
            : html`<p class="muted">${reading ? '…' : say('noOpenDay')}</p>`}
        </aside>`}
      </section>`;
  }

  /** To the form of this page, else to the page that it names, else to ours. */
  #ask() {
    const { site, artist, requestHref } = this;
    const words = site.say('askDate');
    if (!requestHref && requestForm(artist)) return html`<button type="button" class="primary" part="button" @click=${() => openRequest(this, artist)}>${words}</button>`;
    const href = requestHref || hostedForm(site, this.key, artist, this.day);
    return href ? html`<a class="button primary" part="button" href=${href} target=${requestHref ? nothing : '_blank'}>${words}</a>` : nothing;
  }

  /** The first month that may be shown: the past is not offered. */
  get #first(): string {
    return [this.#today.slice(0, 7), this.min].sort()[1] ?? '';
  }

  #show(month: string, focused = ''): void {
    this.month = month;
    const first = [`${month}-01`, this.#today].sort()[1] ?? '';
    this.focused = focused || (first.startsWith(month) ? first : `${month}-01`);
  }

  readonly #move = (to: string): void => {
    // Neither the past nor what lies beyond the page's own months is offered: the keyboard stops there.
    const least = [this.#today, this.min && `${this.min}-01`].sort()[1] ?? to;
    const most = this.max ? lastOf(this.max) : to;
    const day = to < least ? least : to > most ? most : to;
    this.#show(day.slice(0, 7), day);
    void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus(); });
  };

  readonly #choose = (day: string): void => {
    Object.assign(this, { day, focused: day, gone: false });
    want(this, this.artist, day);
  };

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

declare global {
  interface HTMLElementTagNameMap { 'flow-availability': FlowAvailability }
}
