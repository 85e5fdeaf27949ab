import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playTones } from '../prisma/world/sounds.ts';
import { newcomer, openBrowser, picture } from './browser.ts';
import { mailTo, until } from './people.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
let browser: Browser;
const servers: Server[] = [];
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 120_000);
afterAll(async () => {
  await browser.close();
  for (const server of servers) server.close();
  await product.close();
}, 60_000);

/** A web site of somebody's own: one plain file, served with the strictest policy that our documentation allows, and what they paste into it. */
interface Plain { readonly origin: string; readonly elsewhere: string; paste: (snippet: string, policy: string) => void }

async function openPlain(host: string): Promise<Plain> {
  let [html, policy] = ['', ''];
  const server = createServer((request, response) => {
    if (request.url !== '/') { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': `default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; ${policy}` });
    response.end(`<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chez nous</title><link rel="icon" href="data:,"></head>\n<body>\n<h1>Chez nous</h1>\n${html}\n</body>\n</html>`);
  });
  servers.push(server);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://${host}.localhost:${port}`, elsewhere: `http://copy-of-${host}.localhost:${port}`, paste: (snippet, allowed) => { [html, policy] = [snippet, allowed]; } };
}

const password = 'pommier-cerise-lanterne-42';

/** Signs up by the form, confirms the address by the mail, and founds an organisation. */
async function signUp(page: Page, who: { name: string; email: string; kind: RegExp; organisation: string }): Promise<void> {
  await page.goto(`${product.origins.platform}/sign-up`);
  await page.getByLabel('Votre nom').fill(who.name);
  await page.getByLabel('Courriel').fill(who.email);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Créer mon compte' }).click();
  await page.getByText(`Nous avons écrit à ${who.email}`).waitFor();
  await verify(page, who.email);
  await page.getByRole('radio', { name: who.kind }).check();
  await page.getByLabel('Nom de l’organisation').fill(who.organisation);
  await page.getByRole('button', { name: 'Créer l’organisation' }).click();
  await page.getByRole('link', { name: 'Sites', exact: true }).waitFor();
}

/** Confirms the address by the mail in the development mailbox: the link shows a button, and the button acts. */
async function verify(page: Page, email: string): Promise<void> {
  await mailTo(product, email, /Confirmez votre adresse/);
  await page.goto(`${product.origins.platform}/mailbox`);
  await page.getByLabel('Destinataire').selectOption(email);
  await page.getByRole('link', { name: 'Ouvrir le lien du message' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Confirmer votre adresse' }).waitFor();
  expect(new URL(page.url()).hash).toBe('');
  await page.getByRole('button', { name: 'Confirmer mon adresse' }).click();
  await page.getByRole('heading', { level: 1, name: 'Votre organisation' }).waitFor();
}

/** Enters a site of their own; its first key is there. */
async function addSite(page: Page, name: string, origin: string): Promise<void> {
  await page.getByRole('link', { name: 'Sites', exact: true }).click();
  await page.getByRole('heading', { name: 'Nouveau site' }).waitFor();
  await page.getByLabel('Nom du site').fill(name);
  await page.getByLabel('Adresse', { exact: false }).first().fill(`${origin}/`);
  await page.getByRole('button', { name: 'Créer le site' }).click();
  await page.getByRole('heading', { name: 'À coller dans la page' }).waitFor();
}

/** The lines that the page gives to paste for a widget on a page with a strict policy, and the policy that it asks for. */
async function snippetOf(page: Page, widget: string, artist?: string): Promise<string> {
  await page.getByLabel('Module').selectOption({ label: widget });
  if (artist) await page.getByLabel('Artiste', { exact: false }).fill(artist);
  return (await page.locator('flow-sites details pre').nth(1).textContent()) ?? '';
}
async function policyOf(page: Page): Promise<string> {
  await page.getByText('Si votre site a une politique de sécurité (CSP)').click();
  return page.locator('flow-sites details pre').first().innerText();
}
const keyOf = (snippet: string): string => /data-key="(pk_\w+)"/.exec(snippet)?.[1] ?? '';

test('a new venue signs up, gets a key, pastes two lines and sees the widget; a dead key is told calmly (ID-02, EM-01, AP-01)', async () => {
  const { page, thrown } = await newcomer(browser);
  const email = 'accueil@la-cabane-ronde.example';
  await signUp(page, { name: 'Maud Ferrand', email, kind: /^Salle/, organisation: 'La Cabane Ronde' });

  const site = await openPlain('newcomer');
  await addSite(page, 'Le site de la Cabane', site.origin);
  await page.getByText(`Adresses autorisées : ${site.origin}`).waitFor();
  const first = await snippetOf(page, 'Jours libres', 'les-vagues-lentes');
  const policy = await policyOf(page);
  await picture(page, 'newcomer-sites');
  expect(first.split('\n')).toHaveLength(2);

  // Two lines in a plain file, and the widget is there.
  site.paste(first, policy);
  const visitor = await newcomer(browser);
  const days = visitor.page.locator('flow-availability');
  const live = () => days.getByRole('grid').getByRole('button', { name: /, libre$/ }).first().waitFor();
  await visitor.page.goto(site.origin);
  await days.getByRole('button', { name: 'Mois suivant' }).click();
  await live();
  await picture(visitor.page, 'newcomer-live');
  expect(await visitor.context.cookies()).toEqual([]);

  // The same file at an address that is not on the list: what to add is said.
  await visitor.page.goto(site.elsewhere);
  await days.getByRole('alert').filter({ hasText: 'Ce module n’est pas ouvert à cette adresse' }).filter({ hasText: `ajoutez ${site.elsewhere}` }).waitFor();

  // A new key; the old one goes on for a while.
  await page.getByRole('button', { name: 'Changer de clé' }).click();
  await page.getByText(/remplacée\s; vaut jusqu’au/).waitFor();
  const second = await snippetOf(page, 'Jours libres', 'les-vagues-lentes');
  expect(keyOf(second)).not.toBe(keyOf(first));
  await visitor.page.goto(site.origin);
  await days.getByRole('button', { name: 'Mois suivant' }).click();
  await live();

  // The old one is revoked: the page that still has it says so, and nothing is thrown.
  const old = page.locator('flow-sites .keys li').filter({ hasText: keyOf(first) });
  await old.getByRole('button', { name: 'Révoquer' }).click();
  await old.getByRole('button', { name: 'Révoquer la clé' }).click();
  await old.getByText(/révoquée le/).waitFor();
  await picture(page, 'newcomer-revoked');
  await visitor.page.reload();
  await days.getByRole('alert').filter({ hasText: 'Ce module n’est pas ouvert sur ce site pour le moment.' }).waitFor();
  await visitor.page.getByRole('heading', { name: 'Chez nous' }).waitFor();
  await picture(visitor.page, 'newcomer-refused');
  site.paste(second, policy);
  await visitor.page.reload();
  await days.getByRole('button', { name: 'Mois suivant' }).click();
  await live();
  expect([...thrown, ...visitor.thrown]).toEqual([]);
}, 180_000);

test('a new artist makes a press kit and a calendar, shows them on a site, and is asked from there (ID-02, PR-03, PR-12, CL-01, MA-03, EM-01)', async () => {
  const { page, thrown } = await newcomer(browser);
  const email = 'duo.marmite@musiciens.example';
  await signUp(page, { name: 'Élie Garance', email, kind: /^Artiste ou groupe/, organisation: 'Duo Marmite' });

  // What is missing is said before anything is shown to anybody.
  await page.getByRole('link', { name: 'Dossier de presse' }).click();
  const kit = page.locator('flow-press-kit');
  await kit.getByText('Avant de publier, il manque : un style, un prix, une commune, une présentation, une photo.').waitFor();
  expect(await kit.getByRole('button', { name: 'Publier' }).isDisabled()).toBe(true);
  await picture(page, 'kit-empty');

  // Three photos and a recording.
  const photo = (at: number) => sharp({ create: { width: 1200, height: 800, channels: 3, background: { r: 60 + 60 * at, g: 90, b: 200 - 50 * at } } }).png().toBuffer();
  await kit.getByLabel('Ajouter des photos').setInputFiles(await Promise.all([0, 1, 2].map(async (at) => ({ name: `photo-${at + 1}.png`, mimeType: 'image/png', buffer: await photo(at) }))));
  await until('three photos', async () => await kit.getByLabel('Description de la photo').count() === 3);
  for (const [at, words] of ['Le duo sur la place du marché', 'Deux accordéons', 'Le duo, de dos'].entries()) {
    await kit.getByLabel('Description de la photo').nth(at).fill(words);
    await kit.getByLabel('Description de la photo').nth(at).press('Tab');
  }
  await kit.getByLabel('Ajouter un enregistrement').setInputFiles({ name: 'valse.wav', mimeType: 'audio/wav', buffer: playTones('duo-marmite', 0, 2) });
  await kit.getByLabel(/^Titre ·/).fill('La valse du couvercle');
  await kit.getByLabel(/^Titre ·/).press('Tab');
  await kit.getByLabel('La valse du couvercle').waitFor();

  // Words, a commune, a price.
  await kit.locator('input[name=genre]').fill('chanson');
  await kit.locator('input[name=genre]').press('Enter');
  await kit.getByRole('button', { name: 'Retirer chanson' }).waitFor();
  await kit.getByLabel('Commune').fill('Dijon');
  await kit.locator('datalist option[value="Dijon (21000)"]').waitFor({ state: 'attached' });
  await kit.getByLabel('Commune').fill('Dijon (21000)');
  await kit.getByLabel('Accroche · français').fill('Deux accordéons et une cuillère');
  await kit.getByLabel('Présentation · français').fill('Un duo qui cuisine des chansons sur les marchés, à feu doux.');
  await kit.getByLabel('Présentation · anglais').fill('A duo that simmers songs on market squares.');
  await kit.getByLabel('Prix le plus bas').fill('450');
  await kit.getByLabel('Prix habituel le plus haut').fill('900');
  await kit.getByLabel('Public, à partir de').fill('30');
  await kit.getByLabel('Public, jusqu’à').fill('300');
  await kit.getByRole('button', { name: 'Enregistrer' }).click();
  await kit.getByText('C’est enregistré.').waitFor();
  await kit.getByText('Le dossier est complet. Publiez-le pour qu’il puisse être affiché.').waitFor();
  await kit.getByRole('button', { name: 'Publier' }).click();
  await kit.getByText('Le dossier est public.').waitFor();
  await page.reload();
  await kit.getByText('Le dossier est public.').waitFor();
  expect(await kit.getByLabel('Description de la photo').evaluateAll((inputs: HTMLInputElement[]) => inputs.map(({ value }) => value))).toEqual(['Le duo sur la place du marché', 'Deux accordéons', 'Le duo, de dos']);
  await picture(page, 'kit-public');

  // Free days: one by mouse, three more by keyboard.
  await page.getByRole('link', { name: 'Calendrier' }).click();
  const calendar = page.locator('flow-calendar');
  await calendar.getByRole('button', { name: 'Mois suivant' }).click();
  const month = (await calendar.getByRole('grid').first().locator('[data-day]').first().getAttribute('data-day') ?? '').slice(0, 7);
  const day = (number: number) => calendar.locator(`[data-day="${month}-${String(number).padStart(2, '0')}"]`);
  await day(10).click();
  await calendar.getByText('1 jour choisi').waitFor();
  await calendar.getByRole('button', { name: 'Libre', exact: true }).click();
  await calendar.getByText('Le calendrier est à jour.').waitFor();
  await calendar.getByRole('button', { name: /, libre$/ }).first().waitFor();
  await day(10).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await calendar.getByText('1 jour choisi').waitFor();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await calendar.getByText('3 jours choisis').waitFor();
  await page.keyboard.press('Tab');
  expect(await calendar.getByRole('button', { name: 'Libre', exact: true }).evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)).toBe(true);
  await page.keyboard.press('Enter');
  await calendar.getByText('Le calendrier est à jour.').waitFor();
  await until('four free days', async () => await calendar.getByRole('grid').first().getByRole('button', { name: /, libre$/ }).count() === 4);
  await picture(page, 'calendar-marked');

  // A site of their own, and three modules on it.
  const site = await openPlain('duo-marmite');
  await addSite(page, 'La page du duo', site.origin);
  const lines = [await snippetOf(page, 'Dossier de presse'), await snippetOf(page, 'Jours libres'), await snippetOf(page, 'Demande de date')].map((snippet) => snippet.split('\n'));
  expect(new Set(lines.map(([script]) => script)).size).toBe(1);
  site.paste([lines[0]?.[0], ...lines.map(([, tag]) => tag)].join('\n'), await policyOf(page));
  const visitor = await newcomer(browser, { width: 375, height: 800 });
  await visitor.page.goto(site.origin);
  const epk = visitor.page.locator('flow-epk');
  await epk.getByRole('heading', { name: 'Duo Marmite' }).waitFor();
  await epk.getByText('Deux accordéons et une cuillère').waitFor();
  await epk.getByText('La valse du couvercle').waitFor();
  expect(await epk.getByRole('img').count()).toBe(3);
  for (const one of await epk.getByRole('img').all()) {
    await one.scrollIntoViewIfNeeded();
    expect(await one.evaluate(async (img: HTMLImageElement) => { await img.decode(); return img.naturalWidth; })).toBeGreaterThan(0);
  }
  const days = visitor.page.locator('flow-availability');
  await days.scrollIntoViewIfNeeded();
  await days.getByRole('button', { name: 'Mois suivant' }).click();
  const free = days.getByRole('grid').getByRole('button', { name: /, libre$/ });
  await free.first().waitFor();
  expect(await free.evaluateAll((buttons) => buttons.map((button) => button.dataset['day']))).toEqual([10, 17, 18, 19].map((number) => `${month}-${number}`));
  await free.nth(1).click();

  // A request from there.
  const form = visitor.page.locator('flow-booking-request');
  await form.scrollIntoViewIfNeeded();
  await until('the day in the form', async () => await form.getByLabel('Date', { exact: true }).inputValue() === `${month}-17`);
  // What finds communes is loaded once somebody enters the form.
  await form.getByLabel('Commune', { exact: true }).click();
  await form.getByRole('combobox').waitFor();
  await form.getByRole('combobox').fill('Beaune');
  await visitor.page.getByRole('option', { name: /Beaune/ }).first().click();
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Occasion').fill('Les cinquante ans de Rose');
  await form.getByLabel(/Public attendu/).fill('80');
  await form.getByLabel(/Budget/).fill('700');
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Votre nom').fill('Rose Tissier');
  await form.getByLabel('Courriel').fill('rose@visiteurs.example');
  await form.getByRole('button', { name: 'Envoyer la demande' }).click();
  await form.getByText('Demande envoyée').waitFor();
  await picture(visitor.page, 'phone-newcomer-artist');

  // It is in the inbox, with its score.
  await mailTo(product, email, /Nouvelle demande/);
  await page.getByRole('link', { name: 'Demandes', exact: true }).click();
  const line = page.locator('flow-inbox').getByRole('listitem').filter({ hasText: 'Les cinquante ans de Rose' });
  await line.waitFor();
  await until('its score', async () => {
    if (await line.getByText(/^\d+\s*\/ 100$/).count() > 0) return true;
    await page.reload();
    await line.waitFor();
    return false;
  });
  await picture(page, 'newcomer-inbox');
  await page.getByRole('link', { name: 'Les cinquante ans de Rose' }).click();
  await page.locator('flow-file').getByRole('heading', { name: 'Les cinquante ans de Rose' }).waitFor();
  expect([...thrown, ...visitor.thrown]).toEqual([]);
}, 240_000);
