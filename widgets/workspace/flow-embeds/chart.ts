import { html, nothing, svg, type TemplateResult } from 'lit';
import { day } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import { barsOf, type Views } from './model.ts';

const [WIDE, HIGH] = [720, 160];

/** Views as bars and requests as dots over the days of a period, or over its weeks; then the same as a table. */
export function chart({ days }: Views, site: Site): TemplateResult {
  const { sayOwn: say, locale } = site;
  const { weekly, bars } = barsOf(days);
  const most = Math.max(1, ...bars.map(({ views, requests }) => Math.max(views, requests)));
  const step = WIDE / bars.length;
  const width = Math.max(1, step * 0.72);
  const high = (n: number): number => (n / most) * (HIGH - 12);
  const name = (key: string): string => day(key, locale);
  const label = say('chartOf', { from: name(days[0]?.key ?? ''), until: name(days.at(-1)?.key ?? '') });
  return html`
    <figure>
      <svg viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label=${label} preserveAspectRatio="none">
        <line class="base" x1="0" y1=${HIGH - 0.5} x2=${WIDE} y2=${HIGH - 0.5}></line>
        ${bars.map(({ key, views, requests }, i) => svg`<g><title>${name(key)} · ${say('sum_views')} ${views} · ${say('sum_requests')} ${requests}</title>
          <rect class="hit" x=${i * step} y="0" width=${step} height=${HIGH}></rect>
          <rect class="views" x=${i * step + (step - width) / 2} y=${HIGH - high(views)} width=${width} height=${high(views)}></rect>
          ${requests > 0 ? svg`<rect class="requests" x=${i * step + (step - width) / 2} y=${HIGH - high(requests) - 3} width=${width} height="6"></rect>` : nothing}</g>`)}
      </svg>
      <figcaption class="small muted"><span><i class="views"></i>${say('sum_views')}</span><span><i class="requests"></i>${say('sum_requests')}</span><span>${say('chartMost', { n: most })}</span></figcaption>
    </figure>
    <details><summary>${say('chartTable')}</summary>${table(say(weekly ? 'col_week' : 'col_day'), bars.map((one) => ({ ...one, key: name(one.key) })).reverse(), site)}</details>`;
}

/** Sums in rows, named by what stands in their first column. Narrow, each row is a card. */
export function table(first: string, rows: Views['days'], { sayOwn: say, locale }: Site): TemplateResult {
  const sums = ['views', 'requests', 'conversions', 'errors'] as const;
  const number = new Intl.NumberFormat(locale);
  return html`<table class="sums"><thead><tr><th scope="col">${first}</th>${sums.map((sum) => html`<th scope="col" class="end">${say(`sum_${sum}`)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row">${row.key}</th>${sums.map((sum) => html`<td class="end" data-name=${say(`sum_${sum}`)}>${number.format(row[sum])}</td>`)}</tr>`)}</tbody></table>`;
}
