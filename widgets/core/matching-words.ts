import { speech, type Locale } from './messages.ts';
import type { MatchingKey, OwnKey, PublicKey, Say } from './words.ts';

const tables = { fr: () => import('./messages/matching/fr.ts'), en: () => import('./messages/matching/en.ts'), nl: () => import('./messages/matching/nl.ts'), de: () => import('./messages/matching/de.ts') };

/** The words of the pages around matching, with those of every page of ours: three pages need them, so no other one loads them. */
export const matchingSpeech = async (locale: Locale): Promise<Say<PublicKey | OwnKey | MatchingKey>> => speech(locale, true, (await tables[locale]()).messages);
