import { GENRES, genreNamed } from '../profiles/genres.ts';

const known: ReadonlySet<string> = new Set(GENRES);
/** The longest name of a genre that people write, in words. */
const longest = 4;

/** The genres that a text names, by the names we keep: `Soirée jazz manouche` names `jazz manouche`, and not `jazz` again. */
export function genresIn(text: string): string[] {
  const words = text.split(/[^\p{L}\p{N}’'&-]+/u).filter(Boolean);
  const found = new Set<string>();
  for (let at = 0; at < words.length;) {
    const length = longestAt(words, at);
    if (length > 0) found.add(genreNamed(words.slice(at, at + length).join(' ')));
    at += Math.max(1, length);
  }
  return [...found];
}

/** How many words from `at` on make a genre; 0 when none does. */
function longestAt(words: readonly string[], at: number): number {
  for (let length = Math.min(longest, words.length - at); length > 0; length -= 1) {
    if (known.has(genreNamed(words.slice(at, at + length).join(' ')))) return length;
  }
  return 0;
}
