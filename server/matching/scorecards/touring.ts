import { unknown } from '../columns.ts';
import { affinity } from '../criteria/affinity.ts';
import { budget, feeFigures, outOfReach } from '../criteria/budget.ts';
import { dates, noCommonDay } from '../criteria/dates.ts';
import { fill } from '../criteria/fill.ts';
import { geography } from '../criteria/geography.ts';
import { exclusivity, history, isPromised, promiseFigures } from '../criteria/history.ts';
import type { Thing } from '../criteria/thing.ts';
import { meet, type Pair } from '../pair.ts';
import { scorecard, type Blocker, type Criterion } from '../score.ts';

/** The criteria of a group, each with its share of it. */
export const group = (name: string, things: Readonly<Record<string, Thing>>, shares: Readonly<Record<string, number>>): Criterion<Pair>[] =>
  Object.entries(shares).flatMap(([criterion, share]) => (things[criterion] ? [{ ...things[criterion], criterion, group: name, share }] : []));

const lapsed = (until: number | undefined, { day, quest }: Pair): boolean => until !== undefined && until !== unknown.u16 && until <= (day >= 0 ? day : quest.today);

/** What makes an artist and a place impossible (domain/matching.md, read 2026-11-21). A licence that nobody stated is not known, and blocks nothing. */
export const blockers: readonly Blocker<Pair>[] = [
  { blocker: 'exclusivity', blocks: isPromised, figures: promiseFigures },
  { blocker: 'no_common_day', blocks: noCommonDay, figures: () => ({}) },
  { blocker: 'apart', blocks: ({ quest, sought }) => quest.apart.has(sought), figures: () => ({}) },
  // A licence of a producer or of a hall lasts five years: C. trav. L7122-3, D7122-1 (read 2026-11-21).
  { blocker: 'licence_lapsed', blocks: (pair) => lapsed(pair.A.licence[pair.a], pair) || lapsed(pair.P.licence[pair.p], pair), figures: (pair) => ({ of: lapsed(pair.A.licence[pair.a], pair) ? 'artist' : 'place' }) },
  { blocker: 'fee_out_of_reach', blocks: outOfReach, figures: feeFigures },
];

/**
 * The scorecard of tours: seven groups (FR-001, MA-02) and 47 criteria (domain/matching.md, read 2026-11-21). The groups' weights are the
 * published ones, the shares within a group are ours: twice for what decides a booker's call, once for what colours it.
 */
export const touring = scorecard<Pair>({
  name: 'touring', model: 'touring-1', meet, blockers,
  groups: { fill: 25, budget: 20, availability: 15, affinity: 15, geography: 10, history: 10, exclusivity: 5 },
  criteria: [
    ...group('fill', fill, { capacity: 4, local_draw: 3, listeners: 2, followers: 1, growth: 1, house_fill: 2, level: 3, ticket: 1, season: 1, competition: 1 }),
    ...group('budget', budget, { fee: 6, market: 1, full_cost: 3, break_even: 2, terms: 2, taxes: 1, funding: 1 }),
    ...group('availability', dates, { common_dates: 6, weekday: 2, tour_window: 2, school_holidays: 1, feasts: 1, rest: 1, lead: 2 }),
    ...group('geography', geography, { distance: 4, detour: 2, mobility: 2, catchment: 1, access: 1, border: 1 }),
    ...group('affinity', affinity, { genre: 6, programming: 3, audience: 2, influences: 1, format: 2, language: 1, technical: 3, sound: 1, outdoors: 1 }),
    ...group('history', history, { together: 3, peers: 2, kept: 2, paid: 2, answers: 2, ratings: 2, complete: 1 }),
    ...group('exclusivity', exclusivity, { exclusivity: 1 }),
  ],
});
