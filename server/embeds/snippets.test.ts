import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeManifest } from '../../scripts/manifest.mjs';
import { roomOf } from '../../widgets/core/rooms.ts';
import { FRAME_HEIGHTS, KINDS, lostIn, pageAddress, PLUGIN_FIELDS, policyOf, snippetOf, type Chosen } from '../../widgets/parts/snippets.ts';
import { lacksOf, needsOf, policiesOf } from '../partners/policy.ts';
import { startTags } from '../partners/tags.ts';
import { askedBy, HEIGHTS, isTag } from './asked.ts';

/* What a partner is told to paste, held against what runs: the elements, our pages, the plugin. */

const base = { server: 'https://flow.example', key: 'pk_demo_theatre' };
const elements = (makeManifest() as { modules: { declarations?: { tagName?: string; attributes?: { name: string; type?: { text: string } }[] }[] }[] }).modules
  .flatMap(({ declarations = [] }) => declarations).flatMap(({ tagName, attributes = [] }) => (tagName && isTag(tagName) ? [{ tag: tagName, attributes: attributes.filter(({ name }) => name !== 'key') }] : []));

/** Values of a form of their own; another attribute takes any text, a number or a flag. */
const values: Readonly<Record<string, string>> = {
  'artist': 'les-vagues-lentes', 'stage': 'theatre-horloge-bleue', 'request-href': 'https://theatre.example/demande?a=1&b=2', 'status-href': 'https://theatre.example/suivi', 'from': '2027-06', 'day': '2027-06-21', 'asker': 'commune',
  'style-url': 'https://tiles.example/style.json', 'reference': 'refabcdefgh2345', 'artists': 'les-vagues-lentes nora-solveig', 'min': '2027-05', 'max': '2027-09', 'show': 'dates bio', 'budget': '1 200,50', 'audience': '300',
};
const valueOf = ({ name, type }: { name: string; type?: { text: string } }): string | true => values[name] ?? /'(\w+)'/.exec(type?.text ?? '')?.[1] ?? (type?.text === 'boolean' ? true : type?.text === 'number' ? '12' : 'Ça & „là“');
const chosen = ({ tag, attributes }: (typeof elements)[number]): Chosen => ({
  ...base, tag, lang: 'de', theme: 'dark', look: { accent: '#b00020', font: 'Georgia, serif' }, around: { ground: '#ffffff', ink: '#1d1b18' }, words: 'Programm & „mehr“ <b>', attributes: Object.fromEntries(attributes.map((attribute) => [attribute.name, valueOf(attribute)])),
});

test('six widgets are known everywhere, with the same heights', () => {
  expect(elements.map(({ tag }) => tag).sort()).toEqual(Object.keys(HEIGHTS).sort());
  expect(FRAME_HEIGHTS).toEqual(HEIGHTS);
});

test.each(elements.map((one) => [one.tag, one] as const))('%s: the script and the element say all of it', (_, one) => {
  const all = chosen(one);
  const [script, element, link] = startTags(snippetOf('script', all));
  expect(script).toEqual({ name: 'script', attributes: { 'async': '', 'src': 'https://flow.example/v1/embed.js', 'data-key': base.key, 'data-lang': 'de', 'data-theme': 'dark' } });
  expect(element?.name).toBe(one.tag);
  expect(element?.attributes).toEqual({ ...Object.fromEntries(Object.entries(all.attributes ?? {}).map(([name, value]) => [name, value === true ? '' : value])), style: `display:block;--flow-room:${roomOf(one.tag, all.attributes?.['steps'])};min-height:var(--flow-room);--flow-accent:#b00020;--flow-font:'Georgia', serif` });
  expect(roomOf(one.tag)).toMatch(/^clamp\(\d+px,[\d.]+px - [\d.]+vw,\d+px\)$/);
  expect(link?.attributes['href']).toBe(pageAddress(all));
  expect(lostIn('script', all)).toEqual([]);
});

test.each(elements.map((one) => [one.tag, one] as const))('%s: the page and the frame are read as they were meant', (_, one) => {
  const all = chosen(one);
  const url = new URL(startTags(snippetOf('frame', all))[0]?.attributes['src'] ?? '');
  expect(startTags(snippetOf('link', all))[0]?.attributes['href']).toBe(url.href);
  const read = askedBy(url.searchParams, 'fr', 'auto') as unknown as Readonly<Record<string, unknown>>;
  const carried = Object.keys(all.attributes ?? {}).filter((name) => !lostIn('frame', all).includes(name) && !['json-ld', 'steps'].includes(name));
  const called: Readonly<Record<string, string>> = { 'from': 'month', 'no-draft': 'noDraft' };
  for (const name of carried) {
    const value = all.attributes?.[name];
    expect(read[called[name] ?? name], name).toEqual(value === true ? true : name === 'limit' ? Number(value) : value);
  }
  expect(read).toMatchObject({ key: base.key, locale: 'de', said: true, theme: 'dark', tones: { accent: '#b00020', font: "'Georgia', serif", ground: '#ffffff', ink: '#1d1b18' } });
  // Nothing is written that is not read, and what is not carried is said.
  expect([...url.searchParams.keys()].sort()).toEqual(['key', 'lang', 'theme', 'accent', 'font', 'ground', 'ink', ...carried].sort());
  expect(lostIn('frame', all)).toEqual(Object.keys(all.attributes ?? {}).filter((name) => ['request-href', 'status-href', 'style-url', 'name', 'email', 'phone'].includes(name)));
});

