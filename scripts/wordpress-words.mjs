import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/*
 * The words of the WordPress plugin: what its sources say, as a template for translators (`.pot`), and what translators wrote (`.po`),
 * as WordPress reads it (`.mo` for PHP, `.json` for the editor).
 */

/** @typedef {{ id: string, context: string, note: string, places: string[] }} Phrase */

export const plugin = path.join(import.meta.dirname, '../plugins/wordpress/flow-stage');
/** The locales that we translate into, each with its rule of plurals. */
export const locales = { fr_FR: 'nplurals=2; plural=(n > 1);', de_DE: 'nplurals=2; plural=(n != 1);', nl_NL: 'nplurals=2; plural=(n != 1);' };
const editor = 'block/editor.js';
const call = /\b(?:esc_html__|esc_attr__|esc_html_e|esc_attr_e|__|_e)\(\s*'((?:[^'\\]|\\.)*)',\s*'flow-stage'\s*\)/g;
const note = /translators:\s*(.*?)\s*\*\//;

/** @returns {Phrase[]} Every phrase of the plugin, in the order of its files. */
export function phrases() {
  const found = new Map();
  const add = (id, context, place, said = '') => {
    const key = keyOf({ id, context });
    const known = found.get(key) ?? { id, context, note: said, places: [] };
    if (!known.places.includes(place)) known.places.push(place);
    found.set(key, known);
  };
  for (const file of readdirSync(plugin, { recursive: true, encoding: 'utf8' }).filter((name) => /[.](php|js)$/.test(name)).sort()) {
    const lines = readFileSync(path.join(plugin, file), 'utf8').split('\n');
    lines.forEach((line, i) => {
      for (const [, id] of line.matchAll(call)) add(id.replace(/\\(['\\])/g, '$1'), '', file, note.exec(lines[i - 1] ?? '')?.[1] ?? '');
    });
  }
  const { title, description, keywords } = JSON.parse(readFileSync(path.join(plugin, 'block/block.json'), 'utf8'));
  add(title, 'block title', 'block/block.json');
  add(description, 'block description', 'block/block.json');
  for (const keyword of keywords) add(keyword, 'block keyword', 'block/block.json');
  const head = /Description:\s+(.*)/.exec(readFileSync(path.join(plugin, 'flow-stage.php'), 'utf8'));
  add(head[1], '', 'flow-stage.php', 'Description of the plugin');
  return [...found.values()];
}

const keyOf = ({ id, context }) => (context ? `${context}\u0004${id}` : id);
const quoted = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
const unquoted = (lines) => [...lines.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))).join('');

/** What stands at the head of a file of words. No date: the same words are the same file. */
const heading = (locale) => ['Project-Id-Version: Flow Stage', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: 8bit',
  ...(locale ? [`Language: ${locale}`, `Plural-Forms: ${locales[locale]}`] : []), 'X-Domain: flow-stage'].map((line) => `${line}\n`).join('');

/** @param {string} file A `.po`. @returns {Map<string, string>} Its translations by context and phrase; empty ones too. */
export function readPo(file) {
  const words = new Map();
  for (const block of readFileSync(file, 'utf8').split(/\n{2,}/)) {
    const part = (name) => new RegExp(`^${name} ((?:"(?:[^"\\\\]|\\\\.)*"\\n?)+)`, 'm').exec(`${block}\n`)?.[1];
    const id = part('msgid');
    if (id !== undefined && unquoted(id) !== '') words.set(keyOf({ id: unquoted(id), context: unquoted(part('msgctxt') ?? '') }), unquoted(part('msgstr') ?? ''));
  }
  return words;
}

/** A file of words, with what is known of them. */
function po(list, locale, known = new Map()) {
  const blocks = list.map((phrase) => [
    ...(phrase.note ? [`#. ${phrase.note}`] : []), `#: ${phrase.places.join(' ')}`, ...(/%\d*\$?s/.test(phrase.id) ? ['#, php-format'] : []),
    ...(phrase.context ? [`msgctxt ${quoted(phrase.context)}`] : []), `msgid ${quoted(phrase.id)}`, `msgstr ${quoted(known.get(keyOf(phrase)) ?? '')}`,
  ].join('\n'));
  const head = ['msgid ""', 'msgstr ""', ...heading(locale).trimEnd().split('\n').map((line) => quoted(`${line}\n`))].join('\n');
  return `${[head, ...blocks].join('\n\n')}\n`;
}

/** The binary form of GNU gettext, little-endian, sorted by bytes, without a hash table. */
function mo(words, locale) {
  const rows = [['', heading(locale)], ...words].filter(([, text]) => text !== '').map((row) => row.map((text) => Buffer.from(text))).sort(([a], [b]) => Buffer.compare(a, b));
  const [ids, texts] = [0, 1].map((column) => rows.map((row) => row[column]));
  const start = 28 + rows.length * 16;
  const table = Buffer.alloc(start);
  [0x950412de, 0, rows.length, 28, 28 + rows.length * 8, 0, start].forEach((value, i) => table.writeUInt32LE(value, i * 4));
  let at = start;
  [...ids, ...texts].forEach((text, i) => {
    table.writeUInt32LE(text.length, 28 + i * 8);
    table.writeUInt32LE(at, 32 + i * 8);
    at += text.length + 1;
  });
  return Buffer.concat([table, ...[...ids, ...texts].flatMap((text) => [text, Buffer.from([0])])]);
}

/** What the editor's script reads, in the form of Jed: its own phrases alone. */
const jed = (list, words, locale) => `${JSON.stringify({
  domain: 'messages', locale_data: { messages: { '': { domain: 'messages', lang: locale, 'plural-forms': locales[locale] },
    ...Object.fromEntries(list.filter(({ places }) => places.some((place) => place.startsWith(editor))).map((phrase) => [keyOf(phrase), [words.get(keyOf(phrase)) ?? '']])) } },
})}\n`;

/** Every file of words as it should be now, by its path; what translators wrote is kept. @returns {Map<string, Buffer>} */
export function wordFiles() {
  const list = phrases();
  const at = (name) => path.join(plugin, 'languages', name);
  const files = new Map([[at('flow-stage.pot'), Buffer.from(po(list, ''))]]);
  for (const locale of Object.keys(locales)) {
    const written = readPo(at(`flow-stage-${locale}.po`));
    const words = new Map(list.map((phrase) => [keyOf(phrase), written.get(keyOf(phrase)) ?? '']));
    files.set(at(`flow-stage-${locale}.po`), Buffer.from(po(list, locale, words)));
    files.set(at(`flow-stage-${locale}.mo`), mo(words, locale));
    files.set(at(`flow-stage-${locale}-flow-stage-editor.json`), Buffer.from(jed(list, words, locale)));
  }
  return files;
}

/** Writes them all. */
export function writeWords() {
  for (const [file, bytes] of wordFiles()) writeFileSync(file, bytes);
}
