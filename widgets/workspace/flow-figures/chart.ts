import { html, nothing, svg, type TemplateResult } from 'lit';
import { month } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import type { Figures } from './model.ts';

const [WIDE, HIGH] = [720, 160];

/** Requests of each month as a bar beside a paler one of the year before, with its contracts as a mark across. The table after it says the same. */
export function chart(months: Figures['months'], { sayOwn: say, locale }: Site): TemplateResult {
  const most = Math.max(1, ...months.flatMap(({ requests, before }) => [requests, before.requests]));
  const step = WIDE / Math.max(1, months.length);
  const width = step * 0.36;
  const high = (n: number): number => (n / most) * (HIGH - 12);
  const name = (at: string | undefined): string => (at ? month(`${at}-01`, locale) : '');
  const bar = (kind: string, x: number, n: number) => svg`<rect class=${kind} x=${x} y=${HIGH - high(n)} width=${width} height=${high(n)}></rect>`;
  return html`<figure>
    <svg viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label=${say('figuresChart', { from: name(months[0]?.month), until: name(months.at(-1)?.month) })} preserveAspectRatio="none">
      <line class="base" x1="0" y1=${HIGH - 0.5} x2=${WIDE} y2=${HIGH - 0.5}></line>
      ${months.map(({ month: at, requests, contracts, before }, i) => svg`<g><title>${name(at)} · ${say('figure_requests')} ${requests} · ${say('figure_contracts')} ${contracts} · ${say('figuresYearBefore')} ${before.requests}</title>
        <rect class="hit" x=${i * step} y="0" width=${step} height=${HIGH}></rect>
        ${bar('before', i * step + step * 0.12, before.requests)}${bar('requests', i * step + step * 0.52, requests)}
        ${contracts > 0 ? svg`<rect class="contracts" x=${i * step + step * 0.46} y=${HIGH - high(contracts) - 2} width=${width + step * 0.12} height="5"></rect>` : nothing}</g>`)}
    </svg>
    <figcaption class="small muted"><span><i class="requests"></i>${say('figure_requests')}</span><span><i class="contracts"></i>${say('figure_contracts')}</span><span><i class="before"></i>${say('figuresYearBefore')}</span><span>${say('chartMost', { n: most })}</span></figcaption>
  </figure>`;
}
