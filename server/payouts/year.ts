import { units } from '../accounting/signs.ts';
import type { Locale } from '../core/locale.ts';
import { saidOf, type Reported } from './dac7.ts';
import type { Piece } from './statement.ts';

/** Who reports, as the paper names it. */
interface Platform { readonly name: string; readonly siret: string; readonly address: string; readonly postcode: string; readonly city: string }

interface Words {
  readonly title: string; readonly lead: string; readonly who: string; readonly tin: string; readonly noTin: string; readonly vat: string; readonly registration: string; readonly born: string; readonly account: string; readonly holder: string;
  readonly what: string; readonly quarter: string; readonly consideration: string; readonly fees: string; readonly activities: string; readonly sum: string; readonly means: string; readonly wrong: string;
}

/* What a platform tells each seller of what it reports, by 31 January: directive (EU) 2021/514, annex V, section IV, F, 4; CGI art. 1649 ter A to E (read 2026-11-21). */
const words: Readonly<Record<Locale, Words>> = {
  fr: {
    title: 'Ce que nous déclarons de vos revenus de {year}', lead: 'La directive (UE) 2021/514 (DAC7) et les articles 1649 ter A à E du CGI nous obligent à déclarer chaque année à l’administration fiscale ce que les producteurs ont perçu par notre plateforme, et à vous en donner copie au plus tard le 31 janvier.',
    who: 'Vous', tin: 'Numéro fiscal', noTin: 'non communiqué', vat: 'Numéro de TVA', registration: 'Immatriculation', born: 'Né(e) le', account: 'Compte', holder: 'Titulaire',
    what: 'Services personnels, en {currency}', quarter: 'Trimestre', consideration: 'Perçu, commission déduite', fees: 'Commission et sa TVA', activities: 'Spectacles', sum: 'Année',
    means: 'Ces montants sont ceux de notre grand livre ; la déclaration les arrondit à l’unité. Cette copie ne remplace pas votre propre déclaration de revenus ou de TVA.', wrong: 'Si une information est fausse, corrigez-la à la page des versements ou écrivez-nous : une déclaration rectificative suivra, et vous en recevrez copie.',
  },
  en: {
    title: 'What we report of your income of {year}', lead: 'Directive (EU) 2021/514 (DAC7) and articles 1649 ter A to E of the French tax code oblige us to report to the tax office each year what producers earned through our platform, and to give you a copy by 31 January.',
    who: 'You', tin: 'Tax number', noTin: 'not given', vat: 'VAT number', registration: 'Registration', born: 'Born on', account: 'Account', holder: 'Holder',
    what: 'Personal services, in {currency}', quarter: 'Quarter', consideration: 'Earned, less commission', fees: 'Commission and its VAT', activities: 'Shows', sum: 'Year',
    means: 'These amounts are those of our ledger; the report rounds them to whole units. This copy does not replace your own tax or VAT return.', wrong: 'If anything is wrong, correct it on the page of payouts or write to us: a corrected report follows, and you get a copy of it.',
  },
  nl: {
    title: 'Wat wij van uw inkomsten van {year} aangeven', lead: 'Richtlijn (EU) 2021/514 (DAC7) en de artikelen 1649 ter A tot E van het Franse belastingwetboek verplichten ons om elk jaar aan de belastingdienst aan te geven wat producenten via ons platform verdiend hebben, en u daarvan uiterlijk op 31 januari een kopie te geven.',
    who: 'U', tin: 'Fiscaal nummer', noTin: 'niet opgegeven', vat: 'Btw-nummer', registration: 'Inschrijving', born: 'Geboren op', account: 'Rekening', holder: 'Houder',
    what: 'Persoonlijke diensten, in {currency}', quarter: 'Kwartaal', consideration: 'Verdiend, commissie afgetrokken', fees: 'Commissie en btw daarop', activities: 'Voorstellingen', sum: 'Jaar',
    means: 'Deze bedragen zijn die van ons grootboek; de aangifte rondt ze af op hele eenheden. Deze kopie vervangt uw eigen belasting- of btw-aangifte niet.', wrong: 'Klopt er iets niet, verbeter het op de pagina van de uitbetalingen of schrijf ons: een verbeterde aangifte volgt, en u krijgt er een kopie van.',
  },
  de: {
    title: 'Was wir von Ihren Einkünften des Jahres {year} melden', lead: 'Die Richtlinie (EU) 2021/514 (DAC7) und die Artikel 1649 ter A bis E des französischen Steuergesetzbuchs verpflichten uns, der Finanzverwaltung jedes Jahr zu melden, was Produzenten über unsere Plattform eingenommen haben, und Ihnen bis zum 31. Januar eine Kopie zu geben.',
    who: 'Sie', tin: 'Steuernummer', noTin: 'nicht angegeben', vat: 'Umsatzsteuernummer', registration: 'Registrierung', born: 'Geboren am', account: 'Konto', holder: 'Inhaber',
    what: 'Persönliche Dienstleistungen, in {currency}', quarter: 'Quartal', consideration: 'Eingenommen, abzüglich Provision', fees: 'Provision und Steuer darauf', activities: 'Auftritte', sum: 'Jahr',
    means: 'Diese Beträge sind die unseres Hauptbuchs; die Meldung rundet sie auf ganze Einheiten. Diese Kopie ersetzt Ihre eigene Steuer- oder Umsatzsteuererklärung nicht.', wrong: 'Ist etwas falsch, berichtigen Sie es auf der Seite der Auszahlungen oder schreiben Sie uns: Eine berichtigte Meldung folgt, und Sie erhalten eine Kopie.',
  },
};

