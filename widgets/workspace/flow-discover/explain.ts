import { html, nothing, type TemplateResult } from 'lit';
import { coded, number, percent } from './figures.ts';
import { blocked, named, told } from './reasons.ts';
import type { Found, Reason, Score, Words } from './model.ts';

/** A bar beside its figures, which say the same. `part` is 0 to 1. */
const bar = (part: number, kind = ''): TemplateResult => html`<span class="bar ${kind}" aria-hidden="true"><i .style=${`width:${Math.round(100 * Math.min(1, Math.max(0, part)))}%`}></i></span>`;

/** The score, large, with the part of what counts that is known. */
export const scoreOf = ({ score, confidence }: Score, words: Words): TemplateResult => html`<p class="score"><strong class="num" aria-hidden="true">${score}</strong><span class="muted" aria-hidden="true">/ 100</span><span class="sr">${words.say('scoreOf', { n: score })}. </span>
  <span class="small muted">${words.say('confidence', { percent: percent(words, Math.round(confidence * 100)) })}</span></p>`;

/** A criterion by its name, and what it says. */
export const titled = (words: Words, one: Pick<Reason, 'criterion' | 'code' | 'figures'>): TemplateResult => html`<strong>${named(words, one.criterion)}</strong>${words.locale === 'fr' ? '\u00a0: ' : ': '}${told(words, one)}`;

const reason = (words: Words) => (one: Reason): TemplateResult => html`<li>${titled(words, one)}</li>`;

/** The strongest for and against, in words. */
function strongest({ for: good, against, blockers }: Score, words: Words): TemplateResult {
  const { say } = words;
  return html`
    ${blockers.length > 0 ? html`<div class="notice bad"><strong>${say('blockedBy')}</strong><ul class="reasons">${blockers.map((one) => html`<li>${blocked(words, one)}</li>`)}</ul></div>` : nothing}
    <div class="pair">
      <div><h3>${say('reasonsFor')}</h3>${good.length > 0 ? html`<ul class="reasons for">${good.map(reason(words))}</ul>` : html`<p class="muted">${say('noneFor')}</p>`}</div>
      <div><h3>${say('reasonsAgainst')}</h3>${against.length > 0 ? html`<ul class="reasons against">${against.map(reason(words))}</ul>` : html`<p class="muted">${say('noneAgainst')}</p>`}</div>
    </div>`;
}

/** What a score means for either side, and how often such pairs sign. */
function meaning({ score: { sides }, seen, chance }: Found, words: Words): TemplateResult {
  const { say } = words;
  const [yours, theirs] = seen === 'artist' ? [sides.place, sides.artist] : [sides.artist, sides.place];
  const tenths = chance === null ? null : Math.round(chance * 10);
  return html`<p>${say('sides', { yours, theirs })}${tenths === null ? nothing : html` ${tenths === 0 ? say('chanceFew') : say('chance', { n: tenths })}`}</p>`;
}

/** All that made a score: the groups with their points, and every criterion with its degree, its points and its figures. */
export function explanation(found: Found, words: Words): TemplateResult {
  const { say } = words;
  const { score } = found;
  const points = (value: number): string => number(words, value);
  return html`${meaning(found, words)}${strongest(score, words)}
    <table class="groups"><caption>${say('groupsTitle')}</caption><tbody>${score.groups.map(({ group, weight, points: won, known }) => html`
      <tr><th scope="row">${coded(words, 'g', group)}${bar(won / Math.max(weight, 1), known ? '' : 'guess')}</th>
        <td class="end">${say('groupPoints', { points: points(won), weight: points(weight) })}${known ? nothing : html`<br><span class="small muted">${say('notKnown')}</span>`}</td></tr>`)}</tbody></table>
    <details class="all"><summary>${say('allCriteria', { n: score.criteria.length })}</summary>
      ${score.groups.map(({ group }) => html`<h3>${coded(words, 'g', group)}</h3>
        <ul class="criteria">${score.criteria.filter((one) => one.group === group).map((one) => html`<li class=${one.known ? '' : 'unknown'}>
          <p class="line"><strong>${named(words, one.criterion)}</strong><span class="num small">${say('pointsOf', { points: points(one.points), worth: points(one.worth) })}</span></p>
          ${bar(one.degree, one.known ? '' : 'guess')}
          <p class="small">${one.known ? told(words, one) : html`<em>${say('notKnown')}</em>`}${one.of ? html` <span class="muted">(${say(`wishOf_${one.of}`)})</span>` : nothing}</p></li>`)}</ul>`)}
      <p class="small muted">${say('modelSaid', { card: score.scorecard, model: score.model })}</p></details>`;
}
