import { isShut, lacksOf, needsOf, policiesOf, styleCounts, typesOf, type Lack } from './policy.ts';
import { startTags, type StartTag } from './tags.ts';

/** What was found on a partner's page: well, worth a look, or in the way. */
export interface Finding {
  readonly what:
    | 'page_answers' | 'page_fails' | 'script_found' | 'script_missing' | 'script_elsewhere' | 'script_waits' | 'script_postponed' | 'frame_found'
    | 'key_live' | 'key_missing' | 'key_unknown' | 'key_revoked' | 'key_ending' | 'origin_listed' | 'origin_missing' | 'widgets_found' | 'widgets_missing'
    | 'consent_tool' | 'mixed_content' | 'plain_http' | 'policy_none' | 'policy_lets_in' | 'policy_lacks' | 'policy_nonce' | 'policy_trial' | 'style_ignored' | 'trusted_types' | 'sandboxed';
  readonly state: 'good' | 'warn' | 'bad';
  /** Names and numbers that the sentence about it wants. */
  readonly figures: Readonly<Record<string, string>>;
}

/** A page as it was read. */
export interface Read { readonly url: string; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly html: string }

/** What we know of the site that the page belongs to, and of ourselves. */
export interface Known {
  /** Our own origins: the first is the one that snippets carry. */
  readonly servers: readonly string[];
  readonly media: string;
  readonly origins: readonly string[];
  readonly keys: readonly { readonly key: string; readonly revokedAt: Date | null; readonly expiresAt: Date | null }[];
}

/** The whole answer: what was found, what the policy lacks word for word, and the policy as it has to be. */
export interface Report { readonly findings: Finding[]; readonly lacks: Lack[]; readonly amended: string }

const ourScript = /^\/v[\d.]+\/(embed|flow-[a-z-]+)\.js$/;

/** Scripts by which the common consent tools come, each with its name. */
const consentTools: readonly (readonly [RegExp, string])[] = [
  [/consent\.cookiebot\.|cookiebot\.com/, 'Cookiebot'], [/cookielaw\.org|onetrust/, 'OneTrust'], [/axept\.io|axeptio/, 'Axeptio'], [/tarteaucitron/, 'tarteaucitron'], [/didomi|privacy-center\.org/, 'Didomi'], [/complianz/, 'Complianz'],
  [/usercentrics/, 'Usercentrics'], [/quantcast|choice\.js/, 'Quantcast'], [/iubenda/, 'iubenda'], [/borlabs/, 'Borlabs'], [/orejime/, 'Orejime'], [/klaro/, 'Klaro'],
];

const runs = (type: string): boolean => ['', 'module', 'text/javascript', 'application/javascript'].includes(type.trim().toLowerCase());

/** Keys of one page that are looked at: a page of many sites names a few. */
const MOST_KEYS = 10;

/** A script of ours in the page. */
interface Tag { readonly url: URL; readonly attributes: StartTag['attributes']; readonly ours: boolean }

function scriptsOf(tags: readonly StartTag[], { url, servers }: { url: string; servers: readonly string[] }): Tag[] {
  return tags.filter(({ name }) => name === 'script').flatMap(({ attributes }) => {
    // Consent tools move the address away as well.
    const src = attributes['src'] ?? attributes['data-src'] ?? attributes['data-cookieconsent-src'] ?? attributes['data-cmp-src'] ?? '';
    if (src === '' || !URL.canParse(src, url)) return [];
    const address = new URL(src, url);
    const ours = servers.includes(address.origin);
    return (ours && ourScript.test(address.pathname)) || /\/v[\d.]+\/embed\.js$/.test(address.pathname) ? [{ url: address, attributes, ours }] : [];
  });
}

