import { because, notice, type Around, type Table, type Words } from './notice.ts';

/** What mails say of each fact, in French. */
export const words = {
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
  'payment.returned': { buyer: (f) => notice(`${f.amount} vous sont rendus`, [f.refund ? `La somme était conservée pour ${f.artist}, le ${f.day}. Elle retourne à la carte qui l’a payée ; la banque peut y mettre quelques jours.` : `Ce paiement est arrivé alors que rien n’était dû pour ${f.artist}, le ${f.day}. La somme retourne à la carte qui l’a payée ; la banque peut y mettre quelques jours.`], 'Voir le dossier') },
  'booking.lapsed': {
    artist: (f) => notice(`Le ${f.day} est de nouveau libre`, [f.signed ? `L’acompte de ${f.buyer} n’est pas arrivé : l’engagement a pris fin.` : `Le contrat avec ${f.buyer} n’a pas été signé des deux côtés à temps : l’accord a pris fin.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`L’engagement du ${f.day} a pris fin`, [f.signed ? 'L’acompte n’est pas arrivé. Vous pouvez faire une nouvelle demande.' : 'Le contrat n’a pas été signé des deux côtés à temps. Vous pouvez faire une nouvelle demande.'], 'Voir le dossier'),
  },
  'cancellation.asked': {
    artist: (f) => notice(`${f.buyer} demande l’annulation du ${f.day} pour force majeure`, [`${f.artist}, le ${f.day}. Motif donné : « ${f.reason} »`, 'Si vous êtes d’accord, tout ce qui a été payé est rendu et chacun garde ses frais. Sans votre accord, l’engagement continue.'], 'Ouvrir le dossier'),
    buyer: (f) => notice(`${f.artist} demande l’annulation du ${f.day} pour force majeure`, [`${f.artist}, le ${f.day}. Motif donné : « ${f.reason} »`, 'Si vous êtes d’accord, tout ce qui a été payé est rendu et chacun garde ses frais. Sans votre accord, l’engagement continue.'], 'Voir le dossier', 'confirm'),
  },
  'booking.cancelled': {
    artist: (f) => notice(`Annulé : ${f.day}`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} annule le spectacle du ${f.day}, ${f.place}. Motif donné : « ${f.reason} »`, f.waits ? `Un paiement de ${f.waits} est encore chez la banque, qui répond sous six jours ouvrés. Dès sa réponse, la somme est partagée comme prévu, et nous vous l’écrivons.` : f.amount ? `Indemnité qui vous est versée, commission déduite : ${f.amount}.` : 'Aucune indemnité ne vous est versée par nos soins.', 'La date est de nouveau libre.'], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Annulé : ${f.artist}, ${f.day}`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} annule le spectacle du ${f.day}, ${f.place}. Motif donné : « ${f.reason} »`, f.waits ? `Un paiement de ${f.waits} est encore chez la banque, qui répond sous six jours ouvrés. Dès sa réponse, la somme est partagée comme prévu, et nous vous l’écrivons.` : f.refund ? `Somme qui vous est rendue : ${f.refund}.` : 'Aucune somme ne vous est rendue par nos soins.'], 'Voir le dossier'),
  },
  'closing.settled': {
    artist: (f) => notice(`${f.day} : la banque a répondu`, ['Le paiement qui était chez la banque est connu, et tout est réglé.', f.amount ? `Somme qui vous est versée, commission déduite : ${f.amount}.` : 'Aucune somme ne vous est versée par nos soins.'], 'Ouvrir le dossier'),
    buyer: (f) => notice(`${f.artist}, ${f.day} : la banque a répondu`, ['Le paiement qui était chez la banque est connu, et tout est réglé.', f.refund ? `Somme qui vous est rendue : ${f.refund}.` : 'Aucune somme ne vous est rendue par nos soins.'], 'Voir le dossier'),
  },
  'dispute.opened': {
    artist: (f) => notice(`Litige ouvert : ${f.day}`, [f.reason ? `« ${f.reason} », écrit ${f.contestedBy === 'artist' ? f.artist : f.buyer}.` : `La banque de ${f.buyer} conteste un paiement.`, `${f.amount} sont gelés : rien n’est versé ni rendu pendant le litige. Dites ou montrez dans le dossier ce qui s’est passé. Sans accord entre vous, Flow Stage tranche.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Litige ouvert : ${f.day}`, [f.reason ? `« ${f.reason} », écrit ${f.contestedBy === 'artist' ? f.artist : f.buyer}.` : `La banque de ${f.buyer} conteste un paiement.`, `${f.amount} sont gelés : rien n’est versé ni rendu pendant le litige. Dites ou montrez dans le dossier ce qui s’est passé. Sans accord entre vous, Flow Stage tranche.`], 'Voir le dossier', 'confirm'),
  },
  'dispute.argued': {
    artist: (f) => notice(`Nouvelle pièce dans le litige du ${f.day}`, [`${f.buyer} a ajouté un mot ou un document au dossier. Vous pouvez y répondre.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Nouvelle pièce dans le litige du ${f.day}`, [`${f.artist} a ajouté un mot ou un document au dossier. Vous pouvez y répondre.`], 'Voir le dossier', 'confirm'),
  },
  'dispute.decided': {
    artist: (f) => notice(`Litige tranché : ${f.day}`, [`« ${f.reason} »`, f.waits ? `Un paiement de ${f.waits} est encore chez la banque, qui répond sous six jours ouvrés. Dès sa réponse, la somme est partagée comme prévu, et nous vous l’écrivons.` : `Versé à l’artiste, commission déduite : ${f.amount}. Rendu à l’organisateur : ${f.refund}.`], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Litige tranché : ${f.day}`, [`« ${f.reason} »`, f.waits ? `Un paiement de ${f.waits} est encore chez la banque, qui répond sous six jours ouvrés. Dès sa réponse, la somme est partagée comme prévu, et nous vous l’écrivons.` : `Versé à l’artiste, commission déduite : ${f.amount}. Rendu à l’organisateur : ${f.refund}.`], 'Voir le dossier'),
  },
  'show.due': {
    artist: (f) => notice('Le spectacle a-t-il eu lieu ?', [`${f.day}, ${f.place}. Votre confirmation et celle de ${f.buyer} déclenchent la suite.`], 'Confirmer'),
    buyer: (f) => notice(`${f.artist} a-t-il joué ?`, [`${f.day}, ${f.place}. Votre confirmation déclenche la suite ; sans réponse sous 48 heures, le spectacle est réputé joué.`], 'Confirmer', 'confirm'),
  },
  'show.contested': {
    artist: (f) => notice(`Le spectacle du ${f.day} est contesté`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} écrit : « ${f.reason} »`, 'La somme reste conservée tant que la partie qui conteste n’a pas finalement confirmé le spectacle. Lisez le dossier et parlez-vous.'], 'Ouvrir le dossier'),
    buyer: (f) => notice(`Le spectacle du ${f.day} est contesté`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} écrit : « ${f.reason} »`, 'La somme reste conservée tant que la partie qui conteste n’a pas finalement confirmé le spectacle. Lisez le dossier et parlez-vous.'], 'Voir le dossier', 'confirm'),
  },
  'review.due': {
    artist: (f) => notice(`Comment s’est passée la date du ${f.day} ?`, [`Vous avez joué pour ${f.buyer}, ${f.place}. Dites en une minute comment c’était et combien de personnes sont venues.`, `Vous avez jusqu’au ${f.until}. Votre avis ne se montre que lorsque vous avez écrit tous les deux, ou à cette date.`, 'C’est notre seul rappel. Pour n’en plus recevoir, décochez-le sous l’avis, dans le dossier.'], 'Donner mon avis'),
    buyer: (f) => notice(`Comment était ${f.artist}, le ${f.day} ?`, [`Le spectacle a été joué, ${f.place}. Dites en une minute comment c’était et combien de personnes sont venues.`, `Vous avez jusqu’au ${f.until}. Votre avis ne se montre que lorsque vous avez écrit tous les deux, ou à cette date.`, 'C’est notre seul rappel. Pour n’en plus recevoir, décochez-le sous l’avis, dans le dossier.'], 'Donner mon avis', 'review'),
  },
  'review.shown': {
    artist: (f) => notice(`${f.buyer} a donné son avis sur la date du ${f.day}`, [`L’avis est visible dans le dossier et compte dans votre moyenne. Vous pouvez y répondre, une fois.`], 'Lire l’avis'),
    buyer: (f) => notice(`${f.artist} a donné son avis sur la date du ${f.day}`, [`L’avis est visible dans le dossier et compte dans votre moyenne. Vous pouvez y répondre, une fois.`], 'Lire l’avis', 'review'),
  },
  'review.hidden': {
    artist: (f) => notice(f.isReply ? `Votre réponse sur la date du ${f.day} n’est plus visible` : `Votre avis sur la date du ${f.day} n’est plus visible`, [`Il nous a été signalé, et nous l’avons retiré. Notre motif : ${f.reason}`, 'Si vous pensez que nous nous trompons, répondez à ce message.'], 'Voir le dossier'),
    buyer: (f) => notice(f.isReply ? `Votre réponse sur la date du ${f.day} n’est plus visible` : `Votre avis sur la date du ${f.day} n’est plus visible`, [`Il nous a été signalé, et nous l’avons retiré. Notre motif : ${f.reason}`, 'Si vous pensez que nous nous trompons, répondez à ce message.'], 'Voir le dossier', 'review'),
  },
  'escrow.released': { artist: (f) => notice(`${f.amount} partent vers votre banque`, [`Pour le ${f.day}, ${f.place}, commission et TVA déduites. Les factures sont au dossier.`], 'Voir les comptes') },
  'payout.paid': { artist: (f) => notice(`Versement de ${f.amount} effectué`, [`Pour le ${f.day}, ${f.place}.`], 'Voir les comptes') },
  'invoice.waiting': { artist: (f) => notice('Une facture attend votre mandat', [`Pour le ${f.day}, ${f.buyer} : une facture doit être établie en votre nom, et la loi veut que vous nous en donniez d’abord mandat par écrit (CGI, art. 289, I-2).`, 'Donnez-le une fois, dans la comptabilité ; la facture s’établit ensuite d’un clic. Rien d’autre n’attend : les paiements suivent leur cours.'], 'Ouvrir le dossier') },
  'invoice.issued': { buyer: (f) => notice(`Facture ${f.number}`, [`${f.artist}, le ${f.day} : ${f.amount} TTC. ${f.until ? `À régler avant le ${f.until}.` : ''}`.trim()], 'Voir la facture') },
  'invoice.credited': { buyer: (f) => notice(`Avoir ${f.number}`, [`${f.artist}, le ${f.day} : ${f.amount} TTC vous sont crédités.`], 'Voir l’avoir') },
  'invoice.contested': {
    artist: (f) => notice(`Vous contestez la facture ${f.number}`, [`${f.buyer}, le ${f.day}. Votre motif : ${f.reason}`, 'Nous vous répondons, et l’acheteur le sait. Tant que nous n’avons pas répondu, vous pouvez y renoncer au dossier.'], 'Ouvrir le dossier'),
    buyer: (f) => notice(`La facture ${f.number} est contestée par le producteur`, [`${f.artist}, le ${f.day}. Son motif : ${f.reason}`, 'Nous l’examinons. Si elle est à corriger, vous recevrez un avoir, et une facture corrigée s’il y a lieu.'], 'Voir la facture'),
  },
  'invoice.answered': {
    artist: (f) => (f.answer === 'withdrawn' ? null : notice(f.answer === 'upheld' ? `Facture ${f.number} : votre contestation est accueillie` : `Facture ${f.number} : votre contestation est refusée`, [`Notre réponse : ${f.reason}`, f.answer === 'upheld' ? 'Un avoir la reprend ; la facture corrigée, s’il y en a une, est au dossier.' : 'La facture reste telle quelle.'], 'Ouvrir le dossier')),
    buyer: (f) => notice(f.answer === 'upheld' ? `La facture ${f.number} est reprise par un avoir` : `La facture ${f.number} reste valable`, [f.answer === 'withdrawn' ? `${f.artist} ne la conteste plus.` : `Notre réponse : ${f.reason}`, ...(f.answer === 'upheld' ? ['La facture corrigée, s’il y en a une, est au dossier.'] : [])], 'Voir la facture'),
  },
  'invoice.overdue': { artist: (f) => (f.ours ? notice(`Notre facture de commission ${f.number} est échue`, [`${f.amount} TTC étaient à régler par virement le ${f.until}, pour le ${f.day}, ${f.place}.`, 'La facture porte nos coordonnées bancaires. Si le virement est parti, merci de ne pas tenir compte de ce message.'], 'Voir la facture') : notice(`Facture ${f.number} en retard`, [`${f.buyer} devait la régler le ${f.until}. Nous relançons en votre nom trois, quinze et trente jours après cette date, et nous arrêtons dès que vous nous dites que le virement est arrivé.`], 'Voir la facture')) },
  'invoice.dunned': {
    buyer: (f) => (f.step === 'notice'
      ? notice(`Mise en demeure de payer : facture ${f.number}`, [`La facture ${f.number} de ${f.amount}, due le ${f.until}, n’est toujours pas réglée. Ce message vaut mise en demeure.`, `S’y ajoutent les intérêts moratoires et l’indemnité forfaitaire de 40 €, soit ${f.late} à ce jour. Merci de régler le tout sans délai, en rappelant le numéro de la facture.`], 'Voir la facture')
      : f.step === 'firm'
        ? notice(`Relance : facture ${f.number} impayée`, [`La facture ${f.number} de ${f.amount} était due le ${f.until} et reste impayée malgré notre rappel.`, `Les intérêts moratoires et l’indemnité forfaitaire de 40 € courent : ${f.late} à ce jour. Merci d’ordonner le virement cette semaine.`], 'Voir la facture')
        : notice(`Rappel : facture ${f.number}`, [`Sauf erreur, la facture ${f.number} de ${f.amount}, due le ${f.until}, n’est pas encore réglée.`, 'Si le virement est parti, merci de ne pas tenir compte de ce message.'], 'Voir la facture')),
    artist: (f) => (f.ours
      ? f.step === 'notice'
        ? notice(`Mise en demeure de payer : facture de commission ${f.number}`, [`Notre facture ${f.number} de ${f.amount}, due le ${f.until}, n’est toujours pas réglée. Ce message vaut mise en demeure.`, `${f.late ? `S’y ajoutent les pénalités de retard et l’indemnité forfaitaire de 40 €, soit ${f.late} à ce jour. ` : ''}Merci de régler le tout sans délai, en rappelant le numéro de la facture.`], 'Voir la facture')
        : f.step === 'firm'
          ? notice(`Relance : facture de commission ${f.number} impayée`, [`Notre facture ${f.number} de ${f.amount} était due le ${f.until} et reste impayée malgré notre rappel.`, `${f.late ? `Les pénalités de retard et l’indemnité forfaitaire de 40 € courent : ${f.late} à ce jour. ` : ''}Merci d’ordonner le virement cette semaine.`], 'Voir la facture')
          : notice(`Rappel : facture de commission ${f.number}`, [`Sauf erreur, notre facture ${f.number} de ${f.amount}, due le ${f.until}, n’est pas encore réglée.`, 'Si le virement est parti, merci de ne pas tenir compte de ce message.'], 'Voir la facture')
      : notice(`${f.step === 'notice' ? 'Mise en demeure envoyée' : 'Relance envoyée'} : facture ${f.number}`, [`${f.buyer} n’a pas réglé ${f.amount}, dus le ${f.until}. Nous venons de le relancer. Si le virement est arrivé, dites-le dans la comptabilité.`], 'Ouvrir le dossier')),
  },
  'invoice.paid': { artist: (f) => (f.ours ? notice(`Facture de commission ${f.number} réglée`, ['Votre virement est arrivé. Merci.'], 'Voir le dossier') : null), buyer: (f) => notice(`Facture ${f.number} réglée`, ['Votre virement est arrivé. Merci.', ...(f.late ? [`Il est arrivé après l’échéance : restent dus les intérêts moratoires et l’indemnité forfaitaire de 40 €, soit ${f.late}, à régler dans les 45 jours.`] : [])], 'Voir le dossier') },
} satisfies Table;

/** What every other language says too: the same facts, to the same sides. */
export type Complete = { readonly [T in keyof typeof words]: { readonly [S in keyof (typeof words)[T]]: Words } };

export const around: Around = {
  greeting: (name) => (name ? `Bonjour ${name},` : 'Bonjour,'),
  why: 'Flow Stage vous écrit parce que vous êtes partie à ce dossier. Ces messages s’arrêtent avec le dossier ; ils ne servent à rien d’autre.',
};
