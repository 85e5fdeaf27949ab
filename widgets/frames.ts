import { joinFrame } from './core/frame.ts';
import type { Locale } from './core/messages.ts';

/* `/v1/frames.js`, for a page with plain frames of ours: each grows as tall as its content. The frames work without it, at the height that they were given. */

const script = document.currentScript as HTMLScriptElement | null;
const server = new URL(script?.src ?? location.href).origin;
const joined = new WeakSet<HTMLIFrameElement>();

function find(): void {
  for (const frame of document.querySelectorAll('iframe')) {
    if (joined.has(frame) || !URL.canParse(frame.src) || new URL(frame.src).origin !== server || !frame.contentWindow) continue;
    joined.add(frame);
    joinFrame(frame, server, { look: () => ({ locale: (document.documentElement.lang.slice(0, 2) || 'fr') as Locale, theme: 'auto' }), acted: () => undefined, closed: () => undefined }).other.catch(() => { joined.delete(frame); });
  }
}

find();
new MutationObserver(find).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['src'] });
