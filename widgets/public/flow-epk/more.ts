import { css, html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { inferRouterOutputs } from '@trpc/server';
import type { PublicRouter } from '../../../server/public-router.ts';
import { toJson } from '../../core/json.ts';
import type { Site } from '../../core/site.ts';
import { month } from '../../core/format-days.ts';
import { ratedIn, starLine, tellOf, weight } from './words.ts';

type Epk = inferRouterOutputs<PublicRouter>['profiles']['epk'];
type Host = HTMLElement & ReactiveControllerHost & { readonly site: Site };

/** What films and documents look like; it comes with them. */
const sheet = css`
.films { display: grid; gap: 20px; grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr)) }
.screen { position: relative; aspect-ratio: 16 / 9; border-radius: var(--radius); overflow: hidden; background: #16150f } .screen :is(img, iframe, video) { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; object-fit: cover } .screen img { opacity: .5 } .screen :is(iframe, video) { object-fit: contain; background: #000 }
.screen button { position: absolute; inset: 0; width: 100%; height: 100%; padding: 0; border: 0; color: #fff } .screen .go { position: absolute; inset: 0; display: grid; place-items: center } .screen button:hover { background: #0006 } .screen svg { width: 56px; height: 56px; padding: 16px; border-radius: 50%; background: #000c; fill: #fff } .screen :is(button, .go):focus-visible { outline-offset: -4px; outline-color: #fff }
.film .name { margin-top: 8px; overflow-wrap: anywhere } .film a, .papers a { display: inline-block; min-height: 24px } .papers li { padding: 4px 0; overflow-wrap: anywhere }`;

/** A film as it is shown: its poster, then its player. */
interface Film {
  readonly key: string;
  readonly title: string;
  /** The page of the film. */
  readonly url: string;
  readonly host: string;
  readonly frame: string | null;
  readonly file: string | null;
}

/**
 * The films of a press kit. Each is a poster of ours until it is clicked, and says who will be asked; its frame is sandboxed. Where the
 * page lets no such frame in, the film is a link.
 */
export class Films implements ReactiveController {
  readonly #host: Host;
  readonly #open = new Set<string>();
  readonly #refused = new Set<string>();

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
    if (sheet.styleSheet) host.shadowRoot?.adoptedStyleSheets.push(sheet.styleSheet);
  }

  hostConnected(): void { document.addEventListener('securitypolicyviolation', this.#heard); }

  hostDisconnected(): void {
    document.removeEventListener('securitypolicyviolation', this.#heard);
    this.#open.clear();
  }

  /** All of them: those elsewhere, then the artist's own. */
  show(epk: Epk): readonly TemplateResult[] {
    const own = epk.media.filter(({ kind }) => kind === 'video').map(({ id, title, url }): Film => ({ key: id, title, url, host: new URL(url, location.href).host, frame: null, file: url }));
    const films = epk.videos.map(({ title, url, host, embed, provider }): Film => ({ key: url, title: title || host, url, host, frame: provider === 'file' ? null : embed, file: provider === 'file' ? embed : null }));
    const photos = epk.media.filter(({ kind }) => kind === 'photo');
    return [...films, ...own].map((film, i) => this.#film(film, photos[i % photos.length]));
  }

  #film({ key, title, url, host, frame, file }: Film, photo: Epk['media'][number] | undefined): TemplateResult {
    const { locale } = this.#host.site;
    const link = html`<a href=${url} target="_blank" rel="noopener">${tellOf(locale, 'videoAt', { host })}</a>`;
    const open = this.#open.has(key);
    const refused = this.#refused.has(host);
    const note = refused ? html`<p class="small muted" role="status">${tellOf(locale, 'videoRefused', { host })} ${link}</p>` : frame ? html`<p class="small muted">${open ? link : tellOf(locale, 'videoAsks', { host })}</p>` : !file ? html`<p class="small muted">${host}</p>` : nothing;
    return html`<li class="film"><div class="screen">${photo ? html`<img src=${photo.smallUrl ?? photo.url} alt="" loading="lazy" decoding="async">` : nothing}${
      !frame && !file ? html`<a class="go" href=${url} target="_blank" rel="noopener" aria-label="${title}, ${tellOf(locale, 'videoAt', { host })}"><svg viewBox="0 0 18 18" aria-hidden="true"><path d="M6 3h9v9h-2V6.4L4.4 15 3 13.6 11.6 5H6z"></path></svg></a>`
      : refused ? nothing
      : !open ? html`<button type="button" part="button" aria-label=${tellOf(locale, 'videoPlay', { title })} @click=${(event: Event) => { void this.#play(key, event.currentTarget as HTMLElement); }}><svg viewBox="0 0 18 18" aria-hidden="true"><path d="M5 2.5l10 6.5-10 6.5z"></path></svg></button>`
      : file ? html`<video src=${file} controls autoplay playsinline preload="metadata" aria-label=${title} tabindex="0"></video>`
      : html`<iframe src="${frame ?? ''}${frame?.includes('?') ? '&' : '?'}autoplay=1" title=${title} sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" allow="autoplay; fullscreen; encrypted-media; picture-in-picture" referrerpolicy="strict-origin-when-cross-origin"></iframe>`}</div>
      <p class="name">${title}</p>${note}</li>`;
  }

  async #play(key: string, button: HTMLElement): Promise<void> {
    const screen = button.parentElement;
    this.#open.add(key);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    // Who came by the keyboard goes on from the player.
    screen?.querySelector<HTMLElement>('iframe, video')?.focus();
  }

  readonly #heard = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (!/^(?:frame|child|media|default)-src$/.test(effectiveDirective) || !URL.canParse(blockedURI)) return;
    this.#refused.add(new URL(blockedURI).host);
    this.#host.requestUpdate();
  };
}

/** What there is to take along: riders, plans, texts. */
export const documents = (media: Epk['media'], { locale }: Site): TemplateResult => html`<ul class="papers">${media.filter(({ kind }) => kind === 'document').map(({ title, url, size }) => html`
  <li><a href=${url} target="_blank" rel="noopener" download>${title}</a> <span class="small muted num">${tellOf(locale, 'fileSize', { size: weight(size ?? 0, locale) })}</span></li>`)}</ul>`;

/** The titles of those two. */
export const titles = (locale: Site['locale']) => ({ videos: tellOf(locale, 'videos'), documents: tellOf(locale, 'documents'), reviews: tellOf(locale, 'reviews') });

/** The mean of the reviews of a press kit, as one of its facts. */
export const rated = ({ rating }: Epk, locale: Site['locale']): string => (rating ? ratedIn(locale, rating) : '');

/** What organisers say of the shows they had. */
export const reviews = (epk: Epk, { locale }: Site): TemplateResult => html`<div class="quotes">${epk.reviews.map(({ stars, words, reply, by, city, day }) => html`<blockquote><span role="img" aria-label=${tellOf(locale, 'starsOf', { n: String(stars) })}>${starLine(stars)}</span><p>${words}</p><cite>${[by, city, month(day, locale)].filter(Boolean).join(', ')}</cite>${reply ? html`<details><summary class="small">${tellOf(locale, 'replied')}</summary><p class="small">${reply}</p></details>` : nothing}</blockquote>`)}</div>`;

/** Hands the page's address on: by the device's own sheet where it has one, else to the clipboard. What is to be said, or the address where neither may be. */
export async function share(title: string, { locale }: Site): Promise<string> {
  const [url = ''] = location.href.split('#');
  try {
    if ('share' in navigator) {
      await navigator.share({ title, url });
      return '';
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return '';
  }
  try {
    await navigator.clipboard.writeText(url);
    return tellOf(locale, 'linkCopied');
  } catch {
    return url;
  }
}

/** The artist as a MusicGroup of schema.org, with where else it is found and where it plays, for search engines. */
export function groupOf({ name, genres, bio, tagline, media, links, videos, city, upcoming }: Epk, locale: Site['locale']): Readonly<Record<string, unknown>> {
  const [url] = location.href.split('#');
  const words = bio[locale] ?? tagline[locale] ?? bio.fr ?? bio.en ?? tagline.fr ?? tagline.en;
  const images = media.filter(({ kind }) => kind === 'photo').slice(0, 5).map((photo) => photo.url);
  return {
    '@context': 'https://schema.org', '@type': 'MusicGroup', name, url, genre: genres, ...(words && { description: words }), ...(images.length && { image: images }),
    ...(links.length + videos.length && { sameAs: [...links, ...videos].map((link) => link.url) }), ...(city && { location: { '@type': 'Place', name: city } }),
    event: upcoming.map((show) => ({
      '@type': 'MusicEvent', name, startDate: show.startTime ? `${show.day}T${show.startTime}` : show.day, eventStatus: 'https://schema.org/EventScheduled',
      location: { '@type': 'Place', name: show.place || show.city, address: { '@type': 'PostalAddress', addressLocality: show.city } }, ...(show.ticketUrl && { offers: { '@type': 'Offer', url: show.ticketUrl } }),
    })),
  };
}

/** Writes it beside the widget's plain link, in the page's own document, where search engines look. Once: what stood there before goes. */
export function describe(widget: HTMLElement, epk: Epk, locale: Site['locale']): void {
  widget.querySelector('script[data-flow-meaning]')?.remove();
  const script = document.createElement('script');
  script.type = 'application/ld+json';
  script.dataset['flowMeaning'] = '';
  // A page that enforces Trusted Types lets nobody write into a script.
  try { script.text = toJson(groupOf(epk, locale)).replaceAll('<', '\\u003c'); } catch { return; }
  widget.append(script);
}
