import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import type { Approval, Audit, Desk, Funnel, Served, Version } from './model.ts';

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];
type Learned = NonNullable<Answers['learning']>;
type Approvals = NonNullable<Answers['approvals']>;

const cards = ['touring:artist', 'touring:place', 'launch:artist', 'launch:place', 'municipal:artist', 'municipal:place'] as const;

/** A scorecard of which nothing is learned. */
const bare = (scorecard: string): Served => ({ scorecard, version: null, model: `${scorecard.split(':')[0]}-1`, since: null, fitted: null, deals: 0, from: null, measured: null, sure: { deals: 0, signed: 0 } });

/** The places' side of tours, learned and measured. */
export const learned: Served = {
  scorecard: 'touring:place', version: 4, model: 'touring:place-4', since: '2027-02-21T03:30:00.000Z', fitted: { from: '2026-12-01T09:00:00.000Z', until: '2027-02-14T18:00:00.000Z', interactions: 12_480, deals: 913 }, deals: 311, from: '2027-02-14T18:00:00.000Z',
  measured: {
    logLoss: 0.5123, auc: 0.8041, error: 0.0312, hits: 0.774, guess: 0.583,
    curve: [[0.06, 0.09], [0.14, 0.1], [0.21, 0.23], [0.31, 0.26], [0.4, 0.42], [0.52, 0.55], [0.61, 0.58], [0.7, 0.77], [0.82, 0.81], [0.93, 0.9]].map(([said = 0, came = 0]) => ({ said, came, count: 31 })),
  },
  sure: { deals: 42, signed: 35 },
};

/** What serves, of all six. */
const served: readonly Served[] = cards.map((scorecard) => (scorecard === learned.scorecard ? learned : scorecard === 'touring:artist' ? { ...learned, scorecard, version: 2, model: 'touring:artist-2', deals: 12, measured: null, sure: { deals: 0, signed: 0 } } : bare(scorecard)));

const figures = (logLoss: number, auc: number, error10: number) => ({ deals: 228, logLoss, brier: 0.18, auc, error10, error15: error10 + 0.006 });

/** The versions of both, the newest first. */
export const models: readonly Version[] = [
  { id: 'mdl_5', scorecard: 'touring:place', version: 5, status: 'refused', reason: 'no_better', fittedAt: '2027-02-28T03:30:00.000Z', whole: true, figures: { interactions: 3_120, current: figures(0.512, 0.804, 0.031), candidate: figures(0.514, 0.803, 0.034) } },
  { id: 'mdl_4', scorecard: 'touring:place', version: 4, status: 'serving', reason: 'better', fittedAt: '2027-02-21T03:30:00.000Z', whole: true, figures: { interactions: 3_004, current: figures(0.561, 0.771, 0.044), candidate: figures(0.523, 0.798, 0.029) } },
  { id: 'mdl_3', scorecard: 'touring:place', version: 3, status: 'retired', reason: 'better', fittedAt: '2027-02-14T03:30:00.000Z', whole: true, figures: { interactions: 2_881, current: figures(0.612, 0.722, 0.061), candidate: figures(0.566, 0.768, 0.042) } },
  { id: 'mdl_1', scorecard: 'touring:artist', version: 2, status: 'serving', reason: 'rolled_back', fittedAt: '2027-02-21T03:30:00.000Z', whole: true, figures: { interactions: 803, current: null, candidate: null } },
];
/** One that a torn disk left behind. */
export const damaged: Version = { id: 'mdl_9', scorecard: 'touring:place', version: 6, status: 'damaged', reason: 'damaged', fittedAt: '2027-03-01T03:30:00.000Z', whole: false, figures: null };

const group = (trait: 'region' | 'genre' | 'level', name: string, [count, shown, pool]: readonly [number, number, number]) => ({ trait, group: name, count, shown, pool, relevance: pool, toPool: pool > 0 ? shown / pool : null, toRelevance: pool > 0 ? shown / pool : null });

