/** What the page itself keeps and says of what happened to it. It is the page's own first script, there with us and without. */
export interface Witness {
  readonly json: (value: unknown) => string;
  /** The host is as it wants to be: from here on every change is ours. */
  readonly seal: () => void;
  /** The host does something of its own now: what moves is its doing. */
  readonly acts: () => void;
  /** The names of what is wrong: errors, rejections, refusals of the policy. */
  readonly wrong: string[];
  /** What the widgets told the page: the event, who, and the code of what is wrong. */
  readonly told: readonly string[];
  /** What moved in sight by itself. */
  readonly moved: readonly string[];
  /** The sum of the layout shifts; null where the engine does not say. */
  readonly shift: number | null;
  /** Whether the page was taken out of the back-forward cache. */
  persisted: boolean;
  /** New globals, and changed natives. */
  readonly traces: () => { globals: string[]; natives: string[] };
  /** Each sample of the host with every computed value. */
  readonly styles: () => Record<string, Record<string, string>>;
  /** Cookies, stored names, and what else a page can leave behind. */
  readonly left: () => string[];
  /** Origins that were asked for something. */
  readonly asked: () => string[];
  readonly widget: (tag: string) => WidgetSeen | null;
  readonly show: (tag: string) => void;
  /** A widget's headings, and how its first paragraphs and lists begin. */
  readonly headings: (tag: string) => string[];
}

/** A widget as it stands. Sizes in CSS pixels. */
export interface WidgetSeen {
  readonly whole: boolean;
  readonly problem: boolean;
  readonly text: string;
  readonly fallback: boolean;
  readonly width: number;
  readonly height: number;
  readonly room: number;
  readonly fontSize: number;
  readonly sameFont: boolean;
  readonly direction: string;
  readonly overflow: string[];
  readonly clipped: string[];
  readonly faint: string[];
}

declare global {
  interface Window { guestbook: Witness }
}

