import { consume } from '@lit/context';
import { Task, initialState } from '@lit/task';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { Backoff } from '../../core/backoff.ts';
import { Draft } from '../../core/draft.ts';
import { announce } from '../../core/events.ts';
import { dayIn } from '../../core/format-page.ts';
import { newKey } from '../../core/new-key.ts';
import { Presence, passing, problem } from '../../core/presence.ts';
import { room } from '../../core/room.ts';
import { dayOf } from '../../core/said.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { sent, wantedDay } from '../../core/wanted.ts';
import type { PlacePicker } from '../../parts/place-picker.ts';
import type { Answers, Asker, Fault, Question } from './answers.ts';
import { BLANK } from './blank.ts';
import { line, question, type Form } from './fields.ts';
import { styles } from './flow-booking-request.styles.ts';
import type * as Late from './late.ts';

/** What is kept of a form for the tab: what was typed, the step it is at, the key that makes a request count once, and whether it waits to be sent. */
interface Typed { readonly answers: Answers; readonly step: number; readonly key: string; readonly waiting: boolean }

/** What is loaded once somebody uses the form. */
interface Loaded { readonly late: typeof Late; readonly say: Form['say']; readonly work: Late.Work }

/** What a page may know of the answers, each by an attribute of its name. */
const KNOWN = { day: 'showDay', place: 'place', city: 'city', occasion: 'occasion', budget: 'budget', audience: 'audience', name: 'contactName', email: 'email', phone: 'phone', organisation: 'organisation' } as const;

/**
 * Asks an artist for a date, in three steps or in one. Who asks decides the questions; a campsite may ask for a season. What the page
 * knows already it says by attributes or properties: the visitor finds it filled in, and may change it. A request typed while the server
 * is away is kept, and goes out by itself when it is back. Instead of puzzles, the browser does some work while somebody types.
 *
 * @fires flow-request-kept
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart button - The buttons that go on, back, and send.
 * @csspart progress - How far one is: the step, and how many there are.
 * @cssproperty --flow-field - The inside of fields; nothing by itself.
 */
export class FlowBookingRequest extends LitElement implements Form {
  static override styles = [...theme, room, styles];

  /** The artist, by the short name of its press kit. */
  @property() artist = '';
  /** The day to begin with, `YYYY-MM-DD`; a day chosen in a `<flow-availability>` of the page takes its place. */
  @property() day = '';
  /** Who asks, where the page knows: `private`, `venue`, `camping` or `commune`. The question is then not put. */
  @property() asker: Asker | '' = '';
  /** `one` asks everything on one page, for those who ask little; else there are three steps. */
  @property() steps: 'one' | '' = '';
  /** The place of the show. This and the following fill in the form until the visitor types. */
  @property() place = '';
  /** The commune of the show. */
  @property() city = '';
  /** What is celebrated. */
  @property() occasion = '';
  /** Before tax, in whole units of the currency, as somebody would type it. */
  @property() budget = '';
  /** How many people are expected. */
  @property() audience = '';
  /** Who fills in the form, where the page knows the visitor. */
  @property() name = '';
  /** Where the answer goes. */
  @property() email = '';
  /** The visitor's telephone. */
  @property() phone = '';
  /** In whose name the visitor asks. */
  @property() organisation = '';
  /** Asks for a season of a campsite: from a day until a day, so many dates. */
  @property({ type: Boolean }) season = false;
  /** A page with a `<flow-contract-status>`, to follow the request on. */
  @property({ attribute: 'status-href' }) statusHref = '';
  /** Keeps nothing of what is typed in the tab's storage. */
  @property({ type: Boolean, attribute: 'no-draft' }) noDraft = false;
  /** The publishable key, for a page whose script tag cannot carry one. */
  @property() key = '';
  /** Instead of the site's own. Tests and stories put a fake here. @internal */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  /** What is typed so far. @internal */
  @state() answers: Answers = BLANK;
  /** What is to be corrected. @internal */
  @state() faults: ReadonlyMap<Question, Fault> = new Map();
  @state() private step = 0;
  @state() private loaded: Loaded | null = null;
  @state() private usual: Late.Usual | null = null;
  @state() private phase: 'writing' | 'sending' | 'waiting' | 'sent' = 'writing';
  @state() private failure: unknown = null;
  @state() private receipt: Late.Receipt | null = null;
  #requestKey = '';
  /** Somebody has typed: what the page knows no longer fills anything in. */
  #touched = false;
  #today = '';
  #draft = new Draft<Typed>('', false);
  readonly #backoff = new Backoff(() => { void this.#send(); });
  #loading: Promise<Loaded> | undefined;
  #picker: Promise<void> | undefined;
  /** Finds communes. @internal */
  @state() places: PlacePicker | undefined;

