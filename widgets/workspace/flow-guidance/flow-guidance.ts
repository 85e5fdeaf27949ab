import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { minorOf } from '../../core/amount.ts';
import type { Api } from '../../core/api.ts';
import { day, part } from '../../core/format.ts';
import { matchingSpeech } from '../../core/matching-words.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome } from '../../parts/desk.ts';
import { marketLook, priceTold, signed, type MarketPrice } from '../../parts/market.ts';
import { TypeAhead } from '../../parts/type-ahead.ts';

type Trends = inferRouterOutputs<AppRouter>['market']['trends'];
type Thought = inferRouterInputs<AppRouter>['market']['priceOf'];
type Say = Awaited<ReturnType<typeof matchingSpeech>>;

const BUYERS = ['venue', 'festival', 'commune', 'camping', 'private', 'company'] as const satisfies readonly Thought['buyer'][];
const LEVELS = ['emerging', 'confirmed', 'headliner'] as const satisfies readonly Thought['level'][];
/** Genres that are drawn; those that rose most come first. */
const shown = 12;

const refused = (name: string): Error => Object.assign(new Error('input_invalid'), { data: { reason: 'input_invalid', details: { field: name } } });

/**
 * The market for whoever only thinks of a date: what dates like it were agreed for, as a range that says of how many deals it is and since when, or that there
 * are too few to tell; below, which genres are asked for more than before, and for which months.
 */
