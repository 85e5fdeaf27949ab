import assert from 'node:assert/strict';
import { addDays } from '../core/time.ts';
import { kilometres } from '../roads/crow.ts';
import type { Shared } from './answer.ts';
import type { Board } from './board.ts';
import type { Ground } from './ground.ts';
import { bedsOf, type Ride } from './legs.ts';

/* What artists who are at one place on one day can do together, and what each of them pays: a van for the same leg, rooms for two, technicians for one stage. */

/** Within so many kilometres two places are one. */
const NEAR_KM = 15;
/** Up to so many the benefit is split by what each adds, over every order; beyond it in proportion, which is close to it and is reckoned at once. */
const EXACT = 5;

/** What one artist would pay alone, and when and where. `size` is how much of what is shared it needs, `room` how much there is when it is the one who brings it. */
interface Need { readonly artist: number; readonly day: number; readonly until: number; readonly place: number; readonly to: number; readonly size: number; readonly room: number; readonly minor: number }

/** What is shared on a board. Amounts whole; of each sharing, what all pay together is what it costs. */
export function sharedOf(ground: Ground, board: Board, ridden: readonly (readonly Ride[])[]): Shared[] {
  if (board.length < 2) return [];
  const { rates } = ground.question;
  const near = (one: number, other: number) => one === other || kilometres(ground.question.spots[one] ?? assert.fail(), ground.question.spots[other] ?? assert.fail()) <= NEAR_KM;
  const alike = (one: Need, other: Need) => one.day === other.day && one.until === other.until && near(one.place, other.place) && near(one.to, other.to);
  const total = (needs: readonly Need[]) => needs.reduce((sum, { size }) => sum + size, 0);
  const vehicle = (needs: readonly Need[]) => needs.reduce((most, { minor }) => Math.max(most, minor), 0);
  const rooms = (needs: readonly Need[]) => bedsOf(total(needs)) * rates.nightMinor;
  const crew = (needs: readonly Need[]) => needs.reduce((most, { size }) => Math.max(most, size), 0) * rates.crewDayMinor;
  const seats = (needs: readonly Need[]) => total(needs) <= needs.reduce((most, { room }) => Math.max(most, room), 0);
  return [
    ...groups(vehicleNeeds(ground, ridden), alike, seats).flatMap((needs) => told(ground, 'vehicle', needs, vehicle)),
    ...groups(nightNeeds(ground, ridden), alike, () => true).flatMap((needs) => told(ground, 'rooms', needs, rooms)),
    ...groups(crewNeeds(ground, board), alike, () => true).flatMap((needs) => told(ground, 'crew', needs, crew)),
  ];
}

/** Legs straight from show to show; who goes by way of home goes alone. */
function vehicleNeeds({ question }: Ground, ridden: readonly (readonly Ride[])[]): Need[] {
  return ridden.flatMap((rides, artist) => rides.flatMap(({ from, to, way }) => {
    const who = question.artists[artist] ?? assert.fail();
    if (way.home || way.metres === 0) return [];
    const [day, until] = [from?.day ?? to?.day ?? 0, to?.day ?? from?.day ?? 0];
    return [{ artist, day, until, place: from?.place ?? who.home, to: to?.place ?? who.home, size: who.people, room: who.carriage.seats, minor: way.transport }];
  }));
}

/** Nights after a show, and those before the next one: the first where one played, the rest where one will. */
function nightNeeds({ question }: Ground, ridden: readonly (readonly Ride[])[]): Need[] {
  return ridden.flatMap((rides, artist) => rides.flatMap(({ from, to, way }) => {
    const who = question.artists[artist] ?? assert.fail();
    if (way.home || !from || way.nights === 0) return [];
    return Array.from({ length: way.nights }, (_, night): Need => {
      const place = night === 0 || !to ? from.place : to.place;
      return { artist, day: from.day + night, until: from.day + night + 1, place, to: place, size: who.people, room: 0, minor: bedsOf(who.people) * question.rates.nightMinor };
    });
  }));
}

