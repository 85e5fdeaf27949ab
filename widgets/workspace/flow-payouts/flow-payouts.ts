import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, dayIn, instant, money, rate } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, failure, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { save, type Saved } from '../../parts/save.ts';
import { styles } from './flow-payouts.styles.ts';
import { monthsOf } from './months.ts';

type Out = inferRouterOutputs<AppRouter>['payouts'];
type All = Out['list'];
type Letters = Out['letters'];
/** The report of a year, and the year that it is. */
interface Reports { readonly year: number; readonly now: number; readonly messages: Out['reports'] }
type Payout = All['payouts'][number];
type Account = NonNullable<All['account']>;
type Seller = NonNullable<All['seller']>;
type Values = Readonly<Record<string, string>>;

/** What is paid out to a producer: what was, what is to come, what each is made of, where it goes, and what the tax office asks before. */
export class FlowPayouts extends LitElement {
  static override styles = [...desk, styles];

  /** The payout whose statement is open. */
  @property() payout = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private changing = false;
  /** Where the code went, as it may be shown. */
  @state() private sentTo = '';
  /** The answer that is being typed; empty when it is the one that is known. */
  @state() private kind: Seller['kind'] = null;
  @state() private reportYear = 0;
  /** Messages that the last press made. */
  @state() private made = 0;
  @state() private told: { readonly sellers: number; readonly incomplete: number } | null = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.reportYear] as const,
    task: async ([api, chosen]) => {
      const { operator = false, organisations, now } = await api.identity.me.query();
      const year = Number(now.slice(0, 4));
      const all = organisations.length > 0 ? await api.payouts.list.query() : null;
      // Letters are of the organisation's own people alone, as its account is.
      const letters = all?.account ? await api.payouts.letters.query() : [];
      const asked = chosen || year - 1;
      const reports: Reports | null = operator ? { year: asked, now: year, messages: await api.payouts.reports.query({ year: asked }) } : null;
      return { year, all, letters, reports };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  readonly #statement = new Task(this, { args: () => [this.#server(), this.payout] as const, task: async ([api, id]) => (id ? api.payouts.statement.query({ id }) : null) });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_payouts')}</h1><p class="lead">${say(value && !value.all ? 'payoutsOursHow' : 'payoutsHow')}</p>
      ${value ? html`${value.all ? this.#money(value.all, value.year) : nothing}${this.#told(value.letters)}${value.reports ? this.#report(value.reports) : nothing}` : this.#all.render({ ...this.#presence.states(200, 160), complete: () => nothing })}</div>`);
  }

  #money(all: All, year: number): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const artists = new Set([...all.payouts, ...all.expected].map(({ artist }) => artist)).size > 1;
    return html`${all.seller && all.seller.missing.length > 0 && all.payouts.some(({ state: how }) => how === 'waiting') ? html`<p class="notice warn"><span>${say('payoutWaitsFor', { what: this.#named(all.seller.missing) })}</span></p>` : nothing}
      <flow-claims .api=${this.api}></flow-claims>
      ${all.months.length > 0 ? html`<section aria-labelledby="months"><h2 id="months">${say('payoutsChart')}</h2>${monthsOf(all.months, site)}</section>` : nothing}
      <section aria-labelledby="coming"><h2 id="coming">${say('payoutsComing')}</h2>
        ${all.expected.length === 0 ? html`<p>${say('payoutsComingNone')}</p>` : html`<ul class="lines">${all.expected.map((one) => this.#coming(one, artists))}</ul>`}</section>
      <section aria-labelledby="done"><h2 id="done">${say('payoutsDone')}</h2>
        ${all.payouts.length === 0 ? html`<p>${say('payoutsNone')}</p>` : html`<ul class="lines">${all.payouts.map((one) => this.#line(one, all.account, artists))}</ul>${this.#year(year)}`}</section>
      ${all.account ? this.#account(all.account) : nothing}
      ${all.seller ? this.#seller(all.seller) : nothing}`;
  }

  #head({ show, artist, amount }: Pick<Payout, 'artist' | 'amount'> & { readonly show: All['expected'][number]['show'] }, artists: boolean): TemplateResult {
    const { locale } = this.site;
    return html`<div class="row between"><strong>${artists ? `${artist} · ` : ''}${show.title}</strong><strong class="num">${money(amount, locale)}</strong></div>
      <p class="small muted">${[show.day ? day(show.day, locale) : '', show.place].filter(Boolean).join(', ')}</p>`;
  }

  #coming(one: All['expected'][number], artists: boolean): TemplateResult {
    const { sayOwn: say, locale, timeZone } = this.site;
    return html`<li>${this.#head(one, artists)}<p class="small">${say(`coming_${one.state}`, { at: one.at ? instant(one.at, locale, timeZone) : '' })}</p>
      <p><a href="/booking?id=${one.bookingId}">${say('statementFile')}</a></p></li>`;
  }

  #line(payout: Payout, account: Account | null, artists: boolean): TemplateResult {
    const { sayOwn: say } = this.site;
    const open = this.payout === payout.id;
    return html`<li>${this.#head(payout, artists)}
      <p class="row small"><span class="tag ${{ waiting: 'warn', sent: 'now', paid: 'good', failed: 'bad', withheld: 'bad' }[payout.state]}">${say(`payout_${payout.state}`)}</span><span>${this.#said(payout, account)}</span></p>
      ${payout.kept.minor > 0 ? html`<p class="small">${say('payoutKept', { amount: money(payout.kept, this.site.locale) })}</p>` : nothing}
      <p class="row"><button type="button" aria-expanded=${open ? 'true' : 'false'} @click=${() => { this.payout = open ? '' : payout.id; }}>${say(open ? 'statementShut' : 'statementOpen')}</button></p>
      ${open ? this.#paper(payout) : nothing}</li>`;
  }

  #said({ state: how, missing, createdAt, paidAt, account: to }: Payout, account: Account | null): string {
    const { sayOwn: say, locale, timeZone } = this.site;
    const at = (iso: string): string => day(dayIn(timeZone, new Date(iso)), locale);
    switch (how) {
      case 'waiting': return missing.length > 0 ? say('payoutWaitsFor', { what: this.#named(missing) }) : account && (account.elsewhere || !['none', 'open', null].includes(account.state)) && account.state !== 'open' ? say(`account_${account.state ?? 'silent'}`) : say('payoutLeaves');
      case 'sent': return say('payoutSince', { at: at(createdAt) });
      case 'paid': return say(to ? 'payoutArrivedAt' : 'payoutArrived', { at: at(paidAt ?? createdAt), account: to });
      case 'failed': return say('payoutBack');
      case 'withheld': return say('payoutWithheld');
    }
  }

  /** What is missing, named as on the forms. */
  #named = (missing: Payout['missing']): string => new Intl.ListFormat(this.site.locale, { type: 'conjunction' }).format(missing.map((name) => word(this.site.sayOwn, `field_${name}`)));

  #paper({ id }: Payout): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const { value, error } = this.#statement;
    if (error) return html`${failure(site, error)}`;
    if (value?.payoutId !== id) return html`<div class="bone" .style=${'height:160px'} role="status" aria-busy="true"><span class="sr">${say('loading')}</span></div>`;
    const less = ({ minor, currency }: Payout['amount']): string => money({ minor: -minor, currency }, locale);
    return html`<section class="paper" aria-label=${say('statementOf')}>
      ${value.lines.map((line) => (line.kind === 'kept' ? html`<div class="stack small-gap"><p><strong>${say('statement_kept')}</strong>, ${line.title}, ${day(line.showDay, locale)} <span class="muted">· ${line.reference} · ${line.claimId}</span></p>
        <dl class="sums"><dt class="total">${say('statementPaid')}</dt><dd class="total">${money(line.payout, locale)}</dd></dl><p><a href="/booking?id=${line.bookingId}">${say('statementFile')}</a></p></div>` : html`<div class="stack small-gap"><p><strong>${say(`statement_${line.kind}`)}</strong>, ${line.buyer} <span class="muted">· ${line.reference}</span></p>
        <dl class="sums"><dt>${say('statementPrice')}</dt><dd>${money(line.price, locale)}</dd><dt>${say('statementVat', { rate: rate(line.vatBps, locale) })}</dt><dd>${money(line.vat, locale)}</dd>
          <dt>${say('statementTotal')}</dt><dd>${money(line.total, locale)}</dd>${line.kind === 'booker' ? nothing : html`<dt>${say('statementCommission', { rate: rate(line.commissionBps, locale) })}</dt><dd>${less(line.commission)}</dd>
          <dt>${say('statementCommissionVat')}</dt><dd>${less(line.commissionVat)}</dd>`}${line.booker.minor > 0 ? html`<dt>${say('statementBooker')}</dt><dd>${less(line.booker)}</dd>` : nothing}${line.invoice ? html`<dt>${say('statementInvoice')}</dt><dd>${line.invoice.number}</dd>` : nothing}<dt class="total">${say('statementPaid')}</dt><dd class="total">${money(line.payout, locale)}</dd></dl>
        <p><a href="/booking?id=${line.bookingId}">${say('statementFile')}</a></p></div>`))}
      ${value.lines.length > 1 ? html`<dl class="sums"><dt class="total">${say('statementWhole')}</dt><dd class="total">${money(value.amount, locale)}</dd></dl>` : nothing}
      <p class="small muted">${say('statementProof')}</p>
      <p class="row">${(['pdf', 'csv'] as const).map((format) => button(this.#acts, site, { act: `${format}:${id}`, label: say(format === 'pdf' ? 'statementPdf' : 'statementCsv'), press: () => { this.#save(`${format}:${id}`, (api) => api.payouts.file.query({ id, format, locale })); } }))}</p>
      ${(['pdf', 'csv'] as const).map((format) => outcome(this.#acts, site, `${format}:${id}`))}</section>`;
  }

  #year(year: number): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    return html`<form class="year" @submit=${onSubmit((values) => { this.#save('year', (api) => api.payouts.yearFile.query({ year: Number(values['year']), locale })); })}>
      ${field({ label: say('payoutsYear') }, this.#years(year))}${button(this.#acts, site, { act: 'year', label: say('statementCsv') })}${outcome(this.#acts, site, 'year')}</form>`;
  }

  #years = (year: number): TemplateResult => html`<select name="year">${[year, year - 1, year - 2, year - 3].map((one) => html`<option value=${one}>${one}</option>`)}</select>`;

  /* Where it goes. */

  #account(account: Account): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const { pending } = account;
    const stop = `stop:${pending?.id ?? ''}`;
    return html`<section aria-labelledby="account"><h2 id="account">${say('accountTitle')}</h2>
      ${account.elsewhere ? html`<p>${say('accountElsewhere')} ${say(`account_${account.state ?? 'silent'}`)}</p>${account.wants.length > 0 ? html`<p class="small muted"><code>${account.wants.join(', ')}</code></p>` : nothing}
        ${outcome(this.#acts, site, 'page')}<p>${button(this.#acts, site, { act: 'page', label: say('accountPage'), kind: account.state === 'open' ? 'plain' : 'primary', press: this.#open })}</p>`
        : html`${account.state === null ? nothing : html`<p>${say('accountBench')} ${say(`account_${account.state}`)}</p>${outcome(this.#acts, site, 'page')}<p>${button(this.#acts, site, { act: 'page', label: say('accountPage'), press: this.#open })}</p>`}
        <p>${account.iban ? say('accountIs', { iban: account.iban }) : say('accountUnknown')}</p>
        ${pending ? html`<div class="notice warn stack small-gap"><p>${say('accountPending', { masked: pending.masked, at: instant(pending.useAt, locale, timeZone) })}</p>
          <p>${button(this.#acts, site, { act: stop, label: say('accountStop'), kind: 'danger', press: () => { this.#do(stop, (api) => api.payouts.stopIban.mutate({ id: pending.id })); } })}</p></div>` : this.#change(account)}
        ${outcome(this.#acts, site, stop)}<div role="status">${this.#acts.done.startsWith('stop:') ? html`<p class="notice good"><span>${say('accountStopped')}</span></p>` : this.#acts.done === 'iban' ? html`<p class="notice good"><span>${say('accountAsked')}</span></p>` : nothing}</div>`}</section>`;
  }

  #change({ iban }: Account): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    if (!this.changing) return html`<p><button type="button" @click=${() => { [this.changing, this.sentTo] = [true, '']; this.#acts.clear(); }}>${say(iban ? 'accountChange' : 'accountGive')}</button></p>`;
    const shut = html`<button type="button" class="plain" @click=${() => { this.changing = false; }}>${say('cancel')}</button>`;
    if (!this.sentTo) {
      return html`<div class="stack small-gap"><p>${say(iban ? 'accountMeans' : 'accountMeansFirst')}</p>${outcome(this.#acts, site, 'code')}
        <div class="row">${button(this.#acts, site, { act: 'code', label: say('accountCodeDo'), kind: 'primary', press: () => { void this.#acts.run('code', async () => { this.sentTo = (await this.#server().payouts.requestIbanCode.mutate()).sentTo; }); } })}${shut}</div></div>`;
    }
    return html`<form @submit=${onSubmit(({ iban: typed = '', code = '' }) => { this.#do('iban', (api) => api.payouts.changeIban.mutate({ iban: typed, code }), () => { this.changing = false; }); })}>
      <p role="status">${say('accountCodeSent', { to: this.sentTo })}</p>
      <div class="fields">${field({ label: say('accountIban') }, html`<input name="iban" required autocomplete="off" spellcheck="false" maxlength="50">`)}
        ${field({ label: say('accountCode') }, html`<input name="code" required inputmode="numeric" autocomplete="one-time-code" pattern="\\d{6}" maxlength="6">`)}</div>
      ${outcome(this.#acts, site, 'iban')}<div class="row">${button(this.#acts, site, { act: 'iban', label: say(iban ? 'accountChange' : 'accountGive'), kind: 'primary' })}${shut}</div></form>`;
  }

  readonly #open = (): void => {
    void this.#acts.run('page', async () => {
      const { url } = await this.#server().payouts.openAccount.mutate();
      location.assign(url);
    });
  };

  /* What the tax office asks. */

  #seller(seller: Seller): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    if (seller.excluded) return html`<section aria-labelledby="seller"><h2 id="seller">${say('sellerTitle')}</h2><p>${say('sellerExcluded')}</p></section>`;
    const kind = this.kind ?? seller.kind;
    const person = kind === 'individual';
    const input = (name: 'firstName' | 'lastName' | 'tin' | 'ibanHolder' | 'vatNumber' | 'birthDate', fill = 'off', hint?: string) => field({ label: say(`field_${name}`), hint }, html`
      <input name=${name} type=${name === 'birthDate' ? 'date' : 'text'} autocomplete=${fill} maxlength="120" .value=${name === 'tin' && kind !== (seller.kind ?? 'entity') ? '' : seller[name] ?? ''} ?required=${name !== 'vatNumber'}>`);
    return html`<section aria-labelledby="seller"><h2 id="seller">${say('sellerTitle')}</h2><p class="muted">${say('sellerHow')}</p>
      ${seller.missing.length > 0 ? html`<p class="notice warn"><span>${say('sellerMissing')} ${this.#named(seller.missing)}.${seller.leftOut ? html` ${say('sellerLeftOut')}` : nothing}${seller.asked ? html` ${say(seller.asked.stopped ? 'sellerStopped' : 'sellerAsked', { since: day(seller.asked.since, locale), by: day(seller.asked.by, locale) })}` : nothing}</span></p>` : html`<p class="notice good"><span>${say('sellerComplete')}</span></p>`}
      <form @submit=${onSubmit((values) => { this.#answer(values); })}>
        <fieldset><legend>${say('sellerKind')}</legend><div class="row kinds">${(['entity', 'individual'] as const).map((one) => html`<label class="check"><input type="radio" name="kind" value=${one} required .checked=${kind === one} @change=${() => { this.kind = one; }}><span>${say(`sellerKind_${one}`)}</span></label>`)}</div></fieldset>
        ${kind ? html`<div class="fields">${person ? html`${input('firstName', 'given-name')}${input('lastName', 'family-name')}${input('birthDate', 'bday')}` : nothing}
          ${input('tin', 'off', say('sellerTinHow'))}${input('ibanHolder', 'name')}
          ${person ? nothing : html`${input('vatNumber')}<label class="check"><input type="checkbox" name="noVat" .checked=${seller.noVat}><span>${say('sellerNoVat')}</span></label>`}</div>
        ${outcome(this.#acts, site, 'seller')}${success(this.#acts, 'seller', say('saved'))}<div>${button(this.#acts, site, { act: 'seller', label: say('save'), kind: 'primary' })}</div>` : nothing}</form>
      <p class="small muted">${say('sellerRest')} <a href="/organisation">${say('page_organisation')}</a>.</p></section>`;
  }

  #answer(values: Values): void {
    const kind = values['kind'] === 'individual' ? 'individual' as const : 'entity' as const;
    this.#do('seller', (api) => api.payouts.saveSeller.mutate({
      kind, firstName: values['firstName'] ?? '', lastName: values['lastName'] ?? '', birthDate: values['birthDate'] || null, tin: values['tin'] ?? '', noVat: values['noVat'] === 'on', ibanHolder: values['ibanHolder'] ?? '', vatNumber: values['vatNumber'] ?? '',
    }), () => { this.kind = null; });
  }

  /* For our own people. */

  /** The report of a year: the table, what was made to hand in, and the press that makes what has to be handed in now. */
  #report(reports: Reports): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const { year, now, messages } = reports;
    const acts = this.#acts;
    const sum = (sellers: number, incomplete: number) => { this.told = { sellers, incomplete }; };
    return html`<section aria-labelledby="report"><h2 id="report">${say('reportTitle')}</h2><p class="muted">${say('reportHow')}</p>
      <div class="year">${field({ label: say('payoutsYearOf') }, html`<select id="report-year" @change=${(event: Event) => { this.told = null; this.reportYear = Number((event.currentTarget as HTMLSelectElement).value); }}>
        ${[now - 1, now, now - 2, now - 3].map((one) => html`<option value=${one} ?selected=${one === year}>${one}</option>`)}</select>`)}
        ${button(acts, site, { act: 'file', label: say(messages.length > 0 ? 'reportAgain' : 'reportMake'), kind: 'primary', press: () => { this.#do('file', async (api) => { this.made = (await api.payouts.fileReport.mutate({ year })).made; }); } })}
        ${button(acts, site, { act: 'csv', label: say('statementCsv'), press: () => { this.#save('csv', async (api) => {
          const { sellers, incomplete, ...file } = await api.payouts.report.query({ year });
          sum(sellers, incomplete);
          return file;
        }); } })}</div>
      ${outcome(acts, site, 'file')}${outcome(acts, site, 'csv')}
      <div role="status">${acts.done === 'file' ? html`<p>${say(this.made > 0 ? 'reportMade' : 'reportSame')}</p>` : nothing}${this.told ? html`<p>${say('reportDone', { n: this.told.sellers, m: this.told.incomplete })}</p>` : nothing}</div>
      ${messages.length === 0 ? html`<p class="muted">${say('reportNone', { year: String(year) })}</p>` : html`<ul class="lines">${messages.map(({ ref, kind, sellers, madeAt }) => html`<li>
        <div class="row between"><strong>${say(`report_${kind}`, { n: sellers })}</strong>${button(acts, site, { act: `message:${ref}`, label: say('reportXml'), press: () => { this.#save(`message:${ref}`, (api) => api.payouts.reportMessage.query({ ref })); } })}</div>
        <p class="small muted">${ref} · ${instant(madeAt, locale, timeZone)}</p>${outcome(acts, site, `message:${ref}`)}</li>`)}</ul>`}</section>`;
  }

  /** What the organisation was told of what is reported of its years. */
  #told(letters: Letters): TemplateResult | typeof nothing {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    return letters.length === 0 ? nothing : html`<section aria-labelledby="letters"><h2 id="letters">${say('lettersTitle')}</h2><p class="muted">${say('lettersHow')}</p>
      <ul class="lines">${letters.map(({ id, year, sentAt }) => html`<li><div class="row between"><span><strong>${year}</strong> <span class="small muted">${say('lettersSent', { at: instant(sentAt, locale, timeZone) })}</span></span>
        ${button(this.#acts, site, { act: `letter:${id}`, label: say('statementPdf'), press: () => { this.#save(`letter:${id}`, (api) => api.payouts.letterFile.query({ id })); } })}</div>${outcome(this.#acts, site, `letter:${id}`)}</li>`)}</ul></section>`;
  }

  #do(act: string, work: (api: TRPCClient<AppRouter>) => Promise<unknown>, after: () => void = () => undefined): void {
    void this.#acts.run(act, async () => {
      await work(this.#server());
      await this.#all.run();
    }).then((done) => { if (done) after(); });
  }

  #save(act: string, work: (api: TRPCClient<AppRouter>) => Promise<Saved>): void {
    void this.#acts.run(act, async () => { save(await work(this.#server())); });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-payouts': FlowPayouts }
}
