import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import type { PublicRouter } from '../../../server/public-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import type { Step } from '../../parts/steps.ts';
import { define } from '../../registry.ts';
import type { FlowContractStatus } from './flow-contract-status.ts';

const way = (done: number): Step[] => (['request', 'hold', 'offer', 'agreement'] as const).map((step, at) => ({ step, state: at < done ? 'done' : at === done ? 'now' : 'to_come' }));
afterEach(() => { history.replaceState(null, '', location.pathname + location.search); });

async function mount(api: Api, reference = '') {
  await define('flow-contract-status');
  const widget = await fixture<FlowContractStatus>(html`<flow-contract-status reference=${reference} .api=${api}></flow-contract-status>`);
  const root = widget.shadowRoot!;
  return { widget, root, lines: () => [...root.querySelectorAll('.steps li')].map((line) => `${line.querySelector('b')!.textContent} ${line.querySelector('small')!.textContent}`) };
}
const still = fakeApi<PublicRouter>({ dossier: { steps: () => ({ steps: way(1) }) } });

it('shows the names of the steps, done, now and to come (EM-01, CO-17)', async () => {
  const { root, lines } = await mount(still, 'DEM-7');
  await waitUntil(() => lines().length);
  assert.deepEqual(lines(), ['Demande fait', 'Option sur la date en cours', 'Offre à venir', 'Accord à venir']);
  assert.equal(root.querySelector('[aria-current=step]')!.querySelector('b')!.textContent, 'Option sur la date');
});

it('tells each step live, to the reader and to the page', async () => {
  let tell: ((steps: Step[]) => void) | undefined;
  async function* told() {
    for (;;) {
      const steps = await new Promise<Step[]>((resolve) => { tell = resolve; });
      yield { steps };
    }
  }
  const heard: string[] = [];
  document.addEventListener('flow-step-changed', ({ detail: { step, state } }) => { heard.push(`${step} ${state}`); });
  const { lines } = await mount(fakeApi<PublicRouter>({ dossier: { steps: () => ({ steps: way(1) }), followSteps: told as never } }), 'DEM-7');
  await waitUntil(() => tell);
  tell?.(way(2));
  await waitUntil(() => lines()[1] === 'Option sur la date fait');
  assert.deepEqual(heard, ['hold done', 'offer now']);
});

it('without a reference it asks for one, and takes that of a request sent on this page', async () => {
  const { widget, root, lines } = await mount(still);
  await waitUntil(() => root.querySelector('form'));
  assert.deepEqual(lines(), []);
  document.dispatchEvent(new CustomEvent('flow-request-sent', { detail: { reference: 'DEM-9', artist: 'a', day: '2027-06-14' } }));
  await waitUntil(() => lines().length);
  assert.equal(widget.reference, 'DEM-9');
});

it('takes a reference as it is read, in groups', async () => {
  const { widget, root } = await mount(still);
  await waitUntil(() => root.querySelector('form'));
  root.querySelector('input')!.value = ' ref u2p4 n2m6 ';
  root.querySelector('form')!.requestSubmit();
  assert.equal(widget.reference, 'refu2p4n2m6');
  await waitUntil(() => root.querySelector('.code'));
  assert.deepEqual([...root.querySelectorAll('.code span')].map(({ textContent }) => textContent), ['ref', 'u2p4', 'n2m6']);
});

it('takes the reference out of the page’s address', async () => {
  history.replaceState(null, '', '#flow-status=DEM-11');
  const { widget, lines } = await mount(still);
  await waitUntil(() => lines().length);
  assert.equal(widget.reference, 'DEM-11');
});

it('the file opens in a frame of our own origin, sandboxed, and closes again', async () => {
  const { widget, root, lines } = await mount(still, 'DEM-7');
  await waitUntil(() => lines().length);
  const button = root.querySelector<HTMLButtonElement>('.row button')!;
  assert.isNull(root.querySelector('iframe'));
  button.click();
  await widget.updateComplete;
  const frame = root.querySelector('iframe')!;
  const url = new URL(frame.src);
  assert.equal(url.pathname, '/frame/file');
  assert.equal(url.searchParams.get('reference'), 'DEM-7');
  assert.include(frame.getAttribute('sandbox'), 'allow-scripts');
  assert.notInclude(frame.getAttribute('sandbox'), 'allow-top-navigation');
  assert.equal(root.querySelector<HTMLAnchorElement>('.row a')!.href, frame.src);
  button.click();
  await widget.updateComplete;
  assert.isNull(root.querySelector('iframe'));
});

it('an unknown reference is said so', async () => {
  const { root } = await mount(fakeApi<PublicRouter>({ dossier: { steps: () => Promise.reject(refusal('not_found')) } }), 'nope');
  await waitUntil(() => root.querySelector('[role=alert]'));
  assert.include(root.querySelector('[role=alert]')!.textContent, 'Aucune demande ne porte cette référence');
});

it('a reference that was mistyped can be typed again where it stands', async () => {
  const { widget, root, lines } = await mount(fakeApi<PublicRouter>({ dossier: { steps: ({ reference }) => (reference === 'DEM-7' ? { steps: way(1) } : Promise.reject(refusal('not_found'))) } }), 'DEM-1');
  await waitUntil(() => root.querySelector('[role=alert]'));
  const input = root.querySelector('input')!;
  assert.equal(input.value, 'DEM-1');
  assert.equal(input.labels![0]!.textContent.trim(), 'Référence de la demande');
  input.value = 'DEM-7';
  root.querySelector('form')!.requestSubmit();
  await waitUntil(() => lines().length);
  assert.equal(widget.reference, 'DEM-7');
  assert.isNull(root.querySelector('[role=alert]'));
});

it('large text and a long reference stay within the page, word beside word (NF-13)', async () => {
  const { widget, root, lines } = await mount(still, 'refaaaaaaaabbbbbbbbccccccccddddddddeeee');
  await waitUntil(() => lines().length);
  for (const [width, size] of [[320, 16], [320, 32], [740, 32], [740, 16]] as const) {
    Object.assign(widget.style, { width: `${width}px`, fontSize: `${size}px` });
    const edge = widget.getBoundingClientRect().right + 1;
    for (const one of root.querySelectorAll('.flow *')) {
      assert.isAtMost(one.getBoundingClientRect().right, edge, `${one.localName}.${one.className} at ${width} px and ${size} px`);
      if (one.matches('.steps li, .row')) assert.isAtMost(one.scrollWidth, one.clientWidth, `${one.textContent.trim()} at ${width} px and ${size} px`);
    }
  }
});
