import { assert } from '@open-wc/testing';
import { ofTown } from './towns.ts';

it('French draws the article of a town into its preposition, and no other language does', () => {
  assert.deepEqual(['Dijon', 'Annecy', 'Évreux', 'Le Mans', 'Les Sables-d’Olonne', 'Lesquin', 'Hyères'].map((town) => ofTown(town, 'fr')), ['de Dijon', 'd’Annecy', 'd’Évreux', 'du Mans', 'des Sables-d’Olonne', 'de Lesquin', 'de Hyères']);
  assert.equal(ofTown('Le Mans', 'de'), 'Le Mans');
});
