import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from '../browser.ts';
import { signInAt } from '../pages.ts';
import { openProduct, pause, type Product } from '../product.ts';

/* What stands under a widget stays where it is: on a page that says no more than the two lines to paste, whatever the widget turns out to hold. */

let product: Product;
let browser: Browser;
/** What the Embed page gives to paste, by tag. */
const pasted = new Map<string, string>();
const tags = ['flow-epk', 'flow-availability', 'flow-booking-request', 'flow-programme', 'flow-tour-map', 'flow-contract-status'];

beforeAll(async () => {
  [product, browser] = await Promise.all([openProduct(), openBrowser()]);
  const { page, context } = await newcomer(browser);
  await signInAt(product, page, 'theatre@demo.example');
  await page.getByRole('link', { name: 'Intégrer' }).click();
  const embeds = page.locator('flow-embeds');
  for (const tag of tags) {
    await embeds.locator('select[name=tag]').selectOption(tag);
    if (!['flow-programme', 'flow-contract-status'].includes(tag)) {
      await embeds.locator('[name=artist]').fill('les-vagues-lentes');
      await embeds.locator('[name=artist]').press('Tab');
    }
    await embeds.locator('.snippet pre').filter({ hasText: new RegExp(`${['flow-programme', 'flow-contract-status'].includes(tag) ? '' : 'vagues-lentes.*'}</${tag}>`, 's') }).waitFor();
    pasted.set(tag, await embeds.locator('.snippet pre').innerText());
  }
  await context.close();
}, 240_000);
afterAll(async () => { await browser.close(); await product.close(); });

/** A page of the theatre's with what was pasted between what stands above and under it; our server takes its time. */
async function visit(tag: string, width: number, above: number, height = 900) {
  const visitor = await newcomer(browser, { width, height });
  const { page, context } = visitor;
  const site = product.origins.theatre;
  // A page that the test makes up itself stands on no network, and may else not ask this machine for anything.
  await context.grantPermissions(['local-network-access'], { origin: site });
  await page.addInitScript(() => {
    const seen = window as { moved?: number };
    seen.moved = 0;
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!shift.hadRecentInput) seen.moved! += shift.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.route(`${product.origins.platform}/**`, async (route) => {
    await pause(150);
    await route.continue();
  });
  await page.route(`${site}/room`, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Théâtre</title>
    <style>body{margin:0;font:16px/1.5 sans-serif}main{max-width:1000px;margin:auto;padding:0 16px}</style><main>${above ? `<h1 style="height:${above}px;margin:0">La saison</h1>` : ''}
    ${pasted.get(tag)}<section><h2>Venir</h2>${'<p>Le bar ouvre une heure avant chaque soirée.</p>'.repeat(40)}</section></main>` }));
  await page.goto(`${site}/room`);
  await page.waitForFunction((name) => { const element = document.querySelector(name); return element?.hasAttribute('data-whole') || element?.shadowRoot?.querySelector('.fold'); }, tag);
  return visitor;
}

const moved = (page: Page): Promise<number> => page.evaluate(() => (window as { moved?: number }).moved ?? 1);

const places = [{ width: 1280, above: 0 }, { width: 768, above: 420 }, { width: 375, above: 0 }];
test.each(tags.flatMap((tag) => places.map(({ width, above }) => [tag, width, above] as const)))('%s on a page %i wide, %i px down: nothing under it moves (EM-01, NF-13)', async (tag, width, above) => {
  const { context, page, thrown } = await visit(tag, width, above);
  await page.waitForTimeout(500);
  await picture(page, `room-${tag}-${width}-${above}`);
  expect(await moved(page)).toBeLessThan(0.001);
  expect(thrown).toEqual([]);
  await context.close();
}, 60_000);

const heights = (page: Page) => page.locator('flow-programme').evaluate((element) => ({ shown: element.getBoundingClientRect().height, all: element.shadowRoot!.querySelector<HTMLElement>('.flow')!.offsetHeight }));

test('a programme that is longer than its room folds where its end is in sight, and unfolds by a press, by the keyboard, or once nobody looks there (NF-13, NF-14)', async () => {
  const pressed = await visit('flow-programme', 1280, 0, 1400);
  const more = pressed.page.locator('flow-programme').getByRole('button', { name: 'Tout afficher' });
  const before = await heights(pressed.page);
  expect(before.all).toBeGreaterThan(before.shown);
  await more.click();
  const after = await heights(pressed.page);
  expect(after.shown).toBeGreaterThanOrEqual(after.all);
  expect(await more.count()).toBe(0);
  await pressed.context.close();

  const typed = await visit('flow-programme', 1280, 0, 1400);
  await typed.page.locator('flow-programme').getByRole('button', { name: 'Tout afficher' }).focus();
  await typed.page.keyboard.press('Enter');
  // On it goes with the first thing that was folded.
  expect(await typed.page.locator('flow-programme').evaluate((element) => element.shadowRoot!.activeElement?.closest('.flow') !== null)).toBe(true);
  await typed.context.close();

  const tabbed = await visit('flow-programme', 1280, 0, 1400);
  await tabbed.page.locator('flow-programme').getByRole('button', { name: 'Dates passées' }).focus();
  await tabbed.page.locator('flow-programme[data-whole]').waitFor();
  await tabbed.context.close();

  const left = await visit('flow-programme', 1280, 0, 1400);
  await left.page.setViewportSize({ width: 1280, height: 500 });
  await left.page.locator('flow-programme[data-whole]').waitFor();
  expect(await moved(left.page)).toBeLessThan(0.001);
  await left.context.close();
}, 120_000);

test('on paper nothing is folded (EM-01)', async () => {
  const { page, context } = await visit('flow-programme', 1280, 0, 1400);
  await page.emulateMedia({ media: 'print' });
  const { shown, all } = await heights(page);
  expect(shown).toBeGreaterThanOrEqual(all);
  expect(await page.locator('flow-programme .fold').isVisible()).toBe(false);
  await context.close();
}, 60_000);
