import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { guest, router, signedIn } from '../core/trpc.ts';
import { AmountInput, Id, MoneyView, TextView, line, printedLine, printedText, text, webAddress } from '../core/wire.ts';
import { describeMedia, publishEpk, readEpk, readOwnEpk, readVenue, removeMedia, searchGenres, searchPlaces, updateEpk, updateVenue } from './service.ts';

const MediaView = z.object({
  id: z.string(), kind: z.enum(['photo', 'audio', 'document', 'video']), title: z.string(), alt: z.string(),
  url: z.string(), smallUrl: z.string().nullable(), width: z.int().nullable(), height: z.int().nullable(), durationSeconds: z.int().nullable(),
  /** Bytes of a document or a film. */
  size: z.int().nullable(),
  /** A photo in formats and widths, the best first, each as a `srcset`. */
  sources: z.array(z.object({ type: z.string(), srcset: z.string() })),
});
const PlaceView = z.object({ insee: z.string(), name: z.string(), postcode: z.string(), country: z.string(), population: z.int(), lat: z.number().nullable(), lng: z.number().nullable() });
const QuoteView = z.object({ text: line(400), source: line(120) });
const FilmInput = z.object({ title: line(120), url: webAddress(/^https$/) });
/** A film elsewhere: its page, whom a frame or a player of it asks, and what that loads, null where only a link leads there. */
const FilmView = FilmInput.extend({ provider: z.enum(['youtube', 'vimeo', 'peertube', 'file', 'elsewhere']), host: z.string(), embed: z.string().nullable() });
const LinkView = z.object({ label: line(60), url: webAddress(/^https$/) });

/** A press kit as anybody sees it. Texts come in every language they were written in. */
const EpkView = z.object({
  artist: z.string(), name: z.string(), genres: z.array(z.string()), lineUp: z.int(), city: z.string(), durationMinutes: z.int(),
  tagline: TextView, bio: TextView, quotes: z.array(QuoteView), links: z.array(LinkView), videos: z.array(FilmView), technical: z.string(),
  audience: z.object({ min: z.int(), max: z.int() }),
  media: z.array(MediaView),
  upcoming: z.array(z.object({ day: z.string(), startTime: z.string(), place: z.string(), city: z.string(), ticketUrl: z.string() })),
  /** The mean of the reviews that are shown, 1 to 5 to a tenth; null without one. */
  rating: z.object({ stars: z.number(), count: z.int() }).nullable(),
  /** What organisers say of shows that were played, the latest first; `by` is empty of a private person. */
  reviews: z.array(z.object({ stars: z.int(), words: z.string(), reply: z.string(), by: z.string(), city: z.string(), day: z.string() })),
});

/** A press kit as its artist edits it. */
const OwnEpkView = EpkView.omit({ upcoming: true, rating: true, reviews: true }).extend({
  /** By genre, what readers of each language call it; nothing for a genre of the artist's own. */
  genreLabels: z.record(z.string(), TextView),
  fee: z.object({ min: MoneyView, max: MoneyView }), insee: z.string(), publishedAt: z.string().nullable(),
  /** What is still missing before it can be published. */
  missing: z.array(z.string()),
});
const EpkInput = z.object({
  artist: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])$/), name: printedLine(120).min(2), genres: z.array(printedLine(40)).max(8), lineUp: z.int().min(1).max(120), insee: line(5),
  durationMinutes: z.int().min(5).max(600), tagline: TextView, bio: TextView, quotes: z.array(QuoteView).max(6), links: z.array(LinkView).max(8), videos: z.array(FilmInput).max(6), technical: printedText(4000),
  audience: z.object({ min: z.int().min(0).max(100_000), max: z.int().min(0).max(100_000) }),
  fee: z.object({ min: AmountInput, max: AmountInput }),
}).partial();

const VenueView = z.object({
  slug: z.string(), name: z.string(), capacity: z.int(), genres: z.array(z.string()), budget: z.object({ min: MoneyView, max: MoneyView }),
  about: TextView, technical: z.string(), address: z.string(), insee: z.string(), city: z.string(),
});
const VenueInput = z.object({
  name: printedLine(160).min(2), capacity: z.int().min(0).max(200_000), genres: z.array(line(40)).max(12), budget: z.object({ min: AmountInput, max: AmountInput }),
  about: TextView, technical: text(4000), address: printedLine(200), insee: line(5),
}).partial();

/** Photos, recordings, films and documents come in by `POST /upload` (multipart: `file`, `kind`), which answers a MediaView. */
export const profilesRouter = router({
  ownEpk: signedIn.output(OwnEpkView).query(({ ctx }) => readOwnEpk(ctx)),
  updateEpk: signedIn.input(EpkInput).output(OwnEpkView).mutation(({ ctx, input }) => updateEpk(ctx, input)),
  /** Shows it to anybody, or takes it back. @throws epk_incomplete */
  publishEpk: signedIn.input(z.object({ published: z.boolean() })).output(OwnEpkView).mutation(({ ctx, input }) => publishEpk(ctx, input.published)),
  describeMedia: signedIn.input(z.object({ id: Id('med'), title: line(120).optional(), alt: line(240).optional(), position: z.int().min(0).max(99).optional() })).output(OwnEpkView)
    .mutation(({ ctx, input }) => describeMedia(ctx, input)),
  removeMedia: signedIn.input(z.object({ id: Id('med') })).output(OwnEpkView).mutation(({ ctx, input }) => removeMedia(ctx, input.id)),
  venue: signedIn.output(VenueView).query(({ ctx }) => readVenue(ctx)),
  updateVenue: signedIn.input(VenueInput).output(VenueView).mutation(({ ctx, input }) => updateVenue(ctx, input)),
  places: signedIn.input(z.object({ q: line(60) })).output(z.array(PlaceView)).query(({ input }) => searchPlaces(input.q)),
  /** Genres written like `q` in any language, by what readers of `locale` call them, eight at most; a press kit keeps the one name of what is chosen. */
  genres: signedIn.input(z.object({ q: line(60), locale: z.enum(LOCALES).default('fr') })).output(z.array(z.string())).query(({ input }) => searchGenres(input.q, input.locale)),
});

export const profilesPublicRouter = router({
  epk: guest.input(z.object({ artist: line(60) })).output(EpkView).query(({ ctx, input }) => readEpk(ctx, input.artist)),
  /** Communes whose name or postcode begins like `q`, the most populous first, eight at most. */
  places: guest.input(z.object({ q: line(60) })).output(z.array(PlaceView)).query(({ input }) => searchPlaces(input.q)),
});
