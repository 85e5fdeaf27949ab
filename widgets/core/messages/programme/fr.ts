import type { Phrase } from '../../phrase.ts';

/** What a programme says of its views, filters and feeds, in French. */
export const messages = {
  viewAs: 'Affichage',
  view_list: 'Liste',
  view_grid: 'Grille',
  view_calendar: 'Calendrier',
  genre: 'Genre',
  anyGenre: 'Tous les genres',
  stage: 'Lieu',
  anyStage: 'Tous les lieux',
  period: 'Période',
  period_all: 'Toutes les dates',
  period_week: 'Sept prochains jours',
  period_month: 'Trente prochains jours',
  period_weekend: 'Fins de semaine',
  freeOnly: 'Entrée libre seulement',
  shown: { one: '{n} date sur {all}', other: '{n} dates sur {all}' },
  noneFits: 'Aucune date ne correspond à ce choix.',
  subscribe: 'S’abonner dans un agenda (ICS)',
  rss: 'Flux RSS',
} as const satisfies Record<string, Phrase>;
