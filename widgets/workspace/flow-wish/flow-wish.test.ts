import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { AppRouter } from '../../../server/app-router.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import { define } from '../../registry.ts';
import type { FlowWish } from './flow-wish.ts';

const fan = { asker: 'fan' as const, artist: 'Les Vagues Lentes', city: 'Dijon', email: 'z•••@e•••.org', message: '', state: 'unconfirmed' as const, until: '2028-03-01' };

async function mount(answers: NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['nearby']>) {
  await define('flow-wish');
  const element = await fixture<FlowWish>(html`<flow-wish token="abcabcabcabcabcabcabc" .api=${fakeApi<AppRouter>({ nearby: answers })}></flow-wish>`);
  const root = element.shadowRoot!;
  return { root, text: () => root.textContent.replaceAll(/\s+/g, ' '), press: (words: string) => { [...root.querySelectorAll('button')].find((one) => one.textContent.includes(words))!.click(); } };
}

it('reading says nothing for anybody: a fan says yes at a press, and erases at another (EM-01)', async () => {
  const done: string[] = [];
  const { root, text, press } = await mount({
    left: () => fan, confirm: ({ token }) => { done.push(`confirm ${token.length}`); return { ...fan, state: 'kept' }; }, erase: () => { done.push('erase'); return { ...fan, email: '', state: 'erased' }; },
  });
  await waitUntil(() => text().includes('écouter Les Vagues Lentes près de Dijon'));
  assert.isEmpty(done);
  assert.include(text(), 'z•••@e•••.org');
  press('Oui, prévenez-moi');
  await waitUntil(() => text().includes('C’est noté'));
  assert.notInclude(text(), 'Oui, prévenez-moi');
  press('Effacer');
  await waitUntil(() => text().includes('C’est effacé'));
  assert.isNull(root.querySelector('button'));
  assert.deepEqual(done, ['confirm 21', 'erase']);
});

it('an organiser reads what they wrote; a link that is none is said', async () => {
  const { text } = await mount({ left: () => ({ ...fan, asker: 'organiser', state: 'kept', message: '<b>300 places</b>' }) });
  await waitUntil(() => text().includes('<b>300 places</b>'));
  assert.notInclude(text(), 'prévenez-moi');
  const dead = await mount({ left: () => Promise.reject(refusal('link_dead')) });
  await waitUntil(() => dead.root.querySelector('[role=alert]'));
});
