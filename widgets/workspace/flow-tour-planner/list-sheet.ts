import { html, nothing, type TemplateResult } from 'lit';
import { detailsOf } from '../../core/api.ts';
import type { Site } from '../../core/site.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import { textOf } from '../../parts/text-of.ts';
import type { Bench } from './bench.ts';
import type { Listed } from './model.ts';

/** Characters that the door takes at once. */
const LONGEST = 450_000;

/** A list of places as a form says it: for one artist, or null for all. */
export interface NewList { readonly artist: string | null; readonly content: string }

/** What the sheet of a list does, and what became of the last one. */
export interface Listing {
  readonly site: Site;
  readonly listed: Listed | null;
  /** What is wrong with the form. */
  readonly wrong: string;
  readonly refuse: (why: string) => void;
  readonly add: (list: NewList) => void;
  readonly shut: () => void;
}

/** Many places at once: pasted from a spreadsheet, or a file of it. What could not be read is told by line, and stays in the form to be put right. */
export function listForm({ plan, words: { say }, acts }: Bench, { site, listed, wrong, refuse, add, shut }: Listing): TemplateResult {
  const line = detailsOf(acts.errorOf('list'))['line'];
  return html`<form @submit=${onSubmit(async ({ artist = '', content = '' }, form) => {
    const [file] = form.querySelector<HTMLInputElement>('[type=file]')?.files ?? [];
    const text = file ? await textOf(file) : content;
    if (text.trim() === '') refuse(say('listEmpty'));
    else if (text.length > LONGEST) refuse(say('listLong'));
    else add({ artist: artist || null, content: text });
  })}><p class="small muted">${say('listHow')}</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${say('listExample')}><table class="small example"><caption class="sr">${say('listExample')}</caption>
      <thead><tr>${(['listName', 'listTown', 'listPrice', 'stopSeats', 'listDays'] as const).map((column) => html`<th scope="col">${say(column)}</th>`)}</tr></thead>
      <tbody><tr><td>La Vapeur</td><td>21000 Dijon</td><td>1200</td><td>180</td><td>${say('listExampleDays')}</td></tr></tbody></table></div>
    ${plan.artists.length > 1 ? field({ label: say('listFor') }, html`<select name="artist"><option value="">${say('listAll')}</option>${plan.artists.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</select>`) : nothing}
    ${field({ label: say('listText') }, html`<textarea name="content" rows="7" spellcheck="false" autocomplete="off"></textarea>`)}
    ${field({ label: say('listFile') }, html`<input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values">`)}
    <p id="wrong" class="bad" role="alert">${wrong || nothing}</p>${outcome(acts, site, 'list')}${line ? html`<p class="small">${site.sayOwn('atLine', { n: line })}</p>` : nothing}
    <div role="status">${listed ? became(plan.currency, say, listed) : nothing}</div>
    <div class="row">${button(acts, site, { act: 'list', label: say('listAdd'), kind: 'primary' })}<button type="button" @click=${shut}>${listed ? say('tourShut') : say('cancel')}</button></div></form>`;
}

/** What was taken, and what was not, line by line. */
function became(currency: string, say: Bench['words']['say'], { fresh, again, beyond, wrong, wrongRows }: Listed): TemplateResult {
  return html`<div class="notice ${wrongRows > 0 || beyond > 0 ? '' : 'good'}"><p>${say('listFresh', { n: fresh })}${again > 0 ? html` ${say('listAgain', { n: again })}` : nothing}${beyond > 0 ? html` ${say('listBeyond', { n: beyond })}` : nothing}</p>
    ${wrongRows > 0 ? html`<p>${say('listWrong', { n: wrongRows })}</p><ul class="small">${wrong.map(({ line, reason, said }) => html`<li>${say('listRow', { line: String(line), why: say(`unlisted_${reason}`, { said, currency }) })}</li>`)}</ul>${wrongRows > wrong.length ? html`<p class="small">${say('listMore', { n: wrongRows - wrong.length })}</p>` : nothing}` : nothing}</div>`;
}
