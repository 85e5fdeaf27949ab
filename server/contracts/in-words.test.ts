import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { amountInFrench, inFrench } from './in-words.ts';

test.each([
  [0, 'zéro'], [1, 'un'], [16, 'seize'], [17, 'dix-sept'], [21, 'vingt et un'], [70, 'soixante-dix'], [71, 'soixante et onze'], [77, 'soixante-dix-sept'],
  [80, 'quatre-vingts'], [81, 'quatre-vingt-un'], [91, 'quatre-vingt-onze'], [99, 'quatre-vingt-dix-neuf'], [100, 'cent'], [101, 'cent un'], [200, 'deux cents'],
  [201, 'deux cent un'], [1_000, 'mille'], [1_200, 'mille deux cents'], [80_000, 'quatre-vingt mille'], [200_000, 'deux cent mille'], [280_080, 'deux cent quatre-vingt mille quatre-vingts'],
  [1_000_000, 'un million'], [2_000_001, 'deux millions un'], [80_000_000, 'quatre-vingts millions'],
])('%d is %s', (number, words) => {
  expect(inFrench(number)).toBe(words);
});

test.each([
  [126_650n, 'mille deux cent soixante-six euros et cinquante centimes'], [100n, 'un euro'], [201n, 'deux euros et un centime'], [50n, 'zéro euro et cinquante centimes'],
  [100_000_000n, 'un million d’euros'], [100_000_100n, 'un million un euros'],
])('%d cents are %s', (minor, words) => {
  expect(amountInFrench(euros(minor))).toBe(words);
});

test('an amount in Swiss francs', () => {
  expect(amountInFrench({ minor: 120_000n, currency: 'CHF' })).toBe('mille deux cents francs suisses');
});

test('two numbers never share their words', () => {
  fc.assert(fc.property(fc.nat(999_999_999), fc.nat(999_999_999), (a, b) => {
    expect(inFrench(a) === inFrench(b)).toBe(a === b);
  }));
});
