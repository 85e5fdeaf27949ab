import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { delivery, endpoint, log, webhooksServer } from './flow-webhooks.fixture.ts';
import type { FlowWebhooks } from './flow-webhooks.ts';

async function mount(api: Api, open = '') {
  await define('flow-webhooks');
  const element = await fixture<FlowWebhooks>(html`<flow-webhooks endpoint=${open} .api=${api}></flow-webhooks>`);
  const root = element.shadowRoot!;
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => one.textContent.includes(label))!;
  await waitUntil(() => root.querySelector('article, form, [role=alert]'));
  return { element, root, button, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('a newcomer gives an address, ticks what it learns, and sees the secret once (AP-04, AP-06)', async () => {
  const made: ReturnType<typeof endpoint>[] = [];
  const { root, button, text } = await mount(webhooksServer(() => [...made], { create: (input) => { made.push(endpoint(input)); return { endpoint: made[0]!, secret: 'whsec_shown-once' }; } }));
  assert.include(text(), 'Aucun webhook');
  assert.include(text(), 'Une des parties a répondu à l’avis');
  root.querySelector<HTMLInputElement>('[name=url]')!.value = 'https://theatre.example/hook';
  root.querySelector('form')!.requestSubmit();
  assert.isEmpty(made, 'nothing was ticked');
  const box = root.querySelector<HTMLInputElement>('[value="contract.signed"]')!;
  box.click();
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('whsec_shown-once'));
  assert.deepInclude(made[0], { url: 'https://theatre.example/hook', topics: ['contract.signed'] });
  button('C’est copié').click();
  await waitUntil(() => !text().includes('whsec_shown-once'));
});

it('the log says of each message what happened, and what failed is sent again (AP-05, AP-07)', async () => {
  const again: string[] = [];
  const { root, button, text } = await mount(webhooksServer(() => [endpoint({ failed: 2 })], { replayFailed: ({ id }) => { again.push(id); return { n: 2 }; }, replay: ({ id }) => { again.push(id); return delivery({ id }); } }), 'whe_1');
  await waitUntil(() => root.querySelectorAll('.log li').length === log.length);
  for (const said of ['Contrat signé', 'pas de réponse en dix secondes', 'refusé (500)', 'redirigé (302)', '5 essais', 'reçu (200)', '1 min', '2 h 05']) assert.include(text(), said);
  button('Abandonnés').click();
  await waitUntil(() => root.querySelectorAll('.log li').length === 3);
  button('Renvoyer tout').click();
  await waitUntil(() => again.length > 0);
  assert.deepEqual(again, ['whe_1']);
});

it('changing the secret and deleting say what follows first', async () => {
  const done: string[] = [];
  const { element, button, text } = await mount(webhooksServer(() => [endpoint()], {
    rotate: ({ id }) => { done.push(`rotate ${id}`); return { endpoint: endpoint({ previousUntil: '2027-02-12T10:00:00.000Z' }), secret: 'whsec_fresh' }; }, remove: ({ id }) => { done.push(`remove ${id}`); return null; },
  }));
  button('Changer le secret').click();
  await element.updateComplete;
  assert.include(text(), 'sept jours');
  assert.isEmpty(done);
  button('Créer un nouveau secret').click();
  await waitUntil(() => text().includes('whsec_fresh'));
  button('Supprimer').click();
  await element.updateComplete;
  assert.deepEqual(done, ['rotate whe_1']);
});

it('an endpoint that was switched off says why, and is switched on again', async () => {
  let on = false;
  const server = webhooksServer(() => [on ? endpoint() : endpoint({ failing: true, offAt: '2027-02-05T10:00:00.000Z' })], { turn: (input) => { ({ on } = input); return endpoint(); } });
  const { button, text } = await mount(server);
  assert.include(text(), 'rien n’y arrivait plus depuis cinq jours');
  assert.isUndefined(button('Envoyer un essai'));
  button('Rallumer').click();
  await waitUntil(() => !text().includes('cinq jours'));
  assert.ok(button('Envoyer un essai'));
});

it('an address that we never call is refused beside the form', async () => {
  const { root, text } = await mount(webhooksServer(() => [], { create: () => Promise.reject(refusal('webhook_url_refused')) }));
  root.querySelector<HTMLInputElement>('[name=url]')!.value = 'https://10.0.0.1/hook';
  root.querySelector<HTMLInputElement>('[value="contract.signed"]')!.click();
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('une adresse publique en https.'));
  assert.ok(root.querySelector('[role=alert]'));
});
