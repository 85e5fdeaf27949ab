import { expect, test } from 'vitest';
import { LOCALES } from '../core/locale.ts';
import { kilometres } from '../roads/crow.ts';
import { askerOf, checkWish, datesNear, KINDS, sumByTown, type Wish } from './wish.ts';
import { letterOf } from './words.ts';

const fan: Wish = { asker: 'fan', insee: '21231', email: '', optIn: false, name: '', organisation: '', kind: null, period: '', message: '', locale: 'fr' };
const organiser: Wish = { ...fan, asker: 'organiser', email: 'jo@halle.example', name: 'Jo', organisation: 'La Halle', kind: 'venue' };
const dijon = { lat: 47.32, lng: 5.04 };
const besancon = { lat: 47.24, lng: 6.02 };
const nantes = { lat: 47.22, lng: -1.55 };

test.each([
  ['optIn', { ...fan, email: 'a@b.example' }], ['kind', { ...organiser, kind: null }], ['organisation', { ...organiser, organisation: '' }], ['name', { ...organiser, name: '' }], ['email', { ...organiser, email: '' }],
])('a wish says what it takes to be answered: %s', (field, wish) => {
  expect(() => { checkWish(wish); }).toThrow(expect.objectContaining({ code: 'input_invalid', details: { field } }) as Error);
});

test('a fan may leave a town alone, or an address with their yes; a private person has no organisation', () => {
  for (const wish of [fan, { ...fan, email: 'a@b.example', optIn: true }, organiser, { ...organiser, kind: 'private' as const, organisation: '' }]) expect(() => { checkWish(wish); }).not.toThrow();
});

test('each kind of place is an asker of a booking', () => {
  expect(KINDS.map(askerOf)).toEqual(['venue', 'venue', 'venue', 'camping', 'commune', 'private', 'private']);
});

test('a date is near within eighty kilometres, the first one first (TO-12)', () => {
  expect(Math.round(kilometres(dijon, besancon))).toBe(74);
  expect(kilometres(dijon, dijon)).toBe(0);
  const dates = [{ id: 'far', day: '2027-01-01', ...nantes }, { id: 'later', day: '2027-05-14', ...besancon }, { id: 'first', day: '2027-04-01', ...dijon }];
  expect(datesNear(dijon, dates).map(({ id }) => id)).toEqual(['first', 'later']);
  const north = (km: number) => ({ id: String(km), day: '2027-05-14', lat: dijon.lat + km / 111.195, lng: dijon.lng });
  // The map leads visitors to dates as near as that: widgets/public/flow-tour-map/nearest.ts.
  expect(datesNear(dijon, [north(79), north(81)]).map(({ id }) => id)).toEqual(['79']);
});

test('wishes are summed by town: an organiser before any number of fans', () => {
  const at = (insee: string, asker: 'fan' | 'organiser') => ({ insee, city: insee, country: 'FR', ...dijon, asker });
  expect(sumByTown([at('a', 'fan'), at('a', 'fan'), at('b', 'organiser'), at('c', 'fan'), at('a', 'fan')]).map(({ insee, fans, organisers }) => [insee, fans, organisers])).toEqual([['b', 0, 1], ['a', 3, 0], ['c', 1, 0]]);
});

test('every letter is said in every language, and nobody’s words go to a stranger (NF-14)', () => {
  const said = LOCALES.map((locale) => (['asked', 'sent', 'declined', 'confirm', 'date'] as const).map((kind) =>
    letterOf(locale, { kind, artist: 'Les Essais', who: 'La Halle', city: 'Dijon', period: 'en mai', message: 'Venez !', day: 'le 14 mai', place: 'Besançon', km: 74 }, 'https://a.example/near#t=x')));
  expect(new Set(said.flat().map(({ subject }) => subject)).size).toBe(20);
  for (const [asked, ...others] of said) {
    expect(asked?.paragraphs.join()).toContain('Venez !');
    for (const other of others) expect(JSON.stringify(other)).not.toMatch(/Venez|La Halle|en mai/);
  }
});

test('a town that begins with an article or a vowel is said as French says it', () => {
  const confirm = (city: string) => letterOf('fr', { kind: 'confirm', artist: 'Les Essais', city }, 'https://a.example/near#t=x').subject;
  expect(['Dijon', 'Annecy', 'Le Mans', 'Les Sables-d’Olonne'].map((city) => confirm(city).replace(/.* près /, ''))).toEqual(['de Dijon', 'd’Annecy', 'du Mans', 'des Sables-d’Olonne']);
  expect(letterOf('fr', { kind: 'declined', artist: 'Les Essais', city: 'Le Mans' }, 'https://a.example/near#t=x').subject).toBe('Les Essais ne viendra pas au Mans pour l’instant');
});
