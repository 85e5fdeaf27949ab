import type { ToursSpeech } from '../../core/tours-words.ts';
import { shortDay } from '../../core/format.ts';
import { tag } from '../../core/format-page.ts';
import type { Acts } from '../../parts/acts.ts';
import { NEAR_KM } from '../../parts/near-by.ts';
import { isWrong, wantedNear, type Known } from './known.ts';
import type { Conflict, Demand, Edit, Plan, Scenario, Stop, Tour, Visit } from './model.ts';

/** What the planner speaks with, and how its language and its plan write figures. */
export interface Words { readonly say: ToursSpeech; readonly locale: 'fr' | 'en' | 'nl' | 'de'; readonly currency: string }

/** What a view of the planner is drawn from. */
export interface Bench {
  readonly plan: Plan;
  readonly scenario: Scenario;
  /** The tour in sight: that of the scenario, or a variant that is looked at. */
  readonly tour: Tour;
  /** Its stops, with what a hand has just moved where the hand put it. */
  readonly stops: readonly Stop[];
  /** A variant that is looked at is not changed. */
  readonly still: boolean;
  readonly known: Known;
  readonly words: Words;
  readonly acts: Acts;
  /** Where the artists are asked for; none until it is known. */
  readonly wants: readonly Demand[];
  /** Makes a change; `told` is what is said aloud once it stands. */
  readonly edit: (edit: Edit, told: string) => void;
  /** Opens the sheet of a stop. */
  readonly open: (visit: Visit) => void;
  /** Says something to whoever hears the page. */
  readonly tell: (words: string) => void;
}

const made = new Map<string, Intl.NumberFormat>();
function written(locale: Words['locale'], value: number, options: Intl.NumberFormatOptions): string {
  const id = locale + JSON.stringify(options);
  const format = made.get(id) ?? new Intl.NumberFormat(tag(locale), options);
  made.set(id, format);
  // Intl writes a hyphen where a minus belongs.
  return format.format(value).replace('-', '−');
}

/** An amount, to the unit: `1 240 €`. What is paid to the cent is written by `money`. */
export const sum = ({ locale, currency }: Pick<Words, 'locale' | 'currency'>, minor: number): string => written(locale, Math.round(minor / 100), { style: 'currency', currency, maximumFractionDigits: 0 });
/** The sign of the plan's money: `€`, or its letters. */
export const symbolOf = ({ locale, currency }: Pick<Words, 'locale' | 'currency'>): string => new Intl.NumberFormat(tag(locale), { style: 'currency', currency }).formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
/** Whether nobody has said here what a show is paid: signed elsewhere, or in another currency. */
export const isUnpriced = ({ standing, priceMinor }: Pick<Stop, 'standing' | 'priceMinor'>): boolean => standing === 'fixed' && priceMinor === 0;
/** What a stop is paid, or that nobody has said it. */
export const priceOf = (words: Words, stop: Pick<Stop, 'standing' | 'priceMinor'>): string => (isUnpriced(stop) ? words.say('tourPriceUnknown') : sum(words, stop.priceMinor));
/** A number as the language sets it. */
export const number = ({ locale }: Words, value: number, digits = 0): string => written(locale, value, { maximumFractionDigits: digits });
/** A distance by road. */
export const km = (words: Words, metres: number): string => words.say('tourKm', { km: number(words, metres / 1000) });
/** Time behind the wheel: `3 h 20`. */
export function hours({ say }: Words, minutes: number): string {
  const whole = Math.floor(minutes / 60);
  const rest = String(minutes % 60).padStart(2, '0');
  return minutes < 60 ? say('tourMinutes', { minutes: String(minutes) }) : rest === '00' ? say('tourHours', { hours: String(whole) }) : say('tourHoursMinutes', { hours: String(whole), minutes: rest });
}
/** What goes into the air, in kilograms. */
export const kilos = (words: Words, grams: number): string => words.say('tourKilos', { kg: number(words, grams / 1000) });
/** A part of a hundred. */
export const percent = ({ locale }: Words, hundredths: number): string => written(locale, hundredths / 100, { style: 'percent', maximumFractionDigits: 0 });
/** A day among those of the plan: `ven. 14 mai`. */
export const dayOf = ({ locale }: Words, day: string): string => shortDay(day, locale);

