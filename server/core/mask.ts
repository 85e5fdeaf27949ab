const dots = '•••';
const letters = 'abcdefghijlmnoprstv';
const ends = ['fr', 'fr', 'fr', 'com', 'org'];

/** A mail address that its owner recognises and nobody else can write to: `m•••@d•••.fr`. */
export function mask(email: string): string {
  const [name = '', domain = ''] = email.split('@');
  return `${name.slice(0, 1)}${dots}@${domain.slice(0, 1)}${dots}.${domain.slice(domain.lastIndexOf('.') + 1)}`;
}

/** An account that its holder recognises and nobody else can use: `FR76 •••• 0189`; empty for none. */
export const maskIban = (iban: string): string => (iban ? `${iban.slice(0, 4)} •••• ${iban.slice(-4)}` : '');

/** The mask of nobody's address, always the same for the same seed, so that what does not exist answers like what does. */
export function maskOfNobody(seed: Uint8Array): string {
  const pick = <T>(list: ArrayLike<T>, i: number): T => list[(seed[i] ?? 0) % list.length] as T;
  return `${pick(letters, 0)}${dots}@${pick(letters, 1)}${dots}.${pick(ends, 2)}`;
}
