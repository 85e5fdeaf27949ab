import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { day } from '../../core/format.ts';
import { follow } from '../../core/follow.ts';
import { Presence, wordsOf } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { toursSpeech, type ToursSpeech } from '../../core/tours-words.ts';
import { Acts } from '../../parts/acts.ts';
import { desk, outcome } from '../../parts/desk.ts';
import type { Draw } from '../../parts/drawing.ts';
import { drawMap } from '../../parts/map.ts';
import { TypeAhead } from '../../parts/type-ahead.ts';
import { dayOf, placeOf, type Bench, type Words } from './bench.ts';
import { compare } from './compare.ts';
import { conflicts, figures } from './figures.ts';
import { styles } from './flow-tour-planner.styles.ts';
import { head, scenarioSheet, type Asked } from './head.ts';
import { holdSheet, holds, type Holding } from './holds.ts';
import { AIMS, ahead, byDay, answersOf, knownOf, same, type Known } from './known.ts';
import { list, type Beginning } from './list.ts';
import { MapView } from './map-view.ts';
import type { Answer, ArtistRow, Demand, Edit, Listed, Plan, PlanRow, Scenario, Search, SentReport, Side, Stop, Visit, Weights, Why } from './model.ts';
import type { NewList } from './list-sheet.ts';
import { BY_HAND, planSheet, type Added, type Amended, type PlanAsked } from './plan-sheet.ts';
import { rules } from './rules.ts';
import { searchFailed, searching, type Running, type Variants, type Wanted } from './search.ts';
import { share } from './share.ts';
import { stopSheet } from './sheet.ts';
import { onTheWay, PAGE, table } from './table.ts';
import { Timeline } from './timeline.ts';
import { UNUSED_PAGE, whyNot } from './why.ts';

const VIEWS = ['timeline', 'map', 'table', 'compare', 'why', 'rules', 'share', 'holds'] as const;
type View = (typeof VIEWS)[number];
/** What stands over the page. */
type Sheet = { readonly kind: 'stop'; readonly visit: Visit } | { readonly kind: 'holds' } | { readonly kind: Asked | PlanAsked };
/** A change that waits for the server, and what is said once it stands. */
interface Ahead { readonly edit: Edit; readonly told: string }
type Read = { readonly say: ToursSpeech; readonly plans: readonly PlanRow[]; readonly artists: readonly ArtistRow[] } | { readonly say: ToursSpeech; readonly plans: null };

/**
 * Plans tours: the list of them and the form of another; then one of them, with its scenarios, its search, the same tour as timeline, map and table, what speaks
 * against what is not in it, rules and wishes with their prices, what is shared, and holds. Whatever is dragged is done by keys and buttons too.
 *
 * @fires flow-left - The reader is sent to another page. `detail: { to: string }`. Cancelled, they stay.
 */
export class FlowTourPlanner extends LitElement {
  static override styles = [...desk, styles];

  /** The tour to plan; without one, the list of them. */
  @property({ attribute: 'plan-id' }) planId = '';
  /** The scenario to open; without one, the first. */
  @property({ attribute: 'scenario-id' }) scenarioId = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  /** Instead of the real map. Tests and stories put their own here. */
  @property({ attribute: false }) draw: Draw = drawMap;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  @state() private plan: Plan | null = null;
  @state() private scenario: Scenario | null = null;
  @state() private view: View = 'timeline';
  @state() private sheet: Sheet | null = null;
  @state() private waiting: readonly Ahead[] = [];
  @state() private refused: { readonly words: string; readonly again: Ahead | null } | null = null;
  /** What is said to whoever hears the page. */
  @state() private told = '';
  @state() private repair = true;
  @state() private wanted: Wanted = { count: 4, effort: 'quick' };
  @state() private running: Running | null = null;
  @state() private failed = '';
  @state() private found: Variants | null = null;
  @state() private looked: number | null = null;
  @state() private chosen: readonly string[] = [];
  @state() private sides: readonly Side[] | null = null;
  @state() private why: Why | null = null;
  @state() private whyArtist = '';
  @state() private rows = PAGE;
  @state() private unusedShown = UNUSED_PAGE;
  @state() private draft: Weights | null = null;
  @state() private report: SentReport | null = null;
  @state() private wrong = '';
  @state() private listed: Listed | null = null;
  /** What places have answered since the page was read, in words. */
  @state() private news: readonly string[] = [];
  /** Where the artists are asked for, once it is known, and whether the map shows it. */
  @state() private wants: readonly Demand[] | null = null;
  @state() private wanting = false;
  /** Whom one may plan for, once a sheet has asked. */
  @state() private roster: readonly ArtistRow[] | null = null;

