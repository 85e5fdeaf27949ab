import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { account, all, expected, keptStatement, payout, payoutsServer, seller } from './flow-payouts.fixture.ts';
import type { FlowPayouts } from './flow-payouts.ts';

async function mount(api: Api, open = '') {
  await define('flow-payouts');
  const element = await fixture<FlowPayouts>(html`<flow-payouts payout=${open} .api=${api}></flow-payouts>`);
  const root = element.shadowRoot!;
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => one.textContent.includes(label))!;
  const text = () => root.textContent.replaceAll(/[\s\u00a0\u202f]+/g, ' ');
  const type = (name: string, value: string) => { root.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value; };
  await waitUntil(() => root.querySelector('section, [role=alert]'));
  return { element, root, button, text, type };
}

it('says what was paid, what is to come and when, by month too (ES-05)', async () => {
  const { root, text } = await mount(payoutsServer(() => all({ expected: [expected(), expected({ bookingId: 'bkg_3', state: 'unpaid', at: null }), expected({ bookingId: 'bkg_4', state: 'contested', at: null })] })));
  for (const said of ['lun. 14 juin 2027, 18 h 30', 'dès que l’organisateur a tout réglé', 'un problème est signalé', 'Arrivé le mer. 12 mai 2027 sur FR76 •••• 0189', '1 122,00 €']) assert.include(text(), said);
  assert.deepEqual([...root.querySelectorAll('.months li')].map(({ textContent }) => textContent.replaceAll(/[\s\u00a0\u202f]+/g, ' ').trim()), ['mai 20270 €', 'juin 2027846 €', 'juillet 20270 €', 'août 20272 400,50 €', 'septembre 2027360 €', 'octobre 20270 €']);
  assert.equal(root.querySelectorAll('.months rect')[3]!.getAttribute('height'), '100');
});

it('a payout after midnight has the day of its reader, as its booking has (ES-03)', async () => {
  const { element, text } = await mount(payoutsServer(() => all({ payouts: [payout({ paidAt: '2027-05-11T22:30:00.000Z' }), payout({ id: 'pyo_2', state: 'sent', paidAt: null, createdAt: '2027-05-12T22:30:00.000Z' })] })));
  element.site = { ...element.site, timeZone: 'Europe/Paris' };
  element.requestUpdate();
  await element.updateComplete;
  for (const said of ['Arrivé le mer. 12 mai 2027', 'jeu. 13 mai 2027']) assert.include(text(), said);
});

it('opens a statement with every figure, and saves it as a file (ES-03)', async () => {
  const asked: unknown[] = [];
  const { root, button, text } = await mount(payoutsServer(all, { file: (input) => { asked.push(input); return { name: 'x.csv', mime: 'text/csv', base64: btoa('a') }; } }));
  const saved: string[] = [];
  HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
  button('Voir le relevé').click();
  await waitUntil(() => root.querySelector('.paper .sums'));
  for (const said of ['1 200,00 €', 'TVA (5,5 %)66,00 €', '1 266,00 €', '-120,00 €', '-24,00 €', 'La Halle SARL']) assert.include(text(), said);
  button('Télécharger en CSV').click();
  await waitUntil(() => saved.length > 0);
  Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  assert.deepEqual(asked, [{ id: 'pyo_1', format: 'csv', locale: 'fr' }]);
  assert.deepEqual(saved, ['x.csv']);
});

it('what was kept of a payout for a lost dispute is said on it and in its statement, down to the claim; one that was kept whole says so (ES-20, ES-03)', async () => {
  const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
  const rows = [payout({ amount: euros(74_220), kept: euros(37_980) }), payout({ id: 'pyo_2', state: 'withheld', amount: euros(0), kept: euros(112_200), paidAt: null })];
  const { root, text } = await mount(payoutsServer(() => all({ payouts: rows }), { statement: () => keptStatement }), 'pyo_1');
  await waitUntil(() => root.querySelector('.paper .sums'));
  for (const said of ['379,80 € retenus pour une contestation perdue', 'Retenu en entier', 'Retenu pour une contestation perdue, Estran', 'clm_1', 'Versé-379,80 €', 'Versé en tout742,20 €']) assert.include(text(), said);
});

