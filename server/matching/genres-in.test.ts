import { expect, test } from 'vitest';
import { genresIn } from './genres-in.ts';

test.each([
  ['Soirée jazz manouche et chanson', ['jazz manouche', 'chanson']],
  ['FEST-NOZ de la Saint-Jean', ['musique bretonne']],
  ['Concert de drum’n’bass', ['drum and bass']],
  ['Mariage de Léa', []],
  ['Pop, rock / jazz', ['pop', 'rock', 'jazz']],
  ['A jazz rock trio', ['jazz fusion']],
  ['Fête de l’harmonie municipale', ['orchestre d’harmonie']],
  ['Straßenfest mit Blaskapelle und Schlager', ['fanfare', 'schlager']],
  ['Kleinkunst en levenslied op zondag', ['kleinkunst', 'levenslied']],
  ['Gypsy jazz & drum & bass night', ['jazz manouche', 'drum and bass']],
  ['Un groupe qui cherche son public, en hommage à un orchestre', []],
  ['', []],
])('%s', (text, genres) => {
  expect(genresIn(text)).toEqual(genres);
});
