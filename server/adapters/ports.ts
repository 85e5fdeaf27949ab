import type { Currency, Money } from '../core/money.ts';

/**
 * How a buyer pays. `card` and `bancontact` are answered at once; a `sepa_debit` is drawn within days, and may come back; a `transfer` is
 * sent by the buyer from their own bank, whenever they do it; `paypal` is approved on PayPal's own page, and taken by us after it.
 */
export type Way = 'card' | 'bancontact' | 'sepa_debit' | 'transfer' | 'paypal';

/** Where a buyer sends their transfer, and the words that it has to carry to be known again. */
export interface TransferTo {
  readonly holder: string;
  readonly iban: string;
  readonly bic: string;
  readonly reference: string;
}

/** What the provider says of one attempt to take money, or to save a method for later. */
export interface Intent {
  /** The provider's own id. */
  readonly ref: string;
  /** What the card entry in the buyer's browser needs to go on; it opens this attempt alone. */
  readonly clientSecret: string;
  readonly status: 'needs_method' | 'needs_action' | 'processing' | 'captured' | 'saved' | 'refused' | 'cancelled';
  /** The provider's word for a refusal: `card_declined`, `authentication_required`, `authentication_failed`, `insufficient_funds`. */
  readonly refusal?: string;
  /** A refusal that is said here alone: no notice follows. */
  readonly untold?: true;
  /** Where the buyer's transfer is awaited, once they chose that way: the attempt then `needs_action`. */
  readonly transfer?: TransferTo;
  /** The provider's own page, where the buyer approves: the attempt then waits for `complete`. An address without a host is ours. */
  readonly page?: string;
  /** What was saved for later. */
  readonly method?: SavedMethod;
}

/** A method that may be charged while the buyer is away. */
export interface SavedMethod {
  readonly customerRef: string;
  readonly methodRef: string;
  /** What may be shown of it; empty where `nameMethod` has to be asked. */
  readonly label: string;
}

/** What the provider told us, once it is known to come from the provider. */
export interface ProviderNotice {
  /** The provider's own id of the notice: the same notice may arrive twice, or late. */
  readonly id: string;
  /** When it happened, in whole seconds since 1970, where the notice says so. */
  readonly at?: number;
  readonly kind:
    | 'payment.captured' | 'payment.refused'
    /** A debit is under way: the bank answers within days. */
    | 'payment.processing'
    /** The buyer approved it on the provider's page: nothing is taken yet, `complete` takes it. */
    | 'payment.approved'
    | 'method.saved' | 'payout.paid' | 'payout.failed' | 'refund.paid' | 'refund.failed'
    /** A holder contests a payment: the bank took `amount` back from us until it has decided. */
    | 'dispute.opened'
    /** The bank has decided: won, the amount is ours again; lost, it stays with the holder. */
    | 'dispute.closed'
    /** A producer's account has come further, or was closed. */
    | 'account.changed'
    /** A buyer's transfer reached the provider, and no attempt of theirs took it: `ref` is the customer whose it is. */
    | 'cash.arrived'
    | 'other';
  /** The intent, payout, refund or account it speaks of; of a dispute, the intent that is contested. */
  readonly ref: string;
  /** With a payout: the key under which it was asked for, its turn behind it. */
  readonly key?: string;
  readonly amount?: Money;
  readonly refusal?: string;
  /** With `account.changed`: whose account it is. */
  readonly orgId?: string;
  /** With `method.saved`, and with a captured payment that saved its method. The label is empty where the notice does not carry it: `nameMethod` knows it. */
  readonly method?: SavedMethod;
  /** With both notices of a dispute. */
  readonly dispute?: {
    /** The provider's own id of the dispute. */
    readonly ref: string;
    /** The bank's word: `fraudulent`, `product_not_received`, `unrecognized`… */
    readonly reason: string;
    /** Until when evidence is heard, by the wall clock; null once it is decided. */
    readonly answerBy: Date | null;
    /** Null until the bank has decided. */
    readonly won: boolean | null;
  };
}

