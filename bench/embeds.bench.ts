import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { newcomer, openBrowser } from '../e2e/browser.ts';
import { openProduct } from '../e2e/product.ts';
import { visitor } from '../e2e/people.ts';
import { chromiumArgs, findBrowser } from '../scripts/browser.mjs';

/*
 * What the embeds cost the page they stand on, beside what others cost it. The answers of the server are real ones, taken once from the
 * product before it is stopped, so that only the page is measured. Nothing leaves the machine. RUNS=7 pairs; fewer while one works on it.
 */

const runs = Number(process.env['RUNS'] ?? 7);
const root = path.resolve(import.meta.dirname, '..');
const rivalsRoot = path.join(import.meta.dirname, 'rivals');
const say = (text: string): void => { process.stderr.write(`${text}\n`); };
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;

function run(program: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0 && !stdout.startsWith('{')) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

say('building');
run(process.execPath, ['build.mjs', 'widgets']);
if (!existsSync(path.join(rivalsRoot, 'node_modules/lighthouse'))) {
  say('installing what is measured beside ours');
  run('npm', ['ci', '--no-audit', '--no-fund'], rivalsRoot);
}
const rival = (file: string): string => path.join(rivalsRoot, 'node_modules', file);

// 1: answers.
say('taking answers');
const artist = 'les-vagues-lentes';
const six = ['flow-epk', 'flow-availability', 'flow-booking-request', 'flow-programme', 'flow-tour-map', 'flow-contract-status'];
const answers = new Map<string, unknown>();
const media = new Map<string, { bytes: Buffer; mime: string }>();
/** A day that the artist has free. */
let freeDay = '';
/** What Lighthouse says of the artist's own page, of 100, and its bytes; and how long the pages of all widgets take. */
const artistPage: Record<string, number> = {};
let pageP95 = Number.NaN;
const product = await openProduct();
try {
  const guest = visitor(product, 'theatre');
  const today = (await guest.ask<{ today: string }>('programme.shows', {})).today;
  const soon = (days: number): string => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  freeDay = (await guest.ask<{ days: { day: string; state: string }[] }>('calendar.availability', { artist, from: soon(40), until: soon(200) })).days.find(({ state }) => state === 'free')?.day ?? '';
  answers.set('one day', await guest.ask('calendar.availability', { artist, from: freeDay, until: freeDay }));
  const asked: Readonly<Record<string, unknown>> = {
    'profiles.epk': { artist }, 'calendar.availability': { artist, from: `${today.slice(0, 7)}-01`, until: `${today.slice(0, 7)}-28` },
    'partners.partner': undefined, 'booking.priceRange': { artist }, 'profiles.places': { q: 'Besançon' }, 'programme.shows': {}, 'programme.tour': { artist },
  };
  for (const [procedure, input] of Object.entries(asked)) answers.set(procedure, await guest.ask(procedure, input));
  const text = JSON.stringify(Object.fromEntries(answers));
  for (const [url] of text.matchAll(/http:\/\/[\w.-]*:\d+\/fil_\w+/g)) {
    const response = await fetch(url.replace(/^http:\/\/[\w-]+\.localhost/, 'http://127.0.0.1'), { headers: { host: new URL(url).host } });
    if (response.ok) media.set(new URL(url).pathname, { bytes: Buffer.from(await response.arrayBuffer()), mime: response.headers.get('content-type') ?? '' });
  }
  say('our own pages');
  const lhr = await audit(`${product.origins.platform}/@${artist}`, ['performance', 'accessibility', 'best-practices', 'seo'], 'simulate');
  for (const [name, { score }] of Object.entries(lhr.categories)) artistPage[name] = Math.round(score * 100);
  artistPage['bytes'] = lhr.audits['total-byte-weight']?.numericValue ?? Number.NaN;
  const times: number[] = [];
  for (let i = 0; i < 300; i += 1) {
    const at = performance.now();
    const response = await fetch(`${product.address}/e/${six[i % six.length] ?? ''}?key=pk_demo_theatre&artist=${artist}`);
    await response.text();
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    times.push(performance.now() - at);
  }
  pageP95 = round(times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? Number.NaN);
} finally {
  await product.close();
}

