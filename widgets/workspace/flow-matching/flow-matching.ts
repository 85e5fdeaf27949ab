import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { deskSpeech } from '../../core/desk-words.ts';
import { bones, Presence, problem } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome } from '../../parts/desk.ts';
import { at, cardOf, coded, dayOf, number } from './figures.ts';
import { styles } from './flow-matching.styles.ts';
import type { Approval, Audit, Change, Desk, Funnel, Rolling, Served, Version, Words } from './model.ts';
import { served } from './served.ts';
import { funnel, shown } from './shown.ts';

interface Known {
  readonly served: readonly Served[];
  readonly models: readonly Version[];
  readonly audit: Audit;
  readonly funnel: Funnel;
  readonly desk: Desk;
  readonly say: Words['say'];
}

/** Criteria that a rollback names, of those that it changes most. */
const NAMED = 8;
/** Below this, in points of a hundred, nothing changes. */
const HAIR = 0.05;

/** Matching as our own people see it: what serves and how well it foretells, the way back to an older version, whom the lists show, from first sight to the show, and the matches that wait for one of us. */
export class FlowMatching extends LitElement {
  static override styles = [...desk, styles];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** The version that is to serve, until it is confirmed. */
  @state() private rolling: Rolling | null = null;
  /** The match that is to be refused, until there is a reason. */
  @state() private refusing: Approval | null = null;
  /** What was done last, in words. */
  @state() private told = '';

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.site.locale] as const,
    task: async ([api, locale]): Promise<Known> => {
      const [all, models, audit, way, table, say] = await Promise.all([api.learning.served.query(), api.learning.models.query(), api.learning.audit.query({ locale }), api.learning.funnel.query(), api.approvals.desk.query(), deskSpeech(locale)]);
      return { served: all, models, audit, funnel: way, desk: table, say };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });
  /** What would change: read before anybody confirms. */
  readonly #changes = new Task(this, { args: () => [this.#server(), this.rolling] as const, task: async ([api, rolling]) => (rolling ? { of: rolling, changes: await api.learning.compare.query({ ...rolling }) } : null) });

  override updated(): void {
    for (const dialog of this.renderRoot.querySelectorAll('dialog')) if (!dialog.open) dialog.showModal();
  }

  override render() {
    const { value } = this.#all;
    const states = this.#presence.states(64, 240, 240);
    // What was read stays while it is read anew: whoever has just decided keeps their place.
    return this.#presence.stand(html`<div class="stack"><h1>${this.site.sayOwn('page_matching')}</h1>${this.#all.render({ ...states, pending: () => (value ? this.#page(value) : states.pending()), complete: (known) => this.#page(known) })}</div>`);
  }

  #page({ served: all, models, audit, funnel: way, desk: table, say }: Known): TemplateResult {
    const words: Words = { say, locale: this.site.locale, timeZone: this.site.timeZone };
    const damaged = models.filter(({ status, whole }) => status === 'damaged' || !whole);
    return html`<p class="muted">${say('deskHow')}</p>
      ${damaged.map(({ scorecard, version }) => html`<div class="notice bad"><p><strong>${say('damagedTitle', { card: cardOf(words, scorecard), version })}</strong></p><p>${say('damagedHow')}</p></div>`)}
      <div role="status">${this.told ? html`<p class="notice good">${this.told}</p>` : nothing}</div>
      ${this.#approvals(table, words)}
      <section aria-labelledby="served"><h2 id="served">${say('servedTitle')}</h2>
        <div>${all.map((one) => served(one, models.filter(({ scorecard }) => scorecard === one.scorecard), words, (version) => { [this.rolling, this.told] = [{ scorecard: one.scorecard, version }, '']; }))}</div></section>
      <section aria-labelledby="shown"><h2 id="shown">${say('exposureTitle')}</h2>${shown(audit, words)}</section>
      <section aria-labelledby="way"><h2 id="way">${say('deskFunnel')}</h2>${funnel(way, words)}</section>
      ${this.#journal(table, words)}
      ${this.rolling ? this.#roll(this.rolling, words) : nothing}${this.refusing ? this.#refuse(this.refusing, words) : nothing}`;
  }

  /* An older version. */

  #roll(rolling: Rolling, words: Words): TemplateResult {
    const { say } = words;
    const { site } = this;
    const { scorecard, version } = rolling;
    const card = cardOf(words, scorecard);
    const reading = () => bones(say, 120);
    return html`<dialog id="roll" aria-labelledby="roll-title" @close=${() => { this.rolling = null; }}><form @submit=${onSubmit(({ reason = '' }) => { void this.#serve(rolling, reason, words); })}>
      <h2 id="roll-title">${version === null ? say('rollTitlePublished', { card }) : say('rollTitle', { version, card })}</h2>
      <p>${say('rollEffect')} ${version === null ? say('rollEffectPublished') : nothing}</p>
      ${this.#changes.render({ initial: reading, pending: reading, error: problem(say, () => this.#changes.run()), complete: (value) => (value?.of === rolling ? changes(value.changes, words) : reading()) })}
      ${field({ label: say('reason') }, html`<input name="reason" required minlength="3" maxlength="300" autocomplete="off">`)}
      ${outcome(this.#acts, site, 'roll')}
      <div class="row">${button(this.#acts, site, { act: 'roll', label: say('rollDo'), kind: 'primary' })}<button type="button" @click=${() => { this.#shut(); }}>${say('cancel')}</button></div></form></dialog>`;
  }

  async #serve({ scorecard, version }: Rolling, reason: string, { say }: Words): Promise<void> {
    if (!await this.#acts.run('roll', () => this.#server().learning.rollBack.mutate({ scorecard, version, reason }))) return;
    await this.#done(say('rolled', { what: version === null ? say('servedPublished') : say('servedVersion', { version }) }));
  }

  /* Matches that wait. */

  #approvals({ on, since, by, waiting, decided }: Desk, words: Words): TemplateResult {
    const { say } = words;
    const { site } = this;
    return html`<section aria-labelledby="approvals"><h2 id="approvals">${say('approvalsTitle')}</h2>
      <p>${on && since ? say('approvalsOn', { at: at(words, since), name: by }) : say('approvalsOff')}</p>
      ${on || waiting.length > 0 ? html`<h3>${waiting.length > 0 ? say('waiting', { n: waiting.length }) : say('waitingNone')}</h3>${waiting.length > 0 ? html`<ul class="pairs">${waiting.map((one) => html`<li>${pair(one, words)}
        <div class="row">${button(this.#acts, site, { act: `approve:${one.id}`, label: say('approve'), kind: 'primary', press: () => { void this.#approve(one, words); } })}<button type="button" aria-haspopup="dialog" @click=${() => { [this.refusing, this.told] = [one, '']; }}>${say('refuse')} <span class="sr">${one.artist.name}, ${one.place.name}</span></button></div>${outcome(this.#acts, site, `approve:${one.id}`)}</li>`)}</ul>` : nothing}` : nothing}
      <details class="turn"><summary>${say(on ? 'turnOff' : 'turnOn')}</summary><form @submit=${onSubmit(({ reason = '' }, form) => { void this.#turn(!on, reason, form, words); })}>
        <p class="small">${on ? (waiting.length > 0 ? say('turnOffHow', { n: waiting.length }) : say('approvalsOff')) : say('turnOnHow')}</p>
        ${field({ label: say('reason') }, html`<input name="reason" required minlength="3" maxlength="300" autocomplete="off">`)}${outcome(this.#acts, site, 'turn')}<div>${button(this.#acts, site, { act: 'turn', label: say(on ? 'turnOff' : 'turnOn') })}</div></form></details>
      ${decided.length > 0 ? html`<details><summary>${say('decidedList', { n: decided.length })}</summary><ul class="pairs">${decided.map((one) => html`<li>${pair(one, words)}
        ${one.state === 'refused' ? html`<div>${button(this.#acts, site, { act: `approve:${one.id}`, label: say('approveAfter'), kind: 'plain', press: () => { void this.#approve(one, words); } })}</div>${outcome(this.#acts, site, `approve:${one.id}`)}` : nothing}</li>`)}</ul></details>` : nothing}</section>`;
  }

  async #turn(on: boolean, reason: string, form: HTMLFormElement, { say }: Words): Promise<void> {
    if (!await this.#acts.run('turn', () => this.#server().approvals.lookFirst.mutate({ on, reason }))) return;
    form.reset();
    form.closest('details')?.removeAttribute('open');
    await this.#done(say('turned'));
  }

  async #approve({ id }: Approval, { say }: Words): Promise<void> {
    if (await this.#acts.run(`approve:${id}`, () => this.#server().approvals.decide.mutate({ id, approve: true }))) await this.#done(say('decided'));
  }

  #refuse(one: Approval, words: Words): TemplateResult {
    const { say } = words;
    const { site } = this;
    return html`<dialog id="refuse" aria-labelledby="refuse-title" @close=${() => { this.refusing = null; }}><form @submit=${onSubmit(({ reason = '' }) => { void this.#refused(one, reason, words); })}>
      <h2 id="refuse-title">${say('refuseTitle')}</h2><p><strong>${one.artist.name}</strong>, <strong>${one.place.name}</strong></p><p>${say('refuseHow')}</p>
      ${field({ label: say('reason') }, html`<input name="reason" required minlength="3" maxlength="300" autocomplete="off">`)}${outcome(this.#acts, site, 'refuse')}
      <div class="row">${button(this.#acts, site, { act: 'refuse', label: say('refuse'), kind: 'danger' })}<button type="button" @click=${() => { this.#shut(); }}>${say('cancel')}</button></div></form></dialog>`;
  }

  async #refused({ id }: Approval, reason: string, { say }: Words): Promise<void> {
    if (await this.#acts.run('refuse', () => this.#server().approvals.decide.mutate({ id, approve: false, reason }))) await this.#done(say('decided'));
  }

  /* What was done by hand. */

  #journal({ acts }: Desk, words: Words): TemplateResult {
    const { say } = words;
    const what = ({ kind, subject, version }: Desk['acts'][number]): string =>
      (kind === 'rolled_back' ? version === null ? say('act_published', { card: cardOf(words, subject) }) : say('act_rolled_back', { card: cardOf(words, subject), version }) : say(`act_${kind}`));
    return html`<section aria-labelledby="journal"><h2 id="journal">${say('journal')}</h2>${acts.length === 0 ? html`<p class="muted">${say('journalNone')}</p>`
      : html`<ol class="pairs">${acts.map((one) => html`<li><div class="line"><strong>${what(one)}</strong><span class="small muted">${at(words, one.at)}, ${one.by}</span></div>${one.reason ? html`<p class="small">${one.reason}</p>` : nothing}</li>`)}</ol>`}</section>`;
  }

  async #done(told: string): Promise<void> {
    this.#shut();
    this.told = told;
    await this.#all.run();
  }

  #shut(): void {
    for (const dialog of this.renderRoot.querySelectorAll('dialog')) dialog.close();
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

/** The criteria whose weight changes most. */
function changes(all: readonly Change[], words: Words): TemplateResult {
  const { say } = words;
  const most = all.filter(({ now, then }) => Math.abs(then - now) >= HAIR).slice(0, NAMED);
  if (most.length === 0) return html`<p>${say('rollSame')}</p>`;
  return html`<table><caption class="small">${say('rollChanges')}</caption><thead><tr><th scope="col">${say('rollCriterion')}</th><th scope="col" class="end">${say('colNow')}</th><th scope="col" class="end">${say('colThen')}</th></tr></thead>
    <tbody>${most.map(({ criterion, now, then }) => html`<tr><th scope="row">${coded(words, 'c', criterion)}</th><td class="end">${number(words, now, 1)}</td><td class="end">${number(words, then, 1)}</td></tr>`)}</tbody></table>`;
}

/** Two who like each other: who, where, since when they are here, and what became of it. */
function pair({ artist, place, score, state: stands, askedAt, decidedAt }: Approval, words: Words): TemplateResult {
  const { say } = words;
  const who = ({ name, city, since }: Approval['artist']): TemplateResult => html`<p><strong>${name}</strong> <span class="small muted">${[city, since ? say('memberSince', { at: dayOf(words, since) }) : ''].filter(Boolean).join(' · ')}</span></p>`;
  return html`${who(artist)}${who(place)}<p class="small muted">${say('scoreIs', { n: score })} · ${say('askedAt', { at: at(words, askedAt) })}${stands === 'waiting' ? nothing : html` · <span class="tag">${say(`as_${stands}`)}</span>${decidedAt ? ` ${at(words, decidedAt)}` : ''}`}</p>`;
}

declare global {
  interface HTMLElementTagNameMap { 'flow-matching': FlowMatching }
}
