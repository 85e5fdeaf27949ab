import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { deposited, nothingPaid } from '../flow-ledger/flow-ledger.fixture.ts';
import { dates, likely, usual } from '../flow-market/flow-market.fixture.ts';
import { shown } from '../flow-reviews/flow-reviews.fixture.ts';
import type { Contested, Dispute } from '../../parts/dispute.ts';
import type { Account, BookingFile, Contests, Contract, Envelope, Invoice, Me, MoneyOf, Net, Offer, Purchase, Score } from './model.ts';

/* One booking that a human can hold in mind: the golden case of domain/money.md, 1,200 euros before tax. Tests and stories start from it. */

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
const net: Net = { price: euros(120_000), vatBps: 550, vatCitation: 'CIBS art. L213-230', vat: euros(6_600), total: euros(126_600), commissionBps: 1_000, commission: euros(12_000), commissionVat: euros(2_400), payout: euros(112_200) };

const me: Me = {
  user: { id: 'usr_1', name: 'Camille Estran', email: 'camille@example.org', emailVerified: true }, organisations: [{ id: 'org_1', name: 'Les Vagues Lentes', kind: 'artist', role: 'owner', representedBy: null }],
  link: null, development: false, now: '2027-02-01T10:00:00.000Z', mediaOrigin: 'http://media.localhost:4006',
};

/** Whoever holds the link of a mail. */
export const holder = (purpose: NonNullable<Me['link']>['purpose']): Me => ({ ...me, user: null, organisations: [], link: { bookingId: 'bkg_1', orgId: 'org_2', purpose } });

export const offer = (over: Partial<Offer> = {}): Offer => ({
  id: 'off_1', proposedBy: 'artist', showDay: '2027-05-14', startTime: '20:30', price: euros(120_000), terms: 'Transport et repas compris.', expiresAt: '2027-02-08T10:00:00.000Z',
  createdAt: '2027-02-01T10:00:00.000Z', status: 'sent', yours: false, replaces: null, reason: '', net, ...over,
});

const names = ['request', 'hold', 'offer', 'agreement', 'contract', 'deposit', 'balance', 'show', 'release'] as const;

/** The steps of a secured payment, of which `now` is under way; without one all are done. */
export const steps = (now?: (typeof names)[number], state: 'now' | 'stopped' = 'now'): BookingFile['steps'] => {
  const at = now ? names.indexOf(now) : names.length;
  return names.map((step, i) => ({ step, state: i < at ? 'done' : i === at ? state : 'to_come' }));
};

export const file = (over: Partial<BookingFile> = {}): BookingFile => ({
  bookingId: 'bkg_1', reference: 'refu2p4n2m6zuuc7svurobpzatjqk', side: 'artist', path: 'secured', status: 'requested', reason: '',
  artist: { orgId: 'org_1', name: 'Les Vagues Lentes', slug: 'les-vagues-lentes' }, buyer: { name: 'Compagnie du Marais', kind: 'association' },
  request: {
    asker: 'venue', contactName: 'Jeanne Roche', organisation: 'Compagnie du Marais', email: 'jeanne@example.org', phone: '+33 1 23 45 67 89', occasion: 'Concert de printemps', showDay: '2027-05-14', seasonUntil: null,
    shows: 1, startTime: '20:30', place: 'Théâtre de l’Horloge Bleue', address: '4 rue des Heures', city: 'Besançon', outdoor: false, audience: 220, budget: euros(120_000), technical: 'Plateau de 8 m sur 6 m, piano sur place.',
    message: 'Bonjour,\nnous aimerions vous accueillir au printemps.', createdAt: '2027-02-01T09:00:00.000Z',
  },
  steps: steps('hold'), next: { act: 'answer_request', by: 'artist', until: null }, may: ['request.decline', 'hold.place', 'hold.release', 'offer.send'], holds: [], offers: [],
  party: { missing: [], otherComplete: false, known: { country: 'FR' } }, show: null,
  timeline: [{ seq: 1, topic: 'request.sent', at: '2027-02-01T09:00:00.000Z', side: null }, { seq: 2, topic: 'match.found', at: '2027-02-01T09:00:01.000Z', side: null }], ...over,
});

