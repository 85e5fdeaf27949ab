import type { Figures, Messages, OwnKey, OwnMessages, Phrase, PublicKey, Say } from './words.ts';

const tables = {
  fr: { page: () => import('./messages/fr.ts'), own: () => import('./messages/workspace/fr.ts') },
  en: { page: () => import('./messages/en.ts'), own: () => import('./messages/workspace/en.ts') },
} satisfies Record<string, { page: () => Promise<{ messages: Messages }>; own: () => Promise<{ messages: OwnMessages }> }>;

/** A language that we speak. */
export type Locale = keyof typeof tables;

/** The nearest language that we speak; French when there is none. */
export const localeOf = (lang: string): Locale => (lang.toLowerCase().startsWith('en') ? 'en' : 'fr');

/** The words of a language; those of our own pages too when `own`. A key without words is itself said, so that nothing is ever blank. */
export async function speech(locale: Locale, own: boolean): Promise<Say<PublicKey | OwnKey>> {
  const [page, more] = await Promise.all([tables[locale].page(), own ? tables[locale].own() : null]);
  const table: Readonly<Record<string, Phrase>> = { ...page.messages, ...more?.messages };
  const plurals = new Intl.PluralRules(locale);
  return (key, figures = {}) => fill(choose(table[key] ?? key, figures, plurals), figures);
}

function choose(phrase: Phrase, figures: Figures, plurals: Intl.PluralRules): string {
  if (typeof phrase === 'string') return phrase;
  return plurals.select(Number(figures['n'])) === 'one' ? phrase.one : phrase.other;
}

const fill = (words: string, figures: Figures): string => words.replace(/\{(\w+)\}/g, (_, name: string) => String(figures[name] ?? ''));
