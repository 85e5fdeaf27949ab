/** A mail that signing in needs. */
export interface AuthMail {
  readonly kind: 'magic' | 'verify' | 'reset';
  readonly email: string;
  readonly locale: 'fr' | 'en';
  /** A page that shows a button; nothing happens before somebody presses it. */
  readonly url: string;
}

const auth = {
  fr: {
    greeting: 'Bonjour,',
    why: 'Ce message vous est envoyé parce que quelqu’un a saisi votre adresse sur Flow Stage. Si ce n’était pas vous, ne faites rien.',
    magic: { subject: 'Votre lien de connexion', paragraphs: ['Voici le lien que vous avez demandé. Il est valable quinze minutes, une seule fois, dans le navigateur où vous l’avez demandé.'], label: 'Me connecter' },
    verify: { subject: 'Confirmez votre adresse', paragraphs: ['Confirmez que cette adresse est bien la vôtre : vous recevrez ici les demandes, les contrats et les factures.'], label: 'Confirmer mon adresse' },
    reset: { subject: 'Choisissez un nouveau mot de passe', paragraphs: ['Ce lien est valable une heure. Vos autres appareils seront déconnectés.'], label: 'Choisir un mot de passe' },
  },
  en: {
    greeting: 'Hello,',
    why: 'You receive this because somebody typed your address on Flow Stage. If it was not you, do nothing.',
    magic: { subject: 'Your sign-in link', paragraphs: ['Here is the link you asked for. It works once, for fifteen minutes, in the browser you asked from.'], label: 'Sign in' },
    verify: { subject: 'Confirm your address', paragraphs: ['Confirm that this address is yours: requests, contracts and invoices will come here.'], label: 'Confirm my address' },
    reset: { subject: 'Choose a new password', paragraphs: ['This link works for one hour. Your other devices will be signed out.'], label: 'Choose a password' },
  },
};

/** The letter for signing in, for confirming an address or for a new password. */
export function authLetter({ kind, locale, url }: AuthMail) {
  const { greeting, why, [kind]: { subject, paragraphs, label } } = auth[locale];
  return { locale, subject, greeting, paragraphs, act: { label, url }, why };
}

/** The letter with the code that opens a booking inside a partner's page. */
export const frameLetter = (locale: 'fr' | 'en', code: string) => (locale === 'fr'
  ? {
    locale, code, subject: 'Votre code pour ouvrir le dossier', greeting: 'Bonjour,',
    paragraphs: ['Saisissez ce code dans la page où vous l’avez demandé. Il est valable dix minutes, une seule fois.', 'Ne le donnez à personne : il permet de signer et de payer en votre nom.'],
    why: 'Ce message vous est envoyé parce que quelqu’un a voulu ouvrir votre dossier Flow Stage. Si ce n’était pas vous, ne faites rien.',
  }
  : {
    locale, code, subject: 'Your code to open the file', greeting: 'Hello,',
    paragraphs: ['Type this code in the page where you asked for it. It works once, for ten minutes.', 'Give it to nobody: it lets one sign and pay in your name.'],
    why: 'You receive this because somebody wanted to open your Flow Stage file. If it was not you, do nothing.',
  });
