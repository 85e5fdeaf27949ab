import assert from 'node:assert/strict';

/** What a reason is about, in figures: kilometres, people, minor units. The page has the words. */
export type Figures = Readonly<Record<string, string | number>>;

/** How well one criterion is met, from 0 to 1, and why: a code, and the figures its words need. */
export interface Judgement {
  readonly degree: number;
  readonly code: string;
  readonly figures: Figures;
}

/** One thing that two profiles are compared by. */
export interface Criterion<F> {
  readonly criterion: string;
  readonly group: string;
  /** Its part of the group, against the other criteria there. */
  readonly share: number;
  /** The degree that is taken for what is not known, from 0 to 1. */
  readonly prior: number;
  /** Null is not known; that is not zero. */
  readonly judge: (facts: F) => Judgement | null;
}

/** What makes a pair impossible, whatever its score: the reason, or null. */
export interface Blocker<F> {
  readonly blocker: string;
  readonly blocks: (facts: F) => Figures | null;
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
}

/** A criterion as it told on a score, with the points of 100 that it won. */
export interface Reason extends Judgement {
  readonly criterion: string;
  readonly points: number;
}

/** How well a pair fits, and why. It never changes: a later model makes a new one. */
export interface Score {
  readonly scorecard: string;
  readonly model: string;
  /** 0 to 100, whole. */
  readonly score: number;
  /** 0 to 1: the weight of what is known. */
  readonly confidence: number;
  readonly groups: readonly { readonly group: string; readonly weight: number; readonly points: number; readonly known: boolean }[];
  readonly criteria: readonly (Reason & { readonly group: string; readonly known: boolean })[];
  /** The three strongest each. */
  readonly for: readonly Reason[];
  readonly against: readonly Reason[];
  /** Why it cannot be, whatever the score; empty when it can. */
  readonly blockers: readonly Reason[];
}

const strongest = 3;

/**
 * A scorecard whose figures add up, or a bug: groups sum to 100, each has criteria, and every share and prior is in range.
 */
export function scorecard<F>(card: Scorecard<F>): Scorecard<F> {
  const groups = Object.entries(card.groups);
  assert(groups.reduce((sum, [, weight]) => sum + weight, 0) === 100, 'the groups of a scorecard weigh 100');
  for (const [group] of groups) assert(card.criteria.some((one) => one.group === group), 'a group has criteria');
  for (const { group, share, prior } of card.criteria) assert(group in card.groups && share > 0 && prior >= 0 && prior <= 1, 'a criterion is in a group, with a share and a prior');
  return card;
}

/** The score of a pair: what is not known takes its prior, and lowers the confidence alone. */
export function score<F>(card: Scorecard<F>, facts: F): Score {
  const judged = card.criteria.map((one) => judge(card, one, facts));
  const groups = Object.entries(card.groups).map(([group, weight]) => {
    const own = judged.filter((one) => one.group === group);
    return { group, weight, points: sumOf(own.map(({ points }) => points)), known: own.some(({ known }) => known) };
  });
  const known = judged.filter((one) => one.known);
  const reasons = (all: readonly Judged[], strength: (one: Judged) => number) => [...all].sort((a, b) => strength(b) - strength(a)).slice(0, strongest).map(reason);
  return {
    scorecard: card.name, model: card.model,
    score: Math.round(sumOf(groups.map(({ points }) => points))),
    // Sums of fractions may pass 100 by a hair.
    confidence: Math.min(1, sumOf(known.map(({ worth }) => worth)) / 100),
    groups,
    criteria: judged.map((one) => ({ ...reason(one), group: one.group, known: one.known })),
    for: reasons(known.filter(({ degree }) => degree >= 0.5), ({ points }) => points),
    against: reasons(known.filter(({ degree }) => degree < 0.5), ({ worth, points }) => worth - points),
    blockers: card.blockers.flatMap(({ blocker, blocks }) => {
      const figures = blocks(facts);
      return figures ? [{ criterion: blocker, degree: 0, points: 0, code: blocker, figures }] : [];
    }),
  };
}

/** A criterion with what it could win. */
type Judged = Reason & { readonly group: string; readonly known: boolean; readonly worth: number };

function judge<F>(card: Scorecard<F>, one: Criterion<F>, facts: F): Judged {
  const { criterion, group, share, prior } = one;
  const shares = sumOf(card.criteria.filter((other) => other.group === group).map((other) => other.share));
  const worth = ((card.groups[group] ?? 0) * share) / shares;
  const found = one.judge(facts);
  const { degree, code, figures } = found ?? { degree: prior, code: 'unknown', figures: {} };
  assert(degree >= 0 && degree <= 1, 'a degree is from 0 to 1');
  return { criterion, group, degree, code, figures, worth, points: worth * degree, known: found !== null };
}

const reason = ({ criterion, degree, points, code, figures }: Judged): Reason => ({ criterion, degree, points, code, figures });

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
