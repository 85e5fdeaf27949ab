import { assert } from '@open-wc/testing';
import { LOCALES, speech, type Locale } from './messages.ts';
import type { Phrase } from './phrase.ts';

const load = async (locale: Locale): Promise<Readonly<Record<string, Phrase>>> => {
  const [page, own, form, bill, found, criteria, matching, desk, tours, near] = await Promise.all([import(`./messages/${locale}.ts`), import(`./messages/workspace/${locale}.ts`), import(`./messages/request/${locale}.ts`), import(`./messages/programme/${locale}.ts`), import(`./messages/discover/${locale}.ts`), import(`./messages/criteria/${locale}.ts`), import(`./messages/matching/${locale}.ts`), import(`./messages/desk/${locale}.ts`), import(`./messages/tours/${locale}.ts`), import(`./messages/near/${locale}.ts`)]) as { messages: Readonly<Record<string, Phrase>> }[];
  // The same key may be said otherwise on our own pages: both are looked at.
  return { ...page?.messages, ...form?.messages, ...bill?.messages, ...found?.messages, ...criteria?.messages, ...near?.messages, ...Object.fromEntries(Object.entries(matching?.messages ?? {}).map(([key, phrase]) => [`matching.${key}`, phrase])), ...Object.fromEntries(Object.entries(desk?.messages ?? {}).map(([key, phrase]) => [`desk.${key}`, phrase])), ...Object.fromEntries(Object.entries(tours?.messages ?? {}).map(([key, phrase]) => [`tours.${key}`, phrase])), ...Object.fromEntries(Object.entries(own?.messages ?? {}).map(([key, phrase]) => [`own.${key}`, phrase])) };
};
const tables = Object.fromEntries(await Promise.all(LOCALES.map(async (locale) => [locale, await load(locale)] as const)));
const forms = (phrase: Phrase | undefined): readonly string[] => (phrase === undefined ? [] : typeof phrase === 'string' ? [phrase] : [phrase.one, phrase.other]);
const braces = (text: string): string => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort().join(' ');

/** Words that a language spells as French does. */
const shared: Readonly<Record<string, readonly string[]>> = {
  en: ['Total', 'Commissions', 'Genre', 'Documents', 'Exports', 'Photos', 'Programme', 'Programme, {name}', 'Occasion', 'Date', 'Message', 'Menu', 'Page', 'Pages', 'Sites', 'Organisation', 'Festival', 'Association', 'Contact', 'Style', 'Styles', 'Budget', 'Distance', 'Commission', '{n} date', '{n} dates', 'distance', 'Dates', 'budget {range}', 'club', 'bar', 'restaurant', 'festival', 'instrumental', 'piano', 'match', 'Points', 'Influences', 'Expert, {n} %', 'Version', 'Version {version}', '{n} version', '{n} versions', 'Calibration', 'Journal', 'Transport', 'weekend', 'Table', 'Conflicts', 'train', '12/05/2027, 14/05/2027', 'Festivals'],
  nl: ['Formules', 'Abonnement', 'Abonnement Flow Stage', 'Camping', 'Menu', 'Sites', 'Festival', 'Particulier', 'Dossier', 'Contact', 'Budget', 'Module', 'restaurant', 'festival', 'camping', 'piano', 'match', 'Expert, {n} %', 'Concert', 'Marge', 'Variant {n}', 'Festivals'],
  de: ['Abonnement', 'Abonnement Flow Stage', 'Liste', 'Organisation', 'Festival', 'Budget', 'Adresse', 'Version', 'Version {version}', 'Journal', 'Marge', 'Transport', 'Variante {n}', 'Festivals'],
};
const names = ['PDF', 'XML (EN 16931)', 'UBL (Peppol)', 'solo', 'SIRET', 'IBAN', 'BIC', 'Bancontact', 'FEC', 'Sage', 'QuickBooks', 'provider:clearing, bank:platform, payable:org_…, refund:org_…', 'Webhooks', '{n} ms', '{day}, {state}', '{place}, {km} km', 'Super Like', 'AUC', 'CO2e', '{km} km', '{kg} kg', '{minutes} min', '{hours} h', '{hours} h {minutes}', '{from} – {to}'];

for (const locale of LOCALES.slice(1)) it(`every message is said in ${locale}, with the same figures, and none was left in French`, () => {
  const [french = {}, table = {}] = [tables['fr'], tables[locale]];
  assert.deepEqual(Object.keys(table).sort(), Object.keys(french).sort());
  for (const [key, phrase] of Object.entries(french)) {
    const [own, theirs] = [forms(table[key]), forms(phrase)];
    assert.equal(own.length, theirs.length, `${key} has as many forms`);
    own.forEach((text, i) => {
      assert.isNotEmpty(text.trim(), key);
      // A plural may leave its number out of one form; both together name the same figures.
      if (own.length === 1) assert.equal(braces(text), braces(theirs[i] ?? ''), `${key}: ${text}`);
      assert.isFalse(text === theirs[i] && ![...names, ...shared[locale] ?? []].includes(text), `${key} is still French: ${text}`);
    });
    assert.equal(braces(own.join()), braces(theirs.join()), key);
  }
});

it('nobody reads a word of escrow in any language (PAY-04)', () => {
  const said = Object.values(tables).flatMap((table) => Object.values(table).flatMap(forms)).join('\n');
  assert.notMatch(said, /s[ée]questre|escrow|cantonnement|treuhand|derdengeld|hinterleg/i);
});

it('each language counts and sets apart as it does', async () => {
  const [de, nl] = await Promise.all([speech('de', true), speech('nl', true)]);
  assert.equal(de('cityFound', { n: 1 }), '1 Gemeinde gefunden');
  assert.equal(de('people', { n: 4000 }), '4.000 Personen');
  assert.equal(nl('cityFound', { n: 2 }), '2 gemeenten gevonden');
  assert.equal(nl('pay_deposit', { amount: '€ 360' }), 'Het voorschot van € 360 betalen');
});
