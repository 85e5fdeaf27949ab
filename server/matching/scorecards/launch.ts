import { affinity } from '../criteria/affinity.ts';
import { budget } from '../criteria/budget.ts';
import { dates } from '../criteria/dates.ts';
import { fill } from '../criteria/fill.ts';
import { geography } from '../criteria/geography.ts';
import { meet, type Pair } from '../pair.ts';
import { scorecard } from '../score.ts';
import { blockers, group } from './touring.ts';

/** The scorecard of the first release: style 25, availability 20, level and capacity 20, budget 20, geography 15 (MA-01, MA-03; domain/matching.md, read 2026-11-21). The shares within a group are ours. */
export const launch = scorecard<Pair>({
  name: 'launch', model: 'launch-1', meet, blockers,
  groups: { style: 25, availability: 20, capacity: 20, budget: 20, geography: 15 },
  criteria: [
    ...group('style', affinity, { genre: 3, programming: 2 }),
    ...group('availability', dates, { common_dates: 3, weekday: 1 }),
    ...group('capacity', fill, { capacity: 3, level: 2 }),
    ...group('budget', budget, { fee: 1 }),
    ...group('geography', geography, { distance: 1 }),
  ],
});
