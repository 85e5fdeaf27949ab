import { criteriaWords } from './criteria-words.ts';
import { speech, type Locale } from './messages.ts';
import type { CriteriaKey, DiscoverKey, OwnKey, PublicKey, Say } from './words.ts';

const tables = { fr: () => import('./messages/discover/fr.ts'), en: () => import('./messages/discover/en.ts'), nl: () => import('./messages/discover/nl.ts'), de: () => import('./messages/discover/de.ts') };

/** The words of discoveries, with those of what is compared, of every page and of our own. */
export async function discoverSpeech(locale: Locale): Promise<Say<PublicKey | OwnKey | CriteriaKey | DiscoverKey>> {
  const [criteria, { messages }] = await Promise.all([criteriaWords(locale), tables[locale]()]);
  return speech(locale, true, { ...criteria, ...messages });
}
