import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { openLink } from './pages.ts';
import { codeOf, holder, mailTo, moveClock, tokenOf, until } from './people.ts';
import { openProduct, type Product } from './product.ts';
import { agree, askForADay, fileWhen, freeDays, giveParty, signBoth, type Walk } from './walk.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct(), openBrowser()]); }, 120_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

const dayMs = 86_400_000;

/** A booking under contract, signed by both. */
async function underContract(email: string): Promise<Walk> {
  const [showDay = ''] = await freeDays(product, 'les-vagues-lentes', 60, 1);
  const walk = await askForADay(product, { email, showDay });
  await agree(walk);
  await giveParty(walk);
  await signBoth(walk);
  return walk;
}

const secured = (walk: Walk, part: 'deposit' | 'balance') => fileWhen(walk, `the ${part}`, (file) => file.steps.some(({ step, state }) => step === part && state === 'done'));

/** Enters an account to be debited, and pays. */
async function debit(pay: FrameLocator, iban: string): Promise<void> {
  await pay.getByRole('radio', { name: 'Prélèvement SEPA' }).check();
  await pay.getByLabel('IBAN du compte débité').fill(iban);
  await pay.getByRole('button', { name: /Payer/ }).click();
}

const fits = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test('a deposit is debited from an account: one whose bank returns it, then one that pays, and pays the balance too (ES-01, ES-02)', async () => {
  const email = 'prelevement@visiteurs.example';
  const walk = await underContract(email);
  const { page, thrown } = await newcomer(browser, { width: 375, height: 800 });
  const mine = page.locator('flow-file');
  const pay = page.frameLocator('iframe.pay');
  await openLink(product, page, email, /Paiement sécurisé/);
  await mine.getByRole('button', { name: /379,80/ }).click();

  await debit(pay, 'FR76 3000 6000 0112 3456 7890 188');
  await pay.getByRole('alert').filter({ hasText: /seuls les comptes de test/ }).first().waitFor();
  await picture(page, 'debit-wrong');
  await debit(pay, 'FR84 2004 1010 0505 0001 3M02 607');
  await pay.getByRole('heading', { name: 'Paiement en cours' }).waitFor();
  await picture(page, 'debit-under-way');
  await mailTo(product, email, /379,80.*refusé/);

  // The newest link leads to what is still to be paid.
  await openLink(product, page, email, /379,80.*refusé/);
  await mine.getByText(/refusé le prélèvement/).first().waitFor();
  await picture(page, 'debit-returned');
  await mine.getByRole('button', { name: /379,80/ }).click();
  await debit(pay, 'fr1420041010050500013m02606');
  await pay.getByRole('heading', { name: 'Paiement en cours' }).waitFor();
  await pay.getByRole('button', { name: 'Revenir au dossier' }).click();
  await secured(walk, 'deposit');
  await mine.getByText('SEPA •••• 2606').first().waitFor();
  await picture(page, 'debit-secured');
  expect(await fits(page)).toBe(true);

  // Twenty-eight days before the show the same account is debited, and nobody is asked.
  await moveClock(product, new Date(Date.parse(`${walk.showDay}T12:00:00Z`) - 27 * dayMs));
  await secured(walk, 'balance');
  expect(thrown).toEqual([]);
}, 180_000);

