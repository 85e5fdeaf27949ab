import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { define } from '../widgets/registry.ts';
import { live, reference } from './reference.ts';
import { server, tour } from './world.ts';

const api = server({ programme: { tour: () => tour } });

/** What a developer may set, hear and dress, and an element to try it on. */
export default {
  title: 'Public/Tour map/Reference',
  component: 'flow-tour-map',
  loaders: [() => define('flow-tour-map')],
} satisfies Meta;

export const Reference: StoryObj = { render: () => reference('flow-tour-map') };
export const WithControls: StoryObj = { args: { artist: 'les-vagues-lentes' }, parameters: { controls: { disable: false } }, render: (args) => live('flow-tour-map', args, api) };
