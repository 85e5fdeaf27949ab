import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { euros } from '../../../core/money.ts';
import type { PaymentProvider, ProviderNotice } from '../../ports.ts';

/** What a provider needs of its surroundings to be tried. Each card is one that behaves as its name says. */
export interface Tried {
  readonly provider: PaymentProvider;
  readonly cards: Readonly<Record<'good' | 'declined' | 'authenticated' | 'declinedLater' | 'authenticatedLater' | 'notRefundable', string>>;
  /** Enters a card as the buyer's browser does. */
  readonly confirm: (clientSecret: string, card: string) => Promise<{ status: string; refusal: string }>;
  /** Answers the authentication that the bank asked for. */
  readonly challenge: (clientSecret: string, passed: boolean) => Promise<{ status: string; refusal: string }>;
  /** The webhooks that were sent since the last call, as they arrive. */
  readonly hooks: () => Promise<{ readonly raw: string; readonly signature: string; readonly sentAt: Date }[]>;
}

/** How any provider of payments behaves: the sandbox, and whichever comes after it. */
export function paymentsSuite(name: string, open: () => Tried): void {
  const key = () => `test:${randomUUID()}`;
  const amount = euros(37_980n);
  const ask = () => ({ key: key(), amount, paymentId: 'pay_1', bookingId: 'bkg_1', saveMethod: true });
  const told = async ({ provider, hooks }: Tried): Promise<ProviderNotice[]> => (await hooks()).flatMap(({ raw, signature, sentAt }) => provider.readNotice(raw, signature, sentAt) ?? []);
  const save = async (tried: Tried, card: string) => {
    await tried.hooks();
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
      expect(notice?.method?.label).toMatch(/ •••• \d{4}$/u);
    });

    test('without leave to save, no card is named', async () => {
      const tried = open();
      await tried.hooks();
      const { clientSecret } = await tried.provider.beginPayment({ ...ask(), saveMethod: false });
      await tried.confirm(clientSecret, tried.cards.good);
      const [notice] = await told(tried);
      expect(notice?.kind).toBe('payment.captured');
      expect(notice?.method).toBeUndefined();
    });

    test('the same key gives the same answer, and another request under it is refused', async () => {
      const { provider } = open();
      const first = ask();
      const { ref, clientSecret } = await provider.beginPayment(first);
      expect(await provider.beginPayment(first)).toMatchObject({ ref, clientSecret });
      await expect(provider.beginPayment({ ...first, amount: euros(1n) })).rejects.toMatchObject({ code: 'key_reused' });
      const twins = await Promise.all(Array.from({ length: 8 }, (_, i) => provider.payOut({ key: `${first.key}:out`, amount, orgId: 'org_1', bookingId: `bkg_${Math.floor(i / 8)}` })));
      expect(new Set(twins.map((twin) => twin.ref)).size).toBe(1);
    });

    test('a declined card takes nothing and says why; the buyer may try another on the same attempt', async () => {
      const tried = open();
      await tried.hooks();
      const { ref, clientSecret } = await tried.provider.beginPayment(ask());
      expect(await tried.confirm(clientSecret, tried.cards.declined)).toEqual({ status: 'refused', refusal: 'card_declined' });
      expect(await tried.confirm(clientSecret, tried.cards.good)).toEqual({ status: 'captured', refusal: '' });
      expect((await told(tried)).map(({ kind, refusal }) => [kind, refusal])).toEqual([['payment.refused', 'card_declined'], ['payment.captured', undefined]]);
      expect((await tried.provider.readIntent(ref)).refusal).toBeUndefined();
    });

    test('what was captured is not captured again, whatever the browser does', async () => {
      const tried = open();
      await tried.hooks();
      const { clientSecret } = await tried.provider.beginPayment(ask());
      await Promise.all(Array.from({ length: 6 }, () => tried.confirm(clientSecret, tried.cards.good)));
      expect(await told(tried)).toHaveLength(1);
    });

    test('a bank that asks for authentication captures only once it is passed', async () => {
      const tried = open();
      await tried.hooks();
      const passed = await tried.provider.beginPayment(ask());
      expect((await tried.confirm(passed.clientSecret, tried.cards.authenticated)).status).toBe('needs_action');
      expect(await told(tried)).toEqual([]);
      expect((await tried.challenge(passed.clientSecret, true)).status).toBe('captured');
      const failed = await tried.provider.beginPayment(ask());
      await tried.confirm(failed.clientSecret, tried.cards.authenticated);
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
      const intent = await tried.provider.chargeMandate({ key: key(), amount, paymentId: 'pay_2', bookingId: 'bkg_1', customerRef, methodRef });
      expect(intent).toMatchObject({ status: 'refused', refusal });
      expect(await told(tried)).toMatchObject([{ kind: 'payment.refused', ref: intent.ref, refusal }]);
    });

    test('a payout is told when it has arrived, and leaves the balance', async () => {
      const tried = open();
      const { clientSecret } = await tried.provider.beginPayment(ask());
      await tried.confirm(clientSecret, tried.cards.good);
      await tried.hooks();
      const before = await tried.provider.readBalance('EUR');
      const { ref } = await tried.provider.payOut({ key: key(), amount: euros(30_000n), orgId: 'org_1', bookingId: 'bkg_1' });
      expect(await told(tried)).toMatchObject([{ kind: 'payout.paid', ref }]);
      expect((await tried.provider.readBalance('EUR')).minor).toBe(before.minor - 30_000n);
    });

    test('an attempt that was ended takes nothing any more, however often it is ended; what was captured stays captured', async () => {
      const tried = open();
      await tried.hooks();
      const first = ask();
      const ended = await tried.provider.beginPayment(first);
      for (let time = 0; time < 2; time += 1) expect((await tried.provider.cancel(ended.ref)).status).toBe('cancelled');
      expect((await tried.confirm(ended.clientSecret, tried.cards.good)).status).toBe('cancelled');
      expect((await tried.challenge(ended.clientSecret, true)).status).toBe('cancelled');
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
      await Promise.all([back(paid.ref, 37_980n), back(paid.ref, 37_980n), back(unpaid.ref, 1n), back(closed.ref, 1n)]);
      expect((await told(tried)).map(({ kind }) => kind).sort()).toEqual(['refund.failed', 'refund.failed', 'refund.failed', 'refund.paid']);
      expect((await tried.provider.readBalance('EUR')).minor).toBe(before.minor - 37_980n);
    });

    test('a webhook is believed for five minutes, from the provider alone, and word for word', async () => {
      const tried = open();
      await tried.hooks();
      const { clientSecret } = await tried.provider.beginPayment(ask());
      await tried.confirm(clientSecret, tried.cards.good);
      const [{ raw, signature, sentAt }] = (await tried.hooks()) as [{ raw: string; signature: string; sentAt: Date }];
      const { provider } = tried;
      const invalid = expect.objectContaining({ code: 'signature_invalid' }) as Error;
      const later = (seconds: number) => new Date(sentAt.getTime() + seconds * 1_000);
      expect(provider.readNotice(raw, signature, later(299))).toEqual(provider.parseNotice(raw));
      expect(() => provider.readNotice(raw, signature, later(302))).toThrow(invalid);
      expect(() => provider.readNotice(raw, signature, later(-302))).toThrow(invalid);
      expect(() => provider.readNotice(raw.replace('37980', '1'), signature, sentAt)).toThrow(invalid);
      expect(() => provider.readNotice(raw, signature.replace(/v1=./u, (found) => (found.endsWith('0') ? 'v1=1' : 'v1=0')), sentAt)).toThrow(invalid);
      for (const header of ['', 'v1=', 't=,v1=', `t=${Math.floor(sentAt.getTime() / 1_000)}`, 'nonsense']) expect(() => provider.readNotice(raw, header, sentAt)).toThrow(invalid);
    });
  });
}
