import { html, nothing, type TemplateResult } from 'lit';
import { day, instant, money, rate } from '../../core/format.ts';
import { openDocument } from '../../core/own.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import type { Contests, Desk, Mandate, Open, Waiting } from './model.ts';

/** What is to be paid by transfer: the clock of each invoice in words, and its reminders. */
export function open(all: Open, desk: Desk): TemplateResult {
  const { sayOwn: say } = desk.site;
  const late = all.filter((one) => one.late);
  const running = all.filter((one) => !one.late);
  return html`<section><h2>${say('openTitle')}</h2><p class="muted">${say('openHow')}</p>
    ${all.length === 0 ? html`<div class="empty"><h3>${say('openEmpty')}</h3><p>${say('openEmptyHow')}</p></div>` : nothing}
    ${late.map((one) => invoice(one, desk))}${running.map((one) => invoice(one, desk))}</section>`;
}

/** The invoices that the organisation has contested, each with how that stands; nothing where it contested none. */
export function contests(all: Contests, { site: { sayOwn: say, locale, timeZone } }: Desk): TemplateResult | typeof nothing {
  return all.length === 0 ? nothing : html`<section><h2>${say('contestsTitle')}</h2><p class="muted">${say('contestsHow')}</p>${all.map(({ invoiceId, bookingId, number, payer, total, status, reason, words, at, closedAt }) => html`<article aria-labelledby=${`contest-${invoiceId}`}>
    <div class="row between"><h3 id=${`contest-${invoiceId}`}>${number} · ${payer}</h3><strong>${money(total, locale)}</strong></div>
    <p class="row"><span class="tag ${status === 'open' ? 'warn' : ''}">${say(`contest_${status}`)}</span><span class="small muted">${instant(closedAt ?? at, locale, timeZone)}</span></p>
    <p>${reason}</p>${words ? html`<p>${say('contestAnswer', { words })}</p>` : nothing}<div class="row"><a href="/booking?id=${bookingId}">${say('openFile')}</a></div></article>`)}</section>`;
}

/** What the organisation owes us, with the same clock; nothing where it owes nothing. */
export function owing(all: Open, desk: Desk): TemplateResult | typeof nothing {
  const { sayOwn: say } = desk.site;
  return all.length === 0 ? nothing : html`<section><h2>${say('owingTitle')}</h2><p class="muted">${say('owingHow')}</p>${all.map((one) => invoice(one, desk, true))}</section>`;
}

function invoice(one: Open[number], desk: Desk, ours = false): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say, locale, timeZone } = site;
  const on = (iso: string): string => day(iso, locale);
  const act = `${ours ? 'file' : 'settle'}:${one.id}`;
  return html`<article aria-labelledby=${one.id}>
    <div class="row between"><h3 id=${one.id}>${ours ? one.number : `${one.number} · ${one.payer}`}</h3><strong>${money(one.due, locale)}</strong></div>
    ${one.paidDay ? html`<p class="row"><span class="tag now">${say('openPaidLate')}</span><span>${say('openPaidLateHow', { n: -one.days, day: on(one.paidDay) })}</span></p>` : html`<p class="row"><span class="tag ${one.late ? 'bad' : 'now'}">${say(one.late ? 'openLate' : 'openRunning')}</span>
      <span>${one.late ? say('openDaysLate', { n: -one.days, day: on(one.dueDay) }) : one.days === 0 ? say('openToday') : say('openDaysLeft', { n: one.days, day: on(one.dueDay) })}</span></p>`}
    ${one.late && one.fixed.minor > 0 ? html`<p class="small">${say('openInterest', { interest: money(one.interest, locale), rate: rate(one.rateBps, locale), fixed: money(one.fixed, locale) })}</p>` : nothing}
    ${one.steps.length > 0 && one.late ? html`<ul class="steps" aria-label=${say('dunSteps')}>${one.steps.map(({ step, day: planned, takenAt }) => html`<li class=${takenAt ? 'done' : ''}><strong class="small">${say(`dun_${step}`)}</strong>
        <span class="small muted">${takenAt ? say('dunSent', { day: instant(takenAt, locale, timeZone) }) : say('dunPlanned', { day: on(planned) })}</span></li>`)}</ul>` : nothing}
    ${outcome(acts, site, act)}
    <div class="row">${ours ? button(acts, site, { act, label: say('owingPdf'), press: () => { void acts.run(act, () => openDocument(one.fileId)); } }) : arrivals(one, desk)}<a href="/booking?id=${one.bookingId}">${say('openFile')}</a></div>
  </article>`;
}

