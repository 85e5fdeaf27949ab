import { dayOf, limitOf, monthOf } from '../../widgets/core/said.ts';
import { styleOf, tonesOf, type Tones } from '../../widgets/core/theme.ts';
import { LOCALES, preferred, type Locale } from '../core/locale.ts';

/** The public widgets, each with the height that its frame takes where no script can measure it, in CSS pixels. */
export const HEIGHTS = {
  'flow-epk': 1600, 'flow-availability': 780, 'flow-booking-request': 1900, 'flow-programme': 900, 'flow-tour-map': 900, 'flow-contract-status': 480,
} as const;

export type Tag = keyof typeof HEIGHTS;

export const isTag = (tag: string): tag is Tag => Object.hasOwn(HEIGHTS, tag);

const THEMES = ['host', 'auto', 'light', 'dark', 'contrast'] as const;
export type Look = (typeof THEMES)[number];

/** What fills in the form before the visitor does: what a page knows of the show, never of a person. An address is read by too many for that. */
export const KNOWN = ['place', 'city', 'occasion', 'budget', 'audience', 'organisation'] as const;
type Known = (typeof KNOWN)[number];

/** What an address asks for, every part looked at: what does not fit is as if it were not said. The names are those of the widgets' attributes. */
export interface Asked extends Readonly<Record<Known, string>> {
  readonly key: string;
  readonly artist: string;
  /** Several, by their short names, parted by blanks. */
  readonly artists: string;
  readonly stage: string;
  /** The reference of a request that was sent. */
  readonly reference: string;
  readonly locale: Locale;
  /** Whether the address itself says the language; else the reader's browser did. */
  readonly said: boolean;
  readonly theme: Look;
  /** The colours and the font that the page shall wear. */
  readonly tones: Tones;
  readonly past: boolean;
  /** `YYYY-MM`, or empty for the one we are in. An address says `from`, and used to say `month`. */
  readonly month: string;
  /** The first and the last month that may be shown, `YYYY-MM`, or empty. */
  readonly min: string;
  readonly max: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly day: string;
  readonly limit: number;
  /** Who asks, where the page knows; empty where it is to be asked. */
  readonly asker: '' | 'private' | 'venue' | 'camping' | 'commune';
  readonly season: boolean;
  readonly noDraft: boolean;
  /** How it is laid out; what a widget has no such layout for, it passes over. */
  readonly view: '' | 'month' | 'list' | 'grid' | 'calendar';
  /** The parts of a press kit, in their order, parted by blanks; empty for all. */
  readonly show: string;
  readonly genre: string;
  readonly where: string;
  readonly period: '' | 'all' | 'week' | 'month' | 'weekend';
  readonly free: boolean;
  readonly plain: boolean;
  /** Whether the request was sent a moment ago: the page is its receipt. */
  readonly sent: boolean;
}

const PARTS = ['bio', 'audio', 'videos', 'dates', 'photos', 'press', 'technical', 'documents', 'links'];
/** How many artists one address may name: each is a tab and a read. */
const MOST_ARTISTS = 12;

