import { createVerify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { PayPalKeys } from '../../core/config.ts';
import type { Context } from '../../core/context.ts';
import type { PrismaClient } from '../../core/db/client.ts';
import { AppError } from '../../core/errors.ts';
import { sha256 } from '../../core/files.ts';
import { mask } from '../../core/mask.ts';
import type { Currency, Money } from '../../core/money.ts';
import { line } from '../../core/wire.ts';
import type { Intent, ProviderNotice, SavedMethod, Wallet } from '../ports.ts';

/** Milliseconds for one answer: a buyer waits for it. */
const timeout = 20_000;
/** How often a request that another one blocks is sent again, and the milliseconds between: a quarter of a minute altogether. */
const [triesWhileBusy, pauseWhileBusy] = [60, 250];
/** Milliseconds before its end at which a token is taken to be old (https://developer.paypal.com/api/rest/authentication). */
const tokenMargin = 60_000;
/** Milliseconds that a webhook may have been on its way: PayPal sends it up to 25 times within three days (https://developer.paypal.com/api/rest/webhooks). */
const oldest = 4 * 86_400_000;
/** Milliseconds by which a clock of theirs may be ahead of ours. */
const ahead = 300_000;
/** The longest span of one search, in milliseconds, and the transactions on one page (https://developer.paypal.com/api/transaction-search/v1/search-get). */
const [searchSpan, searchPage] = [31 * 86_400_000, 500];
const dayMs = 86_400_000;

/**
 * The movements of our balance that the port speaks of: a payment taken, with the buyer present or away; one reversed, given back, held for a
 * dispute or no longer; charged back, and back again. Fees and our own withdrawals are not among them
 * (https://developer.paypal.com/reports/reference/t-codes).
 */
const movements: readonly string[] = ['T0003', 'T0006', 'T1106', 'T1107', 'T1110', 'T1111', 'T1201', 'T1202'];

/** A funding source that was refused, in the port's words (https://developer.paypal.com/api/orders/v2/errors). */
const refusals: Readonly<Record<string, string>> = {
  INSTRUMENT_DECLINED: 'card_declined', PAYER_ACTION_REQUIRED: 'authentication_required', PAYER_CANNOT_PAY: 'card_declined', PAYER_ACCOUNT_RESTRICTED: 'card_declined',
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: 'card_declined', TRANSACTION_REFUSED: 'card_declined', TRANSACTION_LIMIT_EXCEEDED: 'card_declined', REDIRECT_PAYER_FOR_ALTERNATE_FUNDING: 'card_declined',
  COMPLIANCE_VIOLATION: 'card_declined', MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: 'card_declined', AGREEMENT_ALREADY_CANCELLED: 'card_declined', TOKEN_ID_NOT_FOUND: 'card_declined',
};
/** What a moment later may go well. */
const busy: readonly string[] = ['ORDER_COMPLETION_IN_PROGRESS', 'PREVIOUS_REQUEST_IN_PROGRESS'];
/** Refunds that are refused for now alone (https://developer.paypal.com/api/payments/v2/errors). */
const unsettled: readonly string[] = ['REFUND_FAILED_INSUFFICIENT_FUNDS', 'PENDING_CAPTURE'];
const reasons: Readonly<Record<string, string>> = {
  MERCHANDISE_OR_SERVICE_NOT_RECEIVED: 'product_not_received', MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED: 'product_unacceptable', UNAUTHORISED: 'fraudulent', CREDIT_NOT_PROCESSED: 'credit_not_processed',
  DUPLICATE_TRANSACTION: 'duplicate',
};

/** What a name of ours begins with: PayPal carries it as `custom_id` through whatever it tells. */
export const PAYPAL = 'paypal_';
/** A payment while the buyer is away, a refund, and a saved account. */
const [away, back, token] = [`${PAYPAL}away_`, `${PAYPAL}back_`, `${PAYPAL}token_`];

interface Surroundings {
  readonly db: PrismaClient;
  readonly keys: PayPalKeys;
  /** Our page to which PayPal's leads back, in the buyer's window. */
  readonly returnTo: string;
  readonly realNow: () => Date;
  readonly log: Context['log'];
}

/** What PayPal refused, in its own words, without a person in them. */
class Refusal extends Error {
  readonly status: number;
  readonly issue: string;
  constructor(call: string, { status, issue, debugId }: { status: number; issue: string; debugId: string }) {
    super(`PayPal refused ${call}: ${status} ${issue} (${debugId}).`);
    [this.status, this.issue] = [status, issue];
  }
}

const shut = (): Promise<never> => Promise.reject(new AppError('way_closed'));

/**
 * PayPal by Orders v2 (https://developer.paypal.com/api/orders/v2): the buyer approves on PayPal's page, and then we capture. It takes money
 * beside a provider of cards, and pays no producer: see docs/decisions/0008.
 *
 * PayPal forgets a key of an order after six hours and one of a refund after 45 days. So making an order takes nothing, its id is kept here,
 * and it is captured once; a refund whose answer was lost is looked for at its capture before it is asked for again. What we ask to be made we name
 * ourselves, after the key.
 */
export function openPayPal({ db, keys, returnTo, realNow, log }: Surroundings): Wallet {
  let access: { readonly token: string; readonly until: number } | null = null;
  const certificates = new Map<string, X509Certificate>();

  const reach = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(new URL(path, keys.api), { ...init, signal: AbortSignal.timeout(timeout) });
    } catch (error) {
      log.warn({ call: path.split('?')[0], code: error instanceof Error ? error.name : '' }, 'PayPal did not answer');
      throw new AppError('provider_unreachable');
    }
  };

  /** https://developer.paypal.com/api/rest/authentication: by our credentials, for some hours. */
  async function tokenOf(): Promise<string> {
    if (access && access.until > realNow().getTime()) return access.token;
    const answer = await reach('/v1/oauth2/token', {
      method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }), headers: { authorization: `Basic ${Buffer.from(`${keys.clientId}:${keys.secret}`).toString('base64')}` },
    });
    const told = Token.safeParse(await answer.json().catch(() => null));
    if (!answer.ok || !told.success) {
      log.error({ status: answer.status }, 'PayPal does not know our credentials');
      throw new AppError('provider_unreachable');
    }
    access = { token: told.data.access_token, until: realNow().getTime() + told.data.expires_in * 1_000 - tokenMargin };
    return access.token;
  }

  async function send(call: string, path: string, command?: { key: string; body: unknown }): Promise<unknown> {
    for (let tries = 1; ; tries += 1) {
      const authorization = `Bearer ${await tokenOf()}`;
      const answer = await reach(path, command
        ? { method: 'POST', body: JSON.stringify(command.body), headers: { authorization, 'content-type': 'application/json', prefer: 'return=representation', 'paypal-request-id': command.key } }
        : { headers: { authorization } });
      const told: unknown = await answer.json().catch(() => null);
      if (answer.ok) return told;
      if (answer.status === 401 && tries === 1) {
        access = null;
        continue;
      }
      const { name, debug_id: debugId, details: [detail] } = Problem.parse(told);
      const issue = detail?.issue ?? name;
      if (busy.includes(issue) && tries < triesWhileBusy) {
        await new Promise((resolve) => { setTimeout(resolve, pauseWhileBusy); });
        continue;
      }
      log.warn({ call, issue, debugId, status: answer.status }, 'the payment provider refused a request');
      // Ours to mend or to wait for: a buyer can do nothing but come back.
      if (answer.status >= 500 || answer.status === 429 || answer.status === 401 || answer.status === 403) throw new AppError('provider_unreachable');
      throw new Refusal(call, { status: answer.status, issue, debugId });
    }
  }

  /** What is asked for under a name, once. @throws AppError `key_reused`. */
  async function commanded(ref: string, content: object): Promise<{ readonly id: string | null }> {
    const hash = sha256(JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
    await db.providerCommand.createMany({ data: [{ key: ref, hash, createdAt: realNow() }], skipDuplicates: true });
    const kept = await db.providerCommand.findUniqueOrThrow({ where: { key: ref } });
    if (kept.hash !== hash) throw new AppError('key_reused');
    return { id: kept.ref };
  }

  /** Keeps what was made under a name: whoever was first. */
  async function keep(ref: string, made: string): Promise<string> {
    await db.providerCommand.updateMany({ where: { key: ref, ref: null }, data: { ref: made } });
    return (await idOf(ref)) ?? made;
  }
  const idOf = async (ref: string): Promise<string | null> => (await db.providerCommand.findUniqueOrThrow({ where: { key: ref } })).ref;

  /*
   * An order is captured, or ended: PayPal has no word for the second, so each try to capture is a turn of ours, and so is the end. A turn is
   * open until its outcome is known.
   */
  const turnsOf = async (ref: string) => (await db.providerCommand.findMany({ where: { key: { startsWith: `${ref}:` } } }))
    .map(({ key, hash, ref: outcome }) => ({ turn: Number(key.slice(ref.length + 1)), act: hash, outcome })).sort((one, other) => one.turn - other.turn);

  /** Takes the next turn, unless one is open or the order was ended: then that one. */
  async function takeTurn(ref: string, act: 'capture' | 'end') {
    for (let turn = 0; ; turn += 1) {
      const key = `${ref}:${turn}`;
      await db.providerCommand.createMany({ data: [{ key, hash: act, createdAt: realNow() }], skipDuplicates: true });
      const { hash, ref: outcome } = await db.providerCommand.findUniqueOrThrow({ where: { key } });
      if (hash === 'end' || outcome === null) return { key, act: hash };
    }
  }

  /** An order by our name; null once PayPal has forgotten it, or made it void: an order that nobody approves lives for some hours. */
  async function orderOf(ref: string): Promise<z.infer<typeof Order> | null> {
    const id = await idOf(ref);
    if (!id) return null;
    try {
      const order = Order.parse(await send('readOrder', `/v2/checkout/orders/${id}`));
      return order.status === 'VOIDED' ? null : order;
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return null;
      throw error;
    }
  }

  async function standing(ref: string, order: z.infer<typeof Order> | null): Promise<Intent> {
    const about = { ref, clientSecret: order?.id ?? '' };
    if (!order) return { ...about, status: 'cancelled' };
    const capture = captureOf(order);
    const method = methodOf(order);
    if (capture) return { ...about, ...captureStands(capture.status), ...(method && { method }) };
    const last = (await turnsOf(ref)).at(-1);
    if (last?.act === 'end') return { ...about, status: 'cancelled' };
    if (last?.outcome === null) return { ...about, status: 'processing' };
    const page = order.links.find(({ rel }) => rel === 'payer-action' || rel === 'approve')?.href;
    const again = ref.startsWith(away) || !page ? {} : { page };
    if (last && (last.outcome !== 'authentication_required' || ref.startsWith(away))) return { ...about, ...again, status: 'refused', refusal: last.outcome, untold: true };
    return { ...about, ...again, status: last || order.status === 'APPROVED' ? 'needs_action' : 'needs_method' };
  }

  /** Captures an order that was approved, or one of a saved account: once, whoever asks. */
  async function capture(ref: string, source: object | null): Promise<Intent> {
    const order = await orderOf(ref);
    if (!order || captureOf(order) || (!source && order.status !== 'APPROVED')) return standing(ref, order);
    const turn = await takeTurn(ref, 'capture');
    if (turn.act === 'end') return standing(ref, order);
    try {
      await send('capture', `/v2/checkout/orders/${order.id}/capture`, { key: turn.key, body: source ? { payment_source: source } : {} });
      await keep(turn.key, 'captured');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.issue !== 'ORDER_ALREADY_CAPTURED') await keep(turn.key, outcomeOf(error));
    }
    return standing(ref, await orderOf(ref));
  }

  /** One order for each name. */
  async function order(ref: string, { content, amount, source }: { content: object; amount: Money; source: object | null }): Promise<void> {
    const { id } = await commanded(ref, content);
    if (id) return;
    const made = Order.parse(await send('order', '/v2/checkout/orders', { key: ref, body: {
      intent: 'CAPTURE', purchase_units: [{ reference_id: 'default', custom_id: ref, amount: sumOf(amount) }], ...(source && { payment_source: source }),
    } }));
    await keep(ref, made.id);
  }

  /** https://developer.paypal.com/api/rest/webhooks/rest: the key behind a certificate that PayPal itself serves, fetched once. */
  async function certificateAt(address: string): Promise<X509Certificate> {
    const known = certificates.get(address);
    if (known) return known;
    const { origin, pathname } = URL.canParse(address) ? new URL(address) : { origin: '', pathname: '' };
    // It is told as api.paypal.com, and the interface lives at api-m.paypal.com.
    if (![keys.api, keys.api.replace('://api-m.', '://api.')].includes(origin) || !/^\/v1\/notifications\/certs\/[\w-]{1,200}$/.test(pathname)) throw new AppError('signature_invalid');
    const answer = await reach(address, { redirect: 'error' });
    if (!answer.ok) throw new AppError(answer.status >= 500 ? 'provider_unreachable' : 'signature_invalid');
    const certificate = new X509Certificate(await answer.text());
    certificates.set(address, certificate);
    return certificate;
  }

  /** What PayPal's report has not taken up yet, of that which we asked for: it may be three hours late. */
  async function unreported({ currency, since, listed }: { currency: string; since: Date; listed: ReadonlySet<string> }): Promise<bigint> {
    let minor = 0n;
    const recent = await db.providerCommand.findMany({ where: { key: { startsWith: PAYPAL }, ref: { not: null }, createdAt: { gte: since } }, select: { key: true, ref: true } });
    for (const { key, ref } of recent.filter((one) => !one.key.includes(':'))) {
      const moved = key.startsWith(back) ? (ref === failed ? undefined : Refund.parse(await send('readRefund', `/v2/payments/refunds/${ref ?? ''}`))) : captureOf(await orderOf(key));
      if (!moved || listed.has(moved.id) || moved.amount.currency_code !== currency) continue;
      if (key.startsWith(back)) minor -= moved.status === 'COMPLETED' ? minorOf(moved.amount) : 0n;
      else minor += captureStands(moved.status).status === 'captured' ? minorOf(moved.amount) : 0n;
    }
    return minor;
  }

  return {
    name: 'paypal',
    ways: ['paypal'],
    signedBy: ['paypal-transmission-id', 'paypal-transmission-time', 'paypal-auth-algo', 'paypal-cert-url', 'paypal-transmission-sig'],

    async beginPayment({ key, amount, paymentId, bookingId, saveMethod }) {
      const ref = `${PAYPAL}${nameOf(key)}`;
      const content = { amount, paymentId, bookingId, saveMethod };
      const begin = (saves: boolean) => order(ref, { content, amount, source: { paypal: {
        experience_context: { return_url: returnTo, cancel_url: returnTo, user_action: 'PAY_NOW', shipping_preference: 'NO_SHIPPING', payment_method_preference: 'IMMEDIATE_PAYMENT_REQUIRED' },
        ...(saves && { attributes: { vault: { store_in_vault: 'ON_SUCCESS', usage_type: 'MERCHANT' } } }),
      } } });
      try {
        await begin(saveMethod);
      } catch (error) {
        // PayPal has not let us save accounts: the buyer pays all the same, and is asked again for the rest.
        if (!(error instanceof Refusal) || error.issue !== 'NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE') throw error;
        await begin(false);
      }
      return standing(ref, await orderOf(ref));
    },

    complete: (ref) => capture(ref, null),

    async chargeMandate({ key, ...content }) {
      const ref = `${away}${nameOf(key)}`;
      await order(ref, { content, amount: content.amount, source: null });
      // A refusal stays one: another try is another key.
      if ((await turnsOf(ref)).some(({ outcome }) => outcome !== null)) return standing(ref, await orderOf(ref));
      return capture(ref, { paypal: { vault_id: content.methodRef.slice(token.length), stored_credential: { payment_initiator: 'MERCHANT', charge_pattern: 'DEFERRED', usage: 'SUBSEQUENT' } } });
    },

    readIntent: async (ref) => standing(ref, await orderOf(ref)),

    async cancel(ref) {
      for (let tries = 1; ; tries += 1) {
        const found = await orderOf(ref);
        if (!found || captureOf(found) || ref.startsWith(away)) return standing(ref, found);
        const { act } = await takeTurn(ref, 'end');
        // It is being captured at this moment: its outcome is the answer.
        if (act === 'end' || tries === triesWhileBusy) return standing(ref, found);
        await new Promise((resolve) => { setTimeout(resolve, pauseWhileBusy); });
      }
    },

    async refund({ key, ...content }) {
      const ref = `${back}${nameOf(key)}`;
      const { intent, amount } = content;
      const { id } = await commanded(ref, content);
      if (id === failed) return { ref, status: 'failed' };
      if (id) return { ref, status: refundStands(Refund.parse(await send('readRefund', `/v2/payments/refunds/${id}`)).status) };
      const paid = await orderOf(intent);
      const taken = captureOf(paid);
      const before = paid?.purchase_units[0]?.payments?.refunds.find(({ custom_id: of }) => of === ref);
      const refused = async () => (await keep(ref, failed), { ref, status: 'failed' as const });
      if (!taken || captureStands(taken.status).status !== 'captured') return refused();
      try {
        const made = before ?? Refund.parse(await send('refund', `/v2/payments/captures/${taken.id}/refund`, { key: ref, body: { amount: sumOf(amount), custom_id: ref } }));
        await keep(ref, made.id);
        return { ref, status: refundStands(made.status) };
      } catch (error) {
        // Too much, too late, or nobody there any more: asking again would not change it.
        if (error instanceof Refusal && !unsettled.includes(error.issue)) return refused();
        throw error;
      }
    },

    async nameMethod(methodRef) {
      const { payment_source: source } = SavedAccount.parse(await send('nameMethod', `/v3/vault/payment-tokens/${methodRef.slice(token.length)}`));
      return labelOf(source.paypal.email_address);
    },

    askTransfer: shut, beginMandate: shut, openAccount: shut, payOut: shut,
    readAccount: () => Promise.resolve({ state: 'none', missing: [] }),

    async readNotice(raw, signature, at) {
      const [id = '', time = '', algorithm = '', address = '', proof = '', ...more] = signature.split(' ');
      const age = at.getTime() - Date.parse(time);
      if (more.length > 0 || !id || !proof || algorithm !== 'SHA256withRSA' || !(age <= oldest && age >= -ahead)) throw new AppError('signature_invalid');
      const certificate = await certificateAt(address);
      if (at < new Date(certificate.validFrom) || at > new Date(certificate.validTo)) throw new AppError('signature_invalid');
      const right = createVerify('SHA256').update(`${id}|${time}|${keys.webhookId}|${crc32(raw)}`).verify(certificate.publicKey, proof, 'base64');
      if (!right) throw new AppError('signature_invalid');
      return parse(raw);
    },

    parseNotice: parse,

    async readBalance(currency) {
      const { minor, reportedUntil, listed } = await report(currency);
      return { minor: minor + (reportedUntil ? await unreported({ currency, since: new Date(reportedUntil.getTime() - dayMs), listed }) : 0n), currency };
    },

    readFees: async (currency) => ({ minor: (await report(currency)).fees, currency }),
  };

  /** What PayPal's own report says since the first order: until when it knows, what came and went, and what PayPal took for itself. */
  async function report(currency: Currency): Promise<{ minor: bigint; fees: bigint; reportedUntil: Date | null; listed: ReadonlySet<string> }> {
      const first = await db.providerCommand.findFirst({ where: { key: { startsWith: PAYPAL } }, orderBy: { createdAt: 'asc' }, select: { createdAt: true } });
      const listed = new Set<string>();
      let [minor, fees] = [0n, 0n];
      if (!first) return { minor, fees, reportedUntil: null, listed };
      let reportedUntil = realNow();
      for (let from = first.createdAt.getTime() - dayMs; from < realNow().getTime(); from += searchSpan) {
        const until = Math.min(from + searchSpan, realNow().getTime() + dayMs);
        for (let [page, pages] = [1, 1]; page <= pages; page += 1) {
          const found = Found.parse(await send('search', `/v1/reporting/transactions?${String(new URLSearchParams({
            start_date: new Date(from).toISOString(), end_date: new Date(until).toISOString(), transaction_currency: currency, fields: 'transaction_info', page_size: String(searchPage), page: String(page),
          }))}`));
          [pages, reportedUntil] = [found.total_pages, found.last_refreshed_datetime];
          for (const { transaction_info: one } of found.transaction_details) {
            // What was pending or denied has moved nothing; what was given back since is listed once more by itself.
            if (listed.has(one.transaction_id) || !['S', 'V'].includes(one.transaction_status) || !movements.includes(one.transaction_event_code)) continue;
            listed.add(one.transaction_id);
            minor += minorOf(one.transaction_amount);
            if (one.fee_amount) fees -= minorOf(one.fee_amount);
          }
        }
      }
      return { minor, fees, reportedUntil, listed };
  }
}

