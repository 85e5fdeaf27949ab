import { z } from 'zod';
import { AskerView, RequestInput } from '../core/asked.ts';
import { fromWire } from '../core/money.ts';
import { guest, router, signedIn } from '../core/trpc.ts';
import { AmountInput, DayView, HourView, Id, InstantView, MoneyView, PriceInput, SideView, line, printedLine, printedText, text } from '../core/wire.ts';
import { askForWork, readPriceRange, takeRequest } from '../requests/service.ts';
import {
  acceptOffer, confirmPlayed, contestShow, counterOffer, declineOffer, declineRequest, previewNet, readInbox, sendOffer, updateParty, withdrawOffer,
} from './service.ts';

const BookingId = z.object({ bookingId: Id('bkg') });
const OfferId = z.object({ id: Id('off') });
const StatusView = z.enum(['requested', 'negotiating', 'agreed', 'contracted', 'played', 'settled', 'declined', 'lapsed', 'cancelled']);

/** What one side proposes. `price` is before tax. The answer is awaited until `expiresAt`. */
const TermsInput = z.object({
  showDay: DayView, startTime: HourView.default('20:30'), price: PriceInput, terms: printedText(4000).default(''),
  expiresAt: InstantView,
});

/** From a price to what reaches the artist. Rates in basis points. */
const NetView = z.object({
  price: MoneyView, vatBps: z.int(), vatCitation: z.string(), vat: MoneyView, total: MoneyView,
  commissionBps: z.int(), commission: MoneyView, commissionVat: MoneyView, payout: MoneyView,
});

/** What a side may see of an offer. */
const OfferView = z.object({
  id: z.string(), bookingId: z.string(), proposedBy: SideView, showDay: DayView, startTime: z.string(), price: MoneyView, terms: z.string(),
  expiresAt: InstantView, createdAt: InstantView, status: z.enum(['sent', 'accepted', 'countered', 'declined', 'withdrawn', 'expired']),
  /** Whether the reader is the one to answer. */
  yours: z.boolean(), replaces: z.string().nullable(),
  /** Null where our rule base does not know the tax. */
  net: NetView.nullable(),
});

const PartyInput = z.object({
  legalName: printedLine(160).min(2), legalForm: printedLine(80), siret: z.string().regex(/^(\d{14})?$/), registration: printedLine(30), vatNumber: printedLine(20), address: printedLine(200).min(3), postcode: printedLine(12).min(3), city: printedLine(100).min(1),
  country: z.string().regex(/^[A-Za-z]{2}$/), representative: printedLine(120).min(2), capacity: printedLine(80),
}).partial({ legalForm: true, siret: true, registration: true, vatNumber: true, capacity: true, country: true });

const terms = ({ price, expiresAt, ...rest }: z.output<typeof TermsInput>) => ({ ...rest, price: fromWire(price), expiresAt: new Date(expiresAt) });

export const bookingRouter = router({
  /** Every booking of the organisation and of the artists it represents, the newest first. */
  inbox: signedIn.input(z.object({ status: z.enum(['open', 'closed', 'all']).default('open') })).output(z.array(z.object({
    id: z.string(), side: SideView, artist: z.string(), buyer: z.string(), asker: AskerView, occasion: z.string(), showDay: DayView, seasonUntil: DayView.nullable(), city: z.string(), budget: MoneyView,
    status: StatusView, createdAt: InstantView,
    /** Null while it is being reckoned. */
    score: z.object({ score: z.int(), confidence: z.number() }).nullable(),
    /** Whether the reader's side is the one to act next. */
    yours: z.boolean(),
  }))).query(({ ctx, input }) => readInbox(ctx, input.status)),

  declineRequest: signedIn.input(BookingId.extend({ reason: text(600).default('') })).output(z.object({ status: StatusView }))
    .mutation(({ ctx, input }) => declineRequest(ctx, input.bookingId, input.reason)),

  sendOffer: signedIn.input(BookingId.extend({ terms: TermsInput })).output(OfferView)
    .mutation(({ ctx, input }) => sendOffer(ctx, input.bookingId, terms(input.terms))),
  acceptOffer: signedIn.input(OfferId).output(OfferView).mutation(({ ctx, input }) => acceptOffer(ctx, input.id)),
  counterOffer: signedIn.input(OfferId.extend({ terms: TermsInput })).output(OfferView)
    .mutation(({ ctx, input }) => counterOffer(ctx, input.id, terms(input.terms))),
  declineOffer: signedIn.input(OfferId.extend({ reason: text(600).default('') })).output(OfferView).mutation(({ ctx, input }) => declineOffer(ctx, input.id, input.reason)),
  withdrawOffer: signedIn.input(OfferId).output(OfferView).mutation(({ ctx, input }) => withdrawOffer(ctx, input.id)),

  /** What a price would leave the artist, before it is proposed. */
  net: signedIn.input(BookingId.extend({ price: AmountInput })).output(NetView.nullable()).query(({ ctx, input }) => previewNet(ctx, input.bookingId, fromWire(input.price))),

  /** The legal identity of one's own side, which the contract prints. */
  updateParty: signedIn.input(BookingId.extend({ party: PartyInput })).output(z.object({ missing: z.array(z.string()) }))
    .mutation(({ ctx, input }) => updateParty(ctx, input.bookingId, input.party)),

  /** One's own side says that the show was played; possible from the evening of the show. */
  /** One's own side says that the show was not played as agreed, and why: what is held stays held. */
  contestShow: signedIn.input(BookingId.extend({ reason: text(600).refine((reason) => reason !== '') })).output(z.object({ contested: z.literal(true) })).mutation(({ ctx, input }) => contestShow(ctx, input.bookingId, input.reason)),
  confirmPlayed: signedIn.input(BookingId).output(z.object({ played: z.boolean() })).mutation(({ ctx, input }) => confirmPlayed(ctx, input.bookingId)),
});

/** Some work for the browser that fills in the form: an ALTCHA challenge, signed. Null where none is asked for. */
const ChallengeView = z.object({
  parameters: z.looseObject({ algorithm: z.string(), nonce: z.string(), salt: z.string(), cost: z.int(), keyLength: z.int(), keyPrefix: z.string(), expiresAt: z.int().optional() }),
  signature: z.string().optional(),
}).nullable();

/** What comparable artists agreed for. Null where there is too little for nobody to be recognised. */
const PriceRangeView = z.object({ low: MoneyView, high: MoneyView, deals: z.int(), artists: z.int(), months: z.int() }).nullable();

/** What a visitor of a partner's page may do with bookings: ask. */
export const bookingPublicRouter = router({
  /** Work to be done before `sendRequest`; good for an hour, one site and one request. */
  challenge: guest.output(ChallengeView).mutation(({ ctx }) => askForWork(ctx)),

  /** What is usual for an artist like this one: the middle half of what comparable artists agreed for. */
  priceRange: guest.input(z.object({ artist: line(60) })).output(PriceRangeView).query(({ ctx, input }) => readPriceRange(ctx, input.artist)),

  sendRequest: guest.input(RequestInput).output(z.object({ reference: z.string(), artist: z.string(), showDay: DayView, email: z.string() }))
    .mutation(({ ctx, input }) => takeRequest(ctx, input)),
});
