import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needPdfTools } from '../scripts/tools.mjs';
import { newcomer, openBrowser, picture } from './browser.ts';
import { codeOf, mailTo, moveClock, tokenOf, until } from './people.ts';
import { openProduct, type Product } from './product.ts';
import { freeDays } from './walk.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([openProduct(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

const email = 'ada.vernier@visiteurs.example';
const day = 86_400_000;

/** The newest link that was mailed to the visitor, opened in a browser of their own. */
async function openMail(page: Page, subject: RegExp): Promise<void> {
  const token = tokenOf(await mailTo(product, email, subject));
  await page.goto('about:blank');
  await page.goto(`${product.origins.platform}/b#t=${token}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  // What was in the fragment is not left in the address.
  expect(page.url()).not.toContain(token);
}

test('from a stranger on the theatre’s page to a released payment (EM-01, CL-01, PR-12, MA-03, CL-09, CH-20, CO-13, CO-16, CO-17, CO-27, ES-01, ES-03, ES-05, DA-01)', async () => {
  const theatre = product.origins.theatre;
  const [showDay = ''] = await freeDays(product, 'les-vagues-lentes', 60, 1);

  // 1: the theatre's own page, with one script tag of ours.
  const visitor = await newcomer(browser);
  await visitor.page.goto(`${theatre}/artiste.html`);
  expect(await visitor.page.locator('script[src*="/v1/embed.js"]').count()).toBe(1);
  await visitor.page.getByRole('heading', { name: 'Les Vagues Lentes' }).first().waitFor();
  await picture(visitor.page, 'theatre-artist');
  const form = visitor.page.locator('flow-booking-request');
  await form.scrollIntoViewIfNeeded();
  await form.getByLabel('Date', { exact: true }).fill(showDay);
  // What finds communes is loaded once somebody enters the form.
  await form.getByRole('combobox').waitFor();
  await form.getByRole('combobox').fill('Besançon');
  await visitor.page.getByRole('option', { name: /Besançon/ }).first().click();
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Occasion').fill('Anniversaire du comité');
  await form.getByLabel(/Public attendu/).fill('150');
  await form.getByLabel(/Budget/).fill('1400');
  await form.getByLabel(/Son, lumière/).fill('Piano droit sur place.');
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Votre nom').fill('Ada Vernier');
  await form.getByLabel('Courriel').fill(email);
  await picture(visitor.page, 'theatre-request');
  await form.getByRole('button', { name: 'Envoyer la demande' }).click();
  await form.getByText('Demande envoyée').waitFor();
  const reference = (await form.locator('.code').innerText()).trim();
  expect(await visitor.context.cookies(theatre)).toEqual([]);

  // The steps, on the theatre's page: names and nothing else, live.
  const watcher = await newcomer(browser);
  await watcher.page.goto(`${theatre}/suivi.html#flow-status=${reference}`);
  const status = watcher.page.locator('flow-contract-status');
  const told = (step: string, state: string) => status.getByText(new RegExp(`${step}[\\s\\S]*${state}`)).first().waitFor();
  await told('Demande', 'fait');

  // 2: the artist reads it, holds the day, offers.
  const artist = await newcomer(browser);
  await artist.page.goto(`${product.origins.platform}/sign-in`);
  await artist.page.getByLabel('Courriel').fill('les-vagues-lentes@demo.example');
  await artist.page.getByLabel('Mot de passe', { exact: true }).fill('scene-ouverte-2026');
  await artist.page.getByRole('button', { name: 'Se connecter' }).click();
  await artist.page.getByRole('link', { name: /Ada Vernier|Anniversaire du comité/ }).first().waitFor();
  await picture(artist.page, 'inbox');
  await artist.page.getByRole('link', { name: /Ada Vernier|Anniversaire du comité/ }).first().click();
  const file = artist.page.locator('flow-file');
  await file.getByRole('heading', { name: 'Adéquation' }).waitFor();
  await file.getByText(/À \d+ km de chez vous|Jours libres/).first().waitFor();
  await picture(artist.page, 'file-request');
  await file.getByRole('button', { name: 'Accorder une option' }).first().click();
  await file.getByText('Option de rang 1').waitFor();
  await file.getByRole('button', { name: 'Faire une offre' }).click();
  await file.getByLabel(/Prix hors taxes/).fill('1500');
  await file.getByText('Versé à l’artiste').first().waitFor();
  await picture(artist.page, 'offer-form');
  await file.getByRole('button', { name: 'Envoyer l’offre' }).click();
  await file.getByText('En attente').first().waitFor();
  await told('Offre', 'fait');

  // 3: the visitor answers by the link of the mail; counter-offers both ways.
  const buyer = await newcomer(browser, { width: 375, height: 800 });
  await openMail(buyer.page, /propose/);
  const mine = buyer.page.locator('flow-file');
  await mine.getByText(/1.500,00/).first().waitFor();
  await picture(buyer.page, 'phone-offer');
  await mine.getByRole('button', { name: 'Faire une contre-proposition' }).click();
  await mine.getByLabel(/Prix hors taxes/).fill('1000');
  await mine.getByRole('button', { name: 'Envoyer la contre-proposition' }).click();
  await file.getByRole('button', { name: 'Faire une contre-proposition' }).click();
  await file.getByLabel(/Prix hors taxes/).fill('1200');
  await file.getByText(/1.122,00/).first().waitFor();
  await file.getByRole('button', { name: 'Envoyer la contre-proposition' }).click();
  await mine.getByRole('button', { name: /Accepter pour 1.266,00/ }).click();
  await told('Accord', 'fait');

  // 4: who signs, the contract, both signatures with codes.
  await mine.locator('input[name=legalName]').fill('Ada Vernier');
  await mine.locator('input[name=address]').fill('1 place du Chêne');
  await mine.locator('input[name=postcode]').fill('25000');
  await mine.locator('input[name=city]').fill('Besançon');
  await mine.locator('input[name=representative]').fill('Ada Vernier');
  await picture(buyer.page, 'phone-party');
  await mine.getByRole('button', { name: 'Enregistrer ces informations' }).click();
  await openMail(buyer.page, /prêt à signer/);
  await signIn(buyer.page, email, 'Ada Vernier');
  await signIn(artist.page, 'les-vagues-lentes@demo.example', 'Camille Estran');
  await told('Contrat signé', 'fait');
  await picture(artist.page, 'file-signed');
  await proveSeal(artist.page);

  // 5: the deposit: a declined card, then one that wants to know its owner.
  await openMail(buyer.page, /Paiement sécurisé/);
  await mine.getByRole('button', { name: /379,80/ }).click();
  const pay = buyer.page.frameLocator('iframe.pay');
  await enterCard(pay, '4000 0000 0000 0002');
  await pay.getByRole('alert').filter({ hasText: /refus/i }).first().waitFor();
  await picture(buyer.page, 'phone-declined');
  await enterCard(pay, '4000 0025 0000 3155');
  await pay.getByRole('button', { name: 'Approuver' }).first().click();
  await pay.getByText(/Paiement reçu|en cours/).first().waitFor();
  await picture(buyer.page, 'phone-paid');
  await told('Acompte sécurisé', 'fait');

  // The sweep charges the balance 28 days before.
  await moveClock(product, new Date(new Date(`${showDay}T12:00:00Z`).getTime() - 27 * day));
  await told('Solde sécurisé', 'fait');

  // 6: the show is played, both say so, the money leaves.
  await moveClock(product, new Date(`${showDay}T23:30:00Z`));
  await openMail(buyer.page, /a-t-il joué/);
  await mine.getByRole('button', { name: 'Le spectacle a eu lieu' }).click();
  await artist.page.reload();
  await file.getByRole('button', { name: 'Le spectacle a eu lieu' }).click();
  await told('Cachet versé', 'fait');
  await file.getByText(/1.122,00/).first().waitFor();
  await file.getByText(/Facture de commission|Commission/).first().waitFor();
  await picture(artist.page, 'file-settled');
  await artist.page.goto(artist.page.url().replace('/booking?', '/ledger?'));
  await artist.page.getByText('commission:platform').first().waitFor();
  await picture(artist.page, 'ledger');
  await picture(watcher.page, 'theatre-status');

  // Nothing of ours threw into anybody's console.
  expect([...visitor.thrown, ...watcher.thrown, ...artist.thrown, ...buyer.thrown]).toEqual([]);
}, 240_000);

