import type { ProgrammeMessages } from '../../words.ts';

/** What a programme says of its views, filters and feeds, in Dutch. */
export const messages = {
  viewAs: 'Weergave',
  view_list: 'Lijst',
  view_grid: 'Raster',
  view_calendar: 'Kalender',
  genre: 'Muziekstijl',
  anyGenre: 'Alle stijlen',
  stage: 'Locatie',
  anyStage: 'Alle locaties',
  period: 'Wanneer',
  period_all: 'Alle datums',
  period_week: 'Komende zeven dagen',
  period_month: 'Komende dertig dagen',
  period_weekend: 'Weekends',
  freeOnly: 'Alleen gratis toegang',
  shown: { one: '{n} datum van {all}', other: '{n} datums van {all}' },
  noneFits: 'Geen datum past bij deze keuze.',
  subscribe: 'Abonneren in een agenda (ICS)',
  rss: 'RSS-feed',
} as const satisfies ProgrammeMessages;
