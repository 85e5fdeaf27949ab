import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import type { Api } from '../widgets/core/api.ts';
import { fakeApi } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import { mandate, organisation, proposal, terms, venue } from '../widgets/workspace/flow-organisation/flow-organisation.fixture.ts';
import type { FlowOrganisation } from '../widgets/workspace/flow-organisation/flow-organisation.ts';

/** Who an organisation is in law, and who acts for it. */
export default {
  title: 'Workspace/Organisation',
  component: 'flow-organisation',
  loaders: [() => define('flow-organisation')],
  render: ({ api }) => html`<flow-organisation .api=${api}></flow-organisation>`,
} satisfies Meta<FlowOrganisation>;

type Story = StoryObj<FlowOrganisation>;
const seen = (api: Api): Story => ({ args: { api } });
export const ArtistComplete = seen(fakeApi<AppRouter>({ bookers: { terms: () => [terms()] }, identity: { organisation: () => organisation(), representations: () => [mandate, { ...mandate, id: 'rep_2', booker: 'Agence d’avant', until: '2026-10-01T00:00:00.000Z' }] } }));
export const ArtistIncomplete = seen(fakeApi<AppRouter>({ identity: { organisation: () => organisation({ siret: '', licence: '', missing: ['siret', 'licence'] }), representations: () => [] } }));
export const ArtistInBelgium = seen(fakeApi<AppRouter>({ identity: { organisation: () => organisation({ country: 'BE', legalForm: 'ASBL', siret: '', registration: '', postcode: '5000', city: 'Namur', licence: '', licenceUntil: null, missing: ['registration'] }), representations: () => [] } }));
export const Venue = seen(fakeApi<AppRouter>({ identity: { organisation: () => organisation({ kind: 'venue', licence: '' }) }, profiles: { venue: () => venue } }));
export const Booker = seen(fakeApi<AppRouter>({ bookers: { terms: () => [terms()] }, identity: { organisation: () => organisation({ kind: 'booker', licence: '' }), representations: () => [mandate] } }));
export const TermsProposed = seen(fakeApi<AppRouter>({ bookers: { terms: () => [terms({ current: proposal({ id: 'trm_0', capacity: 'provider', bps: 1_200, wageBps: 10_000, missions: '', reporting: '', answeredAt: '2026-09-02T09:00:00.000Z' }), proposed: proposal() })] }, identity: { organisation: () => organisation(), representations: () => [mandate] } }));
export const ServerDown = seen(fakeApi<AppRouter>({ identity: { organisation: () => Promise.reject(new Error('down')) } }));
