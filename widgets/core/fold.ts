import type { Site } from './site.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`@media screen{:host(:not([data-whole])){position:relative}:host(:not([data-whole])) .flow{mask:linear-gradient(#000 calc(var(--flow-room) - 140px),transparent calc(var(--flow-room) - 64px))}}
.fold{position:absolute;inset:auto 0 0;height:64px;display:grid;place-items:center;pointer-events:none}.fold button{pointer-events:auto}@media print{.fold{display:none}}`);

type Standing = HTMLElement & { readonly site: Site };

/**
 * Lets in all that a widget shows where nothing that is seen moves for it: it fits the room that was kept, or the end of that room is
 * not in sight. Else the rest stays folded until somebody asks for it by a press, comes to it by the keyboard, or scrolls its end out of sight.
 */
export function letIn(host: Standing): void {
  // Where the page is scrolled to is settled when it is about to be painted: a jump before that could bring the end into sight.
  requestAnimationFrame(() => { decide(host); });
}

function decide(host: Standing): void {
  const root = host.shadowRoot;
  const all = root?.querySelector<HTMLElement>('.flow');
  const open = (): void => { host.toggleAttribute('data-whole', true); };
  if (!root || !all || host.hasAttribute('data-whole')) { open(); return; }
  // Where nobody keeps a room, there is none to outgrow: on our own pages, say.
  const style = getComputedStyle(host);
  const room = style.getPropertyValue('--flow-room') ? Number.parseFloat(style.minHeight) || 0 : 0;
  const end = (): number => host.getBoundingClientRect().top + room;
  if (!room || all.offsetHeight <= room + 1 || end() >= innerHeight) { open(); return; }

  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  // In the widget's own colours and type, but not under its veil.
  const fold = document.createElement('div');
  fold.className = 'fold';
  const worn = getComputedStyle(all);
  for (const name of ['color', 'font', '--radius', '--ground', '--surface', '--ink', '--line', '--edge', '--accent']) fold.style.setProperty(name, worn.getPropertyValue(name));
  const more = Object.assign(document.createElement('button'), { type: 'button', textContent: host.site.say('showAll') });
  more.setAttribute('part', 'button');
  fold.append(more);
  root.append(fold);

  const below = (element: Element): boolean => element.getBoundingClientRect().bottom > end() - 64;
  const unfold = (): void => {
    gone.disconnect();
    all.removeEventListener('focusin', reached);
    open();
    fold.remove();
  };
  const reached = ({ target }: Event): void => { if (below(target as Element)) unfold(); };
  const gone = new IntersectionObserver(([seen]) => {
    if (seen && !seen.isIntersecting) requestAnimationFrame(() => { if (end() >= innerHeight) unfold(); });
  });
  gone.observe(fold);
  all.addEventListener('focusin', reached);
  more.addEventListener('click', ({ detail }) => {
    // Whoever pressed a key goes on with what was folded.
    const next = detail === 0 ? [...all.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')].find(below) : undefined;
    unfold();
    next?.focus({ preventScroll: true });
  });
}
