import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { days, me } from './flow-calendar.fixture.ts';
import type { FlowCalendar } from './flow-calendar.ts';

interface Marked { readonly days: string[]; readonly state: string | null }

async function mount(mark: (input: Marked) => { marked: number } | Promise<{ marked: number }> = ({ days: { length } }) => ({ marked: length })) {
  await define('flow-calendar');
  const api = fakeApi<AppRouter>({ identity: { me: () => me }, calendar: { days, mark } });
  const element = await fixture<FlowCalendar>(html`<flow-calendar .api=${api}></flow-calendar>`);
  const root = element.shadowRoot!;
  const day = (date: string) => root.querySelector<HTMLButtonElement>(`[data-day="${date}"]`)!;
  const press = async (key: string, shiftKey = false) => { root.querySelector('.months')!.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true })); await element.updateComplete; };
  const act = (label: string) => [...root.querySelectorAll<HTMLButtonElement>('.bar button')].find((one) => one.textContent.includes(label))!;
  await waitUntil(() => day('2027-02-05'));
  return { element, root, day, press, act, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('each day says in words how it is, who holds it and what it is sold to (CL-01)', async () => {
  const { day, root } = await mount();
  assert.equal(day('2027-02-06').getAttribute('aria-label'), 'samedi 6 février 2027, libre');
  assert.include(day('2027-02-12').getAttribute('aria-label'), 'option 1, Compagnie du Marais');
  assert.include(day('2027-02-20').getAttribute('aria-label'), 'vendu\u00a0: Salle des fêtes');
  assert.equal(root.querySelectorAll('[tabindex="0"][data-day]').length, 1);
  assert.equal(root.querySelector('.taken a')!.getAttribute('href'), '/booking?id=bkg_1');
});

it('a click and a second one with Shift choose a period, which is marked together', async () => {
  const marked: Marked[] = [];
  const { element, day, act, text } = await mount((input) => { marked.push(input); return { marked: input.days.length }; });
  day('2027-02-08').click();
  day('2027-02-10').dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true }));
  await element.updateComplete;
  assert.include(text(), '3 jours choisis');
  act('Libre').click();
  await waitUntil(() => text().includes('Le calendrier est à jour'));
  assert.deepEqual(marked, [{ days: ['2027-02-08', '2027-02-09', '2027-02-10'], state: 'free' }]);
});

it('the keyboard moves by day and week, and chooses with Shift', async () => {
  const { element, day, press, text } = await mount();
  await press('ArrowDown');
  assert.equal(day('2027-02-12').tabIndex, 0);
  await press('ArrowRight', true);
  await press('ArrowRight', true);
  assert.include(text(), '3 jours choisis');
  await press('Escape');
  await element.updateComplete;
  assert.notInclude(text(), 'jours choisis');
});

it('a day that is past cannot be marked', async () => {
  const { element, day, text } = await mount();
  day('2027-02-04').click();
  await element.updateComplete;
  assert.equal(day('2027-02-04').getAttribute('aria-disabled'), 'true');
  assert.notInclude(text(), 'jour choisi');
});

it('a refusal is said beside the days, which stay chosen', async () => {
  const { element, day, act, text } = await mount(() => Promise.reject(refusal('role_too_low')));
  day('2027-02-08').click();
  await element.updateComplete;
  act('Pris').click();
  await waitUntil(() => text().includes('Votre rôle ne le permet pas'));
  assert.include(text(), '1 jour choisi');
});
