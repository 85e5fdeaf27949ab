import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day, instant } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success } from '../../parts/desk.ts';

/** How a show went, as one side may read it. */
export type Reviews = inferRouterOutputs<AppRouter>['reviews']['ofBooking'];
/** What a side says of a show. */
export type Review = NonNullable<Reviews['own']>;
type Written = inferRouterInputs<AppRouter>['reviews']['write'];
type Part = Reviews['parts'][number];

const scale = [1, 2, 3, 4, 5] as const;

/**
 * How a show went: one's own side says it, in stars, words and how many came; it waits until the other has said it too, or the time is over; then both read and answer.
 *
 * @fires flow-reviews-changed - The reader wrote, answered or reported. `detail: { bookingId: string; act: string }`.
 */
export class FlowReviews extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 160px }
    .all, article, .said { display: grid; gap: 16px; align-content: start; min-width: 0 }
    article { padding: 16px 0; border-top: 1px solid var(--line) }
    .said, .parts { gap: 8px }
    legend { padding: 0 } fieldset { display: grid; gap: 4px }
    .scale { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px }
    .pick { display: flex; margin-inline-start: -7px } .minor .pick { margin-inline-start: -10px } .pick label { display: grid; place-items: center; width: 44px; height: 44px; cursor: pointer; border-radius: var(--radius) }
    input[type=radio].sr { width: 1px; height: 1px; min-height: 1px; margin: 0; opacity: 0 }
    .pick svg, .given svg { width: 30px; height: 30px; fill: none; stroke: var(--edge); stroke-width: 1.5; stroke-linejoin: round }
    .given { display: inline-flex; vertical-align: -3px } .given svg { width: 18px; height: 18px }
    .pick .on, .given .on { fill: var(--accent); stroke: var(--accent) }
    .pick label:hover svg { stroke: var(--accent) }
    .pick label:has(input:focus-visible), .none:has(input:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px }
    .none { display: flex; align-items: center; gap: 8px; min-height: 44px; font-size: 13px; cursor: pointer }
    .minor svg { width: 24px; height: 24px }
    dl.parts { display: grid; grid-template-columns: minmax(0, max-content) max-content; gap: 2px 16px; font-size: 13px } .parts dt { color: var(--muted) }
    blockquote { border-inline-start: 2px solid var(--edge); padding-inline-start: 12px }
    .number input { max-width: 12em }
    .wide { max-width: 640px }
    @media (forced-colors: active) { .pick .on, .given .on { fill: Highlight; stroke: Highlight } }`];

  /** The booking, `bkg_…`. */
  @property({ attribute: 'booking-id' }) bookingId = '';
  /** What the other side is called. */
  @property() name = '';
  /** The reader holds the link of a mail: another one may be good for more. */
  @property({ type: Boolean }) linked = false;
  /** Changes when something happened to the booking: then it is read again. */
  @property({ type: Number }) news = 0;
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  /** What was chosen since it was read, by the name of the scale: drawn from here, for WebKit does not draw again what hangs on `:has(:checked)`. */
  @state() private picked: Readonly<Record<string, number>> = {};

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#read.run());
  #last: Reviews | null = null;
  readonly #read = new Task(this, {
    args: () => [this.#server(), this.bookingId, this.news] as const,
    task: async ([api, bookingId]) => { this.#last = await api.reviews.ofBooking.query({ bookingId }); return this.#last; },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('bookingId')) this.picked = {};
  }

  override render() {
    const { pending, error } = this.#presence.states(80, 60);
    // What is being typed stays while it is read again.
    return this.#presence.stand(this.#read.render({ error, pending: () => (this.#last ? this.#all(this.#last) : pending()), complete: (read) => this.#all(read) }));
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');

  async #does(act: string, work: () => Promise<unknown>): Promise<void> {
    const done = await this.#acts.run(act, work);
    // What was refused may have been overtaken by the other side.
    await this.#read.run();
    if (!done) return;
    this.dispatchEvent(new CustomEvent('flow-reviews-changed', { bubbles: true, composed: true, detail: { bookingId: this.bookingId, act } }));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#said')?.focus();
  }

  #all(read: Reviews): TemplateResult {
    const { site: { sayOwn: say, locale }, name } = this;
    const { state, own, may } = read;
    const until = read.until ? day(read.until, locale) : '';
    const words = state === 'not_played' ? say('reviewNotPlayed')
      : state === 'over' ? (own ? say('reviewSoon') : say('reviewOver', { day: until }))
      : state === 'open' && own ? say('reviewWaiting', { name, day: until }) : '';
    return html`<div class="all">
      ${words ? html`<p id="said" tabindex="-1" class=${state === 'open' ? 'notice good' : 'muted'} role=${state === 'open' ? 'status' : nothing}><span>${words}</span></p>` : nothing}
      ${state === 'shown' ? html`${this.#shown(read)}` : nothing}
      ${state !== 'shown' && own ? html`<article aria-labelledby="own"><h3 id="own">${say('reviewOwn')}</h3>${this.#said(own, read)}</article>` : nothing}
      ${state === 'open' && !own && !may.write ? html`<p class="notice warn"><span>${say(this.linked ? 'linkOther' : 'roleOther')}</span></p>` : nothing}
      ${may.write ? (own ? html`<details><summary>${say('reviewChange')}</summary>${this.#form(read, until)}</details>` : this.#form(read, until)) : nothing}
      ${may.write ? this.#mails(read) : nothing}</div>`;
  }

  /* What is said. */

  #shown(read: Reviews): TemplateResult {
    const { site: { sayOwn: say }, name } = this;
    const { own, other } = read;
    return html`
      <article aria-labelledby="other"><h3 id="other">${say('reviewOther', { name })}</h3>${other ? this.#said(other, read) : html`<p class="muted">${say('reviewOtherNone', { name })}</p>`}${this.#answer(read)}</article>
      <article aria-labelledby="own"><h3 id="said" tabindex="-1">${say('reviewOwn')}</h3>${own ? this.#said(own, read) : html`<p class="muted">${say('reviewOwnNone')}</p>`}
        ${read.may.reportReply ? this.#report('reply') : nothing}</article>`;
  }

  #said(review: Review, { own }: Reviews): TemplateResult {
    const { site: { sayOwn: say, locale, timeZone }, name } = this;
    const mine = review === own;
    if (review.hidden && !mine) return html`<p class="muted">${say('reviewHidden')}</p>${review.answered ? html`<p class="small muted words">${review.answered}</p>` : nothing}`;
    const parts = Object.entries(review.parts).filter(([, stars]) => stars !== null) as [Part, number][];
    return html`<div class="said">
      ${review.hidden ? html`<p class="notice warn"><span>${say('reviewHiddenOwn', { words: review.hiddenWhy })}</span></p>` : nothing}
      <p class="row">${this.#given(review.stars)} <span class="small muted"><time datetime=${review.at}>${instant(review.at, locale, timeZone)}</time></span></p>
      ${parts.length > 0 ? html`<dl class="parts">${parts.map(([part, stars]) => html`<dt>${say(`reviewPart_${part}`)}</dt><dd>${this.#given(stars)}</dd>`)}</dl>` : nothing}
      ${review.words ? html`<blockquote class="words">${review.words}</blockquote>` : nothing}
      ${review.attendance === null ? nothing : html`<p class="small">${say('reviewCame', { n: review.attendance })}</p>`}
      ${review.reported === 'open' ? html`<p class="small muted">${say('reviewReported')}</p>` : review.reported === 'kept' ? html`<p class="small muted">${say('reviewKept', { words: review.answered })}</p>` : nothing}
      ${review.repliedAt ? html`<div class="said"><h4>${mine ? say('reviewReplyOf', { name }) : say('reviewReplyWords')}</h4>
        ${review.replyHidden ? html`<p class="notice warn"><span>${mine ? say('reviewReplyHidden') : say('reviewReplyHiddenOwn', { words: review.replyHiddenWhy })}</span></p>` : nothing}
        ${review.reply ? html`<blockquote class="words">${review.reply}</blockquote>` : nothing}
        ${review.replyReported === 'open' ? html`<p class="small muted">${say('reviewReported')}</p>` : review.replyReported === 'kept' ? html`<p class="small muted">${say('reviewKept', { words: review.answered })}</p>` : nothing}</div>` : nothing}</div>`;
  }

  #given(stars: number): TemplateResult {
    return html`<span class="given" role="img" aria-label=${this.#spoken(stars)}>${scale.map((n) => star(n <= stars))}</span>`;
  }

  readonly #spoken = (n: number): string => this.site.sayOwn('reviewStarsOf', { n, word: this.site.sayOwn(`reviewStar_${n as 1}`) });

  /* What is written. */

  #form(read: Reviews, until: string): TemplateResult {
    const { site, site: { sayOwn: say }, name } = this;
    const { own, parts, side, capacity, most } = read;
    return html`<form class="wide" @submit=${onSubmit((values) => { this.#write(values, parts); })}>
      <div class="said"><h3>${say(`reviewAsk_${side}`, { name })}</h3><p>${say('reviewHow', { day: until })}</p></div>
      ${this.#scale({ name: 'stars', label: say('reviewStars'), chosen: own?.stars ?? 0, must: true })}
      ${parts.map((part) => this.#scale({ name: part, label: say(`reviewPart_${part}`), chosen: own?.parts[part] ?? 0, must: false }))}
      ${field({ label: say('reviewWords'), hint: say(`reviewWordsHow_${side}`, { name }), optional: say('optional') }, html`<textarea name="words" maxlength="2000" .value=${own?.words ?? ''}></textarea>`)}
      <div class="number">${field({ label: say('reviewPeople'), optional: say('optional') }, html`<input name="attendance" type="number" inputmode="numeric" min="0" max=${most} step="1" .value=${own?.attendance == null ? '' : String(own.attendance)} aria-describedby="people">`)}</div>
      <p id="people" class="small muted">${say('reviewPeopleHow')}${capacity > 0 ? html` ${say('reviewCapacity', { n: capacity })}` : nothing}</p>
      ${outcome(this.#acts, site, 'write')}
      <div>${button(this.#acts, site, { act: 'write', label: say(own ? 'reviewSave' : 'reviewSend'), kind: 'primary' })}</div>
      ${success(this.#acts, 'write', say('reviewSent'))}</form>`;
  }

  /** Five stars that are five radio buttons: arrows choose, and each says what it means. */
  #scale({ name, label, chosen, must }: { name: string; label: string; chosen: number; must: boolean }): TemplateResult {
    const { sayOwn: say } = this.site;
    const stars = this.picked[name] ?? chosen;
    const pick = ({ target }: Event) => { this.picked = { ...this.picked, [name]: Number((target as HTMLInputElement).value) }; };
    return html`<fieldset class=${must ? '' : 'minor'} @change=${pick}><legend>${label}</legend><div class="scale">
      <div class="pick">${scale.map((n) => html`<label title=${this.#spoken(n)}><input class="sr" type="radio" name=${name} value=${n} ?required=${must} .checked=${n === stars} aria-label=${this.#spoken(n)}>${star(n <= stars)}</label>`)}</div>
      ${must ? nothing : html`<label class="none"><input type="radio" name=${name} value="" .checked=${stars === 0}>${say('reviewNone')}</label>`}</div></fieldset>`;
  }

  #write(values: Readonly<Record<string, string>>, parts: readonly Part[]): void {
    const { bookingId } = this;
    const written: Written = {
      bookingId, stars: Number(values['stars']), words: values['words'] ?? '', attendance: values['attendance'] ? Number(values['attendance']) : null,
      parts: Object.fromEntries(parts.map((part) => [part, values[part] ? Number(values[part]) : null])),
    };
    void this.#does('write', () => this.#server().reviews.write.mutate(written));
  }

  #mails({ mails }: Reviews): TemplateResult {
    const { site, site: { sayOwn: say }, bookingId } = this;
    return html`<div><label class="check small"><input type="checkbox" .checked=${mails} @change=${(event: Event) => {
      const { checked } = event.currentTarget as HTMLInputElement;
      void this.#acts.run('mails', () => this.#server().reviews.remind.mutate({ bookingId, mails: checked })).then(() => this.#read.run());
    }}><span>${say('reviewMails')}</span></label>${outcome(this.#acts, site, 'mails')}</div>`;
  }

  /** Behind lines that open: to answer, and to report. */
  #answer({ may }: Reviews): TemplateResult {
    const { site, site: { sayOwn: say }, bookingId } = this;
    return html`${may.reply ? html`<details><summary>${say('reviewReply')}</summary>
        <form class="wide" @submit=${onSubmit(({ words = '' }) => { void this.#does('reply', () => this.#server().reviews.reply.mutate({ bookingId, words })); })}>
          ${field({ label: say('reviewReplyWords'), hint: say('reviewReplyHow') }, html`<textarea name="words" required maxlength="1000"></textarea>`)}
          ${outcome(this.#acts, site, 'reply')}<div>${button(this.#acts, site, { act: 'reply', label: say('reviewReplyDo') })}</div></form></details>` : nothing}
      ${success(this.#acts, 'reply', say('reviewReplied'))}
      ${may.report ? this.#report('review') : nothing}`;
  }

  #report(what: 'review' | 'reply'): TemplateResult {
    const { site, site: { sayOwn: say }, bookingId } = this;
    return html`<details><summary class="small">${say(what === 'review' ? 'reviewReport' : 'reviewReportReply')}</summary>
      <form class="wide" @submit=${onSubmit(({ reason = '' }) => { void this.#does(`report:${what}`, () => this.#server().reviews.report.mutate({ bookingId, what, reason })); })}>
        <p>${say('reviewReportHow')}</p>${field({ label: say('reviewReportReason') }, html`<textarea name="reason" required minlength="3" maxlength="600"></textarea>`)}
        ${outcome(this.#acts, site, `report:${what}`)}<div>${button(this.#acts, site, { act: `report:${what}`, label: say('reviewReportDo'), kind: 'danger' })}</div></form></details>`;
  }
}

const star = (on: boolean): TemplateResult => html`<svg class=${on ? 'on' : ''} viewBox="0 0 24 24" aria-hidden="true">${svg`<path d="M12 3.2l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1L12 17l-5.4 2.9 1.1-6.1L3.2 9.6l6.1-.8z"></path>`}</svg>`;

declare global {
  interface HTMLElementTagNameMap { 'flow-reviews': FlowReviews }
}
