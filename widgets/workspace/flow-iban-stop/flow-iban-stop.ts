import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { instant } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, outcome } from '../../parts/desk.ts';

/** What the mail about a change of account opens: it says what would change, and stops it at a press, signed in or not. */
export class FlowIbanStop extends LitElement {
  static override styles = [...desk];

  /** Of the mail. */
  @property() token = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#change.run());
  readonly #change = new Task(this, {
    args: () => [this.#server(), this.token] as const, task: ([api, token]) => api.payouts.readStop.query({ token }), onComplete: this.#presence.arrived, onError: this.#presence.failed,
  });

  override render() {
    const { site } = this;
    const { sayOwn: say, locale, timeZone } = site;
    const { value } = this.#change;
    if (!value) return this.#presence.stand(html`<div class="stack"><h1>${say('stopTitle')}</h1>${this.#change.render({ ...this.#presence.states(120, 120), complete: () => nothing })}</div>`);
    const { organisation: org, before, masked: after, useAt, state } = value;
    return this.#presence.stand(html`<div class="stack"><h1>${say('stopTitle')}</h1>
      ${state === 'pending' ? html`<p class="lead">${say('stopAsk', { org, before, after, at: instant(useAt, locale, timeZone) })}</p><p>${say('stopMeans', { before })}</p>
        ${outcome(this.#acts, site, 'stop')}<p>${button(this.#acts, site, { act: 'stop', label: say('accountStop'), kind: 'danger', press: this.#stop })}</p>` : nothing}
      <div role="status">${state === 'stopped' ? html`<p class="notice good"><span>${say('stopDone', { before })}</span></p>` : state === 'used' ? html`<p class="notice bad"><span>${say('stopLate', { after })}</span></p>` : nothing}</div></div>`);
  }

  readonly #stop = (): void => {
    void this.#acts.run('stop', async () => {
      await this.#server().payouts.stop.mutate({ token: this.token });
      await this.#change.run();
    });
  };

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-iban-stop': FlowIbanStop }
}
