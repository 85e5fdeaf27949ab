import type { Phrase } from './phrase.ts';
import type { Figures, Messages, OwnMessages, Say } from './words.ts';

const tables = {
  fr: { page: () => import('./messages/fr.ts'), own: () => import('./messages/workspace/fr.ts') },
  en: { page: () => import('./messages/en.ts'), own: () => import('./messages/workspace/en.ts') },
  nl: { page: () => import('./messages/nl.ts'), own: () => import('./messages/workspace/nl.ts') },
  de: { page: () => import('./messages/de.ts'), own: () => import('./messages/workspace/de.ts') },
} satisfies Record<string, { page: () => Promise<{ messages: Messages }>; own: () => Promise<{ messages: OwnMessages }> }>;

/** A language that we speak. */
export type Locale = keyof typeof tables;

/** All of them, French first. */
export const LOCALES = Object.keys(tables) as readonly Locale[];

/** The nearest language that we speak; French when there is none. */
export function localeOf(lang: string): Locale {
  const near = lang.slice(0, 2).toLowerCase();
  return near in tables ? near as Locale : 'fr';
}

/** The words of a language; those of our own pages too when `own`, and what one widget says besides, `more`. A key without words is itself said, so that nothing is ever blank. */
export async function speech(locale: Locale, own: boolean, more: Readonly<Record<string, Phrase>> = {}): Promise<Say<string>> {
  const [page, ours] = await Promise.all([tables[locale].page(), own ? tables[locale].own() : null]);
  const table: Readonly<Record<string, Phrase>> = { ...page.messages, ...ours?.messages, ...more };
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  // What French sets apart by a space is never torn from its word.
  return (key, figures = {}) => choose(table[key] ?? key, figures, plurals).replace(/ (?=[:;?!»])|(?<=«) /g, '\u00a0').replace(/\{(\w+)\}/g, (_, name: string) => {
    const figure = figures[name] ?? '';
    return typeof figure === 'number' ? numbers.format(figure) : figure;
  });
}

function choose(phrase: Phrase, figures: Figures, plurals: Intl.PluralRules): string {
  if (typeof phrase === 'string') return phrase;
  return plurals.select(Number(figures['n'])) === 'one' ? phrase.one : phrase.other;
}
