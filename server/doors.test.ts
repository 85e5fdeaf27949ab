import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { layOut } from '../prisma/world/index.ts';
import { appRouter } from './app-router.ts';
import { openLimits } from './core/limits.ts';
import { openTestWorld, type TestWorld } from './core/test-world.ts';
import { serve } from './http.ts';
import { makeLink } from './identity/service.ts';
import { serveMedia } from './media.ts';
import { publicRouter } from './public-router.ts';

/* Every door is given, in every place where it takes something, what no form sends. None may answer that the fault is ours. */

let world: TestWorld;
let app: ReturnType<typeof serve>;
const failures: string[] = [];
/** Who asks: the artist of the theatre, the theatre, the holder of a link, and a visitor of the theatre's page. */
let people: Readonly<Record<'artist' | 'theatre' | 'link' | 'visitor', Record<string, string>>>;
/** What ids and names stand for, so that a call reaches the database. */
const known: Record<string, string> = {};

beforeAll(async () => {
  world = await openTestWorld();
  await layOut(world.ctx);
  const { db, now, realNow, newId, adapters, config, live } = world.ctx;
  const log = { info() { /* quiet */ }, warn() { /* quiet */ }, error(what: { err: unknown }) { failures.push(String(what.err).replaceAll('\n', ' ').slice(-300)); } } as never;
  app = serve({
    world: { db, now, realNow, newId, adapters, config, live, log }, limits: openLimits(1e6), sandbox: null, development: null, ready: () => Promise.resolve(true),
    pages: { bundle: () => new Response(''), asset: () => new Response(''), page: () => new Response('') },
    door: { handler: () => Promise.resolve(new Response('')), personOf: (headers) => Promise.resolve(/^u=(.+)/.test(headers.get('cookie') ?? '') ? { id: headers.get('cookie')!.slice(2) } : null) },
  });
  const person = async (email: string) => ({ cookie: `u=${(await db.user.findUniqueOrThrow({ where: { email: `${email}@demo.example` } })).id}` });
  const visitor = { 'flow-key': 'pk_demo_theatre', origin: config.urls.sites.theatre };
  const asked = await app.request('/trpc/public/booking.sendRequest', { method: 'POST', headers: { ...visitor, 'content-type': 'application/json' }, body: JSON.stringify({
    key: 'doors-doors-doors-1', artist: 'les-vagues-lentes', asker: 'venue', contactName: 'Jo Exemple', organisation: 'La Halle', email: 'jo@halle.example', phone: '', occasion: 'Concert',
    showDay: '2027-10-13', budget: { minor: 100_000, currency: 'EUR' }, city: 'Rennes', insee: '35238',
  }) });
  const { reference } = (await asked.json() as { result: { data: { reference: string } } }).result.data;
  const booking = await db.booking.findUniqueOrThrow({ where: { reference } });
  const token = await makeLink(world.ctx, { purpose: 'file', bookingId: booking.id, orgId: booking.buyerOrgId, email: 'jo@halle.example', days: 1 });
  people = { artist: await person('les-vagues-lentes'), theatre: await person('theatre'), link: { 'flow-link': token }, visitor };
  Object.assign(known, { bookingId: booking.id, reference, artist: 'les-vagues-lentes', code: '123456', key: 'fuzz-fuzz-fuzz-fuzz', insee: '35238', name: 'Les Vagues', startTime: '20:30', siret: '', iban: '', proof: '' });
}, 120_000);
afterAll(() => world.close());

interface Schema { readonly [word: string]: unknown; readonly properties?: Record<string, Schema>; readonly items?: Schema; readonly anyOf?: Schema[]; readonly enum?: unknown[] }

/** Something that a schema takes, as far as it can be told without its patterns. */
function sample(schema: Schema, name = ''): unknown {
  const { type, properties, items, anyOf, enum: words, format } = schema;
  if ('const' in schema) return schema['const'];
  if (words) return words[0];
  if (anyOf) return sample(anyOf[0]!, name);
  if (properties) return Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, sample(inner, key)]));
  if (items) return [sample(items, name)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(1, Number(schema['minimum'] ?? 0) > -1e9 ? Number(schema['minimum'] ?? 0) : 0);
  if (known[name] !== undefined) return known[name];
  if (format === 'date') return '2027-05-05';
  if (format === 'date-time') return '2027-04-01T00:00:00Z';
  if (format === 'email') return 'a@b.example';
  if (format === 'uri') return 'https://a.example';
  return name === 'id' ? 'off_1' : 'abc';
}

const odd: readonly unknown[] = [
  'a\0b', 'a\ud800b', '\udc00', '\x1b[1m', '0000-01-01', '9999-12-31', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', 'https://a.example/\0', '_', 'x'.repeat(9_000),
  -1, 1.5, Number.MAX_SAFE_INTEGER, 2_147_483_648, null, [], {}, ['a\0b'], { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }, { fr: '\0' },
];

