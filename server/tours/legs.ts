import assert from 'node:assert/strict';
import { NO_WAY } from '../roads/great-circle.ts';
import type { Call, Ground } from './ground.ts';
import { HOME_MINUTES, SETS_OUT, SPACING, type Limits, type Roads } from './question.ts';

/*
 * From one show to the next: whether there is time, by which way, and what it costs. One reckoning for the search, which asks it a million times, and for what is shown. After a show whoever lives near
 * drives home, everybody else sleeps; the day begins after the rest, not before six; driving has its breaks and its daily limit, with a rest between two days of it.
 */

/** Times are in minutes from midnight of the first of two days, counted as if every day had 24 hours: in the night of a change of clocks an hour is missing or too many, which the rest takes. */
const DAY = 1_440;

/** What lies between two shows. Amounts in minor units. */
export interface Way {
  readonly home: boolean;
  readonly metres: number;
  readonly minutes: number;
  readonly nights: number;
  readonly idle: number;
  readonly transport: number;
  readonly lodging: number;
  readonly crew: number;
  readonly meals: number;
  readonly grams: number;
  readonly spacing: number;
  readonly progression: number;
  readonly carbonTonne: number;
  readonly hour: number;
}

/** A way with the shows that it leads from and to; null is home. */
export interface Ride { readonly from: Call | null; readonly to: Call | null; readonly way: Way }

/** From setting out to arrival, breaks and nights between days of driving included. */
export function onTheWay(minutes: number, { driveMinutes, breakAfter, breakMinutes, restMinutes }: Limits): number {
  if (minutes <= 0) return 0;
  const whole = Math.floor((minutes - 1) / driveMinutes);
  const last = minutes - whole * driveMinutes;
  const breaks = (drive: number) => Math.floor((drive - 1) / breakAfter) * breakMinutes;
  return whole * (driveMinutes + breaks(driveMinutes) + restMinutes) + last + breaks(last);
}

/** How many minutes an artist has between two shows to be on the way, and how many the direct way takes; for what is said of a way that fails. */
export function roomFor({ question: { limits, roads } }: Ground, from: Call, to: Call): { readonly available: number; readonly needed: number; readonly drive: number } {
  const drive = roads.minutes[from.place * roads.size + to.place] ?? NO_WAY;
  return { available: (to.day - from.day) * DAY + to.loadIn - setsOut(from.ends, limits.restMinutes), needed: drive >= NO_WAY ? NO_WAY : onTheWay(drive, limits), drive };
}

const setsOut = (free: number, rest: number) => Math.max(free + rest, DAY + SETS_OUT);

/** Beds that are paid for: rooms are for two, and whoever is left over sleeps alone. */
export const bedsOf = (people: number): number => 2 * Math.ceil(people / 2);

const homewards = new WeakMap<Roads, Map<number, readonly [minutes: Int32Array, metres: Int32Array]>>();

/** The ways home from everywhere, as the table of roads has them in a column: laid in a row once for one table. */
function homeward(roads: Roads, home: number): readonly [minutes: Int32Array, metres: Int32Array] {
  const known = homewards.get(roads) ?? new Map<number, readonly [Int32Array, Int32Array]>();
  homewards.set(roads, known);
  const there = known.get(home);
  if (there) return there;
  const { size } = roads;
  const [minutes, metres] = [new Int32Array(size), new Int32Array(size)];
  for (let place = 0; place < size; place += 1) {
    minutes[place] = roads.minutes[place * size + home] ?? NO_WAY;
    metres[place] = roads.metres[place * size + home] ?? 0;
  }
  known.set(home, [minutes, metres]);
  return [minutes, metres];
}

/** The ways of one artist. */
export class Ways {
  readonly #ground: Ground;
  readonly #home: number;
  readonly #people: number;
  readonly #beds: number;
  readonly #crew: number;
  readonly #perKm: number;
  readonly #grams: number;
  readonly #toHome: Int32Array;
  readonly #fromHome: Int32Array;
  readonly #homeMetres: Int32Array;
  readonly #awayMetres: Int32Array;
  /* What was found last: the numbers of a way, so that a search allocates nothing. */
  #viaHome = false;
  #metres = 0;
  #minutes = 0;
  #nights = 0;
  #idle = 0;

