import type { Account } from '../../parts/whole.ts';

/* The golden case of domain/money.md: 1,266.00 with tax, a deposit of 379.80 and a balance of 886.20. Tests and stories start from it. */

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
type Movement = Account['movements'][number];
type Owner = Movement['entries'][number]['owner'];

const entry = (owner: Owner, account: string, minor: number, balance: number) => ({ owner, account, amount: euros(minor), balance: euros(balance) });
const capture = (id: string, why: 'deposit' | 'balance', minor: number, held: number): Movement =>
  ({ id, kind: 'capture', at: why === 'deposit' ? '2027-02-03T10:00:00.000Z' : '2027-04-16T10:00:00.000Z', why, entries: [entry('provider', 'provider:clearing', -minor, -held), entry('held', 'escrow:bkg_1', minor, held)] });

const proofs = (entries: number, held: number): Account['proofs'] => ({ entries, sum: euros(0), sumIsZero: true, held: euros(held), due: euros(held), heldIsDue: true });

/** A deposit that was captured, and a balance that is still to come. */
export const deposited: Account = {
  path: 'secured', total: euros(126_600), captured: euros(37_980), held: euros(37_980), released: euros(0), refunded: euros(0), covered: euros(0), underWay: euros(0), frozen: false,
  due: [{ why: 'balance', amount: euros(88_620), day: '2027-04-16' }], movements: [capture('trf_1', 'deposit', 37_980, 37_980)], proofs: proofs(2, 37_980), cancellation: null,
};

/** Nothing paid yet. */
export const nothingPaid: Account = { ...deposited, captured: euros(0), held: euros(0), due: [{ why: 'deposit', amount: euros(37_980), day: '2027-02-09' }, ...deposited.due], movements: [], proofs: proofs(0, 0) };

/** All is held. */
export const held: Account = { ...deposited, captured: euros(126_600), held: euros(126_600), due: [], movements: [...deposited.movements, capture('trf_2', 'balance', 88_620, 126_600)], proofs: proofs(4, 126_600) };

/** A dispute freezes what is held. */
export const frozen: Account = { ...held, frozen: true };

/** A dispute was decided: half released, half given back. */
export const decided: Account = {
  ...held, held: euros(0), released: euros(63_300), refunded: euros(63_300), proofs: proofs(10, 0),
  movements: [...held.movements,
    { id: 'trf_3', kind: 'release', at: '2027-05-20T10:00:00.000Z', why: 'decision', entries: [entry('held', 'escrow:bkg_1', -63_300, 63_300), entry('platform', 'commission:platform', 6_000, 6_000), entry('tax', 'vat:FR', 1_200, 1_200), entry('artist', 'payable:org_1', 56_100, 56_100)] },
    { id: 'trf_4', kind: 'refund', at: '2027-05-20T10:00:00.000Z', why: 'decision', entries: [entry('held', 'escrow:bkg_1', -63_300, 0), entry('buyer', 'refund:org_2', 63_300, 63_300)] }],
};

/** An organiser cancelled 68 days before the show: 30 % of the price to the artist, the rest back. */
export const cancelled: Account = {
  ...deposited, held: euros(0), released: euros(36_000), refunded: euros(1_980), due: [], proofs: proofs(8, 0),
  movements: [...deposited.movements,
    { id: 'trf_5', kind: 'indemnity', at: '2027-03-07T10:00:00.000Z', why: 'indemnity', entries: [entry('held', 'escrow:bkg_1', -36_000, 1_980), entry('platform', 'commission:platform', 3_600, 3_600), entry('tax', 'vat:FR', 720, 720), entry('artist', 'payable:org_1', 31_680, 31_680)] },
    { id: 'trf_6', kind: 'refund', at: '2027-03-07T10:00:00.000Z', why: 'cancelled', entries: [entry('held', 'escrow:bkg_1', -1_980, 0), entry('buyer', 'refund:org_2', 1_980, 1_980)] }],
  cancellation: {
    cause: 'organiser', by: 'buyer', reason: 'La salle ferme pour travaux.', status: 'done', daysBefore: 68, rateBps: 3_000, askedAt: '2027-03-07T10:00:00.000Z', doneAt: '2027-03-07T10:00:00.000Z',
    indemnity: euros(36_000), kept: euros(36_000), owed: euros(0), refund: euros(1_980),
  },
};

/** After the release the buyer's bank took the balance back: a receivable, and nothing held to cover it. */
export const takenBack: Account = {
  ...held, held: euros(0), released: euros(126_600), proofs: proofs(10, 0),
  movements: [...held.movements,
    { id: 'trf_7', kind: 'release', at: '2027-05-15T10:00:00.000Z', why: 'played', entries: [entry('held', 'escrow:bkg_1', -126_600, 0), entry('platform', 'commission:platform', 12_000, 12_000), entry('tax', 'vat:FR', 2_400, 2_400), entry('artist', 'payable:org_1', 112_200, 112_200)] },
    { id: 'trf_8', kind: 'chargeback', at: '2027-06-01T10:00:00.000Z', why: 'chargeback', entries: [entry('receivable', 'dispute:bkg_1', -88_620, -88_620), entry('provider', 'provider:clearing', 88_620, -37_980)] }],
};

/** An organiser cancelled while the balance was with their bank: its money waits. */
export const cancelledWaiting: Account = {
  ...deposited, underWay: euros(88_620), due: [{ why: 'balance', amount: euros(88_620), day: '2027-04-16' }],
  cancellation: { cause: 'organiser', by: 'buyer', reason: 'La salle est inondée.', status: 'waiting', daysBefore: 28, rateBps: 10_000, askedAt: '2027-04-16T10:00:00.000Z', doneAt: null, indemnity: euros(120_000), kept: euros(120_000), owed: euros(0), refund: euros(6_600) },
};
