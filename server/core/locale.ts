/** The languages that we write to people in, French first: it is written where nothing better is known. */
export const LOCALES = ['fr', 'en', 'nl', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each of them as papers, dates and figures are set in it: by the customs of one country. */
export const TAGS = { fr: 'fr-FR', en: 'en-GB', nl: 'nl-NL', de: 'de-DE' } as const satisfies Record<Locale, string>;

/** The one of our languages that a stored name or a browser's tag (`nl-BE`) means; French when none is. */
export function localeOf(tag: string): Locale {
  const near = tag.trim().slice(0, 2).toLowerCase();
  return LOCALES.find((locale) => locale === near) ?? 'fr';
}

/** The language that a browser likes best among ours, as its `Accept-Language` says; French when it names none. */
export function preferred(accepts: string): Locale {
  const wanted = accepts.split(',').map((part) => {
    const [lang = '', weight] = part.trim().split(/;\s*q=/);
    return { lang: lang.toLowerCase().slice(0, 2), weight: weight === undefined ? 1 : Number(weight) || 0 };
  }).filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return localeOf(wanted.find(({ lang }) => LOCALES.some((locale) => locale === lang))?.lang ?? '');
}
