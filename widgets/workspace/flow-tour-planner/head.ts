import { html, type TemplateResult } from 'lit';
import type { Site } from '../../core/site.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import { sum, type Bench } from './bench.ts';
import { wantedForm, type Wanted } from './search.ts';

/** What the sheet of a scenario asks. */
export type Asked = 'copy' | 'rename' | 'remove';

/** The tools of the planner. */
export interface Heading {
  readonly site: Site;
  readonly repair: boolean;
  readonly turn: (repair: boolean) => void;
  readonly wanted: Wanted;
  readonly want: (wanted: Wanted) => void;
  readonly searching: boolean;
  readonly search: () => void;
  readonly choose: (scenarioId: string) => void;
  readonly ask: (kind: Asked) => void;
  readonly step: (which: 'undo' | 'redo') => void;
}

/** Scenarios, undo and redo, how changes are taken up, and the search. */
export function head({ plan, scenario, words, acts, still }: Bench, { repair, turn, wanted, want, searching, search, choose, ask, step }: Heading): TemplateResult {
  const { say } = words;
  const busy = acts.busy !== '';
  return html`<div class="tools"><div class="row"><label class="row"><span class="small">${say('tourScenario')}</span><select name="scenario" ?disabled=${busy} .value=${scenario.id} @change=${(event: Event) => { choose((event.currentTarget as HTMLSelectElement).value); }}>${plan.scenarios.map(({ id, name, shows, marginMinor }) => html`<option value=${id} ?selected=${id === scenario.id}>${name} · ${say('tourShows', { n: shows })} · ${sum(words, marginMinor)}</option>`)}</select></label>
      <span class="row">${(['copy', 'rename', 'remove'] as const).filter((one) => one !== 'remove' || plan.scenarios.length > 1).map((kind) => html`<button type="button" class="plain small" aria-haspopup="dialog" @click=${() => { ask(kind); }}>${say(`scenario_${kind}`)}</button>`)}</span></div>
    <div class="row"><button type="button" class="small-button" ?disabled=${!scenario.undo || busy || still} @click=${() => { step('undo'); }}>${say('tourUndo')}</button><button type="button" class="small-button" ?disabled=${!scenario.redo || busy || still} @click=${() => { step('redo'); }}>${say('tourRedo')}</button>
      <label class="check inline-check"><input type="checkbox" name="keep-rest" .checked=${!repair} @change=${(event: Event) => { turn(!(event.currentTarget as HTMLInputElement).checked); }}><span>${say('tourLeaveRest')}</span></label></div>
    <div class="row find">${wantedForm(words, wanted, want)}<button type="button" class="primary search" ?disabled=${searching} @click=${search}>${say(searching ? 'tourSearching' : 'tourSearch')}</button></div></div>`;
}

/** What the sheet of a scenario does. */
export interface Scenarios { readonly kind: Asked; readonly site: Site; readonly shut: () => void; readonly copy: (name: string) => void; readonly rename: (name: string) => void; readonly remove: () => void }

/** Copying, renaming or removing the scenario that is open. */
export function scenarioSheet({ scenario, words: { say }, acts }: Bench, { kind, site, shut, copy, rename, remove }: Scenarios): TemplateResult {
  return html`<form @submit=${onSubmit(({ name = '' }) => { if (kind === 'remove') remove(); else (kind === 'copy' ? copy : rename)(name); })}><h2 id="sheet-title">${say(`scenario_${kind}`)}</h2>
    ${kind === 'remove' ? html`<p>${say('scenarioRemoveSure', { name: scenario.name, n: scenario.tour.sums.shows })}</p>` : field({ label: say('scenarioName') }, html`<input name="name" required maxlength="80" autocomplete="off" value=${kind === 'copy' ? say('scenarioCopyOf', { name: scenario.name }) : scenario.name}>`)}
    ${outcome(acts, site, 'scenario')}<div class="row">${button(acts, site, { act: 'scenario', label: say(`scenario_${kind}`), kind: kind === 'remove' ? 'danger' : 'primary' })}<button type="button" @click=${shut}>${say('cancel')}</button></div></form>`;
}
