import { z } from 'zod';
import { isPrintable } from './printable.ts';

/** How things cross the wire: plain JSON, no transformer. */
const within = /^(19|20|21)\d\d-/;
/** A day from 1900 to 2199: calendars and databases disagree about the year 0. */
export const DayView = z.iso.date().regex(within);
export const InstantView = z.iso.datetime().regex(within);
const CurrencyView = z.enum(['EUR', 'CHF']);
export const MoneyView = z.object({ minor: z.int(), currency: CurrencyView });
/** An amount that somebody names: never negative, a million at most. */
export const AmountInput = z.object({ minor: z.int().min(0).max(100_000_000), currency: CurrencyView });
/** What somebody would pay or take: more than nothing. */
export const PriceInput = AmountInput.extend({ minor: z.int().min(1).max(100_000_000) });
/** An amount of money that is there, the tax on the dearest price included: never negative. */
export const SumInput = AmountInput.extend({ minor: z.int().min(0) });
/** Some of such a sum: more than nothing. */
export const PartInput = AmountInput.extend({ minor: z.int().min(1) });
/** An hour of the day at the venue, `20:30`. */
export const HourView = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const SideView = z.enum(['artist', 'buyer']);

/** A line somebody types: trimmed, at most `max` characters, none a control character or half of one that the database could not keep. */
export const line = (max: number) => z.string().trim().max(max).regex(/^[^\p{Cc}\p{Cs}]*$/u);
/** A text of several lines that somebody types; tabs and ends of lines are the only control characters. */
export const text = (max: number) => z.string().trim().max(max).refine((typed) => !/[^\t\n\r\P{Cc}]|\p{Cs}/u.test(typed));
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

/** A text by language. */
export const TextView = z.object({ fr: text(6000), en: text(6000), nl: text(6000), de: text(6000) }).partial();
/** An address on the web. */
export const webAddress = (protocol: RegExp) => z.url({ protocol }).max(500).regex(/^[^\p{Cc}\p{Cs}]*$/u);
/** The id of a row, `bkg_…`. */
export const Id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9A-Za-z]{1,40}$`));
/** How often a row has been changed that several people change: each says what they saw. */
export const Version = z.int().min(1).max(2_000_000_000);
/** An answer that goes out as its type lays it down, whole. Only where nothing in it belongs to anybody but who reads it. */
export const whole = <T>() => z.custom<T>();
