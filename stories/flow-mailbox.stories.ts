import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { define } from '../widgets/registry.ts';
import type { FlowMailbox } from '../widgets/workspace/flow-mailbox/flow-mailbox.ts';

/** Development: every mail that was written. */
export default {
  title: 'Workspace/Mailbox',
  component: 'flow-mailbox',
  loaders: [() => define('flow-mailbox')],
  render: ({ mails }) => html`<flow-mailbox .mails=${mails}></flow-mailbox>`,
} satisfies Meta<FlowMailbox>;

type Story = StoryObj<FlowMailbox>;
const seen = (mails: FlowMailbox['mails']): Story => ({ args: { mails } });
const mail = { to: 'jeanne@example.org', createdAt: '2027-02-01T10:00:00.000Z', html: '' };
export const SomeMails = seen(() => Promise.resolve([
  { ...mail, id: '2', subject: 'Votre code pour signer', text: 'Bonjour,\n\n123456\n\n--\nFlow Stage' },
  { ...mail, id: '1', subject: 'Votre demande est partie', text: 'Bonjour Jeanne,\n\nSuivre ma demande :\nhttps://flow.example/b#t=abc\n\n--\nFlow Stage' },
]));
export const Empty = seen(() => Promise.resolve([]));
export const ServerDown = seen(() => Promise.reject(new Error('down')));