/** A refund that PayPal refused has no id of its own. */
const failed = 'failed';

const nameOf = (key: string): string => sha256(key).slice(0, 40);

/** How a try to capture ended. @throws the refusal itself where it is ours to mend. */
function outcomeOf(error: Refusal): string {
  const outcome = refusals[error.issue];
  if (!outcome) throw error;
  return outcome;
}

const sumOf = ({ minor, currency }: Money) => ({ currency_code: currency, value: `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}` });
const minorOf = ({ value }: { value: string }): bigint => {
  const [, sign = '', whole = '0', cents = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(value) ?? [];
  const minor = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'));
  return sign ? -minor : minor;
};

/** What may be shown of a PayPal account. */
const labelOf = (email: string | undefined): string => `PayPal ${email ? mask(email) : ''}`.trim();

/** https://developer.paypal.com/api/payments/v2/definitions/capture_status */
function captureStands(status: string): Pick<Intent, 'status' | 'refusal'> {
  if (status === 'PENDING') return { status: 'processing' };
  if (status === 'DECLINED' || status === 'FAILED') return { status: 'refused', refusal: 'card_declined' };
  return { status: 'captured' };
}

/** https://developer.paypal.com/api/payments/v2/definitions/refund_status */
const refundStands = (status: string): 'sent' | 'paid' | 'failed' => (status === 'COMPLETED' ? 'paid' : status === 'PENDING' ? 'sent' : 'failed');

/** PayPal writes `Z` and `+0000`. */
const Instant = z.string().max(40).transform((at) => new Date(at)).refine((at) => !Number.isNaN(at.getTime()));
/** An id that the database can keep. */
const Ref = line(200).min(1);
const Sum = z.object({ currency_code: z.string(), value: z.string().regex(/^-?\d{1,13}(\.\d{1,2})?$/) });
const Token = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const Problem = z.object({ name: z.string().catch('UNKNOWN'), debug_id: z.string().catch(''), details: z.array(z.object({ issue: z.string().optional() })).catch([]) }).catch({ name: 'UNKNOWN', debug_id: '', details: [] });
const Capture = z.object({ id: Ref, status: z.string(), amount: Sum, custom_id: z.string().optional() });
const Refund = z.object({ id: Ref, status: z.string(), amount: Sum, custom_id: z.string().optional() });
const Order = z.object({
  id: Ref, status: z.string(), links: z.array(z.object({ rel: z.string(), href: z.string() })).default([]),
  purchase_units: z.array(z.object({ custom_id: z.string().optional(), payments: z.object({ captures: z.array(Capture).default([]), refunds: z.array(Refund).default([]) }).optional() })).default([]),
  payment_source: z.object({ paypal: z.object({
    email_address: z.string().optional(), attributes: z.object({ vault: z.object({ id: z.string().optional(), customer: z.object({ id: z.string() }).optional() }).optional() }).optional(),
  }).optional() }).optional(),
});
const SavedAccount = z.object({ payment_source: z.object({ paypal: z.object({ email_address: z.string().optional() }) }) });
const Found = z.object({
  total_pages: z.int(), last_refreshed_datetime: Instant,
  transaction_details: z.array(z.object({ transaction_info: z.object({ transaction_id: Ref, transaction_event_code: z.string(), transaction_status: z.string(), transaction_amount: Sum, fee_amount: Sum.optional() }) })),
});

const captureOf = (order: z.infer<typeof Order> | null): z.infer<typeof Capture> | undefined => order?.purchase_units[0]?.payments?.captures.at(-1);

/** The account that an approval saved; PayPal names it with the capture (https://developer.paypal.com/docs/checkout/save-payment-methods/during-purchase/orders-api/paypal). */
function methodOf({ payment_source: source }: z.infer<typeof Order>): SavedMethod | null {
  const vault = source?.paypal?.attributes?.vault;
  return vault?.id ? { customerRef: vault.customer?.id ?? '', methodRef: `${token}${vault.id}`, label: labelOf(source?.paypal?.email_address) } : null;
}

const Event = z.object({ id: Ref, event_type: z.string(), resource: z.looseObject({ id: Ref.optional(), custom_id: z.string().optional() }) });
const Taken = z.object({ amount: Sum });
const Dispute = z.object({
  dispute_id: Ref, reason: z.string(), dispute_amount: Sum, seller_response_due_date: Instant.optional(),
  disputed_transactions: z.array(z.object({ custom: z.string().optional() })).default([]), dispute_outcome: z.object({ outcome_code: z.string() }).optional(),
});

const amountOf = (sum: z.infer<typeof Sum>): Money => {
  const currency = z.enum(['EUR', 'CHF']).parse(sum.currency_code);
  const minor = minorOf(sum);
  return { minor: minor < 0n ? -minor : minor, currency };
};

/** https://developer.paypal.com/api/rest/webhooks/event-names. What is not of our making, and what says nothing new, is `other`. */
function parse(raw: string): ProviderNotice | null {
  try {
    const { id, event_type: type, resource } = Event.parse(JSON.parse(raw));
    const other: ProviderNotice = { id, kind: 'other', ref: resource.id ?? id };
    if (type.startsWith('CUSTOMER.DISPUTE.')) return disputeOf(id, type, Dispute.parse(resource)) ?? other;
    const name = type === 'CHECKOUT.ORDER.APPROVED' ? Order.parse(resource).purchase_units[0]?.custom_id : resource.custom_id;
    const kind = kinds[type];
    // A refund that somebody made by hand carries the name of its payment.
    if (!kind || !name?.startsWith(PAYPAL) || name.startsWith(back) !== kind.startsWith('refund.')) return other;
    const about = { id, kind, ref: Ref.parse(name) };
    return kind === 'payment.approved' ? about : { ...about, amount: amountOf(Taken.parse(resource).amount), ...(kind === 'payment.refused' && { refusal: 'card_declined' }) };
  } catch {
    return null;
  }
}

const kinds: Readonly<Record<string, ProviderNotice['kind']>> = {
  'CHECKOUT.ORDER.APPROVED': 'payment.approved', 'PAYMENT.CAPTURE.COMPLETED': 'payment.captured', 'PAYMENT.CAPTURE.PENDING': 'payment.processing', 'PAYMENT.CAPTURE.DENIED': 'payment.refused',
  'PAYMENT.CAPTURE.DECLINED': 'payment.refused', 'PAYMENT.CAPTURE.REFUNDED': 'refund.paid', 'PAYMENT.REFUND.FAILED': 'refund.failed',
};

/** What the buyer did not win (https://developer.paypal.com/api/customer-disputes/v1/definitions/dispute_outcome_code); of `RESOLVED_WITH_PAYOUT` PayPal bears the cost. */
const lost: readonly string[] = ['RESOLVED_BUYER_FAVOUR', 'ACCEPTED'];

/** PayPal holds the amount from the buyer's first word until the decision: that talk becomes a claim between says nothing new (https://developer.paypal.com/docs/disputes/overview). */
function disputeOf(id: string, type: string, told: z.infer<typeof Dispute>): ProviderNotice | null {
  const name = told.disputed_transactions[0]?.custom;
  if (!name?.startsWith(PAYPAL) || type === 'CUSTOMER.DISPUTE.UPDATED') return null;
  const about = { id, ref: Ref.parse(name), amount: amountOf(told.dispute_amount) };
  const dispute = { ref: `${PAYPAL}${told.dispute_id}`, reason: reasons[told.reason] ?? 'general' };
  if (type === 'CUSTOMER.DISPUTE.RESOLVED') return { ...about, kind: 'dispute.closed', dispute: { ...dispute, answerBy: null, won: !lost.includes(told.dispute_outcome?.outcome_code ?? 'RESOLVED_BUYER_FAVOUR') } };
  return { ...about, kind: 'dispute.opened', dispute: { ...dispute, answerBy: told.seller_response_due_date ?? null, won: null } };
}
