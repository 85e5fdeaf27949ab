import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { signInAt } from './pages.ts';
import { mailTo } from './people.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 180_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens the theatre's page of the tour, and the form on its map; for another artist, the theatre writes another name into the tag. */
async function openForm(page: Page, artist = 'les-vagues-lentes'): Promise<void> {
  await page.goto(`${product.origins.theatre}/tournee.html`);
  await page.evaluate((name) => { document.querySelector('flow-tour-map')?.setAttribute('artist', name); }, artist);
  await page.locator('flow-tour-map').scrollIntoViewIfNeeded();
  await page.locator('flow-tour-map .near').waitFor();
  await page.getByRole('button', { name: 'Jouer près de chez moi' }).click();
  await page.locator('flow-tour-map .asking').waitFor();
}

async function chooseTown(page: Page, typed: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Commune' }).fill(typed);
  await page.locator('flow-tour-map').getByRole('option', { name }).first().click();
}

test.each([['desktop', { width: 1280 }], ['phone', { width: 375, dark: true }]] as const)('on a %s a fan and an organiser ask on the theatre’s map; the booker finds both in the inbox (TO-12, EM-01)', async (device, how) => {
  const town = device === 'desktop' ? ['Quimper', '29232'] as const : ['Tulle', '19272'] as const;
  const { page, context, thrown } = await newcomer(browser, how);
  const strangers: string[] = [];
  page.on('request', (request) => { if (!/^(https?:\/\/(localhost|[\w.-]+\.localhost|127\.0\.0\.1)[:/]|data:|blob:)/.test(request.url())) strangers.push(request.url()); });
  // Agence Lisière acts for the quartet.
  await openForm(page, 'quatuor-lisiere');
  await picture(page, `near-form-${device}`);
  await chooseTown(page, town[0], town[0]);
  await page.locator('flow-tour-map').getByText(/La date la plus proche est|Une date est déjà près/).waitFor();
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await page.getByRole('heading', { name: /C’est compté/ }).waitFor();
  await picture(page, `near-counted-${device}`);
  await page.getByRole('button', { name: 'Demander pour une autre commune' }).click();

  await page.getByLabel('Je l’inviterais à jouer').check();
  await chooseTown(page, town[0], town[0]);
  await page.getByLabel('Type de lieu').selectOption('bar');
  await page.getByLabel('Nom du lieu ou de la structure').fill(`Le Zinc de ${town[0]}`);
  await page.getByLabel('Votre nom').fill('Jo Exemple');
  await page.getByRole('textbox', { name: 'Courriel' }).fill(`jo-${device}@zinc.example`);
  await page.getByLabel(/^Quand/).fill('un jeudi de novembre');
  await page.getByLabel(/^Message/).fill('Nous avons soixante places et un piano.');
  await picture(page, `near-organiser-${device}`);
  await page.evaluate(axe);
  const faults = await page.evaluate(async () => (await (window as unknown as { axe: { run: (node: unknown) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run('flow-tour-map')).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' ')}`));
  expect(faults).toEqual([]);
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await page.getByRole('heading', { name: 'Demande envoyée' }).waitFor();
  expect([await context.cookies(), await page.evaluate(() => Object.keys(sessionStorage).filter((name) => /near/i.test(name)))]).toEqual([[], []]);
  expect(strangers).toEqual([]);

  const booker = await newcomer(browser, how);
  await signInAt(product, booker.page, 'agence-lisiere@demo.example');
  const inbox = booker.page.locator('flow-inbox');
  const wish = inbox.getByRole('article').filter({ hasText: `Le Zinc de ${town[0]}` });
  await wish.getByText('Nous avons soixante places et un piano.').waitFor();
  expect(await wish.getByRole('link', { name: 'Répondre par courriel' }).getAttribute('href')).toContain(`mailto:jo-${device}%40zinc.example`);
  await inbox.getByRole('row').filter({ hasText: town[0] }).filter({ hasText: '1' }).first().waitFor();
  await picture(booker.page, `near-inbox-${device}`);
  if (device === 'desktop') {
    await wish.getByText('Proposer une date').click();
    await wish.getByLabel('Date du spectacle').fill('2027-11-18');
    await picture(booker.page, 'near-offer');
    await wish.getByRole('button', { name: 'Ouvrir le dossier' }).click();
    await wish.getByRole('link', { name: 'Ouvrir le dossier' }).click();
    await booker.page.locator('flow-file').getByText('Le Zinc de Quimper').first().waitFor();
  } else {
    await wish.getByText('Pas pour l’instant').click();
    await wish.getByRole('button', { name: 'Dire non pour l’instant' }).click();
    await wish.locator('.tag').getByText('Pas pour l’instant').waitFor();
  }
  expect([...thrown, ...booker.thrown]).toEqual([]);
  await Promise.all([context.close(), booker.context.close()]);
}, 180_000);

test('the link of our mail lets a fan say yes, and erase (EM-01)', async () => {
  const { page, context, thrown } = await newcomer(browser, { width: 375 });
  await openForm(page);
  await chooseTown(page, 'Aurillac', 'Aurillac');
  await page.getByLabel(/^Prévenez-moi/).check();
  await page.getByRole('textbox', { name: 'Courriel' }).fill('zoe@fan.example');
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await page.getByText('Un message est parti à zoe@fan.example').waitFor();
  const mail = await newcomer(browser, { width: 375 });
  const { text } = await mailTo(product, 'zoe@fan.example', /près d’Aurillac/);
  await mail.page.goto(/https?:\S+\/near#t=\S+/.exec(text)?.[0] ?? '');
  await mail.page.getByRole('button', { name: 'Oui, prévenez-moi' }).click();
  await mail.page.getByText('C’est noté').waitFor();
  await picture(mail.page, 'near-left-375');
  expect(mail.page.url()).not.toContain('#');
  await mail.page.getByRole('button', { name: 'Effacer' }).click();
  await mail.page.getByText('C’est effacé').waitFor();
  expect([...thrown, ...mail.thrown]).toEqual([]);
  await Promise.all([context.close(), mail.context.close()]);
}, 120_000);

test('a tour’s map fetches nothing of the map before it is near, and answers within 2.5 s with a warm cache (TO-12)', async () => {
  const { page, context } = await newcomer(browser);
  const fetched: string[] = [];
  page.on('request', (request) => { fetched.push(new URL(request.url()).pathname); });
  const map = () => fetched.filter((path) => /map-(gl|svg)|maplibre|basemap/.test(path));
  const warm = async (): Promise<number> => {
    const begun = Date.now();
    await page.goto(`${product.origins.theatre}/tournee.html`);
    await page.locator('flow-tour-map').scrollIntoViewIfNeeded();
    await page.locator('flow-tour-map .shows button.mark').first().click();
    await page.locator('flow-tour-map .shows .chosen').first().waitFor();
    return Date.now() - begun;
  };
  await page.goto(`${product.origins.theatre}/tournee.html`);
  await page.evaluate(() => { document.querySelector('flow-tour-map')?.remove(); });
  fetched.length = 0;
  await page.evaluate(() => {
    const far = document.createElement('flow-tour-map');
    far.setAttribute('artist', 'les-vagues-lentes');
    Object.assign(far.style, { display: 'block', marginTop: '6000px' });
    document.body.append(far);
  });
  await page.waitForTimeout(1_000);
  expect(map()).toEqual([]);
  await warm();
  const times = [await warm(), await warm(), await warm()].sort((a, b) => a - b);
  expect(times[1]).toBeLessThan(2_500);
  await context.close();
}, 90_000);
