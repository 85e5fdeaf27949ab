import type { inferRouterOutputs } from '@trpc/server';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf } from '../../core/api.ts';
import { instant, money, rate } from '../../core/format.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import { shares } from '../../parts/shares.ts';
import { may, nameOf, type Account, type BookingFile, type Desk } from './model.ts';

type Plan = inferRouterOutputs<AppRouter>['refunds']['simulate'];
type Cause = Plan['cause'];
type Cancellation = NonNullable<Account['cancellation']>;

/** Who cancels for a cause of its own; force majeure is open to both. */
const own = { artist: 'producer', buyer: 'organiser' } as const;
const other = { artist: 'buyer', buyer: 'artist' } as const;

/** Cancelling a booking: who would get what is shown first, to the cent; only what was shown is done. */
export class Cancelling implements ReactiveController {
  readonly #desk: Desk;
  #cause: Cause | null = null;
  #plan: Plan | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    desk.addController(this);
  }

  hostDisconnected(): void { [this.#cause, this.#plan] = [null, null]; }

  /** Force majeure that the other side pleads, and waits for the reader's word; or that the reader pleaded. Nothing otherwise. */
  asked(file: BookingFile, account: Account | null): TemplateResult | typeof nothing {
    const asked = account?.cancellation;
    if (asked?.status !== 'asked' || file.status !== 'contracted') return nothing;
    const { acts, site } = this.#desk;
    const { sayOwn: say } = site;
    if (asked.by === file.side) return html`<p class="notice warn"><span>${say('cancelWaits', { name: nameOf(file, other[file.side]) })}</span></p>`;
    return html`<section class="next yours" aria-labelledby="agree">
      <p class="small turn">${say('yourTurn')}</p>
      <h2 id="agree" tabindex="-1">${say('cancelAsked', { name: nameOf(file, asked.by) })}</h2>
      <blockquote class="words">${asked.reason}</blockquote><p>${say('cancelAskedHow')}</p>
      ${!may(file, 'booking.cancel') ? html`<p class="notice warn"><span>${say('roleOther')}</span></p>` : this.#plan?.cause === 'force_majeure'
        ? html`${this.#what(this.#plan)}${outcome(acts, site, 'cancel')}
          <div>${button(acts, site, { act: 'cancel', label: say('cancelAgree'), kind: 'danger', press: () => { void this.#do(file, asked.reason); } })}</div><p class="small muted">${say('cancelMeans')}</p>`
        : html`${outcome(acts, site, 'simulate')}<div>${button(acts, site, { act: 'simulate', label: say('cancelSimulate'), press: () => { void this.#simulate(file, 'force_majeure'); } })}</div>`}
    </section>`;
  }

  /** Behind a line that opens, since most bookings are played. */
  ask(file: BookingFile, account: Account | null): TemplateResult | typeof nothing {
    const asked = account?.cancellation;
    if (!may(file, 'booking.cancel') || (asked?.status === 'asked' && asked.by !== file.side)) return nothing;
    const { acts, site } = this.#desk;
    const { sayOwn: say } = site;
    const figures = { name: nameOf(file, other[file.side]) };
    const causes: readonly Cause[] = asked?.status === 'asked' ? [own[file.side]] : [own[file.side], 'force_majeure'];
    return html`<details class="cancel"><summary>${say('cancelAsk')}</summary><div class="stack">
      <form @submit=${onSubmit(({ cause }) => { void this.#simulate(file, cause as Cause); })} @change=${() => { this.#plan = null; this.#desk.requestUpdate(); }}>
        <fieldset><legend>${say('cancelWhy')}</legend>${causes.map((cause) => html`<label class="check"><input type="radio" name="cause" value=${cause} required ?checked=${this.#cause === cause}>
          <span><strong>${say(`cause_${cause}`)}</strong><br><span class="small muted">${say(`cause_${cause}_how`, figures)}</span></span></label>`)}</fieldset>
        ${outcome(acts, site, 'simulate')}
        <div>${button(acts, site, { act: 'simulate', label: say('cancelSimulate') })}</div></form>
      ${this.#plan ? html`<form @submit=${onSubmit(({ reason = '' }) => { void this.#do(file, reason); })}>
        ${this.#what(this.#plan)}
        ${field({ label: say('cancelReason') }, html`<textarea name="reason" required maxlength="600"></textarea>`)}
        ${outcome(acts, site, 'cancel')}
        <div>${button(acts, site, { act: 'cancel', label: this.#plan.cause === 'force_majeure' ? say('cancelAskDo', figures) : say('cancelDo'), kind: 'danger' })}</div>
        <p class="small muted">${this.#plan.cause === 'force_majeure' ? say('cancelAskMeans', figures) : say('cancelMeans')}</p></form>` : nothing}</div></details>`;
  }

  /** What a cancellation gave to whom, as both sides read it. */
  done(file: BookingFile, { underWay }: Account, { by, cause, reason, status, doneAt, daysBefore, rateBps, indemnity, kept, owed, refund }: Cancellation): TemplateResult {
    const { site } = this.#desk;
    const { sayOwn: say, locale, timeZone } = site;
    return html`${status === 'waiting' ? html`<p class="notice"><span>${underWay.minor > 0 ? say('cancelSettles', { amount: money(underWay, locale) }) : say('cancelSettlesBank')}</span></p>` : nothing}
      <p><strong>${say(`cause_${cause}`)}</strong> <span class="muted">· ${nameOf(file, by)}${doneAt ? html` · ${say('cancelDone', { at: instant(doneAt, locale, timeZone) })}` : nothing}</span></p>
      <blockquote class="words">${reason}</blockquote>
      ${indemnity.minor > 0 ? html`<p>${say('cancelDays', { n: daysBefore, rate: rate(rateBps, locale) })}</p>` : nothing}
      ${kept.minor + refund.minor + owed.minor === 0 ? html`<p class="muted">${say('cancelNothing')}</p>`
        : shares([{ label: say('shareRefund'), amount: refund }, { label: say('shareIndemnity'), amount: kept }, { label: say('shareOwed'), amount: owed }], site)}`;
  }

  #what({ daysBefore, rateBps, held, underWay, otherwise, kept, owed, refund, commission, commissionVat, booker, payout, indemnity, providerPrice }: Plan): TemplateResult {
    const { site } = this.#desk;
    const { sayOwn: say, locale } = site;
    return html`<div class="plan" role="status">
      ${indemnity.minor > 0 ? html`<p>${say('cancelDays', { n: daysBefore, rate: rate(rateBps, locale) })}</p>` : nothing}
      ${otherwise ? html`<p class="notice"><span>${say('bankWaits', { amount: money(underWay, locale) })}</span></p>
        ${shares([{ label: say('shareHeld'), amount: held }, { label: say('shareUnderWay'), amount: underWay }], site)}<h3>${say('bankComes')}</h3>` : nothing}
      ${held.minor + underWay.minor + owed.minor === 0 ? html`<p>${say('cancelNothing')}</p>` : shares([
        ...(otherwise ? [] : [{ label: say('shareHeld'), amount: held }]), { label: say('shareRefund'), amount: refund }, { label: say('shareIndemnity'), amount: kept },
        { label: say('shareCommission'), amount: commission, part: true }, { label: say('shareCommissionVat'), amount: commissionVat, part: true }, ...(booker.minor > 0 ? [{ label: say('shareBooker'), amount: booker, part: true }] : []), { label: say('sharePayout'), amount: payout }, { label: say('shareOwed'), amount: owed },
      ], site)}
      ${otherwise ? html`<h3>${say('bankFails')}</h3>${shares([{ label: say('shareRefund'), amount: otherwise.refund }, { label: say('shareIndemnity'), amount: otherwise.kept }, { label: say('shareOwed'), amount: otherwise.owed }], site)}` : nothing}
      ${providerPrice ? html`<p class="small muted">${say('cancelProviderPrice', { amount: money(providerPrice, locale) })}</p>` : nothing}</div>`;
  }

  async #simulate({ bookingId }: BookingFile, cause: Cause): Promise<void> {
    this.#cause = cause;
    await this.#desk.acts.run('simulate', async () => { this.#plan = await this.#desk.server().refunds.simulate.query({ bookingId, cause }); });
  }

  async #do(file: BookingFile, reason: string): Promise<void> {
    const plan = this.#plan;
    if (!plan) return;
    const { bookingId } = file;
    const seen = { kept: plan.kept.minor, owed: plan.owed.minor, refund: plan.refund.minor };
    const done = await this.#desk.does('cancel', (api) => api.refunds.cancel.mutate({ bookingId, cause: plan.cause, reason, seen }));
    if (done) [this.#plan, this.#cause] = [null, null];
    // The figures that were refused are no longer shown as if they held.
    else if (reasonOf(this.#desk.acts.errorOf('cancel')) === 'cancellation_changed') this.#plan = await this.#desk.server().refunds.simulate.query({ bookingId, cause: plan.cause }).catch(() => null);
    this.#desk.requestUpdate();
  }
}

/** Whether a cancellation stands, settled or not, and there is something to read of it. */
export const isCancelled = (account: Account | null): { readonly account: Account; readonly cancellation: Cancellation } | null =>
  (account?.cancellation && account.cancellation.status !== 'asked' ? { account, cancellation: account.cancellation } : null);

