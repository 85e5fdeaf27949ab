import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import forge from 'node-forge';
import type { PayPalKeys } from '../../../core/config.ts';

/*
 * A double of PayPal's REST interface, for tests without PayPal's network. It keeps everything in memory, and is written from PayPal's public
 * documentation: above each behaviour stands the page that it comes from, read 2026-11-21.
 */

interface Sum { currency_code: string; value: string }
interface Capture { id: string; status: string; amount: Sum; custom_id: string; order: string }
interface Refund { id: string; status: string; amount: Sum; custom_id: string; capture: string }
interface Order { id: string; status: string; amount: Sum; custom_id: string; vaults: boolean; page: boolean; funding: Funding | null; authenticated: boolean; vault: string; capture: Capture | null; forgotten: boolean }
interface Line { transaction_id: string; transaction_event_code: string; transaction_status: string; transaction_amount: Sum; at: number }

/**
 * What a buyer pays with on PayPal's page. `declined`: its bank refuses; `asks`: its bank wants its holder once more; `declinedLater` and `asksLater` do so
 * when they are charged while the buyer is away; `closed`: pays, and its account closes; `waits`: the money is under way.
 */
export type Funding = 'good' | 'declined' | 'asks' | 'declinedLater' | 'asksLater' | 'closed' | 'waits';

/** How the next commands go, one each. `broken`: a 500 that did nothing. `late`: done, and a 500 is answered. `lost`: done, and the line breaks. `limited`: refused, for we ask too often. */
type Trouble = 'broken' | 'late' | 'lost' | 'limited';

/** PayPal as a test sees it. */
export interface PayPalDouble {
  readonly keys: PayPalKeys;
  readonly requests: { readonly method: string; readonly path: string; readonly key: string; readonly authorization: string }[];
  readonly trouble: Trouble[];
  /** Webhooks that were sent since the last call, each signed as of now. */
  readonly hooks: () => { readonly raw: string; readonly signature: string; readonly sentAt: Date }[];
  /** Signs any text as PayPal would, with another certificate or another time where one is given. */
  readonly sign: (raw: string, how?: { readonly at?: Date; readonly certificate?: string; readonly webhookId?: string }) => string;
  /** The buyer approves an order on PayPal's page. */
  readonly approve: (order: string, funding: Funding) => void;
  /** The buyer answers their bank. */
  readonly authenticate: (order: string) => void;
  /** An order that nobody captured is forgotten. */
  readonly expire: (order: string) => void;
  /** Money under way arrives, or does not. */
  readonly settle: (order: string, arrives: boolean) => void;
  /** The buyer opens a matter about an order; it becomes a claim, and PayPal decides. */
  readonly dispute: (order: string, steps: readonly ('inquiry' | 'claim' | 'won' | 'lost')[]) => void;
  /** Somebody of ours gives back by hand, on PayPal's own page. */
  readonly refundByHand: (order: string) => void;
  /** Whether this account may save those of buyers. */
  readonly mayVault: (may: boolean) => void;
  /** Until when the report of transactions knows; later ones are missing from it. */
  readonly reportUntil: (at: Date | null) => void;
  /** Every token that was given stops being good. */
  readonly expireTokens: () => void;
  /** The hours pass after which a key is forgotten. */
  readonly forgetKeys: () => void;
  readonly orders: () => readonly { readonly id: string; readonly custom_id: string; readonly captures: number }[];
  readonly refunds: () => readonly { readonly id: string; readonly custom_id: string; readonly value: string }[];
  readonly close: () => Promise<void>;
}

class Problem extends Error {
  readonly status: 400 | 401 | 404 | 422 | 429 | 500;
  readonly body: object;
  constructor(status: Problem['status'], name: string, issue?: string) {
    super(issue ?? name);
    this.status = status;
    // https://developer.paypal.com/api/rest/responses/#link-errormessages
    this.body = { name, message: 'The requested action could not be performed.', debug_id: `f${crypto.randomUUID().slice(0, 12).replace('-', '')}`, details: issue ? [{ issue, description: issue }] : [], links: [] };
  }
}
const unprocessable = (issue: string) => new Problem(422, 'UNPROCESSABLE_ENTITY', issue);
const unknown = () => new Problem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');

