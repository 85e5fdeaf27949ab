import { html, svg, type TemplateResult } from 'lit';
import { money, month } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';

/** What comes in a month, `2027-05`. */
export interface Month {
  readonly month: string;
  readonly amount: { readonly minor: number; readonly currency: 'EUR' | 'CHF' };
}

/** The next months as bars over their sums, one row for each currency: a bar beside its amount in words, so that nobody has to measure it. */
export function monthsOf(months: readonly Month[], { sayOwn: say, locale }: Site): TemplateResult[] {
  return [...new Set(months.map(({ amount }) => amount.currency))].map((currency) => {
    const own = months.filter(({ amount }) => amount.currency === currency);
    const most = Math.max(1, ...own.map(({ amount }) => amount.minor));
    return html`<ol class="months" aria-label=${say('payoutsChartOf', { currency })}>${own.map(({ month: at, amount }) => {
      const part = (amount.minor / most) * 100;
      return html`<li><svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${svg`<rect x="0" y=${100 - part} width="100" height=${part}></rect><line x1="0" x2="100" y1="99.5" y2="99.5"></line>`}</svg>
        <span>${month(`${at}-01`, locale)}</span><span class="num">${money(amount, locale, true)}</span></li>`;
    })}</ol>`;
  });
}
