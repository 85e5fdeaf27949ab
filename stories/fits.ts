const CLIPPED = new Set(['hidden', 'clip', 'auto', 'scroll']);

/** Every element under a root that may be seen, those of shadow roots too. What its parent cuts off or scrolls is not looked into. */
function* seenUnder(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.children) {
    if (!(element instanceof HTMLElement)) continue;
    const { display, overflowX } = getComputedStyle(element);
    if (display !== 'contents' && !element.checkVisibility({ visibilityProperty: true })) continue;
    yield element;
    if (CLIPPED.has(overflowX)) continue;
    if (element.shadowRoot) yield* seenUnder(element.shadowRoot);
    yield* seenUnder(element);
  }
}

const named = (element: HTMLElement): string => `<${element.localName}${element.className ? ` class="${element.className}"` : ''}> ${element.textContent.trim().slice(0, 60)}`;

/** Whether nothing in `column` runs out of it, nor out of its own button or field. @throws Error naming what does. */
export function fits(column: HTMLElement): void {
  const { left, right } = column.getBoundingClientRect();
  const all = [...seenUnder(column)];
  // A widget that drew nothing fits everywhere.
  if (all.length < 8) throw new Error('There is nothing to look at.');
  const out = all.filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > right + 1 || box.left < left - 1 || (element.matches(':is(button, a.button, label, legend, th):not(.sr)') && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0));
  });
  if (out.length) throw new Error(`Too long for its box: ${out.slice(0, 5).map(named).join(' | ')}`);
}
