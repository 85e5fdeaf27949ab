import { randomBytes } from 'node:crypto';
import type { Context, SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import type { Locale } from '../core/locale.ts';
import { permit } from '../core/permissions.ts';
import { addDays, instantAt, type Day } from '../core/time.ts';
import type { Roadbook } from '../tours/roadbook/book.ts';
import { zoneOf } from '../tours/roadbook/clock.ts';
import { roadbookOf, type Hall } from '../tours/roadbook/days.ts';
import { gpxOf } from '../tours/roadbook/gpx.ts';
import { calendarOf } from '../tours/roadbook/ics.ts';
import { printedBook } from '../tours/roadbook/pages.ts';
import { together } from '../tours/service.ts';
import type { PlanView, ScenarioView } from '../tours/view.ts';

/** A scenario with its plan, for whoever may read it. @throws AppError `not_found`. */
export type Reader = (ctx: SignedIn, scenarioId: string) => Promise<{ readonly plan: PlanView; readonly scenario: ScenarioView }>;

/** A scenario as the room of tours has it. @throws AppError `not_found`. */
export const tourOf: Reader = together;

/** Which roadbook: of one artist or of all (null), of one day or of every (null), with prices or without. */
export interface Wanted { readonly scenarioId: string; readonly artist: string | null; readonly day: Day | null; readonly money: boolean }

/** A roadbook as it was read, and when. `until` is the last instant at which a link to it opens it. */
export interface RoadbookRead { readonly book: Roadbook; readonly readAt: string; readonly until: string }

/** How many days after the last show a link still opens the roadbook: bills and lost things take a week. */
const DAYS_AFTER = 7;

/** The roadbook of a scenario, for the people of whoever plans it. @throws AppError `not_found`, also for an artist who is not of it. */
export async function readRoadbook(ctx: SignedIn, read: Reader, { scenarioId, artist, day, money }: Wanted): Promise<RoadbookRead> {
  const { plan, scenario } = await read(ctx, scenarioId);
  if (artist !== null && !plan.artists.some(({ id }) => id === artist)) throw new AppError('not_found');
  const { tour, limits, version } = scenario;
  const halls = await hallsOf(ctx, plan, scenario);
  const book = roadbookOf({ scenarioId, plan: plan.name, scenario: scenario.name, version, currency: plan.currency, spots: plan.spots, artists: plan.artists, venues: plan.venues, limits, tour, halls, money, only: artist });
  const last = tour.stops.filter((stop) => artist === null || stop.artist === artist).reduce<(typeof tour.stops)[number] | null>((latest, stop) => (latest && latest.day >= stop.day ? latest : stop), null);
  const spot = last ? plan.spots[last.place] : undefined;
  const until = instantAt(addDays(last?.day ?? plan.until, DAYS_AFTER + 1), '00:00', zoneOf(spot ?? { insee: '', country: '' }));
  return { book: day === null ? book : { ...book, days: book.days.filter((one) => one.day === day) }, readAt: ctx.realNow().toISOString(), until: until.toISOString() };
}

const nobody = { name: '', phone: '', email: '' } as const;
const blank: Hall = { address: '', contact: nobody, technical: '', soundCheck: '', doors: '', starts: '', curfew: '' };

/**
 * What is known of the places of a tour; hours of sound check and doors as whoever plans has noted them. Of a hall its address, its stage and its curfew; whom to call only from a booking of the artist's, for it was given to them there.
 */
async function hallsOf(ctx: SignedIn, { artists, bids }: PlanView, { tour, hours }: ScenarioView): Promise<Map<string, Hall>> {
  const fixed = artists.flatMap((artist) => artist.fixed.map((one) => ({ artist: artist.id, ...one })));
  const venues = [...new Set([...tour.stops.map(({ venue }) => venue), ...fixed.map(({ venue }) => venue)])].filter((id) => id?.startsWith('org_') === true).map(String);
  const asked = [
    ...tour.stops.flatMap(({ artist, venue }) => {
      const bookingId = venue.startsWith('bkg_') ? venue : bids.find((bid) => bid.artist === artist && bid.venue === venue)?.bookingId;
      return bookingId === undefined ? [] : [{ key: `${artist}:${venue}`, artist, bookingId }];
    }),
    ...fixed.filter(({ id }) => id.startsWith('bkg_')).map(({ id, artist }) => ({ key: id, artist, bookingId: id })),
  ];
  const standing = fixed.filter(({ id }) => id.startsWith('shw_'));
  const [halls, sheets, shows] = await Promise.all([
    ctx.db.venue.findMany({ where: { orgId: { in: venues } }, select: { orgId: true, address: true, technical: true } }),
    ctx.db.sheet.findMany({ where: { orgId: { in: venues } }, select: { orgId: true, curfew: true } }),
    ctx.db.show.findMany({ where: { id: { in: standing.map(({ id }) => id) }, orgId: { in: artists.map(({ id }) => id) } }, select: { id: true, orgId: true, bookingId: true, startTime: true, place: true } }),
  ]);
  asked.push(...shows.flatMap(({ id, orgId, bookingId }) => (bookingId === null ? [] : [{ key: id, artist: orgId, bookingId }])));
  const bookings = await ctx.db.booking.findMany({
    where: { id: { in: asked.map(({ bookingId }) => bookingId) }, orgId: { in: artists.map(({ id }) => id) } },
    select: { id: true, orgId: true, show: { select: { startTime: true } }, request: { select: { contactName: true, phone: true, email: true, place: true, address: true, startTime: true, technical: true } } },
  });
  const known = new Map<string, Hall>(halls.map(({ orgId, address, technical }) => [orgId, { ...blank, address, technical, curfew: sheets.find((sheet) => sheet.orgId === orgId)?.curfew ?? '' }]));
  for (const { id, startTime } of shows) known.set(id, { ...blank, starts: startTime });
  for (const { key, artist, bookingId } of asked) {
    const booking = bookings.find(({ id, orgId }) => id === bookingId && orgId === artist);
    if (!booking?.request) continue;
    const { contactName, phone, email, place, address, startTime, technical } = booking.request;
    known.set(key, { ...blank, address: [place, address].filter(Boolean).join(', '), contact: { name: contactName, phone, email }, technical, starts: booking.show?.startTime ?? startTime });
  }
  for (const { artist, venue, soundCheck, doors } of hours) known.set(`${artist}:${venue}`, { ...known.get(`${artist}:${venue}`) ?? blank, soundCheck, doors });
  return known;
}

/** The kinds of file that a roadbook is taken along as. */
export const ROADBOOK_FILES = ['pdf', 'ics', 'gpx'] as const;
export type RoadbookFile = (typeof ROADBOOK_FILES)[number];

const mimes: Readonly<Record<RoadbookFile, string>> = { pdf: 'application/pdf', ics: 'text/calendar; charset=utf-8; method=PUBLISH', gpx: 'application/gpx+xml; charset=utf-8' };

/** Days that are printed at once: a year of one artist. Of more the pages would take the memory and the minutes of everybody else. */
const mostPrinted = 400;

/** A roadbook as a file, named by its tour, its artist and its day. @throws AppError `roadbook_long`. */
export async function fileOf(ctx: Context, { book, readAt }: RoadbookRead, { kind, locale, day }: { readonly kind: RoadbookFile; readonly locale: Locale; readonly day: Day | null }): Promise<{ name: string; mime: string; bytes: Buffer }> {
  if (kind === 'pdf' && book.days.length > mostPrinted) throw new AppError('roadbook_long', { most: String(mostPrinted) });
  const how = { locale, at: new Date(readAt) };
  const bytes = kind === 'pdf' ? await ctx.adapters.print(printedBook(book, how)) : Buffer.from(kind === 'ics' ? calendarOf(book, how) : gpxOf(book, how));
  const words = [book.plan, book.artists.length === 1 ? book.artists[0]?.name ?? '' : '', day ?? ''].join(' ').normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 80);
  return { name: `roadbook${words && '-'}${words}.${kind}`, mime: mimes[kind], bytes };
}

