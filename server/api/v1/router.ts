import { Hono, type Context as Call } from 'hono';
import { z } from 'zod';
import { askForWork, readPriceRange, takeRequest } from '../../requests/service.ts';
import { readAvailability } from '../../calendar/service.ts';
import { RequestInput } from '../../core/asked.ts';
import type { Context, Guest } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { DayView, faultOf, line } from '../../core/wire.ts';
import { readEpk } from '../../profiles/service.ts';
import { readProgramme, readTour } from '../../programme/service.ts';
import { readSteps } from '../../dossier/service.ts';

const Days = z.object({ from: DayView, until: DayView });
const Name = line(60);

/** The operations of the door, each once: the paths and the document are made of the same rows (AP-01). */
const OPERATIONS = [
  { method: 'get', path: '/artists/:artist', says: 'A press kit.', run: (ctx: Guest, call: Call) => readEpk(ctx, param(call, 'artist')) },
  { method: 'get', path: '/artists/:artist/availability', says: 'The days of an artist: free, flexible or busy.', query: Days,
    run: (ctx: Guest, call: Call) => readAvailability(ctx, { artist: param(call, 'artist'), ...parsed(Days, call.req.query()) }) },
  { method: 'get', path: '/artists/:artist/price', says: 'What comparable artists agreed for: the middle half, in steps of 50 euros. Null where there is too little.', run: (ctx: Guest, call: Call) => readPriceRange(ctx, param(call, 'artist')) },
  { method: 'get', path: '/artists/:artist/tour', says: 'The announced shows of an artist.', run: (ctx: Guest, call: Call) => readTour(ctx, param(call, 'artist')) },
  { method: 'get', path: '/programme', says: 'The announced shows of the partner whose key it is.',
    run: (ctx: Guest) => readProgramme(ctx, { stage: '', artist: '', past: false, limit: 200 }) },
  { method: 'get', path: '/requests/:reference/steps', says: 'The names of the steps of a booking, done and to come.', run: (ctx: Guest, call: Call) => readSteps(ctx, param(call, 'reference')) },
  { method: 'post', path: '/challenge', says: 'Work that proves good will: an ALTCHA challenge (v2), good for an hour, one site and one request. Its solution goes into `proof` of the request. Null where none is asked for.', run: (ctx: Guest) => askForWork(ctx) },
  { method: 'post', path: '/requests', says: 'Asks an artist for a day. The same `key` is taken once. Without a `proof`, an address may send five requests in ten minutes, and a key sixty.', body: RequestInput,
    run: async (ctx: Guest, call: Call) => takeRequest(ctx, parsed(RequestInput, await call.req.json().catch(() => null))) },
] as const;

/**
 * The public REST door: what a partner's page may do, by publishable key (`flow-key`) and origin, in plain JSON (AP-01).
 *
 * @param contextOf Who calls. @throws AppError `key_unknown`, `origin_not_allowed`, `rate_limited`.
 */
export function rest<E extends object>({ contextOf }: { contextOf: (call: Call<E & { Variables: { ip: string; requestId: string } }>) => Promise<Context> }): Hono<E & { Variables: { ip: string; requestId: string } }> {
  const app = new Hono<E & { Variables: { ip: string; requestId: string } }>();
  app.get('/openapi.json', (call) => call.json(document()));
  for (const { method, path, run } of OPERATIONS) {
    app.on(method.toUpperCase(), path, async (call) => {
      const context = await contextOf(call);
      if (!context.partner) throw new AppError('key_unknown');
      return call.json(await run({ ...context, partner: context.partner }, call as unknown as Call));
    });
  }
  app.all('*', () => { throw new AppError('not_found'); });
  return app;
}

const param = (call: Call, name: string): string => {
  const { data } = Name.safeParse((call.req.param as (name: string) => string | undefined)(name));
  if (data === undefined) throw new AppError('not_found');
  return data;
};

function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const { data, error } = schema.safeParse(input);
  if (error) {
    const { reason, details } = faultOf(error);
    throw new AppError(reason, details);
  }
  return data;
}

/** The OpenAPI document, 3.1, with the schemas that the door itself checks by. */
function document() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    const names = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const query = 'query' in operation ? Object.keys(operation.query.shape) : [];
    (paths[operation.path.replaceAll(/:(\w+)/g, '{$1}')] ??= {})[operation.method] = {
      summary: operation.says, security: [{ key: [] }],
      parameters: [
        ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
        ...query.map((name) => ({ name, in: 'query', required: true, schema: { type: 'string', format: 'date' } })),
      ],
      ...('body' in operation ? { requestBody: { required: true, content: { 'application/json': { schema: z.toJSONSchema(operation.body, { io: 'input' }) } } } } : {}),
      responses: { 200: { description: 'The answer.' }, default: { description: 'A refusal: `{ error: { reason, details } }`, docs/errors.md.' } },
    };
  }
  return {
    openapi: '3.1.0', info: { title: 'Flow Stage', version: '1' }, servers: [{ url: '/api/v1' }], paths,
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'flow-key' } } },
  };
}
