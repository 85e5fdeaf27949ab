import { localeOf, type Locale } from '../../widgets/core/messages.ts';

/** The public widgets, each with the height that its frame takes where no script can measure it, in CSS pixels. */
export const HEIGHTS = {
  'flow-epk': 1600, 'flow-availability': 780, 'flow-booking-request': 1900, 'flow-programme': 900, 'flow-tour-map': 900, 'flow-contract-status': 480,
} as const;

export type Tag = keyof typeof HEIGHTS;

export const isTag = (tag: string): tag is Tag => Object.hasOwn(HEIGHTS, tag);

/** The languages that these pages may be asked in; those that have words are spoken. */
export const LOCALES: readonly Locale[] = (['fr', 'en', 'nl', 'de'] as const).filter((lang): lang is Locale => localeOf(lang) === lang);

const THEMES = ['host', 'auto', 'light', 'dark', 'contrast'] as const;
export type Look = (typeof THEMES)[number];

/** What an address asks for, every part looked at: what does not fit is as if it were not said. */
export interface Asked {
  readonly key: string;
  readonly artist: string;
  readonly stage: string;
  /** The reference of a request that was sent. */
  readonly reference: string;
  readonly locale: Locale;
  /** Whether the address itself says the language; else the reader's browser did. */
  readonly said: boolean;
  readonly theme: Look;
  readonly past: boolean;
  /** `YYYY-MM`, or empty for the one we are in. */
  readonly month: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly day: string;
  readonly limit: number;
  readonly asker: 'private' | 'venue' | 'camping' | 'commune';
  /** Whether the request was sent a moment ago: the page is its receipt. */
  readonly sent: boolean;
}

const slug = /^[a-z0-9][a-z0-9-]{0,59}$/;
const fits = (value: string | null, form: RegExp): string => (value !== null && form.test(value) ? value : '');

/**
 * Reads an address.
 *
 * @param accepts The languages of the reader's browser, as `Accept-Language` says them.
 * @param theme What is meant where the address says none.
 */
export function askedBy(query: URLSearchParams, accepts: string, theme: Look): Asked {
  const lang = LOCALES.find((locale) => locale === (query.get('lang') ?? '').toLowerCase().slice(0, 2));
  const limit = Number(query.get('limit') ?? '60');
  return {
    key: fits(query.get('key'), /^pk_\w{1,64}$/), artist: fits(query.get('artist'), slug), stage: fits(query.get('stage'), slug),
    reference: fits(query.get('reference')?.replaceAll(/\s/g, '') ?? null, /^ref[a-z2-7]{8,40}$/),
    locale: lang ?? preferred(accepts), said: lang !== undefined, theme: THEMES.find((one) => one === query.get('theme')) ?? theme,
    past: ['', '1', 'true', 'past'].includes(query.get('past') ?? 'no'),
    month: fits(query.get('month'), /^20\d\d-(0[1-9]|1[0-2])$/), day: realDay(fits(query.get('day'), /^20\d\d-\d\d-\d\d$/)),
    limit: Number.isInteger(limit) && limit >= 1 && limit <= 200 ? limit : 60,
    asker: (['private', 'venue', 'camping', 'commune'] as const).find((one) => one === query.get('asker')) ?? 'private', sent: query.has('sent'),
  };
}

/** The first language of a browser that we speak; French when there is none. */
function preferred(accepts: string): Locale {
  const wanted = accepts.split(',').map((part) => {
    const [lang = '', weight] = part.trim().split(';q=');
    return { lang: lang.toLowerCase().slice(0, 2), weight: weight === undefined ? 1 : Number(weight) || 0 };
  }).sort((a, b) => b.weight - a.weight);
  for (const { lang } of wanted) {
    const found = LOCALES.find((locale) => locale === lang);
    if (found) return found;
  }
  return 'fr';
}

/** 30 February is no day. */
const realDay = (day: string): string => {
  const at = day === '' ? NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? '' : day;
};

/** The query that asks for this; what is not said is left out, in one order, so that one thing has one address. */
export function queryOf(asked: Partial<Record<keyof Asked | 'lang', string | number | boolean>>): string {
  const query = new URLSearchParams();
  for (const name of ['key', 'artist', 'stage', 'reference', 'lang', 'theme', 'past', 'month', 'day', 'asker', 'sent', 'limit'] as const) {
    const value = asked[name];
    if (value !== undefined && value !== '' && value !== false) query.set(name, value === true ? '1' : String(value));
  }
  const written = query.toString();
  return written === '' ? '' : `?${written}`;
}