  constructor(ground: Ground, artist: number) {
    const who = ground.question.artists[artist] ?? assert.fail();
    this.#ground = ground;
    this.#home = who.home;
    this.#people = who.people;
    this.#beds = bedsOf(who.people);
    this.#crew = who.crew;
    this.#perKm = who.carriage.perKmMinor;
    this.#grams = who.carriage.gramsPerKm;
    const { size, minutes, metres } = ground.question.roads;
    this.#fromHome = minutes.subarray(who.home * size, (who.home + 1) * size);
    this.#awayMetres = metres.subarray(who.home * size, (who.home + 1) * size);
    [this.#toHome, this.#homeMetres] = homeward(ground.question.roads, who.home);
  }

  /** What it costs to get from one show to the next, with what the weights make of it; from home when there is none before, home when there is none after. Infinity when there is no time or no way. */
  cost(from: Call | null, to: Call | null): number {
    if (!this.#find(from, to)) return Infinity;
    return this.#money() + this.#wished(from, to);
  }

  /** The same, in its parts. */
  way(from: Call | null, to: Call | null): Way | null {
    return this.#find(from, to) ? this.#told(from, to) : null;
  }

  #told(from: Call | null, to: Call | null): Way {
    const { rates, weights } = this.#ground.question;
    return {
      home: this.#viaHome, metres: this.#metres, minutes: this.#minutes, nights: this.#nights, idle: this.#idle,
      transport: this.#transport(), lodging: this.#nights * this.#beds * rates.nightMinor, crew: this.#crewDays(to) * rates.crewDayMinor, meals: this.#idle * this.#people * rates.mealsMinor,
      grams: this.#emitted(), spacing: this.#spacing(from, to), progression: this.#progression(from, to), carbonTonne: Math.round((this.#emitted() * weights.carbonTonne) / 1e6), hour: Math.round((this.#minutes * weights.hour) / 60),
    };
  }

  /** A way that there is no time for, as it would be driven straight on; where there is no way, nothing is driven. For a plan by hand that is told what is wrong with it. */
  forced(from: Call | null, to: Call | null): Way {
    const [here, there] = [from?.place ?? this.#home, to?.place ?? this.#home];
    const drive = this.#drive(here, there);
    const none = drive >= NO_WAY;
    this.#viaHome = false;
    this.#metres = none ? 0 : this.#far(here, there);
    this.#minutes = none ? 0 : drive;
    this.#nights = from && to ? Math.max(0, to.day - from.day) : 0;
    this.#idle = Math.max(0, this.#nights - 1);
    return this.#told(from, to);
  }

  #find(from: Call | null, to: Call | null): boolean {
    if (from && to) return this.#between(from, to);
    this.#viaHome = false;
    const show = to ?? from;
    if (!show) return false;
    return to ? this.#out(to) : this.#back(show);
  }

  /** Setting out from home, on the day of the show where there is time, else days before. */
  #out(to: Call): boolean {
    const drive = this.#drive(this.#home, to.place);
    if (drive >= NO_WAY) return false;
    this.#metres = this.#far(this.#home, to.place);
    this.#minutes = drive;
    this.#nights = this.#before(drive, to.loadIn);
    this.#idle = this.#nights;
    return true;
  }

