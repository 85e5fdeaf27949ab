import type { Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import { zoneOf } from '../calendar/holidays.ts';
import { BACKLINE, type Flag } from './columns.ts';
import { completeness, partsOfArtist, partsOfPlace } from './complete.ts';
import { AUDIENCES, LEVELS, LYRICS, PLACE_KINDS, SETTINGS, type PlaceKind } from './filters.ts';
import type { ArtistProfile, KindOfPlace, PlaceProfile } from './profile.ts';

/** A sheet as the database has it, where a list that was never written is null: `Sheet` of prisma/schema/matching.prisma; without one nothing is known. */
export interface SheetRow {
  readonly level: string | null;
  readonly settings: readonly string[] | null;
  readonly audiences: readonly string[] | null;
  readonly lyrics: readonly string[] | null;
  readonly weekdays: readonly number[] | null;
  readonly backline: readonly string[] | null;
  readonly influences: readonly string[] | null;
  readonly ticket_minor: number | null;
  readonly lead_days: number | null;
  readonly deposit_percent: number | null;
  readonly family: boolean | null;
  readonly outdoor: boolean | null;
  readonly stage_metres: number | null;
  readonly inputs: number | null;
  readonly kilowatts: number | null;
  readonly decibels: number | null;
  readonly crew: number | null;
  readonly listeners: number | null;
  readonly listeners_percent: number | null;
  readonly followers: number | null;
  readonly engagement: number | null;
  readonly growth_percent: number | null;
  readonly mobility_km: number | null;
  readonly rest_days: number | null;
  readonly autonomous: boolean | null;
  readonly place_kind: string | null;
  readonly fill_percent: number | null;
  readonly season: readonly number[] | null;
  readonly days_to_pay: number | null;
  readonly funding_minor: number | null;
  readonly covered: boolean | null;
  readonly step_free: boolean | null;
  readonly load_in: boolean | null;
  readonly parking: boolean | null;
  readonly transit: boolean | null;
  readonly curfew: string | null;
}

/** What either side's row of the database says. */
interface Row {
  readonly org_id: string;
  readonly kind: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly insee: string;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly genres: readonly string[];
  readonly licence_until: Day | null;
  readonly worded: boolean;
  readonly sheet: SheetRow | null;
}
/** An artist's: its organisation and its press kit. */
export interface ArtistRow extends Row {
  readonly published: boolean;
  readonly line_up: number;
  readonly minutes: number;
  readonly fee_min: number;
  readonly fee_max: number;
  readonly audience_min: number;
  readonly audience_max: number;
  readonly technical: boolean;
  readonly photos: number;
}
/** A place's: its organisation and its hall. */
export interface PlaceRow extends Row {
  readonly claimed: boolean;
  readonly capacity: number;
  readonly budget_min: number;
  readonly budget_max: number;
}

/** What happened, beside what was said: by organisation, from the tables of days, shows, offers and ratings. */
export interface Happened {
  readonly free: readonly Day[];
  readonly busy: readonly Day[];
  readonly shows: readonly { readonly day: Day; readonly lat: number; readonly lng: number }[];
  readonly draws: readonly { readonly people: number; readonly lat: number; readonly lng: number }[];
  readonly near: readonly { readonly lat: number; readonly lng: number; readonly km: number; readonly from: Day; readonly until: Day }[];
  readonly rating: { readonly stars: number; readonly count: number } | null;
  readonly answerHours: number | null;
  readonly keptPercent: number | null;
  readonly went: Readonly<Partial<Record<string, number>>>;
  readonly billed: readonly string[];
  readonly disputes: number | null;
}

/** Nothing happened yet. */
export const nothing: Happened = { free: [], busy: [], shows: [], draws: [], near: [], rating: null, answerHours: null, keptPercent: null, went: {}, billed: [], disputes: null };

/** The larger kind of place that an organisation is, where its sheet does not say more. */
export const kindsOfBuyers: Readonly<Record<string, KindOfPlace>> = { venue: 'stages', festival: 'festivals', camping: 'festivals', municipality: 'towns', association: 'private', company: 'private', person: 'private' };
const placeKinds: Readonly<Record<string, PlaceKind>> = { festival: 'festival', camping: 'campsite', municipality: 'town', company: 'company' };

const among = <T extends string>(names: readonly T[], said: readonly string[]): T[] => names.filter((name) => said.includes(name));
const oneOf = <T extends string>(names: readonly T[], said: string | null | undefined): T | null => names.find((name) => name === said) ?? null;
const flagsOf = (said: Readonly<Partial<Record<Flag, boolean | null | undefined>>>) => Object.fromEntries(Object.entries(said).filter(([, value]) => typeof value === 'boolean')) as Partial<Record<Flag, boolean>>;

function both(row: Row, happened: Happened) {
  const { sheet } = row;
  return {
    at: row.lat === null || row.lng === null ? null : { lat: row.lat, lng: row.lng }, country: row.country, currency: row.currency as Currency, genres: row.genres,
    level: oneOf(LEVELS, sheet?.level), settings: among(SETTINGS, sheet?.settings ?? []), audiences: among(AUDIENCES, sheet?.audiences ?? []), lyrics: among(LYRICS, sheet?.lyrics ?? []), weekdays: sheet?.weekdays ?? [],
    backline: among(BACKLINE, sheet?.backline ?? []), influences: sheet?.influences ?? [], ticket: sheet?.ticket_minor ?? null, leadDays: sheet?.lead_days ?? null, depositPercent: sheet?.deposit_percent ?? null,
    free: happened.free, busy: happened.busy, answerHours: happened.answerHours, rating: happened.rating, licenceUntil: row.licence_until,
    stageSquareMetres: sheet?.stage_metres ?? null, inputs: sheet?.inputs ?? null, kilowatts: sheet?.kilowatts ?? null, decibels: sheet?.decibels ?? null,
  };
}

/** What a sheet holds that counts towards a whole profile. */
type Counted = Pick<SheetRow, 'level' | 'settings' | 'audiences' | 'mobility_km' | 'stage_metres' | 'place_kind'>;

/** What makes an artist's profile whole: its press kit, or its organisation's name before there is one, and its sheet. */
export interface ArtistHas extends Pick<ArtistRow, 'name' | 'genres' | 'fee_max' | 'insee' | 'worded' | 'photos' | 'audience_max' | 'technical'> { readonly sheet: Counted | null }

/** What makes a place's profile whole: its hall, or its organisation's name before there is one, and its sheet. */
export interface PlaceHas extends Pick<PlaceRow, 'kind' | 'name' | 'genres' | 'capacity' | 'insee' | 'worded' | 'budget_max'> { readonly sheet: Counted | null }

/** How complete an artist is. */
export const completeArtist = (row: ArtistHas) => completeness(partsOfArtist({
  name: row.name !== '', genres: row.genres.length > 0, fee: row.fee_max > 0, home: row.insee !== '', words: row.worded, photo: row.photos > 0, audience: row.audience_max > 0, technical: row.technical,
  level: row.sheet?.level != null, settings: (row.sheet?.settings?.length ?? 0) > 0, audiences: (row.sheet?.audiences?.length ?? 0) > 0, mobility: row.sheet?.mobility_km != null,
}));

/** How complete a place is. */
export const completePlace = (row: PlaceHas) => completeness(partsOfPlace({
  name: row.name !== '', genres: row.genres.length > 0, capacity: row.capacity > 0, home: row.insee !== '', words: row.worded, budget: row.budget_max > 0, kind: (row.sheet?.place_kind ?? placeKinds[row.kind]) !== undefined,
  level: row.sheet?.level != null, stage: row.sheet?.stage_metres != null, audiences: (row.sheet?.audiences?.length ?? 0) > 0,
}));

/** An artist as it is compared. */
export function artistFrom(row: ArtistRow, happened: Happened, market: ArtistProfile['market']): ArtistProfile {
  const { sheet } = row;
  return {
    flags: flagsOf({ verified: row.licence_until !== null ? true : undefined, family: sheet?.family, outdoor: sheet?.outdoor, autonomous: sheet?.autonomous }), completePercent: completeArtist(row).percent,
    fee: { min: row.fee_min, max: row.fee_max }, audience: { min: row.audience_min, max: row.audience_max }, lineUp: row.line_up, crew: sheet?.crew ?? 0, minutes: row.minutes,
    listeners: sheet?.listeners ?? null, listenersHomePercent: sheet?.listeners_percent ?? null, followers: sheet?.followers ?? null, engagement: sheet?.engagement ?? null, growthPercent: sheet?.growth_percent ?? null,
    mobilityKm: sheet?.mobility_km ?? null, restDays: sheet?.rest_days ?? null, keptPercent: happened.keptPercent, went: happened.went, market,
    draws: happened.draws.map(({ people, lat, lng }) => ({ people, at: { lat, lng } })), shows: happened.shows.map(({ day, lat, lng }) => ({ day, at: { lat, lng } })), near: happened.near.map(({ lat, lng, km, from, until }) => ({ km, from, until, at: { lat, lng } })),
    // Last: what is added to a spread object is added one by one, at fifty times the price (Node 20).
    ...both(row, happened),
  };
}

/** A place as it is compared. `catchment` is how many people live within 30 km. */
export function placeFrom(row: PlaceRow, happened: Happened, catchment: number | null): PlaceProfile {
  const { sheet } = row;
  return {
    flags: flagsOf({ verified: row.licence_until !== null ? true : undefined, family: sheet?.family, outdoor: sheet?.outdoor, covered: sheet?.covered, step_free: sheet?.step_free, load_in: sheet?.load_in, parking: sheet?.parking, transit: sheet?.transit }),
    completePercent: completePlace(row).percent, kind: oneOf(PLACE_KINDS, sheet?.place_kind) ?? placeKinds[row.kind] ?? null, capacity: row.capacity, budget: { min: row.budget_min, max: row.budget_max }, fillPercent: sheet?.fill_percent ?? null, season: sheet?.season ?? [],
    daysToPay: sheet?.days_to_pay ?? null, disputes: happened.disputes, funding: sheet?.funding_minor ?? null, catchment, billed: happened.billed, went: happened.went, zone: zoneOf(row.insee), curfew: sheet?.curfew ?? null,
    ...both(row, happened),
  };
}
