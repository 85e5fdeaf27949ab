import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, line, MoneyView, printedLine } from '../core/wire.ts';
import { SELLER_FIELDS } from '../legal/seller.ts';
import { changeIban, fileReport, letterFile, openAccount, readLetters, readPayouts, readReports, readStatement, readStop, reportFile, reportMessage, requestIbanCode, saveSeller, statementFile, stopByToken, stopOwn, yearFile } from './service.ts';

const ShowView = z.object({ title: z.string(), day: DayView.nullable(), place: z.string() });
const AccountView = z.object({
  /** Whether the payment provider holds the account and changes it on its own page. */
  elsewhere: z.boolean(),
  /** `FR76 •••• 0189`; empty for none. */
  iban: z.string(),
  /** How far the account with the provider has come; null where there is none, or where the provider is silent. */
  state: z.enum(['none', 'begun', 'checking', 'missing', 'open', 'closed']).nullable(), wants: z.array(z.string()),
  pending: z.object({ id: z.string(), masked: z.string(), useAt: z.string() }).nullable(),
});
const SellerView = z.object({
  kind: z.enum(['individual', 'entity']).nullable(), firstName: z.string(), lastName: z.string(), birthDate: DayView.nullable(), tin: z.string(), noVat: z.boolean(), ibanHolder: z.string(),
  vatNumber: z.string(), country: z.string(), legalName: z.string(), missing: z.array(z.enum(SELLER_FIELDS)),
  /** A public body, of which the directive asks nothing. */
  excluded: z.boolean(),
  /** A public buyer paid it and it has not answered: since when it is asked, the last day it has to answer, and whether it is. */
  asked: z.object({ since: DayView, by: DayView, stopped: z.boolean() }).nullable(),
  /** The yearly report goes without it, for what is missing is what the report is made by. */
  leftOut: z.boolean(),
});
const StopView = z.object({ organisation: z.string(), before: z.string(), masked: z.string(), useAt: z.string(), state: z.enum(['pending', 'used', 'stopped']) });
const FileView = z.object({ name: z.string(), mime: z.string(), base64: z.string() });
const Token = z.object({ token: z.string().regex(/^[\w-]{20,100}$/) });
const Year = z.int().min(2020).max(2199);
const compact = (max: number) => line(max).transform((typed) => typed.replaceAll(/[\s.\-/]/g, '').toUpperCase());

const base64 = <T extends { readonly bytes: Buffer }>({ bytes, ...rest }: T) => ({ ...rest, base64: bytes.toString('base64') });

