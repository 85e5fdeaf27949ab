import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { day } from '../../core/format.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, outcome } from '../../parts/desk.ts';
import { ofTown } from '../../parts/towns.ts';

type Left = inferRouterOutputs<AppRouter>['nearby']['left'];

/** What our mails about a wish to hear an artist near open: it says what is kept, lets a fan say yes, and erases at a press, signed in or not. */
export class FlowWish extends LitElement {
  static override styles = [...desk];

  /** Of the mail. */
  @property() token = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  /** What an act left. */
  @state() private changed: Left | null = null;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#left.run());
  readonly #left = new Task(this, {
    args: () => [this.#server(), this.token] as const, task: ([api, token]) => api.nearby.left.mutate({ token }), onComplete: this.#presence.arrived, onError: this.#presence.failed,
  });

  override render() {
    const { sayOwn: say } = this.site;
    const left = this.changed ?? this.#left.value;
    return this.#presence.stand(html`<div class="stack"><h1>${say('wishTitle')}</h1>
      ${left ? this.#whole(left) : this.#left.render({ ...this.#presence.states(120, 120), complete: () => nothing })}</div>`);
  }

  #whole({ asker, artist, city, email, message, state: standing, until }: Left) {
    const { site } = this;
    const { sayOwn: say, locale } = site;
    if (standing === 'erased') return html`<div role="status"><p class="notice good"><span>${say('wishErased')}</span></p></div>`;
    return html`
      <p class="lead">${say(`wishLeft_${asker}`, { artist, city: asker === 'fan' ? ofTown(city, locale) : city })}</p>
      ${message ? html`<blockquote class="words notice">${message}</blockquote>` : nothing}
      ${standing === 'unconfirmed' ? html`<p>${say('wishYes')}</p>${outcome(this.#acts, site, 'confirm')}<p>${button(this.#acts, site, { act: 'confirm', label: say('wishYesGo'), kind: 'primary', press: () => { this.#do('confirm'); } })}</p>` : nothing}
      <div role="status">${this.#acts.done === 'confirm' ? html`<p class="notice good"><span>${say('wishYesDone')}</span></p>` : nothing}</div>
      <section class="stack"><p>${say('wishKeeps', { email, day: day(until, locale) })}</p><p class="small muted">${say(`wishEraseHow_${asker}`)}</p>
        ${outcome(this.#acts, site, 'erase')}<p>${button(this.#acts, site, { act: 'erase', label: say('wishErase'), kind: 'danger', press: () => { this.#do('erase'); } })}</p></section>`;
  }

  #do(act: 'confirm' | 'erase'): void {
    void this.#acts.run(act, async () => { this.changed = await this.#server().nearby[act].mutate({ token: this.token }); });
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-wish': FlowWish }
}
