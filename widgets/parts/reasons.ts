import { html, type TemplateResult } from 'lit';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../server/app-router.ts';
import type { CriteriaSpeech as Words } from '../core/criteria-words.ts';
import { duration, hour, longDay, weekdays } from '../core/format.ts';
import { amount, amounts, coded, country, dated, hours, listed, number, percent, sung } from './figures.ts';

/* What a criterion says of a pair, in words, with the figures that made it. A sentence takes no side: it stands for or against as it is. */

/** What a criterion says of a pair: a code and its figures. */
export type Reason = inferRouterOutputs<AppRouter>['discovery']['find']['found'][number]['score']['for'][number];
type Figures = Reason['figures'];
/** The figures of a reason, read. A number that is not there is 0, a word that is not there is empty. */
class Read {
  readonly words: Words;
  readonly #figures: Figures;
  constructor(words: Words, figures: Figures) {
    this.words = words;
    this.#figures = figures;
  }

  has = (name: string): boolean => this.#figures[name] !== undefined;
  n = (name: string): number => Number(this.#figures[name] ?? 0);
  text = (name: string): string => String(this.#figures[name] ?? '');
  count = (name: string): string => number(this.words, this.n(name), 0);
  percent = (name: string, signed = false): string => percent(this.words, this.n(name), signed);
  money = (name: string, currency = 'currency'): string => amount(this.words, this.n(name), this.text(currency));
  /** From a smallest to a largest amount; what was not said is said to be unknown. */
  range = (min: string, max: string, currency: string): string => amounts(this.words, { min: this.n(min), max: this.n(max), currency: this.text(currency) }) || this.words.say('notKnown');
  day = (name = 'day'): string => dated(this.words, this.text(name));
  country = (name: string): string => country(this.words, this.text(name));
  /** Codes with a space between them, in words. */
  codes = (name: string, family: string): string => {
    const codes = this.text(name).split(' ').filter(Boolean);
    return codes.length === 0 ? this.words.say('notKnown') : listed(this.words, codes.map((code) => (family === 'lyrics' ? sung(this.words, code) : coded(this.words, family, code))));
  };
  /** Yes, no, or not known. */
  said = (name: string): string => coded(this.words, 's', this.text(name) || 'unknown');
}

type Say = (read: Read, say: Words['say']) => readonly string[];

const genres = (read: Read, say: Words['say'], key: 's_genre' | 's_programming'): string[] => {
  const [own, wanted] = [read.text('ownGenre'), read.text('wantedGenre')];
  return [own === wanted ? say('s_genreSame', { genre: own }) : say(key, { own, wanted })];
};

/** What each criterion says. `day` and `until` are days of the calendar, amounts minor units with their currency beside them. */
const sentences: Readonly<Record<string, Say>> = {
  capacity: (read, say) => [say('s_capacity', { draw: read.count('draw'), capacity: read.count('capacity') })],
  local_draw: (read, say) => [say('s_local_draw', { people: read.count('people'), km: read.count('km'), capacity: read.count('capacity') })],
  listeners: (read, say) => [say('s_listeners', { near: read.count('near'), listeners: read.count('listeners'), capacity: read.count('capacity') })],
  followers: (read, say) => [say('s_followers', { followers: read.count('followers'), rate: percent(read.words, read.n('permille') / 10), capacity: read.count('capacity') })],
  growth: (read, say) => [say('s_growth', { percent: read.percent('percent', true) })],
  house_fill: (read, say) => [say('s_house_fill', { percent: read.percent('percent') })],
  level: (read, say) => [say('s_level', { artist: read.codes('artist', 'level'), place: read.codes('place', 'level') })],
  ticket: (read, say) => [say('s_ticket', { artist: read.money('artist'), place: read.money('place', 'placeCurrency') })],
  season: (read, say) => [say('s_season', { month: monthName(read.n('month'), read.words), percent: read.percent('percent') })],
  competition: (read, say) => [say('s_competition', { n: read.n('shows'), day: read.day() })],
  fee: (read, say) => [say('s_fee', { fee: read.range('min', 'max', 'currency'), budget: read.range('budgetMin', 'budgetMax', 'budgetCurrency') })],
  market: (read, say) => [say('s_market', { fee: read.range('fee', 'fee', 'currency'), median: read.money('median'), deals: read.count('deals') })],
  full_cost: (read, say) => [say('s_full_cost', { cost: read.money('cost'), km: read.count('km'), heads: read.count('heads'), budget: read.range('budgetMax', 'budgetMax', 'budgetCurrency') })],
  break_even: (read, say) => [say('s_break_even', { percent: read.percent('percent'), capacity: read.count('capacity'), cost: read.money('cost') })],
  terms: (read, say) => [
    ...(read.has('wanted') ? [say('s_termsWanted', { percent: read.percent('wanted') })] : []), ...(read.has('given') ? [say('s_termsGiven', { percent: read.percent('given') })] : []),
    ...(read.has('days') ? [say('s_termsDays', { n: read.n('days') })] : []),
  ],
  taxes: (read, say) => [read.text('from') === read.text('to') && read.text('currency') === read.text('budgetCurrency') ? say('s_sameCountry', { country: read.country('from') })
    : say('s_taxes', { from: read.country('from'), to: read.country('to'), currency: read.text('currency'), budgetCurrency: read.text('budgetCurrency') })],
  funding: (read, say) => [say('s_funding', { left: read.money('left'), fee: read.range('fee', 'fee', 'feeCurrency') })],
  common_dates: (read, say) => [
    say('s_common_dates', { n: read.n('free') }), ...(read.n('possible') > read.n('free') ? [say('s_datesPossible', { n: read.n('possible') - read.n('free') })] : []),
    ...(read.n('asked') === 1 && read.n('shows') > 0 ? [say('s_datesAsked', { n: read.n('shows') })] : []), ...(read.text('day').includes('-') ? [say('s_bestDay', { day: read.day() })] : []),
  ],
  weekday: (read, say) => [say('s_weekday', { weekday: weekdayOf(read.text('day'), read.words) })],
  tour_window: (read, say) => [say('s_tour_window', { day: read.day(), n: read.n('days'), km: read.count('km') })],
  school_holidays: (read, say) => [say(read.n('holiday') === 1 ? 's_holiday' : 's_noHoliday', { day: read.day(), zone: read.text('zone') })],
  feasts: (read, say) => [say(read.n('feast') === 1 ? 's_feast' : 's_noFeast', { day: read.day() })],
  rest: (read, say) => [say('s_rest', { n: read.n('days'), wanted: read.count('wanted') })],
  lead: (read, say) => [say('s_lead', { n: read.n('days'), needed: read.count('needed') })],
  distance: (read, say) => [read.n('km') < 1 ? say('s_near') : say('s_distance', { km: number(read.words, read.n('km')) })],
  detour: (read, say) => [say('s_detour', { km: read.count('km'), day: read.day() })],
  mobility: (read, say) => [say('s_mobility', { km: read.count('km'), most: read.count('most') })],
  catchment: (read, say) => [say('s_catchment', { people: read.count('people') })],
  access: (read, say) => [say('s_loadIn', { said: read.said('loadIn') }), say('s_parking', { said: read.said('parking') }), say('s_transit', { said: read.said('transit') })],
  border: (read, say) => [read.text('from') === read.text('to') ? say('s_home', { country: read.country('from') }) : say('s_border', { from: read.country('from'), to: read.country('to') })],
  genre: (read, say) => genres(read, say, 's_genre'),
  programming: (read, say) => genres(read, say, 's_programming'),
  audience: (read, say) => [say('s_both', { artist: read.codes('artist', 'audience'), place: read.codes('place', 'audience') })],
  influences: (read, say) => [say('s_influences', { n: read.n('shared'), of: read.count('of') })],
  format: (read, say) => [
    ...(read.n('people') > 0 && read.n('metres') > 0 ? [say('s_formatStage', { n: read.n('people'), metres: read.count('metres') })] : []),
    ...(read.text('artist') && read.text('place') ? [say('s_both', { artist: read.codes('artist', 'setting'), place: read.codes('place', 'setting') })] : []),
  ],
  language: (read, say) => [read.text('sung') && read.text('wanted') ? say('s_language', { sung: read.codes('sung', 'lyrics'), wanted: read.codes('wanted', 'lyrics') }) : say('s_languageFamily')],
  technical: (read, say) => {
    const parts = (['stage', 'inputs', 'power'] as const).filter((name) => read.has(name)).map((name) => say(`s_${name}`, { wanted: read.count(`${name}Wanted`), there: read.count(name) }));
    return [...parts, read.text('missing') ? say('s_missing', { things: read.codes('missing', 'backline') }) : parts.length === 0 ? say('s_allThere') : ''].filter(Boolean);
  },
  sound: (read, say) => [
    ...(read.n('makes') > 0 && read.n('allows') > 0 ? [say('s_soundLevel', { makes: read.count('makes'), allows: read.count('allows') })] : []),
    ...(read.text('curfew') && read.n('minutes') > 0 ? [say('s_curfew', { length: duration(read.n('minutes')), hour: hour(read.text('curfew'), read.words.locale) })] : []),
  ],
  outdoors: (read, say) => [say('s_outdoor', { said: read.said('outdoor') }), say('s_covered', { said: read.said('covered') }), say('s_artistOutdoor', { said: read.said('artist') }), say('s_stepFree', { said: read.said('stepFree') })],
  together: (read, say) => [say('s_together', { n: read.n('shows'), percent: read.percent('percent') })],
  peers: (read, say) => [say('s_peers', { percent: read.percent('percent') })],
  kept: (read, say) => [say('s_kept', { percent: read.percent('percent') })],
  paid: (read, say) => [say('s_termsDays', { n: read.n('days') }), read.n('disputes') > 0 ? say('s_disputes', { n: read.n('disputes') }) : say('s_noDispute')],
  answers: (read, say) => [say('s_answers', { hours: hours(read.words, read.n('hours')) })],
  ratings: (read, say) => (['artist', 'place'] as const).filter((side) => read.n(`${side}Count`) > 0)
    .map((side) => say(side === 'artist' ? 's_ratingArtist' : 's_ratingPlace', { stars: number(read.words, read.n(side)), n: read.n(`${side}Count`) })),
  complete: (read, say) => [say('s_complete', { artist: read.percent('artist'), place: read.percent('place') }), ...(read.n('checked') > 0 ? [say('s_checked', { n: read.n('checked') })] : [])],
  exclusivity: (read, say) => [read.has('km') ? say('s_promise', { km: read.count('km'), most: read.count('most'), until: read.day('until') }) : say('s_noPromise')],
};

const monthName = (month: number, { locale }: Words): string => new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, month - 1, 1)));
const weekdayOf = (iso: string, { locale }: Words): string => weekdays(locale)[(new Date(`${iso}T12:00:00Z`).getUTCDay() + 6) % 7]?.long ?? longDay(iso, locale);