/** Sent as text into the page, so it uses nothing from outside itself. */
export function witness(): void {
  const stringify = JSON.stringify.bind(JSON);
  const wrong: string[] = [];
  const moves: { readonly at: number; readonly words: string; readonly value: number }[] = [];
  let acting = 0;
  addEventListener('error', (event) => { if (event instanceof ErrorEvent) wrong.push(`error: ${event.message}`); });
  addEventListener('unhandledrejection', (event) => { wrong.push(`rejection: ${String(event.reason)}`); });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => { wrong.push(`refused: ${violatedDirective} ${blockedURI}`); });
  const told: string[] = [];
  for (const name of ['flow-error', 'flow-request-kept', 'flow-request-sent']) {
    document.addEventListener(name, (event) => {
      const { code } = (event as CustomEvent<{ code?: string }>).detail;
      told.push(`${name} ${(event.target as Element).localName}${code ? ` ${code}` : ''}`);
    });
  }
  const say = console.error.bind(console);
  console.error = (...words: unknown[]) => { wrong.push(`console: ${words.map(String).join(' ')}`); say(...words); };
  const supports = typeof PerformanceObserver === 'function' && (PerformanceObserver.supportedEntryTypes as readonly string[] | undefined)?.includes('layout-shift');
  let natives: [string, string, unknown][] = [];
  let globals: string[] = [];
  const owners = ['Symbol', 'Array', 'Object', 'String', 'Number', 'Date', 'Promise', 'Function', 'Map', 'Set', 'RegExp', 'Element', 'HTMLElement', 'Node', 'Document', 'ShadowRoot', 'DocumentFragment', 'Event', 'EventTarget', 'Window', 'CustomElementRegistry', 'CSSStyleSheet', 'History', 'Location', 'Storage', 'XMLHttpRequest', 'Response', 'MutationObserver', 'IntersectionObserver', 'ResizeObserver'];
  const snapshot = (): [string, string, unknown][] => {
    const all: [string, string, unknown][] = [];
    const note = (name: string, owner: object | null | undefined): void => {
      if (!owner) return;
      for (const key of Reflect.ownKeys(owner)) {
        const one = Object.getOwnPropertyDescriptor(owner, key) as Record<string, unknown> | undefined;
        all.push([name, String(key), one?.['get'] ?? one?.['set'] ?? one?.['value']]);
      }
    };
    for (const name of owners) {
      const owner = (window as unknown as Record<string, { prototype: object } | undefined>)[name];
      note(name, owner);
      note(`${name}.prototype`, owner?.prototype);
    }
    note('JSON', JSON); note('Math', Math); note('Reflect', Reflect); note('history', history); note('customElements', customElements); note('console', console);
    for (const name of ['fetch', 'setTimeout', 'setInterval', 'requestAnimationFrame', 'addEventListener', 'EventSource', 'define', 'require', '$', 'jQuery']) all.push(['window', name, (window as unknown as Record<string, unknown>)[name]]);
    return all;
  };
  const differing = (): string[] => {
    const before = new Map(natives.map(([owner, name, value]) => [`${owner}.${name}`, value]));
    const after = new Map(snapshot().map(([owner, name, value]) => [`${owner}.${name}`, value]));
    // RegExp.$1 and its kin, and what counts, change by use.
    const fickle = /^(RegExp\.|history\.|Location\.)/;
    return [...new Set([...before.keys(), ...after.keys()])].filter((name) => !fickle.test(name) && before.get(name) !== after.get(name));
  };

  /** Elements of the page and of every shadow root. */
  const everywhere = (selector: string, root: ParentNode = document): Element[] => {
    const found: Element[] = [];
    const all = root.querySelectorAll('*');
    for (let i = 0; i < all.length; i += 1) {
      const one = all[i]!;
      if (one.matches(selector)) found.push(one);
      if (one.shadowRoot) found.push(...everywhere(selector, one.shadowRoot));
    }
    return found;
  };
  const kept: Witness = {
    json: (value) => stringify(value, function own(this: Record<string, unknown>, key: string) { return this[key]; }),
    wrong, told, persisted: false,
    get moved() { return moves.map(({ words }) => words); },
    get shift() { return supports ? moves.reduce((sum, { value }) => sum + value, 0) : null; },
    seal: () => {
      natives = snapshot();
      globals = Object.getOwnPropertyNames(window);
    },
    acts: () => { acting = performance.now(); },
    traces: () => ({ globals: Object.getOwnPropertyNames(window).filter((name) => !globals.includes(name)), natives: differing() }),
    styles: () => {
      const seen: Record<string, Record<string, string>> = {};
      // The size of what holds us, and what follows from it, is ours to change; nothing else is. Margins that are `auto` follow too.
      const sizes = /^(margin-.*|height|block-size|perspective-origin|transform-origin|width|inline-size)$/;
      for (const one of [document.documentElement, document.body, ...document.querySelectorAll('#before, #before *, #after, #after *')]) {
        const style = getComputedStyle(one);
        const values: Record<string, string> = {};
        const holds = one === document.documentElement || one === document.body;
        for (let i = 0; i < style.length; i += 1) {
          const name = style.item(i);
          if (!(holds && sizes.test(name))) values[name] = style.getPropertyValue(name);
        }
        let name = one.localName;
        for (let at: Element | null = one; at && at !== document.body; at = at.parentElement) name = `${at.id || `${at.localName}:${at.parentElement ? Array.prototype.indexOf.call(at.parentElement.children, at) : 0}`}>${name}`;
        seen[name] = values;
      }
      return seen;
    },
    left: () => {
      const left: string[] = [];
      if (document.cookie) left.push(`cookie ${document.cookie}`);
      for (const [name, get] of [['localStorage', () => localStorage], ['sessionStorage', () => sessionStorage]] as const) {
        try {
          left.push(...Object.keys(get()).map((key) => `${name} ${key}`));
        } catch {
          // Refused to everybody: nothing can be left.
        }
      }
      return left;
    },
    asked: () => [...new Set(performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /^(https?|wss?):/.test(name)).map((name) => new URL(name).origin))],
    headings: (tag) => {
      const root = everywhere(tag)[0]?.shadowRoot?.querySelector('.flow');
      const lines = (selector: string): string[] => Array.prototype.filter.call(root?.querySelectorAll(selector) ?? [], (one: Element) => one.checkVisibility() && !one.closest('.sr, .map, [aria-hidden=true]'))
        .map((one: Element) => (one as HTMLElement).innerText.trim()).filter(Boolean);
      return [...lines('h2, h3'), ...[...lines('p').slice(0, 3), ...lines('li').slice(0, 3)].map((line) => (/^[^\n]{1,30}/[Symbol.match](line) ?? [''])[0].trim())];
    },
    show: (tag) => { everywhere(tag)[0]?.scrollIntoView({ block: 'start', behavior: 'instant' }); },
    widget: (tag) => {
      const host = everywhere(tag)[0];
      if (!host) return null;
      const flow = host.shadowRoot?.querySelector('.flow');
      const above = (one: Element): HTMLElement => (one.parentElement ?? (one.getRootNode() as Partial<ShadowRoot>).host ?? document.documentElement) as HTMLElement;
      let parent = above(host);
      while (getComputedStyle(parent).display === 'inline' && parent !== document.documentElement) parent = above(parent);
      const box = host.getBoundingClientRect();
      const nothing = { whole: false, problem: false, text: '', fallback: (host as HTMLElement).innerText.trim() !== '', width: box.width, height: box.height, room: parent.clientWidth, fontSize: 0, sameFont: false, direction: '', overflow: [], clipped: [], faint: [] };
      if (!flow) return nothing;
      const inside = everywhere('*', flow);
      const words = (one: Element): string => Array.prototype.filter.call(one.childNodes, (node: Node) => node.nodeType === 3).map((node: Node) => node.textContent ?? '').join('').trim();
      const shown = inside.filter((one) => one.checkVisibility());
      const style = getComputedStyle(flow);
      const padding = getComputedStyle(parent);
      const name = (one: Element): string => `${one.localName}.${one.getAttribute('class') ?? ''} ${words(one).slice(0, 30)}`;
      const aside = (one: Element): boolean => one.closest('.sr, .map, svg, canvas, .pin, .honey, [aria-hidden=true]') !== null;
      // How light a colour is, and how it stands out, after WCAG.
      const parse = (text: string): number[] => (/[\d.]+(e-?\d+)?/g[Symbol.match](text) ?? []).map(Number);
      const painted = (text: string): number[] => {
        const paper = document.createElement('canvas').getContext('2d')!;
        paper.fillStyle = text;
        paper.fillRect(0, 0, 1, 1);
        const { 0: red = 0, 1: green = 0, 2: blue = 0, 3: alpha = 0 } = paper.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
      };
      const rgb = (text: string): number[] => { const n = parse(text); if (!/^(rgba?\(|color\(srgb )/.test(text)) return painted(text); return text.startsWith('color(') ? [n[0]! * 255, n[1]! * 255, n[2]! * 255, n[3] ?? 1] : [n[0] ?? 0, n[1] ?? 0, n[2] ?? 0, n[3] ?? 1]; };
      const light = ([r = 0, g = 0, b = 0]: number[]): number => { const of = (v: number) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4); return 0.2126 * of(r) + 0.7152 * of(g) + 0.0722 * of(b); };
      const over = (top: number[], under: number[]): number[] => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => top[i]! * a + under[i]! * (1 - a)).concat(1); };
      const ground = (one: Element | null): number[] => {
        if (!one) return rgb(getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)');
        const own = rgb(getComputedStyle(one).backgroundColor);
        const up = one.assignedSlot ?? one.parentElement ?? ((one.getRootNode() as Partial<ShadowRoot>).host ?? null);
        return own[3] === 1 ? own : over(own, ground(up));
      };
      const plain = (one: Element): boolean => { if (matchMedia('(forced-colors: active)').matches) return false; for (let at: Element | null = one; at; at = at.parentElement ?? ((at.getRootNode() as Partial<ShadowRoot>).host ?? null)) { const s = getComputedStyle(at); if (s.backgroundImage !== 'none' || Number(s.opacity) < 1) return false; } return true; };
      return {
        ...nothing,
        whole: !flow.querySelector('.bone, [aria-busy=true]'), problem: flow.querySelector('[part~=problem]') !== null,
        text: shown.map(words).filter(Boolean).join(' '), room: parent.clientWidth - parseFloat(padding.paddingLeft) - parseFloat(padding.paddingRight),
        fontSize: parseFloat(style.fontSize), sameFont: style.fontFamily === padding.fontFamily, direction: style.direction,
        overflow: flow.scrollWidth > flow.clientWidth + 1 ? shown.filter((one) => !aside(one) && one.getBoundingClientRect().right > box.right + 1).map(name) : [],
        clipped: shown.filter((one) => {
          const { overflowX, overflowY } = getComputedStyle(one);
          return !aside(one) && !/^(img|video|audio|input|textarea|select|iframe)$/.test(one.localName) && ((/hidden|clip/.test(overflowX) && one.scrollWidth > one.clientWidth + 1) || (/hidden|clip/.test(overflowY) && one.scrollHeight > one.clientHeight + 1));
        }).map(name),
        faint: shown.filter((one) => {
          if (!words(one) || aside(one) || one.closest(':disabled, option, [aria-disabled=true]') || !plain(one)) return false;
          const { color, fontSize, fontWeight } = getComputedStyle(one);
          const under = ground(one);
          const [high = 0, low = 0] = [light(over(rgb(color), under)), light(under)].sort((a, b) => b - a);
          const large = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
          return (high + 0.05) / (low + 0.05) < (large ? 2.95 : 4.45);
        }).map((one) => `${name(one)} ${getComputedStyle(one).color} on ${ground(one).map(Math.round).join(' ')}`),
      };
    },
  };
  if (supports) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] })[]) {
        if (entry.hadRecentInput || (acting && entry.startTime >= acting - 50 && entry.startTime < acting + 800)) continue;
        moves.push({ at: entry.startTime, value: entry.value, words: `${entry.value.toFixed(4)} ${entry.sources.map(({ node, previousRect: was, currentRect: is }) => `${node instanceof Element ? `${node.localName} ${node.id || (node.getAttribute('data-spot') ?? '')}` : node?.nodeName ?? '?'} from ${Math.round(was.y)} to ${Math.round(is.y)}`).join(', ')}` });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  }
  // Every engine: what was in sight and still is, and is elsewhere in the page than a frame ago, though nobody scrolled.
  const places = new Map<Element, { top: number; down: number }>();
  const watch = (): void => {
    const scrolled = window.scrollY;
    const acted = acting > 0 && performance.now() < acting + 800;
    for (const one of document.querySelectorAll('[data-spot], #before, #after')) {
      const { top } = one.getBoundingClientRect();
      const down = top + scrolled;
      const was = places.get(one);
      // What is pushed out of sight was moved too.
      const inSight = (y: number): boolean => y > -1 && y < innerHeight;
      if (!acted && was && inSight(was.top) && Math.abs(down - was.down) > 1 && Math.abs(top - was.top) > 1 && Math.abs((top - was.top) - (down - was.down)) <= 1) moves.push({ at: performance.now(), value: 0, words: `${one.id || (one.getAttribute('data-spot') ?? '')} by ${Math.round(down - was.down)} px` });
      places.set(one, { top, down });
    }
    requestAnimationFrame(watch);
  };
  addEventListener('DOMContentLoaded', () => { requestAnimationFrame(watch); });
  // The host's own fonts come when they come.
  document.fonts.addEventListener('loadingdone', () => {
    kept.acts();
    while ((moves.at(-1)?.at ?? -Infinity) > acting - 500) moves.pop();
  });
  addEventListener('pageshow', ({ persisted }) => { kept.persisted = persisted; });
  window.guestbook = kept;
}
