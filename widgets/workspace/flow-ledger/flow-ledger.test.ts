import { assert, fixture, html, waitUntil } from '@open-wc/testing';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { ledger } from './flow-ledger.fixture.ts';
import type { FlowLedger } from './flow-ledger.ts';

async function mount(answer: typeof ledger) {
  await define('flow-ledger');
  const element = await fixture<FlowLedger>(html`<flow-ledger booking-id="bkg_1" .api=${fakeApi<AppRouter>({ escrow: { ledger: () => answer } })}></flow-ledger>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('.zero, .empty'));
  return { root, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('shows every entry, and that they sum to zero (ES-03)', async () => {
  const { root, text } = await mount(ledger);
  assert.include(text(), 'Somme des 2 écritures : 0,00 €');
  assert.ok(root.querySelector('.zero.good'));
  assert.include(text(), '+379,80 €');
  assert.include(text(), '-379,80 €');
});

it('says in the reader’s language why a transfer was booked, and what each account is for', async () => {
  const { text } = await mount(ledger);
  assert.include(text(), '· Acompte ·');
  assert.notInclude(text(), 'Captured');
  assert.include(text(), 'Réservé pour ce dossierescrow:bkg_1');
});

it('does not hide a sum that is not zero', async () => {
  const { root, text } = await mount({ ...ledger, sum: { minor: 1, currency: 'EUR' } });
  assert.ok(root.querySelector('.zero.bad'));
  assert.include(text(), 'Prévenez-nous');
});

it('says what will be here before there is anything', async () => {
  const { text } = await mount({ transfers: [], accounts: [], sum: { minor: 0, currency: 'EUR' } });
  assert.include(text(), 'Aucun mouvement pour l’instant');
});
