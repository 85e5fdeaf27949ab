import { html, nothing, type TemplateResult } from 'lit';
import { hour, longDay, month as monthName, weekdays } from '../../core/format-days.ts';
import type { Locale } from '../../core/messages.ts';
import { programmeSpeech } from '../../core/programme-words.ts';
import type { Site } from '../../core/site.ts';
import type { ProgrammeKey, PublicKey, Say } from '../../core/words.ts';
import { showsByMonth, showLine, type ShowLine } from '../../parts/shows.ts';

/* What a programme has besides its dates: the ways to look at them, to choose among them, and to subscribe to them. */

export const VIEWS = ['list', 'grid', 'calendar'] as const;
export type View = (typeof VIEWS)[number];
export const PERIODS = ['all', 'week', 'month', 'weekend'] as const;
export type Period = (typeof PERIODS)[number];

/** An announced show, as the server says it. */
export interface Show {
  readonly id: string; readonly title: string; readonly artist: string | null; readonly day: string; readonly startTime: string; readonly timeZone: string; readonly place: string; readonly city: string; readonly country: string;
  readonly ticketUrl: string; readonly free: boolean; readonly status: string; readonly genres: readonly string[];
}

/** What is chosen among the dates; empty and false are everything. */
export interface Choice { readonly genre: string; readonly where: string; readonly free: boolean; readonly period: Period }

/** What the words of a programme are said with. */
export type Speak = Say<PublicKey | ProgrammeKey>;
export const wordsIn: (locale: Locale) => Promise<Speak> = programmeSpeech;

const dayMs = 86_400_000;
const daysAfter = (from: string, day: string): number => (Date.parse(day) - Date.parse(from)) / dayMs;

/** The dates that fit a choice. Fridays count among weekends: that is when people go out. */
export function chosenOf<S extends Show>(shows: readonly S[], { genre, where, free, period }: Choice, today: string): readonly S[] {
  const same = (a: string, b: string): boolean => a.localeCompare(b, undefined, { sensitivity: 'base' }) === 0;
  const fits: Record<Period, (day: string) => boolean> = {
    all: () => true, week: (day) => Math.abs(daysAfter(today, day)) < 7, month: (day) => Math.abs(daysAfter(today, day)) < 30, weekend: (day) => [0, 5, 6].includes(new Date(day).getUTCDay()),
  };
  return shows.filter((show) => (!genre || show.genres.some((one) => same(one, genre))) && (!where || same(show.place, where)) && (!free || show.free) && fits[period](show.day));
}

const named = (all: readonly string[], locale: Locale): readonly string[] => [...new Set(all.filter(Boolean))].sort((a, b) => a.localeCompare(b, locale));

interface Bar { readonly shows: readonly Show[]; readonly shown: number; readonly choice: Choice; readonly view: View; readonly site: Pick<Site, 'locale'>; readonly say: Speak; readonly choose: (some: Partial<Choice>) => void; readonly look: (view: View) => void }

