import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { openProduct, type Product } from './product.ts';

/* The pages for hosts that run no scripts, as a reader meets them: without JavaScript, and with it. */

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 180_000);
afterAll(async () => { await browser.close(); await product.close(); });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const key = 'key=pk_demo_theatre&artist=les-vagues-lentes&lang=fr';
const tags = ['flow-epk', 'flow-availability', 'flow-booking-request', 'flow-programme', 'flow-tour-map', 'flow-contract-status'];

async function plain(width = 1280): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'fr-FR', javaScriptEnabled: false });
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

test('a form is filled and sent, and its receipt followed, without one line of script (CH-20)', async () => {
  const page = await plain(375);
  await page.goto(`${product.origins.platform}/@les-vagues-lentes`);
  await page.getByRole('heading', { level: 1, name: 'Les Vagues Lentes' }).waitFor();
  await picture(page, 'hosted-page-375');
  await page.getByRole('link', { name: 'Mois suivant' }).click();
  await page.locator('flow-availability ol a').first().click();
  expect(await page.getByLabel('Date', { exact: true }).inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/);
  await page.getByLabel('Un camping').check();
  await page.getByLabel('Nombre de dates').waitFor();
  await page.getByLabel('Un particulier', { exact: true }).check();
  expect(await page.getByLabel('Nombre de dates').isVisible()).toBe(false);
  await page.getByLabel('Occasion').fill('Noces de coton');
  await page.getByLabel('Commune', { exact: true }).fill('Besançon');
  await page.getByLabel(/^Budget/).fill('900');
  await page.getByLabel('Votre nom').fill('Anne Sans-Script');
  await page.getByLabel('Courriel').fill('anne@sans-script.example');
  await page.getByRole('button', { name: 'Envoyer la demande' }).click();
  await page.getByText('Demande envoyée').waitFor();
  await picture(page, 'receipt-375');
  await page.getByRole('link', { name: 'Suivre la demande' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Demande' }).first().waitFor();
  expect(await page.context().cookies()).toEqual([]);
  await page.context().close();
}, 90_000);

test('free days stand at their full length where no widget comes, and no room has to be kept (EM-01)', async () => {
  const { context, page } = await newcomer(browser, { width: 375 });
  const silent = await plain(375);
  for (const [reader, path] of [[silent, '/@les-vagues-lentes'], [silent, `/e/flow-availability?${key}`], [page, '/@les-vagues-lentes'], [page, '/e/flow-availability?artist=les-vagues-lentes&lang=fr']] as const) {
    await reader.goto(product.origins.platform + path);
    // A month with many open days: more than the widget's own room shows.
    while (await reader.locator('flow-availability ol > li').count() < 10) await reader.getByRole('link', { name: 'Mois suivant' }).click();
    const [room, list] = [await reader.locator('flow-availability aside').boundingBox(), await reader.locator('flow-availability ol').boundingBox()];
    expect(list!.height, path).toBeGreaterThan(350);
    expect(room!.height, path).toBeGreaterThan(list!.height);
    expect(await reader.locator('flow-availability aside').evaluate((one) => getComputedStyle(one).maskImage), path).toBe('none');
  }
  await silent.context().close();
  await context.close();
}, 90_000);

test('with scripts each page becomes its widget: nothing is asked twice, nothing moves, nothing is there twice (EM-01)', async () => {
  const { context, page, thrown } = await newcomer(browser);
  await page.addInitScript(() => {
    const seen = window as { moved?: number; heights?: number[] };
    seen.moved = 0;
    seen.heights = [];
    // Each height that a frame was drawn with, from what our server drew until the widget is there.
    const look = (): void => {
      const one = document.querySelector('[data-whole]');
      if (one?.shadowRoot?.querySelector('slot')) seen.heights!.push(one.getBoundingClientRect().height);
      requestAnimationFrame(look);
    };
    look();
    new PerformanceObserver((list) => { for (const shift of list.getEntries() as (PerformanceEntry & { value: number })[]) seen.moved! += shift.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  const asked: string[] = [];
  page.on('request', (request) => { if (request.method() === 'GET' && request.url().includes('/trpc/')) asked.push(decodeURIComponent(request.url())); });
  for (const tag of tags) {
    await page.goto(`${product.origins.platform}/e/${tag}?${key}`);
    await page.waitForFunction((name) => document.querySelector(name)?.matches(':defined'), tag);
    await page.waitForTimeout(600);
    const after = await page.locator(tag).evaluate((element) => ({ heights: (window as { heights?: number[] }).heights ?? [], roots: element.shadowRoot!.querySelectorAll('.flow').length, moved: (window as { moved?: number }).moved ?? 1 }));
    expect(after.roots, tag).toBe(1);
    expect(after.moved, tag).toBeLessThan(0.01);
    expect(Math.max(...after.heights) - Math.min(...after.heights), tag).toBeLessThan(24);
  }
  expect(asked).toEqual([]);
  expect(thrown).toEqual([]);
  await context.close();
}, 120_000);

test('a plain frame grows as tall as its page where both sides may run a script, and shows itself where none may', async () => {
  const { context, page } = await newcomer(browser, { width: 800 });
  const stand = async (site: string, frames: boolean): Promise<void> => {
    await page.goto(`${site}/index.html`);
    await page.evaluate(({ src, script }) => {
      document.body.replaceChildren(Object.assign(document.createElement('iframe'), { title: 'Dossier', src, width: '760', height: '400' }));
      if (script) document.body.append(Object.assign(document.createElement('script'), { src: script }));
    }, { src: `${product.origins.platform}/e/flow-epk?${key}`, script: frames ? `${product.origins.platform}/v1/frames.js` : '' });
  };
  /** The frame's page is there, and the frame as tall as it. */
  const grown = async (): Promise<void> => {
    const tall = (one: Element): number => one.getBoundingClientRect().height;
    await page.frameLocator('iframe').getByRole('heading', { level: 1 }).first().waitFor();
    await expect.poll(async () => Math.abs(await page.locator('iframe').evaluate(tall) - await page.frameLocator('iframe').locator('html').evaluate(tall)), { timeout: 20_000 }).toBeLessThan(8);
    expect(await page.locator('iframe').evaluate(tall)).toBeGreaterThan(1_200);
  };
  await stand(product.origins.theatre, true);
  await grown();
  // Without a key, as oEmbed gives it for `/@les-vagues-lentes`, it tells any page, be it of an origin that is on no list.
  const rich = await (await fetch(`${product.address}/oembed?url=${encodeURIComponent(`${product.origins.platform}/@les-vagues-lentes`)}`)).json() as { html: string };
  await page.goto(`${product.origins.festival}/index.html`);
  await page.evaluate(({ html, script }) => {
    document.body.innerHTML = html.replace(' loading="lazy"', '');
    document.body.append(Object.assign(document.createElement('script'), { src: script }));
  }, { html: rich.html, script: `${product.origins.platform}/v1/frames.js` });
  await grown();
  // Another site has no such frame.
  await stand(product.origins.festival, false);
  await page.waitForTimeout(800);
  expect(await page.frames().at(-1)?.locator('flow-epk').count()).toBe(0);
  await context.close();
}, 90_000);

test('axe finds nothing on any page, wide, narrow and dark (NF-13)', async () => {
  for (const how of [{ width: 1280 }, { width: 375, dark: true }]) {
    const { context, page } = await newcomer(browser, how);
    for (const path of ['/@les-vagues-lentes', '/@personne', ...tags.map((tag) => `/e/${tag}?artist=les-vagues-lentes&lang=en`)]) {
      await page.goto(product.origins.platform + path);
      await page.evaluate(axe);
      const found = await page.evaluate(async (rules) => (await (window as unknown as { axe: { run: (how: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run(rules)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`), path.startsWith('/@') ? {} : { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      expect(found, path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), path).toBe(false);
    }
    await context.close();
  }
}, 120_000);
