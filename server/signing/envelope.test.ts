import { expect, test } from 'vitest';
import { LOCALES } from '../core/locale.ts';
import { assertMaySign, consentOf, inOrder, isComplete, type Envelope } from './envelope.ts';

const noon = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-11-21T13:00:00Z');
const envelope = (status: Envelope['status'], artist: Date | null, buyer: Date | null): Envelope => ({ status, signers: [{ side: 'artist', signedAt: artist }, { side: 'buyer', signedAt: buyer }] });

test('each side may sign an open document once', () => {
  expect(() => { assertMaySign(envelope('sent', null, null), 'artist'); }).not.toThrow();
  expect(() => { assertMaySign(envelope('sent', noon, null), 'buyer'); }).not.toThrow();
});

test.each([
  ['already_signed', envelope('sent', noon, null), 'artist'],
  ['already_signed', envelope('completed', noon, later), 'artist'],
  ['envelope_closed', envelope('void', null, noon), 'artist'],
  ['not_found', { status: 'sent', signers: [] }, 'buyer'],
] as const)('refuses with %s', (code, refused, side) => {
  expect(() => { assertMaySign(refused, side); }).toThrow(expect.objectContaining({ code }) as Error);
});

test('a document is complete with its last signature, and has an order', () => {
  expect(isComplete(envelope('sent', null, null))).toBe(false);
  expect(isComplete(envelope('sent', noon, null))).toBe(false);
  expect(isComplete(envelope('sent', later, noon))).toBe(true);
  expect(isComplete({ signers: [] })).toBe(false);
  expect(inOrder(envelope('sent', later, noon).signers).map(({ side }) => side)).toEqual(['buyer', 'artist']);
  expect(inOrder(envelope('sent', later, null).signers).map(({ side }) => side)).toEqual(['artist']);
});

test.each(LOCALES)('the consent (%s) names the document, its fingerprint, the party and the power', (locale) => {
  const consent = consentOf(locale, { title: 'Contrat C-1', sha256: 'abc123', party: 'Les Marées Hautes', representative: 'Maëlle Cariou', capacity: 'présidente' });
  for (const said of ['Contrat C-1', 'abc123', 'Les Marées Hautes', 'Maëlle Cariou, présidente']) expect(consent).toContain(said);
});
