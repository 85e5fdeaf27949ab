import { filled } from '../../core/letters.ts';
import { TAGS, type Locale } from '../../core/locale.ts';
import type { VehicleKind } from '../../prospects/carriages.ts';
import type { Bed, Drive, Evening, Moment, RoadDay, Together } from './book.ts';

/** What a roadbook says on paper and in a calendar, in one language. `{…}` is filled in; before `|` stands what is said of one. */
export interface RoadWords {
  readonly roadbook: string;
  readonly of: string;
  readonly nothing: string;
  readonly tour: string;
  readonly kinds: Readonly<Record<RoadDay['kind'], string>>;
  readonly date: string;
  readonly night: string;
  readonly people: string;
  readonly crewOf: string;
  readonly vehicles: Readonly<Record<VehicleKind, string>>;
  readonly drive: string;
  readonly leave: string;
  readonly arrive: string;
  readonly breaks: string;
  readonly tight: string;
  readonly border: string;
  readonly sea: string;
  readonly loadIn: string;
  readonly soundCheck: string;
  readonly doors: string;
  readonly starts: string;
  readonly ends: string;
  readonly curfew: string;
  readonly address: string;
  readonly contact: string;
  readonly noContact: string;
  readonly technical: string;
  readonly capacity: string;
  readonly price: string;
  readonly sleeps: string;
  readonly sleepsRoad: string;
  readonly sleepsHome: string;
  readonly shared: Readonly<Record<Together['what'], string>>;
  readonly planned: string;
  readonly home: string;
  readonly version: string;
  readonly localTimes: string;
  readonly shows: string;
  readonly ways: string;
}

