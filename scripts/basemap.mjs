import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';

/* The drawn map that asks nobody for a tile: Europe around France, out of Natural Earth 1:10m (public domain) by way of world-atlas (ISC). */

/** Degrees: from Lisbon to Warsaw, from Sicily to Oslo. A shore wholly outside (overseas territories, far islands) is left out. */
const [west, south, east, north] = [-11, 35.5, 25, 61.5];
/** The countries drawn, by their ISO 3166-1 numeric codes. */
const countries = new Set([
  '020', '040', '056', '070', '191', '203', '208', '250', '276', '348', '372', '380', '438', '442', '528', '578', '616', '620',
  '703', '705', '724', '752', '756', '826', '831', '832', '833',
]);
/** What a corner of a line must enclose to be kept, in square degrees: about 13 km² at 47° north. */
const least = 0.0015;

/** Drawn once, though several parts of a build ask. */
let drawn;

/** The map as GeoJSON: one feature a country, `properties.name` in English, degrees with two decimals (about a kilometre). */
function drawBasemap() {
  const world = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('world-atlas/countries-10m.json'), 'utf8'));
  const { scale: [kx, ky], translate: [dx, dy] } = world.transform;
  // Countries share the arcs of their borders: thinning an arc, rather than an outline, never opens a gap between two of them.
  const geometries = world.objects.countries.geometries.filter(({ id }) => countries.has(id));
  const drawnArcs = new Set(geometries.flatMap(({ arcs }) => arcs.flat(2)).map((arc) => (arc < 0 ? ~arc : arc)));
  const arcs = world.arcs.map((arc, index) => {
    let [x, y] = [0, 0];
    return drawnArcs.has(index) ? thin(arc.map(([stepX, stepY]) => [(x += stepX) * kx + dx, (y += stepY) * ky + dy])) : [];
  });
  const outlines = feature({ type: 'Topology', objects: {}, arcs }, { type: 'GeometryCollection', geometries });
  return { type: 'FeatureCollection', features: outlines.features.map(({ properties: { name }, geometry }) => ({
    type: 'Feature', properties: { name }, geometry: { type: 'MultiPolygon', coordinates: shores(geometry) },
  })) };
}

/** The land of a country that lies in the picture, without what thinning left fewer than four corners of. */
function shores({ type, coordinates }) {
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  const inside = ([x, y]) => x >= west && x <= east && y >= south && y <= north;
  const near = ([x, y]) => [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
  return polygons.filter(([shore]) => shore.some(inside)).map((rings) => rings.filter(({ length }) => length > 4).map((ring) => ring.map(near))).filter(({ length }) => length > 0);
}

/** Visvalingam: takes away the corner that encloses least, again and again. The ends of an arc stay, for other arcs begin there. */
function thin(arc) {
  const points = [...arc];
  const corner = (at) => {
    const [[ax, ay], [bx, by], [cx, cy]] = [points[at - 1], points[at], points[at + 1]];
    return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
  };
  const areas = points.map((_, at) => (at === 0 || at === points.length - 1 ? Infinity : corner(at)));
  for (;;) {
    let at = 0;
    for (let i = 1; i < areas.length; i++) if (areas[i] < areas[at]) at = i;
    if (!(areas[at] < least)) return points;
    points.splice(at, 1);
    areas.splice(at, 1);
    for (const beside of [at - 1, at]) if (beside > 0 && beside < points.length - 1) areas[beside] = corner(beside);
  }
}

/** `import basemap from 'virtual:basemap'`, in a module that is itself loaded on use, is the map. */
export function basemap() {
  const id = 'virtual:basemap';
  return {
    name: 'basemap',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export default JSON.parse(${drawn ??= JSON.stringify(JSON.stringify(drawBasemap()))});` : undefined),
  };
}
