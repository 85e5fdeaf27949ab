/** A piece of a text that was typed: a word, a number, a day in figures or a sign. */
export interface Token {
  /** As it is compared: no accents, no capitals. */
  readonly plain: string;
  readonly sort: 'word' | 'number' | 'day' | 'junk' | 'sign';
  /** Where it stands in what was typed. */
  readonly from: number;
  readonly until: number;
  /** What stands between the token before and this one. */
  readonly gap: string;
  readonly capital: boolean;
}

/** A text letter by letter as it is compared, and where each letter stands in what was typed. */
interface Plain {
  readonly text: string;
  readonly at: readonly number[];
}

const signs: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '`': "'", '´': "'", '–': '-', '—': '-', '−': '-', '‐': '-', '‑': '-', '★': '*', '⭐': '*', 'œ': 'oe', 'æ': 'ae', 'ß': 'ss', 'ø': 'o', 'ł': 'l' };

function plainly(typed: string): Plain {
  let text = '';
  const at: number[] = [];
  let from = 0;
  for (const letter of typed) {
    const small = letter.toLowerCase();
    const plain = signs[small] ?? (/\s/.test(small) ? ' ' : small.normalize('NFD').replace(/\p{M}/gu, ''));
    for (let i = 0; i < plain.length; i += 1) at.push(from);
    text += plain;
    from += letter.length;
  }
  at.push(typed.length);
  // Single signs that are written with a stroke.
  return { text: text.replace(/\bt\/m\b/g, 't m').replace(/\bw\/(?=[ o])/g, 'w '), at };
}

/** No accents, no capitals, as everything is compared here. */
const plainText = (text: string): string => plainly(text).text.trim();

const patterns: readonly (readonly [Token['sort'], string])[] = [
  ['junk', String.raw`(?<![\p{L}\d€.])(?<![\d€k] )-\d+(?:[.,]\d+)?|\d+e[+-]?\d+\b|\d+(?:[.,:]\d+){3,}`],
  ['day', String.raw`\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}([-./])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)`],
  // 15.3. and 15.03 and 15/3 are days, 4.5 is a number, and so is 3/4 of something: days end nowhere near a unit.
  ['day', String.raw`(?:\d{1,2}\.(?:0[1-9]|1[0-2])(?!\d)|\d{1,2}\.\d{1,2}\.(?!\d)|(?:[6-9]|[123]\d)\.\d{1,2}(?!\d)|\d{1,2}\/\d{1,2}(?![\d/]))(?!\s?(?:k|€|e|eur|euros?|chf|fr|francs?|franken|\*|h|std|km)(?![a-z])|\s?(?:etoile|stars?|stern|sterr|musicien|musiker|muzikant|musician|zicos|artist|piece|pers|people))`],
  ['number', String.raw`\d{1,3}(?:[ .']\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}k\d(?!\d)|\d+(?:[.,]\d{1,2}(?!\d))?`],
  ['word', String.raw`\p{L}+`],
  ['sign', String.raw`[&€$£%~±<>≤≥*]`],
];
const finder = new RegExp(patterns.map(([, pattern], i) => `(?<s${i}>${pattern.replaceAll('\\1', '\\k<stroke>').replace('([-./])', '(?<stroke>[-./])')})`).join('|'), 'gu');

/** The pieces of a text, in their order. */
export function tokensOf(typed: string): Token[] {
  const { text, at } = plainly(typed);
  const tokens: Token[] = [];
  let last = 0;
  for (const match of text.matchAll(finder)) {
    const sort = patterns.find((_, i) => match.groups?.[`s${i}`] !== undefined)?.[0] ?? 'word';
    const [from, until] = [at[match.index] ?? 0, at[match.index + match[0].length] ?? typed.length];
    const first = typed.slice(from, from + 1);
    tokens.push({ plain: match[0], sort, from, until, gap: text.slice(last, match.index), capital: first !== first.toLowerCase() });
    last = match.index + match[0].length;
  }
  return tokens;
}

/** The plain words of a phrase of a lexicon: `w-e` and `w e` are one. */
export const keyOf = (phrase: string): string => tokensOf(phrase).map(({ plain }) => plain).join(' ');

/** With umlauts written out, as haste and Swiss keyboards do: `Muenchen`. */
export const umlautsOut = (phrase: string): string => phrase.replace(/[äöüÄÖÜ]/g, (letter) => `${plainText(letter)}e`);

/** Whether one becomes the other by at most `most` slips of a key: a letter left out, doubled, wrong, or two swapped. */
export function slips(first: string, second: string, most: number): boolean {
  if (Math.abs(first.length - second.length) > most) return false;
  let [before, row]: [number[], number[]] = [[], Array.from({ length: second.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= first.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= second.length; j += 1) {
      const same = first[i - 1] === second[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && first[i - 1] === second[j - 2] && first[i - 2] === second[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return false;
    [before, row] = [row, next];
  }
  return (row[second.length] ?? most + 1) <= most;
}
