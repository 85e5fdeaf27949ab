import { harmless } from '../accounting/signs.ts';

/** Rows as a CSV file: RFC 4180, with the separator that the reader's spreadsheet expects. */
export function separated(rows: readonly (readonly string[])[], by: ';' | ','): string {
  const cell = (text: string): string => {
    const said = harmless(text);
    return /["\r\n;,]/u.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
  };
  return rows.map((row) => row.map(cell).join(by)).join('\r\n').concat('\r\n');
}