/** A paper for a bank: read by people, so of a kind that they can open. */
export interface Paper {
  readonly name: string;
  readonly mime: 'application/pdf' | 'image/jpeg';
  readonly bytes: Buffer;
}

/** Why a contested payment stands, for the bank of its holder. */
export interface DisputeAnswer {
  readonly words: string;
  /** What was sold, and the day on which it was to be done. */
  readonly product: string;
  readonly serviceDay: string;
  readonly customer: { readonly name: string; readonly email: string };
  /** The contract that the holder signed. */
  readonly contract: Paper | null;
  /** What shows that the service was done. */
  readonly proof: Paper | null;
}

/** Where contested payments are answered. `closed`: the bank hears nobody any more. Each is done once for its key. @throws AppError `provider_unreachable`. */
export interface DisputeDesk {
  /** Sends the answer to the bank, which reads no second one. */
  answer: (ask: { key: string; dispute: string; answer: DisputeAnswer }) => Promise<'sent' | 'closed'>;
  /** Leaves the money to the holder: the dispute is lost, and its end is told by webhook. */
  accept: (ask: { key: string; dispute: string }) => Promise<'sent' | 'closed'>;
}

/** What buyers sent by transfer and no attempt took: it is theirs, with the provider, and counted in no balance of ours. @throws AppError `provider_unreachable`. */
export interface CashDesk {
  /** The booking of a customer whom a notice names; empty when it is of none. */
  bookingOf: (customerRef: string) => Promise<string>;
  /** What lies there of a booking's transfers, in each currency. */
  read: (bookingId: string) => Promise<readonly Money[]>;
  /** Sends it back to the account that it came from; `email` is asked where the provider does not know that. Its arrival is told as that of a refund. */
  giveBack: (ask: { key: string; bookingId: string; amount: Money; email: string }) => Promise<{ ref: string; status: 'moved' | 'sent' | 'paid' | 'failed' }>;
}

/** How far a producer's account with the provider has come. */
export interface PayoutAccount {
  /**
   * `none`: not begun. `begun`: the provider still asks its first questions. `checking`: it checks the answers. `missing`: it wants
   * more, and pays nothing out meanwhile. `open`: payouts arrive. `closed`: the provider has refused it.
   */
  readonly state: 'none' | 'begun' | 'checking' | 'missing' | 'open' | 'closed';
  /** What the provider wants, in its own words: `external_account`, `individual.verification.document`. */
  readonly missing: readonly string[];
}

/**
 * Takes, keeps and pays out money; Stripe Connect by separate charges and transfers, or the sandbox; PayPal takes money beside one of them.
 * Every command carries an idempotency key: the same key gives the same answer. What a provider cannot do it refuses with `way_closed`.
 *
 * @throws AppError `provider_unreachable`.
 */
