import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { mailTo, moveClock, signIn, tradeNow, until, type Mail, type Person } from './people.ts';
import { signInAt } from './pages.ts';
import { openProduct, type OwnProduct } from './product.ts';

/* What comes after a find: a contact in time, a Super Like, a search that is kept, a sheet that is filled in, the nights of a tour. */

let product: OwnProduct;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 180_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

const day = 86_400_000;
const theatre = 'theatre@demo.example';
const artist = 'les-vagues-lentes@demo.example';

interface Found { readonly orgId: string; readonly name: string }
const nothing = {
  genres: [], near: null, fee: { min: null, max: null, currency: 'EUR' }, capacity: { min: null, max: null }, days: null, lineUp: { min: null, max: null }, kinds: [], levels: [], settings: [], audiences: [], lyrics: [],
  family: false, outdoor: false, verified: false, ratingMin: 0, answerHoursMax: 0,
};
const find = async (person: Person, filters: Readonly<Record<string, unknown>> = {}): Promise<readonly Found[]> => (await person.ask<{ found: readonly Found[] }>('discovery.find', { filters: { ...nothing, ...filters } })).found;
const named = async (person: Person, name: string): Promise<string> => (await find(person)).find((one) => one.name === name)?.orgId ?? expect.fail(`${name} is found`);
const like = async (person: Person, name: string) => person.act('discovery.choose', { orgId: await named(person, name), verdict: 'like' });
const later = async (ms: number) => moveClock(product, new Date((await tradeNow(product)).getTime() + ms));

async function at(email: string, path: string, how: { width?: number; dark?: boolean } = {}): Promise<{ page: Page; thrown: string[] }> {
  const { page, thrown } = await newcomer(browser, how);
  await signInAt(product, page, email);
  await page.goto(`${product.origins.platform}${path}`);
  return { page, thrown };
}

test('a match counts down; a contact in time keeps it for both, and one that nobody wrote to runs out (MA-17)', async () => {
  const [hall, trio, alouette] = await Promise.all([signIn(product, theatre), signIn(product, artist), signIn(product, 'trio-alouette@demo.example')]);
  for (const [one, other, names] of [[hall, trio, ['Les Vagues Lentes', 'Théâtre de l’Horloge Bleue']], [hall, alouette, ['Trio Alouette', 'Théâtre de l’Horloge Bleue']]] as const) {
    await like(one, names[0]);
    await like(other, names[1]);
  }
  await mailTo(product, theatre, /nouveau match/, 'Trio Alouette');
  await later(26 * day);
  const { page, thrown } = await at(artist, '/matches', { width: 375 });
  const own = page.locator('flow-matches');
  await own.getByText('encore 4 jours').waitFor();
  await picture(page, 'matches-soon-phone');
  await own.getByRole('button', { name: 'J’ai écrit ou appelé' }).click();
  await own.getByRole('heading', { name: /Contact pris/ }).waitFor();
  await later(6 * day);
  const other = await at(theatre, '/matches');
  const theirs = other.page.locator('flow-matches');
  await theirs.getByRole('region', { name: /Contact pris/ }).getByRole('heading', { name: 'Les Vagues Lentes' }).waitFor();
  await theirs.getByRole('region', { name: /Expirés/ }).getByRole('heading', { name: 'Trio Alouette' }).waitFor();
  await picture(other.page, 'matches-after');
  expect([...thrown, ...other.thrown]).toEqual([]);
}, 180_000);

test('a Super Like is spent, arrives at once with its message by mail and on the page, and answered it is a match (MA-11, MA-16)', async () => {
  // What a paid month brings.
  await product.sql(`INSERT INTO super_like (org_id, seq, n, after, cause, at) SELECT org_id, 1, 1, 1, 'journey', now() FROM epk WHERE slug = 'nora-solveig'`);
  const { page, thrown } = await at('nora-solveig@demo.example', '/discover?kind=theatre');
  const found = page.locator('flow-discover');
  await found.getByRole('heading', { name: /Théâtre de l’Horloge Bleue/ }).waitFor();
  await found.getByRole('button', { name: 'Super Like', exact: true }).click();
  await found.getByText('Il vous reste 1 Super Like.').waitFor();
  await found.getByLabel('Votre message').fill('Mon nouveau spectacle va bien à votre salle.');
  await found.getByRole('button', { name: 'Envoyer le Super Like' }).click();
  await found.getByText('Super Like envoyé à Théâtre de l’Horloge Bleue.').waitFor();
  expect((await mailTo(product, theatre, /Nora Solveig vous envoie un Super Like/)).text).toContain('Mon nouveau spectacle va bien à votre salle.');
  const other = await at(theatre, '/matches', { dark: true });
  const theirs = other.page.locator('flow-matches');
  await theirs.getByText('Mon nouveau spectacle va bien à votre salle.').waitFor();
  await picture(other.page, 'matches-admirer');
  await theirs.getByRole('region', { name: 'Ils vous ont écrit' }).getByRole('button', { name: 'J’aime' }).click();
  await theirs.getByRole('region', { name: /En cours/ }).getByRole('heading', { name: 'Nora Solveig' }).waitFor();
  await page.goto(`${product.origins.platform}/matches`);
  await page.locator('flow-matches').getByText('0 Super Like disponible').waitFor();
  expect([...thrown, ...other.thrown]).toEqual([]);
}, 180_000);

/** Every mail of somebody whose subject fits. */
const mails = async (to: string, subject: RegExp): Promise<readonly Mail[]> => ((await (await fetch(`${product.address}/dev/mails?to=${encodeURIComponent(to)}`)).json()) as Mail[]).filter((mail) => subject.test(mail.subject));

