import { ownersOf } from '../booking/service.ts';
import { availabilityOf } from '../calendar/service.ts';
import { isSchoolHoliday, publicHolidays, zoneOf } from '../calendar/holidays.ts';
import type { Context, SignedIn } from '../core/context.ts';
import type { Asker, Epk, Offer, OrganisationKind, Request } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import type { Currency, Money } from '../core/money.ts';
import { permit, type Side } from '../core/permissions.ts';
import { addDays, dayIn, daysBetween, daysFrom, fromDay, toDay, type Day } from '../core/time.ts';
import { homeOf } from '../identity/home.ts';
import { representedOf } from '../identity/service.ts';
import { familyOf, genreNamed, labelOf } from '../profiles/genres.ts';
import { placeOf } from '../profiles/service.ts';
import type { Locale } from '../core/locale.ts';
import { kilometres, type Point } from '../roads/crow.ts';
import { bestDates, competes, demandOf, nearDays, nearKm } from './best-dates.ts';
import { cellOf, isWeekend, type Buyer, type Deal, type Occasion } from './cells.ts';
import { claimedAccuracy, foretell, learnChance, type Closed, type Facts, type Model, type Untold } from './chance.ts';
import { guide, positionOf, usualPrice } from './guidance.ts';
import { sheetOf, type Readers, type Sheet } from './sheet.ts';
import { SEASON_DAYS, TREND_DAYS, seasonsOf, trendsOf, type Asked, type Season, type Trend } from './trends.ts';

/** The most rows that are read for a market, the newest. */
const most = 50_000;
/** Months and days are those of Paris for everybody: one sheet serves all. */
const zone = 'Europe/Paris';
/** The notice of a side that has not said any, in days. */
const usualNotice = 14;
/** How far ahead dates are looked for, in days. */
const horizon = 180;

// --- Prices -----------------------------------------------------------------------------------------------------------------

/** A deal that somebody thinks of, as a discovery asks: of an artist, or of a sort of artist. */
export interface Thought {
  readonly artistOrgId?: string | undefined;
  readonly genre: string;
  readonly lineUp: number;
  readonly level: string;
  readonly day: Day;
  readonly insee: string;
  readonly audience: number;
  readonly buyer: Buyer;
  readonly currency: Currency;
}

/** What deals like a booking's were made for, and where its price lies: the one given, else that of the last offer, else the budget. @throws AppError `not_found`. */
export async function readPrice(ctx: SignedIn, { bookingId, price }: { bookingId: string; price?: number | undefined }) {
  const { booking } = await open(ctx, bookingId);
  const minor = price ?? Number(priceOf(booking)?.minor ?? 0n);
  return tellPrice(ctx, await occasionOf(ctx, booking), minor);
}

/** The same for a deal that is only thought of. @throws AppError `not_found` for an artist without a published kit, `link_other_purpose`. */
export async function readPriceOf(ctx: SignedIn, { price, ...thought }: Thought & { price?: number | undefined }) {
  refuseLink(ctx);
  const epk = thought.artistOrgId === undefined ? null : await kitOf(ctx, thought.artistOrgId);
  const level = epk ? (await ctx.db.sheet.findUnique({ where: { orgId: epk.orgId }, select: { level: true } }))?.level ?? '' : thought.level;
  const place = thought.insee === '' ? undefined : placeOf(thought.insee);
  const { day, audience, buyer, currency } = thought;
  const own = epk ? { family: familyIn(epk.genres), lineUp: epk.lineUp } : { family: familyIn([thought.genre]), lineUp: thought.lineUp };
  return tellPrice(ctx, { ...own, level, day, audience, buyer, currency, at: place ? { lat: place.lat, lng: place.lng } : null }, price ?? 0);
}

