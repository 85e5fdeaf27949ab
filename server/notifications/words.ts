import type { Purpose, Side } from '../core/permissions.ts';
import type { Topic } from '../core/topics.ts';

/** What a mail may speak of, in the reader's language already. */
export interface Facts {
  readonly artist: string;
  readonly buyer: string;
  /** `samedi 14 juin 2027` */
  readonly day: string;
  readonly place: string;
  /** The amount that the fact is about, with its currency; empty when there is none. */
  readonly amount: string;
  /** The date by which something is expected; empty when there is none. */
  readonly until: string;
  /** Whether the reader still has to give their legal identity. */
  readonly incomplete: boolean;
  readonly number: string;
  /** Whether the payment is charged on its day under a saved card. */
  readonly automatic: boolean;
  /** Whether the payment is the balance rather than the deposit. */
  readonly balance: boolean;
  /** The date on which the day is free again without this payment; empty when it does not lapse. */
  readonly lapses: string;
  /** Whether the show was played. */
  readonly played: boolean;
  /** Whether both sides had signed the contract. */
  readonly signed: boolean;
  /** The side that says that the show was not played as agreed. */
  readonly contestedBy: Side | null;
  /** What who said no adds to it, as they typed it; empty when nothing. */
  readonly reason: string;
}

/** One mail: what it says, and the one act behind its button. `purpose` is what a link is good for. */
export interface Notice {
  readonly subject: string;
  readonly text: readonly string[];
  readonly label: string;
  readonly purpose: Purpose;
}

type Words = (facts: Facts) => Notice;
type Table = Partial<Record<Topic, Partial<Record<Side, Words>>>>;

const notice = (subject: string, text: readonly string[], label: string, purpose: Purpose = 'follow'): Notice => ({ subject, text, label, purpose });

/** What somebody typed, said to be theirs. */
const because = (reason: string, label: string): string[] => (reason === '' ? [] : [`${label} ${reason}`]);

