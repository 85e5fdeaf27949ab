import { ownersOf } from '../booking/service.ts';
import { availabilityOf } from '../calendar/service.ts';
import type { Context, SignedIn } from '../core/context.ts';
import type { Epk, Prisma, Request } from '../core/db/client.ts';
import type { Currency, Money } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { toDay } from '../core/time.ts';
import { genreNamed } from '../profiles/genres.ts';
import type { Point } from '../roads/crow.ts';
import { genresIn } from './genres-in.ts';
import { score, type Score } from './score.ts';
import { requestCard, type RequestFacts } from './scorecards/request.ts';

/** Reckons how well a request fits the artist who was asked, once, and tells it. */
export async function shortlist(ctx: Context, bookingId: string): Promise<void> {
  const facts = await factsOf(ctx, bookingId);
  if (!facts) return;
  const { orgId, buyerOrgId } = await ownersOf(ctx, bookingId);
  const found = score(requestCard, facts);
  const { count } = await ctx.db.matchScore.createMany({
    data: [{
      bookingId, orgId, buyerOrgId, scorecard: found.scorecard, model: found.model, score: found.score, confidence: found.confidence, at: ctx.now(),
      detail: found as unknown as Prisma.InputJsonObject,
    }],
    skipDuplicates: true,
  });
  if (count > 0) await tell(ctx, 'match.found', { bookingId });
}

/** How well a request fits, and why; null while it is being reckoned, and for the buyer, whom the artist's fees do not concern. */
export async function readScore(ctx: SignedIn, bookingId: string) {
  if (permit(ctx.actor, 'booking.read', await ownersOf(ctx, bookingId)) !== 'artist') return null;
  const row = await ctx.db.matchScore.findUnique({ where: { bookingId }, select: { detail: true } });
  // The detail was written from a score.
  return row && scoreView(row.detail as unknown as Score);
}

/** A score as it crosses the wire. */
function scoreView(from: Score) {
  const copy = <T extends { figures: Score['for'][number]['figures'] }>(reasons: readonly T[]) => reasons.map((reason) => ({ ...reason, figures: { ...reason.figures } }));
  return {
    scorecard: from.scorecard, score: from.score, confidence: from.confidence, groups: [...from.groups],
    criteria: copy(from.criteria), for: copy(from.for), against: copy(from.against), blockers: copy(from.blockers),
  };
}

/** What is known of a request and of its artist; null without a press kit. */
async function factsOf(ctx: Context, bookingId: string): Promise<RequestFacts | null> {
  const { request, orgId, siteId } = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: true } });
  const epk = await ctx.db.epk.findUnique({ where: { orgId } });
  if (!request || !epk) return null;
  const stage = await stageOf(ctx, siteId, request.place);
  const first = toDay(request.showDay);
  const days = await availabilityOf(ctx, orgId, first, request.seasonUntil ? toDay(request.seasonUntil) : first);
  return {
    artist: artistFacts(epk),
    request: {
      stageGenres: (stage?.genres ?? []).map(genreNamed), namedGenres: genresIn(request.occasion), days: days.map(({ state }) => state), shows: request.shows,
      audience: request.audience, capacity: stage?.capacity ?? 0, budget: budgetOf(request), place: pointOf(request),
    },
  };
}

const artistFacts = (epk: Epk): RequestFacts['artist'] => ({
  genres: epk.genres.map(genreNamed), audience: { min: epk.audienceMin, max: epk.audienceMax }, home: pointOf(epk),
  fee: { min: { minor: epk.feeMinMinor, currency: epk.currency as Currency }, max: { minor: epk.feeMaxMinor, currency: epk.currency as Currency } },
});

const budgetOf = ({ budgetMinor, currency }: Request): Money => ({ minor: budgetMinor, currency: currency as Currency });

const pointOf = ({ lat, lng }: { lat: number | null; lng: number | null }): Point | null => (lat === null || lng === null ? null : { lat, lng });

/** The partner's own place, when the show is to be there. */
async function stageOf(ctx: Context, siteId: string | null, place: string): Promise<{ genres: string[]; capacity: number } | null> {
  const site = siteId === null ? null : await ctx.db.site.findUnique({ where: { id: siteId }, select: { orgId: true } });
  const venue = site && await ctx.db.venue.findUnique({ where: { orgId: site.orgId }, select: { name: true, genres: true, capacity: true } });
  return venue?.name === place ? venue : null;
}
