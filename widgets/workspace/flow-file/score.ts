import { html, nothing, type TemplateResult } from 'lit';
import { money, rate } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import { word } from '../../parts/desk.ts';
import type { Score } from './model.ts';

type Reason = Score['for'][number];

/** How well the request fits, with its reasons in words and its groups as bars; every bar has its figures beside it. */
export function score(found: Score | null, site: Site): TemplateResult {
  const { sayOwn: say, locale } = site;
  if (!found) return html`<p class="muted">${say('scoreSoon')}</p>`;
  const trust = found.confidence >= 0.75 ? 'high' : found.confidence >= 0.45 ? 'middle' : 'low';
  const reason = ({ code, criterion, figures, degree }: Reason): TemplateResult =>
    html`<li>${word(say, `reason_${code}`, inWords(figures, locale)) || html`${word(say, `criterion_${criterion}`) || criterion} <span class="muted">${rate(Math.round(degree * 10_000), locale)}</span>`}</li>`;
  return html`
    <p class="score"><strong class="num">${found.score}</strong><span class="muted">/ 100</span><span>${say(`trust_${trust}`)}</span></p>
    ${found.blockers.length > 0 ? html`<div class="notice bad"><strong>${say('blockers')}</strong><ul class="reasons">${found.blockers.map(reason)}</ul></div>` : nothing}
    <div class="pair">
      ${found.for.length > 0 ? html`<div><h3>${say('reasonsFor')}</h3><ul class="reasons for">${found.for.map(reason)}</ul></div>` : nothing}
      ${found.against.length > 0 ? html`<div><h3>${say('reasonsAgainst')}</h3><ul class="reasons against">${found.against.map(reason)}</ul></div>` : nothing}
    </div>
    <table class="groups"><caption class="sr">${say('scoreGroups')}</caption><tbody>${found.groups.map(({ group, weight, points, known }) => html`
      <tr><th scope="row">${word(say, `group_${group}`) || group}</th><td class="bar" aria-hidden="true"><i class=${known ? '' : 'guess'} .style=${`width:${(100 * points) / Math.max(weight, 1)}%`}></i></td>
        <td class="end">${Math.round(points)} / ${Math.round(weight)}${known ? nothing : html`<span class="small muted"> ${say('notKnown')}</span>`}</td></tr>`)}</tbody></table>`;
}

/** Amounts come in minor units with their currency beside them. */
const inWords = ({ currency, ...figures }: Reason['figures'], locale: Site['locale']): Reason['figures'] => (typeof currency === 'string'
  ? Object.fromEntries(Object.entries(figures).map(([name, minor]) => [name, typeof minor === 'number' ? money({ minor, currency }, locale, true) : minor])) : figures);
