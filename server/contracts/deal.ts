import { frenchDay, frenchSiret } from '../legal/french.ts';
import type { PaymentPath } from '../legal/payment-path.ts';
import type { VatKind } from '../legal/vat.ts';
import { registrationLine, type Party } from '../identity/party.ts';
import type { Bps, Money } from '../core/money.ts';
import type { Day } from '../core/time.ts';

/** A party as the contract prints it; an empty text is not known, and allowed to be so (identity/party.ts says which must be). */
export interface ContractParty extends Party {
  readonly legalForm: string;
  readonly vatNumber: string;
  /** The capacity in which the representative signs. */
  readonly capacity: string;
  readonly licenceUntil: Day | null;
}

/** All that a contract says of the show. */
export interface ContractShow {
  readonly title: string;
  readonly day: Day;
  /** `20:30`, at the venue. */
  readonly startTime: string;
  readonly durationMinutes: number;
  readonly occasion: string;
  readonly place: string;
  readonly address: string;
  readonly city: string;
  /** How many people are expected; 0 is not known. */
  readonly audience: number;
  readonly outdoor: boolean;
}

/** An agreed deal with both parties complete: what a contract is drafted from. */
export interface Deal {
  readonly number: string;
  /** The day on which it is drafted: dated rules are those of this day. */
  readonly day: Day;
  readonly path: PaymentPath;
  readonly artist: { readonly name: string; readonly genres: readonly string[]; readonly lineUp: number };
  readonly producer: ContractParty;
  readonly organiser: ContractParty;
  readonly show: ContractShow;
  readonly price: Money;
  readonly vatBps: Bps;
  readonly vat: Money;
  readonly total: Money;
  readonly vatCitation: string;
  readonly vatKind: VatKind;
  /** The row of our rule base. */
  readonly vatRule: string;
  readonly deposit: Money;
  readonly balance: Money;
  /** A public buyer's papers; null on the secured path. */
  readonly purchase: { readonly quoteNumber: string; readonly orderNumber: string; readonly serviceCode: string } | null;
  /** What was agreed beside the price, in the words of the offer. */
  readonly terms: string;
  /** What the artist needs on stage, and what the organiser said of the place. */
  readonly technical: { readonly artist: string; readonly organiser: string };
}

const countries: Readonly<Record<string, string>> = { FR: 'France', BE: 'Belgique', CH: 'Suisse', LU: 'Luxembourg', DE: 'Allemagne', ES: 'Espagne', IT: 'Italie', GB: 'Royaume-Uni', NL: 'Pays-Bas' };

/** A country that we have no word for keeps its ISO code. */
const countryInFrench = (code: string): string => countries[code] ?? code;

/** Whether a party buys for its private life: consumer law then protects it, and no rule between traders applies. */
export const isConsumer = ({ kind }: Party): boolean => kind === 'person';

/** Whether the show is sold at or above the amount from which social certificates are due: 5 000 € before tax (C. trav. R8222-1, read 2026-11-21; legal.md CTR-FR-11, G18). */
export const needsVigilance = ({ price }: Deal): boolean => price.minor >= 500_000n;

/** Who a party is, in one sentence part. */
export function identityOf(party: ContractParty): string {
  const { legalName, legalForm, siret, vatNumber, address, postcode, city, country, representative, capacity, kind } = party;
  return [
    legalForm ? `${legalName}, ${legalForm}` : legalName,
    ...(siret ? [`SIRET ${frenchSiret(siret)}`] : []),
    ...[registrationLine(party)].filter(Boolean),
    vatNumber ? `n° de TVA ${vatNumber}` : isConsumer(party) ? 'particulier non assujetti à la TVA' : 'sans numéro de TVA intracommunautaire',
    `${isConsumer(party) ? 'demeurant' : 'dont le siège est situé'} ${address}, ${postcode} ${city}${country === 'FR' ? '' : `, ${countryInFrench(country)}`}`,
    ...(isConsumer(party) ? [] : [`ayant pour représentant ${representative}, en qualité de ${capacity || (kind === 'municipality' ? 'maire ou son délégataire' : 'personne habilitée à l’engager')}`]),
  ].join(', ');
}

/** The same as lines of an address block, the name first. */
export function linesOf(party: ContractParty): string[] {
  const { legalName, legalForm, siret, vatNumber, address, postcode, city, country, representative, capacity, licence, licenceUntil } = party;
  return [
    legalForm ? `${legalName}, ${legalForm}` : legalName,
    address, `${postcode} ${city}${country === 'FR' ? '' : `, ${countryInFrench(country)}`}`,
    ...(siret ? [`SIRET ${frenchSiret(siret)}`] : []),
    ...[registrationLine(party)].filter(Boolean),
    ...(vatNumber ? [`TVA ${vatNumber}`] : []),
    ...(licence ? [`Récépissé n° ${licence}${licenceUntil ? `, valable jusqu’au ${frenchDay(licenceUntil)}` : ''}`] : []),
    ...(isConsumer(party) ? [] : [capacity ? `${representative}, ${capacity}` : representative]),
  ];
}
