import { z } from 'zod';

/** How things cross the wire: plain JSON, no transformer. */
export const DayView = z.iso.date();
export const InstantView = z.iso.datetime();
export const MoneyView = z.object({ minor: z.int(), currency: z.enum(['EUR', 'CHF']) });
/** An hour of the day at the venue, `20:30`. */
export const HourView = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const SideView = z.enum(['artist', 'buyer']);
/** A text by language. */
export const TextView = z.object({ fr: z.string().max(6000), en: z.string().max(6000) }).partial();

/** A line somebody types: trimmed, no control characters, at most `max` characters. */
export const line = (max: number) => z.string().trim().max(max).regex(/^[^\p{Cc}]*$/u);
/** A text of several lines that somebody types. */
export const text = (max: number) => z.string().trim().max(max);
export const Id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9A-Za-z]{1,40}$`));
