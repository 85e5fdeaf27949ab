import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomer, openBrowser, picture } from './browser.ts';
import { openLink, signInAt } from './pages.ts';
import { mailTo, moveClock, signIn, until } from './people.ts';
import { openProduct, type Product } from './product.ts';
import { agree, askForADay, fileWhen, freeDays, giveParty, paidOut, payDeposit, play, signBoth, waitForBalance } from './walk.ts';

/** One of our own people, who is nobody's side. */
const operator = 'agence-lisiere@demo.example';
const artistMail = 'les-vagues-lentes@demo.example';
const day = 86_400_000;

let product: Product;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct({ OPERATORS: operator }), openBrowser()]); }, 120_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

/** A booking under contract, signed by both. */
async function underContract(email: string, after: number) {
  const [showDay = ''] = await freeDays(product, 'les-vagues-lentes', after, 1);
  const walk = await askForADay(product, { email, showDay });
  await agree(walk);
  await giveParty(walk);
  await signBoth(walk);
  return walk;
}

async function enterCard(page: Page, number: string): Promise<ReturnType<Page['frameLocator']>> {
  const frame = page.frameLocator('iframe.pay');
  await frame.getByLabel('Numéro de carte').fill(number);
  await frame.getByLabel('Expiration').fill('12/34');
  await frame.getByLabel('Cryptogramme').fill('123');
  await frame.getByRole('button', { name: /Payer/ }).click();
  return frame;
}

/** What a list of shares says, line by line. */
const linesOf = async (page: Page, within: string): Promise<string[]> =>
  (await page.locator(`${within} .shares > div`).allInnerTexts()).map((line) => line.replaceAll(/\s+/g, ' ').trim());

