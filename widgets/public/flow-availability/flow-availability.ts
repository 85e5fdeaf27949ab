import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { month as monthName, shortDay } from '../../core/format-days.ts';
import { day, todayIn } from '../../core/format-page.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { openRequest, requestForm, want } from '../../core/wanted.ts';
import { lastOf, monthsAfter } from '../../parts/days.ts';
import { monthGrid, monthKey, monthStyles, type DayState } from '../../parts/month.ts';
import { styles } from './flow-availability.styles.ts';

/**
 * The days of an artist, a month at a time: free, to be confirmed or taken. Choosing one tells the page, and a
 * `<flow-booking-request>` for the same artist takes it up.
 *
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart button - The buttons that turn the month, and the one that asks for the chosen day.
 */
export class FlowAvailability extends LitElement {
  static override styles = [...theme, monthStyles, styles];

  /** The artist, by the short name of its press kit. */
  @property() artist = '';
  /** The first month to show, `YYYY-MM`; the one we are in when absent. */
  @property() from = '';
  /** The publishable key, for a page whose script tag cannot carry one. */
  @property() key = '';
  /** The chosen day, `YYYY-MM-DD`. */
  @property() day = '';
  /** Instead of the site's own. Tests and stories put a fake here. @internal */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  @state() private month = '';
  @state() private focused = '';
  #today = '';
  #known = new Map<string, DayState>();

  readonly #presence: Presence = new Presence(this, () => this.#days.run());
  readonly #days = new Task(this, {
    args: () => [this.#server(), this.artist, this.month] as const,
    task: async ([api, artist, month]) => {
      const { name, today, days } = await api.calendar.availability.query({ artist, from: `${month}-01`, until: lastOf(month) });
      for (const { day, state } of days) this.#known.set(day, state);
      this.#today = today;
      // The server's clock is the trade's: what is past by it is not offered.
      if (this.focused < today) this.#show([month, today.slice(0, 7)].sort()[1] ?? month);
      return name;
    },
    onComplete: () => { this.#presence.arrived(); },
    onError: (error) => { this.#presence.failed(error); },
  });

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('artist')) this.#known = new Map();
    if (this.month) return;
    this.#today = todayIn(this.site.timeZone);
    this.#show((this.from || this.day || this.#today).slice(0, 7));
  }

  override render() {
    // While a month is read, its grid stands with its days not yet told: nothing moves.
    return this.#presence.stand(this.#days.render({
      ...this.#presence.states(), initial: () => this.#calendar(true), pending: () => this.#calendar(true), complete: () => this.#calendar(false),
    }));
  }

  #calendar(reading: boolean) {
    const { site: { say, locale }, month, focused } = this;
    const name = this.#days.value ?? '';
    const open = [...this.#known].filter(([date, is]) => date.startsWith(month) && is !== 'busy').sort();
    return html`
      <section class="both" aria-label=${say('daysOf', { name })} aria-busy=${reading ? 'true' : 'false'}>
        <div>
          <div class="head">
            <h3 aria-live="polite">${monthName(`${month}-01`, locale)}</h3>
            <button type="button" part="button" aria-label=${say('previousMonth')} ?disabled=${month <= this.#today.slice(0, 7)} @click=${() => { this.#show(monthsAfter(month, -1)); }}>←</button>
            <button type="button" part="button" aria-label=${say('nextMonth')} @click=${() => { this.#show(monthsAfter(month, 1)); }}>→</button>
          </div>
          ${monthGrid({ month, focused, chosen: this.day, states: this.#known, say, locale, move: this.#move, choose: this.#choose })}
          ${monthKey(say)}
          <div class="foot row" role="status">${this.day ? html`<strong>${say('dayChosen', { day: day(this.day, locale) })}</strong>
            ${requestForm(this.artist) ? html`<button type="button" class="primary" part="button" @click=${() => openRequest(this, this.artist)}>${say('askDate')}</button>` : nothing}` : html`<span class="muted small">${say('dayHow')}</span>`}</div>
        </div>
        <aside>
          <h4>${say('openDays', { month: monthName(`${month}-01`, locale) })}</h4>
          ${open.length ? html`<ol>${open.map(([date, is]) => html`<li><button type="button" class="plain" aria-pressed=${date === this.day ? 'true' : 'false'} @click=${() => { this.#choose(date); }}>${shortDay(date, locale)}</button><span class="muted">${say(is)}</span></li>`)}</ol>`
            : html`<p class="muted">${reading ? '…' : say('noOpenDay')}</p>`}
        </aside>
      </section>`;
  }

  #show(month: string, focused = ''): void {
    this.month = month;
    const first = [`${month}-01`, this.#today].sort()[1] ?? '';
    this.focused = focused || (first.startsWith(month) ? first : `${month}-01`);
  }

  readonly #move = (to: string): void => {
    // The past is not offered: the keyboard stops at today.
    const day = to < this.#today ? this.#today : to;
    this.#show(day.slice(0, 7), day);
    void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus(); });
  };

  readonly #choose = (day: string): void => {
    this.day = day;
    this.focused = day;
    want(this, this.artist, day);
  };

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

declare global {
  interface HTMLElementTagNameMap { 'flow-availability': FlowAvailability }
}
