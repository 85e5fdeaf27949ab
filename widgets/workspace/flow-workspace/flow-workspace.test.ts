import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import { credentials } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { NAMES, remembered } from '../../core/own.ts';
import { define } from '../../registry.ts';
import type { FlowWorkspace, Me } from './flow-workspace.ts';

const me: Me = {
  user: { id: 'usr_1', name: 'Camille Estran', email: 'camille@example.org', emailVerified: true }, link: null, development: false, now: '2027-02-05T10:00:00.000Z', mediaOrigin: '',
  organisations: [{ id: 'org_1', name: 'Les Vagues Lentes', kind: 'artist', role: 'owner', representedBy: null }, { id: 'org_9', name: 'Nora Solveig', kind: 'artist', role: 'manager', representedBy: 'Agence de la Lisière' }],
};
const stay = (event: Event) => { event.preventDefault(); };

async function mount(who: Me, page = 'inbox') {
  await define('flow-workspace');
  return fixture<FlowWorkspace>(html`<flow-workspace page=${page} .api=${fakeApi<AppRouter>({ identity: { me: () => who } })} @flow-left=${stay}><p>la page</p></flow-workspace>`);
}

afterEach(() => { remembered.write(NAMES.organisation, ''); });

it('acts for the first organisation, and for another one once it is chosen (ID-22)', async () => {
  const element = await mount(me);
  await element.opened;
  assert.equal(credentials('/trpc', '')['flow-org'], 'org_1');
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('select'));
  assert.include(root.querySelector('select')!.textContent, 'mandat\u00a0: Agence de la Lisière');
  assert.equal(root.querySelector('[aria-current=page]')!.textContent, 'Demandes');
  root.querySelector('select')!.value = 'org_9';
  setTimeout(() => root.querySelector('select')!.dispatchEvent(new Event('change')));
  const left = await oneEvent(element, 'flow-left');
  assert.deepEqual(left.detail, { to: '/' });
  const again = await mount(me);
  await again.opened;
  assert.equal(credentials('/trpc', '')['flow-org'], 'org_9');
});

it('whoever is not signed in is sent to sign in, and comes back', async () => {
  const left: string[] = [];
  const listen = (event: Event) => { left.push((event as CustomEvent<{ to: string }>).detail.to); };
  document.addEventListener('flow-left', listen);
  await mount({ ...me, user: null, organisations: [] });
  await waitUntil(() => left.length > 0);
  document.removeEventListener('flow-left', listen);
  assert.match(left[0]!, /^\/sign-in\?next=%2F/);
});

it('whoever has no organisation is sent to found one', async () => {
  const left: string[] = [];
  const listen = (event: Event) => { left.push((event as CustomEvent<{ to: string }>).detail.to); };
  document.addEventListener('flow-left', listen);
  await mount({ ...me, organisations: [] });
  await waitUntil(() => left.length > 0);
  document.removeEventListener('flow-left', listen);
  assert.deepEqual(left, ['/sign-up']);
});

it('a venue has no calendar and no press kit', async () => {
  const element = await mount({ ...me, organisations: [{ id: 'org_2', name: 'Théâtre', kind: 'venue', role: 'owner', representedBy: null }] });
  await element.opened;
  await waitUntil(() => element.shadowRoot!.querySelector('nav'));
  assert.notInclude(element.shadowRoot!.querySelector('nav')!.textContent, 'Calendrier');
});

it('an address that is not confirmed is said', async () => {
  const element = await mount({ ...me, user: { ...me.user!, emailVerified: false } });
  await element.opened;
  await waitUntil(() => element.shadowRoot!.querySelector('.verify'));
  assert.include(element.shadowRoot!.querySelector('.verify')!.textContent, 'camille@example.org');
});

it('our own people find the table of disputes, with or without an organisation', async () => {
  const pages = (element: FlowWorkspace) => [...element.shadowRoot!.querySelectorAll('nav li a')].map((link) => link.getAttribute('href'));
  const artist = await mount({ ...me, operator: true });
  await waitUntil(() => artist.shadowRoot!.querySelector('nav'));
  assert.include(pages(artist), '/disputes');
  const bare = await mount({ ...me, organisations: [], operator: true }, 'disputes');
  await bare.opened;
  await waitUntil(() => bare.shadowRoot!.querySelector('nav'));
  assert.deepEqual(pages(bare), ['/disputes', '/payouts', '/prices', '/matching', '/operations']);
  const other = await mount(me);
  await waitUntil(() => other.shadowRoot!.querySelector('nav'));
  assert.notInclude(pages(other), '/disputes');
});
