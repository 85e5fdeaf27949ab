import { randomBytes } from 'node:crypto';
import { availabilityOf } from '../calendar/service.ts';
import type { Asked } from '../core/asked.ts';
import { transact, type Context, type Guest, type SignedIn } from '../core/context.ts';
import type { Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { fromWire, toWire, type Money } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { challengeFor, checkProof, PROOF_LASTS_MS } from '../core/proof.ts';
import { dayIn, fromDay, type Day } from '../core/time.ts';
import { homeOf } from '../identity/home.ts';
import { representedBy } from '../identity/service.ts';
import { placeOf } from '../profiles/service.ts';
import { alike, priceRangeOf, type PriceRange } from './price.ts';
import { buyerKind, checkAsk, type Ask } from './request.ts';

/** The kinds of organisation whose own place shows are played at. */
const stageKinds = ['venue', 'festival', 'camping', 'municipality'];
/** What the visitor keeps of a request. */
interface Receipt {
  readonly reference: string;
  /** The artist's name. */
  readonly artist: string;
  readonly showDay: Day;
  readonly email: string;
}

/** Takes a request that came through a door, where it is counted. @throws AppError `rate_limited`, `proof_invalid`, and as `sendRequest` does. */
export async function takeRequest(ctx: Guest, { proof, ...input }: Asked) {
  await spendProof(ctx, { proof, key: input.key });
  await ctx.limits?.request({ ip: ctx.caller.ip, email: input.email, artist: input.artist });
  return sendRequest(ctx, { ...input, budget: fromWire(input.budget) });
}

/**
 * Takes the request of a visitor of a partner's page: whoever asks becomes an organisation that nobody has claimed yet. The same `key`
 * with the same request is taken once and answered alike. A robot that fills `website` hears what a person would, and nothing is kept.
 *
 * @throws AppError `not_found` for an artist without a published press kit, `day_past`, `date_taken`, `input_invalid`, `key_reused`.
 */
export async function sendRequest(ctx: Guest, input: Ask & { readonly key: string; readonly artist: string; readonly website: string }): Promise<Receipt> {
  const { key, artist, website, ...asked } = input;
  const epk = await ctx.db.epk.findFirst({ where: { slug: artist, publishedAt: { not: null } }, select: { orgId: true, name: true } });
  if (!epk) throw new AppError('not_found');
  const receipt = { reference: newReference(), artist: epk.name, showDay: asked.showDay, email: asked.email };
  if (website !== '') return receipt;
  return transact(ctx, (tx) => once(tx, { id: `request:${tx.partner.siteId}:${key}`, hash: hashOf({ artist, ...asked }) }, async () => {
    const place = await placeFor(tx, asked);
    const ask = { ...asked, ...place.written };
    checkAsk(ask, dayIn(tx.now(), place.timeZone));
    await refuseTaken(tx, epk.orgId, ask);
    const bookingId = await keepRequest(tx, { orgId: epk.orgId, siteId: tx.partner.siteId, reference: receipt.reference, ask, place });
    await tell(tx, 'request.sent', { bookingId });
    return receipt;
  }));
}

/** Work for the browser that fills in a form; null where none is asked for. */
export async function askForWork(ctx: Guest) {
  const { sessionSecret: secret, proofEffort: effort } = ctx.config;
  if (effort === 0) return null;
  const { parameters, signature } = await challengeFor({ secret, siteId: ctx.partner.siteId, effort }, new Date(ctx.realNow().getTime() + PROOF_LASTS_MS));
  return { parameters: { ...parameters }, signature };
}

/**
 * Takes the proof of a request, once: for the same `key` it is good again, for a request that is sent twice. A request without one is
 * counted far more strictly. @throws AppError `proof_invalid`, `rate_limited`.
 */
export async function spendProof(ctx: Guest, { proof, key }: { proof: string; key: string }): Promise<void> {
  const { partner, config, caller } = ctx;
  if (config.proofEffort === 0) return;
  if (proof === '') {
    await ctx.limits?.unproven({ ip: caller.ip, key: partner.key });
    return;
  }
  const name = await checkProof({ secret: config.sessionSecret, siteId: partner.siteId }, proof);
  await transact(ctx, (tx) => once(tx, { id: `proof:${name}`, hash: sha256(key) }, () => Promise.resolve({}))).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'key_reused' ? new AppError('proof_invalid') : error;
  });
}

// --- What is usual ----------------------------------------------------------------------------------------------------------

/** How far back agreements are looked at, in months. */
const priceMonths = 24;
/** The ranges of one process, each kept for the day it was reckoned on: a new agreement does not show by itself. */
const ranges = new WeakMap<Context['config'], Map<string, { readonly today: Day; readonly range: PriceRange | null }>>();
/** The most artists whose range is kept. */
const mostRanges = 5_000;

/**
 * What other artists of a shared genre and a similar line-up agreed for a single show, in euros before tax, in the last 24 months.
 *
 * @throws AppError `not_found`.
 */
