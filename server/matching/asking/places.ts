import { plainName, type PlaceIndex, type PlaceRow } from '../../profiles/places.ts';
import type { Near } from '../filters.ts';
import { regionRows } from './regions.ts';

/** A commune that has the name that was asked for. */
export interface PlaceHit {
  readonly insee: string;
  readonly name: string;
  readonly country: string;
  readonly population: number;
  readonly lat: number;
  readonly lng: number;
}

/** What is read as the centre of a search; `people` live there. */
export interface Spot {
  readonly near: Omit<Near, 'km'>;
  readonly km: number | null;
  readonly country: string;
  readonly people: number;
  /** A name that says something else as well, such as Nord: a word of place has to stand before it. */
  readonly shy: boolean;
}

/** Names that are everyday words, too. */
const shyNames = new Set(['nice', 'tours', 'sens', 'orange', 'die', 'spa', 'ans', 'as', 'boom', 'peer', 'mol', 'lier', 'ham', 'vif', 'gap', 'lens', 'cognac', 'mars', 'vienne', 'bron', 'ville', 'pont', 'royan', 'bree', 'deal', 'balen', 'don', 'brie', 'champagne', 'port', 'lure', 'gien', 'bale', 'bras', 'vence', 'dole', 'mons', 'loos', 'gex', 'muret', 'hal', 'bergen', 'namen', 'essen', 'zele', 'temse', 'sion', 'biel', 'berg', 'hem', 'salon', 'beaune', 'arc', 'bar']);

interface Region { readonly name: string; readonly lat: number; readonly lng: number; readonly km: number; readonly country: string; readonly shy: boolean; readonly city: boolean }

const regions = new Map<string, Region>();
for (const [names, lat, lng, km, country, sort] of regionRows) {
  const [name = ''] = names.split('|');
  for (const spelling of names.split('|')) regions.set(plainName(spelling), { name, lat, lng, km, country, shy: sort === 'shy', city: sort === 'city' });
}

/** A region, department, province, canton or country of that name; or a great town beyond our borders. */
export function regionNamed(plain: string): Spot | null {
  const region = regions.get(plain);
  return region === undefined ? null
    : { near: { name: region.name, insee: '', lat: region.lat, lng: region.lng }, km: region.city ? null : region.km, country: region.country, people: region.city ? 200_000 : 1_000_000, shy: region.shy };
}

/** The most populous commune of that name. */
export function communeNamed(plain: string, places: (name: string) => readonly PlaceHit[]): Spot | null {
  const hit = places(plain)[0];
  return hit === undefined ? null : { near: { name: hit.name, insee: hit.insee, lat: hit.lat, lng: hit.lng }, km: null, country: hit.country, people: hit.population, shy: shyNames.has(plain) };
}

/** Short names that people use: Aix, Clermont, Esch. */
const shortNames: Readonly<Record<string, string>> = { lyonnaise: 'lyon', parisienne: 'paris', lilloise: 'lille', bordelaise: 'bordeaux', toulousaine: 'toulouse', nantaise: 'nantes', rennaise: 'rennes', marseillaise: 'marseille', strasbourgeoise: 'strasbourg', grenobloise: 'grenoble', montpellieraine: 'montpellier', genevoise: 'geneve', lausannoise: 'lausanne', bruxelloise: 'bruxelles', liegeoise: 'liege', namuroise: 'namur', dijonnaise: 'dijon', stephanoise: 'saint etienne', messine: 'metz', rouennaise: 'rouen', nicoise: 'nice', tourangelle: 'tours', aix: 'aix en provence', clermont: 'clermont ferrand', 'clermont fd': 'clermont ferrand', esch: 'esch sur alzette', 'luxembourg ville': 'luxembourg', 'luxemburg stadt': 'luxembourg', 'luxembourg city': 'luxembourg', 'luxemburg': 'luxembourg', 'luxemburg stad': 'luxembourg', 'lux ville': 'luxembourg', saintetienne: 'saint etienne', 'st etienne': 'saint etienne', 'ste': 'saint etienne', strassburg: 'strasbourg', straatsburg: 'strasbourg', kolmar: 'colmar', mulhausen: 'mulhouse', nizza: 'nice', rijsel: 'lille', parijs: 'paris', chamonix: 'chamonix mont blanc', duinkerke: 'dunkerque', dunkirk: 'dunkerque', atrecht: 'arras', kales: 'calais', montpelier: 'montpellier', knokke: 'knokke heist', heist: 'knokke heist', 'marseilles': 'marseille', 'lyons': 'lyon', 'bxl': 'bruxelles', 'bdx': 'bordeaux', 'mtp': 'montpellier', 'tlse': 'toulouse', 'stras': 'strasbourg', 'sxb': 'strasbourg', 'charleville': 'charleville mezieres', 'boulogne sur mer': 'boulogne sur mer', 'chalon': 'chalon sur saone', 'bourg': 'bourg en bresse', 'neuchatel': 'neuchatel', 'neuenburg': 'neuchatel', 'freiburg': 'fribourg', 'lln': 'ottignies louvain la neuve', 'louvain la neuve': 'ottignies louvain la neuve', 'schaarbeek': 'schaerbeek', 'elsene': 'ixelles', 'ukkel': 'uccle', 'sint gillis': 'saint gilles', 'molenbeek': 'molenbeek saint jean', 'luik': 'liege', 'luttich': 'liege', 'luettich': 'liege', 'doornik': 'tournai', 'aarlen': 'arlon', 'st gallen': 'sankt gallen', 'saint gallen': 'sankt gallen', 'st gall': 'sankt gallen', 'bruessel': 'bruxelles', 'bruxelle': 'bruxelles', 'zuerich': 'zurich', 'la chaux': 'la chaux de fonds', 'aix les bains': 'aix les bains', 'sables d olonne': 'les sables d olonne', 'sables': 'les sables d olonne', 'geneva': 'geneve', brussels: 'bruxelles', brussel: 'bruxelles', bruxel: 'bruxelles', 'lucerne': 'luzern', 'munster': 'munster', 'sitten': 'sitten', 'knokke heist': 'knokke heist', 'la louviere': 'la louviere', 'thionville': 'thionville', 'diedenhofen': 'thionville' };

/** The place index by the whole name of a commune, in any of its languages: lays a table of names out, which is kept by whoever searches. The most populous come first. */
export function placesByName({ rows }: PlaceIndex): (name: string) => readonly PlaceHit[] {
  const byName = new Map<string, PlaceRow[]>();
  const add = (name: string, row: PlaceRow): void => {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [row]);
    else if (!known.includes(row)) known.push(row);
  };
  for (const { row } of rows) {
    const name = plainName(row[1]);
    add(name, row);
    for (const part of row[1].split('/')) add(plainName(part), row);
    if (/^(?:le|la|les|l) /.test(name) && row[4] >= 10_000) add(name.replace(/^(?:le|la|les|l) /, ''), row);
    // Other names are a gazetteer's: some are words, some are codes of airports.
    if (row[4] >= 5_000) for (const other of row[7].split('|')) if (other.length >= 4 && /^[\p{Script=Latin} '’-]+$/u.test(other) && /^\p{Lu}\p{Ll}/u.test(other)) add(plainName(other), row);
  }
  return (name) => {
    const plain = plainName(name);
    return (byName.get(shortNames[plain] ?? plain) ?? []).map(([insee, called, , country, population, lat, lng]) => ({ insee, name: called, country, population, lat, lng })).sort((a, b) => b.population - a.population);
  };
}
