import { html, nothing, svg, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Site } from '../../core/site.ts';
import { outcome } from '../../parts/desk.ts';
import { ofTown } from '../../parts/towns.ts';
import type { Draw, Drawn, Point, Way } from '../../parts/drawing.ts';
import { askers, dayOf, hours, km, placeOf, type Bench } from './bench.ts';
import { basinOf, legTo, nameOf, stopsOf, wayOf, type Known } from './known.ts';
import { artistField, stroke } from './marks.ts';
import type { Demand, Stop, Tour } from './model.ts';

const basinWords = ({ say, locale }: Bench['words'], town: string): string => say('tourBasin', { town: ofTown(town, locale) });

/** The basin of a place, as a colour and a word. */
export function basinMark({ tour, words }: Pick<Bench, 'tour' | 'words'>, place: number): TemplateResult | typeof nothing {
  const basin = basinOf(tour, place);
  return basin ? html` <span class="basin"><i class="sw tone" .style=${`--tone:var(--${basin.tone})`}></i>${basinWords(words, basin.name)}</span>` : nothing;
}

/** Where artists are asked for, once somebody wants to see it, and what turns that on and off. */
export interface AskedFor { readonly towns: readonly Demand[] | null; readonly site: Site; readonly turn: () => void }

/** Whose they are, where a plan has several. */
const whose = ({ plan, known }: Bench, { artist }: Demand): string => (plan.artists.length > 1 ? known.artist(artist)?.name ?? '' : '');

/** Towns that ask, as marks that are no stops: below zero, so that pressing one opens nothing. */
const wantedAt = (bench: Bench, towns: readonly Demand[]): readonly Point[] => towns.map((town, at) => ({
  mark: -1 - at, lat: town.lat, lng: town.lng, beside: bench.stops.filter((stop) => stop.city === town.city).length + towns.slice(0, at).filter(({ city }) => city === town.city).length, past: true, text: String(town.fans + town.organisers),
  label: [town.city, whose(bench, town), askers(bench.words, town)].filter(Boolean).join(', '),
}));

function wantedList(bench: Bench, towns: readonly Demand[]): TemplateResult {
  const { say } = bench.words;
  return html`<section class="wanted" aria-labelledby="wanted"><h3 id="wanted">${say('tourDemandTitle')}</h3><p class="small muted">${say('tourDemandHow')}</p>${towns.length === 0 ? html`<p class="muted">${say('tourDemandNone')}</p>`
    : html`<ul class="stops">${towns.map((town) => html`<li><span class="mark home num">${town.fans + town.organisers}</span><span><b>${town.city}</b><span class="small muted">${[whose(bench, town), askers(bench.words, town)].filter(Boolean).join(' · ')}</span></span></li>`)}</ul>`}</section>`;
}

interface Marked { readonly stop: Stop; readonly at: number; readonly mark: number }
interface Seen { readonly points: readonly Point[]; readonly ways: readonly Way[]; readonly marked: readonly Marked[] }

/** A plan on a map, each artist's stops numbered in order and joined by a line of its own; beside it the same as a list, which is all there is where no map can be had. */
export class MapView implements ReactiveController {
  /** Instead of the real map, for tests and stories. */
  draw: Draw | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #real: Draw;
  #drawn: Promise<Drawn> | undefined;
  #box: HTMLElement | null = null;
  #said = '';
  #seen: Seen = { points: [], ways: [], marked: [] };
  #listOnly = false;
  #chosen = 0;
  #artist = '';
  /** Whether marks are coloured by their basin, and not by whose they are. */
  #byBasin = false;
  #asks = false;

  constructor(host: ReactiveControllerHost & HTMLElement, real: Draw) {
    this.#host = host;
    this.#real = real;
    host.addController(this);
  }

