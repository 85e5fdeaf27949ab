import { html, nothing, type TemplateResult } from 'lit';
import { clock, duration, longDay, month as monthName, shortDay, weekdays } from '../../widgets/core/format-days.ts';
import type { Locale } from '../../widgets/core/messages.ts';
import type { ProgrammeKey, PublicKey, RequestKey, Say } from '../../widgets/core/words.ts';
import { lastOf, monthsAfter, weeksOf } from '../../widgets/parts/days.ts';
import { monthKey } from '../../widgets/parts/month.ts';
import { showLine, showsByMonth } from '../../widgets/parts/shows.ts';
import { steps as stepLine, type Step } from '../../widgets/parts/steps.ts';
import { currencyOf, figuresOf, type Answers, type Fault, type Question, type Usual } from '../../widgets/public/flow-booking-request/answers.ts';
import { NEAR } from '../../widgets/public/flow-epk/near.ts';
import { ratedIn, starLine, tellOf, weight } from '../../widgets/public/flow-epk/words.ts';
import { bar, chosenOf, feeds, type Choice } from '../../widgets/public/flow-programme/views.ts';
import type { Asked, Tag } from './asked.ts';
import { tell } from './words.ts';

/* What each widget shows, as it stands in its shadow root before a script runs, or where none ever does. The same nodes as the widget's own, but
   that what a script would do is a link or a form. */

type Media = { readonly id: string; readonly kind: string; readonly title: string; readonly alt: string; readonly url: string; readonly smallUrl: string | null; readonly width: number | null; readonly height: number | null; readonly durationSeconds: number | null; readonly size?: number | null; readonly sources?: readonly { readonly type: string; readonly srcset: string }[] };
type Texts = Readonly<Partial<Record<string, string>>>;

/** A press kit, as the public door answers it. */
export interface Kit {
  readonly artist: string; readonly name: string; readonly genres: readonly string[]; readonly lineUp: number; readonly city: string; readonly durationMinutes: number; readonly technical: string;
  readonly tagline: Texts; readonly bio: Texts; readonly quotes: readonly { readonly text: string; readonly source: string }[]; readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly audience: { readonly min: number; readonly max: number }; readonly media: readonly Media[]; readonly videos?: readonly { readonly title: string; readonly url: string }[];
  readonly upcoming: readonly { readonly day: string; readonly startTime: string; readonly place: string; readonly city: string; readonly ticketUrl: string }[];
  readonly rating?: { readonly stars: number; readonly count: number } | null;
  readonly reviews?: readonly { readonly stars: number; readonly words: string; readonly reply: string; readonly by: string; readonly city: string; readonly day: string }[];
}

/** The days of an artist in one month. */
export interface Days { readonly artist: string; readonly name: string; readonly today: string; readonly month: string; readonly days: readonly { readonly day: string; readonly state: 'free' | 'flexible' | 'busy' }[] }

/** One announced show. */
export interface Show {
  readonly id: string; readonly title: string; readonly artist: string | null; readonly day: string; readonly startTime: string; readonly timeZone: string; readonly place: string; readonly city: string;
  readonly country: string; readonly lat: number | null; readonly lng: number | null; readonly ticketUrl: string; readonly free: boolean; readonly status: 'planned' | 'played' | 'cancelled'; readonly genres: readonly string[];
}

/** The shows of a place or an artist. */
export interface Bill { readonly name: string; readonly today: string; readonly shows: readonly Show[] }

/** A form as it is shown: what was typed, and what is to be corrected. */
export interface Form { readonly artist: string; readonly name: string; readonly today: string; readonly answers: Answers; readonly faults: ReadonlyMap<Question, Fault>; readonly failure: string; readonly usual: Usual | null }

/** Where the links of a page lead. */
export interface Ways {
  /** The same page, with some of what it was asked changed. */
  readonly same: (changed: Partial<Record<keyof Asked, string | boolean>>) => string;
  /** Another widget of the same artist. */
  readonly to: (tag: Tag, more?: Partial<Record<keyof Asked, string | boolean>>) => string;
  /** Our origin, where the page is somebody else's; empty on our own. */
  readonly home: string;
  /** Whether such a link leaves the frame that the page may stand in. */
  readonly leaves: boolean;
}