/** What a partner's page says of us, as a server reads it: what its own scripts add is not seen. */
export function check(page: Read, known: Known, now: Date): Report {
  const findings: Finding[] = [];
  const find = (state: Finding['state'], what: Finding['what'], figures: Finding['figures'] = {}): void => { findings.push({ what, state, figures }); };
  const { origin, protocol, hostname } = new URL(page.url);
  const tags = startTags(page.html);
  const [server = ''] = known.servers;
  if (page.status >= 400) find('bad', 'page_fails', { status: String(page.status) }); else find('good', 'page_answers', { url: page.url });

  const scripts = scriptsOf(tags, { url: page.url, servers: known.servers });
  const script = scripts.find((one) => one.ours) ?? scripts[0];
  const frame = tags.flatMap(({ name, attributes }) => (name === 'iframe' && attributes['src'] && URL.canParse(attributes['src'], page.url) ? [new URL(attributes['src'], page.url)] : []))
    .find((url) => known.servers.includes(url.origin) && url.pathname.startsWith('/e/'));
  const type = script?.attributes['type'] ?? '';
  const held = script && !runs(type);
  if (!script) { if (frame) find('good', 'frame_found'); else find('bad', 'script_missing', { server }); }
  else if (!script.ours) find('bad', 'script_elsewhere', { url: script.url.href, server });
  else if (held && /-text\/javascript$/.test(type)) find('warn', 'script_postponed');
  else if (held || !('src' in script.attributes)) find('warn', 'script_waits', { type: type || 'data-src' });
  else find('good', 'script_found', { url: script.url.href });

  const tool = consentTools.find(([sign]) => tags.some(({ name, attributes }) => name === 'script' && sign.test(`${attributes['src'] ?? ''} ${attributes['id'] ?? ''}`)))?.[1];
  if (tool) find('warn', 'consent_tool', { tool });

  const elements = tags.filter(({ name }) => /^flow-(epk|availability|booking-request|programme|tour-map|contract-status)$/.test(name));
  const shown = [...new Set([...elements.map(({ name }) => name), ...(frame ? [frame.pathname.slice(3)] : [])])];
  if (shown.length > 0) find('good', 'widgets_found', { tags: shown.join(', ') }); else find('warn', 'widgets_missing');

  // An element's own key counts for it, whatever the script says: each that stands in the page is looked at.
  const keys = [script?.attributes['data-key'] ?? script?.url.searchParams.get('key'), frame?.searchParams.get('key'), ...[...elements, ...tags.filter(({ name }) => name === 'flow-site')].map(({ attributes }) => attributes['key'])];
  const said = [...new Set(keys.flatMap((key) => (key ? [key] : [])))].slice(0, MOST_KEYS);
  if (script || frame) findings.push(...(said.length > 0 ? said : ['']).map((key) => keyFinding(key, known, now)));
  if (known.origins.includes(origin)) find('good', 'origin_listed', { origin }); else find('bad', 'origin_missing', { origin });

  if (protocol === 'https:' && server.startsWith('http:')) find('bad', 'mixed_content', { server });
  if (protocol === 'http:' && !/(^|\.)localhost$/.test(hostname)) find('warn', 'plain_http');

  return { ...policyReport(page, { known, tags, shown, script, frame: frame !== undefined }, findings) };
}

function keyFinding(key: string, { keys }: Known, now: Date): Finding {
  const found = keys.find((one) => one.key === key);
  if (key === '') return { what: 'key_missing', state: 'bad', figures: {} };
  if (!found) return { what: 'key_unknown', state: 'bad', figures: { key: key.slice(0, 60) } };
  if (found.revokedAt || (found.expiresAt && found.expiresAt <= now)) return { what: 'key_revoked', state: 'bad', figures: { key } };
  return found.expiresAt ? { what: 'key_ending', state: 'warn', figures: { key, until: found.expiresAt.toISOString() } } : { what: 'key_live', state: 'good', figures: { key } };
}

interface Seen { readonly known: Known; readonly tags: readonly StartTag[]; readonly shown: readonly string[]; readonly script: Tag | undefined; readonly frame: boolean }

/** The part about the page's policies: those of its headers and those that it says in its head. */
function policyReport({ url, headers }: Read, { known, tags, shown, script, frame }: Seen, findings: Finding[]): Report {
  const find = (state: Finding['state'], what: Finding['what'], figures: Finding['figures'] = {}): void => { findings.push({ what, state, figures }); };
  const [server = ''] = known.servers;
  const metas = tags.filter(({ name, attributes }) => name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'content-security-policy').map(({ attributes }) => attributes['content'] ?? '');
  const policies = [headers['content-security-policy'] ?? '', ...metas].flatMap(policiesOf);
  if (headers['content-security-policy-report-only']) find('warn', 'policy_trial');
  if (policies.length === 0) {
    find('good', 'policy_none');
    return { findings, lacks: [], amended: '' };
  }
  const needs = needsOf({ server, media: known.media }, shown);
  // In a plain frame the page loads the frame alone: the rest is under our own policy.
  const asked = frame && !script ? [{ directive: 'frame-src' as const, source: server, urls: [`${server}/e/x`] }] : needs;
  const read = policies.map((policy) => ({ policy, ...lacksOf(policy, asked, { page: url, script: { nonce: script?.attributes['nonce'] ?? '' } }) }));
  const worst = read.find(({ lacks }) => lacks.length > 0);
  const lacks = read.flatMap((one) => one.lacks);
  if (policies.some(isShut)) find('bad', 'sandboxed');
  if (lacks.some(({ nonce }) => nonce)) find('bad', 'policy_nonce');
  if (lacks.some(({ nonce }) => !nonce)) find('bad', 'policy_lacks', { n: String(lacks.filter(({ nonce }) => !nonce).length) });
  if (lacks.length === 0) find('good', 'policy_lets_in');
  if (!(frame && !script) && policies.some((policy) => typesOf(policy) === 'name')) find('bad', 'trusted_types');
  if (policies.some((policy) => !styleCounts(policy)) && tags.some(({ name, attributes }) => name.startsWith('flow-') && attributes['style'])) find('warn', 'style_ignored');
  return { findings, lacks, amended: worst?.lacks.some(({ nonce }) => !nonce) ? worst.amended : '' };
}
