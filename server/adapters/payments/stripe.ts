import Stripe from 'stripe';
import { z } from 'zod';
import type { StripeKeys } from '../../core/config.ts';
import type { Context } from '../../core/context.ts';
import type { PrismaClient } from '../../core/db/client.ts';
import { AppError } from '../../core/errors.ts';
import { sha256 } from '../../core/files.ts';
import type { Currency, Money } from '../../core/money.ts';
import { line } from '../../core/wire.ts';
import type { Intent, Paper, PayoutAccount, ProviderNotice, SelfSigned, TransferTo } from '../ports.ts';

/** Seconds that a webhook may have been on its way, in either direction (https://docs.stripe.com/webhooks#replay-attacks). */
const tolerance = 300;
/** Milliseconds for one answer: a buyer waits for it. */
const timeout = 20_000;
/** How often a request that another one blocks is sent again, and the milliseconds between: a quarter of a minute altogether. */
const [triesWhileBusy, pauseWhileBusy] = [60, 250];
/** Milliseconds for which Stripe surely knows a key: it may forget one that is 24 hours old (https://docs.stripe.com/api/idempotent_requests). */
const keyKept = 23 * 3_600_000;

/** What may be charged while the buyer is away; Bancontact becomes the SEPA mandate behind it. */
const reusable = ['card', 'sepa_debit'] as const;
/** Where the accounts are to which buyers send transfers: one of those that Stripe gives (https://docs.stripe.com/payments/bank-transfers). */
const transferCountry = 'FR';

/** The movements of our balance that the port speaks of. Fees and our own withdrawals are not among them (https://docs.stripe.com/reports/balance-transaction-types). */
const movements: readonly string[] = [
  'charge', 'payment', 'refund', 'payment_refund', 'refund_failure', 'payment_failure_refund', 'payment_reversal', 'transfer', 'transfer_cancel', 'transfer_failure', 'transfer_refund',
];
const disputed: readonly string[] = ['dispute', 'dispute_reversal'];

/** What Stripe bills apart from a charge (https://docs.stripe.com/reports/balance-transaction-types). */
const billed: readonly string[] = ['stripe_fee', 'stripe_fx_fee', 'tax_fee', 'network_cost'];
/** Seconds after which no line of Stripe's book appears before one that was read. */
const lineSettles = 86_400;

const capability = 'transfers';

interface Surroundings {
  readonly db: PrismaClient;
  readonly keys: StripeKeys;
  readonly realNow: () => Date;
  readonly log: Context['log'];
  /** Where its API is heard, when it is not Stripe's own: its double. */
  readonly api?: { readonly host: string; readonly port: number; readonly protocol: 'http' };
}

/** What we ask to be made, once for each key. */
interface Command<T> {
  readonly key: string;
  /** What must be the same when the key comes again. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly make: (idempotencyKey: string) => Promise<T>;
  readonly read: (ref: string) => Promise<T>;
  /** Those among which the object is found again when its answer was lost: by `metadata.key`. */
  readonly among?: () => AsyncIterable<T & { metadata: Readonly<Record<string, string>> | null }>;
}

/**
 * Stripe Connect by separate charges and transfers (https://docs.stripe.com/connect/separate-charges-and-transfers): buyers pay the
 * platform, and a producer's share goes to their account, and from there to their bank, once it is released. Every booking is one
 * customer and one transfer group.
 *
 * Stripe repeats its first answer to a key for a day, failures too, and then forgets it. So what a key made is kept here; a lost
 * answer is looked for before anything is made again; and a repeated refusal, which made nothing, is followed by a new key.
 */
