import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, instant, money, rate } from '../../core/format.ts';
import { openDocument } from '../../core/own.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { copyable } from '../../parts/snippet.ts';
import { styles } from './flow-plan.styles.ts';

type Plans = inferRouterOutputs<AppRouter>['plans']['now'];
type Offered = Plans['plans'][number];
type Name = Plans['plan'];

/** What a paid plan gives more than the free one, by the side that its family is on; empty where it gives nothing. */
const givesOf = (plan: Name): '' | 'artist' | 'booker' | 'buyer' => (plan.startsWith('artist_') ? 'artist' : plan.startsWith('booker_') ? 'booker' : /^(venue|camping|town)_/.test(plan) ? 'buyer' : '');

/** How often a charge under way is looked at again, and how long it is waited each time. */
const [LOOKS, LOOK_MS] = [20, 1_500];

/**
 * The plan of an organisation: what it has and uses of it, the plans it could have with the exact sum due today, the card, whom it brought,
 * and what was charged.
 */
export class FlowPlan extends LitElement {
  static override styles = [...desk, styles];

  /** A code that the reader came with. */
  @property() code = '';
  /** How long it is waited before a charge under way is looked at again, in milliseconds. Tests wait less. */
  @property({ attribute: false }) lookMs = LOOK_MS;
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** The plan that is being looked at before it is taken, left or asked for. */
  @state() private asked: Name | '' = '';
  @state() private known: Plans | null = null;

