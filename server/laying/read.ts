import { addDays, type Day } from '../core/time.ts';
import { horizon } from '../matching/columns.ts';
import { proposedFrom } from '../matching/complete.ts';
import { artistFrom, completeArtist, completePlace, kindsOfBuyers, nothing, placeFrom, type ArtistRow, type Happened, type PlaceRow, type SheetRow } from '../matching/facts.ts';
import type { Seen } from '../matching/filters.ts';
import { priceIn, type Deal, type Market } from '../matching/market.ts';
import type { ArtistProfile, PlaceProfile } from '../matching/profile.ts';

/** What the database is asked: the statement, and the values in it. It answers one text. */
export interface Question {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Whose profiles are read: some by their ids, or all whose id lies behind one and up to another. */
export type Whose = { readonly ids: readonly string[] } | { readonly after: string; readonly upTo: string };

/** A profile as it is compared, and whether it is proposed to anybody. */
export interface Profile {
  readonly id: string;
  readonly profile: ArtistProfile | PlaceProfile;
  readonly proposed: boolean;
}

/** What reading one side needs. */
export interface Reading {
  readonly seen: Seen;
  readonly whose: Whose;
  readonly market: Market;
  /** The calendar's first day. */
  readonly origin: Day;
  /** How many people live around a place; null where it lies nowhere. */
  /** Told of a profile that cannot be drawn up: the others are, all the same. */
  readonly broken: (orgId: string, error: unknown) => void;
  readonly catchment: (place: { readonly insee: string; readonly lat: number | null; readonly lng: number | null }) => number | null;
}

/* A list is asked for as one text of arrays: an object for each row would say every name again, and take PostgreSQL three times as long. */

interface Listing {
  readonly columns: readonly string[];
  readonly from: string;
  readonly values: readonly unknown[];
}
const list = ({ columns, from, values }: Listing): Question => ({ sql: `SELECT '[' || coalesce(string_agg(json_build_array(${columns.join(', ')})::text, ','), '') || ']' AS said FROM ${from}`, values });

/** The columns of a record, by the names that its reader knows them by. */
type Named = Readonly<Record<string, string>>;
const named = (columns: Named) => {
  const names = Object.keys(columns);
  // Given its names one by one an object becomes a table of hashes, which reads ten times as slowly; as JSON it has them all at once.
  const blank = JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null])))) as Record<string, unknown>;
  return (values: readonly unknown[], from: number): Record<string, unknown> => {
    const record = { ...blank };
    for (const [i, name] of names.entries()) record[name] = values[from + i];
    return record;
  };
};

const within = (whose: Whose, column: string): string => ('ids' in whose ? `${column} = ANY($1::text[])` : `${column} > $1 AND ${column} <= $2`);
const valuesOf = (whose: Whose): unknown[] => ('ids' in whose ? [whose.ids] : [whose.after, whose.upTo]);

const sheetColumns = Object.fromEntries([
  'level', 'settings', 'audiences', 'lyrics', 'weekdays', 'backline', 'influences', 'ticket_minor', 'lead_days', 'deposit_percent', 'family', 'outdoor', 'stage_metres', 'inputs', 'kilowatts', 'decibels', 'crew', 'listeners', 'listeners_percent', 'followers',
  'engagement', 'growth_percent', 'mobility_km', 'rest_days', 'autonomous', 'place_kind', 'fill_percent', 'season', 'days_to_pay', 'funding_minor', 'covered', 'step_free', 'load_in', 'parking', 'transit', 'curfew',
].map((name) => [name, `sheet.${name}`]));

