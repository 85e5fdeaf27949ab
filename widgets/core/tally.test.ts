import { assert } from '@open-wc/testing';
import type { Api } from './api.ts';
import type { Site } from './site.ts';
import { count } from './tally.ts';

const pause = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** A site whose server notes what it is told, or refuses. */
function site(over: Partial<Site> = {}, refuse = false) {
  const told: { key?: string; page: string; seen: { tag: string; what: string; code?: string }[] }[] = [];
  const api = ((_: string, key: string) => ({ analytics: { saw: { mutate: (input: (typeof told)[number]) => { told.push({ ...input, ...(key && { key }) }); return refuse ? Promise.reject(new Error('down')) : Promise.resolve(null); } } } })) as unknown as Api;
  return { told, site: { session: false, consent: true, key: 'pk_page', api, ...over } as Site };
}

it('what widgets see is told once, together, with the page’s address and nothing after it', async () => {
  history.replaceState(null, '', '?visitor=ada#secret');
  const { told, site: page } = site();
  count(page, '', { tag: 'flow-epk', what: 'view' });
  count(page, '', { tag: 'flow-programme', what: 'error', code: 'unreachable' });
  await pause(1_700);
  assert.deepEqual(told, [{ page: location.origin + location.pathname, seen: [{ tag: 'flow-epk', what: 'view' }, { tag: 'flow-programme', what: 'error', code: 'unreachable' }] }]);
  assert.notInclude(JSON.stringify(told), 'ada');
});

it('nothing is told on our own pages, nor where the page says no; a server that is down is no fault', async () => {
  const [own, silent, down] = [site({ session: true }), site({ consent: false }), site({}, true)];
  for (const each of [own, silent, down]) count(each.site, '', { tag: 'flow-epk', what: 'view' });
  await pause(1_700);
  assert.deepEqual([own.told.length, silent.told.length, down.told.length], [0, 0, 1]);
});

it('an element with a key of its own is counted for whose key it is, on a page that has another or none (EM-01)', async () => {
  const [keyed, bare] = [site({ key: 'pk_first' }), site({ key: '' })];
  count(keyed.site, '', { tag: 'flow-epk', what: 'view' });
  count(keyed.site, 'pk_second', { tag: 'flow-programme', what: 'view' });
  count(bare.site, 'pk_third', { tag: 'flow-epk', what: 'view' });
  count(bare.site, '', { tag: 'flow-epk', what: 'view' });
  await pause(1_700);
  assert.deepEqual(keyed.told.map(({ key, seen }) => [key, seen.map(({ tag }) => tag)]), [[undefined, ['flow-epk']], ['pk_second', ['flow-programme']]]);
  assert.deepEqual(bare.told.map(({ key, seen }) => [key, seen.length]), [['pk_third', 1]], 'and where there is no key there is nobody to tell');
});
