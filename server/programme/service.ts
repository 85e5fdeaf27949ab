import type { Context, Guest } from '../core/context.ts';
import type { Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { addDays, dayIn, fromDay, toDay } from '../core/time.ts';
import { representedOf } from '../identity/service.ts';

/** The most shows of one answer. */
const mostShows = 200;

/**
 * The announced shows of a place, of the partner's own when `stage` is empty, or of an artist; past ones, the newest first.
 *
 * @throws AppError `not_found`.
 */
export async function readProgramme(ctx: Guest, { stage, artist, past, limit }: { stage: string; artist: string; past: boolean; limit: number }) {
  const whose = artist === '' ? null : await artistNamed(ctx, artist);
  const at = whose && stage === '' ? null : await stageNamed(ctx, stage);
  const today = dayIn(ctx.now(), (at ?? whose)?.timeZone ?? 'Europe/Paris');
  const shows = await showViews(ctx, {
    where: {
      published: true, day: past ? { lt: fromDay(today) } : { gte: fromDay(today) },
      ...(whose ? { orgId: whose.orgId } : {}),
      // A partner who is an artist, or acts for some, has shows of its own rather than a stage.
      ...(at ? { OR: [{ stageOrgId: at.orgId }, { orgId: { in: [at.orgId, ...await representedOf(ctx, at.orgId)] } }] } : {}),
    },
    orderBy: [{ day: past ? 'desc' : 'asc' }, { startTime: 'asc' }], take: limit,
  });
  return { name: at?.name ?? whose?.name ?? '', today, shows };
}

/** How far back a tour goes where its past dates are asked for, in days. */
const pastDays = 90;

/**
 * The announced shows to come of an artist, or of all artists of a place, that stand on the map; those of the last 90 days as well where
 * `past` is asked for. With the artists who can be asked to play elsewhere.
 *
 * @throws AppError `not_found`.
 */
export async function readTour(ctx: Guest, artist: string, past = false) {
  const isArtist = await ctx.db.epk.count({ where: { slug: artist, publishedAt: { not: null } } }) > 0;
  const { name, timeZone, artists: orgIds } = isArtist ? await artistNamed(ctx, artist) : await stageNamed(ctx, artist);
  const today = dayIn(ctx.now(), timeZone);
  const onMap = { published: true, orgId: { in: [...orgIds] }, lat: { not: null }, lng: { not: null } };
  const [coming, been, artists] = await Promise.all([
    showViews(ctx, { where: { ...onMap, day: { gte: fromDay(today) } }, orderBy: [{ day: 'asc' }, { startTime: 'asc' }], take: mostShows }),
    past ? showViews(ctx, { where: { ...onMap, day: { lt: fromDay(today), gte: fromDay(addDays(today, -pastDays)) }, status: { not: 'cancelled' } }, orderBy: [{ day: 'desc' }, { startTime: 'desc' }], take: mostShows }) : [],
    ctx.db.epk.findMany({ where: { orgId: { in: [...orgIds] }, publishedAt: { not: null } }, orderBy: { name: 'asc' }, select: { slug: true, name: true } }),
  ]);
  return { name, today, shows: [...been.toReversed(), ...coming], artists };
}

/** Whose shows are looked for: an artist, or a place with its artists. */
interface Billing {
  readonly orgId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly artists: readonly string[];
}

async function artistNamed(ctx: Context, slug: string): Promise<Billing> {
  const epk = await ctx.db.epk.findFirst({ where: { slug, publishedAt: { not: null } }, select: { orgId: true, name: true } });
  if (!epk) throw new AppError('not_found');
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: epk.orgId }, select: { timeZone: true } });
  return { ...epk, timeZone, artists: [epk.orgId] };
}

/** A place by its name in addresses, or the partner's own; with the artists that play there, that the partner is, or that it acts for. */
async function stageNamed(ctx: Guest, slug: string): Promise<Billing> {
  const venue = slug === '' ? await ctx.db.venue.findUnique({ where: { orgId: ctx.partner.orgId } }) : await ctx.db.venue.findUnique({ where: { slug } });
  if (slug !== '' && !venue) throw new AppError('not_found');
  const orgId = venue?.orgId ?? ctx.partner.orgId;
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { name: true, timeZone: true } });
  const today = fromDay(dayIn(ctx.now(), org.timeZone));
  const guests = await ctx.db.show.findMany({ where: { published: true, stageOrgId: orgId, day: { gte: today } }, distinct: ['orgId'], select: { orgId: true } });
  return { orgId, name: venue?.name ?? org.name, timeZone: org.timeZone, artists: [orgId, ...await representedOf(ctx, orgId), ...guests.map((guest) => guest.orgId)] };
}

async function showViews(ctx: Context, query: Pick<Prisma.ShowFindManyArgs, 'where' | 'orderBy' | 'take'>) {
  const shows = await ctx.db.show.findMany(query);
  const epks = await ctx.db.epk.findMany({ where: { orgId: { in: shows.map(({ orgId }) => orgId) }, publishedAt: { not: null } }, select: { orgId: true, slug: true, genres: true } });
  const kits = new Map(epks.map((epk) => [epk.orgId, epk]));
  return shows.map(({ id, orgId, title, day, startTime, timeZone, place, city, country, lat, lng, ticketUrl, free, status }) => ({
    id, title, artist: kits.get(orgId)?.slug ?? null, day: toDay(day), startTime, timeZone, place, city, country, lat, lng, ticketUrl, free, status, genres: kits.get(orgId)?.genres ?? [],
  }));
}
