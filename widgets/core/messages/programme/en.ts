import type { ProgrammeMessages } from '../../words.ts';

/** What a programme says of its views, filters and feeds, in English. */
export const messages = {
  viewAs: 'View',
  view_list: 'List',
  view_grid: 'Grid',
  view_calendar: 'Calendar',
  genre: 'Kind of music',
  anyGenre: 'All kinds',
  stage: 'Venue',
  anyStage: 'All venues',
  period: 'Period',
  period_all: 'All dates',
  period_week: 'Next seven days',
  period_month: 'Next thirty days',
  period_weekend: 'Weekends',
  freeOnly: 'Free entry only',
  shown: { one: '{n} date of {all}', other: '{n} dates of {all}' },
  noneFits: 'No date fits this choice.',
  subscribe: 'Subscribe in a calendar (ICS)',
  rss: 'RSS feed',
} as const satisfies ProgrammeMessages;