const artistColumns: Named = {
  org_id: 'epk.org_id', kind: 'organisation.kind', name: 'epk.name', country: 'organisation.country', currency: 'epk.currency', insee: 'epk.insee', lat: 'epk.lat', lng: 'epk.lng', genres: `coalesce(epk.genres, '{}')`, licence_until: 'organisation.licence_until',
  published: 'epk.published_at IS NOT NULL', worded: `epk.bio <> '{}' OR epk.tagline <> '{}'`, line_up: 'epk.line_up', minutes: 'epk.duration_minutes', fee_min: 'epk.fee_min_minor', fee_max: 'epk.fee_max_minor',
  audience_min: 'epk.audience_min', audience_max: 'epk.audience_max', technical: `epk.technical <> ''`, photos: 'coalesce(pictures.count, 0)',
};
const placeColumns: Named = {
  org_id: 'venue.org_id', kind: 'organisation.kind', name: 'venue.name', country: 'organisation.country', currency: 'venue.currency', insee: 'venue.insee', lat: 'venue.lat', lng: 'venue.lng', genres: `coalesce(venue.genres, '{}')`, licence_until: 'organisation.licence_until',
  claimed: 'organisation.claimed', worded: `venue.about <> '{}'`, capacity: 'venue.capacity', budget_min: 'venue.budget_min_minor', budget_max: 'venue.budget_max_minor',
};
const [asSheet, asArtist, asPlace] = [named(sheetColumns), named(artistColumns), named(placeColumns)];

function rowsOf(seen: Seen, whose: Whose): Question {
  const [table, columns] = seen === 'artist' ? ['epk', artistColumns] as const : ['venue', placeColumns] as const;
  const photos = seen === 'artist' ? `LEFT JOIN (SELECT org_id, count(*) FROM media WHERE kind = 'photo' AND ${within(whose, 'org_id')} GROUP BY org_id) AS pictures ON pictures.org_id = epk.org_id` : '';
  return list({
    columns: [...Object.values(columns), 'sheet.org_id IS NOT NULL', ...Object.values(sheetColumns)], values: valuesOf(whose),
    // Each table by its own ids: joined by the other's alone, all of it would be read for every page.
    from: `${table} JOIN organisation ON organisation.id = ${table}.org_id AND ${within(whose, 'organisation.id')} LEFT JOIN sheet ON sheet.org_id = ${table}.org_id AND ${within(whose, 'sheet.org_id')} ${photos} WHERE ${within(whose, `${table}.org_id`)}`,
  });
}