export async function readPriceRange(ctx: Context, artist: string) {
  const epk = await ctx.db.epk.findFirst({ where: { slug: artist, publishedAt: { not: null } }, select: { orgId: true, genres: true, lineUp: true } });
  if (!epk) throw new AppError('not_found');
  const today = dayIn(ctx.now(), 'Europe/Paris');
  const kept = ranges.get(ctx.config) ?? new Map<string, { today: Day; range: PriceRange | null }>();
  ranges.set(ctx.config, kept);
  const before = kept.get(epk.orgId);
  const range = before?.today === today ? before.range : priceRangeOf(await dealsLike(ctx, epk));
  if (kept.size >= mostRanges) kept.clear();
  kept.set(epk.orgId, { today, range });
  return range && { low: toWire({ minor: range.low, currency: 'EUR' }), high: toWire({ minor: range.high, currency: 'EUR' }), deals: range.deals, artists: range.artists, months: priceMonths };
}

/** What was agreed with comparable artists: single shows, in euros, that were not called off. */
async function dealsLike(ctx: Context, { orgId, genres, lineUp }: { orgId: string; genres: readonly string[]; lineUp: number }) {
  const { min, max } = alike(lineUp);
  const others = await ctx.db.epk.findMany({
    where: { orgId: { not: orgId }, publishedAt: { not: null }, genres: { hasSome: [...genres] }, lineUp: { gte: min, lte: max } }, select: { orgId: true },
  });
  const since = ctx.now();
  since.setUTCMonth(since.getUTCMonth() - priceMonths);
  const offers = await ctx.db.offer.findMany({
    where: {
      orgId: { in: others.map((other) => other.orgId) }, status: 'accepted', currency: 'EUR', answeredAt: { gte: since, lte: ctx.now() },
      booking: { status: { in: ['agreed', 'contracted', 'played', 'settled'] }, request: { shows: 1 } },
    },
    orderBy: { answeredAt: 'desc' }, take: 2_000, select: { orgId: true, priceMinor: true, answeredAt: true, createdAt: true },
  });
  return offers.map(({ answeredAt, createdAt, ...offer }) => ({ ...offer, agreedAt: answeredAt ?? createdAt }));
}

/** Writes the buyer, the booking and the request. */
async function keepRequest(tx: Context, { orgId, siteId, reference, ask, place }: { orgId: string; siteId: string | null; reference: string; ask: Ask; place: Place }): Promise<string> {
  const kind = buyerKind(ask);
  const [buyerOrgId, bookingId] = [tx.newId('org'), tx.newId('bkg')];
  const { budget, showDay, seasonUntil, publicBody, ...rest } = ask;
  const { insee, city } = ask;
  await tx.db.organisation.create({
    data: {
      id: buyerOrgId, kind, name: ask.organisation || ask.contactName, email: ask.email, phone: ask.phone, locale: ask.locale, createdAt: tx.realNow(),
      country: place.country, timeZone: place.timeZone, ...(kind === 'municipality' ? { insee, city } : {}), publicBody: publicBody && kind !== 'municipality',
    },
  });
  await tx.db.booking.create({
    data: {
      id: bookingId, orgId, buyerOrgId, siteId, reference, createdAt: tx.now(),
      request: {
        create: {
          ...rest, orgId, buyerOrgId, lat: place.lat, lng: place.lng, budgetMinor: budget.minor, currency: budget.currency,
          showDay: fromDay(showDay), seasonUntil: seasonUntil === null ? null : fromDay(seasonUntil),
        },
      },
    },
  });
  return bookingId;
}

/** What the artist's side proposes to a venue that did not ask. `occasion` is what it is for, in its words; the price is before tax. */
export interface Proposal {
  readonly orgId: string;
  readonly venueOrgId: string;
  readonly showDay: Day;
  readonly startTime: string;
  readonly price: Money;
  readonly occasion: string;
}

/**
 * Opens a booking from the artist's side, in the caller's transaction: a request as the venue would have sent it, from no site, in its own name and place. Nobody is told
 * of it as of a request: the hold and the offer that follow are what the venue hears of.
 *
 * @throws AppError `not_found` for an artist that one does not act for, and for who has no place that shows are played at; `role_too_low`, `day_past`.
 */
export async function openProposal(tx: SignedIn, { orgId, venueOrgId, showDay, startTime, price, occasion }: Proposal): Promise<string> {
  permit(tx.actor, 'offer.send', { orgId, representedBy: await representedBy(tx.db, orgId, tx.now()) });
  const venue = await tx.db.organisation.findUnique({ where: { id: venueOrgId } });
  const stage = venue && await stageOf(tx, venueOrgId);
  if (!stage) throw new AppError('not_found');
  if (showDay < dayIn(tx.now(), stage.timeZone)) throw new AppError('day_past', { day: showDay });
  const hall = await tx.db.venue.findUnique({ where: { orgId: venueOrgId }, select: { capacity: true } });
  const bookingId = tx.newId('bkg');
  const { name, address, insee, city, lat, lng } = stage;
  await tx.db.booking.create({
    data: {
      id: bookingId, orgId, buyerOrgId: venueOrgId, reference: newReference(), createdAt: tx.now(),
      request: {
        create: {
          orgId, buyerOrgId: venueOrgId, asker: venue.kind === 'camping' ? 'camping' : venue.kind === 'municipality' ? 'commune' : 'venue', contactName: venue.representative || venue.name, organisation: venue.name, email: venue.email, phone: venue.phone,
          occasion, showDay: fromDay(showDay), startTime, place: name, address, insee, city, lat, lng, audience: hall?.capacity ?? 0, budgetMinor: price.minor, currency: price.currency, locale: venue.locale,
        },
      },
    },
  });
  return bookingId;
}

