import type { Day } from '../core/time.ts';
import { missingOf, type Party } from '../identity/party.ts';
import { paymentPath, type PaymentPath } from '../legal/payment-path.ts';
import { cessionVat, commissionVat, type VatRule } from '../legal/vat.ts';

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
export function saleOf({ artist, buyer, show, showDay, today }: { artist: SaleParty; buyer: SaleParty; show: { country: string; insee: string }; showDay: Day; today: Day }): Sale {
  const path = paymentPath(buyer);
  const vat = cessionVat({ day: showDay, seller: artist, buyer, show });
  const commission = commissionVat({ country: artist.country, day: today });
  // A Swiss number is no number of the Union: it stands on no sale whose tax the buyer accounts for.
  const known = vat !== null && commission !== null;
  const numbered = (party: SaleParty) => ({ vatNumber: vat?.kind === 'reversed' && party.country !== 'CH' });
  return {
    path, vat, commissionVat: commission,
    missing: {
      artist: [...missingOf(artist, 'producer', { ...numbered(artist), iban: path === 'public' }), ...(known ? [] : ['country'])],
      buyer: missingOf(buyer, 'organiser', numbered(buyer)),
    },
  };
}
