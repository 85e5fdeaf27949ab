import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { define } from '../widgets/registry.ts';
import { live, reference } from './reference.ts';
import { availability, partner, places, server } from './world.ts';

const api = server({ calendar: { availability }, partners: { partner: () => partner }, profiles: { places: () => places } });

/** What a developer may set, hear and dress, and an element to try it on. */
export default {
  title: 'Public/Booking request/Reference',
  component: 'flow-booking-request',
  loaders: [() => define('flow-booking-request')],
} satisfies Meta;

export const Reference: StoryObj = { render: () => reference('flow-booking-request') };
export const WithControls: StoryObj = { args: { artist: 'les-vagues-lentes', day: '2027-06-12', 'no-draft': true }, parameters: { controls: { disable: false } }, render: (args) => live('flow-booking-request', args, api) };
