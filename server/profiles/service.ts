import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import type { Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { keepFile } from '../core/files.ts';
import { toWire, type Currency, type WireMoney } from '../core/money.ts';
import { permit, type Act } from '../core/permissions.ts';
import { dayIn, fromDay, toDay } from '../core/time.ts';
import type { Picture } from '../adapters/ports.ts';
import { readAudio, readMovie } from './audio.ts';
import { missingOfEpk, moved, slugFrom, type Texts } from './epk.ts';
import { filmAt, type Film } from './films.ts';
import { genreNamed, labelsOf, searchGenres } from './genres.ts';
import { isPdf } from './papers.ts';
import { byAnyName, indexPlaces, placeFrom, plainName, searchIndex, type Place, type PlaceIndex, type PlaceRow } from './places.ts';

export { searchGenres };

/** Bytes. */
const largest = { photo: 10 * 1024 * 1024, audio: 15 * 1024 * 1024, video: 15 * 1024 * 1024, document: 10 * 1024 * 1024 } as const;
/** Pieces of one press kit: PR-03 says five recordings. */
const most = { photo: 30, audio: 5, video: 3, document: 10 } as const;

/** What a press kit is made of besides words. */
export type Kind = keyof typeof largest;
export const KINDS = Object.keys(largest) as readonly Kind[];

interface Quote {
  readonly text: string;
  readonly source: string;
}
interface Link {
  readonly label: string;
  readonly url: string;
}

/** A price range, in wire money: these are figures that the artist types, and no amounts that are paid. */
interface Range {
  readonly min: WireMoney;
  readonly max: WireMoney;
}

/** What an artist changes of its press kit; `artist` is the word in its address. What is left out stays. */
export interface EpkPatch {
  readonly artist?: string | undefined;
  readonly name?: string | undefined;
  readonly genres?: readonly string[] | undefined;
  readonly lineUp?: number | undefined;
  readonly insee?: string | undefined;
  readonly durationMinutes?: number | undefined;
  readonly tagline?: Texts | undefined;
  readonly bio?: Texts | undefined;
  readonly quotes?: readonly Quote[] | undefined;
  readonly links?: readonly Link[] | undefined;
  readonly videos?: readonly Film[] | undefined;
  readonly technical?: string | undefined;
  readonly audience?: { readonly min: number; readonly max: number } | undefined;
  readonly fee?: Range | undefined;
}

/** A published press kit, with the shows announced from today on. @throws AppError `not_found`, unpublished ones too. */
export async function readEpk(ctx: Context, artist: string) {
  const epk = await ctx.db.epk.findUnique({ where: { slug: artist, publishedAt: { not: null } }, include: withMedia });
  if (!epk) throw new AppError('not_found');
  const shows = await ctx.db.show.findMany({
    where: { orgId: epk.orgId, published: true, status: 'planned', day: { gte: fromDay(dayIn(ctx.now(), 'Europe/Paris')) } }, orderBy: [{ day: 'asc' }, { startTime: 'asc' }], take: 20,
  });
  const upcoming = shows.map(({ day, startTime, place, city, ticketUrl }) => ({ day: toDay(day), startTime, place, city, ticketUrl }));
  return { ...epkView(ctx, epk), upcoming, ...await saidOf(ctx, epk.orgId) };
}

/** How many reviews a press kit shows, the latest; those without words count in the mean alone. */
const reviewsShown = 6;

/** What organisers say of an artist in public: reviews that are in sight alone. A private person is not named. */
async function saidOf(ctx: Context, orgId: string) {
  const [{ _avg: mean, _count: count }, rows] = await Promise.all([
    ctx.db.rating.aggregate({ where: { aboutOrgId: orgId }, _avg: { stars: true }, _count: true }),
    ctx.db.review.findMany({
      where: { orgId, side: 'buyer', shownAt: { not: null }, hiddenAt: null, words: { not: '' } }, orderBy: [{ shownAt: 'desc' }, { bookingId: 'asc' }], take: reviewsShown,
      include: { booking: { select: { request: { select: { asker: true, organisation: true } }, show: { select: { day: true, city: true } } } } },
    }),
  ]);
  const reviews = rows.map(({ stars, words, reply, replyHiddenAt, shownAt, booking: { request, show } }) => ({
    stars, words, reply: replyHiddenAt ? '' : reply, by: request && request.asker !== 'private' ? request.organisation : '', city: show?.city ?? '', day: toDay(show?.day ?? shownAt ?? ctx.now()),
  }));
  return { rating: mean.stars === null ? null : { stars: Math.round(mean.stars * 10) / 10, count }, reviews };
}

/** What organisations are called: by their press kits, else as they signed up; empty for who is not there. */
export async function namesOf(ctx: Context, orgIds: readonly string[]): Promise<(orgId: string) => string> {
  const among = { in: [...new Set(orgIds)] };
  const [kits, orgs] = await Promise.all([ctx.db.epk.findMany({ where: { orgId: among }, select: { orgId: true, name: true } }), ctx.db.organisation.findMany({ where: { id: among }, select: { id: true, name: true } })]);
  const names = new Map([...orgs.map(({ id, name }) => [id, name] as const), ...kits.map(({ orgId, name }) => [orgId, name] as const)]);
  return (orgId) => names.get(orgId) ?? '';
}

/** The press kit of the artist acted for; an empty one, named like the organisation, before anything was written. @throws AppError `not_found` when it is no artist. */
export async function readOwnEpk(ctx: SignedIn) {
  const { name } = await artistOf(ctx, 'organisation.read');
  const epk = await ctx.db.epk.findUnique({ where: { orgId: ctx.actor.orgId }, include: withMedia });
  return ownEpkView(ctx, epk ?? blankEpk(ctx, name));
}

/**
 * Writes into the press kit of the artist acted for; the first time makes it, with an address from its name.
 *
 * @throws AppError `slug_taken`, `input_invalid` for an unknown commune, a film at no address, or a range whose end lies before its beginning.
 */
export async function updateEpk(ctx: SignedIn, patch: EpkPatch) {
  await ensureEpk(ctx, patch.name);
  const { artist, fee, audience, insee, genres, name, lineUp, durationMinutes, tagline, bio, quotes, links, videos, technical } = patch;
  if (videos?.some(({ url }) => !filmAt(url))) throw new AppError('input_invalid', { field: 'videos' });
  if (audience && audience.min > audience.max) throw new AppError('input_invalid', { field: 'audience' });
  const given = { name, lineUp, durationMinutes, tagline, bio, quotes, links, videos, technical, slug: artist, genres: genres && namedOnce(genres) };
  const data = {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(fee && range('fee', fee)), ...(audience && { audienceMin: audience.min, audienceMax: audience.max }), ...(insee !== undefined && home(insee)),
    updatedAt: ctx.realNow(),
  };
  try {
    await ctx.db.epk.update({ where: { orgId: ctx.actor.orgId }, data });
  } catch (error) {
    if (artist !== undefined && conflict(error)?.kind === 'unique') throw new AppError('slug_taken', { artist });
    throw error;
  }
  return readOwnEpk(ctx);
}

/** Shows the press kit to anybody, or takes it back. @throws AppError `epk_incomplete`, with what is missing. */
export async function publishEpk(ctx: SignedIn, published: boolean) {
  await ensureEpk(ctx);
  const { missing, publishedAt } = await readOwnEpk(ctx);
  if (published && missing.length > 0) throw new AppError('epk_incomplete', { missing: missing.join(' ') });
  if (published !== (publishedAt !== null)) await ctx.db.epk.update({ where: { orgId: ctx.actor.orgId }, data: { publishedAt: published ? ctx.realNow() : null } });
  return readOwnEpk(ctx);
}

/**
 * Puts a photo, a recording, a film or a document into the press kit of the artist acted for. Photos are written anew, without the camera's
 * data, in several sizes and formats; the rest is kept as it is, once its bytes say what it is.
 *
 * @throws AppError `media_too_large` (10 MB; 15 MB of sound or film), `media_unreadable`, `media_full` (thirty photos, five recordings, three films, ten documents).
 */
export async function addMedia(ctx: SignedIn, { kind, name, bytes }: { kind: Kind; name: string; bytes: Buffer }) {
  await ensureEpk(ctx);
  const { orgId } = ctx.actor;
  const title = titleFrom(name);
  if (bytes.length > largest[kind]) throw new AppError('media_too_large', { name: title, most: String(largest[kind]) });
  await refuseFull(ctx, kind);
  const piece = await readPiece(ctx, kind, title, bytes);
  if (!piece) throw new AppError('media_unreadable', { name: title });
  // Made before the transaction begins: it takes a while.
  const copies = await piece.picture?.copies() ?? [];
  return transact(ctx, async (tx) => {
    await lock(tx, `media:${orgId}`);
    await refuseFull(tx, kind);
    const { picture, mime, size, ...seen } = piece;
    const fileId = await keepFile(tx, { orgId, name: kind === 'document' ? `${title}.pdf` : title, mime, bytes: picture?.bytes ?? bytes, isPublic: true });
    const kept = picture ? await keepCopies(tx, { orgId, name: title, fileId, picture, copies }) : {};
    const { _max: { position } } = await tx.db.media.aggregate({ where: { orgId }, _max: { position: true } });
    return mediaView(tx, await tx.db.media.create({ data: { id: tx.newId('med'), orgId, kind, title, fileId, ...kept, ...seen, size, position: (position ?? -1) + 1 } }));
  });
}

/** What an upload is, by its bytes; null when it is not what it is said to be. */
async function readPiece({ adapters }: Context, kind: Kind, title: string, bytes: Buffer) {
  const none = { picture: null as Picture | null, width: null as number | null, height: null as number | null, durationSeconds: null as number | null, size: null as number | null };
  switch (kind) {
    case 'photo': {
      const picture = await adapters.readPicture(bytes, title);
      return { ...none, picture, mime: picture.mime as string, width: picture.width, height: picture.height };
    }
    case 'audio': {
      const audio = readAudio(bytes);
      return audio && { ...none, ...audio };
    }
    case 'video': {
      const movie = readMovie(bytes);
      return movie && { ...none, ...movie, mime: 'video/mp4', size: bytes.length };
    }
    case 'document': return isPdf(bytes) ? { ...none, mime: 'application/pdf', size: bytes.length } : null;
  }
}

/** Keeps the small picture and the copies of a photo, in the caller's transaction: what `media` says of them, the two WebP pictures among them. */
export async function keepCopies(tx: Context, { orgId, name, fileId, picture, copies }: { orgId: string; name: string; fileId: string; picture: Picture; copies: Awaited<ReturnType<Picture['copies']>> }) {
  const keep = (mime: string, bytes: Buffer) => keepFile(tx, { orgId, name, mime, bytes, isPublic: true });
  const smallFileId = await keep(picture.mime, picture.small);
  const kept: Copy[] = copies.length ? [{ mime: picture.mime, width: picture.smallWidth, fileId: smallFileId }, { mime: picture.mime, width: picture.width, fileId }] : [];
  for (const { mime, width, bytes } of copies) kept.push({ mime, width, fileId: await keep(mime, bytes) });
  return { smallFileId, copies: kept as unknown as Prisma.InputJsonArray };
}

/** Gives a piece of a press kit its title, its words for who cannot see it, or another place in the row. @throws AppError `not_found`. */
export async function describeMedia(ctx: SignedIn, { id, title, alt, position }: { id: string; title?: string | undefined; alt?: string | undefined; position?: number | undefined }) {
  const { orgId } = await findMedia(ctx, id);
  await transact(ctx, async (tx) => {
    await tx.db.media.update({ where: { id }, data: { ...(title !== undefined && { title }), ...(alt !== undefined && { alt }) } });
    if (position === undefined) return;
    await lock(tx, `media:${orgId}`);
    const row = await tx.db.media.findMany({ where: { orgId }, orderBy: { position: 'asc' }, select: { id: true } });
    for (const [i, piece] of moved(row, (one) => one.id === id, position).entries()) await tx.db.media.update({ where: { id: piece.id }, data: { position: i } });
  });
  return readOwnEpk(ctx);
}

/** Takes a piece of a press kit away, its bytes too. @throws AppError `not_found`. */
export async function removeMedia(ctx: SignedIn, id: string) {
  const { orgId, fileId, smallFileId, copies } = await findMedia(ctx, id);
  await transact(ctx, async (tx) => {
    await tx.db.media.deleteMany({ where: { id } });
    await tx.db.file.deleteMany({ where: { orgId, isPublic: true, id: { in: [fileId, ...(smallFileId ? [smallFileId] : []), ...copiesIn(copies).map((copy) => copy.fileId)] } } });
  });
  return readOwnEpk(ctx);
}

/** The place of the organisation acted for; an empty one, named like it, before anything was written. */
export async function readVenue(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'organisation.read', { orgId });
  const venue = await ctx.db.venue.findUnique({ where: { orgId } });
  if (venue) return venueView(venue);
  const { name, address, insee, city } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  return venueView({ slug: slugFrom(name), name, capacity: 0, genres: [], budgetMinMinor: 0n, budgetMaxMinor: 0n, currency: 'EUR', about: {}, technical: '', address, insee, city });
}

