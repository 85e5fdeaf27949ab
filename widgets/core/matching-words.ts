import { criteriaWords } from './criteria-words.ts';
import { speech, type Locale } from './messages.ts';
import type { CriteriaKey, MatchingKey, OwnKey, PublicKey, Say } from './words.ts';

const tables = { fr: () => import('./messages/matching/fr.ts'), en: () => import('./messages/matching/en.ts'), nl: () => import('./messages/matching/nl.ts'), de: () => import('./messages/matching/de.ts') };

/** The words of the pages around matching, with those of what is compared and of every page of ours: three pages need them, so no other one loads them. */
export async function matchingSpeech(locale: Locale): Promise<Say<PublicKey | OwnKey | CriteriaKey | MatchingKey>> {
  const [criteria, { messages }] = await Promise.all([criteriaWords(locale), tables[locale]()]);
  return speech(locale, true, { ...criteria, ...messages });
}
