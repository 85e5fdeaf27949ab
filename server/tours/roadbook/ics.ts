import { filled } from '../../core/letters.ts';
import type { Locale } from '../../core/locale.ts';
import { bareLine } from '../../core/printable.ts';
import { addDays, hourOf, type Day } from '../../core/time.ts';
import type { Moment, Point, Roadbook } from './book.ts';
import { later, momentOf } from './clock.ts';
import { counted, hoursOf, nightOf, notesOf, roadWords, togetherOf, writing } from './words.ts';

/* A roadbook as iCalendar (RFC 5545), written here and not by the library of the feeds: an event has its own clock at both ends, and what is written may not depend on the clock of the server. */

/** `20270506T104000`. */
const stamped = ({ day, hour }: Moment): string => `${day.replaceAll('-', '')}T${hour.replace(':', '')}00`;
/** Whether the clock shows that hour twice, on a night of autumn: then readers differ about which is meant. */
const twice = ({ day, hour, timeZone, at }: Moment): boolean => [-60, 60].some((minutes) => {
  const other = momentOf(later(new Date(at), minutes), timeZone);
  return other.hour === hour && other.day === day;
});
const timed = (name: string, moment: Moment): string => (twice(moment) ? `${name}:${utc(new Date(moment.at))}` : `${name};TZID=${moment.timeZone}:${stamped(moment)}`);
const utc = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
/** A text value: its own four signs escaped, and nothing that no file may hold (RFC 5545 § 3.3.11). */
const text = (words: string): string => bareLine(words.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n'));

/** A line in pieces of 75 octets at most, never within a sign (§ 3.1). */
function folded(line: string): string {
  let [out, octets] = ['', 0];
  for (const sign of line) {
    const code = sign.codePointAt(0) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
    if (octets + size > 75) [out, octets] = [`${out}\r\n `, 1];
    out += sign;
    octets += size;
  }
  return out;
}

const offsetAt = (at: number, timeZone: string): number => {
  const { day, hour } = momentOf(new Date(at), timeZone);
  return (Date.parse(`${day}T${hour}:00Z`) - Math.floor(at / 60_000) * 60_000) / 60_000;
};

const signed = (minutes: number): string => `${minutes < 0 ? '-' : '+'}${hourOf(Math.abs(minutes)).replace(':', '')}`;

/** The changes of a clock from a year before `first` to a year after `last`, each to the minute, with the offset before and after. */
function changesOf(timeZone: string, first: Day, last: Day): { readonly at: number; readonly before: number; readonly after: number }[] {
  const changes = [];
  const end = Date.parse(`${addDays(last, 366)}T00:00:00Z`);
  for (let at = Date.parse(`${addDays(first, -366)}T00:00:00Z`); at < end; at += 86_400_000) {
    const [before, after] = [offsetAt(at, timeZone), offsetAt(at + 86_400_000, timeZone)];
    if (before === after) continue;
    let [low, high] = [at, at + 86_400_000];
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000;
      if (offsetAt(middle, timeZone) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before, after });
  }
  return changes;
}

/** A clock and its changes around the days of a tour (§ 3.6.5). */
function clockLines(timeZone: string, first: Day, last: Day): string[] {
  const changes = changesOf(timeZone, first, last);
  const usual = Math.min(...changes.map(({ after }) => after), offsetAt(Date.parse(`${first}T00:00:00Z`), timeZone));
  const start = changes[0]?.before ?? usual;
  const observed = (kind: string, from: string, before: number, after: number) => [`BEGIN:${kind}`, `DTSTART:${from}`, `TZOFFSETFROM:${signed(before)}`, `TZOFFSETTO:${signed(after)}`, `END:${kind}`];
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observed(start > usual ? 'DAYLIGHT' : 'STANDARD', '19700101T000000', start, start),
    ...changes.flatMap(({ at, before, after }) => observed(after > usual ? 'DAYLIGHT' : 'STANDARD', utc(new Date(at + before * 60_000)).slice(0, -1), before, after)), 'END:VTIMEZONE'];
}

/** An event: with hours at both ends, or whole days, the last not included. */
interface Noted { readonly id: string; readonly summary: string; readonly place: string; readonly at: Point | null; readonly notes: readonly string[]; readonly times: readonly [Moment, Moment] | readonly [Day, Day] }

