/** A start tag of a page: its name and its attributes in lower case, values as a browser reads them. */
export interface StartTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const entities: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };
const decoded = (value: string): string => value.replaceAll(/&(#\d{1,6}|#x[\da-f]{1,5}|amp|quot|apos|lt|gt);?/gi, (_, name: string) =>
  (name.startsWith('#') ? String.fromCodePoint(Math.min(0x10_ff_ff, /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1)))) : entities[name.toLowerCase()] ?? ''));

/** Inside these, `<` begins nothing until their own end tag. */
const raw = new Set(['script', 'style', 'textarea', 'title', 'noscript', 'xmp', 'iframe', 'noembed']);

const blank = /\s/;
/** Where a run of characters ends that `ends` does not stop. */
function runEnd(html: string, from: number, ends: (character: string) => boolean): number {
  let at = from;
  while (at < html.length && !ends(html[at] ?? '')) at += 1;
  return at;
}
const endsName = (character: string): boolean => blank.test(character) || character === '/' || character === '>';

/** Reads the attributes of a tag from `from`; null when the page ends inside it. */
function readAttributes(html: string, from: number): { readonly attributes: Record<string, string>; readonly end: number } | null {
  const attributes: Record<string, string> = {};
  let at = from;
  for (;;) {
    at = runEnd(html, at, (character) => !blank.test(character) && character !== '/');
    if (at >= html.length) return null;
    if (html[at] === '>') return { attributes, end: at + 1 };
    // A sign of equality that begins a name belongs to it, as in browsers.
    const named = runEnd(html, at + 1, (character) => endsName(character) || character === '=');
    const name = html.slice(at, named).toLowerCase();
    let value = '';
    const equals = runEnd(html, named, (character) => !blank.test(character));
    at = named;
    if (html[equals] === '=') {
      const begin = runEnd(html, equals + 1, (character) => !blank.test(character));
      const quote = html[begin] === '"' || html[begin] === "'" ? html[begin] : '';
      const end = quote ? html.indexOf(quote, begin + 1) : runEnd(html, begin, (character) => blank.test(character) || character === '>');
      if (end < 0) return null;
      value = html.slice(quote ? begin + 1 : begin, end);
      at = quote ? end + 1 : end;
    }
    if (!Object.hasOwn(attributes, name)) attributes[name] = decoded(value);
  }
}

/** The start tags of a page, in order, without those that a comment or a script holds. What a page without scripts would show (`noscript`) is not looked into. */
export function startTags(html: string): StartTag[] {
  const found: StartTag[] = [];
  // Letter by letter: `İ` would become two, and all that follows would be somewhere else.
  const lower = html.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    if (html.startsWith('<!--', at)) {
      at = html.indexOf('-->', at + 4);
      if (at < 0) break;
      continue;
    }
    if (!/[a-z]/.test(lower[at + 1] ?? '')) { at += 1; continue; }
    const named = runEnd(html, at + 1, endsName);
    const name = lower.slice(at + 1, named);
    const read = readAttributes(html, named);
    if (!read) break;
    found.push({ name, attributes: read.attributes });
    at = read.end;
    // A script that is never closed swallows the rest.
    if (raw.has(name) && (at = lower.indexOf(`</${name}`, at)) < 0) break;
  }
  return found;
}