const fr: Table = {
  'request.sent': {
    artist: (f) => notice(`Nouvelle demande : ${f.day}, ${f.place}`, [`${f.buyer} demande ${f.artist} pour le ${f.day}, ${f.place}. Budget indiqué : ${f.amount}.`, 'La demande, sa note et ses raisons vous attendent.'], 'Lire la demande'),
    buyer: (f) => notice(`Votre demande à ${f.artist} est partie`, [`Vous avez demandé ${f.artist} pour le ${f.day}, ${f.place}.`, 'L’artiste la lit et vous répond. Rien n’est dû, rien n’est réservé à ce stade.'], 'Suivre ma demande'),
  },
  'request.declined': { buyer: (f) => notice(`${f.artist} ne peut pas accepter votre demande`, [`Pour le ${f.day}, ${f.place}, la réponse est non. Aucun engagement n’a été pris.`, ...because(f.reason, 'Motif :')], 'Voir le dossier') },
  'hold.placed': { buyer: (f) => notice(`Le ${f.day} vous est gardé`, [`${f.artist} vous accorde une option, rang ${f.number}, jusqu’au ${f.until}. Elle ne vous engage pas.`], 'Voir l’option') },
  'hold.lapsed': { buyer: (f) => notice(`L’option du ${f.day} est échue`, [`Votre option sur ${f.artist} a pris fin. Vous pouvez en parler à l’artiste dans votre dossier.`], 'Voir le dossier') },
  'offer.sent': {
    buyer: (f) => notice(`${f.artist} vous propose ${f.amount} HT`, [`Offre pour le ${f.day}, ${f.place} : ${f.amount} hors taxes. Elle attend votre réponse jusqu’au ${f.until}.`, 'Vous pouvez l’accepter, la refuser ou faire une contre-proposition.'], 'Lire et répondre', 'answer'),
    artist: (f) => notice(`Contre-proposition de ${f.buyer} : ${f.amount} HT`, [`Pour le ${f.day}, ${f.place}. Elle attend votre réponse jusqu’au ${f.until}.`], 'Lire et répondre'),
  },
  'offer.declined': {
    artist: (f) => notice(`${f.buyer} a refusé votre offre`, [...because(f.reason, 'Motif :'), `Pour le ${f.day}, ${f.place}. Vous pouvez en proposer une autre.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`${f.artist} a refusé votre contre-proposition`, [...because(f.reason, 'Motif :'), `Pour le ${f.day}, ${f.place}. L’artiste peut vous en proposer une autre.`], 'Ouvrir le dossier'),
  },
  'offer.withdrawn': { buyer: (f) => notice(`${f.artist} a retiré son offre`, [`L’offre pour le ${f.day} n’est plus valable.`], 'Voir le dossier') },
  'offer.expired': {
    artist: (f) => notice(`Une offre pour le ${f.day} a expiré`, [`Elle est restée sans réponse. Le dossier avec ${f.buyer} reste ouvert.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`L’offre de ${f.artist} a expiré`, [`Elle est restée sans réponse. L’artiste peut vous en envoyer une nouvelle.`], 'Voir le dossier'),
  },
  'offer.accepted': {
    artist: (f) => notice(`C’est d’accord : ${f.buyer}, le ${f.day}`, [`L’offre de ${f.amount} HT est acceptée. La date est à vous deux.`, f.incomplete ? 'Il manque des informations légales de votre côté pour établir le contrat.' : 'Le contrat est en préparation.', `Sans contrat signé des deux côtés le ${f.until}, la date redevient libre.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`C’est d’accord : ${f.artist}, le ${f.day}`, [`L’offre de ${f.amount} HT est acceptée. La date est à vous deux.`, f.incomplete ? 'Indiquez qui signe le contrat et à quelle adresse : c’est la seule chose qui manque.' : 'Le contrat est en préparation.', `Sans contrat signé des deux côtés le ${f.until}, la date redevient libre.`], f.incomplete ? 'Compléter mes informations' : 'Ouvrir le dossier', 'answer'),
  },
  'quote.issued': { buyer: (f) => notice(`Devis ${f.number} de ${f.artist}`, [`Le devis de ${f.amount} TTC est prêt.`, 'Pour établir le contrat, il nous faut le numéro de votre bon de commande.'], 'Voir le devis et commander', 'answer') },
  'purchase.ordered': { artist: (f) => notice(`Bon de commande ${f.number} reçu`, [`${f.buyer} a passé commande pour le ${f.day}.`], 'Ouvrir le dossier') },
  'contract.drafted': {
    artist: (f) => notice(`Le contrat ${f.number} est prêt à signer`, [`Contrat de cession avec ${f.buyer}, le ${f.day}, ${f.place}.`], 'Lire et signer'),
    buyer: (f) => notice(`Le contrat ${f.number} est prêt à signer`, [`Contrat de cession avec ${f.artist}, le ${f.day}, ${f.place}.`, 'Lisez-le, demandez un code, signez. Un code vous est envoyé au moment de signer.'], 'Lire et signer', 'sign'),
  },
  'contract.signed': {
    artist: (f) => notice(`Contrat ${f.number} signé`, ['Les deux parties ont signé. Le document scellé et son dossier de preuve sont au dossier.'], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Contrat ${f.number} signé`, ['Les deux parties ont signé. Le document scellé et son dossier de preuve sont au dossier.'], 'Ouvrir le dossier'),
  },
  'payment.scheduled': { buyer: (f) => notice(`Paiement sécurisé : ${f.artist}, le ${f.day}`, [f.automatic ? `L’acompte de ${f.amount} sera prélevé le ${f.until} : enregistrez votre carte dès maintenant.` : `Acompte de ${f.amount}, à régler d’ici le ${f.until}.`, ...(f.lapses ? [`Sans ${f.automatic ? 'carte enregistrée' : 'paiement'} le ${f.lapses}, la date redevient libre.`] : []), 'Les fonds sont réservés chez notre prestataire de paiement et versés après le spectacle.'], f.automatic ? 'Enregistrer ma carte' : 'Régler l’acompte', 'pay') },
  'mandate.saved': { buyer: (f) => notice('Votre carte est enregistrée', [`L’acompte et le solde pour ${f.artist}, le ${f.day}, seront prélevés à leurs dates.`], 'Voir l’échéancier') },
  'payment.completed': {
    artist: (f) => notice(`${f.amount} réservés pour le ${f.day}`, [`${f.buyer} a payé. La somme vous est versée après le spectacle.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Paiement reçu : ${f.amount}`, [`Pour ${f.artist}, le ${f.day}. La somme est versée à l’artiste après le spectacle.`], 'Voir l’échéancier'),
  },
  'payment.refused': { buyer: (f) => notice(`Votre paiement de ${f.amount} a été refusé`, [`Pour ${f.artist}, le ${f.day}. Rien n’a été débité. Vous pouvez réessayer ou utiliser une autre carte.`], 'Payer', 'pay') },
  'payment.reminded': {
    artist: (f) => notice(`Paiement attendu de ${f.buyer} : ${f.amount}`, [`Pour le ${f.day}, ${f.place}. Nous le lui rappelons aujourd’hui.`, ...(f.played ? ['Le spectacle est joué : la somme reste due, et vous est versée dès que tout est payé.'] : f.lapses ? [`Sans paiement le ${f.lapses}, la date redevient libre.`] : ['Si cette somme manque encore la veille, nous vous prévenons.'])], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Rappel : ${f.balance ? 'solde' : 'acompte'} de ${f.amount}`, [`Pour ${f.artist}, le ${f.day}. ${f.played ? 'Le spectacle est joué, et cette somme reste due.' : f.lapses ? `Sans paiement le ${f.lapses}, la date redevient libre.` : 'Cette somme est attendue avant le spectacle. Si elle manque la veille, l’artiste en est averti et peut suspendre la représentation jusqu’au paiement.'}`], 'Payer', 'pay'),
  },
  'payment.unsecured': { artist: (f) => notice(`${f.amount} manquent encore pour le ${f.day}`, [`${f.buyer} n’a pas payé cette somme : elle n’est pas réservée. Elle reste due.`, 'Votre contrat vous permet de suspendre la représentation jusqu’au paiement. Si vous jouez, nous continuons de la réclamer.'], 'Ouvrir le dossier') },
  'payment.held': {
    artist: (f) => notice(`${f.amount} ne peuvent plus être conservés longtemps`, [`Payés par ${f.buyer} pour le ${f.day}. Notre prestataire de paiement ne conserve une somme que 90 jours, et la représentation n’est pas réglée en entier ou pas confirmée.`, 'Ouvrez le dossier et dites-nous ce qui bloque.'], 'Ouvrir le dossier'),
    buyer: (f) => notice(`${f.amount} ne peuvent plus être conservés longtemps`, [`Payés pour ${f.artist}, le ${f.day}. Notre prestataire de paiement ne conserve une somme que 90 jours.`, 'Réglez ce qui manque, ou dites-nous ce qui bloque.'], 'Ouvrir le dossier', 'pay'),
  },
  'payment.returned': { buyer: (f) => notice(`${f.amount} vous sont rendus`, [`Ce paiement est arrivé alors que rien n’était dû pour ${f.artist}, le ${f.day}. La somme retourne à la carte qui l’a payée ; la banque peut y mettre quelques jours.`], 'Voir le dossier') },
  'booking.lapsed': {
    artist: (f) => notice(`Le ${f.day} est de nouveau libre`, [f.signed ? `L’acompte de ${f.buyer} n’est pas arrivé : l’engagement a pris fin.` : `Le contrat avec ${f.buyer} n’a pas été signé des deux côtés à temps : l’accord a pris fin.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`L’engagement du ${f.day} a pris fin`, [f.signed ? 'L’acompte n’est pas arrivé. Vous pouvez faire une nouvelle demande.' : 'Le contrat n’a pas été signé des deux côtés à temps. Vous pouvez faire une nouvelle demande.'], 'Voir le dossier'),
  },
  'show.due': {
    artist: (f) => notice('Le spectacle a-t-il eu lieu ?', [`${f.day}, ${f.place}. Votre confirmation et celle de ${f.buyer} déclenchent la suite.`], 'Confirmer'),
    buyer: (f) => notice(`${f.artist} a-t-il joué ?`, [`${f.day}, ${f.place}. Votre confirmation déclenche la suite ; sans réponse sous 48 heures, le spectacle est réputé joué.`], 'Confirmer', 'confirm'),
  },
  'show.contested': {
    artist: (f) => notice(`Le spectacle du ${f.day} est contesté`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} écrit : « ${f.reason} »`, 'La somme reste conservée tant que la partie qui conteste n’a pas finalement confirmé le spectacle. Lisez le dossier et parlez-vous.'], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Le spectacle du ${f.day} est contesté`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} écrit : « ${f.reason} »`, 'La somme reste conservée tant que la partie qui conteste n’a pas finalement confirmé le spectacle. Lisez le dossier et parlez-vous.'], 'Voir le dossier', 'confirm'),
  },
  'escrow.released': { artist: (f) => notice(`${f.amount} partent vers votre banque`, [`Pour le ${f.day}, ${f.place}, commission et TVA déduites. Les factures sont au dossier.`], 'Voir les comptes') },
  'payout.paid': { artist: (f) => notice(`Versement de ${f.amount} effectué`, [`Pour le ${f.day}, ${f.place}.`], 'Voir les comptes') },
  'invoice.issued': { buyer: (f) => notice(`Facture ${f.number}`, [`${f.artist}, le ${f.day} : ${f.amount} TTC. ${f.until ? `À régler avant le ${f.until}.` : ''}`.trim()], 'Voir la facture') },
  'invoice.overdue': { buyer: (f) => notice(`Facture ${f.number} en retard`, [`Elle était due le ${f.until}. Les intérêts et l’indemnité de 40 € courent.`], 'Voir la facture') },
  'invoice.paid': { buyer: (f) => notice(`Facture ${f.number} réglée`, ['Votre virement est arrivé. Merci.'], 'Voir le dossier') },
};

const en: Table = {
  'request.sent': {
    artist: (f) => notice(`New request: ${f.day}, ${f.place}`, [`${f.buyer} asks for ${f.artist} on ${f.day}, ${f.place}. Stated budget: ${f.amount}.`, 'The request, its score and its reasons are waiting for you.'], 'Read the request'),
    buyer: (f) => notice(`Your request to ${f.artist} is on its way`, [`You asked for ${f.artist} on ${f.day}, ${f.place}.`, 'The artist reads it and answers you. Nothing is owed or booked yet.'], 'Follow my request'),
  },
  'request.declined': { buyer: (f) => notice(`${f.artist} cannot take your request`, [`For ${f.day}, ${f.place}, the answer is no. Nothing was agreed.`, ...because(f.reason, 'Reason:')], 'See the file') },
  'hold.placed': { buyer: (f) => notice(`${f.day} is held for you`, [`${f.artist} grants you a hold, rank ${f.number}, until ${f.until}. It does not bind you.`], 'See the hold') },
  'hold.lapsed': { buyer: (f) => notice(`The hold on ${f.day} has lapsed`, [`Your hold on ${f.artist} has ended. You may take it up with the artist in your file.`], 'See the file') },
  'offer.sent': {
    buyer: (f) => notice(`${f.artist} offers ${f.amount} before tax`, [`An offer for ${f.day}, ${f.place}: ${f.amount} before tax. It awaits your answer until ${f.until}.`, 'You may accept it, decline it or make a counter-offer.'], 'Read and answer', 'answer'),
    artist: (f) => notice(`Counter-offer from ${f.buyer}: ${f.amount} before tax`, [`For ${f.day}, ${f.place}. It awaits your answer until ${f.until}.`], 'Read and answer'),
  },
  'offer.declined': {
    artist: (f) => notice(`${f.buyer} declined your offer`, [...because(f.reason, 'Reason:'), `For ${f.day}, ${f.place}. You may send another one.`], 'Open the file'),
    buyer: (f) => notice(`${f.artist} declined your counter-offer`, [...because(f.reason, 'Reason:'), `For ${f.day}, ${f.place}. The artist may send you another one.`], 'Open the file'),
  },
  'offer.withdrawn': { buyer: (f) => notice(`${f.artist} withdrew the offer`, [`The offer for ${f.day} no longer stands.`], 'See the file') },
  'offer.expired': {
    artist: (f) => notice(`An offer for ${f.day} has expired`, [`Nobody answered it. The file with ${f.buyer} stays open.`], 'Open the file'),
    buyer: (f) => notice(`The offer from ${f.artist} has expired`, ['Nobody answered it. The artist may send you a new one.'], 'See the file'),
  },
  'offer.accepted': {
    artist: (f) => notice(`Agreed: ${f.buyer}, ${f.day}`, [`The offer of ${f.amount} before tax is accepted. The date is yours.`, f.incomplete ? 'Some legal details of yours are still missing for the contract.' : 'The contract is being prepared.', `Without a contract signed by both by ${f.until}, the date is free again.`], 'Open the file'),
    buyer: (f) => notice(`Agreed: ${f.artist}, ${f.day}`, [`The offer of ${f.amount} before tax is accepted. The date is yours.`, f.incomplete ? 'Tell us who signs the contract, and their address: it is all that is missing.' : 'The contract is being prepared.', `Without a contract signed by both by ${f.until}, the date is free again.`], f.incomplete ? 'Complete my details' : 'Open the file', 'answer'),
  },
  'quote.issued': { buyer: (f) => notice(`Quote ${f.number} from ${f.artist}`, [`The quote of ${f.amount} with tax is ready.`, 'The contract needs the number of your purchase order.'], 'See the quote and order', 'answer') },
  'purchase.ordered': { artist: (f) => notice(`Purchase order ${f.number} received`, [`${f.buyer} ordered for ${f.day}.`], 'Open the file') },
  'contract.drafted': {
    artist: (f) => notice(`Contract ${f.number} is ready to sign`, [`Contract with ${f.buyer}, ${f.day}, ${f.place}.`], 'Read and sign'),
    buyer: (f) => notice(`Contract ${f.number} is ready to sign`, [`Contract with ${f.artist}, ${f.day}, ${f.place}.`, 'Read it, ask for a code, sign. The code is sent to you at that moment.'], 'Read and sign', 'sign'),
  },
  'contract.signed': {
    artist: (f) => notice(`Contract ${f.number} signed`, ['Both parties have signed. The sealed document and its evidence are in the file.'], 'Open the file'),
    buyer: (f) => notice(`Contract ${f.number} signed`, ['Both parties have signed. The sealed document and its evidence are in the file.'], 'Open the file'),
  },
  'payment.scheduled': { buyer: (f) => notice(`Secured payment: ${f.artist}, ${f.day}`, [f.automatic ? `The deposit of ${f.amount} will be charged on ${f.until}: please save your card now.` : `Deposit of ${f.amount}, due by ${f.until}.`, ...(f.lapses ? [`Without ${f.automatic ? 'a saved card' : 'payment'} by ${f.lapses} the date becomes free again.`] : []), 'The money is kept by our payment provider and paid out after the show.'], f.automatic ? 'Save my card' : 'Pay the deposit', 'pay') },
  'mandate.saved': { buyer: (f) => notice('Your card is saved', [`The deposit and the balance for ${f.artist}, ${f.day}, will be charged on their dates.`], 'See the schedule') },
  'payment.completed': {
    artist: (f) => notice(`${f.amount} secured for ${f.day}`, [`${f.buyer} has paid. The money reaches you after the show.`], 'Open the file'),
    buyer: (f) => notice(`Payment received: ${f.amount}`, [`For ${f.artist}, ${f.day}. The money reaches the artist after the show.`], 'See the schedule'),
  },
  'payment.refused': { buyer: (f) => notice(`Your payment of ${f.amount} was refused`, [`For ${f.artist}, ${f.day}. Nothing was charged. Try again, or use another card.`], 'Pay', 'pay') },
  'payment.reminded': {
    artist: (f) => notice(`Payment awaited from ${f.buyer}: ${f.amount}`, [`For ${f.day}, ${f.place}. We remind them today.`, ...(f.played ? ['The show was played: the money stays due, and reaches you as soon as all is paid.'] : f.lapses ? [`Without payment by ${f.lapses} the date becomes free again.`] : ['If it is still missing on the eve, we tell you.'])], 'Open the file'),
    buyer: (f) => notice(`Reminder: ${f.balance ? 'balance' : 'deposit'} of ${f.amount}`, [`For ${f.artist}, ${f.day}. ${f.played ? 'The show was played, and this amount stays due.' : f.lapses ? `Without payment by ${f.lapses} the date becomes free again.` : 'This amount is expected before the show. If it is missing on the eve, the artist is told and may suspend the show until it is paid.'}`], 'Pay', 'pay'),
  },
  'payment.unsecured': { artist: (f) => notice(`${f.amount} are still missing for ${f.day}`, [`${f.buyer} has not paid this amount: it is not secured. It stays due.`, 'Your contract lets you suspend the show until it is paid. If you play, we go on asking for it.'], 'Open the file') },
  'payment.held': {
    artist: (f) => notice(`${f.amount} cannot be held much longer`, [`Paid by ${f.buyer} for ${f.day}. Our payment provider holds money for 90 days only, and the show is not paid in full or not confirmed.`, 'Open the file and tell us what stands in the way.'], 'Open the file'),
    buyer: (f) => notice(`${f.amount} cannot be held much longer`, [`Paid for ${f.artist}, ${f.day}. Our payment provider holds money for 90 days only.`, 'Pay what is missing, or tell us what stands in the way.'], 'Open the file', 'pay'),
  },
  'payment.returned': { buyer: (f) => notice(`${f.amount} are on their way back to you`, [`This payment arrived while nothing was due for ${f.artist}, ${f.day}. The money returns to the card that paid it; the bank may take some days.`], 'See the file') },
  'booking.lapsed': {
    artist: (f) => notice(`${f.day} is free again`, [f.signed ? `The deposit from ${f.buyer} did not arrive: the booking has ended.` : `The contract with ${f.buyer} was not signed by both in time: the agreement has ended.`], 'Open the file'),
    buyer: (f) => notice(`The booking of ${f.day} has ended`, [f.signed ? 'The deposit did not arrive. You may send a new request.' : 'The contract was not signed by both in time. You may send a new request.'], 'See the file'),
  },
  'show.due': {
    artist: (f) => notice('Did the show take place?', [`${f.day}, ${f.place}. Your word and that of ${f.buyer} set the rest going.`], 'Confirm'),
    buyer: (f) => notice(`Did ${f.artist} play?`, [`${f.day}, ${f.place}. Your word sets the rest going; without an answer within 48 hours the show counts as played.`], 'Confirm', 'confirm'),
  },
  'show.contested': {
    artist: (f) => notice(`The show of ${f.day} is contested`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} writes: “${f.reason}”`, 'The money stays held until whoever contests confirms the show after all. Read the file, and talk to each other.'], 'Open the file'),
    buyer: (f) => notice(`The show of ${f.day} is contested`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} writes: “${f.reason}”`, 'The money stays held until whoever contests confirms the show after all. Read the file, and talk to each other.'], 'See the file', 'confirm'),
  },
  'escrow.released': { artist: (f) => notice(`${f.amount} are on their way to your bank`, [`For ${f.day}, ${f.place}, less commission and its tax. The invoices are in the file.`], 'See the accounts') },
  'payout.paid': { artist: (f) => notice(`${f.amount} paid out`, [`For ${f.day}, ${f.place}.`], 'See the accounts') },
  'invoice.issued': { buyer: (f) => notice(`Invoice ${f.number}`, [`${f.artist}, ${f.day}: ${f.amount} with tax. ${f.until ? `Due by ${f.until}.` : ''}`.trim()], 'See the invoice') },
  'invoice.overdue': { buyer: (f) => notice(`Invoice ${f.number} is overdue`, [`It was due on ${f.until}. Interest and the fixed 40 euros are running.`], 'See the invoice') },
  'invoice.paid': { buyer: (f) => notice(`Invoice ${f.number} is paid`, ['Your transfer has arrived. Thank you.'], 'See the file') },
};

/** What `side` is told of a fact, or nothing. */
export const noticeOf = (topic: Topic, side: Side, locale: 'fr' | 'en', facts: Facts): Notice | undefined => ({ fr, en })[locale][topic]?.[side]?.(facts);

/** The frame of every mail: who writes and why, and how to stop. */
export const frame = (locale: 'fr' | 'en', name: string) => (locale === 'fr'
  ? { greeting: name ? `Bonjour ${name},` : 'Bonjour,', why: 'Flow Stage vous écrit parce que vous êtes partie à ce dossier. Ces messages s’arrêtent avec le dossier ; ils ne servent à rien d’autre.' }
  : { greeting: name ? `Hello ${name},` : 'Hello,', why: 'Flow Stage writes because you are a party to this file. These mails end with the file and serve nothing else.' });