async function tellPrice(ctx: SignedIn, occasion: Occasion, minor: number) {
  const today = todayOf(ctx);
  const { sheet } = await marketOf(ctx, occasion.currency);
  const found = guide(sheet, { cell: cellOf(occasion), day: occasion.day, today, readers: await readersOf(ctx) });
  const price = minor > 0 ? { minor, currency: occasion.currency } : null;
  if ('why' in found) return { market: null, why: { code: found.why, ...found.least, months: found.months }, price, position: null };
  const { low, median, high, currency, widened, effects, ...rest } = found;
  const amount = (of: number) => ({ minor: of, currency });
  return { market: { ...rest, low: amount(low), median: amount(median), high: amount(high), widened: [...widened], effects: [...effects] }, why: null, price, position: price && positionOf(minor, found) };
}

interface Market { readonly sheet: Sheet; readonly demand: readonly number[] | null }

/** Sheets of one process by currency, each kept for its month: the same for all who ask. */
const markets = new WeakMap<Context['config'], Map<string, Promise<Market>>>();

function marketOf(ctx: Context, currency: Currency): Promise<Market> {
  const today = todayOf(ctx);
  const key = `${currency} ${today.slice(0, 7)}`;
  const kept = markets.get(ctx.config) ?? new Map<string, Promise<Market>>();
  markets.set(ctx.config, kept);
  const before = kept.get(key);
  if (before) return before;
  if (kept.size > 6) kept.clear();
  const read = dealsIn(ctx, currency, today).then((deals) => {
    const sheet = sheetOf(deals, today);
    return { sheet, demand: demandOf(sheet?.deals.map(({ day }) => day) ?? []) };
  });
  kept.set(key, read);
  // What could not be read is read again by the next who asks.
  read.catch(() => { kept.delete(key); });
  return read;
}

/** Every single show whose price both sides accepted before this month. */
async function dealsIn(ctx: Context, currency: Currency, today: Day): Promise<Deal[]> {
  const offers = await ctx.db.offer.findMany({
    where: { status: 'accepted', currency, answeredAt: { lt: fromDay(`${today.slice(0, 7)}-01`) }, booking: { request: { shows: 1 } } },
    orderBy: { answeredAt: 'desc' }, take: most,
    select: { id: true, orgId: true, buyerOrgId: true, showDay: true, priceMinor: true, answeredAt: true, booking: { select: { request: { select: { asker: true, lat: true, lng: true, audience: true } } } } },
  });
  const orgId = { in: [...new Set(offers.map((offer) => offer.orgId))] };
  const kits = new Map((await ctx.db.epk.findMany({ where: { orgId }, select: { orgId: true, genres: true, lineUp: true } })).map((kit) => [kit.orgId, kit]));
  const levels = new Map((await ctx.db.sheet.findMany({ where: { orgId }, select: { orgId: true, level: true } })).map((row) => [row.orgId, row.level]));
  const buyers = await buyersOf(ctx, offers.map(({ buyerOrgId }) => buyerOrgId));
  return offers.flatMap(({ booking: { request }, ...offer }) => {
    const kit = kits.get(offer.orgId);
    const buyer = buyers.get(offer.buyerOrgId);
    if (!request || !kit || !buyer || !offer.answeredAt) return [];
    return [{
      id: offer.id, artistOrgId: offer.orgId, buyerOrgId: buyer.id, minor: Number(offer.priceMinor), agreedOn: dayIn(offer.answeredAt, 'UTC'), day: toDay(offer.showDay), currency,
      at: pointOf(request), audience: request.audience, buyer: buyerKind(buyer.kind, request.asker), family: familyIn(kit.genres), level: levels.get(offer.orgId) ?? '', lineUp: kit.lineUp,
    }];
  });
}

/** Buyers by their organisation: those of one mail address are one, since everybody who asks on a partner's page becomes an organisation of its own. */
async function buyersOf(ctx: Context, ids: readonly string[]): Promise<Map<string, { id: string; kind: OrganisationKind }>> {
  const rows = await ctx.db.organisation.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, kind: true, email: true }, orderBy: { id: 'asc' } });
  const first = new Map<string, string>();
  for (const { id, email } of rows) if (!first.has(email.toLowerCase())) first.set(email.toLowerCase(), id);
  return new Map(rows.map(({ id, kind, email }) => [id, { id: first.get(email.toLowerCase()) ?? id, kind }]));
}