/** Each place of `value`, with a way to put something else there. */
function* places(value: unknown, put: (other: unknown) => unknown = (other) => other): Generator<(other: unknown) => unknown> {
  yield put;
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    yield* places(inner, (other) => put(Array.isArray(value) ? value.map((one: unknown, i) => (String(i) === key ? other : one)) : { ...value, [key]: other }));
  }
}

/** The answers to `inputs`, ten calls in a request: the most that a batch may hold. */
async function calls(door: string, name: string, type: string, inputs: readonly unknown[], headers: Record<string, string>): Promise<Answer[]> {
  if (type === 'subscription') {
    const answers: Answer[] = [];
    for (const input of inputs) answers.push(await call(door, name, input, headers));
    return answers;
  }
  const path = `${door}/${inputs.map(() => name).join(',')}?batch=1`;
  const body = JSON.stringify(Object.fromEntries(inputs.map((input, i) => [i, input])));
  const response = type === 'mutation'
    ? await app.request(path, { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } })
    : await app.request(`${path}&input=${encodeURIComponent(body)}`, { headers });
  const answers = await response.json() as { error?: { data: { httpStatus: number } } }[];
  expect(answers).toHaveLength(inputs.length);
  return answers.map((answer) => ({ status: answer.error?.data.httpStatus ?? 200, text: JSON.stringify(answer) }));
}

interface Answer { readonly status: number; readonly text: string }

