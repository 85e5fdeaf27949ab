import assert from 'node:assert/strict';

/** What a reason is about, in figures: kilometres, people, minor units. The page has the words. */
export type Figures = Readonly<Record<string, string | number>>;

/** Whose wish a criterion is: the artist's, or that of the place that bills it. */
export type Party = 'artist' | 'place';

/**
 * One thing that a pair is compared by. `degree` is from 0 to 1, or NaN for what is not known, which is not zero; it makes no objects, for it
 * is asked of a hundred thousand pairs. `figures` says what made the degree, and is asked of those that are shown.
 */
export interface Criterion<F> {
  readonly criterion: string;
  readonly group: string;
  /** Its part of the group, against the other criteria there. */
  readonly share: number;
  /** The degree that is taken for what is not known, from 0 to 1. */
  readonly prior: number;
  /** Whose wish it is; both sides' when it is not said. */
  readonly of?: Party | undefined;
  readonly degree: (facts: F) => number;
  readonly figures: (facts: F) => Figures;
}

/** What makes a pair impossible, whatever its score; its figures say why. */
export interface Blocker<F> {
  readonly blocker: string;
  readonly blocks: (facts: F) => boolean;
  readonly figures: (facts: F) => Figures;
}

/** A pairing as data: what is compared, and how much each group of criteria weighs. */
export interface Scorecard<F> {
  readonly name: string;
  /** Which version of the weights: a score says which one made it. */
  readonly model: string;
  /** Points of each group; 100 in all. */
  readonly groups: Readonly<Record<string, number>>;
  readonly criteria: readonly Criterion<F>[];
  readonly blockers: readonly Blocker<F>[];
  /** Done once for each pair before its criteria are asked: what several of them need. */
  readonly meet?: ((facts: F) => void) | undefined;
  /** Who comes first among pairs of the same whole score. */
  readonly first?: ((facts: F) => boolean) | undefined;
}

/** Points of 100 for each criterion, in the scorecard's order, as each side weighs them. */
export interface Weights {
  readonly artist: Float64Array;
  readonly place: Float64Array;
}

/** A criterion as it told on a score, with the points of 100 that it won. */
export interface Reason {
  readonly criterion: string;
  readonly degree: number;
  readonly points: number;
  readonly code: string;
  readonly figures: Figures;
}

/** How well a pair fits, and why. It never changes: a later model makes a new one. */
export interface Score {
  readonly scorecard: string;
  readonly model: string;
  /** 0 to 100, whole: the harmonic mean of both sides' scores. */
  readonly score: number;
  /** How well it fits each side, 0 to 100, whole. The same where no criterion is one side's alone. */
  readonly sides: Readonly<Record<Party, number>>;
  /** 0 to 1: the weight of what is known. */
  readonly confidence: number;
  readonly groups: readonly { readonly group: string; readonly weight: number; readonly points: number; readonly known: boolean }[];
  readonly criteria: readonly (Reason & { readonly group: string; readonly known: boolean; readonly worth: number; readonly of: Party | null })[];
  /** The three strongest each. */
  readonly for: readonly Reason[];
  readonly against: readonly Reason[];
  /** Why it cannot be, whatever the score; empty when it can. */
  readonly blockers: readonly Reason[];
}

const strongest = 3;
const parties = ['artist', 'place'] as const;

/**
 * A scorecard whose figures add up, or a bug: groups sum to 100, each has criteria for either side, names are met once, and every share and
 * prior is in range.
 */
export function scorecard<F>(card: Scorecard<F>): Scorecard<F> {
  const groups = Object.entries(card.groups);
  assert(sumOf(groups.map(([, weight]) => weight)) === 100, 'the groups of a scorecard weigh 100');
  for (const [group] of groups) for (const party of parties) assert(card.criteria.some((one) => one.group === group && isOf(one, party)), 'a group has criteria for either side');
  for (const { group, share, prior } of card.criteria) assert(group in card.groups && share > 0 && prior >= 0 && prior <= 1, 'a criterion is in a group, with a share and a prior');
  assert(new Set(card.criteria.map(({ criterion }) => criterion)).size === card.criteria.length, 'a criterion is met once');
  return card;
}

