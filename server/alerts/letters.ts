import { GREETINGS, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

/** Somebody new that a search found. `groups` of its score speak for it, strongest first. */
interface Find { readonly name: string; readonly city: string; readonly score: number; readonly groups: readonly string[] }

/** What an organisation is written about who was found: a match with how long it is good for, a super like with its whole message and where to answer, what a search that it keeps found. Days are written out already. */
export type DiscoveryLetter =
  | { readonly kind: 'match'; readonly name: string; readonly score: number; readonly until: string }
  | { readonly kind: 'super_like'; readonly name: string; readonly message: string; readonly email: string; readonly score: number }
  | { readonly kind: 'found'; readonly name: string; readonly finds: readonly Find[]; readonly more: number };

interface Words {
  readonly match: (of: Extract<DiscoveryLetter, { kind: 'match' }>) => readonly [subject: string, ...paragraphs: string[]];
  readonly super_like: (of: Extract<DiscoveryLetter, { kind: 'super_like' }>) => readonly [subject: string, ...paragraphs: string[]];
  readonly found: (of: { readonly name: string; readonly more: number }) => readonly [subject: string, first: string, more: string];
  readonly find: (of: Find & { readonly because: string }) => string;
  readonly acts: Readonly<Record<DiscoveryLetter['kind'], string>>;
  /** The groups of the scorecards, as they follow a colon. */
  readonly groups: Readonly<Record<string, string>>;
  readonly why: string;
}

const at = ({ name, city }: Find): string => (city ? `${name} (${city})` : name);

const words: Readonly<Record<Locale, Words>> = {
  fr: {
    match: ({ name, score, until }) => ['Vous avez un nouveau match !', `${name} et vous, vous vous plaisez : votre accord est de ${score} sur 100.`, `Écrivez d’ici le ${until}. Après, le match expire.`],
    super_like: ({ name, message, email, score }) => [`${name} vous envoie un Super Like`, `Votre accord est de ${score} sur 100.`, ...(message ? [`« ${message} »`] : []), `Vous pouvez répondre sans attendre, à ${email}.`],
    found: ({ name, more }) => [`Du nouveau pour « ${name} »`, 'Votre recherche enregistrée a trouvé :', more > 0 ? `Et ${more} de plus sur la page.` : ''],
    find: (of) => `${at(of)}, ${of.score} sur 100${of.because && `. Pour : ${of.because}`}.`,
    acts: { match: 'Voir le match', super_like: 'Voir le profil', found: 'Voir la recherche' },
    groups: { fill: 'le remplissage', budget: 'le budget', availability: 'les dates', affinity: 'le style', geography: 'la proximité', history: 'l’expérience', exclusivity: 'l’exclusivité', style: 'le style', capacity: 'la jauge', technical: 'la technique', experience: 'l’expérience des communes', proximity: 'la proximité', audience: 'le public' },
    why: 'Vous recevez ce message parce que votre organisation cherche sur Flow Stage. Pour ne plus en recevoir, changez vos souhaits sur la page Découvrir.',
  },
  en: {
    match: ({ name, score, until }) => ['You have a new match!', `You and ${name} like each other: you fit by ${score} of 100.`, `Write by ${until}. After that the match expires.`],
    super_like: ({ name, message, email, score }) => [`${name} sends you a Super Like`, `You fit by ${score} of 100.`, ...(message ? [`“${message}”`] : []), `You can answer at once, to ${email}.`],
    found: ({ name, more }) => [`New for “${name}”`, 'The search that you keep has found:', more > 0 ? `And ${more} more on the page.` : ''],
    find: (of) => `${at(of)}, ${of.score} of 100${of.because && `. In favour: ${of.because}`}.`,
    acts: { match: 'See the match', super_like: 'See the profile', found: 'See the search' },
    groups: { fill: 'a full house', budget: 'budget', availability: 'dates', affinity: 'style', geography: 'nearness', history: 'experience', exclusivity: 'exclusivity', style: 'style', capacity: 'capacity', technical: 'technical means', experience: 'experience of towns', proximity: 'nearness', audience: 'audience' },
    why: 'You get this message because your organisation seeks on Flow Stage. To get no more of them, change your wishes on the page Discover.',
  },
  nl: {
    match: ({ name, score, until }) => ['U hebt een nieuwe match!', `U en ${name} vinden elkaar leuk: u past voor ${score} op 100 bij elkaar.`, `Schrijf uiterlijk op ${until}. Daarna vervalt de match.`],
    super_like: ({ name, message, email, score }) => [`${name} stuurt u een Super Like`, `U past voor ${score} op 100 bij elkaar.`, ...(message ? [`‘${message}’`] : []), `U kunt meteen antwoorden, aan ${email}.`],
    found: ({ name, more }) => [`Nieuws voor ‘${name}’`, 'De zoekopdracht die u bewaart, heeft gevonden:', more > 0 ? `En nog ${more} op de pagina.` : ''],
    find: (of) => `${at(of)}, ${of.score} op 100${of.because && `. Ervoor pleit: ${of.because}`}.`,
    acts: { match: 'De match bekijken', super_like: 'Het profiel bekijken', found: 'De zoekopdracht bekijken' },
    groups: { fill: 'een volle zaal', budget: 'het budget', availability: 'de data', affinity: 'de stijl', geography: 'de nabijheid', history: 'de ervaring', exclusivity: 'de exclusiviteit', style: 'de stijl', capacity: 'de capaciteit', technical: 'de techniek', experience: 'de ervaring met gemeenten', proximity: 'de nabijheid', audience: 'het publiek' },
    why: 'U krijgt dit bericht omdat uw organisatie zoekt op Flow Stage. Wilt u het niet meer krijgen, wijzig dan uw wensen op de pagina Ontdekken.',
  },
  de: {
    match: ({ name, score, until }) => ['Sie haben ein neues Match!', `Sie und ${name} gefallen einander: Sie passen zu ${score} von 100 zusammen.`, `Schreiben Sie bis zum ${until}. Danach verfällt das Match.`],
    super_like: ({ name, message, email, score }) => [`${name} schickt Ihnen einen Super Like`, `Sie passen zu ${score} von 100 zusammen.`, ...(message ? [`„${message}“`] : []), `Sie können sofort antworten, an ${email}.`],
    found: ({ name, more }) => [`Neues für „${name}“`, 'Ihre gespeicherte Suche hat gefunden:', more > 0 ? `Und ${more} weitere auf der Seite.` : ''],
    find: (of) => `${at(of)}, ${of.score} von 100${of.because && `. Dafür spricht: ${of.because}`}.`,
    acts: { match: 'Match ansehen', super_like: 'Profil ansehen', found: 'Suche ansehen' },
    groups: { fill: 'ein volles Haus', budget: 'das Budget', availability: 'die Termine', affinity: 'der Stil', geography: 'die Nähe', history: 'die Erfahrung', exclusivity: 'die Exklusivität', style: 'der Stil', capacity: 'die Platzzahl', technical: 'die Technik', experience: 'die Erfahrung mit Gemeinden', proximity: 'die Nähe', audience: 'das Publikum' },
    why: 'Sie erhalten diese Nachricht, weil Ihre Organisation auf Flow Stage sucht. Um keine weiteren zu erhalten, ändern Sie Ihre Wünsche auf der Seite Entdecken.',
  },
};

/** A letter about who was found, in its reader's language. `url` is the page. */
export function discoveryLetter(locale: Locale, of: DiscoveryLetter, url: string): Letter {
  const table = words[locale];
  const [subject, ...paragraphs] = of.kind === 'match' ? table.match(of) : of.kind === 'super_like' ? table.super_like(of) : found(table, of);
  return { locale, subject, greeting: GREETINGS[locale], paragraphs: paragraphs.filter(Boolean), act: { label: table.acts[of.kind], url }, why: table.why };
}

function found(table: Words, { finds, ...of }: Extract<DiscoveryLetter, { kind: 'found' }>): [string, ...string[]] {
  const [subject, first, more] = table.found(of);
  const because = ({ groups }: Find) => [...new Set(groups.map((group) => table.groups[group]).filter((word) => word !== undefined))].join(', ');
  return [subject, first, ...finds.map((one) => table.find({ ...one, because: because(one) })), more];
}
