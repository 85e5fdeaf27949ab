import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { euros } from '../../../core/money.ts';
import type { PaymentProvider, ProviderNotice, Way } from '../../ports.ts';

/**
 * What a provider cannot do: it is held to refuse it instead. `authentication`: its own page has asked the bank before it leads back; `debit`, `transfer`:
 * other ways of paying; `saving`: a card is saved with a payment alone; `accounts`: it pays no producer; `telling`: what it answers at once it
 * does not tell again, neither a refusal nor the account that a payment saved.
 */
type Lacking = 'authentication' | 'debit' | 'transfer' | 'saving' | 'accounts' | 'telling';

/** What a provider needs of its surroundings to be tried. Each card is one that behaves as its name says. */
export interface Tried {
  readonly provider: Omit<PaymentProvider, 'name'>;
  /** What the suite pays by: a card, where nothing else is said. */
  readonly ways?: readonly Way[];
  /** What may be shown of the good card. */
  readonly shown?: string;
  /** Seconds for which a webhook is believed: five minutes, where nothing else is said. */
  readonly believedSeconds?: number;
  readonly cards: Readonly<Record<'good' | 'declined' | 'declinedLater' | 'authenticatedLater' | 'notRefundable', string> & Partial<Record<'authenticated' | 'debit' | 'debitReturned', string>>>;
  /** Enters a card as the buyer's browser does. */
  readonly confirm: (clientSecret: string, card: string) => Promise<{ status: string; refusal: string }>;
  /** Answers the authentication that the bank asked for. */
  readonly challenge: (clientSecret: string, passed: boolean) => Promise<{ status: string; refusal: string }>;
  /** The bank answers the debit or the transfer of an attempt. */
  readonly clear: (ref: string, arrives: boolean) => Promise<void>;
  /** Takes a payment that its holder contests and their bank decides; says which attempt it was. */
  readonly dispute: (won: boolean) => Promise<string>;
  /** Brings a producer's account to where it takes payouts, or to where the provider refuses it. */
  readonly account: (orgId: string, state: 'open' | 'closed') => Promise<void>;
  /** The webhooks that were sent since the last call, as they arrive. */
  readonly hooks: () => Promise<{ readonly raw: string; readonly signature: string; readonly sentAt: Date }[]>;
}