/** What a criterion is called. */
export const named = (words: Words, criterion: string): string => coded(words, 'c', criterion);

/** What a reason says of this pair, in one line; that it is unknown, where it is; its name alone, where it is new and we have no words yet. */
export function told(words: Words, { criterion, code, figures }: Pick<Reason, 'criterion' | 'code' | 'figures'>): string {
  if (code === 'unknown') return words.say('notKnown');
  const said = sentences[criterion]?.(new Read(words, figures), words.say).join(' ; ') ?? '';
  return words.locale === 'fr' ? said : said.replaceAll(' ;', ';');
}

/** A criterion by its name, and what it says. */
export const titled = (words: Words, one: Pick<Reason, 'criterion' | 'code' | 'figures'>): TemplateResult => html`<strong>${named(words, one.criterion)}</strong>${words.locale === 'fr' ? '\u00a0: ' : ': '}${told(words, one)}`;

/** Why a pair cannot be. */
export function blocked(words: Words, { code, figures }: Pick<Reason, 'code' | 'figures'>): string {
  const read = new Read(words, figures);
  return coded(words, 'b', code) === code ? code : words.say(`b_${code}` as 'b_fee_out_of_reach', {
    who: coded(words, 'of', read.text('of')), fee: read.range('min', 'max', 'currency'), budget: read.range('budgetMin', 'budgetMax', 'budgetCurrency'),
  });
}