/** How to speak. */
export interface Speech<K extends string = RequestKey> { readonly say: Say<PublicKey | K>; readonly locale: Locale }

/** The text in the reader's language, else in the nearest that it was written in. */
export function textIn(texts: Texts, locale: Locale): { readonly words: string; readonly lang: string } {
  for (const lang of [locale, ...NEAR[locale]]) {
    const words = texts[lang];
    if (words) return { words, lang };
  }
  return { words: '', lang: locale };
}

const paragraph = (texts: Texts, name: string, locale: Locale): TemplateResult | typeof nothing => {
  const { words, lang } = textIn(texts, locale);
  return words ? html`<p class=${name} lang=${lang}>${words}</p>` : nothing;
};

const target = (ways: Ways): string | typeof nothing => (ways.leaves ? '_blank' : nothing);

function picture({ url, smallUrl, width, height, alt, title, sources = [] }: Media, name: string): TemplateResult {
  const sizes = name ? '(min-width: 900px) 55vw, 100vw' : '(min-width: 600px) 280px, 50vw';
  const image = html`<img class="photo ${name}" part="photo" src=${name ? url : smallUrl ?? url} srcset=${smallUrl && width ? `${smallUrl} 480w, ${url} ${width}w` : nothing} sizes=${sizes}
    width=${width ?? nothing} height=${height ?? nothing} loading=${name ? 'eager' : 'lazy'} fetchpriority=${name ? 'high' : nothing} decoding="async" alt=${alt || title}>`;
  return sources.length ? html`<picture>${sources.map(({ type, srcset }) => html`<source type=${type} srcset=${srcset} sizes=${sizes}>`)}${image}</picture>` : image;
}

/** A press kit. On its own page the name is the title of the page. `show` names the parts and their order; all when empty. */
export function kitOf(epk: Kit, { say, locale }: Speech, ways: Ways, { alone, show: wanted }: { readonly alone: boolean; readonly show: string }): TemplateResult {
  const { name, genres, lineUp, durationMinutes, audience, city, tagline, bio, media, quotes, technical, upcoming, links, videos = [], rating, reviews = [] } = epk;
  const of = (kind: string): readonly Media[] => media.filter((piece) => piece.kind === kind);
  const papers = of('document');
  const films = of('video');
  const [first, ...photos] = of('photo');
  const tracks = of('audio');
  const facts = [say('lineUp', { n: lineUp }), durationMinutes ? duration(durationMinutes) : '', audience.max ? say('audienceFromTo', audience) : '', city, rating ? ratedIn(locale, rating) : ''].filter(Boolean);
  const section = (title: string, content: unknown): TemplateResult => (alone ? html`<section><h2>${title}</h2>${content}</section>` : html`<section><h3>${title}</h3>${content}</section>`);
  const parts: Readonly<Record<string, unknown>> = {
    bio: textIn(bio, locale).words ? section(say('bio'), paragraph(bio, 'bio', locale)) : nothing,
    audio: tracks.length ? section(say('listen'), html`<ul>${tracks.map(({ url, title, durationSeconds }) => html`<li class="track sound"><span>${title}</span>
      <audio controls preload="none" src=${url} aria-label=${tell(locale, 'audioOf', { title })}><a href=${url}>${tell(locale, 'hearNone')}</a></audio><span class="num small muted">${durationSeconds ? clock(durationSeconds) : ''}</span></li>`)}</ul>`) : nothing,
    dates: upcoming.length ? section(say('upcoming'), html`<ul class="shows">${upcoming.map((show) => showLine({ ...show, title: show.city || show.place, note: show.city ? show.place : '' }, { say, locale }))}</ul>`) : nothing,
    photos: photos.length ? section(say('photos'), html`<div class="more">${photos.map((photo) => picture(photo, ''))}</div>`) : nothing,
    videos: films.length || videos.length ? section(tellOf(locale, 'videos'), html`${films.map(({ url, title }) => html`<video class="film" controls preload="none" src=${url} aria-label=${title}></video>`)}<p class="links">${videos.map(({ title, url }) => html`<a href=${url} target="_blank" rel="noopener nofollow">${title}</a>`)}</p>`) : nothing,
    press: html`${quotes.length ? section(say('press'), html`<div class="quotes">${quotes.map(({ text, source }) => html`<blockquote><p>${text}</p><cite>${source}</cite></blockquote>`)}</div>`) : nothing}${
      reviews.length ? section(tellOf(locale, 'reviews'), html`<div class="quotes">${reviews.map(({ stars, words, reply, by, city: where, day }) => html`<blockquote><span role="img" aria-label=${tellOf(locale, 'starsOf', { n: String(stars) })}>${starLine(stars)}</span><p>${words}</p><cite>${[by, where, monthName(day, locale)].filter(Boolean).join(', ')}</cite>${
        reply ? html`<details><summary class="small">${tellOf(locale, 'replied')}</summary><p class="small">${reply}</p></details>` : nothing}</blockquote>`)}</div>`) : nothing}`,
    technical: technical ? html`<section><details><summary>${say('technical')}</summary><p>${technical}</p></details></section>` : nothing,
    documents: papers.length ? section(tellOf(locale, 'documents'), html`<ul class="papers">${papers.map(({ title, url, size }) => html`<li><a href=${url} target="_blank" rel="noopener" download>${title}</a> <span class="small muted num">${tellOf(locale, 'fileSize', { size: weight(size ?? 0, locale) })}</span></li>`)}</ul>`) : nothing,
    links: links.length ? section(say('links'), html`<p class="links">${links.map(({ label, url }) => html`<a href=${url} target="_blank" rel="noopener nofollow">${label}</a>`)}</p>`) : nothing,
  };
  const order = wanted ? wanted.split(' ') : Object.keys(parts);
  return html`<article aria-label=${name}>
    <div class="lead">
      <div>
        ${alone ? html`<h1 part="heading">${name}</h1>` : html`<h2 part="heading">${name}</h2>`}
        <p class="genres">${genres.join(', ')}</p>
        ${paragraph(tagline, 'tagline', locale)}
        <ul class="facts small">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>
        <a class="button primary" part="button" href=${ways.to('flow-booking-request')} target=${target(ways)}>${say('askDate')}</a>
      </div>
      ${first && order.includes('photos') ? picture(first, 'first') : nothing}
    </div>
    ${order.map((one) => parts[one] ?? nothing)}
  </article>`;
}

