import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/*
 * What a visitor pays, in bytes after gzip: the loader; the first widget with everything it needs, French included; and a further one,
 * the most it can add to a page that has another widget already. What loads on use (the map, the waveform) is not counted.
 * `--json` prints the figures for the bench. Either way it fails when one is over its limit.
 */
const limits = { loader: 1_500, first: 22_000, further: 8_000 };
const size = (file) => gzipSync(readFileSync(`dist/v1/${file}`), { level: 9 }).length;
const manifest = JSON.parse(readFileSync('dist/v1/manifest.json', 'utf8'));
const needs = (key, seen = new Set()) => {
  if (!seen.has(key)) { seen.add(key); manifest[key].imports?.forEach((next) => needs(next, seen)); }
  return seen;
};
const chunk = (path) => Object.keys(manifest).find((key) => manifest[key].src === path || key === path) ?? fail(`${path} is in no chunk of its own: it must be imported on use.`);
const sum = (keys) => [...keys].reduce((total, key) => total + size(manifest[key].file), 0);

/** Everything a page with these widgets has fetched. */
const base = new Set([...needs('widgets/registry.ts'), ...needs(chunk('widgets/core/messages/fr.ts'))]);
const page = (...tags) => new Set([...base, ...tags.flatMap((tag) => [...needs(tag.chunk)])]);

const tags = [...readFileSync('widgets/registry.ts', 'utf8').matchAll(/import\('\.\/(public\/(flow-[\w-]+)\/[\w-]+\.ts)'\)/g)].map(([, path, tag]) => ({ tag, chunk: chunk(`widgets/${path}`) }));
if (tags.length === 0) fail('The registry names no public tag.');

/** `flow-site` shows nothing: a page never has it alone. */
const widgets = tags.filter(({ tag }) => tag !== 'flow-site');
const report = {
  loader_gz: size('embed.js'),
  widgets: Object.fromEntries(tags.map((one) => [one.tag, {
    first_load_gz: sum(page(one)),
    further_gz: Math.max(0, ...widgets.filter((first) => first !== one).map((first) => sum(page(first, one)) - sum(page(first)))),
  }])),
};

const rows = [['loader', report.loader_gz, limits.loader], ...Object.entries(report.widgets).flatMap(([tag, { first_load_gz, further_gz }]) => [
  [`${tag} first`, first_load_gz, limits.first], [`${tag} further`, further_gz, limits.further],
])];
if (process.argv.includes('--json')) console.log(JSON.stringify(report));
else for (const [name, bytes, limit] of rows) console.log(`${bytes > limit ? 'TOO BIG' : 'ok'}  ${bytes} of ${limit} B  ${name}`);
process.exitCode = rows.some(([, bytes, limit]) => bytes > limit) ? 1 : 0;

function fail(why) {
  throw new Error(why);
}
