import { typedCodeLetter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

const words = {
  fr: {
    subject: 'Votre code pour payer',
    warning: 'Ne le donnez à personne : il permet de payer en votre nom.',
    why: 'Ce message vous est envoyé parce que quelqu’un a voulu payer depuis votre dossier Flow Stage. Si ce n’était pas vous, ne faites rien.',
  },
  en: {
    subject: 'Your code to pay',
    warning: 'Give it to nobody: it lets one pay in your name.',
    why: 'You receive this because somebody wanted to pay from your Flow Stage file. If it was not you, do nothing.',
  },
  nl: {
    subject: 'Uw code om te betalen',
    warning: 'Geef hem aan niemand: wie hem heeft, kan in uw naam betalen.',
    why: 'U krijgt dit bericht omdat iemand vanuit uw dossier op Flow Stage wilde betalen. Was u dat niet, doe dan niets.',
  },
  de: {
    subject: 'Ihr Code zum Bezahlen',
    warning: 'Geben Sie ihn niemandem: Wer ihn hat, kann in Ihrem Namen bezahlen.',
    why: 'Sie erhalten diese Nachricht, weil jemand aus Ihrer Akte auf Flow Stage bezahlen wollte. Waren Sie es nicht, tun Sie nichts.',
  },
} as const satisfies Record<Locale, unknown>;

/** The letter with the code that lets a buyer pay inside a partner's page. */
export const payCodeLetter = (locale: Locale, code: string) => typedCodeLetter(locale, code, words[locale]);
