import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { mailTo } from './people.ts';
import { openProduct, type Product } from './product.ts';
import { freeDays } from './walk.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 120_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

type Site = 'festival' | 'campsite' | 'link-in-bio';

/** What the page's own script keeps from its first moment on: how far things moved by themselves, and what its policy refused. */
interface Kept { shift: number; moved: string[]; refused: string[] }
declare global {
  interface Window { kept: Kept }
}
const keep = (): void => {
  window.kept = { shift: 0, moved: [], refused: [] };
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => { window.kept.refused.push(`${violatedDirective} ${blockedURI}`); });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] })[]) {
      if (entry.hadRecentInput) continue;
      window.kept.shift += entry.value;
      window.kept.moved.push(`${entry.value.toFixed(4)} ${entry.sources.map(({ node }) => node instanceof Element ? node.localName : node?.nodeName ?? '?').join(' ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

describe.each([1280, 375])('at %i px', (width) => {
  let page: Page;
  let guest: Awaited<ReturnType<typeof newcomer>>;
  let requests: string[];
  beforeEach(async () => {
    guest = await newcomer(browser, { width, height: width > 500 ? 900 : 800 });
    page = guest.page;
    requests = [];
    await guest.context.addInitScript(keep);
    guest.context.on('request', (request) => { requests.push(request.url()); });
  });
  afterEach(() => guest.context.close());

  /** Opens a page of a partner and reads it to its end, as far as every widget has what it shows. */
  const read = async (site: Site, file: string): Promise<void> => {
    await page.goto(`${product.origins[site]}/${file}`);
    for (let y = 0; y < await page.evaluate(() => document.documentElement.scrollHeight); y += 400) {
      await page.evaluate((to) => { window.scrollTo(0, to); }, y);
      await page.waitForFunction(() => [...document.querySelectorAll('flow-epk, flow-availability, flow-booking-request, flow-programme, flow-tour-map, flow-contract-status')]
        .filter((one) => one.getBoundingClientRect().top < window.innerHeight && one.getBoundingClientRect().bottom > 0)
        .every(({ shadowRoot }) => shadowRoot?.querySelector('.flow') && !shadowRoot.querySelector('.bone, [aria-busy=true]')));
    }
    await page.evaluate(() => { window.scrollTo(0, 0); });
    await picture(page, `${site}-${file.replace('.html', '')}-${width}`);
  };

  /** Nothing of ours is a burden to the page it stands in. */
  const isGoodGuest = async (site: Site): Promise<void> => {
    const kept = await page.evaluate(() => window.kept);
    expect(kept.refused).toEqual([]);
    expect(kept.moved).toEqual([]);
    expect(kept.shift).toBe(0);
    expect(guest.thrown).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await guest.context.cookies()).toEqual([]);
    const hosts = new Set([product.origins[site], product.origins.platform, product.origins.media]);
    expect(requests.filter((url) => /^(https?|wss?):/.test(url) && !hosts.has(new URL(url).origin))).toEqual([]);
    expect(requests.some((url) => url.startsWith(product.origins.platform))).toBe(true);
  };
  const lines = (widget: Locator): Locator => widget.locator('.shows > li');

  test('the festival shows its programme (EM-01, MA-03)', async () => {
    await read('festival', 'programme.html');
    await isGoodGuest('festival');
    const programme = page.locator('flow-programme');
    expect(await lines(programme).count()).toBe(9);
    await programme.getByText('Brass de Nuit').waitFor();
    await programme.getByText('DJ Minuit Dix').waitFor();
    await programme.getByRole('button', { name: 'Dates passées' }).click();
    await programme.getByText('Aucune date passée.').waitFor();
  });

  test('the festival shows where a band plays, on a map and as a list that says the same (EM-01, MA-03)', async () => {
    await read('festival', 'tournee.html');
    const tour = page.locator('flow-tour-map');
    const pins = tour.getByRole('group', { name: /Carte des \d+ lieux/ }).locator('.pin');
    await pins.first().waitFor();
    await isGoodGuest('festival');
    await picture(page, `festival-map-${width}`);
    const towns = new Set(await tour.locator('.shows .mark').allInnerTexts());
    expect(towns.size).toBeGreaterThan(5);
    expect(new Set((await pins.allInnerTexts()).map((text) => text.trim()))).toEqual(towns);
    await tour.getByText('Bordeaux').first().waitFor();
  });

  test('one page shows two languages side by side (EM-01)', async () => {
    await read('festival', 'langues.html');
    await isGoodGuest('festival');
    const [french, english] = [page.locator('flow-site[lang=fr]'), page.locator('flow-site[lang=en]')];
    await french.getByRole('button', { name: 'Dates passées' }).waitFor();
    await english.getByRole('button', { name: 'Past dates' }).waitFor();
    expect(await french.getByText('Past dates').count()).toBe(0);
    expect(await english.getByText('Dates passées').count()).toBe(0);
    await french.getByRole('grid').getByRole('columnheader', { name: 'lun', exact: true }).waitFor();
    await english.getByRole('grid').getByRole('columnheader', { name: 'Mon', exact: true }).waitFor();
    expect(await lines(french).count()).toBe(await lines(english).count());
    if (width > 500) {
      const [left, right] = [await french.locator('flow-programme').boundingBox(), await english.locator('flow-programme').boundingBox()];
      expect(left?.y).toBe(right?.y);
    }
  });

  test('the campsite shows its evenings (EM-01)', async () => {
    await read('campsite', 'soirees.html');
    await isGoodGuest('campsite');
    expect(await lines(page.locator('flow-programme')).count()).toBe(5);
    await page.locator('flow-programme').getByText('Entrée libre').first().waitFor();
  });

  test('another campsite asks for a season (CH-20, EM-01)', async () => {
    const [from = '', , , until = ''] = await freeDays(product, 'les-cousins-dubal', 200, 4);
    await read('campsite', 'saison.html');
    await isGoodGuest('campsite');
    const form = page.locator('flow-booking-request');
    const email = `saison-${width}@campings.example`;
    await form.getByLabel('Du', { exact: true }).fill(from);
    await form.getByLabel('Au', { exact: true }).fill('2001-01-01');
    await form.getByLabel('Nombre de dates').fill('6');
    await form.getByRole('button', { name: 'Continuer' }).click();
    // A season that ends before it begins is said, and nothing goes on.
    await form.getByText('Une date après la première.').waitFor();
    await form.getByLabel('Au', { exact: true }).fill(until);
    await form.getByRole('button', { name: 'Continuer' }).click();
    await form.getByLabel('Occasion').fill('Les mercredis du bal');
    await form.getByLabel(/Budget/).fill('4200');
    await form.getByRole('button', { name: 'Continuer' }).click();
    await form.getByLabel('Camping ou groupe').fill('Camping des Deux-Rives');
    await form.getByLabel('Votre nom').fill('Yann Le Guen');
    await form.getByLabel('Courriel').fill(email);
    await form.getByRole('button', { name: 'Envoyer la demande' }).click();
    await form.getByText('Demande envoyée').waitFor();
    await picture(page, `campsite-sent-${width}`);
    expect((await mailTo(product, email, /est partie/)).subject).toContain('Les Cousins Dubal');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(guest.thrown).toEqual([]);
  });

  test('the link in a bio shows the press kit, plays it, and hands a free day to the form (PR-12, CL-01, EM-01)', async () => {
    await read('link-in-bio', 'index.html');
    await isGoodGuest('link-in-bio');
    const kit = page.locator('flow-epk');
    await kit.getByRole('heading', { name: 'Nora Solveig' }).waitFor();
    const photos = kit.getByRole('img', { name: /Nora Solveig/ });
    expect(await photos.count()).toBe(3);
    for (const photo of await photos.all()) {
      await photo.scrollIntoViewIfNeeded();
      expect(await photo.evaluate(async (img: HTMLImageElement) => { await img.decode(); return img.naturalWidth; })).toBeGreaterThan(0);
    }
    await kit.getByRole('button', { name: 'Écouter Fjord intérieur' }).click();
    await kit.getByRole('button', { name: 'Suspendre Fjord intérieur' }).click();
    await kit.getByRole('button', { name: 'Écouter Fjord intérieur' }).waitFor();

    const days = page.locator('flow-availability');
    await days.getByRole('button', { name: 'Mois suivant' }).click();
    const free = days.getByRole('grid').getByRole('button', { name: /, libre$/ }).first();
    const day = await free.getAttribute('data-day') ?? '';
    await free.click();
    await days.getByText('Jour choisi').waitFor();
    expect(await page.locator('flow-booking-request').getByLabel('Date', { exact: true }).inputValue()).toBe(day);
    const kept = await page.evaluate(() => window.kept);
    expect([kept.refused, guest.thrown]).toEqual([[], []]);
  });
});
