import { tracked } from '@trpc/server';
import { z } from 'zod';
import { createSearch, deleteSearch, editSearch, searches, setWishes, wishes } from '../alerts/service.ts';
import { LOCALES } from '../core/locale.ts';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, line, text } from '../core/wire.ts';
import { AUDIENCES, LEVELS, LYRICS, PLACE_KINDS, SEEN, SETTINGS } from '../matching/filters.ts';
import { cardNames, SORTS } from '../matching/search.ts';
import { ask, cards, explain } from '../finds/service.ts';
import {
  admirers, choose, exceptional, find, findNights, follow, funnel, hide, history, keep, matches, noteWritten,
} from './service.ts';

/** Filters as they cross the wire: `Filters`. Amounts are minor units. */
const Amount = z.int().min(0).max(1_000_000_000).nullable();
const People = z.int().min(0).max(1_000_000).nullable();
const FiltersView = z.object({
  genres: z.array(z.string().min(1).max(60)).max(20).readonly(),
  near: z.object({ name: z.string().max(120), insee: z.string().max(5), lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180), km: z.number().min(1).max(2_000) }).nullable(),
  fee: z.object({ min: Amount, max: Amount, currency: z.enum(['EUR', 'CHF']) }),
  capacity: z.object({ min: People, max: People }),
  days: z.object({ from: DayView, until: DayView, weekdays: z.array(z.int().min(1).max(7)).max(7).readonly() }).nullable(),
  lineUp: z.object({ min: z.int().min(1).max(250).nullable(), max: z.int().min(1).max(250).nullable() }),
  kinds: z.array(z.enum(PLACE_KINDS)).max(PLACE_KINDS.length).readonly(), levels: z.array(z.enum(LEVELS)).max(3).readonly(), settings: z.array(z.enum(SETTINGS)).max(3).readonly(), audiences: z.array(z.enum(AUDIENCES)).max(AUDIENCES.length).readonly(), lyrics: z.array(z.enum(LYRICS)).max(LYRICS.length).readonly(),
  family: z.boolean(), outdoor: z.boolean(), verified: z.boolean(), ratingMin: z.number().min(0).max(5), answerHoursMax: z.number().min(0).max(2_000),
});

/** What is asked of a discovery. `card`: the scorecard; the seeker's own when it is not said, or none of `cards`. `diversity` is how strongly variety counts, 0 not at all, in a list by score alone. */
const DiscoverView = z.object({
  seen: z.enum(SEEN).optional(), filters: FiltersView, card: z.enum(cardNames).optional(), sort: z.enum(SORTS).default('score'), limit: z.int().min(1).max(60).default(24), diversity: z.number().min(0).max(1).default(0),
  /** With those that were passed or hidden. */
  all: z.boolean().default(false),
  /** The reader's language: genres and words come in it. */
  locale: z.enum(LOCALES).default('fr'),
});

/** A reason in a code and its figures: the page has the words. `{ code: 'distance', figures: { km: 42 } }` */
const ReasonView = z.object({ criterion: z.string(), degree: z.number(), points: z.number(), code: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])) });

/** A score as a list says it: `criteriaCount` is how many made it, of which `pair` says each. */
const ScoreView = z.object({
  scorecard: z.string(), model: z.string(), score: z.int().min(0).max(100), sides: z.object({ artist: z.int(), place: z.int() }), confidence: z.number().min(0).max(1),
  groups: z.array(z.object({ group: z.string(), weight: z.number(), points: z.number(), known: z.boolean() })), criteriaCount: z.int(),
  /** The three strongest for and against. */
  for: z.array(ReasonView), against: z.array(ReasonView), blockers: z.array(ReasonView),
});

/** A score, and all that made it. `worth` is what a criterion could win of 100, `of` whose wish it is. */
const WholeScoreView = ScoreView.extend({ criteria: z.array(ReasonView.extend({ group: z.string(), known: z.boolean(), worth: z.number(), of: z.enum(['artist', 'place']).nullable() })) });