export function openStripe({ db, keys, realNow, log, api }: Surroundings): SelfSigned {
  const stripe = new Stripe(keys.secret, { maxNetworkRetries: 0, telemetry: false, timeout, ...api });

  /** Sends a request, again while another one holds its key or its object. */
  async function patiently<T>(send: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await send();
      } catch (error) {
        if (!isBusy(error) || tries === triesWhileBusy) throw error;
        await new Promise((resolve) => { setTimeout(resolve, pauseWhileBusy); });
      }
    }
  }

  /** Asks in our words for failure: whatever Stripe says of us or of a buyer stays out of the log. */
  async function reach<T>(name: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      const { type, code = '', requestId = '', statusCode = 0 } = error;
      if (error instanceof Stripe.errors.StripeIdempotencyError) throw new AppError('key_reused');
      log.warn({ call: name, type, code, requestId, status: statusCode }, 'the payment provider refused a request');
      if (closedCodes.includes(code)) throw new AppError('account_not_ready');
      if (code === unavailable) throw new AppError('funds_under_way');
      // Ours to mend or to wait for: a buyer can do nothing but come back.
      if (away.some((kind) => error instanceof kind)) throw new AppError('provider_unreachable');
      throw new Error(`The payment provider refused ${name}: ${type} ${code} (${requestId}).`);
    }
  }

  /** One object for each key, for ever. @throws AppError `key_reused`. */
  async function once<T extends { id: string }>({ key, content, make, read, among }: Command<T>): Promise<T> {
    const hash = sha256(JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
    await db.providerCommand.createMany({ data: [{ key, hash, createdAt: realNow() }], skipDuplicates: true });
    const command = await db.providerCommand.findUniqueOrThrow({ where: { key } });
    if (command.hash !== hash) throw new AppError('key_reused');
    if (command.ref) return read(command.ref);
    const find = async (): Promise<T | null> => {
      for await (const one of among?.() ?? []) if (one.metadata?.['key'] === key) return one;
      return null;
    };
    const send = async (): Promise<T> => {
      const name = (attempt: number) => (attempt === 0 ? key : `${key}~${attempt}`);
      try {
        return await patiently(() => make(name(command.attempt)));
      } catch (error) {
        if (!isRepeated(error)) throw error;
        // What is repeated has ended: what it made is there, or it made nothing.
        const found = await find();
        if (found) return found;
        const attempt = command.attempt + 1;
        await db.providerCommand.updateMany({ where: { key, ref: null, attempt: command.attempt }, data: { attempt } });
        return patiently(() => make(name(attempt)));
      }
    };
    const forgotten = realNow().getTime() - command.createdAt.getTime() > keyKept;
    const made = (forgotten ? await find() : null) ?? await send();
    await db.providerCommand.updateMany({ where: { key, ref: null }, data: { ref: made.id } });
    return made;
  }

  const refOf = async (key: string): Promise<string | null> => (await db.providerCommand.findUnique({ where: { key } }))?.ref ?? null;

  /** The customer that stands for a booking: what it saves is charged for it alone. */
  const customerFor = async (bookingId: string): Promise<string> => {
    const key = `customer:${bookingId}`;
    const made = await refOf(key);
    if (made) return made;
    const { id } = await once({
      key, content: { bookingId }, read: known, make: (idempotencyKey) => stripe.customers.create({ metadata: { bookingId, key } }, { idempotencyKey }),
    });
    return id;
  };

  const readPayment = (ref: string) => stripe.paymentIntents.retrieve(ref);
  const readSaving = (ref: string) => stripe.setupIntents.retrieve(ref);
  const isSaving = (ref: string): boolean => ref.startsWith('seti_');
  const readIntent = async (ref: string): Promise<Intent> => (isRefused(ref) ? refusedIntent(ref) : isSaving(ref) ? savingOf(await readSaving(ref)) : paymentOf(await readPayment(ref)));

  /**
   * Of which charges a payout is made: a transfer that names its charge does not need our own balance, and is there when the charge's money
   * is (https://docs.stripe.com/connect/separate-charges-and-transfers#transfer-availability). What no charge of ours covers comes from our balance.
   */
  async function sourcesOf({ minor }: Money, captured: readonly string[], after: bigint): Promise<{ part: bigint; charge: string | null }[]> {
    const sources: { part: bigint; charge: string | null }[] = [];
    let [left, taken] = [minor, after];
    // What another provider captured has no charge here.
    for (const ref of captured.filter((one) => one.startsWith('pi_'))) {
      if (left === 0n) break;
      const { latest_charge: charge, amount_received: received } = await readPayment(ref);
      const free = taken < BigInt(received) ? BigInt(received) - taken : 0n;
      taken -= typeof charge === 'string' ? BigInt(received) - free : 0n;
      const part = left < free ? left : free;
      if (part > 0n && typeof charge === 'string') sources.push({ part, charge });
      left -= typeof charge === 'string' ? part : 0n;
    }
    return left > 0n ? [...sources, { part: left, charge: null }] : sources;
  }

  async function readAccount(orgId: string): Promise<PayoutAccount & { ref: string }> {
    const ref = await refOf(`account:${orgId}`);
    if (!ref) return { state: 'none', missing: [], ref: '' };
    try {
      return { ...accountOf(await stripe.accounts.retrieve(ref)), ref };
    } catch (error) {
      if (error instanceof Stripe.errors.StripeError && error.code === 'account_invalid') return { state: 'closed', missing: [], ref };
      throw error;
    }
  }

  /** What Stripe's book says since the beginning: what is a day old is read once, and kept. */
  async function readBook(currency: Currency): Promise<{ gross: bigint; fees: bigint }> {
    const at = { provider: 'stripe', currency };
    const kept = await db.providerBook.findUnique({ where: { provider_currency: at } });
    const settledAt = realNow().getTime() / 1_000 - lineSettles;
    const sums = { settled: { gross: kept?.gross ?? 0n, fees: kept?.fees ?? 0n }, recent: { gross: 0n, fees: 0n } };
    let newest: { id: string; created: number } | null = null;
    for await (const line of stripe.balanceTransactions.list({ currency: currency.toLowerCase(), limit: 100, ...(kept && { ending_before: kept.cursor }) })) {
      const into = line.created < settledAt ? sums.settled : sums.recent;
      if (movements.includes(line.type) || disputed.includes(line.reporting_category)) into.gross += BigInt(line.amount);
      into.fees += BigInt(line.fee) - (billed.includes(line.type) ? BigInt(line.amount) : 0n);
      // Without a cursor the newest comes first, behind one the oldest.
      if (into === sums.settled && (kept || !newest)) newest = line;
    }
    const { settled, recent } = sums;
    if (newest) {
      const data = { ...settled, cursor: newest.id };
      if (kept) await db.providerBook.updateMany({ where: { ...at, cursor: kept.cursor }, data });
      else await db.providerBook.createMany({ data: [{ ...at, ...data }], skipDuplicates: true });
    }
    return { gross: settled.gross + recent.gross, fees: settled.fees + recent.fees };
  }

  return {
    name: 'stripe',
    ways: ['card', 'bancontact', 'sepa_debit', 'transfer'],
    signedBy: ['stripe-signature'],

    beginPayment: ({ key, ways, ...content }) => reach('beginPayment', async () => {
      const { amount, paymentId, bookingId, saveMethod } = content;
      const customer = await customerFor(bookingId);
      const offered = ways.filter((way) => way !== 'transfer');
      const begun = await once<Stripe.PaymentIntent>({
        key, content, read: readPayment, among: () => stripe.paymentIntents.list({ customer, limit: 100 }),
        make: (idempotencyKey) => stripe.paymentIntents.create({
          ...sumOf(amount), customer, allowed_payment_method_types: offered, transfer_group: bookingId,
          // A charge keeps the words of its attempt: its webhook says whether it may be used again (https://docs.stripe.com/metadata).
          metadata: { key, paymentId, bookingId, saves: String(saveMethod) },
          ...(saveMethod && { setup_future_usage: 'off_session' }),
        }, { idempotencyKey }),
      });
      // A way that would come too late by now is taken back.
      const stale = begun.status === 'requires_payment_method' && String(begun.allowed_payment_method_types) !== String(offered);
      return paymentOf(stale ? await patiently(() => stripe.paymentIntents.update(begun.id, { allowed_payment_method_types: offered })) : begun);
    }),

    askTransfer: (ref) => reach('askTransfer', async () => {
      const before = await readPayment(ref);
      if (before.next_action?.display_bank_transfer_instructions || !['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(before.status)) return paymentOf(before);
      return paymentOf(await patiently(() => stripe.paymentIntents.confirm(ref, {
        allowed_payment_method_types: [...before.allowed_payment_method_types ?? [], 'customer_balance'], payment_method_data: { type: 'customer_balance' },
        payment_method_options: {
          // Nothing of a transfer can be charged later.
          customer_balance: { funding_type: 'bank_transfer', bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: transferCountry } }, setup_future_usage: 'none' },
        },
      })));
    }),

    beginMandate: ({ key, ...content }) => reach('beginMandate', async () => {
      const { bookingId } = content;
      const customer = await customerFor(bookingId);
      return savingOf(await once<Stripe.SetupIntent>({
        key, content, read: readSaving, among: () => stripe.setupIntents.list({ customer, limit: 100 }),
        make: (idempotencyKey) => stripe.setupIntents.create({ customer, usage: 'off_session', allowed_payment_method_types: [...reusable], metadata: { key, bookingId } }, { idempotencyKey }),
      }));
    }),

    chargeMandate: ({ key, ...content }) => reach('chargeMandate', async () => {
      const { amount, paymentId, bookingId, customerRef: customer, methodRef } = content;
      const made = await once<{ id: string; metadata?: Stripe.Metadata | null }>({
        key, content, read: known, among: () => stripe.paymentIntents.list({ customer, limit: 100 }),
        make: async (idempotencyKey) => {
          try {
            return await stripe.paymentIntents.create({
              ...sumOf(amount), customer, payment_method: methodRef, allowed_payment_method_types: [...reusable], confirm: true, off_session: true, transfer_group: bookingId,
              metadata: { key, paymentId, bookingId, saves: 'false' },
            }, { idempotencyKey });
          } catch (error) {
            // A refusal of the bank is an outcome: the attempt is there, and says why (https://docs.stripe.com/error-handling#payment-errors).
            const refused = error instanceof Stripe.errors.StripeCardError ? error.payment_intent : undefined;
            if (refused) return refused;
            // A leave that was ended, a method that was taken off, more than it may draw: nothing was made, and asking again would not change it.
            if (error instanceof Stripe.errors.StripeInvalidRequestError && spentLeave.includes(error.code ?? '')) return { id: refusedRef(key) };
            throw error;
          }
        },
      });
      return readIntent(made.id);
    }),

    readIntent: (ref) => reach('readIntent', () => readIntent(ref)),

    // What is confirmed with Stripe is taken by Stripe.
    complete: (ref) => reach('complete', () => readIntent(ref)),

    cancel: (ref) => reach('cancel', async () => {
      if (isRefused(ref)) return refusedIntent(ref);
      try {
        return isSaving(ref) ? savingOf(await patiently(() => stripe.setupIntents.cancel(ref))) : paymentOf(await patiently(() => stripe.paymentIntents.cancel(ref)));
      } catch (error) {
        // It has ended already, or is with the bank: what it is now is the answer.
        if (error instanceof Stripe.errors.StripeInvalidRequestError && unexpectedState.includes(error.code ?? '')) return readIntent(ref);
        throw error;
      }
    }),

    refund: ({ key, ...content }) => reach('refund', async () => {
      const { intent, amount, bookingId } = content;
      const { id: ref, status } = await once<{ id: string; status: string | null }>({
        key, content,
        read: (made) => (made === refusedRef(key) ? Promise.resolve({ id: made, status: 'failed' }) : stripe.refunds.retrieve(made)),
        among: () => stripe.refunds.list({ payment_intent: intent, limit: 100 }),
        make: async (idempotencyKey) => {
          try {
            // The currency is that of what was captured: Stripe takes none.
            const captured = await readPayment(intent);
            if (captured.currency.toUpperCase() !== amount.currency) return { id: refusedRef(key), status: 'failed' };
            return await stripe.refunds.create({ payment_intent: intent, amount: Number(amount.minor), metadata: { key, bookingId } }, { idempotencyKey });
          } catch (error) {
            // More than is left, or nothing that was captured: nothing was made, and asking again would not change it.
            if (error instanceof Stripe.errors.StripeInvalidRequestError && !unsettled.includes(error.code ?? '')) return { id: refusedRef(key), status: 'failed' };
            throw error;
          }
        },
      });
      return { ref, status: refundStatus(status) };
    }),

    disputes: {
      answer: ({ key, dispute, answer }) => reach('answerDispute', async () => {
        const { words, product, serviceDay, customer, contract, proof } = answer;
        const standing = await stripe.disputes.retrieve(dispute);
        if (standing.evidence_details.submission_count > 0) return 'sent';
        if (!heard.includes(standing.status)) return 'closed';
        // https://docs.stripe.com/disputes/api: a paper is uploaded first, and named by its id.
        const upload = async (name: string, paper: Paper | null): Promise<string | undefined> => paper ? (await once({
          key: `${key}:${name}`, content: { sha256: sha256(paper.bytes), mime: paper.mime }, read: known,
          make: (idempotencyKey) => stripe.files.create({ purpose: 'dispute_evidence', file: { data: paper.bytes, name: paper.name, type: paper.mime } }, { idempotencyKey }),
        })).id : undefined;
        const [signed, done] = [await upload('contract', contract), await upload('proof', proof)];
        await once<{ id: string }>({
          key, content: { dispute, words, product, serviceDay, customer, signed, done }, read: known,
          make: (idempotencyKey) => stripe.disputes.update(dispute, {
            submit: true, metadata: { key },
            evidence: {
              uncategorized_text: words, product_description: product, service_date: serviceDay, customer_name: customer.name, customer_email_address: customer.email,
              ...(signed && { customer_signature: signed }), ...(done && { service_documentation: done }),
            },
          }, { idempotencyKey }),
        });
        return 'sent';
      }),
      accept: ({ key, dispute }) => reach('acceptDispute', async () => {
        const { status } = await stripe.disputes.retrieve(dispute);
        if (status === 'lost') return 'sent';
        if (!heard.includes(status)) return 'closed';
        await once<{ id: string }>({ key, content: { dispute }, read: known, make: (idempotencyKey) => stripe.disputes.close(dispute, {}, { idempotencyKey }) });
        return 'sent';
      }),
    },

    cash: {
      bookingOf: (customerRef) => reach('bookingOf', async () => {
        const found = await stripe.customers.retrieve(customerRef);
        return found.deleted ? '' : found.metadata['bookingId'] ?? '';
      }),
      read: (bookingId) => reach('readCash', async () => {
        const customer = await refOf(`customer:${bookingId}`);
        const { available } = customer ? await stripe.customers.retrieveCashBalance(customer) : { available: null };
        return Object.entries(available ?? {}).flatMap(([currency, minor]) => (minor > 0 ? [Sum.parse({ amount: minor, currency })] : []));
      }),
      // https://docs.stripe.com/payments/customer-balance/refunding
      giveBack: ({ key, ...content }) => reach('giveBack', async () => {
        const { bookingId, amount, email } = content;
        const customer = await customerFor(bookingId);
        const { id: ref, status } = await once<{ id: string; status: string | null }>({
          key, content: { bookingId, amount }, among: () => stripe.refunds.list({ limit: 100 }),
          read: (made) => (made === refusedRef(key) ? Promise.resolve({ id: made, status: 'failed' }) : stripe.refunds.retrieve(made)),
          make: async (idempotencyKey) => {
            try {
              return await stripe.refunds.create({ origin: 'customer_balance', customer, ...sumOf(amount), instructions_email: email, metadata: { key, bookingId } }, { idempotencyKey });
            } catch (error) {
              // More than lies there: nothing was made, and asking again would not change it.
              if (error instanceof Stripe.errors.StripeInvalidRequestError && !unsettled.includes(error.code ?? '')) return { id: refusedRef(key), status: 'failed' };
              throw error;
            }
          },
        });
        return { ref, status: refundStatus(status) };
      }),
    },

    nameMethod: (methodRef) => reach('nameMethod', async () => labelOf(await stripe.paymentMethods.retrieve(methodRef))),

    openAccount: ({ orgId, country, email, done, again }) => reach('openAccount', async () => {
      const key = `account:${orgId}`;
      // One account for an organisation, wherever it moves: what it was opened with is not part of the key.
      const account = await refOf(key) ?? (await once({
        key, content: { orgId }, read: known,
        make: (idempotencyKey) => stripe.accounts.create({
          country, email, metadata: { key, orgId }, capabilities: { [capability]: { requested: true } },
          controller: { fees: { payer: 'application' }, losses: { payments: 'application' }, requirement_collection: 'stripe', stripe_dashboard: { type: 'express' } },
          settings: { payouts: { schedule: { interval: 'manual' } } },
        }, { idempotencyKey }),
      })).id;
      const { url } = await patiently(() => stripe.accountLinks.create({ account, type: 'account_onboarding', return_url: done, refresh_url: again, collection_options: { fields: 'eventually_due' } }));
      return { url };
    }),

    readAccount: (orgId) => reach('readAccount', async () => {
      const { state, missing } = await readAccount(orgId);
      return { state, missing };
    }),

    payOut: ({ key, turn, captured, after = 0n, ...content }) => reach('payOut', async () => {
      const { amount, orgId, bookingId } = content;
      // Once transferred, the money stays in the producer's account there until a payout succeeds.
      const payoutKey = turn === 0 ? key : `${key}:${turn}`;
      const sent = await refOf(payoutKey);
      const { state, ref: stripeAccount } = await readAccount(orgId);
      if (!sent && state !== 'open') throw new AppError('account_not_ready');
      for (const [at, { part, charge }] of (sent ? [] : await sourcesOf(amount, captured, after)).entries()) {
        const transferKey = `${key}:transfer:${at}`;
        await once({
          key: transferKey, content: { ...content, part, charge }, read: known, among: () => stripe.transfers.list({ transfer_group: bookingId, limit: 100 }),
          make: (idempotencyKey) => stripe.transfers.create({
            ...sumOf({ ...amount, minor: part }), destination: stripeAccount, transfer_group: bookingId, metadata: { key: transferKey, bookingId }, ...(charge && { source_transaction: charge }),
          }, { idempotencyKey }),
        });
      }
      const made = await once<Stripe.Payout>({
        key: payoutKey, content, read: (one) => stripe.payouts.retrieve(one, {}, { stripeAccount }), among: () => stripe.payouts.list({ limit: 100 }, { stripeAccount }),
        make: (idempotencyKey) => stripe.payouts.create({ ...sumOf(amount), metadata: { key: payoutKey, bookingId } }, { idempotencyKey, stripeAccount }),
      }).catch((error: unknown) => {
        if (error instanceof Stripe.errors.StripeError && [...closedCodes, unavailable].includes(error.code ?? '')) return null;
        throw error;
      });
      if (!made) return { ref: '', status: 'moved' };
      const { id: ref, status } = made;
      // https://docs.stripe.com/api/payouts/object#payout_object-status
      return { ref, status: status === 'paid' ? 'paid' : status === 'failed' || status === 'canceled' ? 'failed' : 'sent' };
    }),

    readNotice(raw, signature, at) {
      const sent = Number(/(?:^|,)\s*t=(\d{1,12})(?:,|$)/.exec(signature)?.[1] ?? Number.NaN);
      // `constructEvent` refuses what is old; what comes from the future is as wrong.
      if (!(sent - at.getTime() / 1_000 <= tolerance)) throw new AppError('signature_invalid');
      for (const secret of keys.webhookSecrets) {
        try {
          stripe.webhooks.constructEvent(raw, signature, secret, tolerance, undefined, at.getTime());
          return parse(raw);
        } catch (error) {
          // Signed, and of no shape that the library knows.
          if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return null;
        }
      }
      throw new AppError('signature_invalid');
    },

    parseNotice: parse,

    readBalance: (currency) => reach('readBalance', async () => ({ minor: (await readBook(currency)).gross, currency })),
    readFees: (currency) => reach('readFees', async () => ({ minor: (await readBook(currency)).fees, currency })),
  };
}

