/** The letters that a French key is written with: no I and no O. */
const keyLetters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const luhn = (digits: string): boolean =>
  Array.from(digits, Number).toReversed().reduce((sum, digit, i) => sum + (i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit), 0) % 10 === 0;

/** A key of two figures is of the SIREN by 97; one with a letter counts in thirty-four and is of the SIREN by 11 (DGFiP's rule, read 2026-11-22). */
function frenchKeyFits(key: string, siren: string): boolean {
  if (/^\d\d$/.test(key)) return Number(`${siren}12`) % 97 === Number(key);
  const [first, second] = [keyLetters.indexOf(key.charAt(0)), keyLetters.indexOf(key.charAt(1))];
  const rank = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
  return (Number(siren) + 1 + Math.floor(rank / 11)) % 11 === rank % 11;
}

/** A Swiss UID: the last figure is what eleven lacks of the weighed sum of the others. */
function swissFits(digits: string): boolean {
  const rest = [5, 4, 3, 2, 7, 6, 5, 4].reduce((sum, weight, i) => sum + weight * Number(digits.charAt(i)), 0) % 11;
  return (11 - rest) % 11 === Number(digits.charAt(8));
}

const rules: Readonly<Partial<Record<string, (bare: string) => string>>> = {
  FR: (bare) => {
    const [, key = '', siren = ''] = /^(?:FR)?([0-9A-HJ-NP-Z]{2})(\d{9})$/.exec(bare) ?? [];
    return siren !== '' && luhn(siren) && frenchKeyFits(key, siren) ? `FR${key}${siren}` : '';
  },
  BE: (bare) => {
    const written = /^(?:BE)?(\d{9,10})$/.exec(bare)?.[1] ?? '';
    const digits = belgianNumberOf(written);
    return digits && `BE${digits}`;
  },
  LU: (bare) => {
    const digits = /^(?:LU)?(\d{8})$/.exec(bare)?.[1] ?? '';
    return digits !== '' && Number(digits.slice(0, 6)) % 89 === Number(digits.slice(6)) ? `LU${digits}` : '';
  },
  CH: (bare) => {
    const uid = swissUidOf(bare.replace(/(TVA|MWST|IVA)$/, ''));
    return uid && `${uid}TVA`;
  },
};

/** A Belgian enterprise number as ten figures, its old form of nine too; empty where it cannot be one: the last two are what 97 lacks of the others. */
export function belgianNumberOf(text: string): string {
  const digits = bareOf(text).padStart(10, '0');
  return /^[01]\d{9}$/.test(digits) && !/^0+$/.test(digits) && 97 - (Number(digits.slice(0, 8)) % 97) === Number(digits.slice(8)) ? digits : '';
}

/** A Swiss enterprise number, `CHE116281710`; empty where it cannot be one. */
export function swissUidOf(text: string): string {
  const digits = /^(?:CHE?)?(\d{9})$/.exec(bareOf(text))?.[1] ?? '';
  return digits !== '' && swissFits(digits) ? `CHE${digits}` : '';
}

const bareOf = (text: string): string => text.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();

/**
 * The VAT number that is written in `text`, as its country writes it to others: `FR44732829320`, `BE0403019261`, `LU26375245`,
 * `CHE116281710TVA`. Empty where it cannot be one of that country (ISO 3166-1), by its length and its key: such a number proves nothing, and
 * takes no tax off a sale. Whether it was given to anybody is for the tax office to say.
 */
export const vatNumberOf = (text: string, country: string): string => rules[country]?.(bareOf(text)) ?? '';