  hostDisconnected(): void { this.#forget(); }

  hostUpdated(): void {
    const box = this.#host.shadowRoot?.querySelector<HTMLElement>('.map') ?? null;
    if (box !== this.#box) {
      this.#forget();
      this.#box = box;
    }
    if (!box) return;
    const { points, ways } = this.#seen;
    const said = JSON.stringify([points, ways]);
    if (said === this.#said) return;
    this.#said = said;
    if (this.#drawn) { void this.#drawn.then((drawn) => drawn.again?.(points, ways), () => undefined); return; }
    if (points.length === 0) { this.#said = ''; return; }
    this.#drawn = (this.draw ?? this.#real)({ box, points, ways, legs: [], styleUrl: '', locale: this.#locale, choose: this.#choose });
    this.#drawn.catch(() => { this.#listOnly = true; this.#host.requestUpdate(); });
  }

  #locale: 'fr' | 'en' | 'nl' | 'de' = 'fr';
  #bench: Bench | null = null;

  render(bench: Bench, asked: AskedFor): TemplateResult {
    const { plan, words, known, tour } = bench;
    const { say } = words;
    this.#bench = bench;
    this.#locale = words.locale;
    const artists = plan.artists.filter(({ id }) => (this.#artist === '' || id === this.#artist) && bench.stops.some((stop) => stop.artist === id));
    this.#seen = seenOf(bench, artists.map(({ id }) => id), this.#byBasin);
    const towns = asked.towns?.filter(({ artist }) => this.#artist === '' || artist === this.#artist) ?? [];
    // Towns that ask may lie beyond the tour: with them, and without them again, the map is laid anew.
    if ((asked.towns !== null) !== this.#asks) this.#forget();
    this.#asks = asked.towns !== null;
    this.#seen = { ...this.#seen, points: [...this.#seen.points, ...wantedAt(bench, towns)] };
    const list = artists.map(({ id, name }) => html`<section aria-label=${name}><h3 class="who">${stroke(known, id)} ${name}</h3><ol class="stops">${this.#seen.marked.filter(({ stop }) => stop.artist === id).map((one) => this.#line(bench, one))}${this.#home(bench, id)}</ol></section>`);
    return html`${artistField(bench, this.#artist, (artist) => { this.#artist = artist; this.#host.requestUpdate(); })}
      ${tour.basins.length === 0 ? nothing : html`<div class="row"><span class="small">${say('tourColours')}</span><div class="segments" role="group" aria-label=${say('tourColours')}>${[false, true].map((byBasin) => html`<button type="button" aria-pressed=${byBasin === this.#byBasin ? 'true' : 'false'} @click=${() => { this.#byBasin = byBasin; this.#host.requestUpdate(); }}>${say(byBasin ? 'tourByBasin' : 'tourByArtist')}</button>`)}</div><span class="small muted">${say('tourBasins', { n: tour.basins.length })}</span></div>`}
      <div class="row"><button type="button" data-demand aria-pressed=${asked.towns ? 'true' : 'false'} ?disabled=${bench.acts.busy !== ''} @click=${asked.turn}>${say('tourDemand')}</button></div>${outcome(bench.acts, asked.site, 'demand')}
      ${bench.stops.length === 0 && towns.length === 0 ? html`<p class="muted">${say('tourNoStop')}</p>` : html`<div class=${this.#listOnly ? '' : 'both'}>${this.#listOnly ? html`<p class="notice"><span>${say('tourNoMap')}</span></p>` : html`<div class="map" role="group" aria-label=${say('tourMapOf', { n: tour.stops.length })}></div>`}<div class="lists">${list}${asked.towns ? wantedList(bench, towns) : nothing}</div></div>`}`;
  }

  #line(bench: Bench, { stop, at, mark }: Marked): TemplateResult {
    const { words, tour } = bench;
    const leg = legTo(tour, stop);
    return html`<li class=${mark === this.#chosen ? 'lit' : ''}><span class="mark num" .style=${`background:var(--${toneOf(bench, stop, this.#byBasin)})`}>${at}</span>
      <span><button type="button" class="plain" data-stop=${nameOf(stop)} @click=${() => { bench.open(stop); }}>${placeOf(bench, stop)}</button><span class="small muted"><span class="num">${dayOf(words, stop.day)}</span>${leg ? html` · ${km(words, leg.metres)} · ${hours(words, leg.minutes)}${leg.home ? html` · ${words.say('tourViaHome')}` : nothing}` : nothing}${basinMark(bench, stop.place)}</span></span></li>`;
  }

  #home({ tour, words, known }: Bench, artist: string): TemplateResult | typeof nothing {
    const leg = tour.legs.find((one) => one.artist === artist && one.to === null);
    return leg ? html`<li><span class="mark home" aria-hidden="true">⌂</span><span>${words.say('tourBackHome', { city: known.spot(leg.places.at(-1) ?? -1)?.city ?? '' })}${leg.metres > 0 ? html`<span class="small muted">${km(words, leg.metres)} · ${hours(words, leg.minutes)}</span>` : nothing}</span></li>` : nothing;
  }

  readonly #choose = (mark: number): void => {
    this.#chosen = mark;
    const stop = this.#seen.marked.find((one) => one.mark === mark)?.stop;
    this.#host.requestUpdate();
    if (stop) this.#bench?.open(stop);
  };

  /** The map goes; another is drawn when there is a box again. */
  #forget(): void {
    void this.#drawn?.then((drawn) => { drawn.remove(); }).catch(() => undefined);
    [this.#drawn, this.#said, this.#box] = [undefined, '', null];
  }
}

const toneOf = ({ tour, known }: Pick<Bench, 'tour' | 'known'>, stop: Stop, byBasin: boolean): string => (byBasin ? basinOf(tour, stop.place)?.tone : undefined) ?? known.look(stop.artist).tone;

function seenOf({ stops, tour, known, words, plan }: Bench, artists: readonly string[], byBasin: boolean): Seen {
  const marked = artists.flatMap((artist) => stopsOf(stops, artist).map((stop, at) => ({ stop, at: at + 1 }))).map((one, mark) => ({ ...one, mark: mark + 1 }));
  const taken = new Map<number, number>();
  const points = marked.flatMap(({ stop, at, mark }) => {
    const spot = known.spot(stop.place);
    const beside = taken.get(stop.place) ?? 0;
    taken.set(stop.place, beside + 1);
    return spot ? [{ mark, beside, lat: spot.lat, lng: spot.lng, text: String(at), tone: toneOf({ tour, known }, stop, byBasin), label: `${plan.artists.length > 1 ? `${known.artist(stop.artist)?.name ?? ''}, ` : ''}${stop.city}, ${dayOf(words, stop.day)}${byBasin ? `, ${basinWords(words, basinOf(tour, stop.place)?.name ?? '')}` : ''}` }] : [];
  });
  return { marked, points, ways: artists.map((artist) => ({ ...known.look(artist), corners: wayOf(tour, artist, known) })).filter(({ corners }) => corners.length > 1) };
}

/** A tour as a few lines, the size of a stamp: to tell one variant from another. */
export function sketch(tour: Tour, known: Known, artists: readonly string[]): TemplateResult {
  const ways = artists.map((artist) => ({ ...known.look(artist), corners: wayOf(tour, artist, known) }));
  const all = ways.flatMap(({ corners }) => corners);
  if (all.length < 2) return html`<svg class="sketch" viewBox="0 0 160 120" aria-hidden="true"></svg>`;
  const [west, east] = [Math.min(...all.map(([lng]) => lng)), Math.max(...all.map(([lng]) => lng))];
  const [south, north] = [Math.min(...all.map(([, lat]) => lat)), Math.max(...all.map(([, lat]) => lat))];
  const narrow = Math.cos(((south + north) / 2) * Math.PI / 180);
  const scale = Math.min(144 / Math.max(0.2, (east - west) * narrow), 104 / Math.max(0.2, north - south));
  const at = ([lng, lat]: readonly [number, number]): string => `${(80 + (lng - (west + east) / 2) * narrow * scale).toFixed(1)},${(60 - (lat - (south + north) / 2) * scale).toFixed(1)}`;
  return html`<svg class="sketch" viewBox="0 0 160 120" aria-hidden="true">${ways.map(({ tone, dash, corners }) => svg`<polyline fill="none" stroke-width="2" stroke-linejoin="round" stroke-dasharray=${dash.map((one) => one * 2).join(' ')} .style=${`stroke:var(--${tone})`} points=${corners.map(at).join(' ')}></polyline>${corners.slice(1, -1).map((corner) => svg`<circle r="2.5" cx=${at(corner).split(',')[0] ?? ''} cy=${at(corner).split(',')[1] ?? ''} .style=${`fill:var(--${tone})`}></circle>`)}`)}</svg>`;
}
