import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { noFilters, type Asked, type Cards, type Chosen, type Discovered, type Exceptional, type Filters, type Found, type Kept, type Reason, type Variety, type WholeScore } from './model.ts';

type Answers = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['discovery']>;
type Figures = Reason['figures'];

/** Every criterion of the three scorecards, by its group, with figures as the server sends them. */
export const everyCriterion: readonly (readonly [group: string, weight: number, criteria: Readonly<Record<string, Figures | null>>])[] = [
  ['fill', 25, {
    capacity: { min: 120, max: 260, draw: 190, capacity: 220 }, local_draw: { people: 140, km: 32, capacity: 220 }, listeners: { listeners: 18_400, near: 12_100, capacity: 220 }, followers: { followers: 9_300, permille: 34, capacity: 220 },
    growth: { percent: 18 }, house_fill: { percent: 72 }, level: { artist: 'confirmed', place: 'emerging' }, ticket: { artist: 1_500, place: 1_200, currency: 'EUR', placeCurrency: 'EUR' }, season: { month: 6, percent: 80 }, competition: { shows: 2, day: '2027-06-12' },
  }],
  ['budget', 20, {
    fee: { min: 120_000, max: 180_000, currency: 'EUR', budgetMin: 0, budgetMax: 160_000, budgetCurrency: 'EUR' }, market: { fee: 120_000, median: 135_000, deals: 14, currency: 'EUR' },
    full_cost: { cost: 182_450, fee: 120_000, km: 210, heads: 5, budgetMax: 160_000, currency: 'EUR', budgetCurrency: 'EUR' }, break_even: { percent: 69, cost: 182_450, ticket: 1_200, capacity: 220, currency: 'EUR' },
    terms: { wanted: 30, given: 50, days: 30 }, taxes: { from: 'FR', to: 'CH', currency: 'EUR', budgetCurrency: 'CHF' }, funding: null,
  }],
  ['availability', 15, {
    common_dates: { free: 4, possible: 6, shows: 1, asked: 1, day: '2027-06-12' }, weekday: { day: '2027-06-12' }, tour_window: { day: '2027-06-12', days: 2, km: 84 }, school_holidays: { day: '2027-06-12', zone: 'FR-B', holiday: 0, capacity: 220 },
    feasts: { day: '2027-06-12', feast: 0, country: 'FR' }, rest: { days: 2, wanted: 2 }, lead: { days: 202, needed: 60, day: '2027-06-12' },
  }],
  ['affinity', 15, {
    genre: { ownGenre: 'chanson', wantedGenre: 'chanson française' }, programming: { ownGenre: 'chanson', wantedGenre: 'folk' }, audience: { artist: 'families adults', place: 'adults tourists' }, influences: { shared: 1, of: 4 },
    format: { people: 4, metres: 24, artist: 'seated standing', place: 'seated' }, language: { sung: 'fr br', wanted: 'fr' }, technical: { stageWanted: 20, stage: 24, inputsWanted: 16, inputs: 12, missing: 'piano drums' },
    sound: { makes: 98, allows: 102, curfew: '22:30', minutes: 75 }, outdoors: { outdoor: 'yes', covered: 'unknown', stepFree: 'no', artist: 'yes' },
  }],
  ['geography', 10, {
    distance: { km: 162.4 }, detour: { km: 41, day: '2027-06-12' }, mobility: { km: 162, most: 400 }, catchment: { people: 214_000 }, access: { loadIn: 'yes', parking: 'no', transit: 'unknown' }, border: { from: 'FR', to: 'CH' },
  }],
  ['history', 10, {
    together: null, peers: { percent: 82, kind: 'club', level: 'confirmed' }, kept: { percent: 97 }, paid: { days: 28, disputes: 1 }, answers: { hours: 19.5 }, ratings: { artist: 4.7, artistCount: 12, place: 4.2, placeCount: 5 }, complete: { artist: 90, place: 85, checked: 1 },
  }],
  ['exclusivity', 5, { exclusivity: { km: 96, most: 60, until: '2027-07-31' } }],
];

