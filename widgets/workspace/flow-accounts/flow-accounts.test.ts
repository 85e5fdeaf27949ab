import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { accountsServer, aimed, asked, bank, commission, franchised, given, late, may, metersAt, paidLate, papers, preview, unboxed, waiting } from './flow-accounts.fixture.ts';
import type { FlowAccounts } from './flow-accounts.ts';

async function mount(api: Api, view = 'open') {
  await define('flow-accounts');
  const element = await fixture<FlowAccounts>(html`<flow-accounts view=${view} .api=${api}></flow-accounts>`);
  const root = element.shadowRoot!;
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => one.textContent.includes(label))!;
  await waitUntil(() => root.querySelector('section, [role=alert]'));
  return { element, root, button, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

/** Gives the page a file, as a person does. */
function give(root: ShadowRoot, content: string | Uint8Array<ArrayBuffer>, name = 'releve.csv') {
  const input = root.querySelector<HTMLInputElement>('[type=file]')!;
  const held = new DataTransfer();
  held.items.add(new File([content], name));
  input.files = held.files;
  input.dispatchEvent(new Event('change'));
}

it('the clock of each invoice is told in words, with interest and reminders where it has run out (ES-13, PUB-06)', async () => {
  const { text, root } = await mount(accountsServer());
  for (const said of ['En retard de 16 jours, depuis le', 'Il reste 20 jours, jusqu’au', '46,94 € d’intérêts au taux de 10,15 %', '40,00 € de frais', 'Rappel envoyé le', 'Mise en demeure prévu le', 'service fait']) assert.include(text(), said);
  assert.lengthOf(root.querySelectorAll('article'), 2);
});

it('nothing to be paid says what will be here, and the mandate is accepted once (INV-02)', async () => {
  const names: string[] = [];
  const { root, text } = await mount(accountsServer({ open: () => [], mandate: () => (names.length ? given : asked), acceptMandate: ({ signedBy }) => { names.push(signedBy); return given; } }));
  assert.include(text(), 'Rien à encaisser');
  root.querySelector<HTMLInputElement>('[name=signedBy]')!.value = 'Ana Exemple';
  root.querySelector('form')!.requestSubmit();
  assert.isEmpty(names, 'the box is not ticked');
  root.querySelector<HTMLInputElement>('[name=agree]')!.click();
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('par Ana Exemple'));
  assert.deepEqual(names, ['Ana Exemple']);
  assert.isNull(root.querySelector('form'));
});

it('who only buys is asked for no mandate to invoice (INV-02)', async () => {
  const { text, root } = await mount(accountsServer({ open: () => [], mandate: () => ({ ...asked, sells: false }) }));
  assert.include(text(), 'Rien à encaisser');
  assert.isNull(root.querySelector('form'));
  assert.notInclude(text(), 'Mandat de facturation');
});

it('what waits for the mandate is issued by one press once it is given, and not before (INV-02)', async () => {
  const before = await mount(accountsServer({ mandate: () => asked, waiting: () => waiting }));
  assert.include(before.text(), 'Facture à l’acheteur public · Commune de Locronan');
  assert.isUndefined(before.button('Établir la facture'));
  const issued: string[] = [];
  const { button, text } = await mount(accountsServer({ waiting: () => waiting.filter(({ bookingId }) => !issued.includes(bookingId)), issue: ({ bookingId }) => { issued.push(bookingId); return { issued: 1 }; } }));
  button('Établir la facture').click();
  await waitUntil(() => !text().includes('La Halle SARL'));
  assert.deepEqual(issued, ['bkg_4']);
  assert.include(text(), 'Commune de Locronan');
});

