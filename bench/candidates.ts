import type pg from 'pg';
import { rng } from '../server/core/rng.ts';
import { addDays, type Day } from '../server/core/time.ts';
import { BACKLINE } from '../server/matching/columns.ts';
import { inventArtist, inventPlace, type Chance } from '../server/matching/invented.ts';
import type { ArtistProfile, PlaceProfile } from '../server/matching/profile.ts';
import { GENRES } from '../server/profiles/genres.ts';

/* Artists and places whom nobody knows, the same ones in every run, as a database has them. */

/** The organisation of the artist or the place of a number. */
export const idOf = (seen: 'artist' | 'place', i: number): string => `org_${seen === 'artist' ? 1 : 2}${String(i).padStart(25, '0')}`;

/** Invented profiles that many artists are drawn from. */
const differing = 3_000;
const chance = (seed: number, today: Day): Chance => ({ next: rng(seed), today, genres: GENRES, told: 0.8 });

/** So many artists: a few thousand differ in everything, the others live elsewhere and ask for other fees. */
export function* artists(count: number, today: Day): Generator<{ readonly id: string; readonly profile: ArtistProfile }> {
  const from = chance(5, today);
  const invented = Array.from({ length: Math.min(count, differing) }, () => inventArtist(from));
  const next = rng(6);
  for (let i = 0; i < count; i += 1) {
    const one = invented[i % differing];
    if (!one?.at) continue;
    const times = 0.7 + 0.6 * next();
    const at = { lat: one.at.lat + (next() - 0.5) * 0.6, lng: one.at.lng + (next() - 0.5) * 0.8 };
    yield { id: idOf('artist', i), profile: { ...one, at, fee: { min: Math.round(one.fee.min * times), max: Math.round(one.fee.max * times) } } };
  }
}

/** So many places, each of its own kind. */
export function inventedPlaces(count: number, today: Day): { readonly id: string; readonly profile: PlaceProfile }[] {
  const from = chance(7, today);
  return Array.from({ length: count }, (_, i) => ({ id: idOf('place', i), profile: inventPlace(from) }));
}

type Row = Readonly<Record<string, unknown>>;

/** What either side's sheet has in common. */
const sheetOf = (id: string, one: ArtistProfile | PlaceProfile, now: string): Row => ({
  org_id: id, level: one.level, settings: one.settings, audiences: one.audiences, lyrics: one.lyrics, weekdays: one.weekdays, backline: one.backline.filter((name) => BACKLINE.includes(name)), influences: one.influences,
  ticket_minor: one.ticket, lead_days: one.leadDays, deposit_percent: one.depositPercent, family: one.flags.family ?? null, outdoor: one.flags.outdoor ?? null, stage_metres: one.stageSquareMetres, inputs: one.inputs,
  kilowatts: one.kilowatts, decibels: one.decibels, updated_at: now,
});
const organisationOf = (id: string, kind: string, { one, now }: { one: ArtistProfile | PlaceProfile; now: string }): Row =>
  ({ id, kind, name: id, email: `${id.slice(-9)}@bench.example`, country: one.country, claimed: true, licence_until: one.licenceUntil, created_at: now });

/** Lays rows into a table, of the columns that the first one names. */
async function lay(client: pg.PoolClient, table: string, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {}).map((name) => `"${name}"`).join(', ');
  if (names) await client.query(`INSERT INTO "${table}" (${names}) SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1)`, [JSON.stringify(rows)]);
}

