import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

type Out = inferRouterOutputs<AppRouter>;

/** An artist's organisation, complete for a contract. */
export const organisation = (over: Partial<Out['identity']['organisation']> = {}): Out['identity']['organisation'] => ({
  id: 'org_1', kind: 'artist', name: 'Les Vagues Lentes', email: 'camille@example.org', phone: '', locale: 'fr', timeZone: 'Europe/Paris', insee: '25056', missing: [], legalName: 'Les Productions Les Vagues Lentes',
  legalForm: 'Association loi 1901', siret: '73282932000074', registration: '', vatNumber: '', address: '3 rue de la Répétition', postcode: '25000', city: 'Besançon', country: 'FR', representative: 'Camille Estran', capacity: 'présidence',
  licence: 'PLATESV-D-2026-990001', licenceUntil: '2031-03-05', iban: '', vatFranchise: false, vatOnDebits: false, ...over,
});

export const venue: Out['profiles']['venue'] = {
  slug: 'horloge-bleue', name: 'Théâtre de l’Horloge Bleue', capacity: 320, genres: ['jazz', 'chanson'], budget: { min: { minor: 80_000, currency: 'EUR' }, max: { minor: 300_000, currency: 'EUR' } },
  about: {}, technical: 'Plateau de 8 m sur 6 m.', address: '4 rue des Heures', insee: '25056', city: 'Besançon',
};

export const mandate: Out['identity']['representations'][number] = { id: 'rep_1', bookerOrgId: 'org_3', booker: 'Agence de la Lisière', artistOrgId: 'org_1', artist: 'Les Vagues Lentes', since: '2026-09-01T00:00:00.000Z', until: null };

/** What that mandate pays: nothing agreed, nothing proposed. */
export const terms = (over: Partial<Out['bookers']['terms'][number]> = {}): Out['bookers']['terms'][number] => ({
  representationId: 'rep_1', side: 'artist', artist: 'Les Vagues Lentes', booker: 'Agence de la Lisière', current: null, proposed: null,
  cap: { bps: 1_000, rule: 'FEE-01', source: 'Code du travail art. L7121-13 et D7121-7' }, capCareer: { bps: 1_500, rule: 'FEE-01', source: 'Code du travail art. L7121-13, D7121-7 et D7121-8' }, ...over,
});

/** A proposal of the booker's, as an agent. */
export const proposal = (over: Partial<NonNullable<Out['bookers']['terms'][number]['proposed']>> = {}): NonNullable<Out['bookers']['terms'][number]['proposed']> => ({
  id: 'trm_1', capacity: 'agent', bps: 1_000, wageBps: 6_000, career: false, missions: 'Trouver des engagements.', reporting: 'Un relevé par mois.', permit: '', proposedBy: 'booker', proposedAt: '2026-10-01T09:00:00.000Z', answeredAt: null, ...over,
});
