import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { instant, money } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { desk, word, type SayOwn } from '../../parts/desk.ts';

type Ledger = inferRouterOutputs<AppRouter>['escrow']['ledger'];

/** Why a transfer was booked, in the reader's words: by its kind, and for a payment by the part that was paid. The server's note is for operators. */
function why(say: SayOwn, { kind, reason }: Ledger['transfers'][number]): string {
  const part = /\b(deposit|balance)$/.exec(reason)?.[1];
  return (part ? word(say, `part_${part}`) : word(say, `transfer_${kind}_why`)) || reason;
}

/** What an account is for, above its name in the books: `escrow:bkg_…`. */
const named = (say: SayOwn, account: string): TemplateResult => {
  const purpose = word(say, `account_${account.split(':')[0] ?? ''}`);
  return html`${purpose ? html`${purpose}<br>` : nothing}<code class="muted">${account}</code>`;
};

/** Every entry of a booking, transfer by transfer, with the balance it left, and the proof that they sum to zero. */
export class FlowLedger extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 480px }
    table { width: 100%; border-collapse: collapse }
    th { text-align: start; font-size: 13px; font-weight: 600; color: var(--muted) } th.end { text-align: end }
    th, td { padding: 6px 12px 6px 0 } th:last-child, td:last-child { padding-inline-end: 0 }
    tbody tr { border-top: 1px solid var(--line) }
    article { display: grid; gap: 8px; padding: 20px 0; border-top: 1px solid var(--line) }
    .zero { font-size: 20px; font-variant-numeric: tabular-nums lining-nums }
    td code { overflow-wrap: anywhere }
    @container flow (max-width: 519px) { thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } tr { display: grid; grid-template-columns: 1fr 1fr; padding: 8px 0 } td { padding: 0 } td:first-child { grid-column: 1 / -1 } td.end { text-align: start } td[data-name]::before { content: attr(data-name) ' '; font-size: 13px; color: var(--muted) } }`];

  /** The booking, `bkg_…`. */
  @property({ attribute: 'booking-id' }) bookingId = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [(this.api ?? this.site.api)<AppRouter>('/trpc'), this.bookingId] as const,
    task: ([api, bookingId]) => api.escrow.ledger.query({ bookingId }),
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<div class="stack">
      <p><a href="/booking?id=${this.bookingId}">${say('backToFile')}</a></p>
      <h1>${say('ledgerTitle')}</h1><p class="muted">${say('ledgerHow')}</p>
      ${this.#all.render({ ...this.#presence.states(80, 160, 160), complete: (ledger) => this.#book(ledger) })}</div>`);
  }

  #book(ledger: Ledger) {
    const { sayOwn: say, locale, timeZone } = this.site;
    if (ledger.transfers.length === 0) return html`<div class="empty"><h2>${say('ledgerEmpty')}</h2><p>${say('ledgerEmptyHow')}</p></div>`;
    const zero = ledger.sum.minor === 0;
    return html`
      <p class="notice ${zero ? 'good' : 'bad'} zero"><span>${say(zero ? 'ledgerZero' : 'ledgerNotZero', { n: ledger.transfers.reduce((n, { entries }) => n + entries.length, 0) })} <strong>${money(ledger.sum, locale)}</strong></span></p>
      <section><h2>${say('accounts')}</h2><table><thead><tr><th scope="col">${say('account')}</th><th scope="col" class="end">${say('balanceOf')}</th></tr></thead>
        <tbody>${ledger.accounts.map(({ account, balance }) => html`<tr><td>${named(say, account)}</td><td class="end">${money(balance, locale)}</td></tr>`)}</tbody></table></section>
      <section><h2>${say('transfers')}</h2>${ledger.transfers.map((transfer) => html`<article>
        <h3>${word(say, `transfer_${transfer.kind}`) || transfer.kind}</h3><p class="small muted"><time datetime=${transfer.at}>${instant(transfer.at, locale, timeZone)}</time> · ${why(say, transfer)} · <code>${transfer.id}</code></p>
        <table><thead><tr><th scope="col">${say('account')}</th><th scope="col" class="end">${say('entry')}</th><th scope="col" class="end">${say('balanceAfter')}</th></tr></thead>
          <tbody>${transfer.entries.map(({ account, amount, balance }) => html`<tr><td>${named(say, account)}</td><td class="end" data-name=${say('entry')}>${amount.minor > 0 ? '+' : ''}${money(amount, locale)}</td><td class="end muted" data-name=${say('balanceAfter')}>${money(balance, locale)}</td></tr>`)}</tbody></table></article>`)}</section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-ledger': FlowLedger }
}
