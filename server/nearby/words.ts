import { GREETINGS, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

/** What a letter about a wish is of. */
export type News =
  | { readonly kind: 'asked'; readonly artist: string; readonly who: string; readonly city: string; readonly period: string; readonly message: string }
  | { readonly kind: 'sent'; readonly artist: string; readonly city: string }
  | { readonly kind: 'declined'; readonly artist: string; readonly city: string }
  | { readonly kind: 'confirm'; readonly artist: string; readonly city: string }
  | { readonly kind: 'date'; readonly artist: string; readonly city: string; readonly day: string; readonly place: string; readonly km: number };

interface Said { readonly subject: string; readonly text: readonly string[]; readonly label: string; readonly why: string }
type Of<K extends News['kind']> = Extract<News, { kind: K }>;
type Table = { readonly [K in News['kind']]: (news: Of<K>) => Said };

const given = (label: string, words: string): readonly string[] => (words ? [`${label} ${words}`] : []);

/** A town after French `de` and `à`, which draw its article in: `du Mans`, `aux Sables-d’Olonne`, `d’Annecy`. */
const ofTown = (town: string): string => (/^Les? /.test(town) ? town.replace(/^Le /, 'du ').replace(/^Les /, 'des ') : /^[AEIOUYÉÈÊÎÔŒ]/.test(town) ? `d’${town}` : `de ${town}`);
const atTown = (town: string): string => (/^Les? /.test(town) ? town.replace(/^Le /, 'au ').replace(/^Les /, 'aux ') : `à ${town}`);

const WORDS: Readonly<Record<Locale, Table>> = {
  fr: {
    asked: ({ artist, who, city, period, message }) => ({ subject: `${who} aimerait ${artist} ${atTown(city)}`, text: [`${who} demande à ${artist} de jouer ${atTown(city)}, depuis la carte de la tournée.`, ...given('Quand :', period), ...given('Message :', message)], label: 'Lire et répondre', why: `Vous recevez ce message parce que vous répondez pour ${artist} sur Flow Stage.` }),
    sent: ({ artist, city }) => ({ subject: `Votre demande à ${artist} est partie`, text: [`Vous avez demandé à ${artist} de jouer ${atTown(city)}. Qui s’occupe de ses dates l’a reçue et vous répond par courriel.`, 'Votre demande est gardée douze mois. Vous pouvez la relire et l’effacer à tout moment.'], label: 'Relire ou effacer ma demande', why: 'Vous recevez ce message parce que cette adresse a été laissée sur une carte de tournée. Si ce n’était pas vous, effacez la demande.' }),
    declined: ({ artist, city }) => ({ subject: `${artist} ne viendra pas ${atTown(city)} pour l’instant`, text: [`Votre demande a été lue : ${artist} ne peut pas jouer ${atTown(city)} pour l’instant. Elle compte pour ses prochaines tournées.`], label: 'Relire ou effacer ma demande', why: 'Vous recevez ce message parce que vous avez demandé cette date. Il n’y en aura pas d’autre.' }),
    confirm: ({ artist, city }) => ({ subject: `Prévenez-moi d’une date de ${artist} près ${ofTown(city)}`, text: [`Confirmez, et nous vous écrirons une seule fois : quand une date de ${artist} sera annoncée près ${ofTown(city)}. Votre adresse est effacée aussitôt après, au plus tard dans douze mois.`, 'Sans votre confirmation, elle est effacée dans sept jours.'], label: 'Confirmer ou effacer', why: 'Vous recevez ce message parce que cette adresse a été laissée sur une carte de tournée. Si ce n’était pas vous, ne faites rien.' }),
    date: ({ artist, city, day, place, km }) => ({ subject: `${artist} joue près ${ofTown(city)} le ${day}`, text: [`Vous l’aviez demandé : ${artist} joue à ${place}, à ${km} km ${ofTown(city)}, le ${day}.`, 'Votre adresse est effacée avec ce message : nous ne vous écrirons plus.'], label: 'Voir la date', why: 'Vous recevez ce seul message parce que vous avez demandé à être prévenu.' }),
  },
  en: {
    asked: ({ artist, who, city, period, message }) => ({ subject: `${who} would like ${artist} in ${city}`, text: [`${who} asks ${artist} to play in ${city}, from the map of the tour.`, ...given('When:', period), ...given('Message:', message)], label: 'Read and answer', why: `You receive this because you answer for ${artist} on Flow Stage.` }),
    sent: ({ artist, city }) => ({ subject: `Your request to ${artist} is on its way`, text: [`You asked ${artist} to play in ${city}. Whoever looks after their dates has it and answers you by email.`, 'Your request is kept for twelve months. You can read and erase it at any time.'], label: 'Read or erase my request', why: 'You receive this because this address was left on the map of a tour. If it was not you, erase the request.' }),
    declined: ({ artist, city }) => ({ subject: `${artist} will not come to ${city} for now`, text: [`Your request was read: ${artist} cannot play in ${city} for now. It counts for their next tours.`], label: 'Read or erase my request', why: 'You receive this because you asked for this date. There will be no other message.' }),
    confirm: ({ artist, city }) => ({ subject: `Tell me of a date of ${artist} near ${city}`, text: [`Confirm, and we write to you once: when a date of ${artist} near ${city} is announced. Your address is erased right after, within twelve months at the latest.`, 'Unless you confirm, it is erased in seven days.'], label: 'Confirm or erase', why: 'You receive this because this address was left on the map of a tour. If it was not you, do nothing.' }),
    date: ({ artist, city, day, place, km }) => ({ subject: `${artist} plays near ${city} on ${day}`, text: [`As you asked: ${artist} plays in ${place}, ${km} km from ${city}, on ${day}.`, 'Your address is erased with this message: we will not write again.'], label: 'See the date', why: 'You receive this one message because you asked to be told.' }),
  },
  nl: {
    asked: ({ artist, who, city, period, message }) => ({ subject: `${who} wil ${artist} graag in ${city}`, text: [`${who} vraagt ${artist} om in ${city} te spelen, via de kaart van de tournee.`, ...given('Wanneer:', period), ...given('Bericht:', message)], label: 'Lezen en antwoorden', why: `U ontvangt dit omdat u voor ${artist} antwoordt op Flow Stage.` }),
    sent: ({ artist, city }) => ({ subject: `Uw aanvraag aan ${artist} is verstuurd`, text: [`U vroeg ${artist} om in ${city} te spelen. Wie de data regelt, heeft de aanvraag en antwoordt u per e-mail.`, 'Uw aanvraag wordt twaalf maanden bewaard. U kunt ze altijd nalezen en wissen.'], label: 'Mijn aanvraag nalezen of wissen', why: 'U ontvangt dit omdat dit adres op de kaart van een tournee is achtergelaten. Was u dat niet, wis dan de aanvraag.' }),
    declined: ({ artist, city }) => ({ subject: `${artist} komt voorlopig niet naar ${city}`, text: [`Uw aanvraag is gelezen: ${artist} kan voorlopig niet in ${city} spelen. Ze telt mee voor de volgende tournees.`], label: 'Mijn aanvraag nalezen of wissen', why: 'U ontvangt dit omdat u deze datum hebt gevraagd. Er volgt geen ander bericht.' }),
    confirm: ({ artist, city }) => ({ subject: `Verwittig mij van een datum van ${artist} bij ${city}`, text: [`Bevestig, en wij schrijven u één keer: zodra een datum van ${artist} bij ${city} wordt aangekondigd. Uw adres wordt meteen daarna gewist, uiterlijk na twaalf maanden.`, 'Zonder uw bevestiging wordt het over zeven dagen gewist.'], label: 'Bevestigen of wissen', why: 'U ontvangt dit omdat dit adres op de kaart van een tournee is achtergelaten. Was u dat niet, doe dan niets.' }),
    date: ({ artist, city, day, place, km }) => ({ subject: `${artist} speelt bij ${city} op ${day}`, text: [`Zoals u vroeg: ${artist} speelt in ${place}, op ${km} km van ${city}, op ${day}.`, 'Uw adres wordt met dit bericht gewist: wij schrijven u niet meer.'], label: 'De datum bekijken', why: 'U ontvangt dit ene bericht omdat u vroeg om verwittigd te worden.' }),
  },
  de: {
    asked: ({ artist, who, city, period, message }) => ({ subject: `${who} wünscht sich ${artist} in ${city}`, text: [`${who} bittet ${artist}, in ${city} zu spielen, über die Karte der Tournee.`, ...given('Wann:', period), ...given('Nachricht:', message)], label: 'Lesen und antworten', why: `Sie erhalten diese Nachricht, weil Sie auf Flow Stage für ${artist} antworten.` }),
    sent: ({ artist, city }) => ({ subject: `Ihre Anfrage an ${artist} ist unterwegs`, text: [`Sie haben ${artist} gebeten, in ${city} zu spielen. Wer sich um die Termine kümmert, hat sie erhalten und antwortet Ihnen per E-Mail.`, 'Ihre Anfrage wird zwölf Monate aufbewahrt. Sie können sie jederzeit nachlesen und löschen.'], label: 'Meine Anfrage lesen oder löschen', why: 'Sie erhalten diese Nachricht, weil diese Adresse auf der Karte einer Tournee hinterlassen wurde. Waren Sie das nicht, löschen Sie die Anfrage.' }),
    declined: ({ artist, city }) => ({ subject: `${artist} kommt vorerst nicht nach ${city}`, text: [`Ihre Anfrage wurde gelesen: ${artist} kann vorerst nicht in ${city} spielen. Sie zählt für die nächsten Tourneen.`], label: 'Meine Anfrage lesen oder löschen', why: 'Sie erhalten diese Nachricht, weil Sie um diesen Termin gebeten haben. Es folgt keine weitere.' }),
    confirm: ({ artist, city }) => ({ subject: `Sagen Sie mir Bescheid, wenn ${artist} bei ${city} spielt`, text: [`Bestätigen Sie, und wir schreiben Ihnen ein einziges Mal: sobald ein Termin von ${artist} bei ${city} angekündigt ist. Ihre Adresse wird gleich danach gelöscht, spätestens nach zwölf Monaten.`, 'Ohne Ihre Bestätigung wird sie in sieben Tagen gelöscht.'], label: 'Bestätigen oder löschen', why: 'Sie erhalten diese Nachricht, weil diese Adresse auf der Karte einer Tournee hinterlassen wurde. Waren Sie das nicht, tun Sie nichts.' }),
    date: ({ artist, city, day, place, km }) => ({ subject: `${artist} spielt bei ${city} am ${day}`, text: [`Wie gewünscht: ${artist} spielt in ${place}, ${km} km von ${city}, am ${day}.`, 'Ihre Adresse wird mit dieser Nachricht gelöscht: Wir schreiben Ihnen nicht mehr.'], label: 'Den Termin ansehen', why: 'Sie erhalten diese eine Nachricht, weil Sie benachrichtigt werden wollten.' }),
  },
};

/** The letter about a wish. `url` is where its one act leads. What the sender typed is only ever in the letter to the artist's side: our mails carry nobody's words to strangers. */
export function letterOf(locale: Locale, news: News, url: string): Letter {
  const tell = WORDS[locale][news.kind] as (news: News) => Said;
  const { subject, text, label, why } = tell(news);
  return { locale, subject: subject.replaceAll(/\s+/g, ' '), greeting: GREETINGS[locale], paragraphs: text, act: { label, url }, why };
}