/** Whose deals a person knows: those of the organisation, of others under its address, and of the artists it represents. */
async function readersOf(ctx: SignedIn): Promise<Readers> {
  const own = [ctx.actor.orgId, ...await representedOf(ctx, ctx.actor.orgId)];
  const emails = (await ctx.db.organisation.findMany({ where: { id: { in: own } }, select: { email: true } })).map(({ email }) => email);
  const same = await ctx.db.organisation.findMany({ where: { email: { in: emails, mode: 'insensitive' } }, select: { id: true } });
  return new Set([...own, ...same.map(({ id }) => id)]);
}

const kinds: Readonly<Partial<Record<OrganisationKind, Buyer>>> = { festival: 'festival', municipality: 'commune', camping: 'camping', venue: 'venue', person: 'private' };

function buyerKind(kind: OrganisationKind, asker: Asker): Buyer {
  return kinds[kind] ?? (asker === 'private' ? 'company' : asker);
}

const familyIn = (genres: readonly string[]): string => (genres[0] === undefined || genres[0] === '' ? '' : familyOf(genreNamed(genres[0])));

const pointOf = ({ lat, lng }: { lat: number | null; lng: number | null }): Point | null => (lat === null || lng === null ? null : { lat, lng });

const todayOf = (ctx: Context): Day => dayIn(ctx.now(), zone);

// --- A booking --------------------------------------------------------------------------------------------------------------

interface Whole { readonly id: string; readonly orgId: string; readonly buyerOrgId: string; readonly status: string; readonly createdAt: Date; readonly request: Request; readonly offers: readonly Offer[] }

/** A booking that the reader is a side of. @throws AppError `not_found`. */
async function open(ctx: SignedIn, bookingId: string): Promise<{ booking: Whole; side: Side }> {
  const side = permit(ctx.actor, 'booking.read', await ownersOf(ctx, bookingId));
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: true, offers: { orderBy: { createdAt: 'asc' } } } });
  if (!booking.request) throw new AppError('not_found');
  return { booking: { ...booking, request: booking.request }, side };
}

/** The holder of a mail's link looks at its own booking alone. @throws AppError `link_other_purpose`. */
function refuseLink({ actor }: SignedIn): void {
  if (actor.link) throw new AppError('link_other_purpose', { act: 'booking.read' });
}

/** The press kit of an artist: published, or the reader's own or of whom it represents. @throws AppError `not_found`. */
async function kitOf(ctx: SignedIn, orgId: string): Promise<Epk> {
  const epk = await ctx.db.epk.findUnique({ where: { orgId } });
  if (!epk || (epk.publishedAt === null && orgId !== ctx.actor.orgId && !(await representedOf(ctx, ctx.actor.orgId)).includes(orgId))) throw new AppError('not_found');
  return epk;
}

/** What is on the table: the last offer, else the budget; null when neither says an amount. */
function priceOf({ offers, request }: Pick<Whole, 'offers' | 'request'>): Money | null {
  const last = offers.at(-1);
  const minor = last?.priceMinor ?? request.budgetMinor;
  return minor > 0n ? { minor, currency: (last?.currency ?? request.currency) as Currency } : null;
}

async function occasionOf(ctx: Context, { orgId, buyerOrgId, request, offers }: Whole): Promise<Occasion> {
  const epk = await ctx.db.epk.findUnique({ where: { orgId }, select: { genres: true, lineUp: true } });
  const sheet = await ctx.db.sheet.findUnique({ where: { orgId }, select: { level: true } });
  const buyer = await ctx.db.organisation.findUniqueOrThrow({ where: { id: buyerOrgId }, select: { kind: true } });
  return {
    day: toDay(offers.at(-1)?.showDay ?? request.showDay), at: pointOf(request), currency: request.currency as Currency, buyer: buyerKind(buyer.kind, request.asker), audience: request.audience,
    family: familyIn(epk?.genres ?? []), level: sheet?.level ?? '', lineUp: epk?.lineUp ?? 0,
  };
}

// --- Dates ------------------------------------------------------------------------------------------------------------------

