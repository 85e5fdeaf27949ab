import { css, html, nothing, type TemplateResult } from 'lit';
import { hour, longDay, month as monthName, part } from '../core/format-days.ts';
import type { Site } from '../core/site.ts';

/** A date on a stage, as much of it as is announced. */
export interface ShowLine {
  readonly day: string;
  readonly startTime: string;
  /** What people look for: who plays, or where. */
  readonly title: string;
  /** The rest of it. */
  readonly note: string;
  readonly ticketUrl: string;
  readonly free?: boolean;
  readonly cancelled?: boolean;
  /** Its number on a map. */
  readonly mark?: number | undefined;
  /** Finds it on the map; then its number is a button. */
  readonly choose?: (() => void) | undefined;
  /** It is the one chosen there. */
  readonly chosen?: boolean;
  /** The first that is to come. */
  readonly next?: boolean;
  /** It is over. */
  readonly past?: boolean;
}

export const showsStyles = css`
.shows { border-top: 1px solid var(--line) }
.shows > li { display: grid; grid-template-columns: 3.6em minmax(0, 1fr); gap: 2px 16px; padding: 14px 0; border-bottom: 1px solid var(--line); align-items: baseline }
.shows time { display: grid; grid-row: span 3; line-height: 1.1; font-variant-numeric: tabular-nums }
.shows time b { font-size: 1.73em; font-weight: 600; font-family: var(--title-font) }
.shows time span { color: var(--muted); font-size: .87em }
.shows .title { font-weight: 600; font-size: 1.13em }
.shows .more { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: baseline }
.shows a { display: inline-block; padding: 3px 0; min-height: 24px }
.gone .title, .gone b { text-decoration: line-through; color: var(--muted); font-weight: 400 }
.stamp { color: var(--bad); font-weight: 600 }
.mark { display: inline-grid; place-items: center; min-width: 1.6em; height: 1.6em; border-radius: 1em; border: 1px solid var(--edge); font-size: .8em; font-weight: 600; font-variant-numeric: tabular-nums; margin-inline-end: .4em }
/* The room around it that answers a finger is the button's own, so that nothing of it runs out of its box. */
button.mark { position: relative; isolation: isolate; box-sizing: content-box; min-height: 0; padding: 11px 9px; margin: -11px calc(.4em - 9px) -11px -9px; border: 0; background: none; line-height: 1 }
button.mark::before { content: ''; position: absolute; z-index: -1; inset: 11px 9px; border: 1px solid var(--edge); border-radius: 1em }
button.mark:hover, .chosen button.mark { color: var(--ground) } button.mark:hover::before, .chosen button.mark::before { background: var(--ink); border-color: var(--ink) }
.next { color: var(--accent); font-size: .77em; white-space: nowrap } .been :is(.title, b) { color: var(--muted); font-weight: 400 }
.month-name { margin: 28px 0 10px } .month-name:first-child { margin-top: 0 } .month-name::first-letter { text-transform: uppercase }
@container flow (min-width: 35em) {
  .shows > li { grid-template-columns: 4.6em minmax(0, 1fr) auto }
  .shows time { grid-row: span 2 } .shows .more { grid-column: 3; grid-row: 1 / span 2; align-self: center; justify-content: end; text-align: end }
}`;

/**
 * One date: the day as a block, what and where, then the hour and the way in.
 *
 * @csspart show - One date.
 */
export function showLine(show: ShowLine, { say, locale }: Pick<Site, 'say' | 'locale'>): TemplateResult {
  const { title, note, day, startTime, ticketUrl, free, cancelled, mark, choose, chosen, next, past } = show;
  return html`<li class=${[cancelled && 'gone', chosen && 'chosen', past && 'been'].filter(Boolean).join(' ')} part="show">
    <time datetime=${startTime ? `${day}T${startTime}` : day} aria-label=${longDay(day, locale)}><span>${part(day, locale, 'weekday')}</span><b>${Number(day.slice(8))}</b><span>${part(day, locale, 'month')}</span></time>
    <span class="title">${!mark ? nothing : choose ? html`<button type="button" class="mark" aria-pressed=${chosen ? 'true' : 'false'} aria-label="${mark}. ${say('showOnMap', { title: `${title}, ${longDay(day, locale)}` })}" @click=${choose}>${mark}</button>` : html`<span class="mark" aria-hidden="true">${mark}</span>`}${title}${next ? html` <span class="next">${say('nextDate')}</span>` : nothing}</span>
    <span class="muted">${note}</span>
    <span class="more">${cancelled ? html`<span class="stamp">${say('cancelled')}</span>` : html`<span class="num">${startTime ? hour(startTime, locale) : nothing}</span>${
      free ? html`<span class="muted">${say('freeEntry')}</span>` : nothing}${
      ticketUrl && !past ? html`<a href=${ticketUrl} target="_blank" rel="noopener" aria-label=${say('ticketsFor', { title: `${title}, ${longDay(day, locale)}` })}>${say('tickets')}</a>` : nothing}`}</span>
  </li>`;
}

/** Dates under the name of their month, in the order they come. */
export function showsByMonth(shows: readonly ShowLine[], site: Pick<Site, 'say' | 'locale'>): readonly TemplateResult[] {
  const months = new Map<string, ShowLine[]>();
  for (const show of shows) {
    const month = show.day.slice(0, 7);
    months.set(month, [...months.get(month) ?? [], show]);
  }
  return [...months].map(([month, some]) => html`
    <h3 class="month-name">${monthName(`${month}-01`, site.locale)}</h3>
    <ul class="shows">${some.map((show) => showLine(show, site))}</ul>`);
}
