import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { signInAt } from './pages.ts';
import { mailTo, moveClock, signIn, tradeNow, until } from './people.ts';
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

test('our own people make a promotion after seeing what it changes, and see what we earn (BI-08, BI-09)', async () => {
  const { page, thrown } = await newcomer(browser);
  await signInAt(product, page, operator);
  await page.goto(`${product.origins.platform}/prices`);
  const prices = page.locator('flow-prices');
  await prices.getByRole('button', { name: 'Nouvelle promotion' }).click();
  const later = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  for (const [label, value] of [['Code (lettres et chiffres)', 'printemps'], ['Taux, en pour cent', '2,5'], ['Pendant combien de mois', '2'], ['Taux ensuite, en pour cent', '6'], ['Ne se prend plus à partir du', later(200)], ['Finie pour tous à partir du', later(300)], ['À partir du', later(100)]] as const) {
    await prices.getByLabel(label, { exact: true }).fill(value);
  }
  await prices.getByRole('button', { name: 'Voir les effets' }).click();
  await prices.getByText('Si toutes la prenaient').waitFor();
  await prices.getByRole('button', { name: 'Enregistrer cette promotion' }).click();
  await prices.getByText('La promotion est enregistrée.').waitFor();
  await prices.getByRole('heading', { name: 'PRINTEMPS' }).waitFor();
  // What the booker paid stands there, before tax: its first month, its upgrade, and its renewal.
  await page.locator('flow-revenue').getByRole('row', { name: /Formules.*598,00/ }).waitFor();
  expect(thrown).toEqual([]);
});

test('a newcomer who signs up by the link of a booker is seen there as brought by it (BI-11, GA-07)', async () => {
  const agency = await signIn(product, booker);
  const { referral } = await agency.ask<{ referral: { code: string } }>('plans.now');
  const { page, thrown } = await newcomer(browser);
  await page.goto(`${product.origins.platform}/sign-up?referral=${referral.code}`);
  await page.getByLabel('Votre nom').fill('Nour Lambert');
  await page.getByLabel('Courriel').fill('nour@criee.example');
  await page.getByLabel('Mot de passe').fill('pommier-cerise-lanterne-42');
  await page.getByRole('button', { name: 'Créer mon compte' }).click();
  await page.getByText('Nous avons écrit à nour@criee.example').waitFor();
  await mailTo(product, 'nour@criee.example', /Confirmez votre adresse/);
  await page.goto(`${product.origins.platform}/mailbox`);
  await page.getByLabel('Destinataire').selectOption('nour@criee.example');
  await page.getByRole('link', { name: 'Ouvrir le lien du message' }).first().click();
  await page.getByRole('button', { name: 'Confirmer mon adresse' }).click();
  await page.getByRole('heading', { level: 1, name: 'Votre organisation' }).waitFor();
  // The code waited for the mail.
  expect(await page.getByLabel(/Code de parrainage/).inputValue()).toBe(referral.code);
  await picture(page, 'sign-up-brought');
  await page.getByRole('radio', { name: /^Lieu|^Salle/ }).check();
  await page.getByLabel('Nom de l’organisation').fill('La Criée');
  await page.getByRole('button', { name: 'Créer l’organisation' }).click();
  await page.getByRole('link', { name: 'Sites', exact: true }).waitFor();
  const now = await agency.ask<{ referral: { brought: object[] } }>('plans.now');
  expect(now.referral.brought).toMatchObject([{ name: 'La Criée', paid: false }]);
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

test('a plan on quote is asked for by a form, and assigned by our own people with a price and dates (BI-04)', async () => {
  const { page, thrown } = await newcomer(browser);
  await signInAt(product, page, booker);
  await page.goto(`${product.origins.platform}/plan`);
  const plan = page.locator('flow-plan');
  const enterprise = plan.locator('article', { hasText: 'Booker Entreprise' });
  await enterprise.getByRole('button', { name: 'Demander un devis' }).click();
  await enterprise.getByLabel('Ce dont vous avez besoin').fill('Quarante artistes.');
  await enterprise.locator('form').getByRole('button', { name: 'Demander un devis' }).click();
  await plan.getByText('Votre demande est partie.').waitFor();

  const ours = await newcomer(browser);
  await signInAt(product, ours.page, operator);
  await ours.page.goto(`${product.origins.platform}/prices`);
  const quotes = ours.page.locator('flow-quotes');
  await quotes.getByText('Quarante artistes.').waitFor();
  await quotes.getByRole('button', { name: /^Attribuer : / }).click();
  await quotes.getByLabel('Prix du mois hors taxe, en euros').fill('900');
  await quotes.getByLabel('À partir du').fill((await tradeNow(product)).toISOString().slice(0, 10));
  await quotes.getByRole('button', { name: 'Voir la facture' }).click();
  await quotes.getByText(/total 12\s960,00/).waitFor();
  await picture(ours.page, 'prices-quote');
  await quotes.getByRole('button', { name: 'Attribuer cette formule' }).click();
  await quotes.getByText('La formule est attribuée, et l’organisation est prévenue.').waitFor();
  expect((await mailTo(product, booker, /Votre formule est prête/)).text).toContain('/plan');
  const us = await signIn(product, operator);
  await until('its invoice', async () => (await us.ask<{ assigned: { number: string | null } | null }[]>('quotes.all')).some(({ assigned }) => assigned?.number));
  await ours.page.reload();
  await quotes.getByText(/Facture AB-\d{4}-\d{4}, à régler avant/).waitFor();
  await quotes.getByRole('button', { name: 'Le virement est arrivé' }).click();
  await quotes.getByText('Le virement est noté.').waitFor();
  await ours.page.setViewportSize({ width: 375, height: 800 });
  await picture(ours.page, 'prices-quotes-375');
  expect(await ours.page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);

  await page.reload();
  await plan.getByText('Vous avez Booker Entreprise.').waitFor();
  await plan.getByText(/Booker Entreprise vous est attribuée/).waitFor();
  await picture(page, 'plan-quoted');
  expect([...thrown, ...ours.thrown]).toEqual([]);
});
