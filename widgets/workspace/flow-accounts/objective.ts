import { html, nothing, svg, type TemplateResult } from 'lit';
import { minorOf, typedOf } from '../../core/amount.ts';
import { day, money, month, rate } from '../../core/format.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import type { Desk, Objective } from './model.ts';

/** What the organisation wants to invoice in its financial year, how far it is, and what is signed besides. */
export function objective(all: Objective, desk: Desk): TemplateResult {
  const { acts, site } = desk;
  const { sayOwn: say, locale } = site;
  const { aim, invoiced, signed, signedShows, first, last } = all;
  const part = (minor: number): string => (aim ? ` · ${rate(Math.round((minor * 10_000) / aim.minor), locale)}` : '');
  const change = (minor: number | null): void => { void desk.does('objective', (server) => server.declarations.changeObjective.mutate({ minor })); };
  return html`<section><h2>${say('objectiveTitle')}</h2><p class="muted">${say('objectiveHow', { first: day(first, locale), last: day(last, locale) })}</p>
    <form @submit=${onSubmit(({ aim: typed = '' }) => { change(typed === '' ? null : minorOf(typed)); })}>
      <div class="fields">${field({ label: say('objectiveAim') }, html`<input name="aim" inputmode="decimal" autocomplete="off" maxlength="20" pattern="[\\d\\s.,'€]*[1-9][\\d\\s.,'€]*" .value=${aim ? typedOf(aim.minor, locale) : ''}>`)}</div>
      ${outcome(acts, site, 'objective')}<div>${button(acts, site, { act: 'objective', label: say('save') })}</div></form>
    <dl class="facts"><div><dt>${say('objectiveInvoiced')}</dt><dd>${money(invoiced, locale)}${part(invoiced.minor)}</dd></div>
      <div><dt>${say('objectiveSigned', { n: signedShows })}</dt><dd>${money(signed, locale)}${part(signed.minor)}</dd></div>
      ${aim ? html`<div><dt>${say('objectiveLeft')}</dt><dd>${money({ ...aim, minor: Math.max(0, aim.minor - invoiced.minor - signed.minor) }, locale)}</dd></div>` : nothing}</dl>
    ${chart(all)}
    <div class="scroll" tabindex="0" role="region" aria-label=${say('objectiveTable')}><table><thead><tr><th scope="col">${say('unionMonth')}</th><th scope="col" class="end">${say('objectiveMonth')}</th><th scope="col" class="end">${say('objectiveSum')}</th>${aim ? html`<th scope="col" class="end">${say('objectiveShare')}</th>` : nothing}</tr></thead>
      <tbody>${all.months.map((one) => html`<tr><th scope="row">${month(`${one.month}-01`, locale)}</th><td class="end">${one.invoiced.minor === 0 ? nothing : money(one.invoiced, locale)}</td><td class="end">${one.begun ? money(one.sum, locale) : nothing}</td>${aim ? html`<td class="end">${one.begun ? rate(Math.round((one.sum.minor * 10_000) / aim.minor), locale) : nothing}</td>` : nothing}</tr>`)}</tbody></table></div></section>`;
}

/** What was invoiced since the year began as a bar for each month that has come, what is signed besides on the last of them, and the objective as a line. The table beside says the same. */
function chart({ months, aim, signed }: Objective): TemplateResult {
  const now = months.findLastIndex(({ begun }) => begun);
  const most = Math.max(1, aim?.minor ?? 0, (months[now]?.sum.minor ?? 0) + signed.minor, ...months.map(({ sum }) => sum.minor)) * 1.05;
  const high = (minor: number): number => (Math.max(0, minor) / most) * 100;
  const wide = 100 / months.length;
  return html`<svg class="aim" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    ${months.map(({ sum, begun }, i) => (begun ? svg`<rect x=${i * wide + wide * .15} y=${100 - high(sum.minor)} width=${wide * .7} height=${high(sum.minor)}></rect>` : nothing))}
    ${now >= 0 && signed.minor > 0 ? svg`<rect class="signed" x=${now * wide + wide * .15} y=${100 - high((months[now]?.sum.minor ?? 0) + signed.minor)} width=${wide * .7} height=${high(signed.minor)}></rect>` : nothing}
    ${aim ? svg`<line x1="0" x2="100" y1=${100 - high(aim.minor)} y2=${100 - high(aim.minor)}></line>` : nothing}</svg>`;
}