  readonly #acts = new Acts(this);
  #looks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: ([api]): Promise<Plans> => api.plans.now.query(),
    onComplete: (known) => { this.#presence.arrived(); this.#take(known); },
    onError: this.#presence.failed,
  });

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_plan')}</h1>
      ${this.known ? this.#page(this.known) : this.#all.render({ ...this.#presence.states(80, 240, 160), complete: () => nothing })}</div>`);
  }

  #page(known: Plans): TemplateResult {
    const { sayOwn: say } = this.site;
    return html`${this.#stands(known)}${this.#use(known)}
      ${known.mayEdit ? nothing : html`<p class="notice"><span>${say('planReadOnly')}</span></p>`}
      <section aria-labelledby="compare"><h2 id="compare">${say('planCompare')}</h2><div class="plans">${known.plans.map((plan) => this.#plan(plan, known))}</div></section>
      ${known.card || known.plans.some(({ act }) => act === 'take') ? this.#card(known) : nothing}
      ${this.#bring(known)}${this.#charges(known)}`;
  }

  #name = (plan: string): string => word(this.site.sayOwn, `plan_${plan}`) || plan;

  #stands(known: Plans): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const { plan, state: stands, until, nextPlan, dunning, card, certified } = known;
    const days = { day: until ? day(until, locale) : '' };
    return html`<div class="stack small-gap"><p class="lead">${say('planNow', { plan: this.#name(plan) })} ${stands ? word(say, `planState_${stands}`, days) : nothing}</p>
      ${stands === 'trial' && !card ? html`<p class="muted">${say('planTrialNoCard')}</p>` : nothing}
      ${nextPlan ? html`<p>${say('planNext', { ...days, plan: this.#name(nextPlan) })}</p>` : nothing}
      <div role="status">${known.charging ? html`<p class="notice"><span>${say('planCharging')}</span></p>` : nothing}</div>
      ${known.quotes.map(({ plan: agreed, assigned }) => (assigned ? html`<p>${say('planAssigned', { plan: this.#name(agreed), since: day(assigned.since, locale), until: day(assigned.until, locale), month: money(assigned.month, locale) })}</p>` : nothing))}
      ${certified ? html`<p><span class="tag good">${say('planCertified', { day: day(certified.until, locale) })}</span><br><span class="small muted">${say('planCertifiedWhy', { contracts: certified.contracts, turnover: money(certified.turnover, locale) })}</span></p>` : nothing}
      ${dunning ? html`<div class="notice warn stack small-gap" role="alert"><p>${say(dunning.retryAt ? 'planDunning' : 'planDunningSoon', { amount: money(dunning.amount, locale), tries: dunning.tries, most: dunning.most, day: dunning.retryAt ? instant(dunning.retryAt, locale, timeZone) : '' })}
          ${word(say, `refusal_${dunning.refusal}`)}</p>
        ${known.mayEdit && !known.charging ? html`<div class="row">${button(this.#acts, site, { act: 'pay', label: say('planPayNow'), kind: 'primary', press: () => { this.#do('pay', (api) => api.plans.payNow.mutate()); } })}<a href="/frame/pay?plan=1">${say('planCardChange')}</a></div>` : nothing}</div>` : nothing}
      ${outcome(this.#acts, site, 'pay')}
      ${known.mayEdit && (stands === 'cancelled' || nextPlan) ? html`<div>${button(this.#acts, site, { act: 'resume', label: say('planResume'), press: () => { this.#do('resume', (api) => api.plans.resume.mutate()); } })}</div>` : nothing}${outcome(this.#acts, site, 'resume')}
    </div>`;
  }

  /** The places of a portfolio, drawn one by one while they can be told apart. */
  #use({ usage }: Plans): TemplateResult | typeof nothing {
    const { sayOwn: say } = this.site;
    if (!usage) return nothing;
    const { artists, most } = usage;
    const full = most !== null && artists >= most;
    return html`<div class="use"><p class="row between"><strong id="use">${say('planUsage')}</strong><span>${most === null ? say('planUsageAny', { n: artists }) : say('planUsageOf', { n: artists, most })}</span></p>
      ${most === null ? nothing : html`<div class="places ${full ? 'full' : ''}" role="meter" aria-labelledby="use" aria-valuemin="0" aria-valuemax=${most} aria-valuenow=${Math.min(artists, most)} aria-valuetext=${say('planUsageOf', { n: artists, most })}>${Array.from({ length: most }, (_, n) => html`<span class=${n < artists ? 'taken' : ''}></span>`)}</div>`}
      ${full ? html`<p class="small">${say('planUsageFull')}</p>` : nothing}</div>`;
  }

  #plan(offered: Offered, known: Plans): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const { plan, month, artistsMax, superLikes, act, trialDays } = offered;
    const now = act === 'current' || plan === known.plan;
    const open = this.asked === plan;
    const labels = { take: say('planTake'), later: say('planLater', { day: known.until ? day(known.until, locale) : '' }), leave: say('planLeave'), quote: say('planQuoteAsk') };
    return html`<article class="${now ? 'now' : ''} ${open ? 'open' : ''}" aria-labelledby=${plan}>
      <div><h3 id=${plan}>${this.#name(plan)}</h3><p class="price">${month === null ? say('planQuoted') : month.minor === 0 ? say('planFree') : say('planMonth', { amount: money(month, locale, true) })}</p>
        ${now ? html`<p><span class="tag now">${say('planCurrent')}</span></p>` : nothing}</div>
      ${known.usage ? month === null ? nothing : html`<p class="small muted">${artistsMax === null ? say('planArtistsAny') : say('planArtists', { n: artistsMax })}</p>` : nothing}
      ${superLikes > 0 ? html`<p class="small muted">${say('planSuperLikes', { n: superLikes })}</p>` : nothing}
      ${month?.minor === 0 ? nothing : html`<p class="small muted">${word(say, `planGives_${givesOf(plan)}`) || say('planSame')}</p>`}
      ${known.mayEdit && act !== 'current' && act !== 'none' ? html`<div class="row"><button type="button" class=${act === 'take' && !open ? 'primary' : 'plain'} aria-expanded=${open ? 'true' : 'false'} @click=${() => { this.asked = open ? '' : plan; this.#acts.clear(); }}>${labels[act]}</button>
        ${trialDays > 0 ? button(this.#acts, site, { act: `try:${plan}`, label: say('planTry', { n: trialDays }), press: () => { this.#do(`try:${plan}`, (api) => api.plans.try.mutate({ plan })); } }) : nothing}</div>${outcome(this.#acts, site, `try:${plan}`)}` : nothing}
      ${open ? this.#before(offered, known) : nothing}</article>`;
  }

  /** What follows from it, before it is done. */
  #before(offered: Offered, known: Plans): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const { plan, act, due } = offered;
    const until = { day: known.until ? day(known.until, locale) : '' };
    const name = `take:${plan}`;
    if (act === 'quote') {
      const asked = known.quotes.find((one) => one.plan === plan && !one.assigned);
      return html`<form @submit=${onSubmit(({ message = '' }) => { void this.#acts.run(name, async () => { await this.#server().quotes.ask.mutate({ plan, message }); await this.#all.run(); }); })}>
        ${asked ? html`<p class="muted">${say('planQuoteOpen', { day: instant(asked.askedAt, locale, site.timeZone) })}</p>` : nothing}
        ${field({ label: say('planQuoteWhat') }, html`<textarea name="message" required maxlength="2000"></textarea>`)}${outcome(this.#acts, site, name)}${success(this.#acts, name, say('planQuoteSent'))}
        <div class="row">${button(this.#acts, site, { act: name, label: say('planQuoteAsk'), kind: 'primary' })}</div></form>`;
    }
    if (act === 'take' && due) {
      return html`<h4>${say('planToday')}</h4><table class="sum"><tbody>
          <tr><th scope="row">${say('planPart', { plan: this.#name(plan), since: day(due.since, locale), until: day(due.until, locale) })}</th><td class="end">${money(due.full, locale)}</td></tr>
          ${due.off.minor > 0 ? html`<tr><th scope="row">${say('planOff')}</th><td class="end">−${money(due.off, locale)}</td></tr>` : nothing}
          <tr><th scope="row">${due.vatBps > 0 ? say('planVat', { rate: rate(due.vatBps, locale) }) : say('planVatNone')}</th><td class="end">${money(due.vat, locale)}</td></tr>
          <tr><th scope="row">${say('planTotal')}</th><td class="end">${money(due.total, locale)}</td></tr></tbody></table>
        <p class="small muted">${say('planThen')}</p>${outcome(this.#acts, site, name)}
        <div class="row">${known.card ? button(this.#acts, site, { act: name, label: say('planPayWith', { amount: money(due.total, locale), card: known.card.label || say('planCard') }), kind: 'primary', press: () => { this.#do(name, (api) => api.plans.take.mutate({ plan, due: due.total })); } }) : html`<a href="/frame/pay?plan=1">${say('planCardAdd')}</a>`}</div>`;
    }
    const leaves = act === 'leave';
    return html`<p>${leaves ? say(known.state === 'past_due' ? 'planLeaveNow' : 'planLeaveMeans', until) : say('planLaterMeans')}</p>${outcome(this.#acts, site, name)}
      <div class="row">${button(this.#acts, site, { act: name, label: leaves ? say('planLeave') : say('planLater', until), kind: leaves ? 'danger' : 'primary', press: () => { this.#do(name, (api) => (leaves ? api.plans.cancel.mutate() : api.plans.take.mutate({ plan, due: null }))); } })}
        <button type="button" class="plain" @click=${() => { this.asked = ''; }}>${say('cancel')}</button></div>`;
  }

  #card({ card, mayEdit }: Plans): TemplateResult {
    const { sayOwn: say } = this.site;
    return html`<section aria-labelledby="card"><h2 id="card">${say('planCard')}</h2><p>${card ? card.label || say('planCardDone') : say('planCardNone')}</p>${mayEdit ? html`<p><a href="/frame/pay?plan=1">${say(card ? 'planCardChange' : 'planCardAdd')}</a></p>` : nothing}</section>`;
  }

  #bring({ referral, discount, promotion, mayEdit }: Plans): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    return html`<section aria-labelledby="bring"><h2 id="bring">${say('planBring')}</h2>
      ${referral.gives ? html`<p>${say('planBringHow', { rate: rate(referral.gives.bps, locale), months: referral.gives.months })}</p><div class="code">${copyable(`${location.origin}/sign-up?referral=${referral.code}`, site)}</div>` : nothing}
      ${referral.brought.length > 0 ? html`<ul class="charges">${referral.brought.map(({ name, at, paid }) => html`<li><span>${name} <span class="tag ${paid ? 'good' : ''}">${say(paid ? 'planBroughtPaid' : 'planBroughtWaits')}</span></span><span class="end small muted">${instant(at, locale, site.timeZone)}</span></li>`)}</ul>` : nothing}
      ${discount.months > 0 ? html`<p class="notice good"><span>${say('planDiscount', { n: discount.months, rate: rate(discount.bps, locale) })}</span></p>` : nothing}
      ${promotion ? html`<p>${promotion.bps >= 0 ? say('planPromotion', { code: promotion.code, rate: rate(promotion.bps, locale), day: promotion.until ? day(promotion.until, locale) : '' }) : say('planPromotionOver', { code: promotion.code })}</p>` : nothing}
      ${mayEdit ? html`<form class="code" @submit=${onSubmit(({ code = '' }) => { this.#do('code', (api) => api.plans.code.mutate({ code })); })}>${field({ label: say('planCode') }, html`<input name="code" required minlength="3" maxlength="40" pattern="[0-9A-Za-z]+" autocomplete="off" .value=${this.code}>`)}
        ${outcome(this.#acts, site, 'code')}${success(this.#acts, 'code', say('planCodeUsed'))}<div>${button(this.#acts, site, { act: 'code', label: say('planCodeUse') })}</div></form>` : nothing}</section>`;
  }

  #charges({ charges }: Plans): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const tags = { invoiced: '', processing: '', captured: 'good', refused: 'warn', dropped: 'bad' } as const;
    return html`<section aria-labelledby="charges"><h2 id="charges">${say('planCharges')}</h2>${outcome(this.#acts, site, 'file')}
      ${charges.length === 0 ? html`<p class="muted">${say('planChargesNone')}</p>` : html`<ul class="charges">${charges.map((charge) => html`<li>
        <span>${say('planPart', { plan: this.#name(charge.plan), since: day(charge.since, locale), until: day(charge.until, locale) })} <span class="tag ${tags[charge.status]}">${word(say, `planCharge_${charge.status === 'dropped' && charge.kind === 'quoted' ? 'ended' : charge.status}`)}</span></span><span class="end">${money(charge.total, locale)}</span>
        ${[charge.invoice, charge.credit].map((one) => (one ? html`<span>${button(this.#acts, site, { act: 'file', label: one.number, kind: 'plain', press: () => { void this.#acts.run('file', () => openDocument(one.fileId)); } })}</span>` : nothing))}</li>`)}</ul>`}</section>`;
  }

  /** What the server says now; while a charge is under way it is asked again. */
  #take(known: Plans): void {
    if (this.asked && known.plans.find(({ plan }) => plan === this.asked)?.act === 'current') this.asked = '';
    this.known = known;
    clearTimeout(this.#timer);
    if (!known.charging) this.#looks = 0;
    else if (this.#looks < LOOKS) this.#timer = setTimeout(() => { this.#looks += 1; void this.#all.run(); }, this.lookMs);
  }

  #do(act: string, work: (api: TRPCClient<AppRouter>) => Promise<Plans>): void {
    void this.#acts.run(act, async () => {
      const known = await work(this.#server());
      if (act !== 'code') this.asked = '';
      this.#take(known);
    });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-plan': FlowPlan }
}
