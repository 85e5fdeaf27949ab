import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { Confirmed } from '../../parts/card/card-entry.ts';
import { free, starter } from '../flow-plan/flow-plan.fixture.ts';
import type { FlowPlanCard } from './flow-plan-card.ts';

type Plans = Parameters<typeof fakeApi<AppRouter>>[0]['plans'];

/** A card entry whose bank gives each of `answers` in turn. */
const bank = (...answers: Confirmed[]): FlowPlanCard['entries'] => ({
  sandbox: () => Promise.resolve({ mount: (element) => { element.textContent = 'numéro'; }, confirm: () => Promise.resolve(answers.shift() ?? null) }),
});

async function mount(entries: FlowPlanCard['entries'], plans: Plans = {}) {
  await define('flow-plan-card');
  const api = fakeApi<AppRouter>({ plans: { card: () => ({ provider: 'sandbox', ref: 'seti_1', clientSecret: 'seti_1_secret_x', publishableKey: '' }), now: () => starter, ...plans } });
  const element = await fixture<FlowPlanCard>(html`<flow-plan-card .api=${api} .entries=${entries}></flow-plan-card>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('#card, [role=alert]'));
  return { element, root, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('a card is saved, and said so once our server knows it', async () => {
  const known = [free, starter];
  const { element, root, text } = await mount(bank({ status: 'saved' }), { now: () => known.shift() ?? starter });
  setTimeout(() => { root.querySelector('form')!.requestSubmit(); });
  await oneEvent(element, 'flow-card-saved');
  await waitUntil(() => text().includes('La carte est enregistrée'));
  assert.isEmpty(known);
});

it('a card that the bank refuses is said in words, and another may be tried', async () => {
  const { element, root, text } = await mount(bank({ status: 'refused', refusal: 'card_declined' }, { status: 'saved' }));
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('La banque a refusé cette carte'));
  setTimeout(() => { root.querySelector('form')!.requestSubmit(); });
  await oneEvent(element, 'flow-card-saved');
});

it('without what our invoice needs it says what is missing', async () => {
  const { text } = await mount(bank(), { card: () => Promise.reject(refusal('plan_party_incomplete', { field: 'legalName' })) });
  assert.include(text(), 'Il manque une information');
});
