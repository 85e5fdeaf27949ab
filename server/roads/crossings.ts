import assert from 'node:assert/strict';
import type { Day } from '../core/time.ts';
import { rowOn } from './rows.ts';

/** A stop on the way that no road tells of, from a day on until the next row of the same place. Whole minutes, one way. */
interface Stop {
  readonly at: string;
  readonly validFrom: Day;
  readonly minutes: number;
  readonly source: string;
}

/** To and from an island: what a ship asks for besides the drive. */
interface Ferry extends Stop {
  /** What the sailing takes above what the great circle counts for the same water at road speed: a measured way knows it already. */
  readonly sailingMinutes: number;
}

/**
 * Ferries and the tunnel, by island. `minutes` is the wait before boarding, and getting off: whoever measured the way knows nothing of it. The small
 * islands of France take no lorry without asking: their row is one for all.
 */
const ferries: readonly Ferry[] = [
  {
    at: 'corsica', validFrom: '2026-01-01', minutes: 105, sailingMinutes: 210,
    source: 'presence 90 min to 2 h before departure, 30 min to land less than half of the time; sailings of 5 h 30 to 10 h from Nice and Toulon (companies’ timetables as reported by gir-magazine.com and ecovoyages.net, read 2026-11-22) against some 3 h that 230 to 270 km count',
  },
  { at: 'britain', validFrom: '2026-01-01', minutes: 75, sailingMinutes: 0, source: 'LeShuttle: gates close half an hour before, passports of two countries before that; 35 min of train, which 50 km count already (zatruk.com and operator’s pages, read 2026-11-22); the wait is our estimate' },
  { at: 'ireland', validFrom: '2026-01-01', minutes: 75, sailingMinutes: 120, source: 'our estimate: 3 h 15 from Holyhead to Dublin against some 1 h 15 that its 110 km count, and the wait of a ferry' },
  { at: 'island', validFrom: '2026-01-01', minutes: 60, sailingMinutes: 45, source: 'our estimate: half an hour to an hour of sailing at 12 knots, one crossing in several hours taken as an hour’s wait' },
];

/** Customs, by the area that is not the Union’s: both offices stamp the ATA carnet of the gear, out and in (Istanbul Convention 1990, annex A; CCI France). No office states a wait: the minutes are our estimate, for a carnet that was opened beforehand. */
const customs: readonly Stop[] = [
  { at: 'CH', validFrom: '2026-01-01', minutes: 45, source: 'our estimate, carnet stamped on both sides in the hours of commercial traffic (bazg.admin.ch, read 2026-11-22)' },
  { at: 'GB', validFrom: '2021-01-01', minutes: 60, source: 'our estimate; in the customs union until 2020-12-31 (Agreement on the withdrawal, art. 126 and 127)' },
  { at: 'NO', validFrom: '2026-01-01', minutes: 45, source: 'our estimate' },
  { at: 'AD', validFrom: '2026-01-01', minutes: 30, source: 'our estimate; customs union with the Union for goods of industry alone (Agreement of 1990-06-28)' },
  { at: 'elsewhere', validFrom: '2026-01-01', minutes: 90, source: 'our estimate' },
];