export interface PaymentProvider {
  readonly name: 'sandbox' | 'stripe';
  /** How buyers may pay through it. */
  readonly ways: readonly Way[];
  /** The headers of a webhook that prove where it comes from: `readNotice` takes their values in this order, with spaces between. */
  readonly signedBy: readonly string[];
  /**
   * Begins a payment that the buyer confirms in the browser; with `saveMethod` the card may be charged again later. `ways` are those that the
   * card entry offers: they may differ when the same key comes again. With `paypal` alone the attempt has a `page`.
   */
  beginPayment: (ask: { key: string; amount: Money; paymentId: string; bookingId: string; saveMethod: boolean; ways: readonly Way[] }) => Promise<Intent>;
  /** Has the buyer pay an attempt by a transfer from their own bank: its answer says where to. Asked again, it says the same; until the money arrives another way may be taken. */
  askTransfer: (ref: string) => Promise<Intent>;
  /** Takes what the buyer has approved on the provider's page, once; what was not approved, or is of no such page, is answered as it stands. */
  complete: (ref: string) => Promise<Intent>;
  /** Begins saving a card for later, without taking anything. */
  beginMandate: (ask: { key: string; bookingId: string }) => Promise<Intent>;
  /** Charges a saved card while the buyer is away. */
  chargeMandate: (ask: { key: string; amount: Money; paymentId: string; bookingId: string; customerRef: string; methodRef: string }) => Promise<Intent>;
  readIntent: (ref: string) => Promise<Intent>;
  /** Ends an attempt, so that nothing is taken or saved by it any more. What was captured, saved or refused already stays so: the answer says which. */
  cancel: (ref: string) => Promise<Intent>;
  /**
   * Gives back what the attempt `intent` captured, to whoever paid it; whether it arrived is told by webhook. More than it captured
   * fails: by the answer, or by webhook where a bank says so.
   */
  refund: (ask: { key: string; intent: string; amount: Money; bookingId: string }) => Promise<{ ref: string; status: 'moved' | 'sent' | 'paid' | 'failed' }>;
  /** Absent where contested payments are answered on the provider's own pages. */
  readonly disputes?: DisputeDesk;
  /** Absent where no transfer is taken. */
  readonly cash?: CashDesk;
  /** What may be shown of a saved method: `Visa •••• 4242`. */
  nameMethod: (methodRef: string) => Promise<string>;
  /**
   * The page of the provider on which a producer opens their account, or goes on with it: for the producer alone, and for a few
   * minutes. `done` is where it leads back to; `again` where it leads when it has grown old.
   */
  openAccount: (ask: { orgId: string; country: 'FR' | 'BE' | 'CH' | 'LU'; email: string; done: string; again: string }) => Promise<{ url: string }>;
  readAccount: (orgId: string) => Promise<PayoutAccount>;
  /**
   * Pays a producer's share out to their bank. `captured` are the attempts whose money it is, the first one used up first: it leaves though
   * the platform's own balance be short. `moved`: it is in their account with the provider, and not on its way to a bank yet; asked again, it goes on.
   *
   * @param turn How often this payout came back from a bank: each turn is sent once.
   * @param after Minor units of the captured money that another payout of the booking uses up before this one; none when nothing is said.
   * @throws AppError `account_not_ready` while their account does not take payouts, `funds_under_way` while the money is on its way from the
   * buyer's bank, which takes days: in both, nothing has moved.
   */
  payOut: (ask: { key: string; turn: number; amount: Money; orgId: string; bookingId: string; captured: readonly string[]; after?: bigint }) => Promise<{ ref: string; status: 'moved' | 'sent' | 'paid' | 'failed' }>;
  /** What a webhook says; `null` when the provider signed it and we cannot read it. Some have to fetch what it is checked with. @throws AppError `signature_invalid`. */
  readNotice: (raw: string, signature: string, realNow: Date) => ProviderNotice | null | Promise<ProviderNotice | null>;
  /** What a webhook says that was kept raw once its signature had been checked; `null` when we cannot read it. */
  parseNotice: (raw: string) => ProviderNotice | null;
  /** What the provider holds for us: captured, less what was given back and what was sent to producers' banks. Before its fees. */
  readBalance: (currency: Currency) => Promise<Money>;
  /** What the provider took for itself since the beginning: the price of every charge, and whatever else it bills us. */
  readFees: (currency: Currency) => Promise<Money>;
}

/** A provider whose webhooks carry all that they are checked with. */
export interface SelfSigned extends PaymentProvider {
  readonly readNotice: (raw: string, signature: string, realNow: Date) => ProviderNotice | null;
}

/** A provider that takes money beside another one, and pays nobody out. */
export interface Wallet extends Omit<PaymentProvider, 'name'> {
  readonly name: 'paypal';
}