const away = [Stripe.errors.StripeConnectionError, Stripe.errors.StripeAPIError, Stripe.errors.StripeRateLimitError, Stripe.errors.StripeAuthenticationError, Stripe.errors.StripePermissionError];
/** https://docs.stripe.com/error-codes */
const closedCodes: readonly string[] = ['account_invalid', 'account_closed', 'insufficient_capabilities_for_transfer', 'payouts_not_allowed'];
const unavailable = 'balance_insufficient';
const unexpectedState: readonly string[] = ['payment_intent_unexpected_state', 'setup_intent_unexpected_state'];
/** While a bank waits for an answer (https://docs.stripe.com/api/disputes/object#dispute_object-status). */
const heard: readonly string[] = ['needs_response', 'warning_needs_response'];
const unsettled: readonly string[] = [unavailable, 'lock_timeout', 'rate_limit'];

/** Stripe knows no refund and no charge that it refused to make: it gets a name of ours, so that the same key gives the same answer. */
const refusedRef = (key: string): string => `refused:${key}`;
const isRefused = (ref: string): boolean => ref.startsWith(refusedRef(''));
const refusedIntent = (ref: string): Intent => ({ ref, clientSecret: '', status: 'refused', refusal: 'card_declined', untold: true });
/** Why nothing can be charged any more under a leave that was given (https://docs.stripe.com/error-codes). */
const spentLeave: readonly string[] = ['amount_too_large', 'payment_intent_mandate_invalid', 'payment_method_unexpected_state', 'payment_intent_incompatible_payment_method', 'resource_missing'];

