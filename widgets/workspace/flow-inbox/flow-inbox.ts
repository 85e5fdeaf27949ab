import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, money, part } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { desk, word } from '../../parts/desk.ts';
import { styles } from './flow-inbox.styles.ts';
import { asksOf, townsOf, wishStyles, type Wishes } from './wishes.ts';

type Line = inferRouterOutputs<AppRouter>['booking']['inbox'][number];
const views = ['open', 'closed', 'all'] as const;

/**
 * Every booking of the organisation and of the artists it represents: those that wait for the reader first. With the organisers who ask an
 * artist to play near them, and how many want it in which town.
 */
export class FlowInbox extends LitElement {
  static override styles = [...desk, styles, wishStyles];

  /** Which bookings: `open`, `closed` or `all`. */
  @property() view: (typeof views)[number] = 'open';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private lines: readonly Line[] | null = null;
  @state() private wishes: Wishes | null = null;

  readonly #presence: Presence = new Presence(this, () => Promise.all([this.#all.run(), this.#near.run()]));
  readonly #all = new Task(this, {
    args: () => [(this.api ?? this.site.api)<AppRouter>('/trpc'), this.view] as const,
    task: ([api, status]) => api.booking.inbox.query({ status }),
    onComplete: (lines) => { this.lines = lines; this.#presence.arrived(); },
    onError: this.#presence.failed,
  });

  readonly #acts = new Acts(this);
  /** Read beside the bookings: without them the inbox stands all the same. */
  readonly #near = new Task(this, {
    args: () => [(this.api ?? this.site.api)<AppRouter>('/trpc'), this.view] as const,
    task: ([api, status]) => api.nearby.wishes.query({ status }),
    onComplete: (wishes) => { this.wishes = wishes; },
    onError: () => { this.wishes = null; },
  });

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<div class="stack">
      <div class="row between"><h1>${say('inboxTitle')}</h1>
        <div class="views" role="group" aria-label=${say('inboxShow')}>${views.map((view) => html`
          <button type="button" aria-pressed=${this.view === view ? 'true' : 'false'} @click=${() => { this.view = view; }}>${say(`inbox_${view}`)}</button>`)}</div></div>
      ${this.#all.render({ ...this.#presence.states(84, 84, 84), complete: (lines) => this.#list(lines), ...(this.lines && { pending: () => this.#list(this.lines ?? []) }) })}
    </div>`);
  }

  #list(lines: readonly Line[]) {
    const { sayOwn: say } = this.site;
    const { wishes } = this;
    const asks = wishes ? asksOf(wishes, { site: this.site, acts: this.#acts, answer: this.#answer, offer: this.#offer }) : nothing;
    const towns = wishes ? townsOf(wishes, this.site) : nothing;
    if (lines.length === 0 && wishes?.asks.length) return html`${asks}${towns}`;
    if (lines.length === 0) {
      return html`<div class="empty"><h2>${say(this.view === 'open' ? 'inboxEmpty' : 'inboxNone')}</h2>
        ${this.view === 'open' ? html`<p>${say('inboxEmptyHow')}</p><p><a class="button primary" href="/sites">${say('inboxEmptyDo')}</a></p>` : nothing}</div>${towns}`;
    }
    const several = new Set(lines.filter(({ side }) => side === 'artist').map(({ artist }) => artist)).size > 1;
    const groups = [['inboxYours', lines.filter(({ yours }) => yours)], ['inboxOthers', lines.filter(({ yours }) => !yours)]] as const;
    const [yours, others] = groups.map(([title, some]) => (some.length === 0 ? nothing : html`<section>
      <h2>${say(title)} <span class="muted num">${some.length}</span></h2><ol>${some.map((line) => this.#line(line, several && line.side === 'artist'))}</ol></section>`));
    return html`${yours}${asks}${others}${towns}`;
  }

  readonly #answer = (id: string, how: 'written' | 'declined'): void => {
    void this.#acts.run(`${how}:${id}`, async () => { this.#put(await (this.api ?? this.site.api)<AppRouter>('/trpc').nearby.answer.mutate({ id, how })); });
  };

  readonly #offer = (id: string, showDay: string): void => {
    void this.#acts.run(`offer:${id}`, async () => {
      const { bookingId } = await (this.api ?? this.site.api)<AppRouter>('/trpc').nearby.offer.mutate({ id, day: showDay });
      const wish = this.wishes?.asks.find((one) => one.id === id);
      if (wish) this.#put({ ...wish, status: 'offered', bookingId });
      await this.#all.run();
    });
  };

  /** What was answered stays where it was, and says so. */
  #put(wish: Wishes['asks'][number]): void {
    if (this.wishes) this.wishes = { ...this.wishes, asks: this.wishes.asks.map((one) => (one.id === wish.id ? wish : one)) };
  }

  #line(line: Line, several: boolean) {
    const { sayOwn: say, locale } = this.site;
    const season = line.seasonUntil ? ` → ${day(line.seasonUntil, locale)}` : '';
    return html`<li class=${line.yours ? 'yours' : ''}>
      <p class="date" aria-hidden="true"><span>${part(line.showDay, locale, 'weekday')}</span><strong>${Number(line.showDay.slice(8))}</strong><span>${part(line.showDay, locale, 'month')} ${line.showDay.slice(0, 4)}</span></p>
      <div class="what">
        <h3><a href="/booking?id=${line.id}">${line.occasion}</a></h3>
        <p>${line.side === 'artist' ? line.buyer : line.artist} <span class="muted">· ${line.city}</span></p>
        <p class="small muted"><span class="sr">${day(line.showDay, locale)}${season}. </span>${several ? html`${say('forArtist', { name: line.artist })} · ` : nothing}${say(`asker_${line.asker}`)}${line.seasonUntil ? html` · ${say('untilDay', { day: day(line.seasonUntil, locale) })}` : nothing}</p>
      </div>
      <p class="budget num"><span class="small muted">${say('budgetShort')}</span><strong>${line.budget.minor > 0 ? money(line.budget, locale, true) : '–'}</strong></p>
      ${line.side === 'artist' ? this.#score(line) : html`<p></p>`}
      <p class="state"><span class="tag ${line.yours ? 'now' : ''}">${line.yours ? say('yourTurn') : word(say, `status_${line.status}`)}</span>
        ${line.yours ? html`<span class="small muted">${word(say, `status_${line.status}`)}</span>` : nothing}</p>
    </li>`;
  }

  #score({ score }: Line) {
    const { sayOwn: say } = this.site;
    if (!score) return html`<p class="score"><span class="small muted">${say('score')}</span><span class="muted">${say('scoreSoon')}</span></p>`;
    const trust = score.confidence >= 0.75 ? 'high' : score.confidence >= 0.45 ? 'middle' : 'low';
    return html`<p class="score"><span class="small muted">${say('score')}</span>
      <span><strong class="num">${score.score}</strong><span class="muted"> / 100</span></span>
      <span class="bar" aria-hidden="true"><i .style=${`width:${score.score}%`}></i></span>
      <span class="small muted">${say(`trust_${trust}`)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-inbox': FlowInbox }
}
