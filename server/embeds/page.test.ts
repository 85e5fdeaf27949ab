import { html } from 'lit';
import { expect, test } from 'vitest';
import { askedBy, LOCALES, queryOf } from './asked.ts';
import { eventOf, withOffset } from './meaning.ts';
import { most, richOf, wantedBy } from './oembed.ts';
import { escaped, print, scripted } from './print.ts';
import { GROUND, sheetOf } from './sheet.ts';
import { NAMES, tell } from './words.ts';

const nasty = `</textarea></script><img src=x onerror='a'>"&{name}$&\u2028`;

test('what people wrote is text in every place of a page', () => {
  const page = print(html`<p title=${nasty}>${nasty}</p><textarea name="a" data-text=${nasty}></textarea><textarea data-text=${''}></textarea>`);
  expect(page).not.toMatch(/<img|<\/textarea><\/script>|<!--/);
  expect(page.match(/<\/textarea>/g)).toHaveLength(2);
  expect(page).toContain('<textarea name="a">\n&lt;/textarea&gt;');
  expect(escaped(nasty)).not.toMatch(/[<>"']/);
  expect(scripted({ nasty })).not.toMatch(/[<\u2028]/);
  expect(JSON.parse(scripted({ nasty }))).toEqual({ nasty });
  expect(tell('fr', 'kitTitle', { name: nasty })).toBe(`${nasty} · dossier de presse`);
});

test('an address is read part by part: what does not fit is not said', () => {
  const read = (query: string, accepts = '') => askedBy(new URLSearchParams(query), accepts, 'auto');
  expect(read('key=pk_demo&artist=les-vagues-lentes&lang=en&month=2027-06&day=2027-06-12&past')).toMatchObject({ key: 'pk_demo', artist: 'les-vagues-lentes', locale: 'en', said: true, month: '2027-06', day: '2027-06-12', past: true });
  expect(read("key=pk_'&artist=../x&stage=A&month=2027-13&day=2027-02-30&limit=0&theme=x&reference=ref_")).toMatchObject({ key: '', artist: '', stage: '', month: '', day: '', limit: 60, theme: 'auto', reference: '', past: false });
  expect(read('reference=ref abcd efgh ijkl').reference).toBe('refabcdefghijkl');
  expect(read('', 'es;q=0.9, en;q=0.4, fr;q=0.2')).toMatchObject({ locale: 'en', said: false });
  expect(read('lang=xx').locale).toBe('fr');
  expect(queryOf({ artist: 'a', past: true, sent: false, day: '' })).toBe('?artist=a&past=1');
});

test('every language that the widgets speak has a name and words of its own here', () => {
  expect(LOCALES).toEqual(expect.arrayContaining(['fr', 'en']));
  for (const locale of LOCALES) expect(NAMES[locale]).toBeDefined();
  expect(new Set(['fr', 'en', 'nl', 'de'].map((locale) => tell(locale, 'lostTitle'))).size).toBe(4);
});

test('an hour is written with the offset of its night', () => {
  expect(withOffset('2027-06-12', '20:30', 'Europe/Paris')).toBe('2027-06-12T20:30+02:00');
  expect(withOffset('2027-12-12', '20:30', 'Europe/Paris')).toBe('2027-12-12T20:30+01:00');
  expect(withOffset('2027-07-01', '20:30', 'America/St_Johns')).toBe('2027-07-01T20:30-02:30');
});

test('a cancelled show sells no tickets to search engines', () => {
  const show = { id: 'shw_1', title: 'A', artist: null, day: '2027-06-12', startTime: '', timeZone: 'Europe/Paris', place: 'B', city: 'C', country: 'FR', lat: null, lng: null, ticketUrl: 'https://t.example', free: false, status: 'cancelled' as const, genres: [] };
  expect(eventOf(show, String)).toMatchObject({ '@type': 'MusicEvent', startDate: '2027-06-12', eventStatus: 'https://schema.org/EventCancelled' });
  expect(eventOf(show, String)).not.toHaveProperty('offers');
});

test('sheets hold what would end them nowhere, and no address of anybody', () => {
  for (const sheet of [GROUND, sheetOf('flow-epk'), sheetOf('flow-availability'), sheetOf('flow-booking-request'), sheetOf('flow-tour-map')]) {
    expect(sheet).not.toMatch(/<|url\(|@import/);
    expect(sheet.split('{')).toHaveLength(sheet.split('}').length);
  }
});

test('only pages of ours are embedded, at the size that is asked for', () => {
  const ours = ['https://flow.example'];
  expect(wantedBy('https://flow.example/e/flow-epk?artist=a', ours)).toMatchObject({ tag: 'flow-epk' });
  expect(wantedBy('https://flow.example/@a-b/?lang=en', ours)?.query.toString()).toBe('artist=a-b&lang=en');
  for (const url of ['https://flow.example.evil/e/flow-epk', 'http://flow.example/@a', 'https://flow.example/@A', 'javascript:1', '']) expect(wantedBy(url, ours), url).toBeNull();
  expect([most('320', 960), most('5000', 960), most('-1', 960), most(null, 960)]).toEqual([320, 960, 960, 960]);
  const rich = richOf({ src: 'https://flow.example/e/flow-epk?a="&b', tag: 'flow-epk', title: nasty, author: '', home: 'https://flow.example', authorUrl: '', maxWidth: '300', maxHeight: null, thumbnail: { url: 'u', width: 301, height: 10 } });
  expect(rich).not.toHaveProperty('thumbnail_url');
  expect(rich.html).not.toMatch(/<img|title="[^"]*"[^ >]/);
});