/** For whom dates are looked for. */
interface Looking {
  readonly artistOrgId: string | null;
  /** Whether the reader may know when the artist is free. */
  readonly seesFree: boolean;
  readonly placeOrgId: string | null;
  readonly bookingId: string | null;
  readonly at: Point | null;
  readonly insee: string;
  readonly currency: Currency;
  readonly seeksHolidays: boolean;
}

/** The days to come that suit best: of a booking, of an artist with a published kit, or of the reader's own organisation. @throws AppError `not_found`, `link_other_purpose`. */
export async function readBestDates(ctx: SignedIn, { bookingId, artistOrgId, count }: { bookingId?: string | undefined; artistOrgId?: string | undefined; count: number }) {
  const looking = bookingId === undefined ? await lookingAs(ctx, artistOrgId) : await lookingIn(ctx, bookingId);
  const first = addDays(todayOf(ctx), 1);
  const days = daysFrom(first, horizon);
  const until = days.at(-1) ?? first;
  const states = looking.artistOrgId && looking.seesFree ? await availabilityOf(ctx, looking.artistOrgId, first, until) : days.map((day) => ({ day, state: looking.artistOrgId ? 'flexible' as const : 'free' as const }));
  const taken = looking.placeOrgId === null ? [] : await ctx.db.show.findMany({ where: { stageOrgId: looking.placeOrgId, day: { gte: fromDay(first), lte: fromDay(until) }, status: { not: 'cancelled' } }, select: { day: true } });
  const full = new Set(taken.map(({ day }) => toDay(day)));
  const shows = await showsNear(ctx, looking, { first, until });
  const { country } = homeOf(looking.insee);
  const holidays = new Set([...new Set([first, until].map((day) => Number(day.slice(0, 4))))].flatMap((year) => publicHolidays(country, year)));
  const school = zoneOf(looking.insee);
  const known = states.flatMap(({ day, state }) => (state === 'busy' || full.has(day) ? [] : [{
    day, free: state, ahead: daysBetween(todayOf(ctx), day), eve: holidays.has(addDays(day, 1)), holiday: holidays.has(day),
    school: school && isSchoolHoliday(school, day), near: competes(day).reduce((sum, one) => sum + (shows.get(one) ?? 0), 0),
  }]));
  const { demand } = await marketOf(ctx, looking.currency);
  const found = bestDates(known, { demand, leadDays: await noticeOf(ctx, looking), seeksHolidays: looking.seeksHolidays }, count);
  return { from: first, until, free: known.length, dates: found.map(({ reasons, ...date }) => ({ ...date, reasons: reasons.map((reason) => ({ ...reason, figures: { ...reason.figures } })) })) };
}

async function lookingIn(ctx: SignedIn, bookingId: string): Promise<Looking> {
  const { booking: { orgId, buyerOrgId, request }, side } = await open(ctx, bookingId);
  const epk = await ctx.db.epk.findUnique({ where: { orgId }, select: { publishedAt: true } });
  // The other side knows of an artist's calendar what anybody may.
  const seesFree = side === 'artist' || epk?.publishedAt != null;
  return { artistOrgId: orgId, seesFree, placeOrgId: buyerOrgId, bookingId, at: pointOf(request), insee: request.insee, currency: request.currency as Currency, seeksHolidays: request.asker === 'camping' };
}

async function lookingAs(ctx: SignedIn, artistOrgId: string | undefined): Promise<Looking> {
  refuseLink(ctx);
  const { orgId } = ctx.actor;
  const venue = artistOrgId === undefined ? await ctx.db.venue.findUnique({ where: { orgId } }) : null;
  const common = { seesFree: true, bookingId: null };
  if (venue) {
    const { kind } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { kind: true } });
    return { ...common, artistOrgId: null, placeOrgId: orgId, at: pointOf(venue), insee: venue.insee, currency: venue.currency as Currency, seeksHolidays: kind === 'camping' };
  }
  const epk = await kitOf(ctx, artistOrgId ?? orgId);
  return { ...common, artistOrgId: epk.orgId, placeOrgId: null, at: pointOf(epk), insee: epk.insee, currency: epk.currency as Currency, seeksHolidays: false };
}