// 2: two origins, ours and the partner's.
const zipped = new Map<string, Buffer>();
const zip = (file: string): Buffer => {
  const known = zipped.get(file) ?? gzipSync(readFileSync(file), { level: 9 });
  zipped.set(file, known);
  return known;
};
const pages = new Map<string, string>();
/** What was fetched of scripts and styles since it was last emptied: bytes after gzip. */
let fetched = 0;
const desk = createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
  const open = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'cross-origin-resource-policy': 'cross-origin' };
  const file = (full: string, mime: string): void => {
    if (!existsSync(full)) { response.writeHead(404, open).end(); return; }
    const bytes = zip(full);
    fetched += bytes.length;
    response.writeHead(200, { ...open, 'content-type': mime, 'content-encoding': 'gzip', 'cache-control': 'max-age=300' }).end(bytes);
  };
  const mime = (name: string): string => (name.endsWith('.css') ? 'text/css' : name.endsWith('js') ? 'text/javascript' : 'application/octet-stream');
  if (request.method === 'OPTIONS') { response.writeHead(204, open).end(); return; }
  if (url.pathname.startsWith('/v1/')) { file(path.join(root, 'dist', url.pathname), mime(url.pathname)); return; }
  if (url.pathname.startsWith('/rival/')) { file(rival(url.pathname.slice('/rival/'.length)), mime(url.pathname)); return; }
  if (url.pathname === '/style.css') { file(path.join(root, 'demo-sites/theatre/style.css'), 'text/css'); return; }
  if (url.pathname.startsWith('/trpc/public/')) {
    const procedure = url.pathname.slice('/trpc/public/'.length).replace('.look', '.availability');
    const { from, until } = JSON.parse(url.searchParams.get('input') ?? '{}') as { from?: string; until?: string };
    const data = answers.get(procedure === 'calendar.availability' && from === until ? 'one day' : procedure);
    const text = JSON.stringify(data === undefined ? { error: { data: { reason: 'not_found', details: {} } } } : { result: { data } }).replaceAll(/http:\/\/[\w.-]*:\d+(?=\/fil_)/g, ours());
    response.writeHead(data === undefined ? 404 : 200, { ...open, 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(text));
    return;
  }
  const held = media.get(url.pathname);
  if (held) { response.writeHead(200, { ...open, 'content-type': held.mime, 'cache-control': 'max-age=300' }).end(held.bytes); return; }
  const page = pages.get(url.pathname);
  response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
});
await new Promise<void>((resolve) => { desk.listen(0, resolve); });
const { port } = desk.address() as AddressInfo;
const ours = (): string => `http://embeds.localhost:${port}`;
const theirs = `http://partner.localhost:${port}`;

const sample = readFileSync(path.join(root, 'demo-sites/theatre/index.html'), 'utf8').replaceAll('__PLATFORM__', ours());
const bare = (body: string, head = ''): string => `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
const loader = `<script async src="${ours()}/v1/embed.js" data-key="pk_demo_theatre"></script>`;
const link = '<a href="mailto:residence@theatre.example">Écrire</a>';
const widget = (tag: string): string => `<${tag} artist="${artist}" no-draft>${link}</${tag}>`;
const snippet = readFileSync(rival('@calcom/embed-snippet/dist/snippet.umd.js'), 'utf8');
const calCall = 'Cal("init", { origin: location.origin }); Cal("inline", { elementOrSelector: "#there", calLink: "somebody/30min" });';
// As it is pasted: the function of the snippet, called with the address of the loader.
const calStart = readFileSync(rival('@calcom/embed-snippet/dist/snippet.es.js'), 'utf8').replace(/const \w+ = \w+\.toString\(\);\s*export \{[\s\S]*$/, '');
const calName = /function (\w+)\(/.exec(calStart)?.[1] ?? '';
pages.set('/with', sample);
pages.set('/without', sample.replace(/<script async[^>]*><\/script>/, '').replaceAll(/<flow-[\w-]+[^>]*>|<\/flow-[\w-]+>/g, ''));
pages.set('/thirty', bare(Array.from({ length: 30 }, (_, i) => widget(six[i % 6] ?? '')).join(''), loader));
pages.set('/leak', bare('<div id="far" style="position:absolute;top:9000px;width:600px"></div>', loader));
pages.set('/request', bare(widget('flow-booking-request'), loader));
pages.set('/blank', bare('<div id="there"></div>'));
pages.set('/flow-stage', bare(`<div style="height:4000px"></div>${widget('flow-availability')}`, loader));
pages.set('/cal.com', bare(`<div id="there"></div><script>${calStart};${calName}("${ours()}/rival/@calcom/embed-core/dist/embed/embed.js");${calCall}</script>`));
pages.set('/typeform', bare(`<div id="there" data-tf-widget="abcdef"></div><script async src="${ours()}/rival/@typeform/embed/build/embed.js"></script>`));

const browser = await openBrowser();
/** A page in a browser of its own that reaches nobody but this machine. */
async function open(where: string, width = 1280): Promise<{ page: Page; context: BrowserContext; cdp: CDPSession }> {
  const { context, page } = await newcomer(browser, { width });
  await context.route((url) => !url.hostname.endsWith('.localhost') && url.protocol.startsWith('http'), (route) => route.abort());
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.goto(`${theirs}${where}`);
  return { page, context, cdp };
}
const figures = async (cdp: CDPSession): Promise<Record<string, number>> =>
  Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
async function heapBytes(cdp: CDPSession): Promise<number> {
  for (let i = 0; i < 3; i += 1) await cdp.send('HeapProfiler.collectGarbage');
  return (await figures(cdp))['JSHeapUsedSize'] ?? Number.NaN;
}
/** Reads a page to its end, as far as each widget has what it shows. */
async function read(page: Page): Promise<void> {
  for (let y = 0; y < await page.evaluate(() => document.documentElement.scrollHeight); y += 500) {
    await page.evaluate((to) => { window.scrollTo(0, to); }, y);
    await page.waitForFunction(() => [...document.querySelectorAll('flow-epk, flow-availability, flow-booking-request, flow-programme, flow-tour-map, flow-contract-status')]
      .filter((one) => one.getBoundingClientRect().top < window.innerHeight && one.getBoundingClientRect().bottom > 0)
      .every(({ shadowRoot }) => shadowRoot?.querySelector('.flow') && !shadowRoot.querySelector('.bone, [aria-busy=true]')));
  }
}

async function layoutShift(width: number): Promise<number> {
  const { page, context } = await open('/blank', width);
  await context.addInitScript(() => {
    const kept = window as unknown as { shift: number };
    kept.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) kept.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${theirs}/with`);
  await read(page);
  const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
  await context.close();
  return shift;
}

