import { assert } from '@open-wc/testing';
import type { PublicRouter } from '../../server/public-router.ts';
import type { AppRouter } from '../../server/app-router.ts';
import { actAs, connect, detailsOf, reasonOf } from './api.ts';

const real = globalThis.fetch;
afterEach(() => { globalThis.fetch = real; actAs({ org: '', link: '' }); });

/** Answers every call with this, and notes what was asked. */
function answer(body: unknown): { url: URL; init: RequestInit }[] {
  const asked: { url: URL; init: RequestInit }[] = [];
  globalThis.fetch = (url, init = {}) => {
    asked.push({ url: new URL(url instanceof Request ? url.url : url), init });
    return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body)));
  };
  return asked;
}
const caught = async (call: Promise<unknown>): Promise<unknown> => call.then(() => assert.fail('it was not refused'), (error: unknown) => error);

it('a visitor’s question is a GET that says the key and sends no cookie (AP-01)', async () => {
  const asked = answer({ result: { data: { name: 'Les Vagues Lentes', today: '2027-06-01', shows: [] } } });
  const { name } = await connect('https://flow.example', 'pk_site')<PublicRouter>('/trpc/public').programme.tour.query({ artist: 'les-vagues-lentes' });
  assert.equal(name, 'Les Vagues Lentes');
  assert.equal(asked[0]?.url.pathname, '/trpc/public/programme.tour');
  assert.equal(asked[0]?.url.searchParams.get('input'), '{"artist":"les-vagues-lentes"}');
  assert.deepEqual(asked[0]?.init.headers, { 'flow-key': 'pk_site' });
  assert.equal(asked[0]?.init.credentials, 'omit');
});

it('a key on an element stands in for the site’s', async () => {
  const asked = answer({ result: { data: {} } });
  await connect('https://flow.example', 'pk_site')<PublicRouter>('/trpc/public', 'pk_own').partners.partner.query();
  assert.deepEqual(asked[0]?.init.headers, { 'flow-key': 'pk_own' });
});

it('our own pages say for whom they act, as it changes', async () => {
  const asked = answer({ result: { data: {} } });
  const api = connect('https://flow.example', '')<AppRouter>('/trpc');
  actAs({ org: 'org_1' });
  await api.booking.acceptOffer.mutate({ id: 'off_1' });
  actAs({ org: '', link: 'token' });
  await api.booking.acceptOffer.mutate({ id: 'off_1' });
  assert.deepEqual(asked.map(({ init }) => init.headers), [{ 'flow-org': 'org_1', 'content-type': 'application/json' }, { 'flow-link': 'token', 'content-type': 'application/json' }]);
  assert.equal(asked[0]?.init.method, 'POST');
  assert.equal(asked[0]?.init.body, '{"id":"off_1"}');
});

it('a refusal keeps its word and what it names', async () => {
  answer({ error: { message: 'input_invalid', data: { reason: 'input_invalid', details: { field: 'budget.minor' } } } });
  const error = await caught(connect('https://flow.example', 'pk')<PublicRouter>('/trpc/public').partners.partner.query());
  assert.equal(reasonOf(error), 'input_invalid');
  assert.deepEqual(detailsOf(error), { field: 'budget.minor' });
});

it('a fault of ours, a page in between and silence are told apart', async () => {
  const call = () => connect('https://flow.example', 'pk')<PublicRouter>('/trpc/public').partners.partner.query();
  answer({ error: { message: 'internal', data: { reason: null, details: {} } } });
  assert.equal(reasonOf(await caught(call())), 'internal');
  answer('<html>Bad gateway</html>');
  assert.equal(reasonOf(await caught(call())), 'unreachable');
  globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  assert.equal(reasonOf(await caught(call())), 'unreachable');
});

it('takes once the answer that our server wrote into the page, and then asks (EM-01)', async () => {
  const seed = Object.assign(document.createElement('script'), { type: 'application/json', text: JSON.stringify({ name: 'from the page' }) });
  seed.dataset['flowAnswer'] = `/trpc/public/programme.tour?input=${encodeURIComponent(JSON.stringify({ artist: 'a' }))}`;
  document.body.append(seed);
  const asked = answer({ result: { data: { name: 'from the server' } } });
  const tour = () => connect('https://flow.example', 'pk')<PublicRouter>('/trpc/public').programme.tour.query({ artist: 'a' });
  assert.equal((await tour()).name, 'from the page');
  assert.lengthOf(asked, 0);
  assert.equal((await tour()).name, 'from the server');
  assert.lengthOf(asked, 1);
});
