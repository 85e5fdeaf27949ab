import type { EngineName, Gaps } from './engines.ts';
import type { Host } from './gallery.ts';
import type { Seen } from './visit.ts';

/** One engine's column. */
export interface Column {
  readonly name: EngineName;
  readonly version: string;
  readonly gaps: Gaps;
  readonly seen: Map<string, Seen>;
}

const titles = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };

/** Hosts by engines as Markdown: right, what is not, and what a driver cannot show. */
export function written(hosts: readonly Host[], columns: readonly Column[]): string {
  const cell = (host: Host, { seen, gaps }: Column): string => {
    const faults = Object.entries(seen.get(host.name) ?? {}).filter(([, list]) => list.length > 0).map(([check]) => check);
    const gap = host.needs && gaps[host.needs];
    return seen.has(host.name) ? `${faults.length ? `not right: ${faults.join(', ')}` : 'right'}${gap ? ' (gap)' : ''}` : 'not visited';
  };
  const faults = columns.flatMap(({ name, seen }) => [...seen].flatMap(([host, checks]) => Object.entries(checks).filter(([, list]) => list.length > 0)
    .map(([check, list]) => `- ${titles[name]}, ${host}, ${check}: ${list.slice(0, 4).join('; ').replaceAll(/\s+/g, ' ').slice(0, 500)}`)));
  return `# Hosts by engines

Written by \`npm run matrix\`. In each host stand the six widgets; of each is asked: pixels, computed styles, globals and natives of the host as without us, nothing in the console, no layout shift,
nothing stored, nobody else asked, and every widget whole, readable and within its room.

| host | ${columns.map(({ name, version }) => `${titles[name]} ${version}`).join(' | ')} |
|---|${columns.map(() => '---').join('|')}|
${hosts.map((host) => `| ${host.name} | ${columns.map((column) => cell(host, column)).join(' | ')} |`).join('\n')}
${faults.length ? `\nWhat is not right:\n\n${faults.join('\n')}\n` : ''}
What a driver cannot do:

${columns.flatMap(({ name, gaps }) => Object.entries(gaps).map(([what, why]) => `- ${titles[name]}, ${what}: ${why}.`)).join('\n') || '- nothing'}
`;
}
