import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import { detailsOf, reasonOf, type Api } from '../../core/api.ts';
import { Backoff } from '../../core/backoff.ts';
import { Draft } from '../../core/draft.ts';
import { announce } from '../../core/events.ts';
import { day, todayIn } from '../../core/format-page.ts';
import { Presence, problem } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { grouped, sent, wantedDay } from '../../core/wanted.ts';
import type { PlacePicker } from '../../parts/place-picker.ts';
import { BLANK, currencyOf, faultsOf, inputOf, QUESTIONS, type Answers, type Asker, type Fault, type Question } from './answers.ts';
import { styles } from './flow-booking-request.styles.ts';

/** What is kept of a form for the tab: what was typed, the key that makes a request count once, and whether it waits to be sent. */
interface Typed { readonly answers: Answers; readonly key: string; readonly waiting: boolean }

interface Receipt { readonly reference: string; readonly artist: string; readonly showDay: string; readonly email: string }

/** How a question is put: what kind of line, and what helps the one who fills it. */
interface Put {
  readonly type?: string;
  readonly mode?: string;
  readonly fill?: string;
  readonly hint?: string;
  readonly example?: string;
  readonly optional?: boolean;
  readonly wide?: boolean;
  readonly min?: string;
  readonly max?: number;
  readonly unit?: string;
}

/**
 * Asks an artist for a date. Who asks decides the questions; a campsite may ask for a season. A request typed while the server is
 * away is kept, and goes out by itself when it is back.
 *
 * @fires flow-request-kept
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart button - The button that sends.
 * @cssproperty --flow-field - The inside of fields; nothing by itself.
 */
export class FlowBookingRequest extends LitElement {
  static override styles = [...theme, styles];

  /** The artist, by the short name of its press kit. */
  @property() artist = '';
  /** The day to begin with, `YYYY-MM-DD`; a day chosen in a `<flow-availability>` of the page takes its place. */
  @property() day = '';
  /** Who asks, where the page knows: `private`, `venue`, `camping` or `commune`. The question is then not put. */
  @property() asker: Asker | '' = '';
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

  @state() private answers: Answers = BLANK;
  @state() private faults: ReadonlyMap<Question, Fault> = new Map();
  @state() private phase: 'writing' | 'sending' | 'waiting' | 'sent' = 'writing';
  @state() private failure: unknown = null;
  @state() private receipt: Receipt | null = null;
  #requestKey = '';
  /** Somebody has typed: what the page knows no longer fills anything in. */
  #touched = false;
  #today = '';
  #draft = new Draft<Typed>('', false);
  readonly #backoff = new Backoff(() => { void this.#send(); });
  #picker: Promise<void> | undefined;
  @state() private places?: PlacePicker;

