import { expect, test } from 'vitest';
import { check, type Known, type Read } from './check.ts';

const now = new Date('2027-03-01T12:00:00Z');
const site: Known = {
  servers: ['https://flow.example', 'https://www.flow.example'], media: 'https://media.flow.example', origins: ['https://theatre.example'],
  keys: [{ key: 'pk_live', revokedAt: null, expiresAt: null }, { key: 'pk_old', revokedAt: null, expiresAt: new Date('2027-03-05T12:00:00Z') }, { key: 'pk_past', revokedAt: null, expiresAt: new Date('2027-02-05T12:00:00Z') }, { key: 'pk_dead', revokedAt: now, expiresAt: null }],
};
const script = '<script async src="https://flow.example/v1/embed.js" data-key="pk_live"></script>';
const element = '<flow-programme></flow-programme>';
const page = (html: string, over: Partial<Read> = {}): Read => ({ url: 'https://theatre.example/agenda', status: 200, headers: {}, html, ...over });
const found = (html: string, over: Partial<Read> = {}, known = site) => check(page(html, over), known, now).findings.map(({ what, state }) => `${state} ${what}`);
const one = (html: string, what: string, over: Partial<Read> = {}) => check(page(html, over), site, now).findings.find((finding) => finding.what === what);

test('a page as we say it should be', () => {
  expect(found(script + element)).toEqual(['good page_answers', 'good script_found', 'good widgets_found', 'good key_live', 'good origin_listed', 'good policy_none']);
});

test.each([
  ['nothing of ours', '<h1>x</h1>', ['bad script_missing', 'warn widgets_missing']],
  ['a script in a comment', `<!-- ${script} -->`, ['bad script_missing']],
  ['our script from somebody else', '<script src="https://cdn.example/v1/embed.js" data-key="pk_live"></script>', ['bad script_elsewhere']],
  ['the script of one tag', '<script src="https://flow.example/v1/flow-programme.js?key=pk_live"></script>', ['good script_found', 'good key_live']],
  ['an exact version', '<script src="https://www.flow.example/v1.2.3/embed.js?key=pk_live"></script>', ['good script_found', 'good key_live']],
  ['a key on the element', '<script src="https://flow.example/v1/embed.js"></script><flow-epk key="pk_live">', ['good key_live']],
  ['a key on flow-site', '<script src="https://flow.example/v1/embed.js"></script><flow-site key="pk_live">', ['good key_live']],
  ['no key', '<script src="https://flow.example/v1/embed.js"></script>', ['bad key_missing']],
  ['a key of nobody', script.replace('pk_live', 'pk_other'), ['bad key_unknown']],
  ['a key of nobody in a frame, beside a script', `${script}<iframe src="https://flow.example/e/flow-epk?key=pk_wrong"></iframe>`, ['good key_live', 'bad key_unknown']],
  ['a revoked key', script.replace('pk_live', 'pk_dead'), ['bad key_revoked']],
  ['a key that ran out', script.replace('pk_live', 'pk_past'), ['bad key_revoked']],
  ['a key that will run out', script.replace('pk_live', 'pk_old'), ['warn key_ending']],
  ['a consent tool that holds it', script.replace('<script', '<script type="text/plain" data-category="marketing"'), ['warn script_waits', 'good key_live']],
  ['one that moves its address', script.replace(' src=', ' data-src='), ['warn script_waits']],
  ['Rocket Loader', script.replace('<script', '<script type="a1b2-text/javascript"'), ['warn script_postponed']],
  ['a module', script.replace('<script', '<script type="module"'), ['good script_found']],
  ['a consent tool beside it', `<script src="https://consent.cookiebot.com/uc.js"></script>${script}`, ['warn consent_tool', 'good script_found']],
  ['a plain frame', '<iframe src="https://flow.example/e/flow-epk?key=pk_live"></iframe>', ['good frame_found', 'good widgets_found', 'good key_live']],
])('%s', (_, html, expected) => {
  expect(found(html)).toEqual(expect.arrayContaining(expected));
});

test('one key is said once, however many elements carry it', () => {
  expect(found(`${script}<flow-epk key="pk_live"></flow-epk><flow-programme key="pk_live"></flow-programme>`).filter((line) => line.includes('key_'))).toEqual(['good key_live']);
  expect(one(`${script}<flow-epk key="pk_wrong"></flow-epk>`, 'key_unknown')?.figures).toEqual({ key: 'pk_wrong' });
});

test('an origin that is not on the list is named, and an address over http said', () => {
  expect(one(script, 'origin_missing', { url: 'https://staging.theatre.example/x' })?.figures).toEqual({ origin: 'https://staging.theatre.example' });
  expect(found(script, { url: 'http://theatre.example/' })).toContain('warn plain_http');
  expect(found(script, { url: 'http://theatre.localhost:4001/' })).not.toContain('warn plain_http');
  expect(found(script, {}, { ...site, servers: ['http://flow.example'] })).toContain('bad mixed_content');
  expect(one(script, 'page_fails', { status: 503 })).toMatchObject({ state: 'bad', figures: { status: '503' } });
});

test('a policy of the header and one of the page both count, and the first that lacks is written anew', () => {
  const headers = { 'content-security-policy': "script-src 'self' https://flow.example; img-src * data: blob:" };
  expect(found(script + element, { headers })).toContain('good policy_lets_in');
  const meta = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">`;
  const report = check(page(meta + script + element, { headers }), site, now);
  expect(report.lacks.map(({ directive, add }) => [directive, add])).toEqual([['connect-src', 'https://flow.example']]);
  expect(report.amended).toBe("connect-src 'self' https://flow.example");
  expect(report.findings).toContainEqual({ what: 'policy_lacks', state: 'bad', figures: { n: '1' } });
});

test('a strict policy wants its nonce on our tag', () => {
  const headers = { 'content-security-policy': "script-src 'nonce-r4nd' 'strict-dynamic'" };
  expect(found(script + element, { headers })).toContain('bad policy_nonce');
  expect(check(page(script + element, { headers }), site, now).amended).toBe('');
  expect(found(script.replace('<script', '<script nonce="r4nd"') + element, { headers })).toContain('good policy_lets_in');
});

test('a plain frame asks for frame-src alone, and Trusted Types are nothing to it', () => {
  const headers = { 'content-security-policy': "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'" };
  const report = check(page('<iframe src="https://flow.example/e/flow-epk?key=pk_live"></iframe>', { headers }), site, now);
  expect(report.lacks.map(({ directive }) => directive)).toEqual(['frame-src']);
  expect(report.findings.map(({ what }) => what)).not.toContain('trusted_types');
  expect(found(script + element, { headers })).toContain('bad trusted_types');
});

test('a policy on trial, a sandbox and colours that do not count are said', () => {
  expect(found(script, { headers: { 'content-security-policy-report-only': "default-src 'none'" } })).toEqual(expect.arrayContaining(['warn policy_trial', 'good policy_none']));
  expect(found(script, { headers: { 'content-security-policy': 'sandbox allow-forms' } })).toContain('bad sandboxed');
  expect(found(`${script}<flow-epk style="--flow-accent:#123456">`, { headers: { 'content-security-policy': "style-src 'self'" } })).toContain('warn style_ignored');
});
