import assert from 'node:assert/strict';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../../core/config.ts';
import type { Prisma, PrismaClient } from '../../core/db/client.ts';
import { AppError } from '../../core/errors.ts';
import { sha256 } from '../../core/files.ts';
import { preferred } from '../../core/locale.ts';
import { inFigures, type Currency, type Money } from '../../core/money.ts';
import type { Tasks } from '../../core/outbox.ts';
import { line } from '../../core/wire.ts';
import type { Intent, PayoutAccount, ProviderNotice, SelfSigned, TransferTo } from '../ports.ts';
import { accountPage, bankPage, type Answered } from './sandbox-pages.ts';
import { sign, verify } from './signature.ts';
import { TEST_CARDS, type TestCardName } from './test-cards.ts';

type Tx = Prisma.TransactionClient;

/** What the sandbox knows of one attempt to take money (`pay` by hand, `charge` while the buyer is away) or to `save` a card. */
interface IntentBody {
  act: 'pay' | 'charge' | 'save';
  /** Minor units, as text; empty with `save`. */
  minor: string;
  currency: Currency;
  paymentId: string;
  bookingId: string;
  saves: boolean;
  status: Intent['status'];
  refusal: string;
  card: TestCardName | '';
  methodRef: string;
  /** The buyer sends the money from their own bank. */
  transfer: boolean;
  /** The buyer approves it on a page of its own, as PayPal's. */
  wallet: boolean;
}

interface RefundBody { minor: string; currency: Currency; intent: string; bookingId: string; status: 'paid' | 'failed' }

interface PayoutBody { minor: string; currency: Currency; orgId: string; bookingId: string }

interface DisputeBody { minor: string; currency: Currency; intent: string; status: 'won' | 'lost'; answered?: boolean }

/** A transfer that came once nobody waited for it. */
interface CashBody { minor: string; currency: Currency; bookingId: string; status: 'there' | 'back' }

interface AccountBody { orgId: string; state: Answered; done: string }

interface MethodBody { card: TestCardName; customerRef: string }

/** Seconds by the wall clock after which a late webhook leaves, and a payout has arrived. */
const lateSeconds = 6;
const payoutSeconds = 2;
/** Seconds by the wall clock after which a holder contests a payment, and after which their bank decides. */
const [disputeSeconds, decisionSeconds] = [4, 180];
/** Seconds by the wall clock after which a debit is answered, and after which a transfer that was announced arrives: a real one takes days. */
const [debitSeconds, transferSeconds] = [6, 12];
/** What a producer has still to give, by the state of their account. */
const lacking: Readonly<Record<Answered, readonly string[]>> = { begun: ['external_account', 'individual.verification.document'], missing: ['individual.verification.document'], open: [], closed: [] };

/** What webhooks are signed with: made from the secret of this installation, the same in each of its processes. */
const secretOf = (config: Config): string => `whsec_${createHmac('sha256', config.sessionSecret).update('sandbox webhooks').digest('hex')}`;

const accountKey = (orgId: string): string => `account:${orgId}`;
const customerOf = (bookingId: string): string => `cus_sbx_${bookingId}`;
const newRef = (prefix: string): string => `${prefix}_sbx_${randomBytes(12).toString('hex')}`;

/** The sandbox provider, with its own door for the card entry in the buyer's browser. */
export interface Sandbox extends SelfSigned {
  /**
   * `POST …/confirm` `{ clientSecret, method }` and `POST …/challenge` `{ clientSecret, outcome: 'pass' | 'fail' }` answer `{ status, refusal }`,
   * and `redirect` where a bank asks on a page of its own. `…/bank` and `…/account` are pages for people.
   */
  readonly handle: (request: Request) => Promise<Response>;
  /** The bank answers: the debit or the transfer of an attempt arrives, or comes back. */
  readonly clear: (ref: string) => Promise<void>;
}

/**
 * A double of a card provider. It keeps its own books in the database, so that a crash of ours loses nothing of what "the bank"
 * knows, and tells us by webhook alone, at least once. It moves no money. Its clock is the wall clock.
 */