/** A month of days: a grid, and the open ones as a list with words, or one of the two. An open day leads to the form. Several artists have a link each. */
export function daysOf({ artist, name, today, month, days }: Days, { say, locale }: Speech, ways: Ways, { view, min, max, several, scripts }: Pick<Asked, 'view' | 'min' | 'max'> & { readonly several: readonly { readonly artist: string; readonly name: string }[]; readonly scripts: boolean }): TemplateResult {
  const states = new Map(days.map(({ day, state }) => [day, state]));
  const open = days.filter(({ state }) => state !== 'busy');
  const title = monthName(`${month}-01`, locale);
  const ask = (day: string) => ways.to('flow-booking-request', { day });
  const turn = (to: string, sign: string, label: string): TemplateResult => html`<a class="button" part="button" rel="nofollow" aria-label=${label} href=${ways.same({ month: to, day: '' })}>${sign}</a>`;
  const cell = (day: string): TemplateResult => {
    const state = states.get(day) ?? 'busy';
    const label = say('dayIs', { day: longDay(day, locale), state: say(state) });
    const number = Number(day.slice(8));
    return state === 'busy' ? html`<td><span class="d busy"><span class="sr">${label}</span><span aria-hidden="true">${number}</span></span></td>`
      : html`<td><a class="d ${state}" rel="nofollow" href=${ask(day)} target=${target(ways)} aria-label=${label}>${number}</a></td>`;
  };
  const off = (sign: string): TemplateResult => html`<span class="button off" aria-hidden="true">${sign}</span>`;
  return html`${several.length > 1 ? html`<nav class="tabs" aria-label=${say('artists')}>${several.map((one) => html`<a href=${ways.same({ artist: one.artist, day: '' })} rel="nofollow" aria-current=${one.artist === artist ? 'page' : nothing}>${one.name}</a>`)}</nav>` : nothing}
  <section class=${view === 'month' || view === 'list' ? '' : 'both'} aria-label=${say('daysOf', { name })}>
    <div>
      <div class="head"><h3>${title}</h3>
        ${month > ([today.slice(0, 7), min].sort()[1] ?? '') ? turn(monthsAfter(month, -1), '←', say('previousMonth')) : off('←')}${max === '' || month < max ? turn(monthsAfter(month, 1), '→', say('nextMonth')) : off('→')}</div>
      ${view === 'list' ? nothing : html`<table class="month" aria-label=${title}>
        <thead><tr>${weekdays(locale).map(({ short, long }) => html`<th scope="col" abbr=${long}>${short.replace('.', '')}</th>`)}</tr></thead>
        <tbody>${weeksOf(month).map((week) => html`<tr>${week.map((day) => (day ? cell(day) : html`<td></td>`))}</tr>`)}</tbody>
      </table>
      ${monthKey(say)}`}
      <div class="foot row"><span class="muted small">${say('dayHow')}</span></div>
    </div>
    ${view === 'month' ? nothing : html`<aside class=${scripts ? '' : 'whole'}>
      <h4>${say('openDays', { month: title })}</h4>
      ${open.length ? html`<ol>${open.map(({ day, state }) => html`<li><a class="plain" rel="nofollow" href=${ask(day)} target=${target(ways)}>${shortDay(day, locale)}</a><span class="muted">${say(state)}</span></li>`)}</ol>` : html`<p class="muted">${say('noOpenDay')}</p>`}
    </aside>`}
  </section>`;
}

