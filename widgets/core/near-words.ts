import { speech, type Locale } from './messages.ts';
import type { NearKey, PublicKey, Say } from './words.ts';

const tables = { fr: () => import('./messages/near/fr.ts'), en: () => import('./messages/near/en.ts'), nl: () => import('./messages/near/nl.ts'), de: () => import('./messages/near/de.ts') };

/** The words of asking for a date near, with those of every page. */
export const nearSpeech = async (locale: Locale): Promise<Say<PublicKey | NearKey>> => speech(locale, false, (await tables[locale]()).messages);
