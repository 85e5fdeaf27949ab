import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { line, towns, wish } from './flow-inbox.fixture.ts';
import type { FlowInbox } from './flow-inbox.ts';

const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

async function mount(api: Api) {
  await define('flow-inbox');
  const element = await fixture<FlowInbox>(html`<flow-inbox .api=${api}></flow-inbox>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('li, .empty, .wish, [role=alert]'));
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

const press = (root: ShadowRoot, words: string): void => { [...root.querySelectorAll('button')].find((one) => one.textContent.includes(words))!.click(); };

it('organisers who ask for a date near stand between what waits for the reader and the rest; fans are a number (TO-12)', async () => {
  const { root, text } = await mount(fakeApi<AppRouter>({
    booking: { inbox: () => [line(), line({ id: 'bkg_2', occasion: 'Fête du village', yours: false })] }, nearby: { wishes: () => ({ asks: [wish(), wish({ id: 'wsh_2', kind: 'private', organisation: '', name: 'Ana Privée', city: 'Genève', country: 'CH', period: '', message: '' })], towns }) },
  }));
  await waitUntil(() => text().includes('On vous demande'));
  assert.deepEqual([...root.querySelectorAll('h2')].map((one) => plain(one.textContent)), ['À vous de jouer 1', 'On vous demande près de chez eux 2', 'En attente de l’autre partie 1', 'Où l’on vous attend']);
  assert.include(text(), 'Nous avons 300 places et un piano.');
  assert.include(text(), 'Ana Privée · Genève (CH)');
  assert.equal(root.querySelector('.wish .acts a')!.getAttribute('href'), `mailto:jo%40halle.example?subject=${encodeURIComponent('Les Vagues Lentes à Dijon')}`);
  assert.deepEqual([...root.querySelectorAll('.towns tbody tr')].map((one) => plain(one.textContent)), ['Dijon121', 'Genève (CH)70', 'Lyon10']);
});

it('a wish is answered: not now, said once; a date opens a file (CH-20)', async () => {
  const sent: unknown[] = [];
  const { root, text } = await mount(fakeApi<AppRouter>({
    booking: { inbox: () => [] }, nearby: {
      wishes: () => ({ asks: [wish(), wish({ id: 'wsh_2', organisation: 'Le Kiosque' })], towns: [] }),
      answer: ({ id, how }) => { sent.push([id, how]); return wish({ id, status: how }); },
      offer: ({ id, day }) => { sent.push([id, day]); return { bookingId: 'bkg_9' }; },
    },
  }));
  await waitUntil(() => text().includes('Le Kiosque'));
  press(root, 'Dire non pour l’instant');
  await waitUntil(() => root.querySelector('.tag')?.textContent === 'Pas pour l’instant');
  const day = root.querySelector<HTMLInputElement>('[name=day]')!;
  day.min = '';
  day.value = '2027-05-14';
  day.form!.requestSubmit();
  await waitUntil(() => root.querySelector('a[href="/booking?id=bkg_9"]'));
  assert.deepEqual(sent, [['wsh_1', 'declined'], ['wsh_2', '2027-05-14']]);
});

it('a day that was taken is said where it was asked for, and the wish stays open', async () => {
  const { root, text } = await mount(fakeApi<AppRouter>({ booking: { inbox: () => [] }, nearby: { wishes: () => ({ asks: [wish()], towns: [] }), offer: () => Promise.reject(refusal('date_taken')) } }));
  await waitUntil(() => text().includes('La Halle aux Grains'));
  const day = root.querySelector<HTMLInputElement>('[name=day]')!;
  day.min = '';
  day.value = '2027-05-14';
  day.form!.requestSubmit();
  await waitUntil(() => root.querySelector('.wish [role=alert]'));
  assert.include(text(), 'Répondre par courriel');
});