/** The first and the last day of a month. */
export const spanOf = (month: string): { readonly from: string; readonly until: string } => ({ from: `${month}-01`, until: lastOf(month) });

/** Where it is; in a place's own programme, what it is. */
const noteOf = ({ place, city, genres }: Show, name: string): string => (place === name && genres.length ? genres.join(', ') : [place, city].filter(Boolean).join(', '));

const nowhere = (): void => undefined;

/** How a programme is asked for. */
export interface Programme extends Pick<Asked, 'past' | 'plain' | 'view'> { readonly choice: Choice; readonly scripts: boolean; readonly feed: string; readonly server: string }

/**
 * A programme: the shows that fit what is chosen, under their months or as cards, the way to those that have been, and to a calendar and a feed. Where a script
 * will let the visitor choose among them, the room for that is kept; a calendar is drawn by the script alone.
 */
export function programmeOf({ name, today, shows }: Bill, { past, plain, view, choice, scripts, feed, server }: Programme, { say, locale }: Speech<ProgrammeKey>, ways: Ways): TemplateResult {
  const fitting = chosenOf(shows, choice, today).map((show) => ({ ...show, note: noteOf(show, name), cancelled: show.status === 'cancelled' }));
  const dates = view === 'grid' ? html`<ul class="shows cards">${fitting.map((show) => showLine(show, { say, locale }))}</ul>` : showsByMonth(fitting, { say, locale });
  const all = html`<div class="notice"><p>${say('noneFits')}</p><a class="button" part="button" href=${ways.same({ genre: '', where: '', free: false, period: '' })}>${say('showAll')}</a></div>`;
  return html`<section aria-label=${say('programmeOf', { name })}>
    ${scripts && shows.length && !plain ? bar({ shows, shown: fitting.length, choice, view: view === 'grid' || view === 'calendar' ? view : 'list', site: { locale }, say, choose: nowhere, look: nowhere }) : nothing}
    ${!shows.length ? html`<p class="notice">${say(past ? 'noPastShow' : 'noShow')}</p>` : fitting.length ? dates : all}
    <div class="turn"><a class="plain" href=${ways.same({ past: !past })}>${say(past ? 'coming' : 'past')}</a>${feed && !plain ? feeds({ server }, say, feed) : nothing}</div>
  </section>`;
}

/** A tour, with the artists who can be asked to play elsewhere. */
export interface Tour extends Bill { readonly artists: readonly { readonly slug: string; readonly name: string }[] }

/**
 * A tour: its dates as a list. Where a script will draw the map, its room is kept. To ask for a date near, a page of a site leads to the form of a
 * request, which asks organisers alone; where several artists could be meant, only a script can ask which, and its room is kept.
 */
