import { GREETINGS, typedCodeLetter, type AuthMail, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

const auth = {
  fr: {
    why: 'Ce message vous est envoyé parce que quelqu’un a saisi votre adresse sur Flow Stage. Si ce n’était pas vous, ne faites rien.',
    magic: { subject: 'Votre lien de connexion', paragraphs: ['Voici le lien que vous avez demandé. Il est valable quinze minutes, une seule fois, dans le navigateur où vous l’avez demandé.'], label: 'Me connecter' },
    verify: { subject: 'Confirmez votre adresse', paragraphs: ['Confirmez que cette adresse est bien la vôtre : vous recevrez ici les demandes, les contrats et les factures.'], label: 'Confirmer mon adresse' },
    reset: { subject: 'Choisissez un nouveau mot de passe', paragraphs: ['Ce lien est valable une heure. Vos autres appareils seront déconnectés.'], label: 'Choisir un mot de passe' },
    known: { subject: 'Vous avez déjà un compte', paragraphs: ['Quelqu’un a voulu créer un compte avec cette adresse : vous en avez déjà un. Rien n’a changé.', 'Connectez-vous comme d’habitude. Si vous avez oublié votre mot de passe, la page de connexion en donne un nouveau.'], label: 'Me connecter' },
  },
  en: {
    why: 'You receive this because somebody typed your address on Flow Stage. If it was not you, do nothing.',
    magic: { subject: 'Your sign-in link', paragraphs: ['Here is the link you asked for. It works once, for fifteen minutes, in the browser you asked from.'], label: 'Sign in' },
    verify: { subject: 'Confirm your address', paragraphs: ['Confirm that this address is yours: requests, contracts and invoices will come here.'], label: 'Confirm my address' },
    reset: { subject: 'Choose a new password', paragraphs: ['This link works for one hour. Your other devices will be signed out.'], label: 'Choose a password' },
    known: { subject: 'You already have an account', paragraphs: ['Somebody wanted to open an account with this address: you have one already. Nothing has changed.', 'Sign in as usual. If you forgot your password, the sign-in page gives you a new one.'], label: 'Sign in' },
  },
  nl: {
    why: 'U krijgt dit bericht omdat iemand uw adres op Flow Stage heeft ingevuld. Was u dat niet, doe dan niets.',
    magic: { subject: 'Uw link om in te loggen', paragraphs: ['Hier is de link die u hebt gevraagd. Hij is vijftien minuten geldig en werkt één keer, in de browser waarin u hem hebt gevraagd.'], label: 'Inloggen' },
    verify: { subject: 'Bevestig uw adres', paragraphs: ['Bevestig dat dit adres van u is: hier ontvangt u aanvragen, contracten en facturen.'], label: 'Mijn adres bevestigen' },
    reset: { subject: 'Kies een nieuw wachtwoord', paragraphs: ['Deze link is een uur geldig. Uw andere apparaten worden uitgelogd.'], label: 'Een wachtwoord kiezen' },
    known: { subject: 'U hebt al een account', paragraphs: ['Iemand wilde met dit adres een account aanmaken: u hebt er al een. Er is niets veranderd.', 'Log in zoals gewoonlijk. Bent u uw wachtwoord vergeten, dan krijgt u op de inlogpagina een nieuw.'], label: 'Inloggen' },
  },
  de: {
    why: 'Sie erhalten diese Nachricht, weil jemand Ihre Adresse auf Flow Stage eingegeben hat. Waren Sie es nicht, tun Sie nichts.',
    magic: { subject: 'Ihr Anmeldelink', paragraphs: ['Hier ist der Link, den Sie angefordert haben. Er gilt fünfzehn Minuten und nur einmal, in dem Browser, in dem Sie ihn angefordert haben.'], label: 'Anmelden' },
    verify: { subject: 'Bestätigen Sie Ihre Adresse', paragraphs: ['Bestätigen Sie, dass diese Adresse Ihnen gehört: Hierhin kommen Anfragen, Verträge und Rechnungen.'], label: 'Meine Adresse bestätigen' },
    reset: { subject: 'Wählen Sie ein neues Passwort', paragraphs: ['Dieser Link gilt eine Stunde. Ihre anderen Geräte werden abgemeldet.'], label: 'Passwort wählen' },
    known: { subject: 'Sie haben schon ein Konto', paragraphs: ['Jemand wollte mit dieser Adresse ein Konto eröffnen: Sie haben schon eines. Es hat sich nichts geändert.', 'Melden Sie sich wie gewohnt an. Wenn Sie Ihr Passwort vergessen haben, erhalten Sie auf der Anmeldeseite ein neues.'], label: 'Anmelden' },
  },
} as const satisfies Record<Locale, unknown>;

/** The letter for signing in, for confirming an address, for a new password, or for whoever has an account already. */
export function authLetter({ kind, locale, url }: AuthMail): Letter {
  const { why, [kind]: { subject, paragraphs, label } } = auth[locale];
  return { locale, subject, greeting: GREETINGS[locale], paragraphs, act: { label, url }, why };
}

const frame = {
  fr: {
    subject: 'Votre code pour ouvrir le dossier',
    warning: 'Ne le donnez à personne : il permet de signer et de payer en votre nom.',
    why: 'Ce message vous est envoyé parce que quelqu’un a voulu ouvrir votre dossier Flow Stage. Si ce n’était pas vous, ne faites rien.',
  },
  en: {
    subject: 'Your code to open the file',
    warning: 'Give it to nobody: it lets one sign and pay in your name.',
    why: 'You receive this because somebody wanted to open your Flow Stage file. If it was not you, do nothing.',
  },
  nl: {
    subject: 'Uw code om het dossier te openen',
    warning: 'Geef hem aan niemand: wie hem heeft, kan in uw naam ondertekenen en betalen.',
    why: 'U krijgt dit bericht omdat iemand uw dossier op Flow Stage wilde openen. Was u dat niet, doe dan niets.',
  },
  de: {
    subject: 'Ihr Code zum Öffnen der Akte',
    warning: 'Geben Sie ihn niemandem: Wer ihn hat, kann in Ihrem Namen unterzeichnen und bezahlen.',
    why: 'Sie erhalten diese Nachricht, weil jemand Ihre Akte auf Flow Stage öffnen wollte. Waren Sie es nicht, tun Sie nichts.',
  },
} as const satisfies Record<Locale, unknown>;

/** The letter with the code that opens a booking inside a partner's page. */
export const frameLetter = (locale: Locale, code: string) => typedCodeLetter(locale, code, frame[locale]);
