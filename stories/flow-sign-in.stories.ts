import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { define } from '../widgets/registry.ts';
import type { FlowSignIn } from '../widgets/workspace/flow-sign-in/flow-sign-in.ts';

/** Signing in, and what the links of our mails ask for. */
export default {
  title: 'Workspace/Sign in',
  component: 'flow-sign-in',
  render: () => html`<flow-sign-in @flow-signed-in=${(event: Event) => { event.preventDefault(); }}></flow-sign-in>`,
} satisfies Meta<FlowSignIn>;

type Story = StoryObj<FlowSignIn>;
const after = (fragment: string): Story => ({ loaders: [() => { location.hash = fragment; return define('flow-sign-in'); }] });
export const Password = after('');
export const LinkToSignIn = after('magic=token');
export const LinkToConfirm = after('verify=token');
export const LinkToANewPassword = after('reset=token');
