import { assert, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../core/patience.ts';
import { define } from '../../registry.ts';
import type { FlowMailbox } from './flow-mailbox.ts';

const mail = (id: string, to: string, text: string) => ({ id, to, subject: `Message ${id}`, createdAt: '2027-02-01T10:00:00.000Z', text, html: '' });

it('shows each mail with its code and its link, of one reader when asked', async () => {
  await define('flow-mailbox');
  const mails = () => Promise.resolve([mail('1', 'jeanne@example.org', 'Bonjour,\n\n123456\n\n--'), mail('2', 'camille@example.org', 'Lire :\nhttps://flow.example/b#t=abc\n\n--')]);
  const element = await fixture<FlowMailbox>(html`<flow-mailbox .mails=${mails}></flow-mailbox>`);
  const root = element.shadowRoot!;
  await waitUntil(() => root.querySelectorAll('li').length === 2);
  assert.include(root.querySelector('.codes')!.textContent, '123456');
  const select = root.querySelector('select')!;
  select.value = 'camille@example.org';
  select.dispatchEvent(new Event('change'));
  await element.updateComplete;
  assert.lengthOf(root.querySelectorAll('li'), 1);
  assert.equal(root.querySelector('li a')!.getAttribute('href'), 'https://flow.example/b#t=abc');
});
