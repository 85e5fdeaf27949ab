import { html, type TemplateResult } from 'lit';
import { money, rate } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import type { Net } from './model.ts';

/** From the price to what reaches the artist, as a falling line: each row begins where the one before ended. Its figures are a list of their own. */
export function netLine(net: Net | null, site: Site): TemplateResult {
  const { sayOwn: say, locale } = site;
  if (!net) return html`<p class="notice warn"><span>${say('netUnknown')}</span></p>`;
  const { currency } = net.price;
  const whole = Math.max(net.total.minor, 1);
  const taken = net.commission.minor + net.commissionVat.minor;
  const rows: readonly { label: string; minor: number; from: number; size: number; kind: string }[] = [
    { label: say('netPrice'), minor: net.price.minor, from: 0, size: net.price.minor, kind: '' },
    { label: say('netVat', { rate: rate(net.vatBps, locale) }), minor: net.vat.minor, from: net.price.minor, size: net.vat.minor, kind: 'soft' },
    { label: say('netTotal'), minor: net.total.minor, from: 0, size: net.total.minor, kind: 'sum' },
    { label: say('netCommission', { rate: rate(net.commissionBps, locale) }), minor: -taken, from: net.payout.minor, size: taken, kind: 'out' },
    { label: say('netPayout'), minor: net.payout.minor, from: 0, size: net.payout.minor, kind: 'paid' },
  ];
  return html`<dl class="net" aria-label=${say('netTitle')}>${rows.map(({ label, minor, from, size, kind }) => html`
    <div class=${kind}><dt>${label}</dt><dd class="fall" aria-hidden="true"><i .style=${`margin-inline-start:${(100 * from) / whole}%;width:${(100 * size) / whole}%`}></i></dd><dd class="end">${money({ minor, currency }, locale)}</dd></div>`)}</dl><p class="small muted">${net.vatCitation}</p>`;
}
