import axe from 'axe-core';
import { XMLParser } from 'fast-xml-parser';
import ICAL from 'ical.js';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { signInAt } from './pages.ts';
import { holder, mailTo, signIn, tokenOf, until, type Mail } from './people.ts';
import { openProduct, type Product } from './product.ts';

/* A tour of ten dates for two artists: planned, dragged, sent as holds, planned anew and taken on the road, at a desk and on a phone. */

const products: Product[] = [];
let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); }, 60_000);
afterAll(async () => {
  await browser.close();
  for (const product of products) await product.close();
}, 60_000);

interface Visit { readonly artist: string; readonly venue: string; readonly day: string }
interface Plan { readonly id: string; readonly bids: readonly { readonly artist: string; readonly venue: string; readonly days: readonly string[] }[]; readonly artists: readonly { readonly id: string; readonly busy: readonly string[] }[] }
interface Scenario {
  readonly id: string; readonly version: number; readonly pins: readonly Visit[];
  readonly tour: { readonly stops: readonly (Visit & { readonly standing: string; readonly city: string })[]; readonly sums: { readonly shows: number } };
  readonly sent: readonly (Visit & { readonly state: string; readonly bookingId: string | null })[];
}

const nameOf = ({ artist, venue, day }: Visit): string => `${artist} ${venue} ${day}`;
const apart = (one: string, other: string): number => Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);

/** A date that is not signed, and another day near it that its place offered and on which the artist plays nowhere. */
function movable(plan: Plan, { tour }: Scenario, not: readonly string[]): { visit: Visit; to: string; days: number } {
  for (const reach of [3, 7, 12]) for (const stop of tour.stops) {
    if (stop.standing === 'fixed' || not.includes(nameOf(stop)) || not.includes(stop.city)) continue;
    const { artist, venue, day } = stop;
    const taken = new Set([...tour.stops.filter((one) => one.artist === artist).map((one) => one.day), ...plan.artists.find(({ id }) => id === artist)?.busy ?? []]);
    const to = plan.bids.find((bid) => bid.artist === artist && bid.venue === venue)?.days.find((one) => one > day && apart(day, one) <= reach && !taken.has(one));
    if (to) return { visit: { artist, venue, day }, to, days: apart(day, to) };
  }
  throw new Error('no date of the tour can be moved');
}

/** What axe finds on the page against WCAG 2.2 AA, in words. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const { violations } = await loaded.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
  });
}

/** How far the page stands out to the right, in pixels. */
const sideways = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Drags a block by some days: with a mouse, or with a finger. */
async function drag(page: Page, block: Locator, days: number, finger: boolean): Promise<void> {
  await block.scrollIntoViewIfNeeded();
  // To the left of what is in sight, so that the day it goes to is in sight too.
  await block.evaluate((one) => { const plot = one.closest('.plot'); plot?.scrollBy(one.getBoundingClientRect().left - plot.getBoundingClientRect().left - 24, 0); });
  const box = await block.boundingBox() ?? expect.fail('a block is in sight');
  const width = await block.evaluate((one) => Number(getComputedStyle(one).getPropertyValue('--w').replace('px', '')));
  const [x, y] = [box.x + 12, box.y + box.height / 2];
  const along = Array.from({ length: 6 }, (_, i) => x + (width * days * (i + 1)) / 6);
  if (!finger) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const at of along) await page.mouse.move(at, y);
    await page.mouse.up();
    return;
  }
  const touch = await page.context().newCDPSession(page);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  for (const at of along) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: at, y }] });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await touch.detach();
}

/** A file behind a link, as the browser that shows the page gets it. */
const fileOf = (link: Locator): Promise<{ type: string; bytes: number[]; text: string }> => link.evaluate(async (one) => {
  const answer = await fetch((one as HTMLAnchorElement).href);
  const body = new Uint8Array(await answer.arrayBuffer());
  return { type: answer.headers.get('content-type') ?? '', bytes: [...body.slice(0, 5)], text: new TextDecoder().decode(body) };
});

