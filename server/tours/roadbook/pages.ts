import { filled } from '../../core/letters.ts';
import { TAGS, type Locale } from '../../core/locale.ts';
import { addDays, type Day } from '../../core/time.ts';
import type { Drive, Evening, Moment, Point, RoadDay, Roadbook } from './book.ts';
import { titleOf } from './ics.ts';
import { counted, hoursOf, nightOf, notesOf, roadWords, togetherOf, writing } from './words.ts';

/** A piece of a page, as the printer takes it. */
type Block =
  | { readonly kind: 'title' | 'heading' | 'subheading' | 'text' | 'small'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly align?: readonly ('left' | 'right')[]; readonly widths: readonly number[] }
  | { readonly kind: 'columns'; readonly left: readonly string[]; readonly right: readonly string[] }
  | { readonly kind: 'page' };

/** The roadbook on paper, A5: a cover with the list of the tour, then a page for each day on which something is done; days off, and days at home as one, stand below the day before. */
export function printedBook(book: Roadbook, { locale, at }: { readonly locale: Locale; readonly at: Date }) {
  const words = roadWords[locale];
  const title = titleOf(book, locale);
  const blocks: Block[] = [{ kind: 'title', text: words.roadbook }, { kind: 'heading', text: title }, ...coverOf(book, locale)];
  const entries = entriesOf(book.days);
  entries.forEach(({ day, until }, i) => { blocks.push(...(i === 0 || day.show || day.drives.length > 0 || (day.kind !== 'home' && day.artist !== entries[i - 1]?.day.artist) ? [{ kind: 'page' } as const, ...dayOf(book, day, locale)] : restOf(book, { day, until }, locale))); });
  return { title: `${words.roadbook} · ${title}`, subject: words.roadbook, author: book.artists[0]?.name ?? 'Flow Stage', lang: TAGS[locale], footer: `${title} · ${filled(words.version, { n: book.version })}`, size: 'A5' as const, blocks, at };
}

/** A day as it is printed; `until` is the last of a run of days at home, else the day itself. */
interface Entry { readonly day: RoadDay; readonly until: Day }

/** Days with those at home between two journeys of one artist as one, in the order of their first days. */
function entriesOf(days: readonly RoadDay[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (const day of days) {
    const at = entries.findLastIndex((one) => one.day.artist === day.artist);
    const before = entries[at];
    if (before?.day.kind === 'home' && day.kind === 'home' && addDays(before.until, 1) === day.day) entries[at] = { ...before, until: day.day };
    else entries.push({ day, until: day.day });
  }
  return entries;
}

/** Who travels, and every day of it in a line; days at home between two journeys in one. */
function coverOf({ artists, days }: Roadbook, locale: Locale): Block[] {
  const words = roadWords[locale];
  const write = writing(locale);
  const travellers = artists.map(({ name, people, crew, vehicle, shows, metres }): Block => ({
    kind: 'text', text: [artists.length > 1 ? name : '', counted(words.shows, { n: shows }), write.km(metres), [counted(words.people, { n: people }), crew > 0 ? counted(words.crewOf, { n: crew }) : ''].filter(Boolean).join(', '), words.vehicles[vehicle]].filter(Boolean).join(' · '),
  }));
  if (days.length === 0) return [...travellers, { kind: 'text', text: words.nothing }];
  const names = new Map(artists.map(({ id, name }) => [id, name]));
  const rows = entriesOf(days).map(({ day: { artist, day, kind, show, drives }, until }) => [
    until === day ? write.short(day) : `${write.short(day)} – ${write.short(until)}`, [...(artists.length > 1 ? [names.get(artist) ?? ''] : []), show ? `${show.at.city} · ${show.title}` : drives.length > 0 ? ways(drives) : words.kinds[kind]].join(' · '),
    drives.length > 0 ? write.km(drives.reduce((sum, { metres }) => sum + metres, 0)) : '',
  ]);
  return [...travellers, { kind: 'small', text: words.localTimes }, { kind: 'table', rows: [[words.date, words.tour, 'km'], ...rows], align: ['left', 'left', 'right'], widths: [2.2, 6, 1.6] }];
}

const ways = (drives: readonly Drive[]): string => [drives[0]?.from.city, ...drives.map(({ to }) => to.city)].join(' – ');

function dayOf({ artists, currency }: Roadbook, { artist, day, kind, drives, show, bed, shared }: RoadDay, locale: Locale): Block[] {
  const words = roadWords[locale];
  const write = writing(locale);
  const who = artists.length > 1 ? artists.find(({ id }) => id === artist)?.name : undefined;
  const above: Block[] = [
    { kind: 'title', text: write.long(day) },
    { kind: 'small', text: [who, words.kinds[kind], show && show.standing !== 'fixed' ? words.planned : ''].filter(Boolean).join(' · ') },
    ...(drives.length > 0 ? drivesOf(day, drives, locale) : []),
    ...(show ? eveningOf(show, { locale, currency }) : []),
  ];
  const below: Block[] = [{ kind: 'subheading', text: words.night }, { kind: 'text', text: [nightOf(words, bed), ...togetherOf(words, shared)].join(' · ') }];
  const technical = show ? cut(show.technical, ROOM - tall([...above, ...below])) : '';
  return [...above, ...(technical ? [{ kind: 'subheading', text: words.technical } as const, { kind: 'text', text: technical } as const] : []), ...below];
}

/** Points of a page of A5 between its margins; and how many signs go into a line of it, rather fewer than do. */
const ROOM = 470;
const LINE = 58;

const lines = (words: string, signs: number): number => Math.max(1, Math.ceil(words.length / signs));

/** How many points blocks take, rather more than they do: with it a day stays on its page. */
function tall(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + (
    block.kind === 'title' ? 26 + 28 * lines(block.text, 24)
    : block.kind === 'heading' ? 22 + 15 * lines(block.text, 48)
    : block.kind === 'subheading' ? 26
    : block.kind === 'text' ? 6 + 14 * lines(block.text, LINE)
    : block.kind === 'small' ? 6 + 12 * lines(block.text, 70)
    : block.kind === 'table' ? 14 + block.rows.reduce((rows, row) => rows + 9 + 13 * Math.max(...row.map((cell, i) => lines(cell, 62 * (block.widths[i] ?? 1) / block.widths.reduce((all, width) => all + width, 0)))), 0)
    : block.kind === 'columns' ? 22 + 13 * Math.max(...[block.left, block.right].map((stack) => stack.reduce((all, words) => all + lines(words, 28), 0))) : 0), 0);
}

