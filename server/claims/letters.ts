import { filled, GREETINGS, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

/** What a debtor is told of: that something is claimed, that our people answered, that some of it came off. */
export type ClaimNews = 'opened' | 'decided' | 'reduced';

/** What of a claim decides the words of a letter. */
export interface Told {
  readonly news: ClaimNews;
  /** Our people confirmed it; else they gave more time. */
  readonly confirmed: boolean;
  /** How some of it came off. */
  readonly part: 'kept' | 'received' | 'waived' | null;
  /** Nothing is left of it. */
  readonly closed: boolean;
}

/** Every figure is written out already, in the reader's language. */
export interface Figures {
  readonly org: string;
  readonly show: string;
  readonly day: string;
  readonly amount: string;
  readonly left: string;
  readonly taken: string;
  readonly until: string;
  /** What our people said. */
  readonly words: string;
}

interface Words {
  readonly opened: readonly [subject: string, ...paragraphs: string[]];
  readonly confirmed: readonly [subject: string, ...paragraphs: string[]];
  readonly prolonged: readonly [subject: string, ...paragraphs: string[]];
  readonly reduced: Readonly<Record<NonNullable<Told['part']>, string>> & { readonly subject: string; readonly left: string; readonly closed: string };
  readonly label: string;
  readonly why: string;
}

const words: Readonly<Record<Locale, Words>> = {
  fr: {
    opened: ['Une somme à nous rendre : {amount}', '{org} : la banque de l’organisateur lui a rendu un paiement de « {show} » ({day}), après que nous vous l’avions versé. Elle a tranché contre nous, et rien de ce que nous gardons ne le couvre. Nous vous demandons donc {amount}.', 'Vous avez jusqu’au {until} pour le régler par virement, ou pour nous dire pourquoi vous ne le devez pas. Après ce jour, et si nous l’avons confirmé, nous le retiendrons sur vos prochains versements.'],
    confirmed: ['Nous confirmons ce que nous vous demandons : {left}', '{org}, pour « {show} » ({day}) : « {words} »', 'Reste {left}, à régler par virement jusqu’au {until}. Après ce jour, nous le retenons sur vos prochains versements.'],
    prolonged: ['Vous avez jusqu’au {until}', '{org}, pour « {show} » ({day}) : « {words} »', 'Reste {left}. Rien n’est retenu avant la fin de ce délai.'],
    reduced: { subject: 'Une somme à nous rendre : reste {left}', kept: '{org}, pour « {show} » ({day}) : nous avons retenu {taken} sur un versement ; son relevé le montre.', received: '{org}, pour « {show} » ({day}) : nous avons reçu {taken} par virement.', waived: '{org}, pour « {show} » ({day}) : nous ne vous demandons plus {taken}.', left: 'Reste {left}.', closed: 'C’est réglé : il ne reste rien.' },
    label: 'Voir les versements', why: 'Vous recevez ce message parce que l’argent de {org} vous concerne.',
  },
  en: {
    opened: ['A sum to give back: {amount}', '{org}: the organiser’s bank gave back a payment for “{show}” ({day}) after we had paid it out to you. It decided against us, and nothing that we hold covers it. So we ask you for {amount}.', 'You have until {until} to pay it by transfer, or to tell us why you do not owe it. After that day, and once we have confirmed it, we keep it of your next payouts.'],
    confirmed: ['We confirm what we ask of you: {left}', '{org}, for “{show}” ({day}): “{words}”', '{left} is left, to be paid by transfer until {until}. After that day we keep it of your next payouts.'],
    prolonged: ['You have until {until}', '{org}, for “{show}” ({day}): “{words}”', '{left} is left. Nothing is kept before that day has ended.'],
    reduced: { subject: 'A sum to give back: {left} left', kept: '{org}, for “{show}” ({day}): we kept {taken} of a payout; its statement shows it.', received: '{org}, for “{show}” ({day}): we received {taken} by transfer.', waived: '{org}, for “{show}” ({day}): we no longer ask for {taken}.', left: '{left} is left.', closed: 'It is settled: nothing is left.' },
    label: 'See the payouts', why: 'You get this message because the money of {org} concerns you.',
  },
  nl: {
    opened: ['Een bedrag terug te geven: {amount}', '{org}: de bank van de organisator heeft een betaling voor ‘{show}’ ({day}) teruggegeven nadat wij ze aan u hadden uitbetaald. Ze heeft tegen ons beslist, en niets van wat wij bewaren dekt het. Daarom vragen wij u {amount}.', 'U hebt tot en met {until} om het over te schrijven, of om ons te zeggen waarom u het niet verschuldigd bent. Daarna, en als wij het bevestigd hebben, houden wij het in op uw volgende uitbetalingen.'],
    confirmed: ['Wij bevestigen wat wij u vragen: {left}', '{org}, voor ‘{show}’ ({day}): ‘{words}’', 'Er blijft {left}, over te schrijven tot en met {until}. Daarna houden wij het in op uw volgende uitbetalingen.'],
    prolonged: ['U hebt tot en met {until}', '{org}, voor ‘{show}’ ({day}): ‘{words}’', 'Er blijft {left}. Vóór het einde van die dag wordt niets ingehouden.'],
    reduced: { subject: 'Een bedrag terug te geven: nog {left}', kept: '{org}, voor ‘{show}’ ({day}): wij hebben {taken} ingehouden op een uitbetaling; het overzicht ervan toont het.', received: '{org}, voor ‘{show}’ ({day}): wij hebben {taken} per overschrijving ontvangen.', waived: '{org}, voor ‘{show}’ ({day}): wij vragen u {taken} niet meer.', left: 'Er blijft {left}.', closed: 'Het is geregeld: er blijft niets.' },
    label: 'De uitbetalingen bekijken', why: 'U krijgt dit bericht omdat het geld van {org} u aangaat.',
  },
  de: {
    opened: ['Ein Betrag zurückzugeben: {amount}', '{org}: Die Bank des Veranstalters hat eine Zahlung für „{show}“ ({day}) zurückgegeben, nachdem wir sie an Sie ausgezahlt hatten. Sie hat gegen uns entschieden, und nichts von dem, was wir verwahren, deckt es. Wir bitten Sie daher um {amount}.', 'Sie haben bis {until} Zeit, es zu überweisen oder uns zu sagen, warum Sie es nicht schulden. Danach, und sobald wir es bestätigt haben, behalten wir es von Ihren nächsten Auszahlungen ein.'],
    confirmed: ['Wir bestätigen, worum wir Sie bitten: {left}', '{org}, für „{show}“ ({day}): „{words}“', 'Es bleiben {left}, zu überweisen bis {until}. Danach behalten wir es von Ihren nächsten Auszahlungen ein.'],
    prolonged: ['Sie haben bis {until} Zeit', '{org}, für „{show}“ ({day}): „{words}“', 'Es bleiben {left}. Vor dem Ende dieses Tages wird nichts einbehalten.'],
    reduced: { subject: 'Ein Betrag zurückzugeben: noch {left}', kept: '{org}, für „{show}“ ({day}): Wir haben {taken} von einer Auszahlung einbehalten; ihr Beleg zeigt es.', received: '{org}, für „{show}“ ({day}): Wir haben {taken} per Überweisung erhalten.', waived: '{org}, für „{show}“ ({day}): Um {taken} bitten wir Sie nicht mehr.', left: 'Es bleiben {left}.', closed: 'Es ist erledigt: Es bleibt nichts.' },
    label: 'Auszahlungen ansehen', why: 'Sie erhalten diese Nachricht, weil das Geld von {org} Sie betrifft.',
  },
};

/** The letter to whoever owes back what a lost dispute took. `url` leads to its payouts. */
export function claimLetter(locale: Locale, { news, confirmed, part, closed }: Told, figures: Figures, url: string): Letter {
  const { opened, confirmed: stands, prolonged, reduced, label, why } = words[locale];
  const [subject, ...paragraphs] = news === 'opened' ? opened : news === 'decided' ? (confirmed ? stands : prolonged) : [closed ? reduced.closed : reduced.subject, reduced[part ?? 'kept'], closed ? reduced.closed : reduced.left];
  const fill = (phrase: string): string => filled(phrase, { ...figures });
  return { locale, subject: fill(subject), greeting: GREETINGS[locale], paragraphs: paragraphs.map(fill), act: { label, url }, why: fill(why) };
}