export function openSandbox({ db, config, realNow }: { db: PrismaClient; config: Config; realNow: () => Date }): Sandbox {
  /** One object for each key: the same request finds it again, and another one under the same key is refused. */
  async function once<B extends object>(ask: { kind: string; prefix: string; key: string; content: object; body: B }, begin: (tx: Tx, made: { id: string; body: B }) => Promise<void>) {
    const { kind, prefix, key, content, body } = ask;
    const hash = sha256(JSON.stringify([kind, content], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
    return db.$transaction(async (tx) => {
      const made = { id: newRef(prefix), kind, key, hash, secret: randomBytes(24).toString('base64url'), body, createdAt: realNow() };
      const { count } = await tx.sandboxObject.createMany({ data: [made as Prisma.SandboxObjectCreateManyInput], skipDuplicates: true });
      if (count > 0) await begin(tx, made);
      const kept = await tx.sandboxObject.findUniqueOrThrow({ where: { key } });
      if (kept.hash !== hash) throw new AppError('key_reused');
      return kept;
    }, { maxWait: 20_000, timeout: 30_000 });
  }

  /** Writes a webhook down and has it sent: with the change it speaks of, or not at all. */
  async function emit(tx: Tx, type: string, object: { id: string } & Record<string, unknown>, how: { after?: number; times?: number } = {}): Promise<void> {
    const id = newRef('evt');
    const at = realNow();
    const raw = JSON.stringify({ id, object: 'event', type, created: Math.floor(at.getTime() / 1_000), data: { object } });
    await tx.sandboxObject.create({ data: { id, kind: 'event', key: id, hash: '', secret: '', body: { raw }, createdAt: at } });
    for (let time = 0; time < (how.times ?? 1); time += 1) await later(tx, 'sandbox.hook', id, how.after ?? 0);
  }

  async function later(tx: Tx, task: 'sandbox.hook' | 'sandbox.clear', id: string, seconds: number): Promise<void> {
    const runAt = new Date(realNow().getTime() + seconds * 1_000);
    await tx.$queryRaw`SELECT 1 AS done FROM graphile_worker.add_job(${task}, ${JSON.stringify({ id })}::json, run_at => ${runAt}::timestamptz, max_attempts => 25)`;
  }

  async function refuse(tx: Tx, id: string, body: IntentBody, refusal: string): Promise<IntentBody> {
    const next: IntentBody = { ...body, status: 'refused', refusal };
    await emit(tx, body.act === 'save' ? 'setup_intent.setup_failed' : 'payment_intent.payment_failed', { id, ...money(body), refusal });
    return next;
  }

  async function succeed(tx: Tx, id: string, body: IntentBody): Promise<IntentBody> {
    const { label, told } = body.card ? TEST_CARDS[body.card] : { label: '', told: 'once' as const };
    const how = { once: {}, twice: { times: 2 }, late: { after: lateSeconds } }[told];
    // Nothing of a transfer can be charged later.
    const saved = body.saves && body.card ? await saveMethod(tx, body.card, body.bookingId) : null;
    const method = saved ? { method: { ...saved, label } } : {};
    const next: IntentBody = { ...body, status: body.act === 'save' ? 'saved' : 'captured', refusal: '', methodRef: saved?.methodRef ?? body.methodRef };
    await emit(tx, body.act === 'save' ? 'setup_intent.succeeded' : 'payment_intent.succeeded', { id, ...money(body), ...method }, how);
    if (body.act !== 'save') await contest(tx, id, body);
    return next;
  }

  /** The bank takes the money back from us, and decides a little later. What it decides is known to these books at once. */
  async function contest(tx: Tx, intent: string, { card, minor, currency }: IntentBody): Promise<void> {
    const status = card ? TEST_CARDS[card].dispute : null;
    if (!status) return;
    const id = newRef('du');
    const at = realNow();
    const body: DisputeBody = { minor, currency, intent, status };
    await tx.sandboxObject.create({ data: { id, kind: 'dispute', key: id, hash: '', secret: '', body: { ...body }, createdAt: at } });
    const object = { id: intent, amount: minor, currency };
    const dispute = { ref: id, reason: 'product_not_received' };
    const answerBy = new Date(at.getTime() + decisionSeconds * 1_000).toISOString();
    await emit(tx, 'charge.dispute.funds_withdrawn', { ...object, dispute: { ...dispute, answerBy, won: null } }, { after: disputeSeconds });
    await emit(tx, 'charge.dispute.closed', { ...object, dispute: { ...dispute, answerBy: null, won: status === 'won' } }, { after: decisionSeconds });
  }

  async function disputeOf(tx: Tx, id: string) {
    await tx.$queryRaw`SELECT id FROM sandbox_object WHERE id = ${id} FOR UPDATE`;
    const found = await tx.sandboxObject.findUniqueOrThrow({ where: { id } });
    return { found, body: found.body as unknown as DisputeBody };
  }

  async function saveMethod(tx: Tx, card: TestCardName, bookingId: string) {
    const methodRef = newRef('pm');
    const customerRef = customerOf(bookingId);
    const body: MethodBody = { card, customerRef };
    await tx.sandboxObject.create({ data: { id: methodRef, kind: 'method', key: methodRef, hash: '', secret: '', body: { ...body }, createdAt: realNow() } });
    return { customerRef, methodRef };
  }

  /** Changes an intent that the browser names by its client secret; two clicks at once are taken one after the other. */
  async function change(clientSecret: string, step: (tx: Tx, id: string, body: IntentBody) => Promise<IntentBody>): Promise<IntentBody | null> {
    const [ref = '', secret = ''] = clientSecret.split('_secret_');
    return db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM sandbox_object WHERE id = ${ref} FOR UPDATE`;
      const row = await tx.sandboxObject.findUnique({ where: { id: ref } });
      if (!row || !same(row.secret, secret)) return null;
      const before = row.body as unknown as IntentBody;
      // A charge is between us and the bank; what is done stays done.
      if (before.act === 'charge' || before.status === 'processing' || ended.includes(before.status)) return before;
      const after = await step(tx, ref, before);
      await tx.sandboxObject.update({ where: { id: ref }, data: { body: { ...after } } });
      return after;
    }, { maxWait: 20_000, timeout: 30_000 });
  }

  /** A debit is with the bank. */
  async function draw(tx: Tx, id: string, body: IntentBody): Promise<IntentBody> {
    await emit(tx, 'payment_intent.processing', { id, ...money(body) });
    await later(tx, 'sandbox.clear', id, debitSeconds);
    return { ...body, status: 'processing', refusal: '' };
  }

  const confirm = (clientSecret: string, card: TestCardName) => change(clientSecret, async (tx, id, before) => {
    if (before.wallet) return before;
    const body: IntentBody = { ...before, card, transfer: false };
    switch (TEST_CARDS[card].entered) {
      case 'declined': return refuse(tx, id, body, 'card_declined');
      // Leave to debit later is given at once.
      case 'debit': return before.act === 'save' ? succeed(tx, id, body) : draw(tx, id, body);
      case 'authenticate': case 'redirect': return { ...body, status: 'needs_action', refusal: '' };
      case 'accepted': return succeed(tx, id, body);
    }
  });

  const challenge = (clientSecret: string, passed: boolean) => change(clientSecret, async (tx, id, before) => {
    // What is approved on the wallet's page is paid by it: whoever refused there may come back.
    const body: IntentBody = before.wallet ? { ...before, card: 'pm_paypal', status: 'needs_action' } : before;
    if (body.status !== 'needs_action') return body;
    return passed ? succeed(tx, id, body) : refuse(tx, id, body, 'authentication_failed');
  });

  const intentOf = ({ id, secret, body }: { id: string; secret: string; body: unknown }): Intent => {
    const { status, refusal, transfer, wallet } = body as IntentBody;
    return { ref: id, clientSecret: `${id}_secret_${secret}`, status, ...(refusal ? { refusal } : {}), ...(transfer && status === 'needs_action' ? { transfer: transferTo(id) } : {}),
      ...(wallet && !ended.includes(status) ? { page: `/sandbox/payments/bank?clientSecret=${encodeURIComponent(`${id}_secret_${secret}`)}` } : {}) };
  };

  const readAccount = async (orgId: string): Promise<PayoutAccount> => {
    const kept = await db.sandboxObject.findUnique({ where: { key: accountKey(orgId) } });
    if (!kept) return { state: 'none', missing: [] };
    const { state } = kept.body as unknown as AccountBody;
    return { state, missing: lacking[state] };
  };

  /** A producer answers on our page of the provider; where they are led then. */
  const answerAccount = ({ ref, secret, state }: { ref: string; secret: string; state: Answered }): Promise<string | null> => db.$transaction(async (tx) => {
    const found = await tx.sandboxObject.findUnique({ where: { id: ref } });
    if (found?.kind !== 'account' || !same(found.secret, secret)) return null;
    const body: AccountBody = { ...found.body as unknown as AccountBody, state };
    await tx.sandboxObject.update({ where: { id: ref }, data: { body: { ...body } } });
    await emit(tx, 'account.updated', { id: ref, orgId: body.orgId });
    return body.done;
  });

  /** The pages for people: the bank's, and the one on which an account is opened. */
  async function pageOf(request: Request, step: 'bank' | 'account'): Promise<Response> {
    const locale = preferred(request.headers.get('accept-language') ?? '');
    const given: unknown = request.method === 'POST' ? Object.fromEntries((await request.formData().catch(() => new FormData())).entries()) : Object.fromEntries(new URL(request.url).searchParams);
    const gone = () => Response.json({ error: 'intent_unknown' }, { status: 404 });
    if (step === 'account') {
      const { data: shown } = AccountShown.safeParse(given);
      if (shown && request.method === 'GET') return accountPage(locale, shown);
      const { data } = AccountAnswer.safeParse(given);
      const done = data ? await answerAccount(data) : null;
      return done ? new Response(null, { status: 303, headers: { location: done } }) : gone();
    }
    const { data } = BankAnswer.safeParse(given);
    if (!data) return gone();
    const { clientSecret, outcome } = data;
    const body = outcome ? await challenge(clientSecret, outcome === 'pass') : await change(clientSecret, (_, __, before) => Promise.resolve(before));
    if (!body) return gone();
    if (!outcome) return bankPage(locale, { clientSecret, wallet: body.wallet, amount: inFigures({ minor: BigInt(body.minor), currency: body.currency }, locale) });
    return new Response(null, { status: 303, headers: { location: '/frame/back' } });
  }

  return {
    name: 'sandbox',
    ways: ['card', 'bancontact', 'sepa_debit', 'transfer', 'paypal'],
    signedBy: ['flow-signature'],

    async beginPayment({ key, amount, paymentId, bookingId, saveMethod: saves, ways }) {
      const content = { amount, paymentId, bookingId, saves };
      const wallet = ways.length === 1 && ways[0] === 'paypal';
      const body: IntentBody = { ...waiting, act: 'pay', minor: String(amount.minor), currency: amount.currency, paymentId, bookingId, saves, wallet };
      return intentOf(await once({ kind: 'intent', prefix: 'pi', key, content, body }, nothing));
    },

    askTransfer: (ref) => db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM sandbox_object WHERE id = ${ref} FOR UPDATE`;
      const found = await tx.sandboxObject.findUniqueOrThrow({ where: { id: ref } });
      const before = found.body as unknown as IntentBody;
      if (before.act !== 'pay' || before.transfer || before.status === 'processing' || ended.includes(before.status)) return intentOf(found);
      await later(tx, 'sandbox.clear', ref, transferSeconds);
      const after: IntentBody = { ...before, card: '', transfer: true, status: 'needs_action', refusal: '' };
      return intentOf(await tx.sandboxObject.update({ where: { id: ref }, data: { body: { ...after } } }));
    }, { maxWait: 20_000, timeout: 30_000 }),

    async beginMandate({ key, ...content }) {
      const body: IntentBody = { ...waiting, act: 'save', bookingId: content.bookingId, saves: true };
      return intentOf(await once({ kind: 'intent', prefix: 'seti', key, content, body }, nothing));
    },

    async chargeMandate({ key, ...content }) {
      const { amount, paymentId, bookingId, customerRef, methodRef } = content;
      const method = (await db.sandboxObject.findUniqueOrThrow({ where: { id: methodRef } })).body as unknown as MethodBody;
      assert(method.customerRef === customerRef, 'a card is charged for the customer who saved it');
      const { away, entered } = TEST_CARDS[method.card];
      const body: IntentBody = {
        ...waiting, act: 'charge', minor: String(amount.minor), currency: amount.currency, paymentId, bookingId, saves: false, card: method.card, methodRef,
        status: away !== 'accepted' ? 'refused' : entered === 'debit' ? 'processing' : 'captured', refusal: away === 'accepted' ? '' : away,
      };
      return intentOf(await once({ kind: 'intent', prefix: 'pi', key, content, body }, async (tx, made) => {
        if (away !== 'accepted') await refuse(tx, made.id, body, away);
        else if (entered === 'debit') await draw(tx, made.id, body);
        else await succeed(tx, made.id, body);
      }));
    },

    readIntent: async (ref) => intentOf(await db.sandboxObject.findUniqueOrThrow({ where: { id: ref } })),

    // What is approved on a page of the sandbox's was taken there.
    complete: async (ref) => intentOf(await db.sandboxObject.findUniqueOrThrow({ where: { id: ref } })),

    cancel: (ref) => db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM sandbox_object WHERE id = ${ref} FOR UPDATE`;
      const found = await tx.sandboxObject.findUniqueOrThrow({ where: { id: ref } });
      const before = found.body as unknown as IntentBody;
      if (before.act === 'charge' || before.status === 'processing' || ended.includes(before.status)) return intentOf(found);
      return intentOf(await tx.sandboxObject.update({ where: { id: ref }, data: { body: { ...before, status: 'cancelled', refusal: '' } } }));
    }, { maxWait: 20_000, timeout: 30_000 }),

    async refund({ key, ...content }) {
      const { intent, amount, bookingId } = content;
      const asked: RefundBody = { minor: String(amount.minor), currency: amount.currency, intent, bookingId, status: 'failed' };
      const { id } = await once({ kind: 'refund', prefix: 're', key, content, body: asked }, async (tx, made) => {
        // Refunds of one attempt are counted one after another.
        await tx.$queryRaw`SELECT id FROM sandbox_object WHERE id = ${intent} FOR UPDATE`;
        const paid = (await tx.sandboxObject.findUniqueOrThrow({ where: { id: intent } })).body as unknown as IntentBody;
        const before = (await tx.sandboxObject.findMany({ where: { kind: 'refund', id: { not: made.id }, body: { path: ['intent'], equals: intent } } })).map((one) => one.body as unknown as RefundBody);
        // What the bank took back is with the holder already.
        const lost = await tx.sandboxObject.count({ where: { kind: 'dispute', AND: [{ body: { path: ['intent'], equals: intent } }, { body: { path: ['status'], equals: 'lost' } }] } });
        const left = before.filter((one) => one.status === 'paid').reduce((rest, { minor }) => rest - BigInt(minor), paid.status === 'captured' && lost === 0 ? BigInt(paid.minor) : 0n);
        const status = amount.currency === paid.currency && amount.minor <= left && (!paid.card || TEST_CARDS[paid.card].refund === 'paid') ? 'paid' : 'failed';
        await tx.sandboxObject.update({ where: { id: made.id }, data: { body: { ...asked, status } } });
        await emit(tx, `refund.${status}`, { id: made.id, amount: asked.minor, currency: asked.currency }, { after: payoutSeconds });
      });
      // Of a bank's refusal one hears by webhook alone.
      return { ref: id, status: 'sent' };
    },

    disputes: {
      answer: ({ dispute }) => db.$transaction(async (tx) => {
        const { found, body } = await disputeOf(tx, dispute);
        if (!body.answered && realNow().getTime() > found.createdAt.getTime() + decisionSeconds * 1_000) return 'closed' as const;
        await tx.sandboxObject.update({ where: { id: dispute }, data: { body: { ...body, answered: true } } });
        return 'sent' as const;
      }),
      accept: ({ dispute }) => db.$transaction(async (tx) => {
        const { found, body } = await disputeOf(tx, dispute);
        if (body.answered || realNow().getTime() > found.createdAt.getTime() + decisionSeconds * 1_000) return 'closed' as const;
        await tx.sandboxObject.update({ where: { id: dispute }, data: { body: { ...body, status: 'lost', answered: true } } });
        await emit(tx, 'charge.dispute.closed', { id: body.intent, amount: body.minor, currency: body.currency, dispute: { ref: dispute, reason: 'product_not_received', answerBy: null, won: false } });
        return 'sent' as const;
      }),
    },

    cash: {
      bookingOf: (customerRef) => Promise.resolve(customerRef.replace(/^cus_sbx_/u, '')),
      read: async (bookingId) => {
        const rows = await db.$queryRaw<{ currency: Currency; minor: bigint }[]>`
          SELECT body->>'currency' AS currency, sum((body->>'minor')::bigint)::bigint AS minor FROM sandbox_object WHERE kind = 'cash' AND body->>'bookingId' = ${bookingId} AND body->>'status' = 'there' GROUP BY 1`;
        return rows.map(({ currency, minor }) => ({ minor, currency }));
      },
      async giveBack({ key, ...content }) {
        const { bookingId, amount } = content;
        const asked = { minor: String(amount.minor), currency: amount.currency, bookingId, status: 'failed' };
        const { id } = await once({ kind: 'cash_back', prefix: 're', key, content: { bookingId, amount }, body: asked }, async (tx, made) => {
          const there = await tx.$queryRaw<{ id: string; minor: bigint }[]>`
            SELECT id, (body->>'minor')::bigint AS minor FROM sandbox_object WHERE kind = 'cash' AND body->>'bookingId' = ${bookingId} AND body->>'currency' = ${amount.currency} AND body->>'status' = 'there' FOR UPDATE`;
          // All that lies there goes back at once, or nothing.
          const whole = there.reduce((all, { minor }) => all + minor, 0n) === amount.minor;
          if (whole) for (const one of there) await tx.$executeRaw`UPDATE sandbox_object SET body = jsonb_set(body, '{status}', '"back"') WHERE id = ${one.id}`;
          const status = whole ? 'paid' : 'failed';
          await tx.sandboxObject.update({ where: { id: made.id }, data: { body: { ...asked, status } } });
          await emit(tx, `refund.${status}`, { id: made.id, amount: asked.minor, currency: asked.currency }, { after: payoutSeconds });
        });
        return { ref: id, status: 'sent' };
      },
    },

    async nameMethod(methodRef) {
      const { card } = (await db.sandboxObject.findUniqueOrThrow({ where: { id: methodRef } })).body as unknown as MethodBody;
      return TEST_CARDS[card].label;
    },

    async openAccount({ orgId, done }) {
      const key = accountKey(orgId);
      const body: AccountBody = { orgId, state: 'begun', done };
      await db.sandboxObject.createMany({ data: [{ id: newRef('acct'), kind: 'account', key, hash: '', secret: randomBytes(24).toString('base64url'), body: { ...body }, createdAt: realNow() }], skipDuplicates: true });
      const { id, secret } = await db.sandboxObject.findUniqueOrThrow({ where: { key } });
      await db.$executeRaw`UPDATE sandbox_object SET body = jsonb_set(body, '{done}', to_jsonb(${done}::text)) WHERE key = ${key}`;
      return { url: new URL(`/sandbox/payments/account?ref=${id}&secret=${secret}`, done).href };
    },

    readAccount,

    async payOut({ key: first, turn, amount, orgId, bookingId }) {
      const key = turn === 0 ? first : `${first}:${turn}`;
      const content = { amount, orgId, bookingId };
      const known = await db.sandboxObject.count({ where: { key } });
      // Who never opened an account is paid all the same: no money moves.
      if (known === 0 && !['none', 'open'].includes((await readAccount(orgId)).state)) throw new AppError('account_not_ready');
      const body: PayoutBody = { minor: String(amount.minor), currency: amount.currency, orgId, bookingId };
      const { id } = await once({ kind: 'payout', prefix: 'po', key, content, body }, (tx, made) =>
        emit(tx, 'payout.paid', { id: made.id, key, amount: body.minor, currency: body.currency }, { after: payoutSeconds }));
      return { ref: id, status: 'sent' };
    },

    readNotice(raw, signature, at) {
      verify(raw, signature, { secret: secretOf(config), realNow: at });
      return parse(raw);
    },

    parseNotice: parse,

    /** As the seeds reckon with: 2.9 % and 0.30 for each charge, half up (ES-08). */
    async readFees(currency) {
      const [row] = await db.$queryRaw<[{ minor: bigint }]>`
        SELECT coalesce(sum(((body->>'minor')::bigint * 29 + 500) / 1000 + 30), 0)::bigint AS minor FROM sandbox_object
        WHERE kind = 'intent' AND body->>'currency' = ${currency} AND body->>'status' = 'captured'`;
      return { minor: row.minor, currency };
    },

    async readBalance(currency) {
      const [row] = await db.$queryRaw<[{ minor: bigint }]>`
        SELECT coalesce(sum(CASE WHEN kind <> 'intent' THEN -(body->>'minor')::bigint ELSE (body->>'minor')::bigint END), 0)::bigint AS minor
        FROM sandbox_object
        WHERE body->>'currency' = ${currency} AND (kind = 'payout' OR (kind = 'refund' AND body->>'status' = 'paid') OR (kind = 'dispute' AND body->>'status' = 'lost') OR (kind = 'intent' AND body->>'status' = 'captured'))`;
      return { minor: row.minor, currency };
    },

    clear: (ref) => db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM sandbox_object WHERE id = ${ref} FOR UPDATE`;
      const before = (await tx.sandboxObject.findUniqueOrThrow({ where: { id: ref } })).body as unknown as IntentBody;
      if (before.transfer && before.status === 'cancelled') {
        // Nobody waits for it any more: it lies there.
        const body: CashBody = { minor: before.minor, currency: before.currency, bookingId: before.bookingId, status: 'there' };
        await tx.sandboxObject.createMany({ data: [{ id: newRef('csh'), kind: 'cash', key: `cash:${ref}`, hash: '', secret: '', body: { ...body }, createdAt: realNow() }], skipDuplicates: true });
        await emit(tx, 'cash_balance.funds_available', { id: customerOf(before.bookingId) });
        return;
      }
      if (before.status !== 'processing' && !(before.transfer && before.status === 'needs_action')) return;
      const arrives = !before.card || TEST_CARDS[before.card].clears;
      const after = await (arrives ? succeed(tx, ref, before) : refuse(tx, ref, before, 'debit_not_authorized'));
      await tx.sandboxObject.update({ where: { id: ref }, data: { body: { ...after } } });
    }, { maxWait: 20_000, timeout: 30_000 }),

    async handle(request) {
      const asked = new URL(request.url).pathname.split('/').at(-1);
      if (asked === 'bank' || asked === 'account') return pageOf(request, asked);
      if (request.method !== 'POST') return Response.json({ error: 'method_not_allowed' }, { status: 405 });
      const json: unknown = await request.json().catch(() => null);
      const step = new URL(request.url).pathname.split('/').at(-1) ?? '';
      const entry = Entry.safeParse(step === 'confirm' || step === 'challenge' ? { ...Object(json), step } : null);
      if (!entry.success) return Response.json({ error: 'request_invalid' }, { status: 400 });
      const { data } = entry;
      const after = data.step === 'confirm' ? await confirm(data.clientSecret, data.method) : await challenge(data.clientSecret, data.outcome === 'pass');
      if (!after) return Response.json({ error: 'intent_unknown' }, { status: 404 });
      const redirect = data.step === 'confirm' && after.status === 'needs_action' && TEST_CARDS[data.method].entered === 'redirect' ? `/sandbox/payments/bank?clientSecret=${encodeURIComponent(data.clientSecret)}` : '';
      return Response.json({ status: after.status, refusal: after.refusal, ...(redirect && { redirect }) }, { headers: { 'cache-control': 'no-store' } });
    },
  };
}

