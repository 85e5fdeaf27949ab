import { expect, test } from 'vitest';
import { weaknessOf } from './passwords.ts';

const person = { email: 'camille.roussel@ondes.example', name: 'Camille Roussel' };

test.each([
  ['court1!', 'short'],
  ['a'.repeat(129), 'long'],
  ['1234567890', 'common'],
  ['abcdefghij12', 'common'],
  ['azertyuiop', 'common'],
  ['Password2024!', 'common'],
  ['P@ssw0rd1234', 'common'],
  ['MotDePasse!!', 'common'],
  ['soleilsoleil', 'common'],
  ['111111111111', 'common'],
  ['Musique2027', 'common'],
  ['camilleroussel1', 'personal'],
  ['Ondes-2027', 'personal'],
])('ID-07: %s is %s', (password, why) => {
  expect(weaknessOf(password, person)).toBe(why);
});

test.each(['quatre chevaux sous la pluie', 'Vt7#kelpQ9zu', 'tournesol-bleu-47-canal', 'élan et neige à Brive'])('ID-07: %s is fine', (password) => {
  expect(weaknessOf(password, person)).toBeNull();
});
