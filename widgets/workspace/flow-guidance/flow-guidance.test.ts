import { assert, fixture, html } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import { tooFew, usual } from '../flow-market/flow-market.fixture.ts';
import { guidanceServer, quiet } from './flow-guidance.fixture.ts';
import type { FlowGuidance } from './flow-guidance.ts';

async function mount(api: Api) {
  await define('flow-guidance');
  const element = await fixture<FlowGuidance>(html`<flow-guidance .api=${api}></flow-guidance>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('form, [role=alert]'));
  return {
    root, text: () => root.textContent.replaceAll(/\s+/g, ' '),
    type: (typed: Readonly<Record<string, string>>) => { for (const [name, value] of Object.entries(typed)) { const control = root.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`)!; control.value = value; control.dispatchEvent(new Event('change')); } },
    send: () => { root.querySelector('form')!.requestSubmit(); },
  };
}
const date = { genre: 'jazz', lineUp: '3', day: '2099-06-13', buyer: 'commune' };

it('a date that is only thought of has its range, of how many deals it is and since when, and what a weekend adds (AI-04, AI-05)', async () => {
  const asked: object[] = [];
  const { type, send, text } = await mount(guidanceServer(undefined, { priceOf: (input) => { asked.push(input); return usual; } }));
  type({ ...date, level: 'confirmed', audience: '150', price: '1 200' });
  send();
  await waitUntil(() => text().includes('De 1 000 € à 1 500 €'));
  assert.deepEqual(asked, [{ genre: 'jazz', lineUp: 3, level: 'confirmed', buyer: 'commune', day: '2099-06-13', insee: '', audience: 150, currency: 'EUR', price: 120_000 }]);
  assert.match(text(), /36 affaires conclues par 12 artistes avec 15 organisateurs, entre avril 2025 et janvier 2027.*état au .*31 janv.*Vendredi et samedi : \+10 %.*Festivals : \+20 %/);
});

it('too few deals tell nothing, and say how many it takes (AI-04)', async () => {
  const { type, send, text } = await mount(guidanceServer(undefined, { priceOf: () => tooFew }));
  type(date);
  send();
  await waitUntil(() => text().includes('il en faut 8, de 5 artistes et de 5 organisateurs'));
});

it('a town that is not known and a price that is none are said, and nothing is asked', async () => {
  let asked = 0;
  const { root, type, send } = await mount(guidanceServer(undefined, { priceOf: () => { asked += 1; return usual; } }));
  type({ ...date, place: 'Nulle-Part' });
  send();
  await waitUntil(() => root.querySelector('form [role=alert]'));
  type({ place: '', price: 'cher' });
  send();
  await waitUntil(() => root.querySelector('form [role=alert]'));
  assert.equal(asked, 0);
});

it('genres are told with their period and how often they were asked for, months of a year below (MA-29)', async () => {
  const { root, text } = await mount(guidanceServer());
  assert.match(text(), /Du .*3 nov.* 2026 au .*31 janv.* 2027, comparé aux 90 jours d’avant/);
  assert.deepEqual([...root.querySelectorAll('.bars li')].map((one) => one.textContent.replaceAll(/\s+/g, ' ').trim()), ['jazz +50 % 36 demandes contre 24 avant', 'rock −25 % 18 demandes contre 24 avant', 'polka 9 demandes trop peu avant pour comparer']);
  assert.match(text(), /196 dates demandées du .*1.* févr.* 2026/);
  assert.deepEqual([...root.querySelectorAll('.months li')].map((one) => one.lastElementChild!.textContent), ['trop peu', 'trop peu', '9', '12', '20', '34', '48', '30', '19', '14', 'trop peu', '10']);
});

it('where too few asked, that is said; a server that is away is said', async () => {
  const few = await mount(guidanceServer(() => quiet));
  assert.include(few.text(), 'Trop peu de demandes');
  assert.include(few.text(), 'Trop peu de dates demandées');
  const away = await mount(guidanceServer(() => Promise.reject(new Error('down'))));
  assert.isTrue(away.root.querySelector('[role=alert]') !== null);
});
