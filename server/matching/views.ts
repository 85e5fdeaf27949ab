import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { DayView, Id } from '../core/wire.ts';
import { AUDIENCES, LEVELS, LYRICS, PLACE_KINDS, SEEN, SETTINGS } from './filters.ts';
import { cardNames, SORTS } from './search.ts';

/** Filters as they cross the wire: `Filters`. Amounts are minor units. */
const Amount = z.int().min(0).max(1_000_000_000).nullable();
const People = z.int().min(0).max(1_000_000).nullable();
export const FiltersView = z.object({
  genres: z.array(z.string().min(1).max(60)).max(20),
  near: z.object({ name: z.string().max(120), insee: z.string().max(5), lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180), km: z.number().min(1).max(2_000) }).nullable(),
  fee: z.object({ min: Amount, max: Amount, currency: z.enum(['EUR', 'CHF']) }),
  capacity: z.object({ min: People, max: People }),
  days: z.object({ from: DayView, until: DayView, weekdays: z.array(z.int().min(1).max(7)).max(7) }).nullable(),
  lineUp: z.object({ min: z.int().min(1).max(250).nullable(), max: z.int().min(1).max(250).nullable() }),
  kinds: z.array(z.enum(PLACE_KINDS)).max(PLACE_KINDS.length), levels: z.array(z.enum(LEVELS)).max(3), settings: z.array(z.enum(SETTINGS)).max(3), audiences: z.array(z.enum(AUDIENCES)).max(AUDIENCES.length), lyrics: z.array(z.enum(LYRICS)).max(LYRICS.length),
  family: z.boolean(), outdoor: z.boolean(), verified: z.boolean(), ratingMin: z.number().min(0).max(5), answerHoursMax: z.number().min(0).max(2_000),
});

/** What is asked of a discovery. `card`: the scorecard; the one of the seeker's kind when it is not said. `diversity` is how strongly variety counts, 0 not at all. */
export const DiscoverView = z.object({
  seen: z.enum(SEEN).optional(), filters: FiltersView, card: z.enum(cardNames as [string, ...string[]]).optional(), sort: z.enum(SORTS).default('score'), limit: z.int().min(1).max(60).default(24), diversity: z.number().min(0).max(1).default(0),
  /** With those that were passed or hidden. */
  all: z.boolean().default(false),
  /** The reader's language: genres and words come in it. */
  locale: z.enum(LOCALES).default('fr'),
});

/** A reason in a code and its figures: the page has the words. `{ code: 'distance', figures: { km: 42 } }` */
export const ReasonView = z.object({ criterion: z.string(), degree: z.number(), points: z.number(), code: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])) });

/** A score, and all that made it. `worth` is what a criterion could win of 100, `of` whose wish it is. */
export const ScoreView = z.object({
  scorecard: z.string(), model: z.string(), score: z.int().min(0).max(100), sides: z.object({ artist: z.int(), place: z.int() }), confidence: z.number().min(0).max(1),
  groups: z.array(z.object({ group: z.string(), weight: z.number(), points: z.number(), known: z.boolean() })),
  criteria: z.array(ReasonView.extend({ group: z.string(), known: z.boolean(), worth: z.number(), of: z.enum(['artist', 'place']).nullable() })),
  /** The three strongest for and against. */
  for: z.array(ReasonView), against: z.array(ReasonView), blockers: z.array(ReasonView),
});

/** Somebody found. What is not known is null or empty. `page` is the path of its public page. */
export const FoundView = z.object({
  orgId: Id('org'), seen: z.enum(SEEN), name: z.string(), kind: z.string(), city: z.string(), country: z.string(), page: z.string().nullable(),
  picture: z.object({ url: z.string(), alt: z.string() }).nullable(), sound: z.object({ url: z.string(), title: z.string() }).nullable(), tagline: z.string(),
  /** In the reader's language. */
  genres: z.array(z.string()), lineUp: z.int().nullable(), capacity: z.object({ min: z.int().nullable(), max: z.int().nullable() }), money: z.object({ min: z.int().nullable(), max: z.int().nullable(), currency: z.enum(['EUR', 'CHF']) }),
  placeKind: z.enum(PLACE_KINDS).nullable(), level: z.enum(LEVELS).nullable(), km: z.number().nullable(), answerHours: z.number().nullable(), rating: z.object({ stars: z.number(), count: z.int() }).nullable(), verified: z.boolean(),
  score: ScoreView,
  /** How often such pairs come to a signature, 0 to 1; null before outcomes have taught it. */
  chance: z.number().nullable(),
  choice: z.object({ verdict: z.enum(['pass', 'like', 'super_like']).nullable(), favourite: z.boolean(), hidden: z.boolean() }),
  match: z.object({ id: z.string(), status: z.enum(['open', 'contacted', 'expired']), expiresAt: z.string() }).nullable(),
});

/** What a discovery found. `met` passed the filters, `blocked` says how many of them cannot be, by reason. */
export const DiscoveredView = z.object({
  seeker: z.object({ orgId: Id('org'), name: z.string(), seen: z.enum(SEEN), /** Of 100; below 80 it is not proposed to others. */ completePercent: z.int(), missing: z.array(z.string()) }),
  seen: z.enum(SEEN), card: z.string(), model: z.string(), met: z.int(), eligible: z.int(), blocked: z.record(z.string(), z.int()), found: z.array(FoundView),
});
