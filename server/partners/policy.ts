/** A content security policy as a page says it: directives in lower case, each with its sources as they were written. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** The policies of a header, which are several when they are parted by commas: what is loaded has to pass each of them. Of a directive said twice the first counts. */
export function policiesOf(header: string): Policy[] {
  return header.split(',').map((one) => {
    const directives = new Map<string, readonly string[]>();
    for (const part of one.split(';')) {
      const [name = '', ...sources] = part.trim().split(/[\t\n\f\r ]+/);
      if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
    }
    return directives;
  }).filter((policy) => policy.size > 0);
}

/** Who answers for a directive that is not said, in this order (CSP Level 3, § 6.8.3). */
const fallbacks: Readonly<Record<string, readonly string[]>> = {
  'script-src': ['script-src-elem', 'script-src', 'default-src'], 'style-src-attr': ['style-src-attr', 'style-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'], 'img-src': ['img-src', 'default-src'], 'media-src': ['media-src', 'default-src'],
  'worker-src': ['worker-src', 'child-src', 'script-src', 'default-src'], 'frame-src': ['frame-src', 'child-src', 'default-src'],
};

/** What decides about a directive in a policy: its name there, and its sources; null when everything may. */
function ruleOf(policy: Policy, directive: string): { readonly name: string; readonly sources: readonly string[] } | null {
  for (const name of fallbacks[directive] ?? [directive]) {
    const sources = policy.get(name);
    if (sources) return { name, sources };
  }
  return null;
}

const usual: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443' };
const portOf = ({ port, protocol }: URL): string => port || (usual[protocol] ?? '');
/** Whether `wanted` may stand for `said`: a page that lets in http lets in https. */
const schemeFits = (said: string, wanted: string): boolean => said === wanted || (said === 'http:' && wanted === 'https:') || (said === 'ws:' && wanted === 'wss:');