test('a deposit is paid by transfer with its reference, and arrives while its buyer reads; of the balance, which nothing saved can pay, they are told (ES-01)', async () => {
  const email = 'virement@visiteurs.example';
  const walk = await underContract(email);
  const { page, thrown } = await newcomer(browser);
  const mine = page.locator('flow-file');
  const pay = page.frameLocator('iframe.pay');
  const said = (term: string) => pay.locator('dl > div').filter({ has: page.getByText(term, { exact: true }) }).locator('dd');
  await openLink(product, page, email, /Paiement sécurisé/);
  await mine.getByRole('button', { name: /379,80/ }).click();
  await pay.getByRole('button', { name: 'Afficher les coordonnées' }).click();
  await pay.getByRole('heading', { name: 'Virement à faire' }).waitFor();
  expect((await said('Montant').innerText()).replaceAll(/\s/g, ' ')).toBe('379,80 €');
  expect(await said('IBAN').innerText()).toContain('FR14 2004 1010 0505 0001 3M02 606');
  const reference = /FS\w{10}/.exec(await said('Référence').innerText())?.[0] ?? '';
  expect(reference).not.toBe('');
  await picture(page, 'transfer');

  // Whoever comes back before the money finds the same reference, and may still pay otherwise.
  await pay.getByRole('button', { name: 'Revenir au dossier' }).click();
  await mine.getByRole('button', { name: /379,80/ }).click();
  await pay.getByText(reference).waitFor();
  await pay.getByRole('button', { name: 'Payer autrement' }).click();
  await pay.getByRole('radio', { name: 'Bancontact' }).waitFor();
  await page.getByRole('button', { name: 'Fermer' }).click();

  // The page is not touched any more: the file says by itself that the money has come.
  await secured(walk, 'deposit');
  await mine.locator('.figures li').filter({ hasText: 'Acompte' }).filter({ hasText: 'Payé' }).waitFor();
  await picture(page, 'transfer-arrived');
  expect((await walk.artist.ask<{ mandate: unknown }>('escrow.money', { bookingId: walk.bookingId })).mandate).toBeNull();
  await moveClock(product, new Date(Date.parse(`${walk.showDay}T12:00:00Z`) - 27 * dayMs));
  await openLink(product, page, email, /886,20/);
  await mine.getByRole('button', { name: /886,20/ }).click();
  await pay.getByLabel('Numéro de carte').fill('4242 4242 4242 4242');
  await pay.getByLabel('Expiration').fill('12/34');
  await pay.getByLabel('Cryptogramme').fill('123');
  await pay.getByRole('button', { name: /Payer/ }).click();
  await secured(walk, 'balance');
  expect(thrown).toEqual([]);
}, 180_000);

test('inside the theatre’s page Bancontact opens the bank in a window of its own, which comes back by a message; the page around goes nowhere (ES-01, EM-01)', async () => {
  const email = 'bancontact@visiteurs.example';
  const walk = await underContract(email);
  const buyer = holder(product, tokenOf(await mailTo(product, email, /est partie/)));
  const { reference } = await buyer.ask<{ reference: string }>('dossier.file', { bookingId: walk.bookingId });
  const { page, context, thrown } = await newcomer(browser);
  await page.goto(`${product.origins.theatre}/suivi.html#flow-status=${reference}`);
  const went: string[] = [];
  page.on('framenavigated', (frame) => { if (frame === page.mainFrame()) went.push(frame.url()); });
  const status = page.locator('flow-contract-status');
  await status.getByRole('button', { name: 'Ouvrir mon dossier' }).click();
  const frame = status.locator('iframe').contentFrame();
  expect(await status.locator('iframe').getAttribute('allow')).toContain('payment');
  await frame.getByRole('button', { name: 'Recevoir mon code' }).click();
  await frame.locator('input[name=code]').fill(codeOf(await mailTo(product, email, /code pour ouvrir/)));
  await frame.getByRole('button', { name: /Ouvrir/ }).click();
  const file = frame.locator('flow-file');
  await file.getByRole('button', { name: /379,80/ }).click();
  expect(await file.locator('iframe.pay').getAttribute('allow')).toBe('payment');
  const pay = file.locator('iframe.pay').contentFrame();
  await pay.getByRole('button', { name: 'Recevoir mon code' }).click();
  await pay.locator('input[name=code]').fill(codeOf(await mailTo(product, email, /code pour payer/)));
  await pay.getByRole('button', { name: 'Continuer' }).click();
  await pay.getByRole('radio', { name: 'Bancontact' }).check();
  await pay.getByText('Votre banque s’ouvre dans une nouvelle fenêtre').waitFor();
  await picture(page, 'bancontact');
  const press = async (): Promise<Page> => (await Promise.all([context.waitForEvent('page'), pay.getByRole('button', { name: /Payer/ }).click()]))[0];

  // The bank says no, and nothing was taken.
  const first = await press();
  await first.getByRole('heading', { name: 'Votre banque vous demande de confirmer' }).waitFor();
  await picture(first, 'bank');
  await Promise.all([first.waitForEvent('close'), first.getByRole('button', { name: 'Refuser' }).click()]);
  await pay.getByRole('alert').filter({ hasText: 'La confirmation auprès de la banque n’a pas abouti' }).waitFor();

  // A window that is closed without an answer is said to be so.
  const second = await press();
  await second.getByRole('button', { name: 'Approuver' }).waitFor();
  // What restrains our frame restrains no bank: its page may ask, print and lead on as it is used to.
  const [question] = await Promise.all([second.waitForEvent('dialog'), second.evaluate(() => { setTimeout(() => { confirm('Quitter ?'); }); })]);
  await question.dismiss();
  await second.close();
  await pay.getByRole('alert').filter({ hasText: 'La fenêtre de la banque s’est refermée' }).waitFor();
  await picture(page, 'bancontact-closed');

  // Whoever else says that the bank has come back is not heard.
  const third = await press();
  const approve = third.getByRole('button', { name: 'Approuver' });
  await approve.waitFor();
  const around = page.frames().find((one) => new URL(one.url()).pathname === '/frame/file');
  expect(await around?.evaluate(() => {
    const inner = document.querySelector('flow-file')?.shadowRoot?.querySelector<HTMLIFrameElement>('iframe.pay')?.contentWindow;
    inner?.postMessage('flow-bank-back', '*');
    return Boolean(inner);
  })).toBe(true);
  await Promise.all([third.waitForEvent('close'), approve.click()]);
  await pay.getByRole('heading', { name: 'Paiement reçu' }).waitFor();
  await status.getByText(/Acompte sécurisé[\s\S]*fait/).first().waitFor();
  await until('the deposit', async () => (await buyer.ask<{ mandate: { label: string } | null }>('escrow.money', { bookingId: walk.bookingId })).mandate?.label.startsWith('Bancontact'));
  await picture(page, 'bancontact-paid');
  expect(went).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  expect(thrown).toEqual([]);
}, 180_000);