it('an account changes by a code, says when, and is stopped (ES-20)', async () => {
  let now = account();
  const asked: unknown[] = [];
  const { element, root, button, text, type } = await mount(payoutsServer(() => all({ account: now }), {
    requestIbanCode: () => ({ sentTo: 'a•••@e•••.org' }),
    changeIban: (input) => { asked.push(input); if (input.code !== '123456') throw refusal('code_wrong'); now = account({ pending: { id: 'ibc_1', masked: 'BE68 •••• 7034', useAt: '2027-05-23T10:00:00.000Z' } }); return now; },
    stopIban: ({ id }) => { asked.push(id); now = account(); return now; },
  }));
  button('Changer de compte').click();
  await element.updateComplete;
  assert.include(text(), '72 heures');
  button('Recevoir un code').click();
  await waitUntil(() => text().includes('a•••@e•••.org'));
  type('iban', 'BE68 5390 0754 7034');
  type('code', '000000');
  root.querySelector<HTMLInputElement>('[name=iban]')!.form!.requestSubmit();
  await waitUntil(() => root.querySelector('[role=alert]'));
  type('code', '123456');
  root.querySelector<HTMLInputElement>('[name=iban]')!.form!.requestSubmit();
  await waitUntil(() => text().includes('BE68 •••• 7034 le remplacera le dim. 23 mai 2027'));
  button('Arrêter ce changement').click();
  await waitUntil(() => text().includes('rien ne change'));
  assert.deepEqual(asked, [{ iban: 'BE68 5390 0754 7034', code: '000000' }, { iban: 'BE68 5390 0754 7034', code: '123456' }, 'ibc_1']);
});

it('where the provider holds the account, it says so and leads to the provider’s page', async () => {
  const { button, text } = await mount(payoutsServer(() => all({ account: account({ elsewhere: true, iban: '', state: 'missing', wants: ['external_account'] }), payouts: [payout({ state: 'waiting', paidAt: null })] }), { openAccount: () => Promise.reject(refusal('provider_unreachable')) }));
  assert.include(text(), 'tient votre compte bancaire');
  assert.include(text(), 'external_account');
  assert.isUndefined(button('Changer de compte'));
  button('Ouvrir la page du prestataire').click();
  await waitUntil(() => text().includes('ne répond pas. Rien n’a été débité'));
});

it('a payout that waits says for what, and the answers are given below (PAY-08)', async () => {
  const given: unknown[] = [];
  let known = seller({ kind: null, tin: '', ibanHolder: '', noVat: false, missing: ['kind'] });
  const { element, root, text, type } = await mount(payoutsServer(() => all({ payouts: [payout({ state: known.missing.length > 0 ? 'waiting' : 'sent', missing: known.missing, paidAt: null })], seller: known }), {
    saveSeller: (input) => { given.push(input); known = seller({ ...input, missing: [] }); return known; },
  }));
  assert.include(text(), 'Elle part dès que nous connaissons');
  root.querySelector<HTMLInputElement>('[value=individual]')!.click();
  await element.updateComplete;
  assert.isNull(root.querySelector('[name=noVat]'));
  for (const [name, value] of [['firstName', 'Ana'], ['lastName', 'Exemple'], ['birthDate', '1990-04-01'], ['tin', '0123456789012'], ['ibanHolder', 'Ana Exemple']] as const) type(name, value);
  root.querySelector<HTMLInputElement>('[name=tin]')!.form!.requestSubmit();
  await waitUntil(() => text().includes('Tout est là.'));
  assert.deepEqual(given, [{ kind: 'individual', firstName: 'Ana', lastName: 'Exemple', birthDate: '1990-04-01', tin: '0123456789012', noVat: false, ibanHolder: 'Ana Exemple', vatNumber: '' }]);
  assert.include(text(), 'En route vers votre banque');
});

