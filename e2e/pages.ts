import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { codeOf, mailTo, tokenOf } from './people.ts';
import type { Product } from './product.ts';

/* What several journeys do on our own pages and on partners'. */

/** Opens the newest link that was mailed to somebody, as they would. What was in the fragment is not left in the address. */
export async function openLink(product: Product, page: Page, email: string, subject: RegExp): Promise<void> {
  const token = tokenOf(await mailTo(product, email, subject));
  await page.goto('about:blank');
  await page.goto(`${product.origins.platform}/b#t=${token}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(page.url()).not.toContain(token);
}

/** Signs in by the form. */
export async function signInAt(product: Product, page: Page, email: string, password = 'scene-ouverte-2026'): Promise<void> {
  await page.goto(`${product.origins.platform}/sign-in`);
  await page.getByLabel('Courriel').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('heading', { level: 1, name: 'Demandes' }).waitFor();
}

/** Signs the contract of the file that the page shows, with the code that comes by mail. */
export async function signContract(product: Product, page: Page, email: string, name: string): Promise<void> {
  const file = page.locator('flow-file');
  await file.getByRole('heading', { name: 'Lire et signer le contrat' }).waitFor();
  await file.getByLabel(/Votre nom/).fill(name);
  await file.getByRole('checkbox').check();
  await file.getByRole('button', { name: 'Recevoir mon code' }).click();
  await file.getByRole('textbox', { name: /^Code reçu/ }).fill(codeOf(await mailTo(product, email, /code pour signer/)));
  await file.getByRole('button', { name: 'Signer le contrat' }).click();
  await file.getByRole('heading', { name: 'Lire et signer le contrat' }).waitFor({ state: 'hidden' });
}

/** Waits until the status widget of a partner's page says so of a step, without the page being read again. */
export const told = (page: Page, step: string, state: 'fait' | 'en cours' | 'à venir'): Promise<void> =>
  page.locator('flow-contract-status').getByRole('listitem').filter({ has: page.getByText(step, { exact: true }) }).filter({ hasText: state }).waitFor();
