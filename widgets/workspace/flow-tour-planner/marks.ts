import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Bench } from './bench.ts';
import type { Known } from './known.ts';

/* Small pieces that several views of the planner draw. */

/** A piece of an artist's line, as it is drawn on the map and on the timeline. */
export const stroke = (known: Known, artist: string): TemplateResult => {
  const { tone, dash } = known.look(artist);
  return html`<svg class="stroke" viewBox="0 0 32 8" aria-hidden="true">${svg`<line x1="0" y1="4" x2="32" y2="4" stroke-width="3" .style=${`stroke:var(--${tone})`} stroke-dasharray=${dash.map((one) => one * 3).join(' ')}></line>`}</svg>`;
};

/** Which artist is shown, where a plan has several; empty for all. */
export function artistField({ plan, words: { say } }: Pick<Bench, 'plan' | 'words'>, chosen: string, choose: (artist: string) => void): TemplateResult | typeof nothing {
  return plan.artists.length > 1 ? html`<label class="row pick"><span class="small">${say('tourArtist')}</span><select name="artist" @change=${(event: Event) => { choose((event.currentTarget as HTMLSelectElement).value); }}><option value="" ?selected=${chosen === ''}>${say('tourAllArtists')}</option>${plan.artists.map(({ id, name }) => html`<option value=${id} ?selected=${id === chosen}>${name}</option>`)}</select></label>` : nothing;
}

/** The head of a sheet: what it is about, and the button that shuts it. */
export const sheetHead = ({ say }: Bench['words'], about: TemplateResult, shut: () => void): TemplateResult =>
  html`<div class="row between top">${about}<button type="button" class="shut" aria-label=${say('tourShut')} @click=${shut}>×</button></div>`;
