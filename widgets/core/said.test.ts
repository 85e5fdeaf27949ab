import { assert } from '@open-wc/testing';
import { dayOf, limitOf, monthOf } from './said.ts';

it('what is no day, no month and no number is as if it were not said (EM-01)', () => {
  assert.equal(dayOf('2027-06-14'), '2027-06-14');
  for (const said of ['', null, 'garbage', 'not-a-day', '2027-02-31', '2027-13-01', '12027-06-14', '1999-06-14', '2027-06', '2027-6-14', '2027-06-14T00:00:00Z']) assert.equal(dayOf(said), '', String(said));
  assert.equal(monthOf('2027-06'), '2027-06');
  for (const said of ['', null, 'garbage', '2027-13', '2027-6', '2027-06-14', '1999-06']) assert.equal(monthOf(said), '', String(said));
  assert.deepEqual(['1', '200', 7].map(limitOf), [1, 200, 7]);
  assert.deepEqual(['', '0', '201', '1.5', 'abc', NaN, null].map(limitOf), [60, 60, 60, 60, 60, 60, 60]);
});
