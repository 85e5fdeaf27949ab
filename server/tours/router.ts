import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, HourView, Id, InstantView, line, Version, whole } from '../core/wire.ts';
import { VEHICLE_KINDS } from '../prospects/carriages.ts';
import { artists } from '../prospects/service.ts';
import { addList, addStop, amend, compare, copy, create, demand, edit, list, read, remove, removePlan, removeStop, removeStops, rename, scenario, walk, why } from './service.ts';
import type { ListedView, PlanView, ScenarioView, Side, WhyView } from './view.ts';

/** An amount of minor units of the plan's currency. */
const Minor = z.int().min(0).max(100_000_000);
const PlanId = z.object({ planId: Id('tpl') });
const ScenarioId = z.object({ scenarioId: Id('tsc') });
/** With the version that whoever changes it saw. */
const Versioned = ScenarioId.extend({ version: Version });
const Name = line(80).min(1);

/** An artist of a plan; what is not said is as its press kit says. Amounts in minor units. */
const CastInput = z.object({
  id: Id('org'), people: z.int().min(1).max(250).optional(), crew: z.int().min(0).max(200).optional(), vehicle: z.enum(VEHICLE_KINDS).optional(), perKmMinor: z.int().min(0).max(10_000).optional(), floorMinor: Minor.optional(),
});
const Casts = z.array(CastInput).min(1).max(25);

/** A venue of a question: an organisation, a booking that asks, or a stop that was added by hand. */
const VenueId = z.string().regex(/^(org|bkg|tst|shw)_[0-9A-Za-z]{1,40}$/);
const VisitInput = z.object({ artist: Id('org'), venue: VenueId, day: DayView });
const minutes = (most: number) => z.int().min(0).max(most);
/** Nothing is reckoned in days of driving of no length, nor with a break at every moment: an hour is the least. */
const atLeastAnHour = z.int().min(60).max(1_440);
const LimitsInput = z.object({ driveMinutes: atLeastAnHour, breakAfter: atLeastAnHour, breakMinutes: minutes(600), restMinutes: minutes(1_440), leastGap: z.int().min(1).max(60), mostShows: z.int().min(0).max(400), wantedShows: z.int().min(0).max(400) });
const RatesInput = z.object({ nightMinor: Minor, crewDayMinor: Minor, mealsMinor: Minor });
const WeightsInput = z.object({ spacing: Minor, weekend: Minor, schoolHolidays: Minor, publicHolidays: Minor, progression: Minor, cannibal: Minor, carbonTonne: Minor, hour: Minor });

/** One change by hand: `Edit`. */
const EditInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), visit: VisitInput, to: DayView, artist: Id('org').exactOptional() }),
  z.object({ kind: z.enum(['add', 'remove', 'pin', 'unpin']), visit: VisitInput }),
  z.object({ kind: z.literal('swap'), visits: z.tuple([VisitInput, VisitInput]) }),
  z.object({ kind: z.enum(['forbid', 'allow']), artist: Id('org'), venue: VenueId, day: DayView.nullable() }),
  z.object({ kind: z.literal('price'), artist: Id('org'), venue: VenueId, priceMinor: z.int().min(1).max(100_000_000) }),
  z.object({ kind: z.literal('hours'), artist: Id('org'), venue: VenueId, soundCheck: HourView.or(z.literal('')), doors: HourView.or(z.literal('')) }),
  z.object({ kind: z.literal('limits'), limits: LimitsInput }), z.object({ kind: z.literal('rates'), rates: RatesInput }), z.object({ kind: z.literal('weights'), weights: WeightsInput }),
]);

const StopInput = PlanId.extend({ artist: Id('org'), name: Name, insee: line(5).min(1), priceMinor: Minor, days: z.array(DayView).min(1).max(400), capacity: z.int().min(0).max(1_000_000).default(0) });

