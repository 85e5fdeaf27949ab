import { createHash, generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { plainAddPlaceholder } from '@signpdf/placeholder-plain';
import { P12Signer } from '@signpdf/signer-p12';
import { SignPdf } from '@signpdf/signpdf';
import forge from 'node-forge';
import type { Sealer } from '../ports.ts';

type KeyPair = { readonly privateKey: forge.pki.rsa.PrivateKey; readonly publicKey: forge.pki.rsa.PublicKey };

const makePair = promisify(generateKeyPair);
const dayMs = 86_400_000;
/** Contracts are kept for ten years (C. com. L123-22), and a key seals for two: their certificate outlives both. */
const validDays = 13 * 365;
/** Room for the CMS with its two certificates, in bytes. */
const signatureLength = 8_192;

/** Seals PDF documents by CMS (`adbe.pkcs7.detached`), with a certificate of our own authority: readers say "valid, issuer unknown". */
export function openSealer(): Sealer {
  const signer = new SignPdf();
  return {
    async makeKey(name, passphrase, realNow) {
      const [authority, own] = await Promise.all([makeKeys(), makeKeys()]);
      const root = certificate({ subject: `${name} - autorite`, keys: authority, ca: true, realNow });
      const leaf = certificate({ subject: name, keys: own, ca: false, realNow, issuer: { certificate: root, privateKey: authority.privateKey } });
      // The authority's key has signed its one certificate, and is forgotten.
      const p12 = forge.pkcs12.toPkcs12Asn1(own.privateKey, [leaf, root], passphrase, { algorithm: 'aes256', friendlyName: name });
      return Buffer.from(forge.asn1.toDer(p12).getBytes(), 'binary');
    },

    certificateOf({ p12, passphrase }) {
      const leaf = openKey(p12, passphrase);
      if (!leaf) return null;
      const der = Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(leaf)).getBytes(), 'binary');
      return {
        subject: commonName(leaf.subject), issuer: commonName(leaf.issuer), serial: leaf.serialNumber,
        sha256: createHash('sha256').update(der).digest('hex'), validUntil: leaf.validity.notAfter,
      };
    },

    async seal(pdf, { p12, passphrase }, { reason, place, at }) {
      const open = plainAddPlaceholder({ pdfBuffer: pdf, reason: ascii(reason), location: ascii(place), name: 'Flow Stage', contactInfo: '', signingTime: at, signatureLength });
      // A signer consumes its bytes: each signature has its own.
      return signer.sign(open, new P12Signer(p12, { passphrase }), at);
    },
  };
}

const commonName = (of: forge.pki.Certificate['subject']): string => (of.getField('CN') as { value: string }).value;

async function makeKeys(): Promise<KeyPair> {
  const { privateKey, publicKey } = await makePair('rsa', {
    modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { privateKey: forge.pki.privateKeyFromPem(privateKey), publicKey: forge.pki.publicKeyFromPem(publicKey) };
}

interface Wanted {
  readonly subject: string;
  readonly keys: KeyPair;
  readonly ca: boolean;
  readonly realNow: Date;
  readonly issuer?: { readonly certificate: forge.pki.Certificate; readonly privateKey: forge.pki.rsa.PrivateKey };
}

function certificate({ subject, keys, ca, realNow, issuer }: Wanted): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.publicKey = keys.publicKey;
  made.serialNumber = `01${randomBytes(12).toString('hex')}`;
  made.validity.notBefore = new Date(realNow.getTime() - dayMs);
  made.validity.notAfter = new Date(realNow.getTime() + validDays * dayMs);
  made.setSubject([{ name: 'commonName', value: ascii(subject) }, { name: 'countryName', value: 'FR' }]);
  made.setIssuer(issuer ? issuer.certificate.subject.attributes : made.subject.attributes);
  made.setExtensions(ca
    ? [{ name: 'basicConstraints', critical: true, cA: true }, { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true }]
    : [{ name: 'basicConstraints', cA: false }, { name: 'keyUsage', critical: true, digitalSignature: true, nonRepudiation: true }, { name: 'extKeyUsage', emailProtection: true }]);
  made.sign(issuer?.privateKey ?? keys.privateKey, forge.md.sha256.create());
  return made;
}

/** The certificate that signs, or null when this passphrase does not open the key. */
function openKey(p12: Buffer, passphrase: string): forge.pki.Certificate | null {
  try {
    const bags = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(p12.toString('binary')), passphrase).getBags({ bagType: forge.pki.oids.certBag });
    const certificates = (bags[forge.pki.oids.certBag as string] ?? []).flatMap(({ cert }) => (cert ? [cert] : []));
    return certificates.find(({ extensions }) => !extensions.some(({ name, cA }) => name === 'basicConstraints' && cA)) ?? null;
  } catch {
    return null;
  }
}

/** @signpdf writes the texts of a signature byte by byte, which would garble accents. */
const ascii = (text: string): string => text.normalize('NFD').replace(/[’‘]/gu, '\'').replace(/[–—]/gu, '-').replace(/[^\x20-\x7e]/gu, '');