test.each(elements.map((one) => [one.tag, one] as const))('%s: the plugin for WordPress takes what we write for it', (_, one) => {
  const folder = path.resolve(import.meta.dirname, '../../plugins/wordpress/flow-stage');
  const table = readFileSync(path.join(folder, 'includes/widgets.php'), 'utf8');
  const fields = new RegExp(`'tag'\\s+=> '${one.tag}',[\\s\\S]*?'fields' => array\\(([^)]*)\\)`).exec(table)?.[1]?.match(/[\w-]+/g) ?? [];
  expect(PLUGIN_FIELDS[one.tag.slice(5)]).toEqual(fields);
  const block = JSON.parse(readFileSync(path.join(folder, 'block/block.json'), 'utf8')) as { name: string; attributes: Record<string, { type: string }> };
  const all = chosen(one);
  const [, name = '', json = ''] = /^<!-- wp:([\w/-]+) (.*) \/-->$/.exec(snippetOf('block', all)) ?? [];
  const said = JSON.parse(json) as Record<string, unknown>;
  expect(name).toBe(block.name);
  expect(said['widget']).toBe(one.tag.slice(5));
  for (const [attribute, value] of Object.entries(said)) expect(typeof value, attribute).toBe(block.attributes[attribute]?.type);
  const shortcode = snippetOf('shortcode', all);
  const pairs = [...shortcode.matchAll(/ ([\w-]+)="([^"\]]*)"/g)].map(([, key = '', value = '']) => [key, value]);
  expect(shortcode).toBe(`[flow_stage${pairs.map(([key, value]) => ` ${key}="${value}"`).join('')}]`);
  expect(pairs.slice(1).map(([key]) => key).sort()).toEqual([...fields, 'accent', 'font'].sort());
  expect(said).toMatchObject({ accent: '#b00020', font: 'Georgia, serif' });
  // Who the visitor is, is no page's to know that is kept for everybody.
  expect(lostIn('shortcode', all)).toEqual([...Object.keys(all.attributes ?? {}).filter((name) => ['name', 'email', 'phone'].includes(name)), 'lang', 'theme']);
});

test('Wix gets the address of one tag, with the key', () => {
  expect(snippetOf('wix', { ...base, tag: 'flow-epk', attributes: { artist: 'les-vagues-lentes' } })).toBe('Server URL: https://flow.example/v1/flow-epk.js?key=pk_demo_theatre\nTag Name: flow-epk\nartist: les-vagues-lentes');
  const { tag, attributes, ...settings } = chosen({ tag: 'flow-epk', attributes: [] });
  expect(snippetOf('wix', { ...settings, tag, ...(attributes && { attributes }) }).split('\n')[0]).toBe('Server URL: https://flow.example/v1/flow-epk.js?key=pk_demo_theatre&lang=de&theme=dark&accent=b00020&font=Georgia%2C+serif');
});

test('what somebody types stays text, whatever it is', () => {
  const hostile = '"><script>alert(1)</script><!-- --> [x] \' & \\';
  for (const kind of KINDS) {
    const made = snippetOf(kind, { ...base, tag: 'flow-epk', attributes: { artist: hostile }, words: hostile, look: { accent: hostile, font: hostile, ink: 'red;background:url(//x)' }, around: { ground: hostile } });
    expect(made, kind).not.toMatch(/--flow-(?!room)|accent|ground|font=|background/);
    // Wix takes fields, not HTML.
    if (kind !== 'wix') expect(startTags(made).filter(({ attributes }) => !attributes['src']).map(({ name }) => name), kind).not.toContain('script');
    if (kind === 'block') expect(made.slice(4, -3)).not.toMatch(/--|[<>]/);
    if (kind === 'script') expect(startTags(made)[1]?.attributes['artist']).toBe(hostile);
  }
});

test('the policy that we tell is one that lets everything in', () => {
  const media = 'https://media.flow.example';
  const [policy] = policiesOf(policyOf(base.server, media));
  expect(policy && lacksOf(policy, needsOf({ server: base.server, media }, []), { page: 'https://theatre.example', script: { nonce: '' } }).lacks).toEqual([]);
});

test.each([['README.md', 'https://YOUR-HOST', ['flow-epk', 'flow-availability', 'flow-booking-request']], ['docs/developers.md', 'https://HOST', ['flow-epk']]] as const)('the lines of %s are those that the Embed page gives, with the room that keeps the page still', (file, server, tags) => {
  const text = readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8');
  for (const tag of tags) {
    const [script = '', element = ''] = snippetOf('script', { server, key: 'pk_...', tag, attributes: { artist: 'les-vagues-lentes' } }).split('\n');
    expect(text).toContain(`    ${script}\n`);
    expect(text).toContain(`    ${element.replace(`</${tag}>`, '')}`);
    expect(element).toContain('min-height:var(--flow-room)');
  }
});
