import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { revenue, revenueServer } from './flow-revenue.fixture.ts';
import type { FlowRevenue } from './flow-revenue.ts';

async function mount(api: Api) {
  await define('flow-revenue');
  const element = await fixture<FlowRevenue>(html`<flow-revenue .api=${api}></flow-revenue>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('table, p.muted, [role=alert]'));
  return { root, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('what was earned stands by its source, beside the mix that was aimed at, and by month (BI-08)', async () => {
  const { root, text } = await mount(revenueServer());
  const rows = [...root.querySelectorAll('table')].map((table) => [...table.querySelectorAll('tbody tr')].map((row) => row.textContent.replaceAll(/\s+/g, ' ').trim()));
  assert.include(rows[0]![0], 'Commissions82 000,00 €80 %70 %');
  assert.include(rows[0]![3], 'Formations0,00 €0 %2 %');
  assert.lengthOf(rows[1]!, 12);
  assert.include(rows[1]![11], 'février 2027');
  assert.include(text(), 'Total102 500,00 €');
  assert.include(text(), 'Rien n’est encore vendu sur la place de marché');
});

it('there is no share of nothing', async () => {
  const none = revenue.map((one) => ({ ...one, lines: one.lines.map((line) => ({ ...line, share: null })) }));
  assert.include((await mount(revenueServer(() => none))).text(), '–70 %');
  assert.include((await mount(revenueServer(() => []))).text(), 'Rien n’a encore été gagné');
});

it('nobody else sees anything', async () => {
  assert.include((await mount(revenueServer(() => Promise.reject(refusal('not_found'))))).text(), 'n’existe pas');
});
