/**
 * What a genre is called elsewhere, written only where it differs. Without `en` English says it as French does; without `nl` and `de` Dutch and German say it
 * as English does, German with a capital on every word. French is the name itself.
 */
interface Labels {
  readonly en?: string;
  readonly nl?: string;
  readonly de?: string;
}

/**
 * A genre, the one above it, how else people of the trade write it in the four languages (commas between), and its labels. Rows in databases hold the name: it never changes.
 * A variant after `~` is an everyday word, too (`world`, `black`, a region): it names the genre when it is all that somebody wrote, and nothing within a sentence.
 * What is not written: accents, capitals and dashes, umlauts as `ae`, and two words run into one (`hiphop`).
 */
export type GenreRow = readonly [name: string, parent: string | null, variants?: string, labels?: Labels];
