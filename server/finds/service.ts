import type { Context, SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/locale.ts';
import type { Currency } from '../core/money.ts';
import { permit } from '../core/permissions.ts';
import { addDays, dayIn, toDay, type Day } from '../core/time.ts';
import { findIn, type Ask, type Hit, type Hits } from '../hall/service.ts';
import { servingOf, type Serving } from '../learning/service.ts';
import { parseQuery, type Asked } from '../matching/asking/parse.ts';
import { placesByName } from '../matching/asking/places.ts';
import { completeArtist, completePlace } from '../matching/facts.ts';
import { LEVELS, noFilters, PLACE_KINDS, type Filters, type Seen } from '../matching/filters.ts';
import { diversified, variedFrom } from '../matching/fairness.ts';
import { numbersOf } from '../matching/keep.ts';
import { published, type Score } from '../matching/score.ts';
import { CARDS, type CardName, type Sort } from '../matching/search.ts';
import { familyOf, genreNamed, GENRES, labelOf } from '../profiles/genres.ts';
import { places } from '../profiles/service.ts';

/** What is asked of a discovery. */
export interface Discovery {
  readonly seen?: Seen | undefined;
  readonly filters: Filters;
  /** The one of the seeker's kind when it is not said, or is not among those that it may choose. */
  readonly card?: CardName | undefined;
  readonly sort: Sort;
  readonly limit: number;
  /** How strongly variety counts, 0 to 1. By anything but the score nothing is re-ranked. */
  readonly diversity: number;
  /** With those that were passed. */
  readonly all: boolean;
  readonly locale: Locale;
}

/** Which side an organisation of a kind is on. A booker has none: it acts for an artist. */
export const seenOf = (kind: string): Seen | null => (kind === 'artist' ? 'artist' : kind === 'booker' || kind === 'person' ? null : 'place');

/**
 * The scorecards that a kind of seeker may choose from, its own first. A commune has its one: whoever spends public money compares every artist by the same published
 * criteria (FR-015). To anybody else those of communes say nothing.
 */
const cardsOf = (kind: string): readonly [CardName, ...CardName[]] => (kind === 'municipality' ? ['municipal'] : ['touring', 'launch']);
const cardOf = (kind: string, wanted?: CardName): CardName => cardsOf(kind).find((card) => card === wanted) ?? cardsOf(kind)[0];

const other = (seen: Seen): Seen => (seen === 'artist' ? 'place' : 'artist');

/** Who seeks: the organisation acted for. @throws AppError `role_too_low`; `seeker_sideless` for a booker who acts for nobody. */
async function seekerOf(ctx: SignedIn) {
  permit(ctx.actor, 'organisation.read', { orgId: ctx.actor.orgId });
  return seekerNamed(ctx, ctx.actor.orgId);
}

type Seeker = Awaited<ReturnType<typeof seekerNamed>>;

async function seekerNamed(ctx: Context, orgId: string) {
  const org = await ctx.db.organisation.findUnique({ where: { id: orgId }, select: { name: true, kind: true } });
  const seen = org && seenOf(org.kind);
  if (!org || !seen) throw new AppError('seeker_sideless');
  return { orgId, name: org.name, kind: org.kind, seen };
}

/**
 * Finds the best of the other side for the organisation acted for: filtered, scored, explained.
 *
 * @throws AppError `seeker_sideless`, `input_invalid` for days that end before they begin or one's own side.
 */
export async function discover(ctx: SignedIn, ask: Discovery) {
  const seeker = await seekerOf(ctx);
  const seen = ask.seen ?? other(seeker.seen);
  if (seen === seeker.seen) throw new AppError('input_invalid', { field: 'seen' });
  const card = cardOf(seeker.kind, ask.card);
  const serving = await servingOf(ctx, card);
  const strength = ask.sort === 'score' ? ask.diversity : 0;
  // A list that is to be varied is drawn from a longer one.
  const hits = await findIn(ctx, await askOf(ctx, { seeker, card, serving, ask: { ...ask, limit: strength > 0 ? Math.min(180, ask.limit * 3) : ask.limit } }));
  const faces = await facesOf(ctx, { seeker, seen, hits: hits.hits, origin: hits.origin, serving, locale: ask.locale });
  const { found, variety } = strength > 0 ? varied(faces, strength, ask.limit) : { found: faces, variety: null };
  return { seeker: await standing(ctx, seeker), seen, card, model: serving.version, met: hits.met, eligible: hits.eligible, blocked: hits.blocked, variety, found };
}

/** The scorecards that the organisation acted for may choose from, its own first, with what each weighs now: points of 100, as either side weighs them. Throws as `discover` does. */
export async function cards(ctx: SignedIn) {
  const { kind, seen } = await seekerOf(ctx);
  return {
    seen,
    cards: await Promise.all(cardsOf(kind).map(async (card) => {
      const { weights, version } = await servingOf(ctx, card);
      const points = weights ?? published(CARDS[card]);
      const { groups, criteria } = CARDS[card];
      return {
        card, model: version, learned: weights !== null,
        groups: Object.keys(groups).map((group) => ({ group, criteria: criteria.flatMap((one, k) => (one.group === group ? [{ criterion: one.criterion, artist: points.artist[k] ?? 0, place: points.place[k] ?? 0 }] : [])) })),
      };
    })),
  };
}

/**
 * How well an organisation fits another one, and why; null where the two are not an artist and a place, or the other cannot be found.
 *
 * @throws AppError `seeker_sideless`.
 */
export async function pairScore(ctx: Context, orgId: string, otherOrgId: string, locale: Locale = 'fr') {
  const seeker = await seekerNamed(ctx, orgId);
  return scored(ctx, seeker, { otherOrgId, filters: noFilters, card: cardOf(seeker.kind), locale });
}

/** What is asked of one find: the filters and the scorecard of the list it stood in, for its days and its weights are theirs. */
export interface Explained {
  readonly orgId: string;
  readonly filters?: Filters | undefined;
  readonly card?: CardName | undefined;
  readonly locale: Locale;
}

/** How well another one fits the organisation acted for, with every criterion: as in the list that was asked so. Throws as `discover` does. */
export async function explain(ctx: SignedIn, { orgId, filters = noFilters, card, locale }: Explained) {
  const seeker = await seekerOf(ctx);
  return scored(ctx, seeker, { otherOrgId: orgId, filters, card: cardOf(seeker.kind, card), locale });
}

async function scored(ctx: Context, seeker: Seeker, { otherOrgId, filters, card, locale }: { readonly otherOrgId: string; readonly filters: Filters; readonly card: CardName; readonly locale: Locale }) {
  const asked = await askOf(ctx, { seeker, card, serving: await servingOf(ctx, card), ask: { filters, sort: 'score', limit: 1, all: true } });
  const { hits: [hit], origin } = await findIn(ctx, { ...asked, only: [otherOrgId] });
  return hit ? told(hit.score, origin, locale) : null;
}

/**
 * For each of some days the best places: what a booker of a tour begins with (MA-21). A place stands under several days where it is the best for each.
 *
 * @throws AppError `seeker_sideless`.
 */
export async function nights(ctx: SignedIn, { days, locale, each = 5 }: { readonly days: readonly Day[]; readonly locale: Locale; readonly each?: number }) {
  const seeker = await seekerOf(ctx);
  const serving = await servingOf(ctx, 'touring');
  const found = [];
  for (const day of [...new Set(days)].sort()) {
    const filters: Filters = { ...noFilters, days: { from: day, until: day, weekdays: [] } };
    const hits = await findIn(ctx, await askOf(ctx, { seeker, card: 'touring', serving, ask: { filters, sort: 'score', limit: each, all: false } }));
    found.push({ day, met: hits.met, blocked: hits.blocked, found: await facesOf(ctx, { seeker, seen: other(seeker.seen), hits: hits.hits, origin: hits.origin, serving, locale }) });
  }
  return { nights: found };
}

/**
 * The places that fit an artist on some day of a period, the best first, by the scorecard of tours: who they are and how well they fit, and nothing that costs a look at each.
 * Whoever is hidden or was passed is not among them. Whether one may look for the artist is the caller's to know.
 *
 * @throws AppError `seeker_sideless` for who is no artist.
 */
export async function stagesFor(ctx: Context, orgId: string, { from, until, limit }: { readonly from: Day; readonly until: Day; readonly limit: number }): Promise<readonly { readonly orgId: string; readonly score: number }[]> {
  const seeker = await seekerNamed(ctx, orgId);
  if (seeker.seen !== 'artist') throw new AppError('seeker_sideless');
  const filters: Filters = { ...noFilters, days: { from, until, weekdays: [] } };
  const { hits } = await findIn(ctx, await askOf(ctx, { seeker, card: 'touring', serving: await servingOf(ctx, 'touring'), ask: { filters, sort: 'score', limit, all: false } }));
  return hits.map(({ orgId: id, total }) => ({ orgId: id, score: total }));
}

let placesNamed: ReturnType<typeof placesByName> | undefined;

/** A search in somebody's own words as filters that they can see and change, and what was not understood. */
export function ask(ctx: Context, { text, locale }: { readonly text: string; readonly locale: Locale }): Asked {
  placesNamed ??= placesByName(places());
  const asked = parseQuery(text, { locale, today: dayIn(ctx.now(), 'Europe/Paris'), places: placesNamed });
  if (!asked.filters.days || asked.filters.days.until < end) return asked;
  // Nobody books so far ahead: a year like that is a slip.
  const said = asked.parts.filter(({ slot }) => slot === 'days').map((part) => part.text);
  return { ...asked, filters: { ...asked.filters, days: null }, parts: asked.parts.filter(({ slot }) => slot !== 'days'), unknown: [...asked.unknown, ...said] };
}
/** Days from here on are not understood. */
const end: Day = '2199-01-01';

interface Asking {
  readonly seeker: { readonly orgId: string; readonly seen: Seen };
  readonly card: CardName;
  readonly serving: Serving;
  readonly ask: Pick<Discovery, 'filters' | 'sort' | 'limit' | 'all'>;
}

async function askOf(ctx: Context, { seeker, card, serving, ask: { filters, sort, limit, all } }: Asking): Promise<Ask> {
  if (filters.days && filters.days.until < filters.days.from) throw new AppError('input_invalid', { field: 'days' });
  const [choices, past] = await Promise.all([
    ctx.db.choice.findMany({ where: { OR: [{ orgId: seeker.orgId, ...(all ? { hidden: true } : { OR: [{ hidden: true }, { verdict: 'pass' }] }) }, { otherOrgId: seeker.orgId, hidden: true }] }, select: { orgId: true, otherOrgId: true } }),
    pastOf(ctx, seeker.orgId),
  ]);
  return {
    card, seeker, sort, limit, weights: serving.weights, narrow: { filters, ...numbersOf(filters.genres.map(genreNamed)), days: filters.days }, shows: 1, past,
    apart: choices.flatMap((one) => (one.orgId === seeker.orgId ? [one.otherOrgId] : [])), unseen: choices.flatMap((one) => (one.otherOrgId === seeker.orgId ? [one.orgId] : [])),
  };
}

/** With whom there were shows, and how they went: by stars where there are some, else a show that was played went well. */
async function pastOf(ctx: Context, orgId: string): Promise<Map<string, { went: number; shows: number }>> {
  const rows = await ctx.db.booking.findMany({ where: { OR: [{ orgId }, { buyerOrgId: orgId }], status: { in: ['played', 'settled'] } }, select: { id: true, orgId: true, buyerOrgId: true } });
  const stars = new Map((await ctx.db.rating.groupBy({ by: ['bookingId'], where: { bookingId: { in: rows.map(({ id }) => id) } }, _avg: { stars: true } })).map((row) => [row.bookingId, row._avg.stars]));
  const past = new Map<string, { went: number; shows: number }>();
  for (const row of rows) {
    const with_ = row.orgId === orgId ? row.buyerOrgId : row.orgId;
    const before = past.get(with_) ?? { went: 0, shows: 0 };
    past.set(with_, { went: (before.went * before.shows + (stars.get(row.id) ?? 4) / 5) / (before.shows + 1), shows: before.shows + 1 });
  }
  return past;
}

/** A score in the reader's words, with every criterion. */
const told = (score: Score, origin: Day, locale: Locale) => ({ ...brief(score, origin, locale), criteria: readable(score.criteria, origin, locale) });

/** What a list says of a score: the strongest reasons, and how many criteria made it. Those themselves are left as the hall says them, for nobody reads them there. */
const brief = (score: Score, origin: Day, locale: Locale) => ({
  ...score, sides: { ...score.sides }, groups: [...score.groups], criteriaCount: score.criteria.length,
  for: readable(score.for, origin, locale), against: readable(score.against, origin, locale), blockers: readable(score.blockers, origin, locale),
});

/** Figures that are days of the calendar or numbers of genres, as people read them. */
const readable = <T extends { readonly figures: Score['for'][number]['figures'] }>(reasons: readonly T[], origin: Day, locale: Locale) => reasons.map((reason) => ({
  ...reason, figures: Object.fromEntries(Object.entries(reason.figures).map(([name, value]): [string, string | number] => {
    if (typeof value !== 'number') return [name, value];
    if (name === 'day' || name === 'until') return [name, value < 0 ? '' : addDays(origin, value)];
    if (name === 'ownGenre' || name === 'wantedGenre') return [name, labelOf(GENRES[value] ?? '', locale)];
    return [name, Number.isFinite(value) ? value : 0];
  })),
}));

interface Facing {
  readonly seeker: { readonly orgId: string; readonly seen: Seen };
  readonly seen: Seen;
  readonly hits: readonly Hit[];
  readonly origin: Hits['origin'];
  readonly serving: Serving;
  readonly locale: Locale;
}

/** What people see of those who were found, in their order. */
async function facesOf(ctx: SignedIn, { seeker, seen, hits, origin, serving, locale }: Facing) {
  const ids = hits.map(({ orgId }) => orgId);
  const [orgs, epks, venues, sheets, choices, matches] = await Promise.all([
    ctx.db.organisation.findMany({ where: { id: { in: ids } }, select: { id: true, kind: true, country: true, licenceUntil: true } }),
    seen === 'artist' ? ctx.db.epk.findMany({ where: { orgId: { in: ids } }, include: { media: { where: { kind: { in: ['photo', 'audio'] } }, orderBy: { position: 'asc' } } } }) : [],
    seen === 'place' ? ctx.db.venue.findMany({ where: { orgId: { in: ids } } }) : [],
    ctx.db.sheet.findMany({ where: { orgId: { in: ids } }, select: { orgId: true, level: true, placeKind: true } }),
    ctx.db.choice.findMany({ where: { orgId: seeker.orgId, otherOrgId: { in: ids } } }),
    ctx.db.match.findMany({ where: seeker.seen === 'artist' ? { artistOrgId: seeker.orgId, placeOrgId: { in: ids } } : { placeOrgId: seeker.orgId, artistOrgId: { in: ids } } }),
  ]);
  const by = <T>(rows: readonly T[], key: (row: T) => string) => new Map(rows.map((row) => [key(row), row]));
  const [orgOf, epkOf, venueOf, sheetOf, choiceOf] = [by(orgs, ({ id }) => id), by(epks, ({ orgId }) => orgId), by(venues, ({ orgId }) => orgId), by(sheets, ({ orgId }) => orgId), by(choices, ({ otherOrgId }) => otherOrgId)];
  const matchOf = by(matches, ({ artistOrgId, placeOrgId }) => (seeker.seen === 'artist' ? placeOrgId : artistOrgId));
  const at = (file: string): string => `${ctx.config.urls.media}/${file}`;
  return hits.flatMap(({ orgId, score }) => {
    const [org, epk, venue, sheet, choice, match] = [orgOf.get(orgId), epkOf.get(orgId), venueOf.get(orgId), sheetOf.get(orgId), choiceOf.get(orgId), matchOf.get(orgId)];
    const face = epk ?? venue;
    // Gone since it was found.
    if (!org || !face) return [];
    const figures = (criterion: string) => score.criteria.find((one) => one.criterion === criterion && one.known)?.figures ?? {};
    const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
    const ratings = figures('ratings');
    const [stars, count] = [number(ratings[seen]), number(ratings[`${seen}Count`])];
    const photo = epk?.media.find(({ kind }) => kind === 'photo');
    const sound = epk?.media.find(({ kind }) => kind === 'audio');
    const words = (epk ? epk.tagline : venue?.about) as Partial<Record<Locale, string>>;
    const positive = (value: bigint | number | undefined): number | null => (value !== undefined && value > 0 ? Number(value) : null);
    return [{
      orgId, seen, name: face.name, kind: org.kind, city: face.city, country: org.country, page: epk ? `/@${epk.slug}` : null, tagline: words[locale] ?? words.fr ?? words.en ?? '',
      picture: photo ? { url: at(photo.fileId), alt: photo.alt || face.name } : null, sound: sound ? { url: at(sound.fileId), title: sound.title } : null,
      genres: face.genres.map((genre) => labelOf(genre, locale)), family: familyOf(genreNamed(face.genres[0] ?? '')), region: `${org.country} ${face.insee.slice(0, 2)}`, lineUp: epk ? epk.lineUp : null,
      capacity: epk ? { min: positive(epk.audienceMin), max: positive(epk.audienceMax) } : { min: positive(venue?.capacity), max: positive(venue?.capacity) },
      money: { min: positive(epk ? epk.feeMinMinor : venue?.budgetMinMinor), max: positive(epk ? epk.feeMaxMinor : venue?.budgetMaxMinor), currency: face.currency as Currency },
      placeKind: PLACE_KINDS.find((kind) => kind === sheet?.placeKind) ?? null, level: LEVELS.find((level) => level === sheet?.level) ?? null,
      km: number(figures('distance')['km']), answerHours: number(figures('answers')['hours']), rating: stars !== null && count !== null && count > 0 ? { stars, count } : null,
      verified: org.licenceUntil !== null && toDay(org.licenceUntil) >= dayIn(ctx.now(), 'Europe/Paris'), score: brief(score, origin, locale), chance: serving.chance(score.sides[seeker.seen], seeker.seen),
      choice: { verdict: choice?.verdict ?? null, favourite: choice?.favourite ?? false, hidden: choice?.hidden ?? false },
      match: match ? { id: match.id, status: match.status, expiresAt: match.expiresAt.toISOString() } : null,
    }];
  });
}

type Faced = Awaited<ReturnType<typeof facesOf>>[number];

/** The first of a list with more of what it shows too little of, by region, family of genres and level (MA-23), and what that did to it. */
function varied(faces: readonly Faced[], strength: number, places: number) {
  const list = faces.map((face) => ({ face, score: face.score.score, region: face.region, genre: face.family, level: face.level ?? '' }));
  const after = diversified(list, list, strength);
  return { found: after.slice(0, places).map(({ face }) => face), variety: { strength, ...variedFrom(list, after, places) } };
}

/** How complete the seeker itself is, and what it lacks. */
async function standing(ctx: Context, { orgId, name, kind, seen }: { orgId: string; name: string; kind: string; seen: Seen }) {
  const [row, epk, venue] = await Promise.all([
    ctx.db.sheet.findUnique({ where: { orgId } }),
    seen === 'artist' ? ctx.db.epk.findUnique({ where: { orgId }, include: { media: { where: { kind: 'photo' }, select: { id: true } } } }) : null,
    seen === 'place' ? ctx.db.venue.findUnique({ where: { orgId } }) : null,
  ]);
  const profile = epk ?? venue;
  const worded = [epk?.bio, epk?.tagline, venue?.about].some((texts) => Object.values((texts ?? {}) as Record<string, string>).some((one) => one.trim() !== ''));
  const has = {
    name: profile?.name ?? name, genres: profile?.genres ?? [], insee: profile?.insee ?? '', worded,
    sheet: row && { level: row.level, settings: row.settings, audiences: row.audiences, mobility_km: row.mobilityKm, stage_metres: row.stageMetres, place_kind: row.placeKind },
  };
  const { percent, missing } = seen === 'artist'
    ? completeArtist({ ...has, fee_max: Number(epk?.feeMaxMinor ?? 0), photos: epk?.media.length ?? 0, audience_max: epk?.audienceMax ?? 0, technical: (epk?.technical ?? '') !== '' })
    : completePlace({ ...has, kind, capacity: venue?.capacity ?? 0, budget_max: Number(venue?.budgetMaxMinor ?? 0) });
  return { orgId, name, seen, completePercent: percent, missing: [...missing] };
}
