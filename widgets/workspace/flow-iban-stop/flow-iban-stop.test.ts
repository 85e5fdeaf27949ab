import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowIbanStop } from './flow-iban-stop.ts';

const change = { organisation: 'Les Marées', before: 'FR76 •••• 0189', masked: 'BE68 •••• 7034', useAt: '2027-03-04T12:00:00.000Z' };

async function mount(answers: NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['payouts']>) {
  await define('flow-iban-stop');
  const element = await fixture<FlowIbanStop>(html`<flow-iban-stop token="abc" .api=${fakeApi<AppRouter>({ payouts: answers })}></flow-iban-stop>`);
  const root = element.shadowRoot!;
  return { root, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

it('reading does nothing; a press stops the change and says what stays (ES-20)', async () => {
  const stopped: string[] = [];
  const { root, text } = await mount({ readStop: () => ({ ...change, state: stopped.length > 0 ? 'stopped' : 'pending' }), stop: ({ token }) => { stopped.push(token); return { ...change, state: 'stopped' }; } });
  await waitUntil(() => text().includes('Les Marées'));
  assert.isEmpty(stopped);
  root.querySelector('button')!.click();
  await waitUntil(() => text().includes('C’est arrêté'));
  assert.deepEqual(stopped, ['abc']);
});

it('one that has taken effect is said, and so is a link that is none', async () => {
  const late = await mount({ readStop: () => ({ ...change, state: 'used' }) });
  await waitUntil(() => late.text().includes('a pris effet'));
  assert.isNull(late.root.querySelector('button'));
  const dead = await mount({ readStop: () => Promise.reject(refusal('link_dead')) });
  await waitUntil(() => dead.root.querySelector('[role=alert]'));
});
