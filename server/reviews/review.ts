import { AppError } from '../core/errors.ts';
import type { Side } from '../core/permissions.ts';
import { addDays, dayIn, instantAt, type Day } from '../core/time.ts';

/**
 * What a review speaks of besides its stars. The scorecards weigh the same things beforehand: how an artist plays and suits the audience, the means of a
 * place and how it receives, and whether what was agreed was kept.
 */
const PARTS = { artist: ['welcome', 'technical', 'agreed'], buyer: ['performance', 'audience', 'agreed'] } as const satisfies Record<Side, readonly string[]>;

/** Every part, whoever writes. */
export const EVERY_PART = ['performance', 'audience', 'welcome', 'technical', 'agreed'] as const;
export type Part = (typeof EVERY_PART)[number];

/** The parts that `side` may say of the other. */
export const partsOf = (side: Side): readonly Part[] => PARTS[side];

/**
 * What one side says of the other. `attendance` is how many came, null when it does not say. Written, changed at will, then shown to both and kept: when both
 * have written, or the time for it is over. Afterwards it is answered once, and our people may take it out of sight.
 */
export interface Words {
  readonly stars: number;
  readonly parts: Readonly<Partial<Record<Part, number | null>>>;
  readonly words: string;
  readonly attendance: number | null;
}

/** Days after the show in which a side may write: thirty. Airbnb, whose way of showing both at once this is, gives fourteen after a stay (its help pages as quoted by hosts, read 2026-11-22); what an evening came to is known to an organiser later. */
const OPEN_DAYS = 30;

/** The hour at which who has not written is reminded, on the day after the show, at the place. */
const remindedAt = '10:00';

/** When and where a show was. */
export interface Played {
  readonly day: Day;
  readonly timeZone: string;
  /** When it counted as played: both said so, or two days passed, or much later where it was contested first. */
  readonly playedAt: Date;
}

/** The last day at the place on which a side may write: thirty days after the show, or after it counted as played where that was later. */
export function lastDay({ day, timeZone, playedAt }: Played): Day {
  const known = dayIn(playedAt, timeZone);
  return addDays(known > day ? known : day, OPEN_DAYS);
}

/** The instant at which that day is over. Days are the place's own, so one on which its clock changes has 23 or 25 hours. */
export const closesAt = (played: Played): Date => instantAt(addDays(lastDay(played), 1), '00:00', played.timeZone);

/** When who has not written is reminded: the morning after, at the place; at once where that has passed. */
export const remindAt = ({ day, timeZone }: Pick<Played, 'day' | 'timeZone'>): Date => instantAt(addDays(day, 1), remindedAt, timeZone);

/** The most that is believed where a place has not said its capacity, and of shows outdoors: what a search takes as a capacity too. */
const mostAnywhere = 500_000;

/**
 * How many can have come: twice the capacity that the place says, which may be that of its seats where people stand; half a million where it says none, or
 * the show was outdoors.
 */
export const mostPeople = ({ capacity, outdoor }: { readonly capacity: number; readonly outdoor: boolean }): number => (capacity > 0 && !outdoor ? Math.min(capacity * 2, mostAnywhere) : mostAnywhere);

/** @throws AppError `attendance_absurd` with the most that is believed. */
export function checkAttendance(people: number | null, most: number): void {
  if (people !== null && people > most) throw new AppError('attendance_absurd', { most: String(most) });
}

/** How many came, of what the two sides counted: the place's word goes before the artist's. Null when neither says. */
export const attendanceOf = (counted: Readonly<Partial<Record<Side, number | null>>>): number | null => counted.buyer ?? counted.artist ?? null;

/** Whether both say the same: a replay, or a second press. A part that is not said and one that is null are the same. */
export const isSame = (one: Words, other: Words): boolean =>
  one.stars === other.stars && one.words === other.words && one.attendance === other.attendance && EVERY_PART.every((part) => (one.parts[part] ?? null) === (other.parts[part] ?? null));
