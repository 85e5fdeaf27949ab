/** What of a press kit decides whether it may be shown. */
export interface EpkParts {
  readonly name: string;
  readonly genres: readonly string[];
  readonly feeMaxMinor: bigint;
  readonly insee: string;
  readonly bio: Texts;
  readonly tagline: Texts;
  readonly photos: number;
}

/** A text by language. */
export type Texts = { readonly [lang in 'fr' | 'en' | 'nl' | 'de']?: string | undefined };

const written = (texts: Texts): boolean => Object.values(texts).some((text) => text !== undefined && text.trim() !== '');

/** What a press kit lacks before anybody sees it (PR-12): a name, a genre, a fee, a home, some words, a photo. */
export function missingOfEpk({ name, genres, feeMaxMinor, insee, bio, tagline, photos }: EpkParts): string[] {
  const has = {
    name: name.trim() !== '', genres: genres.length > 0, fee: feeMaxMinor > 0n, insee: insee !== '', bio: written(bio) || written(tagline), photo: photos > 0,
  };
  return Object.entries(has).filter(([, there]) => !there).map(([part]) => part);
}

/** A name as an address: `les-ondes-de-minuit`; from 2 to 50 letters, figures and dashes. */
export function slugFrom(name: string): string {
  const slug = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae')
    .replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/^-+|-+$/g, '');
  return slug.length >= 2 ? slug : `stage-${slug || 'name'}`;
}

/** `items` with the one that `isIt` put at `position`, counted from 0; beyond the end it comes last. */
export function moved<T>(items: readonly T[], isIt: (item: T) => boolean, position: number): T[] {
  const others = items.filter((item) => !isIt(item));
  return [...others.slice(0, position), ...items.filter(isIt), ...others.slice(position)];
}
