import type { Money } from '../core/money.ts';

const small = [
  'zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze', 'treize', 'quatorze', 'quinze', 'seize',
  'dix-sept', 'dix-huit', 'dix-neuf',
];
const tens = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante', 'soixante', 'quatre-vingt', 'quatre-vingt'];
const names = { EUR: { unit: 'euro', cent: 'centime' }, CHF: { unit: 'franc suisse', cent: 'centime' } } as const;

/** A whole number from 0 to 999,999,999 in French words: `mille deux cents`. Only one that ends the number takes its plural s. */
export function inFrench(number: number): string {
  if (number >= 1_000_000) return join(large(Math.floor(number / 1_000_000), 'million'), number % 1_000_000);
  if (number >= 1_000) {
    const thousands = Math.floor(number / 1_000);
    return join(thousands === 1 ? 'mille' : `${singular(inFrench(thousands))} mille`, number % 1_000);
  }
  return belowThousand(number);
}

/** An amount in French words, as a contract repeats it: `mille deux cent soixante-six euros et cinquante centimes`. */
export function amountInFrench({ minor, currency }: Money): string {
  const { unit, cent } = names[currency];
  const whole = Number(minor / 100n);
  const rest = Number(minor % 100n);
  const words = inFrench(whole);
  // « un million d’euros », but « un million deux cents euros ».
  const of = /millions?$/u.test(words) ? (unit === 'euro' ? 'd’' : 'de ') : '';
  const amount = `${words} ${of}${plural(unit, whole)}`;
  return rest === 0 ? amount : `${amount} et ${inFrench(rest)} ${plural(cent, rest)}`;
}

function belowThousand(number: number): string {
  if (number < 100) return belowHundred(number);
  const hundreds = Math.floor(number / 100);
  const rest = number % 100;
  const words = hundreds === 1 ? 'cent' : `${small[hundreds]} cent${rest === 0 ? 's' : ''}`;
  return join(words, rest);
}

function belowHundred(number: number): string {
  if (number < 20) return small[number] as string;
  const ten = Math.floor(number / 10);
  const shifted = ten === 7 || ten === 9;
  const unit = (number % 10) + (shifted ? 10 : 0);
  const word = tens[ten] as string;
  if (unit === 0) return ten === 8 ? 'quatre-vingts' : word;
  if (unit === 1 && ten < 8 || unit === 11 && ten === 7) return `${word} et ${small[unit]}`;
  return `${word}-${small[unit]}`;
}

const join = (words: string, rest: number): string => (rest === 0 ? words : `${words} ${inFrench(rest)}`);
const large = (count: number, word: string): string => `${inFrench(count)} ${word}${count > 1 ? 's' : ''}`;
/** Before `mille`, `cents` and `quatre-vingts` lose their s. */
const singular = (words: string): string => words.replace(/(cent|quatre-vingt)s$/u, '$1');
const plural = (words: string, count: number): string => (count < 2 ? words : words.split(' ').map((word) => `${word}s`).join(' '));
