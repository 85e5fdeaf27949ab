import { belgianNumberOf, swissUidOf, vatNumberOf } from '../legal/vat-number.ts';

/** What kind of organisation a party is; the same words as in the database. */
export type OrganisationKind = 'artist' | 'booker' | 'venue' | 'festival' | 'camping' | 'municipality' | 'association' | 'company' | 'person';

/** What a party is in a contract: it sells the show, or organises the evening. */
export type PartyRole = 'producer' | 'organiser';

/** The legal identity of an organisation, as a contract and an invoice print it. An empty text is not known yet. */
export interface Party {
  readonly kind: OrganisationKind;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly legalName: string;
  readonly siret: string;
  /** Outside France what a SIRET is there: the Belgian enterprise number, the Swiss UID, Luxembourg's RCS number. */
  readonly registration: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly representative: string;
  /** Number of the receipt for the declaration as a performing arts entrepreneur. */
  readonly licence: string;
}

const always = ['legalName', 'address', 'postcode', 'city', 'representative'] as const;

/** Who has no SIRET: a private person, and a booker, who is no party to the contract. */
const unregistered: readonly OrganisationKind[] = ['person', 'booker'];

/** What one deal asks of a party beside what every contract does. */
export interface PartyWants {
  /** Where a public buyer's transfer goes. */
  readonly iban?: boolean;
  /** Both numbers stand on a sale whose buyer accounts for the tax (legal.md VAT-X-03, read 2026-11-21). */
  readonly vatNumber?: boolean;
}

/** The fields that a contract still lacks of this party, named as in the form. Empty when it may be drafted. */
export function missingOf(party: Party & { readonly iban?: string; readonly vatNumber?: string }, role: PartyRole, wants: PartyWants = {}): string[] {
  const missing: string[] = always.filter((field) => party[field].trim() === '');
  if (wants.vatNumber && vatNumberOf(party.vatNumber ?? '', party.country) === '') missing.push('vatNumber');
  if (wants.iban && !party.iban?.trim()) missing.push('iban');
  const at = party.country === 'FR' ? 'siret' : 'registration';
  // An association that neither employs nor receives public money has none; one that it gives must be right.
  const free = unregistered.includes(party.kind) || (party.kind === 'association' && role === 'organiser' && party[at] === '');
  if (party.country !== 'FR') return free || !(party.country in registers) || registrationOf(party) !== '' ? missing : [...missing, 'registration'];
  if (!free && !siretIsValid(party.siret)) missing.push('siret');
  // Seller of a live show in France: C. trav. L7122-3 and R7122-12 (number on every contract and poster), read 2026-11-21.
  if (role === 'producer' && party.kind !== 'person' && party.licence.trim() === '') missing.push('licence');
  return missing;
}

const registers: Readonly<Partial<Record<string, (text: string) => string>>> = {
  BE: belgianNumberOf, CH: swissUidOf, LU: (text) => /^[A-Z]\d{1,6}$/.exec(text.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase().replace(/^RCS(LUXEMBOURG)?/, ''))?.[0] ?? '',
};

/**
 * By what the register of its country knows a firm: `0403019261` in Belgium, `CHE116281710` in Switzerland, `B12345` in Luxembourg; a
 * Belgian and a Swiss VAT number hold it. Empty where it is not known, or cannot be one (legal.md CTR 2a, read 2026-11-22).
 */
export function registrationOf({ country, registration = '', vatNumber = '' }: { readonly country: string; readonly registration?: string; readonly vatNumber?: string }): string {
  const read = registers[country];
  return read ? read(registration) || read(vatNumberOf(vatNumber, country).replace(/^BE|TVA$/g, '')) : '';
}

/** The same as a paper prints it, with the register's name. */
export function registrationLine(party: Parameters<typeof registrationOf>[0]): string {
  const number = registrationOf(party);
  if (number === '') return '';
  if (party.country === 'BE') return `BCE ${number.replace(/^(\d{4})(\d{3})/, '$1.$2.')}`;
  return party.country === 'CH' ? `IDE ${number.replace(/^CHE(\d{3})(\d{3})/, 'CHE-$1.$2.')}` : `RCS Luxembourg ${number}`;
}

/** The role in which an organisation of this kind signs. */
export const roleOf = (kind: OrganisationKind): PartyRole => (kind === 'artist' || kind === 'booker' ? 'producer' : 'organiser');

/** La Poste gave its 14,000 offices one SIREN and ran out of Luhn numbers: theirs sum to a multiple of five (INSEE, read 2026-11-21). */
const laPoste = '356000000';

/** Whether fourteen digits can be a SIRET: their Luhn sum is a multiple of ten. Whether it exists is for INSEE to say. */
export function siretIsValid(siret: string): boolean {
  if (!/^\d{14}$/.test(siret) || /^0+$/.test(siret)) return false;
  const digits = Array.from(siret, Number);
  const luhn = digits.reduce((sum, digit, i) => sum + (i % 2 === 1 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit), 0);
  if (luhn % 10 === 0) return true;
  return siret.startsWith(laPoste) && digits.reduce((sum, digit) => sum + digit, 0) % 5 === 0;
}

/** Whether a text without spaces can be an IBAN: its remainder by 97 is one (ISO 13616). */
export function ibanIsValid(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = Array.from(iban.slice(4) + iban.slice(0, 4), (letter) => parseInt(letter, 36).toString()).join('');
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
