import { afterAll } from 'vitest';
import { closeHall, openHall } from '../hall/service.ts';
import type { Visit } from '../tours/question.ts';
import { closeTours, create, edit, scenario } from '../tours/service.ts';
import type { PlanView, ScenarioView } from '../tours/view.ts';
import type { SignedIn } from './context.ts';
import { AppError } from './errors.ts';
import { openTestWorld, type TestWorld } from './test-world.ts';
import { fromDay } from './time.ts';

/** When the days of these tours begin. */
export const noon = new Date('2027-03-01T12:00:00Z');
/** Where the halls stand, in the order of their ids. */
export const TOWNS = [
  ['Nantes', '44109', 47.2184, -1.5536], ['Rennes', '35238', 48.1173, -1.6778], ['Tours', '37261', 47.3941, 0.6848], ['Bordeaux', '33063', 44.8378, -0.5792], ['Toulouse', '31555', 43.6047, 1.4442],
  ['Lyon', '69123', 45.764, 4.8357], ['Dijon', '21231', 47.322, 5.0415], ['Grenoble', '38185', 45.1885, 5.7245],
] as const;

/** The hall of a town. */
export const hallOf = (i: number): string => `org_hall${i}`;
/** A stop of the trio, or of another artist. */
export const at = (venue: string, day: string, of = 'org_trio'): Visit => ({ artist: of, venue, day });
/** The stops that are not fixed, each as a line. */
export const planned = (view: ScenarioView): string[] => view.tour.stops.filter(({ standing }) => standing !== 'fixed').map(({ artist: of, venue, day }) => `${of} ${venue} ${day}`).sort();
/** What a piece of work is refused with, `done` when it is not. */
export const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => (error instanceof AppError ? error.code : String(error)));

/** A request as it is asked, where it is not for the trio by a hall at Lons-le-Saunier. */
interface Asked { readonly orgId?: string; readonly currency?: string; readonly lat?: number | null; readonly lng?: number | null; readonly showDay?: string; readonly seasonUntil?: string; readonly budget?: bigint; readonly insee?: string; readonly email?: string }

/** A plan with its first scenario, which is empty. */
export interface BegunPlan { readonly plan: PlanView; readonly first: ScenarioView }

/** Two artists of a booker, the trio of another one too, an artist of a stranger's, and halls from Nantes to Lyon. */
export interface TestTours {
  readonly world: TestWorld;
  readonly booker: SignedIn;
  readonly rival: SignedIn;
  readonly stranger: SignedIn;
  readonly trio: SignedIn;
  /** A plan of the booker's for both artists, from 20 March to the end of June. */
  readonly begin: (who?: SignedIn, cast?: readonly string[], period?: { readonly from: string; readonly until: string }) => Promise<BegunPlan>;
  /** A plan that is small enough to be searched in a moment. */
  readonly beginSmall: () => Promise<BegunPlan>;
  readonly add: (view: ScenarioView, visit: Visit, who?: SignedIn) => Promise<ScenarioView>;
  readonly withStops: (view: ScenarioView, visits: readonly Visit[], who?: SignedIn) => Promise<ScenarioView>;
  /** A request of somebody for an artist; the id of its booking. */
  readonly ask: (id: string, over?: Asked) => Promise<string>;
  /** How a whole tour is sent, each time under another key. */
  readonly sending: (view: ScenarioView, mode?: 'all' | 'possible') => { scenarioId: string; version: number; mode: 'all' | 'possible'; days: number; key: string };
}

