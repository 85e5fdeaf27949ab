import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPrinter } from '../pdf/index.ts';
import { openSealer } from './index.ts';

const sealer = openSealer();
const at = new Date('2026-11-21T10:11:12Z');
const passphrase = 'a passphrase of the tests';
let dir = '';
let pdf: Buffer = Buffer.alloc(0);
let sealed: Buffer = Buffer.alloc(0);
let p12: Buffer = Buffer.alloc(0);

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'flow-seal-'));
  pdf = await openPrinter()({ title: 'Contrat', subject: 'Cession', author: 'Flow Stage', lang: 'fr-FR', footer: 'Contrat', at, blocks: [{ kind: 'title', text: 'Contrat' }, { kind: 'text', text: 'Entre les soussignés…' }] });
  p12 = await sealer.makeKey('Flow Stage', passphrase, at);
  sealed = await sealer.seal(pdf, { p12, passphrase }, { reason: 'Contrat de cession n° 1 — scellé', place: 'Vannes', at });
});
afterAll(() => { rmSync(dir, { recursive: true }); });

/** What poppler says of the signature. Without poppler-utils this fails, and says so. */
function pdfsig(bytes: Buffer): string {
  const file = path.join(dir, 'sealed.pdf');
  writeFileSync(file, bytes);
  return execFileSync('pdfsig', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' } });
}

test('CO-14: pdfsig says that the signature is valid and covers the whole document', () => {
  const said = pdfsig(sealed);
  expect(said).toContain('Signature Validation: Signature is Valid.');
  expect(said).toContain('Total document signed');
  expect(said).toContain('Signature Type: adbe.pkcs7.detached');
  expect(said).toContain('Signing Hash Algorithm: SHA-256');
  expect(said).toContain('Signing Time: Nov 21 2026 10:11:12');
  expect(said).toContain('Signer Certificate Common Name: Flow Stage');
});

test('one changed byte, anywhere in the document, breaks the signature', () => {
  for (const where of [60, Math.floor(pdf.length / 2), pdf.length - 40]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(where) ^ 1, where);
    expect(pdfsig(changed), `byte ${where}`).not.toContain('Signature is Valid');
  }
});

test('a document that somebody went on writing is no longer covered', () => {
  expect(pdfsig(Buffer.concat([sealed, Buffer.from('\n% more\n')]))).not.toContain('Total document signed');
});

test('the sealed document begins with the very bytes that were agreed to', () => {
  expect(sealed.subarray(0, pdf.length - 1)).toEqual(pdf.subarray(0, pdf.length - 1));
  expect(sealed.includes(Buffer.from('Contrat de cession n 1 - scelle'))).toBe(true);
});

test('one key seals many documents, two at once', async () => {
  const both = await Promise.all([sealer.seal(pdf, { p12, passphrase }, { reason: 'A', place: 'A', at }), sealer.seal(pdf, { p12, passphrase }, { reason: 'B', place: 'B', at })]);
  for (const one of both) expect(pdfsig(one)).toContain('Signature is Valid');
});

test('the certificate is ours, names its authority, lasts as long as contracts are kept, and opens by its passphrase alone', () => {
  const found = sealer.certificateOf({ p12, passphrase });
  expect(found).toMatchObject({ subject: 'Flow Stage', issuer: 'Flow Stage - autorite' });
  expect(found?.validUntil.getUTCFullYear()).toBeGreaterThanOrEqual(2038);
  expect(sealer.certificateOf({ p12, passphrase: 'another' })).toBeNull();
  expect(sealer.certificateOf({ p12: Buffer.from('no key'), passphrase })).toBeNull();
});

test('two keys differ, and the fingerprint is the certificate’s', async () => {
  const other = await sealer.makeKey('Flow Stage', passphrase, at);
  expect(sealer.certificateOf({ p12: other, passphrase })?.sha256).not.toBe(sealer.certificateOf({ p12, passphrase })?.sha256);
  const pem = execFileSync('openssl', ['pkcs12', '-clcerts', '-nokeys', '-passin', `pass:${passphrase}`], { input: p12, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  const { raw } = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN')));
  expect(createHash('sha256').update(raw).digest('hex')).toBe(sealer.certificateOf({ p12, passphrase })?.sha256);
});