/** How many other shows are announced near, by day. */
async function showsNear(ctx: Context, { at, bookingId }: Looking, { first, until }: { first: Day; until: Day }): Promise<Map<Day, number>> {
  const near = new Map<Day, number>();
  if (!at) return near;
  // A degree of latitude is 111 km, one of longitude at 60 degrees half of it: no show within reach lies outside.
  const [high, wide] = [nearKm / 111, nearKm / 55];
  const rows = await ctx.db.show.findMany({
    where: {
      published: true, status: 'planned', day: { gte: fromDay(addDays(first, -nearDays)), lte: fromDay(addDays(until, nearDays)) },
      lat: { gte: at.lat - high, lte: at.lat + high }, lng: { gte: at.lng - wide, lte: at.lng + wide }, ...(bookingId === null ? {} : { OR: [{ bookingId: null }, { bookingId: { not: bookingId } }] }),
    },
    select: { day: true, lat: true, lng: true },
  });
  for (const row of rows) {
    const point = pointOf(row);
    if (point && kilometres(at, point) <= nearKm) near.set(toDay(row.day), (near.get(toDay(row.day)) ?? 0) + 1);
  }
  return near;
}

/** The longer notice of the two sides. */
async function noticeOf(ctx: Context, { artistOrgId, placeOrgId }: Looking): Promise<number> {
  const said = await ctx.db.sheet.findMany({ where: { orgId: { in: [artistOrgId, placeOrgId].filter((id) => id !== null) } }, select: { leadDays: true } });
  return Math.max(usualNotice, ...said.map(({ leadDays }) => leadDays ?? 0));
}

// --- Chances ----------------------------------------------------------------------------------------------------------------

const won: readonly string[] = ['contracted', 'played', 'settled'];
const lost: readonly string[] = ['declined', 'lapsed'];

/** How likely a booking comes to a contract, by what became of the bookings before it; nothing while they are too few or teach nothing. @throws AppError `not_found`. */
export async function readChance(ctx: SignedIn, { bookingId, price }: { bookingId: string; price?: number | undefined }) {
  const { booking, side } = await open(ctx, bookingId);
  if (won.includes(booking.status) || lost.includes(booking.status) || booking.status === 'cancelled') return { chance: null, why: { code: 'closed' as const, closed: 0, least: 0 }, figures: null, claim: claimedAccuracy };
  const { model, history } = await learned(ctx);
  if ('why' in model) return { chance: null, why: { code: model.why, closed: model.closed, least: model.least }, figures: model.figures, claim: claimedAccuracy };
  const score = await ctx.db.matchScore.findUnique({ where: { bookingId }, select: { score: true } });
  const kit = await ctx.db.epk.findUnique({ where: { orgId: booking.orgId }, select: { lat: true, lng: true } });
  const minor = price ?? Number(priceOf(booking)?.minor ?? 0n);
  const usual = usualPrice((await marketOf(ctx, booking.request.currency as Currency)).sheet, cellOf(await occasionOf(ctx, booking)));
  const buyer = await ctx.db.organisation.findUniqueOrThrow({ where: { id: booking.buyerOrgId }, select: { email: true } });
  const facts = factsOf({ createdAt: booking.createdAt, request: booking.request, showDay: toDay(booking.offers.at(-1)?.showDay ?? booking.request.showDay), home: kit && pointOf(kit), minor, usual,
    // How the artist is judged for a request is the artist's to know.
    score: side === 'artist' ? score?.score ?? null : null, ...history.of(booking.orgId, buyer.email, booking.createdAt) });
  const { chance, factors } = foretell(model, facts);
  return { chance: { percent: Math.round(100 * chance), factors }, why: null, figures: model.figures, claim: claimedAccuracy };
}

interface Learned { readonly model: Model | Untold; readonly history: History }
interface History { readonly of: (artistOrgId: string, email: string, at: Date) => { answerHours: number | null; past: number } }

/** What one process learned, kept for the day. */
const models = new WeakMap<Context['config'], { readonly day: Day; readonly learned: Promise<Learned> }>();