/** Of what is named only by its id, nothing has to be asked. */
const known = (ref: string): Promise<{ id: string }> => Promise.resolve({ id: ref });

const isBusy = (error: unknown): boolean => error instanceof Stripe.errors.StripeError && (error.code === 'idempotency_key_in_use' || error.code === 'lock_timeout');
/** Whether an answer is that of an earlier request with the same key (https://docs.stripe.com/error-low-level#idempotency). */
const isRepeated = (error: unknown): boolean => error instanceof Stripe.errors.StripeError && error.headers?.['idempotent-replayed'] === 'true';

const sumOf = ({ minor, currency }: Money): { amount: number; currency: string } => ({ amount: Number(minor), currency: currency.toLowerCase() });

interface Failure { readonly code?: string | undefined; readonly decline_code?: string | undefined }

/** A refusal in the port's words: what a bank told in confidence stays a declined card. */
function refusalOf({ code = '', decline_code: told = '' }: Failure): string {
  if (code.endsWith('_authentication_failure')) return 'authentication_failed';
  if (told === 'insufficient_funds' || told === 'authentication_required') return told;
  return code || 'card_declined';
}

/** https://docs.stripe.com/payments/paymentintents/lifecycle */
function paymentOf({ id, client_secret: secret, status, last_payment_error: failure, next_action: next }: Stripe.PaymentIntent): Intent {
  const transfer = transferOf(next?.display_bank_transfer_instructions);
  return { ref: id, clientSecret: secret ?? '', ...standing(status, 'captured', failure), ...(transfer && { transfer }) };
}

