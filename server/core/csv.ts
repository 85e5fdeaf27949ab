import { CsvError, parse } from 'csv-parse/sync';
import type { Delimiter, Row } from './cells.ts';

/** The rows of a table, empty ones left out; where a quote is never closed, its line. */
export function rowsOf(content: string, delimiter: Delimiter): { readonly rows: readonly Row[] } | { readonly unreadable: number } {
  try {
    const records = parse(content, { delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, info: true }) as unknown as { record: string[]; info: { lines: number } }[];
    return { rows: records.map(({ record, info }) => ({ line: info.lines, cells: record })) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    return { unreadable: lines ?? 1 };
  }
}
