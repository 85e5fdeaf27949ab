import { addDays, type Day } from '../core/time.ts';

/** A zone whose schools are on holiday together: three in France, two communities of Belgium, Luxembourg. Swiss cantons are not kept. */
export type Zone = 'FR-A' | 'FR-B' | 'FR-C' | 'BE-FR' | 'BE-NL' | 'LU';

/**
 * School holidays, first and last day: the official calendars as OpenHolidays publishes them (ODbL, read 2026-11-21). France's summer of
 * 2027 ends on the day before the beginning of September, as its calendar has said in each of the last ten years.
 */
const schools: Readonly<Record<Zone, readonly (readonly [from: Day, until: Day])[]>> = {
  'FR-A': [['2026-10-18', '2026-11-01'], ['2026-12-20', '2027-01-03'], ['2027-02-14', '2027-02-28'], ['2027-04-11', '2027-04-25'], ['2027-05-06', '2027-05-09'], ['2027-07-03', '2027-08-31']],
  'FR-B': [['2026-10-18', '2026-11-01'], ['2026-12-20', '2027-01-03'], ['2027-02-21', '2027-03-07'], ['2027-04-18', '2027-05-02'], ['2027-05-06', '2027-05-09'], ['2027-07-03', '2027-08-31']],
  'FR-C': [['2026-10-18', '2026-11-01'], ['2026-12-20', '2027-01-03'], ['2027-02-07', '2027-02-21'], ['2027-04-04', '2027-04-18'], ['2027-05-06', '2027-05-09'], ['2027-07-03', '2027-08-31']],
  'BE-FR': [['2026-10-19', '2026-11-01'], ['2026-12-21', '2027-01-03'], ['2027-02-22', '2027-03-07'], ['2027-04-26', '2027-05-09'], ['2027-07-03', '2027-08-29']],
  'BE-NL': [['2026-11-02', '2026-11-08'], ['2026-12-21', '2027-01-03'], ['2027-02-08', '2027-02-14'], ['2027-03-29', '2027-04-11'], ['2027-07-01', '2027-08-31'], ['2027-11-01', '2027-11-07'], ['2027-12-27', '2028-01-09'], ['2028-02-28', '2028-03-05'], ['2028-04-03', '2028-04-17'], ['2028-07-01', '2028-08-31']],
  LU: [['2026-10-31', '2026-11-08'], ['2026-12-19', '2027-01-03'], ['2027-02-06', '2027-02-14'], ['2027-03-27', '2027-04-11'], ['2027-05-29', '2027-06-06'], ['2027-07-16', '2027-09-14']],
};

/** Whether schools of a zone are on holiday on a day; null where the calendar is not known so far ahead. */
export function isSchoolHoliday(zone: Zone, day: Day): boolean | null {
  const known = schools[zone];
  const last = known.at(-1)?.[1] ?? '';
  return day > last || day < (known[0]?.[0] ?? '') ? null : known.some(([from, until]) => day >= from && day <= until);
}

/* The académies of each zone by their départements: arrêté of 7 July 2023 on the school calendar, annexe (read 2026-11-22). */
const departments: readonly (readonly [Zone, string])[] = [
  ['FR-A', '01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 87 89 90'],
  ['FR-B', '02 04 05 06 08 10 13 14 18 22 27 28 29 35 36 37 41 44 45 49 50 51 52 53 54 55 56 57 59 60 61 62 67 68 72 76 80 83 84 85 88'],
  ['FR-C', '09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95'],
];
const zoneOfDepartment = new Map(departments.flatMap(([zone, codes]) => codes.split(' ').map((code) => [code, zone] as const)));

/** The zone of a municipality by our code of it; null on islands, in Switzerland, and where nothing is known. A Belgian code holds the NIS number. */
export function zoneOf(insee: string): Zone | null {
  if (insee.startsWith('L')) return 'LU';
  if (!insee.startsWith('B')) return zoneOfDepartment.get(insee.slice(0, 2)) ?? null;
  const nis = Number.parseInt(insee.slice(1), 36);
  if (!Number.isFinite(nis)) return null;
  const province = Math.floor(nis / 10_000);
  // Hainaut, Liège, Luxembourg, Namur and Walloon Brabant; Brussels has schools of both, and counts with the larger.
  return province === 5 || province === 6 || province === 8 || province === 9 || Math.floor(nis / 1_000) === 25 || Math.floor(nis / 1_000) === 21 ? 'BE-FR' : 'BE-NL';
}

/**
 * National public holidays: days of the year, and days counted from Easter Sunday. France: C. trav. L3133-1; Belgium: AR of 18 April 1974, art. 1;
 * Luxembourg: C. trav. L232-2 (Europe day since 2019); Switzerland: the one that is federal, Cst. art. 110, and those that all cantons but few keep;
 * Germany: those of all Länder; the Netherlands: Algemene termijnenwet art. 3 (all read 2026-11-22). Others are not kept.
 */
const feasts: Readonly<Record<string, { readonly fixed: readonly string[]; readonly easter: readonly number[] }>> = {
  FR: { fixed: ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'], easter: [1, 39, 50] },
  BE: { fixed: ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25'], easter: [1, 39, 50] },
  LU: { fixed: ['01-01', '05-01', '05-09', '06-23', '08-15', '11-01', '12-25', '12-26'], easter: [1, 39, 50] },
  CH: { fixed: ['01-01', '08-01', '12-25'], easter: [39] },
  DE: { fixed: ['01-01', '05-01', '10-03', '12-25', '12-26'], easter: [-2, 1, 39, 50] },
  NL: { fixed: ['01-01', '12-25', '12-26'], easter: [0, 1, 39, 49, 50] },
};

/** Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, chapter 8). */
function easterOf(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const [d, e, f] = [b >> 2, b % 4, Math.floor((b + 8) / 25)];
  const h = (19 * a + b - d - Math.floor((b - f + 1) / 3) + 15) % 30;
  const l = (32 + 2 * e + 2 * (c >> 2) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const at = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(at / 31)).padStart(2, '0')}-${String((at % 31) + 1).padStart(2, '0')}`;
}

/** The national public holidays of a country in a year, by ISO code; none for a country that nothing is known of. The Dutch king's day moves from a Sunday to the day before. */
export function publicHolidays(country: string, year: number): readonly Day[] {
  const known = feasts[country];
  if (!known) return [];
  const easter = easterOf(year);
  const king = country === 'NL' ? [new Date(`${year}-04-27T00:00:00Z`).getUTCDay() === 0 ? `${year}-04-26` : `${year}-04-27`] : [];
  return [...new Set([...known.fixed.map((day) => `${year}-${day}`), ...known.easter.map((days) => addDays(easter, days)), ...king])].sort();
}
