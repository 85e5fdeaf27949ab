import type { Currency } from '../core/money.ts';
import { daysBetween, daysFrom, type Day } from '../core/time.ts';
import type { Point } from '../roads/crow.ts';
import { BACKLINE, COUNTRIES, FLAGS, horizon, unknown, words, ZONES, type ArtistColumns, type Backline, type Flag, type PlaceColumns, type Zone } from './columns.ts';
import { AUDIENCES, LEVELS, LYRICS, PLACE_KINDS, SETTINGS, type Audience, type Level, type Lyrics, type PlaceKind, type Setting } from './filters.ts';

/** What is known of either side; what is null or empty is not known. Amounts are minor units before tax, in `currency`. */
interface Both {
  readonly at: Point | null;
  readonly country: string;
  readonly currency: Currency;
  readonly level: Level | null;
  /** By the names we keep, the most telling first; four count. */
  readonly genres: readonly string[];
  readonly settings: readonly Setting[];
  readonly audiences: readonly Audience[];
  readonly lyrics: readonly Lyrics[];
  /** 1 (Monday) to 7. */
  readonly weekdays: readonly number[];
  readonly backline: readonly Backline[];
  readonly flags: Readonly<Partial<Record<Flag, boolean>>>;
  readonly ticket: number | null;
  readonly leadDays: number | null;
  readonly depositPercent: number | null;
  readonly influences: readonly string[];
  readonly free: readonly Day[];
  readonly busy: readonly Day[];
  readonly answerHours: number | null;
  /** The mean of `count` ratings, 1 to 5. */
  readonly rating: { readonly stars: number; readonly count: number } | null;
  readonly completePercent: number;
  readonly licenceUntil: Day | null;
  readonly stageSquareMetres: number | null;
  readonly inputs: number | null;
  readonly kilowatts: number | null;
  readonly decibels: number | null;
}

/** What is known of an artist. */
export interface ArtistProfile extends Both {
  readonly fee: { readonly min: number; readonly max: number };
  readonly audience: { readonly min: number; readonly max: number };
  /** People on stage, and who travels beside them. */
  readonly lineUp: number;
  readonly crew: number;
  readonly minutes: number;
  readonly listeners: number | null;
  readonly listenersHomePercent: number | null;
  readonly followers: number | null;
  /** In thousandths. */
  readonly engagement: number | null;
  readonly growthPercent: number | null;
  readonly mobilityKm: number | null;
  readonly restDays: number | null;
  readonly keptPercent: number | null;
  /** How well shows went by kinds of place, 0 to 1. */
  readonly went: Readonly<Partial<Record<KindOfPlace, number>>>;
  readonly market: { readonly median: number; readonly deals: number } | null;
  readonly draws: readonly { readonly at: Point; readonly people: number }[];
  readonly shows: readonly { readonly day: Day; readonly at: Point }[];
  readonly near: readonly { readonly at: Point; readonly km: number; readonly from: Day; readonly until: Day }[];
}

/** What is known of a place. */
export interface PlaceProfile extends Both {
  readonly kind: PlaceKind | null;
  readonly capacity: number;
  readonly budget: { readonly min: number; readonly max: number };
  readonly fillPercent: number | null;
  /** Twelve months from January, 0 to 100; empty when not known. */
  readonly season: readonly number[];
  readonly daysToPay: number | null;
  readonly disputes: number | null;
  readonly funding: number | null;
  readonly catchment: number | null;
  readonly billed: readonly string[];
  /** How well shows went by the artists' level, 0 to 1. */
  readonly went: Readonly<Partial<Record<Level, number>>>;
  readonly zone: Zone | null;
  /** Until which hour music is played outdoors, `22:30`. */
  readonly curfew: string | null;
}

/** Kinds of place that have much in common. */
export const KINDS_OF_PLACE = ['stages', 'bars', 'festivals', 'towns', 'private'] as const;
export type KindOfPlace = (typeof KINDS_OF_PLACE)[number];

/** The larger kind of each kind of place. */
export const kindOf: Readonly<Record<PlaceKind, KindOfPlace>> = {
  hall: 'stages', club: 'stages', theatre: 'stages', cultural_centre: 'stages', library: 'stages', school: 'stages', church: 'stages', castle: 'stages', bar: 'bars', restaurant: 'bars', hotel: 'bars',
  festival: 'festivals', campsite: 'festivals', outdoor: 'towns', town: 'towns', company: 'private', private: 'private',
};

/** What numbers stand for while profiles are laid out: the calendar's first day, the numbers of genres, and of names that are only compared. */
export interface Base {
  readonly origin: Day;
  /** The calendar's days by their numbers: `numbersFrom`. */
  readonly days: ReadonlyMap<Day, number>;
  readonly genre: (name: string) => number;
  readonly name: (name: string) => number;
  /** The numbers that names have had so far. */
  readonly names: ReadonlyMap<string, number>;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)));
