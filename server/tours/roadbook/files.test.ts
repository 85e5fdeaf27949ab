import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { openPrinter } from '../../adapters/pdf/index.ts';
import { LOCALES, type Locale } from '../../core/locale.ts';
import { addDays } from '../../core/time.ts';
import type { Roadbook } from './book.ts';
import { artists, given, hall, leg, ODD, stop, threeShows } from './crew.fixture.ts';
import { roadbookOf } from './days.ts';
import { gpxOf } from './gpx.ts';
import { calendarOf } from './ics.ts';
import { printedBook } from './pages.ts';
import { roadWords } from './words.ts';

const at = new Date('2027-04-01T09:00:00Z');
const fr = { locale: 'fr', at } as const;
const print = openPrinter();

interface Event { readonly uid: string; readonly sequence: number; readonly summary: string; readonly description: string; readonly location: string; readonly start: string; readonly end: string; readonly zone: string }

/** A calendar as a reader of calendars sees it: events with their instants in UTC, reckoned with the clocks that the file brings. */
function read(file: string): Event[] {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  const clocks = new Map(calendar.getAllSubcomponents('vtimezone').map((one) => [String(one.getFirstPropertyValue('tzid')), new ICAL.Timezone(one)]));
  return calendar.getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one);
    const zone = one.getFirstProperty('dtstart')?.getFirstParameter('tzid') ?? '';
    const instant = (name: 'dtstart' | 'dtend') => {
      const property = one.getFirstProperty(name)!;
      const time = property.getFirstValue() as InstanceType<typeof ICAL.Time>;
      const clock = clocks.get(property.getFirstParameter('tzid'));
      if (time.isDate) return time.toString();
      if (!clock) return time.toJSDate().toISOString();
      const there = time.clone();
      there.zone = clock;
      return new Date(there.toUnixTime() * 1_000).toISOString();
    };
    return { uid: event.uid, sequence: event.sequence, summary: event.summary, description: event.description, location: event.location, start: instant('dtstart'), end: instant('dtend'), zone };
  });
}

const empty = roadbookOf(given([], []));
const twoArtists = (): Roadbook => {
  const [one, other] = [stop('2027-05-06', 'org_brest'), stop('2027-05-06', 'org_bru', { artist: 'org_fanfare' })];
  return roadbookOf(given([one, other], [leg(null, one, 200), leg(null, other, 420, { places: [5, 3] })], { only: null }));
};

