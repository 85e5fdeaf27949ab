import { GENRE_SPELLINGS, plainWords } from '../profiles/genres.ts';

const bySpelling: ReadonlyMap<string, string> = new Map(GENRE_SPELLINGS.flatMap(({ genre, spellings }) => spellings.map((spelling) => [spelling, genre] as const)));
/** The longest spelling of a genre, in words. */
const longest = Math.max(...[...bySpelling.keys()].map((spelling) => spelling.split(' ').length));

/**
 * The genres that a text names in French, English, Dutch or German, by the names we keep: `Soirée jazz manouche` names `jazz manouche`, and not `jazz` again.
 * A comma, a full stop or a slash ends a name: `jazz, rock` is two genres and `jazz rock` a third.
 */
export const genresIn = (text: string): string[] => [...new Set(text.split(/[^\p{L}\p{M}\p{N}\s’'&-]+/u).flatMap((phrase) => named(plainWords(phrase).split(' '))))];

function named(words: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length;) {
    const [genre, length] = longestAt(words, at);
    if (genre !== undefined) found.push(genre);
    at += length;
  }
  return found;
}

/** The genre that the most words from `at` on make, and how many those are; no genre and one word when none does. */
function longestAt(words: readonly string[], at: number): readonly [genre: string | undefined, words: number] {
  for (let length = Math.min(longest, words.length - at); length > 0; length -= 1) {
    const genre = bySpelling.get(words.slice(at, at + length).join(' '));
    if (genre !== undefined) return [genre, length];
  }
  return [undefined, 1];
}
