import { html, type TemplateResult } from 'lit';
import { wordsOf } from '../../core/presence.ts';
import { sum, type Words } from './bench.ts';
import type { Search } from './model.ts';

/** How hard is looked, and for how many tours. */
export interface Wanted { readonly count: number; readonly effort: 'quick' | 'thorough' }
/** What a search has come to. */
export interface Running {
  readonly runId: string;
  readonly progress: Extract<Search, { kind: 'progress' }> | null;
  readonly cancelling: boolean;
}
/** What a search found last. */
export type Variants = Omit<Extract<Search, { kind: 'done' }>, 'kind'> & { readonly runId: string };

/** While it looks: how far it is, and what the best so far would bring. */
export function searching(words: Words, { progress, cancelling }: Running, cancel: () => void): TemplateResult {
  const { say } = words;
  const part = Math.round(100 * (progress?.spent ?? 0));
  return html`<section class="searching" aria-labelledby="searching"><div class="row between"><h2 id="searching">${say('tourSearching')}</h2><button type="button" ?disabled=${cancelling} @click=${cancel}>${say(cancelling ? 'tourCancelling' : 'tourCancel')}</button></div>
    <progress max="100" value=${part} aria-labelledby="searching"></progress>
    <p role="status">${progress && progress.shows > 0 ? say('tourBestSoFar', { n: progress.shows, sum: sum(words, progress.marginMinor) }) : progress?.waits ? say('tourWaits', { n: progress.waits }) : say('tourNoneYet')}</p></section>`;
}

/** A search that failed, in words. */
export const searchFailed = ({ say }: Words, code: string, again: () => void): TemplateResult => html`<div class="notice bad" role="alert"><p>${wordsOf(say, { data: { reason: code } })}</p><button type="button" @click=${again}>${say('retry')}</button></div>`;

/** What is looked for. */
export function wantedForm({ say }: Words, wanted: Wanted, change: (wanted: Wanted) => void): TemplateResult {
  return html`<label class="row small"><span>${say('tourHowMany')}</span><select name="count" @change=${(event: Event) => { change({ ...wanted, count: Number((event.currentTarget as HTMLSelectElement).value) }); }}>${[3, 4, 5].map((n) => html`<option value=${n} ?selected=${n === wanted.count}>${n}</option>`)}</select></label>
    <label class="row small"><span>${say('tourEffort')}</span><select name="effort" @change=${(event: Event) => { change({ ...wanted, effort: (event.currentTarget as HTMLSelectElement).value as Wanted['effort'] }); }}>${(['quick', 'thorough'] as const).map((one) => html`<option value=${one} ?selected=${one === wanted.effort}>${say(`effort_${one}`)}</option>`)}</select></label>`;
}