/** Lays rows out in one transaction whose triggers are silent: nobody needs to hear of each. */
async function quietly(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query('SET LOCAL synchronous_commit = off');
    await work(client);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

const pageOf = 5_000;

/** Lays so many artists and places into the database, each whole enough to be proposed. */
export async function layCandidates(pool: pg.Pool, { artists: count, places, today }: { readonly artists: number; readonly places: readonly { readonly id: string; readonly profile: PlaceProfile }[]; readonly today: Day }): Promise<void> {
  const now = `${today}T08:00:00Z`;
  await quietly(pool, async (client) => { await layPlaces(client, places, now); });
  let page: { id: string; profile: ArtistProfile }[] = [];
  let laid = 0;
  for (const one of artists(count, today)) {
    page.push(one);
    if (page.length < pageOf && laid + page.length < count) continue;
    const [from, rows] = [laid, page];
    await quietly(pool, async (client) => { await layArtists(client, rows, { from, today, now, places }); });
    laid += page.length;
    page = [];
  }
  await pool.query('ANALYZE');
}

async function layArtists(client: pg.PoolClient, page: readonly { readonly id: string; readonly profile: ArtistProfile }[], { from, today, now, places }: { from: number; today: Day; now: string; places: readonly { readonly id: string }[] }): Promise<void> {
  const each = <T>(rows: (one: ArtistProfile, id: string, i: number) => T[]): T[] => page.flatMap(({ id, profile }, i) => rows(profile, id, from + i));
  await lay(client, 'organisation', each((one, id) => [organisationOf(id, 'artist', { one, now })]));
  await lay(client, 'epk', each((one, id, i) => [{
    org_id: id, slug: `artist-${i}`, name: `Artist ${i}`, genres: one.genres, line_up: one.lineUp, tagline: { fr: `Artiste ${i}` }, bio: { fr: 'Sur scène depuis dix ans.' }, technical: 'Deux prises', fee_min_minor: one.fee.min, fee_max_minor: one.fee.max,
    currency: one.currency, audience_min: one.audience.min, audience_max: one.audience.max, duration_minutes: one.minutes, insee: '44109', city: 'Nantes', lat: one.at?.lat, lng: one.at?.lng, published_at: now, updated_at: now,
  }]));
  await lay(client, 'media', each((_, id) => [{ id: `med_${id.slice(4)}`, org_id: id, kind: 'photo', title: 'Photo', alt: '', file_id: `fil_${id.slice(4)}`, copies: [], position: 0 }]));
  await lay(client, 'sheet', each((one, id) => [{
    ...sheetOf(id, one, now), crew: one.crew, listeners: one.listeners, listeners_percent: one.listenersHomePercent, followers: one.followers, engagement: one.engagement, growth_percent: one.growthPercent, mobility_km: one.mobilityKm,
    rest_days: one.restDays, autonomous: one.flags.autonomous ?? null, season: [],
  }]));
  // Three days that are free and one that is not, for each others of its own.
  await lay(client, 'day_mark', each((one, id, i) => [
    ...[0, 1, 2].flatMap((k) => { const day = one.free[(i * 7 + k * 13) % one.free.length]; return day ? [{ org_id: id, day, state: 'free' }] : []; }),
    ...one.busy.slice(i % one.busy.length).slice(0, 1).map((day) => ({ org_id: id, day, state: 'busy' })),
  ].filter((mark, at, all) => all.findIndex(({ day }) => day === mark.day) === at)));
  await lay(client, 'exclusivity', each((one, id) => one.near.map(({ at, km, from: first, until }, k) => ({ id: `exc_${id.slice(4)}${k}`, org_id: id, place: 'Festival', lat: at.lat, lng: at.lng, km, from: first, until }))));
  const show = (id: string, k: number, rest: Row) => ({ id: `shw_${id.slice(4)}${k}`, org_id: id, title: 'Concert', start_time: '20:30', time_zone: 'Europe/Paris', place: 'Salle', insee: '', city: 'Nantes', country: 'FR', ticket_url: '', free: false, published: true, contest: '', ...rest });
  await lay(client, 'show', each((one, id) => [
    ...one.draws.slice(0, 2).map(({ at, people }, k) => show(id, k, { day: addDays(today, -30 - 40 * k), lat: at.lat, lng: at.lng, status: 'played', attendance: people })),
    ...one.shows.slice(0, 2).map(({ at, day }, k) => show(id, 5 + k, { day, lat: at.lat, lng: at.lng, status: 'planned', attendance: null })),
  ]));
  await lay(client, 'rating', each((one, id, i) => (one.rating ? Array.from({ length: Math.min(2, one.rating.count) }, (_, k) => (
    { booking_id: `bkg_${i}_${k}`, by_org_id: places[(i * 2 + k) % places.length]?.id, about_org_id: id, stars: Math.max(1, Math.min(5, Math.round((one.rating?.stars ?? 4) + k - 0.5))), at: now })) : [])));
}

const kinds = ['venue', 'festival', 'venue', 'camping', 'venue', 'municipality'] as const;

async function layPlaces(client: pg.PoolClient, places: readonly { readonly id: string; readonly profile: PlaceProfile }[], now: string): Promise<void> {
  const departments = ['75', '69', '13', '31', '33', '44', '59', '67', '35', '34'];
  await lay(client, 'organisation', places.map(({ id, profile: one }, i) => organisationOf(id, kinds[i % kinds.length] ?? 'venue', { one, now })));
  await lay(client, 'venue', places.map(({ id, profile: one }, i) => ({
    org_id: id, slug: `place-${i}`, name: `Place ${i}`, capacity: one.capacity, genres: one.genres, budget_min_minor: one.budget.min, budget_max_minor: one.budget.max, currency: one.currency, about: { fr: 'Une salle' }, technical: '', address: '',
    insee: `${departments[i % departments.length]}${String(i).padStart(3, '0')}`, city: 'Nantes', lat: one.at?.lat, lng: one.at?.lng, updated_at: now,
  })));
  await lay(client, 'sheet', places.map(({ id, profile: one }) => ({
    ...sheetOf(id, one, now), place_kind: one.kind, fill_percent: one.fillPercent, season: one.season, days_to_pay: one.daysToPay, funding_minor: one.funding, covered: one.flags.covered ?? null, step_free: one.flags.step_free ?? null,
    load_in: one.flags.load_in ?? null, parking: one.flags.parking ?? null, transit: one.flags.transit ?? null, curfew: one.curfew,
  })));
  await lay(client, 'day_mark', places.flatMap(({ id, profile: one }) => [...one.free.map((day) => ({ org_id: id, day, state: 'free' })), ...one.busy.map((day) => ({ org_id: id, day, state: 'busy' }))]));
}
