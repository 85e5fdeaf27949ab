import { html, nothing, type TemplateResult } from 'lit';
import { minorOf, typedOf } from '../../core/amount.ts';
import { day, money } from '../../core/format.ts';
import { button, field, onSubmit, outcome } from '../../parts/desk.ts';
import { formats } from './documents.ts';
import { may, type Desk, type Invoice, type Loaded } from './model.ts';

/** What was taken back of an invoice, each credit note with its reason and its papers, and what the invoice still stands for. */
export function credits({ credits: all, left }: Invoice, desk: Desk): TemplateResult | typeof nothing {
  const { sayOwn: say, locale } = desk.site;
  if (all.length === 0) return nothing;
  return html`<div class="stack small-gap">${all.map((one) => html`<div class="stack small-gap"><div class="row between"><span><strong>${say('credit')} ${one.number}</strong> <span class="small muted">· ${day(one.issuedDay, locale)} · ${one.reason}</span></span>
    <strong class="end">${money({ ...one.total, minor: -one.total.minor }, locale)}</strong></div><p class="row">${formats(one, desk)}</p></div>`)}
    <p class="small">${say('creditLeft', { amount: money(left, locale) })}</p></div>`;
}

/** Where a producer takes back an invoice that a public buyer pays by transfer, whole or in part: all that is left of it stands there first. */
export function crediting({ id, kind, left }: Invoice, { file }: Loaded, desk: Desk): TemplateResult | typeof nothing {
  const { acts, site } = desk;
  const { sayOwn: say, locale } = site;
  if (!may(file, 'invoice.credit') || kind !== 'final' || left.minor === 0) return nothing;
  const act = `credit:${id}`;
  const go = async (form: HTMLFormElement, amount: Invoice['left'], reason: string): Promise<void> => {
    if (!await desk.does(act, (api) => api.billing.credit.mutate({ id, amount, reason }))) return;
    // What is done is not offered again with the same words.
    for (const input of form.querySelectorAll<HTMLInputElement>('[name=reason]')) input.value = '';
    form.closest('details')?.removeAttribute('open');
  };
  return html`<details><summary>${say('creditTitle')}</summary><form @submit=${onSubmit(({ amount = '', reason = '' }, form) => { void go(form, { minor: minorOf(amount) ?? 0, currency: left.currency }, reason); })}><p class="small muted">${say('creditHow')}</p>
    <div class="fields">${field({ label: say('creditAmount') }, html`<input name="amount" required inputmode="decimal" autocomplete="off" maxlength="20" pattern="[\\d\\s.,'€]*[1-9][\\d\\s.,'€]*" .value=${typedOf(left.minor, locale)}>`)}
      ${field({ label: say('creditReason') }, html`<input name="reason" required minlength="3" maxlength="300" autocomplete="off">`)}</div>
    ${outcome(acts, site, act)}<div>${button(acts, site, { act, label: say('creditDo') })}</div></form></details>`;
}
