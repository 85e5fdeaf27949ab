import type { Locale } from './messages.ts';

/* How dates, money and lengths are written on anybody's page: by Intl, in the reader's language. A day has no time zone, so it is read and written in UTC. */

/** A language, as Intl names it. */
export const tag = (locale: Locale): string => (locale === 'en' ? 'en-GB' : 'fr-FR');
const made = new Map<string, Intl.DateTimeFormat>();

/** A way to write dates, made once. */
export function dates(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = locale + JSON.stringify(options);
  const format = made.get(id) ?? new Intl.DateTimeFormat(tag(locale), options);
  made.set(id, format);
  return format;
}

const written = (day: string, locale: Locale, options: Intl.DateTimeFormatOptions): string =>
  dates(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));

/** A day: `sam. 14 juin 2027`. */
export const day = (date: string, locale: Locale): string => written(date, locale, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });

/** A day, in full, for a screen reader or a title: `samedi 14 juin 2027`. */
export const longDay = (date: string, locale: Locale): string => written(date, locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** A day within a list that says the year elsewhere: `sam. 14 juin`. */
export const shortDay = (date: string, locale: Locale): string => written(date, locale, { weekday: 'short', day: 'numeric', month: 'short' });

/** A month: `juin 2027`. */
export const month = (date: string, locale: Locale): string => written(date, locale, { month: 'long', year: 'numeric' });

/** The seven days of a week, from Monday, short and in full. */
export const weekdays = (locale: Locale): readonly { short: string; long: string }[] => ['05', '06', '07', '08', '09', '10', '11'].map((date) => ({
  short: written(`2026-01-${date}`, locale, { weekday: 'short' }), long: written(`2026-01-${date}`, locale, { weekday: 'long' }),
}));

/** One part of a day, for a date set as a block: the weekday `sam.`, the month `juin`. */
export const part = (date: string, locale: Locale, of: 'weekday' | 'month'): string => written(date, locale, { [of]: 'short' });

/** An hour of the day at the venue, `20:30`: `20 h 30` in French, `20:30` in English. */
export function hour(time: string, locale: Locale): string {
  const [hours = '', minutes = ''] = time.split(':');
  return locale === 'fr' ? `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}` : `${hours}:${minutes}`;
}

/** An amount of the wire: `1 200,00 €`, or `1 200 €` when it is whole and `whole` says that it reads better so. Minor units are hundredths in every currency we hold. */
export const money = ({ minor, currency }: { readonly minor: number; readonly currency: string }, locale: Locale, whole = false): string =>
  new Intl.NumberFormat(tag(locale), { style: 'currency', currency, ...(whole && minor % 100 === 0 && { maximumFractionDigits: 0 }) }).format(minor / 100);

/** A number: `12 500`. */
export const count = (value: number, locale: Locale): string => new Intl.NumberFormat(tag(locale)).format(value);

/** How long a show lasts: `1 h 15`, `45 min`. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (!hours) return `${rest}\u00a0min`;
  return `${hours}\u00a0h${rest ? `\u00a0${String(rest).padStart(2, '0')}` : ''}`;
}

/** How long a recording lasts: `3:07`. */
export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** Today where the reader is, `YYYY-MM-DD`. */
export const todayIn = (timeZone: string): string => new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(new Date());