/** What a place changes of itself. What is left out stays. */
export interface VenuePatch {
  readonly name?: string | undefined;
  readonly capacity?: number | undefined;
  readonly genres?: readonly string[] | undefined;
  readonly budget?: Range | undefined;
  readonly about?: Texts | undefined;
  readonly technical?: string | undefined;
  readonly address?: string | undefined;
  readonly insee?: string | undefined;
}

/** Writes into the place of the organisation acted for; the first time makes it. @throws AppError `input_invalid` as `updateEpk` does. */
export async function updateVenue(ctx: SignedIn, { budget, genres, insee, ...patch }: VenuePatch) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'profile.edit', { orgId });
  const data = {
    ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
    ...(genres && { genres: namedOnce(genres) }), ...(budget && budgetOf(range('budget', budget))), ...(insee !== undefined && home(insee)), updatedAt: ctx.realNow(),
  };
  if (!await ctx.db.venue.findUnique({ where: { orgId }, select: { orgId: true } })) {
    const { name, insee: homeInsee } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    const first = { orgId, name: patch.name ?? name, genres: [], updatedAt: ctx.realNow(), ...(placeOf(homeInsee) && home(homeInsee)) };
    await withFreeSlug(first.name, async (slug) => (await ctx.db.venue.createMany({ data: [{ ...first, slug }], skipDuplicates: true })).count > 0
      || await ctx.db.venue.count({ where: { orgId } }) > 0);
  }
  return venueView(await ctx.db.venue.update({ where: { orgId }, data }));
}

