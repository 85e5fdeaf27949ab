import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { minorOf, typedOf } from '../../core/amount.ts';
import { day } from '../../core/format.ts';
import { LOCALES, localeOf } from '../../core/messages.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success, word } from '../../parts/desk.ts';
import { TypeAhead } from '../../parts/type-ahead.ts';
import { termsOf, type Terms, type TermsDesk } from './terms.ts';

type Out = inferRouterOutputs<AppRouter>;
type Organisation = Out['identity']['organisation'];
type Mandate = Out['identity']['representations'][number];
type Venue = Out['profiles']['venue'];
type Values = Readonly<Record<string, string>>;

const fields = ['name', 'legalName', 'legalForm', 'siret', 'registration', 'vatNumber', 'address', 'postcode', 'city', 'representative', 'capacity', 'licence', 'licenceUntil', 'iban', 'phone'] as const;
const stages: readonly string[] = ['venue', 'festival', 'camping', 'municipality', 'association', 'company'];
const fills: Readonly<Record<string, string>> = { name: 'organization', address: 'street-address', postcode: 'postal-code', city: 'address-level2', representative: 'name', capacity: 'organization-title', phone: 'tel' };

/** Who the organisation is in law, who acts for it, and, for a place, what it offers to artists. */
export class FlowOrganisation extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 640px }
    section { display: grid; gap: 16px; border-top: 1px solid var(--line); padding-top: 20px }
    .lines .terms { flex-basis: 100% } .lines fieldset { border: 0; padding: 0; margin: 0 }
    .lines li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 16px; padding: 12px 0; border-top: 1px solid var(--line) }`];

  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private ending = '';
  @state() private writing: TermsDesk['writing'] = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#all.run());
  readonly #places = new TypeAhead<string>(this, 'places', async (q) =>
    (await this.#server().profiles.places.query({ q })).map((place) => ({ words: `${place.name} (${place.postcode})`, thing: place.insee })));
  readonly #all = new Task(this, {
    args: () => [this.#server()] as const,
    task: async ([api]) => {
      const organisation = await api.identity.organisation.query();
      const [mandates, venue] = await Promise.all([
        ['artist', 'booker'].includes(organisation.kind) ? api.identity.representations.query() : [],
        stages.includes(organisation.kind) ? api.profiles.venue.query() : null,
      ]);
      // What is not live any more pays nobody.
      const terms = mandates.some(({ until }) => !until || until > new Date().toISOString()) ? await api.bookers.terms.query() : [];
      return { organisation, mandates, terms, venue };
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const { value } = this.#all;
    return this.#presence.stand(html`<div class="stack"><h1>${say('page_organisation')}</h1>
      ${value ? html`${this.#party(value.organisation)}${value.venue ? this.#venue(value.venue) : nothing}${['artist', 'booker'].includes(value.organisation.kind) ? this.#mandates(value.organisation, value.mandates, value.terms) : nothing}`
        : this.#all.render({ ...this.#presence.states(40, 400), complete: () => nothing })}</div>`);
  }

  #party(organisation: Organisation) {
    const { site } = this;
    const { sayOwn: say } = site;
    const artist = organisation.kind === 'artist';
    const elsewhere = organisation.country === 'FR' ? 'registration' : 'siret';
    const seller = artist || organisation.kind === 'booker';
    const shown = fields.filter((name) => name !== elsewhere && (seller || (!name.startsWith('licence') && name !== 'iban')));
    // An account that is known is changed with a code, under Payouts.
    const kept = (name: string) => name === 'iban' && organisation.iban !== '';
    return html`<section aria-labelledby="legal"><h2 id="legal">${say('legalTitle')}</h2>
      <p class="muted">${say('legalHow', { kind: say(`kind_${organisation.kind}` as 'kind_artist'), email: organisation.email })}</p>
      ${organisation.missing.length > 0 ? html`<p class="notice warn"><span>${say('legalMissing')} ${organisation.missing.map((name) => word(say, `field_${name}`) || name).join(', ')}.</span></p>` : html`<p class="notice good"><span>${say('legalComplete')}</span></p>`}
      <form @submit=${onSubmit((values) => { this.#do('party', (api) => api.identity.updateOrganisation.mutate({ ...values, locale: localeOf(values['locale'] ?? ''), licenceUntil: values['licenceUntil'] || null, ...(seller && { vatFranchise: values['vatFranchise'] === 'on' }), ...(artist && { vatOnDebits: values['vatOnDebits'] === 'on' }) })); })}>
        <div class="fields">${shown.map((name) => field({ label: say(`field_${name}`), wide: name === 'name' || name === 'address', hint: name === 'siret' ? say('siretHow') : name === 'registration' ? say('registrationHow') : name === 'licence' ? say('licenceHow') : name === 'iban' ? say(kept(name) ? 'iban_kept' : 'ibanHow') : undefined }, html`
          <input name=${name} type=${name === 'licenceUntil' ? 'date' : name === 'phone' ? 'tel' : 'text'} autocomplete=${fills[name] ?? 'off'} .value=${organisation[name] ?? ''} ?required=${name === 'name'} ?readonly=${kept(name)}
            inputmode=${name === 'siret' ? 'numeric' : nothing} pattern=${name === 'siret' ? '\\d{14}' : nothing} maxlength=${name === 'siret' ? 14 : 160}>`))}
          ${seller ? html`<label class="check wide"><input type="checkbox" name="vatFranchise" ?checked=${organisation.vatFranchise}><span>${say('field_vatFranchise')} <span class="small muted">${say('vatFranchiseHow')}</span></span></label>` : nothing}
          ${artist && organisation.country === 'FR' ? html`<label class="check wide"><input type="checkbox" name="vatOnDebits" ?checked=${organisation.vatOnDebits}><span>${say('field_vatOnDebits')} <span class="small muted">${say('vatOnDebitsHow')}</span></span></label>` : nothing}
          ${field({ label: say('mailLanguage') }, html`<select name="locale">${LOCALES.map((one) => html`<option value=${one} ?selected=${one === organisation.locale}>${say(`lang_${one}`)}</option>`)}</select>`)}</div>
        ${outcome(this.#acts, site, 'party')}${success(this.#acts, 'party', say('saved'))}
        <div>${button(this.#acts, site, { act: 'party', label: say('save'), kind: 'primary' })}</div></form></section>`;
  }

  #venue(venue: Venue) {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const amount = (minor: number) => (minor > 0 ? typedOf(minor, locale) : '');
    return html`<section aria-labelledby="venue"><h2 id="venue">${say('venueTitle')}</h2><p class="muted">${say('venueHow')}</p>
      <form @submit=${onSubmit((values) => { this.#saveVenue(venue, values); })}>
        <div class="fields">
          ${field({ label: say('venueName') }, html`<input name="name" required minlength="2" maxlength="160" .value=${venue.name}>`)}
          ${field({ label: say('capacityOf') }, html`<input name="capacity" type="number" min="0" max="200000" .value=${String(venue.capacity)}>`)}
          ${field({ label: say('field_address') }, html`<input name="address" autocomplete="street-address" maxlength="200" .value=${venue.address}>`)}
          ${field({ label: say('city'), hint: say('cityHow') }, html`<input name="place" list="places" autocomplete="off" .value=${venue.city} @input=${(event: InputEvent) => { this.#places.ask((event.currentTarget as HTMLInputElement).value); }}>${this.#places.list()}`)}
          ${field({ label: say('genres'), hint: say('genresHow'), wide: true }, html`<input name="genres" autocomplete="off" .value=${venue.genres.join(', ')}>`)}
          ${field({ label: say('budgetFrom') }, html`<input name="min" inputmode="decimal" autocomplete="off" .value=${amount(venue.budget.min.minor)}>`)}
          ${field({ label: say('budgetTo') }, html`<input name="max" inputmode="decimal" autocomplete="off" .value=${amount(venue.budget.max.minor)}>`)}
          ${field({ label: say('venueTechnical'), wide: true }, html`<textarea name="technical" maxlength="4000" .value=${venue.technical}></textarea>`)}
        </div>
        ${outcome(this.#acts, site, 'venue')}${success(this.#acts, 'venue', say('saved'))}
        <div>${button(this.#acts, site, { act: 'venue', label: say('save'), kind: 'primary' })}</div></form></section>`;
  }

  #saveVenue(venue: Venue, values: Values): void {
    const insee = values['place'] && values['place'] !== venue.city ? this.#places.named(values['place']) : undefined;
    const money = (text: string | undefined) => ({ minor: minorOf(text ?? '') ?? 0, currency: venue.budget.min.currency });
    const [min, max] = [money(values['min']), money(values['max'])];
    this.#do('venue', async (api) => {
      // A town that the list does not know is said, not dropped.
      if (values['place'] && values['place'] !== venue.city && insee === undefined) throw Object.assign(new Error('input_invalid'), { data: { reason: 'input_invalid', details: { field: 'insee' } } });
      await api.profiles.updateVenue.mutate({
        name: values['name'] ?? '', capacity: Number(values['capacity'] ?? 0), address: values['address'] ?? '', technical: values['technical'] ?? '',
        genres: (values['genres'] ?? '').split(',').map((one) => one.trim()).filter(Boolean), budget: { min, max: max.minor > 0 ? max : min }, ...(insee !== undefined && { insee }),
      });
    });
  }

  #mandates(organisation: Organisation, mandates: readonly Mandate[], terms: readonly Terms[]) {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    const artist = organisation.kind === 'artist';
    const now = new Date().toISOString();
    return html`<section aria-labelledby="mandates"><h2 id="mandates">${say('mandatesTitle')}</h2><p class="muted">${say(artist ? 'mandatesHowArtist' : 'mandatesHowBooker')}</p>
      ${mandates.length === 0 ? nothing : html`<ul class="lines">${mandates.map((mandate) => html`<li>
        <span><strong>${artist ? mandate.booker : mandate.artist}</strong> <span class="small muted">${mandate.until && mandate.until <= now ? say('mandateEnded', { day: day(mandate.until, locale) }) : say('mandateSince', { day: day(mandate.since, locale) })}</span></span>
        ${mandate.until && mandate.until <= now ? nothing : this.ending === mandate.id ? html`<span class="row"><span>${say('mandateEndMeans')}</span>${button(this.#acts, site, { act: `end:${mandate.id}`, label: say('mandateEndDo'), kind: 'danger', press: () => { this.#do(`end:${mandate.id}`, (api) => api.identity.endRepresentation.mutate({ id: mandate.id })); } })}
          <button type="button" class="plain" @click=${() => { this.ending = ''; }}>${say('cancel')}</button></span>` : html`<button type="button" class="plain" @click=${() => { this.ending = mandate.id; }}>${say('mandateEnd')}</button>`}
        ${outcome(this.#acts, site, `end:${mandate.id}`)}${terms.filter(({ representationId }) => representationId === mandate.id).map((one) => termsOf(one, this.#terms()))}</li>`)}</ul>`}
      ${artist ? html`<form @submit=${onSubmit(({ bookerEmail = '' }) => { this.#do('mandate', (api) => api.identity.represent.mutate({ bookerEmail })); })}>
        ${field({ label: say('bookerEmail'), hint: say('bookerEmailHow') }, html`<input name="bookerEmail" type="email" required autocomplete="off">`)}
        ${outcome(this.#acts, site, 'mandate')}${success(this.#acts, 'mandate', say('mandateDone'))}
        <div>${button(this.#acts, site, { act: 'mandate', label: say('mandateDo') })}</div></form>` : nothing}</section>`;
  }

  readonly #terms = (): TermsDesk => ({
    site: this.site, acts: this.#acts, writing: this.writing, write: (writing) => { this.writing = writing; },
    propose: (act, asked) => { this.#do(act, async (api) => { await api.bookers.propose.mutate(asked); this.writing = null; }); },
    answer: (act, id, answer) => { this.#do(act, (api) => api.bookers.answer.mutate({ id, answer })); },
  });

  #do(act: string, work: (api: TRPCClient<AppRouter>) => Promise<unknown>): void {
    void this.#acts.run(act, () => work(this.#server())).then(async (done) => { if (done) { this.ending = ''; await this.#all.run(); } });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-organisation': FlowOrganisation }
}