/** Sends a webhook of the sandbox to our own door, as a stranger would. An answer other than 2xx is tried again later. */
export const sandboxTasks: Tasks = {
  'sandbox.hook': async (ctx, { id = '' }) => {
    const { body } = await ctx.db.sandboxObject.findUniqueOrThrow({ where: { id } });
    const { raw } = body as { raw: string };
    const answer = await fetch(`${ctx.config.urls.platformFallback}/hooks/payments`, {
      method: 'POST', body: raw, signal: AbortSignal.timeout(10_000),
      headers: { 'content-type': 'application/json', 'flow-signature': sign(raw, secretOf(ctx.config), ctx.realNow()) },
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`The webhook was answered ${answer.status} and will be sent again.`);
  },
  // A task has no transaction around it.
  'sandbox.clear': ({ db, config, realNow }, { id = '' }) => openSandbox({ db: db as PrismaClient, config, realNow }).clear(id),
};

/** A webhook of the sandbox with its signature of that moment, for whoever carries it by hand. */
export async function hookOf(db: PrismaClient | Tx, id: string, { config, realNow }: { config: Config; realNow: Date }): Promise<{ raw: string; signature: string }> {
  const { raw } = (await db.sandboxObject.findUniqueOrThrow({ where: { id } })).body as { raw: string };
  return { raw, signature: sign(raw, secretOf(config), realNow) };
}

const waiting: IntentBody = { act: 'pay', minor: '', currency: 'EUR', paymentId: '', bookingId: '', saves: false, status: 'needs_method', refusal: '', card: '', methodRef: '', transfer: false, wallet: false };

/** From here an attempt goes nowhere. */
const ended: readonly Intent['status'][] = ['captured', 'saved', 'cancelled'];

const nothing = () => Promise.resolve();

/** An account that is nobody's: the example of the SEPA rule book. */
const transferTo = (ref: string): TransferTo => ({ holder: 'Flow Stage', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPXXX', reference: `FS${ref.slice(-10).toUpperCase()}` });

const AccountShown = z.object({ ref: z.string().max(200), secret: z.string().max(200) });
const AccountAnswer = AccountShown.extend({ state: z.enum(['open', 'missing', 'begun', 'closed']) });
const BankAnswer = z.object({ clientSecret: z.string().max(200), outcome: z.enum(['pass', 'fail']).optional() });

const money = ({ minor, currency }: IntentBody) => (minor ? { amount: minor, currency } : {});

function same(a: string, b: string): boolean {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length > 0 && one.length === two.length && timingSafeEqual(one, two);
}

const Entry = z.discriminatedUnion('step', [
  z.object({ step: z.literal('confirm'), clientSecret: z.string().max(200), method: z.enum(Object.keys(TEST_CARDS) as [TestCardName, ...TestCardName[]]) }),
  z.object({ step: z.literal('challenge'), clientSecret: z.string().max(200), outcome: z.enum(['pass', 'fail']) }),
]);

/** An id that the database can keep. */
const Ref = line(200).min(1);
const Event = z.object({
  id: Ref, type: z.string(),
  data: z.object({
    object: z.object({
      id: Ref, orgId: Ref.optional(), amount: z.string().regex(/^\d{1,18}$/).optional(), currency: z.enum(['EUR', 'CHF']).optional(), refusal: z.string().optional(),
      method: z.object({ customerRef: z.string(), methodRef: z.string(), label: z.string() }).optional(),
      key: z.string().optional(),
      dispute: z.object({ ref: Ref, reason: z.string(), answerBy: z.iso.datetime().transform((at) => new Date(at)).nullable(), won: z.boolean().nullable() }).optional(),
    }),
  }),
});

const kinds: Readonly<Record<string, ProviderNotice['kind']>> = {
  'cash_balance.funds_available': 'cash.arrived',
  'payment_intent.processing': 'payment.processing', 'account.updated': 'account.changed', 'payment_intent.succeeded': 'payment.captured', 'payment_intent.payment_failed': 'payment.refused', 'setup_intent.succeeded': 'method.saved',
  'charge.dispute.funds_withdrawn': 'dispute.opened', 'charge.dispute.closed': 'dispute.closed', 'payout.paid': 'payout.paid', 'payout.failed': 'payout.failed', 'refund.paid': 'refund.paid', 'refund.failed': 'refund.failed',
};

function parse(raw: string): ProviderNotice | null {
  const event = Event.safeParse(json(raw));
  if (!event.success) return null;
  const { id, type, data: { object } } = event.data;
  const amount: Money | undefined = object.amount && object.currency ? { minor: BigInt(object.amount), currency: object.currency } : undefined;
  return {
    id, kind: kinds[type] ?? 'other', ref: object.id,
    ...(amount ? { amount } : {}), ...(object.key ? { key: object.key } : {}), ...(object.refusal ? { refusal: object.refusal } : {}), ...(object.orgId ? { orgId: object.orgId } : {}), ...(object.method ? { method: object.method } : {}), ...(object.dispute ? { dispute: object.dispute } : {}),
  };
}

function json(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
