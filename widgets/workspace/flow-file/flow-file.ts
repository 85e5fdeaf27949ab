import { consume } from '@lit/context';
import { Task, TaskStatus } from '@lit/task';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf, type Api as Connect } from '../../core/api.ts';
import { follow } from '../../core/follow.ts';
import { day, instant } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { disputeStyles } from '../../parts/dispute.ts';
import { sharesStyles } from '../../parts/shares.ts';
import { wholeStyles } from '../../parts/whole.ts';
import { Cancelling, isCancelled } from './cancelling.ts';
import { contestedAtBank, dispute } from './disputing.ts';
import { head, request, steps, stepsLine, timeline } from './head.ts';
import { load, may, nameOf, type Api, type Desk, type Loaded } from './model.ts';
import { Offers } from './offers.ts';
import { contract, invoices, order, party, quote, renewal, Signature, waiting } from './papers.ts';
import { PaymentDesk, bookerWords } from './payment.ts';
import { score } from './score.ts';
import { styles } from './flow-file.styles.ts';

/** What an act of `next` needs among the acts that the reader may do. */
const needs: Readonly<Record<string, string>> = {
  answer_request: 'offer.send', answer_offer: 'offer.answer', complete_party: 'party.edit', order_purchase: 'purchase.order', sign: 'contract.sign', pay: 'payment.pay', save_card: 'payment.pay', confirm_show: 'show.confirm', issue_invoice: 'invoice.issue',
};

/**
 * The whole file of a booking, as the reader's side sees it: what is next and who acts, the offers, the contract, the payment, the papers.
 * Follows live what happens. Opening it only shows; buttons act.
 *
 * @fires flow-file-changed - The reader did something. `detail: { bookingId: string; act: string }`.
 */
export class FlowFile extends LitElement implements Desk {
  static override styles = [...desk, wholeStyles, sharesStyles, disputeStyles, styles];

  /** The booking, `bkg_…`; the one of the link that opened the page when absent. */
  @property({ attribute: 'booking-id' }) bookingId = '';
  /** Inside a partner's page: paying asks for a code. */
  @property({ type: Boolean }) framed = false;
  /** The partner's key, which the pay frame needs to stand in the partner's page. */
  @property({ attribute: 'site-key' }) siteKey = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Connect;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private loaded: Loaded | null = null;
  /** Whether news arrive by themselves. */
  @state() private deaf = false;
  /** Whether the holder of a link has the accounts open: they are not read before. */
  @state() private accounts = false;

