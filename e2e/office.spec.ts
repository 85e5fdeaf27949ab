import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventedIban, inventedSiret } from '../prisma/world/chance.ts';
import { newcomer, openBrowser, picture } from './browser.ts';
import { signInAt } from './pages.ts';
import { codeOf, mailTo, moveClock, signIn, tradeNow, until } from './people.ts';
import { openProduct, type OwnProduct } from './product.ts';
import { agree, askForADay, freeDays, giveOrder, giveParty, paidOut, payDeposit, play, signBoth, waitForBalance, type Walk } from './walk.ts';

/** Two of our own people, who are nobody's side here. */
const [first, second] = ['agence-lisiere@demo.example', 'nora-solveig@demo.example'];
const dayMs = 86_400_000;

let product: OwnProduct;
let browser: Browser;
beforeAll(async () => { [product, browser] = await Promise.all([openProduct({ OPERATORS: `${first},${second}` }), openBrowser()]); }, 180_000);
afterAll(async () => {
  await browser.close();
  await product.close();
}, 60_000);

/** A booking that is played and paid for, or owed for by a commune. */
async function played(slug: string, email: string, asker: 'private' | 'commune' = 'private'): Promise<Walk> {
  const [showDay = ''] = await freeDays(product, slug, 60, 1);
  const walk = await askForADay(product, { email, showDay, slug, asker, site: asker === 'commune' ? 'town-hall' : 'theatre' });
  await agree(walk);
  await (asker === 'commune' ? giveOrder(walk, inventedSiret(77)) : giveParty(walk));
  await signBoth(walk);
  if (asker === 'private') {
    await payDeposit(walk);
    await waitForBalance(walk);
  }
  await play(walk);
  return walk;
}

/** Presses a button that saves a file, and reads it. */
async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

