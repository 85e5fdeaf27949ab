import { speech, type Locale } from './messages.ts';
import type { PublicKey, RequestKey, Say } from './words.ts';

const tables = { fr: () => import('./messages/request/fr.ts'), en: () => import('./messages/request/en.ts'), nl: () => import('./messages/request/nl.ts'), de: () => import('./messages/request/de.ts') };

/** The words of a request, with those of every page. */
export const requestSpeech = async (locale: Locale): Promise<Say<PublicKey | RequestKey>> => speech(locale, false, (await tables[locale]()).messages);