const u8 = (value: number | null): number => (value === null || !Number.isFinite(value) ? unknown.u8 : clamp(value, 254));
const u16 = (value: number | null): number => (value === null || !Number.isFinite(value) ? unknown.u16 : clamp(value, 65_534));
const u32 = (value: number | null): number => (value === null || !Number.isFinite(value) ? unknown.u32 : clamp(value, 4_294_967_294));
/** Nothing said of an amount is 0, which no fee and no budget is. */
const amount = (value: number): number => (value > 0 ? u32(value) : unknown.u32);
const people = (value: number): number => (value > 0 ? u16(value) : unknown.u16);
/** Hundredths of a degree: about a kilometre. */
const centi = (degrees: number): number => Math.max(-32_767, Math.min(32_767, Math.round(degrees * 100)));
const mask = <T>(all: readonly T[], some: readonly T[]): number => some.reduce((set, one) => set | (all.includes(one) ? 1 << all.indexOf(one) : 0), 0);

/** The days of a calendar that begins on `origin`, by their numbers: 0 is its first. */
export const numbersFrom = (origin: Day): ReadonlyMap<Day, number> => new Map(daysFrom(origin, horizon).map((day, i) => [day, i]));

function putList(column: Uint16Array | Int16Array | Uint8Array, row: number, { width, values }: { width: number; values: readonly number[] }): void {
  const empty = column instanceof Int16Array ? unknown.i16 : column instanceof Uint8Array ? unknown.u8 : unknown.u16;
  for (let i = 0; i < width; i += 1) column[row * width + i] = values[i] ?? empty;
}

function putDays(column: Uint32Array, row: number, { base, days }: { base: Base; days: readonly Day[] }): void {
  column.fill(0, row * words, (row + 1) * words);
  for (const day of days) {
    const at = base.days.get(day);
    if (at === undefined) continue;
    const word = row * words + (at >>> 5);
    column[word] = (column[word] ?? 0) | (1 << (at & 31));
  }
}

function writeBoth(columns: ArtistColumns | PlaceColumns, i: number, { profile: p, base }: { profile: Both; base: Base }): void {
  const rad = Math.PI / 180;
  const [lat, lng] = p.at && Math.abs(p.at.lat) <= 90 && Math.abs(p.at.lng) <= 180 ? [p.at.lat * rad, p.at.lng * rad] : [NaN, NaN];
  columns.x[i] = Math.cos(lat) * Math.cos(lng);
  columns.y[i] = Math.cos(lat) * Math.sin(lng);
  columns.z[i] = Math.sin(lat);
  const country = (COUNTRIES as readonly string[]).indexOf(p.country);
  columns.country[i] = country === -1 ? COUNTRIES.length - 1 : country;
  columns.currency[i] = p.currency === 'CHF' ? 1 : 0;
  columns.level[i] = p.level === null ? unknown.u8 : LEVELS.indexOf(p.level);
  putList(columns.genres, i, { width: 4, values: p.genres.map(base.genre).filter((one) => one >= 0) });
  columns.settings[i] = mask(SETTINGS, p.settings);
  columns.audiences[i] = mask(AUDIENCES, p.audiences);
  columns.lyrics[i] = mask(LYRICS, p.lyrics);
  columns.weekdays[i] = mask([1, 2, 3, 4, 5, 6, 7], p.weekdays);
  columns.backline[i] = mask(BACKLINE, p.backline);
  columns.flags[i] = mask(FLAGS, FLAGS.filter((flag) => p.flags[flag] === true));
  columns.said[i] = mask(FLAGS, FLAGS.filter((flag) => p.flags[flag] !== undefined));
  columns.ticket[i] = p.ticket === null ? unknown.u32 : u32(p.ticket);
  columns.lead[i] = u16(p.leadDays);
  columns.deposit[i] = u8(p.depositPercent);
  putList(columns.influences, i, { width: 4, values: p.influences.map(base.name) });
  putDays(columns.free, i, { base, days: p.free });
  putDays(columns.busy, i, { base, days: p.busy });
  columns.answer[i] = u16(p.answerHours === null ? null : p.answerHours * 4);
  columns.stars[i] = u8(p.rating === null || p.rating.count === 0 ? null : p.rating.stars * 50);
  columns.ratings[i] = u16(p.rating?.count ?? 0);
  columns.complete[i] = u8(p.completePercent);
  columns.licence[i] = p.licenceUntil === null ? unknown.u16 : clamp(daysBetween(base.origin, p.licenceUntil) + 1, 65_534);
  columns.stage[i] = u16(p.stageSquareMetres);
  columns.inputs[i] = u8(p.inputs);
  columns.power[i] = u8(p.kilowatts);
  columns.sound[i] = u8(p.decibels);
}

