import { assert, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import type { FlowClock } from './flow-clock.ts';

it('moves the trade’s clock, and tells the page', async () => {
  await define('flow-clock');
  let now = '2027-02-01T10:00:00.000Z';
  const moved: unknown[] = [];
  const clock = () => Promise.resolve({ now, realNow: '2026-11-21T10:00:00.000Z' });
  const doors: FlowClock['doors'] = { read: clock, move: (to) => { moved.push(to); now = '2027-02-08T10:00:00.000Z'; return clock(); } };
  const element = await fixture<FlowClock>(html`<flow-clock .doors=${doors}></flow-clock>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelector('time'));
  setTimeout(() => { [...root.querySelectorAll('button')].find((one) => one.textContent.includes('+ 7 jours'))!.click(); });
  await oneEvent(element, 'flow-clock-moved');
  assert.deepEqual(moved, [{ days: 7 }]);
  await waitUntil(() => root.querySelector('time')!.dateTime === now);
});
