import { expect, test } from 'vitest';
import type { Show } from './drawn.ts';
import { announcedAt, calendarOf, rssOf, type Source } from './feeds.ts';

const show = (over: Partial<Show> = {}): Show => ({
  id: 'shw_1', title: 'Les Vagues Lentes', artist: 'les-vagues-lentes', day: '2027-06-12', startTime: '20:30', timeZone: 'Europe/Paris', place: 'La Halle', city: 'Nantes', country: 'FR', lat: 47.2, lng: -1.5,
  ticketUrl: '', free: false, status: 'planned', genres: [], ...over,
});
const source = (...shows: Show[]): Source => ({
  name: 'Théâtre des Quais', shows, minutesOf: () => 80, feedUrl: 'https://flow.example/feeds/quais.ics', pageUrl: 'https://flow.example/e/flow-programme?stage=quais', locale: 'fr', today: '2027-03-01',
  words: { description: 'Les dates', cancelled: 'Annulé', free: 'Entrée libre' },
});

/** Reads iCalendar as RFC 5545 §3.1 and §3.3.11 write it: lines unfolded, then split at the first colon outside quotes, then texts unescaped. */
function read(ics: string): Record<string, string>[] {
  expect(ics.endsWith('END:VCALENDAR\r\n') || ics.endsWith('END:VCALENDAR')).toBe(true);
  for (const line of ics.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toContain('\n');
  }
  const events: Record<string, string>[] = [];
  for (const line of ics.replaceAll('\r\n ', '').split('\r\n')) {
    if (line === 'BEGIN:VEVENT') events.push({});
    const [, name = '', value = ''] = /^([A-Z-]+)(?:;(?:"[^"]*"|[^":])*)?:(.*)$/.exec(line) ?? [];
    const event = events.at(-1);
    if (event && name) event[name] = value.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));
  }
  return events;
}

test('an event says when by the clocks of its night, where, how long, and keeps its name (EM-01)', () => {
  const [event] = read(calendarOf(source(show({ ticketUrl: 'https://tickets.example/?a=1,2' }))));
  expect(event).toMatchObject({ UID: 'shw_1@flow-stage', DTSTART: '20270612T183000Z', DTEND: '20270612T195000Z', SUMMARY: 'Les Vagues Lentes', LOCATION: 'La Halle, Nantes', STATUS: 'CONFIRMED', SEQUENCE: '0', URL: 'https://tickets.example/?a=1,2' });
});

test.each([
  ['the evening before clocks spring forward', '2027-03-27', '20:30', 'Europe/Paris', '20270327T193000Z'],
  ['the evening after', '2027-03-28', '20:30', 'Europe/Paris', '20270328T183000Z'],
  ['an hour that is skipped', '2027-03-28', '02:30', 'Europe/Paris', '20270328T013000Z'],
  ['an hour that comes twice: the first', '2027-10-31', '02:30', 'Europe/Paris', '20271031T003000Z'],
  ['the evening after clocks fall back', '2027-10-31', '20:30', 'Europe/Paris', '20271031T193000Z'],
  ['another country', '2027-06-12', '20:30', 'Europe/London', '20270612T193000Z'],
])('%s', (_, day, startTime, timeZone, start) => {
  expect(read(calendarOf(source(show({ day, startTime, timeZone }))))[0]!['DTSTART']).toBe(start);
});

test('a show that is called off stays, as called off, under the same name', () => {
  const [event] = read(calendarOf(source(show({ status: 'cancelled' }))));
  expect(event).toMatchObject({ UID: 'shw_1@flow-stage', STATUS: 'CANCELLED', SEQUENCE: '1', SUMMARY: 'Annulé : Les Vagues Lentes' });
});

test('signs that mean something, long texts and letters of several bytes come back whole', () => {
  const title = `Été; "nuit", fête\\bal ${'é'.repeat(90)}`;
  expect(read(calendarOf(source(show({ title, place: 'Salle, B; 2' }))))[0]).toMatchObject({ SUMMARY: title, LOCATION: 'Salle, B; 2, Nantes' });
  const broken = read(calendarOf(source(show({ title: 'a\r\nBEGIN:VEVENT\r\nSUMMARY:b' }))));
  expect(broken).toHaveLength(1);
});

test('a day without an hour is a whole day', () => {
  expect(calendarOf(source(show({ startTime: '' })))).toMatch(/DTSTART;VALUE=DATE:20270612\r\nDTEND;VALUE=DATE:20270613/);
});

test('readers come back, and nothing changes between while nothing does', () => {
  const calendar = calendarOf(source(show()));
  expect(calendar).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT6H');
  expect(calendar).toContain('X-PUBLISHED-TTL:PT6H');
  expect(calendarOf(source(show()))).toBe(calendar);
});

test('an artist’s own feed tells its items apart by day and place, a place’s by artist (EM-01)', () => {
  const shows = [show({ id: 'shw_1' }), show({ id: 'shw_2', day: '2027-07-03', place: '', city: 'Brest' }), show({ id: 'shw_3', day: '2027-08-03', status: 'cancelled' })];
  const titles = (name: string): string[] => [...rssOf({ ...source(...shows), name }, ({ day }) => `le ${day}`).matchAll(/<item>\s*<title><!\[CDATA\[(.*?)\]\]><\/title>/g)].map(([, title = '']) => title).sort();
  expect(titles('Les Vagues Lentes')).toEqual(['Annulé : le 2027-08-03 · La Halle, Nantes', 'le 2027-06-12 · La Halle, Nantes', 'le 2027-07-03 · Brest']);
  expect(titles('Théâtre des Quais')).toEqual(['Annulé : Les Vagues Lentes', 'Les Vagues Lentes', 'Les Vagues Lentes']);
});

test('a reader of RSS hears the newest announcement first, and text stays text', () => {
  const nasty = ']]></title><script>alert(1)</script>&';
  const older = show({ id: 'shw_01JZ0000000000000000000000', title: 'Avant' });
  const newer = show({ id: 'shw_01K00000000000000000000000', title: nasty, free: true });
  const rss = rssOf(source(older, newer), ({ day }) => day);
  expect(rss).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>\s*<rss version="2\.0"/);
  const items = [...rss.matchAll(/<item>(.*?)<\/item>/gs)].map(([, item = '']) => item);
  expect(items).toHaveLength(2);
  expect(items[1]).toContain('Avant');
  expect(items[0]).toContain('Entrée libre');
  // Each end of a CDATA section that a title brings along is split.
  expect(rss.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '')).not.toContain('<script>');
  expect(announcedAt(older).getTime()).toBeLessThan(announcedAt(newer).getTime());
  expect(announcedAt(show()).toISOString()).toBe('2027-06-12T00:00:00.000Z');
});
