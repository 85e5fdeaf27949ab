import { consume } from '@lit/context';
import { LitElement, css, html } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { actAs, type Api } from '../../core/api.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, field, onSubmit, outcome } from '../../parts/desk.ts';

/**
 * The door of a booking's file inside a partner's page: a code is sent to the buyer, and opens the file for thirty minutes. There are
 * no cookies here, and nothing is stored: closing the page closes the file.
 *
 * @slot - The file, once it is open.
 * @fires flow-file-opened - `detail: { bookingId: string }`.
 */
export class FlowFrame extends LitElement {
  static override styles = [...desk, css`
    :host { min-height: 240px }
    .door { display: grid; gap: 16px; max-width: 480px; padding: 8px 0 }
    input { font-size: 26px; letter-spacing: .2em; max-width: 240px }`];

  /** The word of the mail that names the booking. */
  @property() reference = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private sentTo = '';
  @state() private open = false;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => undefined);

  override firstUpdated(): void {
    this.#presence.arrived();
  }

  override render() {
    return this.#presence.stand(this.open ? html`<slot></slot>` : this.#door());
  }

  #door() {
    const { site } = this;
    const { sayOwn: say } = site;
    if (!this.sentTo) {
      return html`<div class="door"><h2>${say('frameTitle')}</h2><p>${say('frameHow')}</p>
        ${outcome(this.#acts, site, 'ask')}
        <div>${button(this.#acts, site, { act: 'ask', label: say('codeAsk'), kind: 'primary', press: () => { void this.#ask(); } })}</div></div>`;
    }
    return html`<form class="door" @submit=${onSubmit(({ code = '' }) => { void this.#open(code.replaceAll(/\s/g, '')); })}>
      <h2>${say('frameCode')}</h2><p role="status">${say('codeSent', { to: this.sentTo })}</p>
      ${field({ label: say('code'), hint: say('codeHow') }, html`<input name="code" inputmode="numeric" autocomplete="one-time-code" required pattern="\\s*(\\d\\s*){6}" maxlength="12">`)}
      ${outcome(this.#acts, site, 'open')}${outcome(this.#acts, site, 'ask')}
      <div class="row">${button(this.#acts, site, { act: 'open', label: say('frameOpen'), kind: 'primary' })}
        ${button(this.#acts, site, { act: 'ask', label: say('codeAgain'), kind: 'plain', press: () => { void this.#ask(); } })}</div></form>`;
  }

  async #ask(): Promise<void> {
    await this.#acts.run('ask', async () => { this.sentTo = (await this.#server().identity.requestFrameCode.mutate({ reference: this.reference })).sentTo; });
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  }

  async #open(code: string): Promise<void> {
    await this.#acts.run('open', async () => {
      const { token, bookingId } = await this.#server().identity.openFrame.mutate({ reference: this.reference, code });
      actAs({ link: token, org: '' });
      this.open = true;
      this.dispatchEvent(new CustomEvent('flow-file-opened', { bubbles: true, composed: true, detail: { bookingId } }));
    });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-frame': FlowFrame }
}
