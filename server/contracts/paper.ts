import { addDays } from '../core/time.ts';
import { frenchDay, frenchHour, frenchMoney, frenchRate, frenchWeekday } from '../legal/french.ts';
import { balanceDays, windowDays } from '../legal/instalments.ts';
import type { Clause } from './cession.ts';
import { linesOf, needsVigilance, type Deal } from './deal.ts';

const words = (kind: 'title' | 'heading' | 'subheading' | 'text' | 'small', text: string) => ({ kind, text });
const list = (items: readonly string[]) => ({ kind: 'list' as const, items });
const table = (rows: readonly (readonly string[])[], align: readonly ('left' | 'right')[], widths: readonly number[]) => ({ kind: 'table' as const, rows, align, widths });

/** A piece of the printed contract, as the printer takes it. */
export type Piece = ReturnType<typeof words> | ReturnType<typeof list> | ReturnType<typeof table> | { kind: 'columns'; left: readonly string[]; right: readonly string[] } | { kind: 'space' };

/** The contract on paper: who, what, when and how much at a glance, the articles, where to sign, the annexes. */
export function paperOf(deal: Deal, clauses: readonly Clause[]): Piece[] {
  const { number, day, producer, organiser, show, artist } = deal;
  return [
    words('title', 'Contrat de cession du droit d’exploitation d’un spectacle'),
    words('small', `Contrat n° ${number}, établi le ${frenchDay(day)} sur Flow Stage`),
    { kind: 'columns', left: ['Le Producteur', ...linesOf(producer)], right: ['L’Organisateur', ...linesOf(organiser)] },
    table([
      ['L’essentiel', 'Ce qui est convenu'],
      ['Spectacle', show.title === artist.name ? show.title : `${show.title}, par ${artist.name}`],
      ['Date', `${frenchWeekday(show.day)}, ${frenchHour(show.startTime)}`],
      ['Lieu', [show.place, show.city].filter((part, i, all) => part !== '' && all.indexOf(part) === i).join(', ') || 'désigné par l’Organisateur'],
      ['Prix', `${frenchMoney(deal.price)} HT · ${deal.vatKind === 'charged' ? `TVA ${frenchRate(deal.vatBps)} · ${frenchMoney(deal.total)} TTC` : 'sans TVA (article 6)'}`],
      ['Paiement', deal.path === 'public' ? `sur facture après la représentation, à trente jours ; bon de commande n° ${deal.purchase?.orderNumber ?? ''}` : 'paiement sécurisé par carte, en deux échéances (article 7 et annexe 5)'],
    ], ['left', 'left'], [1, 5]),
    ...clauses.flatMap(articleOf),
    words('heading', 'Signatures'),
    words('text', 'Signé par voie électronique dans les conditions de l’article 19. Les dates, l’ordre des signatures et l’identité des signataires figurent au fichier de preuve.'),
    { kind: 'columns', left: ['Pour le Producteur', producer.representative, producer.capacity, producer.legalName], right: ['Pour l’Organisateur', organiser.representative, organiser.capacity, organiser.legalName] },
    ...annexesOf(deal),
  ];
}

function articleOf({ number, heading, paragraphs }: Clause): Piece[] {
  const pieces: Piece[] = [words('heading', `${number}. ${heading}`)];
  for (const paragraph of paragraphs) {
    const last = pieces.at(-1);
    const item = /^– (.*)$/su.exec(paragraph)?.[1];
    if (item === undefined) pieces.push(words('text', paragraph));
    else if (last?.kind === 'list') pieces[pieces.length - 1] = list([...last.items, item]);
    else pieces.push(list([item]));
  }
  return pieces;
}

function annexesOf(deal: Deal): Piece[] {
  const { day, technical, artist, purchase, show, path } = deal;
  const firstDay = addDays(show.day, -windowDays);
  const balanceDay = addDays(show.day, -balanceDays);
  const quoted = (text: string, otherwise: string) => (lines(text).length > 0 ? lines(text) : [otherwise]).map((line) => words('text', line));
  return [
    words('heading', 'Annexes'),
    words('small', `Version du ${frenchDay(day)}. Les annexes font partie du document signé : son empreinte les couvre.`),
    words('subheading', 'Annexe 1 — Fiche technique'),
    ...quoted(technical.artist, `${artist.name} joue avec son propre matériel d’instruments ; l’Organisateur fournit la scène, l’alimentation électrique aux normes, la diffusion et l’éclairage adaptés au lieu.`),
    words('text', `Précisions de l’Organisateur : ${lines(technical.organiser).join(' ') || 'aucune autre contrainte du lieu n’est signalée.'}`),
    words('subheading', 'Annexe 2 — Accueil'),
    list([
      `Une loge pour ${artist.lineUp < 2 ? 'une personne' : `${artist.lineUp} personnes`}, avec eau, miroir, prise électrique et sanitaires à proximité.`,
      'Une collation à l’arrivée et un repas chaud par personne ; les régimes particuliers sont annoncés quinze jours avant.',
      'Un stationnement réservé au plus près de la scène, du déchargement au rechargement.',
    ]),
    words('subheading', 'Annexe 3 — Devis'),
    words('text', purchase
      ? `Devis n° ${purchase.quoteNumber} du Producteur, accepté par le bon de commande ou engagement n° ${purchase.orderNumber} de l’Organisateur.`
      : 'L’offre acceptée sur Flow Stage tient lieu de devis : ses conditions sont celles des articles 3 et 6.'),
    words('subheading', 'Annexe 4 — Attestations sociales'),
    words('text', needsVigilance(deal)
      ? 'Le prix atteignant 5 000 € hors taxes, le Producteur remet à l’Organisateur, à la signature puis tous les six mois, une attestation de vigilance de l’Urssaf de moins de six mois et un extrait d’immatriculation (C. trav. art. L8222-1, R8222-1 et D8222-5).'
      : 'Le prix étant inférieur à 5 000 € hors taxes, aucune attestation de vigilance n’est exigée (C. trav. art. R8222-1) ; le Producteur la remet sur demande.'),
    words('subheading', 'Annexe 5 — Échéancier'),
    path === 'public'
      ? table([['Échéance', 'Date', 'Montant TTC'], ['Facture, virement', 'trente jours après réception de la facture, après service fait', frenchMoney(deal.total)]], ['left', 'left', 'right'], [3, 6, 2])
      : table([
        ['Échéance', 'Date', 'Montant TTC'],
        ['Acompte, 30 %', `sept jours après la dernière signature, la veille de la représentation au plus tard, ou aussitôt si cette signature est du jour même${firstDay > day ? ` ; prélevé le ${frenchDay(firstDay)} si la signature précède cette date` : ''}`, frenchMoney(deal.deposit)],
        ['Solde, 70 %', balanceDay > day ? `${frenchDay(balanceDay)}, ou avec l’acompte si celui-ci est exigible à cette date ou après elle` : 'avec l’acompte', frenchMoney(deal.balance)],
        ['Total', '', frenchMoney(deal.total)],
      ], ['left', 'left', 'right'], [3, 6, 2]),
  ];
}

const lines = (text: string): string[] => text.split(/\n+/u).map((line) => line.trim()).filter((line) => line !== '');
