/** Numbers in [0, 1) that are the same each time for the same words, so that the demo world is laid out alike everywhere. */
export function chance(...words: readonly (string | number)[]): number {
  let hash = 2_166_136_261;
  for (const letter of words.join('|')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2_246_822_507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296;
}

/** A number of fourteen digits that passes the check of a SIRET, as its first nine do that of a SIREN, and belongs to nobody: those that begin with 999 are not given out. */
export function inventedSiret(seed: number): string {
  const siren = checked(`9990${String(seed).padStart(4, '0')}`);
  return checked(`${siren}0001`);
}

/** The VAT number of whom `inventedSiret` numbers: its key is of the SIREN by 97. */
export function inventedVatNumber(seed: number): string {
  const siren = inventedSiret(seed).slice(0, 9);
  return `FR${String(Number(`${siren}12`) % 97).padStart(2, '0')}${siren}`;
}

const checked = (body: string): string => body + ('0123456789'.split('').find((last) => luhn(body + last)) ?? '0');

/** An IBAN that passes its check and belongs to no bank: French bank code 99999 is not given out. */
export function inventedIban(seed: number): string {
  const account = `9999900001${String(seed).padStart(11, '0')}00`;
  const rest = Array.from(`${account}152700`, Number).reduce((total, digit) => (total * 10 + digit) % 97, 0);
  return `FR${String(98 - rest).padStart(2, '0')}${account}`;
}

function luhn(digits: string): boolean {
  const sum = Array.from(digits, Number).reverse().reduce((total, digit, i) => {
    const value = digit * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
