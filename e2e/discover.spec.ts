import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { signInAt } from './pages.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 180_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

async function discovering(email: string, how: { width?: number; dark?: boolean } = {}): Promise<{ page: Page; thrown: string[] }> {
  const { page, thrown } = await newcomer(browser, how);
  await signInAt(product, page, email);
  await page.goto(`${product.origins.platform}/discover`);
  await page.locator('flow-discover article').first().waitFor();
  return { page, thrown };
}

test('a theatre looks through three views, reads why, asks in its own words and likes an artist, who likes it back: a match for thirty days (MA-05, MA-10, MA-11, MA-12, MA-13, MA-15, MA-16, MA-17)', async () => {
  const theatre = await discovering('theatre@demo.example');
  const found = theatre.page.locator('flow-discover');
  // The best one first, with what speaks for it, and each of the 47 criteria on demand.
  await found.getByRole('heading', { name: /Les Vagues Lentes/ }).first().waitFor();
  await found.getByText('Ce qui va').first().waitFor();
  await found.getByText('Les 47 critères en détail').first().click();
  await found.locator('.criteria li').nth(46).waitFor();
  await picture(theatre.page, 'discover-cards');
  await found.getByRole('button', { name: 'Liste' }).click();
  await found.getByText('12 propositions sur 12').waitFor();
  await picture(theatre.page, 'discover-list');
  await found.getByRole('button', { name: 'Grille' }).click();
  await picture(theatre.page, 'discover-grid');

  // What is understood becomes filters in the address; the view is remembered.
  await found.getByLabel('Ce que vous cherchez, avec vos mots').fill('trio jazz a moins de 2 000 euros a moins de 300 km de Besancon');
  await found.getByRole('button', { name: 'Chercher' }).click();
  await found.getByText(/3 sur scène/).first().waitFor();
  await theatre.page.waitForURL(/genre=jazz/);
  await found.getByText('Les Vagues Lentes').first().waitFor();
  await theatre.page.reload();
  await found.getByText('Les Vagues Lentes').first().waitFor();
  expect(await found.getByRole('button', { name: 'Grille' }).getAttribute('aria-pressed')).toBe('true');
  await found.getByRole('button', { name: 'Cartes' }).click();
  await found.getByRole('button', { name: 'J’aime' }).first().click();
  await found.getByText(/Les Vagues Lentes/).first().waitFor();

  const artist = await discovering('les-vagues-lentes@demo.example', { width: 375, dark: true });
  const places = artist.page.locator('flow-discover');
  await places.getByRole('heading', { name: /Théâtre de l’Horloge Bleue/ }).first().waitFor();
  await picture(artist.page, 'discover-phone');
  await places.getByRole('button', { name: 'J’aime' }).first().click();
  await places.locator('dialog#match').getByRole('link').click();
  const matches = artist.page.locator('flow-matches');
  await matches.getByText('Théâtre de l’Horloge Bleue').first().waitFor();
  await matches.getByText(/30 jours|29 jours/).first().waitFor();
  await picture(artist.page, 'matches-phone');
  // The other side sees the same.
  await theatre.page.goto(`${product.origins.platform}/matches`);
  await theatre.page.locator('flow-matches').getByText('Les Vagues Lentes').first().waitFor();
  expect([...theatre.thrown, ...artist.thrown]).toEqual([]);
}, 180_000);
