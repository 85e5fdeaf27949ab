import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERRORS } from './server/core/errors.ts';
import { SUBSCRIBERS } from './server/core/topics.ts';
import { BACKLINE } from './server/matching/columns.ts';
import { completeness, partsOfArtist, partsOfPlace } from './server/matching/complete.ts';
import { AUDIENCES, LEVELS, PLACE_KINDS, SEEN, SETTINGS } from './server/matching/filters.ts';
import { CARDS, SORTS } from './server/matching/search.ts';
import { blockers } from './server/matching/scorecards/touring.ts';

/* What no linter knows. */
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const list = (path: string) => readdirSync(new URL(path, import.meta.url));
const listed = (text: string, row: RegExp) => [...text.matchAll(row)].map((match) => match[1] ?? '');
const below = (folder: string): string[] => readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('core/db/')).map((file) => `${folder}/${file}`);
const isTest = (file: string) => /[.](test|spec)[.]ts$/.test(file);
const codes = Object.keys(ERRORS).sort();

test('every code has a line in docs/errors.md, and no line is dead', () => {
  expect(listed(read('docs/errors.md'), /^\| `(\w+)`/gm).sort()).toEqual(codes);
});

test('every code is said by the server', () => {
  const source = below('server').filter((file) => !isTest(file) && !file.endsWith('/errors.ts')).map(read).join('\n');
  expect(codes.filter((code) => !new RegExp(`['"\`]${code}['"\`]`).test(source))).toEqual([]);
});

const languages = list('widgets/core/messages').filter((file) => file.endsWith('.ts'));

test('we speak French and English', () => {
  expect(languages).toEqual(expect.arrayContaining(['en.ts', 'fr.ts']));
});

/** Everything said in one language: on anybody's page, by the form of a request, and on our own origin besides. */
const phrases = async (file: string): Promise<Record<string, unknown>> => {
  const [everywhere, asking, ours] = await Promise.all(['messages', 'messages/request', 'messages/workspace'].map(async (folder) =>
    (await import(new URL(`widgets/core/${folder}/${file}`, import.meta.url).href) as { messages: Record<string, unknown> }).messages));
  return { ...everywhere, ...asking, ...ours };
};

test.each(languages)('every code has words in %s', async (file) => {
  const said = await phrases(file);
  expect(codes.filter((code) => !JSON.stringify(said[code] ?? '').match(/\p{L}/u))).toEqual([]);
});

test.each(languages)('whatever a score and a search are made of has words in %s (MA-05, MA-10)', async (file) => {
  const [criteria, page] = await Promise.all(['criteria', 'discover'].map(async (folder) => (await import(new URL(`widgets/core/messages/${folder}/${file}`, import.meta.url).href) as { messages: Record<string, unknown> }).messages));
  const said = { ...criteria, ...page };
  const nothing = new Proxy({}, { get: () => false }) as never;
  const keys = [
    ...Object.values(CARDS).flatMap(({ criteria }) => criteria.map(({ criterion, group }) => [`c_${criterion}`, `g_${group}`])).flat(), ...blockers.flatMap(({ blocker }) => [`b_${blocker}`, `n_${blocker}`]),
    ...completeness([...partsOfArtist(nothing), ...partsOfPlace(nothing)]).missing.map((part) => `part_${part}`), ...SORTS.map((sort) => `sort_${sort}`), ...SEEN.map((seen) => `seen_${seen}`),
    ...PLACE_KINDS.map((kind) => `kind_${kind}`), ...LEVELS.map((level) => `level_${level}`), ...SETTINGS.map((setting) => `setting_${setting}`), ...AUDIENCES.map((audience) => `audience_${audience}`), ...BACKLINE.map((thing) => `backline_${thing}`),
  ];
  expect(keys.length).toBeGreaterThan(100);
  expect(keys.filter((key) => !JSON.stringify(said[key] ?? '').match(/\p{L}/u))).toEqual([]);
});

test('every criterion of artists and places has a sentence', () => {
  const page = read('widgets/parts/reasons.ts');
  const told = listed(page, /^ {2}(\w+): \(read, say\) =>/gm);
  expect([...new Set(Object.values(CARDS).flatMap(({ criteria }) => criteria.map(({ criterion }) => criterion)))].filter((criterion) => !told.includes(criterion))).toEqual([]);
});

test.each(languages)('nobody reads "escrow" in %s', async (file) => {
  expect(Object.entries(await phrases(file)).filter(([, phrase]) => /escrow/i.test(JSON.stringify(phrase)))).toEqual([]);
});

test('every tag has a story', () => {
  // It shows nothing of its own: the stories of the others stand in it.
  const tags = ['public', 'workspace'].flatMap((kind) => list(`widgets/${kind}`)).filter((tag) => tag.startsWith('flow-') && tag !== 'flow-site');
  expect(tags).not.toEqual([]);
  expect(tags.filter((tag) => !list('stories').includes(`${tag}.stories.ts`))).toEqual([]);
});

test('no widget writes a style into its markup, where a strict policy refuses it (NF-13, EM-01)', () => {
  const written = below('widgets').filter((file) => !/[.](test|fixture)[.]ts$|snippets[.]ts$/.test(file) && /<[a-z-]+[^<>]*\sstyle=/.test(read(file)));
  expect(written).toEqual([]);
});

test('every topic has a line in docs/webhooks.md, and no line is dead', () => {
  expect(listed(read('docs/webhooks.md'), /^\| `([a-z]+[.][a-z]+)`/gm).sort()).toEqual(Object.keys(SUBSCRIBERS).sort());
});

/** The families of the requirements, and those of the rules of law with their jurisdiction: `CO-27`, `NF-08`, `VAT-FR-01`, `PAY-02`. */
const requirement = /^((AD|AI|AN|AP|BI|BO|CA|CH|CI|CL|CO|CR|DA|EM|ES|FO|FR|GA|GD|ID|IN|KP|LO|MA|MU|NF|NO|PR|TE|TO|UI)|(AUT|CTR|SOC|VAT)-(FR|BE|CH|LU|EU|X)|DAT|FEE|INV|PAY|PUB|SIG)-\d{2}$/;

test('a test names the requirements it serves by their ids', () => {
  const named = ['server', 'prisma', 'widgets', 'e2e'].flatMap(below).filter(isTest)
    .flatMap((file) => listed(read(file), /[(]((?:[A-Z]+(?:-[A-Z]+)?-\d+(?:,\s*)?)+)[)](?=['"`])/g).flatMap((ids) => ids.split(/,\s*/)).map((id) => ({ file, id })));
  expect(named).not.toEqual([]);
  expect(named.filter(({ id }) => !requirement.test(id))).toEqual([]);
});