async function call(door: string, name: string, input: unknown, headers: Record<string, string>): Promise<Answer> {
  const stop = new AbortController();
  const response = await app.request(`${door}/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers, signal: stop.signal });
  if (!response.headers.get('content-type')?.includes('event-stream')) return { status: response.status, text: await response.text() };
  // A stream says no in its first words, or nothing.
  const reader = response.body!.getReader();
  let text = '';
  for (let reads = 0; reads < 3 && !text.includes('serialized-error'); reads += 1) {
    const next = await Promise.race([reader.read(), new Promise<null>((resolve) => { setTimeout(resolve, 60, null); })]);
    if (!next || next.done) break;
    text += new TextDecoder().decode(next.value);
  }
  stop.abort();
  await reader.cancel().catch(() => undefined);
  return { status: /"httpStatus":(\d+)/.exec(text) ? Number(/"httpStatus":(\d+)/.exec(text)![1]) : response.status, text };
}

/** What is wrong with an answer: a fault of ours, or a refusal without a word for it. */
function wrong({ status, text }: Answer): boolean {
  return status >= 500 || (status >= 400 && !/"reason":"\w+"/.test(text));
}

type Procedures = Readonly<Record<string, { readonly _def: { readonly type: string; readonly inputs?: readonly z.ZodType[] } }>>;
const doors = [['/trpc/public', publicRouter], ['/trpc', appRouter]] as const;
const procedures = doors.flatMap(([door, router]) => Object.entries(router._def.procedures as unknown as Procedures).map(([name, { _def }]) => [`${door}/${name}`, door, name, _def.type, _def.inputs?.[0]] as const));

test.each(procedures)('%s takes nothing that the database would choke on', async (_, door, name, type, schema) => {
  const base = schema ? sample(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema) : {};
  const askers = door === '/trpc/public' ? [people.visitor] : [/^(partners|profiles\.(updateV|v))/.test(name) ? people.theatre : people.artist, people.link];
  const bad: string[] = [];
  for (const headers of askers) {
    const inputs = [...places(base)].flatMap((put) => (type === 'subscription' ? odd.slice(0, 6) : odd).map(put));
    for (let from = 0; from < inputs.length; from += 10) {
      failures.length = 0;
      const asked = inputs.slice(from, from + 10);
      for (const [i, answer] of (await calls(door, name, type, asked, headers)).entries()) {
        if (wrong(answer)) bad.push(`${JSON.stringify(asked[i]).slice(0, 200)} ${answer.status} ${answer.text.slice(0, 200)} ${failures.join(' ')}`);
      }
    }
  }
  expect(bad.slice(0, 5)).toEqual([]);
}, 120_000);

const strange = ['%00', '%ED%A0%80', '%E0%A4%A', '..%2f..', '__proto__', '%25', 'x'.repeat(3_000)];
const routes: readonly (readonly [string, keyof typeof people])[] = strange.flatMap((word) => ([
  [`/api/v1/artists/${word}`, 'visitor'], [`/api/v1/artists/${word}/tour`, 'visitor'], [`/api/v1/requests/${word}/steps`, 'visitor'],
  [`/api/v1/artists/les-vagues-lentes/availability?from=${word}&until=2027-05-05`, 'visitor'], [`/api/v1/programme?key=${word}`, 'visitor'], [`/api/v1/${word}`, 'visitor'],
  [`/files/${word}`, 'artist'], [`/files/fil_1?connectionParams=${word}`, 'artist'], [`/trpc/identity.me?connectionParams=${word}`, 'artist'], [`/trpc/booking.inbox?org=${word}&input={}`, 'artist'],
  [`/trpc/booking.inbox?input=${word}`, 'artist'], [`/trpc/${word}`, 'artist'], [`/trpc/public/${word}`, 'visitor'], [`/frame/file?key=${word}`, 'visitor'], [`/v1/${word}.js`, 'visitor'], [`/${word}`, 'visitor'],
] as const));

test('every other route answers strange words too', async () => {
  const bad: string[] = [];
  const more = ['null', '5', '[]', '"x"', '{', '{"flow-key":5}', '{"flow-link":null}'].flatMap((params) => ([
    [`/trpc/identity.me?connectionParams=${encodeURIComponent(params)}`, 'artist'], [`/trpc/public/partners.partner?connectionParams=${encodeURIComponent(params)}`, 'visitor'], [`/files/x?connectionParams=${encodeURIComponent(params)}`, 'artist'],
  ] as const));
  const dates = ['from=0000-01-01&until=0000-01-05', 'from=9999-12-30&until=9999-12-31', 'from=2027-02-30&until=2027-03-01', ''].map((query) => [`/api/v1/artists/les-vagues-lentes/availability?${query}`, 'visitor'] as const);
  for (const [path, who] of [...routes, ...more, ...dates]) {
    failures.length = 0;
    const response = await app.request(path, { headers: people[who] });
    if (response.status >= 500) bad.push(`${path.slice(0, 100)} ${response.status} ${failures[0] ?? ''}`);
  }
  expect(bad).toEqual([]);
}, 60_000);

test('REST takes the same request as tRPC, and nothing else', async () => {
  const bad: string[] = [];
  const base = { key: 'rest-rest-rest-rest', artist: 'les-vagues-lentes', asker: 'venue', contactName: 'Jo Exemple', organisation: 'La Halle', email: 'jo@halle.example', occasion: 'Concert', showDay: '2027-10-14', budget: { minor: 1, currency: 'EUR' }, city: 'Rennes', insee: '', message: '', technical: '', pageUrl: '' };
  for (const put of places(base)) {
    for (const value of odd) {
      const body = JSON.stringify(put(value));
      const response = await app.request('/api/v1/requests', { method: 'POST', headers: people.visitor, body });
      const answer = { status: response.status, text: await response.text() };
      if (wrong(answer)) bad.push(`${body.slice(0, 200)} ${answer.status} ${answer.text.slice(0, 100)}`);
    }
  }
  expect(bad.slice(0, 5)).toEqual([]);
  const dear = await app.request('/api/v1/requests', { method: 'POST', headers: people.visitor, body: JSON.stringify({ ...base, budget: { minor: 100_000_001, currency: 'EUR' } }) });
  expect([dear.status, await dear.json()]).toEqual([400, { error: { reason: 'input_invalid', details: { field: 'budget.minor' } } }]);
  const long = await app.request('/api/v1/requests', { method: 'POST', headers: people.visitor, body: JSON.stringify({ ...base, message: 'x'.repeat(70_000) }) });
  expect([long.status, await long.json()]).toEqual([413, { error: { reason: 'input_too_large', details: {} } }]);
  const nothing = await app.request('/api/v1/nothing', { headers: people.visitor });
  expect([nothing.status, await nothing.json()]).toEqual([404, { error: { reason: 'not_found', details: {} } }]);
}, 120_000);

test('an upload that is no form, and a file that is none of ours', async () => {
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x', 'text/plain']) {
    const answer = await app.request('/upload', { method: 'POST', headers: { ...people.artist, 'content-type': type }, body: 'garbage' });
    expect([type, answer.status, await answer.json()]).toEqual([type, 400, { error: { reason: 'input_invalid', details: { field: 'file' } } }]);
  }
  const media = serveMedia(world.ctx, { limits: openLimits(), addressOf: () => '192.0.2.1' });
  for (const id of ['%00', 'fil_%00', 'x', `fil_${'0'.repeat(60)}`]) expect((await media.request(`/${id}`)).status).toBe(404);
});

test('tRPC’s own refusals have a word of ours', async () => {
  const json = { 'content-type': 'application/json' };
  const answers = [
    await app.request('/trpc/nothing', { headers: people.artist }),
    await app.request('/trpc/booking.inbox?input={', { headers: people.artist }),
    await app.request('/trpc/booking.declineRequest', { method: 'POST', headers: { ...people.artist, ...json }, body: '{' }),
    await app.request('/trpc/booking.declineRequest', { method: 'POST', headers: { ...people.artist, 'content-type': 'text/plain' }, body: '{}' }),
    await app.request('/trpc/booking.declineRequest', { headers: people.artist }),
  ];
  const reasons = await Promise.all(answers.map(async (answer) => (await answer.json() as { error: { data: { reason: string } } }).error.data.reason));
  expect(reasons).toEqual(['not_found', 'input_invalid', 'input_invalid', 'input_invalid', 'input_invalid']);
});
