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
type Asked = { readonly of: 'price'; readonly input: In['setPrice'] } | { readonly of: 'rate'; readonly input: In['setRate'] } | { readonly of: 'promotion'; readonly input: In['setPromotion'] };
type Promotion = Prices['promotions'][number];

/** What is typed as per cent, in basis points. */
const bpsOf = (typed = ''): number => Math.round(Number(typed.replace(',', '.')) * 100);
/** A rate as a form holds it. */
const percent = (bps: number | null): string => (bps === null ? '' : String(bps / 100));
const pattern = '\\d{1,2}([.,]\\d{1,2})?|100';

/**
 * The dated prices, rates and promotions, for our own people: each with its history, and a new one only after its effects were seen.
 *
 * @slot - What stands before the prices.
 */
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
  /** The row that is dated anew, by its id; `end:` and a promotion's code that is ended, `new` a promotion that is made. */
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
      ${success(this.#acts, 'save', say('pricesSaved'))}${success(this.#acts, 'save-promotion', say('promotionSaved'))}<slot></slot>
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
      <section aria-labelledby="promotions"><h2 id="promotions">${say('pricesPromotions')}</h2>${[...new Set(promotions.map(({ code }) => code))].map((code) => this.#promotion(code, promotions.filter((one) => one.code === code), today))}
        <div><button type="button" aria-expanded=${this.open === 'new' ? 'true' : 'false'} @click=${() => { this.#turn('new'); }}>${say('promotionNew')}</button></div>${this.open === 'new' ? this.#promotionForm(null) : nothing}</section>`;
  }

  /** Opens a form, or closes the one that is open. */
  #turn(open: string): void {
    [this.open, this.seen] = [this.open === open ? '' : open, null];
    this.#acts.clear();
  }

  /** The rows of a promotion, the oldest first; while the last one runs it may be dated anew, or ended. */
  #promotion(code: string, rows: readonly Promotion[], today: string): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const last = rows.at(-1);
    if (!last) return html``;
    const name = word(say, `promotion_${code}`);
    const press = (open: string, label: string) => html`<button type="button" class="plain" aria-expanded=${this.open === open ? 'true' : 'false'} aria-label="${label} : ${code}" @click=${() => { this.#turn(open); }}>${label}</button>`;
    return html`<div class="scale"><div class="row"><h3>${name ? `${name} (${code})` : code}</h3><span class="row">${press(last.id, say('promotionEdit'))}${last.to === null || last.to > today ? press(`end:${code}`, say('promotionEnd')) : nothing}</span></div>
      <ol>${rows.map(({ bps, months, thenBps, ends, taken, from, to, by, decision }) => html`<li class=${to !== null && to <= today ? 'past' : ''}><strong>${thenBps === null
        ? say('promotionOff', { rate: rate(bps, locale), months }) : say('promotionShare', { rate: rate(bps, locale), months, then: rate(thenBps, locale), day: ends ? day(ends, locale) : '' })}</strong>
        <span class="small muted">${thenBps === null ? nothing : html`${say('pricesTaken', { n: taken })} · `}${this.#dates(from, to, today)} · ${this.#origin(by, decision)}</span></li>`)}</ol>
      ${this.open === last.id ? this.#promotionForm(last) : this.open === `end:${code}` ? this.#form(({ from = '' }) => ({ of: 'promotion', input: { code, from, terms: null } }), nothing, say('promotionEndOn'), say('promotionStop')) : nothing}</div>`;
  }

  /** What a promotion says: that of a code has a rate for some months, another after them, and two days on which it ends. */
  #promotionForm(last: Promotion | null): TemplateResult {
    const { sayOwn: say } = this.site;
    const coded = last === null || last.kind === 'commission';
    return this.#form((values) => ({ of: 'promotion', input: {
      code: last?.code ?? values['code'] ?? '', from: values['from'] ?? '',
      terms: { bps: bpsOf(values['bps']), months: Number(values['months'] ?? 0), thenBps: coded ? bpsOf(values['thenBps']) : null, to: coded ? values['to'] ?? '' : null, ends: coded ? values['ends'] ?? '' : null },
    } }), html`${last ? nothing : field({ label: say('promotionCode') }, html`<input name="code" required minlength="3" maxlength="20" pattern="[0-9A-Za-z]+" autocomplete="off">`)}
      ${field({ label: say('pricesBps') }, html`<input name="bps" required inputmode="decimal" pattern=${pattern} .value=${percent(last?.bps ?? null)}>`)}
      ${field({ label: say('promotionMonths') }, html`<input name="months" type="number" required min="1" max="36" .value=${String(last?.months ?? 3)}>`)}
      ${coded ? html`${field({ label: say('promotionThen') }, html`<input name="thenBps" required inputmode="decimal" pattern=${pattern} .value=${percent(last?.thenBps ?? null)}>`)}
        ${field({ label: say('promotionTo') }, html`<input name="to" type="date" required .value=${last?.to ?? ''}>`)}
        ${field({ label: say('promotionEnds') }, html`<input name="ends" type="date" required .value=${last?.ends ?? ''}>`)}` : nothing}`, say('pricesFrom'), say('promotionSave'));
  }

  #priced({ month, artistsMax, superLikes, trialDays }: Price): string {
    const { sayOwn: say, locale } = this.site;
    return [month === null ? say('planQuoted') : month.minor === 0 ? say('planFree') : money(month, locale), artistsMax === null ? '' : say('planArtists', { n: artistsMax }), superLikes > 0 ? say('planSuperLikes', { n: superLikes }) : '', trialDays > 0 ? say('pricesTrialOf', { n: trialDays }) : ''].filter(Boolean).join(' · ');
  }

  #dates(from: string, to: string | null, today: string): string {
    const { sayOwn: say, locale } = this.site;
    return `${say(from > today ? 'pricesComing' : 'pricesSince', { day: day(from, locale) })}${to ? `, ${say('pricesUntil', { day: day(to, locale) })}` : ''}`;
  }

  /** Who dated a row, or where it comes from. */
  #origin(by: string | null, decision: string | null): string {
    const { sayOwn: say } = this.site;
    return by !== null ? say('pricesBy', { name: by }) : decision !== null ? say('pricesDecision', { n: decision }) : say('pricesFirst');
  }

  /** The rows of one price or band, the oldest first; the last one may be followed by another. */
  #scale<Row extends { readonly id: string; readonly from: string; readonly to: string | null; readonly by: string | null; readonly decision: string | null }>(name: string, rows: readonly Row[], today: string, figure: (row: Row) => string, form: (row: Row) => TemplateResult): TemplateResult {
    const { sayOwn: say } = this.site;
    const last = rows.at(-1);
    if (!last) return html``;
    const open = this.open === last.id;
    return html`<div class="scale"><div class="row"><h3>${name}</h3><button type="button" class="plain" aria-expanded=${open ? 'true' : 'false'} aria-label="${say('pricesNew')} : ${name}" @click=${() => { this.#turn(last.id); }}>${say('pricesNew')}</button></div>
      <ol>${rows.map((row) => html`<li class=${row.to !== null && row.to <= today ? 'past' : ''}><strong>${figure(row)}</strong> <span class="small muted">${this.#dates(row.from, row.to, today)} · ${this.#origin(row.by, row.decision)}</span></li>`)}</ol>
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
    return this.#form((values) => ({ of: 'rate', input: { kind: kind as In['setRate']['kind'], upTo, currency, bps: bpsOf(values['bps']), from: values['from'] ?? '' } }),
      field({ label: say('pricesBps') }, html`<input name="bps" required inputmode="decimal" pattern="\\d{1,2}([.,]\\d{1,2})?|100" .value=${String(bps / 100)}>`));
  }

  /** First the effects, and only then the button that saves: what is changed afterwards is looked at again. */
  #form(read: (values: Readonly<Record<string, string>>) => Asked, fields: unknown, from = this.site.sayOwn('pricesFrom'), save = this.site.sayOwn('pricesSave')): TemplateResult {
    const { site, seen } = this;
    const { sayOwn: say, locale } = site;
    const promotion = seen?.asked.of === 'promotion';
    return html`<form @input=${() => { this.seen = null; }} @submit=${onSubmit((values) => { void this.#preview(read(values)); })}>
      <div class="fields">${fields}${field({ label: from }, html`<input name="from" type="date" required>`)}</div>
      ${outcome(this.#acts, site, 'preview')}${outcome(this.#acts, site, 'save')}${outcome(this.#acts, site, 'save-promotion')}
      <div role="status">${seen ? html`<div class="notice stack small-gap"><p>${say('pricesEffect', { organisations: seen.effect.organisations, contracts: seen.effect.contracts, before: money(seen.effect.before, locale), after: money(seen.effect.after, locale) })}</p>
        ${seen.asked.of === 'promotion' && seen.asked.input.terms?.thenBps != null ? html`<p>${say('promotionIf')}</p>` : nothing}
        ${seen.effect.over > 0 ? html`<p>${say(promotion ? 'promotionKept' : 'pricesOver', { n: seen.effect.over })}</p>` : nothing}</div>` : nothing}</div>
      <div class="row">${button(this.#acts, site, { act: 'preview', label: say('pricesPreview') })}${seen ? button(this.#acts, site, { act: promotion ? 'save-promotion' : 'save', label: save, kind: 'primary', press: () => { void this.#save(seen.asked); } }) : nothing}</div></form>`;
  }

  async #preview(asked: Asked): Promise<void> {
    await this.#acts.run('preview', async () => {
      const { prices } = this.#server();
      this.seen = { asked, effect: await (asked.of === 'price' ? prices.previewPrice.query(asked.input) : asked.of === 'rate' ? prices.previewRate.query(asked.input) : prices.previewPromotion.query(asked.input)) };
    });
  }

  async #save(asked: Asked): Promise<void> {
    const done = await this.#acts.run(asked.of === 'promotion' ? 'save-promotion' : 'save', async () => {
      const { prices } = this.#server();
      this.saved = await (asked.of === 'price' ? prices.setPrice.mutate(asked.input) : asked.of === 'rate' ? prices.setRate.mutate(asked.input) : prices.setPromotion.mutate(asked.input));
    });
    if (done) [this.open, this.seen] = ['', null];
  }

  #server = (): TRPCClient<AppRouter> => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-prices': FlowPrices }
}