const cents = ({ value }: Sum): number => Math.round(Number(value) * 100);
const sum = (minor: number, currency: string): Sum => ({ currency_code: currency, value: (minor / 100).toFixed(2) });

/** A certificate as PayPal's, of a name of its own. */
function makeCertificate(): { readonly pem: string; readonly privateKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + 365 * 86_400_000);
  const names = [{ name: 'commonName', value: 'messageverificationcerts.paypal.example' }];
  certificate.setSubject(names);
  certificate.setIssuer(names);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { pem: forge.pki.certificateToPem(certificate), privateKey };
}

/** Opens the double on a free port. */
export async function openPayPalDouble(): Promise<PayPalDouble> {
  const orders = new Map<string, Order>();
  const refunds = new Map<string, Refund>();
  /** Captures that their buyer won. */
  const lost = new Set<string>();
  const vault = new Map<string, { id: string; customer: string; funding: Funding; email: string }>();
  const lines: Line[] = [];
  const events: { readonly raw: string }[] = [];
  const kept = new Map<string, { status: number; body: string } | 'busy'>();
  const tokens = new Set<string>();
  const requests: PayPalDouble['requests'][number][] = [];
  const trouble: Trouble[] = [];
  const { pem, privateKey } = makeCertificate();
  let [told, ids, origin] = [0, 0, ''];
  let reportedUntil: Date | null = null;
  let vaulting = true;
  const email = 'jeanne.roche@example.org';

  /** https://developer.paypal.com/api/rest/responses: ids of capital letters and digits. */
  const newId = (letter: string): string => `${letter}${String((ids += 1)).padStart(15, '0')}X`;
  const orderOf = (id: string): Order => {
    const found = orders.get(id);
    if (!found || found.forgotten) throw unknown();
    return found;
  };
  const move = (id: string, code: string, amount: Sum): void => { lines.push({ transaction_id: id, transaction_event_code: code, transaction_status: 'S', transaction_amount: amount, at: Date.now() }); };
  /** https://developer.paypal.com/api/rest/webhooks/event-names */
  const emit = (type: string, kind: string, resource: object): void => {
    events.push({ raw: JSON.stringify({ id: `WH-${newId('E')}`, event_version: '1.0', create_time: new Date().toISOString(), resource_type: kind, resource_version: '2.0', event_type: type, summary: type, resource, links: [] }) });
  };

  const shownCapture = ({ order, ...capture }: Capture) => ({ ...capture, final_capture: true, supplementary_data: { related_ids: { order_id: order } }, create_time: new Date().toISOString() });
  const shownRefund = ({ id, status, amount, custom_id: of }: Refund) => ({ id, status, amount, custom_id: of, create_time: new Date().toISOString() });
  /** https://developer.paypal.com/api/orders/v2/orders-get */
  const shown = (order: Order) => ({
    id: order.id, intent: 'CAPTURE', status: order.status,
    payment_source: { paypal: order.funding ? { email_address: email, ...(order.vault && { attributes: { vault: { id: order.vault, status: 'VAULTED', customer: { id: vault.get(order.vault)?.customer } } } }) } : {} },
    purchase_units: [{
      reference_id: 'default', custom_id: order.custom_id, amount: order.amount,
      ...(order.capture && { payments: { captures: [shownCapture(order.capture)], refunds: [...refunds.values()].filter(({ capture }) => capture === order.capture?.id).map(shownRefund) } }),
    }],
    links: [{ href: `${origin}/v2/checkout/orders/${order.id}`, rel: 'self', method: 'GET' }, ...(order.page ? [{ href: `https://www.sandbox.paypal.com/checkoutnow?token=${order.id}`, rel: 'payer-action', method: 'GET' }] : [])],
  });

  /** https://developer.paypal.com/api/orders/v2/orders-create */
  const create = (body: { intent?: string; purchase_units?: { custom_id?: string; amount?: Sum }[]; payment_source?: { paypal?: { experience_context?: { return_url?: string; cancel_url?: string }; attributes?: { vault?: { store_in_vault?: string } } } } }) => {
    const [unit] = body.purchase_units ?? [];
    if (body.intent !== 'CAPTURE' || !unit?.amount) throw new Problem(400, 'INVALID_REQUEST', 'MISSING_REQUIRED_PARAMETER');
    // https://developer.paypal.com/api/orders/v2/errors: DECIMAL_PRECISION and CANNOT_BE_ZERO_OR_NEGATIVE
    if (!/^\d+\.\d{2}$/.test(unit.amount.value)) throw unprocessable('DECIMAL_PRECISION');
    if (cents(unit.amount) <= 0) throw unprocessable('CANNOT_BE_ZERO_OR_NEGATIVE');
    const wallet = body.payment_source?.paypal;
    if (wallet && (!wallet.experience_context?.return_url || !wallet.experience_context.cancel_url)) throw unprocessable('RETURN_URL_REQUIRED');
    // https://developer.paypal.com/api/orders/v2/errors
    if (wallet?.attributes?.vault && !vaulting) throw unprocessable('NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE');
    const order: Order = {
      id: newId('O'), status: wallet ? 'PAYER_ACTION_REQUIRED' : 'CREATED', amount: unit.amount, custom_id: unit.custom_id ?? '', vaults: wallet?.attributes?.vault?.store_in_vault === 'ON_SUCCESS',
      page: wallet !== undefined, funding: null, authenticated: false, vault: '', capture: null, forgotten: false,
    };
    orders.set(order.id, order);
    return shown(order);
  };

  /** https://developer.paypal.com/api/orders/v2/orders-capture and its errors */
  const capture = (order: Order, body: { payment_source?: { paypal?: { vault_id?: string } } }) => {
    if (order.capture) throw unprocessable('ORDER_ALREADY_CAPTURED');
    const saved = body.payment_source?.paypal?.vault_id;
    if (saved !== undefined) {
      const found = vault.get(saved);
      if (!found) throw unprocessable('TOKEN_ID_NOT_FOUND');
      if (found.funding === 'declinedLater') throw unprocessable('INSTRUMENT_DECLINED');
      if (found.funding === 'asksLater') throw unprocessable('PAYER_ACTION_REQUIRED');
      order.funding = found.funding;
    } else if (order.status !== 'APPROVED' || !order.funding) throw unprocessable('ORDER_NOT_APPROVED');
    // https://developer.paypal.com/platforms/checkout/standard/customize/handle-funding-failures: the buyer is led back, to choose another.
    else if (order.funding === 'declined') throw unprocessable('INSTRUMENT_DECLINED');
    else if (order.funding === 'asks' && !order.authenticated) throw unprocessable('PAYER_ACTION_REQUIRED');
    const waits = order.funding === 'waits';
    order.capture = { id: newId('C'), status: waits ? 'PENDING' : 'COMPLETED', amount: order.amount, custom_id: order.custom_id, order: order.id };
    order.status = 'COMPLETED';
    // https://developer.paypal.com/docs/checkout/save-payment-methods/during-purchase/orders-api/paypal
    if (order.vaults) {
      order.vault = newId('v').toLowerCase();
      vault.set(order.vault, { id: order.vault, customer: newId('cus'), funding: order.funding, email });
    }
    if (waits) emit('PAYMENT.CAPTURE.PENDING', 'capture', shownCapture(order.capture));
    else taken(order.capture, saved === undefined ? 'T0006' : 'T0003');
    return shown(order);
  };
  const taken = (one: Capture, code: string): void => {
    move(one.id, code, one.amount);
    emit('PAYMENT.CAPTURE.COMPLETED', 'capture', shownCapture(one));
  };

  /** https://developer.paypal.com/api/payments/v2/captures-refund and its errors */
  const refund = (id: string, body: { amount?: Sum; custom_id?: string }) => {
    const order = [...orders.values()].find((one) => one.capture?.id === id);
    if (!order?.capture) throw unknown();
    const before = [...refunds.values()].filter((one) => one.capture === id).reduce((all, { amount }) => all + cents(amount), 0);
    const left = cents(order.capture.amount) - before;
    const amount = body.amount ?? sum(left, order.amount.currency_code);
    if (order.capture.status === 'PENDING') throw unprocessable('PENDING_CAPTURE');
    if (amount.currency_code !== order.amount.currency_code) throw unprocessable('REFUND_CAPTURE_CURRENCY_MISMATCH');
    // What the buyer won is with them already.
    if (lost.has(id)) throw unprocessable('REFUND_NOT_ALLOWED');
    if (order.funding === 'closed') throw unprocessable('PAYER_ACCOUNT_LOCKED_OR_CLOSED');
    if (left === 0) throw unprocessable('CAPTURE_FULLY_REFUNDED');
    if (cents(amount) > left) throw unprocessable('REFUND_AMOUNT_EXCEEDED');
    const made: Refund = { id: newId('R'), status: 'COMPLETED', amount, custom_id: body.custom_id ?? order.capture.custom_id, capture: id };
    refunds.set(made.id, made);
    order.capture.status = left === cents(amount) ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    // https://developer.paypal.com/api/transaction-search/v1/definitions/transaction_info: V, it was given back since; the refund has a line of its own.
    const line = lines.find(({ transaction_id: of }) => of === id);
    if (line && order.capture.status === 'REFUNDED') line.transaction_status = 'V';
    move(made.id, 'T1107', sum(-cents(amount), amount.currency_code));
    emit('PAYMENT.CAPTURE.REFUNDED', 'refund', shownRefund(made));
    return shownRefund(made);
  };

  /** https://developer.paypal.com/api/transaction-search/v1/search-get: 31 days at most, and what the report knows. */
  const search = (query: URLSearchParams) => {
    const [from, until] = [Date.parse(query.get('start_date') ?? ''), Date.parse(query.get('end_date') ?? '')];
    if (!(until - from <= 31 * 86_400_000)) throw new Problem(400, 'INVALID_REQUEST', 'Date range is greater than 31 days');
    const size = Number(query.get('page_size') ?? 100);
    if (size > 500) throw new Problem(400, 'INVALID_REQUEST', 'INVALID_PAGE_SIZE');
    const known = reportedUntil ?? new Date();
    const found = lines.filter(({ at, transaction_amount: { currency_code: currency } }) => at >= from && at <= until && at <= known.getTime() && currency === query.get('transaction_currency'));
    const page = Number(query.get('page') ?? 1);
    return {
      transaction_details: found.slice((page - 1) * size, page * size).map(({ at, ...one }) => ({ transaction_info: { ...one, transaction_initiation_date: new Date(at).toISOString(), fee_amount: sum(-35, one.transaction_amount.currency_code) } })),
      total_items: found.length, total_pages: Math.max(1, Math.ceil(found.length / size)), page, last_refreshed_datetime: known.toISOString().replace(/\.\d+Z$/, '+0000'),
    };
  };

  const app = new Hono();
  const answer = (status: number, body: unknown) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  const answered = (work: () => object, status = 200): { status: number; body: string } => {
    try {
      return { status, body: JSON.stringify(work()) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { status: error.status, body: JSON.stringify(error.body) };
    }
  };

  // https://developer.paypal.com/api/rest/authentication
  app.post('/v1/oauth2/token', async (call) => {
    const right = `Basic ${Buffer.from(`${keys.clientId}:${keys.secret}`).toString('base64')}`;
    requests.push({ method: 'POST', path: call.req.path, key: '', authorization: '' });
    if (call.req.header('authorization') !== right || new URLSearchParams(await call.req.text()).get('grant_type') !== 'client_credentials') return answer(401, { error: 'invalid_client', error_description: 'Client Authentication failed' });
    const token = `A21AA${crypto.randomUUID()}`;
    tokens.add(token);
    return answer(200, { scope: 'https://uri.paypal.com/services/payments/payment', access_token: token, token_type: 'Bearer', app_id: 'APP-1', expires_in: 32_400, nonce: '1' });
  });
  app.get('/v1/notifications/certs/:name', (call) => (call.req.param('name') === 'CERT-double' ? new Response(pem) : answer(404, {})));
  app.use('/v*', async (call, next) => {
    const authorization = call.req.header('authorization') ?? '';
    requests.push({ method: call.req.method, path: call.req.path, key: call.req.header('paypal-request-id') ?? '', authorization });
    if (!tokens.has(authorization.replace('Bearer ', ''))) return answer(401, { error: 'invalid_token', error_description: 'The token passed in was not found in the system' });
    return next();
  });
  app.get('/v2/checkout/orders/:id', (call) => { const { status, body } = answered(() => shown(orderOf(call.req.param('id')))); return answer(status, body); });
  app.get('/v2/payments/refunds/:id', (call) => {
    const found = refunds.get(call.req.param('id'));
    return found ? answer(200, shownRefund(found)) : answer(404, unknown().body);
  });
  app.get('/v3/vault/payment-tokens/:id', (call) => {
    const found = vault.get(call.req.param('id'));
    return found ? answer(200, { id: found.id, customer: { id: found.customer }, payment_source: { paypal: { email_address: found.email } } }) : answer(404, unknown().body);
  });
  app.get('/v1/reporting/transactions', (call) => { const { status, body } = answered(() => search(new URL(call.req.url).searchParams)); return answer(status, body); });
  app.post('/v2/*', async (call) => {
    const { path } = call.req;
    const body = await call.req.json<object>();
    const key = `${path} ${call.req.header('paypal-request-id') ?? ''}`;
    const met = trouble.shift();
    // https://developer.paypal.com/reference/guidelines/rate-limiting
    if (met === 'limited') return answer(429, new Problem(429, 'RATE_LIMIT_REACHED').body);
    if (met === 'broken') return answer(500, new Problem(500, 'INTERNAL_SERVER_ERROR', 'INTERNAL_SERVICE_ERROR').body);
    // https://developer.paypal.com/reference/guidelines/idempotency: what went well is answered again; of two at once the second may fail.
    const before = kept.get(key);
    if (before === 'busy') return answer(422, unprocessable('PREVIOUS_REQUEST_IN_PROGRESS').body);
    if (before) return answer(200, before.body);
    kept.set(key, 'busy');
    await new Promise((resolve) => { setTimeout(resolve, 15); });
    const [, , area = '', , id = '', act = ''] = path.split('/');
    const made = answered(() => {
      if (area === 'payments') return refund(id, body);
      return act === 'capture' ? capture(orderOf(id), body) : create(body);
    }, 201);
    if (made.status < 300) kept.set(key, made);
    else kept.delete(key);
    if (met === 'lost') (call.env as { outgoing: { destroy: () => void } }).outgoing.destroy();
    return met === 'late' ? answer(500, new Problem(500, 'INTERNAL_SERVER_ERROR').body) : answer(made.status, made.body);
  });

  const listen = getRequestListener((request, env) => app.fetch(request, env));
  const server = createServer((request, response) => { void listen(request, response); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys: PayPalKeys = { clientId: 'client_double', secret: 'secret_double', webhookId: '8PT597110X687430LKGECATA', api: origin };

  /** https://developer.paypal.com/api/rest/webhooks/rest: the id, the time, the webhook's id and the CRC32 of the body as a number, signed by SHA-256 with RSA. */
  const sign: PayPalDouble['sign'] = (raw, { at = new Date(), certificate = `${origin}/v1/notifications/certs/CERT-double`, webhookId = keys.webhookId } = {}) => {
    const [id, time] = [crypto.randomUUID(), at.toISOString().replace(/\.\d+Z$/, 'Z')];
    return [id, time, 'SHA256withRSA', certificate, createSign('SHA256').update(`${id}|${time}|${webhookId}|${crc32(raw)}`).sign(privateKey, 'base64')].join(' ');
  };
  const paid = (id: string): Capture => {
    const { capture: found } = orderOf(id);
    if (!found) throw new Error('nothing was captured');
    return found;
  };

  return {
    keys, requests, trouble, sign,
    hooks: () => {
      const fresh = events.slice(told);
      told = events.length;
      return fresh.map(({ raw }) => ({ raw, signature: sign(raw), sentAt: new Date() }));
    },
    // https://developer.paypal.com/docs/checkout/standard/integrate: approved, it waits for whoever captures it.
    approve: (id, funding) => {
      const order = orderOf(id);
      if (order.capture) return;
      Object.assign(order, { status: 'APPROVED', funding, authenticated: false });
      emit('CHECKOUT.ORDER.APPROVED', 'checkout-order', shown(order));
    },
    authenticate: (id) => { orderOf(id).authenticated = true; },
    expire: (id) => { orderOf(id).forgotten = true; },
    settle: (id, arrives) => {
      const one = paid(id);
      one.status = arrives ? 'COMPLETED' : 'DECLINED';
      if (arrives) taken(one, 'T0006');
      else emit('PAYMENT.CAPTURE.DENIED', 'capture', shownCapture(one));
    },
    // https://developer.paypal.com/docs/disputes/overview and https://developer.paypal.com/api/customer-disputes/v1/definitions/dispute
    dispute: (id, steps) => {
      const one = paid(id);
      const about = {
        dispute_id: `PP-D-${newId('1')}`, reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED', dispute_amount: one.amount, disputed_transactions: [{ seller_transaction_id: one.id, custom: one.custom_id }],
        seller_response_due_date: new Date(Date.now() + 10 * 86_400_000).toISOString(),
      };
      steps.forEach((step, i) => {
        const claim = step !== 'inquiry' && (step === 'claim' || steps.includes('claim'));
        const stage = { dispute_life_cycle_stage: claim ? 'CHARGEBACK' : 'INQUIRY' };
        const { value, currency_code: currency } = one.amount;
        if (step === 'inquiry' || step === 'claim') {
          // https://www.paypal.com/c2/webapps/mpp/seller-dispute-resolution: a temporary hold, as soon as it is raised.
          if (i === 0) move(newId('H'), 'T1110', { value: `-${value}`, currency_code: currency });
          emit(i === 0 ? 'CUSTOMER.DISPUTE.CREATED' : 'CUSTOMER.DISPUTE.UPDATED', 'dispute', { ...about, ...stage, status: claim ? 'UNDER_REVIEW' : 'OPEN' });
          return;
        }
        move(newId('H'), 'T1111', one.amount);
        if (step === 'lost') {
          lost.add(one.id);
          move(newId('L'), 'T1106', { value: `-${value}`, currency_code: currency });
        }
        emit('CUSTOMER.DISPUTE.RESOLVED', 'dispute', { ...about, ...stage, status: 'RESOLVED', dispute_outcome: { outcome_code: step === 'won' ? 'RESOLVED_SELLER_FAVOUR' : 'RESOLVED_BUYER_FAVOUR' } });
      });
    },
    refundByHand: (id) => { refund(paid(id).id, {}); },
    mayVault: (may) => { vaulting = may; },
    reportUntil: (at) => { reportedUntil = at; },
    expireTokens: () => { tokens.clear(); },
    forgetKeys: () => { kept.clear(); },
    orders: () => [...orders.values()].map(({ id, custom_id: of, capture: one }) => ({ id, custom_id: of, captures: one ? 1 : 0 })),
    refunds: () => [...refunds.values()].map(({ id, custom_id: of, amount: { value } }) => ({ id, custom_id: of, value })),
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
}
