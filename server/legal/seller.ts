/** What is known of a producer for the yearly report to the tax office. A text that is empty is not known; a day is `YYYY-MM-DD`. */
export interface Seller {
  readonly kind: 'individual' | 'entity';
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string | null;
  /** The number by which its tax office knows it. */
  readonly tin: string;
  /** It says that it has no VAT number. */
  readonly noVat: boolean;
  readonly ibanHolder: string;
}

/** What a contract and an invoice know of it already. */
interface Known {
  readonly legalName: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly vatNumber: string;
  readonly vatFranchise: boolean;
  readonly iban: string;
  readonly publicBody: boolean;
}

/** What may be missing, in the order in which it is asked. */
export const SELLER_FIELDS = ['legalName', 'address', 'postcode', 'city', 'iban', 'kind', 'firstName', 'lastName', 'birthDate', 'tin', 'vatNumber', 'ibanHolder'] as const;

export type SellerField = (typeof SELLER_FIELDS)[number];

/**
 * What directive (EU) 2021/514, annex V, section II B asks of a producer and we do not know yet (CGI art. 1649 ter A ff., read 2026-11-21).
 * A public body is excluded (annex V, I B 5). Where the provider holds the account, no IBAN is asked here.
 */
export function missingOfSeller(seller: Seller | null, known: Known, { ibanElsewhere = false } = {}): SellerField[] {
  if (known.publicBody) return [];
  const lacks: Readonly<Record<SellerField, boolean>> = {
    legalName: !known.legalName.trim(), address: !known.address.trim(), postcode: !known.postcode.trim(), city: !known.city.trim(),
    iban: !ibanElsewhere && !known.iban, kind: !seller,
    firstName: seller?.kind === 'individual' && !seller.firstName.trim(), lastName: seller?.kind === 'individual' && !seller.lastName.trim(),
    birthDate: seller?.kind === 'individual' && !seller.birthDate,
    tin: seller !== null && !tinIsValid(seller.tin, known.country, seller.kind),
    vatNumber: seller?.kind === 'entity' && !known.vatNumber.trim() && !known.vatFranchise && !seller.noVat,
    ibanHolder: seller !== null && !seller.ibanHolder.trim(),
  };
  return SELLER_FIELDS.filter((field) => lacks[field]);
}

const luhn = (digits: string): boolean => Array.from(digits, Number).reverse().reduce((sum, digit, i) => sum + (i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit), 0) % 10 === 0;
const belgian = (digits: string): boolean => {
  const [head, check] = [digits.slice(0, -2), Number(digits.slice(-2))];
  // Who was born since 2000 counts a 2 before the number.
  return [head, `2${head}`].some((one) => 97 - Number(BigInt(one) % 97n) === check);
};

/**
 * Whether a text without blanks can be a tax number of that country. Sources, read 2026-11-21: OECD, Tax identification numbers, jurisdiction sheets FR
 * (numéro fiscal, thirteen digits from 0 to 3; SIREN), BE (national number, eleven digits modulo 97; enterprise number), LU (matricule, thirteen and
 * eleven digits), CH (AHV number; UID). Whether it exists is for the tax office to say.
 */
export function tinIsValid(tin: string, country: string, kind: Seller['kind']): boolean {
  switch (`${country} ${kind}`) {
    case 'FR individual': return /^[0-3]\d{12}$/.test(tin);
    case 'FR entity': return /^(?!0{9})\d{9}$/.test(tin) && luhn(tin);
    case 'BE individual': return /^\d{11}$/.test(tin) && belgian(tin);
    case 'BE entity': return /^[01]\d{9}$/.test(tin) && 97 - Number(BigInt(tin.slice(0, 8)) % 97n) === Number(tin.slice(8));
    case 'LU individual': return /^\d{13}$/.test(tin);
    case 'LU entity': return /^\d{11}$/.test(tin);
    case 'CH individual': return /^756\d{10}$/.test(tin);
    case 'CH entity': return /^CHE\d{9}$/.test(tin);
    default: return /^[A-Z0-9]{4,20}$/.test(tin);
  }
}
