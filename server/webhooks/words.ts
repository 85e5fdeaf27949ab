import { GREETINGS, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

/** What the owners are told of: an event that nobody took after the last try, an endpoint that said it is gone, or one that took nothing for five days. */
export type Trouble = 'given_up' | 'gone' | 'failing';

interface Words { readonly subject: string; readonly text: string; readonly next: string }

const words: Readonly<Record<Locale, Readonly<Record<Trouble, Words>> & { readonly label: string; readonly why: string }>> = {
  fr: {
    given_up: { subject: 'Un webhook n’a pas pu être remis', text: 'Nous avons essayé cinq fois d’envoyer un évènement à {url}, sans succès. Nous n’essaierons plus celui-ci de nous-mêmes.', next: 'Voyez dans le journal ce que l’adresse a répondu. Une fois la cause levée, renvoyez d’un geste tout ce qui a échoué.' },
    gone: { subject: 'Un webhook a été éteint', text: 'L’adresse {url} a répondu « 410 Gone » : elle ne veut plus rien recevoir. Nous l’avons éteinte.', next: 'Si c’était une erreur, rallumez-la, puis renvoyez ce qui a échoué.' },
    failing: { subject: 'Un webhook a été éteint', text: 'Depuis cinq jours, rien n’arrive plus à {url}. Nous l’avons éteinte : plus rien ne lui est envoyé.', next: 'Voyez dans le journal ce qu’elle a répondu. Une fois la cause levée, rallumez-la, puis renvoyez ce qui a échoué.' },
    label: 'Ouvrir le journal', why: 'Vous recevez ce message parce que vous êtes propriétaire de l’organisation {org}. Pour ne plus en recevoir, éteignez ou supprimez ce webhook.',
  },
  en: {
    given_up: { subject: 'A webhook could not be delivered', text: 'We tried five times to send an event to {url}, without success. We will not try this one again by ourselves.', next: 'The log says what the address answered. Once the cause is gone, send again all that failed in one go.' },
    gone: { subject: 'A webhook was switched off', text: 'The address {url} answered “410 Gone”: it wants nothing more. We switched it off.', next: 'If that was a mistake, switch it on again, then send again what failed.' },
    failing: { subject: 'A webhook was switched off', text: 'For five days nothing has arrived at {url}. We switched it off: nothing more is sent to it.', next: 'The log says what it answered. Once the cause is gone, switch it on again, then send again what failed.' },
    label: 'Open the log', why: 'You get this message because you own the organisation {org}. To get no more of them, switch this webhook off or delete it.',
  },
  nl: {
    given_up: { subject: 'Een webhook kon niet worden bezorgd', text: 'We hebben vijf keer geprobeerd een gebeurtenis naar {url} te sturen, zonder succes. Deze proberen we niet meer uit onszelf.', next: 'In het logboek staat wat het adres antwoordde. Is de oorzaak weg, stuur dan alles wat mislukte in één keer opnieuw.' },
    gone: { subject: 'Een webhook is uitgeschakeld', text: 'Het adres {url} antwoordde ‘410 Gone’: het wil niets meer ontvangen. We hebben het uitgeschakeld.', next: 'Was dat een vergissing, schakel het dan weer in en stuur opnieuw wat mislukte.' },
    failing: { subject: 'Een webhook is uitgeschakeld', text: 'Al vijf dagen komt niets meer aan op {url}. We hebben het uitgeschakeld: er wordt niets meer naartoe gestuurd.', next: 'In het logboek staat wat het antwoordde. Is de oorzaak weg, schakel het dan weer in en stuur opnieuw wat mislukte.' },
    label: 'Het logboek openen', why: 'U krijgt dit bericht omdat u eigenaar bent van de organisatie {org}. Wilt u het niet meer krijgen, schakel deze webhook dan uit of verwijder hem.',
  },
  de: {
    given_up: { subject: 'Ein Webhook konnte nicht zugestellt werden', text: 'Wir haben fünfmal versucht, ein Ereignis an {url} zu senden, ohne Erfolg. Dieses versuchen wir von uns aus nicht mehr.', next: 'Im Protokoll steht, was die Adresse geantwortet hat. Ist die Ursache behoben, senden Sie alles Fehlgeschlagene auf einmal erneut.' },
    gone: { subject: 'Ein Webhook wurde abgeschaltet', text: 'Die Adresse {url} antwortete „410 Gone“: Sie will nichts mehr erhalten. Wir haben sie abgeschaltet.', next: 'War das ein Versehen, schalten Sie sie wieder ein und senden Sie erneut, was fehlgeschlagen ist.' },
    failing: { subject: 'Ein Webhook wurde abgeschaltet', text: 'Seit fünf Tagen kommt bei {url} nichts mehr an. Wir haben sie abgeschaltet: Es wird nichts mehr dorthin gesendet.', next: 'Im Protokoll steht, was sie geantwortet hat. Ist die Ursache behoben, schalten Sie sie wieder ein und senden Sie erneut, was fehlgeschlagen ist.' },
    label: 'Protokoll öffnen', why: 'Sie erhalten diese Nachricht, weil Ihnen die Organisation {org} gehört. Um keine weiteren zu erhalten, schalten Sie diesen Webhook ab oder löschen Sie ihn.',
  },
};

/** The letter to an owner. `url` is the endpoint's, without what follows its path; `log` our page. */
export function troubleLetter(trouble: Trouble, locale: Locale, { url, org, log }: { readonly url: string; readonly org: string; readonly log: string }): Letter {
  const { label, why, [trouble]: said } = words[locale];
  return { locale, subject: said.subject, greeting: GREETINGS[locale], paragraphs: [said.text.replace('{url}', () => url), said.next], act: { label, url: log }, why: why.replace('{org}', () => org) };
}
