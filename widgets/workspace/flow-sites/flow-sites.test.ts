import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { Api } from '../../core/api.ts';
import { refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import { entry, sitesServer, type Entry } from './flow-sites.fixture.ts';
import type { FlowSites } from './flow-sites.ts';

async function mount(api: Api) {
  await define('flow-sites');
  const element = await fixture<FlowSites>(html`<flow-sites .api=${api}></flow-sites>`);
  const root = element.shadowRoot!;
  const button = (label: string) => [...root.querySelectorAll('button')].find((one) => one.textContent.includes(label))!;
  await waitUntil(() => root.querySelector('article, form, [role=alert]'));
  return { element, root, button, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('a newcomer enters a site and gets the two lines to paste (PR-12, EM-01)', async () => {
  const sites: Entry[] = [];
  const { root, text } = await mount(sitesServer(() => [...sites], { createSite: (input) => { sites.push(entry({ ...input })); return sites[0]!; } }));
  assert.include(text(), 'Aucun site pour l’instant');
  root.querySelector<HTMLInputElement>('[name=name]')!.value = 'Mon café';
  root.querySelector<HTMLInputElement>('[name=url]')!.value = 'https://cafe.example';
  root.querySelector<HTMLTextAreaElement>('[name=origins]')!.value = 'https://www.cafe.example\nhttps://test.cafe.example';
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => root.querySelector('pre'));
  assert.deepEqual(sites[0]!.origins, ['https://www.cafe.example', 'https://test.cafe.example']);
  assert.include(root.querySelector('pre')!.textContent, `<script async src="${location.origin}/v1/embed.js" data-key="pk_theatre"></script>`);
  assert.include(root.querySelector('pre')!.textContent, '<flow-programme style="display:block;--flow-room:clamp(');
});

it('says what a strict policy has to let in', async () => {
  const { root } = await mount(sitesServer(() => [entry()]));
  const [policy = '', lines, rule] = [...root.querySelectorAll('details pre')].map(({ textContent }) => textContent);
  assert.include(lines, '<flow-programme></flow-programme>');
  assert.match(rule!, /^flow-programme\{display:block;--flow-room:clamp\(.+\);min-height:var\(--flow-room\)\}$/);
  for (const part of [`script-src ${location.origin}`, 'img-src', 'https://media.example', `frame-src ${location.origin}`]) assert.include(policy, part);
});

it('revoking a key says its consequence first', async () => {
  const revoked: string[] = [];
  const { element, button, text } = await mount(sitesServer(() => [entry()], { revokeKey: ({ key }) => { revoked.push(key); return entry(); } }));
  button('Révoquer').click();
  await element.updateComplete;
  assert.include(text(), 'n’afficheront plus rien');
  assert.isEmpty(revoked);
  button('Révoquer la clé').click();
  await waitUntil(() => revoked.length > 0);
  assert.deepEqual(revoked, ['pk_theatre']);
});

it('an address that is none is said beside the form', async () => {
  const { root, text } = await mount(sitesServer(() => [], { createSite: () => Promise.reject(refusal('origin_invalid')) }));
  root.querySelector<HTMLInputElement>('[name=name]')!.value = 'Mon café';
  root.querySelector<HTMLInputElement>('[name=url]')!.value = 'https://cafe.example';
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Une des adresses n’est pas complète'));
});
