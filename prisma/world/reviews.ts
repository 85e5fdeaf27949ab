import type { Context } from '../../server/core/context.ts';
import { addDays, fromDay, type Day } from '../../server/core/time.ts';
import { chance } from './chance.ts';

/** What an organiser says of an artist, and an artist of a place, with the stars that go with it. Names and words are invented. */
const OF_ARTISTS: readonly (readonly [number, string])[] = [
  [5, 'Une salle debout au rappel, et une équipe à l’heure. Nous les réinvitons.'], [4, 'Très beau concert ; la balance a pris un peu plus de temps que prévu.'], [5, 'Le public en parle encore au marché du samedi.'],
  [3, 'Bon concert, un peu fort pour notre grange et pour les voisins.'], [4, 'Des musiciens attentifs, un répertoire qui a plu à tous les âges.'], [5, 'Simple, généreux, précis. Merci.'],
];
const OF_PLACES: readonly (readonly [number, string])[] = [
  [5, 'Accueil en or, repas chaud et piano accordé.'], [4, 'Un public qui écoute. La scène est petite pour cinq.'], [5, 'Tout était prêt à notre arrivée.'], [4, 'Beau lieu, chargement un peu raide par l’escalier.'], [3, 'Public chaleureux, mais paiement du plein d’essence discuté.'], [5, 'On y retourne quand vous voulez.'],
];

/** A booking whose show was played on a day. */
interface PlayedDeal {
  readonly bookingId: string;
  readonly orgId: string;
  readonly buyerOrgId: string;
  readonly day: Day;
  /** What chance is drawn from. */
  readonly seed: string;
}

/** Both sides have said how the show went, and both are shown; of every fifth one side never wrote. */
export async function layReviews(ctx: Context, { bookingId, orgId, buyerOrgId, day, seed }: PlayedDeal): Promise<void> {
  const [ofArtist, ofPlace] = [OF_ARTISTS, OF_PLACES].map((all, i) => all[Math.floor(chance(seed, 'said', i) * all.length)]);
  if (!ofArtist || !ofPlace) return;
  const people = 70 + Math.floor(chance(seed, 'people') * 60);
  const shownAt = fromDay(addDays(day, 4));
  const both = { bookingId, orgId, buyerOrgId, writtenAt: fromDay(addDays(day, 2)), shownAt };
  const replied = chance(seed, 'reply') < 0.3;
  await ctx.db.review.create({ data: { ...both, side: 'buyer', stars: ofArtist[0], words: ofArtist[1], performance: ofArtist[0], agreed: 5, attendance: people, ...(replied && { reply: 'Merci à toute l’équipe, et à bientôt.', repliedAt: fromDay(addDays(day, 6)) }) } });
  await ctx.db.rating.create({ data: { bookingId, byOrgId: buyerOrgId, aboutOrgId: orgId, stars: ofArtist[0], at: shownAt } });
  if (chance(seed, 'silent') >= 0.2) {
    await ctx.db.review.create({ data: { ...both, side: 'artist', stars: ofPlace[0], words: ofPlace[1], welcome: ofPlace[0], agreed: 4 } });
    await ctx.db.rating.create({ data: { bookingId, byOrgId: orgId, aboutOrgId: buyerOrgId, stars: ofPlace[0], at: shownAt } });
  }
  await ctx.db.show.update({ where: { bookingId }, data: { attendance: people } });
}
