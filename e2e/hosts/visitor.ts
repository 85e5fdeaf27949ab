import { pause } from '../product.ts';
import type { Tab } from './engines.ts';

/* What a visitor does in the form of a hostile page, in every engine alike: some drivers cannot type. */

/** What the form shows: its heading, what it says is wrong, and what is typed into it, by the fields' names. */
export interface FormSeen {
  readonly heading: string;
  readonly problem: boolean;
  readonly faults: readonly string[];
  readonly typed: Readonly<Record<string, string>>;
}

/** The form as it stands. */
export const formOf = (tab: Tab): Promise<FormSeen> => tab.ask(() => {
  const root = document.querySelector('flow-booking-request')?.shadowRoot;
  const all = <E extends Element>(selector: string): E[] => Array.prototype.slice.call(root?.querySelectorAll(selector) ?? []) as E[];
  return {
    heading: all('h3')[0]?.textContent.trim() ?? '', problem: all('[part~=problem]').length > 0,
    faults: all('.fault').map((one) => one.textContent.trim()),
    typed: Object.fromEntries(all<HTMLInputElement>('input[name], textarea[name]').filter(({ type }) => type !== 'radio').map((one) => [one.name, one.value])),
  };
});

/** Enters the form and types into its fields. */
export const typeIn = (tab: Tab, answers: Readonly<Record<string, string>>): Promise<unknown> => tab.ask((typed) => {
  const root = document.querySelector('flow-booking-request')!.shadowRoot!;
  root.querySelector('form')!.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
  for (const [name, value] of Object.entries(typed)) {
    const field = root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }
}, answers);

/** Presses the button that goes on or sends, and waits until the form is as `then` says, for twenty seconds at most. Gives the form as it stands then. */
export async function pressUntil(tab: Tab, then: (form: FormSeen) => boolean): Promise<FormSeen> {
  await tab.ask(() => { window.guestbook.acts(); document.querySelector('flow-booking-request')!.shadowRoot!.querySelector<HTMLButtonElement>('button[type=submit]')!.click(); });
  return formWhen(tab, then);
}

/** Waits until the form is as `then` says, for twenty seconds at most. Gives the form as it stands then. */
export async function formWhen(tab: Tab, then: (form: FormSeen) => boolean): Promise<FormSeen> {
  const end = performance.now() + 20_000;
  for (;;) {
    const form = await formOf(tab);
    if (then(form) || performance.now() > end) return form;
    await pause(100);
  }
}
