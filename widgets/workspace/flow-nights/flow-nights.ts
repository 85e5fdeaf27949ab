import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { day, dayIn, longDay, money } from '../../core/format.ts';
import { matchingSpeech } from '../../core/matching-words.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome } from '../../parts/desk.ts';
import { away, coded } from '../../parts/figures.ts';
import { titled } from '../../parts/reasons.ts';
import { styles } from './flow-nights.styles.ts';
import { MOST, type Found, type Night } from './model.ts';

type Say = Awaited<ReturnType<typeof matchingSpeech>>;

/** Up to ten days to fill, chosen by an artist or by who books for it, and for each the five places that suit best: score, why, how far, and the way to reach them. */
export class FlowNights extends LitElement {
  static override styles = [...desk, styles];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  /** The days to begin with, such as those of a tour. */
  @property({ attribute: false }) days: readonly string[] = [];
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private nights: readonly Night[] | null = null;
  /** What is wrong with the day that was typed. */
  @state() private wrong = '';

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#words.run());
  readonly #words = new Task(this, { args: () => [this.site.locale] as const, task: ([locale]) => matchingSpeech(locale), onComplete: this.#presence.arrived, onError: this.#presence.failed });

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_nights')}</h1>
      ${this.#words.render({ ...this.#presence.states(120, 320), complete: (words) => this.#page(words) })}</div>`);
  }

  #page(say: Say): TemplateResult {
    const { site, days, nights } = this;
    const { locale } = site;
    const full = days.length >= MOST;
    const stale = nights !== null && nights.map((one) => one.day).join() !== days.join();
    const notYours = reasonOf(this.#acts.errorOf('find')) === 'seeker_sideless';
    return html`<p>${say('nightsHow', { n: MOST })}</p>
      <form class="pick" @submit=${onSubmit(({ day: typed = '' }, form) => { this.#add(typed, form, say); })}>
        ${field({ label: say('nightsDay') }, html`<input name="day" type="date" min=${dayIn(this.site.timeZone)} required ?disabled=${full} aria-invalid=${this.wrong ? 'true' : 'false'} aria-describedby="wrong">`)}
        <button type="submit" ?disabled=${full}>${say('nightsAdd')}</button></form>
      <p id="wrong" role="status" class="small">${this.wrong || (full ? say('nightsFull') : '')}</p>
      ${days.length === 0 ? html`<p class="muted">${say('nightsEmpty')}</p>` : html`<div class="stack"><p class="small muted" id="chosen">${say('nightsChosen', { n: days.length, most: MOST })}</p><ul class="chips" aria-labelledby="chosen">${days.map((one) => html`<li>${day(one, locale)}<button type="button" class="plain" aria-label=${say('nightsRemove', { day: longDay(one, locale) })} @click=${() => { this.days = days.filter((other) => other !== one); this.wrong = ''; }}>×</button></li>`)}</ul>
        ${notYours ? html`<p class="notice" role="alert"><span>${say('seeker_sideless')}</span></p>` : outcome(this.#acts, site, 'find')}
        ${stale ? html`<p class="small muted">${say('nightsStale')}</p>` : nothing}
        <div>${button(this.#acts, site, { act: 'find', label: say('nightsDo'), kind: 'primary', press: () => { this.#find(); } })}</div></div>`}
      <div role="status" class="sr">${this.#acts.done === 'find' && nights ? say('nightsOf', { n: nights.reduce((sum, { found }) => sum + found.length, 0) }) : ''}</div>
      ${(nights ?? []).map((night) => this.#night(night, say))}`;
  }

  #night({ day: date, met, found }: Night, say: Say): TemplateResult {
    return html`<section aria-labelledby="n-${date}"><div class="row between"><h2 id="n-${date}">${longDay(date, this.site.locale)}</h2><span class="small muted">${say('nightsOf', { n: met })}</span></div>
      ${found.length === 0 ? html`<p>${say('nightsNone', { n: met })}</p>` : html`<ol class="places">${found.map((one) => this.#place(one, date, say))}</ol>`}</section>`;
  }

  #place(one: Found, date: string, say: Say): TemplateResult {
    const { site } = this;
    const { score, name, city, km, capacity, money: budget, orgId, choice, match, page } = one;
    const words = { say, locale: site.locale };
    const act = `like:${orgId}:${date}`;
    const liked = choice.verdict === 'like' || choice.verdict === 'super_like';
    const sum = (minor: number) => money({ minor, currency: budget.currency }, site.locale, true);
    const reasons = (all: Found['score']['for'], kind: 'for' | 'against') => (all.length === 0 ? nothing
      : html`<div class="small ${kind}"><b>${say(kind === 'for' ? 'nightsFor' : 'nightsAgainst')}</b><ul>${all.map((reason) => html`<li>${titled(words, reason)}</li>`)}</ul></div>`);
    return html`<li><div class="score"><span>${say('scoreIs', { n: score.score })}</span><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="base" width="100" height="8"></rect><rect class="done" width=${score.score} height="8"></rect></svg></div>
      <div><div class="name"><h3>${name}</h3>${one.placeKind ? html`<span class="tag">${coded(words, 'kind', one.placeKind)}</span>` : nothing}</div>
        <p class="meta small muted">${city ? html`<span>${city}</span>` : nothing}${km === null ? nothing : html`<span>${away(words, km)}</span>`}${capacity.max ? html`<span>${say('nightsSeats', { n: capacity.max })}</span>` : nothing}${budget.max ? html`<span>${say('nightsBudget', { from: sum(budget.min ?? 0), to: sum(budget.max) })}</span>` : nothing}</p></div>
      <div class="why">${reasons(score.for, 'for')}${reasons(score.against, 'against')}</div>
      <div class="row">${match && match.status !== 'expired' ? html`<a class="button primary" href="/matches">${say('nightsMatched')}</a>`
        : liked ? html`<span class="small">${say('nightsLiked')}</span>` : button(this.#acts, site, { act, label: say('nightsLike', { name }), press: () => { this.#like(orgId, act); } })}
        ${page ? html`<a href=${page}>${say('nightsPage', { name })}</a>` : nothing}</div>${outcome(this.#acts, site, act)}</li>`;
  }

  #add(typed: string, form: HTMLFormElement, say: Say): void {
    this.wrong = typed < dayIn(this.site.timeZone) ? say('nightsPast') : this.days.includes(typed) ? say('nightsTwice') : '';
    if (this.wrong || this.days.length >= MOST) return;
    this.days = [...this.days, typed].sort();
    form.reset();
  }

  #find(): void {
    void this.#acts.run('find', async () => { ({ nights: this.nights } = await this.#server().discovery.nights.query({ days: [...this.days], locale: this.site.locale })); });
  }

  /** A like stands wherever the place does: it may be the best of several days. */
  #like(orgId: string, act: string): void {
    void this.#acts.run(act, async () => {
      const { verdict, favourite, hidden, match } = await this.#server().discovery.choose.mutate({ orgId, verdict: 'like' });
      this.nights = (this.nights ?? []).map((night) => ({ ...night, found: night.found.map((one) => (one.orgId === orgId ? { ...one, choice: { verdict, favourite, hidden }, match } : one)) }));
    });
  }

  #server = (): TRPCClient<AppRouter> => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-nights': FlowNights }
}
