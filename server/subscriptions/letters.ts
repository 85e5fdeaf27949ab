import { GREETINGS, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';
import type { Step } from '../legal/dunning.ts';

/** What an organisation is written about its plan: a charge that was refused, a plan that ended for want of payment or whose payment a bank took back, a trial that is over, an artist whom the plan has no place for, a quote that was answered, an invoice of it that is not paid, its end before its date, a certification. */
export type PlanLetter =
  | { readonly kind: 'refused'; readonly amount: string; readonly again: string }
  | { readonly kind: 'ended'; readonly amount: string }
  | { readonly kind: 'taken_back'; readonly amount: string }
  | { readonly kind: 'over' }
  | { readonly kind: 'full'; readonly artist: string; readonly most: number }
  | { readonly kind: 'assigned'; readonly since: string; readonly until: string; readonly total: string; readonly due: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'stopped'; readonly owed: string }
  | { readonly kind: 'unpaid'; readonly step: Step; readonly number: string; readonly amount: string; readonly due: string; readonly late: string }
  | { readonly kind: 'certified'; readonly until: string; readonly months: number };

const words: Readonly<Record<Locale, { readonly [K in PlanLetter['kind']]: (of: Extract<PlanLetter, { kind: K }>) => readonly [subject: string, ...paragraphs: string[]] } & { readonly act: string; readonly why: string }>> = {
  fr: {
    refused: ({ amount, again }) => ['Le prélèvement de votre formule a été refusé', `Votre banque a refusé ${amount}. Votre formule continue : nous réessayons le ${again}.`, 'Vous pouvez changer de carte ou payer tout de suite depuis la page Formule.'],
    ended: ({ amount }) => ['Votre formule s’arrête', `Trois prélèvements de ${amount} ont été refusés. Vous avez désormais la formule gratuite, et rien ne sera plus prélevé.`, 'Vos artistes, vos dossiers et vos documents restent. Vous pouvez reprendre une formule quand vous voulez.'],
    taken_back: ({ amount }) => ['Votre formule s’arrête', `Votre banque nous a repris ${amount}, que vous aviez contestés, et vous a donné raison. Vous avez désormais la formule gratuite, et rien ne sera plus prélevé.`, 'Vos artistes, vos dossiers et vos documents restent. Vous pouvez reprendre une formule quand vous voulez.'],
    over: () => ['Votre essai est terminé', 'Aucune carte n’est enregistrée : rien n’a été prélevé, et vous avez désormais la formule gratuite.', 'Tout ce que vous avez créé reste. Vous pouvez prendre une formule quand vous voulez.'],
    full: ({ artist, most }) => [`${artist} n’a pas pu vous confier son mandat`, most === 1 ? 'Votre formule comprend un artiste, et cette place est prise.' : `Votre formule comprend ${most} artistes, et toutes les places sont prises.`, 'Prenez une formule plus grande, puis l’artiste pourra recommencer. Vos artistes actuels restent.'],
    assigned: ({ since, until, total, due }) => ['Votre formule est prête', `Elle court du ${since} au ${until}, pour ${total} en tout, taxe comprise.`, `La facture se règle par virement, au plus tard le ${due}. Aucune carte n’est prélevée.`],
    declined: () => ['Votre demande de devis', 'Nous ne pouvons pas y répondre favorablement cette fois. Rien ne change pour vous.', 'Vous pouvez nous redemander un devis depuis la page Formule, ou prendre une autre formule.'],
    unpaid: ({ step, number, amount, due, late }) => (step === 'notice'
      ? [`Mise en demeure de payer : facture ${number}`, `Notre facture ${number} de ${amount}, due le ${due}, n’est toujours pas réglée. Ce message vaut mise en demeure.`, `S’y ajoutent les intérêts de retard et l’indemnité forfaitaire de 40 €, soit ${late} à ce jour. Merci de régler le tout sans délai, en rappelant le numéro de la facture.`]
      : step === 'firm'
        ? [`Relance : facture ${number} impayée`, `Notre facture ${number} de ${amount} était due le ${due} et reste impayée malgré notre rappel.`, `Les intérêts de retard et l’indemnité forfaitaire de 40 € courent : ${late} à ce jour. Merci d’ordonner le virement cette semaine.`]
        : [`Rappel : facture ${number}`, `Sauf erreur, notre facture ${number} de ${amount}, due le ${due}, n’est pas encore réglée.`, 'Si le virement est parti, merci de ne pas tenir compte de ce message.']),
    stopped: ({ owed }) => ['Votre formule s’arrête', 'La formule convenue par devis s’arrête aujourd’hui, et vous avez désormais la formule gratuite.', owed ? `Pour les jours passés, ${owed} restent à régler, taxe comprise. Le reste n’est plus demandé.` : 'Rien n’est plus demandé.', 'Vous pouvez redemander un devis depuis la page Formule.'],
    certified: ({ until, months }) => ['Vous êtes certifié Flow Stage', `Par ce que vous avez fait en un an sur Flow Stage, vous êtes certifié jusqu’au ${until}. Cela ne vous coûte rien.`, ...(months > 0 ? [`Les ${months} prochains mois de votre formule sont à prix réduit : le détail est sur la page Formule.`] : [])],
    act: 'Voir ma formule', why: 'Ce message concerne la formule de votre organisation sur Flow Stage.',
  },
  en: {
    refused: ({ amount, again }) => ['The charge for your plan was refused', `Your bank refused ${amount}. Your plan goes on: we try again on ${again}.`, 'You can change the card or pay now on the Plan page.'],
    ended: ({ amount }) => ['Your plan has ended', `Three charges of ${amount} were refused. You now have the free plan, and nothing more will be charged.`, 'Your artists, files and documents stay. You can take a plan again whenever you like.'],
    taken_back: ({ amount }) => ['Your plan has ended', `Your bank took ${amount}, which you had contested, back from us and found for you. You now have the free plan, and nothing more will be charged.`, 'Your artists, files and documents stay. You can take a plan again whenever you like.'],
    over: () => ['Your trial is over', 'No card is saved: nothing was charged, and you now have the free plan.', 'All that you made stays. You can take a plan whenever you like.'],
    full: ({ artist, most }) => [`${artist} could not give you its mandate`, most === 1 ? 'Your plan includes one artist, and that place is taken.' : `Your plan includes ${most} artists, and every place is taken.`, 'Take a larger plan, then the artist can try again. The artists you have stay.'],
    assigned: ({ since, until, total, due }) => ['Your plan is ready', `It runs from ${since} to ${until}, for ${total} in all, tax included.`, `The invoice is paid by transfer, by ${due} at the latest. No card is charged.`],
    declined: () => ['The quote you asked for', 'We cannot offer it this time. Nothing changes for you.', 'You can ask for a quote again on the Plan page, or take another plan.'],
    unpaid: ({ step, number, amount, due, late }) => (step === 'notice'
      ? [`Formal notice to pay: invoice ${number}`, `Our invoice ${number} of ${amount}, due by ${due}, is still unpaid. This message is a formal notice to pay.`, `Late interest and the fixed 40 euros come on top: ${late} by today. Please pay all of it without delay, and give the number of the invoice.`]
      : step === 'firm'
        ? [`Second reminder: invoice ${number} is unpaid`, `Our invoice ${number} of ${amount} was due by ${due} and is unpaid in spite of our reminder.`, `Late interest and the fixed 40 euros are running: ${late} by today. Please order the transfer this week.`]
        : [`Reminder: invoice ${number}`, `Unless we are mistaken, our invoice ${number} of ${amount}, due by ${due}, is not paid yet.`, 'If the transfer is on its way, please take no notice of this message.']),
    stopped: ({ owed }) => ['Your plan has ended', 'The plan that was agreed by quote ends today, and you now have the free plan.', owed ? `For the days until now ${owed} are still to be paid, tax included. The rest is not asked for any more.` : 'Nothing is asked for any more.', 'You can ask for a quote again on the Plan page.'],
    certified: ({ until, months }) => ['You are Flow Stage certified', `By what you did on Flow Stage in a year you are certified until ${until}. It costs you nothing.`, ...(months > 0 ? [`The next ${months} months of your plan cost less: see the Plan page.`] : [])],
    act: 'See my plan', why: 'This message is about the plan of your organisation on Flow Stage.',
  },
  nl: {
    refused: ({ amount, again }) => ['De betaling van uw formule is geweigerd', `Uw bank heeft ${amount} geweigerd. Uw formule loopt door: wij proberen het opnieuw op ${again}.`, 'U kunt op de pagina Abonnement een andere kaart kiezen of meteen betalen.'],
    ended: ({ amount }) => ['Uw formule is gestopt', `Drie betalingen van ${amount} zijn geweigerd. U hebt nu de gratis formule en er wordt niets meer afgeschreven.`, 'Uw artiesten, dossiers en documenten blijven. U kunt altijd opnieuw een formule nemen.'],
    taken_back: ({ amount }) => ['Uw formule is gestopt', `Uw bank heeft ${amount}, die u betwistte, bij ons teruggehaald en u gelijk gegeven. U hebt nu de gratis formule en er wordt niets meer afgeschreven.`, 'Uw artiesten, dossiers en documenten blijven. U kunt altijd opnieuw een formule nemen.'],
    over: () => ['Uw proefperiode is voorbij', 'Er is geen kaart bewaard: er is niets afgeschreven en u hebt nu de gratis formule.', 'Alles wat u hebt gemaakt blijft. U kunt altijd een formule nemen.'],
    full: ({ artist, most }) => [`${artist} kon u geen mandaat geven`, most === 1 ? 'Uw formule omvat één artiest, en die plaats is bezet.' : `Uw formule omvat ${most} artiesten, en alle plaatsen zijn bezet.`, 'Neem een grotere formule, dan kan de artiest het opnieuw proberen. Uw huidige artiesten blijven.'],
    assigned: ({ since, until, total, due }) => ['Uw formule is klaar', `Ze loopt van ${since} tot ${until}, voor ${total} in totaal, btw inbegrepen.`, `De factuur wordt per overschrijving betaald, uiterlijk op ${due}. Er wordt geen kaart belast.`],
    declined: () => ['De offerte die u vroeg', 'Wij kunnen ze deze keer niet aanbieden. Voor u verandert er niets.', 'U kunt op de pagina Abonnement opnieuw een offerte vragen of een andere formule nemen.'],
    unpaid: ({ step, number, amount, due, late }) => (step === 'notice'
      ? [`Ingebrekestelling: factuur ${number}`, `Onze factuur ${number} van ${amount}, te betalen op ${due}, is nog altijd niet betaald. Dit bericht geldt als ingebrekestelling.`, `Daar komen de rente en de vaste vergoeding van € 40 bij: ${late} tot vandaag. Betaal alles zonder uitstel, met vermelding van het factuurnummer.`]
      : step === 'firm'
        ? [`Tweede herinnering: factuur ${number} onbetaald`, `Onze factuur ${number} van ${amount} moest op ${due} betaald zijn en is dat ondanks onze herinnering niet.`, `De rente en de vaste vergoeding van € 40 lopen: ${late} tot vandaag. Geef deze week opdracht tot de overschrijving.`]
        : [`Herinnering: factuur ${number}`, `Als we ons niet vergissen, is onze factuur ${number} van ${amount}, te betalen op ${due}, nog niet betaald.`, 'Is de overschrijving al onderweg, dan hoeft u niets te doen.']),
    stopped: ({ owed }) => ['Uw formule is gestopt', 'De formule die per offerte was afgesproken stopt vandaag, en u hebt nu de gratis formule.', owed ? `Voor de voorbije dagen blijft ${owed} te betalen, btw inbegrepen. De rest wordt niet meer gevraagd.` : 'Er wordt niets meer gevraagd.', 'U kunt op de pagina Abonnement opnieuw een offerte vragen.'],
    certified: ({ until, months }) => ['U bent Flow Stage-gecertificeerd', `Door wat u in een jaar op Flow Stage deed, bent u gecertificeerd tot ${until}. Het kost u niets.`, ...(months > 0 ? [`De volgende ${months} maanden van uw formule kosten minder: zie de pagina Abonnement.`] : [])],
    act: 'Mijn formule bekijken', why: 'Dit bericht gaat over de formule van uw organisatie op Flow Stage.',
  },
  de: {
    refused: ({ amount, again }) => ['Die Abbuchung Ihres Tarifs wurde abgelehnt', `Ihre Bank hat ${amount} abgelehnt. Ihr Tarif läuft weiter: Wir versuchen es am ${again} erneut.`, 'Auf der Seite Tarif können Sie die Karte wechseln oder sofort bezahlen.'],
    ended: ({ amount }) => ['Ihr Tarif ist beendet', `Drei Abbuchungen von ${amount} wurden abgelehnt. Sie haben jetzt den kostenlosen Tarif, und es wird nichts mehr abgebucht.`, 'Ihre Künstler, Akten und Dokumente bleiben. Sie können jederzeit wieder einen Tarif wählen.'],
    taken_back: ({ amount }) => ['Ihr Tarif ist beendet', `Ihre Bank hat ${amount}, die Sie beanstandet hatten, von uns zurückgeholt und Ihnen recht gegeben. Sie haben jetzt den kostenlosen Tarif, und es wird nichts mehr abgebucht.`, 'Ihre Künstler, Akten und Dokumente bleiben. Sie können jederzeit wieder einen Tarif wählen.'],
    over: () => ['Ihre Testzeit ist vorbei', 'Es ist keine Karte gespeichert: Nichts wurde abgebucht, und Sie haben jetzt den kostenlosen Tarif.', 'Alles, was Sie angelegt haben, bleibt. Sie können jederzeit einen Tarif wählen.'],
    full: ({ artist, most }) => [`${artist} konnte Ihnen kein Mandat geben`, most === 1 ? 'Ihr Tarif umfasst einen Künstler, und dieser Platz ist vergeben.' : `Ihr Tarif umfasst ${most} Künstler, und alle Plätze sind vergeben.`, 'Wählen Sie einen größeren Tarif, dann kann der Künstler es erneut versuchen. Ihre jetzigen Künstler bleiben.'],
    assigned: ({ since, until, total, due }) => ['Ihr Tarif ist bereit', `Er läuft vom ${since} bis zum ${until}, für insgesamt ${total} einschließlich Steuer.`, `Die Rechnung wird per Überweisung bezahlt, spätestens am ${due}. Keine Karte wird belastet.`],
    declined: () => ['Ihre Angebotsanfrage', 'Wir können dieses Mal kein Angebot machen. Für Sie ändert sich nichts.', 'Auf der Seite Tarif können Sie erneut anfragen oder einen anderen Tarif wählen.'],
    unpaid: ({ step, number, amount, due, late }) => (step === 'notice'
      ? [`Letzte Mahnung: Rechnung ${number}`, `Unsere Rechnung ${number} über ${amount}, fällig am ${due}, ist noch immer nicht bezahlt. Diese Nachricht setzt Sie in Verzug.`, `Hinzu kommen die Verzugszinsen und die Pauschale von 40 €: ${late} bis heute. Bitte zahlen Sie alles unverzüglich und nennen Sie die Rechnungsnummer.`]
      : step === 'firm'
        ? [`Mahnung: Rechnung ${number} unbezahlt`, `Unsere Rechnung ${number} über ${amount} war am ${due} fällig und ist trotz unserer Erinnerung unbezahlt.`, `Die Verzugszinsen und die Pauschale von 40 € laufen: ${late} bis heute. Bitte veranlassen Sie die Überweisung noch diese Woche.`]
        : [`Erinnerung: Rechnung ${number}`, `Wenn wir uns nicht irren, ist unsere Rechnung ${number} über ${amount}, fällig am ${due}, noch nicht bezahlt.`, 'Ist die Überweisung schon unterwegs, betrachten Sie diese Nachricht als gegenstandslos.']),
    stopped: ({ owed }) => ['Ihr Tarif ist beendet', 'Der per Angebot vereinbarte Tarif endet heute, und Sie haben jetzt den kostenlosen Tarif.', owed ? `Für die Tage bis heute sind noch ${owed} zu zahlen, einschließlich Steuer. Der Rest wird nicht mehr verlangt.` : 'Es wird nichts mehr verlangt.', 'Auf der Seite Tarif können Sie erneut ein Angebot anfragen.'],
    certified: ({ until, months }) => ['Sie sind Flow-Stage-zertifiziert', `Für das, was Sie in einem Jahr auf Flow Stage getan haben, sind Sie bis zum ${until} zertifiziert. Es kostet Sie nichts.`, ...(months > 0 ? [`Die nächsten ${months} Monate Ihres Tarifs kosten weniger: siehe die Seite Tarif.`] : [])],
    act: 'Meinen Tarif ansehen', why: 'Diese Nachricht betrifft den Tarif Ihrer Organisation auf Flow Stage.',
  },
};

/** A letter about a plan, in the language of the organisation. `url` is its page. */
export function planLetter(locale: Locale, of: PlanLetter, url: string): Letter {
  const table = words[locale];
  const [subject, ...paragraphs] = (table[of.kind] as (of: PlanLetter) => readonly [string, ...string[]])(of);
  return { locale, subject, greeting: GREETINGS[locale], paragraphs, act: { label: table.act, url }, why: table.why };
}
