import { affinity } from '../criteria/affinity.ts';
import { budget } from '../criteria/budget.ts';
import { dates } from '../criteria/dates.ts';
import { fill } from '../criteria/fill.ts';
import { geography } from '../criteria/geography.ts';
import { history } from '../criteria/history.ts';
import { meet, type Pair } from '../pair.ts';
import { scorecard } from '../score.ts';
import { blockers, group } from './touring.ts';

/** Artists at home within so many kilometres come first at equal score (MU-15). */
const localKm = 100;

/** The scorecard of communes: budget 25, public space and technical fit 20, municipal experience 15, proximity 15, audience 15, availability and season 10 (FR-015, MU-14; domain/matching.md, read 2026-11-21). */
export const municipal = scorecard<Pair>({
  name: 'municipal', model: 'municipal-1', meet, blockers, first: ({ km }) => km < localKm,
  groups: { budget: 25, technical: 20, experience: 15, proximity: 15, audience: 15, availability: 10 },
  criteria: [
    ...group('budget', budget, { fee: 4, full_cost: 2, funding: 2, terms: 1 }),
    ...group('technical', affinity, { outdoors: 3, technical: 3, sound: 2, format: 2 }),
    // How shows at towns and squares went, and with this town.
    ...group('experience', history, { peers: 3, together: 2, kept: 1, complete: 1 }),
    ...group('proximity', geography, { distance: 3, mobility: 1 }),
    ...group('audience', affinity, { audience: 3, language: 2, genre: 2 }),
    ...group('audience', fill, { capacity: 2 }),
    ...group('availability', dates, { common_dates: 3, feasts: 1, school_holidays: 1 }),
    ...group('availability', fill, { season: 1 }),
  ],
});

