import { filled } from '../core/letters.ts';

/** What these pages say besides the words of the widgets, in French: titles, what search engines and share cards read, the ends of the road. */
const fr = {
  kitTitle: '{name} · dossier de presse', kitText: '{name}, {genres} : présentation, photos, extraits, prochaines dates et demande de date.',
  daysTitle: '{name} · jours libres', daysText: 'Les jours libres de {name}, mois par mois, et comment demander une date.',
  askTitle: 'Demander une date à {name}', askText: 'Demander une date à {name} : quelques questions, une réponse par courriel, sans engagement.',
  programmeTitle: '{name} · programme', programmeText: 'Les dates annoncées de {name}, avec lieux, heures et billets.',
  tourTitle: '{name} · tournée', tourText: 'Toutes les dates de tournée de {name}.',
  statusTitle: 'Suivi d’une demande', statusText: 'Les étapes d’une demande de date, de la réponse au spectacle.',
  hostedTitle: '{name} · écouter, voir les dates, inviter', hostedText: '{name}, {genres} : écouter, voir les photos et les jours libres, demander une date.',
  freeDays: 'Jours libres', musician: 'musique', calendar: 'Ajouter à votre agenda (ICS)', rss: 'Suivre par RSS', languages: 'Langue', via: 'via Flow Stage', kit: 'Dossier de presse',
  lostTitle: 'Page introuvable', lostText: 'Cette page n’est pas proposée ici : l’adresse a changé, ou l’artiste l’a retirée.',
  closedTitle: 'Page fermée', closedText: 'La clé de ce site n’est plus valable. Si vous gérez ce site, prenez-en une nouvelle dans « Sites ».',
  busyTitle: 'Un instant', busyText: 'Beaucoup de demandes viennent d’ici en même temps. Réessayez dans une minute.',
  faultTitle: 'Un incident chez nous', faultText: 'Rien n’est perdu. Réessayez dans un instant.',
  foreignTitle: 'Envoi refusé', foreignText: 'Ce formulaire s’envoie depuis notre page seulement. Ouvrez-la et recommencez.',
  home: 'Revenir à la page', sentText: 'La réponse, ou une offre avec un prix, arrivera par courriel, en général sous sept jours. Rien ne vous engage d’ici là.', sentKeep: 'Gardez cette référence : elle ouvre le suivi de la demande.',
  follow: 'Suivre la demande', season: 'Pour une saison de camping', organisationIf: 'Organisation (si vous n’êtes pas un particulier)', audioOf: 'Extrait : {title}', hearNone: 'Télécharger l’extrait',
};

/** The keys of these words; every language has them all. */
type Words = Readonly<Record<keyof typeof fr, string>>;

const en: Words = {
  kitTitle: '{name} · press kit', kitText: '{name}, {genres}: biography, photos, recordings, upcoming dates and how to ask for one.',
  daysTitle: '{name} · free days', daysText: 'The free days of {name}, month by month, and how to ask for a date.',
  askTitle: 'Ask {name} for a date', askText: 'Ask {name} for a date: a few questions, an answer by mail, no commitment.',
  programmeTitle: '{name} · programme', programmeText: 'The announced dates of {name}, with places, hours and tickets.',
  tourTitle: '{name} · tour', tourText: 'All the tour dates of {name}.',
  statusTitle: 'Follow a request', statusText: 'The steps of a request for a date, from the answer to the show.',
  hostedTitle: '{name} · listen, see dates, invite', hostedText: '{name}, {genres}: listen, see photos and free days, ask for a date.',
  freeDays: 'Free days', musician: 'music', calendar: 'Add to your calendar (ICS)', rss: 'Follow by RSS', languages: 'Language', via: 'via Flow Stage', kit: 'Press kit',
  lostTitle: 'Page not found', lostText: 'This page is not offered here: its address changed, or the artist took it back.',
  closedTitle: 'Page closed', closedText: 'The key of this site no longer works. If you run this site, take a new one under “Sites”.',
  busyTitle: 'One moment', busyText: 'Many requests come from here at once. Try again in a minute.',
  faultTitle: 'A fault of ours', faultText: 'Nothing is lost. Try again in a moment.',
  foreignTitle: 'Not sent', foreignText: 'This form is sent from our own page only. Open it and try again.',
  home: 'Back to the page', sentText: 'The answer, or an offer with a price, will come by mail, usually within seven days. Nothing binds you until then.', sentKeep: 'Keep this reference: it opens the follow-up of your request.',
  follow: 'Follow the request', season: 'For a season of a campsite', organisationIf: 'Organisation (unless you are a private person)', audioOf: 'Recording: {title}', hearNone: 'Download the recording',
};

