import { expect, test } from 'vitest';
import { isShut, lacksOf, needsOf, policiesOf, styleCounts, typesOf, type Policy } from './policy.ts';

const places = { server: 'https://flow.example', media: 'https://media.flow.example' };
const page = 'https://theatre.example';
const policy = (header: string): Policy => policiesOf(header)[0]!;
const lacks = (header: string, { tags = ['flow-programme'], nonce = '', from = page } = {}) => lacksOf(policy(header), needsOf(places, tags), { page: from, script: { nonce } });
const said = (header: string, more = {}) => lacks(header, more).lacks.map(({ directive, add, nonce }) => `${directive} ${nonce ? 'nonce' : add}`);
const images = "img-src *  data: blob:";

test('policies are read as browsers read them', () => {
  expect(policiesOf('')).toEqual([]);
  expect(policiesOf(" Default-SRC 'self'  https://a.example ;;script-src\tx; script-src y ; , img-src *").map((one) => [...one])).toEqual([
    [['default-src', ["'self'", 'https://a.example']], ['script-src', ['x']]], [['img-src', ['*']]],
  ]);
});

test.each([
  ['nothing about us', "base-uri 'none'", []],
  ['all as documented', `script-src https://flow.example; connect-src https://flow.example; img-src https://flow.example https://media.flow.example data: blob:`, []],
  ['everything of the web', "default-src * data: blob:", []],
  ['a star is no data: and no blob:', 'img-src *', ['img-src data: blob:']],
  ['none', `script-src 'none'; ${images}`, ['script-src https://flow.example']],
  ['an empty list is none', `script-src; ${images}`, ['script-src https://flow.example']],
  ['itself', `script-src 'self'; ${images}`, ['script-src https://flow.example']],
  ['default-src stands for what is not said', "default-src 'self'; img-src * data: blob:", ['script-src https://flow.example', 'connect-src https://flow.example']],
  ['script-src-elem goes before script-src', `script-src https://flow.example; script-src-elem 'self'; ${images}`, ['script-src https://flow.example']],
  ['a bare host', `script-src flow.example; ${images}`, []],
  ['a bare host in capitals', `script-src FLOW.example; ${images}`, []],
  ['a scheme', `script-src https:; ${images}`, []],
  ['plain http lets in https', `script-src http://flow.example; ${images}`, []],
  ['another scheme', `script-src wss://flow.example; ${images}`, ['script-src https://flow.example']],
  ['a wildcard has no place for the name itself', `script-src *.flow.example; ${images}`, ['script-src https://flow.example']],
  ['a wildcard over it', `script-src *.example; ${images}`, []],
  ['a name that ends alike', `script-src https://notflow.example; ${images}`, ['script-src https://flow.example']],
  ['any port', `script-src flow.example:*; ${images}`, []],
  ['its own port', `script-src flow.example:443; ${images}`, []],
  ['another port', `script-src flow.example:8443; ${images}`, ['script-src https://flow.example']],
  ['a folder', `script-src https://flow.example/v1/; ${images}`, []],
  ['one file is not what it loads', `script-src https://flow.example/v1/embed.js; ${images}`, ['script-src https://flow.example']],
  ['a nonce that the tag has not', `script-src 'nonce-abc'; ${images}`, ['script-src https://flow.example']],
  ['strict-dynamic passes no host', `script-src 'nonce-abc' 'strict-dynamic' https://flow.example; ${images}`, ['script-src nonce']],
])('%s', (_, header, missing) => {
  expect(said(header)).toEqual(missing);
});

test('a tag with the page’s nonce is let in, and what it imports; with another one it is not', () => {
  for (const header of [`script-src 'nonce-abc' 'strict-dynamic'; ${images}`, `script-src 'nonce-abc'; ${images}`]) {
    expect(said(header, { nonce: 'abc' })).toEqual([]);
    expect(said(header, { nonce: 'abd' })).not.toEqual([]);
  }
});