const fr: RoadWords = {
  roadbook: 'Feuille de route', of: '{artist}, {tour}', nothing: 'Aucune date n’est encore prévue dans cette tournée.', tour: 'La tournée', kinds: { show: 'Concert', travel: 'Trajet', off: 'Repos', home: 'À la maison' }, date: 'Date', night: 'Nuit',
  people: '{n} personne|{n} personnes', crewOf: 'dont {n} technicien|dont {n} techniciens', vehicles: { car: 'voiture', van: 'minibus', van_trailer: 'minibus et remorque', coach: 'autocar', truck: 'camion', train: 'train' }, drive: '{from} – {to}', leave: 'Départ', arrive: 'Arrivée',
  breaks: 'dont {time} de pause', tight: 'Trajet hors limites : départ avant la fin du repos ou avant 6 h, ou conduite trop longue.', border: 'Frontière {from} – {to}', sea: 'Traversée : bateau, tunnel ou avion à réserver', loadIn: 'Get-in', soundCheck: 'Balances', doors: 'Portes',
  starts: 'Concert', ends: 'Fin', curfew: 'Couvre-feu', address: 'Adresse', contact: 'Contact', noContact: 'Contact à demander', technical: 'Technique', capacity: '{n} place|{n} places', price: 'Prix', sleeps: 'Nuit à {city}, {n} personne|Nuit à {city}, {n} personnes', sleepsRoad: 'Nuit en route ({city}), {n} personne|Nuit en route ({city}), {n} personnes', sleepsHome: 'Nuit à la maison',
  shared: { vehicle: 'Véhicule partagé avec {with}', rooms: 'Hébergement partagé avec {with}', crew: 'Équipe partagée avec {with}' }, planned: 'pas encore confirmé', home: 'la maison', version: 'Version {n}', localTimes: 'Heures locales de chaque lieu.', shows: '{n} concert|{n} concerts', ways: 'Trajets',
};
const en: RoadWords = {
  roadbook: 'Roadbook', of: '{artist}, {tour}', nothing: 'No date is planned in this tour yet.', tour: 'The tour', kinds: { show: 'Show', travel: 'Travel', off: 'Day off', home: 'At home' }, date: 'Date', night: 'Night',
  people: '{n} person|{n} people', crewOf: '{n} of them crew', vehicles: { car: 'car', van: 'van', van_trailer: 'van with trailer', coach: 'coach', truck: 'truck', train: 'train' }, drive: '{from} – {to}', leave: 'Leave', arrive: 'Arrive',
  breaks: 'with {time} of breaks', tight: 'Beyond the limits: it begins before the rest is over or before 6 am, or is too long.', border: 'Border {from} – {to}', sea: 'Crossing: book a ferry, a tunnel or a flight', loadIn: 'Load-in', soundCheck: 'Sound check', doors: 'Doors',
  starts: 'Show', ends: 'End', curfew: 'Curfew', address: 'Address', contact: 'Contact', noContact: 'Contact to be asked for', technical: 'Technical', capacity: 'Capacity {n}', price: 'Price', sleeps: 'Night in {city}, {n} person|Night in {city}, {n} people', sleepsRoad: 'Night on the way ({city}), {n} person|Night on the way ({city}), {n} people', sleepsHome: 'Night at home',
  shared: { vehicle: 'Vehicle shared with {with}', rooms: 'Rooms shared with {with}', crew: 'Crew shared with {with}' }, planned: 'not confirmed yet', home: 'home', version: 'Version {n}', localTimes: 'Times are local to each place.', shows: '{n} show|{n} shows', ways: 'Drives',
};
const nl: RoadWords = {
  roadbook: 'Draaiboek', of: '{artist}, {tour}', nothing: 'In deze tournee is nog geen datum gepland.', tour: 'De tournee', kinds: { show: 'Concert', travel: 'Reisdag', off: 'Vrije dag', home: 'Thuis' }, date: 'Datum', night: 'Nacht',
  people: '{n} persoon|{n} personen', crewOf: 'van wie {n} technicus|van wie {n} technici', vehicles: { car: 'auto', van: 'busje', van_trailer: 'busje met aanhanger', coach: 'touringcar', truck: 'vrachtwagen', train: 'trein' }, drive: '{from} – {to}', leave: 'Vertrek', arrive: 'Aankomst',
  breaks: 'waarvan {time} pauze', tight: 'Buiten de grenzen: vertrek voor het einde van de rust of voor 6 uur, of te lang.', border: 'Grens {from} – {to}', sea: 'Overtocht: boot, tunnel of vlucht boeken', loadIn: 'Get-in', soundCheck: 'Soundcheck', doors: 'Deuren',
  starts: 'Concert', ends: 'Einde', curfew: 'Geluid uit', address: 'Adres', contact: 'Contact', noContact: 'Contact nog te vragen', technical: 'Techniek', capacity: '{n} plaats|{n} plaatsen', price: 'Prijs', sleeps: 'Nacht in {city}, {n} persoon|Nacht in {city}, {n} personen', sleepsRoad: 'Nacht onderweg ({city}), {n} persoon|Nacht onderweg ({city}), {n} personen', sleepsHome: 'Nacht thuis',
  shared: { vehicle: 'Voertuig gedeeld met {with}', rooms: 'Logies gedeeld met {with}', crew: 'Ploeg gedeeld met {with}' }, planned: 'nog niet bevestigd', home: 'thuis', version: 'Versie {n}', localTimes: 'Tijden zijn die van elke plaats.', shows: '{n} concert|{n} concerten', ways: 'Ritten',
};
const de: RoadWords = {
  roadbook: 'Roadbook', of: '{artist}, {tour}', nothing: 'In dieser Tournee ist noch kein Termin geplant.', tour: 'Die Tournee', kinds: { show: 'Konzert', travel: 'Reisetag', off: 'Freier Tag', home: 'Zu Hause' }, date: 'Datum', night: 'Nacht',
  people: '{n} Person|{n} Personen', crewOf: 'davon {n} Technik', vehicles: { car: 'Auto', van: 'Kleinbus', van_trailer: 'Kleinbus mit Anhänger', coach: 'Reisebus', truck: 'Lkw', train: 'Zug' }, drive: '{from} – {to}', leave: 'Abfahrt', arrive: 'Ankunft',
  breaks: 'davon {time} Pause', tight: 'Außerhalb der Grenzen: Abfahrt vor Ende der Ruhezeit oder vor 6 Uhr, oder zu lang.', border: 'Grenze {from} – {to}', sea: 'Überfahrt: Fähre, Tunnel oder Flug buchen', loadIn: 'Get-in', soundCheck: 'Soundcheck', doors: 'Einlass',
  starts: 'Konzert', ends: 'Ende', curfew: 'Lärmende', address: 'Adresse', contact: 'Kontakt', noContact: 'Kontakt noch zu erfragen', technical: 'Technik', capacity: '{n} Platz|{n} Plätze', price: 'Preis', sleeps: 'Nacht in {city}, {n} Person|Nacht in {city}, {n} Personen', sleepsRoad: 'Nacht unterwegs ({city}), {n} Person|Nacht unterwegs ({city}), {n} Personen', sleepsHome: 'Nacht zu Hause',
  shared: { vehicle: 'Fahrzeug geteilt mit {with}', rooms: 'Unterkunft geteilt mit {with}', crew: 'Crew geteilt mit {with}' }, planned: 'noch nicht bestätigt', home: 'zu Hause', version: 'Version {n}', localTimes: 'Zeiten gelten am jeweiligen Ort.', shows: '{n} Konzert|{n} Konzerte', ways: 'Fahrten',
};

