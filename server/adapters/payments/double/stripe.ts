import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono, type Context as Call } from 'hono';
import { sign } from '../signature.ts';

/*
 * A double of Stripe's API, for tests without Stripe's network. It keeps everything in memory, and is written from Stripe's public
 * documentation: above each behaviour stands the page that it comes from. The official client is pointed at it.
 */

type Json = string | number | boolean | null | undefined | Json[] | { [name: string]: Json };
type Thing = { [name: string]: Json } & { id: string; object: string };
interface Event { readonly id: string; readonly raw: string; readonly at: Date }

/** How the next answers go: each request takes one. `lost`: done, and the answer breaks off. `broken`: a 500 that did nothing. `late`: done, and a 500 is answered. */
export type Trouble = 'broken' | 'late' | 'lost';

/** Stripe as a test sees it. */
export interface StripeDouble {
  readonly api: { readonly host: string; readonly port: number; readonly protocol: 'http' };
  readonly keys: { readonly secret: string; readonly publishable: string; readonly webhookSecrets: readonly string[] };
  /** Every request that it was sent: the method, the path, and the idempotency key. */
  readonly requests: { readonly method: string; readonly path: string; readonly key: string; readonly authorization: string }[];
  /** What the next commands meet, one each. */
  readonly trouble: Trouble[];
  /** Webhooks that were sent since the last call, in order, each signed as of now with the secret of its endpoint. */
  readonly hooks: () => { readonly raw: string; readonly signature: string; readonly sentAt: Date }[];
  /** Carries webhooks to a door as Stripe does: at least once, in any order, again until they are taken. */
  readonly deliver: (door: (raw: string, signature: string, at: Date) => Promise<void>, how?: { twice?: boolean; reversed?: boolean }) => Promise<void>;
  /** What Stripe.js does in the buyer's browser: confirms an attempt by its client secret with a test method, or with the IBAN of one. */
  readonly confirm: (clientSecret: string, method: string) => Promise<void>;
  /** Answers the authentication that the bank asked for. */
  readonly authenticate: (clientSecret: string, passed: boolean) => void;
  /** The debit of a bank account, or the transfer of a buyer, arrives; or the debit comes back. */
  readonly clear: (intent: string, arrived: boolean) => void;
  /** A buyer's transfer arrives at the account of their customer while no attempt waits for it. */
  readonly send: (customer: string, amount: number) => void;
  /** The bank decides the dispute of an attempt. */
  readonly decide: (intent: string, won: boolean) => void;
  /** Moves an account on: its questions are answered, its payouts open, or Stripe closes it. */
  readonly account: (id: string, to: 'submitted' | 'open' | 'restricted' | 'rejected') => void;
  /** A payout comes back from the bank. */
  readonly bounce: (payout: string) => void;
  /** A day passes: keys are forgotten (https://docs.stripe.com/api/idempotent_requests). */
  readonly forgetKeys: () => void;
  /** From now on what is charged takes days to be there; or the days have passed, and all of it is (https://docs.stripe.com/payments/balances). */
  readonly keepPending: (yes: boolean) => void;
  readonly all: (object: string) => readonly Thing[];
  readonly close: () => Promise<void>;
}

class Refused extends Error {
  readonly status: 400 | 401 | 402 | 403 | 404 | 409;
  readonly body: { [name: string]: Json };
  /** Whether the endpoint had begun: only then its answer is kept for its key. */
  readonly began: boolean;
  constructor(status: Refused['status'], body: { [name: string]: Json }, began = true) {
    super(text(body['message']));
    [this.status, this.body, this.began] = [status, body, began];
  }
}

const wrong = (message: string, code: string, more: { [name: string]: Json } = {}) => new Refused(400, { type: 'invalid_request_error', code, message, ...more });

/** https://docs.stripe.com/testing#cards and https://docs.stripe.com/testing?testing-method=payment-methods */
interface TestMethod { readonly last4: string; readonly declines?: string; readonly later?: string; readonly asks?: 'always' | 'unless_saved'; readonly refund?: 'failed' | 'pending'; readonly dispute?: string; readonly inquiry?: boolean }
const METHODS: Readonly<Record<string, TestMethod>> = {
  pm_card_visa: { last4: '4242' },
  pm_card_chargeDeclined: { last4: '0002', declines: 'generic_decline' },
  pm_card_visa_chargeDeclined: { last4: '0002', declines: 'generic_decline' },
  pm_card_chargeDeclinedInsufficientFunds: { last4: '9995', declines: 'insufficient_funds' },
  pm_card_chargeCustomerFail: { last4: '0341', later: 'generic_decline' },
  pm_card_authenticationRequired: { last4: '3184', asks: 'always' },
  pm_card_authenticationRequiredOnSetup: { last4: '3155', asks: 'unless_saved' },
  pm_card_refundFail: { last4: '5126', refund: 'failed' },
  pm_card_pendingRefund: { last4: '7726', refund: 'pending' },
  pm_card_createDispute: { last4: '0259', dispute: 'fraudulent' },
  pm_card_createDisputeProductNotReceived: { last4: '2685', dispute: 'product_not_received' },
  pm_card_createDisputeInquiry: { last4: '1976', dispute: 'fraudulent', inquiry: true },
};