/** What decides whether a producer is told anew: all that is reported of it, in every currency. */
export const digestOf = (reported: readonly Reported[]): string => [...reported].sort((a, b) => (a.currency < b.currency ? -1 : 1)).map(saidOf).join('\n');

/** What one producer is told of what is reported of its year, as it is printed. `reported` are its blocks, one for each currency. */
export function yearBlocks(reported: readonly [Reported, ...Reported[]], { year, locale, platform }: { readonly year: number; readonly locale: Locale; readonly platform: Platform }): { title: string; subject: string; blocks: Piece[] } {
  const say = words[locale];
  const [one] = reported;
  const colon = locale === 'fr' ? '\u00a0: ' : ': ';
  const amount = (minor: bigint): string => units(minor, locale === 'en' ? '.' : ',');
  const day = (iso: string): string => new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`));
  const title = say.title.replace('{year}', String(year));
  const named = (label: string, text: string): string[] => (text ? [`${label}${colon}${text}`] : []);
  const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
  return {
    title, subject: title,
    blocks: [
      { kind: 'title', text: title },
      { kind: 'columns', left: [platform.name, `SIREN ${platform.siret.slice(0, 9)}`, platform.address, `${platform.postcode} ${platform.city}`], right: [
        say.who, one.kind === 'individual' ? `${one.firstName} ${one.lastName}` : one.legalName, one.address, `${one.postcode} ${one.city}, ${one.country}`, `${say.tin}${colon}${one.tin || say.noTin}`, ...named(say.vat, one.vatNumber),
        ...named(say.registration, one.siret), ...named(say.born, one.birthDate ? day(one.birthDate) : ''), ...named(say.account, one.iban), ...named(say.holder, one.iban && one.ibanHolder),
      ] },
      { kind: 'text', text: say.lead },
      ...reported.flatMap(({ currency, consideration, fees, activities }): Piece[] => [
        { kind: 'heading', text: say.what.replace('{currency}', currency) },
        { kind: 'table', align: ['left', 'right', 'right', 'right'], rows: [
          [say.quarter, say.consideration, say.fees, say.activities],
          ...[0, 1, 2, 3].map((i) => [`${String(i + 1)}/${String(year)}`, amount(consideration[i] ?? 0n), amount(fees[i] ?? 0n), String(activities[i] ?? 0)]),
          [say.sum, amount(total(consideration)), amount(total(fees)), String(activities.reduce((sum, value) => sum + value, 0))],
        ] },
      ]),
      { kind: 'text', text: say.means }, { kind: 'small', text: say.wrong },
    ],
  };
}