describe('the calendar (TO-19)', () => {
  test('has an event for each show, drive and night, at the instants of the roadbook', () => {
    const book = threeShows();
    const events = read(calendarOf(book, fr));
    const expected = book.days.flatMap(({ drives, show, bed }) => [...drives.map(({ leaves, arrives }) => [leaves.at, arrives.at]), ...(show ? [[show.loadIn.at, show.ends.at]] : []), ...(bed ? ['night'] : [])]);
    expect(events).toHaveLength(expected.length);
    expect(events.filter(({ zone }) => zone).map(({ start, end }) => [start, end])).toEqual(expected.filter((one) => one !== 'night'));
    expect(events.filter(({ zone }) => !zone).map(({ start, end, summary }) => [start, end, summary])[0]).toEqual(['2027-05-06', '2027-05-07', 'Nuit à Brest, 5 personnes']);
    const show = events.find(({ summary }) => summary === ODD)!;
    expect(show.location).toBe(`${ODD}, 12 rue de l’École, Brest`);
    expect(show.description).toMatch(/Get-in: 16.h.00\nBalances: 17.h.30\n[^]*Nolwenn Kerjean, \+33 2 98 00 00 00, regie@ete\.example\n300 places\npas encore confirmé\nPlateau 8 × 6 m; pendrillons noirs$/);
  });

  test('each end of a drive has its own clock, and what the file says of the clocks is right in summer, in winter and on the nights between', () => {
    const [lille, london] = [stop('2027-10-30', 'org_lille', { standing: 'fixed' }), stop('2027-10-31', 'org_lon')];
    const book = roadbookOf(given([lille, london], [leg(lille, london, 600)]));
    const file = calendarOf(book, fr);
    const events = read(file);
    const drive = book.days[1]!.drives[0]!;
    expect(events.find(({ uid }) => uid.includes('-in-'))).toMatchObject({ start: drive.leaves.at, end: drive.arrives.at, zone: 'Europe/Paris' });
    expect(file).toMatch(/DTEND;TZID=Europe\/London:20271031T160000/);
    for (const [zone, from, to] of [['Europe/Paris', '+0200', '+0100'], ['Europe/London', '+0100', '+0000']]) expect(file).toMatch(new RegExp(`TZID:${zone!}[^]*DTSTART:20271031T0[23]0000\r\nTZOFFSETFROM:\\${from!}\r\nTZOFFSETTO:\\${to!}`));
  });

  test.each(['2027-03-28', '2027-10-31'])('a way home through the night before %s is as long for the reader as for us', (morning) => {
    const late = { id: 'org_late', name: 'La Nuit', place: 1, capacity: 80, loadIn: 960, ends: 1_500, stages: 1, exclusive: null };
    const show = stop(addDays(morning, -1), 'org_late', { place: 1, city: 'Brest' });
    const [drive] = read(calendarOf(roadbookOf(given([show], [leg(show, null, 110)], { venues: [late] })), fr)).filter(({ uid }) => uid.includes('-home-'));
    expect(Date.parse(drive!.end) - Date.parse(drive!.start)).toBe(110 * 60_000);
  });

  test('taken in again it changes what is there: the same names, a higher number', () => {
    const [brest, moved] = [stop('2027-05-06', 'org_brest'), stop('2027-05-08', 'org_brest')];
    const before = read(calendarOf(roadbookOf(given([brest], [leg(null, brest, 200)])), fr));
    const after = read(calendarOf(roadbookOf(given([moved], [leg(null, moved, 200)], { version: 8 })), fr));
    const named = (events: readonly Event[]) => events.filter(({ zone }) => zone).map(({ uid }) => uid);
    expect(named(after)).toEqual(named(before));
    expect([new Set(before.map(({ sequence }) => sequence)), new Set(after.map(({ sequence }) => sequence))]).toEqual([new Set([7]), new Set([8])]);
    expect(calendarOf(threeShows(), fr)).toBe(calendarOf(threeShows(), fr));
  });

  test('no two events have one name, even where a venue is played twice and for two artists; those say whose they are', () => {
    const [one, again] = [stop('2027-05-06', 'org_brest'), stop('2027-05-12', 'org_brest')];
    for (const book of [roadbookOf(given([one, again], [leg(null, one, 200), leg(one, again, 400, { home: true, nights: 1 })])), twoArtists()]) {
      const uids = read(calendarOf(book, fr)).map(({ uid }) => uid);
      expect(new Set(uids).size).toBe(uids.length);
    }
    expect(read(calendarOf(twoArtists(), fr)).map(({ summary }) => summary)).toContain('Fanfare Ø: Café de la Bourse');
  });

  test('lines are of 75 octets at most and end as they must; nothing planned is a calendar without events', () => {
    for (const line of calendarOf(threeShows(), fr).split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(calendarOf(threeShows(), fr).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(read(calendarOf(empty, fr))).toEqual([]);
  });
});

describe('the ways (TO-19, TO-24)', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseAttributeValue: false, parseTagValue: false, isArray: (name) => ['wpt', 'rte', 'rtept'].includes(name), htmlEntities: true });
  interface Gpx { readonly gpx: { readonly wpt?: readonly { readonly name: string; readonly '@lat': string }[]; readonly rte?: readonly { readonly name: string; readonly number: string; readonly rtept: readonly object[] }[] } & Record<string, unknown> }
  /** Read by two readers: xmllint, which refuses what is not well formed, and ours. */
  const parsed = (file: string) => {
    execFileSync('xmllint', ['--noout', '-'], { input: file });
    return parser.parse(file) as Gpx;
  };

  test('a waypoint for each stop and a route for each drive, in the order that the schema wants', () => {
    const book = threeShows();
    const { gpx } = parsed(gpxOf(book, fr));
    expect([gpx['@version'], gpx['@xmlns'], gpx['@creator']]).toEqual(['1.1', 'http://www.topografix.com/GPX/1/1', 'Flow Stage']);
    expect(Object.keys(gpx).filter((name) => !name.startsWith('@'))).toEqual(['metadata', 'wpt', 'rte']);
    expect(gpx.wpt!.map(({ name }) => name)).toEqual([`${ODD}, Brest`, 'Le Grand Mixte, Lille', 'Café de la Bourse, Bruxelles']);
    expect(gpx.rte!.map(({ name, number, rtept }) => [name, number, rtept.length])).toEqual([['Nantes – Brest', '1', 2], ['Brest – Lille', '2', 2], ['Lille – Bruxelles', '3', 2], ['Bruxelles – Nantes', '4', 2]]);
    // wptType and rteType are sequences: ele, time, …, name, …, desc, …, type; name, …, desc, …, number, …, rtept.
    expect([Object.keys(gpx.wpt![0]!).slice(0, 4), Object.keys(gpx.rte![0]!)]).toEqual([['time', 'name', 'desc', 'type'], ['name', 'desc', 'number', 'rtept']]);
    expect(gpx.wpt![0]!['@lat']).toBe('48.39');
  });

  test('what XML cannot hold is left out, and nothing planned is a file without ways', () => {
    const odd = stop('2027-05-06', 'org_brest', { title: 'a\u0000b\ud800c]]>\u001bd' });
    expect(parsed(gpxOf(roadbookOf(given([odd], [])), fr)).gpx.wpt![0]!.name).toBe('abc]]>d, Brest');
    expect(Object.keys(parsed(gpxOf(empty, fr)).gpx)).not.toContain('wpt');
  });
});

