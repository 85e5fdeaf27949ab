import { html, nothing, render } from 'lit';
import { send } from '../../core/own.ts';
import type { OwnKey, PublicKey, Say } from '../../core/words.ts';
import { field } from '../../parts/desk.ts';
import type { CardEntry, Confirmed } from './card-entry.ts';

/** The test cards by number. The number stays in the browser: what leaves it is the name beside it. */
const CARDS: Readonly<Record<string, string>> = {
  4242424242424242: 'pm_ok', 4000000000000002: 'pm_declined', 4000002500003155: 'pm_authenticate', 4000000000000077: 'pm_twice',
  4000000000000259: 'pm_late', 4000000000000341: 'pm_balance_declined', 4000002760003184: 'pm_offsession_auth', 4000000000005126: 'pm_refund_failed',
  4000000000002685: 'pm_dispute_lost', 4000000000001976: 'pm_dispute_won',
};

type Answer = Omit<Confirmed, 'status'> & { readonly status: Confirmed['status'] | 'needs_action' | 'needs_method' | 'cancelled' };
type Post = (path: string, body: Readonly<Record<string, unknown>>) => Promise<Answer>;
type Wrong = 'cardWrong' | 'cardUnknown' | 'cardExpired' | 'cvcWrong';

/** Whether a card of `MM/YY` is still good in the month of `now`. */
function alive(expiry: string, now: Date): boolean {
  const [, month = '', year = ''] = /^(\d{1,2})\s*\/?\s*(\d{2})$/.exec(expiry.trim()) ?? [];
  if (Number(month) < 1 || Number(month) > 12) return false;
  return 2000 + Number(year) > now.getFullYear() || (2000 + Number(year) === now.getFullYear() && Number(month) > now.getMonth());
}

/** The sandbox's card entry. `post` is its own door; tests put a fake there. */
export function sandboxCard(post: Post = (path, body) => send<Answer>(path, body)): CardEntry {
  let root: HTMLElement | undefined;
  let say: Say<PublicKey | OwnKey> = (key) => key;
  let wrong: Readonly<Partial<Record<'number' | 'expiry' | 'cvc', Wrong>>> = {};
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
      <div class="fields">
        ${field({ label: say('cardNumber'), wide: true, hint: bad('number') }, html`<input name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" aria-invalid=${invalid('number')} @input=${group}>`)}
        ${field({ label: say('cardExpiry'), hint: bad('expiry') }, html`<input name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder=${say('cardExpiryShape')} maxlength="7" aria-invalid=${invalid('expiry')} @input=${slash}>`)}
        ${field({ label: say('cardCvc'), hint: bad('cvc') }, html`<input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4" aria-invalid=${invalid('cvc')}>`)}
      </div>
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

  return {
    mount: (element, words) => { [root, say, wrong] = [element, words, {}]; draw(); },
    confirm: async (clientSecret, ref) => {
      const digits = value('number').replaceAll(/\D/g, '');
      const method = CARDS[digits];
      wrong = {
        ...(digits.length < 12 ? { number: 'cardWrong' } : !method ? { number: 'cardUnknown' } : {}),
        ...(alive(value('expiry'), new Date()) ? {} : { expiry: 'cardExpired' }),
        ...(/^\d{3,4}$/.test(value('cvc').trim()) ? {} : { cvc: 'cvcWrong' }),
      };
      draw();
      if (Object.keys(wrong).length > 0) {
        root?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
        return null;
      }
      let answer = await post(`/sandbox/payments/${ref}/confirm`, { clientSecret, method });
      if (answer.status === 'needs_action') answer = await post(`/sandbox/payments/${ref}/challenge`, { clientSecret, outcome: await ask() ? 'pass' : 'fail' });
      const { status, refusal } = answer;
      if (status === 'cancelled') return { status: 'refused', refusal: 'attempt_cancelled' };
      // What the bank still waits for is a refusal in the buyer's eyes: nothing was taken.
      return status === 'needs_action' || status === 'needs_method' ? { status: 'refused', refusal: refusal || 'authentication_failed' } : { status, ...(refusal && { refusal }) };
    },
  };
}
