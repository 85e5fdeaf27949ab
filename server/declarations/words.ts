import type { Locale } from '../core/locale.ts';
import type { VatKind } from '../legal/vat.ts';

interface Names {
  readonly heads: Readonly<Record<'vat' | 'union' | 'commission', readonly string[]>>;
  readonly natures: Readonly<Record<`${'sale' | 'purchase'}_${VatKind}`, string>>;
}

const words: Readonly<Record<Locale, Names>> = {
  fr: {
    heads: {
      vat: ['Ligne', 'Code', 'Libellé', 'Base hors taxe', 'Taxe'], union: ['Mois', 'Pays', 'N° de TVA du client', 'Client', 'Montant hors taxe'],
      commission: ['Date', 'Facture', 'Dossier', 'Spectacle', 'Prix HT', 'Taux %', 'Commission HT', 'TVA %', 'TVA', 'Total', 'Devise'],
    },
    natures: {
      sale_charged: 'Ventes taxées', sale_reversed: 'Ventes autoliquidées par le client', sale_exempt: 'Ventes exonérées', sale_outside: 'Ventes hors du champ', sale_franchise: 'Ventes en franchise',
      purchase_charged: 'Achats taxés', purchase_reversed: 'Achats autoliquidés', purchase_exempt: 'Achats exonérés', purchase_outside: 'Achats hors du champ', purchase_franchise: 'Achats à un vendeur en franchise',
    },
  },
  en: {
    heads: {
      vat: ['Line', 'Code', 'Label', 'Net base', 'Tax'], union: ['Month', 'Country', 'Customer’s VAT number', 'Customer', 'Net amount'],
      commission: ['Date', 'Invoice', 'File', 'Show', 'Net price', 'Rate %', 'Net commission', 'VAT %', 'VAT', 'Total', 'Currency'],
    },
    natures: {
      sale_charged: 'Taxed sales', sale_reversed: 'Sales reversed to the customer', sale_exempt: 'Exempt sales', sale_outside: 'Sales outside the tax', sale_franchise: 'Sales under the franchise',
      purchase_charged: 'Taxed purchases', purchase_reversed: 'Purchases under reverse charge', purchase_exempt: 'Exempt purchases', purchase_outside: 'Purchases outside the tax', purchase_franchise: 'Purchases from a seller under the franchise',
    },
  },
  nl: {
    heads: {
      vat: ['Regel', 'Code', 'Omschrijving', 'Maatstaf excl. btw', 'Btw'], union: ['Maand', 'Land', 'Btw-nummer van de klant', 'Klant', 'Bedrag excl. btw'],
      commission: ['Datum', 'Factuur', 'Dossier', 'Voorstelling', 'Prijs excl. btw', 'Tarief %', 'Commissie excl. btw', 'Btw %', 'Btw', 'Totaal', 'Munt'],
    },
    natures: {
      sale_charged: 'Belaste verkopen', sale_reversed: 'Verkopen met verlegging naar de klant', sale_exempt: 'Vrijgestelde verkopen', sale_outside: 'Verkopen buiten de btw', sale_franchise: 'Verkopen onder de vrijstellingsregeling',
      purchase_charged: 'Belaste aankopen', purchase_reversed: 'Aankopen met verlegging', purchase_exempt: 'Vrijgestelde aankopen', purchase_outside: 'Aankopen buiten de btw', purchase_franchise: 'Aankopen bij een vrijgestelde verkoper',
    },
  },
  de: {
    heads: {
      vat: ['Zeile', 'Code', 'Bezeichnung', 'Bemessungsgrundlage', 'Steuer'], union: ['Monat', 'Land', 'USt-IdNr. des Kunden', 'Kunde', 'Betrag netto'],
      commission: ['Datum', 'Rechnung', 'Akte', 'Aufführung', 'Preis netto', 'Satz %', 'Provision netto', 'Steuer %', 'Steuer', 'Summe', 'Währung'],
    },
    natures: {
      sale_charged: 'Besteuerte Verkäufe', sale_reversed: 'Verkäufe mit Steuerschuld des Kunden', sale_exempt: 'Befreite Verkäufe', sale_outside: 'Nicht steuerbare Verkäufe', sale_franchise: 'Verkäufe als Kleinunternehmer',
      purchase_charged: 'Besteuerte Einkäufe', purchase_reversed: 'Einkäufe mit eigener Steuerschuld', purchase_exempt: 'Befreite Einkäufe', purchase_outside: 'Nicht steuerbare Einkäufe', purchase_franchise: 'Einkäufe bei Kleinunternehmern',
    },
  },
};

/** The columns of a file. */
export const headOf = (locale: Locale, what: 'vat' | 'union' | 'commission'): string[] => [...words[locale].heads[what]];

/** What is bought or sold, by how it is taxed, where no form has words for it. */
export const natureName = (locale: Locale, side: 'sale' | 'purchase', kind: VatKind): string => words[locale].natures[`${side}_${kind}`];
