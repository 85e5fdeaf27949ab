import { roomOf } from '../core/rooms.ts';
import type { Theme } from '../core/site.ts';
import { styleOf, tonesOf, type Tones } from '../core/theme.ts';

/* Every snippet that a partner may paste, and nothing else writes one. What runs is held against it by tests: the elements, the plugin for WordPress, our pages for frames. */

/** What a partner chose. */
export interface Chosen {
  /** The origin that we are served from. */
  readonly server: string;
  readonly key: string;
  readonly tag: string;
  /** Attributes of the element, by their names; what is empty is not said. */
  readonly attributes?: Readonly<Record<string, string | true>>;
  /** Empty: the language of the page. */
  readonly lang?: string;
  readonly theme?: Theme;
  /** Colours and a font, by the names of the tokens. */
  readonly look?: Tones;
  /** The ground and the text of the page around, for a frame, which cannot see them. */
  readonly around?: Tones;
  /** The words of the plain link that stands where no script runs, and the title of a frame. */
  readonly words?: string;
  /** Whether the page's own sheet says the room and the colours, for its policy takes no `style`. */
  readonly sheet?: boolean;
  /** Keeps what visitors see from being counted. */
  readonly uncounted?: boolean;
}

/** The ways in which a widget comes into a page. */
export const KINDS = ['script', 'block', 'shortcode', 'wix', 'frame', 'link'] as const;
export type Kind = (typeof KINDS)[number];

/** The height of a plain frame where no script can measure it, in CSS pixels. */
export const FRAME_HEIGHTS: Readonly<Record<string, number>> = {
  'flow-epk': 1600, 'flow-availability': 780, 'flow-booking-request': 1900, 'flow-programme': 900, 'flow-tour-map': 900, 'flow-contract-status': 480,
};

/**
 * What our pages for hosts without scripts read from their address, by the same names. Not among them: addresses of other people's pages and
 * maps, to which a link of ours should lead nobody; and who the visitor is, which an address would tell to everybody on its way.
 */