  #known: Known | null = null;
  /** Of the plan as it was drawn last: an answer comes later than its press. */
  #words: Words | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #unfollow: () => void = () => undefined;
  #deaf: () => void = () => undefined;
  #listening = '';
  /** One and the same sending keeps its key, so that pressing again after a fault sends nothing twice. */
  #key = '';
  readonly #acts = new Acts(this);
  readonly #timeline = new Timeline(this);
  readonly #map = new MapView(this, (drawing) => this.draw(drawing));
  readonly #places = new TypeAhead<string>(this, 'places', async (q) => (await this.#api().profiles.places.query({ q })).map((place) => ({ words: `${place.name} (${place.postcode})`, thing: place.insee })));
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #all = new Task(this, {
    args: () => [(this.api ?? this.site.api)<AppRouter>('/trpc'), this.planId, this.site.locale] as const,
    task: async ([api, planId, locale]): Promise<Read> => {
      const server = api.tours;
      const say = await toursSpeech(locale);
      if (!planId) {
        const [plans, artists] = await Promise.all([server.list.query(), server.artists.query()]);
        return { say, plans, artists };
      }
      const plan = await server.read.query({ planId });
      const first = plan.scenarios.find(({ id }) => id === this.scenarioId) ?? plan.scenarios[0];
      const scenario = first ? await server.scenario.query({ scenarioId: first.id }) : null;
      this.#set(plan);
      if (scenario) this.#took(scenario);
      // Counts beside places help to choose; without them the page stands.
      server.demand.query({ planId }).then((wants) => { if (planId === this.planId) this.wants = wants; }, () => undefined);
      if (scenario && scenario.reading !== plan.reading) void this.#readAnew();
      this.#lookAtFirst();
      return { say, plans: null };
    },
    onComplete: (read) => { this.#presence.arrived(); this.#listen(read.say); },
    onError: this.#presence.failed,
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
    this.#deaf();
    this.#listening = '';
  }

  override updated(): void {
    for (const dialog of this.renderRoot.querySelectorAll('dialog')) if (!dialog.open) dialog.showModal();
  }

  override render() {
    const { value } = this.#all;
    const states = this.#presence.states(56, 96, 420);
    return this.#presence.stand(html`<div class="stack">${value ? this.#page(value) : html`<h1>${this.site.sayOwn('page_tours')}</h1>${this.#all.render({ ...states, complete: () => nothing })}`}</div><div class="sr" role="status">${this.told}</div>`);
  }