it('a person without a day of birth reads that the yearly report goes without them, beside the question (PAY-08)', async () => {
  const asked = seller({ kind: 'individual', missing: ['birthDate'], leftOut: true, birthDate: null });
  const { text, root } = await mount(payoutsServer(() => all({ seller: asked })));
  assert.include(text(), 'Sans cela, la déclaration annuelle à l’administration fiscale part sans vous.');
  assert.isNotNull(root.querySelector('[name=birthDate]'));
  assert.notInclude((await mount(payoutsServer(() => all({ seller: seller({ missing: ['tin'] }) })))).text(), 'part sans vous');
});

it('a producer whom public buyers pay reads by when it has to answer, then that it is stopped until it does (PAY-08)', async () => {
  const owed = (stopped: boolean) => payoutsServer(() => all({ seller: seller({ missing: ['tin'], asked: { since: '2027-06-20', by: '2027-08-19', stopped } }) }));
  assert.include((await mount(owed(false))).text(), 'Numéro fiscal. Demandé le dim. 20 juin 2027. Sans réponse d’ici le jeu. 19 août 2027, vous ne pourrez plus envoyer d’offre à une collectivité');
  assert.include((await mount(owed(true))).text(), 'vous ne pouvez plus envoyer d’offre à une collectivité, ni en accepter, tant que vous n’avez pas répondu');
});

it('a booker who acts for an artist sees no account; our own people get the yearly report (PAY-08)', async () => {
  const mandated = await mount(payoutsServer(() => all({ account: null, seller: null })));
  assert.isNull(mandated.root.querySelector('#account, #seller, #report'));
  const made: { ref: string; kind: 'DPI401' | 'DPI402'; sellers: number; madeAt: string }[] = [];
  const asked: number[] = [];
  const { root, button, text } = await mount(payoutsServer(all, {
    report: ({ year }) => ({ name: `dac7-${year}.csv`, mime: 'text/csv', base64: btoa('a'), sellers: 12, incomplete: 2 }),
    reports: ({ year }) => { asked.push(year); return [...made]; },
    fileReport: ({ year }) => {
      if (made.length < 2) made.unshift({ ref: `FR${year}-732829320-${made.length + 1}`, kind: made.length === 0 ? 'DPI401' : 'DPI402', sellers: made.length === 0 ? 12 : 1, madeAt: '2027-05-20T10:00:00.000Z' });
      return { made: 1, incomplete: 2 };
    },
    reportMessage: ({ ref }) => ({ name: `${ref}.xml`, mime: 'application/xml', base64: btoa('<a/>') }),
  }, { operator: true, org: false }));
  assert.equal(root.querySelectorAll('section').length, 1);
  assert.include(text(), 'Rien n’a encore été établi pour 2026.');
  assert.notInclude(text(), 'Ce qui vous a été versé');
  const saved: string[] = [];
  HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
  button('Télécharger en CSV').click();
  await waitUntil(() => text().includes('Producteurs déclarés : 12. Réponses incomplètes : 2.'));
  button('Établir la déclaration').click();
  await waitUntil(() => text().includes('Déclaration : 12 producteurs'));
  assert.include(text(), 'Remettez le nouveau message');
  button('Établir les rectifications').click();
  await waitUntil(() => text().includes('Rectification : 1 producteur'));
  button('Télécharger en XML').click();
  await waitUntil(() => saved.length === 2);
  Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  assert.deepEqual(saved, ['dac7-2026.csv', 'FR2026-732829320-2.xml']);
  assert.deepEqual([...new Set(asked)], [2026]);
});

it('what is reported of a producer’s year is there to be kept, each time that it was told (PAY-08)', async () => {
  const { button, text } = await mount(payoutsServer(all, { letters: () => [{ id: 'fil_1', year: 2026, sentAt: '2027-01-10T05:25:00.000Z' }], letterFile: ({ id }) => ({ name: `${id}.pdf`, mime: 'application/pdf', base64: btoa('%PDF') }) }));
  assert.include(text(), 'Ce que nous déclarons de vos revenus');
  const saved: string[] = [];
  HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
  button('Télécharger en PDF').click();
  await waitUntil(() => saved.length === 1);
  Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  assert.deepEqual(saved, ['fil_1.pdf']);
});