/** https://docs.stripe.com/payments/bank-transfers/accept-a-payment */
function transferOf(told: Stripe.PaymentIntent.NextAction.DisplayBankTransferInstructions | undefined): TransferTo | null {
  const account = told?.financial_addresses?.find(({ iban }) => iban)?.iban;
  return told && account ? { holder: account.account_holder_name, iban: account.iban, bic: account.bic, reference: told.reference ?? '' } : null;
}

/** https://docs.stripe.com/payments/setupintents/lifecycle */
function savingOf({ id, client_secret: secret, status, last_setup_error: failure, customer, payment_method: method }: Stripe.SetupIntent): Intent {
  const kept = status === 'succeeded' && typeof customer === 'string' && typeof method === 'string' ? { customerRef: customer, methodRef: method, label: '' } : null;
  return { ref: id, clientSecret: secret ?? '', ...standing(status, 'saved', failure), ...(kept && { method: kept }) };
}

function standing(status: string, success: 'captured' | 'saved', failure: Failure | null): Pick<Intent, 'status' | 'refusal'> {
  switch (status) {
    case 'succeeded': return { status: success };
    case 'canceled': return { status: 'cancelled' };
    case 'processing': return { status: 'processing' };
    case 'requires_action': return { status: 'needs_action' };
    case 'requires_payment_method': return failure ? { status: 'refused', refusal: refusalOf(failure) } : { status: 'needs_method' };
    default: return { status: 'needs_method' };
  }
}