/** A link as those read it who made it. */
interface RoadbookLinkView { readonly id: string; readonly name: string; readonly artist: string; readonly createdAt: string }

/** The links to a scenario's roadbook that are not revoked. @throws AppError `not_found`. */
export async function readLinks(ctx: SignedIn, read: Reader, scenarioId: string): Promise<RoadbookLinkView[]> {
  permit(ctx.actor, 'tour.read', { orgId: ctx.actor.orgId });
  await read(ctx, scenarioId);
  const links = await ctx.db.roadbookLink.findMany({ where: { scenarioId, orgId: ctx.actor.orgId, revokedAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return links.map(({ id, name, artist, createdAt }) => ({ id, name, artist, createdAt: createdAt.toISOString() }));
}

/** Makes a link to the roadbook for a crew: no prices, one artist or all. Its address is said this once. @throws AppError `not_found`, `role_too_low`. */
export async function makeRoadbookLink(ctx: SignedIn, read: Reader, { scenarioId, artist, name }: { scenarioId: string; artist: string | null; name: string }): Promise<RoadbookLinkView & { url: string; until: string }> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'tour.edit', { orgId });
  const { until } = await readRoadbook(ctx, read, { scenarioId, artist, day: null, money: false });
  const token = randomBytes(32).toString('base64url');
  const link = { id: ctx.newId('rbl'), name, artist: artist ?? '', createdAt: ctx.realNow() };
  await ctx.db.roadbookLink.create({ data: { ...link, tokenHash: sha256(token), scenarioId, orgId } });
  return { ...link, createdAt: link.createdAt.toISOString(), url: `${ctx.config.urls.platform}/roadbook#t=${token}`, until };
}

/** Makes a link open nothing any more, at once. @throws AppError `not_found`, `role_too_low`. */
export async function revokeRoadbookLink(ctx: SignedIn, id: string): Promise<{ revoked: number }> {
  permit(ctx.actor, 'tour.edit', { orgId: ctx.actor.orgId });
  const { count } = await ctx.db.roadbookLink.updateMany({ where: { id, orgId: ctx.actor.orgId, revokedAt: null }, data: { revokedAt: ctx.realNow() } });
  if (count === 0) throw new AppError('not_found');
  return { revoked: count };
}

/**
 * The roadbook that a crew's link opens, without prices. As the scenario stands now: a show that moves later lets the link live longer.
 *
 * @throws AppError `link_dead` for a link that never was, was revoked, or is over; `rate_limited`.
 */
export async function openRoadbook(ctx: Context, read: Reader, token: string, day: Day | null = null): Promise<RoadbookRead> {
  await ctx.limits?.secret(ctx.caller.ip);
  const link = await ctx.db.roadbookLink.findFirst({ where: { tokenHash: sha256(token), revokedAt: null } });
  if (!link) throw new AppError('link_dead');
  const opened = await readRoadbook({ ...ctx, userId: null, actor: { userId: null, orgId: link.orgId, role: 'observer' } }, read, { scenarioId: link.scenarioId, artist: link.artist || null, day, money: false });
  if (ctx.realNow().toISOString() >= opened.until) throw new AppError('link_dead');
  return opened;
}
