import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { minorOf, typedOf } from '../../core/amount.ts';
import { day, hour, instant, money } from '../../core/format.ts';
import { button, failure, field, onSubmit, outcome, word } from '../../parts/desk.ts';
import { may, nameOf, type BookingFile, type Desk, type Loaded, type Net, type Offer } from './model.ts';
import { netLine } from './net.ts';

const DAY_MS = 86_400_000;
/** For how many days an offer waits for its answer. */
const waits = [3, 7, 14, 30] as const;

type Open = '' | 'send' | 'counter' | 'decline' | 'decline_request' | 'hold';
const tones: Readonly<Record<string, string>> = { sent: 'now', accepted: 'good' };

/** The talk about the price: offers of both sides, and the forms that answer them. */
export class Offers implements ReactiveController {
  readonly #desk: Desk;
  #open: Open = '';
  /** What the price in the form would leave the artist; null while it is no price. */
  #preview: { readonly minor: number; readonly net: Net | null } | null = null;
  #asked = 0;
  #unread: unknown = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    desk.addController(this);
  }

  hostDisconnected(): void { this.#asked += 1; }

  /** The price that stands in the form, in minor units; 0 while there is none. */
  get price(): number { return this.#preview?.minor ?? 0; }

  /** What the reader does now: answer the request, or the offer that lies open. */
  answer({ file }: Loaded): TemplateResult {
    const offer = file.offers.find(({ status }) => status === 'sent');
    const { acts, site } = this.#desk;
    const { sayOwn: say } = site;
    if (this.#open === 'send' || this.#open === 'counter') return this.#terms(file, this.#open === 'counter' ? offer : undefined);
    if (this.#open === 'decline' && offer) return this.#decline(() => this.#desk.does('decline', (api) => api.booking.declineOffer.mutate({ id: offer.id, reason: this.#reason() })), 'decline');
    if (this.#open === 'decline_request') return this.#decline(() => this.#desk.does('decline', (api) => api.booking.declineRequest.mutate({ bookingId: file.bookingId, reason: this.#reason() })), 'decline_request');
    if (offer?.yours) {
      return html`${this.#card(file, offer)}
        ${may(file, 'offer.answer') ? html`${outcome(acts, site, 'accept')}
          <div class="row">${button(acts, site, { act: 'accept', label: say('acceptFor', { total: money(offer.net?.total ?? offer.price, site.locale) }), kind: 'primary', press: () => { void this.#desk.does('accept', (api) => api.booking.acceptOffer.mutate({ id: offer.id })); } })}
            <button type="button" ?disabled=${acts.busy !== ''} @click=${() => { this.#show('counter'); }}>${say('counter')}</button>
            <button type="button" class="plain" ?disabled=${acts.busy !== ''} @click=${() => { this.#show('decline'); }}>${say('decline')}</button></div>
          <p class="small muted">${say('acceptMeans')}</p>` : nothing}`;
    }
    if (offer) {
      return html`${this.#card(file, offer)}${may(file, 'offer.send') ? html`${outcome(acts, site, 'withdraw')}
        <div>${button(acts, site, { act: 'withdraw', label: say('withdraw'), press: () => { void this.#desk.does('withdraw', (api) => api.booking.withdrawOffer.mutate({ id: offer.id })); } })}</div>` : nothing}`;
    }
    if (!may(file, 'offer.send')) return html``;
    return html`${outcome(acts, site, 'hold')}
      <div class="row"><button type="button" class="primary" @click=${() => { this.#show('send'); }}>${say('makeOffer')}</button>
        ${this.#mayHold(file) ? button(acts, site, { act: 'hold', label: say('grantHold'), press: () => { this.#hold(file); } }) : nothing}
        ${may(file, 'request.decline') ? html`<button type="button" class="plain" @click=${() => { this.#show('decline_request'); }}>${say('declineRequest')}</button>` : nothing}</div>
      ${this.#mayHold(file) ? html`<p class="small muted">${say('holdMeans')}</p>` : nothing}`;
  }

  /** The offers that are answered or over, the newest first. */
  thread(offers: BookingFile['offers'], file: BookingFile): TemplateResult {
    return html`<ol class="thread">${[...offers].reverse().map((offer) => html`<li>${this.#card(file, offer)}</li>`)}</ol>`;
  }

  /** The holds that the artist granted. */
  holds(file: BookingFile): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say, locale, timeZone } = site;
    return html`
      ${file.holds.length === 0 ? html`<p class="muted">${say(file.side === 'artist' ? 'noHoldArtist' : 'noHoldBuyer')}</p>` : html`<ol class="lines">${file.holds.map((hold) => html`<li>
        <span><strong>${say('holdRank', { rank: hold.rank })}</strong> · ${day(hold.day, locale)}</span>
        <span class="small muted">${hold.status === 'live' ? say('holdUntil', { at: instant(hold.expiresAt, locale, timeZone) }) : word(say, `hold_${hold.status}`)}</span>
        ${hold.status === 'live' && may(file, 'hold.release') ? button(acts, site, { act: `release:${hold.id}`, label: say('releaseHold'), kind: 'plain', press: () => { void this.#desk.does(`release:${hold.id}`, (api) => api.calendar.releaseHold.mutate({ id: hold.id })); } }) : nothing}
        ${outcome(acts, site, `release:${hold.id}`)}</li>`)}</ol>`}
      ${this.#mayHold(file) ? html`${outcome(acts, site, 'hold')}<div>${button(acts, site, { act: 'hold', label: say('grantHold'), press: () => { this.#hold(file); } })}</div>` : nothing}`;
  }

  #mayHold = (file: BookingFile): boolean => may(file, 'hold.place') && !file.holds.some(({ status }) => status === 'live');

  #hold(file: BookingFile): void {
    void this.#desk.does('hold', (api) => api.calendar.placeHold.mutate({ bookingId: file.bookingId }));
  }

  #card(file: BookingFile, offer: Offer): TemplateResult {
    const { site } = this.#desk;
    const { sayOwn: say, locale, timeZone } = site;
    return html`<article class="offer">
      <div class="row between"><h3>${say('offerBy', { name: nameOf(file, offer.proposedBy) })}</h3><span class="tag ${tones[offer.status] ?? ''}">${word(say, `offerIs_${offer.status}`)}</span></div>
      <p class="price"><strong>${money(offer.price, locale)}</strong> <span class="muted">${say('beforeTax')}</span></p>
      <p>${day(offer.showDay, locale)}, ${hour(offer.startTime, locale)}${offer.status === 'sent' ? html` <span class="muted">· ${say('answerBefore', { at: instant(offer.expiresAt, locale, timeZone) })}</span>` : nothing}</p>
      ${offer.terms ? html`<p class="words">${offer.terms}</p>` : nothing}
      ${offer.reason ? html`<p>${say('reasonGiven', { reason: offer.reason })}</p>` : nothing}
      ${offer.status === 'sent' || offer.status === 'accepted' ? netLine(offer.net, site) : offer.net ? html`<p class="muted">${say('netPayout')}, <span class="num">${money(offer.net.payout, locale)}</span></p>` : nothing}
    </article>`;
  }

  #terms(file: BookingFile, countered: Offer | undefined): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say, locale } = site;
    const first = countered ?? { showDay: file.request.showDay, startTime: file.request.startTime, price: file.request.budget, terms: '' };
    return html`<form @submit=${onSubmit((values, form) => { void this.#send(file, countered, values, form); })}>
      <h3>${say(countered ? 'counterTitle' : 'offerTitle')}</h3>
      <div class="fields">
        ${field({ label: say('priceBeforeTax'), hint: say('priceHow') }, html`<input name="price" inputmode="decimal" autocomplete="off" required .value=${first.price.minor > 0 ? typedOf(first.price.minor, locale) : ''}
          @input=${(event: InputEvent) => { this.#reckon(file, event.currentTarget as HTMLInputElement); }}>`)}
        ${field({ label: say('waitFor') }, html`<select name="wait">${waits.map((n) => html`<option value=${n} ?selected=${n === 7}>${say('daysLong', { n })}</option>`)}</select>`)}
        ${field({ label: say('showDay') }, html`<input type="date" name="showDay" required .value=${first.showDay}>`)}
        ${field({ label: say('startTime') }, html`<input type="time" name="startTime" required .value=${first.startTime}>`)}
        ${field({ label: say('terms'), hint: say('termsHow'), wide: true }, html`<textarea name="terms" maxlength="4000" .value=${first.terms}></textarea>`)}
      </div>
      <div aria-live="polite">${this.#preview ? netLine(this.#preview.net, site) : this.#unread ? failure(site, this.#unread) : html`<p class="muted small">${say('netSoon')}</p>`}</div>
      ${outcome(acts, site, 'terms')}
      <div class="row">${button(acts, site, { act: 'terms', label: say(countered ? 'counterSend' : 'offerSend'), kind: 'primary' })}
        <button type="button" class="plain" @click=${() => { this.#show(''); }}>${say('cancel')}</button></div>
    </form>`;
  }

  #decline(send: () => Promise<boolean>, what: 'decline' | 'decline_request'): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say } = site;
    return html`<form @submit=${onSubmit(() => { void send().then((done) => { if (done) this.#show(''); }); })}>
      <h3>${say(`${what}_title`)}</h3><p>${say(`${what}_means`)}</p>
      ${field({ label: say('reason'), hint: say('reasonHow') }, html`<textarea name="reason" maxlength="600"></textarea>`)}
      ${outcome(acts, site, 'decline')}
      <div class="row">${button(acts, site, { act: 'decline', label: say(`${what}_do`), kind: 'danger' })}
        <button type="button" class="plain" @click=${() => { this.#show(''); }}>${say('cancel')}</button></div></form>`;
  }

  #reason = (): string => this.#desk.renderRoot.querySelector<HTMLTextAreaElement>('textarea[name=reason]')?.value.trim() ?? '';

  async #send(file: BookingFile, countered: Offer | undefined, values: Readonly<Record<string, string>>, form: HTMLFormElement): Promise<void> {
    const minor = minorOf(values['price'] ?? '');
    const input = form.querySelector<HTMLInputElement>('[name=price]');
    input?.setCustomValidity(minor ? '' : this.#desk.site.sayOwn('priceWrong'));
    if (!minor || !form.reportValidity()) return;
    const done = await this.#desk.does('terms', async (api) => {
      // Its time runs by the trade's clock, which development may have moved.
      const { now } = await api.identity.me.query();
      const terms = {
        showDay: values['showDay'] ?? '', startTime: values['startTime'] ?? '', terms: values['terms'] ?? '', price: { minor, currency: file.request.budget.currency },
        expiresAt: new Date(Date.parse(now) + Number(values['wait']) * DAY_MS).toISOString(),
      };
      await (countered ? api.booking.counterOffer.mutate({ id: countered.id, terms }) : api.booking.sendOffer.mutate({ bookingId: file.bookingId, terms }));
    });
    if (done) this.#show('');
  }

  #show(open: Open): void {
    this.#open = open;
    this.#preview = null;
    this.#desk.acts.clear();
    void this.#desk.updateComplete.then(() => {
      const first = this.#desk.renderRoot.querySelector<HTMLElement>('form input, form textarea');
      first?.focus();
      // The net of the price that the form begins with.
      if (open === 'send' || open === 'counter') first?.dispatchEvent(new InputEvent('input'));
    });
  }

  #reckon(file: BookingFile, input: HTMLInputElement): void {
    input.setCustomValidity('');
    const minor = minorOf(input.value);
    this.#asked += 1;
    const mine = this.#asked;
    this.#unread = null;
    if (!minor) { this.#preview = null; this.#desk.requestUpdate(); return; }
    setTimeout(() => {
      if (mine !== this.#asked) return;
      this.#desk.server().booking.net.query({ bookingId: file.bookingId, price: { minor, currency: file.request.budget.currency } }).then(
        (net) => { if (mine === this.#asked) this.#preview = { minor, net }; },
        (error: unknown) => { if (mine === this.#asked) { this.#preview = null; this.#unread = error; } },
      ).finally(() => { this.#desk.requestUpdate(); });
    }, 250);
  }
}
