import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, HourView, Id, InstantView, line } from '../core/wire.ts';
import { VEHICLE_KINDS } from '../prospects/carriages.ts';
import { fileOf, makeRoadbookLink, openRoadbook, readLinks, readRoadbook, revokeRoadbookLink, ROADBOOK_FILES, type Reader } from './service.ts';

const MomentView = z.object({ day: DayView, hour: HourView, timeZone: z.string(), at: InstantView });
const PointView = z.object({ kind: z.enum(['home', 'venue', 'road']), name: z.string(), city: z.string(), country: z.string(), lat: z.number(), lng: z.number() });
const DriveView = z.object({
  id: z.string(), from: PointView, to: PointView, leaves: MomentView, arrives: MomentView, /** Behind the wheel, and in breaks. */ minutes: z.int(), breakMinutes: z.int(), metres: z.int(),
  border: z.tuple([z.string(), z.string()]).readonly().nullable(), sea: z.boolean(), roughly: z.boolean(), tight: z.boolean(),
});
const EveningView = z.object({
  id: z.string(), title: z.string(), standing: z.enum(['fixed', 'pinned', 'planned']), at: PointView, address: z.string(), capacity: z.int(),
  loadIn: MomentView, soundCheck: MomentView.nullable(), doors: MomentView.nullable(), starts: MomentView.nullable(), ends: MomentView, curfew: MomentView.nullable(),
  contact: z.object({ name: z.string(), phone: z.string(), email: z.string() }), technical: z.string(), /** Null in a copy without money. */ priceMinor: z.int().nullable(),
});

/** A roadbook as a crew reads it (server/tours/roadbook/book.ts). */
const BookView = z.object({
  readAt: InstantView, /** Until when a link opens it. */ until: InstantView,
  book: z.object({
    scenarioId: z.string(), plan: z.string(), scenario: z.string(), version: z.int(), currency: z.string(), money: z.boolean(),
    artists: z.array(z.object({ id: z.string(), name: z.string(), people: z.int(), crew: z.int(), vehicle: z.enum(VEHICLE_KINDS), shows: z.int(), metres: z.int() })).readonly(),
    days: z.array(z.object({
      artist: z.string(), day: DayView, kind: z.enum(['show', 'travel', 'off', 'home']), drives: z.array(DriveView).readonly(), show: EveningView.nullable(),
      bed: z.object({ kind: z.enum(['town', 'road']), city: z.string(), country: z.string(), people: z.int() }).nullable(),
      shared: z.array(z.object({ what: z.enum(['vehicle', 'rooms', 'crew']), with: z.array(z.string()).readonly() })).readonly(),
    })).readonly(),
  }),
});

/** Which roadbook, as an address or a page says it. */
export const RoadbookInput = z.object({ scenarioId: Id('tsc'), artist: Id('org').nullable().default(null), day: DayView.nullable().default(null), money: z.boolean().default(true) });
const kind = z.enum(ROADBOOK_FILES);
const FileView = z.object({ name: z.string(), mime: z.string(), base64: z.string() });
const LinkView = z.object({ id: z.string(), name: z.string(), artist: z.string(), createdAt: InstantView });
const Token = line(64).min(1);

/** Roadbooks: for those who plan a tour, and by a link for those who drive it. */
export const roadbooksRouter = (read: Reader) => router({
  book: signedIn.input(RoadbookInput).output(BookView).query(({ ctx, input }) => readRoadbook(ctx, read, input)),
  links: signedIn.input(z.object({ scenarioId: Id('tsc') })).output(z.array(LinkView)).query(({ ctx, input }) => readLinks(ctx, read, input.scenarioId)),
  /** `url` is said this once. */
  share: signedIn.input(z.object({ scenarioId: Id('tsc'), artist: Id('org').nullable(), name: line(80).default('') })).output(LinkView.extend({ url: z.string(), until: InstantView })).mutation(({ ctx, input }) => makeRoadbookLink(ctx, read, input)),
  revoke: signedIn.input(z.object({ id: Id('rbl') })).output(z.object({ revoked: z.int() })).mutation(({ ctx, input }) => revokeRoadbookLink(ctx, input.id)),
  /** By the token of a link, for anybody who has it. A mutation, so that no address holds it. */
  open: anyone.input(z.object({ token: Token })).output(BookView).mutation(({ ctx, input }) => openRoadbook(ctx, read, input.token)),
  /** A file by the token of a link, in base64. */
  openFile: anyone.input(z.object({ token: Token, kind, locale: z.enum(LOCALES), day: DayView.nullable().default(null) })).output(FileView).mutation(async ({ ctx, input }) => {
    const { bytes, ...file } = await fileOf(ctx, await openRoadbook(ctx, read, input.token, input.day), input);
    return { ...file, base64: bytes.toString('base64') };
  }),
});