  readonly #presence: Presence = new Presence(this, () => Promise.all([this.#artist.run(), this.#partner.run()]));
  /** The artist's name, and how the asked day stands. */
  readonly #artist = new Task(this, {
    args: () => [this.#server(), this.artist, this.answers.showDay] as const,
    task: async ([api, artist, showDay]) => {
      if (!artist) return initialState;
      const asked = [dayOf(showDay), this.#today].sort()[1] ?? '';
      const { name, today, days } = await api.calendar.availability.query({ artist, from: asked, until: asked });
      this.#today = today;
      // On one page the form is there once all of it is.
      if (this.steps === 'one') await this.#load().catch(() => undefined);
      return { name, state: asked === showDay ? days[0]?.state : undefined };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });
  /** Whose page it is: the place of a show there, and who usually asks. */
  readonly #partner = new Task(this, {
    args: () => [this.#server()] as const,
    task: ([api]) => api.partners.partner.query(),
    onComplete: ({ kind, place }) => {
      // Who asks is the visitor's to say once they have; a place that they left open is still the partner's.
      const asker = this.#touched ? this.answers.asker : this.asker || (this.season || kind === 'camping' ? 'camping' : kind === 'municipality' ? 'commune' : this.answers.asker);
      const there = !this.answers.city && !this.answers.place && place ? { place: place.name, city: place.city, commune: { insee: place.insee, name: place.city, postcode: '', country: 'FR' } } : {};
      this.answers = { ...this.answers, asker, ...there };
    },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('flow-date-selected', this.#dated);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('flow-date-selected', this.#dated);
    this.#backoff.settle();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    this.#today ||= dayIn(this.site.timeZone);
    this.day = dayOf(this.day);
    if (changed.has('artist')) this.#begin();
    else if (!this.#touched && Object.keys(KNOWN).some((name) => changed.has(name))) this.answers = { ...this.answers, ...this.#known() };
    else if (changed.has('day') && this.day) this.answers = { ...this.answers, showDay: this.day };
  }

  /** Puts the keyboard at the first question. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('input:checked, input')?.focus(options);
  }

  override render() {
    const { site: { say }, phase, receipt, loaded } = this;
    const bad = this.#artist.value === undefined && this.#artist.error;
    return this.#presence.stand(html`
      <p class="kicker">${this.#artist.value?.name ?? ''}</p>
      <h2>${say('askDate')}</h2>
      ${!this.artist ? this.#presence.states(380).initial() : bad && phase === 'writing' && !passing(reasonOf(bad)) ? problem(say, () => this.#artist.run())(bad)
        : loaded && phase === 'sent' && receipt ? loaded.late.receipt(this, receipt, { recap: this.#recap(), statusHref: this.statusHref, key: this.key, again: this.#again })
          : loaded && phase === 'waiting' ? loaded.late.waiting(this, this.#recap(), { send: () => { void this.#send(); }, change: () => { this.#backoff.settle(); this.#turn('writing'); } }) : this.#form()}`);
  }

  #form(): TemplateResult {
    const { say, faults, loaded, phase } = this;
    const one = this.steps === 'one';
    const { step } = this;
    const last = one || step === 2;
    const names = [say('askWhen'), ...(loaded ? [say('askEvening'), say('askYou')] : [])];
    const part = (at: number) => html`<div class="fields" role="group" aria-label=${names[at] ?? ''}>${at ? loaded?.late.part(this, at, this.usual) : this.#first()}</div>`;
    return html`
      <form novalidate @submit=${this.#submit} @focusin=${this.#enter} aria-busy=${phase === 'sending' ? 'true' : 'false'}>
        ${one ? names.map((name, at) => html`<h3>${name}</h3>${part(at)}`) : html`
          <div class="progress" part="progress"><h3 tabindex="-1"><span class="small muted">${say('askStep', { n: step + 1, all: 3 })}</span> ${names[step]}</h3><div aria-hidden="true">${[0, 1, 2].map((at) => html`<i class=${at <= step ? 'on' : ''}></i>`)}</div></div>
          ${part(step)}`}
        <div class="sr" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off" aria-label="Website"></div>
        <div class="end">
          <div role="alert">${faults.size ? html`<p class="small fault">${say('toCorrect', { n: faults.size })}</p>` : nothing}</div>
          ${this.failure ? problem(say)(this.failure) : nothing}
          <p class="recap">${step || one ? this.#recap() : nothing}</p>
          <div class="row">${step && loaded && !one ? html`<button type="button" part="button" @click=${() => { this.#go(step - 1); }}>${say('askBack')}</button>` : nothing}
            <button type="submit" class="primary" part="button" ?disabled=${phase === 'sending'}>${say(phase === 'sending' ? 'sending' : last ? 'send' : 'askNext')}</button></div>
          ${last && loaded ? html`<p class="small muted">${say('privacy')}</p>` : nothing}
        </div>
      </form>`;
  }

  /** The first step: who asks, when and where. */
  #first(): TemplateResult {
    const { say, answers } = this;
    const { asker } = answers;
    const known = this.#artist.value?.state;
    return html`
      ${this.asker || this.season ? nothing : html`
        <fieldset class="wide"><legend>${say('whoAsks')}</legend>
          <div class="askers">${(['private', 'venue', 'camping', 'commune'] as const).map((one) => html`
            <label><input type="radio" name="asker" value=${one} .checked=${one === asker} @change=${() => { this.answer({ asker: one }); }}>${say(`asker_${one}`)}</label>`)}</div>
        </fieldset>`}
      ${this.#season ? [
        line(this, 'showDay', say('seasonFrom'), { type: 'date', min: this.#today }), line(this, 'seasonUntil', say('seasonUntil'), { type: 'date', min: answers.showDay || this.#today, optional: !this.season }),
        line(this, 'shows', say('shows'), { mode: 'numeric' }),
      ] : line(this, 'showDay', say('showDay'), { type: 'date', min: this.#today, hint: known ? say(known === 'free' ? 'dayIsFree' : known === 'flexible' ? 'dayIsFlexible' : 'dayIsBusy') : '\u00a0' })}
      ${line(this, 'startTime', say('startTime'), { type: 'time' })}
      ${this.places ? question(this, 'city', say('city'), { hint: say('cityHow') }, this.places.control({ id: 'city', value: answers.city, say, described: 'city-hint city-fault' })) : line(this, 'city', say('city'), { hint: say('cityHow') })}
      ${line(this, 'place', say(`place_${asker}`), { optional: true, max: 160 })}`;
  }

  #recap(): string {
    return this.loaded?.late.recapOf(this, this.#season) ?? '';
  }

  /** Takes up what the tab kept of this form, or begins with what the page knows. */
  #begin(): void {
    this.#draft = new Draft(this.artist + (this.season ? ':season' : ''), !this.noDraft);
    const kept = this.#draft.read();
    this.#requestKey = kept?.key ?? newKey();
    this.#touched = kept !== null;
    this.answers = { ...BLANK, asker: this.asker || (this.season ? 'camping' : 'private'), ...this.#known(), ...kept?.answers, showDay: wantedDay(this.artist) || (kept?.answers.showDay ?? this.day) };
    if (!kept) return;
    this.phase = kept.waiting ? 'waiting' : 'writing';
    // The words of a later step are fetched before it is shown.
    if (kept.waiting || kept.step) void this.#load().then(() => (kept.waiting ? this.#send() : void (this.step = kept.step)), () => { this.phase = 'writing'; });
  }

  /** What the page says of the answers. */
  #known(): Partial<Answers> {
    return Object.fromEntries(Object.entries(KNOWN).flatMap(([name, answer]) => { const said = this[name as keyof typeof KNOWN]; return said ? [[answer, said]] : []; }));
  }

  /** Takes what somebody answered. @internal */
  readonly answer = (some: Partial<Answers>): void => {
    this.answers = { ...this.answers, ...some };
    this.#touched = true;
    void this.loaded?.work.begin();
    // What was wrong is looked at again as soon as it changes.
    if (this.faults.size) this.faults = new Map([...this.#check()].filter(([name]) => this.faults.has(name)));
    this.#keep(false);
  };

  /** Fetches what the later steps need, once. */
  #load(): Promise<Loaded> {
    return this.#loading ??= import('./late.ts').then(async (late) => {
      const usual = this.#server().booking.priceRange.query({ artist: this.artist }).then((range) => { this.usual = range; }, () => undefined);
      const say = await late.requestSpeech(this.site.locale);
      if (this.steps === 'one') await usual;
      const work = new late.Work(() => this.#server().booking.challenge.mutate());
      if (this.#touched) void work.begin();
      return this.loaded = { late, say, work };
    }).catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
  }

  #keep(waiting: boolean): void {
    this.#draft.write({ answers: this.answers, step: this.step, key: this.#requestKey, waiting });
  }

  #check(): ReadonlyMap<Question, Fault> {
    return this.loaded?.late.faultsOf(this.answers, this.season ? 'needed' : this.#season ? 'offered' : 'none', this.#today) ?? new Map();
  }

  /** Shows another step. */
  #go(step: number): void {
    this.step = step;
    this.#keep(false);
    this.#lead();
  }

