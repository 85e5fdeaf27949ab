import { speech, type Locale } from './messages.ts';
import type { DiscoverKey, OwnKey, PublicKey, Say } from './words.ts';

const tables = { fr: () => import('./messages/discover/fr.ts'), en: () => import('./messages/discover/en.ts'), nl: () => import('./messages/discover/nl.ts'), de: () => import('./messages/discover/de.ts') };

/** The words of discoveries, with those of every page and of our own. */
export const discoverSpeech = async (locale: Locale): Promise<Say<PublicKey | OwnKey | DiscoverKey>> => speech(locale, true, (await tables[locale]()).messages);
