import { speech, type Locale } from './messages.ts';
import type { ProgrammeKey, PublicKey, Say } from './words.ts';

const tables = { fr: () => import('./messages/programme/fr.ts'), en: () => import('./messages/programme/en.ts'), nl: () => import('./messages/programme/nl.ts'), de: () => import('./messages/programme/de.ts') };

/** The words of a programme, with those of every page. */
export const programmeSpeech = async (locale: Locale): Promise<Say<PublicKey | ProgrammeKey>> => speech(locale, false, (await tables[locale]()).messages);
