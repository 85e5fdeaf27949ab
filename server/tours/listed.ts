import type { Row } from '../core/cells.ts';
import { daysBetween, daysFrom, type Day } from '../core/time.ts';
import type { Extra } from '../prospects/told.ts';

/*
 * A booker's own list of places, as its spreadsheet has it: a row a place, its columns named in the first row in any order and in any of our languages. What can be read is taken; every other row is named
 * with its line and the reason, so that it can be put right and the list handed in again.
 */

/** What a column is. */
type Column = 'name' | 'town' | 'postcode' | 'price' | 'capacity' | 'days' | 'artist';

/* What French, English, Dutch and German lists call them, without accents and in small letters. */
const called: Readonly<Record<Column, RegExp>> = {
  postcode: /^(cp|code ?postal|c\.p\.|post ?code|zip|plz|postleitzahl|insee)/u,
  artist: /^(artiste?s?|groupe|band|act|kunstler|artiest)\b/u,
  days: /^(dates?|jours?|days?|libre|free|datum|data|termine?|tage?|dagen|dag|vrij|frei)/u,
  capacity: /^(jauge|capacite|capacity|capaciteit|kapazitat|places|seats|platze|plaatsen|sitze|zitplaatsen)/u,
  price: /^(prix|cachet|montant|budget|tarif|fee|price|offer|gage|preis|honorar|prijs|bedrag|betrag)/u,
  town: /^(ville|commune|town|city|ort|stadt|plaats|stad|gemeente|gemeinde|localite)$/u,
  name: /^(salle|lieu|nom|structure|organisateur|venue|name|hall|place|zaal|naam|spielort|saal|veranstalter|organisator|club)/u,
};

/** Why a row was not taken. `town_several`: more than one place has that name, and no postcode says which. */
export type Unlisted = 'name' | 'town' | 'town_several' | 'price' | 'capacity' | 'days' | 'days_outside' | 'artist';

/** A row that was not taken: its line in the list, and what it says where it is wrong. */
export interface WrongRow { readonly line: number; readonly reason: Unlisted; readonly said: string }

/** A place that goes by a name, with what tells it from another of that name. */
export interface Namesake { readonly insee: string; readonly postcodes: string; readonly population: number }

/** What a list is read against. `artist` plays what rows without one are for, all of them where nobody is named; `townsNamed` gives the municipalities of a name. */
export interface Against {
  readonly from: Day;
  readonly until: Day;
  readonly currency: string;
  readonly artists: readonly { readonly id: string; readonly name: string }[];
  readonly artist: string | null;
  readonly townsNamed: (name: string) => readonly Namesake[];
}

/** A list as it was read: a stop by hand for each place and artist, without an id. A stop of the plan's every day has none. */
export interface ReadList { readonly stops: readonly Omit<Extra, 'id'>[]; readonly wrong: readonly WrongRow[] }

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();

/** Which column is which; null when the first row names no place, no town and no price. */
function columnsOf(head: Row): ReadonlyMap<Column, number> | null {
  const columns = new Map<Column, number>();
  head.cells.forEach((cell, at) => {
    const said = plain(cell);
    const column = (Object.keys(called) as Column[]).find((one) => called[one].test(said));
    if (column && !columns.has(column)) columns.set(column, at);
  });
  return columns.has('name') && columns.has('price') && (columns.has('town') || columns.has('postcode')) ? columns : null;
}

