import type { TemplateResult } from 'lit';
import type { Locale } from '../../widgets/core/messages.ts';
import { LOCALES } from '../core/locale.ts';
import type { Look, Tag } from './asked.ts';
import { escaped, print, scripted } from './print.ts';
import { GROUND, sheetOf } from './sheet.ts';
import { NAMES, tell } from './words.ts';
import { html } from 'lit';

/** One widget, drawn. */
export interface Element {
  readonly tag: Tag;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: TemplateResult;
  /** The plain link that stands where nothing else can. */
  readonly link: { readonly href: string; readonly words: string };
  /** What search engines read, each one thing. */
  readonly meaning: readonly Record<string, unknown>[];
  /** Answers of the public door that the widget would ask for first, by the address that it asks. */
  readonly answers: Readonly<Record<string, unknown>>;
}

/** How a widget stands: in its language, on its theme. */
export interface Stand { readonly locale: Locale; readonly theme: Look }

/** A custom element with its shadow root declared: it shows itself without a script, and a script that comes takes it over. */
export function elementOf({ tag, attributes, inside, link, meaning, answers }: Element, { locale, theme }: Stand, scripts: boolean): string {
  const names = Object.entries(attributes).filter(([, value]) => value !== '').map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
  const root = print(html`<div class="flow" part="widget" lang=${locale} data-theme=${theme} ?data-panel=${theme !== 'host'}>${inside}</div>`);
  const seeds = scripts ? Object.entries(answers).map(([call, answer]) => `<script type="application/json" data-flow-answer="${escaped(call)}">${scripted(answer)}</script>`).join('') : '';
  return `<${tag}${names} data-whole="drawn"><template shadowrootmode="open"><style>${sheetOf(tag)}</style>${root}<slot hidden></slot></template>`
    + `<a href="${escaped(link.href)}">${escaped(link.words)}</a>${meaningOf(meaning)}${seeds}</${tag}>`;
}

const meaningOf = (meaning: readonly Record<string, unknown>[]): string => (meaning.length ? `<script type="application/ld+json">${scripted(meaning.length === 1 ? meaning[0] : meaning)}</script>` : '');

/** What the head of a page says, and what stands under its widgets. */
export interface Frame extends Stand {
  readonly title: string;
  readonly description: string;
  /** Empty for a page that no search engine keeps. */
  readonly canonical: string;
  /** The address of the page in a language. */
  readonly inLanguage: (locale: Locale) => string;
  readonly picture: { readonly url: string; readonly width: number; readonly height: number; readonly alt: string } | null;
  readonly oembed: string;
  readonly feeds: { readonly ics: string; readonly rss: string } | null;
  /** The pages that may hold this one in a frame, for the script that tells its height; `*` for any page, none where no page may or no script runs. */
  readonly hosts: readonly string[];
  /** The key that the scripts carry; empty for a page without any. */
  readonly key: string;
  readonly body: string;
  /** The sheet of the colours that were asked for; empty for none. */
  readonly worn: string;
  /** Whether the title is already said by what stands in the page. */
  readonly titled: boolean;
  readonly share: 'profile' | 'website';
}

const og: Readonly<Record<string, string>> = { fr: 'fr_FR', en: 'en_GB', nl: 'nl_NL', de: 'de_DE' };

/** A whole page. Nothing in it comes from anywhere but our own origin and the media's. */
export function pageOf(frame: Frame): string {
  const { locale, theme, title, description, canonical, inLanguage, picture, oembed, feeds, hosts, key, body, worn, titled, share } = frame;
  const meta = (name: string, content: string, as = 'name'): string => (content ? `<meta ${as}="${name}" content="${escaped(content)}">` : '');
  const link = (rel: string, href: string, more = ''): string => (href ? `<link rel="${rel}" href="${escaped(href)}"${more}>` : '');
  const typed = (type: string): string => ` type="${type}" title="${escaped(title)}"`;
  return `<!doctype html>
<html lang="${locale}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
${meta('description', description)}${canonical ? link('canonical', canonical) : meta('robots', 'noindex')}${canonical ? LOCALES.map((one) => link('alternate', inLanguage(one), ` hreflang="${one}"`)).join('') + link('alternate', inLanguage('fr'), ' hreflang="x-default"') : ''}
${meta('og:title', title, 'property')}${meta('og:description', description, 'property')}${meta('og:type', share, 'property')}${meta('og:url', canonical, 'property')}${meta('og:site_name', 'Flow Stage', 'property')}${meta('og:locale', og[locale] ?? '', 'property')}${
  picture ? meta('og:image', picture.url, 'property') + meta('og:image:width', String(picture.width), 'property') + meta('og:image:height', String(picture.height), 'property') + meta('og:image:alt', picture.alt, 'property') : ''}${meta('twitter:card', picture ? 'summary_large_image' : 'summary')}
${oembed ? link('alternate', `${oembed}&format=json`, typed('application/json+oembed')) + link('alternate', `${oembed}&format=xml`, typed('text/xml+oembed')) : ''}${feeds ? link('alternate', feeds.rss, typed('application/rss+xml')) + link('alternate', feeds.ics, typed('text/calendar')) : ''}
<meta name="theme-color" content="#fbfaf6" media="(prefers-color-scheme: light)"><meta name="theme-color" content="#171614" media="(prefers-color-scheme: dark)">
<link rel="icon" href="data:,">
<style>${GROUND}</style>${worn && `<style>${worn}</style>`}
${key ? `<script async src="/v1/embed.js" data-key="${escaped(key)}" data-lang="${locale}" data-theme="${theme}"></script>` : ''}${key || hosts.length > 0 ? `${meta('flow-host', hosts.join(' '))}<script async src="/v1/framed.js"></script>` : ''}
</head>
<body>
<main>
${titled ? '' : `<h1 class="sr">${escaped(title)}</h1>\n`}${body}
</main>
<footer><nav aria-label="${tell(locale, 'languages')}">${LOCALES.map((one) => `<a href="${escaped(inLanguage(one))}" lang="${one}" hreflang="${one}"${one === locale ? ' aria-current="true"' : ''}>${NAMES[one] ?? one}</a>`).join('')}</nav>${
  feeds ? `<a href="${escaped(feeds.ics)}">${tell(locale, 'calendar')}</a><a href="${escaped(feeds.rss)}">${tell(locale, 'rss')}</a>` : ''}<p>${tell(locale, 'via')}</p></footer>
</body>
</html>
`;
}

/** A page that says, in words, why it shows nothing. */
export const wordsPage = ({ locale, theme, title, text, back, worn }: Stand & Pick<Frame, 'worn'> & { readonly title: string; readonly text: string; readonly back: string }): string => `<!doctype html>
<html lang="${locale}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${GROUND}</style>${worn && `<style>${worn}</style>`}
</head>
<body>
<main class="alone"><h1>${escaped(title)}</h1><p>${escaped(text)}</p>${back ? `<p><a href="${escaped(back)}">${tell(locale, 'home')}</a></p>` : ''}</main>
</body>
</html>
`;
