import { assert } from '@open-wc/testing';
import { clock, day, duration, hour, instant, longDay, money, month, rate } from './format.ts';
import { localeOf, speech } from './messages.ts';

/** Intl writes narrow and unbreakable spaces, and not the same ones in every browser. */
const plain = (text: string): string => text.replace(/[\s\u00a0\u202f]/g, ' ');

it('days, hours and amounts are written as each language writes them', () => {
  assert.equal(plain(day('2027-06-12', 'fr')), 'sam. 12 juin 2027');
  assert.equal(plain(day('2027-06-12', 'en')), 'Sat, 12 June 2027');
  assert.equal(plain(longDay('2027-06-12', 'fr')), 'samedi 12 juin 2027');
  assert.equal(plain(month('2027-06-01', 'fr')), 'juin 2027');
  assert.equal(plain(hour('20:30', 'fr')), '20 h 30');
  assert.equal(plain(hour('09:00', 'fr')), '9 h');
  assert.equal(hour('20:30', 'en'), '20:30');
  assert.equal(plain(money({ minor: 120_050, currency: 'EUR' }, 'fr')), '1 200,50 €');
  assert.equal(plain(day('2027-06-12', 'nl')), 'za 12 juni 2027');
  assert.equal(plain(day('2027-06-12', 'de')), 'Sa., 12. Juni 2027');
  assert.equal(plain(hour('09:00', 'nl')), '9.00 uur');
  assert.equal(plain(hour('20:30', 'de')), '20:30 Uhr');
  assert.equal(plain(money({ minor: 120_050, currency: 'EUR' }, 'nl')), '€ 1.200,50');
  assert.equal(plain(money({ minor: 120_050, currency: 'EUR' }, 'de')), '1.200,50 €');
  assert.equal(plain(money({ minor: 120_000, currency: 'EUR' }, 'fr', true)), '1 200 €');
  assert.equal(plain(rate(550, 'fr')), '5,5 %');
  assert.equal(plain(duration(80)), '1 h 20');
  assert.equal(plain(duration(45)), '45 min');
  assert.equal(plain(duration(65)), '1 h 05');
  assert.equal(clock(187), '3:07');
  assert.equal(plain(instant('2027-06-12T18:30:00.000Z', 'fr', 'Europe/Paris')), 'sam. 12 juin 2027, 20 h 30');
});

it('a page is spoken to in the nearest language that we speak, and in French where there is none', () => {
  assert.deepEqual(['nl-BE', 'de-AT', 'DE', 'en-US', 'fr-CH', 'it', ''].map(localeOf), ['nl', 'de', 'de', 'en', 'fr', 'fr', 'fr']);
});

it('phrases take figures and know one from several', async () => {
  const say = await speech('fr', true);
  assert.equal(say('toCorrect', { n: 1 }), 'Une réponse est à corriger.');
  assert.equal(say('toCorrect', { n: 2 }), '2 réponses sont à corriger.');
  assert.equal(plain(say('audienceFromTo', { min: 60, max: 4000 })), 'de 60 à 4 000 personnes');
  assert.include(say('offer_closed'), 'offre');
});

it('a partner’s page carries no word of the workspace', async () => {
  const say = await speech('fr', false);
  assert.equal(say('offer_closed'), 'offer_closed');
  assert.notEqual(say('unreachable'), 'unreachable');
});
