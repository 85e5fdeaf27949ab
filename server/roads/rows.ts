import assert from 'node:assert/strict';
import type { Day } from '../core/time.ts';

/** The row of a table that holds on a day, of those that are meant; before the first, the first. */
export function rowOn<T extends { readonly validFrom: Day }>(rows: readonly T[], meant: (row: T) => boolean, day: Day): T {
  const own = rows.filter(meant).sort((a, b) => a.validFrom.localeCompare(b.validFrom));
  const row = own.findLast(({ validFrom }) => validFrom <= day) ?? own[0];
  assert(row, 'a table has a row for whatever is asked of it');
  return row;
}
