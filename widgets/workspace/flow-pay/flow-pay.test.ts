import { assert, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { sandboxCard } from './sandbox-card.ts';
import { begun, payServer } from './flow-pay.fixture.ts';
import type { FlowPay } from './flow-pay.ts';

const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
type Posted = readonly [path: string, body: Readonly<Record<string, unknown>>];

/** A bank that answers each call with the next of `answers`. */
function bank(...answers: { status: 'captured' | 'processing' | 'refused' | 'needs_action' | 'saved'; refusal?: string }[]) {
  const posted: Posted[] = [];
  return { posted, entries: { sandbox: () => Promise.resolve(sandboxCard((path, body) => { posted.push([path, body]); return Promise.resolve(answers.shift()!); })) } };
}

async function mount(entries: FlowPay['entries'], api = payServer(), framed = false) {
  await define('flow-pay');
  const element = await fixture<FlowPay>(html`<flow-pay booking-id="bkg_1" ?framed=${framed} .api=${api} .entries=${entries}></flow-pay>`);
  const root = element.shadowRoot!;
  const find = (selector: string) => root.querySelector<HTMLElement>(selector)!;
  const set = (name: string, value: string) => { root.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value; };
  const submit = () => { root.querySelector('form')!.requestSubmit(); };
  const card = (number: string, expiry = '12/40', cvc = '123') => {
    set('number', number);
    set('expiry', expiry);
    set('cvc', cvc);
    submit();
  };
  return { element, find, set, submit, card, text: () => plain(root.textContent), ready: () => waitUntil(() => find('[name=number]')) };
}

it('a good card is taken, and what happens next is said (ES-01)', async () => {
  const { posted, entries } = bank({ status: 'captured' });
  const { element, card, ready, text } = await mount(entries);
  await ready();
  assert.include(text(), '379,80 €');
  setTimeout(() => { card('4242 4242 4242 4242'); });
  const heard = await oneEvent(element, 'flow-paid');
  assert.deepEqual(heard.detail, { status: 'captured' });
  await waitUntil(() => text().includes('L’acompte est réservé'));
  // The number never leaves the browser: its name does.
  assert.deepEqual(posted, [[`/sandbox/payments/${begun.ref}/confirm`, { clientSecret: begun.clientSecret, method: 'pm_ok' }]]);
  assert.notInclude(JSON.stringify(posted), '4242');
});

it('only the test cards are accepted, and the field says so', async () => {
  const { posted, entries } = bank();
  const { card, find, ready, text } = await mount(entries);
  await ready();
  card('4111 1111 1111 1111', '01/20', '1');
  await waitUntil(() => text().includes('seules les cartes de test'));
  assert.include(text(), 'Une date à venir');
  assert.equal(find('[name=number]').getAttribute('aria-invalid'), 'true');
  assert.isEmpty(posted);
});

it('a declined card is said in words, and another one may be tried', async () => {
  const { entries } = bank({ status: 'refused', refusal: 'card_declined' }, { status: 'captured' });
  const { element, card, ready, text } = await mount(entries);
  await ready();
  card('4000 0000 0000 0002');
  await waitUntil(() => text().includes('La banque a refusé cette carte'));
  setTimeout(() => { card('4242 4242 4242 4242'); });
  await oneEvent(element, 'flow-paid');
});

it('the bank may ask for its holder: a refusal there takes nothing', async () => {
  const { posted, entries } = bank({ status: 'needs_action' }, { status: 'refused', refusal: 'authentication_failed' });
  const { card, find, ready, text } = await mount(entries);
  await ready();
  card('4000 0025 0000 3155');
  await waitUntil(() => find('dialog[open]'));
  find('dialog button:not(.primary)').click();
  await waitUntil(() => text().includes('n’a pas abouti'));
  assert.deepEqual(posted.at(-1), [`/sandbox/payments/${begun.ref}/challenge`, { clientSecret: begun.clientSecret, outcome: 'fail' }]);
});

it('what the bank has already is not asked for twice', async () => {
  const { text } = await mount(bank().entries, payServer({ escrow: { beginPayment: () => Promise.reject(refusal('payment_done')) } }));
  await waitUntil(() => text().includes('Paiement reçu'));
});

it('inside a partner’s page a code comes first (EM-01)', async () => {
  const codes: unknown[] = [];
  const api = payServer({ escrow: { requestPayCode: () => ({ sentTo: 'j•••@e•••.org' }), beginPayment: ({ code }) => { codes.push(code); return begun; } } });
  const { find, set, submit, text, ready } = await mount(bank().entries, api, true);
  await waitUntil(() => text().includes('un code envoyé à votre adresse'));
  assert.isEmpty(codes, 'nothing begins before the code');
  find('button.primary').click();
  await waitUntil(() => find('[name=code]'));
  set('code', '123456');
  submit();
  await ready();
  assert.deepEqual(codes, ['123456']);
});
