import { criteriaWords } from './criteria-words.ts';
import { speech, type Locale } from './messages.ts';
import type { CriteriaKey, DeskKey, MatchingKey, OwnKey, PublicKey, Say } from './words.ts';

const matching = { fr: () => import('./messages/matching/fr.ts'), en: () => import('./messages/matching/en.ts'), nl: () => import('./messages/matching/nl.ts'), de: () => import('./messages/matching/de.ts') };
const desk = { fr: () => import('./messages/desk/fr.ts'), en: () => import('./messages/desk/en.ts'), nl: () => import('./messages/desk/nl.ts'), de: () => import('./messages/desk/de.ts') };

/** The words of our own people's page of matching, with those around matching and of what is compared. */
export async function deskSpeech(locale: Locale): Promise<Say<PublicKey | OwnKey | CriteriaKey | MatchingKey | DeskKey>> {
  const [criteria, around, own] = await Promise.all([criteriaWords(locale), matching[locale](), desk[locale]()]);
  return speech(locale, true, { ...criteria, ...around.messages, ...own.messages });
}
