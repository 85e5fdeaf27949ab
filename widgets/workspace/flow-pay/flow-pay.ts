import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { day, money } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { copyable } from '../../parts/snippet.ts';
import { button, desk, failure, field, onSubmit, outcome, word } from '../../parts/desk.ts';
import { openBank } from '../../parts/card/bank-window.ts';
import { CARD_ENTRIES } from '../../parts/card/card-entries.ts';
import type { CardEntry, Confirmed } from '../../parts/card/card-entry.ts';

type Out = inferRouterOutputs<AppRouter>;
type Begun = Out['till']['beginPayment'];
interface Known { readonly money: Out['escrow']['money']; readonly file: Out['dossier']['file'] }

/**
 * Takes a card, in a frame of our own: the amount and what it is for, the provider's fields, and what the bank said.
 *
 * @fires flow-paid - The provider took the payment or the card. `detail: { status: string }`.
 * @fires flow-pay-closed - The reader is done here.
 */
export class FlowPay extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 320px }
    .box { display: grid; gap: 20px; max-width: 520px; padding: 4px }
    .amount { font-size: 34px; line-height: 1.1; font-weight: 600; letter-spacing: -.01em; font-variant-numeric: tabular-nums lining-nums }
    .ways { display: flex; flex-wrap: wrap; gap: 4px 20px } .ways legend { margin-bottom: 4px } .ways label { min-height: 32px; gap: 8px }
    .to dl { display: grid; gap: 12px } .to dt { font-size: 13px; font-weight: 600 } .to dd { display: grid; gap: 8px } .to pre { white-space: pre-wrap; overflow-wrap: anywhere } .apart { display: grid; gap: 8px; border-top: 1px solid var(--line); padding-top: 20px }
    .code { font-size: 26px; letter-spacing: .2em; max-width: 240px }
    .field small { color: inherit } [aria-invalid=true] + small { color: var(--bad) }`];

  /** The booking that is paid for, `bkg_…`. */
  @property({ attribute: 'booking-id' }) bookingId = '';
  /** Inside a partner's page: a code is asked for first. */
  @property({ type: Boolean }) framed = false;
  /** Card entries by provider. Tests and stories put a fake here. */
  @property({ attribute: false }) entries: typeof CARD_ENTRIES = CARD_ENTRIES;
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private sentTo = '';
  @state() private begun: Begun | null = null;
  @state() private result: Confirmed | null = null;
  @state() private transfer: Begun['transfer'] = null;
  /** What became of the last visit to PayPal's page, where it took nothing. */
  @state() private visit: '' | 'paypalWaiting' | 'paypalRefused' | 'refusal_popup_blocked' = '';
  @state() private standsBy: 'ready' | 'loading' | 'away' = 'loading';

  readonly #acts = new Acts(this);
  #entry: CardEntry | null = null;
  /** Where the fields stand: one that failed is not tried for ever. */
  #slot: HTMLElement | undefined;
  readonly #presence: Presence = new Presence(this, () => this.#money.run());
  readonly #money = new Task(this, {
    args: () => [this.#server(), this.bookingId] as const,
    task: async ([api, bookingId]): Promise<Known> => {
      const [money, file] = await Promise.all([api.escrow.money.query({ bookingId }), api.dossier.file.query({ bookingId })]);
      // A debit is with the bank already: there is nothing to enter.
      if (money.payments.some(({ status }) => status === 'processing')) this.result ??= { status: 'processing' };
      else if (!this.framed && !this.begun) await this.#begin();
      return { money, file };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override updated(): void {
    const slot = this.renderRoot.querySelector<HTMLElement>('#card');
    if (!slot || slot === this.#slot || !this.#entry) return;
    this.#slot = slot;
    const { sayOwn: say, locale } = this.site;
    const entry = this.#entry;
    void Promise.resolve().then(() => entry.mount(slot, { say, locale })).then(() => { this.standsBy = 'ready'; }, () => { this.standsBy = 'away'; });
  }

  override render() {
    const { value } = this.#money;
    return this.#presence.stand(value ? this.#box(value) : this.#money.render({ ...this.#presence.states(60, 200), complete: () => nothing }));
  }

  #box({ file, money: figures }: Known) {
    const { site, result } = this;
    const { sayOwn: say, locale } = site;
    if (result && result.status !== 'refused') {
      return html`<div class="box" role="status"><h2 tabindex="-1" id="done">${say(result.status === 'saved' ? 'cardSaved' : result.status === 'processing' ? 'payProcessing' : 'payDone')}</h2>
        <p class="notice good"><span>${say(result.status === 'saved' ? 'cardSavedHow' : result.status === 'processing' ? 'payProcessingHow' : this.begun?.part === 'balance' ? 'payDoneBalance' : 'payDoneDeposit')}</span></p>
        <div><button type="button" class="primary" @click=${() => { this.dispatchEvent(new CustomEvent('flow-pay-closed', { bubbles: true, composed: true })); }}>${say('backToFile')}</button></div></div>`;
    }
    const due = this.begun ?? figures.payments.find(({ status }) => status === 'due' || status === 'refused');
    const saving = this.begun?.act === 'save' || (!this.begun && file.next.act === 'save_card');
    return html`<div class="box">
      <div><p class="small muted">${say(saving ? 'saveCard' : due?.part === 'balance' ? 'part_balance' : 'part_deposit')} · ${file.artist.name}, ${day(file.show?.day ?? file.request.showDay, locale)}</p>
        <p class="amount">${due ? money(due.amount, locale) : nothing}</p>
        ${saving && due ? html`<p class="small">${say('saveTaken', { day: day(due.dueDay, locale) })}</p>` : nothing}</div>
      ${this.begun && this.transfer ? this.#transfer(this.begun, this.transfer) : this.begun ? this.#card(this.begun, saving) : this.framed ? this.#code() : failure(site, this.#acts.errorOf('begin'))}
    </div>`;
  }

  #code() {
    const { site } = this;
    const { sayOwn: say } = site;
    if (!this.sentTo) return html`<p>${say('payCodeHow')}</p>${outcome(this.#acts, site, 'ask')}<div>${button(this.#acts, site, { act: 'ask', label: say('codeAsk'), kind: 'primary', press: this.#ask })}</div>`;
    return html`<form @submit=${onSubmit(({ code = '' }) => { void this.#acts.run('begin', () => this.#begin(code.replaceAll(/\s/g, ''))); })}>
      <p role="status">${say('codeSent', { to: this.sentTo })}</p>
      ${field({ label: say('code'), hint: say('codeHow') }, html`<input class="code" name="code" inputmode="numeric" autocomplete="one-time-code" required pattern="\\s*(\\d\\s*){6}" maxlength="12">`)}
      ${outcome(this.#acts, site, 'begin')}${outcome(this.#acts, site, 'ask')}
      <div class="row">${button(this.#acts, site, { act: 'begin', label: say('goOn'), kind: 'primary' })}${button(this.#acts, site, { act: 'ask', label: say('codeAgain'), kind: 'plain', press: this.#ask })}</div></form>`;
  }

  #card(begun: Begun, saving: boolean) {
    const { site, result } = this;
    const { sayOwn: say, locale } = site;
    if (!this.#entry) return html`<p class="notice bad" role="alert"><span>${say('payProviderUnknown')}</span></p>`;
    return html`<form novalidate @submit=${onSubmit(() => { void this.#pay(); })}>
      <div id="card" class="stack"></div>
      ${this.standsBy === 'loading' ? html`<p class="small muted" role="status">${say('cardLoading')}</p>` : this.standsBy === 'away' ? html`<p class="notice bad" role="alert"><span>${say('cardAway')}</span></p>` : nothing}
      ${result?.status === 'refused' ? html`<p class="notice bad" role="alert"><span>${word(say, `refusal_${result.refusal ?? ''}`) || say('refusal_other')}</span></p>` : nothing}
      ${outcome(this.#acts, site, 'pay')}
      <div class="row">${button(this.#acts, site, { act: 'pay', label: saving ? say('saveCard') : say('payNow', { amount: money(begun.amount, locale) }), kind: 'primary' })}</div>
      <p class="small muted">${say('payMeans')}</p></form>
      ${begun.ways.includes('paypal') ? html`<div class="apart"><h3>PayPal</h3><p class="small">${say('wayPaypalHow')}</p>
        ${this.visit ? html`<p class="notice bad" role="alert"><span>${say(this.visit)}</span></p>` : nothing}${outcome(this.#acts, site, 'paypal')}
        <div>${button(this.#acts, site, { act: 'paypal', label: say('paypalDo'), press: this.#visitPayPal })}</div></div>` : nothing}
      ${begun.ways.includes('transfer') ? html`<div class="apart"><h3>${say('way_transfer')}</h3><p class="small">${say('wayTransferHow')}</p>${outcome(this.#acts, site, 'transfer')}
        <div>${button(this.#acts, site, { act: 'transfer', label: say('transferDo'), press: this.#askTransfer })}</div></div>` : nothing}`;
  }

  #transfer(begun: Begun, to: NonNullable<Begun['transfer']>) {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const grouped = to.iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
    return html`<div class="stack to"><h2 tabindex="-1" id="to">${say('transferTitle')}</h2><p class="notice"><span>${say('transferMeans')}</span></p>
      <dl><div><dt>${say('transferAmount')}</dt><dd>${money(begun.amount, locale)}</dd></div><div><dt>${say('transferHolder')}</dt><dd>${to.holder}</dd></div>
        <div><dt>${say('transferIban')}</dt><dd>${copyable(grouped, site)}</dd></div><div><dt>${say('transferBic')}</dt><dd>${to.bic}</dd></div>
        <div><dt>${say('transferReference')}</dt><dd>${copyable(to.reference, site)}</dd></div></dl>
      ${begun.provider === 'sandbox' ? html`<p class="small muted">${say('transferBench')}</p>` : nothing}
      <div class="row"><button type="button" class="primary" @click=${() => { this.dispatchEvent(new CustomEvent('flow-pay-closed', { bubbles: true, composed: true })); }}>${say('backToFile')}</button>
        <button type="button" class="plain" @click=${() => { [this.transfer, this.standsBy] = [null, 'loading']; }}>${say('transferOther')}</button></div></div>`;
  }

  async #begin(code?: string): Promise<void> {
    try {
      const begun = await this.#server().till.beginPayment.mutate({ bookingId: this.bookingId, ...(code && { code }) });
      this.#entry = await this.entries[begun.provider]?.(begun) ?? null;
      [this.begun, this.transfer] = [begun, begun.transfer];
    } catch (error) {
      // The bank has it already; only its message is still on the way.
      if (reasonOf(error) !== 'payment_done') throw error;
      this.#end({ status: 'captured' });
    }
  }

  async #pay(): Promise<void> {
    this.result = null;
    await this.#acts.run('pay', async () => {
      const result = await this.#entry?.confirm();
      if (result) this.#end(result);
    });
  }

  #end(result: Confirmed): void {
    this.result = result;
    if (result.status === 'refused') return;
    this.dispatchEvent(new CustomEvent('flow-paid', { bubbles: true, composed: true, detail: { status: result.status } }));
    void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>('#done')?.focus(); });
  }

  /** PayPal asks on a page of its own, which no frame may show; our server takes what was approved there, and says what became of it. */
  readonly #visitPayPal = (): void => {
    const popup = openBank();
    this.visit = popup ? '' : 'refusal_popup_blocked';
    if (!popup) return;
    let gone = false;
    void this.#acts.run('paypal', async () => {
      try {
        const { bookingId } = this;
        const { ref, page } = await this.#server().till.payByPayPal.mutate({ bookingId });
        gone = true;
        popup.go(new URL(page, location.href).href);
        await popup.left;
        const { status } = await this.#server().till.completePayPal.mutate({ bookingId, ref });
        if (status === 'captured' || status === 'processing') this.#end({ status });
        else this.visit = status === 'refused' ? 'paypalRefused' : 'paypalWaiting';
      } finally {
        // After PayPal has led back, its window closes itself.
        if (!gone) popup.close();
      }
    });
  };

  readonly #askTransfer = (): void => {
    void this.#acts.run('transfer', async () => { this.transfer = await this.#server().till.payByTransfer.mutate({ bookingId: this.bookingId }); })
      .then(() => this.updateComplete).then(() => { this.renderRoot.querySelector<HTMLElement>('#to')?.focus(); });
  };

  readonly #ask = (): void => {
    void this.#acts.run('ask', async () => { this.sentTo = (await this.#server().till.requestPayCode.mutate({ bookingId: this.bookingId })).sentTo; });
  };

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-pay': FlowPay }
}
