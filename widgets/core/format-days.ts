import { written } from './format-page.ts';
import type { Locale } from './messages.ts';

/* How a calendar and a programme write days, hours and lengths. Apart from the rest, for a form has none of them. */

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

/** An hour of the day at the venue, `20:30`: `20 h 30` in French, `20:30` in English, `20.30 uur` in Dutch, `20:30 Uhr` in German. */
export function hour(time: string, locale: Locale): string {
  const [hours = '', minutes = ''] = time.split(':');
  if (locale === 'fr') return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
  if (locale === 'nl') return `${Number(hours)}.${minutes}\u00a0uur`;
  return locale === 'de' ? `${Number(hours)}:${minutes}\u00a0Uhr` : `${hours}:${minutes}`;
}

/** How long a show lasts: `1 h 15`, `45 min`. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (!hours) return `${rest}\u00a0min`;
  return `${hours}\u00a0h${rest ? `\u00a0${String(rest).padStart(2, '0')}` : ''}`;
}

/** How long a recording lasts: `3:07`. */
export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