async function bookingBytes(): Promise<number> {
  fetched = 0;
  const { page, context } = await open('/request');
  const form = page.locator('flow-booking-request');
  // Whatever is still to be fetched is on its way as soon as somebody enters the form: its three steps are one chunk.
  await form.getByLabel('Date', { exact: true }).fill(freeDay);
  await form.getByRole('combobox').waitFor();
  await form.getByRole('combobox').fill('Besançon');
  await page.getByRole('option', { name: /Besançon/ }).first().click();
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Occasion').fill('Anniversaire du comité');
  await form.getByLabel(/Public attendu/).fill('150');
  await form.getByLabel(/Budget/).fill('1400');
  await form.getByLabel(/Son, lumière/).fill('Piano droit sur place.');
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Courriel').focus();
  await page.waitForLoadState('networkidle');
  await context.close();
  return fetched;
}

async function thirty(): Promise<{ script: number; heap: number }> {
  const { page, context, cdp } = await open('/thirty');
  await read(page);
  const script = ((await figures(cdp))['ScriptDuration'] ?? Number.NaN) * 1_000;
  const heap = await heapBytes(cdp) / 1_048_576;
  await context.close();
  return { script, heap };
}

async function leak(): Promise<number> {
  const { page, context, cdp } = await open('/leak');
  await page.waitForFunction(() => 'FlowStage' in window);
  await page.evaluate((tags) => Promise.all(tags.map((tag) => (window as unknown as { FlowStage: { load: (tag: string) => Promise<void> } }).FlowStage.load(tag))), six);
  const turn = (times: number): Promise<void> => page.evaluate(async ({ tags, count, slug }) => {
    const far = document.getElementById('far');
    for (let i = 0; i < count; i += 1) {
      const element = document.createElement(tags[i % tags.length] ?? '') as HTMLElement & { updateComplete: Promise<unknown> };
      element.setAttribute('artist', slug);
      element.setAttribute('no-draft', '');
      const there = new Promise((resolve) => { element.addEventListener('flow-ready', resolve, { once: true }); setTimeout(resolve, 1_000); });
      far?.append(element);
      await there;
      await element.updateComplete;
      element.remove();
    }
  }, { tags: six, count: times, slug: artist });
  await turn(60);
  const before = await heapBytes(cdp);
  await turn(Math.max(60, Math.round(1_000 * Math.min(1, runs / 7))));
  await page.waitForTimeout(1_500);
  const after = await heapBytes(cdp);
  await context.close();
  say(`heap ${round(before / 1_048_576, 2)} -> ${round(after / 1_048_576, 2)} MB`);
  return after / before;
}

