import { dayOf } from '../../core/said.ts';
import { AUDIENCES, CARDS, KINDS, LEVELS, LYRICS, SETTINGS, SORTS, noFilters, type Filters, type Query } from './model.ts';

/* A search as an address says it: `?genre=jazz&near=Lyon&km=50&fee=-200000`. What does not fit is as if it were not said, for a link goes through many hands. */

type Range = Filters['capacity'];

/** The search that an address says. Amounts are in minor units. */
export function queryOf(search: string): Query {
  const said = new URLSearchParams(search);
  const one = (name: string): string => said.get(name) ?? '';
  const yes = (name: string): boolean => one(name) === '1';
  const some = <T extends string>(name: string, known: readonly T[]): T[] => { const names = one(name).split(' '); return known.filter((word) => names.includes(word)); };
  const range = (name: string, most: number): Range => {
    const [, min = '', max = ''] = /^(\d*)-(\d*)$/.exec(one(name)) ?? [];
    return { min: numberOf(min, 0, most), max: numberOf(max, 0, most) };
  };
  const [from, until] = [dayOf(one('from')), dayOf(one('until'))];
  const [lat, lng, km] = [numberOf(one('lat'), -90, 90), numberOf(one('lng'), -180, 180), numberOf(one('km'), 1, 2_000)];
  const seen = one('seen');
  return {
    seen: seen === 'artist' || seen === 'place' ? seen : null,
    sort: SORTS.find((sort) => sort === one('sort')) ?? 'score',
    card: CARDS.find((card) => card === one('card')) ?? null,
    variety: Math.round(numberOf(one('variety'), 0, 100) ?? 0),
    all: yes('all'),
    filters: {
      ...noFilters,
      genres: [...new Set(said.getAll('genre').map((genre) => genre.trim().slice(0, 60)).filter(Boolean))].slice(0, 20),
      near: one('near') && lat !== null && lng !== null ? { name: one('near').slice(0, 120), insee: one('insee').slice(0, 5), lat, lng, km: km ?? 50 } : null,
      fee: { ...range('fee', 1_000_000_000), currency: one('currency') === 'CHF' ? 'CHF' : 'EUR' },
      capacity: range('people', 1_000_000),
      days: from && until && from <= until ? { from, until, weekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => one('weekdays').includes(String(day))) } : null,
      lineUp: positive(range('stage', 250)),
      kinds: some('kind', KINDS), levels: some('level', LEVELS), settings: some('setting', SETTINGS), audiences: some('audience', AUDIENCES), lyrics: some('lyrics', LYRICS),
      family: yes('family'), outdoor: yes('outdoor'), verified: yes('verified'),
      ratingMin: numberOf(one('rating'), 0, 5) ?? 0, answerHoursMax: numberOf(one('hours'), 0, 2_000) ?? 0,
    },
  };
}

/** The same, the other way: empty for a search that asks nothing, and `queryOf` reads it back as it was. */
export function addressOf({ seen, filters, sort, card, variety, all }: Query): string {
  const said = new URLSearchParams();
  const put = (name: string, value: string | number | null | undefined): void => { if (value) said.append(name, String(value)); };
  const range = ({ min, max }: Range): string => (min === null && max === null ? '' : `${min ?? ''}-${max ?? ''}`);
  const { near, fee, days } = filters;
  put('seen', seen);
  for (const genre of filters.genres) put('genre', genre);
  if (near) for (const name of ['name', 'insee', 'lat', 'lng', 'km'] as const) said.append(name === 'name' ? 'near' : name, String(near[name]));
  put('fee', range(fee));
  if (fee.currency === 'CHF' && range(fee)) put('currency', 'CHF');
  put('people', range(filters.capacity));
  put('from', days?.from);
  put('until', days?.until);
  put('weekdays', days?.weekdays.join(''));
  put('stage', range(filters.lineUp));
  put('kind', filters.kinds.join(' '));
  put('level', filters.levels.join(' '));
  put('setting', filters.settings.join(' '));
  put('audience', filters.audiences.join(' '));
  put('lyrics', filters.lyrics.join(' '));
  for (const name of ['family', 'outdoor', 'verified'] as const) put(name, Number(filters[name]));
  put('rating', filters.ratingMin);
  put('hours', filters.answerHoursMax);
  if (sort !== 'score') put('sort', sort);
  put('card', card);
  put('variety', variety);
  put('all', Number(all));
  const text = said.toString();
  return text && `?${text}`;
}

function numberOf(said: string, least: number, most: number): number | null {
  const value = Number(said);
  return said.trim() !== '' && Number.isFinite(value) && value >= least && value <= most ? value : null;
}
/** Nobody on stage is nobody. */
const positive = ({ min, max }: Range): Range => ({ min: min || null, max: max || null });

/** The names that an address says a search by; others are left as they are. */
export const ownNames = ['seen', 'genre', 'near', 'insee', 'lat', 'lng', 'km', 'fee', 'currency', 'people', 'from', 'until', 'weekdays', 'stage', 'kind', 'level', 'setting', 'audience', 'lyrics', 'family', 'outdoor', 'verified', 'rating', 'hours', 'sort', 'card', 'variety', 'all'] as const;
