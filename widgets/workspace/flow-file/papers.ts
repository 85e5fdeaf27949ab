import { html, nothing, type TemplateResult } from 'lit';
import { day, instant, money, rate } from '../../core/format.ts';
import { button, field, onSubmit, outcome, word } from '../../parts/desk.ts';
import { credits, crediting } from './credits.ts';
import { document, formats } from './documents.ts';
import { may, type Contests, type Contract, type Desk, type Invoice, type Loaded, type Purchase } from './model.ts';

/* The papers of a booking: who signs, the purchase order, the contract, the invoices. */

const parties = ['legalName', 'legalForm', 'siret', 'registration', 'vatNumber', 'address', 'postcode', 'city', 'representative', 'capacity'] as const;
const needed: readonly string[] = ['legalName', 'address', 'postcode', 'city', 'representative'];
const wide: readonly string[] = ['legalName', 'address'];
const fills: Readonly<Record<string, string>> = {
  legalName: 'organization', address: 'street-address', postcode: 'postal-code', city: 'address-level2', representative: 'name', capacity: 'organization-title',
};
const longest: Readonly<Record<string, number>> = { legalName: 160, legalForm: 80, registration: 30, vatNumber: 20, address: 200, postcode: 12, city: 100, representative: 120, capacity: 80 };

/** The legal identity of the reader's side, which the contract prints. What only the organisation's own page can say is pointed to. */
export function party({ file, me }: Loaded, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say } = site;
  const elsewhere = file.party.missing.filter((name) => !(parties as readonly string[]).includes(name));
  const person = file.side === 'buyer' && file.buyer.kind === 'person';
  const abroad = (file.party.known['country'] || 'FR') === 'FR' ? 'registration' : 'siret';
  const shown = parties.filter((name) => name !== abroad && (!person || !['legalForm', 'siret', 'registration', 'vatNumber', 'capacity'].includes(name)));
  const must = (name: string): boolean => needed.includes(name) || file.party.missing.includes(name);
  return html`
    ${elsewhere.length > 0 ? html`<p class="notice warn"><span>${say('partyElsewhere', { names: elsewhere.map((name) => word(say, `field_${name}`)).join(', ') })} ${me.user ? html`<a href="/organisation">${say('page_organisation')}</a>` : nothing}</span></p>` : nothing}
    <form @submit=${onSubmit((values) => { void desk.does('party', (api) => api.booking.updateParty.mutate({ bookingId: file.bookingId, party: { country: file.party.known['country'] || 'FR', ...values } as never })); })}>
      <div class="fields">${shown.map((name) => field({ label: say(`field_${name}`), wide: wide.includes(name), optional: must(name) ? undefined : say('optional'), hint: name === 'siret' ? say('siretHow') : name === 'registration' ? say('registrationHow') : name === 'representative' ? say('representativeHow') : name === 'vatNumber' && file.side === 'artist' ? say('vatNumberHow') : undefined }, html`
        <input name=${name} autocomplete=${fills[name] ?? 'off'} .value=${file.party.known[name] ?? ''} ?required=${must(name)}
          inputmode=${name === 'siret' ? 'numeric' : 'text'} pattern=${name === 'siret' ? '\\d{14}' : nothing} maxlength=${name === 'siret' ? 14 : longest[name] ?? 160} aria-invalid=${file.party.missing.includes(name) && file.party.known[name] ? 'true' : nothing}>`))}</div>
      ${outcome(acts, site, 'party')}
      <div>${button(acts, site, { act: 'party', label: say('partyDo'), kind: 'primary' })}</div>
    </form>`;
}

/** The commune's order: its number is what the contract waits for. */
export function order({ file, purchase }: Loaded, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say } = site;
  if (purchase?.expired) return html`${quote(purchase, desk)}<p class="notice"><span>${say('quoteExpiredHow')}</span></p>`;
  return html`${purchase ? quote(purchase, desk) : nothing}
    <form @submit=${onSubmit(({ orderNumber = '', commitmentNumber = '', serviceCode = '', marketNumber = '' }) => {
      void desk.does('order', (api) => api.municipal.order.mutate({ bookingId: file.bookingId, orderNumber, commitmentNumber, serviceCode, marketNumber }));
    })}>
      <p class="small muted">${say('orderNoDeposit')}</p>
      <div class="fields">
        ${field({ label: say('orderNumber'), hint: say('orderNumberHow') }, html`<input name="orderNumber" required maxlength="50" autocomplete="off">`)}
        ${field({ label: say('serviceCode'), hint: say('serviceCodeHow') }, html`<input name="serviceCode" maxlength="100" autocomplete="off">`)}
        ${field({ label: say('commitmentNumber'), hint: say('commitmentNumberHow') }, html`<input name="commitmentNumber" maxlength="50" autocomplete="off">`)}
        ${field({ label: say('marketNumber'), hint: say('marketNumberHow') }, html`<input name="marketNumber" maxlength="50" autocomplete="off">`)}
      </div>
      ${outcome(acts, site, 'order')}
      <div>${button(acts, site, { act: 'order', label: say('orderDo'), kind: 'primary' })}</div>
    </form>`;
}

