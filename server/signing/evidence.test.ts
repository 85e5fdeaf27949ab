import { expect, test } from 'vitest';
import { evidenceOf, type EnvelopeFacts, type SignatureFacts } from './evidence.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 21, hour));
const signature = (over: Partial<SignatureFacts>): SignatureFacts => ({
  side: 'artist', orgId: 'org_a', name: 'Maëlle Cariou', email: 'maelle@marees.example', viewedAt: at(8), signedAt: at(10), consent: 'J’ai lu.', ip: '192.0.2.7', userAgent: 'Firefox',
  code: { sentAt: at(9), usedAt: at(10), attempts: 2 }, ...over,
});
const facts: EnvelopeFacts = {
  id: 'env_1', bookingId: 'bkg_1', title: 'Contrat C-1', createdAt: at(7), completedAt: at(11), before: { fileId: 'fil_1', sha256: 'aaa' }, after: { fileId: 'fil_2', sha256: 'bbb' },
  signatures: [signature({ side: 'artist', signedAt: at(11) }), signature({ side: 'buyer', orgId: 'org_b', name: 'Yann', email: 'yann@port.example', signedAt: at(10) })],
  certificate: { subject: 'Flow Stage', issuer: 'Flow Stage - autorite', serial: '01', sha256: 'ccc', validUntil: at(12) },
};

test('SIG-03: the evidence holds both fingerprints, who signed, how, when and in what order, and the certificate', () => {
  const evidence = evidenceOf(facts);
  expect(evidence).toMatchObject({
    transaction: 'env_1', document: { before: { sha256: 'aaa' }, after: { sha256: 'bbb' }, completedAt: '2026-11-21T11:00:00.000Z' }, seal: { sha256: 'ccc', serial: '01' },
    signatures: [{ order: 1, side: 'buyer', name: 'Yann', email: 'y•••@p•••.example' }, {
      order: 2, side: 'artist', consent: 'J’ai lu.', ip: '192.0.2.7', userAgent: 'Firefox', seenAt: '2026-11-21T08:00:00.000Z', signedAt: '2026-11-21T11:00:00.000Z',
      channel: { sentTo: 'm•••@m•••.example', sentAt: '2026-11-21T09:00:00.000Z', returnedAt: '2026-11-21T10:00:00.000Z', tries: 2 },
    }],
  });
});

test('it calls the level what it is, and shows no whole address', () => {
  const text = JSON.stringify(evidenceOf(facts));
  expect(text).toContain('simple electronic signature');
  expect(text).toContain('adbe.pkcs7.detached');
  expect(text).toContain('not PAdES');
  expect(text).not.toContain('maelle@');
});

test('what is not known is null, and who has not signed is not listed', () => {
  const evidence = evidenceOf({ ...facts, signatures: [signature({ code: null, viewedAt: null }), signature({ side: 'buyer', signedAt: null })] });
  expect(evidence.signatures).toHaveLength(1);
  expect(evidence.signatures[0]).toMatchObject({ seenAt: null, channel: { sentAt: null, returnedAt: null, tries: null } });
});