const hostSource = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::(\d+|\*))?(\/[^?#]*)?$/i;

/** Whether one source lets an address in, on a page of the origin `page` (CSP Level 3, § 6.7.2.8). */
function sourceAllows(source: string, url: URL, page: URL): boolean {
  const word = source.toLowerCase();
  if (word === '*') return ['http:', 'https:', 'ws:', 'wss:', page.protocol].includes(url.protocol);
  if (word === "'self'") return url.hostname === page.hostname && schemeFits(page.protocol, url.protocol) && (portOf(url) === portOf(page) || (url.port === '' && page.port === ''));
  const scheme = /^([a-z][a-z0-9+.-]*:)$/.exec(word)?.[1];
  if (scheme) return schemeFits(scheme, url.protocol);
  const [, said, host, port, path] = hostSource.exec(source) ?? [];
  if (host === undefined || !['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)) return false;
  if (!schemeFits(said ? `${said.toLowerCase()}:` : page.protocol, url.protocol)) return false;
  const name = host.toLowerCase();
  if (name !== '*' && (name.startsWith('*.') ? !url.hostname.endsWith(name.slice(1)) : url.hostname !== name)) return false;
  if (port === undefined ? portOf(url) !== usual[url.protocol] : port !== '*' && port !== portOf(url) && !(port === '80' && portOf(url) === '443')) return false;
  return path === undefined || path === '/' || (path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path);
}

/** Whether any of the sources lets an address in. */
const allows = (sources: readonly string[], url: string, page: string): boolean => sources.some((source) => sourceAllows(source, new URL(url), new URL(page)));

/** Something that widgets load: what a policy has to say for it, word for word, and addresses that must all be let in. */
export interface Need {
  readonly directive: 'script-src' | 'connect-src' | 'img-src' | 'media-src' | 'worker-src' | 'frame-src';
  readonly source: string;
  readonly urls: readonly string[];
}

/** What widgets load, by tag; all of it where no tag is known. `server` and `media` are origins. */
export function needsOf({ server, media }: { server: string; media: string }, tags: readonly string[]): Need[] {
  const any = (...some: readonly string[]): boolean => tags.length === 0 || some.some((tag) => tags.includes(tag));
  const need = (directive: Need['directive'], source: string, ...paths: readonly string[]): Need => ({ directive, source, urls: paths.map((path) => source + path) });
  const bare = (directive: Need['directive'], scheme: 'data:' | 'blob:'): Need => ({ directive, source: scheme, urls: [scheme === 'data:' ? 'data:image/png,x' : `blob:${server}/x`] });
  return [
    need('script-src', server, '/v1/embed.js', '/v1/w/registry.js'), need('connect-src', server, '/trpc/public/x'), ...(any('flow-epk') ? [need('connect-src', media, '/x')] : []),
    need('img-src', server, '/v1/x'), need('img-src', media, '/x'), bare('img-src', 'data:'), bare('img-src', 'blob:'),
    ...(any('flow-epk') ? [need('media-src', media, '/x'), bare('media-src', 'blob:')] : []),
    ...(any('flow-tour-map') ? [bare('worker-src', 'blob:'), need('worker-src', server, '/v1/x')] : []),
    ...(any('flow-contract-status', 'flow-booking-request') ? [need('frame-src', server, '/frame/file')] : []),
  ];
}

/** A directive that keeps something of ours out. */
export interface Lack {
  readonly directive: Need['directive'];
  /** The directive as it decides now, whole; it may be `default-src`. */
  readonly now: string;
  /** What is to be added to it, word for word; empty where only a nonce helps. */
  readonly add: string;
  /** The directive as it has to be. */
  readonly line: string;
  /** Whether the script tag has to carry the page's nonce: then no source helps. */
  readonly nonce: boolean;
}

/** How our script stands in a page: the nonce of its tag, or an empty one. */
export interface Script { readonly nonce: string }

const isNone = (source: string): boolean => source.toLowerCase() === "'none'";

/** What a policy keeps out, and the policy as it has to be, in its own words. */
export function lacksOf(policy: Policy, needs: readonly Need[], { page, script }: { page: string; script: Script }): { readonly lacks: Lack[]; readonly amended: string } {
  const amended = new Map(policy);
  const lacks: Lack[] = [];
  for (const directive of new Set(needs.map((need) => need.directive))) {
    const rule = ruleOf(policy, directive);
    if (!rule) continue;
    const { name, sources } = rule;
    const strict = sources.some((source) => source.toLowerCase() === "'strict-dynamic'");
    // A script that carries the page's nonce is let in, and hands the nonce on to what it imports.
    if (directive === 'script-src' && script.nonce !== '' && sources.includes(`'nonce-${script.nonce}'`)) continue;
    const only = directive === 'script-src' && strict;
    const missing = needs.filter((need) => need.directive === directive && need.urls.some((url) => !allows(sources, url, page))).map(({ source }) => source);
    if (missing.length === 0 && !only) continue;
    const add = only ? [] : [...new Set(missing)];
    const own = name === directive || name === `${directive}-elem` ? name : directive;
    const line = [...sources.filter((source) => !isNone(source)), ...add];
    lacks.push({ directive, now: [name, ...sources].join(' '), add: add.join(' '), line: [own, ...line].join(' '), nonce: only });
    if (!only) amended.set(own, line);
  }
  return { lacks, amended: [...amended].map(([name, sources]) => [name, ...sources].join(' ')).join('; ') };
}

/** Whether an attribute `style` counts on the page: there the colours of a snippet stand. */
export function styleCounts(policy: Policy): boolean {
  const rule = ruleOf(policy, 'style-src-attr');
  // A nonce or a hash beside it puts 'unsafe-inline' out of force.
  return !rule || (rule.sources.some((source) => source.toLowerCase() === "'unsafe-inline'") && !rule.sources.some((source) => /^'(nonce-|sha(256|384|512)-|strict-dynamic)/i.test(source)));
}

/**
 * Whether Trusted Types stand in the way: `no` when they are not enforced, or our one policy may be made; `name` when `trusted-types`
 * does not name it: then it has to, or widgets stand in a frame.
 */
export function typesOf(policy: Policy): 'no' | 'name' {
  if (!policy.get('require-trusted-types-for')?.some((sink) => sink.toLowerCase() === "'script'")) return 'no';
  const names = policy.get('trusted-types');
  return names && !names.includes('*') && !names.includes('lit-html') ? 'name' : 'no';
}

/** Whether the page is shut in a sandbox where no script runs. */
export const isShut = (policy: Policy): boolean => policy.has('sandbox') && policy.get('sandbox')?.includes('allow-scripts') !== true;
