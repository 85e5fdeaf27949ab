import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { instant, money } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { desk, word } from '../../parts/desk.ts';
import { way, whole, wholeStyles, whyMoved, type Account } from '../../parts/whole.ts';

/**
 * The money of a booking as both sides see it: what is held, due, released and given back, each with its date and reason; every entry,
 * movement by movement, with the balance it left; and the proofs that all of it adds up.
 */
export class FlowLedger extends LitElement {
  static override styles = [...desk, wholeStyles, css`
    :host { min-height: 480px }
    table { width: 100%; border-collapse: collapse }
    th { text-align: start; font-size: 13px; font-weight: 600; color: var(--muted) } th.end { text-align: end }
    th, td { padding: 6px 12px 6px 0 } th:last-child, td:last-child { padding-inline-end: 0 }
    tbody tr { border-top: 1px solid var(--line) }
    section { display: grid; gap: 16px; padding-top: 20px; border-top: 1px solid var(--line) }
    article { display: grid; gap: 8px; padding: 20px 0; border-top: 1px solid var(--line) }
    .proof { font-size: 17px; font-variant-numeric: tabular-nums lining-nums }
    td code { overflow-wrap: anywhere }
    @container flow (min-width: 520px) { table { table-layout: fixed } th.end { width: 12em } }
    @container flow (max-width: 519px) { thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } tr { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9em), 1fr)); padding: 8px 0 } td { padding: 0 } td:first-child { grid-column: 1 / -1 } td.end { text-align: start; white-space: normal } td[data-name]::before { content: attr(data-name) ' '; font-size: 13px; color: var(--muted) } }`];

  /** The booking, `bkg_…`. */
  @property({ attribute: 'booking-id' }) bookingId = '';
  /** Inside the booking's file, which says where one is. */
  @property({ type: Boolean }) inside = false;
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [(this.api ?? this.site.api)<AppRouter>('/trpc'), this.bookingId] as const,
    task: ([api, bookingId]) => api.refunds.account.query({ bookingId }),
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<div class="stack">
      ${this.inside ? nothing : html`<p><a href="/booking?id=${this.bookingId}">${say('backToFile')}</a></p><h1>${say('ledgerTitle')}</h1>`}
      ${this.#all.render({ ...this.#presence.states(80, 160, 160), complete: (account) => this.#book(account) })}</div>`);
  }

  #book(account: Account): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    const { movements, total, held, frozen } = account;
    return html`
      <p class="lead">${say('moneyWhole', { amount: money(total, locale) })}</p>
      ${frozen ? html`<p class="notice warn"><span>${say('moneyFrozen', { amount: money(held, locale) })}</span></p>` : nothing}
      ${whole(account, this.site)}
      <flow-claims booking-id=${this.bookingId} .api=${this.api}></flow-claims>
      <section><h2>${say('ledgerWhere')}</h2>${way(account, this.site)}
        ${movements.length === 0 ? html`<div class="empty"><h3>${say('ledgerEmpty')}</h3><p>${say('ledgerEmptyHow')}</p></div>` : nothing}</section>
      ${movements.length === 0 ? nothing : html`<section><h2>${say('ledgerProofs')}</h2>${this.#proofs(account)}</section>
        <section><h2>${say('transfers')}</h2><p class="muted">${say('ledgerHow')}</p><div>${movements.map((movement) => this.#movement(movement))}</div></section>`}`;
  }

  /** Computed from the ledger by the server; nothing is hidden when one of them fails. */
  #proofs({ proofs }: Account): TemplateResult {
    const { sayOwn: say, locale } = this.site;
    return html`
      <p class="notice ${proofs.sumIsZero ? 'good' : 'bad'} proof zero"><span>${say(proofs.sumIsZero ? 'ledgerZero' : 'ledgerNotZero', { n: proofs.entries })} <strong>${money(proofs.sum, locale)}</strong></span></p>
      <p class="notice ${proofs.heldIsDue ? 'good' : 'bad'} proof held"><span>${say('ledgerHeldDue', { held: money(proofs.held, locale), due: money(proofs.due, locale) })} <strong>${say(proofs.heldIsDue ? 'ledgerHeldIsDue' : 'ledgerHeldNotDue')}</strong></span></p>`;
  }

  #movement(movement: Account['movements'][number]): TemplateResult {
    const { sayOwn: say, locale, timeZone } = this.site;
    const { id, kind, at, entries } = movement;
    return html`<article>
      <h3>${word(say, `transfer_${kind}`) || kind}</h3><p class="small muted"><time datetime=${at}>${instant(at, locale, timeZone)}</time> · ${whyMoved(movement, say)} · <code>${id}</code></p>
      <table><thead><tr><th scope="col">${say('account')}</th><th scope="col" class="end">${say('entry')}</th><th scope="col" class="end">${say('balanceAfter')}</th></tr></thead>
        <tbody>${entries.map(({ owner, account, amount, balance }) => html`<tr><td>${word(say, `owner_${owner}`)}<br><code class="muted">${account}</code></td><td class="end" data-name=${say('entry')}>${amount.minor > 0 ? '+' : ''}${money(amount, locale)}</td><td class="end muted" data-name=${say('balanceAfter')}>${money(balance, locale)}</td></tr>`)}</tbody></table></article>`;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-ledger': FlowLedger }
}
