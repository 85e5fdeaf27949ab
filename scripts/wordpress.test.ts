import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { locales, phrases, plugin, readPo, wordFiles } from './wordpress-words.mjs';
import { pluginFiles, zip } from './wordpress-zip.mjs';
import { ROOM_SHEET } from '../widgets/core/rooms.ts';

const text = (file: string): string => readFileSync(path.join(plugin, file), 'utf8');
const ours = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const files = pluginFiles();
const named = (ending: RegExp) => files.filter(({ name }) => ending.test(name)).map(({ name, bytes }) => ({ name, source: bytes.toString('utf8') }));

test('the same sources make the same zip, and a program that knows zips finds it whole', () => {
  const made = zip(files);
  expect(made.equals(zip(pluginFiles()))).toBe(true);
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['flow-stage/flow-stage.php', 'flow-stage/uninstall.php', 'flow-stage/readme.txt', 'flow-stage/block/block.json', 'flow-stage/languages/flow-stage-fr_FR.mo']));
  expect(files.filter(({ name }) => !/^flow-stage\/[\w./-]+[.](php|js|json|txt|pot|po|mo)$/.test(name))).toEqual([]);
  const checked = spawnSync('python3', ['-c', 'import sys, io, zipfile; z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); print(z.testzip(), len(z.namelist()))'], { input: made });
  if (checked.error) console.warn('There is no python3 here: the real WordPress of test:wordpress reads the zip all the same.');
  else expect(checked.stdout.toString().trim()).toBe(`None ${files.length}`);
});

test('one version is said everywhere', () => {
  const { version } = JSON.parse(ours('package.json')) as { version: string };
  expect([/Version:\s+(\S+)/.exec(text('flow-stage.php'))?.[1], /Stable tag: (\S+)/.exec(text('readme.txt'))?.[1], (JSON.parse(text('block/block.json')) as { version: string }).version]).toEqual([version, version, version]);
  const head = (name: string) => [new RegExp(`${name}:\\s+(\\S+)`).exec(text('flow-stage.php'))?.[1], new RegExp(`${name}: (\\S+)`).exec(text('readme.txt'))?.[1]];
  expect(new Set(head('Requires at least'))).toEqual(new Set(['6.3']));
  expect(new Set(head('Requires PHP'))).toEqual(new Set(['7.4']));
});

test('PHP 7.4 reads every file', () => {
  // What came later: attributes, enums, match, the null-safe arrow, promoted and read-only properties, unions, named arguments, first-class callables.
  const later = /^\s*#\[|\benum \w+|\bmatch\s*\(|\?->|__construct\([^)]*\b(?:public|private|protected)\b|\breadonly\b|[(,]\s*\??\w+\|\w+ \$|\): (?:static|mixed|never|\w+\|\w+)\b|\w\(\s*\.\.\.\s*\)|\bstr_(?:contains|starts_with|ends_with)\(/m;
  for (const { name, source } of named(/[.]php$/)) expect(later.exec(source)?.[0], name).toBeUndefined();
  const php = spawnSync('php', ['--version']);
  if (php.error) console.warn('There is no php here: the real WordPress of test:wordpress parses every file on PHP 7.4.');
  else for (const { name } of named(/[.]php$/)) expect(spawnSync('php', ['-l', path.join(plugin, '..', name)]).status, name).toBe(0);
});

test('no file runs by itself, none needs jQuery or builds, and each has our name on what it defines', () => {
  for (const { name, source } of named(/[.]php$/)) {
    expect(source, name).toMatch(/defined\( '(?:ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/);
    if (!name.endsWith('uninstall.php')) expect(source, name).toContain('namespace FlowStage;');
  }
  for (const { name, source } of named(/[.](php|js)$/)) expect(source.match(/jquery|\beval\(|document[.]write|innerHTML/gi), name).toBeNull();
});

test('each language has words for every phrase, with the same places to fill in, compiled as they are', () => {
  const list = phrases();
  expect(list.length).toBeGreaterThan(60);
  for (const [file, bytes] of wordFiles()) expect(readFileSync(file).equals(bytes), `${path.basename(file)}: run node scripts/wordpress.mjs words`).toBe(true);
  for (const locale of Object.keys(locales)) {
    const words = readPo(path.join(plugin, `languages/flow-stage-${locale}.po`));
    expect([...words].filter(([, said]) => said === ''), locale).toEqual([]);
    for (const [id, said] of words) expect(said.match(/%\w/g) ?? [], `${locale}: ${id}`).toEqual(id.match(/%\w/g) ?? []);
    expect([...words.values()].join('\n')).not.toMatch(/escrow|séquestre/i);
  }
});

test('what the plugin offers is what the elements take, in the room that they keep', () => {
  const table = ours('docs/theming.md').split('\n## ').find((section) => section.startsWith('Attributes')) ?? '';
  const rows = Object.fromEntries([...table.matchAll(/^\| `(flow-[\w-]+)` \| (.*) \|$/gm)].map(([, tag = '', attributes = '']) => [tag, attributes]));
  const widgets = [...text('includes/widgets.php').matchAll(/'tag'\s+=> '(flow-[\w-]+)'.*?'fields' => array\( (.*?) \)/gs)].map(([, tag = '', fields = '']) => ({ tag, fields: fields.replaceAll("'", '').split(', ') }));
  expect(widgets.map(({ tag }) => tag).sort()).toEqual(Object.keys(rows).filter((tag) => tag !== 'flow-site').sort());
  for (const { tag, fields } of widgets) for (const field of fields) expect(rows[tag], `${tag} ${field}`).toMatch(new RegExp(`\`${field}[\`=]`));
  const rooms = [...ROOM_SHEET.matchAll(/:where\(([^:()]+)\)\{--flow-room:(clamp\([^)]*\))\}/g)].map(([, selector, room]) => [selector, room]);
  expect(rooms.length).toBeGreaterThanOrEqual(6);
  expect([...text('includes/script.php').matchAll(/'(flow-[^']+)'\s*=> '(clamp[^']+)'/g)].map(([, selector, room]) => [selector, room])).toEqual(rooms);
});

test('the packages of the real WordPress come from whatever registry npm asks', () => {
  const lock = JSON.parse(ours('e2e/wordpress/package-lock.json')) as { packages: Record<string, { resolved?: string }> };
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test('Wix gives search engines the words and the data of a drawn widget, and nothing that runs', async () => {
  // The file runs on Wix's own server, whose modules are nowhere else.
  const source = ours('plugins/wix/press-kit.web.js').replace(/^import .*$/gm, '').replace(/webMethod\(Permissions[.]Anyone, /, '(');
  const { read } = await import(`data:text/javascript,${encodeURIComponent(source)}`) as { read: (html: string) => { text: string; data: unknown } };
  expect(read('<flow-epk artist="x"><template shadowrootmode="open"><style>p{}</style><div class="flow" onclick="x()"><h2 part="heading">Les Vagues</h2><p class="a" onclick=\'x()\'>Trio, <a href="https://a.example/" onclick="x()">listen</a></p><script>bad()</script></div></template><a href="/">kit</a><script type="application/ld+json">{"@type":"MusicGroup"}</script></flow-epk>'))
    .toEqual({ text: '<h2>Les Vagues</h2><p>Trio, <a href="https://a.example/">listen</a></p>', data: { '@type': 'MusicGroup' } });
});
