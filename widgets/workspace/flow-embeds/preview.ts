import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { contrast, parse } from '../../core/colour.ts';
import type { Site } from '../../core/site.ts';
import { snippetOf, type Chosen } from '../../parts/snippets.ts';
import type { Look } from './model.ts';

/** A step of the test that runs in the preview. */
export interface Probe { readonly name: 'script' | 'element' | 'content' | 'contrast'; readonly state: 'wait' | 'ok' | 'no' }

const STEP_MS = 250;
/** How long a widget may take, in milliseconds. */
const PATIENCE_MS = 20_000;
const [LOWEST, HIGHEST] = [200, 2_400];

/** What a document that holds a widget shows of it. Nothing is guessed: what is not there yet is not there. */
export function probesOf(document: Document, tag: string, ground: string): Probe[] {
  const view = document.defaultView;
  const element = document.querySelector(tag);
  const root = element?.shadowRoot;
  const there = Boolean((view as { FlowStage?: unknown } | null)?.FlowStage);
  const known = view?.customElements.get(tag) !== undefined;
  const inner = root?.querySelector<HTMLElement>('.flow');
  const failed = Boolean(root?.querySelector('[part=problem], .notice.bad'));
  const arrived = Boolean(inner) && !root?.querySelector('[aria-busy=true]') && (inner?.textContent ?? '').trim() !== '';
  const [ink, under] = [inner && view ? parse(view.getComputedStyle(inner).color) : null, parse(ground)];
  const shown = arrived && !failed;
  return [
    { name: 'script', state: there ? 'ok' : 'wait' }, { name: 'element', state: known ? 'ok' : 'wait' }, { name: 'content', state: failed ? 'no' : shown ? 'ok' : 'wait' },
    { name: 'contrast', state: !shown || !ink || !under ? 'wait' : contrast(ink, under) >= 4.5 ? 'ok' : 'no' },
  ];
}

/** A page of the partner's in small, with what they will paste in it and their colours around it: the real script, the real element. */
export class Preview implements ReactiveController {
  /** What the test found, step by step. */
  probes: readonly Probe[] = [];
  readonly #host: ReactiveControllerHost;
  #frame: HTMLIFrameElement | undefined;
  #shown: { readonly chosen: Chosen; readonly look: Look; readonly ground: string } | undefined;
  #timer = 0;
  #began = 0;
  #size: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#size?.disconnect();
  }

  /** The frame. It is written anew when the snippet changes; colours are put on what stands there. */
  render({ chosen, look, title, site }: { chosen: Chosen; look: Look; title: string; site: Site }): TemplateResult {
    // On a theme of ours the page keeps its own ground, and the widget brings its own.
    this.#shown = { chosen, look, ground: look.ground };
    const page = `<!doctype html><html lang="${chosen.lang || site.locale}"><head><meta charset="utf-8"><title>${title.replaceAll('<', '')}</title></head><body>${snippetOf('script', { ...chosen, look: {}, sheet: true, uncounted: true })}</body></html>`;
    if (this.#frame) this.#paint();
    return html`<iframe title=${title} srcdoc=${page} @load=${this.#loaded} ${ref((frame) => { this.#frame = frame as HTMLIFrameElement | undefined; })}></iframe>`;
  }

  readonly #loaded = (): void => {
    const inner = this.#frame?.contentDocument;
    if (!inner) return;
    this.#paint();
    this.#size?.disconnect();
    // Its own window watches the page, and we fit the frame a frame later: the page around is watched as well.
    const { ResizeObserver: Watch } = inner.defaultView as Window & typeof globalThis;
    this.#size = new Watch(() => { requestAnimationFrame(() => { this.#fit(); }); });
    this.#size.observe(inner.documentElement);
    clearInterval(this.#timer);
    this.#began = performance.now();
    this.#timer = window.setInterval(() => { this.#probe(); }, STEP_MS);
    this.#probe();
  };

  /** Colours are set by script: our own policy lets no style be written into a page. */
  #paint(): void {
    const body = this.#frame?.contentDocument?.body;
    if (!body || !this.#shown) return;
    const { look, chosen } = this.#shown;
    Object.assign(body.style, { margin: '0', padding: '20px', backgroundColor: look.ground, color: look.ink, fontFamily: look.font || 'system-ui, sans-serif', fontSize: '16px', lineHeight: '1.5' });
    for (const link of body.querySelectorAll('a')) link.style.color = look.accent;
    const element = body.querySelector<HTMLElement>(chosen.tag);
    for (const name of ['accent', 'font'] as const) element?.style.setProperty(`--flow-${name}`, chosen.look?.[name] ?? null);
    // A widget reckons its colours when it draws: it draws once more.
    (element as { requestUpdate?: () => void } | null)?.requestUpdate?.();
  }

  #probe(): void {
    const inner = this.#frame?.contentDocument;
    if (!inner || !this.#shown) return;
    const { chosen, look } = this.#shown;
    const themed = chosen.theme !== undefined && chosen.theme !== 'host';
    const root = inner.querySelector(chosen.tag)?.shadowRoot?.querySelector('.flow');
    const late = performance.now() - this.#began > PATIENCE_MS;
    const now = probesOf(inner, chosen.tag, themed && root ? inner.defaultView?.getComputedStyle(root).backgroundColor ?? look.ground : look.ground)
      .map((probe): Probe => (late && probe.state === 'wait' ? { ...probe, state: 'no' } : probe));
    if (late || now.every(({ state }) => state !== 'wait') || now.some(({ state }) => state === 'no')) clearInterval(this.#timer);
    if (JSON.stringify(now) === JSON.stringify(this.probes)) return;
    this.probes = now;
    this.#host.requestUpdate();
  }

  #fit(): void {
    // A frame that is being written anew has no body for a moment.
    const body: HTMLElement | null | undefined = this.#frame?.contentDocument?.body;
    if (this.#frame && body) this.#frame.style.height = `${Math.round(Math.min(HIGHEST, Math.max(LOWEST, body.scrollHeight)))}px`;
  }
}