/**
 * Opens the booking of somebody who asked without a day, once the artist's side names one: it is a request like any other, and both are told.
 *
 * @returns The booking.
 * @throws AppError `day_past`, `date_taken`, `input_invalid` with the field.
 */
export async function openRequest(tx: Context, { orgId, siteId, ask }: { orgId: string; siteId: string | null; ask: Ask }): Promise<string> {
  const found = placeOf(ask.insee);
  if (!found) throw new AppError('input_invalid', { field: 'insee' });
  const { timeZone, country } = homeOf(ask.insee);
  const { place, address, insee, city } = ask;
  checkAsk(ask, dayIn(tx.now(), timeZone));
  await refuseTaken(tx, orgId, ask);
  const bookingId = await keepRequest(tx, { orgId, siteId, reference: newReference(), ask, place: { written: { place, address, insee, city }, lat: found.lat, lng: found.lng, country, timeZone } });
  await tell(tx, 'request.sent', { bookingId });
  return bookingId;
}

/** One day must not be taken; of a season, one day at least. */
async function refuseTaken(ctx: Context, orgId: string, { showDay, seasonUntil }: Ask): Promise<void> {
  const days = await availabilityOf(ctx, orgId, showDay, seasonUntil ?? showDay);
  if (days.every(({ state }) => state === 'busy')) throw new AppError('date_taken', { day: showDay });
}

/** Does `work` once for one `id`: asked again, it answers as it did. Two at once: the second waits for the first. @throws AppError `key_reused`. */
export async function once<T extends object>(tx: Context, { id, hash }: { id: string; hash: string }, work: () => Promise<T>): Promise<T> {
  const { count } = await tx.db.replay.createMany({ data: [{ id, hash, at: tx.realNow() }], skipDuplicates: true });
  if (count === 0) {
    const before = await tx.db.replay.findUniqueOrThrow({ where: { id } });
    if (before.hash !== hash) throw new AppError('key_reused');
    return before.answer as T;
  }
  const answer = await work();
  await tx.db.replay.update({ where: { id }, data: { answer: answer as Prisma.InputJsonObject } });
  return answer;
}

/** The same fields in any order have one hash. */
export const hashOf = (content: object): string =>
  sha256(JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)), (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)));

/** A word of 26 characters, 130 bits of chance. */
function newReference(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  return `ref${Array.from(randomBytes(26), (byte) => letters[byte % 32]).join('')}`;
}

/** Where a show is to be: what is written of it, and what we know besides. */
interface Place {
  readonly written: { readonly place: string; readonly address: string; readonly insee: string; readonly city: string };
  readonly lat: number | null;
  readonly lng: number | null;
  readonly country: string;
  readonly timeZone: string;
}

/**
 * The place that the visitor wrote; the partner's own when they wrote none and no other commune. A commune alone is a place too: many
 * ask before they have a hall. @throws AppError `input_invalid` with the field that is missing or unknown.
 */
async function placeFor(ctx: Guest, { place, address, insee, city }: Ask): Promise<Place> {
  const stage = place === '' ? await stageOf(ctx, ctx.partner.orgId) : null;
  const there = stage && (insee === '' || insee === stage.insee) && (city === '' || city.localeCompare(stage.city, 'fr', { sensitivity: 'base' }) === 0);
  if (there) return { ...stage, written: { place: stage.name, address: stage.address, insee: stage.insee, city: stage.city } };
  const found = placeOf(insee);
  if (insee !== '' && !found) throw new AppError('input_invalid', { field: 'insee' });
  const town = city || (found?.name ?? '');
  if (town === '') throw new AppError('input_invalid', { field: 'city' });
  return { written: { place: place || town, address, insee, city: town }, lat: found?.lat ?? null, lng: found?.lng ?? null, ...homeOf(insee) };
}

/** The own place of an organisation, when it has one. */
export async function stageOf(ctx: Context, orgId: string) {
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const venue = await ctx.db.venue.findUnique({ where: { orgId } });
  if (!venue && !stageKinds.includes(org.kind)) return null;
  const { name, address, insee, city } = venue ?? org;
  const known = placeOf(insee);
  return { orgId, name, address, insee, city, lat: venue?.lat ?? known?.lat ?? null, lng: venue?.lng ?? known?.lng ?? null, country: org.country, timeZone: org.timeZone };
}
