import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser } from './browser.ts';
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

test('a request typed while the server is down is kept, said to be, and sent by itself when it is back, once (EM-01, CL-09, NF-08)', async () => {
  const [showDay = ''] = await freeDays(product, 'les-vagues-lentes', 60, 1);
  const { page } = await newcomer(browser);
  await page.goto(`${product.origins.theatre}/artiste.html`);
  const form = page.locator('flow-booking-request');
  await form.scrollIntoViewIfNeeded();
  await form.getByLabel('Date', { exact: true }).fill(showDay);
  await form.getByRole('combobox').waitFor();
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Occasion').fill('Bal de la Saint-Jean');
  await form.getByLabel(/Budget/).fill('1400');
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Votre nom').fill('Ada Vernier');
  await form.getByLabel('Courriel').fill('gardee@visiteurs.example');

  await product.kill();
  await form.getByRole('button', { name: 'Envoyer la demande' }).click();
  await form.getByRole('heading', { name: 'Votre demande est gardée' }).waitFor();
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual(['flow-draft:les-vagues-lentes']);

  await product.start();
  await form.getByRole('heading', { name: 'Demande envoyée' }).waitFor({ timeout: 90_000 });
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await mailTo(product, 'gardee@visiteurs.example', /Votre demande à/);
  const mails = await fetch(`${product.address}/dev/mails`).then((answer) => answer.json()) as { to: string; subject: string }[];
  expect(mails.filter(({ to, subject }) => to === 'gardee@visiteurs.example' && subject.startsWith('Votre demande à'))).toHaveLength(1);
}, 180_000);
