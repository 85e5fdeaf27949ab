import type { TRPCClient } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { css, html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { PublicRouter } from '../../../server/public-router.ts';
import { detailsOf, reasonOf } from '../../core/api.ts';
import { Backoff } from '../../core/backoff.ts';
import { announce } from '../../core/events.ts';
import { longDay } from '../../core/format-days.ts';
import { nearSpeech } from '../../core/near-words.ts';
import { newKey } from '../../core/new-key.ts';
import { passing, problem } from '../../core/presence.ts';
import type { Site } from '../../core/site.ts';
import type { NearKey, PublicKey, Say } from '../../core/words.ts';
import { NEAR_KM } from '../../parts/near-by.ts';
import { PlacePicker, type Place } from '../../parts/place-picker.ts';
import { Work } from '../../parts/proof.ts';
import { nearestOf, type Dated } from './nearest.ts';

type Input = inferRouterInputs<PublicRouter>['nearby']['ask'];
type Kind = NonNullable<Input['kind']>;
type Receipt = inferRouterOutputs<PublicRouter>['nearby']['ask'];
type Phase = 'writing' | 'sending' | 'waiting' | 'sent';
type Field = 'artist' | 'insee' | 'email' | 'name' | 'organisation' | 'kind';

const KINDS: readonly Kind[] = ['venue', 'festival', 'bar', 'camping', 'commune', 'association', 'private'];
const FIELDS: readonly Field[] = ['artist', 'insee', 'email', 'kind', 'organisation', 'name'];

const SHEET = css`
.asking { display: grid; gap: 16px; border: 1px solid var(--line); border-radius: var(--radius); padding: 20px; margin-top: 12px }
.asking h2 { font-size: 1.27em } .asking h2:focus { outline: 0 }
.asking .fields { display: grid; gap: 14px 20px; align-items: start } .asking .fields > * { min-width: 0 }
.asking label { display: block; margin-bottom: 4px } .asking legend { padding: 0 0 6px }
.asking :is(input:not([type=radio], [type=checkbox]), textarea, select) { display: block; width: 100%; min-height: 44px; padding: 9px 12px; background: var(--flow-field, transparent); border: 1px solid var(--edge); line-height: 1.4 }
.asking select option { color: CanvasText; background: Canvas }
.asking textarea { min-height: 88px; resize: vertical }
.asking [aria-invalid=true] { border-color: var(--bad); border-width: 2px; padding: 8px 11px }
.asking p.small { margin-top: 4px } .asking .fault { color: var(--bad) }
.askers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13em, 100%), 1fr)); gap: 8px; overflow-wrap: anywhere }
.asking :is(.askers label, .check) { display: flex; gap: 10px; align-items: center; min-height: 44px; margin: 0; cursor: pointer }
.askers label { border: 1px solid var(--line); border-radius: var(--radius); padding: 8px 12px; line-height: 1.2 }
.askers label:hover { border-color: var(--ink) } .askers label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.askers label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px } .askers input:focus-visible { outline: 0 }
.asking :is([type=radio], [type=checkbox]) { accent-color: var(--accent); width: 18px; height: 18px; flex: none; margin: 0 }
.asking .notice p + p { margin-top: -8px }
@container flow (min-width: 36em) { .asking .fields { grid-template-columns: repeat(2, minmax(0, 1fr)) } .asking .wide { grid-column: 1 / -1 } }
@container flow (max-width: 36em) { .asking { padding: 16px } .asking > .row { display: grid } }`;

/** The tour that the form stands on. */
export interface Tour {
  readonly today: string;
  readonly shows: readonly (Dated & { readonly id: string; readonly artist: string | null })[];
  /** Who can be asked. */
  readonly artists: readonly { readonly slug: string; readonly name: string }[];
}

/** What the form is given by its map. */
export interface Given {
  readonly tour: () => Tour | undefined;
  readonly site: () => Site;
  readonly server: () => TRPCClient<PublicRouter>;
  /** Leads to a date in the list. */
  readonly show: (id: string) => void;
  readonly closed: () => void;
}

interface Answers extends Readonly<Record<'email' | 'name' | 'organisation' | 'period' | 'message' | 'town', string>> {
  readonly artist: string;
  readonly asker: Input['asker'];
  readonly place: Place | null;
  readonly optIn: boolean;
  readonly kind: Kind | '';
}

const BLANK: Answers = { artist: '', asker: 'fan', town: '', place: null, optIn: false, kind: '', email: '', name: '', organisation: '', period: '', message: '' };

/** Asks an artist to play near a town, once somebody wants to: who asks, where, how far the nearest date is, and how it was taken. */
export class Near implements ReactiveController {
  readonly #host: LitElement;
  readonly #given: Given;
  readonly #say: Say<PublicKey | NearKey>;
  readonly #picker: PlacePicker;
  readonly #work: Work;
  readonly #backoff = new Backoff(() => { void this.#send(); });
  #answers = BLANK;
  #faults: ReadonlyMap<Field, NearKey> = new Map();
  #phase: Phase = 'writing';
  #failure: unknown = null;
  #receipt: Receipt | null = null;
  #key = newKey();

  constructor(host: LitElement, given: Given, say: Say<PublicKey | NearKey>) {
    this.#host = host;
    this.#given = given;
    this.#say = say;
    this.#picker = new PlacePicker(host, (q) => given.server().profiles.places.query({ q }), (town, place) => { this.#answer({ town, place }); });
    this.#work = new Work(() => given.server().booking.challenge.mutate());
    const root = host.renderRoot as ShadowRoot;
    if (SHEET.styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, SHEET.styleSheet];
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#backoff.settle();
  }

  /** Puts the keyboard at the heading, so that a reader hears what it is. */
  focus(): void {
    void this.#host.updateComplete.then(() => { this.#host.renderRoot.querySelector<HTMLElement>('.asking h2')?.focus(); });
  }

  render(): TemplateResult {
    const receipt = this.#phase === 'sent' ? this.#receipt : null;
    return html`<div class="asking" part="near" id="asking">${receipt ? this.#done(receipt) : this.#form()}</div>`;
  }

  #form(): TemplateResult {
    const say = this.#say;
    const { asker, place, town, optIn, kind } = this.#answers;
    const artists = this.#given.tour()?.artists ?? [];
    const fan = asker === 'fan';
    const busy = this.#phase === 'sending';
    return html`<form class="stack" novalidate @submit=${this.#submit} aria-busy=${busy ? 'true' : 'false'}>
      <div><h2 tabindex="-1">${say('nearWhere')}</h2><p class="small muted">${say('nearWhat')}</p></div>
      <fieldset><legend>${say('nearWho')}</legend><div class="askers">${(['fan', 'organiser'] as const).map((one) => html`
        <label><input type="radio" name="near-asker" value=${one} .checked=${one === asker} @change=${() => { this.#answer({ asker: one }); }}>${say(`near_${one}`)}</label>`)}</div></fieldset>
      <div class="fields">
        ${artists.length > 1 ? this.#question('artist', say('nearArtist'), html`<select id="near-artist" aria-invalid=${this.#invalid('artist')} aria-describedby="near-artist-fault" .value=${this.#answers.artist} @change=${this.#typed('artist')}>
          <option value=""></option>${artists.map(({ slug, name }) => html`<option value=${slug} ?selected=${slug === this.#answers.artist}>${name}</option>`)}</select>`, { id: 'near-artist' }) : nothing}
        ${this.#question('insee', say('nearTown'), this.#picker.control({ id: 'near-town', value: town, say, described: 'near-insee-fault near-dates' }), { id: 'near-town', wide: artists.length <= 1 })}
        <div class="wide" id="near-dates" role="status">${place ? this.#dates(place) : nothing}</div>
        ${fan ? html`<label class="check wide"><input type="checkbox" .checked=${optIn} @change=${(event: Event) => { this.#answer({ optIn: (event.target as HTMLInputElement).checked }); }}>${say('nearTell')}</label>${optIn ? this.#line('email', say('email'), { type: 'email', fill: 'email', wide: true }) : nothing}`
          : html`${this.#question('kind', say('nearKind'), html`<select id="near-kind" aria-invalid=${this.#invalid('kind')} aria-describedby="near-kind-fault" .value=${kind} @change=${this.#typed('kind')}><option value=""></option>${KINDS.map((one) => html`<option value=${one} ?selected=${one === kind}>${say(`nearKind_${one}`)}</option>`)}</select>`, { id: 'near-kind' })}
            ${this.#line('organisation', say('nearOrganisation'), { fill: 'organization', optional: kind === 'private' })}
            ${this.#line('name', say('nearName'), { fill: 'name' })}${this.#line('email', say('email'), { type: 'email', fill: 'email' })}
            ${this.#line('period', say('nearPeriod'), { example: say('nearPeriodHow'), optional: true, wide: true })}
            <div class="wide"><label for="near-message">${say('message')} <span class="small muted">(${say('optional')})</span></label><textarea id="near-message" rows="3" maxlength="2000" .value=${this.#answers.message} @input=${this.#typed('message')}></textarea></div>`}
      </div>
      <div class="sr" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off" aria-label="Website"></div>
      ${this.#failure ? problem(say)(this.#failure) : nothing}
      ${this.#phase === 'waiting' ? html`<p class="notice warn" role="status">${say('nearKept')}</p>` : nothing}
      <div class="row"><button type="submit" class="primary" part="button" ?disabled=${busy}>${say(busy ? 'nearSending' : 'nearSend')}</button><button type="button" part="button" @click=${this.#close}>${say('nearClose')}</button></div>
      <p class="small muted">${say(fan ? 'nearFanPrivacy' : 'nearPrivacy')}</p>
    </form>`;
  }

  /** How far the nearest date is; one that is near leads there first. */
  #dates(place: Place): TemplateResult {
    const say = this.#say;
    const { tour, site, show } = this.#given;
    const { shows = [], today = '' } = tour() ?? {};
    const artist = this.#artist();
    const nearest = nearestOf(shows.filter((one) => !artist || one.artist === artist), place, today);
    if (!nearest) return html`<p class="small muted">${say('nearNone')}</p>`;
    const { date, km } = nearest;
    const figures = { city: date.city, km, day: longDay(date.day, site().locale) };
    return km <= NEAR_KM
      ? html`<div class="notice good"><p><strong>${say('nearIs', figures)}</strong></p><p class="small muted">${say('nearKm')}</p><button type="button" part="button" @click=${() => { show(date.id); }}>${say('nearShow')}</button></div>`
      : html`<p class="small">${say('nearFar', figures)} <span class="muted">${say('nearKm')}</span></p>`;
  }

  #done({ artist, city, fans }: Receipt): TemplateResult {
    const say = this.#say;
    const { asker, email, optIn } = this.#answers;
    return html`<div class="notice good" role="status">${asker === 'fan'
      ? html`<h2 tabindex="-1">${say('nearCounted', { artist, city, n: fans })}</h2>${optIn ? html`<p>${say('nearConfirm', { email: email.trim() })}</p>` : nothing}`
      : html`<h2 tabindex="-1">${say('nearSent')}</h2><p>${say('nearSentHow', { artist, email: email.trim() })}</p>`}
      <div class="row"><button type="button" part="button" @click=${this.#close}>${say('nearClose')}</button><button type="button" class="plain" @click=${this.#again}>${say('nearAgain')}</button></div></div>`;
  }

  #question(name: Field, label: string, control: unknown, { id, wide = false, optional = false }: { id: string; wide?: boolean; optional?: boolean }): TemplateResult {
    const fault = this.#faults.get(name);
    return html`<div class=${wide ? 'wide' : ''}><label for=${id}>${label}${optional ? html` <span class="small muted">(${this.#say('optional')})</span>` : nothing}</label>${control}
      ${fault ? html`<p class="small fault" id="near-${name}-fault">${this.#say(fault)}</p>` : nothing}</div>`;
  }

  #line(name: 'email' | 'name' | 'organisation' | 'period', label: string, { type = 'text', fill = 'off', example, optional = false, wide = false }: { type?: string; fill?: string; example?: string; optional?: boolean; wide?: boolean }): TemplateResult {
    const id = `near-${name}`;
    return this.#question(name as Field, label, html`<input id=${id} type=${type} autocomplete=${fill} maxlength=${name === 'email' ? 200 : 120} placeholder=${example ?? nothing} aria-required=${optional ? 'false' : 'true'} aria-invalid=${this.#invalid(name as Field)}
      aria-describedby="${id}-fault" .value=${this.#answers[name]} @input=${this.#typed(name)}>`, { id, wide, optional });
  }

  #invalid = (name: Field): 'true' | 'false' => (this.#faults.has(name) ? 'true' : 'false');
  #typed = (name: keyof Answers) => (event: Event): void => { this.#answer({ [name]: (event.target as HTMLInputElement).value }); };
  #artist = (): string => { const artists = this.#given.tour()?.artists ?? []; return artists.length === 1 ? artists[0]?.slug ?? '' : this.#answers.artist; };

  #answer(some: Partial<Answers>): void {
    this.#answers = { ...this.#answers, ...some };
    this.#failure = null;
    // What is sent again has to be what was sent.
    if (this.#phase === 'waiting') this.#turn('writing');
    void this.#work.begin();
    if (this.#faults.size) this.#faults = new Map([...this.#wrong()].filter(([name]) => this.#faults.has(name)));
    this.#host.requestUpdate();
  }

  #turn(phase: Phase): void {
    if (phase !== 'waiting') this.#backoff.settle();
    // Other answers are another wish.
    if (this.#phase === 'waiting' && phase === 'writing') this.#key = newKey();
    this.#phase = phase;
    this.#host.requestUpdate();
  }

  #wrong(): ReadonlyMap<Field, NearKey> {
    const { asker, place, optIn, email, kind, organisation, name } = this.#answers;
    const faults = new Map<Field, NearKey>();
    if (!this.#artist()) faults.set('artist', 'needed');
    if (!place) faults.set('insee', 'nearPick');
    if ((asker === 'organiser' || optIn) && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim())) faults.set('email', 'needMail');
    if (asker === 'organiser') {
      if (!kind) faults.set('kind', 'needed');
      if (kind !== 'private' && !organisation.trim()) faults.set('organisation', 'needed');
      if (!name.trim()) faults.set('name', 'needed');
    }
    return faults;
  }

  #blame(faults: ReadonlyMap<Field, NearKey>): void {
    this.#faults = faults;
    this.#host.requestUpdate();
    if (faults.size) void this.#host.updateComplete.then(() => { this.#host.renderRoot.querySelector<HTMLElement>('.asking [aria-invalid=true], .asking .fault')?.focus(); });
    if (faults.has('insee')) void this.#host.updateComplete.then(() => { this.#host.renderRoot.querySelector<HTMLElement>('#near-town')?.focus(); });
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#blame(this.#wrong());
    if (!this.#faults.size) void this.#send();
  };

  async #send(): Promise<void> {
    const { asker, place, optIn, kind, email, name, organisation, period, message } = this.#answers;
    if (this.#phase === 'sending' || this.#phase === 'sent' || !place) return;
    const again = this.#phase === 'waiting';
    this.#failure = null;
    if (!again) this.#turn('sending');
    const website = this.#host.renderRoot.querySelector<HTMLInputElement>('.asking [name=website]')?.value ?? '';
    const own = asker === 'organiser' ? { email: email.trim(), kind: kind || null, name: name.trim(), organisation: organisation.trim(), period: period.trim(), message: message.trim() } : { email: optIn ? email.trim() : '', optIn };
    const artist = this.#artist();
    try {
      this.#receipt = await this.#work.send((proof) => this.#given.server().nearby.ask.mutate({ key: this.#key, artist, asker, insee: place.insee, ...own, locale: this.#given.site().locale, website, proof }));
      this.#turn('sent');
      this.focus();
      announce(this.#host, 'flow-near-asked', { artist, asker });
    } catch (error) {
      this.#failed(error, again);
    }
  }

  #failed(error: unknown, again: boolean): void {
    const reason = reasonOf(error);
    if (reason === 'unreachable' || (again && passing(reason))) {
      this.#turn('waiting');
      this.#backoff.wait();
      return;
    }
    this.#turn('writing');
    announce(this.#host, 'flow-error', { tag: this.#host.localName, code: reason });
    const field = FIELDS.find((one) => one === detailsOf(error)['field']);
    if (field) this.#blame(new Map([[field, field === 'insee' ? 'nearPick' : field === 'email' ? 'needMail' : 'needed']]));
    else this.#failure = error;
    this.#host.requestUpdate();
  }

  readonly #again = (): void => {
    this.#key = newKey();
    this.#work.renew();
    this.#answers = { ...this.#answers, town: '', place: null, message: '' };
    this.#turn('writing');
    this.focus();
  };

  readonly #close = (): void => {
    if (this.#phase === 'sent') this.#again();
    this.#given.closed();
  };
}

/** A form for a map, in the language of its page. */
export const openNear = async (host: LitElement, given: Given): Promise<Near> => new Near(host, given, await nearSpeech(given.site().locale));
