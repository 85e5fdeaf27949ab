import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { build } from 'vite';
import { basemap } from './scripts/basemap.mjs';
import { flowEvents, makeManifest, publicTags } from './scripts/manifest.mjs';
import { makeTypes } from './scripts/types.mjs';

/*
 * `node build.mjs [widgets] [app] [server]`: everything, or the named parts, into dist/.
 * With RELEASE=1 the version of the widgets is out: its files are kept from then on, and another content under its number is refused.
 */
process.env.NODE_ENV = 'production';

/** Indentation is for us: markup and style in templates go out without it. */
const flatSheet = (sheet) => sheet.replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').replace(/([\w)-]): /g, '$1:').replaceAll(';}', '}');
const flatMarkup = (markup) => markup.replace(/\n\s*/g, ' ');
/** The templates of a tree, however deep one stands in another. */
function* templates(node) {
  if (Array.isArray(node)) for (const one of node) yield* templates(one);
  else if (node && typeof node === 'object') {
    if (node.type === 'TaggedTemplateExpression') yield node;
    for (const value of Object.values(node)) yield* templates(value);
  }
}
const flatTemplates = {
  name: 'flat-templates',
  transform(code, id) {
    if (!/[\\/]widgets[\\/].+[.]ts$/.test(id)) return undefined;
    const spots = [...templates(this.parse(code).body)].flatMap(({ tag, quasi }) => (/^(css|html|svg)$/.test(tag.name) ? quasi.quasis.map(({ start, end }) => ({ start, end, flat: tag.name === 'css' ? flatSheet : flatMarkup })) : []));
    let out = code;
    for (const { start, end, flat } of spots.sort((one, other) => other.start - one.start)) out = out.slice(0, start) + flat(out.slice(start, end)) + out.slice(end);
    return { code: out, map: null };
  },
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

/**
 * Lit counts its copies in globals of the page, and gives every page a `Symbol.metadata` for decorators that we do not write; the map
 * writes a name onto the page's own `Object` and `Set`. A guest leaves nothing behind but its own name.
 */
const noGlobals = {
  name: 'no-globals', enforce: 'pre',
  transform: (code, id) => (/maplibre-gl[.]mjs$/.test(id) ? { code: code
    .replaceAll(/Object\.defineProperty\((\w+),[`"]_classRegistryKey[`"],\{value:(\w+),writeable:!1\}\)/g, 'flowNames.set($1,$2)')
    .replaceAll(/([\w$]+(?:\[\w+\])?)\._classRegistryKey/g, 'flowNameOf($1)')
    .replace(/^/, 'const flowNames=new Map();function flowNameOf(one){for(let at=one;at;at=Object.getPrototypeOf(at))if(flowNames.has(at))return flowNames.get(at)}'), map: null } : /node_modules[\\/](lit|lit-html|lit-element|@lit)[\\/]/.test(id) ? { code: code
    .replace(/\w+\.(?:litHtml|litElement|reactiveElement)Versions\?\?=\[\]/g, '[]')
    // Browsers that cannot adopt a sheet stop at our loader, which does.
    .replace(/\w+\.ShadowRoot&&\(void 0===\w+\.ShadyCSS\|\|\w+\.ShadyCSS\.nativeShadow\)&&"adoptedStyleSheets"in Document\.prototype&&"replace"in CSSStyleSheet\.prototype/, '!0')
    .replace(/\w+\.(?:litHtml|litElement|reactiveElement)PolyfillSupport/g, 'void 0')
    .replace(/Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/, '')
    .replace(/litPropertyMetadata\.get\(t\);if\(void 0!==s\)for\(const\[t,i\]of s\)/, 'void 0;if(void 0!==s)for(const[t,i]of s)'), map: null } : undefined),
};

/** What is for signed-in people is in the pages of our own origin alone: a partner's bundle has none of it. */
const publicOnly = { name: 'public-only', enforce: 'pre', load: (id) => (/widgets[\\/]own-tags[.]ts$/.test(id) ? 'export const OWN_TAGS = {};' : undefined) };

/** The exact version, and where its registry lies, into the loader. */
const release = (version, registry) => ({
  name: 'release', enforce: 'pre',
  load: (id) => (/widgets[\\/]release[.]ts$/.test(id) ? `export const VERSION = ${JSON.stringify(version)}; export const REGISTRY = ${JSON.stringify(registry)};` : undefined),
});

/**
 * What partners load: a loader that a short cache serves, and chunks by tag and language that last for ever, the registry among them.
 * The loader names the registry by its content: whoever pins the loader by its hash has pinned all of it.
 */
async function widgets() {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  await build({ ...quiet, plugins: [noPreload, noGlobals, publicOnly, flatTemplates, ...quiet.plugins], base: './', publicDir: false, build: to('dist/v1', {
    manifest: 'manifest.json', modulePreload: false,
    rolldownOptions: {
      input: { registry: 'widgets/registry.ts' }, preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'w/[name]-[hash].js', chunkFileNames: 'w/[name]-[hash].js', assetFileNames: 'w/[name]-[hash][extname]',
        // What every widget needs is one chunk: packed together it is a tenth smaller.
        codeSplitting: { groups: [{ name: 'core', test: /node_modules[\\/](lit|lit-html|lit-element|@lit)[\\/](?!context[\\/].*(provi|notifier))|widgets[\\/]core[\\/](api|backoff|colour|events|format-page|json|look|messages|presence|room|said|site|theme|wanted)[.]ts|preload-helper|oxc-project/, priority: 10 }] } },
    },
  }) });
  const chunks = Object.values(JSON.parse(readFileSync('dist/v1/manifest.json', 'utf8')));
  const registry = chunks.find(({ isEntry }) => isEntry).file;
  // The loader: a classic script, by itself, and with one tag for builders of sites that take a file for each.
  await build({ ...quiet, plugins: [release(version, `../v1/${registry}`)], publicDir: false, build: to('dist/v1', { lib: { entry: 'widgets/embed.ts', formats: ['iife'], name: '_flow', fileName: () => 'embed.js' } }) });
  // The two sides of a plain frame: in the host's page, and in ours.
  for (const side of ['frames', 'framed']) await build({ ...quiet, publicDir: false, build: to('dist/v1', { lib: { entry: `widgets/${side}.ts`, formats: ['iife'], name: '_flowFrame', fileName: () => `${side}.js` } }) });
  const loader = readFileSync('dist/v1/embed.js', 'utf8');
  const entries = { 'embed.js': loader };
  for (const { tag } of publicTags()) entries[`${tag}.js`] = `${loader.trimEnd()}globalThis.FlowStage?.load(${JSON.stringify(tag)}).catch(()=>{});\n`;
  const manifest = makeManifest();
  keep(version, entries, chunks.flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]));
  writeFileSync('dist/v1/custom-elements.json', JSON.stringify(manifest, null, 1));
  writeFileSync('dist/v1/flow-stage.d.ts', makeTypes(manifest, flowEvents(), version));
}

/**
 * Lays a version out beside those that are out: `/v1/<entry>` moves with us, `/v<version>/<entry>` stays. `versions.json` says the hash
 * that a page may ask for by `integrity`. A chunk goes when no version needs it any more.
 */
function keep(version, entries, chunks) {
  const list = 'dist/v1/versions.json';
  const before = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')).versions : {};
  const integrity = Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, `sha384-${createHash('sha384').update(text).digest('base64')}`]));
  const old = before[version];
  if (old?.released && JSON.stringify(old.integrity) !== JSON.stringify(integrity)) throw new Error(`${version} is out, with another content. Raise the version in package.json.`);
  const versions = { ...before, [version]: { released: (old?.released ?? false) || process.env.RELEASE === '1', integrity, chunks: [...new Set(chunks)].sort() } };
  for (const gone of Object.keys(versions).filter((one) => one !== version && !versions[one].released)) {
    delete versions[gone];
    rmSync(`dist/v${gone}`, { recursive: true, force: true });
  }
  for (const folder of ['dist/v1', `dist/v${version}`]) {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(entries)) writeFileSync(`${folder}/${name}`, text);
  }
  const needed = new Set(Object.values(versions).flatMap(({ chunks: files }) => files));
  for (const file of readdirSync('dist/v1/w')) if (!needed.has(`w/${file}`)) rmSync(`dist/v1/w/${file}`);
  rmSync('dist/v1/registry.js', { force: true });
  writeFileSync(list, JSON.stringify({ current: version, versions }, null, 1));
}

