import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventedSiret } from '../prisma/world/chance.ts';
import { newcomer, openBrowser, picture } from './browser.ts';
import { openLink, signContract, signInAt, told } from './pages.ts';
import { mailTo, moveClock, Refusal, signIn, tokenOf, holder, tradeNow, until } from './people.ts';
import { openProduct, type Product } from './product.ts';
import { freeDays } from './walk.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 120_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

const email = 'fetes@trois-sources.example';
const artistMail = 'fanfare-piment@demo.example';
const orderNumber = 'BC-2027-0042';
const daysBetween = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / 86_400_000;

interface Invoice { id: string; kind: string; number: string; issuedDay: string; dueDay: string; paidAt: string | null; total: { minor: number }; due: { minor: number } }

test('a commune asks, orders, signs and pays on invoice, and no card is asked anywhere (MU-17, CH-20, CO-13, CO-16, CO-27, EM-01, DA-01)', async () => {
  const [showDay = ''] = await freeDays(product, 'fanfare-piment', 60, 1);
  const artist = await signIn(product, artistMail);

  // The town hall's own page: who asks is known there, and so is where.
  const commune = await newcomer(browser);
  const asked: string[] = [];
  commune.context.on('request', (request) => { asked.push(new URL(request.url()).pathname); });
  await commune.page.goto(`${product.origins['town-hall']}/fete.html`);
  const form = commune.page.locator('flow-booking-request');
  await form.scrollIntoViewIfNeeded();
  await until('the place of the town hall', async () => await form.locator('input[name=city]').inputValue() === 'Arbois');
  await form.getByLabel('Date', { exact: true }).fill(showDay);
  await form.getByText('Libre ce jour-là.').waitFor();
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.getByLabel('Occasion').fill('Fête du village');
  await form.getByLabel(/Public attendu/).fill('600');
  await form.getByLabel(/Budget/).fill('1 500');
  await form.getByLabel('En plein air').check();
  await form.getByRole('button', { name: 'Continuer' }).click();
  await form.locator('input[name=organisation]').fill('Commune des Trois-Sources');
  await form.getByLabel('Votre nom').fill('Odile Marchand');
  await form.getByLabel('Courriel').fill(email);
  await form.getByRole('button', { name: 'Envoyer la demande' }).click();
  await form.getByText('Demande envoyée').waitFor();
  await picture(commune.page, 'town-hall-sent');
  expect(await commune.context.cookies(product.origins['town-hall'])).toEqual([]);

  // Its own page tells the steps from now on, each as it is done.
  const watcher = await newcomer(browser);
  await watcher.page.goto(commune.page.url());
  await watcher.page.goto(new URL(await form.getByRole('link', { name: 'Suivre' }).getAttribute('href') ?? '', commune.page.url()).href);
  await told(watcher.page, 'Demande', 'fait');
  await told(watcher.page, 'Bon de commande', 'à venir');
  expect(await watcher.page.locator('flow-contract-status').getByText(/Acompte|Solde|Cachet/).count()).toBe(0);

  // The artist offers.
  const { link } = await holder(product, tokenOf(await mailTo(product, email, /est partie/))).ask<{ link: { bookingId: string } }>('identity.me');
  const { bookingId } = link;
  await artist.act('booking.sendOffer', { bookingId, terms: {
    showDay, startTime: '18:30', price: { minor: 140_000, currency: 'EUR' }, terms: 'Transport compris.', expiresAt: new Date((await tradeNow(product)).getTime() + 7 * 86_400_000).toISOString(),
  } });
  await told(watcher.page, 'Offre', 'fait');

  // The commune answers by the link of the mail. Opening it only shows.
  const { page } = commune;
  const file = page.locator('flow-file');
  await openLink(product, page, email, /propose/);
  await file.getByRole('button', { name: /Accepter pour 1.477,00/ }).waitFor();
  expect((await artist.ask<{ status: string }>('dossier.file', { bookingId })).status).toBe('negotiating');
  await picture(page, 'commune-offer');
  await file.getByRole('button', { name: /Accepter pour 1.477,00/ }).click();
  await told(watcher.page, 'Accord', 'fait');

  // Who it is in law: a SIRET that fails its check is not taken, and the form says which field.
  await file.getByRole('heading', { name: 'Dire qui signe le contrat' }).waitFor();
  await file.getByLabel('Nom ou raison sociale').fill('Commune des Trois-Sources');
  await file.getByLabel('Forme juridique').fill('Commune');
  const siret = inventedSiret(305);
  await file.getByLabel('SIRET').fill(`${siret.slice(0, 13)}${(Number(siret.slice(13)) + 1) % 10}`);
  await file.getByLabel('Adresse', { exact: true }).fill('1 place de la Mairie');
  await file.getByLabel('Code postal').fill('39600');
  await file.getByLabel('Ville').fill('Arbois');
  await file.getByLabel('Signataire', { exact: false }).first().fill('Odile Marchand');
  await file.getByLabel('Qualité du signataire').fill('maire');
  await file.getByRole('button', { name: 'Enregistrer ces informations' }).click();
  await file.getByRole('alert').filter({ hasText: 'Une réponse est à corriger. SIRET' }).waitFor();
  await picture(page, 'commune-siret-wrong');
  await file.getByLabel('SIRET').fill(siret);
  await file.getByRole('button', { name: 'Enregistrer ces informations' }).click();

  // The quote, and the order: without its number there is no contract, and the page says so.
  await file.getByRole('heading', { name: 'Indiquer votre bon de commande' }).waitFor();
  await file.getByText(/D-\d{4}-\d{6}/).first().waitFor();
  await file.getByRole('button', { name: 'Devis (PDF)' }).first().waitFor();
  await picture(page, 'commune-quote');
  const number = file.getByLabel('Numéro du bon de commande');
  await file.getByRole('button', { name: 'Enregistrer la commande' }).click();
  expect(await number.evaluate((input: HTMLInputElement) => input.validity.valueMissing)).toBe(true);
  await number.fill('   ');
  await file.getByRole('button', { name: 'Enregistrer la commande' }).click();
  await file.getByRole('alert').filter({ hasText: 'Il manque le numéro du bon de commande. Sans lui, le contrat ne peut pas être établi.' }).waitFor();
  await picture(page, 'commune-order-missing');
  await expect(artist.ask('contracts.contract', { bookingId })).rejects.toThrow(Refusal);
  await number.fill(orderNumber);
  await file.getByLabel('Code service').fill('FETES');
  await file.getByRole('button', { name: 'Enregistrer la commande' }).click();
  await told(watcher.page, 'Bon de commande', 'fait');

  // The contract names the order; both sides sign it with a code.
  await openLink(product, page, email, /prêt à signer/);
  const contract = await artist.ask<{ path: string; clauses: { paragraphs: string[] }[] }>('contracts.contract', { bookingId });
  expect(contract.path).toBe('public');
  expect(contract.clauses).toHaveLength(20);
  expect(contract.clauses.flatMap(({ paragraphs }) => paragraphs).join(' ')).toContain(orderNumber);
  await signContract(product, page, email, 'Odile Marchand');
  await picture(page, 'commune-signed');
  const producer = await newcomer(browser, { width: 375, height: 800 });
  await signInAt(product, producer.page, artistMail);
  await producer.page.getByRole('link', { name: 'Fête du village' }).click();
  await signContract(product, producer.page, artistMail, 'Ruben Cayenne');
  await told(watcher.page, 'Contrat signé', 'fait');

  // The evening of the show: both say that it was played.
  await moveClock(product, new Date(`${showDay}T23:30:00Z`));
  await openLink(product, page, email, /a-t-il joué/);
  await file.getByRole('button', { name: 'Le spectacle a eu lieu' }).click();
  const desk = producer.page.locator('flow-file');
  await producer.page.reload();
  await desk.getByRole('button', { name: 'Le spectacle a eu lieu' }).click();
  await told(watcher.page, 'Spectacle', 'fait');
  await told(watcher.page, 'Facture', 'fait');
  await told(watcher.page, 'Paiement', 'en cours');

  // The invoice comes after the service, with thirty days to pay it by transfer.
  const invoiceMail = await mailTo(product, email, /^Facture F/);
  expect(invoiceMail.text).toContain('À régler avant le');
  const final = await until('the invoice', async () => (await artist.ask<Invoice[]>('billing.invoices', { bookingId })).find(({ kind }) => kind === 'final'));
  expect(final).toMatchObject({ paidAt: null, total: { minor: 147_700 }, due: { minor: 147_700 } });
  expect(daysBetween(final.issuedDay, final.dueDay)).toBe(30);
  await openLink(product, page, email, /^Facture F/);
  await file.getByRole('heading', { name: 'Régler la facture par virement' }).waitFor();
  await file.getByText(final.number).first().waitFor();
  await picture(page, 'commune-invoice');

  // The transfer arrives; the producer records it.
  await desk.getByRole('button', { name: 'Le virement est arrivé' }).first().click();
  await desk.getByRole('heading', { name: 'Ce dossier est réglé' }).waitFor();
  await picture(producer.page, 'phone-producer-settled');
  await told(watcher.page, 'Paiement', 'fait');
  await picture(watcher.page, 'town-hall-status');
  const settled = await artist.ask<{ status: string; steps: { step: string; state: string }[] }>('dossier.file', { bookingId });
  expect(settled.status).toBe('settled');
  expect(settled.steps.map(({ step, state }) => `${step} ${state}`)).toEqual(['request', 'offer', 'agreement', 'order', 'contract', 'show', 'invoice', 'payment'].map((step) => `${step} done`));
  expect((await artist.ask<Invoice[]>('billing.invoices', { bookingId })).map(({ kind }) => kind).sort()).toEqual(['commission', 'final']);
  const ledger = await artist.ask<{ sum: { minor: number } }>('escrow.ledger', { bookingId });
  expect(ledger.sum.minor).toBe(0);

  // No card: not in a frame, not in a mail, not at the provider.
  expect(asked.filter((path) => /^\/(frame\/pay|sandbox)/.test(path))).toEqual([]);
  const mails = await (await fetch(`${product.address}/dev/mails?to=${encodeURIComponent(email)}`)).json() as { subject: string; text: string }[];
  expect(mails.filter(({ subject, text }) => /carte|paiement sécurisé|acompte/i.test(subject + text))).toEqual([]);
  expect([...commune.thrown, ...watcher.thrown, ...producer.thrown]).toEqual([]);
}, 240_000);