const score: Score = {
  scorecard: 'request', score: 82, confidence: 0.85,
  groups: [
    { group: 'style', weight: 25, points: 20, known: true }, { group: 'availability', weight: 20, points: 20, known: true }, { group: 'capacity', weight: 20, points: 12, known: false },
    { group: 'budget', weight: 20, points: 15, known: true }, { group: 'geography', weight: 15, points: 15, known: true },
  ],
  criteria: [],
  for: [{ criterion: 'days', degree: 1, points: 20, code: 'days', figures: { free: 1, flexible: 0, shows: 1 } }, { criterion: 'distance', degree: 1, points: 15, code: 'distance', figures: { km: 12 } }],
  against: [{ criterion: 'fee', degree: 0.4, points: 8, code: 'fee', figures: { min: 90_000, max: 180_000, budget: 80_000, currency: 'EUR' } }], blockers: [],
};

export const contract: Contract = {
  id: 'ctr_1', number: 'C-2027-000001', status: 'drafted', path: 'secured', price: euros(120_000), vatBps: 550, vat: euros(6_600), total: euros(126_600), commissionBps: 1_000,
  clauses: [
    { number: 1, heading: 'Parties', paragraphs: ['Le présent contrat est conclu entre Les Productions Les Vagues Lentes, ci-après « le Producteur », d’une part,', 'et Compagnie du Marais, ci-après « l’Organisateur », d’autre part.'] },
    { number: 2, heading: 'Exposé', paragraphs: ['Le Producteur dispose du droit de représentation du spectacle.'] },
  ],
  fileId: 'fil_1', sealedFileId: null, evidenceFileId: null, draftedAt: '2027-02-02T10:00:00.000Z', signedAt: null,
};

export const envelope = (over: Partial<Envelope> = {}): Envelope => ({
  id: 'env_1', title: 'Contrat de cession n° C-2027-000001', status: 'sent', sha256: 'a'.repeat(64), fileId: 'fil_1', sealedFileId: null, evidenceFileId: null, side: 'artist',
  consent: 'J’ai lu le contrat de cession n° C-2027-000001 et j’en accepte toutes les dispositions.',
  signers: [{ side: 'artist', name: 'Camille Estran', email: 'c•••@e•••.org', signedAt: null }, { side: 'buyer', name: 'Jeanne Roche', email: 'j•••@e•••.org', signedAt: null }], ...over,
});

export const money: MoneyOf = {
  path: 'secured', total: euros(126_600), due: euros(88_620), held: euros(37_980), released: euros(0), mandate: { label: 'Visa •••• 4242' }, payout: null, booker: null,
  payments: [
    { id: 'pay_1', part: 'deposit', amount: euros(37_980), dueDay: '2027-02-09', automatic: false, status: 'captured', refusal: '', capturedAt: '2027-02-03T10:00:00.000Z' },
    { id: 'pay_2', part: 'balance', amount: euros(88_620), dueDay: '2027-04-16', automatic: true, status: 'due', refusal: '', capturedAt: null },
  ],
};

/** The booker's part of it, as an agent whom the law caps. */
export const bookersPart: NonNullable<MoneyOf['booker']> = {
  name: 'Agence de la Lisière', capacity: 'agent', agreedBps: 1_500, bps: 1_000, capSource: 'Code du travail art. L7121-13', basis: euros(72_000), commission: euros(7_200), vat: euros(1_440), vatBps: 2_000, state: 'coming', paidAt: null,
};

/** Nothing paid yet. */
export const unpaid: MoneyOf = { ...money, due: euros(126_600), held: euros(0), mandate: null, payments: money.payments.map((payment) => ({ ...payment, status: 'due', capturedAt: null })) };