const nl: Words = {
  kitTitle: '{name} · persmap', kitText: '{name}, {genres}: biografie, foto’s, opnamen, komende data en een datum aanvragen.',
  daysTitle: '{name} · vrije dagen', daysText: 'De vrije dagen van {name}, maand per maand, en hoe u een datum aanvraagt.',
  askTitle: 'Een datum vragen aan {name}', askText: 'Een datum vragen aan {name}: enkele vragen, antwoord per mail, geheel vrijblijvend.',
  programmeTitle: '{name} · programma', programmeText: 'De aangekondigde data van {name}, met plaats, uur en tickets.',
  tourTitle: '{name} · tournee', tourText: 'Alle tourneedata van {name}.',
  statusTitle: 'Een aanvraag volgen', statusText: 'De stappen van een aanvraag, van het antwoord tot het optreden.',
  hostedTitle: '{name} · luisteren, data bekijken, uitnodigen', hostedText: '{name}, {genres}: luisteren, foto’s en vrije dagen bekijken, een datum vragen.',
  freeDays: 'Vrije dagen', musician: 'muziek', calendar: 'In uw agenda zetten (ICS)', rss: 'Volgen via RSS', languages: 'Taal', via: 'via Flow Stage', kit: 'Persmap',
  lostTitle: 'Pagina niet gevonden', lostText: 'Deze pagina is hier niet beschikbaar: het adres is veranderd of de artiest heeft ze ingetrokken.',
  closedTitle: 'Pagina gesloten', closedText: 'De sleutel van deze site is niet meer geldig. Beheert u de site, neem dan een nieuwe onder ‘Sites’.',
  busyTitle: 'Een ogenblik', busyText: 'Er komen hiervandaan veel aanvragen tegelijk. Probeer het over een minuut opnieuw.',
  faultTitle: 'Een fout bij ons', faultText: 'Er is niets verloren. Probeer het zo opnieuw.',
  foreignTitle: 'Niet verzonden', foreignText: 'Dit formulier wordt alleen vanaf onze eigen pagina verzonden. Open die en probeer opnieuw.',
  home: 'Terug naar de pagina', sentText: 'Het antwoord, of een aanbod met een prijs, komt per mail, meestal binnen zeven dagen. Tot dan bent u tot niets verplicht.', sentKeep: 'Bewaar deze referentie: hiermee volgt u de aanvraag.',
  follow: 'De aanvraag volgen', season: 'Voor een campingseizoen', organisationIf: 'Organisatie (tenzij u een particulier bent)', audioOf: 'Fragment: {title}', hearNone: 'Het fragment downloaden',
};

const de: Words = {
  kitTitle: '{name} · Pressemappe', kitText: '{name}, {genres}: Biografie, Fotos, Hörproben, nächste Termine und Terminanfrage.',
  daysTitle: '{name} · freie Tage', daysText: 'Die freien Tage von {name}, Monat für Monat, und wie Sie einen Termin anfragen.',
  askTitle: 'Termin anfragen: {name}', askText: 'Termin anfragen bei {name}: wenige Fragen, Antwort per E-Mail, unverbindlich.',
  programmeTitle: '{name} · Programm', programmeText: 'Die angekündigten Termine von {name} mit Ort, Uhrzeit und Karten.',
  tourTitle: '{name} · Tournee', tourText: 'Alle Tourneetermine von {name}.',
  statusTitle: 'Anfrage verfolgen', statusText: 'Die Schritte einer Anfrage, von der Antwort bis zum Auftritt.',
  hostedTitle: '{name} · hören, Termine sehen, einladen', hostedText: '{name}, {genres}: hören, Fotos und freie Tage sehen, einen Termin anfragen.',
  freeDays: 'Freie Tage', musician: 'Musik', calendar: 'In den Kalender übernehmen (ICS)', rss: 'Per RSS folgen', languages: 'Sprache', via: 'via Flow Stage', kit: 'Pressemappe',
  lostTitle: 'Seite nicht gefunden', lostText: 'Diese Seite gibt es hier nicht: Die Adresse hat sich geändert, oder die Künstler haben sie zurückgezogen.',
  closedTitle: 'Seite geschlossen', closedText: 'Der Schlüssel dieser Website gilt nicht mehr. Wenn Sie die Website betreiben, holen Sie unter „Sites“ einen neuen.',
  busyTitle: 'Einen Augenblick', busyText: 'Von hier kommen gerade viele Anfragen. Versuchen Sie es in einer Minute noch einmal.',
  faultTitle: 'Ein Fehler bei uns', faultText: 'Nichts ist verloren. Versuchen Sie es gleich noch einmal.',
  foreignTitle: 'Nicht gesendet', foreignText: 'Dieses Formular wird nur von unserer eigenen Seite gesendet. Öffnen Sie sie und versuchen Sie es erneut.',
  home: 'Zurück zur Seite', sentText: 'Die Antwort oder ein Angebot mit Preis kommt per E-Mail, meist innerhalb von sieben Tagen. Bis dahin bindet Sie nichts.', sentKeep: 'Bewahren Sie diese Referenz auf: Damit verfolgen Sie die Anfrage.',
  follow: 'Anfrage verfolgen', season: 'Für eine Campingsaison', organisationIf: 'Organisation (außer bei Privatpersonen)', audioOf: 'Hörprobe: {title}', hearNone: 'Hörprobe herunterladen',
};

const TABLES: Readonly<Record<string, Words>> = { fr, en, nl, de };

/** What each language calls itself. */
export const NAMES: Readonly<Record<string, string>> = { fr: 'Français', en: 'English', nl: 'Nederlands', de: 'Deutsch' };

/** One phrase of these pages, its braces filled. */
export function tell(locale: string, key: keyof Words, figures: { readonly name?: string; readonly genres?: string; readonly title?: string } = {}): string {
  return filled((TABLES[locale] ?? fr)[key], figures);
}
