import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser } from './browser.ts';
import { openProduct, type Product } from './product.ts';
import { askForADay, freeDays } from './walk.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct({ OPERATORS: 'les-vagues-lentes@demo.example' }), openBrowser()]); }, 120_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

/** What axe finds against WCAG 2.2 AA, in words. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const { violations } = await loaded.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
  });
  return found;
}

/** What stands out of the page to the right, by tag, class and words. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const all: Element[] = [];
    const walk = (root: ParentNode) => { for (const one of root.querySelectorAll('*')) { all.push(one); if (one.shadowRoot) walk(one.shadowRoot); } };
    walk(document);
    return document.documentElement.scrollWidth <= width ? [] : all.filter((one) => one.getBoundingClientRect().right > width + 1).map((one) => `${one.localName}.${one.getAttribute('class') ?? ''} ${one.textContent.trim().slice(0, 40)}`);
  });
}

test.each([
  ['theatre', '/artiste.html', 'flow-booking-request'], ['theatre', '/programme.html', 'flow-programme'], ['theatre', '/suivi.html', 'flow-contract-status'],
  ['festival', '/tournee.html', 'flow-tour-map'], ['link-in-bio', '/', 'flow-epk'],
] as const)('%s%s passes WCAG 2.2 AA with us in it, light and dark (NF-13)', async (site, path, widget) => {
  for (const dark of [false, true]) {
    const { page, context } = await newcomer(browser, { dark });
    await page.goto(`${product.origins[site]}${path}`);
    await page.locator(widget).scrollIntoViewIfNeeded();
    await page.locator(widget).locator('.flow').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await faults(page)).toEqual([]);
    await context.close();
  }
}, 60_000);

test('our own pages pass WCAG 2.2 AA, on a phone and with text at 200 % (NF-13)', async () => {
  const [showDay = ''] = await freeDays(product, 'les-vagues-lentes', 60, 1);
  const { bookingId } = await askForADay(product, { email: 'acces@visiteurs.example', showDay });
  const { page } = await newcomer(browser, { width: 375, height: 800 });
  await page.goto(`${product.origins.platform}/sign-in`);
  await page.getByLabel('Courriel').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByLabel('Courriel').fill('les-vagues-lentes@demo.example');
  await page.getByLabel('Mot de passe', { exact: true }).fill('scene-ouverte-2026');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('heading', { name: 'Demandes' }).waitFor();
  for (const path of ['/', '/discover', `/booking?id=${bookingId}`, '/calendar', '/press-kit', '/sheet', '/matches', '/nights', '/tours', '/matching', '/accounts', '/sites', '/embeds', '/payouts', '/figures', '/webhooks', '/plan', '/organisation', '/operations', '/disputes', '/prices', '/mailbox']) {
    await page.goto(product.origins.platform + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('domcontentloaded');
    expect([path, await faults(page)]).toEqual([path, []]);
    // Twice the text, and still nothing that scrolls sideways.
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    expect([path, await sideways(page)]).toEqual([path, []]);
  }
}, 120_000);
