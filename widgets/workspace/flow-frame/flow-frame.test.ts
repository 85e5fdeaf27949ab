import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import { actAs, credentials, type Api } from '../../core/api.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowFrame } from './flow-frame.ts';

async function mount(api: Api) {
  await define('flow-frame');
  const element = await fixture<FlowFrame>(html`<flow-frame reference="ref_1" .api=${api}></flow-frame>`);
  const root = element.shadowRoot!;
  const ask = async () => { root.querySelector<HTMLButtonElement>('button.primary')!.click(); await waitUntil(() => root.querySelector('[name=code]')); };
  const send = (code: string) => { root.querySelector<HTMLInputElement>('[name=code]')!.value = code; root.querySelector('form')!.requestSubmit(); };
  return { element, root, ask, send, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

afterEach(() => { actAs({ link: '' }); });

it('a code from the mail opens the file, and nothing is stored (EM-01)', async () => {
  const { element, ask, send, text } = await mount(fakeApi<AppRouter>({ identity: { requestFrameCode: ({ reference }) => ({ sentTo: `${reference} j•••@e•••.org` }), openFrame: ({ code }) => ({ token: `token-${code}`, bookingId: 'bkg_1' }) } }));
  await ask();
  assert.include(text(), 'j•••@e•••.org');
  setTimeout(() => { send('123 456'); });
  const heard = await oneEvent(element, 'flow-file-opened');
  assert.deepEqual(heard.detail, { bookingId: 'bkg_1' });
  assert.equal(credentials('/trpc', '')['flow-link'], 'token-123456');
  assert.notInclude(JSON.stringify([sessionStorage, localStorage]), 'token-123456');
});

it('a wrong code is said, and another one may be asked for', async () => {
  const { ask, send, text } = await mount(fakeApi<AppRouter>({ identity: { requestFrameCode: () => ({ sentTo: 'j•••@e•••.org' }), openFrame: () => Promise.reject(refusal('code_wrong')) } }));
  await ask();
  send('000000');
  await waitUntil(() => text().includes('Ce code n’est pas le bon'));
  assert.include(text(), 'Envoyer un nouveau code');
});
