import { HEIGHTS, isTag } from './asked.ts';
import { escaped } from './print.ts';

/** A page of ours that somebody wants to embed: which widget, asked how. */
export interface Wanted { readonly tag: keyof typeof HEIGHTS; readonly query: URLSearchParams; readonly artist: string }

/** The page that an address names; null for one that is not a page of ours. An artist's hosted page is embedded as its press kit. */
export function wantedBy(address: string, origins: readonly string[]): Wanted | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !origins.includes(url.origin)) return null;
  const tag = /^\/e\/(flow-[a-z-]+)$/.exec(url.pathname)?.[1];
  if (tag !== undefined) return isTag(tag) ? { tag, query: url.searchParams, artist: '' } : null;
  const artist = /^\/@([a-z0-9][a-z0-9-]{0,59})\/?$/.exec(url.pathname)?.[1];
  return artist === undefined ? null : { tag: 'flow-epk', query: new URLSearchParams({ artist, ...(url.searchParams.has('lang') && { lang: url.searchParams.get('lang') ?? '' }) }), artist };
}

/** A figure that a consumer asks for; the most that we would take where it says none. */
export const most = (asked: string | null, ours: number): number => (asked !== null && /^\d{1,5}$/.test(asked) && Number(asked) > 0 ? Math.min(Number(asked), ours) : ours);

/** The answer of an oEmbed provider (oembed.com, 1.0), of the type `rich`. */
export interface Rich {
  readonly version: '1.0'; readonly type: 'rich'; readonly title: string; readonly provider_name: string; readonly provider_url: string; readonly author_name?: string; readonly author_url?: string;
  readonly cache_age: number; readonly html: string; readonly width: number; readonly height: number; readonly thumbnail_url?: string; readonly thumbnail_width?: number; readonly thumbnail_height?: number;
}

/** What a consumer puts into its page. Pictures that are larger than asked for are left out, as the protocol says. */
export function richOf(asked: { src: string; tag: keyof typeof HEIGHTS; title: string; author: string; home: string; authorUrl: string; maxWidth: string | null; maxHeight: string | null; thumbnail: { url: string; width: number; height: number } | null }): Rich {
  const { src, tag, title, author, home, authorUrl, maxWidth, maxHeight, thumbnail } = asked;
  const [width, height] = [most(maxWidth, 960), most(maxHeight, HEIGHTS[tag])];
  const fits = thumbnail && thumbnail.width <= most(maxWidth, 9_999) && thumbnail.height <= most(maxHeight, 9_999);
  return {
    version: '1.0', type: 'rich', title, provider_name: 'Flow Stage', provider_url: home, ...(author && { author_name: author, author_url: authorUrl }), cache_age: 3_600, width, height,
    html: `<iframe src="${escaped(src)}" width="${width}" height="${height}" title="${escaped(title)}" loading="lazy" referrerpolicy="strict-origin-when-cross-origin" style="border:0;max-width:100%"></iframe>`,
    ...(fits && { thumbnail_url: thumbnail.url, thumbnail_width: thumbnail.width, thumbnail_height: thumbnail.height }),
  };
}

/** The same as XML. */
export const richXml = (rich: Rich): string =>
  `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>${Object.entries(rich).map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`).join('')}</oembed>\n`;