function notedOf(book: Roadbook, locale: Locale): Noted[] {
  const words = roadWords[locale];
  const write = writing(locale);
  const names = new Map(book.artists.map(({ id, name }) => [id, name]));
  const whose = (artist: string) => (book.artists.length > 1 ? `${names.get(artist) ?? ''}: ` : '');
  const called = ({ name, city, kind }: Point) => (kind === 'home' ? `${city} (${words.home})` : name && name !== city ? `${name}, ${city}` : city);
  return book.days.flatMap(({ artist, day, drives, show, bed, shared }): Noted[] => [
    ...drives.map((drive): Noted => {
      const { id, from, to, leaves, arrives, metres, minutes, breakMinutes, roughly } = drive;
      return {
        id, times: [leaves, arrives], at: from, place: called(from), summary: `${whose(artist)}${filled(words.drive, { from: from.city, to: to.city })}`,
        notes: [`${roughly ? '≈ ' : ''}${write.km(metres)}, ${write.time(minutes)}${breakMinutes ? ` + ${filled(words.breaks, { time: write.time(breakMinutes) })}` : ''}`, ...notesOf(words, drive)],
      };
    }),
    ...(show ? [{
      id: `${artist}-${show.id}-show`, times: [show.loadIn, show.ends.at > show.loadIn.at ? show.ends : show.loadIn] as const, at: show.at, place: [show.at.name, show.address, show.at.city].filter(Boolean).join(', '), summary: `${whose(artist)}${show.title || show.at.city}`,
      notes: [
        ...hoursOf(words, show).map(([label, { hour }]) => `${label}: ${write.hour(hour)}`),
        [show.contact.name, show.contact.phone, show.contact.email].filter(Boolean).join(', '), ...(show.capacity ? [counted(words.capacity, { n: show.capacity })] : []), ...(show.priceMinor === null ? [] : [`${words.price}: ${write.money(show.priceMinor, book.currency)}`]),
        ...(show.standing === 'fixed' ? [] : [words.planned]), ...togetherOf(words, shared), show.technical,
      ].filter(Boolean),
    }] : []),
    ...(bed ? [{ id: `${artist}-${day}-night`, times: [day, addDays(day, 1)] as const, at: null, place: bed.kind === 'town' ? bed.city : '', summary: `${whose(artist)}${nightOf(words, bed)}`, notes: [] }] : []),
  ]);
}

/** Where a file was read, and when. */
interface Read { readonly locale: Locale; readonly at: Date }

/**
 * The calendar of a roadbook: an event for each show, drive and night. An event keeps its name while it leads to the same place, and is numbered by the changes
 * of the scenario: who takes the file in again has it changed and not doubled (RFC 5545 § 3.8.4.7, 3.8.7.4).
 */
export function calendarOf(book: Roadbook, { locale, at }: Read): string {
  const noted = notedOf(book, locale);
  const days = book.days.map(({ day }) => day);
  const clocks = [...new Set(noted.flatMap(({ times }) => times.flatMap((time) => (typeof time === 'string' ? [] : [time.timeZone]))))].sort();
  const events = noted.flatMap(({ id, summary, place, at: point, notes, times: [from, until] }) => [
    'BEGIN:VEVENT', `UID:${text(`${book.scenarioId}-${id}@flow-stage`)}`, `DTSTAMP:${utc(at)}`, `SEQUENCE:${book.version}`, `SUMMARY:${text(summary)}`,
    ...(typeof from === 'string' ? [`DTSTART;VALUE=DATE:${from.replaceAll('-', '')}`] : [timed('DTSTART', from)]),
    ...(typeof until === 'string' ? [`DTEND;VALUE=DATE:${until.replaceAll('-', '')}`, 'TRANSP:TRANSPARENT'] : [timed('DTEND', until)]),
    ...(place ? [`LOCATION:${text(place)}`] : []), ...(point ? [`GEO:${point.lat.toFixed(6)};${point.lng.toFixed(6)}`] : []), ...(notes.length > 0 ? [`DESCRIPTION:${text(notes.join('\n'))}`] : []), 'END:VEVENT',
  ]);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Flow Stage//roadbook//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${text(titleOf(book, locale))}`,
    ...clocks.flatMap((clock) => clockLines(clock, days[0] ?? '', days.at(-1) ?? '')), ...events, 'END:VCALENDAR'];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** What a roadbook is called: its artist, when there is one, and its tour. */
export function titleOf({ artists, plan, scenario }: Pick<Roadbook, 'artists' | 'plan' | 'scenario'>, locale: Locale): string {
  const tour = [plan, scenario].filter(Boolean).join(' · ');
  const [only] = artists;
  return artists.length === 1 && only ? filled(roadWords[locale].of, { artist: only.name, tour }) : tour;
}