export const invoice = (over: Partial<Invoice> = {}): Invoice => ({
  id: 'inv_1', kind: 'final', number: 'F-2027-0002', issuer: 'Les Productions Les Vagues Lentes', payer: 'Compagnie du Marais', net: euros(120_000), vatBps: 550, vat: euros(6_600), total: euros(126_600), paid: euros(0), due: euros(126_600),
  issuedDay: '2027-05-15', dueDay: '2027-06-14', paidAt: null, overdue: false, days: 30, late: null, chorus: null, fileId: 'fil_2', xmlFileId: null, ublFileId: null, left: euros(126_600), credits: [], ...over,
});

export const purchase: Purchase = { quoteNumber: 'D-2027-0001', quoteFileId: 'fil_3', quotedAt: '2027-02-02T10:00:00.000Z', validUntil: '2027-03-04', expired: false, orderNumber: '', commitmentNumber: '', serviceCode: '', marketNumber: '', orderedAt: null };

/** A dispute that the buyer opened, with the word of both. */
export const dispute = (over: Partial<Dispute> = {}): Dispute => ({
  id: 'dsp_1', bookingId: 'bkg_1', openedBy: 'buyer', status: 'open', openedAt: '2027-05-15T08:10:00.000Z', reason: 'Le groupe est arrivé à 23 h 10 et n’a joué que vingt minutes.', decidedAt: null, decision: '',
  held: euros(126_600), underWay: euros(0), release: euros(0), refund: euros(0), evidence: [
    { id: 'evd_1', side: 'buyer', text: 'Le régisseur a noté les heures d’arrivée et de départ.', fileId: 'fil_5', fileName: 'feuille-de-route.pdf', at: '2027-05-15T09:00:00.000Z' },
    { id: 'evd_2', side: 'artist', text: 'L’autoroute était fermée ; nous avons prévenu à 18 h.', fileId: null, fileName: '', at: '2027-05-15T11:30:00.000Z' },
  ], ...over,
});

/** A payment that the buyer's bank contests. */
export const contestedPayment = (over: Partial<Contested> = {}): Contested => ({
  id: 'cbk_1', bookingId: 'bkg_1', amount: euros(88_620), reason: 'product_not_received', status: 'asked', openedAt: '2027-05-20T08:00:00.000Z', answerBy: '2027-05-27T21:59:00.000Z', late: false, answer: '', answeredAt: null, sentAt: null, closedAt: null, pieces: [], ...over,
});

/** What a fake server knows of the booking. */
export interface Known {
  readonly me?: Me;
  readonly file?: BookingFile;
  readonly envelope?: Envelope;
  readonly contract?: Contract;
  readonly money?: MoneyOf;
  readonly account?: Account;
  readonly dispute?: Dispute;
  readonly contested?: Contested[];
  readonly invoices?: Invoice[];
  readonly contests?: Contests;
  readonly purchase?: Purchase;
}

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];

/** A server that knows one booking; `more` answers besides, or otherwise. */
export const serverOf = (known: Known = {}, more: Answers = {}): Api => fakeApi<AppRouter>({
  ...more,
  identity: { me: () => known.me ?? me, ...more.identity },
  dossier: { file: () => known.file ?? file(), follow: () => [], ...more.dossier },
  matching: { score: () => score, ...more.matching },
  reviews: { ofBooking: () => shown, ...more.reviews },
  market: { price: () => usual, chance: () => likely, bestDates: () => dates, ...more.market },
  contracts: { contract: () => known.contract ?? contract, ...more.contracts },
  signing: { envelope: () => known.envelope ?? envelope(), requestCode: () => ({ sentTo: 'c•••@e•••.org' }), ...more.signing },
  escrow: { money: () => known.money ?? money, ...more.escrow },
  refunds: { account: () => known.account ?? (known.money === unpaid ? nothingPaid : deposited), ...more.refunds },
  disputes: { dispute: () => known.dispute ?? null, chargebacks: () => known.contested ?? [], ...more.disputes },
  billing: { invoices: () => known.invoices ?? [], ...more.billing },
  contests: { ofBooking: () => known.contests ?? [], ...more.contests },
  municipal: { purchase: () => known.purchase ?? purchase, ...more.municipal },
  booking: { net: () => net, ...more.booking },
});
