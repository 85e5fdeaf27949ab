import { GREETINGS, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

/** What an organisation is written about its plan: a charge that was refused, a plan that ended for want of payment, a trial that is over, an artist whom the plan has no place for. */
export type PlanLetter =
  | { readonly kind: 'refused'; readonly amount: string; readonly again: string }
  | { readonly kind: 'ended'; readonly amount: string }
  | { readonly kind: 'over' }
  | { readonly kind: 'full'; readonly artist: string; readonly most: number };

const words: Readonly<Record<Locale, { readonly [K in PlanLetter['kind']]: (of: Extract<PlanLetter, { kind: K }>) => readonly [subject: string, ...paragraphs: string[]] } & { readonly act: string; readonly why: string }>> = {
  fr: {
    refused: ({ amount, again }) => ['Le prélèvement de votre formule a été refusé', `Votre banque a refusé ${amount}. Votre formule continue : nous réessayons le ${again}.`, 'Vous pouvez changer de carte ou payer tout de suite depuis la page Formule.'],
    ended: ({ amount }) => ['Votre formule s’arrête', `Trois prélèvements de ${amount} ont été refusés. Vous avez désormais la formule gratuite, et rien ne sera plus prélevé.`, 'Vos artistes, vos dossiers et vos documents restent. Vous pouvez reprendre une formule quand vous voulez.'],
    over: () => ['Votre essai est terminé', 'Aucune carte n’est enregistrée : rien n’a été prélevé, et vous avez désormais la formule gratuite.', 'Tout ce que vous avez créé reste. Vous pouvez prendre une formule quand vous voulez.'],
    full: ({ artist, most }) => [`${artist} n’a pas pu vous confier son mandat`, most === 1 ? 'Votre formule comprend un artiste, et cette place est prise.' : `Votre formule comprend ${most} artistes, et toutes les places sont prises.`, 'Prenez une formule plus grande, puis l’artiste pourra recommencer. Vos artistes actuels restent.'],
    act: 'Voir ma formule', why: 'Ce message concerne la formule de votre organisation sur Flow Stage.',
  },
  en: {
    refused: ({ amount, again }) => ['The charge for your plan was refused', `Your bank refused ${amount}. Your plan goes on: we try again on ${again}.`, 'You can change the card or pay now on the Plan page.'],
    ended: ({ amount }) => ['Your plan has ended', `Three charges of ${amount} were refused. You now have the free plan, and nothing more will be charged.`, 'Your artists, files and documents stay. You can take a plan again whenever you like.'],
    over: () => ['Your trial is over', 'No card is saved: nothing was charged, and you now have the free plan.', 'All that you made stays. You can take a plan whenever you like.'],
    full: ({ artist, most }) => [`${artist} could not give you its mandate`, most === 1 ? 'Your plan includes one artist, and that place is taken.' : `Your plan includes ${most} artists, and every place is taken.`, 'Take a larger plan, then the artist can try again. The artists you have stay.'],
    act: 'See my plan', why: 'This message is about the plan of your organisation on Flow Stage.',
  },
  nl: {
    refused: ({ amount, again }) => ['De betaling van uw formule is geweigerd', `Uw bank heeft ${amount} geweigerd. Uw formule loopt door: wij proberen het opnieuw op ${again}.`, 'U kunt op de pagina Abonnement een andere kaart kiezen of meteen betalen.'],
    ended: ({ amount }) => ['Uw formule is gestopt', `Drie betalingen van ${amount} zijn geweigerd. U hebt nu de gratis formule en er wordt niets meer afgeschreven.`, 'Uw artiesten, dossiers en documenten blijven. U kunt altijd opnieuw een formule nemen.'],
    over: () => ['Uw proefperiode is voorbij', 'Er is geen kaart bewaard: er is niets afgeschreven en u hebt nu de gratis formule.', 'Alles wat u hebt gemaakt blijft. U kunt altijd een formule nemen.'],
    full: ({ artist, most }) => [`${artist} kon u geen mandaat geven`, most === 1 ? 'Uw formule omvat één artiest, en die plaats is bezet.' : `Uw formule omvat ${most} artiesten, en alle plaatsen zijn bezet.`, 'Neem een grotere formule, dan kan de artiest het opnieuw proberen. Uw huidige artiesten blijven.'],
    act: 'Mijn formule bekijken', why: 'Dit bericht gaat over de formule van uw organisatie op Flow Stage.',
  },
  de: {
    refused: ({ amount, again }) => ['Die Abbuchung Ihres Tarifs wurde abgelehnt', `Ihre Bank hat ${amount} abgelehnt. Ihr Tarif läuft weiter: Wir versuchen es am ${again} erneut.`, 'Auf der Seite Tarif können Sie die Karte wechseln oder sofort bezahlen.'],
    ended: ({ amount }) => ['Ihr Tarif ist beendet', `Drei Abbuchungen von ${amount} wurden abgelehnt. Sie haben jetzt den kostenlosen Tarif, und es wird nichts mehr abgebucht.`, 'Ihre Künstler, Akten und Dokumente bleiben. Sie können jederzeit wieder einen Tarif wählen.'],
    over: () => ['Ihre Testzeit ist vorbei', 'Es ist keine Karte gespeichert: Nichts wurde abgebucht, und Sie haben jetzt den kostenlosen Tarif.', 'Alles, was Sie angelegt haben, bleibt. Sie können jederzeit einen Tarif wählen.'],
    full: ({ artist, most }) => [`${artist} konnte Ihnen kein Mandat geben`, most === 1 ? 'Ihr Tarif umfasst einen Künstler, und dieser Platz ist vergeben.' : `Ihr Tarif umfasst ${most} Künstler, und alle Plätze sind vergeben.`, 'Wählen Sie einen größeren Tarif, dann kann der Künstler es erneut versuchen. Ihre jetzigen Künstler bleiben.'],
    act: 'Meinen Tarif ansehen', why: 'Diese Nachricht betrifft den Tarif Ihrer Organisation auf Flow Stage.',
  },
};

/** A letter about a plan, in the language of the organisation. `url` is its page. */
export function planLetter(locale: Locale, of: PlanLetter, url: string): Letter {
  const table = words[locale];
  const [subject, ...paragraphs] = (table[of.kind] as (of: PlanLetter) => readonly [string, ...string[]])(of);
  return { locale, subject, greeting: GREETINGS[locale], paragraphs, act: { label: table.act, url }, why: table.why };
}
