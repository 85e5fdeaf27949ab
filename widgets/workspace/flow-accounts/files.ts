import { html, nothing, type TemplateResult } from 'lit';
import { day } from '../../core/format.ts';
import { button, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { save } from '../../parts/save.ts';
import type { Account, Desk, Years } from './model.ts';

const formats = ['csv', 'xlsx', 'fec', 'sage', 'quickbooks'] as const;
type Format = (typeof formats)[number];
type Kind = 'month' | 'quarter' | 'year' | 'financial';

/** What was saved last, and how much it holds. */
export interface Saved {
  readonly name: string;
  readonly count: number;
}

/** The files of the books, for a period that the reader chooses. */
export function exportsOf(last: Saved | null, { years }: Years, desk: Desk & { readonly saved: (file: Saved) => void }): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say, locale } = site;
  const fetched = (values: Readonly<Record<string, string>>): void => {
    const [kind = 'year', part = '0', of = values['year']] = (values['period'] ?? '').split(':');
    void acts.run('export', async () => {
      const file = await desk.server().accounting.export.query({ format: (values['format'] ?? 'csv') as Format, locale, period: { year: Number(of), kind: kind as Kind, part: Number(part) } });
      save(file);
      desk.saved(file);
    });
  };
  return html`<section><h2>${say('exportTitle')}</h2><form @submit=${onSubmit(fetched)}>
    <div class="fields">
      ${field({ label: say('exportYear') }, html`<input name="year" type="number" inputmode="numeric" required min="2020" max="2199" .value=${String(new Date().getFullYear())}>`)}
      ${field({ label: say('exportPeriod') }, html`<select name="period"><option value="year:0">${say('exportWhole')}</option>
        ${[1, 2, 3, 4].map((n) => html`<option value="quarter:${n}">${say('exportQuarter', { n })}</option>`)}
        ${Array.from({ length: 12 }, (_, i) => html`<option value="month:${i + 1}">${monthName(i + 1, locale)}</option>`)}
        ${years.map(({ year, part, ...one }) => html`<option value="financial:${part}:${year}">${say('exportFinancial', { first: day(one.first, locale), last: day(one.last, locale) })}</option>`)}</select>`)}</div>
    <fieldset><legend>${say('exportFormat')}</legend><div class="formats">${formats.map((format, i) => html`<label class="check"><input type="radio" name="format" value=${format} ?checked=${i === 0}>
      <span>${say(`format_${format}`)}<br><small>${say(`format_${format}_how`)}</small></span></label>`)}</div></fieldset>
    ${outcome(acts, site, 'export')}
    <div>${button(acts, site, { act: 'export', label: say('exportDo'), kind: 'primary' })}</div>
    ${success(acts, 'export', last ? say('exportDone', { name: last.name, n: last.count }) : nothing)}</form></section>`;
}

const monthName = (n: number, locale: string): string => new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2027, n - 1, 1)));

/** The ends of the months; February's is the 29th where there is one. */
const monthEnds = ['01-31', '02-29', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31', '11-30', '12-31'];

/** On which day the financial years of the organisation end: what its accountant does then, and a year to come. */
export function years({ closing, since }: Years, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say, locale } = site;
  return html`<section><h2>${say('yearsTitle')}</h2><p class="muted">${say('yearsHow')}</p>
    <form class="row" @submit=${onSubmit(({ closing: chosen = '' }) => { void desk.does('years', (server) => server.accounting.changeClosing.mutate({ closing: chosen })); })}>
      ${field({ label: say('yearsClosing') }, html`<select name="closing">${[...new Set([...monthEnds, closing])].map((end) => html`<option value=${end} ?selected=${end === closing}>${monthEnds.includes(end) ? monthName(Number(end.slice(0, 2)), locale) : end}</option>`)}</select>`)}
      ${button(acts, site, { act: 'years', label: say('save') })}${outcome(acts, site, 'years')}</form>
    ${since ? html`<p class="small">${say('yearsFrom', { day: day(since, locale) })}</p>` : nothing}</section>`;
}

/** The accounts that the journals are written with, each of which the reader may change. */
export function chart(accounts: readonly Account[], desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say } = site;
  return html`<section><h2>${say('chartTitle')}</h2><p class="muted">${say('chartHow')}</p>${accounts.map((account) => {
    const { role } = account;
    const act = `account:${role}`;
    return html`<form class="chart" @submit=${onSubmit(({ account: number = '', label = '' }) => { void desk.does(act, (server) => server.accounting.changeAccount.mutate({ role, account: number.toUpperCase(), label })); })}>
      <h3 class="small">${word(say, `chart_${role}`)}${account.usual ? html` <span class="muted">· ${say('chartUsual')}</span>` : nothing}</h3>
      ${field({ label: say('chartAccount') }, html`<input name="account" required pattern="[0-9A-Za-z]{3,13}" maxlength="13" autocomplete="off" .value=${account.account}>`)}
      ${field({ label: say('chartLabel') }, html`<input name="label" required maxlength="80" autocomplete="off" .value=${account.label}>`)}
      ${button(acts, site, { act, label: say('save') })}
      ${outcome(acts, site, act)}</form>`;
  })}</section>`;
}
