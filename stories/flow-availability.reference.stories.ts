import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { define } from '../widgets/registry.ts';
import { live, reference } from './reference.ts';
import { availability, server } from './world.ts';

const api = server({ calendar: { availability } });

/** What a developer may set, hear and dress, and an element to try it on. */
export default {
  title: 'Public/Availability/Reference',
  component: 'flow-availability',
  loaders: [() => define('flow-availability')],
} satisfies Meta;

export const Reference: StoryObj = { render: () => reference('flow-availability') };
export const WithControls: StoryObj = { args: { artist: 'les-vagues-lentes', from: '2027-06' }, parameters: { controls: { disable: false } }, render: (args) => live('flow-availability', args, api) };
