import { halfUp, percentage } from '../core/money.ts';
import { addDays, type Day } from '../core/time.ts';
import { frenchDay, frenchHour, frenchMoney, frenchRate, frenchSiret, frenchWeekday } from '../legal/french.ts';
import { balanceDays, depositDays, windowDays } from '../legal/instalments.ts';
import { identityOf, isConsumer, needsVigilance, type ContractParty, type Deal } from './deal.ts';
import { amountInFrench, inFrench } from './in-words.ts';

/** One article of a contract. A paragraph that begins with `– ` is an item of a list. */
export interface Clause {
  readonly number: number;
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/** A dated rule that shaped the contract, kept with it. */
export interface AppliedRule {
  readonly id: string;
  readonly citation: string;
  readonly asOf: Day;
}

/** French VAT law moved from CGI to CIBS on this day, same substance (ord. 2025-1247; legal.md §3, read 2026-11-21). */
const cibsFrom = '2026-09-01';
/** Tax on variety shows and current music: 3,5 % before tax (CIBS L452-14 to -27, AUT-FR-06, read 2026-11-21). */
const spectacleTaxBps = 350n;

/**
 * The twenty articles of a French cession du droit d'exploitation, filled from a deal (legal.md §2a). Every article says
 * something, whatever the deal; what depends on a day yet to come is said in words that stay true.
 */
export const cession = (deal: Deal): Clause[] => ARTICLES.map(({ heading, says }, i) => ({ number: i + 1, heading, paragraphs: says(deal).filter((text) => text !== '') }));

/** The dated rules that the articles apply. */
export function rulesOf(deal: Deal): AppliedRule[] {
  const { day, show, path } = deal;
  return [
    { id: deal.vatRule, citation: deal.vatCitation, asOf: show.day },
    { id: 'AUT-FR-06', citation: 'CIBS art. L452-14 à L452-27', asOf: show.day },
    { id: 'CTR-ALL-01', citation: 'usage de la profession', asOf: day },
    ...(path === 'public'
      ? [{ id: 'PUB-06', citation: 'CCP art. R2192-10, R2192-31, D2192-35', asOf: day }, { id: 'PUB-07', citation: 'décret n° 2012-1246 art. 33', asOf: day }, { id: 'PUB-08', citation: 'CCP art. L2192-1', asOf: day }]
      : [{ id: 'PAY-02', citation: 'durée de conservation par le prestataire', asOf: day }, ...(isConsumer(deal.organiser) ? [] : [{ id: 'PAY-11', citation: 'C. com. art. L441-10, D441-5', asOf: day }])]),
    ...(needsVigilance(deal) ? [{ id: 'CTR-FR-11', citation: 'C. trav. art. L8222-1, R8222-1, D8222-5', asOf: day }] : []),
    { id: 'SIG-02', citation: 'C. civ. art. 1366 et 1367', asOf: day },
  ];
}

/** Why the seller charges no tax, in the words that go before the rule. */
const untaxed = {
  exempt: 'L’opération est exonérée de TVA', franchise: 'Le Producteur bénéficie de la franchise en base et ne facture pas de TVA', reversed: 'La TVA est due par l’Organisateur, qui la déclare dans son pays',
  outside: 'L’opération est hors du champ de la TVA',
} as const;

interface Article {
  readonly heading: string;
  readonly says: (deal: Deal) => string[];
}

const ARTICLES: readonly Article[] = [
  { heading: 'Parties', says: (deal) => [
    `Le présent contrat est conclu entre ${identityOf(deal.producer)}, ci-après « le Producteur », d’une part,`,
    `et ${identityOf(deal.organiser)}, ci-après « l’Organisateur », d’autre part.`,
    producerLicence(deal.producer, deal.show.day),
    organiserLicence(deal.organiser),
    ...(deal.organiser.kind === 'municipality' && deal.organiser.country === 'FR'
      ? ['L’Organisateur agit en vertu de la délégation que son assemblée délibérante a consentie à l’exécutif pour la passation des marchés (CGCT art. L2122-22, 4°), ou de la délibération qui autorise la signature du présent contrat.'] : []),
    'Chaque signataire garantit avoir le pouvoir d’engager la partie qu’il représente.',
  ] },
  { heading: 'Exposé', says: ({ artist, show }) => [
    `Le Producteur dispose du droit de représentation du spectacle « ${show.title} », interprété par ${artist.name} (${people(artist.lineUp)} en scène${artist.genres.length > 0 ? ` ; ${artist.genres.join(', ')}` : ''}), pour lequel il s’est assuré le concours de tous les artistes nécessaires. La direction artistique appartient à ${artist.name}.`,
    'Le Producteur remet à l’Organisateur, au plus tard quinze jours avant la représentation, la liste nominative des interprètes et le programme des œuvres avec leurs titres, auteurs, compositeurs et sociétés de répertoire (Sacem ou SACD).',
    `L’Organisateur déclare disposer du lieu de la représentation, ${placeOf(show)}, et en avoir reçu toutes les autorisations ; le Producteur déclare en connaître et en accepter les caractéristiques.`,
  ] },
  { heading: 'Objet', says: ({ show }) => [
    'Le Producteur cède à l’Organisateur, qui l’accepte, le droit d’exploitation du spectacle pour une (1) représentation, dans les conditions suivantes :',
    `– date : ${frenchWeekday(show.day)} ;`,
    `– début : ${frenchHour(show.startTime)}, heure du lieu ; durée : ${show.durationMinutes} minutes environ ;`,
    `– lieu : ${placeOf(show)}${show.outdoor ? ', en plein air' : ''} ;`,
    ...(show.occasion ? [`– occasion : ${show.occasion} ;`] : []),
    show.audience > 0 ? `– public attendu : ${group(show.audience)} personnes, sans que la jauge dépasse l’effectif autorisé pour le lieu.` : '– jauge : l’effectif autorisé pour le lieu, qu’elle ne dépasse en aucun cas.',
    show.outdoor
      ? 'Le lieu est un établissement de plein air (ERP de type PA) ou un espace public ; l’Organisateur en tient le dossier de sécurité à la disposition du Producteur.'
      : 'L’Organisateur indique au Producteur, avant le montage, le type et la catégorie d’établissement recevant du public inscrits au registre de sécurité du lieu.',
  ] },
  { heading: 'Obligations du Producteur', says: () => [
    'Le Producteur fournit le spectacle entièrement monté, et en assume la responsabilité artistique.',
    'En qualité d’employeur de l’équipe artistique et technique attachée au spectacle, il en assure les rémunérations, charges sociales et fiscales comprises, établit les déclarations préalables à l’embauche et, pour les artistes et techniciens établis hors de France, les formalités de détachement et les certificats A1.',
    'Il fournit les éléments de décor, costumes, instruments et accessoires nécessaires, en assure le transport aller et retour, et les assure ainsi que son personnel.',
  ] },
  { heading: 'Obligations de l’Organisateur', says: () => [
    'L’Organisateur fournit le lieu en ordre de marche, avec le personnel nécessaire au déchargement et au rechargement, au montage et au démontage, au service du spectacle, à l’accueil du public, à la billetterie et à la sécurité. Il est employeur de ce personnel.',
    'Il obtient les autorisations administratives, tient à jour le registre de sécurité, déclare la représentation aux sociétés d’auteurs et acquitte les droits correspondants.',
    'Il acquitte la taxe sur les spectacles lorsqu’il en est redevable (article 10).',
  ] },
  { heading: 'Prix de cession', says: (deal) => [
    `En contrepartie de la cession du droit d’exploitation, l’Organisateur verse au Producteur la somme de ${frenchMoney(deal.price)} hors taxes (${amountInFrench(deal.price)}).`,
    deal.vatKind === 'charged'
      ? `Il s’y ajoute la TVA au taux de ${frenchRate(deal.vatBps)}, soit ${frenchMoney(deal.vat)}. Le prix toutes taxes comprises est de ${frenchMoney(deal.total)} (${amountInFrench(deal.total)}). Taux applicable : ${deal.vatCitation}.`
      : `${untaxed[deal.vatKind]} : ${deal.vatCitation}. Le prix à payer au Producteur est de ${frenchMoney(deal.total)} (${amountInFrench(deal.total)}).`,
    'Ce prix est ferme. Il comprend les salaires et charges de l’équipe, le transport de celle-ci et de son matériel ; il ne comprend ni les repas, ni l’hébergement, ni les droits d’auteur, régis par les articles 10 et 11.',
    ...paragraphsOf(deal.terms).map((text, i) => `${i === 0 ? 'Conditions particulières arrêtées entre les parties : ' : ''}${text}`),
  ] },
  { heading: 'Modalités de paiement', says: (deal) => (deal.path === 'public' ? publicPayment(deal) : securedPayment(deal)) },
  { heading: 'Billetterie et invitations', says: () => [
    'L’Organisateur est responsable de la billetterie : il fixe le prix des places, fait imprimer ou éditer les billets, en encaisse seul la recette et tient le relevé des entrées. Lorsque l’accès est gratuit, il règle seul l’accueil du public.',
    'Il peut ouvrir la vente dès la signature du présent contrat par les deux parties. Il réserve au Producteur six invitations, rendues à la vente deux heures avant le début si elles ne sont pas demandées.',
    'Le prix de cession est fixe : il ne dépend pas de la recette. L’Organisateur communique au Producteur, à sa demande, le nombre d’entrées.',
  ] },
  { heading: 'Technique et montage', says: ({ day, show }) => [
    `La fiche technique fait l’objet de l’annexe 1, dans sa version du ${frenchDay(day)}. Elle indique le matériel que chaque partie fournit ; une modification vaut si les deux parties l’ont acceptée par écrit.`,
    `L’Organisateur met le lieu à la disposition du Producteur le ${frenchDay(show.day)}, quatre heures au moins avant le début du spectacle, pour le déchargement, le montage, les réglages et la balance. Le démontage et le rechargement suivent immédiatement la représentation. Les régisseurs des deux parties peuvent arrêter d’autres horaires.`,
    'Chaque partie désigne son contact technique au plus tard quinze jours avant la représentation ; à défaut, ce contact est son représentant signataire.',
  ] },
  { heading: 'Droits d’auteur et taxes', says: ({ price }) => [
    'L’Organisateur déclare la représentation à la Sacem ou à la SACD, selon le répertoire, avant sa date, et acquitte les droits d’auteur. Il acquitte, si de la musique enregistrée est diffusée, la rémunération équitable (SPRE).',
    'La taxe sur les spectacles est due au Centre national de la musique (variétés et musiques actuelles) ou à l’Association pour le soutien du théâtre privé (théâtre), au taux de 3,5 % hors taxes (CIBS art. L452-14 à L452-27) :',
    '– lorsque l’entrée est payante, elle est assise sur la recette de billetterie, déclarée et acquittée par l’Organisateur ;',
    `– lorsque l’entrée est gratuite, elle est assise sur le prix de cession hors taxes, soit ${frenchMoney(percentage(price, spectacleTaxBps, halfUp))}, déclarée et acquittée par le Producteur, vendeur du spectacle.`,
  ] },
  { heading: 'Accueil, transport, hébergement et repas', says: ({ artist, show }) => [
    `L’équipe en tournée compte ${people(artist.lineUp)} en scène, et le personnel technique que le Producteur annonce quinze jours avant la représentation. Le Producteur organise le transport et communique l’heure d’arrivée de l’équipe, au plus tôt quatre heures avant le début du spectacle.`,
    `L’Organisateur met à disposition une loge propre, chauffée en saison et fermant à clé, de l’eau et une collation dès l’arrivée, et sert un repas chaud par personne le ${frenchDay(show.day)}.`,
    'Il prend en charge l’hébergement de l’équipe, en chambre individuelle avec petit-déjeuner, lorsque la distance ne permet pas le retour dans la nuit. L’annexe 2 précise les conditions d’accueil.',
  ] },
  { heading: 'Communication et captation', says: ({ artist, producer }) => [
    `L’Organisateur annonce le spectacle sous le nom « ${artist.name} » et avec les textes et photographies que fournit le Producteur. Chaque affiche, programme et billet porte les numéros de récépissé de déclaration des parties qui en détiennent un${producer.licence ? `, dont le n° ${producer.licence}` : ''} (C. trav. art. R7122-12).`,
    'Aucun enregistrement ni aucune diffusion, sonore ou audiovisuelle, de tout ou partie du spectacle n’est permis sans un accord écrit distinct, qui prévoit la rémunération des artistes-interprètes (CPI art. L212-3). Les prises de vues de presse de moins de trois minutes, sans éclair, sont autorisées.',
  ] },
  { heading: 'Assurances', says: () => [
    'Le Producteur déclare avoir souscrit une assurance de responsabilité civile professionnelle et une assurance couvrant ses biens et ceux de son personnel.',
    'L’Organisateur déclare avoir souscrit une assurance de responsabilité civile pour l’organisation de la manifestation et pour le lieu, y compris les biens du Producteur dont il a la garde.',
    'Chaque partie remet son attestation à l’autre sur simple demande.',
  ] },
  { heading: 'Sécurité et prévention', says: () => [
    'L’Organisateur est responsable de la sécurité du lieu, du public et des personnes qui y travaillent. Les parties établissent ensemble, lorsqu’il est requis, un plan de prévention ; chacune fournit à son personnel les équipements de protection individuelle.',
    'Le niveau sonore ne dépasse pas 102 décibels pondérés A et 118 décibels pondérés C sur quinze minutes, ou 94 et 104 décibels lorsque le spectacle s’adresse aux enfants de six ans ou moins (CSP art. R1336-1).',
    'Chaque partie prévient et fait cesser toute violence ou tout harcèlement sexistes et sexuels, et désigne à l’autre la personne à qui un fait peut être signalé ; à défaut, c’est son représentant signataire.',
  ] },
  { heading: 'Exclusivité', says: () => [
    'Les parties ne conviennent d’aucune exclusivité, ni de territoire ni de durée : le Producteur reste libre de donner le spectacle ailleurs avant et après cette date. Une exclusivité ne pourrait résulter que d’un écrit signé des deux parties, limité en distance et en jours et proportionné au prix.',
  ] },
  { heading: 'Annulation, report, force majeure et intempéries', says: cancellation },
  { heading: 'Résiliation', says: () => [
    'Si une partie manque à une obligation essentielle et n’y remédie pas dans les quinze jours d’une mise en demeure écrite, ou avant la représentation si celle-ci est plus proche, l’autre peut résoudre le contrat de plein droit, par écrit, sans préjudice de l’indemnité prévue à l’article 16.',
    'Le retrait ou la suspension de l’autorisation ou de la déclaration nécessaire à l’activité d’une partie est un manquement essentiel.',
  ] },
  { heading: 'Données personnelles et confidentialité', says: () => [
    'Chaque partie est responsable des traitements qu’elle fait des données personnelles reçues de l’autre ; elle ne les emploie que pour préparer, exécuter et prouver le présent contrat. Flow Stage, qui établit et conserve le contrat, en est responsable pour ce seul objet.',
    'Le contrat, les factures et les preuves sont conservés dix ans (C. com. art. L123-22). Chaque personne peut demander l’accès à ses données, leur rectification et, hors ces pièces, leur effacement.',
    'Les parties gardent confidentielles les conditions financières du contrat, sauf obligation légale de les communiquer.',
  ] },
  { heading: 'Signature électronique et preuve', says: () => [
    'Les parties signent par voie électronique. Chacune reçoit à son adresse électronique un code à usage unique, valable dix minutes, et consent expressément avant de signer : il s’agit d’une signature électronique simple au sens du règlement (UE) n° 910/2014, que les parties conviennent de tenir pour la preuve de leur accord (C. civ. art. 1366 et 1367).',
    'Après la dernière signature, Flow Stage scelle le document par une signature cryptographique (CMS) qui rend visible toute modification ultérieure, et établit un fichier de preuve : empreintes du document, identité des signataires, envoi des codes, consentements, dates et ordre des signatures. Chaque partie en dispose.',
    'Le contrat prend effet à la dernière signature. L’exemplaire scellé vaut original pour chaque partie.',
  ] },
  { heading: 'Droit applicable et litiges', says: disputes },
];

function producerLicence({ licence, licenceUntil, country }: ContractParty, showDay: Day): string {
  if (country !== 'FR') return 'Le Producteur, établi hors de France, accomplit au moins un mois avant la représentation l’information préalable du préfet de région, et contracte s’il y a lieu avec un détenteur du récépissé (C. trav. art. L7122-6, R7122-8 et R7122-9).';
  if (!licence) return 'Le Producteur exerce l’activité d’entrepreneur de spectacles vivants dans le respect des articles L7122-3 et L7122-19 du code du travail.';
  const until = licenceUntil && licenceUntil >= showDay ? `, valable jusqu’au ${frenchDay(licenceUntil)}` : ', dont il garantit la validité au jour de la représentation';
  return `Le Producteur est titulaire du récépissé de déclaration d’entrepreneur de spectacles vivants (catégorie 2) n° ${licence}${until} (C. trav. art. L7122-3).`;
}

function organiserLicence(organiser: ContractParty): string {
  const { licence, licenceUntil } = organiser;
  if (licence) return `L’Organisateur est titulaire du récépissé de déclaration n° ${licence}${licenceUntil ? `, valable jusqu’au ${frenchDay(licenceUntil)}` : ''}.`;
  if (isConsumer(organiser)) return 'L’Organisateur, particulier, organise cette représentation à titre occasionnel (C. trav. art. L7122-19).';
  return 'L’Organisateur déclare que le spectacle n’est pas son activité principale et qu’il n’organise pas plus de six représentations par année civile (C. trav. art. L7122-19 et R7122-13) ; à défaut, il remet au Producteur son récépissé de déclaration avant la représentation.';
}

function securedPayment({ deposit, balance, total, show, organiser, day, vatKind }: Deal): string[] {
  const balanceDay = addDays(show.day, -balanceDays);
  const firstDay = addDays(show.day, -windowDays);
  return [
    `Le prix, ${frenchMoney(total)} toutes taxes comprises, est réglé par carte, en paiement sécurisé : le prestataire de services de paiement agréé de Flow Stage reçoit les sommes et ne les verse au Producteur qu’après la représentation (versement différé).`,
    `– Acompte de 30 %, soit ${frenchMoney(deposit)} : exigible dans les ${inFrench(depositDays)} jours de la dernière signature, et au plus tard la veille de la représentation ; aussitôt, si cette signature est du jour même.`,
    // A date that has passed before anybody could sign would only puzzle.
    balanceDay > day
      ? `– Solde de 70 %, soit ${frenchMoney(balance)} : prélevé le ${frenchDay(balanceDay)}, vingt-huit jours avant la représentation, sur le moyen de paiement que l’Organisateur a enregistré ; lorsque l’acompte n’est exigible qu’à cette date ou après elle, le solde l’est en même temps que lui.`
      : `– Solde de 70 %, soit ${frenchMoney(balance)} : exigible en même temps que l’acompte, la représentation ayant lieu dans les vingt-huit jours.`,
    ...(firstDay > day
      ? [`Le prestataire ne conserve les sommes que pour une durée limitée. Lorsque la dernière signature précède le ${frenchDay(firstDay)}, l’Organisateur enregistre dans les ${inFrench(depositDays)} jours un moyen de paiement, sans être débité, et l’acompte est prélevé le ${frenchDay(firstDay)}.`] : []),
    'En enregistrant son moyen de paiement, l’Organisateur autorise ces prélèvements, à ces montants et à ces dates, et eux seuls. L’échéancier fait l’objet de l’annexe 5.',
    `Si l’Organisateur n’a ni payé l’acompte ni enregistré de moyen de paiement à l’échéance, Flow Stage le lui rappelle ; sans paiement sept jours après l’échéance, et au plus tard le jour de la représentation à neuf heures, ou quatre heures avant son début si cette heure vient plus tôt ou si la dernière signature est du jour même, le contrat est résolu de plein droit et la date redevient libre. Signé moins de six heures avant ce début, il n’est pas résolu, et le prix reste dû.`,
    'Si une somme manque la veille de la représentation, Flow Stage en avertit le Producteur, qui peut suspendre celle-ci jusqu’au paiement (C. civ. art. 1219 et 1220). Si la représentation a lieu, la somme reste due et Flow Stage continue de la réclamer.',
    'Les sommes sont versées au Producteur lorsque les deux parties ont confirmé que la représentation a eu lieu, ou, sans contestation de leur part, quarante-huit heures après l’heure prévue de son début. La rémunération de Flow Stage est à la charge du Producteur et retenue sur ce versement.',
    vatKind === 'charged' ? `La TVA est exigible à chaque encaissement (${dated(day, 'CIBS, livre II', 'CGI art. 269, 2, c')}) ; le Producteur, ou Flow Stage en son nom, en délivre facture.` : 'Le Producteur, ou Flow Stage en son nom, délivre facture de chaque encaissement.',
    ...(isConsumer(organiser) ? [] : ['Toute somme payée en retard porte intérêt au taux de refinancement de la Banque centrale européenne majoré de dix points, et ouvre droit à une indemnité forfaitaire de 40 € pour frais de recouvrement (C. com. art. L441-10 et D441-5).']),
  ];
}

function publicPayment({ total, organiser, purchase, day, vatKind }: Deal): string[] {
  const { orderNumber = '', serviceCode = '', quoteNumber = '' } = purchase ?? {};
  return [
    'L’Organisateur est une personne publique : il paie après service fait (décret n° 2012-1246 du 7 novembre 2012, art. 33). Aucun acompte n’est demandé, rien n’est payé par carte ni conservé avant la représentation.',
    `Le présent contrat fait suite au devis n° ${quoteNumber} et au bon de commande ou engagement n° ${orderNumber} de l’Organisateur.`,
    ...(organiser.siret
      ? [`Après la représentation, le Producteur dépose sa facture de ${frenchMoney(total)} sur le portail Chorus Pro (CCP art. L2192-1), avec les mentions suivantes :`, `– SIRET du destinataire : ${frenchSiret(organiser.siret)} ;`]
      : [`Après la représentation, le Producteur adresse sa facture de ${frenchMoney(total)} à l’Organisateur, avec les mentions suivantes :`]),
    `– numéro d’engagement : ${orderNumber} ;`,
    serviceCode ? `– code service : ${serviceCode}.` : '– code service : aucun n’est exigé par l’Organisateur.',
    'Le paiement a lieu par virement, dans les trente jours de la réception de la facture, ou du service fait s’il lui est postérieur (CCP art. R2192-10).',
    'Passé ce délai, courent de plein droit des intérêts moratoires au taux de refinancement de la Banque centrale européenne en vigueur au premier jour du semestre, majoré de huit points, et une indemnité forfaitaire de 40 € pour frais de recouvrement (CCP art. R2192-31 et D2192-35), payés dans les quarante-cinq jours qui suivent le principal.',
    `${vatKind === 'charged' ? `La TVA est exigible à l’encaissement (${dated(day, 'CIBS, livre II', 'CGI art. 269, 2, c')}). ` : ''}La rémunération de Flow Stage est à la charge du Producteur, qui la règle sur facture.`,
  ];
}

/** The customary scale (legal.md CTR-ALL-01, usage, editable by the parties). */
function cancellation({ show, path }: Deal): string[] {
  return [
    'En cas d’annulation par l’Organisateur, hors force majeure, celui-ci doit au Producteur, à titre d’indemnité forfaitaire calculée sur le prix de cession :',
    '– 30 % si l’annulation intervient plus de soixante jours avant la représentation ;',
    '– 50 % de soixante à trente et un jours avant ;',
    '– 100 % trente jours avant ou moins.',
    `En cas d’annulation par le Producteur, hors force majeure, celui-ci ${path === 'public' ? 'ne peut prétendre à aucun paiement' : 'fait restituer à l’Organisateur toutes les sommes versées'} et rembourse à l’Organisateur les frais engagés dont celui-ci justifie, dans la limite du prix de cession.`,
    'En cas de maladie d’un artiste, attestée par un certificat médical remis dans les quarante-huit heures, les parties recherchent d’abord une date de report ; à défaut d’accord, le contrat est résolu sans indemnité.',
    'La force majeure (C. civ. art. 1218) suspend ou résout le contrat sans indemnité ; chaque partie garde ses frais et les sommes versées sont restituées. L’interdiction de la manifestation par une autorité publique est un cas de force majeure. Le juge peut modérer une indemnité manifestement excessive (C. civ. art. 1231-5).',
    show.outdoor
      ? 'La représentation étant prévue en plein air, l’Organisateur prévoit un repli couvert. En cas d’intempéries, les parties en décident ensemble au plus tard quatre heures avant le début ; faute de repli, le prix reste dû.'
      : 'La représentation étant prévue en salle, les intempéries ne dispensent aucune partie de ses obligations, sauf si elles ont le caractère de la force majeure.',
  ];
}

function disputes({ organiser, path, show }: Deal): string[] {
  const order = 'En cas de contradiction, le contrat l’emporte sur les conditions particulières, celles-ci sur les annexes, et les annexes sur les documents du lieu. Une modification du contrat se fait par avenant écrit et signé.';
  const law = 'Le présent contrat est soumis au droit français. Les parties recherchent d’abord un accord amiable, au besoin par un médiateur du spectacle vivant, pendant trente jours.';
  if (path === 'public') return [order, law, `À défaut, le litige relève du tribunal administratif dans le ressort duquel se trouve ${organiser.city}.`];
  if (isConsumer(organiser)) {
    return [order, law, 'L’Organisateur, consommateur, peut saisir gratuitement un médiateur de la consommation et la juridiction de son domicile. La représentation étant un service de loisirs fourni à une date déterminée, il ne dispose pas du droit de rétractation (C. consom. art. L221-28, 12°).'];
  }
  return [order, law, `À défaut, le litige relève du tribunal compétent du siège de la partie défenderesse ou du lieu de la représentation${show.city ? `, ${show.city}` : ''}.`];
}

const dated = (day: Day, cibs: string, cgi: string): string => (day >= cibsFrom ? `${cibs}, ancien ${cgi}` : cgi);
const people = (count: number): string => (count < 2 ? 'une personne' : `${inFrench(count)} personnes`);
const group = (count: number): string => count.toString().replace(/\B(?=(\d{3})+$)/gu, ' ');
const paragraphsOf = (text: string): string[] => text.split(/\n+/u).map((part) => part.trim()).filter((part) => part !== '');

function placeOf({ place, address, city }: Deal['show']): string {
  const parts = [...new Set([place, address, city].map((part) => part.trim()).filter((part) => part !== ''))];
  return parts.length > 0 ? parts.join(', ') : 'le lieu que désigne l’Organisateur';
}
