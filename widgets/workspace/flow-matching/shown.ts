import { html, nothing, svg, type TemplateResult } from 'lit';
import { coded, dayOf, number, percent } from './figures.ts';
import type { Audit, Funnel, Group, Words } from './model.ts';

/** Lists below which nobody is called shown too much or too little; groups that stand before the others are folded away; members below which the server is silent. */
const [LISTS, FIRST, LEAST] = [30, 8, 5];
/** From four fifths of a share to its inverse is even: the rule of thumb of fairness.ts. */
const [UNDER, OVER] = [0.8, 1.25];

/** A group by its name: a département or a country, a family of styles, a standing. */
function named(words: Words, { trait, group }: Group): string {
  const { say } = words;
  if (group === '') return say('groupUnknown');
  if (trait === 'level') return coded(words, 'level', group);
  if (trait === 'genre') return group;
  return /^[A-Z]{2}$/.test(group) ? new Intl.DisplayNames(words.locale, { type: 'region' }).of(group) ?? group : say('regionOf', { code: group });
}

/** Whom the lists showed, by region, family of styles and standing: two bars a group, its share of what is looked at over its share of the artists, and which way that is. */
export function shown(audit: Audit, words: Words): TemplateResult {
  const { say } = words;
  const { from, until, shown: times, lists, pool, whole, exposure, withheld } = audit;
  if (times === 0) return html`<p class="muted">${say('exposureNone')}</p>`;
  const judged = lists >= LISTS;
  const most = Math.max(0.01, ...exposure.flatMap((one) => [one.shown, one.pool]));
  const bar = (kind: string, part: number) => svg`<rect class=${kind} width=${(part / most) * 100} height="8"></rect>`;
  const verdict = ({ toPool }: Group): TemplateResult | typeof nothing => {
    if (toPool === null || !judged) return nothing;
    const way = toPool < UNDER ? 'under' : toPool > OVER ? 'over' : 'even';
    return html`<span class="tag ${way === 'even' ? '' : 'warn'}">${way === 'even' ? say('even') : say(way, { times: number(words, toPool, 2) })}</span>`;
  };
  const row = (one: Group): TemplateResult => html`<li><strong>${named(words, one)}</strong>
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${bar('seen', one.shown)}</svg><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${bar('pool', one.pool)}</svg>
    <p class="small muted">${say('exposureLine', { shown: percent(words, one.shown), pool: percent(words, one.pool), count: number(words, one.count) })} ${verdict(one)}</p></li>`;
  return html`<p>${say('exposureHow', { from: dayOf(words, from), until: dayOf(words, until), shown: times, lists, pool })} ${whole ? nothing : say('exposurePart', { n: times })}</p>
    <p class="small muted">${judged ? say('exposureRule') : say('exposureFew', { n: LISTS })}</p>
    <p class="legend small"><span><i class="seen"></i>${say('legendShown')}</span><span><i class="pool"></i>${say('legendPool')}</span></p>
    <div class="traits">${(['region', 'genre', 'level'] as const).map((trait) => {
      const groups = exposure.filter((one) => one.trait === trait);
      const rest = groups.slice(FIRST);
      const silent = withheld.find((one) => one.trait === trait);
      return html`<div><h3>${say(`trait_${trait}`)}</h3>${groups.length > 0 ? html`<ul class="groups">${groups.slice(0, FIRST).map(row)}</ul>` : nothing}
        ${rest.length > 0 ? html`<details><summary>${say('moreGroups', { n: rest.length })}</summary><ul class="groups">${rest.map(row)}</ul></details>` : nothing}
        ${silent ? html`<p class="small muted">${say('withheld', { n: silent.groups, count: silent.count, least: LEAST })}</p>` : nothing}</div>`;
    })}</div>`;
}

/** From first sight to the show, step by step, with what is aimed at as a mark across. */
export function funnel({ from, until, impressions, steps }: Funnel, words: Words): TemplateResult {
  const { say } = words;
  return html`<p>${say('deskFunnelHow', { from: dayOf(words, from), until: dayOf(words, until), n: impressions })}</p>
    <ol class="funnel">${steps.map(({ step, count, of, rate, aim }) => html`<li><div class="line"><strong>${say(`funnel_${step}`)}</strong>${rate === null ? nothing : html`<span class="tag ${rate >= aim ? 'good' : 'warn'}">${say(rate >= aim ? 'funnelMet' : 'funnelMissed')}</span>`}</div>
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="12"></rect><rect class="seen" width=${(rate ?? 0) * 100} height="12"></rect><rect class="aim" x=${aim * 100 - 0.4} width="0.8" height="12"></rect></svg>
      <p class="small"><span>${rate === null ? say('funnelNothing') : html`<strong>${percent(words, rate)}</strong> <span class="muted">(${say('funnelOf', { count: number(words, count), of: number(words, of) })})</span>`}</span> <span class="muted">${say('funnelAim', { aim: percent(words, aim) })}</span></p></li>`)}</ol>`;
}
