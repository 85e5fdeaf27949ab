import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { signInAt } from './pages.ts';
import { mailTo, moveClock, signIn, until } from './people.ts';
import { openProduct, type Product } from './product.ts';

const booker = 'agence-lisiere@demo.example';
/** One of our own people. */
const operator = 'les-vagues-lentes@demo.example';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct({ OPERATORS: operator }), openBrowser()]); }, 180_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

interface Plans { readonly plan: string; readonly state: string | null; readonly until: string | null; readonly charges: readonly { readonly total: { readonly minor: number }; readonly invoice: { readonly number: string } | null }[] }

test('a booker looks at the plans, saves a card, pays the exact sum, takes a larger plan, and is told when its bank refuses (BI-01, BI-02, BI-15)', async () => {
  const { page, thrown } = await newcomer(browser);
  await signInAt(product, page, booker);
  await page.goto(`${product.origins.platform}/plan`);
  const plan = page.locator('flow-plan');
  await plan.getByText('Vous avez Booker, gratuit.').waitFor();
  // It acts for two artists, and keeps them.
  await plan.getByText('2 sur 1').waitFor();
  await picture(page, 'plan-free');
  const starter = plan.locator('article', { hasText: 'Booker Starter' });
  await starter.getByRole('button', { name: 'Choisir' }).click();
  await starter.getByText('118,80 €').first().waitFor();
  await starter.getByRole('link', { name: 'Enregistrer une carte' }).click();
  const card = page.locator('flow-plan-card');
  await card.getByLabel('Numéro de carte').fill('4000 0000 0000 0341');
  await card.getByLabel('Expiration').fill('12/34');
  await card.getByLabel('Cryptogramme').fill('123');
  await picture(page, 'plan-card');
  await card.getByRole('button', { name: 'Enregistrer une carte' }).click();
  await card.getByText('La carte est enregistrée.').waitFor();
  await card.getByRole('link', { name: 'Revenir à la formule' }).click();

  // That card can be saved, and refuses when it is charged: nothing has changed.
  await starter.getByRole('button', { name: 'Choisir' }).click();
  await starter.getByRole('button', { name: /Payer 118,80/ }).click();
  await plan.getByText('refusé', { exact: true }).first().waitFor();
  await plan.getByText('Vous avez Booker, gratuit.').waitFor();

  await plan.getByRole('link', { name: 'Changer de carte' }).click();
  await card.getByLabel('Numéro de carte').fill('4242 4242 4242 4242');
  await card.getByLabel('Expiration').fill('12/34');
  await card.getByLabel('Cryptogramme').fill('123');
  await card.getByRole('button', { name: 'Enregistrer une carte' }).click();
  await card.getByText('La carte est enregistrée.').waitFor();
  const me = await signIn(product, booker);
  await until('the new card', async () => (await me.ask<{ card: { label: string } | null }>('plans.now')).card?.label.endsWith('4242') || null);
  await card.getByRole('link', { name: 'Revenir à la formule' }).click();
  await starter.getByRole('button', { name: 'Choisir' }).click();
  await starter.getByRole('button', { name: /Payer 118,80.*4242/ }).click();
  await plan.getByText('Vous avez Booker Starter.').waitFor();
  await plan.getByText('2 sur 5').waitFor();

  // The same day all of both is left: 299 less 99, with its tax.
  const professional = plan.locator('article', { hasText: 'Booker Professionnel' });
  await professional.getByRole('button', { name: 'Choisir' }).click();
  await picture(page, 'plan-upgrade');
  await professional.getByRole('button', { name: /Payer 240,00/ }).click();
  await plan.getByText('Vous avez Booker Professionnel.').waitFor();
  await plan.getByText('2 sur 15').waitFor();
  await until('both invoices', async () => ((await me.ask<Plans>('plans.now')).charges.filter(({ invoice }) => invoice).length === 2) || null);
  await page.reload();
  await plan.getByRole('button', { name: /AB-\d{4}-0002/ }).waitFor();
  await page.setViewportSize({ width: 375, height: 800 });
  await picture(page, 'plan-active-375');
  expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);

  // A month later it renews by itself.
  const { until: ends } = await me.ask<Plans>('plans.now');
  await moveClock(product, new Date(`${ends ?? ''}T12:00:00Z`));
  const after = await until('the renewal', async () => {
    const now = await me.ask<Plans>('plans.now');
    return now.until !== ends ? now : null;
  });
  expect(after.charges.map(({ total }) => total.minor)).toEqual([35_880, 24_000, 11_880, 11_880]);
  expect(thrown).toEqual([]);
});

test('our own people date a price after seeing whom it reaches', async () => {
  const { page, thrown } = await newcomer(browser);
  await signInAt(product, page, operator);
  await page.getByRole('link', { name: 'Tarifs' }).click();
  const prices = page.locator('flow-prices');
  await prices.getByRole('button', { name: 'Nouveau tarif : Booker Professionnel' }).click();
  await prices.getByLabel('Prix du mois').fill('319');
  const soon = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  await prices.getByLabel('À partir du').fill(soon);
  await prices.getByRole('button', { name: 'Voir les effets' }).click();
  await prices.getByText('Organisations touchées : 1').waitFor();
  await picture(page, 'prices-effects');
  await prices.getByRole('button', { name: 'Enregistrer ce tarif' }).click();
  await prices.getByText('Le tarif est enregistré.').waitFor();
  expect(thrown).toEqual([]);
});

test('an artist whom the plan has no place for is told, and so is the booker (BI-07)', async () => {
  const other = await signIn(product, 'les-vagues-lentes@demo.example');
  const agency = await signIn(product, booker);
  await agency.act('plans.cancel');
  const { until: ends } = await agency.ask<Plans>('plans.now');
  await moveClock(product, new Date(`${ends ?? ''}T12:00:00Z`));
  await until('the free plan', async () => ((await agency.ask<Plans>('plans.now')).plan === 'booker_free') || null);
  await expect(other.act('identity.represent', { bookerEmail: booker })).rejects.toMatchObject({ reason: 'plan_limit' });
  const mail = await mailTo(product, booker, /n’a pas pu vous confier son mandat/);
  expect(mail.text).toContain('/plan');
});
