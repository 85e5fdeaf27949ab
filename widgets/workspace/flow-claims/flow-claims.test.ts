import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { claim, claimsOf, contested, halfway } from './flow-claims.fixture.ts';
import type { FlowClaims } from './flow-claims.ts';

async function mount(api: Api, { bookingId = '', operators = false } = {}) {
  await define('flow-claims');
  const element = await fixture<FlowClaims>(html`<flow-claims booking-id=${bookingId} ?operators=${operators} .api=${api}></flow-claims>`);
  const root = element.shadowRoot!;
  const type = (name: string, value: string) => {
    const control = root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
    control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  };
  return { element, root, type, send: () => { root.querySelector('form')!.requestSubmit(); }, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('a debtor reads what is owed, why, until when and how to pay, and contests it once (ES-20)', async () => {
  let stands = claim();
  const said: unknown[] = [];
  const { root, text, type, send } = await mount(claimsOf(() => [stands], { contest: (input) => { said.push(input); stands = contested(); return null; } }));
  await waitUntil(() => root.querySelector('article'));
  for (const words of ['Sommes à nous rendre', 'Grande marée', '379,80 €', 'service non rendu', '1 juillet 2027', 'FR76 3000', 'clm_1']) assert.include(text(), words);
  assert.notInclude(text(), '{');
  type('words', 'Nous avons joué.');
  send();
  await waitUntil(() => text().includes('Nous répondons ici'));
  assert.deepEqual(said, [{ id: 'clm_1', words: 'Nous avons joué.' }]);
  assert.isNull(root.querySelector('form'));
  assert.include(text(), 'rien n’est retenu avant la réponse');
});

it('what came off is listed, with our answer; without an account of ours it is asked for', async () => {
  const { root, text } = await mount(claimsOf(() => [halfway()], {}, {}, ''));
  await waitUntil(() => root.querySelector('article'));
  for (const words of ['Reste 100,00 € sur 379,80 €', '179,80 € retenus sur un versement', '100,00 € reçus par virement', 'Le contrat met la contestation', 'écrivez-nous']) assert.include(text(), words);
  assert.isNull(root.querySelector('form'));
});

it('nothing is drawn where nothing is claimed, and a refusal of the server is said', async () => {
  const { element, root } = await mount(claimsOf(() => []), { bookingId: 'bkg_7' });
  await element.updateComplete;
  await waitUntil(() => root.querySelector('section, article') === null && element.isConnected);
  assert.equal(root.textContent.trim(), '');
  const down = await mount(claimsOf(undefined, { own: () => Promise.reject(refusal('role_too_low')) }));
  await waitUntil(() => down.root.querySelector('[role=alert]'));
});

it('in the accounts of a booking it is read, and not answered', async () => {
  const { root } = await mount(claimsOf(() => [{ ...claim(), mayContest: false }]), { bookingId: 'bkg_7' });
  await waitUntil(() => root.querySelector('article'));
  assert.isNull(root.querySelector('form'));
});

it('our people confirm, give more time, or propose what came in to a colleague (ES-20)', async () => {
  const done: unknown[] = [];
  let down = true;
  const { element, root, type, send, text } = await mount(claimsOf(() => [contested()], { confirm: (input) => { done.push(input); return null; }, prolong: (input) => { done.push(input); return null; } }, { proposeForClaim: (input) => { done.push(input); return down ? Promise.reject(refusal('claim_less')) : { id: 'prp_9' }; } }), { operators: true });
  await waitUntil(() => root.querySelector('article'));
  for (const words of ['Les Marées · Grande marée', 'Nous avons joué deux heures']) assert.include(text(), words);
  const changed: unknown[] = [];
  element.addEventListener('flow-claims-changed', (event) => { changed.push((event as CustomEvent<unknown>).detail); });
  type('answer', 'confirm');
  await element.updateComplete;
  type('words', 'La preuve ne suffit pas.');
  send();
  await waitUntil(() => text().includes('dit à qui le doit'));
  type('answer', 'prolong');
  await element.updateComplete;
  type('until', '2027-08-15');
  type('words', 'Jusqu’en août.');
  send();
  await waitUntil(() => done.length === 2);
  await waitUntil(() => !root.querySelector('[name=until]'));
  type('answer', 'waived');
  await element.updateComplete;
  type('amount', 'beaucoup');
  type('words', 'Geste commercial.');
  send();
  assert.lengthOf(done, 2);
  type('amount', '79,80');
  send();
  await waitUntil(() => root.querySelector('form [role=alert]'));
  down = false;
  send();
  await waitUntil(() => text().includes('Un collègue doit l’approuver'));
  const [first, second, third, fourth] = done as [object, object, { key: string }, { key: string }];
  assert.deepEqual([first, second], [{ id: 'clm_1', words: 'La preuve ne suffit pas.' }, { id: 'clm_1', words: 'Jusqu’en août.', until: '2027-08-15' }] as object[]);
  assert.deepInclude(third as object, { claimId: 'clm_1', kind: 'waived', amount: { minor: 7_980, currency: 'EUR' }, reason: 'Geste commercial.' });
  assert.equal(fourth.key, third.key);
  assert.deepEqual(changed, [{ id: 'clm_1', answer: 'confirm' }, { id: 'clm_1', answer: 'prolong' }, { id: 'clm_1', answer: 'waived' }]);
});
