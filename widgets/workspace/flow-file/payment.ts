import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { credentials } from '../../core/api.ts';
import { day, instant, money, rate } from '../../core/format.ts';
import { joinPay } from '../../core/pay-frame.ts';
import type { Site } from '../../core/site.ts';
import { word } from '../../parts/desk.ts';
import { whole, whyMoved } from '../../parts/whole.ts';
import type { Account, BookingFile, Desk, Loaded, MoneyOf } from './model.ts';

/** What a contract leaves the booker, in words: how much, of what, why not more, and how far it has come. */
export function bookerWords({ name, capacity, bps, agreedBps, capSource, basis, commission, vat, state, paidAt }: NonNullable<MoneyOf['booker']>, { sayOwn: say, locale, timeZone }: Site): string {
  const all = money({ ...commission, minor: commission.minor + vat.minor }, locale);
  const figures = { name, rate: rate(bps, locale), basis: money(basis, locale), commission: money(commission, locale), vat: money(vat, locale), all };
  return [
    say(capacity === 'agent' ? 'bookerHasAgent' : 'bookerHas', figures), capSource ? say('bookerCapped', { agreed: rate(agreedBps, locale), source: capSource }) : '',
    say(`bookerHas_${state}`, { at: paidAt ? instant(paidAt, locale, timeZone) : '' }),
  ].filter(Boolean).join(' ');
}

/** The secured payment: what is due, held and released, and the frame in which the card is entered. */
export class PaymentDesk implements ReactiveController {
  readonly #desk: Desk;
  #joined: ReturnType<typeof joinPay> | undefined;
  #frame: Element | undefined;
  #open = false;
  #bookingId = '';

  constructor(desk: Desk) {
    this.#desk = desk;
    desk.addController(this);
  }

  hostDisconnected(): void { this.#close(); }

  /** Whether the frame is open: it stays until its reader leaves it, whatever the file says meanwhile. */
  get open(): boolean { return this.#open; }

  /** The frame in which the card is entered. */
  frame({ bookingId }: BookingFile): TemplateResult {
    this.#bookingId = bookingId;
    const { sayOwn: say } = this.#desk.site;
    const address = `/frame/pay${this.#desk.siteKey ? `?key=${encodeURIComponent(this.#desk.siteKey)}` : ''}`;
    return html`<section class="next yours" aria-labelledby="next"><h2 id="next" tabindex="-1">${say('payFrame')}</h2>
      <iframe class="pay" src=${address} title=${say('payFrame')} allow="payment" ${ref(this.#join)}></iframe>
      <p><button type="button" class="plain" @click=${() => { this.#close(); void this.#desk.reread(); }}>${say('close')}</button></p></section>`;
  }

  /** The act of paying: what it means, and the button that opens the frame. */
  pay(loaded: Loaded): TemplateResult {
    const { sayOwn: say, locale } = this.#desk.site;
    const { file, money: figures } = loaded;
    const due = figures?.payments.find(({ status }) => status === 'refused' || status === 'due');
    if (!due) return html``;
    const saving = file.next.act === 'save_card';
    return html`<p>${say(saving ? 'saveHow' : 'payHow', { amount: money(due.amount, locale), day: day(due.dueDay, locale) })}</p>
      ${due.status === 'refused' ? html`<p class="notice bad"><span>${word(say, `refusal_${due.refusal}`) || say('refusal_other')}</span></p>` : nothing}
      <div><button type="button" class="primary" @click=${() => { this.#open = true; this.#desk.requestUpdate(); }}>${saving ? say('saveCard') : say(`pay_${due.part}`, { amount: money(due.amount, locale) })}</button></div>
      <p class="small muted">${say('payMeans')}</p>`;
  }

  /** The figures: one line cut into what became of the whole, the table that says the same, and each payment with what it waits for. */
  line(figures: MoneyOf, account: Account | null): TemplateResult {
    const { sayOwn: say, locale, timeZone } = this.#desk.site;
    return html`
      ${account ? whole(account, this.#desk.site) : nothing}
      <ul class="lines figures">${figures.payments.map((payment) => html`<li>
        <span><strong>${say(`part_${payment.part}`)}</strong> <span class="small muted">${payment.capturedAt ? say('paidAt', { at: instant(payment.capturedAt, locale, timeZone) }) : say(payment.automatic ? 'chargedOn' : 'dueOn', { day: day(payment.dueDay, locale) })}</span></span>
        <span class="end"><strong>${money(payment.amount, locale)}</strong></span><span><span class="tag ${payment.status === 'captured' ? 'good' : payment.status === 'refused' || payment.status === 'lapsed' ? 'bad' : ''}">${word(say, `payment_${payment.status}`)}</span></span></li>`)}
        ${figures.payout ? html`<li><span><strong>${say('payout')}</strong> <span class="small muted">${figures.payout.paidAt ? say('paidAt', { at: instant(figures.payout.paidAt, locale, timeZone) }) : nothing}</span></span>
          <span class="end"><strong>${money(figures.payout.amount, locale)}</strong></span><span><span class="tag ${figures.payout.status === 'paid' ? 'good' : figures.payout.status === 'failed' ? 'bad' : ''}">${word(say, `payout_${figures.payout.status}`)}</span></span></li>` : nothing}
        ${account?.movements.filter(({ kind }) => kind === 'refund').map((movement) => html`<li><span><strong>${say('transfer_refund')}</strong> <span class="small muted">${instant(movement.at, locale, timeZone)} · ${whyMoved(movement, say)}</span></span>
          <span class="end"><strong>${money({ ...account.total, minor: movement.entries.reduce((all, { amount }) => all + Math.max(0, amount.minor), 0) }, locale)}</strong></span><span></span></li>`)}</ul>
      ${figures.booker ? html`<p class="small booker">${bookerWords(figures.booker, this.#desk.site)}</p>` : nothing}
      ${figures.mandate ? html`<p class="small muted">${say('savedCard', { label: figures.mandate.label })}</p>` : nothing}`;
  }

  /** One function for the frame's whole life: another one would be told that the frame had left. */
  readonly #join = (frame: Element | undefined): void => {
    if (frame === this.#frame) return;
    this.#joined?.leave();
    this.#frame = frame;
    // A template is filled before it stands in the page, and only there a frame has a window to speak to.
    if (frame instanceof HTMLIFrameElement) void this.#desk.updateComplete.then(() => { if (frame === this.#frame && frame.isConnected) this.#speak(frame); });
  };

  #speak(frame: HTMLIFrameElement): void {
    const { locale, theme } = this.#desk.site;
    const who = credentials('/trpc', '');
    this.#joined = joinPay(frame, {
      toPay: () => ({ bookingId: this.#bookingId, link: who['flow-link'] ?? '', org: who['flow-org'] ?? '', framed: this.#desk.framed, locale, theme }),
      paid: () => { void this.#desk.reread(); },
      closed: () => { this.#close(); void this.#desk.reread(); },
    });
    // A frame that never answers shows its own words; nothing here depends on it.
    this.#joined.other.catch(() => undefined);
  }

  #close(): void {
    this.#joined?.leave();
    this.#joined = undefined;
    this.#frame = undefined;
    this.#open = false;
    this.#desk.requestUpdate();
  }
}
