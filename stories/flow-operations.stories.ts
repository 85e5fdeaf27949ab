import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { refusal } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { cameBack, dead, operationsOf, owed, proposal, receivable, reported, reports, stray } from '../widgets/workspace/flow-operations/flow-operations.fixture.ts';
import type { FlowOperations } from '../widgets/workspace/flow-operations/flow-operations.ts';

/** The money as our own people see it. */
export default {
  title: 'Workspace/Operations',
  component: 'flow-operations',
  loaders: [() => define('flow-operations')],
  render: ({ api }) => html`<flow-operations .api=${api}></flow-operations>`,
} satisfies Meta<FlowOperations>;

type Story = StoryObj<FlowOperations>;
const search: Story['play'] = async ({ canvasElement }) => {
  const page = canvasElement.querySelector('flow-operations')?.shadowRoot;
  for (let tries = 0; tries < 100 && !page?.querySelector('[name=words]'); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
  const typed = page?.querySelector<HTMLInputElement>('[name=words]');
  if (!typed) throw new Error('no search');
  typed.value = '1 266,00';
  typed.form?.requestSubmit();
};
const seen = (api: Api, play?: Story['play']): Story => ({ args: { api }, ...(play && { play }) });

export const Quiet = seen(operationsOf({ reports: reports.slice(1) }));
export const AllOfIt = seen(operationsOf({ reports, dead, proposals: () => [proposal, { ...proposal, id: 'prp_2', own: true }, { ...proposal, id: 'prp_3', state: 'approved', decidedBy: 'Léo Brun', decidedAt: '2027-05-15T10:00:00.000Z' }, { ...proposal, id: 'prp_4', state: 'expired' }], owed: () => [owed, { ...owed, id: 'inv_2', overdue: false }] }));
export const Found = seen(operationsOf(), search);
export const NothingFound = seen(operationsOf({ found: { paths: [], more: false } }), search);
export const MoneyThatCameBack = seen(operationsOf({ returned: () => [cameBack, { ...cameBack, id: 'rfd_1', kind: 'refund', to: 'Compagnie du Marais' }] }));
export const StrayTransfers = seen(operationsOf({ strays: () => [stray, { ...stray, id: 'str_2', status: 'failed' }, { ...stray, id: 'str_3', status: 'sent', mayReturn: false }, { ...stray, id: 'str_4', status: 'returned', returnedAt: '2027-05-16T07:00:00.000Z', mayReturn: false }] }));
export const LostDisputes = seen(operationsOf({ receivables: [receivable, { ...receivable, account: 'dispute:pch_1', kind: 'plan', who: 'Fanfare Piment', what: 'artist_pro', at: null }] }));
export const ReportedReviews = seen(operationsOf({}, {}, {}, {}, { open: () => [reported, { ...reported, what: 'reply' as const, stars: null, words: 'Menteur.' }] }));
export const NoneOfOurs = seen(operationsOf({}, { reports: () => Promise.reject(refusal('not_found')) }));
export const StillLoading = seen(operationsOf({}, { reports: () => new Promise(() => undefined) }));
export const ServerDown = seen(operationsOf({}, { reports: () => Promise.reject(new Error('down')) }));