const isOf = ({ of }: { readonly of?: Party | undefined }, party: Party): boolean => of === undefined || of === party;

/** The weights that a scorecard is published with: a group's points, shared out among those of its criteria that are a side's. */
export function published<F>({ groups, criteria }: Scorecard<F>): Weights {
  const weigh = (party: Party) => Float64Array.from(criteria, (one) => {
    if (!isOf(one, party)) return 0;
    const shares = sumOf(criteria.filter((other) => other.group === one.group && isOf(other, party)).map(({ share }) => share));
    return ((groups[one.group] ?? 0) * one.share) / shares;
  });
  return { artist: weigh('artist'), place: weigh('place') };
}

/** What both sides' points are together: of 80 and 40 it is 53, for one who is eager and one who is not seldom agree. */
export const together = (artist: number, place: number): number => (artist + place > 0 ? (2 * artist * place) / (artist + place) : 0);

/** The score of a pair: what is not known takes its prior, and lowers the confidence alone. */
export function score<F>(card: Scorecard<F>, facts: F, weights: Weights = published(card)): Score {
  card.meet?.(facts);
  const degrees = card.criteria.map((one) => one.degree(facts));
  const [artist, place] = parties.map((party) => sumOf(card.criteria.map((one, k) => (weights[party][k] ?? 0) * filled(degrees[k], one.prior))));
  assert(artist !== undefined && place !== undefined);
  const both = together(artist, place);
  // So that the parts sum to the whole: one side's eagerness counts as far as the other meets it.
  const scale = artist + place > 0 ? both / ((artist + place) / 2) : 1;
  const judged = card.criteria.map((one, k) => judge(one, facts, { degree: degrees[k] ?? NaN, worth: ((weights.artist[k] ?? 0) + (weights.place[k] ?? 0)) / 2, scale }));
  const known = judged.filter((one) => one.known);
  const reasons = (all: readonly Judged[], strength: (one: Judged) => number) => [...all].sort((a, b) => strength(b) - strength(a)).slice(0, strongest).map(reason);
  return {
    scorecard: card.name, model: card.model, score: Math.round(both), sides: { artist: Math.round(artist), place: Math.round(place) },
    // Sums of fractions may pass 100 by a hair.
    confidence: Math.min(1, sumOf(known.map(({ worth }) => worth)) / 100),
    groups: Object.keys(card.groups).map((group) => {
      const own = judged.filter((one) => one.group === group);
      return { group, weight: sumOf(own.map(({ worth }) => worth)), points: sumOf(own.map(({ points }) => points)), known: own.some((one) => one.known) };
    }),
    criteria: judged,
    for: reasons(known.filter(({ degree }) => degree >= 0.5), ({ points }) => points),
    against: reasons(known.filter(({ degree }) => degree < 0.5), ({ worth, points }) => worth - points),
    blockers: blockersOf(card, facts),
  };
}

/** What makes a pair impossible, each with its figures; the criteria are not asked. Of a scorecard that meets, the pair has met. */
const blockersOf = <F>({ blockers }: Scorecard<F>, facts: F): Reason[] => blockers.filter(({ blocks }) => blocks(facts))
  .map(({ blocker, figures }) => ({ criterion: blocker, degree: 0, points: 0, code: blocker, figures: figures(facts) }));

const filled = (degree: number | undefined, prior: number): number => (degree === undefined || Number.isNaN(degree) ? prior : degree);

/** A criterion with what it could win. */
type Judged = Score['criteria'][number];

function judge<F>({ criterion, group, prior, of, figures }: Criterion<F>, facts: F, { degree, worth, scale }: { degree: number; worth: number; scale: number }): Judged {
  const known = !Number.isNaN(degree);
  assert(!known || (degree >= 0 && degree <= 1), `a degree is from 0 to 1: ${criterion}`);
  const whole = known ? degree : prior;
  return { criterion, group, degree: whole, code: known ? criterion : 'unknown', figures: known ? figures(facts) : {}, worth, points: worth * whole * scale, known, of: of ?? null };
}

const reason = ({ criterion, degree, points, code, figures }: Judged): Reason => ({ criterion, degree, points, code, figures });

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
