import { consume } from '@lit/context';
import { Task, initialState } from '@lit/task';
import type { inferRouterOutputs } from '@trpc/server';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { shortDay } from '../../core/format-days.ts';
import { Presence } from '../../core/presence.ts';
import { room } from '../../core/room.ts';
import { pageSite, siteContext, type Site } from '../../core/site.ts';
import { theme } from '../../core/theme.ts';
import type { Draw, Drawn, Leg, Point } from '../../parts/drawing.ts';
import { drawMap } from '../../parts/map.ts';
import { showLine, showsStyles } from '../../parts/shows.ts';
import { styles } from './flow-tour-map.styles.ts';
import type { Near } from './near.ts';

type Tour = inferRouterOutputs<PublicRouter>['programme']['tour'];
type Show = Tour['shows'][number];

/**
 * The dates of an artist, or of a festival's artists, on a map and as a list that says the same. The map loads when it is seen,
 * draws its own land and asks no third party for a tile, unless `style-url` names one. Visitors may ask the artist to play near them: fans are
 * counted by town, organisers are answered. That form loads when it is opened.
 *
 * @fires flow-near-asked
 * @slot - What stands there without scripts, or when nothing can be shown: a plain link.
 * @cssproperty --flow-field - The inside of fields; nothing by itself.
 * @csspart map - The map.
 * @csspart button - The button that opens the form, and those in it.
 * @csspart ask - The button and its form; `::part(ask) { display: none }` leaves them out.
 * @csspart near - The form that asks for a date near.
 */
export class FlowTourMap extends LitElement {
  static override styles = [...theme, room, showsStyles, styles];

  /** The artist, by the short name of its press kit; a festival's short name shows its artists. */
  @property() artist = '';
  /** Shows the dates of the last three months as well, below those to come. */
  @property({ type: Boolean }) past = false;
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
  @state() private asking = false;
  @state() private near: Near | undefined;
  #drawn: Promise<Drawn> | undefined;
  #points: readonly Point[] = [];
  #legs: readonly Leg[] = [];
  readonly #seen = new IntersectionObserver((entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) this.#begin(); }, { rootMargin: '200px' });

  readonly #presence: Presence = new Presence(this, () => this.#tour.run());
  readonly #tour = new Task(this, {
    args: () => [this.#server(), this.artist, this.past] as const,
    task: ([api, artist, past]) => (artist ? api.programme.tour.query({ artist, ...(past && { past }) }) : initialState),
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
    return this.#presence.stand(this.#tour.render({ ...this.#presence.states(380, 80, 80), complete: (tour) => (tour.shows.length ? this.#whole(tour) : html`${this.#ask(tour)}<p class="notice">${this.site.say('noShow')}</p>`) }));
  }