  readonly #presence: Presence = new Presence(this, () => Promise.all([this.#artist.run(), this.#partner.run()]));
  /** The artist's name, and how the asked day stands. */
  readonly #artist = new Task(this, {
    args: () => [this.#server(), this.artist, this.answers.showDay] as const,
    task: async ([api, artist, showDay]) => {
      const asked = /^\d{4}-\d\d-\d\d$/.test(showDay) && showDay >= this.#today ? showDay : this.#today;
      const { name, today, days } = await api.calendar.availability.query({ artist, from: asked, until: asked });
      this.#today = today;
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
    this.#today ||= todayIn(this.site.timeZone);
    if (changed.has('artist')) this.#begin();
    else if (changed.has('day') && this.day) this.answers = { ...this.answers, showDay: this.day };
  }

  /** Puts the keyboard at the first question. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('input:checked, input')?.focus(options);
  }

  override render() {
    const { say } = this.site;
    const bad = this.#artist.value === undefined && this.#artist.error;
    return this.#presence.stand(html`
      <p class="kicker">${this.#artist.value?.name ?? ''}</p>
      <h2>${say('askDate')}</h2>
      ${bad && this.phase === 'writing' && reasonOf(bad) !== 'unreachable' ? problem(say, () => this.#artist.run())(bad)
        : this.phase === 'sent' && this.receipt ? this.#sent(this.receipt) : this.phase === 'waiting' ? this.#waiting() : this.#form()}`);
  }

  #form(): TemplateResult {
    const { site: { say }, answers, faults } = this;
    const { asker } = answers;
    const season = this.#season;
    const known = this.#artist.value?.state;
    const whole = season ? [this.#line('showDay', say('seasonFrom'), { type: 'date', min: this.#today }), this.#line('seasonUntil', say('seasonUntil'), { type: 'date', min: answers.showDay || this.#today, optional: !this.season }), this.#line('shows', say('shows'), { mode: 'numeric' })]
      : [this.#line('showDay', say('showDay'), { type: 'date', min: this.#today, hint: known ? say(known === 'free' ? 'dayIsFree' : known === 'flexible' ? 'dayIsFlexible' : 'dayIsBusy') : '\u00a0' })];
    return html`
      <form novalidate @submit=${this.#submit} @focusin=${this.#enter} aria-busy=${this.phase === 'sending' ? 'true' : 'false'}>
        ${this.asker || this.season ? nothing : html`
          <fieldset><legend>${say('whoAsks')}</legend>
            <div class="askers wide">${(['private', 'venue', 'camping', 'commune'] as const).map((one) => html`
              <label><input type="radio" name="asker" value=${one} .checked=${one === asker} @change=${() => { this.#answer({ asker: one }); }}>${say(`asker_${one}`)}</label>`)}</div>
          </fieldset>`}
        <fieldset><legend>${say('what')}</legend>
          ${this.#line('occasion', say('occasion'), { example: say(`occasion_${asker}`), wide: true, max: 160 })}
          ${whole}
          ${this.#line('startTime', say('startTime'), { type: 'time' })}
        </fieldset>
        <fieldset><legend>${say('where')}</legend>
          ${this.places ? this.#question('city', say('city'), { hint: say('cityHow') }, this.places.control({ id: 'city', value: answers.city, say, described: 'city-hint' })) : this.#line('city', say('city'), { hint: say('cityHow') })}
          ${this.#line('place', say(`place_${asker}`), { optional: true, max: 160 })}
          ${this.#line('audience', say('audience'), { mode: 'numeric', optional: true })}
          ${this.#line('budget', say('budget'), { mode: 'decimal', unit: currencyOf(answers), hint: say(asker === 'commune' ? 'publicPath' : 'budgetHow') })}
          <label class="check wide"><input type="checkbox" name="outdoor" .checked=${answers.outdoor} @change=${(event: Event) => { this.#answer({ outdoor: (event.target as HTMLInputElement).checked }); }}>${say('outdoor')}</label>
          ${this.#text('technical', say('technicalNeeds'))}
        </fieldset>
        <fieldset><legend>${say('you')}</legend>
          ${asker === 'private' ? nothing : this.#line('organisation', say(`organisation_${asker}`), { fill: 'organization', max: 160 })}
          ${this.#line('contactName', say('contactName'), { fill: 'name', max: 120 })}
          ${this.#line('email', say('email'), { type: 'email', fill: 'email', max: 200 })}
          ${this.#line('phone', say('phone'), { type: 'tel', fill: 'tel', optional: true, max: 40 })}
          ${this.#text('message', say('message'))}
        </fieldset>
        <div class="sr" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off" aria-label="Website"></div>
        <div class="end">
          <div role="alert">${faults.size ? html`<p class="small fault">${say('toCorrect', { n: faults.size })}</p>` : nothing}</div>
          ${this.failure ? problem(say)(this.failure) : nothing}
          <p class="recap">${this.#recap()}</p>
          <button type="submit" class="primary" part="button" ?disabled=${this.phase === 'sending'}>${say(this.phase === 'sending' ? 'sending' : 'send')}</button>
          <p class="small muted">${say('privacy')}</p>
        </div>
      </form>`;
  }

  #waiting(): TemplateResult {
    const { say } = this.site;
    return html`<div class="notice warn" role="status"><h3 tabindex="-1">${say('kept')}</h3><p class="recap">${this.#recap()}</p><p>${say('keptHow')}</p>
      <div class="row"><button type="button" class="primary" part="button" @click=${this.#send}>${say('sendNow')}</button>
      <button type="button" part="button" @click=${() => { this.#backoff.settle(); this.#turn('writing'); }}>${say('change')}</button></div></div>`;
  }

  #sent({ reference, artist, email }: Receipt): TemplateResult {
    const { say } = this.site;
    return html`<div class="notice good" role="status"><h3 tabindex="-1">${say('sent')}</h3><p class="recap">${this.#recap()}</p><p>${say('sentHow', { name: artist, email })}</p>
      <p>${say('reference')} <span class="code">${grouped(reference)}</span></p>
      <div class="row">${this.statusHref ? html`<a class="button primary" part="button" href="${this.statusHref}#flow-status=${reference}">${say('statusShow')}</a>` : nothing}
      <button type="button" class="plain" @click=${this.#again}>${say('askAgain')}</button></div></div>`;
  }

  /** What is asked, in one line. */
  #recap(): string {
    const { showDay, seasonUntil, city, occasion } = this.answers;
    const days = [showDay, this.#season && seasonUntil].map((one) => one && day(one, this.site.locale)).filter(Boolean).join(' – ');
    return showDay && [occasion, days, city].filter(Boolean).join(' · ');
  }

  #question(name: Question, label: string, { hint = '', optional = false, wide = false }: Put, control: unknown): TemplateResult {
    const fault = this.faults.get(name);
    const { say } = this.site;
    return html`<div class=${wide ? 'wide' : ''}><label for=${name}>${label}${optional ? html` <span class="small muted">(${say('optional')})</span>` : nothing}</label>${control}
      ${hint ? html`<p class="small muted" id="${name}-hint">${hint}</p>` : nothing}${fault ? html`<p class="small fault" id="${name}-fault">${say(fault.words, fault.figures)}</p>` : nothing}</div>`;
  }

