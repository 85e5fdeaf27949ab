import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { layOut } from '../prisma/world/index.ts';
import { appRouter } from './app-router.ts';
import { billingHeard } from './billing/jobs.ts';
import { openLimits } from './core/limits.ts';
import { transact } from './core/context.ts';
import { openTill } from './core/test-till.ts';
import { disputesHeard } from './disputes/jobs.ts';
import { addEvidence, openDispute } from './disputes/service.ts';
import { dossierHeard } from './dossier/jobs.ts';
import { serve } from './http.ts';
import { payoutsHeard } from './payouts/jobs.ts';
import { refundsHeard } from './refunds/jobs.ts';

/*
 * Whoever is signed in for one organisation asks every door for what belongs to others, by ids that are right: they learn nothing, and nothing is changed.
 */

const till = await openTill({ refunds: refundsHeard, disputes: disputesHeard, billing: billingHeard, payouts: payoutsHeard, dossier: dossierHeard });
const { world } = till;
const { db } = world;
let app: ReturnType<typeof serve>;
/** The strangers: signed in for an artist, a venue, a booker and a commune, none of which is a side. */
const strangers = ['artist', 'venue', 'booker', 'municipality'] as const;
const people = new Map<string, Record<string, string>>();
/** The ids of what belongs to the two sides, by their prefix. */
const ids = new Map<string, string[]>();
/** What would tell that something was seen: names, addresses and ids of the two sides. */
const secrets = new Set<string>();

/** Every row of every table that names one of the two sides. */
async function rowsOf(orgs: readonly string[]): Promise<Record<string, unknown>[]> {
  const tables = await db.$queryRaw<{ name: string; column: string }[]>`
    SELECT table_name AS name, column_name AS column FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%org_id' ORDER BY 1, 2`;
  const all: Record<string, unknown>[] = [];
  for (const name of new Set(tables.map((one) => one.name))) {
    const where = tables.filter((one) => one.name === name).map(({ column }) => `"${column}" = ANY($1)`).join(' OR ');
    const { rows } = await world.pool.query<Record<string, unknown>>(`SELECT * FROM "${name}" WHERE ${where} ORDER BY 1`, [orgs]);
    all.push(...rows.map((row) => ({ of: name, ...row })));
  }
  return all;
}

let sides: string[] = [];

beforeAll(async () => {
  await layOut(world.ctx);
  const open = await till.open();
  await till.pay(open);
  const done = await till.open({ artistOrgId: open.orgId });
  await till.pay(done);
  await till.to('2027-04-10T06:00:00Z');
  await till.playAt(done, '2027-05-09T09:00:00Z');
  world.at('2027-03-01T12:00:00Z');
  const contested = await till.open({ showDay: '2027-03-20', artistOrgId: open.orgId });
  await till.pay(contested);
  world.at('2027-03-21T09:00:00Z');
  await transact(world.ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId: contested.bookingId }, data: { contestedAt: tx.now(), contestedBy: 'buyer', contest: 'Geheim.' } });
    await openDispute(tx, { bookingId: contested.bookingId, side: 'buyer' });
  });
  await addEvidence(till.buyer(contested), { bookingId: contested.bookingId, text: 'Geheim: le son manquait.' });
  sides = [open.orgId, open.buyerOrgId, contested.buyerOrgId, done.buyerOrgId];
  for (const [i, id] of sides.entries()) await db.organisation.update({ where: { id }, data: { name: `Geheim ${i} Kollektiv`, legalName: `Geheim ${i} Produktion` } });
  for (const row of await rowsOf(sides)) {
    const id = row['id'];
    if (typeof id !== 'string' || !/^[a-z]{3}_/.test(id)) continue;
    const prefix = id.slice(0, 3);
    ids.set(prefix, [...ids.get(prefix) ?? [], id].slice(-3));
    secrets.add(id);
  }
  ids.set('org', sides);
  for (const side of sides) secrets.add(side);
  secrets.add('Geheim');
  const { now, realNow, newId, adapters, config, live } = world.ctx;
  const log = { info() { /* quiet */ }, warn() { /* quiet */ }, error() { /* quiet */ } } as never;
  app = serve({
    world: { db, now, realNow, newId, adapters, config, live, log }, limits: openLimits(1e6), sandbox: null, development: null, ready: () => Promise.resolve(true),
    pages: { bundle: () => new Response(''), asset: () => new Response(''), page: () => new Response('') },
    door: { handler: () => Promise.resolve(new Response('')), personOf: (headers) => Promise.resolve(/^u=(.+)/.test(headers.get('cookie') ?? '') ? { id: headers.get('cookie')!.slice(2) } : null) },
  });
  for (const kind of strangers) {
    const { userId } = await db.member.findFirstOrThrow({ where: { org: { kind, id: { startsWith: 'org_demo' } } }, orderBy: { orgId: 'asc' } });
    people.set(kind, { cookie: `u=${userId}` });
  }
}, 180_000);

