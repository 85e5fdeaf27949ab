import { expect, test } from 'vitest';
import { originOf, originsFrom } from './origin.ts';

test.each([
  ['https://theatre.example', 'https://theatre.example'],
  ['  https://Theatre.Example/ ', 'https://theatre.example'],
  ['https://theatre.example:443', 'https://theatre.example'],
  ['https://theatre.example:8443', 'https://theatre.example:8443'],
  ['https://théâtre.example', 'https://xn--thtre-4qa2c.example'],
  ['https://münchen.example/', 'https://xn--mnchen-3ya.example'],
  ['http://localhost:4001', 'http://localhost:4001'],
  ['http://theatre.localhost:4001', 'http://theatre.localhost:4001'],
  ['http://127.0.0.1:80', 'http://127.0.0.1'],
  ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
])('%s is %s', (typed, origin) => {
  expect(originOf(typed)).toBe(origin);
});

test.each([
  '', 'null', '*', 'theatre.example', '//theatre.example', 'https://*.theatre.example', 'http://theatre.example', 'http://localhost.example', 'http://evil-localhost:4000',
  'https://theatre.example/programme', 'https://theatre.example?x', 'https://theatre.example#x', 'https://a@theatre.example', 'https://a:b@theatre.example', 'https://theatre.example\\@evil.example',
  'ftp://theatre.example', 'javascript:alert(1)', 'file:///etc', 'https://', 'https://the atre.example', 'https://theatre_.example', 'https://theatre.example.', 'https://theatre.example:99999',
])('%j is refused', (typed) => {
  expect(() => originOf(typed)).toThrow(expect.objectContaining({ code: 'origin_invalid' }) as Error);
});

test('the site itself is always on its list, and nothing twice', () => {
  expect(originsFrom('https://theatre.example/agenda?a=1', ['https://www.theatre.example', '', 'https://THEATRE.example'])).toEqual(['https://theatre.example', 'https://www.theatre.example']);
});
