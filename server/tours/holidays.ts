import { isSchoolHoliday, publicHolidays, type Zone } from '../calendar/holidays.ts';
import { daysBetween, daysFrom, type Day } from '../core/time.ts';
import type { PlanView } from './view.ts';

const zones: readonly Zone[] = ['FR-A', 'FR-B', 'FR-C', 'BE-FR', 'BE-NL', 'LU'];

/** The school holidays of each zone and the public ones of each country in a period, as stretches of days, both ends included. Zones and countries are those given. */
export function holidaysIn(from: Day, until: Day, countries: readonly string[]): PlanView['holidays'] {
  const days = daysFrom(from, daysBetween(from, until) + 1);
  const school = zones.filter((zone) => countries.includes(zone.slice(0, 2))).flatMap((zone) => {
    const free = days.filter((day) => isSchoolHoliday(zone, day) === true);
    return stretches(free).map(([first, last]) => ({ zone, kind: 'school' as const, from: first, until: last }));
  });
  const years = [...new Set(days.map((day) => Number(day.slice(0, 4))))];
  const feasts = countries.flatMap((country) => years.flatMap((year) => publicHolidays(country, year)).filter((day) => day >= from && day <= until).map((day) => ({ zone: country, kind: 'public' as const, from: day, until: day })));
  return [...school, ...feasts];
}

/** Days that follow one another, as stretches. */
function stretches(days: readonly Day[]): [Day, Day][] {
  const found: [Day, Day][] = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last && daysBetween(last[1], day) === 1) last[1] = day;
    else found.push([day, day]);
  }
  return found;
}
