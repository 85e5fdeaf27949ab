import { GREETINGS } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

const words = {
  fr: {
    subject: 'Votre code pour signer',
    paragraphs: ['Ce code signe « {title} ». Il est valable dix minutes, une seule fois.', 'Relisez le document avant de le saisir, et ne donnez ce code à personne : il vaut votre signature.'],
    why: 'Ce message vous est envoyé parce que quelqu’un a demandé à signer en votre nom sur Flow Stage. Si ce n’était pas vous, ne faites rien : rien n’est signé.',
  },
  en: {
    subject: 'Your code to sign',
    paragraphs: ['This code signs “{title}”. It works once, for ten minutes.', 'Read the document before you type it, and give this code to nobody: it is your signature.'],
    why: 'You receive this because somebody asked to sign in your name on Flow Stage. If it was not you, do nothing: nothing is signed.',
  },
  nl: {
    subject: 'Uw code om te ondertekenen',
    paragraphs: ['Met deze code ondertekent u “{title}”. Hij is tien minuten geldig en werkt één keer.', 'Lees het document voor u hem invoert, en geef deze code aan niemand: hij geldt als uw handtekening.'],
    why: 'U krijgt dit bericht omdat iemand op Flow Stage in uw naam wilde ondertekenen. Was u dat niet, doe dan niets: er is niets ondertekend.',
  },
  de: {
    subject: 'Ihr Code zum Unterzeichnen',
    paragraphs: ['Mit diesem Code unterzeichnen Sie „{title}“. Er gilt zehn Minuten und nur einmal.', 'Lesen Sie das Dokument, bevor Sie ihn eingeben, und geben Sie den Code niemandem: Er gilt als Ihre Unterschrift.'],
    why: 'Sie erhalten diese Nachricht, weil jemand auf Flow Stage in Ihrem Namen unterzeichnen wollte. Waren Sie es nicht, tun Sie nichts: Es ist nichts unterzeichnet.',
  },
} as const satisfies Record<Locale, unknown>;

/** The letter with the code that signs a document. */
export function codeLetter(locale: Locale, title: string, code: string) {
  const { paragraphs: [signs, ...rest], ...said } = words[locale];
  return { locale, code, greeting: GREETINGS[locale], ...said, paragraphs: [signs.replace('{title}', () => title), ...rest] };
}
