import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnDebian } from './debian.mjs';

/** @param {string} name A program. @returns {string | undefined} Its path. */
const which = (name) => (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)).find((file) => existsSync(file));

/**
 * Sees to it that `pdfsig` and `pdfinfo` are here: tests ask them about the contracts we seal, rather than us.
 *
 * @throws Error that says what to run.
 */
export function needPdfTools() {
  if (which('pdfsig') && which('pdfinfo')) return;
  installOnDebian('pdfsig or pdfinfo', ['poppler-utils'], 'install poppler (macOS: brew install poppler).');
}

/**
 * Sees to it that `xmllint` is here: tests ask it whether an electronic invoice is what its schema says.
 *
 * @throws Error that says what to run.
 */
export function needXmlTools() {
  if (which('xmllint')) return;
  installOnDebian('xmllint', ['libxml2-utils'], 'install libxml2 (macOS has xmllint already).');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  needPdfTools();
  needXmlTools();
}