/** Lays an artist out in row `i`. What is out of range is drawn to its end; nothing here refuses a profile. */
export function writeArtist(columns: ArtistColumns, i: number, { profile: p, base }: { profile: ArtistProfile; base: Base }): void {
  writeBoth(columns, i, { profile: p, base });
  columns.feeMin[i] = amount(p.fee.min);
  columns.feeMax[i] = amount(p.fee.max);
  columns.audienceMin[i] = people(p.audience.min);
  columns.audienceMax[i] = people(p.audience.max);
  columns.lineUp[i] = u8(p.lineUp);
  columns.crew[i] = u8(p.crew);
  columns.minutes[i] = u16(p.minutes);
  columns.listeners[i] = u32(p.listeners);
  columns.listenersHome[i] = u8(p.listenersHomePercent);
  columns.followers[i] = u32(p.followers);
  columns.engagement[i] = u16(p.engagement);
  columns.growth[i] = p.growthPercent === null || !Number.isFinite(p.growthPercent) ? unknown.i16 : Math.max(-100, Math.min(10_000, Math.round(p.growthPercent)));
  columns.mobility[i] = u16(p.mobilityKm);
  columns.rest[i] = u8(p.restDays);
  columns.kept[i] = u8(p.keptPercent);
  putList(columns.went, i, { width: 5, values: KINDS_OF_PLACE.map((kind) => u8(hundredths(p.went[kind]))) });
  columns.market[i] = p.market === null ? unknown.u32 : u32(p.market.median);
  columns.deals[i] = u16(p.market?.deals ?? 0);
  const draws = [...p.draws].sort((a, b) => b.people - a.people).slice(0, 4);
  putList(columns.drawLat, i, { width: 4, values: draws.map(({ at }) => centi(at.lat)) });
  putList(columns.drawLng, i, { width: 4, values: draws.map(({ at }) => centi(at.lng)) });
  putList(columns.drawn, i, { width: 4, values: draws.map((one) => u16(one.people)) });
  const shows = p.shows.map((one) => ({ ...one, number: base.days.get(one.day) ?? -1 })).filter(({ number }) => number >= 0).sort((a, b) => a.number - b.number).slice(0, 6);
  putList(columns.showDay, i, { width: 6, values: shows.map(({ number }) => number) });
  putList(columns.showLat, i, { width: 6, values: shows.map(({ at }) => centi(at.lat)) });
  putList(columns.showLng, i, { width: 6, values: shows.map(({ at }) => centi(at.lng)) });
  const near = p.near.filter(({ until }) => daysBetween(base.origin, until) >= 0).slice(0, 2);
  putList(columns.nearLat, i, { width: 2, values: near.map(({ at }) => centi(at.lat)) });
  putList(columns.nearLng, i, { width: 2, values: near.map(({ at }) => centi(at.lng)) });
  putList(columns.nearKm, i, { width: 2, values: near.map(({ km }) => u16(km)) });
  putList(columns.nearFrom, i, { width: 2, values: near.map(({ from }) => clamp(daysBetween(base.origin, from), 65_534)) });
  putList(columns.nearUntil, i, { width: 2, values: near.map(({ until }) => clamp(daysBetween(base.origin, until), 65_534)) });
}

/** Lays a place out in row `i`, as `writeArtist` does an artist. */
export function writePlace(columns: PlaceColumns, i: number, { profile: p, base }: { profile: PlaceProfile; base: Base }): void {
  writeBoth(columns, i, { profile: p, base });
  columns.kind[i] = p.kind === null ? unknown.u8 : PLACE_KINDS.indexOf(p.kind);
  columns.capacity[i] = people(p.capacity);
  columns.budgetMin[i] = amount(p.budget.min);
  columns.budgetMax[i] = amount(p.budget.max);
  columns.fill[i] = u8(p.fillPercent);
  putList(columns.season, i, { width: 12, values: p.season.length === 12 ? p.season.map(u8) : [] });
  columns.daysToPay[i] = u16(p.daysToPay);
  columns.disputes[i] = u8(p.disputes);
  columns.funding[i] = u32(p.funding);
  columns.catchment[i] = u32(p.catchment);
  putList(columns.billed, i, { width: 4, values: p.billed.map(base.genre).filter((one) => one >= 0) });
  putList(columns.went, i, { width: 3, values: LEVELS.map((level) => u8(hundredths(p.went[level]))) });
  columns.zone[i] = p.zone === null ? unknown.u8 : ZONES.indexOf(p.zone);
  columns.square[i] = p.at ? squareOf(p.at) : unknown.u16;
  columns.curfew[i] = p.curfew === null ? unknown.u8 : quarters(p.curfew);
}

const hundredths = (share: number | undefined): number | null => (share === undefined ? null : share * 100);

/** Quarters of an hour after noon; the hours of the night come after those of the evening. */
function quarters(hour: string): number {
  const [hours = NaN, minutes = 0] = hour.split(':').map(Number);
  if (!Number.isFinite(hours)) return unknown.u8;
  return clamp((((hours + 12) % 24) * 60 + minutes) / 15, 254);
}

/** Squares of the map, half a degree of latitude high and three quarters wide (about 55 km each way here), from 40° N 6° W on; elsewhere not known. */
export const squares = { columns: 32, rows: 32, lat: 40, lng: -6, high: 0.5, wide: 0.75 } as const;

/** The square that a point lies in. */
export function squareOf({ lat, lng }: Point): number {
  const [row, column] = [Math.floor((lat - squares.lat) / squares.high), Math.floor((lng - squares.lng) / squares.wide)];
  return row >= 0 && row < squares.rows && column >= 0 && column < squares.columns ? row * squares.columns + column : unknown.u16;
}