/** A zone of school holidays, as its country calls it: of France the letter alone. */
export const zoneName = (zone: string): string => zone.replace('FR-', '');

/** How many ask, in words: organisers before fans. */
export const askers = ({ say }: Words, { fans, organisers }: Pick<Demand, 'fans' | 'organisers'>): string => [...(organisers > 0 ? [say('tourDemandOrganisers', { n: organisers })] : []), ...(fans > 0 ? [say('tourDemandFans', { n: fans })] : [])].join(', ');

/** How many asked for an artist near a venue, in words; empty where nobody did. */
export function wantedWords({ words, known, wants }: Pick<Bench, 'words' | 'known' | 'wants'>, artist: string, place: number | undefined): string {
  const near = wantedNear(wants, artist, known.spot(place ?? -1));
  return near.fans + near.organisers === 0 ? '' : words.say('tourWantedNear', { who: askers(words, near), km: String(NEAR_KM) });
}

/** The place of a visit, as one calls it: the town, and the house where it says more. */
export function placeOf({ plan, known }: Pick<Bench, 'plan' | 'known'>, { artist, venue, day }: Visit): string {
  const there = known.venue(venue);
  const fixed = there ? undefined : plan.artists.find((one) => one.id === artist)?.fixed.find((one) => one.day === day);
  const city = known.spot(there?.place ?? fixed?.place ?? -1)?.city ?? '';
  const name = there?.name ?? fixed?.title ?? venue;
  return city && !name.includes(city) ? `${name} (${city})` : name;
}

/** The house of a stop, where its town stands beside it. */
export const houseOf = ({ known }: Pick<Bench, 'known'>, { venue, title }: Stop): string => known.venue(venue)?.name ?? title;

/** What is wrong, as a sentence with its figures. */
export function conflictOf(bench: Pick<Bench, 'plan' | 'known' | 'words'>, conflict: Conflict): string {
  const { words, known } = bench;
  const { say } = words;
  const [one = null, other = null] = conflict.stops;
  const at = (visit: Visit | null): string => (visit ? `${placeOf(bench, visit)}, ${dayOf(words, visit.day)}` : say('tourHome'));
  const place = (visit: Visit | null): string => (visit ? placeOf(bench, visit) : say('tourHome'));
  const who = (visit: Visit | null): string => known.artist(visit?.artist ?? '')?.name ?? '';
  const on = (visit: Visit | null): string => (visit ? dayOf(words, visit.day) : '');
  switch (conflict.rule) {
    case 'same_day': return say('rule_same_day', { artist: who(one), one: place(one), other: place(other), day: on(one) });
    case 'too_close': return say('rule_too_close', { one: at(one), other: at(other), days: number(words, conflict.days), least: number(words, conflict.least) });
    case 'drive': return say('rule_drive', { one: at(one), other: at(other), hours: hours(words, conflict.minutes), available: hours(words, conflict.available) });
    case 'no_way': return say('rule_no_way', { one: at(one), other: at(other) });
    case 'exclusive': return say('rule_exclusive', { one: place(one), other: place(other), until: dayOf(words, conflict.until), km: number(words, conflict.km), within: number(words, conflict.within) });
    case 'artist_busy': return say('rule_artist_busy', { artist: who(one), day: on(one) });
    case 'venue_not_free': case 'forbidden': case 'outside': return say(`rule_${conflict.rule}`, { place: place(one), day: on(one) });
    case 'no_bid': return say('rule_no_bid', { place: place(one), artist: who(one) });
    case 'venue_full': return say('rule_venue_full', { place: place(one), day: on(one), artist: who(one) });
    case 'twice': return say('rule_twice', { place: place(one), artist: who(one), day: on(other) });
    case 'floor': return say('rule_floor', { place: place(one), net: sum(words, conflict.netMinor), floor: sum(words, conflict.floorMinor) });
    case 'most_shows': return say('rule_most_shows', { n: conflict.most });
  }
}

/** What somebody hears of a stop: town, day, house, price, and what is to be known of it. */
export function spoken({ words, tour, known }: Bench, stop: Stop): string {
  const house = houseOf({ known }, stop);
  return [stop.city || stop.title, dayOf(words, stop.day), ...(stop.city && house ? [house] : []), priceOf(words, stop), words.say(`standing_${stop.standing}`), ...(isWrong(tour, stop) ? [words.say('tourInConflict')] : [])].join(', ');
}
