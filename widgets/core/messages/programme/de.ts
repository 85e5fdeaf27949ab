import type { ProgrammeMessages } from '../../words.ts';

/** What a programme says of its views, filters and feeds, in German. */
export const messages = {
  viewAs: 'Ansicht',
  view_list: 'Liste',
  view_grid: 'Raster',
  view_calendar: 'Kalender',
  genre: 'Musikrichtung',
  anyGenre: 'Alle Richtungen',
  stage: 'Spielort',
  anyStage: 'Alle Spielorte',
  period: 'Zeitraum',
  period_all: 'Alle Termine',
  period_week: 'Nächste sieben Tage',
  period_month: 'Nächste dreißig Tage',
  period_weekend: 'Wochenenden',
  freeOnly: 'Nur freier Eintritt',
  shown: { one: '{n} Termin von {all}', other: '{n} Termine von {all}' },
  noneFits: 'Kein Termin passt zu dieser Auswahl.',
  subscribe: 'Im Kalender abonnieren (ICS)',
  rss: 'RSS-Feed',
} as const satisfies ProgrammeMessages;