let index: PlaceIndex | undefined;

/** All places, read on first use from what `scripts/places.mjs` laid out. */
export function places(): PlaceIndex {
  index ??= indexPlaces(JSON.parse(readFileSync(placesFile(), 'utf8')) as PlaceRow[]);
  return index;
}

function placesFile(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const file = path.join(folder, '.cache/places.json');
    if (existsSync(file)) return file;
    if (folder === path.dirname(folder)) throw new Error('The table of places is missing: run `node scripts/places.mjs`.');
  }
}

/** Municipalities whose name or postcode begins like `typed`, the most populous first, eight at most. */
export const searchPlaces = (typed: string): Place[] => searchIndex(places(), typed);

/** The municipality of a code: INSEE's in France; `undefined` when there is none. Half of all French ones stand within 6 km of their centre, 95 % within 23 km. */
export function placeOf(insee: string): Place | undefined {
  const row = places().byCode.get(insee);
  return row && placeFrom(row);
}

let named: ReadonlyMap<string, readonly PlaceRow[]> | undefined;

/** Municipalities of exactly that name, as people type it, in any of its languages; or of that postcode or code. The most populous first. */
export function townsNamed(name: string): readonly { readonly insee: string; readonly postcodes: string; readonly population: number }[] {
  named ??= byAnyName(places());
  return (named.get(plainName(name)) ?? []).map(([insee, , postcodes, , population]) => ({ insee, postcodes, population }));
}

