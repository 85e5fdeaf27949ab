import { html, nothing, type TemplateResult } from 'lit';
import { day, money, month, rate } from '../../core/format.ts';
import { button, field, onSubmit, outcome, word } from '../../parts/desk.ts';
import { save } from '../../parts/save.ts';
import type { Declared, Desk } from './model.ts';

type Papers = Declared['natures'][number]['papers'];
type Period = Declared['period'];
type What = 'vat' | 'union' | 'commission';

/** What a month or a quarter is declared with: the return of tax, the list of sales in the Union, and our commission. */
export class Declarations {
  readonly #desk: Desk;
  #chosen: Declared | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** @param first What the page was read with: the month before today's. */
  show(first: Declared): TemplateResult {
    const all = this.#chosen ?? first;
    return html`${this.#periods(all)}${this.#tax(all)}${this.#union(all)}${this.#commission(all)}`;
  }

  #periods({ period: { year, kind, part } }: Declared): TemplateResult {
    const { acts, site } = this.#desk;
    const { sayOwn: say, locale } = site;
    const option = (of: Period['kind'], n: number, label: string): TemplateResult => html`<option value="${of}:${n}" ?selected=${of === kind && n === part}>${label}</option>`;
    const name = (n: number): string => new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2027, n - 1, 1)));
    return html`<section><h2>${say('declareTitle')}</h2><p class="muted">${say('declareHow')}</p>
      <form @submit=${onSubmit((values) => { void this.#choose(values); })}><div class="fields">
        ${field({ label: say('exportYear') }, html`<input name="year" type="number" inputmode="numeric" required min="2020" max="2199" .value=${String(year)}>`)}
        ${field({ label: say('exportPeriod') }, html`<select name="period">${Array.from({ length: 12 }, (_, i) => option('month', i + 1, name(i + 1)))}${[1, 2, 3, 4].map((n) => option('quarter', n, say('exportQuarter', { n })))}</select>`)}</div>
        ${outcome(acts, site, 'period')}<div>${button(acts, site, { act: 'period', label: say('declareShow') })}</div></form></section>`;
  }

  #tax(all: Declared): TemplateResult {
    const { sayOwn: say, locale } = this.#desk.site;
    const { form, natures, regime, unpaid, foreign, period, turnover } = all;
    const boxed = form !== null && form.boxes.length > 0;
    return html`<section><h2>${form ? html`<span lang="fr">${form.name}</span>` : say('declareTax')} · ${this.#name(all)}</h2>
      ${regime === 'franchise' ? html`<p class="notice good"><span>${say('declareFranchise', { year: String(period.year), amount: money(turnover, locale) })}</span></p>` : nothing}
      ${regime === 'unknown' ? html`<p class="notice warn"><span>${say('declareNoNumber')}</span></p>` : nothing}
      ${boxed ? this.#boxes(form) : nothing}
      ${natures.length === 0 ? html`<p>${say('declareNothing')}</p>` : boxed ? html`<details><summary>${say('declareCents')}</summary>${this.#natures(natures)}</details>` : this.#natures(natures)}
      ${form && form.left.length > 0 ? html`<p class="notice warn"><span>${say('declareLeft', { n: form.left.length })}</span></p>${this.#papers(form.left)}` : nothing}
      ${unpaid.count > 0 && regime !== 'franchise' ? html`<p class="notice"><span>${say('declareUnpaid', { n: unpaid.count, amount: money(unpaid.tax, locale) })}</span></p>` : nothing}
      ${foreign.length > 0 ? html`<p class="notice warn"><span>${say('declareForeign', { currencies: foreign.join(', ') })}</span></p>` : nothing}
      ${form ? html`<p class="small muted">${form.whole ? say('declareRounded') : nothing} <span lang="fr">${form.source}.</span></p>` : html`<p class="small muted">${say('declareNoForm')}</p>`}
      ${this.#save(all, 'vat')}</section>`;
  }

  #boxes({ boxes, whole, name }: NonNullable<Declared['form']>): TemplateResult {
    const { sayOwn: say, locale } = this.#desk.site;
    const figure = (amount: Parameters<typeof money>[0] | null): string => (amount ? money(amount, locale, whole) : '');
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${name}><table class="boxes">
      <thead><tr><th scope="col">${say('declareLine')}</th><th scope="col">${say('declareWhat')}</th><th scope="col" class="end">${say('declareBase')}</th><th scope="col" class="end">${say('declareDue')}</th></tr></thead>
      <tbody>${boxes.map(({ line, code, label, base, tax, papers }) => html`<tr><th scope="row">${line}${code ? html`<br><small>${code}</small>` : nothing}</th>
        <td class="said"><span lang="fr">${label}</span>${papers.length === 0 ? nothing : html`<details><summary>${say('declarePapers', { n: papers.length })}</summary>${this.#papers(papers)}</details>`}</td>
        <td class="end">${figure(base)}</td><td class="end">${figure(tax)}</td></tr>`)}</tbody></table></div>`;
  }

  #natures(natures: Declared['natures']): TemplateResult {
    const { sayOwn: say, locale } = this.#desk.site;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${say('declareCents')}><table>
      <thead><tr><th scope="col">${say('declareWhat')}</th><th scope="col" class="end">${say('declareBase')}</th><th scope="col" class="end">${say('declareDueCents')}</th><th scope="col" class="end">${say('declareDeducted')}</th></tr></thead>
      <tbody>${natures.map(({ side, kind, vatBps, base, due, deductible, papers }) => html`<tr>
        <td class="said">${word(say, `nature_${side}_${kind}`)}${vatBps > 0 ? ` · ${rate(vatBps, locale)}` : ''}<details><summary>${say('declarePapers', { n: papers.length })}</summary>${this.#papers(papers)}</details></td>
        <td class="end">${money(base, locale)}</td><td class="end">${due.minor === 0 ? nothing : money(due, locale)}</td><td class="end">${deductible.minor === 0 ? nothing : money(deductible, locale)}</td></tr>`)}</tbody></table></div>`;
  }

  #papers(papers: Papers): TemplateResult {
    const { locale } = this.#desk.site;
    return html`<ul class="papers small">${papers.map((paper) => html`<li><span>${paper.number} · ${paper.contact} · ${day(paper.day, locale)}</span> <span class="end">${money(paper.base, locale)}${paper.tax.minor === 0 ? nothing : ` + ${money(paper.tax, locale)}`}</span></li>`)}</ul>`;
  }

  #union(all: Declared): TemplateResult | typeof nothing {
    const { sayOwn: say, locale } = this.#desk.site;
    const { union } = all;
    if (!union) return nothing;
    const { sales, name, citation, whole } = union;
    return html`<section><h2 lang="fr">${name}</h2><p class="muted">${say(whole ? 'unionHowWhole' : 'unionHow')}</p>
      ${sales.length === 0 ? html`<p>${say('unionNone')}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label=${name}><table>
        <thead><tr><th scope="col">${say('unionMonth')}</th><th scope="col">${say('unionNumber')}</th><th scope="col">${say('unionBuyer')}</th><th scope="col" class="end">${say('declareBase')}</th></tr></thead>
        <tbody>${sales.map((sale) => html`<tr><td>${month(`${sale.month}-01`, locale)}</td><td>${sale.vatNumber || html`<span class="tag warn">${say('unionMissing')}</span>`}</td>
          <td class="said">${sale.contact}<details><summary>${say('declarePapers', { n: sale.papers.length })}</summary>${this.#papers(sale.papers)}</details></td><td class="end">${money(sale.amount, locale, whole)}</td></tr>`)}</tbody></table></div>
        ${sales.some(({ vatNumber }) => vatNumber === '') ? html`<p class="notice warn"><span>${say('unionMissingHow')}</span></p>` : nothing}${this.#save(all, 'union')}`}
      <p class="small muted" lang="fr">${citation}</p></section>`;
  }

  #commission(all: Declared): TemplateResult {
    const { sayOwn: say, locale } = this.#desk.site;
    const { commissions } = all;
    const sums = [...new Set(commissions.map((one) => `${one.day.slice(0, 7)} ${one.total.currency}`))].sort().map((key) => {
      const own = commissions.filter((one) => `${one.day.slice(0, 7)} ${one.total.currency}` === key);
      const add = (name: 'net' | 'vat' | 'total') => ({ minor: own.reduce((sum, one) => sum + one[name].minor, 0), currency: own[0]?.total.currency ?? 'EUR' });
      return { month: key.slice(0, 7), net: add('net'), vat: add('vat'), total: add('total') };
    });
    return html`<section><h2>${say('tookTitle')} · ${this.#name(all)}</h2><p class="muted">${say('tookHow')}</p>
      ${commissions.length === 0 ? html`<p>${say('tookNone')}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label=${say('tookTitle')}><table>
        <thead><tr><th scope="col">${say('tookInvoice')}</th><th scope="col">${say('tookShow')}</th><th scope="col" class="end">${say('tookPrice')}</th><th scope="col" class="end">${say('tookNet')}</th><th scope="col" class="end">${say('tookVat')}</th><th scope="col" class="end">${say('tookTotal')}</th></tr></thead>
        <tbody>${commissions.map((one) => html`<tr><th scope="row">${one.number}<br><small>${day(one.day, locale)}${one.credit ? ` · ${say('tookCredit')}` : ''}</small></th>
          <td class="said"><a href="/booking?id=${one.bookingId}">${one.title}</a></td><td class="end">${money(one.price, locale)}<br><small>${rate(one.rateBps, locale)}</small></td>
          <td class="end">${money(one.net, locale)}</td><td class="end">${money(one.vat, locale)}<br><small>${rate(one.vatBps, locale)}</small></td><td class="end">${money(one.total, locale)}</td></tr>`)}</tbody>
        <tfoot>${sums.map((sum) => html`<tr><th scope="row" colspan="3">${say('tookSum', { month: month(`${sum.month}-01`, locale) })}</th><td class="end">${money(sum.net, locale)}</td><td class="end">${money(sum.vat, locale)}</td><td class="end">${money(sum.total, locale)}</td></tr>`)}</tfoot></table></div>
        ${this.#save(all, 'commission')}`}</section>`;
  }

  #name({ period: { kind, part, year }, first }: Declared): string {
    const { sayOwn: say, locale } = this.#desk.site;
    return kind === 'month' ? month(first, locale) : `${say('exportQuarter', { n: part })} ${year}`;
  }

  #save({ period }: Declared, what: What): TemplateResult {
    const { acts, site } = this.#desk;
    const act = `save:${what}`;
    const asked = { year: period.year, part: period.part, kind: period.kind === 'month' ? 'month' as const : 'quarter' as const };
    return html`${outcome(acts, site, act)}<div>${button(acts, site, { act, label: site.sayOwn(`save_${what}`), press: () => { void acts.run(act, async () => { save(await this.#desk.server().declarations.file.query({ what, period: asked, locale: site.locale })); }); } })}</div>`;
  }

  async #choose({ year = '', period = '' }: Readonly<Record<string, string>>): Promise<void> {
    const [kind, part] = period.split(':');
    await this.#desk.acts.run('period', async () => { this.#chosen = await this.#desk.server().declarations.read.query({ period: { year: Number(year), kind: kind === 'quarter' ? 'quarter' : 'month', part: Number(part) } }); });
    this.#desk.requestUpdate();
  }
}