const slug = /^[a-z0-9][a-z0-9-]{0,59}$/;
/** A figure as people type it: `1 200,50`. */
const figure = /^\d[\d ,.'\u00a0\u202f]{0,15}$/;
const fits = (value: string | null, form: RegExp): string => (value !== null && form.test(value) ? value : '');
const listed = (value: string | null, fit: (word: string) => boolean): string => [...new Set((value ?? '').split(/[\s,]+/).filter(fit))].join(' ');
/** A line of text; one that is longer, or holds what no line holds, is not said. */
const line = (value: string | null, most: number): string => { const text = (value ?? '').trim(); return text.length <= most && !/[\p{Cc}\p{Cs}\p{Co}\u2028\u2029]/u.test(text) ? text : ''; };

/**
 * Reads an address.
 *
 * @param accepts The languages of the reader's browser, as `Accept-Language` says them.
 * @param theme What is meant where the address says none. With a ground or a text of its own, the page's colours are reckoned from those.
 */
export function askedBy(query: URLSearchParams, accepts: string, theme: Look): Asked {
  const said = (name: string): string | null => query.get(name);
  const one = <T extends string>(name: string, known: readonly T[]): T | '' => known.find((value) => value === said(name)) ?? '';
  const flag = (name: string): boolean => ['', '1', 'true', name].includes(said(name) ?? 'no');
  const lang = LOCALES.find((locale) => locale === (said('lang') ?? '').toLowerCase().slice(0, 2));
  const tones = tonesOf(said);
  return {
    key: fits(said('key'), /^pk_\w{1,64}$/), artist: fits(said('artist'), slug), artists: listed(said('artists'), (name) => slug.test(name)).split(' ').slice(0, MOST_ARTISTS).join(' '), stage: fits(said('stage'), slug),
    reference: fits(said('reference')?.replaceAll(/\s/g, '') ?? null, /^ref[a-z2-7]{8,40}$/),
    locale: lang ?? preferred(accepts), said: lang !== undefined, theme: one('theme', THEMES) || (tones.ground ?? tones.ink ? 'host' : theme), tones,
    past: flag('past'), month: monthOf(said('from') ?? said('month')), min: monthOf(said('min')), max: monthOf(said('max')), day: dayOf(said('day')),
    limit: limitOf(said('limit')),
    asker: one('asker', ['private', 'venue', 'camping', 'commune'] as const), season: flag('season'), noDraft: flag('no-draft'),
    view: one('view', ['month', 'list', 'grid', 'calendar'] as const), show: listed(said('show'), (part) => PARTS.includes(part)),
    genre: line(said('genre'), 80), where: line(said('where'), 160), period: one('period', ['all', 'week', 'month', 'weekend'] as const), free: flag('free'), plain: flag('plain'),
    place: line(said('place'), 160), city: line(said('city'), 100), occasion: line(said('occasion'), 160), organisation: line(said('organisation'), 160), budget: fits(said('budget'), figure), audience: fits(said('audience'), figure),
    sent: query.has('sent'),
  };
}

/** What an address may say, in one order, so that one thing has one address; two names differ from what they are called here. */
const WRITTEN = [
  'key', 'artist', 'artists', 'stage', 'reference', 'lang', 'theme', 'past', 'month', 'min', 'max', 'day', 'asker', 'season', ...KNOWN, 'noDraft', 'view', 'show', 'genre', 'where', 'period', 'free', 'plain', 'sent', 'limit',
] as const;
const NAMES: Readonly<Partial<Record<(typeof WRITTEN)[number], string>>> = { month: 'from', noDraft: 'no-draft' };

/** What a page says of its colours: the tokens, and the page's own ground and text where they are said. Its plain links then have the colour of its text. */
export function sheetFor(tones: Tones): string {
  const { ground, ink } = tones;
  const dark = ground !== undefined && lightness(ground) < 128;
  const own = ground ?? ink ? `${ground ? `background:${ground};color-scheme:${dark ? 'dark' : 'light'};` : ''}color:${ink ?? (dark ? '#ffffff' : '#1d1b18')}` : '';
  return `html:root{${styleOf(tones)}${own && `;${own}`}}${own && 'html:root :is(footer a,footer p,.alone a){color:inherit}html:root :focus-visible{outline-color:currentcolor}'}${ground ? 'main{padding:20px}' : ''}`;
}

/** How light a colour is to the eye, 0 to 255. */
const lightness = (colour: string): number => [0.299, 0.587, 0.114].reduce((sum, share, at) => sum + share * parseInt(colour.slice(1 + at * 2, 3 + at * 2), 16), 0);

/** The query that asks for this, in these colours; what is not said is left out. */
export function queryOf(asked: Partial<Record<keyof Asked | 'lang', string | number | boolean>>, tones: Tones = {}): string {
  const query = new URLSearchParams();
  for (const name of WRITTEN) {
    const value = asked[name];
    if (value !== undefined && value !== '' && value !== false) query.set(NAMES[name] ?? name, value === true ? '1' : String(value));
  }
  for (const [name, value] of Object.entries(toldTones(tones))) query.set(name, value);
  const written = query.toString();
  return written === '' ? '' : `?${written}`;
}

/** Tones as an address or a form's hidden field says them, so that what reads them finds the same. */
export const toldTones = (tones: Tones): Record<string, string> => Object.fromEntries(Object.entries(tones).map(([name, value]) => [name, value.replace('#', '').replaceAll("'", '')]));
