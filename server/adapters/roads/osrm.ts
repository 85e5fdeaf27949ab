import { z } from 'zod';
import type { RoadLeg, Roads } from '../ports.ts';
import { asking, legOf, type Surroundings } from './asking.ts';

/** Metres that a place may lie from the road that it was set on: further away, the map of that server ends before it. */
const nearEnough = 10_000;

const Snapped = z.array(z.object({ distance: z.number().optional().catch(undefined) }).nullable().catch(null)).catch([]);
const Rows = z.array(z.array(z.unknown()).catch([]));
const Table = z.object({ code: z.literal('Ok'), durations: Rows, distances: Rows, sources: Snapped.default([]), destinations: Snapped.default([]) });

/**
 * OSRM's table service (https://project-osrm.org/docs/v5.24.0/api/#table-service): seconds and metres of the fastest ways, without traffic. `osrm-routed` takes
 * a hundred places at once (`--max-table-size`). It sets every place on the nearest road, however far: one that is too far is not measured.
 */
export function openOsrm(surroundings: Surroundings): Roads {
  const { rests, ask, failed } = asking('osrm', surroundings);
  return {
    name: 'osrm', most: { places: 100, legs: 2_500 }, rests,
    measure: async (from, to) => {
      // Longitude first; five digits are a metre.
      const points = [...from, ...to].map(({ lat, lon }) => `${lon.toFixed(5)},${lat.toFixed(5)}`).join(';');
      const indices = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i).join(';');
      const answer = await ask(`${surroundings.url}/table/v1/driving/${points}?annotations=duration,distance&generate_hints=false&sources=${indices(0, from.length)}&destinations=${indices(from.length, to.length)}`);
      if ('failed' in answer) return answer;
      const told = Table.safeParse(answer.body);
      if (!answer.ok || !told.success) return failed('provider_odd', { code: z.object({ code: z.string().max(40) }).safeParse(answer.body).data?.code ?? '' });
      const { durations, distances, sources, destinations } = told.data;
      const off = (snapped: z.infer<typeof Snapped>, i: number): boolean => (snapped[i]?.distance ?? 0) > nearEnough;
      return from.flatMap((_, i) => to.map((__, j): RoadLeg => {
        if (off(sources, i) || off(destinations, j)) return 'unknown';
        const [seconds, metres] = [durations[i]?.[j], distances[i]?.[j]];
        return seconds === null && metres === null ? 'no_way' : legOf(metres, seconds);
      }));
    },
  };
}
