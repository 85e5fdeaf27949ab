import { agreedBps } from '../bookers/service.ts';
import { availabilityOf } from '../calendar/service.ts';
import type { Context, SignedIn } from '../core/context.ts';
import type { Currency } from '../core/money.ts';
import { permit } from '../core/permissions.ts';
import { dayIn, daysBetween, daysFrom, fromDay, toDay, type Day } from '../core/time.ts';
import { stagesFor } from '../finds/service.ts';
import { homeOf } from '../identity/home.ts';
import { representedOf } from '../identity/service.ts';
import { commissionOn } from '../prices/service.ts';
import { familyOf, genreNamed } from '../profiles/genres.ts';
import { placeOf } from '../profiles/service.ts';
import { carriage, vehicleFor } from './carriages.ts';
import { eventsOf, type LocalEvent } from './festivals.ts';
import type { Cast, Extra, Told, ToldArtist, ToldAsk, ToldVenue, Where } from './told.ts';

/** The kinds of organisation whose own place shows are played at. */
const stageKinds = ['venue', 'festival', 'camping', 'municipality'];
/** A festival plays several artists a day, a town too; elsewhere one is a night. Our own. */
const stagesOf = (kind: string): number => (kind === 'festival' ? 4 : kind === 'municipality' ? 2 : 1);
/** Requests that are looked at: the oldest of more are left. */
const mostAsks = 10_000;
/** Venues that are looked for: of a plan, and of each of its artists. */
const [mostFound, fewestEach, mostEach] = [2_000, 80, 400] as const;

/** The artists that an organisation may plan for: itself, or those that a booker represents now. */
export async function castOf(ctx: Context, orgId: string): Promise<string[]> {
  const org = await ctx.db.organisation.findUnique({ where: { id: orgId }, select: { kind: true } });
  return org?.kind === 'artist' ? [orgId] : org?.kind === 'booker' ? representedOf(ctx, orgId) : [];
}

/** Whom one may plan a tour for, with what their press kits say. */
export async function artists(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'tour.read', { orgId });
  const ids = await castOf(ctx, orgId);
  const [orgs, kits, sheets] = await Promise.all([
    ctx.db.organisation.findMany({ where: { id: { in: ids } }, orderBy: { name: 'asc' }, select: { id: true, name: true, city: true } }),
    ctx.db.epk.findMany({ where: { orgId: { in: ids } } }), ctx.db.sheet.findMany({ where: { orgId: { in: ids } }, select: { orgId: true, crew: true } }),
  ]);
  return orgs.map(({ id, name, city }) => {
    const kit = kits.find((one) => one.orgId === id);
    const crew = sheets.find((one) => one.orgId === id)?.crew ?? 0;
    const people = (kit?.lineUp ?? 1) + crew;
    return { id, name: kit?.name ?? name, city: kit?.city ?? city, people, crew, vehicle: vehicleFor(people), floorMinor: Number(kit?.feeMinMinor ?? 0), currency: (kit?.currency ?? 'EUR') as Currency };
  });
}

/** Whom a plan is for, and when. `planId` knows what it opened itself. */
export interface Planned { readonly planId: string; readonly orgId: string; readonly from: Day; readonly until: Day; readonly currency: string; readonly cast: readonly Cast[]; readonly extras: readonly Extra[] }

/** All that is known for a plan today: its artists and their days, who asks for them, and which venues were found. Of artists whom one acts for no longer, nothing. */
export async function prospectsOf(ctx: Context, { planId, orgId, from, until, currency, cast: all, extras }: Planned): Promise<Told> {
  const today = dayIn(ctx.now(), 'Europe/Paris');
  const allowed = new Set(await castOf(ctx, orgId));
  const cast = all.filter(({ id }) => allowed.has(id));
  const asks = await asksFor(ctx, cast.map(({ id }) => id), planId);
  const [artists, found] = await Promise.all([
    Promise.all(cast.map((one) => artistOf(ctx, one, { from, until, today, currency, talking: asks.map(({ bookingId }) => bookingId) }))),
    foundFor(ctx, cast.map(({ id }) => id), { from: from > today ? from : today, until }),
  ]);
  const venues = await venuesNamed(ctx, [...new Set([...asks.flatMap(({ org }) => org ?? []), ...found.map(({ venue }) => venue)])], { from, until });
  return { from, until, today, currency, artists, asks, venues, found, extras: extras.map((extra) => ({ ...extra, at: whereOf({ lat: null, lng: null, city: '', insee: extra.insee }) })) };
}

/** Where something is: as it was written, else the middle of its municipality. */
function whereOf({ lat, lng, city, insee }: { readonly lat: number | null; readonly lng: number | null; readonly city: string; readonly insee: string }, country?: string): Where {
  const known = lat === null || lng === null ? placeOf(insee) : undefined;
  return { lat: lat ?? known?.lat ?? null, lng: lng ?? known?.lng ?? null, city: city || (known?.name ?? ''), country: country ?? (insee === '' ? '' : homeOf(insee).country), insee };
}

