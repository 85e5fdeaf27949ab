import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { line } from './flow-inbox.fixture.ts';
import type { FlowInbox } from './flow-inbox.ts';

const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

async function mount(api: Api) {
  await define('flow-inbox');
  const element = await fixture<FlowInbox>(html`<flow-inbox .api=${api}></flow-inbox>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('li, .empty, [role=alert]'));
  return { element, root, text: () => plain(root.textContent) };
}

it('what waits for the reader comes first, with its score and how sure it is (MA-01)', async () => {
  const { root } = await mount(fakeApi<AppRouter>({ booking: { inbox: () => [line({ id: 'bkg_2', occasion: 'Fête du village', yours: false, score: null }), line()] } }));
  const titles = [...root.querySelectorAll('h3')].map((title) => title.textContent);
  assert.deepEqual(titles, ['Concert de printemps', 'Fête du village']);
  const [first, second] = [...root.querySelectorAll('li')].map((one) => plain(one.textContent));
  assert.include(first, '82 / 100');
  assert.include(first, 'confiance élevée');
  assert.include(first, '1 200 €');
  assert.include(second, 'Note en cours de calcul');
  assert.equal(root.querySelector('h3 a')!.getAttribute('href'), '/booking?id=bkg_1');
});

it('an empty list says what will be here and how it begins', async () => {
  const { text, root } = await mount(fakeApi<AppRouter>({ booking: { inbox: () => [] } }));
  assert.include(text(), 'Les demandes arriveront ici');
  assert.equal(root.querySelector('.empty a')!.getAttribute('href'), '/sites');
});

it('the closed ones are asked for, and the list stays while they come', async () => {
  const asked: unknown[] = [];
  const { root, text } = await mount(fakeApi<AppRouter>({ booking: { inbox: ({ status = 'open' }) => { asked.push(status); return status === 'open' ? [line()] : [line({ occasion: 'Bal de 2026', status: 'settled', yours: false })]; } } }));
  [...root.querySelectorAll<HTMLButtonElement>('.views button')][1]!.click();
  await waitUntil(() => text().includes('Bal de 2026'));
  assert.deepEqual(asked, ['open', 'closed']);
});

it('a session that ended is said, with its code on the element', async () => {
  const heard: string[] = [];
  const listen = (event: CustomEvent<{ code: string }>) => { heard.push(event.detail.code); };
  document.addEventListener('flow-error', listen);
  const { text } = await mount(fakeApi<AppRouter>({ booking: { inbox: () => Promise.reject(refusal('signed_out')) } }));
  document.removeEventListener('flow-error', listen);
  assert.include(text(), 'Reconnectez-vous');
  assert.deepEqual(heard, ['signed_out']);
});
