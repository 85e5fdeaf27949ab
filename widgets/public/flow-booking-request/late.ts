import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { detailsOf, reasonOf } from '../../core/api.ts';
import { day } from '../../core/format-page.ts';
import { requestSpeech } from '../../core/request-words.ts';
import { dayOf } from '../../core/said.ts';
import { grouped } from '../../core/wanted.ts';
import { PlacePicker, type Place } from '../../parts/place-picker.ts';
import { Work } from '../../parts/proof.ts';
import { currencyOf, faultsOf, figuresOf, inputOf, type Fault, type Question, type Usual } from './answers.ts';
import { QUESTIONS } from './blank.ts';
import { line, question, typed, type Form } from './fields.ts';

/* What a form needs once somebody uses it: its later steps, its checks, what is usual to pay, and how it ends. */

export { faultsOf, inputOf, requestSpeech, Work, type Usual };

/** What the server answers to a request. */
export interface Receipt { readonly reference: string; readonly artist: string; readonly showDay: string; readonly email: string }

/** A question that a text answers, and that may be left out. */
const text = (form: Form, name: Question, label: string): TemplateResult =>
  question(form, name, label, { optional: true, wide: true }, html`<textarea id=${name} name=${name} rows="3" maxlength="4000" .value=${form.answers[name]} @input=${typed(form)}></textarea>`);

/** A question that is answered by yes or by leaving it. */
const check = (form: Form, name: 'outdoor' | 'publicBody', label: string): TemplateResult =>
  html`<label class="check wide"><input type="checkbox" name=${name} .checked=${form.answers[name]} @change=${typed(form)}>${label}</label>`;

/** The second step: what kind of evening, for how many, and for how much. */
function evening(form: Form, usual: Usual | null): TemplateResult {
  const { answers, say, site: { locale } } = form;
  const { asker } = answers;
  const currency = currencyOf(answers);
  const paid = figuresOf(usual, answers, locale);
  const public_ = asker === 'commune' || answers.publicBody;
  return html`
    ${line(form, 'occasion', say('occasion'), { example: say(`occasion_${asker}`), wide: true, max: 160 })}
    ${line(form, 'audience', say('audience'), { mode: 'numeric', optional: true })}
    ${line(form, 'budget', say('budget'), { mode: 'decimal', unit: currency, hint: say(public_ ? 'publicPath' : 'budgetHow') })}
    ${paid ? html`<p class="small usual wide">${say('usual', paid)}</p>` : nothing}
    ${check(form, 'outdoor', say('outdoor'))}
    ${text(form, 'technical', say('technicalNeeds'))}`;
}

/** The third step: who asks, and how to reach them. A commune is a public body without being asked. */
function you(form: Form): TemplateResult {
  const { answers: { asker, organisation, publicBody }, say } = form;
  return html`
    ${line(form, 'organisation', say(`organisation_${asker}`), { fill: 'organization', max: 160, optional: asker === 'private' && !publicBody, wide: true })}
    ${asker === 'commune' || (asker === 'private' && !organisation && !publicBody) ? nothing : check(form, 'publicBody', say('publicBody'))}
    ${line(form, 'contactName', say('contactName'), { fill: 'name', max: 120 })}
    ${line(form, 'email', say('email'), { type: 'email', fill: 'email', max: 200 })}
    ${line(form, 'phone', say('phone'), { type: 'tel', fill: 'tel', optional: true, max: 40 })}
    ${text(form, 'message', say('message'))}`;
}

/** A later step: 1 or 2. */
export const part = (form: Form, at: number, usual: Usual | null): TemplateResult => (at === 1 ? evening(form, usual) : you(form));

/** The step that a question is put at, 0 to 2. */
export const stepOf = (name: Question): number => [0, QUESTIONS.indexOf('occasion'), QUESTIONS.indexOf('organisation')].findLastIndex((from) => QUESTIONS.indexOf(name) >= from);

