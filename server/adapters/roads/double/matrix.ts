import { Hono } from 'hono';
import { z } from 'zod';
import type { RoadPoint } from '../../ports.ts';
import { doubleWay, openDouble, type RoadsDouble } from './http.ts';

/*
 * A double of the matrix of Google's Routes API, for tests without Google's network. It is written from the public documentation: above each behaviour stands the
 * page that it comes from, read 2026-11-22.
 */

const Waypoints = z.array(z.object({ waypoint: z.object({ location: z.object({ latLng: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }) }) }) })).min(1);
// https://developers.google.com/maps/documentation/routes/reference/rest/v2/TopLevel/computeRouteMatrix: the body of a request.
const Body = z.object({ origins: Waypoints, destinations: Waypoints, travelMode: z.literal('DRIVE'), routingPreference: z.enum(['TRAFFIC_UNAWARE', 'TRAFFIC_AWARE', 'TRAFFIC_AWARE_OPTIMAL']) });

/** The matrix as a test sees it. */
export interface MatrixDouble extends RoadsDouble {
  readonly key: string;
  /** Ways of which an element says that they failed, though the others stand: `status` of that element. */
  failing: (from: RoadPoint, to: RoadPoint) => boolean;
  /** The next answer is a stream whose first element is an error of the whole. */
  streamError: number | null;
}

/** Opens the double on a free port. */
export async function openMatrixDouble(): Promise<MatrixDouble> {
  const app = new Hono();
  const key = `AIza${crypto.randomUUID()}`;
  const state: Omit<MatrixDouble, 'url' | 'close'> = { key, trouble: [], requests: [], cutOff: () => false, failing: () => false, streamError: null };
  app.post('/distanceMatrix/v2:computeRouteMatrix', async (call) => {
    // https://cloud.google.com/apis/design/errors: an error is an object of code, message and status.
    const refuse = (code: 400 | 403, status: string) => call.json({ error: { code, message: status, status } }, code);
    if (call.req.header('x-goog-api-key') !== key) return refuse(403, 'PERMISSION_DENIED');
    // https://developers.google.com/maps/documentation/routes/choose_fields: no list of fields, no answer.
    const fields = call.req.header('x-goog-fieldmask')?.split(',') ?? [];
    const asked = Body.safeParse(await call.req.json());
    if (fields.length === 0 || !asked.success) return refuse(400, 'INVALID_ARGUMENT');
    const points = (list: z.infer<typeof Waypoints>) => list.map(({ waypoint: { location: { latLng } } }): RoadPoint => ({ lat: latLng.latitude, lon: latLng.longitude }));
    const [from, to] = [points(asked.data.origins), points(asked.data.destinations)];
    // https://developers.google.com/maps/documentation/routes/compute_route_matrix, "Request limits": 625 elements.
    if (from.length * to.length > 625) return refuse(400, 'INVALID_ARGUMENT');
    state.requests.push({ from: from.length, to: to.length, headers: call.req.header() });
    if (state.streamError !== null) {
      const code = state.streamError;
      state.streamError = null;
      // The same page, "Response errors": an error of the whole request comes in the stream as well.
      return call.json([{ error: { code, message: 'Quota exceeded', status: code === 429 ? 'RESOURCE_EXHAUSTED' : 'INTERNAL' } }]);
    }
    // https://developers.google.com/maps/documentation/routes/understand-rm-response: each element has its indices, status and condition, in any order.
    let elements = from.flatMap((a, originIndex) => to.map((b, destinationIndex) => {
      const indices = { originIndex, destinationIndex };
      if (state.failing(a, b)) return { ...indices, status: { code: 3, message: 'Origin and destination waypoints are not routable' } };
      if (state.cutOff(a) || state.cutOff(b)) return { ...indices, status: {}, condition: 'ROUTE_NOT_FOUND' };
      const { metres, seconds } = doubleWay(a, b);
      // https://protobuf.dev/programming-guides/json/: nought is left out.
      return { ...indices, status: {}, condition: 'ROUTE_EXISTS', ...(Math.round(metres) > 0 && { distanceMeters: Math.round(metres) }), duration: `${Math.round(seconds)}s` };
    })).reverse();
    if (state.trouble[0] === 'partial') {
      state.trouble.shift();
      elements = elements.filter(({ originIndex }) => originIndex < from.length - 1);
    }
    return call.json(elements.map((element) => Object.fromEntries(Object.entries(element).filter(([name]) => fields.includes(name)))));
  });
  return Object.assign(state, await openDouble(app, state));
}
