import { joinFrame } from './core/frame.ts';
import type { FlowStage } from './core/flow-stage.ts';
import type { Locale } from './core/messages.ts';

/*
 * `/v1/frames.js`, for a page with plain frames of ours: each grows as tall as its content. The frames work without it, at the height that they were given.
 * Where a page lets none of our widgets run, our loader asks for it too: what the widget would show stands in a frame, in the widget's room.
 */

const script = document.currentScript as HTMLScriptElement | null;
const stage = (window as { FlowStage?: FlowStage }).FlowStage?.script;
const server = new URL(script?.src ?? stage?.src ?? location.href).origin;
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

document.addEventListener('flow-stand', ({ target }) => {
  const element = target as Element;
  const asked = Object.fromEntries([['lang', document.documentElement.lang], ...Object.entries(stage?.dataset ?? {}), ...[...element.attributes].map(({ name, value }) => [name, value])]) as Record<string, string>;
  const frame = document.createElement('iframe');
  frame.src = `${server}/e/${element.localName}?${new URLSearchParams(asked).toString()}`;
  frame.title = element.textContent || element.localName;
  frame.style.cssText = 'width:100%;border:0;height:calc(var(--flow-room) - 3em)';
  // The plain link stays where it was, for a page that lets no frame of ours in either; the page's own scripts do not meet the frame.
  element.attachShadow({ mode: 'open' }).append(document.createElement('slot'), frame);
});
