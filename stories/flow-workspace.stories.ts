import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import type { Api } from '../widgets/core/api.ts';
import { fakeApi } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import type { FlowWorkspace, Me } from '../widgets/workspace/flow-workspace/flow-workspace.ts';

const me: Me = {
  user: { id: 'usr_1', name: 'Camille Estran', email: 'camille@example.org', emailVerified: true }, link: null, development: false, now: '2027-02-05T10:00:00.000Z', mediaOrigin: '',
  organisations: [{ id: 'org_1', name: 'Les Vagues Lentes', kind: 'artist', role: 'owner', representedBy: null }],
};

/** The frame of every signed-in page. */
export default {
  title: 'Workspace/Workspace',
  component: 'flow-workspace',
  loaders: [() => define('flow-workspace')],
  render: ({ api }) => html`<flow-workspace page="inbox" .api=${api} @flow-left=${(event: Event) => { event.preventDefault(); }}><h1>Demandes</h1></flow-workspace>`,
} satisfies Meta<FlowWorkspace>;

type Story = StoryObj<FlowWorkspace>;
const seen = (api: Api): Story => ({ args: { api } });
const as = (over: Partial<Me>): Story => seen(fakeApi<AppRouter>({ identity: { me: () => ({ ...me, ...over }) } }));
export const Artist = as({});
export const Booker = as({ organisations: [{ id: 'org_3', name: 'Agence de la Lisière', kind: 'booker', role: 'owner', representedBy: null }, { id: 'org_1', name: 'Les Vagues Lentes', kind: 'artist', role: 'manager', representedBy: 'Agence de la Lisière' }] });
export const AddressNotConfirmed = as({ user: { id: 'usr_1', name: 'Camille Estran', email: 'camille@example.org', emailVerified: false } });
export const ServerDown = seen(fakeApi<AppRouter>({ identity: { me: () => Promise.reject(new Error('down')) } }));
