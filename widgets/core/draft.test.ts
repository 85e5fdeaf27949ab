import { assert } from '@open-wc/testing';
import { Draft } from './draft.ts';

it('what is typed outlives the form, and nothing is left once it is sent', () => {
  new Draft<string>('artist', true).write('Mariage');
  assert.equal(new Draft<string>('artist', true).read(), 'Mariage');
  assert.isNull(new Draft<string>('other', true).read());
  new Draft<string>('artist', true).drop();
  assert.isNull(new Draft<string>('artist', true).read());
  assert.equal(sessionStorage.length, 0);
});

it('where it may not be stored, the browser asks before the page is left', () => {
  const asks = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const draft = new Draft<string>('artist', false);
  draft.write('Mariage');
  assert.equal(sessionStorage.length, 0);
  assert.isTrue(asks());
  draft.drop();
  assert.isFalse(asks());
});
