import { html, nothing, type TemplateResult } from 'lit';
import { coded, number, percent } from '../../parts/figures.ts';
import { blocked, named, titled, told } from '../../parts/reasons.ts';
import type { Found, Reason, Score, WholeScore, Words } from './model.ts';

/** A bar beside its figures, which say the same. `part` is 0 to 1. */
const bar = (part: number, kind = ''): TemplateResult => html`<span class="bar ${kind}" aria-hidden="true"><i .style=${`width:${Math.round(100 * Math.min(1, Math.max(0, part)))}%`}></i></span>`;

/** The score, large, with the part of what counts that is known. */
export const scoreOf = ({ score, confidence }: Score, words: Words): TemplateResult => html`<p class="score"><strong class="num" aria-hidden="true">${score}</strong><span class="muted" aria-hidden="true">/ 100</span><span class="sr">${words.say('scoreOf', { n: score })}. </span>
  <span class="small muted">${words.say('confidence', { percent: percent(words, Math.round(confidence * 100)) })}</span></p>`;

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

/** The criteria of a score that are read once somebody opens them. */
interface Detail {
  readonly open: boolean;
  readonly toggled: (open: boolean) => void;
  /** What stands there: that they are being read, that they could not be, or each of them. */
  readonly content: () => unknown;
}

/** What made a score: the groups with their points, and on demand every criterion with its degree, its points and its figures. */
export function explanation(found: Found, words: Words, { open, toggled, content }: Detail): TemplateResult {
  const { say } = words;
  const { score } = found;
  return html`${meaning(found, words)}${strongest(score, words)}
    <table class="groups"><caption>${say('groupsTitle')}</caption><tbody>${score.groups.map(({ group, weight, points: won, known }) => html`
      <tr><th scope="row">${coded(words, 'g', group)}${bar(won / Math.max(weight, 1), known ? '' : 'guess')}</th>
        <td class="end">${say('groupPoints', { points: number(words, won), weight: number(words, weight) })}${known ? nothing : html`<br><span class="small muted">${say('notKnown')}</span>`}</td></tr>`)}</tbody></table>
    <details class="all" .open=${open} @toggle=${(event: Event) => { toggled((event.currentTarget as HTMLDetailsElement).open); }}><summary>${say('allCriteria', { n: score.criteriaCount })}</summary>${open ? content() : nothing}</details>`;
}

/** Every criterion of a pair, by its group. `listed` is the score that the list said: where it is another one by now, that is said. Null: the two can be compared no more. */
export function criteria(whole: WholeScore | null, listed: number, words: Words): TemplateResult {
  const { say } = words;
  if (!whole || whole.criteria.length === 0) return html`<p>${say('criteriaGone')}</p>`;
  const points = (value: number): string => number(words, value);
  return html`${whole.score === listed ? nothing : html`<p class="notice">${say('scoreNow', { score: whole.score, before: listed })}</p>`}
    ${whole.groups.map(({ group }) => html`<h3>${coded(words, 'g', group)}</h3>
      <ul class="criteria">${whole.criteria.filter((one) => one.group === group).map((one) => html`<li class=${one.known ? '' : 'unknown'}>
        <p class="line"><strong>${named(words, one.criterion)}</strong><span class="num small">${say('pointsOf', { points: points(one.points), worth: points(one.worth) })}</span></p>
        ${bar(one.degree, one.known ? '' : 'guess')}
        <p class="small">${one.known ? told(words, one) : html`<em>${say('notKnown')}</em>`}${one.of ? html` <span class="muted">(${say(`wishOf_${one.of}`)})</span>` : nothing}</p></li>`)}</ul>`)}
    <p class="small muted">${say('modelSaid', { card: whole.scorecard, model: whole.model })}</p>`;
}
