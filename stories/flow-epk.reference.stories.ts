import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { define } from '../widgets/registry.ts';
import { live, reference } from './reference.ts';
import { epk, server } from './world.ts';

const api = server({ profiles: { epk: () => epk } });

/** What a developer may set, hear and dress, and an element to try it on. */
export default {
  title: 'Public/Press kit/Reference',
  component: 'flow-epk',
  loaders: [() => define('flow-epk')],
} satisfies Meta;

export const Reference: StoryObj = { render: () => reference('flow-epk') };
export const WithControls: StoryObj = { args: { artist: 'les-vagues-lentes', 'request-href': 'https://example.org/demande' }, parameters: { controls: { disable: false } }, render: (args) => live('flow-epk', args, api) };