/** One mail on its way. */
export interface Letter {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Takes mails away: SMTP, or the development mailbox. `keeps` tells whether the body must stay readable here. */
export interface Mailer {
  readonly keeps: boolean;
  send: (letter: Letter) => Promise<void>;
}

/** A piece of a printed document, in reading order. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'subheading' | 'text' | 'small'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The first row is the header. `align` says which columns hold figures. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly align?: readonly ('left' | 'right')[]; readonly widths?: readonly number[] }
  | { readonly kind: 'columns'; readonly left: readonly string[]; readonly right: readonly string[] }
  /** What follows begins a page. */
  | { readonly kind: 'page' }
  | { readonly kind: 'space' };

/** A document to print, tagged, with its fonts inside. */
export interface Printed {
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  readonly lang: 'fr-FR' | 'en-GB' | 'nl-NL' | 'de-DE';
  readonly footer: string;
  /** A4 if not said; A5 is for what is held in a hand. */
  readonly size?: 'A4' | 'A5';
  readonly blocks: readonly Block[];
  /** The same invoice as XML, to be found inside the PDF: Factur-X, profile EN 16931. */
  readonly facturX?: string;
  readonly at: Date;
}

/** Prints a document as PDF. */
export type Printer = (document: Printed) => Promise<Buffer>;

/** Whose seal it is. `sha256` is of the certificate, in hexadecimal. */
export interface SealCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly sha256: string;
  readonly validUntil: Date;
}

/** Seals PDF documents with our certificate: a CMS signature that shows every later change. */
export interface Sealer {
  /** A new certificate and its key, protected by `passphrase`. */
  makeKey: (name: string, passphrase: string, realNow: Date) => Promise<Buffer>;
  /** The certificate of a key, or null when the passphrase does not open it. */
  certificateOf: (key: { p12: Buffer; passphrase: string }) => SealCertificate | null;
  seal: (pdf: Buffer, key: { p12: Buffer; passphrase: string }, how: { reason: string; place: string; at: Date }) => Promise<Buffer>;
}

/** A picture again, in another format or width, for browsers to choose from. */
export interface PictureCopy {
  readonly mime: 'image/avif' | 'image/webp' | 'image/jpeg';
  /** Pixels. */
  readonly width: number;
  readonly bytes: Buffer;
}

/** A picture without the camera's data, in two sizes. */
export interface Picture {
  readonly mime: 'image/webp';
  readonly bytes: Buffer;
  readonly small: Buffer;
  readonly width: number;
  readonly height: number;
  /** Pixels. */
  readonly smallWidth: number;
  /** The same in AVIF and JPEG, and in a width between: made only when asked for, since it takes a while. */
  readonly copies: () => Promise<readonly PictureCopy[]>;
}

/** Reads uploaded pictures. @throws AppError `media_unreadable`. */
export type PictureReader = (bytes: Buffer, name: string) => Promise<Picture>;

/** Where a way begins or ends: degrees of WGS 84. */
export interface RoadPoint {
  readonly lat: number;
  readonly lon: number;
}

/** One way as a provider measured it, without traffic; rounded half up by the adapter. `no_way`: it knows of none. `unknown`: it did not answer for this one, or nonsense. */
export type RoadLeg = { readonly metres: number; readonly minutes: number } | 'no_way' | 'unknown';

/** Why a provider measured nothing: silent or broken, asked too often, our key refused, or an answer that cannot be read. All but the last hold for what would be asked next. */
export type RoadFailure = 'provider_down' | 'provider_busy' | 'provider_refused' | 'provider_odd';

/** Measures ways on real roads: OSRM, or a matrix of Google's kind. Neither counts what is asked nor keeps what it answers: server/roads does. */
export interface Roads {
  readonly name: 'osrm' | 'matrix';
  /** The most of one question: places, origins and destinations together, and ways. */
  readonly most: { readonly places: number; readonly legs: number };
  /** Why it would not be asked just now: after a failure it is left alone for a while. */
  readonly rests: () => RoadFailure | null;
  /** Ways from each origin to each destination, row by row. It never throws: a tour is planned without it too. */
  readonly measure: (from: readonly RoadPoint[], to: readonly RoadPoint[]) => Promise<readonly RoadLeg[] | { readonly failed: RoadFailure }>;
}

/** All that lies outside, one of each. */
export interface Adapters {
  readonly payments: PaymentProvider;
  readonly mailer: Mailer;
  readonly print: Printer;
  readonly sealer: Sealer;
  readonly readPicture: PictureReader;
  /** Null where ways are told by the great circle alone. */
  readonly roads: Roads | null;
}