/** The words of a roadbook by language. */
export const roadWords: Readonly<Record<Locale, RoadWords>> = { fr, en, nl, de };

/** A phrase with its figures, in the form that `n` wants. */
export const counted = (phrase: string, figures: Readonly<Record<string, string | number>>): string => filled(phrase.split('|').at(figures['n'] === 1 ? 0 : -1) ?? phrase, figures);

/** How a roadbook writes figures: `jeudi 6 mai 2027`, `jeu. 6 mai`, `267 km`, `3 h 20`, `20 h 45`, `1 500,00 €`. */
export function writing(locale: Locale) {
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(TAGS[locale], { timeZone: 'UTC', ...options });
  const [long, short] = [dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }), dates({ weekday: 'short', day: 'numeric', month: 'short' })];
  const whole = new Intl.NumberFormat(TAGS[locale], { maximumFractionDigits: 0 });
  const of = (day: string) => new Date(`${day}T00:00:00Z`);
  return {
    long: (day: string): string => long.format(of(day)),
    short: (day: string): string => short.format(of(day)),
    km: (metres: number): string => `${whole.format(metres / 1_000)}\u00a0km`,
    time: (minutes: number): string => (minutes < 60 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h${minutes % 60 ? `\u00a0${String(minutes % 60).padStart(2, '0')}` : ''}`),
    hour: (hour: string): string => (locale === 'fr' ? hour.replace(':', '\u00a0h\u00a0') : hour),
    money: (minor: number, currency: string): string => new Intl.NumberFormat(TAGS[locale], { style: 'currency', currency }).format(minor / 100),
  };
}

/** The hours of an evening that are known, in their order, each with its word. */
export const hoursOf = (words: RoadWords, { loadIn, soundCheck, doors, starts, ends, curfew }: Evening): readonly (readonly [label: string, moment: Moment])[] =>
  ([[words.loadIn, loadIn], [words.soundCheck, soundCheck], [words.doors, doors], [words.starts, starts], [words.ends, ends], [words.curfew, curfew]] as const).flatMap(([label, moment]) => (moment ? [[label, moment] as const] : []));

/** Where the night is spent. */
export const nightOf = (words: RoadWords, bed: Bed | null): string => (bed ? counted(bed.kind === 'town' ? words.sleeps : words.sleepsRoad, { city: bed.city, n: bed.people }) : words.sleepsHome);

/** What is shared, and with whom. */
export const togetherOf = (words: RoadWords, shared: readonly Together[]): string[] => shared.map(({ what, with: others }) => filled(words.shared[what], { with: others.join(', ') }));

/** What is to be known of a drive besides its hours: the border, the sea, and that it is too early or too long. */
export const notesOf = (words: RoadWords, { border, sea, tight }: Drive): string[] => [...(border ? [filled(words.border, { from: border[0], to: border[1] })] : []), ...(sea ? [words.sea] : []), ...(tight ? [words.tight] : [])];