test('a producer opens an account, answers what the tax office asks before the first payout, reads its statement, and changes the account with a code and a pause (ES-03, PAY-08)', async () => {
  const email = 'trio-alouette@demo.example';
  const me = await signIn(product, email);
  // A producer of before the directive: nothing was ever asked of them.
  expect(await product.sql(`DELETE FROM seller WHERE org_id = 'org_demotrioalouette'`)).toBe(1);
  const { page, thrown } = await newcomer(browser);
  await signInAt(product, page, email);
  await page.getByRole('link', { name: 'Versements' }).click();
  const payouts = page.locator('flow-payouts');
  const account = payouts.locator('section').filter({ has: page.getByRole('heading', { name: 'Le compte qui reçoit' }) });
  await account.getByText('Vous n’y avez pas encore de compte.').waitFor();

  // The provider's own page, left half answered, then answered.
  const answer = async (how: string): Promise<void> => {
    await account.getByRole('button', { name: 'Ouvrir la page du prestataire' }).click();
    await page.getByRole('heading', { name: 'Votre compte chez le prestataire' }).waitFor();
    await page.getByRole('button', { name: how }).click();
  };
  await answer('Oublier la pièce d’identité');
  await account.getByText('Il lui manque encore quelque chose, et rien ne part d’ici là.').waitFor();
  await picture(page, 'account-missing');

  const walk = await played('trio-alouette', 'comite-versement@visiteurs.example');
  const { bookingId } = walk;
  await mailTo(product, email, /Un versement attend quelques réponses/);
  await page.reload();
  await payouts.getByText('En attente', { exact: true }).waitFor();
  await picture(page, 'payout-waiting');
  const asked = payouts.locator('section').filter({ has: page.getByRole('heading', { name: 'Ce que demande l’administration fiscale' }) });
  await asked.getByText('Il manque :').waitFor();
  await asked.getByRole('radio', { name: 'une association ou une société' }).check();
  const tin = asked.locator('input[name=tin]');
  await tin.fill('123456789');
  await asked.getByText('Nous n’avons pas de numéro de TVA').click();
  await asked.getByRole('button', { name: 'Enregistrer' }).click();
  await asked.getByRole('alert').waitFor();
  await picture(page, 'seller-wrong');
  await tin.fill(inventedSiret(4).slice(0, 9));
  await asked.getByRole('button', { name: 'Enregistrer' }).click();
  await asked.getByText('Tout est là.').waitFor();

  // The tax office has its answers; the provider still waits for one.
  await until('the provider’s refusal', async () => (await me.ask<{ payouts: { state: string; missing: string[] }[] }>('payouts.list')).payouts.some(({ state, missing }) => state === 'waiting' && missing.length === 0));
  await page.reload();
  await payouts.locator('li').filter({ hasText: 'En attente' }).filter({ hasText: 'Il lui manque encore quelque chose' }).waitFor();
  await picture(page, 'payout-waits-for-account');
  await answer('Répondre à tout');
  await account.getByText('Il est ouvert : les versements arrivent.').waitFor();
  await paidOut(walk);
  await page.reload();
  const line = payouts.locator('li').filter({ hasText: 'Arrivé' });
  await line.getByRole('button', { name: 'Voir le relevé' }).click();
  const paper = page.getByRole('region', { name: 'Relevé du versement' });
  await paper.getByText('Spectacle joué').waitFor();
  expect(plain(await paper.locator('dl').innerText())).toBe('Prix HT 1 200,00 € TVA (5,5 %) 66,00 € Total TTC 1 266,00 € Commission (10 %) -120,00 € TVA sur la commission -24,00 € Versé 1 122,00 €');
  await picture(page, 'statement');
  const pdf = await saved(page, () => paper.getByRole('button', { name: 'Télécharger en PDF' }).click());
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const csv = await saved(page, () => paper.getByRole('button', { name: 'Télécharger en CSV' }).click());
  const rows = parse(csv.bytes, { bom: true, delimiter: ';', columns: true }) as unknown as Record<string, string>[];
  expect(rows).toHaveLength(1);
  expect(Object.values(rows[0] ?? {})).toContain('1122,00');
  const year = await saved(page, () => payouts.locator('form.year').first().getByRole('button', { name: 'Télécharger en CSV' }).click());
  expect(year.name).toMatch(/^20\d\d\.csv$/);

  // Another account: a wrong code changes nothing, a right one begins three days in which anybody who was told may stop it.
  const [before, after] = [inventedIban(4), inventedIban(404)];
  const mails = async () => (await (await fetch(`${product.address}/dev/mails?to=${encodeURIComponent(email)}`)).json() as { subject: string }[]).filter(({ subject }) => subject.includes('changer de compte')).length;
  const codeAfter = async (count: number): Promise<string> => {
    await until('another code', async () => await mails() > count);
    return codeOf(await mailTo(product, email, /code pour changer de compte/));
  };
  const ask = async (typed?: string): Promise<void> => {
    const known = await mails();
    await account.getByRole('button', { name: 'Changer de compte' }).click();
    await account.getByRole('button', { name: 'Recevoir un code' }).click();
    const code = await codeAfter(known);
    await account.getByLabel('Nouvel IBAN').fill(after);
    await account.getByLabel('Code reçu par mail').fill(typed ?? code);
    await account.getByRole('button', { name: 'Changer de compte' }).click();
  };
  await ask('000000');
  await account.getByRole('alert').waitFor();
  await picture(page, 'iban-code-wrong');
  await account.getByRole('button', { name: 'Annuler' }).click();
  await ask();
  await account.getByText(`${after.slice(-4)} le remplacera le`).waitFor();
  await account.getByText(`Les versements vont à ${before.slice(0, 4)}`).waitFor();
  await picture(page, 'iban-pending');
  const stranger = await newcomer(browser, { width: 375, height: 800 });
  const stop = /\/stop#t=[\w-]+/.exec((await mailTo(product, email, /va changer/)).text)?.[0] ?? '';
  await stranger.page.goto(product.origins.platform + stop);
  await stranger.page.getByRole('button', { name: 'Arrêter ce changement' }).waitFor();
  await picture(stranger.page, 'iban-stop');
  await stranger.page.getByRole('button', { name: 'Arrêter ce changement' }).click();
  await stranger.page.getByText('C’est arrêté.').waitFor();
  await mailTo(product, email, /Le changement de compte est arrêté/);

  // Asked again and not stopped, it counts after seventy-two hours.
  await page.reload();
  await ask();
  await account.getByText(`${after.slice(-4)} le remplacera le`).waitFor();
  const now = (await tradeNow(product)).getTime();
  await moveClock(product, new Date(now + 71 * 3_600_000));
  await page.reload();
  await account.getByText(`${after.slice(-4)} le remplacera le`).waitFor();
  await moveClock(product, new Date(now + 73 * 3_600_000));
  await mailTo(product, email, /Le compte de vos versements a changé/);
  await page.reload();
  await account.getByText(new RegExp(`Les versements vont à .*${after.slice(-4)}`)).waitFor();
  expect(await me.ask('escrow.money', { bookingId })).toMatchObject({ payout: { status: 'paid', amount: { minor: 112_200 } } });
  expect([...thrown, ...stranger.thrown]).toEqual([]);
}, 240_000);

