import { html, nothing, render } from 'lit';
import { send } from '../../core/own.ts';
import type { OwnKey, PublicKey, Say } from '../../core/words.ts';
import { field } from '../desk.ts';
import { openBank } from './bank-window.ts';
import type { Attempt, CardEntry, Confirmed } from './card-entry.ts';

/** The test cards by number. The number stays in the browser: what leaves it is the name beside it. */
const CARDS: Readonly<Record<string, string>> = {
  4242424242424242: 'pm_ok', 4000000000000002: 'pm_declined', 4000002500003155: 'pm_authenticate', 4000000000000077: 'pm_twice',
  4000000000000259: 'pm_late', 4000000000000341: 'pm_balance_declined', 4000002760003184: 'pm_offsession_auth', 4000000000005126: 'pm_refund_failed',
  4000000000002685: 'pm_dispute_lost', 4000000000001976: 'pm_dispute_won',
};

/** The test accounts. Their numbers are in every book about SEPA. */
const ACCOUNTS: Readonly<Record<string, string>> = { FR1420041010050500013M02606: 'pm_sepa', FR8420041010050500013M02607: 'pm_sepa_refused' };

type Answer = Omit<Confirmed, 'status'> & {
  /** The bank's own page. */
  readonly redirect?: string;
  readonly status: Confirmed['status'] | 'needs_action' | 'needs_method' | 'cancelled';
};
type Post = (path: string, body: Readonly<Record<string, unknown>>) => Promise<Answer>;
type Wrong = 'cardWrong' | 'cardUnknown' | 'cardExpired' | 'cvcWrong' | 'ibanWrong';
const LABELS = { card: 'way_card', bancontact: 'way_bancontact', sepa_debit: 'way_sepa' } as const;

/** Whether a card of `MM/YY` is still good in the month of `now`. */
function alive(expiry: string, now: Date): boolean {
  const [, month = '', year = ''] = /^(\d{1,2})\s*\/?\s*(\d{2})$/.exec(expiry.trim()) ?? [];
  if (Number(month) < 1 || Number(month) > 12) return false;
  return 2000 + Number(year) > now.getFullYear() || (2000 + Number(year) === now.getFullYear() && Number(month) > now.getMonth());
}

