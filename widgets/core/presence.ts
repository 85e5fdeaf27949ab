import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { detailsOf, reasonOf, type Reason } from './api.ts';
import { Backoff } from './backoff.ts';
import { announce } from './events.ts';
import { accentLook, hostLook } from './look.ts';
import type { Site } from './site.ts';
import { count } from './tally.ts';
import type { PublicKey, Say } from './words.ts';

type Host = HTMLElement & ReactiveControllerHost & { readonly site: Site; readonly key?: string };

/** Refusals that the owner of the page can lift, and the visitor cannot. */
const OWNERS: readonly Reason[] = ['key_unknown', 'origin_not_allowed'];

/** Refusals that asking again does not lift. */
const FINAL: readonly Reason[] = ['not_found', 'link_dead'];

/** Faults that pass: nobody answered, or the answer was that it cannot be had now. */
export const passing = (reason: Reason): boolean => reason === 'unreachable' || reason === 'internal' || reason === 'rate_limited';

/** A refusal, in words. One that this page has no words for is our fault, and said as such. */
export function wordsOf(say: Say, error: unknown): string {
  const reason = reasonOf(error);
  const words = say(reason as PublicKey, detailsOf(error));
  return words === reason ? say('internal') : words;
}

/** Any failure of a call, as an alert that a screen reader announces: what happened, and what to do. */
export const problem = (say: Say, again?: () => unknown) => (error: unknown): TemplateResult => html`
  <div class="notice bad" part="problem" role="alert">
    <p>${wordsOf(say, error)}</p>
    ${OWNERS.includes(reasonOf(error)) ? html`<p class="small muted">${say('forOwner', { origin: self.origin })}</p>` : nothing}
    <div class="row">${again && !FINAL.includes(reasonOf(error)) ? html`<button type="button" @click=${again}>${say('retry')}</button>` : nothing}<slot></slot></div>
  </div>`;

/** Something is being read: bones of the size of what will be there, so that nothing moves. Heights in pixels. */
export const bones = (say: Say, ...heights: readonly number[]): TemplateResult => html`
  <div class="stack" role="status" aria-busy="true"><span class="sr">${say('loading')}</span>
    ${heights.map((height) => html`<div class="bone" .style=${`height:${height}px`}></div>`)}</div>`;

/** Milliseconds within which a page that changes its colours has faded from one to the other. */
const FADE_MS = 600;

/** What paints the widgets of this page. */
const painters = new Set<() => void>();
const paint = (): void => { for (const one of painters) one(); };
let fading: ReturnType<typeof setTimeout> | undefined;

/** Pages turn dark by an attribute of their root: each widget looks again, and once more when the colours have faded over. */
const turned = new MutationObserver(() => {
  fading ??= setTimeout(() => {
    paint();
    fading = setTimeout(() => { fading = undefined; paint(); }, FADE_MS);
  }, 50);
});

/**
 * How a widget stands on somebody's page: it takes the page's look, says when it is there, how tall it is and what failed,
 * and tries again by itself while the server is away.
 *
 * @fires flow-ready
 * @fires flow-resized
 * @fires flow-error
 * @cssproperty --flow-room - The room kept before the widget is there, and at least taken by it after, with its unit: for a page that knows better than we do.
 * @csspart widget - Everything that the widget shows.
 * @csspart problem - What is said when something failed.
 */
export class Presence implements ReactiveController {
  readonly #host: Host;
  readonly #again: () => unknown;
  readonly #backoff: Backoff;
  #failed: unknown = null;
  /** A fault that comes again and again is counted once. */
  #last = '';
  #ready = false;
  #height = 0;
  /** What our server drew for hosts without scripts. */
  #drawn: readonly Element[];
  readonly #size = new ResizeObserver(() => { this.#measure(); });
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');