/** A score in which the n-th criterion fits the better, the nearer it is to `good`; what has no figures is not known. */
export function score(points: number, over: Partial<WholeScore> = {}): WholeScore {
  const criteria = everyCriterion.flatMap(([group, weight, all]) => Object.entries(all).map(([criterion, figures], at, { length }) => {
    const degree = figures === null ? 0.5 : Math.max(0.05, Math.min(1, (points / 100) * (1.15 - ((at * 7) % 10) / 20)));
    const worth = weight / length;
    return { criterion, group, degree, code: figures === null ? 'unknown' : criterion, figures: figures ?? {}, known: figures !== null, worth, points: worth * degree, of: criterion === 'market' ? 'place' as const : criterion === 'detour' ? 'artist' as const : null };
  }));
  const reason = (criterion: string): Reason => {
    const one = criteria.find((other) => other.criterion === criterion);
    return { criterion, degree: one?.degree ?? 0, points: one?.points ?? 0, code: one?.code ?? 'unknown', figures: one?.figures ?? {} };
  };
  return {
    scorecard: 'touring', model: 'touring-1', score: points, sides: { artist: points - 6, place: Math.min(100, points + 3) }, confidence: 0.64,
    groups: everyCriterion.map(([group, weight]) => ({ group, weight, points: criteria.filter((one) => one.group === group).reduce((sum, one) => sum + one.points, 0), known: group !== 'exclusivity' })),
    criteria, criteriaCount: criteria.length, for: ['capacity', 'genre', 'common_dates'].map(reason), against: ['full_cost', 'technical', 'detour'].map(reason), blockers: [], ...over,
  };
}