/** What every page of our own origin stands in; its `index.html` has its title and what is in its body. Its script goes by the name of its folder. */
const shell = {
  name: 'shell',
  transformIndexHtml: {
    order: 'pre',
    handler(inside, { filename }) {
      const folder = relative(resolve('app'), dirname(filename));
      const [title, ...body] = inside.trimEnd().split('\n');
      return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${title}
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${relative(folder, 'page.css')}">
<script type="module" src="./${basename(folder)}.ts"></script>
</head>
<body>
${body.join('\n')}
</body>
</html>
`;
    },
  },
};

/** The pages of our own origin, `dist/app/<page>/index.html`, each a thin shell; what they share lies hashed in `dist/app/assets`. */
async function app() {
  const pages = [...folders('app'), ...folders('app/frame').map((page) => `frame/${page}`)];
  const input = some(pages.map((page) => [page.replace('/', '-'), resolve('app', page, 'index.html')]));
  const worker = { ...quiet, publicDir: false, build: to('dist/app', { lib: { entry: 'app/roadbook/worker.ts', formats: ['iife'], name: '_roadbook', fileName: () => 'roadbook-worker.js' } }) };
  if (Object.keys(input).length === 0) throw new Error('There is no page: app/<page>/index.html.');
  await build({ ...quiet, plugins: [...quiet.plugins, shell], root: 'app', base: '/', build: to('../dist/app', {
    emptyOutDir: true,
    rolldownOptions: {
      input,
      output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' },
    },
  }) });
  // It has one name for ever: a browser looks there whether it has changed.
  await build(worker);
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
