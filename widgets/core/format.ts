import { hour } from './format-days.ts';
import { dates, tag } from './format-page.ts';
import type { Locale } from './messages.ts';

/* How things are written on our own pages: as on anybody's, and what only they write, for which a partner's visitor does not pay. */
export { clock, duration, hour, longDay, month, part, shortDay, weekdays } from './format-days.ts';
export { day, dayIn } from './format-page.ts';

/** An instant, in the reader's time zone: `sam. 14 juin 2027, 20 h 30`. */
export function instant(iso: string, locale: Locale, timeZone: string): string {
  const at = new Date(iso);
  const time = dates(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at);
  return `${dates(locale, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at)}, ${hour(time, locale)}`;
}

/** An amount of the wire: `1 200,00 €`, or `1 200 €` when it is whole and `whole` says that it reads better so. Minor units are hundredths in every currency we hold. */
export const money = ({ minor, currency }: { readonly minor: number; readonly currency: string }, locale: Locale, whole = false): string =>
  new Intl.NumberFormat(tag(locale), { style: 'currency', currency, ...(whole && minor % 100 === 0 && { maximumFractionDigits: 0 }) }).format(minor / 100);

/** A rate of the wire, in basis points: `5,5 %`. */
export const rate = (bps: number, locale: Locale): string => new Intl.NumberFormat(tag(locale), { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000);
