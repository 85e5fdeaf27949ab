import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { define } from '../widgets/registry.ts';
import { live, reference } from './reference.ts';
import { programme, server } from './world.ts';

const api = server({ programme: { shows: () => programme } });

/** What a developer may set, hear and dress, and an element to try it on. */
export default {
  title: 'Public/Programme/Reference',
  component: 'flow-programme',
  loaders: [() => define('flow-programme')],
} satisfies Meta;

export const Reference: StoryObj = { render: () => reference('flow-programme') };
export const WithControls: StoryObj = { args: { limit: 60 }, parameters: { controls: { disable: false } }, render: (args) => live('flow-programme', args, api) };
