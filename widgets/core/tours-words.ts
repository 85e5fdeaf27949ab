import { speech, type Locale } from './messages.ts';
import type { OwnKey, PublicKey, Say, ToursKey } from './words.ts';

const tables = { fr: () => import('./messages/tours/fr.ts'), en: () => import('./messages/tours/en.ts'), nl: () => import('./messages/tours/nl.ts'), de: () => import('./messages/tours/de.ts') };

/** What the planner of tours speaks with. */
export type ToursSpeech = Say<PublicKey | OwnKey | ToursKey>;

/** The words of the planner of tours, with those of every page of ours: no other page loads them. */
export async function toursSpeech(locale: Locale): Promise<ToursSpeech> {
  return speech(locale, true, (await tables[locale]()).messages);
}
