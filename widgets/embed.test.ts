import { assert } from '@open-wc/testing';
import { waitUntil } from './core/patience.ts';
import type { FlowStage } from './core/flow-stage.ts';

it('where the server is away, the page’s own link stays, the element says why, and nothing is thrown', async () => {
  const script = document.createElement('script');
  script.type = 'text/plain';
  script.src = 'https://flow.invalid/v1/embed.js?key=pk_a&lang=de&theme=dark&ver=6.5.5&accent=b00020&on-accent=fff&ink=red%3Bcolor%3Ared&bad%7D*%7B=000&font=Source+Sans+3,serif&evil=1';
  script.dataset['theme'] = 'light';
  document.head.append(script);
  const thrown: string[] = [];
  window.addEventListener('unhandledrejection', (event) => { thrown.push(String(event.reason)); });
  const early = document.createElement('flow-availability');
  early.innerHTML = '<a href="mailto:a@b.example">Écrire</a>';
  document.body.append(early);
  const codes: string[] = [];
  document.addEventListener('flow-error', (event) => { codes.push(`${event.detail.tag} ${event.detail.code}`); });

  await import('./embed.ts');
  const { FlowStage: stage } = window as { FlowStage?: FlowStage };
  assert.equal(stage?.script, script);
  assert.deepEqual(Object.fromEntries(Object.entries(script.dataset)), { key: 'pk_a', lang: 'de', theme: 'light' }, 'what the address says, where the tag says nothing');
  const said = getComputedStyle(document.documentElement);
  assert.deepEqual(['accent', 'on-accent', 'ink', 'font', 'ver', 'evil'].map((name) => said.getPropertyValue(`--flow-${name}`)), ['#b00020', '#ffffff', '', '"Source Sans 3",serif', '', '']);
  assert.match(stage!.version, /^\d+\.\d+\.\d+$/);
  assert.isAtLeast(early.getBoundingClientRect().height, 500, 'its room is kept');
  await waitUntil(() => codes.length === 1);

  const late = document.createElement('flow-epk');
  const stop = stage!.on('flow-error', ({ detail }) => { codes.push(`heard ${detail.tag}`); });
  document.body.append(late);
  await waitUntil(() => codes.includes('heard flow-epk'));
  stop();
  assert.deepEqual(codes.slice(0, 1), ['flow-availability unreachable']);
  assert.equal(early.textContent, 'Écrire');
  assert.isTrue(early.checkVisibility());
  assert.deepEqual(thrown, []);
  early.remove();
  late.remove();
  script.remove();
});

it('those that could not be brought are tried again together, and not each later than the one before; an element of the page’s own is left alone (EM-01)', async () => {
  const tries = new Map<string, number[]>();
  const stop = (window as { FlowStage?: FlowStage }).FlowStage!.on('flow-error', ({ target, timeStamp }) => {
    const { id } = target as Element;
    if (id) tries.set(id, [...tries.get(id) ?? [], timeStamp]);
  });
  const six = ['flow-epk', 'flow-availability', 'flow-booking-request', 'flow-programme', 'flow-tour-map', 'flow-contract-status'].map((tag, i) => Object.assign(document.createElement(tag), { id: `w${i}` }));
  const theirs = Object.assign(document.createElement('flow-chart'), { id: 'theirs' });
  const box = document.createElement('div');
  // All in sight at once.
  box.style.cssText = 'position:fixed;inset:0;overflow:hidden';
  for (const one of [...six, theirs]) { one.style.cssText = 'display:block;--flow-room:20px'; box.append(one); }
  document.body.append(box);
  await waitUntil(() => six.every(({ id }) => tries.has(id)), 'each was tried', { timeout: 4_000 });
  const before = Math.max(...[...tries.values()].map(({ length }) => length));
  dispatchEvent(new Event('online'));
  await waitUntil(() => six.every(({ id }) => (tries.get(id)?.length ?? 0) > before), 'all were tried again as soon as the visitor was on line', { timeout: 1_000 });
  const last = six.map(({ id }) => tries.get(id)!.at(-1)!);
  assert.isBelow(Math.max(...last) - Math.min(...last), 500);
  assert.isFalse(tries.has('theirs'));
  assert.isNull(theirs.shadowRoot);
  stop();
  box.remove();
});
