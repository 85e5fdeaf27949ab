import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, money, rate } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';

type Out = inferRouterOutputs<AppRouter>['prices'];
type In = inferRouterInputs<AppRouter>['prices'];
type Prices = Out['all'];
type Price = Prices['prices'][number];
type Rate = Prices['rates'][number];
type Effect = Out['previewPrice'];
type Asked = { readonly of: 'price'; readonly input: In['setPrice'] } | { readonly of: 'rate'; readonly input: In['setRate'] };

/** The dated prices and rates, for our own people: each with its history, and a new one only after its effects were seen. */
export class FlowPrices extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 480px }
    section { display: grid; gap: 8px; padding-top: 24px; border-top: 1px solid var(--line) }
    .scale { display: grid; gap: 4px; padding: 12px 0; border-top: 1px solid var(--line) }
    .scale > .row { justify-content: space-between }
    ol { margin: 0; padding: 0; list-style: none } .past { color: var(--muted) }
    form { padding: 12px 0 }`];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** The row that is dated anew, by its id. */
  @state() private open = '';
  @state() private seen: { readonly asked: Asked; readonly effect: Effect } | null = null;
  @state() private saved: Prices | null = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: ([api]): Promise<Prices> => api.prices.all.query(),
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const known = this.saved ?? this.#all.value;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_prices')}</h1><p class="lead">${say('pricesHow')}</p>
      ${success(this.#acts, 'save', say('pricesSaved'))}
      ${known ? this.#page(known) : this.#all.render({ ...this.#presence.states(200, 200), complete: () => nothing })}</div>`);
  }

  #page({ prices, rates, promotions, today }: Prices): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const plans = [...new Set(prices.map(({ plan }) => plan))];
    const bands = [...new Map(rates.map((one) => [`${one.kind} ${one.currency} ${String(one.upTo)}`, one])).values()];
    return html`
      <section aria-labelledby="plans"><h2 id="plans">${say('pricesPlans')}</h2>${plans.map((plan) => this.#scale(word(say, `plan_${plan}`) || plan, prices.filter((one) => one.plan === plan), today, (one) => this.#priced(one), (one) => this.#priceForm(one)))}</section>
      <section aria-labelledby="rates"><h2 id="rates">${say('pricesRates')}</h2>${bands.map(({ kind, currency, upTo }) => this.#scale(
        `${word(say, `rate_${kind}`) || kind} · ${upTo === null ? say('pricesAbove') : say('pricesUpTo', { amount: kind === 'commission.volume' ? upTo : money({ minor: upTo, currency }, locale, true) })}${upTo === null ? ` · ${currency}` : ''}`,
        rates.filter((one) => one.kind === kind && one.currency === currency && one.upTo === upTo), today, (one) => rate(one.bps, locale), (one) => this.#rateForm(one)))}</section>
      <section aria-labelledby="promotions"><h2 id="promotions">${say('pricesPromotions')}</h2>${promotions.map(({ code, bps, months, thenBps, taken, from, to }) => html`<div class="scale"><h3>${code}</h3>
        <p>${rate(bps, locale)} × ${months}${thenBps === null ? nothing : html` → ${rate(thenBps, locale)}`} · ${say('pricesTaken', { n: taken })} · ${this.#dates(from, to, today)}</p></div>`)}</section>`;
  }

  #priced({ month, artistsMax }: Price): string {
    const { sayOwn: say, locale } = this.site;
    return [month === null ? say('planQuoted') : month.minor === 0 ? say('planFree') : money(month, locale), artistsMax === null ? '' : say('planArtists', { n: artistsMax })].filter(Boolean).join(' · ');
  }

  #dates(from: string, to: string | null, today: string): string {
    const { sayOwn: say, locale } = this.site;
    return `${say(from > today ? 'pricesComing' : 'pricesSince', { day: day(from, locale) })}${to ? `, ${say('pricesUntil', { day: day(to, locale) })}` : ''}`;
  }

  /** The rows of one price or band, the oldest first; the last one may be followed by another. */
  #scale<Row extends { readonly id: string; readonly from: string; readonly to: string | null; readonly source: string }>(name: string, rows: readonly Row[], today: string, figure: (row: Row) => string, form: (row: Row) => TemplateResult): TemplateResult {
    const { sayOwn: say } = this.site;
    const last = rows.at(-1);
    if (!last) return html``;
    const open = this.open === last.id;
    return html`<div class="scale"><div class="row"><h3>${name}</h3><button type="button" class="plain" aria-expanded=${open ? 'true' : 'false'} aria-label="${say('pricesNew')} : ${name}" @click=${() => { [this.open, this.seen] = [open ? '' : last.id, null]; this.#acts.clear(); }}>${say('pricesNew')}</button></div>
      <ol>${rows.map((row) => html`<li class=${row.to !== null && row.to <= today ? 'past' : ''}><strong>${figure(row)}</strong> <span class="small muted">${this.#dates(row.from, row.to, today)} · ${row.source}</span></li>`)}</ol>
      ${open ? form(last) : nothing}</div>`;
  }

  #priceForm({ plan, month, artistsMax, superLikes, trialDays }: Price): TemplateResult {
    const { sayOwn: say } = this.site;
    const number = (text: string): number | null => (text === '' ? null : Number(text));
    return this.#form((values) => {
      const euros = number((values['month'] ?? '').replace(',', '.'));
      return { of: 'price', input: {
        plan: plan as In['setPrice']['plan'], month: euros === null ? null : { minor: Math.round(euros * 100), currency: 'EUR' }, artistsMax: number(values['artistsMax'] ?? ''), superLikes: Number(values['superLikes'] ?? 0), trialDays: Number(values['trialDays'] ?? 0), from: values['from'] ?? '',
      } };
    }, html`${field({ label: say('pricesMonth') }, html`<input name="month" inputmode="decimal" pattern="\\d{1,6}([.,]\\d{1,2})?" .value=${month ? String(month.minor / 100) : ''}>`)}
      ${field({ label: say('pricesArtists') }, html`<input name="artistsMax" type="number" min="0" max="10000" .value=${artistsMax === null ? '' : String(artistsMax)}>`)}
      ${field({ label: say('pricesLikes'), hint: say('pricesLikesHow') }, html`<input name="superLikes" type="number" required min="0" max="10000" .value=${String(superLikes)}>`)}
      ${field({ label: say('pricesTrial') }, html`<input name="trialDays" type="number" required min="0" max="90" .value=${String(trialDays)}>`)}`);
  }

  #rateForm({ kind, upTo, currency, bps }: Rate): TemplateResult {
    const { sayOwn: say } = this.site;
    return this.#form((values) => ({ of: 'rate', input: { kind: kind as In['setRate']['kind'], upTo, currency, bps: Math.round(Number((values['bps'] ?? '').replace(',', '.')) * 100), from: values['from'] ?? '' } }),
      field({ label: say('pricesBps') }, html`<input name="bps" required inputmode="decimal" pattern="\\d{1,2}([.,]\\d{1,2})?|100" .value=${String(bps / 100)}>`));
  }

  /** First the effects, and only then the button that saves: what is changed afterwards is looked at again. */
  #form(read: (values: Readonly<Record<string, string>>) => Asked, fields: unknown): TemplateResult {
    const { site, seen } = this;
    const { sayOwn: say, locale } = site;
    return html`<form @input=${() => { this.seen = null; }} @submit=${onSubmit((values) => { void this.#preview(read(values)); })}>
      <div class="fields">${fields}${field({ label: say('pricesFrom') }, html`<input name="from" type="date" required>`)}</div>
      ${outcome(this.#acts, site, 'preview')}${outcome(this.#acts, site, 'save')}
      <div role="status">${seen ? html`<div class="notice stack small-gap"><p>${say('pricesEffect', { organisations: seen.effect.organisations, contracts: seen.effect.contracts, before: money(seen.effect.before, locale), after: money(seen.effect.after, locale) })}</p>
        ${seen.effect.over > 0 ? html`<p>${say('pricesOver', { n: seen.effect.over })}</p>` : nothing}</div>` : nothing}</div>
      <div class="row">${button(this.#acts, site, { act: 'preview', label: say('pricesPreview') })}${seen ? button(this.#acts, site, { act: 'save', label: say('pricesSave'), kind: 'primary', press: () => { void this.#save(seen.asked); } }) : nothing}</div></form>`;
  }

  async #preview(asked: Asked): Promise<void> {
    await this.#acts.run('preview', async () => {
      const { prices } = this.#server();
      this.seen = { asked, effect: await (asked.of === 'price' ? prices.previewPrice.query(asked.input) : prices.previewRate.query(asked.input)) };
    });
  }

  async #save(asked: Asked): Promise<void> {
    const done = await this.#acts.run('save', async () => {
      const { prices } = this.#server();
      this.saved = await (asked.of === 'price' ? prices.setPrice.mutate(asked.input) : prices.setRate.mutate(asked.input));
    });
    if (done) [this.open, this.seen] = ['', null];
  }

  #server = (): TRPCClient<AppRouter> => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-prices': FlowPrices }
}
