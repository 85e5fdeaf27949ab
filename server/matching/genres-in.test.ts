import { expect, test } from 'vitest';
import { genresIn } from './genres-in.ts';

test.each([
  ['Soirée jazz manouche et chanson', ['jazz manouche', 'chanson']],
  ['FEST-NOZ de la Saint-Jean', ['musique bretonne']],
  ['Concert de drum’n’bass', ['drum and bass']],
  ['Mariage de Léa', []],
  ['', []],
])('%s', (text, genres) => {
  expect(genresIn(text)).toEqual(genres);
});
