import { z } from 'zod';
import { LOCALES } from './locale.ts';
import { AmountInput, DayView, HourView, line, printedLine, printedText, text } from './wire.ts';

/** Who asks: decides the questions and the path of the money. */
export const AskerView = z.enum(['private', 'venue', 'camping', 'commune']);

/** What a visitor asks of an artist, at every door. `key` is made once by the form: sent twice, the same request is taken once. */
export const RequestInput = z.object({
  key: z.string().regex(/^[\w-]{16,64}$/), artist: line(60), asker: AskerView,
  contactName: printedLine(120).min(2), organisation: printedLine(160).default(''), email: z.email().max(200), phone: line(40).default(''),
  occasion: printedLine(160).min(2), showDay: DayView, seasonUntil: DayView.nullable().default(null), shows: z.int().min(1).max(60).default(1), startTime: HourView.default('20:30'),
  /** Where: the partner's own place when empty. */
  place: printedLine(160).default(''), address: printedLine(200).default(''), insee: line(5).default(''), city: printedLine(100).default(''),
  /** A régie, an EPCI, a school: a public body that is no commune. */
  publicBody: z.boolean().default(false),
  outdoor: z.boolean().default(false), audience: z.int().min(0).max(200_000).default(0),
  budget: AmountInput, technical: printedText(4000).default(''), message: text(4000).default(''),
  locale: z.enum(LOCALES).default('fr'), pageUrl: line(500).default(''),
  /** A field that people do not see: whoever fills it is not one. */
  website: line(200).default(''),
  /** The work that was asked for by a challenge, solved: base64 of `{ challenge, solution }`. Without it, far fewer requests are taken. */
  proof: z.string().max(4_000).default(''),
});

/** What came through a door, read. */
export type Asked = z.output<typeof RequestInput>;
