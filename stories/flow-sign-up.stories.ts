import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { AppRouter } from '../server/app-router.ts';
import type { Api } from '../widgets/core/api.ts';
import { fakeApi } from '../widgets/core/fake-api.ts';
import { define } from '../widgets/registry.ts';
import type { FlowSignUp } from '../widgets/workspace/flow-sign-up/flow-sign-up.ts';

const nobody = { user: null, organisations: [], link: null, development: false, now: '2027-02-05T10:00:00.000Z', mediaOrigin: '' };

/** Signing up: a person, then the organisation they act for. */
export default {
  title: 'Workspace/Sign up',
  component: 'flow-sign-up',
  loaders: [() => define('flow-sign-up')],
  render: ({ api }) => html`<flow-sign-up .api=${api} @flow-signed-up=${(event: Event) => { event.preventDefault(); }}></flow-sign-up>`,
} satisfies Meta<FlowSignUp>;

type Story = StoryObj<FlowSignUp>;
const seen = (api: Api): Story => ({ args: { api } });
export const Newcomer = seen(fakeApi<AppRouter>({ identity: { me: () => nobody } }));
export const WithoutOrganisation = seen(fakeApi<AppRouter>({ identity: { me: () => ({ ...nobody, user: { id: 'usr_1', name: 'Camille Estran', email: 'camille@example.org', emailVerified: true } }) } }));
export const Brought: Story = { ...WithoutOrganisation, render: ({ api }) => html`<flow-sign-up referral="01HTZ8Q7R3V6W9X2Y5A8B1C4D7" .api=${api} @flow-signed-up=${(event: Event) => { event.preventDefault(); }}></flow-sign-up>` };
export const ServerDown = seen(fakeApi<AppRouter>({ identity: { me: () => Promise.reject(new Error('down')) } }));
