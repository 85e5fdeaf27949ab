import { html, nothing, svg, type TemplateResult } from 'lit';
import { at, cardOf, coded, dayOf, number, percent } from './figures.ts';
import type { Served, Version, Words } from './model.ts';

/** Outcomes that the server needs to measure; what is aimed at: less than this calibration error, so many outcomes named (AI-13), and above 85 points so many signed (MA-07). */
const [NEEDED, ERROR, HITS, SURE] = [50, 0.05, 0.89, 0.8];
/** The side of the square that a curve is drawn in. */
const SIDE = 200;

type Measured = NonNullable<Served['measured']>;

/** What was foretold beside what came, as points over the diagonal on which both are the same; a table after it says the same. */
function curve({ curve: points }: Measured, name: string, words: Words): TemplateResult {
  const { say } = words;
  const [x, y] = [(part: number): number => Math.round(part * SIDE), (part: number): number => SIDE - Math.round(part * SIDE)];
  return html`<figure><figcaption><strong>${say('curveTitle')}</strong> <span class="small muted">${say('curveHow')}</span></figcaption>
    <svg class="curve" viewBox="-6 -6 ${SIDE + 12} ${SIDE + 12}" role="img" aria-label="${say('curveTitle')}, ${name}. ${points.map(({ said, came }) => `${percent(words, said)}: ${percent(words, came)}`).join('; ')}">
      <rect class="box" width=${SIDE} height=${SIDE}></rect>${[0.25, 0.5, 0.75].map((part) => svg`<path class="grid" d="M0 ${y(part)}H${SIDE}M${x(part)} 0V${SIDE}"></path>`)}<path class="even" d="M0 ${SIDE}L${SIDE} 0"></path>
      <polyline points=${points.map(({ said, came }) => `${x(said)},${y(came)}`).join(' ')}></polyline>${points.map(({ said, came, count }) => svg`<circle cx=${x(said)} cy=${y(came)} r="4"><title>${say('curveSaid')} ${percent(words, said)}, ${say('curveCame')} ${percent(words, came)}, ${count}</title></circle>`)}</svg>
    <p class="axes small muted"><span>→ ${say('curveSaid')}, 0–100 %</span><span>↑ ${say('curveCame')}, 0–100 %</span></p>
    <details><summary>${say('curvePoints')}</summary><table><thead><tr><th scope="col" class="end">${say('curveSaid')}</th><th scope="col" class="end">${say('curveCame')}</th><th scope="col" class="end">${say('curveCount')}</th></tr></thead>
      <tbody>${points.map(({ said, came, count }) => html`<tr><td class="end">${percent(words, said)}</td><td class="end">${percent(words, came)}</td><td class="end">${number(words, count)}</td></tr>`)}</tbody></table></details></figure>`;
}

/** The figures of what serves, each with how to read it. */
function measures({ logLoss, auc, error, hits, guess }: Measured, words: Words): TemplateResult {
  const { say } = words;
  const one = (name: 'logLoss' | 'auc' | 'error' | 'hits', value: string, how: string, missed = false): TemplateResult => html`<div><dt>${say(`fig_${name}`)}</dt><dd class="figure ${missed ? 'missed' : ''}">${value}</dd><dd class="small muted">${how}</dd></div>`;
  return html`<dl class="totals">
    ${one('logLoss', number(words, logLoss, 3), say('how_logLoss'))}${one('auc', number(words, auc, 3), say('how_auc'))}
    ${one('error', number(words, error, 3), say('how_error', { aim: number(words, ERROR, 2) }), error >= ERROR)}${one('hits', percent(words, hits), say('how_hits', { guess: percent(words, guess), aim: percent(words, HITS) }), hits < HITS)}</dl>`;
}

