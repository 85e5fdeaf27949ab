import type { Bps, Money } from '../core/money.ts';
import { addDays, type Day } from '../core/time.ts';
import { frenchDay, frenchHour, frenchMoney, frenchRate, frenchRib, frenchSiret } from '../legal/french.ts';

/** Days for which a quote binds the producer. */
const validDays = 30;

/** The last day on which what was quoted on a day can be ordered. */
export const validUntil = (day: Day): Day => addDays(day, validDays);

/** Who sells or orders, as the quote prints it; what is not known yet is left out. */
export interface QuoteParty {
  readonly legalName: string;
  readonly legalForm: string;
  readonly siret: string;
  readonly vatNumber: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly representative: string;
  readonly licence: string;
  /** Where a transfer goes, without spaces; empty when it is not known. */
  readonly iban: string;
}

/** What a producer offers a public buyer. */
export interface Quote {
  readonly number: string;
  readonly day: Day;
  readonly producer: QuoteParty;
  readonly organiser: QuoteParty;
  readonly show: { readonly title: string; readonly artist: string; readonly day: Day; readonly startTime: string; readonly place: string; readonly city: string };
  readonly price: Money;
  readonly vatBps: Bps;
  readonly vat: Money;
  readonly total: Money;
  readonly vatCitation: string;
  readonly terms: string;
}

/**
 * A quote on paper, with all that a public accountant looks for: number, date and how long it holds, both parties and their SIRET, what is
 * sold, unit price, tax by rate, total, payment in thirty days, the producer's bank, licence (legal.md PUB-11, PUB-06; read 2026-11-21).
 */
export function quoteOf({ number, day, producer, organiser, show, price, vatBps, vat, total, vatCitation, terms }: Quote) {
  const words = (kind: 'title' | 'heading' | 'text' | 'small', text: string) => ({ kind, text });
  const what = [
    `Cession du droit d’exploitation du spectacle « ${show.title} »${show.title === show.artist ? '' : `, par ${show.artist}`}`,
    `une représentation, le ${frenchDay(show.day)} à ${frenchHour(show.startTime)}`, [show.place, show.city].filter((part, i, all) => part !== '' && all.indexOf(part) === i).join(', '),
  ].filter((part) => part !== '').join(', ');
  return [
    words('title', `Devis n° ${number}`),
    words('small', `Établi le ${frenchDay(day)}, valable ${validDays} jours, jusqu’au ${frenchDay(validUntil(day))}`),
    { kind: 'columns' as const, left: ['Le Producteur', ...linesOf(producer)], right: ['L’Organisateur', ...linesOf(organiser)] },
    {
      kind: 'table' as const, align: ['left', 'right', 'right', 'right', 'right'] as const, widths: [7, 2, 3, 2, 3],
      rows: [['Désignation', 'Quantité', 'Prix unitaire HT', 'TVA', 'Montant HT'], [what, '1', frenchMoney(price), frenchRate(vatBps), frenchMoney(price)]],
    },
    {
      kind: 'table' as const, align: ['left', 'right'] as const, widths: [5, 2],
      rows: [['Récapitulatif', 'Montant'], ['Montant hors taxes', frenchMoney(price)], [vatBps > 0n ? `TVA à ${frenchRate(vatBps)}, ${vatCitation}` : vatCitation, frenchMoney(vat)], [vatBps > 0n ? 'Total à payer, toutes taxes comprises' : 'Total à payer', frenchMoney(total)]],
    },
    ...terms.split(/\n+/u).map((line) => line.trim()).filter((line) => line !== '').map((line) => words('text', line)),
    words('heading', 'Paiement'),
    words('text', 'Après service fait, par virement, dans les trente jours de la réception de la facture déposée sur Chorus Pro (CCP art. R2192-10). Aucun acompte n’est demandé : un comptable public paie après service fait (décret 2012-1246, art. 33).'),
    ...bankLines(producer).map((line) => words('text', line)),
    words('text', 'En cas de retard : intérêts moratoires au taux de refinancement de la Banque centrale européenne majoré de huit points, et indemnité forfaitaire de 40 € pour frais de recouvrement (CCP art. R2192-31 et D2192-35).'),
    words('heading', 'Commande'),
    words('text', `Pour commander, indiquez sur Flow Stage le numéro du bon de commande ou de l’engagement et, s’il est exigé, le code service, en citant le devis n° ${number}. Le contrat de cession est établi ensuite.`),
    ...(producer.licence ? [words('small', `Récépissé de déclaration d’entrepreneur de spectacles vivants n° ${producer.licence} (C. trav. art. L7122-3).`)] : []),
  ];
}

/** Where the producer is paid. */
function bankLines({ legalName, iban }: QuoteParty): string[] {
  if (iban === '') return [];
  const rib = frenchRib(iban);
  const grouped = iban.replaceAll(/(.{4})(?=.)/gu, '$1 ');
  return [`Coordonnées bancaires : ${legalName}, IBAN ${grouped}.`, ...(rib ? [`RIB : ${rib}.`] : [])];
}

function linesOf({ legalName, legalForm, siret, vatNumber, address, postcode, city, representative }: QuoteParty): string[] {
  return [
    legalForm ? `${legalName}, ${legalForm}` : legalName, address, `${postcode} ${city}`.trim(), siret && `SIRET ${frenchSiret(siret)}`, vatNumber && `TVA ${vatNumber}`, representative,
  ].filter((line) => line !== '');
}