/** https://docs.stripe.com/api/refunds/object#refund_object-status */
const refundStatus = (status: string | null): 'sent' | 'paid' | 'failed' => (status === 'succeeded' ? 'paid' : status === 'failed' || status === 'canceled' ? 'failed' : 'sent');

/** https://docs.stripe.com/connect/handling-api-verification#determine-if-account-verification-is-needed */
function accountOf({ requirements, details_submitted: submitted, payouts_enabled: paysOut, capabilities }: Stripe.Account): PayoutAccount {
  const missing = [...new Set([...requirements?.past_due ?? [], ...requirements?.currently_due ?? []])];
  const reason = requirements?.disabled_reason ?? '';
  if (reason.startsWith('rejected')) return { state: 'closed', missing: [] };
  if (paysOut && capabilities?.transfers === 'active') return { state: 'open', missing };
  if (!submitted) return { state: 'begun', missing };
  return { state: missing.length > 0 ? 'missing' : 'checking', missing };
}

/** The parts of a method, of a charge or of its own, that may be shown. */
const Shown = z.object({
  card: z.object({ brand: z.string(), last4: z.string() }).nullish(),
  sepa_debit: z.object({ last4: z.string().nullish() }).nullish(),
  bancontact: z.object({ iban_last4: z.string().nullish(), generated_sepa_debit: z.string().nullish() }).nullish(),
});

