import * as maplibre from 'maplibre-gl';
import sheet from 'maplibre-gl/dist/maplibre-gl.css?inline';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import basemap from 'virtual:basemap';
import { mix, parse, written, type Colour } from '../core/colour.ts';
import { isDark } from '../core/look.ts';
import { BESIDE_PX, besidePx, boundsOf, type Draw, type Point, type Way } from './drawing.ts';
import { MAP_WORDS } from './map-words.ts';

/* The map on the graphics card. It alone knows maplibre, and how the builder hands out its style sheet and its worker. */

/** The map's own controls, on the theme. */
const CONTROLS = `
.map .maplibregl-ctrl-group:not(:empty), .map .maplibregl-ctrl-attrib, .map .maplibregl-cooperative-gesture-screen { background: var(--ground); color: var(--ink); box-shadow: none }
.map .maplibregl-ctrl-group:not(:empty) { border: 1px solid var(--line) } .map .maplibregl-ctrl-attrib { font-size: 11px }
.map .maplibregl-ctrl button { min-height: 0; border: 0; border-radius: 0 } .map .maplibregl-ctrl-group button { width: 36px; height: 36px }
.map.dark .maplibregl-ctrl-icon, .map.dark .maplibregl-ctrl-attrib-button { filter: invert(1) }`;

const WHITE: Colour = [255, 255, 255, 1];

/** A role of the theme as a colour that the map can take: no alpha, no mixing. */
function colourOf(box: HTMLElement, role: string, over: Colour): Colour {
  box.style.color = `var(--${role})`;
  const colour = parse(getComputedStyle(box).color) ?? over;
  box.style.color = '';
  return mix(colour, over, colour[3]);
}

/** The drawn map: land, coasts and borders, in the colours of the page. */
function drawnStyle(box: HTMLElement): maplibre.StyleSpecification {
  const ground = colourOf(box, 'ground', WHITE);
  const ink = colourOf(box, 'ink', ground);
  return {
    version: 8,
    sources: { land: { type: 'geojson', data: basemap as never, attribution: 'Natural Earth' } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': written(mix(ink, ground, 0.08)) } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': written(ground) } },
      { id: 'border', type: 'line', source: 'land', paint: { 'line-color': written(mix(ink, ground, 0.35)), 'line-width': 0.8 } },
    ],
  };
}

export const draw: Draw = async ({ box, points, legs, ways = [], styleUrl, locale, choose }) => {
  if (!document.createElement('canvas').getContext('webgl2')) throw new Error('There is no WebGL here.');
  maplibre.setWorkerUrl(new URL(worker, import.meta.url).href);
  const css = new CSSStyleSheet();
  css.replaceSync(sheet + CONTROLS);
  box.classList.toggle('dark', isDark(box));
  const root = box.getRootNode() as ShadowRoot | Document;
  root.adoptedStyleSheets = [css, ...root.adoptedStyleSheets];
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const [west, south, east, north] = boundsOf(points);
  const padding = { top: 0, bottom: 0, left: 0, right: besidePx(points) };
  const map = new maplibre.Map({
    container: box, style: styleUrl || drawnStyle(box), bounds: [west, south, east, north], fitBoundsOptions: { padding }, attributionControl: { compact: true },
    cooperativeGestures: true, dragRotate: false, pitchWithRotate: false, localIdeographFontFamily: 'sans-serif', ...(still && { fadeDuration: 0 }),
    locale: MAP_WORDS[locale],
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  let pins: readonly maplibre.Marker[] = [];
  const pinAll = (all: readonly Point[]): void => {
    for (const pin of pins) pin.remove();
    pins = all.map((point) => new maplibre.Marker({ element: pinOf(point, choose), offset: [(point.beside ?? 0) * BESIDE_PX, 0] }).setLngLat([point.lng, point.lat]).addTo(map));
  };
  pinAll(points);
  // All points stay in sight, whatever becomes of the box, until somebody looks elsewhere: the library keeps the middle and the scale, and may miss a change before its first picture.
  let moved = false;
  map.on('movestart', ({ originalEvent }) => { moved ||= originalEvent !== undefined; });
  map.on('resize', () => { if (!moved) map.fitBounds([west, south, east, north], { animate: false, padding }); });
  const gone = legs.map(({ from, to, past }) => ({ type: 'Feature' as const, properties: { past }, geometry: { type: 'LineString' as const, coordinates: [[...from], [...to]] } }));
  const accent = colourOf(box, 'accent', colourOf(box, 'ink', WHITE));
  const remove = (): void => {
    map.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== css);
  };
  await new Promise<void>((resolve, reject) => {
    map.once('load', () => {
      map.addSource('legs', { type: 'geojson', data: { type: 'FeatureCollection', features: gone } });
      map.addLayer({ id: 'legs', type: 'line', source: 'legs', layout: { 'line-cap': 'round' }, paint: { 'line-color': written(accent), 'line-width': 2, 'line-opacity': ['case', ['get', 'past'], 0.35, 0.9] } });
      layWays(map, box, ways);
      map.resize();
      resolve();
    });
    // Later failures, a tile that does not come, are the map's own to mend.
    map.once('error', ({ error }) => { remove(); reject(error instanceof Error ? error : new Error('The map failed.')); });
  });
  const show = (mark: number): void => {
    const point = points.find((one) => one.mark === mark);
    if (!point) return;
    // From here on the reader looks where they chose to.
    moved = true;
    map.easeTo({ center: [point.lng, point.lat], animate: !still });
  };
  return { remove, show, again: (next, nextWays) => { pinAll(next); layWays(map, box, nextWays); } };
};

/** A mark as a button, so that keys reach it. */
function pinOf({ mark, label, past, text, tone }: Point, choose: (mark: number) => void): HTMLButtonElement {
  const pin = document.createElement('button');
  pin.type = 'button';
  pin.className = past ? 'pin was' : 'pin';
  pin.dataset['label'] = label;
  pin.textContent = text ?? String(mark);
  if (tone) pin.style.cssText = `background:var(--${tone});color:var(--on-tone)`;
  pin.setAttribute('aria-label', `${text ?? mark}. ${label}`);
  pin.addEventListener('click', () => { choose(mark); });
  return pin;
}

/** The ways as layers of their own, below the marks; those that lay there before go. */
function layWays(map: maplibre.Map, box: HTMLElement, ways: readonly Way[]): void {
  for (const { id } of map.getStyle().layers) if (id.startsWith('way-')) map.removeLayer(id);
  for (const id of Object.keys(map.getStyle().sources)) if (id.startsWith('way-')) map.removeSource(id);
  const ground = colourOf(box, 'ground', WHITE);
  ways.forEach(({ tone, dash, corners }, at) => {
    const id = `way-${at}`;
    map.addSource(id, { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: corners.map(([lng, lat]) => [lng, lat]) } } });
    map.addLayer({ id, type: 'line', source: id, layout: { 'line-cap': 'butt', 'line-join': 'round' }, paint: { 'line-color': written(colourOf(box, tone, ground)), 'line-width': 2.5, ...(dash.length > 0 && { 'line-dasharray': [...dash] }) } });
  });
}
