import { expect, test } from 'vitest';
import { grouped, pageOf, sumsOf } from './page.ts';

const origins = ['https://theatre.example', 'http://localhost:4001'];

test.each([
  ['https://theatre.example/artiste?visitor=ada#t=secret', 'https://theatre.example/artiste'],
  ['https://ada:secret@theatre.example/', 'https://theatre.example/'],
  ['http://localhost:4001/a/b', 'http://localhost:4001/a/b'],
  ['https://elsewhere.example/', ''], ['javascript:alert(1)', ''], ['', ''], ['not an address', ''],
  [`https://theatre.example/${'x'.repeat(400)}`, `https://theatre.example/${'x'.repeat(176)}`],
])('of %s the page %s is kept', (address, page) => {
  expect(pageOf(address, origins)).toBe(page);
});

test('counts are summed by what they are of, and grouped by page or day', () => {
  const counts = [
    { day: '2027-03-01', page: 'a', tag: 'flow-epk', what: 'view', n: 5 }, { day: '2027-03-02', page: 'a', tag: 'flow-booking-request', what: 'request', n: 2 },
    { day: '2027-03-02', page: 'b', tag: 'flow-epk', what: 'error:unreachable', n: 3 }, { day: '2027-03-02', page: 'b', tag: 'flow-booking-request', what: 'contract', n: 1 },
  ];
  expect(sumsOf(counts)).toEqual({ views: 5, requests: 2, conversions: 1, errors: 3 });
  expect(grouped(counts, ({ page }) => page)).toEqual([{ key: 'a', views: 5, requests: 2, conversions: 0, errors: 0 }, { key: 'b', views: 0, requests: 0, conversions: 1, errors: 3 }]);
});
