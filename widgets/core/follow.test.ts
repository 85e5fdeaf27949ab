import { assert } from '@open-wc/testing';
import { waitUntil } from './patience.ts';
import { refusal } from './fake-api.ts';
import { follow } from './follow.ts';

type Hearer = Parameters<Parameters<typeof follow<string>>[0]>[1];

it('a broken stream is opened again from what came last, at once when the browser is back online', async () => {
  const opened: (string | null)[] = [];
  const heard: string[] = [];
  let hearer: Hearer | undefined;
  const leave = follow<string>((last, on) => {
    opened.push(last);
    hearer = on;
    return { unsubscribe: () => undefined };
  }, (thing) => { heard.push(thing); }, () => { assert.fail('it was refused'); });
  await waitUntil(() => hearer);
  hearer?.onData({ id: '7', data: 'first' });
  hearer?.onError(new Error('The stream broke.'));
  window.dispatchEvent(new Event('online'));
  await waitUntil(() => opened.length === 2);
  hearer?.onData({ id: '8', data: 'second' });
  assert.deepEqual(opened, [null, '7']);
  assert.deepEqual(heard, ['first', 'second']);
  leave();
});

it('a refusal ends it, and whoever leaves hears no more', async () => {
  let hearer: Hearer | undefined;
  let opened = 0;
  let refused: unknown;
  const heard: string[] = [];
  const open = (_: string | null, on: Hearer) => {
    opened += 1;
    hearer = on;
    return { unsubscribe: () => undefined };
  };
  follow<string>(open, (thing) => { heard.push(thing); }, (error) => { refused = error; });
  await waitUntil(() => hearer);
  hearer?.onError(refusal('not_found'));
  assert.instanceOf(refused, Error);
  window.dispatchEvent(new Event('online'));
  assert.equal(opened, 1);
  const leave = follow<string>(open, (thing) => { heard.push(thing); }, () => undefined);
  await waitUntil(() => opened === 2);
  leave();
  hearer?.onData({ id: '1', data: 'late' });
  assert.deepEqual(heard, []);
});
