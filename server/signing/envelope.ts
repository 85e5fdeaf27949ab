import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/locale.ts';
import type { Side } from '../core/permissions.ts';

/** Somebody who is asked to sign, once. */
export interface EnvelopeSigner {
  readonly side: Side;
  readonly signedAt: Date | null;
}

/** A document on its way to be signed by both sides. It leaves `sent` once: `completed` by the last signature, or `void`. */
export interface Envelope {
  readonly status: 'sent' | 'completed' | 'void';
  readonly signers: readonly EnvelopeSigner[];
}

/**
 * Refuses a signature that cannot be given.
 *
 * @throws AppError `not_found` when this side is not asked, `already_signed`, `envelope_closed`; `details.status`.
 */
export function assertMaySign({ status, signers }: Envelope, side: Side): void {
  const signer = signers.find((one) => one.side === side);
  if (!signer) throw new AppError('not_found');
  if (signer.signedAt) throw new AppError('already_signed');
  if (status !== 'sent') throw new AppError('envelope_closed', { status });
}

/** Whether everybody who was asked has signed. */
export const isComplete = ({ signers }: Pick<Envelope, 'signers'>): boolean => signers.length > 0 && signers.every(({ signedAt }) => signedAt !== null);

/** The signatures in the order in which they were given. */
export const inOrder = <T extends EnvelopeSigner>(signers: readonly T[]): T[] =>
  signers.filter(({ signedAt }) => signedAt !== null).sort((a, b) => (a.signedAt?.getTime() ?? 0) - (b.signedAt?.getTime() ?? 0));

/** What a signer reads and agrees to, word for word, in their language. */
export function consentOf(locale: Locale, { title, sha256, party, representative, capacity }: {
  title: string; sha256: string; party: string; representative: string; capacity: string;
}): string {
  const who = capacity ? `${representative}, ${capacity}` : representative;
  return {
    fr: `J’ai lu le document « ${title} » (empreinte SHA-256 ${sha256}) et j’en accepte toutes les dispositions. Je le signe électroniquement au nom de ${party}, représenté par ${who}, et j’ai le pouvoir de l’engager. J’accepte que le code reçu par courriel, joint à mon nom, constitue ma signature électronique.`,
    en: `I have read the document “${title}” (SHA-256 fingerprint ${sha256}) and accept all its terms. I sign it electronically for ${party}, represented by ${who}, and I have the power to bind it. I accept that the code received by mail, together with my name, is my electronic signature.`,
    nl: `Ik heb het document “${title}” (SHA-256-vingerafdruk ${sha256}) gelezen en aanvaard alle bepalingen ervan. Ik onderteken het elektronisch namens ${party}, vertegenwoordigd door ${who}, en ben bevoegd om deze partij te verbinden. Ik aanvaard dat de per e-mail ontvangen code, samen met mijn naam, mijn elektronische handtekening vormt.`,
    de: `Ich habe das Dokument „${title}“ (SHA-256-Fingerabdruck ${sha256}) gelesen und nehme alle seine Bestimmungen an. Ich unterzeichne es elektronisch für ${party}, vertreten durch ${who}, und bin befugt, diese Partei zu verpflichten. Ich bin damit einverstanden, dass der per E-Mail erhaltene Code zusammen mit meinem Namen meine elektronische Unterschrift bildet.`,
  }[locale];
}
