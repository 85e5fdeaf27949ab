import { expect, test } from 'vitest';
import { plain } from '../core/letters.ts';
import { LOCALES } from '../core/locale.ts';
import { directLetter, ibanCodeLetter, ibanLetter, stoppedLetter, waitingLetter } from './letters.ts';

test.each(LOCALES)('in %s a letter on the account says which, until when, and what to do (ES-20)', (locale) => {
  const figures = { org: 'Les Marées', before: 'FR76 •••• 0189', after: 'BE68 •••• 7034', day: '11.5.2027' };
  for (const news of ['asked', 'used', 'stopped'] as const) {
    const read = plain(ibanLetter(news, locale, figures, 'https://flow.example/stop#t=abc'));
    for (const said of ['Les Marées', figures.before, figures.after, 'https://flow.example/stop#t=abc', ...(news === 'asked' ? [figures.day] : [])]) expect(read).toContain(said);
    expect(read).not.toMatch(/[{}]/);
  }
  const waiting = plain(waitingLetter(locale, { org: 'Les Marées', amount: '1122,00 EUR' }, 'https://flow.example/payouts'));
  for (const said of ['Les Marées', '1122,00 EUR', '2021/514']) expect(waiting).toContain(said);
  const direct = plain(directLetter(locale, { org: 'Les Marées', day: '' }, 'https://flow.example/payouts'));
  const reminder = plain(directLetter(locale, { org: 'Les Marées', day: '19.8.2027' }, 'https://flow.example/payouts'));
  const stopped = plain(stoppedLetter(locale, { org: 'Les Marées' }, 'https://flow.example/payouts'));
  for (const read of [direct, reminder, stopped]) {
    for (const said of ['Les Marées', '2021/514', 'https://flow.example/payouts']) expect(read).toContain(said);
    expect(read).not.toMatch(/[{}]/);
  }
  expect(reminder).toContain('19.8.2027');
  expect(reminder.length).toBeGreaterThan(direct.length + 60);
  expect(plain(ibanCodeLetter(locale, '123456', 'Les Marées'))).toContain('123456');
});
