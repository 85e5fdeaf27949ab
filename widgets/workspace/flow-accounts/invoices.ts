import { html, nothing, type TemplateResult } from 'lit';
import { day, money } from '../../core/format.ts';
import { openDocument } from '../../core/own.ts';
import { button, field, outcome } from '../../parts/desk.ts';
import type { Desk, Papers } from './model.ts';

type Paper = Papers['papers'][number];

const tags = { paid: 'good', due: 'now', late: 'bad' } as const;

/** Every invoice and credit note of a year, those that the organisation issued and those that it got, each with all of its files. */
export function invoices({ year, since, until, papers }: Papers, desk: Desk, choose: (year: number) => void): TemplateResult {
  const { sayOwn: say } = desk.site;
  const [issued, received] = [papers.filter((one) => one.issued), papers.filter((one) => !one.issued)];
  const years = Array.from({ length: until - since + 1 }, (_, i) => until - i);
  return html`<section><h2>${say('yearInvoices')}</h2><p class="muted">${say('yearInvoicesHow')}</p>
    ${field({ label: say('exportYear') }, html`<select class="of" @change=${(event: Event) => { choose(Number((event.currentTarget as HTMLSelectElement).value)); }}>${years.map((one) => html`<option value=${one} ?selected=${one === year}>${one}</option>`)}</select>`)}
    ${papers.length === 0 ? html`<div class="empty"><h3>${say('yearInvoicesEmpty', { year: String(year) })}</h3><p>${say('yearInvoicesEmptyHow')}</p></div>` : nothing}</section>
    ${part(say('yearIssued'), issued, desk)}${part(say('yearReceived'), received, desk)}`;
}

function part(title: string, papers: readonly Paper[], desk: Desk): TemplateResult | typeof nothing {
  return papers.length === 0 ? nothing : html`<section><h3>${title} <span class="muted">(${papers.length})</span></h3><ul class="invoices">${papers.map((one) => row(one, desk))}</ul></section>`;
}

function row({ id, kind, number, other, issuedDay, total, state, bookingId, fileId, xmlFileId, ublFileId }: Paper, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say, locale } = site;
  const kept = ([[say('pdf'), fileId], [say('xml'), xmlFileId], [say('ubl'), ublFileId]] as const).flatMap(([label, file]) => (file ? [{ label, file, act: `file:${file}` }] : []));
  return html`<li aria-labelledby=${id}>
    <div class="row between"><strong id=${id}>${say(kind === 'credit' ? 'credit' : `invoice_${kind}`)} ${number}</strong><strong class="end">${money(total, locale)}</strong></div>
    <p class="row small"><span class="muted">${other} · ${day(issuedDay, locale)}</span>${state ? html`<span class="tag ${tags[state]}">${say(state === 'paid' ? 'invoicePaid' : state === 'late' ? 'openLate' : 'openRunning')}</span>` : nothing}</p>
    <div class="row">${kept.map(({ label, file, act }) => button(acts, site, { act, label, press: () => { void acts.run(act, () => openDocument(file)); } }))}${bookingId ? html`<a href="/booking?id=${bookingId}">${say('openFile')}</a>` : nothing}</div>
    ${kept.map(({ act }) => outcome(acts, site, act))}</li>`;
}