  #back(from: Call): boolean {
    const drive = this.#drive(from.place, this.#home);
    if (drive >= NO_WAY) return false;
    this.#metres = this.#far(from.place, this.#home);
    this.#minutes = drive;
    this.#nights = this.#after(drive);
    this.#idle = this.#nights;
    return true;
  }

  #between(from: Call, to: Call): boolean {
    const { limits, rates } = this.#ground.question;
    const gap = to.day - from.day;
    if (gap < limits.leastGap || gap < 1) return false;
    const available = gap * DAY + to.loadIn;
    const drive = this.#drive(from.place, to.place);
    const direct = drive < NO_WAY && setsOut(from.ends, limits.restMinutes) + onTheWay(drive, limits) <= available;
    const [back, out] = [this.#toHome[from.place] as number, this.#fromHome[to.place] as number];
    let viaHome = false;
    let [nights, idle] = [0, 0];
    if (back < NO_WAY && out < NO_WAY) {
      const near = back <= HOME_MINUTES;
      const there = near ? from.ends + back : setsOut(from.ends, limits.restMinutes) + onTheWay(back, limits);
      viaHome = setsOut(there, limits.restMinutes) + onTheWay(out, limits) <= available;
      nights = this.#after(back) + this.#before(out, to.loadIn);
      idle = nights;
    }
    if (!direct && !viaHome) return false;
    if (direct) {
      this.#viaHome = false;
      this.#metres = this.#far(from.place, to.place);
      this.#minutes = drive;
      this.#nights = gap;
      this.#idle = gap - 1;
    }
    if (!viaHome) return true;
    const metres = (this.#homeMetres[from.place] as number) + (this.#awayMetres[to.place] as number);
    // Whoever can do both does what costs less; the spacing and the step are the same.
    const day = this.#crew * rates.crewDayMinor + this.#people * rates.mealsMinor;
    const own = (m: number, t: number, n: number, i: number) => this.#priced(m, t) + n * this.#beds * rates.nightMinor + i * day;
    if (direct && own(this.#metres, this.#minutes, this.#nights, this.#idle) <= own(metres, back + out, nights, idle)) return true;
    this.#viaHome = true;
    this.#metres = metres;
    this.#minutes = back + out;
    this.#nights = nights;
    this.#idle = idle;
    return true;
  }

  /** Nights on the way home: none for whoever lives near. */
  #after(drive: number): number {
    return drive <= HOME_MINUTES ? 0 : 1 + Math.floor((drive - 1) / this.#ground.question.limits.driveMinutes);
  }

  /** Nights on the way out, so as to be there at load-in. */
  #before(drive: number, loadIn: number): number {
    return Math.max(0, Math.ceil((onTheWay(drive, this.#ground.question.limits) - Math.max(0, loadIn - SETS_OUT)) / DAY));
  }

  #priced(metres: number, minutes: number): number {
    const { weights } = this.#ground.question;
    return (metres * this.#perKm) / 1_000 + (metres * this.#grams * weights.carbonTonne) / 1e9 + (minutes * weights.hour) / 60;
  }

  #drive(from: number, to: number): number {
    const { roads } = this.#ground.question;
    return roads.minutes[from * roads.size + to] as number;
  }

  #far(from: number, to: number): number {
    const { roads } = this.#ground.question;
    return roads.metres[from * roads.size + to] as number;
  }

  #transport = (): number => Math.round((this.#metres * this.#perKm) / 1_000);
  #emitted = (): number => Math.round((this.#metres * this.#grams) / 1_000);
  #crewDays = (to: Call | null): number => this.#crew * (this.#idle + (to ? 1 : 0));

  #money(): number {
    return this.#transport() + this.#nights * this.#beds * this.#ground.question.rates.nightMinor + this.#idle * this.#people * this.#ground.question.rates.mealsMinor;
  }

  #wished(from: Call | null, to: Call | null): number {
    const { weights, rates } = this.#ground.question;
    return this.#crewDays(to) * rates.crewDayMinor + this.#spacing(from, to) + this.#progression(from, to) + Math.round((this.#emitted() * weights.carbonTonne) / 1e6) + Math.round((this.#minutes * weights.hour) / 60);
  }

  #spacing(from: Call | null, to: Call | null): number {
    if (!from || !to) return 0;
    const gap = to.day - from.day;
    return this.#ground.question.weights.spacing * Math.min(SPACING.most, Math.max(SPACING.from - gap, gap - SPACING.until, 0));
  }

  #progression(from: Call | null, to: Call | null): number {
    const { weights } = this.#ground.question;
    if (!from || !to || weights.progression === 0 || from.capacity <= to.capacity || to.capacity <= 0) return 0;
    return Math.round(weights.progression * Math.log2(from.capacity / to.capacity));
  }
}