/** The ways in which a transfer may have arrived: the invoice alone, with what its lateness costs, or that alone once the invoice is paid. */
function arrivals({ id, paidDay, late, fixed }: Open[number], desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say } = site;
  const act = `settle:${id}`;
  if (paidDay) return button(acts, site, { act, label: say('settleLateDo'), press: () => { void desk.does(act, (server) => server.billing.settleLate.mutate({ id })); } });
  return html`${button(acts, site, { act, label: say('settleDo'), press: () => { void desk.does(act, (server) => server.billing.settle.mutate({ id })); } })}
    ${late && fixed.minor > 0 ? button(acts, site, { act, label: say('settleAllDo'), kind: 'plain', press: () => { void desk.does(act, (server) => server.billing.settle.mutate({ id, withLate: true })); } }) : nothing}`;
}

/** The mandate by which we write the organisation's invoices: to be accepted once, then to be read; and what waits for it. */
export function mandate({ mandate: { paragraphs, acceptedAt, signedBy }, waiting }: { readonly mandate: Mandate; readonly waiting: Waiting }, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say, locale, timeZone } = site;
  return html`<section><h2>${say('mandateTitle')}</h2>
    <p class=${acceptedAt ? 'notice good' : 'notice warn'}><span>${acceptedAt ? say('mandateGiven', { at: instant(acceptedAt, locale, timeZone), name: signedBy }) : say('mandateHow')}</span></p>
    <details ?open=${!acceptedAt}><summary>${say('mandateRead')}</summary><div class="stack small-gap" lang="fr">${paragraphs.map((text) => html`<p class="small">${text}</p>`)}</div></details>
    ${acceptedAt ? html`<details><summary>${say('mandateOver')}</summary><div class="stack small-gap"><p class="small">${say('mandateOverHow')}</p>${outcome(acts, site, 'endMandate')}
      <div>${button(acts, site, { act: 'endMandate', label: say('mandateOverDo'), press: () => { void desk.does('endMandate', (server) => server.accounting.endMandate.mutate()); } })}</div></div></details>` : html`<form @submit=${onSubmit(({ signedBy: name = '' }) => { void desk.does('mandate', (server) => server.accounting.acceptMandate.mutate({ signedBy: name, agree: true })); })}>
      <div class="fields">${field({ label: say('mandateName') }, html`<input name="signedBy" required minlength="2" maxlength="120" autocomplete="name">`)}</div>
      <label class="check"><input type="checkbox" name="agree" required><span>${say('mandateAgree')}</span></label>
      ${outcome(acts, site, 'mandate')}<div>${button(acts, site, { act: 'mandate', label: say('mandateDo'), kind: 'primary' })}</div></form>`}
    ${waiting.length === 0 ? nothing : html`<h3>${say('waitingTitle')}</h3><p class="muted">${say('waitingHow')}</p>${waiting.map((one) => waits(one, desk, acceptedAt !== null))}`}</section>`;
}

/** Of a booking all that waits is issued by one press: a final invoice deducts its deposit's. */
function waits({ bookingId, cause, title, day: on, payer, amount }: Waiting[number], desk: Desk, given: boolean): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say, locale } = site;
  const act = `issue:${bookingId}`;
  return html`<article aria-labelledby="${bookingId}-${cause}">
    <div class="row between"><h4 id="${bookingId}-${cause}">${say(`waiting_${cause}`)} · ${payer}</h4><strong>${money(amount, locale)}</strong></div>
    <p class="small muted">${title}, ${day(on, locale)}</p>
    ${outcome(acts, site, act)}
    <div class="row">${given ? button(acts, site, { act, label: say('waitingDo'), kind: 'primary', press: () => { void desk.does(act, (server) => server.billing.issue.mutate({ bookingId })); } }) : nothing}<a href="/booking?id=${bookingId}">${say('openFile')}</a></div>
  </article>`;
}