/** One scorecard as one side weighs it: what serves and since when, how well it foretold, and every version with why it serves or does not. `roll` asks for another one to serve. */
export function served(one: Served, versions: readonly Version[], words: Words, roll: (version: number | null) => void): TemplateResult {
  const { say } = words;
  const { scorecard, version, since, fitted, deals, from, measured, sure } = one;
  const name = cardOf(words, scorecard);
  return html`<article aria-labelledby="card-${scorecard}">
    <div class="line"><h3 id="card-${scorecard}">${name}</h3><span><strong>${version === null ? say('servedPublished') : say('servedVersion', { version })}</strong>, <span class="muted">${since ? say('servedSince', { at: at(words, since) }) : say('servedAlways')}</span></span></div>
    ${fitted ? html`<p class="small">${say('servedFrom', { n: fitted.interactions, deals: fitted.deals, from: dayOf(words, fitted.from), until: dayOf(words, fitted.until) })}</p>` : versions.length === 0 ? html`<p class="small muted">${say('servedNothing')}</p>` : nothing}
    ${measured ? html`<p class="small">${from ? say('measuredOn', { n: deals, from: dayOf(words, from) }) : nothing}</p><div class="measured">${measures(measured, words)}${curve(measured, name, words)}</div>`
      : fitted ? html`<p class="small muted">${say('measuredFew', { n: deals, needed: NEEDED })}</p>` : nothing}
    ${sure.deals > 0 ? html`<p class="small">${say('sure', { signed: sure.signed, deals: sure.deals, rate: percent(words, sure.signed / sure.deals), aim: percent(words, SURE) })}</p>` : fitted ? html`<p class="small muted">${say('sureNone', { aim: percent(words, SURE) })}</p>` : nothing}
    ${versions.length > 0 ? table(versions, words, roll) : nothing}
    ${version === null ? nothing : html`<div><button type="button" aria-haspopup="dialog" @click=${() => { roll(null); }}>${say('rollPublished')}</button></div>`}</article>`;
}

function table(versions: readonly Version[], words: Words, roll: (version: number) => void): TemplateResult {
  const { say } = words;
  const tags = { serving: 'good', refused: '', retired: '', damaged: 'bad' } as const;
  const both = (now: number | undefined, before: number | undefined, digits: number): string => {
    if (now === undefined) return '–';
    return before === undefined ? number(words, now, digits) : say('beside', { now: number(words, now, digits), before: number(words, before, digits) });
  };
  const cell = (label: string, content: unknown, kind = ''): TemplateResult => html`<td class=${kind} data-name=${label}><span>${content}</span></td>`;
  return html`<details class="versions"><summary>${say('versions', { n: versions.length })}</summary><table class="wide">
    <thead><tr><th scope="col">${say('colVersion')}</th><th scope="col">${say('colFitted')}</th><th scope="col">${say('colState')}</th><th scope="col" class="end">${say('fig_logLoss')}</th><th scope="col" class="end">${say('fig_auc')}</th><th scope="col" class="end">${say('fig_error')}</th><th scope="col">${say('colWhy')}</th></tr></thead>
    <tbody>${versions.map(({ version, fittedAt, status, reason, figures, whole }) => html`<tr><th scope="row">${version}</th>
      ${cell(say('colFitted'), dayOf(words, fittedAt))}${cell(say('colState'), html`<span class="tag ${tags[status]}">${say(`state_${status}`)}</span>`)}
      ${cell(say('fig_logLoss'), both(figures?.candidate?.logLoss, figures?.current?.logLoss, 3), 'end')}${cell(say('fig_auc'), both(figures?.candidate?.auc, figures?.current?.auc, 3), 'end')}${cell(say('fig_error'), both(figures?.candidate?.error10, figures?.current?.error10, 3), 'end')}
      ${cell(say('colWhy'), html`${coded(words, 'why', reason)}${figures?.candidate ? html`<br><span class="small muted">${say('versionDeals', { n: figures.candidate.deals })}</span>` : nothing}
        ${whole && status !== 'serving' && status !== 'damaged' ? html`<br><button type="button" class="plain" aria-haspopup="dialog" @click=${() => { roll(version); }}>${say('rollBack', { version })}</button>` : nothing}`)}</tr>`)}</tbody></table></details>`;
}
