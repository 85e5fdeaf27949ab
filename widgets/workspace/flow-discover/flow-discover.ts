import { consume } from '@lit/context';
import { Task, TaskStatus } from '@lit/task';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { discoverSpeech } from '../../core/discover-words.ts';
import { remembered } from '../../core/own.ts';
import { bones, Presence, problem, wordsOf } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome } from '../../parts/desk.ts';
import { coded, listed, percent } from '../../parts/figures.ts';
import { PlacePicker, type Place } from '../../parts/place-picker.ts';
import { named } from '../../parts/reasons.ts';
import { TypeAhead } from '../../parts/type-ahead.ts';
import { addressOf, ownNames, queryOf } from './address.ts';
import { facts, inRow, large, marks, photo, row, tile } from './cards.ts';
import { blockedWords, chipsOf, looser } from './chips.ts';
import { Choices, type Deed } from './choices.ts';
import { criteria, explanation, scoreOf } from './explain.ts';
import { styles } from './flow-discover.styles.ts';
import { noFilters, noQuery, SORTS, VIEWS, type Asked, type Chosen, type Discovered, type Exceptional, type Filters, type Found, type Kept, type Query, type Seen, type Verdict, type View, type WholeScore, type Words } from './model.ts';
import { panel } from './panel.ts';
import { cardChoice, varietyControl, varietyDid, varietyWords } from './ranking.ts';

/** Cards that are asked for at first, and at most. */
const [FIRST, MOST] = [24, 60];
/** Pixels that a finger moves a card before it counts. */
const SWIPE = 80;
/** Pixels from which the filters stand beside the cards. */
const WIDE = 900;
/** From how much on a profile is proposed to others, in per cent. */
const PROPOSED = 80;
/** Letters of what goes with a super like. */
const MESSAGE = 1_000;
/** Under which name this browser remembers the view. */
const VIEW = 'flow-discover-view';

/** Milliseconds for which what was done stands over the page; the way back stays. */
const SAID_MS = 8_000;
const DAY_MS = 86_400_000;

/** What stands beside a search: searches that are kept and the find of the day. What could not be read is not shown. */
interface Beside { readonly kept: readonly Kept[]; readonly exceptional: Exceptional; readonly superLikes: number | null }

type Key = 'pass' | 'like' | 'super_like' | 'favourite' | 'hide' | 'undo' | 'why';
/** Keys of a card, as people read them and as the browser says them. */
const KEYS: readonly (readonly [Key, readonly string[], readonly string[]])[] = [
  ['pass', ['←', 'P'], ['ArrowLeft', 'p']], ['like', ['→', 'L'], ['ArrowRight', 'l']], ['super_like', ['↑', 'S'], ['ArrowUp', 's']],
  ['favourite', ['F'], ['f']], ['hide', ['H'], ['h']], ['undo', ['Z'], ['z']], ['why', ['E'], ['e']],
];
const shortcuts = (key: Key): string => KEYS.find(([one]) => one === key)?.[2].join(' ').replace(/\b[a-z]\b/g, (letter) => letter.toUpperCase()) ?? '';

/**
 * Whom one could play with, or put on: one ranked result as cards, a list or a grid, each with what made its score; a search in filters, which the
 * address keeps, or in one's own words; and what is made of each card, at once, with a way back.
 */
export class FlowDiscover extends LitElement {
  static override styles = [...desk, styles];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private query: Query = queryOf(location.search);
  @state() private view: View = VIEWS.find((one) => one === remembered.read(VIEW)) ?? 'swipe';
  @state() private limit = FIRST;
  /** What was found last: it stays while something else is sought. */
  @state() private last: Discovered | undefined;
  /** By what it was sought. */
  @state() private lastBy: Query = noQuery;
  /** Whose explanation is open. */
  @state() private explained: Found | null = null;
  /** Every criterion of what is explained is open. */
  @state() private detailed = false;
  /** How it is ranked is open. */
  @state() private weighing = false;
  /** Where the strength of variety is being moved. */
  @state() private varying: number | null = null;
  @state() private superFor: Found | null = null;
  @state() private matched: { readonly found: Found; readonly match: NonNullable<Chosen['match']> } | null = null;
  @state() private filtering = false;
  @state() private asked: (Asked & { readonly text: string }) | null = null;
  @state() private deleting = '';
  /** What a search that is kept was called, or deleted; said once. */
  @state() private told = '';
  @state() private stopped = false;
  @state() private online = navigator.onLine;
  /** What is typed where a place is looked for. */
  @state() private placeTyped: string | null = null;

