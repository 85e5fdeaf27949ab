import { expect, test } from 'vitest';
import { plain } from '../core/letters.ts';
import { LOCALES } from '../core/locale.ts';
import { claimLetter } from './letters.ts';

test.each(LOCALES)('in %s a letter on a claim says what is owed, for which show, until when, and what became of it (ES-20)', (locale) => {
  const figures = { org: 'Les Marées', show: 'Grande marée', day: '8.5.2027', amount: '379,80 EUR', left: '100,00 EUR', taken: '279,80 EUR', until: '1.7.2027', words: 'Le contrat vous oblige.' };
  const read = (told: Partial<Parameters<typeof claimLetter>[1]>) => {
    const letter = claimLetter(locale, { news: 'opened', confirmed: false, part: null, closed: false, ...told }, figures, 'https://flow.example/payouts');
    return `${letter.subject}\n${plain(letter)}`;
  };
  const all = [read({}), read({ news: 'decided', confirmed: true }), read({ news: 'decided' }), ...(['kept', 'received', 'waived'] as const).map((part) => read({ news: 'reduced', part }))];
  for (const one of all) {
    for (const said of ['Les Marées', 'Grande marée', '8.5.2027', 'https://flow.example/payouts']) expect(one).toContain(said);
    expect(one).not.toMatch(/[{}]/u);
  }
  const [opened = '', confirmed = '', prolonged = '', ...reduced] = all;
  for (const said of ['379,80 EUR', '1.7.2027']) expect(opened).toContain(said);
  for (const one of [confirmed, prolonged]) for (const said of ['100,00 EUR', '1.7.2027', 'Le contrat vous oblige.']) expect(one).toContain(said);
  expect(new Set(all).size).toBe(all.length);
  for (const one of reduced) for (const said of ['279,80 EUR', '100,00 EUR']) expect(one).toContain(said);
  const closed = read({ news: 'reduced', part: 'kept', closed: true });
  expect(closed).not.toContain('100,00 EUR');
});
