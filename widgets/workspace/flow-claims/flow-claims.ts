import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
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

type Out = inferRouterOutputs<AppRouter>['claims'];
type Claim = Out['open'][number] & { readonly mayContest?: boolean };

/** Claims as this reader has them, and the account that a transfer goes to where it is theirs to pay. */
interface Read {
  readonly claims: readonly Claim[];
  readonly account: Out['own']['account'] | null;
}

const answers = ['confirm', 'prolong', 'received', 'waived'] as const;
type Answer = (typeof answers)[number];

const dayAfter = (iso: string): string => new Date(Date.parse(iso) + 86_400_000).toISOString().slice(0, 10);

/**
 * What lost disputes leave somebody to give back: to its debtor, with how to pay and a word against it; in the accounts of a booking; and to our own people, who decide. Draws nothing where nothing is claimed, but for them.
 *
 * @fires flow-claims-changed - One of our people decided, or proposed a transfer. `detail: { id: string; answer: string }`.
 */
export class FlowClaims extends LitElement {
  static override styles = [...desk, css`
    section { display: grid; gap: 16px; padding-top: 20px; border-top: 1px solid var(--line); min-width: 0 }
    article { display: grid; gap: 12px; padding: 20px 0; border-top: 1px solid var(--line); min-width: 0; overflow-wrap: anywhere }
    section > div > article:first-child { border-top: 0; padding-top: 0 }
    .line { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between }
    ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 4px }
    blockquote { margin: 0; border-inline-start: 2px solid var(--edge); padding-inline-start: 12px }`];

