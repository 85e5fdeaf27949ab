import type { Context } from '../../server/core/context.ts';
import { addDays, fromDay, type Day } from '../../server/core/time.ts';
import { chance, inventedSiret } from './chance.ts';
import { PLACES, type PlaceName } from './places.ts';

/** Artists who only sold shows in years past: their press kits are not published. Genre, line-up, home, and the middle of their prices in a hall on a weekday, in euros. */
const SOLD: readonly (readonly [name: string, genre: string, lineUp: number, home: PlaceName, euros: number])[] = [
  ['Trio Brume', 'jazz', 3, 'dijon', 1_150], ['Les Heures Creuses', 'jazz', 4, 'lyon', 1_450], ['Trio Sablier', 'jazz', 3, 'annecy', 1_250], ['Quartet Ligne Claire', 'jazz', 4, 'grenoble', 1_600],
  ['Trois Pas', 'jazz manouche', 3, 'dole', 1_050], ['Contre-Jour Trio', 'jazz', 3, 'clermont', 1_350], ['Lune Rousse', 'chanson', 3, 'nantes', 1_300], ['Les Volets Bleus', 'chanson', 4, 'rennes', 1_500],
  ['Marguerite et les Siens', 'chanson', 3, 'quimper', 1_200], ['Garde-Barrière', 'chanson', 4, 'lyon', 1_700], ['Fil de Soie', 'chanson', 3, 'tours', 1_100], ['La Clique du Port', 'fanfare', 8, 'larochelle', 2_100],
  ['Tambours d’Août', 'fanfare', 8, 'toulouse', 2_400], ['Les Pistons Volés', 'fanfare', 7, 'besancon', 1_900], ['Grande Rue Orchestra', 'fanfare', 8, 'bordeaux', 2_600], ['Cuivres de Minuit', 'fanfare', 7, 'metz', 2_000],
];

const HOSTS: readonly (readonly [name: string, kind: 'festival' | 'venue' | 'municipality' | 'camping' | 'association', place: PlaceName, audience: number])[] = [
  ['Festival des Berges', 'festival', 'lyon', 900], ['Les Soirs d’Ambre', 'festival', 'annecy', 1_500], ['Jazz aux Remparts', 'festival', 'besancon', 700], ['Rives en Scène', 'festival', 'nantes', 2_000], ['Août en Fanfare', 'festival', 'toulouse', 2_500],
  ['Les Échappées de Juin', 'festival', 'dijon', 800], ['Nuits de la Citadelle', 'festival', 'grenoble', 1_200], ['Le Grand Foyer', 'venue', 'dijon', 280], ['La Cave aux Trèfles', 'venue', 'lyon', 120], ['Théâtre du Quai Neuf', 'venue', 'rennes', 400],
  ['L’Entrepôt Sud', 'venue', 'bordeaux', 350], ['La Verrière', 'venue', 'clermont', 240], ['Salle des Deux Ponts', 'venue', 'metz', 220], ['Mairie de Belle-Fontaine', 'municipality', 'dole', 600], ['Ville de Port-Soleil', 'municipality', 'larochelle', 800],
  ['Camping des Trois Îles', 'camping', 'biscarrosse', 300], ['Les Amis de la Grange', 'association', 'lons', 150], ['Comité des Fêtes du Val', 'association', 'arbois', 350],
];

const showsOfEach = 5;

/** A number as two letters, for a reference. */
const letters = (n: number): string => String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26));