interface Schema { readonly [word: string]: unknown; readonly properties?: Record<string, Schema>; readonly items?: Schema; readonly anyOf?: Schema[]; readonly enum?: unknown[] }

/** Inputs that a schema takes, with the ids of others wherever it takes an id. */
function filled(schema: Schema, turn: number, name = ''): unknown {
  const { type, properties, items, anyOf, enum: words, format } = schema;
  if ('const' in schema) return schema['const'];
  if (words) return words[turn % words.length];
  if (anyOf) return filled(anyOf[0]!, turn, name);
  if (properties) return Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, filled(inner, turn, key)]));
  if (items) return [filled(items, turn, name)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(1, Number(schema['minimum'] ?? 0) > -1e9 ? Number(schema['minimum'] ?? 0) : 0);
  const prefix = /^\^([a-z]{3})_/.exec(typeof schema['pattern'] === 'string' ? schema['pattern'] : '')?.[1];
  if (prefix) { const of = ids.get(prefix) ?? []; return of[turn % Math.max(1, of.length)] ?? `${prefix}_1`; }
  if (format === 'date') return '2027-05-05';
  if (format === 'date-time') return '2027-04-01T00:00:00Z';
  if (format === 'email') return 'a@b.example';
  if (format === 'uri') return 'https://a.example';
  if (/id$/i.test(name)) { const of = [...ids.values()].flat(); return of[turn % of.length]; }
  return { code: '123456', startTime: '20:30', currency: 'EUR', siret: '', iban: '' }[name] ?? 'Une raison.';
}

type Procedures = Readonly<Record<string, { readonly _def: { readonly type: string; readonly inputs?: readonly z.ZodType[] } }>>;
const procedures = Object.entries(appRouter._def.procedures as unknown as Procedures).filter(([, { _def }]) => _def.type !== 'subscription' && _def.inputs?.[0]);
const turns = 6;

test.each(procedures)('%s says nothing of others to a stranger, and does nothing to them', async (name, { _def: { type, inputs } }) => {
  const shape = z.toJSONSchema(inputs![0]!, { io: 'input', unrepresentable: 'any' }) as Schema;
  if (!JSON.stringify(shape).includes('pattern') && !/id"/i.test(JSON.stringify(shape))) return;
  const before = type === 'mutation' ? JSON.stringify(await rowsOf(sides)) : '';
  const told: string[] = [];
  for (const [who, headers] of people) {
    const asked = Object.fromEntries(Array.from({ length: turns }, (_, turn) => [turn, filled(shape, turn)]));
    const path = `/trpc/${Array.from({ length: turns }, () => name).join(',')}?batch=1`;
    const answer = type === 'mutation'
      ? await app.request(path, { method: 'POST', body: JSON.stringify(asked), headers: { ...headers, 'content-type': 'application/json' } })
      : await app.request(`${path}&input=${encodeURIComponent(JSON.stringify(asked))}`, { headers });
    for (const [turn, one] of (await answer.json() as { result?: unknown; error?: unknown }[]).entries()) {
      const text = JSON.stringify(one.result ?? null);
      const seen = [...secrets].filter((secret) => text.includes(secret));
      if (seen.length > 0) told.push(`${who} ${JSON.stringify(asked[turn])}: ${seen.join(' ')} in ${text.slice(0, 300)}`);
    }
  }
  expect(told.slice(0, 3)).toEqual([]);
  if (type === 'mutation') expect(JSON.stringify(await rowsOf(sides))).toEqual(before);
}, 60_000);

test('the doors were asked for what is there, and tell it to whom it belongs', async () => {
  expect([...ids.keys()]).toEqual(expect.arrayContaining(['bkg', 'ctr', 'dsp', 'evd', 'fil', 'inv', 'org', 'pay', 'pyo', 'shw']));
  await db.user.create({ data: { id: 'usr_geheim', name: 'Ana Exemple', email: 'ana@artist.example', emailVerified: true, createdAt: world.ctx.now(), updatedAt: world.ctx.now() } });
  await db.member.create({ data: { orgId: sides[0]!, userId: 'usr_geheim', role: 'owner' } });
  const bookingId = ids.get('bkg')![0]!;
  const told = await app.request(`/trpc/escrow.ledger?input=${encodeURIComponent(JSON.stringify({ bookingId }))}`, { headers: { 'cookie': 'u=usr_geheim', 'flow-org': sides[0]! } });
  expect(await told.text()).toContain(`escrow:${bookingId}`);
});