/** The quote, and the order once there is one. */
export function quote(purchase: Purchase, desk: Desk): TemplateResult {
  const { sayOwn: say, locale, timeZone } = desk.site;
  return html`<ul class="lines"><li><span><strong>${say('quote')}</strong> ${purchase.quoteNumber} <span class="muted">· ${instant(purchase.quotedAt, locale, timeZone)}${purchase.orderedAt || purchase.expired ? nothing : html` · ${say('quoteUntil', { day: day(purchase.validUntil, locale) })}`}</span>${purchase.expired ? html` <span class="tag bad">${say('quoteExpired', { day: day(purchase.validUntil, locale) })}</span>` : nothing}</span>${document(purchase.quoteFileId, say('quotePdf'), desk)}</li>
    ${purchase.orderedAt ? html`<li><span><strong>${say('order')}</strong> ${purchase.orderNumber}${([['serviceCode', purchase.serviceCode], ['commitmentNumber', purchase.commitmentNumber], ['marketNumber', purchase.marketNumber]] as const).filter(([, one]) => one !== '').map(([name, one]) => html` <span class="muted">· ${say(name)} ${one}</span>`)}</span><span class="small muted">${instant(purchase.orderedAt, locale, timeZone)}</span></li>` : nothing}</ul>`;
}

/** The quote for its producer, who renews it once nobody can order by it any more. */
export function renewal({ file }: Loaded, purchase: Purchase, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  return html`${quote(purchase, desk)}${purchase.expired && file.side === 'artist' ? html`${outcome(acts, site, 'quoteAgain')}
    <div>${button(acts, site, { act: 'quoteAgain', label: site.sayOwn('quoteAgain'), kind: 'primary', press: () => { void desk.does('quoteAgain', (api) => api.municipal.quoteAgain.mutate({ bookingId: file.bookingId })); } })}</div>` : nothing}`;
}

/** The contract, to read here and to keep as a document. */
export function contract(made: Contract, desk: Desk): TemplateResult {
  const { sayOwn: say, locale, timeZone } = desk.site;
  return html`
    <div class="row between"><span><strong>${say('contractNumber', { number: made.number })}</strong> <span class="muted">· ${money(made.total, locale)} ${say('withTax')}</span></span>
      <span class="tag ${made.status === 'signed' ? 'good' : made.status === 'drafted' ? 'now' : 'bad'}">${word(say, `contract_${made.status}`)}</span></div>
    <p class="small muted">${made.signedAt ? say('contractSignedAt', { at: instant(made.signedAt, locale, timeZone) }) : say('contractDraftedAt', { at: instant(made.draftedAt, locale, timeZone) })}</p>
    <div class="row">${document(made.sealedFileId ?? made.fileId, say(made.sealedFileId ? 'sealedPdf' : 'contractPdf'), desk)}${made.evidenceFileId ? document(made.evidenceFileId, say('evidenceFile'), desk) : nothing}</div>
    <details ?open=${made.status === 'drafted'}><summary>${say('readContract')}</summary>
      <div class="clauses" tabindex="0" role="region" aria-label=${say('readContract')}>${made.clauses.map(({ number, heading, paragraphs }) => html`
        <section><h3>${number}. ${heading}</h3>${paragraphs.map((text) => html`<p class="words">${text}</p>`)}</section>`)}</div></details>`;
}