it('every invoice and credit note of a year stands there, issued or received, in all of its forms; another year is chosen (INV-03, ES-12)', async () => {
  const years: (number | null)[] = [];
  const { root, button, text } = await mount(accountsServer({ papers: ({ year }) => { years.push(year); return year === 2026 ? { ...papers, year: 2026, papers: [] } : papers; } }));
  button('Factures').click();
  await waitUntil(() => text().includes('Émises (3)'));
  for (const said of ['Avoir AFS-00012-2027-0001', '-100,00 €', 'Facture FS-00012-2027-0003', 'En retard', 'Reçues (2)', 'Facture de commission F-2027-0012', 'Dans les délais', 'Facture de formule AB-2027-0001', '34,80 €']) assert.include(text(), said);
  assert.deepEqual([...root.querySelectorAll('.invoices li')].map((one) => [...one.querySelectorAll('button')].map(({ textContent }) => textContent.trim())), [['PDF', 'XML (EN 16931)'], ['PDF', 'XML (EN 16931)'], ['PDF', 'XML (EN 16931)', 'UBL (Peppol)'], ['PDF', 'XML (EN 16931)'], ['PDF', 'XML (EN 16931)']]);
  const chosen = root.querySelector<HTMLSelectElement>('select.of')!;
  chosen.value = '2026';
  chosen.dispatchEvent(new Event('change'));
  await waitUntil(() => text().includes('Aucune facture en 2026'));
  assert.deepEqual(years, [null, 2026]);
});

it('what is owed to us has its clock and its reminders, and nobody can say here that it was paid (PAY-11)', async () => {
  const { root, text } = await mount(accountsServer({ open: () => [], owing: () => [commission] }));
  for (const said of ['Nos factures de commission', 'F-2027-0012', 'En retard de 14 jours', '2,24 € d’intérêts au taux de 12,15 %', 'Rappel envoyé le']) assert.include(text(), said);
  assert.notInclude(root.querySelector('article')!.textContent, 'Le virement est arrivé');
});

it('the mandate that is given can be ended, and then waits to be given again (INV-02)', async () => {
  let ended = 0;
  const { button, text } = await mount(accountsServer({ open: () => [], mandate: () => (ended ? asked : given), endMandate: () => { ended += 1; return asked; } }));
  assert.include(text(), 'celles qui sont émises restent valables');
  button('Mettre fin au mandat maintenant').click();
  await waitUntil(() => text().includes('Accepter le mandat'));
  assert.equal(ended, 1);
});

it('a transfer arrived alone or with the interest, and the interest alone after a late one (PUB-06)', async () => {
  const told: unknown[] = [];
  const gone = (name: string) => (input: object) => { told.push([name, input]); return Promise.reject(refusal('invoice_settled')); };
  const { button, text } = await mount(accountsServer({ open: () => [late], settle: gone('settle') }));
  button('Il est arrivé avec les intérêts').click();
  await waitUntil(() => text().includes('déjà'));
  const after = await mount(accountsServer({ open: () => [paidLate], settleLate: gone('late') }));
  assert.include(after.text(), 'Réglée le lun. 24 mai 2027, 4 jours après l’échéance.');
  assert.notInclude(after.text(), 'Le virement est arrivé');
  after.button('Les intérêts sont arrivés').click();
  await waitUntil(() => told.length === 2);
  assert.deepEqual(told, [['settle', { id: 'inv_1', withLate: true }], ['late', { id: 'inv_4' }]]);
});

it('a file is asked for the chosen period and saved under its name; a refusal is said (CR-15, ES-14)', async () => {
  const asks: unknown[] = [];
  const saved: string[] = [];
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) { saved.push(this.download); };
  try {
    const { root, text } = await mount(accountsServer({ exporting: (input) => {
      asks.push(input);
      return input.format === 'fec' ? Promise.reject(refusal('fec_needs_siren')) : { name: 'flow-stage-2027-T2.csv', mime: 'text/csv', base64: btoa('a;b'), count: 3 };
    } }), 'exports');
    root.querySelector<HTMLInputElement>('[name=year]')!.value = '2027';
    root.querySelector<HTMLSelectElement>('[name=period]')!.value = 'quarter:2';
    root.querySelector('form')!.requestSubmit();
    await waitUntil(() => text().includes('flow-stage-2027-T2.csv : 3 pièces.'));
    assert.deepEqual(asks[0], { format: 'csv', locale: 'fr', period: { year: 2027, kind: 'quarter', part: 2 } });
    assert.deepEqual(saved, ['flow-stage-2027-T2.csv']);
    root.querySelector<HTMLInputElement>('[value=fec]')!.click();
    root.querySelector('form')!.requestSubmit();
    await waitUntil(() => text().includes('indiquez votre SIRET'));
  } finally {
    // Its own goes, and what it inherits is there again.
    Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  }
});