export class FlowGuidance extends LitElement {
  static override styles = [...desk, marketLook, css`
    :host { min-height: 480px }
    section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; border-top: 1px solid var(--line); padding-top: 20px; min-width: 0 }
    .bars { display: grid; gap: 10px } .bars li { display: grid; gap: 2px 16px; grid-template-columns: minmax(0, 1fr) auto; align-items: baseline } .bars svg { grid-column: 1 / -1; display: block; width: 100%; height: 12px }
    .months { display: grid; gap: 6px } .months li { display: grid; gap: 0 12px; grid-template-columns: 4.5em minmax(0, 1fr) 4.5em; align-items: center } .months svg { display: block; width: 100%; height: 12px }
    .now { fill: var(--accent) } .then { fill: var(--edge) } .base { fill: var(--line) } .more { color: var(--good) } .less { color: var(--bad) }
    @media (forced-colors: active) { .now { fill: CanvasText } .then, .base { fill: GrayText } }`];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private told: MarketPrice | null = null;
  @state() private currency: Thought['currency'] = 'EUR';

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #genres = new TypeAhead<string>(this, 'genres', async (q) => (await this.#server().profiles.genres.query({ q, locale: this.site.locale })).map((genre) => ({ words: genre, thing: genre })));
  readonly #places = new TypeAhead<string>(this, 'places', async (q) => (await this.#server().profiles.places.query({ q })).map((place) => ({ words: `${place.name} (${place.postcode})`, thing: place.insee })));
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.site.locale] as const,
    task: async ([api, locale]): Promise<{ readonly trends: Trends; readonly say: Say }> => {
      const [trends, say] = await Promise.all([api.market.trends.query({ locale }), matchingSpeech(locale)]);
      return { trends, say };
    },
    onComplete: () => {
      this.#presence.arrived();
      // Whoever was led here by a link to the market, which is read after the page.
      if (location.hash === `#${this.id}`) void this.updateComplete.then(() => { this.scrollIntoView(); });
    },
    onError: this.#presence.failed,
  });

  override render() {
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack">${value ? html`${this.#thought(value.say)}${this.#trends(value.trends, value.say)}${this.#seasons(value.trends, value.say)}`
      : this.#all.render({ ...this.#presence.states(240, 200), complete: () => nothing })}</div>`);
  }

  #thought(say: Say): TemplateResult {
    const { site } = this;
    return html`<section aria-labelledby="thought"><h2 id="thought">${say('guideTitle')}</h2><p>${say('guideHow')}</p>
      <form @submit=${onSubmit((typed) => { this.#ask(typed); })}>
        <div class="fields">${field({ label: say('guideGenre') }, html`<input name="genre" list="genres" maxlength="60" autocomplete="off" required @input=${(event: InputEvent) => { this.#genres.ask((event.currentTarget as HTMLInputElement).value); }}>${this.#genres.list()}`)}
          ${field({ label: say('guideLineUp') }, html`<input name="lineUp" type="number" inputmode="numeric" min="1" max="250" step="1" required>`)}
          ${field({ label: say('sheet_level') }, html`<select name="level"><option value="">${say('notSaid')}</option>${LEVELS.map((level) => html`<option value=${level}>${say(`level_${level}`)}</option>`)}</select>`)}
          ${field({ label: say('guideBuyer') }, html`<select name="buyer">${BUYERS.map((buyer) => html`<option value=${buyer}>${say(`guideBuyer_${buyer}`)}</option>`)}</select>`)}
          ${field({ label: say('guideDay') }, html`<input name="day" type="date" required>`)}
          ${field({ label: say('home'), hint: say('cityHow') }, html`<input name="place" list="places" autocomplete="off" @input=${(event: InputEvent) => { this.#places.ask((event.currentTarget as HTMLInputElement).value); }}>${this.#places.list()}`)}
          ${field({ label: say('guideAudience') }, html`<input name="audience" type="number" inputmode="numeric" min="0" max="1000000" step="1">`)}
          ${field({ label: say('guideCurrency') }, html`<select name="currency" @change=${(event: Event) => { this.currency = (event.currentTarget as HTMLSelectElement).value === 'CHF' ? 'CHF' : 'EUR'; }}><option>EUR</option><option>CHF</option></select>`)}
          ${field({ label: say('guidePrice', { currency: this.currency }), hint: say('guidePriceHow') }, html`<input name="price" inputmode="decimal" autocomplete="off">`)}</div>
        ${outcome(this.#acts, site, 'price')}
        <div>${button(this.#acts, site, { act: 'price', label: say('guideDo'), kind: 'primary' })}</div></form>
      <div class="stack" aria-live="polite">${this.told ? priceTold(this.told, site) : nothing}</div></section>`;
  }

  #ask({ genre = '', lineUp = '', level = '', buyer = '', day: on = '', place = '', audience = '', price = '' }: Readonly<Record<string, string>>): void {
    void this.#acts.run('price', async () => {
      const insee = place === '' ? '' : this.#places.named(place);
      // A town that the list does not know is said, not dropped; so is what is no amount.
      if (insee === undefined) throw refused('insee');
      const minor = price === '' ? null : minorOf(price);
      if (price !== '' && minor === null) throw refused('price');
      this.told = await this.#server().market.priceOf.query({
        genre, lineUp: Number(lineUp), level: LEVELS.find((one) => one === level) ?? '', buyer: BUYERS.find((one) => one === buyer) ?? 'venue', day: on, insee, audience: Number(audience), currency: this.currency, ...(minor && { price: minor }),
      });
    });
  }

  #trends({ trends, since, until, days }: Trends, say: Say): TemplateResult {
    const { locale } = this.site;
    const most = Math.max(1, ...trends.map(({ recent, before }) => Math.max(recent, before ?? 0)));
    return html`<section aria-labelledby="trends"><h2 id="trends">${say('trendsTitle')}</h2><p class="small muted">${say('trendsPeriod', { since: day(since, locale), until: day(until, locale), days })}</p>
      ${trends.length === 0 ? html`<p>${say('trendsNone')}</p>` : html`<ol class="bars">${trends.slice(0, shown).map(({ label, recent, before, percent }) => html`<li><strong>${label}</strong>
        <span>${percent === null ? nothing : html`<strong class=${percent > 0 ? 'more' : percent < 0 ? 'less' : ''}>${signed(percent)} %</strong> `}<span class="small">${say('trendLine', { n: recent })} ${before === null ? say('trendNew') : say('trendBefore', { before })}</span></span>
        <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">${svg`<rect class="now" width=${(100 * recent) / most} height="7"></rect><rect class="then" y="8" width=${(100 * (before ?? 0)) / most} height="4"></rect>`}</svg></li>`)}</ol>`}</section>`;
  }

  #seasons({ seasons: { from, asked, months }, until }: Trends, say: Say): TemplateResult {
    const { locale } = this.site;
    const most = Math.max(1, ...months.map((month) => month.asked ?? 0));
    return html`<section aria-labelledby="seasons"><h2 id="seasons">${say('seasonsTitle')}</h2>
      ${asked === 0 ? html`<p>${say('seasonsNone')}</p>` : html`<p class="small muted">${say('seasonsHow', { n: asked, from: day(from, locale), until: day(until, locale) })}</p>
        <ol class="months">${months.map((month) => html`<li><span>${part(`2026-${String(month.month).padStart(2, '0')}-01`, locale, 'month')}</span>
          <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect class="base" width="100" height="12"></rect><rect class="now" width=${(100 * (month.asked ?? 0)) / most} height="12"></rect></svg>
          <span class=${month.asked === null ? 'small muted' : 'end'}>${month.asked === null ? say('seasonUnknown') : new Intl.NumberFormat(locale).format(month.asked)}</span></li>`)}</ol>`}</section>`;
  }

  #server = (): TRPCClient<AppRouter> => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-guidance': FlowGuidance }
}