  #saying: Choices['done'] = null;
  #hush: ReturnType<typeof setTimeout> | undefined;
  #places: PlacePicker | undefined;
  #placesFound: readonly (Place & { readonly lat: number | null; readonly lng: number | null })[] = [];
  readonly #genres = new TypeAhead<string>(this, 'genres', async (q) => (await this.#server().profiles.genres.query({ q, locale: this.site.locale })).map((genre) => ({ words: genre, thing: genre })));
  readonly #acts = new Acts(this);
  readonly #choices: Choices = new Choices(this, (found, deed) => this.#tell(found, deed), (found, match) => { this.explained = null; this.matched = { found, match }; });
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #speech = new Task(this, { args: () => [this.site.locale] as const, task: ([locale]) => discoverSpeech(locale) });
  readonly #all = new Task(this, {
    args: () => [this.#server(), this.query, this.limit, this.site.locale] as const,
    task: async ([api, query, limit, locale]) => {
      const { seen, filters, sort, card, variety, all } = query;
      return { by: query, found: await api.discovery.find.query({ ...(seen && { seen }), filters, sort, ...(card && { card }), ...(variety > 0 && { diversity: variety / 100 }), all, limit, locale }) };
    },
    onComplete: ({ by, found }) => { [this.last, this.lastBy] = [found, by]; this.#choices.fresh(); this.#presence.arrived(); },
    onError: this.#presence.failed,
  });
  /** Every criterion of one find, once somebody opens them: a list of fifty would weigh half a megabyte with them. */
  readonly #criteria = new Task(this, {
    args: () => [this.#server(), this.detailed ? this.#explaining() : null, this.lastBy, this.site.locale] as const,
    task: async ([api, found, { filters, card }, locale]): Promise<{ readonly of: Found; readonly whole: WholeScore | null } | null> => {
      if (!found) return null;
      // The find of the day was made without a filter, by one's own scorecard.
      const by = found === this.#beside.value?.exceptional?.found ? { filters: noFilters } : { filters, ...(card && { card }) };
      return { of: found, whole: await api.discovery.pair.query({ orgId: found.orgId, ...by, locale }) };
    },
  });
  readonly #cards = new Task(this, { args: () => [this.#server(), this.weighing] as const, task: async ([api, open]) => (open ? api.discovery.cards.query() : null) });
  readonly #beside = new Task(this, {
    args: () => [this.#server()] as const,
    task: async ([api]): Promise<Beside> => {
      const none = () => null;
      const [kept, exceptional, matches] = await Promise.all([api.discovery.searches.query().catch(none), api.discovery.exceptional.query().catch(none), api.discovery.matches.query().catch(none)]);
      this.#choices.superLikes ??= matches?.superLikes ?? null;
      return { kept: kept ?? [], exceptional, superLikes: matches?.superLikes ?? null };
    },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('popstate', this.#back);
    for (const name of ['online', 'offline']) addEventListener(name, this.#connection);
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#hush);
    removeEventListener('popstate', this.#back);
    for (const name of ['online', 'offline']) removeEventListener(name, this.#connection);
    super.disconnectedCallback();
  }

  override updated(): void {
    const { done } = this.#choices;
    if (done !== this.#saying) {
      this.#saying = done;
      clearTimeout(this.#hush);
      if (done) this.#hush = setTimeout(() => { if (!this.renderRoot.querySelector('.said :focus')) { this.#choices.done = null; this.requestUpdate(); } }, SAID_MS);
    }
    for (const dialog of this.renderRoot.querySelectorAll('dialog')) {
      if (dialog.open) continue;
      // Where there is room, the filters stand beside what they change; else they lie over it.
      if (dialog.classList.contains('filters') && this.getBoundingClientRect().width >= WIDE) dialog.show();
      else dialog.showModal();
    }
  }

  override render() {
    const say = this.#speech.value;
    const states = this.#presence.states(96, 44, 420);
    if (!say) return this.#presence.stand(this.#speech.render({ ...states, complete: () => nothing }));
    const words: Words = { say, locale: this.site.locale };
    const value = this.last;
    const failed = this.#all.status === TaskStatus.ERROR;
    // Nobody to search for: asking again would not help.
    if (failed && reasonOf(this.#all.error) === 'seeker_sideless') return this.#presence.stand(html`<div class="stack"><h1>${say('page_discover')}</h1><p class="notice" role="alert"><span>${say('seeker_sideless')}</span></p></div>`);
    return this.#presence.stand(html`<div class="stack" aria-busy=${this.#all.status === TaskStatus.PENDING ? 'true' : 'false'}>
      <h1>${say('page_discover')}</h1>
      <div role="status">${this.online ? nothing : html`<p class="notice warn">${say('offline')}</p>`}</div>
      ${value ? html`${this.#incomplete(value, words)}${this.#exceptional(words)}` : nothing}
      ${this.#ask(value, words)}
      ${value ? html`${failed ? html`${states.error(this.#all.error)}<p class="small muted">${say('foundBefore')}</p>` : nothing}${this.#found(value, words)}` : this.#all.render({ ...states, complete: () => nothing })}
      ${value ? this.#searches(value, words) : nothing}
      ${this.#said(words)}
      ${this.explained ? this.#drawer(this.explained, words) : nothing}${this.superFor ? this.#super(this.superFor, words) : nothing}${this.matched ? this.#match(words) : nothing}</div>`);
  }

  /* Every criterion of one find. */

  /** Whose explanation is in sight. */
  #explaining(): Found | null {
    return this.explained ?? (this.last && this.view === 'swipe' ? this.#left(this.last)[0] ?? null : null);
  }

  #explanation(found: Found, words: Words): TemplateResult {
    const { say } = words;
    const own = this.detailed && this.#explaining() === found;
    const reading = () => bones(say, 44, 44, 44);
    const read = (whole: WholeScore | null) => html`<p role="status" class="sr">${whole ? say('allCriteria', { n: whole.criteria.length }) : ''}</p>${criteria(whole, found.score.score, words)}`;
    return explanation(found, words, {
      open: own, toggled: (open) => { if (open !== own) this.detailed = open; },
      content: () => this.#criteria.render({ initial: reading, pending: reading, error: problem(say, () => this.#criteria.run()), complete: (value) => (value?.of === found ? read(value.whole) : reading()) }),
    });
  }

  /* What is said above. */

  #incomplete({ seeker }: Discovered, words: Words): TemplateResult | typeof nothing {
    const { say } = words;
    if (seeker.completePercent >= PROPOSED) return nothing;
    const parts = seeker.missing.map((part) => coded(words, 'part', part));
    return html`<div class="notice warn"><p>${say('incomplete', { percent: percent(words, seeker.completePercent) })} ${parts.length > 0 ? say('incompleteMissing', { parts: listed(words, parts) }) : nothing}</p>
      <p><a class="button" href="/sheet">${say('incompleteDo')}</a></p></div>`;
  }

  #exceptional(words: Words): TemplateResult | typeof nothing {
    const { say } = words;
    const found = this.#beside.value?.exceptional?.found;
    if (this.stopped) return html`<p role="status" class="notice">${say('exceptionalStopped')}</p>`;
    if (!found) return nothing;
    const [reason] = found.score.for;
    return html`<section class="exceptional" aria-labelledby="exceptional">${photo(found, words)}
      <div><h2 id="exceptional">${say('exceptionalTitle')}</h2>
        <p>${say('exceptionalHow', { name: found.name, score: found.score.score, reason: reason ? named(words, reason.criterion) : '–' })}</p>
        <div class="row"><button type="button" class="primary" aria-haspopup="dialog" @click=${() => { this.explained = found; }}>${say('why')}</button>
          ${button(this.#acts, this.site, { act: 'stop', label: say('exceptionalStop'), kind: 'plain', press: () => { void this.#stop(); } })}</div>${outcome(this.#acts, this.site, 'stop')}</div></section>`;
  }

  async #stop(): Promise<void> {
    const { discovery } = this.#server();
    this.stopped = await this.#acts.run('stop', async () => discovery.setWishes.mutate({ ...await discovery.wishes.query(), exceptional: false }));
  }

  /* The search. */

  #ask(value: Discovered | undefined, { say }: Words): TemplateResult {
    const { asked } = this;
    return html`<search class="ask"><form @submit=${onSubmit(({ text = '' }) => { void this.#read(text); })}>
        <label for="text">${say('askLabel')}</label>
        <div class="row"><input id="text" name="text" type="search" maxlength="500" autocomplete="off" enterkeyhint="search" aria-describedby="ask-how">${button(this.#acts, this.site, { act: 'ask', label: say('askDo'), kind: 'primary' })}</div>
        <small id="ask-how">${say(`askHow_${value?.seen ?? 'artist'}`)}</small></form>
      ${outcome(this.#acts, this.site, 'ask')}
      <div role="status">${asked ? html`<div class="read">
        ${asked.parts.length > 0 ? html`<p><span class="small muted">${say('askRead')}</span> <span class="words">${marked(asked)}</span></p>` : html`<p>${say('askNothing')}</p>`}
        ${asked.unknown.length > 0 ? html`<p class="warn">${say('askUnknown', { words: asked.unknown.join(', ') })}</p>` : nothing}</div>` : nothing}</div></search>`;
  }

  async #read(text: string): Promise<void> {
    if (!text) return;
    await this.#acts.run('ask', async () => {
      const asked = await this.#server().discovery.ask.query({ text, locale: this.site.locale });
      this.asked = { ...asked, text };
      if (asked.parts.length > 0) this.#go({ ...this.query, filters: asked.filters, seen: asked.seen });
    });
  }

  #toolbar(value: Discovered, words: Words): TemplateResult {
    const { say } = words;
    const chips = chipsOf(this.query, value.seen, words);
    return html`<div class="toolbar">
        <button type="button" class="filters-open" aria-expanded=${this.filtering ? 'true' : 'false'} aria-controls="filters" @click=${() => { if (this.filtering) this.#shut('filters'); else this.filtering = true; }}>${chips.length > 0 ? say('filtersOpen', { n: chips.length }) : say('filters')}</button>
        <div class="views" role="group" aria-label=${say('viewAs')}>${VIEWS.map((view) => html`<button type="button" aria-pressed=${this.view === view ? 'true' : 'false'} @click=${() => { this.view = view; remembered.write(VIEW, view); }}>${say(`view_${view}`)}</button>`)}</div>
        <label class="sort"><span>${say('sortBy')}</span><select name="sort" @change=${(event: Event) => { this.#go({ ...this.query, sort: SORTS.find((one) => one === (event.currentTarget as HTMLSelectElement).value) ?? 'score' }); }}>
          ${SORTS.map((sort) => html`<option value=${sort} ?selected=${this.query.sort === sort}>${say(`sort_${sort}`)}</option>`)}</select></label></div>
      ${chips.length > 0 ? html`<ul class="chips" aria-label=${say('filtersNow')}>${chips.map(({ label, without }) => html`<li>${label}<button type="button" class="plain" aria-label=${say('filterRemove', { filter: label })} @click=${() => { this.#go(without); this.#keepFocus(); }}>×</button></li>`)}
        <li class="clear"><button type="button" class="plain" @click=${() => { this.#clear(); this.#keepFocus(); }}>${say('filtersClear')}</button></li></ul>` : nothing}`;
  }

  /** By what it is ranked: the scorecard with its weights, and how strongly variety counts. */
  #ranking({ card }: Discovered, words: Words): TemplateResult {
    const { say } = words;
    const { query } = this;
    const reading = () => bones(say, 44, 44);
    return html`<details class="ranking" .open=${this.weighing} @toggle=${(event: Event) => { this.weighing = (event.currentTarget as HTMLDetailsElement).open; }}>
      <summary>${say('ranking', { card: coded(words, 'card', card), variety: varietyWords(words, query.sort === 'score' ? query.variety : 0) })}</summary>
      ${this.weighing ? html`<div class="ranked">${varietyControl({ at: this.varying ?? query.variety, sort: query.sort }, words, { to: (variety) => { this.varying = variety; }, left: (variety) => { this.#go({ ...query, variety }); } })}
        ${this.#cards.render({ initial: reading, pending: reading, error: problem(say, () => this.#cards.run()), complete: (cards) => (cards ? cardChoice(cards, card, words, (chosen) => { this.#go({ ...query, card: chosen === cards.cards[0]?.card ? null : chosen }); }) : reading()) })}</div>` : nothing}</details>`;
  }

  /** A chip that is gone hands the focus to the filters, or it would be lost. */
  #keepFocus(): void {
    void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>('.filters-open')?.focus(); });
  }

  #clear(): void {
    this.asked = null;
    const { sort, card, variety } = this.query;
    this.#go({ ...noQuery, sort, card, variety });
  }

  #filters(value: Discovered, words: Words): TemplateResult {
    const { say } = words;
    const { filters } = this.query;
    const change = (next: Filters): void => { this.#go({ ...this.query, filters: next }); };
    this.#places ??= new PlacePicker(this, async (q) => { this.#placesFound = await this.#server().profiles.places.query({ q }); return this.#placesFound; }, (name, place) => { this.#placed(name, place); });
    const full = filters.genres.length >= 20;
    const add = (): void => {
      const input = this.renderRoot.querySelector<HTMLInputElement>('#genre');
      const genre = input && (this.#genres.named(input.value) ?? input.value.trim());
      if (!genre || full) return;
      input.value = '';
      if (!filters.genres.includes(genre)) change({ ...filters, genres: [...filters.genres, genre] });
    };
    const genre = html`${filters.genres.length > 0 ? html`<ul class="chips" aria-labelledby="genre-label">${filters.genres.map((one) => html`<li>${one}<button type="button" class="plain" aria-label=${say('filterRemove', { filter: one })} @click=${() => { change({ ...filters, genres: filters.genres.filter((other) => other !== one) }); void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>('#genre')?.focus(); }); }}>×</button></li>`)}</ul>` : nothing}
      <div class="row add"><input id="genre" list="genres" maxlength="60" autocomplete="off" aria-labelledby="genre-label" aria-describedby="genre-how" ?disabled=${full}
        @input=${(event: InputEvent) => { this.#genres.ask((event.currentTarget as HTMLInputElement).value); }} @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter') { event.preventDefault(); add(); } }}>${this.#genres.list()}
        <button type="button" aria-label=${say('f_genreAdd')} @click=${add}>${say('add')}</button></div>`;
    const place = this.#places.control({ id: 'near', value: this.placeTyped ?? filters.near?.name ?? '', say, described: 'near-how' });
    return html`<dialog id="filters" class="filters" aria-label=${say('filters')} @close=${() => { this.filtering = false; }} @keydown=${(event: KeyboardEvent) => { if (event.key === 'Escape' && !event.defaultPrevented) this.#shut('filters'); }}>
      <div class="row between"><h2>${say('filters')}</h2><button type="button" class="plain" @click=${() => { this.#shut('filters'); }}>${say('close')}</button></div>
      ${panel({ filters, seen: value.seen, words, place, genre, change })}
      <label class="check"><input type="checkbox" .checked=${this.query.all} @change=${(event: Event) => { this.#go({ ...this.query, all: (event.currentTarget as HTMLInputElement).checked }); }}><span>${say('withAll')}</span></label>
      <div class="row foot"><button type="button" class="primary" @click=${() => { this.#shut('filters'); }}>${say('filtersShow', { n: value.eligible })}</button><button type="button" class="plain" @click=${() => { this.#clear(); }}>${say('filtersClear')}</button></div></dialog>`;
  }

  #placed(name: string, place: Place | null): void {
    const { filters } = this.query;
    const at = place && this.#placesFound.find(({ insee }) => insee === place.insee);
    this.placeTyped = at ? null : name;
    if (at && at.lat !== null && at.lng !== null) this.#go({ ...this.query, filters: { ...filters, near: { name: at.name, insee: at.insee, lat: at.lat, lng: at.lng, km: filters.near?.km ?? 50 } } });
    else if (name.trim() === '' && filters.near) this.#go({ ...this.query, filters: { ...filters, near: null } });
  }

  /** Searches by this from now on; the address keeps it, and the way back. */
  #go(query: Query): void {
    this.query = query;
    this.limit = FIRST;
    this.varying = null;
    if (query.filters.near) this.placeTyped = null;
    const said = new URLSearchParams(location.search);
    for (const name of ownNames) said.delete(name);
    const own = new URLSearchParams(addressOf(query));
    own.forEach((value, name) => { said.append(name, value); });
    const text = said.toString();
    history.pushState(null, '', `${location.pathname}${text && `?${text}`}${location.hash}`);
  }

  readonly #back = (): void => { [this.query, this.limit, this.asked, this.placeTyped, this.varying] = [queryOf(location.search), FIRST, null, null, null]; };
  readonly #connection = (): void => { this.online = navigator.onLine; };

  /* What was found. */

  #found(value: Discovered, words: Words): TemplateResult {
    const { say } = words;
    const cards = this.#left(value);
    const reasons = blockedWords(value.blocked, words);
    return html`${this.#toolbar(value, words)}${this.#ranking(value, words)}
      <div class="columns ${this.filtering ? 'with' : ''}">${this.filtering ? this.#filters(value, words) : nothing}
        <section class="results" aria-label=${say('page_discover')}>
          <p role="status" class="small count">${cards.length > 0 ? say('found', { n: cards.length, all: value.eligible }) : say('foundNone')}${reasons ? html` · <span class="muted">${say('blockedHow', { reasons })}</span>` : nothing}${value.variety ? html`<br>${varietyDid(value.variety, words)}` : nothing}</p>
          ${value.found.length === 0 ? this.#none(value, words) : this.view === 'swipe' ? this.#swipe(cards, value, words) : this.#spread(cards, value, words)}</section></div>`;
  }

  /** The cards that are still to be looked at: in a list and a grid, those that are liked stay. */
  #left({ found }: Discovered): Found[] {
    const { all } = this.query;
    return found.filter((one) => {
      const { choice: { verdict, hidden } } = this.#choices.of(one);
      if (this.view === 'swipe') return !this.#choices.decided(one) && (all ? verdict === null || verdict === 'pass' : verdict === null && !hidden);
      return all || (verdict !== 'pass' && !hidden);
    });
  }

  #none(value: Discovered, words: Words): TemplateResult {
    const { say } = words;
    const ways = looser(this.query, value.seen, value.met > 0 ? value.blocked : {}, words);
    return html`<div class="empty">${ways.length === 0 ? html`<p>${say('noneAtAll')}</p>` : html`<p>${say(value.met > 0 ? 'noneEligible' : 'noneMet')}</p>
      <ul class="row">${ways.map(({ label, query }) => html`<li><button type="button" @click=${() => { this.#go(query); this.#keepFocus(); }}>${label}</button></li>`)}</ul>`}</div>`;
  }

  #swipe(cards: readonly Found[], value: Discovered, words: Words): TemplateResult {
    const { say } = words;
    const [found] = cards;
    if (!found) {
      return html`<div class="empty"><h2>${say('cardsDone')}</h2><p>${say('cardsDoneHow')}</p><div class="row">
        ${value.eligible > value.found.length ? html`<button type="button" class="primary" @click=${() => { void this.#more(value); }}>${say('more')}</button>` : nothing}
        ${this.query.all ? nothing : html`<button type="button" @click=${() => { this.#go({ ...this.query, all: true }); }}>${say('withAll')}</button>`}${this.#undoButton(words)}</div></div>`;
    }
    const standing = this.#choices.of(found);
    const act = (key: Key, label: string, kind = ''): TemplateResult => html`<button type="button" class=${kind} aria-keyshortcuts=${shortcuts(key)} aria-pressed=${key === 'favourite' ? (standing.choice.favourite ? 'true' : 'false') : nothing} @click=${() => { this.#press(key, found); }}>${label}</button>`;
    return html`<div class="deck" @keydown=${(event: KeyboardEvent) => { this.#key(event, found); }}>
      <div class="hand">
        ${keyed(found.orgId, html`<article class="large" tabindex="0" aria-label=${`${say('cardOf', { at: value.found.length - cards.length + 1, all: value.found.length })}: ${found.name}`}
          @pointerdown=${this.#grab} @pointermove=${this.#drag} @pointerup=${(event: PointerEvent) => { this.#drop(event, found); }} @pointercancel=${(event: PointerEvent) => { this.#let(event); }}>${large(found, words)}${marks(standing, words)}</article>`)}
        <div class="acts">${act('pass', say('pass'))}${act('like', say('like'), 'primary')}${act('super_like', say('super_like'))}</div>
        <div class="acts more">${act('favourite', say('favourite'))}${act('hide', say('hide'))}${this.#undoButton(words)}</div>
        <div class="legend small muted"><p>${say('cardsKeys')}</p><ul>${KEYS.map(([key, names]) => html`<li>${names.map((name) => html`<kbd>${name}</kbd>`)} ${say(`key_${key}`)}</li>`)}</ul></div></div>
      <section class="beside" aria-labelledby="explained" tabindex="-1"><h2 id="explained">${say('explained')}</h2>${this.#explanation(found, words)}${this.#page(found, words)}</section></div>`;
  }

  #spread(cards: readonly Found[], value: Discovered, words: Words): TemplateResult {
    const { say } = words;
    const draw = this.view === 'list' ? row : tile;
    return html`<ul class=${this.view}>${cards.map((found) => html`<li>${draw(found, this.#choices.of(found), words, () => { this.explained = found; })}</li>`)}</ul>
      ${this.#choices.canUndo() ? html`<div class="row">${this.#undoButton(words)}</div>` : nothing}
      ${value.eligible > value.found.length ? html`<div class="row"><button type="button" @click=${() => { void this.#more(value); }}>${say('more')}</button></div>` : nothing}`;
  }

  async #more({ found }: Discovered): Promise<void> {
    // The server leaves out who is passed or hidden: the same question brings others.
    if (found.length >= this.limit && this.limit < MOST) this.limit = MOST;
    else await this.#all.run();
  }

  #undoButton({ say }: Words): TemplateResult | typeof nothing {
    return this.#choices.canUndo() ? html`<button type="button" class="undo" aria-keyshortcuts="Z" @click=${() => { this.#choices.undo(); }}>${say('undo')}</button>` : nothing;
  }

  #page({ page }: Found, { say }: Words): TemplateResult | typeof nothing {
    return page ? html`<p><a href=${page} target="_blank" rel="noopener">${say('openPage')}</a></p>` : nothing;
  }

  /* What is made of a card. */

  #press(key: Key, found: Found): void {
    const { choice } = this.#choices.of(found);
    if (key === 'undo') this.#choices.undo();
    else if (key === 'why') this.renderRoot.querySelector<HTMLElement>('.beside')?.focus();
    else if (key === 'super_like') this.superFor = found;
    else if (key === 'favourite') this.#choices.do(found, { kind: 'favourite', on: !choice.favourite });
    else if (key === 'hide') this.#choices.do(found, { kind: 'hidden', on: !choice.hidden });
    else this.#choices.do(found, { kind: 'verdict', verdict: key, message: '' });
    if ((key === 'pass' || key === 'like' || key === 'hide' || key === 'undo') && this.explained === null) void this.#backToCard();
  }

  /** The next card is another element: whoever stood on the last one stands on this. */
  async #backToCard(): Promise<void> {
    const root = this.renderRoot as ShadowRoot;
    const onCard = root.activeElement?.matches('article.large') ?? false;
    await this.updateComplete;
    if (onCard || !root.activeElement) root.querySelector<HTMLElement>('article.large, .empty button')?.focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent, found: Found): void {
    if (event.altKey || event.ctrlKey || event.metaKey || (event.target as HTMLElement).matches('input, textarea, select, audio, summary')) return;
    const key = KEYS.find(([, , names]) => names.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key))?.[0];
    if (!key) return;
    event.preventDefault();
    this.#press(key, found);
  }

  #start = 0;
  readonly #grab = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' || (event.target as HTMLElement).matches('audio')) return;
    this.#start = event.clientX;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  readonly #drag = (event: PointerEvent): void => {
    const card = event.currentTarget as HTMLElement;
    if (!card.hasPointerCapture(event.pointerId) || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    card.style.transform = `translateX(${event.clientX - this.#start}px)`;
  };

  #let(event: PointerEvent): number {
    const card = event.currentTarget as HTMLElement;
    card.style.transform = '';
    return card.hasPointerCapture(event.pointerId) ? event.clientX - this.#start : 0;
  }

  #drop(event: PointerEvent, found: Found): void {
    const moved = this.#let(event);
    if (Math.abs(moved) >= SWIPE) this.#press(moved > 0 ? 'like' : 'pass', found);
  }

  #tell({ orgId }: Found, deed: Deed): Promise<Chosen> {
    const { discovery } = this.#server();
    if (deed.kind === 'favourite') return discovery.keep.mutate({ orgId, favourite: deed.on });
    if (deed.kind === 'hidden') return discovery.hide.mutate({ orgId, hidden: deed.on });
    return discovery.choose.mutate({ orgId, verdict: deed.verdict, message: deed.message });
  }

  /** What was done last, said where a screen reader hears it, with the way back; and what was not. */
  #said({ say }: Words): TemplateResult {
    const { done, failed } = this.#choices;
    const did = (deed: Deed): Verdict | 'favourite' | 'unfavourite' | 'hide' | 'unhide' | 'undo' => {
      if (deed.kind === 'verdict') return deed.verdict ?? 'undo';
      return deed.kind === 'favourite' ? (deed.on ? 'favourite' : 'unfavourite') : deed.on ? 'hide' : 'unhide';
    };
    return html`<div class="said"><div role="status">${done ? html`<p>${say(`did_${done.undone ? 'undo' : did(done.deed)}`, { name: done.found.name })}</p>` : this.told ? html`<p>${this.told}</p>` : nothing}</div>
      ${done && !done.undone && this.view !== 'swipe' ? html`<button type="button" @click=${() => { this.#choices.undo(); }}>${say('undo')}</button>` : nothing}
      ${failed ? html`<div class="notice bad" role="alert"><p>${say('didNot', { name: failed.found.name })} ${wordsOf(say, failed.error)}</p><div class="row"><button type="button" @click=${() => { failed.again(); }}>${say('retry')}</button></div></div>` : nothing}</div>`;
  }

  #shut(id: string): void {
    this.renderRoot.querySelector<HTMLDialogElement>(`#${id}`)?.close();
  }

  #drawer(found: Found, words: Words): TemplateResult {
    const { say } = words;
    const standing = this.#choices.of(found);
    const { choice: { verdict, favourite, hidden } } = standing;
    const press = (key: Key) => (): void => { this.#press(key, found); if (key === 'pass' || (key === 'hide' && !hidden)) this.#shut('explain'); };
    return html`<dialog id="explain" class="drawer" aria-label=${say('whyOf', { name: found.name })} closedby="any" @close=${() => { [this.explained, this.detailed] = [null, false]; }}>
      <div class="inside"><div class="row between"><h2>${found.name} <span class="muted">${found.city}</span></h2><button type="button" class="plain" @click=${() => { this.#shut('explain'); }}>${say('close')}</button></div>
      ${marks(standing, words)}
      <div class="acts"><button type="button" aria-pressed=${verdict === 'pass' ? 'true' : 'false'} @click=${press('pass')}>${say('pass')}</button><button type="button" class="primary" aria-pressed=${verdict === 'like' ? 'true' : 'false'} @click=${press('like')}>${say('like')}</button><button type="button" aria-haspopup="dialog" @click=${press('super_like')}>${say('super_like')}</button></div>
      <div class="acts more"><button type="button" aria-pressed=${favourite ? 'true' : 'false'} @click=${press('favourite')}>${say('favourite')}</button><button type="button" @click=${press('hide')}>${say(hidden ? 'unhide' : 'hide')}</button>${this.#undoButton(words)}</div>
      ${photo(found, words)}${found.tagline ? html`<p>${found.tagline}</p>` : nothing}<p class="small muted">${inRow(facts(found, words))}</p>
      ${found.sound ? html`<audio controls preload="none" src=${found.sound.url} aria-label=${say('listen', { title: found.sound.title })}></audio>` : nothing}
      ${scoreOf(found.score, words)}${this.#explanation(found, words)}${this.#page(found, words)}</div></dialog>`;
  }

  #super(found: Found, words: Words): TemplateResult {
    const { say } = words;
    const left = this.#choices.superLikes;
    const send = onSubmit(({ message = '' }) => {
      this.#shut('super');
      this.#choices.do(found, { kind: 'verdict', verdict: 'super_like', message });
    });
    return html`<dialog id="super" aria-labelledby="super-title" @close=${() => { this.superFor = null; }}>
      <form @submit=${send}><h2 id="super-title">${say('superTitle', { name: found.name })}</h2>
        ${left === 0 ? html`<p class="notice warn">${say('superNone')}</p><p><a href="/plan">${say('superPlan')}</a></p>` : html`<p>${say('superHow')} ${left === null ? nothing : say('superLeft', { n: left })}</p>
          ${field({ label: say('superMessage'), hint: say('superMax') }, html`<textarea name="message" maxlength=${MESSAGE} rows="5"></textarea>`)}`}
        <div class="row">${left === 0 ? nothing : html`<button class="primary">${say('superDo')}</button>`}<button type="button" @click=${() => { this.#shut('super'); }}>${say('cancel')}</button></div></form></dialog>`;
  }

  #match({ say }: Words): TemplateResult | typeof nothing {
    if (!this.matched) return nothing;
    const { found, match } = this.matched;
    const days = Math.max(0, Math.ceil((Date.parse(match.expiresAt) - Date.now()) / DAY_MS));
    return html`<dialog id="match" class="match" aria-labelledby="match-title" @close=${() => { this.matched = null; void this.#backToCard(); }}>
      <h2 id="match-title">${say('matchTitle')}</h2><p>${say('matchHow', { name: found.name })}</p>${match.status === 'open' ? html`<p>${say('matchDays', { n: days })}</p>` : nothing}
      <div class="row"><a class="button primary" href="/matches?id=${match.id}">${say('matchGo')}</a><button type="button" @click=${() => { this.#shut('match'); }}>${say('matchOn')}</button></div></dialog>`;
  }

  /* Searches that are kept. */

  #searches({ seen }: Discovered, words: Words): TemplateResult | typeof nothing {
    const { say } = words;
    const kept = this.#beside.value?.kept;
    if (!kept) return nothing;
    return html`<details class="searches" ?open=${kept.length > 0}><summary>${say('searches', { n: kept.length })}</summary>
      ${kept.length > 0 ? html`<ul>${kept.map((one) => this.#search(one, words))}</ul>` : html`<p class="muted">${say('searchesNone')}</p>`}
      <form class="keep" @submit=${onSubmit(({ name = '' }, form) => { void this.#keep(name, seen, form, words); })}>
        ${field({ label: say('searchName') }, html`<input name="name" required maxlength="80" autocomplete="off">`)}${button(this.#acts, this.site, { act: 'keep', label: say('searchKeep') })}</form>${outcome(this.#acts, this.site, 'keep')}</details>`;
  }

  #search({ id, name, seen, filters, sort, alert, found }: Kept, words: Words): TemplateResult {
    const { say } = words;
    const query: Query = { ...noQuery, seen, filters: { ...noFilters, ...filters }, sort };
    const chips = chipsOf({ ...query, seen: null }, seen, words);
    return html`<li><p><a href=${`/discover${addressOf(query)}`} @click=${(event: MouseEvent) => { if (event.metaKey || event.ctrlKey) return; event.preventDefault(); this.#go(query); this.#keepFocus(); }}>${name}</a>
        <span class="small muted">${[say(`seen_${seen}`), ...chips.map(({ label }) => label)].join(' · ')} · ${say('searchFound', { n: found })}</span></p>
      <label class="check"><input type="checkbox" .checked=${alert} ?disabled=${this.#acts.busy !== ''} @change=${(event: Event) => { void this.#change(`alert:${id}`, { id, alert: (event.currentTarget as HTMLInputElement).checked }); }}><span>${say('searchAlert')}</span></label>
      ${this.deleting === id ? html`<span class="row"><span>${say('searchDeleteSure')}</span>${button(this.#acts, this.site, { act: `delete:${id}`, label: say('searchDelete', { name }), kind: 'danger', press: () => { void this.#delete(id, name, words); } })}<button type="button" class="plain" @click=${() => { this.deleting = ''; }}>${say('cancel')}</button></span>`
        : html`<button type="button" class="plain" @click=${() => { this.deleting = id; }}>${say('remove')} <span class="sr">${name}</span></button>`}
      ${outcome(this.#acts, this.site, `alert:${id}`)}${outcome(this.#acts, this.site, `delete:${id}`)}</li>`;
  }

  async #keep(name: string, seen: Seen, form: HTMLFormElement, { say }: Words): Promise<void> {
    const { filters, sort } = this.query;
    const done = await this.#acts.run('keep', () => this.#server().discovery.createSearch.mutate({ name, seen, filters, sort, alert: true }));
    if (!done) return;
    form.reset();
    await this.#tellOnce(say('searchKept', { name }));
  }

  async #change(act: string, change: { id: string; alert: boolean }): Promise<void> {
    await this.#acts.run(act, () => this.#server().discovery.editSearch.mutate(change));
    await this.#beside.run();
  }

  async #delete(id: string, name: string, { say }: Words): Promise<void> {
    if (!await this.#acts.run(`delete:${id}`, () => this.#server().discovery.deleteSearch.mutate({ id }))) return;
    this.deleting = '';
    await this.#tellOnce(say('searchDeleted', { name }));
    this.renderRoot.querySelector<HTMLElement>('.searches summary')?.focus();
  }

  async #tellOnce(words: string): Promise<void> {
    [this.#choices.done, this.told] = [null, words];
    await this.#beside.run();
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

/** What was typed, with what was understood of it marked. */
function marked({ text, parts }: { readonly text: string; readonly parts: Asked['parts'] }): unknown[] {
  const pieces: unknown[] = [];
  let at = 0;
  for (const { from, until } of [...parts].sort((a, b) => a.from - b.from)) {
    if (from < at || until <= from) continue;
    pieces.push(text.slice(at, from), html`<mark>${text.slice(from, until)}</mark>`);
    at = until;
  }
  return [...pieces, text.slice(at)];
}

declare global {
  interface HTMLElementTagNameMap { 'flow-discover': FlowDiscover }
}