async function signIn(page: Page, address: string, name: string): Promise<void> {
  const file = page.locator('flow-file');
  await file.getByLabel(/Votre nom/).fill(name);
  await file.getByRole('checkbox').check();
  await file.getByRole('button', { name: 'Recevoir mon code' }).click();
  await file.locator('input[name=code]').fill(codeOf(await mailTo(product, address, /code pour signer/)));
  await file.getByRole('button', { name: 'Signer le contrat' }).click();
  await file.getByText(/[Ss]igné le/).first().waitFor();
  await picture(page, `signed-${name.split(' ')[0] ?? ''}`);
}

async function enterCard(frame: ReturnType<Page['frameLocator']>, number: string): Promise<void> {
  await frame.getByLabel('Numéro de carte').fill(number);
  await frame.getByLabel('Expiration').fill('12/34');
  await frame.getByLabel('Cryptogramme').fill('123');
  await frame.getByRole('button', { name: /Payer/ }).click();
}

/** The sealed PDF, as the artist downloads it: A4, tagged, its fonts inside, its signature valid. */
async function proveSeal(page: Page): Promise<void> {
  needPdfTools();
  const bookingId = new URL(page.url()).searchParams.get('id') ?? '';
  const bytes = await until('the sealed contract', () => page.evaluate(async (id) => {
    const answer = await fetch(`/trpc/contracts.contract?input=${encodeURIComponent(JSON.stringify({ bookingId: id }))}`);
    const { result } = await answer.json() as { result: { data: { sealedFileId: string | null; clauses: unknown[] } } };
    if (!result.data.sealedFileId) return null;
    const pdf = await (await fetch(`/files/${result.data.sealedFileId}`)).arrayBuffer();
    return { clauses: result.data.clauses.length, pdf: [...new Uint8Array(pdf)] };
  }, bookingId));
  expect(bytes.clauses).toBe(20);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'flow-contract-')), 'contrat.pdf');
  writeFileSync(file, Buffer.from(bytes.pdf));
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  expect(execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })).toContain('Signature is Valid');
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  expect(info).toMatch(/Tagged:\s+yes/);
  expect(info).toMatch(/595\.\d+ x 841\.\d+ pts \(A4\)/);
  expect(execFileSync('pdffonts', [file], { encoding: 'utf8' }).split('\n').slice(2).filter(Boolean).every((row) => /\byes\s+(yes|no)\s+yes\b/.test(row))).toBe(true);
}
