import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { euros } from '../../../core/money.ts';
import type { CashDesk, DisputeAnswer, DisputeDesk, ProviderNotice } from '../../ports.ts';

/** What a provider's desks need of their surroundings to be tried. */
export interface Desks {
  readonly disputes: DisputeDesk;
  readonly cash: CashDesk;
  /** A payment whose holder contests it, and whose bank has not decided: the provider's name of the matter. */
  readonly contested: () => Promise<string>;
  /** The bank has decided that matter. */
  readonly decided: (dispute: string) => Promise<void>;
  /** A transfer for a booking arrives after its attempt was ended: 379.80. */
  readonly stray: (bookingId: string) => Promise<void>;
  /** What was told of our money since the last call. */
  readonly told: () => Promise<readonly ProviderNotice[]>;
}

const answer: DisputeAnswer = {
  words: 'The concert was played as agreed.', product: 'Concert', serviceDay: '2027-05-08', customer: { name: 'La Halle', email: 'halle@example.org' },
  contract: { name: 'contrat.pdf', mime: 'application/pdf', bytes: Buffer.from('%PDF-1.7 contract') }, proof: { name: 'scene.jpg', mime: 'image/jpeg', bytes: Buffer.from('a photograph') },
};
const key = () => `test:${randomUUID()}`;

/** How the desks of any provider behave at which contested payments are answered, and transfers nobody asked for are given back. */
export function desksSuite(name: string, open: () => Desks): void {
  describe(`${name}: its desks`, () => {
    test('a contested payment is answered once, with its papers, however often it is asked', async () => {
      const { disputes, contested } = open();
      const ask = { key: key(), dispute: await contested(), answer };
      expect(await Promise.all([disputes.answer(ask), disputes.answer(ask)])).toEqual(['sent', 'sent']);
      expect(await disputes.answer(ask)).toBe('sent');
      // What was answered cannot be given away any more.
      expect(await disputes.accept({ key: key(), dispute: ask.dispute })).toBe('closed');
    });

    test('an accepted dispute is lost, and told so, once', async () => {
      const { disputes, contested, told } = open();
      const dispute = await contested();
      await told();
      const ask = { key: key(), dispute };
      expect(await disputes.accept(ask)).toBe('sent');
      expect(await told()).toMatchObject([{ kind: 'dispute.closed', dispute: { ref: dispute, won: false } }]);
    });

    test('after the bank has decided nobody is heard', async () => {
      const { disputes, contested, decided } = open();
      const dispute = await contested();
      await decided(dispute);
      expect(await disputes.answer({ key: key(), dispute, answer: { ...answer, contract: null, proof: null } })).toBe('closed');
    });

    test('a transfer that nobody waits for lies there, is told by its customer, and is given back once', async () => {
      const { cash, stray, told } = open();
      const bookingId = `bkg_${randomUUID().slice(0, 8)}`;
      expect(await cash.read(bookingId)).toEqual([]);
      await stray(bookingId);
      const [notice] = (await told()).filter(({ kind }) => kind === 'cash.arrived');
      expect(await cash.bookingOf(notice?.ref ?? '')).toBe(bookingId);
      expect(await cash.read(bookingId)).toEqual([euros(37_980n)]);
      const ask = { key: key(), bookingId, amount: euros(37_980n), email: 'halle@example.org' };
      const [one, two] = await Promise.all([cash.giveBack(ask), cash.giveBack(ask)]);
      expect(one.ref).toBe(two.ref);
      await expect.poll(told).toMatchObject([{ kind: 'refund.paid', ref: one.ref, amount: euros(37_980n) }]);
      expect(await cash.read(bookingId)).toEqual([]);
      // Nothing lies there any more.
      const more = await cash.giveBack({ ...ask, key: key() });
      expect(more.status === 'failed' || (await told()).some(({ kind, ref }) => kind === 'refund.failed' && ref === more.ref)).toBe(true);
    });
  });
}