/** Countries within one customs area with the Union (Regulation (EU) 952/2013, art. 4; Monaco is with France). */
const union = new Set(['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MC', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK']);

/** Communes of France that no road reaches, by island (code officiel géographique, INSEE 2026). Belle-Île has four. */
const islands: Readonly<Record<string, string>> = {
  29155: 'ouessant', 29083: 'sein', 29082: 'batz', 29084: 'molene', 22016: 'brehat', 56069: 'groix', 56152: 'belle-ile', 56009: 'belle-ile', 56114: 'belle-ile', 56241: 'belle-ile', 56086: 'houat', 56085: 'hoedic', 56087: 'moines',
  56088: 'arz', 85113: 'yeu', 17004: 'aix',
};

/** Whose land a place is: two letters of ISO 3166, and in France its commune of INSEE, empty where nobody knows it. */
export interface Ground {
  readonly country: string;
  readonly insee: string;
}

/** What stands between two grounds, in whole minutes, the same both ways. */
export interface Crossing {
  /** False where no road and no car ferry leads: overseas, from anywhere else. */
  readonly way: boolean;
  readonly boardingMinutes: number;
  /** Only what the great circle does not count. */
  readonly sailingMinutes: number;
  readonly customsMinutes: number;
  /** What it is: `corsica`, `britain`, `customs:CH`… */
  readonly of: readonly string[];
}

/** One side of a crossing: the body of land, the ferries from it to the continent, and the customs area. */
interface Shore {
  readonly land: string;
  readonly ferries: readonly string[];
  readonly customs: string;
}

function shoreOf({ country, insee }: Ground): Shore {
  const area = country === 'LI' ? 'CH' : union.has(country) ? '' : customs.some(({ at }) => at === country) ? country : 'elsewhere';
  if (country === 'GB') return { land: 'britain', ferries: ['britain'], customs: area };
  // By way of Britain, which is the shortest: its customs are not passed, for the gear stays under seal.
  if (country === 'IE') return { land: 'ireland', ferries: ['ireland', 'britain'], customs: area };
  if (country !== 'FR') return { land: 'continent', ferries: [], customs: area };
  if (/^2[AB]/.test(insee)) return { land: 'corsica', ferries: ['corsica'], customs: area };
  if (/^9[78]/.test(insee)) return { land: `overseas:${insee.slice(0, 3)}`, ferries: [], customs: area };
  const island = islands[insee];
  return island === undefined ? { land: 'continent', ferries: [], customs: area } : { land: island, ferries: ['island'], customs: area };
}

/** What a crossing between two grounds adds to the drive on a day, decided by country and commune alone: Northern Ireland counts as Britain, and islands of other countries as their mainland. */
export function crossingBetween(a: Ground, b: Ground, day: Day): Crossing {
  return between(shoreOf(a), shoreOf(b), day);
}

function between(here: Shore, there: Shore, day: Day): Crossing {
  const overseas = here.land.startsWith('overseas') || there.land.startsWith('overseas');
  if (overseas && here.land !== there.land) return { way: false, boardingMinutes: 0, sailingMinutes: 0, customsMinutes: 0, of: [] };
  // What both pass on their way to the continent, neither passes: Dublin to London sails once.
  const sailed = here.land === there.land ? [] : [...here.ferries.filter((one) => !shared(here, there, one)), ...there.ferries.filter((one) => !shared(here, there, one))];
  const stamped = here.customs === there.customs ? [] : [here.customs, there.customs].filter((area) => area !== '');
  const ships = sailed.map((at) => rowOn(ferries, (row) => row.at === at, day));
  return {
    way: true,
    boardingMinutes: ships.reduce((sum, { minutes }) => sum + minutes, 0),
    sailingMinutes: ships.reduce((sum, { sailingMinutes }) => sum + sailingMinutes, 0),
    customsMinutes: stamped.reduce((sum, at) => sum + rowOn(customs, (row) => row.at === at, day).minutes, 0),
    of: [...sailed, ...stamped.map((area) => `customs:${area}`)],
  };
}

/** Two small islands are two ships, though one row tells of both. */
const shared = (here: Shore, there: Shore, ferry: string): boolean => ferry !== 'island' && here.ferries.includes(ferry) && there.ferries.includes(ferry);

/**
 * Crossings among many grounds: each pair is worked out once for the kinds of ground that there are, a handful among thousands.
 * `of(i, j)` is that of the i-th and the j-th.
 */
export function crossingsAmong(grounds: readonly Ground[], day: Day): { readonly kinds: number; readonly kindOf: Uint16Array; readonly of: (from: number, to: number) => Crossing; readonly table: readonly Crossing[] } {
  const kinds: Shore[] = [];
  const known = new Map<string, number>();
  const kindOf = Uint16Array.from(grounds, (ground) => {
    const shore = shoreOf(ground);
    const name = `${shore.land} ${shore.customs}`;
    const kind = known.get(name) ?? kinds.push(shore) - 1;
    known.set(name, kind);
    return kind;
  });
  const table = kinds.flatMap((here) => kinds.map((there) => between(here, there, day)));
  const of = (from: number, to: number): Crossing => {
    const crossing = table[(kindOf[from] ?? 0) * kinds.length + (kindOf[to] ?? 0)];
    assert(crossing, 'both are of a kind');
    return crossing;
  };
  return { kinds: kinds.length, kindOf, of, table };
}