/** An amount as a list writes it, `1 200,50 €`, `1'200.50` or `1.200`, in minor units; null when it is none, is below one unit or in another currency. Three digits after one mark are thousands. */
export function amountIn(text: string, currency: string): number | null {
  const [sign] = /\p{L}+|\p{Sc}/u.exec(text) ?? [];
  if (sign !== undefined && sign.toUpperCase() !== currency && !(sign === '€' && currency === 'EUR') && !(/^(fr|sfr)$/iu.test(sign) && currency === 'CHF')) return null;
  const bare = text.replaceAll(/[\s\u00a0\u202f'’]|\p{L}+\.?|\p{Sc}|\.[-–—]$|,[-–—]$/gu, '');
  const [, whole = '', part = ''] = /^(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?:[.,](\d{1,2}))?$/u.exec(bare) ?? [];
  const minor = Number(whole.replaceAll(/[.,]/gu, '')) * 100 + Number(part.padEnd(2, '0') || '0');
  return whole !== '' && minor >= 100 && minor <= 100_000_000 ? minor : null;
}

function dayIn(text: string): Day | null {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ?? (([, d = '', m = '', y = ''] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/u.exec(text) ?? []) => ['', y.length === 2 ? `20${y}` : y, m, d])();
  const said = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return /^\d{4}-\d{2}-\d{2}$/u.test(said) && !Number.isNaN(Date.parse(said)) && new Date(said).toISOString().startsWith(said) ? said : null;
}

/** Days and spans of days as a list writes them: `12/06/2027, 14/06/2027`, `2027-06-01..2027-06-30`, `1.6.2027 - 30.6.2027`. Null when something in it is no day. */
export function daysIn(text: string, period: readonly Day[]): readonly Day[] | null {
  const spans: { readonly first: Day; readonly last: Day }[] = [];
  // Blanks are one before marks are looked for among them: of a cell full of them each would be looked at from each.
  const words = text.replaceAll(/\s+/gu, ' ').replaceAll(/ ?(?:\.\.+|…|→|–|—|\s-\s|\b(?:au|to|bis|tot|t\/m|jusqu'au)\b) ?/giu, '~').split(/[,;|\s]+/u).filter((word) => word !== '');
  for (const word of words) {
    const ends = word.split('~').map(dayIn);
    const [first = null, last = first] = ends;
    if (ends.length > 2 || first === null || last === null || last < first) return null;
    spans.push({ first, last });
  }
  return period.filter((day) => spans.some(({ first, last }) => first <= day && day <= last));
}

/** Which of several towns of a name is meant: that of the postcode, else one that is ten times as large as any other (our own measure: Valence on the Rhône, not its namesakes). */
function townOf(towns: readonly Namesake[], postcode: string): Namesake | 'town' | 'town_several' {
  const there = postcode === '' ? towns : towns.filter(({ insee, postcodes }) => insee === postcode || ` ${postcodes} `.includes(` ${postcode} `));
  // Abroad nobody knows postcodes: the name alone says it.
  const likely = [...(there.length > 0 ? there : towns.filter(({ postcodes }) => postcodes === ''))].sort((one, other) => other.population - one.population);
  const [first, second] = likely;
  if (!first) return 'town';
  return second && first.population < 10 * second.population ? 'town_several' : first;
}

/** Reads a list of places; null when its first row does not name its columns. */
export function readList([head, ...rows]: readonly Row[], against: Against): ReadList | null {
  const columns = head && columnsOf(head);
  if (!columns) return null;
  const period = daysFrom(against.from, daysBetween(against.from, against.until) + 1);
  const stops: Omit<Extra, 'id'>[] = [];
  const wrong: WrongRow[] = [];
  for (const { line, cells } of rows) {
    const cell = (column: Column): string => cells[columns.get(column) ?? -1]?.trim() ?? '';
    if (cells.every((one) => one.trim() === '')) continue;
    const read = readRow(cell, against, period);
    if ('reason' in read) wrong.push({ line, reason: read.reason, said: cell(read.in).slice(0, 60) });
    else stops.push(...read.stops);
  }
  return { stops, wrong };
}

function readRow(cell: (column: Column) => string, against: Against, period: readonly Day[]): { readonly stops: readonly Omit<Extra, 'id'>[] } | { readonly reason: Unlisted; readonly in: Column } {
  // No half of a sign, and none that no file holds: one such name would keep the whole list out of the database.
  const name = cell('name').replaceAll(/\s+/gu, ' ').replaceAll(/\p{Cc}/gu, '').slice(0, 80).replaceAll(/\p{Cs}/gu, '').trim();
  if (name === '') return { reason: 'name', in: 'town' };
  const [, inTown = ''] = /\b(\d{4,5})\b/u.exec(cell('town')) ?? [];
  const postcode = cell('postcode') || inTown;
  const named = against.townsNamed(cell('town').replaceAll(/\(?\b\d{4,5}\b\)?/gu, '').trim() || postcode);
  const town = townOf(named, postcode);
  if (typeof town === 'string') return { reason: town, in: cell('town') ? 'town' : 'postcode' };
  const priceMinor = amountIn(cell('price'), against.currency);
  if (priceMinor === null) return { reason: 'price', in: 'price' };
  const capacity = cell('capacity') === '' ? 0 : Number(cell('capacity').replaceAll(/[\s\u00a0\u202f'’.]/gu, ''));
  if (!Number.isInteger(capacity) || capacity < 0 || capacity > 1_000_000) return { reason: 'capacity', in: 'capacity' };
  const days = daysIn(cell('days'), period);
  if (!days) return { reason: 'days', in: 'days' };
  if (cell('days') !== '' && days.length === 0) return { reason: 'days_outside', in: 'days' };
  const said = plain(cell('artist'));
  const whose = said === '' ? against.artists.filter(({ id }) => against.artist === null || id === against.artist) : against.artists.filter((one) => plain(one.name) === said);
  if (whose.length === 0) return { reason: 'artist', in: 'artist' };
  return { stops: whose.map(({ id }) => ({ artist: id, name, insee: town.insee, priceMinor, capacity, days })) };
}

/** Stops by hand with those of a list: one that is there for the artist, by that name in that town, is said anew and not twice. `most` at most; what is beyond it is given back. */
export function withList(extras: readonly Extra[], listed: readonly Omit<Extra, 'id'>[], { most, newId }: { readonly most: number; readonly newId: () => string }): { readonly extras: readonly Extra[]; readonly fresh: number; readonly again: number; readonly beyond: number } {
  const key = ({ artist, name, insee }: Omit<Extra, 'id'>): string => `${artist} ${insee} ${plain(name)}`;
  const all = new Map(extras.map((extra) => [key(extra), extra]));
  const known = new Set(all.keys());
  let beyond = 0;
  for (const stop of listed) {
    const there = all.get(key(stop));
    if (!there && all.size >= most) { beyond += 1; continue; }
    all.set(key(stop), { ...stop, id: there?.id ?? newId() });
  }
  const fresh = all.size - known.size;
  return { extras: [...all.values()], fresh, again: listed.length - beyond - fresh, beyond };
}