/** What an artist's press kit, sheet, calendar and bookers say, with what the plan says otherwise. */
async function artistOf(ctx: Context, cast: Cast, { from, until, today, currency, talking }: { from: Day; until: Day; today: Day; currency: string; talking: readonly string[] }): Promise<ToldArtist> {
  const { id } = cast;
  const between = { orgId: id, day: { gte: fromDay(from), lte: fromDay(until) } };
  const [org, kit, sheet, days, shows, holds, promises] = await Promise.all([
    ctx.db.organisation.findUniqueOrThrow({ where: { id } }), ctx.db.epk.findUnique({ where: { orgId: id } }), ctx.db.sheet.findUnique({ where: { orgId: id } }),
    availabilityOf(ctx, id, from, until), ctx.db.show.findMany({ where: { ...between, status: 'planned' }, include: { booking: { include: { offers: { where: { status: 'accepted' } }, request: { select: { audience: true } } } } } }),
    ctx.db.hold.findMany({ where: { ...between, status: 'live', expiresAt: { gt: ctx.now() }, bookingId: { notIn: [...talking] } }, select: { day: true } }),
    ctx.db.exclusivity.findMany({ where: { orgId: id, until: { gte: fromDay(from) }, from: { lte: fromDay(until) } } }),
  ]);
  const stages = await ctx.db.venue.findMany({ where: { orgId: { in: shows.flatMap(({ stageOrgId, buyerOrgId }) => stageOrgId ?? buyerOrgId ?? []) } }, select: { orgId: true, capacity: true } });
  const crew = cast.crew ?? sheet?.crew ?? 0;
  const people = cast.people ?? (kit?.lineUp ?? 1) + crew;
  const chosen = carriage(cast.vehicle ?? vehicleFor(people), people, today);
  const [least, most] = [Number(kit?.feeMinMinor ?? 0), Number(kit?.feeMaxMinor ?? 0)];
  const price = { minor: BigInt(Math.round((least + Math.max(least, most)) / 2)), currency: currency as Currency };
  const [ours, theirs] = [await commissionOn(ctx, { orgId: id, price, day: today }), await agreedBps(ctx, id)];
  const standing = new Set(shows.map(({ day }) => toDay(day)));
  const minutes = kit?.durationMinutes ?? 75;
  return {
    id, name: kit?.name ?? org.name, home: whereOf(kit && (kit.lat !== null || kit.insee !== '') ? kit : { lat: null, lng: null, city: org.city, insee: org.insee }, org.country),
    people, crew, carriage: { ...chosen, ...(cast.perKmMinor !== undefined && { perKmMinor: cast.perKmMinor }) }, floorMinor: cast.floorMinor ?? least, feeMinor: [least, most], currency: kit?.currency ?? currency,
    commissionBps: Number(ours) + theirs, audience: familyOf(genreNamed(kit?.genres[0] ?? '')), minutes,
    busy: [...new Set([...days.filter(({ state, day }) => state === 'busy' && !standing.has(day)).map(({ day }) => day), ...holds.map(({ day }) => toDay(day))])].sort(),
    shows: shows.map((show) => {
      const venue = show.stageOrgId ?? show.buyerOrgId;
      const priceMinor = Number(show.booking?.offers[0]?.priceMinor ?? 0);
      return {
        id: show.bookingId ?? show.id, day: toDay(show.day), title: show.place || show.title, at: whereOf(show, show.country), capacity: stages.find(({ orgId }) => orgId === venue)?.capacity ?? show.booking?.request?.audience ?? 0,
        priceMinor: show.booking?.offers[0]?.currency === currency ? priceMinor : 0, startTime: show.startTime, minutes, venue,
      };
    }),
    promises: promises.map(({ lat, lng, km, from: since, until: to }) => ({ lat, lng, km, from: toDay(since), until: toDay(to) })),
  };
}