/** The pages of a roadbook, as text. */
async function pagesOf(book: Roadbook, locale: Locale = 'fr', name = ''): Promise<{ pages: string[]; bytes: Buffer }> {
  const dir = mkdtempSync(path.join(tmpdir(), 'flow-roadbook-'));
  const bytes = await print(printedBook(book, { locale, at }));
  writeFileSync(path.join(dir, 'book.pdf'), bytes);
  const pages = execFileSync('pdftotext', ['-layout', path.join(dir, 'book.pdf'), '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
  rmSync(dir, { recursive: true });
  const kept = process.env['ROADBOOK_OUT'];
  if (kept && name) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(path.join(kept, `${name}-${locale}.pdf`), bytes);
  }
  return { pages, bytes };
}
const plain = (page: string | undefined) => (page ?? '').replaceAll(/\s+/gu, ' ');

describe('on paper (TO-19)', () => {
  test('a cover with the list of the tour, then a page for each day on which something is done', async () => {
    const { pages } = await pagesOf(threeShows({ money: true }), 'fr', 'three');
    expect(pages).toHaveLength(6);
    expect(plain(pages[0])).toMatch(/Feuille de route Les Vagues Lentes, Printemps · Par la côte 3 concerts · 1 667 km · 5 personnes, dont 2 techniciens · minibus .*jeu\. 6 mai Brest · .*ven\. 7 mai Repos sam\. 8 mai Brest – Lille 627 km/);
    expect(plain(pages[1])).toMatch(/jeudi 6 mai 2027 Concert · pas encore confirmé .*12 h 40 16 h 00 Nantes \(la maison\) → Brest, .*267 km, 3 h 20 .*Get-in Balances Portes Concert Fin Couvre-feu 16 h 00 17 h 30 20 h 00 20 h 45 23 h 00 00 h 30 .*12 rue de l’École.*Nolwenn Kerjean.*Prix : 1 500,00 €.*Nuit à Brest, 5 personnes .*vendredi 7 mai 2027 · Repos/);
    expect(plain(pages[2])).toMatch(/samedi 8 mai 2027 Trajet .*10 h 25 19 h 00 .*dont 45 min de pause/);
    expect(plain(pages[4])).toContain('Frontière FR – BE');
  });

  test.each(LOCALES)('in %s, with nothing left in another language and no brace unfilled', async (locale) => {
    const { pages } = await pagesOf(threeShows(), locale);
    expect(plain(pages[0])).toContain(roadWords[locale].roadbook);
    expect(pages.join('')).not.toMatch(/[{}]/);
    expect(pages.join('')).not.toMatch(new RegExp(`${roadWords[locale].price} ?:|€`));
  });

  test('with nothing planned it says so; two artists have their own pages', async () => {
    const { pages } = await pagesOf(empty);
    expect(pages).toHaveLength(1);
    expect(plain(pages[0])).toContain('Aucune date n’est encore prévue dans cette tournée.');
    const both = await pagesOf(twoArtists(), 'fr', 'both');
    expect(plain(both.pages[0])).toMatch(/Les Vagues Lentes · 1 concert · .*Fanfare Ø · 1 concert ·/);
    expect(both.pages.map(plain).filter((page) => /Fanfare Ø · (Concert|Trajet)/.test(page))).not.toEqual([]);
  });

  test('days at home between two journeys are one line and no page, of each artist its own (TO-19)', async () => {
    const [brest, lille] = [stop('2027-05-06', 'org_brest'), stop('2027-05-14', 'org_lille')];
    const [rennes, brussels] = [stop('2027-05-06', 'org_ren', { artist: 'org_fanfare' }), stop('2027-05-14', 'org_bru', { artist: 'org_fanfare' })];
    const stops = [brest, lille, rennes, brussels];
    const legs = [leg(null, brest, 100), leg(brest, lille, 500, { home: true, nights: 1 }), leg(lille, null, 200), leg(null, rennes, 60), leg(rennes, brussels, 400, { home: true, nights: 1 }), leg(brussels, null, 200)];
    const { pages } = await pagesOf(roadbookOf(given(stops, legs, { only: null })), 'fr', 'home');
    expect(plain(pages[0])).toMatch(/ven\. 7 mai – Fanfare Ø · À la maison mer\. 12 mai sam\. 8 mai – Les Vagues Lentes · À la maison mer\. 12 mai jeu\. 13 mai/);
    expect(pages.map(plain).join(' ').match(/[a-z]+\. \d+ mai – [a-z]+\. \d+ mai · (Les Vagues Lentes|Fanfare Ø) · À la maison/g)?.sort()).toEqual(['sam. 8 mai – mer. 12 mai · Les Vagues Lentes · À la maison', 'ven. 7 mai – mer. 12 mai · Fanfare Ø · À la maison']);
  });

  test('however much a place says of its stage, a day is one page', async () => {
    const long = { ...hall, address: 'Parc des expositions, hall 7, porte C, 1240 boulevard du Président-Franklin-Roosevelt', technical: 'Plateau 12 × 8 m, hauteur 6 m, quatre perches motorisées. '.repeat(60) };
    const [brest, next] = [stop('2027-05-06', 'org_brest'), stop('2027-05-07', 'org_bru')];
    const { pages } = await pagesOf(roadbookOf(given([brest, next], [leg(null, brest, 700, { nights: 1 }), leg(brest, next, 460), leg(next, null, 90)], { halls: new Map([['org_brest', long], ['org_bru', long]]), money: true })), 'de', 'long');
    expect(pages).toHaveLength(5);
    expect(pages.map((page) => (page.match(/20\d\d/gu) ?? []).length).slice(1)).toEqual([1, 1, 1, 1]);
  });

  test('a tour of sixty dates is printed in a few seconds and is small enough for a mail', async () => {
    const stops = Array.from({ length: 60 }, (_, i) => stop(addDays('2027-02-01', i * 2), ['org_brest', 'org_lille', 'org_bru', 'org_ren'][i % 4]!));
    const legs = [leg(null, stops[0]!, 200), ...stops.slice(1).map((to, i) => leg(stops[i]!, to, 300)), leg(stops[59]!, null, 100)];
    const begin = performance.now();
    const book = roadbookOf(given(stops, legs, { artists: [artists[0]] }));
    const { pages, bytes } = await pagesOf(book, 'fr', 'sixty');
    expect(performance.now() - begin).toBeLessThan(20_000);
    expect(bytes.length).toBeLessThan(2_500_000);
    expect(pages.length).toBeGreaterThan(119);
    expect(read(calendarOf(book, fr)).length).toBeGreaterThan(200);
  }, 60_000);
});
