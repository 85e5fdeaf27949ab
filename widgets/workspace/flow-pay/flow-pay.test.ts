import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { sandboxCard } from '../../parts/card/sandbox-card.ts';
import { BACK } from '../../parts/card/bank-window.ts';
import { begun, money, payServer, transfer } from './flow-pay.fixture.ts';
import type { Attempt } from '../../parts/card/card-entry.ts';
import type { FlowPay } from './flow-pay.ts';

const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
type Posted = readonly [path: string, body: Readonly<Record<string, unknown>>];

/** A bank that answers each call with the next of `answers`. */
function bank(...answers: { status: 'captured' | 'processing' | 'refused' | 'needs_action' | 'saved'; refusal?: string; redirect?: string }[]) {
  const posted: Posted[] = [];
  return { posted, entries: { sandbox: (attempt: Attempt) => Promise.resolve(sandboxCard(attempt, (path, body) => { posted.push([path, body]); return Promise.resolve(answers.shift()!); })) } };
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
  const { text } = await mount(bank().entries, payServer({ till: { beginPayment: () => Promise.reject(refusal('payment_done')) } }));
  await waitUntil(() => text().includes('Paiement reçu'));
});

it('inside a partner’s page a code comes first (EM-01)', async () => {
  const codes: unknown[] = [];
  const api = payServer({ till: { requestPayCode: () => ({ sentTo: 'j•••@e•••.org' }), beginPayment: ({ code }) => { codes.push(code); return begun; } } });
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

const choose = (find: (selector: string) => HTMLElement, way: string) => { find(`[name=way][value=${way}]`).click(); };

it('an account is debited within days: the payment is under way, and not called done (ES-02)', async () => {
  const { posted, entries } = bank({ status: 'processing' });
  const { find, set, submit, ready, text } = await mount(entries);
  await ready();
  choose(find, 'sepa_debit');
  assert.notOk(find('[name=number]'), 'one way at a time');
  set('iban', 'FR76 3000 6000 0112 3456 7890 189');
  submit();
  await waitUntil(() => find('[name=iban]').getAttribute('aria-invalid') === 'true');
  assert.isEmpty(posted);
  set('iban', 'FR14 2004 1010 0505 0001 3M02 606');
  submit();
  await waitUntil(() => text().includes('Paiement en cours'));
  assert.deepEqual(posted[0]?.[1], { clientSecret: begun.clientSecret, method: 'pm_sepa' });
  assert.notInclude(JSON.stringify(posted), '2004');
});

it('what the bank is debiting is not asked for again', async () => {
  const { text, find } = await mount(bank().entries, payServer({ escrow: { money: () => ({ ...money, payments: money.payments.map((one) => ({ ...one, status: 'processing' as const })) }) }, till: { beginPayment: () => Promise.reject(new Error('not asked')) } }));
  await waitUntil(() => text().includes('Paiement en cours'));
  assert.notOk(find('form'));
});

it('a transfer has its account and its words, and another way stays open', async () => {
  const { find, ready, text } = await mount(bank().entries, payServer({ till: { payByTransfer: () => transfer } }));
  await ready();
  [...find('.apart:last-of-type').querySelectorAll('button')].at(-1)!.click();
  await waitUntil(() => text().includes('FS7H2K9QWX'));
  assert.include(text(), 'FR14 2004 1010 0505 0001 3M02 606');
  assert.include(text(), '379,80 €');
  [...find('.to').querySelectorAll<HTMLButtonElement>('button.plain')].at(-1)!.click();
  await ready();
});

it('whoever announced a transfer finds it again', async () => {
  const { text } = await mount(bank().entries, payServer({ till: { beginPayment: () => ({ ...begun, transfer }) } }));
  await waitUntil(() => text().includes('FS7H2K9QWX'));
});

/** A window that a bank would be asked in. */
function fakeWindow() {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const popup = frame.contentWindow!;
  const opened: string[] = [];
  const real = window.open.bind(window);
  window.open = (address) => { opened.push(String(address)); return popup; };
  const end = () => { window.open = real; frame.remove(); };
  return { opened, end, say: (origin: MessageEventInit) => { window.dispatchEvent(new MessageEvent('message', { origin: location.origin, source: popup, data: BACK, ...origin })); } };
}

it('a bank of its own is asked in a window that the click opened; only its own word, from our own page, ends the wait', async () => {
  const popup = fakeWindow();
  const { posted, entries } = bank({ status: 'needs_action', redirect: '/sandbox/payments/bank?clientSecret=x' }, { status: 'captured' });
  const { element, find, submit, ready, text } = await mount(entries);
  await ready();
  choose(find, 'bancontact');
  submit();
  assert.deepEqual(popup.opened, ['about:blank'], 'inside the click');
  await waitUntil(() => posted.length === 1);
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  popup.say({ origin: 'https://elsewhere.example' });
  popup.say({ source: window });
  popup.say({ data: 'paid' });
  await element.updateComplete;
  assert.lengthOf(posted, 1, 'nobody else is believed');
  popup.say({});
  await waitUntil(() => text().includes('L’acompte est réservé'));
  popup.end();
});

it('a browser that keeps the window shut is said in words, and nothing is sent', async () => {
  const real = window.open.bind(window);
  window.open = () => null;
  const { posted, entries } = bank();
  const { find, submit, ready, text } = await mount(entries);
  await ready();
  choose(find, 'bancontact');
  submit();
  await waitUntil(() => text().includes('a bloqué la fenêtre'));
  assert.isEmpty(posted);
  window.open = real;
});

const paypal = (find: (selector: string) => HTMLElement) => { find('.apart').querySelector('button')!.click(); };

it('PayPal has a window that the click opened; once it leads back, our own server takes what was approved and says so (ES-02)', async () => {
  const popup = fakeWindow();
  const asked: unknown[] = [];
  const api = payServer({ till: { payByPayPal: () => ({ ref: 'paypal_1', page: '/sandbox/payments/bank?clientSecret=x' }), completePayPal: (what) => { asked.push(what); return { status: 'captured', refusal: '' }; } } });
  const { element, find, ready, text } = await mount(bank().entries, api);
  await ready();
  const heard = oneEvent(element, 'flow-paid');
  paypal(find);
  assert.deepEqual(popup.opened, ['about:blank'], 'inside the click');
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  popup.say({ origin: 'https://elsewhere.example' });
  popup.say({ data: 'paid' });
  await element.updateComplete;
  assert.isEmpty(asked, 'nobody else is believed');
  popup.say({});
  assert.deepEqual((await heard).detail, { status: 'captured' });
  assert.deepEqual(asked, [{ bookingId: 'bkg_1', ref: 'paypal_1' }]);
  await waitUntil(() => text().includes('L’acompte est réservé'));
  popup.end();
});

for (const [status, words] of [['needs_method', 'n’a pas encore votre accord'], ['refused', 'n’a pas accepté ce moyen de paiement']] as const) {
  it(`a visit to PayPal that took nothing (${status}) is said in words, and may be made again`, async () => {
    const popup = fakeWindow();
    const api = payServer({ till: { payByPayPal: () => ({ ref: 'paypal_1', page: '/sandbox/payments/bank?clientSecret=x' }), completePayPal: () => ({ status, refusal: '' }) } });
    const { find, ready, text } = await mount(bank().entries, api);
    await ready();
    paypal(find);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    popup.say({});
    await waitUntil(() => text().includes(words));
    assert.isFalse(find('.apart').querySelector('button')!.disabled);
    popup.end();
  });
}

it('a window that PayPal cannot have is said, and nothing is asked for', async () => {
  const real = window.open.bind(window);
  window.open = () => null;
  const { find, ready, text } = await mount(bank().entries, payServer({ till: { payByPayPal: () => Promise.reject(new Error('not asked')) } }));
  await ready();
  paypal(find);
  await waitUntil(() => text().includes('a bloqué la fenêtre'));
  window.open = real;
});

it('a provider’s form that cannot be had is said', async () => {
  const { text } = await mount({ sandbox: () => Promise.resolve({ mount: () => Promise.reject(new Error('blocked')), confirm: () => Promise.resolve(null) }) });
  await waitUntil(() => text().includes('ne s’est pas chargé'));
});