test('from a declined card to a decision that both sides read: late balance, show, dispute, evidence, partial release and refund (ES-01, ES-02, ES-03, ES-20)', async () => {
  const email = 'comite-litige@visiteurs.example';
  const walk = await underContract(email, 60);
  const { bookingId, showDay } = walk;
  const at = (days: number, hour = '12:00') => new Date(new Date(`${showDay}T${hour}:00Z`).getTime() + days * day);

  // The deposit: a declined card, then one that is taken now and refuses later, while its owner is away.
  const buyer = await newcomer(browser, { width: 375, height: 800 });
  const mine = buyer.page.locator('flow-file');
  await openLink(product, buyer.page, email, /Paiement sécurisé/);
  await mine.getByRole('button', { name: /379,80/ }).click();
  const declined = await enterCard(buyer.page, '4000 0000 0000 0002');
  await declined.getByRole('alert').filter({ hasText: /refus/i }).first().waitFor();
  const taken = await enterCard(buyer.page, '4000 0027 6000 3184');
  await taken.getByText(/Paiement reçu|en cours/).first().waitFor();
  await fileWhen(walk, 'the deposit', (file) => file.steps.some(({ step, state }) => step === 'deposit' && state === 'done'));

  // The balance is late: the bank wants its owner, who comes eight days after it was due.
  await moveClock(product, at(-27));
  await mailTo(product, email, /886,20.*refusé/);
  await moveClock(product, at(-20));
  await openLink(product, buyer.page, email, /886,20.*refusé|solde de .*886,20/);
  await mine.getByRole('button', { name: /886,20/ }).click();
  const asked = await enterCard(buyer.page, '4000 0025 0000 3155');
  await asked.getByRole('button', { name: 'Approuver' }).first().click();
  await asked.getByText(/Paiement reçu|en cours/).first().waitFor();
  await fileWhen(walk, 'the balance', (file) => file.steps.some(({ step, state }) => step === 'balance' && state === 'done'));

  // The show, and what the buyer says of it.
  await moveClock(product, at(0, '23:30'));
  await openLink(product, buyer.page, email, /a-t-il joué/);
  await mine.getByText('Il y a eu un problème').click();
  await mine.getByLabel('Que s’est-il passé ?').fill('Le groupe n’a joué que la première partie.');
  await mine.getByRole('button', { name: 'Signaler le problème' }).click();
  await mine.locator('.frozen').filter({ hasText: /1.266,00.*gelés/ }).waitFor();

  // Both say and show; neither gets anything meanwhile, whatever time passes.
  await mine.getByLabel('Votre version des faits').fill('Quarante minutes sur quatre-vingt-dix.');
  await mine.getByLabel(/Photo ou PDF/).setInputFiles({ name: 'constat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF') });
  await mine.getByRole('button', { name: 'Ajouter au litige' }).click();
  await mine.getByRole('button', { name: 'constat.pdf' }).waitFor();
  await picture(buyer.page, 'dispute-buyer');
  await mailTo(product, artistMail, /Nouvelle pièce/);
  const artist = await newcomer(browser);
  await signInAt(product, artist.page, artistMail);
  await artist.page.goto(`${product.origins.platform}/booking?id=${bookingId}`);
  const file = artist.page.locator('flow-file');
  await file.getByText('Quarante minutes sur quatre-vingt-dix.').waitFor();
  await file.getByLabel('Votre version des faits').fill('Le courant a sauté ; nous avons proposé de reprendre.');
  await file.getByRole('button', { name: 'Ajouter au litige' }).click();
  await file.getByText('nous avons proposé de reprendre').waitFor();
  await picture(artist.page, 'dispute-artist');
  await moveClock(product, at(4));
  expect(await (await signIn(product, artistMail)).ask('refunds.account', { bookingId })).toMatchObject({ frozen: true, held: { minor: 126_600 }, released: { minor: 0 } });

  // One of our own people reads both, sees what half would give, and decides so.
  const judge = await newcomer(browser);
  await signInAt(product, judge.page, operator);
  await judge.page.getByRole('link', { name: 'Litiges' }).click();
  const table = judge.page.locator('flow-disputes');
  await table.getByRole('heading', { name: /Les Vagues Lentes pour/ }).waitFor();
  await table.getByText('nous avons proposé de reprendre').waitFor();
  const [paper] = await Promise.all([judge.page.waitForEvent('download'), table.getByRole('button', { name: 'constat.pdf' }).click()]);
  expect(paper.suggestedFilename()).toBe('constat.pdf');
  await table.getByLabel('À libérer pour l’artiste').fill('633');
  expect(await table.getByLabel('À rendre à l’organisateur').inputValue()).toBe('633');
  await table.getByRole('button', { name: 'Simuler' }).click();
  await table.getByText(/561,00/).waitFor();
  expect(await linesOf(judge.page, '.given')).toEqual(['Libéré pour l’artiste 633,00 €', 'dont commission de Flow Stage 60,00 €', 'dont TVA sur la commission 12,00 €', 'Versé à l’artiste 561,00 €', 'Rendu à l’organisateur 633,00 €']);
  await table.getByLabel(/Décision, telle que/).fill('La moitié du spectacle a été jouée : la moitié est versée.');
  await picture(judge.page, 'dispute-table');
  await table.getByRole('button', { name: 'Trancher ainsi' }).click();
  await table.getByText('C’est tranché').waitFor();
  await table.getByText('Aucun litige ouvert').waitFor();

  // Both read the same, and the same accounts.
  await file.getByRole('heading', { name: 'Le litige est tranché' }).waitFor();
  await openLink(product, buyer.page, email, /Litige tranché/);
  await mine.getByRole('heading', { name: 'Le litige est tranché' }).waitFor();
  const decisions = await Promise.all([artist.page, buyer.page].map(async (page) => [await page.locator('.decision blockquote').innerText(), ...await linesOf(page, '.decision')]));
  expect(decisions[0]).toEqual(['La moitié du spectacle a été jouée : la moitié est versée.', 'Libéré pour l’artiste 633,00 €', 'Rendu à l’organisateur 633,00 €']);
  expect(decisions[1]).toEqual(decisions[0]);
  await until('the payout and the refund', async () => {
    const { movements } = await walk.artist.ask<{ movements: { kind: string }[] }>('refunds.account', { bookingId });
    return ['release', 'refund', 'payout', 'return'].every((kind) => movements.some((one) => one.kind === kind));
  });
  await artist.page.goto(`${product.origins.platform}/ledger?id=${bookingId}`);
  await buyer.page.reload();
  await mine.getByText('Voir les comptes du dossier').click();
  const accounts = await Promise.all([artist.page, buyer.page].map(async (page) => {
    const account = page.locator('flow-ledger');
    await account.locator('.proof').nth(1).waitFor();
    expect(await account.locator('.proof.good').count()).toBe(2);
    // Narrow and wide stand otherwise; they say the same words.
    return [await account.locator('.sums').innerText(), await account.locator('.way-of').innerText(), ...await account.locator('article').allInnerTexts()].map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }));
  expect(accounts[0]).toEqual(accounts[1]);
  expect(accounts[0]?.[1]).toMatch(/Versé Décision du litige.*633,00.*Rendu Décision du litige.*633,00/);
  await picture(artist.page, 'money');
  await picture(buyer.page, 'money-phone');
  expect([...buyer.thrown, ...artist.thrown, ...judge.thrown]).toEqual([]);
}, 240_000);

