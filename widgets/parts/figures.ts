import type { CriteriaSpeech as Words } from '../core/criteria-words.ts';
import { day, money } from '../core/format.ts';
import { word } from './desk.ts';

/* How the pages of matching write what is known of somebody. */

const languages = new Map<string, Intl.DisplayNames>();
const names = (locale: string, type: 'language' | 'region'): Intl.DisplayNames => {
  const made = languages.get(locale + type) ?? new Intl.DisplayNames(locale, { type });
  languages.set(locale + type, made);
  return made;
};

/** A word of ours for a code: `kind_club`; the code itself where there is none. */
export const coded = ({ say }: Words, family: string, code: string): string => word(say, `${family}_${code}`) || code;

/** The name of a country by its code. */
export const country = (words: Words, code: string): string => (/^[A-Z]{2}$/.test(code) ? names(words.locale, 'region').of(code) ?? code : coded(words, 'country', code));

/** A language that is sung. */
export const sung = (words: Words, code: string): string => (code === 'other' || code === 'none' ? coded(words, 'lyrics', code) : names(words.locale, 'language').of(code) ?? code);

/** Several words in a row, as the language sets them: `jazz, folk et blues`. */
export const listed = ({ locale }: Words, things: readonly string[]): string => new Intl.ListFormat(locale, { type: 'conjunction' }).format(things);

/** A part of a hundred: `64 %`. */
export const percent = ({ locale }: Words, hundredths: number, signed = false): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, ...(signed && { signDisplay: 'exceptZero' }) }).format(hundredths / 100);

/** A number, with one figure behind the point at most. */
export const number = ({ locale }: Words, value: number, digits = 1): string => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);

/** How far away somebody is, with one figure behind the point below ten: whoever is in the same town is not 0 km away. */
export const away = (words: Words, km: number): string => (km < 1 ? words.say('factNear') : words.say('factKm', { km: number(words, km, km < 10 ? 1 : 0) }));

/** An amount in minor units, without cents where it is whole. */
export const amount = ({ locale }: Words, minor: number, currency: string): string => money({ minor, currency }, locale, true);

/** From this to that, `dès 800 €`, `jusqu’à 2 000 €`, or the one where both are the same; empty where neither is known. */
function between({ say }: Words, min: string | null, max: string | null): string {
  if (min === null) return max === null ? '' : say('range_upTo', { max });
  if (max === null) return say('range_from', { min });
  return min === max ? min : say('range_between', { min, max });
}

/** Amounts in minor units; 0 and null are not known. */
export const amounts = (words: Words, { min, max, currency }: { min: number | null; max: number | null; currency: string }): string =>
  between(words, min ? amount(words, min, currency) : null, max ? amount(words, max, currency) : null);

/** People; null is not known. */
export const people = (words: Words, { min, max }: { min: number | null; max: number | null }): string =>
  between(words, min === null ? null : number(words, min), max === null ? null : number(words, max));

/** Hours as people say them: days from two of them on. */
export const hours = (words: Words, n: number): string => (n < 48 ? words.say('hours', { n: Math.max(1, Math.round(n)) }) : words.say('days', { n: Math.round(n / 24) }));

/** A day: `sam. 14 juin 2027`. */
export const dated = ({ locale }: Words, iso: string): string => day(iso, locale);
