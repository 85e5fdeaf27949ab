import { html, nothing, type TemplateResult } from 'lit';
import { money } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import type { Meters } from './model.ts';

/** How far the year's turnover is from where a small seller begins to charge tax. */
export function meters({ year, franchise, meters: all }: Meters, site: Site): TemplateResult {
  const { sayOwn: say } = site;
  return html`<section><h2>${say('metersTitle', { year: String(year) })}</h2><p class="muted">${say('metersHow')}</p>
    ${all.length === 0 ? html`<p>${say('metersNone')}</p>` : all.map((one) => meter(one, franchise, site))}</section>`;
}

function meter(one: Meters['meters'][number], franchise: boolean, site: Site): TemplateResult {
  const { sayOwn: say, locale } = site;
  const whole = (amount: typeof one.limit): string => money(amount, locale, true);
  const most = Math.max((one.tolerance ?? one.limit).minor * 1.1, one.turnover.minor);
  const share = (minor: number): string => `${Math.round((Math.max(0, minor) / most) * 1_000) / 10}%`;
  return html`<article><h3>${say(`meter_${one.nature}`)}</h3>
    <div class="meter ${one.standing}" role="meter" aria-label=${say(`meter_${one.nature}`)} aria-valuemin="0" aria-valuemax=${one.limit.minor / 100} aria-valuenow=${Math.max(0, one.turnover.minor) / 100} aria-valuetext=${say('meterOf', { amount: whole(one.turnover), limit: whole(one.limit) })}>
      <i .style=${`width:${share(one.turnover.minor)}`}></i><b .style=${`inset-inline-start:${share(one.limit.minor)}`}></b>${one.tolerance ? html`<b .style=${`inset-inline-start:${share(one.tolerance.minor)}`}></b>` : nothing}</div>
    <p><strong>${say('meterOf', { amount: whole(one.turnover), limit: whole(one.limit) })}</strong></p>
    <dl class="facts"><div><dt>${say('meterLimit')}</dt><dd>${whole(one.limit)}</dd></div>${one.tolerance ? html`<div><dt>${say('meterTolerance')}</dt><dd>${whole(one.tolerance)}</dd></div>` : nothing}<div><dt>${say('meterBefore')}</dt><dd>${whole(one.before)}</dd></div></dl>
    ${franchise ? html`<p class="notice ${{ far: 'good', near: 'warn', tolerated: 'warn', over: 'bad' }[one.standing]}" role=${one.standing === 'far' ? nothing : 'alert'}><span>${say(`meter_${one.standing}`)}</span></p>
      ${one.beforeOver ? html`<p class="notice bad" role="alert"><span>${say('meterBeforeOver')}</span></p>` : nothing}` : html`<p class="notice"><span>${say('meterCharging')}</span></p>`}
    <p class="small muted" lang="fr">${one.citation}</p></article>`;
}
