import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { RoadPoint } from '../../ports.ts';

/**
 * How the next questions go, one each. `broken`: a 500. `silent`: no answer, ever. `limited`: too many questions, come back in a minute. `refused`: our key is
 * not theirs. `cut`: half of an answer. `page`: a page for people. `partial`: the last origin is left out.
 */
export type Trouble = 'broken' | 'silent' | 'limited' | 'refused' | 'cut' | 'page' | 'partial';

/** A provider of ways as a test sees it. */
export interface RoadsDouble {
  readonly url: string;
  readonly trouble: Trouble[];
  /** What was asked: how many from, how many to, and with which headers. */
  readonly requests: { readonly from: number; readonly to: number; readonly headers: Readonly<Record<string, string>> }[];
  /** Whether no road leads to or from a point. */
  cutOff: (point: RoadPoint) => boolean;
  readonly close: () => Promise<void>;
}

/** Metres and seconds of a double's roads: a fifth longer than the crow at 20 m/s, and a tenth slower towards the east. */
export function doubleWay(from: RoadPoint, to: RoadPoint): { readonly metres: number; readonly seconds: number } {
  const [north, east] = [(to.lat - from.lat) * 111_195, (to.lon - from.lon) * 111_195 * Math.cos(((from.lat + to.lat) * Math.PI) / 360)];
  const metres = 1.2 * Math.hypot(north, east);
  return { metres, seconds: (metres / 20) * (east > 0 ? 1.1 : 1) };
}

/** Opens a double on a free port, and spoils its answers as `trouble` says; `partial` is the double's own matter. */
export async function openDouble(app: Hono, double: Pick<RoadsDouble, 'trouble'>): Promise<Pick<RoadsDouble, 'url' | 'close'>> {
  app.notFound((call) => call.json({ code: 'InvalidUrl', message: 'URL string malformed' }, 400));
  const answer = getRequestListener(async (request) => {
    const met = double.trouble[0] === 'partial' ? undefined : double.trouble.shift();
    if (met === 'silent') return new Promise<never>(() => undefined);
    if (met === 'broken') return new Response('upstream connect error', { status: 500 });
    if (met === 'limited') return Response.json({ error: { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED' } }, { status: 429, headers: { 'retry-after': '60' } });
    if (met === 'refused') return Response.json({ error: { code: 403, message: 'The request is missing a valid API key.', status: 'PERMISSION_DENIED' } }, { status: 403 });
    if (met === 'page') return new Response('<!doctype html><title>Sign in to the network</title>', { headers: { 'content-type': 'text/html' } });
    const whole = await app.fetch(request);
    if (met !== 'cut') return whole;
    const text = await whole.text();
    return new Response(text.slice(0, text.length / 2), { headers: { 'content-type': 'application/json' } });
  });
  const server = createServer((request, response) => { void answer(request, response); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
}