  readonly acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.reread());
  readonly #offers = new Offers(this);
  readonly #signature = new Signature(this);
  readonly #payment = new PaymentDesk(this);
  readonly #cancelling = new Cancelling(this);
  #unfollow: () => void = () => undefined;
  #following = '';

  readonly #load = new Task(this, {
    args: () => [this.server(), this.bookingId] as const,
    task: ([api, id]) => load(api, id),
    onComplete: (loaded) => { this.loaded = loaded; this.#presence.arrived(); this.#listen(loaded); },
    onError: this.#presence.failed,
  });

  readonly server = (): Api => (this.api ?? this.site.api)<AppRouter>('/trpc');
  readonly reread = (): Promise<unknown> => this.#load.run();
  readonly does = async (act: string, work: (api: Api) => Promise<unknown>): Promise<boolean> => {
    const done = await this.acts.run(act, () => work(this.server()));
    if (done) {
      this.dispatchEvent(new CustomEvent('flow-file-changed', { bubbles: true, composed: true, detail: { bookingId: this.loaded?.file.bookingId ?? '', act } }));
      this.#showNext = true;
    }
    // What was refused may have been overtaken by the other side: the file says how it stands now.
    await this.reread();
    return done;
  };

  #showNext = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.loaded) this.#listen(this.loaded);
  }

  override disconnectedCallback(): void {
    this.#unfollow();
    this.#following = '';
    super.disconnectedCallback();
  }

  override updated(): void {
    if (!this.#showNext || this.#load.status !== TaskStatus.COMPLETE) return;
    this.#showNext = false;
    this.renderRoot.querySelector<HTMLElement>('#next')?.focus();
  }

  override render() {
    const states = this.#presence.states(120, 160, 240);
    const { loaded } = this;
    return this.#presence.stand(loaded ? html`${this.#load.render({ error: states.error })}${this.#file(loaded)}` : this.#load.render({ ...states, complete: (found) => this.#file(found) }));
  }

  #file(loaded: Loaded): TemplateResult {
    const { file } = loaded;
    const { sayOwn: say } = this.site;
    // The one that waits for its answer stands above, with what is next.
    const past = file.offers.filter(({ status }) => status !== 'sent');
    const cancelled = isCancelled(loaded.account);
    const waits = may(file, 'invoice.issue') && file.next.act !== 'issue_invoice';
    const talking = file.status === 'requested' || file.status === 'negotiating';
    const part = (name: string, title: string, content: unknown, open = true): TemplateResult =>
      open
      ? html`<section aria-labelledby=${name}><h2 id=${name}>${title}</h2>${content}</section>`
      : html`<section aria-labelledby=${name}><details><summary><h2 id=${name}>${title}</h2></summary><div class="stack">${content}</div></details></section>`;
    return html`
      ${head(file, this.site)}
      ${loaded.partial ? html`<p class="notice warn"><span>${say('filePartial')} <button type="button" class="plain" @click=${this.reread}>${say('retry')}</button></span></p>` : nothing}
      ${this.deaf ? html`<p class="notice warn"><span>${say('fileDeaf')} <button type="button" class="plain" @click=${() => { this.deaf = false; void this.reread(); }}>${say('refresh')}</button></span></p>` : nothing}
      ${stepsLine(file, this.site)}
      <div class="columns">
        <div class="main">
          ${this.#cancelling.asked(file, loaded.account)}
          ${this.#next(loaded)}
          ${talking ? part('market', say('marketTitle'), html`<flow-market booking-id=${file.bookingId} .price=${this.#offers.price} .api=${this.api}></flow-market>`) : nothing}
          ${file.show?.playedAt && !file.show.contestedBy ? part('reviews', say('reviewsTitle'), html`<flow-reviews booking-id=${file.bookingId} name=${nameOf(file, file.side === 'artist' ? 'buyer' : 'artist')} .linked=${loaded.me.link !== null} .news=${file.timeline.length} .api=${this.api}></flow-reviews>`) : nothing}
          ${cancelled ? part('cancelled', say('cancelTitle'), this.#cancelling.done(file, cancelled.account, cancelled.cancellation)) : nothing}
          ${loaded.contested.length > 0 ? part('contested', say('bankOwnTitle'), contestedAtBank(loaded.contested, file, this), true) : nothing}
          ${loaded.dispute ? part('dispute', say('disputeTitle'), dispute(loaded.dispute, file, this), loaded.dispute.status !== 'withdrawn') : nothing}
          ${loaded.contract ? part('contract', say('contractTitle'), html`${this.#signature.signers(loaded)}${contract(loaded.contract, this)}`) : nothing}
          ${loaded.purchase && file.next.act !== 'order_purchase' ? part('purchase', say('purchaseTitle'), quote(loaded.purchase, this)) : nothing}
          ${loaded.money && loaded.money.path === 'secured' ? part('money', say('moneyTitle'), html`${this.#payment.line(loaded.money, loaded.account)}${this.#accounts(loaded)}`) : loaded.money?.booker ? part('money', say('moneyTitle'), html`<p class="small booker">${bookerWords(loaded.money.booker, this.site)}</p>`) : nothing}
          ${loaded.invoices.length > 0 || waits ? part('invoices', say('invoicesTitle'), html`${waits ? waiting(loaded, this) : nothing}${loaded.invoices.length > 0 ? invoices(loaded, this) : nothing}`) : nothing}
          ${past.length > 0 ? part('offers', say('offersTitle'), this.#offers.thread(past, file), talking || !loaded.contract) : nothing}
          ${file.side === 'artist' && !loaded.me.link ? part('score', say('scoreTitle'), score(loaded.score, this.site), talking) : nothing}
          ${talking && (file.holds.length > 0 || may(file, 'hold.place')) ? part('holds', say('holdsTitle'), this.#offers.holds(file)) : nothing}
          ${file.status === 'agreed' && may(file, 'party.edit') && file.next.act !== 'complete_party' ? part('party', say('partyTitle'), party(loaded, this), false) : nothing}
          ${part('request', say('requestTitle'), request(file, this.site), talking)}
          ${may(file, 'link.revoke') && !loaded.me.link ? this.#links(file) : nothing}
          ${this.#cancelling.ask(file, loaded.account)}
        </div>
        <aside><div class="list">${steps(file, this.site)}</div>
          <section aria-labelledby="timeline"><h2 id="timeline">${say('timelineTitle')}</h2>${timeline(file, this.site)}</section></aside>
      </div>`;
  }

  /** Every entry and the proofs: a page of its own for whoever is signed in, and here for whoever holds a link. Its element is the page's to define. */
  #accounts({ file: { bookingId, may: acts }, me, account }: Loaded): TemplateResult | typeof nothing {
    if (!account) return nothing;
    const { sayOwn: say } = this.site;
    if (!me.link) return acts.includes('ledger.read') ? html`<p><a href="/ledger?id=${bookingId}">${say('ledgerLink')}</a></p>` : nothing;
    return html`<details class="accounts" @toggle=${(event: Event) => { this.accounts = (event.currentTarget as HTMLDetailsElement).open; }}><summary>${say('ledgerLink')}</summary>
      ${this.accounts ? html`<flow-ledger inside booking-id=${bookingId} .api=${this.api}></flow-ledger>` : nothing}</details>`;
  }

  /** Behind a line that opens, so that nothing is revoked by one press. */
  #links({ bookingId }: Loaded['file']): TemplateResult {
    const { acts, site } = this;
    const { sayOwn: say } = site;
    return html`<details class="links"><summary>${say('linksAsk')}</summary>
      <div class="stack"><p>${say('linksMeans')}</p>${outcome(acts, site, 'links')}${success(acts, 'links', say('linksDone'))}
        <div>${button(acts, site, { act: 'links', label: say('linksDo'), press: () => { void this.does('links', (api) => api.dossier.revokeLinks.mutate({ bookingId })); } })}</div></div></details>`;
  }

  #next(loaded: Loaded): TemplateResult {
    const { file, me } = loaded;
    if (this.#payment.open) return this.#payment.frame(file);
    const { act, by, until } = file.next;
    const { sayOwn: say, locale, timeZone } = this.site;
    const yours = by === file.side;
    const figures = { name: nameOf(file, file.side === 'artist' ? 'buyer' : 'artist'), day: file.show ? day(file.show.day, locale) : '' };
    const able = !needs[act] || may(file, needs[act]);
    if (act === 'confirm_show' && file.show?.contestedBy) return this.#contested(loaded, { yours, able });
    const ended = loaded.dispute?.status === 'decided' ? 'decided' : file.status;
    const title = act === 'nothing' ? word(say, `ended_${ended}`) : act === 'wait' ? say(`wait_${file.status === 'agreed' ? 'agreed' : file.status === 'played' ? 'played' : 'show'}`, figures) : word(say, `${yours ? 'next' : 'other'}_${act}`, figures);
    const how = act === 'nothing' ? word(say, `ended_${ended}_how`, figures) : act === 'wait' ? word(say, `wait_${file.status === 'agreed' ? 'agreed' : file.status === 'played' ? 'played' : 'show'}_how`, figures) : yours ? word(say, `next_${act}_how`, figures) : '';
    return html`<section class="next ${yours ? 'yours' : ''}" aria-labelledby="next">
      <p class="small ${yours ? 'turn' : 'muted'}">${yours ? say('yourTurn') : by ? say('theirTurn', figures) : say('nextTitle')}</p>
      <h2 id="next" tabindex="-1">${title}</h2>
      ${until ? html`<p class="small muted">${say('beforeInstant', { at: act === 'answer_offer' ? instant(until, locale, timeZone) : day(until, locale) })}</p>` : nothing}
      ${how ? html`<p>${how}</p>` : nothing}
      ${yours && !able ? html`<p class="notice warn"><span>${say(me.link ? 'linkOther' : 'roleOther')}</span></p>` : this.#do(loaded, yours)}
      ${this.#contest(file)}
    </section>`;
  }

  /** A show that a side contests: whose words they are, what is safe, and what would end it. */
  #contested(loaded: Loaded, { yours, able }: { yours: boolean; able: boolean }): TemplateResult {
    const { file, me } = loaded;
    const { sayOwn: say, locale, timeZone } = this.site;
    const own = file.show?.contestedBy === file.side;
    const figures = { name: nameOf(file, file.show?.contestedBy ?? file.side) };
    return html`<section class="next ${yours ? 'yours' : ''}" aria-labelledby="next">
      <p class="small ${yours ? 'turn' : 'muted'}">${yours ? say('yourTurn') : say('theirTurn', figures)}</p>
      <h2 id="next" tabindex="-1">${say(own ? 'next_contested' : 'other_contested', figures)}</h2>
      <blockquote class="words">${file.show?.contest}</blockquote>
      ${file.show?.contestedAt ? html`<p class="small muted">${say('contestSince', { at: instant(file.show.contestedAt, locale, timeZone) })}</p>` : nothing}
      <p>${say(own ? 'next_contested_how' : 'other_contested_how', figures)}</p>
      ${yours && !able ? html`<p class="notice warn"><span>${say(me.link ? 'linkOther' : 'roleOther')}</span></p>` : this.#do(loaded, yours)}
      ${this.#contest(file)}
    </section>`;
  }

  /** Behind a quiet line, since most shows are played: what it means comes before the words. */
  #contest({ bookingId, show, side, may: acts }: Loaded['file']): TemplateResult | typeof nothing {
    if (!acts.includes('show.contest')) return nothing;
    const { sayOwn: say } = this.site;
    return html`<details class="contest"><summary>${say(show?.contestedBy === side ? 'contestAgain' : 'contestAsk')}</summary>
      <form @submit=${onSubmit(({ reason = '' }) => { void this.does('contest', (api) => api.booking.contestShow.mutate({ bookingId, reason })); })}>
        <p>${say('contestMeans')}</p>
        ${field({ label: say('contestReason'), hint: say('contestReasonHow') }, html`<textarea name="reason" required maxlength="600" .value=${show?.contestedBy === side ? show.contest : ''}></textarea>`)}
        ${outcome(this.acts, this.site, 'contest')}
        <div>${button(this.acts, this.site, { act: 'contest', label: say('contestDo'), kind: 'danger' })}</div></form></details>`;
  }

  #do(loaded: Loaded, yours: boolean): unknown {
    const { file } = loaded;
    const { acts, site } = this;
    switch (file.next.act) {
      case 'answer_request': return this.#offers.answer(loaded);
      case 'answer_offer': return this.#offers.answer(loaded);
      case 'complete_party': return yours ? party(loaded, this) : nothing;
      case 'order_purchase': return yours ? order(loaded, this) : loaded.purchase ? renewal(loaded, loaded.purchase, this) : nothing;
      case 'sign': return yours ? this.#signature.sign(loaded) : nothing;
      case 'pay': case 'save_card': return yours ? this.#payment.pay(loaded) : nothing;
      case 'confirm_show': return yours ? html`${outcome(acts, site, 'confirm')}
        <div>${button(acts, site, { act: 'confirm', label: site.sayOwn('confirmShow'), kind: 'primary', press: () => { void this.does('confirm', (api) => api.booking.confirmPlayed.mutate({ bookingId: file.bookingId })); } })}</div>` : nothing;
      case 'issue_invoice': return yours ? waiting(loaded, this) : nothing;
      // What takes an invoice back stands with all of them, below.
      case 'settle_invoice': return invoices({ ...loaded, file: { ...file, may: file.may.filter((act) => act !== 'invoice.credit') }, invoices: loaded.invoices.filter(({ kind }) => kind === 'final') }, this);
      case 'wait': case 'nothing': return nothing;
    }
  }

  /** Follows the booking from what this reading showed. */
  #listen({ file }: Loaded): void {
    if (this.#following === file.bookingId || !this.isConnected) return;
    this.#unfollow();
    this.#following = file.bookingId;
    const known = String(file.timeline.at(-1)?.seq ?? 0);
    this.#unfollow = follow(
      async (last, heard) => {
        const client = this.api ? this.server() : await this.site.live<AppRouter>('/trpc');
        return client.dossier.follow.subscribe({ bookingId: file.bookingId, lastEventId: last ?? known }, heard as never);
      },
      () => { void this.reread(); },
      // A stream that is refused leaves the file readable: it says that it no longer hears.
      (error) => { if (reasonOf(error) !== 'signed_out') this.deaf = true; },
    );
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-file': FlowFile }
}
