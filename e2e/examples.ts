import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compile, compileModule } from 'svelte/compiler';
import { build, type Plugin, type Rolldown } from 'vite';
import { compileScript, parse } from 'vue/compiler-sfc';

/** The examples of demo-sites/frameworks, built as a developer's own tools would. */
export const FRAMEWORKS = ['plain', 'react', 'vue', 'svelte'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

const folder = path.resolve(import.meta.dirname, '../demo-sites/frameworks');

const vue = (ssr: boolean): Plugin => ({
  name: 'vue-file', enforce: 'pre',
  transform: (source, id) => (id.endsWith('.vue') ? compileScript(parse(source).descriptor, {
    id: 'booking', inlineTemplate: true, templateOptions: { ssr, ssrCssVars: [], compilerOptions: { isCustomElement: (tag) => tag.startsWith('flow-') } },
  }).content : undefined),
});

const svelte = (ssr: boolean): Plugin => ({
  name: 'svelte-file', enforce: 'pre',
  transform: (source, id) => {
    const generate = ssr ? 'server' as const : 'client' as const;
    if (id.endsWith('.svelte')) return compile(source, { generate, filename: id }).js.code;
    return id.endsWith('.svelte.js') ? compileModule(source, { generate, filename: id }).js.code : undefined;
  },
});

const quiet = (ssr: boolean) => ({
  configFile: false as const, logLevel: 'error' as const, publicDir: false as const, plugins: [vue(ssr), svelte(ssr)], mode: 'production', oxc: { jsx: { runtime: 'automatic' as const, development: false } },
  define: { 'process.env.NODE_ENV': '"production"', '__VUE_OPTIONS_API__': 'false', '__VUE_PROD_DEVTOOLS__': 'false', '__VUE_PROD_HYDRATION_MISMATCH_DETAILS__': 'false' },
});

/** An example for the browser: the page, with the address of the platform and the key put in, and its script. */
export async function buildExample(name: Framework, platform: string, key: string): Promise<{ html: string; script: string }> {
  const root = path.join(folder, name);
  const main = name === 'react' ? 'main.jsx' : 'main.js';
  const { output } = await build({ ...quiet(false), root, build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: path.join(root, main) } } }) as Rolldown.RolldownOutput;
  const html = readFileSync(path.join(root, 'index.html'), 'utf8').replaceAll('__PLATFORM__', platform).replaceAll('__KEY__', key).replace('main.jsx', 'main.js');
  return { html, script: output[0].code };
}

/** The component of an example for a server, as one module. */
export async function buildForServer(name: Exclude<Framework, 'plain'>, outDir: string): Promise<string> {
  const file = { react: 'react/booking.jsx', vue: 'vue/Booking.vue', svelte: 'svelte/Booking.svelte' }[name];
  await build({ ...quiet(true), root: folder, ssr: { noExternal: [/^svelte/] }, build: { ssr: path.join(folder, file), outDir, emptyOutDir: false, rolldownOptions: { output: { entryFileNames: `${name}.mjs` } } } });
  return path.join(outDir, `${name}.mjs`);
}
