import { html, nothing, type TemplateResult } from 'lit';
import { instant, money } from '../../core/format.ts';
import { upload } from '../../core/own.ts';
import { button, field, outcome, success } from '../../parts/desk.ts';
import { evidence, type Contested, type Dispute } from '../../parts/dispute.ts';
import { shares } from '../../parts/shares.ts';
import { may, nameOf, type BookingFile, type Desk } from './model.ts';

const tones = { open: 'now', decided: 'good', withdrawn: '' } as const;
const words = { open: 'disputeOpen', decided: 'disputeDecided', withdrawn: 'disputeWithdrawn' } as const;

/** A dispute as both sides read it: what is frozen, what each said and showed, and how it was decided. */
export function dispute(found: Dispute, file: BookingFile, desk: Desk): TemplateResult {
  const { site } = desk;
  const { sayOwn: say, locale, timeZone } = site;
  const { status, openedBy, openedAt, decidedAt, decision, held, underWay, release, refund } = found;
  const waits = status === 'open' && decidedAt !== null;
  return html`
    <p><span class="tag ${tones[waits ? 'decided' : status]}">${say(words[waits ? 'decided' : status])}</span> <span class="small muted">${say('disputeSince', { name: nameOf(file, openedBy), at: instant(openedAt, locale, timeZone) })}</span></p>
    ${status === 'open' ? html`<p class="notice warn frozen"><span>${say('moneyFrozen', { amount: money(held, locale) })}</span></p>${waits ? html`<p class="notice"><span>${say('disputeSettles', { amount: money(underWay, locale) })}</span></p>` : html`<p>${say('disputeHow')}</p>`}` : nothing}
    ${status === 'withdrawn' ? html`<p>${say('disputeTaken')}</p>` : nothing}
    ${decidedAt ? html`<div class="decision stack"><p class="small muted">${say('disputeDecidedOn', { at: instant(decidedAt, locale, timeZone) })}</p><blockquote class="words">${decision}</blockquote>
      ${shares([{ label: say('shareRelease'), amount: release }, { label: say('shareRefund'), amount: refund }], site)}</div>` : nothing}
    <h3>${say('shownTitle')}</h3>${evidence(found, desk, (side) => nameOf(file, side))}
    ${may(file, 'dispute.argue') && status === 'open' && !waits ? argue(file, desk) : nothing}`;
}

/** What a bank contests, as its producer reads it: what is asked of them, until when, and how it ended. */
export function contestedAtBank(contested: readonly Contested[], file: BookingFile, desk: Desk): TemplateResult {
  const { site } = desk;
  const { sayOwn: say, locale, timeZone } = site;
  const words = { answered: 'bankOwnAnswered', accepted: 'bankOwnLost', won: 'bankOwnWon', lost: 'bankOwnLost' } as const;
  const waits = contested.some(({ status, late }) => status === 'asked' && !late);
  return html`${contested.map(({ status, late, amount: of, answerBy, pieces }) => {
    const amount = money(of, locale);
    const said = status !== 'asked' ? say(words[status], { amount }) : late ? say('bankLate') : say('bankOwnAsked', { name: nameOf(file, 'buyer'), amount, at: answerBy ? instant(answerBy, locale, timeZone) : '…' });
    return html`<p class="notice ${status === 'asked' ? 'warn' : ''}"><span>${said}</span></p>
      ${pieces.length > 0 ? evidence({ evidence: pieces.map((piece) => ({ ...piece, side: 'artist' as const })) }, desk, (side) => nameOf(file, side)) : nothing}`;
  })}${waits ? argue(file, desk) : nothing}`;
}

/** Words, a file, or both. */
function argue({ bookingId }: BookingFile, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say } = site;
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const typed = form.elements.namedItem('text') as HTMLTextAreaElement;
    const file = (form.elements.namedItem('file') as HTMLInputElement).files?.[0];
    const text = typed.value.trim();
    typed.setCustomValidity(text || file ? '' : say('shownEmpty'));
    if (!form.reportValidity()) return;
    if (await desk.does('argue', (api) => (file ? upload('/evidence', { bookingId, text, file }, () => undefined) : api.disputes.argue.mutate({ bookingId, text })))) form.reset();
  };
  return html`<form class="argue" novalidate @submit=${(event: SubmitEvent) => { void send(event); }} @input=${(event: Event) => { (event.currentTarget as HTMLFormElement).querySelector('textarea')?.setCustomValidity(''); }}>
    ${field({ label: say('shownText'), hint: say('shownTextHow') }, html`<textarea name="text" maxlength="4000"></textarea>`)}
    ${field({ label: say('shownFile'), hint: say('shownFileHow'), optional: say('optional') }, html`<input type="file" name="file" accept="image/jpeg,image/png,image/webp,application/pdf">`)}
    ${outcome(acts, site, 'argue')}${success(acts, 'argue', say('shownDone'))}
    <div>${button(acts, site, { act: 'argue', label: say('shownDo') })}</div></form>`;
}
