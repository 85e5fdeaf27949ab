import { unknown } from './columns.ts';
import { feeMin, budgetMax } from './criteria/budget.ts';
import { openPair, type Pair, type Quest, type World } from './pair.ts';
import { narrow, type Narrow } from './narrow.ts';
import { rank, type Ranking } from './rank.ts';
import { score, type Score, type Scorecard, type Weights } from './score.ts';
import { launch } from './scorecards/launch.ts';
import { municipal } from './scorecards/municipal.ts';
import { touring } from './scorecards/touring.ts';
import { isAlive, shelfOver, type Memory, type Shelf } from './store.ts';

/** The scorecards that compare artists with places. */
export const CARDS = { touring, launch, municipal } as const satisfies Readonly<Record<string, Scorecard<Pair>>>;
export type CardName = keyof typeof CARDS;
export const cardNames = ['touring', 'launch', 'municipal'] as const satisfies readonly CardName[];

/** By what the found may stand: the score, or one fact, the most useful end first. */
export const SORTS = ['score', 'distance', 'money', 'people', 'rating', 'answer'] as const;
export type Sort = (typeof SORTS)[number];

/** All that is searched: both sides' profiles, and what is so for every pair. It crosses to threads as it is. */
export interface Grounds {
  readonly artist: Memory;
  readonly place: Memory;
  readonly world: World;
}

/** The same, over the memory. */
export interface Hall {
  readonly artist: Shelf;
  readonly place: Shelf;
  readonly world: World;
}

export const hallOver = ({ artist, place, world }: Grounds): Hall => ({ artist: shelfOver(artist), place: shelfOver(place), world });

/** One search: who seeks, among whom, and by what. It crosses to threads as it is. */
export interface Search {
  readonly card: CardName;
  /** The row of the one who seeks; 0 of one who has no profile. */
  readonly seeker: number;
  readonly narrow: Narrow;
  readonly quest: Quest;
  /** One number that the parts of a search share: `reached` of rank.ts. */
  readonly reached?: Float64Array | undefined;
  /** Rows that are as if they were not there. */
  readonly unseen?: ReadonlySet<number> | undefined;
  readonly sort: Sort;
  readonly limit: number;
  /** Learned weights; those of the scorecard when there are none. */
  readonly weights: Weights | null;
  /** Rows to be explained whatever their place, instead of a search. */
  readonly only?: readonly number[] | undefined;
}

/** What a search found: the best in their order, each explained, and how many could be, or could not and why. */
export interface Found extends Ranking {
  readonly scores: readonly Score[];
  /** Profiles that met the filters. */
  readonly met: number;
  /** Something was written meanwhile, so often that the filters saw a shelf in motion. */
  readonly stirred: boolean;
}

/** How often a search begins anew when a profile is written under it. */
const turns = 5;

/** Finds the best of a side for one of the other: filters, ranks and explains. */
export function search(hall: Hall, ask: Search): Found {
  const card: Scorecard<Pair> = CARDS[ask.card];
  const sought = ask.quest.seeker === 'artist' ? hall.place : hall.artist;
  const pair = openPair({ A: hall.artist.columns, P: hall.place.columns, world: hall.world, quest: ask.quest });
  const turn = turner(pair, ask);
  const narrowed = ask.only ? { rows: Uint32Array.from(ask.only), stirred: false } : settled(sought, ask.narrow);
  const { stirred } = narrowed;
  const rows = ask.unseen?.size ? narrowed.rows.filter((row) => !ask.unseen?.has(row)) : narrowed.rows;
  const weights = ask.weights ?? undefined;
  const how = { turn, limit: ask.limit, key: keys[ask.sort], ...(weights && { weights }) };
  const began = Atomics.load(sought.control, 0);
  const ranking = ask.only
    ? { best: [...rows].map((row) => ({ row, total: 0, by: 0 })), eligible: rows.length, blocked: {} }
    : rank(card, pair, { ...how, rows, reached: ask.reached });
  const explained = (best: Ranking['best']) => best.map(({ row }) => {
    turn(row);
    return score(card, pair, weights);
  });
  let [best, scores] = [ranking.best, explained(ranking.best)];
  // Somebody wrote meanwhile: the best are ranked and explained once more, by what is there now.
  for (let again = 0, before = began; !ask.only && Atomics.load(sought.control, 0) !== before && again < turns; again += 1) {
    before = Atomics.load(sought.control, 0);
    best = rank(card, pair, { ...how, rows: Uint32Array.from(best, ({ row }) => row).filter((row) => isAlive(sought, row)).sort() }).best;
    scores = explained(best);
  }
  return { ...ranking, best, scores, met: rows.length, stirred };
}

function turner(pair: Pair, { quest, seeker }: Search): (row: number) => void {
  if (quest.seeker === 'artist') pair.a = seeker;
  else pair.p = seeker;
  return quest.seeker === 'artist' ? (row) => { pair.p = row; pair.sought = row; } : (row) => { pair.a = row; pair.sought = row; };
}

/** Narrows down, anew when somebody wrote meanwhile. */
function settled(shelf: Shelf, ask: Narrow): { rows: Uint32Array; stirred: boolean } {
  for (let i = 1; ; i += 1) {
    const before = Atomics.load(shelf.control, 0);
    const rows = narrow(shelf, ask);
    if (before % 2 === 0 && Atomics.load(shelf.control, 0) === before) return { rows, stirred: false };
    if (i === turns) return { rows, stirred: true };
  }
}

/** What a fact is worth in an order: the highest comes first, and who does not say it is left out. */
const keys: Readonly<Record<Sort, ((pair: Pair) => number) | undefined>> = {
  score: undefined,
  distance: ({ km }) => -km,
  money: (pair) => (pair.quest.seeker === 'artist' ? budgetMax(pair) : -feeMin(pair)),
  people: ({ A, a, P, p, quest }) => {
    const value = quest.seeker === 'artist' ? P.capacity[p] : A.audienceMax[a];
    return value === undefined || value === unknown.u16 ? NaN : value;
  },
  rating: ({ A, a, P, p, quest }) => {
    const [stars, count] = quest.seeker === 'artist' ? [P.stars[p], P.ratings[p]] : [A.stars[a], A.ratings[a]];
    return stars === undefined || stars === unknown.u8 || !count || count === unknown.u16 ? NaN : stars;
  },
  answer: ({ A, a, P, p, quest }) => {
    const hours = quest.seeker === 'artist' ? P.answer[p] : A.answer[a];
    return hours === undefined || hours === unknown.u16 ? NaN : -hours;
  },
};