const brands: Readonly<Record<string, string>> = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express', cartes_bancaires: 'CB' };

function labelOf(method: unknown): string {
  const { card, sepa_debit: sepa, bancontact } = Shown.parse(method);
  if (card) return `${brands[card.brand] ?? card.brand} •••• ${card.last4}`;
  if (bancontact) return `Bancontact •••• ${bancontact.iban_last4 ?? ''}`;
  return `SEPA •••• ${sepa?.last4 ?? ''}`;
}

/** An id that the database can keep. */
const Ref = line(200).min(1);
const Ours = z.record(z.string(), z.string()).nullish().transform((metadata) => metadata ?? {});
const Sum = z.object({ amount: z.int().nonnegative(), currency: z.string().transform((code) => code.toUpperCase()).pipe(z.enum(['EUR', 'CHF'])) }).transform(({ amount, currency }): Money => ({ minor: BigInt(amount), currency }));
const Problem = z.object({ code: z.string().optional(), decline_code: z.string().optional() }).nullish().transform((problem) => problem ?? {});

const Event = z.object({ id: Ref, type: z.string(), created: z.int().optional(), data: z.object({ object: z.looseObject({ id: Ref, metadata: Ours }) }) });
/** Money is left in a customer's balance once all that it could pay is paid. */
const Cash = z.object({ id: Ref, type: z.literal('cash_balance.funds_available'), data: z.object({ object: z.object({ customer: Ref }) }) });
const Charge = z.object({ payment_intent: Ref, customer: Ref, payment_method: Ref.nullable(), payment_method_details: Shown });
const Saving = z.object({ customer: Ref, payment_method: Ref });
const Dispute = z.object({
  payment_intent: Ref.nullish(), reason: z.string(), status: z.string(), evidence_details: z.object({ due_by: z.int().nullish() }).nullish(),
});

