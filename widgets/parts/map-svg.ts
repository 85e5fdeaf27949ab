import { html, render, svg } from 'lit';
import basemap from 'virtual:basemap';
import { BESIDE_PX, besidePx, boundsOf, type Draw, type Drawing, type Point } from './drawing.ts';

/* The map as a drawing, where there is no graphics card or no worker may run: the same land, the same marks. */

/** Mercator's ordinate of a latitude, in degrees of longitude at the equator. */
const mercator = (lat: number): number => (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

export const draw: Draw = (drawing) => {
  const { box } = drawing;
  // Anew whenever the box is another.
  let now = drawing;
  const size = new ResizeObserver(() => { lay(now, drawing.points); });
  lay(now, drawing.points);
  size.observe(box);
  return Promise.resolve({
    remove: () => {
      size.disconnect();
      render('', box);
    },
    // Every mark is in sight as it stands.
    show: () => undefined,
    again: (points, ways) => { now = { ...now, points, ways }; lay(now, drawing.points); },
  });
};

/** What is in sight is what was there at first: a mark that moves does not turn the map. */
function lay({ box, points, legs, ways = [], choose }: Drawing, inSight: readonly Point[]): void {
  const [west, south, east, north] = boundsOf(inSight);
  const { clientWidth: width, clientHeight: height } = box;
  const [low, high] = [mercator(south), mercator(north)];
  const wide = width - besidePx(inSight);
  const scale = Math.min(wide / (east - west), height / (high - low));
  const left = (west + east) / 2 - wide / 2 / scale;
  const top = (low + high) / 2 + height / 2 / scale;
  const at = ([lng, lat]: readonly [number, number]): [number, number] => [(lng - left) * scale, (top - mercator(lat)) * scale];
  const line = (ring: readonly (readonly [number, number])[]): string => `M${ring.map((corner) => at(corner).map((value) => value.toFixed(1)).join(' ')).join('L')}Z`;
  const seen = (ring: readonly (readonly [number, number])[]): boolean => {
    const corners = ring.map(at);
    return corners.some(([x]) => x > 0) && corners.some(([x]) => x < width) && corners.some(([, y]) => y > 0) && corners.some(([, y]) => y < height);
  };
  const land = basemap.features.flatMap(({ geometry }) => geometry.coordinates).filter(([shore]) => shore && seen(shore)).flatMap((rings) => rings.map(line)).join('');
  const gone = legs.map(({ from, to, past }) => svg`<path class=${past ? 'leg was' : 'leg'} d=${`M${at(from).map((value) => value.toFixed(1)).join(' ')}L${at(to).map((value) => value.toFixed(1)).join(' ')}`}></path>`);
  const lines = ways.map(({ tone, dash, corners }) => svg`<polyline fill="none" stroke-width="2.5" stroke-dasharray=${dash.map((length) => length * 2.5).join(' ')} .style=${`stroke:var(--${tone})`} points=${corners.map((corner) => at(corner).map((value) => value.toFixed(1)).join(',')).join(' ')}></polyline>`);
  const pins = points.map((point) => ({ ...point, x: at([point.lng, point.lat])[0] + (point.beside ?? 0) * BESIDE_PX, y: at([point.lng, point.lat])[1] }));
  render(html`
    <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">${svg`<path class="land" d=${land}></path>${gone}${lines}`}</svg>
    ${pins.map(({ mark, label, past, text = String(mark), tone, x, y }) => html`<button type="button" class=${past ? 'pin was' : 'pin'} data-label=${label} aria-label="${text}. ${label}" .style=${`position:absolute;left:${x}px;top:${y}px;translate:-50% -50%${tone ? `;background:var(--${tone});color:var(--on-tone)` : ''}`} @click=${() => { choose(mark); }}>${text}</button>`)}`, box);
}