  /** The booking whose claims are shown, `bkg_…`; without it those of the organisation acted for. */
  @property({ attribute: 'booking-id' }) bookingId = '';
  /** For our own people: every open claim, and what they decide. */
  @property({ type: Boolean }) operators = false;
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** What is being decided, by claim. */
  @state() private chosen: Readonly<Record<string, Answer>> = {};

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.bookingId, this.operators] as const,
    task: async ([api, bookingId, operators]): Promise<Read> => {
      if (operators) return { claims: await api.claims.open.query(), account: null };
      return bookingId ? { claims: await api.claims.ofBooking.query({ bookingId }), account: null } : api.claims.own.query();
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { value } = this.#all;
    return this.#presence.stand(value ? this.#section(value) : this.#all.render({ error: this.#presence.states(80).error, pending: () => nothing, complete: () => nothing }));
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');

  #section({ claims, account }: Read): TemplateResult | typeof nothing {
    const { sayOwn: say } = this.site;
    if (claims.length === 0 && !this.operators) return nothing;
    return html`<section aria-labelledby="claims"><h2 id="claims">${say(this.operators ? 'claimsOpsTitle' : 'claimsTitle')}</h2><p>${say(this.operators ? 'claimsOpsHow' : 'claimsHow')}</p>
      ${claims.length === 0 ? html`<p class="muted">${say('claimsNone')}</p>` : html`<div>${claims.map((claim) => this.#claim(claim, account))}</div>`}
      ${success(this.#acts, 'decided', say('claimDone'))}${success(this.#acts, 'proposed', say('handAsked'))}${success(this.#acts, 'contested', say('claimContestDone'))}</section>`;
  }

  #claim(claim: Claim, account: Read['account']): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const { id, bookingId, debtor, title, showDay, place, amount, left, reason, status, until, over, contest, decision, parts } = claim;
    const tags = { asked: 'warn', contested: 'now', confirmed: 'bad', closed: 'good' } as const;
    const open = status !== 'closed';
    const why = word(say, `bankWhy_${reason}`) || reason;
    return html`<article aria-labelledby=${id}>
      <div class="line"><h3 id=${id}>${this.operators ? `${debtor} · ` : ''}${title}</h3><strong class="num">${money(amount, locale)}</strong></div>
      <p class="row small"><span class="tag ${tags[status]}">${say(`claimIs_${status}`)}</span><span class="muted">${[day(showDay, locale), place].filter(Boolean).join(', ')}</span></p>
      ${why ? html`<p>${say('claimWhy', { why })}</p>` : nothing}
      ${open ? html`<p><strong>${say('claimLeft', { left: money(left, locale), amount: money(amount, locale) })}</strong> ${status === 'contested' ? say('claimWaits') : say(over ? 'claimOver' : 'claimUntil', { day: day(until, locale) })}</p>` : nothing}
      ${parts.length > 0 ? html`<ul>${parts.map((part) => html`<li class="small">${say(`claimPart_${part.kind}`, { amount: money(part.amount, locale) })} <time class="muted" datetime=${part.at}>${instant(part.at, locale, this.site.timeZone)}</time></li>`)}</ul>` : nothing}
      ${contest ? html`<p class="small muted">${say('claimSaid', { name: debtor })}</p><blockquote class="words">${contest}</blockquote>` : nothing}
      ${decision ? html`<p class="small muted">${say('claimAnswered')}</p><blockquote class="words">${decision}</blockquote>` : nothing}
      ${account && open ? html`<p class="small">${say(account.iban ? 'claimPay' : 'claimPayAsk', { name: account.name, iban: account.iban, ref: id })}</p>` : nothing}
      ${claim.mayContest === true ? this.#against(claim) : nothing}${this.operators && open ? this.#decide(claim) : nothing}
      ${this.bookingId ? nothing : html`<p><a href="/booking?id=${bookingId}">${say('statementFile')}</a></p>`}</article>`;
  }

  #against({ id, until }: Claim): TemplateResult {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    return html`<form @submit=${onSubmit(({ words = '' }) => { void this.#does(`contest:${id}`, 'contested', () => this.#server().claims.contest.mutate({ id, words })); })}>
      ${field({ label: say('claimContest'), hint: say('claimContestHow', { day: day(until, locale) }) }, html`<textarea name="words" required minlength="3" maxlength="1000"></textarea>`)}
      ${outcome(this.#acts, site, `contest:${id}`)}<div>${button(this.#acts, site, { act: `contest:${id}`, label: say('claimContestDo') })}</div></form>`;
  }

  /* For our own people. */

  #decide(claim: Claim): TemplateResult {
    const { site } = this;
    const { sayOwn: say } = site;
    const { id, debtor, status, until } = claim;
    const answer = this.chosen[id];
    const byHand = answer === 'received' || answer === 'waived';
    return html`<form @submit=${onSubmit((values, form) => { void this.#answer(claim, values, form); })} @input=${(event: Event) => { this.#keys.delete(id); if (event.target instanceof HTMLInputElement) event.target.setCustomValidity(''); }}>
      <div class="fields">${field({ label: say('claimDecide') }, html`<select name="answer" required @change=${(event: Event) => { this.chosen = { ...this.chosen, [id]: (event.currentTarget as HTMLSelectElement).value as Answer }; }}><option value="">${say('contestChoose')}</option>
          ${answers.filter((one) => one !== 'confirm' || status !== 'confirmed').map((one) => html`<option value=${one}>${say(`claimAs_${one}`)}</option>`)}</select>`)}
        ${answer === 'prolong' ? field({ label: say('claimUntilDay') }, html`<input name="until" type="date" required min=${dayAfter(until)}>`) : nothing}
        ${byHand ? field({ label: say('claimAmount') }, html`<input name="amount" inputmode="decimal" required autocomplete="off">`) : nothing}
        ${answer ? field({ label: byHand ? say('claimReason') : say('claimWords', { name: debtor }), wide: true }, html`<textarea name="words" required minlength="3" maxlength="600"></textarea>`) : nothing}</div>
      ${outcome(this.#acts, site, `decide:${id}`)}<div>${button(this.#acts, site, { act: `decide:${id}`, label: say('claimGo') })}</div></form>`;
  }

  /** Names what is proposed, by claim: sent again unchanged, it is asked for once. */
  readonly #keys = new Map<string, string>();

  async #answer({ id, left }: Claim, { answer = '', words = '', until = '', amount = '' }: Readonly<Record<string, string>>, form: HTMLFormElement): Promise<void> {
    const api = this.#server();
    if (answer === 'confirm' || answer === 'prolong') {
      if (!await this.#does(`decide:${id}`, 'decided', () => (answer === 'confirm' ? api.claims.confirm.mutate({ id, words }) : api.claims.prolong.mutate({ id, words, until })))) return;
    } else if (answer === 'received' || answer === 'waived') {
      const minor = minorOf(amount);
      if (!minor) {
        const typed = form.elements.namedItem('amount') as HTMLInputElement;
        typed.setCustomValidity(this.site.sayOwn('handWrong'));
        typed.reportValidity();
        return;
      }
      const key = this.#keys.get(id) ?? crypto.randomUUID();
      this.#keys.set(id, key);
      if (!await this.#does(`decide:${id}`, 'proposed', () => api.operations.proposeForClaim.mutate({ key, claimId: id, kind: answer, amount: { minor, currency: left.currency }, reason: words }))) return;
      this.#keys.delete(id);
    } else return;
    form.reset();
    this.chosen = { ...this.chosen, [id]: undefined } as Readonly<Record<string, Answer>>;
    this.dispatchEvent(new CustomEvent('flow-claims-changed', { bubbles: true, composed: true, detail: { id, answer } }));
  }

  async #does(act: string, done: string, work: () => Promise<unknown>): Promise<boolean> {
    const well = await this.#acts.run(act, work);
    await this.#all.run();
    if (well) this.#acts.done = done;
    this.requestUpdate();
    return well;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-claims': FlowClaims }
}