/** What a place says of its stage, as much of it as goes into so many points; nothing where there is no room for two lines. */
function cut(technical: string, points: number): string {
  const said = Array.from(technical.replaceAll(/\s*\n\s*/g, ' · '));
  const most = Math.floor((points - 32) / 14) * LINE;
  return said.length <= most ? said.join('') : most < 2 * LINE ? '' : `${said.slice(0, most).join('')}…`;
}

function restOf({ artists }: Roadbook, { day: { artist, day, kind, bed }, until }: Entry, locale: Locale): Block[] {
  const words = roadWords[locale];
  const { long, short } = writing(locale);
  const who = artists.length > 1 ? artists.find(({ id }) => id === artist)?.name : undefined;
  return [{ kind: 'heading', text: [until === day ? long(day) : `${short(day)} – ${short(until)}`, who, words.kinds[kind]].filter(Boolean).join(' · ') }, { kind: 'text', text: nightOf(words, bed) }];
}

function drivesOf(day: string, drives: readonly Drive[], locale: Locale): Block[] {
  const words = roadWords[locale];
  const write = writing(locale);
  const moment = (one: Moment) => `${one.day === day ? '' : `${write.short(one.day)}, `}${write.hour(one.hour)}`;
  const called = ({ kind, city, name }: Point): string => (kind === 'home' ? `${city} (${words.home})` : name && name !== city ? `${city}, ${name}` : city);
  return [
    { kind: 'table', widths: [1.6, 1.6, 4.6, 2.9], align: ['left', 'left', 'left', 'right'], rows: [[words.leave, words.arrive, words.ways, 'km'], ...drives.map(({ from, to, leaves, arrives, metres, minutes, roughly }) => [moment(leaves), moment(arrives), `${called(from)} → ${called(to)}`, `${roughly ? '≈ ' : ''}${write.km(metres)}, ${write.time(minutes)}`])] },
    ...drives.flatMap((drive): Block[] => {
      const notes = [...(drive.breakMinutes ? [filled(words.breaks, { time: write.time(drive.breakMinutes) })] : []), ...notesOf(words, drive)];
      return notes.length > 0 ? [{ kind: 'small', text: notes.join(' · ') }] : [];
    }),
  ];
}

function eveningOf(show: Evening, { locale, currency }: { readonly locale: Locale; readonly currency: string }): Block[] {
  const words = roadWords[locale];
  const write = writing(locale);
  const { title, at, address, capacity, contact, priceMinor } = show;
  const hours = hoursOf(words, show);
  const reached = [contact.name, contact.phone, contact.email].filter(Boolean);
  return [
    { kind: 'heading', text: title || at.city },
    { kind: 'table', rows: [hours.map(([label]) => label), hours.map(([, { hour }]) => write.hour(hour))], widths: hours.map(() => 1) },
    { kind: 'columns', left: [words.address, ...[address, [at.city, at.country].filter(Boolean).join(', ')].filter(Boolean), ...(capacity ? [counted(words.capacity, { n: capacity })] : []), ...(priceMinor === null ? [] : [`${words.price}${locale === 'fr' ? ' : ' : ': '}${write.money(priceMinor, currency)}`])], right: [words.contact, ...(reached.length > 0 ? reached : [words.noContact])] },
  ];
}
