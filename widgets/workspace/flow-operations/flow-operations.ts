import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { minorOf } from '../../core/amount.ts';
import type { Api } from '../../core/api.ts';
import { day, instant, money } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';

type Out = inferRouterOutputs<AppRouter>['operations'];
type Path = Out['whereIs']['paths'][number];
type Moved = Path['stands'];

interface Known {
  readonly reports: Out['reports'];
  readonly dead: Out['deadLetters'];
  readonly proposals: Out['proposals'];
  readonly strays: Out['strays'];
  readonly receivables: Out['receivables'];
  readonly returned: Out['returned'];
  readonly contests: inferRouterOutputs<AppRouter>['contests']['open'];
  readonly owed: inferRouterOutputs<AppRouter>['billing']['owedToUs'];
  readonly reviews: inferRouterOutputs<AppRouter>['reviews']['open'];
}

/** The money as our own people see it: where a euro is, the nightly look at the books, what was given up, transfers by hand, and what producers owe us. */
export class FlowOperations extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 480px }
    section { display: grid; gap: 16px; padding-top: 20px; border-top: 1px solid var(--line); min-width: 0 }
    article { display: grid; gap: 12px; padding: 20px 0; border-top: 1px solid var(--line); min-width: 0; overflow-wrap: anywhere }
    .scroll { overflow-x: auto } tbody .small { min-width: 9em }
    table { width: 100%; border-collapse: collapse } th { font-size: 13px; color: var(--muted); text-align: start } th, td { padding: 6px 12px 6px 0; vertical-align: top; text-align: start } tbody tr { border-top: 1px solid var(--line) } .end { text-align: end }
    ol { list-style: none; margin: 0; padding: 0 } li { display: grid; gap: 2px; padding: 10px 0; border-top: 1px solid var(--line) }
    .line { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between }`];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private found: Out['whereIs'] | null = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: async ([api]): Promise<Known> => {
      const [reports, dead, strays, returned, proposals, owed, receivables, contests, reviews] = await Promise.all([api.operations.reports.query(), api.operations.deadLetters.query(), api.operations.strays.query(), api.operations.returned.query(), api.operations.proposals.query(), api.billing.owedToUs.query(), api.operations.receivables.query(), api.contests.open.query(), api.reviews.open.query()]);
      return { reports, dead, strays, returned, proposals, owed, receivables, contests, reviews };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_operations')}</h1><p class="lead">${say('opsHow')}</p>
      ${value ? html`${this.#euro()}${this.#reports(value.reports)}${this.#dead(value.dead)}${this.#returned(value.returned)}${this.#strays(value.strays)}<flow-claims operators .api=${this.api} @flow-claims-changed=${() => { void this.#all.run(); }}></flow-claims>${this.#lost(value.receivables)}${this.#hand(value.proposals)}${this.#owed(value.owed)}${this.#contests(value.contests)}${this.#reviews(value.reviews)}` : this.#all.render({ ...this.#presence.states(200, 160), complete: () => nothing })}</div>`);
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');

  async #do(act: string, work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.#acts.run(act, work);
    await this.#all.run();
    return done;
  }

  readonly #at = (iso: string): TemplateResult => html`<time datetime=${iso}>${instant(iso, this.site.locale, this.site.timeZone)}</time>`;

  /* Where a euro is. */

  #euro(): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const { found } = this;
    return html`<section aria-labelledby="euro"><h2 id="euro">${say('euroTitle')}</h2>
      <form role="search" @submit=${onSubmit(({ words = '' }) => { void this.#acts.run('euro', async () => { this.found = await this.#server().operations.whereIs.query({ words }); }); })}>
        ${field({ label: say('euroWords'), hint: say('euroHint') }, html`<input name="words" type="search" required maxlength="200" autocomplete="off">`)}
        ${outcome(this.#acts, site, 'euro')}<div>${button(this.#acts, site, { act: 'euro', label: say('euroDo'), kind: 'primary' })}</div></form>
      <div role="status">${found?.paths.length === 0 ? html`<p>${say('euroNone')}</p>` : nothing}${found?.more ? html`<p class="small muted">${say('euroMore')}</p>` : nothing}</div>
      ${found ? html`<div>${found.paths.map((path) => this.#path(path))}</div>` : nothing}</section>`;
  }

  #path({ bookingId, reference, status, title, artist, buyer, total, invoices, steps, stands }: Path): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    return html`<article aria-labelledby=${bookingId}>
      <div><h3 id=${bookingId}>${artist} <span aria-hidden="true">·</span> ${buyer}</h3>
        <p class="row small"><span class="tag">${word(say, `status_${status}`) || status}</span><span class="muted">${[title, reference, ...invoices].filter(Boolean).join(' · ')}</span>${total ? html`<strong>${money(total, locale)}</strong>` : nothing}</p></div>
      ${steps.length === 0 ? html`<p class="muted">${say('euroStill')}</p>` : html`<ol>${steps.map(({ kind, at, from, to, why, reason }) => html`<li>
        <span class="line"><strong>${word(say, `euroStep_${kind}`) || kind}</strong><span class="small muted">${this.#at(at)}</span></span>
        <span class="small">${say('euroFrom', { accounts: this.#named(from) })}</span><span class="small">${say('euroTo', { accounts: this.#named(to) })}</span><span class="small muted">${kind === 'manual' ? reason : word(say, `moved_${why}`)}</span></li>`)}</ol>
        <p><strong>${say('euroStands')}</strong><br>${this.#stands(stands)}${this.#gone(steps)}</p>`}</article>`;
  }

  /** What has gone to a bank outside, less what that bank sent back: there the way of it ends. */
  #gone(steps: Path['steps']): TemplateResult | typeof nothing {
    const { sayOwn: say, locale } = this.site;
    const atProvider = (moved: Moved): readonly Moved[number]['amount'][] => moved.filter(({ account }) => account.startsWith('provider:')).map(({ amount }) => amount);
    const out = (['payout', 'return'] as const).flatMap((kind) => {
      const own = steps.filter((step) => step.kind === kind);
      const minor = own.flatMap(({ to }) => atProvider(to)).reduce((sum, amount) => sum + amount.minor, 0) - own.flatMap(({ from }) => atProvider(from)).reduce((sum, amount) => sum + amount.minor, 0);
      const currency = own.flatMap(({ to }) => to)[0]?.amount.currency;
      return currency && minor > 0 ? [`${word(say, `euroStep_${kind}`)} ${money({ minor, currency }, locale)}`] : [];
    });
    return out.length === 0 ? nothing : html`<br><span class="small muted">${say('euroGone', { amounts: out.join(', ') })}</span>`;
  }

  /** Whose the money is now. What came from outside and is still with us lies at the provider: there the ledger counts it below zero. */
  #stands(stands: Moved): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const outside = stands.filter(({ account }) => account.startsWith('provider:'));
    const lies = outside.map(({ amount }) => ({ ...amount, minor: -amount.minor })).filter(({ minor }) => minor > 0);
    return html`${this.#named(stands.filter((one) => !outside.includes(one))) || say('euroOutside')}${lies.length > 0 ? html`<br><span class="small muted">${say('euroLies', { amount: lies.map((amount) => money(amount, locale)).join(', ') })}</span>` : nothing}`;
  }

  #named(moved: Moved): string {
    const { sayOwn: say, locale } = this.site;
    return moved.map(({ account, amount }) => `${word(say, `euroAt_${account.split(':')[0] ?? ''}`) || account} ${money(amount, locale)}`).join(', ');
  }

  /* The nightly look at the books. */

  #reports(reports: Known['reports']): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    return html`<section aria-labelledby="reports"><h2 id="reports">${say('reportsTitle')}</h2><p>${say('reportsHow')}</p>
      ${reports.length === 0 ? html`<p class="muted">${say('reportsNone')}</p>` : html`<div class="scroll" tabindex="0" role="group" aria-labelledby="reports"><table>
        <thead><tr><th scope="col">${say('reportAt')}</th><th scope="col" class="end">${say('reportOurs')}</th><th scope="col" class="end">${say('reportTheirs')}</th><th scope="col" class="end">${say('reportDifference')}</th><th scope="col" class="end">${say('reportWaiting')}</th><th scope="col">${say('reportState')}</th></tr></thead>
        <tbody>${reports.map(({ at, ours, theirs, difference, waiting, broken, agrees }) => html`<tr><td class="small">${this.#at(at)}</td><td class="end">${money(ours, locale)}</td><td class="end">${money(theirs, locale)}</td><td class="end">${money(difference, locale)}</td><td class="end">${waiting}</td>
          <td><span class="tag ${agrees ? 'good' : 'bad'}">${broken > 0 ? say('reportBroken', { n: broken }) : say(agrees ? 'reportAgrees' : 'reportDiffers')}</span></td></tr>`)}</tbody></table></div>`}
      ${outcome(this.#acts, site, 'report')}${success(this.#acts, 'report', say('reportedNow'))}
      <div>${button(this.#acts, site, { act: 'report', label: say('reportNow'), press: () => { void this.#do('report', () => this.#server().operations.reportNow.mutate()); } })}</div></section>`;
  }

  /* What was given up. */

  #dead(dead: Known['dead']): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    return html`<section aria-labelledby="dead"><h2 id="dead">${say('deadTitle')}</h2>
      ${dead.length === 0 ? html`<p class="muted">${say('deadNone')}</p>` : html`<div>${dead.map(({ kind, id, what, about, why, at }) => html`<article>
        <div class="line"><strong>${say(`dead_${kind}`)} <code>${what}</code></strong><span class="small muted">${this.#at(at)}</span></div><p class="small"><code>${about}</code></p>${why ? html`<p class="small muted">${why}</p>` : nothing}
        ${outcome(this.#acts, site, `again:${kind}:${id}`)}
        <div>${button(this.#acts, site, { act: `again:${kind}:${id}`, label: say('deadReplay'), press: () => { void this.#again(kind, id); } })}</div></article>`)}</div>`}
      ${success(this.#acts, 'again', say('deadReplayed'))}</section>`;
  }

  async #again(kind: Known['dead'][number]['kind'], id: string): Promise<void> {
    if (await this.#do(`again:${kind}:${id}`, () => this.#server().operations.replay.mutate({ kind, id }))) this.#acts.done = 'again';
    this.requestUpdate();
  }

  /* Money that came back. */

  #returned(returned: Known['returned']): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    return html`<section aria-labelledby="back"><h2 id="back">${say('backTitle')}</h2><p>${say('backHow')}</p>
      ${returned.length === 0 ? html`<p class="muted">${say('backNone')}</p>` : html`<div>${returned.map(({ id, kind, bookingId, to, amount, sentAt }) => html`<article>
        <div class="line"><strong>${to}</strong><strong>${money(amount, locale)}</strong></div>
        <p class="row small"><span class="tag bad">${say(`back_${kind}`)}</span><code>${bookingId}</code><span class="muted">${this.#at(sentAt)}</span></p>
        ${outcome(this.#acts, site, `again:${id}`)}
        <div>${button(this.#acts, site, { act: `again:${id}`, label: say('backAgain'), press: () => { void this.#sendAgain(id); } })}</div></article>`)}</div>`}
      ${success(this.#acts, 'sentAgain', say('backDone'))}</section>`;
  }

  async #sendAgain(id: string): Promise<void> {
    if (await this.#do(`again:${id}`, () => this.#server().operations.sendAgain.mutate({ id }))) this.#acts.done = 'sentAgain';
    this.requestUpdate();
  }

  /* Transfers that nobody asked for. */

  #strays(strays: Known['strays']): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const tags = { found: 'warn', sent: 'now', returned: 'good', failed: 'bad' } as const;
    return html`<section aria-labelledby="strays"><h2 id="strays">${say('straysTitle')}</h2><p>${say('straysHow')}</p>
      ${strays.length === 0 ? html`<p class="muted">${say('straysNone')}</p>` : html`<div>${strays.map(({ id, bookingId, buyer, amount, status, foundAt, returnedAt, mayReturn }) => html`<article>
        <div class="line"><strong>${buyer}</strong><strong>${money(amount, locale)}</strong></div>
        <p class="row small"><span class="tag ${tags[status]}">${say(`stray_${status}`)}</span><code>${bookingId}</code><span class="muted">${this.#at(returnedAt ?? foundAt)}</span></p>
        ${outcome(this.#acts, site, `stray:${id}`)}
        ${mayReturn ? html`<div>${button(this.#acts, site, { act: `stray:${id}`, label: say('strayReturn'), press: () => { void this.#return(id); } })}</div>` : nothing}</article>`)}</div>`}
      ${success(this.#acts, 'returned', say('strayDone'))}</section>`;
  }

  async #return(id: string): Promise<void> {
    if (await this.#do(`stray:${id}`, () => this.#server().operations.giveBack.mutate({ id }))) this.#acts.done = 'returned';
    this.requestUpdate();
  }

  /* What lost disputes leave. */

  #lost(receivables: Known['receivables']): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    return html`<section aria-labelledby="lost"><h2 id="lost">${say('lostTitle')}</h2><p>${say('lostHow')}</p>
      ${receivables.length === 0 ? html`<p class="muted">${say('lostNone')}</p>` : html`<div>${receivables.map(({ account, kind, who, what, amount, at }) => html`<article>
        <div class="line"><strong>${who}</strong><strong>${money(amount, locale)}</strong></div>
        <p class="row small"><span class="tag bad">${say(`lost_${kind}`)}</span><span>${kind === 'plan' ? word(say, `plan_${what}`) || what : what}</span><code>${account}</code>${at ? html`<span class="muted">${this.#at(at)}</span>` : nothing}</p></article>`)}</div>`}</section>`;
  }

  /* Transfers by hand. */

  #hand(proposals: Known['proposals']): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const tags = { asked: 'warn', approved: 'good', rejected: '', expired: '' } as const;
    return html`<section aria-labelledby="hand"><h2 id="hand">${say('handTitle')}</h2><p>${say('handHow')}</p>
      ${proposals.length === 0 ? html`<p class="muted">${say('handNone')}</p>` : html`<div>${proposals.map(({ id, from, to, amount, reason, state: stands, own, askedBy, askedAt, expiresAt, decidedBy, decidedAt }) => html`<article>
        <div class="line"><strong>${money(amount, locale)}</strong><span class="tag ${tags[stands]}">${say(`hand_${stands}`)}</span></div>
        <p class="small"><code>${from}</code> → <code>${to}</code></p><p class="words">${reason}</p>
        <p class="small muted">${say('handBy', { name: askedBy, at: instant(askedAt, locale, site.timeZone) })}${decidedBy !== null && decidedAt ? html`<br>${say('handBy', { name: decidedBy, at: instant(decidedAt, locale, site.timeZone) })}` : stands === 'asked' ? html`<br>${say('handUntil', { at: instant(expiresAt, locale, site.timeZone) })}` : nothing}</p>
        ${outcome(this.#acts, site, `approve:${id}`)}${outcome(this.#acts, site, `reject:${id}`)}
        ${stands === 'asked' ? html`<div class="row">${own ? nothing : button(this.#acts, site, { act: `approve:${id}`, label: say('handApprove'), kind: 'primary', press: () => { void this.#decide(id, true); } })}
          ${button(this.#acts, site, { act: `reject:${id}`, label: say('handReject'), kind: 'plain', press: () => { void this.#decide(id, false); } })}</div>` : nothing}</article>`)}</div>`}
      ${success(this.#acts, 'decided', say('handDecided'))}
      <form @submit=${onSubmit((values, form) => { void this.#propose(values, form); })} @input=${(event: Event) => { this.#key = crypto.randomUUID(); (event.target as HTMLInputElement).setCustomValidity(''); }}>
        <div class="fields">${field({ label: say('handFrom'), hint: say('handAccounts') }, html`<input name="from" required maxlength="100" autocomplete="off" spellcheck="false">`)}
          ${field({ label: say('handTo'), hint: say('handOutside') }, html`<input name="to" required maxlength="100" autocomplete="off" spellcheck="false">`)}
          ${field({ label: say('handAmount') }, html`<input name="amount" inputmode="decimal" required autocomplete="off">`)}
          ${field({ label: say('field_currency') }, html`<select name="currency"><option>EUR</option><option>CHF</option></select>`)}
          ${field({ label: say('handReason'), wide: true }, html`<textarea name="reason" required maxlength="600"></textarea>`)}</div>
        ${outcome(this.#acts, site, 'propose')}${success(this.#acts, 'propose', say('handAsked'))}
        <div>${button(this.#acts, site, { act: 'propose', label: say('handAsk') })}</div></form></section>`;
  }

  /** Names what is typed: sent again unchanged, it is asked for once. */
  #key = crypto.randomUUID();

  async #propose({ from = '', to = '', amount = '', currency = '', reason = '' }: Readonly<Record<string, string>>, form: HTMLFormElement): Promise<void> {
    const minor = minorOf(amount);
    if (!minor) {
      const typed = form.elements.namedItem('amount') as HTMLInputElement;
      typed.setCustomValidity(this.site.sayOwn('handWrong'));
      typed.reportValidity();
      return;
    }
    if (!await this.#do('propose', () => this.#server().operations.propose.mutate({ key: this.#key, from, to, amount: { minor, currency: currency === 'CHF' ? 'CHF' : 'EUR' }, reason }))) return;
    form.reset();
    this.#key = crypto.randomUUID();
  }

  async #decide(id: string, approve: boolean): Promise<void> {
    if (await this.#do(`${approve ? 'approve' : 'reject'}:${id}`, () => this.#server().operations.decide.mutate({ id, approve }))) this.#acts.done = 'decided';
    this.requestUpdate();
  }

  /* What producers owe us. */

  #owed(owed: Known['owed']): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    return html`<section aria-labelledby="owed"><h2 id="owed">${say('owedTitle')}</h2>
      ${owed.length === 0 ? html`<p class="muted">${say('owedNone')}</p>` : html`<div>${owed.map(({ id, number, payer, due, dueDay, overdue }) => html`<article>
        <div class="line"><strong>${payer}</strong><strong>${money(due, locale)}</strong></div><p class="row small"><span class="muted">${number} · ${say('owedDue', { day: day(dueDay, locale) })}</span>${overdue ? html`<span class="tag warn">${say('owedLate')}</span>` : nothing}</p>
        ${outcome(this.#acts, site, `owed:${id}`)}
        <div>${button(this.#acts, site, { act: `owed:${id}`, label: say('owedReceive'), press: () => { void this.#receive(id); } })}</div></article>`)}</div>`}
      ${success(this.#acts, 'received', say('owedReceived'))}</section>`;
  }

  /* What producers contest. */

  #contests(contests: Known['contests']): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    return html`<section aria-labelledby="contests"><h2 id="contests">${say('contestsTitle')}</h2><p>${say('contestsOpsHow')}</p>
      ${contests.length === 0 ? html`<p class="muted">${say('contestsNone')}</p>` : html`<div>${contests.map(({ invoiceId: id, number, issuer, payer, total, reason, at, paid }) => html`<article>
        <div class="line"><strong>${issuer} → ${payer}</strong><strong>${money(total, locale)}</strong></div><p class="row small"><code>${number}</code><span class="muted">${this.#at(at)}</span></p><p class="words">${reason}</p>
        <form @submit=${onSubmit(({ words = '', answer = '' }) => { void this.#answer({ id, uphold: answer !== 'refuse', again: answer === 'correct', words }); })}>
          <div class="fields">${field({ label: say('contestAnswerAs') }, html`<select name="answer" required><option value="">${say('contestChoose')}</option><option value="correct">${say('contestCorrect')}</option>${paid ? nothing : html`<option value="credit">${say('contestCredit')}</option>`}<option value="refuse">${say('contestRefuse')}</option></select>`)}
          ${field({ label: say('contestWords'), wide: true }, html`<input name="words" required minlength="3" maxlength="240" autocomplete="off">`)}</div>
          ${outcome(this.#acts, site, `contest:${id}`)}<div>${button(this.#acts, site, { act: `contest:${id}`, label: say('contestAnswerDo') })}</div></form></article>`)}</div>`}
      ${success(this.#acts, 'answered', say('contestAnswered'))}</section>`;
  }

  async #answer(answer: inferRouterInputs<AppRouter>['contests']['answer']): Promise<void> {
    if (await this.#do(`contest:${answer.id}`, () => this.#server().contests.answer.mutate(answer))) this.#acts.done = 'answered';
    this.requestUpdate();
  }

  /* What is said of shows, and reported. */

  #reviews(reports: Known['reviews']): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    return html`<section aria-labelledby="reviews"><h2 id="reviews">${say('reviewsOpsTitle')}</h2><p>${say('reviewsOpsHow')}</p>
      ${reports.length === 0 ? html`<p class="muted">${say('reviewsOpsNone')}</p>` : html`<div>${reports.map(({ bookingId, side, what, by, about, day: shown, stars, words, reason, at }) => html`<article>
        <div class="line"><strong>${say(`reviewsOpsOf_${what}`, { by, about, day: day(shown, locale) })}</strong>${stars === null ? nothing : html`<span>${stars} / 5</span>`}</div>
        ${words ? html`<blockquote class="words">${words}</blockquote>` : nothing}<p class="words">${say('reviewsOpsReason', { reason })}</p><p class="small muted">${this.#at(at)}</p>
        <form @submit=${onSubmit((typed) => { void this.#verdict({ bookingId, side, what, hide: typed['answer'] === 'hide', words: typed['words'] ?? '' }); })}>
          <div class="fields">${field({ label: say('contestAnswerAs') }, html`<select name="answer" required><option value="">${say('contestChoose')}</option><option value="hide">${say('reviewsOpsHide')}</option><option value="keep">${say('reviewsOpsKeep')}</option></select>`)}
          ${field({ label: say('reviewsOpsWords'), wide: true }, html`<input name="words" required minlength="3" maxlength="600" autocomplete="off">`)}</div>
          ${outcome(this.#acts, site, `review:${bookingId}:${side}:${what}`)}<div>${button(this.#acts, site, { act: `review:${bookingId}:${side}:${what}`, label: say('contestAnswerDo') })}</div></form></article>`)}</div>`}
      ${success(this.#acts, 'moderated', say('reviewsOpsDone'))}</section>`;
  }

  async #verdict(verdict: inferRouterInputs<AppRouter>['reviews']['answer']): Promise<void> {
    if (await this.#do(`review:${verdict.bookingId}:${verdict.side}:${verdict.what}`, () => this.#server().reviews.answer.mutate(verdict))) this.#acts.done = 'moderated';
    this.requestUpdate();
  }

  async #receive(id: string): Promise<void> {
    if (await this.#do(`owed:${id}`, () => this.#server().billing.receive.mutate({ id }))) this.#acts.done = 'received';
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-operations': FlowOperations }
}
