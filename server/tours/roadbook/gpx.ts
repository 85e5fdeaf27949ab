import { filled } from '../../core/letters.ts';
import type { Locale } from '../../core/locale.ts';
import { bareLine } from '../../core/printable.ts';
import type { Point, Roadbook } from './book.ts';
import { titleOf } from './ics.ts';
import { roadWords, writing } from './words.ts';

/** Text of an element or of an attribute, on one line: escaped, and without what XML cannot hold (XML 1.0 § 2.2). */
const xml = (words: string): string => bareLine(words.replaceAll(/\s+/g, ' ')).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const degrees = (n: number): string => String(Number(n.toFixed(6)));
const element = (name: string, words: string): string => (words ? `<${name}>${xml(words)}</${name}>` : '');

/**
 * The ways of a roadbook as GPX 1.1 (http://www.topografix.com/GPX/1/1/gpx.xsd, read 2026-11-22): a waypoint for each stop, a route for each drive from its first point to its last.
 * The road between is found by whoever reads it.
 */
export function gpxOf(book: Roadbook, { locale, at }: { readonly locale: Locale; readonly at: Date }): string {
  const words = roadWords[locale];
  const write = writing(locale);
  const called = ({ name, city }: Point): string => (name && name !== city ? `${name}, ${city}` : city);
  const point = (tag: string, one: Point, inner: string): string => `<${tag} lat="${degrees(one.lat)}" lon="${degrees(one.lng)}">${inner}</${tag}>`;
  const waypoints = book.days.flatMap(({ show }) => (show ? [point('wpt', show.at, [
    element('time', show.loadIn.at), element('name', called(show.at)), element('desc', [`${words.loadIn} ${write.short(show.loadIn.day)}, ${write.hour(show.loadIn.hour)}`, show.address, show.contact.name, show.contact.phone].filter(Boolean).join(' · ')), element('type', words.kinds.show),
  ].join(''))] : []));
  const routes = book.days.flatMap(({ drives }) => drives).map(({ from, to, leaves, metres, minutes }, i) => [
    '<rte>', element('name', filled(words.drive, { from: from.city, to: to.city })), element('desc', `${words.leave} ${write.short(leaves.day)}, ${write.hour(leaves.hour)} · ${write.km(metres)} · ${write.time(minutes)}`), `<number>${i + 1}</number>`,
    point('rtept', from, element('name', called(from))), point('rtept', to, element('name', called(to))), '</rte>',
  ].join(''));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Flow Stage">',
    `<metadata>${element('name', titleOf(book, locale))}${element('time', at.toISOString())}</metadata>`, ...waypoints, ...routes, '</gpx>', '',
  ].join('\n');
}
