import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
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
  for (const said of ['45,00 € · 10 Super Likes par mois · essai de 30 jours depuis le', '59,00 € · 10 Super Likes par mois · essai de 30 jours à partir du', 'Sur devis', '12 %', 'nombre de contrats · jusqu’à 100', 'prise 4 fois', '99,00 € · jusqu’à 5 artistes · 10 Super Likes par mois · essai de 30 jours', 'daté par Inès Aubry', 'décision 0006', 'barème de départ']) assert.include(text(), said);
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

it('a promotion is dated anew, or made, after its effects were seen; whoever took it keeps what was said (BI-09)', async () => {
  const saved: unknown[] = [];
  const { element, root, button, set, text } = await mount(pricesServer({ setPromotion: (input) => { saved.push(input); return prices; } }));
  button('Modifier : PIONEER')!.click();
  await element.updateComplete;
  set('bps', '2,5');
  set('from', '2027-03-01');
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('4 organisations l’ont déjà prise'));
  assert.include(text(), '400,00 € aujourd’hui, 100,00 € ensuite');
  button('Enregistrer cette promotion')!.click();
  await waitUntil(() => text().includes('La promotion est enregistrée'));
  button('Nouvelle promotion')!.click();
  await element.updateComplete;
  for (const [name, value] of Object.entries({ code: 'summer', bps: '1', months: '2', thenBps: '5', to: '2027-06-01', ends: '2027-12-01', from: '2027-03-01' })) set(name, value);
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => button('Enregistrer cette promotion'));
  button('Enregistrer cette promotion')!.click();
  await waitUntil(() => saved.length === 2);
  assert.deepEqual(saved, [
    { code: 'PIONEER', from: '2027-03-01', terms: { bps: 250, months: 3, thenBps: 800, to: '2027-07-01', ends: '2028-07-01' } },
    { code: 'summer', from: '2027-03-01', terms: { bps: 100, months: 2, thenBps: 500, to: '2027-06-01', ends: '2027-12-01' } },
  ]);
});

it('a promotion is ended on a day to come; one without a code has a rate and its months alone (BI-11)', async () => {
  const saved: unknown[] = [];
  const { element, root, button, set, text } = await mount(pricesServer({ setPromotion: (input) => { saved.push(input); return prices; } }));
  button('Modifier : REFERRAL')!.click();
  await element.updateComplete;
  assert.notExists(root.querySelector('[name=thenBps]'));
  button('Arrêter : REFERRAL')!.click();
  await element.updateComplete;
  set('from', '2027-03-01');
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => button('Arrêter cette promotion'));
  button('Arrêter cette promotion')!.click();
  await waitUntil(() => text().includes('La promotion est enregistrée'));
  assert.deepEqual(saved, [{ code: 'REFERRAL', from: '2027-03-01', terms: null }]);
});

it('nobody else sees anything', async () => {
  const { text } = await mount(pricesServer({ all: () => Promise.reject(refusal('not_found')) }));
  assert.include(text(), 'n’existe pas');
});