/** Who was shown in thirty days. */
export const audit: Audit = {
  from: '2027-01-30T12:00:00.000Z', until: '2027-03-01T12:00:00.000Z', whole: true, lists: 214, shown: 4_902, pool: 411,
  exposure: [
    group('region', '75', [121, 0.46, 0.294]), group('region', '69', [58, 0.15, 0.141]), group('region', '44', [40, 0.09, 0.097]), group('region', '35', [37, 0.04, 0.09]), group('region', '13', [31, 0.07, 0.075]), group('region', 'BE', [28, 0.05, 0.068]),
    group('region', '33', [24, 0.05, 0.058]), group('region', '59', [22, 0.04, 0.054]), group('region', 'CH', [14, 0.02, 0.034]), group('region', '67', [12, 0.02, 0.029]),
    group('genre', 'chanson', [140, 0.38, 0.34]), group('genre', 'jazz', [96, 0.27, 0.23]), group('genre', 'musiques traditionnelles', [61, 0.07, 0.15]), group('genre', '', [20, 0.05, 0.049]),
    group('level', 'emerging', [230, 0.44, 0.56]), group('level', 'confirmed', [133, 0.42, 0.32]), group('level', '', [48, 0.14, 0.12]),
  ],
  withheld: [{ trait: 'region', groups: 6, count: 24 }, { trait: 'genre', groups: 4, count: 9 }], weights: [],
};

const funnel: Funnel = {
  from: '2026-12-01T12:00:00.000Z', until: '2027-03-01T12:00:00.000Z', impressions: 14_206,
  steps: [{ step: 'liked', count: 2_310, of: 14_206, rate: 0.1626, aim: 0.25 }, { step: 'mutual', count: 1_012, of: 2_310, rate: 0.438, aim: 0.4 }, { step: 'contacted', count: 640, of: 1_012, rate: 0.632, aim: 0.6 }, { step: 'signed', count: 171, of: 640, rate: 0.267, aim: 0.3 }, { step: 'held', count: 0, of: 0, rate: null, aim: 0.95 }],
};

/** Two who like each other and wait. */
export const waiting: Approval = {
  id: 'apv_22222222222222222222222222', artist: { orgId: 'org_1', name: 'Les Vagues Lentes', city: 'Rennes', kind: 'artist', since: '2026-11-20T09:00:00.000Z' }, place: { orgId: 'org_2', name: 'Théâtre de l’Horloge Bleue', city: 'Besançon', kind: 'venue', since: '2027-02-20T09:00:00.000Z' },
  score: 81, state: 'waiting', askedAt: '2027-02-28T17:20:00.000Z', decidedAt: null,
};

/** Everything is looked at, one waits, one was refused. */
export const desk: Desk = {
  on: true, since: '2027-02-01T08:00:00.000Z', by: 'Olga Ferrand', waiting: [waiting], decided: [{ ...waiting, id: 'apv_33333333333333333333333333', state: 'refused', decidedAt: '2027-02-27T10:00:00.000Z', artist: { ...waiting.artist, name: 'Compte d’essai' } }],
  acts: [
    { id: '3', at: '2027-02-27T10:00:00.000Z', by: 'Olga Ferrand', kind: 'refused', subject: 'apv_33333333333333333333333333', version: null, reason: 'Un compte d’essai' },
    { id: '2', at: '2027-02-22T10:00:00.000Z', by: 'Olga Ferrand', kind: 'rolled_back', subject: 'touring:artist', version: 2, reason: 'La version 3 oubliait les distances' },
    { id: '1', at: '2027-02-01T08:00:00.000Z', by: 'Olga Ferrand', kind: 'approval_on', subject: '', version: null, reason: 'Les cent premiers matchs' },
  ],
};
/** Nobody has done anything, and nobody looks. */
export const quiet: Desk = { on: false, since: null, by: '', waiting: [], decided: [], acts: [] };

/** A server of our own people, with this on its table. */
export const matchingOf = (learning: Learned = {}, approvals: Approvals = {}): Api => fakeApi<AppRouter>({
  learning: {
    served: () => [...served], models: () => [...models], audit: () => audit, funnel: () => funnel, rollBack: () => null,
    compare: () => [{ criterion: 'genre', now: 21.4, then: 5 }, { criterion: 'distance', now: 1.2, then: 3.3 }, { criterion: 'capacity', now: 5.3, then: 5.3 }], ...learning,
  },
  approvals: { desk: () => desk, lookFirst: () => null, decide: () => null, ...approvals },
});

/** One on which nothing has happened yet. */
export const emptyServer = (): Api => matchingOf({
  served: () => cards.map(bare), models: () => [], audit: () => ({ ...audit, lists: 0, shown: 0, pool: 3, exposure: [], withheld: [] }),
  funnel: () => ({ ...funnel, impressions: 0, steps: funnel.steps.map((one) => ({ ...one, count: 0, of: 0, rate: null })) }),
}, { desk: () => quiet });
