import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { codeOf, holder, mailTo, signIn, tokenOf } from './people.ts';
import { openProduct, type Product } from './product.ts';
import { agree, askForADay, fileWhen, freeDays, giveParty, type Walk } from './walk.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 120_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

const email = 'cadre@visiteurs.example';

/** The reference that the receipt shows; the buyer's link reads it too. */
async function referenceOf({ bookingId }: Walk): Promise<string> {
  const buyer = holder(product, tokenOf(await mailTo(product, email, /est partie/)));
  return (await buyer.ask<{ reference: string }>('dossier.file', { bookingId })).reference;
}

test('inside the theatre’s page a code opens the file; signing and paying ask for another one (EM-01, CO-14, ES-01)', async () => {
  const artist = await signIn(product, 'les-vagues-lentes@demo.example');
  const [showDay = ''] = await freeDays(product, 'les-vagues-lentes', 60, 1);
  const walk = await askForADay(product, { email, showDay, artist });
  await agree(walk);
  await giveParty(walk);
  await fileWhen(walk, 'the contract', (file) => file.may.includes('contract.sign'));

  const { page, context, thrown } = await newcomer(browser);
  await page.goto(`${product.origins.theatre}/suivi.html#flow-status=${await referenceOf(walk)}`);
  const status = page.locator('flow-contract-status');
  await status.getByRole('button', { name: 'Ouvrir mon dossier' }).click();
  const frame = status.locator('iframe').contentFrame();
  await frame.getByRole('button', { name: 'Recevoir mon code' }).click();
  await frame.locator('input[name=code]').fill(codeOf(await mailTo(product, email, /code/i)));
  await frame.getByRole('button', { name: /Ouvrir/ }).click();

  const file = frame.locator('flow-file');
  await file.getByRole('heading', { level: 1 }).waitFor();
  // What is inside is nobody else's to read, and the page around leaves it its height.
  expect(await page.evaluate(() => { try { return document.querySelector('flow-contract-status')?.shadowRoot?.querySelector('iframe')?.contentDocument?.body.textContent ?? null; } catch { return null; } })).toBeNull();
  await picture(page, 'theatre-frame');
  await file.getByLabel(/Votre nom/).fill('Ada Vernier');
  await file.getByRole('checkbox').check();
  await file.getByRole('button', { name: 'Recevoir mon code' }).click();
  await file.locator('input[name=code]').fill(codeOf(await mailTo(product, email, /code pour signer/)));
  await file.getByRole('button', { name: 'Signer le contrat' }).click();
  await file.getByText(/[Ss]igné le/).first().waitFor();
  await artist.act('signing.requestCode', { bookingId: walk.bookingId });
  const code = codeOf(await mailTo(product, 'les-vagues-lentes@demo.example', /code pour signer/));
  await artist.act('signing.sign', { bookingId: walk.bookingId, code, name: 'Camille Estran', consent: true });

  await file.getByRole('button', { name: /379,80/ }).click();
  const pay = file.locator('iframe.pay').contentFrame();
  await pay.getByRole('button', { name: 'Recevoir mon code' }).click();
  await pay.locator('input[name=code]').fill(codeOf(await mailTo(product, email, /code pour payer|payer/)));
  await pay.getByRole('button', { name: 'Continuer' }).click();
  await pay.getByLabel('Numéro de carte').fill('4242 4242 4242 4242');
  await pay.getByLabel('Expiration').fill('12/34');
  await pay.getByLabel('Cryptogramme').fill('123');
  await pay.getByRole('button', { name: /Payer/ }).click();
  await status.getByText(/Acompte sécurisé[\s\S]*fait/).first().waitFor();
  expect(await context.cookies()).toEqual([]);
  expect(thrown).toEqual([]);
}, 180_000);

test('a page that is not on the list cannot stand around our frames (EM-01)', async () => {
  const stranger = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(['/frame/file?reference=x&key=pk_demo_theatre', '/frame/pay?key=pk_demo_theatre', '/sign-in'].map((path) => `<iframe src="${product.origins.platform}${path}"></iframe>`).join(''));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => { stranger.once('listening', resolve); });
  const { page } = await newcomer(browser);
  const refused: string[] = [];
  page.on('console', (message) => { if (/frame-ancestors/.test(message.text())) refused.push(message.text()); });
  await page.goto(`http://stranger.localhost:${(stranger.address() as AddressInfo).port}/`, { waitUntil: 'networkidle' });
  expect(refused).toHaveLength(3);
  stranger.close();
}, 60_000);