test('a page of http may ask for a bare host by either scheme, one of https by https alone', () => {
  const local = { server: 'http://platform.localhost:4000', media: 'http://media.localhost:4006' };
  const script = (from: string) => lacksOf(policy('script-src platform.localhost:4000'), needsOf(local, ['flow-programme']), { page: from, script: { nonce: '' } }).lacks.length;
  expect([script('http://theatre.localhost:4001'), script('https://theatre.example')]).toEqual([0, 1]);
  expect(lacksOf(policy("script-src 'self'"), needsOf(local, ['flow-programme']), { page: local.server, script: { nonce: '' } }).lacks).toEqual([]);
});

test('each widget asks for what it loads and no more', () => {
  const none = "default-src 'none'";
  expect(said(none, { tags: ['flow-programme'] }).map((one) => one.split(' ')[0])).toEqual(['script-src', 'connect-src', 'img-src']);
  expect(said(none, { tags: ['flow-epk'] })).toEqual([
    'script-src https://flow.example', 'connect-src https://flow.example https://media.flow.example', 'img-src https://flow.example https://media.flow.example data: blob:', 'media-src https://media.flow.example blob:',
  ]);
  expect(said(none, { tags: ['flow-tour-map'] })).toContain('worker-src blob: https://flow.example');
  expect(said(none, { tags: ['flow-contract-status'] })).toContain('frame-src https://flow.example');
  expect(said(none, { tags: [] })).toHaveLength(6);
});

test('worker-src falls back on child-src, then on script-src; frame-src on child-src', () => {
  const script = 'script-src https://flow.example';
  expect(said(`${script}; child-src 'none'`, { tags: ['flow-tour-map'] })).toEqual(['worker-src blob: https://flow.example']);
  expect(said(script, { tags: ['flow-tour-map'] })).toEqual(['worker-src blob:']);
  expect(said(`${script}; child-src 'none'`, { tags: ['flow-contract-status'] })).toEqual(['frame-src https://flow.example']);
});

test('what to write instead is said word for word, and then lacks nothing', () => {
  const header = "default-src 'self'; script-src 'self' https://cdn.example; img-src 'none'; upgrade-insecure-requests";
  const found = lacks(header);
  expect(found.lacks[0]).toEqual({ directive: 'script-src', now: "script-src 'self' https://cdn.example", add: 'https://flow.example', line: "script-src 'self' https://cdn.example https://flow.example", nonce: false });
  expect(found.lacks[1]).toMatchObject({ directive: 'connect-src', now: "default-src 'self'", line: "connect-src 'self' https://flow.example" });
  expect(found.amended).toBe("default-src 'self'; script-src 'self' https://cdn.example https://flow.example; img-src https://flow.example https://media.flow.example data: blob:; upgrade-insecure-requests; connect-src 'self' https://flow.example");
  expect(said(found.amended)).toEqual([]);
  for (const tags of [['flow-epk'], ['flow-tour-map'], []]) expect(said(lacks("default-src 'none'", { tags }).amended, { tags })).toEqual([]);
});

test.each([
  ["require-trusted-types-for 'script'", 'no'], ["require-trusted-types-for 'script'; trusted-types lit-html", 'no'], ["require-trusted-types-for 'script'; trusted-types *", 'no'],
  ["require-trusted-types-for 'script'; trusted-types dompurify", 'name'], ["require-trusted-types-for 'script'; trusted-types 'none'", 'name'], ["trusted-types 'none'", 'no'],
])('trusted types: %s', (header, answer) => {
  expect(typesOf(policy(header))).toBe(answer);
});

test.each([
  ["script-src 'self'", true], ["style-src 'self'", false], ["style-src 'self' 'unsafe-inline'", true], ["style-src 'unsafe-inline' 'nonce-a'", false], ["style-src 'none'; style-src-attr 'unsafe-inline'", true], ["default-src 'self'", false],
])('a style attribute under %s', (header, counts) => {
  expect(styleCounts(policy(header))).toBe(counts);
});

test('a sandbox shuts scripts out unless it lets them in', () => {
  expect([isShut(policy('sandbox')), isShut(policy('sandbox allow-forms')), isShut(policy('sandbox allow-scripts')), isShut(policy('img-src *'))]).toEqual([true, true, false, false]);
});
