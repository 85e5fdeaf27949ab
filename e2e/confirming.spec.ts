import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser } from './browser.ts';
import { mailTo } from './people.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 120_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

test('whoever signs up with somebody else’s address is let in by nobody: its owner confirms it, and chooses the password (ID-02)', async () => {
  const [thief, owner] = [await newcomer(browser), await newcomer(browser)];
  const email = 'solene@la-grange-aux-notes.example';
  const [theirs, own] = ['pommier-cerise-lanterne-42', 'canal-sous-la-pluie-7'];
  await thief.page.goto(`${product.origins.platform}/sign-up`);
  await thief.page.getByLabel('Votre nom').fill('Solène');
  await thief.page.getByLabel('Courriel').fill(email);
  await thief.page.getByLabel('Mot de passe').fill(theirs);
  await thief.page.getByRole('button', { name: 'Créer mon compte' }).click();
  await thief.page.getByText(`Nous avons écrit à ${email}`).waitFor();

  const { text } = await mailTo(product, email, /Confirmez votre adresse/);
  const link = /https?:\S+#verify=\S+/.exec(text)?.[0] ?? '';
  await owner.page.goto(link);
  await owner.page.getByRole('button', { name: 'Confirmer mon adresse' }).click();
  await owner.page.getByRole('heading', { level: 1, name: 'Choisissez votre mot de passe' }).waitFor();
  await owner.page.getByLabel('Nouveau mot de passe').fill(own);
  await owner.page.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click();
  await owner.page.getByRole('heading', { level: 1, name: 'Votre organisation' }).waitFor();

  const signIn = async ({ page }: typeof thief, password: string): Promise<void> => {
    await page.goto(`${product.origins.platform}/sign-in`);
    await page.getByLabel('Courriel').fill(email);
    await page.getByLabel('Mot de passe').fill(password);
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  };
  await signIn(thief, theirs);
  await thief.page.getByText('Adresse ou mot de passe incorrect').waitFor();
  await owner.context.clearCookies();
  await signIn(owner, own);
  await owner.page.getByRole('heading', { level: 1, name: 'Votre organisation' }).waitFor();
  expect([...thief.thrown, ...owner.thrown]).toEqual([]);
}, 120_000);
