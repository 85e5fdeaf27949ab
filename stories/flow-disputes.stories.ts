import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { contested, notice, openDispute, tableOf } from '../widgets/workspace/flow-disputes/flow-disputes.fixture.ts';
import type { FlowDisputes } from '../widgets/workspace/flow-disputes/flow-disputes.ts';

/** The table of our own people: open disputes, what a decision gives, and notices of the provider that wait. */
export default {
  title: 'Workspace/Disputes',
  component: 'flow-disputes',
  loaders: [() => define('flow-disputes')],
  render: ({ api }) => html`<flow-disputes .api=${api}></flow-disputes>`,
} satisfies Meta<FlowDisputes>;

type Story = StoryObj<FlowDisputes>;
const seen = (api: Api, play?: Story['play']): Story => ({ args: { api }, ...(play && { play }) });

export const TwoOpen = seen(tableOf({ open: [openDispute, { ...openDispute, id: 'dsp_2', bookingId: 'bkg_2', openedBy: 'artist', reason: '', evidence: [], buyer: 'Association des Trois-Chênes' }] }));
export const Simulated = seen(tableOf(), ({ canvasElement }) => { canvasElement.querySelector('flow-disputes')?.shadowRoot?.querySelector('form')?.requestSubmit(); });
export const DecidedAndWaitingForABank = seen(tableOf({ open: [{ ...openDispute, underWay: { minor: 88_620, currency: 'EUR' }, decidedAt: '2027-05-16T10:00:00.000Z', decision: 'La moitié a été jouée.', release: { minor: 63_300, currency: 'EUR' }, refund: { minor: 151_920, currency: 'EUR' } }] }));
export const Nothing = seen(tableOf({ open: [] }));
export const NoticesWait = seen(tableOf({ open: [], waiting: [notice, { ...notice, id: 'evt_2', kind: 'payout.paid', object: 'po_01JZ' }] }));
export const BanksToAnswer = seen(tableOf({ open: [], contested: () => [contested, { ...contested, id: 'cbk_2', late: true, pieces: [] }, { ...contested, id: 'cbk_3', status: 'answered', answer: 'Le spectacle a eu lieu.', sentAt: '2027-05-22T08:00:00.000Z' }, { ...contested, id: 'cbk_4', status: 'lost', pieces: [] }, { ...contested, id: 'cbk_5', here: false, reason: 'unrecognized' }] }));
export const NoneOfOurs = seen(tableOf({}, { open: () => Promise.reject(refusal('not_found')) }));
export const StillLoading = seen(tableOf({}, { open: () => new Promise(() => undefined) }));
export const ServerDown = seen(tableOf({}, { open: () => Promise.reject(new Error('down')) }));
