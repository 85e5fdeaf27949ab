import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import type { FlowSignIn } from './flow-sign-in.ts';

const real = window.fetch.bind(window);
type Posted = readonly [path: string, body: unknown];

/** Our door for signing in: answers each call with a refusal's code, or with `{ done: true }`. */
function door(reason?: string, details = {}, more: (path: string) => object = () => ({})): Posted[] {
  const posted: Posted[] = [];
  window.fetch = (input, init) => {
    const path = input as string;
    if (!path.startsWith('/auth/')) return real(input, init);
    posted.push([path, JSON.parse(init!.body as string)]);
    return Promise.resolve(new Response(JSON.stringify(reason ? { error: { reason, details } } : { done: true, ...more(path) }), { status: reason ? 401 : 200 }));
  };
  return posted;
}

async function mount(next = '/') {
  await define('flow-sign-in');
  const element = await fixture<FlowSignIn>(html`<flow-sign-in next=${next} @flow-signed-in=${(event: Event) => { event.preventDefault(); }}></flow-sign-in>`);
  const fill = (name: string, value: string) => { const input = element.querySelector<HTMLInputElement>(`[name=${name}]`)!; input.value = value; input.dispatchEvent(new InputEvent('input')); };
  return { element, fill, text: () => element.textContent.replaceAll(/\s+/g, ' ') };
}

afterEach(() => { window.fetch = real; history.replaceState(null, '', location.pathname + location.search); });

it('signs in by password, in fields that password managers find (ID-02)', async () => {
  const posted = door();
  const { element, fill } = await mount('/booking?id=bkg_1');
  assert.isNull(element.shadowRoot);
  assert.equal(element.querySelector('[name=password]')!.getAttribute('autocomplete'), 'current-password');
  fill('email', 'camille@example.org');
  fill('password', 'un mot de passe');
  setTimeout(() => { element.querySelector('form')!.requestSubmit(); });
  const heard = await oneEvent(element, 'flow-signed-in');
  assert.deepEqual(heard.detail, { next: '/booking?id=bkg_1' });
  assert.deepEqual(posted, [['/auth/sign-in/email', { email: 'camille@example.org', password: 'un mot de passe' }]]);
});

it('never leads to another site', async () => {
  door();
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    const { element, fill } = await mount(next);
    fill('email', 'camille@example.org');
    fill('password', 'un mot de passe');
    setTimeout(() => { element.querySelector('form')!.requestSubmit(); });
    const heard = await oneEvent(element, 'flow-signed-in');
    assert.deepEqual(heard.detail, { next: '/' }, next);
  }
});

it('a wrong password is said without saying which part is wrong', async () => {
  door('sign_in_wrong');
  const { element, fill, text } = await mount();
  fill('email', 'camille@example.org');
  fill('password', 'autre chose');
  element.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Adresse ou mot de passe incorrect'));
});

it('a link comes by mail; opening it only shows, a button acts (ID-05)', async () => {
  const posted = door();
  location.hash = 'magic=half-of-a-token';
  const { element, text } = await mount();
  assert.equal(location.hash, '', 'the token leaves the address at once');
  assert.include(text(), 'Appuyez pour vous connecter');
  assert.isEmpty(posted);
  setTimeout(() => { element.querySelector('form')!.requestSubmit(); });
  await oneEvent(element, 'flow-signed-in');
  assert.deepEqual(posted, [['/auth/magic-link/verify', { token: 'half-of-a-token' }]]);
});

it('whoever confirms an address that another browser signed up with chooses the password (ID-02)', async () => {
  const posted = door(undefined, {}, (path) => (path === '/auth/verify-email' ? { lacks: 'password' } : {}));
  location.hash = 'verify=token';
  const { element, fill, text } = await mount();
  let left = false;
  element.addEventListener('flow-signed-in', () => { left = true; });
  element.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('Choisissez votre mot de passe'));
  assert.include(text(), 'Votre adresse est confirmée.');
  assert.isFalse(left);
  await assert.isAccessible(element);
  fill('password', 'canal-sous-la-pluie');
  setTimeout(() => { element.querySelector('form')!.requestSubmit(); });
  await oneEvent(element, 'flow-signed-in');
  assert.deepEqual(posted.at(-1), ['/auth/set-password', { newPassword: 'canal-sous-la-pluie' }]);
});

it('a password that is too weak says why (ID-08)', async () => {
  door('password_weak', { why: 'common' });
  location.hash = 'reset=token';
  const { element, fill, text } = await mount();
  fill('password', 'motdepasse1');
  element.querySelector('form')!.requestSubmit();
  await waitUntil(() => text().includes('listes de mots de passe connus'));
});
