import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, rate, weekdays } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { desk, word } from '../../parts/desk.ts';
import { marketLook, priceTold, signed, type MarketPrice } from '../../parts/market.ts';

type Out = inferRouterOutputs<AppRouter>['market'];
export type MarketChance = Out['chance'];
export type MarketDates = Out['bestDates'];

interface Read { readonly price: MarketPrice; readonly chance: MarketChance; readonly dates: MarketDates }

/** How many days are proposed. */
const proposed = 5;

/**
 * What deals like a booking's were made for, and where its price lies; how likely it comes to a contract, by its factors; the best dates. All of it
 * from what was agreed on the platform: it says of how much, and says nothing where that is too little.
 */
export class FlowMarket extends LitElement {
  static override styles = [...desk, marketLook, css`
    :host { min-height: 160px }
    .market { display: grid; gap: 16px }
    ul { display: grid; gap: 6px; margin: 0; padding: 0; list-style: none }
    h3 { padding-top: 8px }
    .factors li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 12px; max-width: 560px } .more { color: var(--good) } .less { color: var(--bad) }
    .dates li { display: grid; gap: 2px; padding: 8px 0; border-top: 1px solid var(--line) }`];

  /** The booking, `bkg_…`. */
  @property({ attribute: 'booking-id' }) bookingId = '';
  /** A price that somebody thinks of, in minor units; 0 for the one on the table. */
  @property({ type: Number }) price = 0;
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  readonly #presence: Presence = new Presence(this, () => this.#read.run());
  #last: (Read & { readonly bookingId: string }) | null = null;
  readonly #read = new Task(this, {
    args: () => [(this.api ?? this.site.api)<AppRouter>('/trpc'), this.bookingId, this.price] as const,
    task: async ([api, bookingId, price]): Promise<Read> => {
      const asked = { bookingId, ...(price > 0 ? { price } : {}) };
      // Dates do not hang on the price: they are asked for once.
      const known = this.#last?.bookingId === bookingId ? this.#last.dates : api.market.bestDates.query({ bookingId, count: proposed });
      const [told, chance, dates] = await Promise.all([api.market.price.query(asked), api.market.chance.query(asked), known]);
      this.#last = { bookingId, price: told, chance, dates };
      return this.#last;
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { pending, error } = this.#presence.states(80, 60);
    // While another price is looked at, the last answer stays in sight.
    return this.#presence.stand(this.#read.render({ error, pending: () => (this.#last?.bookingId === this.bookingId ? this.#all(this.#last) : pending()), complete: (read) => this.#all(read) }));
  }

  #all({ price, chance, dates }: Read): TemplateResult {
    return html`<div class="market">
      <div class="stack" aria-live="polite">${priceTold(price, this.site)}</div>
      ${this.#chance(chance)}
      ${this.#dates(dates)}</div>`;
  }

  #chance({ chance, why, figures, claim }: MarketChance): TemplateResult | typeof nothing {
    const { sayOwn: say, locale } = this.site;
    if (why?.code === 'closed') return nothing;
    const share = (of: number): string => rate(Math.round(of * 100) * 100, locale);
    const tried = figures ? html`<p class="small muted">${say('marketFigures', { closed: figures.closed, tried: figures.tried, accuracy: share(figures.accuracy), commoner: share(figures.commoner), claim: share(claim), brier: new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(figures.brier), error: share(figures.calibrationError) })}</p>` : nothing;
    return html`<h3>${say('marketChance')}</h3>
      ${chance ? html`<p class="range"><strong>${chance.percent} %</strong></p>
        <ul class="factors">${chance.factors.map(({ factor, points }) => html`<li><span>${say(`marketFactor_${factor}`)}</span><span class="end ${points > 0 ? 'more' : points < 0 ? 'less' : ''}">${say('marketPoints', { n: Math.abs(points), points: signed(points) })}</span></li>`)}</ul>`
      : html`<p class="muted">${say(`marketChance_${why?.code ?? 'too_few'}`, { closed: why?.closed ?? 0, least: why?.least ?? 0 })}</p>`}${tried}`;
  }

  #dates({ dates }: MarketDates): TemplateResult | typeof nothing {
    const { sayOwn: say, locale } = this.site;
    if (dates.length === 0) return nothing;
    const names = weekdays(locale);
    return html`<details><summary>${say('marketDates')}</summary><ul class="dates">${dates.map((found) => html`<li><span><strong><time datetime=${found.day}>${day(found.day, locale)}</time></strong> <span class="muted">${found.score} / 100</span></span>
      <span class="small muted">${found.reasons.filter(({ points }) => points !== 0).map(({ code, figures, points }) =>
        `${word(say, code === 'weekday' && points < 0 ? 'marketDay_weekday_less' : `marketDay_${code}`, { ...figures, weekday: names[(figures['weekday'] ?? 1) - 1]?.long ?? '', n: figures['shows'] ?? 0 })} (${signed(points)})`).join(' · ')}</span></li>`)}</ul></details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-market': FlowMarket }
}