/** How any provider of payments behaves: the sandbox, and whichever comes after it. */
export function paymentsSuite(name: string, open: () => Tried, lacking: readonly Lacking[] = []): void {
  const can = (what: Lacking): boolean => !lacking.includes(what);
  const key = () => `test:${randomUUID()}`;
  const amount = euros(37_980n);
  const ask = () => ({ key: key(), amount, paymentId: 'pay_1', bookingId: 'bkg_1', saveMethod: true, ways: open().ways ?? ['card', 'sepa_debit'] });
  /** What is said of our money: a provider says more than that. */
  const told = async ({ provider, hooks }: Tried): Promise<ProviderNotice[]> => {
    const notices = await Promise.all((await hooks()).map(async ({ raw, signature, sentAt }) => provider.readNotice(raw, signature, sentAt)));
    return notices.filter((notice) => notice !== null).filter(({ kind }) => kind !== 'other' && kind !== 'payment.approved');
  };
  /** Of what a provider is held to tell: what this one tells. */
  const telling = (...notices: readonly (readonly [kind: ProviderNotice['kind'], ...more: unknown[]])[]) => notices.filter(([kind]) => can('telling') || kind !== 'payment.refused');
  const pay = async (tried: Tried): Promise<string> => {
    const { ref, clientSecret } = await tried.provider.beginPayment(ask());
    expect((await tried.confirm(clientSecret, tried.cards.good)).status).toBe('captured');
    return ref;
  };
  /** The card that a payment saved: by its notice, or by its answer. */
  const methodOf = async ({ provider }: Tried, ref: string, notice?: ProviderNotice) => {
    const method = can('telling') ? notice?.method : (await provider.readIntent(ref)).method;
    assert(method, 'the saved card is said');
    return method;
  };
  const save = async (tried: Tried, card: string) => {
    await tried.hooks();
    if (!can('saving')) {
      const { ref, clientSecret } = await tried.provider.beginPayment(ask());
      expect((await tried.confirm(clientSecret, card)).status).toBe('captured');
      await tried.hooks();
      return methodOf(tried, ref);
    }
    const { clientSecret } = await tried.provider.beginMandate({ key: key(), bookingId: 'bkg_1' });
    expect((await tried.confirm(clientSecret, card)).status).toBe('saved');
    const [notice] = await told(tried);
    assert(notice?.method, 'the saved card is told');
    return notice.method;
  };

  describe(name, () => {
    test('a payment waits for a card, is captured, and is told with the card that it saved', async () => {
      const tried = open();
      await tried.hooks();
      const begun = await tried.provider.beginPayment(ask());
      expect(begun.status).toBe('needs_method');
      expect((await tried.confirm(begun.clientSecret, tried.cards.good)).status).toBe('captured');
      expect((await tried.provider.readIntent(begun.ref)).status).toBe('captured');
      const [notice, ...others] = await told(tried);
      expect(others).toEqual([]);
      expect(notice).toMatchObject({ kind: 'payment.captured', ref: begun.ref, amount });
      expect((await methodOf(tried, begun.ref, notice)).label).toMatch(tried.shown ? /^\w+ \S+$/u : / •••• \d{4}$/u);
    });

    test('without leave to save, no card is named', async () => {
      const tried = open();
      await tried.hooks();
      const { ref, clientSecret } = await tried.provider.beginPayment({ ...ask(), saveMethod: false });
      await tried.confirm(clientSecret, tried.cards.good);
      const [notice] = await told(tried);
      expect(notice?.kind).toBe('payment.captured');
      expect(notice?.method).toBeUndefined();
      expect((await tried.provider.readIntent(ref)).method).toBeUndefined();
    });

    test('the same key gives the same answer, and another request under it is refused', async () => {
      const tried = open();
      const { provider } = tried;
      const first = ask();
      const { ref, clientSecret } = await provider.beginPayment(first);
      expect(await provider.beginPayment(first)).toMatchObject({ ref, clientSecret });
      const other = { code: 'key_reused' };
      await expect(provider.beginPayment({ ...first, amount: euros(1n) })).rejects.toMatchObject(other);
      await expect(provider.beginPayment({ ...first, bookingId: 'bkg_2' })).rejects.toMatchObject(other);
      await expect(provider.beginPayment({ ...first, amount: { minor: 37_980n, currency: 'CHF' } })).rejects.toMatchObject(other);
      if (can('saving')) {
        const mandate = { key: key(), bookingId: 'bkg_1' };
        await provider.beginMandate(mandate);
        await expect(provider.beginMandate({ ...mandate, bookingId: 'bkg_2' })).rejects.toMatchObject(other);
      }
      if (!can('accounts')) return;
      await pay(tried);
      await pay(tried);
      await tried.account('org_1', 'open');
      const twins = await Promise.all(Array.from({ length: 8 }, (_, i) => provider.payOut({ key: `${first.key}:out`, turn: 0, amount, orgId: 'org_1', bookingId: `bkg_${Math.floor(i / 8)}`, captured: [] })));
      expect(new Set(twins.map((twin) => twin.ref)).size).toBe(1);
      await expect(provider.payOut({ key: `${first.key}:out`, turn: 0, amount, orgId: 'org_1', bookingId: 'bkg_other', captured: [] })).rejects.toMatchObject(other);
    });

    test('a declined card takes nothing and says why; the buyer may try another on the same attempt', async () => {
      const tried = open();
      await tried.hooks();
      const { ref, clientSecret } = await tried.provider.beginPayment(ask());
      expect(await tried.confirm(clientSecret, tried.cards.declined)).toEqual({ status: 'refused', refusal: 'card_declined' });
      expect(await tried.confirm(clientSecret, tried.cards.good)).toEqual({ status: 'captured', refusal: '' });
      expect((await told(tried)).map(({ kind, refusal }) => [kind, refusal])).toEqual(telling(['payment.refused', 'card_declined'], ['payment.captured', undefined]));
      expect((await tried.provider.readIntent(ref)).refusal).toBeUndefined();
    });

    test('what was captured is not captured again, whatever the browser does', async () => {
      const tried = open();
      await tried.hooks();
      const { clientSecret } = await tried.provider.beginPayment(ask());
      await Promise.all(Array.from({ length: 6 }, () => tried.confirm(clientSecret, tried.cards.good)));
      expect(await told(tried)).toHaveLength(1);
    });

    if (can('authentication')) test('a bank that asks for authentication captures only once it is passed', async () => {
      const tried = open();
      const { authenticated = '' } = tried.cards;
      await tried.hooks();
      const passed = await tried.provider.beginPayment(ask());
      expect((await tried.confirm(passed.clientSecret, authenticated)).status).toBe('needs_action');
      expect(await told(tried)).toEqual([]);
      expect((await tried.challenge(passed.clientSecret, true)).status).toBe('captured');
      const failed = await tried.provider.beginPayment(ask());
      await tried.confirm(failed.clientSecret, authenticated);
      expect(await tried.challenge(failed.clientSecret, false)).toEqual({ status: 'refused', refusal: 'authentication_failed' });
      expect((await told(tried)).map(({ kind }) => kind)).toEqual(['payment.captured', 'payment.refused']);
    });

    test('a saved card is charged while the buyer is away, once for each key', async () => {
      const tried = open();
      const { customerRef, methodRef } = await save(tried, tried.cards.good);
      const charge = { key: key(), amount, paymentId: 'pay_2', bookingId: 'bkg_1', customerRef, methodRef };
      const [one, two] = await Promise.all([tried.provider.chargeMandate(charge), tried.provider.chargeMandate(charge)]);
      expect(one).toEqual(two);
      expect(one.status).toBe('captured');
      expect((await told(tried)).map(({ kind, ref }) => [kind, ref])).toEqual([['payment.captured', one.ref]]);
    });

    test.each([['declinedLater', 'card_declined'], ['authenticatedLater', 'authentication_required']] as const)('a card that was saved may refuse later: %s', async (card, refusal) => {
      const tried = open();
      const { customerRef, methodRef } = await save(tried, tried.cards[card]);
      const charged = { key: key(), amount, paymentId: 'pay_2', bookingId: 'bkg_1', customerRef, methodRef };
      const intent = await tried.provider.chargeMandate(charged);
      expect(intent).toMatchObject({ status: 'refused', refusal });
      expect((await told(tried)).map((notice) => [notice.kind, notice.ref, notice.refusal])).toEqual(telling(['payment.refused', intent.ref, refusal]));
      expect((await tried.provider.readIntent(intent.ref)).status).toBe('refused');
      // The same key does not try again.
      expect(await tried.provider.chargeMandate(charged)).toMatchObject({ ref: intent.ref, status: 'refused' });
      expect(await told(tried)).toEqual([]);
    });

    if (can('debit')) test.each([[true, 'payment.captured', 'captured'], [false, 'payment.refused', 'refused']] as const)('a debit is under way until the bank answers, and cannot be ended meanwhile (arrives: %s)', async (arrives, kind, status) => {
      const tried = open();
      await tried.hooks();
      const { ref, clientSecret } = await tried.provider.beginPayment(ask());
      expect((await tried.confirm(clientSecret, (arrives ? tried.cards.debit : tried.cards.debitReturned) ?? '')).status).toBe('processing');
      expect(await told(tried)).toMatchObject([{ kind: 'payment.processing', ref }]);
      expect((await tried.provider.cancel(ref)).status).toBe('processing');
      // Another card does not pay it a second time.
      expect((await tried.confirm(clientSecret, tried.cards.good)).status).toBe('processing');
      await tried.clear(ref, arrives);
      const [notice, ...others] = await told(tried);
      expect(others).toEqual([]);
      expect(notice).toMatchObject({ kind, ref, amount });
      if (arrives) expect(notice?.method?.label).toMatch(/^SEPA •••• \d{4}$/u);
      expect((await tried.provider.readIntent(ref)).status).toBe(status);
    });

    if (can('debit')) test('an account that was named for later is debited while the buyer is away', async () => {
      const tried = open();
      const { customerRef, methodRef } = await save(tried, tried.cards.debit ?? '');
      const charge = { key: key(), amount, paymentId: 'pay_2', bookingId: 'bkg_1', customerRef, methodRef };
      const { ref, status } = await tried.provider.chargeMandate(charge);
      expect(status).toBe('processing');
      await tried.clear(ref, true);
      expect((await told(tried)).map(({ kind }) => kind)).toEqual(['payment.processing', 'payment.captured']);
    });

    if (can('transfer')) test('a transfer has its account and its words, the same however often they are asked for; nothing of it is saved', async () => {
      const tried = open();
      await tried.hooks();
      const { ref } = await tried.provider.beginPayment(ask());
      const asked = await tried.provider.askTransfer(ref);
      expect(asked).toMatchObject({ ref, status: 'needs_action', transfer: { holder: expect.stringMatching(/./u) as string, iban: expect.stringMatching(/^[A-Z]{2}\d{2}/u) as string, reference: expect.stringMatching(/./u) as string } });
      expect(await tried.provider.askTransfer(ref)).toEqual(asked);
      expect((await tried.provider.readIntent(ref)).transfer).toEqual(asked.transfer);
      expect(await told(tried)).toEqual([]);
      await tried.clear(ref, true);
      const [notice, ...others] = await told(tried);
      expect(others).toEqual([]);
      expect(notice).toMatchObject({ kind: 'payment.captured', ref, amount });
      expect(notice?.method).toBeUndefined();
      const back = await tried.provider.refund({ key: key(), intent: ref, amount, bookingId: 'bkg_1' });
      expect(await told(tried)).toMatchObject([{ kind: 'refund.paid', ref: back.ref }]);
    });

    if (can('transfer')) test('whoever announced a transfer may still pay by card, and pays once', async () => {
      const tried = open();
      await tried.hooks();
      const { ref, clientSecret } = await tried.provider.beginPayment(ask());
      await tried.provider.askTransfer(ref);
      expect((await tried.confirm(clientSecret, tried.cards.good)).status).toBe('captured');
      expect((await tried.provider.askTransfer(ref)).transfer).toBeUndefined();
      expect((await told(tried)).map(({ kind }) => kind)).toEqual(['payment.captured']);
    });

    test('a way that would come too late is taken back, and the attempt stays the same', async () => {
      const tried = open();
      const first = ask();
      const { ref } = await tried.provider.beginPayment(first);
      const again = await tried.provider.beginPayment({ ...first, ways: tried.ways ?? ['card'] });
      expect([again.ref, again.status]).toEqual([ref, 'needs_method']);
      expect((await tried.confirm(again.clientSecret, tried.cards.good)).status).toBe('captured');
    });

    if (can('accounts')) test('an account that changes is told by the organisation whose it is', async () => {
      const tried = open();
      await tried.hooks();
      const orgId = `org_${randomUUID()}`;
      await tried.account(orgId, 'open');
      expect((await told(tried)).at(-1)).toMatchObject({ kind: 'account.changed', orgId });
    });

    test('a saved card has a name that may be shown', async () => {
      const tried = open();
      const { methodRef, label } = await save(tried, tried.cards.good);
      const name = await tried.provider.nameMethod(methodRef);
      expect(name).toBe(tried.shown ?? 'Visa •••• 4242');
      // A notice that names the card names the same one.
      expect(label || name).toBe(name);
    });

    if (can('accounts')) test('a payout is told when it has arrived, and leaves the balance', async () => {
      const tried = open();
      await tried.account('org_1', 'open');
      await pay(tried);
      await tried.hooks();
      const before = await tried.provider.readBalance('EUR');
      const asked = key();
      const { ref } = await tried.provider.payOut({ key: asked, turn: 0, amount: euros(30_000n), orgId: 'org_1', bookingId: 'bkg_1', captured: [] });
      expect(await told(tried)).toMatchObject([{ kind: 'payout.paid', ref, key: asked }]);
      expect((await tried.provider.readBalance('EUR')).minor).toBe(before.minor - 30_000n);
    });

    if (can('accounts')) test('an account that the provider closed takes nothing: no money moves, and what was paid out before is not asked again', async () => {
      const tried = open();
      const orgId = `org_${randomUUID()}`;
      await tried.account(orgId, 'open');
      expect((await tried.provider.readAccount(orgId)).state).toBe('open');
      await pay(tried);
      const first = { key: key(), turn: 0, amount: euros(10_000n), orgId, bookingId: 'bkg_1', captured: [] };
      const { ref } = await tried.provider.payOut(first);
      await tried.account(orgId, 'closed');
      expect((await tried.provider.readAccount(orgId)).state).toBe('closed');
      await tried.hooks();
      const before = await tried.provider.readBalance('EUR');
      await expect(tried.provider.payOut({ ...first, key: key() })).rejects.toMatchObject({ code: 'account_not_ready' });
      expect((await tried.provider.payOut(first)).ref).toBe(ref);
      expect(await tried.provider.readBalance('EUR')).toEqual(before);
      expect(await told(tried)).toEqual([]);
    });

    if (lacking.length > 0) test('what it cannot do it refuses, and nothing moves', async () => {
      const { provider } = open();
      const closed = { code: 'way_closed' };
      const { ref } = await provider.beginPayment(ask());
      if (!can('transfer')) await expect(provider.askTransfer(ref)).rejects.toMatchObject(closed);
      if (!can('saving')) await expect(provider.beginMandate({ key: key(), bookingId: 'bkg_1' })).rejects.toMatchObject(closed);
      if (!can('accounts')) {
        await expect(provider.openAccount({ orgId: 'org_1', country: 'FR', email: 'a@example.org', done: 'https://flow.example', again: 'https://flow.example' })).rejects.toMatchObject(closed);
        await expect(provider.payOut({ key: key(), turn: 0, amount, orgId: 'org_1', bookingId: 'bkg_1', captured: [] })).rejects.toMatchObject(closed);
      }
      expect((await provider.readIntent(ref)).status).toBe('needs_method');
    });

    test('a producer who never began has no account', async () => {
      expect(await open().provider.readAccount(`org_${randomUUID()}`)).toEqual({ state: 'none', missing: [] });
    });

    test.each([[false, -37_980n], [true, 0n]])('a contested payment is told when the bank takes it back and when it decides (won: %s)', async (won, lost) => {
      const tried = open();
      await tried.hooks();
      const before = await tried.provider.readBalance('EUR');
      const ref = await tried.dispute(won);
      const [captured, opened, closed, ...others] = await told(tried);
      expect(others).toEqual([]);
      expect(captured).toMatchObject({ kind: 'payment.captured', ref });
      expect(opened).toMatchObject({ kind: 'dispute.opened', ref, amount, dispute: { reason: 'product_not_received', won: null } });
      expect(opened?.dispute?.answerBy?.getTime()).toBeGreaterThan(Date.now());
      expect(closed).toMatchObject({ kind: 'dispute.closed', ref, amount, dispute: { ref: opened?.dispute?.ref, answerBy: null, won } });
      expect((await tried.provider.readBalance('EUR')).minor).toBe(before.minor + 37_980n + lost);
    });

    test.each([['refund.failed', false, 0n], ['refund.paid', true, -37_980n]])('what a bank took back is not given back as well: %s (won: %s)', async (kind, won, moved) => {
      const tried = open();
      const intent = await tried.dispute(won);
      await tried.hooks();
      const before = await tried.provider.readBalance('EUR');
      const { ref, status } = await tried.provider.refund({ key: key(), intent, amount, bookingId: 'bkg_1' });
      const word = (await told(tried)).find((notice) => notice.ref === ref)?.kind ?? `refund.${status}`;
      expect(word).toBe(kind);
      expect((await tried.provider.readBalance('EUR')).minor).toBe(before.minor + moved);
    });

    test('an attempt that was ended takes nothing any more, however often it is ended; what was captured stays captured', async () => {
      const tried = open();
      await tried.hooks();
      const first = ask();
      const ended = await tried.provider.beginPayment(first);
      for (let time = 0; time < 2; time += 1) expect((await tried.provider.cancel(ended.ref)).status).toBe('cancelled');
      expect((await tried.confirm(ended.clientSecret, tried.cards.good)).status).toBe('cancelled');
      if (can('authentication')) expect((await tried.challenge(ended.clientSecret, true)).status).toBe('cancelled');
      expect((await tried.provider.readIntent(ended.ref)).status).toBe('cancelled');
      expect((await tried.provider.beginPayment(first)).status).toBe('cancelled');
      expect(await told(tried)).toEqual([]);
      const paid = await tried.provider.beginPayment(ask());
      await tried.confirm(paid.clientSecret, tried.cards.good);
      expect((await tried.provider.cancel(paid.ref)).status).toBe('captured');
      const both = await tried.provider.beginPayment(ask());
      const [after] = await Promise.all([tried.confirm(both.clientSecret, tried.cards.good), tried.provider.cancel(both.ref)]);
      expect((await tried.provider.readIntent(both.ref)).status).toBe(after.status);
    });

    test('what is given back is given back once for each key, is told, and leaves the balance', async () => {
      const tried = open();
      const { ref: intent, clientSecret } = await tried.provider.beginPayment(ask());
      await tried.confirm(clientSecret, tried.cards.good);
      await tried.hooks();
      const before = await tried.provider.readBalance('EUR');
      const back = { key: key(), intent, amount: euros(30_000n), bookingId: 'bkg_1' };
      const refs = await Promise.all(Array.from({ length: 6 }, () => tried.provider.refund(back)));
      expect(new Set(refs.map(({ ref }) => ref)).size).toBe(1);
      await expect(tried.provider.refund({ ...back, amount: euros(1n) })).rejects.toMatchObject({ code: 'key_reused' });
      expect(await told(tried)).toMatchObject([{ kind: 'refund.paid', ref: refs[0]?.ref, amount: euros(30_000n) }]);
      expect((await tried.provider.readBalance('EUR')).minor).toBe(before.minor - 30_000n);
    });

    test('more than was captured is not given back, nor what was not captured, nor to a card that takes nothing: that is told too', async () => {
      const tried = open();
      const paid = await tried.provider.beginPayment(ask());
      await tried.confirm(paid.clientSecret, tried.cards.good);
      const unpaid = await tried.provider.beginPayment(ask());
      const closed = await tried.provider.beginPayment(ask());
      await tried.confirm(closed.clientSecret, tried.cards.notRefundable);
      await tried.hooks();
      const before = await tried.provider.readBalance('EUR');
      const back = (intent: string, minor: bigint) => tried.provider.refund({ key: key(), intent, amount: euros(minor), bookingId: 'bkg_1' });
      // Two that are too much together: one of them arrives.
      const asked = await Promise.all([back(paid.ref, 37_980n), back(paid.ref, 37_980n), back(unpaid.ref, 1n), back(closed.ref, 1n)]);
      expect(new Set(asked.map(({ ref }) => ref)).size).toBe(4);
      // A refusal is the answer, or comes by webhook; a bank may refuse what it took before. The last word counts.
      const words = new Map(asked.map(({ ref, status }) => [ref, `refund.${status}`]));
      for (const { ref, kind } of await told(tried)) words.set(ref, kind);
      expect([...words.values()].sort()).toEqual(['refund.failed', 'refund.failed', 'refund.failed', 'refund.paid']);
      expect(words.get(asked[2].ref)).toBe('refund.failed');
      expect(words.get(asked[3].ref)).toBe('refund.failed');
      expect((await tried.provider.readBalance('EUR')).minor).toBe(before.minor - 37_980n);
    });

    test('a webhook is believed for its time, from the provider alone, and word for word', async () => {
      const tried = open();
      await tried.hooks();
      const { clientSecret } = await tried.provider.beginPayment(ask());
      await tried.confirm(clientSecret, tried.cards.good);
      const sent = (await tried.hooks()).at(-1);
      assert(sent, 'the capture is told');
      const { raw, signature, sentAt } = sent;
      const { provider, believedSeconds = 300 } = tried;
      const refused = async (...given: readonly [raw: string, signature: string, at: Date]) => { await expect((async () => provider.readNotice(...given))()).rejects.toMatchObject({ code: 'signature_invalid' }); };
      const later = (seconds: number) => new Date(sentAt.getTime() + seconds * 1_000);
      expect(await provider.readNotice(raw, signature, later(believedSeconds - 1))).toEqual(provider.parseNotice(raw));
      await refused(raw, signature, later(believedSeconds + 2));
      await refused(raw, signature, later(-302));
      await refused(raw.replace(/37980|379\.80/u, '1'), signature, sentAt);
      // One letter of the proof, the last one that carries all its bits.
      await refused(raw, `${signature.slice(0, -8)}${signature.at(-8) === '0' ? '1' : '0'}${signature.slice(-7)}`, sentAt);
      for (const header of ['', 'v1=', 't=,v1=', `t=${Math.floor(sentAt.getTime() / 1_000)}`, 'nonsense', signature.slice(0, -20)]) await refused(raw, header, sentAt);
    });
  });
}
