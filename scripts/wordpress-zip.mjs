import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { plugin } from './wordpress-words.mjs';

/* The zip that an administrator uploads. The same sources are the same bytes: sorted names, one date, no rights but a file's own. */

/** @returns {{ name: string, bytes: Buffer }[]} What the zip holds. */
export const pluginFiles = () => readdirSync(plugin, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))
  .map((file) => ({ name: `flow-stage/${path.relative(plugin, file).split(path.sep).join('/')}`, bytes: readFileSync(file) }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** 1 January 1980: the first day that a zip knows. */
const day = 0x21;

/** @param {{ name: string, bytes: Buffer }[]} files @returns {Buffer} */
export function zip(files) {
  const bodies = [], list = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const [title, packed] = [Buffer.from(name), deflateRawSync(bytes, { level: 9 })];
    const facts = Buffer.alloc(26);
    // Version 2.0, names in UTF-8, deflate; then the time, the day, the sum and the sizes.
    [20, 0x800, 8, 0, day].forEach((value, i) => facts.writeUInt16LE(value, i * 2));
    [sumOf(bytes), packed.length, bytes.length].forEach((value, i) => facts.writeUInt32LE(value, 10 + i * 4));
    facts.writeUInt16LE(title.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    entry.writeUInt32LE(at, 10);
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, title, packed]);
    bodies.push(body);
    // Made by Unix, so that the rights count.
    list.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0003'), facts, entry, title]));
    at += body.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  [files.length, files.length].forEach((value, i) => end.writeUInt16LE(value, 8 + i * 2));
  [directory.length, at].forEach((value, i) => end.writeUInt32LE(value, 12 + i * 4));
  return Buffer.concat([...bodies, directory, end]);
}

/** The checksum of a file; Node has one from 20.15 on. */
const sumOf = (bytes) => crc32(bytes) >>> 0;

/** Writes the zip into dist/ and says where. @returns {string} */
export function writeZip() {
  const file = path.join(import.meta.dirname, '../dist/flow-stage-wordpress.zip');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, zip(pluginFiles()));
  return file;
}
