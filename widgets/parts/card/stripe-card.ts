import { loadStripe } from '@stripe/stripe-js/pure';
import type { PaymentIntent, SetupIntent, Stripe, StripeElements, StripeError, StripePaymentElement } from '@stripe/stripe-js';
import { openBank } from './bank-window.ts';
import type { Attempt, CardEntry, Confirmed } from './card-entry.ts';

/** Where a bank leads back to. */
const back = (): string => new URL('/frame/back', location.href).href;

const told: readonly string[] = ['insufficient_funds', 'authentication_required'];

/** A refusal in the words that we have. */
const refused = ({ code = '', decline_code: reason = '' }: Pick<StripeError, 'code' | 'decline_code'>): Confirmed =>
  ({ status: 'refused', refusal: code.endsWith('_authentication_failure') ? 'authentication_failed' : told.includes(reason) ? reason : code || 'other' });

/** How an attempt stands (https://docs.stripe.com/payments/paymentintents/lifecycle). What the bank still waits for is a refusal in the buyer's eyes: nothing was taken. */
function standing(intent: PaymentIntent | SetupIntent): Confirmed {
  if (intent.status === 'succeeded') return { status: intent.object === 'setup_intent' ? 'saved' : 'captured' };
  if (intent.status === 'processing') return { status: 'processing' };
  const failure = intent.object === 'setup_intent' ? intent.last_setup_error : intent.last_payment_error;
  if (intent.status === 'canceled') return { status: 'refused', refusal: 'attempt_cancelled' };
  return failure ? refused({ ...(failure.code && { code: failure.code }), ...(failure.decline_code && { decline_code: failure.decline_code }) }) : { status: 'refused', refusal: 'authentication_failed' };
}

const dark = (): boolean => {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};

/**
 * Stripe's Payment Element. Its frames cannot live in a shadow tree: they lie among the children of the widget, in a slot. `load` is
 * Stripe's own loader, from Stripe's own host; tests put a double there.
 */
export function stripeCard({ act, clientSecret, publishableKey, ways, amount }: Attempt, load: typeof loadStripe = loadStripe): CardEntry {
  let stripe: Stripe | null = null;
  let elements: StripeElements | undefined;
  let element: StripePaymentElement | undefined;
  let way = '';

  /** Bancontact asks on the bank's own page, which a frame would not be allowed to show. */
  async function askBank(its: Stripe, fields: StripeElements): Promise<Confirmed | null> {
    const bank = openBank();
    if (!bank) return { status: 'refused', refusal: 'popup_blocked' };
    let gone = false;
    try {
      if ((await fields.submit()).error) return null;
      const made = await its.createPaymentMethod({ elements: fields });
      if (made.error) return refused(made.error);
      const asked = await its.confirmBancontactPayment(clientSecret, { payment_method: made.paymentMethod.id, return_url: back() }, { handleActions: false });
      if (asked.error) return refused(asked.error);
      const address = asked.paymentIntent.next_action?.redirect_to_url?.url;
      if (!address) return standing(asked.paymentIntent);
      gone = true;
      bank.go(address);
      const left = await bank.left;
      const { paymentIntent, error } = await its.retrievePaymentIntent(clientSecret);
      if (error) return refused(error);
      return left === 'closed' && paymentIntent.status === 'requires_action' ? { status: 'refused', refusal: 'window_closed' } : standing(paymentIntent);
    } finally {
      // After the bank has led back, its window closes itself.
      if (!gone) bank.close();
    }
  }

  return {
    async mount(slot, { locale }) {
      stripe = await load(publishableKey, { locale });
      if (!stripe) throw new Error('There is no page to enter a card in.');
      const { color, fontFamily } = getComputedStyle(slot);
      elements = stripe.elements({
        ...(act === 'pay' ? { mode: 'payment' as const, amount: amount.minor, setupFutureUsage: 'off_session' as const } : { mode: 'setup' as const }),
        currency: amount.currency.toLowerCase(), allowedPaymentMethodTypes: ways.filter((one) => one !== 'transfer' && one !== 'paypal'), locale,
        appearance: { theme: dark() ? 'night' : 'stripe', variables: { colorText: color, fontFamily, fontSizeBase: '16px', borderRadius: '8px' } },
      });
      element = elements.create('payment', { layout: 'tabs' });
      const host = (slot.getRootNode() as ShadowRoot).host;
      const place = Object.assign(document.createElement('div'), { slot: 'provider' });
      for (const before of host.querySelectorAll(':scope > [slot=provider]')) before.remove();
      host.append(place);
      slot.append(Object.assign(document.createElement('slot'), { name: 'provider' }));
      element.on('change', ({ value }) => { way = value.type; });
      await new Promise<void>((resolve, reject) => {
        element?.on('ready', () => { resolve(); });
        element?.on('loaderror', ({ error }) => { reject(new Error(error.type)); });
        element?.mount(place);
      });
    },

    async confirm() {
      if (!stripe || !elements) return null;
      if (way === 'bancontact') return askBank(stripe, elements);
      if ((await elements.submit()).error) return null;
      const how = { elements, clientSecret, confirmParams: { return_url: back() }, redirect: 'if_required' as const };
      const done = act === 'pay' ? await stripe.confirmPayment(how) : await stripe.confirmSetup(how);
      if (done.error) return done.error.type === 'validation_error' ? null : refused(done.error);
      return standing('paymentIntent' in done ? done.paymentIntent : done.setupIntent);
    },
  };
}