/** The INSEE codes of the French municipalities of exactly that name, as people type it. */
export const frenchCommunes = (name: string): string[] => (places().byName.get(plainName(name)) ?? []).flatMap(([insee, , , country]) => (country === 'FR' ? [insee] : []));

const withMedia = { media: { orderBy: { position: 'asc' } } } as const;

async function artistOf(ctx: SignedIn, act: Act): Promise<{ name: string; insee: string }> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, act, { orgId });
  const { kind, ...artist } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { kind: true, name: true, insee: true } });
  if (kind !== 'artist') throw new AppError('not_found');
  return artist;
}

/** The row of the press kit, made when it is not there. */
async function ensureEpk(ctx: SignedIn, named?: string): Promise<void> {
  const artist = await artistOf(ctx, 'profile.edit');
  const { orgId } = ctx.actor;
  if (await ctx.db.epk.findUnique({ where: { orgId }, select: { orgId: true } })) return;
  const name = named ?? artist.name;
  const first = { orgId, name, genres: [], updatedAt: ctx.realNow(), ...(placeOf(artist.insee) && home(artist.insee)) };
  await withFreeSlug(name, async (slug) => (await ctx.db.epk.createMany({ data: [{ ...first, slug }], skipDuplicates: true })).count > 0
    || await ctx.db.epk.count({ where: { orgId } }) > 0);
}

