import { tag } from '../../core/format-page.ts';
import type { Locale } from '../../core/messages.ts';
import { dayOf } from '../../core/said.ts';
import { QUESTIONS, type Answers, type Question } from './blank.ts';

export { BLANK, QUESTIONS, type Answers, type Asker, type Question } from './blank.ts';

/** Francs for a commune of Switzerland, euros elsewhere. */
export const currencyOf = ({ commune }: Pick<Answers, 'commune'>) => (commune?.country === 'CH' ? 'CHF' as const : 'EUR' as const);

/** What is wrong with an answer: a phrase, and its figures. */
export interface Fault { readonly words: 'needed' | 'needMail' | 'needDay' | 'needLater' | 'needNumber' | 'input_invalid' | 'text_unprintable' | 'dayIsBusy'; readonly figures?: Readonly<Record<string, number>> }

/** What comparable artists agreed for. Money in minor units. */
export interface Usual {
  readonly low: { readonly minor: number; readonly currency: string };
  readonly high: { readonly minor: number };
  readonly deals: number;
  readonly artists: number;
  readonly months: number;
}

/** The figures of what is usual to pay, in whole units; null where nothing is known in the asker's currency. */
export function figuresOf(usual: Usual | null, answers: Answers, locale: Locale): Readonly<Record<string, string | number>> | null {
  const currency = currencyOf(answers);
  if (usual?.low.currency !== currency) return null;
  const money = (minor: number): string => new Intl.NumberFormat(tag(locale), { style: 'currency', currency, currencyDisplay: 'code', maximumFractionDigits: 0 }).format(minor / 100);
  const { low, high, deals, artists, months } = usual;
  return { low: money(low.minor), high: money(high.minor), deals, artists, months };
}

/** The most that a budget, an audience and a season may be: units of the currency, people, shows. */
const MOST = { budget: 1_000_000, audience: 200_000, shows: 60 } as const;

/** The answers that papers print. What else than emojis and ideograms they cannot print, the server says. */
const PRINTED: readonly Question[] = ['occasion', 'contactName', 'organisation', 'place', 'city', 'technical'];

/** A number as people type it, `1 200,50`; NaN when it is none. */
const numberOf = (typed: string): number => (typed.trim() === '' ? NaN : Number(typed.replace(/[\s\u00a0\u202f']/g, '').replace(',', '.')));

/** What has to be corrected before the answers can be sent, in the order of the form. The dates of a season may be needed, offered or not asked for. */
export function faultsOf(answers: Answers, season: 'needed' | 'offered' | 'none', today: string): ReadonlyMap<Question, Fault> {
  const faults = new Map<Question, Fault>();
  const needed: Question[] = ['occasion', 'contactName', ...(answers.asker === 'private' && !answers.publicBody ? [] : ['organisation' as const]), 'budget'];
  for (const question of PRINTED) if (/[\p{Emoji_Presentation}\p{Script=Han}]/u.test(answers[question])) faults.set(question, { words: 'text_unprintable' });
  for (const question of needed) if (!answers[question].trim()) faults.set(question, { words: 'needed' });
  if (!dayOf(answers.showDay) || answers.showDay < today) faults.set('showDay', { words: 'needDay' });
  if (season !== 'none' && (season === 'needed' || answers.seasonUntil) && !(dayOf(answers.seasonUntil) && answers.seasonUntil >= answers.showDay)) faults.set('seasonUntil', { words: 'needLater' });
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(answers.email.trim())) faults.set('email', { words: 'needMail' });
  const number = (question: keyof typeof MOST, min: number, whole: boolean): void => {
    const value = numberOf(answers[question]);
    if (!(value >= min && value <= MOST[question] && (!whole || Number.isInteger(value)))) faults.set(question, { words: 'needNumber', figures: { min, max: MOST[question] } });
  };
  if (season !== 'none') number('shows', 1, true);
  if (answers.audience.trim()) number('audience', 0, true);
  if (!faults.has('budget')) number('budget', 0, false);
  return new Map(QUESTIONS.flatMap((question) => { const fault = faults.get(question); return fault ? [[question, fault] as const] : []; }));
}

/** The answers as the server takes them. Money in minor units. */
export function inputOf(answers: Answers, season: boolean) {
  const { asker, outdoor, commune } = answers;
  const typed = Object.fromEntries(QUESTIONS.map((question) => [question, answers[question].trim()])) as Record<Question, string>;
  return {
    ...typed, asker, outdoor, insee: commune?.insee ?? '', startTime: typed.startTime || '20:30', publicBody: answers.publicBody && asker !== 'commune',
    seasonUntil: (season && typed.seasonUntil) || null, shows: season ? numberOf(typed.shows) : 1, audience: numberOf(typed.audience) || 0,
    budget: { minor: Math.round(numberOf(typed.budget) * 100), currency: currencyOf(answers) },
  };
}
