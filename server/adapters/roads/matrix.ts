import { z } from 'zod';
import type { RoadFailure, RoadLeg, RoadPoint, Roads } from '../ports.ts';
import { asking, legOf, type Surroundings } from './asking.ts';

/** Without `status` every element would seem right (https://developers.google.com/maps/documentation/routes/reference/rest/v2/TopLevel/computeRouteMatrix). */
const fields = 'originIndex,destinationIndex,status,condition,distanceMeters,duration';

/** An index or a length of nought may be left out, as everywhere in JSON made of protocol buffers (https://protobuf.dev/programming-guides/json/). */
const Element = z.object({
  originIndex: z.int().min(0).default(0), destinationIndex: z.int().min(0).default(0), status: z.object({ code: z.number().default(0) }).default({ code: 0 }), condition: z.string().default(''), distanceMeters: z.number().default(0),
  duration: z.string().regex(/^\d+(\.\d+)?s$/).optional().catch(undefined),
});
const Problem = z.object({ error: z.object({ code: z.number(), status: z.string().max(60).default('') }) });

/** What a refusal of the whole question is for us, by its HTTP status. */
const reasonOf = (code: number): RoadFailure => (code === 429 ? 'provider_busy' : code === 401 || code === 403 ? 'provider_refused' : code >= 500 ? 'provider_down' : 'provider_odd');

/**
 * A matrix of Google's kind: computeRouteMatrix of the Routes API, without traffic, which is the cheaper and does not change with the hour. It takes 625 ways at
 * once (https://developers.google.com/maps/documentation/routes/compute_route_matrix). Its elements come in any order, each with an error of its own.
 */
export function openMatrix(surroundings: Surroundings & { readonly key: string }): Roads {
  const { rests, ask, failed } = asking('matrix', surroundings);
  const waypoints = (points: readonly RoadPoint[]) => points.map(({ lat, lon }) => ({ waypoint: { location: { latLng: { latitude: lat, longitude: lon } } } }));
  return {
    name: 'matrix', most: { places: 50, legs: 625 }, rests,
    measure: async (from, to) => {
      const answer = await ask(`${surroundings.url}/distanceMatrix/v2:computeRouteMatrix`, {
        method: 'POST', headers: { 'content-type': 'application/json', 'x-goog-api-key': surroundings.key, 'x-goog-fieldmask': fields },
        body: JSON.stringify({ origins: waypoints(from), destinations: waypoints(to), travelMode: 'DRIVE', routingPreference: 'TRAFFIC_UNAWARE' }),
      });
      if ('failed' in answer) return answer;
      // An error of the whole comes alone, or as the first of the stream.
      const problem = Problem.safeParse(Array.isArray(answer.body) ? answer.body[0] : answer.body);
      if (!answer.ok || problem.success || !Array.isArray(answer.body)) return failed(reasonOf(problem.data?.error.code ?? 0), { status: problem.data?.error.status ?? '' });
      const legs: RoadLeg[] = Array.from({ length: from.length * to.length }, () => 'unknown');
      for (const one of answer.body) {
        const told = Element.safeParse(one);
        if (!told.success || told.data.originIndex >= from.length || told.data.destinationIndex >= to.length) continue;
        const { originIndex, destinationIndex, status, condition, distanceMeters, duration } = told.data;
        const leg = condition === 'ROUTE_NOT_FOUND' ? 'no_way' : condition === 'ROUTE_EXISTS' && duration !== undefined ? legOf(distanceMeters, Number(duration.slice(0, -1))) : 'unknown';
        if (status.code === 0) legs[originIndex * to.length + destinationIndex] = leg;
      }
      return legs;
    },
  };
}
