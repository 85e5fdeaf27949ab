import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { asked, quotes, quotesServer } from './flow-quotes.fixture.ts';
import type { FlowQuotes } from './flow-quotes.ts';

async function mount(api: Api) {
  await define('flow-quotes');
  const element = await fixture<FlowQuotes>(html`<flow-quotes .api=${api}></flow-quotes>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('article, .muted, [role=alert]'));
  const article = (id: string) => root.querySelector<HTMLElement>(`article[aria-labelledby=${id}]`)!;
  const press = async (within: ParentNode, label: string) => {
    const found = [...within.querySelectorAll('button')].find((one) => one.textContent.includes(label));
    if (!found) throw new Error(`no button ${label}`);
    found.click();
    await element.updateComplete;
  };
  const fill = (values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) {
      const input = root.querySelector<HTMLInputElement>(`form [name=${name}]`)!;
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };
  const send = () => { root.querySelector('form')!.requestSubmit(); };
  return { element, root, article, press, fill, send, text: (of: Element | ShadowRoot = root) => of.textContent.replaceAll(/\s+/g, ' ') };
}

it('each quote stands with who asked, what was agreed, and what is to be paid (BI-04)', async () => {
  const { article, text } = await mount(quotesServer());
  for (const said of ['Agence Lisière et compagnie · Booker Entreprise', 'payée jusqu’au lun. 1 mars 2027', 'Quarante artistes']) assert.include(text(article('plq_1')), said);
  assert.include(text(article('plq_3')), 'Facture AB-2027-0012, à régler avant le mar. 2 mars 2027');
  for (const said of ['En retard de 15 jours : 64,71 € d’intérêts et 40,00 € d’indemnité s’y ajoutent', 'ven. 5 mars 2027']) assert.include(text(article('plq_3')), said);
  assert.include(text(article('plq_4')), 'payée le ven. 20 février 2026');
  assert.include(text(article('plq_4')), 'Payée avec un jour de retard : 4,31 €');
  assert.include(text(article('plq_5')), 'Facturée à la fin');
  assert.include(text(article('plq_6')), 'refusée');
  assert.isEmpty([...article('plq_4').querySelectorAll('button')]);
});

it('a plan is assigned only after its invoice was seen, and what is changed is looked at again', async () => {
  const saved: unknown[] = [];
  const { element, article, press, fill, send, text } = await mount(quotesServer({ assign: (input) => { saved.push(input); return quotes.slice(1); } }));
  await press(article('plq_1'), 'Attribuer');
  fill({ month: '900', months: '12', since: '2027-03-01' });
  send();
  await waitUntil(() => text().includes('10 800,00 € hors taxe'));
  fill({ month: '850,50' });
  await element.updateComplete;
  assert.notInclude(text(article('plq_1')), 'Attribuer cette formule');
  send();
  await waitUntil(() => text(article('plq_1')).includes('Attribuer cette formule'));
  await press(article('plq_1'), 'Attribuer cette formule');
  await waitUntil(() => text().includes('La formule est attribuée'));
  assert.deepEqual(saved, [{ id: 'plq_1', month: { minor: 85_050, currency: 'EUR' }, months: 12, since: '2027-03-01', orderNumber: '', serviceCode: '', commitmentNumber: '', marketNumber: '' }]);
});

it('a town’s accountant finds all four numbers of Chorus Pro on the invoice (PUB-08)', async () => {
  const asked: unknown[] = [];
  const { root, article, press, fill, send } = await mount(quotesServer({ preview: (input) => { asked.push(input); return Promise.reject(refusal('plan_quote_closed')); } }));
  await press(article('plq_1'), 'Attribuer');
  assert.isNull(root.querySelector('[name=commitmentNumber]'));
  await press(article('plq_2'), 'Attribuer');
  fill({ month: '49', since: '2027-03-01', orderNumber: 'BC-1', serviceCode: 'CULTURE', commitmentNumber: 'ENG-1', marketNumber: 'MP-1' });
  send();
  await waitUntil(() => asked.length > 0);
  assert.deepEqual(asked, [{ id: 'plq_2', month: { minor: 4_900, currency: 'EUR' }, months: 12, since: '2027-03-01', orderNumber: 'BC-1', serviceCode: 'CULTURE', commitmentNumber: 'ENG-1', marketNumber: 'MP-1' }]);
});

it('a town says the number of its order; what cannot be agreed is said in words', async () => {
  const { root, article, press, fill, send, text } = await mount(quotesServer({ preview: () => Promise.reject(refusal('plan_quote_closed', { field: 'since' })) }));
  await press(article('plq_2'), 'Attribuer');
  fill({ month: '49', since: '2027-03-01' });
  send();
  assert.isFalse(root.querySelector<HTMLInputElement>('[name=orderNumber]')!.validity.valid);
  fill({ orderNumber: 'ENG-1' });
  send();
  await waitUntil(() => text().includes('une formule est déjà payée pour ces jours'));
});

it('a transfer is noted, and a request declined', async () => {
  const done: unknown[] = [];
  const { article, press, text } = await mount(quotesServer({ receive: (input) => { done.push(input); return quotes; }, decline: (input) => { done.push(input); return quotes; } }));
  await press(article('plq_3'), 'Le virement est arrivé');
  await waitUntil(() => text().includes('Le virement est noté'));
  await press(article('plq_1'), 'Refuser');
  await waitUntil(() => text().includes('La demande est refusée'));
  assert.deepEqual(done, [{ id: 'plq_3' }, { id: asked.id }]);
});

it('what is not paid is ended once it was seen what stays to be paid; what was ended says its credit note', async () => {
  const done: unknown[] = [];
  const { article, press, text } = await mount(quotesServer({ end: (input) => { done.push(input); return quotes; } }));
  assert.include(text(article('plq_7')), 'Arrêtée le sam. 20 février 2027');
  assert.include(text(article('plq_7')), 'Avoir AAB-2027-0001');
  assert.isEmpty([...article('plq_7').querySelectorAll('button')]);
  assert.isUndefined([...article('plq_4').querySelectorAll('button')].find((one) => one.textContent.includes('Arrêter')));
  await press(article('plq_3'), 'Arrêter');
  assert.include(text(article('plq_3')), 'il resterait 2 130,41 € à régler');
  await press(article('plq_3'), 'Arrêter aujourd’hui');
  await waitUntil(() => text().includes('La formule est arrêtée'));
  assert.deepEqual(done, [{ id: 'plq_3' }]);
});

it('nobody else sees anything', async () => {
  const { text } = await mount(quotesServer({ all: () => Promise.reject(refusal('not_found')) }));
  assert.include(text(), 'n’existe pas');
});
