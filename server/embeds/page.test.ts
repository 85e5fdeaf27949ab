import { html } from 'lit';
import { expect, test } from 'vitest';
import { LOCALES } from '../core/locale.ts';
import { askedBy, queryOf, sheetFor } from './asked.ts';
import { styleOf } from '../../widgets/core/theme.ts';
import { textIn } from './drawn.ts';
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

test('a text stands in the reader’s language, else in the one they read best after it', () => {
  const texts = { fr: 'oui', en: 'yes', de: 'ja' };
  expect(LOCALES.map((locale) => textIn(texts, locale).lang)).toEqual(['fr', 'en', 'en', 'de']);
  expect(textIn({ fr: 'oui' }, 'nl')).toEqual({ words: 'oui', lang: 'fr' });
  expect(textIn({}, 'nl')).toEqual({ words: '', lang: 'nl' });
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

test('an address says what a widget’s attributes say, under their names', () => {
  const read = (query: string) => askedBy(new URLSearchParams(query), '', 'auto');
  expect(read('from=2027-06&min=2027-05&max=2027-09&view=list&artists=les-vagues-lentes,+nora-solveig&season&no-draft=1&free=free&plain=true&period=weekend&show=dates+bio&genre=chanson+fran%C3%A7aise&where=Th%C3%A9%C3%A2tre')).toMatchObject({
    month: '2027-06', min: '2027-05', max: '2027-09', view: 'list', artists: 'les-vagues-lentes nora-solveig', season: true, noDraft: true, free: true, plain: true, period: 'weekend', show: 'dates bio', genre: 'chanson française', where: 'Théâtre',
  });
  expect(read('place=Salle+%26+cour&city=Nantes&occasion=14+juillet&budget=1%C2%A0200,50&audience=300&organisation=Mairie+de+X')).toMatchObject({ place: 'Salle & cour', city: 'Nantes', occasion: '14 juillet', budget: '1\u00a0200,50', audience: '300', organisation: 'Mairie de X' });
  expect(read('min=2027&max=x&view=map&artists=../x+A&season=perhaps&free=0&plain=no&period=year&show=script+bio+bio&genre=a%00b&where=' + 'x'.repeat(200) + '&budget=much&audience=-3&city=a%0Ab&place=%E2%80%A8')).toMatchObject({
    min: '', max: '', view: '', artists: '', season: false, free: false, plain: false, period: '', show: 'bio', genre: '', where: '', budget: '', audience: '', city: '', place: '',
  });
  expect(read(`artists=${Array.from({ length: 40 }, (_, n) => `a${n}`).join(',')}`).artists.split(' ')).toHaveLength(12);
  // Who asks is nobody’s to write into an address.
  expect(read('name=Anne&email=anne@test.example&phone=06')).not.toMatchObject({ email: expect.anything() as string });
});

test('what is read is written again, and read as the same', () => {
  const address = 'key=pk_demo&artist=a&artists=a+b&from=2027-06&min=2027-05&max=2027-09&no-draft=1&season=1&city=Nantes&budget=1200&view=list&show=dates+bio&genre=x&where=y&period=week&free=1&plain=1&accent=b00020&font=Georgia,serif';
  const { tones, ...asked } = askedBy(new URLSearchParams(address), '', 'auto');
  const { locale, said, theme, limit, asker, ...rest } = asked;
  const again = askedBy(new URLSearchParams(queryOf(rest, tones)), '', 'auto');
  expect(again).toEqual({ tones, locale, said, theme, limit, asker, ...rest });
});

test('a colour is a colour and a font a name; nothing else gets into a style', () => {
  const read = (query: Record<string, string>) => askedBy(new URLSearchParams(query), '', 'auto');
  expect(read({ 'accent': '#B00020', 'ink': 'fff', 'on-accent': '0d5566', 'font': 'Source Sans 3, "Œuvre", serif' }).tones).toEqual({ 'accent': '#b00020', 'ink': '#ffffff', 'on-accent': '#0d5566', 'font': "'Source Sans 3', 'Œuvre', serif" });
  for (const evil of ['red;background:url(//x)', '#b00020}body{display:none', '</style><script>', 'var(--x)', 'url(x)', '#b0002', '#12345678', 'rgb(0,0,0)', '#b00020\n', '\\', '"', "'", '', ' '.repeat(3), 'expression(1)', 'a\u0000']) {
    const { tones } = read({ accent: evil, ground: evil, font: evil });
    expect([tones.accent, tones.ground], evil).toEqual([undefined, undefined]);
    expect(styleOf(tones), evil).toMatch(/^(--flow-font:'[\w ]+')?$/);
  }
  expect(read({ font: 'x'.repeat(200) }).tones).toEqual({});
  expect(sheetFor({ accent: '#b00020' })).toBe('html:root{--flow-accent:#b00020}');
  expect(sheetFor({ ground: '#101a38' })).toContain('html:root{--flow-ground:#101a38;background:#101a38;color-scheme:dark;color:#ffffff}');
  expect(sheetFor({ ground: '#fdf6e6', ink: '#23323a' })).toContain('background:#fdf6e6;color-scheme:light;color:#23323a}');
  // A page of its own ground is reckoned from it, like any host; one that says a theme has it.
  expect([read({ ground: '101a38' }).theme, read({ ink: 'fff' }).theme, read({ accent: 'b00020' }).theme, read({ ground: '101a38', theme: 'light' }).theme]).toEqual(['host', 'host', 'auto', 'light']);
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