/** Signing: the words that one agrees to, one's name, a code from the mail. */
export class Signature {
  readonly #desk: Desk;
  #sentTo = '';

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  sign({ file, envelope }: Loaded): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say } = site;
    if (!envelope) return html``;
    const own = envelope.signers.find(({ side }) => side === envelope.side);
    return html`<form @submit=${onSubmit(({ name = '', code = '' }) => { void this.#go(file.bookingId, name, code.replaceAll(/\s/g, '')); })}>
      <p class="small muted">${say('readFirst')}</p>
      ${field({ label: say('signName') }, html`<input name="name" autocomplete="name" required minlength="2" maxlength="120" .value=${own?.name ?? ''}>`)}
      <label class="check"><input type="checkbox" name="consent" required><span>${envelope.consent}</span></label>
      ${this.#sentTo ? html`<p role="status" class="notice good"><span>${say('codeSent', { to: this.#sentTo })}</span></p>
        ${field({ label: say('code'), hint: say('codeHow') }, html`<input class="code" name="code" inputmode="numeric" autocomplete="one-time-code" required pattern="\\s*(\\d\\s*){6}" maxlength="12">`)}` : nothing}
      ${outcome(acts, site, 'code')}${outcome(acts, site, 'sign')}
      <div class="row">${this.#sentTo
        ? html`${button(acts, site, { act: 'sign', label: say('signDo'), kind: 'primary' })}${button(acts, site, { act: 'code', label: say('codeAgain'), kind: 'plain', press: () => { void this.#ask(file.bookingId); } })}`
        : button(acts, site, { act: 'code', label: say('codeAsk'), kind: 'primary' })}</div>
      <p class="small muted">${say('signMeans')}</p>
    </form>`;
  }

  /** Who has signed. */
  signers({ envelope }: Loaded): TemplateResult | typeof nothing {
    const { sayOwn: say, locale, timeZone } = this.#desk.site;
    if (!envelope) return nothing;
    return html`<ul class="lines">${envelope.signers.map(({ name, side, signedAt }) => html`<li><span><strong>${name}</strong> <span class="muted">· ${say(`side_${side}`)}</span></span>
      <span class="small ${signedAt ? '' : 'muted'}">${signedAt ? say('signedAt', { at: instant(signedAt, locale, timeZone) }) : say('notSigned')}</span></li>`)}</ul>`;
  }

  async #go(bookingId: string, name: string, code: string): Promise<void> {
    if (!this.#sentTo) { await this.#ask(bookingId); return; }
    if (await this.#desk.does('sign', (api) => api.signing.sign.mutate({ bookingId, code, name, consent: true }))) this.#sentTo = '';
  }

  async #ask(bookingId: string): Promise<void> {
    const { acts, renderRoot } = this.#desk;
    await acts.run('code', async () => { this.#sentTo = (await this.#desk.server().signing.requestCode.mutate({ bookingId })).sentTo; });
    await this.#desk.updateComplete;
    renderRoot.querySelector<HTMLElement>('input[name=code]')?.focus();
  }
}

/** An invoice that waits until the producer has given its mandate: where it is given, and the press that issues it. */
export function waiting({ file, me }: Loaded, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say } = site;
  return html`<p class="notice warn"><span>${say('waitingInvoice')} ${me.link ? nothing : html`<a href="/accounts">${say('waitingMandate')}</a>`}</span></p>
    ${outcome(acts, site, 'issue')}
    <div>${button(acts, site, { act: 'issue', label: say('waitingDo'), kind: 'primary', press: () => { void desk.does('issue', (api) => api.billing.issue.mutate({ bookingId: file.bookingId })); } })}</div>`;
}

/** How long an invoice has still to be paid, or what being late costs by today: interest and the fixed 40 euros. */
function clock({ days, dueDay, late, paidAt }: Invoice, { sayOwn: say, locale }: Desk['site']): TemplateResult | typeof nothing {
  if (paidAt && late && late.owed.minor > 0) return html`<br><span class="small">${say('invoiceLateOwed', { amount: money(late.owed, locale) })}</span>`;
  if (days === null) return nothing;
  const on = day(dueDay, locale);
  return html`<br><span class="small">${days < 0 ? say('invoiceDaysLate', { n: -days, day: on }) : days === 0 ? say('invoiceToday') : say('invoiceDaysLeft', { n: days, day: on })}
    ${late && late.total.minor > 0 ? say('invoiceLate', { interest: money(late.interest, locale), rate: rate(late.rateBps, locale), fixed: money(late.fixed, locale), total: money(late.total, locale) }) : nothing}</span>`;
}

/** What a public accountant types, each under its name: what is not known has no line. */
function chorus({ chorus: known }: Invoice, { sayOwn: say }: Desk['site']): TemplateResult | typeof nothing {
  if (!known) return nothing;
  const rows = ([
    [say('chorusProcess'), known.process], [say('chorusSeller'), known.seller], [say('chorusBuyer'), known.buyer], [say('orderNumber'), known.order], [say('commitmentNumber'), known.commitment], [say('serviceCode'), known.serviceCode],
    [say('marketNumber'), known.market], ['IBAN', known.iban.replaceAll(/(.{4})(?=.)/g, '$1 ')], ['RIB', known.rib],
  ] as const).filter(([, text]) => text !== '');
  return html`<details class="chorus"><summary>${say('chorusTitle')}</summary><p class="small muted">${say('chorusHow')}</p>
    <dl class="facts">${rows.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl></details>`;
}

/** The invoices that the reader issues or pays. */
export function invoices(loaded: Loaded, desk: Desk): TemplateResult {
  const { file, invoices: all, contests } = loaded;
  const { acts, site } = desk;
  const { sayOwn: say, locale } = site;
  const state = (invoice: Invoice): TemplateResult => {
    if (invoice.paidAt) return html`<span class="tag good">${say('invoicePaid')}</span>`;
    if (invoice.due.minor === 0) return html`<span class="tag good">${say('invoiceSettled')}</span>`;
    return invoice.overdue ? html`<span class="tag bad">${say('invoiceOverdue')}</span>` : html`<span class="tag now">${say('invoiceDue', { day: day(invoice.dueDay, locale) })}</span>`;
  };
  return html`<ul class="lines papers">${all.map((invoice) => html`<li>
    <span><strong>${word(say, `invoice_${invoice.kind}`)} ${invoice.number}</strong><br><span class="small muted">${invoice.issuer} → ${invoice.payer} · ${day(invoice.issuedDay, locale)}</span>
      ${invoice.paid.minor > 0 && invoice.due.minor > 0 ? html`<br><span class="small muted">${say('invoiceDeducted', { amount: money(invoice.paid, locale) })}</span>` : nothing}
      ${clock(invoice, site)}</span>
    <span class="end"><strong>${money(invoice.total, locale)}</strong><br><span class="small muted">${say('vatOf', { rate: rate(invoice.vatBps, locale) })}</span></span>
    <span class="row">${state(invoice)}${formats(invoice, desk)}
      ${may(file, 'invoice.settle') && invoice.kind === 'final' && !invoice.paidAt ? arrivals(invoice, desk) : nothing}</span>
    ${outcome(acts, site, `settle:${invoice.id}`)}${credits(invoice, desk)}${contests.filter(({ invoiceId }) => invoiceId === invoice.id).map((one) => contested(one, file, desk))}${crediting(invoice, loaded, desk)}</li>`)}</ul>${all.map((invoice) => chorus(invoice, site))}`;
}

/** What the producer says against an invoice that was written under its mandate, and what was answered; or where it may still say so. */
function contested({ invoiceId: id, contest, until }: Contests[number], file: Loaded['file'], desk: Desk): TemplateResult | typeof nothing {
  const { acts, site } = desk;
  const { sayOwn: say, locale, timeZone } = site;
  const act = `contest:${id}`;
  if (contest) {
    const { status, reason, at, words, closedAt } = contest;
    return html`<div class="stack small-gap"><p class="row"><span class="tag ${status === 'open' ? 'warn' : ''}">${say(`contest_${status}`)}</span><span class="small muted">${instant(closedAt ?? at, locale, timeZone)}</span></p>
      <blockquote class="words">${reason}</blockquote>${words ? html`<p class="words">${say('contestAnswer', { words })}</p>` : nothing}${outcome(acts, site, act)}
      ${status === 'open' && may(file, 'invoice.contest') ? html`<div>${button(acts, site, { act, label: say('contestWithdraw'), press: () => { void desk.does(act, (api) => api.contests.withdraw.mutate({ id })); } })}</div>` : nothing}</div>`;
  }
  if (until === null || !may(file, 'invoice.contest')) return nothing;
  return html`<details><summary>${say('contestTitle')}</summary><form @submit=${onSubmit(({ reason = '' }) => { void desk.does(act, (api) => api.contests.contest.mutate({ id, reason })); })}>
    <p class="small muted">${say('contestHow', { day: day(until, locale) })}</p>
    ${field({ label: say('contestInvoiceReason'), wide: true }, html`<input name="reason" required minlength="3" maxlength="600" autocomplete="off">`)}
    ${outcome(acts, site, act)}<div>${button(acts, site, { act, label: say('contestInvoiceDo') })}</div></form></details>`;
}

/** The ways in which a transfer may have arrived: the invoice alone, or with what its lateness costs. */
function arrivals({ id, late }: Invoice, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say } = site;
  const act = `settle:${id}`;
  return html`${button(acts, site, { act, label: say('settleDo'), press: () => { void desk.does(act, (api) => api.billing.settle.mutate({ id })); } })}
    ${late && late.owed.minor > 0 ? button(acts, site, { act, label: say('settleAllDo'), kind: 'plain', press: () => { void desk.does(act, (api) => api.billing.settle.mutate({ id, withLate: true })); } }) : nothing}`;
}