const asked: readonly string[] = [
  'artist', 'artists', 'stage', 'reference', 'past', 'from', 'min', 'max', 'day', 'asker', 'season', 'no-draft', 'place', 'city', 'occasion', 'budget', 'audience', 'organisation',
  'view', 'show', 'genre', 'where', 'period', 'free', 'plain', 'limit',
];
/** What such a page does by itself. */
const byItself: readonly string[] = ['json-ld', 'steps'];
/** What the plugin for WordPress takes, by the widget's short name. What is not here it does by itself, or does not know: a page that is kept for everybody knows no visitor. */
export const PLUGIN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'epk': ['artist', 'show', 'request-href'],
  'availability': ['artist', 'artists', 'from', 'min', 'max', 'day', 'view', 'request-href'],
  'booking-request': ['artist', 'asker', 'day', 'steps', 'place', 'city', 'occasion', 'budget', 'audience', 'organisation', 'season', 'status-href', 'no-draft'],
  'programme': ['stage', 'artist', 'view', 'genre', 'where', 'period', 'free', 'plain', 'past', 'limit'],
  'tour-map': ['artist', 'past', 'style-url'],
  'contract-status': ['reference'],
};
const ofPlugin = (chosen: Chosen): [string, string | true][] => given(chosen).filter(([name]) => PLUGIN_FIELDS[chosen.tag.slice(5)]?.includes(name));

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const given = ({ attributes = {} }: Chosen): [string, string | true][] => Object.entries(attributes).filter(([, value]) => value !== '');
const written = (pairs: readonly (readonly [string, string | true])[]): string => pairs.map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`)).join('');

/** The colours and the font of a choice, each looked at once more: what was typed ends no attribute and no style. */
const worn = (look: Tones = {}): Tones => tonesOf((name) => look[name] ?? null);
/** What an address says besides of the language, the theme and the colours. */
const settings = ({ lang, theme, look, around }: Chosen): [string, string][] =>
  [...(lang ? [['lang', lang] as [string, string]] : []), ...(theme && theme !== 'host' ? [['theme', theme] as [string, string]] : []), ...Object.entries(worn({ ...around, ...look })).map(([name, value]): [string, string] => [name, value.replace('#', '').replaceAll("'", '')])];

/** The address of the widget's own page: to link to, or to put in a frame. */
export function pageAddress(chosen: Chosen): string {
  const query = new URLSearchParams({ key: chosen.key });
  for (const [name, value] of given(chosen)) if (asked.includes(name)) query.set(name, value === true ? '1' : value);
  for (const [name, value] of settings(chosen)) query.set(name, value);
  return `${chosen.server}/e/${chosen.tag}?${query.toString()}`;
}

/** The script of one tag, which says in its address what a script tag says in its attributes: for builders that have no other place. */
const tagAddress = (chosen: Chosen): string => `${chosen.server}/v1/${chosen.tag}.js?${new URLSearchParams([['key', chosen.key], ...settings({ ...chosen, around: {} })]).toString()}`;

/** The script tag: once on a page. */
const scriptTag = ({ server, key, lang = '', theme = 'host', uncounted }: Chosen): string =>
  `<script async src="${server}/v1/embed.js"${written([['data-key', key], ...(lang ? [['data-lang', lang] as const] : []), ...(theme === 'host' ? [] : [['data-theme', theme] as const]), ...(uncounted ? [['data-consent', 'no'] as const] : [])])}></script>`;

/** How the element stands on the page: its room, and its colours. */
const standing = (chosen: Chosen): string => [`display:block;--flow-room:${roomOf(chosen.tag, chosen.attributes?.['steps'])};min-height:var(--flow-room)`, styleOf(worn(chosen.look))].filter(Boolean).join(';');

/** The same as a line for the page's own sheet. */
export const ruleOf = (chosen: Chosen): string => `${chosen.tag}{${standing(chosen)}}`;

/** The element, with the room that the page keeps for it before our script is there, and its plain link inside when it has words. */
function element(chosen: Chosen): string {
  const link = chosen.words ? `<a href="${escaped(pageAddress(chosen))}">${escaped(chosen.words)}</a>` : '';
  return `<${chosen.tag}${written([...given(chosen), ...(chosen.sheet ? [] : [['style', standing(chosen)] as const])])}>${link}</${chosen.tag}>`;
}

/** JSON inside an HTML comment, as WordPress itself writes the attributes of a block. */
const blockJson = (value: unknown): string => JSON.stringify(value).replaceAll('--', '\\u002d\\u002d').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
const camel = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
/** Colours and a font as the plugin takes them, each a field. */
const fieldsOf = (chosen: Chosen): [string, string | true][] => [...ofPlugin(chosen), ...Object.entries(worn(chosen.look)).map(([name, value]): [string, string] => [name, value.replaceAll("'", '')])];
/** What a shortcode cannot hold is left out: it has no way to say it. */
const plain = (text: string): string => text.replaceAll(/["[\]<>]/g, '');

const makers: Readonly<Record<Kind, (chosen: Chosen) => string>> = {
  script: (chosen) => `${scriptTag(chosen)}\n${element(chosen)}`,
  block: (chosen) => `<!-- wp:flow-stage/widget ${blockJson({ widget: chosen.tag.slice(5), ...Object.fromEntries(fieldsOf(chosen).map(([name, value]) => [camel(name), value])) })} /-->`,
  shortcode: (chosen) => `[flow_stage widget="${chosen.tag.slice(5)}"${fieldsOf(chosen).map(([name, value]) => ` ${name}="${value === true ? '1' : plain(value)}"`).join('')}]`,
  wix: (chosen) => [`Server URL: ${tagAddress(chosen)}`, `Tag Name: ${chosen.tag}`, ...given(chosen).map(([name, value]) => `${name}: ${value === true ? 'true' : value}`)].join('\n'),
  frame: (chosen) => `<iframe${written([['src', pageAddress(chosen)], ['title', chosen.words ?? chosen.tag], ['width', '100%'], ['height', String(FRAME_HEIGHTS[chosen.tag] ?? 900)], ['style', 'border:0'], ['loading', 'lazy']])}></iframe>\n<script async src="${chosen.server}/v1/frames.js"></script>`,
  link: (chosen) => `<a href="${escaped(pageAddress(chosen))}">${escaped(chosen.words ?? chosen.tag)}</a>`,
};

/** What a partner pastes. */
export const snippetOf = (kind: Kind, chosen: Chosen): string => makers[kind](chosen);

/** What of the choice a way cannot carry: names of attributes, `lang` and `theme`. */
export function lostIn(kind: Kind, chosen: Chosen): string[] {
  const names = given(chosen).map(([name]) => name);
  switch (kind) {
    case 'script': case 'wix': return [];
    case 'block': case 'shortcode': return [...names.filter((name) => name !== 'json-ld' && !PLUGIN_FIELDS[chosen.tag.slice(5)]?.includes(name)), ...(chosen.lang ? ['lang'] : []), ...(chosen.theme && chosen.theme !== 'host' ? ['theme'] : [])];
    case 'frame': case 'link': return names.filter((name) => !asked.includes(name) && !byItself.includes(name));
  }
}

/** What a strict policy has to let in, word for word. */
export const policyOf = (server: string, media: string): string =>
  [`script-src ${server}`, `connect-src ${server} ${media}`, `img-src ${server} ${media} data: blob:`, `media-src ${media} blob:`, `worker-src blob: ${server}`, `frame-src ${server}`].join('; ');
