import type { Locale } from '../core/locale.ts';
import type { Side } from '../core/permissions.ts';
import type { Topic } from '../core/topics.ts';
import * as de from './words/de.ts';
import * as en from './words/en.ts';
import * as fr from './words/fr.ts';
import * as nl from './words/nl.ts';
import type { Around, Facts, Notice, Table } from './words/notice.ts';

export type { Facts, Notice } from './words/notice.ts';

const languages: Readonly<Record<Locale, { readonly words: Table; readonly around: Around }>> = { fr, en, nl, de };

/** What `side` is told of a fact, or nothing. */
export const noticeOf = (topic: Topic, side: Side, locale: Locale, facts: Facts): Notice | undefined => languages[locale].words[topic]?.[side]?.(facts) ?? undefined;

/** The frame of every mail: who writes and why, and how to stop. */
export function frame(locale: Locale, name: string) {
  const { greeting, why } = languages[locale].around;
  return { greeting: greeting(name), why };
}
