import type { Day } from '../core/time.ts';
import { missingOf, type Party } from '../identity/party.ts';
import { paymentPath, type PaymentPath } from '../legal/payment-path.ts';
import { cessionVat, frenchTerritory, ourVat, type VatKind, type VatRule } from '../legal/vat.ts';

/** A side of a sale, as far as the law asks. */
export interface SaleParty extends Party {
  readonly vatNumber: string;
  readonly vatFranchise: boolean;
  readonly publicBody: boolean;
  readonly insee: string;
  readonly iban: string;
}

/** What the law says of a sale before it is signed. */
export interface Sale {
  readonly path: PaymentPath;
  /** The tax on the price; null where our rule base does not know. */
  readonly vat: VatRule | null;
  /** The tax on our commission; null where our rule base does not know. */
  readonly commissionVat: VatRule | null;
  /** What the contract still lacks of each side, named as in the form. */
  readonly missing: { readonly artist: readonly string[]; readonly buyer: readonly string[] };
}

/** Reads the law of a sale off its two sides, its place and its day. `today` is the day of the contract, by which our commission is taxed. */
export function saleOf({ artist, buyer, show, showDay, today }: { artist: SaleParty; buyer: SaleParty; show: { country: string; insee: string; postcode: string }; showDay: Day; today: Day }): Sale {
  const path = paymentPath(buyer);
  const vat = cessionVat({ day: showDay, seller: artist, buyer, show });
  const commission = ourVat({ country: artist.country, vatNumber: artist.vatNumber, day: today });
  // A Swiss number is no number of the Union: it stands on no sale whose tax the buyer accounts for. Whoever charges tax prints its own (CGI ann. II 242 nonies A, read 2026-11-22).
  const known = vat !== null && commission !== null;
  const numbered = (party: SaleParty, kinds: readonly (VatKind | undefined)[]) => ({ vatNumber: kinds.includes(vat?.kind) && party.country !== 'CH' });
  return {
    path, vat, commissionVat: commission,
    missing: {
      artist: [...missingOf(artist, 'producer', { ...numbered(artist, ['reversed', 'charged']), iban: path === 'public' }), ...(known ? [] : ['country'])],
      buyer: missingOf(buyer, 'organiser', numbered(buyer, ['reversed'])),
    },
  };
}

/**
 * By what the tax of a French place is known: its commune's code, else the postcode written with it, else its name when every commune of
 * that name has one tax (`named` gives their codes), else the French home of its buyer. Both are empty when nothing tells: then nobody may guess.
 */
export function communeOf(
  { insee, address, city }: { readonly insee: string; readonly address: string; readonly city: string },
  named: (city: string) => readonly string[], buyer: { readonly country: string; readonly insee: string; readonly postcode: string },
): { insee: string; postcode: string } {
  if (insee !== '') return { insee, postcode: '' };
  const [written] = /\b\d{5}\b/.exec(city) ?? /\b\d{5}\b/.exec(address) ?? [];
  if (written) return { insee: '', postcode: written };
  const [first, ...others] = named(city);
  if (first !== undefined && others.every((code) => frenchTerritory(code) === frenchTerritory(first))) return { insee: first, postcode: '' };
  return buyer.country === 'FR' ? { insee: buyer.insee, postcode: buyer.postcode } : { insee: '', postcode: '' };
}