/** https://docs.stripe.com/api/events/types. What is not ours of the same account, and what says nothing new, is `other`. */
function parse(raw: string): ProviderNotice | null {
  try {
    const said: unknown = JSON.parse(raw);
    // What lies in a balance has no id of its own: it is its customer's (https://docs.stripe.com/api/cash_balance/object).
    const cash = Cash.safeParse(said);
    if (cash.success) return { id: cash.data.id, ref: cash.data.data.object.customer, kind: 'cash.arrived' };
    const { id, type, created: at, data: { object } } = Event.parse(said);
    const about = { id, ref: object.id, ...(at !== undefined && { at }) };
    if (type.startsWith('charge.dispute.')) return disputeOf(type, about, object) ?? { ...about, kind: 'other' };
    // https://docs.stripe.com/connect/webhooks: told by the account itself.
    if (type === 'account.updated' && object.metadata['orgId']) return { ...about, kind: 'account.changed', orgId: Ref.parse(object.metadata['orgId']) };
    if (!object.metadata['bookingId']) return { ...about, kind: 'other' };
    return ourNotice(type, about, object) ?? { ...about, kind: 'other' };
  } catch {
    return null;
  }
}

type About = Pick<ProviderNotice, 'id' | 'ref' | 'at'>;

const underKey = ({ key }: z.infer<typeof Ours>): Pick<ProviderNotice, 'key'> => (key ? { key } : {});

function ourNotice(type: string, about: About, object: z.infer<typeof Event>['data']['object']): ProviderNotice | null {
  switch (type) {
    // The event of the attempt does not name the card: that of its charge does.
    case 'charge.succeeded': {
      const { payment_intent: ref, customer: customerRef, payment_method: methodRef, payment_method_details: details } = Charge.parse(object);
      const again = details.bancontact ? details.bancontact.generated_sepa_debit : details.card || details.sepa_debit ? methodRef : null;
      const method = again && { customerRef, methodRef: again, label: labelOf(details) };
      return { ...about, kind: 'payment.captured', ref, amount: Sum.parse(object), ...(object.metadata['saves'] === 'true' && method && { method }) };
    }
    case 'payment_intent.processing': return { ...about, kind: 'payment.processing' };
    case 'payment_intent.payment_failed': return { ...about, kind: 'payment.refused', amount: Sum.parse(object), refusal: refusalOf(Problem.parse(object['last_payment_error'])) };
    case 'setup_intent.succeeded': {
      const { customer: customerRef, payment_method: methodRef } = Saving.parse(object);
      return { ...about, kind: 'method.saved', method: { customerRef, methodRef, label: '' } };
    }
    case 'payout.paid': return { ...about, ...underKey(object.metadata), kind: 'payout.paid', amount: Sum.parse(object) };
    case 'payout.failed': case 'payout.canceled': return { ...about, ...underKey(object.metadata), kind: 'payout.failed', amount: Sum.parse(object) };
    case 'refund.created': case 'refund.updated': case 'refund.failed': {
      const status = refundStatus(z.string().nullable().parse(object['status']));
      return status === 'sent' ? null : { ...about, kind: `refund.${status}`, amount: Sum.parse(object) };
    }
    default: return null;
  }
}

/** An inquiry takes nothing: a dispute begins when its amount leaves us (https://docs.stripe.com/disputes/how-disputes-work). */
function disputeOf(type: string, about: About, object: unknown): ProviderNotice | null {
  if (type !== 'charge.dispute.funds_withdrawn' && type !== 'charge.dispute.closed') return null;
  const { payment_intent: ref, reason, status, evidence_details: evidence } = Dispute.parse(object);
  // A charge without an attempt is none of ours.
  if (!ref) return null;
  const whole = { ...about, ref, amount: Sum.parse(object) };
  if (type === 'charge.dispute.funds_withdrawn') {
    return { ...whole, kind: 'dispute.opened', dispute: { ref: about.ref, reason, answerBy: evidence?.due_by ? new Date(evidence.due_by * 1_000) : null, won: null } };
  }
  return status === 'won' || status === 'lost' ? { ...whole, kind: 'dispute.closed', dispute: { ref: about.ref, reason, answerBy: null, won: status === 'won' } } : null;
}