/** Begins a tour of five dates an artist, searches, compares and keeps the first variant. */
async function plan(page: Page, planner: Locator, device: string): Promise<void> {
  await planner.getByLabel('Nom de la tournée').fill('Dix dates');
  await planner.getByRole('checkbox', { name: /Quatuor Lisière/ }).check();
  await planner.getByRole('checkbox', { name: /Ondine Ferrat/ }).check();
  await planner.getByLabel('Dates souhaitées par artiste').fill('5');
  await picture(page, `tours-begin-${device}`);
  await planner.getByRole('button', { name: 'Créer la tournée' }).click();
  await planner.getByRole('tab', { name: 'Calendrier' }).waitFor();
  await planner.getByText('10 souhaitées').waitFor();
  expect(await planner.getByRole('button', { name: 'Annuler le geste' }).isDisabled()).toBe(true);
  await Promise.all([planner.getByRole('progressbar').waitFor(), planner.getByRole('button', { name: 'Chercher des tournées' }).click()]);
  const variants = planner.locator('.variants > li');
  await variants.nth(2).waitFor({ timeout: 90_000 });
  await picture(page, `tours-compare-${device}`);
  expect(await faults(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  const dates = await variants.evaluateAll((all) => all.map((one) => [...one.querySelectorAll('.dates li')].map((line) => line.textContent)));
  for (const [i, one] of dates.entries()) for (const other of dates.slice(i + 1)) expect(one.filter((line) => other.includes(line)).length / Math.max(one.length, other.length)).toBeLessThanOrEqual(0.6);
  // On some days of the year a tour of nine is worth more than one of ten.
  const lengths = dates.map((one) => one.length);
  expect(Math.max(...lengths)).toBe(10);
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(9);
  await planner.getByRole('region', { name: 'Comparaison, chiffre par chiffre' }).getByRole('row', { name: /^Marge/ }).waitFor();
  await variants.nth(1).getByRole('button', { name: 'La regarder' }).click();
  await planner.getByText('Vous regardez Variante 2, sans rien changer.').waitFor();
  await planner.locator('.map .pin').first().waitFor();
  await picture(page, `tours-map-${device}`);
  await planner.getByRole('button', { name: 'Revenir à la comparaison' }).click();
  await variants.first().getByRole('button', { name: 'Garder celle-ci' }).click();
  await planner.locator('.block').first().waitFor();
}

/** Another tab changes the tour; the first is told, and does again what it wanted. */
async function twoTabs(context: BrowserContext, page: Page, now: () => Promise<Scenario>): Promise<void> {
  const planner = page.locator('flow-tour-planner');
  const [first, second] = (await now()).tour.stops.filter(({ standing }) => standing === 'planned');
  if (!first || !second) throw new Error('two dates of the tour are free to be changed');
  const other = await context.newPage();
  await other.goto(page.url());
  await change(other.locator('flow-tour-planner'), first, 'Épingler');
  await until('the other tab’s pin', async () => (await now()).pins.some((pin) => nameOf(pin) === nameOf(first)));
  await other.close();
  await change(planner, second, 'Épingler');
  const alert = planner.getByRole('alert').filter({ hasText: 'changée ailleurs' });
  await alert.waitFor();
  await alert.getByRole('button', { name: /^Refaire :/ }).click();
  await until('both pins', async () => (await now()).pins.filter((pin) => [nameOf(first), nameOf(second)].includes(nameOf(pin))).length === 2);
  await alert.waitFor({ state: 'hidden' });
}

/** Opens a date in the table and does something to it. */
async function change(planner: Locator, visit: Visit, act: string): Promise<void> {
  await planner.getByRole('tab', { name: 'Tableau' }).click();
  await planner.locator(`#panel [data-stop="${nameOf(visit)}"]`).click();
  await planner.getByRole('dialog').getByRole('button', { name: act, exact: true }).click();
  await planner.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** One of the halls that asked says no, by the link of its mail. Says which date falls. */
async function decline(product: Product, { sent }: Scenario): Promise<Visit> {
  const mail = await until('a hall’s mail', async () => (await Promise.all(Array.from({ length: 14 }, async (_, i) => (await (await fetch(`${product.address}/dev/mails?to=salle-${i}@tournee.example`)).json()) as Mail[]))).flat().find(({ subject }) => /propose/.test(subject)));
  const hall = holder(product, tokenOf(mail));
  const { link } = await hall.ask<{ link: { bookingId: string } }>('identity.me');
  const { offers } = await hall.ask<{ offers: readonly { id: string; status: string }[] }>('dossier.file', { bookingId: link.bookingId });
  await hall.act('booking.declineOffer', { id: offers.find(({ status }) => status === 'sent')?.id, reason: 'La saison est complète.' });
  return sent.find(({ bookingId }) => bookingId === link.bookingId) ?? expect.fail('the hall is one of the tour');
}

test.each([['desktop', { width: 1280, touch: false }], ['phone', { width: 375, height: 800, touch: true }]] as const)('on a %s a booker plans ten dates for two artists, moves some, sends the holds, plans anew and takes the roadbook along (TO-01, TO-06, TO-12, TO-13, TO-18, TO-19, TO-20, NF-13)', async (device, how) => {
  const product = await openProduct();
  products.push(product);
  const { page, context, thrown } = await newcomer(browser, how);
  const booker = await signIn(product, 'agence-lisiere@demo.example');
  await signInAt(product, page, 'agence-lisiere@demo.example');
  await page.goto(`${product.origins.platform}/tours`);
  const planner = page.locator('flow-tour-planner');
  await plan(page, planner, device);
  const address = new URL(page.url()).searchParams;
  const now = () => booker.ask<Scenario>('tours.scenario', { scenarioId: address.get('scenario') });
  const asked = await booker.ask<Plan>('tours.read', { planId: address.get('plan') });
  const block = (visit: Visit) => planner.locator(`.block[data-stop="${nameOf(visit)}"]`);
  await picture(page, `tours-timeline-${device}`);
  expect(await faults(page)).toEqual([]);

  const one = movable(asked, await now(), []);
  await drag(page, block(one.visit), one.days, how.touch);
  await block({ ...one.visit, day: one.to }).waitFor();
  await until('the day that was dragged to', async () => (await now()).tour.stops.some((stop) => nameOf(stop) === nameOf({ ...one.visit, day: one.to })));
  await planner.locator('.strip[aria-busy=false]').waitFor();

  const two = movable(asked, await now(), [nameOf({ ...one.visit, day: one.to })]);
  await block(two.visit).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await planner.getByRole('status').filter({ hasText: 'convient au lieu' }).waitFor();
  await page.keyboard.press('Enter');
  const keyed = await until('the day that was keyed', async () => { const { tour } = await now(); return tour.stops.some((stop) => nameOf(stop) === nameOf(two.visit)) ? null : tour.stops.find(({ artist, venue }) => artist === two.visit.artist && venue === two.visit.venue); });
  await block(keyed).waitFor();
  await planner.locator('.strip[aria-busy=false]').waitFor();

  const free = (await now()).tour.stops.find(({ standing }) => standing === 'planned') ?? expect.fail('a date is free to be pinned');
  const pinned = async () => (await now()).pins.some((pin) => nameOf(pin) === nameOf(free));
  await block(free).press('Enter');
  await planner.getByRole('dialog').waitFor();
  await picture(page, `tours-sheet-${device}`);
  expect(await faults(page)).toEqual([]);
  await planner.getByRole('dialog').getByRole('button', { name: 'Épingler', exact: true }).click();
  await until('the pin', pinned);
  await planner.getByRole('button', { name: 'Annuler le geste' }).click();
  await planner.getByRole('status').filter({ hasText: 'Geste annulé' }).waitFor();
  expect(await pinned()).toBe(false);
  await planner.getByRole('button', { name: 'Refaire', exact: true }).click();
  await planner.getByRole('status').filter({ hasText: 'Geste refait' }).waitFor();
  expect(await pinned()).toBe(true);
  await twoTabs(context, page, now);
  await picture(page, `tours-table-${device}`);

  await planner.getByRole('tab', { name: 'Pourquoi pas' }).click();
  await planner.locator('.reasons li').filter({ hasText: /\d+ jours?$/ }).first().waitFor();
  await picture(page, `tours-why-${device}`);
  for (const tab of ['Carte', 'Règles et poids', 'Partage']) {
    await planner.getByRole('tab', { name: tab }).click();
    if (tab === 'Carte') await planner.locator('.map .pin').first().waitFor();
    expect(await sideways(page)).toBe(0);
    await picture(page, `tours-${tab.slice(0, 5).trim()}-${device}`);
  }

  const open = (await now()).tour.stops.filter(({ standing }) => standing !== 'fixed');
  await planner.getByRole('tab', { name: 'Options et exports' }).click();
  await planner.getByRole('button', { name: /^Envoyer les \d+ options…/ }).click();
  await planner.getByRole('dialog').getByLabel(/Autant que possible/).check();
  await picture(page, `tours-send-${device}`);
  await planner.getByRole('dialog').getByRole('button', { name: /^Envoyer \d+ options$/ }).click();
  await planner.getByText(/^\d+ options envoyées\./).first().waitFor();
  const { sent } = await now();
  expect(sent.map(nameOf).sort()).toEqual(open.map(nameOf).sort());
  expect(await planner.locator('.tag').filter({ hasText: 'en option' }).count()).toBe(sent.length);
  await picture(page, `tours-sent-${device}`);
  expect(await faults(page)).toEqual([]);

  const gone = await decline(product, await now());
  await mailTo(product, 'agence-lisiere@demo.example', /étape de tournée est tombée/);
  // Nobody has read the page again.
  await planner.locator('.news').getByText('refusée par le lieu').waitFor();
  await planner.getByText('1 date est tombée :').waitFor();
  await picture(page, `tours-fell-${device}`);
  await planner.getByRole('button', { name: 'Replanifier autour' }).click();
  await planner.getByRole('status').filter({ hasText: 'replanifiée autour de ce qui tient' }).waitFor();
  const after = await now();
  expect(after.tour.stops.filter(({ artist, venue }) => artist === gone.artist && venue === gone.venue)).toEqual([]);
  expect(after.sent.filter(({ state }) => state === 'held').map(nameOf).filter((held) => !after.tour.stops.some((stop) => nameOf(stop) === held))).toEqual([]);
  await planner.getByRole('tab', { name: 'Options et exports' }).click();

  const pdf = await fileOf(planner.getByRole('link', { name: 'Feuille de route (PDF)' }));
  expect([pdf.type, String.fromCharCode(...pdf.bytes)]).toEqual(['application/pdf', '%PDF-']);
  const ics = await fileOf(planner.getByRole('link', { name: 'Agenda (ICS)' }));
  expect(ics.type).toMatch(/^text\/calendar/);
  expect(new ICAL.Component(ICAL.parse(ics.text) as unknown[]).getAllSubcomponents('vevent').length).toBeGreaterThanOrEqual(after.tour.sums.shows);
  const gpx = await fileOf(planner.getByRole('link', { name: 'Trajets (GPX)' }));
  expect(gpx.type).toMatch(/^application\/gpx\+xml/);
  expect(new XMLParser().parse(gpx.text)).toHaveProperty('gpx');
  const [download] = await Promise.all([page.waitForEvent('download'), planner.getByRole('link', { name: 'Feuille de route (PDF)' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);

  await planner.getByRole('link', { name: 'Page hors ligne' }).click();
  const book = page.locator('flow-roadbook');
  await book.getByRole('article').first().waitFor();
  await picture(page, `tours-roadbook-${device}`);
  expect(await sideways(page)).toBe(0);
  expect(await faults(page)).toEqual([]);
  expect(thrown).toEqual([]);
  await context.close();
}, 300_000);
