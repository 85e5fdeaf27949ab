import type { Locale } from './messages.ts';

/* How dates are written on anybody's page: by Intl, in the reader's language. A day has no time zone, so it is read and written in UTC. */

/** A language, as Intl names it. */
export const tag = (locale: Locale): string => (locale === 'en' ? 'en-GB' : locale);
const made = new Map<string, Intl.DateTimeFormat>();

/** A way to write dates, made once. */
export function dates(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = locale + JSON.stringify(options);
  const format = made.get(id) ?? new Intl.DateTimeFormat(tag(locale), options);
  made.set(id, format);
  return format;
}

/** A day, written so. */
export const written = (day: string, locale: Locale, options: Intl.DateTimeFormatOptions): string =>
  dates(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));

/** A day: `sam. 14 juin 2027`. */
export const day = (date: string, locale: Locale): string => written(date, locale, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });

/** The day of an instant where the reader is, `YYYY-MM-DD`; without one, today. Swedish is written so in every browser, which no other language is. */
export const dayIn = (timeZone: string, at = new Date()): string => new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(at);