  #line(name: Question, label: string, put: Put): TemplateResult {
    const { type = 'text', mode, fill, example, min, max, unit, optional } = put;
    const input = html`<input id=${name} name=${name} type=${type} .value=${this.answers[name]} inputmode=${mode ?? nothing} autocomplete=${fill ?? 'off'} placeholder=${example ?? nothing} min=${min ?? nothing}
      maxlength=${max ?? nothing} aria-required=${optional ? 'false' : 'true'} aria-invalid=${this.faults.has(name) ? 'true' : 'false'} aria-describedby="${name}-hint ${name}-fault" @input=${this.#type}>`;
    return this.#question(name, label, put, unit ? html`<div class="unit">${input}<b>${unit}</b></div>` : input);
  }

  #text(name: Question, label: string): TemplateResult {
    return this.#question(name, label, { optional: true, wide: true }, html`<textarea id=${name} name=${name} rows="3" maxlength="4000" .value=${this.answers[name]} @input=${this.#type}></textarea>`);
  }

  /** Takes up what the tab kept of this form, or begins with what the page knows. */
  #begin(): void {
    this.#draft = new Draft(this.artist + (this.season ? ':season' : ''), !this.noDraft);
    const kept = this.#draft.read();
    this.#requestKey = kept?.key ?? newKey();
    this.#touched = kept !== null;
    this.answers = { ...BLANK, asker: this.asker || (this.season ? 'camping' : 'private'), ...kept?.answers, showDay: wantedDay(this.artist) || (kept?.answers.showDay ?? this.day) };
    if (!kept?.waiting) return;
    this.phase = 'waiting';
    void this.updateComplete.then(this.#send);
  }

  #answer(some: Partial<Answers>): void {
    this.answers = { ...this.answers, ...some };
    this.#touched = true;
    // What was wrong is looked at again as soon as it changes.
    if (this.faults.size) this.faults = new Map([...this.#check()].filter(([question]) => this.faults.has(question)));
    this.#keep(false);
  }

  #keep(waiting: boolean): void {
    this.#draft.write({ answers: this.answers, key: this.#requestKey, waiting });
  }

  #check(): ReadonlyMap<Question, Fault> {
    return faultsOf(this.answers, this.season ? 'needed' : this.#season ? 'offered' : 'none', this.#today);
  }

  /** Somebody enters the form: what finds communes is loaded, and takes the place of the plain field. */
  readonly #enter = (): void => {
    this.#picker ??= import('../../parts/place-picker.ts').then(async ({ PlacePicker }) => {
      const inField = () => this.shadowRoot?.activeElement?.id === 'city';
      const was = inField();
      this.places = new PlacePicker(this, (q) => this.#server().profiles.places.query({ q }), (city, commune) => {
        // The place that the page filled in goes with its commune.
        this.#answer({ city, commune, ...(this.answers.place === this.#partner.value?.place?.name && { place: '' }) });
      });
      await this.updateComplete;
      if (!was) return;
      if (!inField()) this.renderRoot.querySelector<HTMLElement>('#city')?.focus();
      if (!this.answers.commune) this.places.seek(this.answers.city);
    }).catch(() => { this.#picker = undefined; });
  };

  readonly #type = ({ target }: Event): void => {
    const { name, value } = target as HTMLInputElement;
    this.#answer({ [name]: value });
  };

  readonly #dated = ({ detail: { artist, day: showDay } }: DocumentEventMap['flow-date-selected']): void => {
    if (artist !== this.artist || this.phase !== 'writing') return;
    this.answers = { ...this.answers, showDay };
    if (this.faults.size) this.faults = new Map([...this.faults].filter(([question]) => question !== 'showDay'));
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.faults = this.#check();
    const [first] = this.faults.keys();
    if (first) void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>(`#${first}`)?.focus(); });
    else void this.#send();
  };

  readonly #send = async (): Promise<void> => {
    if (this.phase === 'sending' || this.phase === 'sent') return;
    const { locale } = this.site;
    const website = this.renderRoot.querySelector<HTMLInputElement>('[name=website]')?.value ?? '';
    const resent = this.phase === 'waiting';
    if (!resent) this.phase = 'sending';
    this.failure = null;
    try {
      const receipt = await this.#server().booking.sendRequest.mutate({
        key: this.#requestKey, artist: this.artist, ...inputOf(this.answers, this.#season), locale, pageUrl: (location.origin + location.pathname).slice(0, 500), website,
      });
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
    if (reason === 'unreachable' || (resent && (reason === 'internal' || reason === 'rate_limited'))) {
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
    const field = (detailsOf(error)['field'] ?? '').split('.')[0] as Question;
    const meant = reason === 'date_taken' || reason === 'day_past' ? 'showDay' : QUESTIONS.includes(field) ? field : null;
    if (!meant) { this.failure = error; return; }
    this.faults = new Map([[meant, { words: reason === 'date_taken' ? 'dayIsBusy' : reason === 'day_past' ? 'needDay' : 'input_invalid' }]]);
    void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>(`#${meant}`)?.focus(); });
  }

  /** Shows another face of the form, and leads the reader to its beginning. */
  #turn(phase: 'writing' | 'waiting' | 'sent'): void {
    this.phase = phase;
    // The room of the questions, ours or the page's own, goes with them.
    this.style.minHeight = phase === 'writing' ? '' : '0';
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[tabindex="-1"]:not(input)')?.focus({ preventScroll: true });
      if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
    });
  }

  readonly #again = (): void => {
    this.#requestKey = newKey();
    this.answers = { ...this.answers, occasion: '', showDay: '', message: '' };
    this.#turn('writing');
  };

  /** Whether dates of a season are asked for: a campsite may, and must where the page says so. */
  get #season(): boolean {
    return this.season || this.answers.asker === 'camping';
  }

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

/** A key for one request, good where `crypto.randomUUID` is not: on plain-http pages. */
const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

declare global {
  interface HTMLElementTagNameMap { 'flow-booking-request': FlowBookingRequest }
}