/** Shows that invented artists sold to invented hosts in the last two years: of enough artists and hosts for a market to be told, with weekends and festivals dearer. */
export async function layMarket(ctx: Context, today: Day): Promise<void> {
  const { db } = ctx;
  const common = (place: PlaceName) => ({ country: PLACES[place].country, claimed: false, postcode: PLACES[place].postcode, city: PLACES[place].city, insee: PLACES[place].insee, createdAt: ctx.now() });
  const artistId = (i: number) => `org_demosold${i}`;
  const hostId = (i: number) => `org_demohost${i}`;
  await db.organisation.createMany({ data: [
    ...SOLD.map(([name, , , home], i) => ({ ...common(home), id: artistId(i), kind: 'artist' as const, name, legalName: name, email: `artiste-${i}@marche.example`, siret: inventedSiret(401 + i) })),
    ...HOSTS.map(([name, kind, place], i) => ({ ...common(place), id: hostId(i), kind, name, legalName: name, email: `lieu-${i}@marche.example`, siret: inventedSiret(501 + i) })),
  ] });
  await db.epk.createMany({ data: SOLD.map(([name, genre, lineUp, home], i) => ({
    orgId: artistId(i), slug: `marche-${i}`, name, genres: [genre], lineUp, insee: PLACES[home].insee, city: PLACES[home].city, lat: PLACES[home].lat, lng: PLACES[home].lng, updatedAt: ctx.now(),
  })) });
  const sold = SOLD.flatMap(([name, , , , euros], i) => Array.from({ length: showsOfEach }, (_, n) => {
    const at = (i * 7 + n * 5 + Math.floor(chance(name, 'host', n) * 3)) % HOSTS.length;
    const [host, kind, place, audience] = HOSTS[at] ?? ['', 'venue', 'dijon', 0];
    // A hundred days apart for one artist, so that no day is sold twice; half on a Friday or a Saturday.
    let day = addDays(today, -15 - n * 110 - Math.floor(chance(name, 'day', n) * 80));
    const wanted = n % 2 === 0 ? [chance(name, 'weekend', n) < 0.45 ? 5 : 6] : [2, 3, 4];
    while (!wanted.includes(fromDay(day).getUTCDay())) day = addDays(day, 1);
    const price = euros * (kind === 'festival' ? 1.25 : 1) * (n % 2 === 0 ? 1.15 : 1) * (0.75 + 0.3 * chance(name, 'price', n));
    const before = (days: number): Date => fromDay(addDays(day, -days));
    const ids = { orgId: artistId(i), buyerOrgId: hostId(at) };
    return { ids, name, host, kind, day, before, audience, where: PLACES[place], id: ctx.newId('bkg'), priceMinor: BigInt(Math.round(price / 20) * 20) * 100n, startTime: '20:30' };
  }));
  await db.booking.createMany({ data: sold.map(({ ids, id, before }, at) => ({ ...ids, id, reference: `refmarche${letters(at)}`, status: 'settled' as const, createdAt: before(75) })) });
  await db.request.createMany({ data: sold.map(({ ids, id, host, kind, day, audience, where, priceMinor, startTime }) => ({
    ...ids, bookingId: id, asker: kind === 'municipality' ? 'commune' as const : kind === 'camping' ? 'camping' as const : kind === 'association' ? 'private' as const : 'venue' as const, contactName: 'Irène Combe', organisation: host, email: 'accueil@marche.example',
    occasion: 'Concert', showDay: fromDay(day), startTime, place: host, insee: where.insee, city: where.city, lat: where.lat, lng: where.lng, audience, budgetMinor: priceMinor, currency: 'EUR',
  })) });
  await db.offer.createMany({ data: sold.map(({ ids, id, day, before, priceMinor }) => ({ ...ids, id: ctx.newId('off'), bookingId: id, proposedBy: 'artist' as const, showDay: fromDay(day), priceMinor, currency: 'EUR', expiresAt: before(55), status: 'accepted' as const, createdAt: before(70), answeredAt: before(65) })) });
  await db.show.createMany({ data: sold.map(({ ids, id, name, host, day, before, where, startTime }) => ({
    ...ids, id: ctx.newId('shw'), bookingId: id, title: name, day: fromDay(day), startTime, place: host, insee: where.insee, city: where.city, country: where.country, lat: where.lat, lng: where.lng, status: 'played' as const,
    artistConfirmedAt: before(-1), buyerConfirmedAt: before(-1), playedAt: before(-1),
  })) });
}