  /** Says what is wrong, on the step where the first of it is, and puts the keyboard there. */
  #blame(faults: ReadonlyMap<Question, Fault>): void {
    this.faults = faults;
    const [first] = faults.keys();
    if (!first || !this.loaded) return;
    this.step = this.loaded.late.stepOf(first);
    void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>(`#${first}`)?.focus(); });
  }

  /** Somebody enters the form: what its later steps need is loaded, and what finds communes takes the place of the plain field. */
  readonly #enter = (): void => {
    // Where the server was away, nothing else has let the whole form in.
    this.toggleAttribute('data-whole', true);
    void this.#load().then(({ late }) => (this.#picker ??= late.findPlaces(this, (q) => this.#server().profiles.places.query({ q }), () => this.#partner.value?.place?.name))).catch(() => { this.#picker = undefined; });
  };

  readonly #dated = ({ detail: { artist, day: showDay } }: DocumentEventMap['flow-date-selected']): void => {
    if (artist !== this.artist || this.phase !== 'writing') return;
    this.answers = { ...this.answers, showDay };
    if (this.faults.size) this.faults = new Map([...this.faults].filter(([question]) => question !== 'showDay'));
  };

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.failure = null;
    let late: typeof Late;
    try {
      ({ late } = await this.#load());
    } catch {
      this.failure = new TypeError();
      return;
    }
    const { step } = this;
    const all = this.#check();
    const last = this.steps === 'one' || step === 2;
    this.#blame(last ? all : new Map([...all].filter(([name]) => late.stepOf(name) === step)));
    if (this.faults.size) return;
    if (last) void this.#send();
    else this.#go(step + 1);
  };

  readonly #send = async (): Promise<void> => {
    if (this.phase === 'sending' || this.phase === 'sent') return;
    const { locale } = this.site;
    const website = this.renderRoot.querySelector<HTMLInputElement>('[name=website]')?.value ?? '';
    const resent = this.phase === 'waiting';
    if (!resent) this.phase = 'sending';
    this.failure = null;
    try {
      const { late, work } = await this.#load();
      const receipt = await work.send((proof) => this.#server().booking.sendRequest.mutate({
        key: this.#requestKey, artist: this.artist, ...late.inputOf(this.answers, this.#season), locale, pageUrl: (location.origin + location.pathname).slice(0, 500), website, proof,
      }));
      this.receipt = receipt;
      this.#backoff.settle();
      this.#draft.drop();
      this.#turn('sent');
      sent(this, { reference: receipt.reference, artist: this.artist, day: receipt.showDay });
    } catch (error) {
      this.#failed(error, resent);
    }
  };

  #failed(error: unknown, resent: boolean): void {
    const reason = reasonOf(error);
    if (reason === 'unreachable' || (resent && passing(reason))) {
      this.#keep(true);
      this.#backoff.wait();
      if (resent) return;
      this.#turn('waiting');
      announce(this, 'flow-request-kept', { artist: this.artist });
      return;
    }
    this.#backoff.settle();
    this.#keep(false);
    this.phase = 'writing';
    announce(this, 'flow-error', { tag: this.localName, code: reason });
    const faults = this.loaded?.late.faultOf(error);
    if (faults) this.#blame(faults);
    else this.failure = error;
  }

  /** Shows another face of the form. */
  #turn(phase: 'writing' | 'waiting' | 'sent'): void {
    this.phase = phase;
    // The room of the questions, ours or the page's own, goes with them: it is neither the least nor the most that is shown.
    this.toggleAttribute('data-whole', true);
    this.style.setProperty('--flow-room', phase === 'writing' ? null : '0px');
    this.#lead();
  }

  /** Leads the reader to the heading of what is shown now. */
  #lead(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('h3[tabindex]')?.focus({ preventScroll: true });
      if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
    });
  }

  readonly #again = (): void => {
    this.#requestKey = newKey();
    this.loaded?.work.renew();
    this.step = 0;
    this.answers = { ...this.answers, occasion: '', showDay: '', message: '' };
    this.#turn('writing');
  };

  /** Whether dates of a season are asked for: a campsite may, and must where the page says so. */
  get #season(): boolean {
    return this.season || this.answers.asker === 'camping';
  }

  /** What it speaks with. @internal */
  get say(): Form['say'] {
    return this.loaded?.say ?? this.site.say as Form['say'];
  }

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

declare global {
  interface HTMLElementTagNameMap { 'flow-booking-request': FlowBookingRequest }
}
