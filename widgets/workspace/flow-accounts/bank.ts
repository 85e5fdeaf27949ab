import { html, nothing, type TemplateResult } from 'lit';
import { detailsOf } from '../../core/api.ts';
import { day, instant, money } from '../../core/format.ts';
import { button, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { textOf } from '../../parts/text-of.ts';
import type { Bank as Known, Desk, Layout, Preview } from './model.ts';

type Line = Known['lines'][number];

const columns = ['day', 'amount', 'credit', 'debit', 'counterparty', 'text', 'currencyIn'] as const;

/** Reading a bank's file, confirming how, and accepting what its movements pay. */
export class Bank {
  readonly #desk: Desk;
  #file: { readonly name: string; readonly content: string } | null = null;
  #seen: Preview | null = null;
  #done = '';
  #all = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  show(known: Known): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say, locale, timeZone } = site;
    const lines = this.#all ? known.lines : known.lines.filter(({ proposals }) => proposals.length > 0);
    return html`<section><h2>${say('bankTitle')}</h2><p class="muted">${say('bankHow')}</p>
        ${field({ label: say('bankFile') }, html`<input type="file" accept=".xml,.csv,.txt,text/csv,text/xml,application/xml" ?disabled=${acts.busy !== ''} @change=${this.#choose}>`)}
        ${this.#failed('preview')}${this.#failed('import')}${this.#seen ? this.#confirm(this.#seen) : nothing}${success(acts, 'import', this.#done)}</section>
      <section><h2>${say('bankLines')}</h2>
        ${known.lines.length === 0 ? html`<div class="empty"><h3>${say('bankEmpty')}</h3><p>${say('bankEmptyHow')}</p></div>` : html`
        <div class="views" role="group" aria-label=${say('bankLines')}>${[false, true].map((all) => html`<button type="button" aria-pressed=${this.#all === all ? 'true' : 'false'} @click=${() => { this.#all = all; this.#desk.requestUpdate(); }}>${say(all ? 'bankShow_all' : 'bankShow_waiting')}</button>`)}</div>
        ${lines.length === 0 ? html`<p>${say('bankWaitingNone')}</p>` : lines.map((line) => this.#line(line))}`}</section>
      ${known.statements.length === 0 ? nothing : html`<section><details><summary>${say('bankFiles')}</summary><ul>${known.statements.map((one) => html`<li>${one.name} <span class="small muted">· ${say('bankFileLines', { n: one.lines })} · ${instant(one.importedAt, locale, timeZone)}${one.iban ? ` · ${one.iban}` : ''}</span></li>`)}</ul></details></section>`}`;
  }

  #line(line: Line): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say, locale } = site;
    return html`<article><div class="row between"><h3 class="words">${line.counterparty || line.text || '—'}</h3><strong>${line.amount.minor > 0 ? '+' : ''}${money(line.amount, locale)}</strong></div>
      <p class="small muted words">${day(line.day, locale)}${line.counterparty ? ` · ${line.text}` : ''}</p>
      ${line.settled.map(({ number, late }) => html`<p><span class="tag good">${say('bankSettled', { number })}</span>${late.minor > 0 ? html` <span class="small muted">${say('bankSettledLate', { amount: money(late, locale) })}</span>` : nothing}</p>`)}
      ${line.settled.length > 0 && line.rest.minor > 0 ? html`<p class="small muted">${say('bankRest', { amount: money(line.rest, locale) })}</p>` : nothing}
      ${line.proposals.map((proposal) => {
        const act = `accept:${line.id}:${proposal.invoiceId}`;
        return html`<div class="match"><p><strong>${say(proposal.late ? 'matchLateOf' : 'matchOf', { number: proposal.number, payer: proposal.payer, due: money(proposal.due, locale) })}</strong></p>
          <p class="small muted">${say('matchScore', { n: proposal.score })}</p><ul class="small">${proposal.reasons.map((reason) => html`<li>${say(`reason_${reason}`)}</li>`)}</ul>
          ${outcome(acts, site, act)}
          ${proposal.reasons.includes('short') ? nothing : html`<div>${button(acts, site, { act, label: say('matchDo'), press: () => { void this.#desk.does(act, (server) => server.banking.accept.mutate({ lineId: line.id, invoiceId: proposal.invoiceId })); } })}</div>`}</div>`;
      })}</article>`;
  }

  /** How the file would be read: its first movements, and for a table where things are. */
  #confirm(seen: Preview): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say, locale } = site;
    const { layout } = seen;
    return html`<div class="stack"><p role="status" class="notice"><span>${say('bankFound', { n: seen.count })}${seen.foreign > 0 ? html` ${say('bankForeign', { n: seen.foreign })}` : nothing}</span></p>
      <div class="scroll" tabindex="0" role="region" aria-label=${say('bankLines')}><table><thead><tr><th scope="col">${say('col_day')}</th><th scope="col">${say('col_text')}</th><th scope="col">${say('col_amount')}</th></tr></thead>
        <tbody>${seen.lines.map((line) => html`<tr><td>${day(line.day, locale)}</td><td class="said">${[line.counterparty, line.text].filter(Boolean).join(' · ')}</td><td class="end">${money(line.amount, locale)}</td></tr>`)}</tbody></table></div>
      ${layout ? this.#columns(layout, seen.columns) : nothing}
      <div class="row">${button(acts, site, { act: 'import', label: say('bankImportDo'), kind: 'primary', press: () => { void this.#import(layout); } })}<button type="button" class="plain" @click=${() => { this.#forget(); }}>${say('cancel')}</button></div></div>`;
  }

  #columns(layout: Layout, names: readonly string[]): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say } = site;
    const choice = (name: string, label: string, options: readonly (readonly [string, string])[], chosen: string): TemplateResult =>
      field({ label }, html`<select name=${name}>${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select>`);
    const all = names.map((name, i) => [String(i), `${i + 1}. ${name}`] as const);
    return html`<details><summary>${say('bankColumns')}</summary><form @submit=${onSubmit((values) => { void this.#reread(layout, values); })}>
      <div class="fields">${columns.map((name) => choice(name, say(`col_${name}`), [...(name === 'day' ? [] : [['', say('col_none')] as const]), ...all], layout[name] === null ? '' : String(layout[name])))}
        ${choice('delimiter', say('col_delimiter'), [[';', ';'], [',', ','], ['|', '|'], ['\t', say('delimiter_tab')]], layout.delimiter)}
        ${choice('dayOrder', say('col_dayOrder'), (['dmy', 'ymd', 'mdy'] as const).map((one) => [one, say(`order_${one}`)]), layout.dayOrder)}
        ${choice('decimal', say('col_decimal'), [[',', '1,00'], ['.', '1.00']], layout.decimal)}
        ${choice('currency', word(say, 'field_currency'), [['EUR', 'EUR'], ['CHF', 'CHF']], layout.currency)}</div>
      <div>${button(acts, site, { act: 'preview', label: say('bankReread') })}</div></form></details>`;
  }

  /** How reading went wrong, and on which line. */
  #failed(act: string): TemplateResult | typeof nothing {
    const { acts, site } = this.#desk;
    const error = acts.errorOf(act);
    if (!error) return nothing;
    const { line } = detailsOf(error);
    return html`${outcome(acts, site, act)}${line ? html`<p class="small">${site.sayOwn('atLine', { n: line })}</p>` : nothing}`;
  }

  readonly #choose = async (event: Event): Promise<void> => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    this.#forget();
    if (!file) return;
    this.#file = { name: file.name, content: await textOf(file) };
    await this.#preview();
  };

  async #preview(layout?: Layout): Promise<void> {
    const file = this.#file;
    if (!file) return;
    await this.#desk.acts.run('preview', async () => { this.#seen = await this.#desk.server().banking.preview.mutate({ content: file.content, ...(layout && { layout }) }); });
    this.#desk.requestUpdate();
  }

  #reread(layout: Layout, values: Readonly<Record<string, string>>): Promise<void> {
    const at = (name: string): number | null => (values[name] ? Number(values[name]) : null);
    const [credit, debit] = [at('credit'), at('debit')];
    // A tab is trimmed away on its way out of the form.
    const delimiter = (values['delimiter'] || '\t') as Layout['delimiter'];
    return this.#preview({
      ...layout, delimiter, day: Number(values['day']), amount: credit !== null && debit !== null ? null : at('amount'), credit, debit, counterparty: at('counterparty'), text: at('text'), currencyIn: at('currencyIn'),
      dayOrder: values['dayOrder'] as Layout['dayOrder'], decimal: values['decimal'] as Layout['decimal'], currency: values['currency'] as Layout['currency'],
    });
  }

  async #import(layout: Layout | null): Promise<void> {
    const file = this.#file;
    if (!file) return;
    const { sayOwn: say } = this.#desk.site;
    const done = await this.#desk.does('import', async (server) => {
      const { again, fresh, foreign, lines } = await server.banking.import.mutate({ name: file.name, content: file.content, ...(layout && { layout }) });
      this.#done = [again ? say('bankAgain') : say('bankImported', { n: fresh, all: lines }), ...(foreign > 0 ? [say('bankForeign', { n: foreign })] : [])].join(' ');
    });
    if (done) [this.#file, this.#seen] = [null, null];
    this.#desk.requestUpdate();
  }

  #forget(): void {
    [this.#file, this.#seen, this.#done] = [null, null, ''];
    this.#desk.acts.clear();
  }
}