  #page(read: Read): TemplateResult {
    const { say } = read;
    if (read.plans) return html`<h1>${say('page_tours')}</h1>${list({ site: this.site, say, acts: this.#acts, plans: read.plans, artists: read.artists, wrong: this.wrong, refuse: (why) => { this.wrong = why; }, create: this.#create })}`;
    const { plan, scenario } = this;
    if (!plan || !scenario || !this.#known) return html`<h1>${say('page_tours')}</h1>`;
    const bench = this.#bench(plan, scenario, this.#known, { say, locale: this.site.locale, currency: plan.currency });
    const { words } = bench;
    this.#words = words;
    return html`<div class="title"><a class="small" href="/tours">${say('toursAll')}</a><h1>${plan.name}</h1><p class="muted">${day(plan.from, words.locale)} – ${day(plan.until, words.locale)} · ${plan.artists.length > 4 ? say('toursArtists', { n: plan.artists.length }) : plan.artists.map(({ name }) => name).join(', ')}</p>
        <div class="row">${(['amend', 'stops', 'list', 'removePlan'] as const).map((kind) => html`<button type="button" class="plain small" aria-haspopup="dialog" data-plan=${kind} @click=${() => { this.#askPlan(kind); }}>${say(`tourPlan_${kind}`)}</button>`)}</div></div>
      ${head(bench, { site: this.site, repair: this.repair, turn: (repair) => { this.repair = repair; }, wanted: this.wanted, want: (wanted) => { this.wanted = wanted; }, searching: this.running !== null, search: () => { this.#search(words); }, choose: (id) => { this.#choose(id, words); }, ask: (kind) => { this.sheet = { kind }; }, step: (which) => { this.#step(which, words); } })}
      ${plan.blurred.length > 0 ? html`<p class="notice warn"><span>${say('tourBlurred', { n: plan.blurred.reduce((n, { cells }) => n + cells, 0), why: plan.blurred.map(({ reason }) => say(`blurred_${reason}`)).join(', ') })}</span></p>` : nothing}
      ${this.running ? searching(words, this.running, () => { void this.#cancel(); }) : nothing}${this.failed ? searchFailed(words, this.failed, () => { this.#search(words); }) : nothing}
      ${this.refused ? this.#refusal(this.refused, say) : nothing}${outcome(this.#acts, this.site, 'step')}${outcome(this.#acts, this.site, 'choose')}
      ${this.news.length === 0 ? nothing : html`<div class="notice news"><p>${say('tourAnswers', { n: this.news.length })}</p><ul>${this.news.map((one) => html`<li>${one}</li>`)}</ul><div class="row">${this.view === 'holds' ? nothing : html`<button type="button" @click=${() => { this.#show('holds'); this.renderRoot.querySelector<HTMLElement>('#tab-holds')?.focus(); }}>${say('tourSeeHolds')}</button>`}<button type="button" @click=${() => { this.news = []; }}>${say('tourShut')}</button></div></div>`}
      ${this.looked === null ? nothing : html`<div class="notice looked"><p>${say('tourLooking', { name: say('tourVariant', { n: this.looked + 1 }) })}</p><div class="row"><button type="button" class="primary" @click=${() => { this.view = 'compare'; }}>${say('tourToCompare')}</button><button type="button" @click=${() => { this.looked = null; }}>${say('tourLookBack', { name: scenario.name })}</button></div></div>`}
      ${figures(bench, this.waiting.length > 0)}${conflicts(bench)}
      <div class="tabs" role="tablist" aria-label=${say('tourViews')} @keydown=${this.#tabKey}>${VIEWS.map((view) => html`<button type="button" role="tab" id="tab-${view}" aria-controls="panel" aria-selected=${view === this.view ? 'true' : 'false'} tabindex=${view === this.view ? 0 : -1} @click=${() => { this.#show(view); }}>${say(`view_${view}`)}${view === 'compare' && this.found ? html` <span class="num">${this.found.variants.length}</span>` : nothing}</button>`)}</div>
      <div id="panel" class="panel" role="tabpanel" aria-labelledby="tab-${this.view}"><h2 class="sr">${say(`view_${this.view}`)}</h2>${this.#panel(bench)}</div>${this.#over(bench)}`;
  }

  #bench(plan: Plan, scenario: Scenario, known: Known, words: Words): Bench {
    const variant = this.looked === null ? undefined : this.found?.variants[this.looked];
    const tour = variant ?? scenario.tour;
    const stops = variant ? tour.stops : this.waiting.reduce<readonly Stop[]>((all, { edit }) => ahead(all, edit, known), tour.stops);
    return {
      plan, scenario, tour, stops, still: variant !== undefined, known, words, acts: this.#acts, wants: this.wants ?? [],
      edit: (edit, told) => { this.#edit({ edit, told }); }, open: (visit) => { this.sheet = { kind: 'stop', visit }; }, tell: (said) => { this.told = said; },
    };
  }

  #panel(bench: Bench): TemplateResult {
    const { site } = this;
    switch (this.view) {
      case 'timeline': return this.#timeline.render(bench);
      case 'map': return this.#map.render(bench, { towns: this.wanting ? this.wants : null, site, turn: () => { this.#turnDemand(); } });
      case 'table': return html`${onTheWay(bench, this.whyArtist === '' ? this.why : null)}${table(bench, this.rows, () => { this.rows += PAGE; })}`;
      case 'compare': return compare(bench, { site, found: this.found, looked: this.looked, look: (at) => { this.looked = at; if (at !== null) this.view = 'map'; }, keep: (at, name) => { this.#keep(at, name, bench.words); }, chosen: this.chosen, choose: this.#side, sides: this.sides });
      case 'why': return whyNot(bench, { why: this.why, artist: this.whyArtist, choose: (artist) => { this.whyArtist = artist; this.#ask(); }, shown: this.unusedShown, more: () => { this.unusedShown += UNUSED_PAGE; } });
      case 'rules': return rules(bench, { draft: this.draft, slide: (draft) => { this.draft = draft; } });
      case 'share': return share(bench);
      case 'holds': return holds(bench, this.#holding(bench.words));
    }
  }

  #over(bench: Bench): TemplateResult | typeof nothing {
    const { sheet } = this;
    if (!sheet) return nothing;
    const shut = (): void => { this.sheet = null; };
    const stop = sheet.kind === 'stop' ? bench.stops.find((one) => same(one, sheet.visit)) : undefined;
    const inside = sheet.kind === 'stop' ? (stop ? stopSheet(bench, stop, shut) : null) : sheet.kind === 'holds' ? holdSheet(bench, this.#holding(bench.words))
      : sheet.kind === 'amend' || sheet.kind === 'stops' || sheet.kind === 'list' || sheet.kind === 'removePlan' ? planSheet(bench, { kind: sheet.kind, site: this.site, artists: this.roster, places: this.#places, wrong: this.wrong, refuse: (why) => { this.wrong = why; }, shut, amend: (to) => { this.#amend(to, bench.words); }, add: (stop) => { this.#addStop(stop, bench.words); }, list: { listed: this.listed, add: this.#addList }, drop: (id) => { this.#dropStop(id, bench); }, dropAll: () => { this.#dropStops(bench.words); }, remove: this.#removePlan })
      : scenarioSheet(bench, { kind: sheet.kind, site: this.site, shut, copy: (name) => { this.#copy(name, bench.words); }, rename: (name) => { this.#rename(name); }, remove: () => { this.#remove(bench.words); } });
    return inside ? html`<dialog aria-labelledby="sheet-title" @close=${shut}>${inside}</dialog>` : nothing;
  }

  #refusal({ words, again }: NonNullable<typeof this.refused>, say: ToursSpeech): TemplateResult {
    return html`<div class="notice bad" role="alert"><p>${words}</p><div class="row">${again ? html`<button type="button" class="primary" @click=${() => { this.refused = null; this.#edit(again); }}>${say('tourDoAgain', { what: again.told })}</button>` : nothing}<button type="button" @click=${() => { this.refused = null; }}>${say('tourShut')}</button></div></div>`;
  }

  /** A change goes out after those before it, each with the version that the last answer said; meanwhile what was moved stays where it was put. */
  #edit(one: Ahead): void {
    this.waiting = [...this.waiting, one];
    this.told = one.told;
    this.refused = null;
    this.#turn = this.#turn.then(() => this.#send(one));
  }

  async #send(one: Ahead): Promise<void> {
    const { scenario } = this;
    try {
      if (!scenario) return;
      this.#took(await this.#server().edit.mutate({ scenarioId: scenario.id, version: scenario.version, edit: one.edit, repair: this.repair }));
    } catch (error) {
      const words = this.#words;
      // The draft of the sliders goes back to what stands.
      this.draft = null;
      if (words) this.refused = this.#isOther(error) ? { words: words.say('tourChangedElsewhere'), again: one } : { words: words.say('tourRefusedEdit', { what: one.told, why: wordsOf(words.say, error) }), again: reasonOf(error) === 'unreachable' ? one : null };
      if (this.#isOther(error) && scenario) await this.#again(scenario.id);
    } finally {
      this.waiting = this.waiting.filter((other) => other !== one);
    }
  }

  /** Somebody, or another tab, was faster. */
  #isOther = (error: unknown): boolean => reasonOf(error) === 'plan_changed';

  async #again(scenarioId: string): Promise<void> {
    try { this.#took(await this.#server().scenario.query({ scenarioId })); } catch { /* What stands is shown; the refusal is said already. */ }
  }

  /** A scenario as the server has it now. */
  #took(scenario: Scenario): void {
    this.scenario = scenario;
    this.draft = null;
    this.why = null;
    if (this.plan) this.plan = { ...this.plan, scenarios: this.plan.scenarios.map((one) => (one.id === scenario.id ? { ...one, name: scenario.name, shows: scenario.tour.sums.shows, marginMinor: scenario.tour.sums.marginMinor } : one)) };
    if (this.view === 'why' || this.view === 'table') this.#ask();
    if (this.plan && this.plan.reading !== scenario.reading) void this.#readAnew();
  }

  /** The server has read the plan otherwise meanwhile: what it holds has other rows, and a tour on the old ones would lead elsewhere. */
  async #readAnew(): Promise<void> {
    try {
      const plan = await this.#server().read.query({ planId: this.planId });
      const { scenario: shown, found } = this;
      const scenario = shown && shown.reading !== plan.reading ? await this.#server().scenario.query({ scenarioId: shown.id }) : null;
      this.#set(plan);
      if (scenario && this.scenario?.id === scenario.id && scenario.version >= this.scenario.version) this.scenario = scenario;
      if (found && found.reading !== plan.reading && !this.running) this.#follow(found.runId, (told) => { if (told.kind === 'done') { this.#ended(); this.found = { runId: found.runId, ...told }; } }, () => undefined);
    } catch { /* What stands is shown, and the next answer says it again. */ }
  }

  /** The timeline begins where the tour does. */
  #lookAtFirst(): void {
    const first = byDay(this.scenario?.tour.stops ?? [])[0];
    if (this.plan && first) this.#timeline.aim({ plan: this.plan }, first.day);
  }

  #set(plan: Plan): void {
    this.plan = plan;
    this.#known = knownOf(plan);
  }

  #step(which: 'undo' | 'redo', words: Words): void {
    const { scenario } = this;
    if (!scenario) return;
    void this.#acts.run('step', async () => {
      try {
        this.#took(await this.#server()[which].mutate({ scenarioId: scenario.id, version: scenario.version }));
        this.told = words.say(which === 'undo' ? 'tourUndone' : 'tourRedone');
      } catch (error) {
        if (!this.#isOther(error)) throw error;
        this.refused = { words: words.say('tourChangedElsewhere'), again: null };
        await this.#again(scenario.id);
      }
    });
  }

  /** Follows what places answer to the holds of this tour, as long as the page stands. */
  #listen(say: ToursSpeech): void {
    const { planId } = this;
    if (!planId || this.#listening === planId || !this.isConnected) return;
    this.#deaf();
    [this.#listening, this.news] = [planId, []];
    this.#deaf = follow<readonly Answer[]>(async (_, heard) => (this.api ? this.#api() : await this.site.live<AppRouter>('/trpc')).tours.answers.subscribe({ planId }, heard as never), (all) => { this.#answered(all, say); }, () => undefined);
  }

  /** What is new is read again once the changes before it stand, and said where a place has answered. */
  #answered(all: readonly Answer[], say: ToursSpeech): void {
    this.#turn = this.#turn.then(async () => {
      const { plan, scenario } = this;
      if (!plan || !scenario) return;
      const { changed, told } = answersOf(scenario.sent, all);
      if (!changed) return;
      const words = { say, locale: this.site.locale, currency: plan.currency };
      const news = told.map((one) => `${dayOf(words, one.day)}, ${placeOf({ plan, known: knownOf(plan) }, one)} : ${say(`sent_${one.state}`)}`);
      await this.#reload(scenario.id);
      if (news.length > 0) [this.news, this.told] = [[...news, ...this.news].slice(0, 20), news.join(' ; ')];
    }).catch(() => { /* What stood is shown, and the next answer is read anew. */ });
  }

  #choose(scenarioId: string, words: Words): void {
    void this.#acts.run('choose', async () => {
      this.#took(await this.#server().scenario.query({ scenarioId }));
      [this.looked, this.report, this.rows] = [null, null, PAGE];
      this.#address(scenarioId);
      this.told = words.say('tourOpened', { name: this.scenario?.name ?? '' });
    });
  }

  /** The address says which scenario is open, so that a page that is loaded again shows it. */
  #address(scenarioId: string): void {
    this.scenarioId = scenarioId;
    if (location.pathname === '/tours') history.replaceState(null, '', `/tours?plan=${this.planId}&scenario=${scenarioId}`);
  }

  async #reload(scenarioId: string): Promise<void> {
    const server = this.#server();
    this.#set(await server.read.query({ planId: this.planId }));
    const next = this.plan?.scenarios.find(({ id }) => id === scenarioId) ?? this.plan?.scenarios[0];
    if (!next) return;
    this.#took(await server.scenario.query({ scenarioId: next.id }));
    this.#address(next.id);
  }

  readonly #create = (beginning: Beginning): void => {
    this.wrong = '';
    const { name, artists, from, until, wantedShows, aim, currency, scenario: called } = beginning;
    void this.#acts.run('create', async () => {
      const server = this.#server();
      const { id: planId } = await server.create.mutate({ name, artists: [...artists], from, until, currency, scenario: called, weights: AIMS[aim], wantedShows });
      this.#leave(`/tours?plan=${planId}`);
    });
  };

  #leave(to: string): void {
    if (this.dispatchEvent(new CustomEvent('flow-left', { bubbles: true, composed: true, cancelable: true, detail: { to } }))) location.assign(to);
  }

  #turnDemand(): void {
    if (this.wanting) this.wanting = false;
    else void this.#acts.run('demand', async () => { this.wants ??= await this.#server().demand.query({ planId: this.planId }); this.wanting = true; });
  }

  #askPlan(kind: PlanAsked): void {
    [this.sheet, this.wrong, this.listed] = [{ kind }, '', null];
    if (kind === 'amend') void this.#acts.run('cast', async () => { this.roster = await this.#server().artists.query(); });
  }

  #amend(to: Amended, { say }: Words): void {
    this.wrong = '';
    void this.#acts.run('plan', async () => {
      try {
        this.#set(await this.#server().amend.mutate({ planId: this.planId, seen: this.plan?.updatedAt ?? '', ...to, artists: [...to.artists] }));
      } catch (error) {
        // What was typed stays in the sheet, and what another hand made of the plan is shown behind it.
        if (this.#isOther(error)) this.#set(await this.#server().read.query({ planId: this.planId }));
        throw error;
      }
      if (this.scenario) await this.#again(this.scenario.id);
      [this.sheet, this.told] = [null, say('planAmended')];
    });
  }

  #addStop({ town, put, ...stop }: Added, words: Words): void {
    this.wrong = '';
    void this.#acts.run('plan', async () => {
      const insee = this.#places.named(town);
      if (insee === undefined) return;
      const before = new Set(this.plan?.venues.map(({ id }) => id));
      const plan = await this.#server().addStop.mutate({ ...stop, planId: this.planId, insee, days: [...stop.days] });
      this.#set(plan);
      const venue = plan.venues.find(({ id }) => id.startsWith(BY_HAND) && !before.has(id))?.id;
      const [day] = plan.bids.find((bid) => bid.venue === venue)?.days ?? [];
      [this.sheet, this.told] = [null, words.say('stopAdded', { place: stop.name })];
      if (put && venue && day) this.#edit({ edit: { kind: 'add', visit: { artist: stop.artist, venue, day } }, told: words.say('tourAdded', { place: stop.name, day: dayOf(words, day) }) });
    });
  }

  readonly #addList = (list: NewList): void => {
    [this.wrong, this.listed] = ['', null];
    void this.#acts.run('list', async () => {
      const { plan, ...listed } = await this.#server().addList.mutate({ ...list, planId: this.planId });
      this.#set(plan);
      if (this.scenario) await this.#again(this.scenario.id);
      this.listed = listed;
    });
  };

  #dropStops({ say }: Words): void {
    void this.#acts.run('drop', async () => {
      this.#set(await this.#server().removeStops.mutate({ planId: this.planId }));
      if (this.scenario) await this.#again(this.scenario.id);
      this.told = say('stopsDropped');
    });
  }

  /** A stop by hand goes, and from every scenario. */
  #dropStop(id: string, { known, words: { say } }: Bench): void {
    void this.#acts.run('drop', async () => {
      this.#set(await this.#server().removeStop.mutate({ planId: this.planId, id }));
      if (this.scenario) await this.#again(this.scenario.id);
      this.told = say('stopDropped', { place: known.venue(id)?.name ?? '' });
    });
  }

  readonly #removePlan = (): void => {
    void this.#acts.run('plan', async () => {
      await this.#server().removePlan.mutate({ planId: this.planId });
      this.#leave('/tours');
    });
  };

  #search(words: Words): void {
    const { scenario } = this;
    if (!scenario || this.running) return;
    this.failed = '';
    void this.#turn.then(async () => {
      const now = this.scenario ?? scenario;
      const { runId } = await this.#server().search.mutate({ scenarioId: now.id, version: now.version, ...this.wanted });
      this.running = { runId, progress: null, cancelling: false };
      this.#follow(runId, (told) => { this.#heard(runId, told, words); }, (error) => { this.#ended(); this.failed = reasonOf(error); });
    }).catch((error: unknown) => {
      if (!this.#isOther(error)) { this.failed = reasonOf(error); return; }
      this.refused = { words: words.say('tourChangedElsewhere'), again: null };
      void this.#again(scenario.id);
    });
  }

  #follow(runId: string, hear: (told: Search) => void, fail: (error: unknown) => void): void {
    this.#unfollow();
    this.#unfollow = follow<Search>(async (_, heard) => (this.api ? this.#api() : await this.site.live<AppRouter>('/trpc')).tours.follow.subscribe({ runId }, heard as never), hear, fail);
  }

  #heard(runId: string, told: Search, { say }: Words): void {
    if (!this.running) return;
    if (told.kind === 'progress') { this.running = { ...this.running, progress: told }; return; }
    this.#ended();
    if (told.kind === 'failed') { this.failed = told.code; return; }
    this.found = { runId, ...told };
    if (told.variants.length > 0 && this.plan && this.plan.reading !== told.reading) void this.#readAnew();
    [this.looked, this.view] = [null, told.variants.length > 0 ? 'compare' : 'why'];
    if (told.variants.length === 0) this.#ask();
    this.told = say('tourFound', { n: told.variants.length });
  }

  #ended(): void {
    this.#unfollow();
    this.#unfollow = () => undefined;
    this.running = null;
  }

  async #cancel(): Promise<void> {
    if (!this.running) return;
    this.running = { ...this.running, cancelling: true };
    // Whatever was found until then is told by the stream.
    await this.#server().cancel.mutate({ runId: this.running.runId }).catch(() => { if (this.running) this.running = { ...this.running, cancelling: false }; });
  }

  #keep(index: number, name: string, { say }: Words): void {
    const { found } = this;
    if (!found) return;
    void this.#acts.run(`keep:${index}`, async () => {
      const { id: scenarioId } = await this.#server().keep.mutate({ runId: found.runId, index, name });
      await this.#reload(scenarioId);
      [this.looked, this.view] = [null, 'timeline'];
      this.#lookAtFirst();
      this.told = say('tourKept', { name });
    });
  }

  readonly #side = (scenarioIds: readonly string[]): void => {
    this.chosen = scenarioIds;
    if (scenarioIds.length === 0) { this.sides = null; return; }
    void this.#acts.run('compare', async () => { this.sides = await this.#server().compare.query({ scenarioIds: [...scenarioIds] }); });
  };

  #ask(): void {
    const { scenario } = this;
    if (!scenario) return;
    [this.why, this.unusedShown] = [null, UNUSED_PAGE];
    const artist = this.whyArtist;
    this.#server().why.query({ scenarioId: scenario.id, limit: 200, ...(artist && { artist }) }).then((why) => { if (artist === this.whyArtist) this.why = why; }, (error: unknown) => { this.failed = reasonOf(error); });
  }

  #copy(name: string, { say }: Words): void {
    void this.#acts.run('scenario', async () => {
      if (!this.scenario) return;
      const { id: scenarioId } = await this.#server().copy.mutate({ scenarioId: this.scenario.id, name });
      await this.#reload(scenarioId);
      [this.sheet, this.told] = [null, say('tourOpened', { name })];
    });
  }

  #rename(name: string): void {
    void this.#acts.run('scenario', async () => {
      if (!this.scenario) return;
      await this.#server().rename.mutate({ scenarioId: this.scenario.id, name });
      await this.#reload(this.scenario.id);
      this.sheet = null;
    });
  }

  #remove({ say }: Words): void {
    void this.#acts.run('scenario', async () => {
      if (!this.scenario) return;
      const { name, id } = this.scenario;
      await this.#server().remove.mutate({ scenarioId: id });
      this.chosen = this.chosen.filter((one) => one !== id);
      await this.#reload('');
      [this.sheet, this.told] = [null, say('tourScenarioRemoved', { name })];
    });
  }

  #holding(words: Words): Holding {
    return {
      site: this.site, report: this.report, open: () => { this.#key = crypto.randomUUID(); this.sheet = { kind: 'holds' }; }, shut: () => { this.sheet = null; },
      send: (mode, days) => {
        void this.#acts.run('send', async () => {
          if (!this.scenario) return;
          const { id, version } = this.scenario;
          this.report = await this.#server().sendHolds.mutate({ scenarioId: id, version, mode, days, key: this.#key });
          await this.#again(id);
          [this.sheet, this.told] = [null, words.say('tourSent', { n: this.report.sent })];
        });
      },
      replan: () => {
        void this.#acts.run('replan', async () => {
          if (!this.scenario) return;
          this.#took(await this.#server().replan.mutate({ scenarioId: this.scenario.id, version: this.scenario.version }));
          [this.report, this.view, this.told] = [null, 'timeline', words.say('tourReplanned')];
        });
      },
    };
  }

  #show(view: View): void {
    this.view = view;
    // What lies on the way is proposed among all artists.
    if (view === 'table' && this.whyArtist !== '') [this.whyArtist, this.why] = ['', null];
    if ((view === 'why' || view === 'table') && this.why === null) this.#ask();
  }

  readonly #tabKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const to = event.key === 'Home' ? VIEWS[0] : event.key === 'End' ? VIEWS.at(-1) : step ? VIEWS[(VIEWS.indexOf(this.view) + step + VIEWS.length) % VIEWS.length] : undefined;
    if (!to) return;
    event.preventDefault();
    this.#show(to);
    this.renderRoot.querySelector<HTMLElement>(`#tab-${to}`)?.focus();
  };

  #api = (): TRPCClient<AppRouter> => (this.api ?? this.site.api)<AppRouter>('/trpc');
  #server = (): TRPCClient<AppRouter>['tours'] => this.#api().tours;
}

declare global {
  interface HTMLElementTagNameMap { 'flow-tour-planner': FlowTourPlanner }
}