/** What a loader costs until it is done: bytes, and milliseconds of scripting, style and layout beyond those of a page without it. */
async function loaderCost(where: string, done: () => boolean, inline = 0): Promise<{ gz: number; main_thread_ms: number }> {
  const times: number[] = [];
  const busy = ({ ScriptDuration = 0, RecalcStyleDuration = 0, LayoutDuration = 0 }: Record<string, number>): number => (ScriptDuration + RecalcStyleDuration + LayoutDuration) * 1_000;
  let gz = 0;
  for (let i = 0; i < runs; i += 1) {
    const without = await open('/blank');
    await without.page.waitForTimeout(200);
    const base = busy(await figures(without.cdp));
    await without.context.close();
    fetched = 0;
    const { page, context, cdp } = await open(where);
    await page.waitForFunction(done);
    await page.waitForTimeout(200);
    times.push(busy(await figures(cdp)) - base);
    gz = fetched + inline;
    await context.close();
  }
  return { gz, main_thread_ms: round(median(times), 2) };
}

type Category = 'performance' | 'accessibility' | 'best-practices' | 'seo';
interface Report { readonly categories: Record<Category, { score: number }>; readonly audits: Record<string, { numericValue: number }>; readonly runtimeError?: { message: string } }
/** Reads a page as Lighthouse does, in a browser of its own: with the slow 4G and the slow processor of its phone applied, or with its model of them. */
async function audit(url: string, onlyCategories: readonly Category[], throttlingMethod: 'devtools' | 'simulate'): Promise<Report> {
  const [{ default: lighthouse }, { launch }] = await Promise.all([
    import(pathToFileURL(rival('lighthouse/core/index.js')).href) as Promise<{ default: (url: string, flags: object) => Promise<{ lhr: Report }> }>,
    import(pathToFileURL(rival('chrome-launcher/dist/index.js')).href) as Promise<{ launch: (options: object) => Promise<{ port: number; kill: () => void }> }>,
  ]);
  const chrome = await launch({ chromePath: findBrowser(), chromeFlags: ['--headless=new', ...chromiumArgs] });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories, logLevel: 'error', throttlingMethod });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    chrome.kill();
  }
}

interface Audit { readonly score: number; readonly tbt: number; readonly lcp: number }
async function pairs(method: 'devtools' | 'simulate', count: number): Promise<{ tbt: number; lcp: number; delta: number }> {
  const once = async (where: string): Promise<Audit> => {
    const { categories, audits } = await audit(`${theirs}${where}`, ['performance'], method);
    return { score: categories.performance.score * 100, tbt: audits['total-blocking-time']?.numericValue ?? Number.NaN, lcp: audits['largest-contentful-paint']?.numericValue ?? Number.NaN };
  };
  const both: { with: Audit; without: Audit }[] = [];
  for (let i = 0; i < count; i += 1) {
    // Whichever comes first finds the machine colder.
    const first = await once(i % 2 ? '/with' : '/without');
    const second = await once(i % 2 ? '/without' : '/with');
    both.push(i % 2 ? { with: first, without: second } : { with: second, without: first });
    say(`lighthouse, ${method}, ${i + 1} of ${count}: ${JSON.stringify(both.at(-1))}`);
  }
  const added = (of: (one: Audit) => number): number => median(both.map((pair) => of(pair.with) - of(pair.without)));
  return { tbt: round(added(({ tbt }) => tbt)), lcp: round(added(({ lcp }) => lcp)), delta: round(-added(({ score }) => score)) + 0 };
}

try {
  const sizes = JSON.parse(run(process.execPath, ['sizes.mjs', '--json'])) as { loader_gz: number; widgets: Record<string, { first_load_gz: number; further_gz: number }> };
  const shown = Object.entries(sizes.widgets).filter(([tag]) => tag !== 'flow-site').map(([, one]) => one);
  say('bytes and layout');
  const booking = await bookingBytes();
  const shift = Math.max(await layoutShift(1280), await layoutShift(375));
  say('loaders');
  const rivals = {
    'flow-stage': await loaderCost('/flow-stage', () => 'FlowStage' in window),
    'cal.com': await loaderCost('/cal.com', () => !!document.querySelector('cal-inline'), gzipSync(snippet, { level: 9 }).length),
    typeform: await loaderCost('/typeform', () => 'tf' in window && !!document.querySelector('#there iframe')),
  };
  say('thirty widgets');
  const many: { script: number; heap: number }[] = [];
  for (let i = 0; i < Math.min(runs, 3); i += 1) many.push(await thirty());
  say('mounting and unmounting');
  const leakRatio = await leak();
  const { tbt, lcp, delta } = await pairs('devtools', runs);
  const modelled = await pairs('simulate', Math.min(runs, 3));
  const result = {
    bench: 'embeds', loader_gz: sizes.loader_gz, first_widget_gz_max: Math.max(...shown.map((one) => one.first_load_gz)), further_widget_gz_max: Math.max(...shown.map((one) => one.further_gz)),
    booking_request_gz: booking, layout_shift_max: round(shift, 4), tbt_added_ms: tbt, lcp_added_ms: lcp, lighthouse_delta: delta, lcp_added_modelled_ms: modelled.lcp, lighthouse_delta_modelled: modelled.delta, artist_page: artistPage, page_p95_ms: pageP95,
    thirty_widgets_script_ms: round(median(many.map(({ script }) => script))), thirty_widgets_heap_mb: round(median(many.map(({ heap }) => heap))), leak_ratio: round(leakRatio, 3), runs, rivals,
  };
  writeFileSync(path.join(import.meta.dirname, 'results.md'), report(result));
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
  desk.close();
}