export function tourOf({ name, today, shows, artists }: Tour, { say, locale }: Speech, ways: Ways, { scripts, keyed }: { readonly scripts: boolean; readonly keyed: boolean }): TemplateResult {
  const [only, ...others] = artists;
  const near = !keyed || !only || (others.length && !scripts) ? nothing : html`<div class="near" part="ask">${others.length
    ? html`<span class="button room" aria-hidden="true">${say('playNear')}</span>` : html`<a class="button" part="button" rel="nofollow" href=${ways.to('flow-booking-request', { artist: only.slug })} target=${target(ways)}>${say('playNear')}</a>`}</div>`;
  if (!shows.length) return html`${near}<p class="notice">${say('noShow')}</p>`;
  const next = shows.find(({ day, status }) => day >= today && status !== 'cancelled');
  const line = (show: Show): TemplateResult => showLine({ ...show, title: show.city, note: show.title === name ? show.place : `${show.title}, ${show.place}`, cancelled: show.status === 'cancelled', next: show === next, past: show.day < today }, { say, locale });
  const been = shows.filter(({ day }) => day < today);
  return html`<section class=${scripts ? 'both' : ''} aria-label=${say('tourOf', { name })}>
    ${near}
    ${scripts ? html`<div class="map" part="map" aria-hidden="true"></div>` : nothing}
    <div class="list"><ul class="shows">${shows.filter(({ day }) => day >= today).map(line)}</ul>
      ${been.length ? html`<h2>${say('past')}</h2><ul class="shows">${been.toReversed().map(line)}</ul>` : nothing}</div>
  </section>`;
}

const grouped = (whole: string): readonly TemplateResult[] => (whole.match(/^ref|.{1,4}/g) ?? []).map((part) => html`<span>${part}</span>`);

/** Where a booking stands: the names of its steps. Without a reference, it is asked for. */
export function statusOf(reference: string, all: readonly Step[], { say, locale }: Speech, { home, file, kept }: { readonly home: string; readonly file: string; readonly kept: Readonly<Record<string, string>> }): TemplateResult {
  return html`<h3 part="heading">${say('statusTitle')} ${reference ? html`<span class="code num">${grouped(reference)}</span>` : nothing}</h3>
    ${reference ? html`${stepLine(all, say)}<div class="row"><a class="button primary" part="button" href=${file} target="_blank" rel="noopener">${say('openFile')}</a></div>`
      : html`<p>${say('statusNone')}</p><form method="get" action="${home}/e/flow-contract-status">${Object.entries(kept).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}
        <label>${say('statusFind')}<input name="reference" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="80" required></label><button part="button">${tell(locale, 'follow')}</button></form>`}`;
}

/** A request that was sent: what happens next, and how to follow it. */
export const receiptOf = (reference: string, { say, locale }: Speech, ways: Ways): TemplateResult => html`
  <h2>${say('askDate')}</h2>
  <div class="notice good" role="status"><h3>${say('sent')}</h3><p>${tell(locale, 'sentText')}</p><p>${say('reference')} <span class="code">${grouped(reference)}</span></p><p>${tell(locale, 'sentKeep')}</p>
    <div class="row"><a class="button primary" part="button" href=${ways.to('flow-contract-status', { reference })}>${tell(locale, 'follow')}</a><a class="plain" href=${ways.same({ sent: false, reference: '' })}>${say('askAgain')}</a></div></div>`;

interface Put { readonly type?: string; readonly mode?: string; readonly fill?: string; readonly hint?: string; readonly example?: string; readonly optional?: boolean; /** Not needed of everybody, as its label says. */ readonly unneeded?: boolean; readonly wide?: string; readonly min?: string; readonly max?: number; readonly unit?: string }

