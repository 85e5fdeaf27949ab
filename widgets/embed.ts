import type { FlowStage } from './core/flow-stage.ts';
import { ROOMS, ROOM_SHEET } from './core/rooms.ts';
import type * as Registry from './registry.ts';
import { REGISTRY, VERSION } from './release.ts';

/*
 * The script a partner pastes, `/v1/embed.js`: classic, async, and nothing but this until a widget nears the viewport. `/v1/<tag>.js` is
 * the same with one tag loaded at once; it may be imported as a module too. Whichever comes first stays; on a server all do nothing.
 */

/** Where we come from, when nobody says: a loader moved by the host's tools, or imported as a module. */
const ours = /https?:[^\s)]+\/v[\d.]+\/[\w-]+\.js[^\s):]*/;
const page = globalThis as { FlowStage?: FlowStage };

if (typeof document === 'object' && !page.FlowStage) {
  // A loader that a speed-up tool runs from an inline script has no address there: the tag it came from has.
  const current = document.currentScript as HTMLScriptElement | null;
  const script = (current?.src ? current : [...document.scripts].find(({ src }) => /\/v[\d.]+\/(embed|flow-[\w-]+)\.js/.test(src))
    ?? { src: ours.exec(new Error().stack ?? '')?.[0] ?? location.href, dataset: {}, nonce: '' }) as FlowStage['script'];
  // A site builder that has no place for attributes has this address: what a script tag and a style sheet would say, any rule of which is stronger.
  const worn: string[] = [];
  for (const [name, value] of new URL(script.src).searchParams) {
    if (/^(key|lang|theme)$/.test(name)) script.dataset[name] ??= value;
    else if (name === 'font' ? /^[\p{L}\d _,-]+$/u.test(value) : /^[a-z-]+ ([\da-f]{3}){1,2}$/i.test(`${name} ${value}`)) worn.push(`--flow-${name}:${name === 'font' ? value.replace(/[^,]*\d[^,]*/g, '"$&"') : `#${value.length < 6 ? value.replace(/./g, '$&$&') : value}`}`);
  }
  let failures = 0;
  let registry: Promise<typeof Registry> | undefined;
  const load = async (tag: string): Promise<void> => {
    // A module that once failed to load is remembered as failed by some browsers: another address is another try.
    registry ??= import(/* @vite-ignore */ new URL(REGISTRY + (failures ? `?again=${failures}` : ''), script.src).href) as Promise<typeof Registry>;
    await registry.then(({ define }) => define(tag), (fault: unknown) => { registry = undefined; throw fault; });
  };
  // A page that lets no policy of ours be made (Trusted Types) runs none of our widgets: their own pages stand there in frames.
  let refused = false;
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => { if (effectiveDirective === 'trusted-types') { refused = true; again(); } });
  const frame = (element: Element): void => { void import(/* @vite-ignore */ new URL('/v1/frames.js', script.src).href).then(() => element.dispatchEvent(new Event('flow-stand', { bubbles: true }))); };
  // Those that could not be brought are tried again together, later each time, and as soon as the visitor is on line again.
  const waiting = new Set<Element>();
  let due = 0;
  const again = (): void => {
    clearTimeout(due);
    due = 0;
    for (const element of waiting) { waiting.delete(element); (refused ? frame : bring)(element); }
  };
  addEventListener('online', again);
  const bring = (element: Element): void => {
    load(element.localName).catch(() => {
      element.dispatchEvent(new CustomEvent('flow-error', { bubbles: true, composed: true, detail: { tag: element.localName, code: 'unreachable' } }));
      waiting.add(element);
      if (refused) again();
      else due ||= setTimeout(again, 1000 * 2 ** Math.min(++failures, 6)) as never;
    });
  };
  // What the page itself needs comes first. One that takes long over it is waited for a second.
  const loaded = new Promise<unknown>((go) => {
    if (document.readyState === 'complete') go(0);
    addEventListener('load', go);
    setTimeout(go, 1000);
  });
  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) { near.unobserve(target); void loaded.then(() => { bring(target); }); }
  }, { rootMargin: '400px' });
  // What is added may be text, which has no name and nothing inside.
  const find = (node: Partial<Element>): void => {
    for (const one of [node, ...node.querySelectorAll?.(':not(:defined)') ?? []] as Element[]) if (ROOMS[one.localName]) near.observe(one);
  };
  page.FlowStage = {
    version: VERSION, script, load,
    ready: (tag) => customElements.whenDefined(tag),
    on: (event, handler) => {
      document.addEventListener(event, handler as never);
      return () => { document.removeEventListener(event, handler as never); };
    },
  };
  const room = new CSSStyleSheet();
  room.replaceSync(ROOM_SHEET);
  const look = new CSSStyleSheet();
  look.replaceSync(`:where(:root){${worn.join(';')}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, room, look];
  find(document.documentElement);
  new MutationObserver((changes) => { for (const { addedNodes } of changes) addedNodes.forEach(find as (node: Node) => void); })
    .observe(document.documentElement, { childList: true, subtree: true });
}