const picture = (hue: number): string => `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><rect width="640" height="480" fill="hsl(${hue} 30% 26%)"/><circle cx="${200 + (hue % 200)}" cy="210" r="96" fill="hsl(${hue} 42% 58%)"/><path d="M0 400 Q160 330 320 390 T640 360 V480 H0Z" fill="hsl(${hue} 34% 16%)"/></svg>`)}`;

/** What a list says of a score. */
export const brief = ({ criteria, ...listed }: WholeScore): Found['score'] => ({ ...listed, criteriaCount: criteria.length });

/** An artist found. */
export const artist = (name: string, points: number, over: Partial<Found> = {}): Found => ({
  orgId: `org_${name.toLowerCase().replaceAll(/[^a-z]/g, '').padEnd(28, '2')}`, seen: 'artist', name, kind: 'artist', city: 'Rennes', country: 'FR', page: '/b/les-vagues-lentes', picture: { url: picture(points * 7), alt: `${name} sur scène` }, sound: null,
  tagline: 'Chansons lentes pour salles claires.', genres: ['chanson', 'folk'], lineUp: 4, capacity: { min: 120, max: 260 }, money: { min: 120_000, max: 180_000, currency: 'EUR' }, placeKind: null, level: 'confirmed', km: 162.4, answerHours: 19.5,
  rating: { stars: 4.7, count: 12 }, verified: true, score: brief(score(points)), chance: 0.31, choice: { verdict: null, favourite: false, hidden: false }, match: null, ...over,
});
/** A place found. */
export const place = (name: string, points: number, over: Partial<Found> = {}): Found => artist(name, points, { seen: 'place', kind: 'venue', placeKind: 'theatre', lineUp: null, level: 'emerging', capacity: { min: null, max: 220 }, money: { min: null, max: 160_000, currency: 'EUR' }, tagline: '', genres: ['chanson française'], ...over });

export const artists: readonly Found[] = [
  artist('Les Vagues Lentes', 87, { sound: { url: 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=', title: 'Marée basse' } }), artist('Nora Solveig', 81, { lineUp: 1, city: 'Saint-Étienne-de-Montluc', rating: null, chance: null, picture: null }),
  artist('Trio Alouette', 74, { lineUp: 3, genres: ['jazz'], verified: false, choice: { verdict: null, favourite: true, hidden: false } }), artist('Fanfare des Quais', 63, { lineUp: 11, genres: ['fanfare'], level: 'emerging', chance: 0.02 }),
  artist('Le Grand Orchestre Philharmonique de Chambre', 52, { lineUp: 24, money: { min: null, max: null, currency: 'EUR' }, answerHours: null, km: null, score: brief(score(52, { confidence: 0.31 })) }),
];

/** What was found: a place seeks artists. */
export const found = (over: Partial<Discovered> = {}): Discovered => ({
  seeker: { orgId: 'org_theatre22222222222222222222222', name: 'Théâtre de la Criée', seen: 'place', completePercent: 92, missing: [] }, seen: 'artist', card: 'touring', model: 'touring-1', met: 147, eligible: 132, blocked: { no_common_day: 12, fee_out_of_reach: 3 }, variety: null, found: [...artists], ...over,
});

export const kept = (name: string, filters: Partial<Filters> = {}, over: Partial<Kept> = {}): Kept => ({ id: `srh_${name.toLowerCase().replaceAll(/[^a-z]/g, '')}`, name, seen: 'artist', filters: { ...noFilters, ...filters }, sort: 'score', alert: true, createdAt: '2026-11-20T09:00:00Z', lookedAt: '2026-11-22T09:00:00Z', found: 3, ...over });

/** The two scorecards of a hall; `market` is the wish of the place alone, `detour` of the artist. */
export const cards: Cards = {
  seen: 'place',
  cards: ([['touring', false, everyCriterion], ['launch', true, [['style', 25, { genre: {}, programming: {} }], ['availability', 20, { common_dates: {}, weekday: {} }], ['capacity', 20, { capacity: {}, level: {} }], ['budget', 20, { fee: {} }], ['geography', 15, { distance: {} }]]]] as const).map(([card, learned, groups]) => ({
    card, learned, model: learned ? 'launch:place-4' : `${card}-1`,
    groups: groups.map(([group, weight, criteria]) => ({ group, criteria: Object.keys(criteria).map((criterion, _, all) => ({ criterion, artist: criterion === 'market' ? 0 : weight / all.length, place: criterion === 'detour' ? 0 : weight / all.length })) })),
  })),
};

/** What a strength of a half did to twenty-four places. */
export const variety: Variety = { strength: 0.5, places: 24, moved: 17, entered: 5, cost: 1.34, groups: { region: [2, 5], genre: [3, 4], level: [2, 2] } };

/** Somebody's own words, read. */
export const asked: Asked = {
  seen: 'artist', filters: { ...noFilters, genres: ['jazz'], lineUp: { min: 3, max: 3 }, fee: { min: null, max: 200_000, currency: 'EUR' }, near: { name: 'Lyon', insee: '69123', lat: 45.76, lng: 4.84, km: 50 } },
  parts: [{ from: 0, until: 4, text: 'trio', slot: 'lineUp' }, { from: 8, until: 12, text: 'jazz', slot: 'genres' }, { from: 13, until: 30, text: 'à moins de 2000 €', slot: 'fee' }, { from: 31, until: 43, text: 'près de Lyon', slot: 'near' }], unknown: ['un peu barré'],
};
export const askedText = 'trio de jazz à moins de 2000 € près de Lyon, un peu barré';

export const exceptional: Exceptional = { day: '2026-11-22', found: artist('Ondes Hautes', 97) };

/** What a server holds: choices are made, and a like of the second one is mutual. */
export function discoverServer(answer: Discovered | ((input: { filters: Filters; all?: boolean | undefined }) => Discovered | Promise<Discovered>) = found(), over: Answers = {}): Api {
  const made = new Map<string, Chosen>();
  const of = (orgId: string): Chosen => made.get(orgId) ?? { orgId, verdict: null, favourite: false, hidden: false, superLikes: 3, match: null };
  const make = (orgId: string, change: Partial<Chosen>): Chosen => { const next = { ...of(orgId), ...change }; made.set(orgId, next); return next; };
  return fakeApi<AppRouter>({
    discovery: {
      find: (input) => (typeof answer === 'function' ? answer(input) : answer),
      choose: ({ orgId, verdict }) => make(orgId, { verdict, ...(verdict === 'super_like' && { superLikes: 2 }), match: verdict === 'like' && orgId.startsWith('org_nora') ? { id: 'mat_22222222222222222222222222', status: 'open', expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString() } : null }),
      keep: ({ orgId, favourite }) => make(orgId, { favourite }), hide: ({ orgId, hidden }) => make(orgId, { hidden }),
      searches: () => [], exceptional: () => null, matches: () => ({ matches: [], superLikes: 3 }), wishes: () => ({ exceptional: true, mails: true }), setWishes: (input) => input, ask: () => asked, pair: () => score(87), cards: () => cards, ...over,
    },
    profiles: { genres: ({ q }) => ['jazz', 'chanson', 'folk'].filter((genre) => genre.startsWith(q.toLowerCase())), places: () => [{ insee: '69123', name: 'Lyon', postcode: '69001', country: 'FR', population: 522_000, lat: 45.76, lng: 4.84 }] },
  });
}

/** A server whose every choice is refused. */
export const refusing = (reason: string): Answers => {
  const refuse = () => { throw refusal(reason); };
  return { choose: refuse, keep: refuse, hide: refuse };
};