  #whole({ name, today, shows }: Tour): TemplateResult {
    const { say, locale } = this.site;
    const marks = new Map<string, number>();
    for (const { lat, lng } of shows) {
      // Two dates in one town are one mark.
      if (lat !== null && lng !== null && !marks.has(placeOf(lat, lng))) marks.set(placeOf(lat, lng), marks.size + 1);
    }
    const markOf = ({ lat, lng }: Show): number | undefined => (lat === null || lng === null ? undefined : marks.get(placeOf(lat, lng)));
    this.#points = [...marks.values()].map((mark) => {
      const there = shows.filter((show) => markOf(show) === mark);
      return { mark, lat: there[0]?.lat ?? 0, lng: there[0]?.lng ?? 0, label: `${there[0]?.city ?? ''}, ${there.map(({ day }) => shortDay(day, locale)).join(', ')}`, past: there.every(({ day }) => day < today) };
    });
    this.#legs = legsOf(shows, today);
    const next = shows.find(({ day, status }) => day >= today && status !== 'cancelled');
    const line = (show: Show): TemplateResult => {
      const mark = this.listOnly ? undefined : markOf(show);
      return showLine({
        ...show, title: show.city, note: show.title === name ? show.place : `${show.title}, ${show.place}`, mark, cancelled: show.status === 'cancelled', chosen: mark !== undefined && mark === this.chosen,
        next: show === next, past: show.day < today, ...(mark && { choose: () => { this.#choose(mark, true); } }),
      }, this.site);
    };
    const been = shows.filter(({ day }) => day < today);
    const chosen = this.#points.find(({ mark }) => mark === this.chosen);
    return html`<section class=${this.listOnly ? '' : 'both'} aria-label=${say('tourOf', { name })}>
      ${this.#ask(this.#tour.value)}
      ${this.listOnly || !this.#points.length ? nothing : html`<div class="map" part="map" role="group" aria-label=${say('mapOf', { n: this.#points.length })}></div>`}
      <div class="list"><ul class="shows">${shows.filter(({ day }) => day >= today).map(line)}</ul>
        ${been.length ? html`<h2>${say('past')}</h2><ul class="shows">${been.toReversed().map(line)}</ul>` : nothing}</div>
      <p class="sr" role="status">${chosen?.label ?? ''}</p>
    </section>`;
  }

  /** The way to ask for a date near, where this page may ask and there is somebody to be asked. */
  #ask(tour: Tour | undefined): TemplateResult | typeof nothing {
    if (!tour?.artists.length || !(this.api ?? (this.key || this.site.key))) return nothing;
    const open = this.asking && this.near;
    return html`<div class="near" part="ask"><button type="button" part="button" aria-expanded=${open ? 'true' : 'false'} aria-controls="asking" aria-busy=${this.asking && !this.near ? 'true' : 'false'} @click=${this.#turnAsking}>${this.site.say('playNear')}</button>${open ? open.render() : nothing}</div>`;
  }

  /** Opens the form, which is fetched the first time, or closes it. */
  readonly #turnAsking = async (): Promise<void> => {
    this.asking = !this.asking;
    if (!this.asking) return;
    // The room that the page kept knows nothing of a form.
    this.toggleAttribute('data-whole', true);
    try {
      this.near ??= await (await import('./near.ts')).openNear(this, { tour: () => this.#tour.value, site: () => this.site, server: this.#server, show: this.#lead, closed: this.#closed });
      this.near.focus();
    } catch {
      // The chunk did not come: the button stands for another try.
      this.asking = false;
    }
  };

  readonly #closed = (): void => {
    this.asking = false;
    void this.updateComplete.then(() => { this.renderRoot.querySelector<HTMLElement>('.near > button')?.focus(); });
  };

  /** Leads to a date in the list, and shows it on the map. */
  readonly #lead = (id: string): void => {
    const { shows = [], today = '' } = this.#tour.value ?? {};
    const show = shows.find((one) => one.id === id);
    const point = show && this.#points.find(({ lat, lng }) => show.lat !== null && show.lng !== null && placeOf(lat, lng) === placeOf(show.lat, show.lng));
    if (point) this.#choose(point.mark, true);
    const line = [...this.renderRoot.querySelectorAll('.shows > li')][shows.filter(({ day }) => day >= today).findIndex((one) => one.id === id)];
    const way = line?.querySelector<HTMLElement>('a, button');
    line?.scrollIntoView({ block: 'center', behavior: still() });
    way?.focus({ preventScroll: true });
  };

  /** The map, once it is seen. */
  #begin(): void {
    const { box } = this;
    if (!box || this.#drawn) return;
    this.#seen.disconnect();
    this.#drawn = this.draw({ box, points: this.#points, legs: this.#legs, styleUrl: this.styleUrl, locale: this.site.locale, choose: (mark) => { this.#choose(mark); } });
    this.#drawn.then(() => { this.requestUpdate(); }, () => { this.listOnly = true; });
  }

  /** The map goes; another is drawn when it is seen. */
  #forget(): void {
    void this.#drawn?.then(({ remove }) => { remove(); }).catch(() => undefined);
    this.#drawn = undefined;
  }

  /** A mark was pressed on the map and is found in the list, or in the list and is found on the map. */
  #choose(mark: number, onMap = false): void {
    this.chosen = mark;
    if (onMap) {
      void this.#drawn?.then(({ show }) => { show(mark); }).catch(() => undefined);
      return;
    }
    void this.updateComplete.then(() => { this.renderRoot.querySelector('.chosen')?.scrollIntoView({ block: 'nearest', behavior: still() }); });
  }

  private get box(): HTMLElement | null {
    return this.renderRoot.querySelector('.map');
  }

  #server = () => (this.api ?? this.site.api)<PublicRouter>('/trpc/public', this.key);
}

/** One place, for two dates in a town. */
const placeOf = (lat: number, lng: number): string => `${lat.toFixed(2)} ${lng.toFixed(2)}`;

const still = (): ScrollBehavior => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');

/** The ways between the dates of each artist, in their order; none leads to a date that was cancelled. */
function legsOf(shows: readonly Show[], today: string): readonly Leg[] {
  const last = new Map<string, readonly [number, number]>();
  return shows.flatMap(({ artist, title, lat, lng, day, status }) => {
    if (lat === null || lng === null || status === 'cancelled') return [];
    const who = artist ?? title;
    const [from, to] = [last.get(who), [lng, lat] as const];
    last.set(who, to);
    return from && placeOf(from[1], from[0]) !== placeOf(lat, lng) ? [{ from, to, past: day < today }] : [];
  });
}

declare global {
  interface HTMLElementTagNameMap { 'flow-tour-map': FlowTourMap }
}
