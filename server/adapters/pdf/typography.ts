import type { Printed } from '../ports.ts';

const narrow = '\u202f';
const fixed = '\u00a0';
const space = '[ \u00a0\u202f]';

const months = 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre';

/** What never breaks at the end of a line, in any language. */
const everywhere: readonly (readonly [RegExp, string])[] = [
  // Thousands: 1 266,00. Runs from the left, so that 1 234 567 is bound twice.
  [new RegExp(`(?<=\\d)${space}(?=\\d{3}(?!\\d))`, 'gu'), narrow],
  [new RegExp(`(?<=\\d)${space}(?=[%€‰])`, 'gu'), narrow],
  [/(?<=\p{L})'(?=\p{L})/gu, '’'],
];

const rules: Readonly<Record<Printed['lang'], readonly (readonly [RegExp, string])[]>> = {
  'fr-FR': [
    ...everywhere,
    // Only where somebody typed a space: `20:30`, an address and a file name keep their signs.
    [new RegExp(`${space}+(?=[;:!?](?![\\p{L}\\d/]))`, 'gu'), narrow],
    [new RegExp(`«${space}*`, 'gu'), `«${narrow}`],
    [new RegExp(`${space}*»`, 'gu'), `${narrow}»`],
    [new RegExp(`(?<=(?<!\\p{L})(?:n°|art\\.|trav\\.|com\\.|civ\\.|M\\.|Mme|articles?|catégorie|annexe|SIRET|TVA|page))${space}(?=\\S)`, 'giu'), fixed],
    [new RegExp(`(?<=\\d(?:er)?)${space}(?=(?:${months}|h|heures?|jours?|mois|ans|dB)(?!\\p{L}))`, 'giu'), fixed],
    [new RegExp(`(?<=\\d${space}h)${space}(?=\\d)`, 'gu'), fixed],
    [new RegExp(`(?<=\\d(?:er)?${fixed}(?:${months}))${space}(?=\\d{4})`, 'giu'), fixed],
  ],
  'en-GB': everywhere,
  'nl-NL': everywhere,
  'de-DE': everywhere,
};

/**
 * A text as a French printer sets it: narrow no-break spaces before `; : ! ? »` and after `«`, in figures and before their units;
 * curly apostrophes; a day stays with its month and `n°` with its number. Set twice, it stays the same.
 */
export const typeset = (text: string, lang: Printed['lang']): string =>
  rules[lang].reduce((set, [found, replacement]) => set.replace(found, replacement), text.normalize('NFC'));
