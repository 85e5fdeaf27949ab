import { consume } from '@lit/context';
import { Task, initialState } from '@lit/task';
import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { shortDay } from '../../core/format-days.ts';
import { Presence } from '../../core/presence.ts';
import { room } from '../../core/room.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import type { Draw, Point } from '../../parts/drawing.ts';
import { drawMap } from '../../parts/map.ts';
import { showLine, showsStyles } from '../../parts/shows.ts';
import { styles } from './flow-tour-map.styles.ts';

/**
 * The dates of an artist, or of a festival's artists, on a map and as a list that says the same. The map loads when it is seen,
 * draws its own land and asks no third party for a tile, unless `style-url` names one.
 *
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @csspart map - The map.
 */
export class FlowTourMap extends LitElement {
  static override styles = [...theme, room, showsStyles, styles];

  /** The artist, by the short name of its press kit; a festival's short name shows its artists. */
  @property() artist = '';
  /** The publishable key, for a page whose script tag cannot carry one. */
  @property() key = '';
  /** A map style of the partner's own, with the attribution and the addresses that it needs. */
  @property({ attribute: 'style-url' }) styleUrl = '';
  /** Instead of the site's own. Tests and stories put a fake here. @internal */
  @property({ attribute: false }) api?: Api;
  /** Instead of the real map. Tests and stories put their own here. @internal */
  @property({ attribute: false }) draw: Draw = drawMap;
  @consume({ context: siteContext, subscribe: true }) site: Site = pageSite();

  @state() private chosen = 0;
  /** No map can be had here: the list says it all. */
  @state() private listOnly = false;
  #drawn: Promise<() => void> | undefined;
  #points: readonly Point[] = [];
  readonly #seen = new IntersectionObserver((entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) this.#begin(); }, { rootMargin: '200px' });

  readonly #presence: Presence = new Presence(this, () => this.#tour.run());
  readonly #tour = new Task(this, {
    args: () => [this.#server(), this.artist] as const,
    task: ([api, artist]) => (artist ? api.programme.tour.query({ artist }) : initialState),
    onComplete: () => {
      this.#forget();
      this.#presence.arrived();
    },
    onError: this.#presence.failed,
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen.disconnect();
    this.#forget();
  }

  override updated(): void {
    if (this.box && !this.#drawn) this.#seen.observe(this.box);
    for (const pin of this.box?.querySelectorAll('.pin') ?? []) pin.toggleAttribute('aria-current', pin.textContent === String(this.chosen));
  }

  override render() {
    const { site } = this;
    const { say, locale } = site;
    return this.#presence.stand(this.#tour.render({ ...this.#presence.states(380, 80, 80), complete: ({ name, shows }) => {
      const marks = new Map<string, number>();
      const lines = shows.map((show) => {
        const { lat, lng } = show;
        if (lat === null || lng === null) return { show, mark: undefined };
        const place = `${lat.toFixed(2)} ${lng.toFixed(2)}`;
        // Two dates in one town are one mark.
        marks.set(place, marks.get(place) ?? marks.size + 1);
        return { show, mark: marks.get(place) };
      });
      this.#points = [...marks.values()].map((mark) => {
        const there = lines.filter((line) => line.mark === mark).map((line) => line.show);
        return { mark, lat: there[0]?.lat ?? 0, lng: there[0]?.lng ?? 0, label: `${there[0]?.city ?? ''}, ${there.map(({ day }) => shortDay(day, locale)).join(', ')}` };
      });
      if (!shows.length) return html`<p class="notice">${say('noShow')}</p>`;
      return html`<section class=${this.listOnly ? '' : 'both'} aria-label=${say('tourOf', { name })}>
        ${this.listOnly || !this.#points.length ? nothing : html`<div class="map" part="map" role="group" aria-label=${say('mapOf', { n: this.#points.length })}></div>`}
        <ul class="shows">${lines.map(({ show, mark }) => showLine({ ...show, title: show.city, note: show.title === name ? show.place : `${show.title}, ${show.place}`, mark: this.listOnly ? undefined : mark, cancelled: show.status === 'cancelled' }, site))}</ul>
      </section>`;
    } }));
  }

  /** The map, once it is seen. */
  #begin(): void {
    const { box } = this;
    if (!box || this.#drawn) return;
    this.#seen.disconnect();
    this.#drawn = this.draw({ box, points: this.#points, styleUrl: this.styleUrl, locale: this.site.locale, choose: this.#choose });
    this.#drawn.catch(() => { this.listOnly = true; });
  }

  /** The map goes; another is drawn when it is seen. */
  #forget(): void {
    void this.#drawn?.then((remove) => { remove(); }).catch(() => undefined);
    this.#drawn = undefined;
  }

  readonly #choose = (mark: number): void => {
    this.chosen = mark;
    for (const line of this.renderRoot.querySelectorAll('.shows > li')) line.classList.toggle('lit', line.querySelector('.mark')?.textContent === String(mark));
    this.renderRoot.querySelector('.lit')?.scrollIntoView({ block: 'nearest', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  };

  private get box(): HTMLElement | null {
    return this.renderRoot.querySelector('.map');
  }

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

declare global {
  interface HTMLElementTagNameMap { 'flow-tour-map': FlowTourMap }
}