/** A statement as a bank writes it. */
const camt = (entries: readonly { amount: string; way: 'CRDT' | 'DBIT'; day: string; name: string; text: string; ref: string }[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>${inventedIban(12)}</IBAN></Id></Acct>
${entries.map(({ amount, way, day, name, text, ref }) => `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${way}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><${way === 'CRDT' ? 'Dbtr' : 'Cdtr'}><Pty><Nm>${name}</Nm></Pty></${way === 'CRDT' ? 'Dbtr' : 'Cdtr'}></RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`).join('\n')}
</Stmt></BkToCstmrStmt></Document>`;

/** A file inside a ZIP, by its own directory. */
function unzip(bytes: Buffer, wanted: string): string {
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16);
  while (bytes.readUInt32LE(at) === 0x02_01_4b_50) {
    const [size, name, extra, comment, start] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const packed = bytes.subarray(data, data + size);
    if (bytes.toString('utf8', at + 46, at + 46 + name) === wanted) return (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8');
    at += 46 + name + extra + comment;
  }
  throw new Error(`no ${wanted} in the file`);
}

test('a producer reminds a commune in steps, finds its payment in the bank’s file, and gives the year to an accountant in five ways (ES-13, ES-14, CR-15)', async () => {
  const artistMail = 'fanfare-piment@demo.example';
  const email = 'fetes@trois-chenes.example';
  const { page, thrown } = await newcomer(browser);
  await signInAt(product, page, artistMail);
  await page.getByRole('link', { name: 'Comptabilité' }).click();
  const books = page.locator('flow-accounts');
  await books.getByText(/^Accepté le .* par Ruben Cayenne/).waitFor();

  // One show paid by card, one for a commune that owes.
  await played('fanfare-piment', 'comite-fanfare@visiteurs.example').then(paidOut);
  const walk = await played('fanfare-piment', email, 'commune');
  interface Invoice { readonly number: string; readonly kind: string; readonly dueDay: string; readonly due: { readonly minor: number } }
  const invoice = await until('the invoice', async () => (await walk.artist.ask<Invoice[]>('billing.invoices', { bookingId: walk.bookingId })).find(({ kind }) => kind === 'final'));
  expect(invoice.due.minor).toBe(126_600);
  await page.reload();
  const owed = books.locator('article').filter({ hasText: invoice.number });
  await owed.getByText('Dans les délais').waitFor();
  await picture(page, 'accounts-open');
  const at = (days: number) => new Date(Date.parse(`${invoice.dueDay}T12:00:00Z`) + days * dayMs);
  const steps = async () => (await owed.locator('ul.steps li').allInnerTexts()).map((text) => plain(text));
  await moveClock(product, at(4));
  await mailTo(product, email, new RegExp(`[Rr]appel.*${invoice.number}`));
  await page.reload();
  await owed.getByText('En retard', { exact: true }).waitFor();
  expect(await steps()).toEqual([expect.stringMatching(/^Rappel envoyé/), expect.stringMatching(/^Relance prévu/), expect.stringMatching(/^Mise en demeure prévu/)]);
  await moveClock(product, at(16));
  await moveClock(product, at(31));
  await mailTo(product, email, new RegExp(`Mise en demeure de payer : facture ${invoice.number}`));
  await page.reload();
  await owed.getByText(/40,00/).waitFor();
  expect((await steps()).every((text) => text.includes('envoyé'))).toBe(true);
  await picture(page, 'accounts-late');

  // The bank's file: nothing is settled before somebody says so.
  await books.getByRole('button', { name: 'Banque' }).click();
  const day = at(30).toISOString().slice(0, 10);
  const statement = camt([
    { amount: '1266.00', way: 'CRDT', day, name: 'COMMUNE DES TROIS-CHENES', text: `Mandat 118 facture ${invoice.number}`, ref: 'A1' },
    { amount: '12.50', way: 'DBIT', day, name: 'BANQUE', text: 'Frais de tenue de compte', ref: 'A2' },
  ]);
  await books.getByLabel('Relevé de banque').setInputFiles({ name: 'releve.xml', mimeType: 'text/xml', buffer: Buffer.from(statement.slice(0, -60)) });
  await books.getByRole('alert').waitFor();
  await picture(page, 'bank-broken');
  await books.getByLabel('Relevé de banque').setInputFiles({ name: 'releve.xml', mimeType: 'text/xml', buffer: Buffer.from(statement) });
  await books.getByText('2 mouvements lus').waitFor();
  await picture(page, 'bank-preview');
  await books.getByRole('button', { name: 'Importer' }).click();
  await books.getByText('Ressemblance : 100 sur 100').waitFor();
  await picture(page, 'bank-match');
  await books.getByRole('button', { name: 'Oui, c’est ce paiement' }).click();
  await books.getByText('Aucun mouvement ne ressemble').waitFor();
  await books.getByRole('button', { name: 'Tous' }).click();
  await books.getByText(`Règle la facture ${invoice.number}`).waitFor();
  await picture(page, 'bank-settled');
  await until('the settled booking', async () => (await walk.artist.ask<{ status: string }>('dossier.file', { bookingId: walk.bookingId })).status === 'settled');

  // The year of both, each file read by what reads it elsewhere.
  await books.getByRole('button', { name: 'Exports' }).click();
  const year = at(0).toISOString().slice(0, 4);
  const file = async (format: RegExp) => {
    await books.getByLabel('Année', { exact: true }).fill(year);
    await books.getByRole('radio', { name: format }).check();
    const one = await saved(page, () => books.getByRole('button', { name: 'Télécharger' }).click());
    await books.getByText(one.name).waitFor();
    return one;
  };
  const table = parse((await file(/^Tableau CSV/)).bytes, { bom: true, delimiter: ';' });
  expect(table.flat()).toContain(invoice.number);
  await picture(page, 'exports');
  const sheet = await file(/^Tableau Excel/);
  expect(unzip(sheet.bytes, 'xl/sharedStrings.xml')).toContain(invoice.number);
  const fec = await file(/^FEC/);
  expect(fec.name).toMatch(/^\d{9}FEC\d{8}\.txt$/);
  const entries = fec.bytes.toString('latin1').trim().split(/\r?\n/).map((line) => line.split('\t'));
  expect(entries[0]).toHaveLength(18);
  const cents = (text = '') => Math.round(Number(text.replace(',', '.')) * 100);
  const sides = entries.slice(1).map((line) => [cents(line[11]), cents(line[12])] as const);
  expect(sides.reduce((all, [debit, credit]) => all + debit - credit, 0)).toBe(0);
  expect(sides.reduce((all, [debit]) => all + debit, 0)).toBeGreaterThan(2 * 126_600);
  const sage = await file(/^Sage/);
  expect(sage.bytes.toString('latin1')).toContain(invoice.number.slice(-11));
  const journal = parse((await file(/^QuickBooks/)).bytes, { columns: true }) as unknown as Record<string, string>[];
  expect(journal.length).toBeGreaterThan(4);
  expect(thrown).toEqual([]);
}, 240_000);

test('our own people look at the books, find a euro, have given-up work done again, and move money by hand only two at a time (ES-10, ES-12, NF-08)', async () => {
  const [showDay = ''] = await freeDays(product, 'les-vagues-lentes', 60, 1);
  const walk = await askForADay(product, { email: 'comite-exploitation@visiteurs.example', showDay });
  await agree(walk);
  await giveParty(walk);
  await signBoth(walk);
  await payDeposit(walk);
  await waitForBalance(walk);
  const one = await newcomer(browser);
  await signInAt(product, one.page, first);
  await one.page.getByRole('link', { name: 'Argent' }).click();
  const table = one.page.locator('flow-operations');
  await table.getByText('Rien n’attend personne.').waitFor();
  await table.getByRole('button', { name: 'Rapprocher maintenant' }).click();
  await table.getByText('Les livres sont rapprochés.').waitFor();
  await table.getByText('d’accord', { exact: true }).first().waitFor();

  // The provider is out of reach when the money is to leave, until nobody tries any more.
  await product.sql('ALTER TABLE sandbox_object RENAME TO sandbox_away');
  try {
    await play(walk);
    await until('the failed payout', async () => await product.sql(`
      UPDATE graphile_worker._private_jobs job SET attempts = max_attempts FROM graphile_worker._private_tasks task
      WHERE task.id = job.task_id AND task.identifier = 'payout' AND job.last_error IS NOT NULL AND job.locked_at IS NULL`) > 0);
    await one.page.reload();
    await table.getByText('Travail abandonné').waitFor();
    await picture(one.page, 'operations-dead');
  } finally {
    await product.sql('ALTER TABLE sandbox_away RENAME TO sandbox_object');
  }
  await table.getByRole('button', { name: 'Reprendre' }).click();
  await table.getByText('C’est repris.').waitFor();
  await table.getByText('Rien n’attend personne.').waitFor();
  await paidOut(walk);

  // Where a euro is.
  const search = async (words: string): Promise<void> => {
    await table.getByRole('searchbox').fill(words);
    await table.getByRole('button', { name: 'Chercher' }).click();
  };
  await search('personne de ce nom');
  await table.getByText('Rien ne correspond.').waitFor();
  await search('1 122,00');
  const way = table.locator('article').filter({ has: one.page.locator(`#${walk.bookingId}`) });
  await way.waitFor();
  expect(await way.locator('ol strong').allInnerTexts()).toEqual(['Encaissé', 'Encaissé', 'Libéré pour le producteur', 'Versé au producteur']);
  await picture(one.page, 'operations-euro');

  // Four eyes: whoever proposes does not approve; another refuses once, and approves once.
  const propose = async (amount: string, reason: string): Promise<void> => {
    // Out of the provider's books and into our bank's: both are outside, and give what reaches us.
    await table.getByLabel('Du compte').fill('bank:platform');
    await table.getByLabel('Au compte').fill('provider:clearing');
    await table.getByLabel('Montant en euros').fill(amount);
    await table.getByLabel('Raison').fill(reason);
    await table.getByRole('button', { name: 'Proposer' }).click();
    await table.getByText('Proposé. Un collègue doit l’approuver.').waitFor();
  };
  await propose('144,00', 'Commission du spectacle, sans pièce');
  const own = table.locator('article').filter({ hasText: 'sans pièce' });
  expect(await own.getByRole('button', { name: 'Approuver' }).count()).toBe(0);
  const other = await newcomer(browser, { width: 375, height: 800 });
  await signInAt(product, other.page, second);
  await other.page.goto(`${product.origins.platform}/operations`);
  const desk = other.page.locator('flow-operations');
  await desk.locator('article').filter({ hasText: 'sans pièce' }).getByRole('button', { name: 'Rejeter' }).click();
  await desk.getByText('C’est noté.').waitFor();
  await one.page.reload();
  await own.getByText('rejeté', { exact: true }).waitFor();
  await propose('144,00', 'Commission de la facture, relevé du prestataire');
  await other.page.reload();
  const asked = desk.locator('article').filter({ hasText: 'relevé du prestataire' }).getByRole('button', { name: 'Approuver' });
  await asked.waitFor();
  await picture(other.page, 'operations-375');
  await asked.click();
  await desk.locator('article').filter({ hasText: 'relevé du prestataire' }).getByText('approuvé', { exact: true }).waitFor();
  expect(await other.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);

  // What no statement of the provider bears out is said, and repaired by nobody.
  await one.page.reload();
  await table.getByRole('button', { name: 'Rapprocher maintenant' }).click();
  await table.getByText('Les livres sont rapprochés.').waitFor();
  await table.locator('tbody tr').first().getByText('écart', { exact: true }).waitFor();
  await picture(one.page, 'operations');
  expect([...one.thrown, ...other.thrown]).toEqual([]);
}, 240_000);