  /** `again` reads once more what the widget shows. */
  constructor(host: Host, again: () => unknown) {
    this.#host = host;
    this.#again = again;
    this.#backoff = new Backoff(() => { again(); });
    host.addController(this);
    this.#drawn = [...host.shadowRoot?.children ?? []];
    // Lit writes before this mark, and the mark stays when what was drawn goes.
    host.shadowRoot?.prepend('');
  }

  hostConnected(): void {
    this.#size.observe(this.#host);
    if (painters.size === 0) for (const one of [document.documentElement, document.body]) turned.observe(one, { attributes: true });
    painters.add(this.#paint);
    this.#scheme.addEventListener('change', this.#paint);
  }

  hostUpdate(): void {
    // What was drawn gives way to the whole widget, in one step; a form that somebody has begun to fill in sends itself, and stays.
    if (!this.#ready || this.#drawn.some((one) => one.querySelector(':is(:focus, :user-valid, :user-invalid)'))) return;
    for (const one of this.#drawn) one.remove();
    this.#drawn = [];
  }

  hostUpdated(): void {
    // Once it stands in the page: the plain link inside, now hidden, shows how the page's links look.
    this.#paint();
  }

  hostDisconnected(): void {
    this.#size.disconnect();
    this.#backoff.settle();
    this.#scheme.removeEventListener('change', this.#paint);
    painters.delete(this.#paint);
    if (painters.size === 0) turned.disconnect();
  }

  /** What the widget shows is there. */
  readonly arrived = (): void => {
    this.#failed = null;
    this.#backoff.settle();
    if (this.#ready) return;
    this.#ready = true;
    count(this.#host.site, this.#host.key ?? '', { tag: this.#host.localName, what: 'view' });
    const whole = (): void => { this.#host.toggleAttribute('data-whole', true); };
    void this.#host.updateComplete.then(() => {
      announce(this.#host, 'flow-ready', { tag: this.#host.localName });
      // By then it is laid out; what fits the room that was kept moves nothing.
      requestAnimationFrame(() => {
        const all = this.#host.shadowRoot?.querySelector<HTMLElement>('.flow');
        if (all && all.offsetHeight > this.#host.offsetHeight + 1) import('./fold.ts').then(({ letIn }) => { letIn(this.#host); }, whole);
        else whole();
      });
    });
  };

  /** It could not be read. Where nobody answered, it will be tried again. */
  readonly failed = (error: unknown): void => {
    const code = reasonOf(error);
    this.#failed = error;
    announce(this.#host, 'flow-error', { tag: this.#host.localName, code });
    if (this.#last !== code) count(this.#host.site, this.#host.key ?? '', { tag: this.#host.localName, what: 'error', code });
    this.#last = code;
    if (passing(code)) this.#backoff.wait();
  };

  /** The states of reading but the last one, for `Task.render`. While it is tried again, what went wrong stays in sight. Heights in pixels. */
  states(...size: readonly number[]) {
    const { say } = this.#host.site;
    const error = problem(say, this.#again);
    return { initial: () => bones(say, ...size), pending: () => (this.#failed ? error(this.#failed) : bones(say, ...size)), error };
  }

  /** Everything a widget shows stands in here: in its language, on its theme. */
  stand(content: unknown): TemplateResult {
    const { locale, theme, session } = this.#host.site;
    return html`<div class="flow" part="widget" ?hidden=${this.#drawn.length > 0} lang=${locale} data-theme=${theme} ?data-panel=${theme !== 'host' && !session}>${content}</div><slot hidden></slot>`;
  }

  readonly #paint = (): void => {
    const root = this.#host.shadowRoot?.querySelector<HTMLElement>('.flow');
    if (root) root.style.cssText = (this.#host.site.theme === 'host' ? hostLook : accentLook)(this.#host, root);
  };

  #measure(): void {
    const height = Math.round(this.#host.getBoundingClientRect().height);
    if (height === this.#height || !this.#ready) return;
    this.#height = height;
    announce(this.#host, 'flow-resized', { tag: this.#host.localName, height });
  }
}
