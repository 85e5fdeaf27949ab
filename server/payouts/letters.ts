import { filled, GREETINGS, typedCodeLetter, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

interface Words { readonly subject: string; readonly paragraphs: readonly string[]; readonly label: string }

/** What is told of an account that changes: asked for, in effect, stopped. */
export type IbanNews = 'asked' | 'used' | 'stopped';

const words: Readonly<Record<Locale, {
  readonly code: { readonly subject: string; readonly warning: string };
  readonly news: Readonly<Record<IbanNews, Words>>;
  readonly waiting: Words;
  readonly direct: Words & { readonly by: string };
  readonly stopped: Words;
  readonly left: Words;
  readonly year: Words & { readonly again: string };
  readonly why: string;
}>> = {
  fr: {
    code: { subject: 'Votre code pour changer de compte', warning: 'Ne le donnez à personne : il permet de changer le compte qui reçoit vos versements.' },
    news: {
      asked: { subject: 'Le compte de vos versements va changer', paragraphs: ['{org} : on a demandé que les versements aillent à {after} au lieu de {before}, à partir du {day}.', 'Jusque-là, ils vont toujours à {before}.', 'Si ce n’était pas vous, arrêtez ce changement maintenant, puis changez votre mot de passe.'], label: 'Arrêter ce changement' },
      used: { subject: 'Le compte de vos versements a changé', paragraphs: ['{org} : les versements vont désormais à {after}, et non plus à {before}.', 'Si ce n’était pas vous, écrivez-nous tout de suite.'], label: 'Voir les versements' },
      stopped: { subject: 'Le changement de compte est arrêté', paragraphs: ['{org} : les versements continuent d’aller à {before}. Rien n’ira à {after}.', 'Si vous ne l’aviez pas demandé, changez votre mot de passe.'], label: 'Voir les versements' },
    },
    waiting: { subject: 'Un versement attend quelques réponses', paragraphs: ['{org} : {amount} sont à vous, et partiront dès que nous connaîtrons ce que l’administration fiscale nous demande sur vous (directive (UE) 2021/514, CGI art. 1649 ter A).', 'Cela prend deux minutes.'], label: 'Répondre' },
    direct: { subject: 'Quelques réponses pour l’administration fiscale', paragraphs: ['{org} : ce qu’une collectivité vous a payé par virement se déclare aussi. Il nous manque ce que l’administration fiscale nous demande sur vous (directive (UE) 2021/514, CGI art. 1649 ter A).', 'Cela prend deux minutes.'], label: 'Répondre', by: 'Sans réponse d’ici le {day}, la loi nous oblige à vous arrêter : vous ne pourrez plus envoyer d’offre à une collectivité, ni en accepter, tant que vous n’aurez pas répondu.' },
    stopped: { subject: 'Plus d’offre aux collectivités sans vos réponses', paragraphs: ['{org} : voici plus de soixante jours que nous vous demandons ce que l’administration fiscale veut savoir de vous, avec plusieurs rappels. La directive (UE) 2021/514 (annexe V, section IV A ; CGI art. 1649 ter A) nous oblige à vous arrêter : vous ne pouvez plus envoyer d’offre à une collectivité, ni en accepter.', 'Ce qui est signé se joue et se paie comme convenu. Répondez à la page Versements, qui dit ce qui manque : tout repart aussitôt.'], label: 'Répondre' },
    left: { subject: 'La déclaration de {year} est partie sans vous', paragraphs: ['{org} : nous avons remis à l’administration fiscale la déclaration de ce que les artistes ont perçu en {year} (directive (UE) 2021/514, CGI art. 1649 ter A). Vous n’y êtes pas encore : une personne y figure avec ses nom et prénom, sa date de naissance et sa ville, et il nous en manque.', 'Répondez et nous vous y ajoutons : cela prend deux minutes.'], label: 'Répondre' },
    year: { subject: 'Ce que nous déclarons de vos revenus de {year}', paragraphs: ['{org} : la loi (directive (UE) 2021/514, CGI art. 1649 ter A à E) nous oblige à déclarer à l’administration fiscale ce que vous avez perçu par notre plateforme en {year}, et à vous en donner copie. Elle vous attend à la page des versements, en PDF.', 'Si une information est fausse, corrigez-la ou écrivez-nous : la déclaration sera rectifiée.'], label: 'Voir la copie', again: 'Rectification : ce que nous déclarons de vos revenus de {year}' },
    why: 'Vous recevez ce message parce que les versements de {org} vous concernent.',
  },
  en: {
    code: { subject: 'Your code to change the account', warning: 'Give it to nobody: it lets one change the account that receives your payouts.' },
    news: {
      asked: { subject: 'The account of your payouts is about to change', paragraphs: ['{org}: somebody asked that payouts go to {after} instead of {before}, from {day}.', 'Until then they still go to {before}.', 'If it was not you, stop this change now, then change your password.'], label: 'Stop this change' },
      used: { subject: 'The account of your payouts has changed', paragraphs: ['{org}: payouts now go to {after}, and no longer to {before}.', 'If it was not you, write to us at once.'], label: 'See the payouts' },
      stopped: { subject: 'The change of account is stopped', paragraphs: ['{org}: payouts still go to {before}. Nothing will go to {after}.', 'If you had not asked for it, change your password.'], label: 'See the payouts' },
    },
    waiting: { subject: 'A payout waits for a few answers', paragraphs: ['{org}: {amount} are yours, and leave as soon as we know what the tax office asks us about you (directive (EU) 2021/514, DAC7).', 'It takes two minutes.'], label: 'Answer' },
    direct: { subject: 'A few answers for the tax office', paragraphs: ['{org}: what a public body paid you by transfer is reported too. We still lack what the tax office asks us about you (directive (EU) 2021/514, DAC7).', 'It takes two minutes.'], label: 'Answer', by: 'Without an answer by {day} the law obliges us to stop you: you can neither send an offer to a public body nor accept one until you have answered.' },
    stopped: { subject: 'No more offers to public bodies without your answers', paragraphs: ['{org}: for more than sixty days, with several reminders, we have asked you for what the tax office wants to know of you. Directive (EU) 2021/514 (annex V, section IV A) obliges us to stop you: you can neither send an offer to a public body nor accept one.', 'What is signed is played and paid as agreed. Answer on the page of payouts, which says what is missing: all goes on at once.'], label: 'Answer' },
    left: { subject: 'The report of {year} went without you', paragraphs: ['{org}: we handed in to the tax office what artists earned in {year} (directive (EU) 2021/514, DAC7). You are not in it yet: a person stands there with both names, the day of birth and the town, and some of it is missing.', 'Answer, and we add you: it takes two minutes.'], label: 'Answer' },
    year: { subject: 'What we report of your income of {year}', paragraphs: ['{org}: the law (directive (EU) 2021/514, DAC7) obliges us to report to the tax office what you earned through our platform in {year}, and to give you a copy. It waits for you on the page of payouts, as a PDF.', 'If anything is wrong, correct it or write to us: the report will be corrected.'], label: 'See the copy', again: 'Corrected: what we report of your income of {year}' },
    why: 'You get this message because the payouts of {org} concern you.',
  },
  nl: {
    code: { subject: 'Uw code om van rekening te veranderen', warning: 'Geef hem aan niemand: wie hem heeft, kan de rekening veranderen waarop u uitbetaald wordt.' },
    news: {
      asked: { subject: 'De rekening voor uw uitbetalingen gaat veranderen', paragraphs: ['{org}: iemand heeft gevraagd om vanaf {day} naar {after} uit te betalen in plaats van naar {before}.', 'Tot dan gaan uitbetalingen nog naar {before}.', 'Was u dat niet, stop deze wijziging dan nu en verander uw wachtwoord.'], label: 'Deze wijziging stoppen' },
      used: { subject: 'De rekening voor uw uitbetalingen is veranderd', paragraphs: ['{org}: uitbetalingen gaan nu naar {after}, en niet meer naar {before}.', 'Was u dat niet, schrijf ons dan meteen.'], label: 'De uitbetalingen bekijken' },
      stopped: { subject: 'De wijziging van rekening is gestopt', paragraphs: ['{org}: uitbetalingen gaan nog steeds naar {before}. Er gaat niets naar {after}.', 'Had u er niet om gevraagd, verander dan uw wachtwoord.'], label: 'De uitbetalingen bekijken' },
    },
    waiting: { subject: 'Een uitbetaling wacht op enkele antwoorden', paragraphs: ['{org}: {amount} is van u en vertrekt zodra we weten wat de belastingdienst ons over u vraagt (richtlijn (EU) 2021/514, DAC7).', 'Het kost twee minuten.'], label: 'Antwoorden' },
    direct: { subject: 'Enkele antwoorden voor de belastingdienst', paragraphs: ['{org}: ook wat een overheid u per overschrijving betaald heeft, wordt aangegeven. Ons ontbreekt nog wat de belastingdienst ons over u vraagt (richtlijn (EU) 2021/514, DAC7).', 'Het kost twee minuten.'], label: 'Antwoorden', by: 'Zonder antwoord uiterlijk op {day} verplicht de wet ons u te stoppen: u kunt dan geen voorstel aan een overheid meer sturen of aanvaarden tot u geantwoord hebt.' },
    stopped: { subject: 'Geen voorstellen aan overheden meer zonder uw antwoorden', paragraphs: ['{org}: al meer dan zestig dagen, met verscheidene herinneringen, vragen wij u wat de belastingdienst over u wil weten. Richtlijn (EU) 2021/514 (bijlage V, afdeling IV A) verplicht ons u te stoppen: u kunt geen voorstel aan een overheid meer sturen of aanvaarden.', 'Wat getekend is, wordt gespeeld en betaald zoals afgesproken. Antwoord op de pagina van de uitbetalingen, die zegt wat ontbreekt: alles gaat meteen weer door.'], label: 'Antwoorden' },
    left: { subject: 'De aangifte van {year} is zonder u vertrokken', paragraphs: ['{org}: wij hebben bij de belastingdienst aangegeven wat artiesten in {year} verdiend hebben (richtlijn (EU) 2021/514, DAC7). U staat er nog niet in: een persoon staat erin met naam en voornaam, geboortedatum en woonplaats, en daarvan ontbreekt iets.', 'Antwoord, en wij voegen u toe: het kost twee minuten.'], label: 'Antwoorden' },
    year: { subject: 'Wat wij van uw inkomsten van {year} aangeven', paragraphs: ['{org}: de wet (richtlijn (EU) 2021/514, DAC7) verplicht ons om aan de belastingdienst aan te geven wat u in {year} via ons platform verdiend hebt, en u daarvan een kopie te geven. Ze staat klaar op de pagina van de uitbetalingen, als PDF.', 'Klopt er iets niet, verbeter het of schrijf ons: de aangifte wordt verbeterd.'], label: 'De kopie bekijken', again: 'Verbeterd: wat wij van uw inkomsten van {year} aangeven' },
    why: 'U krijgt dit bericht omdat de uitbetalingen van {org} u aangaan.',
  },
  de: {
    code: { subject: 'Ihr Code für den Kontowechsel', warning: 'Geben Sie ihn niemandem: Wer ihn hat, kann das Konto ändern, das Ihre Auszahlungen erhält.' },
    news: {
      asked: { subject: 'Das Konto Ihrer Auszahlungen soll sich ändern', paragraphs: ['{org}: Jemand hat verlangt, dass Auszahlungen ab {day} an {after} statt an {before} gehen.', 'Bis dahin gehen sie weiter an {before}.', 'Waren Sie es nicht, halten Sie diese Änderung jetzt an und ändern Sie dann Ihr Passwort.'], label: 'Diese Änderung anhalten' },
      used: { subject: 'Das Konto Ihrer Auszahlungen hat sich geändert', paragraphs: ['{org}: Auszahlungen gehen nun an {after} und nicht mehr an {before}.', 'Waren Sie es nicht, schreiben Sie uns sofort.'], label: 'Auszahlungen ansehen' },
      stopped: { subject: 'Der Kontowechsel ist angehalten', paragraphs: ['{org}: Auszahlungen gehen weiter an {before}. An {after} geht nichts.', 'Hatten Sie es nicht verlangt, ändern Sie Ihr Passwort.'], label: 'Auszahlungen ansehen' },
    },
    waiting: { subject: 'Eine Auszahlung wartet auf einige Antworten', paragraphs: ['{org}: {amount} gehören Ihnen und gehen ab, sobald wir wissen, was das Finanzamt uns über Sie fragt (Richtlinie (EU) 2021/514, DAC7).', 'Es dauert zwei Minuten.'], label: 'Antworten' },
    direct: { subject: 'Einige Antworten für das Finanzamt', paragraphs: ['{org}: Auch was eine öffentliche Stelle Ihnen überwiesen hat, wird gemeldet. Uns fehlt noch, was das Finanzamt uns über Sie fragt (Richtlinie (EU) 2021/514, DAC7).', 'Es dauert zwei Minuten.'], label: 'Antworten', by: 'Ohne Antwort bis zum {day} verpflichtet uns das Gesetz, Sie anzuhalten: Sie können dann einer öffentlichen Stelle kein Angebot mehr senden und keines annehmen, bis Sie geantwortet haben.' },
    stopped: { subject: 'Ohne Ihre Antworten keine Angebote an öffentliche Stellen mehr', paragraphs: ['{org}: Seit über sechzig Tagen und mit mehreren Erinnerungen fragen wir Sie, was das Finanzamt über Sie wissen will. Die Richtlinie (EU) 2021/514 (Anhang V, Abschnitt IV A) verpflichtet uns, Sie anzuhalten: Sie können einer öffentlichen Stelle kein Angebot mehr senden und keines annehmen.', 'Was unterschrieben ist, wird gespielt und bezahlt wie vereinbart. Antworten Sie auf der Seite der Auszahlungen, die sagt, was fehlt: Alles geht sofort weiter.'], label: 'Antworten' },
    left: { subject: 'Die Meldung für {year} ging ohne Sie hinaus', paragraphs: ['{org}: Wir haben der Finanzverwaltung gemeldet, was Künstler {year} eingenommen haben (Richtlinie (EU) 2021/514, DAC7). Sie stehen noch nicht darin: Eine Person steht dort mit Vor- und Nachnamen, Geburtsdatum und Ort, und davon fehlt etwas.', 'Antworten Sie, und wir nehmen Sie auf: Es dauert zwei Minuten.'], label: 'Antworten' },
    year: { subject: 'Was wir von Ihren Einkünften des Jahres {year} melden', paragraphs: ['{org}: Das Gesetz (Richtlinie (EU) 2021/514, DAC7) verpflichtet uns, der Finanzverwaltung zu melden, was Sie {year} über unsere Plattform eingenommen haben, und Ihnen eine Kopie zu geben. Sie liegt auf der Seite der Auszahlungen bereit, als PDF.', 'Ist etwas falsch, berichtigen Sie es oder schreiben Sie uns: Die Meldung wird berichtigt.'], label: 'Kopie ansehen', again: 'Berichtigt: was wir von Ihren Einkünften des Jahres {year} melden' },
    why: 'Sie erhalten diese Nachricht, weil die Auszahlungen von {org} Sie betreffen.',
  },
};

function letter(locale: Locale, { subject, paragraphs, label }: Words, figures: Readonly<Record<string, string>> & { readonly org: string }, url: string): Letter {
  return { locale, subject: filled(subject, figures), greeting: GREETINGS[locale], paragraphs: paragraphs.map((one) => filled(one, figures)), act: { label, url }, why: filled(words[locale].why, figures) };
}

/** The letter with the code that lets somebody change where payouts go. */
export const ibanCodeLetter = (locale: Locale, code: string, org: string): Letter => typedCodeLetter(locale, code, { ...words[locale].code, why: filled(words[locale].why, { org }) });

/** The letter on an account that changes. `url` stops the change, or leads to the payouts; `day` is written out already. */
export const ibanLetter = (news: IbanNews, locale: Locale, figures: { readonly org: string; readonly before: string; readonly after: string; readonly day: string }, url: string): Letter =>
  letter(locale, words[locale].news[news], figures, url);

/** The letter that asks for what a payout waits for. `amount` is written out already. */
export const waitingLetter = (locale: Locale, figures: { readonly org: string; readonly amount: string }, url: string): Letter => letter(locale, words[locale].waiting, figures, url);

/** The letter that asks the same of a producer whose public buyers pay it directly. A reminder says by which `day`, written out already, it has to answer; the first letter has none. */
export const directLetter = (locale: Locale, figures: { readonly org: string; readonly day: string }, url: string): Letter => {
  const { by, ...said } = words[locale].direct;
  return letter(locale, figures.day ? { ...said, paragraphs: [...said.paragraphs, by] } : said, figures, url);
};

/** The letter to such a producer that did not answer, and sells to no public buyer until it does. */
export const stoppedLetter = (locale: Locale, figures: { readonly org: string }, url: string): Letter => letter(locale, words[locale].stopped, figures, url);

/** The letter to a producer whom the report of a year had to leave out. */
export const leftLetter = (locale: Locale, figures: { readonly org: string; readonly year: string }, url: string): Letter => letter(locale, words[locale].left, figures, url);

/** The letter that tells a producer what is reported of its year; `again` when it corrects one of before. */
export const yearLetter = (locale: Locale, figures: { readonly org: string; readonly year: string }, again: boolean, url: string): Letter => {
  const { again: corrected, ...said } = words[locale].year;
  return letter(locale, again ? { ...said, subject: corrected } : said, figures, url);
};
