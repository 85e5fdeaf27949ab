import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { signInAt } from './pages.ts';
import { openProduct, type Product } from './product.ts';

/* A partner gets a widget onto a page that knows nothing of us, sees it there, has the page checked, and reads what happened. */

let product: Product;
let browser: Browser;
let server: Server;
/** What stands on the partner's page, and under which policy. */
const host = { body: '', policy: '' };
let origin = '';

beforeAll(async () => {
  server = createServer((_, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(host.policy && { 'content-security-policy': host.policy }) });
    res.end(`<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Une page</title><link rel="icon" href="data:,"></head><body><h1>Une page</h1>${host.body}</body></html>`);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  origin = `http://ma-page.localhost:${(server.address() as AddressInfo).port}`;
  [product, browser] = await Promise.all([openProduct(), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await product.close();
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
}, 60_000);

const snippet = (page: Page): Promise<string> => page.locator('flow-embeds .snippet pre').innerText();
const visit = async () => {
  const guest = await newcomer(browser);
  await guest.page.goto(`${origin}/`);
  return guest;
};
const check = async (page: Page): Promise<void> => {
  await page.getByLabel('Adresse de la page').fill(`${origin}/`);
  await page.getByRole('button', { name: 'Vérifier la page' }).click();
};

test('a partner puts the programme in German and in their colour on a plain page, and sees that it works (EM-01)', async () => {
  const { page, thrown, context } = await newcomer(browser);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: product.origins.platform });
  await signInAt(product, page, 'theatre@demo.example');
  await page.getByRole('link', { name: 'Intégrer' }).click();
  const embeds = page.locator('flow-embeds');
  await embeds.getByRole('heading', { level: 1, name: 'Intégrer' }).waitFor();

  // The preview is the widget itself, and its test finds nothing to say.
  await embeds.getByLabel('Langue du module').selectOption('de');
  await embeds.getByLabel('Accent', { exact: true }).fill('#8a1f4b');
  const inside = page.frameLocator('flow-embeds iframe').locator('flow-programme');
  await inside.getByRole('button', { name: 'Vergangene Termine' }).waitFor();
  await embeds.locator('.probes .good').nth(3).waitFor();
  expect(await embeds.locator('.probes .bad').count()).toBe(0);
  expect(await inside.evaluate((element) => getComputedStyle(element).getPropertyValue('--flow-accent'))).toBe('#8a1f4b');
  await picture(page, 'embeds-1280');

  // The address of a page under construction is allowed first: without that the key opens nothing there.
  await embeds.locator('.snippet').getByRole('button', { name: 'Copier' }).click();
  await embeds.locator('.snippet').getByText('Copié').waitFor();
  host.body = await page.evaluate(() => navigator.clipboard.readText());
  expect(host.body).toBe(await snippet(page));
  for (const part of ['data-lang="de"', '--flow-accent:#8a1f4b', '>Programm</a>']) expect(host.body).toContain(part);
  const early = await visit();
  await early.page.locator('flow-programme').getByRole('alert').waitFor();
  await early.context.close();
  await check(page);
  await embeds.getByText(`L’adresse ${origin} n’est pas autorisée`).waitFor();
  await embeds.getByLabel('Adresse à autoriser').fill(origin);
  await embeds.getByRole('button', { name: 'Autoriser', exact: true }).click();
  await embeds.locator('.origins').getByText(origin).waitFor();

  const guest = await visit();
  const widget = guest.page.locator('flow-programme');
  await widget.getByRole('button', { name: 'Vergangene Termine' }).waitFor();
  expect(await widget.evaluate((element) => getComputedStyle(element).getPropertyValue('--flow-accent'))).toBe('#8a1f4b');
  expect(guest.thrown).toEqual([]);
  await picture(guest.page, 'embeds-guest');
  await check(page);
  await embeds.getByText('Tout est en place.').waitFor();
  await guest.page.waitForTimeout(2_500);
  await guest.context.close();

  // The view is counted under its page; the preview's own are not.
  await page.reload();
  const row = embeds.locator('.sums').last().getByRole('row').filter({ hasText: `${origin}/` });
  await row.waitFor();
  expect(await row.getByRole('cell').first().innerText()).toBe('1');
  await picture(page, 'embeds-views');
  expect(thrown).toEqual([]);
});

test('what a strict policy lacks is said word for word, and is enough (EM-01)', async () => {
  const { page } = await newcomer(browser, { width: 375, height: 800, dark: true });
  await signInAt(product, page, 'theatre@demo.example');
  await page.goto(`${product.origins.platform}/embeds`);
  const embeds = page.locator('flow-embeds');
  await embeds.locator('.snippet').waitFor();
  host.body = await snippet(page);
  host.policy = "default-src 'none'; style-src 'self'";
  await check(page);
  await embeds.locator('.found').getByText('La politique de sécurité (CSP) retient des modules').waitFor();
  await embeds.getByText('La politique entière, corrigée').click();
  // It takes no styles on elements either: for such a page there are lines that say none, and a rule for the page's own sheet.
  await embeds.locator('.found').getByText('Votre politique refuse les styles posés sur un élément').waitFor();
  await embeds.getByText('Si votre site a une politique de sécurité (CSP)').click();
  expect(host.body).toContain('style="display:block;--flow-room:');
  host.body = await embeds.locator('details.strict pre').nth(1).innerText();
  expect(host.body).not.toContain('style=');
  expect(await embeds.locator('details.strict pre').nth(2).innerText()).toContain('flow-programme{display:block;--flow-room:');
  const whole = embeds.locator('details').filter({ hasText: 'La politique entière, corrigée' }).locator('pre');
  host.policy = await whole.innerText();
  await picture(page, 'embeds-375-dark');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  const guest = await visit();
  await guest.page.locator('flow-programme .shows > li').first().waitFor();
  expect(guest.thrown).toEqual([]);
  await guest.context.close();
  await check(page);
  await embeds.getByText('La politique de sécurité (CSP) laisse passer tout ce qu’il faut.').waitFor();
  host.policy = '';

  // The same in a plain frame, for a page that takes no script: it stands there without one.
  await embeds.getByRole('radio', { name: 'Cadre (iframe)' }).check();
  const [frame = ''] = (await snippet(page)).split('\n');
  host.body = frame;
  const framed = await visit();
  await framed.page.frameLocator('iframe').locator('flow-programme .shows > li').first().waitFor();
  await check(page);
  await embeds.getByText('Un cadre de Flow Stage est dans la page.').waitFor();
  await framed.context.close();
});
