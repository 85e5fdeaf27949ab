/** Every plan that we ever sold, by name; what each costs and holds is a dated row, never written here. */
export const PLANS = [
  'artist_free', 'artist_pro', 'booker_free', 'booker_starter', 'booker_professional', 'booker_agency', 'booker_enterprise',
  'venue_free', 'venue_premium', 'camping_free', 'camping_season', 'town_free', 'town_service', 'technician_free', 'person_free',
] as const;

export type PlanName = (typeof PLANS)[number];

/** Whom a plan is for. */
type Family = 'artist' | 'booker' | 'venue' | 'camping' | 'town' | 'technician' | 'person';

/** Cinemas, festivals and firms programme as venues do. No organisation is a technician's yet: its price stands for the day there is one. */
const families: Readonly<Record<string, Family>> = {
  artist: 'artist', booker: 'booker', venue: 'venue', festival: 'venue', association: 'venue', company: 'venue', camping: 'camping', municipality: 'town', person: 'person',
};

/** The plans that an organisation of a kind may have, from the smallest to the largest. */
export const plansOf = (kind: string): PlanName[] => PLANS.filter((plan) => plan.startsWith(`${families[kind] ?? 'person'}_`));

/** What an organisation of a kind has without paying. */
export const freePlanOf = (kind: string): PlanName => `${families[kind] ?? 'person'}_free`;

/** Whether a plan holds more than another of the same kind. */
export const isLarger = (plan: PlanName, than: PlanName): boolean => PLANS.indexOf(plan) > PLANS.indexOf(than);

/** A name that a row or a form says, when it is a plan's. */
export const planNamed = (name: string): PlanName | null => PLANS.find((plan) => plan === name) ?? null;
