import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Api } from '../widgets/core/api.ts';
import { define } from '../widgets/registry.ts';
import { entry, sitesServer } from '../widgets/workspace/flow-sites/flow-sites.fixture.ts';
import type { FlowSites } from '../widgets/workspace/flow-sites/flow-sites.ts';

/** The web sites that show our widgets. */
export default {
  title: 'Workspace/Sites',
  component: 'flow-sites',
  loaders: [() => define('flow-sites')],
  render: ({ api }) => html`<flow-sites .api=${api}></flow-sites>`,
} satisfies Meta<FlowSites>;

type Story = StoryObj<FlowSites>;
const seen = (api: Api): Story => ({ args: { api } });
export const OneSite = seen(sitesServer(() => [entry()]));
export const KeysOfEveryKind = seen(sitesServer(() => [entry({ keys: [
  { key: 'pk_new', createdAt: '2027-02-04T10:00:00.000Z', expiresAt: null, revokedAt: null }, { key: 'pk_old', createdAt: '2027-01-04T10:00:00.000Z', expiresAt: '2027-02-11T10:00:00.000Z', revokedAt: null },
  { key: 'pk_lost', createdAt: '2026-11-04T10:00:00.000Z', expiresAt: null, revokedAt: '2026-12-04T10:00:00.000Z' },
] })]));
export const Empty = seen(sitesServer(() => []));
export const ServerDown = seen(sitesServer(() => { throw new Error('down'); }));
