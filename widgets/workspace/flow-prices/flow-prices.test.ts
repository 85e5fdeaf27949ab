import { assert, fixture, html, waitUntil } from '@open-wc/testing';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { prices, pricesServer } from './flow-prices.fixture.ts';
import type { FlowPrices } from './flow-prices.ts';

async function mount(api: Api) {
  await define('flow-prices');
  const element = await fixture<FlowPrices>(html`<flow-prices .api=${api}></flow-prices>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('.scale, [role=alert]'));
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => `${one.ariaLabel ?? ''} ${one.textContent}`.includes(label));
  const set = (name: string, value: string) => {
    const input = root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return { element, root, button, set, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('each price stands with its history and what is to come', async () => {
  const { text } = await mount(pricesServer());
  for (const said of ['45,00 € depuis le', '59,00 € à partir du', 'Sur devis', '12 %', 'nombre de contrats · jusqu’à 100', 'prise 4 fois']) assert.include(text(), said);
});

it('a price is saved only after its effects were seen, and those of what is saved', async () => {
  const saved: unknown[] = [];
  const { element, root, button, set, text } = await mount(pricesServer({ setPrice: (input) => { saved.push(input); return prices; } }));
  button('Nouveau tarif : Booker Starter')!.click();
  await element.updateComplete;
  assert.notExists(button('Enregistrer ce tarif'));
  set('month', '119,50');
  set('from', '2027-03-01');
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Organisations touchées : 12'));
  assert.include(text(), '2 organisations ont plus d’artistes');
  // What is changed afterwards is looked at again.
  set('month', '109');
  await element.updateComplete;
  assert.notExists(button('Enregistrer ce tarif'));
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => button('Enregistrer ce tarif'));
  button('Enregistrer ce tarif')!.click();
  await waitUntil(() => text().includes('Le tarif est enregistré'));
  assert.deepEqual(saved, [{ plan: 'booker_starter', month: { minor: 10_900, currency: 'EUR' }, artistsMax: 5, superLikes: 10, trialDays: 30, from: '2027-03-01' }]);
});

it('a rate is dated by band, in per cent', async () => {
  const asked: unknown[] = [];
  const { element, root, button, set, text } = await mount(pricesServer({ previewRate: (input) => { asked.push(input); return Promise.reject(refusal('price_from_past', { field: 'from' })); } }));
  button('Commission par montant du contrat · jusqu’à')!.click();
  await element.updateComplete;
  set('bps', '11,5');
  set('from', '2027-02-01');
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Un tarif commence demain au plus tôt'));
  assert.deepEqual(asked, [{ kind: 'commission.contract', upTo: 100_000, currency: 'EUR', bps: 1_150, from: '2027-02-01' }]);
});

it('nobody else sees anything', async () => {
  const { text } = await mount(pricesServer({ all: () => Promise.reject(refusal('not_found')) }));
  assert.include(text(), 'n’existe pas');
});
