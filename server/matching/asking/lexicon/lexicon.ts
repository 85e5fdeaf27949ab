import type { Audience, Level, Lyrics, PlaceKind, Setting } from '../../filters.ts';

/** Feasts of the trade that fall on the same days everywhere, or move with Easter. */
export const FEASTS = [
  'new_year_eve', 'new_year', 'valentine', 'patrick', 'good_friday', 'easter', 'kings_day', 'walpurgis', 'may_day', 'ascension', 'whitsun', 'luxembourg', 'music_day', 'saint_john', 'flanders',
  'bastille_eve', 'bastille', 'belgium', 'switzerland', 'assumption', 'wallonia', 'german_unity', 'halloween', 'all_saints', 'armistice', 'saint_nicholas', 'christmas_eve', 'christmas', 'advent',
] as const;
export type Feast = (typeof FEASTS)[number];

/** Spellings with `|` between them. */
type Words = string;

/**
 * The words of one language. Spellings stand with `|` between them, umlauts and accents as they are written: both are taken without, too. Of a
 * list of months, days and seasons each holds its own spellings.
 */
export interface Lexicon {
  /** Words that ask nothing: articles, greetings, fillers. */
  readonly stop: Words;
  /** Who is sought is an artist; a place; or an occasion at which an artist plays. */
  readonly artists: Words;
  readonly seeksPlace: Words;
  readonly places: Words;
  readonly occasions: Words;
  /** Before a kind of place: the show is played there, and an artist is sought for it. */
  readonly at: Words;
  /** "I look for", "wanted". */
  readonly seeks: Words;
  /** "We are a trio", "our band": whoever writes is the artist. */
  readonly weAre: Words;
  readonly genres: Readonly<Record<string, Words>>;
  readonly kinds: Readonly<Partial<Record<PlaceKind, Words>>>;
  readonly levels: Readonly<Record<Level, Words>>;
  readonly settings: Readonly<Record<Setting, Words>>;
  readonly audiences: Readonly<Record<Audience, Words>>;
  readonly lyrics: Readonly<Partial<Record<Lyrics, Words>>>;
  /** Names of languages, which count where singing is spoken of. */
  readonly tongues: Readonly<Partial<Record<Lyrics, Words>>>;
  /** "Sung in", "lyrics in". */
  readonly sung: Words;
  readonly lineUp: Readonly<Record<string, Words>>;
  readonly family: Words;
  readonly outdoor: Words;
  readonly verified: Words;
  readonly wellRated: Words;
  readonly rated: Words;
  readonly answersFast: Words;
  readonly answers: Words;
  readonly not: Words;
  /** Refused after its word: "metal non". */
  readonly no: Words;
  /** Of school holidays nobody here keeps the dates; these are said as not understood. */
  readonly unsaid: Words;
  readonly months: readonly Words[];
  /** Monday first. Of those that end in `+` any is meant: `fridays`. */
  readonly weekdays: readonly Words[];
  readonly shortDays: readonly Words[];
  /** Spring, summer, autumn, winter. */
  readonly seasons: readonly Words[];
  readonly feasts: Readonly<Partial<Record<Feast, Words>>>;
  readonly time: Readonly<Record<'early' | 'mid' | 'late' | 'next' | 'this' | 'any' | 'from' | 'to' | 'between' | 'and' | 'before' | 'since' | 'until' | 'in' | 'within' | 'day' | 'week' | 'weekend' | 'weekends' | 'month' | 'year'
    | 'quarter' | 'half' | 'season' | 'of' | 'today' | 'tomorrow' | 'afterTomorrow' | 'longSummer' | 'clock' | 'ordinal', Words>>;
  readonly ordinals: Readonly<Record<string, Words>>;
  readonly numerals: Readonly<Record<string, Words>>;
  readonly amount: Readonly<Record<'under' | 'over' | 'about' | 'most' | 'least' | 'money' | 'crowd' | 'euro' | 'franc' | 'foreign' | 'thousand' | 'guests' | 'seats' | 'players' | 'persons' | 'stars' | 'kilometres' | 'miles' | 'hours' | 'minutes' | 'days' | 'each' | 'door', Words>>;
  readonly where: Readonly<Record<'in' | 'near' | 'around' | 'region' | 'province' | 'from' | 'road', Words>>;
}
