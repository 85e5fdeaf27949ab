import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { isPrintable } from '../../core/printable.ts';
import { faces } from './style.ts';

const { resolve } = createRequire(import.meta.url);
/** The reader of fonts that pdfkit itself prints with. */
const { create } = createRequire(resolve('pdfkit'))('fontkit') as { create: (bytes: Buffer) => { readonly characterSet: readonly number[] } };
const signs = Array.from({ length: 0x3_0000 }, (_, code) => code).filter((code) => code >= 0x20 && (code < 0xd800 || code > 0xdfff)).map((code) => String.fromCodePoint(code));

test.each(Object.entries(faces))('the face %s draws every sign that is printable', (_, file) => {
  const drawn = new Set(create(readFileSync(resolve(`dejavu-fonts-ttf/ttf/${file}`))).characterSet);
  expect(signs.filter((sign) => isPrintable(sign) && !drawn.has(sign.normalize('NFC').codePointAt(0)!))).toEqual([]);
});
