import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { define } from '../widgets/registry.ts';
import { live, reference } from './reference.ts';
import { server } from './world.ts';

const api = server({});

/** What a developer may set, hear and dress, and an element to try it on. */
export default {
  title: 'Public/Contract status/Reference',
  component: 'flow-contract-status',
  loaders: [() => define('flow-contract-status')],
} satisfies Meta;

export const Reference: StoryObj = { render: () => reference('flow-contract-status') };
export const WithControls: StoryObj = { args: { reference: '' }, parameters: { controls: { disable: false } }, render: (args) => live('flow-contract-status', args, api) };
