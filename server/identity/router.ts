import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, line, printedLine } from '../core/wire.ts';
import { endRepresentation, openOrganisation, readMe, readOrganisation, representations, represent, updateOrganisation, openFrame, requestFrameCode } from './service.ts';

const KindView = z.enum(['artist', 'booker', 'venue', 'festival', 'camping', 'municipality', 'association', 'company', 'person']);
const RoleView = z.enum(['owner', 'manager', 'member', 'observer']);

/** Whoever is at the page: a person with their organisations, the holder of a link, or nobody. */
const MeView = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), emailVerified: z.boolean() }).nullable(),
  /** Those the person belongs to, and the artists that a booker of theirs represents. The first is the one acted for when none is named. */
  organisations: z.array(z.object({ id: z.string(), name: z.string(), kind: KindView, role: RoleView, representedBy: z.string().nullable() })),
  link: z.object({ bookingId: z.string(), orgId: z.string(), purpose: z.enum(['answer', 'sign', 'pay', 'confirm', 'follow', 'file', 'review']) }).nullable(),
  /** Development: the mailbox and the clock are there. */
  development: z.boolean(),
  /** The trade's clock: what deadlines are reckoned from. */
  now: InstantView,
  /** Where pictures and recordings come from: what a partner's policy lets in besides our own origin. */
  mediaOrigin: z.string(),
  /** One of our own people: they decide disputes, and see what is owed to us. */
  operator: z.boolean().optional(),
});

/** What a contract and an invoice need to know of a party. */
const PartyView = z.object({
  legalName: line(160), legalForm: line(80), siret: z.string().regex(/^(\d{14})?$/), registration: line(30), vatNumber: line(20),
  address: line(200), postcode: line(12), city: line(100), country: z.string().regex(/^[A-Za-z]{2}$/),
  representative: line(120), capacity: line(80), licence: line(40), licenceUntil: DayView.nullable(),
});

/** What somebody writes of it: what papers print, they must be able to print. */
const PartyInput = PartyView.extend({
  legalName: printedLine(160), legalForm: printedLine(80), registration: printedLine(30), vatNumber: printedLine(20), address: printedLine(200), postcode: printedLine(12), city: printedLine(100),
  representative: printedLine(120), capacity: printedLine(80), licence: printedLine(40), name: printedLine(160).min(2),
}).partial();

const OrganisationView = PartyView.extend({
  id: z.string(), kind: KindView, name: line(160), email: z.email(), phone: line(40), locale: z.enum(LOCALES), timeZone: z.string(), insee: z.string(),
  /** Where transfers go: printed on the invoices of public buyers. */
  iban: z.string(),
  /** Whether it sells under the franchise of small businesses, and charges no tax. */
  vatFranchise: z.boolean(),
  /** Whether it has opted to pay its tax when it invoices: its invoices say so. */
  vatOnDebits: z.boolean(),
  /** Fields of the party that a contract still lacks. */
  missing: z.array(z.string()),
});

export const identityRouter = router({
  me: anyone.output(MeView).query(({ ctx }) => readMe(ctx)),

  /** A signed-in person founds an organisation and owns it. `ctx.actor` may still be missing: the session's person is asked. */
  openOrganisation: anyone.input(z.object({ kind: KindView, name: printedLine(160).min(2), insee: line(5).default(''), locale: z.enum(LOCALES).default('fr'), referral: z.string().trim().regex(/^[0-9A-Za-z]{0,40}$/).default('') }))
    .output(z.object({ id: z.string() })).mutation(({ ctx, input }) => openOrganisation(ctx, input)),

  organisation: signedIn.output(OrganisationView).query(({ ctx }) => readOrganisation(ctx)),
  updateOrganisation: signedIn.input(PartyInput.extend({ phone: line(40).optional(), locale: z.enum(LOCALES).optional(), vatFranchise: z.boolean().optional(), vatOnDebits: z.boolean().optional(),
    iban: line(60).transform((iban) => iban.replaceAll(/\s/g, '').toUpperCase()).optional() }))
    .output(OrganisationView).mutation(({ ctx, input }) => updateOrganisation(ctx, input)),

  representations: signedIn.output(z.array(z.object({ id: z.string(), bookerOrgId: z.string(), booker: z.string(), artistOrgId: z.string(), artist: z.string(), since: z.string(), until: z.string().nullable() })))
    .query(({ ctx }) => representations(ctx)),
  /** An artist mandates a booker, named by the mail address of the booker's organisation. */
  represent: signedIn.input(z.object({ bookerEmail: z.email().max(254) })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => represent(ctx, input.bookerEmail)),
  endRepresentation: signedIn.input(z.object({ id: Id('rep') })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => endRepresentation(ctx, input.id)),

  /** Inside a frame on a partner's page: sends a code to the buyer of the booking that `reference` names. Says the same whether it exists or not. */
  requestFrameCode: anyone.input(z.object({ reference: line(60) })).output(z.object({ sentTo: z.string() }))
    .mutation(({ ctx, input }) => requestFrameCode(ctx, input.reference)),
  /** Gives a link of purpose `file`, good for thirty minutes, for that code. */
  openFrame: anyone.input(z.object({ reference: line(60), code: z.string().regex(/^\d{6}$/) })).output(z.object({ token: z.string(), bookingId: z.string() }))
    .mutation(({ ctx, input }) => openFrame(ctx, input)),
});
