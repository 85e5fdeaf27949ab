import { consume } from '@lit/context';
import { Task, TaskStatus } from '@lit/task';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import { reasonOf, type Api } from '../../core/api.ts';
import { announce } from '../../core/events.ts';
import { follow } from '../../core/follow.ts';
import { isDark } from '../../core/look.ts';
import { Presence } from '../../core/presence.ts';
import { room } from '../../core/room.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import { grouped, sentReference } from '../../core/wanted.ts';
import { steps, stepsStyles, type Step } from '../../parts/steps.ts';
import { styles } from './flow-contract-status.styles.ts';

/**
 * Where a booking stands: the names of its steps, live, and nothing else. What is private, the amounts, the contract, the
 * signature, opens in a frame of our own origin, which the page cannot read.
 *
 * @fires flow-step-changed
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart heading - The title, with the reference.
 * @csspart button - The button that opens the file, and the one that finds a reference.
 */
export class FlowContractStatus extends LitElement {
  static override styles = [...theme, room, stepsStyles, styles];

  /**
   * The reference of the request. Without one: that of a request sent on this page, else the one in the page's address,
   * `#flow-status=<reference>`, else it is asked for.
   */
  @property({ reflect: true }) reference = '';
  /** The publishable key, for a page whose script tag cannot carry one. */
  @property() key = '';
  /** Instead of the site's own. Tests and stories put a fake here. @internal */
  @property({ attribute: false }) api?: Api;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  @state() private all: readonly Step[] = [];
  @state() private open = false;
  #leave: (() => void) | undefined;
  #unfollow: (() => void) | undefined;

  readonly #presence: Presence = new Presence(this, () => this.#steps.run());
  readonly #steps = new Task(this, {
    args: () => [this.#server(), this.reference] as const,
    task: async ([api, reference]) => {
      this.#unfollow?.();
      this.all = [];
      if (!reference) return '';
      this.#told((await api.dossier.steps.query({ reference })).steps);
      return reference;
    },
    onComplete: (reference) => {
      this.#presence.arrived();
      if (reference && this.isConnected) this.#follow(reference);
    },
    onError: this.#presence.failed,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('flow-request-sent', this.#sent);
    addEventListener('hashchange', this.#find);
    this.#find();
    if (this.reference && this.all.length) this.#follow(this.reference);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('flow-request-sent', this.#sent);
    removeEventListener('hashchange', this.#find);
    this.#unfollow?.();
    this.#close();
  }

  override render() {
    const { say } = this.site;
    const states = this.#presence.states(92);
    return this.#presence.stand(html`
      <h3 part="heading">${say('statusTitle')} ${this.reference && this.#steps.status !== TaskStatus.ERROR ? html`<span class="code num">${grouped(this.reference)}</span>` : nothing}</h3>
      ${this.#steps.render({
        ...states, complete: (reference) => (reference ? this.#way(reference) : this.#ask()),
        // A reference that was mistyped can be typed again, in the same place.
        error: (refused) => (reasonOf(refused) === 'not_found' ? this.#ask(true) : states.error(refused)),
      })}`);
  }

  override updated(): void {
    if (this.open && this.frame && !this.#leave) void this.#join(this.frame);
  }

  #way(reference: string): TemplateResult {
    const { site: { say, server } } = this;
    const now = this.all.find((one) => one.state === 'now');
    return html`
      <p class="sr" role="status">${now ? `${say(`step_${now.step}`)} : ${say('now')}` : nothing}</p>
      ${steps(this.all, say)}
      <div class="row"><button type="button" class=${this.open ? '' : 'primary'} part="button" aria-expanded=${this.open ? 'true' : 'false'} @click=${() => { if (this.open) this.#close(); else this.open = true; }}>${say(this.open ? 'closeFile' : 'openFile')}</button>
        ${this.open ? html`<a href=${this.#file(reference)} target="_blank" rel="noopener">${say('fileTab')}</a>` : nothing}</div>
      ${this.open ? html`<iframe title=${say('fileTitle')} src=${this.#file(reference)} sandbox="allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads" allow="payment ${server}" referrerpolicy="origin"></iframe>` : nothing}`;
  }

  #ask(unknown = false): TemplateResult {
    const { say } = this.site;
    return html`${unknown ? html`<p class="notice bad" role="alert">${say('statusUnknown')}</p>` : html`<p>${say('statusNone')}</p>`}
      <form @submit=${this.#asked}><label>${say('statusFind')}<input name="reference" .value=${unknown ? this.reference : ''} autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="60" required></label><button part="button">${say('statusShow')}</button></form>`;
  }

  /** Our page in the frame. The address names the request and the key, both public; what opens the file is a code sent to the buyer. */
  #file(reference: string): string {
    const { server, key, locale } = this.site;
    return `${server}/frame/file?${new URLSearchParams({ reference, key: this.key || key, lang: locale }).toString()}`;
  }

  async #join(frame: HTMLIFrameElement): Promise<void> {
    this.#leave = () => undefined;
    const { joinFrame } = await import('../../core/frame.ts');
    if (!this.open || frame !== this.frame) return;
    const { locale, theme: wanted, server } = this.site;
    const { other, leave } = joinFrame(frame, server, {
      look: () => ({ locale, theme: wanted === 'host' ? (isDark(frame) ? 'dark' : 'light') : wanted }),
      // Beside the task: while that is under way, the frame would not stand.
      acted: () => { void this.#server().dossier.steps.query({ reference: this.reference }).then(({ steps: next }) => { this.#told(next); }, () => undefined); },
      closed: () => { this.#close(); },
    });
    this.#leave = leave;
    // A frame that does not answer still shows itself, and its tab opens; it is only not as tall as its content.
    other.catch(() => undefined);
  }

  #close(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.open = false;
  }

  #follow(reference: string): void {
    this.#unfollow?.();
    this.#unfollow = follow<{ readonly steps: readonly Step[] }>(
      async (lastEventId, heard) => (this.api ? this.#server() : await this.site.live<PublicRouter>('/trpc/public', this.key)).dossier.followSteps.subscribe({ reference, lastEventId }, heard),
      (told) => { this.#told(told.steps); },
      (refused) => { this.#presence.failed(refused); },
    );
  }

  #told(next: readonly Step[]): void {
    const before = new Map(this.all.map(({ step, state }) => [step, state]));
    this.all = next;
    if (!before.size) return;
    for (const { step, state: is } of next) if (before.get(step) !== is && is !== 'to_come') announce(this, 'flow-step-changed', { reference: this.reference, step, state: is });
  }

  readonly #sent = ({ detail }: DocumentEventMap['flow-request-sent']): void => { this.reference = detail.reference; };

  readonly #find = (): void => {
    this.reference ||= sentReference();
    const found = new URLSearchParams(location.hash.slice(1)).get('flow-status');
    if (found) this.reference = found;
  };

  readonly #asked = (event: Event): void => {
    event.preventDefault();
    const typed = new FormData(event.target as HTMLFormElement).get('reference');
    // However it was copied: in groups, or as one word.
    const whole = typeof typed === 'string' ? typed.replaceAll(/\s/g, '') : '';
    if (whole) this.reference = whole;
  };

  private get frame(): HTMLIFrameElement | null {
    return this.renderRoot.querySelector('iframe');
  }

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

declare global {
  interface HTMLElementTagNameMap { 'flow-contract-status': FlowContractStatus }
}
