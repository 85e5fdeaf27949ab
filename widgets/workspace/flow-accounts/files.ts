import { html, nothing, type TemplateResult } from 'lit';
import { button, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { save } from '../../parts/save.ts';
import type { Account, Desk } from './model.ts';

const formats = ['csv', 'xlsx', 'fec', 'sage', 'quickbooks'] as const;
type Format = (typeof formats)[number];
type Kind = 'month' | 'quarter' | 'year';

/** What was saved last, and how much it holds. */
export interface Saved {
  readonly name: string;
  readonly count: number;
}

/** The files of the books, for a period that the reader chooses. */
export function exportsOf(last: Saved | null, desk: Desk & { readonly saved: (file: Saved) => void }): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say, locale } = site;
  const month = (n: number): string => new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2027, n - 1, 1)));
  const fetched = (values: Readonly<Record<string, string>>): void => {
    const [kind = 'year', part = '0'] = (values['period'] ?? '').split(':');
    void acts.run('export', async () => {
      const file = await desk.server().accounting.export.query({ format: (values['format'] ?? 'csv') as Format, locale, period: { year: Number(values['year']), kind: kind as Kind, part: Number(part) } });
      save(file);
      desk.saved(file);
    });
  };
  return html`<section><h2>${say('exportTitle')}</h2><form @submit=${onSubmit(fetched)}>
    <div class="fields">
      ${field({ label: say('exportYear') }, html`<input name="year" type="number" inputmode="numeric" required min="2020" max="2199" .value=${String(new Date().getFullYear())}>`)}
      ${field({ label: say('exportPeriod') }, html`<select name="period"><option value="year:0">${say('exportWhole')}</option>
        ${[1, 2, 3, 4].map((n) => html`<option value="quarter:${n}">${say('exportQuarter', { n })}</option>`)}
        ${Array.from({ length: 12 }, (_, i) => html`<option value="month:${i + 1}">${month(i + 1)}</option>`)}</select>`)}</div>
    <fieldset><legend>${say('exportFormat')}</legend><div class="formats">${formats.map((format, i) => html`<label class="check"><input type="radio" name="format" value=${format} ?checked=${i === 0}>
      <span>${say(`format_${format}`)}<br><small>${say(`format_${format}_how`)}</small></span></label>`)}</div></fieldset>
    ${outcome(acts, site, 'export')}
    <div>${button(acts, site, { act: 'export', label: say('exportDo'), kind: 'primary' })}</div>
    ${success(acts, 'export', last ? say('exportDone', { name: last.name, n: last.count }) : nothing)}</form></section>`;
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
