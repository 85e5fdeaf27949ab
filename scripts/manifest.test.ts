import { describe, expect, test } from 'vitest';
import { PALETTES } from '../widgets/core/theme.ts';
import { flowEvents, makeManifest, publicTags, sourcesOf } from './manifest.mjs';

/* What a page may set, hear and dress is in the manifest, and nothing else is: the code says what there is, the manifest what is written down. */
const manifest = makeManifest();
const roles = Object.keys(PALETTES.light);
const all = (code: string, pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1] ?? '');
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

interface Named { readonly name: string; readonly description?: string; readonly type?: { readonly text: string } }
interface Listed { readonly tagName: string; readonly description: string; readonly attributes: Named[]; readonly events: Named[]; readonly cssParts: Named[]; readonly cssProperties: Named[]; readonly members: (Named & { kind: string })[] }
const listed = (tag: string): Listed => manifest.modules.find(({ path }) => path === `${tag}.js`)?.declarations[0] as unknown as Listed;
const names = (rows: readonly Named[]): string[] => sorted(rows.map(({ name }) => name));

const tags = publicTags();

test('every public folder has a tag, and every tag is in the manifest', () => {
  expect(tags.map(({ tag }) => tag)).toContain('flow-epk');
  expect(manifest.modules.map(({ path }) => path)).toEqual(tags.map(({ tag }) => `${tag}.js`));
});

describe.each(tags)('$tag', ({ tag, file, name }) => {
  const element = listed(tag);
  const sources = sourcesOf(file, name);
  const code = sources.map((one) => one.code).join('\n');

  test('has a sentence, and each thing it offers has one too', () => {
    expect(element.description).toMatch(/\w+ \w+/);
    const silent = [...element.attributes, ...element.events, ...element.cssParts, ...element.cssProperties, ...element.members].filter(({ description }) => !/\w+/.test(description ?? ''));
    expect(silent.map((one) => one.name)).toEqual([]);
  });

  test('writes down each attribute, with its type', () => {
    const properties = [...(sources[0]?.code ?? '').matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\s*@property\(([^)]*)\)\s+(?:override\s+|accessor\s+)*(\w+)/g)]
      .map(([, docs = '', options = '', field = '']) => ({ docs, options, field }));
    expect(properties).not.toEqual([]);
    const attributes = properties.filter(({ options }) => !/attribute: false/.test(options)).map(({ options, field }) => /attribute: '([^']+)'/.exec(options)?.[1] ?? field.toLowerCase());
    expect(names(element.attributes)).toEqual(sorted(attributes));
    expect(element.attributes.filter(({ type }) => !/^(string|boolean|number|'[^']*'( \| '[^']*')+)$/.test(type?.text ?? '')).map((one) => one.name)).toEqual([]);
    // A property that no attribute sets is offered by name, or is ours alone.
    const others = properties.filter(({ options, docs }) => /attribute: false/.test(options) && !docs.includes('@internal')).map(({ field }) => field);
    expect(element.members.map((one) => one.name)).toEqual(expect.arrayContaining(others));
    expect(element.members.map((one) => one.name)).not.toContain('api');
  });

  test('writes down each event that it tells, and no other', () => {
    const told = [...all(code, /\bannounce\(\s*[\w.#]+,\s*'(flow-[\w-]+)'/g), ...all(code, /new CustomEvent\(\s*'(flow-[\w-]+)'/g)];
    expect(names(element.events)).toEqual(sorted(told));
    expect(element.events.filter((one) => one.type?.text !== `CustomEvent<${flowEvents().get(one.name)?.detail ?? ''}>`)).toEqual([]);
  });

  test('writes down each part, and no other', () => {
    expect(names(element.cssParts)).toEqual(sorted(all(code, /\spart="([\w\s-]+)"/g).flatMap((part) => part.split(/\s+/))));
    expect(code).not.toMatch(/\spart=\$/);
  });

  test('writes down each custom property, and no other', () => {
    const asked = all(code, /(?:var\(|getPropertyValue\(')(--flow-(?:[\w-]+|\$\{role\}))/g).flatMap((property) => (property.includes('$') ? roles.map((role) => `--flow-${role}`) : [property]));
    expect(names(element.cssProperties)).toEqual(sorted(asked));
  });
});
