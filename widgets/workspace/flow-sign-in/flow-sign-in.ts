import { consume } from '@lit/context';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { send } from '../../core/own.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome, success } from '../../parts/desk.ts';

/** What a link of a mail asks for: to sign in, to confirm an address, to choose a new password. `choose` follows `verify`, for a first one. */
type Asked = (typeof asks)[number] | 'choose';
const asks = ['magic', 'verify', 'reset'] as const;

/**
 * Signing in: by password, or by a link sent by mail. Opening such a link shows a button, and the button acts.
 * Rendered without a shadow root, so that password managers find the fields.
 *
 * @fires flow-signed-in - Somebody is signed in. `detail: { next: string }`. Cancelled, they stay on the page.
 */
export class FlowSignIn extends LitElement {
  /** Where to go then: a path of our own. */
  @property() next = '/';
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private asked: { act: Asked; token: string } | null = null;
  @state() private forgotten = false;
  @state() private email = '';

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => undefined);

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, ...desk.flatMap(({ styleSheet }) => styleSheet ?? [])])];
    this.#takeToken();
  }

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<div class="stack">
      <h1>${say(this.asked ? `asked_${this.asked.act}` : this.forgotten ? 'forgottenTitle' : 'signInTitle')}</h1>
      ${this.asked ? this.#answer(this.asked) : this.forgotten ? this.#forgot() : this.#signIn()}
    </div>`);
  }

  #signIn() {
    const { site } = this;
    const { sayOwn: say } = site;
    return html`
      <form @submit=${onSubmit(({ email, password }) => this.#acts.run('in', () => this.#in('/auth/sign-in/email', { email, password })))}>
        ${this.#mailField()}
        ${field({ label: say('password') }, html`<input type="password" name="password" autocomplete="current-password" required maxlength="1000">`)}
        ${outcome(this.#acts, site, 'in')}
        <div class="row between">${button(this.#acts, site, { act: 'in', label: say('signIn'), kind: 'primary' })}
          <button type="button" class="plain" @click=${() => { this.forgotten = true; this.#acts.clear(); }}>${say('forgotten')}</button></div>
      </form>
      <form @submit=${onSubmit(() => { void this.#mail('magic', '/auth/sign-in/magic-link'); })}>
        <h2>${say('magicTitle')}</h2>
        <p class="muted">${say('magicHow')}</p>
        ${outcome(this.#acts, site, 'magic')}${success(this.#acts, 'magic', say('magicSent', { email: this.email }))}
        <div>${button(this.#acts, site, { act: 'magic', label: say('magicSend') })}</div>
      </form>
      <p>${say('noAccount')} <a href="/sign-up">${say('signUpLink')}</a></p>`;
  }

  #forgot() {
    const { site } = this;
    const { sayOwn: say } = site;
    return html`<form @submit=${onSubmit(() => { void this.#mail('reset', '/auth/request-password-reset'); })}>
        <p>${say('forgottenHow')}</p>
        ${this.#mailField()}
        ${outcome(this.#acts, site, 'reset')}${success(this.#acts, 'reset', say('resetSent', { email: this.email }))}
        <div class="row between">${button(this.#acts, site, { act: 'reset', label: say('resetSend'), kind: 'primary' })}
          <button type="button" class="plain" @click=${() => { this.forgotten = false; this.#acts.clear(); }}>${say('backToSignIn')}</button></div>
      </form>`;
  }

  #answer({ act, token }: { act: Asked; token: string }) {
    const { site } = this;
    const { sayOwn: say } = site;
    if (act === 'reset') {
      return html`<form @submit=${onSubmit(({ password }) => this.#acts.run('answer', () => send('/auth/reset-password', { token, newPassword: password })))}>
        ${this.#acts.done === 'answer' ? nothing : html`
          ${field({ label: say('newPassword'), hint: say('passwordHow') }, html`<input type="password" name="password" autocomplete="new-password" required minlength="10" maxlength="1000">`)}
          ${outcome(this.#acts, site, 'answer')}
          <div>${button(this.#acts, site, { act: 'answer', label: say('resetDo'), kind: 'primary' })}</div>`}
        ${success(this.#acts, 'answer', html`${say('resetDone')} <a href="/sign-in">${say('signIn')}</a>`)}
      </form>`;
    }
    if (act === 'choose') {
      return html`<form @submit=${onSubmit(({ password }) => { void this.#acts.run('choose', () => this.#in('/auth/set-password', { newPassword: password })); })}>
        <p role="status">${say('asked_choose_how')}</p>
        ${field({ label: say('newPassword'), hint: say('passwordHow') }, html`<input type="password" name="password" autocomplete="new-password" required minlength="10" maxlength="1000">`)}
        ${outcome(this.#acts, site, 'choose')}
        <div class="row">${button(this.#acts, site, { act: 'choose', label: say('resetDo'), kind: 'primary' })}</div>
        <p class="muted">${say('asked_choose_later')}</p>
      </form>`;
    }
    const path = act === 'magic' ? '/auth/magic-link/verify' : '/auth/verify-email';
    return html`<form @submit=${onSubmit(() => { void this.#acts.run('answer', () => this.#in(path, { token })); })}>
      ${this.#acts.done === 'answer' ? nothing : html`<p>${say(`asked_${act}_how`)}</p>
        ${outcome(this.#acts, site, 'answer')}
        <div>${button(this.#acts, site, { act: 'answer', label: say(`asked_${act}_do`), kind: 'primary' })}</div>`}
      ${success(this.#acts, 'answer', act === 'magic' ? say('signedIn') : say('verifyDone'))}
      ${this.#acts.errorOf('answer') ? html`<p><a href="/sign-in">${say('backToSignIn')}</a></p>` : nothing}
    </form>`;
  }

  #mailField() {
    const { sayOwn: say } = this.site;
    return field({ label: say('email') }, html`<input type="email" name="email" autocomplete="username" required maxlength="254" .value=${this.email}
      @input=${(event: InputEvent) => { this.email = (event.currentTarget as HTMLInputElement).value.trim(); }}>`);
  }

  async #mail(act: string, path: string): Promise<void> {
    const input = this.querySelector<HTMLInputElement>('input[type=email]');
    if (!input?.reportValidity()) return;
    await this.#acts.run(act, () => send(path, { email: this.email }));
  }

  async #in(path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    const { lacks } = await send<{ lacks?: 'password' }>(path, body);
    if (lacks) {
      this.asked = { act: 'choose', token: '' };
      await this.updateComplete;
      this.querySelector('input')?.focus();
      return;
    }
    // Only a path of our own: an address from elsewhere would make a trap of our own sign-in.
    const next = /^\/(?![/\\])/.test(this.next) ? this.next : '/';
    if (this.dispatchEvent(new CustomEvent('flow-signed-in', { bubbles: true, composed: true, cancelable: true, detail: { next } }))) location.assign(next);
  }

  /** Takes the token of a mail out of the address at once, so that neither history nor a screenshot keeps it. */
  #takeToken(): void {
    const fragment = new URLSearchParams(location.hash.slice(1));
    const act = asks.find((one) => fragment.has(one));
    if (!act) return;
    this.asked = { act, token: fragment.get(act) ?? '' };
    history.replaceState(null, '', location.pathname + location.search);
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-sign-in': FlowSignIn }
}
