/** A row of a table in a file, with the line on which it begins. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What stands between the cells of a table: a tab where it was copied out of a spreadsheet. */
export const DELIMITERS = [';', ',', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter under which most lines have the same number of fields, and more than one. */
export function delimiterOf(text: string): Delimiter {
  const lines = text.split(/\r?\n/u, 60).filter((line) => line.trim() !== '').slice(0, 40);
  const scores = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.replaceAll(/"[^"]*"/gu, '').split(delimiter).length).filter((count) => count > 1);
    const usual = [...counts].sort((a, b) => counts.filter((one) => one === b).length - counts.filter((one) => one === a).length)[0] ?? 0;
    return { delimiter, score: counts.filter((one) => one === usual).length * 100 + usual };
  });
  return scores.sort((a, b) => b.score - a.score)[0]?.delimiter ?? ';';
}