function crewNeeds({ question }: Ground, board: Board): Need[] {
  return board.flatMap((calls, artist) => calls.flatMap(({ day, place }) => {
    const { crew } = question.artists[artist] ?? assert.fail();
    return crew === 0 ? [] : [{ artist, day, until: day, place, to: place, size: crew, room: 0, minor: crew * question.rates.crewDayMinor }];
  }));
}

/** Needs of different artists that go together, as many as there is room for. */
function groups(needs: readonly Need[], alike: (one: Need, other: Need) => boolean, room: (needs: readonly Need[]) => boolean): Need[][] {
  const byDay = new Map<string, Need[][]>();
  for (const need of needs) {
    const day = `${need.day} ${need.until}`;
    const there = byDay.get(day) ?? [];
    byDay.set(day, there);
    const group = there.find((one) => one[0] && alike(one[0], need) && one.every(({ artist }) => artist !== need.artist) && room([...one, need]));
    if (group) group.push(need);
    else there.push([need]);
  }
  return [...byDay.values()].flat().filter((group) => group.length > 1);
}

function told({ question }: Ground, what: Shared['what'], needs: readonly Need[], cost: (needs: readonly Need[]) => number): Shared[] {
  const alone = needs.map((need) => cost([need]));
  const together = cost(needs);
  const saved = alone.reduce((sum, minor) => sum + minor, 0) - together;
  const [first] = needs;
  if (saved <= 0 || !first) return [];
  const by = needs.length <= EXACT ? 'benefit' : 'proportion';
  const pays = by === 'benefit' ? byBenefit(needs, cost) : inProportion(alone, together);
  return [{
    what, from: addDays(question.from, first.day), to: addDays(question.from, first.until), place: first.place, saved, by,
    parts: needs.map(({ artist }, i) => ({ artist: question.artists[artist]?.id ?? '', aloneMinor: alone[i] ?? 0, paysMinor: pays[i] ?? 0 })),
  }];
}

/** What each pays by what it adds, the mean over every order in which they could come (L. S. Shapley, "A value for n-person games", 1953), whole, together exactly what it costs. */
export function byBenefit<T>(players: readonly T[], cost: (some: readonly T[]) => number): number[] {
  const n = players.length;
  const factorial = [1];
  for (let k = 1; k <= n; k += 1) factorial.push((factorial[k - 1] ?? 1) * k);
  const worth = Array.from({ length: 2 ** n }, (_, set) => (set === 0 ? 0 : cost(players.filter((_player, i) => (set & (1 << i)) !== 0))));
  // In n! parts of a minor unit, which stay whole.
  const exact = players.map((_, i) => {
    let sum = 0;
    for (let set = 0; set < 2 ** n; set += 1) {
      if ((set & (1 << i)) !== 0) continue;
      const size = bits(set);
      sum += (factorial[size] ?? 1) * (factorial[n - size - 1] ?? 1) * ((worth[set | (1 << i)] ?? 0) - (worth[set] ?? 0));
    }
    return sum / (factorial[n] ?? 1);
  });
  return whole(exact, worth[2 ** n - 1] ?? 0);
}

/** What each pays in proportion to what it would pay alone, whole, together exactly `together`. */
export function inProportion(alone: readonly number[], together: number): number[] {
  const sum = alone.reduce((all, minor) => all + minor, 0);
  return whole(alone.map((minor) => (sum === 0 ? together / alone.length : (minor * together) / sum)), together);
}

/** Parts made whole: rounded down, and what is left goes a unit each to those that lost most, the first of two that lost alike. */
function whole(parts: readonly number[], total: number): number[] {
  const floors = parts.map((part) => Math.floor(part + 1e-9));
  const left = total - floors.reduce((sum, part) => sum + part, 0);
  const order = parts.map((part, i) => ({ i, lost: part - (floors[i] ?? 0) })).sort((one, other) => other.lost - one.lost || one.i - other.i);
  for (const { i } of order.slice(0, Math.max(0, left))) floors[i] = (floors[i] ?? 0) + 1;
  return floors;
}

const bits = (set: number): number => { let count = 0; for (let left = set; left > 0; left >>= 1) count += left & 1; return count; };
