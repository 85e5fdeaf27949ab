import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { cameBack, dead, operationsOf, owed, path, proposal, receivable, reported, reports, stray } from './flow-operations.fixture.ts';
import type { FlowOperations } from './flow-operations.ts';

async function mount(api: Api) {
  await define('flow-operations');
  const element = await fixture<FlowOperations>(html`<flow-operations .api=${api}></flow-operations>`);
  const root = element.shadowRoot!;
  const buttons = (label: string) => [...root.querySelectorAll('button')].filter((one) => one.textContent.trim() === label);
  await waitUntil(() => root.querySelector('section, [role=alert]'));
  return { element, root, buttons, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('a euro is found, with its way in words and where it is now', async () => {
  const { root, text } = await mount(operationsOf());
  root.querySelector<HTMLInputElement>('[name=words]')!.value = '1 266,00';
  root.querySelector<HTMLFormElement>('[role=search]')!.requestSubmit();
  await waitUntil(() => text().includes('Libéré pour le producteur'));
  for (const said of ['Les Vagues Lentes', 'LV-2027-000012', 'Encaissé', 'Acompte payé par l’organisateur', 'Le spectacle a été joué', 'conservé pour la réservation', 'Où il est maintenant', 'dû au producteur 1 122,00 €', 'Chez le prestataire de paiement : 1 266,00 €']) assert.include(text(), said);
  // What the ledger wrote down for its auditors is not what a page says.
  assert.notInclude(text(), 'Captured');
  assert.notInclude(text(), '-1');
});

it('what does not fit anything is said, and so is a server that is down', async () => {
  const none = await mount(operationsOf({ found: { paths: [], more: false } }));
  none.root.querySelector<HTMLInputElement>('[name=words]')!.value = 'personne';
  none.root.querySelector<HTMLFormElement>('[role=search]')!.requestSubmit();
  await waitUntil(() => none.text().includes('Rien ne correspond'));
  const down = await mount(operationsOf({}, { reports: () => Promise.reject(refusal('not_found')) }));
  assert.isNotNull(down.root.querySelector('[role=alert]'));
});

it('the nights are shown, and what has stopped is taken up again by name', async () => {
  const again: unknown[] = [];
  const { buttons, text } = await mount(operationsOf({ reports, dead }, { replay: (input) => { again.push(input); return null; } }));
  for (const said of ['379,80 €', 'écart', 'd’accord', 'Travail abandonné payout', 'Fait non entendu show.played', 'Message du prestataire payment.captured']) assert.include(text(), said);
  buttons('Reprendre')[1]!.click();
  await waitUntil(() => text().includes('C’est repris'));
  assert.deepEqual(again, [{ kind: 'fact', id: '7' }]);
});

it('somebody looks at the books now, and is told that it was done', async () => {
  const { buttons, text } = await mount(operationsOf({}, { reportNow: () => null }));
  buttons('Rapprocher maintenant')[0]!.click();
  await waitUntil(() => text().includes('Les livres sont rapprochés.'));
  assert.notInclude(text(), '{n}');
});

it('who asked may take a transfer back and not approve it; another may', async () => {
  const own = await mount(operationsOf({ proposals: () => [{ ...proposal, own: true }] }));
  assert.isEmpty(own.buttons('Approuver'));
  assert.lengthOf(own.buttons('Rejeter'), 1);
  const decided: unknown[] = [];
  const { buttons, text } = await mount(operationsOf({ proposals: () => [proposal] }, { decide: (input) => { decided.push(input); return null; } }));
  buttons('Approuver')[0]!.click();
  await waitUntil(() => text().includes('C’est noté.'));
  assert.deepEqual(decided, [{ id: 'prp_1', approve: true }]);
});

it('a transfer is proposed in cents, and an amount that is none stays in its field', async () => {
  const asked: { key: string }[] = [];
  let down = true;
  const { root, text } = await mount(operationsOf({}, { propose: (input) => { asked.push(input); return down ? Promise.reject(refusal('not_found')) : { id: 'prp_2' }; } }));
  const form = root.querySelector<HTMLFormElement>('form:not([role=search])')!;
  const type = (name: string, value: string) => {
    const typed = form.elements.namedItem(name) as HTMLInputElement;
    typed.value = value;
    typed.dispatchEvent(new Event('input', { bubbles: true }));
  };
  for (const [name, value] of [['from', 'refund:org_1'], ['to', 'bank:platform'], ['amount', 'beaucoup'], ['reason', 'Rendu par virement']] as const) type(name, value);
  form.requestSubmit();
  assert.isEmpty(asked);
  type('amount', '379,80');
  form.requestSubmit();
  await waitUntil(() => form.querySelector('[role=alert]'));
  down = false;
  form.requestSubmit();
  await waitUntil(() => text().includes('Un collègue doit l’approuver'));
  // Sent again unchanged, it carries the same name; what is typed next has another.
  const [first, again] = asked.map(({ key }) => key);
  assert.match(first!, /^[\da-f-]{36}$/u);
  assert.equal(again, first);
  assert.deepEqual(asked[1], { key: first!, from: 'refund:org_1', to: 'bank:platform', amount: { minor: 37_980, currency: 'EUR' }, reason: 'Rendu par virement' } as { key: string });
  for (const [name, value] of [['from', 'escrow:bkg_1'], ['to', 'bank:platform'], ['amount', '5'], ['currency', 'CHF'], ['reason', 'Frais']] as const) type(name, value);
  form.requestSubmit();
  await waitUntil(() => asked.length === 3);
  assert.notEqual(asked[2]!.key, first);
  assert.deepInclude(asked[2] as object, { amount: { minor: 500, currency: 'CHF' } });
});

it('a commission that reached our bank leaves the list', async () => {
  let rows = [owed];
  const { buttons, text } = await mount(operationsOf({ owed: () => rows }, {}, { receive: ({ id }) => { rows = []; return { id }; } }));
  assert.include(text(), 'en retard');
  buttons('Reçu à notre banque')[0]!.click();
  await waitUntil(() => text().includes('Personne ne nous doit rien'));
  assert.include(text(), 'noté comme reçu');
});

it('a transfer that nobody asked for is shown with its sum, and given back by one press', async () => {
  const back: unknown[] = [];
  let strays = [stray];
  const { buttons, text } = await mount(operationsOf({ strays: () => strays }, { giveBack: (input) => { back.push(input); strays = [{ ...stray, status: 'sent', mayReturn: false }]; return null; } }));
  for (const said of ['Virements que rien ne demande', 'Compagnie du Marais', '379,80 €', 'à rendre']) assert.include(text(), said);
  buttons('Rendre à l’organisateur')[0]!.click();
  await waitUntil(() => text().includes('Le virement repart'));
  assert.deepEqual(back, [{ id: 'str_1' }]);
  assert.isEmpty(buttons('Rendre à l’organisateur'), 'what is on its way is not sent twice');
});

it('what lost disputes leave is shown with whoever owes it, over a show or a plan (ES-20)', async () => {
  const { text } = await mount(operationsOf({ receivables: [receivable, { ...receivable, account: 'dispute:pch_1', kind: 'plan', who: 'Fanfare Piment', what: 'artist_pro', amount: { minor: 3_480, currency: 'EUR' }, at: null }] }));
  for (const said of ['Ce que des contestations perdues laissent', 'Les Marées', '379,80 €', 'Grande marée', 'dispute:bkg_7', 'Fanfare Piment', 'dispute:pch_1', '34,80 €']) assert.include(text(), said);
  const none = await mount(operationsOf());
  assert.include(none.text(), 'Rien n’est dû de ce côté.');
});

it('of money that has left, what reached the producer and what went back to the organiser is said, less what a bank sent back (ES-10)', async () => {
  const step = (kind: string, amount: number, back = false) => {
    const [inside, outside] = [[{ account: 'payable:org_1', amount: { minor: amount, currency: 'EUR' as const } }], [{ account: 'provider:clearing', amount: { minor: amount, currency: 'EUR' as const } }]];
    return { ...path.steps[0]!, id: `trf_${kind}${amount}${back ? 'b' : ''}`, kind, from: back ? outside : inside, to: back ? inside : outside };
  };
  const { root, text } = await mount(operationsOf({ found: { paths: [{ ...path, steps: [step('payout', 56_100), step('payout', 56_100, true), step('payout', 56_100), step('return', 63_300)] }], more: false } }));
  root.querySelector<HTMLInputElement>('[name=words]')!.value = '561';
  root.querySelector<HTMLFormElement>('[role=search]')!.requestSubmit();
  await waitUntil(() => text().includes('Parti d’ici'));
  assert.include(text(), 'Parti d’ici : Versé au producteur 561,00 €, Remboursé 633,00 €');
});

it('money that came back is shown with whose it is, and sent again by one press', async () => {
  const again: unknown[] = [];
  let returned = [cameBack];
  const { buttons, text } = await mount(operationsOf({ returned: () => returned }, { sendAgain: (input) => { again.push(input); returned = []; return null; } }));
  for (const said of ['Argent revenu', 'Les Marées', '1 122,00 €', 'Versement']) assert.include(text(), said);
  buttons('Renvoyer')[0]!.click();
  await waitUntil(() => text().includes('Rien n’est revenu'));
  assert.deepEqual(again, [{ id: 'pyo_1' }]);
  assert.include(text(), 'C’est renvoyé');
});

it('what a producer contests is answered with words; one that was paid here is corrected or refused (INV-02)', async () => {
  const one = { invoiceId: 'inv_1', bookingId: 'bkg_1', number: 'FS-00012-2027-0003', issuer: 'Les Marées Productions', payer: 'La Halle SARL', total: { minor: 37_980, currency: 'EUR' as const }, paid: true, reason: 'Notre adresse a changé.', at: '2027-05-15T10:00:00.000Z', status: 'open' as const, words: '', closedAt: null };
  let rows = [one, { ...one, invoiceId: 'inv_2', paid: false }];
  const answers: object[] = [];
  const { root, buttons, text } = await mount(operationsOf({}, {}, {}, { open: () => rows, answer: (input) => { answers.push(input); rows = rows.filter(({ invoiceId }) => invoiceId !== input.id); return null; } }));
  const section = root.querySelector('[aria-labelledby=contests]')!;
  assert.deepEqual([...section.querySelectorAll('select')].map((select) => [...select.options].map(({ value }) => value)), [['', 'correct', 'refuse'], ['', 'correct', 'credit', 'refuse']]);
  assert.include(text(), 'Notre adresse a changé.');
  for (const [as, words] of [['correct', 'Adresse corrigée.'], ['credit', 'Rien n’était dû.']] as const) {
    section.querySelector('select')!.value = as;
    section.querySelector<HTMLInputElement>('[name=words]')!.value = words;
    const left = rows.length;
    buttons('Répondre')[0]!.click();
    await waitUntil(() => section.querySelectorAll('article').length === left - 1);
  }
  assert.deepEqual(answers, [{ id: 'inv_1', uphold: true, again: true, words: 'Adresse corrigée.' }, { id: 'inv_2', uphold: true, again: false, words: 'Rien n’était dû.' }]);
  assert.include(text(), 'Aucune facture n’est contestée.');
});

it('a reported review is taken down or kept, with words (PR-16)', async () => {
  let rows: { bookingId: string; side: 'artist' | 'buyer'; what: 'review' | 'reply'; reason: string; at: string; by: string; about: string; day: string; stars: number | null; words: string }[] = [reported, { ...reported, what: 'reply', stars: null, words: 'Menteur.' }];
  const answers: object[] = [];
  const { root, text } = await mount(operationsOf({}, {}, {}, {}, { open: () => rows, answer: (input) => { answers.push(input); rows = rows.filter(({ what }) => what !== input.what); return null; } }));
  const section = root.querySelector('[aria-labelledby=reviews]')!;
  for (const words of ['Compagnie du Marais sur Les Marées', 'Réponse de Compagnie du Marais', 'Des voleurs.', 'Motif du signalement : Il n’était pas là.', '1 / 5']) assert.include(text(), words);
  for (const [as, words] of [['hide', 'Injure.'], ['keep', 'Chacun dit sa version.']] as const) {
    section.querySelector('select')!.value = as;
    section.querySelector<HTMLInputElement>('[name=words]')!.value = words;
    const left = rows.length;
    section.querySelector('button')!.click();
    await waitUntil(() => section.querySelectorAll('article').length === left - 1);
  }
  assert.deepEqual(answers, [{ bookingId: 'bkg_9', side: 'buyer', what: 'review', hide: true, words: 'Injure.' }, { bookingId: 'bkg_9', side: 'buyer', what: 'reply', hide: false, words: 'Chacun dit sa version.' }]);
  assert.include(text(), 'Aucun avis n’attend.');
});
