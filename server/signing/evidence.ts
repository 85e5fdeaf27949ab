import { mask } from '../core/mask.ts';
import type { Side } from '../core/permissions.ts';
import { inOrder } from './envelope.ts';

/** What is known of one signature. Instants are of the wall clock. */
export interface SignatureFacts {
  readonly side: Side;
  readonly orgId: string;
  /** As the signer typed it. */
  readonly name: string;
  readonly email: string;
  readonly viewedAt: Date | null;
  readonly signedAt: Date | null;
  readonly consent: string;
  readonly ip: string;
  readonly userAgent: string;
  /** The one-time code that was spent: when it was sent, and when it came back. */
  readonly code: { readonly sentAt: Date; readonly usedAt: Date | null; readonly attempts: number } | null;
}

/** What is known of a document whose last signature was given. */
export interface EnvelopeFacts {
  readonly id: string;
  readonly bookingId: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly completedAt: Date;
  readonly before: { readonly fileId: string; readonly sha256: string };
  readonly after: { readonly fileId: string; readonly sha256: string };
  readonly signatures: readonly SignatureFacts[];
  readonly certificate: { readonly subject: string; readonly issuer: string; readonly serial: string; readonly sha256: string; readonly validUntil: Date };
}

/**
 * The evidence of a signed document, as it is kept beside it for ten years (legal.md SIG-03, DAT-01; read 2026-11-21). It calls the
 * level what it is: simple electronic signatures under a platform seal, no advanced one and no PAdES.
 */
export function evidenceOf(envelope: EnvelopeFacts) {
  const { certificate, signatures } = envelope;
  const at = (instant: Date | null) => instant?.toISOString() ?? null;
  return {
    format: 'flow-stage/evidence/1',
    transaction: envelope.id,
    bookingId: envelope.bookingId,
    clock: 'Coordinated Universal Time, clock of the platform’s server; no qualified time stamp',
    document: {
      title: envelope.title,
      before: { fileId: envelope.before.fileId, sha256: envelope.before.sha256, what: 'the document that was shown and agreed to' },
      after: { fileId: envelope.after.fileId, sha256: envelope.after.sha256, what: 'the same bytes followed by the platform’s seal' },
      sentAt: at(envelope.createdAt), completedAt: at(envelope.completedAt),
    },
    level: {
      signatures: 'simple electronic signature, Regulation (EU) No 910/2014 art. 3(10) and 25(1): one-time code by mail, name and express consent',
      seal: 'platform seal, CMS detached (adbe.pkcs7.detached), SHA-256 with RSA; not PAdES, not qualified',
    },
    signatures: inOrder(signatures).map((signer, i) => ({
      order: i + 1, side: signer.side, organisation: signer.orgId, name: signer.name, email: mask(signer.email),
      channel: { kind: 'one-time code by mail', sentTo: mask(signer.email), sentAt: at(signer.code?.sentAt ?? null), returnedAt: at(signer.code?.usedAt ?? null), tries: signer.code?.attempts ?? null },
      seenAt: at(signer.viewedAt), signedAt: at(signer.signedAt), consent: signer.consent, ip: signer.ip, userAgent: signer.userAgent,
    })),
    seal: { ...certificate, validUntil: at(certificate.validUntil), fingerprint: 'SHA-256 of the certificate', revocation: 'own authority: no revocation list is published' },
    verify: ['sha256sum of the sealed PDF equals document.after.sha256', 'its first bytes, up to the length of the first document, have document.before.sha256', 'pdfsig of poppler says that the signature is valid and the total document signed'],
  };
}