/** Tours that are planned: the question and its scenarios. */
export const toursRouter = router({
  list: signedIn.output(z.array(z.object({
    id: Id('tpl'), name: z.string(), from: DayView, until: DayView, currency: z.string(), artists: z.array(z.string()), scenarios: z.int(), /** The best of them. */ marginMinor: z.int(), updatedAt: z.string(),
  }))).query(({ ctx }) => list(ctx)),
  /** Whom one may plan for. `vehicle`: what so many people would take. */
  artists: signedIn.output(z.array(z.object({ id: Id('org'), name: z.string(), city: z.string(), people: z.int(), crew: z.int(), vehicle: z.enum(VEHICLE_KINDS), floorMinor: z.int(), currency: z.enum(['EUR', 'CHF']) }))).query(({ ctx }) => artists(ctx)),
  create: signedIn.input(z.object({ name: Name, from: DayView, until: DayView, currency: z.enum(['EUR', 'CHF']).default('EUR'), artists: Casts, /** The name of the first scenario. */ scenario: Name.default('1'), /** What that begins with: the wishes, and how many dates are wanted of each artist and at most. */ weights: WeightsInput.optional(), wantedShows: z.int().min(0).max(400).optional() })).output(whole<PlanView>()).mutation(({ ctx, input }) => create(ctx, input)),
  read: signedIn.input(PlanId).output(whole<PlanView>()).query(({ ctx, input }) => read(ctx, input.planId)),
  /** Where people asked for the artists of a plan, those most wanted first; nobody's name or address. */
  demand: signedIn.input(PlanId).output(z.array(z.object({ artist: Id('org'), city: z.string(), country: z.string(), lat: z.number(), lng: z.number(), fans: z.int(), organisers: z.int() }))).query(({ ctx, input }) => demand(ctx, input.planId)),
  amend: signedIn.input(PlanId.extend({ /** The change of the plan that whoever changes it saw last. */ seen: InstantView, name: Name.optional(), from: DayView.optional(), until: DayView.optional(), artists: Casts.optional() })).output(whole<PlanView>()).mutation(({ ctx, input }) => amend(ctx, input)),
  addStop: signedIn.input(StopInput).output(whole<PlanView>()).mutation(({ ctx, input }) => addStop(ctx, input)),
  /** A list of places, as a file has it or copied out of a spreadsheet: 10,000 rows, 450,000 characters at most, for the door takes half a megabyte. */
  addList: signedIn.input(PlanId.extend({ artist: Id('org').nullable(), content: z.string().min(1).max(450_000) })).output(whole<ListedView>()).mutation(({ ctx, input }) => addList(ctx, input)),
  removeStops: signedIn.input(PlanId).output(whole<PlanView>()).mutation(({ ctx, input }) => removeStops(ctx, input.planId)),
  removeStop: signedIn.input(PlanId.extend({ id: Id('tst') })).output(whole<PlanView>()).mutation(({ ctx, input }) => removeStop(ctx, input)),
  removePlan: signedIn.input(PlanId).output(z.object({ id: Id('tpl') })).mutation(({ ctx, input }) => removePlan(ctx, input.planId)),

  scenario: signedIn.input(ScenarioId).output(whole<ScenarioView>()).query(({ ctx, input }) => scenario(ctx, input.scenarioId)),
  edit: signedIn.input(Versioned.extend({ edit: EditInput, repair: z.boolean() })).output(whole<ScenarioView>()).mutation(({ ctx, input }) => edit(ctx, input)),
  undo: signedIn.input(Versioned).output(whole<ScenarioView>()).mutation(({ ctx, input }) => walk(ctx, { ...input, by: -1 })),
  redo: signedIn.input(Versioned).output(whole<ScenarioView>()).mutation(({ ctx, input }) => walk(ctx, { ...input, by: 1 })),
  copy: signedIn.input(ScenarioId.extend({ name: Name })).output(whole<ScenarioView>()).mutation(({ ctx, input }) => copy(ctx, input)),
  rename: signedIn.input(ScenarioId.extend({ name: Name })).output(z.object({ id: Id('tsc'), name: z.string() })).mutation(({ ctx, input }) => rename(ctx, input)),
  remove: signedIn.input(ScenarioId).output(z.object({ id: Id('tsc') })).mutation(({ ctx, input }) => remove(ctx, input.scenarioId)),
  why: signedIn.input(ScenarioId.extend({ artist: Id('org').optional(), limit: z.int().min(1).max(200).default(30) })).output(whole<WhyView>()).query(({ ctx, input }) => why(ctx, input)),
  compare: signedIn.input(z.object({ scenarioIds: z.array(Id('tsc')).min(1).max(6) })).output(whole<Side[]>()).query(({ ctx, input }) => compare(ctx, input.scenarioIds)),
});