/** What is asked, in one line. */
export function recapOf({ answers, site: { locale } }: Form, season: boolean): string {
  const { showDay, seasonUntil, city, occasion } = answers;
  const days = [showDay, season ? seasonUntil : ''].map((one) => dayOf(one) && day(one, locale)).filter(Boolean).join(' – ');
  return showDay && [occasion, days, city].filter(Boolean).join(' · ');
}

/** The request is kept until somebody answers. A line stays free where the reference will stand: it goes out by itself, and nothing below may move for it. */
export const waiting = ({ say }: Form, recap: string, { send, change }: { send: () => void; change: () => void }): TemplateResult => html`
  <div class="notice warn" role="status"><h3 tabindex="-1">${say('kept')}</h3><p class="recap">${recap}</p><p>${say('keptHow')}</p><p aria-hidden="true">&nbsp;</p>
    <div class="row"><button type="button" class="primary" part="button" @click=${send}>${say('sendNow')}</button><button type="button" part="button" @click=${change}>${say('change')}</button></div></div>`;

/** The server has the request: its reference, and where it can be followed: on the page that says so, on this one, or on ours. */
export function receipt({ site, say }: Form, { reference, artist, email }: Receipt, { recap, statusHref, key, again }: { recap: string; statusHref: string; key: string; again: () => void }): TemplateResult {
  const { server, locale } = site;
  const here = document.querySelector<HTMLElement>('flow-contract-status');
  const hosted = `${server}/e/flow-contract-status?${new URLSearchParams({ key: key || site.key, reference, lang: locale })}`;
  return html`<div class="notice good" role="status"><h3 tabindex="-1">${say('sent')}</h3><p class="recap">${recap}</p><p>${say('sentHow', { name: artist, email })}</p>
    <p>${say('reference')} <span class="code">${grouped(reference)}</span></p>
    <div class="row">${statusHref ? html`<a class="button primary" part="button" href="${statusHref}#flow-status=${reference}">${say('statusShow')}</a>`
      : here ? html`<button type="button" class="primary" part="button" @click=${() => { show(here); }}>${say('followOnPage')}</button>`
        : html`<a class="button primary" part="button" href=${hosted} target="_blank" rel="noopener">${say('followHosted')}</a>`}
    <button type="button" class="plain" @click=${again}>${say('askAgain')}</button></div></div>`;
}

function show(status: HTMLElement): void {
  status.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth', block: 'start' });
  status.tabIndex = -1;
  status.focus({ preventScroll: true });
}

/** The answer that a refusal means, as far as it means one. */
export function faultOf(error: unknown): ReadonlyMap<Question, Fault> | null {
  const reason = reasonOf(error);
  const field = (detailsOf(error)['field'] ?? '').split('.')[0] as Question;
  if (reason === 'date_taken' || reason === 'day_past') return new Map([['showDay', { words: reason === 'day_past' ? 'needDay' : 'dayIsBusy' }]]);
  return QUESTIONS.includes(field) ? new Map([[field, { words: reason === 'text_unprintable' ? reason : 'input_invalid' }]]) : null;
}

/** Puts what finds communes in the place of the plain field, and the keyboard with it. */
export async function findPlaces(form: Form & LitElement & { places: PlacePicker | undefined }, find: (typed: string) => Promise<readonly Place[]>, own: () => string | undefined): Promise<void> {
  const inField = () => form.shadowRoot?.activeElement?.id === 'city';
  const was = inField();
  form.places = new PlacePicker(form, find, (city, commune) => {
    // The place that the page filled in goes with its commune.
    form.answer({ city, commune, ...(form.answers.place === own() && { place: '' }) });
  });
  await form.updateComplete;
  if (!was) return;
  if (!inField()) form.renderRoot.querySelector<HTMLElement>('#city')?.focus();
  if (!form.answers.commune) form.places.seek(form.answers.city);
}