test('an organiser cancels by the link of a mail after seeing who gets what, and the artist reads the same (ES-01)', async () => {
  const email = 'comite-annule@visiteurs.example';
  const walk = await underContract(email, 75);
  const buyer = await newcomer(browser, { width: 375, height: 800 });
  const mine = buyer.page.locator('flow-file');
  await openLink(product, buyer.page, email, /Paiement sécurisé/);
  await mine.getByRole('button', { name: /379,80/ }).click();
  const frame = await enterCard(buyer.page, '4242 4242 4242 4242');
  await frame.getByText(/Paiement reçu|en cours/).first().waitFor();
  await fileWhen(walk, 'the deposit', (file) => file.steps.some(({ step, state }) => step === 'deposit' && state === 'done'));
  await openLink(product, buyer.page, email, /Paiement sécurisé/);
  await mine.getByText('Annuler le dossier').click();
  await mine.getByText('L’organisateur annule').click();
  await mine.getByRole('button', { name: 'Voir qui reçoit quoi' }).click();
  await mine.getByText(/le contrat prévoit 30/).waitFor();
  expect(await linesOf(buyer.page, '.plan')).toEqual(['Réservé aujourd’hui 379,80 €', 'Rendu à l’organisateur 19,80 €', 'Indemnité de l’artiste 360,00 €', 'dont commission de Flow Stage 36,00 €', 'dont TVA sur la commission 7,20 €', 'Versé à l’artiste 316,80 €']);
  await picture(buyer.page, 'cancel-plan');
  await mine.getByLabel(/Motif, tel que/).fill('La salle ferme pour travaux.');
  await mine.getByRole('button', { name: 'Annuler définitivement' }).click();
  await mine.getByRole('heading', { name: 'Le dossier est annulé' }).waitFor();
  await picture(buyer.page, 'cancelled');
  await mailTo(product, artistMail, /Annulé/, 'La salle ferme pour travaux.');
  const artist = await newcomer(browser);
  await signInAt(product, artist.page, artistMail);
  await artist.page.goto(`${product.origins.platform}/booking?id=${walk.bookingId}`);
  await artist.page.getByText('La salle ferme pour travaux.').waitFor();
  expect(await linesOf(artist.page, 'flow-file')).toEqual(await linesOf(buyer.page, 'flow-file'));
  expect([...buyer.thrown, ...artist.thrown]).toEqual([]);
}, 240_000);

test('what a bank takes back after the payout is owed by the artist, who contests it; our people confirm, and the next payout is that much less (ES-20, ES-11)', async () => {
  const walk = await underContract('comite-rejet@visiteurs.example', 60);
  const { bookingId, showDay } = walk;
  await payDeposit(walk, 'pm_balance_declined');
  await moveClock(product, new Date(new Date(`${showDay}T12:00:00Z`).getTime() - 27 * day));
  await play(walk);
  // Paid after the show, it is released and paid out; then its bank takes it back, and our people leave it to the holder.
  await payDeposit(walk, 'pm_dispute_lost');
  await paidOut(walk);
  const ours = await signIn(product, operator);
  const matter = await until('what the bank contests', async () => (await ours.ask<{ id: string; bookingId: string }[]>('disputes.contested')).find((one) => one.bookingId === bookingId));
  await ours.act('disputes.acceptBank', { id: matter.id });
  await until('the claim', async () => (await walk.artist.ask<{ claims: unknown[] }>('claims.own')).claims.length > 0);

  const artist = await newcomer(browser, { width: 375, height: 800 });
  await signInAt(product, artist.page, artistMail);
  await artist.page.goto(`${product.origins.platform}/payouts`);
  const owed = artist.page.locator('flow-claims');
  await owed.getByText(/Reste 886,20.*sur 886,20/).waitFor();
  await picture(artist.page, 'claim-asked');
  await owed.getByLabel('Pourquoi vous ne le devez pas').fill('Nous avons joué deux heures devant trois cents personnes.');
  await owed.getByRole('button', { name: 'Contester' }).click();
  await owed.getByText('Nous répondons ici et par courriel').waitFor();
  await mailTo(product, artistMail, /Une somme à nous rendre/);

  const judge = await newcomer(browser);
  await signInAt(product, judge.page, operator);
  await judge.page.goto(`${product.origins.platform}/operations`);
  const table = judge.page.locator('flow-claims');
  await table.getByText('devant trois cents personnes').waitFor();
  await table.getByLabel('Que décidez-vous ?').selectOption('confirm');
  await table.getByLabel(/Raison, comme .* la lira/).fill('Le contrat met la contestation d’un paiement à votre charge.');
  await picture(judge.page, 'claim-decided');
  await table.getByRole('button', { name: 'Décider' }).click();
  await table.getByText('C’est noté, et dit à qui le doit.').waitFor();
  await mailTo(product, artistMail, /Nous confirmons ce que nous vous demandons/);
  await artist.page.goto(`${product.origins.platform}/ledger?id=${bookingId}`);
  await artist.page.locator('flow-ledger flow-claims').getByText('met la contestation d’un paiement à votre charge').waitFor();
  await picture(artist.page, 'claim-in-the-accounts');

  // The next show, after the limit.
  const next = await underContract('comite-suivant@visiteurs.example', 45);
  await payDeposit(next);
  await waitForBalance(next);
  await play(next);
  await paidOut(next);
  expect(await next.artist.ask('escrow.money', { bookingId: next.bookingId })).toMatchObject({ payout: { status: 'paid', amount: { minor: 112_200 - 88_620 } } });
  await artist.page.goto(`${product.origins.platform}/payouts`);
  await artist.page.getByRole('button', { name: 'Voir le relevé' }).first().click();
  await artist.page.getByText('Retenu pour une contestation perdue').waitFor();
  await owed.getByText('Réglé', { exact: true }).waitFor();
  await picture(artist.page, 'claim-kept');
  expect([...artist.thrown, ...judge.thrown]).toEqual([]);
}, 240_000);
