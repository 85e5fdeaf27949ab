import { unknown as none } from '../columns.ts';
import type { Pair } from '../pair.ts';
import type { Criterion } from '../score.ts';

/** A criterion of artists and places before a scorecard gives it a group and a share. `day` among its figures is a day of the calendar. */
export type Thing = Omit<Criterion<Pair>, 'criterion' | 'group' | 'share'>;

/** A number of a column, or NaN when it stands for what is not known. */
export const known = (value: number | undefined, unknown: number): number => (value === undefined || value === unknown ? NaN : value);

/** The name behind a number of a column; empty when it is not known. */
export const nameOf = (names: readonly string[], value: number | undefined): string => names[value ?? -1] ?? '';

/** What a place holds; a capacity of 0 is not known. */
export const capacityOf = ({ P, p }: Pair): number => known(P.capacity[p], none.u16);
