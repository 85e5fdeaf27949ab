import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { follow } from '../../core/follow.ts';
import { day, dayIn, rate } from '../../core/format.ts';
import { matchingSpeech } from '../../core/matching-words.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, onSubmit, outcome, success } from '../../parts/desk.ts';
import { styles } from './flow-matches.styles.ts';
import { FUNNEL_DAYS, MATCH_DAYS, WHICH, type Admirer, type Funnel, type History, type Match, type Matches, type Which, type Wishes } from './model.ts';

type Say = Awaited<ReturnType<typeof matchingSpeech>>;
interface Read extends Matches { readonly admirers: readonly Admirer[]; readonly funnel: Funnel; readonly wishes: Wishes; readonly say: Say }
type Other = Match['other'];

const dayMs = 86_400_000;
/** From how few days left on a countdown is set off. */
const SOON = 5;

/**
 * Who liked back: matches that are open with the days they have left, those in contact, those that ran out; before them who wrote with a super like; one's own
 * choices, each to be undone; and what became of what was seen. A new match appears by itself.
 */
export class FlowMatches extends LitElement {
  static override styles = [...desk, styles];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private which: Which = 'liked';
  @state() private history: History | null = null;
  @state() private news = '';
  @state() private deaf = false;

  #unfollow: () => void = () => undefined;
  #following = false;
  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.site.locale] as const,
    task: async ([api, locale]): Promise<Read> => {
      const until = new Date();
      const [matches, admirers, history, funnel, wishes, say] = await Promise.all([
        api.discovery.matches.query(), api.discovery.admirers.query(), api.discovery.history.query({ which: this.which }),
        api.discovery.funnel.query({ from: iso(new Date(until.getTime() - FUNNEL_DAYS * dayMs)), until: iso(until) }), api.discovery.wishes.query(), matchingSpeech(locale),
      ]);
      this.history = history;
      return { ...matches, admirers, funnel, wishes, say };
    },
    onComplete: () => { this.#presence.arrived(); this.#listen(); },
    onError: this.#presence.failed,
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
    this.#following = false;
  }

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_matches')}</h1>
      ${value ? this.#page(value) : this.#all.render({ ...this.#presence.states(64, 240, 240), complete: () => nothing })}</div>`);
  }

  #page({ matches, superLikes, admirers, funnel, wishes, say }: Read): TemplateResult {
    const of = (status: Match['status']) => matches.filter((one) => one.status === status);
    const waiting = admirers.filter(({ matchId }) => matchId === null);
    const [open, contacted, expired] = [of('open'), of('contacted'), of('expired')];
    return html`<div class="row between"><p>${say('matchesHow', { n: MATCH_DAYS })}</p><span class="tag">${say('superLikesLeft', { n: superLikes })}</span></div>
      <div role="status">${this.news ? html`<p class="notice good"><span>${this.news}</span></p>` : nothing}</div>
      ${this.deaf ? html`<p class="notice warn" role="alert"><span>${say('matchesDeaf')}</span></p>` : nothing}
      ${waiting.length > 0 ? html`<section aria-labelledby="admirers"><h2 id="admirers">${say('admirersTitle')}</h2><p class="small muted">${say('admirersHow')}</p><ul class="cards">${waiting.map((one) => this.#admirer(one, say))}</ul></section>` : nothing}
      ${matches.length === 0 ? html`<div class="empty"><h2>${say('matchesNone')}</h2><p>${say('matchesNoneHow')}</p><a class="button primary" href="/discover">${say('matchesToDiscover')}</a></div>` : nothing}
      ${open.length > 0 ? html`<section aria-labelledby="open"><h2 id="open">${say('openTitle')} <span class="muted num">${open.length}</span></h2><ul class="cards">${open.map((one) => this.#open(one, say))}</ul></section>` : nothing}
      ${contacted.length > 0 ? html`<section aria-labelledby="contacted"><h2 id="contacted">${say('contactedTitle')} <span class="muted num">${contacted.length}</span></h2><ul class="cards">${contacted.map((one) => this.#contacted(one, say))}</ul></section>` : nothing}
      ${expired.length > 0 ? html`<section aria-labelledby="expired"><h2 id="expired">${say('expiredTitle')} <span class="muted num">${expired.length}</span></h2><p class="small muted">${say('expiredHow')}</p><ul class="cards">${expired.map((one) => this.#expired(one, say))}</ul></section>` : nothing}
      ${this.#history(say)}${this.#funnel(funnel, say)}${this.#wishes(wishes, say)}`;
  }

  #who({ name, city, picture }: Other, facts: readonly unknown[]): TemplateResult {
    return html`<div class="who">${picture ? html`<img src=${picture.url} alt=${picture.alt} width="64" height="64" loading="lazy">` : html`<span class="none"></span>`}<h3>${name}</h3>
      <p class="meta small">${city ? html`<span class="muted">${city}</span>` : nothing}${facts}</p></div>`;
  }

  #message(message: string, name: string): TemplateResult | typeof nothing {
    return message ? html`<blockquote><p class="small muted">${name}</p><p class="words">${message}</p></blockquote>` : nothing;
  }

  #admirer({ other, message, score }: Admirer, say: Say): TemplateResult {
    const { site } = this;
    const act = (verb: string) => `${verb}:${other.orgId}`;
    return html`<li>${this.#who(other, [score === null ? nothing : html`<span>${say('scoreIs', { n: score })}</span>`])}
      ${message ? this.#message(message, say('theirMessage')) : html`<blockquote class="muted">${say('noMessage')}</blockquote>`}
      <div class="row">${button(this.#acts, site, { act: act('like'), label: say('doLike'), kind: 'primary', press: () => { this.#do(act('like'), (api) => api.discovery.choose.mutate({ orgId: other.orgId, verdict: 'like' })); } })}
        ${button(this.#acts, site, { act: act('pass'), label: say('doPass'), press: () => { this.#do(act('pass'), (api) => api.discovery.choose.mutate({ orgId: other.orgId, verdict: 'pass' })); } })}${this.#toPage(other, say)}</div>
      ${outcome(this.#acts, site, act('like'))}${outcome(this.#acts, site, act('pass'))}</li>`;
  }

  #open(match: Match, say: Say): TemplateResult {
    const { site } = this;
    const { id, other, contact, score, daysLeft, expiresAt, message } = match;
    return html`<li>${this.#who(other, [html`<span>${say('scoreIs', { n: score })}</span>`, html`<span class=${daysLeft <= SOON ? 'soon' : ''}>${say('matchDaysLeft', { n: daysLeft })}</span>`, html`<span class="muted">${say('matchUntil', { day: this.#day(expiresAt) })}</span>`])}
      ${this.#message(message, say('theirMessage'))}
      <div class="row"><a class="button primary" href="mailto:${contact.email}">${say('matchWrite', { name: other.name })}</a>${contact.phone ? html`<a href="tel:${contact.phone.replaceAll(/[^+\d]/g, '')}">${say('matchCall', { phone: contact.phone })}</a>` : nothing}
        ${this.#toPage(other, say)}${button(this.#acts, site, { act: `wrote:${id}`, label: say('matchWrote'), press: () => { this.#do(`wrote:${id}`, (api) => api.discovery.wrote.mutate({ matchId: id })); } })}${this.#star(match, say)}</div>
      ${outcome(this.#acts, site, `wrote:${id}`)}${outcome(this.#acts, site, `star:${other.orgId}`)}</li>`;
  }

  #contacted(match: Match, say: Say): TemplateResult {
    const { other, contact, score, contactedAt, bookingId, message } = match;
    return html`<li>${this.#who(other, [html`<span>${say('scoreIs', { n: score })}</span>`, contactedAt ? html`<span class="muted">${say('contactedOn', { day: this.#day(contactedAt) })}</span>` : nothing])}
      <div class="row">${bookingId ? html`<a class="button primary" href="/booking?id=${bookingId}">${say('matchBooking')}</a>` : nothing}<a href="mailto:${contact.email}">${say('matchWrite', { name: other.name })}</a>${this.#toPage(other, say)}${this.#star(match, say)}</div>
      ${this.#message(message, say('theirMessage'))}${outcome(this.#acts, this.site, `star:${other.orgId}`)}</li>`;
  }

  #expired({ other, expiresAt }: Match, say: Say): TemplateResult {
    const { site } = this;
    const act = `again:${other.orgId}`;
    return html`<li>${this.#who(other, [html`<span class="muted">${say('expiredOn', { day: this.#day(expiresAt) })}</span>`])}
      <div class="row">${button(this.#acts, site, { act, label: say('likeAgain'), press: () => { this.#do(act, (api) => api.discovery.choose.mutate({ orgId: other.orgId, verdict: 'like' })); } })}${this.#toPage(other, say)}</div>
      ${success(this.#acts, act, say('likedAgain'))}${outcome(this.#acts, site, act)}</li>`;
  }

  #day = (at: string): string => day(dayIn(this.site.timeZone, new Date(at)), this.site.locale);

  #toPage = ({ page, name }: Other, say: Say) => (page ? html`<a href=${page} aria-label=${`${say('matchPage')}, ${name}`}>${say('matchPage')}</a>` : nothing);

  #star({ other, favourite }: Match, say: Say): TemplateResult {
    const act = `star:${other.orgId}`;
    return button(this.#acts, this.site, { act, label: say(favourite ? 'matchUnfavourite' : 'matchFavourite'), kind: 'plain', press: () => { this.#do(act, (api) => api.discovery.keep.mutate({ orgId: other.orgId, favourite: !favourite })); } });
  }

  #history(say: Say): TemplateResult {
    const { site, history, which } = this;
    const undo = say(`undo_${which}`);
    return html`<section aria-labelledby="history"><div class="row between"><h2 id="history">${say('historyTitle')}</h2><label class="row"><span>${say('historyWhich')}</span><select class="which" name="which" @change=${this.#turn}>
        ${WHICH.map((one) => html`<option value=${one} ?selected=${one === which}>${say(`which_${one}`)}</option>`)}</select></label></div>
      ${outcome(this.#acts, site, 'which')}
      ${!history || history.entries.length === 0 ? html`<p class="muted">${say('historyNone')}</p>` : html`<ul class="lines">${history.entries.map(({ other, at, matchId }) => html`<li>
        <span><strong>${other.name}</strong> <span class="small muted">${[other.city, this.#day(at)].filter(Boolean).join(' · ')}</span>${matchId ? html` <span class="tag good">${say('isMatch')}</span>` : nothing}</span>
        <button type="button" class="plain" aria-label=${say('undoOf', { act: undo, name: other.name })} ?disabled=${this.#acts.busy !== ''} @click=${() => { this.#undo(other, say); }}>${undo}</button>${outcome(this.#acts, site, `undo:${other.orgId}`)}</li>`)}</ul>`}
      ${history?.more ? html`<div>${button(this.#acts, site, { act: 'more', label: say('historyMore'), press: () => { this.#more(history); } })}${outcome(this.#acts, site, 'more')}</div>` : nothing}</section>`;
  }

  readonly #turn = (event: Event): void => {
    this.which = (event.currentTarget as HTMLSelectElement).value as Which;
    void this.#acts.run('which', async () => { this.history = await this.#server().discovery.history.query({ which: this.which }); });
  };

  #more({ entries, more }: History): void {
    if (!more) return;
    void this.#acts.run('more', async () => {
      const next = await this.#server().discovery.history.query({ which: this.which, before: more });
      this.history = { ...next, entries: [...entries, ...next.entries] };
    });
  }

  #undo({ orgId, name }: Other, say: Say): void {
    const { which } = this;
    this.#do(`undo:${orgId}`, async (api) => {
      if (which === 'hidden') await api.discovery.hide.mutate({ orgId, hidden: false });
      else if (which === 'favourites') await api.discovery.keep.mutate({ orgId, favourite: false });
      else await api.discovery.choose.mutate({ orgId, verdict: null });
      this.news = say('undone', { name });
    });
  }

  /** From what was seen to what was signed, each step as long as its part of the first. */
  #funnel({ total, rates, shows, from, until, shown }: Funnel, say: Say): TemplateResult {
    const { locale } = this.site;
    const steps = [['seen', total.impressions, null], ['likes', total.likes, rates.liked], ['matches', total.matches, rates.mutual], ['contacts', total.contacts, rates.contacted], ['contracts', total.contracts, rates.signed], ['shows', shows.well, rates.succeeded]] as const;
    const most = Math.max(1, ...steps.map(([, n]) => n));
    const number = new Intl.NumberFormat(locale);
    return html`<section aria-labelledby="funnel"><h2 id="funnel">${say('funnelTitle')}</h2>
      ${total.impressions + total.likes + total.matches + shown === 0 ? html`<p class="muted">${say('funnelNone')}</p>` : html`<p class="small muted">${say('funnelHow', { from: day(from, locale), until: day(until, locale), n: shown })}</p>
      <ol class="funnel">${steps.map(([name, n, of]) => html`<li><span class="meta"><span>${say(`step_${name}`)}</span><span class="num">${number.format(n)}</span>${of === null ? nothing : html`<span class="small muted">${say(name === 'shows' ? 'stepWell' : 'stepRate', { rate: rate(Math.round(of * 100) * 100, locale) })}</span>`}</span>
        <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true"><rect width=${n === 0 ? 0 : Math.max(0.5, (100 * n) / most)} height="16"></rect></svg></li>`)}</ol>`}</section>`;
  }

  #wishes({ mails, exceptional }: Wishes, say: Say): TemplateResult {
    const { site } = this;
    return html`<section aria-labelledby="wishes"><h2 id="wishes">${say('wishesTitle')}</h2>
      <form @submit=${onSubmit((values) => { this.#do('wishes', (api) => api.discovery.setWishes.mutate({ mails: values['mails'] === 'on', exceptional: values['exceptional'] === 'on' })); })}>
        <div><label class="check"><input type="checkbox" name="mails" .checked=${mails}><span>${say('wish_mails')}</span></label><label class="check"><input type="checkbox" name="exceptional" .checked=${exceptional}><span>${say('wish_exceptional')}</span></label></div>
        ${outcome(this.#acts, site, 'wishes')}${success(this.#acts, 'wishes', say('saved'))}<div>${button(this.#acts, site, { act: 'wishes', label: say('save') })}</div></form></section>`;
  }

  /** Hears of each new match and super like; what it changes is read again. */
  #listen(): void {
    if (this.#following || !this.isConnected) return;
    this.#following = true;
    this.#unfollow = follow<{ readonly kind: 'match' | 'super_like'; readonly name: string }>(
      async (last, heard) => (this.api ? this.#server() : await this.site.live<AppRouter>('/trpc')).discovery.follow.subscribe({ lastEventId: last }, heard as never),
      ({ kind, name }) => {
        const say = this.#all.value?.say;
        if (say) this.news = say(kind === 'match' ? 'matchesNew' : 'matchesNewLike', { name });
        void this.#all.run();
      },
      (error) => { if (reasonOf(error) !== 'signed_out') this.deaf = true; },
    );
  }

  #do(act: string, work: (api: TRPCClient<AppRouter>) => Promise<unknown>): void {
    this.news = '';
    void this.#acts.run(act, () => work(this.#server())).then(async (done) => { if (done) await this.#all.run(); });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

const iso = (at: Date): string => at.toISOString().slice(0, 10);

declare global {
  interface HTMLElementTagNameMap { 'flow-matches': FlowMatches }
}