/** What is asked of some profiles: who they are, and what the tables of days, shows, offers and ratings say of them. `profilesFrom` reads the answers, in the same order. */
export function questionsOf({ seen, whose, origin }: Pick<Reading, 'seen' | 'whose' | 'origin'>): Question[] {
  const [at, off] = [`$${valuesOf(whose).length + 1}::date`, `$${valuesOf(whose).length + 2}::date`];
  const [since, ago] = [[...valuesOf(whose), origin], [...valuesOf(whose), addDays(origin, -730)]];
  const ahead = [...since, addDays(origin, horizon)];
  const own = seen === 'artist' ? 'show.org_id' : 'show.stage_org_id';
  const values = valuesOf(whose);
  const both = [
    rowsOf(seen, whose),
    list({ columns: ['org_id', 'free', 'busy'], values: ahead, from: `(SELECT org_id, string_agg((day - ${at})::text, ' ') FILTER (WHERE state = 'free') AS free, string_agg((day - ${at})::text, ' ') FILTER (WHERE state = 'busy') AS busy
      FROM day_mark WHERE ${within(whose, 'org_id')} AND day >= ${at} AND day < ${off} GROUP BY org_id) AS marks` }),
    list({ columns: [own, `day - ${at}`, 'lat', 'lng', 'status'], values: since, from: `show WHERE ${within(whose, own)} AND status <> 'cancelled' AND day >= ${at}` }),
    list({ columns: ['org_id', 'attendance', 'lat', 'lng'], values, from: `(SELECT ${own} AS org_id, attendance, lat, lng, row_number() OVER (PARTITION BY ${own} ORDER BY attendance DESC, id) AS place FROM show WHERE ${within(whose, own)} AND attendance IS NOT NULL AND lat IS NOT NULL AND lng IS NOT NULL) AS draws WHERE place <= 4` }),
    list({ columns: ['org_id', 'lat', 'lng', 'km', '"from"', 'until'], values: since, from: `(SELECT * FROM exclusivity WHERE ${within(whose, 'org_id')} AND until >= ${at} ORDER BY "from", id) AS near` }),
    list({ columns: ['org_id', 'kind', 'stars', 'count'], values, from: seen === 'artist'
      ? `(SELECT about_org_id AS org_id, organisation.kind, sum(stars) AS stars, count(*) FROM rating LEFT JOIN organisation ON organisation.id = by_org_id WHERE ${within(whose, 'about_org_id')} GROUP BY 1, 2) AS given`
      : `(SELECT about_org_id AS org_id, sheet.level AS kind, sum(stars) AS stars, count(*) FROM rating LEFT JOIN sheet ON sheet.org_id = by_org_id WHERE ${within(whose, 'about_org_id')} GROUP BY 1, 2) AS given` }),
  ];
  return seen === 'artist' ? [
    ...both,
    list({ columns: ['org_id', `day - ${at}`, 'sold'], values: ahead, from: `(SELECT org_id, day, true AS sold FROM slot WHERE ${within(whose, 'org_id')} UNION ALL SELECT org_id, day, false FROM hold WHERE ${within(whose, 'org_id')} AND status = 'live') AS taken WHERE day >= ${at} AND day < ${off}` }),
    list({ columns: ['org_id', 'hours'], values, from: `(SELECT booking.org_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM offer.created_at - booking.created_at) / 3600) AS hours
      FROM booking JOIN offer ON offer.booking_id = booking.id AND offer.proposed_by = 'artist' AND offer.replaces IS NULL WHERE ${within(whose, 'booking.org_id')} GROUP BY booking.org_id) AS answers` }),
    list({ columns: ['org_id', 'percent'], values, from: `(SELECT org_id, round(100.0 * count(*) FILTER (WHERE status = 'played') / count(*)) AS percent FROM show WHERE ${within(whose, 'org_id')} AND booking_id IS NOT NULL AND status IN ('played', 'cancelled') GROUP BY org_id HAVING count(*) >= 3) AS kept` }),
  ] : [
    ...both,
    list({ columns: ['org_id', 'genre'], values: ago, from: `(SELECT org_id, genre FROM (SELECT show.stage_org_id AS org_id, genre, count(*), row_number() OVER (PARTITION BY show.stage_org_id ORDER BY count(*) DESC, genre) AS place
      FROM show JOIN epk ON epk.org_id = show.org_id, unnest(epk.genres) AS genre WHERE ${within(whose, 'show.stage_org_id')} AND show.status <> 'cancelled' AND show.day >= ${at} GROUP BY 1, 2) AS played WHERE place <= 4 ORDER BY org_id, place) AS billed` }),
    list({ columns: ['org_id', 'count'], values: ago, from: `(SELECT buyer_org_id AS org_id, count(*) FROM dispute WHERE ${within(whose, 'buyer_org_id')} AND opened_at >= ${at} GROUP BY buyer_org_id) AS disputes` }),
  ];
}

/** Rows of what both sides are asked, in the order of `questionsOf`. */
type Both = [
  rows: unknown[][], marks: [id: string, free: string | null, busy: string | null][], shows: [id: string, day: number, lat: number | null, lng: number | null, status: string][], draws: [id: string, people: number, lat: number, lng: number][],
  near: [id: string, lat: number, lng: number, km: number, from: Day, until: Day][], ratings: [id: string, kind: string | null, stars: number, count: number][],
];
type OfArtists = [taken: [id: string, day: number, sold: boolean][], answers: [id: string, hours: number][], kept: [id: string, percent: number][]];
type OfPlaces = [billed: [id: string, genre: string][], disputes: [id: string, count: number][]];

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };
/** What happened to somebody, while it is put together. */
type Drawn = Omit<Writable<Happened>, 'went' | 'free' | 'busy'> & { readonly went: Record<string, number>; readonly said: Record<'free' | 'busy' | 'held' | 'sold', Day[]> };

