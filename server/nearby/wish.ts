import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/locale.ts';
import type { Day } from '../core/time.ts';
import type { Asker } from '../requests/request.ts';
import { kilometres, type Point } from '../roads/crow.ts';

/** Who wants to hear an artist near them: somebody who would come, or somebody who would have them play. */
export const WISHERS = ['fan', 'organiser'] as const;
/** What an organiser would have them play at. */
export const KINDS = ['venue', 'festival', 'bar', 'camping', 'commune', 'association', 'private'] as const;
/** How near a date is that a fan is told of, in kilometres as the crow flies: about an hour and a half by road. */
const NEAR_KM = 80;
/** How long a wish counts as demand, in days; then it is removed (core/purge.ts). */
export const COUNTS_DAYS = 365;

/** A wish, as a form sends it. It leaves `open` once: written to, offered, or declined. */
export interface Wish {
  readonly asker: (typeof WISHERS)[number];
  /** The town, by its code. */
  readonly insee: string;
  /** Of an organiser, where it is answered; of a fan, who may leave it out, where a date near is told of. */
  readonly email: string;
  /** A fan wants to be written to, once. */
  readonly optIn: boolean;
  readonly name: string;
  /** Empty for a private person alone. */
  readonly organisation: string;
  readonly kind: (typeof KINDS)[number] | null;
  /** When, in their own words. */
  readonly period: string;
  readonly message: string;
  readonly locale: Locale;
}

/** Looks whether a wish can be answered: an organiser says who they are, and a fan's address comes with their yes. @throws AppError `input_invalid` with the field. */
export function checkWish({ asker, email, optIn, name, organisation, kind }: Wish): void {
  const faults: readonly (readonly [field: string, wrong: boolean])[] = asker === 'fan' ? [['optIn', email !== '' && !optIn]]
    : [['kind', kind === null], ['organisation', kind !== 'private' && organisation === ''], ['name', name === ''], ['email', email === '']];
  const fault = faults.find(([, wrong]) => wrong);
  if (fault) throw new AppError('input_invalid', { field: fault[0] });
}

/** Who asks, as a booking knows it. An association is a private buyer with an organisation. */
export function askerOf(kind: (typeof KINDS)[number]): Asker {
  switch (kind) {
    case 'camping': case 'commune': return kind;
    case 'association': case 'private': return 'private';
    case 'venue': case 'festival': case 'bar': return 'venue';
  }
}

/** A date with its place. */
export interface Announced extends Point { readonly id: string; readonly day: Day }

/** The dates near a town, the first one first. */
export const datesNear = <T extends Announced>(town: Point, dates: readonly T[]): readonly T[] => dates.filter((date) => kilometres(town, date) <= NEAR_KM).toSorted((a, b) => a.day.localeCompare(b.day));

/** How much an artist is wanted in a town. */
export interface Demand extends Point {
  readonly insee: string;
  readonly city: string;
  readonly country: string;
  readonly fans: number;
  readonly organisers: number;
}

/** The sum of wishes by town: those most wanted first, an organiser before any number of fans. */
export function sumByTown(wishes: readonly (Point & { readonly insee: string; readonly city: string; readonly country: string; readonly asker: Wish['asker'] })[]): readonly Demand[] {
  const towns = new Map<string, Demand>();
  for (const { insee, city, country, lat, lng, asker } of wishes) {
    const before = towns.get(insee) ?? { insee, city, country, lat, lng, fans: 0, organisers: 0 };
    towns.set(insee, asker === 'fan' ? { ...before, fans: before.fans + 1 } : { ...before, organisers: before.organisers + 1 });
  }
  return [...towns.values()].sort((a, b) => b.organisers - a.organisers || b.fans - a.fans || a.city.localeCompare(b.city, 'fr'));
}
