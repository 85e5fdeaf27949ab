import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, instant, money } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';

type Out = inferRouterOutputs<AppRouter>['quotes'];
type Agreed = inferRouterInputs<AppRouter>['quotes']['assign'];
type Quotes = Out['all'];
type Quote = Quotes[number];

/** The plans on quote that were asked for, for our own people: each is assigned with a price and dates after its invoice was seen, or declined; what was agreed stands with what is still to be paid. */
export class FlowQuotes extends LitElement {
  static override styles = [...desk, css`
    section { display: grid; gap: 8px; padding-top: 24px; border-top: 1px solid var(--line) }
    article { display: grid; gap: 8px; padding: 12px 0; border-top: 1px solid var(--line) }
    h3, .words { overflow-wrap: anywhere } .words { max-width: 640px }
    form { padding: 12px 0 }`];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** The quote that is being assigned, or ended. */
  @state() private open = '';
  @state() private seen: { readonly asked: Agreed; readonly sums: Out['preview'] } | null = null;
  @state() private known: Quotes | null = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: ([api]): Promise<Quotes> => api.quotes.all.query(),
    onComplete: (known) => { this.#presence.arrived(); this.known = known; },
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<section aria-labelledby="quotes"><h2 id="quotes">${say('quotesTitle')}</h2>
      ${success(this.#acts, 'assign', say('quotesDone'))}${success(this.#acts, 'decline', say('quotesDeclined'))}${success(this.#acts, 'receive', say('quotesNoted'))}${success(this.#acts, 'end', say('quotesEndDone'))}
      ${this.known ? this.known.length === 0 ? html`<p class="muted">${say('quotesNone')}</p>` : this.known.map((quote) => this.#quote(quote)) : this.#all.render({ ...this.#presence.states(120), complete: () => nothing })}</section>`);
  }

  #quote(quote: Quote): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const { id, plan, message, askedAt, status, organisation, paidUntil, assigned } = quote;
    const tags = { asked: 'warn', assigned: 'good', declined: '' } as const;
    const open = this.open === id;
    return html`<article aria-labelledby=${id}><div class="row between"><h3 id=${id}>${organisation.name} · ${word(say, `plan_${plan}`) || plan}</h3><span class="tag ${tags[status]}">${say(`quotes_${status}`)}</span></div>
      <p class="small muted"><a href="mailto:${organisation.email}">${organisation.email}</a> · ${say('quotesAsked', { day: instant(askedAt, locale, timeZone) })}</p>
      ${message ? html`<p class="words">${message}</p>` : nothing}
      ${assigned ? this.#assigned(id, organisation.name, assigned) : nothing}
      ${status === 'asked' ? html`${paidUntil ? html`<p>${say('quotesPaidUntil', { day: day(paidUntil, locale) })}</p>` : nothing}
        <div class="row"><button type="button" class=${open ? 'plain' : 'primary'} aria-expanded=${open ? 'true' : 'false'} aria-label="${say('quotesAssign')} : ${organisation.name}" @click=${() => { [this.open, this.seen] = [open ? '' : id, null]; this.#acts.clear(); }}>${say('quotesAssign')}</button>
          ${button(this.#acts, site, { act: 'decline', label: say('quotesDecline'), kind: 'plain', press: () => { void this.#take('decline', (api) => api.quotes.decline.mutate({ id })); } })}</div>${outcome(this.#acts, site, 'decline')}
        ${open ? this.#form(quote) : nothing}` : nothing}</article>`;
  }

  #assigned(id: string, name: string, { month, since, until, total, number, dueDay, paidAt, late, reminders, endedAt, credit, ending }: NonNullable<Quote['assigned']>): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const invoice = number === null ? say('quotesLater') : paidAt ? say('quotesPaid', { number, day: instant(paidAt, locale, timeZone) }) : say('quotesOwed', { number, day: dueDay ? day(dueDay, locale) : '' });
    const owes = number !== null && !paidAt && total.minor > 0;
    const open = this.open === id;
    return html`<p>${say('quotesTerms', { since: day(since, locale), until: day(until, locale), month: money(month, locale), total: money(total, locale) })}</p>
      <div class="row"><span class=${paidAt ? 'muted' : ''}>${endedAt && total.minor === 0 ? nothing : invoice}</span>${owes ? button(this.#acts, site, { act: 'receive', label: say('quotesReceived'), press: () => { void this.#take('receive', (api) => api.quotes.receive.mutate({ id })); } }) : nothing}${ending ? html`<button type="button" class="plain" aria-expanded=${open ? 'true' : 'false'} aria-label="${say('quotesEnd')} : ${name}" @click=${() => { this.open = open ? '' : id; this.#acts.clear(); }}>${say('quotesEnd')}</button>` : nothing}</div>${outcome(this.#acts, site, 'receive')}${outcome(this.#acts, site, 'end')}
      ${ending && open ? html`<p>${say('quotesEndMeans', { owed: money(ending, locale) })}</p><div class="row">${button(this.#acts, site, { act: 'end', label: say('quotesEndDo'), kind: 'danger', press: () => { void this.#take('end', (api) => api.quotes.end.mutate({ id })); } })}<button type="button" class="plain" @click=${() => { this.open = ''; }}>${say('cancel')}</button></div>` : nothing}
      ${endedAt ? html`<p class="small">${say('quotesEnded', { day: instant(endedAt, locale, timeZone) })}${credit ? html` ${say('quotesCredit', { number: credit })}` : nothing}</p>` : nothing}
      ${late ? html`<p class="small ${paidAt ? 'muted' : ''}">${say(paidAt ? 'quotesPaidLate' : 'quotesLate', { n: late.days, interest: money(late.interest, locale), fixed: money(late.fixed, locale) })}</p>` : nothing}
      ${reminders.length > 0 ? html`<p class="small muted">${reminders.map(({ step, at }) => `${say(`dun_${step}`)}, ${say('dunSent', { day: instant(at, locale, timeZone) })}`).join(' · ')}</p>` : nothing}`;
  }

  /** First what will be invoiced, and only then the button that assigns: what is changed afterwards is looked at again. */
  #form({ id, paidUntil, organisation }: Quote): TemplateResult {
    const { site, seen } = this;
    const { sayOwn: say, locale } = site;
    const sums = seen?.sums;
    return html`<form @input=${() => { this.seen = null; }} @submit=${onSubmit(({ month = '', months = '', since = '', orderNumber = '', serviceCode = '', commitmentNumber = '', marketNumber = '' }) => {
      void this.#preview({ id, month: { minor: Math.round(Number(month.replace(',', '.')) * 100), currency: 'EUR' }, months: Number(months), since, orderNumber, serviceCode, commitmentNumber, marketNumber });
    })}><div class="fields">${field({ label: say('quotesMonth') }, html`<input name="month" required inputmode="decimal" pattern="\\d{1,6}([.,]\\d{1,2})?">`)}
        ${field({ label: say('quotesMonths') }, html`<input name="months" type="number" required min="1" max="36" value="12">`)}
        ${field({ label: say('quotesSince') }, html`<input name="since" type="date" required .value=${paidUntil ?? ''}>`)}
        ${field({ label: say('quotesOrder'), optional: organisation.isPublic ? undefined : say('optional') }, html`<input name="orderNumber" maxlength="60" ?required=${organisation.isPublic} autocomplete="off">`)}
        ${organisation.isPublic ? html`${field({ label: say('commitmentNumber'), hint: say('commitmentNumberHow') }, html`<input name="commitmentNumber" maxlength="50" autocomplete="off">`)}
          ${field({ label: say('serviceCode'), hint: say('serviceCodeHow') }, html`<input name="serviceCode" maxlength="100" autocomplete="off">`)}
          ${field({ label: say('marketNumber'), hint: say('marketNumberHow') }, html`<input name="marketNumber" maxlength="50" autocomplete="off">`)}` : nothing}</div>
      ${outcome(this.#acts, site, 'preview')}${outcome(this.#acts, site, 'assign')}
      <div role="status">${sums ? html`<p class="notice"><span>${say('quotesEffect', {
        since: day(sums.since, locale), until: day(sums.until, locale), net: money(sums.net, locale), vat: money(sums.vat, locale), total: money(sums.total, locale), day: day(sums.invoiceDay, locale), due: day(sums.dueDay, locale),
      })}</span></p>` : nothing}</div>
      <div class="row">${button(this.#acts, site, { act: 'preview', label: say('quotesPreview') })}${seen ? button(this.#acts, site, { act: 'assign', label: say('quotesDo'), kind: 'primary', press: () => { void this.#take('assign', (api) => api.quotes.assign.mutate(seen.asked)); } }) : nothing}</div></form>`;
  }

  async #preview(asked: Agreed): Promise<void> {
    await this.#acts.run('preview', async () => { this.seen = { asked, sums: await this.#server().quotes.preview.query(asked) }; });
  }

  async #take(act: string, work: (api: TRPCClient<AppRouter>) => Promise<Quotes>): Promise<void> {
    if (await this.#acts.run(act, async () => { this.known = await work(this.#server()); })) [this.open, this.seen] = ['', null];
  }

  #server = (): TRPCClient<AppRouter> => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-quotes': FlowQuotes }
}
