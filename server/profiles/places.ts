/** A municipality, as `scripts/places.mjs` lays it out: code, name, postcodes, country, population, latitude, longitude, other names. */
export type PlaceRow = readonly [insee: string, name: string, postcodes: string, country: string, population: number, lat: number, lng: number, others: string];

/** A municipality. `insee` is its code: INSEE's in France, one of ours abroad; degrees of WGS 84. */
export interface Place {
  readonly insee: string;
  readonly name: string;
  /** The one asked for, else the first; empty abroad. */
  readonly postcode: string;
  readonly country: string;
  readonly population: number;
  readonly lat: number;
  readonly lng: number;
}

/** All places, laid out to be searched on each keystroke. */
export interface PlaceIndex {
  readonly rows: readonly { readonly row: PlaceRow; readonly keys: string }[];
  readonly byCode: ReadonlyMap<string, PlaceRow>;
  readonly byName: ReadonlyMap<string, readonly PlaceRow[]>;
}

const most = 8;

/** A name as people type it: no accents, no dashes, `st` for `saint`. */
export const plainName = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  .replaceAll('œ', 'oe').replaceAll('æ', 'ae').replaceAll('ß', 'ss').replace(/[^a-z0-9]+/g, ' ').trim()
  .replace(/\bst(e?)\b(?!$)/g, 'saint$1');

/** Le Havre is looked for under H, too. */
const withoutArticle = (name: string): string => name.replace(/^(le|la|les|l|den|de|het) (?=\S)/, '');

/** Lays the rows out, which come the most populous first. */
export function indexPlaces(rows: readonly PlaceRow[]): PlaceIndex {
  const byName = new Map<string, PlaceRow[]>();
  const laidOut = rows.map((row) => {
    const name = plainName(row[1]);
    byName.set(name, [...(byName.get(name) ?? []), row]);
    const names = new Set([name, withoutArticle(name), ...(row[7] ? row[7].split('|').map(plainName) : [])]);
    return { row, keys: `\n${[...names].join('\n')}\n` };
  });
  return { rows: laidOut, byCode: new Map(rows.map((row) => [row[0], row])), byName };
}

/** Places by all of their names, by postcode and by code. */
export function byAnyName({ rows }: PlaceIndex): ReadonlyMap<string, readonly PlaceRow[]> {
  const named = new Map<string, PlaceRow[]>();
  for (const { row, keys } of rows) {
    for (const name of [...keys.split('\n'), ...row[2].split(' '), row[0].toLowerCase()]) {
      const there = named.get(name);
      if (there) there.push(row);
      else if (name !== '') named.set(name, [row]);
    }
  }
  return named;
}

/** Places whose name or postcode begins like `typed`: those of exactly that name, then the most populous, eight at most. */
export function searchIndex({ rows, byName }: PlaceIndex, typed: string): Place[] {
  const query = plainName(typed);
  if (query === '') return [];
  if (/^\d+$/.test(query)) {
    return first(rows, ({ row }) => ` ${row[2]}`.includes(` ${query}`)).map((row) => placeFrom(row, row[2].split(' ').find((postcode) => postcode.startsWith(query))));
  }
  const exact = (byName.get(query) ?? []).slice(0, most);
  const begin = `\n${query}`;
  const others = first(rows, ({ row, keys }) => keys.includes(begin) && !exact.includes(row));
  return [...exact, ...others].slice(0, most).map((row) => placeFrom(row));
}

/** Stops at the eighth: the rows come the most populous first. */
function first(rows: PlaceIndex['rows'], matches: (entry: PlaceIndex['rows'][number]) => boolean): PlaceRow[] {
  const found: PlaceRow[] = [];
  for (const entry of rows) {
    if (matches(entry) && found.push(entry.row) === most) break;
  }
  return found;
}

/** The place of a row. */
export const placeFrom = ([insee, name, postcodes, country, population, lat, lng]: PlaceRow, postcode = postcodes.split(' ')[0] ?? ''): Place =>
  ({ insee, name, postcode, country, population, lat, lng });
