import { html, nothing, type TemplateResult } from 'lit';
import { day, hour, instant, money } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import { grouped } from '../../core/wanted.ts';
import { word } from '../../parts/desk.ts';
import { nameOf, type BookingFile } from './model.ts';

const tones: Readonly<Record<string, string>> = { settled: 'good', contracted: 'good', declined: 'bad', lapsed: 'bad', cancelled: 'bad' };

/** Who, when, where, and how it stands. */
export function head(file: BookingFile, site: Site): TemplateResult {
  const { sayOwn: say, locale } = site;
  const agreed = file.offers.find(({ status }) => status === 'accepted');
  const when = file.show ?? agreed ?? file.request;
  const date = 'day' in when ? when.day : when.showDay;
  const place = [file.request.place, file.request.city].filter((part, i, all) => part && all.indexOf(part) === i).join(', ');
  return html`<header class="head">
    <p class="row"><span class="tag ${tones[file.status] ?? 'now'}">${word(say, `status_${file.status}`)}</span></p>
    <h1>${file.request.occasion}</h1>
    <p class="lead"><strong>${file.artist.name}</strong> <span class="muted">${say('forWhom')}</span> <strong>${file.buyer.name}</strong></p>
    <p class="lead"><time datetime=${date}>${day(date, locale)}</time>, ${hour(when.startTime, locale)} <span class="muted">·</span> ${place}</p>
    ${file.reason ? html`<p>${say('reasonGiven', { reason: file.reason })}</p>` : nothing}
  </header>`;
}

/** The way of the booking, as a list: beside the file where there is room. */
export function steps(file: BookingFile, site: Site): TemplateResult {
  const { sayOwn: say } = site;
  return html`<ol class="steps" aria-label=${say('stepsTitle')}>${file.steps.map(({ step, state }) => html`
    <li class=${state} aria-current=${state === 'now' ? 'step' : nothing}><span>${say(`step_${step}`)}</span> <span class="small ${state === 'now' || state === 'stopped' ? '' : 'sr'}">${say(state)}</span></li>`)}</ol>`;
}

/** The same where there is no room: one line that opens. */
export function stepsLine(file: BookingFile, site: Site): TemplateResult {
  const { sayOwn: say } = site;
  const at = file.steps.findIndex(({ state }) => state === 'now' || state === 'stopped');
  const reached = at < 0 ? file.steps.length - 1 : at;
  const current = file.steps[reached];
  return html`<details class="way"><summary>${say('stepOf', { n: reached + 1, of: file.steps.length })} <strong>${current ? say(`step_${current.step}`) : nothing}</strong>
      <span class="gauge" aria-hidden="true">${file.steps.map(({ state }) => html`<i class=${state}></i>`)}</span></summary>${steps(file, site)}</details>`;
}

/** What was asked for, in full. */
export function request(file: BookingFile, site: Site): TemplateResult {
  const { sayOwn: say, locale, timeZone } = site;
  const { request: asked } = file;
  const facts: readonly (readonly [string, unknown])[] = [
    [say('askedBy'), say(`asker_${asked.asker}`)],
    [say('contact'), html`${asked.contactName}${asked.organisation ? html`<br>${asked.organisation}` : nothing}${file.side === 'artist' ? html`<br><a href="mailto:${asked.email}">${asked.email}</a>${asked.phone ? html`<br><a href="tel:${asked.phone}">${asked.phone}</a>` : nothing}` : nothing}`],
    [say('showDay'), html`${day(asked.showDay, locale)}${asked.seasonUntil ? html` → ${day(asked.seasonUntil, locale)}<br>${say('showsAsked', { n: asked.shows })}` : nothing}`],
    [say('startTime'), hour(asked.startTime, locale)],
    [say('where'), html`${asked.place}${asked.address ? html`<br>${asked.address}` : nothing}<br>${asked.city}`],
    [say('budget'), asked.budget.minor > 0 ? money(asked.budget, locale, true) : say('notSaid')],
    [say('audience'), asked.audience > 0 ? say('people', { n: asked.audience }) : say('notSaid')],
    [say('setting'), say(asked.outdoor ? 'outdoor' : 'indoor')],
    [say('askedOn'), instant(asked.createdAt, locale, timeZone)],
    [say('reference'), html`<code class="code">${grouped(file.reference)}</code>`],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    ${asked.technical ? html`<div class="wide"><dt>${say('technicalNeeds')}</dt><dd class="words">${asked.technical}</dd></div>` : nothing}
    ${asked.message ? html`<div class="wide"><dt>${say('message')}</dt><dd class="words">${asked.message}</dd></div>` : nothing}</dl>`;
}

/** Everything that happened, the newest first. */
export function timeline(file: BookingFile, site: Site): TemplateResult {
  const { sayOwn: say, locale, timeZone } = site;
  const lines = file.timeline.map((entry) => ({ ...entry, words: word(say, `topic_${entry.topic.replace('.', '_')}`, { who: entry.side ? nameOf(file, entry.side) : '' }) }))
    .filter(({ words }) => words).reverse();
  const line = ({ at, words }: (typeof lines)[number]) => html`<li><span>${words}</span><time class="small muted" datetime=${at}>${instant(at, locale, timeZone)}</time></li>`;
  return html`<ol class="timeline">${lines.slice(0, 6).map(line)}</ol>
    ${lines.length > 6 ? html`<details><summary>${say('timelineMore', { n: lines.length - 6 })}</summary><ol class="timeline">${lines.slice(6).map(line)}</ol></details>` : nothing}`;
}