it('a financial year is stated, and its file asked for (ES-14)', async () => {
  const stated: unknown[] = [];
  const asks: unknown[] = [];
  const { root, text } = await mount(accountsServer({ changeClosing: (input) => { stated.push(input); return { closing: input.closing, since: null, years: [] }; }, exporting: (input) => { asks.push(input.period); return Promise.reject(refusal('books_of_two_years')); } }), 'exports');
  assert.include(text(), 'À partir de l’exercice qui commence le sam. 1 janvier 2028.');
  const period = root.querySelector<HTMLSelectElement>('[name=period]')!;
  assert.include(period.textContent, 'Exercice du ven. 1 janvier 2027 au ven. 31 décembre 2027');
  period.value = 'financial:12:2027';
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('chevauche deux exercices'));
  assert.deepEqual(asks, [{ year: 2027, kind: 'financial', part: 12 }]);
  const closing = root.querySelector<HTMLSelectElement>('[name=closing]')!;
  assert.equal(closing.value, '06-30');
  closing.value = '02-29';
  closing.form!.requestSubmit();
  await waitUntil(() => stated.length > 0);
  assert.deepEqual(stated, [{ closing: '02-29' }]);
});

it('what the organisation has contested is listed, with what was answered and its file (INV-02)', async () => {
  const one = { invoiceId: 'inv_1', bookingId: 'bkg_1', number: 'FS-00012-2027-0003', issuer: 'Les Marées Productions', payer: 'La Halle SARL', total: { minor: 37_980, currency: 'EUR' as const }, paid: true, reason: 'Notre adresse a changé.', at: '2027-06-01T10:00:00.000Z', status: 'refused' as const, words: 'Elle est celle du contrat.', closedAt: '2027-06-02T10:00:00.000Z' };
  const { root, text } = await mount(accountsServer({ contests: [one] }));
  for (const said of ['Factures contestées', 'FS-00012-2027-0003 · La Halle SARL', 'Contestation refusée', 'Notre adresse a changé.', 'Elle est celle du contrat.']) assert.include(text(), said);
  assert.equal(root.querySelector('[aria-labelledby=contest-inv_1] a')?.getAttribute('href'), '/booking?id=bkg_1');
  assert.notInclude((await mount(accountsServer())).text(), 'Factures contestées');
});

it('an account of the chart is changed (ES-14)', async () => {
  const changes: unknown[] = [];
  const { root, text } = await mount(accountsServer({ changeAccount: (input) => { changes.push(input); return []; } }), 'exports');
  assert.include(text(), 'Ventes de spectacles');
  const form = root.querySelectorAll<HTMLFormElement>('form.chart')[0]!;
  form.querySelector<HTMLInputElement>('[name=account]')!.value = '411abc';
  form.requestSubmit();
  await waitUntil(() => changes.length > 0);
  assert.deepEqual(changes, [{ role: 'customers', account: '411ABC', label: 'Clients' }]);
});

