import { consume } from '@lit/context';
import { Task } from '@lit/task';
import { LitElement, css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, onSubmit, outcome, word } from '../../parts/desk.ts';
import { CARD_ENTRIES } from '../../parts/card/card-entries.ts';
import type { CardEntry, Confirmed } from '../../parts/card/card-entry.ts';

/** How often it is looked whether our server knows the card, and how long it is waited each time. */
const [LOOKS, LOOK_MS] = [8, 700];

/**
 * Saves the card that a plan is charged to, in the provider's own fields, on a page of our own origin.
 *
 * @fires flow-card-saved - The provider has the card.
 */
export class FlowPlanCard extends LitElement {
  static override styles = [...desk, css`:host { min-height: 320px } .box { display: grid; gap: 20px; max-width: 520px } .field small { color: inherit } [aria-invalid=true] + small { color: var(--bad) }`];

  /** Card entries by provider. Tests and stories put a fake here. */
  @property({ attribute: false }) entries: typeof CARD_ENTRIES = CARD_ENTRIES;
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private result: Confirmed | null = null;
  @state() private standsBy: 'ready' | 'loading' | 'away' = 'loading';

  readonly #acts = new Acts(this);
  #entry: CardEntry | null = null;
  readonly #presence: Presence = new Presence(this, () => this.#begun.run());
  readonly #begun = new Task(this, {
    args: () => [this.#server()] as const,
    task: async ([api]) => {
      const begun = await api.plans.card.mutate();
      this.#entry = await this.entries[begun.provider]?.({ ...begun, act: 'save', ways: ['card'], amount: { minor: 0, currency: 'EUR' } }) ?? null;
      return begun;
    },
    onComplete: this.#presence.arrived,
    onError: this.#presence.failed,
  });

  override updated(): void {
    const slot = this.renderRoot.querySelector<HTMLElement>('#card');
    const entry = this.#entry;
    if (!slot || slot.hasChildNodes() || !entry) return;
    const { sayOwn: say, locale } = this.site;
    void Promise.resolve().then(() => entry.mount(slot, { say, locale })).then(() => { this.standsBy = 'ready'; }, () => { this.standsBy = 'away'; });
  }

  override render() {
    const { sayOwn: say } = this.site;
    return this.#presence.stand(html`<div class="box"><h1>${say('planCard')}</h1>
      ${this.#begun.render({ ...this.#presence.states(60, 200), complete: () => this.#fields() })}<p><a href="/plan">${say('planBack')}</a></p></div>`);
  }

  #fields() {
    const { site, result } = this;
    const { sayOwn: say } = site;
    if (result && result.status !== 'refused') return html`<p class="notice good" role="status" tabindex="-1" id="done"><span>${say('planCardDone')}</span></p>`;
    if (!this.#entry) return html`<p class="notice bad" role="alert"><span>${say('payProviderUnknown')}</span></p>`;
    return html`<p>${say('planCardHow')}</p><form novalidate @submit=${onSubmit(() => { void this.#save(); })}>
      <div id="card" class="stack"></div>
      ${this.standsBy === 'loading' ? html`<p class="small muted" role="status">${say('cardLoading')}</p>` : this.standsBy === 'away' ? html`<p class="notice bad" role="alert"><span>${say('cardAway')}</span></p>` : nothing}
      ${result?.status === 'refused' ? html`<p class="notice bad" role="alert"><span>${word(say, `refusal_${result.refusal ?? ''}`) || say('refusal_other')}</span></p>` : nothing}
      ${outcome(this.#acts, site, 'save')}<div>${button(this.#acts, site, { act: 'save', label: say('planCardAdd'), kind: 'primary' })}</div></form>`;
  }

  async #save(): Promise<void> {
    this.result = null;
    await this.#acts.run('save', async () => {
      const result = await this.#entry?.confirm() ?? null;
      const saved = result !== null && result.status !== 'refused';
      // The provider tells our server a moment later: whoever goes back to the plan finds the card there.
      for (let look = 0; saved && look < LOOKS; look += 1) {
        if ((await this.#server().plans.now.query()).card) break;
        await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
      }
      this.result = result;
      if (saved) this.dispatchEvent(new CustomEvent('flow-card-saved', { bubbles: true, composed: true }));
    });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#done')?.focus();
  }

  #server = () => (this.api ?? this.site.api)<AppRouter>('/trpc');
}

declare global {
  interface HTMLElementTagNameMap { 'flow-plan-card': FlowPlanCard }
}
