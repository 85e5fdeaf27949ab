import { css, html, type TemplateResult } from 'lit';
import { longDay, month as monthName, weekdays } from '../core/format-days.ts';
import type { Locale } from '../core/messages.ts';
import type { Say } from '../core/words.ts';
import { dayByKey, weeksOf } from './days.ts';

/** What a day is, as far as anybody may know. */
export type DayState = 'free' | 'flexible' | 'busy';

/** A month as a grid: which month, what is known of its days, where the keyboard is, and what happens. */
export interface Month {
  readonly month: string;
  readonly states: ReadonlyMap<string, DayState>;
  /** The one day that Tab reaches. */
  readonly focused: string;
  readonly chosen: string;
  readonly move: (day: string) => void;
  readonly choose: (day: string) => void;
  readonly say: Say;
  readonly locale: Locale;
}

export const monthStyles = css`
.month { width: 100%; border-collapse: separate; border-spacing: 3px; table-layout: fixed }
.month th { font-weight: 400; font-size: .87em; color: var(--muted); height: 28px; padding: 0; text-align: center }
.month td { padding: 0; height: 46px; text-align: center }
.month button { position: relative; width: 100%; min-height: 46px; padding: 0 0 9px; border: 1px solid transparent; background: none; color: var(--muted); font-variant-numeric: tabular-nums }
.month button::after, .key i { content: ''; width: 6px; height: 6px; border-radius: 50%; border: 1px solid transparent }
.month button::after { position: absolute; inset: auto 0 8px; margin: auto }
.month .free, .month .flexible { color: var(--ink) }
.month .free { border-color: var(--line); font-weight: 600 }
.month .free::after, .key .free { background: var(--accent); border-color: var(--accent) }
.month .flexible { border: 1px dashed var(--line) }
.month .flexible::after, .key .flexible { border-color: var(--ink) }
.month .busy { text-decoration: line-through; cursor: default }
.month button:is(.free, .flexible):hover { border: 1px solid var(--accent); background: var(--surface) }
.month button[aria-pressed=true] { background: var(--accent); border: 1px solid var(--accent); color: var(--on-accent) }
.month button[aria-pressed=true]:hover { background: var(--accent) }
.month button[aria-pressed=true]::after { background: var(--on-accent); border-color: var(--on-accent) }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: .87em; color: var(--muted) }
.key span { display: inline-flex; align-items: center; gap: 8px } .key i { display: inline-block } .key s { font-variant-numeric: tabular-nums }
@media (forced-colors: active) { .month button:not(.free, .flexible), .month button:not(.free, .flexible)::after { border-color: Canvas } .key .free { forced-color-adjust: none; background: CanvasText } .month button[aria-pressed=true] { outline: 3px solid Highlight } .month .free::after { background: ButtonText } }`;

/** A month of days, each free, to be confirmed or taken: by colour, by mark, and in words. Keys move as in every calendar grid. */
export function monthGrid({ month, states, focused, chosen, move, choose, say, locale }: Month): TemplateResult {
  const key = (event: KeyboardEvent): void => {
    const to = dayByKey(focused, event.key);
    if (!to) return;
    event.preventDefault();
    move(to);
  };
  const cell = (date: string): TemplateResult => {
    const state = states.get(date);
    const name = longDay(date, locale);
    const open = state === 'free' || state === 'flexible';
    return html`<td role="gridcell"><button type="button" class=${state ?? ''} data-day=${date} tabindex=${date === focused ? 0 : -1}
      aria-label=${state ? say('dayIs', { day: name, state: say(state) }) : name} aria-pressed=${date === chosen ? 'true' : 'false'} aria-disabled=${open ? 'false' : 'true'}
      @click=${() => { move(date); if (open) choose(date); }}>${Number(date.slice(8))}</button></td>`;
  };
  return html`
    <table class="month" role="grid" aria-label=${monthName(`${month}-01`, locale)} @keydown=${key}>
      <thead><tr>${weekdays(locale).map(({ short, long }) => html`<th scope="col" abbr=${long}>${short.replace('.', '')}</th>`)}</tr></thead>
      <tbody>${weeksOf(month).map((week) => html`<tr>${week.map((date) => (date ? cell(date) : html`<td></td>`))}</tr>`)}</tbody>
    </table>`;
}

/** What the marks of the grid mean. */
export const monthKey = (say: Say): TemplateResult => html`
  <p class="key" aria-hidden="true"><span><i class="free"></i>${say('free')}</span><span><i class="flexible"></i>${say('flexible')}</span><span><s>12</s>${say('busy')}</span></p>`;
