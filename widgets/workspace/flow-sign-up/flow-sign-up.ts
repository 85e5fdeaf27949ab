import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { NAMES, remembered, send } from '../../core/own.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome } from '../../parts/desk.ts';

const kinds = ['artist', 'booker', 'venue', 'festival', 'camping', 'municipality', 'association', 'company'] as const;
type Kind = (typeof kinds)[number];

/**
 * Signing up: a person, who then confirms their address by the mail that comes, and then the organisation they act for. What is said of
 * an address is the same whether it has an account or not.
 * Rendered without a shadow root, so that password managers find the fields.
 *
 * @fires flow-signed-up - The organisation is there. `detail: { organisation: string }`. Cancelled, the reader stays.
 */
export class FlowSignUp extends LitElement {
  /** The code that the reader came with. It waits until their address is confirmed. */
  @property() referral = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** The address that a mail was sent to. */
  @state() private written = '';

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#me.run());
  readonly #me = new Task(this, {
    args: () => [this.#server()] as const,
    task: ([api]) => api.identity.me.query(),
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.referral) remembered.write(NAMES.referral, this.referral);
    document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, ...desk.flatMap(({ styleSheet }) => styleSheet ?? [])])];
  }

  override render() {
    return this.#presence.stand(this.#me.render({ ...this.#presence.states(40, 480), complete: ({ user }) => (user ? this.#found(user) : this.written ? this.#sent() : this.#join()) }));
  }

  #join() {
    const { site } = this;
    const { sayOwn: say } = site;
    return html`<div class="stack">
      <h1>${say('signUpTitle')}</h1>
      <form @submit=${onSubmit((values) => { void this.#acts.run('up', () => this.#up(values)); })}>
        <div class="fields">
          ${field({ label: say('yourName') }, html`<input name="name" autocomplete="name" required maxlength="120">`)}
          ${field({ label: say('email') }, html`<input type="email" name="email" autocomplete="username" required maxlength="254">`)}
          ${field({ label: say('password'), hint: say('passwordHow'), wide: true }, html`<input type="password" name="password" autocomplete="new-password" required minlength="10" maxlength="1000">`)}
        </div>
        ${outcome(this.#acts, site, 'up')}
        <div class="row">${button(this.#acts, site, { act: 'up', label: say('signUpDo'), kind: 'primary' })}</div>
      </form>
      <p>${say('haveAccount')} <a href="/sign-in">${say('signIn')}</a></p>
    </div>`;
  }

  #sent() {
    const { sayOwn: say } = this.site;
    return html`<div class="stack">
      <h1 tabindex="-1">${say('signUpSentTitle')}</h1>
      <p role="status">${say('signUpSent', { email: this.written })}</p>
      <p class="muted">${say('signUpNoMail')} <button type="button" class="plain" @click=${() => { this.written = ''; this.#acts.clear(); }}>${say('signUpAgain')}</button></p>
    </div>`;
  }

  #found(user: { email: string }) {
    const { site } = this;
    const { sayOwn: say } = site;
    return html`<div class="stack">
      <h1>${say('foundTitle')}</h1>
      <form @submit=${onSubmit((values) => { void this.#acts.run('found', () => this.#open(values)); })}>
        <p class="muted">${say('signedInAs', { email: user.email })}</p>
        <fieldset><legend>${say('kindOf')}</legend>
          <div class="fields kinds">${kinds.map((kind) => html`<label class="check"><input type="radio" name="kind" value=${kind} required><span>${say(`kind_${kind}`)}<br><small>${say(`kind_${kind}_how`)}</small></span></label>`)}</div></fieldset>
        ${field({ label: say('organisationName'), hint: say('organisationNameHow') }, html`<input name="organisation" autocomplete="organization" required minlength="2" maxlength="160">`)}
        ${field({ label: say('signUpReferral'), hint: say('signUpReferralHow'), optional: say('optional') }, html`<input name="referral" autocomplete="off" maxlength="40" pattern="[0-9A-Za-z]*" .value=${this.referral || remembered.read(NAMES.referral)}>`)}
        ${outcome(this.#acts, site, 'found')}
        <div class="row">${button(this.#acts, site, { act: 'found', label: say('foundDo'), kind: 'primary' })}</div>
      </form>
    </div>`;
  }

  async #up({ name = '', email = '', password = '' }: Readonly<Record<string, string>>): Promise<void> {
    await send('/auth/sign-up/email', { name, email, password, locale: this.site.locale });
    this.written = email;
    await this.updateComplete;
    this.querySelector('h1')?.focus();
  }

  async #open({ kind, organisation = '', referral = '' }: Readonly<Record<string, string>>): Promise<void> {
    const { locale } = this.site;
    const { id } = await this.#server().identity.openOrganisation.mutate({ kind: kind as Kind, name: organisation, locale, referral });
    remembered.write(NAMES.referral, '');
    remembered.write(NAMES.organisation, id);
    if (this.dispatchEvent(new CustomEvent('flow-signed-up', { bubbles: true, composed: true, cancelable: true, detail: { organisation: id } }))) location.assign(kind === 'artist' ? '/press-kit' : kind === 'booker' ? '/' : '/sites');
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-sign-up': FlowSignUp }
}
