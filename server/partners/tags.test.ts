import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTags } from './tags.ts';

const names = (html: string) => startTags(html).map(({ name }) => name);

test('attributes are read however they are quoted', () => {
  expect(startTags(`<script async SRC='https://a.example/x.js?a=1&amp;b=2' data-key=pk_1 data-a = "2 > 1" data-a="twice"></script><Flow-EPK artist="L&#39;h&#x6f;rloge"></flow-epk>`)).toEqual([
    { name: 'script', attributes: { async: '', src: 'https://a.example/x.js?a=1&b=2', 'data-key': 'pk_1', 'data-a': '2 > 1' } },
    { name: 'flow-epk', attributes: { artist: "L'horloge" } },
  ]);
});

test.each([
  ['a comment', '<!-- <script src=x></script> --><p>', ['p']],
  ['a comment that does not end', '<p><!-- <b>', ['p']],
  ['the text of a script', '<script>document.write("<flow-epk></flow-epk>")</script><i>', ['script', 'i']],
  ['a text area', '<textarea><flow-epk></textarea ><i>', ['textarea', 'i']],
  ['a script that does not end', '<script><flow-epk>', ['script']],
  ['a text with a sign', 'a < b <i>', ['i']],
  ['letters that grow in lower case', 'İİİİİİİİ<SCRIPT><b></SCRIPT><i>', ['script', 'i']],
  ['an end tag', '</p><br/>', ['br']],
])('%s', (_, html, expected) => {
  expect(names(html)).toEqual(expected);
});

test('any text whatever is read, and quickly', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (html) => { startTags(html); }));
  const began = performance.now();
  for (const hostile of ['<a '.repeat(60_000), `<a ${'="'.repeat(60_000)}`, '<!--'.repeat(60_000), `<a${' x'.repeat(100_000)}`, '<script>'.repeat(30_000)]) startTags(hostile);
  expect(performance.now() - began).toBeLessThan(4_000);
});
