import type { Context } from '../../server/core/context.ts';
import { addDays, fromDay, type Day } from '../../server/core/time.ts';
import { chance, inventedSiret } from './chance.ts';
import { PLACES, type PlaceName } from './places.ts';

/** Halls that ask the two artists of the demo's booker for an evening of a season, so that a tour of ten dates can be planned at once: name, place, seats, euros, from and until in days from then, and who is asked. */
const ASKED: readonly (readonly [name: string, place: PlaceName, seats: number, euros: number, from: number, until: number, artists: readonly ('quatuor-lisiere' | 'ondine-ferrat')[]])[] = [
  ['La Lanterne Basse', 'dijon', 180, 1_400, 30, 75, ['quatuor-lisiere', 'ondine-ferrat']], ['Le Petit Arsenal', 'dole', 140, 1_250, 28, 60, ['quatuor-lisiere']], ['Salle du Vieux Moulin', 'lons', 220, 1_500, 35, 80, ['quatuor-lisiere', 'ondine-ferrat']],
  ['Le Café des Quais', 'grenoble', 120, 1_300, 32, 70, ['quatuor-lisiere']], ['La Manufacture', 'clermont', 350, 1_900, 40, 95, ['ondine-ferrat', 'quatuor-lisiere']], ['L’Atelier du Port', 'nantes', 400, 2_100, 45, 100, ['ondine-ferrat']],
  ['Le Grenier à Voix', 'rennes', 250, 1_800, 45, 100, ['ondine-ferrat', 'quatuor-lisiere']], ['La Chapelle Neuve', 'quimper', 200, 1_700, 48, 95, ['ondine-ferrat']], ['Les Trois Arches', 'tours', 300, 1_650, 42, 90, ['ondine-ferrat', 'quatuor-lisiere']],
  ['Le Pavillon', 'strasbourg', 280, 1_800, 30, 85, ['quatuor-lisiere', 'ondine-ferrat']], ['La Halle aux Grains', 'metz', 320, 1_750, 30, 85, ['quatuor-lisiere']], ['L’Escale', 'bordeaux', 380, 2_000, 55, 110, ['ondine-ferrat']],
  ['Le Cloître', 'toulouse', 260, 1_850, 55, 110, ['ondine-ferrat', 'quatuor-lisiere']], ['Le Belvédère', 'annecy', 210, 1_500, 30, 75, ['quatuor-lisiere', 'ondine-ferrat']],
];

/** Lays out who asks the artists that are represented. Nobody of them has an account: they live by links. */
export async function layAsked(ctx: Context, today: Day, orgOf: (slug: string) => string): Promise<void> {
  for (const [i, [name, town, seats, euros, from, until, artists]] of ASKED.entries()) {
    const { city, insee, postcode, country, lat, lng } = PLACES[town];
    const [buyerOrgId, email] = [`org_demoasks${i}`, `salle-${i}@tournee.example`];
    await ctx.db.organisation.create({ data: { id: buyerOrgId, kind: 'venue', name, email, legalName: name, legalForm: 'Association loi 1901', siret: inventedSiret(601 + i), address: `${i + 2} rue du Parvis`, postcode, city, insee, country, claimed: false, createdAt: ctx.now() } });
    for (const [n, slug] of artists.entries()) {
      const bookingId = ctx.newId('bkg');
      const orgId = orgOf(slug);
      await ctx.db.booking.create({
        data: {
          id: bookingId, orgId, buyerOrgId, reference: `reftournee${String.fromCharCode(97 + i, 97 + n)}`, createdAt: new Date(ctx.now().getTime() - Math.floor(chance(name, slug) * 20 + 1) * 86_400_000),
          request: {
            create: {
              orgId, buyerOrgId, asker: 'venue', contactName: 'Lise Amont', organisation: name, email, occasion: 'Une soirée de la saison', showDay: fromDay(addDays(today, from)), seasonUntil: fromDay(addDays(today, until)), shows: 1,
              place: name, insee, city, lat, lng, audience: seats, budgetMinor: BigInt(euros) * 100n, currency: 'EUR',
            },
          },
        },
      });
    }
  }
}
