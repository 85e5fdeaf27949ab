import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import { basemap } from './scripts/basemap.mjs';

/* `node build.mjs [widgets] [app] [server]`: everything, or the named parts, into dist/. */
process.env.NODE_ENV = 'production';

/** Indentation is for us: markup and style in templates go out without it. */
const flat = (code) => code
  .replace(/\bcss`[^`]*`/g, (sheet) => sheet.replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').replace(/([\w)-]): /g, '$1:').replaceAll(';}', '}'))
  .replace(/(?<=\bhtml`[^`]*)\n\s*/g, ' ');
const flatTemplates = {
  name: 'flat-templates', enforce: 'pre',
  transform: (code, id) => (/[\\/]widgets[\\/].+[.]ts$/.test(id) ? { code: flat(code), map: null } : undefined),
};

const quiet = { configFile: false, logLevel: 'warn', plugins: [basemap()] };
const to = (outDir, rest) => ({ outDir, emptyOutDir: false, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1_200, modulePreload: { polyfill: false }, ...rest });
const folders = (path) => (existsSync(path) ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : []);
const some = (entries) => Object.fromEntries(entries.filter(([, path]) => existsSync(path)));

/**
 * Vite wraps each dynamic import in a helper that preloads what it needs, by `<link>`s in the head. In a partner's head a policy with
 * nonces reports them, and our chunks have no style sheets: they ask for what they need themselves, and a visitor pays 0.8 kB less.
 */
const preloadHelper = /vite[\\/]preload-helper[.]js$/;
const noPreload = {
  name: 'no-preload', enforce: 'pre',
  resolveId: (id) => (preloadHelper.test(id) ? id : undefined),
  load: (id) => (preloadHelper.test(id) ? 'export const __vitePreload = (load) => load();' : undefined),
};

/** What is for signed-in people is in the pages of our own origin alone: a partner's bundle has none of it. */
const publicOnly = { name: 'public-only', enforce: 'pre', load: (id) => (/widgets[\\/]own-tags[.]ts$/.test(id) ? 'export const OWN_TAGS = {};' : undefined) };

/** What partners load: one registry and one loader that a short cache serves, and chunks by tag and language that last for ever. */
async function widgets() {
  await build({ ...quiet, plugins: [noPreload, publicOnly, flatTemplates, ...quiet.plugins], base: './', publicDir: false, build: to('dist/v1', {
    emptyOutDir: true, manifest: 'manifest.json', modulePreload: false,
    rolldownOptions: {
      input: { registry: 'widgets/registry.ts' }, preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', chunkFileNames: 'w/[name]-[hash].js', assetFileNames: 'w/[name]-[hash][extname]',
        // What every widget needs is one chunk: packed together it is a tenth smaller.
        codeSplitting: { groups: [{ name: 'core', test: /node_modules[\\/](lit|lit-html|lit-element|@lit)[\\/]|widgets[\\/]core[\\/](api|backoff|colour|events|format-page|look|messages|presence|site|theme|wanted)[.]ts|preload-helper|oxc-project/, priority: 10 }] } },
    },
  }) });
  // The loader: a classic script.
  await build({ ...quiet, publicDir: false, build: to('dist/v1', { lib: { entry: 'widgets/embed.ts', formats: ['iife'], name: '_flow', fileName: () => 'embed.js' } }) });
}

/** The pages of our own origin, `dist/app/<page>/index.html`, each a thin shell; what they share lies hashed in `dist/app/assets`. */
async function app() {
  const pages = [...folders('app'), ...folders('app/frame').map((page) => `frame/${page}`)];
  const input = some(pages.map((page) => [page.replace('/', '-'), resolve('app', page, 'index.html')]));
  if (Object.keys(input).length === 0) throw new Error('There is no page: app/<page>/index.html.');
  await build({ ...quiet, root: 'app', base: '/', build: to('../dist/app', {
    emptyOutDir: true,
    rolldownOptions: {
      input,
      output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' },
    },
  }) });
}

/** The server for production, with each worker thread as an entry of its own; all lie in one folder, so that a thread is found beside its caller. */
async function server() {
  await build({ ...quiet, publicDir: false, build: to('dist/server', {
    ssr: true, emptyOutDir: true, target: 'node20',
    rolldownOptions: {
      input: some([['main', 'server/main.ts'], ...folders('server').map((room) => [`${room}-thread`, `server/${room}/thread.ts`])]),
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  }) });
}

const parts = { widgets, app, server };
const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !(part in parts));
if (unknown.length > 0) throw new Error(`No such part: ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);

await Promise.all((asked.length > 0 ? asked : Object.keys(parts)).map(async (part) => {
  const start = performance.now();
  await parts[part]();
  console.log(`built ${part} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}));
