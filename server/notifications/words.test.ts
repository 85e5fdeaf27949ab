import { expect, test } from 'vitest';
import { LOCALES, type Locale } from '../core/locale.ts';
import { page, plain, type Letter } from '../core/letters.ts';
import { SUBSCRIBERS, type Topic } from '../core/topics.ts';
import { payCodeLetter } from '../till/letters.ts';
import { authLetter, frameLetter } from '../identity/letters.ts';
import { codeLetter } from '../signing/letters.ts';
import { frame, noticeOf, type Facts } from './words.ts';

/** Each figure stands under its own name, so that a mail shows which ones it speaks of. */
const facts: Facts = {
  artist: '{artist}', buyer: '{buyer}', day: '{day}', place: '{place}', amount: '{amount}', until: '{until}', incomplete: true, number: '{number}', automatic: false, balance: false, lapses: '{lapses}',
  played: false, reason: '{reason}', refund: '{refund}', signed: true, contestedBy: null,
};
/** Every turn that a mail can take. */
const turns: readonly Facts[] = [
  facts, { ...facts, automatic: true, incomplete: false, balance: true, played: true, signed: false, contestedBy: 'artist' }, { ...facts, lapses: '', until: '', reason: '', amount: '', refund: '', contestedBy: 'buyer' }, { ...facts, lapses: '', automatic: true, balance: true },
  ...[true, false].flatMap((ours) => (['friendly', 'firm', 'notice'] as const).flatMap((step) => [{ ...facts, ours, step, late: '{late}' }, { ...facts, ours, step, late: '' }])),
  { ...facts, waits: '{waits}' }, { ...facts, isReply: true }, ...(['upheld', 'refused', 'withdrawn'] as const).map((answer) => ({ ...facts, answer })),
];
const topics = Object.keys(SUBSCRIBERS) as Topic[];
const sides = ['artist', 'buyer'] as const;
const others: readonly Locale[] = LOCALES.filter((locale) => locale !== 'fr');
const figures = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

test.each(topics.flatMap((topic) => sides.map((side) => [topic, side] as const)))('%s to the %s is said in every language or in none, of the same things, with the same act', (topic, side) => {
  for (const turn of turns) {
    const fr = noticeOf(topic, side, 'fr', turn);
    for (const locale of others) {
      const said = noticeOf(topic, side, locale, turn);
      expect(said?.purpose).toBe(fr?.purpose);
      expect(said && [...said.text, said.subject].length).toBe(fr && [...fr.text, fr.subject].length);
      expect(figures(JSON.stringify(said ?? ''))).toEqual(figures(JSON.stringify(fr ?? '')));
      if (!said || !fr) continue;
      const own = [said.subject, said.label, ...said.text];
      expect([fr.subject, fr.label, ...fr.text].filter((text) => own.includes(text))).toEqual([]);
    }
  }
});

test.each([
  ['offer.sent', 'answer'], ['quote.issued', 'answer'], ['contract.drafted', 'sign'], ['payment.scheduled', 'pay'], ['payment.refused', 'pay'], ['show.due', 'confirm'], ['request.sent', 'follow'],
] as const)('the buyer’s link of %s is good for %s alone', (topic, purpose) => {
  for (const locale of LOCALES) expect(noticeOf(topic, 'buyer', locale, facts)?.purpose).toBe(purpose);
});

/** The letters that are no news of a booking: signing in, and codes. */
const letters = (locale: Locale): readonly Letter[] => [
  ...(['magic', 'verify', 'reset', 'known'] as const).map((kind) => authLetter({ kind, locale, email: 'ada@ondes.example', url: 'https://flow.example/x' })),
  frameLetter(locale, '123456'), codeLetter(locale, 'Contrat C-1', '123456'), payCodeLetter(locale, '123456'),
];

test.each(others)('every letter is written in %s whole, and says which language it is in', (locale) => {
  letters(locale).forEach((letter, i) => {
    const fr = letters('fr')[i];
    const parts = ({ subject, greeting, paragraphs, act, why }: Letter): string[] => [subject, greeting, ...paragraphs, why, ...(act ? [act.label] : [])];
    expect(parts(letter)).toHaveLength(parts(fr ?? letter).length);
    expect(parts(letter).filter((part) => part.trim() === '' || parts(fr ?? letter).includes(part))).toEqual([]);
    expect(page({ ...letter })).toContain(`<html lang="${locale}">`);
    expect(plain(letter)).not.toMatch(/ :/);
  });
  expect(frame(locale, 'Ada').greeting).toMatch(/\bAda,$/);
  expect(frame(locale, '')).not.toEqual(frame('fr', ''));
});

test('a contract’s title stands in the letter of its code as it is', () => {
  for (const locale of LOCALES) expect(codeLetter(locale, 'C-1 $& {title}', '1').paragraphs[0]).toContain('C-1 $& {title}');
});

test('nobody is told of a séquestre (legal.md PAY-04)', () => {
  const said = LOCALES.flatMap((locale) => [...letters(locale).map((letter) => plain(letter)), ...topics.flatMap((topic) => sides.flatMap((side) => turns.map((turn) => JSON.stringify(noticeOf(topic, side, locale, turn)))))]);
  expect(said.join(' ')).not.toMatch(/s[ée]questre|escrow|cantonnement|treuhand|hinterleg|derdengeld/i);
});
