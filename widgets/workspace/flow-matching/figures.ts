import { day, dayIn, instant } from '../../core/format.ts';
import { word } from '../../parts/desk.ts';
import type { Words } from './model.ts';

/* How this page writes figures. */

/** A number with so many digits behind the point at most. */
export const number = ({ locale }: Words, value: number, digits = 0): string => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);

/** A part of one as a percentage, with one digit where it is small. */
export const percent = ({ locale }: Words, part: number): string => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: part > 0 && part < 0.1 ? 1 : 0 }).format(part);

/** A day, of an instant. */
export const dayOf = ({ locale, timeZone }: Words, at: string): string => day(dayIn(timeZone, new Date(at)), locale);

/** An instant, with its hour. */
export const at = ({ locale, timeZone }: Words, iso: string): string => instant(iso, locale, timeZone);

/** A word of ours for a code; the code itself where there is none. */
export const coded = ({ say }: Words, family: string, code: string): string => word(say, `${family}_${code}`) || code;

/** A scorecard as one side weighs it: `Tournée, côté artistes`. */
export function cardOf(words: Words, scorecard: string): string {
  const [card = '', side = ''] = scorecard.split(':');
  return `${coded(words, 'card', card)}, ${coded(words, 'side', side)}`;
}
