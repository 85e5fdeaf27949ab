/** What a spreadsheet would take for a formula, and is none of ours: a name that a stranger typed. An amount is no formula. */
const harmless = (cell: string): string => (/^[=+\-@\t\r]/u.test(cell) && !/^-?\d+([.,]\d+)?$/u.test(cell) ? `'${cell}` : cell);

/** Rows as a CSV file: RFC 4180, with the separator that the reader's spreadsheet expects. */
export function separated(rows: readonly (readonly string[])[], by: ';' | ','): string {
  const cell = (text: string): string => {
    const said = harmless(text);
    return /["\r\n;,]/u.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
  };
  return rows.map((row) => row.map(cell).join(by)).join('\r\n').concat('\r\n');
}
