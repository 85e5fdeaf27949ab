import { expect, test } from 'vitest';
import { plain } from '../core/letters.ts';
import { LOCALES } from '../core/locale.ts';
import { troubleLetter } from './words.ts';

test.each(LOCALES)('owners are told in %s which address it is, what happened and where to look (AP-05)', (locale) => {
  for (const trouble of ['given_up', 'gone', 'failing'] as const) {
    const letter = troubleLetter(trouble, locale, { url: 'https://a.example/$&', org: 'La Halle', log: 'https://flow.example/webhooks' });
    const read = plain(letter);
    for (const said of ['https://a.example/$&', 'La Halle', 'https://flow.example/webhooks', ...(trouble === 'gone' ? ['410'] : [])]) expect(read).toContain(said);
    expect(read).not.toMatch(/[{}]/);
  }
});
