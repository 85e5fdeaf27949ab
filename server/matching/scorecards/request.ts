import type { Money } from '../../core/money.ts';
import { kilometres, type Point } from '../../roads/crow.ts';
import { along, inside, nearest } from '../degrees.ts';
import { scorecard, type Criterion, type Figures } from '../score.ts';

/** What the scorecard of requests compares: a request, and the artist who was asked. What is empty or null is not known. */
export interface RequestFacts {
  readonly artist: {
    readonly genres: readonly string[];
    /** Before tax; the one or the other may be zero, when it was not said. */
    readonly fee: { readonly min: Money; readonly max: Money };
    /** How many people the artist plays for; a `max` of 0 is not known. */
    readonly audience: { readonly min: number; readonly max: number };
    readonly home: Point | null;
  };
  readonly request: {
    /** What the stage usually shows. */
    readonly stageGenres: readonly string[];
    /** What the asker names. */
    readonly namedGenres: readonly string[];
    /** The artist's days asked for. */
    readonly days: readonly ('free' | 'flexible' | 'busy')[];
    readonly shows: number;
    readonly audience: number;
    /** Of the stage; 0 is not known. */
    readonly capacity: number;
    /** Before tax; zero is not known. */
    readonly budget: Money;
    readonly place: Point | null;
  };
}

/** A day nobody said anything of, or that somebody holds, is worth a little more than even. */
const worthOf = { free: 1, flexible: 0.6, busy: 0 } as const;

/* Ours, until outcomes teach better ones: a musician's day trip, an evening's drive, a night on the road, another country. */
const byKilometres = [[50, 1], [150, 0.8], [300, 0.55], [600, 0.25], [1_000, 0]] as const;

/** At half the smallest fee nothing is left to talk about; at the smallest there is; from the largest on all is well. */
const enough = 0.6;

/** How well one criterion is met, from 0 to 1, and the figures its words need. */
interface Judgement {
  readonly degree: number;
  readonly figures: Figures;
}

/** A judgement's degree and its figures, as a criterion asks for them. */
const by = (judge: (facts: RequestFacts) => Judgement | null): Pick<Criterion<RequestFacts>, 'degree' | 'figures'> =>
  ({ degree: (facts) => judge(facts)?.degree ?? NaN, figures: (facts) => judge(facts)?.figures ?? {} });

/**
 * The scorecard by which a request is read, with the weights of the first release: style 25, availability 20, level and capacity 20, budget 20, geography 15 (MA-01, MA-03;
 * domain/matching.md, read 2026-11-21). The shares within a group are ours.
 */
export const requestCard = scorecard<RequestFacts>({
  name: 'request', model: 'request-1',
  groups: { style: 25, availability: 20, capacity: 20, budget: 20, geography: 15 },
  criteria: [
    { criterion: 'genre', group: 'style', share: 3, prior: 0.5, ...by(({ artist, request }) => genres(artist.genres, request.stageGenres)) },
    { criterion: 'occasion', group: 'style', share: 2, prior: 0.5, ...by(({ artist, request }) => genres(artist.genres, request.namedGenres)) },
    { criterion: 'days', group: 'availability', share: 1, prior: 0.5, ...by(days) },
    { criterion: 'audience', group: 'capacity', share: 3, prior: 0.6, ...by(({ artist, request }) => crowd(request.audience, artist.audience)) },
    { criterion: 'capacity', group: 'capacity', share: 2, prior: 0.6, ...by(({ artist, request }) => crowd(request.capacity, artist.audience)) },
    { criterion: 'fee', group: 'budget', share: 1, prior: 0.5, ...by(fee) },
    { criterion: 'distance', group: 'geography', share: 1, prior: 0.6, ...by(distance) },
  ],
  blockers: [
    { blocker: 'no_common_day', blocks: ({ request }) => request.days.length > 0 && request.days.every((day) => day === 'busy'), figures: () => ({}) },
    { blocker: 'fee_out_of_reach', blocks: (facts) => outOfReach(facts) !== null, figures: (facts) => outOfReach(facts) ?? {} },
  ],
});

function genres(own: readonly string[], wanted: readonly string[]): Judgement | null {
  const pair = nearest(own, wanted);
  return pair && { degree: pair.degree, figures: { own: pair.own, wanted: pair.other } };
}

/** The best days of those asked for, as many as there are to be shows. */
function days({ request }: RequestFacts): Judgement | null {
  if (request.days.length === 0) return null;
  const best = request.days.map((day) => worthOf[day]).sort((a, b) => b - a).slice(0, request.shows);
  const count = (state: string) => request.days.filter((day) => day === state).length;
  return { degree: best.reduce<number>((sum, worth) => sum + worth, 0) / request.shows, figures: { free: count('free'), flexible: count('flexible'), shows: request.shows } };
}

function crowd(people: number, audience: { min: number; max: number }): Judgement | null {
  if (people === 0 || audience.max === 0) return null;
  return { degree: inside(people, audience), figures: { people, min: audience.min, max: audience.max } };
}

/** The figures of a fee and a budget that can be compared, in minor units. */
function feeFigures({ artist, request }: RequestFacts): { min: number; max: number; budget: number; currency: string } | null {
  const { min, max } = artist.fee;
  const { budget } = request;
  if (budget.minor === 0n || (min.minor === 0n && max.minor === 0n) || min.currency !== budget.currency) return null;
  return { min: Number(min.minor), max: Math.max(Number(min.minor), Number(max.minor)), budget: Number(budget.minor), currency: budget.currency };
}

function fee(facts: RequestFacts): Judgement | null {
  const figures = feeFigures(facts);
  if (!figures) return null;
  const { min, max, budget } = figures;
  const points: readonly (readonly [number, number])[] = [[min / 2, 0], [min, max > min ? enough : 1], [max, 1]];
  return { degree: along(points, budget), figures };
}

/** The smallest fee is above twice the budget. */
function outOfReach(facts: RequestFacts): Figures | null {
  const figures = feeFigures(facts);
  return figures && figures.min > 2 * figures.budget ? { ...figures } : null;
}

function distance({ artist, request }: RequestFacts): Judgement | null {
  if (!artist.home || !request.place) return null;
  const km = Math.round(kilometres(artist.home, request.place));
  return { degree: along(byKilometres, km), figures: { km } };
}