/** Opens a world for one test file in which tours are planned, and closes it after the last test. */
export async function openTours(): Promise<TestTours> {
  const world = await openTestWorld();
  afterAll(async () => {
    await closeTours(world.ctx);
    await closeHall(world.ctx);
    await world.close();
  });
  let names = 0;

  async function organisation(id: string, kind: 'artist' | 'venue' | 'booker', over: object = {}): Promise<SignedIn> {
    await world.db.organisation.create({ data: {
      id, kind, name: id.slice(4), email: `${id}@tours.example`, claimed: true, country: 'FR', postcode: '44000', city: 'Nantes', insee: '44109', address: '1 rue Haute', legalName: id, siret: '73282932000074', representative: 'Ana Exemple', createdAt: noon, ...over,
    } });
    return world.as({ orgId: id });
  }

  async function artist(id: string, bookers: readonly string[]): Promise<SignedIn> {
    const who = await organisation(id, 'artist', { vatNumber: 'FR44732829320' });
    await world.db.seller.create({ data: { orgId: id, kind: 'entity', tin: '732829320', noVat: false, ibanHolder: id, updatedAt: noon } });
    await world.db.epk.create({ data: {
      orgId: id, slug: id.slice(4), name: `Les ${id.slice(4)}`, genres: ['jazz'], lineUp: 3, feeMinMinor: 60_000n, feeMaxMinor: 120_000n, audienceMin: 50, audienceMax: 500, technical: 'Deux prises', tagline: { fr: 'Un trio' }, insee: '44109', city: 'Nantes', lat: 47.2184, lng: -1.5536, publishedAt: noon, updatedAt: noon,
      media: { create: { id: `med_${id}`, kind: 'photo', title: 'x', fileId: 'fil_x', position: 0 } },
    } });
    for (const bookerOrgId of bookers) await world.db.representation.create({ data: { id: `rep_${bookerOrgId}${id}`, bookerOrgId, artistOrgId: id, since: noon } });
    return who;
  }

  await organisation('org_booker', 'booker');
  const booker = world.as({ orgId: 'org_booker', userId: 'usr_booker' });
  const rival = await organisation('org_rival', 'booker');
  const stranger = await organisation('org_stranger', 'booker');
  const trio = await artist('org_trio', ['org_booker', 'org_rival']);
  await artist('org_duo', ['org_booker']);
  await artist('org_other', ['org_stranger']);
  for (const [i, [city, insee, lat, lng]] of TOWNS.entries()) {
    await organisation(hallOf(i), 'venue', { city, insee });
    await world.db.venue.create({ data: { orgId: hallOf(i), slug: `hall-${i}`, name: `Salle de ${city}`, about: { fr: 'Une salle' }, capacity: 200 + i * 100, genres: ['jazz'], budgetMinMinor: 50_000n, budgetMaxMinor: 150_000n, insee, city, lat, lng, updatedAt: noon } });
    await world.db.sheet.create({ data: { orgId: hallOf(i), level: 'confirmed', placeKind: 'hall', stageMetres: 40, audiences: ['adults'], updatedAt: noon } });
  }
  await world.db.user.create({ data: { id: 'usr_booker', name: 'Salomé', email: 'salome@tours.example', locale: 'fr', members: { create: { orgId: 'org_booker', role: 'owner' } } } });
  await openHall(world.ctx);

  async function begin(who = booker, cast: readonly string[] = ['org_trio', 'org_duo'], period = { from: '2027-03-20', until: '2027-06-30' }): Promise<BegunPlan> {
    const plan = await create(who, { name: `Tournée ${(names += 1)}`, currency: 'EUR', artists: cast.map((id) => ({ id })), scenario: 'Premier jet', ...period });
    return { plan, first: await scenario(who, plan.scenarios[0]?.id ?? '') };
  }
  const beginSmall = () => begin(booker, ['org_trio'], { from: '2027-05-01', until: '2027-05-30' });
  const add = (view: ScenarioView, visit: Visit, who = booker) => edit(who, { scenarioId: view.id, version: view.version, edit: { kind: 'add', visit }, repair: false });
  async function withStops(view: ScenarioView, visits: readonly Visit[], who = booker): Promise<ScenarioView> {
    let now = view;
    for (const visit of visits) now = await add(now, visit, who);
    return now;
  }
  async function ask(id: string, over: Asked = {}): Promise<string> {
    const { orgId = 'org_trio', currency = 'EUR', lat = 46.67, lng = 5.55, showDay = '2027-05-14', seasonUntil = null, budget = 90_000n, insee = '39300', email = `${id}@ask.example` } = over;
    await organisation(`org_ask${id}`, 'venue', { claimed: false, email });
    await world.db.booking.create({ data: {
      id: `bkg_${id}`, orgId, buyerOrgId: `org_ask${id}`, reference: `ref_${id}`, createdAt: noon,
      request: { create: { orgId, buyerOrgId: `org_ask${id}`, asker: 'venue', contactName: 'Jo', organisation: `Chez ${id}`, email, occasion: 'Concert', showDay: fromDay(showDay), seasonUntil: seasonUntil === null ? null : fromDay(seasonUntil), place: `Chez ${id}`, city: 'Lons-le-Saunier', insee, lat, lng, budgetMinor: budget, currency } },
    } });
    return `bkg_${id}`;
  }
  const sending = (view: ScenarioView, mode: 'all' | 'possible' = 'all') => ({ scenarioId: view.id, version: view.version, mode, days: 14, key: `sending-${(names += 1)}` });

  return { world, booker, rival, stranger, trio, begin, beginSmall, add, withStops, ask, sending };
}
