import { units } from '../accounting/signs.ts';
import type { Locale } from '../core/locale.ts';
import type { Money } from '../core/money.ts';
import { addDays, type Day } from '../core/time.ts';
import { separated } from '../payouts/csv.ts';
import type { Fees, Month, Night } from './figures.ts';

const words: Readonly<Record<Locale, { readonly months: readonly string[]; readonly days: readonly string[]; readonly on: string; readonly asked: string; readonly free: string }>> = {
  fr: {
    months: ['Mois', 'Demandes', 'Répondues', 'Contrats signés', 'Conversion en %', 'Première réponse, médiane en heures', 'Avance, médiane en jours', 'Devise', 'Cachets convenus HT', 'Cachet médian HT', 'Demandes un an avant', 'Contrats un an avant', 'Cachets un an avant HT'],
    days: ['Jour', 'État', 'Heure', 'Artiste', 'Lieu', 'Cachet HT', 'Devise'], on: 'Au programme', asked: 'Demandé', free: 'Libre',
  },
  en: {
    months: ['Month', 'Requests', 'Answered', 'Contracts signed', 'Conversion in %', 'First answer, median in hours', 'Lead, median in days', 'Currency', 'Fees agreed before tax', 'Median fee before tax', 'Requests a year before', 'Contracts a year before', 'Fees a year before, before tax'],
    days: ['Day', 'State', 'Hour', 'Artist', 'Place', 'Fee before tax', 'Currency'], on: 'On the programme', asked: 'Asked for', free: 'Free',
  },
  nl: {
    months: ['Maand', 'Aanvragen', 'Beantwoord', 'Getekende contracten', 'Conversie in %', 'Eerste antwoord, mediaan in uren', 'Aanloop, mediaan in dagen', 'Munt', 'Afgesproken gages excl. btw', 'Mediane gage excl. btw', 'Aanvragen een jaar eerder', 'Contracten een jaar eerder', 'Gages een jaar eerder excl. btw'],
    days: ['Dag', 'Stand', 'Uur', 'Artiest', 'Plaats', 'Gage excl. btw', 'Munt'], on: 'Op het programma', asked: 'Aangevraagd', free: 'Vrij',
  },
  de: {
    months: ['Monat', 'Anfragen', 'Beantwortet', 'Unterschriebene Verträge', 'Abschlüsse in %', 'Erste Antwort, Median in Stunden', 'Vorlauf, Median in Tagen', 'Währung', 'Vereinbarte Gagen netto', 'Median der Gage netto', 'Anfragen ein Jahr davor', 'Verträge ein Jahr davor', 'Gagen ein Jahr davor netto'],
    days: ['Tag', 'Stand', 'Uhrzeit', 'Künstler', 'Ort', 'Gage netto', 'Währung'], on: 'Im Programm', asked: 'Angefragt', free: 'Frei',
  },
};

/** A file as the reader's spreadsheet opens it: its own comma, and the sign that says which letters these are. */
const file = (rows: readonly (readonly string[])[], locale: Locale): string => `\ufeff${separated(rows, locale === 'en' ? ',' : ';')}`;

/** The months as a file: one line a month, and one more for each further currency that was agreed in. A figure that is not claimed is empty. */
export function monthsCsv(months: readonly Month[], locale: Locale): string {
  const point = locale === 'en' ? '.' : ',';
  const amount = (minor: number | undefined): string => (minor === undefined ? '' : units(BigInt(minor), point));
  const hundredths = (value: number | null): string => (value === null ? '' : units(BigInt(value), point));
  const rows = months.flatMap((month) => {
    const currencies = [...new Set([...month.fees, ...month.before.fees].map(({ currency }) => currency))].sort();
    const of = (fees: readonly Fees[], currency: string): Fees | undefined => fees.find((one) => one.currency === currency);
    return (currencies.length > 0 ? currencies : ['']).map((currency, line) => {
      const once = (figure: string): string => (line === 0 ? figure : '');
      return [
        month.month, once(String(month.requests)), once(String(month.answered)), once(String(month.contracts)), once(hundredths(month.conversionBps)),
        once(hundredths(month.answerMinutes === null ? null : Math.round((month.answerMinutes * 100) / 60))), once(month.leadDays === null ? '' : String(month.leadDays)), currency,
        amount(of(month.fees, currency)?.sum.minor), amount(of(month.fees, currency)?.median?.minor), once(String(month.before.requests)), once(String(month.before.contracts)), amount(of(month.before.fees, currency)?.sum.minor),
      ];
    });
  });
  return file([words[locale].months, ...rows], locale);
}

/** A season as a file, a line for each day: what is on, who is asked for, or that it is free. */
export function daysCsv({ from, until, nights, open }: { readonly from: Day; readonly until: Day; readonly nights: readonly Night[]; readonly open: readonly { readonly day: Day; readonly artist: string }[] }, locale: Locale): string {
  const { days, on, asked, free } = words[locale];
  const amount = (fee: Money | null): string => (fee ? units(fee.minor, locale === 'en' ? '.' : ',') : '');
  const rows: string[][] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) {
    const lines = [
      ...nights.filter((night) => night.day === day).map(({ startTime, title, place, fee }) => [day, on, startTime, title, place, amount(fee), fee?.currency ?? '']),
      ...open.filter((one) => one.day === day).map(({ artist }) => [day, asked, '', artist, '', '', '']),
    ];
    rows.push(...(lines.length > 0 ? lines : [[day, free, '', '', '', '', '']]));
  }
  return file([days, ...rows], locale);
}