function learned(ctx: Context): Promise<Learned> {
  const day = todayOf(ctx);
  const before = models.get(ctx.config);
  if (before?.day === day) return before.learned;
  const learning = learn(ctx);
  models.set(ctx.config, { day, learned: learning });
  learning.catch(() => { models.delete(ctx.config); });
  return learning;
}

async function learn(ctx: Context): Promise<Learned> {
  const rows = await ctx.db.booking.findMany({
    where: { status: { in: ['contracted', 'played', 'settled', 'declined', 'lapsed'] }, createdAt: { lte: ctx.now() }, request: { isNot: null } },
    orderBy: { createdAt: 'desc' }, take: most / 2, include: { request: true, offers: { orderBy: { createdAt: 'asc' } } },
  });
  const orgIds = [...new Set(rows.flatMap(({ orgId, buyerOrgId }) => [orgId, buyerOrgId]))];
  const orgs = new Map((await ctx.db.organisation.findMany({ where: { id: { in: orgIds } }, select: { id: true, email: true, kind: true } })).map((org) => [org.id, org]));
  const kits = new Map((await ctx.db.epk.findMany({ where: { orgId: { in: orgIds } }, select: { orgId: true, lat: true, lng: true, genres: true, lineUp: true } })).map((kit) => [kit.orgId, kit]));
  const levels = new Map((await ctx.db.sheet.findMany({ where: { orgId: { in: orgIds } }, select: { orgId: true, level: true } })).map((row) => [row.orgId, row.level]));
  const scores = new Map((await ctx.db.matchScore.findMany({ where: { bookingId: { in: rows.map(({ id }) => id) } }, select: { bookingId: true, score: true } })).map((row) => [row.bookingId, row.score]));
  const sheets = { EUR: (await marketOf(ctx, 'EUR')).sheet, CHF: (await marketOf(ctx, 'CHF')).sheet };
  const history = historyOf(rows.map((row) => ({ ...row, email: orgs.get(row.buyerOrgId)?.email ?? '' })));
  const closed = rows.flatMap(({ id, orgId, buyerOrgId, request, offers, createdAt, status }): Closed[] => {
    const [kit, buyer] = [kits.get(orgId), orgs.get(buyerOrgId)];
    if (!request || !buyer) return [];
    const showDay = toDay(offers.at(-1)?.showDay ?? request.showDay);
    const occasion = { day: showDay, at: pointOf(request), currency: request.currency as Currency, buyer: buyerKind(buyer.kind, request.asker), audience: request.audience, family: familyIn(kit?.genres ?? []), level: levels.get(orgId) ?? '', lineUp: kit?.lineUp ?? 0 };
    const facts = factsOf({
      createdAt, request, showDay, home: kit ? pointOf(kit) : null, minor: Number(priceOf({ request, offers })?.minor ?? 0n), usual: usualPrice(sheets[occasion.currency], cellOf(occasion)),
      score: scores.get(id) ?? null, ...history.of(orgId, buyer.email, createdAt),
    });
    return [{ at: createdAt, won: won.includes(status), facts }];
  });
  return { model: learnChance(closed), history };
}

/** How soon an artist made its first offers, and how often it was contracted by a buyer, before an instant. */
function historyOf(rows: readonly { readonly orgId: string; readonly email: string; readonly createdAt: Date; readonly status: string; readonly offers: readonly Offer[] }[]): History {
  const byArtist = new Map<string, { email: string; createdAt: Date; won: boolean; answeredAt: Date | null }[]>();
  for (const { orgId, email, createdAt, status, offers } of rows) {
    const own = byArtist.get(orgId) ?? [];
    own.push({ email: email.toLowerCase(), createdAt, won: won.includes(status), answeredAt: offers.find(({ proposedBy }) => proposedBy === 'artist')?.createdAt ?? null });
    byArtist.set(orgId, own);
  }
  return { of: (artistOrgId, email, at) => {
    const before = (byArtist.get(artistOrgId) ?? []).filter(({ createdAt }) => createdAt < at);
    const hours = before.flatMap(({ createdAt, answeredAt }) => (answeredAt && answeredAt < at ? [(answeredAt.getTime() - createdAt.getTime()) / 3_600_000] : [])).sort((a, b) => a - b);
    return { answerHours: hours[Math.floor(hours.length / 2)] ?? null, past: before.filter((one) => one.won && one.email === email.toLowerCase()).length };
  } };
}

