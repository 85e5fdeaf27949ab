import type { Locale } from './messages.ts';
import type { CriteriaKey, CriteriaMessages, OwnKey, PublicKey, Say } from './words.ts';

const tables = { fr: () => import('./messages/criteria/fr.ts'), en: () => import('./messages/criteria/en.ts'), nl: () => import('./messages/criteria/nl.ts'), de: () => import('./messages/criteria/de.ts') };

/** What artists and places are compared by, in a language: the table that the pages of matching share. */
export const criteriaWords = async (locale: Locale): Promise<CriteriaMessages> => (await tables[locale]()).messages;

/** What a page of matching speaks with, and how its language writes figures. */
export interface CriteriaSpeech {
  readonly say: Say<PublicKey | OwnKey | CriteriaKey>;
  readonly locale: Locale;
}