it('a table is shown as it would be read, read otherwise, and kept only when the person says so', async () => {
  const asks: { content: string; layout?: object | undefined }[] = [];
  const kept: object[] = [];
  const { root, button, text } = await mount(accountsServer({ preview: (input) => { asks.push(input); return preview; }, importing: (input) => { kept.push(input); return { lines: 2, fresh: 1, foreign: 1, again: false }; } }), 'bank');
  // A bank of the old sort: eight bits of Windows.
  give(root, Uint8Array.from([0x44, 0xe9, 0x62, 0x69, 0x74]));
  await waitUntil(() => text().includes('2 mouvements lus'));
  assert.include(text(), '1 mouvement en une autre devise');
  assert.equal(asks[0]!.content, 'Débit');
  assert.isEmpty(kept);
  root.querySelector<HTMLSelectElement>('[name=dayOrder]')!.value = 'mdy';
  root.querySelector<HTMLSelectElement>('[name=counterparty]')!.value = '1';
  root.querySelector<HTMLSelectElement>('[name=currencyIn]')!.value = '1';
  root.querySelector<HTMLSelectElement>('[name=delimiter]')!.value = '\t';
  root.querySelector<HTMLFormElement>('details form')!.requestSubmit();
  await waitUntil(() => asks.length === 2);
  assert.deepInclude(asks[1]!.layout, { dayOrder: 'mdy', counterparty: 1, currencyIn: 1, day: 0, credit: 3, debit: 2, amount: null, delimiter: '\t' });
  await waitUntil(() => !button('Importer').disabled);
  button('Importer').click();
  await waitUntil(() => text().includes('1 nouveau mouvement, sur 2. 1 mouvement en une autre devise'));
  assert.deepInclude(kept[0], { name: 'releve.csv', content: 'Débit' });
});

it('a file that cannot be read is refused with its line', async () => {
  const { root, text } = await mount(accountsServer({ preview: () => Promise.reject(refusal('bank_line_invalid', { line: '7', field: 'day' })) }), 'bank');
  give(root, 'x');
  await waitUntil(() => text().includes('Ligne 7.'));
  assert.include(text(), 'rien n’a été importé');
});

it('a match is shown with its score and reasons; only the person accepts it, and never one that is too small', async () => {
  const accepted: unknown[] = [];
  const { root, button, text } = await mount(accountsServer({ accept: (input) => { accepted.push(input); return bank; } }), 'bank');
  for (const said of ['Ressemblance : 100 sur 100', 'le numéro de la facture est cité', 'le montant est exact', 'mais le montant ne suffit pas']) assert.include(text(), said);
  assert.lengthOf([...root.querySelectorAll('button')].filter((one) => one.textContent.includes('Oui, c’est ce paiement')), 1);
  assert.isEmpty(accepted);
  button('Oui, c’est ce paiement').click();
  await waitUntil(() => accepted.length > 0);
  assert.deepEqual(accepted, [{ lineId: 'bln_1', invoiceId: 'inv_2' }]);
  assert.notInclude(text(), 'Frais de tenue');
  button('Tous').click();
  await waitUntil(() => text().includes('Frais de tenue'));
  assert.include(text(), 'Règle la facture FS-00012-2027-0001');
});

it('the meter warns when the threshold is near, and says nothing to whoever charges tax (VAT-FR-07)', async () => {
  const near = await mount(accountsServer({ meters: () => metersAt(3_100_000, 'near') }), 'meters');
  assert.include(near.text(), 'Vous approchez du seuil');
  assert.include(near.text(), 'Chiffre d’affaires 2027 et seuils');
  assert.equal(near.root.querySelector('[role=meter]')!.getAttribute('aria-valuenow'), '31000');
  assert.ok(near.root.querySelector('.meter.near'));
  const charging = await mount(accountsServer({ meters: () => metersAt(9_000_000, 'over', { franchise: false }) }), 'meters');
  assert.include(charging.text(), 'Vous facturez déjà la TVA');
  assert.isNull(charging.root.querySelector('[role=alert]'));
});