/** What is paid out to a producer, and where it goes. */
export const payoutsRouter = router({
  list: signedIn.output(z.object({
    payouts: z.array(z.object({
      id: z.string(), bookingId: z.string(), artist: z.string(), show: ShowView, amount: MoneyView,
      /** What was kept of it for lost disputes. */
      kept: MoneyView, state: z.enum(['waiting', 'sent', 'paid', 'failed', 'withheld']),
      /** What a payout that waits still waits for. */
      missing: z.array(z.enum(SELLER_FIELDS)), account: z.string(), createdAt: z.string(), paidAt: z.string().nullable(),
    })),
    expected: z.array(z.object({
      bookingId: z.string(), artist: z.string(), show: ShowView, amount: MoneyView,
      /** `unpaid`: it was played and the buyer has not paid all. */
      state: z.enum(['foreseen', 'unpaid', 'contested']), at: z.string().nullable(),
    })),
    months: z.array(z.object({ month: z.string(), amount: MoneyView })),
    /** Of its own people alone. */
    account: AccountView.nullable(), seller: SellerView.nullable(),
  })).query(({ ctx }) => readPayouts(ctx)),

  statement: signedIn.input(z.object({ id: Id('pyo') })).output(z.object({
    payoutId: z.string(), orgName: z.string(), amount: MoneyView, currency: z.enum(['EUR', 'CHF']), createdDay: DayView, paidDay: DayView.nullable(), account: z.string(),
    lines: z.array(z.object({
      bookingId: z.string(), reference: z.string(), title: z.string(), showDay: DayView, place: z.string(), buyer: z.string(), kind: z.enum(['release', 'share', 'indemnity', 'booker', 'kept']), currency: z.enum(['EUR', 'CHF']),
      price: MoneyView, vatBps: z.int(), vat: MoneyView, total: MoneyView, commissionBps: z.int(), commission: MoneyView, commissionVat: MoneyView,
      /** What the booker of the artist has of it, with tax. */
      booker: MoneyView, payout: MoneyView,
      /** The booker's invoice to the producer for it; null where there is none, or none yet. */
      invoice: z.object({ number: z.string(), fileId: z.string() }).nullable(),
      /** Of what was kept: the claim over a lost dispute that it was kept for. */
      claimId: z.string().nullable(),
    })),
  })).query(({ ctx, input }) => readStatement(ctx, input.id)),
  file: signedIn.input(z.object({ id: Id('pyo'), format: z.enum(['pdf', 'csv']), locale: z.enum(LOCALES) })).output(FileView).query(async ({ ctx, input }) => base64(await statementFile(ctx, input))),
  yearFile: signedIn.input(z.object({ year: Year, locale: z.enum(LOCALES) })).output(FileView).query(async ({ ctx, input }) => base64(await yearFile(ctx, input))),

  requestIbanCode: signedIn.output(z.object({ sentTo: z.string() })).mutation(({ ctx }) => requestIbanCode(ctx)),
  changeIban: signedIn.input(z.object({ iban: compact(60), code: z.string().regex(/^\d{6}$/) })).output(AccountView).mutation(({ ctx, input }) => changeIban(ctx, input)),
  stopIban: signedIn.input(z.object({ id: Id('ibc') })).output(AccountView).mutation(({ ctx, input }) => stopOwn(ctx, input.id)),
  /** For whoever holds the token of a mail, signed in or not. */
  readStop: anyone.input(Token).output(StopView).query(({ ctx, input }) => readStop(ctx, input.token)),
  stop: anyone.input(Token).output(StopView).mutation(({ ctx, input }) => stopByToken(ctx, input.token)),
  openAccount: signedIn.output(z.object({ url: z.string() })).mutation(({ ctx }) => openAccount(ctx)),

  saveSeller: signedIn.input(z.object({
    kind: z.enum(['individual', 'entity']), firstName: printedLine(80), lastName: printedLine(80), birthDate: DayView.nullable(), tin: compact(40).pipe(z.string().regex(/^([A-Z0-9]{4,20})?$/)), noVat: z.boolean(), ibanHolder: printedLine(120), vatNumber: printedLine(20),
  })).output(SellerView).mutation(({ ctx, input }) => saveSeller(ctx, input)),

  /** The yearly report to the tax office, for the operators of the platform, who need no organisation. */
  report: anyone.input(z.object({ year: Year })).output(FileView.extend({ sellers: z.int(), incomplete: z.int() })).query(async ({ ctx, input }) => base64(await reportFile(ctx, input))),
  /** The messages of a year that were made for the tax office. */
  reports: anyone.input(z.object({ year: Year })).output(z.array(z.object({ ref: z.string(), kind: z.enum(['DPI401', 'DPI402', 'DPI403']), sellers: z.int(), madeAt: z.string() }))).query(({ ctx, input }) => readReports(ctx, input.year)),
  /** Makes what has to be handed in today: the first message, or what changed since. */
  fileReport: anyone.input(z.object({ year: Year })).output(z.object({ made: z.int(), incomplete: z.int() })).mutation(({ ctx, input }) => fileReport(ctx, input.year)),
  reportMessage: anyone.input(z.object({ ref: z.string().regex(/^[A-Z]{2}\d{4}-\d{9}-\d{1,6}$/) })).output(FileView).query(async ({ ctx, input }) => base64(await reportMessage(ctx, input.ref))),

  /** What the organisation was told of what is reported of its years. */
  letters: signedIn.output(z.array(z.object({ id: z.string(), year: z.int(), sentAt: z.string() }))).query(({ ctx }) => readLetters(ctx)),
  letterFile: signedIn.input(z.object({ id: Id('fil') })).output(FileView).query(async ({ ctx, input }) => base64(await letterFile(ctx, input.id))),
});
