import { assert } from '@open-wc/testing';
import type { Api } from './api.ts';
import type { Site } from './site.ts';
import { count } from './tally.ts';

const pause = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** A site whose server notes what it is told, or refuses. */
function site(over: Partial<Site> = {}, refuse = false) {
  const told: { page: string; seen: { tag: string; what: string; code?: string }[] }[] = [];
  const api = (() => ({ analytics: { saw: { mutate: (input: (typeof told)[number]) => { told.push(input); return refuse ? Promise.reject(new Error('down')) : Promise.resolve(null); } } } })) as unknown as Api;
  return { told, site: { session: false, consent: true, api, ...over } as Site };
}

it('what widgets see is told once, together, with the page’s address and nothing after it', async () => {
  history.replaceState(null, '', '?visitor=ada#secret');
  const { told, site: page } = site();
  count(page, { tag: 'flow-epk', what: 'view' });
  count(page, { tag: 'flow-programme', what: 'error', code: 'unreachable' });
  await pause(1_700);
  assert.deepEqual(told, [{ page: location.origin + location.pathname, seen: [{ tag: 'flow-epk', what: 'view' }, { tag: 'flow-programme', what: 'error', code: 'unreachable' }] }]);
  assert.notInclude(JSON.stringify(told), 'ada');
});

it('nothing is told on our own pages, nor where the page says no; a server that is down is no fault', async () => {
  const [own, silent, down] = [site({ session: true }), site({ consent: false }), site({}, true)];
  for (const each of [own, silent, down]) count(each.site, { tag: 'flow-epk', what: 'view' });
  await pause(1_700);
  assert.deepEqual([own.told.length, silent.told.length, down.told.length], [0, 0, 1]);
});
