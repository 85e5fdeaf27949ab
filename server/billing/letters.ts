import { GREETINGS, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

const words: Readonly<Record<Locale, { readonly subject: string; readonly paragraphs: readonly string[]; readonly label: string; readonly why: string }>> = {
  fr: {
    subject: 'Votre facture de commission attend votre mandat',
    paragraphs: ['Votre commission de {amount} à {producer} doit être facturée en votre nom, et la loi veut que vous nous en donniez d’abord mandat par écrit (CGI, art. 289, I-2).', 'Donnez-le une fois, dans la comptabilité ; la facture s’établit ensuite d’un clic. Votre versement, lui, n’attend pas.'],
    label: 'Ouvrir la comptabilité', why: 'Ce message vous est envoyé parce qu’une commission de {org} est versée.',
  },
  en: {
    subject: 'Your commission invoice waits for your mandate',
    paragraphs: ['Your commission of {amount} to {producer} is to be invoiced in your name, and the law asks you to give us a written mandate first (French tax code, art. 289, I-2).', 'Give it once, in your accounts; the invoice is then issued at a click. Your payout does not wait for it.'],
    label: 'Open the accounts', why: 'You receive this because a commission of {org} is paid out.',
  },
  nl: {
    subject: 'Uw commissiefactuur wacht op uw mandaat',
    paragraphs: ['Uw commissie van {amount} aan {producer} moet in uw naam worden gefactureerd, en de wet wil dat u ons daar eerst schriftelijk mandaat voor geeft (Frans belastingwetboek, art. 289, I-2).', 'Geef het één keer, in uw boekhouding; daarna wordt de factuur met één klik opgemaakt. Uw uitbetaling wacht er niet op.'],
    label: 'De boekhouding openen', why: 'U krijgt dit bericht omdat een commissie van {org} wordt uitbetaald.',
  },
  de: {
    subject: 'Ihre Provisionsrechnung wartet auf Ihr Mandat',
    paragraphs: ['Ihre Provision von {amount} an {producer} ist in Ihrem Namen zu berechnen, und das Gesetz verlangt, dass Sie uns dazu vorher schriftlich bevollmächtigen (französisches Steuergesetzbuch, Art. 289, I-2).', 'Geben Sie das Mandat einmal, in der Buchhaltung; die Rechnung wird dann mit einem Klick ausgestellt. Ihre Auszahlung wartet nicht darauf.'],
    label: 'Buchhaltung öffnen', why: 'Sie erhalten diese Nachricht, weil eine Provision von {org} ausgezahlt wird.',
  },
};

/** The letter that asks a booker for its mandate to invoice, once for a booking: the invoice of its commission waits for it, and nothing else does. */
export function bookerWaitingLetter(locale: Locale, figures: { readonly org: string; readonly producer: string; readonly amount: string }, url: string): Letter {
  const { subject, paragraphs, label, why } = words[locale];
  const filled = (text: string): string => text.replaceAll('{org}', figures.org).replaceAll('{producer}', figures.producer).replaceAll('{amount}', figures.amount);
  return { locale, subject, greeting: GREETINGS[locale], paragraphs: paragraphs.map(filled), act: { label, url }, why: filled(why) };
}
