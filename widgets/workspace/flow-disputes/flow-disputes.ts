import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { minorOf, typedOf } from '../../core/amount.ts';
import type { Api } from '../../core/api.ts';
import { day, instant, money } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { disputeStyles, evidence } from '../../parts/dispute.ts';
import { shares, sharesStyles } from '../../parts/shares.ts';

type Out = inferRouterOutputs<AppRouter>['disputes'];
type Open = Out['open'][number];
type Given = Out['simulate'];
type Contested = Out['contested'][number];

/** What a decision shares: what is held, and what is with a bank. */
const sharedOf = ({ held, underWay }: Open): Open['held'] => ({ ...held, minor: held.minor + underWay.minor });

/** The table of our own people: every open dispute with what its sides say, what a decision would give, the decision; and notices of the provider that wait. */
export class FlowDisputes extends LitElement {
  static override styles = [...desk, sharesStyles, disputeStyles, css`
    :host { min-height: 480px }
    section { display: grid; gap: 16px; padding-top: 20px; border-top: 1px solid var(--line) }
    article { display: grid; gap: 16px; padding: 24px 0; border-top: 1px solid var(--line); min-width: 0; overflow-wrap: anywhere }
    blockquote { margin: 0; border-inline-start: 2px solid var(--edge); padding-inline-start: 12px }
    .given { display: grid; gap: 16px } .sides { display: grid; gap: 32px; grid-template-columns: minmax(0, 1fr) }
    table { width: 100%; border-collapse: collapse } th { text-align: start; font-size: 13px; color: var(--muted) } th, td { padding: 6px 12px 6px 0; overflow-wrap: anywhere } tbody tr { border-top: 1px solid var(--line) }
    @container flow (min-width: 860px) { .sides { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 40px; align-items: start } }
    .sides > div { display: grid; gap: 16px; align-content: start }`];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** What a decision would give, by dispute: what the person who decides has seen. */
  @state() private given: Readonly<Record<string, Given>> = {};
  @state() private replayed = 0;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: async ([api]) => {
      const [open, contested, waiting] = await Promise.all([api.disputes.open.query(), api.disputes.contested.query(), api.disputes.waiting.query()]);
      return { open, contested, waiting };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_disputes')}</h1><p class="lead">${say('deskHow')}</p>
      ${value ? this.#table(value) : this.#all.render({ ...this.#presence.states(200, 160), complete: () => nothing })}</div>`);
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');

  #table({ open, contested, waiting }: { open: readonly Open[]; contested: Out['contested']; waiting: Out['waiting'] }): TemplateResult {
    const { sayOwn: say } = this.site;
    return html`${success(this.#acts, 'decide', say('deskDone'))}
      ${open.length === 0 ? html`<div class="empty"><h2>${say('deskEmpty')}</h2><p>${say('deskEmptyHow')}</p></div>` : html`<div>${open.map((one) => this.#dispute(one))}</div>`}
      <section aria-labelledby="banks"><h2 id="banks">${say('banksTitle')}</h2><p>${say('banksHow')}</p>${success(this.#acts, 'bank', say('bankDone'))}
        ${contested.length === 0 ? html`<p class="muted">${say('banksNone')}</p>` : html`<div>${contested.map((one) => this.#contested(one))}</div>`}</section>
      <section><h2>${say('noticesTitle')}</h2>${this.#notices(waiting)}</section>`;
  }

  #contested(one: Contested): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const { id, artist, buyer, title, showDay, place, amount, reason, status, openedAt, answerBy, late, answer, sentAt, missing, pieces, here } = one;
    return html`<article aria-labelledby=${id}>
      <div><h3 id=${id}>${say('deskShow', { artist, buyer })}</h3>
        <p>${title} <span class="muted">·</span> <time datetime=${showDay}>${day(showDay, locale)}</time>, ${place}</p>
        <p class="row small"><span class="tag ${{ asked: late ? 'bad' : 'warn', answered: 'now', accepted: '', won: 'good', lost: 'bad' }[status]}">${say(`bank_${status}`)}</span><strong>${money(amount, locale)}</strong><span class="muted">${word(say, `bankWhy_${reason}`) || reason} · ${instant(openedAt, locale, timeZone)}</span></p></div>
      ${status === 'lost' ? html`<p class="notice warn"><span>${say('bankMissing', { amount: money(missing, locale) })}</span></p>`
        : status === 'asked' ? html`<p class="notice ${late ? 'warn' : ''}"><span>${late ? say('bankLate') : answerBy ? say('bankUntil', { at: instant(answerBy, locale, timeZone) }) : say('bankSoon')}</span></p>`
        : html`<p>${sentAt ? say('bankSent', { at: instant(sentAt, locale, timeZone) }) : say('bankSending')}</p>`}
      ${answer ? html`<blockquote class="words">${answer}</blockquote>` : nothing}
      ${pieces.length > 0 ? html`<h4>${say('bankPieces', { name: artist })}</h4>${evidence({ evidence: pieces.map((piece) => ({ ...piece, side: 'artist' as const })) }, { site, acts: this.#acts }, () => artist)}` : nothing}
      ${status !== 'asked' || late ? nothing : here ? this.#answer(one) : html`<p>${say('bankElsewhere')}</p>`}</article>`;
  }

  #answer({ id, draft, pieces }: Contested): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const papers = pieces.flatMap(({ fileId, fileName }) => (fileId ? [{ fileId, fileName }] : []));
    return html`<form @submit=${onSubmit(({ words = '', proof = '' }) => { void this.#bank(`answer:${id}`, () => this.#server().disputes.answerBank.mutate({ id, words, proofId: proof || null })); })}>
        ${field({ label: say('bankWords'), hint: say('bankWordsHow') }, html`<textarea name="words" required maxlength="15000" rows="6" .value=${draft}></textarea>`)}
        ${papers.length > 0 ? field({ label: say('bankProof') }, html`<select name="proof"><option value="">${say('bankNoProof')}</option>${papers.map(({ fileId, fileName }) => html`<option value=${fileId}>${fileName}</option>`)}</select>`) : nothing}
        ${outcome(this.#acts, site, `answer:${id}`)}${outcome(this.#acts, site, `accept:${id}`)}
        <div class="row">${button(this.#acts, site, { act: `answer:${id}`, label: say('bankAnswer'), kind: 'primary' })}
          ${button(this.#acts, site, { act: `accept:${id}`, label: say('bankAccept'), kind: 'danger', press: () => { void this.#bank(`accept:${id}`, () => this.#server().disputes.acceptBank.mutate({ id })); } })}</div>
        <p class="small muted">${say('bankMeans')}</p></form>`;
  }

  async #bank(act: string, work: () => Promise<unknown>): Promise<void> {
    if (await this.#acts.run(act, work)) this.#acts.done = 'bank';
    await this.#all.run();
  }

  #dispute(one: Open): TemplateResult {
    const { sayOwn: say, locale, timeZone } = this.site;
    const { artist, buyer, title, showDay, place, openedBy, openedAt, reason, held, underWay, decidedAt, decision, release, refund } = one;
    const names = { artist, buyer };
    return html`<article aria-labelledby=${one.id}>
      <div><h2 id=${one.id}>${say('deskShow', { artist, buyer })}</h2>
        <p>${title} <span class="muted">·</span> <time datetime=${showDay}>${day(showDay, locale)}</time>, ${place}</p>
        <p class="small muted">${say('disputeSince', { name: names[openedBy], at: instant(openedAt, locale, timeZone) })}</p></div>
      <div class="sides"><div>
        ${reason ? html`<blockquote class="words">${reason}</blockquote>` : nothing}
        <h3>${say('shownTitle')}</h3>${evidence(one, { site: this.site, acts: this.#acts }, (side) => names[side])}</div>
        <div><h3>${say('deskDecide')}</h3>${shares([{ label: say('deskHeld'), amount: held }, ...(underWay.minor > 0 ? [{ label: say('shareUnderWay'), amount: underWay }] : [])], this.site)}
          ${underWay.minor > 0 ? html`<p class="notice"><span>${say(decidedAt ? 'disputeSettles' : 'deskUnderWay', { amount: money(underWay, locale) })}</span></p>` : nothing}
          ${decidedAt ? html`<blockquote class="words">${decision}</blockquote>${shares([{ label: say('shareRelease'), amount: release }, { label: say('shareRefund'), amount: refund }], this.site)}` : this.#decide(one)}</div></div></article>`;
  }

  #decide(one: Open): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const { bookingId } = one;
    const held = sharedOf(one);
    const given = this.given[bookingId];
    const acts = this.#acts;
    return html`<form @submit=${onSubmit((values, form) => { void this.#simulate(one, form, values['release'] ?? ''); })} @input=${(event: Event) => { this.#complete(one, event); }}>
        <div class="fields">
          ${field({ label: say('deskRelease') }, html`<input name="release" inputmode="decimal" required autocomplete="off" .value=${typedOf(held.minor, locale)}>`)}
          ${field({ label: say('deskRefund'), hint: say('deskSumHow', { amount: money(held, locale) }) }, html`<input name="refund" inputmode="decimal" required autocomplete="off" .value=${typedOf(0, locale)}>`)}</div>
        ${outcome(acts, site, `simulate:${bookingId}`)}
        <div>${button(acts, site, { act: `simulate:${bookingId}`, label: say('deskSimulate') })}</div></form>
      ${given ? html`<form class="given" @submit=${onSubmit(({ words = '' }) => { void this.#do(one, given, words); })}><div role="status">
          ${shares([
            { label: say('shareRelease'), amount: given.release }, { label: say('shareCommission'), amount: given.commission, part: true }, { label: say('shareCommissionVat'), amount: given.commissionVat, part: true },
            ...(given.booker.minor > 0 ? [{ label: say('shareBooker'), amount: given.booker, part: true }] : []),
            { label: say('sharePayout'), amount: given.payout }, { label: say('shareRefund'), amount: given.refund },
          ], site)}
          ${given.otherwise ? html`<p>${say('bankFails')}</p>${shares([{ label: say('shareRelease'), amount: given.otherwise.release }, { label: say('shareRefund'), amount: given.otherwise.refund }], site)}` : nothing}</div>
        ${field({ label: say('deskWords') }, html`<textarea name="words" required maxlength="2000"></textarea>`)}
        ${outcome(acts, site, `decide:${bookingId}`)}
        <div>${button(acts, site, { act: `decide:${bookingId}`, label: say('deskDo'), kind: 'danger' })}</div><p class="small muted">${say('deskMeans')}</p></form>` : nothing}`;
  }

  /** One amount says the other: both are always all that is held. What was simulated no longer holds. */
  #complete(one: Open, event: Event): void {
    const { bookingId } = one;
    const held = sharedOf(one);
    const typed = event.target as HTMLInputElement;
    const form = event.currentTarget as HTMLFormElement;
    const rest = form.elements.namedItem(typed.name === 'release' ? 'refund' : 'release') as HTMLInputElement;
    const minor = minorOf(typed.value);
    const fits = minor !== null && minor <= held.minor;
    rest.setCustomValidity('');
    typed.setCustomValidity(fits ? '' : this.site.sayOwn('deskAmount', { amount: money(held, this.site.locale) }));
    if (fits) rest.value = typedOf(held.minor - minor, this.site.locale);
    const { [bookingId]: gone, ...others } = this.given;
    if (gone) this.given = others;
  }

  async #simulate(one: Open, form: HTMLFormElement, typed: string): Promise<void> {
    const { bookingId } = one;
    const held = sharedOf(one);
    const minor = minorOf(typed);
    if (!form.reportValidity() || minor === null) return;
    await this.#acts.run(`simulate:${bookingId}`, async () => {
      const given = await this.#server().disputes.simulate.query({ bookingId, release: { ...held, minor }, refund: { ...held, minor: held.minor - minor } });
      this.given = { ...this.given, [bookingId]: given };
    });
  }

  async #do({ bookingId }: Open, { release, refund }: Given, words: string): Promise<void> {
    const act = `decide:${bookingId}`;
    if (await this.#acts.run(act, () => this.#server().disputes.decide.mutate({ bookingId, release, refund, words }))) this.#acts.done = 'decide';
    await this.#all.run();
  }

  #notices(waiting: Out['waiting']): TemplateResult {
    const { sayOwn: say, locale, timeZone } = this.site;
    const acts = this.#acts;
    return html`${waiting.length === 0 ? html`<p class="muted">${say('noticesNone')}</p>` : html`
      <table><thead><tr><th scope="col">${say('noticeKind')}</th><th scope="col">${say('noticeObject')}</th><th scope="col">${say('noticeAt')}</th></tr></thead>
        <tbody>${waiting.map(({ kind, object, receivedAt }) => html`<tr><td><code>${kind}</code></td><td><code>${object}</code></td><td class="small"><time datetime=${receivedAt}>${instant(receivedAt, locale, timeZone)}</time></td></tr>`)}</tbody></table>
      <div>${button(acts, this.site, { act: 'replay', label: say('noticesReplay'), press: () => { void this.#replay(); } })}</div>`}
      ${outcome(acts, this.site, 'replay')}${success(acts, 'replay', say('noticesReplayed', { n: this.replayed }))}`;
  }

  async #replay(): Promise<void> {
    await this.#acts.run('replay', async () => { this.replayed = (await this.#server().disputes.replay.mutate()).done; });
    await this.#all.run();
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-disputes': FlowDisputes }
}
