import { assert, fixture, html } from '@open-wc/testing';
import type { loadStripe } from '@stripe/stripe-js/pure';
import { BACK } from './bank-window.ts';
import type { Attempt } from './card-entry.ts';
import { begun } from '../../workspace/flow-pay/flow-pay.fixture.ts';
import { stripeCard } from './stripe-card.ts';

type Call = readonly [name: string, ...args: unknown[]];
const attempt: Attempt = { ...begun, clientSecret: 'pi_1_secret_x', publishableKey: 'pk_test_1' };
const words = { say: (key: string) => key, locale: 'fr' } as const;

/** Stripe.js as far as it is used, which answers as told. */
function fakeStripe(answers: Readonly<Record<string, unknown>> = {}) {
  const calls: Call[] = [];
  const heard = new Map<string, (event: unknown) => void>();
  const answer = (name: string) => (...args: unknown[]) => { calls.push([name, ...args]); return Promise.resolve(answers[name] ?? {}); };
  const element = { on: (name: string, hear: (event: unknown) => void) => { heard.set(name, hear); }, mount: (place: Element) => { calls.push(['mount', place]); setTimeout(() => { heard.get('ready')?.({}); }); } };
  const elements = { create: (kind: string) => { calls.push(['create', kind]); return element; }, submit: answer('submit') };
  const stripe = {
    elements: (options: unknown) => { calls.push(['elements', options]); return elements; },
    ...Object.fromEntries(['confirmPayment', 'confirmSetup', 'createPaymentMethod', 'confirmBancontactPayment', 'retrievePaymentIntent'].map((name) => [name, answer(name)])),
  };
  const load = ((key: string) => { calls.push(['load', key]); return Promise.resolve(stripe); }) as unknown as typeof loadStripe;
  const argOf = (name: string) => calls.find(([one]) => one === name)?.[1] as Record<string, unknown>;
  return { calls, load, argOf, choose: (type: string) => { heard.get('change')?.({ value: { type } }); } };
}

async function mounted(stripe: ReturnType<typeof fakeStripe>, over: Partial<Attempt> = {}) {
  const host = await fixture(html`<div></div>`);
  const slot = document.createElement('div');
  host.attachShadow({ mode: 'open' }).append(slot);
  const entry = stripeCard({ ...attempt, ...over }, stripe.load);
  await entry.mount(slot, words);
  return { entry, host };
}

it('Stripe’s own fields stand among the children of the widget, for the ways that are open today', async () => {
  const stripe = fakeStripe();
  const { host } = await mounted(stripe);
  assert.deepEqual(stripe.calls.find(([name]) => name === 'load'), ['load', 'pk_test_1']);
  assert.deepInclude(stripe.argOf('elements'), { mode: 'payment', amount: 37_980, currency: 'eur', setupFutureUsage: 'off_session', allowedPaymentMethodTypes: ['card', 'bancontact', 'sepa_debit'], locale: 'fr' });
  assert.strictEqual(stripe.calls.find(([name]) => name === 'mount')?.[1], host.firstElementChild);
  assert.ok(host.shadowRoot!.querySelector('slot[name=provider]'));
});

it('leave to charge later takes nothing: it has no amount', async () => {
  const stripe = fakeStripe({ confirmSetup: { setupIntent: { object: 'setup_intent', status: 'succeeded' } } });
  const { entry } = await mounted(stripe, { act: 'save', ways: ['card', 'sepa_debit'] });
  assert.equal(stripe.argOf('elements')['mode'], 'setup');
  assert.notProperty(stripe.argOf('elements'), 'amount');
  assert.deepEqual(await entry.confirm(), { status: 'saved' });
});

for (const [what, answer, said] of [
  ['captured', { paymentIntent: { object: 'payment_intent', status: 'succeeded' } }, { status: 'captured' }],
  ['under way', { paymentIntent: { object: 'payment_intent', status: 'processing' } }, { status: 'processing' }],
  ['declined', { error: { type: 'card_error', code: 'card_declined', decline_code: 'lost_card' } }, { status: 'refused', refusal: 'card_declined' }],
  ['without money', { error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' } }, { status: 'refused', refusal: 'insufficient_funds' }],
  ['not authenticated', { error: { type: 'invalid_request_error', code: 'payment_intent_authentication_failure' } }, { status: 'refused', refusal: 'authentication_failed' }],
  ['not entered yet', { error: { type: 'validation_error' } }, null],
] as const) {
  it(`an attempt that is ${what} is said so, and the page never goes away`, async () => {
    const stripe = fakeStripe({ confirmPayment: answer });
    const { entry } = await mounted(stripe);
    assert.deepEqual(await entry.confirm(), said);
    assert.deepInclude(stripe.argOf('confirmPayment'), { clientSecret: 'pi_1_secret_x', redirect: 'if_required' });
  });
}

it('fields that say themselves what is wrong send nothing', async () => {
  const stripe = fakeStripe({ submit: { error: { type: 'validation_error' } } });
  const { entry } = await mounted(stripe);
  assert.isNull(await entry.confirm());
  assert.notOk(stripe.calls.some(([name]) => name === 'confirmPayment'));
});

it('a bank of its own gets a window, and Stripe alone says what became of it', async () => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const popup = frame.contentWindow!;
  const real = window.open.bind(window);
  window.open = () => popup;
  const stripe = fakeStripe({
    createPaymentMethod: { paymentMethod: { id: 'pm_1' } }, confirmBancontactPayment: { paymentIntent: { object: 'payment_intent', status: 'requires_action', next_action: { redirect_to_url: { url: 'about:blank#bank' } } } },
    retrievePaymentIntent: { paymentIntent: { object: 'payment_intent', status: 'succeeded' } },
  });
  const { entry } = await mounted(stripe);
  stripe.choose('bancontact');
  const confirmed = entry.confirm();
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.notOk(stripe.calls.some(([name]) => name === 'retrievePaymentIntent'));
  window.dispatchEvent(new MessageEvent('message', { origin: location.origin, source: popup, data: BACK }));
  assert.deepEqual(await confirmed, { status: 'captured' });
  assert.deepEqual(stripe.calls.find(([name]) => name === 'confirmBancontactPayment')?.slice(2), [{ payment_method: 'pm_1', return_url: new URL('/frame/back', location.href).href }, { handleActions: false }]);
  window.open = real;
  frame.remove();
});