/** Tries the address of a name, then the same with a figure behind it, until one is free. */
async function withFreeSlug(name: string, take: (slug: string) => Promise<boolean>): Promise<void> {
  const slug = slugFrom(name);
  for (let i = 1; !await take(i === 1 ? slug : `${slug}-${i}`);) i += 1;
}

async function refuseFull(ctx: SignedIn, kind: Kind): Promise<void> {
  const count = await ctx.db.media.count({ where: { orgId: ctx.actor.orgId, kind } });
  if (count >= most[kind]) throw new AppError('media_full', { most: String(most[kind]) });
}

async function findMedia(ctx: SignedIn, id: string) {
  const media = await ctx.db.media.findUnique({ where: { id } });
  if (!media) throw new AppError('not_found');
  permit(ctx.actor, 'profile.edit', media);
  return media;
}

/** A file's name without folder and ending, as a title to begin with. */
const titleFrom = (name: string): string => (name.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]{1,5}$/, '').replace(/[\p{Cc}_]+/gu, ' ').trim().slice(0, 120) || 'media';

const namedOnce = (genres: readonly string[]): string[] => [...new Set(genres.map(genreNamed).filter((genre) => genre !== ''))];

function range(field: string, { min, max }: Range) {
  if (min.minor < 0 || min.minor > max.minor || min.currency !== max.currency) throw new AppError('input_invalid', { field });
  return { feeMinMinor: BigInt(min.minor), feeMaxMinor: BigInt(max.minor), currency: min.currency };
}

const budgetOf = ({ feeMinMinor, feeMaxMinor, currency }: ReturnType<typeof range>) => ({ budgetMinMinor: feeMinMinor, budgetMaxMinor: feeMaxMinor, currency });

/** Where a code lies; nothing clears it. @throws AppError `input_invalid` for a code that no commune has. */
function home(insee: string) {
  if (insee === '') return { insee, city: '', lat: null, lng: null };
  const place = placeOf(insee);
  if (!place) throw new AppError('input_invalid', { field: 'insee' });
  return { insee, city: place.name, lat: place.lat, lng: place.lng };
}

type EpkRow = Prisma.EpkGetPayload<{ include: typeof withMedia }>;
type MediaRow = EpkRow['media'][number];