/** Somebody found. What is not known is null or empty. `page` is the path of its public page. */
const FoundView = z.object({
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

/** How many groups of a trait stand among the first ten before and after. */
const Spread = z.tuple([z.int(), z.int()]).readonly();
/**
 * What variety did to a list: of the `places` that are shown, `moved` hold another one, of whom `entered` came from further down. Of the first ten, `cost` is the mean points they lost.
 * Null where it was not asked for.
 */
const VarietyView = z.object({ strength: z.number(), places: z.int(), moved: z.int(), entered: z.int(), cost: z.number(), groups: z.object({ region: Spread, genre: Spread, level: Spread }) });

/** What a discovery found. `met` passed the filters, `blocked` says how many of them cannot be, by reason. */
const DiscoveredView = z.object({
  seeker: z.object({ orgId: Id('org'), name: z.string(), seen: z.enum(SEEN), /** Of 100; below 80 it is not proposed to others. */ completePercent: z.int(), missing: z.array(z.string()) }),
  seen: z.enum(SEEN), card: z.string(), model: z.string(), met: z.int(), eligible: z.int(), blocked: z.record(z.string(), z.int()), variety: VarietyView.nullable(), found: z.array(FoundView),
});

const AskedView = z.object({
  filters: FiltersView, seen: z.enum(SEEN).nullable(), parts: z.array(z.object({ from: z.int(), until: z.int(), text: z.string(), slot: z.string() })).readonly(), unknown: z.array(z.string()).readonly(),
});

/** Letters of what goes with a super like (MA-30). The number is ours. */
const MESSAGE_MAX = 1_000;

/** What an organisation makes of another. */
const VerdictView = z.enum(['pass', 'like', 'super_like']);
/** How a match stands: open for thirty days, then contacted or expired. */
const MatchState = z.enum(['open', 'contacted', 'expired']);
const Other = z.object({ orgId: Id('org') });

/** A verdict, or its undoing by null. The message goes with a super like alone. */
const ChooseView = Other.extend({ verdict: VerdictView.nullable(), message: text(MESSAGE_MAX).default('') });
const KeepView = Other.extend({ favourite: z.boolean() });
const HideView = Other.extend({ hidden: z.boolean() });

/** What is now made of the other. `superLikes` is how many are left. */
const ChosenView = Other.extend({
  verdict: VerdictView.nullable(), favourite: z.boolean(), hidden: z.boolean(), superLikes: z.int(),
  match: z.object({ id: z.string(), status: MatchState, expiresAt: InstantView }).nullable(),
});

/** Somebody on the other side, as a line of a list shows it. `page` is the address of its public page, where its form is; null when it shows none. */
const OtherView = Other.extend({
  name: z.string(), seen: z.enum(SEEN), city: z.string(), page: z.string().nullable(), picture: z.object({ url: z.string(), alt: z.string() }).nullable(),
});

/** How to write to somebody: known to both sides of a match, and to whom a super like came. */
const ContactView = z.object({ email: z.string(), phone: z.string() });

/** A match, as one of its sides sees it. `daysLeft` counts the day that runs; 0 once it is not open. */
const MatchView = z.object({
  id: Id('mat'), status: MatchState, score: z.int(), other: OtherView, contact: ContactView, madeAt: InstantView, expiresAt: InstantView, daysLeft: z.int(), contactedAt: InstantView.nullable(),
  /** The booking that came of it. */
  bookingId: Id('bkg').nullable(),
  /** What came with the other's super like. */
  message: z.string(), favourite: z.boolean(),
});

/** Who sent a super like, with its whole message and how to answer. The latest comes first. */
const AdmirerView = z.object({ other: OtherView, contact: ContactView, message: z.string(), at: InstantView, score: z.int().nullable(), verdict: VerdictView.nullable(), matchId: z.string().nullable() });

/** Which of one's own choices are listed. Who liked is told to nobody before it is mutual. */
const HistoryAsk = z.object({ which: z.enum(['passed', 'liked', 'super_liked', 'favourites', 'hidden']), before: InstantView.optional() });
const HistoryView = z.object({
  entries: z.array(z.object({ other: OtherView, verdict: VerdictView.nullable(), favourite: z.boolean(), hidden: z.boolean(), message: z.string(), at: InstantView, matchId: z.string().nullable() })),
  /** `before` of what follows; null at the end. */
  more: InstantView.nullable(),
});

const NewSearchView = z.object({ name: line(80).min(1), seen: z.enum(SEEN), filters: FiltersView, sort: z.enum(SORTS).default('score'), alert: z.boolean().default(true) });
const SearchPatchView = z.object({ id: Id('srh'), name: line(80).min(1).optional(), alert: z.boolean().optional() });
const SearchIdView = z.object({ id: Id('srh') });
/** A search that is kept. `filters` are those of a discovery; of `found` it has told. */
const SearchView = z.object({ id: Id('srh'), name: z.string(), seen: z.enum(SEEN), filters: FiltersView, sort: z.enum(SORTS), alert: z.boolean(), createdAt: InstantView, lookedAt: InstantView, found: z.int() });

/** What an organisation wants to hear of matching by itself. */
const WishesView = z.object({ exceptional: z.boolean(), mails: z.boolean() });

/** The exceptional find of a day: above 95 of 100. Its three reasons are `found.score.for`. */
const ExceptionalView = z.object({ day: DayView, found: FoundView }).nullable();

/** Days of which figures are asked, both included; a year at most. */
const FunnelAsk = z.object({ from: DayView, until: DayView });
const Steps = z.object({ impressions: z.int(), likes: z.int(), matches: z.int(), contacts: z.int(), contracts: z.int() });
/**
 * From what was shown to what was signed, and how shows went whose day lies within (MA-27): `over` of those under contract were played, cancelled or contested, `well` of them went well. `shown`: how often others were shown this organisation. Rates are 0 to 1, of the step before
 * (`mutual` of one's likes), null where that is nothing; days without a figure are left out. Days are those of the organisation's own zone.
 */
const FunnelView = z.object({
  from: DayView, until: DayView, total: Steps, shown: z.int(),
  rates: z.object({ liked: z.number().nullable(), mutual: z.number().nullable(), contacted: z.number().nullable(), signed: z.number().nullable(), succeeded: z.number().nullable() }),
  shows: z.object({ over: z.int(), well: z.int() }),
  days: z.array(Steps.extend({ day: DayView })),
});

/** What people do with who was found. */
export const discoveryRouter = router({
  /** A discovery as `matching` answers it; what it shows is noted, so that it can be learned from. */
  find: signedIn.input(DiscoverView).output(DiscoveredView).query(({ ctx, input }) => find(ctx, input)),
  /** What may be ranked by, one's own scorecard first: every criterion with its points of 100, as either side weighs it now. `learned`: these are not the published ones any more. */
  cards: signedIn.output(z.object({
    seen: z.enum(SEEN),
    cards: z.array(z.object({ card: z.enum(cardNames), model: z.string(), learned: z.boolean(), groups: z.array(z.object({ group: z.string(), criteria: z.array(z.object({ criterion: z.string(), artist: z.number(), place: z.number() })) })) })),
  })).query(({ ctx }) => cards(ctx)),
  /** How well one other fits, by every criterion; null where the two cannot meet. With the filters and the scorecard of a list, what it says is what made the score there. */
  pair: signedIn.input(Other.extend({ filters: FiltersView.optional(), card: z.enum(cardNames).optional(), locale: z.enum(LOCALES).default('fr') })).output(WholeScoreView.nullable()).query(({ ctx, input }) => explain(ctx, input)),
  /** For each of at most ten days the best places. */
  nights: signedIn.input(z.object({ days: z.array(DayView).min(1).max(10), locale: z.enum(LOCALES).default('fr') })).output(z.object({ nights: z.array(z.object({ day: DayView, met: z.int(), blocked: z.record(z.string(), z.int()), found: z.array(FoundView) })) }))
    .query(({ ctx, input }) => findNights(ctx, input)),
  /** A search in own words as filters. `parts` says which letters of the text made which of them. */
  ask: signedIn.input(z.object({ text: text(500), locale: z.enum(LOCALES).default('fr') })).output(AskedView).query(({ ctx, input }) => ask(ctx, input)),
  choose: signedIn.input(ChooseView).output(ChosenView).mutation(({ ctx, input }) => choose(ctx, input)),
  keep: signedIn.input(KeepView).output(ChosenView).mutation(({ ctx, input }) => keep(ctx, input)),
  hide: signedIn.input(HideView).output(ChosenView).mutation(({ ctx, input }) => hide(ctx, input)),
  /** Those that are open come first, the soonest to expire before the others. `superLikes` is how many are left. */
  matches: signedIn.output(z.object({ matches: z.array(MatchView), superLikes: z.int() })).query(({ ctx }) => matches(ctx)),
  /** One side says that it has written or called: what comes of it otherwise, a request or an offer, is noted by itself. */
  wrote: signedIn.input(z.object({ matchId: Id('mat') })).output(MatchView).mutation(({ ctx, input }) => noteWritten(ctx, input.matchId)),
  admirers: signedIn.output(z.array(AdmirerView)).query(({ ctx }) => admirers(ctx)),
  history: signedIn.input(HistoryAsk).output(HistoryView).query(({ ctx, input }) => history(ctx, input)),
  /** Says each new match and super like as it comes, and first what was missed since `lastEventId`. `id` is the match's, or the organisation's that super-likes. */
  follow: signedIn.input(z.object({ lastEventId: z.string().max(40).nullish() })).subscription(async function* ({ ctx, input, signal }) {
      for await (const news of follow(ctx, input.lastEventId ?? null, signal)) yield tracked(news.at, news);
    }),
  searches: signedIn.output(z.array(SearchView)).query(({ ctx }) => searches(ctx)),
  createSearch: signedIn.input(NewSearchView).output(SearchView).mutation(({ ctx, input }) => createSearch(ctx, input)),
  editSearch: signedIn.input(SearchPatchView).output(SearchView).mutation(({ ctx, input }) => editSearch(ctx, input)),
  deleteSearch: signedIn.input(SearchIdView).output(SearchIdView).mutation(({ ctx, input }) => deleteSearch(ctx, input.id)),
  /** One card a day at most; null when there is none, or when they are not wished for. */
  exceptional: signedIn.input(z.object({ locale: z.enum(LOCALES) }).optional()).output(ExceptionalView).query(({ ctx, input }) => exceptional(ctx, input?.locale)),
  wishes: signedIn.output(WishesView).query(({ ctx }) => wishes(ctx)),
  setWishes: signedIn.input(WishesView).output(WishesView).mutation(({ ctx, input }) => setWishes(ctx, input)),
  funnel: signedIn.input(FunnelAsk).output(FunnelView).query(({ ctx, input }) => funnel(ctx, input)),
});