it('a month is declared box by box, each with the papers that made it; another is asked for, and each part saved (ES-16, VAT-X-03, ES-12)', async () => {
  const [asks, files]: [unknown[], unknown[]] = [[], []];
  const { root, button, text } = await mount(accountsServer({
    declared: ({ period }) => { asks.push(period); return period ? { ...may, period: { ...period }, first: '2027-04-01', last: '2027-06-30' } : may; },
    declarationFile: (input) => { files.push(input); return { name: 'x.csv', mime: 'text/csv', base64: '', count: 1 }; },
  }), 'declarations');
  for (const said of ['CA3 · mai 2027', '0105', 'Taux réduit 5,5 %', 'nous ne les connaissons pas', 'arrondie à l’euro', 'BE0403019261', 'Somme, mai 2027']) assert.include(text(), said);
  const nine = [...root.querySelectorAll('.boxes tr')].find((row) => row.querySelector('th')?.textContent.startsWith('09'))!;
  assert.match(nine.textContent.replaceAll(/\s+/gu, ' '), /1 pièce\s?FS-00012-2027-0004 · La Halle SARL .*1\s200 €\s?66 €$/u);
  const period = root.querySelector<HTMLSelectElement>('[name=period]')!;
  assert.equal(period.value, 'month:5');
  period.value = 'quarter:2';
  button('Afficher').click();
  await waitUntil(() => text().includes('CA3 · Trimestre 2 2027'));
  assert.deepEqual(asks, [null, { year: 2027, kind: 'quarter', part: 2 }]);
  await waitUntil(() => !root.querySelector('[aria-busy=true]'));
  for (const [i, label] of ['Télécharger la déclaration', 'Télécharger la liste', 'Télécharger les commissions'].entries()) {
    button(label).click();
    await waitUntil(() => files.length === i + 1 && !root.querySelector('[aria-busy=true]'));
  }
  assert.deepEqual(files, ['vat', 'union', 'commission'].map((what) => ({ what, period: { year: 2027, kind: 'quarter', part: 2 }, locale: 'fr' })));
});

it('under the franchise nothing is declared, a missing number is asked for, and where we fill no form it is said (VAT-FR-07, VAT-X-03, ES-16)', async () => {
  const small = await mount(accountsServer({ declared: () => franchised }), 'declarations');
  for (const said of ['rien n’est à déclarer sur vos ventes', '12 400,00 €', 'numéro manquant', 'demandez-le au client']) assert.include(small.text(), said);
  assert.isNull(small.root.querySelector('.boxes'));
  const other = await mount(accountsServer({ declared: () => unboxed }), 'declarations');
  for (const said of ['nous ne remplissons pas de formulaire', 'aucun numéro de TVA valable', '2 achats ne sont pas encore payés', 'Des pièces en CHF', 'Aucune vente à inscrire', 'Aucune commission']) assert.include(other.text(), said);
});

it('an objective is stated, drawn with its line, and taken back by an empty field (AN-04)', async () => {
  const changes: unknown[] = [];
  let aim: number | null = 3_000_000;
  const { root, text } = await mount(accountsServer({ objective: () => aimed(aim), changeObjective: ({ minor }) => { changes.push(minor); aim = minor; return aimed(minor); } }), 'objective');
  assert.lengthOf(root.querySelectorAll('.aim rect:not(.signed)'), 6);
  assert.lengthOf(root.querySelectorAll('.aim line'), 1);
  for (const said of ['21 000,00 € · 70 %', 'Signé, à facturer (3 spectacles)', '2 600,00 €']) assert.include(text().replaceAll('\u202f', ' '), said);
  const field = root.querySelector<HTMLInputElement>('[name=aim]')!;
  assert.equal(field.value, '30000');
  field.value = '42 000,50';
  field.form!.requestSubmit();
  await waitUntil(() => changes.length === 1 && root.querySelector<HTMLInputElement>('[name=aim]')!.value === '42000,50');
  root.querySelector<HTMLInputElement>('[name=aim]')!.value = '';
  field.form!.requestSubmit();
  await waitUntil(() => changes.length === 2 && !root.querySelector('.aim line'));
  assert.deepEqual(changes, [4_200_050, null]);
});

it('the views are one page, and a server that is down is said', async () => {
  const { button, text } = await mount(accountsServer());
  button('Seuils de TVA').click();
  await waitUntil(() => /12\s000\s€ sur 37\s500\s€/u.test(text()));
  const down = await mount(accountsServer({ bank: () => { throw new Error('down'); } }), 'bank');
  assert.ok(down.root.querySelector('[role=alert]'));
});
