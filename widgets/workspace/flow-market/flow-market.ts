import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, money, month, rate, weekdays } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { desk, word } from '../../parts/desk.ts';

type Out = inferRouterOutputs<AppRouter>['market'];
export type MarketPrice = Out['price'];
export type MarketChance = Out['chance'];
export type MarketDates = Out['bestDates'];
type Market = NonNullable<MarketPrice['market']>;

interface Read { readonly price: MarketPrice; readonly chance: MarketChance; readonly dates: MarketDates }

/** How many days are proposed. */
const proposed = 5;
/** From here on a difference is more than chance. */
const sure = 90;

/**
 * What deals like a booking's were made for, and where its price lies; how likely it comes to a contract, by its factors; the best dates. All of it
 * from what was agreed on the platform: it says of how much, and says nothing where that is too little.
 */
export class FlowMarket extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 160px }
    .market { display: grid; gap: 16px }
    .range { font-size: 20px } .range strong { white-space: nowrap }
    svg { display: block; width: 100%; max-width: 560px; height: 28px; overflow: visible }
    .axis { stroke: var(--line); stroke-width: 2 } .half { fill: var(--edge) } .middle { stroke: var(--ground); stroke-width: 2 } .here { stroke: var(--accent); stroke-width: 3 } .here.far { stroke: var(--warn) }
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
    const { sayOwn: say } = this.site;
    return html`<div class="market">
      <div class="stack" aria-live="polite">${price.market ? this.#range(price.market, price) : html`<p class="muted">${say('marketTooFew', { deals: price.why?.deals ?? 0, artists: price.why?.artists ?? 0, buyers: price.why?.buyers ?? 0, months: price.why?.months ?? 0 })}</p>`}</div>
      ${this.#chance(chance)}
      ${this.#dates(dates)}</div>`;
  }

  #range(market: Market, { price, position }: MarketPrice): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const [low, median, high] = [market.low, market.median, market.high].map((amount) => money(amount, locale, true));
    const far = position?.verdict.startsWith('far') ?? false;
    return html`
      <p class="range">${say('marketRange', { low: low ?? '', high: high ?? '' })}</p>
      ${bar(market, price?.minor ?? 0, far)}
      <p>${say('marketMedian', { median: median ?? '' })}${price && position ? html` ${say('marketPrice', { price: money(price, locale, true) })}` : nothing}</p>
      ${position ? html`<p class=${far ? 'notice warn' : ''}><span>${say(`market_${position.verdict}`, { percent: Math.abs(position.percent) })} ${say('marketBelow', { percent: position.below })}</span></p>` : nothing}
      <p class="small muted">${say('marketOf', { n: market.deals, artists: market.artists, buyers: market.buyers, from: month(`${market.from}-01`, locale), until: month(`${market.until}-01`, locale) })} ${say('marketHow', { day: day(market.asOf, locale) })}
        ${market.widened.length > 0 ? say('marketWidened', { traits: market.widened.map((trait) => say(`marketTrait_${trait}`)).join(', ') }) : nothing}</p>
      ${market.effects.length > 0 ? html`<ul class="effects">${market.effects.map((effect) => html`<li class=${effect.here ? '' : 'muted'}>${say(`marketEffect_${effect.effect}`)} <strong>${signed(effect.percent)} %</strong>
        <span class="small muted">${say('marketEffectOf', { n: effect.deals, others: effect.others })} ${effect.confidence >= sure ? say('marketSure', { percent: effect.confidence }) : say('marketUnsure', { percent: effect.confidence })}</span></li>`)}</ul>` : nothing}`;
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

const signed = (of: number): string => `${of > 0 ? '+' : of < 0 ? '−' : ''}${Math.abs(of)}`;

/** The middle half on a line, its median, and the price; what it says is said in words beside it. */
function bar({ low, median, high }: Market, price: number, far: boolean): TemplateResult {
  const span = Math.max(high.minor - low.minor, 1);
  const from = Math.max(0, Math.min(low.minor - span, price > 0 ? price : low.minor));
  const until = Math.max(high.minor + span, price);
  const at = (minor: number): number => (100 * (minor - from)) / (until - from);
  return html`<svg viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">${svg`<line class="axis" x1="0" x2="100" y1="14" y2="14" vector-effect="non-scaling-stroke"></line>
    <rect class="half" x=${at(low.minor)} y="7" width=${at(high.minor) - at(low.minor)} height="14"></rect><line class="middle" x1=${at(median.minor)} x2=${at(median.minor)} y1="7" y2="21" vector-effect="non-scaling-stroke"></line>
    ${price > 0 ? svg`<line class="here ${far ? 'far' : ''}" x1=${at(price)} x2=${at(price)} y1="1" y2="27" vector-effect="non-scaling-stroke"></line>` : nothing}`}</svg>`;
}

declare global {
  interface HTMLElementTagNameMap { 'flow-market': FlowMarket }
}
