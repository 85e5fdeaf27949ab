import { lock, transact, type SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { Currency } from '../core/money.ts';
import { permit, type Act } from '../core/permissions.ts';
import { dayIn, fromDay, toDay } from '../core/time.ts';
import type { Seen } from '../matching/filters.ts';
import { placeOf } from '../profiles/service.ts';
import { COUNTED, completionOfArtist, completionOfPlace, foreignIn, isList, LISTS, onceEach, sheetView, sideOf, type Patch, type Promised } from './sheet.ts';

/** A list of which nothing was said is empty, and not nothing: whoever reads the table counts on it. */
const empty = Object.fromEntries(LISTS.map((name) => [name, []])) as unknown as Readonly<Record<(typeof LISTS)[number], never[]>>;

/** How many promises matching counts at once (server/matching/columns.ts). */
const mostPromises = 2;

/** Who is acted for, and on which side it stands. @throws AppError `not_found` for a booker's own organisation. */
async function sideFor(ctx: SignedIn, act: Act): Promise<{ orgId: string; kind: string; seen: Seen; today: string }> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, act, { orgId });
  const { kind, timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { kind: true, timeZone: true } });
  const seen = sideOf(kind);
  if (!seen) throw new AppError('not_found');
  return { orgId, kind, seen, today: dayIn(ctx.now(), timeZone) };
}

/** What the organisation acted for says of itself to be matched, and how whole its profile is. @throws AppError `not_found` for a booker. */
export async function readSheet(ctx: SignedIn) {
  const { orgId, kind, seen, today } = await sideFor(ctx, 'organisation.read');
  const [row, epk, venue, photos, org, promises] = await Promise.all([
    ctx.db.sheet.findUnique({ where: { orgId } }),
    seen === 'artist' ? ctx.db.epk.findUnique({ where: { orgId } }) : null,
    seen === 'place' ? ctx.db.venue.findUnique({ where: { orgId } }) : null,
    seen === 'artist' ? ctx.db.media.count({ where: { orgId, kind: 'photo' } }) : 0,
    ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { name: true, claimed: true } }),
    ctx.db.exclusivity.findMany({ where: { orgId, until: { gte: fromDay(today) } }, orderBy: [{ from: 'asc' }, { id: 'asc' }] }),
  ]);
  const profile = epk ?? venue;
  const has = {
    name: profile?.name ?? org.name, genres: profile?.genres ?? [], insee: profile?.insee ?? '', worded: [epk?.bio, epk?.tagline, venue?.about].some(isWorded),
    sheet: row && { level: row.level, settings: row.settings, audiences: row.audiences, mobility_km: row.mobilityKm, stage_metres: row.stageMetres, place_kind: row.placeKind },
  };
  const currency = currencyOf(profile);
  return {
    seen, kind, currency, sheet: sheetView(row, { currency, figuresAt: row?.figuresAt ? toDay(row.figuresAt) : null }), updatedAt: row?.updatedAt.toISOString() ?? null, mostPromises,
    promises: promises.map(({ id, place, km, from, until }) => ({ id, place, km, from: toDay(from), until: toDay(until) })),
    complete: seen === 'artist'
      ? completionOfArtist({ ...has, published: epk?.publishedAt != null, fee_max: Number(epk?.feeMaxMinor ?? 0), photos, audience_max: epk?.audienceMax ?? 0, technical: (epk?.technical ?? '') !== '' })
      : completionOfPlace({ ...has, kind, claimed: venue !== null && org.claimed, capacity: venue?.capacity ?? 0, budget_max: Number(venue?.budgetMaxMinor ?? 0) }),
  };
}

/**
 * Writes into the sheet of the organisation acted for. Figures that are counted elsewhere are dated: by `figuresAt`, else they were read today;
 * the day goes with the last of them.
 *
 * @throws AppError `input_invalid` for what the other side alone says, an amount in another currency than the profile's, or figures read tomorrow; `not_found` for a booker.
 */
export async function updateSheet(ctx: SignedIn, patch: Patch) {
  const { orgId, seen, today } = await sideFor(ctx, 'profile.edit');
  const said = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Patch;
  const foreign = foreignIn(seen, Object.keys(said));
  if (foreign) throw new AppError('input_invalid', { field: foreign });
  if (said.figuresAt && said.figuresAt > today) throw new AppError('input_invalid', { field: 'figuresAt' });
  const currency = currencyOf(seen === 'artist' ? await ctx.db.epk.findUnique({ where: { orgId } }) : await ctx.db.venue.findUnique({ where: { orgId } }));
  const { ticket, funding, figuresAt, ...plain } = said;
  for (const [field, sum] of Object.entries({ ticket, funding })) if (sum && sum.currency !== currency) throw new AppError('input_invalid', { field });
  const data = {
    ...Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, isList(name) ? onceEach((value as readonly (string | number)[] | null) ?? [], name) : value])),
    ...(ticket !== undefined && { ticketMinor: ticket?.minor ?? null }), ...(funding !== undefined && { fundingMinor: funding && BigInt(funding.minor) }),
    ...(figuresAt !== undefined && { figuresAt: figuresAt === null ? null : fromDay(figuresAt) }), updatedAt: ctx.realNow(),
  };
  await transact(ctx, async (tx) => {
    await lock(tx, `sheet:${orgId}`);
    const row = await tx.db.sheet.upsert({ where: { orgId }, create: { orgId, ...empty, ...data }, update: data });
    const read = COUNTED.every((name) => row[name] === null) ? null
      : figuresAt != null ? fromDay(figuresAt) : row.figuresAt === null || COUNTED.some((name) => said[name] !== undefined) ? fromDay(today) : row.figuresAt;
    if (read?.getTime() !== row.figuresAt?.getTime()) await tx.db.sheet.update({ where: { orgId }, data: { figuresAt: read } });
  });
  return readSheet(ctx);
}

/**
 * Notes a promise of the artist acted for, not to play near a commune for a while.
 *
 * @throws AppError `promises_full`, `input_invalid` for an unknown commune, days that end before they begin or are over; `not_found` for a place.
 */
export async function addPromise(ctx: SignedIn, { insee, km, from, until }: Promised) {
  const { orgId, seen, today } = await sideFor(ctx, 'profile.edit');
  if (seen !== 'artist') throw new AppError('not_found');
  const place = placeOf(insee);
  if (!place) throw new AppError('input_invalid', { field: 'insee' });
  if (until < from || until < today) throw new AppError('input_invalid', { field: 'until' });
  const { name, lat, lng } = place;
  await transact(ctx, async (tx) => {
    await lock(tx, `promises:${orgId}`);
    if (await tx.db.exclusivity.count({ where: { orgId, until: { gte: fromDay(today) } } }) >= mostPromises) throw new AppError('promises_full', { most: String(mostPromises) });
    await tx.db.exclusivity.create({ data: { id: tx.newId('exc'), orgId, place: name, lat, lng, km, from: fromDay(from), until: fromDay(until) } });
  });
  return readSheet(ctx);
}

/** Takes a promise back. @throws AppError `not_found` */
export async function dropPromise(ctx: SignedIn, id: string) {
  const { orgId } = await sideFor(ctx, 'profile.edit');
  const { count } = await ctx.db.exclusivity.deleteMany({ where: { id, orgId } });
  if (count === 0) throw new AppError('not_found');
  return readSheet(ctx);
}

const currencyOf = (profile: { readonly currency: string } | null): Currency => (profile?.currency ?? 'EUR') as Currency;

/** Whether a text by language is there in any of them, as memory reads it (server/hall/service.ts). */
const isWorded = (text: unknown): boolean => Object.keys(text ?? {}).length > 0;
