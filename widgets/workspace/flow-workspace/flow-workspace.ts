import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppRouter } from '../../../server/app-router.ts';
import { actAs, reasonOf, type Api } from '../../core/api.ts';
import { NAMES, remembered, send } from '../../core/own.ts';
import { Presence } from '../../core/presence.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { Acts } from '../../parts/acts.ts';
import { button, desk, failure } from '../../parts/desk.ts';
import { styles } from './flow-workspace.styles.ts';

/** Whoever is at the page. */
export type Me = inferRouterOutputs<AppRouter>['identity']['me'];

const forAll = ['inbox', 'discover', 'matches', 'figures', 'sheet', 'accounts', 'sites', 'embeds', 'webhooks', 'plan', 'organisation'] as const;
const forArtists = ['inbox', 'discover', 'matches', 'nights', 'tours', 'calendar', 'payouts', 'figures', 'press-kit', 'sheet', 'accounts', 'sites', 'embeds', 'webhooks', 'plan', 'organisation'] as const;
const forBookers = ['inbox', 'discover', 'tours', 'payouts', 'figures', 'accounts', 'sites', 'embeds', 'webhooks', 'plan', 'organisation'] as const;
/** For our own people, who need no organisation. */
const forOperators = ['disputes', 'payouts', 'prices', 'matching', 'operations'] as const;

/**
 * The frame of every signed-in page: where one is, for whom one acts, and the way to the other pages. Whoever is not signed in is sent
 * to sign in, and whoever has no organisation to found one.
 *
 * @slot - The page.
 * @fires flow-left - The reader is sent to another page. `detail: { to: string }`. Cancelled, they stay.
 */
export class FlowWorkspace extends LitElement {
  static override styles = [...desk, styles];

  /** Which page this is: `inbox`, `discover`, `matches`, `nights`, `tours`, `calendar`, `payouts`, `figures`, `press-kit`, `sheet`, `accounts`, `sites`, `embeds`, `webhooks`, `organisation`, `disputes`, `matching`, `operations`; another one is none of the list. */
  @property() page = '';
  /** Instead of the site's own. Tests and stories put a fake here. */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();
  @state() private open = false;

  readonly #acts = new Acts(this);
  readonly #presence: Presence = new Presence(this, () => this.#me.run());
  #enter: (me: Me) => void = () => undefined;
  /** Resolves once somebody may act; pages inside wait for it. */
  readonly opened = new Promise<Me>((resolve) => { this.#enter = resolve; });

  readonly #me = new Task(this, {
    args: () => [(this.api ?? this.site.api)<AppRouter>('/trpc')] as const,
    task: ([api]) => api.identity.me.query(),
    onComplete: (me) => { this.#presence.arrived(); this.#welcome(me); },
    onError: this.#presence.failed,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('flow-error', this.#lost);
  }

  override disconnectedCallback(): void {
    this.removeEventListener('flow-error', this.#lost);
    super.disconnectedCallback();
  }

  override render() {
    return this.#presence.stand(this.#me.render({ ...this.#presence.states(56, 320), complete: (me) => this.#page(me) }));
  }

  #page(me: Me) {
    const { sayOwn: say } = this.site;
    const org = this.#chosen(me);
    if (!me.user || !(org ?? me.operator)) return nothing;
    const pages = [...new Set([...(org ? org.kind === 'artist' ? forArtists : org.kind === 'booker' ? forBookers : forAll : []), ...(me.operator ? forOperators : [])])];
    return html`
      <a class="skip" href="#page" @click=${this.#skip}>${say('skipToPage')}</a>
      <header>
        <a class="name" href="/">Flow Stage</a>
        <button type="button" class="menu" aria-expanded=${this.open ? 'true' : 'false'} aria-controls="pages" @click=${() => { this.open = !this.open; }}>${say('menu')}</button>
        <nav id="pages" class=${this.open ? 'open' : ''} aria-label=${say('pages')}>
          <div class="who">
            ${org ? me.organisations.length > 1 ? this.#switch(me, org.id) : html`<span class="org">${org.name}</span>` : nothing}
            <span class="small muted">${me.user.name}</span>
            ${button(this.#acts, this.site, { act: 'out', label: say('signOut'), kind: 'plain', press: this.#out })}
          </div>
          <ul>${pages.map((page) => html`<li><a href=${page === 'inbox' ? '/' : `/${page}`} aria-current=${this.page === page ? 'page' : nothing}>${say(`page_${page}`)}</a></li>`)}</ul>
        </nav>
      </header>
      ${me.user.emailVerified ? nothing : this.#verify(me.user.email)}
      ${failure(this.site, this.#acts.errorOf('out'))}
      <main id="page" tabindex="-1"><slot></slot></main>`;
  }

  #switch(me: Me, chosen: string) {
    const { sayOwn: say } = this.site;
    return html`<label class="org"><span class="sr">${say('actFor')}</span>
      <select @change=${this.#choose}>${me.organisations.map(({ id, name, representedBy }) => html`
        <option value=${id} ?selected=${id === chosen}>${name}${representedBy ? ` (${say('representedBy', { name: representedBy })})` : ''}</option>`)}</select></label>`;
  }

  #verify(email: string) {
    const { sayOwn: say } = this.site;
    return html`<div class="verify" role="status">${this.#acts.done === 'verify' ? say('verifySent', { email }) : html`
      <span>${say('verifyAsk', { email })}</span>
      ${button(this.#acts, this.site, { act: 'verify', label: say('verifyAgain'), kind: 'plain', press: () => { void this.#acts.run('verify', () => send('/auth/send-verification-email', { email })); } })}`}
      ${failure(this.site, this.#acts.errorOf('verify'))}</div>`;
  }

  #chosen = (me: Me) => me.organisations.find(({ id }) => id === remembered.read(NAMES.organisation)) ?? me.organisations[0];

  #welcome(me: Me): void {
    if (!me.user) { this.#leave(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`); return; }
    const org = this.#chosen(me);
    const table = (forOperators as readonly string[]).includes(this.page);
    if (!org && !me.operator) { this.#leave('/sign-up'); return; }
    if (!org && !table) { this.#leave(`/${forOperators[0]}`); return; }
    actAs({ org: org?.id ?? '', link: '' });
    if (org) remembered.write(NAMES.organisation, org.id);
    this.#enter(me);
  }

  readonly #choose = (event: Event): void => {
    remembered.write(NAMES.organisation, (event.currentTarget as HTMLSelectElement).value);
    this.#leave('/');
  };

  readonly #out = (): void => {
    void this.#acts.run('out', async () => {
      try {
        await send('/auth/sign-out');
      } catch (error) {
        // A session that is gone already is what was asked for.
        if (reasonOf(error) !== 'signed_out') throw error;
      }
      remembered.write(NAMES.organisation, '');
      this.#leave('/sign-in');
    });
  };

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('main')?.focus();
  };

  /** A session that ended while the page stood open. */
  readonly #lost = (event: CustomEvent<{ code: string }>): void => {
    if (event.detail.code === 'signed_out') this.#leave(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  };

  #leave(to: string): void {
    if (this.dispatchEvent(new CustomEvent('flow-left', { bubbles: true, composed: true, cancelable: true, detail: { to } }))) location.assign(to);
  }
}

declare global {
  interface HTMLElementTagNameMap { 'flow-workspace': FlowWorkspace }
}