/** What happened to some organisations, by the rows of their side; of whom they say nothing, nothing happened. `kinds` are those of places. */
function happenedFrom(said: readonly unknown[], { seen, origin }: Pick<Reading, 'seen' | 'origin'>, kinds: ReadonlyMap<string, string>): (id: string) => Happened {
  const [, marks, shows, draws, near, ratings] = said as unknown as Both;
  const days = Array.from({ length: horizon }, (_, i) => addDays(origin, i));
  const dayOf = (number: number): Day => days[number] ?? addDays(origin, number);
  const listed = (numbers: string | null): Day[] => (numbers ? numbers.split(' ').map((one) => dayOf(Number(one))) : []);
  const happened = new Map<string, Drawn>();
  const to = (id: string): Drawn => {
    const known = happened.get(id) ?? { draws: [], shows: [], near: [], rating: null, answerHours: null, keptPercent: null, billed: [], disputes: null, went: {}, said: { free: [], busy: [], held: [], sold: [] } };
    happened.set(id, known);
    return known;
  };
  for (const [id, free, busy] of marks) Object.assign(to(id).said, { free: listed(free), busy: listed(busy) });
  for (const [id, day, lat, lng, status] of shows) {
    // A festival has several shows a day, and a town too: their days stay open.
    if (day < horizon && (seen === 'artist' || kinds.get(id) === 'venue')) to(id).said.sold.push(dayOf(day));
    if (status === 'planned' && lat !== null && lng !== null) to(id).shows.push({ day: dayOf(day), lat, lng });
  }
  for (const [id, people, lat, lng] of draws) to(id).draws.push({ people, lat, lng });
  for (const [id, lat, lng, km, from, until] of near) to(id).near.push({ lat, lng, km, from, until });
  for (const [id, kind, stars, count] of ratings) {
    const one = to(id);
    const [sum, all] = [(one.rating?.stars ?? 0) * (one.rating?.count ?? 0) + stars, (one.rating?.count ?? 0) + count];
    one.rating = { stars: sum / all, count: all };
    if (kind !== null) one.went[kind] = stars / count;
  }
  if (seen === 'artist') {
    const [taken, answers, kept] = said.slice(6) as unknown as OfArtists;
    for (const [id, day, sold] of taken) to(id).said[sold ? 'sold' : 'held'].push(dayOf(day));
    for (const [id, hours] of answers) to(id).answerHours = hours;
    for (const [id, percent] of kept) to(id).keptPercent = percent;
  } else {
    const [billed, disputes] = said.slice(6) as unknown as OfPlaces;
    for (const [id, genre] of billed) to(id).billed.push(genre);
    for (const [id, count] of disputes) to(id).disputes = count;
  }
  return (id) => {
    const one = happened.get(id);
    if (!one) return nothing;
    const { said: marked, went, ...rest } = one;
    return { ...daysFrom(marked), went: wentFrom(went), ...rest };
  };
}

/** Profiles of a side as they are compared, each drawn up when it is asked for, from the answers to `questionsOf`. Those that are not there are none. */
export function* profilesFrom({ seen, market, origin, catchment, broken }: Reading, answers: readonly string[]): Generator<Profile> {
  const said = answers.map((text) => JSON.parse(text) as unknown);
  const rows = said[0] as unknown[][];
  const [as, width] = seen === 'artist' ? [asArtist, Object.keys(artistColumns).length] : [asPlace, Object.keys(placeColumns).length];
  const happened = happenedFrom(said, { seen, origin }, new Map(seen === 'place' ? rows.map(([id, kind]) => [String(id), String(kind)]) : []));
  for (const values of rows) {
    const row = Object.assign(as(values, 0), { sheet: values[width] === true ? asSheet(values, width + 1) as unknown as SheetRow : null }) as unknown as ArtistRow | PlaceRow;
    const drawn = drawUp(row);
    if (drawn) yield drawn;
  }

  function drawUp(row: ArtistRow | PlaceRow): Profile | null {
    try {
      const past = happened(row.org_id);
      return 'published' in row
        ? { id: row.org_id, proposed: row.published && completeArtist(row).percent >= proposedFrom, profile: artistFrom(row, past, priceIn(market, { genre: row.genres[0], level: row.sheet?.level ?? null, currency: row.currency })) }
        : { id: row.org_id, proposed: row.claimed && completePlace(row).percent >= proposedFrom, profile: placeFrom(row, past, catchment(row)) };
    } catch (error) {
      broken(row.org_id, error);
      return null;
    }
  }
}

