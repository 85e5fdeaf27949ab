import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { signInAt } from './pages.ts';
import { signIn, until } from './people.ts';
import { openProduct, type Product } from './product.ts';

const ours = 'agence-lisiere@demo.example';
let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct({ OPERATORS: ours }), openBrowser()]); }, 180_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

test('one of ours looks at each new match first: two like each other and hear nothing, until it is approved; turned off, nothing waits (MA-16, MA-23, MA-24, MA-27)', async () => {
  const { page, thrown } = await newcomer(browser);
  await signInAt(product, page, ours);
  await page.getByRole('link', { name: 'Mises en relation' }).click();
  const desk = page.locator('flow-matching');
  await desk.getByText('Personne ne valide').first().waitFor();
  expect(await desk.getByRole('article').count()).toBe(6);
  await desk.getByText('Commencer à valider').first().click();
  await desk.getByLabel('Raison').fill('Les cent premiers matchs');
  await desk.getByRole('button', { name: 'Commencer à valider' }).click();
  await desk.getByText(/chaque match attend l’un de nous/).waitFor();

  const sides = await Promise.all(['theatre@demo.example', 'les-vagues-lentes@demo.example'].map(async (email) => {
    const person = await signIn(product, email);
    const { organisations: [own] } = await person.ask<{ organisations: { id: string }[] }>('identity.me');
    return { person, id: own?.id ?? '' };
  }));
  const [theatre, artist] = sides as [typeof sides[number], typeof sides[number]];
  const like = (one: typeof theatre, other: typeof theatre) => one.person.act<{ match: object | null }>('discovery.choose', { orgId: other.id, verdict: 'like' });
  const matches = async () => (await theatre.person.ask<{ matches: { other: { name: string } }[] }>('discovery.matches')).matches;
  await like(theatre, artist);
  expect((await like(artist, theatre)).match).toBeNull();
  expect(await matches()).toEqual([]);

  await page.reload();
  await desk.getByText('1 en attente').waitFor();
  await picture(page, 'matching-waiting');
  await desk.getByRole('button', { name: 'Approuver' }).click();
  await desk.getByText('C’est décidé.').waitFor();
  await until('the match', async () => (await matches()).some(({ other }) => other.name === 'Les Vagues Lentes'));
  await desk.getByText('Ne plus valider').first().click();
  await desk.getByLabel('Raison').fill('C’est rodé');
  await desk.getByRole('button', { name: 'Ne plus valider' }).click();
  await desk.getByText('Personne ne valide').first().waitFor();
  await desk.getByText('Plus personne ne valide').waitFor();
  expect(thrown).toEqual([]);
}, 120_000);

test('to anybody else there is no such page', async () => {
  const { page } = await newcomer(browser, { width: 375, dark: true });
  await signInAt(product, page, 'theatre@demo.example');
  expect(await page.getByRole('link', { name: 'Mises en relation' }).count()).toBe(0);
  await page.goto(`${product.origins.platform}/matching`);
  await page.locator('flow-matching').getByRole('alert').waitFor();
  await picture(page, 'matching-not-yours-375');
}, 60_000);