function factsOf({ createdAt, request, showDay, home, minor, usual, score, answerHours, past }: {
  createdAt: Date; request: Request; showDay: Day; home: Point | null; minor: number; usual: number | null; score: number | null; answerHours: number | null; past: number;
}): Facts {
  const place = pointOf(request);
  return {
    price: minor > 0 && usual !== null && usual > 0 ? Math.log(minor / usual) : null, lead: Math.log1p(Math.max(0, daysBetween(dayIn(createdAt, zone), showDay))),
    distance: home && place ? Math.log1p(kilometres(home, place)) : null, weekend: Number(isWeekend(showDay)), answers: answerHours === null ? null : Math.log1p(Math.max(0, answerHours)),
    past: Math.log1p(past), score: score === null ? null : score / 100,
  };
}

// --- Trends -----------------------------------------------------------------------------------------------------------------

interface Trends { readonly from: Day; readonly since: Day; readonly until: Day; readonly trends: readonly Trend[]; readonly seasons: { readonly from: Day; readonly asked: number; readonly months: Season[] } }
const kept = new WeakMap<Context['config'], { readonly day: Day; readonly read: Promise<Trends> }>();

/** The genres asked for in the last ninety whole days against the ninety before, by the labels of a language, and the months for which dates were asked over a year. @throws AppError `link_other_purpose`. */
export async function readTrends(ctx: SignedIn, locale: Locale) {
  refuseLink(ctx);
  const day = todayOf(ctx);
  const before = kept.get(ctx.config);
  const read = before?.day === day ? before.read : countTrends(ctx, day);
  if (before?.day !== day) {
    kept.set(ctx.config, { day, read });
    read.catch(() => { kept.delete(ctx.config); });
  }
  const { trends, ...period } = await read;
  return { ...period, days: TREND_DAYS, trends: trends.map((trend) => ({ ...trend, label: labelOf(trend.genre, locale) })) };
}

async function countTrends(ctx: Context, until: Day): Promise<Trends> {
  const [from, since, year] = [addDays(until, -2 * TREND_DAYS), addDays(until, -TREND_DAYS), addDays(until, -SEASON_DAYS)];
  const all = await ctx.db.booking.findMany({ where: { createdAt: { gte: fromDay(year), lt: fromDay(until) }, request: { isNot: null } }, orderBy: { createdAt: 'desc' }, take: most, select: { orgId: true, buyerOrgId: true, createdAt: true, request: { select: { showDay: true } } } });
  const rows = all.filter(({ createdAt }) => createdAt >= fromDay(from));
  const kits = new Map((await ctx.db.epk.findMany({ where: { orgId: { in: [...new Set(rows.map(({ orgId }) => orgId))] } }, select: { orgId: true, genres: true } })).map((kit) => [kit.orgId, kit.genres]));
  const buyers = await buyersOf(ctx, all.map(({ buyerOrgId }) => buyerOrgId));
  const dates = all.flatMap(({ orgId, buyerOrgId, request }) => (request ? [{ showDay: toDay(request.showDay), artistOrgId: orgId, buyerOrgId: buyers.get(buyerOrgId)?.id ?? buyerOrgId }] : []));
  const asked = rows.flatMap(({ orgId, buyerOrgId, createdAt }): Asked[] => {
    const named = (kits.get(orgId) ?? []).map(genreNamed);
    return [...new Set([...named, ...named.map(familyOf)])].map((genre) => ({ genre, artistOrgId: orgId, buyerOrgId: buyers.get(buyerOrgId)?.id ?? buyerOrgId, recent: createdAt >= fromDay(since) }));
  });
  const months = seasonsOf(dates);
  // Of the months that are told: a sum of all would tell of the one that is not.
  return { from, since, until: addDays(until, -1), trends: trendsOf(asked), seasons: { from: year, asked: months.reduce((sum, month) => sum + (month.asked ?? 0), 0), months } };
}
