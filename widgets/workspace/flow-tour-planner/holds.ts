import { html, nothing, type TemplateResult } from 'lit';
import { NAMES, remembered } from '../../core/own.ts';
import type { Site } from '../../core/site.ts';
import { wordsOf } from '../../core/presence.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import { dayOf, placeOf, sum, type Bench } from './bench.ts';
import { byDay, same } from './known.ts';
import { sheetHead } from './marks.ts';
import type { Sent, SentReport, Stop } from './model.ts';
import { sentOf } from './table.ts';

/** Sending and following holds. */
export interface Holding {
  readonly site: Site;
  readonly report: SentReport | null;
  readonly open: () => void;
  readonly shut: () => void;
  readonly send: (mode: 'all' | 'possible', days: number) => void;
  readonly replan: () => void;
}

/** What a hold can still be asked for: what does not stand already, and was not sent or ended unanswered. Who said no is not asked again. */
const toSend = ({ stops, scenario }: Pick<Bench, 'stops' | 'scenario'>): readonly Stop[] =>
  byDay(stops.filter((stop) => stop.standing !== 'fixed' && !scenario.sent.some((one) => one.artist === stop.artist && one.venue === stop.venue && (one.state === 'declined' || (one.day === stop.day && (one.state === 'held' || one.state === 'agreed'))))));

const fell = ({ state }: Sent): boolean => state === 'declined' || state === 'lapsed';

/** How each date stands since it was sent, what to do when one fell, and the way to what goes on the road. */
export function holds(bench: Bench, { site, report, open, replan }: Holding): TemplateResult {
  const { words, stops, scenario, acts, known } = bench;
  const { say } = words;
  const left = toSend(bench);
  /** A link carries no header: it says in its address who asks, and in what language. */
  const fileOf = (kind: string, day = ''): string => `/tours/${scenario.id}/roadbook.${kind}?${new URLSearchParams({ lang: words.locale, org: remembered.read(NAMES.organisation), ...(day && { day }) }).toString()}`;
  // What was planned anew without it is no gap any more.
  const fallen = scenario.sent.filter((one) => fell(one) && stops.some((stop) => same(one, stop)));
  return html`<p>${say('tourHoldsHow')}</p>
    ${report ? html`<div class="notice ${report.refused > 0 ? 'warn' : 'good'}" role="status"><p>${say('tourSent', { n: report.sent })} ${report.refused > 0 ? say('tourRefused', { n: report.refused }) : nothing}</p>${report.refused > 0 ? html`<ul class="small">${report.each.filter(({ state }) => state === 'refused').map((one) => html`<li>${dayOf(words, one.day)}, ${placeOf(bench, one)} ${one.code ? wordsOf(say, { data: { reason: one.code } }) : nothing}</li>`)}</ul>` : nothing}</div>` : nothing}
    ${fallen.length > 0 ? html`<div class="notice bad"><p>${say('tourFell', { n: fallen.length })}</p><ul class="small">${fallen.map((one) => html`<li>${dayOf(words, one.day)}, ${placeOf(bench, one)}, ${say(`sent_${one.state}`)}</li>`)}</ul>${button(acts, site, { act: 'replan', label: say('tourReplan'), kind: 'primary', press: replan })}${outcome(acts, site, 'replan')}</div>` : nothing}
    <div>${left.length === 0 ? html`<p class="muted">${say(stops.length === 0 ? 'tourNoStop' : fallen.length > 0 ? 'tourNoneLeft' : 'tourAllSent')}</p>` : html`<button type="button" class="primary" aria-haspopup="dialog" @click=${open}>${say('tourSendOpen', { n: left.length })}</button>`}</div>
    ${stops.length === 0 ? nothing : html`<ul class="lines dated">${byDay(stops).map((stop) => html`<li><span><span class="num">${dayOf(words, stop.day)}</span> <b>${placeOf(bench, stop)}</b> <span class="small muted">${known.artist(stop.artist)?.name ?? ''}</span></span>
      <span class="row">${sentOf(bench, stop)}${stop.standing === 'fixed' ? html`<span class="tag good">${say('standing_fixed')}</span>` : scenario.sent.some((one) => same(one, stop)) ? nothing : html`<span class="tag">${say('tourNotSent')}</span>`}${booking(scenario.sent.find((one) => same(one, stop)), say('tourOpenBooking'))}</span></li>`)}</ul>
    <section aria-labelledby="exports"><h2 id="exports">${say('tourExports')}</h2><p>${say('tourExportsHow')}</p><div class="row"><a class="button" href=${fileOf('pdf')} download>${say('tourPdf')}</a><a class="button" href=${fileOf('ics')} download>${say('tourIcs')}</a><a class="button" href=${fileOf('gpx')} download>${say('tourGpx')}</a><a class="button" href="/roadbook?scenario=${scenario.id}">${say('tourRoadbook')}</a></div>
      <details><summary>${say('tourByDay')}</summary><ul class="lines small">${[...new Set(stops.map(({ day }) => day))].sort().map((day) => html`<li><span class="num">${dayOf(words, day)}</span><span class="row"><a href=${fileOf('pdf', day)} download>PDF<span class="sr">, ${dayOf(words, day)}</span></a><a href=${fileOf('gpx', day)} download>GPX<span class="sr">, ${dayOf(words, day)}</span></a></span></li>`)}</ul></details></section>`}`;
}

const booking = (sent: Sent | undefined, words: string): TemplateResult | typeof nothing => (sent ? html`<a class="small" href="/booking?id=${sent.bookingId}">${words}</a>` : nothing);

/** Who is asked for what, before anything goes out. */
export function holdSheet(bench: Bench, { site, send, shut }: Holding): TemplateResult {
  const { words, acts, known } = bench;
  const { say } = words;
  const left = toSend(bench);
  return html`${sheetHead(words, html`<h2 id="sheet-title">${say('tourSendTitle')}</h2>`, shut)}
    <form @submit=${onSubmit(({ mode = 'all', days = '14' }) => { send(mode as 'all', Number(days)); })}>
      <fieldset><legend>${say('tourSendMode')}</legend>${(['all', 'possible'] as const).map((mode) => html`<label class="check"><input type="radio" name="mode" value=${mode} ?checked=${mode === 'all'}><span>${say(`send_${mode}`)}<small> ${say(`sendHow_${mode}`)}</small></span></label>`)}</fieldset>
      ${field({ label: say('tourSendDays'), hint: say('tourSendDaysHow') }, html`<input type="number" name="days" min="1" max="60" step="1" value="14" required>`)}
      <div><h3>${say('tourSendList', { n: left.length })}</h3><ol class="small dates">${left.map((stop) => html`<li><span class="num">${dayOf(words, stop.day)}</span><span>${placeOf(bench, stop)} <span class="muted">${known.artist(stop.artist)?.name ?? ''}, ${sum(words, stop.priceMinor)}</span></span></li>`)}</ol></div>
      ${outcome(acts, site, 'send')}<div class="row">${button(acts, site, { act: 'send', label: say('tourSend', { n: left.length }), kind: 'primary' })}<button type="button" @click=${shut}>${say('cancel')}</button></div></form>`;
}
