import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { AmountInput, DayView, HourView, Id, InstantView, MoneyView, SumInput, line } from '../core/wire.ts';
import { BACKLINE } from '../matching/columns.ts';
import { AUDIENCES, LEVELS, LYRICS, PLACE_KINDS, SEEN, SETTINGS } from '../matching/filters.ts';
import { addPromise, dropPromise, readSheet, updateSheet } from './service.ts';
import { LISTS } from './sheet.ts';

const some = <T extends string>(names: readonly [T, ...T[]]) => z.array(z.enum(names)).max(names.length);
const upTo = (most: number) => z.int().min(0).max(most);
const yes = z.boolean();

/** What either side says of itself, as it is typed: ranges are those that the table keeps, or that matching can hold. Null takes a thing back; a list is taken back when it is empty. */
const fields = {
  level: z.enum(LEVELS), settings: some(SETTINGS), audiences: some(AUDIENCES), lyrics: some(LYRICS), backline: some(BACKLINE), weekdays: z.array(z.int().min(1).max(7)).max(7), influences: z.array(line(60).min(1)).max(4),
  /** The usual ticket, in the currency of the press kit or the hall. */
  ticket: AmountInput, leadDays: upTo(730), depositPercent: upTo(100), family: yes, outdoor: yes, stageMetres: upTo(10_000), inputs: upTo(254), kilowatts: upTo(254), decibels: upTo(140),
  // An artist's: who travels beside those on stage, reach, road.
  crew: upTo(100), listeners: upTo(1_000_000_000), listenersPercent: upTo(100), followers: upTo(1_000_000_000), /** Thousandths. */ engagement: upTo(1_000), growthPercent: z.int().min(-100).max(10_000), mobilityKm: upTo(20_000), restDays: upTo(60), autonomous: yes,
  /** When the figures of reach were read. */
  figuresAt: DayView,
  // A place's.
  placeKind: z.enum(PLACE_KINDS), fillPercent: upTo(100), /** Twelve months from January, or none. */ season: z.array(upTo(100)).refine(({ length }) => length === 0 || length === 12),
  daysToPay: upTo(365), /** Public money left for shows. */ funding: SumInput.refine(({ minor }) => minor <= 1_000_000_000_000), covered: yes, stepFree: yes, loadIn: yes, parking: yes, transit: yes, curfew: HourView,
};
type Fields = typeof fields;

const nullable = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.nullable()])) as unknown as { [F in keyof Fields]: z.ZodNullable<Fields[F]> };

/** What is changed of a sheet; what is left out stays. */
const SheetPatch = z.object(nullable).partial();

const kept = { ...nullable, ticket: MoneyView.nullable(), funding: MoneyView.nullable(), ...Object.fromEntries(LISTS.map((name) => [name, fields[name]])) as unknown as Pick<Fields, (typeof LISTS)[number]> };

/** A promise not to play within `km` of a place, both days included. */
const PromiseView = z.object({ id: Id('exc'), place: z.string(), km: z.int(), from: DayView, until: DayView });
/** A promise as it is typed: the place by its commune's code. */
const PromiseInput = z.object({ insee: line(5).min(1), km: z.int().min(1).max(2_000), from: DayView, until: DayView });
const PromiseId = z.object({ id: Id('exc') });

/** A level of completion, of 100 (PR-01). */
const LevelView = z.enum(['basic', 'complete', 'expert']);

/** A sheet as its own people read it. What is null or empty was not said, and is not known to matching. */
const SheetView = z.object({
  /** On which side of a match it stands. */
  seen: z.enum(SEEN),
  /** The kind of place that the kind of organisation stands for until `placeKind` says more. */
  kind: z.string(), currency: z.enum(['EUR', 'CHF']),
  sheet: z.object(kept), updatedAt: InstantView.nullable(),
  promises: z.array(PromiseView), mostPromises: z.int(),
  complete: z.object({
    percent: z.int().min(0).max(100),
    /** Parts by the names of complete.ts, the weightiest first: the first is the next best to fill in. */
    missing: z.array(z.string()),
    /** From how many per cent on others are shown it, and whether they are. */
    proposedFrom: z.int(), proposed: z.boolean(),
    /** Whether it can be: a press kit that is public, a place that somebody has taken as theirs. */
    shown: z.boolean(), level: LevelView.nullable(), levels: z.array(z.object({ level: LevelView, percent: z.int(), reached: z.boolean() })),
  }),
});

/** What an organisation says of itself to be matched, beyond its press kit or its hall. */
export const sheetsRouter = router({
  own: signedIn.output(SheetView).query(({ ctx }) => readSheet(ctx)),
  update: signedIn.input(SheetPatch).output(SheetView).mutation(({ ctx, input }) => updateSheet(ctx, input)),
  /** An artist's promise not to play near a commune for a while. @throws promises_full */
  promise: signedIn.input(PromiseInput).output(SheetView).mutation(({ ctx, input }) => addPromise(ctx, input)),
  unpromise: signedIn.input(PromiseId).output(SheetView).mutation(({ ctx, input }) => dropPromise(ctx, input.id)),
});
