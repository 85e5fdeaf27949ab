import { expect, test } from 'vitest';
import { isPdf } from './papers.ts';

const pdf = (body = '', end = 'trailer << /Root 1 0 R >>\n%%EOF\n') => Buffer.from(`%PDF-1.7\n${body}\n${end}`, 'latin1');

test('PR-03: a document is a PDF by its bytes, whole and open', () => {
  expect(isPdf(pdf())).toBe(true);
  expect(isPdf(pdf('x'.repeat(50_000)))).toBe(true);
  expect(isPdf(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), pdf()]))).toBe(true);
  expect(isPdf(pdf('', ''))).toBe(false);
  expect(isPdf(pdf('', 'trailer << /Encrypt 4 0 R >>\n%%EOF'))).toBe(false);
  expect(isPdf(Buffer.from('<!doctype html>%%EOF'))).toBe(false);
  expect(isPdf(Buffer.from('MZ\u0000%%EOF'))).toBe(false);
  expect(isPdf(new Uint8Array())).toBe(false);
});