/** The ids that end pages of so many profiles of a side. */
export const pagesOf = (seen: Seen, pageOf: number): Question => list({
  columns: ['org_id'], values: [pageOf], from: `(SELECT org_id, row_number() OVER (ORDER BY org_id) AS place, count(*) OVER () AS last FROM ${seen === 'artist' ? 'epk' : 'venue'}) AS numbered WHERE place % $1::int = 0 OR place = last`,
});
/** The pages that such ids end, in their order: each one's profiles. */
export function pagesFrom(answer: string): Whose[] {
  const ends = (JSON.parse(answer) as [string][]).map(([id]) => id).sort((a, b) => (a < b ? -1 : 1));
  return ends.map((upTo, i) => ({ after: ends[i - 1] ?? '', upTo }));
}

/** How many profiles of each side there are. */
export const counts: Question = list({ columns: ['(SELECT count(*) FROM epk)', '(SELECT count(*) FROM venue)'], values: [], from: '(SELECT 1) AS once' });
/** The answer to `counts`. */
export function countsFrom(answer: string): { readonly artist: number; readonly place: number } {
  const [[artist, place] = [0, 0]] = JSON.parse(answer) as [number, number][];
  return { artist, place };
}

/** Every artist's genres: who plays two of them says that they are near. */
export const genres: Question = list({ columns: ['genres'], values: [], from: '(SELECT genres FROM epk WHERE cardinality(genres) > 1 LIMIT 200000) AS several' });
/** The answer to `genres`. */
export const genresFrom = (answer: string): string[][] => (JSON.parse(answer) as [string[]][]).map(([several]) => several);

/** Shows that are announced from a day on: where and when. */
export const showsFrom = (origin: Day): Question => list({ columns: ['day', 'lat', 'lng'], values: [origin], from: `show WHERE published AND status = 'planned' AND lat IS NOT NULL AND lng IS NOT NULL AND day >= $1::date` });
/** The answer to `showsFrom`. */
export const announcedIn = (answer: string): { day: Day; lat: number; lng: number }[] => (JSON.parse(answer) as [Day, number, number][]).map(([day, lat, lng]) => ({ day, lat, lng }));

/** Deals of the two years before a day. */
export const dealsBefore = (origin: Day): Question => list({
  columns: ['offer.org_id', 'offer.buyer_org_id', 'epk.genres[1]', `coalesce(sheet.level, '')`, 'offer.currency', 'offer.price_minor'], values: [addDays(origin, -730)],
  from: `offer JOIN epk ON epk.org_id = offer.org_id LEFT JOIN sheet ON sheet.org_id = offer.org_id WHERE offer.status = 'accepted' AND offer.show_day >= $1::date AND cardinality(epk.genres) > 0`,
});
/** The answer to `dealsBefore`. */
export const dealsIn = (answer: string): Deal[] => (JSON.parse(answer) as [string, string, string, string, string, number][]).map(([artist, buyer, genre, level, currency, minor]) => ({ artist, buyer, genre, level, currency, minor }));

/** How shows went, drawn from stars: none is 0, five are 1. By the larger kind of place, or by the artists' level. */
export const wentFrom = (byKind: Readonly<Record<string, number>>): Happened['went'] =>
  Object.fromEntries(Object.entries(byKind).map(([kind, stars]) => [kindsOfBuyers[kind] ?? kind, stars / 5]));

/** Days that are free and that are not, of marks, sales and shows: who sold a day is busy, whoever said what; a held day is to be talked about. */
export function daysFrom(said: { readonly free: readonly Day[]; readonly busy: readonly Day[]; readonly held: readonly Day[]; readonly sold: readonly Day[] }): Pick<Happened, 'free' | 'busy'> {
  const [held, sold] = [new Set(said.held), new Set(said.sold)];
  return { free: said.free.filter((day) => !held.has(day) && !sold.has(day)), busy: [...new Set([...said.busy, ...said.sold])] };
}