const prefixes: Readonly<Record<string, string>> = {
  customer: 'cus', payment_intent: 'pi', setup_intent: 'seti', charge: 'ch', payment_method: 'pm', refund: 're', transfer: 'tr', payout: 'po', account: 'acct', balance_transaction: 'txn', dispute: 'du', event: 'evt', file: 'file',
};

/** https://docs.stripe.com/api#intro: form-encoded bodies, `a[b]=c` for what lies inside, `a[0]=b` or `a[]=b` for lists. */
function decode(body: string): { [name: string]: Json } {
  const out: { [name: string]: Json } = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const path = [...name.matchAll(/[^[\]]+|\[\]/g)].map(([part]) => part);
    let at = out as Record<string, Json>;
    path.forEach((part, i) => {
      const key = part === '[]' ? String(Object.keys(at).length) : part;
      if (i === path.length - 1) at[key] = value;
      else at = (at[key] ??= {}) as Record<string, Json>;
    });
  }
  return out;
}
const list = (value: Json): Json[] => (value && typeof value === 'object' ? Object.values(value) : []);
const words = (value: Json): { [name: string]: Json } => (value && typeof value === 'object' && !Array.isArray(value) ? value : {});
const text = (value: Json): string => (typeof value === 'string' ? value : '');

/** What each command takes (https://docs.stripe.com/api/payment_intents/create and its neighbours): the rest is refused as `parameter_unknown`. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  customers: ['metadata', 'email', 'name'],
  payment_intents: ['amount', 'currency', 'customer', 'payment_method', 'allowed_payment_method_types', 'transfer_group', 'metadata', 'setup_future_usage', 'confirm', 'off_session', 'expand'],
  setup_intents: ['customer', 'usage', 'allowed_payment_method_types', 'metadata', 'expand'],
  update: ['allowed_payment_method_types'],
  confirm: ['client_secret', 'payment_method', 'payment_method_data', 'payment_method_options', 'allowed_payment_method_types', 'return_url'],
  cancel: [],
  refunds: ['payment_intent', 'amount', 'metadata', 'reason', 'origin', 'customer', 'currency', 'instructions_email'],
  disputes: ['evidence', 'submit', 'metadata'],
  close: [],
  files: ['purpose', 'file'],
  transfers: ['amount', 'currency', 'destination', 'transfer_group', 'metadata', 'source_transaction'],
  payouts: ['amount', 'currency', 'metadata'],
  accounts: ['country', 'email', 'metadata', 'capabilities', 'controller', 'settings'],
  account_links: ['account', 'type', 'return_url', 'refresh_url', 'collection_options'],
};

/** Opens the double on a free port. */
export async function openStripeDouble(): Promise<StripeDouble> {
  const things = new Map<string, Thing>();
  const events: Event[] = [];
  const kept = new Map<string, { of: string; answer: { status: number; body: string } | null }>();
  const keys = { secret: 'sk_test_double', publishable: 'pk_test_double', webhookSecrets: ['whsec_account', 'whsec_connect'] };
  const requests: StripeDouble['requests'][number][] = [];
  const trouble: Trouble[] = [];
  const lost = new Set<string>();
  let told = 0;
  let ids = 0;
  let slow = false;

  const now = () => Math.floor(Date.now() / 1_000);
  const add = (object: string, body: { [name: string]: Json }): Thing => {
    const thing: Thing = { id: `${prefixes[object]}_${String((ids += 1)).padStart(14, '0')}`, object, created: now(), livemode: false, metadata: {}, ...body };
    things.set(thing.id, thing);
    return thing;
  };
  const all = (object: string): Thing[] => [...things.values()].filter((one) => one.object === object);
  const get = (id: Json, object: string): Thing => {
    const found = things.get(text(id));
    // https://docs.stripe.com/error-codes#resource-missing
    if (found?.object !== object) throw new Refused(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${object}: '${text(id)}'` });
    return found;
  };
  /** https://docs.stripe.com/api/events/object: the object as it was at that moment; `account` names a connected one. */
  const emit = (type: string, object: Thing, account?: string): void => {
    const { id } = add('event', {});
    things.delete(id);
    events.push({ id, at: new Date(), raw: JSON.stringify({
      id, object: 'event', api_version: '2026-10-28.endive', created: now(), type, livemode: false, pending_webhooks: 1, request: { id: null, idempotency_key: null }, ...(account && { account }), data: { object },
    }) });
  };
  /** https://docs.stripe.com/api/balance_transactions/object; the fee is Stripe's of a European card. */
  const move = (type: string, amount: number, currency: Json, source: string, category = type): void => {
    const fee = type === 'charge' ? Math.round(amount * 0.015) + 25 : 0;
    add('balance_transaction', { type, reporting_category: category, amount, fee, net: amount - fee, currency, source });
  };

  const shown = (method: Thing): { [name: string]: Json } => ({ type: method['type'], [text(method['type'])]: method[text(method['type'])] });
  const behaviour = (method: Thing): TestMethod => METHODS[text(method['_test'])] ?? { last4: '' };
  const methodOf = (params: { [name: string]: Json }): Thing => {
    const data = words(params['payment_method_data']);
    if (data['type'] === 'customer_balance') return add('payment_method', { type: 'customer_balance', customer_balance: {}, _test: '' });
    if (data['type'] === 'sepa_debit') {
      const iban = text(words(data['sepa_debit'])['iban']);
      return add('payment_method', { type: 'sepa_debit', sepa_debit: { last4: iban.slice(-4), country: iban.slice(0, 2) }, _test: '' });
    }
    const name = text(params['payment_method']);
    const test = METHODS[name];
    if (!test) return get(name, 'payment_method');
    return add('payment_method', { type: 'card', card: { brand: 'visa', last4: test.last4, exp_month: 12, exp_year: 2040 }, _test: name });
  };
  const saves = (intent: Thing): boolean => intent.object === 'setup_intent' || intent['setup_future_usage'] === 'off_session';
  const keep = (intent: Thing, method: Thing): void => {
    if (saves(intent)) method['customer'] = intent['customer'];
  };
  const kindOf = (intent: Thing): { error: string; word: string } => (intent.object === 'setup_intent' ? { error: 'last_setup_error', word: 'setup_intent' } : { error: 'last_payment_error', word: 'payment_intent' });

  /** https://docs.stripe.com/api/errors#errors-payment_intent: a refusal of the bank carries the attempt, which waits for another method. */
  const decline = (intent: Thing, method: Thing, error: { [name: string]: Json }): Refused => {
    const { error: field, word } = kindOf(intent);
    const body = { type: 'card_error', message: 'Your card was declined.', ...error, payment_method: method };
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null, next_action: null, [field]: body });
    if (word === 'payment_intent') {
      const charge = add('charge', { amount: intent['amount'], currency: intent['currency'], customer: intent['customer'], payment_intent: intent.id, payment_method: method.id, payment_method_details: shown(method), metadata: intent['metadata'], status: 'failed' });
      intent['latest_charge'] = charge.id;
      emit('charge.failed', charge);
      emit('payment_intent.payment_failed', intent);
    } else emit('setup_intent.setup_failed', intent);
    return new Refused(402, { ...body, [word]: intent });
  };

  /** https://docs.stripe.com/payments/paymentintents/lifecycle: the charge succeeds, and then the attempt has. */
  const succeed = (intent: Thing, method: Thing): void => {
    keep(intent, method);
    Object.assign(intent, { status: 'succeeded', payment_method: method.id, next_action: null, [kindOf(intent).error]: null });
    if (intent.object === 'setup_intent') {
      emit('payment_method.attached', method);
      emit('setup_intent.succeeded', intent);
      return;
    }
    const amount = Number(intent['amount']);
    // The metadata of the attempt are copied to its charge: https://docs.stripe.com/metadata#metadata-on-paymentintents
    const charge = add('charge', {
      amount, amount_captured: amount, amount_refunded: 0, currency: intent['currency'], customer: intent['customer'], payment_intent: intent.id, payment_method: method.id,
      payment_method_details: shown(method), metadata: { ...words(intent['metadata']) }, transfer_group: intent['transfer_group'], status: 'succeeded', paid: true, _pending: slow,
    });
    Object.assign(intent, { latest_charge: charge.id, amount_received: amount });
    move(method['type'] === 'card' ? 'charge' : 'payment', amount, intent['currency'], charge.id);
    emit('charge.succeeded', charge);
    emit('payment_intent.succeeded', intent);
    const { dispute, inquiry } = behaviour(method);
    if (dispute) contest(intent, charge, dispute, inquiry === true);
  };

  /** https://docs.stripe.com/disputes/how-disputes-work: the amount leaves us at once, but not for an inquiry. */
  const contest = (intent: Thing, charge: Thing, reason: string, inquiry: boolean): void => {
    const one = add('dispute', {
      amount: charge['amount'], currency: charge['currency'], charge: charge.id, payment_intent: intent.id, reason, status: inquiry ? 'warning_needs_response' : 'needs_response',
      evidence_details: { due_by: now() + 7 * 86_400, has_evidence: false, submission_count: 0 },
    });
    emit('charge.dispute.created', one);
    if (inquiry) return;
    move('adjustment', -Number(charge['amount']), charge['currency'], one.id, 'dispute');
    emit('charge.dispute.funds_withdrawn', one);
  };

  /** https://docs.stripe.com/testing: what each test method does when it is used. */
  const use = (intent: Thing, method: Thing, away: boolean): void => {
    const test = behaviour(method);
    const saving = intent.object === 'setup_intent';
    const was = Boolean(method['customer']);
    // https://docs.stripe.com/payments/bank-transfers/accept-a-payment: the buyer sends the money from their own bank; the account is that of the customer.
    if (method['type'] === 'customer_balance') {
      const iban = { account_holder_name: 'Flow Stage', account_holder_address: {}, bank_address: {}, bic: 'SOGEDEFFXXX', country: 'FR', iban: 'FR1420041010050500013M02606' };
      const told = { amount_remaining: intent['amount'], currency: intent['currency'], financial_addresses: [{ type: 'iban', iban, supported_networks: ['sepa'] }], hosted_instructions_url: null, reference: intent.id.slice(-10), type: 'eu_bank_transfer' };
      Object.assign(intent, { status: 'requires_action', payment_method: method.id, next_action: { type: 'display_bank_transfer_instructions', display_bank_transfer_instructions: told } });
      emit('payment_intent.requires_action', intent);
      return;
    }
    // Collected by hand: a debit is under way for days (https://docs.stripe.com/payments/sepa-debit).
    if (method['type'] === 'sepa_debit' && !saving) {
      keep(intent, method);
      Object.assign(intent, { status: 'processing', payment_method: method.id });
      emit('payment_intent.processing', intent);
      return;
    }
    if (test.declines || (test.later && !saving)) throw decline(intent, method, { code: 'card_declined', decline_code: test.declines ?? test.later ?? '' });
    if (test.asks === 'always' || (test.asks === 'unless_saved' && !was)) {
      // https://docs.stripe.com/payments/save-and-reuse#charge-saved-payment-method: nobody is there to be asked.
      if (away) throw decline(intent, method, { code: 'authentication_required', decline_code: 'authentication_required' });
      Object.assign(intent, { status: 'requires_action', payment_method: method.id, next_action: { type: 'use_stripe_sdk' } });
      return;
    }
    succeed(intent, method);
  };

  /** https://docs.stripe.com/error-codes#payment-intent-unexpected-state */
  const unexpected = (intent: Thing): Refused => {
    const { word } = kindOf(intent);
    return wrong(`You cannot do this to an attempt that is ${text(intent['status'])}.`, `${word}_unexpected_state`, { [word]: intent });
  };
  const confirm = (intent: Thing, params: { [name: string]: Json }): Thing => {
    if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(text(intent['status']))) throw unexpected(intent);
    const method = methodOf(params);
    if (params['allowed_payment_method_types']) allow(intent, params);
    // https://docs.stripe.com/error-codes#payment-intent-incompatible-payment-method
    if (!list(intent['payment_method_types']).includes(method['type'] ?? '')) throw wrong('The PaymentMethod is not among those that are allowed.', 'payment_intent_incompatible_payment_method');
    // https://docs.stripe.com/payments/bank-transfers: a transfer is not for later use.
    if (method['type'] === 'customer_balance' && saves(intent) && words(words(params['payment_method_options'])['customer_balance'])['setup_future_usage'] !== 'none') throw wrong('setup_future_usage cannot be used with customer_balance.', 'parameter_invalid_empty');
    use(intent, method, params['off_session'] === 'true');
    return intent;
  };
  const cancel = (intent: Thing): Thing => {
    // https://docs.stripe.com/api/payment_intents/cancel
    if (!['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'].includes(text(intent['status']))) throw unexpected(intent);
    Object.assign(intent, { status: 'canceled', cancellation_reason: null, next_action: null });
    emit(`${intent.object}.canceled`, intent);
    return intent;
  };

  const allow = (intent: Thing, params: { [name: string]: Json }): Thing => {
    const types = list(params['allowed_payment_method_types']);
    return Object.assign(intent, { allowed_payment_method_types: types, payment_method_types: types });
  };

  const whole = (params: { [name: string]: Json }, name = 'amount'): number => {
    const value = text(params[name]);
    // https://docs.stripe.com/error-codes#parameter-invalid-integer
    if (!/^[1-9]\d*$/.test(value)) throw new Refused(400, { type: 'invalid_request_error', code: 'parameter_invalid_integer', param: name, message: `Invalid integer: ${value}` }, false);
    return Number(value);
  };
  const begin = (object: 'payment_intent' | 'setup_intent', params: { [name: string]: Json }): Thing => {
    if (params['customer']) get(params['customer'], 'customer');
    const intent = add(object, {
      ...(object === 'payment_intent' && { amount: whole(params), currency: params['currency'], transfer_group: params['transfer_group'] ?? null, setup_future_usage: params['setup_future_usage'] ?? null, latest_charge: null }),
      customer: params['customer'] ?? null, allowed_payment_method_types: list(params['allowed_payment_method_types']), payment_method_types: params['allowed_payment_method_types'] ? list(params['allowed_payment_method_types']) : ['card'], metadata: words(params['metadata']), status: 'requires_payment_method', payment_method: null, next_action: null, [object === 'payment_intent' ? 'last_payment_error' : 'last_setup_error']: null,
    });
    intent['client_secret'] = `${intent.id}_secret_${crypto.randomUUID().replaceAll('-', '')}`;
    emit(`${object}.created`, intent);
    if (params['confirm'] === 'true') {
      const method = get(params['payment_method'], 'payment_method');
      // https://docs.stripe.com/api/payment_intents/create#create_payment_intent-payment_method: a saved method is its customer's.
      if (method['customer'] !== intent['customer']) throw wrong('The provided PaymentMethod does not belong to the customer.', 'payment_method_unexpected_state');
      // https://docs.stripe.com/payments/sepa-debit: 10,000 EUR at first.
      if (method['type'] === 'sepa_debit' && Number(intent['amount']) > 1_000_000) throw wrong('The amount is larger than a debit may draw.', 'amount_too_large');
      confirm(intent, params);
    }
    return intent;
  };

  /** https://docs.stripe.com/refunds and https://docs.stripe.com/testing#refunds: a failed refund was a succeeded one before, and its money comes back to us. */
  const refund = (params: { [name: string]: Json }): Thing => {
    if (params['origin'] === 'customer_balance') return giveBack(params);
    const intent = get(params['payment_intent'], 'payment_intent');
    const charge = things.get(text(intent['latest_charge']));
    if (intent['status'] !== 'succeeded' || !charge) throw wrong(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, 'payment_intent_unexpected_state');
    const amount = params['amount'] === undefined ? Number(charge['amount']) : whole(params);
    // https://docs.stripe.com/error-codes#charge-disputed: what a bank took back is not given back as well; an inquiry takes nothing.
    if (all('dispute').some((one) => one['charge'] === charge.id && one['status'] !== 'won' && !text(one['status']).startsWith('warning_'))) throw wrong(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed');
    if (Number(charge['amount_refunded']) === charge['amount']) throw wrong(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
    if (Number(charge['amount_refunded']) + amount > Number(charge['amount'])) throw new Refused(400, { type: 'invalid_request_error', param: 'amount', message: 'Refund amount is greater than unrefunded amount on charge' });
    charge['amount_refunded'] = Number(charge['amount_refunded']) + amount;
    const goes = behaviour(things.get(text(charge['payment_method'])) ?? charge).refund;
    const made = add('refund', { amount, currency: charge['currency'], charge: charge.id, payment_intent: intent.id, metadata: words(params['metadata']), status: goes === 'pending' ? 'pending' : 'succeeded' });
    move('refund', -amount, charge['currency'], made.id);
    emit('charge.refunded', charge);
    emit('refund.created', made);
    if (goes === 'pending') {
      setImmediate(() => { made['status'] = 'succeeded'; emit('refund.updated', made); });
    }
    if (goes === 'failed') {
      made['status'] = 'failed';
      charge['amount_refunded'] -= amount;
      move('refund_failure', amount, charge['currency'], made.id);
      emit('refund.failed', made);
    }
    return goes === 'failed' ? { ...made, status: 'succeeded' } : made;
  };

  /** https://docs.stripe.com/payments/customer-balance/refunding: out of what lies in a customer's cash balance; without an address to ask at it is refused. */
  const giveBack = (params: { [name: string]: Json }): Thing => {
    const customer = get(params['customer'], 'customer');
    const amount = whole(params);
    const there = words(customer['_cash']);
    const currency = text(params['currency']);
    if (!text(params['instructions_email'])) throw wrong('The customer has no email address to ask for bank details at.', 'parameter_missing');
    if (Number(there[currency] ?? 0) < amount) throw wrong('The amount exceeds the available cash balance of the customer.', 'amount_too_large');
    customer['_cash'] = { ...there, [currency]: Number(there[currency]) - amount };
    const made = add('refund', { amount, currency, charge: null, payment_intent: null, customer: customer.id, metadata: words(params['metadata']), status: 'pending' });
    emit('refund.created', made);
    setImmediate(() => { made['status'] = 'succeeded'; emit('refund.updated', made); });
    return { ...made };
  };
  /** https://docs.stripe.com/disputes/api: evidence is submitted once, before its day; a closed dispute is lost for good. */
  const defend = (one: Thing, params: { [name: string]: Json }): Thing => {
    if (one['status'] !== 'needs_response' && one['status'] !== 'warning_needs_response') throw wrong('This dispute is already closed.', 'dispute_already_closed');
    for (const name of ['customer_signature', 'service_documentation']) if (words(params['evidence'])[name]) get(words(params['evidence'])[name], 'file');
    const sent = params['submit'] === 'true';
    Object.assign(one, { evidence: params['evidence'], metadata: { ...words(one['metadata']), ...words(params['metadata']) }, ...(sent && { status: 'under_review', evidence_details: { ...words(one['evidence_details']), has_evidence: true, submission_count: 1 } }) });
    emit('charge.dispute.updated', one);
    return one;
  };
  const forgo = (one: Thing): Thing => {
    if (one['status'] !== 'needs_response' && one['status'] !== 'warning_needs_response') throw wrong('This dispute is already closed.', 'dispute_already_closed');
    one['status'] = 'lost';
    emit('charge.dispute.closed', one);
    return one;
  };

  /** https://docs.stripe.com/payments/balances: what was charged is there some days later. */
  const isPending = (source: Json): boolean => things.get(text(source))?.['_pending'] === true;
  const held = (account: Json, currency: Json): number => all('transfer').filter((one) => one['destination'] === account && one['currency'] === currency && !isPending(one['source_transaction'])).reduce((sum, one) => sum + Number(one['amount']), 0)
    - all('payout').filter((one) => one['_account'] === account && one['currency'] === currency && one['status'] !== 'failed').reduce((sum, one) => sum + Number(one['amount']), 0);
  const balance = (currency: Json): number => all('balance_transaction').filter((one) => one['currency'] === currency && !isPending(one['source'])).reduce((sum, one) => sum + Number(one['net']), 0);

  /** https://docs.stripe.com/connect/separate-charges-and-transfers#transfer-availability */
  const transfer = (params: { [name: string]: Json }): Thing => {
    const account = get(params['destination'], 'account');
    if (words(account['capabilities'])['transfers'] !== 'active') throw wrong('Your destination account needs to have at least one of the following capabilities enabled: transfers', 'insufficient_capabilities_for_transfer');
    const amount = whole(params);
    const source = params['source_transaction'] === undefined ? null : get(params['source_transaction'], 'charge');
    const used = all('transfer').filter((one) => source && one['source_transaction'] === source.id).reduce((sum, one) => sum + Number(one['amount']), 0);
    if (source && (source['currency'] !== params['currency'] || used + amount > Number(source['amount']))) throw wrong(`Transfers using this transaction as a source must not exceed the source amount of ${Number(source['amount'])}.`, 'parameter_invalid_integer', { param: 'amount' });
    if (!source && balance(params['currency']) < amount) throw wrong('You have insufficient funds in your Stripe account for this transfer.', 'balance_insufficient');
    const made = add('transfer', { amount, currency: params['currency'], destination: account.id, transfer_group: params['transfer_group'] ?? null, source_transaction: source?.id ?? null, metadata: words(params['metadata']) });
    move('transfer', -amount, params['currency'], made.id);
    emit('transfer.created', made);
    return made;
  };
  /** https://docs.stripe.com/connect/manual-payouts */
  const payout = (params: { [name: string]: Json }, account: string): Thing => {
    if (!things.get(account)?.['payouts_enabled']) throw wrong('Payouts are not enabled for this account.', 'payouts_not_allowed');
    const amount = whole(params);
    if (held(account, params['currency']) < amount) throw wrong('You have insufficient funds in your Stripe account for this transfer.', 'balance_insufficient');
    const made = add('payout', { amount, currency: params['currency'], metadata: words(params['metadata']), status: 'in_transit', _account: account, arrival_date: now() });
    emit('payout.created', made, account);
    emit('payout.paid', { ...made, status: 'paid' }, account);
    setImmediate(() => { if (made['status'] === 'in_transit') made['status'] = 'paid'; });
    made['status'] = 'paid';
    return { ...made, status: 'in_transit' };
  };

  /** https://docs.stripe.com/connect/hosted-onboarding */
  const open = (params: { [name: string]: Json }): Thing => add('account', {
    country: params['country'], email: params['email'], metadata: words(params['metadata']), details_submitted: false, charges_enabled: false, payouts_enabled: false, capabilities: { transfers: 'inactive' },
    requirements: { currently_due: ['external_account', 'tos_acceptance.date'], past_due: [], pending_verification: [], disabled_reason: 'requirements.past_due' },
  });

  /** https://docs.stripe.com/api/pagination: newest first, at most `limit`, from behind `starting_after` or from right before `ending_before`. */
  const page = (object: string, query: URLSearchParams, account: string): { [name: string]: Json } => {
    const filters = [...query].filter(([name]) => !['limit', 'starting_after', 'ending_before'].includes(name) && !name.startsWith('expand'));
    const found = all(object).reverse().filter((one) => filters.every(([name, value]) => one[name] === value) && (object !== 'payout' || one['_account'] === account));
    const size = Number(query.get('limit') ?? 10);
    const at = (name: string): number => found.findIndex(({ id }) => id === query.get(name));
    const back = query.has('ending_before');
    const from = back ? Math.max(0, at('ending_before') - size) : query.has('starting_after') ? at('starting_after') + 1 : 0;
    const data = found.slice(from, back ? at('ending_before') : from + size);
    return { object: 'list', url: `/v1/${object}s`, has_more: back ? from > 0 : from + data.length < found.length, data: data.map(plain) };
  };
  /** What is ours of an object stays inside. */
  const plain = (thing: Thing): Thing => Object.fromEntries(Object.entries(thing).filter(([name]) => !name.startsWith('_'))) as Thing;
  /** https://docs.stripe.com/expand */
  const expanded = (thing: { [name: string]: Json }, paths: readonly string[]): { [name: string]: Json } =>
    paths.reduce((out, path) => ({ ...out, [path]: things.get(text(out[path])) ?? out[path] }), plain(thing as Thing));

  const commands: Readonly<Record<string, (params: { [name: string]: Json }, account: string) => { [name: string]: Json }>> = {
    customers: (params) => add('customer', { metadata: words(params['metadata']) }),
    payment_intents: (params) => begin('payment_intent', params), setup_intents: (params) => begin('setup_intent', params),
    refunds: refund, transfers: transfer, payouts: payout, accounts: open,
    account_links: (params) => {
      const account = get(params['account'], 'account');
      return { object: 'account_link', created: now(), expires_at: now() + 300, url: `https://connect.stripe.com/setup/e/${account.id}/${crypto.randomUUID()}` };
    },
  };
  const singular = (name: string): string => name.replace(/s$/, '');

  const run = (call: Call, body: string, client: boolean): { [name: string]: Json } => {
    const [, , name = '', id = '', act = ''] = new URL(call.req.url).pathname.split('/');
    const params = decode(body);
    const unknown = Object.keys(params).find((param) => !TAKES[act || (id && name !== 'disputes' ? 'update' : name)]?.includes(param));
    // https://docs.stripe.com/error-codes#parameter-unknown
    if (unknown) throw new Refused(400, { type: 'invalid_request_error', code: 'parameter_unknown', param: unknown, message: `Received unknown parameter: ${unknown}` }, false);
    if (name === 'disputes') return act === 'close' ? forgo(get(id, 'dispute')) : defend(get(id, 'dispute'), params);
    if (act) {
      const intent = get(id, singular(name));
      // https://docs.stripe.com/keys: a publishable key opens an attempt with its client secret, and nothing else.
      if (client && params['client_secret'] !== intent['client_secret']) throw new Refused(401, { type: 'invalid_request_error', message: 'The client_secret does not match.' }, false);
      return act === 'confirm' ? confirm(intent, params) : cancel(intent);
    }
    if (id && !client) return allow(get(id, singular(name)), params);
    const command = commands[name];
    if (!command || client) throw new Refused(client ? 401 : 404, { type: 'invalid_request_error', message: `Unrecognized request URL (POST: ${call.req.path})` }, false);
    return expanded(command(params, call.req.header('stripe-account') ?? ''), list(params['expand']).map(text));
  };

  const app = new Hono();
  const answer = (status: number, body: string, headers: Record<string, string> = {}) => new Response(body, { status, headers: { 'content-type': 'application/json', 'request-id': `req_${requests.length}`, ...headers } });
  const failed = (error: unknown): { status: number; body: string } => {
    if (!(error instanceof Refused)) throw error;
    return { status: error.status, body: JSON.stringify({ error: error.body }) };
  };

  app.use(async (call, next) => {
    const authorization = call.req.header('authorization') ?? '';
    requests.push({ method: call.req.method, path: call.req.path, key: call.req.header('idempotency-key') ?? '', authorization });
    // https://docs.stripe.com/api/authentication
    if (authorization !== `Bearer ${keys.secret}` && authorization !== `Bearer ${keys.publishable}`) return answer(401, JSON.stringify({ error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } }));
    return next();
  });
  // https://docs.stripe.com/api/cash_balance/retrieve
  app.get('/v1/customers/:id/cash_balance', (call) => {
    try {
      const { id, _cash: available } = get(call.req.param('id'), 'customer');
      return answer(200, JSON.stringify({ object: 'cash_balance', available: available ?? null, customer: id, livemode: false, settings: { reconciliation_mode: 'automatic', using_merchant_default: true } }));
    } catch (error) {
      const { status, body } = failed(error);
      return answer(status, body);
    }
  });
  // https://docs.stripe.com/file-upload: a form of several parts; what is no paper that people can open is refused.
  app.post('/v1/files', async (call) => {
    const form = await call.req.formData();
    const file = form.get('file');
    if (form.get('purpose') !== 'dispute_evidence' || !(file instanceof File) || !['application/pdf', 'image/jpeg', 'image/png'].includes(file.type) || file.size > 5_000_000) {
      return answer(400, JSON.stringify({ error: { type: 'invalid_request_error', code: 'file_invalid', message: 'Unsupported file.' } }));
    }
    const key = call.req.header('idempotency-key') ?? '';
    const before = all('file').find((one) => key !== '' && one['_key'] === key);
    return answer(200, JSON.stringify(plain(before ?? add('file', { _key: key, purpose: 'dispute_evidence', filename: file.name, size: file.size, type: file.type }))));
  });
  app.get('/v1/:name/:id?', (call) => {
    const query = new URL(call.req.url).searchParams;
    const account = call.req.header('stripe-account') ?? '';
    const { name, id } = call.req.param();
    try {
      if (!id) return answer(200, JSON.stringify(page(singular(name), query, account)));
      const thing = get(id, singular(name));
      return answer(200, JSON.stringify(expanded(thing, [...query].filter(([param]) => param.startsWith('expand')).map(([, value]) => value))));
    } catch (error) {
      const { status, body } = failed(error);
      return answer(status, body);
    }
  });
  app.post('/v1/*', async (call) => {
    const raw = await call.req.text();
    const client = call.req.header('authorization') === `Bearer ${keys.publishable}`;
    const key = call.req.header('idempotency-key') ?? '';
    const scope = `${call.req.header('stripe-account') ?? ''} ${key}`;
    const of = `${call.req.path} ${raw}`;
    const before = key ? kept.get(scope) : undefined;
    // https://docs.stripe.com/api/idempotent_requests and https://docs.stripe.com/error-low-level#idempotency
    if (before && before.of !== of) {
      return answer(400, JSON.stringify({ error: { type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.' } }));
    }
    // https://docs.stripe.com/error-codes#idempotency-key-in-use
    if (before && !before.answer) return answer(409, JSON.stringify({ error: { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'There is currently another in-progress request using this Idempotent Key.' } }));
    // The line breaks: nobody hears the answer.
    const breakOff = () => { (call.env as { outgoing: { destroy: () => void } }).outgoing.destroy(); };
    if (before?.answer) {
      if (lost.delete(scope)) breakOff();
      return answer(before.answer.status, before.answer.body, { 'idempotent-replayed': 'true' });
    }
    if (key) kept.set(scope, { of, answer: null });
    await new Promise((resolve) => { setTimeout(resolve, 15); });
    const met = client ? undefined : trouble.shift();
    // https://docs.stripe.com/error-low-level#server-errors: an answer of 500 leaves open what was done, and is kept for its key.
    const five = { status: 500, body: JSON.stringify({ error: { type: 'api_error', message: 'An unknown error occurred' } }) };
    let made: { status: number; body: string };
    let began = true;
    try {
      made = met === 'broken' ? five : { status: 200, body: JSON.stringify(run(call, raw, client)) };
    } catch (error) {
      made = failed(error);
      began = (error as Refused).began;
    }
    if (met === 'late') made = five;
    if (began) kept.set(scope, { of, answer: made });
    else kept.delete(scope);
    if (met === 'lost') {
      // The client asks once more by itself when a line that it had used before breaks: that answer is lost too.
      lost.add(scope);
      breakOff();
    }
    return answer(made.status, made.body);
  });

  const listen = getRequestListener((request, env) => app.fetch(request, env));
  const server = createServer((request, response) => { void listen(request, response); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  const intentOf = (clientSecret: string): Thing => {
    const found = [...things.values()].find((one) => one['client_secret'] === clientSecret);
    if (!found) throw new Error('no such attempt');
    return found;
  };
  const signed = ({ raw }: Event) => {
    const at = new Date();
    const { account } = JSON.parse(raw) as { account?: string };
    return { raw, signature: sign(raw, keys.webhookSecrets[account ? 1 : 0] ?? '', at), sentAt: at };
  };

  return {
    api: { host: '127.0.0.1', port, protocol: 'http' }, keys, requests, trouble, all,
    hooks: () => {
      const fresh = events.slice(told);
      told = events.length;
      return fresh.map(signed);
    },
    // https://docs.stripe.com/webhooks#retries and #event-ordering
    deliver: async (door, { twice = false, reversed = false } = {}) => {
      const fresh = events.slice(told);
      told = events.length;
      for (const event of (reversed ? fresh.reverse() : fresh).flatMap((one) => (twice ? [one, one] : [one]))) {
        const { raw, signature, sentAt } = signed(event);
        await door(raw, signature, sentAt);
      }
    },
    confirm: async (clientSecret, method) => {
      const { id, object } = intentOf(clientSecret);
      const body = /^[A-Z]{2}\d{2}/.test(method) ? { 'payment_method_data[type]': 'sepa_debit', 'payment_method_data[sepa_debit][iban]': method } : { payment_method: method };
      await fetch(`http://127.0.0.1:${port}/v1/${object}s/${id}/confirm`, {
        method: 'POST', headers: { authorization: `Bearer ${keys.publishable}` }, body: new URLSearchParams({ client_secret: clientSecret, ...body }),
      });
    },
    authenticate: (clientSecret, passed) => {
      const intent = intentOf(clientSecret);
      if (intent['status'] !== 'requires_action') return;
      const method = get(intent['payment_method'], 'payment_method');
      if (passed) succeed(intent, method);
      // https://docs.stripe.com/error-codes#payment-intent-authentication-failure
      else decline(intent, method, { type: 'invalid_request_error', code: `${kindOf(intent).word}_authentication_failure` });
    },
    clear: (ref, arrived) => {
      const intent = get(ref, 'payment_intent');
      const method = get(intent['payment_method'], 'payment_method');
      if (arrived) succeed(intent, method);
      else decline(intent, method, { code: 'debit_not_authorized' });
    },
    // https://docs.stripe.com/payments/customer-balance: what no open attempt takes is left in the customer's cash balance.
    send: (id, amount) => {
      const customer = get(id, 'customer');
      const before = words(customer['_cash']);
      customer['_cash'] = { ...before, eur: Number(before['eur'] ?? 0) + amount };
      const { id: event } = add('event', {});
      things.delete(event);
      events.push({ id: event, at: new Date(), raw: JSON.stringify({
        id: event, object: 'event', api_version: '2026-10-28.endive', created: now(), type: 'cash_balance.funds_available', livemode: false, pending_webhooks: 1, request: { id: null, idempotency_key: null },
        data: { object: { object: 'cash_balance', available: customer['_cash'], customer: id, livemode: false, settings: { reconciliation_mode: 'automatic', using_merchant_default: true } } },
      }) });
    },
    decide: (ref, won) => {
      const one = all('dispute').find((dispute) => dispute['payment_intent'] === ref);
      if (!one) throw new Error('no such dispute');
      one['status'] = won ? 'won' : 'lost';
      // https://docs.stripe.com/disputes/how-disputes-work: what was won comes back.
      if (won) {
        move('adjustment', Number(one['amount']), one['currency'], one.id, 'dispute_reversal');
        emit('charge.dispute.funds_reinstated', one);
      }
      emit('charge.dispute.closed', one);
    },
    // https://docs.stripe.com/connect/handling-api-verification
    account: (id, to) => {
      const requirements = { currently_due: to === 'restricted' ? ['individual.verification.document'] : [], past_due: [], pending_verification: to === 'submitted' ? ['individual.verification.document'] : [], disabled_reason: { submitted: 'requirements.pending_verification', open: null, restricted: 'requirements.past_due', rejected: 'rejected.fraud' }[to] };
      const one = Object.assign(get(id, 'account'), { details_submitted: true, payouts_enabled: to === 'open', capabilities: { transfers: to === 'open' ? 'active' : 'inactive' }, requirements });
      emit('account.updated', one, id);
    },
    bounce: (id) => {
      const one = Object.assign(get(id, 'payout'), { status: 'failed', failure_code: 'account_closed' });
      emit('payout.failed', one, text(one['_account']));
    },
    forgetKeys: () => { kept.clear(); },
    keepPending: (yes) => {
      slow = yes;
      if (!yes) for (const charge of all('charge')) charge['_pending'] = false;
    },
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
}
