import type { Day } from '../core/time.ts';
import { kindsOfBuyers, nothing, type Happened } from '../matching/facts.ts';

/** What one table says of an organisation: a part of what happened, by organisation. */
export type Told = ReadonlyMap<string, Partial<Happened>>;

/** One row that says a thing of an organisation. */
export interface Said<T> {
  readonly org_id: string;
  readonly said: T;
}

/** Rows as a table by organisation. */
export const tableOf = <T, K extends keyof Happened>(rows: readonly Said<T>[], name: K, make: (said: T) => Happened[K]): Told =>
  new Map(rows.map(({ org_id: orgId, said }) => [orgId, { [name]: make(said) }]));

/** How shows went, drawn from stars: none is 0, five are 1. By the larger kind of place, or by the artists' level. */
export const wentFrom = (byKind: Readonly<Record<string, number>>): Happened['went'] =>
  Object.fromEntries(Object.entries(byKind).map(([kind, stars]) => [kindsOfBuyers[kind] ?? kind, stars / 5]));

/** All that the tables say of one organisation. */
export const happenedTo = (orgId: string, tables: readonly Told[]): Happened => tables.reduce<Happened>((sum, table) => {
  const more = table.get(orgId);
  return more ? { ...sum, ...more } : sum;
}, nothing);

/** Days that are free and that are not, of marks, sales and shows: who sold a day is busy, whoever said what; a held day is to be talked about. */
export function daysFrom(said: { readonly free: readonly Day[]; readonly busy: readonly Day[]; readonly held: readonly Day[]; readonly sold: readonly Day[] }): Pick<Happened, 'free' | 'busy'> {
  const [held, sold] = [new Set(said.held), new Set(said.sold)];
  return { free: said.free.filter((day) => !held.has(day) && !sold.has(day)), busy: [...new Set([...said.busy, ...said.sold])] };
}