/** The ways to look at the dates, and to choose among them: a question is put where there is something to choose. */
export function bar({ shows, shown, choice, view, site: { locale }, say, choose, look }: Bar): TemplateResult {
  const select = (name: 'genre' | 'where' | 'period', label: string, options: readonly (readonly [value: string, words: string])[]) => html`
    <label>${label}<select name=${name} @change=${(event: Event) => { choose({ [name]: (event.target as HTMLSelectElement).value }); }}>
      ${options.map(([value, words]) => html`<option value=${value} ?selected=${choice[name] === value}>${words}</option>`)}</select></label>`;
  const genres = named(shows.flatMap((show) => show.genres), locale);
  const places = named(shows.map((show) => show.place), locale);
  const open = (one: string, all: readonly string[]): readonly (readonly [string, string])[] => (one && !all.includes(one) ? [...all, one] : all).map((each) => [each, each]);
  return html`
    <div class="bar">
      <fieldset class="views"><legend class="sr">${say('viewAs')}</legend>${VIEWS.map((one) => html`
        <button type="button" part="button" aria-pressed=${one === view ? 'true' : 'false'} @click=${() => { look(one); }}>${say(`view_${one}`)}</button>`)}</fieldset>
      <div class="filters">
        ${select('period', say('period'), PERIODS.map((one) => [one, say(`period_${one}`)]))}
        ${genres.length > 1 || choice.genre ? select('genre', say('genre'), [['', say('anyGenre')], ...open(choice.genre, genres)]) : nothing}
        ${places.length > 1 || choice.where ? select('where', say('stage'), [['', say('anyStage')], ...open(choice.where, places)]) : nothing}
        ${choice.free || shows.some((show) => show.free) ? html`<label class="check"><input type="checkbox" name="free" .checked=${choice.free} @change=${(event: Event) => { choose({ free: (event.target as HTMLInputElement).checked }); }}>${say('freeOnly')}</label>` : nothing}
      </div>
      <p class="small muted" role="status">${shown === shows.length ? '' : say('shown', { n: shown, all: shows.length })}</p>
    </div>`;
}

/** Nothing fits what was chosen: said, with the way back to everything. */
export const nothingFits = (say: Speak, choose: (some: Partial<Choice>) => void): TemplateResult => html`
  <div class="notice"><p>${say('noneFits')}</p><button type="button" part="button" @click=${() => { choose({ genre: '', where: '', free: false, period: 'all' }); }}>${say('showAll')}</button></div>`;

/** The dates, looked at in one of the ways. */
export function dates(lines: readonly ShowLine[], view: View, site: Site, say: Speak): unknown {
  if (view === 'list') return showsByMonth(lines, site);
  if (view === 'grid') return html`<ul class="shows cards">${lines.map((line) => showLine(line, site))}</ul>`;
  return [...new Set(lines.map(({ day }) => day.slice(0, 7)))].map((month) => calendar(month, lines.filter(({ day }) => day.startsWith(month)), site, say));
}

/** A month: seven columns where there is room, else the days that have something. */
function calendar(month: string, lines: readonly ShowLine[], { locale }: Site, say: Speak): TemplateResult {
  const first = new Date(`${month}-01T00:00:00Z`);
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const days = Array.from({ length }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`);
  return html`
    <h3 class="month-name">${monthName(`${month}-01`, locale)}</h3>
    <div class="week" aria-hidden="true">${weekdays(locale).map(({ short }) => html`<span>${short}</span>`)}</div>
    <ol class="days" .style=${`--first:${(first.getUTCDay() + 6) % 7 + 1}`}>${days.map((day) => {
      const here = lines.filter((line) => line.day === day);
      return html`<li class=${here.length ? '' : 'none'} aria-hidden=${here.length ? nothing : 'true'}><time datetime=${day} aria-label=${longDay(day, locale)}><span class="number">${Number(day.slice(8))}</span><span class="long" aria-hidden="true">${longDay(day, locale)}</span></time>
        ${here.map(({ title, note, startTime, ticketUrl, cancelled }) => html`<p class=${cancelled ? 'gone' : ''}>${ticketUrl && !cancelled ? html`<a href=${ticketUrl} target="_blank" rel="noopener" aria-label=${say('ticketsFor', { title: `${title}, ${longDay(day, locale)}` })}>${title}</a>` : html`<span class="title">${title}</span>`}
          <span class="small muted">${cancelled ? say('cancelled') : [startTime && hour(startTime, locale), note].filter(Boolean).join(' · ')}</span></p>`)}</li>`;
    })}</ol>`;
}

/** The ways to keep up: a calendar and a feed of ours. */
export const feeds = ({ server }: Pick<Site, 'server'>, say: Speak, name: string): TemplateResult => html`
  <p class="feeds small"><a href="${server}/feeds/${name}.ics" type="text/calendar">${say('subscribe')}</a> <a href="${server}/feeds/${name}.rss" type="application/rss+xml">${say('rss')}</a></p>`;
