import { Hono } from 'hono';
import type { RoadPoint } from '../../ports.ts';
import { doubleWay, openDouble, type RoadsDouble } from './http.ts';

/*
 * A double of OSRM's HTTP interface, for tests without its map. It is written from the public documentation, docs/http.md of Project-OSRM/osrm-backend
 * (https://project-osrm.org/docs/v5.24.0/api/): above each behaviour stands its section, read 2026-11-22.
 */

/** OSRM as a test sees it. */
export interface OsrmDouble extends RoadsDouble {
  /** Metres between a point and the road that it is set on. */
  aside: (point: RoadPoint) => number;
}

/** Opens the double on a free port. */
export async function openOsrmDouble(): Promise<OsrmDouble> {
  const app = new Hono();
  const state: Omit<OsrmDouble, 'url' | 'close'> = { trouble: [], requests: [], cutOff: () => false, aside: () => 12 };
  // "General options": GET /{service}/{version}/{profile}/{coordinates}, longitude first; "Responses": a code, and 400 in case of an error.
  app.get('/table/v1/driving/:points', (call) => {
    const refuse = (code: string) => call.json({ code, message: code }, 400);
    const pairs = call.req.param('points').split(';').map((pair) => pair.split(',').map(Number));
    const points = pairs.map(([lon = Number.NaN, lat = Number.NaN]): RoadPoint => ({ lat, lon }));
    if (!points.every(({ lat, lon }) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return refuse('InvalidQuery');
    // "osrm-routed --max-table-size": 100 places by default, and `TooBig` beyond.
    if (points.length > 100) return refuse('TooBig');
    // "Table service": sources and destinations are indices, with semicolons.
    const chosen = (name: string) => (call.req.query(name) ?? points.map((_, i) => i).join(';')).split(';').map((index) => points[Number(index)]);
    const [sources, destinations] = [chosen('sources'), chosen('destinations')];
    if (![...sources, ...destinations].every((point) => point !== undefined)) return refuse('InvalidOptions');
    if (call.req.query('annotations') !== 'duration,distance') return refuse('InvalidOptions');
    const [from, to] = [sources, destinations] as [RoadPoint[], RoadPoint[]];
    state.requests.push({ from: from.length, to: to.length, headers: call.req.header() });
    // "durations: row-major… in seconds"; "distances… in meters"; null where no route was found.
    const ways = from.map((a) => to.map((b) => (state.cutOff(a) || state.cutOff(b) ? null : doubleWay(a, b))));
    if (state.trouble[0] === 'partial') {
      state.trouble.shift();
      ways.pop();
    }
    // "Waypoint object": where it was set, and how far from what was asked.
    const shown = (list: RoadPoint[]) => list.map((point) => ({ hint: '', name: '', location: [point.lon, point.lat], distance: state.aside(point) }));
    return call.json({
      code: 'Ok', sources: shown(from), destinations: shown(to),
      durations: ways.map((row) => row.map((way) => way && Math.round(way.seconds * 10) / 10)), distances: ways.map((row) => row.map((way) => way && Math.round(way.metres * 10) / 10)),
    });
  });
  return Object.assign(state, await openDouble(app, state));
}