type Result = Readonly<Record<'loader_gz' | 'first_widget_gz_max' | 'further_widget_gz_max' | 'booking_request_gz' | 'layout_shift_max' | 'tbt_added_ms' | 'lcp_added_ms' | 'lighthouse_delta' | 'thirty_widgets_script_ms' | 'thirty_widgets_heap_mb' | 'leak_ratio' | 'runs' | 'lcp_added_modelled_ms' | 'lighthouse_delta_modelled' | 'page_p95_ms', number>>
  & { readonly artist_page: Readonly<Record<string, number>>; readonly rivals: Readonly<Record<string, { readonly gz: number; readonly main_thread_ms: number }>> };

/** The figures for people, with the machine that they were measured on. */
function report(one: Result): string {
  const rows: readonly (readonly [string, number, string])[] = [
    ['Loader, bytes', one.loader_gz, '1,500'], ['First widget with all it needs, bytes, the largest', one.first_widget_gz_max, '22,000'], ['A further widget, bytes, the largest', one.further_widget_gz_max, '8,000'],
    ['Booking request, complete, bytes', one.booking_request_gz, '30,000'], ['Layout shift', one.layout_shift_max, '0'], ['Total blocking time added, ms', one.tbt_added_ms, '30'], ['Largest contentful paint later by, ms', one.lcp_added_ms, '50'],
    ['Lighthouse performance lost, points', one.lighthouse_delta, '1'], ['Thirty widgets on a page, scripting, ms', one.thirty_widgets_script_ms, '1,000'], ['Thirty widgets on a page, heap, MB', one.thirty_widgets_heap_mb, '40'],
    ['Heap after 1,000 mounts and unmounts, as a share of before', one.leak_ratio, '1.05'], ['A page of `/e/` over HTTP, p95, ms', one.page_p95_ms, '50'],
  ];
  const names: Readonly<Record<string, string>> = { 'flow-stage': '**Flow Stage**', 'cal.com': 'Cal.com (`@calcom/embed-snippet` 1.3.3, `embed-core` 1.5.3)', typeform: 'Typeform (`@typeform/embed` 6.1.1)' };
  return `# What the embeds cost the page they stand on

\`npm run bench -- embeds\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1_073_741_824)} GB, Node ${process.versions.node}, Chromium ${browser.version()}. Median of ${one.runs} pairs, with and without us; bytes after gzip. The page is the theatre's first page, whose own title is its largest paint; where a press kit is the first thing on a page, it is itself what is waited for. The page keeps each widget's room by a rule in its own style sheet, as the Embed page gives it for pages whose policy takes no \`style\`; the pasted lines say the same room in \`style\`. An element without either moves the page when it comes. Lighthouse with its slow 4G and its processor four times slower applied to the browser. Its model of them, which counts every script that came before the first paint as if the paint had waited for it, says ${one.lcp_added_modelled_ms} ms and ${one.lighthouse_delta_modelled} points: docs/decisions/0005-how-a-guest-is-measured.md.

| | measured | at most |
|---|---:|---:|
${rows.map(([name, value, most]) => `| ${name} | ${value.toLocaleString('en')} | ${most} |`).join('\n')}

The artist's own page \`/@${artist}\` in Lighthouse: ${Object.entries(one.artist_page).map(([name, value]) => `${name} ${value.toLocaleString('en')}`).join(', ')}.

## Beside others, until their loader is done

Each served from this machine, in the same run; what their frames would load after that is not counted. Main thread: scripting, style and layout, beyond a blank page.

| | bytes | main thread, ms |
|---|---:|---:|
${Object.entries(one.rivals).map(([name, { gz, main_thread_ms }]) => `| ${names[name] ?? name} | ${gz.toLocaleString('en')} | ${main_thread_ms} |`).join('\n')}
`;
}
