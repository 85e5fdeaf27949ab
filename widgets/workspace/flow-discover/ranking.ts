import { html, nothing, type TemplateResult } from 'lit';
import { coded, number, percent } from '../../parts/figures.ts';
import { named } from '../../parts/reasons.ts';
import type { Cards, Query, Seen, Variety, Words } from './model.ts';

/** Points that a place of the list may cost at full strength: `pointsAtMost` of the server. */
const POINTS = 10;
/** From how much on each word stands. */
const WORDS = [[0, 'varietyWord_none'], [1, 'varietyWord_little'], [31, 'varietyWord_clear'], [61, 'varietyWord_strong'], [91, 'varietyWord_most']] as const;

/** How strongly variety counts, in a word and as a figure: `nettement, 50 %`. */
export function varietyWords(words: Words, hundredths: number): string {
  const key = WORDS.findLast(([from]) => hundredths >= from)?.[1] ?? 'varietyWord_none';
  return hundredths === 0 ? words.say(key) : `${words.say(key)}, ${percent(words, hundredths)}`;
}

/** What variety did to the list, in sentences. */
export function varietyDid({ places, moved, entered, cost, groups }: Variety, words: Words): string {
  const { say } = words;
  if (moved === 0) return say('varietyNothing');
  const spread = (['region', 'genre', 'level'] as const).filter((trait) => groups[trait][0] !== groups[trait][1]).map((trait) => say(`varietyOf_${trait}`, { before: groups[trait][0], after: groups[trait][1] }));
  return [say('varietyMoved', { moved, places, entered }), say('varietyCost', { points: number(words, Math.max(0, cost)) }), spread.length > 0 ? say('varietySpread', { spread: spread.join(', ') }) : ''].filter(Boolean).join(' ');
}

/** While it is moved the word moves along; it is searched once it is let go. */
interface Moved {
  readonly to: (hundredths: number) => void;
  readonly left: (hundredths: number) => void;
}

/** How strongly variety counts, to be set. `at` is where it stands now. */
export function varietyControl({ at, sort }: { readonly at: number; readonly sort: Query['sort'] }, words: Words, { to, left }: Moved): TemplateResult {
  const { say } = words;
  const off = sort !== 'score';
  const valueOf = (event: Event): number => Number((event.currentTarget as HTMLInputElement).value);
  return html`<div class="variety"><label for="variety">${say('variety')}</label> <output for="variety">${varietyWords(words, at)}</output>
    <input id="variety" type="range" min="0" max="100" step="10" .value=${String(at)} ?disabled=${off} aria-valuetext=${varietyWords(words, at)} aria-describedby="variety-how"
      @input=${(event: Event) => { to(valueOf(event)); }} @change=${(event: Event) => { left(valueOf(event)); }}>
    <p class="small muted" id="variety-how">${off ? say('varietyOnly') : at === 0 ? say('varietyNone') : say('varietyHow', { points: number(words, (at / 100) * POINTS) })}</p></div>`;
}

/** The scorecards that one may rank by, each with what every criterion weighs. Where there is one, there is nothing to choose. */
export function cardChoice({ cards, seen }: Cards, chosen: string, words: Words, choose: (card: Cards['cards'][number]['card']) => void): TemplateResult {
  const { say } = words;
  return html`<fieldset class="cards"><legend>${say('rankingCard')}</legend>${cards.map((one) => {
    const figures = { n: one.groups.reduce((sum, { criteria }) => sum + criteria.length, 0), groups: one.groups.length };
    return html`<div>
      ${cards.length > 1 ? html`<label class="check"><input type="radio" name="card" value=${one.card} .checked=${one.card === chosen} @change=${() => { choose(one.card); }}><span>${say(`card_${one.card}`)}<br><small>${say(`cardHow_${one.card}`, figures)}</small></span></label>`
        : html`<p>${say(`card_${one.card}`)}<br><small>${say(`cardHow_${one.card}`, figures)}</small></p>`}
      ${weights(one, seen, words)}</div>`;
  })}</fieldset>`;
}

/** What each criterion of a scorecard weighs, of 100, for oneself and for the other side. */
function weights({ card, model, learned, groups }: Cards['cards'][number], seen: Seen, words: Words): TemplateResult {
  const { say } = words;
  const other: Seen = seen === 'artist' ? 'place' : 'artist';
  const points = (value: number): string => (value === 0 ? '–' : number(words, value));
  const sum = (criteria: (typeof groups)[number]['criteria'], side: Seen): number => criteria.reduce((all, one) => all + one[side], 0);
  return html`<details><summary>${say('weights', { card: say(`card_${card}`) })}</summary>
    <p class="small">${say(learned ? 'weightsLearned' : 'weightsPublished', { model })} ${say('weightsHow')}</p>
    <table class="weights"><thead><tr><th scope="col">${say('colCriterion')}</th><th scope="col" class="end">${say('weightsYours')}</th><th scope="col" class="end">${say('weightsTheirs')}</th></tr></thead>
      ${groups.map(({ group, criteria }) => html`<tbody><tr class="group"><th scope="rowgroup">${coded(words, 'g', group)}</th><td class="end">${points(sum(criteria, seen))}</td><td class="end">${points(sum(criteria, other))}</td></tr>
        ${criteria.map((one) => html`<tr><th scope="row">${named(words, one.criterion)}</th><td class="end">${points(one[seen])}</td><td class="end">${points(one[other])}</td></tr>`)}</tbody>`)}</table>
    ${groups.some(({ criteria }) => criteria.some(({ artist, place }) => artist === 0 || place === 0)) ? html`<p class="small muted">${say('weightsDash')}</p>` : nothing}</details>`;
}
