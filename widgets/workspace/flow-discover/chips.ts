import { shortDay, weekdays } from '../../core/format.ts';
import { amounts, coded, dated, listed, number, people, sung } from '../../parts/figures.ts';
import { noFilters, type Filters, type Query, type Seen, type Words } from './model.ts';

/** A filter that is set: what it is called, and the search without it. */
export interface Chip {
  readonly key: string;
  readonly label: string;
  readonly without: Query;
}

type Lists = 'genres' | 'kinds' | 'levels' | 'settings' | 'audiences' | 'lyrics';
const isOpen = ({ min, max }: Filters['capacity']): boolean => min === null && max === null;

/** Every filter that is set, in the order in which they are asked. `seen`: whom the search is among, for a fee is asked and a budget paid. */
export function chipsOf(query: Query, seen: Seen, words: Words): Chip[] {
  const { say, locale } = words;
  const { filters } = query;
  const chip = (key: string, label: string, change: Partial<Filters>): Chip => ({ key, label, without: { ...query, filters: { ...filters, ...change } } });
  const each = (name: Lists, label: (one: string) => string): Chip[] => filters[name].map((one) => chip(`${name}:${one}`, label(one), { [name]: filters[name].filter((other) => other !== one) }));
  const { near, fee, capacity, days, lineUp, ratingMin, answerHoursMax } = filters;
  return [
    ...(query.seen ? [{ key: 'seen', label: say(`seen_${query.seen}`), without: { ...query, seen: null } }] : []),
    ...each('genres', (genre) => genre),
    ...(near ? [chip('near', say('chip_near', { place: near.name, km: number(words, near.km, 0) }), { near: null })] : []),
    ...(days ? [chip('days', days.from === days.until ? say('chip_day', { day: dated(words, days.from) }) : say('chip_days', { from: days.from.slice(0, 4) === days.until.slice(0, 4) ? shortDay(days.from, locale) : dated(words, days.from), until: dated(words, days.until) }), { days: null }),
      ...(days.weekdays.length > 0 ? [chip('weekdays', listed(words, days.weekdays.map((at) => weekdays(locale)[at - 1]?.long ?? '')), { days: { ...days, weekdays: [] } })] : [])] : []),
    ...(isOpen(fee) ? [] : [chip('fee', say(seen === 'artist' ? 'chip_fee' : 'chip_budget', { range: amounts(words, fee) }), { fee: noFilters.fee })]),
    ...(isOpen(capacity) ? [] : [chip('capacity', say(seen === 'artist' ? 'chip_crowd' : 'chip_places', { range: people(words, capacity) }), { capacity: noFilters.capacity })]),
    ...(isOpen(lineUp) ? [] : [chip('lineUp', say('chip_lineUp', { range: people(words, lineUp) }), { lineUp: noFilters.lineUp })]),
    ...each('kinds', (kind) => coded(words, 'kind', kind)), ...each('levels', (level) => coded(words, 'level', level)), ...each('settings', (setting) => coded(words, 'setting', setting)),
    ...each('audiences', (audience) => coded(words, 'audience', audience)), ...each('lyrics', (one) => sung(words, one)),
    ...(['family', 'outdoor', 'verified'] as const).filter((name) => filters[name]).map((name) => chip(name, say(`f_${name}`), { [name]: false })),
    ...(ratingMin > 0 ? [chip('ratingMin', say('chip_rating', { n: number(words, ratingMin) }), { ratingMin: 0 })] : []),
    ...(answerHoursMax > 0 ? [chip('answerHoursMax', say('chip_answer', { n: number(words, answerHoursMax, 0) }), { answerHoursMax: 0 })] : []),
  ];
}

/** Which filters a reason for leaving somebody out has to do with. */
const toBlame: Readonly<Record<string, readonly string[]>> = { no_common_day: ['weekdays', 'days'], exclusivity: ['near', 'days'], fee_out_of_reach: ['fee'] };
/** Those that leave out most, first: ours, by what people set too narrow. */
const narrowest = ['weekdays', 'days', 'near', 'fee', 'ratingMin', 'answerHoursMax', 'verified', 'capacity', 'lineUp'];

/**
 * What to loosen when nothing was found: wider around a place, then the filters that are to blame, four at most. `blocked` is how many could not be,
 * by reason.
 */
export function looser(query: Query, seen: Seen, blocked: Readonly<Record<string, number>>, words: Words): { readonly label: string; readonly query: Query }[] {
  const { near } = query.filters;
  const guilty = Object.entries(blocked).sort(([, a], [, b]) => b - a).flatMap(([reason]) => toBlame[reason] ?? []);
  const rank = (key: string): number => {
    const [first, then] = [guilty.indexOf(key), narrowest.indexOf(key)];
    return first >= 0 ? first : 100 + (then >= 0 ? then : narrowest.length);
  };
  const wider = near && near.km < 2_000 ? [{ label: words.say('loosenKm', { km: number(words, Math.min(2_000, near.km * 2), 0) }), query: { ...query, filters: { ...query.filters, near: { ...near, km: Math.min(2_000, near.km * 2) } } } }] : [];
  const dropped = chipsOf(query, seen, words).sort((a, b) => rank(a.key) - rank(b.key)).map(({ label, without }) => ({ label: words.say('loosenDrop', { filter: label }), query: without }));
  return [...wider, ...dropped].slice(0, 4);
}

/** How many could not be, and why, in words: `12 indisponibles ces jours-ci et 3 hors budget`; empty when all could. */
export function blockedWords(blocked: Readonly<Record<string, number>>, words: Words): string {
  const parts = Object.entries(blocked).filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a);
  return listed(words, parts.map(([reason, n]) => words.say((coded(words, 'n', reason) === reason ? 'n_other' : `n_${reason}`) as 'n_other', { n })));
}