/** The form of a request, which a browser sends by itself. It hides what is not asked of this asker where it can, and asks it softly where it cannot. */
export function formOf({ name, today, answers, faults, failure, usual }: Form, { say, locale }: Speech, { home }: Pick<Ways, 'home'>, kept: Readonly<Record<string, string>>): TemplateResult {
  const question = (id: Question, label: string, { hint = '', optional = false, wide = '' }: Put, control: unknown): TemplateResult => {
    const fault = faults.get(id);
    return html`<div class=${wide}><label for=${id}>${label}${optional ? html` <span class="small muted">(${say('optional')})</span>` : nothing}</label>${control}
      ${hint ? html`<p class="small muted" id="${id}-hint">${hint}</p>` : nothing}${fault ? html`<p class="small fault" id="${id}-fault">${say(fault.words, fault.figures)}</p>` : nothing}</div>`;
  };
  const described = (id: Question, hint: string | undefined): string | typeof nothing => [hint ? `${id}-hint` : '', faults.has(id) ? `${id}-fault` : ''].filter(Boolean).join(' ') || nothing;
  const first = faults.keys().next().value;
  const paid = figuresOf(usual, answers, locale);
  const line = (id: Question, label: string, put: Put): TemplateResult => {
    const { type = 'text', mode, fill, hint, example, min, max, unit, optional, unneeded } = put;
    const input = html`<input id=${id} name=${id} type=${type} value=${answers[id]} inputmode=${mode ?? nothing} autocomplete=${fill ?? 'off'} placeholder=${example ?? nothing} min=${min ?? nothing} maxlength=${max ?? nothing}
      ?required=${!optional && !unneeded} ?autofocus=${first === id} aria-invalid=${faults.has(id) ? 'true' : nothing} aria-describedby=${described(id, hint)}>`;
    return question(id, label, put, unit ? html`<div class="unit">${input}<b>${unit}</b></div>` : input);
  };
  const text = (id: Question, label: string): TemplateResult => question(id, label, { optional: true, wide: 'wide' }, html`<textarea id=${id} name=${id} rows="3" maxlength="4000" data-text=${answers[id]}></textarea>`);
  const chosen = (one: string): boolean => answers.asker === one;
  const part = (title: string, fields: TemplateResult): TemplateResult => html`<h3>${title}</h3><div class="fields" role="group" aria-label=${title}>${fields}</div>`;
  return html`<p class="kicker">${name}</p><h2>${say('askDate')}</h2>
    <form method="post" action="${home}/e/flow-booking-request" accept-charset="utf-8">
      ${Object.entries(kept).map(([field, value]) => html`<input type="hidden" name=${field} value=${value}>`)}
      ${faults.size || failure ? html`<div class="notice bad" role="alert"><p>${failure || say('toCorrect', { n: faults.size })}</p></div>` : nothing}
      ${part(say('askWhen'), html`
        <fieldset class="wide"><legend>${say('whoAsks')}</legend><div class="askers">${(['private', 'venue', 'camping', 'commune'] as const).map((one) => html`<label><input type="radio" name="asker" value=${one} ?checked=${chosen(one)}>${say(`asker_${one}`)}</label>`)}</div></fieldset>
        ${line('showDay', say('showDay'), { type: 'date', min: today, hint: '\u00a0' })}${line('startTime', say('startTime'), { type: 'time' })}
        ${line('seasonUntil', `${tell(locale, 'season')}, ${say('seasonUntil').toLocaleLowerCase(locale)}`, { type: 'date', min: today, optional: true, wide: 'season' })}${line('shows', say('shows'), { mode: 'numeric', optional: true, wide: 'season' })}
        ${line('city', say('city'), { max: 100, fill: 'address-level2', hint: say('cityHow') })}${line('place', say('place_private'), { optional: true, max: 160 })}`)}
      ${part(say('askEvening'), html`
        ${line('occasion', say('occasion'), { example: say(`occasion_${answers.asker}`), wide: 'wide', max: 160 })}
        ${line('audience', say('audience'), { mode: 'numeric', optional: true })}${line('budget', say('budget'), { mode: 'decimal', unit: currencyOf(answers), hint: say('budgetHow') })}
        ${paid ? html`<p class="small usual wide">${say('usual', paid)}</p>` : nothing}
        <label class="check wide"><input type="checkbox" name="outdoor" value="1" ?checked=${answers.outdoor}>${say('outdoor')}</label>
        ${text('technical', say('technicalNeeds'))}`)}
      ${part(say('askYou'), html`
        ${line('organisation', tell(locale, 'organisationIf'), { fill: 'organization', max: 160, unneeded: true, wide: 'wide' })}
        ${line('contactName', say('contactName'), { fill: 'name', max: 120 })}${line('email', say('email'), { type: 'email', fill: 'email', max: 200 })}
        ${line('phone', say('phone'), { type: 'tel', fill: 'tel', optional: true, max: 40 })}${text('message', say('message'))}`)}
      <div class="drop" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off" aria-label="Website"></div>
      <div class="end"><div></div><p class="recap"></p><div class="row"><button type="submit" class="primary" part="button">${say('send')}</button></div><p class="small muted">${say('privacy')}</p></div>
    </form>`;
}

