import { curve } from '../curve.ts';
import { scorecard } from '../score.ts';

/** What is known of a technician and of a call. NaN and empty lists are not known; amounts are minor units in one currency. */
export interface CrewFacts {
  readonly km: number;
  /** Skills by name, each 1 (beginner), 2 (confirmed) or 3 (expert); those that the call asks for. */
  readonly skills: Readonly<Record<string, 1 | 2 | 3>>;
  readonly asked: Readonly<Record<string, 1 | 2 | 3>>;
  /** Styles that the technician works in, and the show's. */
  readonly styles: readonly string[];
  readonly style: string;
  /** Consoles and rigs known, and those of the place; shows worked there. */
  readonly consoles: readonly string[];
  readonly there: readonly string[];
  readonly showsThere: number;
  /** Days of the call, and those of them on which the technician is free. */
  readonly days: number;
  readonly free: number;
  readonly dayRate: number;
  readonly dayBudget: number;
  readonly stars: number;
  readonly ratings: number;
  readonly keptPercent: number;
}

// Under fifty kilometres is ideal (TE-02).
const near = curve([[50, 1], [100, 0.75], [200, 0.4], [400, 0.1], [600, 0]]);
const rate = curve([[0.5, 1], [1, 0.9], [1.2, 0.4], [1.5, 0]]);
const kept = curve([[70, 0], [95, 0.7], [100, 1]]);
const stars = curve([[2, 0], [4, 0.7], [4.8, 1]]);

/** How far each skill asked for is met, on the whole; no more than asked counts. */
function expertise({ skills, asked }: CrewFacts): number {
  const names = Object.keys(asked);
  if (names.length === 0 || Object.keys(skills).length === 0) return NaN;
  return names.reduce((sum, name) => sum + Math.min(1, (skills[name] ?? 0) / (asked[name] ?? 1)), 0) / names.length;
}
const knows = ({ consoles, there }: CrewFacts): number => (there.length === 0 || consoles.length === 0 ? NaN : there.filter((one) => consoles.includes(one)).length / there.length);

/** The scorecard of crews: proximity 25, expertise 20, knowledge of the place and its gear 15, availability 15, budget 15, reputation 10 (FR-010, TE-01 to TE-06; domain/matching.md, read 2026-11-21). */
export const crew = scorecard<CrewFacts>({
  name: 'crew', model: 'crew-1',
  groups: { proximity: 25, expertise: 20, knowledge: 15, availability: 15, budget: 15, reputation: 10 },
  criteria: [
    { criterion: 'distance', group: 'proximity', share: 1, prior: 0.5, degree: ({ km }) => near(km), figures: ({ km }) => ({ km: Math.round(km) }) },
    { criterion: 'skills', group: 'expertise', share: 3, prior: 0.4, degree: expertise, figures: ({ skills, asked }) => ({ met: Object.keys(asked).filter((name) => (skills[name] ?? 0) >= (asked[name] ?? 1)).length, asked: Object.keys(asked).length }) },
    { criterion: 'style', group: 'expertise', share: 1, prior: 0.5, degree: ({ styles, style }) => (styles.length === 0 || style === '' ? NaN : styles.includes(style) ? 1 : 0.3), figures: ({ style }) => ({ style }) },
    { criterion: 'consoles', group: 'knowledge', share: 2, prior: 0.4, degree: knows, figures: ({ consoles, there }) => ({ known: there.filter((one) => consoles.includes(one)).length, there: there.length }) },
    { criterion: 'shows_there', group: 'knowledge', share: 1, prior: 0.3, degree: ({ showsThere }) => (showsThere >= 0 ? Math.min(1, showsThere / 3) : NaN), figures: ({ showsThere }) => ({ shows: showsThere }) },
    { criterion: 'free_days', group: 'availability', share: 1, prior: 0.5, degree: ({ days, free }) => (days > 0 ? Math.min(1, free / days) : NaN), figures: ({ days, free }) => ({ free, days }) },
    { criterion: 'rate', group: 'budget', share: 1, prior: 0.5, degree: ({ dayRate, dayBudget }) => (dayBudget > 0 ? rate(dayRate / dayBudget) : NaN), figures: ({ dayRate, dayBudget }) => ({ rate: dayRate, budget: dayBudget }) },
    { criterion: 'ratings', group: 'reputation', share: 1, prior: 0.6, degree: (facts) => (facts.ratings > 0 ? stars(facts.stars) : NaN), figures: (facts) => ({ stars: facts.stars, ratings: facts.ratings }) },
    { criterion: 'kept', group: 'reputation', share: 1, prior: 0.7, degree: ({ keptPercent }) => kept(keptPercent), figures: ({ keptPercent }) => ({ percent: keptPercent }) },
  ],
  blockers: [{ blocker: 'no_common_day', blocks: ({ days, free }) => days > 0 && free === 0, figures: ({ days }) => ({ days }) }],
});
