import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowSignUp } from './flow-sign-up.ts';

const real = window.fetch.bind(window);
const nobody = { user: null, organisations: [], link: null, development: false, now: '2027-02-05T10:00:00.000Z', mediaOrigin: '' };

async function mount(open: (input: { referral?: string | undefined }) => { id: string } | Promise<{ id: string }>, user: { id: string; name: string; email: string; emailVerified: boolean } | null = null, referral = '') {
  const posted: unknown[] = [];
  window.fetch = (input, init) => {
    if (input !== '/auth/sign-up/email') return real(input, init);
    posted.push(JSON.parse(init!.body as string));
    return Promise.resolve(new Response('{"done":true}'));
  };
  await define('flow-sign-up');
  const api = fakeApi<AppRouter>({ identity: { me: () => ({ ...nobody, user }), openOrganisation: open } });
  const element = await fixture<FlowSignUp>(html`<flow-sign-up referral=${referral} .api=${api} @flow-signed-up=${(event: Event) => { event.preventDefault(); }}></flow-sign-up>`);
  await waitUntil(() => element.querySelector('form'));
  const set = (name: string, value: string) => { const input = element.querySelector<HTMLInputElement>(`[name=${name}]`); if (input) input.value = value; };
  const fill = () => {
    for (const [name, value] of Object.entries({ name: 'Camille Estran', email: 'camille@example.org', password: 'un mot de passe', organisation: 'Les Vagues Lentes' })) set(name, value);
    const artist = element.querySelector<HTMLInputElement>('[value=artist]');
    if (artist) artist.checked = true;
  };
  return { element, fill, posted, text: () => element.textContent.replaceAll(/\s+/g, ' ') };
}

afterEach(() => { window.fetch = real; });

it('a newcomer hears where the mail went, the same for every address (ID-02)', async () => {
  const { element, fill, posted, text } = await mount(() => ({ id: 'org_1' }));
  fill();
  element.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Nous avons écrit à camille@example.org'));
  assert.equal(document.activeElement, element.querySelector('h1'));
  assert.notOk(element.querySelector('form'));
  assert.deepEqual(posted, [{ name: 'Camille Estran', email: 'camille@example.org', password: 'un mot de passe', locale: 'fr' }]);
  element.querySelector<HTMLButtonElement>('button.plain')!.click();
  await waitUntil(() => element.querySelector('[name=password]'));
});

it('whoever confirmed their address founds an organisation; what was refused is asked again (ID-02, PR-03)', async () => {
  let first = true;
  const ada = { id: 'usr_1', name: 'Camille Estran', email: 'camille@example.org', emailVerified: true };
  const { element, fill, posted, text } = await mount(() => { if (!first) return { id: 'org_1' }; first = false; return Promise.reject(refusal('rate_limited')); }, ada);
  assert.notOk(element.querySelector('[name=password]'));
  fill();
  element.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Réessayez dans une minute'));
  assert.equal(element.querySelector<HTMLInputElement>('[name=organisation]')!.value, 'Les Vagues Lentes');
  setTimeout(() => { element.querySelector('form')!.requestSubmit(); });
  const heard = await oneEvent(element, 'flow-signed-up');
  assert.deepEqual(heard.detail, { organisation: 'org_1' });
  assert.lengthOf(posted, 0);
});

it('the code of whoever brought a newcomer waits until their organisation is founded, and is used with it (BI-11)', async () => {
  const { element: before } = await mount(() => ({ id: 'org_1' }), null, '01BRINGER');
  before.remove();
  const codes: unknown[] = [];
  let known = false;
  const ada = { id: 'usr_1', name: 'Camille Estran', email: 'camille@example.org', emailVerified: true };
  const { element, fill, text } = await mount(({ referral }) => { codes.push(referral); if (known) return { id: 'org_1' }; known = true; return Promise.reject(refusal('plan_code_refused')); }, ada);
  fill();
  assert.equal(element.querySelector<HTMLInputElement>('[name=referral]')!.value, '01BRINGER');
  element.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Ce code n’existe pas'));
  element.querySelector<HTMLInputElement>('[name=referral]')!.value = '';
  setTimeout(() => { element.querySelector('form')!.requestSubmit(); });
  await oneEvent(element, 'flow-signed-up');
  assert.deepEqual(codes, ['01BRINGER', '']);
  const { element: after } = await mount(() => ({ id: 'org_2' }), ada);
  assert.equal(after.querySelector<HTMLInputElement>('[name=referral]')!.value, '');
});
