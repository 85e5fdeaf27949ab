import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html, nothing } from 'lit';
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
 * Signing up: a person, then the organisation they act for. Somebody who is signed in already founds the organisation alone.
 * Rendered without a shadow root, so that password managers find the fields.
 *
 * @fires flow-signed-up - The organisation is there. `detail: { organisation: string }`. Cancelled, the reader stays.
 */
export class FlowSignUp extends LitElement {
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private person: { email: string } | null = null;

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
    document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, ...desk.flatMap(({ styleSheet }) => styleSheet ?? [])])];
  }

  override render() {
    return this.#presence.stand(this.#me.render({ ...this.#presence.states(40, 480), complete: ({ user }) => this.#form(this.person ?? user) }));
  }

  #form(user: { email: string } | null) {
    const { site } = this;
    const { sayOwn: say } = site;
    return html`<div class="stack">
      <h1>${say(user ? 'foundTitle' : 'signUpTitle')}</h1>
      <form @submit=${onSubmit((values) => { void this.#acts.run('up', () => this.#up(values, user !== null)); })}>
        ${user ? html`<p class="muted">${say('signedInAs', { email: user.email })}</p>` : html`<div class="fields">
          ${field({ label: say('yourName') }, html`<input name="name" autocomplete="name" required maxlength="120">`)}
          ${field({ label: say('email') }, html`<input type="email" name="email" autocomplete="username" required maxlength="254">`)}
          ${field({ label: say('password'), hint: say('passwordHow'), wide: true }, html`<input type="password" name="password" autocomplete="new-password" required minlength="10" maxlength="1000">`)}
        </div>`}
        <fieldset><legend>${say('kindOf')}</legend>
          <div class="fields kinds">${kinds.map((kind) => html`<label class="check"><input type="radio" name="kind" value=${kind} required><span>${say(`kind_${kind}`)}<br><small>${say(`kind_${kind}_how`)}</small></span></label>`)}</div></fieldset>
        ${field({ label: say('organisationName'), hint: say('organisationNameHow') }, html`<input name="organisation" autocomplete="organization" required minlength="2" maxlength="160">`)}
        ${outcome(this.#acts, site, 'up')}
        <div class="row">${button(this.#acts, site, { act: 'up', label: say(user ? 'foundDo' : 'signUpDo'), kind: 'primary' })}</div>
      </form>
      ${user ? nothing : html`<p>${say('haveAccount')} <a href="/sign-in">${say('signIn')}</a></p>`}
    </div>`;
  }

  async #up(values: Readonly<Record<string, string>>, signedIn: boolean): Promise<void> {
    const { name = '', email = '', password = '', kind, organisation = '' } = values;
    const { locale } = this.site;
    if (!signedIn) {
      await send('/auth/sign-up/email', { name, email, password, locale });
      // From here on the person is signed in: should the next step fail, only that one is left to do.
      this.person = { email };
    }
    const { id } = await this.#server().identity.openOrganisation.mutate({ kind: kind as Kind, name: organisation, locale });
    remembered.write(NAMES.organisation, id);
    if (this.dispatchEvent(new CustomEvent('flow-signed-up', { bubbles: true, composed: true, cancelable: true, detail: { organisation: id } }))) location.assign(kind === 'artist' ? '/press-kit' : kind === 'booker' ? '/' : '/sites');
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-sign-up': FlowSignUp }
}
