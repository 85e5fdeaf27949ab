import type { Locale } from '../../core/messages.ts';

/* What is said of films, documents, reviews and sharing: it comes with them, so that a page without them does not pay for it. */

const fr = {
  linkCopied: 'Lien copié.',
  videos: 'Vidéos',
  videoPlay: 'Lire la vidéo {title}',
  videoAsks: '{host} sera contacté.',
  videoAt: 'Voir sur {host}',
  videoRefused: 'Cette page n’affiche pas les vidéos de {host}.',
  documents: 'Documents',
  fileSize: 'PDF, {size}',
  reviews: 'Avis d’organisateurs',
  rated: '{stars} sur 5 (avis : {n})',
  starsOf: '{n} sur 5',
  replied: 'Réponse de l’artiste',
};

/** The keys of these words; every language has them all. */
type Words = Readonly<Record<keyof typeof fr, string>>;

const en: Words = {
  linkCopied: 'Link copied.', videos: 'Videos', videoPlay: 'Play the video {title}', videoAsks: '{host} will be contacted.', videoAt: 'Watch on {host}',
  videoRefused: 'This page does not show videos of {host}.', documents: 'Documents', fileSize: 'PDF, {size}',
  reviews: 'Reviews by organisers', rated: '{stars} of 5 (reviews: {n})', starsOf: '{n} of 5', replied: 'The artist replies',
};
const nl: Words = {
  linkCopied: 'Link gekopieerd.', videos: 'Video’s', videoPlay: 'De video {title} afspelen', videoAsks: 'Er wordt verbinding gemaakt met {host}.', videoAt: 'Bekijken op {host}',
  videoRefused: 'Deze pagina toont geen video’s van {host}.', documents: 'Documenten', fileSize: 'PDF, {size}',
  reviews: 'Beoordelingen door organisatoren', rated: '{stars} op 5 (beoordelingen: {n})', starsOf: '{n} op 5', replied: 'De artiest antwoordt',
};
const de: Words = {
  linkCopied: 'Link kopiert.', videos: 'Videos', videoPlay: 'Das Video {title} abspielen', videoAsks: 'Dazu wird {host} kontaktiert.', videoAt: 'Auf {host} ansehen',
  videoRefused: 'Diese Seite zeigt keine Videos von {host}.', documents: 'Dokumente', fileSize: 'PDF, {size}',
  reviews: 'Bewertungen von Veranstaltern', rated: '{stars} von 5 (Bewertungen: {n})', starsOf: '{n} von 5', replied: 'Die Künstlerseite antwortet',
};
const tables: Readonly<Record<Locale, Words>> = { fr, en, nl, de };

/** These words, in a language. */
export const tellOf = (locale: Locale, key: keyof typeof fr, figures: Readonly<Record<string, string>> = {}): string =>
  tables[locale][key].replace(/\{(\w+)\}/g, (_, name: string) => figures[name] ?? '');

/** A mean with how many it is made of: `4,7 sur 5 (avis : 12)`. */
export const ratedIn = (locale: Locale, { stars, count }: { readonly stars: number; readonly count: number }): string => tellOf(locale, 'rated', { stars: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(stars), n: String(count) });

/** Five stars in a line of text, as many of them full as were given. */
export const starLine = (stars: number): string => '★'.repeat(stars) + '☆'.repeat(5 - stars);

/** How heavy a document is, in the units of the language: `240 ko`, `1,2 MB`. Bytes in, thousands as everybody counts them. */
export function weight(bytes: number, locale: Locale): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
}