/** The look of the searches that are kept, more than a day from now, when each is due, to its end. */
async function lookAnew(): Promise<void> {
  await later(day + 3_600_000);
  await product.sql(`SELECT graphile_worker.add_job('look_anew', '{}')`);
  await until('the look to be over', async () => await product.sql(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'look_anew'`) === 0);
}

test('a search that is kept tells of a new find by mail with why, and no more once that is unwished (MA-10)', async () => {
  const { page, thrown } = await at(theatre, '/discover?genre=polka');
  const found = page.locator('flow-discover');
  await found.getByText('Recherches gardées (0)').click();
  await found.getByLabel('Nom de la recherche').fill('Des polkas');
  await found.getByRole('button', { name: 'Garder cette recherche' }).click();
  await found.getByText('Recherche gardée : Des polkas.').waitFor();
  const subject = /Du nouveau pour « Des polkas »/;
  const playPolka = async (slug: string) => (await signIn(product, `${slug}@demo.example`)).act('profiles.updateEpk', { genres: ['jazz', 'polka'] });
  await playPolka('quatuor-lisiere');
  await lookAnew();
  const mail = await mailTo(product, theatre, subject);
  expect(mail.text).toMatch(/Quatuor Lisière \(Clermont-Ferrand\), \d+ sur 100\. Pour : /);
  await page.goto(`${product.origins.platform}/matches`);
  const wishes = page.locator('flow-matches').getByRole('region', { name: 'Ce que vous voulez recevoir' });
  await wishes.getByRole('checkbox', { name: /Les messages de matchs/ }).uncheck();
  await wishes.getByRole('button', { name: 'Enregistrer' }).click();
  await wishes.getByText('C’est enregistré').waitFor();
  await playPolka('ondine-ferrat');
  await lookAnew();
  expect(await mails(theatre, subject)).toHaveLength(1);
  // Wished for again, what was found meanwhile is told.
  await wishes.getByRole('checkbox', { name: /Les messages de matchs/ }).check();
  await wishes.getByRole('button', { name: 'Enregistrer' }).click();
  await until('the wish to be kept', async () => (await (await signIn(product, theatre)).ask<{ mails: boolean }>('discovery.wishes')).mails);
  await lookAnew();
  await mailTo(product, theatre, subject, 'Ondine Ferrat');
  expect(thrown).toEqual([]);
}, 180_000);

test('a sheet is filled in: the profile grows whole before one’s eyes, and the hall finds what was said within a second (PR-01, MA-09)', async () => {
  const [hall, own] = await Promise.all([signIn(product, theatre), signIn(product, 'quatuor-lisiere@demo.example')]);
  await own.act('sheets.update', { level: null, settings: [], audiences: [] });
  const headliners = async () => (await find(hall, { levels: ['headliner'] })).some(({ name }) => name === 'Quatuor Lisière');
  expect(await headliners()).toBe(false);
  const { page, thrown } = await at('quatuor-lisiere@demo.example', '/sheet', { width: 375 });
  const sheet = page.locator('flow-sheet');
  await sheet.getByRole('heading', { name: 'Profil complet à 85 %' }).waitFor();
  await sheet.getByRole('button', { name: 'Dire votre notoriété' }).click();
  const play = sheet.getByRole('region', { name: 'Ce que vous jouez, et pour qui' });
  await play.getByLabel('Notoriété').selectOption({ label: 'tête d’affiche' });
  await play.getByRole('checkbox', { name: 'assis' }).check();
  await play.getByRole('checkbox', { name: 'adultes' }).check();
  await play.getByRole('button', { name: 'Enregistrer' }).click();
  await sheet.getByRole('heading', { name: 'Profil complet à 100 %' }).waitFor();
  const from = performance.now();
  await until('the hall to find it', headliners);
  expect(performance.now() - from).toBeLessThan(1_000);
  await picture(page, 'sheet-whole-phone');
  expect(thrown).toEqual([]);
}, 180_000);

test('a booker looks for ten nights of an artist at once: five places each, with why in figures (MA-05, MA-21)', async () => {
  const quartet = await signIn(product, 'quatuor-lisiere@demo.example');
  // Nights that the quartet has not sold: of the next days one in three is tried.
  const first = (await tradeNow(product)).getTime() + 120 * day;
  const tried = Array.from({ length: 20 }, (_, i) => new Date(first + i * 3 * day).toISOString().slice(0, 10));
  const found = (await Promise.all([tried.slice(0, 10), tried.slice(10)].map((days) => quartet.ask<{ nights: { day: string; found: unknown[] }[] }>('discovery.nights', { days })))).flatMap(({ nights }) => nights);
  const free = found.filter((night) => night.found.length > 0).map((night) => night.day).slice(0, 10);
  expect(free).toHaveLength(10);

  const { page, thrown } = await at('agence-lisiere@demo.example', '/discover');
  const acts = page.getByLabel('Agir pour');
  await acts.selectOption(await acts.locator('option', { hasText: 'Quatuor Lisière' }).getAttribute('value'));
  await page.getByRole('link', { name: 'Dates à remplir' }).click();
  const nights = page.locator('flow-nights');
  for (const one of free) {
    await nights.getByLabel('Ajouter une date').fill(one);
    await nights.getByRole('button', { name: 'Ajouter', exact: true }).click();
  }
  await nights.getByText('10 dates sur 10').waitFor();
  await nights.getByRole('button', { name: 'Trouver les lieux' }).click();
  await nights.locator('section').nth(9).waitFor();
  expect(await nights.locator('section').evaluateAll((all) => all.map((one) => one.querySelectorAll('.places > li').length))).toEqual(free.map(() => 5));
  await nights.getByText(/cachet .*€, budget .*€/).first().waitFor();
  await picture(page, 'nights-of-a-tour');
  expect(thrown).toEqual([]);
}, 180_000);
