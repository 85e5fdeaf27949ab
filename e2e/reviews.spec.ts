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

/** Opens the file of the show that Électra Mineur played at La Passerelle Claire last week. */
async function fileOf(email: string, how: { width?: number; dark?: boolean } = {}): Promise<{ page: Page; thrown: string[] }> {
  const { page, thrown } = await newcomer(browser, how);
  await signInAt(product, page, email);
  await page.getByRole('button', { name: 'Terminées' }).click();
  await page.locator('flow-inbox').getByRole('link', { name: 'Concert de saison' }).click();
  await page.locator('flow-reviews').getByText('Note d’ensemble').waitFor();
  return { page, thrown };
}

/** The mean of Électra Mineur's stars on the public press kit, as somebody reads it who has not been there before: browsers keep the page for a minute. */
async function meanAtFirstSight(look: (page: Page) => Promise<void> = () => Promise.resolve()): Promise<string> {
  const { page, context, thrown } = await newcomer(browser);
  await page.goto(`${product.origins.platform}/@electra-mineur`);
  const mean = await page.locator('flow-epk').getByText(/sur 5 \(avis/).first().innerText();
  await look(page);
  expect(thrown).toEqual([]);
  await context.close();
  return mean;
}

test('both sides say how a show went: the first waits in nobody’s sight, the second shows both, the mean on the press kit moves, and the artist answers (PR-16, TE-06)', async () => {
  const before = await meanAtFirstSight();
  expect(before).toMatch(/\(avis : 1\)$/);

  const hall = await fileOf('passerelle@demo.example');
  const asked = hall.page.locator('flow-reviews');
  await picture(hall.page, 'review-to-write');
  // By the keyboard alone, as a radio group goes: one star, then four more.
  await asked.getByRole('group', { name: 'Note d’ensemble' }).getByRole('radio').first().focus();
  await hall.page.keyboard.press('Space');
  for (let n = 0; n < 3; n += 1) await hall.page.keyboard.press('ArrowRight');
  await asked.getByRole('group', { name: 'Le spectacle lui-même' }).getByTitle(/^5 sur 5/).click();
  await asked.getByLabel(/En quelques mots/).fill('Une nuit dont on reparle au comptoir.');
  await asked.getByLabel(/Combien de personnes/).fill('900');
  await asked.getByRole('button', { name: 'Envoyer mon avis' }).click();
  // The cellar holds 180: the browser keeps so many back, and so would the server.
  expect(await asked.getByLabel(/Combien de personnes/).evaluate((field: HTMLInputElement) => field.validity.rangeOverflow)).toBe(true);
  await asked.getByLabel(/Combien de personnes/).fill('170');
  await asked.getByRole('button', { name: 'Envoyer mon avis' }).click();
  await asked.getByText('Votre avis attend').waitFor();
  await picture(hall.page, 'review-waits');
  expect(await meanAtFirstSight()).toBe(before);

  const artist = await fileOf('electra-mineur@demo.example', { width: 375, dark: true });
  const own = artist.page.locator('flow-reviews');
  expect(await own.getByText('au comptoir').count()).toBe(0);
  await picture(artist.page, 'review-to-write-phone');
  await own.getByRole('group', { name: 'Note d’ensemble' }).getByTitle(/^5 sur 5/).click();
  await own.getByLabel(/En quelques mots/).fill('Cave chaleureuse.');
  await own.getByRole('button', { name: 'Envoyer mon avis' }).click();
  await own.getByText('Une nuit dont on reparle au comptoir.').waitFor();
  await own.getByText('170 personnes sont venues.').waitFor();
  await own.getByText('Répondre à cet avis').click();
  await own.getByLabel(/Votre réponse/).fill('Merci, à bientôt.');
  await own.getByRole('button', { name: 'Publier ma réponse' }).click();
  await own.getByText('Votre réponse est publiée.').waitFor();
  await picture(artist.page, 'review-shown-phone');

  // The other side hears of it without reading the page again.
  await asked.getByText('Cave chaleureuse.').waitFor();
  await picture(hall.page, 'review-shown');
  const after = await meanAtFirstSight(async (page) => {
    await page.locator('flow-epk').getByText('Une nuit dont on reparle au comptoir.').first().waitFor();
    await picture(page, 'review-on-the-kit');
  });
  expect(after).toMatch(/\(avis : 2\)$/);
  expect(after.split(' ')[0]).not.toBe(before.split(' ')[0]);
  expect([...hall.thrown, ...artist.thrown]).toEqual([]);
}, 180_000);
