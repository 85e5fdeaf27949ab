import { createHash } from 'node:crypto';
import type { Locale } from '../../core/locale.ts';
import type { PayoutAccount } from '../ports.ts';

/* The pages of the sandbox, as a bank and as a provider: plain forms without scripts. They are nobody's but the demonstration's. */

interface Words { readonly bench: string; readonly bank: string; readonly bankHow: string; readonly wallet: string; readonly pass: string; readonly fail: string; readonly account: string; readonly accountHow: string; readonly states: Readonly<Record<Answered, string>> }

/** What a producer may answer to the sandbox's questions, by the state that follows. */
export type Answered = Exclude<PayoutAccount['state'], 'none' | 'checking'>;

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: {
    bench: 'Banc d’essai : aucun argent ne bouge.', bank: 'Votre banque vous demande de confirmer', bankHow: 'Paiement à confirmer', wallet: 'PayPal, au banc d’essai', pass: 'Approuver', fail: 'Refuser',
    account: 'Votre compte chez le prestataire', accountHow: 'Un vrai prestataire demanderait ici vos coordonnées bancaires et une pièce d’identité. Choisissez ce qui se passe :',
    states: { open: 'Répondre à tout', missing: 'Oublier la pièce d’identité', begun: 'Revenir sans répondre', closed: 'Être refusé' },
  },
  en: {
    bench: 'Test bench: no money moves.', bank: 'Your bank asks you to confirm', bankHow: 'Payment to confirm', wallet: 'PayPal, on the test bench', pass: 'Approve', fail: 'Refuse',
    account: 'Your account with the provider', accountHow: 'A real provider would ask for your bank details and an identity document here. Choose what happens:',
    states: { open: 'Answer everything', missing: 'Leave out the identity document', begun: 'Go back without answering', closed: 'Be refused' },
  },
  nl: {
    bench: 'Testbank: er beweegt geen geld.', bank: 'Uw bank vraagt u te bevestigen', bankHow: 'Te bevestigen betaling', wallet: 'PayPal, op de testbank', pass: 'Goedkeuren', fail: 'Weigeren',
    account: 'Uw rekening bij de aanbieder', accountHow: 'Een echte aanbieder zou hier uw bankgegevens en een identiteitsbewijs vragen. Kies wat er gebeurt:',
    states: { open: 'Alles beantwoorden', missing: 'Het identiteitsbewijs weglaten', begun: 'Teruggaan zonder te antwoorden', closed: 'Geweigerd worden' },
  },
  de: {
    bench: 'Prüfstand: Es bewegt sich kein Geld.', bank: 'Ihre Bank bittet um Bestätigung', bankHow: 'Zu bestätigende Zahlung', wallet: 'PayPal, auf dem Prüfstand', pass: 'Bestätigen', fail: 'Ablehnen',
    account: 'Ihr Konto beim Zahlungsdienst', accountHow: 'Ein echter Zahlungsdienst würde hier Bankverbindung und Ausweis verlangen. Wählen Sie, was geschieht:',
    states: { open: 'Alles beantworten', missing: 'Den Ausweis weglassen', begun: 'Ohne Antwort zurück', closed: 'Abgelehnt werden' },
  },
};

const style = 'body{font:16px/1.5 system-ui,sans-serif;color:#1d1b19;background:#f7f4ef;margin:0}main{max-width:440px;margin:8vh auto;padding:24px;background:#fff;border-radius:12px}h1{font-size:22px;line-height:1.25}form{display:grid;gap:12px}button{font:inherit;padding:12px 16px;border:1px solid #8a8178;border-radius:8px;background:#fff;color:inherit;cursor:pointer}button:first-of-type{background:#1d1b19;color:#fff}small{color:#5d564f}';
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function page(locale: Locale, { title, how, hidden, buttons }: { title: string; how: string; hidden: Readonly<Record<string, string>>; buttons: readonly (readonly [name: string, value: string, label: string])[] }): Response {
  const fields = Object.entries(hidden).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`).join('');
  const choices = buttons.map(([name, value, label]) => `<button name="${name}" value="${value}">${escape(label)}</button>`).join('');
  const html = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head>`
    + `<body><main><h1>${escape(title)}</h1><p>${escape(how)}</p><form method="post">${fields}${choices}</form><p><small>${escape(WORDS[locale].bench)}</small></p></main></body></html>`;
  // A form that leads on to another address of ours needs its referrer nowhere: the secret in it is nobody's.
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
}

/** The bank's page, or PayPal's, in a window of its own. `amount` is written for reading. */
export const bankPage = (locale: Locale, { clientSecret, amount, wallet }: { clientSecret: string; amount: string; wallet: boolean }): Response => page(locale, {
  title: wallet ? WORDS[locale].wallet : WORDS[locale].bank, how: `${WORDS[locale].bankHow} : ${amount}`, hidden: { clientSecret }, buttons: [['outcome', 'pass', WORDS[locale].pass], ['outcome', 'fail', WORDS[locale].fail]],
});

/** The page on which a producer opens their account. */
export const accountPage = (locale: Locale, { ref, secret }: { ref: string; secret: string }): Response => page(locale, {
  title: WORDS[locale].account, how: WORDS[locale].accountHow, hidden: { ref, secret }, buttons: (['open', 'missing', 'begun', 'closed'] as const).map((state) => ['state', state, WORDS[locale].states[state]] as const),
});