/** The requests that are talked about with some artists, in the order in which they came. */
async function asksFor(ctx: Context, artistIds: readonly string[], planId: string): Promise<ToldAsk[]> {
  const rows = await ctx.db.booking.findMany({
    where: { orgId: { in: [...artistIds] }, status: { in: ['requested', 'negotiating'] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: mostAsks,
    include: { request: true, offers: { where: { status: 'sent', expiresAt: { gt: ctx.now() } } } },
  });
  const buyerIds = [...new Set(rows.map(({ buyerOrgId }) => buyerOrgId))];
  const [buyers, opened] = await Promise.all([
    ctx.db.organisation.findMany({ where: { id: { in: buyerIds } }, select: { id: true, kind: true, claimed: true } }),
    ctx.db.tourSent.findMany({ where: { planId, opened: true }, select: { bookingId: true } }),
  ]);
  const staged = new Set((await ctx.db.venue.findMany({ where: { orgId: { in: buyerIds } }, select: { orgId: true } })).map(({ orgId }) => orgId));
  return rows.flatMap(({ id, orgId, buyerOrgId, request, offers: [offer] }): ToldAsk[] => {
    if (!request) return [];
    const buyer = buyers.find((one) => one.id === buyerOrgId);
    const season = request.seasonUntil ?? request.showDay;
    const days = daysFrom(toDay(request.showDay), Math.max(1, daysBetween(toDay(request.showDay), toDay(season)) + 1));
    return [{
      bookingId: id, artist: orgId, org: staged.has(buyerOrgId) && buyer && stageKinds.includes(buyer.kind) ? buyerOrgId : null, from: request.email.toLowerCase(), name: request.place || request.organisation || request.contactName,
      at: whereOf(request), capacity: request.audience, startTime: request.startTime, budgetMinor: Number(request.budgetMinor), offerMinor: offer ? Number(offer.priceMinor) : null, currency: request.currency,
      days: offer ? [...new Set([...days, toDay(offer.showDay)])] : days, opened: opened.some(({ bookingId }) => bookingId === id),
    }];
  });
}

/** Venues that fit each artist, the best of all first. */
async function foundFor(ctx: Context, artistIds: readonly string[], { from, until }: { from: Day; until: Day }) {
  if (from > until || artistIds.length === 0) return [];
  const limit = Math.max(fewestEach, Math.min(mostEach, Math.ceil(mostFound / artistIds.length)));
  const all = await Promise.all(artistIds.map(async (artist) => (await stagesFor(ctx, artist, { from, until, limit })).map(({ orgId, score }) => ({ artist, venue: orgId, score }))));
  return all.flat().sort((one, other) => other.score - one.score || (one.venue < other.venue ? -1 : 1));
}

/** Venues as they are, with the days on which they cannot. */
async function venuesNamed(ctx: Context, ids: readonly string[], { from, until }: { from: Day; until: Day }): Promise<ToldVenue[]> {
  const day = { gte: fromDay(from), lte: fromDay(until) };
  const some = { in: [...ids] };
  const [halls, orgs, sheets, shows, marks] = await Promise.all([
    ctx.db.venue.findMany({ where: { orgId: some } }), ctx.db.organisation.findMany({ where: { id: some }, select: { id: true, kind: true, country: true } }), ctx.db.sheet.findMany({ where: { orgId: some }, select: { orgId: true, curfew: true, weekdays: true } }),
    ctx.db.show.findMany({ where: { stageOrgId: some, day, status: 'planned' }, select: { stageOrgId: true, day: true } }), ctx.db.dayMark.findMany({ where: { orgId: some, day, state: 'busy' }, select: { orgId: true, day: true } }),
  ]);
  const orgOf = new Map(orgs.map((org) => [org.id, org]));
  const sheetOf = new Map(sheets.map((sheet) => [sheet.orgId, sheet]));
  const closed = new Map<string, Set<Day>>();
  const close = (id: string, at: Date): void => { const known = closed.get(id); if (known) known.add(toDay(at)); else closed.set(id, new Set([toDay(at)])); };
  for (const mark of marks) close(mark.orgId, mark.day);
  // Where several play on one day, a show closes none.
  for (const show of shows) if (show.stageOrgId !== null && stagesOf(orgOf.get(show.stageOrgId)?.kind ?? '') === 1) close(show.stageOrgId, show.day);
  return halls.map((hall) => ({
    id: hall.orgId, name: hall.name, at: whereOf(hall, orgOf.get(hall.orgId)?.country), capacity: hall.capacity, stages: stagesOf(orgOf.get(hall.orgId)?.kind ?? ''), budgetMinor: [Number(hall.budgetMinMinor), Number(hall.budgetMaxMinor)], currency: hall.currency,
    curfew: sheetOf.get(hall.orgId)?.curfew ?? '', closed: closed.get(hall.orgId) ?? new Set(), weekdays: sheetOf.get(hall.orgId)?.weekdays ?? [],
  }));
}

/** Shows of festivals that are looked at: the first of more. */
const mostFestivalShows = 5_000;

/** The festivals of a period whose programme is public, with the days on which somebody plays there. */
export async function festivalsIn(ctx: Context, from: Day, until: Day): Promise<readonly LocalEvent[]> {
  const festivals = await ctx.db.organisation.findMany({ where: { kind: 'festival' }, select: { id: true, name: true } });
  const shows = await ctx.db.show.findMany({
    where: { stageOrgId: { in: festivals.map(({ id }) => id) }, published: true, status: 'planned', day: { gte: fromDay(from), lte: fromDay(until) } }, orderBy: [{ day: 'asc' }, { id: 'asc' }], take: mostFestivalShows,
    select: { stageOrgId: true, day: true, city: true, lat: true, lng: true },
  });
  return eventsOf(shows.map(({ stageOrgId, day, city, lat, lng }) => ({ id: stageOrgId ?? '', name: festivals.find(({ id }) => id === stageOrgId)?.name ?? '', day: toDay(day), city, lat, lng })));
}