test('PayPal has a window of its own, where the buyer refuses, comes back and approves; what it saved pays the balance too (ES-02, IN-02)', async () => {
  const email = 'paypal@visiteurs.example';
  const walk = await underContract(email);
  const { page, context, thrown } = await newcomer(browser, { width: 375, height: 800, dark: true });
  const pay = page.frameLocator('iframe.pay');
  await openLink(product, page, email, /Paiement sécurisé/);
  await page.locator('flow-file').getByRole('button', { name: /379,80/ }).click();
  const go = pay.getByRole('button', { name: 'Continuer avec PayPal' });
  await go.waitFor();
  expect(await fits(page)).toBe(true);
  await picture(page, 'paypal');
  const press = async (): Promise<Page> => (await Promise.all([context.waitForEvent('page'), go.click()]))[0];

  const first = await press();
  await first.getByRole('heading', { name: 'PayPal, au banc d’essai' }).waitFor();
  await picture(first, 'paypal-page');
  await Promise.all([first.waitForEvent('close'), first.getByRole('button', { name: 'Refuser' }).click()]);
  await pay.getByRole('alert').filter({ hasText: 'n’a pas accepté ce moyen de paiement' }).waitFor();
  await picture(page, 'paypal-refused');

  // A window that is closed without a word took nothing.
  const second = await press();
  await second.getByRole('button', { name: 'Approuver' }).waitFor();
  await second.close();
  await pay.getByRole('alert').filter({ hasText: 'PayPal n’a pas' }).waitFor();

  const third = await press();
  await Promise.all([third.waitForEvent('close'), third.getByRole('button', { name: 'Approuver' }).click()]);
  await pay.getByRole('heading', { name: 'Paiement reçu' }).waitFor();
  await secured(walk, 'deposit');
  expect((await walk.artist.ask<{ mandate: { label: string } | null }>('escrow.money', { bookingId: walk.bookingId })).mandate?.label).toMatch(/^PayPal /u);
  // What it saved pays the rest by itself.
  await moveClock(product, new Date(Date.parse(`${walk.showDay}T12:00:00Z`) - 27 * dayMs));
  await secured(walk, 'balance');
  expect(thrown).toEqual([]);
}, 180_000);