/** The sandbox's card entry. `post` is its own door; tests put a fake there. */
export function sandboxCard({ clientSecret, ref, ways }: Attempt, post: Post = (path, body) => send<Answer>(path, body)): CardEntry {
  const offered = (['card', 'bancontact', 'sepa_debit'] as const).filter((one) => ways.includes(one));
  let way: keyof typeof LABELS = 'card';
  let root: HTMLElement | undefined;
  let say: Say<PublicKey | OwnKey> = (key) => key;
  let wrong: Readonly<Partial<Record<'number' | 'expiry' | 'cvc' | 'iban', Wrong>>> = {};
  let answered: ((passed: boolean) => void) | null = null;

  const value = (name: string): string => root?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? '';
  const group = (event: InputEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    // Only when typing at the end: a caret in the middle would jump.
    if (input.selectionStart === input.value.length) input.value = input.value.replaceAll(/\D/g, '').slice(0, 16).replace(/(\d{4})(?=\d)/g, '$1 ');
  };
  const slash = (event: InputEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (/^\d{2}$/.test(input.value) && event.inputType.startsWith('insert')) input.value += '/';
  };
  const draw = (): void => {
    if (!root) return;
    const bad = (name: keyof typeof wrong) => (wrong[name] ? say(wrong[name]) : undefined);
    const invalid = (name: keyof typeof wrong) => (wrong[name] ? 'true' : nothing);
    render(html`
      <p class="small muted">${say('sandboxHow')}</p>
      ${offered.length > 1 ? html`<fieldset class="ways"><legend>${say('wayLabel')}</legend>${offered.map((one) => html`<label class="row"><input type="radio" name="way" value=${one} .checked=${one === way} @change=${() => { [way, wrong] = [one, {}]; draw(); }}><span>${say(LABELS[one])}</span></label>`)}</fieldset>` : nothing}
      ${way === 'bancontact' ? html`<p>${say('bankWindow')}</p>` : nothing}
      ${way === 'sepa_debit' ? html`<div class="fields">${field({ label: say('ibanNumber'), wide: true, hint: bad('iban') }, html`<input name="iban" autocomplete="off" spellcheck="false" placeholder="FR14 2004 1010 0505 0001 3M02 606" maxlength="42" aria-invalid=${invalid('iban')}>`)}</div><p class="small muted">${say('ibanMandate')}</p>` : nothing}
      ${way === 'card' ? html`<div class="fields">
        ${field({ label: say('cardNumber'), wide: true, hint: bad('number') }, html`<input name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" aria-invalid=${invalid('number')} @input=${group}>`)}
        ${field({ label: say('cardExpiry'), hint: bad('expiry') }, html`<input name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder=${say('cardExpiryShape')} maxlength="7" aria-invalid=${invalid('expiry')} @input=${slash}>`)}
        ${field({ label: say('cardCvc'), hint: bad('cvc') }, html`<input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4" aria-invalid=${invalid('cvc')}>`)}
      </div>` : nothing}
      <div role="alert" class="sr">${Object.values(wrong).map((key) => say(key)).join(' ')}</div>
      <dialog aria-labelledby="challenge" @cancel=${(event: Event) => { event.preventDefault(); answered?.(false); }}>
        <div class="stack"><h2 id="challenge">${say('challengeTitle')}</h2><p>${say('challengeHow')}</p>
          <div class="row"><button type="button" class="primary" @click=${() => { answered?.(true); }}>${say('challengePass')}</button>
            <button type="button" @click=${() => { answered?.(false); }}>${say('challengeFail')}</button></div></div></dialog>`, root);
  };

  const ask = async (): Promise<boolean> => {
    const dialog = root?.querySelector('dialog');
    dialog?.showModal();
    const passed = await new Promise<boolean>((resolve) => { answered = resolve; });
    answered = null;
    dialog?.close();
    return passed;
  };

  /** What the fields say, as the bank knows it; empty when they are not right yet. */
  const entered = (): string => {
    if (way === 'bancontact') return 'pm_bancontact';
    if (way === 'sepa_debit') {
      const account = ACCOUNTS[value('iban').replaceAll(/\s/g, '').toUpperCase()];
      wrong = account ? {} : { iban: 'ibanWrong' };
      return account ?? '';
    }
    const digits = value('number').replaceAll(/\D/g, '');
    const method = CARDS[digits];
    wrong = {
      ...(digits.length < 12 ? { number: 'cardWrong' } : !method ? { number: 'cardUnknown' } : {}),
      ...(alive(value('expiry'), new Date()) ? {} : { expiry: 'cardExpired' }),
      ...(/^\d{3,4}$/.test(value('cvc').trim()) ? {} : { cvc: 'cvcWrong' }),
    };
    return Object.keys(wrong).length > 0 ? '' : method ?? '';
  };

  /** The bank's own page, in a window of its own: what was answered there, the bank alone says. */
  const visit = async (bank: NonNullable<ReturnType<typeof openBank>>, address: string): Promise<Answer> => {
    bank.go(new URL(address, location.href).href);
    const left = await bank.left;
    // Whoever left without an answer has not approved; what was answered there stays as it is.
    const answer = await post(`/sandbox/payments/${ref}/challenge`, { clientSecret, outcome: 'fail' });
    return left === 'closed' && answer.status === 'refused' ? { status: 'refused', refusal: 'window_closed' } : answer;
  };

  return {
    mount: (element, words) => { [root, say, wrong] = [element, words.say, {}]; draw(); },
    confirm: async () => {
      const method = entered();
      draw();
      if (!method) {
        root?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
        return null;
      }
      const bank = way === 'bancontact' ? openBank() : null;
      if (way === 'bancontact' && !bank) return { status: 'refused', refusal: 'popup_blocked' };
      let answer = await post(`/sandbox/payments/${ref}/confirm`, { clientSecret, method });
      if (bank && answer.redirect) answer = await visit(bank, answer.redirect);
      else bank?.close();
      if (answer.status === 'needs_action') answer = await post(`/sandbox/payments/${ref}/challenge`, { clientSecret, outcome: await ask() ? 'pass' : 'fail' });
      const { status, refusal } = answer;
      if (status === 'cancelled') return { status: 'refused', refusal: 'attempt_cancelled' };
      // What the bank still waits for is a refusal in the buyer's eyes: nothing was taken.
      return status === 'needs_action' || status === 'needs_method' ? { status: 'refused', refusal: refusal || 'authentication_failed' } : { status, ...(refusal && { refusal }) };
    },
  };
}
