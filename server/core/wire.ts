import { z } from 'zod';
import { isPrintable } from './printable.ts';

/** How things cross the wire: plain JSON, no transformer. */
export const DayView = z.iso.date();
export const InstantView = z.iso.datetime();
export const MoneyView = z.object({ minor: z.int(), currency: z.enum(['EUR', 'CHF']) });
/** An hour of the day at the venue, `20:30`. */
export const HourView = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const SideView = z.enum(['artist', 'buyer']);
/** A text by language. */
export const TextView = z.object({ fr: z.string().max(6000), en: z.string().max(6000), nl: z.string().max(6000), de: z.string().max(6000) }).partial();

/** A line somebody types: trimmed, no control characters, at most `max` characters. */
export const line = (max: number) => z.string().trim().max(max).regex(/^[^\p{Cc}]*$/u);
/** A text of several lines that somebody types. */
export const text = (max: number) => z.string().trim().max(max);
/** Why a text is refused that our papers cannot print. */
const printed = { params: { reason: 'text_unprintable' } };
/** A line that a contract, a quote or an invoice prints. */
export const printedLine = (max: number) => line(max).refine(isPrintable, printed);
/** A text of several lines that they print. */
export const printedText = (max: number) => text(max).refine(isPrintable, printed);

/** What is wrong with what was sent: the first fault, and the field where it is. */
export function faultOf({ issues: [issue] }: z.ZodError): { reason: 'input_invalid' | 'text_unprintable'; details: { field: string } } {
  const unprintable = issue?.code === 'custom' && issue.params?.['reason'] === 'text_unprintable';
  return { reason: unprintable ? 'text_unprintable' : 'input_invalid', details: { field: issue?.path.join('.') ?? '' } };
}

export const Id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9A-Za-z]{1,40}$`));