const blankEpk = (ctx: SignedIn, name: string): EpkRow => ({
  orgId: ctx.actor.orgId, slug: slugFrom(name), name, genres: [], lineUp: 1, tagline: {}, bio: {}, quotes: [], links: [], videos: [], technical: '', feeMinMinor: 0n, feeMaxMinor: 0n,
  currency: 'EUR', audienceMin: 0, audienceMax: 0, durationMinutes: 75, insee: '', city: '', lat: null, lng: null, publishedAt: null, updatedAt: ctx.realNow(), media: [],
});

/** A photo in one format and width; `width` in pixels. */
interface Copy {
  readonly mime: string;
  readonly width: number;
  readonly fileId: string;
}

const copiesIn = (copies: unknown): readonly Copy[] => copies as readonly Copy[];

/** The lightest format first; browsers take the first that they know, and the last is the one that all know. */
const formats = ['image/avif', 'image/webp', 'image/jpeg'] as const;

const mediaView = ({ config }: Context, { id, kind, title, alt, fileId, smallFileId, width, height, durationSeconds, size, copies }: MediaRow) => {
  const at = (file: string): string => `${config.urls.media}/${file}`;
  // Photos of before stand in two WebP sizes alone; the longer side of the small one is 480.
  const older = smallFileId && width && height ? [{ mime: 'image/webp', width: Math.round(width * Math.min(1, 480 / Math.max(width, height))), fileId: smallFileId }, { mime: 'image/webp', width, fileId }] : [];
  const known = copiesIn(copies).length ? copiesIn(copies) : older;
  const sources = formats.map((type) => {
    const byWidth = new Map(known.filter(({ mime }) => mime === type).map((copy) => [copy.width, copy.fileId]));
    return { type, srcset: [...byWidth].sort(([a], [b]) => a - b).map(([wide, file]) => `${at(file)} ${wide}w`).join(', ') };
  }).filter(({ srcset }) => srcset);
  return { id, kind, title, alt, url: at(fileId), smallUrl: smallFileId ? at(smallFileId) : null, width, height, durationSeconds, size, sources };
};

const epkView = (ctx: Context, { slug, name, genres, lineUp, city, durationMinutes, tagline, bio, quotes, links, videos, technical, audienceMin, audienceMax, media }: EpkRow) => ({
  artist: slug, name, genres, lineUp, city, durationMinutes, technical, tagline: tagline as Texts, bio: bio as Texts,
  quotes: quotes as unknown as Quote[], links: links as unknown as Link[],
  videos: (videos as unknown as Film[]).flatMap(({ title, url }) => { const place = filmAt(url); return place ? [{ title, url, ...place }] : []; }), audience: { min: audienceMin, max: audienceMax }, media: media.map((piece) => mediaView(ctx, piece)),
});

function ownEpkView(ctx: Context, epk: EpkRow) {
  const view = epkView(ctx, epk);
  const { feeMinMinor, feeMaxMinor, insee, publishedAt } = epk;
  return {
    ...view, genreLabels: Object.fromEntries(view.genres.map((genre) => [genre, { ...labelsOf(genre) }])), insee, publishedAt: publishedAt?.toISOString() ?? null, fee: rangeView(feeMinMinor, feeMaxMinor, epk.currency),
    missing: missingOfEpk({ ...view, feeMaxMinor, insee, photos: view.media.filter(({ kind }) => kind === 'photo').length }),
  };
}

const rangeView = (min: bigint, max: bigint, currency: string) =>
  ({ min: toWire({ minor: min, currency: currency as Currency }), max: toWire({ minor: max, currency: currency as Currency }) });

interface VenueRow {
  readonly slug: string;
  readonly name: string;
  readonly capacity: number;
  readonly genres: string[];
  readonly budgetMinMinor: bigint;
  readonly budgetMaxMinor: bigint;
  readonly currency: string;
  readonly about: unknown;
  readonly technical: string;
  readonly address: string;
  readonly insee: string;
  readonly city: string;
}

const venueView = ({ slug, name, capacity, genres, budgetMinMinor, budgetMaxMinor, currency, about, technical, address, insee, city }: VenueRow) =>
  ({ slug, name, capacity, genres, budget: rangeView(budgetMinMinor, budgetMaxMinor, currency), about: about as Texts, technical, address, insee, city });
