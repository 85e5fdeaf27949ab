import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { basemap } from './basemap.mjs';
import { chromiumArgs, findBrowser } from './browser.mjs';
import { publicTags } from './manifest.mjs';

/*
 * `npm run sheet [-- flow-epk …]`: a picture of each public widget, four themes down and every language across, into `.cache/sheet/`.
 * Nothing leaves the machine.
 */
const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, '.cache/sheet');
const all = publicTags().map(({ tag }) => tag).filter((tag) => tag !== 'flow-site');
const tags = process.argv.slice(2).length > 0 ? process.argv.slice(2) : all;
const unknown = tags.filter((tag) => !all.includes(tag));
if (unknown.length > 0) throw new Error(`No such widget: ${unknown.join(', ')}. There are ${all.join(', ')}.`);
const order = ['fr', 'en', 'nl', 'de'];
const languages = readdirSync(path.join(root, 'widgets/core/messages')).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3)).sort((a, b) => order.indexOf(a) - order.indexOf(b));

mkdirSync(folder, { recursive: true });
const server = await createServer({ root, configFile: false, logLevel: 'error', cacheDir: path.join(root, '.cache/sheet-vite'), plugins: [basemap()], optimizeDeps: { entries: ['stories/sheet.html'] }, server: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...chromiumArgs] });
try {
  await server.listen();
  const { port } = server.httpServer.address();
  for (const tag of tags) {
    const page = await browser.newPage({ viewport: { width: 48 + 704 * languages.length, height: 1200 }, reducedMotion: 'reduce', timezoneId: 'Europe/Paris' });
    await page.goto(`http://127.0.0.1:${port}/stories/sheet.html?tag=${tag}&languages=${languages.join(',')}`);
    await page.waitForFunction(([name, count]) => {
      const shown = [...document.querySelectorAll(name)];
      return shown.length === count && shown.every(({ shadowRoot }) => shadowRoot?.querySelector('.flow') && !shadowRoot.querySelector('.bone, [aria-busy=true]'));
    }, [tag, 4 * languages.length], { timeout: 60_000 });
    // What loads when it is seen is seen.
    for (const figure of await page.locator('figure').all()) await figure.scrollIntoViewIfNeeded();
    await page.waitForTimeout(1_000);
    const file = path.join(folder, `${tag}.png`);
    await page.screenshot({ path: file, fullPage: true });
    console.log(path.relative(root, file));
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
