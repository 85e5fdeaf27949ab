import { css, html, nothing, type TemplateResult } from 'lit';
import { detailsOf } from '../core/api.ts';
import { wordsOf } from '../core/presence.ts';
import type { Site } from '../core/site.ts';
import { base, tokens } from '../core/theme.ts';
import type { Figures, OwnKey, PublicKey, Say } from '../core/words.ts';
import type { Acts } from './acts.ts';

/* The pieces that every page of our own origin is set from. */

/** What our own pages speak with. */
export type SayOwn = Say<PublicKey | OwnKey>;

/** A word whose key is put together from what the server says, `status_agreed`; empty when we have none. */
export function word(say: SayOwn, key: string, figures: Figures = {}): string {
  const said = say(key as OwnKey, figures);
  return said === key ? '' : said;
}

/** A failed act, in words that end with what to do, and the field that is meant; announced. */
export function failure(site: Site, error: unknown): TemplateResult | typeof nothing {
  if (!error) return nothing;
  const { field, why } = detailsOf(error);
  const { sayOwn } = site;
  const name = (field && word(sayOwn, `field_${field.split('.').at(-1) ?? ''}`)) ?? '';
  return html`<p class="notice bad" role="alert"><span>${wordsOf(sayOwn, error)} ${why ? word(sayOwn, `why_${why}`) : nothing}${name ? html` <strong>${name}</strong>` : nothing}</span></p>`;
}

interface Field {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Takes the whole row of a form. */
  readonly wide?: boolean;
  /** What is said of an answer that may be left out. */
  readonly optional?: string | undefined;
}

/** A field under its label. The label holds the control, so that both are one target. */
export const field = ({ label, hint, wide, optional }: Field, control: unknown): TemplateResult =>
  html`<label class="field ${wide ? 'wide' : ''}"><span>${label}${optional ? html` <small>(${optional})</small>` : nothing}</span>${control}${hint ? html`<small>${hint}</small>` : nothing}</label>`;

interface Button {
  readonly act: string;
  readonly label: string;
  readonly kind?: 'primary' | 'danger' | 'plain';
  /** Without one it submits its form. */
  readonly press?: () => void;
}

/** The button of an act: all wait while one is under way. */
export const button = (acts: Acts, site: Site, { act, label, kind, press }: Button): TemplateResult => html`
  <button type=${press ? 'button' : 'submit'} class=${kind ?? ''} ?disabled=${acts.busy !== ''} aria-busy=${acts.busy === act ? 'true' : 'false'} @click=${() => { press?.(); }}>${acts.busy === act ? site.sayOwn('underWay') : label}</button>`;

/** How an act ended badly: what was wrong, announced. */
export const outcome = (acts: Acts, site: Site, act: string): TemplateResult | typeof nothing => failure(site, acts.errorOf(act));

/** How an act ended well, announced. */
export const success = (acts: Acts, act: string, words: unknown): TemplateResult => html`<div role="status">${acts.done === act ? html`<p class="notice good">${words}</p>` : nothing}</div>`;

/** What a form holds, by name. */
const typed = (form: HTMLFormElement): Readonly<Record<string, string>> =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value.trim() : '']));

/** Runs `act` when a form is sent: never the browser's own way. The browser has checked the fields by then. */
export const onSubmit = (act: (values: Readonly<Record<string, string>>, form: HTMLFormElement) => unknown) => (event: SubmitEvent): void => {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  act(typed(form), form);
};

/** The looks of those pieces, over core/theme. 4 px grid; 13 / 15 / 17 / 20 / 26 / 34; a card is never drawn where a rule is enough. */
const pieces = css`
.flow { font-size: 15px; font-family: var(--flow-font, system-ui, sans-serif) }
h1 { margin: 0; font-size: 26px; line-height: 1.2; font-weight: 600; letter-spacing: -.012em; text-wrap: balance; font-family: var(--title-font) }
h2 { font-size: 20px } h3 { font-size: 17px } h4 { font-size: 15px }
:is(h1, h2, h3, h4, legend) { overflow-wrap: anywhere } button { max-width: 100%; overflow-wrap: anywhere }
@container flow (min-width: 720px) { h1 { font-size: 34px } }
small, .small { font-size: 13px; line-height: 1.4 }
small { color: var(--muted) }
.lead { font-size: 17px }
.words { white-space: pre-line; overflow-wrap: anywhere }
.end { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums lining-nums }
.between { justify-content: space-between }
.notice { padding: 8px 0 8px 16px }
.danger { color: var(--bad); border-color: currentcolor }
[aria-busy=true]:disabled { opacity: 1; cursor: progress }
[role=status]:empty { position: absolute }
form { display: grid; gap: 20px; align-content: start }
.fields { display: grid; gap: 16px 20px; grid-template-columns: minmax(0, 1fr) }
@container flow (min-width: 520px) { .fields { grid-template-columns: repeat(2, minmax(0, 1fr)) } .fields > .wide { grid-column: 1 / -1 } }
.field { display: grid; gap: 4px; align-content: start }
.field > span, legend { font-size: 13px; font-weight: 600 } .field > span > small { font-weight: 400 }
input, select, textarea { width: 100%; min-width: 0; min-height: 44px; padding: 8px 12px; font-size: 17px; line-height: 1.3; color: var(--ink); background: var(--surface); border: 1px solid var(--edge); accent-color: var(--accent) }
textarea { min-height: 112px; max-height: 480px; resize: vertical; display: block; field-sizing: content }
input:is([type=checkbox], [type=radio]) { width: 20px; height: 20px; min-height: 20px; margin: 1px 0 0; padding: 0; flex: none }
:is(input, select, textarea):user-invalid, [aria-invalid=true] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad) }
::placeholder { color: var(--muted); opacity: 1 }
.check { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 12px; align-items: start; padding: 10px 0; cursor: pointer }
.tag { display: inline-block; padding: 1px 8px; font-size: 13px; line-height: 1.45; border: 1px solid var(--edge); border-radius: 999px; color: var(--muted); white-space: nowrap }
.tag.now { color: var(--accent); border-color: currentcolor; font-weight: 600 }
.tag.good { color: var(--good); border-color: currentcolor } .tag.warn { color: var(--warn); border-color: currentcolor } .tag.bad { color: var(--bad); border-color: currentcolor }
.kinds { gap: 0 20px }
.empty { display: grid; gap: 12px; justify-items: start; padding: 32px 0; border-top: 1px solid var(--line) }
.facts { display: grid; gap: 12px 24px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 208px), 1fr)) }
.facts dt { font-size: 13px; color: var(--muted) } .facts dd { overflow-wrap: anywhere } .facts .wide { grid-column: 1 / -1 }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
pre { margin: 0; padding: 12px 16px; border: 1px solid var(--line); border-radius: var(--radius); white-space: pre-wrap; overflow-wrap: anywhere }
summary { cursor: pointer; padding: 6px 0; font-weight: 600 }
dialog { color: var(--ink); background: var(--ground); border: 1px solid var(--edge); border-radius: var(--radius); padding: 24px; max-width: min(520px, calc(100vw - 32px)) }
dialog::backdrop { background: rgb(0 0 0 / .45) }`;

/** What every widget of our own pages has as `static styles`, before its own. */
export const desk = [tokens, base, pieces];
